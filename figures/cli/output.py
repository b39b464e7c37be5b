"""Listings for programs: JSON Lines and CSV on standard output, the same rows that every other surface gives."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from figures.cli.options import Format
from figures.model import plain_number

if TYPE_CHECKING:
    import pandas as pd


def write(rows: Iterable[Mapping[str, Any]], output: Format) -> None:
    """JSON Lines (each line is written whole, so a reader may stop at any), or CSV with a header line.

    CSV is RFC 4180; cells that a spreadsheet would run as a formula are neutralised.
    """
    out = sys.stdout.buffer
    if output is Format.CSV:
        from figures.publish.files import csv_text

        out.write(csv_text(rows).encode("utf-8"))
    else:
        import orjson

        for row in rows:
            out.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
    out.flush()


def plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of an answer as plain JSON values, its index as columns."""
    named = [name for name in frame.index.names if name is not None]
    flat = frame.reset_index() if named else frame.reset_index(drop=True)
    columns = [str(name) for name in flat.columns]
    return [
        {name: plain(value) for name, value in zip(columns, row, strict=True)} for row in flat.itertuples(index=False)
    ]


def plain(value: Any) -> Any:
    """One value as JSON has it: no NaN, no infinity, days as ISO strings, whole numbers without a point."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, datetime):
        # NaT is a datetime that is unequal to itself.
        return None if value != value else value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    item = getattr(value, "item", None)
    if callable(item):
        return plain(item())
    if isinstance(value, float):
        return plain_number(value) if math.isfinite(value) else None
    return value if isinstance(value, int) else None if str(value) in ("<NA>", "NaT") else str(value)
