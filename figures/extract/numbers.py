"""Find the numbers in a document and what the words around them assert (SPEC section 3).

Numerals are read first (``scan.py``, ``digits.py``, ``spelled.py``), joined into ranges (``ranges.py``), freed of what
is no figure (``not_figures.py``), then given the comparator, the part in a change and the rate that stand beside them
(``beside.py``). A sentence without a digit or number word costs one scan.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import Final

from figures.extract.beside import Beside
from figures.extract.not_figures import is_no_figure
from figures.extract.numerals import MOST_DIGITS, Numeral, Page, folded
from figures.extract.ranges import join
from figures.extract.scan import find_numerals
from figures.extract.types import Document, NumberMention, Sentence
from figures.lexicon import Lexicon
from figures.lexicon.numbers import NumberLexicon
from figures.model import Comparator, Field, RuleUse

__all__ = ["as_ranges", "bounds", "find_numbers", "find_skipped"]

# What the hedges leave open, of the nominal value (SPEC section 3, table).
NEARLY: Final = 0.85
NEARLY_OF_A_BASE: Final = 0.9
JUST_OVER: Final = 1.15
ABOUT: Final = 0.15

UNROUNDED: Final = 100  # "some 498" is exact: nobody hedges to the last digit
SIBLINGS: Final = 80  # characters: a round number this near an uneven one was counted as that was
FIELDS: Final[tuple[Field, ...]] = ("title", "text")

_ARTICLE: Final = re.compile(r"\b(?:(?P<none>no one|no-one|nobody|none)|(?P<a>an?|no)\s(?P<next>[a-z]+))\b")
_PERSON_NEXT: Final = re.compile(
    r"\s(?:\d{1,2}-year-old\s)?(?:[a-z]+(?:man|woman|keeper|driver|worker|trooper|rider)|trooper|officer|employee|boy|girl|child|baby|passenger"
    r"|person|man|woman|victim|suspect|teen|teenager|patient|student|driver|worker|soldier|civilian|child|gunman|firefighter"
    r"|councillor|councilman|councilor|chief|official|leader|photographer|inspector|resident|teacher|guard|police"
    r"|senator|lawmaker|prosecutor|judge|mayor|governor|deputy|marshal|recruit|mother|father|bride)\b"
)
_SAINTS: Final = frozenset({"st", "ft", "mt"})
_NONE: Final = re.compile(
    r"\s(?:on|aboard|of|was|were|has|have|had|is|are|died|survived|hurt|killed|injured|wounded|else)\b"
)
_TIME: Final = re.compile(r"[\s-](?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|decades?|am|pm)\b")
_LONG: Final = re.compile(rf"\d[\d,.]{{{MOST_DIGITS},}}")
_FRACTIONS: Final = frozenset({"half", "most of", "N in M", "N/M of"})


def find_numbers(document: Document, lexicon: Lexicon) -> list[NumberMention]:
    """Every number of the document with its bounds, in the order of the text, title first.

    Dates, clock times, years, ordinals, names, addresses, scores and page furniture are no mentions; runs of more than
    18 digits neither (``find_skipped`` reports them). Durations, distances and ages ("42-year-old") are.

    Kinds: count, percent, fraction (of a counted base), vague ("dozens") and article: "a", "an", "one", "no", "nobody"
    in a sentence that holds the stem of a counting verb, for the next stage to accept or drop by the noun.
    A percentage of a number that follows ("53% of the 4 million") knows it as ``base``. Roles: from, to, by, and
    "attributive" for a number glued to a noun ("a five-year plan", "a 12-member crew").
    """
    numbers = lexicon.numbers
    pages: dict[Field, Page] = {}
    atoms: dict[Field, list[int]] = {}
    for name in FIELDS:
        text = document.article.field_text(name)
        pages[name] = Page(text=text, low=folded(text))
        atoms[name] = [one.start() for one in numbers.atom.finditer(pages[name].low)]
    out: list[NumberMention] = []
    for position, sentence in enumerate(document.sentences):
        page, places = pages[sentence.field], atoms[sentence.field]
        first = bisect_left(places, sentence.start)
        last = bisect_left(places, sentence.end, first)
        found: list[NumberMention] = []
        if first < last:
            beside = Beside(page, sentence, numbers)
            numerals = find_numerals(page, sentence.start, sentence.end, places[first:last], numbers)
            kept = [one for one in join(numerals, beside) if not is_no_figure(one, beside)]
            found = _settle([_to_mention(one, position, beside) for one in kept], beside)
        out.extend(_with_articles(found, page, sentence, position, numbers))
    return out


def find_skipped(document: Document) -> list[tuple[Field, int, int, str]]:
    """The runs of digits that are refused, as (field, start, end, reason)."""
    return [
        (name, match.start(), match.end(), f"more than {MOST_DIGITS} digits")
        for name in FIELDS
        for match in _LONG.finditer(document.article.field_text(name))
        if sum(map(str.isdigit, match[0])) > MOST_DIGITS
    ]


def bounds(value: float, claim: Comparator, precision: float, *, of_base: bool = False) -> tuple[float, float]:
    """The hard bounds that a comparator asserts of a nominal value.

    Open bounds are infinite; whether a finite bound itself is included follows from the comparator. ``of_base``: the
    value is a fraction of something, which "nearly" leaves less room.
    """
    if claim in ("more_than", "at_least"):
        return value, math.inf
    if claim in ("less_than", "at_most"):
        return min(0.0, value), value
    if claim == "nearly":
        return _tidy((NEARLY_OF_A_BASE if of_base else NEARLY) * value), value
    if claim == "just_over":
        return value, _tidy(JUST_OVER * value)
    if claim == "approximately":
        slack = max(ABOUT * abs(value), precision / 2)
        return _tidy(value - slack), _tidy(value + slack)
    return value, value


def _tidy(value: float) -> float:
    """Twelve digits: what binary fractions add behind them is no bound that anybody asserted."""
    return float(f"{value:.12g}")


def _to_mention(one: Numeral, position: int, beside: Beside) -> NumberMention:
    begin, phrase, claim_start, claim_end = beside.comparator(one.left)
    finish = one.right
    if (after := beside.after(one)) is not None:
        finish = after[2]
        if phrase is None or phrase.claim == "exact":
            phrase, claim_start, claim_end = after
    claim: Comparator = "exact" if phrase is None or phrase.claim == "neutral" else phrase.claim
    kind, unit, value, precision = "count", one.unit, one.value, one.precision
    low, high = one.low, one.high
    if one.form == "vague":
        kind = "vague"
        high = math.inf if claim in ("more_than", "at_least") else high
        claim = "vague"
    elif one.form == "between" or value is None:
        claim = "between"
    elif one.form == "fraction":
        unit, value = "percent", _tidy(100.0 * value)
        precision = 10.0 if value % 10 == 0 else 5.0 if value % 5 == 0 else 1.0
        claim = "more_than" if one.rule == "most of" else claim
        low, high = bounds(value, claim, precision, of_base=True)
        high = min(high, 100.0)
    else:
        if claim == "approximately" and abs(value) >= UNROUNDED and precision == 1 and unit is None:
            claim = "exact"
        low, high = bounds(value, claim, precision)
        unit = unit or ("year_of_age" if beside.is_age(one) else None)
        if one.form == "words" and value == 1 and one.end - one.start == 3 and unit is None and not one.glued:
            kind = "article" if claim == "exact" else "count"
    if unit in ("percent", "percentage_point"):
        kind = "percent"
    rules = [RuleUse(column="value", rule=one.rule, start=one.left, end=one.right)]
    if phrase is not None and phrase.claim != "neutral":
        rules.append(RuleUse(column="comparator", rule=phrase.rule, start=claim_start, end=claim_end))
    role, direction = (one.role, None) if one.role else beside.role(one, begin)
    if role is None and one.glued and claim == "exact":
        role = "attributive"
    return NumberMention(
        sentence=position, start=min(begin, one.left), end=finish, number_start=one.start, number_end=one.end,
        kind=kind, value=value, low=low, high=high, comparator=claim, precision=precision, unit=unit, role=role,
        per=beside.rate(finish), direction=direction, rounded=phrase is None or phrase.claim != "exact",
        rules=tuple(rules),
    )  # fmt: skip


# ---- between mentions


def _settle(made: list[NumberMention], beside: Beside) -> list[NumberMention]:
    """Give fractions their base, and make a round number beside an uneven one exact."""
    out: list[NumberMention] = []
    for position, one in enumerate(made):
        settled = _of_base(one, made[position + 1], beside) if position + 1 < len(made) else one
        if settled.kind == "percent" and one.rules[0].rule == "most of":
            continue  # "most of the dead" says no number
        out.append(settled)
    uneven = [
        one.number_start for one in out if _is_counted(one) and one.precision == 1 and (one.value or 0) >= UNROUNDED
    ]
    if not uneven:
        return out
    return [
        replace(one, rounded=False) if one.precision > 1 and _is_counted(one) and _is_near(one, uneven) else one
        for one in out
    ]


def _is_counted(one: NumberMention) -> bool:
    return one.kind == "count" and one.value is not None and one.comparator == "exact"


def _is_near(one: NumberMention, places: list[int]) -> bool:
    at = bisect_right(places, one.number_start)
    return any(abs(place - one.number_start) < SIBLINGS for place in places[max(0, at - 1) : at + 1])


def _of_base(one: NumberMention, base: NumberMention, beside: Beside) -> NumberMention:
    """Resolve "half of the more than 1 million" against the base; a percentage keeps its value and knows its base."""
    patterns = beside.lexicon.patterns
    if one.unit != "percent" or one.kind != "percent" or base.start - one.end > 44:
        return one
    if not beside.low.startswith(" of", one.end) or base.kind in ("percent", "article", "vague"):
        return one
    gap = beside.low[one.end + 3 : base.start]
    if patterns["base"].fullmatch(gap) is None or patterns["no_base"].search(gap) is not None:
        return one
    if _TIME.match(beside.low, base.end) or base.unit == "year_of_age":
        return one
    span = (base.number_start, base.number_end)
    rule = one.rules[0].rule
    if rule not in _FRACTIONS and not rule.endswith(" of"):
        return replace(one, base=span)
    claim: Comparator = one.comparator if one.comparator != "exact" else base.comparator
    if math.isinf(base.high) and one.comparator in ("approximately", "nearly"):
        claim = base.comparator  # an open base gives no upper bound
    if base.value is None:
        claim = "between"
    high = math.inf if math.isinf(base.high) and one.high > 0 else _tidy(one.high / 100 * base.high)
    return replace(
        one, kind="fraction", value=None if base.value is None else _tidy((one.value or 0.0) / 100 * base.value),
        low=_tidy(one.low / 100 * base.low), high=high, comparator=claim, end=base.end, base=span, unit=base.unit,
        precision=base.precision,
        rules=(*one.rules, RuleUse(column="value", rule="of a counted base", start=base.start, end=base.end)),
    )  # fmt: skip


# ---- articles


def _with_articles(
    found: list[NumberMention], page: Page, sentence: Sentence, position: int, lexicon: NumberLexicon
) -> list[NumberMention]:
    """Add "a", "an", "no", "nobody" where the sentence speaks of victims or lost things.

    The word behind must be lower case and no thing that is never counted ("a statement"); before a capital a person
    must follow ("no Russian servicemen").
    """
    if lexicon.article_stems.search(page.low, sentence.start, sentence.end) is None:
        return found
    starts = [one.start for one in found]
    added: list[NumberMention] = []
    for match in _ARTICLE.finditer(page.low, sentence.start, sentence.end):
        first = match.start()
        word = match["a"] or match["none"]
        last = first + len(word)
        before = bisect_left(starts, last) - 1
        if before >= 0 and found[before].end > first:
            continue
        if match["none"]:
            fits = _NONE.match(page.low, last) is not None
        elif first > sentence.start and page.low[first - 1] in "-'.":
            fits = False
        elif match["next"] in lexicon.not_after_article and page.text[match.start("next")].islower():
            fits = match["next"] in lexicon.before_people and _PERSON_NEXT.match(page.low, match.end()) is not None
        else:
            person = lexicon.patterns["person"]
            behind = match.end() + (match["next"] in _SAINTS and page.low.startswith(". ", match.end()))
            fits = page.text[match.start("next")].islower() or person.match(page.low, behind) is not None
        if fits:
            value = 0.0 if word[0] == "n" else 1.0
            added.append(NumberMention(
                sentence=position, start=first, end=last, number_start=first, number_end=last, kind="article",
                value=value, low=value, high=value, comparator="exact", precision=1.0,
                rules=(RuleUse(column="value", rule=f"{word} before a noun", start=first, end=last),),
            ))  # fmt: skip
    return sorted((*found, *added), key=lambda one: (one.start, one.end)) if added else found


def as_ranges(mentions: list[NumberMention]) -> list[NumberMention]:
    """The view of every quantity, where "rose from 30 to 45" is one range; other mentions are unchanged.

    A "from" and the "to" that follows it make a range from the lower to the higher.
    """
    out: list[NumberMention] = []
    for one in mentions:
        last = out[-1] if out else one
        a, b = last.value, one.value
        adjacent = last.sentence == one.sentence and 0 < one.start - last.end < 12
        if adjacent and (last.role, one.role) == ("from", "to") and a is not None and b is not None:
            out[-1] = replace(
                last, end=one.end, number_end=one.number_end, value=None, low=min(a, b), high=max(a, b),
                comparator="between", role=None, unit=one.unit or last.unit, kind=one.kind,
                precision=min(last.precision, one.precision),
            )  # fmt: skip
        else:
            out.append(one)
    return out
