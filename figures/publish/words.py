"""The few phrases that report, pages and terminal share: a day, a gap, a series, the overview sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from figures.lexicon import Lexicon
from figures.model import Conflict
from figures.notation import count_in_words, times_in_words

DISCLAIMER: Final = "Figures compares what sources say; it does not know what is true."
LEVELS: Final = {"high": "check first", "medium": "check", "low": "minor"}
RELATIONS: Final = {"own": "own side", "opponent": "the opposing side", "third_party": "third party"}
BASES: Final = {
    "stated": "",
    "reporting_day": "day of the statement",
    "publication": "no later than; day of publication",
    "before_publication": "earlier, day not given",
}
KINDS: Final = {
    "arithmetic": "the sum does not add up",
    "misquote": "quoted differently",
    "metric_swap": "possible mix-up",
    "magnitude": "a factor of ten or more",
    "part_exceeds_whole": "the part exceeds the whole",
    "headline": "headline and text differ",
    "stale": "an older figure, since changed",
    "regression": "fell without a word of revision",
    "disagreement": "sources disagree",
    "implausible_growth": "grows implausibly fast",
}


# A full stop after a single capital is an initial ("U.S. Army"), not the end of a sentence.
_SENTENCE_END: Final = re.compile(r"(?<!\b[A-Z])[.!?][’”\"]? (?=[A-Z])")


def question_apart(explanation: str) -> tuple[str, str]:
    """An explanation in two: what is known, and from its first question on, what would reconcile it."""
    asked = explanation.find("?")
    if asked < 0:
        return explanation, ""
    ends = [one.end() for one in _SENTENCE_END.finditer(explanation, 0, asked)]
    start = ends[-1] if ends else 0
    return explanation[:start].rstrip(), explanation[start:]


def number_word(count: int) -> str:
    """ "two" to "twelve" in words, larger numbers in digits."""
    return count_in_words(count)


def day_in_words(value: object, *, year: bool = True) -> str:
    """ "2 March 2022"; empty for nothing. Takes a date or an ISO string."""
    if not value:
        return ""
    one = value if isinstance(value, date) else date.fromisoformat(str(value)[:10])
    return f"{one.day} {one:%B} {one.year}" if year else f"{one.day} {one:%B}"


def days_in_words(first: date, last: date) -> str:
    """ "28 Feb–4 Mar 2022", "1–4 Mar 2022", "3 Mar 2022"."""
    if first == last:
        return f"{first.day} {first:%b} {first.year}"
    if first.year != last.year:
        return f"{first.day} {first:%b} {first.year}–{last.day} {last:%b} {last.year}"
    begin = f"{first.day}" if first.month == last.month else f"{first.day} {first:%b}"
    return f"{begin}–{last.day} {last:%b} {last.year}"


def gap_in_words(lower: float, higher: float, *, percent: bool = False) -> str:
    """How far apart two nominal numbers stand: "more than eleven times", "twice", "5% apart", "12 points apart"."""
    if percent:
        return f"{higher - lower:.3g} points apart"
    if lower <= 0:
        return "none against some" if higher > 0 else "no gap"
    ratio = higher / lower
    return times_in_words(ratio) if ratio >= 2.0 else f"{ratio - 1:.0%} apart"


def plural(count: int, noun: str) -> str:
    """ "1 article", "16 articles"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def metric_in_words(metric: str, lexicon: Lexicon) -> str:
    """The metric's title for people ("killed", "refugees"), an open metric's name without underscores."""
    return lexicon.metrics.metric(metric).title or metric.replace("_", " ")


def series_in_words(series: Mapping[str, Any], lexicon: Lexicon) -> str:
    """ "Russian troops killed, Ukraine, since 24 February 2022": what a series counts, as a title."""
    words = metric_in_words(str(series["metric"]), lexicon)
    who = " ".join(str(one) for one in (series.get("party"), series.get("population")) if one)
    if who and who.casefold() != words.casefold():
        words = f"{who}: {words}" if words.casefold() in who.casefold() else f"{who} {words}"
    words = words[:1].upper() + words[1:]
    if series.get("place"):
        role = {"origin": "from ", "destination": "in "}.get(str(series.get("place_role")), "")
        words += f", {role}{series['place']}"
    start = str(series.get("event") or "").rpartition(":")[2]
    if series.get("aspect") == "cumulative" and len(start) == 10 and start[0].isdigit():
        words += f", since {day_in_words(start)}"
    return words


def overview(
    rows: Iterable[Mapping[str, Any]], *, conflicts: Iterable[Conflict], uncompared: int, articles: int | None = None
) -> str:
    """The sentence that page, report and terminal begin with; minor and dismissed conflicts need no look.

    ``articles`` counts the articles looked at where some of them gave no figure; else those of the rows are counted.
    """
    seen = list(rows)
    outlets = {row["outlet"] for row in seen if row.get("outlet")}
    days = sorted({date.fromisoformat(str(row["published_at"])[:10]) for row in seen if row.get("published_at")})
    count = articles if articles is not None else len({row["article_id"] for row in seen})
    levels = [one.level for one in conflicts if one.status != "dismissed"]
    return overview_sentence(
        articles=count,
        outlets=len(outlets),
        days=(days[0], days[-1]) if days else None,
        numbers=len(seen),
        conflicts=sum(level != "low" for level in levels),
        minor=levels.count("low"),
        uncompared=uncompared,
    )


def overview_sentence(
    *,
    articles: int,
    outlets: int,
    days: tuple[date, date] | None,
    numbers: int,
    conflicts: int,
    uncompared: int,
    minor: int = 0,
) -> str:
    """The same sentence from counts, where a store has them and the rows need not be read."""
    parts = [f"{plural(articles, 'article')}, {plural(outlets, 'outlet')}"]
    if days:
        parts[0] += f", {days_in_words(*days)}"
    parts.append(f"{plural(numbers, 'number')} read")
    if conflicts:
        parts.append(f"{conflicts:,} need{'s' if conflicts == 1 else ''} a look")
    elif minor:
        parts.append(f"none needs a look, {minor:,} {'is' if minor == 1 else 'are'} minor")
    else:
        parts.append("no contradiction found in these articles")
    if uncompared:
        parts.append(f"{uncompared:,} could not be compared")
    return f"{'; '.join(parts)}. {DISCLAIMER}"
