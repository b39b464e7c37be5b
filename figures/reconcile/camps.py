"""Camps: groups of numbers that agree among themselves, against one another.

Merging intervals that overlap would let one "more than 10" bridge any gap. Piercing does not: sorted by their upper
bounds, a new camp opens where a lower bound lies beyond the first upper bound of the camp before, so that all members
of a camp share a number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from figures.reconcile.bounds import BOUNDARY

__all__ = ["Camps", "camps_between", "pierce", "split_camps"]

# Beyond so many clashing pairs in one dispute not every pair is shown, only every figure.
_MOST_EDGES: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Camps:
    """Camps of positions, lowest first, and the positions that agree with more than one camp."""

    camps: tuple[tuple[int, ...], ...]
    compatible: tuple[int, ...] = ()


def pierce(lows: Sequence[float], highs: Sequence[float], *, slack: float = BOUNDARY) -> Camps:
    """Sort intervals into camps by piercing; those that agree with two camps stand in ``compatible``.

    A new camp opens where ``low`` exceeds the first high of the camp before by ``slack`` (a share) or more.
    """
    order = sorted(range(len(lows)), key=lambda one: (highs[one], lows[one], one))
    camps: list[list[int]] = []
    pins: list[float] = []
    for one in order:
        if not camps or _beyond(lows[one], pins[-1], slack):
            camps.append([one])
            pins.append(highs[one])
        else:
            camps[-1].append(one)
    if len(camps) < 2:
        return Camps(camps=tuple(tuple(sorted(one)) for one in camps))
    # What reaches from one camp's pin to another's takes no side.
    bridging = [
        one for one in order if sum(not _beyond(lows[one], pin, slack) and highs[one] >= pin for pin in pins) > 1
    ]
    taken = set(bridging)
    kept = [tuple(sorted(one for one in camp if one not in taken)) for camp in camps]
    return Camps(camps=tuple(camp for camp in kept if camp), compatible=tuple(sorted(bridging)))


def split_camps(
    lows: Sequence[float], highs: Sequence[float], clash: Callable[[int, int], bool], *, slack: float = BOUNDARY
) -> list[Camps]:
    """Camps in which every pair across two camps clashes, as few as needed so that every clashing pair stands in one.

    ``clash`` is the pairwise test on positions. Where piercing alone satisfies it there is one answer; else camps are
    grown from the widest pair not yet told, taking in whatever clashes with the whole other side.
    """
    count = len(lows)
    return camps_between(
        lows, highs, {(i, j) for i in range(count) for j in range(i + 1, count) if clash(i, j)}, slack=slack
    )


def camps_between(
    lows: Sequence[float], highs: Sequence[float], edges: AbstractSet[tuple[int, int]], *, slack: float = BOUNDARY
) -> list[Camps]:
    """``split_camps`` from the clashing pairs themselves, each with its lower position first.

    Of more than ``_MOST_EDGES`` pairs that piercing cannot tell, every position stands in a conflict, not every pair.
    """
    if not edges:
        return []
    linked = sorted({one for edge in edges for one in edge})
    first = pierce([lows[one] for one in linked], [highs[one] for one in linked], slack=slack)
    whole = Camps(
        camps=tuple(tuple(linked[one] for one in camp) for camp in first.camps),
        compatible=tuple(linked[one] for one in first.compatible),
    )
    if _crosses_just(whole.camps, edges):
        return [whole]
    place = {one: at for at, one in enumerate(sorted(linked, key=lambda at: (highs[at], lows[at], at)))}
    opponents: dict[int, set[int]] = {one: set() for one in linked}
    for i, j in edges:
        opponents[i].add(j)
        opponents[j].add(i)
    found: list[Camps] = []
    told: set[tuple[int, int]] = set()
    standing: set[int] = set()
    for i, j in sorted(edges, key=lambda edge: (-_apart(lows, highs, edge), edge)):
        if (i, j) in told or (len(edges) > _MOST_EDGES and i in standing and j in standing):
            continue
        below, above = (i, j) if highs[i] < lows[j] else (j, i)
        sides = [[below], [above]]
        for side in (0, 1):
            friends, against = sides[side], sides[1 - side]
            low, high = lows[friends[0]], highs[friends[0]]
            # Who clashes with the whole other side is among the opponents of its first.
            for one in sorted(opponents[against[0]] - {friends[0]}, key=place.__getitem__):
                agrees = max(lows[one], low) <= min(highs[one], high)
                if agrees and one not in against and opponents[one].issuperset(against):
                    friends.append(one)
                    low, high = max(lows[one], low), min(highs[one], high)
        found.append(Camps(camps=(tuple(sorted(sides[0])), tuple(sorted(sides[1])))))
        told |= {(min(x, y), max(x, y)) for x in sides[0] for y in sides[1]}
        standing |= {*sides[0], *sides[1]}
    return found


def _crosses_just(camps: Sequence[Sequence[int]], edges: AbstractSet[tuple[int, int]]) -> bool:
    """Whether the pairs across camps are just these."""
    members = sum(len(one) for one in camps)
    across = (members * members - sum(len(one) ** 2 for one in camps)) // 2
    return across == len(edges) and edges == {
        (min(i, j), max(i, j))
        for at, camp in enumerate(camps)
        for other in camps[at + 1 :]
        for i in camp
        for j in other
    }


def _beyond(low: float, pin: float, slack: float) -> bool:
    return low > pin and (low <= 0.0 or pin <= 0.0 or 1.0 - pin / low >= slack)


def _apart(lows: Sequence[float], highs: Sequence[float], edge: tuple[int, int]) -> float:
    i, j = edge
    return max(lows[i] - highs[j], lows[j] - highs[i])
