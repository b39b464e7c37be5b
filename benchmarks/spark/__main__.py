"""Read and compare made-up articles on one laptop and by Spark, and hold one against the other row for row.

Usage: python -m benchmarks.spark [--articles 100000] [--kill] [--sample 4000] [--master local[2,4]] [--memory 2g]
       [--folder DIR] [--json FILE]

Seconds on the clock and of the processor, with the machine's load at the end of each step: a sample in one process
and in one a core (what `figures ingest` does); all of it in one a core; all of it by Spark. Comparing is one process
against Spark. Overhead is Spark's time over that. With ``--kill`` a worker at work is killed once in each job.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final, TypeVar

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

T = TypeVar("T")
# Clock ticks of processor time after which a worker is in the midst of something.
_AT_WORK: Final = 500


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.spark", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--sample", type=int, default=4_000, help="of them read by one process, too")
    parser.add_argument("--master", default=f"local[{cores()},4]")
    parser.add_argument("--memory", default="2g", help="of Spark's driver, which in local mode is all of it")
    parser.add_argument("--buckets", type=int, default=None)
    parser.add_argument("--kill", action="store_true", help="kill a worker in the midst of each job of Spark's")
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
        watch = Watch()
        few = made[: options.sample]
        watch.time(f"read {len(few):,}, 1 process", lambda: sum(1 for _ in extract_many(few, workers=1)))
        watch.time(f"read {len(few):,}, {cores()} processes", lambda: sum(1 for _ in extract_many(few)))
        here, there = f"read, {cores()} processes", "read, Spark"
        table = watch.time(here, lambda: tabulate(one for read in extract_many(made) for one in read.figures))
        whole = watch.time("compare, 1 process", lambda: reconcile(table))
        session = watch.time(
            "Spark, start", lambda: open_session(options.master, {"spark.driver.memory": options.memory})
        )
        read, compared = str(folder / "read"), str(folder / "compared")
        with killer(options.kill) as killed:
            watch.time(
                there,
                lambda: extract_archive(session, [str(folder / "articles.parquet")], read, partitions=16 * cores()),
            )
        with killer(options.kill) as killed_too:
            done = watch.time(
                "compare, Spark", lambda: reconcile_archive(session, read, compared, buckets=options.buckets)
            )
        session.stop()
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
        "MB": size, "figures": len(table), "conflicts": len(whole.conflicts), "wall": watch.wall, "cpu": watch.cpu,
        "same": same, "killed": len(killed) + len(killed_too), "bytes a figure in Parquet": disk / max(len(table), 1),
        "peak MB of this process": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }  # fmt: skip
    print(f"{len(table):,} figures, {len(whole.conflicts):,} conflicts here, {done.conflicts:,} by Spark")
    if options.kill:
        print(f"workers killed: {len(killed)} while reading, {len(killed_too)} while comparing")
    for name, one in same.items():
        print(f"same {name}: {'yes' if one else 'NO'}")
    print(f"{result['bytes a figure in Parquet']:.0f} bytes a figure in Parquet")
    for name, alone, spread in (("reading", here, there), ("comparing", "compare, 1 process", "compare, Spark")):
        print(
            f"overhead of {name}: x {watch.cpu[spread] / watch.cpu[alone]:.2f} of processor time, "
            f"x {watch.wall[spread] / watch.wall[alone]:.2f} on the clock"
        )
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0 if all(same.values()) else 1


class Watch:
    """Seconds on the clock and of the processor, those of all processes below this one included.

    Looked at every half second: of a process that ends unwaited for, as Spark's workers do, what it took until then.
    """

    def __init__(self) -> None:
        self.wall: dict[str, float] = {}
        self.cpu: dict[str, float] = {}
        self._ticks: dict[tuple[int, str], int] = {}
        self._looking = threading.Lock()
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while True:
            self._seconds()
            time.sleep(0.5)

    def _seconds(self) -> float:
        """Processor seconds so far of every process that was ever seen."""
        with self._looking:
            for one in (os.getpid(), *below(os.getpid())):
                with suppress(OSError, IndexError):
                    # The name in brackets may hold blanks; a number is given anew, but not with the same start.
                    after = Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                    self._ticks[one, after[19]] = sum(map(int, after[11:13]))
            return sum(self._ticks.values()) / os.sysconf("SC_CLK_TCK")

    def time(self, name: str, work: Callable[[], T]) -> T:
        """Do it, and print what it took and how busy the machine was at the end."""
        wall, cpu = time.perf_counter(), self._seconds()
        out = work()
        self.wall[name], self.cpu[name] = time.perf_counter() - wall, self._seconds() - cpu
        print(
            f"{name:26}{self.wall[name]:10.1f} s on the clock{self.cpu[name]:10.1f} s of processor time, "
            f"load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        return out


def below(process: int) -> list[int]:
    """The processes that one started, and those that they started."""
    parents: dict[int, list[int]] = {}
    for one in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            after = (one / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            parents.setdefault(int(after[1]), []).append(int(one.name))
    out, ahead = [], [process]
    while ahead:
        some = parents.get(ahead.pop(), [])
        out.extend(some)
        ahead.extend(some)
    return out


@contextmanager
def killer(wanted: bool) -> Iterator[list[int]]:
    """Meanwhile kill one of Spark's own workers below this process that is at work; which, if any."""
    killed: list[int] = []
    over = threading.Event()

    def hunt() -> None:
        while not over.wait(1.0):
            for one in below(os.getpid()):
                with suppress(OSError):
                    words = Path(f"/proc/{one}/cmdline").read_bytes()
                    state = Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                    # The daemon forks its workers; a worker has the daemon's command line and the daemon above it.
                    above = Path(f"/proc/{state[1]}/cmdline").read_bytes()
                    if b"pyspark.daemon" in words and b"pyspark.daemon" in above and int(state[11]) > _AT_WORK:
                        os.kill(one, signal.SIGKILL)
                        killed.append(one)
                        return

    thread = threading.Thread(target=hunt, daemon=True)
    if wanted:
        thread.start()
    try:
        yield killed
    finally:
        over.set()
        if wanted:
            thread.join()


if __name__ == "__main__":
    sys.exit(main())
