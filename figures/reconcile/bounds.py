"""Intervals: what two statements leave possible, widened by how roundly they were written.

All functions take numpy arrays of equal length and give arrays back, so a table of millions is one call; ``gap`` and
``widened`` take single numbers as well. Open and closed ends are not told apart: bounds that touch never conflict.
"""

from __future__ import annotations

import math
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]

# SPEC section 3, "Rounding": half the last significant place, but never more than a tenth of the number; below 100
# people count heads, so a bare number is exact.
LARGEST_SHARE: Final = 0.1
SMALLEST_ROUND: Final = 100.0
# "Several", "dozens", "hundreds" grow in the telling: only ten times above their upper bound conflicts.
SOFT_FACTOR: Final = 10.0
# Under three per cent between sources is a boundary: two desks closing the same list at different hours.
BOUNDARY: Final = 0.03

_TWO_SIDED_AS_GIVEN: Final = ("approximately", "nearly", "just_over")


def margin(nominal: Numbers, precision: Numbers, percent: Flags, measured: Flags) -> Numbers:
    """How far a bare number may be from what it rounds, in its own unit.

    ``precision`` is the place value of its last significant digit. Counts: half that place, at most a tenth of the
    number, for round numbers of 100 and up; decimals half their last place. Percentages: 5 on multiples of ten, 2.5 on
    multiples of five, else 0.5, decimals half their last place. Measured rates: half the last place only.
    """
    size = np.abs(nominal)
    half = precision / 2.0
    counted = np.where((size >= SMALLEST_ROUND) & (precision > 1.0), np.minimum(half, LARGEST_SHARE * size), 0.0)
    counted = np.where(precision < 1.0, half, counted)
    in_tens = np.isclose(np.mod(size, 10.0), 0.0)
    in_fives = np.isclose(np.mod(size, 5.0), 0.0)
    shared = np.where(in_tens, 5.0, np.where(in_fives, 2.5, 0.5))
    shared = np.where(precision < 1.0, half, shared)
    rate = np.where(precision < 1.0, half, 0.5)
    # 0% and 100% are ends of the scale, said of all or none.
    whole = (size == 0.0) | (size == 100.0)
    wide = np.where(percent, np.where(measured, rate, np.where(whole, 0.0, shared)), counted)
    wide = np.where(measured & ~percent, np.minimum(half, LARGEST_SHARE * size), wide)
    return np.where(np.isfinite(wide), wide, 0.0)


def widened(
    value: Any,
    low: Any,
    high: Any,
    precision: Any,
    comparator: Any,
    *,
    percent: Any = False,
    measured: Any = False,
    exact: Any = False,
) -> tuple[Numbers, Numbers]:
    """The bounds that a comparison uses: what the words assert, widened by roundness.

    A bare number is widened on both sides, a one-sided comparator at its bound, a range at both ends. "About",
    "nearly" and "just over" already say how rough they are. The upper bound of "dozens", "hundreds" and so on is soft.
    ``exact`` marks numbers that the words or their siblings make exact ("a total of 2,000").
    """
    value, low, high, precision = (
        np.atleast_1d(np.asarray(one, dtype=np.float64)) for one in (value, low, high, precision)
    )
    words = np.atleast_1d(np.asarray(comparator, dtype=object))
    percent, measured, exact = (
        np.broadcast_to(np.asarray(one, dtype=bool), low.shape) for one in (percent, measured, exact)
    )
    precision = np.where(np.isfinite(precision) & (precision > 0.0), precision, 1.0)
    soft = words == "vague"
    as_given = exact | soft | np.isin(words, _TWO_SIDED_AS_GIVEN)
    at_low = np.where(np.isfinite(value), value, low)
    at_high = np.where(np.isfinite(value), value, high)
    at_low, at_high = (np.where(np.isfinite(one), one, 0.0) for one in (at_low, at_high))
    # The ends of a range are as round as they look; one precision cannot tell both.
    ranged = words == "between"
    fine_low, fine_high = precision, precision
    if ranged.any():
        fine_low, fine_high = (np.where(ranged, _roundness(one, precision), precision) for one in (at_low, at_high))
    room_low = margin(at_low, fine_low, percent, measured)
    room_high = margin(at_high, fine_high, percent, measured)
    # "Fewer than 50" still means none at the least: a floor of zero is the count's own, not rounded.
    floor = (low == 0.0) & np.isin(words, ("less_than", "at_most"))
    lower = np.where(as_given | floor, low, low - room_low)
    upper = np.where(as_given, high, high + room_high)
    upper = np.where(soft, high * SOFT_FACTOR, upper)
    # A count stays a count: rounding never takes it below nothing.
    return np.where((low >= 0.0) & (lower < 0.0), 0.0, lower), upper


def _roundness(value: Numbers, precision: Numbers) -> Numbers:
    """The place value of the last digit that is not zero, for whole numbers; else the precision as given."""
    place = np.ones_like(value)
    for power in range(1, 13):
        place = np.where(np.mod(value, 10.0**power) == 0.0, 10.0**power, place)
    whole = (value == np.rint(value)) & (value != 0.0)
    return np.where(whole, np.maximum(place, precision), precision)


def gap(low_a: Any, high_a: Any, low_b: Any, high_b: Any, scale: Any = np.nan) -> Numbers:
    """How far two intervals are apart, 0 where they overlap or touch, at most 1.

    1 − (high of the lower / low of the higher); with a ``scale``, for percentages and signed metrics, the distance over
    that scale. None against some is 1.
    """
    low_a, high_a, low_b, high_b, scale = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(one, dtype=np.float64)) for one in (low_a, high_a, low_b, high_b, scale))
    )
    b_is_higher = low_b > high_a
    a_is_higher = low_a > high_b
    top = np.where(b_is_higher, high_a, high_b)
    bottom = np.where(b_is_higher, low_b, low_a)
    apart = a_is_higher | b_is_higher
    scaled = np.isfinite(scale)
    top, bottom = np.where(apart, top, 0.0), np.where(apart, bottom, 1.0)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        # Below zero a ratio says nothing; without a scale such a pair counts as wholly apart.
        ratio = np.where((top > 0.0) & (bottom > 0.0), 1.0 - top / bottom, 1.0)
        distance = np.minimum((bottom - top) / np.where(scaled, scale, 1.0), 1.0)
    return np.where(apart, np.where(scaled, distance, ratio), 0.0)


def gap_of(low_a: float, high_a: float, low_b: float, high_b: float, scale: float | None = None) -> float:
    """The same of two single intervals, without the cost of arrays."""
    top, bottom = (high_a, low_b) if low_b > high_a else (high_b, low_a)
    if not (low_b > high_a or low_a > high_b):
        return 0.0
    if scale is not None and math.isfinite(scale):
        return min((bottom - top) / scale, 1.0)
    return 1.0 - top / bottom if top > 0.0 and bottom > 0.0 else 1.0


def significant_digits(value: float, precision: float) -> int:
    """How many digits of a number carry meaning: 498 → 3, 2,000 at a precision of 1,000 → 1, 4,460 at 10 → 3."""
    if not np.isfinite(value) or value == 0.0:
        return 0
    return len(digits(value, precision))


def digits(value: float, precision: float) -> str:
    """The significant digits as text: 547,982 → "547982", 2.5 million → "25"."""
    if not np.isfinite(value) or value == 0.0:
        return ""
    place = precision if np.isfinite(precision) and precision > 0.0 else 1.0
    text = str(round(abs(value) / place))
    # Where the precision is finer than what was written, closing zeros carry nothing.
    return text.rstrip("0") if place < 1.0 else text.lstrip("0")


def is_round(value: float, precision: float) -> bool:
    """Whether a number was written roundly: 100 or more with a last digit of zero."""
    return np.isfinite(value) and abs(value) >= SMALLEST_ROUND and precision > 1.0
