"""What report and pages show of a figure and of a conflict: as typed values, and by one set of templates.

``parts.html`` holds the macros for them, ``parts.css`` their looks; ``environment`` is the only way templates are made,
so that everything an article wrote is escaped everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import jinja2
from markupsafe import Markup

from figures.lexicon import Lexicon
from figures.model import Conflict
from figures.notation import as_written
from figures.publish import words
from figures.publish.charts import Spec, camps_chart, scope_in_words
from figures.publish.drawing import to_svg
from figures.publish.evidence import marked

__all__ = [
    "Camp",
    "Card",
    "Shown",
    "card_of",
    "copies_of",
    "drawn",
    "environment",
    "shown",
    "web_address",
    "without_copies",
]

UNCHARTED: Final = ("arithmetic", "metric_swap")  # their camps count different things, which share no axis

Row = Mapping[str, Any]
Draw = Callable[[Spec], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A figure as a person sees it: the number as written, who, when, where it stands."""

    figure_id: str
    article_id: str
    metric: str
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
    """One conflict as a card. ``settle`` is the end of the explanation, from its first question on."""

    conflict_id: str
    metric: str
    title: str
    kind: str
    level: str
    gap: str
    camps: tuple[Camp, ...]
    compatible: tuple[Shown, ...]
    explanation: str
    settle: str
    wide: Markup
    narrow: Markup


def environment(*loaders: jinja2.BaseLoader) -> jinja2.Environment:
    """Templates that escape by default and fail on a name they were not given; the shared parts come last."""
    return jinja2.Environment(
        loader=jinja2.ChoiceLoader([*loaders, jinja2.PackageLoader("figures.publish")]), autoescape=True,
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip


def card_of(
    conflict: Conflict, by_id: Mapping[str, Row], copies: Mapping[str, int], lexicon: Lexicon, draw: Draw = to_svg
) -> Card:
    """One conflict as a card: camps side by side, the gap in words, the explanation, a chart.

    ``by_id`` holds the rows of its figures; a camp whose figures have all left (withdrawn) is left out. ``draw`` makes
    the picture of a chart, for callers that keep pictures.
    """
    camps = [[by_id[key] for key in camp if key in by_id] for camp in conflict.camps]
    members = [camp for camp in camps if camp]
    leads = [_lead(camp) for camp in members]
    count = words.number_word(len(conflict.camps))
    counted = {"arithmetic": "does it add up?", "metric_swap": "one number, two things"}.get(
        conflict.kind, f"{count} counts"
    )
    charted = conflict.kind not in UNCHARTED and len(members) > 1
    explanation, settle = words.question_apart(conflict.explanation)
    said = [row for camp in members for row in without_copies(camp)]
    return Card(
        conflict_id=conflict.conflict_id,
        metric=conflict.metric,
        title=f"{words.series_in_words({'metric': conflict.metric, **conflict.series}, lexicon)}: {counted}",
        kind=words.KINDS[conflict.kind],
        level=words.LEVELS[conflict.level],
        gap=_gap(leads) if charted else "",
        camps=tuple(
            Camp(
                name=chr(ord("A") + position), number=_number(conflict, camp, lead), lead=shown(lead, copies),
                others=tuple(shown(row, copies) for row in camp if row is not lead), summed=_summed(conflict, camp),
                articles=len({row["article_id"] for row in camp}),
                origins=len({row.get("origin_group") or row["figure_id"] for row in camp}),
            )
            for position, (camp, lead) in enumerate(zip(members, leads, strict=True))
        ),
        compatible=tuple(shown(by_id[key], copies) for key in conflict.compatible if key in by_id),
        explanation=explanation,
        settle=settle,
        wide=drawn(draw, camps_chart, said, conflict.camps) if charted else Markup(),
        narrow=drawn(draw, camps_chart, said, conflict.camps, width=290, narrow=True) if charted else Markup(),
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


def without_copies(camp: Sequence[Row]) -> list[Row]:
    """One row for each thing that was said: ten outlets that repeat one statement are one mark."""
    kept: dict[tuple[str, str, str], Row] = {}
    for row in sorted(camp, key=lambda one: (str(one["published_at"]), str(one["figure_id"]))):
        kept.setdefault((str(row["source"]), as_written(row), str(row["as_of"])), row)
    return list(kept.values())


def _gap(leads: Sequence[Row]) -> str:
    ends = sorted(float(row["value"] if row["value"] is not None else row["low"] or row["high"] or 0) for row in leads)
    return words.gap_in_words(ends[0], ends[-1], percent=leads[0]["unit"] == "percent")


def drawn(draw: Draw, make: Callable[..., Spec], *arguments: Any, **options: Any) -> Markup:
    """The chart as SVG, or nothing where no figure can be drawn; the drawer escapes the texts it writes."""
    try:
        return Markup(draw(make(*arguments, **options)))
    except ValueError:
        return Markup()


def copies_of(rows: Sequence[Row]) -> dict[str, int]:
    """For each figure, how many articles carry its origin."""
    articles: dict[str, set[str]] = {}
    for row in rows:
        articles.setdefault(str(row.get("origin_group") or row["figure_id"]), set()).add(str(row["article_id"]))
    return {str(row["figure_id"]): len(articles[str(row.get("origin_group") or row["figure_id"])]) for row in rows}


def shown(row: Row, copies: Mapping[str, int]) -> Shown:
    """A row as a person sees it; ``copies`` tells in how many articles its origin stands."""
    before, middle, after = marked(row)
    return Shown(
        figure_id=str(row["figure_id"]),
        article_id=str(row["article_id"]),
        metric=str(row["metric"]),
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
        url=web_address(row["url"]),
        copies=copies.get(str(row["figure_id"]), 1),
    )


_WEB: Final = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)


def web_address(url: object) -> str | None:
    """The address where a browser may be sent: http and https alone, so that no article's link runs script."""
    return url if isinstance(url, str) and _WEB.fullmatch(url) else None
