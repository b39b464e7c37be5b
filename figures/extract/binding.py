"""Bind the days of a sentence to its verbs: said on a day, happened on a day, stood at a number on a day.

Both the dates of figures (dating.py) and the days of stories (events.py) start from this.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from figures.extract.times import TimeMention, shift

if TYPE_CHECKING:
    from figures.extract.scenes import Scene

WORDS: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d(?:[\d,.]*\d)?|,")
NUMERAL: Final = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "hundred",
        "thousand",
        "million",
        "dozen",
        "dozens",
        "hundreds",
        "thousands",
        "scores",
        "several",
    ]
)
INQUIRY: Final = re.compile(
    r"\b(?:inquiry|report|survey|study|panel|investigation|poll|researchers|scientists|commission"
    r"|review|audit|analysis|press|paper|newspaper|agency|court|court|Command|jury|tally)\b"
)
STATED: Final = frozenset(
    ("by", "as of", "as at", "as on", "until", "till", "up to", "up until", "through", "end of", "dated")
)
HARD: Final = re.compile(r"[;:“”\"]|\s[—–]\s|[.!?]\s|\b(?:while|whereas|but|although|which|who)\b|,\s+and\b")


@dataclass(frozen=True, slots=True)
class Bound:
    """A day with what it belongs to. ``kind``: said, event, state, stated, since, noun, window, other."""

    time: TimeMention
    kind: str
    first: date | None
    last: date | None


def _days_before(scene: Scene, sentence: int) -> tuple[date | None, date | None]:
    """The last day of a statement and of an event in the sentences before, for "the same day" and "that day"."""
    here = scene.sentence(sentence)
    said: date | None = None
    event: date | None = None
    for index in range(sentence - 1, max(-1, sentence - 5), -1):
        one = scene.sentence(index)
        if one.field != here.field or one.paragraph < here.paragraph - 1:
            break
        text = scene.text(index)
        for time in reversed(scene.times(index)):
            if time.kind != "day" or time.first is None or time.prep in ("since", "until", "before", "after"):
                continue
            if day_kind(scene, text, one.start, one.end, time) == "said":
                said = said or time.first
            else:
                event = event or time.first
        if said is not None or event is not None:
            break
    return said, event


def bind_days(scene: Scene, index: int) -> list[Bound]:
    """Say of every day in a sentence which verb it belongs to, and resolve days that hang on other days."""
    text = scene.text(index)
    sentence = scene.sentence(index)
    out: list[Bound] = []
    said, event = (
        _days_before(scene, index) if any(one.kind == "relative" for one in scene.times(index)) else (None, None)
    )
    days = [one for one in scene.times(index) if one.kind == "day" and one.first is not None]
    for time in scene.times(index):
        first, last = time.first, time.last
        if time.kind == "relative":
            words = text[time.start : time.end].casefold()
            anchor = next((one.first for one in reversed(days) if one.end <= time.start), None)
            if anchor is None or words.startswith("that"):
                back = (
                    (event or said)
                    if words.startswith("that") or "later" in words or "earlier" in words
                    else (said or event)
                )
                anchor = anchor or back if not words.startswith("that") else event or anchor or said
            if anchor is None and days:
                anchor = days[0].first
            first = last = shift(text[time.start : time.end], anchor) if anchor else None
        if scene.published is not None and first is not None and first > scene.published:
            continue
        out.append(Bound(time, day_kind(scene, text, sentence.start, sentence.end, time), first, last))
    return _spans(text, out)


def _spans(text: str, bounds: list[Bound]) -> list[Bound]:
    """Two days that bound one stretch as one: "from the morning of 24 February to midnight on 1 March"."""
    out: list[Bound] = []
    for one in bounds:
        before = out[-1] if out else None
        if (
            before is not None
            and before.time.kind in ("day", "month")
            and one.time.kind in ("day", "month")
            and before.time.prep in ("from", "between")
            and (one.time.prep in TILL or (before.time.prep == "between" and one.time.prep == ""))
            and before.first is not None
            and one.last is not None
            and before.first < one.last
            and STRETCH.fullmatch(text, before.time.end, one.time.words_start)
        ):
            time = replace(
                before.time, end=one.time.end, kind="span", first=before.first, last=one.last, prep="between"
            )
            kind = "event" if "event" in (before.kind, one.kind) else "span"
            out[-1] = Bound(time, kind, before.first, one.last)
        else:
            out.append(one)
    return out


TILL: Final = frozenset(("to", "until", "till", "through", "up to", "up until", "and"))
STRETCH: Final = re.compile(r",?\s*(?:and\s+)?")


def day_kind(scene: Scene, text: str, low: int, high: int, time: TimeMention) -> str:
    """What a day belongs to: said, event, state, stated, since, noun, window or other."""
    verbs = scene.lexicon.settings.verbs
    if re.match(r"['’]s?\s+\w", text[time.end : time.end + 4]):
        return "noun"
    if (
        time.kind == "day"
        and ATTRIBUTIVE.search(text[max(low, time.start - 12) : time.start])
        and (found := re.match(r"\s+([a-z]+)", text[time.end : time.end + 20]))
    ):
        if found[1] in ("statement", "report", "briefing", "interview", "bulletin", "update", "speech", "address"):
            return "said"
        if found[1] not in ("night", "morning", "evening", "afternoon", "said", "and"):
            return "noun"
    if time.prep == "since" or SINCE_CLAUSE.search(text[max(low, time.words_start - 70) : time.words_start]):
        return "since"
    if time.prep in STATED:
        return "stated"
    if time.kind == "day" and time.prep == "" and (found := re.match(r"\s+([a-z]+)\b", text[time.end : time.end + 24])):
        cause = scene.lexicon.settings.causes.get(found[1])
        if cause is not None and cause.span == "day":
            return "noun"  # "the four early Sunday shootings"
    if time.prep == "on" and HURT_ON.search(text, max(low, time.words_start - 40), time.words_start):
        return "noun"
    if time.kind == "window":
        ordinal = NTH_TIME.search(text, max(low, time.words_start - 24), time.words_start)
        return "window" if ordinal is None else "other"
    if GIVEN_ON.search(text, max(low, time.words_start - 60), time.words_start):
        return "stated"
    if OLD_TOLL.search(text, max(low, time.words_start - 40), time.words_start):
        return "other"
    if time.prep == "of" and COUNT_OF.search(text, max(low, time.words_start - 60), time.end):
        return "stated"
    if time.prep == "for" and COUNT_FOR.search(text, max(low, time.words_start - 24), time.words_start):
        return "stated"
    if time.prep in ("of", "after", "before", "for"):
        return "other"
    if time.prep == "to" and REPORT_TO.search(text[max(low, time.start - 50) : time.start]):
        return "stated"
    left = text[max(low, time.words_start - 160) : time.words_start]
    cut = 0
    for found in HARD.finditer(left):
        cut = found.end()
    clause = left[cut:]
    if PUT_AT.search(clause):
        return "said"
    words = WORDS.findall(clause)
    for at in range(len(words) - 1, -1, -1):
        word = words[at].casefold()
        kind = verbs.get(word)
        if kind is None:
            continue
        before = words[at - 1].casefold() if at else ""
        if kind == "event" and (
            before[:1].isdigit()
            or before in NUMERAL
            or (before in ("and", "or") and at > 1 and words[at - 2] in ("dead", "injured", "killed"))
        ):
            continue  # "82 injured on Tuesday": the participle counts, it does not tell
        if word == "gave" and words[at + 1 : at + 2] == ["way"]:
            return "event"
        if word in ("found", "called", "opened") and before not in AUXILIARIES and INQUIRY.search(clause):
            return "said"
        if kind == "state" and word in AUXILIARIES:
            continue
        return "said" if kind == "reporting" else kind
    right = text[time.end : min(high, time.end + 160)]
    stop = HARD.search(right)
    auxiliary = False
    for word in WORDS.findall(right[: stop.start()] if stop else right):
        if word == ",":
            if auxiliary:
                break
            continue
        kind = verbs.get(word.casefold()) if word[0].islower() else None  # no Red Cross crosses
        if kind is not None:
            if kind == "state" and word.casefold() in AUXILIARIES:
                auxiliary = True
                continue
            back = time.kind == "relative" and "later" not in text[time.start : time.end]
            if kind == "reporting" and auxiliary and back:
                return "state"  # "a week earlier, organisers had counted": the day of the count
            return "said" if kind == "reporting" else kind
    return "state" if auxiliary or any(word.casefold() in AUXILIARIES for word in words) else "other"


COUNT_OF: Final = re.compile(
    r"\b(?:count|figures?|toll|tally|report|estimate|data|statement|bulletin|update|account|number|list|table|briefing"
    r"|survey|census|release)\s+(?:of\s+(?!(?:the\s+)?(?:dead|injured|victims|deaths|cases|missing)\b)(?:[\w'’.\-]+\s+){1,6})?"
    r"of\s+(?:last\s+|the\s+|late\s+|early\s+|mid-)*(?P<day>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d|(?:January|February"
    r"|March|April|May|June|July|August|September|October|November|December)\b)"
)
"""Before a day it is the day of that count: "in its bulletin of Saturday", "the account of the minister of May 3"."""
COUNT_FOR: Final = re.compile(r"\b(?:count|toll|figure|tally|total|number|balance)\s+$")
"""Before "for Sunday" it is the day of the count: "gave 90 as its final count for Sunday"."""
HURT_ON: Final = re.compile(
    r"\b(?:those|people|persons|men|women|civilians|protesters|soldiers)\s+(?:hurt|killed|injured|wounded|arrested"
    r"|detained)\s+$"
)
"""Before a day it is the day of the blow, whoever counts it: "raised the number of those hurt on Sunday to 893"."""
NTH_TIME: Final = re.compile(r"\b(?:time|such \w+|attack|incident|disaster|accident|strike)\s+(?:of its kind\s+)?$")
"""Before a window it counts happenings: "the second time this month that …"."""
GIVEN_ON: Final = re.compile(
    r"\b(?:toll|count|figure|number|tally|estimate|total)\s+of\s+(?:[\w,.\-]+\s+){1,3}(?:given|issued|published|released"
    r"|announced|reported|made)\s+$"
)
"""Before a day it is the day of that count: "a toll of 15 given on Thursday"."""
OLD_TOLL: Final = re.compile(
    r"\b(?:earlier|previous|initial|prior)\s+(?:\w+\s+)?(?:toll|count|figure|number|estimate|tally|total)\s+(?:(?:issued|given"
    r"|published|released|announced|made)\s+)?$"
)
"""Before a day it is the old count's: "said 32, updating an earlier toll on Sunday of 15"."""
SINCE_CLAUSE: Final = re.compile(
    r"\b[Ss]ince\s+(?!then\b)(?:[\w'’\-]+\s+){1,6}(?:began|begun|started|invaded|entered|broke out|broke|erupted|struck"
    r"|hit|attacked|launched|seized|took|fell|opened|collapsed|landed|crossed|flared|escalated|resumed|swept|stormed"
    r"|declared|lifted|ended)\s+(?:[\w'’\-]+\s+){0,4}$"
)
PUT_AT: Final = re.compile(
    r"\b(?:put|puts|placed|places|revised|raised|lowered|updated|cut|gave)\b[^,]{3,90}\b(?:at|to|as)\s+(?:[a-z]+\s+){0,3}\d[\d,.]*(?:\s+[a-z]+){0,2}\s*$"
)
REPORT_TO: Final = re.compile(
    r"\b(?:report|count|table|data|figures|period|week|covers|bulletin|update|year)\b[^.;:]{0,30}\bto\s+$"
)
ATTRIBUTIVE: Final = re.compile(r"(?:\b(?:[Tt]he|an?|[Ii]ts|[Tt]heir)|(?:Easter|Good|Palm|Black|Bloody|Ash))\s+$")
AUXILIARIES: Final = frozenset(["was", "were", "is", "are", "been", "be", "had", "has", "have", "up", "down"])
