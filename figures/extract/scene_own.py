"""Find a figure's place in its own sentence: a named place, or what "the town", "the country", "there" stand for.

The place found is narrowed along its chain ("the town of Tabqa in Raqqa province, Syria") or joined with its like ("in
Pakistan and India"), and takes its role: where it happened, where people left, where they arrived.
"""

from __future__ import annotations

import re
from typing import Final

from figures.extract.places import PlaceMention
from figures.extract.scene_names import PlaceChoice, town_of, usable_places, width_level
from figures.extract.scene_scores import aligned_place, figures_between, holding_places, score_place, within_reach
from figures.extract.scene_words import (
    AT_WAR,
    CLAUSE,
    DESTINATION_BEFORE,
    FORCES,
    HOSTING_AFTER,
    LOCALS,
    LONGEST_JOINED,
    LONGEST_SCAN,
    MISSILES,
    MOVERS,
    REACH,
    STRONG,
    SUPERLATIVE,
    WIDE,
)
from figures.extract.scenes import Scene
from figures.extract.types import Reading
from figures.lexicon.settings import Place
from figures.model import PlaceRole, RuleUse

ORIGIN_BEFORE: Final = re.compile(
    r"\b(?:fled|flee|fleeing|flees|left|leave|leaving|escaped?|escaping|emigrated from"
    r"|evacuated from|departed|quit|out of|displaced from)\s+"
    r"(?:\w+\s+){0,2}$", re.IGNORECASE,
)  # fmt: skip
SENT: Final = frozenset(["share_of_forces_committed", "troops_deployed", "aid"])
INWARD: Final = re.compile(
    r"^(?:['’]?s?)?\s+(?:[a-z][\w\-]*\s+){0,3}(?:(?:of|town|city|capital|village|province)\s+"
    r"|(?:capital|largest city|main city|main town),\s+)?(?:the\s+)?$"
)
CHAIN: Final = re.compile(
    r"^(?:'s|’s)?(?:,?\s+(?:(?:an?|the)\s+)?(?:\w+\s+){0,3}(?:in|of|on"
    r"|near)\s+(?:the\s+)?(?:[\w\-]+\s+){0,4}?|,\s+(?:the\s+)?|\s+(?:[a-z]+\s+)?in\s+(?:the\s+)?"
    r"|\s*\(|,?\s+[a-z]+\s+of\s+)$"
)


def own_place(scene: Scene, reading: Reading) -> PlaceChoice | None:
    """A place of the figure's own sentence, or the place its definite noun stands for, whichever is nearer."""
    mention = reading.quantity.mention
    text = scene.text(mention.sentence)
    if COMBINED.search(text, max(scene.sentence(mention.sentence).start, mention.start - 70), mention.start):
        name = scene.lexicon.settings.country_name(scene.main_country)
        use = RuleUse(column="place", rule="N places together")
        return PlaceChoice(name, "location" if name else None, scene.main_country, (use,))
    labelled = scene.once("label", mention.sentence, _label)
    if labelled is not None and labelled.rules[0].end is not None and labelled.rules[0].end < mention.start:
        return labelled
    places = within_reach(usable_places(scene, mention.sentence), mention.start, mention.end)
    places = holding_places(scene, reading, places)
    best, best_score = aligned_place(scene, reading, places), 9.0
    if best is None:
        best_score = 0.0
        for one in places:
            score = score_place(scene, reading, one, text)
            if score > best_score:
                best, best_score = one, score
    pointed = _anaphor(scene, reading, best_score if best is not None else 0.0)
    if pointed is not None:
        return pointed
    if best is None:
        return _reporting_country(scene, reading, text)
    front = _front(scene, reading, best, text)
    if front is not None:
        return front
    return place_at(scene, reading, places, best, join=best_score < 9.0)


def place_at(
    scene: Scene, reading: Reading, places: list[PlaceMention], best: PlaceMention, *, join: bool
) -> PlaceChoice:
    """The choice that one of the places of a figure's own sentence makes, with its chain, its list and its role."""
    text = scene.text(reading.quantity.mention.sentence)
    role = _role(reading, best, text)
    best_place, iso3, start, end = _narrowest(scene, places, best, text, reading)
    best_place = town_of(scene, best_place)
    name = best_place.name
    joined = _joined(places, best, text) if join else []
    if joined:
        names = [one.place.name for one in joined]
        name = f"{', '.join(names[:-1])} and {names[-1]}"
        iso3 = None if len({one.place.iso3 for one in joined}) > 1 else iso3
        start, end = joined[0].start, joined[-1].end
    rule = f"{best.prep} PLACE" if best.prep in STRONG or best.prep in ("from", "of", "to", "fled") else "named PLACE"
    return PlaceChoice(name, role, iso3, (RuleUse(column="place", rule=rule, start=start, end=end),))


def _label(scene: Scene, index: int) -> PlaceChoice | None:
    """The item of a list that a sentence begins with: "* Gao: 35,100."; an unknown name only among known ones."""
    one = scene.sentence(index)
    found = _begins_with_label(scene, index) if one.field == "text" else None
    if found is None:
        return None
    at = next((at for at in scene.places(index) if at.start == found.start("name")), None)
    use = RuleUse(column="place", rule=LABELLED, start=found.start("name"), end=found.end("name"))
    if at is not None and at.end == found.end("name") and at.form in ("named", "site"):
        return PlaceChoice(at.place.name, "location", at.place.iso3 or scene.main_country, (use,))
    for step in (-1, 1):
        for other in range(index + step, index + step * ITEMS, step):
            if not 0 <= other < len(scene.document.sentences) or scene.sentence(other).field != "text":
                break
            beside = _begins_with_label(scene, other)
            if beside is None:
                break
            if any(at.start == beside.start("name") and at.form == "named" for at in scene.places(other)):
                return PlaceChoice(found["name"], "location", scene.main_country, (use,))
    return None


def _begins_with_label(scene: Scene, index: int) -> re.Match[str] | None:
    one = scene.sentence(index)
    return LABEL.match(scene.text(index), one.start, min(one.end, one.start + LONGEST_LABEL))


LABELLED: Final = "PLACE: N"
ITEMS: Final = 8
"""Items of a list looked at on either side of one whose name no gazetteer has."""
LONGEST_LABEL: Final = 120
LABEL: Final = re.compile(
    r"\s*(?:[-*•–·]\s*|\d{1,2}[.)]\s*)?(?:[^:.\n—–]{1,50}\s[—–]\s)?"
    r"(?P<name>[A-ZÀ-Þ][\w’'\-]*(?:\s(?:[A-ZÀ-Þ][\w’'\-]*|(?:al|el|as|ad)-\w+|of|de|la|airstrip|camp|airport|city)){0,3}):\s+"
    r"(?:(?:about|some|nearly|over|more than|at least|almost|up to)\s+)?\d"
)
COMBINED: Final = re.compile(
    r"\b(?:two|three|four|five|both|these|the)\s+(?:\w+\s+)?(?:attacks|bombings|blasts|explosions|shootings|quakes"
    r"|earthquakes"
    r"|raids|strikes|crashes|incidents|assaults|fires|disasters|cities|towns|provinces|sites|places)\s+"
    r"(?:together|combined|between them|in all|altogether)\b[^.;:]*$"
)


def _reporting_country(scene: Scene, reading: Reading, text: str) -> PlaceChoice | None:
    """The country whose own count it is, where nothing else is named: "Spain reported 832 deaths"."""
    if reading.party is not None or reading.metric == "aid":
        return None
    for one in scene.places(reading.quantity.mention.sentence):
        if one.place.kind == "country" and one.end <= reading.quantity.mention.start:
            found = REPORTED_AFTER.match(text, one.end, one.end + 60)
            if found is not None and one.form == "named" and not one.possessive and one.prep not in ("of", "from"):
                use = RuleUse(column="place", rule="COUNTRY reported", start=one.start, end=one.end)
                return PlaceChoice(one.place.name, "location", one.place.iso3, (use,))
    return None


REPORTED_AFTER: Final = re.compile(
    r"\s+(?:has |have |had |also |now |on \w+day |\w+day |meanwhile ){0,2}(?:reported|reports|recorded|records"
    r"|registered"
    r"|registers|confirmed|confirms|counted|counts|logged|listed|announced|detected)\b"
)


def _front(scene: Scene, reading: Reading, best: PlaceMention, text: str) -> PlaceChoice | None:
    """The country at war where the losses of another are told of its own name: "Russia has lost 19,600 troops"."""
    settings = scene.lexicon.settings
    if (
        reading.party is None
        or best.place.kind != "country"
        or settings.demonym(best.place.iso3) != reading.party
        or LOST_AFTER.match(text, best.end, best.end + 40) is None
        or settings.running(best.place.iso3 or "", scene.published)
        or (reading.population not in FORCES and not AT_WAR.search(scene.document.article.text, 0, LONGEST_SCAN))
    ):
        return None
    front = scene.front()
    if front is None:
        return None
    use = RuleUse(column="place", rule="COUNTRY lost N", start=best.start, end=best.end)
    return PlaceChoice(settings.country_name(front), "location", front, (use,))


LOST_AFTER: Final = re.compile(
    r"(?:['’]s)?\s+(?:has |have |had |may have |also |itself |now |already )*(?:lost|loses|suffered|losses)\b"
)


def _role(reading: Reading, one: PlaceMention, text: str) -> PlaceRole:
    head = text[max(0, one.start - 60) : one.start]
    if reading.metric in SENT and DESTINATION_BEFORE.search(head):
        return "destination"
    if reading.metric not in MOVERS and reading.metric not in MISSILES:
        return "location"
    if ORIGIN_BEFORE.search(head) or (one.prep == "from" and reading.metric in MOVERS):
        return "origin"
    if (reading.metric in MOVERS or reading.metric in MISSILES) and (
        DESTINATION_BEFORE.search(head) or HOSTING_AFTER.match(text[one.end : one.end + 60])
    ):
        return "destination"
    return "location"


def _narrowest(
    scene: Scene, places: list[PlaceMention], best: PlaceMention, text: str, reading: Reading
) -> tuple[Place, str | None, int, int]:
    """Follow a chain of places ("the town of Tabqa in Raqqa province, Syria") to its narrowest member."""
    settings = scene.lexicon.settings
    at = places.index(best)
    narrow = best
    iso3 = best.place.iso3
    while at + 1 < len(places) and _opens(places[at], places[at + 1], text):
        outer, inner = places[at], places[at + 1]
        of_sea = outer.place.kind in ("sea", "region") and inner.prep == "of"  # "the Black Sea port of Zonguldak"
        held = of_sea or (
            settings.place_relation(
                inner.place.name, outer.place.name, iso3_a=inner.place.iso3, iso3_b=outer.place.iso3
            )
            == "part"
        )
        if not held and not (inner.form == "area" and width_level(outer.place) > width_level(inner.place)):
            break
        narrow, at = inner, at + 1
        iso3 = inner.place.iso3 or iso3
    while at > 0 and CHAIN.match(text[places[at - 1].end : places[at].start]):
        inner, outer = places[at - 1], places[at]
        if inner.end <= reading.quantity.mention.start < outer.start:
            break
        if (
            width_level(inner.place) < width_level(outer.place)
            or settings.place_relation(inner.place.name, outer.place.name) == "part"
        ):
            narrow = inner
            iso3 = inner.place.iso3 or iso3
            at -= 1
        else:
            break
    if iso3 is None and narrow.place.kind not in WIDE:
        iso3 = _adjective_after(scene, narrow, text) or _country_after(places, narrow) or scene.main_country
    return narrow.place, iso3, narrow.start, narrow.end


def _opens(outer: PlaceMention, inner: PlaceMention, text: str) -> bool:
    """Whether a place is told to lie in the one before it: "Italy's Lazio", "Kharkiv region's Kupiansk"."""
    gap = text[outer.end : inner.start]
    return INWARD.match(gap) is not None or AREA_OWNS.match(gap) is not None


AREA_OWNS: Final = re.compile(
    r"^\s+(?:region|province|district|state|county|governorate|oblast|department|prefecture|island)['’]s\s+(?:[a-z\-]+\s+){0,3}$"
)


def _adjective_after(scene: Scene, one: PlaceMention, text: str) -> str | None:
    """The country that an apposition names: "in Przewodow, a Polish village"."""
    found = APPOSED.match(text, one.end, one.end + 40)
    return scene.lexicon.settings.demonyms.get(found[1]) if found is not None else None


APPOSED: Final = re.compile(r",\s+(?:an?|the)\s+(?:[a-z]+\s+)?([A-Z][a-z]+)\s+[a-z]+")


def _country_after(places: list[PlaceMention], one: PlaceMention) -> str | None:
    return next((other.place.iso3 for other in places if other.start > one.start and other.place.iso3), None)


def _joined(places: list[PlaceMention], best: PlaceMention, text: str) -> list[PlaceMention]:
    """All members of the list of like places a figure is shared by: "in Pakistan and India", "in A, B and C"."""
    first = last = places.index(best)
    while first > 0 and _listed(places[first - 1], places[first], text):
        first -= 1
    while last + 1 < len(places) and _listed(places[last], places[last + 1], text):
        last += 1
    found = places[first : last + 1]
    if not 2 <= len(found) <= LONGEST_JOINED or found[0].prep in ("of", "from", "between"):
        return []
    # A list without "and" is a chain of places ("Paris, Texas"); "in India, and China reported" begins a new clause.
    tail = found[-1]
    alike = AND.search(text, found[-2].end, tail.start) and not NEW_CLAUSE.match(text, tail.end, tail.end + 40)
    return found if alike else []


def _listed(one: PlaceMention, other: PlaceMention, text: str) -> bool:
    return (
        width_level(one.place) == width_level(other.place)
        and one.place.name != other.place.name
        and JOINT.fullmatch(text, one.end, other.start) is not None
    )


NEW_CLAUSE: Final = re.compile(
    r"\s+(?:has|have|had|was|is|said|says|reported|reports|confirmed|recorded|counted|put|also|registered|lost)\b"
)
JOINT: Final = re.compile(r"(?:,|,?\s+and)\s+(?:in\s+)?(?:the\s+)?")
AND: Final = re.compile(r"\band\b")


def _anaphor(scene: Scene, reading: Reading, rival: float) -> PlaceChoice | None:
    """What "the country", "that province", "died there", "nationwide" stand for, if nearer than ``rival``."""
    mention = reading.quantity.mention
    sentence = scene.sentence(mention.sentence)
    text = scene.text(mention.sentence)
    best, best_score = None, rival
    for found in scene.anaphors(mention.sentence):
        if found.end() < mention.start - REACH:
            continue
        if found.start() > mention.end + REACH:
            break
        after = found.start() >= mention.end
        if found[1] in ("country", "nation", "world") and (
            SUPERLATIVE.search(text[max(sentence.start, found.start() - 60) : found.start()] + "the ")
            or OF_RECORD.match(text, found.end(), found.end() + 30)
            or (after and not INSIDE.search(text, max(mention.end, found.start() - 24), found.start()))
        ):
            continue  # "the worst in the country's history", "while the country watched"
        if found[1] and (
            NO_PLACE_NOUN.match(text, found.end(1), found.end(1) + 24) or CALLED.match(text, found.end(1))
        ):
            continue  # "the big city markets"; "in the next town, X" names another
        if found[1] and after and OTHER_CLAUSE.search(text, mention.end, found.start()):
            continue  # "150,000 were moved, fewer than before the cyclone that devastated the area"
        gap = text[mention.end : found.start()] if after else text[found.end() : mention.start]
        score = (3.9 if after else 3.4) - len(gap) / 200 - (1.0 if CLAUSE.search(gap) else 0.0)
        if found[2] or found[3]:
            score += 1.0
        numbers = scene.numbers.get(mention.sentence, [])
        score -= 0.9 * min(
            3,
            figures_between(numbers, mention.end, found.start())
            if after
            else figures_between(numbers, found.end(), mention.start),
        )
        if score > best_score:
            best, best_score = found, score
    if best is None:
        return None
    noun = (best[1] or ("country" if best[2] else "there")).replace("neighbourhood", "neighborhood")
    use = RuleUse(column="place", rule=noun if noun == "there" else f"the {noun}", start=best.start(), end=best.end())
    if noun in ("country", "nation"):
        iso3 = scene.main_country
        named = [one for one in scene.places(mention.sentence) if one.place.iso3 and one.end <= best.start()]
        if reading.metric == "displaced" and WITHIN.search(text, max(0, best.start() - 12), best.start()):
            # "500,000 reached Chad, and 6 million are displaced inside the country": the one they left
            named = [one for one in named if not DESTINATION_BEFORE.search(text, max(0, one.start - 60), one.start)]
        if named and not any(one.place.iso3 == iso3 for one in named):
            iso3 = named[-1].place.iso3
        name = scene.lexicon.settings.country_name(iso3)
        return PlaceChoice(name, _country_role(reading, text, best.start()), iso3, (use,)) if name else None
    for index in range(mention.sentence, max(-1, mention.sentence - 12), -1):
        if scene.sentence(index).field != sentence.field:
            break
        pool = usable_places(scene, index)
        if index == mention.sentence:
            pool = [
                one
                for one in scene.places(index)
                if one.end <= best.start() and one.form not in ("adjective", "unknown")
            ]
        elif noun == "there":
            pool = [*pool, *(one for one in scene.places(index) if one.form == "unknown" and one not in pool)]
        if noun == "there":
            pool = [
                one for one in pool
                if not LOCALS.search(text, max(0, one.start - 60), one.start)
                and not DESK_OF.match(text, one.end, one.end + 24)
            ]  # fmt: skip
        for one in reversed(pool):
            if _fits(noun, one.place):
                iso3 = one.place.iso3 or scene.main_country
                return PlaceChoice(one.place.name, _country_role(reading, text, best.start()), iso3, (use,))
    return None


TOWNLIKE: Final = frozenset(("city", "admin1", "area", "district"))
NO_PLACE_NOUN: Final = re.compile(
    r"\s+(?:markets?|councils?|halls?|television|TV|media|radio|courts?|budget|treasury|funds?|aid|banks?|employees"
    r"|broadcaster|visit|clubs?|music|chiefs?|elders?|elections?|assembl(?:y|ies)|legislat\w+|pensions?)\b"
)
CALLED: Final = re.compile(r",\s+[A-Z][\w’'\-]+(?:\s+[A-Z][\w’'\-]+){0,3}(?=[.,;])")
OTHER_CLAUSE: Final = re.compile(
    r"\b(?:that|which|whose)\s+(?:\w+\s+){0,2}(?:\w+ed|hit|struck|swept|took|left|shook|tore)\s+(?:\w+\s+)?$"
)
OF_RECORD: Final = re.compile(
    r"(?:['’]s)?\s+(?:(?:modern|recent|post-war)\s+)?(?:history|records?)\b|\s+(?:since|in|for)\s+\w"
)
INSIDE: Final = re.compile(
    r"\b(?:in|across|throughout|of|around|within|inside|from|into|to|entering|leaving|leave|left|fled|flee|fleeing|over|hit|struck|hitting"
    r"|striking)\s+$|['’]s\s+$",
    re.IGNORECASE,
)
WITHIN: Final = re.compile(r"\b(?:inside|within|across|in)\s+$")
DESK_OF: Final = re.compile(r"(?:['’]s)?\s+(?:police|authorities|officials|prosecutors|prefecture)\b")


def _fits(noun: str, place: Place) -> bool:
    """Whether a definite noun may stand for a place."""
    if noun in ("city", "town", "village"):
        return place.kind in TOWNLIKE
    if noun in ("province", "state", "region", "prefecture", "governorate", "county"):
        return place.kind == "admin1" or (noun in ("region", "county") and place.kind in TOWNLIKE)
    if noun == "island":
        return place.kind in ("country", "area", "admin1")
    if noun in ("building", "tower", "site"):
        return place.kind == "site"
    if noun == "there":
        return place.kind != "continent"
    return width_level(place) < 5


def _country_role(reading: Reading, text: str, start: int) -> PlaceRole:
    return (
        "origin" if reading.metric in MOVERS and ORIGIN_BEFORE.search(text[max(0, start - 60) : start]) else "location"
    )
