"""Read numbers in words: "twenty-one", "two and a half million", "half", "two-thirds", "dozens", "several hundred"."""

from __future__ import annotations

import re
from typing import Final

from figures.extract.numerals import MOST_DIGITS, WORD, Numeral, Page, place_value, read_percent
from figures.lexicon.numbers import NumberLexicon

__all__ = ["read_fraction", "read_spelled"]

_OF_PERCENT: Final = re.compile(r"(?:\sof)?\s(?:a|one)\s(?P<unit>percentage[\s-]point|percent|per\scent|point)\b")
_AND_HALF: Final = re.compile(r"\sand\sa\s(half|quarter)\b")
_BIG_HALF: Final = re.compile(
    r"(?:[\s-]|\s(?:of\s)?an?\s|-an?-|\sof\san?\s)(dozen|hundred|thousand|lakh|million|crore|billion|trillion)\b(?!s)"
)
_VAGUE_SCALE: Final = re.compile(
    r"\s(?:of\s)?(?:an?\s)?(dozen|hundred|thousand|million|billion|trillion|lakh|crore)s?\b"
)
_PLURAL_SCALE: Final = re.compile(
    r"\sof\s(hundreds|thousands|millions|billions|trillions)\b"
    r"|\s(?:and|upon)\s(?:dozens|hundreds|thousands|millions|billions)\b"
)
_LAST_WORD: Final = re.compile(r"([a-z']+)[\s-]$")
_LAST_LETTERS: Final = re.compile(r"([a-z]+)\W{1,3}$")
_NEXT_WORD: Final = re.compile(r"(\s|-)([a-z'-]+)")
_ONE_OR_TWO: Final = re.compile(r"\s(?:to|or|and)\s(?:two|three|half|more)\b")
_GOES_ON: Final = re.compile(
    r"\s(?:in|to|from|when|if|because|and|or|but|for|with)\s(?!\d|a\b|every\b|each\b|(?:two|three|four|five|six|seven|eight"
    r"|nine|ten|twelve|twenty|fifty|(?:a\s)?hundred|(?:a\s)?thousand)\b)"
)
_FEW_OF_THEM: Final = re.compile(r"\s(?:of\s(?:the|them|those|its|his|their|us)|more\sthan|minutes?\sof)\b")
_SCORES_OF: Final = re.compile(
    r"\s(?:of|more|others|were|are|have|had|dead|killed|wounded|injured|hurt|missing|still|also)\b"
)
_ARTICLE: Final = re.compile(r"(?:^|(?<![a-z0-9]))(an?\s)$")
_HALF_NOUN: Final = re.compile(r"\s(?:mast|time|term|staff|century|marathon|board|price|way|past|measures?|truths?)\b")
_HALF_AN: Final = re.compile(r"\san?(?=\s(?:hour|day|year|mile|century|decade|kilomet|second|minute|week|month))")
_PART_CUE: Final = re.compile(
    r"\b(?:by|about|nearly|almost|than|over|around|some|least|to|up|roughly|under|only|barely|just|another)"
    r"\s(?:an?\s|one[\s-])$"
)
_PART_ENDS: Final = re.compile(
    r"[.,;)!?]|\s(?:are|were|was|is|have|had|has|said|a|an|higher|lower|more|less|in|since|from|to|by)\b|$"
)


def read_spelled(
    page: Page, start: int, end: int, at: int, last: Numeral | None, lexicon: NumberLexicon
) -> tuple[Numeral | None, int]:
    """The numeral that begins with a number word, or None where the word counts nothing; and where to read on."""
    low = page.low
    first = WORD.match(low, at, end)
    if first is None:
        return None, at + 1
    word = first[0]
    if word.endswith("fold"):
        size = lexicon.words.get(word[:-4]) or lexicon.scales.get(word[:-4])
        if size is None:
            return None, first.end()
        stop = first.end() - 4  # "fold" is then read as its unit
        return Numeral(
            start=at, end=stop, left=at, right=stop, form="words", value=float(size), mantissa=float(size),
            rule="Nfold", grouped=True,
        ), first.end()  # fmt: skip
    if at > start and low[at - 1] in "'_@#":
        return None, first.end()
    if word in lexicon.vague or word in ("few", "couple", "handful", "tens", "several"):
        return _vague(page, start, end, at, first.end(), lexicon)
    if word in ("most", "majority"):
        if low.startswith(" of ", first.end()):
            return Numeral(
                start=at,
                end=first.end(),
                left=at,
                right=first.end(),
                form="fraction",
                value=0.5,
                low=0.5,
                high=1.0,
                rule="most of",
            ), first.end()
        return None, first.end()
    if word in lexicon.fractions:
        return _fraction_word(page, start, end, at, first.end(), word, last, lexicon)
    return _cardinal(page, start, end, at, lexicon)


def _cardinal(page: Page, start: int, end: int, at: int, lexicon: NumberLexicon) -> tuple[Numeral | None, int]:
    """Number words: "twenty-one", "a hundred and twenty", "two and a half million", "three dozen"."""
    low = page.low
    total = current = 0.0
    smallest, position, stop = 1e18, at, at
    half = 0.0
    names: list[str] = []
    while True:
        match = WORD.match(low, position, end)
        word = match[0] if match else ""
        if word in lexicon.words:
            size = lexicon.words[word]
            room = current % 100
            if current and not (room == 0 or (room >= 20 and room % 10 == 0 and 0 < size < 10)):
                break
            if current and room == 0 and current < 100:
                break
            if names and not current and not total:
                break
            if size >= smallest:
                break
            current += size
        elif word == "hundred" and (not current or current < 100):
            current = (current or 1.0) * 100 + (half * 100 if half else 0)
            half = 0.0
        elif word in lexicon.scales and not names and position > start + 1 and low[position - 2].isdigit():
            return None, match.end() if match else at + 1  # "A320 million": the number before it was no number
        elif word in lexicon.scales and word != "hundred" and lexicon.scales[word] < smallest:
            scale = lexicon.scales[word]
            if word == "dozen" and current >= 100:
                break
            total += (current + half or 1.0) * scale
            current = half = 0.0
            smallest = scale
        else:
            break
        assert match is not None
        names.append(word)
        position = stop = match.end()
        fraction = _AND_HALF.match(low, position, end)
        if fraction is not None and not half:
            amount = 0.5 if fraction[1] == "half" else 0.25
            if current:
                half = amount
            else:
                total += amount * smallest
            position = stop = fraction.end()
        gap = low[position : position + 5]
        if gap[:1] in (" ", "-", "\u00a0") and gap[:1]:
            if gap == " and " and (word == "hundred" or word in lexicon.scales):
                following = WORD.match(low, position + 5, end)
                if following is None or following[0] not in lexicon.words or following[0] == "zero":
                    break
                scaled = WORD.match(low, following.end() + 1, end)
                if scaled is not None and (
                    scaled[0] == word or (word != "hundred" and lexicon.scales.get(scaled[0], 0.0) >= smallest)
                ):
                    break  # "between three million and five million"
                position += 5
            else:
                position += 1
        else:
            break
    if not names:
        return None, at + 1
    value = total + current + half
    left = at
    if names[0] in lexicon.scales:
        article = re.search(r"(?:^|[\s(\"“'-])(an?|half\s?-?an?)\s$", low[max(start, at - 9) : at])
        if article is not None:
            left = at - (len(low[max(start, at - 9) : at]) - article.start(1))
    if low[stop : stop + 1].isalnum() or low[stop : stop + 1] == "_":
        return None, stop
    if low.endswith(("minus ", "minus-"), max(start, left - 7), left) and not low[left - 7 : left - 6].isalnum():
        value, left = -value, left - 6  # "minus seven"
    right, unit = read_percent(low, stop, end)
    if names == ["one"] and unit is None and _is_pronoun(page, start, end, at, stop, lexicon):
        return None, stop
    if value > 10**MOST_DIGITS:
        return None, stop
    scale = smallest if smallest < 1e18 and current == 0 else 100.0 if names[-1] == "hundred" and not total else 1.0
    return Numeral(
        start=left, end=stop, left=left, right=right, form="words", value=value, mantissa=value / scale, scale=scale,
        precision=0.5 if half and value < 10 else place_value(value), unit=unit, rule="number words", grouped=True,
        glued=low[right : right + 1] == "-" and low[right + 1 : right + 2].isalpha(),
    ), right  # fmt: skip


def _is_pronoun(page: Page, start: int, end: int, at: int, stop: int, lexicon: NumberLexicon) -> bool:
    """ "one" that counts nothing: "no one", "the one that", "one can", "each one they lose", "one." """
    low, sets = page.low, lexicon.sets
    before = _LAST_WORD.search(low, max(start, at - 14), at)
    previous = before[1] if before is not None else ""
    if previous in sets["pronoun_before"]:
        return True
    following = _NEXT_WORD.match(low, stop, min(end, stop + 24))
    if following is None:
        return previous not in sets["one_counts_after"]
    if _ONE_OR_TWO.match(low, stop, end) is not None:
        return False
    if previous in sets["one_alone_before"] and _GOES_ON.match(low, stop, end) is not None:
        return True  # "get their hands on one in order to"
    if following[1] == "-" and following[2].startswith("in-"):
        return False  # "a one-in-five chance"
    if following[1] == "-":
        return following[2].split("-")[0] not in sets["one_hyphen"]
    return following[2] in sets["pronoun_after"] or following[2] in sets["one_alone_before"]


# ---- vague words


def _vague(page: Page, start: int, end: int, at: int, stop: int, lexicon: NumberLexicon) -> tuple[Numeral | None, int]:
    """ "dozens", "several hundred", "a couple of", "tens of thousands", "hundreds of thousands", "a handful of"."""
    low = page.low
    word = low[at:stop]
    article = low[at - 2 : at] == "a " and at - 2 >= start and (at - 2 == start or not low[at - 3].isalnum())
    entry = next((lexicon.vague[form] for form in (word, f"{word} of", f"a {word}") if form in lexicon.vague), None)
    if entry is None or not _is_vague_number(low, start, end, at, stop, article=article, lexicon=lexicon):
        return None, stop
    floor, ceiling, rule, last = entry.low, entry.high, entry.rule, stop
    if entry.times:
        if (scaled := _VAGUE_SCALE.match(low, stop, end)) is not None:
            factor = lexicon.scales[scaled[1]]
            floor, ceiling, last, rule = floor * factor, ceiling * factor, scaled.end(), f"{rule} {scaled[1]}"
    elif (plural := _PLURAL_SCALE.match(low, stop, end)) is not None:
        last = plural.end()
        if plural[1]:
            factor = lexicon.vague[plural[1]].low
            floor, ceiling, rule = floor * factor, (ceiling + 1) * factor - 1, f"{word} of {plural[1]}"
    left = at - 2 if article and word in ("few", "couple", "handful") else at
    return Numeral(
        start=left, end=last, left=left, right=last, form="vague", value=None, low=floor, high=ceiling, rule=rule,
        grouped=True,
    ), last  # fmt: skip


def _is_vague_number(
    low: str, start: int, end: int, at: int, stop: int, *, article: bool, lexicon: NumberLexicon
) -> bool:
    """Whether the word says a size here: "a few homes" but not "few came", "scores of dead" but not "test scores"."""
    word = low[at:stop]
    if word in ("few", "couple", "handful"):
        if _VAGUE_SCALE.match(low, stop, end) is not None:
            return True
        if word == "few":
            return article and _FEW_OF_THEM.match(low, stop, end) is None
        return low.startswith(" of ", stop)
    if word == "tens":
        return low.startswith(" of ", stop)
    if word == "scores":
        before = _LAST_LETTERS.search(low, max(start, at - 16), at)
        previous = before[1] if before is not None else ""
        if previous in lexicon.sets["scores_of_marks"]:
            return False
        return previous[:4] in lexicon.sets["harm_stems"] or _SCORES_OF.match(low, stop, end) is not None
    return True


# ---- fractions


def read_fraction(page: Page, stop: int, left: int, value: float, rule: str, end: int) -> Numeral:
    """A fraction whose base, if any, is still to be found; "half a percent" is a percentage at once."""
    of_percent = _OF_PERCENT.match(page.low, stop, end)
    if of_percent is not None:
        point = "point" in of_percent["unit"]
        return Numeral(
            start=left, end=stop, left=left, right=of_percent.end(), form="words", value=value, mantissa=value,
            precision=0.1, unit="percentage_point" if point else "percent", rule=rule, grouped=True,
        )  # fmt: skip
    return Numeral(
        start=left,
        end=stop,
        left=left,
        right=stop,
        form="fraction",
        value=value,
        low=value,
        high=value,
        rule=rule,
        grouped=True,
    )


def _fraction_word(
    page: Page, start: int, end: int, at: int, stop: int, word: str, last: Numeral | None, lexicon: NumberLexicon
) -> tuple[Numeral | None, int]:
    """ "half", "a third of", "two-thirds", "three quarters", "half a million", "a quarter of a million"."""
    low = page.low
    denominator = lexicon.fractions[word]
    numerator, left, counted, named = 1.0, at, False, False
    article = _ARTICLE.search(low, max(start, at - 4), at)
    if last is not None and _is_numerator(last, low, at, denominator):
        numerator, left, counted = last.value or 1.0, last.left, True
        if numerator > 1 and not word.endswith("s"):
            return None, stop  # "two third-party suppliers"
    elif article is not None:
        left, named = article.start(1), True
    big = _BIG_HALF.match(low, stop, end)
    if big is not None and (counted or word == "half" or (word == "quarter" and (named or " of a" in big[0]))):
        value = numerator / denominator * lexicon.scales[big[1]]
        right, unit = read_percent(low, big.end(), end)
        return Numeral(
            start=left, end=big.end(), left=left, right=right, form="words", value=value, mantissa=value,
            precision=place_value(value), unit=unit, rule=f"{word} a {big[1]}", grouped=True,
        ), right  # fmt: skip
    if low[stop : stop + 1] == "-" and low[stop + 1 : stop + 2].isalpha():
        return None, stop
    of = low.startswith(" of ", stop)
    if word == "half":
        before = _LAST_LETTERS.search(low, max(start, at - 12), at)
        previous = before[1] if before is not None else ""
        if previous in lexicon.sets["halves_in_order"] or (previous in ("the", "other", "and") and not of):
            return None, stop
        if _HALF_NOUN.match(low, stop, end) is not None:
            return None, stop
        if (time := _HALF_AN.match(low, stop, end)) is not None:
            return Numeral(
                start=at, end=stop, left=at, right=time.end(), form="words", value=0.5, mantissa=0.5, precision=0.1,
                rule="half an", grouped=True,
            ), time.end()  # fmt: skip
    elif not (counted or named):
        return None, stop
    elif not of and _OF_PERCENT.match(low, stop, end) is None and (not counted or numerator == 1):
        cue = _PART_CUE.search(low, max(start, at - 18), at) is not None
        ends = _PART_ENDS.match(low, stop, min(end, stop + 12)) is not None
        if not (ends and (cue or word == "third" or (counted and word != "quarter"))):
            return None, stop
    one = read_fraction(page, stop, left, numerator / denominator, "half" if word == "half" else f"{word} of", end)
    return one, one.right


def _is_numerator(last: Numeral, low: str, at: int, denominator: int) -> bool:
    """Whether the numeral right before a fraction word counts the parts: "two-thirds", "3 quarters"."""
    return (
        last.right == last.end == at - 1 and low[at - 1] in " -" and last.scale == 1
        and last.form in ("words", "digits") and last.value is not None and 0 < last.value <= denominator
    )  # fmt: skip
