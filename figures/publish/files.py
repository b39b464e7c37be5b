"""Write the table to the files its users' tools read: CSV, JSON Lines, Parquet.

The same table gives the same bytes, whatever the order of its rows on the way in.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO, Any, Final

import orjson
import pandas as pd

from figures.model import COLUMNS
from figures.table import to_rows

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def write_file(table: pd.DataFrame, path: Path) -> int:
    """Write a table in the format its ending names, and return the number of rows.

    Raises ValueError for an ending that no writer has. An existing file is replaced only when the new one is whole.
    """
    writer = WRITERS.get(path.suffix.casefold())
    if writer is None:
        raise ValueError(f"{path}: no writer for {path.suffix or 'a name without ending'!r}; use {', '.join(WRITERS)}")
    rows = sorted(
        to_rows(table),
        key=lambda row: (row["metric"], str(row["source"]), str(row["as_of"]), row["figure_id"]),
    )
    draft = path.with_name(path.name + ".part")
    with draft.open("wb") as handle:
        writer(rows, handle)
    draft.replace(path)
    return len(rows)


def _write_jsonl(rows: Iterable[Mapping[str, Any]], handle: IO[bytes]) -> None:
    for row in rows:
        handle.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _write_csv(rows: Iterable[Mapping[str, Any]], handle: IO[bytes]) -> None:
    handle.write(csv_text(rows).encode("utf-8"))


def csv_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """The rows as RFC 4180 text with a header line; cells a spreadsheet would run as a formula are neutralised."""
    import io

    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    columns: list[str] | None = None
    for row in rows:
        if columns is None:
            columns = list(row)
            writer.writerow(columns)
        writer.writerow([_cell(row[name]) for name in columns])
    if columns is None:
        writer.writerow(COLUMNS)
    return out.getvalue()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str):
        # A leading apostrophe is what spreadsheets themselves use for "this is text".
        return "'" + value if value.startswith(_FORMULA) else value
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return value


def _write_parquet(rows: Iterable[Mapping[str, Any]], handle: IO[bytes]) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    frame = list(rows)
    numbers = {"value", "low", "high", "precision", "confidence"}
    days = {"as_of", "period_start", "period_end"}
    arrays = {}
    for name in frame[0] if frame else COLUMNS:
        values = [row[name] for row in frame]
        if name in numbers:
            arrays[name] = pa.array([None if one is None else float(one) for one in values], pa.float64())
        elif name in days:
            arrays[name] = pa.array([None if one is None else one[:10] for one in values], pa.string()).cast(
                pa.date32()
            )
        elif name in {"start", "end"}:
            arrays[name] = pa.array(values, pa.int64())
        elif name == "rules":
            arrays[name] = pa.array([_cell(one) for one in values], pa.string())
        else:
            arrays[name] = pa.array(values, pa.string())
    pq.write_table(pa.table(arrays), handle, compression="zstd")


WRITERS: Final[Mapping[str, Callable[[Iterable[Mapping[str, Any]], IO[bytes]], None]]] = {
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".parquet": _write_parquet,
}
"""A writer for each ending; a new format is one function and one line here."""
