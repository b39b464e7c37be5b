"""Choose the place of each reading: the narrowest named place that holds, nearest first, inherited where unsaid.

Order: the figure's own clause, its sentence, the place a definite noun stands for ("the town", "the country"), the
sentences before it in the paragraph, earlier figures of the article, title, lead, dateline. The speaker's place is
never taken: a country whose possessive or adjective names a body counts only where nothing else is left.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Final

from figures.extract.binding import Bound, bind_days
from figures.extract.places import LOWER_SITES, PlaceMention, find_places
from figures.extract.times import TimeMention, find_times
from figures.extract.types import Credit, Document, Reading, Sentence
from figures.lexicon import Lexicon
from figures.lexicon.settings import Place
from figures.model import Field, PlaceRole, RuleUse

_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_DAY: Final = rf"(?:,?\s+(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s\d{{4}})?)?"
_SECOND: Final = r"(?:,\s(?!\d)[A-Z][\w. ]{1,25}?)?"
DATELINE: Final = re.compile(
    rf"^\s*(?:\([^)]{{2,30}}\)\s*)?(?:(?P<place>[A-ZÀ-Þ][\w.’' /\-]{{2,40}}?){_SECOND}{_DAY}"
    r"\s*(?:\([^)]{2,40}\)\s*)?(?:--?|–|—)\s"
    rf"|(?P<bare>[A-ZÀ-Þ][A-ZÀ-Þ.’' /\-]{{2,40}}?)(?<=[A-ZÀ-Þ]{{2}}){_SECOND}{_DAY}"
    r"\s*\([A-Z][^)]{1,39}\)\s+(?=[A-ZÀ-Þ“\"])"
    rf"|(?P<loud>[A-ZÀ-Þ][A-ZÀ-Þ.’' /\-]{{2,40}}?)(?<=[A-ZÀ-Þ]{{2}}){_SECOND}{_DAY}\s*(?:\([^)]{{2,40}}\)\s*)?[.:]\s)"
)
"""\"GENEVA, Aug 9 (AP) - …", "Lima — …"; closed by a point or colon only in capitals: "TAIPEI: …", "APIA, 3 May. …"."""
ORIGIN_BEFORE: Final = re.compile(
    r"\b(?:fled|flee|fleeing|flees|left|leave|leaving|escaped?|escaping|emigrated from"
    r"|evacuated from|departed|quit|out of|displaced from)\s+"
    r"(?:\w+\s+){0,2}$", re.IGNORECASE,
)  # fmt: skip
DESTINATION_BEFORE: Final = re.compile(
    r"\b(?:arriv\w+ (?:in|at)|cross\w* (?:\w+ ){0,3}into|enter\w*|reach\w*|to|into|refuge in"
    r"|asylum in|shelter in|returned to|landed (?:in|on)"
    r"|(?:fired|launched|dropped) (?:\w+ ){0,5}(?:at|on|into|against))\s+(?:the\s+)?(?:\w+\s+){0,1}$", re.IGNORECASE,
)  # fmt: skip
HOSTING_AFTER: Final = re.compile(
    r"^(?:'s|’s)?\s+(?:has |have |had |already |now |alone )*(?:taken in|took in|hosts?|hosted"
    r"|hosting|shelters?|sheltered|houses|housed|received|welcomed|accepted|admitted|absorbed"
    r"|registered)\b"
)
MOVERS: Final = frozenset(["refugees", "border_crossings", "displaced", "evacuated", "returned"])
MISSILES: Final = frozenset(["missiles_launched", "rockets_fired", "drones_launched", "strikes"])
FIRED: Final = MISSILES - {"strikes"}
"""What a party fires lands with its enemy: in a country not its own the place is where it was fired at."""
SENT: Final = frozenset(["share_of_forces_committed", "troops_deployed", "aid"])
ANAPHOR: Final = re.compile(
    r"\b(?:[Tt]he|[Tt]hat|[Tt]his)\s+(?:(?:West|East|North|South|Southeast|Central|Middle|Latin)[\- ]?(?:ern)?\s+)?"
    r"(?:(?:Pacific|Caribbean|Atlantic|Mediterranean|Baltic|Balkan|Nordic|Scandinavian|Himalayan|Andean|African|Asian"
    r"|European|American|Arab|Gulf|Sahel|Sahelian|Saharan|Indian|Eastern|Melanesian|Polynesian|Micronesian|Caucasus)"
    r"(?:\s+Ocean)?\s+)?(?:(?!(?:same|near|in|of|and|at|on|from|to|with|around|across"
    r"|outside|neighbou?ring|another|other)\b)[a-z][\w\-]*\s+){0,2}?(city|town|village|district"
    r"|province|region|state|island|county|prefecture|governorate|neighbou?rhood|area|camp|country"
    r"|nation|territory|enclave|site|building"
    r"|tower)\b(?!\s+of\s+(?:the\s+)?[A-Z])(?!['’]s? (?:government|president|prime|mayor|governor"
    r"|police|military|army|health|interior|defen[cs]e|foreign))"
    r"|\b(nationwide|nationally|countrywide|[Nn]ationwide|[Nn]ationally)\b|\b(?:died|killed|were"
    r"|are|live|living|people|dead|found|injured|wounded|hurt|shot|buried|trapped|missing|treated|drowned|perished"
    r"|arrested|detained|sheltering"
    r"|stranded|staying|stay|remain|remained|murdered|living|lived|held|registered|recorded|reported)\s+(there)\b"
)
NOWHERE: Final = re.compile(
    r"\b(?:worldwide|globally|(?:around|across|throughout|over) the (?:whole |entire )?(?:world|globe)"
    r"|the world over|(?:in|across|over)\s+(?:the\s+|all\s+|these\s+|those\s+)?(?:two|three"
    r"|four|five|six|seven|eight|nine|ten|several|many|other|\d+) (?:\w+ )?(?:countries"
    r"|nations))\b",
    re.IGNORECASE,
)
NOWHERE_HEADS: Final = frozenset(["worldwide", "globally", "world", "globe", "countries", "nations"])
WAR_HEADS: Final = frozenset(["war", "conflict", "uprising", "crisis", "insurgency", "fighting", "violence"])
WAR: Final = re.compile(
    r"\b(?:the|civil|five-year|\w+-year|\w+-long|its|deadly|bloody)\s+(?:civil\s+)?(?:war|conflict"
    r"|uprising|crisis|insurgency|fighting)\b|\bcivil war\b|\bdeadly violence\b"
)
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
    r"^\s+(?:civil defen[cs]e|police|fire brigade|fire department|health (?:ministry|department"
    r"|service)|mayor|governor|government|authorities|officials|municipality|council|monitor|media"
    r"|health officials|mayors?)\b",
    re.IGNORECASE,
)
ACTOR_AFTER: Final = re.compile(
    r"^\s+(?:has |have |had |already |also |now |would |will )*(?:launched|fired|attacked|bombed"
    r"|invaded|shelled|deployed|sent|struck|pledged|promised|offered|announced|donated|carried out"
    r"|dispatched|flew|airlifted|contributed|sends?|dispatches|offers|provides|pledges"
    r"|(?:is|are|was|were)\s+(?:also\s+)?(?:sending|offering|dispatching|deploying|pledging|providing|donating|flying)"
    r"|shot down|intercepted|began its|started its|seized|captured)\b"
)
SUPERLATIVE: Final = re.compile(
    r"\b(?:highest|largest|worst|biggest|lowest|most|deadliest|poorest|longest|strongest"
    r"|busiest)\s+(?:\w+\s+){0,3}(?:in|of)\s+(?:the\s+)?$"
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
GOVERNS_AFTER: Final = re.compile(r"^\s+(?:counts|counted|records|recorded|lists|listed|reports|registers)\b")
CLAUSE: Final = re.compile(
    r"[;:]|,? (?:against|compared (?:with|to)|versus|up from|down from|while|whereas|but|although|though|who|whose"
    r"|which"
    r"|when|where)\s|\s[—–]\s|[“”]"
)
INWARD: Final = re.compile(
    r"^(?:['’]?s?)?\s+(?:[a-z][\w\-]*\s+){0,3}(?:(?:of|town|city|capital|village|province)\s+)?(?:the\s+)?$"
)
CHAIN: Final = re.compile(
    r"^(?:'s|’s)?(?:,?\s+(?:(?:an?|the)\s+)?(?:\w+\s+){0,3}(?:in|of|on"
    r"|near)\s+(?:the\s+)?(?:[\w\-]+\s+){0,4}?|,\s+(?:the\s+)?|\s+(?:[a-z]+\s+)?in\s+(?:the\s+)?"
    r"|\s*\(|,?\s+[a-z]+\s+of\s+)$"
)


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """The place of one reading, its role and the rule that chose it."""

    name: str | None = None
    role: PlaceRole | None = None
    iso3: str | None = None
    rules: tuple[RuleUse, ...] = ()
    field: Field | None = None  # in which the offsets of the rules count; None for the reading's own


@dataclass(slots=True)
class Scene:
    """One article as this stage sees it; mentions of a sentence are found on the first question."""

    document: Document
    readings: list[Reading]
    lexicon: Lexicon
    published: date | None = field(init=False)
    near: frozenset[str] = field(init=False)
    main_country: str | None = field(init=False)
    numbers: dict[int, list[tuple[int, int]]] = field(init=False)
    _found: dict[tuple[str, int], re.Match[str] | None] = field(init=False, default_factory=dict)
    _anaphors: dict[int, list[re.Match[str]]] = field(init=False, default_factory=dict)
    _fronts: frozenset[str] | None = field(init=False, default=None)
    towns: dict[str, Place] | None = field(init=False, default=None)
    usable: dict[int, list[PlaceMention]] = field(init=False, default_factory=dict)
    _stories: dict[int, PlaceChoice] = field(init=False, default_factory=dict)
    _places: dict[int, list[PlaceMention]] = field(init=False, default_factory=dict)
    _opening: tuple[list[int], list[int], list[int]] = field(init=False)  # title, lead, second sentence
    _words: dict[int, Mapping[str, re.Pattern[str]]] = field(init=False, default_factory=dict)
    _bounds: dict[int, list[Bound]] = field(init=False, default_factory=dict)
    _times: dict[int, list[TimeMention]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.published = self.document.article.published_on
        self.near, self.main_country = self._countries()
        title = [i for i, one in enumerate(self.document.sentences) if one.field == "title"]
        text = range(len(title), len(self.document.sentences))
        self._opening = title, list(text[:1]), list(text[1:2])
        self.numbers = {}
        for reading in self.readings:
            mention = reading.quantity.mention
            self.numbers.setdefault(mention.sentence, []).append((mention.start, mention.end))
        for spans in self.numbers.values():
            spans.sort()

    def sentence(self, index: int) -> Sentence:
        """A sentence of the document."""
        return self.document.sentences[index]

    def text(self, index: int) -> str:
        """The whole field a sentence stands in, in which its offsets count."""
        return self.document.article.field_text(self.document.sentences[index].field)

    def dateline(self, index: int) -> int:
        """Where the text proper of a sentence begins, after "GENEVA, Aug 9 (AP) -"."""
        one = self.sentence(index)
        if one.start != 0 or one.field != "text":
            return 0
        found = DATELINE.match(self.document.article.text, 0, 200)
        return found.end() if found is not None else 0

    def places(self, index: int) -> list[PlaceMention]:
        """The places a sentence names."""
        found = self._places.get(index)
        if found is None:
            one = self.sentence(index)
            found = find_places(self.text(index), one.start, one.end, self.lexicon.settings, self.near)
            self._places[index] = found
        return found

    def times(self, index: int) -> list[TimeMention]:
        """The days a sentence names."""
        found = self._times.get(index)
        if found is None:
            one = self.sentence(index)
            found = find_times(self.text(index), max(one.start, self.dateline(index)), one.end, self.published)
            self._times[index] = found
        return found

    def first(self, pattern: re.Pattern[str], index: int, heads: frozenset[str] | None = None) -> re.Match[str] | None:
        """The first match of a pattern in a sentence, looked for once, and only where one of ``heads`` stands there."""
        key = (pattern.pattern, index)
        if key not in self._found:
            one = self.sentence(index)
            idle = heads is not None and heads.isdisjoint(self.vocabulary(index))
            self._found[key] = None if idle else pattern.search(self.text(index), one.start, one.end)
        return self._found[key]

    def alone(self, pattern: re.Pattern[str], index: int) -> bool:
        """Whether a pattern matches in a sentence taken by itself, so that "^" is its beginning; looked for once."""
        key = ("alone " + pattern.pattern, index)
        if key not in self._found:
            self._found[key] = pattern.search(self.sentence(index).text)
        return self._found[key] is not None

    def vocabulary(self, index: int) -> frozenset[str]:
        """The words of a sentence in lower case: most word lists need not be looked for at all."""
        return self.document.sentences[index].vocabulary

    def words(self, index: int) -> Mapping[str, re.Pattern[str]]:
        """The word lists of which a sentence can hold a word; the others match nothing."""
        found = self._words.get(index)
        if found is None:
            vocabulary = self.vocabulary(index)
            found = {
                name: NOTHING if one.heads.isdisjoint(vocabulary) else one.pattern
                for name, one in self.lexicon.settings.words.items()
            }
            self._words[index] = found
        return found

    def anaphors(self, index: int) -> list[re.Match[str]]:
        """Every "the town", "nationwide", "died there" of a sentence."""
        found = self._anaphors.get(index)
        if found is None:
            one = self.sentence(index)
            known = not ANAPHOR_NOUNS.isdisjoint(self.vocabulary(index))
            found = list(ANAPHOR.finditer(self.text(index), one.start, one.end)) if known else []
            self._anaphors[index] = found
        return found

    def story_place(self, but: int = -1) -> PlaceChoice:
        """The place of the article as a whole, but for what one sentence says; chosen once for each of the opening."""
        but = but if any(but in part for part in self._opening) else -1
        if but not in self._stories:
            self._stories[but] = self._find_story_place(but)
        return self._stories[but]

    def _find_story_place(self, but: int) -> PlaceChoice:
        """The place of title and lead, the narrower of the two; else the article's country."""
        title, body, second = self._opening
        found: PlaceChoice | None = None
        for index in title + body:
            places = [one for one in _usable(self, index) if one.form != "unknown"]
            if not places or index == but:
                continue
            choice = _whole(self, index, places, "title" if index in title else "lead")
            if (
                found is None
                or self.lexicon.settings.place_relation(choice.name, found.name, iso3_a=choice.iso3, iso3_b=found.iso3)
                == "part"
                or (
                    choice.iso3 == found.iso3
                    and index in body
                    and any(one.place.kind in ("city", "site") and one.place.name == choice.name for one in places)
                )
            ):
                found = choice
            if found is not None and index in body:
                break
        if found is not None:
            return found
        if self.main_country is not None:
            name = self.lexicon.settings.country_name(self.main_country)
            return PlaceChoice(
                name, "location", self.main_country, (RuleUse(column="place", rule="country of the article"),)
            )
        for index in second:
            places = [one for one in _usable(self, index) if one.form != "unknown"]
            if places and index != but:
                return _whole(self, index, places, "lead")
        return self._dateline_country()

    def _dateline_country(self) -> PlaceChoice:
        """The country of the dateline, where the text names none; not of towns from which the world is reported."""
        found = DATELINE.match(self.document.article.text, 0, 200)
        name = (found["place"] or found["loud"] or found["bare"] or "") if found is not None else ""
        if name.isupper():
            name = name.title()
        place = self.lexicon.settings.place(name) if name else None
        country = self.lexicon.settings.country_name(place.iso3) if place is not None else None
        if place is None or country is None or place.name in WORLD_DESKS:
            return PlaceChoice()
        return PlaceChoice(country, "location", place.iso3, (RuleUse(column="place", rule="country of the dateline"),))

    def bounds(self, index: int) -> list[Bound]:
        """The days of a sentence with the verbs they belong to."""
        found = self._bounds.get(index)
        if found is None:
            found = bind_days(self, index)
            self._bounds[index] = found
        return found

    def _countries(self) -> tuple[frozenset[str], str | None]:
        """The countries named in title and text, and the one named most, adjectives and speakers counting less."""
        settings = self.lexicon.settings
        votes: Counter[str] = Counter()
        named: set[str] = set()
        seen: dict[str, str | None] = {}
        article = self.document.article
        for text, weight in ((article.title, 3), (article.text, 1)):
            for match in NAME.finditer(text, 0, LONGEST_SCAN):
                word = match[0]
                iso3 = seen.get(word, "")
                if iso3 == "":
                    iso3 = settings.country_of(word)
                    if iso3 is None:
                        known = settings.known(word)
                        iso3 = known.iso3 if known else None
                    seen[word] = iso3
                if iso3 is None:
                    continue
                named.add(iso3)
                if word == "Georgia":  # the country or the American state: the rest of the article decides
                    votes["georgia"] += weight
                elif iso3 != "USA" or word not in ABBREVIATED:
                    votes[iso3] += weight
        state = votes.pop("georgia", 0)
        if state:
            american = "USA" in named and not votes["GEO"] and "RUS" not in named
            votes["USA" if american else "GEO"] += state
            named = named - {"GEO"} if american else named
        votes += Counter()  # drops the zeros
        if not votes and "USA" in named:
            votes["USA"] = 1
        main = None
        if votes:
            (first, count), *_ = votes.most_common(1)
            main = first if count >= MAJORITY * sum(votes.values()) else None
            main = self._battlefield(votes) or main
        return frozenset(named | votes.keys()), main

    def front(self) -> str | None:
        """The one country at war among those the article names; None where none or several are."""
        if self._fronts is None:
            running = self.lexicon.settings.running
            self._fronts = frozenset(one for one in self.near if running(one, self.published))
        return next(iter(self._fronts)) if len(self._fronts) == 1 else None

    def _battlefield(self, votes: Counter[str]) -> str | None:
        """The country where a known war runs, among those an article of war names; None where two are at war."""
        first = votes.most_common(1)[0][0]
        settings = self.lexicon.settings
        if len(votes) < 2 or settings.running(first, self.published):
            return None
        least = BATTLEFIELD_SHARE * sum(votes.values())
        running = [one for one, count in votes.items() if count >= least and settings.running(one, self.published)]
        return running[0] if len(running) == 1 and AT_WAR.search(self.document.article.text, 0, LONGEST_SCAN) else None


WORLD_DESKS: Final = frozenset((
    "Geneva", "New York City", "New York", "Vienna", "Brussels", "The Hague", "London", "Washington", "Paris",
))  # fmt: skip
ABBREVIATED: Final = frozenset(("U.S", "U.S.", "US"))
MAJORITY: Final = 0.5
"""Share of the mentions of countries that makes one the article's own; below it the article is about several."""
BATTLEFIELD_SHARE: Final = 0.2
"""Share of the mentions of countries that makes the one at war the scene, though its enemy is named more often."""
AT_WAR: Final = re.compile(
    r"\b(?:war|invasion|invaded|offensive|front line|soldiers|troops|servicemen|airstrikes?|air strikes?|shelling)\b"
)
NOTHING: Final = re.compile(r"(?!)")
ANAPHOR_NOUNS: Final = frozenset((
    "city", "town", "village", "district", "province", "region", "state", "island", "county", "prefecture",
    "governorate", "neighbourhood", "neighborhood", "area", "camp", "country", "nation", "territory", "enclave",
    "site", "building", "tower", "nationwide", "nationally", "countrywide", "there",
))  # fmt: skip
REACH: Final = 700
"""Characters beside a number in which its place and day are sought, so that a sentence of any length stays linear."""
NEAREST: Final = 12
"""Places on either side of a number that are weighed, where a sentence names very many."""
NAME: Final = re.compile(r"\b[A-ZÀ-Þ][\w]+(?:[ -][A-ZÀ-Þ][\w]+)?|U\.S")
LONGEST_SCAN: Final = 20_000
"""Characters of an article in which its countries are counted; news names them early."""


def choose_places(scene: Scene, readings: list[Reading], credits: list[Credit]) -> list[PlaceChoice]:
    """One choice a reading, in the same order."""
    out: list[PlaceChoice] = []
    chosen = _Earlier()
    owns = [_own(scene, reading) for reading in readings]
    apart = _apart_sentences(scene, readings, owns)
    twins = _title_twins(scene, readings, owns)
    for reading, credit, found in zip(readings, credits, owns, strict=True):
        mention = reading.quantity.mention
        choice = (
            twins.get((mention.sentence, found.name if found is not None else None))
            or found
            or _counted_place(scene, reading)
            or _background(scene, reading)
            or _inherited(scene, reading, credit, chosen)
        )
        own = scene.sentence(mention.sentence)
        choice = _at_the_front(scene, reading, choice)
        named = bool(choice.rules) and choice.rules[0].rule == "named PLACE"
        if named and choice.role == "location" and reading.metric in MOVERS:
            # "Egypt has received 42,300 Sudanese, Chad 30,000": the verb serves both.
            listed = [one for one in chosen.by_sentence.get(mention.sentence, ()) if one.metric == reading.metric]
            if listed and listed[-1].choice.role == "destination":
                choice = replace(choice, role="destination")
        if choice.name is None and not choice.rules:
            choice = _of_the_office(scene, reading, credit)
        choice = _at_home(scene, reading, credit, choice)
        framed = bool(choice.rules) and choice.rules[0].rule in ("title", "lead", "country of the article")
        if framed and choice.role == "location" and reading.metric in MOVERS and _left(reading):
            choice = replace(choice, role="origin")
        choice = choice if choice.field is not None else replace(choice, field=own.field)
        if choice.role == "location" and reading.metric in FIRED and reading.party is not None and choice.iso3:
            abroad = scene.lexicon.settings.demonym(choice.iso3) != reading.party
            choice = replace(choice, role="destination") if abroad else choice
        out.append(choice if choice.field == own.field else _without_offsets(choice))
        if choice.name is not None or choice.rules:
            source = credit.source if credit.source != scene.document.article.outlet else None
            alone = mention.sentence in apart
            alone = alone or (own.field == "text" and own.start > 0 and (choice.name or "").count(", ") > 0)
            alone = alone or (choice.role == "location" and bool(choice.rules) and choice.rules[0].rule == "from PLACE")
            alone = alone or _long_ago(scene, mention.sentence)
            alone = alone or (chosen.last is not None and _in_the_capital(scene, own, choice))
            part, value = _part(reading), mention.value
            chosen.add(_Chosen(mention.sentence, own.paragraph, source, reading.metric, part, choice, alone, value))
    return out


def _in_the_capital(scene: Scene, own: Sentence, choice: PlaceChoice) -> bool:
    """Whether a place was read from "in the capital", which sets one town apart from what was told before."""
    use = choice.rules[0] if choice.rules else None
    if use is None or use.start is None or use.end is None or choice.field != own.field:
        return False
    text = scene.document.article.field_text(own.field)
    return own.start <= use.start and text[use.start : use.end] == "capital"


def _long_ago(scene: Scene, index: int) -> bool:
    """Whether a sentence tells of a year long gone, whose place is not that of what follows."""
    if scene.published is None:
        return False
    found = scene.first(AN_OLD_YEAR, index)
    return found is not None and int(found[1] or found[2]) < scene.published.year - 1


AN_OLD_YEAR: Final = re.compile(
    r"\b[Ii]n\s((?:19|20)\d\d)\b(?!\s*(?:dollars|prices|terms|and\b))|\b(?:since|after|than|of|in|during|like"
    r"|from)\s(?:the|a)\s((?:19|20)\d\d)\s(?![\d])"
)
BULLET: Final = re.compile(r"\s*(?:[-*•–—·▪‣◦]|\d{1,2}[.)])\s")


def _apart_sentences(scene: Scene, readings: list[Reading], owns: list[PlaceChoice | None]) -> frozenset[int]:
    """The sentences whose places do not pass on: items of a list, and figures set beside one another by place."""
    named: dict[int, dict[str, PlaceChoice]] = {}
    for reading, own in zip(readings, owns, strict=True):
        found = named.setdefault(reading.quantity.mention.sentence, {})
        if own is not None and own.name is not None and reading.metric not in MOVERS:
            found[own.name] = own
    out = set()
    relation = scene.lexicon.settings.place_relation
    for index, places in named.items():
        one = scene.sentence(index)
        choices = list(places.values())[:LONGEST_JOINED]
        if (
            one.field == "text"
            and (BULLET.match(one.text) or len(choices) > 1)
            and all(
                relation(a.name, b.name, iso3_a=a.iso3, iso3_b=b.iso3) in ("disjoint", "unknown")
                for a, b in pairwise(choices)
            )
        ):
            out.add(index)
    return frozenset(out)


def _title_twins(
    scene: Scene, readings: list[Reading], owns: list[PlaceChoice | None]
) -> dict[tuple[int, str | None], PlaceChoice]:
    """The title's place for a number it repeats, where the text names but a building beside it.

    Keyed by sentence and that building, because the numbers beside it share the scene.
    """
    titled = {
        (one.metric, one.quantity.mention.value): own
        for one, own in zip(readings, owns, strict=True)
        if scene.sentence(one.quantity.mention.sentence).field == "title"
        and own is not None and own.name is not None and one.quantity.mention.value is not None
    }  # fmt: skip
    out: dict[tuple[int, str | None], PlaceChoice] = {}
    if not titled:
        return out
    for one, own in zip(readings, owns, strict=True):
        mention = one.quantity.mention
        twin = titled.get((one.metric, mention.value)) if mention.value is not None else None
        if twin is None or scene.sentence(mention.sentence).field == "title" or (own is not None and own.name is None):
            continue
        known = scene.lexicon.settings.place(twin.name or "")
        if known is not None and known.kind in ("country", *WIDE):
            continue
        if own is None or (own.name != twin.name and _is_site(scene, mention.sentence, own)):
            twin = replace(twin, field="title")
            if (mention.sentence, own.name if own is not None else None) in out:
                continue
            out.setdefault((mention.sentence, own.name if own is not None else None), twin)
            for place in scene.places(mention.sentence):
                if _built(place, scene.text(mention.sentence)):
                    out.setdefault((mention.sentence, place.place.name), twin)
    return out


def _is_site(scene: Scene, index: int, choice: PlaceChoice) -> bool:
    """Whether a choice names a building or street, which the gazetteer has not or has as one."""
    return any(one.place.name == choice.name and _built(one, scene.text(index)) for one in scene.places(index))


def _built(one: PlaceMention, text: str) -> bool:
    """Whether a name is a building's or a street's: "Rana Plaza", "the Al Noor mosque"."""
    if one.form == "site" or one.place.kind == "site":
        return True
    after = BUILDING.match(text, one.end, one.end + 24)
    return one.form == "area" and after is not None


BUILDING: Final = re.compile(r"\s+(?:" + "|".join(sorted(LOWER_SITES)) + r")\b")


def _counted_place(scene: Scene, reading: Reading) -> PlaceChoice | None:
    """The country whose residents or standing are counted: "31% of Samoan infants", "Turkish inflation".

    Never of those whom something befell, who may be abroad: "six Americans were killed".
    """
    mention = reading.quantity.mention
    metric = scene.lexicon.metrics.metric(reading.metric)
    ends = [one for one in (reading.trigger_start, reading.noun_start, reading.noun_end) if one is not None]
    text = scene.text(mention.sentence)
    for one in _within(scene.places(mention.sentence), mention.start, mention.end):
        if one.form != "adjective" or not ends:
            continue
        if one.start > mention.end + 60:
            break
        beside = any(0 <= at - one.end <= 30 and QUALIFIES_NOUN.fullmatch(text, one.end, at) for at in ends) or (
            reading.noun_start is not None
            and reading.noun_end is not None
            and reading.noun_start <= one.start < reading.noun_end
        )
        if not beside:
            continue
        settled = RESIDENTS.match(text, one.end, one.end + 40) is not None and reading.metric not in MOVERS
        if settled or not metric.event_bound:
            use = RuleUse(column="place", rule="ADJECTIVE residents", start=one.start, end=one.end)
            return PlaceChoice(one.place.name, "location", one.place.iso3, (use,))
    return None


QUALIFIES_NOUN: Final = re.compile(r"\s+(?:[a-z\-]+\s+){0,2}")
RESIDENTS: Final = re.compile(
    r"\s+(?:[a-z\-]+\s+)?(?:infants|babies|toddlers|adults|households|homes|families|pupils|schoolchildren|teenagers"
    r"|adolescents"
    r"|voters|electors|electorate|pensioners|residents|consumers|schools|hospitals|clinics|businesses|shops|farms"
    r"|farmers"
    r"|employees|jobs|firms|villages|towns|cities|districts|provinces|regions|municipalities|constituencies|polling)\b"
)


FIGHTING: Final = frozenset(("deaths", "injuries", "casualties", "captured", "missing", "missiles_launched"))
FORCES: Final = frozenset((
    "soldiers", "troops", "servicemen", "fighters", "service members", "personnel", "forces", "marines", "recruits",
    "military personnel", "conscripts", "paratroopers", "combatants",
))  # fmt: skip


def _at_home(scene: Scene, reading: Reading, credit: Credit, choice: PlaceChoice) -> PlaceChoice:
    """A health ministry, police or civil defence of one country counts at home, not where an inherited place lies."""
    rule = choice.rules[0].rule if choice.rules else ""
    if credit.source is None or rule not in HANDED_DOWN:
        return choice
    if reading.party is not None and reading.metric != "border_crossings":
        return choice
    iso3 = _home_of(scene, credit)
    crossing = reading.metric == "border_crossings"
    if iso3 is None or iso3 == choice.iso3 or iso3 not in scene.near or (reading.metric in MOVERS and not crossing):
        return choice
    use = RuleUse(column="place", rule="country of the source")
    role: PlaceRole = "destination" if crossing else "location"
    return PlaceChoice(scene.lexicon.settings.country_name(iso3), role, iso3, (use,))


def _home_of(scene: Scene, credit: Credit) -> str | None:
    """The country whose domestic body speaks, by its name or the words that credit it: "Peru's disaster agency X"."""
    settings = scene.lexicon.settings
    if credit.source is not None and DOMESTIC.search(credit.source):
        iso3 = settings.country_of(credit.source.split(" ", 1)[0])
        if iso3 is not None:
            return iso3
    words = credit.source_mention or ""
    # "Spain's ministry reported 8, and Germany's institute 42"
    beside = bool(credit.rules) and credit.rules[0].rule == "and X N"
    if len(words) > LONGEST_MENTION or not (beside or AT_HOME.search(words)):
        return None
    source = scene.lexicon.sources.source(credit.source or "")
    if source is not None:
        return source.country if source.type == "government" else None
    name = OWNER.match(words)
    return settings.country_of(name[1]) if name is not None else None


LONGEST_MENTION: Final = 120
OWNER: Final = re.compile(r"(?:[Tt]he\s+)?([A-Z]\w+(?:\s[A-Z]\w+)?)(?:['’]s?)?\s")
AT_HOME: Final = re.compile(
    r"\b(?:health|interior|home|civil|disaster|emergency|education|labou?r|statistic\w*|police|fire|electoral"
    r"|election|meteorolog\w*"
    r"|relief|census|prisons?|transport|agriculture|housing)\b",
    re.IGNORECASE,
)
HANDED_DOWN: Final = frozenset((
    "paragraph", "earlier figure", "same source", "country of the article", "in N countries",
))  # fmt: skip
DOMESTIC: Final = re.compile(
    r"\b(?:Health|Interior|Home|Civil|Border|border|Disaster|Emergency|Education|Labou?r|Statistic\w*|Police|Fire"
    r"|Electoral|Election|Meteorolog\w*)\b"
)


def _of_the_office(scene: Scene, reading: Reading, credit: Credit) -> PlaceChoice:
    """A standing statistic without a place is that of the country whose own body gives it."""
    if scene.lexicon.metrics.metric(reading.metric).event_bound or credit.source is None:
        return PlaceChoice()
    source = scene.lexicon.sources.source(credit.source)
    name = scene.lexicon.settings.country_name(source.country) if source is not None else None
    if source is None or name is None:
        return PlaceChoice()
    use = RuleUse(column="place", rule="country of the source")
    return PlaceChoice(name, "location", source.country, (use,))


def _at_the_front(scene: Scene, reading: Reading, choice: PlaceChoice) -> PlaceChoice:
    """An army abroad loses its soldiers where its war is, not where an inherited place happens to lie."""
    settings = scene.lexicon.settings
    rule = choice.rules[0].rule if choice.rules else ""
    if (
        reading.party is None
        or reading.metric not in FIGHTING
        or (reading.population not in FORCES and reading.metric != "missiles_launched")
        or rule not in ("paragraph", "earlier figure", "same source", "title", "lead", "country of the article", "")
    ):
        return choice
    front = scene.front()
    if front is None or front == choice.iso3 or settings.country_of(reading.party) in (None, front):
        return choice
    if reading.metric in FIRED and choice.iso3 is not None and choice.iso3 != settings.country_of(reading.party):
        return choice  # fired at a country that the article names already
    use = RuleUse(column="place", rule="PARTY at war")
    return PlaceChoice(settings.country_name(front), "location", front, (use,))


def _part(reading: Reading) -> bool:
    """Whether a figure is a part of another: its place is narrower than what the text goes on about."""
    return any(name == "part_of" for name, _ in reading.relations)


def _without_offsets(choice: PlaceChoice) -> PlaceChoice:
    """A place taken over from the other field: its words have no offsets in the figure's own."""
    return replace(choice, rules=tuple(replace(one, start=None, end=None) for one in choice.rules))


@dataclass(frozen=True, slots=True)
class _Chosen:
    sentence: int
    paragraph: int
    source: str | None
    metric: str
    part: bool
    choice: PlaceChoice
    apart: bool = False
    value: float | None = None


class _Earlier:
    """The choices made so far: the last of all, of a sentence, of a source."""

    def __init__(self) -> None:
        self.last: _Chosen | None = None
        self.by_sentence: dict[int, list[_Chosen]] = {}
        self.by_source: dict[str, _Chosen] = {}

    def add(self, one: _Chosen) -> None:
        """Remember a choice."""
        self.by_sentence.setdefault(one.sentence, []).append(one)
        if one.apart:
            return
        self.last = one
        if one.source is not None:
            self.by_source[one.source] = one

    def of_sentence(self, index: int, reading: Reading) -> _Chosen | None:
        """The last choice of a sentence that may pass to a reading; that of a part only where no whole is."""
        found = [one for one in self.by_sentence.get(index, ()) if _may_pass(one, reading)]
        if not found:
            return None
        wholes = [one for one in found if not one.part]
        return (wholes or found)[-1]


def _left(reading: Reading) -> bool:
    """Whether the metric was read from a verb of leaving."""
    return any(one.column == "metric" and LEAVING_RULE.search(one.rule) for one in reading.rules)


LEAVING_RULE: Final = re.compile(r"\b(?:left|leave|fled|flee|escaped)\b")


def _may_pass(donor: _Chosen, reading: Reading) -> bool:
    """Whether a place passes on: where people arrive is not where others died, a town's size is not the story."""
    if donor.choice.role == "destination" and donor.metric in MOVERS and reading.metric not in MOVERS:
        return False
    if donor.choice.role == "destination" and donor.sentence != reading.quantity.mention.sentence and _left(reading):
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


def _of_one(donor: _Chosen, reading: Reading) -> bool:
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


def _background(scene: Scene, reading: Reading) -> PlaceChoice | None:
    """A war as a whole, named without a place, holds for its country; "in four countries" for no single place."""
    mention = reading.quantity.mention
    sentence = scene.sentence(mention.sentence)
    if found := (
        scene.first(NOWHERE, mention.sentence, NOWHERE_HEADS)
        or _of_the_world(scene, reading)
        or _spread(scene, mention.sentence)
    ):
        return PlaceChoice(
            rules=(RuleUse(column="place", rule="in N countries", start=found.start(), end=found.end()),)
        )
    found = scene.first(WAR, mention.sentence, WAR_HEADS)
    if found is None and mention.sentence > 0 and mention.sentence - 1 not in scene.numbers:
        before = scene.sentence(mention.sentence - 1)
        if before.field == sentence.field and before.paragraph == sentence.paragraph:
            found = scene.first(WAR, mention.sentence - 1, WAR_HEADS)
    if found is not None:
        iso3 = scene.main_country
        name = scene.lexicon.settings.country_name(iso3)
        if name is not None:
            return PlaceChoice(
                name, "location", iso3, (RuleUse(column="place", rule="the war", start=found.start(), end=found.end()),)
            )
    return None


def _of_the_world(scene: Scene, reading: Reading) -> re.Match[str] | None:
    """The words that say of those counted that they are the world's: "has infected 900 people in the world"."""
    mention = reading.quantity.mention
    if "world" not in scene.vocabulary(mention.sentence):
        return None
    end = min(scene.sentence(mention.sentence).end, mention.end + 90)
    return IN_THE_WORLD.match(scene.text(mention.sentence), mention.end, end)


IN_THE_WORLD: Final = re.compile(
    r"(?:(?!\b(?:most|only|\w+est)\b)[^.;:]){0,70}?\b(?:in the (?:whole |entire )?world|of the world['’]s)\b"
)


def _spread(scene: Scene, index: int) -> re.Match[str] | None:
    """The words of the next sentence that spread a count: "The count covers seven countries"."""
    after = index + 1
    if after >= len(scene.document.sentences) or scene.sentence(after).paragraph != scene.sentence(index).paragraph:
        return None
    one = scene.sentence(after)
    if one.field != scene.sentence(index).field or COVERING.match(scene.text(after), one.start, one.start + 60) is None:
        return None
    return COUNTRIES.search(scene.text(after), one.start, one.end)


COVERING: Final = re.compile(
    r"(?:The|These|Those|Its|Their|Both)\s+(?:\w+\s+)?(?:counts?|figures?|data|numbers?|totals?|tall(?:y|ies))\b"
)
COUNTRIES: Final = re.compile(
    r"\b(?:covers?|comes? from|includes?|span)\s+(?:two|three|four|five|six|seven|eight|nine|ten|several|\d+)\s+"
    r"(?:\w+\s+)?(?:countries|nations)\b"
)


def _usable(scene: Scene, index: int) -> list[PlaceMention]:
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
        if governs and SAYS_AFTER.match(tail) and one.prep not in ("in", "at", "near", "from"):
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
        if OFFICE.search(head) or AMONG.search(head) or ANNOUNCED_IN.search(head):
            continue
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
    r"\s+(?:[a-z]+\s+)?(?:agreements?|[Aa]ccords?|[Tt]reat(?:y|ies)|[Cc]onvention|[Pp]rotocol|pact|talks|summit"
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
        iso3 = scene.main_country
        for one in named[: 2 * LONGEST_LIST]:
            if one.end <= found.start() and one.place.kind == "country" and one.place.iso3:
                iso3 = one.place.iso3
        name = scene.lexicon.settings.country_name(iso3)
        if name is None:
            continue
        country = Place(name=name, iso3=iso3, kind="country")
        seat = _capital(scene, PlaceMention(found.start(2), found.end(2), country, "named", found[1].casefold()))
        out += [seat] if seat is not None else []
    return out


THE_CAPITAL: Final = re.compile(
    r"\b([Ii]n|[Aa]cross|[Aa]round|[Nn]ear|[Oo]utside|[Tt]hroughout|of)\s+the (?:\w+ern )?(capital)\b"
    r"(?!,?\s+[A-Z]|\s+(?:of|markets?|city of|account|gains|region|punishment|spending|investment|expenditure"
    r"|stock)\b|['’]s\b)"
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
    r"\b(?:president|prime minister|minister|ministry|government|mayor|governor|ambassador|embassy"
    r"|king|queen|bishop|archbishop|bank|university|University|source|sources|"
    r"representative|envoy|spokes\w+|statement|reporters|correspondent|researchers|briefing"
    r"|conference|speaking|headquarters|office|based)\s+(?:\w+\s+)?(?:to|of|in|at|for"
    r"|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
LOCALS: Final = re.compile(
    r"\b(?:police|authorities|officials|residents|doctors|medics|activists|hospitals?)\s+(?:in|of"
    r"|at|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
STRONG: Final = frozenset(["in", "at", "near", "across", "inside", "outside", "around", "throughout", "on", "into"])


def _own(scene: Scene, reading: Reading) -> PlaceChoice | None:
    """A place of the figure's own sentence, or the place its definite noun stands for, whichever is nearer."""
    mention = reading.quantity.mention
    text = scene.text(mention.sentence)
    if COMBINED.search(text, max(scene.sentence(mention.sentence).start, mention.start - 70), mention.start):
        name = scene.lexicon.settings.country_name(scene.main_country)
        use = RuleUse(column="place", rule="N places together")
        return PlaceChoice(name, "location" if name else None, scene.main_country, (use,))
    places = _within(_usable(scene, mention.sentence), mention.start, mention.end)
    places = _held(scene, reading, places)
    best, best_score = _aligned(scene, reading, places), 9.0
    if best is None:
        best_score = 0.0
        for one in places:
            score = _score(scene, reading, one, text)
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
    role = _role(reading, best, text)
    best_place, iso3, start, end = _narrowest(scene, places, best, text, reading)
    best_place = _town_of(scene, best_place)
    name = best_place.name
    joined = _joined(places, best, text) if best_score < 9.0 else []
    if joined:
        names = [one.place.name for one in joined]
        name = f"{', '.join(names[:-1])} and {names[-1]}"
        iso3 = None if len({one.place.iso3 for one in joined}) > 1 else iso3
        start, end = joined[0].start, joined[-1].end
    rule = f"{best.prep} PLACE" if best.prep in STRONG or best.prep in ("from", "of", "to", "fled") else "named PLACE"
    return PlaceChoice(name, role, iso3, (RuleUse(column="place", rule=rule, start=start, end=end),))


COMBINED: Final = re.compile(
    r"\b(?:two|three|four|five|both|these|the)\s+(?:\w+\s+)?(?:attacks|bombings|blasts|explosions|shootings|quakes"
    r"|earthquakes"
    r"|raids|strikes|crashes|incidents|assaults|fires|disasters|cities|towns|provinces|sites|places)\s+"
    r"(?:together|combined|between them|in all|altogether)\b[^.;:]*$"
)


def _reporting_country(scene: Scene, reading: Reading, text: str) -> PlaceChoice | None:
    """The country whose own count it is, where nothing else is named: "Spain reported 832 deaths"."""
    if reading.party is not None:
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


def _held(scene: Scene, reading: Reading, places: list[PlaceMention]) -> list[PlaceMention]:
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
        if opened is not None and first is not None and first.start >= opened.end():
            places = [one for one in places if one.end <= mention.start]
    if TOTAL_BEFORE.search(text, max(0, mention.start - 90), mention.start):
        places = [one for one in places if one.start > mention.end or not _built(one, text)]
    return places


LISTING: Final = re.compile(r":\s|\s\(|\s[—–-]\s")
TOTAL_BEFORE: Final = re.compile(
    r"\b(?:bringing|taking|raising|pushing|lifting|brings?|brought|took|raised|pushed"
    r"|lifted)\s+(?:\w+\s+){0,3}(?:toll|total"
    r"|number|tally|count|figure)\b[^,;:.]{0,50}$|,\s+(?:ending|capping|closing|concluding)\s+[^,;:.]{0,60}"
    r"\b(?:left|killed|claimed|cost)\s+(?:\w+\s+){0,3}$"
)


def _within(places: list[PlaceMention], start: int, end: int) -> list[PlaceMention]:
    """The places within reach of a number; the list itself where all are."""
    if not places or (places[0].end >= start - REACH and places[-1].start <= end + REACH):
        return places
    low = bisect_left(places, start - REACH, key=lambda one: one.end)
    high = bisect_right(places, end + REACH, key=lambda one: one.start)
    at = bisect_left(places, start, key=lambda one: one.start)
    return places[max(low, at - NEAREST) : min(high, at + NEAREST)]


def _aligned(scene: Scene, reading: Reading, places: list[PlaceMention]) -> PlaceMention | None:
    """A list that pairs places and numbers: "Chad has 40 cases, Niger 55"; "620 in Gao and 3,100 in Kidal"."""
    mention = reading.quantity.mention
    listed = scene.numbers.get(mention.sentence, [])
    if len(places) < 2 or not 2 <= len(listed) <= LONGEST_LIST or len(places) > LONGEST_LIST:
        return None
    numbers = _apart(listed)
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
        if len(text[found.end : mention.start]) < FARTHEST_PAIR or shape.count("P") == shape.count("N"):
            return found
    if re.fullmatch(r"N?(?:NP){2,}", shape) and not (where == 0 and shape[1] == "N"):  # a total may stand before
        found = next(places[i] for _, kind, i in marks[where:] if kind == 0)
        gap = text[mention.end : found.start]
        if len(gap) < FARTHEST_PAIR and (found.prep in STRONG or BARE_PAIR.fullmatch(gap)):
            return found
    return None


BARE_PAIR: Final = re.compile(r"\s*[(:–—-]?\s*")
LONGEST_LIST: Final = 24
FARTHEST_PAIR: Final = 90
"""Characters between a place and its number in a list; beyond that the pairing is chance."""


def _apart(numbers: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of numbers without those that lie inside another ("half of the more than 1 million")."""
    out: list[tuple[int, int]] = []
    for start, end in numbers:
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _score(scene: Scene, reading: Reading, one: PlaceMention, text: str) -> float:
    """How well a place of the sentence holds the figure: same clause, no other number between, preposition."""
    mention = reading.quantity.mention
    numbers = scene.numbers.get(mention.sentence, [])
    moving = reading.metric in MOVERS
    head = text[max(0, one.start - 60) : one.start]
    if one.end <= mention.start:
        gap = text[one.end : mention.start]
        between = _between(numbers, one.end, mention.start)
        score = 3.0 - len(gap) / 200
        if HOSTING_AFTER.match(gap) and not between:
            score += 1.2
    elif one.start >= mention.end:
        gap = text[mention.end : one.start]
        between = _between(numbers, mention.end, one.start)
        score = 3.4 - len(gap) / 200
        if between and re.search(r",\s|\band\b", gap):
            between = max(0, between - 1)
        if one.possessive and len(gap) < 6:
            return -1.0  # "90% of Russia's combat power"
        if SUPERLATIVE.search(head):
            return -1.0  # "27 percent, the highest in the euro zone, whose average …"
    else:
        return 3.0
    score -= 0.7 * min(between, 3)
    if one.start >= mention.end and OF_THEM.search(gap) and _between(numbers, mention.end, one.start):
        score -= 2.0  # "killed 245 people, 115 of them in Mexico City"
    if CLAUSE.search(gap):
        score -= 1.0
    if re.search(r"\b(?:said|says|told|according)\b", gap):
        score -= 0.8
    if one.end <= mention.start and PART_BEFORE.search(head):
        score -= 1.5  # "33 died in Lebanon, including 11 in Brital; 195 were hurt"
    if one.prep in STRONG:
        score += 0.5
    elif one.prep in ("entering", "reaching", "leaving", "fleeing", "towards", "toward") and not moving:
        score -= 4.2
    elif one.prep == "of" and IN_TOWN_OF.search(head):
        score += 0.5
    elif one.prep in ("from", "of", "fled", "flee", "to", "against", "left"):
        score += 0.2
        hauled = one.prep == "from" and HAULED.search(head) is not None  # "bodies were pulled from the Tiber"
        left = one.prep in ("from", "fled", "left") or (one.prep == "to" and ORIGIN_OR_GOAL.search(head))
        if left and not moving and not hauled:
            score -= 4.2  # "rescuers from Israel", "a man who fled to Maiduguri"
    if not moving and one.prep in ("to", "in", "at") and reading.metric not in HELD_THERE and CARRIED.search(head):
        score -= 4.5
    elif one.possessive:
        score -= 0.3
    if LOCALS.search(head):
        score -= 1.0
    if WAGED.search(head):
        score -= 2.0
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


HELD_THERE: Final = frozenset(["hospitalised", "detained", "captured", "hostages", "troops_deployed", "aid"])
OF_THEM: Final = re.compile(r"\b(?:of them|of whom|of these|of those|including|among them|most of)\b")
WAGED: Final = re.compile(
    r"\b(?:fighting|battling|combating|bombing|targeting)\s+(?:the\s+)?(?:[A-Z][\w\-]*|rebels|militants|insurgents"
    r"|jihadists|terrorists"
    r"|extremists)(?:\s+\w+){0,2}\s+in\s+(?:the\s+)?$"
)
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
    r"|ferried|medevaced|shipped|sent|admitted)\s+(?:(?!in\b|where\b)[a-z\-]+\s+){0,5}(?:to|in|at)\s+(?:[a-z\-]+\s+)?$"
)
"""Where the hurt were taken is not where they were hurt."""


IN_TOWN_OF: Final = re.compile(
    r"\b(?:in|at|near|around|outside|inside)\s+(?:the\s+|a\s+)?(?:[\w\-]+\s+){0,3}(?:town|city|village|district"
    r"|province"
    r"|region|state|suburb|neighbou?rhood|island|port|county|capital|camp)\s+of\s+(?:the\s+)?$"
)
PART_BEFORE: Final = re.compile(r"\b(?:including|among them|of whom|of them|among those)\b[^.;:]*$")
NOMINAL: Final = re.compile(
    r"(?:[a-z\-]+\s+){0,2}(?:toll|rate|inflation|unemployment|joblessness|turnout|growth|economy|population|count|tally"
    r"|deaths|cases|casualties|fatalities|output|exports|prices)\b"
)
QUALIFIES: Final = re.compile(
    r"^(?:['’]s)?\s+(?:(?!and\b|or\b|to\b|in\b|has\b|have\b|had\b|was\b|were\b)[a-z\-]+\s+){0,2}$"
)


def _between(numbers: list[tuple[int, int]], start: int, end: int) -> int:
    """How many other figures stand between two offsets."""
    return max(0, bisect_right(numbers, (end, -1)) - bisect_right(numbers, (start, -1)))


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
    while at + 1 < len(places) and INWARD.match(text[places[at].end : places[at + 1].start]):
        outer, inner = places[at], places[at + 1]
        held = (
            settings.place_relation(
                inner.place.name, outer.place.name, iso3_a=inner.place.iso3, iso3_b=outer.place.iso3
            )
            == "part"
        )
        if not held and not (inner.form == "area" and _level(outer.place) > _level(inner.place)):
            break
        narrow, at = inner, at + 1
        iso3 = inner.place.iso3 or iso3
    while at > 0 and CHAIN.match(text[places[at - 1].end : places[at].start]):
        inner, outer = places[at - 1], places[at]
        if inner.end <= reading.quantity.mention.start < outer.start:
            break
        if (
            _level(inner.place) < _level(outer.place)
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


def _adjective_after(scene: Scene, one: PlaceMention, text: str) -> str | None:
    """The country that an apposition names: "in Przewodow, a Polish village"."""
    found = APPOSED.match(text, one.end, one.end + 40)
    return scene.lexicon.settings.demonyms.get(found[1]) if found is not None else None


APPOSED: Final = re.compile(r",\s+(?:an?|the)\s+(?:[a-z]+\s+)?([A-Z][a-z]+)\s+[a-z]+")
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


def _level(place: Place) -> int:
    if place.kind in ("site", "area") and place.name.rpartition(" ")[2] in BROAD:
        return 4
    return LEVELS.get(place.kind, 4)


BROAD: Final = frozenset((
    "Valley", "Mountains", "Peninsula", "Delta", "Basin", "Desert", "Forest", "Plain", "Coast", "Islands", "Province",
    "Region", "Oblast", "Governorate", "Prefecture", "County", "Highlands", "Lowlands",
))  # fmt: skip
"""Last words of names of stretches of country, wider than any town in them."""


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
        _level(one.place) == _level(other.place)
        and one.place.name != other.place.name
        and JOINT.fullmatch(text, one.end, other.start) is not None
    )


NEW_CLAUSE: Final = re.compile(
    r"\s+(?:has|have|had|was|is|said|says|reported|reports|confirmed|recorded|counted|put|also|registered|lost)\b"
)
LONGEST_JOINED: Final = 6
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
        gap = text[mention.end : found.start()] if after else text[found.end() : mention.start]
        score = (3.9 if after else 3.4) - len(gap) / 200 - (1.0 if CLAUSE.search(gap) else 0.0)
        if found[2] or found[3]:
            score += 1.0
        numbers = scene.numbers.get(mention.sentence, [])
        score -= 0.9 * min(
            3, _between(numbers, mention.end, found.start()) if after else _between(numbers, found.end(), mention.start)
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
        pool = _usable(scene, index)
        if index == mention.sentence:
            pool = [
                one
                for one in scene.places(index)
                if one.end <= best.start() and one.form not in ("adjective", "unknown")
            ]
        for one in reversed(pool):
            if _fits(noun, one.place):
                iso3 = one.place.iso3 or scene.main_country
                return PlaceChoice(one.place.name, _country_role(reading, text, best.start()), iso3, (use,))
    return None


TOWNLIKE: Final = frozenset(("city", "admin1", "area", "district"))


WITHIN: Final = re.compile(r"\b(?:inside|within|across|in)\s+$")


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
    return _level(place) < 5


def _country_role(reading: Reading, text: str, start: int) -> PlaceRole:
    return (
        "origin" if reading.metric in MOVERS and ORIGIN_BEFORE.search(text[max(0, start - 60) : start]) else "location"
    )


def _inherited(scene: Scene, reading: Reading, credit: Credit, chosen: _Earlier) -> PlaceChoice:
    """What the sentence lacks: the paragraph, the same source's figures, earlier figures, title, lead, dateline."""
    mention = reading.quantity.mention
    sentence = scene.sentence(mention.sentence)
    for index in range(mention.sentence, max(-1, mention.sentence - 6), -1):
        earlier = scene.sentence(index)
        if earlier.field != sentence.field or earlier.paragraph != sentence.paragraph:
            break
        donor = chosen.of_sentence(index, reading)
        if donor is not None and not _another_teller(scene, reading, credit, donor):
            return _passed(donor, "paragraph", reading)
        told = chosen.by_sentence.get(index, ())
        if index == mention.sentence or any(one.apart or _of_one(one, reading) for one in told):
            continue
        if mention.low >= THRONG and scene.first(ONE_CASE, index, ONE_CASE_HEADS):
            continue
        places = [one for one in _usable(scene, index) if one.form != "unknown" and one.prep in LOCATING]
        if places:
            return _whole(scene, index, places, "paragraph")
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
            story.name is not None
            and last.name is not None
            and sentence.field == "text"
            and chosen.last.paragraph != sentence.paragraph
        ):
            relation = scene.lexicon.settings.place_relation(last.name, story.name, iso3_a=last.iso3, iso3_b=story.iso3)
            if relation in ("part", "disjoint") and chosen.last.source != credit.source:
                return story
        return _passed(chosen.last, "earlier figure", reading)
    return story


def _another_teller(scene: Scene, reading: Reading, credit: Credit, donor: _Chosen) -> bool:
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


LOCATING: Final = frozenset(["in", "at", "near", "across", "inside", "outside", "around", "throughout"])


def _scope(
    scene: Scene, reading: Reading, credit: Credit, choice: PlaceChoice, donor: _Chosen | None = None
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


def _elsewhere(reading: Reading, donor: _Chosen | None) -> bool:
    """Whether a figure stands in another sentence than the one whose place it would take."""
    return donor is None or donor.sentence != reading.quantity.mention.sentence


BALLOTS: Final = frozenset(["vote_share", "vote_margin", "turnout", "votes", "seats", "voters"])
SQUARES: Final = frozenset(["Square", "Plaza", "Park", "Stadium", "Avenue", "Street", "Boulevard", "Bridge", "Hall"])
CROWDS: Final = frozenset(["protesters", "attendance", "attendees", "turnout", "voters", "visitors", "spectators"])
LOCAL_SOURCE: Final = re.compile(
    r"\b(?:police|prefecture|mayor|city|municipal|county|district|hospital|fire|local|governor)\b", re.IGNORECASE
)


WIDE: Final = frozenset(("region", "continent", "sea", "union"))


def _town_of(scene: Scene, place: Place) -> Place:
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


def _whole(scene: Scene, index: int, places: list[PlaceMention], rule: str) -> PlaceChoice:
    """The place that a whole sentence tells of."""
    best = min(places, key=lambda one: (one.prep not in LOCATING, _level(one.place), one.start))
    place = _town_of(scene, best.place)
    iso3 = place.iso3 or (None if best.place.kind in WIDE else scene.main_country)
    return PlaceChoice(
        place.name,
        "location",
        iso3,
        (RuleUse(column="place", rule=rule, start=best.start, end=best.end),),
        scene.sentence(index).field,
    )


def _passed(one: _Chosen, rule: str, reading: Reading) -> PlaceChoice:
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
