"""Figures to conflicts: names of events joined once for all, then buckets of figures compared side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson
import pandas as pd

from figures.lexicon import Lexicon, default_lexicon
from figures.model import COLUMNS, Conflict, Uncompared
from figures.reconcile.events import assign_events
from figures.spark.buckets import (
    ROOMS,
    buckets_of,
    conflicts_of,
    crossing,
    joined,
    origins_of,
    rooms_of,
    shuffled_digits,
)
from figures.spark.reading import FIGURES
from figures.spark.rows import ddl, from_spark, plain, to_spark
from figures.spark.session import SparkError, first_line, quietly, write
from figures.table import flat

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["CONFLICTS", "UNCOMPARED", "Compared", "reconcile_archive"]

CONFLICTS: Final = "conflicts.parquet"
UNCOMPARED: Final = "uncompared.parquet"

_CONFLICT: Final = (
    "conflict_id string, kind string, severity double, level string, metric string, series string, camps string, "
    "compatible string, gap double, explanation string, reasons string, status string"
)
_UNCOMPARED: Final = "metric string, a string, b string, missing string, explanation string"
_MOST_UNCOMPARED: Final = 200
# What joining the names of events reads of each figure.
_NAMES: Final = (
    "figure_id", "event", "article_id", "metric", "source", "value", "unit", "precision", "published_at", "place",
    "iso3", "title", "sentence",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a comparison wrote."""

    figures: int
    conflicts: int
    uncompared: int


def reconcile_archive(
    session: SparkSession,
    source: str,
    target: str,
    make_lexicon: Callable[[], Lexicon] = default_lexicon,
    *,
    buckets: int | None = None,
) -> Compared:
    """Compare the figures below ``source`` and write ``figures.parquet`` with their final event and origin,
    ``conflicts.parquet`` and ``uncompared.parquet`` below ``target``.

    ``source`` is what ``extract_archive`` wrote, or a Parquet of figures. Three passes over the figures: the names of
    events, which the driver joins; origins; conflicts. ``buckets`` is how many parts the figures are compared in, by
    default three for each processor of the cluster. Raises SparkError.
    """
    with quietly():
        from pyspark import StorageLevel

        count = buckets or max(3 * session.sparkContext.defaultParallelism, 1)
        kept: list[DataFrame] = []

        def keep(frame: DataFrame) -> DataFrame:
            kept.append(frame.persist(StorageLevel.DISK_ONLY))
            return kept[-1]

        try:
            rows = keep(_figures(session, source))
            rows = keep(_with_events(session, rows, make_lexicon))
            homes = _joined_homes(rows, make_lexicon, count)
            rows = keep(_with_buckets(rows, make_lexicon, count, homes))
            rows = keep(_with_origins(rows, make_lexicon))
            write(rows.select(*COLUMNS), f"{target}/{FIGURES}")
            found = keep(_conflicts(rows, make_lexicon))
            _write_found(found, target)
            return Compared(
                figures=session.read.parquet(f"{target}/{FIGURES}").count(),
                conflicts=session.read.parquet(f"{target}/{CONFLICTS}").count(),
                uncompared=session.read.parquet(f"{target}/{UNCOMPARED}").count(),
            )
        except SparkError:
            raise
        except Exception as error:
            raise SparkError(f"the job failed: {first_line(error)}") from error
        finally:
            for one in kept:
                one.unpersist()


def _figures(session: SparkSession, source: str) -> DataFrame:
    path = source if source.rstrip("/").endswith(".parquet") else f"{source.rstrip('/')}/{FIGURES}"
    try:
        rows = session.read.parquet(path)
    except Exception as error:
        raise SparkError(f"{source}: no Parquet of figures there ({first_line(error)})") from None
    missing = [name for name in COLUMNS if name not in rows.columns]
    if missing:
        raise SparkError(
            f"{source}: no figures: it lacks {', '.join(missing[:5])}; write it with figures spark extract"
        )
    from pyspark.sql import functions as sql

    # Days may come as times, as a notebook writes them.
    chosen = [sql.col(name).cast(kind).alias(name) for name, kind in _types().items()]
    return rows.select(*chosen).dropDuplicates(["figure_id"])


def _types() -> dict[str, str]:
    return dict(one.strip().replace("`", "").split(" ") for one in ddl(COLUMNS).split(","))


def _with_events(session: SparkSession, rows: DataFrame, make_lexicon: Callable[[], Lexicon]) -> DataFrame:
    """Final events: names are joined in the driver, which sees of each figure what names are joined by."""
    from pyspark.sql import functions as sql

    told = rows.select(*_NAMES)
    # The words are asked only where a story is told; without one a number may at most be adopted.
    for name in ("title", "sentence"):
        told = told.withColumn(name, sql.when(sql.col("event").isNotNull(), sql.col(name)))
    before = from_spark(told.toPandas())
    after = flat(assign_events(before, make_lexicon()))
    changed = after["event"].notna() & (after["event"] != before["event"]).fillna(True)
    moved = after.loc[changed, ["figure_id", "event"]].rename(columns={"event": "final"})
    if moved.empty:
        return rows
    finals = session.createDataFrame(plain(moved.reset_index(drop=True)), "figure_id string, final string")
    event = sql.coalesce("final", "event").alias("event")
    return rows.join(finals, "figure_id", "left").select(*(event if name == "event" else name for name in COLUMNS))


def _joined_homes(rows: DataFrame, make_lexicon: Callable[[], Lexicon], count: int) -> dict[int, int]:
    """Homes that one conflict joins. Only numbers that share source, metric and digits are looked at."""
    from pyspark.sql import functions as sql

    def digits(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        lexicon = make_lexicon()
        for batch in batches:
            frame = from_spark(batch)
            frame["home"], frame["digits"] = rooms_of(frame, lexicon)["home"], shuffled_digits(frame)
            yield to_spark(frame[frame["digits"].notna()])

    def cross(frame: pd.DataFrame) -> pd.DataFrame:
        pairs = crossing(from_spark(frame.drop(columns="digits")), make_lexicon())
        return pd.DataFrame(pairs, columns=["one", "other"], dtype="int64")

    some = rows.mapInPandas(digits, f"{ddl(COLUMNS)}, home bigint, digits string").persist()
    try:
        same = ["metric", "source", "digits"]
        several = some.groupBy(*same).agg(
            sql.countDistinct("home").alias("homes"), sql.countDistinct("value").alias("values")
        )
        few = some.join(several.where("homes > 1 and values > 1").select(*same), same, "left_semi")
        bucket = sql.pmod(sql.hash(*same), sql.lit(count))
        pairs = few.groupBy(bucket).applyInPandas(cross, "one bigint, other bigint").collect()
    finally:
        some.unpersist()
    return joined((row["one"], row["other"]) for row in pairs)


def _with_buckets(rows: DataFrame, make_lexicon: Callable[[], Lexicon], count: int, homes: dict[int, int]) -> DataFrame:
    def buckets(batches: Iterator[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        lexicon = make_lexicon()
        for batch in batches:
            yield to_spark(buckets_of(batch, lexicon, count, homes))

    return rows.mapInPandas(buckets, f"{ddl(COLUMNS)}, " + ", ".join(f"{name} bigint" for name in ROOMS))


def _with_whole_articles(rows: DataFrame, rooms: tuple[str, ...]) -> DataFrame:
    """Each row once for every bucket in which its article has a figure with one of these rooms."""
    from pyspark.sql import functions as sql

    buckets = sql.explode(sql.array_distinct(sql.array_compact(sql.array(*rooms)))).alias("bucket")
    return rows.join(rows.select("article_id", buckets).distinct(), "article_id")


def _with_origins(rows: DataFrame, make_lexicon: Callable[[], Lexicon]) -> DataFrame:
    def origins(key: tuple[Any, ...], frame: pd.DataFrame) -> pd.DataFrame:
        return plain(origins_of(frame.drop(columns="bucket"), int(key[0]), make_lexicon()))

    found = (
        _with_whole_articles(rows, ("home",))
        .groupBy("bucket")
        .applyInPandas(origins, "figure_id string, origin_group string")
    )
    names = [name for name in (*COLUMNS, *ROOMS) if name != "origin_group"]
    return rows.select(*names).join(found, "figure_id").select(*COLUMNS, *ROOMS)


def _conflicts(rows: DataFrame, make_lexicon: Callable[[], Lexicon]) -> DataFrame:
    def find(key: tuple[Any, ...], frame: pd.DataFrame) -> pd.DataFrame:
        found, uncompared = conflicts_of(frame.drop(columns="bucket"), int(key[0]), make_lexicon())
        out = [("conflict", orjson.dumps(conflict_row(one)).decode()) for one in found]
        out += [("uncompared", orjson.dumps(_uncompared_row(one)).decode()) for one in uncompared]
        return pd.DataFrame(out, columns=["part", "row"], dtype=object)

    return _with_whole_articles(rows, ROOMS).groupBy("bucket").applyInPandas(find, "part string, row string")


def conflict_row(one: Conflict) -> dict[str, Any]:
    """A conflict as a row of ``conflicts.parquet``: series, camps and lists as JSON text, figures by their ids."""
    row = {name: getattr(one, name) for name in _names_of(_CONFLICT)}
    for name in ("series", "camps", "compatible", "reasons"):
        row[name] = orjson.dumps(row[name]).decode()
    return row


def _uncompared_row(one: Uncompared) -> dict[str, Any]:
    row = {name: getattr(one, name) for name in _names_of(_UNCOMPARED)}
    return {**row, "missing": orjson.dumps(row["missing"]).decode()}


def _names_of(schema: str) -> list[str]:
    return [one.split()[0] for one in schema.split(",")]


def _write_found(found: DataFrame, target: str) -> None:
    """Conflicts, most severe first, and what could not be compared, as local work lists them."""
    from pyspark.sql import functions as sql

    for part, schema, order, name in (
        ("conflict", _CONFLICT, (sql.desc("severity"), sql.asc("conflict_id")), CONFLICTS),
        ("uncompared", _UNCOMPARED, (sql.asc("metric"), sql.asc("a"), sql.asc("b")), UNCOMPARED),
    ):
        some = found.where(sql.col("part") == part).select(sql.from_json("row", schema).alias("one")).select("one.*")
        some = some.dropDuplicates(["conflict_id"]) if part == "conflict" else some
        some = some.orderBy(*order)
        write(some if part == "conflict" else some.limit(_MOST_UNCOMPARED), f"{target}/{name}", files=1)
