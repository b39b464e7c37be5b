"""The feed of conflicts: as events that a program replays by cursor, and as Atom."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import orjson
from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from figures.desk import Desk
from figures.publish.feed import to_atom
from figures.store import Change
from service.answers import tagged
from service.desks import TheDesk, settings_of
from service.documents import event_documents, rows_of
from service.schemas import EventList
from service.visitors import allow

__all__ = ["base_of", "routes"]

_ENTRIES: Final = 100
Level = Literal["low", "medium", "high"]


def routes() -> APIRouter:
    """The paths under ``/v1``."""
    router = APIRouter(prefix="/v1", tags=["feed"], dependencies=[Depends(allow("read"))])
    router.add_api_route("/events", events, response_model=EventList)
    router.add_api_route(
        "/conflicts.atom", atom, response_class=Response,
        responses={200: {"content": {"application/atom+xml": {}}, "description": "The feed"}},
    )  # fmt: skip
    return router


async def events(
    request: Request,
    desk: TheDesk,
    cursor: Annotated[
        int, Query(ge=0, le=2**53, description="next_cursor of the answer before; 0 for all there ever was")
    ] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    min_level: Annotated[Level, Query(description="the least level to tell of")] = "medium",
) -> Response:
    """What happened to conflicts after a cursor, in order. Asking again from the same cursor gives the same entries,
    and what has come since; each tells its conflict as it is now.

    A clash has at most one change in ten minutes, unless its level rises. Drafts, updates and copies are never told.
    """
    base = base_of(request)

    def answer() -> bytes:
        found = desk.store.feed(after=cursor, limit=limit, min_level=min_level)
        following = found[-1].cursor if found else cursor
        return orjson.dumps({"events": event_documents(desk, found, base=base), "next_cursor": following})

    return await tagged(request, await run_in_threadpool(answer), "application/json")


async def atom(
    request: Request,
    desk: TheDesk,
    min_level: Annotated[Level, Query(description="the least level to tell of")] = "medium",
) -> Response:
    """The same feed as Atom: one entry a conflict, the one that changed last first."""
    base = base_of(request)
    body = await run_in_threadpool(_atom, desk, min_level, base)
    return await tagged(request, body, "application/atom+xml")


def _atom(desk: Desk, min_level: Level, base: str) -> bytes:
    newest: dict[str, Change] = {one.thread: one for one in desk.store.newest_feed(limit=_ENTRIES, min_level=min_level)}
    stored = {key: one for key, one in desk.store.threads(sorted(newest)).items() if one.conflict.status != "dismissed"}
    rows = rows_of(desk, stored.values())
    times = {one.conflict.conflict_id: newest[key].at for key, one in stored.items()}
    threads = {one.conflict.conflict_id: key for key, one in stored.items()}
    withdrawn = {one.conflict.conflict_id for one in stored.values() if one.gone_at is not None}
    return to_atom(
        [one.conflict for one in stored.values()], rows, desk.lexicon, detected=times, link=f"{base}/conflicts",
        threads=threads, withdrawn=withdrawn,
    )  # fmt: skip


def base_of(request: Request) -> str:
    """The address that links begin with: the public one where it is set, else the one that was asked."""
    return settings_of(request).public_url or f"{request.url.scheme}://{request.url.netloc}"
