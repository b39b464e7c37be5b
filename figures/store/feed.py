"""The feed: every change of a conflict is kept, and told in an order of its own that a reader can replay.

A reader hears of one thread (a clash, whatever id it has by now) at most one change in ten minutes, unless its level
rises: a change that comes sooner is held, newer ones take its place, and it is told when the time is over. What is told
has a place, ``told``, that never moves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import Connection, Select, and_, func, insert, or_, select, update

from figures.model import Conflict
from figures.store import schema
from figures.store.records import Change, ChangeKind

__all__ = ["LEVELS", "News", "is_due", "read_changes", "read_feed", "read_newest", "record", "tell_due"]

LEVELS: Final = ("low", "medium", "high")
QUIET: Final = timedelta(minutes=10)
_SHOWN: Final = ("cursor", "at", "change", "conflict_id", "level", "detail", "thread", "level_before")


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that happened to a conflict, before it has its place in the feed."""

    change: ChangeKind
    conflict: Conflict
    thread: str
    detail: str | None = None


def record(connection: Connection, news: Sequence[News], at: str) -> list[Change]:
    """Keep what happened, and tell what may be told now; the entries with their cursors, told or held."""
    columns = schema.changes.c
    if not news:
        tell_due(connection, at)
        return []
    # Clocks of two machines differ; the order of the feed does not.
    at = max(at, connection.execute(select(func.max(columns.at))).scalar() or at)
    tell_due(connection, at)
    place = connection.execute(select(func.max(columns.told))).scalar() or 0
    out = []
    for one in news:
        last = _last_told(connection, one.thread)
        level = one.conflict.level
        held = last is not None and one.change == "changed" and _is_quiet(last, at) and not _rises(last.level, level)
        connection.execute(
            update(schema.changes).where(columns.thread == one.thread, columns.held == 1).values(held=None)
        )
        values = {
            "at": at, "change": one.change, "conflict_id": one.conflict.conflict_id, "level": level,
            "detail": one.detail, "thread": one.thread, "level_before": last.level if last else None,
        }  # fmt: skip
        if not held:
            place += 1
        told = {"held": 1} if held else {"told": place, "told_at": at}
        number = connection.execute(insert(schema.changes).values(**values, **told)).inserted_primary_key
        assert number is not None
        out.append(Change(cursor=number[0], **cast(dict[str, Any], values)))
    return out


def is_due(connection: Connection, at: str) -> bool:
    """Whether a held change may be told by now."""
    return any(True for _ in _due(connection, at))


def tell_due(connection: Connection, at: str) -> None:
    """Give held changes whose time is over their place in the feed."""
    columns = schema.changes.c
    place = None
    for cursor in _due(connection, at):
        if place is None:
            place = connection.execute(select(func.max(columns.told))).scalar() or 0
        place += 1
        connection.execute(
            update(schema.changes).where(columns.cursor == cursor).values(held=None, told=place, told_at=at)
        )


def read_changes(connection: Connection, *, after: int, limit: int) -> list[Change]:
    """Every change after a cursor, told or not."""
    columns = schema.changes.c
    query = select(*(columns[name] for name in _SHOWN)).where(columns.cursor > after)
    return [_to_change(row) for row in connection.execute(query.order_by(columns.cursor).limit(limit))]


def read_feed(connection: Connection, *, after: int, limit: int, min_level: str) -> list[Change]:
    """What has been told after a place: of this level or above, now or when readers last heard of it."""
    columns = schema.changes.c
    query = _told(min_level).where(columns.told > after).order_by(columns.told).limit(limit)
    return [_to_change(row, cursor=row.told, at=row.told_at) for row in connection.execute(query)]


def read_newest(connection: Connection, *, limit: int, min_level: str) -> list[Change]:
    """The newest told entry of each thread, of the threads told of last; oldest first."""
    columns = schema.changes.c
    last = select(func.max(columns.told)).where(columns.told.is_not(None)).group_by(columns.thread)
    query = _told(min_level).where(columns.told.in_(last)).order_by(columns.told.desc()).limit(limit)
    return [_to_change(row, cursor=row.told, at=row.told_at) for row in connection.execute(query)][::-1]


def _told(min_level: str) -> Select[Any]:
    columns = schema.changes.c
    levels = LEVELS[LEVELS.index(min_level) :]
    return select(*(columns[name] for name in _SHOWN), columns.told, columns.told_at).where(
        or_(columns.level.in_(levels), columns.level_before.in_(levels))
    )


def _to_change(row: Any, **instead: Any) -> Change:
    values = {name: getattr(row, name) for name in _SHOWN} | instead
    values["thread"] = values["thread"] or values["conflict_id"]
    return Change(**values)


def _due(connection: Connection, at: str) -> list[int]:
    columns = schema.changes.c
    held = connection.execute(
        select(columns.cursor, columns.thread).where(columns.held == 1).order_by(columns.cursor)
    ).all()
    due = []
    for cursor, thread in held:
        last = _last_told(connection, thread)
        if last is None or not _is_quiet(last, at):
            due.append(cursor)
    return due


def _last_told(connection: Connection, thread: str) -> Any:
    columns = schema.changes.c
    query = select(columns.level, columns.told_at).where(and_(columns.thread == thread, columns.told.is_not(None)))
    return connection.execute(query.order_by(columns.told.desc()).limit(1)).first()


def _is_quiet(last: Any, at: str) -> bool:
    return datetime.fromisoformat(at) - datetime.fromisoformat(last.told_at) < QUIET


def _rises(before: str, now: str) -> bool:
    return LEVELS.index(now) > LEVELS.index(before)
