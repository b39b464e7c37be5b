"""Show one article as the setting stage sees it: its places, days and words, each read once, and the story's place.

The place of the story is that of title and lead, the narrower of the two; else where its cause struck, the town of the
dateline, or the country named most.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Any, Final, TypeVar

from figures.extract.binding import Bound, bind_days
from figures.extract.places import PlaceMention, find_places
from figures.extract.scene_names import PlaceChoice, place_of_sentence, usable_places
from figures.extract.scene_words import AT_WAR, LONGEST_SCAN, MOVERS, NEAREST, OPENING, WORLD_DESKS
from figures.extract.times import TimeMention, find_times
from figures.extract.types import Document, Reading, Sentence
from figures.lexicon import Lexicon
from figures.lexicon.settings import Place, gazetteer, place_key
from figures.model import RuleUse

Answer = TypeVar("Answer")
_MONTH: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_DAY: Final = rf"(?:,?\s+(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s\d{{4}})?)?"
_SECOND: Final = r"(?:,\s(?!\d)[A-Z][\w. ]{1,25}?)?"
DATELINE: Final = re.compile(
    rf"^\s*(?:\([^)]{{2,30}}\)\s*)?(?:(?P<dated>[A-ZÀ-Þ][\w.’' /\-]{{2,40}}?){_SECOND},?\s+"
    rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})"
    r"(?:,?\s\d{4})?\s*(?:\([^)]{2,40}\)\s*)?:\s"
    rf"|(?P<place>[A-ZÀ-Þ][\w.’' /\-]{{2,40}}?){_SECOND}{_DAY}"
    r"\s*(?:\([^)]{2,40}\)\s*)?(?:--?|–|—)\s"
    rf"|(?P<bare>[A-ZÀ-Þ][A-ZÀ-Þ.’' /\-]{{2,40}}?)(?<=[A-ZÀ-Þ]{{2}}){_SECOND}{_DAY}"
    r"\s*\([A-Z][^)]{1,39}\)\s+(?=[A-ZÀ-Þ“\"])"
    rf"|(?P<wire>[A-ZÀ-Þ][A-ZÀ-Þ.’' /\-]{{2,40}}?)(?<=[A-ZÀ-Þ]{{2}}){_SECOND},\s+"
    rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})"
    r"\s+(?=[A-ZÀ-Þ“\"])"
    rf"|(?P<loud>[A-ZÀ-Þ][A-ZÀ-Þ.’' /\-]{{2,40}}?)(?<=[A-ZÀ-Þ]{{2}}){_SECOND}{_DAY}\s*(?:\([^)]{{2,40}}\)\s*)?[.:]\s)"
)
"""\"GENEVA, Aug 9 (AP) - …", "Lima — …"; closed by a point or colon only in capitals: "TAIPEI: …", "APIA, 3 May. …"."""
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
    r"|\b([Cc]ountrywide|[Nn]ationwide|[Nn]ationally)\b|\b(?:died|killed|were"
    r"|are|live|living|people|dead|found|injured|wounded|hurt|shot|buried|trapped|missing|treated|drowned|perished"
    r"|arrested|detained|sheltering"
    r"|stranded|staying|stay|remain|remained|murdered|living|lived|held|registered|recorded|reported)\s+(there)\b"
)


@dataclass(slots=True)
class Scene:
    """One article as this stage sees it; mentions of a sentence are found on the first question."""

    document: Document
    readings: list[Reading]
    lexicon: Lexicon
    published: date | None = field(init=False)
    near: frozenset[str] = field(init=False)
    main_country: str | None = field(init=False)
    outlet_country: str | None = field(init=False)
    numbers: dict[int, list[tuple[int, int]]] = field(init=False)
    moving: frozenset[int] = field(init=False)
    _found: dict[tuple[str, int], re.Match[str] | None] = field(init=False, default_factory=dict)
    _answers: dict[tuple[str, int], Any] = field(init=False, default_factory=dict)
    _anaphors: dict[int, list[re.Match[str]]] = field(init=False, default_factory=dict)
    _fronts: frozenset[str] | None = field(init=False, default=None)
    towns: dict[str, Place] | None = field(init=False, default=None)
    usable: dict[int, list[PlaceMention]] = field(init=False, default_factory=dict)
    _stories: dict[int, PlaceChoice] = field(init=False, default_factory=dict)
    _places: dict[int, list[PlaceMention]] = field(init=False, default_factory=dict)
    _kinds: dict[str, str] = field(init=False, default_factory=dict)
    _relations: dict[tuple[str | None, str | None], str] = field(init=False, default_factory=dict)
    _named: dict[str, int] = field(init=False, default_factory=dict)
    _opening: tuple[list[int], list[int], list[int]] = field(init=False)  # title, lead, second sentence
    _words: dict[int, Mapping[str, re.Pattern[str]]] = field(init=False, default_factory=dict)
    _bounds: dict[int, list[Bound]] = field(init=False, default_factory=dict)
    _times: dict[int, list[TimeMention]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.published = self.document.article.published_on
        self.outlet_country = self._outlet_country()
        self.near, self.main_country = self._countries()
        if self.outlet_country is not None:
            self.near |= {self.outlet_country}
        title = [i for i, one in enumerate(self.document.sentences) if one.field == "title"]
        text = range(len(title), len(self.document.sentences))
        self._opening = title, list(text[:1]), list(text[1:2])
        self.numbers = {}
        self.moving = frozenset(one.quantity.mention.sentence for one in self.readings if one.metric in MOVERS)
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

    def once(self, name: str, index: int, find: Callable[[Scene, int], Answer]) -> Answer:
        """What a question finds in a sentence, asked once however many figures stand there."""
        key = (name, index)
        if key not in self._answers:
            self._answers[key] = find(self, index)
        found: Answer = self._answers[key]
        return found

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

    def heading(self, index: int) -> PlaceChoice | None:
        """The place that a sentence's own paragraph is headed with: "BANGLADESH. Deaths: 26", "Chad: 40 cases"."""
        first = index
        here = self.sentence(index)
        while first > 0:
            before = self.sentence(first - 1)
            if before.field != here.field or before.paragraph != here.paragraph or index - first > LONGEST_PARAGRAPH:
                break
            first -= 1
        one = self.sentence(first)
        found = HEADING.match(self.text(first), one.start, one.start + 48)
        if found is None or one.field != "text":
            return None
        place = next((at.place for at in self.places(first) if at.start == found.start(1)), None)
        if place is None:
            name = found[1].title() if found[1].isupper() else found[1]
            place = self.lexicon.settings.place(name, self.near)
        if place is None or self.dateline(first) > found.start(1):
            return None
        use = RuleUse(column="place", rule="PLACE: heading", start=found.start(1), end=found.end(1))
        return PlaceChoice(place.name, "location", place.iso3, (use,), "text")

    @property
    def first_text(self) -> int:
        """The first sentence of the text, after those of the title."""
        return len(self._opening[0])

    @property
    def opening(self) -> tuple[list[int], list[int], list[int]]:
        """The sentences of the title, the first and the second of the text."""
        return self._opening

    def kind_of(self, name: str) -> str:
        """What a place is, in five kinds: country, wide, province, narrow, unknown to every gazetteer."""
        found = self._kinds.get(name)
        if found is None:
            place = self.lexicon.settings.place(name, self.near)
            if place is None and " and " in name:
                found = self.kind_of(name.rpartition(" and ")[2])
            else:
                found = "unknown" if place is None else KINDS.get(place.kind, "narrow")
            self._kinds[name] = found
        return found

    def relation(self, one: PlaceChoice, other: PlaceChoice) -> str:
        """How one choice lies to another, asked once for each pair of names."""
        key = one.name, other.name
        found = self._relations.get(key)
        if found is None:
            found = self.lexicon.settings.place_relation(one.name, other.name, iso3_a=one.iso3, iso3_b=other.iso3)
            self._relations[key] = found
        return found

    def times_named(self, name: str) -> int:
        """How often title and text name a place, counted once."""
        found = self._named.get(name)
        if found is None:
            article = self.document.article
            found = article.title.count(name) + article.text.count(name, 0, LONGEST_SCAN)
            self._named[name] = found
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
            places = [one for one in usable_places(self, index) if one.form != "unknown"]
            if not places or index == but:
                continue
            choice = place_of_sentence(self, index, places, "title" if index in title else "lead")
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
        found = found or self._struck(but)
        if found is not None:
            return found
        town = self.home()
        if town is not None:
            return PlaceChoice(
                town.name, "location", town.iso3, (RuleUse(column="place", rule="town of the dateline"),)
            )
        if self.main_country is not None:
            name = self.lexicon.settings.country_name(self.main_country)
            return PlaceChoice(
                name, "location", self.main_country, (RuleUse(column="place", rule="country of the article"),)
            )
        for index in second:
            places = [one for one in usable_places(self, index) if one.form != "unknown"]
            if places and index != but and len(self.near) < SEVERAL:
                return place_of_sentence(self, index, places, "lead")
        return self._dateline_country()

    def _struck(self, but: int) -> PlaceChoice | None:
        """The place of the cause in the first sentences, where title and lead name none: "the fire at X"."""
        first = len(self._opening[0])
        for index in range(first, min(first + OPENING, len(self.document.sentences))):
            if index == but or self.sentence(index).start > LONGEST_SCAN:
                continue
            text = self.text(index)
            for one in usable_places(self, index)[:NEAREST]:
                low = max(self.sentence(index).start, one.start - BESIDE_A_CAUSE)
                if one.form == "unknown" or one.prep not in ("in", "at", "near", "on"):
                    continue
                if any(True for _ in self.lexicon.settings.find_causes(text, low, one.start)):
                    return place_of_sentence(self, index, [one], "CAUSE at PLACE")
        return None

    def dateline_place(self) -> Place | None:
        """The place that the text is dated from."""
        found = DATELINE.match(self.document.article.text, 0, 200)
        if found is None:
            return None
        name = found["place"] or found["dated"] or found["wire"] or found["loud"] or found["bare"] or ""
        name = name.partition(",")[0].strip()
        return self.lexicon.settings.place(name.title() if name.isupper() else name, self.near) if name else None

    def home(self) -> Place | None:
        """The town of the dateline, where the text goes on to speak of it: its police, its streets; no news desk."""
        place = self.dateline_place()
        if (
            place is None
            or place.kind != "city"
            or place.name in WORLD_DESKS
            or place.name in self.lexicon.settings.seats
        ):
            return None
        if any(
            one.iso3 == place.iso3 and one.size > LARGEST_HOME for one in gazetteer().get(place_key(place.name), ())
        ):
            return None
        text = self.document.article.text
        if place.name in self.document.article.title:
            return place
        return place if text.find(place.name, self.dateline(len(self._opening[0])), LONGEST_SCAN) >= 0 else None

    def _dateline_country(self) -> PlaceChoice:
        """The country of the dateline, where the text names none; not of towns from which the world is reported."""
        place = self.dateline_place()
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

    def _outlet_country(self) -> str | None:
        """The country that the outlet's name tells: "Suva Morning Post"; None where it names several or none."""
        settings = self.lexicon.settings
        words = OUTLET_WORD.findall((self.document.article.outlet or "")[:LONGEST_OUTLET])
        found: set[str] = set()
        taken = False
        for word, after in zip_longest(words, words[1:], fillvalue=""):
            if taken:
                taken = False
                continue
            for name in (f"{word} {after}", word):
                iso3 = settings.country_of(name)
                place = settings.scene(name) if iso3 is None else None
                iso3 = place.iso3 if place is not None else iso3
                if iso3 is not None:
                    found.add(iso3)
                    taken = name != word
                    break
        return next(iter(found)) if len(found) == 1 else None

    def _countries(self) -> tuple[frozenset[str], str | None]:
        """The countries named in title and text, and the one named most, adjectives and speakers counting less."""
        settings = self.lexicon.settings
        votes: Counter[str] = Counter()
        named: set[str] = set()
        seen: dict[str, str | None] = {}
        local: set[str] = set()  # districts and buildings: their country is told by others
        article = self.document.article
        for text, weight in ((article.title, 3), (article.text, 1)):
            for match in NAME.finditer(text, 0, LONGEST_SCAN):
                word = match[0]
                iso3 = seen.get(word, "")
                if iso3 == "":
                    iso3 = settings.country_of(word)
                    first, _, second = word.partition(" ")
                    if iso3 is None and (second in settings.sites or second in settings.bodies):
                        iso3 = settings.country_of(first)  # "Dublin Castle", "Moscow Police"
                        word = first if settings.known(first) is not None else word
                    if iso3 is None:
                        known = settings.known(word)
                        iso3 = known.iso3 if known else None
                        if known is not None and known.name in settings.local:
                            local.add(word)
                    if iso3 is None and second:
                        # "In Peru", "Papua New": one of the two words, or the three with the next, is the name
                        longer = LONGER.match(text, match.end())
                        iso3 = settings.country_of(second) or (
                            settings.country_of(word + longer[0]) if longer is not None else None
                        )
                    seen[word] = iso3
                if iso3 is None:
                    continue
                named.add(iso3)
                if word in local:
                    continue
                if word == "Georgia":  # the country or the American state: the rest of the article decides
                    votes["georgia"] += weight
                elif iso3 != "USA" or word not in ABBREVIATED:
                    votes[iso3] += weight
        if self.outlet_country is not None:
            votes[self.outlet_country] += HOME
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


OUTLET_WORD: Final = re.compile(r"\b[A-ZÀ-Þ]\w{2,}")
LONGEST_OUTLET: Final = 60
KINDS: Final = {
    "country": "country", "region": "wide", "continent": "wide", "sea": "wide", "union": "wide", "admin1": "province",
}  # fmt: skip
HEADING: Final = re.compile(
    r"\s*(?:[-*•–]\s*|\d{1,2}[.)]\s*)?([A-ZÀ-Þ][\w’'\-]*(?:\s(?:[A-ZÀ-Þ][\w’'\-]*|of|and|the)){0,4})(?::\s|\.(?:\s|$)|\s[—–-]\s)"
)
LARGEST_HOME: Final = 2_000_000
"""People in a town from which only its own news is told; larger ones report for their country."""
HOME: Final = 2
"""Mentions of its country that the name of an outlet counts for."""
SEVERAL: Final = 3
"""Countries named, none of them most of the time, from which one beside a detail is not the article's place."""
BESIDE_A_CAUSE: Final = 30
"""Characters before a place in which a cause that struck there stands: "the fire on Sunday at X"."""
LONGEST_PARAGRAPH: Final = 12
"""Sentences back in which the heading of a paragraph is sought."""
ABBREVIATED: Final = frozenset(("U.S", "U.S.", "US"))
MAJORITY: Final = 0.5
"""Share of the mentions of countries that makes one the article's own; below it the article is about several."""
BATTLEFIELD_SHARE: Final = 0.2
"""Share of the mentions of countries that makes the one at war the scene, though its enemy is named more often."""
NOTHING: Final = re.compile(r"(?!)")
ANAPHOR_NOUNS: Final = frozenset((
    "city", "town", "village", "district", "province", "region", "state", "island", "county", "prefecture",
    "governorate", "neighbourhood", "neighborhood", "area", "camp", "country", "nation", "territory", "enclave",
    "site", "building", "tower", "nationwide", "nationally", "countrywide", "there",
))  # fmt: skip
LONGER: Final = re.compile(r"\s(?:and\s)?[A-ZÀ-Þ]\w+")
NAME: Final = re.compile(r"\b[A-ZÀ-Þ][\w]+(?:[ -][A-ZÀ-Þ][\w]+)?|U\.S")
