"""Resolve the unit beside a number. The one door to quantulum3.

News uses a few hundred units; they stand in ``lexicon/data/units.toml`` and are looked up. quantulum3 is asked only for
the rare rest, about the few words behind a number, never about an article: there it is slow, drops comparators, reads
"1.2m refugees" as metres and changes its own cached units. So its answer is copied out and remembered by the words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import Final

from figures.extract.numerals import folded, read_percent
from figures.extract.types import Document, NumberMention, Quantity
from figures.lexicon import Lexicon
from figures.lexicon.numbers import NumberLexicon, UnitEntry

__all__ = ["resolve_units"]

QUOTED: Final = 240  # characters back in which a quotation may have begun
AHEAD: Final = 56  # characters behind a number that a unit may take
FAR: Final = 60
STERLING: Final = 1e6  # pounds by the million are money, fewer are weight

_WORD: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:sq|cu)\.(?=\s)|[^\W\d_]+(?:[./'][^\W\d_]+)*[23²³]?|[°º]\s?[^\W\d_]|[°º′″'\"¢€]"
)
_SPACES: Final = frozenset(" -\u00a0\u2009\u202f")
_COMPOUND: Final = re.compile(
    r"\s?(?:[^\W\d_]{1,3}[/·][^\W\d_]{1,3}[23²³]?|[kMGTPµμmnhdc]?(?:Pa|Hz|eV|Bq|Sv|Gy|lm|lx|mol|Wb)|[km]si)(?![\w/])"
)
_LIST_GAP: Final = re.compile(r"-?(?:,\s?|\s?(?:and|or|to|by)\s|-|–)")
_GLUED_ONLY: Final = frozenset({"s", "h", "g", "t", "l", "x", "C", "F", "L", "V", "A"})
_MARKS: Final = frozenset({"'", '"', "″", "′"})
_NAMES: Final = re.compile(r"\b[A-Z][^\W\d_]+(?: [A-Z][^\W\d_]+)?")
_NAME_LENGTHS: Final = range(4, 40)
_COLD: Final = re.compile(r"\b(?:temperatures?|mercury|thermometers?|cold|frosts?)\b[^.;]*$")
_WITHOUT: Final = frozenset({"exact", "between", "vague"})
_ADJECTIVES: Final = frozenset({"dong", "rand", "pound", "yard", "point", "minute", "foot"})


def resolve_units(document: Document, mentions: list[NumberMention], lexicon: Lexicon) -> list[Quantity]:
    """Give each number its unit of measure; None where a counted noun follows.

    A currency before the number wins over the words behind it. Members of a list take the unit of the last ("10, 15
    and 20 km"), a fraction that of its base. Names are canonical: "USD", "percent", "km", "hectare", "year_of_age".
    """
    pages = {name: (text, folded(text)) for name in ("title", "text") for text in (document.article.field_text(name),)}
    out: list[Quantity] = []
    for one in reversed(mentions):
        sentence = document.sentences[one.sentence]
        following = out[-1] if out and out[-1].mention.sentence == one.sentence else None
        text, low = pages[sentence.field]
        out.append(_to_quantity(text, low, sentence.end, one, following, lexicon.numbers))
    out.reverse()
    done: list[Quantity] = []
    for quantity in out:
        done.append(_converted(quantity, done[-1] if done else None, pages, document))
    return _in_its_country(done, document, lexicon)


def _in_its_country(found: list[Quantity], document: Document, lexicon: Lexicon) -> list[Quantity]:
    """ "Rs 500", "800 pesos": the money of the country that the article speaks of most, where several have the name."""
    out: list[Quantity] = []
    spoken: Counter[str] | None = None
    for one in found:
        if one.dimension == "currency" and one.unit_start is not None and one.unit_end is not None:
            text = document.article.field_text(document.sentences[one.mention.sentence].field)
            word = text[one.unit_start : one.unit_end].strip(" .-\u00a0").casefold()
            if (shared := lexicon.numbers.shared.get(word)) is not None:
                spoken = _countries(document, lexicon) if spoken is None else spoken
                most = max(shared.by_country, key=lambda iso: spoken[iso] if spoken is not None else 0)
                own = next((iso for iso, name in shared.by_country.items() if name == one.unit), "")
                if spoken[most] > spoken[own]:
                    unit = shared.by_country[most]
                    mention = replace(one.mention, unit=unit) if one.mention.unit is not None else one.mention
                    one = replace(one, unit=unit, mention=mention)
        out.append(one)
    return out


def _countries(document: Document, lexicon: Lexicon) -> Counter[str]:
    """How often the article names each country, its people or a place of it."""
    settings = lexicon.settings
    spoken: Counter[str] = Counter()
    for name in ("title", "text"):
        for written, times in Counter(_NAMES.findall(document.article.field_text(name))).items():
            for part in dict.fromkeys((written, *written.split())):
                iso3 = settings.country_of(part)
                if iso3 is None and len(part) in _NAME_LENGTHS:
                    place = settings.place(part.title() if part.isupper() else part)
                    iso3 = place.iso3 if place is not None else None
                if iso3 is not None:
                    spoken[iso3] += times
                    break
    return spoken


def _converted(
    one: Quantity, before: Quantity | None, pages: dict[str, tuple[str, str]], document: Document
) -> Quantity:
    """ "about 120 mph (193 kph / 104 knots)": what brackets say again in another unit is as much more or less."""
    mention = one.mention
    if before is None or one.dimension is None or before.dimension != one.dimension or before.unit == one.unit:
        return one
    first = before.mention
    if first.sentence != mention.sentence or mention.comparator != "exact" or first.comparator in _WITHOUT:
        return one
    if not first.value or not mention.value or mention.value < 0 or first.value < 0:
        return one
    text = pages[document.sentences[mention.sentence].field][0]
    end = max(first.end, before.unit_end or 0)
    if text[end : mention.start].strip() not in ("(", "/"):
        return one
    ratio = mention.value / first.value
    claim = replace(mention, comparator=first.comparator, low=first.low * ratio, high=first.high * ratio)
    return replace(one, mention=claim)


def _to_quantity(
    text: str, low: str, end: int, one: NumberMention, following: Quantity | None, lexicon: NumberLexicon
) -> Quantity:
    if one.kind == "fraction" and following is not None and one.base == _span(following.mention):
        return _sharing(one, following)
    if one.unit in ("percent", "percentage_point"):
        last, written = read_percent(low, one.number_end, end)
        first, stop = (one.number_end, last) if written else (None, None)
        return Quantity(mention=one, unit=one.unit, dimension="percent", unit_start=first, unit_end=stop)
    if one.unit == "year_of_age":
        return Quantity(mention=one, unit=one.unit, dimension="age")
    if one.unit is not None:
        first = one.number_start
        stop = first - 1 if low[first - 1 : first] == "-" else first  # "$-50bn"
        prefix = lexicon.currency_prefix.search(low, max(one.start, stop - 7), stop)
        if prefix is not None:
            first = prefix.start("sign")
        elif text[first - 1 : first] in lexicon.currency_letters:
            first -= 1  # "R12 million"
        return Quantity(mention=one, unit=one.unit, dimension="currency", unit_start=first, unit_end=one.number_start)
    if one.kind == "article" and one.value == 0:
        return Quantity(mention=one, unit=None, dimension=None)
    found = _unit_at(text, low, one.number_end, end, one, lexicon)
    if found is not None:
        entry, first, last = found
        return Quantity(mention=one, unit=entry.name, dimension=entry.dimension, unit_start=first, unit_end=last)
    if one.kind == "count" and (one.value or 0.0) < 0 and _COLD.search(low, max(0, one.start - FAR), one.start):
        return Quantity(mention=one, unit="degree", dimension="temperature")  # "night temperatures of minus seven"
    if following is not None and (following.unit_start or 0) >= following.mention.number_end > one.number_end:
        listed = _LIST_GAP.fullmatch(low, one.number_end, following.mention.start) is not None
        if following.unit == "percent" and (one.value or one.high) > 100:
            apart = " or " in low[one.number_end : following.mention.start]  # "some 900 or 42.5%"
            listed = listed and not apart and (one.value or one.high) <= 1000
        if listed and following.mention.comparator in ("exact", "between"):
            return _sharing(one, following)
    return Quantity(mention=one, unit=None, dimension=None)


def _span(one: NumberMention) -> tuple[int, int]:
    return one.number_start, one.number_end


def _sharing(one: NumberMention, other: Quantity) -> Quantity:
    return Quantity(
        mention=one, unit=other.unit, dimension=other.dimension, unit_start=other.unit_start, unit_end=other.unit_end
    )


def _unit_at(
    text: str, low: str, at: int, end: int, one: NumberMention, lexicon: NumberLexicon
) -> tuple[UnitEntry, int, int] | None:
    """The longest unit that begins at the end of a number, behind a space, a hyphen or nothing."""
    if one.comparator == "vague" and low.startswith(" of ", at):
        found = _unit_at(text, low, at + 3, end, replace(one, comparator="exact"), lexicon)  # "thousands of hectares"
        if found is not None and found[0].dimension in ("area", "mass", "volume"):
            return found
    stop = min(end, at + AHEAD)
    first = at + 1 if low[at : at + 1] in _SPACES else at
    ends: list[int] = []
    position = first
    while len(ends) < lexicon.units_longest and (match := _WORD.match(low, position, stop)) is not None:
        ends.append(match.end())
        position = match.end()
        if low[position : position + 1] not in _SPACES:
            break
        position += 1
    for last in reversed(ends):
        word = low[first:last]
        entry = lexicon.units.get(word.replace("-", " ")) or lexicon.units.get(word)
        if entry is not None and _is_unit(word, low, at, last, one):
            pounds = entry.name == "pound" and max(one.value or 0.0, one.high) >= STERLING
            return lexicon.symbols["GBP"] if pounds else entry, first, last
        entry = lexicon.symbols.get(text[first:last])
        if entry is not None and text[first:last] == '"' and _closes_quote(text, first):
            continue
        if entry is not None and _is_symbol(text[first:last], glued=first == at, before=text[last : last + 1]):
            return entry, first, last
    if not ends or one.kind != "count":
        return None
    word = text[first : ends[0]]
    if word.lower() in lexicon.deferred or _COMPOUND.match(text, at, stop) is not None:
        entry = _ask_quantulum(word)
        return (entry, first, ends[0]) if entry is not None else None
    return None


def _closes_quote(text: str, at: int) -> bool:
    """Whether a straight mark at an offset ends a quotation: "the toll was "more than 40"" counts no inches."""
    begin = max(text.rfind("\n", max(0, at - QUOTED), at) + 1, at - QUOTED, 0)
    return text.count('"', begin, at) % 2 == 1


def _is_symbol(symbol: str, *, glued: bool, before: str) -> bool:
    """Whether a symbol measures here: "45C" and "30'" yes, "3 in 5", "5 A levels" and "4 C's" no."""
    if symbol == "in":
        return False
    if symbol in _MARKS:
        return glued and not before.isalnum()
    return glued or symbol not in _GLUED_ONLY


def _is_unit(word: str, low: str, at: int, last: int, one: NumberMention) -> bool:
    """Whether a word that can be a unit is one here: "3 points" yes, "two second-hand cars", "12 won prizes" no."""
    hyphened = low[at : at + 1] == "-"
    value = one.value if one.value is not None else one.high
    if word == "p":
        return low[at : at + 1] == "p"
    if word == "second" and value != 1 and not hyphened:
        return value != int(value) if value < 1e15 else False
    if word == "won" and value < 1000:
        return False
    return not (word in _ADJECTIVES and value > 1 and low[last : last + 1] == "-" and not hyphened)


@lru_cache(maxsize=4096)
def _ask_quantulum(unit: str) -> UnitEntry | None:
    """What quantulum3 makes of a number before this word; None where it sees no unit or makes one of its letters."""
    from quantulum3 import parser  # its tables take seconds to read; most articles never need them

    try:
        found = parser.parse(f"7 {unit}")
    except Exception:  # it raises whatever its tables raise on odd words
        return None
    if len(found) != 1 or found[0].value != 7.0 or found[0].unit.name == "dimensionless":
        return None
    name = str(found[0].unit.name)
    if unit.isalpha() and " " in name:
        return None
    return UnitEntry(name=name.replace(" ", "_"), dimension=str(found[0].unit.entity.name))
