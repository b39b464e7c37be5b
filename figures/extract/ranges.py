"""Join two numerals that say one thing: "100 to 150", "between 3 and 5 million", "1,000–1,500", "one in five".

Scores ("won 2-1") and pairs of years ("1939-1945") are dropped here; "rose from 30 to 45" stays two numbers, each
with its part in the change.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from figures.extract.beside import Beside
from figures.extract.numerals import Numeral, exactly

__all__ = ["is_yearlike", "join"]

GAP: Final = 28  # characters between the two ends of a range, a repeated unit included
PARALLEL: Final = 40  # characters between two changes told alike
OR_MOST: Final = 3.0  # "10 or 12", but not "2 or 40"
ALL: Final = 100.0
SPOILT: Final = 12.0  # per cent of the votes that two sides leave to others
SCORE: Final = 20  # below it a bare "3-5" is a score

_DASH: Final = re.compile(r"\s?(?:-|–|—|--)\s?")
_OR: Final = re.compile(r"\s(?:or|or even|or maybe|or perhaps)\s")
_HYPHENED: Final = re.compile(r"-\s(?:to|or)\s|-?\sto-|-to-")
_AND: Final = re.compile(r"(?P<unit>[\s-]?[a-z$€£°%/.]{1,12}(?:\s[a-z]{1,10})?)??\sand\s")
_IN: Final = re.compile(r"\s(?P<word>in|out of|of)\s(?P<every>every\s|each\s)?|-in-(?:a-)?")
_VERB: Final = re.compile(r"([a-z]+)\s$")
_DENOMINATORS: Final = frozenset({2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 100, 200, 500, 1e3, 1e4, 1e5})


def join(numerals: list[Numeral], beside: Beside) -> list[Numeral]:
    """The numerals with ranges, fractions and changes joined, pair by pair from the left."""
    out: list[Numeral] = []
    position = 0
    while position < len(numerals):
        one = numerals[position]
        goes_on = bool(out) and out[-1].role == "to" and one.left - out[-1].right < PARALLEL
        joined = _joined(one, numerals[position + 1], beside, goes_on) if position + 1 < len(numerals) else None
        out.extend([one] if joined is None else joined)
        position += 1 if joined is None else 2
    return out


def is_yearlike(one: Numeral) -> bool:
    """Four bare digits that could be a year."""
    value = one.value
    return (
        one.form == "digits" and not one.grouped and one.scale == 1 and one.unit is None and one.end - one.start == 4
        and value is not None and 1100 <= value <= 2100
    )  # fmt: skip


def _joined(a: Numeral, b: Numeral, beside: Beside, goes_on: bool) -> list[Numeral] | None:
    """What two neighbours are together; None where nothing joins them, an empty list where they are no figures.

    ``goes_on``: a change from one number to another stands right before ("petrol went from $1 to $2, diesel from ...").
    """
    if b.left - a.right > GAP or a.value is None or b.value is None or "fraction" in (a.form, b.form):
        return None
    gap = beside.low[a.right : b.left]
    if (part := _IN.fullmatch(gap)) is not None:
        return _one_in(a, b, part, beside)
    if (a.unit and b.unit and a.unit != b.unit) or (a.unit == "percent" and b.unit is None):
        return None
    if is_yearlike(a) and (_is_dated(a, beside) or b.unit == "percent"):
        return None  # "the forecast for 2020 to 12.1%"
    opening = beside.lexicon.patterns["range_opening"].search(beside.low, max(beside.start, a.left - 40), a.left)
    kind = opening["kind"] if opening is not None else ""
    if _DASH.fullmatch(gap) is not None:
        return _dashed(a, b, gap, beside)
    if _HYPHENED.fullmatch(gap) is not None and (b.glued or gap[-1] == "-"):
        return _range(a, b, "N or M" if " or " in gap else "N to M", opening)  # "a 3- to 5-year lease"
    to = beside.lexicon.patterns["range_to"].fullmatch(gap)
    if to is not None and _repeats_unit(to["unit"], b, beside):
        return _from_to(a, b, to["unit"] or "", opening, beside, goes_on)
    both = _AND.fullmatch(gap)
    if both is not None and kind == "between" and _repeats_unit(both["unit"], b, beside):
        if is_yearlike(a) and is_yearlike(b) and not beside.counted_noun(b.right):
            return []
        return _range(a, b, "between N and M", opening)
    if _OR.fullmatch(gap) is not None and a.unit in (None, b.unit) and not a.glued:
        low = _shared(a, b)
        if low < b.value <= OR_MOST * low:
            return _range(a, b, "N or M", None)
    return None


def _is_dated(a: Numeral, beside: Beside) -> bool:
    """ "rose 60% in 2018 to 3.9 million": the year belongs to what stands before it."""
    words = beside.words_before(a.left, 16)
    return bool(words) and (words[-1][1] in beside.lexicon.sets["dated_by"] or words[-1][1] in beside.lexicon.months)


def _repeats_unit(unit: str | None, b: Numeral, beside: Beside) -> bool:
    """Whether the words between two numbers are only a unit: "5 km to 10 km", "200 people to 300 people"."""
    if unit is None:
        return True
    word = unit.strip(" -")
    known = beside.lexicon.units.get(word)
    if known is not None:
        return b.unit is None or known.name == b.unit
    return word in ("people", "persons", "%", "per cent") or (bool(word) and beside.low.startswith(word, b.right + 1))


def _dashed(a: Numeral, b: Numeral, gap: str, beside: Beside) -> list[Numeral] | None:
    """ "1,000-1,500" and "3–5 million" are ranges; "2-1" is a score and "1939-1945" are years."""
    if is_yearlike(a) and is_yearlike(b):
        return []
    bare = a.unit is None and not a.grouped and a.scale == b.scale == 1 and b.unit != "percent"
    if bare and gap == "-" and _is_score(a, b, beside):
        return []
    spaced = gap != gap.strip()
    if spaced and ((a.value or 0.0) >= (b.value or 0.0) or gap == " -"):
        return None
    if bare and b.grouped and (b.value or 0.0) % 1000 == 0 and (a.value or 0.0) < (b.value or 0.0) / 1000:
        a = replace(a, value=(a.value or 0.0) * 1000, precision=a.precision * 1000)  # "10-15,000"
    return _range(a, b, "N-M", None)


def _is_score(a: Numeral, b: Numeral, beside: Beside) -> bool:
    """Small bare numbers across a hyphen are a score, unless they rise and count or measure something."""
    low, high = a.value or 0.0, b.value or 0.0
    if low >= high:
        return low < 1000
    if (
        b.glued
        or beside.low[b.right : b.right + 1].isalpha()
        or beside.counted_noun(b.right)
        or beside.unit_word(b.right)
    ):
        return False
    return high < SCORE or (high < 10 * SCORE and low < 10 and beside.comparator(a.left)[1] is None)


def _from_to(
    a: Numeral, b: Numeral, unit: str, opening: re.Match[str] | None, beside: Beside, goes_on: bool
) -> list[Numeral] | None:
    """ "A to B": a range, or the two ends of a change ("rose from A to B"), or "by A, to B" ("rose A to B")."""
    if is_yearlike(a) and is_yearlike(b):
        return []
    low, high = a.value or 0.0, b.value or 0.0
    if opening is not None and opening["kind"] == "from":
        moved = goes_on or beside.move_before(opening.start()) is not None or low > high
        if moved and "rang" not in opening["words"] and "where" not in opening["words"]:
            value = _shared(a, b)
            wider = a.precision * (b.scale if value != a.value else 1)
            unit_of_both = a.unit or (b.unit if b.unit == "percent" else None)
            return [replace(a, value=value, role="from", precision=wider, unit=unit_of_both), replace(b, role="to")]
        return _range(a, b, "from N to M", opening)
    if beside.moves_to(a.left) and not _is_measured_range(a, b, beside):
        return None
    if a.unit is None and b.unit == "percent" and low > high and ALL - SPOILT <= low + high <= ALL:
        return [replace(a, unit="percent"), b]  # "won by 54 to 46 per cent": two sides, no range
    word = unit.strip(" -")
    falls = low >= high and a.unit is None and b.unit is None and not a.grouped
    if low > high and a.unit == b.unit == "percent":
        return None  # "66.4 per cent to 33.6 per cent": two sides, no range
    if falls and not (word and beside.low.startswith(word, b.right + 1)):
        return None
    return _range(a, b, "N to M", opening)


def _is_measured_range(a: Numeral, b: Numeral, beside: Beside) -> bool:
    """ "fell by 1 to 1.5 degrees", "rose 5 to 10 percent": one unit behind both, so no "by A, to B"."""
    if a.unit is None and b.unit == "percent":
        return True
    low, high = a.value or 0.0, b.value or 0.0
    return a.unit == b.unit and not beside.unit_word(a.right) and beside.unit_word(b.right) and low < high <= 4 * low


def _shared(a: Numeral, b: Numeral) -> float:
    """A's value, with B's scale where the two share it: "3 to 5 million", but not "$250,000 to $1 million"."""
    value = a.value or 0.0
    long = a.form == "digits" and a.mantissa >= 1000
    if a.scale == 1 < b.scale and a.form == b.form and not long and 0 < a.mantissa < b.mantissa:
        return exactly(value * b.scale)
    return value


def _range(a: Numeral, b: Numeral, rule: str, opening: re.Match[str] | None) -> list[Numeral] | None:
    low, high = _shared(a, b), b.value or 0.0
    if a.scale > b.scale == 1 and a.form == b.form == "digits" and a.mantissa < b.mantissa < 1000 and not b.unit:
        high = exactly(high * a.scale)  # "1.5 million to 2"
    if low > high and rule in ("N-M", "N or M"):
        return None
    return [Numeral(
        start=a.start, end=b.end, left=opening.start("words") if opening is not None else a.left, right=b.right,
        form="between", value=None, low=min(low, high), high=max(low, high), mantissa=b.mantissa, scale=b.scale,
        precision=min(a.precision * (b.scale if low != a.value else 1), b.precision), unit=b.unit or a.unit, rule=rule,
        glued=b.glued, grouped=True,
    )]  # fmt: skip


def _one_in(a: Numeral, b: Numeral, part: re.Match[str], beside: Beside) -> list[Numeral] | None:
    """ "one in five", "one out of every ten", "6 in 10" are fractions; "killed two in three days" is none."""
    tied = part["word"] is None  # "a 1-in-5 chance", but no "one-in-100-year flood"
    if a.value is None or b.value is None or a.unit or b.unit or a.scale != 1 or (a.glued and not tied) or b.glued:
        return None
    if not (0 < a.value < b.value and a.value == int(a.value) and b.value in _DENOMINATORS):
        return None
    if part["every"] is None and not tied:
        events = beside.lexicon.patterns["not_a_denominator"].match(beside.low, b.right) is not None
        if part["word"] == "of" or events or (a.form != b.form and a.value != 1):
            return None
        verb = _VERB.search(beside.low, max(beside.start, a.left - 16), a.left)
        if part["word"] == "in" and verb is not None and verb[1][:4] in beside.lexicon.sets["harm_stems"]:
            return None
    share = a.value / b.value
    return [Numeral(
        start=a.start, end=b.end, left=a.left, right=b.right, form="fraction", value=share, low=share, high=share,
        rule="N in M", grouped=True,
    )]  # fmt: skip
