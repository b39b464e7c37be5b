"""Give the country of a place that the gazetteer of names in running text does not have.

A district, a village or a camp lies where the table of names says, if that is one country, or the one the article
speaks of. Where the table does not know it, in the article's country: the one it names most, the one all its places
lie in, that of the national body which counts, that of the outlet. Two countries that fit equally well give none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from figures.extract.scene_names import PlaceChoice
from figures.extract.scene_words import LONGEST_SCAN
from figures.extract.scenes import Scene
from figures.extract.types import Credit, Reading
from figures.lexicon.settings import Place, place_key
from figures.lexicon.whereabouts import find_whereabouts
from figures.model import Field, RuleUse

LIST: Final = re.compile(r",? and |, ")
LONGEST_LIST: Final = 8
SENTENCES: Final = 40
"""Sentences of an article whose places tell where it plays; longer ones name their country."""


def with_countries(
    scene: Scene, readings: list[Reading], choices: list[PlaceChoice], credits: list[Credit]
) -> list[PlaceChoice]:
    """The choices with the country of each filled where it was open; nothing else of a choice changes."""
    out = []
    for reading, choice, credit in zip(readings, choices, credits, strict=True):
        choice = _at_the_body(scene, choice, credit)
        if choice.name is None and not choice.rules and scene.main_country is None:
            choice = _by_a_name(scene, reading, choice)
        iso3 = _country(scene, choice, credit) if choice.iso3 is None else None
        use = RuleUse(column="iso3", rule=iso3[1]) if iso3 is not None else None
        out.append(replace(choice, iso3=iso3[0], rules=(*choice.rules, use)) if iso3 is not None and use else choice)
    return out


def _at_the_body(scene: Scene, choice: PlaceChoice, credit: Credit) -> PlaceChoice:
    """What a country's own disaster body counts, with no place said anywhere, holds for the country."""
    if choice.name is not None or choice.rules or (scene.sentence(0).field == "title" and scene.places(0)):
        return choice
    source = scene.lexicon.sources.source(credit.source or "")
    if source is None or source.type != "government" or source.country is None or scene.near - {source.country}:
        return choice
    if not any(RELIEF.search(name) for name in (source.name, *source.aliases)):
        return choice
    use = RuleUse(column="place", rule="country of the source")
    return PlaceChoice(
        scene.lexicon.settings.country_name(source.country), "location", source.country, (use,), choice.field
    )


RELIEF: Final = re.compile(
    r"\b(?:disasters?|emergenc(?:y|ies)|civil (?:protection|defen[cs]e)|contingenc(?:y|ies)|calamit(?:y|ies)|risk"
    r"|relief|rescue|displaced|displacement|migration|refugees?)\b",
    re.IGNORECASE,
)


def _by_a_name(scene: Scene, reading: Reading, choice: PlaceChoice) -> PlaceChoice:
    """A district that only the table of names knows, in the figure's own sentence: "fighting in Twic East: 1,150 …"."""
    index = reading.quantity.mention.sentence
    return scene.once("district of the sentence", index, _district) or choice


def _district(scene: Scene, index: int) -> PlaceChoice | None:
    one = scene.sentence(index)
    stop = min(one.end, one.start + LONGEST_SCAN)
    found = {iso3: (name, start) for name, iso3, start in _names(scene, one.field, one.start, stop)}
    if len(found) != 1:
        return None
    iso3, (name, start) = found.popitem()
    use = RuleUse(column="place", rule="district in the sentence", start=start, end=start + len(name))
    return PlaceChoice(name, "location", iso3, (use,), one.field)


def _hinted(scene: Scene, _: int) -> str | None:
    """The one country that all districts named in the text lie in, as far as the table of names has them."""
    text = scene.document.article.text
    found = {iso3 for _, iso3, _ in _names(scene, "text", 0, min(len(text), LONGEST_SCAN))}
    return found.pop() if len(found) == 1 else None


def _names(scene: Scene, name: Field, start: int, end: int) -> Iterator[tuple[str, str, int]]:
    """The names behind a preposition that lie in one country for sure: name, country, offset."""
    settings = scene.lexicon.settings
    for found in NAMED.finditer(scene.document.article.field_text(name), start, end):
        written = found[1]
        first = written.split(" ", 1)[0]
        if first in settings.never or first in settings.calendar or first in settings.demonyms:
            continue
        for tried in (written, first, first.split("-", 1)[0]):
            known = find_whereabouts(tried)
            if len(tried) >= SHORTEST_NAME and known.sure and len(known.countries) == 1:
                yield written, known.countries[0], found.start(1)
                break


NAMED: Final = re.compile(
    r"\b(?:in|at|near|from|to|on|around|across|into|along|outside|inside|towards)\s(?:the\s)?(?:(?:north|south|east|west)\w*\s)?"
    r"([A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w’'-]+){0,2})"
)
SHORTEST_NAME: Final = 4


def _country(scene: Scene, choice: PlaceChoice, credit: Credit) -> tuple[str, str] | None:
    """The country of a place and the rule that tells it; None where the article leaves it open."""
    if choice.name is None or scene.kind_of(choice.name) == "wide":
        return None  # nowhere, "worldwide", a sea
    names = LIST.split(choice.name)[:LONGEST_LIST]
    found = {_of_name(scene, name, credit) for name in names}
    if len(found) > 1 or not found:
        return None
    return found.pop()


def _of_name(scene: Scene, name: str, credit: Credit) -> tuple[str, str] | None:
    settings = scene.lexicon.settings
    place = settings.place(name, scene.near)
    if place is not None and place.kind in ("country", "region", "continent", "sea", "union"):
        return (place.iso3, "lies in COUNTRY") if place.iso3 is not None else None
    known = find_whereabouts(name)
    if known.sure and len(known.countries) == 1:
        return known.countries[0], "lies in COUNTRY"
    spoken = _spoken_of(scene, credit)
    for iso3 in spoken:
        if iso3 in known.countries:
            return iso3, "lies in COUNTRY"
    if scene.main_country is not None:
        return scene.main_country, "country of the article"
    if len(known.countries) == 1:
        return known.countries[0], "lies in COUNTRY"
    same = place is not None and place_key(place.name) == place_key(name)  # not "Sula Valley" by "Sula"
    if place is not None and same and place.iso3 is not None and not known.countries:
        return place.iso3, "lies in COUNTRY"
    return (spoken[0], "country of the article") if spoken and not known.countries else None


def _spoken_of(scene: Scene, credit: Credit) -> list[str]:
    """The countries that the article may play in, surest first: its own, the counting body's, that of its places."""
    out = [
        scene.main_country,
        _national(scene, credit),
        scene.once("country of places", 0, _places_country),
        scene.once("district named", 0, _hinted),
        scene.outlet_country,
    ]
    return [one for one in out if one is not None]


def _national(scene: Scene, credit: Credit) -> str | None:
    """The country whose own government body is credited."""
    source = scene.lexicon.sources.source(credit.source or "")
    return source.country if source is not None and source.type == "government" else None


def _places_country(scene: Scene, _: int) -> str | None:
    """The country that all the places an article names have in common; None where they lie in several."""
    found: set[str] = set()
    for index in range(min(len(scene.document.sentences), SENTENCES)):
        for one in scene.places(index):
            iso3 = one.place.iso3 or _only(scene, one.place)
            if iso3 is not None and one.form != "adjective":
                found.add(iso3)
        if len(found) > 1:
            return None
    return found.pop() if found else None


def _only(scene: Scene, place: Place) -> str | None:
    if scene.kind_of(place.name) == "wide":
        return None
    known = find_whereabouts(place.name)
    return known.countries[0] if known.sure and len(known.countries) == 1 else None
