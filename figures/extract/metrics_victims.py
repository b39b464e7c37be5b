"""Find victims that no number counts: "killed the leader", "the gunman was arrested", "Ana Ruiz, 34, was shot".

A definite or named victim is one person, perhaps with others not told, so the count is a floor with low confidence.
Plural definites ("killed the insurgents") say nothing.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from figures.extract.metrics_told import ATTEMPTED, NAME, Told, Victim, headline_pair, told_victims
from figures.extract.types import Document, NumberMention, Quantity
from figures.lexicon import Lexicon
from figures.lexicon.metrics import MetricLexicon
from figures.model import RuleUse

BEFORE: Final = 160  # characters before a verb that may hold its subject
BEHIND: Final = 80
RULE: Final = "the victim is at least 1"
ONE_MORE: Final = re.compile(r"\b([Aa]n?(?= \d{1,3}-year-old\b)|[Aa]nother(?= [a-z]))")
WAS: Final = r"(?:was|is|has been|had been)"
THEN: Final = r"(?:\w{2,14}ly |also |later |then )?(?:\w{2,14} and )?"
WAS_LAST: Final = re.compile(rf"\b{WAS} {THEN}$")
ATTRIBUTIVE: Final = re.compile(  # "reprisal for slain pilot Hassan", "the wounded officer"
    r"\b(?:a|an|the|for|of|by|with|from|his|her|their|its|those|two|three|another) $"
)
DETERMINED: Final = re.compile(r"\b(?:a|an|the|his|her|their|its|those|two|three|another) $")  # "the killing", a noun
OBJECT: Final = re.compile(r" (?:and \w{3,12}ing |and \w{3,12}ed )?(the|his|her|their|its|him(?=[.,;]| \w))(?=[ .,;])")
ROLE_OBJECT: Final = re.compile(
    r" ((?:(?!(?:in|on|at|by|when|after|as|the|an?|and|of|during|for|to|with|from|near|that|who|while)\b)"
    r"[\w'’-]{2,24} ){0,4}"
    r"([a-z]{4,12})),? (?=[A-Z][\w'’-]{2,})"
)
NAMED_OBJECT: Final = re.compile(
    rf" (?:\d{{1,3}}-year-old )?({NAME})(?=[.,;)]| (?:in|during|after|on|at|and|along|as|by|when|near)\b)"
)
SUBJECT: Final = re.compile(
    rf"(?<!\d of )(?<!\w of )\b([Tt]he|[Hh]is|[Hh]er|[Tt]heir) (?:(?!who\b)[\w'’-]{{1,30}} ){{1,4}}{WAS} {THEN}$"
)
IDENTIFIED: Final = re.compile(
    rf"\b([Tt]he) (?:[\w'’-]{{1,30}} ){{0,2}}([\w'’-]{{1,30}}), [^.;:,]{{2,60}}(?:, \d{{1,3}})?, {WAS} {THEN}$"
)
PRONOUN: Final = re.compile(rf"(?:^|(?<=[^\w]))([Hh]e|[Ss]he) {WAS} {THEN}$")
NAMED_SUBJECT: Final = re.compile(rf"({NAME}), (?:aged? )?\d{{1,3}},(?: [^.;:]{{2,60}},)? {WAS} {THEN}$")
DIED: Final = re.compile(
    r"\b([Tt]he|[Hh]is|[Hh]er) (?:(?!and\b|or\b|who\b|that\b)[\w'’-]{1,30} ){1,3}(?:later |also |has |had )?$"
)
NAMED_DIED: Final = re.compile(rf"({NAME}), (?:aged? )?\d{{1,3}},(?: [^.;:]{{2,60}},)? (?:later |has |had )?$")


LONG_AGO: Final = re.compile(r"[^.;]{0,50}?\bin (?:[A-Z][a-z]{2,8} )?(?:1[89]|20)\d\d\b")  # a life told, no news


def definite_victims(
    document: Document, quantities: list[Quantity], lexicon: Lexicon
) -> tuple[list[Quantity], dict[int, int | None], dict[int, Told]]:
    """Quantities of value 1 where the words count somebody without a number.

    At least 1 at each "the", "his" or name that a verb of victims governs; 1 at "another" and at "a 24-year-old",
    which no reader of numbers takes for one, and at the bare noun that opens a headline ("Man killed in crash"). What
    no verb governs after all is dropped by the rules that bind numbers. The second value tells by position, for names
    and pronouns, where the verb behind them stands, None where it stands before; the third what phrases tell at once.
    """
    starts = [one.start for one in document.sentences if one.field == "text"]
    offset = len(document.sentences) - len(starts)
    counted = [one for one in quantities if one.unit != "year_of_age"]
    held = {one.mention.start for one in counted if document.sentences[one.mention.sentence].field == "text"}
    places = {
        one.mention.start: position
        for position, one in enumerate(quantities)
        if one.mention.kind == "article" and document.sentences[one.mention.sentence].field == "text"
    }
    victims: list[Quantity] = []
    bare: dict[int, int | None] = {}
    told: dict[int, Told] = {}
    text = document.article.text
    for one in sorted(
        (*_victims(text, lexicon.metrics), *told_victims(text)),
        key=lambda victim: (victim.start, victim.told is None or victim.told.lesser),
    ):
        index = bisect_right(starts, one.start) - 1
        if index < 0:
            continue
        if one.start in held or one.end + 1 in held:
            if one.told is not None and not one.told.lesser and one.start in places:
                told[places[one.start]] = one.told
            continue
        held.add(one.start)
        if one.bare:
            bare[len(quantities) + len(victims)] = one.verb
        if one.told is not None:
            told[len(quantities) + len(victims)] = one.told
        victims.append(_quantity(one, offset + index))
    titled = bool(document.sentences) and document.sentences[0].field == "title"
    pair = list(headline_pair(document.article.title)) if titled else []
    for one in pair:
        if one.told is not None:
            told[len(quantities) + len(victims)] = one.told
        victims.append(_quantity(one, 0))
    for one in () if pair else _headline_victim(document, quantities, lexicon.metrics):
        bare[len(quantities) + len(victims)] = one.end
        victims.append(_quantity(one, 0))
    return victims, bare, told


def _quantity(victim: Victim, sentence: int) -> Quantity:
    rule = RULE if victim.definite else "one without a number"
    return Quantity(
        mention=NumberMention(
            sentence=sentence, start=victim.start, end=victim.end, number_start=victim.start, number_end=victim.end,
            kind="article", value=victim.count, low=victim.count, high=math.inf if victim.definite else victim.count,
            comparator="at_least" if victim.definite else "exact", precision=1.0, rounded=False,
            rules=(RuleUse(column="value", rule=rule, start=victim.start, end=victim.end),),
        ),
        unit=None,
        dimension=None,
    )  # fmt: skip


def _victims(text: str, metrics: MetricLexicon) -> Iterator[Victim]:
    for found in ONE_MORE.finditer(text):
        yield Victim(start=found.start(1), end=found.end(1), definite=False)
    for found in metrics.definite_victim.finditer(text):
        if found["of"] is not None and ATTEMPTED.search(text, max(0, found.start() - 24), found.start()):
            continue
        if LONG_AGO.match(text, found.end(), found.end() + BEHIND) is not None:
            continue
        begin = max(0, found.start() - BEFORE)
        before = text[begin : found.start()]
        if found["of"] is None and (subject := _subject(before, metrics, died=found["died"] is not None)) is not None:
            start, end = begin + subject[0], begin + subject[1]
            yield Victim(start=start, end=end, definite=True, verb=found.start(), bare=subject[2])
        elif found["of"] is not None or not (
            found["died"]
            or WAS_LAST.search(before)
            or (DETERMINED if found[0].endswith("ing") else ATTRIBUTIVE).search(before)
        ):
            yield from _object(text, found.end(), metrics)


def _subject(before: str, metrics: MetricLexicon, *, died: bool) -> tuple[int, int, bool] | None:
    """The span of a definite subject before a verb, and whether the words are a name or pronoun without a noun."""
    if not died and not WAS_LAST.search(before):
        return None
    for pattern in (DIED, NAMED_DIED) if died else (SUBJECT, IDENTIFIED, PRONOUN, NAMED_SUBJECT):
        subject = pattern.search(before)
        if subject is not None and (pattern is not IDENTIFIED or _is_person(subject[2], metrics)):
            return subject.start(1), subject.end(1), pattern not in (SUBJECT, DIED)
    return None


def _object(text: str, at: int, metrics: MetricLexicon) -> Iterator[Victim]:
    """ "killed the leader", "killing him", "killed Taliban leader Omar", "killed Ana Ruiz"."""
    target = OBJECT.match(text, at, at + BEHIND)
    if target is not None:
        yield Victim(start=target.start(1), end=target.end(1), definite=True, bare=target[1] == "him")
        return
    role = ROLE_OBJECT.match(text, at, at + BEHIND)
    if role is not None and _is_person(role[2], metrics):
        yield Victim(start=role.start(1), end=role.end(1), definite=True, bare=True)
        return
    named = NAMED_OBJECT.match(text, at, at + BEHIND)
    if named is not None and not any(
        one.casefold() in metrics.groups or one.casefold() in metrics.phrases or one.endswith("s")
        for one in named[1].split()
    ):
        yield Victim(start=named.start(1), end=named.end(1), definite=True, bare=True)


def _is_person(word: str, metrics: MetricLexicon) -> bool:
    """Whether a word is the singular of a noun for persons."""
    return any(
        not rest and entry.klass == "person" and entry.plural != word for rest, entry in metrics.phrases.get(word, ())
    )


def _headline_victim(document: Document, quantities: list[Quantity], metrics: MetricLexicon) -> Iterator[Victim]:
    """ "Man killed in crash", "Oakland woman fatally stabbed": headlines leave the article out."""
    if not document.sentences or document.sentences[0].field != "title":
        return
    tokens = document.sentences[0].tokens
    taken = [one.mention.start for one in quantities if one.mention.sentence == 0]
    for token in tokens[:4]:
        if not token.text[:1].isalpha() or token.start in taken or token.lower in ("a", "an", "the"):
            return
        if _is_person(token.lower, metrics):
            yield Victim(start=token.start, end=token.end, definite=False, bare=True)
            return
