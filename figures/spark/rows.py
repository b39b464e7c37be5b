"""Figures on their way through Spark: the table's columns in Spark's types, and back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from figures.model import COLUMNS, QUANTITY_COLUMNS
from figures.table import DAYS, NUMBERS, OFFSETS, flat, keyed

__all__ = ["ddl", "from_spark", "plain", "texts", "to_spark", "to_table"]

_OPEN: Final[Mapping[str, float]] = {"low": -math.inf, "high": math.inf}


def ddl(names: Sequence[str]) -> str:
    """The columns as Spark's schema: numbers double, offsets bigint, days date, all others string."""
    return ", ".join(f"`{name}` {_type(name)}" for name in names)


def _type(name: str) -> str:
    if name in NUMBERS:
        return "double"
    if name in OFFSETS:
        return "bigint"
    return "date" if name in DAYS else "string"


def to_spark(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it goes into Parquet: open bounds and unknown values are null there, as in every file of ours."""
    frame = flat(table)
    for name in (one for one in _OPEN if one in frame.columns):
        bound = frame[name].to_numpy(dtype=float)
        frame[name] = np.where(np.isfinite(bound), bound, math.nan)
    for name in (one for one in DAYS if one in frame.columns):
        # Arrow makes Spark's dates from Python's, not from times.
        days = pd.to_datetime(frame[name])
        frame[name] = pd.Series(days.dt.date.to_numpy(dtype=object), index=frame.index).where(days.notna(), None)
    return plain(frame)


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """With texts as Python's: pandas' own may lie in pieces, which Spark cannot send, and so may nothing at all."""
    return frame.assign(**{
        name: frame[name].astype(object).where(frame[name].notna(), None)
        for name in frame.columns
        if frame[name].dtype == "str" or (name not in NUMBERS and frame[name].dtype == "float64")
    })  # fmt: skip


def from_spark(frame: pd.DataFrame) -> pd.DataFrame:
    """Columns as the table has them, flat and in the order they came; columns that are not Figures' own stay."""
    out: dict[str, Any] = {}
    for name in frame.columns:
        column = frame[name]
        if name in NUMBERS:
            column = column.astype("float64")
            if name in _OPEN:
                column = column.fillna(_OPEN[name])
        elif name in OFFSETS:
            column = column.astype("int64")
        elif name in DAYS:
            column = pd.to_datetime(column).astype("datetime64[us]")
        elif name in COLUMNS or name in QUANTITY_COLUMNS:
            column = texts(column)
        out[name] = column
    return pd.DataFrame(out)


def texts(column: pd.Series) -> pd.Series:
    """A column of texts in pandas' own type for them, whatever type it came in."""
    return column if column.dtype == "str" else column.where(column.notna(), None).astype("str")


def to_table(frame: pd.DataFrame) -> pd.DataFrame:
    """What Spark hands to a worker as the table, sorted and indexed like any other."""
    return keyed(from_spark(frame))
