"""One notation for numbers everywhere: terminal, page, chart label, explanation.

498 · >2,000 · ≥100 · <50 · ≤300 · ≈5,840 · nearly 500 · just over 500 · 100–300 · dozens · 4 million expected ·
20 (superseded). Never more digits than the source gave.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final

from figures.model import Figure

__all__ = ["as_said", "as_written", "count_in_words", "number_in_words", "times_in_words", "with_unit"]

_MARKS: Final = {"more_than": ">", "at_least": "≥", "less_than": "<", "at_most": "≤", "approximately": "≈"}
_WORDS: Final = {"nearly": "nearly ", "just_over": "just over "}
_SAID: Final = {
    "more_than": "more than ", "at_least": "at least ", "less_than": "fewer than ", "at_most": "up to ",
    "approximately": "about ",
}  # fmt: skip
_MEASURED_SAID: Final = {**_SAID, "less_than": "less than "}
_SMALL: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_TIMES: Final = {2: "twice", 3: "three times"}
# Up to here a ratio is called by its whole number alone: 2.05 is "twice".
_JUST: Final = 0.05
_MODALITIES: Final = {
    "projected": " expected", "planned": " planned", "superseded": " (superseded)", "denied": " (denied)",
    "conditional": " (conditional)",
}  # fmt: skip
_SCALES: Final = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_SIGNS: Final = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "INR": "₹",
    "UAH": "₴",
    "NGN": "₦",
    "TRY": "₺",
    "KRW": "₩",
    "ILS": "₪",
}
_BARE: Final = frozenset(("person", "item", "people", "persons", "case", "cases", "magnitude", ""))
_CLOSING: Final = re.compile(r"\.0+(?= |$)")
# From here on a round number reads better with its scale word: 4 million, but 400,000.
_SCALED_FROM: Final = 1e6


def as_written(row: Mapping[str, Any] | Figure) -> str:
    """A figure in the house notation, its unit with it.

    Takes a row of the table (open bounds as None or ±inf) or a Figure; the keys used are value, low, high, comparator,
    precision, unit, modality and quote. Vague quantities are given in their own words.
    """
    return _shown(row, _MARKS)


def as_said(row: Mapping[str, Any] | Figure) -> str:
    """The same in running text, words instead of marks: more than 2,000 · about 5,840 · up to 300."""
    unit = row.unit if isinstance(row, Figure) else row.get("unit")
    return _shown(row, _SAID if _text(unit) in _BARE else _MEASURED_SAID)


def times_in_words(ratio: float) -> str:
    """How many times as large, never rounded up: "twice", "more than eleven times" (11.7); for ratios of two and up."""
    whole = max(int(ratio), 1)
    name = _TIMES.get(whole, f"{count_in_words(whole)} times")
    return f"more than {name}" if ratio > whole + _JUST else name


def count_in_words(count: int) -> str:
    """Zero to twelve in words, larger numbers in digits."""
    return _SMALL[count] if 0 <= count < len(_SMALL) else f"{count:,}"


def _shown(row: Mapping[str, Any] | Figure, marks: Mapping[str, str]) -> str:
    get = (lambda name: getattr(row, name, None)) if isinstance(row, Figure) else row.get
    comparator = str(get("comparator") or "exact")
    unit = _text(get("unit"))
    precision = _number(get("precision")) or 1.0
    value, low, high = (_number(get(name)) for name in ("value", "low", "high"))
    if comparator == "vague" and _text(get("quote")):
        shown = _text(get("quote")).lower()
    elif comparator in ("between", "vague") or value is None:
        shown = _range(low, high, precision, unit, marks)
    else:
        shown = (
            marks.get(comparator, "") + _WORDS.get(comparator, "") + with_unit(number_in_words(value, precision), unit)
        )
    return shown + _MODALITIES.get(str(get("modality") or ""), "")


def number_in_words(value: float, precision: float = 1.0) -> str:
    """A number with thousands marks, scale words for round millions, and no digit finer than its precision.

    1,045,459 · 1.04 million (precision 10,000) · 5 million · 0.5 · 2,000.
    """
    size = abs(value)
    precision = precision if precision > 0 else 1.0
    for scale, word in _SCALES:
        if size >= scale and size >= _SCALED_FROM and precision >= scale / 1000:
            return f"{_plain(value / scale, precision / scale)} {word}"
    return _plain(value, precision)


def with_unit(number: str, unit: str) -> str:
    """A written number with its unit: 90%, $1.5 billion, 315 km/h; people and things carry none."""
    if unit in _BARE:
        return number
    if unit == "percent":
        return f"{number}%"
    if unit == "percentage_point":
        return f"{number} points"
    if unit in _SIGNS:
        return f"-{_SIGNS[unit]}{number[1:]}" if number.startswith("-") else f"{_SIGNS[unit]}{number}"
    return f"{number} {unit.replace('_', ' ')}"


def _range(low: float | None, high: float | None, precision: float, unit: str, marks: Mapping[str, str]) -> str:
    floor, ceiling = _finite(low), _finite(high)
    if floor is None and ceiling is None:
        return "unknown"
    if ceiling is None:
        return marks["at_least"] + with_unit(number_in_words(floor or 0.0, precision), unit)
    if floor is None:
        return marks["at_most"] + with_unit(number_in_words(ceiling, precision), unit)
    # One precision stands for both ends: zeros that only the other end's digits call for are left out.
    first, last = (_CLOSING.sub("", number_in_words(one, precision)) for one in (floor, ceiling))
    if first == last:
        return with_unit(first, unit)
    for _, word in _SCALES:
        # One scale word serves both ends: 3–5 million.
        if first.endswith(f" {word}") and last.endswith(f" {word}"):
            first = first.removesuffix(f" {word}")
    return with_unit(f"{first}–{last}", unit)


def _plain(value: float, precision: float) -> str:
    if value == round(value) and precision >= 1:
        return f"{round(value):,}"
    # A fraction whose precision says whole numbers was computed, not written: three places are enough to know it by.
    places = min(max(0, math.ceil(-math.log10(precision) - 1e-9)), 6) if precision < 1 else 3
    text = f"{value:,.{places}f}"
    return text if precision < 1 else text.rstrip("0").rstrip(".")


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _number(value: Any) -> float | None:
    if value is None or isinstance(value, str):
        return None
    number = float(value)
    return None if math.isnan(number) else number


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
