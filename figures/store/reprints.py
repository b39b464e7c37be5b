"""A reprint: an article that says, on the same day and word for word, what one says that was compared before.

Its figures repeat the statements of the other's, so that they take over events and origins; where nobody's number
stands against those (``quiet``), no judgement can change, however many figures the story has. What changes is how many
articles print a statement. Anything else is left to comparing: figures that nobody is credited with, that stand
without event or under a name with a gap, that somebody corrected, that have the digits of another number of their
source in another order, or that would be the first of their statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, exists, or_, select, update

from figures.model import COLUMNS
from figures.store import schema

__all__ = ["settle_reprints"]

_BOUND: Final = 2
# Shorter numbers are no misprints of one another across events.
_LONG: Final = 1000
# Whatever waits beyond is compared together.
_MOST: Final = 50
_TRIED: Final = 8
# So many more figures an article must have alike before all of it is read.
_ALIKE: Final = 3
_OWN: Final = frozenset(
    {"figure_id", "article_id", "outlet", "url", "published_at", "origin_group", "confidence", "title"}
)
_SAME: Final = tuple(name for name in COLUMNS if name not in _OWN)
_WHOLE: Final = re.compile(r"[^?]+:[^?]+:\d{4}-\d\d-\d\d")
_COUNTED: Final = frozenset({"reported", "estimated", "superseded"})
_DATED: Final = frozenset({"stated", "reporting_day"})
_UNNAMED: Final = frozenset({"anonymous", "witness"})
_LISTS: Final = ("alternatives", "camps", "trend")


def settle_reprints(connection: Connection) -> bool:
    """Settle the reprints among the articles that wait; whether nothing waits any longer."""
    table = schema.pending
    waiting = connection.execute(select(table).order_by(table.c.seq).limit(_MOST + 1)).all()
    if len(waiting) > _MOST:
        return False
    left = len(waiting)
    for one in waiting:
        if one.old == "[]" and _settle(connection, one.article_id):
            same = and_(table.c.article_id == one.article_id, table.c.seq == one.seq)
            connection.execute(delete(table).where(same))
            left -= 1
    return not left


def _settle(connection: Connection, article_id: str) -> bool:
    articles, figures = schema.articles, schema.figures
    article = connection.execute(
        select(articles.c.title, articles.c.withdrawn_at).where(articles.c.article_id == article_id)
    ).one()
    mine = connection.execute(select(figures).where(figures.c.article_id == article_id)).mappings().all()
    if article.withdrawn_at is not None:
        return False
    if not mine:
        return True
    if not all(map(_is_plain, mine)):
        return False
    for other in _candidates(connection, mine):
        pairs = _pairs(connection, mine, other)
        if pairs is not None and all(_is_one_statement(connection, twin) for _, twin in pairs):
            _take_over(connection, pairs)
            return True
    return False


def _is_plain(row: RowMapping) -> bool:
    """Whether somebody named is credited with a number of one event."""
    return (
        row["source"] is not None
        and row["source_mention"] is not None
        and row["source"] != row["outlet"]
        and row["source_type"] not in _UNNAMED
        and not row["source"].endswith(" government")
        and row["value"] is not None
        and row["published_at"] is not None
        and row["event"] is not None
        and _WHOLE.fullmatch(row["event"]) is not None
    )


def _candidates(connection: Connection, rows: Sequence[RowMapping]) -> list[str]:
    """Articles that have one figure word for word, and some others, and come before its article in every order."""
    row, columns = rows[0], schema.figures.c
    query = select(columns.article_id).where(
        columns.event == row["event"],
        columns.metric == row["metric"],
        columns.value == row["value"],
        columns.sentence == row["sentence"],
        columns.source == row["source"],
        columns.start == row["start"],
        columns.quiet > 0,
        columns.article_id < row["article_id"],
        columns.published_at <= row["published_at"],
        columns.published_at >= row["published_at"][:10],
    )
    for one in rows[1 : _ALIKE + 1]:
        beside = schema.figures.alias()
        query = query.where(
            exists().where(
                beside.c.article_id == columns.article_id,
                beside.c.metric == one["metric"],
                beside.c.value == one["value"],
                beside.c.start == one["start"],
            )
        )
    return list(connection.execute(query.limit(_TRIED)).scalars())


def _pairs(
    connection: Connection, mine: Sequence[RowMapping], other: str
) -> list[tuple[RowMapping, RowMapping]] | None:
    """Each figure with its twin in another article; None where that is no reprint of the same."""
    articles, figures, corrections = schema.articles, schema.figures, schema.corrections
    query = (
        select(figures)
        .join(articles, articles.c.article_id == figures.c.article_id)
        .where(figures.c.article_id == other, articles.c.withdrawn_at.is_(None))
    )
    theirs = {_place(row): row for row in connection.execute(query).mappings()}
    if len(theirs) != len(mine) or {_place(row) for row in mine} != theirs.keys():
        return None
    pairs = [(row, theirs[_place(row)]) for row in mine]
    if not all(_is_twin(row, twin) for row, twin in pairs):
        return None
    if connection.execute(select(schema.pending.c.seq).where(schema.pending.c.article_id == other)).first():
        return None
    ids = [twin["figure_id"] for _, twin in pairs]
    corrected = select(corrections.c.figure_id).where(corrections.c.figure_id.in_(ids)).limit(1)
    return None if connection.execute(corrected).first() else pairs


def _place(row: RowMapping) -> tuple[Any, ...]:
    return row["field"], row["start"], row["end"], row["metric"]


def _is_twin(row: RowMapping, twin: RowMapping) -> bool:
    return (
        bool(twin["quiet"])
        and twin["final_event"] is not None
        and twin["final_origin_group"] is not None
        and twin["series"] is not None
        and twin["outlet"] != twin["source"]
        and (row["title"] or "") == (twin["title"] or "")
        and len(row["published_at"]) == len(twin["published_at"])
        and row["published_at"][:10] == twin["published_at"][:10]
        and all(row[name] == twin[name] for name in _SAME)
    )


def _is_one_statement(connection: Connection, twin: RowMapping) -> bool:
    """Whether all that its source said so, of that day, is one origin: a sentence more cannot join two."""
    columns = schema.figures.c
    if twin["digits"] is not None and _is_turned(connection, twin):
        return False
    query = (
        select(columns.final_origin_group, columns.as_of, columns.as_of_basis)
        .where(
            columns.value == twin["value"],
            columns.metric == twin["metric"],
            columns.final_event == twin["final_event"],
            columns.source == twin["source"],
        )
        .distinct()
    )
    day = _day(twin)
    origins = {row.final_origin_group for row in connection.execute(query).mappings() if _day(row) == day}
    return origins == {twin["final_origin_group"]}


def _is_turned(connection: Connection, twin: RowMapping) -> bool:
    """Whether a number of that source has the digits in another order: it may be a misprint, whatever its event.

    Where events bind the metric (``quiet`` is 2), two events in two places have none, nor have three digits of two
    events (``reconcile.sweep.transposed_pairs``).
    """
    columns = schema.figures.c
    query = select(columns.figure_id).where(
        columns.metric == twin["metric"],
        columns.digits == twin["digits"],
        columns.source == twin["source"],
        columns.value != twin["value"],
    )
    one_event = or_(columns.final_event == twin["final_event"], columns.final_event.is_(None))
    bound, short = twin["quiet"] == _BOUND, twin["value"] < _LONG * max(twin["precision"] or 1.0, 1.0)
    if bound and short:
        query = query.where(one_event)
    elif bound and twin["place"] is not None:
        query = query.where(or_(one_event, columns.place == twin["place"], columns.place.is_(None)))
    return connection.execute(query.limit(1)).first() is not None


def _day(row: Mapping[Any, Any]) -> str | None:
    return row["as_of"] if row["as_of_basis"] in _DATED else None


def _take_over(connection: Connection, pairs: list[tuple[RowMapping, RowMapping]]) -> None:
    figures = schema.figures
    names = ("final_event", "final_origin_group", "quiet", "series")
    connection.execute(
        update(figures)
        .where(figures.c.figure_id == bindparam("key"))
        .values({one: bindparam(f"{one}_now") for one in names}),
        [{"key": row["figure_id"], **{f"{one}_now": twin[one] for one in names}} for row, twin in pairs],
    )
    counted = {(twin["series"], twin["final_origin_group"]) for _, twin in pairs if twin["modality"] in _COUNTED}
    for series, origin in sorted(counted):
        _count_article(connection, series, origin)


def _count_article(connection: Connection, series: int, origin: str) -> None:
    """One article more prints a statement: in the answer of its series, and wherever that shows the statement."""
    table = schema.latest
    for position, text in connection.execute(
        select(table.c.position, table.c.row).where(table.c.series == series)
    ).all():
        kept = orjson.loads(text)
        answer = kept["row"]
        shown = [one for name in _LISTS for one in _briefs(answer.get(name) or ()) if one.get("origin_group") == origin]
        for one in shown:
            one["articles"] += 1
        current = any(one.get("origin_group") == origin for one in answer.get("alternatives") or ())
        if not current and answer.get("figure_id") is not None:
            best = select(schema.figures.c.final_origin_group).where(schema.figures.c.figure_id == answer["figure_id"])
            current = connection.execute(best).scalar() == origin
        if current:
            answer["articles"] += 1
        if current or shown:
            connection.execute(
                update(table).where(table.c.position == position).values(row=orjson.dumps(kept).decode())
            )


def _briefs(shown: Any) -> Iterator[dict[str, Any]]:
    """The statements in a list of them, of camps, or of moves with their steps."""
    for one in shown:
        if isinstance(one, list):
            yield from _briefs(one)
        elif "steps" in one:
            yield from _briefs(one["steps"])
        else:
            yield one
