"""Explanations that a copy editor would sign.

Always in one order: the verdict; what is counted; who said what, when, and on which side; words and rounding; scope;
what would reconcile it. Causes that no article states are put as questions. "Says", never "admits" or "claims".
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from figures.notation import as_said, count_in_words, number_in_words, times_in_words
from figures.reconcile.arithmetic import Slip
from figures.reconcile.comparable import Claim, Knowledge, event_day
from figures.reconcile.events import is_campaign
from figures.reconcile.judge import Pair

__all__ = ["explain_conflict", "explain_pair", "explain_slip", "explain_uncompared", "what_is_counted"]

_OF_PEOPLE: Final = re.compile(r"(?:ed|missing|hurt|dead|trapped|in need|in hospital|without \w+)$")
_BODIES: Final = re.compile(
    r"\b(?:ministry|government|army|navy|police|department|agency|service|council|observatory|office|union|nations|"
    r"organi[sz]ation|commission|committee|bureau|authority|authorities|command|forces|staff|front|brigade|cross|crescent|"
    r"board|institute|association|party|court|parliament|municipality|city hall|presidency|embassy|company|center|"
    r"centre|"
    r"kremlin|pentagon|white house|library|panel|coalition|survey|academy|group)\b",
    re.IGNORECASE,
)
_SLOTS: Final = {
    "event": "which event it belongs to", "population": "who exactly is counted", "party": "whose side is counted",
    "place": "the place", "time": "the date that it holds for", "aspect": "whether it is a running total",
    "metric": "what is counted", "unit": "the unit",
}  # fmt: skip
_REASONS: Final = {
    "one origin": "Both go back to one origin.",
    "boundary": "They differ by less than three per cent, which two desks closing a list at different hours explains.",
    "parts that add up": "Numbers of the same article add up to the higher one.",
    "a partial count": "The lower one counts only those of one list, place or culprit; it sets no ceiling.",
    "part and whole in order": "One is a part of what the other counts, and not larger.",
    "the part is later": "One is a part of what the other counts, but of a later day.",
    "later and higher": "The higher one is later: an update, not a conflict.",
    "the lower is provisional": "The lower one was provisional or given earlier in the day: an update, not a conflict.",
    "revised in the text": "The later text says that the number was revised.",
    "the higher article calls the lower toll old": "The article of the higher one tells the lower as the toll before.",
    "a level that moves both ways": "The number may go down as well as up; the two hold for different moments.",
    "a level of another day": "The number may go down as well as up; the two hold for different days.",
    "one article tells both": "One article gives both numbers of this source and tells them apart.",
    "dates too far apart": "The two are too far apart in time to contradict each other.",
    "another scope": "They count different things.",
    "another metric": "They count different things.",
    "a projection or plan": "One says what may come or is planned, the other what is.",
    "two projections": "Both say what may come; forecasts may differ.",
    "an attributed denial": "One is a denial of a number, not a count.",
    "a number of a time gone by": "The text tells the lower one of an earlier time.",
    "the wider place is only the article's": "The wider place is the article's, not of the words beside the number.",
    "superseded": "One is given as a number of the past.",
    "one span": "Both are read from the same words.",
    "told, not counted": "The lower one is told of some people, not counted as a total.",
    "a total over several": "One sums up several happenings or places, the other does not.",
    "another shock": "One belongs to another shock than the other.",
    "a longer window": "The higher one sums up days or weeks, the lower one a single happening.",
    "one side of two": "The higher one takes in both sides, the lower one only one of them.",
    "too unlike to be one count": "One is more than a thousand times the other: they hardly count one thing.",
    "perhaps another blow in that place": "There may have been another blow in that place on the day.",
    "the whole may be an earlier count": "The wider count has no date of its own and may be the earlier one.",
    "another way of counting": "The texts count in different ways, or one number is wanted and the other is.",
}


def what_is_counted(series: Mapping[str, Any], knowledge: Knowledge) -> str:
    """A series in words: Russian troops killed in Ukraine since the invasion began; unemployment rate in Spain."""
    metric = str(series.get("metric") or "")
    known = knowledge.metric(metric)
    title = known.title or metric.replace("_", " ")
    party, population = series.get("party"), series.get("population")
    # A group is not named twice: "refugees", not "refugees refugees".
    group = str(population) if population and str(population).lower() not in title.lower() else ""
    if known.unit == "person" and _OF_PEOPLE.search(title):
        words = " ".join(one for one in (str(party or ""), group or "people", title) if one)
    elif group and group != "people":
        words = f"{title}: {' '.join(one for one in (str(party or ''), group) if one)}"
    else:
        words = f"{party} {title}" if party else title
    place = series.get("place")
    if place:
        words += {"origin": f" from {place}", "destination": f" in {place}"}.get(
            str(series.get("place_role")), f" in {place}"
        )
    return words + _scope(series)


def explain_conflict(
    kind: str,
    camps: Sequence[Sequence[Claim]],
    compatible: Sequence[Claim],
    series: Mapping[str, Any],
    best: Pair,
    knowledge: Knowledge,
) -> str:
    """The paragraph for a conflict of camps, lowest first."""
    members = [one for camp in camps for one in camp]
    counted = what_is_counted(series, knowledge)
    dated = _Dates(members)
    sentences = [_verdict(kind, camps, members, counted, knowledge)]
    sentences.extend(_statements(camp, dated) for camp in camps)
    sentences.append(_behind(members))
    sentences.append(_apart(kind, camps, best))
    if compatible:
        sentences.append(f"{_many(len(compatible), 'other number')} in these articles would fit more than one of them.")
    sentences.append(_independence(kind, members))
    sentences.append(_question(kind, members))
    return " ".join(one for one in sentences if one)


def explain_slip(slip: Slip) -> str:
    """The paragraph for numbers of one article that do not add up."""
    first = slip.camps[0][0]
    where = f"{_outlet(first)}, {_day(first.published_day)}" if first.published_day else _outlet(first)
    sources = sorted({one.source for camp in slip.camps for one in camp if one.source and one.credited})
    who = f" Credited with them: {_listed([_named(one) for one in sources])}." if sources else ""
    return (
        f"The sum does not add up: {slip.found} (one article: {where}).{who} Rounding does not explain it."
        " Is one of the numbers misprinted, or does one count something else? Check the original statement."
    )


def explain_uncompared(a: Claim, b: Claim, missing: Sequence[str]) -> str:
    """One sentence: which two numbers, and which slot is unknown for which of them."""
    dated = _Dates((a, b))
    slots = []
    for slot in missing:
        lacking = [one for one in (a, b) if _lacks(one, slot)]
        words = _SLOTS.get(slot, slot)
        if len(lacking) == 1:
            slots.append(f"{words} is not said for {as_said(row_of(lacking[0]))}")
        else:
            slots.append(f"{words} is not known to be the same")
    return (
        f"Could not compare {as_said(row_of(a))} ({_who(a)}, {dated.of(a)}) and"
        f" {as_said(row_of(b))} ({_who(b)}, {dated.of(b)}): {'; '.join(slots)}."
    )


def explain_pair(a: Claim, b: Claim, pair: Pair, knowledge: Knowledge) -> str:
    """The paragraph for any two figures, also where they agree, update one another or could not be compared."""
    relation = pair.relation
    if relation.outcome == "conflict" and relation.kind is not None:
        low, high = (pair.low or a), (pair.high or b)
        shared = {
            slot: _shared(a, b, slot)
            for slot in ("metric", "event", "population", "party", "place", "place_role", "aspect")
        }
        return explain_conflict(relation.kind, ((low,), (high,)), (), shared, pair, knowledge)
    if relation.outcome == "not_comparable" and relation.missing:
        return explain_uncompared(a, b, relation.missing)
    dated = _Dates((a, b))
    shared = {
        slot: _shared(a, b, slot)
        for slot in ("metric", "event", "population", "party", "place", "place_role", "aspect")
    }
    both = f"{_capital(_said(a, dated))}; {_said(b, dated)}."
    reason = next((_REASONS[one] for one in reversed(relation.reasons) if one in _REASONS), "")
    if relation.outcome == "agree":
        counted = what_is_counted(shared, knowledge)
        return " ".join(
            one
            for one in (
                "These agree.",
                f"Counted: {counted}." if counted else "",
                both,
                _overlap(a, b),
                reason,
                _origins((a, b)),
            )
            if one
        )
    if relation.outcome == "update":
        return " ".join(one for one in ("No conflict.", both, _behind((a, b)), reason) if one)
    differing = [
        f"{slot} ({_value(a, slot)} / {_value(b, slot)})"
        for slot, answer in pair.comparison.slots.items()
        if answer in ("disjoint", "part", "whole")
    ]
    slots = f" They differ in {_listed(differing)}." if differing else ""
    return f"No conflict: two different things. {both} {reason}{slots}".strip()


def _verdict(
    kind: str, camps: Sequence[Sequence[Claim]], members: Sequence[Claim], counted: str, knowledge: Knowledge
) -> str:
    source = members[0].source
    about = counted[0].upper() + counted[1:]
    if kind == "metric_swap":
        metrics = _listed(
            [f"'{knowledge.metric(camp[0].metric).title or camp[0].metric.replace('_', ' ')}'" for camp in camps]
        )
        number = as_said({**row_of(members[0]), "unit": ""})
        return f"Possible mix-up: one number, {number}, stands for two things, {metrics}."
    if kind == "misquote":
        return f"Quoted differently: {_named(source)} has two numbers for {counted}, apparently from one statement."
    if kind == "magnitude":
        return f"A factor of ten or more: the same digits at another size, for {counted}."
    if kind == "part_exceeds_whole":
        return f"A part is larger than its whole: {counted}."
    if kind == "headline":
        return f"Headline and text differ on {counted}."
    if kind == "stale":
        return f"An older number, since changed: {counted}, by {_named(source)}."
    if kind == "implausible_growth":
        return f"Faster than such counts grow: {counted}."
    if kind == "regression":
        return f"{about}: the count of {_named(source)} falls without a word of revision."
    if _two_sides(camps):
        return f"Two sides disagree on {counted}."
    sources = {one.source for one in members}
    return (
        f"{_many(len(sources), 'source')} disagree on {counted}."
        if len(sources) > 1
        else f"Two numbers disagree on {counted}."
    )


def _statements(camp: Sequence[Claim], dated: _Dates) -> str:
    """Who said what, when and on which side: the first of each source, the others as repeating or agreeing."""
    by_source: dict[str | None, list[Claim]] = defaultdict(list)
    for one in camp:
        by_source[one.source].append(one)
    parts: list[str] = []
    for group in by_source.values():
        first, *others = group
        written = as_said(row_of(first))
        if not parts:
            text = f"{_capital(_said(first, dated, group=others))}"
        else:
            text = f"{_possessive(first)} {_quoted(first)} agrees with it ({dated.of(first)})"
        differing = sorted({as_said(row_of(one)) for one in others} - {written})
        if differing and not parts:
            text += f", elsewhere {_listed(differing)}"
        parts.append(text)
    if len(parts) > 4:
        parts = [*parts[:3], f"{_many(len(parts) - 3, 'other source')} agree with it"]
    return "; ".join(parts) + "."


def _said(claim: Claim, dated: _Dates, group: Sequence[Claim] = ()) -> str:
    side = {"own": _own(claim), "opponent": ", counting its opponent's"}.get(claim.source_relation, "")
    verb = "said" if claim.credited else "has"
    relayed = (
        f", as told by {_named(claim.relayed_by)}" if claim.relayed_by and claim.relayed_by != claim.source else ""
    )
    when = dated.of(claim)
    others = sorted({one.outlet for one in group if one.outlet and one.outlet != claim.outlet})
    if len(others) == 1:
        later = next(one for one in group if one.outlet == others[0])
        again = "" if dated.of(later) == when else f", {dated.of(later)}"
        when += f"; {others[0]} repeats it{again}"
    elif others:
        when += f"; {len(others)} other outlets repeat it"
    outlet = f"{claim.outlet}, " if claim.outlet and claim.credited else ""
    who = f"{_named(claim.source)}{side}{',' if side else ''}"
    return f"{who} {verb} {as_said(row_of(claim))}{relayed} ({outlet}{when})"


def _own(claim: Claim) -> str:
    return ", counting its own dead" if claim.metric == "deaths" else ", counting its own side"


def _apart(kind: str, camps: Sequence[Sequence[Claim]], best: Pair) -> str:
    """The gap in words between the first told of the lowest and of the highest camp, and what does not explain it."""
    if kind == "metric_swap" or best.low is None or best.high is None:
        return ""
    low, high = camps[0][0], camps[-1][0]
    if not low.hi < high.lo:
        low, high = best.low, best.high
    names = ("first", "second") if len(camps) == 2 else ("lowest", "highest")
    if low.percent:
        distance = max((high.value or high.low) - (low.value or low.hi), 0.0)
        gap = f"They lie {number_in_words(round(distance, 2), low.precision)} percentage points apart"
    else:
        bottom, top = low.value or (low.high if math.isfinite(low.high) else low.lo), high.value or high.low
        if not bottom:
            gap = "One says none, the other some"
        elif top / bottom >= 2.0:
            gap = f"The {names[1]} is {times_in_words(top / bottom)} the {names[0]}"
        else:
            gap = f"The {names[1]} is {_percent(top / bottom - 1)} above the {names[0]}"
    floors = [one for one in (low, high) if one.comparator in ("at_least", "more_than")]
    words = (
        f"; '{floors[0].quote}' sets a floor and no ceiling, but the other lies below it"
        if floors and floors[0] is high
        else ""
    )
    days = abs(low.day - high.day) if low.day is not None and high.day is not None else None
    if kind in ("part_exceeds_whole", "implausible_growth"):
        return f"{gap}{words}."
    if days is None or days > 7:
        return f"{gap}{words}; rounding does not explain that."
    if days == 0:
        return f"{gap}{words}; rounding does not explain that, and both speak of one day."
    time = "a day" if days == 1 else f"{count_in_words(days)} days"
    return f"{gap}{words}; neither rounding nor {time} explains that."


def _independence(kind: str, members: Sequence[Claim]) -> str:
    if kind in ("misquote", "headline", "stale", "regression", "metric_swap"):
        return ""
    relations = {one.source_relation for one in members}
    if relations <= {"own", "opponent"} and relations:
        return "No independent count is among these articles."
    return ""


def _question(kind: str, members: Sequence[Claim]) -> str:
    metric = members[0].metric
    if kind == "misquote":
        return "Was a digit changed in copying, or are these two statements? Check the original statement."
    if kind == "metric_swap":
        return (
            "Unrelated counts seldom match to the digit; the texts don't show which is right, and coincidence is"
            " possible. Check the original table."
        )
    if kind == "magnitude":
        return "Was a zero or a scale word lost or added? Check the original statement."
    if kind == "headline":
        return "Which of the two does the article mean? Its own text does not bear out the other."
    if kind == "stale":
        return "Does the later article know of the newer number? Give the newer one, with its date."
    if kind == "implausible_growth":
        return "Did somebody begin to count in another way, or was a digit added? Ask the source what changed."
    if kind == "regression":
        return "Was the count corrected, or does one of the two take in something else? Ask the source."
    if kind == "part_exceeds_whole":
        return "Do both count the same thing, over the same dates and places? Give both with source and date."
    if metric == "deaths":
        ask = "Do both count only the dead, over the same dates and places?"
    elif metric in ("protesters", "refugees", "displaced"):
        ask = "Do both count the same people, at the same hour and in the same places?"
    else:
        ask = "Do both count the same thing, over the same dates and places?"
    return f"{ask} Whoever prints either should name its source and give the other."


def _overlap(a: Claim, b: Claim) -> str:
    """Words and rounding of two numbers that agree."""
    for one, other in ((a, b), (b, a)):
        if one.comparator in ("more_than", "at_least") and other.comparator not in ("more_than", "at_least"):
            return f"'{one.quote}' sets a floor and no ceiling; {as_said(row_of(other))} is not below it."
        if one.comparator in ("at_most", "less_than") and other.comparator not in ("at_most", "less_than"):
            return f"'{one.quote}' sets a ceiling; {as_said(row_of(other))} is not above it."
        if (
            one.comparator in ("approximately", "nearly", "just_over", "vague", "between")
            and other.comparator == "exact"
        ):
            return f"'{one.quote}' leaves room for {as_said(row_of(other))}."
    if a.value is not None and a.value == b.value:
        return "Both give the same number."
    if a.comparator == b.comparator == "exact":
        return "One is a rounding of the other."
    return "Both can be true at once."


def _origins(claims: Sequence[Claim]) -> str:
    origins = {one.origin for one in claims if one.origin}
    sources = {one.source for one in claims}
    if len(origins) == 1 or len(sources) == 1:
        return (
            f"Both go back to {_named(claims[0].source)}: one origin."
            if len(sources) == 1 and claims[0].credited
            else "One origin."
        )
    return "Two origins."


def _behind(claims: Sequence[Claim]) -> str:
    """How many articles and origins stand behind what was told: copies add articles, never origins."""
    articles = len({one.article_id for one in claims})
    origins = len({one.origin or one.figure_id for one in claims})
    if articles < 2:
        return ""
    return f"{_many(articles, 'article')}, {count_in_words(origins)} origin{'' if origins == 1 else 's'}."


def _two_sides(camps: Sequence[Sequence[Claim]]) -> bool:
    if len(camps) != 2:
        return False
    relations = [{one.source_relation for one in camp} & {"own", "opponent"} for camp in camps]
    sides = [{one.side for one in camp if one.side} for camp in camps]
    return (
        ("own" in relations[0] and "opponent" in relations[1])
        or ("opponent" in relations[0] and "own" in relations[1])
        or (bool(sides[0]) and bool(sides[1]) and not sides[0] & sides[1])
    )


def _scope(series: Mapping[str, Any]) -> str:
    event = series.get("event")
    if not isinstance(event, str) or event.count(":") < 2:
        return ""
    cause = event.partition(":")[0]
    if not cause or cause.startswith("?"):
        return ""
    cause = cause if any(one.isupper() for one in cause) or cause.startswith("the ") else f"the {cause}"
    campaign = is_campaign(event)
    if campaign and series.get("aspect") in (None, "cumulative"):
        start = event_day(event)
        return f" since {cause} began" + (f" on {_day(start)}" if start else "")
    return f" in {cause}" if campaign is False else ""


class _Dates:
    """Days in words: the year only where the figures told of differ in it."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        days = [one.day or one.published_day for one in claims]
        self._year = len({date.fromordinal(one).year for one in days if one}) > 1

    def of(self, claim: Claim) -> str:
        if claim.day is None or not claim.dated:
            published = _day(claim.published_day, year=self._year) if claim.published_day else ""
            if claim.basis == "before_publication":
                return f"before {published}" if published else "earlier, no date given"
            return f"{published}, no date given" if published else "no date given"
        return _day(claim.day, year=self._year)


def _day(ordinal: int | None, *, year: bool = False) -> str:
    if ordinal is None:
        return "no date"
    day = date.fromordinal(ordinal)
    return f"{day.day} {day:%B}" + (f" {day.year}" if year else "")


def row_of(claim: Claim) -> dict[str, Any]:
    """What notation needs of a claim."""
    return {
        "value": claim.value, "low": claim.low, "high": claim.high, "comparator": claim.comparator,
        "precision": claim.precision, "unit": claim.unit, "modality": claim.modality, "quote": claim.quote,
    }  # fmt: skip


def _who(claim: Claim) -> str:
    return claim.source or claim.outlet or "no source named"


def _outlet(claim: Claim) -> str:
    return claim.outlet or "an unnamed outlet"


_MASS: Final = frozenset(("police", "media", "staff", "personnel", "people"))


def _named(source: str | None) -> str:
    """A source in running text: "the Russian Ministry of Defence", "UNHCR", "a hospital spokesman"."""
    if not source:
        return "a source not named"
    if source[0].islower():
        words = source.split()
        # Many, a mass, or a person named behind the office: "rescue workers", "police", "prosecutor A. B."
        bare = words[0] in ("the", "a", "an", "local", "senior") or words[-1].endswith("s") or words[-1] in _MASS
        named = words[-1][0].isupper()
        return source if bare or named else f"a{'n' if source[0] in 'aeiou' else ''} {source}"
    return f"the {source}" if _BODIES.search(source) and not source.startswith(("The ", "Mr")) else source


def _possessive(claim: Claim) -> str:
    name = _named(claim.source)
    return name + ("’" if name.endswith("s") else "’s")


def _quoted(claim: Claim) -> str:
    return f"'{claim.quote}'" if claim.quote else as_said(row_of(claim))


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _percent(share: float) -> str:
    return f"{share:.0%}" if share >= 0.01 else f"{share:.1%}"


def _many(number: int, noun: str) -> str:
    return _capital(f"{count_in_words(number)} {noun}{'' if number == 1 else 's'}")


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def _lacks(claim: Claim, slot: str) -> bool:
    if slot == "time":
        return claim.day is None
    return getattr(claim, slot, None) is None


def _shared(a: Claim, b: Claim, slot: str) -> Any:
    x, y = getattr(a, slot), getattr(b, slot)
    return x if x == y else (x or y if not (x and y) else None)


def _value(claim: Claim, slot: str) -> str:
    value = {"time": claim.period, "unit": claim.unit}.get(slot, getattr(claim, slot, None))
    if slot == "metric":
        return claim.metric.replace("_", " ")
    return str(value) if value else "not said"
