"""The table: columns, types, order, and a way back that changes nothing."""

from __future__ import annotations

import json
import math
from datetime import date, datetime
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.model import COLUMNS, QUANTITY_COLUMNS, Figure, RuleUse
from figures.table import concat, flat, tabulate, to_rows


def figure(number: int = 1, **changes: Any) -> Figure:
    values: dict[str, Any] = {
        "figure_id": f"f{number:04}",
        "metric": "refugees",
        "source": "UNHCR",
        "article_id": "a1",
        "value": 874_000.0,
        "low": 874_000.0,
        "high": 874_000.0,
        "precision": 1000.0,
        "unit": "person",
        "sentence": "UNHCR counted 874,000 refugees.",
        "quote": "874,000",
        "start": 14,
        "end": 21,
    }
    return Figure(**(values | changes))


def test_columns_and_types() -> None:
    table = tabulate([figure(as_of=date(2022, 3, 2), published_at="2022-03-03")])
    assert table.index.names == ["metric", "source"]
    assert [*table.index.names, *table.columns] == [
        "metric",
        "source",
        *[c for c in COLUMNS if c not in ("metric", "source")],
    ]
    assert table["as_of"].dtype == "datetime64[us]"
    assert table["period_start"].isna().all()
    assert table["value"].dtype == table["low"].dtype == "float64"
    assert table["start"].dtype == "int64"
    assert table["published_at"].iloc[0] == "2022-03-03"
    assert (table["unit"] == "person").all()


def test_the_empty_table_has_the_same_types() -> None:
    full, empty = tabulate([figure()]), tabulate([])
    assert empty.dtypes.equals(full.dtypes)
    assert empty.index.names == full.index.names
    assert to_rows(empty) == []
    assert tabulate(to_rows(empty)).dtypes.equals(full.dtypes)


def test_sorted_by_metric_and_source_and_lookup_warns_of_nothing() -> None:
    table = tabulate(
        [
            figure(1, metric="refugees"),
            figure(2, metric="deaths", source="OHCHR"),
            figure(3, metric="deaths", source=None),
            figure(4, metric="deaths", source="OHCHR", as_of=date(2022, 3, 1)),
        ]
    )
    assert list(table.index.get_level_values("metric")) == ["deaths", "deaths", "deaths", "refugees"]
    assert len(table.loc["deaths"]) == 3
    assert len(table.loc[("deaths", "OHCHR")]) == 2


def test_order_of_arrival_and_repetition_do_not_show() -> None:
    rows = [figure(n, metric=m, source=s) for n, (m, s) in enumerate([("b", None), ("a", "X"), ("a", "X"), ("a", "W")])]
    once = tabulate(rows)
    pd.testing.assert_frame_equal(once, tabulate([*reversed(rows), *rows]))
    pd.testing.assert_frame_equal(once, concat([tabulate(rows[:2]), tabulate(rows[1:])]))


def test_open_bounds_are_infinite_in_the_table_and_null_in_rows() -> None:
    table = tabulate([figure(value=1e6, low=1e6, high=math.inf, comparator="more_than")])
    assert table["high"].iloc[0] == math.inf
    (row,) = to_rows(table)
    assert row["low"] == 1_000_000
    assert row["high"] is None


def test_whole_numbers_stay_whole() -> None:
    (row,) = to_rows(tabulate([figure(value=498.0, low=498.0, high=498.0, precision=1.0)]))
    assert json.dumps(row["value"]) == "498"
    (row,) = to_rows(tabulate([figure(value=6.5, low=6.5, high=6.5, precision=0.1)]))
    assert json.dumps(row["value"]) == "6.5"
    (row,) = to_rows(tabulate([figure(value=None, low=24.0, high=99.0, comparator="vague")]))
    assert row["value"] is None


def test_rules_are_text_in_the_table_and_an_object_in_rows() -> None:
    rules = (
        RuleUse(column="part_of", rule="part_of", figure="f9"),
        RuleUse(column="metric", rule="killed N", start=3, end=9),
    )
    table = tabulate([figure(rules=rules)])
    assert table["rules"].iloc[0] == (
        '{"metric":{"end":9,"rule":"killed N","start":3},"part_of":{"figure":"f9","rule":"part_of"}}'
    )
    (row,) = to_rows(table)
    assert row["rules"]["part_of"]["figure"] == "f9"


def test_rows_are_those_of_the_figure() -> None:
    one = figure(
        as_of=date(2022, 3, 2), party=None, rules=(RuleUse(column="metric", rule="N refugees", start=0, end=3),)
    )
    assert to_rows(tabulate([one])) == [one.to_row()]


def test_rows_as_json_text_or_with_pandas_values_are_taken_too() -> None:
    row = figure(as_of=date(2022, 3, 2)).to_row()
    expected = tabulate([row])
    variants: list[dict[str, Any]] = [
        row | {"rules": "{}"},
        row | {"rules": None, "as_of": pd.Timestamp("2022-03-02"), "period_end": pd.NaT},
        row | {"as_of": datetime(2022, 3, 2, 5), "outlet": math.nan, "population": float("nan")},  # noqa: DTZ001
        {name: value for name, value in row.items() if value is not None},
    ]
    for one in variants:
        pd.testing.assert_frame_equal(expected, tabulate([one]))


def test_bounds_that_were_never_given_are_the_value() -> None:
    row = {name: value for name, value in figure().to_row().items() if name not in ("low", "high")}
    table = tabulate([row])
    assert table["low"].iloc[0] == table["high"].iloc[0] == 874_000


def test_a_row_that_is_no_figure_is_named() -> None:
    with pytest.raises(ValueError, match="lacks unit, quote"):
        tabulate([{name: value for name, value in figure().to_row().items() if name not in ("unit", "quote")}])


def test_all_quantities_adds_their_columns() -> None:
    one = figure(counted="refugees", subject="UNHCR", direction="up")
    table = tabulate([one], all_quantities=True)
    assert list(table.columns[-3:]) == list(QUANTITY_COLUMNS)
    assert to_rows(table) == [one.to_row(all_quantities=True)]


def test_half_a_surrogate_pair_becomes_the_replacement_character_and_moves_no_offset() -> None:
    table = tabulate([figure(sentence="\ud83d874,000")])
    assert table["sentence"].iloc[0] == "\ufffd874,000"


def test_flat_and_back() -> None:
    table = tabulate([figure(1), figure(2, metric="deaths")])
    assert list(flat(table).columns) == list(COLUMNS)
    pd.testing.assert_frame_equal(flat(flat(table)), flat(table))
    assert to_rows(flat(table)) == to_rows(table)
    assert len(concat([])) == 0


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
maybe_texts = st.none() | texts.filter(bool)
finite = st.floats(-1e15, 1e15) | st.integers(-(10**15), 10**15).map(float)
days = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))


@st.composite
def any_figures(draw: st.DrawFn) -> Figure:
    value = draw(st.none() | finite)
    return figure(
        draw(st.integers(0, 9999)),
        metric=draw(st.sampled_from(["deaths", "refugees", "schools_closed"])),
        source=draw(maybe_texts),
        value=value,
        low=draw(finite | st.just(-math.inf)),
        high=draw(finite | st.just(math.inf)),
        place=draw(maybe_texts),
        title=draw(texts),
        as_of=draw(days),
        period_start=draw(days),
        sentence=draw(texts),
        rules=tuple(RuleUse(column=one, rule="N", start=1, end=2) for one in draw(st.sets(texts, max_size=2))),
    )


@given(st.lists(any_figures(), unique_by=lambda one: one.figure_id, max_size=6))
@settings(deadline=None, max_examples=25)
def test_there_and_back_changes_nothing(figures: list[Figure]) -> None:
    table = tabulate(figures)
    rows = to_rows(table)
    assert sorted(json.dumps(one, sort_keys=True) for one in rows) == sorted(
        json.dumps(one.to_row(), sort_keys=True) for one in figures
    )
    pd.testing.assert_frame_equal(table, tabulate(json.loads(json.dumps(rows))))
