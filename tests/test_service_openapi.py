"""Whatever the OpenAPI document allows, and much that it does not, is answered without a fault of the server."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the service extra is not installed")
pytest.importorskip("httpx2", reason="httpx2 is not installed")
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings

from figures.ingest import read
from figures.model import Article
from service.app import Settings, create_app

EACH = 4
"""Requests of each kind to each path; ``python -m benchmarks.load fuzz`` sends ten thousand."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    store = str(tmp_path_factory.mktemp("fuzz") / "s.db")
    given_settings = Settings(store=store, writable=True, requests_a_minute=0, checks_a_minute=0)
    with TestClient(create_app(given_settings), base_url="http://127.0.0.1") as one:
        seeds = Path(__file__).resolve().parent.parent / "seeds"
        some = [article for article in read(seeds) if isinstance(article, Article)][:8]
        desk = one.app.state.desk  # type: ignore[attr-defined]
        desk.ingest(some)
        yield one


def operations(client: TestClient) -> Iterator[Any]:
    for one in schemathesis.openapi.from_dict(client.get("/openapi.json").json()).get_all_operations():
        yield one.ok()


@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_no_request_is_a_fault_of_the_server(client: TestClient, mode: str) -> None:
    ids = {
        "figure_id": [row["figure_id"] for row in client.get("/v1/figures").json()["figures"]],
        "conflict_id": [one["conflict_id"] for one in client.get("/v1/conflicts").json()["conflicts"]],
        "metric": [one["metric"] for one in client.get("/v1/metrics").json()],
    }
    assert all(ids.values())
    seen: set[str] = set()
    for operation in operations(client):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            strategy = operation.as_strategy(generation_mode=schemathesis.GenerationMode[mode])

            @settings(
                max_examples=EACH, database=None, deadline=None, phases=[Phase.generate], derandomize=True,
                suppress_health_check=list(HealthCheck),
            )  # fmt: skip
            @given(case=strategy)
            def ask(case: Any) -> None:
                for name, known in ids.items():
                    if name in (case.path_parameters or {}) and len(seen) % 2:
                        case.path_parameters[name] = known[0]
                sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
                seen.add(f"{len(seen)} {sent['method']}")
                sent.pop("cookies", None)
                try:
                    request = client.build_request(**{name: one for name, one in sent.items() if one is not None})
                except (UnicodeError, ValueError, TypeError):
                    return  # no client can send this
                answer = client.send(request)
                assert answer.status_code < 500, case.as_curl_command()
                if answer.status_code >= 400:
                    assert answer.headers["content-type"] == "application/problem+json"

            try:
                ask()
            except Exception as error:
                if type(error).__name__ != "Unsatisfiable":  # a path that takes nothing cannot be asked wrongly
                    raise
    assert len(seen) > 20
