"""Conflicts come and go as articles arrive; their ids, times and reviews are carried along, and each change is told."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, cast

import orjson
import pandas as pd
from sqlalchemy import Connection, Select, bindparam, collate, delete, func, insert, or_, select, update

from figures.model import Conflict, Kind, Level, Uncompared
from figures.store import schema
from figures.store.feed import News, record
from figures.store.plain import IDS_AT_ONCE, batches, to_json
from figures.store.records import Change, StoredConflict
from figures.store.reviews import Review, SeenFigure, continues, keys_of, see, status_of
from figures.store.rows import insert_rows, read_corrections, read_frame, selection

__all__ = [
    "change_uncompared", "count_uncompared", "members_of", "read_bounds", "read_conflicts", "read_uncompared",
    "save_conflicts", "save_few_finals", "save_finals", "save_uncompared", "seen_json",
]  # fmt: skip

# Figures that are looked up one by one; beyond, reading all of them is quicker.
_FEW: Final = 5_000
# So many pairs that could not be compared are shown.
_MOST_UNCOMPARED: Final = 200


def save_finals(
    connection: Connection,
    frame: pd.DataFrame,
    quiet: Mapping[str, int] | None = None,
    series: Mapping[str, int] | None = None,
) -> None:
    """Keep the events and origins that reconcile assigned, beside those the articles give, which figures are quiet, and
    of which series each is; only what changed is written."""
    of_series = series or {}
    columns = schema.figures.c
    query = select(columns.figure_id, columns.final_event, columns.final_origin_group, columns.quiet, columns.series)
    ids = frame["figure_id"].tolist()
    # Of a few figures only these are read, of very many all.
    queries = [query.where(columns.figure_id.in_(some)) for some in batches(ids, IDS_AT_ONCE)]
    stored = {
        row.figure_id: (row.final_event, row.final_origin_group, row.quiet, row.series)
        for one in (queries if len(ids) <= _FEW else [query])
        for row in connection.execute(one)
    }
    changed = []
    for key, event, origin in zip(frame["figure_id"], frame["event"], frame["origin_group"], strict=True):
        final = (
            event if isinstance(event, str) else None, origin if isinstance(origin, str) else None,
            (quiet or {}).get(key, 0), of_series.get(key),
        )  # fmt: skip
        if key in stored and stored[key] != final:
            changed.append(
                {
                    "key": key,
                    "event_now": final[0],
                    "origin_now": final[1],
                    "quiet_now": final[2],
                    "series_now": final[3],
                }
            )
    if changed:
        connection.execute(
            update(schema.figures)
            .where(columns.figure_id == bindparam("key"))
            .values(
                final_event=bindparam("event_now"),
                final_origin_group=bindparam("origin_now"),
                quiet=bindparam("quiet_now"),
                series=bindparam("series_now"),
            ),
            changed,
        )


def save_conflicts(
    connection: Connection,
    found: Sequence[Conflict],
    frame: pd.DataFrame | Mapping[str, Mapping[str, Any]],
    at: str,
    among: Collection[str] | None = None,
    *,
    replaced: Collection[str] | None = None,
) -> list[Change]:
    """Bring the table of conflicts to what was found now in ``frame``; return what a reader of the feed should hear.

    A conflict that is the same clash as one that leaves takes over its ``detected_at``. Where only some figures were
    compared, only conflicts ``among`` them are replaced; or those ``replaced`` alone, and then bounds and origins of
    members may stand in the place of the frame.
    """
    table = schema.conflicts
    ids = {one.conflict_id for one in found}
    if not found and replaced is not None and not replaced:
        return []
    known = {one.conflict.conflict_id: one for one in _known(connection, ids, among, replaced)}
    held = {key: one for key, one in known.items() if one.gone_at is None}
    leaving = {key: one for key, one in held.items() if key not in ids}
    by_metric: dict[str, list[Review]] = {}
    judged: set[str] = set()
    both = [*found, *(one.conflict for one in held.values())]
    some = among is not None or replaced is not None
    for review in _read_reviews(connection, {one.metric for one in both} if some else None):
        by_metric.setdefault(review.metric, []).append(review)
        judged.update(one.figure_id for camp in review.seen for one in camp)
    rows = members_of(frame, both, judged) if isinstance(frame, pd.DataFrame) else {**frame}
    if some:
        rows |= _elsewhere(connection, both, judged - rows.keys(), rows)
    origins = {key: row["origin_group"] for key, row in rows.items() if row["origin_group"] is not None}
    news: list[News] = []
    for conflict in found:
        seen = see(conflict.camps, rows)
        status, last = status_of(conflict, seen, by_metric.get(conflict.metric, ()), origins)
        conflict = replace(conflict, status=status)
        before = held.get(conflict.conflict_id) or _predecessor(conflict, seen, leaving, rows)
        detected = before.detected_at if before else at
        changed = before is None or _told(before.conflict, rows) != _told(conflict, rows)
        thread = (before.thread if before else "") or conflict.conflict_id
        if before is not None:
            leaving.pop(before.conflict.conflict_id, None)
        if before is None:
            news.append(News(change="reopened" if status == "reopened" else "opened", conflict=conflict, thread=thread))
        elif status == "reopened" and before.conflict.status not in ("open", "reopened"):
            detail = f"was {last.verdict} by {last.reviewer}" if last else None
            news.append(News(change="reopened", conflict=conflict, thread=thread, detail=detail))
        elif changed:
            news.append(News(change="changed", conflict=conflict, thread=thread))
        _write_conflict(
            connection,
            conflict,
            known,
            detected=detected,
            changed=at if changed or before is None else before.changed_at,
            thread=thread,
        )
    for key in sorted(set(held) - ids):
        connection.execute(update(table).where(table.c.conflict_id == key).values(gone_at=at))
        if key in leaving:
            one = held[key]
            news.append(News(change="withdrawn", conflict=one.conflict, thread=one.thread or key))
    return record(connection, news, at)


def _predecessor(
    conflict: Conflict,
    seen: tuple[tuple[SeenFigure, ...], ...],
    leaving: Mapping[str, StoredConflict],
    rows: Mapping[str, Mapping[str, Any]],
) -> StoredConflict | None:
    keys = keys_of(seen)
    for one in leaving.values():
        old = one.conflict
        if (old.kind, old.metric) == (conflict.kind, conflict.metric) and continues(
            keys_of(see(old.camps, rows)), keys
        ):
            return one
    return None


def _told(conflict: Conflict, rows: Mapping[str, Mapping[str, Any]]) -> tuple[Any, ...]:
    """What readers hear of a conflict: when none of it differs, nothing has changed. One more copy is no news."""
    camps = frozenset(frozenset((one.origin, one.low, one.high) for one in camp) for camp in see(conflict.camps, rows))
    return conflict.level, conflict.status, round(conflict.severity), camps


def _write_conflict(
    connection: Connection,
    conflict: Conflict,
    known: Mapping[str, StoredConflict],
    *,
    detected: str,
    changed: str,
    thread: str,
) -> None:
    table, members, key = schema.conflicts, schema.conflict_members, conflict.conflict_id
    before = known.get(key)
    if before is not None and (before.conflict, before.gone_at, before.detected_at, before.changed_at) == (
        conflict, None, detected, changed,
    ) and before.thread == thread:  # fmt: skip
        return
    values = {
        "kind": conflict.kind, "severity": float(conflict.severity), "level": conflict.level,
        "metric": conflict.metric, "series": to_json(conflict.series), "compatible": to_json(conflict.compatible),
        "gap": float(conflict.gap), "explanation": conflict.explanation, "reasons": to_json(conflict.reasons),
        "status": conflict.status, "detected_at": detected, "changed_at": changed, "gone_at": None,
        "thread": thread,
    }  # fmt: skip
    if key in known:
        connection.execute(update(table).where(table.c.conflict_id == key).values(**values))
        if known[key].conflict.camps == conflict.camps:
            return
        connection.execute(delete(members).where(members.c.conflict_id == key))
    else:
        connection.execute(insert(table).values(conflict_id=key, **values))
    rows = [
        {"conflict_id": key, "camp": camp, "position": position, "figure_id": figure_id}
        for camp, ids in enumerate(conflict.camps)
        for position, figure_id in enumerate(ids)
    ]
    insert_rows(connection, members, rows)


def _known(
    connection: Connection, ids: set[str], among: Collection[str] | None, replaced: Collection[str] | None
) -> list[StoredConflict]:
    """Every conflict that is kept; of those among some figures the ones that hold, and those with some ids."""
    table, members = schema.conflicts, schema.conflict_members.c
    if among is None and replaced is None:
        return read_conflicts(connection, select(table).order_by(table.c.conflict_id))
    wanted = {*ids, *(replaced or ())}
    for some in batches(among or (), IDS_AT_ONCE):
        query = (
            select(members.conflict_id)
            .join(table, table.c.conflict_id == members.conflict_id)
            .where(members.figure_id.in_(some), table.c.gone_at.is_(None))
        )
        wanted.update(connection.execute(query.distinct()).scalars())
    return [
        one
        for some in batches(sorted(wanted), IDS_AT_ONCE)
        for one in read_conflicts(
            connection, select(table).where(table.c.conflict_id.in_(some)).order_by(table.c.conflict_id)
        )
    ]


def _elsewhere(
    connection: Connection, conflicts: Iterable[Conflict], judged: Iterable[str], rows: Mapping[str, Any]
) -> dict[str, dict[str, Any]]:
    """Bounds and origins of members, and of figures that a reviewer saw, that were not compared just now."""
    missing = {key for one in conflicts for camp in one.camps for key in camp} - rows.keys() | set(judged)
    if not missing:
        return {}
    corrections = read_corrections(connection)
    found: dict[str, dict[str, Any]] = {}
    for ids in batches(sorted(missing), IDS_AT_ONCE):
        found |= members_of(read_frame(connection, selection({}, ids), corrections, True), (), ids)
    return found


def save_few_finals(
    connection: Connection, finals: Mapping[str, tuple[str | None, str | None, int, int | None]]
) -> None:
    """Keep event, origin, quiet and series of some figures."""
    columns = schema.figures.c
    names = ("final_event", "final_origin_group", "quiet", "series")
    rows = [
        {"key": key, "event_now": event, "origin_now": origin, "quiet_now": quiet, "series_now": series}
        for key, (event, origin, quiet, series) in finals.items()
    ]
    if rows:
        query = update(schema.figures).where(columns.figure_id == bindparam("key"))
        connection.execute(query.values(dict(zip(names, map(bindparam, list(rows[0])[1:]), strict=True))), rows)


def change_uncompared(connection: Connection, told: Sequence[Uncompared], untold: Sequence[tuple[str, str]]) -> None:
    """Keep some more pairs that could not be compared, and some no longer."""
    table = schema.uncompared
    for a, b in untold:
        connection.execute(delete(table).where(table.c.a == a, table.c.b == b))
    _insert_uncompared(connection, told)


def save_uncompared(
    connection: Connection, uncompared: Sequence[Uncompared], among: Collection[str] | None = None
) -> None:
    """Keep what could not be compared; of some figures only, where only these were compared."""
    table = schema.uncompared
    if among is None:
        connection.execute(delete(table))
    else:
        for some in batches(among, IDS_AT_ONCE):
            connection.execute(delete(table).where(table.c.a.in_(some)))
            connection.execute(delete(table).where(table.c.b.in_(some)))
    _insert_uncompared(connection, uncompared)


def _insert_uncompared(connection: Connection, uncompared: Sequence[Uncompared]) -> None:
    rows = [
        {"metric": one.metric, "a": one.a, "b": one.b, "missing": to_json(one.missing), "explanation": one.explanation}
        for one in uncompared
    ]
    insert_rows(connection, schema.uncompared, rows)


def read_uncompared(
    connection: Connection, *, limit: int = _MOST_UNCOMPARED, figure_ids: Sequence[str] | None = None
) -> list[Uncompared]:
    """The first pairs that could not be compared, by metric and figures; those with one of some figures where given."""
    columns = schema.uncompared.c
    # By code points in every database, as sorting in Python has it.
    metric = columns.metric if connection.dialect.name == "sqlite" else collate(columns.metric, "C")
    query = select(schema.uncompared).order_by(metric, columns.a, columns.b).limit(min(limit, _MOST_UNCOMPARED))
    if figure_ids is not None:
        query = query.where(or_(columns.a.in_(figure_ids), columns.b.in_(figure_ids)))
    return [
        Uncompared(
            metric=row.metric, a=row.a, b=row.b, missing=tuple(orjson.loads(row.missing)), explanation=row.explanation
        )
        for row in connection.execute(query)
    ]


def count_uncompared(connection: Connection) -> int:
    """How many pairs that could not be compared are shown."""
    shown = select(schema.uncompared.c.position).limit(_MOST_UNCOMPARED).subquery()
    return int(connection.execute(select(func.count()).select_from(shown)).scalar_one())


def read_conflicts(connection: Connection, query: Select[Any]) -> list[StoredConflict]:
    """The conflicts of a query, with camps in order and every review that bears on them."""
    rows = connection.execute(query).mappings().all()
    camps: dict[str, list[list[str]]] = {row["conflict_id"]: [] for row in rows}
    members = schema.conflict_members
    for ids in batches(camps, IDS_AT_ONCE):
        for one in connection.execute(
            select(members)
            .where(members.c.conflict_id.in_(ids))
            .order_by(members.c.conflict_id, members.c.camp, members.c.position)
        ):
            sides = camps[one.conflict_id]
            while len(sides) <= one.camp:
                sides.append([])
            sides[one.camp].append(one.figure_id)
    history = _read_reviews(connection, {row["metric"] for row in rows}) if rows else []
    out = []
    for row in rows:
        conflict = Conflict(
            conflict_id=row["conflict_id"], kind=cast(Kind, row["kind"]), severity=row["severity"],
            level=cast(Level, row["level"]), metric=row["metric"], series=orjson.loads(row["series"]),
            camps=tuple(tuple(camp) for camp in camps[row["conflict_id"]]),
            compatible=tuple(orjson.loads(row["compatible"])), gap=row["gap"], explanation=row["explanation"],
            reasons=tuple(orjson.loads(row["reasons"])), status=row["status"],
        )  # fmt: skip
        keys = [set(camp) for camp in conflict.camps]
        mine = tuple(
            one
            for one in history
            if one.conflict_id == conflict.conflict_id
            or (one.kind == conflict.kind and one.metric == conflict.metric and continues(keys_of(one.seen), keys))
        )
        out.append(
            StoredConflict(
                conflict=conflict, detected_at=row["detected_at"], changed_at=row["changed_at"],
                gone_at=row["gone_at"], history=mine, thread=row["thread"] or row["conflict_id"],
            )
        )  # fmt: skip
    return out


def _read_reviews(connection: Connection, metrics: Iterable[str] | None = None) -> list[Review]:
    table = schema.reviews
    query = select(table).order_by(table.c.review_id)
    wanted = None if metrics is None else set(metrics)
    found = []
    for row in connection.execute(query).mappings():
        if wanted is not None and row["metric"] not in wanted:
            continue
        values = cast(dict[str, Any], dict(row))
        values["seen"] = tuple(
            tuple(
                SeenFigure(
                    figure_id=one["figure_id"], origin=one["origin"],
                    low=-math.inf if one["low"] is None else one["low"],
                    high=math.inf if one["high"] is None else one["high"],
                )
                for one in camp
            )
            for camp in orjson.loads(values["seen"])
        )  # fmt: skip
        found.append(Review(**values))
    return found


def seen_json(seen: tuple[tuple[SeenFigure, ...], ...]) -> str:
    """What a reviewer saw, as JSON."""
    # orjson writes infinities as null, which is how an open bound is kept everywhere in the store.
    return orjson.dumps(seen).decode()


def members_of(
    frame: pd.DataFrame, conflicts: Iterable[Conflict], others: Iterable[str] = ()
) -> dict[str, dict[str, Any]]:
    """Bounds and origins of the conflicts' figures, and of some others, by id, from a flat frame."""
    wanted = {one for conflict in conflicts for camp in conflict.camps for one in camp} | set(others)
    chosen = frame.loc[frame["figure_id"].isin(wanted), ["figure_id", "low", "high", "origin_group"]]
    return {
        row[0]: {"low": row[1], "high": row[2], "origin_group": row[3] if isinstance(row[3], str) else None}
        for row in chosen.itertuples(index=False)
    }


def read_bounds(connection: Connection, conflict: Conflict) -> dict[str, dict[str, Any]]:
    """The same from the database, for one conflict."""
    rows: dict[str, dict[str, Any]] = {}
    for ids in batches((one for camp in conflict.camps for one in camp), IDS_AT_ONCE):
        frame = read_frame(connection, selection({}, ids), read_corrections(connection), True)
        rows |= members_of(frame, [conflict])
    return rows
