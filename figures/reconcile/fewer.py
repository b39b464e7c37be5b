"""Which of very many pairs are judged.

A thousand articles that repeat two statements make a quarter of a million pairs of which one tells it all; a thousand
different counts of one thing make half a million, of which the widest, the nearest and those that are a power of ten
apart tell it. Below ``MANY_PAIRS`` in one block (metrics and event) every pair is judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from figures.reconcile.bounds import BOUNDARY

if TYPE_CHECKING:
    from figures.reconcile.sweep import Sheet

__all__ = ["MANY_PAIRS", "SPEAKERS", "fewer_pairs", "grouped", "turns"]

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# A judgement takes a tenth of a millisecond or two: a block stays under a second.
MANY_PAIRS: Final = 4_000
# So many rows stand for one statement that many repeat, independent origins first.
SPEAKERS: Final = 6
# Of a crowded block each row keeps so many of its widest and as many of its nearest opponents in each body.
_OPPONENTS: Final = 2
_STATEMENT: Final = (
    "metric", "unit", "event", "source", "relayed_by", "population", "party", "place", "place_role", "aspect",
    "modality", "as_of_basis", "comparator",
)  # fmt: skip


def grouped(*columns: Whole) -> Whole:
    """One code for each distinct combination of codes."""
    group = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        shifted = column - column.min() if len(column) else column
        group = group * np.int64(int(shifted.max()) + 1 if len(shifted) else 1) + shifted
        # Codes are packed again each time, so that a product of many columns never overflows.
        group = np.unique(group, return_inverse=True)[1].astype(np.int64)
    return group


def turns(sheet: Sheet) -> Whole:
    """For each row its place among those that make the very same statement: one of each origin first, then by date."""
    low, high = (np.unique(one, return_inverse=True)[1].astype(np.int64) for one in (sheet.lo, sheet.hi))
    lead = sheet.lead.astype(np.int64)
    statement = grouped(*(sheet.codes[one] for one in _STATEMENT), sheet.day, low, high, lead)
    rank = _ranks(sheet)
    origin = np.where(sheet.codes["origin_group"] < 0, -1 - rank, sheet.codes["origin_group"])
    copies = _places(grouped(statement, origin), rank)
    return _places(statement, copies, rank)


def fewer_pairs(sheet: Sheet, a: Whole, b: Whole) -> tuple[Whole, Whole]:
    """All pairs of the blocks that are small, and of each crowded block those that tell its conflicts."""
    code = sheet.codes
    block = grouped(code["metric"][a], code["metric"][b], code["event"][a], code["event"][b])
    keep = _sparse(block)
    if keep.all():
        return a, b
    turn = sheet.turn
    keep |= (turn[a] < SPEAKERS) & (turn[b] < SPEAKERS)
    a, b, block = a[keep], b[keep], block[keep]
    few = _sparse(block)
    if few.all():
        return a, b
    wide = _gaps(sheet, a, b)
    body, rank = sheet.body, _ranks(sheet)
    # Two bodies closer than a boundary are no conflict, so these are the last of the nearest to be asked.
    near = np.where((wide < BOUNDARY) & (body[a] != body[b]), 2.0, wide)
    tenfold = _off_tenfold(sheet, a, b)
    keep = few.copy()
    for row, other in ((a, b), (b, a)):
        group = grouped(row, body[other])
        keep |= _places(group, -wide, rank[other]) < _OPPONENTS
        keep |= _places(group, near, rank[other]) < _OPPONENTS
        keep |= (_places(group, tenfold, rank[other]) < _OPPONENTS) & (tenfold < 1.0)
    a, b, block, wide = a[keep], b[keep], block[keep], wide[keep]
    few = _sparse(block)
    if few.all():
        return a, b
    # Very many bodies as well: each row keeps a share of the block's pairs, its widest.
    keep = few.copy()
    for row, other in ((a, b), (b, a)):
        members = np.bincount(block[np.unique(grouped(block, row), return_index=True)[1]], minlength=block.max() + 1)
        share = np.maximum(MANY_PAIRS // np.maximum(members, 1), 1)[block]
        keep |= _places(grouped(block, row), -wide, rank[other]) < share
    return a[keep], b[keep]


def _sparse(block: Whole) -> Flags:
    few: Flags = np.bincount(block)[block] <= MANY_PAIRS if len(block) else np.empty(0, dtype=bool)
    return few


def _gaps(sheet: Sheet, a: Whole, b: Whole) -> npt.NDArray[np.float64]:
    """How far the bounds are apart as a share of the higher, 0 where they meet."""
    top = np.minimum(sheet.hi[a], sheet.hi[b])
    bottom = np.maximum(sheet.lo[a], sheet.lo[b])
    safe = np.where((bottom > 0) & np.isfinite(bottom) & (top >= 0) & (top < bottom), top, 0.0)
    share = 1.0 - safe / np.where((bottom > 0) & np.isfinite(bottom), bottom, 1.0)
    return np.where(top < bottom, share, 0.0)


def _off_tenfold(sheet: Sheet, a: Whole, b: Whole) -> npt.NDArray[np.float64]:
    """How far two numbers' ratio is from a power of ten, in powers; 1 where it is nearer to one than to ten."""
    known = (sheet.value[a] > 0) & (sheet.value[b] > 0)
    power = np.abs(np.log10(np.where(known, sheet.value[a], 1.0)) - np.log10(np.where(known, sheet.value[b], 1.0)))
    return np.where(power > 0.5, np.abs(power - np.rint(power)), 1.0)


def _ranks(sheet: Sheet) -> Whole:
    """An order of all rows that does not depend on how the table was sorted: by publication, then figure id."""
    ids = np.unique(sheet.frame["figure_id"].astype(str).to_numpy(), return_inverse=True)[1].astype(np.int64)
    rank = np.empty(len(ids), dtype=np.int64)
    rank[np.lexsort((ids, sheet.published))] = np.arange(len(ids), dtype=np.int64)
    return rank


def _places(group: Whole, *keys: npt.NDArray[np.float64] | Whole) -> Whole:
    """The place of each entry within its group, in the order of the keys, the first weighing most."""
    order = np.lexsort((*reversed(keys), group))
    ordered = group[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else ordered
    sizes = np.diff(np.r_[starts, len(ordered)])
    place = np.empty(len(group), dtype=np.int64)
    place[order] = np.arange(len(group), dtype=np.int64) - np.repeat(starts, sizes)
    return place
