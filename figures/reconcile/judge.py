"""Two figures that are about one thing: do they clash, and in which way?

``judge`` is the pairwise test that every pair across two camps has passed. It is symmetric. What lies outside the pair
(did the lower source stand by its number later? was the old number its own?) it asks of a ``Surroundings``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from figures.model import Kind, Relation
from figures.reconcile.bounds import BOUNDARY, digits, gap_of, significant_digits
from figures.reconcile.comparable import (
    Claim,
    Comparison,
    Knowledge,
    comparability,
    compared_modality,
    event_day,
    event_place,
    one_source,
    standing_metric,
)
from figures.reconcile.wording import nation, on_top

__all__ = ["Pair", "Surroundings", "headline_gap", "judge"]

# That a source had said more before speaks against an update only while both statements are fresh.
FRESH_DAYS: Final = 3
# Opposed parties are heard a few days apart; beyond that even a war's count has moved.
OPPOSED_DAYS: Final = 7
# A source's own figure counts as stale where the newer one had been out for two days (SPEC section 5).
STALE_DAYS: Final = 2
# In the first weeks the missing, the sick and those without power change by the day.
MOVING_DAYS: Final = 30
# One statement reaches papers within days; a number quoted weeks later may be another statement.
STATEMENT_DAYS: Final = 4
YEAR_DAYS: Final = 366
_POWERS: Final = (10.0, 100.0, 1000.0, 1_000_000.0)
_MAGNITUDE: Final = 0.05
_OF_THEM: Final = re.compile(r"^\s*(?:of (?:them|whom|which|these|those|the)|among them)\b", re.IGNORECASE)
_WRONG: Final = re.compile(
    r"\b(?:(?:was|were|is|are) (?:wrong|false|incorrect|untrue|not (?:true|right|correct))|"
    r"reject(?:s|ed)|den(?:y|ies|ied)|disput(?:es|ed))\b",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"\b\d[\d,.]*\d\b")
_NEXT_NUMBER: Final = re.compile(
    r"[,;] (?:and |with |but )?(?:\d|"
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|some|several|most) (?:of|were|was|are)\b)",
    re.IGNORECASE,
)
_OUT_OF: Final = re.compile(
    r"(?:out )?of (?:the |some |about |these )?[\d.,]*\d[^.;]{0,80},[^.;,]{0,20}$", re.IGNORECASE
)
_OF_THE: Final = re.compile(r"\b(?:of|among) (?:the|those|these) $", re.IGNORECASE)
_THAT: Final = re.compile(r"^(?: [a-z-]+){0,2} (?:that|which|who|whom|whose)\b", re.IGNORECASE)
# Capitals between a number and its noun: "40 Boeing jets".
_MAKE: Final = re.compile(r"^ ((?:[A-Z][\w'’-]*)(?: (?:(?:&|and) )?[A-Z][\w'’-]*)*) [a-z]")
_AT: Final = re.compile(r"^(?: [a-z-]+){0,3}? (?:at|in|inside|outside|near) (?:the|a|an|one|his|her|its)\b")
_MORE: Final = re.compile(r"\b(?:more|further|additional)\b(?! than)", re.IGNORECASE)
_ANOTHER: Final = re.compile(r"\b(?:another|further)\b", re.IGNORECASE)
_OTHERS: Final = re.compile(r"\bothers?\b", re.IGNORECASE)
# So many letters from a number its own words stand: "sixteen bodies were taken to a mortuary".
_BESIDE: Final = 30
_BEHIND: Final = 45
_AROUND: Final = 90
# A count of these hours is none that the day overtook.
_LATE_HOURS: Final = ("evening", "night", "nightfall", "midnight", "dusk")
_PIECE: Final = re.compile(r"[,;:.]\s|\d|\band\b")
_FIGURE: Final = re.compile(r"\d(?![\d,]* countries)|[;.]\s")
# Words that make a number count fewer than all: a number with them and one without are two things.
_QUALIFIED: Final = ("suspect", "linked", "ascribed", "world")
_CLAUSE: Final = 140
_UNLIKE: Final = 200.0
# A number so many times smaller than a part of it counts something else; a lost digit makes ten.
_NO_WHOLE: Final = 20.0
# A floor so many times below a number says nothing of it.
_FAR_BELOW: Final = 10.0
# Below ten the same number stands for many things.
_LEAST_TELLING: Final = 10
# Three digits agree by chance once in hundreds of pairs.
_SLIP_DIGITS: Final = 3
# Those who did it are few beside those they killed.
_MOST_ATTACKERS: Final = 3
# Two shares alike to the digit make it one table.
_SHARES_ALIKE: Final = 2
# "A soldier" and "one of them" are told, not counted.
_ARTICLES: Final = frozenset(("a", "an", "one", "another"))
_TOLD: Final = frozenset(("a", "an", "another"))
_THE: Final = re.compile(r"\b(?:the|these|those) $", re.IGNORECASE)
_SINCE: Final = re.compile(r"^\W*since [^,.;]{0,80}", re.IGNORECASE)
_TWO_KINDS: Final = re.compile(r"^ (?:[\w-]+ ){0,2}[\w-]+s and (?:[\w-]+ ){0,2}[\w-]+s\b", re.IGNORECASE)
_SHOCK_NOUN: Final = re.compile(r"^[ -]?(?:magnitude )?(?!and\b)[\w-]+")
_NEAR_EXACT: Final = frozenset(("exact", "approximately"))


Found = Callable[..., "Pair"]
Outcome = Literal["conflict", "agree", "update", "not_comparable", "different"]


@dataclass(slots=True)
class Surroundings:
    """The other claims that bear on a pair: those of one source and metric, and those of one article."""

    by_source: dict[tuple[str, str | None], Sequence[Claim]] = field(default_factory=dict)
    by_article: dict[str, Sequence[Claim]] = field(default_factory=dict)

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Surroundings:
        """Gather claims by source and by article."""
        by_source: dict[tuple[str, str | None], list[Claim]] = {}
        by_article: dict[str, list[Claim]] = {}
        for one in claims:
            by_source.setdefault((one.metric, one.source), []).append(one)
            by_article.setdefault(one.article_id, []).append(one)
        return cls(by_source=dict(by_source), by_article=dict(by_article))

    def of_source(
        self, claim: Claim, *, first: int | None = None, last: int | None = None, like: Claim | None = None
    ) -> Sequence[Claim]:
        """What the claim's source said of the claim's metric, of days from ``first`` to ``last``, with a number that
        may be ``like`` that one. What has no day is of none."""
        return [
            one
            for one in self.by_source.get((claim.metric, claim.source), ())
            if (first is None or (one.day is not None and one.day >= first))
            and (last is None or (one.day is not None and one.day <= last))
            and (like is None or (one.lo <= like.hi and like.lo <= one.hi))
        ]

    def of_source_above(self, claim: Claim, *, last: int, above: float) -> Sequence[Claim]:
        """What the claim's source said there was or is, by a day, with a number above another.

        Of all that it said of one thing, all but one may be left out.
        """
        return [one for one in self.of_source(claim, last=last) if one.lo > above and compared_modality(one)]

    def of_article(self, article_id: str) -> Sequence[Claim]:
        """What one article says."""
        return self.by_article.get(article_id, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What ``judge`` found: the relation, and which claim is lower. ``low`` is None where the bounds overlap."""

    relation: Relation
    comparison: Comparison
    low: Claim | None = None
    high: Claim | None = None


def judge(a: Claim, b: Claim, knowledge: Knowledge, around: Surroundings | None = None) -> Pair:
    """The verdict on two claims: same thing or not, conflict, agreement or update, with kind, gap and reasons."""
    around = around or Surroundings.of((a, b))
    if (b.figure_id, b.article_id, b.field, b.start) < (a.figure_id, a.article_id, a.field, a.start):
        a, b = b, a
    compared = comparability(a, b, knowledge)
    width = headline_gap(a, b, knowledge) if compared.slots["unit"] == "same" else 0.0
    low, high = (None, None) if width == 0.0 else ((a, b) if a.hi < b.lo else (b, a))

    def found(outcome: Outcome, *reasons: str, kind: Kind | None = None) -> Pair:
        relation = Relation(
            verdict=compared.verdict,
            outcome=outcome,
            kind=kind,
            gap=width,
            reasons=(*compared.reasons, *reasons),
            missing=compared.missing,
        )
        return Pair(relation=relation, comparison=compared, low=low, high=high)

    if a.figure_id == b.figure_id and a.figure_id:
        return found("agree", "one figure")
    if a.article_id == b.article_id and a.field == b.field and a.start < b.end and b.start < a.end:
        return found("different", "one span")
    if compared.slots["metric"] == "disjoint":
        if _swapped(a, b, knowledge):
            width = 1.0
            return found("conflict", "one number, two metrics", kind="metric_swap")
        if _reworded(a, b, knowledge):
            return found("conflict", "headline and body of one article", kind="headline")
        return found("different", "another metric")
    if (hurdle := _modality_hurdle(a, b)) is not None:
        return found("different", hurdle)
    if a.metric in knowledge.comparing.shocks and any(_other_shock(one, knowledge) for one in (a, b)):
        return found("different", "another shock")
    if low is None or high is None:
        if compared.verdict == "disjoint":
            return found("different", "another scope")
        return found("agree" if compared.verdict in ("same", "part") else "not_comparable", "bounds overlap")
    if low.quote.lower() in _TOLD or (low.comparator == "vague" and low.high < _LEAST_TELLING):
        return found("agree", "told, not counted")
    if _several(low, knowledge) != _several(high, knowledge):
        return found("different", "a total over several")
    if _headline(a, b, low, compared, knowledge, around):
        return found("conflict", "headline and body of one article", kind="headline")
    if _slip_of_the_pen(a, b, compared):
        return found("conflict", "one statement, digits in another order", kind="misquote")
    if compared.verdict == "disjoint":
        return found("different", "another scope")
    if _same_shares(a, b, compared, knowledge, around):
        return found("conflict", "one statement, two shares", kind="misquote")
    contrasted = _contrasted(a, b, low, knowledge, around)
    if compared.verdict == "unknown" and not (contrasted and "time" not in compared.missing):
        return found("not_comparable", "an essential slot is unknown")
    if _asked_for(a, knowledge) != _asked_for(b, knowledge):
        return found("different", "another way of counting")
    if _another_way(a, b, knowledge):
        return found("different", "another way of counting")
    if _with_attacker(low, high, knowledge, around):
        return found("different", "counted with whoever did it")
    if _wider_window(low, high, knowledge):
        return found("different", "a longer window")
    if any(
        _limited(one, low, knowledge) != _limited(one, high, knowledge)
        for one in _QUALIFIED
        if one != "world" or low.metric not in knowledge.comparing.departed
    ):
        return found("different", "the words limit one of them")
    if not knowledge.strikes_one_spot(low.event or "") and _holder(low, knowledge) != _holder(high, knowledge):
        return found("different", "two parts of one place, by who holds them")
    if _both_sides(high, knowledge) and not _both_sides(low, knowledge):
        return found("agree", "one side of two")
    mine, theirs = (_nation(one, knowledge) for one in (low, high))
    if mine and theirs and mine != theirs:
        return found("different", "people of two nations")
    if mine and not theirs:
        return found("agree", "one nation's people among all")
    if _adds_up(low, high, around) or _part_of_own_total(low, high, around):
        return found("agree", "parts that add up")
    if _read_as_part(low, high):
        return found("agree", "part and whole in order")
    if a.article_id == b.article_id and any(
        _ANOTHER.search(_beside(one)) or on_top(one.sentence, one.at) for one in (a, b)
    ):
        return found("agree", "counted on top of the other")
    if low.comparator in _NEAR_EXACT and (
        _partial(low, knowledge)
        or _row(low, around)
        or _of_one_make(low, high, knowledge)
        or _besides(low, around)
        or _definite(low, around)
        or (low.source_type == "hospital" and high.source_type != "hospital")
    ):
        return found("agree", "a partial count")
    if compared.verdict == "part":
        return _part(a, b, compared, low, width, found, knowledge, around)
    if a.article_id != b.article_id and any(_spoken_for(one, around) for one in (a, b)):
        return found("different", "an opening that its own body speaks for")
    if a.article_id == b.article_id and a.source == b.source:
        return _in_one_text(low, high, found)
    if one_source(a, b):
        return _one_source(low, high, knowledge, around, found)
    return _across(low, high, knowledge, around, width, found, contrasted=contrasted)


def headline_gap(a: Claim, b: Claim, knowledge: Knowledge) -> float:
    """The gap of two claims in one dimension, by distance over scale where the metric is signed or a share."""
    metric = knowledge.metric(a.metric)
    scale = None
    if a.percent or metric.signed:
        scale = metric.scale or (100.0 if a.percent else None)
    return gap_of(a.lo, a.hi, b.lo, b.hi, scale)


def _modality_hurdle(a: Claim, b: Claim) -> str | None:
    for one, other in ((a, b), (b, a)):
        if one.modality == "denied":
            return "an attributed denial"
        if one.modality in ("projected", "planned", "conditional"):
            if other.modality != one.modality:
                return "a projection or plan"
            # One body's plan has one number; what two bodies foresee may differ.
            return None if one_source(one, other) and one.day == other.day else "two projections"
    old = [one for one in (a, b) if one.modality == "superseded"]
    # A number that its own text calls superseded still held on the day it was stated for.
    if old and not (a.dated and b.dated and a.day == b.day and a.article_id != b.article_id):
        return "superseded"
    return None


def _part(
    a: Claim,
    b: Claim,
    compared: Comparison,
    low: Claim,
    width: float,
    found: Found,
    knowledge: Knowledge,
    around: Surroundings,
) -> Pair:
    part, whole = (a, b) if compared.inside == "a" else (b, a)
    if compared.slots["aspect"] != "same" and (part.article_id, part.begins) == (whole.article_id, whole.begins):
        return found("agree", "rows of one sentence")
    if low is part:
        return found("agree", "part and whole in order")
    if part.day is None or whole.day is None or part.day > whole.day:
        return found("agree", "the part is later")
    if part.aspect == "stock" and whole.day - part.day > 1:
        return found("agree", "a stock of another day")
    if whole.day - part.day > YEAR_DAYS:
        return found("agree", "years apart")
    if _partial(whole, knowledge):
        return found("agree", "the whole is only a part itself")
    if part.percent or part.dimension in ("speed",) or part.aspect == "rate":
        return found("agree", "a share or rate of a part may be larger")
    if _no_whole(part, whole) or (part.dimension == "count" and 0 < whole.hi * _NO_WHOLE < part.lo):
        return found("agree", "no total that the part could exceed")
    if part.article_id == whole.article_id and part.credited != whole.credited and not whole.lead:
        return found("agree", "one article's own words beside a source")
    if part.article_id != whole.article_id and not (_own_metric(part) and _own_metric(whole)):
        return found("agree", "what is counted is only the article's")
    if part.metric in knowledge.comparing.departed and whole.day - part.day > MOVING_DAYS:
        return found("agree", "some have returned since")
    unsure = knowledge.far if part.source == whole.source else knowledge.inherited
    if compared.slots["place"] != "same" and (unsure(whole, "place") or unsure(part, "place")):
        return found("agree", "the wider place is only the article's")
    if compared.slots["place"] != "same" and knowledge.frequent(part.event) and not one_source(part, whole):
        # Of two blows in one city a quarter has the one, and another report of the city the other.
        return found("agree", "perhaps another blow in that place")
    if (
        not whole.dated
        and part.article_id != whole.article_id
        and part.source != whole.source
        and _grows(whole, knowledge)
    ):
        # "No later than": the whole may well have been counted before the part.
        return found("agree", "the whole may be an earlier count")
    if whole.day > part.day and one_source(part, whole) and _revised(whole, part, around, knowledge):
        return found("agree", "revised in the text")
    if _provisional(whole, part, knowledge) or _earlier_article(whole, part, around, knowledge):
        return found("agree", "the whole is an earlier count")
    if "estimated" in (part.modality, whole.modality) and part.source != whole.source and whole.day - part.day > 1:
        return found("agree", "an estimate of an earlier day")
    if width < BOUNDARY and part.source != whole.source:
        return found("agree", "boundary")
    return found("conflict", "part above whole", kind="part_exceeds_whole")


def _one_source(low: Claim, high: Claim, knowledge: Knowledge, around: Surroundings, found: Found) -> Pair:
    """Two numbers of one body: misquoted, misprinted, gone stale, fallen, or simply updated."""
    # Two numbers of one body in one text are told apart by the text (then and now, here and there), not by us.
    if low.article_id == high.article_id:
        return _in_one_text(low, high, found)
    revised = _revised(low, high, around, knowledge)
    days = _days(low, high)
    if not revised and _factor(low, high) is not None:
        digits_enough = min(
            significant_digits(low.value or 0, low.precision), significant_digits(high.value or 0, high.precision)
        )
        if days == 0 or digits_enough >= 2 or low.aspect in ("rate",):
            return found("conflict", "a power of ten apart", kind="magnitude")
    if not _told_both(low, high, around) and _one_statement(low, high, knowledge, around, revised=revised):
        return found("conflict", "one statement, two numbers", kind="misquote")
    if low.modality in ("projected", "planned", "conditional"):
        return found("update", "a plan that changed")
    if not _later(low, high):
        return found("update", "later and higher")
    if revised:
        return found("update", "revised in the text")
    if not low.dated and knowledge.says("before", low.sentence):
        return found("update", "a number of a time gone by")
    if (
        standing_metric(low, knowledge)
        or low.aspect in ("stock", "rate", "change")
        or low.metric in knowledge.comparing.shocks | knowledge.comparing.once
    ):
        return found("update", "a level that moves both ways")
    if any(_limited("some_days", one, knowledge) for one in (low, high)):
        return found("update", "a count of some days")
    if _beside_fuller(low, high, around) or _told_beside(low, high, around):
        return found("agree", "one article has both")
    if _stale(low, high, around, knowledge):
        return found("conflict", "its own older number", kind="stale")
    if low.aspect == "cumulative" or low.aspect == high.aspect == "period":
        return found("conflict", "a running count that fell", kind="regression")
    return found("update", "not a running count")


def _in_one_text(low: Claim, high: Claim, found: Found) -> Pair:
    """Two numbers that one text gives of one body and thing: a slip of the pen, or told apart by words we did not read.

    A slip is the same three digits or more in another order, or a hundred times as many of the same two or more.
    """
    if low.modality == high.modality and low.day == high.day and {low.comparator, high.comparator} <= _NEAR_EXACT:
        one, other = digits(low.value or 0, low.precision), digits(high.value or 0, high.precision)
        if len(one) >= _SLIP_DIGITS and one != other and sorted(one) == sorted(other):
            return found("conflict", "one text, digits in another order", kind="misquote")
        factor = _factor(low, high)
        if factor and min(len(one), len(other)) >= (_SLIP_DIGITS if factor < 100 else _SLIP_DIGITS - 1):
            return found("conflict", "a power of ten apart", kind="magnitude")
    return found("update", "one article tells both")


def _across(
    low: Claim,
    high: Claim,
    knowledge: Knowledge,
    around: Surroundings,
    width: float,
    found: Found,
    *,
    contrasted: bool = False,
) -> Pair:
    """Two origins: a disagreement where the time and the words leave no way out."""
    if low.origin is not None and low.origin == high.origin:
        return found("agree", "one origin")
    scaled = low.percent or knowledge.metric(low.metric).signed
    if width < BOUNDARY and not scaled and not contrasted:
        return found("agree", "boundary")
    if low.metric in knowledge.comparing.shocks:
        if low.lo > 0 and high.lo - low.hi < BOUNDARY * high.lo:
            return found("agree", "boundary")
        if any(knowledge.says("provisional", one.sentence) for one in (low, high)):
            return found("update", "a first measurement")
    # What an article tells in its own words beside what it credits is one account; its headline is looked at apart.
    own = not (low.credited and high.credited)
    if low.article_id == high.article_id and own and not contrasted and not _crowds(low, high, knowledge):
        return found("agree", "one article's own words beside a source")
    if low.modality == "reported" and _says_beside("possible", high, knowledge, _AROUND):
        return found("agree", "what may be, beside what was counted")
    kind: Kind = "magnitude" if _factor(low, high) is not None else "disagreement"
    if kind == "disagreement" and _too_unlike(low, high):
        return found("different", "too unlike to be one count")
    days = _days(low, high)
    if days is None:
        return found("not_comparable", "no date")
    if any(not one.dated and _says_beside("ago", one, knowledge, _BEHIND) for one in (low, high)):
        return found("update", "a number of a time gone by")
    if low.metric in knowledge.comparing.sharing and knowledge.says("partly_counted", low.sentence) != knowledge.says(
        "partly_counted", high.sentence
    ):
        return found("update", "a count that goes on, or a poll")
    if low.metric in knowledge.comparing.once and any(knowledge.says("revision", one.sentence) for one in (low, high)):
        return found("update", "a result that was corrected")
    if _settled(low, high, knowledge):
        days = 0
    if days <= 1 and _earlier_article(low, high, around, knowledge):
        return found("update", "the higher article calls the lower toll old")
    opposed = knowledge.opposed(low, high)
    if (
        not opposed
        and days >= -1
        and days <= 1
        and _grows(low, knowledge)
        and _hour(low, knowledge) not in ("", _hour(high, knowledge), *(() if days > 0 else _LATE_HOURS))
    ):
        return found("update", "counts of different hours")
    if not opposed and days >= -1 and _provisional(low, high, knowledge):
        return found("update", "the lower is provisional")
    if not opposed and days == 0 and _closed_later(low, high, knowledge):
        return found("update", "the higher is the last of its day")
    if days < 0 and _revised(low, high, around, knowledge) and not _disowned(low, high, around):
        return found("update", "revised in the text")
    moving = low.aspect == "stock" and _young(low, high)
    if days > 0:  # the higher is later
        if opposed and days <= OPPOSED_DAYS:
            return found("conflict", "opposed parties", kind=kind)
        if moving or low.aspect in ("stock", "rate"):
            return found("update", "a level of another day")
        if _stood_by(low, high, around, knowledge):
            return found("conflict", "the lower source stood by it", kind=kind)
        if days <= FRESH_DAYS and _had_said(high, low, around, knowledge):
            return found("conflict", "the higher source already said so", kind=kind)
        return found("update", "later and higher")
    if days == 0:
        return found("conflict", "one day, two origins", kind=kind)
    if moving or (low.aspect in ("stock", "rate") and days < -1):
        return found("update", "a level of another day")
    if days == -1 or (opposed and days >= -OPPOSED_DAYS):
        return found("conflict", "within a day", kind=kind)
    if low.period and low.period == high.period:
        return found("conflict", "one closed period", kind=kind)
    if low.article_id == high.article_id and _holds_still(low, knowledge):
        # A count cannot fall: whoever gives the lower number later contradicts the higher, and the article
        # sets the two beside one another.
        return found("conflict", "the lower source speaks later", kind=kind)
    return found("update", "dates too far apart")


def _days(low: Claim, high: Claim) -> int | None:
    """Days by which the higher is later; None where either has no date."""
    return None if low.day is None or high.day is None else high.day - low.day


def _later(low: Claim, high: Claim) -> bool:
    """Whether the lower number is the later one, by its date, then by publication."""
    days = _days(low, high)
    if days or (low.dated and high.dated):
        return bool(days and days < 0)
    if low.published_day and high.published_day and low.published_day != high.published_day:
        return low.published_day > high.published_day
    if low.published and high.published and len(low.published) > 10 and len(high.published) > 10:
        return low.published > high.published
    return False


def _young(low: Claim, high: Claim) -> bool:
    start = event_day(low.event)
    return start is not None and max(low.day or start, high.day or start) - start <= MOVING_DAYS


def _factor(a: Claim, b: Claim) -> float | None:
    """The power of ten between two nominal numbers with the same leading digits, None where there is none."""
    if not a.value or not b.value or a.percent or a.value * b.value <= 0:
        return None
    ratio = max(a.value, b.value) / min(a.value, b.value)
    for power in _POWERS:
        if abs(ratio / power - 1.0) <= _MAGNITUDE:
            one, other = digits(a.value, a.precision), digits(b.value, b.precision)
            shorter = min(len(one), len(other))
            # A lost zero keeps the digits; few digits that open a longer number open many numbers.
            if one == other or (shorter >= _SLIP_DIGITS and one[:shorter] == other[:shorter]):
                return power
    return None


def _revised(low: Claim, high: Claim, around: Surroundings, knowledge: Knowledge) -> bool:
    """Whether the later text speaks of a revision: beside the number, beside others of that metric, or by naming the
    higher number as the one that held before."""
    later = low if _later(low, high) or low.published_day is None else high
    if knowledge.says("revision", later.sentence):
        return True
    return any(
        other.metric == later.metric
        and (
            knowledge.says("revision", other.sentence)
            or (later is low and other.modality == "superseded" and other.hi >= high.lo and other.lo <= high.hi)
        )
        for other in around.of_article(later.article_id)
    )


def _disowned(low: Claim, high: Claim, around: Surroundings) -> bool:
    """Whether the lower body calls the number of another one wrong: that is no revision, it is the dispute."""
    return (
        low.credited
        and high.credited
        and _WRONG.search(low.sentence) is None
        and any(
            one.metric == high.metric and one.value == high.value and _WRONG.search(one.sentence)
            for one in around.of_article(low.article_id)
        )
    )


def _partial(claim: Claim, knowledge: Knowledge) -> bool:
    """Whether the words beside a number limit it to one list, place or culprit: "five have been identified"."""
    at = claim.at
    if at < 0:
        return False
    # "Eighteen of them children" has all the children.
    if (
        _OF_THEM.match(claim.sentence[at + len(claim.quote) :])
        and knowledge.population(claim.population, None, claim.metric) == "same"
    ):
        return True
    if _OUT_OF.match(claim.sentence[:at]):
        return True
    pattern = knowledge.comparing.words["partial"]
    behind = at + len(claim.quote)
    # "Ten were hurt, six of them seriously": what stands behind the next number is said of that one.
    following = _NEXT_NUMBER.search(claim.sentence, behind)
    last = min(behind + _BEHIND, following.start() if following else len(claim.sentence))
    return any(
        behind - len(claim.quote) - _BESIDE <= found.end() and found.start() <= last
        for found in pattern.finditer(claim.sentence, max(at - 2 * _BESIDE, 0), behind + 2 * _BEHIND)
    )


def _row(claim: Claim, around: Surroundings) -> bool:
    """Whether a number is one row of a list by places in its sentence: "seven at the alley, eight in the bar"."""
    rows = [
        one
        for one in around.of_article(claim.article_id)
        if one.metric == claim.metric
        and one.begins == claim.begins
        and one.field == claim.field
        and one.source == claim.source
    ]
    if len(rows) < 2 or len({one.place for one in rows}) > 1:
        # Rows of towns of their own are counts of these towns.
        return False
    return sum(_AT.match(one.sentence[one.at + len(one.quote) :]) is not None for one in rows) > 1


def _besides(claim: Claim, around: Surroundings) -> bool:
    """Whether a number comes on top of another one of its metric: "six more", "six others" beside fifteen."""
    at = claim.at
    behind = claim.sentence[at : at + len(claim.quote) + 12] if at >= 0 else claim.quote
    if _MORE.search(behind) or _ANOTHER.search(_beside(claim)):
        return True
    # "Six killed and 34 others hurt" has all the hurt; "four others died" after fifteen has not all the dead.
    return _OTHERS.search(behind) is not None and any(
        one.metric == claim.metric
        and one.figure_id != claim.figure_id
        and (one.begins == claim.begins or (one.start < claim.start and one.source == claim.source))
        and one.value != claim.value
        for one in around.of_article(claim.article_id)
    )


def _beside(claim: Claim) -> str:
    """A number as quoted, with the word before it."""
    at = claim.at
    return claim.sentence[max(at - 10, 0) : max(at, 0)] + claim.quote


def _read_as_part(low: Claim, high: Claim) -> bool:
    """Whether the words make the lower one a part of the higher: "seven were held, one of whom …"."""
    return low.article_id == high.article_id and _part_of(low) == high.figure_id


def _part_of(claim: Claim) -> str | None:
    rule = claim.rules.get("part_of")
    return str(rule.get("figure")) if isinstance(rule, Mapping) and rule.get("figure") else None


def _no_whole(part: Claim, whole: Claim) -> bool:
    """Whether the supposed whole is itself only a part, a floor or an article's "a", or one window of a longer count.

    Inside one article of one source both must be numbers: it tells "a commander" and "several leaders this month"
    apart, and we need not have.
    """
    if _part_of(whole) not in (None, part.figure_id) or math.isinf(whole.hi):
        return True
    if whole.quote and _OUT_OF.match(whole.sentence[: max(whole.at, 0)]):
        return True
    # "Of the 732 that were looked into": a group picked out of the whole.
    at = whole.at
    if at >= 0 and _OF_THE.search(whole.sentence[:at]) and _THAT.match(whole.sentence[at + len(whole.quote) :]):
        return True
    if whole.aspect == "period" and (part.aspect != "period" or not (whole.incident or _covers(whole, part))):
        return True
    if part.article_id != whole.article_id or part.source != whole.source:
        return False
    worded = any(one.comparator == "vague" or one.quote.lower() in _ARTICLES for one in (part, whole))
    return worded or (part.metric != whole.metric and part.population != whole.population)


def _part_of_own_total(low: Claim, high: Claim, around: Surroundings) -> bool:
    """Whether the lower one's own source has, in that article, a total that the lower one is a part of.

    Either that total agrees with the higher one ("21 civilians had been killed, 15 in one district"; another article
    says 21), or the lower one and others of its sentence make it up ("35,725, of whom 28,505 outside and 7,220
    inside"). Where place or group of part and total were read apart, these slots have told it already.
    """
    if low.value is None:
        return False
    beside = [
        one
        for one in around.of_article(low.article_id)
        if one.metric == low.metric
        and one.source == low.source
        and one.dimension == low.dimension
        and one.event == low.event
        and one.figure_id not in (low.figure_id, high.figure_id)
        and one.value is not None
        and one.aspect == low.aspect
        and compared_modality(one)
    ]
    parts = [one.value for one in beside if one.begins == low.begins and one.value is not None]
    for total in beside:
        if total.value is None or total.value <= low.value or total.lo <= low.hi:
            continue
        if high.article_id != low.article_id and total.lo <= high.hi and high.lo <= total.hi and total.day == low.day:
            return True
        if (
            total.place == low.place
            and total.population == low.population
            and _sums_to([low.value, *(one for one in parts if one < total.value)], total.value, including=low.value)
        ):
            return True
    return False


def _covers(whole: Claim, part: Claim) -> bool:
    """Whether the days of one number take in those of another."""
    return (
        whole.period is not None
        and part.period is not None
        and whole.period[0] <= part.period[0]
        and part.period[1] <= whole.period[1]
    )


def _another_way(a: Claim, b: Claim, knowledge: Knowledge) -> bool:
    """Whether one number is wanted or allowed and the other is, or the text says that they are counted differently."""
    if a.source == b.source:
        return False
    if knowledge.says("target", a.sentence) != knowledge.says("target", b.sentence) and a.dimension not in (
        "count",
        "percent",
    ):
        return True
    if knowledge.metric(a.metric).unit == "currency":
        # Money promised is not money paid out.
        stages = [(knowledge.says("promised", one.sentence), knowledge.says("paid", one.sentence)) for one in (a, b)]
        if {(True, False), (False, True)} == set(stages):
            return True
    return knowledge.says("method", a.sentence) or knowledge.says("method", b.sentence)


def _grows(claim: Claim, knowledge: Knowledge) -> bool:
    """Whether a count is of the kind that grows by the hour: a running one, of an event in its first weeks."""
    if claim.aspect not in ("cumulative", "period") or standing_metric(claim, knowledge):
        return False
    start = event_day(claim.event)
    return start is None or claim.day is None or claim.day - start <= MOVING_DAYS


def _too_unlike(low: Claim, high: Claim) -> bool:
    """Whether one number is hundreds of times the other: nobody disputes so; one of them counts another thing."""
    return low.dimension == "count" and math.isfinite(low.hi) and low.hi > 0 and high.lo > _UNLIKE * low.hi


def _holds_still(claim: Claim, knowledge: Knowledge) -> bool:
    """Whether an article gives a running count as what is said now, not as what was said of another day."""
    return (
        claim.aspect == "cumulative"
        and not claim.dated
        and not standing_metric(claim, knowledge)
        and claim.metric not in knowledge.comparing.once
        and not knowledge.says("before", claim.sentence)
        and not knowledge.says("earlier", claim.sentence)
    )


def _nation(claim: Claim, knowledge: Knowledge) -> str | None:
    """Whose people alone a number counts, in an event that befell another country's ground; None where not said."""
    if claim.party is not None or claim.metric not in knowledge.comparing.befalling:
        return None
    found = nation(claim.sentence, claim.quote, claim.at, knowledge.lexicon.settings)
    if found is None:
        return None
    where = event_place(claim.event) or claim.place
    known = knowledge.lexicon.settings.place(where) if where else None
    return None if known is not None and known.iso3 == found else found


def _asked_for(claim: Claim, knowledge: Knowledge) -> bool:
    """Whether the words before a count make it one that is wanted: "had called for a million"."""
    at = claim.at
    return at > 0 and claim.dimension == "count" and knowledge.says("wanted", claim.sentence[max(at - _BESIDE, 0) : at])


def _union(claim: Claim) -> bool:
    """Whether a number counts two kinds of thing together: "300 drones and missiles"."""
    at = claim.at
    return at >= 0 and _TWO_KINDS.match(claim.sentence[at + len(claim.quote) :]) is not None


def _settled(low: Claim, high: Claim, knowledge: Knowledge) -> bool:
    """Whether the number belongs to one occasion and does not grow after it: then "no later than" is no later day."""
    if low.metric not in knowledge.comparing.once or low.event is None or low.event != high.event:
        return False
    return low.incident and not (low.dated and high.dated)


def _crowds(low: Claim, high: Claim, knowledge: Knowledge) -> bool:
    """Whether both count the crowd of one occasion in one place, one of them by a named body: that is settled by it."""
    return (
        low.metric in knowledge.comparing.once
        and (low.credited or high.credited)
        and low.place is not None
        and low.place == high.place
        and not (low.lead or high.lead)
        and not any(one.comparator == "vague" for one in (low, high))
    )


def _contrasted(a: Claim, b: Claim, low: Claim, knowledge: Knowledge, around: Surroundings) -> bool:
    """Whether the article itself sets the later number against the one before: "gave a lower toll of eight"."""
    if a.article_id != b.article_id or a.field != b.field or a.source == b.source or a.metric != b.metric:
        return False
    first, second = (a, b) if a.start < b.start else (b, a)
    at = second.at
    said = knowledge.comparing.words["contrast"].search(second.sentence[max(at - _BEHIND, 0) : at]) if at > 0 else None
    if said is None:
        return False
    lower, higher = (re.search(word, said.group(), re.IGNORECASE) for word in ("lower|smaller", "higher|larger|bigger"))
    if (lower and second is not low) or (higher and second is low):
        return False
    before = [
        one
        for one in around.of_article(a.article_id)
        if one.metric == a.metric
        and one.field == a.field
        and one.dimension == second.dimension
        and one.start < second.start
        and one.source != second.source
        and one.modality in ("reported", "estimated")
        and (one.hi < second.lo if higher else one.lo > second.hi if lower else True)
    ]
    last = max(before, key=lambda one: one.start, default=None)
    return last is not None and (last.figure_id == first.figure_id or last.value == first.value)


def _several(claim: Claim, knowledge: Knowledge) -> bool:
    """Whether a number sums up several happenings: "29 in two shootings", all who marched "across the country"."""
    return (claim.incident or standing_metric(claim, knowledge)) and _says_beside("several", claim, knowledge, _AROUND)


def _other_shock(claim: Claim, knowledge: Knowledge) -> bool:
    """Whether a magnitude is an aftershock's or a second quake's, by the words before it or the noun behind it."""
    at = claim.at
    if at < 0:
        return False
    if knowledge.says("shock", re.split(r"[.;:]", claim.sentence[max(at - _AROUND, 0) : at])[-1]):
        return True
    behind = _SHOCK_NOUN.match(claim.sentence[at + len(claim.quote) :])
    return behind is not None and knowledge.says("shock", behind.group())


def _definite(claim: Claim, around: Surroundings) -> bool:
    """Whether a number points back at people told of before, of a larger count: "the two slain officers"."""
    at = claim.at
    if at < 0 or not _THE.search(claim.sentence[max(at - 8, 0) : at]):
        return False
    return any(
        one.metric == claim.metric and one.event == claim.event and one.lo > claim.hi and compared_modality(one)
        for one in around.of_article(claim.article_id)
    )


def _of_one_make(low: Claim, high: Claim, knowledge: Knowledge) -> bool:
    """Whether the lower one counts items of one make only: "6.8 million Johnson & Johnson shots" among all doses."""
    at = low.at
    if at < 0 or low.population not in (None, high.population) or low.party:
        return False
    named = _MAKE.match(low.sentence[at + len(low.quote) :])
    if named is None or named.group(1) in high.sentence:
        return False
    return all(knowledge.lexicon.settings.country_of(one) is None for one in named.group(1).split())


def _wider_window(low: Claim, high: Claim, knowledge: Knowledge) -> bool:
    """Whether the higher number of an incident sums up days or weeks, and the lower one says nothing like it."""
    if not (low.incident and high.incident) or low.dimension != "count":
        return False
    if (
        low.period
        and high.period
        and (high.period[1] - high.period[0]) - (low.period[1] - low.period[0]) > STATEMENT_DAYS
    ):
        return True
    if _says_beside("window", high, knowledge, _CLAUSE) and not knowledge.says("window", low.sentence):
        return True
    since = _SINCE.match(high.sentence)
    if since is None or _SINCE.match(low.sentence):
        return False
    # "Since the quake" is the event's own time.
    cause = (high.event or "").partition(":")[0].rpartition(" ")[2]
    return cause not in since.group() and not knowledge.says("onset", since.group())


def _with_attacker(low: Claim, high: Claim, knowledge: Knowledge, around: Surroundings) -> bool:
    """Whether the higher of two tolls takes in whoever did it, the lower one may not, and no more lies between them.

    The words stand beside the number, or the article says so beside another number of its toll.
    """
    if low.metric not in knowledge.comparing.attackers or not 0 < high.lo - low.hi <= _MOST_ATTACKERS:
        return False
    within, without = (
        [_attacker(words, one, knowledge, around) for one in (low, high)]
        for words in ("with_attacker", "without_attacker")
    )
    return (within[1] and not within[0]) or (without[0] and not without[1])


def _attacker(words: str, claim: Claim, knowledge: Knowledge, around: Surroundings) -> bool:
    return _says_of(words, claim, knowledge) or any(
        one.metric == claim.metric
        and one.event == claim.event
        and one.value == claim.value
        and _says_of(words, one, knowledge)
        for one in around.of_article(claim.article_id)
    )


def _says_of(words: str, claim: Claim, knowledge: Knowledge) -> bool:
    """Whether some words stand between a number and its neighbours of two digits or more."""
    at = claim.at
    if at < 0:
        return False
    first = max((found.end() for found in _DIGITS.finditer(claim.sentence, 0, at)), default=0)
    following = _DIGITS.search(claim.sentence, at + len(claim.quote))
    last = following.start() if following else len(claim.sentence)
    return knowledge.says(words, claim.sentence[max(first, at - _AROUND) : min(last, at + len(claim.quote) + _AROUND)])


def _limited(words: str, claim: Claim, knowledge: Knowledge) -> bool:
    """Whether some words stand in a number's own piece of its sentence: from the number before to the next one; of what
    stands before it only what no comma or "and" cuts off."""
    at = claim.at
    if at < 0:
        return False
    before = _PIECE.split(claim.sentence[max(at - _AROUND, 0) : at])[-1]
    behind = _FIGURE.split(claim.sentence[at + len(claim.quote) : at + len(claim.quote) + _AROUND])[0]
    return knowledge.says(words, f"{before}{claim.quote}{behind}")


def _hour(claim: Claim, knowledge: Knowledge) -> str:
    """The part of the day of which a number of a fresh blow is told, empty where none is."""
    start = event_day(claim.event)
    if start is not None and claim.day is not None and claim.day - start > FRESH_DAYS:
        return ""
    said = knowledge.comparing.words["hour"].search(claim.sentence)
    # "Updating an earlier toll of Sunday evening": that hour was the other number's.
    if said is None or "earlier" in said.group().lower():
        return ""
    return str(said["then"] or said["first"]).lower()


def _holder(claim: Claim, knowledge: Knowledge) -> str:
    """Who holds the part of a place that a number is limited to ("government-held"), empty where it is not."""
    at = claim.at
    if at < 0:
        return ""
    behind = _FIGURE.split(claim.sentence[at + len(claim.quote) : at + len(claim.quote) + _AROUND])[0]
    before = claim.sentence[:at]
    if _FIGURE.search(before):
        before = _PIECE.split(before)[-1]
    pattern = knowledge.comparing.words["held"]
    said = pattern.search(behind) or pattern.search(before)
    return str(said["by"] or said["of"]).lower() if said else ""


def _both_sides(claim: Claim, knowledge: Knowledge) -> bool:
    return claim.party is None and _says_beside("both_sides", claim, knowledge, _BEHIND)


def _says_beside(words: str, claim: Claim, knowledge: Knowledge, reach: int) -> bool:
    """Whether some words stand within so many letters of a number."""
    at = claim.at
    if at < 0:
        return False
    last = at + len(claim.quote) + reach
    pattern = knowledge.comparing.words[words]
    return any(found.start() <= last for found in pattern.finditer(claim.sentence, max(at - reach, 0), last + reach))


def _spoken_for(claim: Claim, around: Surroundings) -> bool:
    """Whether a title or uncredited opening says other than its body: then the body is compared, not it."""
    if not claim.lead or claim.credited:
        return False
    bodies = [
        one
        for one in around.of_article(claim.article_id)
        if one.metric == claim.metric and not one.lead and one.dimension == claim.dimension and compared_modality(one)
    ]
    return bool(bodies) and not any(one.lo <= claim.hi and claim.lo <= one.hi for one in bodies)


def _adds_up(low: Claim, high: Claim, around: Surroundings) -> bool:
    """Whether the lower one and others of its article make up the higher one: 3 here, 7 there, 10 in all."""
    if low.article_id != high.article_id or low.value is None or high.value is None or low.value <= 0:
        return False
    if low.comparator not in _NEAR_EXACT:
        return False
    others = [
        one.value
        for one in around.of_article(low.article_id)
        if one.metric == low.metric
        and one.value is not None
        and one.figure_id not in (low.figure_id, high.figure_id)
        and 0 < one.value < high.value
        # The parts of a body's total are its own; another body's beside them add up by chance.
        and (low.source == high.source or not (low.credited and high.credited) or one.source == low.source)
    ]
    return _sums_to([low.value, *others], high.value, including=low.value)


def _earlier_article(low: Claim, high: Claim, around: Surroundings, knowledge: Knowledge) -> bool:
    """Whether the higher number's article gives a toll of the lower number's article as the one before."""
    if low.article_id == high.article_id or (low.published_day or 0) > (high.published_day or 0):
        return False
    theirs = {
        one.value
        for one in around.of_article(low.article_id)
        if one.metric == low.metric
        and one.event == low.event
        and one.value is not None
        and one.modality != "superseded"
        and (one.value == low.value or one.source == low.source or not low.credited)
    }
    return any(
        one.metric == low.metric
        and one.event == high.event
        and one.value in theirs
        and (
            one.modality == "superseded"
            or knowledge.says("earlier", one.sentence)
            # What another body is said to have reported before is its own number, not a toll that was replaced.
            or (one.basis == "before_publication" and not (one.credited and one.source != high.source))
        )
        for one in around.of_article(high.article_id)
    )


def _provisional(low: Claim, high: Claim, knowledge: Knowledge) -> bool:
    """Whether the lower of two counts says that it is not the last word, or was out hours before the other."""
    # "Nobody was hurt" holds until the first is found; against the claim of an enemy it is a denial.
    if low.value == 0.0 and low.quote.lower().startswith(("no", "none")):
        unheard = not low.credited or knowledge.says("unheard", low.sentence)
        return unheard and high.source_relation != "opponent"
    if standing_metric(low, knowledge):
        return False
    if knowledge.says("provisional", low.sentence):
        return True
    if low.published and high.published and len(low.published) > 10 and len(high.published) > 10:
        return low.published[:13] < high.published[:13] and low.published[:10] == high.published[:10] and not low.dated
    return False


def _closed_later(low: Claim, high: Claim, knowledge: Knowledge) -> bool:
    """Whether the higher of two counts of one day was given at its end, and the lower one nobody knows when."""
    return (
        not standing_metric(low, knowledge)
        and _says_beside("late", high, knowledge, _AROUND)
        and not _says_beside("late", low, knowledge, _AROUND)
        and not knowledge.says("standing_by", low.sentence)
    )


def _one_statement(a: Claim, b: Claim, knowledge: Knowledge, around: Surroundings, *, revised: bool) -> bool:
    """Whether two numbers of one body come from one statement: digits alike on one day, or the same companions.

    The numbers must not be round: two significant digits below 100, three above. A count that grew within a day is
    no misquote, so numbers that are not alike need companions (the same six dead beside 30 or 32 injured).
    """
    if a.value is None or b.value is None or not {a.comparator, b.comparator} <= _NEAR_EXACT:
        return False
    if any(significant_digits(one.value or 0, one.precision) < (2 if (one.value or 0) < 100 else 3) for one in (a, b)):
        fresh = a.published_day and b.published_day and abs(a.published_day - b.published_day) <= STATEMENT_DAYS
        same_day = not (a.dated and b.dated) or a.day == b.day
        needed = 1 if _reordered(a, b) else 2
        return bool(fresh and same_day and not revised) and _companions(a, b, knowledge, around, at_least=needed)
    low, high = (a, b) if a.value < b.value else (b, a)
    one, other = digits(a.value, a.precision), digits(b.value, b.precision)
    differing = sum(x != y for x, y in zip(one, other, strict=True)) if len(one) == len(other) else len(one)
    transposed = len(one) == len(other) and sorted(one) == sorted(other)
    both_dated = a.dated and b.dated
    apart = abs(a.published_day - b.published_day) if a.published_day and b.published_day else 0
    if transposed and both_dated and a.day == b.day:
        return True
    if (
        transposed
        and not both_dated
        and not knowledge.says("revision", low.sentence)
        and (apart <= STATEMENT_DAYS or _later(low, high))
    ):
        return True
    # The same survey quoted weeks later, its other numbers as they were.
    if transposed and not both_dated and not revised and _companions(a, b, knowledge, around, at_least=2):
        return True
    # "By the sheriff's first full count", "on the night itself": a later article quotes the statement of then.
    if transposed and any(_says_beside("then", one, knowledge, _AROUND) for one in (a, b)):
        return True
    if revised:
        return False
    if (
        differing == 1
        and len(one) >= 3
        and (a.day == b.day or knowledge.metric(a.metric).measured)
        and apart <= STATEMENT_DAYS
    ):
        return True
    if standing_metric(a, knowledge) or a.percent:
        return False
    # Of a later day stated as such and higher: the toll rose, whatever stayed as it was.
    rose = both_dated and (_days(low, high) or 0) > 0 and _grows(low, knowledge)
    if apart <= STATEMENT_DAYS and not rose and not (both_dated and abs((a.day or 0) - (b.day or 0)) > 2):
        return _companions(a, b, knowledge, around)
    return False


def _reordered(a: Claim, b: Claim) -> bool:
    """Whether two whole numbers of three digits or more, zeros among them, have the same digits in another order."""
    one, other = (f"{claim.value or 0:.0f}" for claim in (a, b))
    return len(one) == len(other) >= _SLIP_DIGITS and one != other and sorted(one) == sorted(other)


def _beside_fuller(low: Claim, high: Claim, around: Surroundings) -> bool:
    """Whether the article of the lower number has, from that body, a number as high as the higher one.

    Then the lower one is no running count that fell: it is a part, or what came in a week.
    """
    return any(
        one.metric == low.metric
        and one.source == low.source
        and one.event == low.event
        and one.dimension == low.dimension
        and one.figure_id not in (low.figure_id, high.figure_id)
        and compared_modality(one)
        and one.hi >= high.lo
        and one.lo > low.hi
        for one in around.of_article(low.article_id)
    )


def _told_beside(low: Claim, high: Claim, around: Surroundings) -> bool:
    """Whether the article of the higher number gives the lower one of that body, too, and both as holding now."""
    return any(
        one.metric == low.metric
        and one.value == low.value
        and one.source == low.source
        and one.day == high.day
        and compared_modality(one)
        for one in around.of_article(high.article_id)
    )


def _told_both(a: Claim, b: Claim, around: Surroundings) -> bool:
    """Whether the article of one gives the other's number as well, by that source: then it is no slip in quoting."""
    return any(
        one.metric == other.metric
        and one.value == other.value
        and one.source == other.source
        and one.figure_id != mine.figure_id
        and one.population == mine.population
        for mine, other in ((a, b), (b, a))
        for one in around.of_article(mine.article_id)
    )


def _slip_of_the_pen(a: Claim, b: Claim, compared: Comparison) -> bool:
    """Whether one body's number of one day stands in two articles with its digits in another order.

    Four digits or more: a number of the same body, metric and day with just these digits is the same statement one time
    in hundreds by chance, so place, event and aspect need not have been read alike; with three they may not differ.
    """
    if not one_source(a, b) or a.article_id == b.article_id or a.value is None or b.value is None:
        return False
    if not {a.comparator, b.comparator} <= _NEAR_EXACT or not compared_modality(a) or not compared_modality(b):
        return False
    slots = compared.slots
    if slots["metric"] != "same" or slots["unit"] != "same" or "disjoint" in (slots["population"], slots["party"]):
        return False
    one, other = digits(a.value, a.precision), digits(b.value, b.precision)
    # The same digits in the same order are another size, not another order.
    if one == other or sorted(one) != sorted(other) or len(one) < 3 or a.percent:
        return False
    apart = {slot for slot, answer in slots.items() if answer not in ("same", "unknown")}
    loose = {"event", "place", "aspect", "time"} if len(one) >= 4 else {"aspect"} if a.dated and b.dated else set()
    # Another event in another place is another thing: over thousands of stories some numbers agree by chance.
    elsewhere = (
        None not in (a.place, b.place) and a.place != b.place and ("event" in apart or slots["place"] == "unknown")
    )
    if not apart <= loose or elsewhere:
        return False
    if a.dated and b.dated:
        return a.day == b.day
    if a.published_day is None or b.published_day is None:
        return False
    return abs(a.published_day - b.published_day) <= STATEMENT_DAYS


def _same_shares(a: Claim, b: Claim, compared: Comparison, knowledge: Knowledge, around: Surroundings) -> bool:
    """Whether one body's shares stand in two articles alike but for one: then that is one contender's, named or not."""
    if a.metric not in knowledge.comparing.sharing or set(compared.missing) - {"party", "population"}:
        return False
    if not compared.missing or not one_source(a, b) or a.article_id == b.article_id or a.place != b.place:
        return False
    mine, theirs = (
        {
            one.value
            for one in around.of_article(claim.article_id)
            if one.metric == a.metric and one.body == a.body and one.unit == a.unit and compared_modality(one)
        }
        for claim in (a, b)
    )
    alike = mine & theirs
    return (
        len(alike) >= _SHARES_ALIKE
        and a.value not in theirs
        and b.value not in mine
        and len(mine - alike) == len(theirs - alike) == 1
    )


def _companions(a: Claim, b: Claim, knowledge: Knowledge, around: Surroundings, at_least: int = 1) -> bool:
    """Whether the two articles give other numbers of that source, so many at least, and all of them alike."""
    theirs = [one for one in around.of_article(b.article_id) if one.source == b.source and one.figure_id != b.figure_id]
    alike: set[tuple[str, float]] = set()
    unlike: set[str] = set()
    for mine in around.of_article(a.article_id):
        if mine.source != a.source or mine.figure_id == a.figure_id or mine.value is None:
            continue
        if mine.modality not in ("reported", "estimated"):
            continue
        match = [
            one
            for one in theirs
            if one.metric == mine.metric
            and one.value is not None
            and one.modality == mine.modality
            and knowledge.population(one.population, mine.population, one.metric) == "same"
            and one.place == mine.place
            and one.aspect == mine.aspect
            and one.unit == mine.unit
        ]
        if any(one.value == mine.value for one in match):
            alike.add((mine.metric, mine.value))
        elif match and mine.metric != a.metric:
            unlike.add(mine.metric)
    # Of the running toll an article may give yesterday's as well.
    if unlike - {metric for metric, _ in alike}:
        return False
    return len(alike) >= at_least


def _same_thing(a: Claim, b: Claim, knowledge: Knowledge) -> bool:
    return comparability(a, b, knowledge).verdict == "same"


def _stale(low: Claim, high: Claim, around: Surroundings, knowledge: Knowledge) -> bool:
    """Whether the lower number was that source's own before the higher, which had been out for two days."""
    if low.published_day is None:
        return False
    out = high.published_day if high.published_day is not None else high.day
    if out is None or low.published_day - out < STALE_DAYS:
        return False
    for one in around.of_source(low, last=high.day, like=low):
        if one.figure_id == low.figure_id or one.day is None or high.day is None:
            continue
        earlier = (one.day, one.published_day or 0) < (high.day, high.published_day or 0)
        if (
            earlier
            and one.lo <= low.hi
            and low.lo <= one.hi
            and one.value == low.value
            and _same_thing(one, low, knowledge)
        ):
            return True
    return False


def _stood_by(low: Claim, high: Claim, around: Surroundings, knowledge: Knowledge) -> bool:
    """Whether the lower source gave a number in line with its own on or after the day of the higher one."""
    if low.source is None or high.day is None:
        return False
    return any(
        one.figure_id != low.figure_id
        and one.day is not None
        and one.day >= high.day
        and (one.dated or knowledge.says("standing_by", one.sentence))
        and compared_modality(one)
        and one.lo <= low.hi
        and low.lo <= one.hi
        and one.hi < high.lo
        and _same_thing(one, low, knowledge)
        for one in around.of_source(low, first=high.day, like=low)
    )


def _had_said(high: Claim, low: Claim, around: Surroundings, knowledge: Knowledge) -> bool:
    """Whether the higher source had given a number clear of the lower one for the lower one's day or before."""
    if high.source is None or low.day is None:
        return False
    return any(
        one.figure_id != high.figure_id
        and one.day is not None
        and one.day <= low.day
        and compared_modality(one)
        and one.lo > low.hi
        and _same_thing(one, high, knowledge)
        for one in around.of_source_above(high, last=low.day, above=low.hi)
    )


def _own_metric(claim: Claim) -> bool:
    """Whether the words that tell what is counted stand in the number's own sentence."""
    rule = claim.rules.get("metric")
    if not isinstance(rule, Mapping):
        return True
    start = rule.get("start")
    return isinstance(start, int) and claim.begins <= start < claim.begins + len(claim.sentence)


def _swapped(a: Claim, b: Claim, knowledge: Knowledge) -> bool:
    """Whether one telling number stands under two metrics of one story, from one body or one that cites the other."""
    if a.value is None or a.value != b.value or a.percent or b.percent:
        return False
    if not {a.comparator, b.comparator} <= _NEAR_EXACT or a.modality == "superseded" or b.modality == "superseded":
        return False
    if min(significant_digits(a.value, a.precision), significant_digits(b.value, b.precision)) < 3:
        return False
    cites = a.source is not None and (a.source == b.source or a.source == b.relayed_by or a.relayed_by == b.source)
    if not cites or not (a.credited or b.credited) or knowledge.metric_relation(a.metric, b.metric) != "disjoint":
        return False
    if not (_own_metric(a) and _own_metric(b)):
        return False
    # Two parts of one whole may be alike by chance, of one article by intent.
    if knowledge.akin(a.metric, b.metric) and (a.article_id == b.article_id or "cases" in knowledge.wholes(a.metric)):
        return False
    if a.dimension != b.dimension and "count" not in (a.dimension, b.dimension):
        return False
    if not knowledge.core(a.metric) and not knowledge.core(b.metric):
        # Two names that nobody defined may well be two words for one thing.
        return False
    return (a.event is not None and a.event == b.event) or (
        knowledge.core(a.metric)
        and knowledge.core(b.metric)
        and a.event is None
        and b.event is None
        and a.published_day is not None
        and b.published_day is not None
        and abs(a.published_day - b.published_day) <= STATEMENT_DAYS
    )


def _headline(a: Claim, b: Claim, low: Claim, compared: Comparison, knowledge: Knowledge, around: Surroundings) -> bool:
    """Whether one stands in the title or an opening, and no number of the body on that metric bears it out."""
    if a.article_id != b.article_id:
        return False
    # Where the text is a single opening, the title is held against that.
    openings = a.lead and b.lead and a.field != b.field and not _has_body(a, around)
    if a.lead == b.lead and not openings:
        return False
    lead, body = (a, b) if (a.field == "title" if openings else a.lead) else (b, a)
    apart = {slot for slot, answer in compared.slots.items() if answer not in ("same", "unknown")}
    if not lead.credited and {lead.aspect, body.aspect} == {"cumulative", "stock"}:
        # Few words do not tell those who ever came from those who are there.
        apart -= {"aspect"}
    # A title that has the body's number but for one digit means that number, wherever it was read to hold.
    if apart and not (_one_digit(lead, body) and apart <= {"event", "place", "aspect", "time"}):
        return False
    if ("rate" in (lead.aspect, body.aspect) and lead.aspect != body.aspect) or "change" in (lead.aspect, body.aspect):
        return False
    # A number of another place or group may be a part of what the headline counts, or its whole.
    if set(compared.missing) - {"time"} and not _one_digit(lead, body):
        return False
    # A slip of the pen: the same digits in another order, or a million for a billion.
    slip = _factor(lead, body) is not None or (
        lead.value is not None
        and body.value is not None
        and sorted(digits(lead.value, 1.0)) == sorted(digits(body.value, 1.0))
    )
    # A credited opening is part of the report: it is told from a fuller count only by such a slip.
    if lead.field == "text" and lead.credited and (lead.source != body.source or not slip):
        return False
    # An opening sentence of its own, and not the title run into the text, may tell the first of several things.
    if (
        lead.field == "text"
        and lead.sentence.rstrip().endswith((".", "!", "?", '"', "”"))
        and not (slip or _one_digit(lead, body))
        and body.credited
    ):
        return False
    if lead.day is not None and body.day is not None and abs(lead.day - body.day) > 1 and not _one_digit(lead, body):
        return False
    if (lead.day is None) != (body.day is None):
        # The words name another year.
        return False
    if not compared_modality(lead) or not compared_modality(body):
        return False
    if body is low and (_partial(body, knowledge) or _besides(body, around)):
        return False
    if body is low and _union(lead):
        return False
    bodies = [
        one
        for one in around.of_article(a.article_id)
        if one.metric == lead.metric
        and (one.field == "text" if openings else not one.lead)
        and one.dimension == lead.dimension
        and one.figure_id != lead.figure_id
        and compared_modality(one)
    ]
    misprint = _one_digit(lead, body)
    if any(_bears_out(one, lead, knowledge, misprint=misprint) for one in bodies):
        return False
    if _said_below(lead, around):
        return False
    # "37 killed in two cities": a headline may add up what the body tells apart.
    # But one digit away from the body's own total it means that total, whatever else may add up to it.
    parts = [one.value for one in bodies if one.value is not None]
    if lead.value is not None and not _one_digit(lead, body) and _sums_to(parts, lead.value):
        return False
    # Two or more smaller numbers that fit in it may be what happened house by house, told in part.
    if not slip and len(set(parts)) > 1 and lead.value is not None and sum(set(parts)) < lead.value:
        return False
    # Of several, the headline is held against the one that it most nearly is.
    nearest = min(
        (one for one in bodies if compared_modality(one)),
        key=lambda one: (headline_gap(one, lead, knowledge), one.figure_id),
        default=body,
    )
    return slip or nearest.figure_id == body.figure_id or headline_gap(body, nearest, knowledge) == 0.0


def _bears_out(body: Claim, lead: Claim, knowledge: Knowledge, *, misprint: bool) -> bool:
    """Whether a number of the body agrees with its headline.

    A range that happens to take in a misprinted number does not, nor does a floor far below it ("more than 4,000"
    under "5 million").
    """
    if misprint:
        return body.value == lead.value
    if math.isinf(body.hi) and body.lo * _FAR_BELOW < lead.lo:
        return False
    return headline_gap(body, lead, knowledge) == 0.0


def _has_body(claim: Claim, around: Surroundings) -> bool:
    """Whether an article gives a number of a claim's metric beyond title and opening."""
    return any(one.metric == claim.metric and not one.lead for one in around.of_article(claim.article_id))


def _reworded(a: Claim, b: Claim, knowledge: Knowledge) -> bool:
    """Whether headline and body count one noun in other words, a power of ten apart: 3 million hit, 3 billion dead."""
    if a.article_id != b.article_id or a.lead == b.lead or not knowledge.kin(a.metric, b.metric):
        return False
    if (
        a.population != b.population
        or a.dimension != b.dimension
        or not (compared_modality(a) and compared_modality(b))
    ):
        return False
    return _factor(a, b) is not None and a.aspect == b.aspect


def _said_below(lead: Claim, around: Surroundings) -> bool:
    """Whether the text has the headline's very number of two or more digits, be it read there as another thing.

    A title is borne out by an opening as well, an opening by what follows it.
    """
    if lead.value is None:
        return False
    if abs(lead.value) < _LEAST_TELLING:
        return lead.field == "title" and any(
            one.field == "text" and one.metric == lead.metric and one.value == lead.value
            for one in around.of_article(lead.article_id)
        )
    return any(
        one.value == lead.value
        and one.dimension == lead.dimension
        and (not one.lead or (lead.field == "title" and one.field == "text"))
        for one in around.of_article(lead.article_id)
    )


def _one_digit(a: Claim, b: Claim) -> bool:
    """Whether two numbers of three or more digits differ in one digit, or in the order of their digits."""
    if a.value is None or b.value is None:
        return False
    one, other = digits(a.value, a.precision), digits(b.value, b.precision)
    if len(one) != len(other) or len(one) < 3:
        return False
    return sum(x != y for x, y in zip(one, other, strict=True)) == 1 or sorted(one) == sorted(other)


def _sums_to(parts: Sequence[float], total: float, including: float = 0.0) -> bool:
    """Whether two or more of a few numbers add up to a total, one of them surely taken in."""
    others = list(parts)
    if including:
        others.remove(including)
    reachable = {including}
    for one in sorted(others)[:12]:
        reachable |= {one + before for before in reachable if one + before <= total}
    return total in reachable and total not in parts
