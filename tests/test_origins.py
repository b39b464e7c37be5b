"""What repeats one statement, and what confirms it independently."""

from __future__ import annotations

import math
import random
from itertools import count
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.reconcile.groups import components
from figures.reconcile.origins import _earliest_first, assign_origins
from figures.table import flat, tabulate

NUMBER = count()
EXODUS = "invasion:Ukraine:2022-02-24"
BREAD = "A strike on the northern edge of the town {} at least 14 people as they queued for bread early on Tuesday"


def row(value: float | None, source: str, article: str, **slots: Any) -> dict[str, Any]:
    outlet = slots.pop("outlet", "Morning Paper")
    number = next(NUMBER)
    return {
        "figure_id": f"f{number:06}", "metric": "refugees", "unit": "person", "value": value, "low": value,
        "high": value, "precision": 1, "source": source, "source_mention": None if source == outlet else source,
        "outlet": outlet,
        "source_type": "media" if source == outlet else "intergovernmental", "article_id": article, "quote": "q",
        "sentence": f"Sentence number {number}.", "start": number, "end": number + 1, "event": EXODUS,
        "published_at": "2022-03-03", "as_of": slots.get("published_at", "2022-03-03"), "as_of_basis": "publication",
        **slots,
    }  # fmt: skip


def said(day: str) -> dict[str, Any]:
    return {"as_of": day, "as_of_basis": "stated"}


def more_than(value: float, precision: float) -> dict[str, Any]:
    return {"comparator": "more_than", "low": value, "high": math.inf, "precision": precision}


def groups(*rows: dict[str, Any]) -> list[str]:
    frame = flat(assign_origins(tabulate(rows))).set_index("figure_id")
    return [str(frame.loc[one["figure_id"], "origin_group"]) for one in rows]


def together(*rows: dict[str, Any]) -> bool:
    return len(set(groups(*rows))) == 1


def apart(*rows: dict[str, Any]) -> bool:
    return len(set(groups(*rows))) == len(rows)


def test_rows_go_by_publication_article_place_in_the_text_and_id() -> None:
    rows = [
        row(12, "UNHCR", f"a{at % 3}", start=at % 2, published_at=("2022-03-04", None, "2022-03-03")[at % 4 % 3])
        for at in range(40)
    ]
    frame = flat(tabulate(rows)).sample(frac=1, random_state=1, ignore_index=True)
    keys = ["published_at", "article_id", "field", "start", "figure_id"]
    wanted = frame[keys].sort_values(keys, na_position="last").index.to_numpy()
    assert _earliest_first(frame).tolist() == wanted.tolist()


def test_one_statement_in_many_outlets() -> None:
    table = row(1_045_459, "UNHCR", "a", **said("2022-03-02"))
    again = row(1_045_459, "UNHCR", "b", outlet="Evening Paper", **said("2022-03-02"))
    undated = row(1_045_459, "UNHCR", "c", outlet="Weekly", published_at="2022-03-09")
    elsewhere = row(1_045_459, "UNHCR", "d", outlet="Radio", place="Ukraine", place_role="origin")
    assert together(table, again, undated, elsewhere)


def test_a_source_that_says_its_number_again_on_a_later_day_stands_by_it() -> None:
    assert apart(row(498, "Army", "a", **said("2022-03-02")), row(498, "Army", "b", **said("2022-03-08")))


def test_an_undated_reprint_joins_the_dated_statement_before_it() -> None:
    first = row(660_000, "UNHCR", "a", precision=10_000, published_at="2022-03-01", **said("2022-03-01"))
    second = row(660_000, "UNHCR", "b", precision=10_000, published_at="2022-03-20", **said("2022-03-20"))
    reprint = row(660_000, "UNHCR", "c", precision=10_000, published_at="2022-03-06")
    one, other, old = groups(first, second, reprint)
    assert old == one != other


def test_a_rounded_number_and_the_exact_one() -> None:
    exact = row(1_045_459, "UNHCR", "a", **said("2022-03-02"))
    assert together(exact, row(1_000_000, "UNHCR", "b", **more_than(1_000_000, 1_000_000)))
    assert together(exact, row(1_000_000, "UNHCR", "b", precision=1_000_000))
    assert apart(exact, row(1_200_000, "UNHCR", "b", precision=100_000))
    assert apart(exact, row(1_000_000, "UNHCR", "b", published_at="2022-03-20", precision=1_000_000))
    assert apart(row(498, "Army", "a"), row(500, "Army", "b", **more_than(500, 100)))
    assert apart(exact, row(1_000_000, "IOM", "b", **more_than(1_000_000, 1_000_000)))


def test_a_number_said_a_day_later_is_the_table_to_the_day_before() -> None:
    table = row(1_045_459, "UNHCR", "a", **said("2022-03-02"))
    thursday = {"as_of": "2022-03-03", "as_of_basis": "reporting_day"}
    assert together(table, row(1_045_459, "UNHCR", "b", **thursday))
    assert together(table, row(1_000_000, "UNHCR", "b", **more_than(1_000_000, 1_000_000), **thursday))
    assert apart(table, row(1_045_459, "UNHCR", "b", **{**thursday, "as_of": "2022-03-09"}))


def test_a_government_as_such_speaks_through_its_ministry() -> None:
    ministry = row(498, "Russian Ministry of Defence", "a")
    assert together(ministry, row(498, "Russian government", "a"))
    assert apart(ministry, row(498, "Russian government", "b"))
    assert apart(row(498, "Ukrainian Ministry of Defence", "a"), row(498, "Russian government", "a"))


def test_equal_numbers_of_two_sources_confirm_each_other() -> None:
    assert apart(row(1_045_459, "UNHCR", "a"), row(1_045_459, "IOM", "b"))
    assert apart(row(12, "police", "a"), row(12, "mayor", "a"))
    assert apart(
        row(12, "an official", "a", source_type="anonymous"), row(12, "an official", "b", source_type="anonymous")
    )


def test_other_things_are_other_statements() -> None:
    one = row(12, "police", "a")
    assert apart(one, row(12, "police", "b", event="fire:Paris:2022-03-01"))
    assert apart(one, row(12, "police", "b", place="Lviv"))
    assert apart(one, row(12, "police", "b", metric="injuries"))
    assert apart(one, row(12, "police", "b", modality="projected"))
    assert apart(one, row(13, "police", "b"))
    assert together(one, row(12, "police", "b", modality="superseded"))
    assert together(one, row(12, "police", "b", population="people"))


def test_a_lead_that_credits_nobody_restates_its_body() -> None:
    body = row(1_045_459, "UNHCR", "a")
    assert together(body, row(1_045_459, "Morning Paper", "a"))
    assert together(body, row(1_000_000, "Morning Paper", "a", field="title", **more_than(1_000_000, 1_000_000)))
    assert apart(body, row(900_000, "Morning Paper", "a", precision=100_000))
    other = row(1_045_459, "IOM", "a")
    lead = row(1_045_459, "Morning Paper", "a")
    assert apart(body, other, lead)


def test_across_articles_only_a_telling_number_is_known_again() -> None:
    body, copy = row(1_045_459, "UNHCR", "a"), row(1_045_459, "Radio", "b", outlet="Radio")
    assert together(body, copy)
    assert apart(body, row(1_045_459, "IOM", "c"), copy)
    assert apart(row(127, "police", "a"), row(127, "Radio", "b", outlet="Radio"))
    assert apart(row(1_045_459, "UNHCR", "a", event=None), row(1_045_459, "Radio", "b", outlet="Radio", event=None))


def test_nearly_the_same_sentence_is_a_copy() -> None:
    one = row(14, "Radio", "a", outlet="Radio", sentence=BREAD.format("killed"))
    copy = row(14, "Weekly", "b", outlet="Weekly", sentence=BREAD.format("has killed").replace("early on ", "early "))
    own = row(14, "Daily", "c", outlet="Daily", sentence="Fourteen died outside a bakery in a suburb when shells fell.")
    other = row(15, "Post", "d", outlet="Post", sentence=BREAD.format("killed"))
    elsewhere = row(14, "Times", "e", outlet="Times", sentence=BREAD.format("killed"), event="shelling:Homs:2012-03-01")
    first, second, *rest = groups(one, copy, own, other, elsewhere)
    assert first == second
    assert len({first, *rest}) == 4


def test_a_credit_line_names_the_origin() -> None:
    one = row(13, "Radio", "a", outlet="Radio", sentence="KYIV, March 2 (Reuters) - At least 13 people died.")
    other = row(13, "Weekly", "b", outlet="Weekly", sentence="LVIV (Reuters) Thirteen were killed, it became known.")
    wire = row(13, "Reuters", "c", outlet="Reuters")
    unrelated = row(13, "Daily", "d", outlet="Daily", sentence="The dead (thirteen) were buried.")
    first, second, third, last = groups(one, other, wire, unrelated)
    assert first == second == third != last


def test_a_standing_statistic_of_another_month_is_another_statement() -> None:
    rate = {"metric": "unemployment_rate", "event": None, "unit": "percent", "precision": 0.1}
    january = row(3.7, "Bureau", "a", published_at="2023-01-06", **rate)
    reprint = row(3.7, "Bureau", "b", published_at="2023-01-08", **rate)
    may = row(3.7, "Bureau", "c", published_at="2023-05-05", **rate)
    one, same, other = groups(january, reprint, may)
    assert one == same != other
    dated = row(3.7, "Bureau", "d", published_at="2023-01-06", **{**rate, **said("2023-01-06")})
    assert apart(dated, may)


def test_vague_and_ranged_numbers_have_origins_too() -> None:
    dozens = {"low": 24, "high": 99, "comparator": "vague"}
    one, same = row(None, "police", "a", **dozens), row(None, "police", "b", **dozens)
    assert together(one, same)
    assert apart(one, row(24, "police", "c"))


def test_a_group_is_named_after_its_earliest_statement() -> None:
    late = row(1_045_459, "UNHCR", "a", published_at="2022-03-05")
    early = row(1_045_459, "UNHCR", "b", published_at="2022-03-03", outlet="Radio")
    assert groups(late, early) == ["o" + early["figure_id"][1:]] * 2
    assert assign_origins(tabulate(())).empty


FIGURES = st.builds(
    lambda value, source, article, day, basis: row(
        float(value),
        source,
        f"a{article}",
        outlet=f"O{article}",
        published_at=day,
        as_of=day,
        as_of_basis=basis,
        precision=float(10 ** (len(str(value)) - len(str(value).rstrip("0")))),
    ),
    st.sampled_from([12, 500, 498, 660_000, 1_000_000, 1_045_459]),
    st.sampled_from(["UNHCR", "IOM", "O1", "O2"]),
    st.integers(1, 3),
    st.sampled_from(["2022-03-02", "2022-03-03", "2022-03-06"]),
    st.sampled_from(["stated", "publication"]),
)


@given(st.lists(FIGURES, min_size=1, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_order_changes_nothing(rows: list[dict[str, Any]], chance: random.Random) -> None:
    before = groups(*rows)
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    after = dict(zip((one["figure_id"] for one in shuffled), groups(*shuffled), strict=True))
    assert [after[one["figure_id"]] for one in rows] == before
    assert flat(assign_origins(assign_origins(tabulate(rows)))).equals(flat(assign_origins(tabulate(rows))))


@given(st.integers(1, 30), st.data())
@settings(max_examples=60, deadline=None)
def test_components_are_those_of_a_plain_search(size: int, data: st.DataObject) -> None:
    edges = data.draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)), max_size=40))
    label = list(range(size))
    for _ in range(size):
        for a, b in edges:
            label[a] = label[b] = min(label[a], label[b])
    a, b = (np.array([edge[side] for edge in edges], dtype=np.int64) for side in (0, 1))
    assert components(size, a, b).tolist() == label


@pytest.mark.parametrize("text", ["", "x", "word " * 5_000, "\ud800 lone " * 9])
def test_any_sentence_will_do(text: str) -> None:
    rows = [
        row(14, "Radio", "a", outlet="Radio", sentence=text),
        row(14, "Weekly", "b", outlet="Weekly", sentence=text),
    ]
    assert len(groups(*rows)) == 2
