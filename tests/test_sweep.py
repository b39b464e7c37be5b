"""The sweep makes few pairs, and drops none that the pairwise judgement calls a conflict."""

from __future__ import annotations

import sys
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.lexicon import default_lexicon
from figures.reconcile import sweep
from figures.reconcile.comparable import Knowledge
from figures.reconcile.fewer import MANY_PAIRS, SPEAKERS
from figures.reconcile.judge import OPPOSED_DAYS, Surroundings, judge
from figures.reconcile.sweep import Sheet, clashing_pairs, lead_pairs, swapped_pairs, transposed_pairs, whole_pairs
from figures.table import tabulate

LEXICON = default_lexicon()
GENERATORS = (clashing_pairs, whole_pairs, swapped_pairs, transposed_pairs, lead_pairs)

reports = st.fixed_dictionaries(
    {
        "value": st.sampled_from((12, 18, 120, 125, 180, 210, 1200)),
        "source": st.sampled_from(
            ("Chadian government", "OCHA", "Russian Ministry of Defence", "General Staff of Ukraine")
        ),
        "population": st.sampled_from((None, "people", "civilians")),
        "as_of": st.sampled_from(("2024-03-01", "2024-03-02", "2024-03-04", "2024-03-09", "2024-03-20")),
        "metric": st.sampled_from(("deaths", "cases", "confirmed_cases")),
    }
)  # fmt: skip


def table(rows: list[dict[str, Any]]) -> Any:
    return tabulate(
        {
            "figure_id": f"f{at}", "article_id": f"a{at}", "outlet": f"Paper {at}", "unit": "person",
            "low": one["value"], "high": one["value"], "event": "flood:Mongo:2024-03-01", "place": "Mongo",
            "published_at": one["as_of"], "as_of_basis": "stated", "quote": str(one["value"]), "start": 400 + at,
            "end": 403 + at, "sentence": f"It counted {one['value']}.", **one,
        }
        for at, one in enumerate(rows)
    )  # fmt: skip


@settings(max_examples=40)
@given(st.lists(reports, min_size=2, max_size=12), st.integers(1, 30))
def test_pairs_in_pieces_give_what_pairs_at_once_give(rows: list[dict[str, Any]], held: int) -> None:
    sheet = Sheet.of(table(rows), Knowledge(LEXICON))
    whole = clashing_pairs(sheet)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep, "_HELD", held)
        patch.setattr(sweep, "_SLICE", 7)
        pieces = clashing_pairs(sheet)
    assert [one.tolist() for one in pieces] == [one.tolist() for one in whole]


def test_a_code_is_looked_up_in_its_column_s_own_type() -> None:
    sheet = _crowd([12] * 40, ["OCHA", "UNHCR"] * 20)
    assert sheet.codes["source"].dtype == np.int32
    assert sorted(sheet.rows_of("source", 1).tolist()) == np.flatnonzero(sheet.codes["source"] == 1).tolist()


@settings(max_examples=60)
@given(st.lists(reports, min_size=2, max_size=8))
def test_no_conflict_is_lost_before_it_is_judged(rows: list[dict[str, Any]]) -> None:
    knowledge = Knowledge(LEXICON)
    sheet = Sheet.of(table(rows), knowledge)
    around = sheet.surroundings()
    made = {frozenset(pair) for find in GENERATORS for pair in zip(*(one.tolist() for one in find(sheet)), strict=True)}
    for i, j in combinations(range(len(sheet)), 2):
        pair = judge(sheet.claim(i), sheet.claim(j), knowledge, around)
        if pair.relation.outcome == "conflict":
            assert frozenset((i, j)) in made, (sheet.claim(i), sheet.claim(j), pair.relation)


def test_an_update_days_later_is_not_judged_at_all() -> None:
    base = {"population": "people", "metric": "deaths"}
    rows = [
        {**base, "value": 120, "source": "OCHA", "as_of": "2024-03-01"},
        {**base, "value": 210, "source": "Chadian government", "as_of": "2024-03-09"},
    ]
    assert not len(clashing_pairs(Sheet.of(table(rows), Knowledge(LEXICON)))[0])


def _crowd(values: list[int], sources: list[str]) -> Sheet:
    rows = [
        {"value": value, "source": source, "population": "people", "metric": "deaths", "as_of": "2024-03-01"}
        for value, source in zip(values, sources, strict=True)
    ]
    return Sheet.of(table(rows), Knowledge(LEXICON))


def test_a_thousand_counts_of_one_thing_are_judged_by_their_widest_and_nearest() -> None:
    values = [100 + at for at in range(1000)]
    sheet = _crowd(values, ["OCHA"] * len(values))
    a, b = clashing_pairs(sheet)
    assert len(a) <= 12 * len(values)
    # Nobody drops out of the dispute: each count has still an opponent.
    assert len({*a.tolist(), *b.tolist()}) == len(values)


def test_a_thousand_reports_of_two_statements_are_judged_by_a_few_of_each() -> None:
    values = [120, 210] * 500
    sheet = _crowd(values, ["OCHA", "Chadian government"] * 500)
    a, b = clashing_pairs(sheet)
    assert 1 <= len(a) <= SPEAKERS**2
    assert len({*a.tolist()} | {*b.tolist()}) == 2 * SPEAKERS


def test_a_dispute_stays_visible_among_a_thousand_other_bodies() -> None:
    values = [5000 + at for at in range(600)] + [12]
    sheet = _crowd(values, [f"Body {at}" for at in range(600)] + ["OCHA"])
    a, b = clashing_pairs(sheet)
    assert len(a) <= 2 * MANY_PAIRS + 2 * len(values)
    least = int(sheet.value.argmin())
    assert least in {*a.tolist(), *b.tolist()}


@settings(max_examples=40)
@given(st.lists(reports, min_size=4, max_size=10))
def test_a_crowd_loses_no_conflict_within_a_week_nor_of_one_body(rows: list[dict[str, Any]]) -> None:
    sweep = sys.modules["figures.reconcile.sweep"]
    knowledge = Knowledge(LEXICON)
    sheet = Sheet.of(table(rows), knowledge)
    around = sheet.surroundings()
    found = [find(sheet) for find in GENERATORS[1:]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweep, "SMALL_BLOCK", 1)
        found.append(clashing_pairs(sheet))
    made = {frozenset(pair) for a, b in found for pair in zip(a.tolist(), b.tolist(), strict=True)}
    for i, j in combinations(range(len(sheet)), 2):
        near = abs(int(sheet.day[i] - sheet.day[j])) <= OPPOSED_DAYS or sheet.body[i] == sheet.body[j]
        if near and judge(sheet.claim(i), sheet.claim(j), knowledge, around).relation.outcome == "conflict":
            assert frozenset((i, j)) in made, (sheet.claim(i), sheet.claim(j))


def test_digits_are_known_in_any_order_leading_zeros_aside() -> None:
    sweep = sys.modules["figures.reconcile.sweep"]
    marks = sweep._marks(np.array([547_982, 574_982, 100, 1000, 10, 1_000_000, 1_005, 5_001, 999_999_999_999]))
    assert marks[0] == marks[1]
    assert marks[6] == marks[7]
    assert len(set(marks.tolist())) == 7


@settings(max_examples=40)
@given(st.lists(reports, min_size=3, max_size=9))
def test_what_the_sheet_leaves_out_around_a_pair_changes_no_judgement(rows: list[dict[str, Any]]) -> None:
    knowledge = Knowledge(LEXICON)
    # One outlet repeats itself without a date, and one sentence tells of another year.
    for at, row in enumerate(rows):
        row |= {"as_of_basis": "publication"} if at % 3 == 2 else {}
        row |= {"sentence": f"In 2016 it counted {row['value']}."} if at % 4 == 3 else {}
    sheet = Sheet.of(table(rows), knowledge)
    claims = sheet.claims(range(len(sheet)))
    plain, narrow = Surroundings.of(claims), sheet.surroundings()
    for a, b in combinations(claims, 2):
        assert judge(a, b, knowledge, narrow) == judge(a, b, knowledge, plain)


def test_a_body_s_numbers_of_children_do_not_speak_for_its_numbers_of_people() -> None:
    base = {"metric": "deaths", "source": "OCHA", "as_of": "2024-03-01"}
    rows = [
        {**base, "value": 210, "population": "children"},
        {**base, "value": 120, "population": "people", "source": "Chadian government"},
        {**base, "value": 180, "population": "people", "as_of": "2024-03-02"},
        {**base, "value": 210, "population": None, "as_of": "2024-03-04"},
    ]
    sheet = Sheet.of(table(rows), Knowledge(LEXICON))
    at = {(sheet.value[row], sheet.day[row]): row for row in range(len(sheet))}
    days = sorted({int(one) for one in sheet.day})
    low, high = at[120, days[0]], at[180, days[1]]
    assert not sheet.had_said(np.array([low]), np.array([high])).any()
    # Of people nobody names a group in: that is one thing.
    assert sheet.had_said(np.array([high]), np.array([at[210, days[2]]])).tolist() == [False]
    rows[0]["population"] = None
    sheet = Sheet.of(table(rows), Knowledge(LEXICON))
    at = {(sheet.value[row], sheet.day[row]): row for row in range(len(sheet))}
    low, high = at[120, days[0]], at[180, days[1]]
    assert sheet.had_said(np.array([low]), np.array([high])).all()


def test_digits_are_compared_within_an_event_or_a_place_or_where_either_is_unknown() -> None:
    def found(*events: str | None) -> int:
        rows = [
            {"value": value, "source": "OCHA", "population": "people", "metric": "deaths", "as_of": "2024-03-01"}
            for value in (12_345, 12_354)
        ]
        frame = table(rows)
        frame["event"] = pd.array(list(events), dtype="str")
        frame["place"] = pd.array([one.split(":")[1] if one else None for one in events], dtype="str")
        return len(transposed_pairs(Sheet.of(frame, Knowledge(LEXICON)))[0])

    assert found("flood:Mongo:2024-03-01", "flood:Mongo:2024-03-01") == 1
    assert found("flood:Mongo:2024-03-01", "fire:Mongo:2024-02-20") == 1
    assert found("flood:Mongo:2024-03-01", "flood:Bol:2024-03-01") == 0
    assert found("flood:Mongo:2024-03-01", None) == 1
    assert found(None, None) == 1


def test_a_row_asked_for_twice_is_read_once() -> None:
    sheet = _crowd([120, 210], ["OCHA", "Chadian government"])
    sheet.read([0, 0, 1])
    assert [one.value for one in sheet.claims([0, 0])] == [sheet.value[0]] * 2
