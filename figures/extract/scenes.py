"""Choose the place of each reading: the narrowest named place that holds, nearest first, inherited where unsaid.

Order: the figure's own clause, its sentence, the place a definite noun stands for ("the town", "the country"), the
sentences before it in the paragraph, earlier figures of the article, title, lead, dateline. The speaker's place is
never taken: a country whose possessive or adjective names a body counts only where nothing else is left.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from figures.extract.binding import Bound, bind_days
from figures.extract.places import PlaceMention, find_places
from figures.extract.times import TimeMention, find_times
from figures.extract.types import Credit, Document, Reading, Sentence
from figures.lexicon import Lexicon
from figures.lexicon.settings import Place
from figures.model import Field, PlaceRole, RuleUse

DATELINE: Final = re.compile(
    r"^\s*(?:\([^)]{2,30}\)\s*)?(?P<place>[A-ZÀ-Þ][\w.’' /\-]{2,40}(?:,\s[A-Z][\w. ]{1,25})?)"
    r"(?:,?\s+(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov"
    r"|Dec)[a-z]*\.?\s+\d{1,2}(?:,\s\d{4})?)?\s*(?:\([^)]{2,40}\)\s*)?(?:--?|–|—)\s"
)
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
ANAPHOR: Final = re.compile(
    r"\b(?:[Tt]he|[Tt]hat|[Tt]his)\s+(?:(?!(?:same|near|in|of|and|at|on|from|to|with|around|across"
    r"|outside|neighbou?ring|another|other)\b)[a-z][\w\-]*\s+){0,2}?(city|town|village|district"
    r"|province|region|state|island|county|prefecture|governorate|neighbou?rhood|area|camp|country"
    r"|nation|territory|enclave|site|building"
    r"|tower)\b(?!\s+of\s+(?:the\s+)?[A-Z])(?!['’]s? (?:government|president|prime|mayor|governor"
    r"|police|military|army|health|interior|defen[cs]e|foreign))"
    r"|\b(nationwide|nationally|countrywide|[Nn]ationwide|[Nn]ationally)\b|\b(?:died|killed|were"
    r"|are|live|living|people|dead|found|injured|wounded|stay|staying|remain)\s+(there)\b"
)
NOWHERE: Final = re.compile(
    r"\b(?:worldwide|globally|around the world|across the world|(?:in|across|over)\s+(?:two|three"
    r"|four|five|six|seven|eight|nine|ten|several|many|other|\d+) (?:\w+ )?(?:countries"
    r"|nations))\b",
    re.IGNORECASE,
)
NOWHERE_HEADS: Final = frozenset(["worldwide", "globally", "world", "countries", "nations"])
WAR_HEADS: Final = frozenset(["war", "conflict", "uprising", "crisis", "insurgency", "fighting", "violence"])
WAR: Final = re.compile(
    r"\b(?:the|civil|five-year|\w+-year|\w+-long|its|deadly|bloody)\s+(?:civil\s+)?(?:war|conflict"
    r"|uprising|crisis|insurgency|fighting)\b|\bcivil war\b|\bdeadly violence\b"
)
BODY_NOUN: Final = re.compile(
    r"^(?:'s?|’s?)?\s+(?:[\w\-]+\s+){0,4}?(?:ministry|ministries|government|president|presidency"
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
    r"|shot down|intercepted|began its|started its|seized|captured)\b"
)
SUPERLATIVE: Final = re.compile(
    r"\b(?:highest|largest|worst|biggest|lowest|most|deadliest|poorest|longest|strongest"
    r"|busiest)\s+(?:\w+\s+){0,3}(?:in|of)\s+(?:the\s+)?$"
)
SAYS_AFTER: Final = re.compile(
    r"^\s+(?:has |have |had |also |later |itself |now |on \w+day |\w+day )*(?:said|says|say|denied|denies"
    r"|claimed|claims|announced|announces|confirmed|confirms|warned|warns|insisted|insists|told|tells|rejected"
    r"|rejects|accuses|accused|blamed|blames|put|puts|reported|estimates|estimated|believes|expects|gives|gave|given"
    r"|admits|admitted|acknowledges|acknowledged|concedes|conceded|disputes|disputed|revises|revised|vows|vowed"
    r"|threatens|raises its|raised its|lowers its|lowered its|wants|fears|hails|calls|called|condemns|condemned"
    r"|releases|released|publishes|published|maintains|maintained)\b"
)
ESTIMATE_AFTER: Final = re.compile(
    r"^\s+(?:[a-z]+\s+){0,2}(?:estimates?|figures?|data|counts?|officials?|forecasts?|projections?|agency|leaders"
    r"|ministers|sources?|reports?|monitors?|mission|envoys?|diplomats?)\b"
)
GOVERNS_AFTER: Final = re.compile(r"^\s+(?:counts|counted|records|recorded|lists|listed|reports|registers)\b")
CLAUSE: Final = re.compile(r"[;:]|,? (?:while|whereas|but|although|though|who|whose|which|when|where)\s|\s[—–]\s|[“”]")
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
    _words: dict[int, frozenset[str]] = field(init=False, default_factory=dict)
    _anaphors: dict[int, list[re.Match[str]]] = field(init=False, default_factory=dict)
    usable: dict[int, list[PlaceMention]] = field(init=False, default_factory=dict)
    _places: dict[int, list[PlaceMention]] = field(init=False, default_factory=dict)
    _bounds: dict[int, list[Bound]] = field(init=False, default_factory=dict)
    _times: dict[int, list[TimeMention]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.published = self.document.article.published_on
        self.near, self.main_country = self._countries()
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

    def vocabulary(self, index: int) -> frozenset[str]:
        """The words of a sentence in lower case: most word lists need not be looked for at all."""
        found = self._words.get(index)
        if found is None:
            found = frozenset(PLAIN.findall(self.sentence(index).text.casefold()))
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
        """The place of the article as a whole: title and lead, the narrower of the two; else its country."""
        sentences = self.document.sentences
        title = [i for i, one in enumerate(sentences) if one.field == "title"]
        body = [i for i, one in enumerate(sentences) if one.field == "text"][:1]
        second = [i for i, one in enumerate(sentences) if one.field == "text"][1:2]
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
        return PlaceChoice()

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
        article = self.document.article
        for text, weight in ((article.title, 3), (article.text, 1)):
            for match in NAME.finditer(text, 0, LONGEST_SCAN):
                word = match[0]
                iso3 = settings.country_of(word)
                if iso3 is None:
                    known = settings.known(word)
                    iso3 = known.iso3 if known else None
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

    def _battlefield(self, votes: Counter[str]) -> str | None:
        """The country where a known war runs, among those an article of war names; None where two are at war."""
        first = votes.most_common(1)[0][0]
        settings = self.lexicon.settings
        if len(votes) < 2 or settings.running(first, self.published):
            return None
        least = BATTLEFIELD_SHARE * sum(votes.values())
        running = [one for one, count in votes.items() if count >= least and settings.running(one, self.published)]
        return running[0] if len(running) == 1 and AT_WAR.search(self.document.article.text, 0, LONGEST_SCAN) else None


ABBREVIATED: Final = frozenset(("U.S", "U.S.", "US"))
MAJORITY: Final = 0.5
"""Share of the mentions of countries that makes one the article's own; below it the article is about several."""
BATTLEFIELD_SHARE: Final = 0.2
"""Share of the mentions of countries that makes the one at war the scene, though its enemy is named more often."""
AT_WAR: Final = re.compile(
    r"\b(?:war|invasion|invaded|offensive|front line|soldiers|troops|servicemen|airstrikes?|air strikes?|shelling)\b"
)
PLAIN: Final = re.compile(r"[a-z][a-z0-9]*")
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
    for reading, credit in zip(readings, credits, strict=True):
        mention = reading.quantity.mention
        choice = _own(scene, reading) or _background(scene, reading) or _inherited(scene, reading, credit, chosen)
        own = scene.sentence(mention.sentence)
        choice = choice if choice.field is not None else replace(choice, field=own.field)
        out.append(choice if choice.field == own.field else _without_offsets(choice))
        if choice.name is not None or choice.rules:
            source = credit.source if credit.source != scene.document.article.outlet else None
            chosen.add(_Chosen(mention.sentence, own.paragraph, source, reading.metric, choice))
    return out


def _without_offsets(choice: PlaceChoice) -> PlaceChoice:
    """A place taken over from the other field: its words have no offsets in the figure's own."""
    return replace(choice, rules=tuple(replace(one, start=None, end=None) for one in choice.rules))


@dataclass(frozen=True, slots=True)
class _Chosen:
    sentence: int
    paragraph: int
    source: str | None
    metric: str
    choice: PlaceChoice


class _Earlier:
    """The choices made so far: the last of all, of a sentence, of a source."""

    def __init__(self) -> None:
        self.last: _Chosen | None = None
        self.by_sentence: dict[int, _Chosen] = {}
        self.by_source: dict[str, _Chosen] = {}

    def add(self, one: _Chosen) -> None:
        """Remember a choice."""
        self.last = self.by_sentence[one.sentence] = one
        if one.source is not None:
            self.by_source[one.source] = one


def _background(scene: Scene, reading: Reading) -> PlaceChoice | None:
    """A war as a whole, named without a place, holds for its country; "in four countries" for no single place."""
    mention = reading.quantity.mention
    sentence = scene.sentence(mention.sentence)
    if found := scene.first(NOWHERE, mention.sentence, NOWHERE_HEADS):
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


def _usable(scene: Scene, index: int) -> list[PlaceMention]:
    """Places of a sentence that may hold figures: no speaker's, no body's, no adjective, no yardstick."""
    found = scene.usable.get(index)
    if found is not None:
        return found
    text = scene.text(index)
    sentence = scene.sentence(index)
    line = scene.dateline(index)
    out = []
    for one in scene.places(index):
        if one.form in ("body", "adjective") or one.start < line:
            continue
        tail = text[one.end : min(sentence.end, one.end + 80)]
        if one.possessive and (BODY_NOUN.match(tail) or _names_body(scene, tail)):
            continue
        if not one.possessive and (
            (LOCAL_BODY.match(tail) and one.prep not in STRONG)
            or (ACTOR_AFTER.match(tail) and one.prep not in STRONG and one.prep not in ("from", "of"))
        ):
            continue
        governs = one.place.kind == "country" or one.place.name in scene.lexicon.settings.seats
        if governs and SAYS_AFTER.match(tail) and one.prep not in ("in", "at", "near", "from"):
            continue
        if one.place.kind == "union" and one.prep not in STRONG and not one.possessive and ESTIMATE_AFTER.match(tail):
            continue  # "a European Union estimate"
        if one.place.name in scene.lexicon.settings.seats and GOVERNS_AFTER.match(tail) and one.prep not in STRONG:
            continue
        head = text[max(sentence.start, one.start - 60) : one.start]
        if OFFICE.search(head) or SUPERLATIVE.search(head):
            continue
        out.append(one)
    scene.usable[index] = out
    return out


def _names_body(scene: Scene, tail: str) -> bool:
    """Whether capitalised words after a possessive end in a body's noun: "Iraq's Joint Operations Command"."""
    found = CAPITALS.match(tail)
    return found is not None and not scene.lexicon.settings.bodies.isdisjoint(found[0].split()[1:])


CAPITALS: Final = re.compile(r"^(?:'s?|’s?)(?:\s+[A-Z][\w\-]*){1,5}")
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
    places = _within(_usable(scene, mention.sentence), mention.start, mention.end)
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
        return None
    role = _role(reading, best, text)
    best_place, iso3, start, end = _narrowest(scene, places, best, text, reading)
    name = best_place.name
    other = _joined(places, best, text) if best_score < 9.0 else None
    if other is not None:
        first, second = (best, other) if best.start < other.start else (other, best)
        name = f"{first.place.name} and {second.place.name}"
        iso3 = None if other.place.iso3 != best.place.iso3 else iso3
        start, end = first.start, second.end
    rule = f"{best.prep} PLACE" if best.prep in STRONG or best.prep in ("from", "of", "to", "fled") else "named PLACE"
    return PlaceChoice(name, role, iso3, (RuleUse(column="place", rule=rule, start=start, end=end),))


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
    if re.fullmatch(r"(?:PN+){2,}", shape):
        found = next(places[i] for _, kind, i in reversed(marks[:where]) if kind == 0)
        if len(text[found.end : mention.start]) < FARTHEST_PAIR or shape.count("P") == shape.count("N"):
            return found
    if re.fullmatch(r"(?:NP){2,}", shape):
        found = next(places[i] for _, kind, i in marks[where:] if kind == 0)
        if len(text[mention.end : found.start]) < FARTHEST_PAIR and found.prep in STRONG:
            return found
    return None


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
    else:
        return 3.0
    score -= 0.7 * min(between, 3)
    if CLAUSE.search(gap):
        score -= 1.0
    if re.search(r"\b(?:said|says|told|according)\b", gap):
        score -= 0.8
    if one.prep in STRONG:
        score += 0.5
    elif one.prep in ("entering", "reaching", "leaving", "fleeing") and not moving:
        score -= 2.4
    elif one.prep in ("from", "of", "fled", "flee", "to", "against", "left"):
        score += 0.2
        if not moving and (one.prep in ("from", "fled", "left") or (one.prep == "to" and ORIGIN_OR_GOAL.search(head))):
            score -= 3.4  # "rescuers from Israel", "a man who fled to Maiduguri"
    elif one.possessive:
        score -= 0.3
    if LOCALS.search(head):
        score -= 1.0
    if one.form == "unknown":
        score -= 0.9
    if moving and one.prep == "from" and DESTINATION_BEFORE.search(text[max(0, one.start - 80) : one.start - 5]):
        score -= 0.6
    return score


ORIGIN_OR_GOAL: Final = re.compile(
    r"\b(?:fled|travel\w*|flew|returned|moved|went|sent|exported|promised|according|came|gave"
    r"|pledged|added)\s+(?:\w+\s+){0,2}to\s+(?:the\s+)?$"
)


def _between(numbers: list[tuple[int, int]], start: int, end: int) -> int:
    """How many other figures stand between two offsets."""
    return max(0, bisect_right(numbers, (end, -1)) - bisect_right(numbers, (start, -1)))


def _role(reading: Reading, one: PlaceMention, text: str) -> PlaceRole:
    if reading.metric not in MOVERS and reading.metric not in MISSILES:
        return "location"
    head = text[max(0, one.start - 60) : one.start]
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
    if iso3 is None:
        iso3 = _country_after(places, narrow) or scene.main_country
    return narrow.place, iso3, narrow.start, narrow.end


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
    return LEVELS.get(place.kind, 4)


def _country_after(places: list[PlaceMention], one: PlaceMention) -> str | None:
    return next((other.place.iso3 for other in places if other.start > one.start and other.place.iso3), None)


def _joined(places: list[PlaceMention], best: PlaceMention, text: str) -> PlaceMention | None:
    """A second country or town that shares the figure: "in Pakistan and India"."""
    at = places.index(best)
    for other in places[max(0, at - 1) : at + 2]:
        if other is best or _level(other.place) != _level(best.place) or other.place.name == best.place.name:
            continue
        first, second = (best, other) if best.start < other.start else (other, best)
        if re.fullmatch(r"\s+and\s+(?:in\s+)?(?:the\s+)?", text[first.end : second.start]) and first.prep not in (
            "of",
            "from",
            "between",
        ):
            return other
    return None


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
        if index in chosen.by_sentence:
            return _passed(chosen.by_sentence[index], "paragraph", reading)
        if index == mention.sentence:
            continue
        places = [one for one in _usable(scene, index) if one.form != "unknown" and one.prep in LOCATING]
        if places:
            return _whole(scene, index, places, "paragraph")
    if credit.source is not None and credit.source in chosen.by_source:
        return _passed(chosen.by_source[credit.source], "same source", reading)
    story = scene.story_place(mention.sentence)
    if chosen.last is not None:
        last = chosen.last.choice
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


LOCATING: Final = frozenset(["in", "at", "near", "across", "inside", "outside", "around", "throughout"])


def _whole(scene: Scene, index: int, places: list[PlaceMention], rule: str) -> PlaceChoice:
    """The place that a whole sentence tells of."""
    best = min(places, key=lambda one: (one.prep not in LOCATING, _level(one.place), one.start))
    iso3 = best.place.iso3 or scene.main_country
    return PlaceChoice(
        best.place.name,
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
