"""Counters that keep an older comparison from being saved over a newer one, whichever process made it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, Integer, String, cast, select, update

from figures.store import schema

__all__ = ["CONTENT", "RECONCILED", "WHOLE", "advance", "read_all_versions", "read_version", "write_version"]

CONTENT: Final = "content_version"
"""Grows with every article, withdrawal and correction."""
RECONCILED: Final = "reconciled_version"
"""The content that the saved conflicts were found in."""
WHOLE: Final = "whole_version"
"""The content that has to be compared as a whole, since nobody marked what changed; -1 where all of it was marked."""


def advance(connection: Connection) -> None:
    """Count one more change of the content, inside the transaction that makes it."""
    value = schema.meta.c.value
    connection.execute(
        update(schema.meta).where(schema.meta.c.key == CONTENT).values(value=cast(cast(value, Integer) + 1, String))
    )


def read_version(connection: Connection, key: str) -> int:
    """How far a counter has come."""
    return int(connection.execute(select(schema.meta.c.value).where(schema.meta.c.key == key)).scalar_one())


def read_all_versions(connection: Connection) -> dict[str, int]:
    """How far all counters have come."""
    query = select(schema.meta.c.key, schema.meta.c.value).where(schema.meta.c.key.in_((CONTENT, RECONCILED, WHOLE)))
    return {row.key: int(row.value) for row in connection.execute(query)}


def write_version(connection: Connection, key: str, version: int) -> None:
    """Set a counter."""
    connection.execute(update(schema.meta).where(schema.meta.c.key == key).values(value=str(version)))
