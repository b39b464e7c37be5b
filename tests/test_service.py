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
        assert client.post("/v1/articles", json=MOSCOW).status_code == 401
        assert client.get("/v1/figures").json()["figures"] == []


def test_no_write_beyond_loopback(tmp_path: Path) -> None:
    with TestClient(
        create_app(Settings(store=str(tmp_path / "s.db"), writable=False)), base_url="http://127.0.0.1"
    ) as client:
        for answer in (client.post("/v1/articles", json=MOSCOW), client.delete("/v1/articles/m")):
            assert answer.status_code == 401
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


def test_a_reader_is_told_that_nothing_has_changed(filled: TestClient) -> None:
    paths = (
        "/v1/metrics", "/v1/metrics/deaths/latest", "/v1/figures?metric=deaths", "/v1/figures.csv", "/v1/conflicts",
        "/v1/articles/m", "/v1/events", "/v1/conflicts.atom", "/v1/export?format=jsonl",
    )  # fmt: skip
    tags = {path: filled.get(path).headers["etag"] for path in paths}
    for path, tag in tags.items():
        again = filled.get(path, headers={"If-None-Match": f'"other", {tag}'})
        assert (again.status_code, again.content) == (304, b""), path
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == "public, no-cache"
    (conflict,) = conflicts(filled)
    filled.post(f"/v1/conflicts/{conflict['conflict_id']}/review", json={"verdict": "confirmed", "reviewer": "R."})
    for path in ("/v1/conflicts", "/v1/events", "/v1/conflicts.atom"):
        assert filled.get(path, headers={"If-None-Match": tags[path]}).status_code == 200, path
    assert "etag" not in filled.get("/v1/figures/none").headers


def test_rows_are_chosen_by_columns_days_and_words(filled: TestClient) -> None:
    def ids(**asked: Any) -> set[str]:
        return {row["article_id"] for row in filled.get("/v1/figures", params=asked).json()["figures"]}

    assert ids(metric="deaths", party="Russian") == {"m", "k"}
    assert ids(q="General Staff") == {"k"}
    assert ids(outlet="One Wire") == {"m"}
    assert ids(until="2022-03-01") == set()
    assert ids(metric="deaths", since="2022-03-02") <= {"m", "k"}
    assert filled.get("/v1/figures", params={"since": "soon"}).status_code == 422
    chosen = filled.get("/v1/figures.jsonl", params={"q": "General Staff"}).text.splitlines()
    assert [json.loads(line)["article_id"] for line in chosen] == ["k"]


def test_latest_of_the_kept_table_is_what_a_computation_says(filled: TestClient) -> None:
    asked = {"population": "soldiers", "party": "russian", "place": "Ukraine"}
    kept = filled.get("/v1/metrics/deaths/latest", params=asked).json()["series"]
    computed = filled.get("/v1/metrics/deaths/latest", params={**asked, "known_by": "2099-01-01"}).json()["series"]
    assert kept == computed
    assert filled.get("/v1/metrics/deaths/latest", params={"place": "Peru"}).json()["series"] == []
    ranged = filled.get("/v1/metrics/deaths/latest", params={"policy": "range"}).json()["series"]
    assert (ranged[0]["low"], ranged[0]["value"]) == (498, None)


def test_why_a_figure_was_read_so(filled: TestClient) -> None:
    row = filled.get("/v1/figures", params={"article_id": "m"}).json()["figures"][0]
    answer = filled.get(f"/v1/figures/{row['figure_id']}/explanation").json()
    assert "".join(piece["text"] for piece in answer["sentence"]) == row["sentence"]
    assert {"metric", "source"} <= {one["column"] for one in answer["reasons"]}
    assert any(one["words"] for one in answer["reasons"])
    assert answer["corrections"] == []


def test_a_misread_value_is_put_right_and_the_reading_stays(filled: TestClient) -> None:
    row = filled.get("/v1/figures", params={"article_id": "m"}).json()["figures"][0]
    path = f"/v1/figures/{row['figure_id']}"
    refused = filled.post(f"{path}/review", json={"field": "value", "value": 489})
    assert (refused.status_code, "reviewer" in refused.json()["detail"]) == (422, True)
    done = filled.post(f"{path}/review", json={"field": "value", "value": 489, "reviewer": "R.", "note": "Swapped."})
    assert (done.status_code, done.json()["reviewer"]) == (201, "R.")
    assert filled.get(path).json()["value"] == 489
    assert [one["value"] for one in filled.get(f"{path}/explanation").json()["corrections"]] == [489]
    wrong = filled.post(f"{path}/review", json={"field": "sentence", "value": "x", "reviewer": "R."})
    assert (wrong.status_code, "no column to correct" in wrong.json()["detail"]) == (400, True)
    assert filled.post("/v1/figures/none/review", json={"field": "figure", "reviewer": "R."}).status_code == 404


def test_a_verdict_is_seen_by_all(filled: TestClient) -> None:
    (conflict,) = conflicts(filled)
    path = f"/v1/conflicts/{conflict['conflict_id']}"
    for bad in (
        {"verdict": "dismissed"},
        {"verdict": "resolved"},
        {"verdict": "true"},
        {"verdict": "confirmed", "x": 1},
    ):
        assert filled.post(f"{path}/review", json={"reviewer": "R.", **bad}).status_code in (400, 422)
    said = {"verdict": "dismissed", "reason": "different things", "note": "Two wars.", "reviewer": "R."}
    assert filled.post(f"{path}/review", json=said).status_code == 201
    assert conflicts(filled) == []
    assert [one["status"] for one in filled.get("/v1/conflicts?dismissed=true").json()["conflicts"]] == ["dismissed"]
    (seen,) = filled.get(path).json()["history"]
    assert {name: seen[name] for name in said} == said
    assert filled.post("/v1/conflicts/none/review", json=said).status_code == 404


def test_events_are_replayed_by_cursor(filled: TestClient) -> None:
    first = filled.get("/v1/events").json()
    assert [one["change"] for one in first["events"]] == ["opened"]
    entry = first["events"][0]
    assert sorted(side["number"] for side in entry["sides"]) == ["498", "≈5,840"]
    assert all(side["source"] and side["sentence"] and side["origins"] == 1 for side in entry["sides"])
    assert entry["explanation"]
    assert entry["link"] == f"http://127.0.0.1/conflicts/{entry['conflict_id']}"
    assert MOSCOW["text"] not in json.dumps({**entry, "sides": []})
    nothing = filled.get("/v1/events", params={"cursor": first["next_cursor"]}).json()
    assert nothing == {"events": [], "next_cursor": first["next_cursor"]}
    filled.delete("/v1/articles/k")
    after = filled.get("/v1/events", params={"cursor": first["next_cursor"]}).json()["events"]
    assert [(one["change"], one["status"]) for one in after] == [("withdrawn", "gone")]
    whole = filled.get("/v1/events").json()["events"]
    assert [one["cursor"] for one in whole] == [entry["cursor"], after[0]["cursor"]]


def test_a_checked_draft_is_never_told(filled: TestClient) -> None:
    before = filled.get("/v1/events").json()
    filled.post("/v1/check", json={"text": f"{MOSCOW['text']} {KYIV['text']}", "published_at": "2022-03-02"})
    assert filled.get("/v1/events").json() == before


def test_the_atom_feed_is_the_same_feed(filled: TestClient) -> None:
    feedparser = pytest.importorskip("feedparser", reason="feedparser is not installed")
    entry = filled.get("/v1/events").json()["events"][0]
    (one,) = feedparser.parse(filled.get("/v1/conflicts.atom").content).entries
    assert one.id == f"urn:figures:conflict:{entry['thread']}"
    assert one.link == entry["link"]
    assert {"498", "5,840"} <= set(one.title.replace("≈", "").split())
    filled.delete("/v1/articles/k")
    (gone,) = feedparser.parse(filled.get("/v1/conflicts.atom").content).entries
    assert gone.id == one.id
    assert gone.title.startswith("Withdrawn: ")


@pytest.mark.parametrize(
    "ending", ["csv", "jsonl", "parquet", "zip", "hxl.csv", "ucdp.csv", "annotations.json", "jsonld", "atom"]
)
def test_exports_are_the_same_bytes_each_time(filled: TestClient, ending: str) -> None:
    one, other = (filled.get("/v1/export", params={"format": ending}) for _ in range(2))
    assert one.status_code == 200
    assert one.content == other.content
    assert f'filename="figures.{ending}"' in one.headers["content-disposition"]


def test_an_article_is_acknowledged_before_it_is_compared(client: TestClient) -> None:
    answer = client.post("/v1/articles", params={"wait": "false"}, json=[MOSCOW, KYIV]).json()
    assert [one["status"] for one in answer["articles"]] == ["added", "added"]
    client.app.state.comparer.compare()  # type: ignore[attr-defined]
    assert len(conflicts(client)) == 1


def test_another_text_under_the_same_id_is_a_revision(filled: TestClient) -> None:
    answer = filled.post("/v1/articles", json={**MOSCOW, "text": MOSCOW["text"].replace("498", "5,840")}).json()
    assert [(one["status"], one["revision"]) for one in answer["articles"]] == [("revised", 2)]
    filled.delete("/v1/articles/m")
    answer = filled.post("/v1/articles", json=MOSCOW).json()
    assert [one["status"] for one in answer["articles"]] == ["withdrawn"]


def test_an_article_that_cannot_be_read_costs_no_other(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from service import articles

    def stumbling(article: Any, lexicon: Any) -> Any:
        if article.article_id == "m":
            raise RuntimeError("a fault")
        return []

    monkeypatch.setattr(articles, "extract", stumbling)
    sent = json.dumps([MOSCOW, KYIV, {"text": "a\0b"}, {"text": "x", "article_id": "\ud800"}])
    answer = client.post("/v1/articles", content=sent, headers={"content-type": "application/json"})
    assert [one["status"] for one in answer.json()["articles"]] == ["rejected", "added", "rejected", "rejected"]
    assert "a fault of ours" in answer.json()["articles"][0]["reason"]


def test_ids_with_slashes_are_found(client: TestClient) -> None:
    client.post("/v1/articles", json={**MOSCOW, "article_id": "https://news.example/a/1?x=2"})
    path = "/v1/articles/https%3A%2F%2Fnews.example%2Fa%2F1%3Fx%3D2"
    assert client.get(path).json()["article_id"] == "https://news.example/a/1?x=2"
    assert client.delete(path).status_code == 200


def test_counts_that_outgrow_their_event_have_a_path_of_their_own(client: TestClient) -> None:
    toll = "The earthquake of 6 May in Nepal has killed {} people, the Nepalese Home Ministry said on {}."
    for name, count, day, published in (("a", "340", "10 May", "2023-05-10"), ("b", "190,000", "12 May", "2023-05-12")):
        article = {"article_id": name, "outlet": "One Wire", "published_at": published, "text": toll.format(count, day)}
        assert client.post("/v1/articles", json=article).status_code == 200
    answer = client.get("/v1/metrics/deaths/growth").json()
    assert [one["kind"] for one in answer["grown"]] == ["implausible_growth"]
    assert [[row["value"] for row in camp] for camp in answer["grown"][0]["camps"]] == [[340.0], [190000.0]]
    nothing = client.get("/v1/metrics/refugees/growth").json()
    assert nothing == {"metric": "refugees", "grown": [], "note": "No count of this metric grows implausibly fast"}


def test_the_document_names_every_path(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    named = {(method, path) for path, one in document["paths"].items() for method in one}
    assert named == {
        *(("get", f"/v1/{path}") for path in (
            "metrics", "metrics/{metric}/latest", "metrics/{metric}/growth", "figures", "figures.csv", "figures.jsonl",
            "figures/{figure_id}",
            "figures/{figure_id}/explanation", "conflicts", "conflicts/{conflict_id}", "articles/{article_id}",
            "compare", "export", "conflicts.atom", "events",
        )),
        *(("post", f"/v1/{path}") for path in (
            "figures/{figure_id}/review", "conflicts/{conflict_id}/review", "articles", "check",
        )),
        ("delete", "/v1/articles/{article_id}"),
        *(("get", path) for path in ("/health", "/ready", "/metrics")),
    }  # fmt: skip
    assert all(
        operation.get("description") and operation.get("summary")
        for one in document["paths"].values() for operation in one.values()
    )  # fmt: skip
    text = json.dumps(document)
    assert '"examples"' in text
    assert "application/problem+json" in text
