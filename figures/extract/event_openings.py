"""Tell the blow of an opening that names no cause: a spot, its dead or hurt, the day, and what the body calls it.

"How many people died at the mosque on Friday", "soldiers killed 203 men in TOWN between 27 and 31 March": title and
lead say that people came to harm at one spot, but not by what. The cause is then the one that the body names most, else
the one that verbs of the opening hint at ("executed", "drowned"), else "?".
"""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import Final

from figures.extract.dating import DateChoice
from figures.extract.event_causes import killed_by
from figures.extract.event_pasts import counted_back, past_of, rough_name
from figures.extract.event_places import home_of, tells_of_elsewhere
from figures.extract.event_words import (
    CAMPAIGN_HEADS,
    CAMPAIGN_SPAN,
    HARM,
    IMPACT,
    LEAST_VICTIMS,
    MOST_PLACES,
    PLACING,
    Mention,
    Story,
    said_here,
)
from figures.extract.scene_names import PlaceChoice
from figures.extract.scenes import Scene
from figures.extract.types import Reading

REACH: Final = 1
"""Sentences after the first of the text that still open the article."""
HURT: Final = frozenset((
    "deaths", "injuries", "casualties", "missing", "people_trapped", "buildings_destroyed", "buildings_damaged",
))  # fmt: skip
NARROW: Final = frozenset(("city", "district", "site"))
UNTOLD: Final = frozenset(("killing", "attack"))
"""Causes that verbs of the opening hint at too loosely to outweigh one that the body names."""
NOT_BLOWS: Final = frozenset(("protest", "election", "war", "epidemic", "famine", "exodus", "coup", "weather"))
LONGEST_BLOW: Final = 14
"""Days that a blow may last: a massacre of several days is one, a season of raids is not."""


def told_spot(scene: Scene, readings: list[Reading], places: list[PlaceChoice]) -> tuple[str, str | None] | None:
    """The one spot where title and lead say that people came to harm; None where they tell of a country or a war."""
    last = scene.first_text + REACH
    told = [
        (reading, place) for reading, place in zip(readings, places, strict=True)
        if reading.metric in HURT and reading.quantity.mention.low >= LEAST_VICTIMS
    ]  # fmt: skip
    for reading, place in sorted(told, key=lambda one: one[0].quantity.mention.sentence < scene.first_text):
        index = reading.quantity.mention.sentence
        if index > last:
            continue
        if _narrow(scene, place) and _one_blow(scene, index) and past_of(scene, index) is None:
            return home_of(scene, place.name or "", place.iso3)
    for index in range(min(last, scene.first_text, len(scene.document.sentences) - 1) + 1):
        text = scene.text(index)
        one = scene.sentence(index)
        if index < scene.first_text or not HARM.search(text, one.start, one.end) or not _one_blow(scene, index):
            continue
        for named in scene.places(index)[:MOST_PLACES]:
            if (
                named.form in ("named", "site", "area", "unknown")
                and named.prep in PLACING
                and named.place.kind in NARROW
                and any(place.name == named.place.name for _, place in told)
            ):
                return home_of(scene, named.place.name, named.place.iso3)
    return None


def _narrow(scene: Scene, place: PlaceChoice) -> bool:
    """Whether a figure's place is a town or a spot within one, said beside it."""
    if place.name is None or place.role != "location":
        return False
    known = scene.lexicon.settings.place(place.name, scene.near)
    return known.kind in NARROW if known is not None else said_here(place)


def _one_blow(scene: Scene, index: int) -> bool:
    """Whether a sentence tells no war or campaign as a whole."""
    return scene.first(CAMPAIGN_SPAN, index, CAMPAIGN_HEADS) is None


def told_blow(
    scene: Scene,
    readings: list[Reading],
    dates: list[DateChoice],
    named: list[Mention],
    traced: list[Mention],
    spot: tuple[str, str | None],
) -> Story | None:
    """The story of people who came to harm at a spot, named by what the body or the verbs say that it was."""
    votes: dict[str, float] = defaultdict(float)
    first: dict[str, Mention] = {}
    last = scene.first_text + REACH
    for one in named:
        if (
            one.old
            or one.cause.span != "day"
            or one.cause.family in NOT_BLOWS
            or (one.sentence > last and (past_of(scene, one.sentence) or tells_of_elsewhere(scene, one.sentence, spot)))
        ):
            continue
        votes[one.name] += 1 if one.cause.vague else 2
        first.setdefault(one.name, one)
    for one in traced:
        if one.sentence <= last and one.cause.family not in NOT_BLOWS:
            votes[one.name] += 3 if one.cause.name not in UNTOLD else 1
            first.setdefault(one.name, one)
    settings = scene.lexicon.settings
    when = opening_day(scene, spot) or _day_of_the_hurt(scene, readings, dates, last)
    day = date.fromisoformat(when) if when is not None and len(when) == len("2000-01-01") else None
    rough = when if day is None else None
    if votes:
        name = max(votes, key=lambda one: votes[one])
        return Story(name, first[name].cause, *spot, day, rough)
    by = any(killed_by(scene, index) for index in range(min(last, len(scene.document.sentences) - 1) + 1))
    if by:
        return Story("killing", settings.causes["mass murder"], *spot, day, rough)
    return Story("?", settings.causes["attack"], *spot, day, rough)


def _day_of_the_hurt(scene: Scene, readings: list[Reading], dates: list[DateChoice], last: int) -> str | None:
    """The day or stretch of days of the first victims that the opening counts."""
    for reading, dated in zip(readings, dates, strict=True):
        if reading.quantity.mention.sentence > last:
            break
        if reading.metric in HURT and dated.period is not None and dated.first is not None and dated.last is not None:
            text = scene.text(reading.quantity.mention.sentence)
            exact = EXACT.search(text, dated.period.start or 0, dated.period.end or 0)
            if dated.first == dated.last or (exact and (dated.last - dated.first).days <= LONGEST_BLOW):
                return dated.first.isoformat()
            return rough_name(dated.first, dated.last)
    return None


def opening_day(scene: Scene, where: tuple[str | None, str | None]) -> str | None:
    """The day, else the month, on which the opening says that people came to harm or something struck.

    A date counts however old it is ("killed in TOWN on November 9", told weeks later), a weekday only as of this week.
    Of several days ("between March 27 and 31") it is the first.
    """
    month: str | None = None
    for index in range(min(scene.first_text + REACH + 1, len(scene.document.sentences))):
        text = scene.text(index)
        one = scene.sentence(index)
        if index > scene.first_text and (tells_of_elsewhere(scene, index, where) or past_of(scene, index)):
            continue
        for _start, end, about, _, unit in counted_back(scene, index):
            if unit.startswith(("hour", "day")) and (
                IMPACT.search(text, end, end + NEXT_VERB) or HARM.search(text, end, end + NEXT_VERB)
            ):
                return about
        for bound in scene.bounds(index):
            time = bound.time
            if bound.first is None or bound.last is None or bound.kind in ("said", "since", "stated", "noun", "window"):
                continue
            low = max(one.start, time.words_start - LONGEST_HARM)
            if not HARM.search(text, low, time.words_start) and not IMPACT.search(text, low, time.words_start):
                continue
            if SAID.search(text, low, time.words_start):
                continue
            struck = _last_of(text, low, time.words_start)
            if struck is None or AFTERWARDS.search(text, struck, time.words_start):
                continue
            dated = time.kind != "span" or EXACT.search(text, time.start, time.end)
            if time.kind in ("day", "span", "relative") and dated and (bound.last - bound.first).days <= LONGEST_BLOW:
                return bound.first.isoformat()
            if (time.kind == "month" and time.prep == "in") or (time.kind == "span" and not dated):
                month = month or rough_name(bound.first, bound.last)
    return month


def _last_of(text: str, low: int, high: int) -> int | None:
    """Where the last verb of harm or impact ends; "a collapsed house" has none."""
    ends = [
        one.end() for pattern in (HARM, IMPACT) for one in pattern.finditer(text, low, high)
        if not ATTRIBUTE.search(text, max(low, one.start() - 12), one.start())
    ]  # fmt: skip
    return max(ends, default=None)


ATTRIBUTE: Final = re.compile(r"\b(?:an?|the|its|their|his|her|of|from|in|under)\s$")
AFTERWARDS: Final = re.compile(
    r"\b(?:pulled|rescued|dug|buried|arrested|charged|detained|released|resumed|visited|marched|gathered|appeared"
    r"|ended|found|mourned"
    r"|searched|recovered|identified|flown|flew|sentenced|convicted|went on trial|held a vigil|demonstrated|rang"
    r"|opened|closed)\b"
)
"""Between the harm and a day the day is that of what followed: "pulled out of the house on Friday"."""

NEXT_VERB: Final = 60
"""Characters behind "four days after" in which the verb of harm stands."""
EXACT: Final = re.compile(r"\d|weekend|day\b")
"""A stretch of days whose first one is told: "between March 27 and 31", not "last week"."""
LONGEST_HARM: Final = 160
"""Characters from the verb of harm to its day."""
SAID: Final = re.compile(r"\b(?:said|says|told|announced|reported|according|declared|confirmed)\b[^,;]{0,60}$")
