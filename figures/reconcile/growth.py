"""Counts that grow faster than the age of their event allows: a factor that is likelier a slip than an update.

In the first days a toll multiplies; later it creeps. What a count may grow by, from one day to another, is
``factor · ((later age + 1) / (earlier age + 1)) ** power``; the constants stand in ``comparing.toml``.
Off by default: a body that begins to count in another way grows just so, and is right.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from figures.reconcile.comparable import Knowledge, event_day
from figures.reconcile.judge import Pair, judge
from figures.reconcile.sheet import Sheet

__all__ = ["allowed_growth", "growing_pairs"]

Whole = npt.NDArray[np.int64]


def allowed_growth(earlier: int, later: int, knowledge: Knowledge) -> float:
    """What a count may be multiplied by between two ages of its event, in days."""
    growth = knowledge.comparing.growth
    return float(growth.factor * ((later + 1) / (earlier + 1)) ** growth.power)


def growing_pairs(sheet: Sheet, knowledge: Knowledge) -> Iterator[tuple[int, int, Pair]]:
    """Pairs of rows (lower, higher) that would be an update, were the growth not implausible.

    Each count of an event is held against the highest that any source had given before its day for the same series, so
    that a cautious source among bold ones raises no alarm. Symmetric in the order of rows.
    """
    rows = _counts(sheet)
    if len(rows) < 2:
        return
    starts = np.array([event_day(str(one)) or 0 for one in sheet.names["event"]], dtype=np.int64)
    begun = starts[sheet.codes["event"][rows]]
    rows = rows[(begun > 0) & (sheet.day[rows] - begun >= knowledge.comparing.growth.settled)]
    if len(rows) < 2:
        return
    group = _series(sheet, rows)
    figure = sheet.frame["figure_id"].to_numpy(dtype=object)[rows].astype(str)
    order = np.lexsort((figure, sheet.hi[rows], sheet.day[rows], group))
    rows, group = rows[order], group[order]
    around = sheet.surroundings()
    for high, low in _leaps(sheet, rows, group, starts, knowledge):
        pair = judge(sheet.claim(low), sheet.claim(high), knowledge, around)
        if pair.relation.outcome == "update" and "later and higher" in pair.relation.reasons:
            yield low, high, pair


def _counts(sheet: Sheet) -> Whole:
    """Rows that may grow implausibly: running counts of an event, reported, with a day and a number of some size."""
    aspect = sheet.names["aspect"]
    cumulative = np.flatnonzero(aspect == "cumulative")
    reported = np.flatnonzero(np.isin(sheet.names["modality"], ("reported", "estimated")))
    fits = (
        np.isin(sheet.codes["aspect"], cumulative)
        & np.isin(sheet.codes["modality"], reported)
        & (sheet.codes["event"] >= 0)
        & sheet.bound
        & sheet.eligible
        & (sheet.day >= 0)
        & np.isfinite(sheet.hi)
    )
    return np.flatnonzero(fits).astype(np.int64)


def _series(sheet: Sheet, rows: Whole) -> Whole:
    slots = ("metric", "event", "population", "party", "place", "place_role")
    key = np.stack([*(sheet.codes[name][rows] for name in slots), sheet.dimension[rows]], axis=1)
    return np.unique(key, axis=0, return_inverse=True)[1].astype(np.int64).reshape(-1)


def _leaps(sheet: Sheet, rows: Whole, group: Whole, starts: Whole, knowledge: Knowledge) -> Iterator[tuple[int, int]]:
    """Rows with the highest count of an earlier day, where the step between them is more than the ages allow."""
    growth = knowledge.comparing.growth
    best = today = -1
    day, series = -1, -1
    for row, one in zip(rows.tolist(), group.tolist(), strict=True):
        if one != series:
            series, best, today, day = one, -1, -1, -1
        if sheet.day[row] != day:
            if today >= 0 and (best < 0 or sheet.hi[today] > sheet.hi[best]):
                best = today
            today, day = -1, int(sheet.day[row])
        if best >= 0 and sheet.hi[best] > 0 and sheet.lo[row] >= growth.least:
            begun = int(starts[sheet.codes["event"][row]])
            allowed = allowed_growth(int(sheet.day[best]) - begun, day - begun, knowledge)
            if sheet.lo[row] > allowed * sheet.hi[best]:
                yield row, best
        # Rows of one day come with the highest last.
        today = row
