"""How each step of comparing grows with the archive.

Usage: python -m benchmarks.spark.growth [--rows 10000 100000 1000000] [--json FILE]

CPU seconds of one process for each step over the made-up archive of benchmarks.scale, and the exponent fitted through
them: 1.0 grows with the number of figures. Other work on the machine costs wall time, and some CPU time too.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.extraction.__main__ import machine
from benchmarks.scale.made_up import make_archive
from figures.lexicon import default_lexicon
from figures.reconcile.comparable import Knowledge
from figures.reconcile.conflicts import find_conflicts
from figures.reconcile.events import assign_events
from figures.reconcile.latest import latest_of
from figures.reconcile.origins import assign_origins
from figures.reconcile.sweep import Sheet, clashing_pairs, lead_pairs, swapped_pairs, transposed_pairs, whole_pairs
from figures.table import flat

PAIRS = (clashing_pairs, whole_pairs, swapped_pairs, transposed_pairs, lead_pairs)

# Of every series at once, which a store keeps up to date instead: minutes beyond this.
MOST_SERIES = 100_000


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spark.growth")
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(argv)
    warnings.simplefilter("ignore")
    for name, value in machine().items():
        print(f"{name}: {value}")
    found: dict[str, list[float]] = {}
    sizes: list[int] = []
    for rows in options.rows:
        sizes.append(rows)
        for name, seconds in steps(rows):
            found.setdefault(name, []).append(seconds)
            print(f"{rows:12,} {name:28}{seconds:10.2f} CPU s", flush=True)
        print(
            f"{'':12} at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.2f} GiB so far", flush=True
        )
        if options.json:
            options.json.write_text(json.dumps({"rows": sizes, "seconds": found}, indent=1), encoding="utf-8")
    for name, seconds in found.items():
        if len(seconds) > 1 and min(seconds) > 0:
            slope = np.polyfit(np.log(sizes[: len(seconds)]), np.log(seconds), 1)[0]
            print(f"{name:28} grows with n^{slope:.2f}")
    return 0


def steps(rows: int) -> Iterator[tuple[str, float]]:
    lexicon = default_lexicon()
    knowledge = Knowledge(lexicon)
    table = make_archive(rows, lexicon).table
    spent: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        start = time.process_time()
        done = work()
        spent[name] = time.process_time() - start
        return done

    told = timed("names of events joined", lambda: assign_events(table, lexicon))
    joined = timed("origins", lambda: assign_origins(told, lexicon))
    sheet = timed("columns to codes", lambda: Sheet.of(flat(joined), knowledge))
    timed("sweep", lambda: [make(sheet) for make in PAIRS])
    yield from spent.items()
    spent.clear()
    timed("conflicts, sweep included", lambda: find_conflicts(Sheet.of(flat(joined), knowledge), knowledge))
    yield from spent.items()
    spent.clear()
    if rows <= MOST_SERIES:
        timed("latest of every series", lambda: latest_of(joined, None, lexicon=lexicon))
    yield from spent.items()


if __name__ == "__main__":
    sys.exit(main())
