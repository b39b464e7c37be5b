"""The maintained table of latest figures: rows as JSON, with the slots that are asked for beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, delete, func, insert, select

from figures.store import schema
from figures.store.plain import plain, to_json
from figures.table import DAYS

__all__ = ["SLOTS", "from_latest_rows", "latest_rows", "replace_latest"]

_SERIES: Final = ("metric", "unit", "event", "population", "party", "place", "place_role", "iso3", "aspect")
SLOTS: Final = ("unit", "event", "population", "party", "place", "place_role", "aspect")


def latest_rows(table: pd.DataFrame, keys: Sequence[int] | None = None) -> Iterator[dict[str, Any]]:
    """Each row as plain JSON, with the columns that are asked for beside it; the index is kept by name."""
    index = [str(name) for name in table.index.names if name is not None]
    frame = table.reset_index() if index else table.reset_index(drop=True)
    for position, record in enumerate(frame.to_dict("records")):
        values = {str(name): plain(value) for name, value in record.items()}
        yield {
            "position": position,
            "metric": values.get("metric"),
            **{name: values.get(name) for name in (*SLOTS, "as_of", "value")},
            "contested": None if values.get("contested") is None else int(values["contested"]),
            "series": keys[position] if keys is not None else None,
            "row": to_json({"index": index, "row": values}),
        }


def replace_latest(
    connection: Connection,
    table: pd.DataFrame,
    stories: Sequence[tuple[str, str | None]] | None,
    keys: Sequence[int] | None = None,
) -> None:
    """Put the answers of some metrics and stories in the place of those that are kept; of all where None is named."""
    latest = schema.latest
    first = 0
    if stories is None:
        connection.execute(delete(latest))
    else:
        for metric, event in stories:
            same = latest.c.event.is_(None) if event is None else latest.c.event == event
            connection.execute(delete(latest).where(latest.c.metric == metric, same))
        first = (connection.execute(select(func.max(latest.c.position))).scalar() or 0) + 1
    rows = [{**row, "position": first + row["position"]} for row in latest_rows(table, keys)]
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
