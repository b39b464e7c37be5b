"""Scan a sentence for numerals, past the stretches whose digits are no figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from figures.extract.digits import read_digits
from figures.extract.numerals import Numeral, Page
from figures.extract.spelled import read_spelled
from figures.lexicon.numbers import NumberLexicon

__all__ = ["find_numerals"]

REACH: Final = 24  # characters before an atom that a date or another non-figure may begin at
LONGEST: Final = 96  # characters that such a pattern may take behind an atom
# Where such a pattern may begin: at a word, at a mark, at the space before a list; addresses also inside a word.
BEGINNING: Final = re.compile(r"\b\w|[^\w\s]|^\s|(?=https?:|www\.|pic\.|t\.co/)")


def find_numerals(page: Page, start: int, end: int, atoms: list[int], lexicon: NumberLexicon) -> list[Numeral]:
    """Every numeral of one sentence, left to right. ``atoms`` are the places where a number may begin."""
    hidden = _find_hidden(page, start, end, atoms, lexicon)
    starts = [one[0] for one in hidden]
    found: list[Numeral] = []
    reach = start
    for atom in atoms:
        if atom < reach:
            continue
        at = bisect_right(starts, atom) - 1
        if at >= 0 and atom < hidden[at][1]:
            reach = hidden[at][1]
            continue
        last = found[-1] if found else None
        if page.low[atom].isdigit():
            one, reach = read_digits(page, start, end, atom, last, lexicon)
        else:
            one, reach = read_spelled(page, start, end, atom, last, lexicon)
        if one is not None:
            if last is not None and one.left < last.right:
                found.pop()
            found.append(one)
    return found


def _find_hidden(page: Page, start: int, end: int, atoms: list[int], lexicon: NumberLexicon) -> list[tuple[int, int]]:
    """Stretches whose digits are no figures: dates, clock times, addresses, phone numbers, page furniture, idioms.

    Only the neighbourhood of each atom is searched; the longest pattern begins within it.
    """
    out: list[tuple[int, int]] = []
    position = start
    for first_atom, last_atom in _clusters(atoms):
        begin = max(start, first_atom - REACH)
        while begin > start and begin > first_atom - 3 * REACH and not page.low[begin - 1].isspace():
            begin -= 1
        position = max(position, begin)
        stop = min(end, last_atom + LONGEST)
        for place in BEGINNING.finditer(page.low, position, stop):
            first = place.start()
            if first > last_atom:
                break
            if first < position or (match := lexicon.mask.match(page.low, first, stop)) is None:
                continue
            last = match.end()
            rule = next(one for one in lexicon.not_figures if match.group(one.group) is not None)
            position = first + 1
            if rule.capital and page.text[first : first + 1].islower():
                continue
            if (
                rule.rule == "month day"
                and page.low[max(start, first - 3) : first] == "in "
                and lexicon.patterns["counted_noun"].match(page.low, last, end)
            ):
                continue  # "In May 20 people were killed"
            if rule.capital_after and not _capital_after(page.text, first, last):
                while position < last and page.text[position].isalnum():
                    position += 1
                continue
            position = max(last, position)
            out.append((first, last))
    return out


def _clusters(atoms: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of atoms that stand closer than the longest pattern reaches."""
    out: list[tuple[int, int]] = []
    for atom in atoms:
        if out and atom - out[-1][1] < LONGEST:
            out[-1] = (out[-1][0], atom)
        else:
            out.append((atom, atom))
    return out


def _capital_after(text: str, first: int, last: int) -> bool:
    words = text[first:last].split()[1:]
    return bool(words) and all(word[0].isupper() for word in words)
