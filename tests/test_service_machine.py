"""The service under every order of sending, revising, correcting, judging and withdrawing.

Whatever happened, its answers are those of a fresh comparison, and a tag that still holds stands for the same answer.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the service extra is not installed")
pytest.importorskip("httpx2", reason="httpx2 is not installed")

from fastapi.testclient import TestClient
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from figures import Article, extract, reconcile
from figures.table import tabulate
from service.app import Settings, create_app

SPEAKERS = ("Russia’s Defence Ministry", "Ukraine’s General Staff")
TOLLS = st.sampled_from([498, 5840, 5841, 900])
READS = (
    "/v1/figures",
    "/v1/conflicts?dismissed=true",
    "/v1/metrics",
    "/v1/metrics/deaths/latest",
    "/v1/events?min_level=low",
)


def article(number: int, toll: int) -> dict[str, Any]:
    return {
        "article_id": f"a{number}", "outlet": f"Outlet {number}", "published_at": "2022-03-02",
        "text": f"{SPEAKERS[number % 2]} said Wednesday that {toll:,} Russian soldiers have been killed in Ukraine "
        "since the invasion began on February 24.",
    }  # fmt: skip


class ServiceMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="figures-service-"))
        given = Settings(store=str(self.folder / "s.db"), writable=True, requests_a_minute=0)
        self.client = TestClient(create_app(given), base_url="http://127.0.0.1")
        self.client.__enter__()
        self.kept: dict[str, dict[str, Any]] = {}
        self.withdrawn: set[str] = set()
        self.corrected: dict[str, dict[str, Any]] = {}
        self.known: dict[str, tuple[str, bytes]] = {}
        self.told: list[dict[str, Any]] = []

    @rule(number=st.integers(0, 2), toll=TOLLS, wait=st.booleans())
    def send(self, number: int, toll: int, wait: bool) -> None:
        one = article(number, toll)
        answer = self.client.post("/v1/articles", params={"wait": wait}, json=one)
        (outcome,) = answer.json()["articles"]
        key = one["article_id"]
        if key in self.withdrawn:
            assert outcome["status"] == "withdrawn"
            return
        before = self.kept.get(key)
        assert outcome["status"] == ("added" if before is None else "unchanged" if before == one else "revised")
        self.kept[key] = one
        self.client.app.state.comparer.compare()  # type: ignore[attr-defined]

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(["a0", "a1", "a2"]))
        status = self.client.delete(f"/v1/articles/{key}").status_code
        assert status == (200 if key in self.kept else 404)
        if key in self.kept:
            self.withdrawn.add(key)

    @rule(data=st.data(), toll=TOLLS)
    def correct(self, data: st.DataObject, toll: int) -> None:
        rows = self.client.get("/v1/figures").json()["figures"]
        if rows:
            key = data.draw(st.sampled_from([row["figure_id"] for row in rows]))
            asked = {"field": "value", "value": toll, "reviewer": "R."}
            assert self.client.post(f"/v1/figures/{key}/review", json=asked).status_code == 201
            self.corrected[key] = {"value": toll, "low": toll, "high": toll}

    @rule(data=st.data(), verdict=st.sampled_from(["confirmed", "dismissed", "resolved"]))
    def judge(self, data: st.DataObject, verdict: str) -> None:
        found = self.client.get("/v1/conflicts", params={"dismissed": "true"}).json()["conflicts"]
        if found:
            key = data.draw(st.sampled_from([one["conflict_id"] for one in found]))
            asked = {"verdict": verdict, "reviewer": "R.", "reason": "other", "note": "Settled."}
            assert self.client.post(f"/v1/conflicts/{key}/review", json=asked).status_code == 201
            again = self.client.get(f"/v1/conflicts/{key}").json()
            assert (again["status"], again["history"][-1]["verdict"]) == (verdict, verdict)

    @invariant()
    def answers_are_those_of_a_fresh_comparison(self) -> None:
        rows = []
        for key, one in self.kept.items():
            if key not in self.withdrawn:
                rows += [
                    figure.to_row() | self.corrected.get(figure.figure_id, {}) for figure in extract(Article(**one))
                ]
        stored = self.client.get("/v1/figures", params={"limit": 1000}).json()["figures"]
        plain = ("figure_id", "value", "low", "high", "article_id")
        assert sorted(tuple(row[name] for name in plain) for row in stored) == sorted(
            tuple(row[name] for name in plain) for row in rows
        )
        found = self.client.get("/v1/conflicts", params={"dismissed": "true"}).json()["conflicts"]
        expected = reconcile(tabulate(rows)).conflicts
        assert {one["conflict_id"] for one in found} == {one.conflict_id for one in expected}
        assert all(len(camp) for one in found for camp in one["camps"])

    @invariant()
    def a_tag_that_holds_stands_for_the_same_answer(self) -> None:
        for path in READS:
            answer = self.client.get(path)
            if path in self.known and self.known[path][0] == answer.headers["etag"]:
                assert answer.content == self.known[path][1]
            self.known[path] = (answer.headers["etag"], answer.content)

    @invariant()
    def the_feed_only_grows(self) -> None:
        events = self.client.get("/v1/events", params={"min_level": "low", "limit": 1000}).json()["events"]
        now = [{name: one[name] for name in ("cursor", "at", "change", "thread", "level")} for one in events]
        assert now[: len(self.told)] == self.told
        assert [one["cursor"] for one in now] == sorted({one["cursor"] for one in now})
        self.told = now

    def teardown(self) -> None:
        self.client.__exit__(None, None, None)
        shutil.rmtree(self.folder)


TestService = ServiceMachine.TestCase
TestService.settings = settings(max_examples=4, stateful_step_count=8, deadline=None)
