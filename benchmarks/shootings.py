"""Mass shootings as several outlets told them: tolls against a registry, conflicts across incidents (none wanted).

Usage: python -m benchmarks.shootings [FOLDER]

FOLDER (by default ``tests/gold/conflicts``) holds ``shootings.jsonl`` (articles, each figure marked with its incident),
``shootings_pairs.jsonl`` and ``registry.json`` (killed, with and without whoever did it). An incident counts as told
rightly where the latest toll of the series that most of its articles speak of is either number of the registry.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

from figures.extract import extract
from figures.lexicon import default_lexicon
from figures.model import Article
from figures.reconcile import Reconciliation, latest, reconcile
from figures.table import tabulate, to_rows

FOLDER = Path(__file__).parent.parent / "tests" / "gold" / "conflicts"
Span = tuple[str, int, int]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    articles = lines(folder / "shootings.jsonl")
    registry = json.loads((folder / "registry.json").read_text(encoding="utf-8"))
    outcome = reconcile(tabulate(read(articles)))
    told = incidents(articles, lines(folder / "shootings_pairs.jsonl"))
    across = conflicts_across(outcome, told)
    right = 0
    for name, one in registry.items():
        if one["background_only"]:
            continue
        value = toll(outcome, told, name)
        known = value in (one["killed"], one["killed_with_attacker"])
        right += known
        print(
            f"{name:<22} {one['killed']:>4} / {one['killed_with_attacker']:<4} latest {value}{'' if known else '   <'}"
        )
    print(f"right {right} of {sum(not one['background_only'] for one in registry.values())}")
    print(f"conflicts {len(outcome.conflicts)}, across incidents {len(across)}")
    for explanation in across:
        print("  ", explanation[:200])


def lines(path: Path) -> list[dict[str, Any]]:
    """The records of a file of JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def read(articles: list[dict[str, Any]]) -> list[Any]:
    """What the library reads in the articles."""
    lexicon = default_lexicon()
    found: list[Any] = []
    for one in articles:
        article = Article(
            article_id=one["article_id"], text=one["text"], outlet=one.get("outlet"), title=one.get("title") or "",
            published_at=one.get("published_at"), url=one.get("url"),
        )  # fmt: skip
        found.extend(extract(article, lexicon))
    return found


def incidents(articles: list[dict[str, Any]], pairs: list[dict[str, Any]]) -> dict[Span, str]:
    """The incident that each marked figure is told of."""
    told = {
        (one["article_id"], figure["start"], figure["end"]): figure["event"]
        for one in articles
        for figure in one["figures"]
        if figure.get("event")
    }
    for pair in pairs:
        for side in (pair["a"], pair["b"]):
            if pair.get("event") not in (None, "across"):
                told.setdefault((side["article_id"], side["start"], side["end"]), pair["event"])
    return told


def incident_of(row: dict[str, Any], told: dict[Span, str]) -> str | None:
    """The incident of the marked figure that a row of the text covers best."""
    if row["field"] != "text":
        return None
    shared = {
        span: min(span[2], row["end"]) - max(span[1], row["start"]) for span in told if span[0] == row["article_id"]
    }
    best = max(shared, key=lambda span: shared[span], default=None)
    return told[best] if best is not None and shared[best] > 0 else None


def conflicts_across(outcome: Reconciliation, told: dict[Span, str]) -> list[str]:
    """The explanations of conflicts that hold figures of two incidents against one another."""
    home = {row["figure_id"]: incident_of(row, told) for row in to_rows(outcome.table)}
    return [
        one.explanation
        for one in outcome.conflicts
        if any(
            None not in (home[a], home[b]) and home[a] != home[b]
            for camp, other in combinations(one.camps, 2)
            for a in camp
            for b in other
        )
    ]


def toll(outcome: Reconciliation, told: dict[Span, str], incident: str) -> float | None:
    """The latest number of people killed in the series that most figures of an incident belong to."""
    rows = [
        row
        for row in to_rows(outcome.table)
        if row["metric"] == "deaths" and row["population"] in (None, "people") and incident_of(row, told) == incident
    ]
    events = Counter(row["event"] for row in rows if row["event"])
    if not events:
        return None
    answers: dict[str, list[Any]] = defaultdict(list)
    for answer in to_dicts(latest(outcome.table, "deaths", event=events.most_common(1)[0][0])):
        if answer["population"] in (None, "people") or answer["population"] != answer["population"]:
            answers["toll"].append(answer)
    best = max(answers["toll"], key=lambda one: (one["articles"], one["best"] or 0), default=None)
    return None if best is None else best["best"]


def to_dicts(frame: Any) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = frame.to_dict("records")
    return records


if __name__ == "__main__":
    main()
