"""How many of the clashes between real-looking reports are found, and what is claimed wrongly: floors that hold.

The sets were written and judged by people who had not read the rules: eight events by four outlets each (``reports``,
``second``, ``third``), twelve shootings and like attacks by three (``shootings``, ``incidents``). Each is compared
twice: from the marked figures, which is what comparing is worth, and from our own reading, which is what a reader
gets. The number that counts is that of judgements: one dispute, however often it is printed, counts once.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations, product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from figures.lexicon import default_lexicon
from figures.reconcile import Knowledge, Reconciliation, Sheet, find_conflicts, reconcile
from figures.reconcile.origins import assign_origins
from figures.table import tabulate, to_rows

ROOT = Path(__file__).parent.parent
GOLD = ROOT / "tests" / "gold" / "conflicts"
Span = tuple[str, int, int]

# The least that must be found and the most that may be claimed wrongly; how many judgements there are of either is in
# ``tests/gold/README.md``.
FROM_GOLD = {"reports": (34, 0), "shootings": (12, 2), "second": (32, 1), "third": (34, 28), "incidents": (20, 13)}
FROM_TEXT = {"reports": (16, 3), "shootings": (3, 2), "second": (19, 1), "third": (20, 16), "incidents": (5, 5)}


def _program(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"gold_{name}", ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


adapter = _program("conflicts_from_gold")
shootings = _program("shootings")


@cache
def gold(name: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    return shootings.lines(GOLD / f"{name}.jsonl"), shootings.lines(GOLD / f"{name}_pairs.jsonl")


@cache
def from_text(name: str) -> Reconciliation:
    return reconcile(tabulate(shootings.read(gold(name)[0])))


@cache
def from_gold(name: str) -> Reconciliation:
    lexicon = default_lexicon()
    table = assign_origins(tabulate(adapter.gold_rows(*gold(name))), lexicon)
    knowledge = Knowledge(lexicon)
    conflicts, uncompared = find_conflicts(Sheet.of(table, knowledge), knowledge)
    return Reconciliation(table=table, conflicts=tuple(conflicts), uncompared=tuple(uncompared))


def judged(name: str, outcome: Reconciliation) -> tuple[int, int]:
    """Judgements of conflict that were found, and judgements of consistency that were called a conflict."""
    pairs = gold(name)[1]
    spans = {(side["article_id"], side["start"], side["end"]) for pair in pairs for side in (pair["a"], pair["b"])}
    by_article: dict[str, list[Span]] = defaultdict(list)
    for span in sorted(spans):
        by_article[span[0]].append(span)
    home = {row["figure_id"]: covered(row, by_article[row["article_id"]]) for row in to_rows(outcome.table)}
    told: set[frozenset[Span | None]] = set()
    for conflict in outcome.conflicts:
        for camp, other in combinations(conflict.camps, 2):
            told.update(frozenset((home[a], home[b])) for a, b in product(camp, other))
    seen: dict[tuple[str, str], bool] = defaultdict(bool)
    for at, pair in enumerate(pairs):
        ends = frozenset((side["article_id"], side["start"], side["end"]) for side in (pair["a"], pair["b"]))
        key = json.dumps(pair["judgement"], sort_keys=True) if pair.get("judgement") is not None else str(at)
        seen[pair["verdict"], key] |= ends in told
    return _count(seen, "conflict"), _count(seen, "consistent")


def covered(row: Mapping[str, Any], spans: Iterable[Span]) -> Span | None:
    """Of the marked spans the one that a row of the text shares most with."""
    if row["field"] != "text":
        return None
    shared = {one: min(one[2], row["end"]) - max(one[1], row["start"]) for one in spans}
    best = max(shared, key=lambda one: shared[one], default=None)
    return best if best is not None and shared[best] > 0 else None


def _count(seen: Mapping[tuple[str, str], bool], verdict: str) -> int:
    return sum(found for (said, _), found in seen.items() if said == verdict)


@pytest.mark.parametrize("name", FROM_GOLD)
def test_comparing_finds_what_is_in_the_figures(name: str) -> None:
    found, wrong = judged(name, from_gold(name))
    assert found >= FROM_GOLD[name][0]
    assert wrong <= FROM_GOLD[name][1]


@pytest.mark.parametrize("name", FROM_TEXT)
def test_reading_and_comparing_find_what_is_in_the_texts(name: str) -> None:
    found, wrong = judged(name, from_text(name))
    assert found >= FROM_TEXT[name][0]
    assert wrong <= FROM_TEXT[name][1]


@pytest.mark.parametrize("outcome", [from_gold, from_text])
def test_no_conflict_holds_two_incidents_against_one_another(outcome: Any) -> None:
    assert shootings.conflicts_across(outcome("shootings"), shootings.incidents(*gold("shootings"))) == []


def test_the_latest_toll_of_an_incident_is_the_registrys_with_or_without_whoever_did_it() -> None:
    registry = json.loads((GOLD / "registry.json").read_text(encoding="utf-8"))
    told = shootings.incidents(*gold("shootings"))
    right = [
        name
        for name, one in registry.items()
        if not one["background_only"]
        and shootings.toll(from_text("shootings"), told, name) in (one["killed"], one["killed_with_attacker"])
    ]
    assert len(right) >= 5, right
