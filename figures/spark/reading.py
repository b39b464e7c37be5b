"""Articles to figures, a partition at a time: what each worker runs is the reader that runs on a laptop."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from figures.extract.many import extract_many
from figures.ingest.files import Placed
from figures.lexicon import Lexicon, default_lexicon
from figures.model import COLUMNS, QUANTITY_COLUMNS, Article, Figure, Skipped
from figures.spark.rows import ddl, to_spark
from figures.spark.session import SparkError, first_line, quietly, write
from figures.spark.sources import articles_of_files, articles_of_lines, articles_of_rows, by_columns, find, in_tasks
from figures.table import NUMBERS, OFFSETS, tabulate

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["ARTICLES", "FIGURES", "SKIPPED", "Archived", "extract_archive"]

FIGURES: Final = "figures.parquet"
ARTICLES: Final = "articles.parquet"
SKIPPED: Final = "skipped.parquet"

_UNDATED: Final = "read without published_at, so that days such as “Thursday” stay unknown"
_TWICE: Final = "article_id was already read with other content; give it an id of its own"
_ABOUT: Final = ("article_id", "outlet", "published_at", "title", "url")
# What is sent on at once: enough to keep Arrow busy, little enough to keep a worker small.
_ROWS: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What an extraction wrote: numbers of articles, figures, and articles left out or read with a warning."""

    articles: int
    figures: int
    skipped: int
    warnings: int


def extract_archive(
    session: SparkSession,
    paths: Iterable[str],
    target: str,
    make_lexicon: Callable[[], Lexicon] = default_lexicon,
    *,
    all_quantities: bool = False,
    partitions: int | None = None,
) -> Archived:
    """Read the articles of some paths and write ``figures.parquet``, ``articles.parquet``, ``skipped.parquet`` below
    ``target``.

    Articles are Parquet or JSON Lines with the usual keys, read in pieces, or any file that ``figures ingest`` reads,
    a large one a task: WARC, pages, texts. An article that the reader stumbles over, that is too long or no article is
    named in ``skipped.parquet`` with the reason; an article_id that comes with two contents is kept once. Raises
    SparkError.
    """
    names = COLUMNS + (QUANTITY_COLUMNS if all_quantities else ())
    work = _Work(make_lexicon=make_lexicon, names=names, all_quantities=all_quantities)
    with quietly():
        from pyspark import StorageLevel
        from pyspark.sql import functions as sql

        try:
            staged = _staged(session, list(paths), work, partitions).persist(StorageLevel.DISK_ONLY)
            try:
                read = staged.where(sql.col("part") == "article")
                counted = read.groupBy("article_id").agg(
                    sql.count("*").alias("times"), sql.min("digest").alias("kept"),
                    sql.countDistinct("digest").alias("contents"),
                )  # fmt: skip
                twice = counted.where("times > 1").select("article_id", "kept", "contents").persist()
                repeats, clashes = twice.count(), twice.where("contents > 1").count()
                figures, articles = staged.where(sql.col("part") == "figure"), read
                skipped = staged.where(sql.col("part") == "skipped").select("where", "reason", "warning")
                if repeats:
                    figures, articles = (
                        one.join(twice, "article_id", "left").where("kept is null or kept = digest")
                        for one in (figures, read)
                    )
                    figures = figures.dropDuplicates(["figure_id"])
                    articles = articles.dropDuplicates(["article_id"])
                if clashes:
                    refused = read.join(twice, "article_id").where("kept <> digest")
                    said = sql.concat(sql.lit("article_id "), sql.col("article_id"), sql.lit(": "), sql.lit(_TWICE))
                    skipped = skipped.union(
                        refused.select("where", said.alias("reason"), sql.lit(False).alias("warning"))
                    )
                write(figures.select(*names), f"{target}/{FIGURES}")
                write(articles.select(*_ABOUT, "characters", "figures"), f"{target}/{ARTICLES}")
                write(skipped, f"{target}/{SKIPPED}", files=1)
            finally:
                staged.unpersist()
            out = session.read.parquet(f"{target}/{SKIPPED}").groupBy("warning").count().collect()
            told = {bool(row["warning"]): int(row["count"]) for row in out}
            return Archived(
                articles=session.read.parquet(f"{target}/{ARTICLES}").count(),
                figures=session.read.parquet(f"{target}/{FIGURES}").count(),
                skipped=told.get(False, 0), warnings=told.get(True, 0),
            )  # fmt: skip
        except SparkError:
            raise
        except Exception as error:
            raise SparkError(f"the job failed: {first_line(error)}") from error


def _staged(session: SparkSession, paths: list[str], work: _Work, partitions: int | None) -> DataFrame:
    """Everything that reading gives, in one pass: rows of figures, of articles, of what was skipped."""
    from pyspark.sql import functions as sql

    sources = find(paths)
    parts: list[DataFrame] = []
    where = sql.col("_metadata.file_path").alias("where")
    if sources.parquet:
        rows = session.read.option("recursiveFileLookup", "true").parquet(*sources.parquet)
        parts.append(_apply(rows.select(where, *by_columns(rows.columns)), work, articles_of_rows, partitions))
    if sources.lines:
        reader = session.read.option("recursiveFileLookup", "true").option("lineSep", "\n")
        lines = reader.text(list(sources.lines))
        parts.append(
            _apply(
                lines.select(where, sql.col("value").cast("binary").alias("line")), work, articles_of_lines, partitions
            )
        )
    if sources.files:
        # A web archive of a gigabyte is minutes of work, a text less than starting a task.
        listed = session.createDataFrame(pd.DataFrame({"paths": in_tasks(sources.files)}), "paths array<string>")
        parts.append(_apply(listed.repartition(listed.count()), work, articles_of_files, None))
    out = parts[0]
    for one in parts[1:]:
        out = out.union(one)
    return out


def _apply(
    rows: DataFrame, work: _Work, to_articles: Callable[[pd.DataFrame], Iterator[Placed]], partitions: int | None
) -> DataFrame:
    if partitions is not None:
        rows = rows.repartition(partitions)

    def run(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        return work.run(one for batch in batches for one in to_articles(batch))

    schema = ", ".join((_STAGE, ddl([name for name in work.names if name not in _ABOUT])))
    return rows.mapInPandas(run, schema)


_STAGE: Final = (
    "part string, `where` string, reason string, warning boolean, digest string, characters bigint, figures bigint, "
    + ddl(_ABOUT)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What a worker does with the articles of its partition. Sent to workers, so it holds nothing that is open."""

    make_lexicon: Callable[[], Lexicon]
    names: tuple[str, ...]
    all_quantities: bool

    def run(self, placed: Iterator[Placed]) -> Iterator[pd.DataFrame]:
        """Frames of figures, articles and what was skipped."""
        skipped: list[tuple[str, str, bool]] = []
        places: dict[str, str] = {}

        def articles() -> Iterator[Article]:
            for place, item in placed:
                if isinstance(item, Skipped):
                    skipped.append((str(place), item.reason, item.warning))
                    continue
                if item.published_at is None:
                    skipped.append((str(place), f"{item.article_id}: {_UNDATED}", True))
                places[item.article_id] = str(place)
                yield item

        figures: list[tuple[Figure, str]] = []
        known: list[dict[str, Any]] = []
        for read in extract_many(articles(), self.make_lexicon, workers=1, all_quantities=self.all_quantities):
            article = read.article
            where = places.pop(article.article_id, "")
            if read.skipped is not None:
                skipped.append((where, str(read.skipped), False))
                continue
            digest = _digest(article)
            figures.extend((one, digest) for one in read.figures)
            known.append(
                {name: getattr(article, name) for name in _ABOUT}
                | {"where": where, "digest": digest, "characters": len(article.text), "figures": len(read.figures)}
            )
            if len(figures) + len(known) + len(skipped) >= _ROWS:
                yield self._frame(figures, known, skipped)
                figures, known = [], []
                skipped.clear()
        yield self._frame(figures, known, skipped)

    def _frame(
        self, figures: list[tuple[Figure, str]], known: list[dict[str, Any]], skipped: list[tuple[str, str, bool]]
    ) -> pd.DataFrame:
        rows = to_spark(tabulate((one for one, _ in figures), all_quantities=self.all_quantities))
        digests = {one.figure_id: digest for one, digest in figures}
        rows["part"], rows["digest"] = "figure", rows["figure_id"].map(digests)
        told = pd.DataFrame(skipped, columns=["where", "reason", "warning"]).assign(part="skipped")
        about = pd.DataFrame(known, columns=[*_ABOUT, "where", "digest", "characters", "figures"]).assign(
            part="article"
        )
        frames = [one for one in (rows, about, told) if len(one)]
        out = pd.concat(frames, ignore_index=True) if frames else told
        columns = ["part", "where", "reason", "warning", "digest", "characters", "figures", *_ABOUT]
        columns += [name for name in self.names if name not in _ABOUT]
        out = out.reindex(columns=columns)
        for name in columns:
            if name in ("characters", "figures", *OFFSETS):
                out[name] = out[name].astype("Int64")
            elif name not in NUMBERS:
                # A column of nothing is one of numbers to pandas, and neither date nor text to Arrow.
                out[name] = out[name].astype(object).where(out[name].notna(), None)
        return out


def _digest(article: Article) -> str:
    parts = [str(getattr(article, one.name) or "") for one in fields(article)]
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
