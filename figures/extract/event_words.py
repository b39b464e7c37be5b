"""Hold what the modules of events share: a cause where it stands, a story, its label, words that several read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from figures.extract.dating import DateChoice
from figures.extract.scene_names import PlaceChoice
from figures.extract.scenes import Scene
from figures.extract.types import Reading
from figures.lexicon.settings import Cause

LONGEST_SCAN: Final = 30_000
"""Characters of an article in which causes are sought; a story names its cause early."""

HEADLINE_WEIGHT: Final = 6

OPEN_FAMILIES: Final = frozenset(("war", "epidemic", "famine", "exodus"))

CAMPAIGN_HEADS: Final = frozenset(["since", "war", "conflict", "invasion", "uprising"])

CAMPAIGN_SPAN: Final = re.compile(
    r"\bsince\s+(?:the\s+|its\s+|his\s+)?(?:[\w'’\-]+\s+){0,5}(?:war|conflict|invasion|uprising"
    r"|offensive|fighting|crisis|insurgency|hostilities|campaign)\b|\bsince then\b|\bin the (?:war"
    r"|conflict)\b"
    r"|\b(?:war|conflict|invasion|uprising)\s+(?:which\s+|that\s+)?(?:has|have"
    r"|had)\s+(?:also\s+)?(?:killed|claimed|left|displaced|forced)\b"
)

YARDSTICK: Final = re.compile(
    r"\b(?:highest|largest|biggest|worst|deadliest|bloodiest|heaviest|lowest|most \w+|first|fiercest|longest)\b"
    r"[^;:.]{0,50}$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A cause where it stands."""

    name: str
    cause: Cause
    field: str
    start: int
    end: int
    sentence: int
    old: bool = False  # of a year long gone: "the 2004 train bombings"
    hint: bool = False  # no name of a cause, only a word that hints at one: "miners"


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, where, and since when."""

    name: str
    cause: Cause
    place: str | None
    iso3: str | None
    day: date | None
    rough: str | None = None  # the month or year, where no day is known

    def label(self) -> str:
        """The event column of the story."""
        return label(self.name, self.place, self.day or self.rough)


def label(cause: str, place: str | None, day: date | str | None) -> str:
    """The event column: pieces that are not known are "?"; a start known to the month or year is "2010-01", "2010"."""
    when = day.isoformat() if isinstance(day, date) else day or "?"
    return f"{cause}:{(place or '?').replace(':', ' ')}:{when}"


def is_bound(scene: Scene, reading: Reading) -> bool:
    """Whether the metric belongs to events at all: deaths do, unemployment does not."""
    metric = scene.lexicon.metrics.metric(reading.metric)
    return metric.event_bound


TRACED: Final = frozenset((
    "rescued", "detained", "arrests", "people_aboard", "people_trapped", "evacuated", "hospitalised",
    "buildings_damaged", "protesters",
))  # fmt: skip

VOTING: Final = re.compile(r"vote|turnout|seat|ballot|elector")

LAST_OF_LEAD: Final = 3

MADE: Final = re.compile(
    r"\b(?:built|opened|founded|born|installed|completed|erected|established|launched|bought|signed|elected"
    r"|appointed|introduced"
    r"|renovated|inaugurated|commissioned|retired|dates?|dating|constructed|sworn in)\s+(?:back\s+)?(?:\w+\s+)?$"
)
"""Before a year it tells of something's making, not of what happened to people."""

ROUGHLY: Final = re.compile(
    r"\b(?:weeks|months?|years?)\s(?:ago|earlier|before|previously|later|after)\b", re.IGNORECASE
)
"""A day counted back in these is known only about."""


def roughly(scene: Scene, reading: Reading, dated: DateChoice) -> bool:
    """Whether a figure's day is one counted back in weeks, months or years."""
    use = dated.period
    if use is None or use.start is None or use.end is None:
        return False
    return ROUGHLY.search(scene.text(reading.quantity.mention.sentence), use.start, use.end) is not None


MOST_PLACES: Final = 8

PLACING: Final = frozenset(("in", "at", "near", "on", "outside", "inside"))

LARGE_TOLL: Final = 100
"""A toll without day or cause, in a country at war, belongs to the war from here on; smaller ones may be incidents."""

VICTIMS: Final = frozenset((
    "deaths", "injuries", "casualties", "missing", "buildings_destroyed", "strikes", "hostages",
))  # fmt: skip

LEAST_VICTIMS: Final = 3
"""Dead or hurt from which a day and a town alone tell what is meant; smaller tolls are told of every other day."""

HARM: Final = re.compile(
    r"\b(?:bombed|shelled|died|dead|killed|kill|kills|killing|deaths?|lost their lives|lives were lost|perished"
    r"|drown(?:ed)?|shot|executed|murders?|murdered"
    r"|massacred|slain|slaughtered|lynched|beheaded|trampled|crushed|suffocated|burn(?:ed|t) to death|poisoned|stabbed"
    r"|injured|wounded|hurt|maimed|buried alive)\b"
)
"""Words that say that people came to harm."""

IMPACT: Final = re.compile(
    r"\b(?:struck|hit|hits|strikes|collapsed|exploded|crashed|erupted|broke out|made landfall"
    r"|came ashore|landed|swept|tore|ripped|derailed|sank|capsized|opened fire|detonated|rocked"
    r"|shook|battered|slammed|buried|toppled|flattened|engulfed|gutted|ravaged|devastated|levelled|burst|overturned"
    r"|plunged|rammed|ploughed|plowed|collided|gave way|caved in|blew up|came down|went down|went under"
    r"|burned down|burnt down|flared"
    r"|killed|died|attacked|bombed|shelled|targeted|carried out|happened|occurred|took place"
    r"|launched|dropped|pounded|raided|took to|marched|gathered|rallied|demonstrated|protested|walked out|downed tools"
    r"|abducted|kidnapped|snatched|took\s(?:away\s)?[\w,]+\s(?:\w+\s)?(?:girls|boys|pupils|students|schoolgirls"
    r"|hostages?|captive|passengers|villagers)|overran|seized|ambushed|wrecked|shattered|destroyed|inundated"
    r"|submerged|filled|thronged|poured|packed|massed|paraded|turned out|converged|stormed|shot|fired|caught fire"
    r"|burned|began|started)\b"
)

UPROOTED: Final = frozenset(("displaced", "returned"))


def said_here(place: PlaceChoice) -> bool:
    """Whether a figure's own sentence gives its place."""
    return place.name is not None and bool(place.rules) and place.rules[0].rule not in INHERITED


INHERITED: Final = frozenset((
    "paragraph", "earlier figure", "same source", "the war", "title", "lead", "country of the article",
    "sentence before", "country of the source", "CAUSE at PLACE", "PARTY at war", "country of the dateline",
    "PLACE: heading", "town of the dateline", "country of the outlet", "country of a national figure",
    "country of a national count",
))  # fmt: skip


def disjoint(scene: Scene, place: PlaceChoice, main: Story) -> bool:
    """Whether a figure's place lies apart from the story's."""
    return (
        scene.lexicon.settings.place_relation(place.name, main.place, iso3_a=place.iso3, iso3_b=main.iso3) == "disjoint"
    )


def only_day(dated: DateChoice) -> date | None:
    """The day a figure's verb bounds, where it is one day."""
    return dated.first if dated.period is not None and dated.first == dated.last else None


INCIDENTS: Final = frozenset(("attack", "clashes", "crash", "kidnapping"))

LEAVERS: Final = frozenset(("refugees", "border_crossings"))

BESIDE: Final = re.compile(r"\b(?:than|compared (?:with|to)|same (?:period|month|time)|as|from|since)\s+(?:\w+\s+)?$")

LONG_AGO_DAYS: Final = 40

BACKGROUND_DAYS: Final = 6
"""A dated incident more than six days before publication is background: weekdays reach back no further."""


def points_back(scene: Scene, reading: Reading, dated: DateChoice) -> bool:
    """Whether a figure's day is only pointed at: "28 people died that morning"."""
    use = dated.period
    text = scene.text(reading.quantity.mention.sentence)
    return use is not None and text[use.start or 0 : use.end].casefold().startswith("that ")
