"""Which of very many pairs are judged.

A thousand articles that repeat two statements make a quarter of a million pairs of which one tells it all; a thousand
different counts of one thing make half a million, of which the widest, the nearest and those that are a power of ten
apart tell it. Below ``MANY_PAIRS`` in one block (metrics and event) every pair is judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from figures.reconcile.bounds import BOUNDARY
from figures.reconcile.groups import Booleans, Integers, Reals, grouped, places

if TYPE_CHECKING:
    from figures.reconcile.sheet import Sheet

__all__ = ["MANY_PAIRS", "SPEAKERS", "fewer_pairs", "speakers", "telling_pairs"]

# A judgement takes a tenth of a millisecond or two: a block stays under a second.
MANY_PAIRS: Final = 4_000
# So many rows stand for one statement that many repeat, independent origins first.
SPEAKERS: Final = 6
# Of a crowded block each row keeps so many of its widest and as many of its nearest opponents in each body.
_OPPONENTS: Final = 2
# With more statements than this a block shows one report for each number that somebody gave for a day.
_MANY_STATEMENTS: Final = 2_000
_STATEMENT: Final = (
    "metric", "unit", "event", "source", "relayed_by", "population", "party", "place", "place_role", "aspect",
    "modality", "as_of_basis", "comparator",
)  # fmt: skip
_SHAPE: Final = ("metric", "event", "population", "party", "place", "aspect", "modality", "source_relation")


def speakers(sheet: Sheet, rows: Integers, block: Integers) -> Booleans:
    """Which rows speak for all of some large blocks: six for each statement, one where statements are very many."""
    turn = _turns(sheet, rows)
    chosen = turn < SPEAKERS
    many = np.flatnonzero(
        chosen & (np.bincount(block[chosen], minlength=int(block.max()) + 1)[block] > _MANY_STATEMENTS)
    )
    if len(many):
        some = rows[many]
        shape = grouped(*(sheet.codes[one][some] for one in _SHAPE), sheet.body[some], *_number(sheet, some))
        chosen[many] = places(shape, turn[many], _ranks(sheet, some)) == 0
    return chosen


def _turns(sheet: Sheet, rows: Integers) -> Integers:
    """For each row its place among those that make the very same statement: one of each origin first, then by date."""
    statement = grouped(*(sheet.codes[one][rows] for one in _STATEMENT), *_number(sheet, rows))
    rank = _ranks(sheet, rows)
    origin = sheet.codes["origin_group"][rows]
    copies = places(grouped(statement, np.where(origin < 0, -1 - rank, origin)), rank)
    return places(statement, copies, rank)


def _number(sheet: Sheet, rows: Integers) -> tuple[Integers, ...]:
    """Day, bounds and standing of some rows as codes."""
    low, high = (np.unique(one[rows], return_inverse=True)[1].astype(np.int64) for one in (sheet.lo, sheet.hi))
    return sheet.day[rows], low, high, sheet.lead[rows].astype(np.int64)


def fewer_pairs(sheet: Sheet, a: Integers, b: Integers) -> tuple[Integers, Integers]:
    """All pairs of the blocks that are small, and of each crowded block those that tell its conflicts."""
    many = np.flatnonzero(~_sparse(_block(sheet, a, b)))
    if not len(many):
        return a, b
    keep = np.ones(len(a), dtype=bool)
    keep[many] = _said_once(sheet, a[many], b[many])
    a, b = telling_pairs(sheet, a[keep], b[keep])
    block = _block(sheet, a, b)
    many = np.flatnonzero(~_sparse(block))
    if not len(many):
        return a, b
    # Very many bodies as well: each row keeps a share of the block's pairs, its widest.
    one, other, block = a[many], b[many], block[many]
    wide, rank = _gaps(sheet, one, other), _pair_ranks(sheet, one, other)
    kept = np.zeros(len(many), dtype=bool)
    for row, order in ((one, rank[1]), (other, rank[0])):
        pair = grouped(block, row)
        members = np.bincount(block[np.unique(pair, return_index=True)[1]], minlength=int(block.max()) + 1)
        share = np.maximum(MANY_PAIRS // np.maximum(members, 1), 1)[block]
        kept |= places(pair, -wide, order) < share
    keep = np.ones(len(a), dtype=bool)
    keep[many] = kept
    return a[keep], b[keep]


def telling_pairs(sheet: Sheet, a: Integers, b: Integers) -> tuple[Integers, Integers]:
    """Of each crowded block, for each row and opposing body, the widest pairs, the nearest and those a power apart.

    What it leaves out of some of the pairs it leaves out of all of them too, so that pairs may come in pieces.
    """
    many = np.flatnonzero(~_sparse(_block(sheet, a, b)))
    if not len(many):
        return a, b
    one, other = a[many], b[many]
    wide, rank, body = _gaps(sheet, one, other), _pair_ranks(sheet, one, other), sheet.body
    # Two bodies closer than a boundary are no conflict, so these are the last of the nearest to be asked.
    near = np.where((wide < BOUNDARY) & (body[one] != body[other]), 2.0, wide)
    tenfold = _off_tenfold(sheet, one, other)
    powers = np.flatnonzero(tenfold < 1.0)
    kept = np.zeros(len(many), dtype=bool)
    for row, against, order in ((one, other, rank[1]), (other, one, rank[0])):
        group = grouped(row, body[against])
        kept |= places(group, -wide, order) < _OPPONENTS
        kept |= places(group, near, order) < _OPPONENTS
        kept[powers] |= places(group[powers], tenfold[powers], order[powers]) < _OPPONENTS
    keep = np.ones(len(a), dtype=bool)
    keep[many] = kept
    return a[keep], b[keep]


def _said_once(sheet: Sheet, a: Integers, b: Integers) -> Booleans:
    """Where both rows are among the first that make their statement."""
    rows = np.unique(np.r_[a, b])
    first = _turns(sheet, rows) < SPEAKERS
    answer: Booleans = first[np.searchsorted(rows, a)] & first[np.searchsorted(rows, b)]
    return answer


def _block(sheet: Sheet, a: Integers, b: Integers) -> Integers:
    metric, event = sheet.codes["metric"], sheet.codes["event"]
    return grouped(metric[a], metric[b], event[a], event[b])


def _sparse(block: Integers) -> Booleans:
    few: Booleans = np.bincount(block)[block] <= MANY_PAIRS if len(block) else np.empty(0, dtype=bool)
    return few


def _gaps(sheet: Sheet, a: Integers, b: Integers) -> Reals:
    """How far the bounds are apart as a share of the higher, 0 where they meet."""
    top = np.minimum(sheet.hi[a], sheet.hi[b])
    bottom = np.maximum(sheet.lo[a], sheet.lo[b])
    safe = np.where((bottom > 0) & np.isfinite(bottom) & (top >= 0) & (top < bottom), top, 0.0)
    share = 1.0 - safe / np.where((bottom > 0) & np.isfinite(bottom), bottom, 1.0)
    return np.where(top < bottom, share, 0.0)


def _off_tenfold(sheet: Sheet, a: Integers, b: Integers) -> Reals:
    """How far two numbers' ratio is from a power of ten, in powers; 1 where it is nearer to one than to ten."""
    known = (sheet.value[a] > 0) & (sheet.value[b] > 0)
    power = np.abs(np.log10(np.where(known, sheet.value[a], 1.0)) - np.log10(np.where(known, sheet.value[b], 1.0)))
    return np.where(power > 0.5, np.abs(power - np.rint(power)), 1.0)


def _pair_ranks(sheet: Sheet, a: Integers, b: Integers) -> tuple[Integers, Integers]:
    rows = np.unique(np.r_[a, b])
    rank = _ranks(sheet, rows)
    return rank[np.searchsorted(rows, a)], rank[np.searchsorted(rows, b)]


def _ranks(sheet: Sheet, rows: Integers) -> Integers:
    """An order of some rows that does not depend on how the table was sorted: by publication, article, figure id.

    As everywhere a reprint comes after what it reprints (``figures.store.reprints`` counts on it).
    """
    figures, articles = (
        np.unique(sheet.frame[name].take(rows).to_numpy(dtype=str), return_inverse=True)[1].astype(np.int64)
        for name in ("figure_id", "article_id")
    )
    rank = np.empty(len(figures), dtype=np.int64)
    rank[np.lexsort((figures, articles, sheet.published[rows]))] = np.arange(len(figures), dtype=np.int64)
    return rank
