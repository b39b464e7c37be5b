"""A numeral and the page it stands on: what the readers of digits and of words have in common.

The readers work on the folded text of a field (lower case, straight apostrophes, same offsets) beside the text as
written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

__all__ = ["MOST_DIGITS", "WORD", "Numeral", "Page", "exactly", "folded", "place_value", "read_percent"]

MOST_DIGITS: Final = 18
"""Longer runs of digits are identifiers, or beyond what a double holds exactly."""

WORD: Final = re.compile(r"[a-z]+")
_CURLY: Final = str.maketrans({"’": "'", "‘": "'", "‑": "-", "‐": "-", "−": "-"})
_PERCENT: Final = re.compile(
    r"[\s-]?(?:%|per\s?cent(?:age)?\b|pct\b|pc\b)(?:(?P<point>[\s-]points?\b)|(?=\W|$))"
    r"|\s?(?:percentage[\s-]points?|ppts?|pp)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeral:
    """One numeral: ``start``–``end`` is the bare number with its scale word, ``left``–``right`` also sign and unit.

    ``form``: digits, words, vague, fraction (of a base still to be found), between. ``mantissa`` and ``scale`` say how
    it was written. ``unit`` is "percent", "percentage_point" or a currency code. ``low``, ``high`` are filled for vague
    words and ranges. ``glued``: a hyphen or letters follow at once ("90-minute").
    """

    start: int
    end: int
    left: int
    right: int
    form: str
    value: float | None
    low: float = 0.0
    high: float = 0.0
    mantissa: float = 0.0
    scale: float = 1.0
    precision: float = 1.0
    unit: str | None = None
    rule: str = "N"
    glued: bool = False
    grouped: bool = False  # thousands marks were written: never a year
    role: str | None = None  # "from" or "to", where the join read a change


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A field of an article with its folded text."""

    text: str
    low: str


def folded(text: str) -> str:
    """Lower case with straight apostrophes and plain hyphens, code point for code point."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(one if len(one) == 1 else raw for raw, one in ((raw, raw.lower()) for raw in text))
    return low.translate(_CURLY)


def place_value(value: float) -> float:
    """The place value of the last significant digit of a whole number: 498 → 1, 2000 → 1000, 0 → 1."""
    if value == 0 or value != value or abs(value) >= 1e18:
        return 1.0
    whole = int(abs(value))
    if whole != abs(value):
        return 1.0
    place = 1
    while whole % 10 == 0:
        whole //= 10
        place *= 10
    return float(place)


def exactly(value: float) -> float:
    """Fifteen digits: a product of decimals without what binary fractions add, 2.46 billion is 2,460,000,000."""
    return float(f"{value:.15g}")


def read_percent(low: str, at: int, end: int) -> tuple[int, str | None]:
    """ "%", "per cent", "percentage points" behind a number: (where they end, the unit or None)."""
    match = _PERCENT.match(low, at, end)
    if match is None:
        return at, None
    point = match["point"] or "point" in match[0] or match[0].strip() in ("pp", "ppt", "ppts")
    return match.end(), "percentage_point" if point else "percent"
