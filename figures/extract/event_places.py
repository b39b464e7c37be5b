"""Say where a story struck: the place most of its figures carry, the spot that title and lead name, a country left."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from figures.extract.event_pasts import past_of
from figures.extract.event_words import (
    CAMPAIGN_HEADS,
    CAMPAIGN_SPAN,
    HEADLINE_WEIGHT,
    LAST_OF_LEAD,
    LEAVERS,
    LONGEST_SCAN,
    MOST_PLACES,
    OPEN_FAMILIES,
    PLACING,
    Mention,
    Story,
    is_bound,
    said_here,
)
from figures.extract.scene_names import PlaceChoice
from figures.extract.scene_words import WORLD_DESKS
from figures.extract.scenes import Scene
from figures.extract.types import Reading
from figures.lexicon.settings import Place, gazetteer, place_key


def _outweighed(totals: dict[tuple[str, str], float], inner: str, outer: str) -> bool:
    """Whether a wider place has totals of its own, well above those of the narrower one: it is no mere frame."""
    return any(
        count >= TOTAL_RATIO * totals[metric, inner] > 0
        for (metric, place), count in totals.items()
        if place == outer and (metric, inner) in totals
    )


TOTAL_RATIO: Final = 1.5

WIDER_SHARE: Final = 0.3
"""A place around the commonest one, and around others apart from it, is the story's with this share of figures."""


def _headline_places(scene: Scene) -> list[str]:
    """The places that the title names."""
    titles = [at for at, one in enumerate(scene.document.sentences[:3]) if one.field == "title"]
    return [one.place.name for at in titles for one in scene.places(at) if one.form in ("named", "site")]


BROAD: Final = frozenset(("flood", "storm", "earthquake", "landslide", "weather"))
"""What strikes wide stretches of country: towns unknown to any gazetteer are then taken for different ones."""

LOCAL: Final = frozenset(("attack", "crash", "collapse", "crush"))

NARROWER_SHARE: Final = 0.34
"""A place inside the commonest one takes its stead when it has a third of its figures: "Syria" is then mere frame."""


def story_place(
    scene: Scene, readings: list[Reading], places: list[PlaceChoice], mentions: list[Mention], family: str
) -> tuple[str | None, str | None]:
    """Where the story struck: the place most figures of event-bound metrics carry, the first among equals."""
    votes: Counter[str] = Counter()
    iso: dict[str, str | None] = {}
    causes = {one.sentence for one in mentions if one.cause.family == family}
    totals: dict[tuple[str, str], float] = {}
    struck: set[str] = set()  # named beside the cause itself
    nowhere = 0
    for reading, place in zip(readings, places, strict=True):
        if place.name is None and family == "epidemic":
            nowhere += 1
        if place.name is None or place.role in ("origin", "destination") or not is_bound(scene, reading):
            continue
        sentence = reading.quantity.mention.sentence
        if sentence > scene.first_text and past_of(scene, sentence) is not None:
            continue
        own = not place.rules or place.rules[0].rule not in ("paragraph", "earlier figure", "same source", "the war")
        if scene.first(CAMPAIGN_SPAN, sentence, CAMPAIGN_HEADS) is None:
            key = reading.metric, place.name
            totals[key] = max(totals.get(key, 0.0), reading.quantity.mention.low)
        votes[place.name] += (2 if own else 1) + (2 if sentence in causes else 0)
        iso.setdefault(place.name, place.iso3)
        part = any(kind == "part_of" for kind, _ in reading.relations)
        if own and not part and (sentence in causes or sentence <= scene.first_text):
            struck.add(place.name)
    for name in _headline_places(scene):
        if name in votes:
            votes[name] += HEADLINE_WEIGHT // 2
    if nowhere > len(readings) // 3:
        return None, None
    if votes:
        order = {name: -at for at, name in enumerate(votes)}
        settings = scene.lexicon.settings
        fitting = [one for one in votes if _fits_the_title(scene, iso[one])]
        name = max(fitting or votes, key=lambda one: (votes[one], order[one]))
        apart = ("disjoint", "unknown") if family in BROAD else ("disjoint",)
        around = [
            one for one in votes
            if one != name and votes[one] >= WIDER_SHARE * votes[name]
            and settings.place_relation(name, one, iso3_a=iso[name], iso3_b=iso[one]) == "part"
            and any(
                other not in (name, one)
                and settings.place_relation(other, name, iso3_a=iso[other], iso3_b=iso[name]) in apart
                and settings.place_relation(other, one, iso3_a=iso[other], iso3_b=iso[one]) == "part"
                for other in votes
            )
        ]  # fmt: skip
        if around:  # "238 dead across Pakistan, 75 of them in Balochistan, 55 in Punjab"
            name = max(around, key=lambda one: (votes[one], order[one]))
        inner = [
            one for one in votes
            if one in struck and not _outweighed(totals, one, name) and votes[one] >= NARROWER_SHARE * votes[name]
            and settings.place_relation(one, name, iso3_a=iso[one], iso3_b=iso[name]) == "part"
        ]  # fmt: skip
        if family in OPEN_FAMILIES and len({iso[one] for one in votes}) > 1 and votes[name] < 0.7 * sum(votes.values()):
            wide = next((one for one in votes if iso[one] is None), None)
            if wide is not None:
                return wide, None
            shares: Counter[str | None] = Counter()
            for one, count in votes.items():
                shares[iso[one]] += count
            country, count = shares.most_common(1)[0]
            return (settings.country_name(country), country) if count >= 0.6 * sum(votes.values()) else (None, None)
        if inner and family not in OPEN_FAMILIES:
            name = max(inner, key=lambda one: (votes[one], order[one]))
        if family not in OPEN_FAMILIES and scene.kind_of(name) == "country":
            within = _titled(scene, name, iso[name])
            if within is not None:
                return within, iso[name]
        if family in SPOT and scene.kind_of(name) in ("country", "wide"):
            target = _target(scene, mentions, family, name, iso[name])
            if target is not None:
                return target
        told = _told_at(scene, mentions, family) if family in POINTED else None
        if told is not None and settings.place_relation(told[0], name, iso3_a=told[1], iso3_b=iso[name]) in (
            ("part", "disjoint") if scene.kind_of(name) != "narrow" else ("disjoint",)
        ):
            return told
        if family in POINTED and scene.kind_of(name) in ("country", "province"):
            unknown = _town_before(scene, name, iso[name])
            if unknown is not None:
                return unknown, iso[name]
        town = scene.home() if family in LOCAL else None
        if town is not None and settings.place_relation(town.name, name, iso3_b=iso[name]) == "part":
            return town.name, town.iso3
        return name, iso[name]
    choice = scene.story_place()
    return choice.name, choice.iso3


def _target(
    scene: Scene, mentions: list[Mention], family: str, name: str, iso3: str | None
) -> tuple[str, str | None] | None:
    """The spot inside the story's place that title or lead say was struck: "missiles hit a school in TOWN"."""
    first_text = next((i for i, one in enumerate(scene.document.sentences) if one.field == "text"), 0)
    for one in mentions:
        if one.sentence > first_text + LAST_OF_LEAD:
            break
        if one.cause.family != family or past_of(scene, one.sentence) is not None:
            continue
        text = scene.text(one.sentence)
        for place in scene.places(one.sentence)[:MOST_PLACES]:
            if (
                place.form in ("named", "site")
                and place.prep in PLACING
                and 0 <= place.start - one.end < FARTHEST_TARGET
                and STOP.search(text, one.end, place.start) is None
                and place.place.kind in ("city", "site", "district")
                and scene.lexicon.settings.place_relation(place.place.name, name, iso3_a=place.place.iso3, iso3_b=iso3)
                == "part"
            ):
                return place.place.name, place.place.iso3
    return None


def _fits_the_title(scene: Scene, iso3: str | None) -> bool:
    """Whether a place lies in a country of which the title speaks, where it speaks of any."""
    named = {
        one.place.iso3
        for at in scene.opening[0]
        for one in scene.places(at)[:MOST_PLACES]
        if one.form in ("named", "site", "area", "adjective")
    }
    return iso3 is None or None in named or not named or iso3 in named


def _titled(scene: Scene, name: str, iso3: str | None) -> str | None:
    """The one place inside a country that the title names: "Silent Catalonia takes to the streets"."""
    named = {
        one.place.name
        for at in scene.opening[0]
        for one in scene.places(at)[:MOST_PLACES]
        if one.form in ("named", "site") and one.place.iso3 == iso3
    }
    if name in named or len(named) != 1:
        return None
    (found,) = named
    inside = scene.lexicon.settings.place_relation(found, name, iso3_a=iso3, iso3_b=iso3) == "part"
    return found if inside else None


def _told_at(scene: Scene, mentions: list[Mention], family: str) -> tuple[str, str | None] | None:
    """The place that title or lead give beside the cause: "the crush at the stadium in X", "a blast that wrecked X"."""
    for one in mentions:
        if one.sentence > scene.first_text:
            break
        if one.cause.family != family:
            continue
        text = scene.text(one.sentence)
        if RECALLED.search(text, max(scene.sentence(one.sentence).start, one.start - 40), one.start):
            continue
        best = None
        for place in scene.places(one.sentence)[:MOST_PLACES]:
            if place.form not in ("named", "site", "area"):
                continue
            if place.end < one.start and WHERE.match(text, place.end, one.start):
                best = place
            if not 0 <= place.start - one.end < FARTHEST_TARGET:
                continue
            if (STOP.search(text, one.end, place.start) is None and place.prep in PLACING) or (
                best is None and STRIKING.fullmatch(text, one.end, place.start)
            ):
                best = place
        if best is not None:
            return best.place.name, best.place.iso3
    return None


WHERE: Final = re.compile(r",?\swhere\s[^;:.]{0,40}$")

STRIKING: Final = re.compile(
    r"\s(?:that|which)\s(?:had\s)?(?:\w+ed|struck|hit|shook|tore through|swept|broke out in|blew up in)\s(?:the\s"
    r"|parts of\s)?"
)
RECALLED: Final = re.compile(
    r"\b(?:like|unlike|than|since|recall\w*|similar to|compared (?:with|to)|before|(?:answer|response|reply) to"
    r"|(?:retaliation|revenge"
    r"|reprisal|vengeance) for|avenge)\s(?:(?:the|an?|last \w+['’]s)\s)?(?:[\w\-]+\s){0,2}$"
)
POINTED: Final = frozenset(("attack", "crash", "collapse", "crush", "fire", "sinking", "kidnapping", "spill"))
"""What strikes one point, which title and lead give beside it."""


def _town_before(scene: Scene, name: str, iso3: str | None) -> str | None:
    """A town that no gazetteer has, written before its country or province: "in SUTHERLAND SPRINGS, Texas"."""
    article = scene.document.article
    for text in (article.title, article.text):
        found = re.search(TOWN_BEFORE % re.escape(name), text[:OPENING_TEXT])
        if found is not None:
            town = found[1] or found[2]
            town = town.title() if town.isupper() else town
            known = scene.lexicon.settings.place(town, scene.near)
            return town if known is None or known.kind == "city" or known.iso3 != iso3 else None
    return None


TOWN_BEFORE: Final = (
    r"(?:(?:^|\n)([A-Z][A-Z’'\-]+(?: [A-Z][A-Z’'\-]+){0,2})|\b(?:in|at|near|of|outside)\s"
    r"([A-Z][\w’'\-]+(?: [A-Z][\w’'\-]+){0,2})), %s\b"
)
OPENING_TEXT: Final = 400
"""Characters in which the scene is told in full."""

SPOT: Final = frozenset(("attack", "crash", "collapse", "crush", "fire"))
"""What strikes one spot, whose country or province is mere frame."""

FARTHEST_TARGET: Final = 45

STOP: Final = re.compile(r"[,;:.]|\b(?:and|but|said|who|which|where|after|since|than)\b")


def tells_of_elsewhere(scene: Scene, index: int, where: tuple[str | None, str | None]) -> bool:
    """Whether a sentence names places apart from the story's and none of its own: its days are another happening's."""
    name, iso3 = where
    if name is None:
        return False
    told = [
        scene.lexicon.settings.place_relation(one.place.name, name, iso3_a=one.place.iso3, iso3_b=iso3)
        for one in scene.places(index)[:MOST_PLACES]
        if one.form in ("named", "site") and one.prep in PLACING
    ]
    return "disjoint" in told and {"same", "part", "whole"}.isdisjoint(told)


def same_or_wider(scene: Scene, place: PlaceChoice, main: Story) -> bool:
    """Whether a figure's own sentence names the story's place or one around it."""
    return said_here(place) and scene.lexicon.settings.place_relation(
        place.name, main.place, iso3_a=place.iso3, iso3_b=main.iso3
    ) in ("same", "whole")


def find_origin(scene: Scene, readings: list[Reading], places: list[PlaceChoice]) -> str | None:
    """The country that people leave, by the verbs beside it in the whole article."""
    if not any(one.metric in LEAVERS for one in readings):
        return None
    votes: Counter[str] = Counter()
    for found in LEAVING.finditer(scene.document.article.text, 0, LONGEST_SCAN):
        iso3 = scene.lexicon.settings.country_of(found[1])
        if iso3 is not None:
            votes[iso3] += 1
    for found in FLED.finditer(scene.document.article.text, 0, LONGEST_SCAN):  # "Ivorians who fled to Liberia"
        iso3 = scene.lexicon.settings.country_of(found[1]) or scene.lexicon.settings.country_of(found[1].rstrip("s"))
        if iso3 is not None:
            votes[iso3] += 1
    if not votes:  # "768,000 Venezuelans were living in Peru"
        for one in readings:
            iso3 = scene.lexicon.settings.country_of(one.party) if one.metric in LEAVERS and one.party else None
            if iso3 is not None:
                votes[iso3] += 1
    if not votes:
        return _left_behind(scene, readings, places)
    return scene.lexicon.settings.country_name(votes.most_common(1)[0][0])


def _left_behind(scene: Scene, readings: list[Reading], places: list[PlaceChoice]) -> str | None:
    """The place of title and lead, where those who leave arrive elsewhere: "Gambia: 45,000 people fled to Senegal"."""
    story = scene.story_place()
    reached = [
        place for one, place in zip(readings, places, strict=True)
        if one.metric in LEAVERS and place.role == "destination" and place.name is not None
    ]  # fmt: skip
    if story.name is None or story.role != "location" or not reached:
        return None
    apart = all(
        scene.lexicon.settings.place_relation(
            one.name, story.name, iso3_a=one.iso3, iso3_b=story.iso3
        ) == "disjoint" and one.iso3 != story.iso3
        for one in reached
    )  # fmt: skip
    return story.name if apart else None


FLED: Final = re.compile(
    r"\b([A-Z][a-z]+)\s(?:refugees|asylum[ -]seekers|(?:who\s)?(?:have\s|had\s)?(?:fled|left|escaped|crossed|poured"
    r"|streamed?))\b"
)

LEAVING: Final = re.compile(
    r"\b(?:left|leave|leaving|fled|flee|fleeing|from|out of|escaped)\s+(?:the\s+)?([A-Z][\w]+(?:\s+[A-Z][\w]+)?)"
)


def home_of(scene: Scene, name: str, iso3: str | None, index: int | None = None) -> tuple[str, str | None]:
    """The town that a site lies in, where its sentence, the title or the dateline names it; else the site itself."""
    settings = scene.lexicon.settings
    known = settings.place(name, scene.near)
    if (known is not None and known.kind != "site") or (known is None and name.split()[-1] not in settings.sites):
        return name, iso3
    opening = range(min(scene.first_text + 2, len(scene.document.sentences)))
    for at in (index,) if index is not None and index not in opening else opening:
        named = scene.places(at)[:MOST_PLACES]
        if at >= scene.first_text and not any(one.place.name == name for one in named):
            continue
        for one in named:
            if one.form == "named" and one.prep in ("in", "of", "at", "") and _holds(scene, one.place, name, iso3):
                return one.place.name, one.place.iso3
    town = scene.dateline_place() if index is None or index in opening else None
    if (
        town is not None
        and town.name not in WORLD_DESKS
        and (town.name not in settings.seats or scene.home() is not None)
        and _holds(scene, town, name, iso3)
    ):
        return town.name, town.iso3
    return name, iso3


def _holds(scene: Scene, town: Place, name: str, iso3: str | None) -> bool:
    """Whether a place is a town in which a site may lie; a province that bears its town's name counts as one."""
    if town.name == name or not (
        town.kind == "city" or (town.kind == "admin1" and place_key(town.name) in gazetteer())
    ):
        return False
    relation = scene.lexicon.settings.place_relation(name, town.name, iso3_a=iso3, iso3_b=town.iso3)
    return relation in ("part", "unknown")
