"""Which figures must be looked at together, so that a part of the archive gives just what the whole would.

Every figure has a *home*, in which all lie that may clash with it:

- of an event-bound metric its event, all metrics of it; without event its metric
- of a standing statistic (unemployment, prices) its metric, for those compare across events

Two more rooms are for clashes across homes: a *story*, all that is said of one event, for parts and wholes and for one
number under two metrics; and an *echo*, one number among figures without event. What a pair's own articles say bears on
it, so a room is always looked at with whole articles. Each conflict is kept in one room only, the one that surely holds
all it hangs on.

One clash crosses all of these: a number that one body gave, its digits in another order, told of two events. Such
pairs are rare; ``crossing`` finds them first, and homes that one of them joins become one.

Rooms go to buckets by a hash: a bucket is a table of its own, compared by the functions that compare any table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from figures.lexicon import Lexicon
from figures.model import Conflict, Uncompared
from figures.reconcile.comparable import Knowledge
from figures.reconcile.conflicts import find_conflicts
from figures.reconcile.judge import judge
from figures.reconcile.origins import assign_origins
from figures.reconcile.sweep import Sheet, transposed_pairs
from figures.spark.rows import from_spark, to_table
from figures.table import flat

__all__ = ["ROOMS", "conflicts_of", "crossing", "joined", "origins_of", "rooms_of", "shuffled_digits"]

ROOMS: Final = ("home", "story", "echo")
"""Columns that name a figure's rooms; null where it has none of that kind."""

_FEW_DIGITS: Final = 100.0  # one number under two metrics tells something from three digits on


def rooms_of(frame: pd.DataFrame, lexicon: Lexicon) -> pd.DataFrame:
    """The rooms of each row, as 64-bit numbers, in the order of the rows; wants final events."""
    metric, event = frame["metric"].astype(object), frame["event"].astype(object)
    bound = {str(one): bool(lexicon.metrics.metric(str(one)).event_bound) for one in metric.unique()}
    told = event.notna()
    of_event = metric.map(bound).astype(bool) & told
    name = ("event " + event.where(told, "")).where(of_event, "metric " + metric)
    value = frame["value"].to_numpy(dtype=float)
    loud = ~told.to_numpy() & (np.abs(np.nan_to_num(value)) >= _FEW_DIGITS)
    echo = pd.Series(np.where(loud, value, np.nan), index=frame.index).map(
        lambda one: f"number {one!r}", na_action="ignore"
    )
    return pd.DataFrame(
        {"home": _numbers(name), "story": _numbers("event " + event), "echo": _numbers(echo)}, index=frame.index
    )


def _numbers(names: pd.Series) -> pd.Series:
    """A 64-bit number for each name, the same on every machine."""
    known = {
        one: int.from_bytes(hashlib.blake2b(one.encode("utf-8", "surrogatepass"), digest_size=8).digest(), signed=True)
        for one in names.dropna().unique()
    }
    return names.astype(object).map(known).astype("Int64")


def shuffled_digits(frame: pd.DataFrame) -> pd.Series:
    """The significant digits of each number in ascending order, None below three: equal for 5,840 and 5,480."""
    value, precision = frame["value"].to_numpy(dtype=float), frame["precision"].to_numpy(dtype=float)
    place = np.where(np.isfinite(precision) & (precision >= 1.0), precision, 1.0)
    some = np.isfinite(value) & (value >= 100 * place) & frame["source"].notna().to_numpy()
    digits = np.full(len(frame), None, dtype=object)
    digits[some] = ["".join(sorted(f"{one:.0f}")) for one in np.rint(value[some] / place[some])]
    return pd.Series(digits, index=frame.index, dtype=object)


def crossing(frame: pd.DataFrame, lexicon: Lexicon) -> list[tuple[int, int]]:
    """Pairs of homes that a conflict joins: digits in another order, told of two events by one body."""
    table = to_table(frame)
    knowledge = Knowledge(lexicon)
    sheet = Sheet.of(table, knowledge)
    home = sheet.frame["home"].to_numpy(dtype=np.int64)
    a, b = transposed_pairs(sheet)
    apart = home[a] != home[b]
    out = set()
    for i, j in zip(a[apart].tolist(), b[apart].tolist(), strict=True):
        one, other = int(home[i]), int(home[j])
        pair = (min(one, other), max(one, other))
        if pair not in out and judge(sheet.claim(i), sheet.claim(j), knowledge).relation.outcome == "conflict":
            out.add(pair)
    return sorted(out)


def joined(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each home that stands in a pair the smallest one that pairs connect it with."""
    parent: dict[int, int] = {}

    def root(one: int) -> int:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return {one: root(one) for one in parent}


def origins_of(frame: pd.DataFrame, bucket: int, lexicon: Lexicon) -> pd.DataFrame:
    """``figure_id`` and final ``origin_group`` of the rows at home in a bucket.

    ``frame`` holds all rows at home there and the rest of their articles; ``home`` names the bucket of each row's home.
    """
    own = frame[["figure_id", "home"]]
    done = flat(assign_origins(to_table(frame), lexicon))[["figure_id", "origin_group"]]
    mine = set(own.loc[own["home"] == bucket, "figure_id"])
    return done[done["figure_id"].isin(mine)].reset_index(drop=True)


def conflicts_of(frame: pd.DataFrame, bucket: int, lexicon: Lexicon) -> tuple[list[Conflict], list[Uncompared]]:
    """The conflicts kept in a bucket, and what could not be compared in it.

    ``frame`` holds all rows with a room in the bucket and the rest of their articles; the columns ``home``, ``story``
    and ``echo`` name the buckets of their rooms, null for none.
    """
    knowledge = Knowledge(lexicon)
    sheet = Sheet.of(to_table(frame), knowledge)
    found, uncompared = find_conflicts(sheet, knowledge)
    rows = _Rooms(frame)
    return (
        [one for one in found if rows.keeper(one.kind, [key for camp in one.camps for key in camp]) == bucket],
        [one for one in uncompared if rows.keeper("", [one.a, one.b]) == bucket],
    )


class _Rooms:
    """Where each figure has its rooms, to tell who keeps a conflict."""

    def __init__(self, frame: pd.DataFrame) -> None:
        columns = ("metric", "article_id", *ROOMS)
        self._rows: Mapping[str, tuple[Any, ...]] = dict(
            zip(
                frame["figure_id"].tolist(),
                zip(*(frame[name].astype(object).tolist() for name in columns), strict=True),
                strict=True,
            )
        )

    def keeper(self, kind: str, members: Sequence[str]) -> int:
        """The bucket that surely holds all that a conflict hangs on."""
        rows = [self._rows[one] for one in sorted(members)]
        metrics, articles = {one[0] for one in rows}, {one[1] for one in rows}
        if len(articles) == 1 and kind in ("arithmetic", "headline"):
            # Of one article alone: it is whole wherever one of its figures is at home.
            return int(rows[0][2])
        if len(metrics) > 1:
            story = next((one[3] for one in rows if _known(one[3])), None)
            if story is not None:
                return int(story)
            echo = next((one[4] for one in rows if _known(one[4])), None)
            if echo is not None:
                return int(echo)
        return int(rows[0][2])


def _known(value: Any) -> bool:
    return bool(pd.notna(value))


def buckets_of(frame: pd.DataFrame, lexicon: Lexicon, buckets: int, homes: Mapping[int, int]) -> pd.DataFrame:
    """Flat rows with, for each kind of room, the bucket that it is in; ``homes`` names those that were joined."""
    out = from_spark(frame)
    rooms = rooms_of(out, lexicon)
    rooms["home"] = rooms["home"].map(lambda one: homes.get(int(one), int(one)))
    # A story's room is its event's home, joined with others or not: it must be found in one bucket with it.
    rooms["story"] = rooms["story"].map(lambda one: homes.get(int(one), int(one)), na_action="ignore")
    for name in ROOMS:
        out[name] = (rooms[name].astype("Int64") % buckets).astype("Int64")
    return out
