"""An article goes into the database with its figures, or stays out with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from figures.model import COLUMNS, Article, Figure
from figures.store import schema
from figures.store.connect import StoreError
from figures.store.records import Outcome, StoredArticle
from figures.store.rows import figure_row, insert_rows

__all__ = ["add_article", "refuse_unstorable", "to_article"]


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


def _digest(article: Article) -> str:
    parts = (article.text, article.title, article.outlet or "", article.url or "", str(article.published_at or ""))
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def add_article(connection: Connection, article: Article, figures: Sequence[Figure], at: str) -> Outcome:
    """Add or replace an article and its figures inside the caller's transaction; the older text becomes a version."""
    table, key, digest = schema.articles, article.article_id, _digest(article)
    query = select(table).where(table.c.article_id == key).with_for_update()
    known = connection.execute(query).mappings().first()
    values = {
        "digest": digest, "text": article.text, "outlet": article.outlet, "published_at": article.published_at,
        "title": article.title, "url": article.url, "changed_at": at,
    }  # fmt: skip
    if known is None:
        revision = 1
        connection.execute(insert(table).values(article_id=key, revision=revision, added_at=at, **values))
    else:
        revision = known["revision"]
        if known["withdrawn_at"] is not None:
            return Outcome(article_id=key, outcome="withdrawn", figures=0, revision=revision)
        rows = [figure_row(one) for one in figures]
        if known["digest"] == digest and _same_figures(connection, key, rows):
            return Outcome(article_id=key, outcome="unchanged", figures=len(rows), revision=revision)
        if known["digest"] != digest:
            old = {name: known[name] for name in ("digest", "text", "outlet", "published_at", "title", "url")}
            connection.execute(
                insert(schema.article_versions).values(article_id=key, revision=revision, replaced_at=at, **old)
            )
            revision += 1
        connection.execute(update(table).where(table.c.article_id == key).values(revision=revision, **values))
        connection.execute(delete(schema.figures).where(schema.figures.c.article_id == key))
    insert_rows(connection, schema.figures, [figure_row(one) for one in figures])
    return Outcome(
        article_id=key, outcome="added" if known is None else "revised", figures=len(figures), revision=revision
    )


def _same_figures(connection: Connection, article_id: str, rows: list[dict[str, Any]]) -> bool:
    columns = [schema.figures.c[name] for name in COLUMNS]
    stored = connection.execute(select(*columns).where(schema.figures.c.article_id == article_id)).all()
    return {tuple(one) for one in stored} == {tuple(row[name] for name in COLUMNS) for row in rows}


def to_article(row: RowMapping) -> StoredArticle:
    """A row of the articles table as the store hands it out."""
    article = Article(**{name: row[name] for name in ("article_id", "text", "outlet", "published_at", "title", "url")})
    rest = ("revision", "added_at", "changed_at", "withdrawn_at", "withdrawn_by", "withdrawn_why")
    return StoredArticle(article=article, **{name: row[name] for name in rest})
