"""Say to which story one figure belongs: rules by which it leaves its article's own, tried in their order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from figures.extract.dating import CLOSED, DateChoice
from figures.extract.event_causes import BROUGHT_BY_QUAKES, alike, by_its_verb, nearest_cause
from figures.extract.event_days import more_of_them
from figures.extract.event_others import (
    SAME_PLACE,
    before_place,
    elsewhere,
    frames,
    hours_later,
    just_told,
    of_its_own,
    place_behind,
    speaks,
    tells_an_old_blow,
    whose,
)
from figures.extract.event_pasts import (
    anniversaries,
    day_of_cause,
    earlier_month,
    is_dated,
    old_day,
    past_of,
    when_of_old,
)
from figures.extract.event_stories import from_war, war_of
from figures.extract.event_words import (
    CAMPAIGN_HEADS,
    CAMPAIGN_SPAN,
    INCIDENTS,
    LARGE_TOLL,
    LEAVERS,
    LONG_AGO_DAYS,
    OPEN_FAMILIES,
    UPROOTED,
    VICTIMS,
    VOTING,
    YARDSTICK,
    Mention,
    Story,
    disjoint,
    label,
    only_day,
    points_back,
    roughly,
    said_here,
)
from figures.extract.scene_names import PlaceChoice
from figures.extract.scene_words import WAR, WAR_HEADS
from figures.extract.scenes import Scene
from figures.extract.types import Reading
from figures.model import RuleUse

SINCE: Final = "since the war began"
WAR_HAS: Final = re.compile(r"(?:war|conflict|invasion|uprising)\s+(?:which\s+|that\s+)?(?:has|have|had)\b")
ANNIVERSARY: Final = re.compile(r"\b(?:anniversary|years? into|year after)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One figure before the story of its article: what its own sentence says of cause and day."""

    scene: Scene
    reading: Reading
    place: PlaceChoice
    dated: DateChoice
    main: Story | None
    campaign: Story | None
    by_sentence: dict[int, list[Mention]]
    origin: str | None
    polled: date | None
    own: Mention | None = None  # the cause beside the number
    day: date | None = None  # the day on that cause, else of the figure's verb

    @property
    def index(self) -> int:
        """The sentence of the number."""
        return self.reading.quantity.mention.sentence

    @property
    def start(self) -> int:
        """Where the number begins."""
        return self.reading.quantity.mention.start

    @property
    def text(self) -> str:
        """The field in which the number stands."""
        return self.scene.text(self.index)

    def past(self) -> str | None:
        """The month or year of an older happening that the sentence tells of the number."""
        return past_of(self.scene, self.index, self.start)


Told = tuple[str | None, RuleUse | None]


def event_of(case: Case) -> Told:
    """The event of one figure, by the first rule that fits, else the article's own story."""
    found = _of_the_war(case)
    if found is not None:
        return found
    case = _with_its_own(case)
    for rule in BEFORE if case.main is not None else ALONE:
        found = rule(case)
        if found is not None:
            return found
    if case.main is None:
        return _unnamed(case)
    return _of_the_story(case)


def _used(rule: str, own: Mention | None = None) -> RuleUse:
    return RuleUse(column="event", rule=rule, start=own.start if own else None, end=own.end if own else None)


def _of_the_war(case: Case) -> Told | None:
    """What a sentence counts of a war as a whole: "since the war began", "the five-year conflict has killed"."""
    scene, mention = case.scene, case.reading.quantity.mention
    sentence = scene.sentence(case.index)
    whole = scene.first(CAMPAIGN_SPAN, case.index, CAMPAIGN_HEADS)
    if whole is not None and (
        (mention.end <= whole.start() and WAR_HAS.match(whole[0]))
        or YARDSTICK.search(case.text, max(sentence.start, whole.start() - 70), whole.start())
    ):
        whole = None  # "seven died on the anniversary of a war that has killed thousands", "the worst since the war"
    of_war = scene.first(WAR, case.index, WAR_HEADS) if whole is None else None
    if of_war is not None and (
        YARDSTICK.search(case.text, max(sentence.start, of_war.start() - 70), of_war.start())
        or (mention.end <= of_war.start() and ANNIVERSARY.search(case.text, mention.end, of_war.start()))
    ):
        of_war = None
    if case.campaign is None or (whole is None and (of_war is None or not from_war(case.place))):
        return None
    if case.campaign.day is None:
        wars = (one for one in case.by_sentence.get(case.index, []) if one.cause.family == "war")
        waged = next((named for one in wars if (named := _war_of_that_year(scene, one, case.place))), None)
        if waged is not None:
            return waged, _used("the war of YEAR")
    since = whole is not None and whole[0].startswith("since ") and whole[0] != "since then"
    use = RuleUse(
        column="event",
        rule=SINCE if since else "the war as a whole",
        start=whole.start() if whole else sentence.start,
        end=whole.end() if whole else sentence.end,
    )
    return case.campaign.label(), use


def _with_its_own(case: Case) -> Case:
    """The case with the cause beside its number and the day that is told of it."""
    scene, reading, main = case.scene, case.reading, case.main
    mention = reading.quantity.mention
    own = nearest_cause(case.by_sentence.get(case.index, []), mention.start, mention.end)
    if (
        own is not None
        and main is not None
        and own.cause.family in BROUGHT_BY_QUAKES
        and (own.cause.vague or main.cause.family == "earthquake")
        and own.cause.family != main.cause.family
        and day_of_cause(scene, own) is None
    ):
        own = None  # rubble and ruins are what the blow left
    pointed = roughly(scene, reading, case.dated) or points_back(scene, reading, case.dated)
    day = None if pointed else only_day(case.dated)
    if day is not None and day in anniversaries(scene, case.index):
        day = None
    named = day_of_cause(scene, own) if own is not None and own.cause.span == "day" else None
    return replace(case, own=own, day=named or day)


def _in_a_year_when(case: Case) -> Told | None:
    """ "The worst since 2009, when 13 people were killed in TOWN"."""
    recalled = when_of_old(case.scene, case.index, case.start)
    main, place = case.main, case.place
    if recalled is None or (main is not None and main.cause.span != "day"):
        return None
    then, since_when = recalled
    here = said_here(place) and place.rules[0].start is not None and place.rules[0].start > since_when
    what = _what(case)
    where = place.name if here or main is None else place_behind(case.scene, case.index, since_when) or main.place
    use = RuleUse(column="event", rule="in YEAR, when", start=case.start, end=case.reading.quantity.mention.end)
    return label(what, where, then), use


def _what(case: Case) -> str:
    """What an older blow was: the cause named, the one its verb hints at, the story's."""
    if case.own is not None:
        return case.own.name
    return by_its_verb(case.scene, case.index) or (case.main.name if case.main is not None else "?")


def _on_its_causes_day(case: Case) -> Told | None:
    """Another day on the cause itself: "Monday's attack killed 12" in an article of Thursday's."""
    own, main = case.own, case.main
    if own is None or main is None or own.cause.span != "day" or main.cause.span != "day" or main.day is None:
        return None
    named = day_of_cause(case.scene, own)
    if named is None or abs((named - main.day).days) <= 1:
        return None
    return label(own.name, case.place.name or main.place, named), _used("DAY's cause", own)


def _fled(case: Case) -> Told | None:
    """Those who leave a country at war are the war's, save for the few whom one raid drives out."""
    main = case.main
    if case.reading.metric not in LEAVERS or (main is not None and main.cause.family in OPEN_FAMILIES):
        return None
    few = main is not None and main.cause.family in INCIDENTS
    if not few or case.reading.quantity.mention.low >= LARGEST_INCIDENT:
        war = war_of(case.scene, case.origin)
        if war is not None:
            return war, _used("the war as a whole")
    if main is None and case.origin is not None:
        return label("exodus", case.origin, None), _used("left COUNTRY")
    return None


def _crowd(case: Case) -> Told | None:
    """People who march in an article about something else."""
    if case.reading.metric != "protesters" or (case.main is not None and case.main.cause.family == "protest"):
        return None
    when = case.day or (case.dated.as_of if case.dated.basis == "stated" else None)
    return label("protest", case.place.name, when), _used("protesters")


def _without_a_story(case: Case) -> Told | None:
    """Where the article has no story: votes, a toll of a known war, the cause beside the number."""
    scene, reading, own = case.scene, case.reading, case.own
    if VOTING.search(reading.metric):
        return label("election", scene.lexicon.settings.country_name(scene.main_country), case.polled), _used("votes")
    if reading.quantity.mention.low >= LARGE_TOLL and reading.metric in VICTIMS and case.day is None:
        war = war_of(scene, scene.lexicon.settings.country_name(case.place.iso3))
        war = war or (war_of(scene, case.origin) if case.origin is not None else None)
        if war is not None:
            return war, _used("a toll of the war")
    if own is None:
        return None
    return label(own.name, case.place.name, case.day or past_of(scene, case.index)), _used("its own cause", own)


def _relief(case: Case) -> Told | None:
    """Aid for a country in an article on an attack or a march there."""
    main = case.main
    if (
        main is None
        or case.reading.metric not in RELIEF
        or main.cause.family not in INCIDENTS | {"protest"}
        or case.own is not None
    ):
        return None
    country = case.scene.lexicon.settings.country_name(case.scene.main_country or case.place.iso3)
    return label("humanitarian crisis", country, None), _used("relief for COUNTRY")


def _another_cause(case: Case) -> Told | None:
    """Another kind of happening beside the number, with a day or place of its own."""
    own, main, place = case.own, case.main, case.place
    if own is None or main is None:
        return None
    leaving = own.cause.family == "exodus" and case.reading.metric in LEAVERS
    if own.cause.family != main.cause.family and not leaving:
        apart = place.name is not None and disjoint(case.scene, place, main)
        far = case.day is not None and main.day is not None and case.day != main.day
        old = old_day(case.scene, case.index) if own.cause.span == "day" else None
        if own.cause.family == "war":
            waged = _war_of_that_year(case.scene, own, place)
            if waged is not None:
                return waged, _used("the war of YEAR", own)
        if not (apart or far or old is not None):
            return None
        then = case.day or old or (case.past() if own.cause.span != "open" else None)
        return label(own.name, place.name, then), _used("another event", own)
    if leaving or alike(own.name, main.name):
        return None
    other = case.day or old_day(case.scene, case.index) or past_of(case.scene, case.index)
    return label(own.name, place.name, other), _used("another kind of attack", own)


def _told_before(case: Case) -> Told | None:
    """The blow that the sentence before tells, elsewhere or on another day."""
    if case.own is not None or case.main is None:
        return None
    if case.day is None:
        told = just_told(case.scene, case.reading, case.place, case.main, case.by_sentence)
        if told is not None:
            return told
    found = elsewhere(case.scene, case.index, case.place, case.main, case.by_sentence)
    return (found, _used("another day and place")) if found is not None else None


def _on_its_own_day(case: Case) -> Told | None:
    """A march or a vote that has its own day."""
    main, dated = case.main, case.dated
    if (
        main is None
        or main.cause.family not in ("protest", "election")
        or case.reading.metric not in CLOSED
        or dated.basis != "stated"
        or dated.as_of is None
    ):
        return None
    use = next((one for one in dated.rules if one.column == "as_of"), None)
    apart = case.place.name is not None and disjoint(case.scene, case.place, main)
    return label(main.name, case.place.name if apart else main.place, dated.as_of), RuleUse(
        column="event", rule="its own day", start=use.start if use else None, end=use.end if use else None
    )


def _beyond_one_day(case: Case) -> Told | None:
    """A toll too large, or counted over too long, for the blow of one day: it is the war's."""
    main, own, campaign = case.main, case.own, case.campaign
    if main is None or campaign is None:
        return None
    sentence = case.scene.sentence(case.index)
    within = (
        own is not None
        and own.cause.family == main.cause.family
        and BY_IT.search(case.text, max(sentence.start, own.start - 40), own.start)
    )
    if (
        main.cause.family in INCIDENTS
        and not within
        and not _opened(case, main)
        and _beyond_a_day(case.reading, case.dated)
    ):
        return campaign.label(), _used("more than one day's toll")
    if (
        own is not None
        and case.day is None
        and own.cause.family == "attack"
        and PLURAL.search(case.text, own.start, own.end)
        and case.reading.metric in VICTIMS
        and case.reading.quantity.mention.low >= LARGE_UNDATED
        and not case.scene.once("dated", case.index, is_dated)
    ):
        return campaign.label(), _used("more than one day's toll", own)
    return None


def _opened(case: Case, main: Story) -> bool:
    """Whether a figure is counted from the story's first day on."""
    return main.day is not None and case.dated.first == main.day


def _older(case: Case) -> Told | None:
    """An older outbreak or blow that the sentence recalls: "In West Africa 11,300 died between 2014 and 2016"."""
    main, place, own = case.main, case.place, case.own
    if main is None:
        return None
    if main.cause.family == "epidemic" and said_here(place) and place.name != main.place:
        then = case.past()
        relation = case.scene.lexicon.settings.place_relation(
            place.name, main.place, iso3_a=place.iso3, iso3_b=main.iso3
        )
        if then is not None and relation in ("disjoint", "unknown"):
            other = own is not None and own.cause.family == "epidemic" and own.name != own.cause.name
            what = own.name if own is not None and other else main.name
            return label(what, place.name, then), _used("an older outbreak")
    past = case.past() if main.cause.span != "open" else None
    if past is None or (
        past == main.rough and (case.reading.metric not in VICTIMS or not disjoint(case.scene, place, main))
    ):
        return None
    if own is None and not tells_an_old_blow(case.scene, case.reading, place, main):
        return None
    sentence = case.scene.sentence(case.index)
    again = SAME_PLACE.search(case.text, sentence.start, sentence.end)
    where = place.name if said_here(place) else main.place if again else None
    return label(_what(case), where, past), _used("in MONTH or YEAR", own)


def _in_another_place(case: Case) -> Told | None:
    """Victims of a place apart from the one where the story struck, which is no speaker's and no nation's."""
    main, place, own, scene = case.main, case.place, case.own, case.scene
    if (
        main is None
        or main.cause.family not in INCIDENTS | {"collapse", "crush"}
        or main.cause.span != "day"
        or not (said_here(place) or (place.rules and place.rules[0].rule == "title"))
        or place.role != "location"
        or case.reading.metric not in VICTIMS
        or any(name == "part_of" for name, _ in case.reading.relations)
        or not (disjoint(scene, place, main) or (own is not None and of_its_own(scene, place, main)))
        or speaks(scene, case.index, place)
        or frames(scene, case.index, place, main)
        or whose(scene, case.reading, place, own)
    ):
        return None
    near = own or before_place(scene, case.index, place, case.by_sentence)
    name = near.name if near is not None and near.cause.family == main.cause.family else main.name
    day = main.day if case.day is None and hours_later(scene, case.index, place) else case.day
    return label(name, place.name, day or case.past() or earlier_month(scene, case.index, main)), _used("another place")


def _in_an_earlier_month(case: Case) -> Told | None:
    """ "In early October four bombers killed 15", in an article on a bombing of November."""
    own, main = case.own, case.main
    if own is None or main is None or main.cause.span != "day":
        return None
    earlier = earlier_month(case.scene, case.index, main)
    if earlier is None:
        return None
    return label(own.name, case.place.name or main.place, earlier), _used("earlier in MONTH", own)


def _over_a_window(case: Case) -> Told | None:
    """A window that opens before the blow: the war's, else of no story."""
    main = case.main
    if main is None or main.cause.span != "day" or _opened(case, main) or not _opens_before(case.dated, main):
        return None
    if case.campaign is not None and main.cause.family in INCIDENTS and case.reading.metric in VICTIMS:
        return case.campaign.label(), _used("more than one day's toll")
    return None, None


def _on_another_day(case: Case) -> Told | None:
    """Another day than the story's; those found or treated days later stay."""
    main, own, day = case.main, case.own, case.day
    if main is None:
        return None
    if main.cause.family == "war" and day is not None and own is not None and own.cause.family in ("attack", "crash"):
        return label(own.name, case.place.name or main.place, day), _used("an incident of the war", own)
    if main.cause.span != "day" or main.day is None:
        return None
    later = day is not None and 0 < (day - main.day).days < LATE_DEATHS
    if later and (own is None or own.cause.family == main.cause.family) and more_of_them(case.scene, case.reading):
        day = main.day  # "two more people died on Monday"
    years = day is not None and day > main.day and case.reading.metric in ("evacuated", "displaced", "missing")
    if (later or years) and own is None and case.reading.metric in AFTERMATH and main.cause.family != "protest":
        day = main.day  # "142 were being treated on Thursday", of Monday's blast
    if day is not None and day != main.day:
        name = own.name if own is not None else "?" if disjoint(case.scene, case.place, main) else main.name
        return label(name, case.place.name or main.place, day), _used("another day", own)
    old = old_day(case.scene, case.index)
    if old is not None and own is not None and abs((old - main.day).days) > 1:
        return label(own.name, case.place.name, old), _used("another day", own)
    return None


def _of_the_story(case: Case) -> Told:
    assert case.main is not None
    return case.main.label(), _used("the story", case.own)


Rule = Callable[[Case], Told | None]
ALONE: Final[tuple[Rule, ...]] = (_in_a_year_when, _fled, _crowd, _without_a_story)
"""Rules for a figure of an article without a story, in their order."""
BEFORE: Final[tuple[Rule, ...]] = (
    _in_a_year_when, _on_its_causes_day, _fled, _crowd, _relief, _another_cause, _told_before, _on_its_own_day,
    _beyond_one_day, _older, _in_another_place, _in_an_earlier_month, _over_a_window, _on_another_day,
)  # fmt: skip
"""Rules by which a figure leaves the story of its article, in their order."""


def _unnamed(case: Case) -> Told:
    """Where no cause is named: people away from home belong to their country's war or displacement, victims at one
    building to whatever happened there.
    """
    scene, reading, place, origin = case.scene, case.reading, case.place, case.origin
    fled = war_of(scene, origin) if reading.metric in UPROOTED and place.role != "location" else None
    if fled is not None:
        return fled, RuleUse(column="event", rule="the war as a whole")
    if reading.metric in UPROOTED and place.iso3 is not None:
        country = scene.lexicon.settings.country_name(place.iso3)
        war = war_of(scene, country) if reading.quantity.mention.low >= MANY_UPROOTED else None
        if war is not None:
            return war, RuleUse(column="event", rule="uprooted in a country at war")
        return label("displacement", country, None), RuleUse(column="event", rule="displaced")
    helped = scene.main_country or place.iso3
    if reading.metric in RELIEF and helped is not None:
        country = scene.lexicon.settings.country_name(helped)
        return label("humanitarian crisis", country, None), RuleUse(column="event", rule="relief for COUNTRY")
    known = scene.lexicon.settings.place(place.name) if place.name is not None else None
    if reading.metric in VICTIMS and place.name is not None and known is not None and known.kind == "site":
        return label("?", place.name, None), RuleUse(column="event", rule="victims at SITE")
    return None, None


RELIEF: Final = frozenset(("aid", "people_in_need"))

MANY_UPROOTED: Final = 10_000
"""People displaced from which on a country at war has them by its war; a flood or a fire drives out fewer."""


def _war_of_that_year(scene: Scene, own: Mention, place: PlaceChoice) -> str | None:
    """The known war that a year names: "the war of 2014"."""
    found = WAR_OF.match(scene.text(own.sentence), own.end) or WAR_IN.search(
        scene.text(own.sentence), max(scene.sentence(own.sentence).start, own.start - 12), own.start
    )
    if found is None:
        return None
    year = int(found[1])
    for iso3 in (place.iso3, scene.main_country):
        for one in scene.lexicon.settings.campaigns:
            if one.iso3 == iso3 and one.start.year == year:
                return label(one.cause, one.place or scene.lexicon.settings.country_name(iso3), one.start)
    return None


WAR_OF: Final = re.compile(r"\s(?:of|in)\s((?:19|20)\d\d)\b")
WAR_IN: Final = re.compile(r"\b((?:19|20)\d\d)\s(?:\w+\s)?$")


def _opens_before(dated: DateChoice, main: Story) -> bool:
    """Whether a window opens before the incident: "25,700 people have crossed this year" is no part of one sinking."""
    if dated.first is None or dated.last is None or (dated.last - dated.first).days <= LONG_WINDOW:
        return False
    if main.day is None:
        return (dated.last - dated.first).days > LONG_AGO_DAYS
    return (main.day - dated.first).days > LONG_WINDOW


LATE_DEATHS: Final = 31

AFTERMATH: Final = frozenset((
    "hospitalised", "missing", "detained", "arrests", "evacuated", "displaced", "without_power", "people_trapped",
    "rescued",
))  # fmt: skip
"""What is counted on the days after a blow and still is of it."""


def _beyond_a_day(reading: Reading, dated: DateChoice) -> bool:
    """Whether a toll is too large or its window too long for the incident of one day."""
    if reading.metric not in VICTIMS and reading.metric not in ("displaced", "refugees"):
        return False
    window = dated.period is not None and dated.first is not None and dated.last is not None
    long = (
        window and dated.first is not None and dated.last is not None and (dated.last - dated.first).days >= LONG_WINDOW
    )
    return long or reading.quantity.mention.low >= LARGEST_INCIDENT


BY_IT: Final = re.compile(r"\b(?:by|in|after|from|during)\s(?:the|this|that|last\s\w+['’]s)\s(?:\w+\s)?$")
"""Before a cause: the number is the blow's own, however large: "20,000 people displaced by the raid"."""

LARGEST_INCIDENT: Final = 20_000
"""No single attack in the records of recent decades killed, hurt or drove out so many; wars do."""

LONG_WINDOW: Final = 3

LARGE_UNDATED: Final = 300
"""Strikes, raids, bombings without a day that killed this many are those of the whole war."""

PLURAL: Final = re.compile(r"(?:strikes|raids|attacks|bombings|bombs|shelling|bombardment)$", re.IGNORECASE)
