"""The desk under every order of ingesting, revising, correcting, reviewing, withdrawing and reopening.

Whatever happened, the store must say what a fresh comparison of the same articles would say.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from figures import Article, extract, reconcile
from figures.desk import Desk
from figures.store import open_store
from figures.table import tabulate, to_rows

SPEAKERS = ("Russia’s Defence Ministry", "Ukraine’s General Staff")
ARTICLES = st.integers(0, 3)
TOLLS = st.sampled_from([498, 5840, 5841, 900])


def article(number: int, toll: int) -> Article:
    return Article(
        article_id=f"a{number}",
        outlet=f"Outlet {number}",
        published_at="2022-03-02",
        text=f"{SPEAKERS[number % 2]} said Wednesday that {toll:,} Russian soldiers have been killed in Ukraine since "
        "the invasion began on February 24.",
    )


class DeskMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="figures-desk-"))
        self.desk = Desk(open_store(self.folder / "desk.sqlite"))
        self.kept: dict[str, Article] = {}
        self.withdrawn: set[str] = set()
        self.corrected: dict[str, dict[str, Any]] = {}

    @rule(number=ARTICLES, toll=TOLLS)
    def ingest(self, number: int, toll: int) -> None:
        one = article(number, toll)
        (outcome,) = self.desk.ingest([one]).outcomes
        if one.article_id in self.withdrawn:
            assert outcome.outcome == "withdrawn"
            return
        before = self.kept.get(one.article_id)
        assert outcome.outcome == ("added" if before is None else "unchanged" if before == one else "revised")
        self.kept[one.article_id] = one

    @precondition(lambda self: self.kept)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.kept)))
        assert self.desk.withdraw(key) == (key not in self.withdrawn)
        self.withdrawn.add(key)

    @rule(data=st.data(), toll=TOLLS)
    def correct(self, data: st.DataObject, toll: int) -> None:
        rows = to_rows(self.desk.store.table())
        if rows:
            key = data.draw(st.sampled_from([row["figure_id"] for row in rows]))
            self.desk.correct(key, "value", toll, reviewer="R.")
            self.corrected[key] = {"value": toll, "low": toll, "high": toll}

    @rule(data=st.data(), verdict=st.sampled_from(["confirmed", "dismissed", "resolved"]))
    def review(self, data: st.DataObject, verdict: Any) -> None:
        found = self.desk.store.conflicts(dismissed=True)
        if found:
            key = data.draw(st.sampled_from([one.conflict.conflict_id for one in found]))
            self.desk.store.review(key, verdict, reviewer="R.", reason="other", note="settled")
            again = self.desk.store.conflict(key)
            assert again is not None
            assert again.conflict.status == verdict
            assert again.history[-1].verdict == verdict
            self.desk.refresh()
            again = self.desk.store.conflict(key)
            assert again is not None
            assert again.conflict.status == verdict

    @rule()
    def reopen(self) -> None:
        self.desk.store.close()
        self.desk = Desk(open_store(self.folder / "desk.sqlite"))

    @invariant()
    def the_store_says_what_a_fresh_comparison_says(self) -> None:
        rows = []
        for key, one in self.kept.items():
            if key not in self.withdrawn:
                rows += [figure.to_row() | self.corrected.get(figure.figure_id, {}) for figure in extract(one)]
        stored = self.desk.store.table()
        plain = ("figure_id", "value", "low", "high", "metric", "event", "article_id")
        expected = to_rows(tabulate(rows))
        assert [{name: row[name] for name in plain} for row in to_rows(stored)] == [
            {name: row[name] for name in plain} for row in expected
        ]
        found = self.desk.store.conflicts(dismissed=True)
        assert {one.conflict.conflict_id for one in found} == {one.conflict_id for one in reconcile(stored).conflicts}
        cursors = [one.cursor for one in self.desk.store.changes()]
        assert cursors == sorted(set(cursors))

    def teardown(self) -> None:
        self.desk.store.check()
        self.desk.store.close()
        shutil.rmtree(self.folder)


TestDesk = DeskMachine.TestCase
TestDesk.settings = settings(max_examples=8, stateful_step_count=10, deadline=None)
