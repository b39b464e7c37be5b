"""Tell which places that a sentence names may hold figures, how wide each is, and which one the sentence tells of.

A speaker's place is never one of them: a ministry's country, the town of a news desk, where an envoy spoke. Nor is a
yardstick ("the highest in Europe"), the route of a vehicle, or a place that only names an agreement.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from figures.extract.places import LOWER_SITES, PlaceMention
from figures.extract.scene_words import LOCATING, LONGEST_LIST, LONGEST_SCAN, STRONG, SUPERLATIVE, WIDE, WORLD_DESKS
from figures.lexicon.settings import Place
from figures.model import Field, PlaceRole, RuleUse

if TYPE_CHECKING:
    from figures.extract.scenes import Scene

BODY_NOUN: Final = re.compile(
    r"^(?:'s?|’s?)?\s+(?:[\w\-]+\s+){0,4}?(?:ministry|ministries|government|president|presidency"
    r"|(?:coast |border |national )guards?|guardsmen|rescuers|firefighters|fire service|emergency services?"
    r"|civil protection|war dead|war losses|military losses|fallen soldiers|lifeguards|institute|service"
    r"|disaster authority|weather office|geological survey|red cross|red crescent"
    r"|agency|agencies|police|army|military|minister|ministers|officials?|authorities|authority"
    r"|spokes\w+|"
    r"forces|navy|air force|troops|soldiers|department|embassy|ambassador|council|commission"
    r"|parliament|leader|leaders|mayor|governor|office|officers?|union|unions|bank|media"
    r"|television|TV|radio|news|envoy|representative|"
    r"general staff|defen[cs]e|intelligence|command|headquarters|observatory|campaign|electors"
    r"|envoys|diplomats|lawmakers|analysts|navy|aircraft|warplanes|jets|claim|claims"
    r"|administration|regime|state media|supreme|health service|statistics|bureau|king|prime"
    r"|foreign|interior|health ministry|chief|secretary|delegation|researchers|scientists|charity"
    r"|organi[sz]ers)\b",
    re.IGNORECASE,
)
LOCAL_BODY: Final = re.compile(
    r"^\s+(?:civil defen[cs]e|police|fire (?:station|chief|service|officials?)|fire brigade|fire department"
    r"|health (?:ministry|department"
    r"|service)|mayor|governor|government|authorities|officials|municipality|council|monitor|media"
    r"|health officials|mayors?)\b",
    re.IGNORECASE,
)
ACTOR_AFTER: Final = re.compile(
    r"^\s+(?:has |have |had |already |also |now |would |will )*(?:launched|fired|attacked|bombed"
    r"|fires (?:at least |more than |about |some )?(?:\d[\d,]*|dozens|hundreds|missiles|rockets|drones)|launches"
    r"|invades|deploys|hits back|retaliates"
    r"|invaded|shelled|deployed|sent|struck|pledged|promised|offered|announced|donated|carried out"
    r"|dispatched|flew|airlifted|contributed|sends?|dispatches|offers|provides|pledges"
    r"|(?:is|are|was|were)\s+(?:also\s+)?(?:sending|offering|dispatching|deploying|pledging|providing|donating|flying)"
    r"|shot down|intercepted|began its|started its|seized|captured)\b"
)
SAYS_AFTER: Final = re.compile(
    r"^\s+(?:has |have |had |also |later |last |itself |now |on \w+day |\w+day )*(?:said|says|say|denied|denies"
    r"|claimed|claims|announced|announces|confirmed|confirms|warned|warns|insisted|insists|told|tells|rejected"
    r"|rejects|accuses|accused|blamed|blames|put|puts|reported|estimates|estimated|believes|expects|gives|gave|given"
    r"|admits|admitted|acknowledges|acknowledged|concedes|conceded|disputes|disputed|revises|revised|vows|vowed"
    r"|threatens|raises its|raised its|lowers its|lowered its|wants|fears|hails|calls|called|condemns|condemned"
    r"|releases|released|publishes|published|maintains|maintained)\b"
)
ESTIMATE_AFTER: Final = re.compile(
    r"^\s+(?:[a-z]+\s+){0,2}(?:estimates?|figures?|data|counts?|officials?|forecasts?|projections?|agency|leaders"
    r"|ministers|sources?|reports?|monitors?|mission|envoys?|diplomats?|observers?|experts?|inspectors?|delegates?"
    r"|delegations?|negotiators?|lawmakers|peacekeepers?|troops|aid|funds?|sanctions|representatives?|teams?"
    r"|spokes\w+|statisticians|satellites?|regulators?|humanitarians?|investigators?|diplomatic)\b"
)
NATION_AFTER: Final = re.compile(
    r"^(?:\s+(?:Ocean|[a-z]+))?(?:-island)?\s+(?:nations?|countr(?:y|ies)|states?|kingdom|republic|archipelago)\b"
)
COUNTS_N: Final = re.compile(
    r"\s+(?:has |have |had |also |meanwhile )*(?:reported|reports|confirmed|recorded|registered)\s+"
    r"(?:at least |about |some |more than |nearly |over |almost )?(?:\d|(?:one|two|three|four|five|six|seven"
    r"|eight|nine|ten)\b)"
)
"""A country that gives its own count: "Fiji has confirmed 15"."""
GOVERNS_AFTER: Final = re.compile(r"^\s+(?:counts|counted|records|recorded|lists|listed|reports|registers)\b")


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """The place of one reading, its role and the rule that chose it."""

    name: str | None = None
    role: PlaceRole | None = None
    iso3: str | None = None
    rules: tuple[RuleUse, ...] = ()
    field: Field | None = None  # in which the offsets of the rules count; None for the reading's own


def is_building(one: PlaceMention, text: str) -> bool:
    """Whether a name is a building's or a street's: "Rana Plaza", "the Al Noor mosque"."""
    if one.form == "site" or one.place.kind == "site":
        return True
    after = BUILDING.match(text, one.end, one.end + 24)
    return one.form == "area" and after is not None


BUILDING: Final = re.compile(r"\s+(?:" + "|".join(sorted(LOWER_SITES)) + r")\b")


def usable_places(scene: Scene, index: int) -> list[PlaceMention]:
    """Places of a sentence that may hold figures: no speaker's, no body's, no adjective, no yardstick."""
    found = scene.usable.get(index)
    if found is not None:
        return found
    text = scene.text(index)
    sentence = scene.sentence(index)
    line = scene.dateline(index)
    out = []
    last: PlaceMention | None = None
    named = scene.places(index)
    if "capital" in scene.vocabulary(index):
        named = sorted([*named, *_the_capital(scene, index, named)], key=lambda one: one.start)
    for one in named:
        before, last = last, one if one.form == "adjective" else None
        if one.form == "adjective" and one.start >= line and CAPITAL_AFTER.match(text, one.end, one.end + 12):
            seat = _capital(scene, one)
            if seat is not None:
                out.append(seat)
        if one.form in ("body", "adjective") or one.start < line:
            continue
        tail = text[one.end : min(sentence.end, one.end + 80)]
        if one.possessive and CITY_OF.match(tail):
            continue  # "Catalonia's capital" is a town
        if one.possessive and one.place.kind == "country" and AGGRESSION.match(tail):
            continue  # "since Russia's full-scale invasion": who attacked, not where
        if one.possessive and (_is_body(tail) or _names_body(scene, tail)):
            continue
        if not one.possessive and (
            (LOCAL_BODY.match(tail) and one.prep not in STRONG)
            or (ACTOR_AFTER.match(tail) and one.prep not in STRONG and one.prep not in ("from", "of"))
        ):
            continue
        governs = one.place.kind == "country" or one.place.name in scene.lexicon.settings.seats
        counts = one.place.kind == "country" and COUNTS_N.match(tail) is not None and scene.front() is None
        if governs and SAYS_AFTER.match(tail) and one.prep not in ("in", "at", "near", "from") and not counts:
            continue
        if one.place.kind == "union" and not one.possessive and ESTIMATE_AFTER.match(tail):
            continue  # "a European Union estimate"
        if one.place.iso3 is None and NATION_AFTER.match(tail):
            continue  # "the Pacific nation"
        if one.place.name in scene.lexicon.settings.seats and GOVERNS_AFTER.match(tail) and one.prep not in STRONG:
            continue
        if one.place.iso3 is None and one.place.kind in WIDE and before is not None and one.start - before.end <= 1:
            country = scene.lexicon.settings.country_name(before.place.iso3)
            if country is not None:  # "the Peruvian Andes"
                one = replace(one, place=Place(name=country, iso3=before.place.iso3, kind="country"), prep=before.prep)
        head = text[max(sentence.start, one.start - 60) : one.start]
        desk = one.place.name in scene.lexicon.settings.seats or one.place.name in WORLD_DESKS
        if desk and SAID_IN.search(head) and SAID_THERE.match(tail):
            continue  # "the envoy said in Geneva on Monday"
        if OFFICE.search(head) or AMONG.search(head) or ANNOUNCED_IN.search(head) or TOLD.search(head):
            continue
        if BOUND_FOR.search(head) or BODY_IN.search(head) or CLOSER_TO.search(head):
            continue
        if one.place.kind in ("country", "union") and (
            DEALT_WITH.search(head) or (one.prep in ("near", "on", "to", "along", "at") and FRONTIER.match(tail))
        ):
            continue  # "the agreement with the European Union", "near the Malawi border"
        if one.place.name in scene.lexicon.settings.seats and RULES_AFTER.match(tail) and one.prep not in STRONG:
            continue  # "New Delhi has cut its transfers"
        if one.prep == "by" and one.place.kind in ("country", "union"):
            continue  # "drones launched by Russia"
        if ROUTE.search(head) and index not in scene.moving:
            continue  # "the train from Malda in West Bengal derailed in …"; of people who move the route is the place
        if desk and one.prep == "in" and THE_BODY_SAID.match(tail):
            continue  # "In Moscow, the Defence Ministry said"
        if SUPERLATIVE.search(head) and not OPENS_RELATIVE.match(tail):
            continue
        if NAMED_AFTER.match(tail) and not one.possessive:
            continue  # "since the Paris agreement", "the Doha talks"
        if OUTSTANDING.match(tail) and ABSOLUTE.search(head):
            continue  # "with Florida still too close to call"
        out.append(one)
    scene.usable[index] = out
    return out


OPENS_RELATIVE: Final = re.compile(r",\s+(?:whose|where|which)\b")
DEALT_WITH: Final = re.compile(
    r"\b(?:agreements?|deals?|treaty|treaties|trade|talks|relations|ties|pact|negotiations|accord|cooperation|contract"
    r"|partnership|summit|borders?|frontier)\s+(?:[a-z]+\s+){0,2}with\s+(?:the\s+)?$"
)
FRONTIER: Final = re.compile(r"(?:['’]s)?\s+(?:border|frontier)\b")
RULES_AFTER: Final = re.compile(
    r"\s+(?:has |have |had |will |would |also )*(?:cuts?|owe[sd]|pays|paid|spen(?:t|ds?)|approves?|approved"
    r"|imposed?|imposes|bans|banned|agreed|agrees|orders|ordered|allocate[sd]?|refuse[sd]?|expel(?:s|led)|withdrew|withdrawn|raised"
    r"|rejected|lent|lends|borrowed|promise[sd]?|recruit(?:s|ed)|mobili[sz]e[sd]?|insists)\b"
)
ANNOUNCED_IN: Final = re.compile(
    r"\b(?:read(?:ing)?(?: out)?|announc\w+|declar\w+|present\w+|publish\w+|releas\w+|unveil\w+|disclos\w+|issu\w+"
    r"|gave|giving)\s+"
    r"(?:the|its|their|his|her|these|those|new|fresh|preliminary|final)\s+(?:[\w\-]+\s+){0,2}"
    r"(?:results?|figures?|findings|reports?|tolls?|counts?|numbers|data|statistics|outcome|tally|forecasts?"
    r"|estimates?|accounts)"
    r"\s+(?:in|from|at)\s+(?:the\s+)?$"
)
"""Where a result is made known is not where it holds."""
NAMED_AFTER: Final = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:conference|meeting|forum|agreements?|[Aa]ccords?|[Tt]reat(?:y|ies)|[Cc]onvention|[Pp]rotocol|pact|talks|summit"
    r"|[Dd]eclaration|fares?"
    r"|stock exchange|bourse|stock index|peace process|peace deal|ceasefire deal|negotiations|communiqu[eé])\b"
)
OUTSTANDING: Final = re.compile(
    r"(?:\s+and\s+(?:[A-Z][\w.]+\s*){1,3})?\s+(?:still|yet|not yet|undecided|undeclared|uncalled|outstanding"
    r"|unresolved|too close"
    r"|to come|to (?:report|declare|follow)|remaining|pending|awaiting|uncounted)\b"
)
ABSOLUTE: Final = re.compile(
    r"\b(?:with|but|except(?: for)?|leaving|only)\s+(?:only\s+"
    r"|just\s+)?(?:the state of\s+)?(?:(?:[A-Z][\w.]+,?\s+)+and\s+)?$"
)
SAID_IN: Final = re.compile(
    r"\b(?:said|says|told (?:\w+ )?\w+|announced|reported|warned|declared|added|stated)\s+(?:in|from)\s+$"
)
TOLD: Final = re.compile(r"\b(?:told|telling|tells|informed|assured|accused|accuses|blamed|blames|urged|urges)\s+$")
_VEHICLE: Final = (
    r"(?:train|express|bus|minibus|coach|plane|flight|jet|airliner|aircraft|helicopter|ferry|boat|dinghy|ship|vessel|trawler"
    r"|truck|lorry|van|car|convoy)"
)
_TOWN_OF: Final = r"(?:(?:the\s+)?(?:[a-z\-]+\s+){0,2}(?:city|town|port|capital|village|island)\s+of\s+)?"
_NAMES: Final = rf"(?:{_TOWN_OF}[A-Z][\w’'\-]+(?:,?\s+(?:to|from|and|in|for|via)\s+(?:the\s+)?|,?\s+)){{0,5}}{_TOWN_OF}"
ROUTE: Final = re.compile(
    rf"\b{_VEHICLE}\s+(?:[a-z\-]+\s+){{0,4}}?(?:from|to|for|between)\s+(?:the\s+)?{_NAMES}$"
    r"|\b(?:departed|depart|departing|set out|set off|set sail|sailed|took off|travell?ed|travell?ing|flying"
    rf"|sailing|flew)\s+(?:from|to|for|between)\s+(?:the\s+)?{_NAMES}$"
)
"""Where a vehicle comes from or goes to is not where it crashed."""
BODY_IN: Final = re.compile(
    r"\b(?:Office|Department|Bureau|Ministry|Authority|Council|Agency|Command|Defen[cs]e|Mission|(?<=\w )Police"
    r"|Observatory)\s+"
    r"(?:of\s+(?:[A-Z]\w+\s+(?:and\s+)?){1,3})?(?:in|for)\s+(?:the\s+)?$"
)
THE_BODY_SAID: Final = re.compile(
    r",\s+(?:the\s+|a\s+)?[^,;.]{3,70}\b(?:said|says|told|announced|confirmed|reported|claimed|insisted|denied)\b"
)
BOUND_FOR: Final = re.compile(
    r"\b(?:towards?|bound for|en route to|on (?:the|their|its|his|her) way to|headed for|heading for)\s+"
    r"(?:[\w\-]+\s+){0,8}?(?:(?:in|of|near)\s+)?(?:the\s+)?$"
)
SAID_THERE: Final = re.compile(r"\s*(?:[,.;]|on\s|late\b|\w+day\b|$)")
CAPITAL_AFTER: Final = re.compile(r"\s+capital\b(?!,?\s+[A-Z])")


def _capital(scene: Scene, one: PlaceMention) -> PlaceMention | None:
    """The town that "the Serbian capital" means."""
    near = (one.place.iso3 or "",)
    names = sorted(name for name, iso3 in scene.lexicon.sources.capitals.items() if iso3 == one.place.iso3)
    place = next((found for name in names if (found := scene.lexicon.settings.place(name, near))), None)
    if place is None or place.iso3 != one.place.iso3 or place.kind == "country":
        return None
    return replace(one, place=place, form="named")


def _the_capital(scene: Scene, index: int, named: list[PlaceMention]) -> list[PlaceMention]:
    """The town that "in the capital alone" means: of the country named before it in the sentence, or the article's."""
    sentence = scene.sentence(index)
    out = []
    for found in THE_CAPITAL.finditer(scene.text(index), sentence.start, sentence.start + LONGEST_SCAN):
        if found.end() > sentence.end:
            break
        prep = (found[1] or "in").casefold()
        iso3 = scene.main_country
        for one in named[: 2 * LONGEST_LIST]:
            if one.end <= found.start() and one.place.kind == "country" and one.place.iso3:
                iso3 = one.place.iso3
        name = scene.lexicon.settings.country_name(iso3)
        if name is None:
            continue
        country = Place(name=name, iso3=iso3, kind="country")
        seat = _capital(
            scene, PlaceMention(*found.span("seat" if found["seat"] else "subject"), country, "named", prep)
        )
        out += [seat] if seat is not None else []
    return out


THE_CAPITAL: Final = re.compile(
    r"\b([Ii]n|[Ii]nside|[Ww]ithin|[Aa]cross|[Aa]round|[Nn]ear|[Oo]utside|[Tt]hroughout|of)"
    r"\s+the (?:\w+ern )?(?P<seat>capital)\b"
    r"(?!,?\s+[A-Z]|\s+(?:of|markets?|city of|account|gains|region|punishment|spending|investment|expenditure"
    r"|stock)\b|['’]s\b)"
    r"|\b[Tt]he (?P<subject>capital)(?=\s+(?:has |had |alone |also |itself )*(?:recorded|records|reported|reports"
    r"|registered|saw|counted|logged|accounts|accounted|has (?:\d|had))\b)"
)


def _is_body(tail: str) -> bool:
    """Whether a possessive names a body of the place, not a part of the town: "Oslo's government quarter"."""
    found = BODY_NOUN.match(tail)
    return found is not None and QUARTER.match(tail, found.end()) is None


QUARTER: Final = re.compile(
    r"\s+(?:quarters?|district|buildings?|complex|compound|house|square|barracks|academy|base|stations?|camp"
    r"|hospital|store|museum)\b"
)


def _names_body(scene: Scene, tail: str) -> bool:
    """Whether capitalised words after a possessive end in a body's noun: "Iraq's Joint Operations Command"."""
    found = CAPITALS.match(tail)
    return found is not None and not scene.lexicon.settings.bodies.isdisjoint(found[0].split()[1:])


CITY_OF: Final = re.compile(
    r"^(?:'s?|’s?)\s+(?:[\w\-]+\s+){0,2}(?:capital|(?:largest|biggest|main|second) city|neighbou?rs?)\b"
    r"(?!,?\s+(?:of\s+)?[A-Z])"
)
CAPITALS: Final = re.compile(r"^(?:'s?|’s?)(?:\s+[A-Z][\w\-]*){1,5}")
AGGRESSION: Final = re.compile(
    r"^(?:'s?|’s?)?\s+(?:[\w\-]+\s+){0,3}?(?:invasion|offensive|aggression|assault|bombardment|attacks?|strikes?"
    r"|airstrikes?"
    r"|air strikes?|bombing|shelling|onslaught|incursion|retaliation)\b"
)
AMONG: Final = re.compile(
    r"\b(?:countries|nations|nationals|citizens|nationalities)\b[^.;:]{0,24}"
    r"\b(?:including|such as|among them|like)\b[^.;:]*$"
)
OFFICE: Final = re.compile(
    r"\b(?:president|prime minister|minister|ministry|government|mayor|governor|ambassador|embassy|returning officer"
    r"|king|queen|bishop|archbishop|bank|university|University|source|sources|"
    r"air force|navy|general staff|high command|"
    r"representative|envoy|spokes\w+|statement|reporters|correspondent|researchers|briefing"
    r"|conference|speaking|headquarters|office|based|(?:counting|tallying|tally|media|press|results)\s+cent(?:er|re)s?"
    r"|(?:donors?|peace|climate|crisis|pledging)['’]?s?\s+(?:meeting|conference|summit|talks))"
    r"\s+(?:(?:\w+day|on|late|early|morning|afternoon|evening)\s+){0,3}(?:\w+\s+)?(?:to|of|in|at|for|from)\s+(?:the\s+)?(?:capital,?\s+)?$",
    re.IGNORECASE,
)
CLOSER_TO: Final = re.compile(
    r"\b(?:closer|nearer) to\s+$|\bas far (?:away |afield )?as\s+(?:[A-Z]\w+,?\s+(?:and|or)\s+)?$"
)
LEVELS: Final = {
    "site": 0,
    "area": 1,
    "district": 1,
    "city": 2,
    "admin1": 3,
    "country": 5,
    "region": 6,
    "union": 6,
    "continent": 7,
    "sea": 6,
}


def width_level(place: Place) -> int:
    """How wide a place is, from 0 for a building to 7 for a continent; 4 for kinds without a level."""
    if place.kind in ("site", "area") and place.name.rpartition(" ")[2] in BROAD:
        return 4
    return LEVELS.get(place.kind, 4)


BROAD: Final = frozenset((
    "Valley", "Mountains", "Peninsula", "Delta", "Basin", "Desert", "Forest", "Plain", "Coast", "Islands", "Province",
    "Region", "Oblast", "Governorate", "Prefecture", "County", "Highlands", "Lowlands",
))  # fmt: skip
"""Last words of names of stretches of country, wider than any town in them."""


def town_of(scene: Scene, place: Place) -> Place:
    """The town of a site no gazetteer has, where the article names it: two articles then compare by a known place."""
    if place.kind != "site":
        return place
    if scene.towns is None:
        scene.towns = _towns(scene)
    return scene.towns.get(place.name, place)


def _towns(scene: Scene) -> dict[str, Place]:
    """Sites with their towns: "Robb Elementary School in Uvalde", "Rana Plaza, an eight-storey building in Savar"."""
    out: dict[str, Place] = {}
    looked_at = {*scene.numbers, *range(min(4, len(scene.document.sentences)))}
    for index in sorted(looked_at):
        if scene.sentence(index).start > LONGEST_SCAN:
            break
        text = scene.text(index)
        places = scene.places(index)
        for one, other in pairwise(places):
            if one.form == "site" and other.place.kind == "city" and IN_TOWN.fullmatch(text, one.end, other.start):
                out.setdefault(one.place.name, other.place)
            elif other.form == "site" and one.place.kind == "city" and one.possessive and other.start - one.end <= 3:
                out.setdefault(other.place.name, one.place)
    return out


IN_TOWN: Final = re.compile(
    r"(?:,\s+(?:an?|the)\s+(?:[\w\-]+\s+){1,6}?)?,?\s*\b(?:in|near|at|outside|on the outskirts of)\s+"
    r"(?:the\s+[\w\-]+\s+(?:[\w\-]+\s+)?of\s+"
    r"|(?:central|northern|southern|eastern|western|downtown|nearby)\s+)?"
)


def place_of_sentence(scene: Scene, index: int, places: list[PlaceMention], rule: str) -> PlaceChoice:
    """The place that a whole sentence tells of."""
    best = min(places, key=lambda one: (one.prep not in LOCATING, width_level(one.place), one.start))
    place = town_of(scene, best.place)
    iso3 = place.iso3 or (None if best.place.kind in WIDE else scene.main_country)
    return PlaceChoice(
        place.name,
        "location",
        iso3,
        (RuleUse(column="place", rule=rule, start=best.start, end=best.end),),
        scene.sentence(index).field,
    )
