"""What every answer says to browsers, and how large a request may be."""

from __future__ import annotations

from typing import Final

from fastapi import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CSP", "Guard"]

CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = (
    (b"content-security-policy", CSP.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_STRICT: Final = (b"strict-transport-security", b"max-age=31536000")


class Guard:
    """Add the headers and cookies that belong to an answer, and refuse a body above a size, declared or not."""

    def __init__(self, app: ASGIApp, *, most: int, secure: bool) -> None:
        self.app, self.most = app, most
        self.headers = (*_HEADERS, _STRICT) if secure else _HEADERS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting what arrives and completing what goes out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > self.most:
                raise HTTPException(413, f"the request is larger than {self.most:,} bytes; send it in parts")
            return message

        async def completed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = self._complete(scope, list(message["headers"]))
            await send(message)

        await self.app(scope, counted, completed)

    def _complete(self, scope: Scope, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        names = {name.lower() for name, _ in headers}
        headers.extend(one for one in self.headers if one[0] not in names)
        cookies = scope.get("figures_cookies", ())
        if cookies:
            # What carries someone's cookie is theirs alone.
            headers = [one for one in headers if one[0].lower() not in (b"cache-control", b"etag")]
            headers.append((b"cache-control", b"no-store"))
            headers.extend((b"set-cookie", one.encode()) for one in cookies)
        elif b"cache-control" not in names:
            headers.append((b"cache-control", b"no-store"))
        return headers
