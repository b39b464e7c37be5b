"""Who may do what over HTTP: this machine, keys with scopes, people with roles; and what a page elsewhere may not."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the service extra is not installed")
pytest.importorskip("httpx2", reason="httpx2 is not installed")

from fastapi.testclient import TestClient

from service.app import create_app
from service.limits import Meter
from service.settings import Settings
from service.telemetry import JsonLines

ARTICLE = {"article_id": "m", "text": "The ministry said on Wednesday that 498 soldiers had been killed."}
PASSWORD = "correct horse battery"
HERE = "http://127.0.0.1"


@contextmanager
def served(tmp_path: Path, *, base: str = HERE, **settings: Any) -> Iterator[TestClient]:
    given = replace(Settings(store=str(tmp_path / "s.db"), writable=True), **settings)
    with TestClient(create_app(given), base_url=base) as client:
        yield client


@pytest.fixture
def away(tmp_path: Path) -> Iterator[TestClient]:
    """A server that others reach, under its public name."""
    with served(tmp_path, base="https://desk.example", public_url="https://desk.example") as client:
        yield client


def people(client: TestClient) -> Any:
    return client.app.state.desk.store.people  # type: ignore[attr-defined]


def key(client: TestClient, *scopes: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {people(client).create_key('wire', scopes)[1]}"}


def token(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def sign_in(client: TestClient, role: str, name: str = "A. Reviewer") -> str:
    """Sign in as a person would, and return the token that their pages carry from then on."""
    people(client).add(name, PASSWORD, role=role)
    form = {"name": name, "password": PASSWORD, "csrf": token(client.get("/login").text)}
    answer = client.post("/login", data=form, follow_redirects=False)
    assert answer.status_code == 303
    return token(client.get("/check").text)


# Keys


@pytest.mark.parametrize(
    ("scopes", "allowed"),
    [
        ((), set()),
        (("read",), set()),
        (("ingest",), {"post", "delete"}),
        (("review",), {"review", "correct"}),
        (("admin",), {"post", "delete", "review", "correct"}),
    ],
)
def test_a_key_may_do_what_it_was_made_for(away: TestClient, scopes: tuple[str, ...], allowed: set[str]) -> None:
    headers = key(away, *scopes) if scopes else {}
    answers = {
        "review": away.post("/v1/conflicts/c/review", json={"verdict": "confirmed"}, headers=headers),
        "correct": away.post("/v1/figures/f/review", json={"field": "figure"}, headers=headers),
        "post": away.post("/v1/articles", json=ARTICLE, headers=headers),
        "delete": away.delete("/v1/articles/none", headers=headers),
    }
    refused = {name for name, one in answers.items() if one.status_code == (403 if scopes else 401)}
    assert refused == set(answers) - allowed
    assert {one.status_code for name, one in answers.items() if name in allowed} <= {200, 404}
    if not scopes:
        assert answers["post"].headers["www-authenticate"] == "Bearer"


def test_a_key_that_was_revoked_opens_nothing_not_even_reading(away: TestClient) -> None:
    headers = key(away, "read")
    assert away.get("/v1/metrics", headers=headers).status_code == 200
    people(away).revoke_key(people(away).api_keys()[0].key_id)
    assert away.get("/v1/metrics", headers=headers).status_code == 401
    assert away.get("/v1/metrics", headers={"X-API-Key": "fig_none"}).status_code == 401
    assert away.get("/v1/metrics").status_code == 200


def test_reads_may_be_kept_private(tmp_path: Path) -> None:
    with served(tmp_path, private=True) as client:
        for path in ("/v1/figures", "/v1/conflicts.atom", "/v1/events", "/v1/figures.csv", "/metrics", "/v1/export"):
            assert client.get(path).status_code == 401, path
        assert client.post("/v1/check", json={"text": "x"}).status_code == 401
        assert client.get("/health").status_code == 200
        answer = client.get("/v1/figures", headers=key(client, "read"))
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "private, no-cache"
        assert client.get("/v1/figures", headers=key(client, "ingest")).status_code == 403


def test_a_key_that_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    with served(tmp_path, requests_a_minute=3) as client:
        headers = key(client, "read")
        statuses = [client.get("/v1/metrics", headers=headers).status_code for _ in range(5)]
        assert statuses == [200] * 3 + [429] * 2
        last = client.get("/v1/metrics", headers=headers)
        assert 1 <= int(last.headers["retry-after"]) <= 20
        assert last.headers["content-type"] == "application/problem+json"
        assert client.get("/v1/metrics", headers=key(client, "read")).status_code == 200


def test_drafts_are_checked_only_so_often(tmp_path: Path) -> None:
    with served(tmp_path, checks_a_minute=2) as client:
        answers = [client.post("/v1/check", json={"text": "Nothing."}) for _ in range(3)]
        assert [one.status_code for one in answers] == [200, 200, 429]
        assert answers[-1].headers["retry-after"]


def test_a_meter_fills_again_and_forgets_those_long_gone() -> None:
    now = [0.0]
    meter = Meter(60, burst=2, clock=lambda: now[0])
    assert [meter.wait("a") for _ in range(3)] == [0, 0, pytest.approx(1.0)]
    assert meter.wait("b") == 0
    now[0] = 1.0
    assert [meter.wait("a") for _ in range(2)] == [0, pytest.approx(1.0)]
    for number in range(20_000):
        meter.wait(str(number))
    assert len(meter._known) <= 10_000
    assert Meter(0).wait("a") == 0


# This machine


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"X-Forwarded-For": "203.0.113.9"},
        {"Forwarded": "for=203.0.113.9"},
        {"Via": "1.1 proxy"},
        {"Host": "rebound.example"},
    ],
)
def test_what_came_from_elsewhere_is_not_this_machine(tmp_path: Path, headers: dict[str, str]) -> None:
    with served(tmp_path) as client:
        assert client.post("/v1/articles", json=ARTICLE, headers=headers).status_code in (401, 403)
        assert client.get("/v1/figures").json()["figures"] == []
        assert client.post("/v1/articles", json=ARTICLE).status_code == 200


def test_a_form_cannot_smuggle_json_in(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            answer = client.post("/v1/articles", content=json.dumps(ARTICLE), headers={"Content-Type": kind})
            assert 400 <= answer.status_code < 500, kind
        assert client.get("/v1/figures").json()["figures"] == []


def test_behind_a_proxy_nobody_is_local(tmp_path: Path) -> None:
    with served(tmp_path, public_url="https://desk.example") as client:
        assert client.post("/v1/articles", json=ARTICLE).status_code == 401


# People


def test_a_reviewer_signs_in_and_judges_under_their_name(away: TestClient) -> None:
    away.post("/v1/articles", json=ARTICLE, headers=key(away, "ingest"))
    (row,) = away.get("/v1/figures").json()["figures"]
    csrf = sign_in(away, "reviewer")
    asked = {"field": "population", "value": "civilians", "reviewer": "Somebody Else"}
    path = f"/v1/figures/{row['figure_id']}/review"
    assert away.post(path, json=asked).status_code == 403  # no token
    assert away.post(path, json=asked, headers={"X-CSRF-Token": "0" * 64}).status_code == 403
    answer = away.post(path, json=asked, headers={"X-CSRF-Token": csrf})
    assert answer.status_code == 201
    assert answer.json()["reviewer"] == "A. Reviewer"
    assert away.get(f"/v1/figures/{row['figure_id']}").json()["population"] == "civilians"


def test_the_session_cookie_is_out_of_reach(away: TestClient) -> None:
    people(away).add("A.", PASSWORD, role="reader")
    form = {"name": "A.", "password": PASSWORD, "csrf": token(away.get("/login").text)}
    answer = away.post("/login", data=form, follow_redirects=False)
    (cookie,) = [one for one in answer.headers.get_list("set-cookie") if one.startswith("figures_session=")]
    assert {"HttpOnly", "SameSite=Lax", "Secure", "Path=/"} <= set(cookie.split("; "))
    assert answer.headers["cache-control"] == "no-store"


def test_no_form_goes_without_its_token(away: TestClient) -> None:
    people(away).add("A.", PASSWORD, role="reader")
    away.get("/login")
    for csrf in ({}, {"csrf": ""}, {"csrf": "0" * 64}):
        assert away.post("/login", data={"name": "A.", "password": PASSWORD, **csrf}).status_code == 403
    assert "figures_session" not in away.cookies


def test_a_reader_may_not_judge(away: TestClient) -> None:
    csrf = sign_in(away, "reader")
    answer = away.post("/v1/conflicts/c/review", json={"verdict": "confirmed"}, headers={"X-CSRF-Token": csrf})
    assert answer.status_code == 403
    assert "A. Reviewer may not review" in answer.json()["detail"]


def test_signing_out_ends_the_session(away: TestClient) -> None:
    csrf = sign_in(away, "reviewer")
    session = away.cookies["figures_session"]
    away.post("/logout", data={"csrf": csrf})
    assert people(away).session(session) is None
    assert "figures_session" not in away.cookies


def test_wrong_passwords_are_slowed_down(away: TestClient) -> None:
    people(away).add("A.", PASSWORD, role="reader")
    csrf = token(away.get("/login").text)
    statuses = [
        away.post("/login", data={"name": "A.", "password": f"wrong {n}", "csrf": csrf}).status_code for n in range(6)
    ]
    assert statuses == [401] * 5 + [429]
    right = away.post("/login", data={"name": "A.", "password": PASSWORD, "csrf": csrf})
    assert right.status_code == 429
    assert right.headers["retry-after"]


# What every answer carries


@pytest.mark.parametrize("path", ["/", "/v1/figures", "/nowhere", "/health", "/v1/figures?limit=x"])
def test_every_answer_is_guarded(tmp_path: Path, path: str) -> None:
    with served(tmp_path) as client:
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
        assert "default-src 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-request-id"]
        assert "access-control-allow-origin" not in headers


def test_pages_elsewhere_read_only_where_they_are_named(tmp_path: Path) -> None:
    with served(tmp_path, origins=("https://charts.example",)) as client:
        asked = {"Origin": "https://charts.example", "Access-Control-Request-Method": "GET"}
        assert client.get("/v1/metrics", headers=asked).headers["access-control-allow-origin"] == asked["Origin"]
        other = client.get("/v1/metrics", headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in other.headers
        preflight = client.options("/v1/articles", headers={**asked, "Access-Control-Request-Method": "POST"})
        assert preflight.status_code == 400


def test_the_log_has_a_line_a_request_and_no_secret(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="figures")
    with served(tmp_path) as client:
        headers = key(client, "read")
        client.get("/v1/figures?q=hush", headers={**headers, "X-Request-ID": "mine-1"})
    (line,) = [
        json.loads(JsonLines().format(one))
        for one in caplog.records
        if getattr(one, "more", {}).get("request") == "mine-1"
    ]
    assert (line["path"], line["status"], line["method"]) == ("/v1/figures", 200, "GET")
    assert line["visitor"].startswith("key k")
    assert not any(secret in str(caplog.records) + str(line) for secret in (headers["Authorization"][7:], "hush"))


def test_numbers_for_prometheus(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        client.post("/v1/articles", json=ARTICLE)
        text = client.get("/metrics").text
    assert 'figures_articles_total{outcome="added"} 1.0' in text
    assert 'figures_kept{what="figures"} 1.0' in text
    assert 'path="/v1/articles",status="200"' in text


def test_a_fault_of_ours_gives_nothing_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with served(tmp_path) as client:
        monkeypatch.setattr(
            type(client.app.state.desk.store),
            "stamp",
            lambda _: 1 / 0,  # type: ignore[attr-defined]
        )
        answer = client.get("/v1/metrics")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "ZeroDivision" not in answer.text
    assert answer.headers["x-request-id"] in answer.json()["detail"]


def test_settings_come_from_the_environment() -> None:
    made = Settings.from_environment({
        "FIGURES_STORE": "x.db", "FIGURES_WRITABLE": "1", "FIGURES_PUBLIC_URL": "https://d.example/",
        "FIGURES_CORS": "https://a.example https://b.example", "FIGURES_CHECKS_A_MINUTE": "5",
    })  # fmt: skip
    assert made == Settings(
        store="x.db", writable=True, public_url="https://d.example", checks_a_minute=5,
        origins=("https://a.example", "https://b.example"),
    )  # fmt: skip
    assert made.secure
    assert not made.open_here
    assert Settings.from_environment({}) == Settings()
