"""Rows as CSV text that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from figures.model import COLUMNS

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_text(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows of the table as RFC 4180 text under a header line."""
    listed = list(rows)
    columns = list(listed[0]) if listed else list(COLUMNS)
    return table_text(columns, ([row[name] for name in columns] for row in listed))


def table_text(columns: Sequence[str], lines: Iterable[Sequence[object]]) -> str:
    """Lines of cells as RFC 4180 text under a header line; unknown values are empty cells."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([cell(one) for one in line] for line in lines)
    return out.getvalue()


def from_cell(text: str) -> str:
    """The text that a cell stands for: the inverse of :func:`cell` for strings, apostrophes and all."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text


def cell(value: object) -> object:
    """A value as a cell: text that a spreadsheet would run as a formula gets the apostrophe that marks it as text."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, str):
        return "'" + value if value.lstrip("'").startswith(_FORMULA) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**18:
        return int(value)
    return value
