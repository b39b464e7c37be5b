"""Values made plain for the database: JSON text, and work in batches."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, TypeVar

import orjson
import pandas as pd

__all__ = ["IDS_AT_ONCE", "batches", "plain", "sorted_digits", "to_json"]

IDS_AT_ONCE: Final = 500
"""Names in one IN (…): SQLite's oldest limit is 999 variables a statement."""

Item = TypeVar("Item")


def plain(value: Any) -> Any:
    """A value of pandas, numpy or ours as JSON has it; days as ISO strings, NaN and infinities as None."""
    if isinstance(value, pd.Timestamp | datetime):
        return value.date().isoformat() if not pd.isna(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, bool | str):
        return value
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def to_json(value: Any) -> str:
    """A plain value as compact JSON text."""
    return orjson.dumps(plain(value)).decode()


def sorted_digits(value: float | None, precision: float | None) -> str | None:
    """The significant digits of a number in ascending order, zeros among them; None where there are fewer than three.

    1,045,459 and its misprint 1,054,459 have them in common. No number of more than twelve digits is compared so.
    """
    place = precision if precision is not None and precision >= 1.0 else 1.0
    if value is None or not 100 * place <= value < 1e12 * place:
        return None
    return "".join(sorted(str(round(value / place))))


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of at most ``size``."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
