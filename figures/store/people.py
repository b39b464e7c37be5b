"""Who may do what: accounts of people with their sessions, and keys of programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal, cast

import orjson
from sqlalchemy import delete, insert, select, update

from figures.store import schema
from figures.store.connect import Database, StoreError
from figures.store.passwords import hashed_password, hashed_token, is_password, new_token

__all__ = ["ROLES", "SCOPES", "SCOPES_OF_ROLE", "Account", "ApiKey", "People", "Role"]

Role = Literal["reader", "reviewer", "admin"]
ROLES: Final = ("reader", "reviewer", "admin")
SCOPES: Final = ("read", "ingest", "review", "admin")
SCOPES_OF_ROLE: Final = {
    "reader": frozenset({"read"}),
    "reviewer": frozenset({"read", "ingest", "review"}),
    "admin": frozenset(SCOPES),
}
KEY_PREFIX: Final = "fig_"
SESSION_LENGTH: Final = timedelta(hours=12)
"""A working day: whoever comes back the next morning signs in again."""
SHORTEST_PASSWORD: Final = 10
_NAME: Final = re.compile(r"[^\W_](?:[\w .'@+-]{0,78}[\w.])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person who signs in."""

    name: str
    role: Role
    created_at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key that a program signs its requests with; the key itself is shown once, when it is made."""

    key_id: str
    name: str
    scopes: tuple[str, ...]
    created_at: str
    revoked_at: str | None = None


class People:
    """The accounts, sessions and keys of a store."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock

    # Accounts

    def add(self, name: str, password: str, *, role: str) -> Account:
        """Make an account. Raises StoreError for a name that is taken or odd, a short password, an unknown role."""
        name = _checked_name(name)
        values = {"name": name, "role": _checked_role(role), "created_at": self._time()}
        kept = hashed_password(_checked_password(password))
        table = schema.accounts
        with self._database.writing() as connection:
            if connection.execute(select(table.c.name).where(table.c.name == name)).scalar() is not None:
                raise StoreError(f"{name}: there is such an account; change its password with figures users passwd")
            connection.execute(insert(table).values(password=kept, **values))
        return Account(**cast(dict[str, Any], values))

    def accounts(self) -> list[Account]:
        """Every account, by name."""
        table = schema.accounts
        query = select(table.c.name, table.c.role, table.c.created_at).order_by(table.c.name)
        with self._database.reading() as connection:
            return [Account(**cast(dict[str, Any], dict(row))) for row in connection.execute(query).mappings()]

    def remove(self, name: str) -> bool:
        """Take an account and its sessions away; its reviews stay, under its name. False where there is none."""
        with self._database.writing() as connection:
            connection.execute(delete(schema.sessions).where(schema.sessions.c.name == name))
            done = connection.execute(delete(schema.accounts).where(schema.accounts.c.name == name))
        return done.rowcount > 0

    def set_password(self, name: str, password: str) -> None:
        """Change a password and end the account's sessions. Raises StoreError where there is no such account."""
        self._change(name, password=hashed_password(_checked_password(password)))

    def set_role(self, name: str, role: str) -> None:
        """Change a role and end the account's sessions. Raises StoreError where there is no such account."""
        self._change(name, role=_checked_role(role))

    def _change(self, name: str, **values: str) -> None:
        table = schema.accounts
        with self._database.writing() as connection:
            done = connection.execute(update(table).where(table.c.name == name).values(**values))
            if not done.rowcount:
                raise StoreError(f"{name}: no such account; list them with figures users list")
            connection.execute(delete(schema.sessions).where(schema.sessions.c.name == name))

    # Sessions

    def log_in(self, name: str, password: str) -> tuple[Account, str] | None:
        """The account and the token of a new session, or None where name or password is wrong."""
        table = schema.accounts
        with self._database.reading() as connection:
            row = connection.execute(select(table).where(table.c.name == name)).mappings().first()
        if not is_password(password, row["password"] if row else None) or row is None:
            return None
        token, now = new_token(), self._clock().astimezone(UTC)
        with self._database.writing() as connection:
            connection.execute(delete(schema.sessions).where(schema.sessions.c.expires_at <= _text(now)))
            # Asked once more: the account may have gone, or got another password, while this one was compared.
            if connection.execute(select(table.c.password).where(table.c.name == name)).scalar() != row["password"]:
                return None
            connection.execute(
                insert(schema.sessions).values(
                    token=hashed_token(token), name=name, created_at=_text(now), expires_at=_text(now + SESSION_LENGTH)
                )
            )
        return Account(name=row["name"], role=row["role"], created_at=row["created_at"]), token

    def session(self, token: str) -> Account | None:
        """Whose session a token is; None once it has ended."""
        sessions, accounts = schema.sessions, schema.accounts
        query = (
            select(accounts.c.name, accounts.c.role, accounts.c.created_at)
            .join(sessions, sessions.c.name == accounts.c.name)
            .where(sessions.c.token == hashed_token(token), sessions.c.expires_at > self._time())
        )
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
        return Account(**cast(dict[str, Any], dict(row))) if row else None

    def log_out(self, token: str) -> None:
        """End a session; nothing where it has ended."""
        with self._database.writing() as connection:
            connection.execute(delete(schema.sessions).where(schema.sessions.c.token == hashed_token(token)))

    # Keys

    def create_key(self, name: str, scopes: Iterable[str]) -> tuple[ApiKey, str]:
        """Make a key; the second value is the key itself, which is not kept and cannot be shown again."""
        wanted = tuple(one for one in SCOPES if one in set(scopes))
        if not wanted or set(scopes) - set(SCOPES):
            raise StoreError(f"{', '.join(scopes) or 'no scope'}: a key needs scopes of {', '.join(SCOPES)}")
        token = new_token(KEY_PREFIX)
        made = ApiKey(
            key_id=f"k{hashed_token(token)[:12]}", name=_checked_name(name), scopes=wanted, created_at=self._time()
        )
        with self._database.writing() as connection:
            connection.execute(
                insert(schema.api_keys).values(
                    key_id=made.key_id, name=made.name, token=hashed_token(token),
                    scopes=orjson.dumps(made.scopes).decode(), created_at=made.created_at,
                )
            )  # fmt: skip
        return made, token

    def api_keys(self) -> list[ApiKey]:
        """Every key, the revoked ones too, oldest first."""
        query = select(schema.api_keys).order_by(schema.api_keys.c.created_at, schema.api_keys.c.key_id)
        with self._database.reading() as connection:
            return [_to_key(row) for row in connection.execute(query).mappings()]

    def api_key(self, token: str) -> ApiKey | None:
        """The key that a request is signed with; None where it is unknown or revoked."""
        table = schema.api_keys
        query = select(table).where(table.c.token == hashed_token(token), table.c.revoked_at.is_(None))
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
        return _to_key(row) if row else None

    def revoke_key(self, key_id: str) -> bool:
        """End a key, named by its id. False where there is none, or it was revoked before."""
        table = schema.api_keys
        with self._database.writing() as connection:
            done = connection.execute(
                update(table)
                .where(table.c.key_id == key_id, table.c.revoked_at.is_(None))
                .values(revoked_at=self._time())
            )
        return done.rowcount > 0

    def _time(self) -> str:
        return _text(self._clock().astimezone(UTC))


def _text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def _to_key(row: Any) -> ApiKey:
    return ApiKey(
        key_id=row["key_id"], name=row["name"], scopes=tuple(orjson.loads(row["scopes"])),
        created_at=row["created_at"], revoked_at=row["revoked_at"],
    )  # fmt: skip


def _checked_name(name: str) -> str:
    name = name.strip()
    if not _NAME.fullmatch(name):
        raise StoreError(f"{name!r}: no name; use up to 80 letters, digits, spaces and . ' @ + -")
    return name


def _checked_role(role: str) -> str:
    if role not in ROLES:
        raise StoreError(f"{role}: no role; use {', '.join(ROLES)}")
    return role


def _checked_password(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise StoreError(f"the password is too short; use at least {SHORTEST_PASSWORD} characters")
    if len(password) > 1000:
        raise StoreError("the password is too long; use at most 1,000 characters")
    return password
