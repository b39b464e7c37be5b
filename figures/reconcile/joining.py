"""Which event names tell one story: evidence under each name, a judge of pairs, clusters that grow.

``events.py`` says in words what is joined and where it errs.
"""

from __future__ import annotations

import gc
import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd

from figures.lexicon import Lexicon
from figures.lexicon.settings import Place
from figures.lexicon.stories import StoryKind, StoryLexicon
from figures.reconcile.groups import Booleans, Integers, numbered
from figures.reconcile.stories import Story, telling

__all__ = ["join"]

# How long after its start a story is what news means by an undated "the earthquake in Haiti". A frequent kind is
# replaced by the next one within days; a campaign may have begun long before (Syria's war was in its sixth year in
# 2016).
_NEWS_DAYS: Final = {"frequent": 14, "incident": 120, "campaign": 7500}
# Two undated reports of an incident: published so far apart at most, further with two points of evidence.
_UNDATED_DAYS: Final = 30
_CAMPAIGN_DAYS: Final = 400
# Neighbours in order of publication that an undated report is compared with.
_NEIGHBOURS: Final = 12
# Copies and rewrites of one wire story appear within days.
_COPY_DAYS: Final = 3
# Later reports repeat the tolls of the days before; two of them from ten up are seldom alike by chance.
_REWRITE_DAYS: Final = 10
_LARGE_COUNT: Final = 10
_MONTH_DAYS: Final = 31
_LIVES: Final = ("deaths", "missing", "casualties")
_GREAT_LOSS: Final = 50
_YEAR_DAYS: Final = 366
# More fitting stories than this are too many for one unknown piece to be guessed, whatever else they say.
_MOST_CANDIDATES: Final = 40
# Capitalised words inside a sentence; after a full stop or in a headline capitals tell nothing.
_NAME: Final = re.compile(r"(?<=[a-z,;] )[A-ZÀ-Þ][\w'’-]{2,}")
_TURNED: Final = {"part": "whole", "whole": "part"}
_SMALLEST_COUNT: Final = 3  # "two killed" is said of every other incident


@dataclass(slots=True)
class _Cluster:
    """Names joined so far, with what any newcomer must agree with."""

    members: list[int]
    kinds: set[StoryKind]
    places: set[str]
    proper: set[str]
    first: int | None
    last: int | None
    articles: set[int]


class _Evidence:
    """What the rows under each name say: their articles, days of publication and telling numbers."""

    def __init__(self, count: int, node: Integers, frame: pd.DataFrame) -> None:
        known = node >= 0
        rows = pd.DataFrame(
            {
                "node": node[known],
                "article": pd.factorize(frame["article_id"], sort=True)[0][known],
                "metric": pd.factorize(frame["metric"], sort=True)[0][known],
                "value": frame["value"].to_numpy(dtype=float)[known],
                "precision": frame["precision"].to_numpy(dtype=float)[known],
                "day": _published_days(frame["published_at"])[known],
            }
        )
        at = node[known]
        self.places, self.countries, self.titles = (
            _texts(at, frame[name], known, count) for name in ("place", "iso3", "title")
        )
        self.articles = _sets(at, rows["article"].to_numpy(), count)
        numbers = rows[rows["value"].notna()]
        number = numbered(numbers["metric"], numbers["value"])
        # A number under one name alone joins nothing.
        told = pd.DataFrame({"number": number, "node": numbers["node"].to_numpy()}).drop_duplicates()
        shared = np.bincount(told["number"].to_numpy(), minlength=1)[number] > 1
        numbers, number = numbers[shared], number[shared]
        exact = telling(numbers["value"], numbers["precision"])
        some = (numbers["value"] >= _SMALLEST_COUNT).to_numpy()
        self.counts = _sets(numbers["node"].to_numpy()[some], number[some], count)
        large = (numbers["value"] >= _LARGE_COUNT).to_numpy()
        self.large = _sets(numbers["node"].to_numpy()[large], number[large], count)
        self.numbers = _sets(numbers["node"].to_numpy()[exact], number[exact], count)
        lives = frame["metric"].isin(_LIVES).to_numpy()[known]
        lost = rows[lives & (rows["value"] >= _GREAT_LOSS)]
        self.great = frozenset(lost["node"].tolist())
        self._rows = np.flatnonzero(known)[np.argsort(node[known], kind="stable")]
        self._ends = np.searchsorted(node[self._rows], np.arange(count + 1))
        self._texts = frame[["title", "sentence"]]
        self._names: dict[int, frozenset[str]] = {}
        dated = rows[rows["day"] > 0].groupby("node")["day"].min()
        self.published: list[int | None] = [None] * count
        for one, day in zip(dated.index.tolist(), dated.tolist(), strict=True):
            self.published[one] = day

    def names(self, node: int, common: frozenset[str]) -> frozenset[str]:
        """Proper names in the sentences and titles under a name, lower case, without common ones."""
        if node not in self._names:
            rows = self._texts.iloc[self._rows[self._ends[node] : self._ends[node + 1]]]
            texts = {*rows["title"].dropna(), *rows["sentence"].dropna()}
            self._names[node] = frozenset(one.lower() for text in texts for one in _NAME.findall(text)) - common
        return self._names[node]


def _texts(nodes: Integers, column: pd.Series, known: Booleans, count: int) -> list[set[str]]:
    """For each node the set of its texts in one column."""
    # By codes: a million texts as objects of Python's take a hundred megabytes.
    codes, names = pd.factorize(column)
    codes = codes[known]
    said = codes >= 0
    texts = [str(one) for one in names]
    return [{texts[one] for one in some if texts[one]} for some in _sets(nodes[said], codes[said], count)]


def _sets(nodes: Integers, values: Integers, count: int) -> list[set[int]]:
    """For each node the set of its values, none of them negative."""
    width = int(values.max(initial=0)) + 1
    pairs = pd.unique(nodes * np.int64(width) + values)
    pairs = pairs[np.argsort(pairs // width, kind="stable")]
    ends = np.searchsorted(pairs // width, np.arange(count + 1, dtype=np.int64))
    values = pairs % width
    return [set(values[begin:end].tolist()) for begin, end in pairwise(ends.tolist())]


def _published_days(published: pd.Series) -> Integers:
    """Days of publication as date ordinals, 0 where unknown."""
    codes, unique = pd.factorize(published)
    days = np.array([date.fromisoformat(str(one)[:10]).toordinal() for one in unique] + [0], dtype=np.int64)
    return days[codes]


def join(
    parsed: Sequence[Story], node: Integers, frame: pd.DataFrame, lexicon: Lexicon, stories: StoryLexicon
) -> list[str]:
    """For every name the name of its story."""
    with _uncollected():
        return _joined(parsed, node, frame, lexicon, stories)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles meanwhile: millions of sets hold none, and looking takes a fifth of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _joined(
    parsed: Sequence[Story], node: Integers, frame: pd.DataFrame, lexicon: Lexicon, stories: StoryLexicon
) -> list[str]:
    judge = _Judge(parsed, _Evidence(len(parsed), node, frame), lexicon, stories)
    edges: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for a, b in sorted(judge.candidates()):
        strength = judge.strength(a, b)
        if strength is not None:
            edges[strength].append((a, b))
    for strength in sorted(edges):
        judge.unite(edges[strength])
    judge.unite_incomplete()
    judge.unite_undated()
    final = [""] * len(parsed)
    for cluster in {id(one): one for one in judge.cluster}.values():
        best = parsed[min(cluster.members, key=judge.naming_order)]
        for one in cluster.members:
            final[one] = _label(best)
    return final


def _label(story: Story) -> str:
    """The name of a story; where it is one article's alone, with that article's mark in the first unknown
    piece."""
    if story.article is None:
        return story.text
    mark = hashlib.blake2b(story.article.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    return story.text.replace("?", "?" + mark, 1) if "?" in story.text else f"{story.text}?{mark}"


def _spans_meet(one: Story, other: Story) -> int | None:
    """The days of the longer of two spans that meet, None where one has no date or they do not meet."""
    spans = [story.span or (story.start, story.start) for story in (one, other)]
    (a, b), (c, d) = spans
    if a is None or b is None or c is None or d is None or a > d or c > b:
        return None
    return max(b - a, d - c)


def _narrow(one: Story, other: Story) -> bool:
    """Whether one of two names has its month or day."""
    return any(
        story.start is not None or (story.span is not None and story.span[1] - story.span[0] <= _MONTH_DAYS)
        for story in (one, other)
    )


def _may_meet(one: Story, other: Story) -> bool:
    """Whether what is known of two dates, a day or only a month or year, leaves room for one day, give or take."""
    reach = min((story.kind.apart for story in (one, other) if story.kind), default=0)
    spans = [
        story.span or (story.start, story.start) for story in (one, other) if story.span or story.start is not None
    ]
    if len(spans) < 2:
        return True
    (first, last), (begins, ends) = spans
    return (first or 0) - reach <= (ends or 0) and (begins or 0) - reach <= (last or 0)


def _news_days(story: Story) -> int:
    kind = story.kind
    return _NEWS_DAYS["incident" if kind is None else "frequent" if kind.frequent else kind.lasts]


class _Judge:
    """Decides which names are one story; holds the clusters while they grow."""

    def __init__(self, parsed: Sequence[Story], evidence: _Evidence, lexicon: Lexicon, stories: StoryLexicon) -> None:
        self.parsed = parsed
        self.evidence = evidence
        self.settings = lexicon.settings
        self.stories = stories
        self.relations: dict[tuple[str, str], str] = {}
        self.countries: dict[str, str | None] = {}
        self.cities: dict[str, Place | None] = {}
        self.starts = [story.start or 0 for story in parsed]
        self.reaches = [story.kind.apart if story.kind else 0 for story in parsed]
        self.cluster = [
            _Cluster(
                members=[number],
                kinds={story.kind} if story.kind else set(),
                places={story.place} if story.place else set(),
                proper={story.name} if story.name else set(),
                first=story.start,
                last=story.start,
                articles=evidence.articles[number],
            )
            for number, story in enumerate(parsed)
        ]

    def naming_order(self, number: int) -> tuple[int, int, int, str, str]:
        """The fullest name first, the earliest, of a blow at one spot the narrowest place, else the widest."""
        story = self.parsed[number]
        held = sum(self.relation(story.place, other) == "whole" for other in self.cluster[number].places)
        point = story.kind is not None and story.kind.point
        return story.unknown, story.start or 0, held if point else -held, story.text, story.article or ""

    def candidates(self) -> set[tuple[int, int]]:
        """Pairs worth judging: complete names of one family, with dates in reach, that have country, proper name or
        a number in common, or one of which no gazetteer can place."""
        blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
        unplaced: dict[tuple[str, int], list[int]] = defaultdict(list)
        complete: list[tuple[int, str]] = []
        for number, story in enumerate(self.parsed):
            if story.unknown or story.start is None or story.place is None:
                continue
            family = story.kind.family if story.kind else f"={story.cause}"
            complete.append((number, family))
            country = self.country(story.place)
            for one in {country} if country else self.evidence.countries[number]:
                blocks[family, one].append(number)
            if story.name:
                blocks[family, f"name:{story.name}"].append(number)
            for shared in self.evidence.numbers[number]:
                blocks[family, f"number:{shared}"].append(number)
            if country is None and story.kind is not None and story.kind.lasts == "incident":
                for day in range(story.start - story.kind.apart, story.start + story.kind.apart + 1):
                    unplaced[family, day].append(number)
        pairs: set[tuple[int, int]] = set()
        for block in blocks.values():
            if len(block) > 1:
                pairs.update(self._within_reach(block))
        for number, family in complete:
            some = unplaced.get((family, self._start(number)), ())
            if len(some) <= _MOST_CANDIDATES:
                pairs.update((min(number, other), max(number, other)) for other in some if other != number)
        return pairs

    def _within_reach(self, block: list[int]) -> Iterator[tuple[int, int]]:
        starts, reaches = self.starts, self.reaches
        days = sorted([(starts[number], number) for number in block])
        reach = max([reaches[number] for number in block])
        for position, (day, number) in enumerate(days):
            mine = reaches[number]
            for at in range(position + 1, len(days)):
                later, other = days[at]
                gap = later - day
                if gap > reach:
                    break
                if gap <= mine and gap <= reaches[other] and not self._surely_apart(number, other, gap):
                    yield (number, other) if number < other else (other, number)

    def _surely_apart(self, a: int, b: int, gap: int) -> bool:
        """Whether two complete names are of two cities that the gazetteer holds apart, and nothing else can join them.

        ``strength`` would say so, too; but in a country with many stories nearly all pairs are such.
        """
        one, other = self.parsed[a], self.parsed[b]
        if one.name and one.name == other.name:
            return False
        if gap == 0 and not ((one.kind and one.kind.frequent) or (other.kind and other.kind.frequent)):
            return False
        x, y = self._city(one.place), self._city(other.place)
        return (
            x is not None
            and y is not None
            and (x.name != y.name or x.iso3 != y.iso3)
            and x.name not in y.parents
            and y.name not in x.parents
        )

    def _city(self, name: str | None) -> Place | None:
        """The city of that name, None for a place of any other kind."""
        if name is None:
            return None
        if name not in self.cities:
            found = None if " and " in name else self.settings.place(name)
            self.cities[name] = found if found is not None and found.kind == "city" and found.iso3 else None
        return self.cities[name]

    def _start(self, number: int) -> int:
        return self.starts[number]

    def _apart(self, number: int) -> int:
        return self.reaches[number]

    def strength(self, a: int, b: int) -> tuple[int, int] | None:
        """How well two complete names fit, smaller is better; None where they are not one story."""
        one, other = self.parsed[a], self.parsed[b]
        if not self._same_cause(one, other) or self.evidence.articles[a] & self.evidence.articles[b]:
            return None
        gap = abs(self._start(a) - self._start(b))
        if gap > min(self._apart(a), self._apart(b)):
            return None
        proper = bool(one.name and one.name == other.name and one.kind and one.kind.name == "storm")
        relation = "same" if proper else self.relation(one.place, other.place)
        shares = not self.evidence.numbers[a].isdisjoint(self.evidence.numbers[b])
        frequent = bool((one.kind and one.kind.frequent) or (other.kind and other.kind.frequent))
        if relation == "same" and gap == 0:
            return 1, 0
        if relation in ("part", "whole") and gap == 0:
            return 2, 0
        if relation in ("same", "part", "whole") and (shares or not frequent):
            return 3, gap
        if relation == "disjoint" and not frequent and gap == 0 and self._tells_place(a, b):
            # A gazetteer that knows both a district and its city may not know that one is in the other.
            self.relations[min(one.place or "", other.place or ""), max(one.place or "", other.place or "")] = "unknown"
            return 4, gap
        if relation == "unknown" and (
            shares or self._tells_place(a, b) or (self._one_country(a, b) and not frequent + gap)
        ):
            return 4, gap
        return None

    def _tells_place(self, a: int, b: int) -> bool:
        """Whether the figures or titles under one name have the place of the other."""
        for one, other in ((a, b), (b, a)):
            place = self.parsed[one].place
            if place and (
                place in self.evidence.places[other] or any(place in title for title in self.evidence.titles[other])
            ):
                return True
        return False

    def _one_country(self, a: int, b: int) -> bool:
        return not self.evidence.countries[a].isdisjoint(self.evidence.countries[b])

    def _same_cause(self, one: Story, other: Story) -> bool:
        if one.name and other.name and one.name != other.name:
            return False
        if one.kind is None or other.kind is None:
            return one.kind is other.kind and one.cause == other.cause
        return self.stories.one_story(one.kind, other.kind)

    def relation(self, a: str | None, b: str | None) -> str:
        """``place_relation`` of the gazetteer, remembered; an unsaid place is unknown."""
        if a is None or b is None:
            return "unknown"
        if a == b:
            return "same"
        key = (a, b) if a <= b else (b, a)
        if key not in self.relations:
            self.relations[key] = str(self.settings.place_relation(*key))
        found = self.relations[key]
        return _TURNED.get(found, found) if key != (a, b) else found

    def country(self, place: str) -> str | None:
        """The ISO code of the country that a place lies in, None where unknown or several."""
        if place not in self.countries:
            found = self.settings.place(place)
            self.countries[place] = (found.iso3 if found else None) or self.settings.country_of(place)
        return self.countries[place]

    def apart(self, a: _Cluster, b: _Cluster) -> bool:
        """Whether two stories exclude each other: told as two by one article, places apart, other proper names,
        or starts too far from one another."""
        if not a.articles.isdisjoint(b.articles):
            return True
        if not all(self.stories.one_story(one, other) for one in a.kinds for other in b.kinds):
            return True
        if a.proper and b.proper and a.proper != b.proper:
            return True
        if None not in (a.first, b.first):
            reach = min(self._apart(a.members[0]), self._apart(b.members[0]))
            if max(a.last or 0, b.last or 0) - min(a.first or 0, b.first or 0) > reach:
                return True
        told = [self.relation(one, other) for one in a.places for other in b.places]
        if a.proper and a.proper == b.proper:
            # A storm moves; an epidemic in two countries is one only where a report spans them.
            storm = any(kind.name == "storm" for kind in a.kinds | b.kinds)
            return bool(told) and not storm and not {"same", "part", "whole"} & set(told)
        return "disjoint" in told

    def unite(self, edges: Iterable[tuple[int, int]]) -> None:
        """Join along edges of one strength. A story drawn to two that exclude each other joins neither."""
        drawn: dict[int, dict[int, _Cluster]] = defaultdict(dict)
        hubs: dict[int, _Cluster] = {}
        edges = [(a, b) for a, b in edges if not self.apart(self.cluster[a], self.cluster[b])]
        for a, b in edges:
            for one, other in ((a, b), (b, a)):
                drawn[id(self.cluster[one])][id(self.cluster[other])] = self.cluster[other]
                hubs[id(self.cluster[one])] = self.cluster[one]
        torn = {one for one, others in drawn.items() if self._torn(hubs[one], list(others.values()))}
        joined = [(a, b) for a, b in edges if not {id(self.cluster[a]), id(self.cluster[b])} & torn]
        for a, b in joined:
            left, right = self.cluster[a], self.cluster[b]
            if left is not right and not self.apart(left, right):
                self._merge(left, right)

    def _torn(self, hub: _Cluster, others: list[_Cluster]) -> bool:
        if len(others) > _MOST_CANDIDATES:
            return True
        # Liberia's epidemic is not Guinea's, but West Africa's is both.
        spanned = {id(one) for one in others if hub.proper and hub.proper == one.proper and self._spans(hub, one)}
        return any(
            self.apart(one, other) and not {id(one), id(other)} <= spanned
            for number, one in enumerate(others)
            for other in others[number + 1 :]
        )

    def _spans(self, hub: _Cluster, other: _Cluster) -> bool:
        return any(self.relation(one, place) == "whole" for one in hub.places for place in other.places)

    def _merge(self, one: _Cluster, other: _Cluster) -> None:
        if len(one.members) < len(other.members):
            one, other = other, one
        if len(one.members) == 1:
            # Until now those of the evidence under its only name.
            one.articles = set(one.articles)
        one.members = sorted(one.members + other.members)
        one.kinds |= other.kinds
        one.places |= other.places
        one.proper |= other.proper
        one.articles |= other.articles
        one.first = min((day for day in (one.first, other.first) if day is not None), default=None)
        one.last = max((day for day in (one.last, other.last) if day is not None), default=None)
        for member in other.members:
            self.cluster[member] = one

    def unite_incomplete(self) -> None:
        """Give names with an unknown piece to the only story that fits, fewest unknown pieces first.

        All of them are judged against the complete stories before any is joined, so that order does not matter.
        """
        complete = [number for number, story in enumerate(self.parsed) if not story.unknown]
        by_family: dict[str, list[tuple[int, int]]] = defaultdict(list)
        every: list[tuple[int, int]] = []
        for number in complete:
            story = self.parsed[number]
            by_family[story.kind.family if story.kind else f"={story.cause}"].append((self._start(number), number))
            every.append((self._start(number), number))
        for block in by_family.values():
            block.sort()
        every.sort()
        found: list[tuple[int, int]] = []
        for number, story in enumerate(self.parsed):
            if not story.unknown:
                continue
            family = None if story.cause is None else story.kind.family if story.kind else f"={story.cause}"
            within = every if family is None else by_family.get(family, [])
            fitting = self._fitting(number, within)
            if len({id(self.cluster[one]) for one in fitting}) == 1:
                found.append((number, min(fitting)))
        for number, other in sorted(found):
            one, whole = self.cluster[number], self.cluster[other]
            if one is not whole and not self.apart(one, whole):
                self._merge(whole, one)

    def _alike(self, a: int, b: int, count: int) -> bool:
        """Whether two names have a telling number in common, one from ten up, or so many others."""
        evidence = self.evidence
        if len(evidence.counts[a] & evidence.counts[b]) >= count:
            return True
        return not (
            evidence.large[a].isdisjoint(evidence.large[b]) and evidence.numbers[a].isdisjoint(evidence.numbers[b])
        )

    def unite_undated(self) -> None:
        """Join what no date joins: reports of one kind and place, published in turn, as far as evidence goes."""
        blocks: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for number, story in enumerate(self.parsed):
            published = self.evidence.published[number]
            if story.kind is None or published is None:
                continue
            places = [self.country(story.place) or story.place] if story.place else []
            for one in {*places, *self.evidence.countries[number], *([f"name:{story.name}"] if story.name else [])}:
                blocks[story.kind.family, one].append((published, number))
        edges: dict[int, set[tuple[int, int]]] = defaultdict(set)
        for block in blocks.values():
            block.sort()
            for at, (day, number) in enumerate(block):
                for later, other in block[at + 1 : at + 1 + _NEIGHBOURS]:
                    if self.parsed[number].unknown or self.parsed[other].unknown:
                        points = self._points(number, other, later - day)
                        if points is not None:
                            edges[-points].add((min(number, other), max(number, other)))
        for strength in sorted(edges):
            self.unite(sorted(edges[strength]))

    def _points(self, a: int, b: int, days: int) -> int | None:
        """Evidence that two names, one at least incomplete, are one story; None where it does not suffice.

        A telling number in common gives two points, each other number one, each proper name one, two at most. A
        frequent kind wants numbers. A rare one wants two points where only a country is named, one in a town, none at
        a site that no gazetteer has (Grenfell Tower), under a proper name, or for what a place seldom sees.
        """
        one, other = self.parsed[a], self.parsed[b]
        if one.kind is None or other.kind is None or not self._same_cause(one, other):
            return None
        if not self.evidence.articles[a].isdisjoint(self.evidence.articles[b]):
            return None
        proper = bool(one.name and one.name == other.name)
        relation = self.relation(one.place, other.place)
        near = relation in ("same", "part", "whole")
        # Where one is dated, the other was news so long after that day, whenever the first was printed.
        since = []
        for story, at in ((one, b), (other, a)):
            begins, ends = story.span or (story.start, story.start)
            if begins is not None and ends is not None:
                published = self.evidence.published[at] or 0
                if published < begins - 1:
                    return None
                since.append(max(published - ends, 0))
        if not _may_meet(one, other):
            return None
        days = max(since, default=days)
        overlap = _spans_meet(one, other)
        if overlap is not None:
            days = 0
        words = {word for place in (one.place, other.place) if place for word in place.lower().split()}
        names = self.evidence.names(a, self.stories.common) & self.evidence.names(b, self.stories.common)
        named = min(2, len(names - words))
        if one.kind.lasts == other.kind.lasts == "campaign":
            # A name alone comes back year after year; a name or a telling number in the text makes sure.
            common = self.evidence.numbers[a] & self.evidence.numbers[b]
            shared = named > 0 or bool(common) or self._one_country(a, b)
            placed = near or (proper and None in (one.place, other.place) and shared)
            joined = placed and days <= _CAMPAIGN_DAYS and (proper or not one.kind.named)
            return 9 if joined and one.kind is other.kind else None
        common = self.evidence.counts[a] & self.evidence.counts[b]
        telling = self.evidence.numbers[a] & self.evidence.numbers[b]
        wide = relation == "same" and one.place is not None and self.settings.country_of(one.place) is not None
        if (one.kind.frequent or other.kind.frequent) and not (wide and one.kind.crowd and other.kind.crowd):
            large = self.evidence.large[a] & self.evidence.large[b]
            alike = telling or len(common if days <= _COPY_DAYS else large) > 1
            near = near or (relation == "unknown" and self._tells_place(a, b))
            if near and overlap is not None and self._recalled(one, other, overlap, common):
                return 2 + len(common)
            return 2 + len(common) if near and alike and days <= _REWRITE_DAYS else None
        told = self._tells_place(a, b)
        if not (near or proper or told or (relation == "unknown" and self._one_country(a, b))):
            return None
        points = 2 * bool(telling) + len(common) + named
        if wide and one.kind.crowd and other.kind.crowd:
            # A country in unrest is in one unrest; towns have marches of their own.
            known = overlap is not None or (since and min(one.unknown, other.unknown) <= 1 and _narrow(one, other))
            return points if (points > 0 or known) and days <= _REWRITE_DAYS else None
        site = relation == "same" and one.place is not None and self.settings.place(one.place) is None
        # One place hardly sees two such in a month.
        fresh = bool(since) and days <= _REWRITE_DAYS and _narrow(one, other) and {a, b} <= self.evidence.great
        if proper or site or (near and (one.kind.seldom or (fresh and not wide))):
            needed = 0
        elif told or (relation == "same" and one.place and self.settings.country_of(one.place) is None):
            needed = 1
        else:
            needed = 2
        if points < needed:
            return None
        if days <= _UNDATED_DAYS or (needed == 0 and days <= _news_days(one)):
            return points
        # Months later it takes more, unless place or name are unmistakable.
        enough = points >= (1 if proper or site else 2)
        return points if enough and days <= _CAMPAIGN_DAYS else None

    def _recalled(self, one: Story, other: Story, overlap: int, common: set[int]) -> bool:
        """Whether two reports look back on one blow: at a site, or in a town and year with a number of it."""
        places = {place for place in (one.place, other.place) if place}
        site = len(places) == 1 and self.settings.place(next(iter(places))) is None
        if site or (common and not any(self.settings.country_of(place) for place in places)):
            return overlap <= _YEAR_DAYS
        return False

    def _fitting(self, number: int, within: list[tuple[int, int]]) -> list[int]:
        """Complete names that an incomplete one can mean; none where there are too many to tell."""
        story = self.parsed[number]
        if story.start is None and story.span is None and story.place is None and not story.name:
            return []
        if story.start is not None or story.span is not None:
            begins, ends = story.span or (story.start or 0, story.start or 0)
            first, last = begins - self._apart(number), ends + self._apart(number)
        else:
            published = self.evidence.published[number]
            # A draft has no date yet: any story may be meant, if only one fits.
            first, last = (0, date.max.toordinal()) if published is None else (published - _news_days(story), published)
        span = within[bisect_left(within, (first, -1)) : bisect_right(within, (last, len(self.parsed)))]
        out: list[int] = []
        for _, other in span[: _MOST_CANDIDATES * 25]:
            if self._fits(number, other):
                out.append(other)
                if len(out) > _MOST_CANDIDATES:
                    return []
        return out if len(span) <= _MOST_CANDIDATES * 25 else []

    def _fits(self, number: int, other: int) -> bool:
        story, whole = self.parsed[number], self.parsed[other]
        # What speaks against any report of that story speaks against all of it.
        if self.apart(self.cluster[number], self.cluster[other]):
            return False
        if story.cause is not None and not self._same_cause(story, whole):
            return False
        if story.place is not None:
            relation = self.relation(story.place, whole.place)
            # An undated attack may be any of the week's, unless its numbers are told in both.
            undated = story.start is None and story.span is None
            if undated and whole.kind is not None and whole.kind.frequent:
                fresh = (self.evidence.published[number] or 0) - (whole.start or 0) <= _COPY_DAYS
                if relation == "same":
                    return fresh or self._alike(number, other, 1)
                return relation in ("part", "whole") and self._alike(number, other, 2)
            return relation in ("same", "part", "whole")
        # No place: a proper name or a shared number must stand in for it.
        if story.name and story.name == whole.name:
            return True
        return not self.evidence.numbers[number].isdisjoint(self.evidence.numbers[other])
