"""Weigh the places of a figure's own sentence: which may hold it, which a list pairs it with, how well each fits.

A place fits the better the nearer it stands, with no other number and no new clause between; where people came from,
were carried to or were told of in passing counts against it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import Final

from figures.extract.places import PlaceMention
from figures.extract.scene_names import is_building
from figures.extract.scene_words import (
    CLAUSE,
    DESTINATION_BEFORE,
    HOSTING_AFTER,
    LOCALS,
    LONGEST_LIST,
    MOVERS,
    NEAREST,
    REACH,
    STRONG,
    SUPERLATIVE,
)
from figures.extract.scenes import Scene
from figures.extract.types import Reading


def holding_places(scene: Scene, reading: Reading, places: list[PlaceMention]) -> list[PlaceMention]:
    """The places that may hold a number: not those of the parts that a colon lists behind it.

    "90 dead: 50 in A, 30 in B", "90 people died (50 in A, 30 in B)". Of a total that a deed brings about ("bringing the
    toll to 90", "ending a siege that left 90 dead") the building of the deed is no place.
    """
    if not places:
        return places
    mention = reading.quantity.mention
    text = scene.text(mention.sentence)
    numbers = scene.numbers.get(mention.sentence, [])
    after = bisect_right(numbers, (mention.end, -1))
    if after < len(numbers) and len(numbers) - after > 1:
        opened = LISTING.search(text, mention.end, numbers[after][0])
        first = next((one for one in places if one.start >= mention.end), None)
        aside = opened is not None and opened[0] == " (" and ASIDE.match(text, opened.start() + 1) is not None
        if opened is not None and not aside and first is not None and first.start >= opened.end():
            places = [one for one in places if one.end <= mention.start]
    if TOTAL_BEFORE.search(text, max(0, mention.start - 90), mention.start):
        places = [one for one in places if one.start > mention.end or not is_building(one, text)]
    return places


LISTING: Final = re.compile(r":\s|\s\(|\s[—–-]\s")
TOTAL_BEFORE: Final = re.compile(
    r"\b(?:bringing|taking|raising|pushing|lifting|brings?|brought|took|raised|pushed"
    r"|lifted)\s+(?:\w+\s+){0,3}(?:toll|total"
    r"|number|tally|count|figure)\b[^,;:.]{0,50}$|,\s+(?:ending|capping|closing|concluding)\s+[^,;:.]{0,60}"
    r"\b(?:left|killed|claimed|cost)\s+(?:\w+\s+){0,3}$"
)


def within_reach(places: list[PlaceMention], start: int, end: int) -> list[PlaceMention]:
    """The places within reach of a number; the list itself where all are."""
    if not places or (places[0].end >= start - REACH and places[-1].start <= end + REACH):
        return places
    low = bisect_left(places, start - REACH, key=lambda one: one.end)
    high = bisect_right(places, end + REACH, key=lambda one: one.start)
    at = bisect_left(places, start, key=lambda one: one.start)
    return places[max(low, at - NEAREST) : min(high, at + NEAREST)]


def aligned_place(scene: Scene, reading: Reading, places: list[PlaceMention]) -> PlaceMention | None:
    """A list that pairs places and numbers: "Chad has 40 cases, Niger 55"; "620 in Gao and 3,100 in Kidal"."""
    mention = reading.quantity.mention
    listed = scene.numbers.get(mention.sentence, [])
    if len(places) < 2 or not 2 <= len(listed) <= LONGEST_LIST or len(places) > LONGEST_LIST:
        return None
    numbers = _apart(listed)
    twinned = _respectively(scene, mention.sentence, mention.start, mention.end, places, numbers)
    if twinned is not None:
        return twinned
    body = scene.text(mention.sentence)
    places = [one for one in _chained(scene, places) if not MILES_FROM.search(body, max(0, one.start - 60), one.start)]
    if len(places) < 2:
        return None
    if reading.metric in MOVERS:  # "Hungary has received 340,000 people from Ukraine, Slovakia 256,000"
        body = scene.text(mention.sentence)
        places = [one for one in places if not body.startswith("from ", max(0, one.start - 5))]
    if len(numbers) < 2:
        return None
    marks = sorted(
        [(one.start, 0, i) for i, one in enumerate(places)] + [(start, 1, i) for i, (start, _) in enumerate(numbers)]
    )
    shape = "".join("PN"[kind] for _, kind, _ in marks)
    at = next((i for i, (start, end) in enumerate(numbers) if start <= mention.start < end), None)
    if at is None:
        return None
    where = next(i for i, (_, kind, number) in enumerate(marks) if kind == 1 and number == at)
    text = scene.text(mention.sentence)
    total = shape[0] == "N" and (
        places[0].prep not in STRONG | {"of"} or LISTING.search(text, numbers[0][1], places[0].start) is not None
    )
    if re.fullmatch(r"N(?:PN+){2,}" if total else r"(?:PN+){2,}", shape) and not (where == 0 and total):
        found = next(places[i] for _, kind, i in reversed(marks[:where]) if kind == 0)
        own = next((places[i] for _, kind, i in marks[where:] if kind == 0), None)
        if own is not None and own.prep in STRONG and OWN_PLACE.fullmatch(text, mention.end, own.start):
            return own  # "in Mozambique 446 died, and there are 259 dead in Zimbabwe"
        if len(text[found.end : mention.start]) < FARTHEST_PAIR or shape.count("P") == shape.count("N"):
            return found
    if re.fullmatch(r"N?(?:NP){2,}", shape) and not (where == 0 and shape[1] == "N"):  # a total may stand before
        found = next(places[i] for _, kind, i in marks[where:] if kind == 0)
        gap = text[mention.end : found.start]
        if len(gap) < FARTHEST_PAIR and (found.prep in STRONG or BARE_PAIR.fullmatch(gap) or IN_TOWN_OF.search(gap)):
            return found
    return None


OWN_PLACE: Final = re.compile(r"\s+(?:(?!(?:and|but|or|while)\b)[a-z\-]+\s+){0,3}(?:in|at|near|across)\s+(?:the\s+)?")
BARE_PAIR: Final = re.compile(r"\s*[(:–—-]?\s*")
FARTHEST_PAIR: Final = 90
"""Characters between a place and its number in a list; beyond that the pairing is chance."""


def _respectively(
    scene: Scene, index: int, start: int, end: int, places: list[PlaceMention], numbers: list[tuple[int, int]]
) -> PlaceMention | None:
    """The place that "respectively" pairs a number with: "X and Y have 4% and 11%, respectively"."""
    if "respectively" not in scene.vocabulary(index):
        return None
    text = scene.text(index)
    stop = text.find("respectively", end, scene.sentence(index).end)
    if stop < 0:
        return None
    at = next((i for i, (low, high) in enumerate(numbers) if low <= start < high), None)
    if at is None:
        return None
    first = last = at
    while first > 0 and BETWEEN_TWINS.fullmatch(text, numbers[first - 1][1], numbers[first][0]):
        first -= 1
    while last + 1 < len(numbers) and BETWEEN_TWINS.fullmatch(text, numbers[last][1], numbers[last + 1][0]):
        last += 1
    many = last - first + 1
    before = [one for one in places if one.end <= numbers[first][0]][-many:]
    after = [one for one in places if numbers[last][1] <= one.start < stop][:many]
    for group in (after, before):
        if (
            many > 1
            and len(group) == many
            and all(TWIN_PLACES.fullmatch(text, a.end, b.start) for a, b in pairwise(group))
        ):
            return group[at - first]
    return None


TWIN_PLACES: Final = re.compile(r"(?:,|,?\s+and)\s+(?:in\s+)?(?:the\s+)?")
BETWEEN_TWINS: Final = re.compile(r"(?:\s+[a-z]+)?(?:,|,?\s+and)\s+(?:about\s+|some\s+|nearly\s+)?")


def _chained(scene: Scene, places: list[PlaceMention]) -> list[PlaceMention]:
    """The places without the owner of the next one: "Mozambique's Niassa province" is one place of a list."""
    out: list[PlaceMention] = []
    relation = scene.lexicon.settings.place_relation
    for one, other in zip(places, [*places[1:], None], strict=True):
        if (
            other is not None
            and one.possessive
            and other.start - one.end <= LONGEST_POSSESSIVE
            and relation(other.place.name, one.place.name, iso3_a=other.place.iso3, iso3_b=one.place.iso3)
            in ("part", "unknown")
        ):
            continue
        out.append(one)
    return out


LONGEST_POSSESSIVE: Final = 24
"""Characters between an owner and the place it holds: "'s northern ", "'s central "."""


def _apart(numbers: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of numbers without those that lie inside another ("half of the more than 1 million")."""
    out: list[tuple[int, int]] = []
    for start, end in numbers:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def score_place(scene: Scene, reading: Reading, one: PlaceMention, text: str) -> float:
    """How well a place of the sentence holds the figure: same clause, no other number between, preposition."""
    mention = reading.quantity.mention
    numbers = scene.numbers.get(mention.sentence, [])
    moving = reading.metric in MOVERS
    head = text[max(0, one.start - 60) : one.start]
    if one.end <= mention.start:
        gap = text[one.end : mention.start]
        between = figures_between(numbers, one.end, mention.start)
        score = 3.0 - len(gap) / 200
        if HOSTING_AFTER.match(gap) and not between:
            score += 1.2
        if not between and _names_the_cause(scene, text, one.end, mention.start):
            score += 1.5  # "the 1999 Columbine shooting killed 13"
    elif one.start >= mention.end:
        gap = text[mention.end : one.start]
        between = figures_between(numbers, mention.end, one.start)
        score = 3.4 - len(gap) / 200
        if between and re.search(r",\s|\band\b", gap):
            between = max(0, between - 1)
        if between and moving:
            between = max(0, between - len(ASIDE.findall(gap)) - len(HOUSED.findall(gap)))
        if one.possessive and len(gap) < 6:
            return -1.0  # "90% of Russia's combat power"
        if SUPERLATIVE.search(head):
            return -1.0  # "27 percent, the highest in the euro zone, whose average …"
    else:
        return 3.0
    there = one.end <= mention.start and not between and WHERE.match(gap) is not None
    if there:
        score += 1.0  # "reached X, where 10 died"
    score -= 0.7 * min(between, 3)
    if one.start >= mention.end and HOURS_AFTER.search(gap):
        score -= 5.0  # "killed nine, hours after 20 people died in El Paso"
    if one.start >= mention.end and OPEN_PART.search(gap, 2):  # "164 of them in Germany" is a part itself
        score -= 5.0  # "killed 245 people, 115 of them in Mexico City"; not "15, four of them children, in Idlib"
    if CLAUSE.search(gap) and not (moving and one.start >= mention.end and GOING.fullmatch(gap)):
        score -= 1.0
    if re.search(r"\b(?:said|says|told|according)\b", gap):
        score -= 0.8
    if one.end <= mention.start and PART_BEFORE.search(head):
        score -= 5.0 if ";" in gap else 1.5  # "33 died in Lebanon, including 11 in Brital; 195 were hurt"
    if one.prep == "across" and one.place.kind == "sea" and OVER_THE_RIVER.match(text, one.end):
        score -= 2.0  # "In Omdurman, across the Nile, 12 died"
    elif one.prep in STRONG:
        score += 0.5
    elif one.prep in ("entering", "reaching", "leaving", "fleeing", "towards", "toward") and not moving:
        score -= 4.2
    elif one.prep == "of" and IN_TOWN_OF.search(head):
        score += 0.5
    elif one.prep == "of" and not moving and FROM_TOWN_OF.search(head):
        score -= 4.2
    elif one.prep in ("from", "of", "fled", "flee", "to", "against", "left"):
        score += 0.2
        hauled = one.prep == "from" and HAULED.search(head) is not None  # "bodies were pulled from the Tiber"
        left = one.prep in ("from", "fled", "left") or (one.prep == "to" and ORIGIN_OR_GOAL.search(head))
        counted = reading.metric == "cases" and COUNTED_FROM.search(head) is not None
        if left and not moving and not hauled and not there and not counted:
            score -= 4.2  # "rescuers from Israel", "a man who fled to Maiduguri"
    if not moving and one.prep in ("to", "in", "at") and reading.metric not in HELD_THERE and CARRIED.search(head):
        score -= 4.5
    elif one.possessive:
        score -= 0.3
    if LOCALS.search(head):
        score -= 1.0
    if reading.metric == "aid" and (one.possessive or (one.end <= mention.start and not gap.strip())):
        score -= 5.0  # "Germany's €430 million": who gives
    if reading.metric == "aid" and one.prep not in GIVEN_TO:
        score -= 5.0
    if moving and SPILLED.search(head):
        score -= 5.0  # "an insurgency that spilled over from Mali has displaced 2 million"
    if MILES_FROM.search(head):
        score -= 2.8
    if WAGED.search(head):
        score -= 6.0
    trigger = reading.trigger_start
    if (
        trigger is not None
        and one.end < trigger <= one.end + 40
        and QUALIFIES.match(text[one.end : trigger])
        and (NOMINAL.match(text, trigger, trigger + 40))
    ):
        score = max(score, 4.2)  # "Kano death toll", "Chile's jobless rate"
    if one.form == "unknown":
        score -= 0.9
    if moving and one.prep == "from" and DESTINATION_BEFORE.search(text[max(0, one.start - 80) : one.start - 5]):
        score -= 0.6
    return score


def _names_the_cause(scene: Scene, text: str, start: int, end: int) -> bool:
    """Whether a place's name is that of what happened: "the Columbine shooting", "the Rana Plaza collapse"."""
    for found in scene.lexicon.settings.find_causes(text, start, min(end, start + NAME_OF_CAUSE)):
        return text[start : found[0]].strip(" -").isalpha() or not text[start : found[0]].strip()
    return False


NAME_OF_CAUSE: Final = 28
ASIDE: Final = re.compile(
    r"\([^()]{0,24}\d[^()]{0,32}\)|(?:^|\s)(?:or|/)\s+[\d,]+\s+(?:persons?|people|individuals|families|households)\b"
)
"""The same people counted otherwise: "1,234 families (6,170 persons)", "240 families or 1,100 people"."""
HOUSED: Final = re.compile(r"\b(?:in|at|across|into|to)\s+[\d,]+\s+(?:[a-z\-]+\s+){1,3}(?=(?:in|of|across|at)\s)")
"""Where they stay, counted: "in 14 evacuation centres in X"."""
HOURS_AFTER: Final = re.compile(r"\b(?:hours?|days?|weeks?|months?|minutes?|a day|a week|just)\s+(?:after|before)\b")
HELD_THERE: Final = frozenset(["hospitalised", "detained", "captured", "hostages", "troops_deployed", "aid"])
OPEN_PART: Final = re.compile(
    r"(?:\bof\s+(?:them|whom|these|those)(?:\s+(?:alone|were|are|died|live))?|\b(?:half|most|many|a third|two thirds"
    r"|two-thirds|a quarter|\d+ per ?cent|\d+%) of (?:all )?(?:the )?\w+(?: \w+){0,2}"
    r"|\b(?:mostly|mainly|largely|chiefly)"
    r"|\b(?:including|among them)\s+(?:at least\s+|some\s+|about\s+|more than\s+)?(?:\d[\d,.]*|one|two|three|four|five"
    r"|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|dozens|hundreds|thousands))"
    r"\s+(?:alone\s+)?(?:in|at|near|inside|across|around|from|on)\s+(?:[a-z\-]+\s+){0,6}"
    r"(?:[A-Z][\w'’\-]+(?:,|,?\s+and)\s+){0,3}$"
)
"""A part whose place follows, so that it is not the whole's: "115 of them in X", "most of them in X"."""
GOING: Final = re.compile(r"[^,;:]{0,24}\bwho\s+[^,;:]{0,60}")
"""A relative clause tells where they went: "the 8,000 people who swam or walked into Ceuta"."""
GIVEN_TO: Final = frozenset(("in", "to", "for", "into", "inside", "across", "near", "within", "around"))
SPILLED: Final = re.compile(
    r"\b(?:spilled|spilling|spread|spreading|imported|smuggled|arms|weapons|militants|fighters|jihadists)\s+(?:\w+\s+){0,2}from\s+"
    r"(?:[a-z]+\s+)?$"
)
MILES_FROM: Final = re.compile(
    r"\b(?:miles?|kilomet(?:er|re)s?|km|mi)\b\.?(?:\s*\([^)]{2,20}\))?\s+(?:away\s+)?"
    r"(?:(?:to the\s+)?(?:north|south|east|west)\w*(?:[\s-](?:north|south|east|west)\w*)?\s+)?"
    r"(?:of|from|off|outside)\s+(?:the\s+)?(?:[a-z]+\s+){0,3}$"
)
"""A town that only measures a distance: "near X, 75 miles east of Seattle"."""
WAGED: Final = re.compile(
    r"\b(?:fighting|battling|combating|bombing|targeting)\s+(?:the\s+)?(?:[A-Z][\w\-]*|rebels|militants|insurgents"
    r"|jihadists|terrorists"
    r"|extremists)(?:\s+\w+){0,2}\s+in\s+(?:the\s+)?(?:[A-Z]\w+\s+and\s+)?$"
)
WHERE: Final = re.compile(r",?\s+where\b")
COUNTED_FROM: Final = re.compile(
    r"\b(?:came|come|coming|reported|recorded|are|were)\s+from\s+(?:the\s+)?(?:[\w\-]+\s+)?$"
)
"""Cases that came from a province were counted there."""
OVER_THE_RIVER: Final = re.compile(r"\s*(?:\w+\s*)?,")
HAULED: Final = re.compile(
    r"\b(?:pulled|recovered|retrieved|fished|dragged|plucked|dug|hauled|lifted|extracted"
    r"|winched)\s+(?:\w+\s+){0,3}from\s+(?:the\s+)?$"
)
ORIGIN_OR_GOAL: Final = re.compile(
    r"\b(?:fled|travel\w*|flew|returned|moved|went|sent|exported|promised|according|came|gave"
    r"|pledged|added)\s+(?:\w+\s+){0,2}to\s+(?:the\s+)?$"
)
CARRIED: Final = re.compile(
    r"\b(?:flown|airlifted|rushed|taken|transferred|transported|brought|moved|evacuated|referred|carried|driven"
    r"|ferried|medevaced|shipped|sent|admitted)\s+(?:(?!in\b|where\b)[a-z\-]+\s+){0,5}(?:to|in|at)\s+"
    r"(?:(?:the\s+)?(?:[A-Z][\w’'\-]+\s+){1,5}in\s+)?(?:[a-z\-]+\s+)?$"
)
"""Where the hurt were taken is not where they were hurt."""
IN_TOWN_OF: Final = re.compile(
    r"\b(?:in|at|near|around|outside|inside|off|beside)\s+(?:the\s+|a\s+)?(?:[\w\-]+\s+){0,3}(?:town|city|village|district"
    r"|province"
    r"|region|state|suburb|neighbou?rhood|island|port|county|capital|camp|territory"
    r"|department|governorate|commune|municipality|township|archipelago|borough)\s+of\s+(?:the\s+)?$"
)
FROM_TOWN_OF: Final = re.compile(
    r"\b(?:from|to|for|left)\s+(?:the\s+|a\s+)?(?:[\w\-]+\s+){0,2}(?:port|town|city|village|airport|harbou?r)\s+of\s+"
    r"(?:[A-Z][\w’'\-]+\s*){0,3}(?:,\s*)?$"
)
PART_BEFORE: Final = re.compile(r"\b(?:including|among them|of whom|of them|among those)\b[^.;:]*$")
NOMINAL: Final = re.compile(
    r"(?:[a-z\-]+\s+){0,2}(?:toll|rate|inflation|unemployment|joblessness|turnout|growth|economy|population|count|tally"
    r"|deaths|cases|casualties|fatalities|output|exports|prices)\b"
)
QUALIFIES: Final = re.compile(
    r"^(?:['’]s)?\s+(?:(?!and\b|or\b|to\b|in\b|has\b|have\b|had\b|was\b|were\b)[a-z\-]+\s+){0,2}$"
)


def figures_between(numbers: list[tuple[int, int]], start: int, end: int) -> int:
    """How many other figures stand between two offsets."""
    return max(0, bisect_right(numbers, (end, -1)) - bisect_right(numbers, (start, -1)))
