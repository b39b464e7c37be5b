"""The report: one HTML file that holds everything it shows, readable without script, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import jinja2
from markupsafe import Markup

from figures.lexicon import Lexicon, default_lexicon
from figures.model import Conflict
from figures.notation import as_written
from figures.publish import words
from figures.publish.charts import camps_chart, interval_chart, scope_in_words
from figures.publish.drawing import to_svg
from figures.publish.evidence import marked
from figures.reconcile import Reconciliation
from figures.table import to_rows

MOST_CHARTED: Final = 40  # metrics with a chart; beyond, tables alone, so that a large report still opens quickly
UNCHARTED: Final = ("arithmetic", "metric_swap")  # their camps count different things, which share no axis

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A figure as a person sees it: the number as written, who, when, where it stands."""

    figure_id: str
    number: str
    quote: str
    source: str
    relation: str
    scope: str
    day: str
    basis: str
    modality: str
    before: str
    marked: str
    after: str
    outlet: str
    published: str
    title: str
    url: str | None
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Camp:
    """Figures that agree among themselves, or parts that make a sum; ``lead`` is the one whose sentence is shown."""

    name: str
    number: str
    summed: bool
    lead: Shown
    others: tuple[Shown, ...]
    articles: int
    origins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One conflict as a card."""

    conflict_id: str
    title: str
    kind: str
    level: str
    gap: str
    camps: tuple[Camp, ...]
    compatible: tuple[Shown, ...]
    explanation: str
    wide: Markup
    narrow: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The figures of one metric."""

    metric: str
    title: str
    definition: str
    figures: tuple[Shown, ...]
    undated: int
    wide: Markup
    narrow: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Two figures that could not be compared, and what is missing."""

    a: Shown
    b: Shown
    missing: str
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """Everything the template gets; a test asserts that it uses these names and no others."""

    title: str
    overview: str
    cards: tuple[Card, ...]
    pending: tuple[Pending, ...]
    sections: tuple[Section, ...]
    disclaimer: str


def report_html(
    outcome: Reconciliation,
    *,
    title: str = "Figures report",
    articles: int | None = None,
    lexicon: Lexicon | None = None,
) -> str:
    """Return the report on a reconciled table as one self-contained HTML page.

    ``articles`` is the number of articles looked at, where some gave no figure. The same input gives the same bytes:
    the page carries no time of its making.
    """
    page = report_page(outcome, title=title, articles=articles, lexicon=lexicon or default_lexicon())
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("figures.publish"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    return environment.get_template("report.html").render(page=page)


def report_page(outcome: Reconciliation, *, title: str, articles: int | None, lexicon: Lexicon) -> ReportPage:
    """Gather what the report shows, in the order it shows it."""
    rows = to_rows(outcome.table)
    by_id = {str(row["figure_id"]): row for row in rows}
    contested = [one for one in outcome.conflicts if one.status != "dismissed"]
    ordered = sorted(contested, key=lambda one: (-one.severity, one.conflict_id))
    copies = _copies(rows)
    return ReportPage(
        title=title,
        overview=words.overview(rows, conflicts=len(contested), uncompared=len(outcome.uncompared), articles=articles),
        cards=tuple(card_of(one, by_id, copies, lexicon) for one in ordered),
        pending=tuple(
            Pending(
                a=_shown(by_id[one.a], copies), b=_shown(by_id[one.b], copies),
                missing=" and ".join(name.replace("_", " ") for name in one.missing), explanation=one.explanation,
            )
            for one in outcome.uncompared
        ),
        sections=tuple(_sections(rows, copies, lexicon)),
        disclaimer=words.DISCLAIMER,
    )  # fmt: skip


def card_of(conflict: Conflict, by_id: Mapping[str, Row], copies: Mapping[str, int], lexicon: Lexicon) -> Card:
    """One conflict as a card: camps side by side, the gap in words, the explanation, a chart."""
    members = [[by_id[key] for key in camp] for camp in conflict.camps]
    leads = [_lead(camp) for camp in members]
    count = words.number_word(len(members))
    counted = {"arithmetic": "does it add up?", "metric_swap": "one number, two things"}.get(
        conflict.kind, f"{count} counts"
    )
    drawn = [row for camp in members for row in _without_copies(camp)]
    charted = conflict.kind not in UNCHARTED
    return Card(
        conflict_id=conflict.conflict_id,
        title=f"{words.series_in_words({'metric': conflict.metric, **conflict.series}, lexicon)}: {counted}",
        kind=words.KINDS[conflict.kind],
        level=words.LEVELS[conflict.level],
        gap=_gap(leads) if charted else "",
        camps=tuple(
            Camp(
                name=chr(ord("A") + position), number=_number(conflict, camp, lead), lead=_shown(lead, copies),
                others=tuple(_shown(row, copies) for row in camp if row is not lead), summed=_summed(conflict, camp),
                articles=len({row["article_id"] for row in camp}),
                origins=len({row.get("origin_group") or row["figure_id"] for row in camp}),
            )
            for position, (camp, lead) in enumerate(zip(members, leads, strict=True))
        ),
        compatible=tuple(_shown(by_id[key], copies) for key in conflict.compatible),
        explanation=conflict.explanation,
        wide=_drawn(camps_chart, drawn, conflict.camps) if charted else Markup(),
        narrow=_drawn(camps_chart, drawn, conflict.camps, width=290, narrow=True) if charted else Markup(),
    )  # fmt: skip


def _summed(conflict: Conflict, camp: Sequence[Row]) -> bool:
    return conflict.kind == "arithmetic" and len(camp) > 1


def _number(conflict: Conflict, camp: Sequence[Row], lead: Row) -> str:
    """The number that stands large: the lead's; of parts, "498 + 1,597"."""
    return " + ".join(as_written(row) for row in camp) if _summed(conflict, camp) else as_written(lead)


def _lead(camp: Sequence[Row]) -> Row:
    """The figure to print large: from the text, credited to a source, exact, dated, earliest."""
    return min(camp, key=lambda row: (
        row["field"] == "title", row["source"] == row["outlet"], row["value"] is None,
        row["comparator"] not in ("exact", "approximately"),
        row["as_of_basis"] not in ("stated", "reporting_day"), str(row["published_at"]), str(row["figure_id"]),
    ))  # fmt: skip


def _without_copies(camp: Sequence[Row]) -> list[Row]:
    """One row for each thing that was said: ten outlets that repeat one statement are one mark."""
    kept: dict[tuple[str, str, str], Row] = {}
    for row in sorted(camp, key=lambda one: (str(one["published_at"]), str(one["figure_id"]))):
        kept.setdefault((str(row["source"]), as_written(row), str(row["as_of"])), row)
    return list(kept.values())


def _gap(leads: Sequence[Row]) -> str:
    ends = sorted(float(row["value"] if row["value"] is not None else row["low"] or row["high"] or 0) for row in leads)
    return words.gap_in_words(ends[0], ends[-1], percent=leads[0]["unit"] == "percent")


def _sections(rows: Sequence[Row], copies: Mapping[str, int], lexicon: Lexicon) -> list[Section]:
    ordered = sorted(rows, key=lambda row: (row["metric"], row["unit"]))
    groups = [(key, list(group)) for key, group in groupby(ordered, key=lambda row: (row["metric"], row["unit"]))]
    groups.sort(key=lambda one: (-len(one[1]), one[0]))
    sections = []
    for position, ((metric, unit), group) in enumerate(groups):
        group.sort(
            key=lambda row: (
                str(row["source"]),
                str(row["as_of"]),
                str(row["published_at"]),
                row["figure_id"],
            )
        )
        charted = position < MOST_CHARTED and any(row["as_of"] for row in group)
        title = words.metric_in_words(metric, lexicon)
        sections.append(Section(
            metric=metric,
            title=title[:1].upper() + title[1:] + ("" if unit in ("person", "item", "percent") else f" ({unit})"),
            definition=lexicon.metrics.metric(metric).definition or "",
            figures=tuple(_shown(row, copies) for row in group),
            undated=sum(not row["as_of"] for row in group),
            wide=_drawn(interval_chart, group, columns=4) if charted else Markup(),
            narrow=_drawn(interval_chart, group, columns=2, width=118, height=120) if charted else Markup(),
        ))  # fmt: skip
    return sections


def _drawn(make: Any, *arguments: Any, **options: Any) -> Markup:
    """The chart as SVG, or nothing where no figure can be drawn; vl-convert escapes the texts it writes."""
    try:
        return Markup(to_svg(make(*arguments, **options)))
    except ValueError:
        return Markup()


def _copies(rows: Sequence[Row]) -> dict[str, int]:
    """For each figure, how many articles carry its origin."""
    articles: dict[str, set[str]] = {}
    for row in rows:
        articles.setdefault(str(row.get("origin_group") or row["figure_id"]), set()).add(str(row["article_id"]))
    return {str(row["figure_id"]): len(articles[str(row.get("origin_group") or row["figure_id"])]) for row in rows}


def _shown(row: Row, copies: Mapping[str, int]) -> Shown:
    before, middle, after = marked(row)
    return Shown(
        figure_id=str(row["figure_id"]),
        number=as_written(row),
        quote=str(row["quote"]),
        source=str(row["source"] or "source not given"),
        relation=words.RELATIONS.get(str(row["source_relation"]), ""),
        scope=scope_in_words(row),
        day=words.day_in_words(row["as_of"]) or "date not given",
        basis=words.BASES.get(str(row["as_of_basis"]), ""),
        modality="" if row["modality"] == "reported" else str(row["modality"]),
        before=before,
        marked=middle,
        after=after,
        outlet=str(row["outlet"] or "outlet not given"),
        published=words.day_in_words(row["published_at"]),
        title=str(row["title"] or ""),
        url=row["url"],
        copies=copies.get(str(row["figure_id"]), 1),
    )
