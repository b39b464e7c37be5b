"""Rows that belong together: equal keys, and what edges connect. All in arrays, no Python per row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

__all__ = [
    "Booleans", "Integers", "Reals", "combined", "components", "distinct", "grouped", "numbered", "places", "repeated",
    "runs", "stretches",
]  # fmt: skip

# Row numbers take eight bytes, codes and days four.
Integers: TypeAlias = np.ndarray[Any, np.dtype[np.signedinteger[Any]]]
Booleans: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]
Reals: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]

# Codes packed into one number stay below this, so that no sum or product of them overflows.
_WIDEST: Final = 2**62


def numbered(*columns: pd.Series) -> Integers:
    """One number for each distinct value, or combination of values; nothing is a value of its own (-1 alone)."""
    codes = [pd.factorize(one, use_na_sentinel=True)[0].astype(np.int64) for one in columns]
    return codes[0] if len(codes) == 1 else combined(codes)


def combined(keys: Sequence[Integers]) -> Integers:
    """One number from 0 for each combination of keys, of whatever size these are; nothing is said of their order."""
    room = 4 * len(keys[0]) + 64
    return grouped(
        *(
            key if not len(key) or int(key.max()) - int(key.min()) < room else pd.factorize(key)[0].astype(np.int64)
            for key in keys
        )
    )


def components(count: int, a: Integers, b: Integers) -> Integers:
    """For each of ``count`` nodes the smallest node that the edges a–b connect it with."""
    label = np.arange(count, dtype=np.int64)
    while True:
        low = np.minimum(label[a], label[b])
        if (label[a] == low).all() and (label[b] == low).all():
            return label
        # Hook the roots, then let every chain jump to its end: few rounds, whatever the order of edges.
        np.minimum.at(label, label[a], low)
        np.minimum.at(label, label[b], low)
        while not np.array_equal(label, label[label]):
            label = label[label]


def grouped(*columns: Integers) -> Integers:
    """One code from 0 for each distinct combination of codes, below about twice the number of rows.

    Codes are packed side by side into one number as long as 64 bits hold them, and hashed once at the end: sorting
    them, as ``numpy.unique`` does, takes ten times as long.
    """
    group = np.zeros(len(columns[0]), dtype=np.int64)
    width = 1
    for column in columns if len(group) else ():
        least = int(column.min())
        span = int(column.max()) - least + 1
        if width * span > _WIDEST:
            group = pd.factorize(group)[0].astype(np.int64, copy=False)
            width = int(group.max()) + 1
        if span > 1:
            group = group * np.int64(span) + (column - least)
            width *= span
    return group if width <= 2 * len(group) + 64 else pd.factorize(group)[0].astype(np.int64, copy=False)


def distinct(codes: Integers) -> tuple[Integers, Integers]:
    """The distinct values of an array, and for each entry the position of its own among them."""
    inverse, values = pd.factorize(codes)
    return np.asarray(values, dtype=np.int64), inverse.astype(np.int64, copy=False)


def runs(sorted_codes: Integers) -> tuple[Integers, Integers]:
    """Where each run of equal codes starts in a sorted array, and how long it is."""
    if not len(sorted_codes):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    starts = np.flatnonzero(np.r_[True, sorted_codes[1:] != sorted_codes[:-1]])
    return starts, np.diff(np.r_[starts, len(sorted_codes)])


def repeated(codes: Integers) -> Booleans:
    """Where a code from 0 stands more than once."""
    out: Booleans = np.bincount(codes)[codes] > 1 if len(codes) else np.empty(0, dtype=bool)
    return out


def stretches(first: Integers, end: Integers) -> tuple[Integers, Integers]:
    """All positions of some half-open ranges, each beside the number of its range."""
    counts = np.maximum(end - first, 0)
    which = np.repeat(np.arange(len(first), dtype=np.int64), counts)
    offsets = np.arange(len(which), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
    return which, first[which] + offsets


def places(group: Integers, *keys: Reals | Integers) -> Integers:
    """The place of each entry within its group, in the order of the keys, the first weighing most.

    Keys are packed into one number where 64 bits hold them: numpy sorts that ten times as fast as several keys.
    """
    packed, width = np.zeros(len(group), dtype=np.int64), 1
    for key in (group, *keys) if len(group) else ():
        whole = key if key.dtype.kind == "i" else np.unique(key, return_inverse=True)[1]
        least = int(whole.min())
        span = int(whole.max()) - least + 1
        if width * span > _WIDEST:
            packed = np.unique(packed, return_inverse=True)[1].astype(np.int64, copy=False)
            width = int(packed.max()) + 1
        packed = packed * np.int64(span) + (whole - least)
        width *= span
    order = np.argsort(packed)
    starts, sizes = runs(group[order])
    place = np.empty(len(group), dtype=np.int64)
    place[order] = np.arange(len(group), dtype=np.int64) - np.repeat(starts, sizes)
    return place
