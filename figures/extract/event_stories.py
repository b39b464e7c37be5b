"""Say which story an article tells: that of title and lead, a blow that only the body names, the war behind it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import Final

from figures.extract.dating import DateChoice
from figures.extract.event_causes import best_name, in_passing
from figures.extract.event_days import story_day, story_month
from figures.extract.event_pasts import past_of
from figures.extract.event_places import POINTED, home_of, story_place
from figures.extract.event_words import (
    BACKGROUND_DAYS,
    CAMPAIGN_HEADS,
    CAMPAIGN_SPAN,
    HEADLINE_WEIGHT,
    IMPACT,
    INCIDENTS,
    LEAST_VICTIMS,
    LEAVERS,
    VICTIMS,
    YARDSTICK,
    Mention,
    Story,
    is_bound,
    label,
    only_day,
)
from figures.extract.scene_names import PlaceChoice
from figures.extract.scenes import Scene
from figures.extract.types import Reading

LEAD_WEIGHT: Final = 4
"""A cause in the title outweighs six mentions in the body, one in the lead four: later ones are often background."""


def flight_of(scene: Scene, main: Story, origin: str | None) -> Story:
    """A flight from a country at war belongs to the war; another is named by the country left."""
    settings = scene.lexicon.settings
    found = settings.campaign(settings.country_of(origin), scene.published) if origin is not None else None
    if found is None:
        name = main.name if origin is None else "exodus"
        return replace(main, name=name, place=origin or main.place)
    return Story(found.cause, settings.causes["war"], found.place or origin, found.iso3, found.start)


def tells_the_war(scene: Scene, main: Story) -> bool:
    """Whether clashes, or an attack that has no day, are the war: "since fighting broke out on 15 April"."""
    if main.cause.family == "clashes":
        reach = LONGEST_LEAD
    elif main.cause.family in INCIDENTS and main.day is None:
        reach = SHORTEST_LEAD  # deeper in the text it is background
    else:
        return False
    lead = range(min(reach, len(scene.document.sentences)))
    return any(scene.first(CAMPAIGN_SPAN, at, CAMPAIGN_HEADS) for at in lead)


SHORTEST_LEAD: Final = 2

LONGEST_LEAD: Final = 12
"""Sentences in which an article about a war says since when."""


def on_the_move(scene: Scene, readings: list[Reading]) -> Story | None:
    """Where no cause is named and many figures are of people who cross borders, the story is their way."""
    bound = [one for one in readings if is_bound(scene, one)]
    moving = sum(one.metric in LEAVERS for one in bound)
    if not moving or moving < MOVING_SHARE * len(bound):
        return None
    choice = scene.story_place()
    if choice.iso3 is not None and scene.lexicon.settings.campaign(choice.iso3, scene.published) is not None:
        return None  # a country at war: its dead and those who leave are the war's
    return Story("migration", scene.lexicon.settings.causes["exodus"], choice.name, choice.iso3, None)


def nameless_story(
    scene: Scene, readings: list[Reading], places: list[PlaceChoice], dates: list[DateChoice]
) -> Story | None:
    """Victims in one town on one day, told in title and lead without a cause: "Ten people died in X on Saturday"."""
    first_text = len([one for one in scene.document.sentences[:FEW_TITLES] if one.field == "title"])
    settings = scene.lexicon.settings
    for reading, place, dated in zip(readings, places, dates, strict=True):
        mention = reading.quantity.mention
        if mention.sentence > first_text + 1:
            break
        day = only_day(dated)
        known = settings.place(place.name) if place.name is not None else None
        if (
            reading.metric in ("deaths", "injuries", "casualties")
            and day is not None
            and mention.low >= LEAST_VICTIMS
            and known is not None
            and known.kind in ("city", "district", "site")
            and scene.published is not None
            and (scene.published - day).days <= BACKGROUND_DAYS
        ):
            return Story("?", settings.causes["attack"], known.name, known.iso3, day)
    return None


FEW_TITLES: Final = 3


MOVING_SHARE: Final = 0.25
"""Share of an article's figures, of those that belong to stories at all, that makes it one of migration."""

LEAST_VOTES: Final = 2
"""One mention deep in the body is background, not the story."""


def main_story(
    scene: Scene,
    readings: list[Reading],
    places: list[PlaceChoice],
    dates: list[DateChoice],
    mentions: list[Mention],
    least: float = LEAST_VOTES,
    spot: tuple[str, str | None] | None = None,
) -> Story | None:
    """The story that title and lead tell, where it has votes enough; beside a spot they name a war is background."""
    if not mentions:
        return None
    first_text = next((i for i, one in enumerate(scene.document.sentences) if one.field == "text"), 0)
    votes: dict[str, float] = defaultdict(float)
    for one in mentions:
        weight: float = (
            HEADLINE_WEIGHT if one.field == "title" else LEAD_WEIGHT if one.sentence <= first_text + 1 else 1
        )
        text = scene.text(one.sentence)
        if BACK.search(text, max(0, one.start - 40), one.start):
            weight *= 1.5
        if one.sentence > first_text and past_of(scene, one.sentence) is not None:
            weight = min(weight, 0.5)
        if (
            spot is not None
            and one.cause.family == "war"
            and ((one.sentence > first_text and one.field == "text") or background(scene, one))
        ):
            weight = 0.05
        verb = text.endswith("ed", one.start, one.end)  # "long before the bridge collapsed"
        ahead = not verb and AHEAD.search(text, max(0, one.start - 30), one.start)
        if ahead or COMING.match(text, one.end, one.end + 40):
            weight = min(weight, 0.5)
        if one.cause.family == "protest" and one.field == "text" and in_passing(scene, one):
            weight = min(weight, 0.1)
        votes[one.cause.family] += weight if not one.cause.vague else max(1, weight / 2)
    order = {one.cause.family: -at for at, one in reversed(list(enumerate(mentions)))}
    family = max(votes, key=lambda one: (votes[one], order[one]))
    ill = family == "epidemic" and any(one.metric.endswith("cases") for one in readings)
    hurt = any(
        one.metric in ("deaths", "injuries") and one.quantity.mention.sentence <= first_text + 1 for one in readings
    )
    crowd = family == "protest" and not hurt and any(one.metric == "protesters" for one in readings)
    if votes[family] < (1 if ill or crowd else least):
        return None
    name, cause = best_name(mentions, family)
    place, iso3 = story_place(scene, readings, places, mentions, family)
    if place is not None and family in POINTED:
        place, iso3 = home_of(scene, place, iso3)
    day = story_day(scene, mentions, family, dates, readings, cause, name, (place, iso3))
    if family == "war":
        found = scene.lexicon.settings.campaign(iso3 or scene.main_country, scene.published)
        if found is None:  # the war of the one country at war among those named
            running = [scene.lexicon.settings.campaign(one, scene.published) for one in sorted(scene.near)]
            named = [one for one in running if one is not None]
            found = named[0] if len(named) == 1 else None
        if found is not None:
            country = found.place or scene.lexicon.settings.country_name(found.iso3)
            return Story(found.cause, cause, country, found.iso3, found.start)
    monthly = day is None and cause.span != "open" and family != "election"
    rough = story_month(scene, mentions, family) if monthly else None
    return Story(name, cause, place, iso3, day, rough)


def background(scene: Scene, one: Mention) -> bool:
    """Whether a war is named only as what goes on for years, or as a yardstick: "the worst deed of a ten-year war"."""
    text = scene.text(one.sentence)
    here = scene.sentence(one.sentence)
    return (
        YARDSTICK.search(text, max(here.start, one.start - 70), one.start) is not None
        or LASTING.search(text, max(here.start, one.start - 60), min(here.end, one.end + 60)) is not None
    )


LASTING: Final = re.compile(
    r"\b(?:since|decades?|years?|months?|long|ongoing|lasted|(?:has|have) (?:killed|cost|claimed|displaced))\b|-year\b"
)


def follows_up(scene: Scene, readings: list[Reading]) -> bool:
    """Whether a march or vigil is held for the dead of something else, or people seek those it buried."""
    if any(one.metric in SOUGHT for one in readings):
        return True
    return any(
        FOLLOWING.search(scene.text(at), scene.sentence(at).start, scene.sentence(at).end)
        for at in range(min(scene.first_text + 2, len(scene.document.sentences)))
    )


SOUGHT: Final = frozenset(("missing", "rescued", "people_trapped"))
"""What no march counts: people dug out, or not found."""
FOLLOWING: Final = re.compile(
    r"\b(?:mourn\w*|vigils?|memorials?|in (?:honou?r|memory) of|funerals?|buried|bur(?:y|ies|ying)|remember(?:s|ed"
    r"|ing)?"
    r"|commemorat\w+|anniversary|demand(?:s|ed|ing)? (?:justice|answers|the punishment|punishment|an inquiry"
    r"|an investigation)"
    r"|wreaths?|candles|minute['’]s silence|minute of silence|tributes?|anger (?:over|at|about|in)|angry (?:over|at"
    r"|about))\b",
    re.IGNORECASE,
)


def of_the_mourned(scene: Scene, reading: Reading, mourned: Story, by_sentence: dict[int, list[Mention]]) -> bool:
    """Whether a figure beside a march is of what it is held for: dead, hurt, missing of whom no march is told."""
    if reading.metric not in MOURNED:
        return False
    mention = reading.quantity.mention
    here = by_sentence.get(mention.sentence, [])
    if past_of(scene, mention.sentence, mention.start) is not None or any(
        one.cause.family not in ("protest", mourned.cause.family) for one in here
    ):
        return False
    return not any(one.cause.family == "protest" and abs(one.start - mention.start) < NEAR_MARCH for one in here)


MOURNED: Final = SOUGHT | {"deaths", "injuries", "casualties", "hospitalised", "buildings_destroyed"}
NEAR_MARCH: Final = 60


def only_blow(scene: Scene, readings: list[Reading], mentions: list[Mention]) -> list[Mention]:
    """The causes of the body where title and lead name none: those that struck, if all are of one kind."""
    if not any(one.metric in VICTIMS for one in readings):
        return []
    out = []
    for one in mentions:
        here = scene.sentence(one.sentence)
        near = max(here.start, one.start - BLOW_REACH), min(here.end, one.end + BLOW_REACH)
        if (
            not one.cause.vague
            and one.cause.span == "day"
            and one.cause.family not in ("protest", "election", "kidnapping")
            and IMPACT.search(scene.text(one.sentence), *near)
            and past_of(scene, one.sentence) is None
        ):
            out.append(one)
    bound = [one for one in readings if is_bound(scene, one)]
    hurt = sum(one.metric in VICTIMS for one in bound)
    return out if len({one.cause.family for one in out}) == 1 and hurt >= VICTIMS_SHARE * len(bound) else []


VICTIMS_SHARE: Final = 0.25
"""Share of an article's figures, of those that belong to stories, that must be victims for a blow told in passing."""

BLOW_REACH: Final = 60
"""Characters beside a cause in which the verb stands that says it struck."""

AHEAD: Final = re.compile(
    r"\b(?:before|ahead of|for the next|threat of|risk of|fears? of|in case of)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?$",
    re.IGNORECASE,
)

COMING: Final = re.compile(
    r"\s+(?:\w+\s+)?(?:is|was|are|were) (?:expected|forecast|due|likely)|\s+(?:could|may|might) "
)

BACK: Final = re.compile(
    r"\b(?:after|at|in|of|from|since|following|by|over)\s+(?:the\s+|a\s+|an\s+)?(?:[\w'’\-]+\s+){0,3}$", re.IGNORECASE
)


def find_campaign(scene: Scene, mentions: list[Mention], main: Story | None) -> Story | None:
    """The war behind the story, where one is named or known for the article's country."""
    if main is not None and main.cause.family == "war":
        return main
    iso3 = scene.main_country or (main.iso3 if main else None)
    if iso3 is None:
        return None
    found = scene.lexicon.settings.campaign(iso3, scene.published)
    country = scene.lexicon.settings.country_name(iso3)
    war = next((one for one in mentions if one.cause.family == "war" and one.cause.name in ("war", "invasion")), None)
    if found is None:
        if war is None:
            return None
        return Story(war.name, war.cause, country, iso3, None)
    cause = war.cause if war is not None else scene.lexicon.settings.causes["war"]
    return Story(found.cause, cause, found.place or country, iso3, found.start)


def war_of(scene: Scene, country: str | None) -> str | None:
    """The label of the war that runs in a country on the day of publication."""
    settings = scene.lexicon.settings
    found = settings.campaign(settings.country_of(country), scene.published) if country else None
    return label(found.cause, found.place or country, found.start) if found is not None else None


def from_war(place: PlaceChoice) -> bool:
    """Whether a place is the country of the war, taken because no other was told."""
    return bool(place.rules) and place.rules[0].rule == "the war"
