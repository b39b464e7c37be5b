"""Bounded questions to a store, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from figures.desk import Desk
from figures.model import Article
from figures.store import Store, StoreError, open_store
from figures.table import flat

SAID = {
    "m": ("2022-03-02", "Moscow gives a number", "Russia's Defence Ministry said on Wednesday that 498 Russian soldiers"
          " had been killed in Ukraine since the invasion began."),
    "k": ("2022-03-02", "Kyiv's own_count", "About 5,840 Russian soldiers have been killed in Ukraine since the"
          " invasion began, the Ukrainian General Staff said on Wednesday."),
    "e": ("2022-03-01", "", "UNHCR said on Tuesday that 660,000 refugees had fled Ukraine since the invasion began."),
    "l": ("2022-03-02", "", "UNHCR said on Wednesday that 874,000 refugees had fled Ukraine since the invasion began."),
}  # fmt: skip


@pytest.fixture
def desk(target: str) -> Iterator[Desk]:
    with open_store(target) as store:
        made = Desk(store)
        made.ingest(
            Article(article_id=key, outlet=f"Outlet {key}", published_at=day, title=title, text=text)
            for key, (day, title, text) in SAID.items()
        )
        yield made


@pytest.fixture
def store(desk: Desk) -> Store:
    return desk.store


def test_conflicts_that_need_a_look_come_newest_first(store: Store) -> None:
    (only,) = store.find.newest_conflicts(limit=5)
    assert only.conflict.metric == "deaths"
    assert store.find.newest_conflicts(limit=5, metric="refugees") == []
    store.review(only.conflict.conflict_id, "confirmed", reviewer="Ada")
    assert len(store.find.newest_conflicts(limit=5)) == 1
    store.review(only.conflict.conflict_id, "dismissed", reviewer="Ada", reason="different things")
    assert store.find.newest_conflicts(limit=5) == []


def test_the_conflicts_of_a_figure(store: Store) -> None:
    rows = store.figures(metric="deaths").rows
    for row in rows:
        (only,) = store.find.conflicts_of([row["figure_id"]])
        assert any(row["figure_id"] in camp for camp in only.conflict.camps)
    assert store.find.conflicts_of([row["figure_id"] for row in store.figures(metric="refugees").rows]) == []
    assert store.find.conflicts_of([]) == []


def test_latest_figures_are_cut_and_narrowed(store: Store) -> None:
    newest = store.find.newest_latest(limit=1)
    assert newest["metric"].tolist() == ["refugees"]  # contested ones have no number that could have moved
    assert store.find.latest("deaths", limit=5)["contested"].tolist() == [True]
    assert len(store.find.latest("refugees", limit=5, place="Ukraine")) == 1
    assert len(store.find.latest("refugees", limit=5, place="Poland")) == 0
    with pytest.raises(StoreError, match="no slot"):
        store.find.latest("refugees", limit=5, sentence="x")


def test_names_are_counted_and_searched_without_wildcards(store: Store) -> None:
    assert store.find.names("source", contains="unhcr") == [("UNHCR", 2)]
    assert store.find.names("source", limit=1) == [("UNHCR", 2)]
    assert store.find.names("source", contains="%") == []
    with pytest.raises(StoreError, match="no column of names"):
        store.find.names("sentence")


def test_articles_are_found_by_title_and_id(store: Store) -> None:
    assert [one.article.article_id for one in store.find.articles(contains="own_c", limit=5)] == ["k"]
    assert store.find.articles(contains="own.c", limit=5) == []
    assert [one.article.article_id for one in store.find.articles(contains="number", limit=5)] == ["m"]
    assert [one.article.article_id for one in store.find.articles(contains="e", limit=5)][-1:] == ["e"]


def test_readings_stay_as_they_were_read(desk: Desk) -> None:
    (row,) = desk.store.figures(article_id="m").rows
    desk.correct(row["figure_id"], "value", 489, reviewer="Ada")
    assert desk.store.figures(article_id="m").rows[0]["value"] == 489
    assert flat(desk.store.find.readings(article_id="m"))["value"].tolist() == [498]


def test_what_a_draft_is_compared_with(desk: Desk) -> None:
    find = desk.store.find
    assert find.has_more_than(3)
    assert not find.has_more_than(4)
    material = flat(find.material(metrics=["refugees"], values=[498.0]))
    assert sorted(material["value"]) == [498, 660_000, 874_000]
    newest = flat(find.material(metrics=["refugees"], values=[], most=1))
    assert newest["as_of"].dt.date.tolist() == [date(2022, 3, 2)]
    assert len(find.material(metrics=[], values=[])) == 0
    whole = flat(desk.store.table(reconciled=True))
    same = flat(find.material(metrics=sorted(set(whole["metric"])), values=[]))
    assert same.dtypes.equals(whole.dtypes)
    assert set(same["figure_id"]) == set(whole["figure_id"])


def test_pairs_that_bear_on_a_figure(desk: Desk) -> None:
    open_ended = Article(
        article_id="o", outlet="Outlet o", published_at="2022-03-02",
        text="More than 900 people have been killed in Ukraine since the invasion began, officials said on Wednesday.",
    )  # fmt: skip
    desk.ingest([open_ended])
    every = desk.store.find.uncompared(limit=50)
    for one in every:
        assert one in desk.store.find.uncompared(limit=50, figure_ids=[one.a])
    assert desk.store.find.uncompared(limit=0) == []
    assert len(every) == desk.store.counts().uncompared
