"""Connections to the store's database, and the promise that a lock never reaches the caller.

SQLite runs in WAL mode, where readers go on while one writer writes, with ``synchronous=FULL``: each commit reaches the
disk before it is acknowledged, at the price of one fsync a commit, which batches share. Writers queue at BEGIN
IMMEDIATE instead of failing in the middle. PostgreSQL needs none of that; its writers take row locks.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import StaticPool

__all__ = ["Database", "StoreError", "connect"]

_BUSY_SECONDS: Final = 30
"""How long SQLite itself waits for a lock before we ask again: far longer than any of our transactions."""
_PATIENCE_SECONDS: Final = 300
"""After this a lock is no queue but a stuck process, and the caller is told so."""
_WRITES: Final = "figures_writes"
_POOL: Final = {"pool_size": 8, "max_overflow": 40}
"""Connections kept, and more while they are needed: the service works in up to 40 threads, and none shall wait."""


class StoreError(ValueError):
    """The store cannot do what was asked; the message says why and what to do next."""


class Database:
    """An engine with its two ways in: ``reading`` and ``writing``."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine, self.name = engine, name
        self.sqlite = engine.dialect.name == "sqlite"
        self._turn = Lock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view of the store, undisturbed by writers."""
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: everything in it is kept, on disk, when the block ends, or nothing is."""
        # Threads of one process take turns here, in order; SQLite's own waiting is a lottery.
        turn = self._turn if self.sqlite else nullcontext()
        with turn, self.engine.connect().execution_options(**{_WRITES: True}) as connection:
            transaction = self._begin(connection)
            try:
                yield connection
            except BaseException:
                transaction.rollback()
                raise
            transaction.commit()

    def _begin(self, connection: Connection) -> Any:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                return connection.begin()
            except OperationalError as error:
                if not _is_busy(error):
                    raise
                if time.monotonic() > deadline:
                    raise StoreError(
                        f"{self.name}: another process has held the store for {_PATIENCE_SECONDS} seconds; "
                        "stop it, or try again later"
                    ) from error

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def connect(target: str | Path) -> Database:
    """Open a path (SQLite) or a database URL (``sqlite:///…``, ``postgresql://…``).

    Raises StoreError for a path in a missing folder, a file that is no database, an unknown kind of URL, or a server
    that does not answer.
    """
    url = _url(target)
    name = url.render_as_string(hide_password=True) if "://" in str(target) else str(target)
    try:
        engine = _engine(url, name)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except DBAPIError as error:
        raise StoreError(f"{name}: {_why(error)}") from error
    return Database(engine, name)


def _url(target: str | Path) -> URL:
    text_target = str(target)
    if "://" not in text_target:
        return URL.create("sqlite", database=text_target)
    try:
        url = make_url(text_target)
    except ArgumentError as error:
        raise StoreError(f"{text_target}: no database URL; write sqlite:///path or postgresql://host/name") from error
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() != "sqlite":
        raise StoreError(f"{url.get_backend_name()}: no such store; use a path, sqlite:/// or postgresql://")
    return url


def _engine(url: URL, name: str) -> Engine:
    if url.get_backend_name() == "postgresql":
        try:
            return create_engine(url, pool_pre_ping=True, **_POOL)
        except ModuleNotFoundError as error:
            raise StoreError(f"{name}: PostgreSQL needs psycopg; install figures[postgres]") from error
    memory = url.database in (None, "", ":memory:")
    if not memory:
        path = Path(str(url.database))
        if path.is_dir():
            raise StoreError(f"{name}: is a folder; name a file in it, such as {path / 'figures.sqlite'}")
        if not path.parent.is_dir():
            raise StoreError(f"{name}: its folder does not exist; create {path.parent}, or choose another path")
    options: dict[str, Any] = {"poolclass": StaticPool} if memory else dict(_POOL)
    engine = create_engine(url, connect_args={"check_same_thread": False, "timeout": _BUSY_SECONDS}, **options)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own guesses at transactions are switched off: we say BEGIN ourselves.
    connection.isolation_level = None
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL").close()
            break
        except sqlite3.OperationalError as error:
            # Two processes that create one store at once: SQLite gives up on this switch without waiting.
            if not _is_busy(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _is_busy(error: Exception) -> bool:
    words = str(error)
    return "locked" in words or "busy" in words


def _why(error: DBAPIError) -> str:
    words = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "no answer"
    if "not a database" in words:
        return "is no SQLite database; name another path, or remove the file"
    if "unable to open" in words:
        return "cannot be opened; check the path and its permissions"
    return f"{words}; check the path or address and the server"
