"""The report: one HTML file that holds everything it shows, readable without script, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from markupsafe import Markup

from figures.lexicon import Lexicon, default_lexicon
from figures.publish import words
from figures.publish.cards import Card, Shown, card_of, copies_of, drawn, environment, shown, without_copies
from figures.publish.charts import interval_chart
from figures.publish.drawing import to_svg
from figures.reconcile import Reconciliation
from figures.table import to_rows

MOST_CHARTED: Final = 40  # metrics with a chart; beyond, tables alone, so that a large report still opens quickly

Row = Mapping[str, Any]


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
    return environment().get_template("report.html").render(page=page)


def report_page(outcome: Reconciliation, *, title: str, articles: int | None, lexicon: Lexicon) -> ReportPage:
    """Gather what the report shows, in the order it shows it."""
    rows = to_rows(outcome.table)
    by_id = {str(row["figure_id"]): row for row in rows}
    contested = [one for one in outcome.conflicts if one.status != "dismissed"]
    ordered = sorted(contested, key=lambda one: (-one.severity, one.conflict_id))
    copies = copies_of(rows)
    return ReportPage(
        title=title,
        overview=words.overview(rows, conflicts=contested, uncompared=len(outcome.uncompared), articles=articles),
        cards=tuple(card_of(one, by_id, copies, lexicon) for one in ordered),
        pending=tuple(
            Pending(
                a=shown(by_id[one.a], copies), b=shown(by_id[one.b], copies),
                missing=" and ".join(name.replace("_", " ") for name in one.missing), explanation=one.explanation,
            )
            for one in outcome.uncompared
        ),
        sections=tuple(_sections(rows, copies, lexicon)),
        disclaimer=words.DISCLAIMER,
    )  # fmt: skip


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
        said = without_copies(group)
        title = words.metric_in_words(metric, lexicon)
        sections.append(Section(
            metric=metric,
            title=title[:1].upper() + title[1:] + ("" if unit in ("person", "item", "percent") else f" ({unit})"),
            definition=lexicon.metrics.metric(metric).definition or "",
            figures=tuple(shown(row, copies) for row in group),
            undated=sum(not row["as_of"] for row in group),
            wide=drawn(to_svg, interval_chart, said, columns=4) if charted else Markup(),
            narrow=drawn(to_svg, interval_chart, said, columns=2, width=118, height=120) if charted else Markup(),
        ))  # fmt: skip
    return sections
