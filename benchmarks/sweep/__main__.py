"""How long it takes to find the pairs worth a judgement among N figures, and how Polars does on the same columns.

Usage: python -m benchmarks.sweep [--rows 1000000] [--judge]

The table is made up: stories with Zipf-distributed numbers of reports, several sources, totals that grow by the day,
most reports repeating the day's number, some rounding it, and in one story of fifty a source that says three times as
much. Columns are those of a real table; the texts that comparing reads only for a pair at hand are left out.

Measured in one run, seconds of one thread each (processor time: other work on the machine does not count):

sheet   columns to codes, days and widened bounds (``Sheet.of``)
sweep   every generator of pairs: one series, part and whole, one number under two metrics, digits swapped, titles
judge   with ``--judge``: the pairwise judgement, camps and explanations (``find_conflicts``), only for small tables
polars  the same strings to categories, bounds widened, sorted by series and day, running bounds within a series,
        rows whose bounds exclude an earlier one joined to the row that they exclude; POLARS_MAX_THREADS=1

Polars is needed by this benchmark alone: pip install polars.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import time

os.environ["POLARS_MAX_THREADS"] = "1"

import numpy as np
import pandas as pd

from figures.lexicon import default_lexicon
from figures.reconcile.comparable import Knowledge
from figures.reconcile.conflicts import find_conflicts
from figures.reconcile.sweep import (
    Sheet,
    clashing_pairs,
    lead_pairs,
    swapped_pairs,
    transposed_pairs,
    whole_pairs,
)

METRICS = ("deaths", "injuries", "missing", "displaced", "buildings_destroyed", "confirmed_cases", "cases", "arrests")
CAUSES = ("flood", "earthquake", "fire", "epidemic")
SOURCES = ("UNHCR", "OCHA", "WHO", "Red Cross", "Interior Ministry", "Health Ministry", "City police", "Army")
PER_STORY = 20
DAYS = 120


def main() -> None:
    arguments = argparse.ArgumentParser(description="gate and sweep at scale")
    arguments.add_argument("--rows", type=int, default=1_000_000)
    arguments.add_argument("--judge", action="store_true")
    options = arguments.parse_args()
    table = made_up(options.rows)
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, pandas {pd.__version__}")
    sizes = table["event"].value_counts()
    print(f"{len(table):,} rows, {len(sizes):,} stories, largest {sizes.iloc[0]:,}")
    knowledge = Knowledge(default_lexicon())
    start = time.process_time()
    sheet = Sheet.of(table, knowledge)
    read = time.process_time() - start
    print(f"sheet   {read:8.2f} s")
    total = 0.0
    for pairs in (clashing_pairs, whole_pairs, swapped_pairs, transposed_pairs, lead_pairs):
        start = time.process_time()
        found = len(pairs(sheet)[0])
        took = time.process_time() - start
        total += took
        print(f"  {pairs.__name__:<18}{took:8.2f} s  {found:,} pairs")
    print(f"sweep   {total:8.2f} s")
    if options.judge:
        start = time.process_time()
        conflicts, uncompared = find_conflicts(sheet, knowledge)
        took = time.process_time() - start
        print(f"judge   {took:8.2f} s  {len(conflicts):,} conflicts, {len(uncompared):,} not compared")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(f"memory  {peak:8.2f} GiB at most so far")
    del sheet
    try:
        took, version, found = with_polars(table)
    except ImportError:
        print("polars  skipped: not installed (pip install polars)")
        return
    print(f"polars  {took:8.2f} s  {version}, {found:,} rows that an earlier one excludes")
    print(f"ratio   {(read + total) / took:8.2f}  sheet and sweep to Polars; sweep alone {total / took:.2f}")


def made_up(rows: int) -> pd.DataFrame:
    """A table of that many rows, the same each time."""
    random = np.random.default_rng(7)
    stories = max(rows // PER_STORY, 1)
    weights = 1.0 / np.arange(1, stories + 1) ** 0.8
    story = random.choice(stories, size=rows, p=weights / weights.sum())
    metric = random.integers(len(METRICS), size=rows)
    source = random.integers(len(SOURCES), size=rows)
    day = random.integers(DAYS, size=rows)
    base = random.integers(12, 900, size=stories)[story] * (1 + metric)
    value = (base * (1.0 + day / DAYS)).astype(np.int64)
    wrong = (story % 50 == 0) & (source == len(SOURCES) - 1)
    value = np.where(wrong, value * 3, value)
    rounded = (random.random(rows) < 0.3) & (value >= 100)
    precision = np.where(rounded, 10 ** np.maximum(np.floor(np.log10(value)) - 1, 0), 1.0)
    value = np.where(rounded, np.round(value / precision) * precision, value).astype(np.float64)
    floor = random.random(rows) < 0.1
    names = pd.array([f"{CAUSES[one % len(CAUSES)]}:Town {one}:2024-01-01" for one in range(stories)], dtype="str")
    places = pd.array([f"Town {one}" for one in range(stories)], dtype="str")
    dates = np.datetime64("2024-01-01") + day.astype("timedelta64[D]")
    days = pd.array([str(np.datetime64("2024-01-01") + one) for one in range(DAYS)], dtype="str")
    number = np.arange(rows)
    return pd.DataFrame(
        {
            "figure_id": _ids("f", number), "metric": _of(METRICS, metric), "source": _of(SOURCES, source),
            "outlet": _of([f"Outlet {one}" for one in range(50)], random.integers(50, size=rows)),
            "article_id": _ids("a", number // 3), "published_at": days.take(day), "value": value, "low": value,
            "high": np.where(floor, np.inf, value), "comparator": _of(("exact", "at_least"), floor.astype(np.int64)),
            "precision": precision, "unit": _of(("person", "item"), (metric == 4).astype(np.int64)),
            "population": _of(("people", None), random.integers(2, size=rows)),
            "party": _of((None,), np.zeros(rows, dtype=np.int64)), "place": places.take(story),
            "place_role": _of(("location",), np.zeros(rows, dtype=np.int64)), "event": names.take(story),
            "as_of": dates.astype("datetime64[s]"), "as_of_basis": _of(("stated", "publication"), number % 2),
            "aspect": _of(("cumulative",), np.zeros(rows, dtype=np.int64)),
            "modality": _of(("reported",), np.zeros(rows, dtype=np.int64)),
            "origin_group": _ids("o", story * 1000 + day * 8 + source), "field": _of(("text",), number * 0),
            "start": np.full(rows, 400), "end": np.full(rows, 405), "rules": _of(("{}",), number * 0),
        }
    )  # fmt: skip


def _of(names: object, codes: np.ndarray) -> object:
    return pd.array(list(names), dtype="str").take(codes)  # type: ignore[call-overload]


def _ids(prefix: str, numbers: np.ndarray) -> object:
    return pd.array(np.char.add(prefix, numbers.astype("U12")), dtype="str")


def with_polars(table: pd.DataFrame) -> tuple[float, str, int]:
    """Seconds, version and what was found."""
    import polars as pl

    names = ["metric", "unit", "event", "population", "place", "source", "comparator"]
    frame = pl.from_pandas(table[[*names, "value", "low", "high", "precision", "as_of"]])
    start = time.process_time()
    size = pl.col("value").abs()
    margin = pl.when((size >= 100) & (pl.col("precision") > 1)).then(
        pl.min_horizontal(pl.col("precision") / 2, size / 10)
    ).otherwise(0.0)  # fmt: skip
    swept = (
        frame.with_columns([pl.col(one).cast(pl.Categorical) for one in names])
        .with_columns(lo=pl.col("low") - margin, hi=pl.col("high") + margin)
        .sort("metric", "unit", "event", "as_of")
        .with_columns(
            least=pl.col("hi").cum_min().over("metric", "unit", "event"),
            most=pl.col("lo").cum_max().over("metric", "unit", "event"),
        )
        .filter((pl.col("lo") > pl.col("least")) | (pl.col("hi") < pl.col("most")))
    )
    return time.process_time() - start, f"Polars {pl.__version__}", len(swept)


if __name__ == "__main__":
    main()
