"""Say to which story each figure belongs: "cause:Place:YYYY-MM-DD", the same words for every figure of one story.

The article is read as a whole first. Its main story takes its cause from title and lead, its place from the figures
that carry one, its day from the days that stand on event verbs or on the cause ("Tuesday's earthquake"). A figure
leaves the main story where its own sentence names a war as a whole, another day for its own verb, another kind of
cause with a day or place of its own, or an older year and another place, and where the sentence before has just told
another blow. Standing statistics belong to no story. A piece that is not said is "?"; a start is as rough as the words
("in September", "five weeks ago" are a month or a year).
"""

from __future__ import annotations

from typing import Final

from figures.extract.dating import DateChoice
from figures.extract.event_causes import BROUGHT_BY_QUAKES, find_mentions, find_traces, shocks
from figures.extract.event_days import polling_day
from figures.extract.event_figures import SINCE, Case, event_of
from figures.extract.event_openings import told_blow, told_spot
from figures.extract.event_places import find_origin
from figures.extract.event_stories import (
    find_campaign,
    flight_of,
    follows_up,
    main_story,
    nameless_story,
    of_the_mourned,
    on_the_move,
    only_blow,
    tells_the_war,
)
from figures.extract.event_words import (
    LEAVERS,
    VICTIMS,
    VOTING,
    Mention,
    Story,
    is_bound,
    only_day,
    said_here,
)
from figures.extract.scene_names import PlaceChoice
from figures.extract.scene_words import FIRED
from figures.extract.scenes import Scene
from figures.extract.types import Reading
from figures.model import RuleUse

__all__ = ["SINCE", "find_events"]


def find_events(
    scene: Scene,
    readings: list[Reading],
    places: list[PlaceChoice],
    dates: list[DateChoice],
) -> list[tuple[str | None, RuleUse | None]]:
    """The event of each reading with the rule that chose it, in the same order."""
    named = find_mentions(scene, readings)
    mentions = [one for one in named if not one.old]
    shaken = shocks(scene, readings, mentions)
    if shaken:  # "rescuers dug in collapsed houses four days after the earth shook"
        named = sorted(
            [*(one for one in named if one.cause.family not in BROUGHT_BY_QUAKES), *shaken],
            key=lambda one: (one.sentence, one.start),
        )
        mentions = [one for one in named if not one.old]
    spot = told_spot(scene, readings, places)
    main = main_story(scene, readings, places, dates, mentions, spot=spot)
    if main is None:
        struck = only_blow(scene, readings, mentions)
        main = main_story(scene, readings, places, dates, struck, least=0.9)
    if main is None and spot is not None:
        main = told_blow(scene, readings, dates, named, find_traces(scene, readings), spot)
    if main is None:
        traced = find_traces(scene, readings)
        main = main_story(scene, readings, places, dates, traced)
        if main is not None:
            named = sorted([*named, *traced], key=lambda one: (one.sentence, one.start))
            mentions = [one for one in named if not one.old]
    if main is None:
        main = on_the_move(scene, readings) or nameless_story(scene, readings, places, dates)
    mourned = None
    if main is not None and main.cause.family == "protest" and follows_up(scene, readings):
        others = [one for one in mentions if one.cause.family != "protest"]
        mourned = main_story(scene, readings, places, dates, others, least=1)
        if mourned is None and spot is not None:
            mourned = told_blow(scene, readings, dates, others, find_traces(scene, readings), spot)
        if mourned is not None and mourned.cause.span != "day":
            mourned = None
    campaign = find_campaign(scene, mentions, main)
    origin = find_origin(scene, readings, places)
    if main is not None and main.cause.family == "exodus":
        main = flight_of(scene, main, origin)
    elif main is not None and campaign is not None and campaign.day is not None and tells_the_war(scene, main):
        main = campaign
    by_sentence: dict[int, list[Mention]] = {}
    for one in named:
        by_sentence.setdefault(one.sentence, []).append(one)
    voting = [dated for one, dated in zip(readings, dates, strict=True) if VOTING.search(one.metric)]
    polled = next((day for dated in voting if (day := only_day(dated))), None) if voting else None
    if voting and polled is None:
        polled = polling_day(scene)
    out: list[tuple[str | None, RuleUse | None]] = []
    for reading, place, dated in zip(readings, places, dates, strict=True):
        if not is_bound(scene, reading):
            out.append((None, None))
            continue
        if mourned is not None and of_the_mourned(scene, reading, mourned, by_sentence):
            out.append((mourned.label(), RuleUse(column="event", rule="what the march is for")))
            continue
        out.append(
            event_of(
                Case(
                    scene=scene, reading=reading, place=place, dated=dated, main=main, campaign=campaign,
                    by_sentence=by_sentence, origin=origin, polled=polled,
                )
            )
        )  # fmt: skip
    out = _dated_alike(readings, places, dates, _placed_alike(readings, out), main)
    if main is None:
        return _rest_of_the_war(scene, readings, places, dates, out)
    return _parts_with_their_whole(readings, main, out)


def _parts_with_their_whole(
    readings: list[Reading], main: Story, found: list[tuple[str | None, RuleUse | None]]
) -> list[tuple[str | None, RuleUse | None]]:
    """A part of a number told of another happening belongs to that happening: "dozens of them"."""
    out = list(found)
    for at, reading in enumerate(readings):
        whole = next((other for name, other in reading.relations if name == "part_of" and other < at), None)
        use = out[at][1]
        if whole is not None and use is not None and use.rule == "the story" and out[whole][0] is not None:
            event, rule = out[whole]
            if event != main.label():
                start, end = (rule.start, rule.end) if rule is not None else (None, None)
                out[at] = event, RuleUse(column="event", rule="of them", start=start, end=end)
    return out


def _placed_alike(
    readings: list[Reading], found: list[tuple[str | None, RuleUse | None]]
) -> list[tuple[str | None, RuleUse | None]]:
    """An older happening without a place is that of its sentence which has one: "shot 29 in X, 30 with himself"."""
    named: dict[tuple[int, str, str], set[str]] = {}
    for reading, (event, _) in zip(readings, found, strict=True):
        if event is not None:
            cause, place, day = event.split(":")
            if place != "?" and day != "?":
                named.setdefault((reading.quantity.mention.sentence, cause, day), set()).add(place)
    out = list(found)
    for at, (reading, (event, use)) in enumerate(zip(readings, found, strict=True)):
        if event is not None and event.split(":")[1] == "?":
            cause, _, day = event.split(":")
            some = named.get((reading.quantity.mention.sentence, cause, day), set())
            if len(some) == 1:
                out[at] = f"{cause}:{next(iter(some))}:{day}", use
    return out


def _dated_alike(
    readings: list[Reading],
    places: list[PlaceChoice],
    dates: list[DateChoice],
    found: list[tuple[str | None, RuleUse | None]],
    main: Story | None,
) -> list[tuple[str | None, RuleUse | None]]:
    """A figure of a town without a day belongs to the other blow of the article that struck that town, if one did."""
    if main is None or main.cause.span != "day" or main.day is None:
        return found
    of_place: dict[str, set[str]] = {}
    for reading, place, (event, _) in zip(readings, places, found, strict=True):
        if (
            event is not None
            and place.name is not None
            and said_here(place)
            and reading.metric in VICTIMS
            and only_event_day(event)
        ):
            of_place.setdefault(place.name, set()).add(event)
    out = list(found)
    for at, (reading, place, dated, (event, use)) in enumerate(zip(readings, places, dates, found, strict=True)):
        if (
            event == main.label()
            and use is not None
            and use.rule == "the story"
            and use.start is None
            and place.name is not None
            and said_here(place)
            and place.name != main.place
            and only_day(dated) is None
            and reading.metric in VICTIMS
        ):
            others = {one for one in of_place.get(place.name, set()) if one != event}
            if len(others) == 1:
                out[at] = next(iter(others)), RuleUse(column="event", rule="the blow at PLACE")
    return out


def only_event_day(event: str) -> bool:
    """Whether an event's label has a full day."""
    return len(event.rpartition(":")[2]) == len("2000-01-01")


def _rest_of_the_war(
    scene: Scene,
    readings: list[Reading],
    places: list[PlaceChoice],
    dates: list[DateChoice],
    found: list[tuple[str | None, RuleUse | None]],
) -> list[tuple[str | None, RuleUse | None]]:
    """In an article whose only story is a known war, undated dead of that country and those who left belong to it."""
    wars = {event for event, use in found if event is not None and use is not None and use.rule in WAR_RULES}
    if len(wars) != 1 or {event for event, _ in found if event is not None} != wars:
        return found
    (war,) = wars
    country = scene.lexicon.settings.country_of(war.split(":")[1])
    out = list(found)
    for at, (reading, place, dated) in enumerate(zip(readings, places, dates, strict=True)):
        hurt = reading.metric in VICTIMS or reading.metric == "displaced"
        here = place.iso3 == country and dated.period is None
        of_it = reading.metric in LEAVERS or reading.metric in FIRED or (hurt and here)
        if out[at][0] is None and of_it and is_bound(scene, reading):
            out[at] = war, RuleUse(column="event", rule="the war of the article")
    return out


WAR_RULES: Final = frozenset(("the war as a whole", "since the war began", "a toll of the war"))
