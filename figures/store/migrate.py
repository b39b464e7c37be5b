"""A store is brought to the schema of this program when it is opened, by Alembic, inside one transaction.

An SQLite file is copied beside itself first. Stores older than the migrations are recognised by their tables and
marked with the first revision. Nothing is read from the network or from outside the package.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, text, update

from figures.store import schema
from figures.store.connect import Database, StoreError
from figures.store.rows import insert_rows
from figures.store.versions import CONTENT, RECONCILED, WHOLE

__all__ = ["bring_up_to_date", "one_writer"]

_TABLE = "alembic_version"
_LOCK = 20220303


def bring_up_to_date(database: Database) -> Path | None:
    """Create the tables, or migrate them, where that is needed; the path of the copy where one was made.

    Raises StoreError for tables of another program, and for a store that a newer Figures has written.
    """
    with database.reading() as connection:
        version = _version(database, connection)
    if version == schema.SCHEMA_VERSION:
        return None
    with database.writing() as connection:
        one_writer(database, connection)
        # Asked again now that no other process can be at it.
        version = _version(database, connection)
        if version == schema.SCHEMA_VERSION:
            return None
        if version is None:
            _create(connection)
            return None
        copy = _copy(database, version)
        _migrate(connection, version)
    return copy


def one_writer(database: Database, connection: Connection) -> None:
    """Keep every other process from writing what has to be written in one order, until the transaction ends."""
    # SQLite's BEGIN IMMEDIATE lets one writer in already.
    if not database.sqlite:
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))


def _version(database: Database, connection: Connection) -> int | None:
    """The schema that the store has: None for an empty database, 1 for stores older than the migrations."""
    names = set(inspect(connection).get_table_names())
    if "meta" not in names:
        if names & {*schema.metadata.tables, _TABLE}:
            raise StoreError(f"{database.name}: holds tables of another program; name a store of its own")
        return None
    # A program from before the migrations asks meta, Alembic asks its own table; both are kept, the newer one counts.
    found = [
        connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == "schema_version")).scalar(),
        connection.execute(text(f"SELECT version_num FROM {_TABLE}")).scalar() if _TABLE in names else "0",
    ]
    numbers = [int(one) for one in found if one is not None and str(one).isdecimal()]
    if len(numbers) < len(found):
        raise StoreError(f"{database.name}: holds tables of another program; name a store of its own")
    version = max(numbers)
    if version > schema.SCHEMA_VERSION:
        raise StoreError(
            f"{database.name}: made by a newer Figures (schema {version}, this one knows {schema.SCHEMA_VERSION}); "
            "upgrade this one"
        )
    return version


def _create(connection: Connection) -> None:
    schema.metadata.create_all(connection)
    if connection.execute(select(func.count()).select_from(schema.meta)).scalar() == 0:
        counters = {"schema_version": schema.SCHEMA_VERSION, CONTENT: 0, RECONCILED: 0, WHOLE: -1}
        insert_rows(connection, schema.meta, [{"key": one, "value": str(n)} for one, n in counters.items()])
    connection.execute(text(f"CREATE TABLE {_TABLE} (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    connection.execute(text(f"INSERT INTO {_TABLE} VALUES (:version)"), {"version": f"{schema.SCHEMA_VERSION:04}"})


def _migrate(connection: Connection, version: int) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "figures.store:migrations")
    config.attributes["connection"] = connection
    if _TABLE not in inspect(connection).get_table_names():
        command.stamp(config, f"{version:04}")
    command.upgrade(config, f"{schema.SCHEMA_VERSION:04}")
    meta = schema.meta
    connection.execute(update(meta).where(meta.c.key == "schema_version").values(value=str(schema.SCHEMA_VERSION)))


def _copy(database: Database, version: int) -> Path | None:
    """Copy an SQLite file beside itself, as it stands at its last commit."""
    name = database.engine.url.database
    if not database.sqlite or not name or name == ":memory:":
        return None
    path = Path(name)
    copy = path.with_name(f"{path.name}.schema-{version}.backup")
    number = 1
    while copy.exists():
        number += 1
        copy = path.with_name(f"{path.name}.schema-{version}.backup-{number}")
    draft = copy.with_name(copy.name + ".part")
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(draft)) as target:
            source.backup(target)
        draft.replace(copy)
    except (OSError, sqlite3.Error) as error:
        draft.unlink(missing_ok=True)
        raise StoreError(
            f"{database.name}: no backup could be made before upgrading it ({error}); free some space, or copy the "
            "file elsewhere yourself"
        ) from error
    return copy
