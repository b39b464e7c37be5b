"""Rows that belong together: equal keys, and what edges connect. All in arrays, no Python per row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

__all__ = ["Booleans", "Integers", "combined", "components", "numbered"]

Integers: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Booleans: TypeAlias = np.ndarray[Any, np.dtype[np.bool_]]


def numbered(*columns: pd.Series) -> Integers:
    """One number for each distinct value, or combination of values; nothing is a value of its own (-1 alone)."""
    codes = [pd.factorize(one, use_na_sentinel=True)[0].astype(np.int64) for one in columns]
    return codes[0] if len(codes) == 1 else combined(codes)


def combined(keys: Sequence[Integers]) -> Integers:
    """One number from 0 for each combination of keys."""
    code = pd.factorize(keys[0])[0].astype(np.int64)
    for key in keys[1:]:
        one = pd.factorize(key)[0].astype(np.int64)
        # Renumbered at each step: both factors stay below the number of rows, their product within 64 bits.
        code = pd.factorize(code * (int(one.max(initial=0)) + 1) + one)[0].astype(np.int64)
    return code


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
