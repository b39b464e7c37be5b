"""The whole comparison of a made-up archive of N figures in one process, its texts left on disk.

Usage: python -m benchmarks.sweep.whole [--rows 1000000 10000000] [--folder DIR]

For each size the archive of ``benchmarks.scale`` is written as Parquet by a process of its own, so that memory is that
of comparing alone, and then compared as `figures conflicts FILE.parquet` does. Of each step: processor seconds; memory
of the process's own at its most (what is mapped from files the system takes back when it needs it) and, beside it,
with the pages of mapped files that happen to be there. At the end planted conflicts found, anything else found, and
growth from the first size to the last.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.scale.__main__ import tell_planted
from benchmarks.scale.made_up import Archive, Planted, write_archive
from figures.lexicon import default_lexicon
from figures.query import map_table
from figures.reconcile.comparable import Knowledge
from figures.reconcile.conflicts import find_conflicts
from figures.reconcile.events import assign_events
from figures.reconcile.origins import assign_origins
from figures.reconcile.sheet import Sheet


def main() -> None:
    arguments = argparse.ArgumentParser(description="the whole comparison at scale")
    arguments.add_argument("--rows", type=int, nargs="+", default=[1_000_000])
    arguments.add_argument("--folder", type=Path, help="for the archive and its texts; by default a temporary one")
    options = arguments.parse_args()
    took = []
    for rows in options.rows:
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            file = Path(folder) / "figures.parquet"
            # A process that made ten million figures would keep their memory.
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                planted = pool.apply(written, (rows, file))
            took.append(compared(file, planted))
    if len(took) > 1:
        print(f"growth      x {took[-1] / took[0]:.1f} for x {options.rows[-1] / options.rows[0]:g} as many figures")


def written(rows: int, file: Path) -> tuple[Planted, ...]:
    """Write the archive; what is planted in it."""
    return write_archive(rows, default_lexicon(), file)


def compared(file: Path, planted: tuple[Planted, ...]) -> float:
    """Compare everything, step by step; processor seconds of all steps but the mapping."""
    lexicon = default_lexicon()
    knowledge = Knowledge(lexicon)
    watch = Watch()
    table = watch.time("map", map_table, [file], file.parent)
    watch.total = 0.0
    table = watch.time("events", assign_events, table, lexicon)
    table = watch.time("origins", assign_origins, table, lexicon)
    sheet = watch.time("arrays", Sheet.of, table, knowledge)
    conflicts, _ = watch.time("judge", find_conflicts, sheet, knowledge)
    print(f"reconcile   {watch.total:10.2f} s, {1e6 * watch.total / len(table):.0f} us a figure of {len(table):,}")
    tell_planted(Archive(table=table, articles=pd.DataFrame(), planted=planted), tuple(conflicts))
    return watch.total


class Watch:
    """Processor seconds, and memory at its most, looked at twenty times a second."""

    def __init__(self) -> None:
        self.total = 0.0
        self._own = self._all = 0.0
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while True:
            own, mapped = memory()
            self._own, self._all = max(self._own, own), max(self._all, own + mapped)
            time.sleep(0.05)

    def time(self, name: str, verb: Callable[..., Any], *arguments: Any) -> Any:
        self._own = self._all = 0.0
        start = time.process_time()
        found = verb(*arguments)
        took = time.process_time() - start
        self.total += took
        print(
            f"{name:<12}{took:10.2f} s, {self._own:.2f} GiB of its own, {self._all:.2f} with mapped files, "
            f"load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        return found


def memory() -> tuple[float, float]:
    """GiB of this process: its own, and pages of mapped files."""
    lines = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
    own, mapped = (int(lines[name].split()[0]) / 2**20 for name in ("RssAnon", "RssFile"))
    return own, mapped


if __name__ == "__main__":
    main()
