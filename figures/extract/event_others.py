"""Tell what a figure's sentence, or the one before it, says of another place, another day, a speaker or a nation."""

from __future__ import annotations

import re
from typing import Final

from figures.extract.event_causes import by_its_verb, nearest_cause
from figures.extract.event_pasts import past_of
from figures.extract.event_places import FARTHEST_TARGET, same_or_wider
from figures.extract.event_words import (
    IMPACT,
    MOST_PLACES,
    PLACING,
    VICTIMS,
    Mention,
    Story,
    disjoint,
    label,
    said_here,
)
from figures.extract.scene_names import PlaceChoice
from figures.extract.scenes import Scene
from figures.extract.types import Reading
from figures.model import RuleUse


def speaks(scene: Scene, index: int, place: PlaceChoice) -> bool:
    """Whether a place opens the sentence as one who speaks or counts: "Kyiv sticks to its figure"."""
    start = place.rules[0].start if place.rules else None
    named = next((one for one in scene.places(index) if one.place.name == place.name and one.start == start), None)
    text = scene.text(index)
    if named is not None and named.prep in ("in", "at") and SPEAKS_THERE.match(text, named.end, named.end + 120):
        return True
    return (
        named is not None
        and named.prep == ""
        and scene.text(index)[scene.sentence(index).start : named.start].strip() in ("", "“", '"')
        and SPEAKING.match(scene.text(index), named.end) is not None
    )


SPEAKS_THERE: Final = re.compile(
    r",?\s(?:the\s|an?\s)?(?:[\w\-’']+\s){0,3}(?:ministry|minister|government|spokesman|spokeswoman|spokesperson"
    r"|officials?|authorities"
    r"|president|premier|agency|office|broadcaster|television|commission|court|general staff|foreign ministry"
    r"|parliament)\s"
    r"(?:[\w\-’',]+\s){0,4}?(?:said|says|repeated|put|gave|insisted|reported|announced|told|confirmed|claimed|spoke"
    r"|stated|raised"
    r"|maintain(?:s|ed)|den(?:ied|ies)|accused|admitted|acknowledged|counted|counts|named)\b",
    re.IGNORECASE,
)
"""Behind "In RIYADH" it is those who speak there who are told of: "the ministry repeated that 769 had died"."""

SPEAKING: Final = re.compile(r"\s+(?:has |had |also |still |itself )?[a-z]+(?:s|ed|d|t|id)\b(?<!was)(?<!is)(?<!has)")


def of_its_own(scene: Scene, place: PlaceChoice, main: Story) -> bool:
    """Whether a town or district is known, and so is the story's, and no list says how they lie to one another."""
    settings = scene.lexicon.settings
    here = settings.place(place.name, scene.near) if place.name is not None else None
    there = settings.place(main.place, scene.near) if main.place is not None else None
    relation = settings.place_relation(place.name, main.place, iso3_a=place.iso3, iso3_b=main.iso3)
    return (
        here is not None
        and there is not None
        and relation == "unknown"
        and {here.kind, there.kind} <= {"city", "district", "admin1"}
        and here.parents != there.parents
    )


def frames(scene: Scene, index: int, place: PlaceChoice, main: Story) -> bool:
    """Whether a place is only the frame of the story's: "in Buffalo, New York"."""
    start = place.rules[0].start if place.rules else None
    return start is not None and main.place is not None and scene.text(index)[:start].endswith(f"{main.place}, ")


def whose(scene: Scene, reading: Reading, place: PlaceChoice, own: Mention | None) -> bool:
    """Whether a country is where the dead came from, not where they died: "Mali lost 305 people, Nigeria 274"."""
    known = scene.lexicon.settings.place(place.name) if place.name is not None else None
    if known is None or known.kind != "country" or own is not None:
        return False
    start = place.rules[0].start if place.rules else None
    named = next((one for one in scene.places(reading.quantity.mention.sentence) if one.start == start), None)
    return named is None or named.form == "adjective" or named.prep not in PLACING


SAME_PLACE: Final = re.compile(
    r"\b(?:same|this|in the) (?:city|town|village|district|province|region|state|country|area|place|island|building"
    r"|school|mosque|church)\b"
    r"|\b(?:here|there)\b"
)


def place_behind(scene: Scene, index: int, at: int) -> str | None:
    """The first place that a sentence names behind a position: "since 2009, when 13 people were killed in TOWN"."""
    for one in scene.places(index)[:MOST_PLACES]:
        if one.start > at and one.prep in PLACING and one.form in ("named", "site"):
            return one.place.name
    return None


def before_place(scene: Scene, index: int, place: PlaceChoice, by_sentence: dict[int, list[Mention]]) -> Mention | None:
    """The cause beside the place of the sentence before, where a figure says "there"."""
    if not index or scene.sentence(index - 1).field != scene.sentence(index).field:
        return None
    start = next((one.start for one in scene.places(index - 1) if one.place.name == place.name), None)
    return nearest_cause(by_sentence.get(index - 1, []), start, start) if start is not None else None


def hours_later(scene: Scene, index: int, place: PlaceChoice) -> bool:
    """Whether a blow elsewhere is told to be of the same day: "hours later a gunman fired on a wedding in TOWN"."""
    for at in (index, index - 1):
        if at < 0 or scene.sentence(at).field != scene.sentence(index).field:
            continue
        one = scene.sentence(at)
        told = any(named.place.name == place.name for named in scene.places(at)[:MOST_PLACES])
        if told and HOURS_LATER.search(scene.text(at), one.start, one.end):
            return True
    return False


HOURS_LATER: Final = re.compile(
    r"\b(?:hours?|minutes|shortly|moments)\s(?:later|earlier|before|after|apart)\b|\b(?:the same|that) (?:day|night"
    r"|morning|evening|afternoon)\b|\bat the same time\b"
)


def tells_an_old_blow(scene: Scene, reading: Reading, place: PlaceChoice, main: Story) -> bool:
    """Whether a sentence that names no cause tells an older happening: victims in another place, or "In 2007" first."""
    if reading.metric not in VICTIMS:
        return False
    if (
        said_here(place)
        and place.role == "location"
        and scene.lexicon.settings.place_relation(place.name, main.place, iso3_a=place.iso3, iso3_b=main.iso3)
        in ("disjoint", "unknown")
    ):
        return True
    one = scene.sentence(reading.quantity.mention.sentence)
    text = scene.text(reading.quantity.mention.sentence)
    return YEAR_FIRST.match(text, one.start) is not None and not same_or_wider(scene, place, main)


YEAR_FIRST: Final = re.compile(r"\s*In\s(?:\w+\s)?(?:19|20)\d\d\b")


def just_told(
    scene: Scene,
    reading: Reading,
    place: PlaceChoice,
    main: Story,
    by_sentence: dict[int, list[Mention]],
) -> tuple[str, RuleUse] | None:
    """The blow of another kind, with its day, that the sentence before tells: "A depot blew up on Monday. 20 died"."""
    index = reading.quantity.mention.sentence
    if reading.metric not in ("deaths", "injuries", "casualties", "hospitalised", "missing") or not index:
        return None
    here, before = scene.sentence(index), scene.sentence(index - 1)
    if before.field != here.field or before.paragraph != here.paragraph or past_of(scene, index) is not None:
        return None
    for one in by_sentence.get(index - 1, [])[:MOST_PLACES]:
        if one.old or one.cause.vague or one.cause.span != "day" or one.cause.family in (main.cause.family, "protest"):
            continue
        for bound in scene.bounds(index - 1):
            if (
                bound.kind == "event"
                and bound.time.kind == "day"
                and bound.first is not None
                and bound.first != main.day
                and abs(bound.time.start - one.end) < FARTHEST_TARGET
                and IMPACT.search(scene.text(index - 1), one.start - 1, bound.time.end)
            ):
                use = RuleUse(column="event", rule="the blow just told", start=one.start, end=one.end)
                return label(one.name, place.name or main.place, bound.first), use
    return None


def elsewhere(
    scene: Scene, index: int, place: PlaceChoice, main: Story, by_sentence: dict[int, list[Mention]]
) -> str | None:
    """What happened elsewhere one sentence before: "A depot exploded at TOWN on Friday. 27 people died there"."""
    if not place.rules or place.rules[0].rule not in ("there", "paragraph") or index == 0 or place.name == main.place:
        return None
    start = place.rules[0].start
    before = scene.sentence(index - 1)
    inside = start is not None and before.start <= start < before.end
    if place.rules[0].rule == "paragraph" and not inside:
        return None
    at = start if start is not None and inside else before.end
    told = nearest_cause(by_sentence.get(index - 1, []), at, at)
    name = told.name if told is not None else by_its_verb(scene, index - 1) or "?"
    for bound in scene.bounds(index - 1):
        if bound.kind == "event" and bound.time.kind == "day" and bound.first is not None and bound.first != main.day:
            return label(name, place.name, bound.first)
    past = past_of(scene, index - 1)
    if past is not None and past != main.rough and disjoint(scene, place, main):
        return label(name if name != "?" else main.name, place.name, past)
    return None
