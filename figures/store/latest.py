"""The maintained table of latest figures: rows as JSON, with the slots that are asked for beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson
import pandas as pd
from sqlalchemy import Connection, delete, func, insert, select

from figures.store import schema
from figures.store.plain import plain
from figures.table import DAYS

__all__ = ["SLOTS", "from_latest_rows", "replace_latest", "to_answers"]

_SERIES: Final = ("metric", "unit", "event", "population", "party", "place", "place_role", "iso3", "aspect")
SLOTS: Final = ("unit", "event", "population", "party", "place", "place_role", "aspect")


def to_answers(table: pd.DataFrame) -> tuple[list[dict[str, Any]], list[str]]:
    """The rows of a DataFrame of answers as plain values, and the names of its index."""
    index = [str(name) for name in table.index.names if name is not None]
    frame = table.reset_index() if index else table.reset_index(drop=True)
    return [{str(name): plain(value) for name, value in one.items()} for one in frame.to_dict("records")], index


def replace_latest(
    connection: Connection,
    answers: Sequence[Mapping[str, Any]],
    index: Sequence[str],
    stories: Sequence[tuple[str, str | None]] | None,
    keys: Sequence[int] | None = None,
) -> None:
    """Put the answers of some metrics and stories in the place of those that are kept; of all where None is named.

    Answers are plain JSON values; slots that are asked for stand beside them in columns of their own.
    """
    latest = schema.latest
    first = 0
    if stories is None:
        connection.execute(delete(latest))
    else:
        for metric, event in stories:
            same = latest.c.event.is_(None) if event is None else latest.c.event == event
            connection.execute(delete(latest).where(latest.c.metric == metric, same))
        first = (connection.execute(select(func.max(latest.c.position))).scalar() or 0) + 1
    rows = [
        {
            "position": first + at,
            "metric": one.get("metric"),
            **{name: one.get(name) for name in (*SLOTS, "as_of", "value")},
            "contested": None if one.get("contested") is None else int(one["contested"]),
            "series": keys[at] if keys is not None else None,
            "row": orjson.dumps({"index": index, "row": one}).decode(),
        }
        for at, one in enumerate(answers)
    ]
    if rows:
        connection.execute(insert(latest), rows)


def from_latest_rows(found: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """The stored rows as the DataFrame they came from: index, days and numbers restored."""
    if not found:
        return pd.DataFrame()
    frame = pd.DataFrame([one["row"] for one in found])
    for name in DAYS:
        if name in frame.columns:
            frame[name] = pd.to_datetime(frame[name])
    for name in ("value", "best", "low", "high"):
        if name in frame.columns:
            frame[name] = frame[name].astype("float64")
    # Answers that were replaced later stand behind the others; readers get them in the order of their series.
    series = [name for name in _SERIES if name in frame.columns]
    frame = frame.sort_values(series, kind="stable", na_position="first", ignore_index=True) if series else frame
    index = [name for name in found[0]["index"] if name in frame.columns]
    return frame.set_index(index) if index else frame
