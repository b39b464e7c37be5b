"""Find the days, months and years of older happenings, and days that are counted back: "five days after the quake"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from figures.extract.event_words import (
    BACKGROUND_DAYS,
    BESIDE,
    LONG_AGO_DAYS,
    MADE,
    ROUGHLY,
    Mention,
    Story,
)
from figures.extract.scenes import Scene
from figures.extract.times import MONTHS, SMALL, TimeMention, back, shift


def rough_name(first: date, last: date) -> str | None:
    """The narrowest name of a stretch of days: the day, the month, the year; None where it goes beyond a year."""
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year:04}-{first.month:02}"
    return f"{first.year:04}" if first.year == last.year else None


def _about(day: date, unit: str, count: int) -> str | None:
    """What is known of a day told as "five weeks ago": give or take a few days; of years only the year."""
    unit = unit.casefold().rstrip("s")
    if unit in ("hour", "day"):
        return day.isoformat()
    if unit == "year" and count > 1:
        return f"{day.year:04}"
    slack = timedelta(days=SLACK.get(unit, 0))
    return rough_name(day - slack, day + slack)


SLACK: Final = {"week": 2, "month": 10, "year": 20}
"""Days by which a count of weeks, months, years may be off."""


def counted_back(scene: Scene, index: int) -> list[tuple[int, int, str, int, str]]:
    """Every "five days after": its start and end, the day it leads back to as known, the count and its unit."""
    return scene.once("days after", index, _find_days_after)


def _find_days_after(scene: Scene, index: int) -> list[tuple[int, int, str, int, str]]:
    if scene.published is None or not {"after", "since", "from"} & scene.vocabulary(index):
        return []
    one = scene.sentence(index)
    text = scene.text(index)
    out: list[tuple[int, int, str, int, str]] = []
    for found in DAYS_AFTER.finditer(text, one.start, one.end):
        words, unit = found[1].casefold(), found[2].casefold()
        count = int(words) if words.isdigit() else SMALL.get(words)
        low = max(one.start, found.start() - MONTH_REACH)
        if count is None or count > FARTHEST_BACK or AND.search(text, low, found.start()):
            continue
        if any(True for _ in scene.lexicon.settings.find_causes(text, low, found.start())):
            continue  # "the attack came a day after heavy strikes"
        anchor, exact = scene.published, False
        for bound in scene.bounds(index):
            if 0 <= found.start() - bound.time.end <= 2 and bound.time.kind == "day" and bound.first is not None:
                anchor, exact = bound.first, True  # "on Tuesday, three days after the quake"
        if not exact and count == 1 and not found.group(2).startswith("year"):
            day = next((b.first for b in scene.bounds(index) if b.time.kind == "day" and b.first is not None), None)
            anchor, exact = (
                (day, unit == "week") if day is not None else (anchor, False)
            )  # "A week after the vote … on Friday"
        day = back(count, unit, anchor)
        about = (day.isoformat() if exact else _about(day, unit, count)) if day is not None else None
        if about is not None:
            out.append((found.start(), found.end(), about, count, unit))
    return out


DAYS_AFTER: Final = re.compile(
    r"\b(an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\s(days?|weeks?|months?|years?)"
    r"\s(?:on\s)?(?:after|since|from)\s(?=(?:the|an?|that|this|its|last)\s|[A-Z])",
    re.IGNORECASE,
)

FARTHEST_BACK: Final = 60

AND: Final = re.compile(r"\band\s$")

MONTH_REACH: Final = 60


def known_ago(text: str, time: TimeMention) -> str | None:
    """What is known of the day of "five weeks ago"; "a year ago this week" is that week."""
    if time.first is None:
        return None
    words = text[time.start : time.end].casefold().replace("couple of", "two").split()
    count = int(words[0]) if words[0].isdigit() else SMALL.get(words[0])
    if count is None:
        return None
    if SAME_WEEK.match(text, time.end):
        return rough_name(time.first - timedelta(days=3), time.first + timedelta(days=3))
    return _about(time.first, words[1], count)


SAME_WEEK: Final = re.compile(
    r"\s(?:this (?:week|month)|today|to the day|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


def day_of_cause(scene: Scene, own: Mention) -> date | None:
    """The day that stands on a cause itself: "an October 2 attack", "the attack of 2 October"."""
    bounds = scene.bounds(own.sentence)
    at = bisect_left(bounds, own.start, key=lambda one: one.time.start)
    for one in bounds[max(0, at - 1) : at + 1]:
        if one.first is None or one.time.kind not in ("day", "span"):
            continue
        if one.kind == "noun" and 0 <= own.start - one.time.end < 40:
            return one.first
        if one.time.prep in ("of", "on") and 0 <= one.time.words_start - own.end < 4:
            return one.first
    return None


def earlier_month(scene: Scene, index: int, main: Story) -> str | None:
    """The month of an event verb that lies wholly before the story: "In early October four bombers killed 15"."""
    for one in scene.bounds(index)[:8]:
        if (
            one.time.kind == "month"
            and one.kind == "event"
            and one.time.prep == "in"
            and one.first is not None
            and one.last is not None
            and main.day is not None
            and (main.day - one.last).days > 0
        ):
            return f"{one.first.year:04}-{one.first.month:02}"
    return None


def is_dated(scene: Scene, index: int) -> bool:
    """Whether a sentence gives a day to what happened."""
    return any(one.kind in ("event", "noun") for one in scene.bounds(index))


def old_day(scene: Scene, index: int) -> date | None:
    """A day of an earlier event in the sentence: "on January 25", "in the attack of 3 May"."""
    return scene.once("old", index, _find_old)


def _find_old(scene: Scene, index: int) -> date | None:
    for bound in scene.bounds(index):
        if bound.first is None or bound.time.kind != "day" or bound.kind not in ("event", "other", "noun"):
            continue
        if scene.published is not None and (scene.published - bound.first).days > BACKGROUND_DAYS:
            return bound.first
    return None


def past_of(scene: Scene, index: int, at: int | None = None) -> str | None:
    """The month or year of an older happening that a sentence tells: "In 1960 a quake in Agadir killed …" → 1960.

    Of several the one nearest before the number at ``at``, else the nearest after it.
    """
    found = scene.once("pasts", index, _find_pasts)
    if not found or at is None:
        return found[0][1] if found else None
    if at < found[0][0] and MEASURED.search(scene.text(index), at, found[0][0]):
        return None  # "35,000 died, more than in the quake of 1939": the number stands before the yardstick
    before = bisect_left(found, (at, ""))
    if before == 0 or before == len(found):
        return found[max(0, before - 1)][1]
    # "the 1999 shooting killed 13, and 26 died in 2017": another number stands before the first year
    numbers = scene.numbers.get(index, [])
    taken = bisect_left(numbers, (at, -1)) > bisect_left(numbers, (found[before - 1][0], -1))
    return found[before if taken else before - 1][1]


def _find_pasts(scene: Scene, index: int) -> list[tuple[int, str]]:
    """Where a sentence names months and years of older happenings, in order."""
    if scene.published is None:
        return []
    one = scene.sentence(index)
    text = scene.text(index)
    out = [
        (old.start(1), old[1])
        for old in OLD_CAUSE.finditer(text, one.start, one.end)
        if int(old[1]) < scene.published.year - 1
        and any(True for _ in scene.lexicon.settings.find_causes(text, old.end(), min(one.end, old.end() + NAME_REACH)))
    ]
    out += [
        (old.start(1), old[1])
        for old in OLD_YEARS.finditer(text, one.start, one.end)
        if int(old[2]) < scene.published.year
    ]
    for bound in scene.bounds(index):
        ago = bound.time.kind == "ago" or (
            bound.time.kind == "relative" and ROUGHLY.search(text, bound.time.start, bound.time.end) is not None
        )
        if ago and bound.kind not in PRESENT and not text.endswith("later", bound.time.start, bound.time.end):
            known = bound.time if bound.time.first else replace(bound.time, first=bound.first)
            if known.first is None:  # "five weeks earlier", and no day before it
                known = replace(known, first=shift(text[known.start : known.end], scene.published))
            about = known_ago(text, known)
            if about is not None and known.first is not None and (scene.published - known.first).days > BACKGROUND_DAYS:
                out.append((bound.time.start, about))
            continue
        if bound.time.kind not in ("month", "year") or bound.kind in PRESENT:
            continue
        if bound.first is None or bound.last is None:
            continue
        if MADE.search(text, max(0, bound.time.words_start - 24), bound.time.words_start):
            continue
        if BESIDE.search(text, max(0, bound.time.words_start - 30), bound.time.words_start):
            continue
        if bound.time.prep in ("in", "of", "") and (scene.published - bound.last).days > LONG_AGO_DAYS:
            month = bound.time.kind == "month"
            out.append(
                (
                    bound.time.start,
                    f"{bound.first.year:04}-{bound.first.month:02}" if month else f"{bound.first.year:04}",
                )
            )
    return sorted(out)


OLD_YEARS: Final = re.compile(
    r"\b(?:between|from|in)\s((?:19|20)\d\d)(?:\s(?:and|to|until)\s|\s?[-–/]\s?)((?:19|20)\d\d)\b"
)

MEASURED: Final = re.compile(
    r"\b(?:than(?!\s[\d$€£])|since|unlike|worst|deadliest|strongest|largest|biggest|heaviest|bloodiest)\b"
)

OLD_CAUSE: Final = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|their)\s(?:\w+\s)?((?:19|20)\d\d)\s(?=[\w\-]+)")

NAME_REACH: Final = 36
"""Characters behind a year in which the cause that it dates stands: "the 1999 Columbine school shooting"."""

PRESENT: Final = frozenset(("since", "said", "stated"))  # what was said of the story in a month is not another one


def when_of_old(scene: Scene, index: int, at: int) -> tuple[str, int] | None:
    """The year or month of "the worst since 2009, when 13 died": of a number behind it, with where the words end."""
    for found in scene.once("when", index, _find_whens):
        if found[0] < at <= found[0] + LONGEST_WHEN and not ANOTHER_YEAR.search(scene.text(index), found[0], at):
            return found[1], found[0]
    return None


LONGEST_WHEN: Final = 160
ANOTHER_YEAR: Final = re.compile(r"[;:]|\.\s|\b(?:19|20)\d\d\b")


def _find_whens(scene: Scene, index: int) -> list[tuple[int, str]]:
    if scene.published is None or "when" not in scene.vocabulary(index):
        return []
    one = scene.sentence(index)
    out = []
    for found in WHEN.finditer(scene.text(index), one.start, one.end):
        year, month = int(found[2]), MONTHS.get((found[1] or "").casefold())
        if year < scene.published.year - 1 or (month is None and year < scene.published.year):
            out.append((found.end(), f"{year:04}-{month:02}" if month is not None else f"{year:04}"))
    return out


WHEN: Final = re.compile(r"\b(?:in|of|since|from)\s(?:([A-Z][a-z]+)\s)?((?:19|20)\d\d),?\s(?:\w+\s)?when\b")


def anniversaries(scene: Scene, index: int) -> list[date]:
    """The days of a sentence that stand before "a year after": those of the vigil, not of what it is held for."""
    return scene.once("anniversaries", index, _find_anniversaries)


def _find_anniversaries(scene: Scene, index: int) -> list[date]:
    ends = [start for start, _, _, _, unit in counted_back(scene, index) if not unit.startswith(("hour", "day"))]
    return [
        bound.first
        for bound in scene.bounds(index)
        if bound.first is not None and any(0 <= start - bound.time.end <= NEAR_AFTER for start in ends)
    ]


NEAR_AFTER: Final = 12
"""Characters between a day and "a year after" which counts from it."""
