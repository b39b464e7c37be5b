"""Say to which story each figure belongs: "cause:Place:YYYY-MM-DD", the same words for every figure of one story.

The article is read as a whole first. Its main story takes its cause from title and lead, its place from the figures
that carry one, its day from the days that stand on event verbs or on the cause ("Tuesday's earthquake"). A figure
leaves the main story where its own sentence names a war as a whole, another day for its own verb, another kind of
cause with a day or place of its own, or an older year and another place, and where the sentence before has just told
another blow. Standing statistics belong to no story. A piece that is not said is "?"; a start is as rough as the words
("in September", "five weeks ago" are a month or a year).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from figures.extract.dating import CLOSED, DateChoice
from figures.extract.scene_names import PlaceChoice
from figures.extract.scene_words import FIRED, WAR, WAR_HEADS
from figures.extract.scenes import Scene
from figures.extract.times import SMALL, TimeMention, back, shift
from figures.extract.types import Reading
from figures.lexicon.settings import Cause
from figures.model import RuleUse

LONGEST_SCAN: Final = 30_000
"""Characters of an article in which causes are sought; a story names its cause early."""

HEADLINE_WEIGHT: Final = 6
LEAD_WEIGHT: Final = 4
"""A cause in the title outweighs six mentions in the body, one in the lead four: later ones are often background."""

SINCE: Final = "since the war began"
OPEN_FAMILIES: Final = frozenset(("war", "epidemic", "famine", "exodus"))
CAMPAIGN_HEADS: Final = frozenset(["since", "war", "conflict", "invasion", "uprising"])
CAMPAIGN_SPAN: Final = re.compile(
    r"\bsince\s+(?:the\s+|its\s+|his\s+)?(?:[\w'’\-]+\s+){0,5}(?:war|conflict|invasion|uprising"
    r"|offensive|fighting|crisis|insurgency|hostilities|campaign)\b|\bsince then\b|\bin the (?:war"
    r"|conflict)\b"
    r"|\b(?:war|conflict|invasion|uprising)\s+(?:which\s+|that\s+)?(?:has|have"
    r"|had)\s+(?:also\s+)?(?:killed|claimed|left|displaced|forced)\b"
)


YARDSTICK: Final = re.compile(
    r"\b(?:highest|largest|biggest|worst|deadliest|bloodiest|heaviest|lowest|most \w+|first|fiercest|longest)\b"
    r"[^;:.]{0,50}$"
)
WAR_HAS: Final = re.compile(r"(?:war|conflict|invasion|uprising)\s+(?:which\s+|that\s+)?(?:has|have|had)\b")
ANNIVERSARY: Final = re.compile(r"\b(?:anniversary|years? into|year after)\b")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A cause where it stands."""

    name: str
    cause: Cause
    field: str
    start: int
    end: int
    sentence: int
    old: bool = False  # of a year long gone: "the 2004 train bombings"
    hint: bool = False  # no name of a cause, only a word that hints at one: "miners"


@dataclass(frozen=True, slots=True)
class _Story:
    name: str
    cause: Cause
    place: str | None
    iso3: str | None
    day: date | None
    rough: str | None = None  # the month or year, where no day is known

    def label(self) -> str:
        return label(self.name, self.place, self.day or self.rough)


def label(cause: str, place: str | None, day: date | str | None) -> str:
    """The event column: pieces that are not known are "?"; a start known to the month or year is "2010-01", "2010"."""
    when = day.isoformat() if isinstance(day, date) else day or "?"
    return f"{cause}:{(place or '?').replace(':', ' ')}:{when}"


def find_events(
    scene: Scene,
    readings: list[Reading],
    places: list[PlaceChoice],
    dates: list[DateChoice],
) -> list[tuple[str | None, RuleUse | None]]:
    """The event of each reading with the rule that chose it, in the same order."""
    named = _mentions(scene, readings)
    mentions = [one for one in named if not one.old]
    main = _main_story(scene, readings, places, dates, mentions)
    if main is None:
        struck = _only_blow(scene, readings, mentions)
        main = _main_story(scene, readings, places, dates, struck, least=0.9)
    if main is None:
        traced = _traces(scene, readings)
        main = _main_story(scene, readings, places, dates, traced)
        if main is not None:
            named = sorted([*named, *traced], key=lambda one: (one.sentence, one.start))
            mentions = [one for one in named if not one.old]
    if main is None:
        main = _on_the_move(scene, readings) or _nameless(scene, readings, places, dates)
    campaign = _campaign(scene, mentions, main)
    origin = _origin(scene, readings, places)
    if main is not None and main.cause.family == "exodus":
        main = _flight(scene, main, origin)
    elif main is not None and campaign is not None and campaign.day is not None and _tells_the_war(scene, main):
        main = campaign
    by_sentence: dict[int, list[_Mention]] = {}
    for one in named:
        by_sentence.setdefault(one.sentence, []).append(one)
    voting = [dated for one, dated in zip(readings, dates, strict=True) if VOTING.search(one.metric)]
    polled = next((day for dated in voting if (day := _only_day(dated))), None) if voting else None
    if voting and polled is None:
        polled = _polling_day(scene)
    out: list[tuple[str | None, RuleUse | None]] = []
    for reading, place, dated in zip(readings, places, dates, strict=True):
        if not _bound(scene, reading):
            out.append((None, None))
            continue
        out.append(_event(scene, reading, place, dated, main, campaign, by_sentence, origin, polled))
    if main is None:
        return _rest_of_the_war(scene, readings, places, dates, out)
    return _parts_with_their_whole(readings, main, out)


def _parts_with_their_whole(
    readings: list[Reading], main: _Story, found: list[tuple[str | None, RuleUse | None]]
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
        if out[at][0] is None and of_it and _bound(scene, reading):
            out[at] = war, RuleUse(column="event", rule="the war of the article")
    return out


WAR_RULES: Final = frozenset(("the war as a whole", "since the war began", "a toll of the war"))


def _flight(scene: Scene, main: _Story, origin: str | None) -> _Story:
    """A flight from a country at war belongs to the war; another is named by the country left."""
    settings = scene.lexicon.settings
    found = settings.campaign(settings.country_of(origin), scene.published) if origin is not None else None
    if found is None:
        name = main.name if origin is None else "exodus"
        return replace(main, name=name, place=origin or main.place)
    return _Story(found.cause, settings.causes["war"], found.place or origin, found.iso3, found.start)


def _tells_the_war(scene: Scene, main: _Story) -> bool:
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


def _on_the_move(scene: Scene, readings: list[Reading]) -> _Story | None:
    """Where no cause is named and many figures are of people who cross borders, the story is their way."""
    bound = [one for one in readings if _bound(scene, one)]
    moving = sum(one.metric in LEAVERS for one in bound)
    if not moving or moving < MOVING_SHARE * len(bound):
        return None
    choice = scene.story_place()
    if choice.iso3 is not None and scene.lexicon.settings.campaign(choice.iso3, scene.published) is not None:
        return None  # a country at war: its dead and those who leave are the war's
    return _Story("migration", scene.lexicon.settings.causes["exodus"], choice.name, choice.iso3, None)


def _nameless(
    scene: Scene, readings: list[Reading], places: list[PlaceChoice], dates: list[DateChoice]
) -> _Story | None:
    """Victims in one town on one day, told in title and lead without a cause: "Ten people died in X on Saturday"."""
    first_text = len([one for one in scene.document.sentences[:FEW_TITLES] if one.field == "title"])
    settings = scene.lexicon.settings
    for reading, place, dated in zip(readings, places, dates, strict=True):
        mention = reading.quantity.mention
        if mention.sentence > first_text + 1:
            break
        day = _only_day(dated)
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
            return _Story("?", settings.causes["attack"], known.name, known.iso3, day)
    return None


FEW_TITLES: Final = 3
LEAST_VICTIMS: Final = 3
"""Dead or hurt from which a day and a town alone tell what is meant; smaller tolls are told of every other day."""
MOVING_SHARE: Final = 0.25
"""Share of an article's figures, of those that belong to stories at all, that makes it one of migration."""


def _bound(scene: Scene, reading: Reading) -> bool:
    """Whether the metric belongs to events at all: deaths do, unemployment does not."""
    metric = scene.lexicon.metrics.metric(reading.metric)
    return metric.event_bound


def _mentions(scene: Scene, readings: list[Reading]) -> list[_Mention]:
    """Every cause that title and text name, in order; elections only where votes are counted."""
    heads = scene.lexicon.settings.cause_heads.keys()
    voting = any(VOTING.search(one.metric) for one in readings)
    out: list[_Mention] = []
    for index, sentence in enumerate(scene.document.sentences):
        if sentence.start > LONGEST_SCAN:
            break
        if heads.isdisjoint(scene.vocabulary(index)):
            continue
        text = scene.text(index)
        for start, end, name, cause in scene.lexicon.settings.find_causes(
            text, max(sentence.start, scene.dateline(index)), sentence.end
        ):
            word = text[start:end]
            if word in ("March", "Fires") or (" " not in word and _in_an_idiom(text, start, end)):
                continue
            if cause.family == "election" and not voting:
                continue
            if word.casefold() in ("strike", "strikes") and LABOUR.search(text, max(0, start - 90), end + 90):
                name, cause = "strike", scene.lexicon.settings.causes["strikers"]
            old = _of_an_old_year(scene, text, max(sentence.start, start - 40), start)
            out.append(_Mention(name, cause, sentence.field, start, end, index, old))
    return out


def _in_an_idiom(text: str, start: int, end: int) -> bool:
    """Whether a cause's word is part of a phrase that means something else: "opened fire", "war crimes"."""
    low = max(0, start - LONGEST_IDIOM)
    return any(
        low + one.start() < end and start < low + one.end() for one in IDIOM.finditer(text[low : end + LONGEST_IDIOM])
    )


LONGEST_IDIOM: Final = 32


def _traces(scene: Scene, readings: list[Reading]) -> list[_Mention]:
    """What hints at a cause that no word names: "gunshot wounds", "tear gas", "burst its banks", "divers"."""
    if not any(one.metric in VICTIMS or one.metric in TRACED for one in readings):
        return []
    settings = scene.lexicon.settings
    out: list[_Mention] = []
    for index, sentence in enumerate(scene.document.sentences):
        if sentence.start > LONGEST_SCAN:
            break
        vocabulary = scene.vocabulary(index)
        text = scene.text(index)
        low = max(sentence.start, scene.dateline(index))
        for name, words in settings.traces.items():
            if words.heads.isdisjoint(vocabulary):
                continue
            found = words.pattern.search(text, low, sentence.end)
            if found is not None:
                out.append(
                    _Mention(
                        settings.causes[name].name,
                        settings.causes[name],
                        sentence.field,
                        found.start(),
                        found.end(),
                        index,
                        hint=True,
                    )
                )
    return out


TRACED: Final = frozenset((
    "rescued", "detained", "arrests", "people_aboard", "people_trapped", "evacuated", "hospitalised",
    "buildings_damaged", "protesters",
))  # fmt: skip


def _of_an_old_year(scene: Scene, text: str, low: int, start: int) -> bool:
    """Whether a cause is named by a year long gone: "since the 2004 train bombings", "the 1994 genocide"."""
    found = YEARED.search(text, low, start)
    return found is not None and scene.published is not None and int(found[1]) < scene.published.year - 1


YEARED: Final = re.compile(
    r"(?:\bThe|\b(?:since|than|after|of|in|during|like|recalled|recalling|from|to|by|with)\s+(?:the|a|its|their))\s+(?:\w+\s+)?"
    r"((?:19|20)\d\d)\s+(?:[\w\-]+\s+){0,3}$"
)
VOTING: Final = re.compile(r"vote|turnout|seat|ballot|elector")
LABOUR: Final = re.compile(
    r"\b(?:unions?|workers|walk(?:ed)? out|pay|wages?|labour|employers?|strikers?|teachers|nurses"
    r"|pilots|staff|general strike|picket)\b"
)
IDIOM: Final = re.compile(
    r"\b(?:[Ff]ires? (?:and (?:building|safety)|safety|rocket|rockets|shells?|missiles?|mortar"
    r"|back|power)\b|(?:rebel|gun|cross|artillery|rocket|mortar|sniper|tank|friendly|hostile|live"
    r"|returned|opened|open|under|exchange of|sporadic|anti-aircraft|machine.gun) fire|storm(?:ed"
    r"|ing|s) (?:the|a|into|out)|(?:[Ff]ire|FIRE|[Rr]escue) (?:brigade|department|service|services"
    r"|chief|officials?|agency|station|engine)|Fire (?:Brigade|Department|Service|Agency|Chief)"
    r"|under fire|opened fire|cease\s?-?fire|(?:World|Cold|Vietnam|Korean|Falklands|Gulf|Boer|Crimean|Six[ -]Day"
    r"|Yom Kippur|Winter|Great|Algerian|Biafran|Opium) War|[Ww]ar crimes?|war-torn"
    r"|[Pp]rotest(?:ed|ing) that"
    r"|bl(?:ew|own|ows?|owing) up (?:the|an?|its|their|his|what|bridges|buildings|houses)\b"
    r"|strike force|strike group|electoral crisis|market crash|stock market|raid(?:ed)? the"
    r"|storm(?:ed|ing)|[Ww]ar monitor|in March|last March|of March|on March|since March|March \d"
    r"|fighting (?:the\s|a\s|against\s)?(?:\w+\s)?(?:fires?|flames|blazes?|wildfires|virus|outbreak|epidemic|disease"
    r"|Ebola|malaria|cholera|corruption|crime|poverty|inflation|hunger)"
    r"|outbreak of (?:the\s)?(?:\w+\s)?(?:war|fighting|violence|hostilities|conflict|clashes)"
    r"|\d March|leaked|heart attack|battle against|(?:drug|culture|trade|price) wars?)\b"
)


LEAST_VOTES: Final = 2
"""One mention deep in the body is background, not the story."""


def _main_story(
    scene: Scene,
    readings: list[Reading],
    places: list[PlaceChoice],
    dates: list[DateChoice],
    mentions: list[_Mention],
    least: float = LEAST_VOTES,
) -> _Story | None:
    """The story that title and lead tell, where it has votes enough."""
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
        if one.field == "text" and _past(scene, one.sentence) is not None:
            weight = min(weight, 0.5)
        verb = text.endswith("ed", one.start, one.end)  # "long before the bridge collapsed"
        ahead = not verb and AHEAD.search(text, max(0, one.start - 30), one.start)
        if ahead or COMING.match(text, one.end, one.end + 40):
            weight = min(weight, 0.5)
        if one.cause.family == "protest" and one.field == "text" and _in_passing(scene, one):
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
    name, cause = _best_name(mentions, family)
    place, iso3 = _story_place(scene, readings, places, mentions, family)
    day = _story_day(scene, mentions, family, dates, readings, cause, name, (place, iso3))
    if family == "war":
        found = scene.lexicon.settings.campaign(iso3 or scene.main_country, scene.published)
        if found is None:  # the war of the one country at war among those named
            running = [scene.lexicon.settings.campaign(one, scene.published) for one in sorted(scene.near)]
            named = [one for one in running if one is not None]
            found = named[0] if len(named) == 1 else None
        if found is not None:
            country = found.place or scene.lexicon.settings.country_name(found.iso3)
            return _Story(found.cause, cause, country, found.iso3, found.start)
    monthly = day is None and cause.span != "open" and family != "election"
    rough = _story_month(scene, mentions, family) if monthly else None
    return _Story(name, cause, place, iso3, day, rough)


def _only_blow(scene: Scene, readings: list[Reading], mentions: list[_Mention]) -> list[_Mention]:
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
            and _past(scene, one.sentence) is None
        ):
            out.append(one)
    bound = [one for one in readings if _bound(scene, one)]
    hurt = sum(one.metric in VICTIMS for one in bound)
    return out if len({one.cause.family for one in out}) == 1 and hurt >= VICTIMS_SHARE * len(bound) else []


VICTIMS_SHARE: Final = 0.25
"""Share of an article's figures, of those that belong to stories, that must be victims for a blow told in passing."""
BLOW_REACH: Final = 60
"""Characters beside a cause in which the verb stands that says it struck."""


def _in_passing(scene: Scene, one: _Mention) -> bool:
    """Whether a march or a walkout is only called for, put off, or held for the dead of something else."""
    text = scene.text(one.sentence)
    before = max(scene.sentence(one.sentence).start, one.start - 60)
    return (
        CALLED_FOR.search(text, before, one.start) is not None or NOT_YET.match(text, one.end, one.end + 60) is not None
    )


CALLED_FOR: Final = re.compile(
    r"\b(?:(?:call|threaten|plann?|announc|postpon|cancell?|proclaim|declar|urg|promis|prepar|consider|organi[sz]|end"
    r"|suspend)(?:e?s|e?d|ing|e)?|put(?:s|ting)? off|called off|vote[ds]? for|ballot on|held|staged|join(?:ed)?"
    r"|attend(?:ed)?|came to|come to|went to|due to|because of)\s+(?:for\s+|to\s+)?"
    r"(?:an?|the|their|its|his|her|two|three|several|some)?\s*(?:[\w\-]+\s+){0,2}$"
    r"|\b(?:memorial|funeral|peace|election|campaign|silent|candlelight|commemorative|victory|political|party|solidarity"
    r"|remembrance|sympathy|token|one-day|rail|bus|drivers|hunger)\s+$",
    re.IGNORECASE,
)
NOT_YET: Final = re.compile(
    r"\s+(?:(?:of|by|over|for)\s+(?:[\w\-]+\s+){1,3})?(?:(?:that|which)\s+)?"
    r"(?:(?:was|is|were|are|had been|has been)\s+)?(?:to be\s+"
    r"|planned|called|due|scheduled|announced|threatened|put off|postponed|cancelled|canceled|banned|set for"
    r"|for (?:the day|peace|the (?:dead|victims)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))"
)


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


def _best_name(mentions: list[_Mention], family: str) -> tuple[str, Cause]:
    """The commonest plain name of a family, a proper name ("typhoon Rai") before all; vague ones only where alone."""
    mine = [one for one in mentions if one.cause.family == family]
    votes: Counter[str] = Counter()
    for one in mine:
        votes[one.name] += (
            (1 if one.cause.vague else 3)
            + (12 if " " in one.name and one.name.split()[-1][:1].isupper() else 0)
            + (2 if one.field == "title" else 0)
        )
        if one.name.endswith(" epidemic"):
            votes[one.name] += 6
    first = {one.name: -at for at, one in reversed(list(enumerate(mine)))}
    name = max(votes, key=lambda one: (votes[one], first[one]))
    return name, next(one.cause for one in mine if one.name == name)


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


def _story_place(
    scene: Scene, readings: list[Reading], places: list[PlaceChoice], mentions: list[_Mention], family: str
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
        if place.name is None or place.role in ("origin", "destination") or not _bound(scene, reading):
            continue
        sentence = reading.quantity.mention.sentence
        if _past(scene, sentence) is not None:
            continue
        own = not place.rules or place.rules[0].rule not in ("paragraph", "earlier figure", "same source", "the war")
        if scene.first(CAMPAIGN_SPAN, sentence, CAMPAIGN_HEADS) is None:
            key = reading.metric, place.name
            totals[key] = max(totals.get(key, 0.0), reading.quantity.mention.low)
        votes[place.name] += (2 if own else 1) + (2 if sentence in causes else 0)
        iso.setdefault(place.name, place.iso3)
        part = any(kind == "part_of" for kind, _ in reading.relations)
        if own and not part and (sentence in causes or scene.sentence(sentence).field == "title"):
            struck.add(place.name)
    for name in _headline_places(scene):
        if name in votes:
            votes[name] += HEADLINE_WEIGHT // 2
    if nowhere > len(readings) // 3:
        return None, None
    if votes:
        order = {name: -at for at, name in enumerate(votes)}
        name = max(votes, key=lambda one: (votes[one], order[one]))
        settings = scene.lexicon.settings
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
        if family in SPOT and scene.kind_of(name) in ("country", "wide"):
            target = _target(scene, mentions, family, name, iso[name])
            if target is not None:
                return target
        town = scene.home() if family in LOCAL else None
        if town is not None and settings.place_relation(town.name, name, iso3_b=iso[name]) == "part":
            return town.name, town.iso3
        return name, iso[name]
    choice = scene.story_place()
    return choice.name, choice.iso3


def _target(
    scene: Scene, mentions: list[_Mention], family: str, name: str, iso3: str | None
) -> tuple[str, str | None] | None:
    """The spot inside the story's place that title or lead say was struck: "missiles hit a school in TOWN"."""
    first_text = next((i for i, one in enumerate(scene.document.sentences) if one.field == "text"), 0)
    for one in mentions:
        if one.sentence > first_text + LAST_OF_LEAD:
            break
        if one.cause.family != family or _past(scene, one.sentence) is not None:
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


SPOT: Final = frozenset(("attack", "crash", "collapse", "crush", "fire"))
"""What strikes one spot, whose country or province is mere frame."""
LAST_OF_LEAD: Final = 3
FARTHEST_TARGET: Final = 45
STOP: Final = re.compile(r"[,;:.]|\b(?:and|but|said|who|which|where|after|since|than)\b")


def _rough(first: date, last: date) -> str | None:
    """The narrowest name of a stretch of days: the day, the month, the year; None where it goes beyond a year."""
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year:04}-{first.month:02}"
    return f"{first.year:04}" if first.year == last.year else None


def _about(day: date, unit: str, count: int) -> str | None:
    """What is known of a day told as "five weeks ago": give or take a few days; of years only the year."""
    unit = unit.casefold().rstrip("s")
    if unit in ("hour", "day"):
        return day.isoformat()
    if unit == "year" and count > 1:
        return f"{day.year:04}"
    slack = timedelta(days=SLACK.get(unit, 0))
    return _rough(day - slack, day + slack)


SLACK: Final = {"week": 2, "month": 10, "year": 20}
"""Days by which a count of weeks, months, years may be off."""


def _days_after(scene: Scene, index: int) -> list[tuple[int, int, str, int, str]]:
    """Every "five days after": its start and end, the day it leads back to as known, the count and its unit."""
    return scene.once("days after", index, _find_days_after)


def _find_days_after(scene: Scene, index: int) -> list[tuple[int, int, str, int, str]]:
    if scene.published is None or not {"after", "since", "from"} & scene.vocabulary(index):
        return []
    one = scene.sentence(index)
    text = scene.text(index)
    out: list[tuple[int, int, str, int, str]] = []
    for found in DAYS_AFTER.finditer(text, one.start, one.end):
        words, unit = found[1].casefold(), found[2].casefold()
        count = int(words) if words.isdigit() else SMALL.get(words)
        low = max(one.start, found.start() - MONTH_REACH)
        if count is None or count > FARTHEST_BACK or AND.search(text, low, found.start()):
            continue
        if any(True for _ in scene.lexicon.settings.find_causes(text, low, found.start())):
            continue  # "the attack came a day after heavy strikes"
        anchor = scene.published
        for bound in scene.bounds(index):
            if 0 <= found.start() - bound.time.end <= 2 and bound.time.kind == "day" and bound.first is not None:
                anchor = bound.first  # "on Tuesday, three days after the quake"
        day = back(count, unit, anchor)
        about = _about(day, unit, count) if day is not None else None
        if about is not None:
            out.append((found.start(), found.end(), about, count, unit))
    return out


DAYS_AFTER: Final = re.compile(
    r"\b(an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})\s(days?|weeks?|months?|years?)"
    r"\s(?:on\s)?(?:after|since|from)\s(?=(?:the|an?|that|this|its|last)\s|[A-Z])",
    re.IGNORECASE,
)
FARTHEST_BACK: Final = 60
AND: Final = re.compile(r"\band\s$")


def _story_month(scene: Scene, mentions: list[_Mention], family: str) -> str | None:
    """The month or year in which the story began, where no day is told: "the ferry that sank in September"."""
    if scene.published is None:
        return None
    first_text = next((i for i, one in enumerate(scene.document.sentences) if one.field == "text"), 0)
    told: dict[int, list[_Mention]] = {}
    for one in mentions:
        if one.cause.family == family:
            told.setdefault(one.sentence, []).append(one)
    for index in sorted({*told, *range(min(first_text + 1, len(scene.document.sentences)))}):
        here = told.get(index, [])
        text = scene.text(index)
        for _start, end, about, _, _ in _days_after(scene, index):
            if any(0 <= one.start - end < MONTH_REACH for one in here):
                return about
        for bound in scene.bounds(index):
            time = bound.time
            if bound.first is None or bound.last is None or bound.kind in ("said", "since", "stated"):
                continue
            if BESIDE.search(text, max(0, time.words_start - 30), time.words_start):
                continue
            if index > first_text and OPENS.match(text, scene.sentence(index).start):
                continue  # "In 2009 another ferry sank": an older one
            near = any(
                (index <= first_text + 2 or THE.search(text, max(0, one.start - 24), one.start))
                and max(one.start - time.end, time.words_start - one.end) < MONTH_REACH
                and not CLAUSE_END.search(text, min(one.end, time.end), max(one.start, time.start))
                for one in here
            )
            lead = not here and time.prep in ("in", "of") and (scene.published - bound.last).days > BACKGROUND_DAYS
            if (
                time.kind in ("month", "year", "span")
                and time.prep in ("in", "of", "", "at", "on", "over")
                and (near or lead)
                and not MADE.search(text, max(0, time.words_start - 24), time.words_start)
            ):
                return _rough(bound.first, min(bound.last, scene.published))
            if time.kind == "ago" and near and (known := _ago(text, time)) is not None:
                return known
            if time.kind == "window" and near and text[time.words_start : time.start].casefold().startswith("earlier"):
                return _rough(bound.first, bound.last)
        if here:
            part = PART_OF_MONTH.search(text, scene.sentence(index).start, scene.sentence(index).end)
            if part is not None:
                return _rough(scene.published.replace(day=1), scene.published)
    return None


OPENS: Final = re.compile(r"\s*(?:In|Last)\s(?:\w+\s)?(?:[12]\d{3}|[A-Z]\w+|year|month)\b")
MONTH_REACH: Final = 60
THE: Final = re.compile(r"\b[Tt]he\s(?:\w+\s)?$")
CLAUSE_END: Final = re.compile(r"[;:]|\.\s|\b(?:said|says|but|while|than)\b")
PART_OF_MONTH: Final = re.compile(r"\bat the (?:beginning|start) of the month\b|\bearl(?:y|ier) this month\b")
MADE: Final = re.compile(
    r"\b(?:built|opened|founded|born|installed|completed|erected|established|launched|bought|signed|elected|appointed|introduced"
    r"|renovated|inaugurated|commissioned|retired|dates?|dating|constructed|sworn in)\s+(?:back\s+)?(?:\w+\s+)?$"
)
"""Before a year it tells of something's making, not of what happened to people."""


def _ago(text: str, time: TimeMention) -> str | None:
    """What is known of the day of "five weeks ago"; "a year ago this week" is that week."""
    if time.first is None:
        return None
    words = text[time.start : time.end].casefold().replace("couple of", "two").split()
    count = int(words[0]) if words[0].isdigit() else SMALL.get(words[0])
    if count is None:
        return None
    if SAME_WEEK.match(text, time.end):
        return _rough(time.first - timedelta(days=3), time.first + timedelta(days=3))
    return _about(time.first, words[1], count)


SAME_WEEK: Final = re.compile(
    r"\s(?:this (?:week|month)|today|to the day|on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)


def _story_day(
    scene: Scene,
    mentions: list[_Mention],
    family: str,
    dates: list[DateChoice],
    readings: list[Reading],
    cause: Cause,
    name: str,
    where: tuple[str | None, str | None],
) -> date | None:
    """The day the story began: on the cause itself, on a verb of impact beside it, on the verb that counts victims."""
    if cause.span == "open":
        own = (_day_of(scene, one) for one in mentions if one.name == name and family == "war")
        return next((day for day in own if day is not None), None)
    votes: dict[date, float] = defaultdict(float)
    told: dict[int, list[_Mention]] = {}
    unlike: set[int] = set()
    for one in mentions:
        if not _alike(one.name, name):
            unlike.add(one.sentence)
        if one.cause.family == family:
            told.setdefault(one.sentence, [])
            if _alike(one.name, name):
                told[one.sentence].append(one)
    first_text = next((i for i, one in enumerate(scene.document.sentences) if one.field == "text"), 0)
    for index in sorted(told):
        here = told[index]
        if not here or (index > first_text + 1 and _tells_of_elsewhere(scene, index, where)):
            continue
        text = scene.text(index)
        lead = 1.5 if index <= first_text + 1 else 1.0
        for bound in scene.bounds(index):
            time = bound.time
            if bound.first is not None and time.kind == "ago" and bound.kind not in ("said", "since", "stated"):
                about = _ago(text, time)
                near_it = any(max(one.start - time.end, time.start - one.end) < MONTH_REACH for one in here)
                if near_it and about is not None and len(about) == len("2000-01-01"):
                    votes[date.fromisoformat(about)] += 4 * lead
                continue
            if (
                bound.first is None
                or time.kind not in ("day", "relative")
                or ROUGHLY.search(text, time.start, time.end)
                or bound.kind in ("said", "since", "window", "stated")
            ):
                continue
            at = bisect_left(here, time.start, key=lambda one: one.start)
            behind = here[at].start - time.end if at < len(here) else FAR
            before = time.start - here[at - 1].end if at else FAR
            if bound.kind == "noun" and behind < 40 and not here[at].hint:
                votes[bound.first] += 6 * lead
            elif (
                time.prep in ("of", "on")
                and before < 24
                and not here[at - 1].hint
                and not _owned_up(scene, index, here[at - 1].start)
            ):
                votes[bound.first] += 5 * lead
            elif bound.kind == "event" and min(behind, before) < 120:
                near = here[at] if behind < before else here[at - 1]
                left, right = min(near.start, time.start), max(near.end, time.end)
                if "," not in text[left:right] and IMPACT.search(
                    text, max(scene.sentence(index).start, left - 60), right
                ):
                    votes[bound.first] += 4 * lead
        for _start, end, about, _, _ in _days_after(scene, index):
            if len(about) == len("2000-01-01") and any(0 <= one.start - end < MONTH_REACH for one in here):
                votes[date.fromisoformat(about)] += 5 * lead
    for reading, dated in zip(readings, dates, strict=True):
        if dated.period is None or dated.first is None or dated.first != dated.last or not _bound(scene, reading):
            continue
        if _roughly(scene, reading, dated):
            continue
        sentence = scene.sentence(reading.quantity.mention.sentence)
        if (
            sentence.field == "text"
            and reading.quantity.mention.sentence > first_text + 1
            and reading.quantity.mention.sentence not in told
        ):
            continue
        if reading.quantity.mention.sentence in unlike:
            continue
        if reading.quantity.mention.sentence > first_text + 1 and _tells_of_elsewhere(
            scene, reading.quantity.mention.sentence, where
        ):
            continue
        lead = 2.0 if sentence.field == "title" or reading.quantity.mention.sentence <= first_text + 1 else 1.0
        if reading.metric in VICTIMS or family in ("protest", "election"):
            votes[dated.first] += 2 * lead
    if not votes:
        if family == "election":
            return _polling_day(scene)
        return _day_of_the_lead(scene, first_text) or _day_of_the_dead(scene, dates, readings, where)
    for day in votes:
        if scene.published is not None and (scene.published - day).days > BACKGROUND_DAYS:
            votes[day] *= 0.4  # beside a day of this week an older one tells of what went before
    return max(votes, key=lambda day: votes[day])


def _owned_up(scene: Scene, index: int, start: int) -> bool:
    """Whether a cause is what somebody spoke of that day: "the army confirmed a strike on TOWN on Monday"."""
    return OWNED_UP.search(scene.text(index), max(scene.sentence(index).start, start - 40), start) is not None


OWNED_UP: Final = re.compile(
    r"\b(?:confirm|den|acknowledg|report|admit|claim|condemn|announc|mention|investigat|discuss|denounc|blam)\w*\s+"
    r"(?:an?|the|any|another|responsibility for the)\s+(?:\w+\s+)?$"
)


def _day_of_the_lead(scene: Scene, first_text: int) -> date | None:
    """The day on which the first sentence says that something struck, though it names it by no noun."""
    for index in range(min(first_text + 1, len(scene.document.sentences))):
        text = scene.text(index)
        for bound in scene.bounds(index):
            low = max(scene.sentence(index).start, bound.time.start - LONGEST_IMPACT)
            if (
                bound.first is not None
                and (bound.kind == "event" or HOURS_OF.search(text, low, bound.time.words_start))
                and bound.time.kind == "day"
                and IMPACT.search(text, low, bound.time.end)
                and (scene.published is None or 0 <= (scene.published - bound.first).days <= BACKGROUND_DAYS)
            ):
                return bound.first
    return None


def _day_of_the_dead(
    scene: Scene, dates: list[DateChoice], readings: list[Reading], where: tuple[str | None, str | None]
) -> date | None:
    """The one day on which victims anywhere in the text fell, where no sentence of the cause names it."""
    days = set()
    for reading, dated in zip(readings, dates, strict=True):
        day = _only_day(dated)
        index = reading.quantity.mention.sentence
        if (
            day is not None
            and reading.metric in ("deaths", "injuries", "casualties")
            and _by_date(scene, reading, dated)
            and not any(name == "part_of" for name, _ in reading.relations)
            and not _more_of_them(scene, reading)
            and _past(scene, index) is None
            and not _tells_of_elsewhere(scene, index, where)
        ):
            days.add(day)
    return next(iter(days)) if len(days) == 1 else None


def _by_date(scene: Scene, reading: Reading, dated: DateChoice) -> bool:
    """Whether a figure's day is told as a date: a weekday deep in the text may be that of another week."""
    use = dated.period
    text = scene.text(reading.quantity.mention.sentence)
    return use is not None and any(one.isdigit() for one in text[use.start : use.end])


HOURS_OF: Final = re.compile(r"\b(?:hours|night|morning|evening|afternoon)\s(?:of\s)?$")
LONGEST_IMPACT: Final = 160
"""Characters from the verb that says it struck to its day, in the first sentence."""


def _polling_day(scene: Scene) -> date | None:
    """The day on which people voted, told in the first sentences: "Zambia went to the polls on Sunday"."""
    first_text = next((i for i, one in enumerate(scene.document.sentences) if one.field == "text"), 0)
    for index in range(min(first_text + LAST_OF_LEAD + 1, len(scene.document.sentences))):
        text = scene.text(index)
        for bound in scene.bounds(index):
            if bound.first is None or bound.time.kind != "day":
                continue
            before = max(scene.sentence(index).start, bound.time.words_start - 40)
            after = POLL.match(text, bound.time.end, bound.time.end + 30)
            if POLLED.search(text, before, bound.time.words_start) or after:
                return bound.first
    return None


POLLED: Final = re.compile(
    r"\b(?:voted|(?:went|go|going) to the polls|cast (?:their )?(?:ballots|votes)|elections?|poll|referendum|runoff"
    r"|run-off|vote)\s+(?:[\w\-]+\s+){0,3}$"
)
POLL: Final = re.compile(r"['’]s\s(?:\w+\s)?(?:elections?|vote|poll|referendum|runoff|run-off|ballot)\b")


FAR: Final = 999
ROUGHLY: Final = re.compile(
    r"\b(?:weeks|months?|years?)\s(?:ago|earlier|before|previously|later|after)\b", re.IGNORECASE
)
"""A day counted back in these is known only about."""


def _roughly(scene: Scene, reading: Reading, dated: DateChoice) -> bool:
    """Whether a figure's day is one counted back in weeks, months or years."""
    use = dated.period
    if use is None or use.start is None or use.end is None:
        return False
    return ROUGHLY.search(scene.text(reading.quantity.mention.sentence), use.start, use.end) is not None


def _tells_of_elsewhere(scene: Scene, index: int, where: tuple[str | None, str | None]) -> bool:
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


MOST_PLACES: Final = 8
PLACING: Final = frozenset(("in", "at", "near", "on", "outside", "inside"))


def _alike(one: str, other: str) -> bool:
    """Whether two causes may be one attack: a blast and a bombing may, poison gas and a missile may not."""
    if one == other:
        return True
    a, b = KINDS_OF_ATTACK.get(one), KINDS_OF_ATTACK.get(other)
    return a is None or b is None or not a.isdisjoint(b)


KINDS_OF_ATTACK: Final = {
    "explosion": frozenset(("ground", "air")),
    "bombing": frozenset(("ground", "air")),
    "vehicle attack": frozenset(("ground",)),
    "shooting": frozenset(("ground",)),
    "stabbing": frozenset(("ground",)),
    "airstrike": frozenset(("air", "gas")),
    "shelling": frozenset(("air",)),
    "missile strike": frozenset(("air",)),
    "chemical attack": frozenset(("gas",)),
}


LARGE_TOLL: Final = 100
"""A toll without day or cause, in a country at war, belongs to the war from here on; smaller ones may be incidents."""
VICTIMS: Final = frozenset((
    "deaths", "injuries", "casualties", "missing", "buildings_destroyed", "strikes", "hostages",
))  # fmt: skip
IMPACT: Final = re.compile(
    r"\b(?:struck|hit|hits|strikes|collapsed|exploded|crashed|erupted|broke out|made landfall"
    r"|came ashore|landed|swept|tore|ripped|derailed|sank|capsized|opened fire|detonated|rocked"
    r"|shook|battered|slammed|buried|toppled|flattened|engulfed|gutted|ravaged|devastated|levelled|burst|overturned"
    r"|plunged|rammed|ploughed|plowed|collided|gave way|caved in|blew up|came down|went down|went under"
    r"|burned down|burnt down|flared"
    r"|killed|died|attacked|bombed|shelled|targeted|carried out|happened|occurred|took place"
    r"|launched|dropped|pounded|raided|took to|marched|gathered|rallied|demonstrated|protested|walked out|downed tools"
    r"|stormed|shot|fired|caught fire|burned|began|started)\b"
)


def _campaign(scene: Scene, mentions: list[_Mention], main: _Story | None) -> _Story | None:
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
        return _Story(war.name, war.cause, country, iso3, None)
    cause = war.cause if war is not None else scene.lexicon.settings.causes["war"]
    return _Story(found.cause, cause, found.place or country, iso3, found.start)


def _event(
    scene: Scene,
    reading: Reading,
    place: PlaceChoice,
    dated: DateChoice,
    main: _Story | None,
    campaign: _Story | None,
    by_sentence: dict[int, list[_Mention]],
    origin: str | None,
    polled: date | None,
) -> tuple[str | None, RuleUse | None]:
    """The event of one reading."""
    mention = reading.quantity.mention
    sentence = scene.sentence(mention.sentence)
    mentions = by_sentence.get(mention.sentence, [])
    whole = scene.first(CAMPAIGN_SPAN, mention.sentence, CAMPAIGN_HEADS)
    if whole is not None and (
        (mention.end <= whole.start() and WAR_HAS.match(whole[0]))
        or YARDSTICK.search(scene.text(mention.sentence), max(sentence.start, whole.start() - 70), whole.start())
    ):
        whole = (
            None  # "seven died on the anniversary of a war that has killed thousands", "the worst since the war began"
        )
    of_war = scene.first(WAR, mention.sentence, WAR_HEADS) if whole is None else None
    if of_war is not None and YARDSTICK.search(
        scene.text(mention.sentence), max(sentence.start, of_war.start() - 70), of_war.start()
    ):
        of_war = None
    if (
        of_war is not None
        and mention.end <= of_war.start()
        and ANNIVERSARY.search(scene.text(mention.sentence), mention.end, of_war.start())
    ):
        of_war = None
    if campaign is not None and (whole is not None or (of_war is not None and _from_war(place))):
        since = whole is not None and whole[0].startswith("since ") and whole[0] != "since then"
        rule = SINCE if since else "the war as a whole"
        return campaign.label(), RuleUse(
            column="event",
            rule=rule,
            start=whole.start() if whole else sentence.start,
            end=whole.end() if whole else sentence.end,
        )
    own = _nearest(mentions, mention.start, mention.end)
    day = None if _roughly(scene, reading, dated) else _only_day(dated)
    named_day = _day_of(scene, own) if own is not None and own.cause.span == "day" else None
    day = named_day or day
    if (
        own is not None
        and named_day is not None
        and main is not None
        and main.cause.span == "day"
        and main.day is not None
        and abs((named_day - main.day).days) > 1
    ):
        return label(own.name, place.name or main.place, named_day), RuleUse(
            column="event", rule="DAY's cause", start=own.start, end=own.end
        )
    if main is None or (main.cause.family not in OPEN_FAMILIES and reading.metric in LEAVERS):
        fled = _war_of(scene, origin) if reading.metric in LEAVERS else None
        if fled is not None:
            return fled, RuleUse(column="event", rule="the war as a whole")
        if main is None and reading.metric in LEAVERS and origin is not None:
            return label("exodus", origin, None), RuleUse(column="event", rule="left COUNTRY")
    if reading.metric == "protesters" and (main is None or main.cause.family != "protest"):
        when = day or (dated.as_of if dated.basis == "stated" else None)
        return label("protest", place.name, when), RuleUse(column="event", rule="protesters")
    if main is None:
        if VOTING.search(reading.metric):
            country = scene.lexicon.settings.country_name(scene.main_country)
            return label("election", country, polled), RuleUse(column="event", rule="votes")
        toll = reading.quantity.mention.low >= LARGE_TOLL and reading.metric in VICTIMS and day is None
        war = _war_of(scene, scene.lexicon.settings.country_name(place.iso3)) if toll else None
        if war is not None:
            return war, RuleUse(column="event", rule="a toll of the war")
        if own is None:
            return _unnamed(scene, reading, place)
        started = day or _past(scene, mention.sentence)
        return label(own.name, place.name, started), RuleUse(
            column="event", rule="its own cause", start=own.start, end=own.end
        )
    leaving = own is not None and own.cause.family == "exodus" and reading.metric in LEAVERS
    if own is not None and own.cause.family != main.cause.family and not leaving:
        apart = place.name is not None and _disjoint(scene, place, main)
        far = day is not None and main.day is not None and day != main.day
        old = _old(scene, mention.sentence) if own.cause.span == "day" else None
        then = day or old or (_past(scene, mention.sentence, mention.start) if own.cause.span != "open" else None)
        if apart or far or old is not None:
            return label(own.name, place.name, then), RuleUse(
                column="event", rule="another event", start=own.start, end=own.end
            )
    elif own is not None and not _alike(own.name, main.name):
        other = day or _old(scene, mention.sentence) or _past(scene, mention.sentence)
        return label(own.name, place.name, other), RuleUse(
            column="event", rule="another kind of attack", start=own.start, end=own.end
        )
    told = _just_told(scene, reading, place, main, by_sentence) if own is None and day is None else None
    if told is not None:
        return told
    elsewhere = _elsewhere(scene, mention.sentence, place, main, by_sentence) if own is None else None
    if elsewhere is not None:
        return elsewhere, RuleUse(column="event", rule="another day and place")
    if (
        main.cause.family in ("protest", "election")
        and reading.metric in CLOSED
        and dated.basis == "stated"
        and dated.as_of is not None
    ):
        use = next((one for one in dated.rules if one.column == "as_of"), None)
        apart = place.name is not None and _disjoint(scene, place, main)
        return label(main.name, place.name if apart else main.place, dated.as_of), RuleUse(
            column="event", rule="its own day", start=use.start if use else None, end=use.end if use else None
        )
    if campaign is not None and main.cause.family in INCIDENTS and _beyond_a_day(reading, dated):
        return campaign.label(), RuleUse(column="event", rule="more than one day's toll")
    if (
        campaign is not None
        and own is not None
        and day is None
        and own.cause.family == "attack"
        and PLURAL.search(scene.text(mention.sentence), own.start, own.end)
        and reading.metric in VICTIMS
        and mention.low >= LARGE_UNDATED
        and not scene.once("dated", mention.sentence, _dated)
    ):
        return campaign.label(), RuleUse(column="event", rule="more than one day's toll", start=own.start, end=own.end)
    past = _past(scene, mention.sentence, mention.start) if main.cause.span != "open" else None
    what = own.name if own is not None else _by_its_verb(scene, mention.sentence) or main.name
    if past is not None and (own is not None or _tells_an_old_blow(scene, reading, place, main)):
        use = RuleUse(
            column="event", rule="in MONTH or YEAR", start=own.start if own else None, end=own.end if own else None
        )
        return label(what, place.name if _said_here(place) else None, past), use
    if (
        main.cause.family in INCIDENTS | {"collapse", "crush"}
        and main.cause.span == "day"
        and (_said_here(place) or (place.rules and place.rules[0].rule == "title"))
        and place.role == "location"
        and reading.metric in VICTIMS
        and not any(name == "part_of" for name, _ in reading.relations)
        and _disjoint(scene, place, main)
        and not _speaks(scene, mention.sentence, place)
    ):
        near = own or _before_place(scene, mention.sentence, place, by_sentence)
        name = near.name if near is not None and near.cause.family == main.cause.family else main.name
        if day is None and _hours_later(scene, mention.sentence, place):
            day = main.day
        return label(name, place.name, day), RuleUse(column="event", rule="another place")
    earlier = _earlier_month(scene, mention.sentence, main) if own is not None and main.cause.span == "day" else None
    if earlier is not None and own is not None:
        use = RuleUse(column="event", rule="earlier in MONTH", start=own.start, end=own.end)
        return label(own.name, place.name or main.place, earlier), use
    if main.cause.span == "day" and _opens_before(dated, main):
        if campaign is not None and main.cause.family in INCIDENTS and reading.metric in VICTIMS:
            return campaign.label(), RuleUse(column="event", rule="more than one day's toll")
        return None, None
    if main.cause.span == "day":
        later = day is not None and main.day is not None and 0 < (day - main.day).days < LATE_DEATHS
        if later and (own is None or own.cause.family == main.cause.family) and _more_of_them(scene, reading):
            day = main.day  # "two more people died on Monday"
        if later and own is None and reading.metric in AFTERMATH and main.cause.family != "protest":
            day = main.day  # "142 were being treated on Thursday", of Monday's blast
        if day is not None and main.day is not None and day != main.day:
            name = own.name if own is not None else "?" if _disjoint(scene, place, main) else main.name
            return label(name, place.name or main.place, day), RuleUse(
                column="event", rule="another day", start=own.start if own else None, end=own.end if own else None
            )
        old = _old(scene, mention.sentence)
        if old is not None and main.day is not None and abs((old - main.day).days) > 1 and own is not None:
            return label(own.name, place.name, old), RuleUse(
                column="event", rule="another day", start=own.start, end=own.end
            )
    elif main.cause.family == "war" and day is not None and own is not None and own.cause.family in ("attack", "crash"):
        return label(own.name, place.name or main.place, day), RuleUse(
            column="event", rule="an incident of the war", start=own.start, end=own.end
        )
    return main.label(), RuleUse(
        column="event", rule="the story", start=own.start if own else None, end=own.end if own else None
    )


def _unnamed(scene: Scene, reading: Reading, place: PlaceChoice) -> tuple[str | None, RuleUse | None]:
    """Where no cause is named: people away from home belong to their country's war or displacement, victims at one
    building to whatever happened there.
    """
    if reading.metric in UPROOTED and place.iso3 is not None:
        country = scene.lexicon.settings.country_name(place.iso3)
        war = _war_of(scene, country) if reading.quantity.mention.low >= MANY_UPROOTED else None
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
UPROOTED: Final = frozenset(("displaced", "returned"))
MANY_UPROOTED: Final = 10_000
"""People displaced from which on a country at war has them by its war; a flood or a fire drives out fewer."""


def _day_of(scene: Scene, own: _Mention) -> date | None:
    """The day that stands on a cause itself: "an October 2 attack", "the attack of 2 October"."""
    bounds = scene.bounds(own.sentence)
    at = bisect_left(bounds, own.start, key=lambda one: one.time.start)
    for one in bounds[max(0, at - 1) : at + 1]:
        if one.first is None or one.time.kind not in ("day", "span"):
            continue
        if one.kind == "noun" and 0 <= own.start - one.time.end < 40:
            return one.first
        if one.time.prep in ("of", "on") and 0 <= one.time.words_start - own.end < 4:
            return one.first
    return None


def _said_here(place: PlaceChoice) -> bool:
    """Whether a figure's own sentence gives its place."""
    return place.name is not None and bool(place.rules) and place.rules[0].rule not in INHERITED


INHERITED: Final = frozenset((
    "paragraph", "earlier figure", "same source", "the war", "title", "lead", "country of the article",
    "sentence before", "country of the source", "CAUSE at PLACE", "PARTY at war", "country of the dateline",
    "PLACE: heading",
))  # fmt: skip


def _disjoint(scene: Scene, place: PlaceChoice, main: _Story) -> bool:
    """Whether a figure's place lies apart from the story's."""
    return (
        scene.lexicon.settings.place_relation(place.name, main.place, iso3_a=place.iso3, iso3_b=main.iso3) == "disjoint"
    )


def _opens_before(dated: DateChoice, main: _Story) -> bool:
    """Whether a window opens before the incident: "25,700 people have crossed this year" is no part of one sinking."""
    if dated.first is None or dated.last is None or (dated.last - dated.first).days <= LONG_WINDOW:
        return False
    if main.day is None:
        return (dated.last - dated.first).days > LONG_AGO_DAYS
    return (main.day - dated.first).days > LONG_WINDOW


def _earlier_month(scene: Scene, index: int, main: _Story) -> str | None:
    """The month of an event verb that lies wholly before the story: "In early October four bombers killed 15"."""
    for one in scene.bounds(index)[:8]:
        if (
            one.time.kind == "month"
            and one.kind == "event"
            and one.time.prep == "in"
            and one.first is not None
            and one.last is not None
            and main.day is not None
            and (main.day - one.last).days > 0
        ):
            return f"{one.first.year:04}-{one.first.month:02}"
    return None


def _more_of_them(scene: Scene, reading: Reading) -> bool:
    """Whether a figure adds to a toll told before: "two more", "another 12"."""
    mention = reading.quantity.mention
    text = scene.text(mention.sentence)
    return (
        reading.aspect == "change"
        or MORE_OF_THEM.match(text, mention.end, mention.end + 50) is not None
        or text[mention.start : mention.start + 8].casefold().startswith("another")
    )


MORE_OF_THEM: Final = re.compile(
    r"\s+(?:more|others?)\b|\s+(?:[\w\-]+\s+){0,2}(?:were|was|had been|have been)\s+(?:found|recovered|pulled"
    r"|dug|retrieved|brought|identified|buried)\b"
)
LATE_DEATHS: Final = 31
AFTERMATH: Final = frozenset((
    "hospitalised", "missing", "detained", "arrests", "evacuated", "displaced", "without_power", "people_trapped",
    "rescued",
))  # fmt: skip
"""What is counted on the days after a blow and still is of it."""


def _only_day(dated: DateChoice) -> date | None:
    """The day a figure's verb bounds, where it is one day."""
    return dated.first if dated.period is not None and dated.first == dated.last else None


def _beyond_a_day(reading: Reading, dated: DateChoice) -> bool:
    """Whether a toll is too large or its window too long for the incident of one day."""
    if reading.metric not in VICTIMS and reading.metric not in ("displaced", "refugees"):
        return False
    window = dated.period is not None and dated.first is not None and dated.last is not None
    long = (
        window and dated.first is not None and dated.last is not None and (dated.last - dated.first).days >= LONG_WINDOW
    )
    return long or reading.quantity.mention.low >= LARGEST_INCIDENT


INCIDENTS: Final = frozenset(("attack", "clashes", "crash", "kidnapping"))
LARGEST_INCIDENT: Final = 20_000
"""No single attack in the records of recent decades killed, hurt or drove out so many; wars do."""
LONG_WINDOW: Final = 3
LARGE_UNDATED: Final = 300
"""Strikes, raids, bombings without a day that killed this many are those of the whole war."""
PLURAL: Final = re.compile(r"(?:strikes|raids|attacks|bombings|bombs|shelling|bombardment)$", re.IGNORECASE)


def _speaks(scene: Scene, index: int, place: PlaceChoice) -> bool:
    """Whether a place opens the sentence as one who speaks or counts: "Kyiv sticks to its figure"."""
    start = place.rules[0].start if place.rules else None
    named = next((one for one in scene.places(index) if one.place.name == place.name and one.start == start), None)
    return (
        named is not None
        and named.prep == ""
        and scene.text(index)[scene.sentence(index).start : named.start].strip() in ("", "“", '"')
        and SPEAKING.match(scene.text(index), named.end) is not None
    )


SPEAKING: Final = re.compile(r"\s+(?:has |had |also |still |itself )?[a-z]+(?:s|ed|d|t|id)\b(?<!was)(?<!is)(?<!has)")


def _before_place(
    scene: Scene, index: int, place: PlaceChoice, by_sentence: dict[int, list[_Mention]]
) -> _Mention | None:
    """The cause beside the place of the sentence before, where a figure says "there"."""
    if not index or scene.sentence(index - 1).field != scene.sentence(index).field:
        return None
    start = next((one.start for one in scene.places(index - 1) if one.place.name == place.name), None)
    return _nearest(by_sentence.get(index - 1, []), start, start) if start is not None else None


def _hours_later(scene: Scene, index: int, place: PlaceChoice) -> bool:
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


def _by_its_verb(scene: Scene, index: int) -> str | None:
    """The cause that a sentence hints at by a verb: "a pupil shot 27 people dead"."""
    return scene.once("verb", index, _find_verb)


def _find_verb(scene: Scene, index: int) -> str | None:
    one = scene.sentence(index)
    for name, words in scene.lexicon.settings.traces.items():
        if not words.heads.isdisjoint(scene.vocabulary(index)) and words.pattern.search(
            scene.text(index), one.start, one.end
        ):
            return scene.lexicon.settings.causes[name].name
    return None


def _tells_an_old_blow(scene: Scene, reading: Reading, place: PlaceChoice, main: _Story) -> bool:
    """Whether a sentence that names no cause tells an older happening: victims in another place, or "In 2007" first."""
    if reading.metric not in VICTIMS:
        return False
    if (
        _said_here(place)
        and place.role == "location"
        and scene.lexicon.settings.place_relation(place.name, main.place, iso3_a=place.iso3, iso3_b=main.iso3)
        in ("disjoint", "unknown")
    ):
        return True
    one = scene.sentence(reading.quantity.mention.sentence)
    text = scene.text(reading.quantity.mention.sentence)
    return YEAR_FIRST.match(text, one.start) is not None and not _same_or_wider(scene, place, main)


YEAR_FIRST: Final = re.compile(r"\s*In\s(?:\w+\s)?(?:19|20)\d\d\b")


def _same_or_wider(scene: Scene, place: PlaceChoice, main: _Story) -> bool:
    """Whether a figure's own sentence names the story's place or one around it."""
    return _said_here(place) and scene.lexicon.settings.place_relation(
        place.name, main.place, iso3_a=place.iso3, iso3_b=main.iso3
    ) in ("same", "whole")


def _just_told(
    scene: Scene,
    reading: Reading,
    place: PlaceChoice,
    main: _Story,
    by_sentence: dict[int, list[_Mention]],
) -> tuple[str, RuleUse] | None:
    """The blow of another kind, with its day, that the sentence before tells: "A depot blew up on Monday. 20 died"."""
    index = reading.quantity.mention.sentence
    if reading.metric not in ("deaths", "injuries", "casualties", "hospitalised", "missing") or not index:
        return None
    here, before = scene.sentence(index), scene.sentence(index - 1)
    if before.field != here.field or before.paragraph != here.paragraph or _past(scene, index) is not None:
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


def _elsewhere(
    scene: Scene, index: int, place: PlaceChoice, main: _Story, by_sentence: dict[int, list[_Mention]]
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
    told = _nearest(by_sentence.get(index - 1, []), at, at)
    name = told.name if told is not None else _by_its_verb(scene, index - 1) or "?"
    for bound in scene.bounds(index - 1):
        if bound.kind == "event" and bound.time.kind == "day" and bound.first is not None and bound.first != main.day:
            return label(name, place.name, bound.first)
    past = _past(scene, index - 1)
    if past is not None and _disjoint(scene, place, main):
        return label(name if name != "?" else main.name, place.name, past)
    return None


LEAVERS: Final = frozenset(("refugees", "border_crossings"))


def _origin(scene: Scene, readings: list[Reading], places: list[PlaceChoice]) -> str | None:
    """The country that people leave, by the verbs beside it in the whole article."""
    if not any(one.metric in LEAVERS for one in readings):
        return None
    votes: Counter[str] = Counter()
    for found in LEAVING.finditer(scene.document.article.text, 0, LONGEST_SCAN):
        iso3 = scene.lexicon.settings.country_of(found[1])
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


LEAVING: Final = re.compile(
    r"\b(?:left|leave|leaving|fled|flee|fleeing|from|out of|escaped)\s+(?:the\s+)?([A-Z][\w]+(?:\s+[A-Z][\w]+)?)"
)


def _war_of(scene: Scene, country: str | None) -> str | None:
    """The label of the war that runs in a country on the day of publication."""
    settings = scene.lexicon.settings
    found = settings.campaign(settings.country_of(country), scene.published) if country else None
    return label(found.cause, found.place or country, found.start) if found is not None else None


def _from_war(place: PlaceChoice) -> bool:
    return bool(place.rules) and place.rules[0].rule == "the war"


def _nearest(mentions: Sequence[_Mention], start: int, end: int) -> _Mention | None:
    """The cause nearest to a number, the one before where both are as near."""
    at = bisect_left(mentions, end, key=lambda one: one.start)
    if at == 0:
        return mentions[0] if mentions else None
    if at == len(mentions) or mentions[at].start - end >= start - mentions[at - 1].end:
        return mentions[at - 1]
    after, before = mentions[at], mentions[at - 1]
    plainer = after.cause.vague and not before.cause.vague and after.cause.family == before.cause.family
    return before if plainer and start - before.end < NEAR_CAUSE else after


NEAR_CAUSE: Final = 80
"""Characters back to a plain cause that outweighs a vague one behind the number: "a bombing … killed 31, the second
such attack"."""


def _dated(scene: Scene, index: int) -> bool:
    """Whether a sentence gives a day to what happened."""
    return any(one.kind in ("event", "noun") for one in scene.bounds(index))


def _old(scene: Scene, index: int) -> date | None:
    """A day of an earlier event in the sentence: "on January 25", "in the attack of 3 May"."""
    return scene.once("old", index, _find_old)


def _find_old(scene: Scene, index: int) -> date | None:
    for bound in scene.bounds(index):
        if bound.first is None or bound.time.kind != "day" or bound.kind not in ("event", "other", "noun"):
            continue
        if scene.published is not None and (scene.published - bound.first).days > BACKGROUND_DAYS:
            return bound.first
    return None


def _past(scene: Scene, index: int, at: int | None = None) -> str | None:
    """The month or year of an older happening that a sentence tells: "In 1960 a quake in Agadir killed …" → 1960.

    Of several the one nearest before the number at ``at``, else the nearest after it.
    """
    found = scene.once("pasts", index, _find_pasts)
    if not found or at is None:
        return found[0][1] if found else None
    before = bisect_left(found, (at, ""))
    if before == 0 or before == len(found):
        return found[max(0, before - 1)][1]
    # "the 1999 shooting killed 13, and 26 died in 2017": another number stands before the first year
    numbers = scene.numbers.get(index, [])
    taken = bisect_left(numbers, (at, -1)) > bisect_left(numbers, (found[before - 1][0], -1))
    return found[before if taken else before - 1][1]


def _find_pasts(scene: Scene, index: int) -> list[tuple[int, str]]:
    """Where a sentence names months and years of older happenings, in order."""
    if scene.published is None:
        return []
    one = scene.sentence(index)
    text = scene.text(index)
    out = [
        (old.start(1), old[1])
        for old in OLD_CAUSE.finditer(text, one.start, one.end)
        if int(old[1]) < scene.published.year - 1
        and any(True for _ in scene.lexicon.settings.find_causes(text, old.end(), min(one.end, old.end() + NAME_REACH)))
    ]
    for bound in scene.bounds(index):
        ago = bound.time.kind == "ago" or (
            bound.time.kind == "relative" and ROUGHLY.search(text, bound.time.start, bound.time.end) is not None
        )
        if ago and bound.kind not in PRESENT and not text.endswith("later", bound.time.start, bound.time.end):
            known = bound.time if bound.time.first else replace(bound.time, first=bound.first)
            if known.first is None:  # "five weeks earlier", and no day before it
                known = replace(known, first=shift(text[known.start : known.end], scene.published))
            about = _ago(text, known)
            if about is not None and known.first is not None and (scene.published - known.first).days > BACKGROUND_DAYS:
                out.append((bound.time.start, about))
            continue
        if bound.time.kind not in ("month", "year") or bound.kind in PRESENT:
            continue
        if bound.first is None or bound.last is None:
            continue
        if MADE.search(text, max(0, bound.time.words_start - 24), bound.time.words_start):
            continue
        if BESIDE.search(text, max(0, bound.time.words_start - 30), bound.time.words_start):
            continue
        if bound.time.prep in ("in", "of", "") and (scene.published - bound.last).days > LONG_AGO_DAYS:
            month = bound.time.kind == "month"
            out.append(
                (
                    bound.time.start,
                    f"{bound.first.year:04}-{bound.first.month:02}" if month else f"{bound.first.year:04}",
                )
            )
    return sorted(out)


OLD_CAUSE: Final = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|their)\s(?:\w+\s)?((?:19|20)\d\d)\s(?=[\w\-]+)")
NAME_REACH: Final = 36
"""Characters behind a year in which the cause that it dates stands: "the 1999 Columbine school shooting"."""
BESIDE: Final = re.compile(r"\b(?:than|compared (?:with|to)|same (?:period|month|time)|as|from|since)\s+(?:\w+\s+)?$")
LONG_AGO_DAYS: Final = 40
PRESENT: Final = frozenset(("since", "said", "stated"))  # what was said of the story in a month is not another one
BACKGROUND_DAYS: Final = 6
"""A dated incident more than six days before publication is background: weekdays reach back no further."""
