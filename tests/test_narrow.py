"""A new number on a known story is judged only against what it can clash with, and all ends as comparing everything."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from figures.desk import Desk
from figures.lexicon import default_lexicon
from figures.model import Article, Figure
from figures.store import open_store
from tests.test_incremental import check

LEXICON = default_lexicon()
FLOOD = "flood:Mongo:2024-03-01"
FIRST = date(2024, 3, 1)
WORDS = (
    "gave a count of {} for the whole place when a reporter asked.",
    "earlier said {} for all the districts near the river bank.",
    "stands by {} as told to our reporter in the whole of the city.",
)

numbers = st.one_of(
    st.sampled_from((12, 120, 210, 1240, 1420, 5840, 54_782)), st.integers(100, 160), st.integers(1200, 1260)
)
said = st.fixed_dictionaries(
    {
        "metric": st.sampled_from(("deaths", "deaths", "injuries", "cases", "confirmed_cases", "casualties")),
        "value": numbers,
        "comparator": st.sampled_from(("exact", "exact", "exact", "more_than", "approximately")),
        "source": st.sampled_from(("OCHA", "Red Cross", "Chadian government", "UNICEF", None)),
        "population": st.sampled_from((None, None, None, "children")),
        "place": st.sampled_from(("Mongo", "Mongo", None)),
        "back": st.sampled_from((None, 0, 0, 1, 3)),
        "modality": st.sampled_from(("reported",) * 5 + ("superseded", "projected")),
        "aspect": st.sampled_from(("cumulative",) * 4 + ("stock", "period")),
        "words": st.sampled_from(WORDS),
        "lead": st.booleans(),
    }
)
articles = st.fixed_dictionaries(
    {
        "figures": st.lists(said, min_size=1, max_size=3),
        "day": st.sampled_from((0, 1, 1, 2, 3, 6, 11)),
        "outlet": st.sampled_from(("Larkfield Wire", "Osier Desk", "Vistule Courier")),
        "event": st.sampled_from((FLOOD, FLOOD, FLOOD, "war:Sudan:2023-04-15")),
    }
)


def report(name: str, told: dict[str, Any]) -> tuple[Article, list[Figure]]:
    """An article with its figures as a reader would hand them over."""
    published, outlet, figures = FIRST + timedelta(days=told["day"]), told["outlet"], []
    for at, one in enumerate(told["figures"]):
        value, source = float(one["value"]), one["source"] or outlet
        words = f"{source} {one['words'].format(one['value'])}"
        start = (60 if one["lead"] else 400) + 90 * at
        rough = one["comparator"] == "approximately"
        figures.append(
            Figure(
                figure_id=f"f{name}{at}", article_id=name, outlet=outlet, metric=one["metric"], event=told["event"],
                value=value, low=0.85 * value if rough else value, comparator=one["comparator"],
                high=float("inf") if one["comparator"] == "more_than" else 1.15 * value if rough else value,
                precision=100.0 if value % 100 == 0 else 10.0 if value % 10 == 0 else 1.0, unit="person",
                title="News of the day", source=source, source_mention=one["source"], population=one["population"],
                place=one["place"], iso3="TCD", field="text", published_at=published.isoformat(),
                as_of=None if one["back"] is None else published - timedelta(days=one["back"]),
                as_of_basis="publication" if one["back"] is None else "stated", modality=one["modality"],
                aspect=one["aspect"], quote=str(one["value"]), start=start, end=start + len(str(one["value"])),
                sentence=words,
            )
        )  # fmt: skip
    text = " ".join(one.sentence for one in figures)
    given = Article(
        article_id=name, text=text, outlet=outlet, published_at=published.isoformat(), title="News of the day"
    )
    return given, figures


def plain(value: int, source: str, day: int = 1, metric: str = "deaths", **changes: Any) -> dict[str, Any]:
    """An article with one exact number of the flood."""
    one = {
        "metric": metric, "value": value, "comparator": "exact", "source": source, "population": None, "place": "Mongo",
        "back": 0, "modality": "reported", "aspect": "cumulative", "words": WORDS[0], "lead": False,
    }  # fmt: skip
    return {"figures": [one | changes], "day": day, "outlet": "Osier Desk", "event": FLOOD}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_store(tmp_path / "narrow.sqlite") as store:
        yield Desk(store, LEXICON)


@settings(max_examples=20)
@given(st.lists(articles, min_size=2, max_size=8), st.lists(articles, min_size=1, max_size=3))
def test_one_article_after_another_ends_as_comparing_everything(
    before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    with open_store(":memory:") as store:
        desk = Desk(store, LEXICON)
        desk.keep([report(f"b{number}", told) for number, told in enumerate(before)])
        for number, told in enumerate(after):
            # Also an article that stands before the others wherever their ids decide.
            desk.keep([report(f"{'ac'[number % 2]}{number}", told)])
            check(store)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(articles, min_size=4, max_size=9), articles)
def test_so_it_ends_in_a_crowd_of_which_only_telling_pairs_are_judged(
    monkeypatch: pytest.MonkeyPatch, before: list[dict[str, Any]], told: dict[str, Any]
) -> None:
    sweep, fewer, narrow = (importlib.import_module(f"figures.reconcile.{one}") for one in ("sweep", "fewer", "narrow"))
    for module in (sweep, narrow):
        monkeypatch.setattr(module, "SMALL_BLOCK", 4)
    for module in (fewer, narrow):
        monkeypatch.setattr(module, "MANY_PAIRS", 8)
    with open_store(":memory:") as store:
        desk = Desk(store, LEXICON)
        desk.keep([report(f"b{number}", one) for number, one in enumerate(before)])
        desk.keep([report("c0", told)])
        check(store)


def test_a_new_number_is_followed_narrowly(desk: Desk) -> None:
    desk.keep([report("b1", plain(1240, "OCHA")), report("b2", plain(1240, "Red Cross"))])
    desk.followed.clear()
    (opened,) = desk.keep([report("c1", plain(2210, "Chadian government"))]).changes
    assert opened.change == "opened"
    assert desk.followed == {"narrowly": 1}
    (found,) = desk.store.conflicts()
    assert sorted(len(camp) for camp in found.conflict.camps) == [1, 2]
    check(desk.store)


def test_a_clash_grows_and_keeps_its_thread(desk: Desk) -> None:
    desk.keep([report("b1", plain(1240, "OCHA")), report("b2", plain(2210, "Chadian government"))])
    (before,) = desk.store.conflicts()
    desk.followed.clear()
    desk.keep([report("c1", plain(1250, "UNICEF"))])
    (after,) = desk.store.conflicts()
    assert desk.followed == {"narrowly": 1}
    assert (after.thread, after.detected_at) == (before.thread, before.detected_at)
    assert sorted(len(camp) for camp in after.conflict.camps) == [1, 2]
    check(desk.store)


def test_a_later_word_makes_two_older_numbers_clash(desk: Desk) -> None:
    """The Red Cross stands by the lower number on the day of the higher one: that is no update any longer."""
    desk.keep([report("b1", plain(1240, "Red Cross", 1)), report("b2", plain(2210, "OCHA", 3))])
    assert desk.store.conflicts() == []
    desk.followed.clear()
    desk.keep([report("c1", plain(1240, "Red Cross", 3))])
    assert desk.followed == {"narrowly": 1}
    assert {"fb10", "fb20", "fc10"} <= {
        key for one in desk.store.conflicts() for camp in one.conflict.camps for key in camp
    }
    check(desk.store)


def test_a_number_that_an_older_one_rounds_takes_it_over(desk: Desk) -> None:
    desk.keep([report("b1", plain(1180, "OCHA")), report("b2", plain(1200, "OCHA"))])
    desk.followed.clear()
    desk.keep([report("c1", plain(1205, "OCHA"))])
    assert desk.followed == {"narrowly": 1}
    check(desk.store)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (plain(1300, "OCHA") | {"event": None}, "a figure of no event"),
        (plain(1300, "OCHA") | {"event": "flood:Mongo:?"}, "other names"),
        (plain(1300, "OCHA") | {"event": "fire:Abéché:2024-03-02"}, "other names"),
    ],
    ids=["no event", "a name with a gap", "a new name"],
)
def test_what_is_not_sure_is_compared_more_widely(desk: Desk, told: dict[str, Any], why: str) -> None:
    desk.keep([report("b1", plain(1240, "OCHA")), report("b2", plain(1240, "Red Cross"))])
    desk.followed.clear()
    desk.keep([report("c1", told)])
    assert list(desk.followed) == [why]
    check(desk.store)


def test_a_correction_elsewhere_leaves_a_story_alone(desk: Desk) -> None:
    other = plain(77, "UNICEF") | {"event": "war:Sudan:2023-04-15"}
    desk.keep([report("b1", plain(1240, "OCHA")), report("b2", plain(1240, "Red Cross")), report("b3", other)])
    desk.correct("fb30", "value", 78, reviewer="R.")
    desk.followed.clear()
    desk.keep([report("c1", plain(2210, "Chadian government"))])
    assert desk.followed == {"narrowly": 1}
    check(desk.store)
    desk.correct("fb10", "value", 1420, reviewer="R.")
    desk.followed.clear()
    desk.keep([report("c2", plain(3310, "UNICEF"))])
    assert list(desk.followed) == ["other names"]
    check(desk.store)
