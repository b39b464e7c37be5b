"""What following one article asks of the store: bounded look-ups, in one consistent view.

Events, numbers and metrics are looked up as they were read; the few figures that somebody corrected are held beside
every answer as they are corrected.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

import numpy as np
import orjson
import pandas as pd
from sqlalchemy import Connection, Select, delete, insert, select, tuple_, union, update

from figures.model import COLUMNS, Kind
from figures.store import schema
from figures.store.plain import IDS_AT_ONCE, batches, sorted_digits
from figures.store.rows import corrected, insert_rows, read_corrections, read_fetched, selection
from figures.store.versions import CONTENT, read_version
from figures.table import DAYS, flat, tabulate

__all__ = ["Found", "Number", "Old", "Pending", "Shelf", "forget_pending", "mark_new", "mark_pending", "widen_links"]

Row = dict[str, Any]
LinkRow = tuple[str, str, str, str, int, int]
"""Name, article or "", family, spot, first and last day."""
_LINK: Final = ("name", "article", "family", "spot", "first", "last")
_NUMBER: Final = (
    "figure_id", "article_id", "metric", "source", "value", "precision", "place", "event", "published_at", "as_of",
)  # fmt: skip
_ROW: Final = (*COLUMNS, "final_event", "final_origin_group", "quiet", "series")
_ROWS: Final = (
    select(*(schema.figures.c[name] for name in _ROW))
    .join(schema.articles, schema.articles.c.article_id == schema.figures.c.article_id)
    .where(schema.articles.c.withdrawn_at.is_(None))
)
_OLD: Final = ("figure_id", "event", "final_event", "metric", "source", "value", "unit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """What a figure was when everything was last compared."""

    figure_id: str
    event: str | None
    final_event: str | None
    metric: str
    source: str | None
    value: float | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An article that came, changed or went since the last comparison."""

    article_id: str
    seq: int
    old: tuple[Old, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number with what tells whether it is another's misprint; ``event`` is the final one."""

    figure_id: str
    article_id: str
    metric: str
    source: str | None
    value: float | None
    precision: float | None
    place: str | None
    event: str | None
    published_at: str | None
    as_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Figures as read and corrected, flat; and by figure the event and origin that comparing gave them last."""

    frame: pd.DataFrame
    finals: dict[str, tuple[str | None, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A conflict as it was found last, with the figures of its camps and those that agree with more than one."""

    conflict_id: str
    kind: Kind
    members: frozenset[str]


class Shelf:
    """Look-ups on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._corrections = read_corrections(connection)
        self._moved: Found | None = None

    def pending(self) -> list[Pending]:
        """The articles to be compared anew, in the order in which they changed."""
        columns = schema.pending.c
        return [
            Pending(article_id=row.article_id, seq=row.seq, old=tuple(Old(**one) for one in orjson.loads(row.old)))
            for row in self._connection.execute(select(schema.pending).order_by(columns.seq, columns.article_id))
        ]

    def of_articles(self, article_ids: Iterable[str]) -> Found:
        """All figures of some articles."""
        columns = schema.figures.c
        return self._found(
            selection({}).where(columns.article_id.in_(some)) for some in batches(sorted(article_ids), IDS_AT_ONCE)
        )

    def of_names(self, names: Iterable[str]) -> Found:
        """All figures that were read under some names of events."""
        columns, wanted = schema.figures.c, sorted(names)
        found = self._found(selection({}).where(columns.event.in_(some)) for some in batches(wanted, IDS_AT_ONCE))
        return self._with_corrected(found, "event", set(wanted))

    def of_numbers(self, numbers: Iterable[tuple[str, float]]) -> Found:
        """All figures with one of some metrics and its number."""
        columns, wanted = schema.figures.c, sorted(numbers)
        found = self._found(
            selection({}).where(columns.metric == metric, columns.value == value) for metric, value in wanted
        )
        moved = self._rows_corrected()
        asked = set(wanted)
        mine = [pair in asked for pair in zip(moved["metric"], moved["value"], strict=True)]
        return self._joined(found, moved[np.array(mine, dtype=bool)])

    def articles_of_events(self, events: Collection[str]) -> set[str]:
        """The articles with a figure whose final event is one of some."""
        columns = schema.figures.c
        return self._names(
            select(columns.article_id).where(columns.final_event.in_(some)).distinct()
            for some in batches(sorted(events), IDS_AT_ONCE)
        )

    def articles_of_metrics(self, metrics: Collection[str], *, any_event: bool) -> set[str]:
        """The articles with a figure of one of some metrics; with a final event only where ``any_event``."""
        columns = schema.figures.c
        queries = []
        for some in batches(sorted(metrics), IDS_AT_ONCE):
            query = select(columns.article_id).where(columns.metric.in_(some)).distinct()
            queries.append(query if any_event else query.where(columns.final_event.is_(None)))
        found = self._names(queries)
        moved = self._rows_corrected()
        return found | set(moved.loc[moved["metric"].isin(list(metrics)), "article_id"])

    def of_digits(
        self, digits: Iterable[str], metric: str, place: str | None, *, without_event: bool = False
    ) -> list[Number]:
        """The numbers of one metric that have some digits, at one place or none (at any where it is None)."""
        columns = schema.figures.c
        wanted = set(digits)
        queries = []
        for some in batches(sorted(wanted), IDS_AT_ONCE):
            query = self._numbers().where(columns.digits.in_(some), columns.metric == metric)
            if without_event:
                query = query.where(columns.final_event.is_(None))
            if place is None:
                queries.append(query)
            else:
                queries += [query.where(columns.place == place), query.where(columns.place.is_(None))]
        return self._numbers_of(
            queries, lambda one: one.metric == metric and sorted_digits(one.value, one.precision) in wanted
        )

    def of_values(self, values: Iterable[float]) -> list[Number]:
        """All numbers without final event that are one of some."""
        columns, wanted = schema.figures.c, set(values)
        queries = [
            self._numbers().where(columns.value.in_(some), columns.final_event.is_(None))
            for some in batches(sorted(wanted), IDS_AT_ONCE)
        ]
        return self._numbers_of(queries, lambda one: one.value in wanted)

    @staticmethod
    def _numbers() -> Select[Any]:
        columns = schema.figures.c
        return (
            select(*(columns[name] for name in _NUMBER), columns.final_event)
            .join(schema.articles, schema.articles.c.article_id == columns.article_id)
            .where(schema.articles.c.withdrawn_at.is_(None))
        )

    def _numbers_of(self, queries: Iterable[Select[Any]], fits: Callable[[Number], bool]) -> list[Number]:
        moved = {one.figure_id for one in self._corrections}
        found = [
            Number(**{**dict(zip(_NUMBER, row, strict=False)), "event": row[-1]})
            for query in queries
            for row in self._connection.execute(query)
            if row[0] not in moved
        ]
        if moved:
            frame = self._rows_corrected()
            finals = self._moved.finals if self._moved else {}
            chosen = frame[list(_NUMBER)].astype(object).where(frame[list(_NUMBER)].notna(), None)
            for values in cast("list[dict[str, Any]]", chosen.to_dict("records")):
                as_of = None if values["as_of"] is None else values["as_of"].date().isoformat()
                number = Number(**{**values, "as_of": as_of, "event": finals[values["figure_id"]][0]})
                if fits(number):
                    found.append(number)
        return found

    def links_of(self, names: Iterable[str]) -> list[LinkRow]:
        """The links of some names."""
        columns = schema.story_links.c
        return self._links(
            select(*(columns[one] for one in _LINK)).where(columns.name.in_(some))
            for some in batches(sorted(names), IDS_AT_ONCE)
        )

    def near(self, family: str | None, spots: Collection[str] | None, first: int, last: int) -> set[tuple[str, str]]:
        """The names, with their articles, of one family (or any) under some spots (or any) in some days."""
        columns = schema.story_links.c
        query = select(columns.name, columns.article).where(columns.first <= last, columns.last >= first).distinct()
        if family is not None:
            query = query.where(columns.family == family)
        if spots is None:
            return {(row.name, row.article) for row in self._connection.execute(query)}
        found: set[tuple[str, str]] = set()
        for some in batches(sorted(spots), IDS_AT_ONCE):
            rows = self._connection.execute(query.where(columns.spot.in_(some)))
            found |= {(row.name, row.article) for row in rows}
        return found

    def names_with(self, names: Collection[str], numbers: Collection[tuple[str, float]]) -> set[tuple[str, str]]:
        """Of some names, with articles, those that are told with one of some metrics and its number."""
        columns = schema.figures.c
        found: set[tuple[str, str]] = set()
        for some in batches(sorted(names), 100):
            for many in batches(sorted(numbers), 100):
                query = select(columns.event, columns.article_id).where(
                    columns.event.in_(some), tuple_(columns.metric, columns.value).in_(many)
                )
                found |= {(row.event, row.article_id) for row in self._connection.execute(query.distinct())}
        if not self._corrections:
            return found
        moved = self._rows_corrected()
        for name, article, metric, value in zip(
            moved["event"], moved["article_id"], moved["metric"], moved["value"], strict=True
        ):
            if name in names and (metric, value) in numbers:
                found.add((name, article))
        return found

    def final_of(self, name: str, since: str | None) -> str | None:
        """The final event of a name that was compared before; None where none of its reports is as old as ``since``."""
        columns = schema.figures.c
        query = select(columns.final_event).where(columns.event == name, columns.final_event.is_not(None))
        if since is not None:
            query = query.where(columns.published_at <= since)
        return self._connection.execute(query.limit(1)).scalar()

    def is_told(self, name: str, column: str, value: str | None) -> bool:
        """Whether a name is told, by an article that was compared before, with some value of a column."""
        columns = schema.figures.c
        query = select(columns.figure_id).where(columns.event == name, columns.final_event.is_not(None))
        query = query.where(columns[column].is_(None) if value is None else columns[column] == value)
        return self._connection.execute(query.limit(1)).first() is not None

    def numbers_of(self, name: str, numbers: Collection[tuple[str, float]]) -> set[tuple[str, float]]:
        """Which numbers, with their metrics, a name is told with by articles that were compared before."""
        columns = schema.figures.c
        found: set[tuple[str, float]] = set()
        for metric, value in numbers:
            query = select(columns.figure_id).where(
                columns.event == name,
                columns.metric == metric,
                columns.value == value,
                columns.final_event.is_not(None),
            )
            if self._connection.execute(query.limit(1)).first() is not None:
                found.add((metric, value))
        return found

    def corrected_figures(self) -> set[str]:
        """The figures that somebody corrected."""
        return {one.figure_id for one in self._corrections}

    def corrected_events(self) -> set[str | None]:
        """The events that corrected figures tell or told: as read, as corrected, and final ones."""
        columns, found = schema.figures.c, set[str | None]()
        for some in batches(sorted(self.corrected_figures()), IDS_AT_ONCE):
            query = select(columns.event, columns.final_event).where(columns.figure_id.in_(some))
            for row in self._connection.execute(query):
                found |= {row.event, row.final_event}
        if self._corrections:
            found |= {one if isinstance(one, str) else None for one in self._rows_corrected()["event"]}
        return found

    def names_of_numbers(self, numbers: Collection[tuple[str, float]]) -> set[tuple[str, str]]:
        """The names, with articles, that are told with one of some metrics and its number."""
        columns = schema.figures.c
        found: set[tuple[str, str]] = set()
        for metric, value in sorted(numbers):
            query = select(columns.event, columns.article_id).where(
                columns.metric == metric, columns.value == value, columns.event.is_not(None)
            )
            found |= {(row.event, row.article_id) for row in self._connection.execute(query.distinct())}
        moved = self._rows_corrected()
        told = moved[moved["event"].notna()]
        for name, article, metric, value in zip(
            told["event"], told["article_id"], told["metric"], told["value"], strict=True
        ):
            if (metric, value) in numbers:
                found.add((name, article))
        return found

    def rows_of(self, article_ids: Iterable[str]) -> list[Row]:
        """All figures of some articles, with what they were given last: final event and origin, quiet, series."""
        columns = schema.figures.c
        return self._rows(
            _ROWS.where(columns.article_id.in_(some)) for some in batches(sorted(article_ids), IDS_AT_ONCE)
        )

    def rows_beside(self, event: str, metrics: Collection[str], values: Collection[float]) -> list[Row]:
        """All figures of the articles that tell one of some metrics of a final event, or one of some numbers of it."""
        columns, other = schema.figures.c, schema.figures.alias()
        told = select(other.c.article_id).where(other.c.final_event == event)
        articles = [told.where(other.c.metric.in_(sorted(metrics)))] if metrics else []
        articles += [told.where(other.c.value.in_(sorted(values)))] if values else []
        return self._rows([_ROWS.where(columns.article_id.in_(union(*articles)))] if articles else [])

    def metrics_of(self, event: str) -> set[str]:
        """The metrics that are told of a final event."""
        columns = schema.figures.c
        return self._names([select(columns.metric).where(columns.final_event == event).distinct()])

    def has_orphan(self, metric: str, value: float, source: str | None, unit: str) -> bool:
        """Whether a figure without event has a number, from one source."""
        columns = schema.figures.c
        query = select(columns.figure_id).where(
            columns.event.is_(None), columns.metric == metric, columns.value == value, columns.unit == unit
        )
        query = query.where(columns.source.is_(None) if source is None else columns.source == source)
        return self._connection.execute(query.limit(1)).first() is not None

    def kept_conflicts(self, figure_ids: Collection[str]) -> list[Kept]:
        """The conflicts that hold, with one of some figures in a camp."""
        table, members = schema.conflicts, schema.conflict_members
        ids: set[str] = set()
        for some in batches(sorted(figure_ids), IDS_AT_ONCE):
            query = select(members.c.conflict_id).where(members.c.figure_id.in_(some))
            ids.update(self._connection.execute(query.distinct()).scalars())
        found: list[Kept] = []
        for some in batches(sorted(ids), IDS_AT_ONCE):
            query = select(table.c.conflict_id, table.c.kind, table.c.compatible)
            rows = self._connection.execute(query.where(table.c.conflict_id.in_(some), table.c.gone_at.is_(None))).all()
            camps: dict[str, set[str]] = {row.conflict_id: set(orjson.loads(row.compatible)) for row in rows}
            query = select(members.c.conflict_id, members.c.figure_id)
            for row in self._connection.execute(query.where(members.c.conflict_id.in_(camps))):
                camps[row.conflict_id].add(row.figure_id)
            found += [
                Kept(conflict_id=row.conflict_id, kind=cast(Kind, row.kind), members=frozenset(camps[row.conflict_id]))
                for row in rows
            ]
        return found

    def kept_uncompared(self, figure_ids: Collection[str]) -> list[tuple[str, str, tuple[str, ...]]]:
        """Pairs of some figures that could not be compared, with what is missing."""
        columns, wanted = schema.uncompared.c, set(figure_ids)
        return [
            (row.a, row.b, tuple(orjson.loads(row.missing)))
            for some in batches(sorted(wanted), IDS_AT_ONCE)
            for row in self._connection.execute(
                select(columns.a, columns.b, columns.missing).where(columns.a.in_(some))
            )
            if row.b in wanted
        ]

    def _rows(self, queries: Iterable[Select[Any]]) -> list[Row]:
        days: dict[str | None, date | None] = {None: None}
        found: list[Row] = []
        for query in queries:
            for values in self._connection.execute(query).all():
                row = dict(zip(_ROW, values, strict=True))
                row["low"] = -math.inf if row["low"] is None else row["low"]
                row["high"] = math.inf if row["high"] is None else row["high"]
                for name in DAYS:
                    day = row[name]
                    if day not in days:
                        days[day] = date.fromisoformat(day)
                    row[name] = days[day]
                found.append(row)
        return found

    def _found(self, queries: Iterable[Select[Any]]) -> Found:
        fetched: list[Any] = []
        for query in queries:
            fetched.extend(self._connection.execute(query).all())
        if not fetched:
            return Found(frame=read_fetched(()), finals={})
        seen = {row.figure_id: row for row in fetched}
        finals = {key: (row.final_event, row.final_origin_group) for key, row in seen.items()}
        return Found(frame=corrected(read_fetched(list(seen.values())), self._corrections), finals=finals)

    def _rows_corrected(self) -> pd.DataFrame:
        """Every figure that was corrected, as it is now."""
        if self._moved is None:
            ids = sorted({one.figure_id for one in self._corrections})
            self._moved = self._found(selection({}, some) for some in batches(ids, IDS_AT_ONCE))
        return self._moved.frame

    def _with_corrected(self, found: Found, column: str, wanted: set[str]) -> Found:
        """What was found by a column as read: with what is there now, without what is there no longer."""
        if not self._corrections:
            return found
        moved = self._rows_corrected()
        now = found.frame[found.frame[column].isin(list(wanted))]
        return self._joined(Found(frame=now, finals=found.finals), moved[moved[column].isin(list(wanted))])

    def _joined(self, found: Found, rows: pd.DataFrame) -> Found:
        fresh = rows[~rows["figure_id"].isin(found.frame["figure_id"])]
        if not len(fresh):
            return found
        frame = pd.concat([found.frame, fresh], ignore_index=True) if len(found.frame) else fresh
        finals = found.finals | (self._moved.finals if self._moved else {})
        return Found(frame=frame.reset_index(drop=True), finals=finals)

    def _names(self, queries: Iterable[Select[Any]]) -> set[str]:
        return {str(name) for query in queries for name in self._connection.execute(query).scalars()}

    def _links(self, queries: Iterable[Select[Any]]) -> list[LinkRow]:
        return [tuple(row) for query in queries for row in self._connection.execute(query)]


def mark_pending(connection: Connection, article_ids: Sequence[str]) -> None:
    """Remember that articles are about to change, with what their figures are until then.

    What was remembered of an article before stays: it is what was compared last.
    """
    if not article_ids:
        return
    table, figures = schema.pending, schema.figures.c
    seq = read_version(connection, CONTENT) + 1
    corrections = read_corrections(connection)
    fresh: list[dict[str, Any]] = []
    for some in batches(sorted(article_ids), IDS_AT_ONCE):
        known = {
            row.article_id: orjson.loads(row.old)
            for row in connection.execute(select(table).where(table.c.article_id.in_(some)))
        }
        old: dict[str, list[dict[str, Any]]] = {one: [] for one in some}
        fetched = connection.execute(selection({}).where(figures.article_id.in_(some))).all()
        finals = {row.figure_id: row.final_event for row in fetched}
        frame = corrected(read_fetched(fetched), corrections) if fetched else flat(tabulate(()))
        columns = [
            frame[name].astype(object).where(frame[name].notna(), None) for name in ("article_id", *_OLD[:2], *_OLD[3:])
        ]
        for article, key, event, *rest in zip(*columns, strict=True):
            values = dict(zip(_OLD, (key, event, finals.get(key), *rest), strict=True))
            old[article].append(values)
        for one in some:
            before = {row["figure_id"] for row in known.get(one, ())}
            rows = [*known.get(one, ()), *(row for row in old[one] if row["figure_id"] not in before)]
            text = orjson.dumps(rows).decode()
            if one in known:
                connection.execute(update(table).where(table.c.article_id == one).values(seq=seq, old=text))
            else:
                fresh.append({"article_id": one, "seq": seq, "old": text})
    insert_rows(connection, table, fresh)


def mark_new(connection: Connection, article_ids: Sequence[str]) -> None:
    """Remember articles that the store has not had before."""
    seq = read_version(connection, CONTENT) + 1
    insert_rows(connection, schema.pending, [{"article_id": one, "seq": seq, "old": "[]"} for one in article_ids])


def forget_pending(connection: Connection, done: Iterable[Pending] | None, version: int) -> None:
    """What was compared waits no longer, unless it has changed again since; None stands for all up to a version."""
    columns = schema.pending.c
    if done is None:
        connection.execute(delete(schema.pending).where(columns.seq <= version))
        return
    by_seq: dict[int, list[str]] = {}
    for one in done:
        by_seq.setdefault(one.seq, []).append(one.article_id)
    for seq, ids in by_seq.items():
        for some in batches(ids, IDS_AT_ONCE):
            connection.execute(delete(schema.pending).where(columns.seq == seq, columns.article_id.in_(some)))


def widen_links(connection: Connection, links: Sequence[LinkRow], *, anew: bool = False) -> None:
    """Keep links, over all their days that are known; ``anew`` in the place of all that are kept."""
    table = schema.story_links
    if anew:
        connection.execute(delete(table))
        insert_rows(connection, table, [dict(zip(_LINK, one, strict=True)) for one in links])
        return
    names = sorted({one[0] for one in links})
    kept: dict[tuple[str, str], dict[str, LinkRow]] = {}
    for some in batches(names, IDS_AT_ONCE):
        query = select(*(table.c[one] for one in _LINK)).where(table.c.name.in_(some))
        for row in connection.execute(query):
            kept.setdefault((row.name, row.article), {})[row.spot] = tuple(row)
    wanted: dict[tuple[str, str], dict[str, LinkRow]] = {}
    for one in links:
        wanted.setdefault((one[0], one[1]), {})[one[3]] = one
    fresh: list[dict[str, Any]] = []
    for node, mine in wanted.items():
        here = kept.get(node, {})
        every = [*mine.values(), *here.values()]
        first, last = min(one[4] for one in every), max(one[5] for one in every)
        if here and not node[1] and "?" not in node[0]:
            # Of a name without gaps the first report counts, however long it is told of.
            last = max(one[5] for one in here.values())
        if any((one[4], one[5]) != (first, last) for one in here.values()):
            same = (table.c.name == node[0]) & (table.c.article == node[1])
            connection.execute(update(table).where(same).values(first=first, last=last))
        fresh.extend(
            {**dict(zip(_LINK, one, strict=True)), "first": first, "last": last}
            for spot, one in mine.items()
            if spot not in here
        )
    if fresh:
        connection.execute(insert(table), fresh)
