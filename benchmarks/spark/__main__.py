"""Read and compare made-up articles on one laptop and by Spark, and hold one against the other row for row.

Usage: python -m benchmarks.spark [--articles 20000] [--master local[2,4]] [--memory 2g] [--folder DIR] [--json FILE]

Three ways, wall seconds each: one process; one process a core (what `figures ingest` does); Spark, its start included.
Comparing is one process against Spark. Overhead is Spark's time over that of as many processes as it has cores.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.extraction.__main__ import machine
from benchmarks.spark.made_up import articles
from figures.extract.many import cores, extract_many
from figures.query import ask, read_table
from figures.reconcile import reconcile
from figures.spark.comparing import conflict_row, reconcile_archive
from figures.spark.reading import extract_archive
from figures.spark.session import open_session
from figures.table import tabulate


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spark", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--master", default=f"local[{cores()},4]")
    parser.add_argument("--memory", default="2g", help="of Spark's driver, which in local mode is all of it")
    parser.add_argument("--buckets", type=int, default=None)
    parser.add_argument("--folder", type=Path, help="keep the files there")
    parser.add_argument("--json", type=Path, help="write the results there, too")
    options = parser.parse_args(argv)
    warnings.simplefilter("ignore")
    result: dict[str, Any] = {"machine": machine(), "articles": options.articles}
    for name, value in result["machine"].items():
        print(f"{name}: {value}")
    with tempfile.TemporaryDirectory() as held:
        folder = options.folder or Path(held)
        folder.mkdir(parents=True, exist_ok=True)
        made = list(articles(options.articles))
        size = sum(len(one.text) for one in made) / 1e6
        pd.DataFrame([{name: getattr(one, name) for name in one.__slots__} for one in made]).to_parquet(
            folder / "articles.parquet", row_group_size=max(options.articles // 64, 100)
        )
        print(f"{options.articles:,} articles, {size:.1f} MB of text", flush=True)
        seconds: dict[str, float] = {}
        alone, seconds["extract, 1 process"] = timed(lambda: list(extract_many(made, workers=1)))
        rows = [one for read in alone for one in read.figures]
        _, seconds[f"extract, {cores()} processes"] = timed(lambda: sum(1 for _ in extract_many(made)))
        table, seconds["tabulate"] = timed(lambda: tabulate(rows))
        whole, seconds["reconcile, 1 process"] = timed(lambda: reconcile(table))
        show(seconds)
        session, seconds["Spark, start"] = timed(
            lambda: open_session(options.master, {"spark.driver.memory": options.memory})
        )
        read, compared = str(folder / "read"), str(folder / "compared")
        _, seconds["Spark, extract"] = timed(
            lambda: extract_archive(session, [str(folder / "articles.parquet")], read, partitions=16 * cores())
        )
        done, seconds["Spark, reconcile"] = timed(
            lambda: reconcile_archive(session, read, compared, buckets=options.buckets)
        )
        session.stop()
        show(seconds)
        same = {
            "figures": read_table([Path(read, "figures.parquet")]).equals(table),
            "final events and origins": read_table([Path(compared, "figures.parquet")]).equals(whole.table),
            "conflicts": [one[0] for one in ask("SELECT conflict_id FROM conflicts", [compared]).rows]
            == [one.conflict_id for one in whole.conflicts],
            "explanations": [one[0] for one in ask("SELECT explanation FROM conflicts", [compared]).rows]
            == [conflict_row(one)["explanation"] for one in whole.conflicts],
        }
        disk = sum(one.stat().st_size for one in Path(compared, "figures.parquet").rglob("*.parquet"))
    result |= {
        "MB": size, "figures": len(table), "conflicts": len(whole.conflicts), "seconds": seconds, "same": same,
        "bytes a figure in Parquet": disk / max(len(table), 1),
        "peak MB of this process": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip
    print(f"{len(table):,} figures, {len(whole.conflicts):,} conflicts here, {done.conflicts:,} by Spark")
    for name, one in same.items():
        print(f"same {name}: {'yes' if one else 'NO'}")
    print(f"{result['bytes a figure in Parquet']:.0f} bytes a figure in Parquet")
    both = seconds[f"extract, {cores()} processes"]
    print(
        f"overhead of extract: × {seconds['Spark, extract'] / both:.2f}, of reconcile: "
        f"× {seconds['Spark, reconcile'] / seconds['reconcile, 1 process']:.2f} of one process"
    )
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0 if all(same.values()) else 1


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    return work(), time.perf_counter() - start


_shown: set[str] = set()


def show(seconds: dict[str, float]) -> None:
    for name, one in seconds.items():
        if name not in _shown:
            _shown.add(name)
            print(f"{name:28}{one:10.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
