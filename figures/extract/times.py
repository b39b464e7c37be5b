"""Find words that say when, and resolve them against the day of publication.

A weekday is the latest such day not after publication; a date without a year is the latest such date; a month is the
latest that had begun. Without a day of publication only dates that name their year resolve. Never today's date.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
SMALL: Final = {
    word: number
    for number, word in enumerate(
        [
            "zero",
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
            "thirteen",
            "fourteen",
        ]
    )
} | {
    "a": 1,
    "an": 1,
    "several": None,
    "few": None,
    "couple of": 2,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "twenty-four": 24,
    "48": 48,
}

_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
)
_COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty"
    r"|couple of|twenty-four)"
)
_UNIT = r"(?:hours?|days?|weeks?|months?|years?)"
TIME: Final = re.compile(
    rf"""\b(?:
      (?P<iso>\b(?:1[89]|20)\d\d-[01]\d-[0-3]\d\b)
    | (?P<span_day1>\b[0-3]?\d)\s(?:and|to|through|until)\s(?P<span_day2>[0-3]?\d)\s
      (?P<span_month>{_MONTH})(?:,?\s(?P<span_year>(?:1[89]|20)\d\d))?\b
    | (?P<dspan_month>\b{_MONTH})\s(?P<dspan_day1>[0-3]?\d)\s?(?:-|–|to|through|until|and)\s?
      (?P<dspan_day2>[0-3]?\d)\b(?!\s?(?:people|per|%|,\d))(?:,?\s(?P<dspan_year>(?:1[89]|20)\d\d)\b)?
    | (?:{_DAY},?\s(?:the\s)?)?(?P<day>\b[0-3]?\d)(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{_MONTH})(?:,?\s
      (?P<year>(?:1[89]|20)\d\d))?\b
    | (?:{_DAY},?\s)?(?P<month2>\b{_MONTH})\s(?:the\s)?(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?(?!\d|,\d\d\d|\s
      (?:people|per|percent|million))(?:,?\s(?P<year2>(?:1[89]|20)\d\d))?\b
    | (?P<weekday_past>\b(?:last|this\spast))\s(?P<weekday1>{_DAY})\b
    | (?P<weekday_next>\b(?:next|this\scoming))\s(?P<weekday2>{_DAY})\b
    | (?:\bthis\s)?\b(?P<weekday>{_DAY})\b
    | (?P<feast>\b(?:New\sYear['’]?s?\s(?:Eve|Day|night|morning)|Christmas\s(?:Eve|Day|night|morning)|Boxing\sDay)\b
      |(?<=into\sthe\s)(?:[Nn]ew\s[Yy]ear)\b(?!['’]))
    | (?P<halfmonth>\b(?:[Ee]arly|[Mm]id|[Ll]ate)(?:\s(?:in\s)?|-))?(?P<month3>\b{_MONTH})(?:,?\s
      (?:of\s)?(?P<year3>(?:1[89]|20)\d\d|last\syear|this\syear))?\b(?!\s\d)
    | (?P<yesterday>\b[Yy]esterday\b)
    | (?P<today>\b(?:[Tt]oday|[Tt]onight|[Tt]his\s(?:morning|afternoon|evening))\b)
    | (?P<lastnight>\b(?:[Ll]ast\snight|[Oo]vernight)\b)
    | (?P<ago>(?<!the\s)\b(?i:{_COUNT})\s{_UNIT}\s(?:ago|earlier|before|previously|later))\b
    | (?P<daybefore>\b(?:[Tt]he\sday\sbefore|[Tt]he\sprevious\sday|[Aa]\sday\searlier|[Tt]he\snight\sbefore)\b
      (?!\s(?:his|her|its|their|the)\b))
    | (?P<sameday>\b(?:[Tt]he|[Tt]hat)\s(?:same|very)\sday|\b[Tt]hat\s(?:first\s|last\s|same\s)?
      (?:day|night|morning|afternoon|evening)\b(?!\s(?:the|he|she|it|they)\s))
    | (?P<window>\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Ww]ithin|[Ff]or|the)\s(?:just\s|only\s)?(?:the\s|these\s)?
      (?:past|last|previous|preceding|latest)\s(?:(?P<window_n>{_COUNT}|several|few)[\s-])?
      (?P<window_unit>{_UNIT})\b)
    | (?P<within>\b(?:[Ii]n|[Ww]ithin|[Oo]ver)\s(?:just\s|only\s|less\sthan\s|under\s|a\ssingle\s)?
      (?P<within_n>{_COUNT})[\s-](?P<within_unit>hours?|days?|weeks?)\b)
    | (?P<partweek>\b(?:[Aa]t|[Bb]y|[Ff]rom|[Ss]ince)\sthe\s(?:start|beginning|end|middle)\sof\s
      (?:the|this|last)\sweek\b)
    | (?P<sofar>\b(?:[Ss]o\sfar\s)?[Tt]his\s(?P<sofar_unit>year|month|week)\b)
    | (?P<lastunit>\b[Ll]ast\s(?P<lastunit_unit>year|month|week|weekend)\b)
    | (?P<weekend>\b(?:at|over|on|this)\s(?:the\s)?weekend\b)
    | (?P<year4>(?<=[Ii]n\s)(?:19|20)\d\d\b|(?<=[Ss]ince\s)(?:19|20)\d\d\b|(?<=of\s)(?:19|20)\d\d\b|
      (?<=[Uu]ntil\s)(?:19|20)\d\d\b|(?<=[Ee]arly\s)(?:19|20)\d\d\b|(?<=[Mm]id-)(?:19|20)\d\d\b|
      (?<=[Ll]ate\s)(?:19|20)\d\d\b|(?<=[Bb]y\s)(?:19|20)\d\d\b)
    )""",
    re.VERBOSE,
)
HINT: Final = re.compile(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|[Yy]esterday|[Tt]oday|[Tt]onight|[Oo]vernight|New Year|new year|Christmas|Boxing"
    r"|ago|earlier|later|before|previous|day|night|same|weeks?|weekend|months?|years?|hours?|days"
    r"|morning|evening|afternoon|(?:18|19|20)\d\d)"
)
AROUND: Final = 36
"""Characters beside a hint in which a mention of time may begin or end; the longest stretch is "during the past"."""
BEFORE: Final = re.compile(
    r"(?P<prep>\b(?:on|by|as of|as at|as on|since|until|till|up to|up until|through|from|between"
    r"|in|to|before|after|for|during|at|of|the end of|end of|dated)\s)?"
    r"(?:(?:late|early|earlier|later|the|the night of|the morning of|the evening of"
    r"|the afternoon of|midday|noon|midnight|the end of|end of|the start of|the beginning of"
    r"|(?:last|early|late|mid)|"
    r"\b\d{1,2}(?:(?::\d\d|\.\d\d)?\s?(?:a\.?m\.?|p\.?m\.?|GMT|local time)|:\d\d),?)\s(?:on\s)?(?:in\s)?)*$",
    re.IGNORECASE,
)


LEADS: Final = (
    "on", "by", "of", "at", "since", "till", "until", "to", "through", "from", "between", "in", "before", "after",
    "for", "during", "dated", "late", "early", "earlier", "later", "the", "midday", "noon", "midnight", "last", "mid",
    "m", "m.", "gmt", "time", ",", *"0123456789",
)  # fmt: skip
"""What BEFORE can match ends in one of these and a space; behind anything else it need not be tried."""
GROUPS: Final = tuple(TIME.groupindex)


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words that name a day or a stretch of days; ``first`` and ``last`` are both None where it cannot be resolved.

    ``kind``: day, span, month, year, window, relative ("the day before"), ago. ``prep`` is the preposition before,
    lower case, "" for none; ``words_start`` is where it begins. ``future`` marks "next Monday".
    """

    start: int
    end: int
    kind: str
    first: date | None
    last: date | None
    prep: str = ""
    words_start: int = 0
    future: bool = False


def find_times(text: str, start: int, end: int, published: date | None) -> list[TimeMention]:
    """The mentions of days and stretches of days between ``start`` and ``end`` of a text, in order."""
    found: list[TimeMention] = []
    last = start
    for hint in HINT.finditer(text, start, end):
        if hint.start() < last:
            continue
        for match in TIME.finditer(text, max(last, hint.start() - AROUND), min(end, hint.end() + AROUND)):
            one = _resolved(match, text, start, published)
            last = match.end()
            if one is not None:
                found.append(one)
    return found


def _resolved(match: re.Match[str], text: str, start: int, published: date | None) -> TimeMention | None:
    group = {name: value for name, value in zip(GROUPS, match.groups(), strict=True) if value is not None}
    prep, words_start = "", match.start()
    left = text[max(start, match.start() - 40) : match.start()]
    before = BEFORE.search(left) if left[-1:].isspace() and left[:-1].casefold().endswith(LEADS) else None
    if before is not None:
        words_start = match.start() - len(before[0])
        words = before[0].casefold()
        prep = (before["prep"] or "").strip().casefold()
        if "end of" in words and prep != "since":
            prep = "end of"
    kind, first, last, future = "day", None, None, False
    end = match.end()
    if "iso" in group:
        first = last = _date(int(match[0][:4]), int(match[0][5:7]), int(match[0][8:10]))
    elif "span_day1" in group:
        last = _year_less(group.get("span_year"), group["span_month"], group["span_day2"], published)
        first = _date(last.year, last.month, int(group["span_day1"])) if last else None
        kind = "span"
    elif "dspan_day1" in group and int(group["dspan_day2"]) <= int(group["dspan_day1"]):
        # "raised the number of those killed since April 28 to 24"
        first = last = _year_less(group.get("dspan_year"), group["dspan_month"], group["dspan_day1"], published, prep)
        end = match.end("dspan_day1")
    elif "dspan_day1" in group:
        last = _year_less(group.get("dspan_year"), group["dspan_month"], group["dspan_day2"], published)
        first = _date(last.year, last.month, int(group["dspan_day1"])) if last else None
        kind = "span"
    elif "day" in group:
        ahead = "by" if _to_come(text, start, words_start, prep) else prep
        first = last = _year_less(group.get("year"), group["month"], group["day"], published, ahead)
    elif "day2" in group:
        ahead = "by" if _to_come(text, start, words_start, prep) else prep
        first = last = _year_less(group.get("year2"), group["month2"], group["day2"], published, ahead)
    elif "weekday1" in group or "weekday" in group:
        first = last = _weekday(group.get("weekday1") or group["weekday"], published, strictly="weekday1" in group)
    elif "weekday2" in group:
        future = True
    elif "month3" in group:
        name = group["month3"]
        if name in ("May", "March") and "year3" not in group and not prep and "halfmonth" not in group:
            return None  # "May" and "March" alone are a verb and a walk
        kind = "month"
        first, last = _month(name, group.get("year3"), published)
        if first and last and "halfmonth" in group:
            half = group["halfmonth"].casefold()
            first, last = (
                (first, first.replace(day=10)) if half.startswith("early")
                else (first.replace(day=11), first.replace(day=20)) if half.startswith("mid")
                else (first.replace(day=21), last)
            )  # fmt: skip
    elif "feast" in group:
        first = last = _feast(group["feast"], published)
    elif published is None and "year4" not in group:
        kind = "window" if {"window", "within", "sofar", "lastunit", "partweek"} & group.keys() else "relative"
    elif "yesterday" in group or "lastnight" in group:
        assert published is not None
        first = last = published - timedelta(days=1)
        if "lastnight" in group and match[0].casefold() == "overnight":
            last = published
            kind = "window"
    elif "today" in group:
        first = last = published
    elif "ago" in group:
        kind = "ago" if match[0].endswith("ago") else "relative"
        if kind == "ago":
            first = last = _back(match[0], published)
    elif "daybefore" in group or "sameday" in group:
        kind = "relative"
    elif "window" in group:
        kind = "window"
        first, last = _window(group.get("window_n"), group["window_unit"], published)
    elif "within" in group:
        kind = "window"
        first, last = _window(group["within_n"], group["within_unit"], published)
    elif "sofar" in group:
        assert published is not None
        kind = "window"
        last = published
        unit = group["sofar_unit"]
        first = (
            published.replace(month=1, day=1) if unit == "year"
            else published.replace(day=1) if unit == "month"
            else published - timedelta(days=published.weekday())
        )  # fmt: skip
    elif "partweek" in group:
        assert published is not None
        monday = published - timedelta(days=published.weekday() + (7 if "last" in group["partweek"] else 0))
        shift_by = 0 if re.search("start|begin", group["partweek"]) else 2 if "middle" in group["partweek"] else 4
        first = last = monday + timedelta(days=shift_by)
        prep = "since" if group["partweek"].casefold().startswith(("since", "from")) else "at"
        if first > published:
            first = last = monday
    elif "lastunit" in group:
        assert published is not None
        unit = group["lastunit_unit"]
        kind = {"year": "year", "month": "month"}.get(unit, "span")
        if unit == "year":
            first, last = date(published.year - 1, 1, 1), date(published.year - 1, 12, 31)
        elif unit == "month":
            last = published.replace(day=1) - timedelta(days=1)
            first = last.replace(day=1)
        else:
            monday = published - timedelta(days=published.weekday() + 7)
            first, last = (
                (monday, monday + timedelta(days=6))
                if unit == "week"
                else (monday + timedelta(days=5), monday + timedelta(days=6))
            )
    elif "weekend" in group:
        assert published is not None
        kind = "span"
        last = published - timedelta(days=(published.weekday() + 1) % 7)
        first = last - timedelta(days=1)
        if published.weekday() == 5:
            first, last = published, published
    elif "year4" in group:
        kind = "year"
        number = int(match[0][-4:])
        first, last = date(number, 1, 1), date(number, 12, 31)
    return TimeMention(match.start(), end, kind, first, last, prep, words_start, future)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_less(year: str | None, month: str, day: str, published: date | None, prep: str = "") -> date | None:
    number = MONTHS[month.rstrip(".").casefold()]
    if year is not None:
        return _date(int(year), number, int(day))
    if published is None:
        return None
    found = _date(published.year, number, int(day))
    if found is not None and found <= published:
        return found
    if found is not None and (found - published).days <= SOON and prep in AHEAD:
        return found
    return _date(published.year - 1, number, int(day))


def _to_come(text: str, start: int, at: int, prep: str) -> bool:
    """Whether a day lies ahead by the verb before it: "to send pupils home on 25 November", "will vote on 3 June"."""
    return prep == "on" and COMING.search(text, max(start, at - 60), at) is not None


COMING: Final = re.compile(
    r"\b(?:will|would|to|due|scheduled)\s+(?:be\s+)?[a-z]+(?:\s+(?!had|was|were)[a-z]+){0,4}\s*$"
)
AHEAD: Final = frozenset(("from", "until", "till", "by", "before", "through", "to"))
SOON: Final = 62
"""A date without a year that lies at most two months ahead is meant to come ("from 15 June"), else last year's."""


def _month(name: str, year: str | None, published: date | None) -> tuple[date | None, date | None]:
    number = MONTHS[name.rstrip(".").casefold()]
    if year is not None and year.isdigit():
        which = int(year)
    elif published is None:
        return None, None
    elif year is not None:
        which = published.year - (1 if year.startswith("last") else 0)
    else:
        which = published.year - (1 if number > published.month else 0)
    first = date(which, number, 1)
    return first, first.replace(day=calendar.monthrange(which, number)[1])


def _weekday(name: str, published: date | None, *, strictly: bool) -> date | None:
    if published is None:
        return None
    back = (published.weekday() - WEEKDAYS.index(name.casefold())) % 7
    return published - timedelta(days=back or (7 if strictly else 0))


def _feast(words: str, published: date | None) -> date | None:
    """The latest such day not after publication; New Year's night and the first minutes of a year are its first day."""
    if published is None:
        return None
    if "Christmas" in words:
        month, day = 12, 24 if words.endswith("Eve") else 25
    elif words.startswith("Boxing"):
        month, day = 12, 26
    else:
        month, day = (12, 31) if words.endswith("Eve") else (1, 1)
    found = date(published.year, month, day)
    return found if found <= published else found.replace(year=published.year - 1)


def _count(words: str | None) -> int | None:
    if words is None:
        return 1
    words = words.casefold()
    return int(words) if words.isdigit() else SMALL.get(words)


def _days(count: int, unit: str) -> int:
    unit = unit.casefold().rstrip("s")
    return (
        max(1, round(count / 24)) if unit == "hour" else count * {"day": 1, "week": 7, "month": 30, "year": 365}[unit]
    )


def _back(words: str, published: date | None) -> date | None:
    """ "two weeks ago"; months and years keep the day of the month."""
    count, unit, *_ = words.replace("couple of", "two").split()
    number = _count(count)
    return back(number, unit, published) if number is not None and published is not None else None


def back(count: int, unit: str, day: date) -> date | None:
    """The day so many hours, days, weeks, months or years before another; None beyond the calendar."""
    if count > 900:
        return None
    if unit.startswith("year"):
        return _date(day.year - count, day.month, min(day.day, 28)) if day.year > count else None
    if unit.startswith("month"):
        months = day.year * 12 + day.month - 1 - count
        return _date(months // 12, months % 12 + 1, min(day.day, 28))
    return day - timedelta(days=0 if unit.startswith("hour") else _days(count, unit))


def _window(words: str | None, unit: str, published: date | None) -> tuple[date | None, date | None]:
    number = _count(words)
    if number is None or published is None or number > 999:
        return None, None
    return published - timedelta(days=min(_days(number, unit), 300_000)), published


def shift(words: str, anchor: date) -> date | None:
    """A relative day against the day it hangs on: "a week earlier", "the day before", "the same day"."""
    lowered = words.casefold()
    if "same" in lowered or "very" in lowered or lowered.startswith("that "):
        return anchor
    if "day before" in lowered or "previous day" in lowered or "night before" in lowered:
        return anchor - timedelta(days=1)
    found = re.match(rf"({_COUNT})\s({_UNIT})", words, re.IGNORECASE)
    if found is None:
        return None
    if lowered.endswith("later"):
        number = _count(found[1])
        if number is None or number > 998:
            return None
        hours = found[2].casefold().startswith("hour")
        return anchor + timedelta(days=number // 24 if hours else _days(number, found[2]))
    return _back(f"{found[1]} {found[2]} ago", anchor)
