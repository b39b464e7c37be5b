"""The table as Parquet: dates as dates, numbers as numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from figures.model import COLUMNS
from figures.publish.cells import cell
from figures.table import DAYS, NUMBERS, OFFSETS


def write_parquet(rows: Sequence[Mapping[str, Any]], handle: IO[bytes]) -> None:
    """Write rows of the table as one Parquet file; ``rules`` is JSON text."""
    arrays = {name: _array(name, [row[name] for row in rows]) for name in (rows[0] if rows else COLUMNS)}
    pq.write_table(pa.table(arrays), handle, compression="zstd")


def _array(name: str, values: Sequence[Any]) -> pa.Array:
    if name in NUMBERS:
        return pa.array([None if one is None else float(one) for one in values], pa.float64())
    if name in DAYS:
        return pa.array([None if one is None else one[:10] for one in values], pa.string()).cast(pa.date32())
    if name in OFFSETS:
        return pa.array(values, pa.int64())
    if name == "rules":
        return pa.array([cell(one) for one in values], pa.string())
    return pa.array(values, pa.string())
