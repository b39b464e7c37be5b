"""Whether the server runs, and what it counts."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

import figures
from service.answers import json_answer
from service.desks import TheDesk
from service.schemas import Health
from service.telemetry import Numbers
from service.visitors import allow

__all__ = ["routes"]


def routes() -> APIRouter:
    """``/health``, ``/ready`` and ``/metrics``."""
    router = APIRouter(tags=["state"])
    router.add_api_route("/health", health, response_model=Health)
    router.add_api_route("/ready", ready, response_model=Health)
    router.add_api_route(
        "/metrics", numbers, dependencies=[Depends(allow("read"))], response_class=Response,
        responses={200: {"content": {"text/plain": {}}, "description": "Prometheus text format"}},
    )  # fmt: skip
    return router


async def health() -> Response:
    """Whether the process answers."""
    return json_answer({"status": "ok", "version": figures.__version__})


def ready(desk: TheDesk) -> Response:
    """Whether the store answers."""
    desk.store.stamp()
    return json_answer({"status": "ok", "version": figures.__version__})


def numbers(request: Request, desk: TheDesk) -> Response:
    """What the server counted since it started, and what the store holds."""
    kept: Numbers = request.app.state.numbers
    counts = desk.store.counts()
    for what in ("articles", "outlets", "figures", "conflicts", "uncompared"):
        value: Any = getattr(counts, what)
        kept.kept.labels(what).set(value)
    return Response(generate_latest(kept.registry), media_type=CONTENT_TYPE_LATEST)
