"""Blocks with very many rows: the ranges of rows that can clash, found without making all pairs.

Counts of one thing grow by the day, so that nearly all numbers of a large block exclude one another and nearly all such
pairs are updates. A row's partners are therefore looked for in ranges of the sorted block: those of its own day and the
next, then those of the week, and all of its own body, where the extremes of a range tell that one of them can be more
than an update.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from figures.reconcile.groups import Booleans, Integers, Reals, grouped
from figures.reconcile.judge import FRESH_DAYS, OPPOSED_DAYS
from figures.reconcile.sheet import DAYS, Sheet, running

__all__ = ["NEARLY_TENFOLD", "crowded_ranges"]

Ranges = tuple[Integers, Integers, Integers, Integers, Callable[..., Booleans] | None]

# A number nearly ten times another, as the sweep reckons powers of ten.
NEARLY_TENFOLD: Final = 9.0


def crowded_ranges(sheet: Sheet, rows: Integers, block: Integers) -> Iterator[Ranges]:
    """Ranges in which partners stand: rows in some order, positions, begin and end of each one's range, a filter.

    ``rows`` are sorted by block and day. Bodies are compared within a week, one body with itself over all time.
    """
    yield from _across_bodies(sheet, rows, block)
    yield from _along_bodies(sheet, rows, block)


def _across_bodies(sheet: Sheet, rows: Integers, block: Integers) -> Iterator[Ranges]:
    body = sheet.body

    def others(a: Integers, b: Integers) -> Booleans:
        apart: Booleans = body[a] != body[b]
        return apart

    key = block * DAYS + sheet.day[rows] + 1
    here = np.arange(len(rows), dtype=np.int64)
    day_end = np.searchsorted(key, key, side="right")
    near = np.where(sheet.day[rows] >= 0, np.searchsorted(key, key + 1, side="right"), day_end)
    yield rows, here, here + 1, near, others
    week = np.where(sheet.day[rows] >= 0, np.searchsorted(key, key + OPPOSED_DAYS, side="right"), near)
    lo, hi = sheet.lo[rows], sheet.hi[rows]
    falls = _least(hi, near, week) < lo
    grows = _most(lo, near, week) > hi
    fresh = np.where(sheet.day[rows] >= 0, np.searchsorted(key, key + FRESH_DAYS, side="right"), near)
    # Somebody had more by that day: only then can the one who says so later have said it before.
    before = running(lo, block)[day_end - 1] > hi
    value = np.where(np.isfinite(sheet.value[rows]), sheet.value[rows], 0.0)
    tenfold = _most(value, near, week) > NEARLY_TENFOLD * np.maximum(value, 0.0)
    stood_by = sheet.last_said[rows] > sheet.day[rows] + 1
    wide = falls | (grows & (stood_by | sheet.partial(rows) | (tenfold & (value > 0)) | sheet.once[rows]))
    some = np.flatnonzero(wide)
    yield rows, some, near[some], week[some], others
    some = np.flatnonzero(~wide & before & grows)
    yield rows, some, near[some], fresh[some], others


def _along_bodies(sheet: Sheet, rows: Integers, block: Integers) -> Iterator[Ranges]:
    run = grouped(block, sheet.body[rows])
    order = np.argsort(run * DAYS + sheet.day[rows] + 1, kind="stable")
    rows, run = rows[order], run[order]
    key, day = run * DAYS + sheet.day[rows] + 1, sheet.day[rows]
    here = np.arange(len(rows), dtype=np.int64)
    run_end = np.searchsorted(run, run, side="right")
    near = np.where(day >= 0, np.searchsorted(key, key + OPPOSED_DAYS, side="right"), run_end)
    yield rows, here, here + 1, near, None
    lo, hi = sheet.lo[rows], sheet.hi[rows]
    value = np.where(np.isfinite(sheet.value[rows]) & (sheet.value[rows] > 0), sheet.value[rows], np.nan)
    far = (near < run_end) & (day >= 0)
    least_ahead = _ahead(run, hi, near, most=False)
    most_ahead = _ahead(run, np.nan_to_num(value, nan=0.0), near, most=True)
    fallen = running(lo, run) > hi
    risen = value > NEARLY_TENFOLD * running(value, run, most=False)
    for some, partners in (
        (far & (least_ahead < lo), fallen),
        (far & (most_ahead > NEARLY_TENFOLD * value), risen),
        (far & sheet.once[rows], np.ones(len(rows), dtype=bool)),
    ):
        # Ranges count only the positions that can be a partner.
        position = np.flatnonzero(partners)
        upto = np.r_[0, np.cumsum(partners)]
        at = np.flatnonzero(some)
        if len(at) and len(position):
            shown = np.r_[rows[at], rows[position]]
            yield (
                shown, np.arange(len(at), dtype=np.int64), len(at) + upto[near[at]], len(at) + upto[run_end[at]], None,
            )  # fmt: skip


def _ahead(run: Integers, values: Reals, begin: Integers, *, most: bool) -> Reals:
    """For each position the largest or least of its run's values from another position on."""
    ahead = running(values[::-1], run[::-1], most=most)[::-1]
    found: Reals = ahead[np.minimum(begin, len(values) - 1)]
    return found


def _least(values: Reals, begin: Integers, end: Integers) -> Reals:
    return _extreme(np.minimum, np.inf, values, begin, end)


def _most(values: Reals, begin: Integers, end: Integers) -> Reals:
    return _extreme(np.maximum, -np.inf, values, begin, end)


def _extreme(ufunc: np.ufunc, none: float, values: Reals, begin: Integers, end: Integers) -> Reals:
    """The extreme of each range of values, ``none`` for an empty range."""
    if not len(values):
        return np.empty(0)
    ends = np.stack([begin, np.maximum(end, begin)], axis=1).reshape(-1)
    found = ufunc.reduceat(np.r_[values, none], ends)[::2]
    return np.where(end > begin, found, none)
