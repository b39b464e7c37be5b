"""What people look for in a store: the newest conflicts, those of a figure, names and titles that hold some words.

Each question is a bounded query; none reads the whole table.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

import orjson
import pandas as pd
from sqlalchemy import case, func, or_, select

from figures.model import Uncompared
from figures.store import schema
from figures.store.articles import to_article
from figures.store.conflicts import read_conflicts, read_uncompared
from figures.store.connect import Database, StoreError
from figures.store.latest import SLOTS, from_latest_rows
from figures.store.plain import IDS_AT_ONCE, batches
from figures.store.records import StoredArticle, StoredConflict
from figures.store.rows import read_corrections, read_frame, selection
from figures.table import keyed, tabulate

__all__ = ["NEEDS_A_LOOK", "Finder"]

NEEDS_A_LOOK: Final = ("open", "reopened", "confirmed")
"""Whoever confirmed a clash said that it is real, not which side is right: it still needs a look."""
_NAMED: Final = frozenset({"metric", "source", "place", "outlet", "population", "party"})


class Finder:
    """Bounded questions to a store, for pages that a person waits for."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def newest_conflicts(
        self, *, limit: int, levels: Collection[str] = ("medium", "high"), metric: str | None = None
    ) -> list[StoredConflict]:
        """Conflicts that need a look, the one that changed last first."""
        columns = schema.conflicts.c
        query = (
            select(schema.conflicts)
            .where(columns.gone_at.is_(None), columns.status.in_(NEEDS_A_LOOK), columns.level.in_(list(levels)))
            .order_by(columns.changed_at.desc(), columns.severity.desc(), columns.conflict_id)
            .limit(limit)
        )
        if metric is not None:
            query = query.where(columns.metric == metric)
        with self._database.reading() as connection:
            return read_conflicts(connection, query)

    def conflicts_of(self, figure_ids: Sequence[str]) -> list[StoredConflict]:
        """The conflicts that hold now and have one of some figures in a camp, the clearest first."""
        columns, members = schema.conflicts.c, schema.conflict_members.c
        inside = select(members.conflict_id).where(members.figure_id.in_(figure_ids[:IDS_AT_ONCE]))
        query = (
            select(schema.conflicts)
            .where(columns.gone_at.is_(None), columns.conflict_id.in_(inside))
            .order_by(columns.severity.desc(), columns.conflict_id)
        )
        with self._database.reading() as connection:
            return read_conflicts(connection, query)

    def uncompared(self, *, limit: int, figure_ids: Sequence[str] | None = None) -> list[Uncompared]:
        """Pairs that could not be compared, in their kept order; those with one of some figures where given."""
        with self._database.reading() as connection:
            return read_uncompared(connection, limit=limit, figure_ids=figure_ids and figure_ids[:IDS_AT_ONCE])

    def newest_latest(self, *, limit: int) -> pd.DataFrame:
        """The latest figures whose date is newest, one row a series, as ``Store.latest`` gives them."""
        columns = schema.latest.c
        query = (
            select(columns.row)
            .where(columns.as_of.is_not(None), columns.value.is_not(None))
            .order_by(columns.as_of.desc(), columns.position)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return from_latest_rows([orjson.loads(one) for one in connection.execute(query).scalars()])

    def latest(self, metric: str, *, limit: int, **slots: str) -> pd.DataFrame:
        """The latest figures of a metric, contested ones first, then the newest; ``slots`` narrow them.

        Raises StoreError for a name that is no slot of a series.
        """
        columns = schema.latest.c
        query = select(columns.row).where(columns.metric == metric)
        for name, value in slots.items():
            if name not in SLOTS:
                raise StoreError(f"{name}: no slot of a series; use {', '.join(SLOTS)}")
            query = query.where(columns[name] == value)
        undated = case((columns.as_of.is_(None), 1), else_=0)
        query = query.order_by(columns.contested.desc(), undated, columns.as_of.desc(), columns.position).limit(limit)
        with self._database.reading() as connection:
            return from_latest_rows([orjson.loads(one) for one in connection.execute(query).scalars()])

    def names(self, column: str, *, contains: str = "", limit: int = 50) -> list[tuple[str, int]]:
        """The values of a column that hold some words, with how many figures of each, the most frequent first.

        Raises StoreError for a column whose values are no names.
        """
        if column not in _NAMED:
            raise StoreError(f"{column}: no column of names; use {', '.join(sorted(_NAMED))}")
        value = schema.figures.c[column]
        count = func.count()
        query = (
            select(value, count)
            .join(schema.articles, schema.articles.c.article_id == schema.figures.c.article_id)
            .where(schema.articles.c.withdrawn_at.is_(None), value.is_not(None))
            .group_by(value)
            .order_by(count.desc(), value)
            .limit(limit)
        )
        if contains:
            query = query.where(value.icontains(contains, autoescape=True))
        with self._database.reading() as connection:
            return [(name, number) for name, number in connection.execute(query).all()]

    def articles(self, *, contains: str, limit: int) -> list[StoredArticle]:
        """Articles with some words in their title, or that very id, the newest first; withdrawn ones too."""
        columns = schema.articles.c
        query = (
            select(schema.articles)
            .where(or_(columns.title.icontains(contains, autoescape=True), columns.article_id == contains))
            .order_by(columns.published_at.desc(), columns.article_id)
            .limit(limit)
        )
        with self._database.reading() as connection:
            return [to_article(row) for row in connection.execute(query).mappings()]

    def has_more_than(self, count: int) -> bool:
        """Whether the store holds more figures than that, without counting them all."""
        query = select(schema.figures.c.figure_id).offset(count).limit(1)
        with self._database.reading() as connection:
            return connection.execute(query).first() is not None

    def material(self, *, metrics: Collection[str], values: Collection[float], most: int = 5_000) -> pd.DataFrame:
        """What a draft is compared with: the figures of some metrics, and those with the very same numbers.

        Corrected, with final events and origins. Of a metric with more than ``most`` figures the newest by as_of are
        taken.
        """
        columns = schema.figures.c
        with self._database.reading() as connection:
            corrections = read_corrections(connection)
            parts = []
            for metric in sorted(metrics):
                newest = selection({"metric": metric}).order_by(columns.as_of.desc(), columns.figure_id).limit(most)
                parts.append(read_frame(connection, newest, corrections, True))
            for some in batches(sorted(values), IDS_AT_ONCE):
                same = selection({}).where(columns.value.in_(some), columns.metric.not_in(list(metrics))).limit(most)
                parts.append(read_frame(connection, same, corrections, True))
        found = [one for one in parts if len(one)]
        if not found:
            return tabulate(())
        return keyed(pd.concat(found, ignore_index=True).drop_duplicates("figure_id", ignore_index=True))

    def readings(self, **filters: Any) -> pd.DataFrame:
        """Figures as they were read, before any correction; filters as ``Store.table`` has them."""
        with self._database.reading() as connection:
            return keyed(read_frame(connection, selection(filters), (), True))
