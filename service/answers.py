"""Answers as JSON, with a tag by which a reader asks whether anything has changed."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

import figures
from service.desks import get_desk, settings_of
from service.visitors import get_visitor

__all__ = ["NotModified", "fresh", "install", "json_answer", "reading_headers", "tag_of"]


class NotModified(Exception):  # noqa: N818
    """The reader has what we would send."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__("not modified")
        self.headers = headers


def json_answer(value: object, status: int = 200, *, request: Request | None = None) -> Response:
    """A value as JSON; of a ``request`` that ``fresh`` looked at, with its tag."""
    headers = getattr(request.state, "reading", None) if request is not None else None
    return Response(
        orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS), status_code=status, media_type="application/json",
        headers=headers,
    )  # fmt: skip


async def fresh(request: Request) -> None:
    """A dependency of reads: end here, with 304, where the store has not changed since the reader asked."""
    stamp = await run_in_threadpool(get_desk(request).store.stamp)
    address = f"{request.url.path}?{request.url.query}"
    headers = await reading_headers(request, tag_of(f"{figures.__version__} {stamp} {address}"))
    request.state.reading = headers
    _end_where_known(request, headers)


async def reading_headers(request: Request, tag: str) -> dict[str, str]:
    """What a read's answer says to caches: keep it, but ask each time, and share it only where anyone may read."""
    visitor = await get_visitor(request)
    shared = not settings_of(request).private and visitor.kind in ("nobody", "local")
    return {"ETag": tag, "Cache-Control": f"{'public' if shared else 'private'}, no-cache", "Vary": "Accept, Cookie"}


def tag_of(text: str | bytes) -> str:
    """An entity tag."""
    raw = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return f'W/"{hashlib.blake2b(raw, digest_size=12).hexdigest()}"'


async def tagged(request: Request, body: bytes, media_type: str) -> Response:
    """A body with a tag made of itself, where the store's state does not tell whether it is the same."""
    headers = await reading_headers(request, tag_of(body))
    _end_where_known(request, headers)
    return Response(body, media_type=media_type, headers=headers)


def _end_where_known(request: Request, headers: dict[str, str]) -> None:
    known = request.headers.get("if-none-match", "")
    tags = {one.strip().removeprefix("W/") for one in known.split(",")}
    if headers["ETag"].removeprefix("W/") in tags:
        raise NotModified(headers)


def install(app: FastAPI) -> None:
    """Answer 304 where a reader has what it asks for."""

    @app.exception_handler(NotModified)
    async def _unchanged(_request: Request, error: NotModified) -> Response:
        return Response(status_code=304, headers=error.headers)


def plain_values(value: Any) -> Any:
    """A kept row as the other answers have it: whole numbers without a point, at every depth."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 10**18 else value
    if isinstance(value, dict):
        return {name: plain_values(one) for name, one in value.items()}
    if isinstance(value, list):
        return [plain_values(one) for one in value]
    return value
