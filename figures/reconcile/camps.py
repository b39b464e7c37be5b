"""Camps: groups of numbers that agree among themselves, against one another.

Merging intervals that overlap would let one "more than 10" bridge any gap. Piercing does not: sorted by their upper
bounds, a new camp opens where a lower bound lies beyond the first upper bound of the camp before, so that all members
of a camp share a number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from figures.reconcile.bounds import BOUNDARY

__all__ = ["Camps", "pierce", "split_camps"]

# More members than this in one dispute are compared camp by camp in order of their bounds, not pair by pair.
_MOST_MEMBERS: Final = 400


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
    edges = {(i, j) for i in range(count) for j in range(i + 1, count) if clash(i, j)}
    if not edges:
        return []
    linked = sorted({one for edge in edges for one in edge})
    first = pierce([lows[one] for one in linked], [highs[one] for one in linked], slack=slack)
    whole = Camps(
        camps=tuple(tuple(linked[one] for one in camp) for camp in first.camps),
        compatible=tuple(linked[one] for one in first.compatible),
    )
    crossing = {
        (min(i, j), max(i, j))
        for at, camp in enumerate(whole.camps)
        for other in whole.camps[at + 1 :]
        for i in camp
        for j in other
    }
    if crossing == edges:
        return [whole]
    found: list[Camps] = []
    left = set(edges)
    while left:
        i, j = min(left, key=lambda edge: (-_apart(lows, highs, edge), edge))
        below, above = (i, j) if highs[i] < lows[j] else (j, i)
        sides = [[below], [above]]
        for side in (0, 1):
            for one in sorted(linked, key=lambda at: (highs[at], lows[at], at)):
                if one in sides[0] or one in sides[1]:
                    continue
                friends = sides[side]
                across = all((min(one, other), max(one, other)) in edges for other in sides[1 - side])
                agrees = max(lows[one], *(lows[at] for at in friends)) <= min(
                    highs[one], *(highs[at] for at in friends)
                )
                if across and agrees:
                    friends.append(one)
        found.append(Camps(camps=(tuple(sorted(sides[0])), tuple(sorted(sides[1])))))
        left -= {(min(x, y), max(x, y)) for x in sides[0] for y in sides[1]}
    return found


def _beyond(low: float, pin: float, slack: float) -> bool:
    return low > pin and (low <= 0.0 or pin <= 0.0 or 1.0 - pin / low >= slack)


def _apart(lows: Sequence[float], highs: Sequence[float], edge: tuple[int, int]) -> float:
    i, j = edge
    return max(lows[i] - highs[j], lows[j] - highs[i])
