"""Who asks, and what they may do: a key, a person's session, this machine itself, or nobody.

A key comes as ``Authorization: Bearer fig_…`` or ``X-API-Key: fig_…``; a session as a cookie that no script can read.
Whoever writes from a browser proves that the page was ours: by the form's hidden ``csrf`` field, or by the header
``X-CSRF-Token``. A server bound to loopback takes its own machine's word, but not that of a page elsewhere, which can
make a browser ask under its own name or from its own origin, and not that of a proxy.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from figures.store.people import SCOPES_OF_ROLE, SESSION_LENGTH
from service.desks import get_desk, settings_of
from service.limits import Limits, spend

__all__ = [
    "FormOf", "TheVisitor", "Visitor", "allow", "form_token", "get_visitor", "log_in", "log_out", "read_form",
]  # fmt: skip

Scope = Literal["read", "ingest", "review", "admin"]

SESSION_COOKIE: Final = "figures_session"
VISIT_COOKIE: Final = "figures_visit"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PROXIED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")
_MOST_FIELDS: Final = 100
# Hashing a password takes 32 MiB and a tenth of a second; more at once would starve the rest.
_HASHING: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks. ``name`` is that of the account or key; ``asker`` names them, or their address, to the meters."""

    kind: Literal["nobody", "local", "session", "key"]
    scopes: frozenset[str]
    asker: str
    name: str = ""
    role: str | None = None

    def may(self, scope: Scope) -> bool:
        """Whether they may read, ingest, review or administer."""
        return scope in self.scopes or "admin" in self.scopes

    @property
    def reviewer(self) -> str:
        """The name that stands with their reviews; empty where they have to give it."""
        return self.name


async def get_visitor(request: Request) -> Visitor:
    """Who asks; a key or session that does not hold makes a nobody of them."""
    known: Visitor | None = getattr(request.state, "visitor", None)
    if known is None:
        known = await _recognise(request)
        request.state.visitor = known
    return known


TheVisitor = Annotated[Visitor, Depends(get_visitor)]


def allow(scope: Scope) -> Callable[[Request], Awaitable[None]]:
    """A dependency that lets only those pass who may; 401 where signing in would help, 403 where it would not."""

    async def check(request: Request) -> None:
        visitor = await get_visitor(request)
        settings, limits = settings_of(request), _limits(request)
        if visitor.kind != "local":
            spend(limits.requests, visitor.asker, "requests")
        open_read = scope == "read" and not settings.private
        if not (open_read or visitor.may(scope)):
            raise _refusal(visitor, scope)
        if request.method not in _SAFE and scope != "read" and visitor.kind in ("local", "session"):
            await _refuse_forged(request, visitor)

    return check


def form_token(request: Request) -> str:
    """The value of a form's hidden field ``csrf``; a visitor without any cookie of ours gets one with the answer."""
    secret = _browser_secret(request)
    if secret is None:
        secret = secrets.token_urlsafe(32)
        request.state.visit = secret
        _set_cookie(request, VISIT_COOKIE, secret)
    return _token_of(secret)


async def read_form(request: Request) -> FormData:
    """The form that was sent, once its ``csrf`` field was found to be ours."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in _FORMS:
        raise HTTPException(415, "send the form of the page")
    form = await request.form(max_files=5, max_fields=_MOST_FIELDS, max_part_size=5_000_000)
    _check_token(request, form.get("csrf"))
    return form


FormOf = Annotated[FormData, Depends(read_form)]


def log_in(request: Request, name: str, password: str) -> Visitor:
    """Begin a session; its cookie goes out with the answer. Raises 401, or 429 after too many wrong passwords."""
    limits = _limits(request)
    address, name = _address(request), name.strip()
    person = f"{name}\x1f{address}"
    spend(limits.passwords_from, address, "attempts to sign in")
    spend(limits.passwords_of_name, person, "attempts to sign in")
    hashing: BoundedSemaphore = request.app.state.hashing
    with hashing:
        found = get_desk(request).store.people.log_in(name, password)
    if found is None:
        raise HTTPException(401, "the name or the password is wrong")
    limits.passwords_of_name.forget(person)
    account, token = found
    _set_cookie(request, SESSION_COOKIE, token, seconds=int(SESSION_LENGTH.total_seconds()))
    visitor = Visitor(
        kind="session", name=account.name, role=account.role, scopes=SCOPES_OF_ROLE[account.role],
        asker=f"account {account.name}",
    )  # fmt: skip
    request.state.visitor = visitor
    return visitor


def log_out(request: Request) -> None:
    """End the session; the answer takes its cookie away."""
    token = request.cookies.get(SESSION_COOKIE)
    if token:
        get_desk(request).store.people.log_out(token)
        _set_cookie(request, SESSION_COOKIE, "", seconds=0)


def hashing_turns() -> BoundedSemaphore:
    """How many passwords are compared at once."""
    return BoundedSemaphore(_HASHING)


async def _recognise(request: Request) -> Visitor:
    key = _key_of(request)
    people = get_desk(request).store.people
    address = f"address {_address(request)}"
    if key is not None:
        found = await run_in_threadpool(people.api_key, key)
        if found is None:
            # Whoever sends a key means to use it; going on as nobody would hide that it no longer holds.
            spend(_limits(request).passwords_from, _address(request), "unknown keys")
            raise HTTPException(401, "this key is unknown or was revoked", headers={"WWW-Authenticate": "Bearer"})
        return Visitor(kind="key", name=found.name, scopes=frozenset(found.scopes), asker=f"key {found.key_id}")
    token = request.cookies.get(SESSION_COOKIE)
    account = await run_in_threadpool(people.session, token) if token else None
    if account is not None:
        return Visitor(
            kind="session", name=account.name, role=account.role, scopes=SCOPES_OF_ROLE[account.role],
            asker=f"account {account.name}",
        )  # fmt: skip
    if _is_local(request):
        return Visitor(kind="local", scopes=frozenset({"read", "ingest", "review"}), asker=address)
    return Visitor(kind="nobody", scopes=frozenset(), asker=address)


def _key_of(request: Request) -> str | None:
    method, _, key = request.headers.get("authorization", "").partition(" ")
    if method.lower() == "bearer" and key.strip():
        return key.strip()
    return request.headers.get("x-api-key")


def _is_local(request: Request) -> bool:
    return (
        settings_of(request).open_here
        and _host(request) in _LOOPBACK
        and not any(name in request.headers for name in _PROXIED)
    )


def _host(request: Request) -> str | None:
    try:
        return request.url.hostname
    except ValueError:
        return None


def _refusal(visitor: Visitor, scope: Scope) -> HTTPException:
    if visitor.kind == "nobody":
        return HTTPException(
            401,
            "this needs a key (Authorization: Bearer fig_…) or an account; figures keys create and figures users add, "
            "on the server's host, make them",
            headers={"WWW-Authenticate": "Bearer"},
        )
    return HTTPException(403, f"{visitor.name or 'this visitor'} may not {_DEEDS[scope]}")


_DEEDS: Final = {"read": "read", "ingest": "add articles", "review": "review", "admin": "administer"}


async def _refuse_forged(request: Request, visitor: Visitor) -> None:
    """Raise 403 where a page of another site may have made the visitor's browser send this."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        raise HTTPException(403, "this was sent by a page of another site")
    if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
        raise HTTPException(403, "this was sent by a page of another site")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind in _FORMS:
        await read_form(request)
    elif visitor.kind == "session":
        _check_token(request, request.headers.get("x-csrf-token"))


def _check_token(request: Request, given: str | UploadFile | None) -> None:
    secret = _browser_secret(request)
    if (
        secret is None
        or not isinstance(given, str)
        or not hmac.compare_digest(given.encode("utf-8", "surrogatepass"), _token_of(secret).encode())
    ):
        raise HTTPException(403, "the form has grown old; load its page again and send it once more")


def _browser_secret(request: Request) -> str | None:
    """What only this browser and we know: its session, or else the cookie of its visit."""
    found: Any = (
        getattr(request.state, "visit", None)
        or request.cookies.get(SESSION_COOKIE)
        or request.cookies.get(VISIT_COOKIE)
    )
    return found or None


def _token_of(secret: str) -> str:
    return hmac.new(secret.encode("utf-8", "surrogatepass"), b"figures form", hashlib.sha256).hexdigest()


def _set_cookie(request: Request, name: str, value: str, *, seconds: int | None = None) -> None:
    secure = settings_of(request).secure or request.url.scheme == "https"
    parts = [f"{name}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if seconds is not None:
        parts.append(f"Max-Age={seconds}")
    if secure:
        parts.append("Secure")
    request.scope.setdefault("figures_cookies", []).append("; ".join(parts))


def _limits(request: Request) -> Limits:
    limits: Limits = request.app.state.limits
    return limits


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
