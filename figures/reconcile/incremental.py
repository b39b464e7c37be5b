"""An article comes, changes or goes, and only what it can bear on is compared anew.

Two steps, each from scratch over what was reached, by the same functions as for the whole:

1. *Names.* The names of events that the article tells, or told, are joined anew with all names that may be one story
   with them, over any number of steps (``linking.py``). Figures without event take over, or lose, the event of their
   exact number.
2. *Units.* What lies in one final event is compared with itself; so is what has no event, or is a standing statistic,
   by its metric. Only units in which a figure came, went or moved are compared anew, with the whole articles that their
   figures stand in, and units that share a misprint or a mistaken metric with them.

What is asked of the store are look-ups by name, number and event (``Shelf``); nothing stays in memory from one article
to the next. Keys are drawn wider than any rule that joins or compares, never narrower, so that the outcome is that of
comparing everything, in whatever order the articles came.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, Final, Protocol

import numpy as np
import pandas as pd

from figures.lexicon import Lexicon
from figures.lexicon.stories import StoryLexicon, read_stories
from figures.model import Conflict, Uncompared
from figures.reconcile.answers import Row, answers_of_table
from figures.reconcile.comparable import Knowledge
from figures.reconcile.conflicts import find_conflicts
from figures.reconcile.events import assign_events
from figures.reconcile.groups import Booleans
from figures.reconcile.hearing import Heard
from figures.reconcile.judge import STATEMENT_DAYS
from figures.reconcile.linking import ALL, ANY, NUMBERS, Link, links_of, links_of_rows, node_of
from figures.reconcile.narrow import Beside, Narrow, Unsure, compare_narrowly
from figures.reconcile.origins import assign_origins
from figures.reconcile.sheet import Sheet
from figures.reconcile.stories import parse_event, telling
from figures.table import flat, keyed

__all__ = ["Settled", "compare_all", "compare_changes"]

Node = tuple[str, str]
Number = tuple[str, float]

# Shorter numbers are no misprints of one another across events (see ``transposed_pairs``).
_LONG: Final = 1000
_LEAST_SWAPPED: Final = 100
_MISPRINTED: Final = (
    "figure_id", "article_id", "metric", "source", "value", "precision", "place", "event", "published_at", "as_of",
)  # fmt: skip


class Old(Protocol):
    """What a figure was when it was last compared."""

    @property
    def figure_id(self) -> str: ...
    @property
    def event(self) -> str | None: ...
    @property
    def final_event(self) -> str | None: ...
    @property
    def metric(self) -> str: ...
    @property
    def source(self) -> str | None: ...
    @property
    def value(self) -> float | None: ...
    @property
    def unit(self) -> str: ...


class Pending(Protocol):
    """An article that changed, with what its figures were before."""

    @property
    def article_id(self) -> str: ...
    @property
    def old(self) -> Sequence[Old]: ...


class Found(Protocol):
    """Figures as read, flat, and the event and origin that each was given last."""

    @property
    def frame(self) -> pd.DataFrame: ...
    @property
    def finals(self) -> Mapping[str, tuple[str | None, str | None]]: ...


class Printed(Protocol):
    """A number with what tells whether it is another's misprint; ``event`` is the final one."""

    @property
    def figure_id(self) -> str: ...
    @property
    def article_id(self) -> str: ...
    @property
    def metric(self) -> str: ...
    @property
    def source(self) -> str | None: ...
    @property
    def value(self) -> float | None: ...
    @property
    def precision(self) -> float | None: ...
    @property
    def event(self) -> str | None: ...
    @property
    def published_at(self) -> str | None: ...
    @property
    def as_of(self) -> str | None: ...


class Shelf(Beside, Protocol):
    """What is kept, asked piece by piece."""

    def of_articles(self, article_ids: Iterable[str]) -> Found:
        """All figures of some articles."""

    def of_names(self, names: Iterable[str]) -> Found:
        """All figures read under some names of events."""

    def of_numbers(self, numbers: Iterable[Number]) -> Found:
        """All figures with one of some metrics and its number."""

    def articles_of_events(self, events: Collection[str]) -> set[str]:
        """The articles with a figure of one of some final events."""

    def articles_of_metrics(self, metrics: Collection[str], *, any_event: bool) -> set[str]:
        """The articles with a figure of one of some metrics, without a final event or with any."""

    def of_digits(
        self, digits: Iterable[str], metric: str, place: str | None, *, without_event: bool = False
    ) -> Sequence[Printed]:
        """The numbers of one metric that have some digits, at one place or none, or at any."""

    def of_values(self, values: Iterable[float]) -> Sequence[Printed]:
        """All numbers without final event that are one of some."""

    def links_of(self, names: Iterable[str]) -> Sequence[tuple[str, str, str, str, int, int]]:
        """The links of some names."""

    def near(self, family: str | None, spots: Collection[str] | None, first: int, last: int) -> set[Node]:
        """The names of a family, or any, under some spots, or any, in some days."""

    def names_with(self, names: Collection[str], numbers: Collection[Number]) -> set[Node]:
        """Of some names those that are told with one of some metrics and its number."""

    def final_of(self, name: str, since: str | None) -> str | None:
        """The final event of a name that was compared before, None where no report of it is as old as that."""

    def is_told(self, name: str, column: str, value: str | None) -> bool:
        """Whether a name is told with some value of a column, by what was compared before."""

    def numbers_of(self, name: str, numbers: Collection[Number]) -> set[Number]:
        """Which numbers, with their metrics, a name is told with by what was compared before."""

    def corrected_events(self) -> set[str | None]:
        """The events that corrected figures tell or told: as read, as corrected, and final ones."""

    def names_of_numbers(self, numbers: Collection[Number]) -> set[Node]:
        """The names that are told with one of some metrics and its number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What stands after a change, of all that was compared anew.

    ``table`` holds the figures compared; ``held`` all figures whose conflicts are replaced by ``conflicts``, those that
    are gone among them; ``latest`` the answers of the ``stories`` (metric and event) that they tell or told; ``quiet``
    the figures against which nothing stands; ``links`` where names of events may be joined with others; ``keys`` the
    series of each answer, ``series`` that of each figure; ``why`` more than a few pairs were judged.
    """

    table: pd.DataFrame
    conflicts: tuple[Conflict, ...]
    uncompared: tuple[Uncompared, ...]
    latest: Sequence[Mapping[str, Any]]
    stories: tuple[tuple[str, str | None], ...]
    held: frozenset[str]
    quiet: Mapping[str, int]
    links: tuple[Link, ...]
    keys: Sequence[int]
    series: Mapping[str, int]
    why: str = ""


def compare_all(table: pd.DataFrame, lexicon: Lexicon, knowledge: Knowledge) -> Settled:
    """Compare everything, and find what following later articles needs."""
    joined = assign_origins(assign_events(table, lexicon), lexicon)
    return _settled(joined, knowledge, links=links_of(flat(table), knowledge, read_stories()))


def compare_changes(
    shelf: Shelf, pending: Sequence[Pending], lexicon: Lexicon, knowledge: Knowledge
) -> Settled | Narrow:
    """Compare anew what some changed articles bear on."""
    change = _Change(shelf, pending, lexicon, knowledge)
    familiar = change.is_familiar()
    why = "other names"
    if familiar:
        try:
            return change.narrow()
        except Unsure as unsure:
            why = str(unsure)
    return replace(change.settled(familiar=familiar), why=why)


class _Change:
    """One change, while it is followed."""

    def __init__(self, shelf: Shelf, pending: Sequence[Pending], lexicon: Lexicon, knowledge: Knowledge) -> None:
        self.shelf, self.lexicon, self.knowledge, self.stories = shelf, lexicon, knowledge, read_stories()
        self.old = [one for article in pending for one in article.old]
        self.articles = {one.article_id for one in pending}
        # Where articles only came, and nobody corrected a figure of theirs: these as plain rows.
        self.fresh = None if self.old else shelf.rows_of(self.articles)
        if self.fresh is not None and shelf.corrected_figures() & {row["figure_id"] for row in self.fresh}:
            self.fresh = None
        self.kept: dict[str, str | None] = {}
        self.links = (
            links_of(self.changed, knowledge, self.stories)
            if self.fresh is None
            else links_of_rows(self.fresh, knowledge, self.stories)
        )
        # By figure: the final event as kept, and as it is now where it was looked at.
        self.now: dict[str, str | None] = {}
        self.moved: list[tuple[str, str | None, str | None]] = []
        self.moved_articles: set[str] = set()
        # Look-ups that were made before.
        self.sought: set[tuple[str, str | None, bool, str]] = set()
        self.swapped: set[float] = set()

    @cached_property
    def changed(self) -> pd.DataFrame:
        """The figures of the articles that changed, flat."""
        found = self.shelf.of_articles(self.articles)
        self.kept |= {key: final[0] for key, final in found.finals.items()}
        return found.frame

    def narrow(self) -> Narrow:
        """What new articles change of stories that are known. Raises Unsure where that is not sure."""
        fresh = self.fresh or []
        if any(self.now.get(row["figure_id"]) is None for row in fresh):
            raise Unsure("a figure of no event")
        if None in self.shelf.corrected_events():
            raise Unsure("a corrected figure of no event")
        for row in fresh:
            number = row["value"]
            able = number is not None and self._bound(row["metric"])
            if able and self.shelf.has_orphan(row["metric"], number, row["source"], row["unit"]):
                raise Unsure("a number of no story")
        events = {row["figure_id"]: self.now.get(row["figure_id"]) for row in fresh}
        told = {one for one in events.values() if one is not None}
        around: tuple[set[str], set[str]] = (set(told), set())
        self._turned([row | {"event": events[row["figure_id"]]} for row in fresh], *around)
        self.sought.clear()
        if around != (told, set()):
            raise Unsure("a number like one elsewhere")
        return compare_narrowly(self.shelf, fresh, events, self.links, self.lexicon, self.knowledge)

    def settled(self, *, familiar: bool) -> Settled:
        """Both steps."""
        self._join_names(familiar=familiar)
        events = {one.final_event for one in self.old} | {self.now[key] for key in self.changed["figure_id"]}
        events |= {event for _, *both in self.moved for event in both}
        metrics = {metric for metric, *both in self.moved if None in both or not self._bound(metric)}
        metrics |= {one.metric for one in self.old if one.final_event is None or not self._bound(one.metric)}
        for key, metric in zip(self.changed["figure_id"], self.changed["metric"], strict=True):
            if self.now[key] is None or not self._bound(metric):
                metrics.add(metric)
        return self._compare({one for one in events if one is not None}, metrics)

    # Names

    def _join_names(self, *, familiar: bool) -> None:
        told = self.changed.iloc[:0] if familiar else self._told()
        if len(told):
            joined = flat(assign_events(keyed(told), self.lexicon))
            self._remember(joined)
        shared = self.changed[~self.changed["figure_id"].isin(list(self.now))]
        for key, event in zip(shared["figure_id"], shared["event"], strict=True):
            # No story's name stays as it is; no event may be taken over.
            self.now[key] = event if isinstance(event, str) else None
        self._adopt(told)
        for frame in (told, self.changed):
            for row in zip(frame["figure_id"], frame["metric"], frame["article_id"], strict=True):
                key, metric, article = row
                before, after = self.kept.get(key), self.now[key]
                if before != after:
                    self.moved.append((metric, before, after))
                    self.moved_articles.add(article)

    def is_familiar(self) -> bool:
        """Whether the change adds nothing to what names are joined by; then their final events are what they were.

        So it is where new articles tell one name each that is without gaps and known, in known places and countries,
        no earlier than it was known, with no number that a neighbour has, and where no neighbour has a gap that words
        could fill.
        """
        if self.fresh is None:
            return False
        corrected = self.shelf.corrected_events()
        finals: dict[str, str] = {}
        articles: dict[str, list[Row]] = {}
        for row in self.fresh:
            if row["event"] is not None:
                articles.setdefault(row["article_id"], []).append(row)
        for article, rows in articles.items():
            nodes = {
                node
                for one in {row["event"] for row in rows}
                if (node := node_of(one, article, self.stories)) is not None
            }
            if len(nodes) > 1 or any(alone for _, alone in nodes):
                return False
            for name, _ in nodes:
                final = self._known_final(name, [row for row in rows if row["event"] == name])
                if final is None or name in corrected or final in corrected:
                    return False
                finals[name] = final
        for row in self.fresh:
            if row["event"] in finals:
                self.now[row["figure_id"]] = finals[row["event"]]
        return True

    def _known_final(self, name: str, rows: Sequence[Row]) -> str | None:
        """The final event of a name to which an article adds nothing that joins, else None."""
        published = rows[0]["published_at"]
        if not isinstance(published, str):
            return None
        final = self.shelf.final_of(name, published)
        if final is None:
            return None
        if not all(self.shelf.is_told(name, "iso3", one) for one in _distinct(rows, "iso3")):
            return None
        links = [Link(*row) for row in self.shelf.links_of((name,)) if row[1] == ""]
        mine = [one for one in self.links if one.name == name]
        if not links or min(one.first for one in mine) < min(one.first for one in links):
            return None
        spots = {one.spot for one in links}
        first, last, family = links[0].first, links[0].last, links[0].family
        links += [Link(name, "", family, one.spot, first, last) for one in mine if one.spot not in spots]
        near = self._near(links) - {(name, "")}
        loose = self.shelf.near(family, (NUMBERS,), first, last) | self.shelf.near(ANY, (NUMBERS,), first, last)
        loose -= {(name, "")}
        places = _places_of(near | loose, self.stories)
        for column in ("place", "title"):
            # To ask whether a story has such a title takes a look at all of it.
            naming = [one for one in _distinct(rows, column) if any(place in one for place in places)]
            if not all(self.shelf.is_told(name, column, one) for one in naming):
                return None
        numbers = {(row["metric"], row["value"]) for row in rows if row["value"] is not None}
        fresh = {one for one in numbers if one not in self.shelf.numbers_of(name, numbers)}
        alike = self.shelf.names_with({one for one, _ in near | loose}, fresh) if fresh else set()
        if any(self._may_count(name, one) for one in {one for one, _ in alike}):
            return None
        gaps = any(article or "?" in one for one, article in near | loose)
        if gaps and not all(self.shelf.is_told(name, "sentence", one) for one in _distinct(rows, "sentence")):
            return None
        return final

    def _may_count(self, name: str, other: str) -> bool:
        """Whether a number in common can join two names: not where both are whole, of two cities."""
        one, two = (parse_event(each, self.stories) for each in (name, other))
        if one is None or two is None or one.unknown or two.unknown:
            return True
        x, y = (self.lexicon.settings.place(story.place) if story.place else None for story in (one, two))
        if x is None or y is None or x.kind != "city" or y.kind != "city":
            return True
        return x.name == y.name or x.name in y.parents or y.name in x.parents

    def _near(self, links: Sequence[Link]) -> set[Node]:
        found: set[Node] = set()
        for (family, spots), spans in _blocks(links).items():
            for first, last in spans:
                if family == ANY:
                    found |= self.shelf.near(None, spots, first, last)
                    continue
                found |= self.shelf.near(family, spots, first, last)
                found |= self.shelf.near(ANY, spots, first, last)
        return found

    def _remember(self, joined: pd.DataFrame) -> None:
        for key, event in zip(joined["figure_id"], joined["event"], strict=True):
            self.now[key] = event if isinstance(event, str) else None

    def _told(self) -> pd.DataFrame:
        """The figures of all names that may be one story with a name that the change tells or told, over any number
        of steps."""
        nodes: set[Node] = {(one.name, one.article) for one in self.links}
        for one in self.old:
            node = node_of(one.event, "", self.stories) if one.event else None
            if node is not None:
                nodes.add(node)
        # A name that only went is one article's or all articles'; its links tell.
        names = {name for name, _ in nodes}
        links = {(one.name, one.article, one.spot): one for one in self.links}
        links |= {(row[0], row[1], row[3]): Link(*row) for row in self.shelf.links_of(names)}
        links |= {(one.name, one.article, one.spot): one for one in self._wider(links.values())}
        gone = {one.event for one in self.old}
        todo = {(one.name, one.article): one for one in links.values() if self._begins(one, nodes, gone)}.keys()
        reached: set[Node] = set()
        frames: list[pd.DataFrame] = []
        fresh = set(todo)
        while fresh:
            reached |= fresh
            missing = {name for name, _ in fresh} - {name for name, _, _ in links}
            links |= {(row[0], row[1], row[3]): Link(*row) for row in self.shelf.links_of(missing)}
            found = self.shelf.of_names({name for name, _ in fresh})
            self.kept |= {key: final[0] for key, final in found.finals.items()}
            frame = found.frame[self._of_nodes(found.frame, fresh)]
            frames.append(frame)
            mine = [one for one in links.values() if (one.name, one.article) in fresh]
            fresh = self._neighbours(mine, frame) - reached
        told = [one for one in frames if len(one)]
        return (
            pd.concat(told, ignore_index=True).drop_duplicates("figure_id", ignore_index=True)
            if told
            else (self.changed.iloc[:0])
        )

    def _begins(self, link: Link, nodes: set[Node], gone: Collection[str | None]) -> bool:
        node = link.name, link.article
        return node in nodes or (link.name in gone and link.article in self.articles)

    def _wider(self, kept: Iterable[Link]) -> list[Link]:
        """Links of names over all the days that are kept of them, and those that the change adds."""
        spans: dict[Node, tuple[int, int]] = {}
        every = [*kept, *self.links]
        for one in every:
            first, last = spans.get((one.name, one.article), (one.first, one.last))
            spans[one.name, one.article] = min(first, one.first), max(last, one.last)
        return [Link(one.name, one.article, one.family, one.spot, *spans[one.name, one.article]) for one in every]

    def _of_nodes(self, frame: pd.DataFrame, nodes: Collection[Node]) -> Booleans:
        """Which rows count under one of some names."""
        alone: dict[str, bool] = {}
        out = []
        for name, article in zip(frame["event"], frame["article_id"], strict=True):
            if name not in alone:
                alone[name] = node_of(name, "x", self.stories) == (name, "x")
            out.append((name, article if alone[name] else "") in nodes)
        return np.array(out, dtype=bool)

    def _neighbours(self, links: Sequence[Link], frame: pd.DataFrame) -> set[Node]:
        """Names that may be one story with those of some links, whose figures are in ``frame``."""
        found = self._near(links)
        numbers = _numbers(frame)
        if not numbers:
            return found
        for family, first, last in {(one.family, one.first, one.last) for one in links if one.spot != NUMBERS}:
            loose: set[Node] = set()
            for other in {family, ANY} if family != ANY else {None}:
                loose |= self.shelf.near(other, (NUMBERS,), first, last)
            loose -= found
            if loose:
                alike = self.shelf.names_with({name for name, _ in loose}, numbers)
                found |= {node for node in loose if self._is_among(node, alike)}
        if any(one.spot == NUMBERS for one in links):
            seeking = {(one.name, one.article) for one in links if one.spot == NUMBERS}
            mine = _numbers(frame[self._of_nodes(frame, seeking)])
            names = self.shelf.names_of_numbers(mine)
            found |= {node for name, article in names if (node := node_of(name, article, self.stories)) is not None}
        return found

    @staticmethod
    def _is_among(node: Node, told: Collection[Node]) -> bool:
        name, article = node
        return any(one == name and (not article or other == article) for one, other in told)

    def _adopt(self, told: pd.DataFrame) -> None:
        """Give figures without event the one story that has their very number, metric and source; or take it back."""
        numbers = {(one.metric, one.value) for one in self.old if one.value is not None}
        moved = [key for key in told["figure_id"] if self.kept.get(key) != self.now[key]]
        for frame in (self.changed, told[told["figure_id"].isin(moved)]):
            known = frame[telling(frame["value"], frame["precision"])]
            numbers |= {
                (str(metric), float(value)) for metric, value in zip(known["metric"], known["value"], strict=True)
            }
        numbers = {(metric, value) for metric, value in numbers if self._bound(metric)}
        if not numbers:
            return
        found = self.shelf.of_numbers(numbers)
        frame = found.frame[telling(found.frame["value"], found.frame["precision"])]
        self.kept |= {key: final[0] for key, final in found.finals.items() if key not in self.kept}
        owners: dict[tuple[Any, ...], set[str]] = {}
        orphans: list[tuple[str, tuple[Any, ...], str, str]] = []
        for key, article, event, *number in zip(
            *(frame[name] for name in ("figure_id", "article_id", "event", "metric", "source", "value", "unit")),
            strict=True,
        ):
            slots = tuple(one if one == one else None for one in number)
            if isinstance(event, str):
                owner = self.now.get(key, self.kept.get(key))
                owners.setdefault(slots, set()).add(owner if owner is not None else event)
            else:
                orphans.append((key, slots, article, number[0]))
        seen = {*told["figure_id"], *self.changed["figure_id"]}
        for key, slots, article, metric in orphans:
            mine = owners.get(slots, set())
            after = next(iter(mine)) if len(mine) == 1 else None
            self.now[key] = after
            if key not in seen and self.kept.get(key) != after:
                self.moved.append((metric, self.kept.get(key), after))
                self.moved_articles.add(article)

    # Units

    def _compare(self, events: set[str], metrics: set[str]) -> Settled:
        before = len(events), len(metrics), -1
        articles: set[str] = self.articles | self.moved_articles
        frame, mine, origins = self.changed, np.zeros(len(self.changed), dtype=bool), dict[str, str | None]()
        while True:
            articles |= self.shelf.articles_of_events(events)
            free = {one for one in metrics if not self._bound(one)}
            articles |= self.shelf.articles_of_metrics(metrics - free, any_event=False)
            articles |= self.shelf.articles_of_metrics(free, any_event=True)
            if (len(events), len(metrics), len(articles)) == before:
                break
            before = len(events), len(metrics), len(articles)
            found = self.shelf.of_articles(articles)
            final = [self.now.get(key, found.finals[key][0]) for key in found.frame["figure_id"]]
            frame = found.frame.assign(
                event=pd.Series(final, index=found.frame.index, dtype=found.frame["event"].dtype)
            )
            origins = {key: one[1] for key, one in found.finals.items()}
            bound = np.array([self._bound(one) for one in frame["metric"]], dtype=bool)
            none = frame["event"].isna().to_numpy(dtype=bool)
            mine = frame["event"].isin(list(events)).to_numpy(dtype=bool)
            mine = mine | (frame["metric"].isin(list(metrics)).to_numpy(dtype=bool) & (none | ~bound))
            # A standing statistic is compared by its metric, and by its event with what else is told of that.
            free_rows = frame[mine & ~bound]
            metrics |= set(free_rows["metric"])
            events |= set(free_rows["event"].dropna())
            self._misprinted(frame, mine, events, metrics)
            self._swapped(frame, mine, metrics)
        held = {one.figure_id for one in self.old} | set(frame.loc[mine, "figure_id"])
        told = {(one.metric, one.final_event) for one in self.old}
        told |= {(metric, event) for metric, *both in self.moved for event in both}
        if not mine.any():
            return _settled(keyed(frame.iloc[:0]), self.knowledge, links=self.links, held=held, told=told)
        joined = flat(assign_origins(keyed(frame), self.lexicon))
        own = joined["figure_id"].isin(list(held)).to_numpy(dtype=bool)
        if not own.all():
            # What lies in other units has the origin that it was given among its own.
            other = [origins.get(key) for key in joined.loc[~own, "figure_id"]]
            joined.loc[~own, "origin_group"] = other
        return _settled(keyed(joined), self.knowledge, links=self.links, held=held, told=told, own=held)

    def _misprinted(self, frame: pd.DataFrame, mine: Booleans, events: set[str], metrics: set[str]) -> None:
        """Add the units with a number that may be a misprint of one in the units so far, of one source and metric."""
        value, place = frame["value"].to_numpy(dtype=float), np.maximum(frame["precision"].to_numpy(dtype=float), 1.0)
        able = mine & (value >= 100 * place) & (value < 1e12 * place) & frame["source"].notna().to_numpy(dtype=bool)
        chosen = frame.loc[able, list(_MISPRINTED)]
        self._turned(chosen.astype(object).where(chosen.notna(), None).to_dict("records"), events, metrics)

    def _turned(self, rows: Iterable[Mapping[Any, Any]], events: set[str], metrics: set[str]) -> None:
        asked: dict[tuple[str, str | None, bool], dict[str, list[Mapping[Any, Any]]]] = {}
        for row in rows:
            scale = max(row["precision"] or 1.0, 1.0)
            if row["value"] is None or not 100 * scale <= row["value"] < 1e12 * scale or row["source"] is None:
                continue
            digits = "".join(sorted(str(round(row["value"] / scale))))
            # Three digits agree by chance too often for two events to be meant as one.
            only_loose = row["event"] is not None and self._bound(row["metric"]) and row["value"] < _LONG * scale
            asked.setdefault((row["metric"], row["place"], only_loose), {}).setdefault(digits, []).append(row)
        for (metric, spot, only_loose), by_digits in asked.items():
            fresh = [one for one in by_digits if (metric, spot, only_loose, one) not in self.sought]
            if not fresh:
                continue
            self.sought |= {(metric, spot, only_loose, one) for one in fresh}
            for other in self.shelf.of_digits(fresh, metric, spot, without_event=only_loose):
                event = self.now.get(other.figure_id, other.event)
                if other.value is None or event in events or (event is None and metric in metrics):
                    continue
                scale = max(other.precision or 1.0, 1.0)
                digits = "".join(sorted(str(round(other.value / scale))))
                if any(_may_misprint(one, other) for one in by_digits.get(digits, ())):
                    if event is None or not self._bound(metric):
                        metrics.add(metric)
                    if event is not None:
                        events.add(event)

    def _swapped(self, frame: pd.DataFrame, mine: Booleans, metrics: set[str]) -> None:
        """Add metrics under which a number without event may stand by mistake."""
        able = (
            mine
            & frame["event"].isna().to_numpy(dtype=bool)
            & (frame["value"].abs() >= _LEAST_SWAPPED).to_numpy(dtype=bool)
        )
        values = {float(one) for one in frame.loc[able, "value"]} - self.swapped
        if not values:
            return
        self.swapped |= values
        others: dict[float, list[Printed]] = {}
        for one in self.shelf.of_values(values):
            if one.value is not None:
                others.setdefault(one.value, []).append(one)
        near = frame[able]
        for value, there in others.items():
            if len({one.metric for one in there}) < 2:
                continue
            days = [_day(one) for one in near.loc[near["value"] == value, "published_at"]]
            metrics.update(one.metric for one in there if any(_near(_day(one.published_at), day) for day in days))

    def _bound(self, metric: str) -> bool:
        return bool(self.knowledge.metric(str(metric)).event_bound)


def _distinct(rows: Sequence[Row], column: str) -> list[str]:
    return [one for one in dict.fromkeys(row[column] for row in rows) if one is not None]


def _places_of(nodes: Iterable[Node], stories: StoryLexicon) -> set[str]:
    """The places of some names."""
    parsed = (parse_event(name, stories) for name, _ in nodes)
    return {story.place for story in parsed if story is not None and story.place}


def _may_misprint(one: Mapping[str, Any], other: Printed) -> bool:
    if one["source"] != other.source or one["value"] == other.value or one["article_id"] == other.article_id:
        return False
    if _near(_day(one["published_at"]), _day(other.published_at)) or one["as_of"] is None or other.as_of is None:
        return True
    return bool(str(one["as_of"])[:10] == other.as_of)


def _near(day: int | None, other: int | None) -> bool:
    return day is None or other is None or abs(day - other) <= STATEMENT_DAYS


def _day(published: Any) -> int | None:
    return date.fromisoformat(published[:10]).toordinal() if isinstance(published, str) else None


def _numbers(frame: pd.DataFrame) -> set[Number]:
    """Telling numbers of some figures, with their metrics."""
    known = frame[telling(frame["value"], frame["precision"])]
    return {(str(metric), float(value)) for metric, value in zip(known["metric"], known["value"], strict=True)}


def _blocks(links: Iterable[Link]) -> dict[tuple[str, frozenset[str] | None], list[tuple[int, int]]]:
    """The days asked about by family and spots, overlapping ones as one; no spots mean any."""
    spots: dict[tuple[str, str], tuple[str, int, int, set[str]]] = {}
    for one in links:
        key = one.name, one.article
        spots.setdefault(key, (one.family, one.first, one.last, set()))[3].add(one.spot)
    spans: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for family, first, last, mine in spots.values():
        for spot in mine - {NUMBERS}:
            spans.setdefault((family, spot), []).append((first, last))
    grouped_spans: dict[tuple[str, frozenset[str] | None], list[tuple[int, int]]] = {}
    for (family, spot), some in spans.items():
        block = family, None if spot == ALL else frozenset((spot, ALL))
        grouped_spans[block] = _merged(some)
    return grouped_spans


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


def _settled(
    joined: pd.DataFrame,
    knowledge: Knowledge,
    *,
    links: Sequence[Link],
    held: Iterable[str] = (),
    told: Iterable[tuple[str, str | None]] = (),
    own: Collection[str] | None = None,
) -> Settled:
    """Compare figures whose events and origins are final; of what is found, what bears on some of them."""
    sheet = Sheet.of(joined, knowledge)
    heard = Heard(sheet)
    conflicts, uncompared = find_conflicts(sheet, knowledge, on_pair=heard)
    if own is not None:
        conflicts = [one for one in conflicts if any(key in own for camp in one.camps for key in camp)]
        uncompared = [one for one in uncompared if one.a in own or one.b in own]
    quiet = heard.quiet(conflicts)
    frame = flat(joined)
    if own is not None:
        mine = frame["figure_id"].isin(list(own))
        quiet = {key: one for key, one in quiet.items() if key in own}
        joined, frame = keyed(frame[mine]), frame[mine]
    stories = dict.fromkeys(told)
    stories |= dict.fromkeys(
        (metric, event if isinstance(event, str) else None)
        for metric, event in zip(frame["metric"], frame["event"], strict=True)
    )
    answers = answers_of_table(joined, knowledge)
    return Settled(
        table=joined, conflicts=tuple(conflicts), uncompared=tuple(uncompared),
        latest=answers.rows, stories=tuple(stories), held=frozenset(held),
        quiet=quiet, links=tuple(links), keys=answers.keys, series=answers.series,
    )  # fmt: skip
