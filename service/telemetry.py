"""What the server tells its keepers: a JSON line a request, and numbers for Prometheus.

Neither holds a secret or what was read: no headers, no query, no body; an address of our own by its pattern in the
numbers and by its path in the log.
"""

from __future__ import annotations

import json
import logging
import re
import time
import traceback
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import problem

__all__ = ["JsonLines", "Numbers", "Observe"]

REQUESTS: Final = "figures.requests"
_OUR_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class JsonLines(logging.Formatter):
    """One JSON object a line; ``figures serve`` names it to the server's log."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's time, level, message and what it was given beside them."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
        }
        more = getattr(record, "more", None)
        if isinstance(more, dict):
            line |= more
        if record.exc_info and record.exc_info[0] is not None:
            # Where it happened and what kind it was; its words may hold a text that was sent.
            line["error"] = record.exc_info[0].__name__
            line["trace"] = [
                f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(record.exc_info[2])
            ]
        # In ASCII: other line ends of Unicode in a path would make two lines of one.
        return json.dumps(line)


class Numbers:
    """The counters of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "figures_requests", "Requests answered", ("method", "path", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "figures_request_seconds", "Time to the last byte", ("path",), buckets=_SECONDS, registry=self.registry
        )
        self.running = Gauge("figures_requests_running", "Requests being answered", registry=self.registry)
        self.articles = Counter(
            "figures_articles", "Articles sent in, by what became of them", ("outcome",), registry=self.registry
        )
        self.kept = Gauge("figures_kept", "What the store holds", ("what",), registry=self.registry)


class Observe:
    """Count and log each request; what nobody caught becomes a problem that gives nothing away."""

    def __init__(self, app: ASGIApp, *, numbers: Numbers) -> None:
        self.app, self.numbers = app, numbers
        self.log = logging.getLogger(REQUESTS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and write down how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status, size = time.perf_counter(), 0, 0
        identity = _identity(scope)

        async def watched(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", identity.encode())]
            else:
                size += len(message.get("body", b""))
            await send(message)

        self.numbers.running.inc()
        try:
            if "\0" in scope["path"] or b"%00" in scope.get("query_string", b""):
                # PostgreSQL keeps no NUL and nothing of ours is named with one.
                await problem(400, "an address with a NUL character")(scope, receive, watched)
            else:
                await self.app(scope, receive, watched)
        except Exception:
            self.log.exception("failed", extra={"more": {"request": identity, "path": scope["path"]}})
            if status:
                raise
            detail = f"this is a fault of the server; its log tells more under {identity}"
            await problem(500, detail)(scope, receive, watched)
        finally:
            self.numbers.running.dec()
            seconds = time.perf_counter() - began
            pattern = getattr(scope.get("route"), "path", "other")
            self.numbers.requests.labels(scope["method"], pattern, str(status)).inc()
            self.numbers.seconds.labels(pattern).observe(seconds)
            if self.log.isEnabledFor(logging.INFO):
                client = scope.get("client")
                visitor = scope.get("state", {}).get("visitor")
                more = {
                    "request": identity, "method": scope["method"], "path": scope["path"], "status": status,
                    "milliseconds": round(seconds * 1000, 1), "bytes": size, "client": client[0] if client else None,
                    "visitor": getattr(visitor, "asker", None),
                }  # fmt: skip
                self.log.info("request", extra={"more": more})


def _identity(scope: Scope) -> str:
    """The request's own id where it brings a plain one, else a new one."""
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            given = value.decode("latin-1")
            if _OUR_ID.fullmatch(given):
                return str(given)
    return uuid4().hex
