"""Hand down a place to a figure whose sentence names none: from earlier figures, the paragraph, the story.

A place passes on only where it may: not from a single case to thousands, not from where people arrived to where others
died, not from a town to a whole country's statistic.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from figures.extract.scene_names import PlaceChoice, place_of_sentence, usable_places
from figures.extract.scene_words import LOCATING, LONGEST_SCAN, MISSILES, MOVERS, OPENING
from figures.extract.scenes import Scene
from figures.extract.types import Credit, Reading
from figures.model import RuleUse


@dataclass(frozen=True, slots=True)
class Chosen:
    """The place of one earlier figure, with what decides whether it passes on."""

    sentence: int
    paragraph: int
    source: str | None
    metric: str
    part: bool
    choice: PlaceChoice
    apart: bool = False
    value: float | None = None


class Earlier:
    """The choices made so far: the last of all, of a sentence, of a source."""

    def __init__(self) -> None:
        self.last: Chosen | None = None
        self.previous: Chosen | None = None  # those that do not pass on included
        self.by_sentence: dict[int, list[Chosen]] = {}
        self.by_source: dict[str, Chosen] = {}
        self.largest: dict[tuple[str, str], float] = {}  # of a place and metric
        self.names: set[str] = set()

    def add(self, one: Chosen) -> None:
        """Remember a choice."""
        self.by_sentence.setdefault(one.sentence, []).append(one)
        self.previous = one
        name = one.choice.name
        if name is not None:
            self.names.add(name)
            self.largest[name, one.metric] = max(self.largest.get((name, one.metric), 0.0), one.value or 0.0)
        if one.apart:
            return
        self.last = one
        if one.source is not None:
            self.by_source[one.source] = one

    def of_sentence(self, index: int, reading: Reading) -> Chosen | None:
        """The last choice of a sentence that may pass to a reading; that of a part only where no whole is."""
        found = [one for one in self.by_sentence.get(index, ()) if _may_pass(one, reading)]
        if not found:
            return None
        wholes = [one for one in found if not one.part]
        return (wholes or found)[-1]


def tells_of_leaving(reading: Reading) -> bool:
    """Whether the metric was read from a verb of leaving."""
    return any(one.column == "metric" and LEAVING_RULE.search(one.rule) for one in reading.rules)


LEAVING_RULE: Final = re.compile(r"\b(?:left|leave|fled|flee|escaped)\b")


def _may_pass(donor: Chosen, reading: Reading) -> bool:
    """Whether a place passes on: where people arrive is not where others died, a town's size is not the story."""
    if donor.choice.role == "destination" and donor.metric in MOVERS and reading.metric not in MOVERS:
        return False
    if (
        donor.choice.role == "destination"
        and donor.sentence != reading.quantity.mention.sentence
        and tells_of_leaving(reading)
    ):
        return False  # "Poland has taken in 340,000. In all 3.5 million have left."
    if donor.apart and donor.sentence != reading.quantity.mention.sentence:
        return False
    if _of_one(donor, reading):
        return False
    return donor.metric != "population" or reading.metric == "population"


ONE_CASE_HEADS: Final = frozenset(("case", "patient", "infection", "victim", "death", "survivor", "incident"))
ONE_CASE: Final = re.compile(
    r"\b(?:[Aa]n?|[Oo]ne|[Tt]he (?:first|only|latest))\s+(?:[a-z\-]+\s+){0,2}(?:case|patient|infection|victim|death"
    r"|survivor|incident)\b"
)


def _of_one(donor: Chosen, reading: Reading) -> bool:
    """Whether a place is that of a single case, which is not where thousands are counted sentences later."""
    mention = reading.quantity.mention
    return (
        donor.value is not None
        and donor.value <= 1
        and donor.sentence != mention.sentence
        and donor.choice.field == "text"
        and mention.low >= THRONG
    )


THRONG: Final = 1_000
"""Number of those counted from which the place of one single victim no longer passes on."""


def inherited_place(scene: Scene, reading: Reading, credit: Credit, chosen: Earlier) -> PlaceChoice:
    """What the sentence lacks: the paragraph, the same source's figures, earlier figures, title, lead, dateline."""
    mention = reading.quantity.mention
    sentence = scene.sentence(mention.sentence)
    for index in range(mention.sentence, max(-1, mention.sentence - 6), -1):
        earlier = scene.sentence(index)
        if earlier.field != sentence.field or earlier.paragraph != sentence.paragraph:
            break
        donor = chosen.of_sentence(index, reading)
        if donor is not None and not _another_teller(scene, reading, credit, donor):
            if index != mention.sentence and reading.metric in BALLOTS:
                whole = scene.story_place(mention.sentence)
                place = donor.choice
                held = scene.lexicon.settings.place_relation(
                    place.name, whole.name, iso3_a=place.iso3, iso3_b=whole.iso3
                )
                seat = held == "unknown" and place.iso3 is not None and place.iso3 == whole.iso3
                if held == "part" or seat:
                    return whole  # "Only Donegal said no. Turnout was 64 per cent."
            if index != mention.sentence and _past_a_list(scene, reading, chosen, donor):
                return scene.story_place(mention.sentence)
            return _passed(donor, "paragraph", reading)
        told = chosen.by_sentence.get(index, ())
        if index == mention.sentence or any(one.apart or _of_one(one, reading) for one in told):
            continue
        if mention.low >= THRONG and scene.first(ONE_CASE, index, ONE_CASE_HEADS):
            continue
        places = [one for one in usable_places(scene, index) if one.form != "unknown" and one.prep in LOCATING]
        if places:
            return place_of_sentence(scene, index, places, "paragraph")
    headed = scene.heading(mention.sentence)
    if headed is not None:
        return headed
    if credit.source is not None and credit.source in chosen.by_source:
        donor = chosen.by_source[credit.source]
        if _may_pass(donor, reading):
            return _passed(donor, "same source", reading)
    story = _scope(scene, reading, credit, scene.story_place(mention.sentence))
    if chosen.last is not None and _may_pass(chosen.last, reading):
        last = _scope(scene, reading, credit, chosen.last.choice, chosen.last)
        if last is not chosen.last.choice:
            return last
        if (
            reading.metric in BALLOTS
            and chosen.last.sentence != mention.sentence
            and scene.lexicon.settings.place_relation(last.name, story.name, iso3_a=last.iso3, iso3_b=story.iso3)
            == "part"
        ):
            return story
        if (
            story.name is not None
            and last.name is not None
            and sentence.field == "text"
            and chosen.last.paragraph != sentence.paragraph
        ):
            relation = scene.lexicon.settings.place_relation(last.name, story.name, iso3_a=last.iso3, iso3_b=story.iso3)
            lost = relation == "unknown" and last.iso3 == story.iso3 and scene.lexicon.settings.place(last.name) is None
            if (relation in ("part", "disjoint") or lost) and chosen.last.source != credit.source:
                return story
        nearer = _between_figures(scene, reading, chosen.last, last)
        return nearer or _passed(chosen.last, "earlier figure", reading)
    return story


def _past_a_list(scene: Scene, reading: Reading, chosen: Earlier, donor: Chosen) -> bool:
    """Whether a paragraph went from place to place and ends with a count that the last of them cannot hold.

    "In Hodeidah 300 died, in Abs 25. Some 8.4 million are hungry."
    """
    mention = reading.quantity.mention
    here = scene.sentence(mention.sentence)
    if donor.value is None or mention.low < FAR_MORE * max(donor.value, 1) or donor.choice.name is None:
        return False
    if CONTINUES.search(
        scene.text(mention.sentence), max(here.start, mention.start - 40), min(here.end, mention.end + 60)
    ):
        return False
    settings = scene.lexicon.settings
    a = donor.choice
    for index in range(donor.sentence, max(-1, mention.sentence - LONGEST_LIST_BACK), -1):
        one = scene.sentence(index)
        if one.field != here.field or one.paragraph != here.paragraph:
            break
        for other in chosen.by_sentence.get(index, ()):
            b = other.choice
            if (
                b.name is not None
                and b.name != a.name
                and b.role == "location"
                and settings.place_relation(a.name, b.name, iso3_a=a.iso3, iso3_b=b.iso3) in ("disjoint", "unknown")
            ):
                return True
    return False


FAR_MORE: Final = 3
"""Times the last place's number from which a number without a place is that of the whole again."""
LONGEST_LIST_BACK: Final = 6
"""Sentences back in which the other places of a list stand."""
CONTINUES: Final = re.compile(
    r"\b(?:another|further|additional|other|more(?!\s+than)|them|there|these|those)\b", re.IGNORECASE
)


def _between_figures(scene: Scene, reading: Reading, donor: Chosen, last: PlaceChoice) -> PlaceChoice | None:
    """The narrower place that a sentence without figures names between a country's figure and this one."""
    here = reading.quantity.mention.sentence
    settings = scene.lexicon.settings
    if last.name is None or settings.country_name(last.iso3) != last.name or _standing(scene, reading.metric):
        return None
    for index in range(here - 1, max(donor.sentence, here - OPENING), -1):
        one = scene.sentence(index)
        if one.field != "text" or index in scene.numbers or one.start > LONGEST_SCAN:
            continue
        places = [
            at for at in usable_places(scene, index)
            if at.form != "unknown" and at.prep in LOCATING and at.place.kind != "country"
            and settings.place_relation(at.place.name, last.name, iso3_a=at.place.iso3, iso3_b=last.iso3) == "part"
        ]  # fmt: skip
        if places and any(True for _ in settings.find_causes(scene.text(index), one.start, one.end)):
            return place_of_sentence(scene, index, places, "sentence before")
    return None


def _another_teller(scene: Scene, reading: Reading, credit: Credit, donor: Chosen) -> bool:
    """Whether a body of a whole country or of the world goes on, of another thing, after a figure of one town."""
    if (
        donor.sentence == reading.quantity.mention.sentence
        or donor.metric == reading.metric
        or credit.source is None
        or credit.source == donor.source
        or credit.source == scene.document.article.outlet
        or credit.source_type not in ("intergovernmental", "ngo")
        or donor.choice.name is None
    ):
        return False
    place = scene.lexicon.settings.place(donor.choice.name)
    return place is not None and place.kind in ("city", "admin1", "district")


def _scope(
    scene: Scene, reading: Reading, credit: Credit, choice: PlaceChoice, donor: Chosen | None = None
) -> PlaceChoice:
    """The country instead of a town or square that is inherited, where the figure is a whole country's.

    Standing statistics (turnout, unemployment, prices) are never those of the town where something happened; nor does a
    square where crowds stand hold the dead that a ministry or a world body counts.
    """
    iso3 = choice.iso3 or scene.main_country
    name = scene.lexicon.settings.country_name(iso3)
    if choice.name is None or name is None or name == choice.name:
        return choice
    place = scene.lexicon.settings.place(choice.name)
    national = _standing(scene, reading.metric)
    given = donor is not None and _standing(scene, donor.metric)
    unlike = donor is not None and (donor.metric in BALLOTS) != (reading.metric in BALLOTS)
    apart = given and unlike and _elsewhere(reading, donor)  # "In Bihar it took 39 seats. The rupee rose 1 percent."
    narrow = ("city", "district", "site", "admin1") if apart else ("city", "district", "site")
    if national and (not given or apart) and place is not None and place.kind in narrow:
        return PlaceChoice(name, "location", iso3, (RuleUse(column="place", rule="country of a national figure"),))
    crowd = donor is not None and donor.metric in CROWDS
    square = place is None or place.kind == "site" or choice.name.rpartition(" ")[2] in SQUARES
    if (
        square
        and crowd
        and reading.metric not in CROWDS
        and _elsewhere(reading, donor)
        and (
            credit.source_type in ("intergovernmental", "government", "military")
            and not LOCAL_SOURCE.search(credit.source or "")
        )
    ):
        return PlaceChoice(name, "location", iso3, (RuleUse(column="place", rule="country of a national count"),))
    return choice


def _standing(scene: Scene, metric: str) -> bool:
    return metric in BALLOTS or not scene.lexicon.metrics.metric(metric).event_bound


def _elsewhere(reading: Reading, donor: Chosen | None) -> bool:
    """Whether a figure stands in another sentence than the one whose place it would take."""
    return donor is None or donor.sentence != reading.quantity.mention.sentence


BALLOTS: Final = frozenset(["vote_share", "vote_margin", "turnout", "votes", "seats", "voters"])
SQUARES: Final = frozenset(["Square", "Plaza", "Park", "Stadium", "Avenue", "Street", "Boulevard", "Bridge", "Hall"])
CROWDS: Final = frozenset(["protesters", "attendance", "attendees", "turnout", "voters", "visitors", "spectators"])
LOCAL_SOURCE: Final = re.compile(
    r"\b(?:police|prefecture|mayor|city|municipal|county|district|hospital|fire|local|governor)\b", re.IGNORECASE
)


def _passed(one: Chosen, rule: str, reading: Reading) -> PlaceChoice:
    """An earlier figure's place; its role only where both count people who move, or both what is fired."""
    choice = one.choice
    old = choice.rules[0] if choice.rules else None
    alike = any(reading.metric in kind and one.metric in kind for kind in (MOVERS, MISSILES))
    return PlaceChoice(
        choice.name,
        choice.role if alike or choice.name is None else "location",
        choice.iso3,
        (RuleUse(column="place", rule=rule, start=old.start if old else None, end=old.end if old else None),),
        choice.field,
    )
