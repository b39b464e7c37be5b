"""The service answers with the table's own rows, stores no draft, and says what to do when it refuses."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the service extra is not installed")
pytest.importorskip("httpx2", reason="httpx2 is not installed")

from fastapi.testclient import TestClient

from figures.model import COLUMNS
from service.app import MOST_BYTES, NOTHING, Settings, create_app

MOSCOW = {
    "article_id": "m", "outlet": "One Wire", "published_at": "2022-03-02",
    "text": "Russia's Defence Ministry said on Wednesday that 498 Russian soldiers had been killed in Ukraine"
    " since the invasion began.",
}  # fmt: skip
KYIV = {
    "article_id": "k", "outlet": "Other Wire", "published_at": "2022-03-02",
    "text": "About 5,840 Russian soldiers have been killed in Ukraine since the invasion began, the Ukrainian General"
    " Staff said on Wednesday.",
}  # fmt: skip


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with TestClient(
        create_app(Settings(store=str(tmp_path / "s.db"), writable=True)), base_url="http://127.0.0.1"
    ) as one:
        yield one


@pytest.fixture
def filled(client: TestClient) -> TestClient:
    answer = client.post("/v1/articles", json=[MOSCOW, KYIV])
    assert [one["status"] for one in answer.json()["articles"]] == ["added", "added"]
    return client


def test_a_malformed_item_is_its_own_outcome_and_the_others_go_on(client: TestClient) -> None:
    answer = client.post("/v1/articles", json=[{"article_id": "bad", "text": 5}, 7, MOSCOW])
    assert answer.status_code == 200
    assert [(one["article_id"], one["status"]) for one in answer.json()["articles"]] == [
        ("bad", "rejected"), (None, "rejected"), ("m", "added"),
    ]  # fmt: skip
    assert answer.json()["articles"][0]["reason"].startswith("text: ")


def test_an_empty_batch_is_a_problem(client: TestClient) -> None:
    answer = client.post("/v1/articles", json=[])
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


def test_latest_gives_days_and_says_what_a_date_looks_like(filled: TestClient) -> None:
    series = filled.get("/v1/metrics/deaths/latest").json()["series"]
    assert series
    assert all(one["as_of"] is None or len(one["as_of"]) == 10 for one in series)
    refused = filled.get("/v1/metrics/deaths/latest", params={"known_by": "x"})
    assert "write 2022-03-02" in refused.json()["detail"]


def conflicts(client: TestClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/v1/conflicts").json()["conflicts"]
    return found


def test_the_two_counts_conflict_with_full_rows_in_their_camps(filled: TestClient) -> None:
    (only,) = conflicts(filled)
    assert only["kind"] == "disagreement"
    values = sorted(row["value"] for camp in only["camps"] for row in camp)
    assert values == [498, 5840]
    assert all(set(COLUMNS) <= set(row) for camp in only["camps"] for row in camp)
    assert filled.get(f"/v1/conflicts/{only['conflict_id']}").json()["conflict_id"] == only["conflict_id"]


def test_sending_again_changes_nothing(filled: TestClient) -> None:
    before = filled.get("/v1/figures").json(), conflicts(filled)
    assert [one["status"] for one in filled.post("/v1/articles", json=[MOSCOW, KYIV]).json()["articles"]] == [
        "unchanged"
    ] * 2
    assert (filled.get("/v1/figures").json(), conflicts(filled)) == before


def test_each_article_of_a_batch_has_its_own_outcome(client: TestClient) -> None:
    answer = client.post("/v1/articles", json=[{**MOSCOW, "published_at": "yesterday"}, KYIV]).json()
    assert [one["status"] for one in answer["articles"]] == ["rejected", "added"]
    assert "ISO 8601" in answer["articles"][0]["reason"]


def test_evidence_points_at_the_stored_text(filled: TestClient) -> None:
    article = filled.get("/v1/articles/m").json()
    assert article["figures"]
    for row in article["figures"]:
        assert article[row["field"]][row["start"] : row["end"]] == row["quote"]


def test_pages_join_without_gap_or_repeat(filled: TestClient) -> None:
    whole = filled.get("/v1/figures").json()["figures"]
    rows, cursor = [], None
    while True:
        page = filled.get("/v1/figures", params={"limit": 1} | ({"cursor": cursor} if cursor else {})).json()
        rows += page["figures"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert rows == whole
    assert len(rows) >= 2


def test_files_hold_the_same_rows(filled: TestClient) -> None:
    rows = filled.get("/v1/figures").json()["figures"]
    lines = [json.loads(line) for line in filled.get("/v1/figures.jsonl").text.splitlines()]
    assert lines == rows
    table = list(csv.DictReader(io.StringIO(filled.get("/v1/figures.csv").text)))
    assert [row["figure_id"] for row in table] == [row["figure_id"] for row in rows]


def test_latest_names_no_best_where_two_sides_disagree(filled: TestClient) -> None:
    (series,) = filled.get("/v1/metrics/deaths/latest").json()["series"]
    assert series["value"] is None
    assert series["contested"] is True


def test_metrics_are_listed_with_their_counts(filled: TestClient) -> None:
    assert {"deaths": 2}.items() <= {one["metric"]: one["figures"] for one in filled.get("/v1/metrics").json()}.items()


def test_compare_explains_two_figures(filled: TestClient) -> None:
    one, other = [row["figure_id"] for row in filled.get("/v1/figures", params={"metric": "deaths"}).json()["figures"]]
    answer = filled.get("/v1/compare", params={"a": one, "b": other}).json()
    assert answer["outcome"] == "conflict"
    assert answer["explanation"]


def test_a_draft_is_checked_and_never_stored(filled: TestClient) -> None:
    before = filled.get("/v1/figures.jsonl").text
    draft = {
        "text": "Ukraine's General Staff said 498 Russian soldiers had been killed in Ukraine since 24 February.",
        "published_at": "2022-03-02",
    }
    answer = filled.post("/v1/check", json=draft).json()
    assert [one["verdict"] for one in answer["verdicts"]] == ["misattributed"]
    assert filled.get("/v1/figures.jsonl").text == before


def test_withdrawing_takes_figures_out_of_every_answer(filled: TestClient) -> None:
    assert filled.delete("/v1/articles/k").status_code == 200
    assert conflicts(filled) == []
    assert filled.get("/v1/conflicts").json()["note"] == NOTHING
    assert {row["article_id"] for row in filled.get("/v1/figures").json()["figures"]} == {"m"}
    assert filled.get("/v1/articles/k").json()["withdrawn_at"]


def test_no_write_under_another_name(tmp_path: Path) -> None:
    app = create_app(Settings(store=str(tmp_path / "s.db"), writable=True))
    with TestClient(app, base_url="http://rebound.example") as client:
        assert client.post("/v1/articles", json=MOSCOW).status_code == 403
        assert client.get("/v1/figures").json()["figures"] == []


def test_no_write_beyond_loopback(tmp_path: Path) -> None:
    with TestClient(
        create_app(Settings(store=str(tmp_path / "s.db"), writable=False)), base_url="http://127.0.0.1"
    ) as client:
        for answer in (client.post("/v1/articles", json=MOSCOW), client.delete("/v1/articles/m")):
            assert answer.status_code == 403
            assert answer.headers["content-type"] == "application/problem+json"
        assert client.get("/v1/figures").json()["figures"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/figures/none", 404),
        ("/v1/conflicts/none", 404),
        ("/v1/articles/none", 404),
        ("/v1/figures?limit=0", 422),
        ("/v1/figures?cursor=x", 400),
        ("/nowhere", 404),
    ],
)
def test_errors_are_problem_details(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail"} <= set(answer.json())


def test_a_huge_body_is_refused(client: TestClient) -> None:
    answer = client.post(
        "/v1/articles", content=b"[" + b" " * (MOST_BYTES + 10) + b"]", headers={"content-type": "application/json"}
    )
    assert answer.status_code == 413


def test_health_and_ready(client: TestClient) -> None:
    assert client.get("/health").json()["status"] == "ok"
    assert client.get("/ready").status_code == 200
