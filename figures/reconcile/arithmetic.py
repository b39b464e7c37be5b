"""Sums inside one article: parts and total, percentage and counts, change and from–to, shares beyond all.

Every rule needs words or relations that tie the numbers together; numbers that merely stand near one another prove
nothing. Bounds are widened by rounding first, so that "about half" never contradicts 48%.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from figures.reconcile.bounds import margin
from figures.reconcile.comparable import Claim, Knowledge
from figures.reconcile.sweep import Sheet

__all__ = ["Slip", "find_slips", "slips_of_article"]

_CLOSED: Final = frozenset(("exact", "approximately", "between", "nearly", "just_over"))
# A list that comes nowhere near its total is a list of something else.
_NEAR: Final = 0.5
# "700,000 of them, or 40% of the two million": only such words may stand between count and share.
_OR: Final = re.compile(
    r"^[\s,(–—-]*(?:(?:of (?:them|these|whom)|people|adults|inhabitants)[\s,]*)?(?:or|i\.e\.|that is)?\s*"
    r"(?:about|some|roughly|around|nearly)?\s*$",
    re.IGNORECASE,
)
_INCLUDING: Final = re.compile(r"\b(?:including|among (?:them|whom|those)|of whom)\W+(?:\w+\W+){0,2}$", re.IGNORECASE)
_WHOSE: Final = re.compile(r"\b(?:whose|whereas|while)\b", re.IGNORECASE)
_OF_THEM: Final = re.compile(r"^\s*(?:of (?:them|whom|these)|among them)\b", re.IGNORECASE)
_OF_WHICH: Final = re.compile(r"\bof (?:which|whom|them|these|those)\s(?:about |some |at least )?$", re.IGNORECASE)
# "in North X, " and "in the city of Y and " between the rows of a list.
_IN_PLACE: Final = re.compile(r"^(?: [\w-]+){0,2} (?:in|at|on|from|near) [^.;:]{2,60}(?:,| and) $", re.IGNORECASE)
_AMONG: Final = re.compile(
    r"\b(?:includ\w+|among|most of|elsewhere|other(?:s| places| districts)|worst|as well as|such as)\b", re.IGNORECASE
)
_LONGEST_LIST: Final = 12
_WHOLE_LIST: Final = 4
# One and one make two in any text.
_LEAST_TOTAL: Final = 4
# Shares that add up to more than this are shares of several wholes (of three countries), not one misprinted.
_MOST_SHARES: Final = 150.0
# Articles whose claims are made together.
_ARTICLES_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """Numbers of one article that do not add up. ``error`` is relative; ``found`` says the sum in words."""

    rule: str
    camps: tuple[tuple[Claim, ...], ...]
    error: float
    found: str


def find_slips(sheet: Sheet, knowledge: Knowledge) -> list[Slip]:
    """The slips of every article that has three numbers of one dimension, or a share beside counts."""
    rows = np.flatnonzero(np.isfinite(sheet.value))
    if not len(rows):
        return []
    article = sheet.codes["article_id"][rows]
    counts = np.bincount(article)
    enough = np.flatnonzero(counts >= 3)
    slips: list[Slip] = []
    for at in range(0, len(enough), _ARTICLES_AT_ONCE):
        some = enough[at : at + _ARTICLES_AT_ONCE]
        sheet.forget()
        sheet.read_articles(some)
        slips.extend(slip for code in some.tolist() for slip in slips_of_article(sheet.beside(code), knowledge))
    return slips


def slips_of_article(claims: Sequence[Claim], knowledge: Knowledge) -> list[Slip]:
    """Every slip among the numbers of one article's text; the same numbers are told once."""
    text = sorted((one for one in claims if one.field == "text"), key=lambda one: (one.start, one.end, one.metric))
    sentences: dict[int, list[Claim]] = defaultdict(list)
    for one in text:
        sentences[one.begins].append(one)
    order = sorted(sentences)
    found: list[Slip] = []
    for at, begins in enumerate(order):
        here = sentences[begins]
        before = sentences[order[at - 1]] if at else []
        found.extend(
            _totals(here, _of_the(here, before, sentences[order[at - 2]] if at > 1 else (), knowledge), knowledge)
        )
        found.extend(_sums(here, before, knowledge))
        found.extend(_remainders(here, before, knowledge))
        found.extend(_fates(here, before, knowledge))
        found.extend(_of_which(here, knowledge))
        found.extend(_by_place(here, before, knowledge))
        found.extend(_shares_of(here, before))
        found.extend(_ratios(here, before, knowledge))
        found.extend(_changes(here, before, text, knowledge))
        found.extend(_beyond_all(here, knowledge))
    found.extend(_parallel([clause for begins in order for clause in _clauses(sentences[begins])]))
    seen: dict[frozenset[str], Slip] = {}
    for slip in found:
        seen.setdefault(frozenset(one.figure_id for camp in slip.camps for one in camp), slip)
    return list(seen.values())


def _of_the(
    here: Sequence[Claim], before: Sequence[Claim], earlier: Sequence[Claim], knowledge: Knowledge
) -> Sequence[Claim]:
    """The sentence before, and the one before that where "of the dead" can mean nothing nearer."""
    metrics = {one.metric for one in here}
    if any(one.metric in metrics for one in before) or not (here and knowledge.says("parts", here[0].sentence)):
        return before
    return [*earlier, *before]


def _countable(claim: Claim) -> bool:
    return (
        claim.comparator in _CLOSED
        and claim.modality in ("reported", "estimated")
        and claim.aspect != "rate"
        and math.isfinite(claim.hi)
    )


def _between(a: Claim, b: Claim) -> str:
    """The words between two figures of one sentence."""
    return a.sentence[max(a.end - a.begins, 0) : max(b.start - b.begins, 0)]


def _lists(here: Sequence[Claim], knowledge: Knowledge) -> Iterator[list[Claim]]:
    """Runs of two or more numbers of one sentence that count one thing, or classes of one thing."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for one in here:
        if _countable(one) and not one.percent and one.aspect != "change":
            groups[one.metric, one.dimension].append(one)
            for whole in getattr(knowledge.metric(one.metric), "part_of", ()):
                groups[whole, one.dimension].append(one)
    for run in groups.values():
        if 2 <= len(run) <= _LONGEST_LIST:
            yield run


def _totals(here: Sequence[Claim], before: Sequence[Claim], knowledge: Knowledge) -> Iterator[Slip]:
    for run in _lists(here, knowledge):
        if len(run) >= 3 and (slip := _closing_total(run, knowledge)):
            yield slip
            continue
        # The total opens the sentence, or stands last in the one before.
        if len(run) >= 3:
            slip = _opening_total(run[0], run[1:], knowledge)
            if slip:
                yield slip
                continue
        totals = (
            total
            for total in reversed(before)
            if _countable(total)
            and total.dimension == run[0].dimension
            and all(knowledge.metric_relation(one.metric, total.metric) in ("same", "part") for one in run)
            and all(one.hi < total.lo for one in run)
        )
        for total in totals:
            slip = _opening_total(total, run, knowledge)
            if slip:
                yield slip
            break


def _sums(here: Sequence[Claim], before: Sequence[Claim], knowledge: Knowledge) -> Iterator[Slip]:
    """A metric that is the sum of others, each told once by one body: 498 killed, 1,597 wounded, 2,005 in all."""
    near = [one for one in (*before, *here) if _countable(one) and one.aspect != "change"]
    for total in near:
        terms = tuple(getattr(knowledge.metric(total.metric), "sum_of", ()))
        told = [[one for one in near if one.metric == term and one.source == total.source] for term in terms]
        if (
            len(terms) < 2
            or any(len(some) != 1 for some in told)
            or all(one.begins != here[0].begins for one in (total, *(some[0] for some in told)))
        ):
            continue
        parts = [some[0] for some in told]
        groups = {one.population for one in (total, *parts) if one.population not in (None, "people")}
        if (
            len(groups) <= 1
            and len({one.party for one in (total, *parts) if one.party}) <= 1
            and (slip := _unequal("N and N, N in all", total, parts))
        ):
            yield slip


def _closing_total(run: Sequence[Claim], knowledge: Knowledge) -> Slip | None:
    """ "620 in one town, 3,100 in the other, a total of 3,720": must agree both ways."""
    parts, total = run[:-1], run[-1]
    if not knowledge.says("total", _between(parts[-1], total) + total.quote) or any(
        one.lo >= total.hi for one in parts
    ):
        return None
    return _unequal("a total of N", total, parts)


def _opening_total(total: Claim, parts: Sequence[Claim], knowledge: Knowledge) -> Slip | None:
    """ "603,000 arrived. 320,000 of them live …, 237,000 … and 64,000 …": parts may not exceed their total."""
    if any(one.lo > total.hi or one.source != total.source for one in parts):
        return None
    # "32 Kenyans, 18 Canadians": rows of one list, the first of which is no total.
    if total.begins == parts[0].begins and any(_sibling(one, total, knowledge) for one in parts):
        return None
    # "Other shootings include …": other happenings are no parts.
    if any(one.event != total.event and one.event and total.event for one in parts):
        return None
    if any(knowledge.place(one.place, total.place) == "disjoint" for one in parts):
        return None
    # The list may name its total once more: "53% of the four million".
    parts = [one for one in parts if one.hi < total.lo]
    if len(parts) < 2:
        return None
    if knowledge.says("earlier", parts[0].sentence):
        return None
    tied = any(one.rules.get("part_of", {}).get("figure") == total.figure_id for one in parts)
    apart = [knowledge.population(a.population, b.population, a.metric) for a, b in _couples(parts)]
    classes = all(a.metric != b.metric for a, b in _couples(parts)) and total.metric not in {
        one.metric for one in parts
    }
    said = knowledge.says("parts", parts[0].sentence)
    if "part" in apart or "whole" in apart or not (tied or classes or said):
        return None
    named = all(one.population for one in parts)
    if not classes and "unknown" in apart and not named:
        return None
    if apart and any(_nested(one) for one in parts[1:]):
        return None
    if sum(one.lo for one in parts) > total.hi:
        return _unequal("N, of them N and N", total, parts)
    partition = frozenset(one.population for one in parts if one.population)
    if len(partition) == len(parts) and partition in knowledge.comparing.partitions:
        return _unequal("N, of them N and N", total, parts)
    return None


def _sibling(part: Claim, total: Claim, knowledge: Knowledge) -> bool:
    """Whether a supposed total is itself a named group that does not hold the part."""
    if total.party and part.party and total.party != part.party:
        return True
    if total.population is None or knowledge.population(total.population, None, total.metric) == "same":
        return False
    return knowledge.population(part.population, total.population, part.metric) not in ("part", "same")


def _nested(claim: Claim) -> bool:
    """Whether the words beside a number make it a part of the number before: "including 3", "five of them"."""
    at = max(claim.start - claim.begins, 0)
    return _INCLUDING.search(claim.sentence[max(at - 25, 0) : at]) is not None or (
        _OF_THEM.match(claim.sentence[at + claim.end - claim.start :]) is not None
    )


def _unequal(rule: str, total: Claim, parts: Sequence[Claim]) -> Slip | None:
    low, high = sum(one.lo for one in parts), sum(one.hi for one in parts)
    if low <= total.hi and total.lo <= high:
        return None
    middle = sum(_nominal(one) for one in parts)
    if abs(middle - _nominal(total)) > _NEAR * max(middle, _nominal(total)):
        return None
    words = f"{_listed([one.quote for one in parts])} make {_written(middle, parts)}, not {total.quote}"
    return Slip(rule=rule, camps=((total,), tuple(parts)), error=_relative(middle, _nominal(total)), found=words)


def _clauses(here: Sequence[Claim]) -> Iterator[list[Claim]]:
    """A sentence's numbers, cut where a second round of the same metrics begins: "two dead and 15 hurt, one dead …"."""
    clause: list[Claim] = []
    for one in here:
        told = {other.metric for other in clause}
        if len(told) > 1 and one.metric == clause[0].metric:
            yield clause
            clause = []
        clause.append(one)
    if clause:
        yield clause


def _parallel(sentences: Sequence[Sequence[Claim]]) -> Iterator[Slip]:
    """ "Six were killed and 34 hurt", then place by place: where the dead add up, the hurt must as well.

    The exact sum of one metric over a run of sentences shows that the run is the total taken apart.
    """
    for at, here in enumerate(sentences):
        totals = [one for one in here if _countable(one) and one.value and not one.percent and one.aspect != "change"]
        for known, asked in ((x, y) for x in totals for y in totals if x.metric != y.metric):
            if (known.value or 0) < _LEAST_TOTAL:
                continue
            for first in range(at + 1, len(sentences)):
                run = _run(sentences[first:], known, asked)
                if run is None:
                    continue
                parts = [other for _, other in run]
                if all(one.dimension == asked.dimension for one in parts) and (
                    slip := _unequal("N and N, part by part", asked, parts)
                ):
                    yield slip
                break


def _run(sentences: Sequence[Sequence[Claim]], known: Claim, asked: Claim) -> list[tuple[Claim, Claim]] | None:
    """The sentences from the first on whose ``known`` metric adds up exactly to the total, each giving both metrics."""
    run: list[tuple[Claim, Claim]] = []
    total = 0.0
    for here in sentences[:_LONGEST_LIST]:
        mine = [one for one in here if one.metric == known.metric and one.value and _countable(one)]
        theirs = [one for one in here if one.metric == asked.metric and one.value and _countable(one)]
        if not mine or not theirs:
            return None
        # "Seven were killed, among them a child": the fullest number of the sentence is its own total.
        first, second = (max(some, key=lambda one: (one.value or 0.0, -one.start)) for some in (mine, theirs))
        total += first.value or 0.0
        run.append((first, second))
        if total == known.value:
            return run if len(run) > 1 else None
        if total > (known.value or 0):
            return None
    return None


def _remainders(here: Sequence[Claim], before: Sequence[Claim], knowledge: Knowledge) -> Iterator[Slip]:
    """ "4.9 million came out. 800,000 were captured, which leaves 4.1 million"."""
    counts = [one for one in here if _countable(one) and not one.percent]
    for taken, rest in pairwise(counts):
        if taken.dimension != rest.dimension or not knowledge.says("remainder", _between(taken, rest)):
            continue
        candidates = [one for one in (*before, *(one for one in counts if one.start < taken.start)) if _countable(one)]
        whole = next(
            (one for one in reversed(candidates) if one.dimension == taken.dimension and one.lo > taken.hi), None
        )
        if whole is None:
            continue
        left = _nominal(whole) - _nominal(taken)
        if whole.lo - taken.hi <= rest.hi and rest.lo <= whole.hi - taken.lo:
            continue
        if abs(left - _nominal(rest)) > _NEAR * max(left, _nominal(rest)):
            continue
        words = f"{whole.quote} less {taken.quote} leaves {_written(left, (whole, taken))}, not {rest.quote}"
        yield Slip(
            rule="N less N leaves N",
            camps=((whole,), (taken, rest)),
            error=_relative(left, _nominal(rest)),
            found=words,
        )


def _fates(here: Sequence[Claim], before: Sequence[Claim], knowledge: Knowledge) -> Iterator[Slip]:
    """ "410 were aboard, 120 are dead, 60 missing and 230 saved": each of them meets one end."""
    near = [one for one in (*before, *here) if _countable(one) and one.aspect != "change"]
    for whole in near:
        if whole.metric not in knowledge.comparing.fated:
            continue
        told = [
            [one for one in near if one.metric == fate and one.source == whole.source]
            for fate in sorted(knowledge.comparing.fates)
        ]
        whole_told = all(len(some) == 1 for some in told) and any(some[0].begins == here[0].begins for some in told)
        if whole_told and (slip := _unequal("N aboard, N of each end", whole, [some[0] for some in told])):
            yield slip


def _of_which(here: Sequence[Claim], knowledge: Knowledge) -> Iterator[Slip]:
    """ "Six rockets, of which five hit the town and two were shot down": ends that exclude one another."""
    counts = [one for one in here if _countable(one) and not one.percent]
    for whole, *parts in (counts[at : at + 3] for at in range(len(counts) - 2)):
        if (
            _OF_WHICH.search(_between(whole, parts[0]))
            and len({one.dimension for one in (whole, *parts)}) == 1
            and any({one.metric for one in parts} <= group for group in knowledge.comparing.exclusive)
            and parts[0].metric != parts[1].metric
            and sum(one.lo for one in parts) > whole.hi
            and (slip := _unequal("N, of which N and N", whole, parts))
        ):
            yield slip


def _by_place(here: Sequence[Claim], before: Sequence[Claim], knowledge: Knowledge) -> Iterator[Slip]:
    """ "It listed 310 dead in one district, 41 in another, …, two in the last", under a total of the sentence before.

    A list of four places or more that goes down to a few is whole: what it lacks is more than its middle row.
    """
    for run in _lists(here, knowledge):
        if len(run) < _WHOLE_LIST or any(one.metric != run[0].metric or not one.value for one in run):
            continue
        gaps = [_between(one, other) for one, other in pairwise(run)]
        if not all(_IN_PLACE.match(one) for one in gaps) or _AMONG.search(run[0].sentence):
            continue
        total = next(
            (
                one
                for one in reversed(before)
                if _countable(one)
                and one.metric == run[0].metric
                and one.source == run[0].source
                and one.lo > run[0].hi
            ),
            None,
        )
        if total is None or any(one.event != total.event for one in run):
            continue
        lacks = _nominal(total) - sum(_nominal(one) for one in run)
        middle = sorted(_nominal(one) for one in run)[(len(run) - 1) // 2]
        if (lacks < 0 or lacks > middle) and (slip := _unequal("N: N here, N there", total, run)):
            yield slip


def _shares_of(here: Sequence[Claim], before: Sequence[Claim]) -> Iterator[Slip]:
    """ "700,000 of them, or 40% of the two million"; "of 60 million voters, 21 million or 42%".

    Where the part opens its sentence, its base is the one count that it is counted within in the sentence before.
    """
    for part, share in pairwise(here):
        if (
            part.percent
            or not share.percent
            or not part.value
            or not share.value
            or not _OR.match(_between(part, share))
        ):
            continue
        bases = [
            one
            for one in here
            if one not in (part, share)
            and one.dimension == part.dimension
            and one.value
            and one.value > part.value
            and math.isfinite(one.hi)
        ]
        tied = share.rules.get("share_of", {}).get("figure")
        base = next((one for one in bases if one.figure_id == tied), None) or next(
            (one for one in bases if _is_base(one, part, share)), None
        )
        if base is None and part.start == part.begins:
            ahead = [
                one
                for one in before
                if one.metric == part.metric
                and one.source == part.source
                and one.value
                and one.value > part.value
                and _countable(one)
            ]
            base = ahead[0] if len(ahead) == 1 else None
        if base is not None and (slip := _ratio(share, part, base)):
            yield slip


def _is_base(base: Claim, part: Claim, share: Claim) -> bool:
    opening = base.sentence[: max(base.start - base.begins, 0)].strip().lower()
    if base.start < part.start:
        return opening.startswith(("of ", "out of ")) and base.start - base.begins < 60
    return base.start > share.start and re.match(r"^\s*(?:of|out of)\b[^,.;]*$", _between(share, base)) is not None


def _ratios(here: Sequence[Claim], before: Sequence[Claim], knowledge: Knowledge) -> Iterator[Slip]:
    for share in here:
        terms = knowledge.comparing.ratios.get(share.metric)
        if terms is None or not share.value:
            continue
        near = [
            one
            for one in (*before, *here)
            if one.value and _countable(one) and one.source == share.source and not one.percent
        ]
        above = [one for one in near if knowledge.metric_relation(one.metric, terms[0]) in ("same", "part")]
        below = [one for one in near if knowledge.metric_relation(one.metric, terms[1]) in ("same", "part")]
        # The day's cases and deaths are not what the rate of the whole outbreak is reckoned from.
        closed = any(one.aspect == "period" and one.begins != share.begins for one in (*above, *below))
        if closed and share.aspect != "period":
            continue
        if len(above) == len(below) == 1 and (slip := _ratio(share, above[0], below[0])):
            yield slip


def _ratio(share: Claim, part: Claim, base: Claim) -> Slip | None:
    if not base.lo or not part.value or not base.value or not share.value:
        return None
    room = _share_slack(share)
    if share.comparator not in ("exact", "approximately"):
        room = max(room, 0.15 * share.value)
    low, high = 100 * part.lo / base.hi, 100 * part.hi / base.lo
    if low <= share.value + room and share.value - room <= high:
        return None
    true = 100 * part.value / base.value
    words = f"{part.quote} of {base.quote} is {true:.3g}%, not {share.quote}"
    return Slip(rule="N or N% of N", camps=((share,), (part, base)), error=_relative(true, share.value), found=words)


def _share_slack(share: Claim) -> float:
    value, precision = np.array([share.value]), np.array([share.precision])
    return float(margin(value, precision, np.array([True]), np.array([False]))[0])


def _changes(
    here: Sequence[Claim], before: Sequence[Claim], text: Sequence[Claim], knowledge: Knowledge
) -> Iterator[Slip]:
    """ "rose by 12, from 30 to 45"; "230,000, a rise of 28,000 from 212,000"."""
    for change in here:
        if change.aspect != "change" or change.value is None or change.comparator not in ("exact", "approximately"):
            continue
        kin = [
            one
            for one in text
            if knowledge.kin(one.metric, change.metric)
            and one.aspect != "change"
            and one.value is not None
            and _kind(one) == _kind(change)
            and one.figure_id != change.figure_id
            and knowledge.population(one.population, change.population, one.metric) == "same"
            and abs(one.begins - change.begins) <= 400
        ]
        pairs = _steps(kin)
        inside = [pair for pair in pairs if pair[0].begins == pair[1].begins == change.begins]
        ahead = [pair for pair in pairs if pair[0].begins == pair[1].begins != change.begins and pair[0] in before]
        if inside:
            # "by 50,000, from 90,000 to 40,000": what follows at once belongs to the change, else what stands before.
            chosen = [min(inside, key=lambda pair: _distance(change, pair))]
            if _another_subject(change, chosen[0]):
                continue
        elif len(ahead) > 1:
            # "That makes 119,000 more over the two months": a change over several is their sum.
            chosen = ahead
        else:
            chosen = [min(pairs, key=lambda pair: _distance(change, pair))] if pairs else []
        ends = [one for pair in chosen for one in pair]
        if not ends or not {change.source, *(one.source for one in ends if one.begins == change.begins)} & {
            one.source for one in ends
        }:
            continue
        if change.percent and not _points(change):
            continue
        step = abs(sum((b.value or 0) - (a.value or 0) for a, b in chosen))
        room = sum(_slack(one) for one in (change, *ends))
        if not inside and not change.value / 2 <= step <= change.value * 2:
            continue
        if abs(step - change.value) <= room or change.value > 20 * max(step, 1e-9):
            continue
        spans = _listed([f"from {a.quote} to {b.quote}" for a, b in chosen])
        yield Slip(
            rule="by N, from N to N",
            camps=((change,), tuple(ends)),
            error=_relative(step, change.value),
            found=f"{spans} is {_written(step, ends)}, not {change.quote}",
        )


def _steps(kin: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Old and new numbers that stand next to one another, each once: "from 30 to 45"; else "45, up from 30"."""
    for old_first in (True, False):
        pairs = []
        at = 0
        while at + 1 < len(kin):
            first, second = kin[at], kin[at + 1]
            old, new = (first, second) if old_first else (second, first)
            if old.modality == "superseded" and new.modality in ("reported", "estimated"):
                pairs.append((old, new))
                at += 1
            at += 1
        if pairs:
            return pairs
    return []


def _another_subject(change: Claim, pair: tuple[Claim, Claim]) -> bool:
    """Whether a change is another one's: "it fell to 51 from 61, fewer than the others, whose own rose by 14"."""
    first, last = min(pair, key=lambda one: one.start), max(pair, key=lambda one: one.start)
    words = _between(last, change) if change.start > last.start else _between(change, first)
    return change.source not in {one.source for one in pair} or _WHOSE.search(words) is not None


def _distance(change: Claim, pair: tuple[Claim, Claim]) -> int:
    first, last = min(one.start for one in pair), max(one.end for one in pair)
    return first - change.end if first >= change.end else change.start - last + 20


def _kind(claim: Claim) -> str:
    return "percent" if claim.percent or claim.dimension == "percentage_point" else claim.dimension


def _points(claim: Claim) -> bool:
    return claim.dimension == "percentage_point" or "point" in claim.quote.lower() or "point" in claim.unit


def _slack(claim: Claim) -> float:
    """How far a number of a sum may be off by rounding, without the wide bands of percentages."""
    if claim.precision < 1:
        return claim.precision / 2 + 1e-9
    return (claim.hi - claim.lo) / 2 if not claim.percent and math.isfinite(claim.hi - claim.lo) else 0.5


def _beyond_all(here: Sequence[Claim], knowledge: Knowledge) -> Iterator[Slip]:
    """Shares of one whole in one sentence that add up to more than all of it."""
    groups: dict[tuple[str, str | None, str | None], list[Claim]] = defaultdict(list)
    for one in here:
        if (
            one.percent
            and one.value
            and one.metric in knowledge.comparing.sharing
            and one.modality in ("reported", "estimated")
            and one.aspect != "change"
        ):
            groups[one.metric, one.source, one.place].append(one)
    for shares in groups.values():
        total = sum(one.value or 0 for one in shares)
        room = sum(_slack(one) for one in shares)
        if len(shares) >= 2 and total > 100 + room and total < _MOST_SHARES:
            yield Slip(
                rule="shares of one whole",
                camps=tuple((one,) for one in shares),
                error=_relative(total, 100.0),
                found=f"the shares {_listed([one.quote for one in shares])} add up to {total:.4g}%",
            )


def _couples(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    for at, one in enumerate(claims):
        for other in claims[at + 1 :]:
            yield one, other


def _nominal(claim: Claim) -> float:
    """The number in the dimension's base unit; the middle of a range."""
    return (claim.lo + claim.hi) / 2


def _relative(one: float, other: float) -> float:
    larger = max(abs(one), abs(other))
    return abs(one - other) / larger if larger else 0.0


def _written(value: float, like: Sequence[Claim]) -> str:
    """A computed number with the grain of those it was computed from, in their unit's base."""
    place = min(one.precision for one in like)
    if place < 1:
        return f"{value:,.{max(0, round(-math.log10(place)))}f}"
    return f"{round(value):,}"


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
