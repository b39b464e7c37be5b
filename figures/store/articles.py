"""An article goes into the database with its figures, or stays out with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from figures.model import COLUMNS, Article, Figure
from figures.store import schema
from figures.store.connect import StoreError
from figures.store.records import Outcome, StoredArticle, Version
from figures.store.rows import figure_row, insert_rows
from figures.store.shelf import mark_new, mark_pending

__all__ = ["add_articles", "digest_of", "is_read", "read_versions", "refuse_unstorable", "to_article"]


def refuse_unstorable(article: Article, figures: Sequence[Figure]) -> None:
    """Raise StoreError where a text cannot be kept (NUL, half a surrogate pair), or a figure is another article's."""
    for name in ("article_id", "text", "title", "outlet", "url"):
        value = getattr(article, name) or ""
        if "\0" in value:
            raise StoreError(f"{article.article_id}: {name} holds a NUL character, which no database keeps as text")
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                raise StoreError(
                    f"{article.article_id}: {name} holds half a surrogate pair; decode the article as UTF-8 again"
                ) from None
    for one in figures:
        if one.article_id != article.article_id:
            raise StoreError(f"{one.figure_id}: a figure of {one.article_id}, not of {article.article_id}")


def digest_of(article: Article) -> str:
    """What tells one text of an article, with its title and other particulars, from another."""
    parts = (article.text, article.title, article.outlet or "", article.url or "", str(article.published_at or ""))
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def add_articles(
    connection: Connection,
    pairs: Sequence[tuple[Article, Sequence[Figure]]],
    at: str,
    reader: str | None = None,
) -> list[Outcome]:
    """Add or replace articles and their figures inside the caller's transaction; older texts become versions.

    New articles go in together. An article that comes twice is taken in turn, so that the later text stands.
    """
    outcomes: dict[int, Outcome] = {}
    rest = list(enumerate(pairs))
    while rest:
        first = {pair[0].article_id: (number, pair) for number, pair in reversed(rest)}
        known = _read_known(connection, sorted(first))
        new = []
        for key, (number, (article, figures)) in sorted(first.items()):
            if key in known:
                outcomes[number] = _replace(connection, article, figures, known[key], at, reader)
            else:
                new.append((article, figures))
                outcomes[number] = Outcome(
                    article_id=key, outcome="added", figures=len(figures), revision=1, new_text=True
                )
        # In the order of their ids, as every writer has it, so that no two wait for one another.
        rows = [
            {"article_id": one.article_id, "revision": 1, "added_at": at, **_values(one, at, reader)} for one, _ in new
        ]
        insert_rows(connection, schema.articles, rows)
        mark_new(connection, [one.article_id for one, _ in new])
        insert_rows(connection, schema.figures, [figure_row(one) for _, figures in new for one in figures])
        taken = {number for number, _ in first.values()}
        rest = [one for one in rest if one[0] not in taken]
    return [outcomes[number] for number in range(len(pairs))]


def _read_known(connection: Connection, keys: Sequence[str]) -> dict[str, RowMapping]:
    table = schema.articles
    query = select(table).where(table.c.article_id.in_(keys)).order_by(table.c.article_id).with_for_update()
    return {row["article_id"]: row for row in connection.execute(query).mappings()}


def _values(article: Article, at: str, reader: str | None) -> dict[str, Any]:
    return {
        "digest": digest_of(article), "text": article.text, "outlet": article.outlet,
        "published_at": article.published_at, "title": article.title, "url": article.url, "changed_at": at,
        "read_by": reader,
    }  # fmt: skip


def _replace(
    connection: Connection, article: Article, figures: Sequence[Figure], known: RowMapping, at: str, reader: str | None
) -> Outcome:
    table, key, values = schema.articles, article.article_id, _values(article, at, reader)
    revision, rows = known["revision"], [figure_row(one) for one in figures]
    if known["withdrawn_at"] is not None:
        return Outcome(article_id=key, outcome="withdrawn", figures=0, revision=revision)
    new_text = known["digest"] != values["digest"]
    if not new_text and _same_figures(connection, key, rows):
        if known["read_by"] != reader:
            connection.execute(update(table).where(table.c.article_id == key).values(read_by=reader))
        return Outcome(article_id=key, outcome="unchanged", figures=len(rows), revision=revision)
    if new_text:
        old = {name: known[name] for name in ("digest", "text", "outlet", "published_at", "title", "url")}
        connection.execute(
            insert(schema.article_versions).values(article_id=key, revision=revision, replaced_at=at, **old)
        )
        revision += 1
    mark_pending(connection, [key])
    connection.execute(update(table).where(table.c.article_id == key).values(revision=revision, **values))
    connection.execute(delete(schema.figures).where(schema.figures.c.article_id == key))
    insert_rows(connection, schema.figures, rows)
    return Outcome(article_id=key, outcome="revised", figures=len(rows), revision=revision, new_text=new_text)


def is_read(connection: Connection, article: Article, reader: str) -> bool:
    """Whether the article is kept as it is, and was read by this very reader."""
    columns = schema.articles.c
    query = select(columns.digest, columns.read_by).where(columns.article_id == article.article_id)
    known = connection.execute(query).first()
    return known is not None and known.read_by == reader and known.digest == digest_of(article)


def _same_figures(connection: Connection, article_id: str, rows: list[dict[str, Any]]) -> bool:
    columns = [schema.figures.c[name] for name in COLUMNS]
    stored = connection.execute(select(*columns).where(schema.figures.c.article_id == article_id)).all()
    return {tuple(one) for one in stored} == {tuple(row[name] for name in COLUMNS) for row in rows}


def read_versions(connection: Connection, article_id: str) -> list[Version]:
    """Every text that an article has had, the first one first, the one that stands now last; empty where none is."""
    now = (
        connection.execute(select(schema.articles).where(schema.articles.c.article_id == article_id)).mappings().first()
    )
    if now is None:
        return []
    old = schema.article_versions
    query = select(old).where(old.c.article_id == article_id).order_by(old.c.revision)
    rows = [*connection.execute(query).mappings(), now]
    return [
        Version(article=_text_of(row), revision=row["revision"], replaced_at=row.get("replaced_at")) for row in rows
    ]


def _text_of(row: RowMapping) -> Article:
    return Article(**{name: row[name] for name in ("article_id", "text", "outlet", "published_at", "title", "url")})


def to_article(row: RowMapping) -> StoredArticle:
    """A row of the articles table as the store hands it out."""
    rest = ("revision", "added_at", "changed_at", "withdrawn_at", "withdrawn_by", "withdrawn_why")
    return StoredArticle(article=_text_of(row), **{name: row[name] for name in rest})
