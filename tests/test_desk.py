"""The desk, from articles to what changed: the store ends the same whatever the order and however often."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from figures import Article, extract, reconcile, tabulate
from figures.desk import Desk, Summary
from figures.reconcile.latest import latest_of
from figures.store import Outcome, open_store

MOSCOW = Article(
    article_id="moscow", outlet="Larkfield Wire", published_at="2022-03-02", title="Moscow gives a toll",
    text="Russia’s Defence Ministry said Wednesday that 498 Russian soldiers have been killed in Ukraine since the "
    "invasion began on February 24.",
)  # fmt: skip
KYIV = Article(
    article_id="kyiv", outlet="Osier Desk", published_at="2022-03-02", title="Kyiv gives another",
    text="Ukraine’s General Staff said Wednesday that about 5,840 Russian soldiers have been killed in Ukraine since "
    "the invasion began on February 24.",
)  # fmt: skip
REFUGEES = Article(
    article_id="refugees", outlet="Osier Desk", published_at="2022-03-03",
    text="UNHCR said Thursday that 1,045,459 refugees had fled Ukraine by Wednesday.",
)  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(open_store(tmp_path / "desk.sqlite"))


def test_articles_in_conflicts_out(desk: Desk) -> None:
    seen: list[Outcome] = []
    summary = desk.ingest([MOSCOW, KYIV, REFUGEES], on_progress=seen.append)
    assert list(summary.outcomes) == seen
    assert [one.outcome for one in seen] == ["added", "added", "added"]
    (found,) = desk.store.conflicts()
    assert found.conflict.kind == "disagreement"
    assert [one.change for one in summary.changes] == ["opened"]
    assert desk.overview().startswith("3 articles, 2 outlets, 2–3 Mar 2022; 3 numbers read; 1 needs a look")
    assert desk.overview().endswith("it does not know what is true.")


def test_the_store_says_what_the_table_says(desk: Desk) -> None:
    desk.ingest([MOSCOW, KYIV, REFUGEES])
    outcome = reconcile(tabulate(one for article in (MOSCOW, KYIV, REFUGEES) for one in extract(article)))
    pd.testing.assert_frame_equal(desk.store.table(reconciled=True), outcome.table)
    assert [one.conflict for one in desk.store.conflicts()] == list(outcome.conflicts)
    assert desk.store.uncompared() == list(outcome.uncompared)
    stored, fresh = desk.store.latest(), latest_of(outcome.table, None)
    assert list(stored.columns) == list(fresh.columns)
    assert list(stored["best"].fillna(-1)) == list(fresh["best"].fillna(-1))


def test_order_and_repetition_change_nothing(tmp_path: Path) -> None:
    tables, conflicts = [], []
    for number, order in enumerate([[MOSCOW, KYIV, REFUGEES], [REFUGEES, KYIV, KYIV, MOSCOW, REFUGEES]]):
        desk = Desk(open_store(tmp_path / f"{number}.sqlite"))
        for article in order:
            desk.ingest([article])
        tables.append(desk.store.table(reconciled=True))
        conflicts.append([one.conflict for one in desk.store.conflicts()])
    pd.testing.assert_frame_equal(*tables)
    assert conflicts[0] == conflicts[1]


def test_nothing_new_is_told_as_that(desk: Desk) -> None:
    desk.ingest([REFUGEES])
    summary = desk.ingest([REFUGEES])
    assert str(summary) == "1 article: 1 unchanged."
    assert summary.changes == ()
    assert str(Summary(outcomes=())) == "No articles."


def test_withdrawing_ends_a_conflict(desk: Desk) -> None:
    desk.ingest([MOSCOW, KYIV])
    assert desk.withdraw("kyiv", by="R.", reason="retracted")
    assert desk.store.conflicts() == []
    assert [one.change for one in desk.store.changes()] == ["opened", "withdrawn"]
    assert not desk.withdraw("kyiv")
    assert str(desk.ingest([KYIV])) == "1 article: 1 withdrawn earlier, left out."


def test_a_correction_ends_a_conflict_too(desk: Desk) -> None:
    desk.ingest([MOSCOW, KYIV])
    (found,) = desk.store.conflicts()
    rows = desk.store.rows([one for camp in found.conflict.camps for one in camp])
    wrong = next(row for row in rows if row["value"] == 498)
    desk.correct(wrong["figure_id"], "value", 5840, reviewer="R.")
    assert desk.store.conflicts() == []


def test_a_dismissal_outlives_a_copy(desk: Desk) -> None:
    desk.ingest([MOSCOW, KYIV])
    (found,) = desk.store.conflicts()
    desk.store.review(found.conflict.conflict_id, "dismissed", reviewer="R.", reason="different things")
    copy = Article(
        article_id="copy", outlet="Vistule Courier", published_at="2022-03-02", title=KYIV.title, text=KYIV.text
    )
    desk.ingest([copy])
    assert desk.store.conflicts() == []
    (kept,) = desk.store.conflicts(dismissed=True)
    assert [one.reviewer for one in kept.history] == ["R."]


def test_what_a_cut_off_ingestion_left_uncompared_is_compared_by_the_next(desk: Desk) -> None:
    list(desk.store.add_many((one, extract(one)) for one in (MOSCOW, KYIV)))
    assert not desk.store.is_compared()
    summary = desk.ingest([MOSCOW, KYIV])
    assert [one.outcome for one in summary.outcomes] == ["unchanged", "unchanged"]
    assert [one.change for one in summary.changes] == ["opened"]
    assert desk.store.is_compared()
