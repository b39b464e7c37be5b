"""Charts, report and files: what people are shown is what the rows say, escaped, complete and the same every time."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import fields, replace
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import jinja2
import jinja2.meta
import pandas as pd
import pyarrow.parquet as pq
import pytest

from figures.model import Conflict, Figure, Level, RuleUse, Uncompared, figure_id
from figures.publish import words
from figures.publish.charts import camps_chart, interval_chart
from figures.publish.drawing import to_svg
from figures.publish.evidence import marked
from figures.publish.files import write_file
from figures.publish.report import ReportPage, report_html
from figures.reconcile import Reconciliation
from figures.table import tabulate, to_rows

SENTENCE = "The ministry said 40 of 400 houses burned, and 40 people died."


def figure(**changes: Any) -> Figure:
    """A figure with everything a test does not care about filled in."""
    given: dict[str, Any] = {
        "metric": "deaths", "source": "Interior Ministry", "outlet": "Example Wire", "article_id": "a1",
        "published_at": "2022-03-02", "value": 40.0, "low": 40.0, "high": 40.0, "unit": "person",
        "sentence": SENTENCE, "quote": "40", "start": 147, "end": 149, "as_of": date(2022, 3, 2),
        "as_of_basis": "stated", "rules": (RuleUse(column="sentence", rule="sentence", start=100, end=162),),
    }  # fmt: skip
    given |= changes
    return Figure(
        figure_id=figure_id(given["article_id"], "text", given["start"], given["end"], given["metric"]), **given
    )


@pytest.fixture
def two_counts() -> Reconciliation:
    """Two sources that clash, one figure that could not be compared with either."""
    low = figure()
    high = figure(article_id="a2", source="Red Cross", value=400.0, low=400.0, high=inf, comparator="at_least")
    other = figure(
        article_id="a3",
        source="<b>Mayor</b>",
        value=None,
        low=24.0,
        high=99.0,
        comparator="vague",
        title="<script>alert(1)</script>",
    )
    conflict = Conflict(
        conflict_id="c1", kind="disagreement", severity=80.0, level="high", metric="deaths", gap=0.9,
        series={"metric": "deaths", "unit": "person", "place": "Exampleton", "place_role": "location"},
        camps=((low.figure_id,), (high.figure_id,)), explanation="Two sources disagree.",
    )  # fmt: skip
    pending = Uncompared(
        metric="deaths", a=low.figure_id, b=other.figure_id, missing=("place",), explanation="No place is given."
    )
    return Reconciliation(table=tabulate([low, high, other]), conflicts=(conflict,), uncompared=(pending,))


def test_the_right_one_of_two_equal_quotes_is_marked() -> None:
    row = figure().to_row()
    before, quote, after = marked(row)
    assert before + quote + after == SENTENCE
    assert after == " people died."


def test_no_mark_is_better_than_a_wrong_one() -> None:
    row = figure(rules=()).to_row()  # the quote stands twice and nothing says which
    assert marked(row) == (SENTENCE, "", "")
    assert marked(figure(rules=(), sentence="There 40 died.").to_row()) == ("There ", "40", " died.")


def clash(level: Level) -> Conflict:
    return Conflict(
        conflict_id="c1", kind="disagreement", severity=10, level=level, metric="deaths", series={},
        camps=(("a",), ("b",)), gap=0.5, explanation="",
    )  # fmt: skip


class TestCharts:
    def rows(self) -> list[dict[str, Any]]:
        return [
            figure().to_row(),
            figure(
                article_id="a2", source="Red Cross", value=4000.0, low=4000.0, high=inf, comparator="more_than"
            ).to_row(),
            figure(article_id="a3", as_of=None).to_row(),
        ]

    def test_every_dated_row_is_a_mark_that_opens_its_sentence(self) -> None:
        spec = interval_chart(self.rows())
        marks = spec["data"]["values"]
        assert [one["href"] for one in marks] == [f"#{row['figure_id']}" for row in self.rows()[:2]]

    def test_sources_have_panels_of_their_own(self) -> None:
        panels = {one["panel"] for one in interval_chart(self.rows())["data"]["values"]}
        assert panels == {"Interior Ministry", "Red Cross"}

    def test_a_twentyfold_difference_is_drawn_on_a_log_scale_that_says_so(self) -> None:
        spec = interval_chart(self.rows())
        assert "Log scale" in to_svg(spec)
        near = interval_chart([figure().to_row(), figure(article_id="a2", value=60.0, low=60.0, high=60.0).to_row()])
        assert "Log scale" not in to_svg(near)

    def test_an_open_bound_is_an_arrow_and_stays_on_the_axis(self) -> None:
        spec = interval_chart(self.rows())
        open_mark = spec["data"]["values"][1]
        assert open_mark["open_high"]
        top = spec["spec"]["layer"][0]["encoding"]["y"]["scale"]["domain"][1]
        assert open_mark["y"] < open_mark["draw_high"] <= top

    def test_nothing_to_draw_is_said(self) -> None:
        with pytest.raises(ValueError, match="nothing can be drawn"):
            interval_chart([figure(as_of=None).to_row()])

    def test_the_picture_takes_the_pages_colours_and_asks_for_nothing(self) -> None:
        svg = to_svg(camps_chart(self.rows()[:2], [[self.rows()[0]["figure_id"]], [self.rows()[1]["figure_id"]]]))
        assert "var(--ink,#1a1a19)" in svg
        assert not re.search(r'(?:href|src)="https?:', svg)


class TestReport:
    def test_it_holds_camps_explanation_and_what_could_not_be_compared(self, two_counts: Reconciliation) -> None:
        page = report_html(two_counts)
        assert page.index("Two sources disagree.") < page.index("No place is given.")
        assert "Not known: place." in page
        assert page.count("<mark>40</mark>") >= 2
        assert words.DISCLAIMER in page

    def test_hostile_text_is_shown_not_run(self, two_counts: Reconciliation) -> None:
        page = report_html(two_counts, title="<img src=x onerror=alert(1)>")
        assert "<script" not in page
        assert "<b>Mayor" not in page
        assert "<img src=x" not in page
        assert "Content-Security-Policy" in page

    def test_it_is_self_contained(self, two_counts: Reconciliation) -> None:
        assert not re.search(r"""(?:src|href)=["']https?://|@import|url\(""", report_html(two_counts))

    def test_same_input_same_bytes(self, two_counts: Reconciliation) -> None:
        shuffled = Reconciliation(
            table=two_counts.table.iloc[::-1], conflicts=two_counts.conflicts, uncompared=two_counts.uncompared
        )
        assert report_html(two_counts) == report_html(shuffled)

    def test_an_empty_report_says_what_was_looked_at(self) -> None:
        page = report_html(Reconciliation(table=tabulate([]), conflicts=(), uncompared=()), articles=3)
        assert "3 articles" in page
        assert "No contradiction found in these articles" in page

    def test_the_template_uses_the_typed_page_and_nothing_else(self) -> None:
        environment = jinja2.Environment(loader=jinja2.PackageLoader("figures.publish"), autoescape=True)
        assert environment.loader is not None
        source = environment.loader.get_source(environment, "report.html")[0]
        assert jinja2.meta.find_undeclared_variables(environment.parse(source)) == {"page"}
        assert set(re.findall(r"page\.(\w+)", source)) == {one.name for one in fields(ReportPage)}


class TestFiles:
    def table(self) -> pd.DataFrame:
        return tabulate([figure(outlet="=HYPERLINK(1)"), figure(article_id="a2", high=inf, comparator="at_least")])

    def test_csv_neutralises_formulas_and_keeps_numbers(self, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"
        assert write_file(self.table(), path) == 2
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
        by_article = {row["article_id"]: row for row in rows}
        assert by_article["a1"]["outlet"] == "'=HYPERLINK(1)"
        assert float(by_article["a1"]["value"]) == 40
        assert by_article["a2"]["high"] == ""  # an open bound is empty, never a made-up number

    def test_jsonl_gives_back_the_same_rows(self, tmp_path: Path) -> None:
        path = tmp_path / "out.jsonl"
        write_file(self.table(), path)
        back = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert sorted(back, key=lambda one: one["figure_id"]) == sorted(
            to_rows(self.table()), key=lambda one: one["figure_id"]
        )

    def test_parquet_has_dates_and_numbers_as_such(self, tmp_path: Path) -> None:
        path = tmp_path / "out.parquet"
        write_file(self.table(), path)
        table = pq.read_table(path)
        assert str(table.schema.field("as_of").type) == "date32[day]"
        assert table.column("value").to_pylist() == [40.0, 40.0]

    def test_the_order_of_rows_changes_no_byte(self, tmp_path: Path) -> None:
        for ending in (".csv", ".jsonl", ".parquet"):
            one, other = tmp_path / f"one{ending}", tmp_path / f"other{ending}"
            write_file(self.table(), one)
            write_file(self.table().iloc[::-1], other)
            assert one.read_bytes() == other.read_bytes()

    def test_an_unknown_ending_names_the_known_ones(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match=r"\.csv, \.jsonl, \.parquet"):
            write_file(self.table(), tmp_path / "out.xyz")


class TestWords:
    def test_gap(self) -> None:
        assert words.gap_in_words(498, 5840) == "more than eleven times"
        assert words.gap_in_words(50, 100) == "twice"
        assert words.gap_in_words(100, 105) == "5% apart"
        assert words.gap_in_words(82, 90, percent=True) == "8 points apart"
        assert words.gap_in_words(0, 12) == "none against some"

    def test_days(self) -> None:
        assert words.days_in_words(date(2022, 2, 28), date(2022, 3, 4)) == "28 Feb–4 Mar 2022"
        assert words.days_in_words(date(2022, 3, 1), date(2022, 3, 4)) == "1–4 Mar 2022"
        assert words.days_in_words(date(2022, 3, 1), date(2022, 3, 1)) == "1 Mar 2022"

    def test_overview(self) -> None:
        rows = [
            figure().to_row(),
            figure(article_id="a2", outlet="Other", published_at="2022-03-04T10:00:00+00:00").to_row(),
        ]
        read = "5 articles, 2 outlets, 2–4 Mar 2022; 2 numbers read"
        levels: tuple[tuple[tuple[Level, ...], str], ...] = (
            (("medium",), "1 needs a look; 2 could not be compared"),
            (("high", "medium", "low"), "2 need a look; 2 could not be compared"),
            (("low",), "none needs a look, 1 is minor; 2 could not be compared"),
            ((), "no contradiction found in these articles; 2 could not be compared"),
        )
        for some, said in levels:
            found = [clash(level) for level in some]
            assert words.overview(rows, conflicts=found, uncompared=2, articles=5) == (
                f"{read}; {said}. Figures compares what sources say; it does not know what is true."
            )
        dismissed = [replace(clash("high"), status="dismissed")]
        assert "no contradiction found" in words.overview(rows, conflicts=dismissed, uncompared=0)
