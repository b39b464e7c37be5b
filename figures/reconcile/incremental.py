"""The ledger: an article comes, changes or goes, and only what it can bear on is compared anew.

Two articles may bear on one another where their figures may be told of one story, stand beside one another in one
standing statistic, or repeat one number. Each article *has* some keys and *seeks* some; a change reaches the articles
that are linked to it, over any number of steps, by a key that one has and the other seeks. Events, origins, conflicts
and latest figures of the articles reached are worked out from scratch, by the same functions as for the whole, and take
the place of the old ones: the outcome is that of comparing everything, in whatever order the articles came.

Keys are drawn wider than any rule that joins or compares, never narrower:

* stories of one family of happenings in one country and season; all of the country where a name lacks a piece or the
  happening lasts; all of the family where the place is none of the gazetteer's; all where not even the cause is known
* a story that is told, by title or figures, with the place of another
* figures of a standing statistic, or without event, of one metric
* a figure without event and any with its exact number, metric and source, whose event it may take over
* numbers of one source with the same digits, published within days
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Protocol

import pandas as pd

from figures.lexicon import Lexicon, default_lexicon
from figures.lexicon.stories import StoryLexicon, read_stories
from figures.model import Conflict, Uncompared
from figures.reconcile.comparable import Knowledge
from figures.reconcile.conflicts import find_conflicts
from figures.reconcile.events import assign_events
from figures.reconcile.latest import SERIES, latest_of
from figures.reconcile.origins import assign_origins
from figures.reconcile.sheet import Sheet
from figures.reconcile.stories import Story, parse_event
from figures.table import flat, keyed, tabulate

__all__ = ["Ledger", "Settled", "keys_of"]

Key = tuple[Any, ...]
Changed = tuple[pd.DataFrame, pd.DataFrame, tuple[tuple[str, str | None], ...]]

# Days in one season: happenings further apart than their kind allows never meet.
_SEASON: Final = 16
# Beyond so many days between two reports' dates a kind is looked up in all seasons.
_LONGEST: Final = 4 * _SEASON
# Numbers of one statement reach papers within four days (see ``judge``).
_STATEMENT: Final = 5
_LEAST_SWAPPED: Final = 100
_MOST_SHOWN: Final = 200
_WORD: Final = re.compile(r"[\w'’.-]+")
_LONGEST_NAME: Final = 4
_READ: Final = (
    "article_id", "metric", "source", "value", "precision", "unit", "place", "iso3", "event", "title", "published_at",
    "as_of",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What stands after a change: everything, and what of it was looked at again.

    ``part`` holds the figures of the articles ``touched``, ``answers`` the latest of the ``stories`` (metric and event)
    that these tell or told.
    """

    table: pd.DataFrame
    conflicts: tuple[Conflict, ...]
    uncompared: tuple[Uncompared, ...]
    latest: pd.DataFrame
    touched: frozenset[str]
    part: pd.DataFrame
    answers: pd.DataFrame
    stories: tuple[tuple[str, str | None], ...]


class Compared(Protocol):
    """What comparing everything gives."""

    @property
    def table(self) -> pd.DataFrame:
        """The figures with their final events and origins."""

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        """Every conflict."""

    @property
    def uncompared(self) -> tuple[Uncompared, ...]:
        """What could not be compared."""


class Ledger:
    """Articles' figures as read, and what follows from them; not safe to share between threads."""

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or default_lexicon()
        self._knowledge, self._stories = Knowledge(self._lexicon), read_stories()
        # Where an article's rows stand: a frame as it was put, and positions in it.
        self._figures: dict[str, tuple[pd.DataFrame, list[int]]] = {}
        self._keys: dict[str, tuple[frozenset[Key], frozenset[Key]]] = {}
        self._having: dict[Key, set[str]] = {}
        self._seeking: dict[Key, set[str]] = {}
        self._changed: set[str] = set()
        self._table = tabulate(())
        self._conflicts: dict[str, Conflict] = {}
        self._uncompared: list[Uncompared] = []
        self._latest = latest_of(self._table, None, lexicon=self._lexicon)

    def put(self, table: pd.DataFrame) -> None:
        """Keep the figures of some articles, each whole, in the place of what they said before."""
        frame = flat(table)
        positions: dict[str, list[int]] = {}
        for at, article in enumerate(frame["article_id"].tolist()):
            positions.setdefault(article, []).append(at)
        rows = list(_records(frame))
        for article, mine in positions.items():
            self._drop(article)
            self._figures[article] = frame, mine
            self._link(article, [rows[at] for at in mine])

    def adopt(self, table: pd.DataFrame, outcome: Compared, latest: pd.DataFrame) -> None:
        """Begin with figures as read and what comparing all of them has found already."""
        self.put(table)
        self._table, self._latest = outcome.table, latest
        self._conflicts = {one.conflict_id: one for one in outcome.conflicts}
        self._uncompared = list(outcome.uncompared)
        self._changed.clear()

    def take(self, article_ids: Iterable[str]) -> None:
        """Take articles out of every answer."""
        for article in article_ids:
            self._drop(article)

    def settle(self) -> Settled:
        """Compare anew what the changes since the last time bear on."""
        reached = self._reach(self._changed)
        chosen = self._rows(reached)
        part, answers, stories = self._replace(reached, chosen)
        self._changed.clear()
        found = sorted(self._conflicts.values(), key=lambda one: (-one.severity, one.conflict_id))
        shown = sorted(self._uncompared, key=lambda one: (one.metric, one.a, one.b))[:_MOST_SHOWN]
        return Settled(
            table=self._table, conflicts=tuple(found), uncompared=tuple(shown), latest=self._latest,
            touched=frozenset(reached), part=part, answers=answers, stories=stories,
        )  # fmt: skip

    def _rows(self, articles: Iterable[str]) -> list[pd.DataFrame]:
        """The rows of some articles as they were put, a frame at a time."""
        frames: dict[int, tuple[pd.DataFrame, list[int]]] = {}
        for one in sorted(articles):
            if one in self._figures:
                frame, positions = self._figures[one]
                frames.setdefault(id(frame), (frame, []))[1].extend(positions)
        return [frame.take(positions) for frame, positions in frames.values()]

    def _replace(self, reached: set[str], chosen: list[pd.DataFrame]) -> Changed:
        old = self._table[self._table["article_id"].isin(reached)]
        kept = self._table[~self._table["article_id"].isin(reached)]
        gone = set(old["figure_id"])
        self._conflicts = {
            key: one
            for key, one in self._conflicts.items()
            if not any(figure in gone for camp in one.camps for figure in camp)
        }
        self._uncompared = [one for one in self._uncompared if one.a not in gone and one.b not in gone]
        part = keyed(pd.concat(chosen, ignore_index=True)) if chosen else old.iloc[:0]
        joined = assign_origins(assign_events(part, self._lexicon), self._lexicon)
        if len(joined):
            conflicts, uncompared = find_conflicts(Sheet.of(joined, self._knowledge), self._knowledge)
            self._conflicts |= {one.conflict_id: one for one in conflicts}
            self._uncompared.extend(uncompared)
        answers = latest_of(joined, None, lexicon=self._lexicon)
        # Every series of a metric and story lies within what was reached.
        stories = tuple(dict.fromkeys((*_stories(old), *_stories(joined))))
        here = list(_stories(self._latest))
        stale = set(stories)
        others = self._latest[[one not in stale for one in here]]
        both = [one for one in (others, answers) if len(one)]
        whole = pd.concat(both, ignore_index=True) if both else answers
        self._latest = whole.sort_values(list(SERIES), kind="stable", na_position="first", ignore_index=True)
        self._table = keyed(pd.concat([flat(kept), flat(joined)], ignore_index=True)) if len(kept) else joined
        return joined, answers, stories

    def _reach(self, changed: Iterable[str]) -> set[str]:
        """The articles that some changed ones bear on, over any number of steps."""
        reached, todo = set(changed), [one for one in changed if one in self._keys]
        done: set[tuple[bool, Key]] = set()
        while todo:
            has, seeks = self._keys[todo.pop()]
            for keys, others, side in ((has, self._seeking, True), (seeks, self._having, False)):
                for key in keys:
                    if (side, key) in done:
                        continue
                    done.add((side, key))
                    fresh = others.get(key, set()) - reached
                    reached |= fresh
                    todo.extend(fresh)
        return reached

    def _link(self, article: str, rows: Iterable[Mapping[str, Any]]) -> None:
        has, seeks = keys_of(rows, self._knowledge, self._stories)
        self._keys[article] = has, seeks
        for keys, index in ((has, self._having), (seeks, self._seeking)):
            for key in keys:
                index.setdefault(key, set()).add(article)
        self._changed.add(article)

    def _drop(self, article: str) -> None:
        if article not in self._figures:
            return
        # Whom it bore on before it went is compared anew as well.
        self._changed |= self._reach((article,))
        has, seeks = self._keys.pop(article)
        for keys, index in ((has, self._having), (seeks, self._seeking)):
            for key in keys:
                index[key].discard(article)
                if not index[key]:
                    del index[key]
        del self._figures[article]


def _stories(table: pd.DataFrame) -> Iterator[tuple[str, str | None]]:
    """Metric and event of each row."""
    frame = flat(table)
    for metric, event in zip(frame["metric"].tolist(), frame["event"].tolist(), strict=True):
        yield metric, event if isinstance(event, str) else None


def _records(rows: pd.DataFrame) -> Iterator[Mapping[str, Any]]:
    columns = [rows[name].astype(object).where(rows[name].notna(), None).tolist() for name in _READ]
    for values in zip(*columns, strict=True):
        yield dict(zip(_READ, values, strict=True))


def keys_of(
    rows: Iterable[Mapping[str, Any]], knowledge: Knowledge, stories: StoryLexicon
) -> tuple[frozenset[Key], frozenset[Key]]:
    """The keys that the figures of one article have, and those that they seek."""
    has: set[Key] = set()
    seeks: set[Key] = set()
    told: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["event"]:
            told.setdefault(row["event"], []).append(row)
        bound = bool(knowledge.metric(str(row["metric"])).event_bound)
        if not row["event"] or not bound:
            _both(has, seeks, ("metric", row["metric"]))
        if not row["event"] and row["value"] is not None and abs(row["value"]) >= _LEAST_SWAPPED:
            _both(has, seeks, ("number", row["value"]))
        _numbers(row, knowledge, has, seeks)
    for name, mine in told.items():
        story = parse_event(name, stories)
        if story is None:
            _both(has, seeks, ("name", name))
        else:
            _story(story, mine, knowledge, has, seeks)
    return frozenset(has), frozenset(seeks)


def _both(has: set[Key], seeks: set[Key], key: Key) -> None:
    has.add(key)
    seeks.add(key)


def _numbers(row: Mapping[str, Any], knowledge: Knowledge, has: set[Key], seeks: set[Key]) -> None:
    """Keys of an exact number: whose event it may take, or lend, and which numbers may be its misprint."""
    value, place = row["value"], max(row["precision"] or 1.0, 1e-9)
    if value is None or abs(value) < 100 * place:
        return
    number = row["metric"], row["source"], value, row["unit"]
    mine, theirs = ("orphan", "told") if not row["event"] else ("told", "orphan")
    has.add((mine, *number))
    seeks.add((theirs, *number))
    if not row["event"]:
        seeks.add(("orphan", *number))
    if row["source"] is None or value <= 0:
        return
    digits = "".join(sorted(str(round(value / max(place, 1.0)))))
    week = date.fromisoformat(row["published_at"][:10]).toordinal() // _STATEMENT if row["published_at"] else None
    country = _country(row["place"], knowledge) if row["place"] else None
    when = {week, *(() if row["as_of"] is None else (str(row["as_of"])[:10],))}
    near = when if week is None else when | {week - 1, week + 1}
    misprint = "digits", row["metric"], row["source"], digits
    has.update((*misprint, one, where) for one in when for where in (country or "?", "all"))
    seeks.update((*misprint, one, where) for one in near for where in (country or "all", "?"))


def _story(story: Story, rows: list[Mapping[str, Any]], knowledge: Knowledge, has: set[Key], seeks: set[Key]) -> None:
    """Keys of one story as one article tells it."""
    family = story.kind.family if story.kind else f"={story.cause}" if story.cause else None
    has.add(("story",))
    seeks.add(("wild",))
    if family is None:
        has.add(("wild",))
        seeks.add(("story",))
        return
    country = _country(story.place, knowledge) if story.place else None
    has.add(("family", family))
    seeks.add(("loose", family))
    if country is None:
        has.add(("loose", family))
        seeks.add(("family", family))
    apart = story.kind.apart if story.kind else 0
    spots: set[str | None] = {country, *(row["iso3"] for row in rows)} - {None}
    if story.name:
        spots.add(f"name:{story.name}")
    lasts = story.kind is not None and story.kind.lasts == "campaign"
    dated = not story.unknown and story.start is not None and apart <= _LONGEST and not lasts
    for spot in spots:
        has.add(("spot", family, spot))
        seeks.add(("open", family, spot))
        if not dated:
            has.add(("open", family, spot))
            seeks.add(("spot", family, spot))
    if story.start is None or not dated:
        return
    first, last = ((story.start + days) // _SEASON for days in (-apart, apart))
    now = story.start // _SEASON
    words = {row["place"] for row in rows if row["place"]}
    for title in {row["title"] for row in rows if row["title"]}:
        words |= set(_phrases(title))
    for spot in spots:
        has.add(("season", family, spot, now))
    has.add(("at", family, story.place, now))
    has.update(("tells", family, word, now) for word in words)
    for season in range(first, last + 1):
        seeks.update(("season", family, spot, season) for spot in spots)
        seeks.add(("tells", family, story.place, season))
        seeks.update(("at", family, word, season) for word in words)


def _phrases(title: str) -> Iterator[str]:
    """Runs of up to four words of a title, one of which may be the name of a place."""
    words = _WORD.findall(title)
    for at in range(len(words)):
        for length in range(1, _LONGEST_NAME + 1):
            if at + length <= len(words) and words[at][:1].isupper():
                yield " ".join(words[at : at + length])


def _country(place: str, knowledge: Knowledge) -> str | None:
    """The country of a place, None for a region, or a place that no gazetteer has."""
    settings = knowledge.lexicon.settings
    found = settings.place(place)
    iso3 = (found.iso3 if found else None) or settings.country_of(place)
    return str(iso3) if iso3 else None
