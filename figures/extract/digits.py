"""Read a numeral in digits: "1,500", "1.045.459", "2.5 million", "$1.5bn", "3m", "Rs 50 lakh", "3 1/2", "-1.3%"."""

from __future__ import annotations

import re
from typing import Final

from figures.extract.numerals import MOST_DIGITS, WORD, Numeral, Page, exactly, place_value, read_percent
from figures.extract.spelled import read_fraction
from figures.lexicon.numbers import NumberLexicon

__all__ = ["read_digits"]

# Thousands marks: comma, Indian comma, hard and thin spaces, space, point between two groups or more, apostrophe.
_DIGITS: Final = re.compile(
    r"(?P<whole>\d{1,3}(?:,\d{3}){1,6}(?!\d|,\d)"
    r"|\d{1,2}(?:,\d{2}){1,7},\d{3}(?!\d|,\d)"
    r"|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3}){1,6}(?!\d)"
    r"|\d{1,3}(?: \d{3}){2,6}(?![,.]?\d)"
    r"|[1-9]\d{0,2}(?: \d{3})(?![,.]?\d)"
    r"|\d{1,3}(?:\.\d{3}){2,6}(?!\d|\.\d)"
    r"|\d{1,3}(?:'\d{3}){1,6}(?!\d)"
    r"|\d+)(?P<part>\.\d+)?"
)
_BLOB: Final = re.compile(r"\d[\d,.]*")
_TOKEN: Final = re.compile(r"[^\s,;:!?()\"“”]*")
_LETTERS: Final = re.compile(r"[^\W\d_]+[23²³]?(?:/[^\W\d_]+[23²³]?)?")
_GAP: Final = re.compile(r"[ \u00a0\u2009\u202f-]")
_CAPITALS: Final = re.compile(r"(?<![\w-])([A-Z]{2,3})$")
_MONEYLIKE: Final = re.compile(r"\d[\d.]*(?:mn|bn|m|k|tn)\b|\d{1,3}(?:,\d{3})+\b|\d+\.\d\d(?!\d)")
_LETTERED: Final = re.compile(
    r"(?<![\w-])[BKLNPR](?=\d[\d.]*(?:(?:,\d{3})+\b|\s?(?:million|billion|trillion)\b|(?:m|bn|tn)\b))"
)
_OBLIQUE: Final = re.compile(r"(\s?)/\s?\d+")
_FRACTION: Final = re.compile(
    r"(\d{1,2})/(\d{1,2})(?![\d/])(?=\s?(?:of\b|an?\b|inch|cup|pound|mile|million|-inch|-mile|teaspoon|tablespoon))"
)
_MIXED: Final = re.compile(r"\s(\d)/(\d{1,2})(?![\d/])")
_MINUS: Final = re.compile(r"\bminus[\s-]$")
_SIGNS: Final = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅛": 0.125}
_THOUSANDS_POINT: Final = re.compile(r"\s(?:people|persons|troops|soldiers|civilians|refugees|dead)\b")
_METRES: Final = re.compile(
    r"[\s-]?(?:long|wide|high|tall|deep|away|above|below|from|off|apart|across|thick|race|sprint|dash|hurdles|freestyle"
    r"|butterfly|backstroke|breaststroke|relay|final|medley|waves?|pool|walk|run|tower|buffer|radius|distance|altitude"
    r"|sea)\b"
)
_MEASURED_BEFORE: Final = re.compile(r"\b(?:waves?|depth|height|length|width|altitude|distance)\b(?:\s\w+){0,3}\s$")
_BARE_UNITS: Final = frozenset({"pc", "pct", "percent", "per", "sq", "cu", "deg"})
_NO_UNITS: Final = frozenset({"G", "s"})  # 4G is a network, the 60s are years
_LONGEST_METRES: Final = 1000


def read_digits(
    page: Page, start: int, end: int, at: int, last: Numeral | None, lexicon: NumberLexicon
) -> tuple[Numeral | None, int]:
    """The numeral that begins at a digit, or None where the digits are part of a name; and where to read on."""
    low = page.low
    blob, match = _BLOB.match(low, at, end), _DIGITS.match(low, at, end)
    if blob is None or match is None:
        return None, at + 1
    part = match["part"] or ""
    if sum(map(str.isdigit, blob[0])) > MOST_DIGITS or (part and _is_dotted(low, match.end())):
        return None, blob.end()
    whole = re.sub(r"\D", "", match["whole"])
    bare = at
    if _has_leading_point(low, start, at):
        whole, part, bare = "0", "." + whole, at - 1
    opened = _opened(page, start, bare, at, match.end(), last, lexicon)
    if opened is None:
        return None, max(match.end(), _token_end(low, at, end))
    left, currency = opened
    mantissa, decimals, stop, rule = float(whole + part), max(0, len(part) - 1), match.end(), "N"
    after = low[stop : stop + 1]
    if after and after in _SIGNS:
        mantissa, decimals, stop = mantissa + _SIGNS[after], 2, stop + 1
    elif (mixed := _MIXED.match(low, stop, end)) is not None and not part and 0 < int(mixed[1]) < int(mixed[2]):
        mantissa, decimals, stop = mantissa + int(mixed[1]) / int(mixed[2]), 2, mixed.end()
    elif (oblique := _OBLIQUE.match(low, stop, end)) is not None:
        fraction = _FRACTION.match(low, at, end)
        if fraction is None or not 0 < int(fraction[1]) < int(fraction[2]):
            return None, oblique.end() if oblique[1] else _token_end(low, at, end)
        mantissa, decimals, stop, rule = int(fraction[1]) / int(fraction[2]), 2, fraction.end(), "N/M"
        if low.startswith(" of ", stop):
            return read_fraction(page, stop, left, mantissa, "N/M of", end), stop
    if low[stop : stop + 1] == ":" and low[stop + 1 : stop + 2].isdigit():
        return None, _token_end(low, stop + 1, end)
    scaled = _scale(page, start, stop, end, bare, currency, mantissa, lexicon)
    if scaled is None:
        return None, max(stop, _token_end(low, at, end))
    scale, stop, scale_words = scaled
    right, unit = read_percent(low, stop, end)
    unit = unit or currency
    value = exactly(mantissa * scale)
    precision = scale * 10.0**-decimals if decimals else place_value(mantissa) * scale if scale != 12 else 1.0
    if scale == 1 and unit is None and len(part) == 4 and _THOUSANDS_POINT.match(low, right, end):
        value = mantissa = float(whole + part[1:])  # "1.500 people" has a thousands point
        precision = place_value(value)
    sign = low[left - 1] if left > start and (left - 1 == start or low[left - 2] in " (\u00a0") else ""
    if sign and sign in "-+" and (unit is not None or part or low[right : right + 1] == "°"):
        left -= 1
    minus = _MINUS.search(low, max(start, left - 7), left)
    owing = currency is not None and left < bare - 1 and low[bare - 1] == "-"
    if minus is not None or owing or (sign == "-" and low[left] == "-"):
        value, mantissa = -value, -mantissa
        left = minus.start() if minus is not None else left
    return Numeral(
        start=bare, end=stop, left=left, right=right, form="digits", value=value, mantissa=mantissa, scale=scale,
        precision=precision, unit=unit, rule=f"N {scale_words}" if scale_words else rule,
        grouped=bool(part) or not match["whole"].isdigit(),
        glued=low[right : right + 1] == "-" and low[right + 1 : right + 2].isalpha(),
    ), right  # fmt: skip


def _token_end(low: str, at: int, end: int) -> int:
    match = _TOKEN.match(low, at, end)
    return max(at + 1, match.end() if match is not None else at)


def _is_dotted(low: str, at: int) -> bool:
    """Another point and digit follow: a version or an address."""
    return low[at : at + 1] == "." and low[at + 1 : at + 2].isdigit()


def _has_leading_point(low: str, start: int, at: int) -> bool:
    """ ".001" behind a space, a bracket or a currency sign."""
    return at > start and low[at - 1] == "." and (at - 1 == start or low[at - 2] in " (-\u00a0~<>≈$£€")


def _opened(
    page: Page, start: int, bare: int, at: int, stop: int, last: Numeral | None, lexicon: NumberLexicon
) -> tuple[int, str | None] | None:
    """What stands glued before a number: (where the number begins with it, its currency); None makes it a name.

    Read: "$", "US$", "Rs ", "USD10m", a minus, the hyphen of a range. Refused: "F-16", "COVID-19", "S23", "@a1", "x/3".
    """
    low, text = page.low, page.text
    prefix = lexicon.currency_prefix.search(low, max(start, bare - 7), bare)
    opening = prefix is not None and prefix["sign"][:2] == "a " and prefix.start("sign") <= start + 1
    if (
        prefix is not None
        and not opening
        and _is_money(text[prefix.start("sign") : prefix.end("sign")], bare - prefix.end("sign"))
    ):
        return prefix.start("sign"), lexicon.currency_prefixes[prefix["sign"]]
    if prefix is not None and (last_of := prefix["sign"][-1]) in "$£¥₵" and prefix["sign"][-2:-1] == " ":
        return prefix.end("sign") - 1, lexicon.currency_prefixes.get(last_of)  # "A $300 million package"
    capitals = _CAPITALS.search(text, max(start, bare - 4), bare)
    if capitals is not None and _MONEYLIKE.match(low, at):
        # "PS2.7m" is how feeds without a pound sign write it; others are currencies that the file does not know
        return capitals.start(1), "GBP" if capitals[1] == "PS" else None
    if bare > start and _LETTERED.match(text, bare - 1, min(len(text), stop + 24)) is not None:
        return bare - 1, lexicon.currency_letters[text[bare - 1]]  # "P118 million", "R12m"
    before = low[bare - 1] if bare > start else " "
    if before == "-":
        owing = lexicon.currency_prefix.search(low, max(start, bare - 8), bare - 1)
        if owing is not None and _is_money(text[owing.start("sign") : owing.end("sign")], 0):
            return owing.start("sign"), lexicon.currency_prefixes[owing["sign"]]  # "$-50.8bn"
    previous = low[bare - 2] if bare - 2 >= start else " "
    if before.isalpha() or before in "#@&_":
        return None
    if before == ".":
        return (bare, None) if previous.isalpha() and low[stop : stop + 1] == " " else None
    if before in "-–":
        joined = last is not None and last.right <= bare and _is_joined(low[last.right : bare], lexicon)
        named = previous.isalnum() or previous == "'"
        if not named or joined or low.endswith(("minus", "magnitude"), start, bare - 1):
            return bare, None
        return None
    if before in "/:" and previous.isalnum() and not previous.isalpha():
        return None
    return bare, None


def _is_money(sign: str, gap: int) -> bool:
    """Letters before a number are money only as written for money: "Rs 50", "USD10m", never "rs 50" in a word."""
    letters = [one for one in sign if one.isalpha()]
    if not letters:
        return True
    return letters[0].isupper() and gap <= 1 and (sign.isupper() or sign[-1] in "$£¥₵=." or len(letters) <= 4)


def _is_joined(gap: str, lexicon: NumberLexicon) -> bool:
    """Whether only a unit and a hyphen part two numbers: "5km-10km", "1,000-1,500", "$3-$5"."""
    between = gap[:14].strip(" -–—$£€")
    if len(between) == 1 and gap[0].isspace():
        return False  # "3 T-72 tanks"
    return len(gap) < 14 and (
        not between or between in ("to", "in") or between in lexicon.units or between in lexicon.letters
    )


def _scale(
    page: Page, start: int, at: int, end: int, bare: int, currency: str | None, mantissa: float, lexicon: NumberLexicon
) -> tuple[float, int, str] | None:
    """Scale words and letters behind digits: (scale, where they end, the words); None where letters make it a name."""
    low = page.low
    scale, stop = 1.0, at
    names: list[str] = []
    glued = _LETTERS.match(low, at, end)
    if glued is not None:
        word, stop_of_word = glued[0], glued.end()
        if word in lexicon.scales:
            scale, stop = lexicon.scales[word], stop_of_word
            names.append(word)
        elif word in lexicon.letters and _is_scale_letter(
            page, start, at, end, bare, currency, mantissa, word, lexicon
        ):
            return lexicon.letters[word], stop_of_word, word
        else:
            written = page.text[at:stop_of_word]
            known = written in lexicon.symbols or word in lexicon.units or word in _BARE_UNITS
            goes_on = stop_of_word < end and (low[stop_of_word].isdigit() or low[stop_of_word] == "_")
            return (1.0, at, "") if known and written not in _NO_UNITS and not goes_on else None
    while _GAP.match(low, stop, end) is not None:
        following = WORD.match(low, stop + 1, end)
        if following is None:
            break
        if following[0] not in lexicon.scales:
            if scale == 1 and low[stop] != "-" and _is_spaced_letter(following[0], currency, lexicon):
                return lexicon.letters[following[0]], following.end(), following[0]
            break
        scale *= lexicon.scales[following[0]]
        names.append(following[0])
        stop = following.end()
    return scale, stop, " ".join(names)


def _is_spaced_letter(word: str, currency: str | None, lexicon: NumberLexicon) -> bool:
    """ "1.5 bn people", "$3 m": a scale behind a space, where nothing else could be meant."""
    if word not in lexicon.letters or word == "t":
        return False
    return currency is not None or (word in lexicon.glued_always and word != "k")


def _is_scale_letter(
    page: Page, start: int, at: int, end: int, bare: int, currency: str | None, mantissa: float, letter: str,
    lexicon: NumberLexicon,
) -> bool:  # fmt: skip
    """Whether a letter glued to digits scales them ("£5m", "3m people") or measures ("3m deep water", "40t")."""
    low = page.low
    if currency is not None or letter in lexicon.glued_always:
        return True
    if letter in ("mm", "t"):
        return False
    if letter == "b":
        return page.text[at] != "B" or lexicon.patterns["counted_noun"].match(low, at + 1, end) is not None
    if letter != "m":
        return True
    if mantissa >= _LONGEST_METRES or _METRES.match(low, at + 1, end) is not None:
        return False
    return _MEASURED_BEFORE.search(low, max(start, bare - 50), bare) is None
