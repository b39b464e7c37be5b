"""Errors as RFC 9457 problem details, or as a page for people: what happened, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from figures.store import StoreError

__all__ = ["MEDIA_TYPE", "ErrorPage", "install", "problem"]

MEDIA_TYPE: Final = "application/problem+json"

ErrorPage = Callable[[Request, int, str, str], Response]
"""Makes a page of an error: request, status, title, detail. The pages set it as ``app.state.error_page``."""


def problem(
    status: int, detail: str, *, title: str | None = None, request: Request | None = None, **more: Any
) -> Response:
    """One problem as a response."""
    body = {
        "type": "about:blank",
        "title": title or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **more,
    }
    if request is not None:
        body["instance"] = request.url.path
    # An address or a value in it may hold half a surrogate pair, which no JSON carries.
    return Response(orjson.dumps(_sayable(body)), status_code=status, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every error of the app in the one form; people who look at pages get a page."""

    def answer(
        request: Request, status: int, title: str, detail: str, headers: Mapping[str, str], **more: Any
    ) -> Response:
        page: ErrorPage | None = getattr(request.app.state, "error_page", None)
        wants_page = "text/html" in request.headers.get("accept", "") and not request.url.path.startswith("/v1")
        if page is not None and wants_page:
            response = page(request, status, title, detail)
        else:
            response = problem(status, detail, title=title, request=request, **more)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    @app.exception_handler(HTTPException)
    async def _http(request: Request, error: HTTPException) -> Response:
        title = HTTPStatus(error.status_code).phrase
        return answer(request, error.status_code, title, str(error.detail), error.headers or {})

    @app.exception_handler(StoreError)
    async def _store(request: Request, error: StoreError) -> Response:
        return answer(request, 400, "The store refuses", str(error), {})

    @app.exception_handler(RequestValidationError)
    async def _invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        detail = f"{where}: {first['msg']}"
        return answer(request, 422, "Invalid request", detail, {}, errors=len(error.errors()))


def _sayable(body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
        for name, value in body.items()
    }
