"""Say on which day, or in which month, a story began."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from datetime import date
from typing import Final

from figures.extract.dating import DateChoice
from figures.extract.event_causes import alike
from figures.extract.event_openings import opening_day
from figures.extract.event_pasts import (
    MONTH_REACH,
    anniversaries,
    counted_back,
    day_of_cause,
    known_ago,
    past_of,
    rough_name,
)
from figures.extract.event_places import tells_of_elsewhere
from figures.extract.event_words import (
    BACKGROUND_DAYS,
    BESIDE,
    IMPACT,
    LAST_OF_LEAD,
    MADE,
    ROUGHLY,
    VICTIMS,
    Mention,
    is_bound,
    only_day,
    points_back,
    roughly,
)
from figures.extract.scenes import Scene
from figures.extract.types import Reading
from figures.lexicon.settings import Cause


def story_month(scene: Scene, mentions: list[Mention], family: str) -> str | None:
    """The month or year in which the story began, where no day is told: "the ferry that sank in September"."""
    if scene.published is None:
        return None
    first_text = next((i for i, one in enumerate(scene.document.sentences) if one.field == "text"), 0)
    told: dict[int, list[Mention]] = {}
    for one in mentions:
        if one.cause.family == family:
            told.setdefault(one.sentence, []).append(one)
    for index in sorted({*told, *range(min(first_text + 1, len(scene.document.sentences)))}):
        here = told.get(index, [])
        text = scene.text(index)
        for _start, end, about, _, _ in counted_back(scene, index):
            if any(0 <= one.start - end < MONTH_REACH for one in here):
                return about
        for bound in scene.bounds(index):
            time = bound.time
            if (
                bound.first is not None
                and bound.last is not None
                and index <= first_text
                and time.kind == "month"
                and time.prep == ""
                and (DEAD_OF.match(text, time.end) or any(0 <= one.start - time.end <= 2 for one in here))
            ):
                return rough_name(bound.first, bound.last)
            if bound.first is None or bound.last is None or bound.kind in ("said", "since", "stated"):
                continue
            if BESIDE.search(text, max(0, time.words_start - 30), time.words_start):
                continue
            if index > first_text and (scene.published - bound.last).days > LONG_AGO:
                continue
            if index > first_text and OPENS.match(text, scene.sentence(index).start):
                continue  # "In 2009 another ferry sank": an older one
            near = any(
                (index <= first_text + 2 or THE.search(text, max(0, one.start - 24), one.start))
                and max(one.start - time.end, time.words_start - one.end) < MONTH_REACH
                and not CLAUSE_END.search(text, min(one.end, time.end), max(one.start, time.start))
                for one in here
            )
            lead = not here and time.prep in ("in", "of") and (scene.published - bound.last).days > BACKGROUND_DAYS
            if (
                time.kind in ("month", "year", "span")
                and time.prep in ("in", "of", "", "at", "on", "over")
                and (near or lead)
                and not MADE.search(text, max(0, time.words_start - 24), time.words_start)
            ):
                return rough_name(bound.first, min(bound.last, scene.published))
            if time.kind == "ago" and near and (known := known_ago(text, time)) is not None:
                return known
            if time.kind == "window" and near and text[time.words_start : time.start].casefold().startswith("earlier"):
                return rough_name(bound.first, bound.last)
        if here:
            part = PART_OF_MONTH.search(text, scene.sentence(index).start, scene.sentence(index).end)
            if part is not None:
                return rough_name(scene.published.replace(day=1), scene.published)
    return None


LONG_AGO: Final = 300
"""Days back from which a month deeper in the text is that of another happening."""

DEAD_OF: Final = re.compile(r"['’]?s?\s(?:dead|deaths?|toll|victims|killings?|violence|bloodshed|disaster|tragedy)\b")
"""Behind a month: "puts the November dead at 230"."""

OPENS: Final = re.compile(r"\s*(?:In|Last)\s(?:\w+\s)?(?:[12]\d{3}|[A-Z]\w+|year|month)\b")

THE: Final = re.compile(r"\b[Tt]he\s(?:\w+\s)?$")

CLAUSE_END: Final = re.compile(r"[;:]|\.\s|\b(?:said|says|but|while|than)\b")

PART_OF_MONTH: Final = re.compile(r"\bat the (?:beginning|start) of the month\b|\bearl(?:y|ier) this month\b")


def story_day(
    scene: Scene,
    mentions: list[Mention],
    family: str,
    dates: list[DateChoice],
    readings: list[Reading],
    cause: Cause,
    name: str,
    where: tuple[str | None, str | None],
) -> date | None:
    """The day the story began: on the cause itself, on a verb of impact beside it, on the verb that counts victims."""
    if cause.span == "open":
        own = (day_of_cause(scene, one) for one in mentions if one.name == name and family == "war")
        return next((day for day in own if day is not None), None)
    votes: dict[date, float] = defaultdict(float)
    told: dict[int, list[Mention]] = {}
    unlike: set[int] = set()
    named: dict[int, set[date]] = {}  # days that stand on the cause itself, by sentence
    for one in mentions:
        if not alike(one.name, name):
            unlike.add(one.sentence)
        if one.cause.family == family:
            told.setdefault(one.sentence, [])
            if alike(one.name, name):
                told[one.sentence].append(one)
    first_text = next((i for i, one in enumerate(scene.document.sentences) if one.field == "text"), 0)
    for index in sorted(told):
        here = told[index]
        if not here or (index > first_text + 1 and tells_of_elsewhere(scene, index, where)):
            continue
        text = scene.text(index)
        kept = anniversaries(scene, index)
        lead = 1.5 if index <= first_text + 1 else 1.0
        for bound in scene.bounds(index):
            time = bound.time
            if bound.first in kept:
                continue
            if bound.first is not None and time.kind == "ago" and bound.kind not in ("said", "since", "stated"):
                about = known_ago(text, time)
                near_it = any(max(one.start - time.end, time.start - one.end) < MONTH_REACH for one in here)
                if near_it and about is not None and len(about) == len("2000-01-01"):
                    votes[date.fromisoformat(about)] += 4 * lead
                continue
            if (
                bound.first is not None
                and time.kind == "day"
                and bound.kind in ("since", "event")
                and family == "protest"
                and any(BEGAN.fullmatch(text, one.end, time.start) for one in here)
            ):
                votes[bound.first] += 4 * lead  # "protests against the reform that began on April 28"
                continue
            if (
                bound.first is not None
                and bound.kind == "since"
                and time.kind == "day"
                and time.prep != "since"
                and (found := SINCE_BLOW.search(text, max(0, time.words_start - 70), time.words_start))
                and IMPACT.search(text, found.start(), time.words_start)
            ):
                votes[bound.first] += 3 * lead  # "108 killed since troops stormed the square on Monday"
                continue
            if (
                bound.first is not None
                and bound.kind == "since"
                and time.kind == "day"
                and WHEN.match(text, time.end)
                and IMPACT.search(text, time.end, time.end + 60)
            ):
                votes[bound.first] += 4 * lead  # "2,000 killed since 3 January, when gunmen overran the base"
            if (
                bound.first is None
                or time.kind not in ("day", "relative")
                or ROUGHLY.search(text, time.start, time.end)
                or bound.kind in ("said", "since", "window", "stated")
            ):
                continue
            at = bisect_left(here, time.start, key=lambda one: one.start)
            behind = here[at].start - time.end if at < len(here) else FAR
            before = time.start - here[at - 1].end if at else FAR
            if bound.kind == "noun" and behind < 40 and not here[at].hint:
                votes[bound.first] += 6 * lead
                named.setdefault(index, set()).add(bound.first)
            elif (
                time.prep in ("of", "on")
                and before < 24
                and (not here[at - 1].hint or text.endswith("shock", here[at - 1].start, here[at - 1].end))
                and not _owned_up(scene, index, here[at - 1].start)
            ):
                votes[bound.first] += 5 * lead
            elif bound.kind == "event" and min(behind, before) < 120:
                near = here[at] if behind < before else here[at - 1]
                left, right = min(near.start, time.start), max(near.end, time.end)
                if "," not in text[left:right] and IMPACT.search(
                    text, max(scene.sentence(index).start, left - 60), right
                ):
                    votes[bound.first] += 4 * lead
        for _start, end, about, _, _ in counted_back(scene, index):
            if len(about) == len("2000-01-01") and any(0 <= one.start - end < MONTH_REACH for one in here):
                votes[date.fromisoformat(about)] += 5 * lead
    for reading, dated in zip(readings, dates, strict=True):
        if dated.period is None or dated.first is None or dated.first != dated.last or not is_bound(scene, reading):
            continue
        if roughly(scene, reading, dated) or dated.first in anniversaries(scene, reading.quantity.mention.sentence):
            continue
        sentence = scene.sentence(reading.quantity.mention.sentence)
        if (
            sentence.field == "text"
            and reading.quantity.mention.sentence > first_text + 1
            and reading.quantity.mention.sentence not in told
        ):
            continue
        if reading.quantity.mention.sentence in unlike:
            continue
        if dated.first not in named.get(reading.quantity.mention.sentence, {dated.first}):
            continue  # "flew 35 to hospitals on Monday, where the toll of Saturday's bombing rose"
        if reading.quantity.mention.sentence > first_text + 1 and tells_of_elsewhere(
            scene, reading.quantity.mention.sentence, where
        ):
            continue
        lead = 2.0 if sentence.field == "title" or reading.quantity.mention.sentence <= first_text + 1 else 1.0
        if reading.metric in VICTIMS or family in ("protest", "election"):
            votes[dated.first] += (2 if not points_back(scene, reading, dated) else 0.5) * lead
    if not votes:
        if family == "election":
            return polling_day(scene)
        return (
            _day_of_the_lead(scene, first_text)
            or _day_of_the_dead(scene, dates, readings, where)
            or _day_of_the_opening(scene, where, family)
        )
    for day in votes:
        if scene.published is not None and (scene.published - day).days > BACKGROUND_DAYS:
            votes[day] *= 0.4  # beside a day of this week an older one tells of what went before
    return max(votes, key=lambda day: votes[day])


def _owned_up(scene: Scene, index: int, start: int) -> bool:
    """Whether a cause is what somebody spoke of that day: "the army confirmed a strike on TOWN on Monday"."""
    return OWNED_UP.search(scene.text(index), max(scene.sentence(index).start, start - 40), start) is not None


OWNED_UP: Final = re.compile(
    r"\b(?:confirm|den|acknowledg|report|admit|claim|condemn|announc|mention|investigat|discuss|denounc|blam)\w*\s+"
    r"(?:an?|the|any|another|responsibility for the)\s+(?:\w+\s+)?$"
)


def _day_of_the_lead(scene: Scene, first_text: int) -> date | None:
    """The day on which the first sentence says that something struck, though it names it by no noun."""
    for index in range(min(first_text + 1, len(scene.document.sentences))):
        text = scene.text(index)
        for bound in scene.bounds(index):
            low = max(scene.sentence(index).start, bound.time.start - LONGEST_IMPACT)
            if (
                bound.first is not None
                and (bound.kind == "event" or HOURS_OF.search(text, low, bound.time.words_start))
                and bound.time.kind == "day"
                and IMPACT.search(text, low, bound.time.end)
                and (scene.published is None or 0 <= (scene.published - bound.first).days <= BACKGROUND_DAYS)
            ):
                return bound.first
    return None


def _day_of_the_opening(scene: Scene, where: tuple[str | None, str | None], family: str) -> date | None:
    """The day on which the opening says that people came to harm: "bombed a building in TOWN on 17 March"."""
    found = opening_day(scene, where) if family in DAILY else None
    return date.fromisoformat(found) if found is not None and len(found) == len("2000-01-01") else None


DAILY: Final = frozenset(
    ("attack", "crash", "collapse", "crush", "fire", "sinking", "earthquake", "landslide", "kidnapping")
)
"""What has one day, on which those it harmed came to harm."""


def _day_of_the_dead(
    scene: Scene, dates: list[DateChoice], readings: list[Reading], where: tuple[str | None, str | None]
) -> date | None:
    """The one day on which victims anywhere in the text fell, where no sentence of the cause names it."""
    days = set()
    for reading, dated in zip(readings, dates, strict=True):
        day = only_day(dated)
        index = reading.quantity.mention.sentence
        if (
            day is not None
            and reading.metric in ("deaths", "injuries", "casualties")
            and _by_date(scene, reading, dated)
            and not any(name == "part_of" for name, _ in reading.relations)
            and not more_of_them(scene, reading)
            and past_of(scene, index) is None
            and not tells_of_elsewhere(scene, index, where)
        ):
            days.add(day)
    return next(iter(days)) if len(days) == 1 else None


def _by_date(scene: Scene, reading: Reading, dated: DateChoice) -> bool:
    """Whether a figure's day is told as a date: a weekday deep in the text may be that of another week."""
    use = dated.period
    text = scene.text(reading.quantity.mention.sentence)
    return use is not None and any(one.isdigit() for one in text[use.start : use.end])


HOURS_OF: Final = re.compile(r"\b(?:hours|night|morning|evening|afternoon)\s(?:of\s)?$")

LONGEST_IMPACT: Final = 160
"""Characters from the verb that says it struck to its day, in the first sentence."""


def polling_day(scene: Scene) -> date | None:
    """The day on which people voted, told in the first sentences: "Zambia went to the polls on Sunday"."""
    first_text = next((i for i, one in enumerate(scene.document.sentences) if one.field == "text"), 0)
    for index in range(min(first_text + LAST_OF_LEAD + 1, len(scene.document.sentences))):
        text = scene.text(index)
        for bound in scene.bounds(index):
            if bound.first is None or bound.time.kind != "day":
                continue
            before = max(scene.sentence(index).start, bound.time.words_start - 40)
            after = POLL.match(text, bound.time.end, bound.time.end + 30)
            if POLLED.search(text, before, bound.time.words_start) or after:
                return bound.first
    return None


POLLED: Final = re.compile(
    r"\b(?:voted|(?:went|go|going) to the polls|cast (?:their )?(?:ballots|votes)|elections?|poll|referendum|runoff"
    r"|run-off|vote)\s+(?:[\w\-]+\s+){0,3}$"
)

POLL: Final = re.compile(r"['’]s\s(?:\w+\s)?(?:elections?|vote|poll|referendum|runoff|run-off|ballot)\b")

WHEN: Final = re.compile(r",?\swhen\b")

BEGAN: Final = re.compile(
    r"[^;:.]{0,50}\b(?:began|begun|started|broke out|erupted|flared|were sparked|was sparked)\b(?:\s(?:in"
    r"|across)\s[A-Z]\w+)?\s(?:on\s)?"
)

SINCE_BLOW: Final = re.compile(r"\b[Ss]ince\s[^;:,.]*$")

FAR: Final = 999


def more_of_them(scene: Scene, reading: Reading) -> bool:
    """Whether a figure adds to a toll told before: "two more", "another 12"."""
    mention = reading.quantity.mention
    text = scene.text(mention.sentence)
    return (
        reading.aspect == "change"
        or MORE_OF_THEM.match(text, mention.end, mention.end + 50) is not None
        or text[mention.start : mention.start + 8].casefold().startswith("another")
    )


MORE_OF_THEM: Final = re.compile(
    r"\s+(?:more|others?)\b|\s+(?:[\w\-]+\s+){0,2}(?:were|was|had been|have been)\s+(?:found|recovered|pulled"
    r"|dug|retrieved|brought|identified|buried)\b"
)
