"""Measure extraction beside its peers, its stages, and hostile text.

Usage: python -m benchmarks.extraction [ARTICLES.jsonl …] [--rounds N] [--peers PYTHON] [--hostile-kb N] [--json FILE]

Without articles the texts of seeds/ are read. ``--peers`` names an interpreter in which more peers are installed than
in this one; quantulum3 always runs here. Nothing fails for being slow: times are for people to read.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

from benchmarks.extraction.engines import ENGINES, FIELDS
from benchmarks.extraction.hostile import grow
from benchmarks.extraction.stages import divide
from figures.ingest import read
from figures.lexicon import default_lexicon
from figures.model import Article

ROOT = Path(__file__).parents[2]
HERE = ("figures", "quantulum3")
PATIENCE = 900  # seconds for one reader


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("articles", nargs="*", type=Path, help="what `figures ingest` reads; seeds/ by default")
    parser.add_argument("--rounds", type=int, default=5, help="the best of so many counts (default 5)")
    parser.add_argument("--peers", default=sys.executable, help="interpreter that has the peers installed")
    parser.add_argument("--hostile-kb", type=int, default=100, help="size of hostile texts, then doubled; 0 leaves out")
    parser.add_argument("--json", type=Path, help="write the results there, too")
    options = parser.parse_args(argv)
    warnings.simplefilter("ignore")  # quantulum3 says at import that its classifier is not installed
    articles = [one for path in options.articles or [ROOT / "seeds"] for one in read(path)]
    result: dict[str, Any] = {"machine": machine(), "articles": len(articles), "kB": size_of(articles)}
    for name, value in result["machine"].items():
        print(f"{name}: {value}")
    print(f"text: {len(articles)} articles, {result['kB']:.0f} kB\n")
    result["readers"] = compare(articles, options.rounds, options.peers)
    result["stages"] = show_stages(articles, options.rounds)
    if options.hostile_kb:
        result["hostile"] = show_hostile(options.hostile_kb)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0


def size_of(articles: list[Article]) -> float:
    """Thousands of characters of text."""
    return sum(len(one.text) for one in articles) / 1000


def machine() -> dict[str, str]:
    """What the numbers depend on."""
    cpus = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in cpus.open() if "model name" in line] if cpus.exists() else []
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    name = names[0] if names else platform.processor() or platform.machine()
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return {
        "machine": f"{name}, {os.cpu_count()} cores, load {load}",
        "system": f"{platform.system()} {platform.machine()}, {python}",
    }


def compare(articles: list[Article], rounds: int, peers: str) -> dict[str, Any]:
    """Every reader over the same text, each in a process of its own."""
    texts = json.dumps([{name: getattr(one, name) for name in FIELDS} for one in articles])
    found: dict[str, Any] = {}
    for name in ENGINES:
        python = sys.executable if name in HERE else peers
        done = subprocess.run(
            [python, str(ROOT / "benchmarks/extraction/engines.py"), name, str(rounds)], input=texts, text=True,
            capture_output=True, timeout=PATIENCE, check=False, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        lines = done.stdout.strip().splitlines()
        found[name] = json.loads(lines[-1]) if lines else {"skipped": done.stderr.strip().splitlines()[-1:] or "died"}
    base = found["quantulum3"].get("cpu")
    print(f"{'reader':18}{'version':>9}{'CPU s':>9}{'kB per CPU s':>14}{'× quantulum3':>14}{'rows':>7}")
    for name, one in found.items():
        if "skipped" in one:
            print(f"{name:18}skipped: {one['skipped']}")
            continue
        one["kB_per_cpu_second"] = size_of(articles) / one["cpu"]
        ratio = f"{base / one['cpu']:.1f}" if base else ""
        print(
            f"{name:18}{one['version']:>9}{one['cpu']:9.3f}{one['kB_per_cpu_second']:14.1f}{ratio:>14}{one['found']:7.0f}"
        )
    return found


def show_stages(articles: list[Article], rounds: int) -> dict[str, float]:
    """Milliseconds of CPU per kB and share of each stage."""
    spent = divide(articles, default_lexicon(), rounds)
    print("\nstage               ms per kB   share")
    for name, seconds in spent.items():
        print(f"{name:18}{1000 * seconds / size_of(articles):11.2f}{seconds / spent.total():8.0%}")
    return dict(spent)


def show_hostile(kilobytes: int) -> list[dict[str, Any]]:
    """CPU seconds of every hostile pattern, and how they grow with its length."""
    print(f"\n{f'hostile, {kilobytes} kB':26}{'CPU s':>8}{'doubled':>9}{'growth':>8}{'s per MB':>10}")
    rows = []
    for one in grow(default_lexicon(), 1000 * kilobytes):
        rows.append(one)
        first, second, growth = one["seconds"], one["doubled"], one["growth"]
        print(f"{one['pattern']:26}{first:8.2f}{second:9.2f}{growth:8.1f}{500 * second / kilobytes:10.1f}", flush=True)
    return rows


if __name__ == "__main__":
    sys.exit(main())
