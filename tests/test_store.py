"""The store: whole articles or none, the same twice is nothing new, and reviews that outlive their ids.

One body of tests for every database; PostgreSQL takes part where it is installed, or where
FIGURES_TEST_POSTGRES names a server.
"""

from __future__ import annotations

import contextlib
import math
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import create_engine, text

from figures.model import Article, Conflict, Figure, RuleUse, Uncompared, figure_id
from figures.store import Store, StoreError, open_store
from figures.table import tabulate, to_rows


class Clock:
    """A clock that moves a minute whenever it is asked."""

    def __init__(self) -> None:
        self.now = datetime(2022, 3, 3, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture
def store(target: str) -> Iterator[Store]:
    with open_store(target, clock=Clock()) as opened:
        yield opened
        opened.check()


def article(number: int = 1, body: str | None = None, **changes: Any) -> Article:
    values: dict[str, Any] = {
        "article_id": f"a{number}",
        "text": body or f"The ministry said {400 + number} soldiers were killed.",
        "outlet": f"Outlet {number}",
        "published_at": "2022-03-03",
        "title": "Losses",
    }
    return Article(**(values | changes))


def figure(of: Article, value: float | None = None, **changes: Any) -> Figure:
    start = of.text.index(next(word for word in of.text.split() if word[0].isdigit()))
    end = of.text.index(" ", start)
    number = float(of.text[start:end].replace(",", "")) if value is None else value
    values: dict[str, Any] = {
        "figure_id": figure_id(of.article_id, "text", start, end, "deaths"),
        "metric": "deaths",
        "source": "Ministry",
        "outlet": of.outlet,
        "title": of.title,
        "article_id": of.article_id,
        "published_at": of.published_at,
        "value": number,
        "low": number,
        "high": number,
        "unit": "person",
        "event": f"war:Ukraine:{of.article_id}",
        "as_of": date(2022, 3, 2),
        "sentence": of.text,
        "quote": of.text[start:end],
        "start": start,
        "end": end,
        "rules": (RuleUse(column="metric", rule="killed N", start=start, end=end),),
    }
    return Figure(**(values | changes))


@dataclass
class Outcome:
    """What reconcile would give."""

    table: pd.DataFrame
    conflicts: tuple[Conflict, ...] = ()
    uncompared: tuple[Uncompared, ...] = ()


def fill(store: Store, *numbers: int) -> list[Figure]:
    figures = []
    for number in numbers:
        one = article(number)
        figures.append(figure(one))
        store.add(one, [figures[-1]])
    return figures


def clash(*camps: list[Figure], identity: str = "c1", level: str = "high", **changes: Any) -> Conflict:
    values: dict[str, Any] = {
        "conflict_id": identity,
        "kind": "disagreement",
        "severity": {"high": 80.0, "medium": 30.0, "low": 5.0}[level],
        "level": level,
        "metric": "deaths",
        "series": {"unit": "person", "party": None},
        "camps": tuple(tuple(one.figure_id for one in camp) for camp in camps),
        "gap": 0.5,
        "explanation": "Two counts.",
        "reasons": ("disjoint",),
    }
    return Conflict(**(values | changes))


def finals(store: Store, **events: str) -> pd.DataFrame:
    """The store's table with every event final and each figure an origin of its own, unless named otherwise."""
    rows = to_rows(store.table())
    for row in rows:
        row |= {
            "event": "war:Ukraine:2022-02-24",
            "origin_group": events.get(row["article_id"], f"o-{row['article_id']}"),
        }
    return tabulate(rows)


# Articles and figures


def test_an_article_comes_back_as_it_went_in(store: Store) -> None:
    one = article(
        body="“498” killed — 🙂\r\n 5,840 too.",
        published_at="2022-03-03T10:00:00+01:00",
        url="https://x.example/?a=1&b",
    )
    outcome = store.add(one, [figure(one, 5840.0)])
    assert (outcome.outcome, outcome.figures, outcome.revision) == ("added", 1, 1)
    stored = store.article("a1")
    assert stored is not None
    assert stored.article == one
    assert stored.added_at == "2022-03-03T12:01:00.000+00:00"
    assert store.article("nobody") is None
    assert [kept.article.article_id for kept in store.articles()] == ["a1"]


def test_the_table_comes_back_as_it_went_in(store: Store) -> None:
    figures = [
        figure(article(1), low=401.0, high=math.inf, comparator="at_least"),
        figure(article(2), None, low=24.0, high=99.0, source=None, as_of=None, period_start=date(2022, 3, 1)),
        figure(article(3), precision=0.1, confidence=0.875, place="Kherson", rules=()),
    ]
    figures[1] = replace(figures[1], value=None)
    for number, one in enumerate(figures, 1):
        store.add(article(number), [one])
    pd.testing.assert_frame_equal(store.table(), tabulate(figures))
    assert to_rows(store.table()) == to_rows(tabulate(figures))


def test_the_same_again_is_unchanged(store: Store) -> None:
    one = article()
    store.add(one, [figure(one)])
    before = store.article("a1")
    assert store.add(one, [figure(one)]).outcome == "unchanged"
    assert store.article("a1") == before


def test_a_changed_text_replaces_the_older_one_and_keeps_it(store: Store, target: str) -> None:
    store.add(article(), [figure(article())])
    newer = article(body="The ministry now says 999 soldiers were killed.")
    outcome = store.add(newer, [figure(newer)])
    assert (outcome.outcome, outcome.revision) == ("revised", 2)
    assert list(store.table()["value"]) == [999.0]
    engine = create_engine(_url(target))
    with engine.connect() as connection:
        versions = connection.execute(text("SELECT revision, text FROM article_versions")).all()
    engine.dispose()
    assert [tuple(one) for one in versions] == [(1, article().text)]


def test_other_figures_of_the_same_text_replace_the_older_ones(store: Store) -> None:
    one = article()
    store.add(one, [figure(one)])
    outcome = store.add(one, [figure(one, metric="injuries")])
    assert (outcome.outcome, outcome.revision) == ("revised", 1)
    assert list(store.table().index.get_level_values("metric")) == ["injuries"]


def test_many_at_once_and_each_is_told(store: Store) -> None:
    pairs = [(article(n), [figure(article(n))]) for n in range(250)]
    outcomes = list(store.add_many(pairs))
    assert [one.article_id for one in outcomes] == [one.article_id for one, _ in pairs]
    assert {one.outcome for one in store.add_many(pairs)} == {"unchanged"}
    assert len(store.table()) == 250
    assert [kept.article.article_id for kept in store.articles()] == sorted(one.article_id for one, _ in pairs)


def test_the_same_article_twice_in_one_batch(store: Store) -> None:
    one, newer = article(), article(body="Now 77 were killed.")
    outcomes = [
        kept.outcome for kept in store.add_many([(one, [figure(one)]), (one, [figure(one)]), (newer, [figure(newer)])])
    ]
    assert outcomes == ["added", "unchanged", "revised"]
    assert list(store.table()["value"]) == [77.0]


def test_an_article_lands_whole_or_not_at_all(store: Store) -> None:
    one = article()
    twice = figure(one)
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        store.add(one, [twice, twice])
    assert store.article("a1") is None
    assert len(store.table()) == 0
    assert store.add(one, [twice]).outcome == "added"


@pytest.mark.parametrize("bad", ["12\0 dead", "\ud83d 12 dead"])
def test_texts_that_no_database_keeps_are_refused(store: Store, bad: str) -> None:
    with pytest.raises(StoreError, match=r"NUL|surrogate"):
        store.add(article(body=bad), [])
    with pytest.raises(StoreError, match="not of a2"):
        store.add(article(2), [figure(article(1))])


def test_withdrawing(store: Store) -> None:
    fill(store, 1, 2)
    assert store.withdraw("a1", by="R.", reason="retracted by the outlet")
    assert not store.withdraw("a1")
    assert not store.withdraw("nobody")
    assert list(store.table()["article_id"]) == ["a2"]
    assert [one.article.article_id for one in store.articles()] == ["a2"]
    assert [one.article.article_id for one in store.articles(withdrawn=True)] == ["a1", "a2"]
    stored = store.article("a1")
    assert stored is not None
    assert (stored.withdrawn_by, stored.withdrawn_why) == ("R.", "retracted by the outlet")
    assert store.add(article(), [figure(article())]).outcome == "withdrawn"
    assert store.figure(figure(article()).figure_id) is None
    assert store.counts().articles == 1


def test_choosing_figures(store: Store) -> None:
    for number, place in enumerate(["Poland", "Moldova", None, "Poland"]):
        one = article(number)
        store.add(one, [figure(one, place=place, as_of=date(2022, 3, 1 + number))])
    assert len(store.table(place="Poland")) == 2
    assert len(store.table(place=["Poland", "Moldova"])) == 3
    assert len(store.table(place=None)) == 1
    assert len(store.table(as_of=date(2022, 3, 2))) == 1
    assert len(store.table(metric="refugees")) == 0
    assert len(store.figures(since="2022-03-02", until="2022-03-03").rows) == 2
    assert len(store.figures(search="SOLDIERS").rows) == 4
    assert len(store.figures(search="100%").rows) == 0
    with pytest.raises(StoreError, match="no column to choose by"):
        store.table(colour="red")


def test_pages_cover_everything_once(store: Store) -> None:
    fill(store, *range(7))
    seen, cursor = [], None
    while True:
        page = store.figures(cursor=cursor, limit=3)
        seen += [row["figure_id"] for row in page.rows]
        cursor = page.cursor
        if cursor is None:
            break
    assert sorted(seen) == seen
    assert len(seen) == 7
    assert store.figures(limit=7).cursor is None
    with pytest.raises(StoreError, match="cursor"):
        store.figures(cursor="nonsense")


def test_rows_of_many_ids(store: Store) -> None:
    figures = fill(store, *range(5))
    wanted = [one.figure_id for one in figures[:3]]
    assert {row["figure_id"] for row in store.rows([*wanted, "f-unknown", *(f"f{n}" for n in range(1200))])} == set(
        wanted
    )
    assert store.rows([]) == []


# Corrections


def test_a_correction_answers_and_the_reading_stays(store: Store, target: str) -> None:
    (one,) = fill(store, 1)
    store.correct(one.figure_id, "value", 410, reviewer="R.", note="OCR")
    (row,) = to_rows(store.table())
    assert (row["value"], row["low"], row["high"], row["quote"]) == (410, 410, 410, "401")
    assert row["rules"]["value"] == {"rule": "corrected by R."}
    store.correct(one.figure_id, "value", 411, reviewer="S.")
    store.correct(one.figure_id, "place", "Kherson", reviewer="S.")
    store.correct(one.figure_id, "as_of", "2022-03-01", reviewer="S.")
    (row,) = store.figures().rows
    assert (row["value"], row["place"], row["as_of"]) == (411, "Kherson", "2022-03-01")
    assert [change.value for change in store.corrections(one.figure_id)] == [410, 411, "Kherson", "2022-03-01"]
    engine = create_engine(_url(target))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT value FROM figures")).scalar() == 401
    engine.dispose()
    store.add(article(), [one])
    assert store.table()["value"].iloc[0] == 411


def test_a_correction_may_say_that_it_is_no_figure(store: Store) -> None:
    first, second = fill(store, 1, 2)
    store.correct(first.figure_id, "figure", None, reviewer="R.")
    assert list(store.table()["figure_id"]) == [second.figure_id]
    store.correct(second.figure_id, "figure", None, reviewer="R.")
    assert len(store.table()) == 0
    assert store.table().dtypes.equals(tabulate([]).dtypes)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("quote", "x", "no column to correct"),
        ("colour", "x", "no column to correct"),
        ("value", "many", "must be a number"),
        ("value", math.nan, "must be a number"),
        ("value", True, "must be a number"),
        ("metric", None, "cannot be empty"),
        ("as_of", "soon", "must be a day"),
        ("place", 3, "must be a text"),
        ("figure", 3, "takes no value"),
    ],
)
def test_corrections_that_make_no_sense(store: Store, name: str, value: Any, expected: str) -> None:
    (one,) = fill(store, 1)
    with pytest.raises(StoreError, match=expected):
        store.correct(one.figure_id, name, value, reviewer="R.")
    with pytest.raises(StoreError, match="no such figure"):
        store.correct("f-unknown", "value", 1, reviewer="R.")


# What reconcile found


def test_final_events_stand_beside_those_the_articles_give(store: Store) -> None:
    fill(store, 1, 2)
    own = store.table()
    store.save(Outcome(finals(store)))
    pd.testing.assert_frame_equal(store.table(), own)
    final = store.table(reconciled=True)
    assert set(final["event"]) == {"war:Ukraine:2022-02-24"}
    assert set(final["origin_group"]) == {"o-a1", "o-a2"}
    assert len(store.table(event="war:Ukraine:2022-02-24")) == 2
    assert store.figures(event="war:Ukraine:2022-02-24").rows[0]["event"] == "war:Ukraine:2022-02-24"
    assert len(store.table(origin_group="o-a1")) == 1


def test_conflicts_are_kept_with_the_time_they_were_found(store: Store) -> None:
    a, b, c = fill(store, 1, 2, 3)
    strong, weak = clash([a], [b, c]), clash([a], [c], identity="c2", level="low")
    changes = store.save(
        Outcome(
            finals(store),
            (weak, strong),
            (Uncompared(metric="deaths", a="x", b="y", missing=("place",), explanation="No place."),),
        )
    )
    assert [(one.change, one.conflict_id) for one in changes] == [("opened", "c2"), ("opened", "c1")]
    assert [one.conflict for one in store.conflicts()] == [strong, weak]
    assert [one.conflict for one in store.conflicts(min_level="medium")] == [strong]
    assert store.conflicts(metric="refugees") == []
    found = store.conflict("c1")
    assert found is not None
    detected = found.detected_at
    assert store.save(Outcome(finals(store), (strong, weak))) == []
    found = store.conflict("c1")
    assert found is not None
    assert (found.detected_at, found.changed_at) == (detected, detected)
    assert store.uncompared() == []
    with pytest.raises(StoreError, match="no level"):
        store.conflicts(min_level="terrible")


def test_conflicts_that_no_longer_hold_are_gone_but_readable(store: Store) -> None:
    a, b = fill(store, 1, 2)
    store.save(Outcome(finals(store), (clash([a], [b]),)))
    changes = store.save(Outcome(finals(store)))
    assert [one.change for one in changes] == ["withdrawn"]
    assert store.conflicts() == []
    found = store.conflict("c1")
    assert found is not None
    assert found.gone_at is not None
    assert len(store.conflicts(gone=True)) == 1
    assert store.counts().conflicts == 0
    assert [one.change for one in store.save(Outcome(finals(store), (clash([a], [b]),)))] == ["opened"]


def test_the_same_clash_under_another_id_keeps_its_time(store: Store) -> None:
    a, b, c = fill(store, 1, 2, 3)
    store.save(Outcome(finals(store), (clash([a], [b]),)))
    before = store.conflict("c1")
    changes = store.save(Outcome(finals(store), (clash([a], [b, c], identity="c9"),)))
    after = store.conflict("c9")
    assert before is not None
    assert after is not None
    assert after.detected_at == before.detected_at
    assert [one.change for one in changes] == ["changed"]


def test_reviews_are_append_only_and_seen_by_all(store: Store) -> None:
    a, b = fill(store, 1, 2)
    store.save(Outcome(finals(store), (clash([a], [b]),)))
    store.review("c1", "dismissed", reviewer="R.", reason="different things")
    assert store.conflicts() == []
    assert store.counts().conflicts == 0
    assert len(store.conflicts(dismissed=True)) == len(store.conflicts(status="dismissed")) == 1
    store.review("c1", "confirmed", reviewer="S.", note="both ministries stand by it")
    found = store.conflicts()[0]
    assert found.conflict.status == "confirmed"
    assert [(one.verdict, one.reviewer) for one in found.history] == [("dismissed", "R."), ("confirmed", "S.")]
    assert [one.change for one in store.changes()] == ["opened", "reviewed", "reviewed"]
    assert [one.change for one in store.changes(after=store.changes()[0].cursor, limit=1)] == ["reviewed"]


def test_a_review_carries_over_a_copy_and_another_id(store: Store) -> None:
    a, b, copy = fill(store, 1, 2, 3)
    store.save(Outcome(finals(store), (clash([a], [b]),)))
    store.review("c1", "dismissed", reviewer="R.", reason="same statement")
    same = figure(article(3), b.value)
    store.add(article(3), [same])
    renamed = finals(store, a2="o-now", a3="o-now")
    changes = store.save(Outcome(renamed, (clash([a], [b, same], identity="c9"),)))
    assert copy.figure_id == same.figure_id
    assert store.conflicts() == []
    found = store.conflict("c9")
    assert found is not None
    assert found.conflict.status == "dismissed"
    assert [one.reviewer for one in found.history] == ["R."]
    assert changes == []  # one more copy of what was known is no news


@pytest.mark.parametrize(
    ("value", "origin"),
    [(402.0, "o-new"), (450.0, "o-a2")],
    ids=["a new origin", "a value outside the camps"],
)
def test_only_news_reopens(store: Store, value: float, origin: str) -> None:
    a, b, _ = fill(store, 1, 2, 3)
    store.save(Outcome(finals(store), (clash([a], [b]),)))
    store.review("c1", "resolved", reviewer="R.", note="the ministry corrected it")
    new = figure(article(3), value)
    store.add(article(3), [new])
    changes = store.save(Outcome(finals(store, a3=origin), (clash([a], [b, new], identity="c9"),)))
    assert [one.change for one in changes] == ["reopened"]
    assert store.conflicts()[0].conflict.status == "reopened"


def test_a_review_does_not_spread_to_another_clash(store: Store) -> None:
    a, b, c = fill(store, 1, 2, 3)
    store.save(Outcome(finals(store), (clash([a], [b]),)))
    store.review("c1", "dismissed", reviewer="R.", reason="misread")
    store.save(
        Outcome(
            finals(store),
            (clash([a], [b]), clash([a], [c], identity="c2"), clash([a], [b], identity="c3", kind="stale")),
        )
    )
    assert [one.conflict.conflict_id for one in store.conflicts()] == ["c2", "c3"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"verdict": "wrong", "reviewer": "R."}, "no verdict"),
        ({"verdict": "confirmed", "reviewer": " "}, "reviewer's name"),
        ({"verdict": "dismissed", "reviewer": "R."}, "needs a reason: different things"),
        ({"verdict": "resolved", "reviewer": "R."}, "what settled it"),
    ],
)
def test_reviews_that_say_too_little(store: Store, arguments: dict[str, Any], expected: str) -> None:
    a, b = fill(store, 1, 2)
    store.save(Outcome(finals(store), (clash([a], [b]),)))
    with pytest.raises(StoreError, match=expected):
        store.review("c1", **arguments)
    with pytest.raises(StoreError, match="no such conflict"):
        store.review("c-unknown", "confirmed", reviewer="R.")


def test_latest_comes_back_as_it_was_saved(store: Store) -> None:
    fill(store, 1)
    given = pd.DataFrame(
        {
            "metric": ["deaths", "refugees"],
            "place": ["Kherson", None],
            "as_of": pd.to_datetime(["2022-03-02", None]),
            "value": [498.0, math.nan],
            "contested": [True, False],
            "camps": [[{"source": "Ministry", "value": 498}], []],
        }
    ).set_index("metric")
    store.save(Outcome(finals(store)), latest=given)
    found = store.latest()
    assert list(found.index) == ["deaths", "refugees"]
    assert found["as_of"].iloc[0] == pd.Timestamp("2022-03-02")
    assert list(found["contested"]) == [True, False]
    assert found["camps"].iloc[0] == [{"source": "Ministry", "value": 498}]
    assert math.isnan(found["value"].iloc[1])
    assert list(store.latest("deaths").index) == ["deaths"]
    assert len(store.latest("deaths", place="Kherson")) == 1
    assert len(store.latest("deaths", place=None)) == 0
    store.save(Outcome(finals(store)))
    assert len(store.latest()) == 2
    with pytest.raises(StoreError, match="no slot"):
        store.latest("deaths", colour="red")


def test_counts(store: Store) -> None:
    a, b, c = fill(store, 1, 2, 3)
    store.add(article(4, outlet=None, published_at="2022-02-28T23:00:00Z"), [])
    store.save(Outcome(finals(store), (clash([a], [b]), clash([a], [c], identity="c2", level="low"))))
    counts = store.counts()
    assert (counts.articles, counts.outlets, counts.figures, counts.conflicts, counts.uncompared) == (4, 3, 3, 1, 0)
    assert counts.days == (date(2022, 2, 28), date(2022, 3, 3))
    assert store.counts(min_level="low").conflicts == 2


def test_an_older_comparison_never_replaces_a_newer_one(store: Store) -> None:
    a, b = fill(store, 1, 2)
    older = store.version()
    store.add(article(3), [figure(article(3))])
    newer = store.version()
    assert newer > older
    store.save(Outcome(finals(store), (clash([a], [b]),)), version=newer)
    assert store.save(Outcome(finals(store)), version=older) == []
    assert len(store.conflicts()) == 1
    store.add(article(3), [figure(article(3))])
    assert store.version() == newer
    store.withdraw("a3")
    store.correct(a.figure_id, "value", 7, reviewer="R.")
    assert store.version() == newer + 2


# Opening


def test_opening_again_finds_everything(target: str) -> None:
    with open_store(target) as store:
        fill(store, 1)
    with open_store(target) as store:
        assert len(store.table()) == 1


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda folder: folder, "is a folder"),
        (lambda folder: folder / "none" / "x.sqlite", "its folder does not exist"),
        (
            lambda folder: _file(folder / "x.sqlite", b"no database at all, but long enough to be looked at" * 30),
            "no SQLite database",
        ),
        (lambda folder: _foreign(folder / "y.sqlite"), "tables of another program"),
        (lambda folder: _newer(folder / "z.sqlite"), "newer Figures"),
        (lambda _: "mysql://localhost/x", "no such store"),
        (lambda _: "://", "no database URL"),
        (lambda _: "postgresql://127.0.0.1:9/none", "postgresql"),
    ],
)
def test_targets_that_are_no_store(tmp_path: Path, make: Callable[[Path], str | Path], expected: str) -> None:
    with pytest.raises(StoreError, match=expected) as caught:
        open_store(make(tmp_path))
    assert "\n" not in str(caught.value)


def test_many_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def open_it(path: Path) -> None:
        try:
            with open_store(path) as store:
                store.counts()
        except BaseException as error:
            failures.append(error)

    for attempt in range(5):
        threads = [threading.Thread(target=open_it, args=(tmp_path / f"{attempt}.sqlite",)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []


def test_a_store_in_memory_and_one_by_url(tmp_path: Path) -> None:
    with open_store(":memory:") as store:
        fill(store, 1)
        assert len(store.table()) == 1
    with open_store(f"sqlite:///{tmp_path / 'u.sqlite'}") as store:
        fill(store, 1)
    assert (tmp_path / "u.sqlite").exists()


# Many at once, and sudden ends


def test_writers_and_readers_at_once(target: str) -> None:
    failures: list[BaseException] = []

    def write(first: int) -> None:
        try:
            with open_store(target) as store:
                for number in range(first, first + 12):
                    store.add(article(number), [figure(article(number))])
        except BaseException as error:
            failures.append(error)

    with open_store(target) as reader:
        threads = [threading.Thread(target=write, args=(100 * n,)) for n in range(6)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            table = reader.table()
            assert len(table) == table["article_id"].nunique()
        for thread in threads:
            thread.join()
        assert failures == []
        assert len(reader.table()) == 72
        reader.check()


WRITER = """
import sys
from figures.model import Article
from figures.store import open_store
from tests_store_helpers import pair
with open_store(sys.argv[1]) as store:
    for number in range(10_000):
        outcome = store.add(*pair(number))
        print(outcome.article_id, flush=True)
"""


def test_acknowledged_articles_survive_kill_nine(tmp_path: Path) -> None:
    helpers = tmp_path / "tests_store_helpers.py"
    helpers.write_text(
        "from figures.model import Article, Figure, figure_id\n"
        "def pair(n):\n"
        "    text = f'{n} were killed and {n + 1} hurt.'\n"
        "    a = Article(article_id=f'a{n}', text=text)\n"
        "    spans = [(0, len(str(n)), 'deaths'), (text.index('and ') + 4, text.index(' hurt'), 'injuries')]\n"
        "    return a, [Figure(figure_id=figure_id(a.article_id, 'text', s, e, m), metric=m, source=None,\n"
        "        article_id=a.article_id, value=float(text[s:e]), low=0.0, high=1.0, unit='person', sentence=text,\n"
        "        quote=text[s:e], start=s, end=e) for s, e, m in spans]\n"
    )
    path = tmp_path / "desk.sqlite"
    for delay in (0.05, 0.15, 0.3):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
        )
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline().strip()]
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        acknowledged += writer.stdout.read().split("\n")[:-1]
        writer.stdout.close()
        writer.wait()
        with open_store(path) as store:
            store.check()
            table = store.table()
            kept = set(table["article_id"])
            assert set(acknowledged) <= kept
            assert (table.groupby("article_id").size() == 2).all()


def test_a_lock_that_another_process_holds_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    with (
        open_store(path) as store,
        contextlib.closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.4, lambda: other.execute("COMMIT"))
        release.start()
        started = time.monotonic()
        assert store.add(article(), [figure(article())]).outcome == "added"
        assert time.monotonic() - started > 0.3
        release.join()


def _url(target: str) -> str:
    return target.replace("postgresql://", "postgresql+psycopg://") if "://" in target else f"sqlite:///{target}"


def _file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _foreign(path: Path) -> Path:
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE articles (x)")
    return path


def _newer(path: Path) -> Path:
    open_store(path).close()
    with contextlib.closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE meta SET value = '99'")
        other.commit()
    return path


# The feed


def told(store: Store, **options: Any) -> list[tuple[str, str, str]]:
    return [(one.change, one.thread, one.level) for one in store.feed(**options)]


def at_level(conflict: Conflict, level: Any, severity: float) -> Conflict:
    return replace(conflict, level=level, severity=severity)


@pytest.fixture
def slow(target: str) -> Iterator[tuple[Store, Clock]]:
    """A store whose clock stands still unless it is moved."""
    clock = Clock()
    with open_store(target, clock=lambda: clock.now) as opened:
        yield opened, clock


def test_a_clash_is_told_once_and_keeps_its_thread(slow: tuple[Store, Clock]) -> None:
    store, clock = slow
    a, b, c = fill(store, 1, 2, 3)
    store.save(Outcome(finals(store), (clash([a], [b], identity="c1"),)))
    clock.now += timedelta(hours=1)
    store.save(Outcome(finals(store), (clash([a], [b, c], identity="c2"),)))
    clock.now += timedelta(hours=1)
    store.save(Outcome(finals(store)))
    assert [(one.change, one.conflict_id, one.thread) for one in store.feed()] == [
        ("opened", "c1", "c1"), ("changed", "c2", "c1"), ("withdrawn", "c2", "c1"),
    ]  # fmt: skip
    assert store.threads(["c1", "none"])["c1"].conflict.conflict_id == "c2"
    assert [one.change for one in store.newest_feed(limit=5)] == ["withdrawn"]


def test_at_most_one_change_in_ten_minutes(slow: tuple[Store, Clock]) -> None:
    store, clock = slow
    a, b, c, d = fill(store, 1, 2, 3, 4)
    for number, side in enumerate(([b], [b, c], [b, c, d])):
        store.save(Outcome(finals(store), (clash([a], side, identity=f"c{number}"),)))
        clock.now += timedelta(minutes=2)
    first = store.feed()
    assert [one.change for one in first] == ["opened"]
    assert [one.change for one in store.changes()] == ["opened", "changed", "changed"]
    clock.now += timedelta(minutes=3)
    assert store.feed() == first
    clock.now += timedelta(minutes=2)
    (later,) = store.feed(after=first[-1].cursor)
    assert (later.change, later.conflict_id, later.thread) == ("changed", "c2", "c0")
    assert store.feed() == [*first, later]  # replayed, the feed is what it was


def test_a_level_that_rises_does_not_wait(slow: tuple[Store, Clock]) -> None:
    store, clock = slow
    a, b = fill(store, 1, 2)
    for level, severity in (("medium", 30.0), ("high", 80.0), ("medium", 30.0)):
        store.save(Outcome(finals(store), (at_level(clash([a], [b]), level, severity),)))
        clock.now += timedelta(minutes=1)
    assert told(store) == [("opened", "c1", "medium"), ("changed", "c1", "high")]
    clock.now += timedelta(minutes=10)
    assert told(store)[2:] == [("changed", "c1", "medium")]


def test_the_feed_tells_of_a_level_and_of_what_falls_below_it(slow: tuple[Store, Clock]) -> None:
    store, clock = slow
    a, b = fill(store, 1, 2)
    for level, severity in (("low", 10.0), ("medium", 30.0), ("low", 10.0)):
        store.save(Outcome(finals(store), (at_level(clash([a], [b]), level, severity),)))
        clock.now += timedelta(minutes=20)
    store.save(Outcome(finals(store)))
    assert [one[0] for one in told(store, min_level="low")] == ["opened", "changed", "changed", "withdrawn"]
    assert told(store) == [("changed", "c1", "medium"), ("changed", "c1", "low")]
    assert told(store, min_level="high") == []
    with pytest.raises(StoreError, match="no level"):
        store.feed(min_level="grave")


def test_what_is_newer_takes_the_place_of_what_was_held(slow: tuple[Store, Clock]) -> None:
    store, clock = slow
    a, b, c = fill(store, 1, 2, 3)
    store.save(Outcome(finals(store), (clash([a], [b], identity="c1"),)))
    clock.now += timedelta(minutes=1)
    store.save(Outcome(finals(store), (clash([a], [b, c], identity="c2"),)))
    store.review("c2", "confirmed", reviewer="R.")
    clock.now += timedelta(hours=1)
    assert [one.change for one in store.feed()] == ["opened", "reviewed"]


def test_the_same_again_and_copies_are_no_news(slow: tuple[Store, Clock]) -> None:
    store, clock = slow
    a, b, c = fill(store, 1, 2, 3)
    store.save(Outcome(finals(store), (clash([a], [b], identity="c1"),)))
    for _ in range(2):
        clock.now += timedelta(hours=1)
        store.save(Outcome(finals(store), (clash([a], [b], identity="c1"),)))
    same = figure(article(3), b.value)
    store.add(article(3), [same])
    clock.now += timedelta(hours=1)
    store.save(Outcome(finals(store, a3="o-a2"), (clash([a], [b, same], identity="c2"),)))
    assert c.figure_id == same.figure_id
    assert [one.change for one in store.feed()] == ["opened"]
    kept = store.conflict("c2")
    assert kept is not None
    assert kept.thread == "c1"


def test_a_clock_that_goes_back_does_not_disturb_the_order(slow: tuple[Store, Clock]) -> None:
    store, clock = slow
    a, b, c = fill(store, 1, 2, 3)
    store.save(Outcome(finals(store), (clash([a], [b], identity="c1"),)))
    clock.now -= timedelta(days=1)
    store.save(Outcome(finals(store), (clash([a], [b], identity="c1"), clash([a], [c], identity="c2"))))
    times = [one.at for one in store.feed()]
    assert len(times) == 2
    assert times == sorted(times)


def test_the_stamp_changes_with_every_answer(store: Store) -> None:
    stamps = [store.stamp()]
    a, b = fill(store, 1, 2)
    stamps.append(store.stamp())
    store.save(Outcome(finals(store), (clash([a], [b]),)), version=store.version())
    stamps.append(store.stamp())
    store.review("c1", "confirmed", reviewer="R.")
    stamps.append(store.stamp())
    store.correct(a.figure_id, "population", "civilians", reviewer="R.")
    stamps.append(store.stamp())
    store.withdraw("a2")
    stamps.append(store.stamp())
    assert len(set(stamps)) == len(stamps)
    assert store.stamp() == stamps[-1]


def test_conflicts_a_page_at_a_time(store: Store) -> None:
    figures = fill(store, *range(1, 8))
    found = tuple(
        replace(clash([figures[0]], [one], identity=f"c{number}"), severity=float(90 - number // 2))
        for number, one in enumerate(figures[1:])
    )
    store.save(Outcome(finals(store), found))
    whole = [one.conflict.conflict_id for one in store.conflicts()]
    ids: list[str] = []
    cursor = None
    while True:
        page, cursor = store.conflict_page(cursor=cursor, limit=2)
        ids += [one.conflict.conflict_id for one in page]
        if cursor is None:
            break
    assert ids == whole
    assert store.conflict_count() == len(whole) == 6
    for bad in ("x", "bnVsbA==", "WyJhIiwiYiJd"):
        with pytest.raises(StoreError, match="no such cursor"):
            store.conflict_page(cursor=bad)


def test_metrics_are_counted_as_corrected(store: Store) -> None:
    a, b, c = fill(store, 1, 2, 3)
    assert store.metric_counts() == {"deaths": 3}
    store.correct(a.figure_id, "metric", "injuries", reviewer="R.")
    store.correct(b.figure_id, "figure", None, reviewer="R.")
    store.withdraw(c.article_id)
    assert store.metric_counts() == {"injuries": 1}


# Whole tables


def test_a_table_is_imported_with_its_articles(store: Store) -> None:
    one, other = article(1, url="https://x.example/1"), article(2, body='Two, "quoted", and\n5 lines.')
    figures = [
        figure(one, low=-math.inf, high=math.inf, value=None, population="", as_of=None),
        figure(other, period_start=date(2022, 3, 1)),
    ]
    done = store.import_table(tabulate(figures), [one, other])
    assert (done.articles, done.figures, done.left_alone) == (2, 2, 0)
    assert to_rows(store.table()) == to_rows(tabulate(figures))
    kept = store.article("a2")
    assert kept is not None
    assert kept.article == other
    assert not store.is_compared()
    assert [store.add(of, [row]).outcome for of, row in zip((one, other), figures, strict=True)] == ["unchanged"] * 2


def test_importing_again_changes_nothing_and_replaces_what_differs(store: Store) -> None:
    one = article(1)
    store.import_table(tabulate([figure(one)]), [one, one])
    again = store.import_table(tabulate([figure(one)]), [one])
    assert (again.articles, again.left_alone) == (0, 0)
    store.import_table(tabulate([figure(one, 7.0)]))
    assert [row["value"] for row in to_rows(store.table())] == [7]
    assert store.counts().articles == 1


def test_an_article_without_its_text_takes_it_when_it_comes(store: Store) -> None:
    one = article(1)
    assert store.import_table(tabulate([figure(one)])).articles == 1
    bare = store.article("a1")
    assert bare is not None
    assert (bare.article.text, bare.article.outlet) == ("", "Outlet 1")
    store.import_table(tabulate(()), [one])
    kept = store.article("a1")
    assert kept is not None
    assert kept.article == one


def test_an_import_leaves_other_texts_and_withdrawn_articles_alone(store: Store) -> None:
    a, _ = fill(store, 1, 2)
    store.withdraw("a2")
    before = to_rows(store.table())
    other = article(1, "Another text that tells of 900 dead.")
    done = store.import_table(tabulate([figure(other), figure(article(2), 9.0)]), [other, article(2)])
    assert done.left_alone == 2
    assert to_rows(store.table()) == before
    assert [row["figure_id"] for row in before] == [a.figure_id]


def test_an_import_that_fails_leaves_nothing(store: Store) -> None:
    def broken() -> Iterator[Article]:
        yield article(1)
        raise RuntimeError("the file ends here")

    with pytest.raises(RuntimeError, match="ends here"):
        store.import_table(tabulate([figure(article(1))]), broken())
    assert store.counts().articles == 0
    assert store.import_table(tabulate([figure(article(1))]), [article(1)]).figures == 1


def test_an_import_of_more_than_one_piece(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("figures.store.bulk._ROWS", 3)
    many = [article(number) for number in range(1, 8)]
    twice = article(8, "Then 408 and 409 were killed.")
    second = figure(twice, 409.0)
    second = replace(second, figure_id="f-second", start=second.start + 8, end=second.end + 8, quote="409")
    figures = [*map(figure, many), figure(twice), second]
    assert store.import_table(tabulate(figures), [*many, twice]).figures == 9
    assert to_rows(store.table()) == to_rows(tabulate(figures))
