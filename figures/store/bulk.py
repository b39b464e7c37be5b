"""Whole tables into the store at once: by COPY into staging tables on PostgreSQL, by large batches on SQLite.

For figures that were read elsewhere. Articles may come along with their texts; an article that is only named by its
figures gets a place without a text, and takes the text when it comes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from sqlalchemy import Connection, column, delete, table, text

from figures.model import COLUMNS, Article
from figures.store.articles import digest_of, refuse_unstorable
from figures.store.connect import Database
from figures.store.plain import IDS_AT_ONCE, batches, sorted_digits
from figures.store.records import Imported
from figures.store.versions import CONTENT, WHOLE, advance, read_version, write_version
from figures.table import DAYS, NUMBERS, OFFSETS, flat

__all__ = ["import_table"]

_ROWS: Final = 50_000
"""Rows in one piece: some 30 MB of them in memory, and on SQLite one transaction of a second or two."""
NO_TEXT: Final = "imported"
"""The digest of an article whose text has not come yet."""
_ARTICLE: Final = (
    "article_id", "revision", "digest", "text", "outlet", "published_at", "title", "url", "added_at", "changed_at",
)  # fmt: skip
_FIGURE: Final = (*COLUMNS, "digits")
_STAGED_FIGURES: Final = "staged_figures"
_STAGED_ARTICLES: Final = "staged_articles"


def import_table(database: Database, figures: pd.DataFrame, articles: Iterable[Article], at: str) -> Imported:
    """Keep a table's figures, replacing those of the same articles; articles with another text are left alone.

    PostgreSQL takes all or nothing; SQLite piece by piece, each with whole articles, so that no writer waits long.
    """
    frame = flat(figures).sort_values("article_id", kind="stable", ignore_index=True)
    given = (_article_row(one, at) for one in articles)
    if not database.sqlite:
        with database.writing() as connection:
            new, rows, alone = _land(connection, given, _plain(frame), at)
        return Imported(articles=new, figures=rows, left_alone=len(alone))
    count = total = 0
    left: set[str] = set()
    for batch in batches(given, 2_000):
        with database.writing() as connection:
            new, rows, alone = _land(connection, batch, None, at)
        count, left = count + new, left | set(alone)
    for piece in _pieces(frame[~frame["article_id"].isin(left)] if left else frame):
        with database.writing() as connection:
            new, rows, alone = _land(connection, (), _plain(piece), at)
        count, total, left = count + new, total + rows, left | set(alone)
    return Imported(articles=count, figures=total, left_alone=len(left))


def _pieces(frame: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The frame in pieces that end where an article does."""
    ids = frame["article_id"].to_numpy()
    start = 0
    while start < len(ids):
        end = min(start + _ROWS, len(ids))
        while end < len(ids) and ids[end] == ids[end - 1]:
            end += 1
        yield frame.iloc[start:end]
        start = end


def _plain(frame: pd.DataFrame) -> pa.Table:
    """The columns as the store keeps them: open bounds null, days ISO text."""
    columns = {}
    for name in COLUMNS:
        if name in NUMBERS:
            values = pa.array(frame[name], type=pa.float64(), from_pandas=True)
            values = pc.if_else(pc.is_finite(values), values, None)
        elif name in OFFSETS:
            values = pa.array(frame[name], type=pa.int64())
        elif name in DAYS:
            days = pa.array(pd.to_datetime(frame[name]), from_pandas=True).cast(pa.timestamp("s"))
            values = pc.strftime(days, format="%Y-%m-%d")
        else:
            values = pa.array(frame[name], type=pa.large_string(), from_pandas=True)
        columns[name] = values
    pairs = list(zip(columns["value"].to_pylist(), columns["precision"].to_pylist(), strict=True))
    known = {pair: sorted_digits(*pair) for pair in set(pairs)}
    columns["digits"] = pa.array([known[pair] for pair in pairs], pa.large_string())
    return pa.table(columns)


def _article_row(article: Article, at: str) -> tuple[Any, ...]:
    refuse_unstorable(article, ())
    return (
        article.article_id, 1, digest_of(article), article.text, article.outlet, article.published_at, article.title,
        article.url, at, at,
    )  # fmt: skip


def _land(
    connection: Connection, articles: Iterable[Sequence[Any]], figures: pa.Table | None, at: str
) -> tuple[int, int, list[str]]:
    """Stage what came, and move it over: how many articles and figures, and which articles were left alone."""
    for name, like in ((_STAGED_FIGURES, "figures"), (_STAGED_ARTICLES, "articles")):
        connection.execute(text(f"CREATE TEMPORARY TABLE {name} AS SELECT * FROM {like} WHERE 1 = 0"))
    _fill(connection, _STAGED_ARTICLES, _ARTICLE, articles)
    if figures is not None:
        _fill_figures(connection, figures)
    moved = _move(connection, at)
    # A transaction that fails takes them along by itself.
    for name in (_STAGED_FIGURES, _STAGED_ARTICLES):
        connection.execute(text(f"DROP TABLE {name}"))
    return moved


def _fill(connection: Connection, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = ", ".join(f'"{one}"' for one in columns)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        for batch in batches(rows, _ROWS):
            connection.exec_driver_sql(f"INSERT INTO {name} ({names}) VALUES ({marks})", [tuple(one) for one in batch])
        return
    with _cursor(connection) as cursor, cursor.copy(f"COPY {name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _fill_figures(connection: Connection, figures: pa.Table) -> None:
    if connection.dialect.name == "sqlite":
        columns = [figures.column(name).to_pylist() for name in _FIGURE]
        _fill(connection, _STAGED_FIGURES, _FIGURE, zip(*columns, strict=True))
        return
    names = ", ".join(f'"{one}"' for one in _FIGURE)
    # Arrow writes CSV many times faster than rows are formatted one by one; it quotes texts, and nulls it leaves bare.
    options = pyarrow.csv.WriteOptions(include_header=False)
    with (
        _cursor(connection) as cursor,
        cursor.copy(f"COPY {_STAGED_FIGURES} ({names}) FROM STDIN (FORMAT csv)") as copy,
    ):
        for batch in figures.to_batches(max_chunksize=_ROWS):
            block = io.BytesIO()
            pyarrow.csv.write_csv(pa.Table.from_batches([batch]), block, options)
            copy.write(block.getvalue())


def _cursor(connection: Connection) -> Any:
    return connection.connection.cursor()


def _move(connection: Connection, at: str) -> tuple[int, int, list[str]]:
    def run(statement: str, **values: Any) -> int:
        return connection.execute(text(statement), values).rowcount

    columns = ", ".join(f'"{one}"' for one in _ARTICLE)
    # Articles that only their figures name.
    run(
        f"INSERT INTO {_STAGED_ARTICLES} ({columns}) "
        "SELECT article_id, 1, :digest, '', max(outlet), max(published_at), coalesce(max(title), ''), max(url), "
        f":at, :at FROM {_STAGED_FIGURES} s WHERE NOT EXISTS "
        f"(SELECT 1 FROM {_STAGED_ARTICLES} a WHERE a.article_id = s.article_id) GROUP BY article_id",
        digest=NO_TEXT,
        at=at,
    )
    # Of an article under two texts, or withdrawn, nothing is known for sure.
    alone = (
        f"SELECT a.article_id FROM articles a JOIN {_STAGED_ARTICLES} s ON s.article_id = a.article_id "
        "WHERE a.withdrawn_at IS NOT NULL OR (a.digest <> s.digest AND a.digest <> :digest AND s.digest <> :digest)"
    )
    left = sorted(set(connection.execute(text(alone), {"digest": NO_TEXT}).scalars()))
    for name in (_STAGED_FIGURES, _STAGED_ARTICLES):
        for ids in batches(left, IDS_AT_ONCE):
            connection.execute(delete(table(name, column("article_id"))).where(column("article_id").in_(ids)))
    changed = ("digest", "text", "outlet", "published_at", "title", "url", "changed_at")
    sets = ", ".join(f"{one} = excluded.{one}" for one in changed)
    # "WHERE true" keeps SQLite from reading ON as that of a join; PostgreSQL takes no article twice in one statement.
    once = "" if connection.dialect.name == "sqlite" else "DISTINCT ON (article_id) "
    count = run(
        f"INSERT INTO articles ({columns}) SELECT {once}{columns} FROM {_STAGED_ARTICLES} WHERE true "
        "ORDER BY article_id "
        f"ON CONFLICT (article_id) DO UPDATE SET {sets} "
        "WHERE articles.digest = :digest AND excluded.digest <> :digest",
        digest=NO_TEXT,
    )
    run(f"DELETE FROM figures WHERE article_id IN (SELECT DISTINCT article_id FROM {_STAGED_FIGURES})")
    names = ", ".join(f'"{one}"' for one in _FIGURE)
    rows = run(
        f"INSERT INTO figures ({names}) SELECT {names} FROM {_STAGED_FIGURES} WHERE true "
        "ON CONFLICT (figure_id) DO NOTHING"
    )
    if count or rows:
        advance(connection)
        # Nobody marks what a whole table changes: all is compared anew.
        write_version(connection, WHOLE, read_version(connection, CONTENT))
    return count, rows, left
