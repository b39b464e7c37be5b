"""The table: figures as a pandas DataFrame, one row a figure, indexed by metric and source.

Built column by column through Arrow, never row by row, so that millions of figures fit a working day. The way back,
``to_rows``, gives the plain JSON rows of ``Figure.to_row``; both ways together change nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Final

import orjson
import pandas as pd
import pyarrow as pa

from figures.model import COLUMNS, QUANTITY_COLUMNS, Figure, plain_number, rules_to_json

__all__ = [
    "DAYS",
    "INDEX",
    "NUMBERS",
    "OFFSETS",
    "concat",
    "flat",
    "from_columns",
    "keyed",
    "tabulate",
    "to_rows",
]

INDEX: Final = ("metric", "source")
NUMBERS: Final = ("value", "low", "high", "precision", "confidence")
OFFSETS: Final = ("start", "end")
DAYS: Final = ("as_of", "period_start", "period_end")
_REQUIRED: Final = ("figure_id", "metric", "article_id", "unit", "sentence", "quote", "start", "end")
_DEFAULTS: Final[dict[str, Any]] = {
    "source_type": "unknown",
    "source_relation": "unknown",
    "title": "",
    "comparator": "exact",
    "precision": 1.0,
    "aspect": "cumulative",
    "modality": "reported",
    "confidence": 0.5,
    "field": "text",
}
# Ties inside one (metric, source) are broken down to the id, so that the order of arrival never shows.
_ORDER: Final = ("metric", "source", "as_of", "published_at", "article_id", "field", "start", "figure_id")


def tabulate(rows: Iterable[Figure | Mapping[str, Any]], *, all_quantities: bool = False) -> pd.DataFrame:
    """Figures, or their rows as ``Figure.to_row`` gives them, as the table indexed by (metric, source), sorted.

    ``as_of``, ``period_start`` and ``period_end`` are datetime64 days (NaT where unknown), ``published_at`` stays the
    ISO string, numbers are float64 in ``unit`` with NaN for no value and ±inf for an open bound, ``rules`` is compact
    JSON. One figure_id stands once, however often it came. ``all_quantities`` adds counted, subject and direction.
    Raises ValueError naming the keys where a mapping lacks what a figure cannot do without.
    """
    names = COLUMNS + (QUANTITY_COLUMNS if all_quantities else ())
    figures: list[Figure] = []
    mappings: list[Mapping[str, Any]] = []
    for row in rows:
        if isinstance(row, Figure):
            figures.append(row)
        else:
            mappings.append(row)
    parts = []
    if figures:
        parts.append(_figure_columns(figures, names))
    if mappings:
        parts.append(_mapping_columns(mappings, names))
    if len(parts) == 1:
        return keyed(from_columns(parts[0]))
    return keyed(from_columns({name: [one for part in parts for one in part[name]] for name in names}))


def from_columns(columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """A flat frame with the table's types from plain columns: days as ``date``, None for nothing, rules as JSON text.

    A lone surrogate, which no file and no database can carry, becomes U+FFFD; offsets stay, both are one code point.
    """
    arrays = {name: _array(name, values) for name, values in columns.items()}
    frame: pd.DataFrame = pa.table(arrays).to_pandas()
    # Arrow hands an all-empty text column over as objects on some versions; the table promises one type.
    for name in frame.columns:
        if name not in NUMBERS and name not in OFFSETS and name not in DAYS and frame[name].dtype != "str":
            frame[name] = frame[name].astype("str")
    return frame


def keyed(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort a flat frame, drop repeated figure ids and index it by (metric, source).

    An unknown source sorts first: pandas numbers it below every name, and looking up needs a monotonic index.
    """
    order = [name for name in _ORDER if name in frame.columns]
    ordered = frame.sort_values(order, kind="stable", na_position="first", ignore_index=True)
    if "figure_id" in ordered.columns:
        repeated = ordered["figure_id"].duplicated()
        if repeated.any():
            ordered = ordered[~repeated]
    return ordered.set_index(list(INDEX))


def flat(table: pd.DataFrame) -> pd.DataFrame:
    """The table with metric and source as columns again, in the public order; a flat frame is returned as it is."""
    back = [name for name in table.index.names if name in INDEX]
    frame = table.reset_index(level=back) if back else table
    frame = frame.reset_index(drop=True)
    first = [name for name in COLUMNS + QUANTITY_COLUMNS if name in frame.columns]
    rest = [name for name in frame.columns if name not in first]
    return frame[first + rest]


def concat(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Several tables as one, sorted again; a figure that stands in two of them stands once."""
    frames = [flat(one) for one in tables]
    if not frames:
        return tabulate(())
    return keyed(pd.concat([one for one in frames if len(one)] or frames[:1], ignore_index=True))


def to_rows(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table as plain JSON values, in its order: the inverse of :func:`tabulate`.

    Whole numbers come back as integers (498, not 498.0), open bounds and unknown values as None, days as ISO strings,
    rules as an object. Columns that are not Figures' own are left out.
    """
    frame = flat(table)
    names = [name for name in COLUMNS + QUANTITY_COLUMNS if name in frame.columns]
    columns = [_plain_column(name, frame[name]) for name in names]
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def _figure_columns(figures: list[Figure], names: tuple[str, ...]) -> dict[str, Sequence[Any]]:
    columns: dict[str, Sequence[Any]] = dict(
        zip(names, zip(*map(attrgetter(*names), figures), strict=True), strict=True)
    )
    columns["rules"] = [rules_text(one) for one in columns["rules"]]
    return columns


def _mapping_columns(rows: list[Mapping[str, Any]], names: tuple[str, ...]) -> dict[str, Sequence[Any]]:
    for row in rows:
        missing = [name for name in _REQUIRED if row.get(name) is None]
        if missing:
            raise ValueError(f"a row is no figure: it lacks {', '.join(missing)} (figure_id {row.get('figure_id')!r})")
    columns: dict[str, Sequence[Any]] = {}
    for name in names:
        default = _DEFAULTS.get(name)
        values = [row.get(name, default) for row in rows]
        if default is not None:
            values = [default if _is_nothing(one) else one for one in values]
        if name in DAYS:
            values = [_day(one) for one in values]
        elif name == "rules":
            values = [rules_text(one) for one in values]
        elif name in ("low", "high"):
            # A bound that is there and null is open; one that was never given is the value itself.
            open_bound = -math.inf if name == "low" else math.inf
            values = [_bound(row.get(name, row.get("value")), open_bound) for row in rows]
        elif name in NUMBERS:
            values = [None if _is_nothing(one) else float(one) for one in values]
        elif name in OFFSETS:
            values = [int(one) for one in values]
        else:
            values = [None if _is_nothing(one) else str(one) for one in values]
        columns[name] = values
    return columns


def _array(name: str, values: Sequence[Any]) -> pa.Array:
    if name in NUMBERS:
        return pa.array([math.nan if one is None else one for one in values], pa.float64(), from_pandas=False)
    if name in OFFSETS:
        return pa.array(values, pa.int64())
    if name in DAYS:
        # Microseconds are pandas' own resolution and survive Parquet unchanged.
        return pa.array(values, pa.date32()).cast(pa.timestamp("us"))
    try:
        return pa.array(values, pa.large_string())
    except UnicodeEncodeError:
        return pa.array([None if one is None else _without_surrogates(one) for one in values], pa.large_string())


def _without_surrogates(text: str) -> str:
    # "replace" of the encoder would write "?"; U+FFFD says openly that something could not be carried.
    return "".join("\ufffd" if "\ud800" <= one <= "\udfff" else one for one in text)


def _plain_column(name: str, column: pd.Series[Any]) -> list[Any]:
    if name in NUMBERS:
        return [plain_number(one) for one in column.tolist()]
    if name in OFFSETS:
        return [int(one) for one in column.tolist()]
    if name in DAYS:
        days = pd.to_datetime(column).dt.strftime("%Y-%m-%d").astype(object)
        return days.where(days.notna(), None).tolist()
    if name == "rules":
        return [orjson.loads(one) if isinstance(one, str) and one else {} for one in column.tolist()]
    return [one if isinstance(one, str) else None for one in column.tolist()]


def _is_nothing(value: object) -> bool:
    return value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value))


def _bound(value: Any, open_bound: float) -> float:
    return open_bound if _is_nothing(value) else float(value)


def _day(value: Any) -> date | None:
    if _is_nothing(value) or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return date.fromisoformat(str(value)[:10])


def rules_text(value: Any) -> str:
    """A figure's rules (as RuleUse, object or JSON text) as compact JSON with sorted keys: one text for one reading."""
    if _is_nothing(value) or value == "":
        return "{}"
    if isinstance(value, tuple):
        value = rules_to_json(value)
    elif isinstance(value, str):
        value = orjson.loads(value)
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
