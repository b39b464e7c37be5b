"""The store's verbs: add, read, save what was reconciled, review, correct, withdraw."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar, cast

import orjson
import pandas as pd
from sqlalchemy import Connection, Select, and_, func, insert, or_, select, text, update
from sqlalchemy.exc import IntegrityError

from figures.model import Article, Conflict, Figure, Uncompared
from figures.store import schema
from figures.store.articles import add_articles, is_read, read_versions, refuse_unstorable, to_article
from figures.store.bulk import import_table
from figures.store.conflicts import (
    change_uncompared,
    count_uncompared,
    read_bounds,
    read_conflicts,
    read_uncompared,
    save_conflicts,
    save_few_finals,
    save_finals,
    save_uncompared,
    seen_json,
)
from figures.store.connect import Database, StoreError, connect
from figures.store.feed import News, is_due, read_changes, read_feed, read_newest, record, tell_due
from figures.store.finding import Finder
from figures.store.latest import SLOTS, from_latest_rows, replace_latest, to_answers
from figures.store.migrate import bring_up_to_date, one_writer
from figures.store.people import People
from figures.store.plain import IDS_AT_ONCE, batches, to_json
from figures.store.records import (
    Change,
    Correction,
    Counts,
    Imported,
    Outcome,
    Page,
    StoredArticle,
    StoredConflict,
    Version,
    Waiting,
)
from figures.store.reprints import settle_reprints
from figures.store.reviews import DISMISSALS, VERDICTS, Review, Verdict, see
from figures.store.rows import (
    CORRECTABLE,
    checked,
    corrected,
    from_cursor,
    read_corrections,
    read_frame,
    read_page,
    selection,
    to_cursor,
)
from figures.store.shelf import Pending, Shelf, forget_pending, mark_pending, widen_links
from figures.store.versions import (
    CONTENT,
    RECONCILED,
    WHOLE,
    advance,
    read_all_versions,
    read_version,
    write_version,
)
from figures.table import flat, keyed, tabulate, to_rows

__all__ = ["Store", "open_store"]

_BATCH: Final = 200
"""Articles in one transaction: the fsync of a commit is shared, and no writer is kept waiting above a second."""
_LEVELS: Final = ("low", "medium", "high")


Counted = TypeVar("Counted")


class Settled(Protocol):
    """What comparing gives that following single articles can go on from (``figures.reconcile.incremental``)."""

    @property
    def table(self) -> pd.DataFrame: ...
    @property
    def conflicts(self) -> Sequence[Conflict]: ...
    @property
    def uncompared(self) -> Sequence[Uncompared]: ...
    @property
    def latest(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def stories(self) -> Sequence[tuple[str, str | None]]: ...
    @property
    def held(self) -> frozenset[str]: ...
    @property
    def quiet(self) -> Mapping[str, int]: ...
    @property
    def links(self) -> Sequence[Any]: ...
    @property
    def keys(self) -> Sequence[int]: ...
    @property
    def series(self) -> Mapping[str, int]: ...


class SettledFew(Protocol):
    """What a few new articles change (``figures.reconcile.narrow``)."""

    @property
    def finals(self) -> Mapping[str, tuple[str | None, str | None, int, int | None]]: ...
    @property
    def conflicts(self) -> Sequence[Conflict]: ...
    @property
    def replaced(self) -> frozenset[str]: ...
    @property
    def bounds(self) -> Mapping[str, Mapping[str, Any]]: ...
    @property
    def told(self) -> Sequence[Uncompared]: ...
    @property
    def untold(self) -> Sequence[tuple[str, str]]: ...
    @property
    def latest(self) -> Sequence[Mapping[str, Any]]: ...
    @property
    def keys(self) -> Sequence[int]: ...
    @property
    def stories(self) -> Sequence[tuple[str, str | None]]: ...
    @property
    def links(self) -> Sequence[Any]: ...


class Reconciled(Protocol):
    """What reconcile gives, as far as the store keeps it."""

    @property
    def table(self) -> pd.DataFrame: ...
    @property
    def conflicts(self) -> Sequence[Conflict]: ...
    @property
    def uncompared(self) -> Sequence[Uncompared]: ...


def open_store(target: str | Path, *, clock: Callable[[], datetime] | None = None) -> Store:
    """Open a store: a path (SQLite) or a database URL. Its tables are created, or brought up to date, where needed.

    ``clock`` tells the time of what is written; the system's, in UTC, unless given. Raises StoreError where the target
    is no store of ours, or one that a newer Figures made.
    """
    database = connect(target)
    try:
        bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return Store(database, clock or _now)


class Store:
    """Articles with their figures, conflicts with their reviews. Safe to share between threads and processes."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database, self._clock = database, clock
        # Counting ten million rows takes seconds; what was counted holds as long as the stamp does.
        self._counted: dict[str, tuple[str, Any]] = {}

    def _count(self, name: str, make: Callable[[], Counted]) -> Counted:
        stamp = str(self.version()) if name == "kept" else self.stamp()
        known = self._counted.get(name)
        if known is None or known[0] != stamp:
            known = self._counted[name] = (stamp, make())
        return cast(Counted, known[1])

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def people(self) -> People:
        """The accounts, sessions and keys that are kept in it."""
        return People(self._database, self._clock)

    @property
    def find(self) -> Finder:
        """Bounded questions, for pages that a person waits for."""
        return Finder(self._database)

    def close(self) -> None:
        """Close every connection; what was acknowledged is on disk already."""
        self._database.close()

    # Articles

    def add(self, article: Article, figures: Iterable[Figure]) -> Outcome:
        """Keep an article with its figures, whole or not at all, and say what became of it.

        The same content again is "unchanged"; another text under the same id replaces the older one, which stays in
        article_versions; a withdrawn article stays withdrawn.
        """
        return self._add_batch([(article, list(figures))])[0]

    def add_many(
        self, pairs: Iterable[tuple[Article, Iterable[Figure]]], *, reader: str | None = None
    ) -> Iterator[Outcome]:
        """Keep many articles; an outcome is yielded only once it is on disk. Articles go in groups of one commit.

        ``reader`` names who read the figures, for :meth:`is_read`.
        """
        for batch in batches(pairs, _BATCH):
            yield from self._add_batch([(article, list(figures)) for article, figures in batch], reader)

    def is_read(self, article: Article, reader: str) -> bool:
        """Whether this very text is kept already with the figures of this very reader."""
        with self._database.reading() as connection:
            return is_read(connection, article, reader)

    def import_table(self, table: pd.DataFrame, articles: Iterable[Article] = ()) -> Imported:
        """Keep the figures of a table that was read elsewhere, fast; the texts of ``articles`` come along.

        Figures of the same articles are replaced; more stands in :mod:`figures.store.bulk`. Compare anew afterwards.
        """
        return import_table(self._database, table, articles, self._time())

    def article(self, article_id: str) -> StoredArticle | None:
        """The article as it now stands, withdrawn or not."""
        query = select(schema.articles).where(schema.articles.c.article_id == article_id)
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
        return to_article(row) if row else None

    def versions(self, article_id: str) -> list[Version]:
        """Every text that an article has had, the one that stands now last; empty where there is no such article."""
        with self._database.reading() as connection:
            return read_versions(connection, article_id)

    def articles(self, *, withdrawn: bool = False) -> Iterator[StoredArticle]:
        """Every article, by id; the withdrawn ones too where asked. Read piece by piece, so that no writer waits."""
        columns = schema.articles.c
        query = select(schema.articles).order_by(columns.article_id).limit(_BATCH)
        if not withdrawn:
            query = query.where(columns.withdrawn_at.is_(None))
        last = ""
        while True:
            with self._database.reading() as connection:
                rows = connection.execute(query.where(columns.article_id > last)).mappings().all()
            if not rows:
                return
            yield from map(to_article, rows)
            last = rows[-1]["article_id"]

    def withdraw(self, article_id: str, *, by: str = "", reason: str | None = None) -> bool:
        """Take an article's figures out of every answer. False where there is none, or it was withdrawn before."""
        table = schema.articles
        with self._database.writing() as connection:
            current = select(table.c.article_id).where(table.c.article_id == article_id, table.c.withdrawn_at.is_(None))
            mark_pending(connection, list(connection.execute(current).scalars()))
            done = connection.execute(
                update(table)
                .where(table.c.article_id == article_id, table.c.withdrawn_at.is_(None))
                .values(withdrawn_at=self._time(), withdrawn_by=by or None, withdrawn_why=reason)
            )
            if done.rowcount:
                advance(connection)
        return done.rowcount > 0

    # Figures

    def table(
        self, *, reconciled: bool = False, figure_ids: Iterable[str] | None = None, **filters: Any
    ) -> pd.DataFrame:
        """The figures as the table, corrections applied, withdrawn articles left out.

        ``filters`` name columns of the table, such as metric="refugees" or place=["Poland", "Moldova"]. Events and
        origins are those the articles give, ready for reconcile; with ``reconciled`` those it last assigned.
        """
        with self._database.reading() as connection:
            corrections = read_corrections(connection)
            if figure_ids is None:
                return keyed(read_frame(connection, selection(filters), corrections, reconciled))
            parts = [
                read_frame(connection, selection(filters, ids), corrections, reconciled)
                for ids in batches(dict.fromkeys(figure_ids), IDS_AT_ONCE)
            ]
        return keyed(pd.concat(parts, ignore_index=True)) if parts else tabulate(())

    def figures(
        self,
        *,
        cursor: str | None = None,
        limit: int = 100,
        since: str | None = None,
        until: str | None = None,
        search: str | None = None,
        **filters: Any,
    ) -> Page:
        """A page of figures as plain rows, by metric and id. ``since`` and ``until`` bound as_of; ``search`` the words.

        Filters see values as they were read; the rows show them corrected.
        """
        columns = schema.figures.c
        query = selection(filters)
        if since:
            query = query.where(columns.as_of >= since)
        if until:
            query = query.where(columns.as_of <= until)
        if search:
            query = query.where(
                or_(
                    columns.sentence.icontains(search, autoescape=True),
                    columns.title.icontains(search, autoescape=True),
                )
            )
        if cursor:
            metric, figure_id = from_cursor(cursor)
            query = query.where(
                or_(columns.metric > metric, and_(columns.metric == metric, columns.figure_id > figure_id))
            )
        query = query.order_by(columns.metric, columns.figure_id).limit(limit + 1)
        with self._database.reading() as connection:
            frame, last = read_page(connection, query, limit)
            frame = corrected(frame, read_corrections(connection))
        order = frame.sort_values(["metric", "figure_id"], kind="stable") if len(frame) else frame
        return Page(rows=to_rows(order), cursor=last)

    def figure(self, figure_id: str) -> dict[str, Any] | None:
        """One figure as a plain row, with the final event and origin; None where there is none or it was withdrawn."""
        rows = self.rows([figure_id])
        return rows[0] if rows else None

    def rows(self, figure_ids: Iterable[str]) -> list[dict[str, Any]]:
        """The rows of some figures, with final events and origins, in the table's order."""
        return to_rows(self.table(reconciled=True, figure_ids=figure_ids))

    def correct(self, figure_id: str, field: str, value: Any, *, reviewer: str, note: str | None = None) -> Correction:
        """Mark a value of a figure as misread and put it right; field "figure" with None says: this is no figure.

        Answers use the correction from now on; what was read stays in the store. Raises StoreError for an unknown
        figure, a column that cannot be misread, or a value of the wrong type.
        """
        if field != "figure" and field not in CORRECTABLE:
            raise StoreError(f"{field}: no column to correct; use figure or one of {', '.join(sorted(CORRECTABLE))}")
        value = checked(field, value)
        with self._database.writing() as connection:
            columns = schema.figures.c
            article = connection.execute(select(columns.article_id).where(columns.figure_id == figure_id)).scalar()
            if article is None:
                raise StoreError(f"{figure_id}: no such figure in this store")
            at = self._time()
            mark_pending(connection, [article])
            number = connection.execute(
                insert(schema.corrections).values(
                    figure_id=figure_id, field=field, value=to_json(value), reviewer=reviewer, note=note, at=at
                )
            ).inserted_primary_key
            advance(connection)
        assert number is not None
        return Correction(
            correction_id=number[0], figure_id=figure_id, field=field, value=value, reviewer=reviewer, note=note, at=at
        )

    def corrections(self, figure_id: str | None = None) -> list[Correction]:
        """Every correction, or those of one figure, oldest first."""
        with self._database.reading() as connection:
            return read_corrections(connection, figure_id)

    # What reconcile found

    def version(self) -> int:
        """How often what reconcile reads has changed: ask before reading the table, and hand it to ``save``."""
        with self._database.reading() as connection:
            return read_version(connection, CONTENT)

    def is_compared(self) -> bool:
        """Whether the kept conflicts were found in all that is kept; not so once an ingestion was cut off."""
        with self._database.reading() as connection:
            versions = read_all_versions(connection)
        return versions[RECONCILED] == versions[CONTENT]

    def save(
        self, outcome: Reconciled, *, latest: pd.DataFrame | None = None, version: int | None = None
    ) -> list[Change]:
        """Keep what reconcile found in all: final events and origins, conflicts, what could not be compared, latest.

        Conflicts known before keep their ``detected_at`` and their reviews, also under another id where they are the
        same clash; those that no longer hold are kept as gone. Returns what changed, as the feed tells it. What
        following single articles needs is not in it (see :meth:`settle`), so that the next comparison is a whole one.
        """
        frame = flat(outcome.table)
        with self._comparing(version) as connection:
            if connection is None:
                return []
            write_version(connection, WHOLE, read_version(connection, CONTENT))
            save_finals(connection, frame)
            changes = save_conflicts(connection, outcome.conflicts, frame, self._time())
            save_uncompared(connection, outcome.uncompared)
            if latest is not None:
                replace_latest(connection, *to_answers(latest), None)
        return changes

    def settle_reprints(self) -> bool:
        """Settle articles that word for word repeat what was compared before; whether all is compared now."""
        if self.is_compared():
            return True
        if self._database.sqlite:
            return False  # they were looked at when they came
        with self._database.writing() as connection:
            one_writer(self._database, connection)
            if read_version(connection, WHOLE) >= 0 or not settle_reprints(connection):
                return False
            write_version(connection, RECONCILED, read_version(connection, CONTENT))
        return True

    @contextmanager
    def shelf(self) -> Iterator[Shelf]:
        """Look-ups for following single articles, in one consistent view."""
        with self._database.reading() as connection:
            yield Shelf(connection)

    def waiting(self) -> Waiting:
        """What is to be compared: the version of the content, how many articles changed, and whether all are known."""
        with self._database.reading() as connection:
            versions = read_all_versions(connection)
            count = int(connection.execute(select(func.count()).select_from(schema.pending)).scalar_one())
        return Waiting(version=versions[CONTENT], articles=count, followed=versions[WHOLE] < 0)

    def has_no_more_than(self, count: int) -> bool:
        """Whether there are no more articles than that, without counting them all."""
        query = select(schema.articles.c.article_id).offset(count).limit(1)
        with self._database.reading() as connection:
            return connection.execute(query).first() is None

    def is_followed(self) -> bool:
        """Whether all that has changed since everything was compared is marked, so that comparing may begin there."""
        with self._database.reading() as connection:
            return read_version(connection, WHOLE) < 0

    def settle(self, settled: Settled, *, version: int, pending: Sequence[Pending] | None = None) -> list[Change]:
        """Keep what comparing some changed articles found, those ``pending``, or comparing everything, without them.

        Only what differs is written; what changed is returned, as the feed tells it.
        """
        frame = flat(settled.table)
        whole = pending is None
        with self._comparing(version) as connection:
            if connection is None:
                return []
            forget_pending(connection, pending, version)
            if whole and read_version(connection, WHOLE) <= version:
                write_version(connection, WHOLE, -1)
            save_finals(connection, frame, settled.quiet, settled.series)
            among = None if whole else settled.held
            changes = save_conflicts(connection, settled.conflicts, frame, self._time(), among)
            save_uncompared(connection, settled.uncompared, among)
            stories = None if whole else settled.stories
            replace_latest(connection, settled.latest, [], stories, settled.keys)
            links = [(one.name, one.article, one.family, one.spot, one.first, one.last) for one in settled.links]
            widen_links(connection, links, anew=whole)
        return changes

    def settle_few(self, settled: SettledFew, *, version: int, pending: Sequence[Pending]) -> list[Change]:
        """Keep what a few new articles changed, and nothing else."""
        with self._comparing(version) as connection:
            if connection is None:
                return []
            forget_pending(connection, pending, version)
            save_few_finals(connection, settled.finals)
            changes = save_conflicts(
                connection, settled.conflicts, settled.bounds, self._time(), replaced=settled.replaced
            )
            change_uncompared(connection, settled.told, settled.untold)
            replace_latest(connection, settled.latest, [], settled.stories, settled.keys)
            links = [(one.name, one.article, one.family, one.spot, one.first, one.last) for one in settled.links]
            widen_links(connection, links)
        return changes

    @contextmanager
    def _comparing(self, version: int | None) -> Iterator[Connection | None]:
        """A transaction that saves a comparison; None where a newer one has been saved."""
        with self._database.writing() as connection:
            one_writer(self._database, connection)
            if version is not None:
                if read_version(connection, RECONCILED) > version:
                    yield None
                    return
                write_version(connection, RECONCILED, version)
            yield connection

    def stamp(self) -> str:
        """A text that changes whenever an answer may: articles, corrections, comparison, reviews, what was told."""
        meta, changes = schema.meta.c, schema.changes.c
        query = select(meta.key, meta.value).where(meta.key.in_((CONTENT, RECONCILED)))
        with self._database.reading() as connection:
            counters = {row.key: row.value for row in connection.execute(query)}
            cursor, told = connection.execute(select(func.max(changes.cursor), func.max(changes.told))).one()
        return f"{counters[CONTENT]}.{counters[RECONCILED]}.{cursor or 0}.{told or 0}"

    def metric_counts(self) -> dict[str, int]:
        """How many current figures there are of each metric, the most first; corrections are counted as corrected."""
        return dict(self._count("metrics", self._metric_counts))

    def _metric_counts(self) -> dict[str, int]:
        figures, columns = schema.figures, schema.figures.c
        current = schema.articles.c.withdrawn_at.is_(None)
        query = select(columns.metric, func.count()).select_from(figures.join(schema.articles)).where(current)
        with self._database.reading() as connection:
            counts = {str(metric): int(count) for metric, count in connection.execute(query.group_by(columns.metric))}
            corrections = read_corrections(connection)
            moved = sorted({one.figure_id for one in corrections if one.field in ("metric", "figure")})
            for ids in batches(moved, IDS_AT_ONCE):
                for frame, sign in (
                    (read_frame(connection, selection({}, ids), (), False), -1),
                    (read_frame(connection, selection({}, ids), corrections, False), 1),
                ):
                    for metric in frame["metric"]:
                        counts[str(metric)] = counts.get(str(metric), 0) + sign
        return dict(sorted(((m, n) for m, n in counts.items() if n), key=lambda one: (-one[1], one[0])))

    def latest_rows(self, metric: str, **scope: Any) -> list[dict[str, Any]]:
        """The rows of :meth:`latest` as plain JSON values, for one metric: one statement, nothing else is read."""
        query = _chosen_latest(metric, scope)
        with self._database.reading() as connection:
            return [orjson.loads(one)["row"] for one in connection.execute(query).scalars()]

    def conflict_page(
        self,
        *,
        cursor: str | None = None,
        limit: int = 100,
        min_level: str = "low",
        metric: str | None = None,
        status: str | None = None,
        dismissed: bool = False,
    ) -> tuple[list[StoredConflict], str | None]:
        """Some of :meth:`conflicts`, and the cursor after which the next ones come."""
        query = _chosen_conflicts(min_level, metric, status, dismissed=dismissed, gone=False)
        columns = schema.conflicts.c
        if cursor:
            severity, key = from_cursor(cursor)
            try:
                bound = float(severity)
            except ValueError:
                raise StoreError("no such cursor; begin again without one") from None
            query = query.where(
                or_(columns.severity < bound, and_(columns.severity == bound, columns.conflict_id > key))
            )
        with self._database.reading() as connection:
            found = read_conflicts(connection, query.limit(limit + 1))
        shown = found[:limit]
        if len(found) <= limit or not shown:
            return shown, None
        last = shown[-1].conflict
        return shown, to_cursor(repr(last.severity), last.conflict_id)

    def conflicts(
        self,
        *,
        min_level: str = "low",
        metric: str | None = None,
        status: str | None = None,
        dismissed: bool = False,
        gone: bool = False,
    ) -> list[StoredConflict]:
        """Conflicts that hold now, the clearest first; dismissed ones and those that are gone only where asked."""
        query = _chosen_conflicts(min_level, metric, status, dismissed=dismissed, gone=gone)
        with self._database.reading() as connection:
            return read_conflicts(connection, query)

    def conflict(self, conflict_id: str) -> StoredConflict | None:
        """One conflict with its history, dismissed or gone though it be."""
        query = select(schema.conflicts).where(schema.conflicts.c.conflict_id == conflict_id)
        with self._database.reading() as connection:
            found = read_conflicts(connection, query)
        return found[0] if found else None

    def uncompared(self) -> list[Uncompared]:
        """What could not be compared, and the slot that is missing."""
        with self._database.reading() as connection:
            return read_uncompared(connection)

    def latest(self, metric: str | None = None, **scope: Any) -> pd.DataFrame:
        """The latest figure of each series, as last saved, of one metric or all; scope names slots, such as place."""
        query = _chosen_latest(metric, scope)
        with self._database.reading() as connection:
            found = [orjson.loads(one) for one in connection.execute(query).scalars()]
        return from_latest_rows(found)

    def review(
        self,
        conflict_id: str,
        verdict: Verdict,
        *,
        reviewer: str,
        reason: str | None = None,
        note: str | None = None,
    ) -> Review:
        """Add a verdict to a conflict's history. "dismissed" needs a reason of DISMISSALS, "resolved" a note."""
        if verdict not in VERDICTS:
            raise StoreError(f"{verdict}: no verdict; use {', '.join(VERDICTS)}")
        if not reviewer.strip():
            raise StoreError("a review needs the reviewer's name; give --reviewer")
        if verdict == "dismissed" and reason not in DISMISSALS:
            raise StoreError(f"dismissing needs a reason: {', '.join(DISMISSALS)}")
        if verdict == "resolved" and not (note or "").strip():
            raise StoreError("resolving needs a note that says what settled it")
        with self._database.writing() as connection:
            one_writer(self._database, connection)
            query = select(schema.conflicts).where(schema.conflicts.c.conflict_id == conflict_id)
            found = read_conflicts(connection, query)
            if not found:
                raise StoreError(f"{conflict_id}: no such conflict in this store")
            conflict = found[0].conflict
            seen = see(conflict.camps, read_bounds(connection, conflict))
            at = self._time()
            values = {
                "conflict_id": conflict_id, "kind": conflict.kind, "metric": conflict.metric, "verdict": verdict,
                "reason": reason, "note": note, "reviewer": reviewer, "at": at,
            }  # fmt: skip
            number = connection.execute(
                insert(schema.reviews).values(**values, seen=seen_json(seen))
            ).inserted_primary_key
            assert number is not None
            connection.execute(
                update(schema.conflicts).where(schema.conflicts.c.conflict_id == conflict_id).values(status=verdict)
            )
            news = News(change="reviewed", conflict=conflict, thread=found[0].thread, detail=f"{verdict} by {reviewer}")
            record(connection, [news], at)
        return Review(review_id=number[0], seen=seen, **cast(dict[str, Any], values))

    def changes(self, *, after: int = 0, limit: int = 1000) -> list[Change]:
        """All that happened after a cursor, in order: opened, changed, reviewed, reopened, withdrawn."""
        with self._database.reading() as connection:
            return read_changes(connection, after=after, limit=limit)

    def feed(self, *, after: int = 0, limit: int = 1000, min_level: str = "medium") -> list[Change]:
        """What readers are told after a cursor: from a level up, and at most one change of a clash in ten minutes.

        A clash that falls below the level is told once more. The same cursor gives the same entries, and later ones.
        """
        if min_level not in _LEVELS:
            raise StoreError(f"{min_level}: no level; use {', '.join(_LEVELS)}")
        with self._database.reading() as connection:
            due = is_due(connection, self._time())
        if due:
            with self._database.writing() as connection:
                one_writer(self._database, connection)
                tell_due(connection, self._time())
        with self._database.reading() as connection:
            return read_feed(connection, after=after, limit=limit, min_level=min_level)

    def newest_feed(self, *, limit: int, min_level: str = "medium") -> list[Change]:
        """The newest entry of each of the clashes that were told of last, oldest first."""
        self.feed(limit=1, min_level=min_level)  # what is due is told
        with self._database.reading() as connection:
            return read_newest(connection, limit=limit, min_level=min_level)

    def threads(self, threads: Sequence[str]) -> dict[str, StoredConflict]:
        """The conflict that each thread now is, or was last."""
        columns = schema.conflicts.c
        found: dict[str, StoredConflict] = {}
        with self._database.reading() as connection:
            for ids in batches(threads, IDS_AT_ONCE):
                query = select(schema.conflicts).where(columns.thread.in_(ids))
                # The last one wins: one that holds, else the one that went last.
                query = query.order_by(
                    columns.gone_at.is_(None), columns.gone_at, columns.changed_at, columns.conflict_id
                )
                found |= {one.thread: one for one in read_conflicts(connection, query)}
        return found

    def uncompared_count(self) -> int:
        """How many pairs could not be compared."""
        with self._database.reading() as connection:
            return count_uncompared(connection)

    def conflict_count(self) -> int:
        """How many conflicts hold now and are not dismissed."""
        columns = schema.conflicts.c
        query = select(func.count()).where(columns.gone_at.is_(None), columns.status != "dismissed")
        with self._database.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def counts(self, *, min_level: str = "medium") -> Counts:
        """What the overview sentence counts: everything current, and the conflicts from a level up that need a look."""
        return self._count(f"counts {min_level}", lambda: self._counts(min_level))

    def _counts(self, min_level: str) -> Counts:
        columns = schema.conflicts.c
        # What is kept is counted once for all levels: that takes long where much is kept.
        articles, outlets, days, numbers = self._count("kept", self._kept)
        with self._database.reading() as connection:
            conflicts = connection.execute(
                select(func.count()).where(
                    columns.gone_at.is_(None),
                    columns.status.in_(("open", "reopened", "confirmed")),
                    columns.level.in_(_LEVELS[_LEVELS.index(min_level) :]),
                )
            ).scalar_one()
            uncompared = count_uncompared(connection)
        return Counts(
            articles=articles, outlets=outlets, days=days, figures=numbers, conflicts=conflicts, uncompared=uncompared
        )

    def _kept(self) -> tuple[int, int, tuple[date, date] | None, int]:
        articles, figures = schema.articles.c, schema.figures
        current = articles.withdrawn_at.is_(None)
        day = func.substr(articles.published_at, 1, 10)
        with self._database.reading() as connection:
            count, outlets, first, last = connection.execute(
                select(func.count(), func.count(articles.outlet.distinct()), func.min(day), func.max(day)).where(
                    current
                )
            ).one()
            numbers = connection.execute(
                select(func.count()).select_from(figures.join(schema.articles)).where(current)
            ).scalar_one()
        days = (date.fromisoformat(first), date.fromisoformat(last)) if first else None
        return count, outlets, days, numbers

    def check(self) -> None:
        """Raise StoreError where the database itself says that it is damaged."""
        with self._database.reading() as connection:
            if self._database.sqlite:
                answer = connection.execute(text("PRAGMA integrity_check")).scalar()
                broken = connection.execute(text("PRAGMA foreign_key_check")).all()
                if answer != "ok" or broken:
                    raise StoreError(f"{self._database.name}: damaged ({answer}); restore it from a backup")
            else:
                connection.execute(select(func.count()).select_from(schema.articles)).scalar()

    def _add_batch(self, batch: Sequence[tuple[Article, list[Figure]]], reader: str | None = None) -> list[Outcome]:
        for article, figures in batch:
            refuse_unstorable(article, figures)
        at = self._time()
        try:
            return self._add_at(batch, at, reader)
        except IntegrityError:
            # Two writers of PostgreSQL can insert one new article at once; the second then finds it there.
            return self._add_at(batch, at, reader)

    def _add_at(self, batch: Sequence[tuple[Article, list[Figure]]], at: str, reader: str | None) -> list[Outcome]:
        with self._database.writing() as connection:
            before = read_all_versions(connection)
            outcomes = add_articles(connection, batch, at, reader)
            if any(one.outcome in ("added", "revised") for one in outcomes):
                advance(connection)
                # One writer at a time is the rule here anyway, so that a reprint costs no second commit.
                follows = self._database.sqlite and before[RECONCILED] == before[CONTENT] and before[WHOLE] < 0
                if follows and settle_reprints(connection):
                    write_version(connection, RECONCILED, before[CONTENT] + 1)
        return outcomes

    def _time(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds")


def _chosen_latest(metric: str | None, scope: Mapping[str, Any]) -> Select[Any]:
    columns = schema.latest.c
    query = select(columns.row).order_by(columns.position)
    if metric is not None:
        query = query.where(columns.metric == metric)
    for name, value in scope.items():
        if name not in SLOTS:
            raise StoreError(f"{name}: no slot of a series; use {', '.join(SLOTS)}")
        query = query.where(columns[name].is_(None) if value is None else columns[name] == value)
    return query


def _chosen_conflicts(
    min_level: str, metric: str | None, status: str | None, *, dismissed: bool, gone: bool
) -> Select[Any]:
    columns = schema.conflicts.c
    if min_level not in _LEVELS:
        raise StoreError(f"{min_level}: no level; use {', '.join(_LEVELS)}")
    query = select(schema.conflicts).where(columns.level.in_(_LEVELS[_LEVELS.index(min_level) :]))
    if metric is not None:
        query = query.where(columns.metric == metric)
    if status is not None:
        query = query.where(columns.status == status)
    elif not dismissed:
        query = query.where(columns.status != "dismissed")
    if not gone:
        query = query.where(columns.gone_at.is_(None))
    return query.order_by(columns.severity.desc(), columns.conflict_id)


def _now() -> datetime:
    return datetime.now(UTC)
