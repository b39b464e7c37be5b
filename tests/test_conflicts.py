"""Conflicts of a whole table: gold of every kind with its neighbours, and what must always hold."""

from __future__ import annotations

import random
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figures.lexicon import default_lexicon
from figures.model import Conflict
from figures.reconcile import Sheet, compare, find_conflicts, implausible_growth, reconcile, to_json
from figures.reconcile.camps import camps_between, pierce, split_camps
from figures.reconcile.comparable import Knowledge, claim_of
from figures.reconcile.conflicts import level_of
from figures.reconcile.judge import Surroundings, judge
from figures.table import tabulate

CASES = tomllib.loads((Path(__file__).parent / "gold/conflicts/cases.toml").read_text(encoding="utf-8"))["case"]
SHORT = {
    "v": "value",
    "c": "comparator",
    "lo": "low",
    "hi": "high",
    "s": "source",
    "on": "as_of",
    "pub": "published_at",
}


def row(number: int, slots: dict[str, Any]) -> dict[str, Any]:
    """One figure from the short names of the gold file."""
    said = {
        SHORT.get(name, name): value
        for name, value in slots.items()
        if name not in ("art", "q", "say", "undated", "begins", "text")
    }
    article = slots.get("art", f"a{number}")
    value = said.get("value")
    text = slots.get("text")
    quote = slots.get("q", f"{value:,}" if value is not None else "some")
    out: dict[str, Any] = {
        "figure_id": f"f{number:03}", "article_id": article, "outlet": f"Outlet {article}", "title": "", "url": None,
        "metric": "deaths", "unit": "person", "aspect": "cumulative", "modality": "reported", "comparator": "exact",
        "precision": 1, "field": "text", "as_of_basis": "publication" if slots.get("undated") else "stated",
        "quote": quote, "published_at": said.get("as_of"), "start": 200 + 50 * number,
    }  # fmt: skip
    out |= said
    out.setdefault("low", None if out["comparator"] in ("less_than",) else value)
    out.setdefault("high", None if out["comparator"] in ("more_than", "at_least") else value)
    if text:
        sentences = [one.strip() + "." for one in text.split(". ")]
        at = text.index(quote)
        out["start"], begins = at, 0
        for one in sentences:
            if begins <= at < begins + len(one):
                out["sentence"] = text[begins : begins + len(one)]
                out["rules"] = {"sentence": {"rule": "given", "start": begins, "end": begins + len(one)}}
                break
            begins += len(one) + 1
    else:
        out.setdefault("sentence", slots.get("say", f"It was {quote}."))
        begins = slots.get("begins", out["start"])
        out["rules"] = {"sentence": {"rule": "given", "start": begins, "end": begins + len(out["sentence"])}}
    out["end"] = out["start"] + len(quote)
    return out


def table_of(case: dict[str, Any]) -> pd.DataFrame:
    return tabulate(row(number, {**case.get("base", {}), **one}) for number, one in enumerate(case["figures"], 1))


def conflicts_of(case: dict[str, Any]) -> tuple[Conflict, ...]:
    growth = case.get("kind") == "implausible_growth"
    return reconcile(table_of(case), default_lexicon(), implausible_growth=growth).conflicts


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['kind']}: {case['why']}")
def test_gold(case: dict[str, Any]) -> None:
    found = conflicts_of(case)
    if case.get("expect") == "none":
        assert not found, [(one.kind, one.explanation) for one in found]
    else:
        assert case["kind"] in {one.kind for one in found}, [(one.kind, one.explanation) for one in found]


def test_who_listens_hears_of_every_judged_pair() -> None:
    knowledge = Knowledge(default_lexicon())
    table = table_of(next(case for case in CASES if case["why"] == "ministry and monitor on one bombing, one day"))
    heard: list[tuple[int, int, str]] = []
    find_conflicts(
        Sheet.of(table, knowledge), knowledge, on_pair=lambda i, j, pair: heard.append((i, j, pair.relation.outcome))
    )
    assert heard == [(0, 1, "conflict")]


def test_implausible_growth_is_off_unless_asked_for() -> None:
    for case in (one for one in CASES if one["kind"] == "implausible_growth"):
        outcome = reconcile(table_of(case), default_lexicon())
        assert outcome.conflicts == (), case["why"]
        asked = implausible_growth(outcome.table)
        assert [one.kind for one in asked] == ([] if case.get("expect") == "none" else ["implausible_growth"])
        assert asked == conflicts_of(case)


def test_the_gold_has_five_conflicts_and_five_neighbours_of_every_kind() -> None:
    for kind in {case["kind"] for case in CASES}:
        expected = [case.get("expect", "conflict") for case in CASES if case["kind"] == kind]
        assert expected.count("conflict") >= 5, kind
        assert expected.count("none") >= 5, kind


def test_every_pair_across_two_camps_passes_the_pairwise_test() -> None:
    for case in CASES:
        table = table_of(case)
        outcome = reconcile(table, default_lexicon())
        rows = {one["figure_id"]: one for one in tabulate_rows(outcome.table)}
        knowledge = Knowledge(default_lexicon())
        claims = {name: claim_of(one, knowledge) for name, one in rows.items()}
        around = Surroundings.of(claims.values())
        for conflict in outcome.conflicts:
            if conflict.kind == "arithmetic":
                continue
            for camp, other in combinations(conflict.camps, 2):
                for a in camp:
                    for b in other:
                        assert judge(claims[a], claims[b], knowledge, around).relation.outcome == "conflict"


def tabulate_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    from figures.table import to_rows

    return to_rows(table)


def test_a_conflict_as_json_holds_full_rows() -> None:
    outcome = reconcile(table_of(CASES[0]), default_lexicon())
    told = to_json(outcome.conflicts[0], outcome.table)
    assert [one["value"] for camp in told["camps"] for one in camp] == [31, 44]
    assert told["kind"] == "disagreement"
    assert told["status"] == "open"


def test_what_could_not_be_compared_names_the_slot_once() -> None:
    case = next(one for one in CASES if "could not compare" in one["why"])
    outcome = reconcile(table_of(case), default_lexicon())
    assert [one.missing for one in outcome.uncompared] == [("population",)]
    assert "who exactly is counted is not said for 82" in outcome.uncompared[0].explanation


def test_an_empty_table_has_no_conflict() -> None:
    outcome = reconcile(tabulate([]), default_lexicon())
    assert (outcome.conflicts, outcome.uncompared) == ((), ())


RAID = {
    "event": "attack:Kunar:2011-04-18",
    "place": "Kunar",
    "on": "2011-04-19",
    "art": "a1",
    "population": "insurgents",
}


@pytest.mark.parametrize(
    "figures",
    [
        # One article's narrative: a headline's total, and what happened house by house.
        [{"v": 17, "s": "Outlet a1", "begins": 0}, {"v": 7, "s": "Outlet a1"}, {"v": 4, "s": "Outlet a1"}],
        [{"v": 17, "s": "ISAF"}, {"v": 7, "s": "ISAF"}],
        # "Several" grows in the telling.
        [
            {"lo": 3, "hi": 9, "c": "vague", "q": "Several", "s": "Outlet a1", "field": "title", "begins": 0},
            {"v": 13, "s": "Outlet a1"},
        ],
        # "Several were held, one of whom …".
        [
            {"lo": 3, "hi": 9, "c": "vague", "q": "Several", "s": "ISAF", "metric": "detained"},
            {"v": 1, "q": "one", "s": "ISAF", "metric": "detained", "say": "One of which is known."},
        ],
        # An article's own words beside a source it credits.
        [{"v": 18, "s": "Outlet a1"}, {"v": 15, "s": "Afghan police"}],
    ],
)
def test_one_article_that_tells_parts_raises_no_alarm(figures: list[dict[str, Any]]) -> None:
    assert conflicts_of({"base": RAID, "figures": figures}) == ()


def test_the_same_numbers_of_two_articles_do_clash() -> None:
    figures = [{"v": 17, "s": "ISAF"}, {"v": 7, "s": "OCHA", "art": "a2"}]
    assert [one.kind for one in conflicts_of({"base": RAID, "figures": figures})] == ["disagreement"]
    undated = [{**one, "on": None} for one in figures]
    assert conflicts_of({"base": RAID, "figures": undated}) == ()


def test_a_commander_held_is_no_part_of_leaders_held_this_month() -> None:
    figures = [
        {"v": 1, "q": "a", "s": "ISAF", "metric": "detained", "population": "commanders", "aspect": "period"},
        {"lo": 3, "hi": 9, "c": "vague", "q": "several", "s": "ISAF", "metric": "captured", "population": "leaders"},
    ]
    assert conflicts_of({"base": RAID, "figures": figures}) == ()


def test_very_many_counts_of_one_body_leave_no_figure_out() -> None:
    lows = [float(1000 + at) for at in range(60)]
    edges = {(i, j) for i in range(60) for j in range(i + 1, 60) if (i + j) % 7 != 0}
    found = camps_between(lows, lows, edges, slack=0.0)
    assert {one for each in found for camp in each.camps for one in camp} == set(range(60))
    for each in found:
        assert all((min(i, j), max(i, j)) in edges for i in each.camps[0] for j in each.camps[1])


def test_levels() -> None:
    assert [level_of(one) for one in (80, 50, 49.9, 20, 3)] == ["high", "high", "medium", "medium", "low"]


def test_camps_by_piercing_are_not_bridged_by_an_open_bound() -> None:
    camps = pierce([498, 10, 5840], [498, float("inf"), 5840])
    assert camps.camps == ((0,), (2,))
    assert camps.compatible == (1,)


def test_one_camp_where_all_agree() -> None:
    assert pierce([1, 2], [5, 6]).camps == ((0, 1),)
    assert split_camps([1, 2], [5, 6], lambda _i, _j: False) == []


def test_a_boundary_opens_no_camp_and_nothing_is_below_zero() -> None:
    assert len(pierce([100, 102], [100, 102]).camps) == 1
    assert len(pierce([0, 5], [0, 5]).camps) == 2
    assert len(pierce([-8, -2], [-6, -1]).camps) == 2


def test_camps_split_where_a_pair_does_not_clash() -> None:
    # 10 and 30 clash, 20 and 30 do not (an update): no conflict may hold 20 against 30.
    clash = {(0, 2), (0, 1)}
    found = split_camps([10, 20, 30], [10, 20, 30], lambda i, j: (i, j) in clash)
    pairs = {(i, j) for camps in found for i in camps.camps[0] for j in camps.camps[1]}
    assert pairs == clash


intervals = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda one: (float(min(one)), float(max(one)))), max_size=9
)


@given(intervals, st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_camps_hold_only_clashing_pairs_and_miss_none(spans: list[tuple[float, float]], chance: random.Random) -> None:
    lows, highs = [one for one, _ in spans], [other for _, other in spans]
    edges = {
        (i, j)
        for i, j in combinations(range(len(spans)), 2)
        if (lows[i] > highs[j] or lows[j] > highs[i]) and chance.random() < 0.8
    }
    found = split_camps(lows, highs, lambda i, j: (min(i, j), max(i, j)) in edges, slack=0.0)
    told = set()
    for camps in found:
        for camp in camps.camps:
            assert max(lows[one] for one in camp) <= min(highs[one] for one in camp)
        for camp, other in combinations(camps.camps, 2):
            told |= {(min(i, j), max(i, j)) for i in camp for j in other}
    assert told <= edges
    assert {edge for edge in edges if not any(set(edge) & set(one.compatible) for one in found)} <= told


statements = st.fixed_dictionaries(
    {
        "v": st.sampled_from([0, 7, 12, 31, 44, 100, 149, 498, 2000, 5840]),
        "s": st.sampled_from(["Police", "Health Ministry", "Red Cross"]),
        "on": st.sampled_from(["2024-03-02", "2024-03-03", "2024-03-05"]),
        "undated": st.booleans(),
        "population": st.sampled_from([None, "people", "children"]),
        "place": st.sampled_from(["Quetta", "Pakistan", None]),
        "c": st.sampled_from(["exact", "at_least", "at_most"]),
        "metric": st.sampled_from(["deaths", "injuries"]),
    }
)
tables = st.lists(statements, min_size=1, max_size=7)
BASE = {"event": "bombing:Quetta:2024-03-02"}
calm = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rows_of(figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    out = []
    for number, one in enumerate(figures, 1):
        bounds = {"at_least": {"lo": one["v"], "hi": None}, "at_most": {"lo": 0, "hi": one["v"]}}.get(one["c"], {})
        out.append(row(number, {**BASE, **one, **bounds}))
    return out


def told(rows: list[dict[str, Any]]) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    return [(one.kind, one.camps) for one in reconcile(tabulate(rows), default_lexicon()).conflicts]


@given(tables, st.randoms(use_true_random=False))
@calm
def test_the_order_of_arrival_changes_nothing(figures: list[dict[str, Any]], chance: random.Random) -> None:
    rows = rows_of(figures)
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    assert told(rows) == told(shuffled)


@given(statements, statements)
@calm
def test_comparison_is_symmetric(one: dict[str, Any], other: dict[str, Any]) -> None:
    a, b = rows_of([one, other])
    there, back = compare(a, b), compare(b, a)
    assert (there.outcome, there.kind, there.gap, there.verdict) == (back.outcome, back.kind, back.gap, back.verdict)


@given(statements)
@calm
def test_a_figure_never_conflicts_with_its_own_copy(one: dict[str, Any]) -> None:
    a, b = rows_of([one, one])
    assert compare(a, b).outcome != "conflict"
    assert not told([a, b])


@given(statements, statements, st.floats(0, 500), st.floats(0, 500))
@calm
def test_widening_never_makes_a_conflict(
    one: dict[str, Any], other: dict[str, Any], below: float, above: float
) -> None:
    knowledge = Knowledge(default_lexicon())
    from dataclasses import replace

    a, b = (claim_of(row_, knowledge) for row_ in rows_of([one, other]))
    wide = replace(a, lo=max(a.lo - below, 0.0), hi=a.hi + above)
    if judge(a, b, knowledge).relation.outcome != "conflict":
        assert judge(wide, b, knowledge).relation.outcome != "conflict"


@given(tables)
@calm
def test_adding_a_copy_changes_no_camps(figures: list[dict[str, Any]]) -> None:
    rows = rows_of(figures)
    before = reconcile(tabulate(rows), default_lexicon())
    copy = {**rows[0], "figure_id": "f999", "article_id": "a999", "outlet": "Outlet a999"}
    after = reconcile(tabulate([*rows, copy]), default_lexicon())
    pairs = {frozenset((a, b)) for one in before.conflicts for x, y in combinations(one.camps, 2) for a in x for b in y}
    later = {frozenset((a, b)) for one in after.conflicts for x, y in combinations(one.camps, 2) for a in x for b in y}
    assert pairs == {pair for pair in later if "f999" not in pair}
