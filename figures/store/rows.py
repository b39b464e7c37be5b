"""Figures as rows of the database, and back as a frame with every correction applied."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal, cast, get_args, get_origin, get_type_hints

import orjson
import pandas as pd
from sqlalchemy import Connection, Select, Table, func, insert, select
from sqlalchemy.exc import IntegrityError

from figures.model import COLUMNS, Figure
from figures.store import schema
from figures.store.connect import StoreError
from figures.store.plain import sorted_digits
from figures.store.records import Correction
from figures.table import DAYS, NUMBERS, flat, from_columns, rules_text, tabulate, to_rows

__all__ = [
    "CORRECTABLE", "checked", "corrected", "figure_row", "from_cursor", "insert_rows",
    "read_corrections", "read_fetched", "read_frame", "read_page", "selection", "to_cursor",
]  # fmt: skip

_COPY_FROM: Final = 50
"""Rows from which COPY beats an INSERT with its thousands of parameters."""
_FILTERS: Final = frozenset({*COLUMNS} - {"rules", *NUMBERS})
_EVIDENCE: Final = frozenset({"figure_id", "article_id", "sentence", "quote", "field", "start", "end", "rules"})
CORRECTABLE: Final = frozenset({*COLUMNS} - _EVIDENCE)
"""What a reader can misread; the evidence itself is not open to correction."""


def _names_of(hint: Any) -> tuple[str, ...]:
    """The names that a type allows, empty where it takes any text."""
    return tuple(name for one in (hint, *get_args(hint)) if get_origin(one) is Literal for name in get_args(one))


_NAMES: Final = {name: names for name, hint in get_type_hints(Figure).items() if (names := _names_of(hint))}


def figure_row(figure: Figure) -> dict[str, Any]:
    """A figure as a row of the database: open bounds None, days ISO strings, rules JSON text."""
    row: dict[str, Any] = {name: getattr(figure, name) for name in COLUMNS}
    for name in NUMBERS:
        value = row[name]
        row[name] = float(value) if value is not None and math.isfinite(value) else None
    for name in DAYS:
        row[name] = row[name].isoformat() if row[name] is not None else None
    row["rules"] = rules_text(figure.rules)
    row["digits"] = sorted_digits(row["value"], row["precision"])
    return row


def insert_rows(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert many rows at once, into PostgreSQL by COPY; nothing for none."""
    if not rows:
        return
    if connection.dialect.name == "sqlite" or len(rows) < _COPY_FROM:
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    columns = ", ".join(f'"{one}"' for one in names)
    cursor: Any = connection.connection.cursor()
    try:
        with cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row([row[name] for name in names])
    except Exception as error:
        if getattr(error, "sqlstate", None) == "23505":  # the driver's own word for two rows under one key
            raise IntegrityError("COPY", None, error) from error
        raise


def selection(filters: Mapping[str, Any], figure_ids: Sequence[str] | None = None) -> Select[Any]:
    """The query for figures of current articles, by column; a list means any of its values, None means empty.

    Raises StoreError for a name that is no column to choose by.
    """
    columns = schema.figures.c
    query = (
        select(*(columns[name] for name in COLUMNS), columns.final_event, columns.final_origin_group)
        .join(schema.articles, schema.articles.c.article_id == columns.article_id)
        .where(schema.articles.c.withdrawn_at.is_(None))
    )
    if figure_ids is not None:
        query = query.where(columns.figure_id.in_(figure_ids))
    for name, value in filters.items():
        if name not in _FILTERS:
            raise StoreError(f"{name}: no column to choose by; use {', '.join(sorted(_FILTERS))}")
        if name == "event":
            column: Any = func.coalesce(columns.final_event, columns.event)
        elif name == "origin_group":
            column = func.coalesce(columns.final_origin_group, columns.origin_group)
        else:
            column = columns[name]
        if value is None:
            query = query.where(column.is_(None))
        elif isinstance(value, list | tuple | set | frozenset):
            query = query.where(column.in_(list(value)))
        else:
            query = query.where(column == (value.isoformat() if isinstance(value, date) else value))
    return query


def read_frame(
    connection: Connection, query: Select[Any], corrections: Sequence[Correction], reconciled: bool
) -> pd.DataFrame:
    """The figures of a query as a flat frame, corrected; ``reconciled`` with the final events and origins."""
    fetched = connection.execute(query).all()
    return corrected(_to_frame(fetched, reconciled), corrections)


def read_fetched(fetched: Sequence[Any], *, reconciled: bool = False) -> pd.DataFrame:
    """The fetched rows of a selection as a flat frame, as they were read."""
    return _to_frame(fetched, reconciled)


def read_page(connection: Connection, query: Select[Any], limit: int) -> tuple[pd.DataFrame, str | None]:
    """The first ``limit`` figures of a query as a flat frame, and the cursor after them where more follow."""
    fetched = connection.execute(query).all()
    shown = fetched[:limit]
    cursor = to_cursor(shown[-1].metric, shown[-1].figure_id) if len(fetched) > limit and shown else None
    return _to_frame(shown, True), cursor


def _to_frame(fetched: Sequence[Any], reconciled: bool) -> pd.DataFrame:
    names = (*COLUMNS, "final_event", "final_origin_group")
    columns: dict[str, Any] = (
        dict(zip(names, zip(*fetched, strict=True), strict=True)) if fetched else dict.fromkeys(names, ())
    )
    for name, open_bound in (("low", -math.inf), ("high", math.inf)):
        columns[name] = [open_bound if one is None else one for one in columns[name]]
    days = {None: None} | {
        one: date.fromisoformat(one) for name in DAYS for one in set(columns[name]) if one is not None
    }
    for name in DAYS:
        columns[name] = [days[one] for one in columns[name]]
    finals = {"event": columns.pop("final_event"), "origin_group": columns.pop("final_origin_group")}
    if reconciled:
        for name, final in finals.items():
            columns[name] = [a if b is None else b for a, b in zip(columns[name], final, strict=True)]
    return from_columns(columns)


def read_corrections(connection: Connection, figure_id: str | None = None) -> list[Correction]:
    """Every correction, or those of one figure, oldest first."""
    query = select(schema.corrections).order_by(schema.corrections.c.correction_id)
    if figure_id is not None:
        query = query.where(schema.corrections.c.figure_id == figure_id)
    return [
        Correction(**{**cast(dict[str, Any], dict(row)), "value": orjson.loads(row["value"])})
        for row in connection.execute(query).mappings()
    ]


def corrected(frame: pd.DataFrame, corrections: Sequence[Correction]) -> pd.DataFrame:
    """The frame with its misread values put right, newest correction last; few rows are touched, and only those."""
    if not corrections or not len(frame):
        return frame
    wanted = {one.figure_id for one in corrections}
    touched = frame["figure_id"].isin(wanted)
    if not touched.any():
        return frame
    rows = {row["figure_id"]: row for row in to_rows(frame[touched])}
    for one in corrections:
        row = rows.get(one.figure_id)
        if row is None:
            continue
        if one.field == "figure":
            del rows[one.figure_id]
            continue
        row[one.field] = one.value
        if one.field == "value":
            row |= {"low": one.value, "high": one.value, "comparator": "exact"}
        row["rules"] = {**row["rules"], one.field: {"rule": f"corrected by {one.reviewer}"}}
    kept = frame[~touched]
    if not rows:
        return kept.reset_index(drop=True)
    put_right = flat(tabulate(rows.values()))
    return pd.concat([kept, put_right[frame.columns]], ignore_index=True) if len(kept) else put_right


def checked(field: str, value: Any) -> Any:
    """A correction's value as the column keeps it. Raises StoreError where it has the wrong type."""
    if field == "figure":
        if value is not None:
            raise StoreError('correcting "figure" takes no value: it says that this is none')
        return None
    if field in NUMBERS:
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value)
        ):
            raise StoreError(f"{field} must be a number, not {value!r}")
        return value
    if value is None:
        if field in ("metric", "unit"):
            raise StoreError(f'{field} cannot be empty; correct the field "figure" where this is no figure')
        return None
    if field in DAYS:
        try:
            return date.fromisoformat(str(value)[:10]).isoformat()
        except ValueError:
            raise StoreError(f"{field} must be a day such as 2022-03-02, not {value!r}") from None
    if not isinstance(value, str):
        raise StoreError(f"{field} must be a text, not {value!r}")
    named = _NAMES.get(field)
    if named and value not in named:
        raise StoreError(f"{field} {value!r}: use one of {', '.join(named)}")
    return value


def to_cursor(metric: str, figure_id: str) -> str:
    """Where a page ended, as a text to begin the next one with."""
    return base64.urlsafe_b64encode(orjson.dumps([metric, figure_id])).decode()


def from_cursor(cursor: str) -> tuple[str, str]:
    """Where a page ended. Raises StoreError for a text that is no cursor of ours."""
    try:
        metric, figure_id = orjson.loads(base64.urlsafe_b64decode(cursor.encode()))
    except (ValueError, TypeError):
        raise StoreError("no such cursor; begin again without one") from None
    return str(metric), str(figure_id)
