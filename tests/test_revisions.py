"""What changed between two versions of one article, figure by figure."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.extract import extract
from figures.lexicon import default_lexicon
from figures.model import Article
from figures.reconcile import Revision, revisions
from figures.table import tabulate

BEFORE = (
    "QUETTA, March 2 - A bomb killed 31 people at the railway station of Quetta, police said.\n\n"
    "Forty-four were wounded, the hospital said.\n\nTwo suspects have been arrested."
)
AFTER = (
    "QUETTA, March 2 - A bomb killed 35 people at the railway station of Quetta, police said.\n\n"
    "Forty-four were wounded, the hospital said.\n\nThe station handles 12 trains a day. It will stay closed."
)


def figures_of(text: str, title: str = "") -> Any:
    article = Article(article_id="a1", text=text, title=title, outlet="Example Wire", published_at="2024-03-02")
    return extract(article, default_lexicon())


def told(found: tuple[Revision, ...]) -> list[tuple[str, float | None, float | None, tuple[str, ...]]]:
    return [
        (one.change, one.before and one.before["value"], one.after and one.after["value"], one.differs_in)
        for one in found
    ]


def test_a_raised_toll_is_a_change_and_a_new_count_an_addition() -> None:
    found = revisions(figures_of(BEFORE), figures_of(AFTER))
    assert ("changed", 31, 35, ("value", "low", "high")) in told(found)
    assert [one for one in told(found) if one[0] == "removed"] == [("removed", 2, None, ())]
    assert not any(44 in one[1:3] for one in told(found))


def test_the_same_version_moved_about_is_no_revision() -> None:
    assert revisions(figures_of(BEFORE), figures_of(BEFORE)) == ()
    moved = figures_of(BEFORE + " The station opened in 1887.")
    assert revisions(figures_of(BEFORE), moved) == ()
    turned = [{**one.to_row(), "start": 400 - one.start} for one in figures_of(BEFORE)]
    assert revisions(figures_of(BEFORE), turned) == ()


def test_another_source_for_one_number_is_a_change() -> None:
    after = BEFORE.replace("station of Quetta, police said", "station of Quetta, the interior ministry said")
    (found,) = revisions(figures_of(BEFORE), figures_of(after))
    assert (found.change, "source" in found.differs_in, "value" in found.differs_in) == ("changed", True, False)


def test_a_title_is_held_against_the_title() -> None:
    found = revisions(figures_of(BEFORE, "Blast kills 31 in Quetta"), figures_of(BEFORE, "Quetta: 33 dead after blast"))
    titles = [one for one in found if one.after and one.after["field"] == "title"]
    assert [(one.change, one.before and one.before["value"]) for one in titles] == [("changed", 31)]


def test_tables_figures_and_rows_are_all_taken() -> None:
    before, after = figures_of(BEFORE), figures_of(AFTER)
    one = revisions(before, after)
    assert told(revisions(tabulate(before), tabulate(after))) == told(one)
    assert told(revisions([row.to_row() for row in before], [row.to_row() for row in after])) == told(one)
    assert isinstance(tabulate(before), pd.DataFrame)


def row(number: int, value: int, sentence: str = "Police said so many had died.") -> dict[str, Any]:
    return {
        "figure_id": f"f{number}", "article_id": "a1", "metric": "deaths", "unit": "person", "value": value,
        "low": value, "high": value, "comparator": "exact", "source": "Police", "field": "text", "start": number,
        "sentence": sentence, "modality": "reported",
    }  # fmt: skip


def test_very_many_figures_of_one_metric_are_matched_in_their_order() -> None:
    before = [row(at, 1000 + at) for at in range(450)]
    after = [row(at, 5000 + at) for at in range(450)]
    found = revisions(before, after)
    assert [one.change for one in found] == ["changed"] * 450
    assert all(abs((one.before or {})["start"] - (one.after or {})["start"]) <= 5 for one in found)


@given(st.lists(st.integers(1, 6), max_size=8), st.lists(st.integers(1, 6), max_size=8))
@settings(max_examples=60, deadline=None)
def test_every_figure_is_told_at_most_once(old: list[int], new: list[int]) -> None:
    before = [row(at, value) for at, value in enumerate(old)]
    after = [row(at, value) for at, value in enumerate(new)]
    found = revisions(before, after)
    left = [one.before["figure_id"] for one in found if one.before]
    right = [one.after["figure_id"] for one in found if one.after]
    assert len(left) == len(set(left))
    assert len(right) == len(set(right))
    # What is not told says the same in both.
    same_old = sorted(one["value"] for one in before if one["figure_id"] not in left)
    assert same_old == sorted(one["value"] for one in after if one["figure_id"] not in right)


@pytest.mark.parametrize("swap", [False, True])
def test_there_and_back_tell_the_same(swap: bool) -> None:
    one, other = (figures_of(text) for text in ((AFTER, BEFORE) if swap else (BEFORE, AFTER)))
    there, back = told(revisions(one, other)), told(revisions(other, one))
    turn = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted((turn[change], b, a) for change, a, b, _ in there) == sorted(
        (change, a, b) for change, a, b, _ in back
    )
