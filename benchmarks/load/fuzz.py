"""Requests that the OpenAPI document allows, and many that it does not: no answer may be an unhandled fault.

``python -m benchmarks.load fuzz --cases 10000`` spreads them over all operations.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode

from benchmarks.load.serving import served
from figures.desk import Desk
from figures.ingest import read
from figures.store import open_store

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def fill(store: Path) -> dict[str, list[str]]:
    """A store of the seed articles; the ids that paths may name."""
    with open_store(store) as kept:
        desk = Desk(kept)
        desk.ingest(one for one in read(SEEDS) if hasattr(one, "text"))
        rows = kept.figures(limit=50).rows
        return {
            "figure_id": [row["figure_id"] for row in rows],
            "conflict_id": [one.conflict.conflict_id for one in kept.conflicts()],
            "article_id": sorted({row["article_id"] for row in rows}),
            "metric": sorted({row["metric"] for row in rows}),
        }


def fuzz(base: str, ids: dict[str, list[str]], cases: int, start: int = 0) -> tuple[Counter[int], list[str]]:
    """How often each status was answered, and every fault as a line."""
    import requests

    schema = schemathesis.openapi.from_url(f"{base}/openapi.json")
    operations = [one.ok() for one in schema.get_all_operations()]
    each = max(2, -(-cases // len(operations)))
    statuses: Counter[int] = Counter()
    faults: list[str] = []
    session = requests.Session()
    for operation in operations:
        for mode, share in ((GenerationMode.POSITIVE, 0.6), (GenerationMode.NEGATIVE, 0.4)):
            number = 0

            @seed(start)
            @settings(
                max_examples=max(1, round(each * share)),
                database=None,
                deadline=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy(generation_mode=mode))
            def ask(case: Any) -> None:
                nonlocal number
                number += 1
                for name, known in ids.items():
                    # Every other case is about something that is there.
                    if known and number % 2 and name in (case.path_parameters or {}):
                        case.path_parameters[name] = known[number % len(known)]
                    if known and number % 2 and case.query and name in case.query:
                        case.query[name] = known[number % len(known)]
                answer = case.call(base_url=base, session=session, timeout=60)
                statuses[answer.status_code] += 1
                if answer.status_code >= 500:
                    faults.append(case.as_curl_command())

            try:
                ask()
            except Exception as error:  # a case that cannot be sent or made at all is not the server's fault
                if "Unsatisfiable" not in type(error).__name__:
                    faults.append(f"{operation.label}: {type(error).__name__}: {error}"[:500])
    return statuses, faults


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "desk.db"
        ids = fill(store)
        began = time.monotonic()
        with served(store, log=Path(folder) / "log") as (base, _):
            statuses, faults, start = Counter[int](), [], asked.seed
            # Paths that take little run out of different requests; the others make up for them.
            while sum(statuses.values()) < asked.cases and start < asked.seed + 10:
                more, found = fuzz(base, ids, asked.cases - sum(statuses.values()), start)
                statuses, faults, start = statuses + more, faults + found, start + 1
        log = [json.loads(line) for line in (Path(folder) / "log").read_text().splitlines() if line.startswith("{")]
    traces = Counter((one.get("error"), (one.get("trace") or [""])[-1]) for one in log if one.get("error"))
    print(f"{sum(statuses.values()):,} cases in {time.monotonic() - began:.0f} s: {dict(sorted(statuses.items()))}")
    print(f"unhandled faults: {len(faults)}")
    for line in dict.fromkeys(faults[:20]):
        print(" ", line)
    for (error, where), times in traces.most_common(20):
        print(f"  {times} × {error} at {where}")
    return 1 if faults else 0
