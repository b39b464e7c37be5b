"""Tell which numerals are no figures: years, names and models, ages in apposition, children of a parent.

Dates, clock times, addresses and the like never get here; patterns hide them before numerals are read.
"""

from __future__ import annotations

import re
from typing import Final

from figures.extract.beside import Beside
from figures.extract.numerals import Numeral
from figures.extract.ranges import is_yearlike

__all__ = ["is_no_figure"]

YEARS: Final = (1900, 2050)  # a bare number in this range without a counted noun is a year
OLDEST: Final = 110
HEADLINE: Final = 0.7  # of the longer words begin with a capital

_HARMED: Final = frozenset(["victims", "dead", "injured", "wounded", "missing", "survivors", "fatalities"])
_WORDS: Final = re.compile(r"\S+")
_LONGER: Final = re.compile(r"[^\W\d_]{4,}")
_NEXT: Final = re.compile(r"\s([a-z]+)")
_LISTED: Final = re.compile(r"\d[^.;]{0,90}?(?:,|\band|,\sand)\s(?:the\s)?(?:[A-Z][\w'’.-]*\s){1,4}$")
_NUMBERED: Final = re.compile(r"\d\s[A-Z][\w-]*\s$")
_LIST_GOES_ON: Final = re.compile(r"[,.;)]|\s(?:and|in|on|with|to|after|from)\b|$")


def is_no_figure(one: Numeral, beside: Beside) -> bool:
    """Whether a numeral tells no quantity, by the words right beside it."""
    if one.form in ("vague", "fraction"):
        return False
    first = max(beside.start, one.left - 24)
    words = _WORDS.findall(beside.low, first, one.left)
    last = words[-1].strip("\"'“(") if words and beside.low[one.left - 1].isspace() else ""
    sets = beside.lexicon.sets
    if one.form == "between":
        return one.rule == "N-M" and one.unit is None and last in sets["names_any_case"]  # "Boeing 737-800"
    if last == "of" and len(words) > 1 and words[-2] in sets["parents"]:
        return True
    if one.form == "words":
        return last in sets["names_capital"] and (one.value or 0.0) < 100 and _is_name(one, last, beside)
    if one.unit is not None or one.scale != 1 or one.grouped:
        return False
    return (
        (is_yearlike(one) and _is_year(one, last, beside)) or _is_name(one, last, beside) or _is_age(one, words, beside)
    )


def _is_age(one: Numeral, words: list[str], beside: Beside) -> bool:
    """ ", 42," behind a name or a role: "Ana Silva, 42, said", "a Spanish priest, 75, who"."""
    after = beside.low[one.end : one.end + 1]
    value = one.value or 0.0
    if not words or not 0 < value <= OLDEST or value != int(value) or not beside.low.endswith(", ", 0, one.left):
        return False
    if (after and after not in ",.;)") or (after == "," and beside.low[one.end + 1 : one.end + 2].isdigit()):
        return False
    if words[-1].rstrip(",") in _HARMED:
        return False  # "most of the victims, 61, came from one village"
    if after == "," and words[-1][:-1].isalpha() and len(words[-1]) > 2:
        return True
    at = beside.low.rfind(words[-1], max(beside.start, one.left - 24), one.left)
    return beside.text[at].isupper()


def _is_year(one: Numeral, last: str, beside: Beside) -> bool:
    """Whether four bare digits name a year: by the word before ("in 2016", "the 2011 quake") and no noun they count."""
    sets, months = beside.lexicon.sets, beside.lexicon.months
    value = int(one.value or 0)
    after = beside.low[one.end : one.end + 1]
    if last.rstrip(",") in months:
        return True
    if after.isalpha() or (after and after in "%°") or beside.unit_word(one.right):
        return False
    counted = beside.counted_noun(one.end)
    if last in sets["year_takers"] or last.endswith("'s"):
        # "that 1549 people", "the 1200 dead": a year modifies an event, never the people themselves.
        following = _NEXT.match(beside.low, one.end)
        recent = YEARS[0] <= value <= YEARS[1]
        if following is not None and following[1] in sets["counted_after"] and (counted or not recent):
            return False
        return not (counted and (not recent or (last == "the" and value % 50 == 0)))
    if counted:
        return last in sets["dated_by"] and last != "of" and value % 100 != 0
    claim = beside.comparator(one.left)[1]
    if claim is not None and claim.claim not in ("neutral", "approximately") and last != "over":
        return False
    if last in sets["time_before"]:
        if last in ("to", "from", "by") and beside.move_before(one.left) is not None:
            words = beside.words_before(one.left, 32)
            moved = len(words) > 1 and words[-2][1] in beside.lexicon.moves
            return last == "from" and not moved and one.role is None
        return not (last in ("about", "around", "of") and value % 100 == 0)
    following = _NEXT.match(beside.low, one.end)
    named = beside.text[one.end + 1 : one.end + 2].isupper()
    if following is not None and not named and following[1] in sets["counted_after"]:
        return False
    return YEARS[0] <= value <= YEARS[1]


def _is_name(one: Numeral, last: str, beside: Beside) -> bool:
    """ "Flight 370", "Boeing 737", "Big 12", "Resolution 2254", "Channel 4"; a headline's capitals tell nothing."""
    lexicon = beside.lexicon
    sets = lexicon.sets
    if not last or (last[-1] in ",.;:!?)" and last not in sets["names_any_case"]):
        return False
    if last in sets["names_any_case"] or last.rstrip("s") in sets["names_any_case"]:
        return last != "no"
    begin = beside.low.rfind(last, max(beside.start, one.left - 24), one.left)
    if not beside.text[begin : begin + 1].isupper():
        return False
    if last.endswith("'s"):
        return last[:-2] in sets["names_any_case"] and one.form == "digits" and not beside.counted_noun(one.right)
    if last in sets["names_capital"]:
        return True
    if one.form == "words" or begin == beside.start or one.glued or (one.value or 0.0) >= 10_000:
        return False
    if last in lexicon.months or last in lexicon.weekdays or last in lexicon.moves or last in sets["function_words"]:
        return False
    if _NUMBERED.search(beside.text, max(beside.start, one.left - 24), one.left) and not _is_headline(beside):
        return True  # "14 Leopard 2 tanks"
    if beside.counted_noun(one.right) or beside.unit_word(one.right):
        return False
    return not _is_headline(beside) and not _is_listed(one, beside)


def _is_listed(one: Numeral, beside: Beside) -> bool:
    """ "Guinea had 495 cases, Liberia 554 and Mali 13": a number before, a name and a number behind each comma."""
    listed = _LISTED.search(beside.text, max(beside.start, one.left - 110), one.left) is not None
    return listed and _LIST_GOES_ON.match(beside.low, one.right, beside.end) is not None


def _is_headline(beside: Beside) -> bool:
    """Whether most longer words at the beginning of the sentence are capitalised."""
    words = _LONGER.findall(beside.text, beside.start, min(beside.end, beside.start + 160))
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= HEADLINE * len(words)
