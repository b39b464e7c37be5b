"""Against whose statements nothing stands, so that one more print of them changes no judgement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from figures.model import Conflict
from figures.reconcile.groups import Booleans, grouped
from figures.reconcile.judge import STALE_DAYS, Pair
from figures.reconcile.sheet import Sheet

__all__ = ["Heard"]

_STATEMENT: Final = (
    "metric", "unit", "event", "source", "relayed_by", "population", "party", "place", "place_role", "aspect",
    "modality", "as_of_basis", "comparator",
)  # fmt: skip


class Heard:
    """Hears every judgement, and tells against whose statements nothing stands, whatever is printed again.

    Once more printed, a statement may only clash where one like it clashes, where its source gave another number days
    apart, or where its article has one.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._loud = np.zeros(len(sheet), dtype=bool)

    def __call__(self, one: int, other: int, pair: Pair) -> None:
        """Hear the judgement of two rows."""
        code, published = self._sheet.codes, self._sheet.published
        own = self._sheet.body[one] == self._sheet.body[other] or code["source"][one] == code["source"][other]
        days = abs(int(published[one]) - int(published[other]))
        if (
            pair.relation.outcome == "conflict"
            or code["article_id"][one] == code["article_id"][other]
            # An old number is stale once it is printed again, which its first print is not.
            or (own and (days >= STALE_DAYS or min(published[one], published[other]) < 0))
        ):
            self._loud[one] = self._loud[other] = True

    def add(self, rows: Booleans) -> None:
        """Take in rows that were loud before."""
        self._loud |= rows

    def quiet(self, conflicts: Iterable[Conflict]) -> dict[str, int]:
        """The figures whose very statement clashes with none, and may not, however often it is printed.

        2 stands for those of a metric that is bound to events, so that other events matter less, else 1.
        """
        sheet = self._sheet
        if not len(sheet):
            return {}
        names = sheet.frame["figure_id"]
        told = {key for one in conflicts for camp in (*one.camps, one.compatible) for key in camp}
        loud = self._loud | names.isin(list(told)).to_numpy(dtype=bool)
        lo, hi = (np.unique(one, return_inverse=True)[1].astype(np.int64) for one in (sheet.lo, sheet.hi))
        statement = grouped(*(sheet.codes[one] for one in _STATEMENT), sheet.day, lo, hi)
        noisy = np.zeros(int(statement.max(initial=0)) + 1, dtype=bool)
        noisy[statement[loud]] = True
        some = np.flatnonzero(~noisy[statement])
        return dict(zip(names.take(some).tolist(), (1 + sheet.bound[some].astype(int)).tolist(), strict=True))
