"""Every named peer beside us in one run: what each takes for its own work on the same input, and the ratios.

Usage: python -m benchmarks.peers [ARTICLES.jsonl …] [--rounds N] [--rows N] [--peers PYTHON] [--instructions]
                                  [--json FILE]

Reading: quantulum3, Recognizers-Text, CQE and Duckling over the same texts (benchmarks.extraction says what each does).
Comparing: the columns of a made-up table of ``--rows`` figures to pairs worth a judgement, beside Polars and DuckDB,
which sort and sweep the same columns; one thread each. A peer that is not installed or does not start is named with the
reason. ``--instructions`` counts instructions of our own hot loops, by perf where the machine counts them, else by
callgrind, which takes minutes; of each count an idle run, which only imports, is taken off.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["POLARS_MAX_THREADS"] = "1"

from benchmarks.extraction.__main__ import ROOT, compare, machine, size_of
from benchmarks.sweep.__main__ import made_up, with_polars
from figures.ingest import read
from figures.lexicon import default_lexicon
from figures.reconcile.comparable import Knowledge
from figures.reconcile.sweep import Sheet, clashing_pairs, lead_pairs, swapped_pairs, transposed_pairs, whole_pairs

SWEPT = """
SELECT count(*) FROM (
  SELECT lo, hi, min(hi) OVER w AS least, max(lo) OVER w AS most
  FROM (SELECT *, low - margin AS lo, high + margin AS hi FROM (
    SELECT metric, unit, event, as_of, low, high, CASE WHEN abs(value) >= 100 AND "precision" > 1
      THEN least("precision" / 2, abs(value) / 10) ELSE 0 END AS margin FROM columns))
  WINDOW w AS (PARTITION BY metric, unit, event ORDER BY as_of ROWS UNBOUNDED PRECEDING))
WHERE lo > least OR hi < most
"""


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("articles", nargs="*", type=Path, help="what `figures ingest` reads; seeds/ by default")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--peers", default=sys.executable, help="interpreter that has the readers installed")
    parser.add_argument("--instructions", action="store_true")
    parser.add_argument("--json", type=Path, help="write the results there, too")
    options = parser.parse_args(argv)
    warnings.simplefilter("ignore")
    result: dict[str, Any] = {"machine": machine()}
    for name, value in result["machine"].items():
        print(f"{name}: {value}")
    articles = [one for path in options.articles or [ROOT / "seeds"] for one in read(path)]
    print(f"\nReading {len(articles)} articles, {size_of(articles):.0f} kB")
    result["reading"] = compare(articles, options.rounds, options.peers)
    result["comparing"] = show_comparing(options.rows)
    if options.instructions:
        result["instructions"] = show_instructions()
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


def show_comparing(rows: int) -> dict[str, Any]:
    """CPU seconds of each on the same columns, and how many times Figures' own they are."""
    table = made_up(rows)
    knowledge = Knowledge(default_lexicon())
    print(f"\nComparing {rows:,} figures, one thread")
    found: dict[str, Any] = {}
    for name, work in {
        "Figures": lambda: with_us(table, knowledge),
        "Polars": lambda: with_polars(table),
        "DuckDB": lambda: with_duckdb(table),
    }.items():
        try:
            seconds, version, count = best(work)
        except ImportError as error:
            found[name] = {"skipped": f"not installed here ({error})"}
            print(f"{name:18}skipped: {found[name]['skipped']}")
            continue
        found[name] = {"version": version, "cpu": seconds, "found": count}
        ratio = found["Figures"]["cpu"] / seconds
        print(f"{name:18}{version:>16}{seconds:9.3f} s{count:12,} found   Figures takes × {ratio:.1f}", flush=True)
    return found


def best(work: Callable[[], tuple[float, str, int]], rounds: int = 3) -> tuple[float, str, int]:
    return min((work() for _ in range(rounds)), key=lambda one: one[0])


def with_us(table: Any, knowledge: Knowledge) -> tuple[float, str, int]:
    from figures import __version__

    start = time.process_time()
    sheet = Sheet.of(table, knowledge)
    makers = (clashing_pairs, whole_pairs, swapped_pairs, transposed_pairs, lead_pairs)
    pairs = sum(len(make(sheet)[0]) for make in makers)
    return time.process_time() - start, f"Figures {__version__}", pairs


def with_duckdb(table: Any) -> tuple[float, str, int]:
    import duckdb

    columns = table[["metric", "unit", "event", "value", "low", "high", "precision", "as_of"]]
    connection = duckdb.connect(":memory:", config={"threads": 1})
    connection.register("given", columns.astype(dict.fromkeys(("metric", "unit", "event"), object)))
    # Into its own columns first, as Polars has them when its clock starts.
    connection.execute("CREATE TABLE columns AS SELECT * FROM given")
    start = time.process_time()
    found = connection.execute(SWEPT).fetchall()[0][0]
    seconds = time.process_time() - start
    connection.close()
    return seconds, f"DuckDB {duckdb.__version__}", int(found)


LOOPS = {
    "idle": "",
    "reading the seeds": "[extract(one, lexicon) for one in articles]",
    "comparing the seeds": "reconcile(table, lexicon)",
}
PREPARED = """
import warnings; warnings.simplefilter("ignore")
from figures.extract import extract
from figures.ingest import read_all
from figures.lexicon import default_lexicon
from figures.reconcile import reconcile
from figures.table import tabulate
lexicon = default_lexicon()
articles = list(read_all([{seeds!r}], on_skip=lambda _: None))
table = tabulate(figure for one in articles for figure in extract(one, lexicon))
{loop}
"""


def show_instructions() -> dict[str, Any]:
    """Instructions of one pass over each hot loop, once everything is warm."""
    counter = _perf if _counts_in_hardware() else _callgrind if shutil.which("valgrind") else None
    if counter is None:
        print("\ninstructions: neither perf nor valgrind counts them here")
        return {}
    print(f"\nInstructions, by {counter.__name__.strip('_')}")
    found: dict[str, Any] = {}
    for name, loop in LOOPS.items():
        found[name] = counter(PREPARED.format(seeds=str(ROOT / "seeds"), loop=loop))
        net = (found[name] - found["idle"]) / 1e6
        own = f"{net:12,.0f} of its own" if loop else ""
        print(f"{name:22}{found[name] / 1e6:12,.0f} million{own}", flush=True)
    return found


def _counts_in_hardware() -> bool:
    if shutil.which("perf") is None:
        return False
    done = subprocess.run(
        ["perf", "stat", "-x,", "-e", "instructions:u", "true"], capture_output=True, text=True, check=False
    )
    return done.returncode == 0 and "not supported" not in done.stderr


def _perf(code: str) -> int:
    done = _run(["perf", "stat", "-x,", "-e", "instructions:u", sys.executable, "-c", code])
    return int(done.strip().splitlines()[-1].split(",")[0])


def _callgrind(code: str) -> int:
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", sys.executable, "-c", code]
    return int(re.findall(r"Collected : (\d+)", _run(command))[-1])


def _run(command: list[str]) -> str:
    # One order of hashing, so that the same work is counted each time.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=ROOT).stderr


if __name__ == "__main__":
    sys.exit(main())
