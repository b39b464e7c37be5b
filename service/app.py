"""The HTTP service: the desk behind paths for programs and pages for people. ``create_app`` is the factory that the
server calls.

Reads are open unless the settings say otherwise. Writes need a key or a session, except from this machine itself while
the server is bound to it: who can reach it there owns the machine.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.util import find_spec
from typing import Any, Final

from fastapi import FastAPI, Response
from fastapi.middleware.cors import CORSMiddleware
from starlette.concurrency import run_in_threadpool

import figures
from figures.desk import Desk
from figures.lexicon import Lexicon, default_lexicon
from figures.store import open_store
from service import answers, articles, checking, disputes, feeds, problems, reads, state
from service.comparing import Comparer
from service.limits import Limits, Meter
from service.schemas import Problem
from service.security import Guard
from service.settings import Settings
from service.telemetry import Numbers, Observe
from service.visitors import hashing_turns

__all__ = ["MOST_BYTES", "Settings", "create_app"]

MOST_BYTES: Final = 5_000_000  # of one request: some thousand articles; larger batches come in several
NOTHING: Final = disputes.NOTHING

_DESCRIPTION: Final = """\
Figures reads articles, keeps every number with who said it, and tells which of them cannot all be true. It compares
what sources say; it does not know what is true.

Reads carry an `ETag`: send it back as `If-None-Match`, and 304 says that nothing has changed. Errors are
problem details (RFC 9457). Who asks too often gets 429 with `Retry-After`.
"""


def create_app(settings: Settings | None = None, lexicon: Lexicon | None = None) -> FastAPI:
    """Make the application on a store, which is opened when the server starts and closed when it stops."""
    given = settings or Settings.from_environment()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        with open_store(given.store) as store:
            app.state.desk = Desk(store, lexicon or default_lexicon())
            app.state.comparer = Comparer(app.state.desk)
            if not store.is_compared():
                await run_in_threadpool(app.state.comparer.compare)  # an ingestion was cut off before it compared
            app.state.comparer.start()
            try:
                yield
            finally:
                await run_in_threadpool(app.state.comparer.stop)

    app = FastAPI(
        title="Figures",
        version=figures.__version__,
        summary="Numbers in the news, who said them, and which of them cannot all be true.",
        description=_DESCRIPTION,
        lifespan=lifespan,
        # Their pages load scripts from elsewhere; /openapi.json is for any reader of one's own.
        docs_url=None,
        redoc_url=None,
        default_response_class=Response,
        responses={
            "4XX": {"description": "A problem, as RFC 9457 has it", "content": _problem()},
            "5XX": {"description": "A fault of the server", "content": _problem()},
        },
    )
    app.state.settings = given
    app.state.numbers = Numbers()
    app.state.limits = Limits(requests=Meter(given.requests_a_minute), checks=Meter(given.checks_a_minute))
    app.state.hashing = hashing_turns()
    # The last one added is the first one asked.
    if given.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(given.origins),
            allow_methods=["GET"],
            allow_headers=["Authorization", "If-None-Match"],
            expose_headers=["ETag", "Retry-After"],
        )
    app.add_middleware(Guard, most=MOST_BYTES, secure=given.secure)
    app.add_middleware(Observe, numbers=app.state.numbers)
    problems.install(app)
    answers.install(app)
    for router in (
        state.routes(), reads.routes(), disputes.reads(), disputes.writes(), feeds.routes(), articles.routes(),
        checking.routes(),
    ):  # fmt: skip
        app.include_router(router)
    if find_spec("service.pages") is not None:
        from service import pages

        pages.install(app)
    _describe_keys(app)
    return app


def _problem() -> dict[str, Any]:
    return {problems.MEDIA_TYPE: {"schema": Problem.model_json_schema()}}


def _describe_keys(app: FastAPI) -> None:
    """Name in the OpenAPI document how a program signs its requests."""
    make = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = make()
            schemes = document.setdefault("components", {}).setdefault("securitySchemes", {})
            schemes["key"] = {"type": "http", "scheme": "bearer", "description": "A key: figures keys create"}
            for operations in document["paths"].values():
                for operation in operations.values():
                    # Open where the settings leave it open; elsewhere a key is what helps.
                    operation.setdefault("security", [{}, {"key": []}])
            app.openapi_schema = document
        return app.openapi_schema or {}

    app.openapi = described  # type: ignore[method-assign]
