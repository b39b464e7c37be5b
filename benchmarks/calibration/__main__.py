"""Measure ``confidence`` against gold, and fit its weights anew.

``python -m benchmarks.calibration`` prints a reliability table: rows by confidence, and how many of each were right.
Weights come from a ridge-penalised logistic regression over all gold of the project, with a level of its own for each
file: what a sign is worth is learned from all of it, how sure to be from the file that no rule of reading was written
with in view (``kept.jsonl``). The table of the fit is of that file, leaving out one tenth of its articles at a time, so
that no row is judged by weights that saw its article. Other gold files of the same format may be named; they are judged
with the packaged weights. ``--write`` writes the weights.

A row is right when its number is in the gold and metric, population, source and place, where judged, are right; a row
that no gold figure asks for is wrong; optional ones are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np

from figures.extract import extract
from figures.lexicon import Lexicon, default_lexicon
from figures.lexicon.confidence import ConfidenceLexicon
from figures.model import Article

ROOT: Final = Path(__file__).resolve().parents[2]
KEPT: Final = ROOT / "tests/gold/figures/kept.jsonl"
GOLD: Final = (*(KEPT.with_name(f"{name}.jsonl") for name in ("open", "second", "third", "fourth", "fifth")), KEPT)
JUDGED: Final = ("metric", "population", "source", "place")
FOLDS: Final = 10
RIDGE: Final = 2.0  # of the penalty on each weight: a sign seen ten times moves little
LEVEL: Final = "file: "
LEAST: Final = 8  # rows that must show a sign before it gets a weight
EDGES: Final = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


class Recorder(ConfidenceLexicon):
    """Notes the signs of each row and hands out their number instead of a confidence."""

    __slots__ = ("seen",)

    def __init__(self, of: ConfidenceLexicon) -> None:
        super().__init__(
            intercept=of.intercept, ceiling=of.ceiling, definite_victim=of.definite_victim, weights=of.weights
        )
        object.__setattr__(self, "seen", [])

    def probability(self, signs: Iterable[str]) -> float:
        self.seen.append(tuple(signs))
        return float(len(self.seen) - 1)


@dataclass(frozen=True, slots=True)
class Case:
    """One row: its article, its signs, whether it was right."""

    article: str
    signs: tuple[str, ...]
    right: bool


def cases(paths: Sequence[Path], lexicon: Lexicon) -> list[Case]:
    """The rows of gold articles, judged."""
    sys.path.insert(0, str(ROOT / "tests/gold"))
    import scoring

    recorder = Recorder(lexicon.confidence)
    reading = replace(lexicon, confidence=recorder)
    names = ("article_id", "text", "outlet", "published_at", "url")
    found = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            article: dict[str, Any] = json.loads(line)
            of = Article(**{name: article.get(name) for name in names}, title=article.get("title") or "")
            rows = [one.to_row() for one in extract(of, reading)]
            for row, right in judged(article, [row for row in rows if row["field"] == "text"], scoring):
                level = () if path == KEPT else (f"{LEVEL}{path.stem}",)
                found.append(Case(article["article_id"], (*recorder.seen[int(row["confidence"])], *level), right))
    return found


def judged(
    article: Mapping[str, Any], rows: list[dict[str, Any]], scoring: Any
) -> Iterable[tuple[dict[str, Any], bool]]:
    """Each row with whether it is right; rows over optional figures are left out."""
    free = list(rows)
    for gold in sorted(article["figures"], key=lambda one: bool(one.get("optional"))):
        near = [row for row in free if scoring.overlap(gold, row)]
        same = [row for row in near if scoring.same_number(gold, row)]
        taken = max(same, key=lambda row: scoring.agreement(gold, row), default=None)
        if gold.get("optional"):
            free = [row for row in free if not any(row is one for one in near)]
        elif taken is not None:
            free = [row for row in free if row is not taken]
            yield taken, all(scoring.accepts(gold[name], taken.get(name)) for name in JUDGED if name in gold)
    for row in free:
        if not any(scoring.overlap(gold, row) and scoring.same_number(gold, row) for gold in article["figures"]):
            yield row, False


def fit(rows: Sequence[Case]) -> tuple[float, dict[str, float]]:
    """Intercept, of the kept file, and weights, by Newton's method on the penalised likelihood."""
    counts = Counter(sign for one in rows for sign in one.signs)
    signs = sorted(sign for sign, count in counts.items() if count >= LEAST)
    matrix = np.array([[1.0, *(float(sign in one.signs) for sign in signs)] for one in rows])
    right = np.array([float(one.right) for one in rows])
    penalty = np.diag([1e-6, *(1e-6 if sign.startswith(LEVEL) else RIDGE for sign in signs)])
    weights = np.zeros(len(signs) + 1)
    for _ in range(50):
        expected = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (right - expected) - penalty @ weights
        bend = (matrix * (expected * (1 - expected))[:, None]).T @ matrix + penalty
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-8:
            break
    found = {sign: round(float(one), 3) for sign, one in zip(signs, weights[1:], strict=True)}
    return float(weights[0]), {sign: one for sign, one in found.items() if not sign.startswith(LEVEL)}


def left_out(rows: Sequence[Case], others: Sequence[Case], like: ConfidenceLexicon) -> list[float]:
    """The confidence of each row under weights that did not see its article; ``others`` are always seen."""
    articles = sorted({one.article for one in rows})
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    told = [0.0] * len(rows)
    for number in range(FOLDS):
        intercept, weights = fit([*others, *(one for one in rows if fold[one.article] != number)])
        lexicon = replace(like, intercept=intercept, weights=weights)
        for position, one in enumerate(rows):
            if fold[one.article] == number:
                told[position] = lexicon.probability(one.signs)
    return told


def reliability(title: str, rows: Sequence[Case], told: Sequence[float]) -> None:
    """Print rows by confidence: how sure they were on average, and how many were right."""
    sure, right = np.array(told), np.array([float(one.right) for one in rows])
    print(f"\n{title}: {len(rows)} rows, {right.mean():.3f} right, {sure.mean():.3f} expected")
    print("  confidence      rows   expected   right")
    error = 0.0
    for low, high in pairwise(EDGES):
        held = (sure >= low) & (sure < high)
        if held.any():
            error += held.sum() * abs(sure[held].mean() - right[held].mean())
            means = f"{sure[held].mean():>8.3f}{right[held].mean():>8.3f}"
            print(f"  {low:.1f}-{min(high, 1.0):.1f}    {held.sum():>8}   {means}")
    print(f"  expected calibration error {error / len(rows):.3f}, Brier score {((sure - right) ** 2).mean():.3f}")


def write(intercept: float, weights: Mapping[str, float]) -> None:
    """Replace the weights of the packaged file, keeping its head."""
    path = Path(str(resources.files("figures.lexicon") / "data" / "confidence.toml"))
    head = path.read_text(encoding="utf-8").split("intercept =")[0]
    lines = [f'"{sign}" = {weight}' for sign, weight in sorted(weights.items())]
    path.write_text(f"{head}intercept = {intercept:.3f}\n\n[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Print the tables; write the weights where asked."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("gold", nargs="*", type=Path, help="other gold to judge the packaged weights on")
    parser.add_argument("--write", action="store_true", help="fit on all gold of the project and write the weights")
    options = parser.parse_args()
    lexicon = default_lexicon()
    rows = cases([KEPT], lexicon)
    others = cases([one for one in GOLD if one != KEPT], lexicon)
    reliability(
        "kept.jsonl, weights fitted without the row's article", rows, left_out(rows, others, lexicon.confidence)
    )
    packaged = lexicon.confidence
    if options.write:
        intercept, weights = fit([*others, *rows])
        write(intercept, weights)
        packaged = replace(packaged, intercept=intercept, weights=weights)
    reliability("kept.jsonl, packaged weights", rows, [packaged.probability(one.signs) for one in rows])
    told = [packaged.probability(one.signs) for one in others]
    reliability("The files that rules were developed on, packaged weights", others, told)
    for path in options.gold:
        named = cases([path], lexicon)
        reliability(f"{path.name}, packaged weights", named, [packaged.probability(one.signs) for one in named])


if __name__ == "__main__":
    main()
