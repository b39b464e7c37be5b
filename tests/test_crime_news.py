"""Killed and injured in local news of crimes and accidents: sentences one by one, and whole articles against gold."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from figures.extract import extract
from figures.model import Article, Figure

HERE = Path(__file__).parent
CORPUS = tomllib.loads((HERE / "corpus/crime/victims.toml").read_text("utf-8"))
GOLD = HERE / "gold" / "crime.jsonl"
DIGEST = "486d9fd4e0fe23ffde3f86033590c5595de3d038932807ea48478a6bc60dda67"
FLOORS = {"killed": 0.96, "injured": 0.96}
METRIC = {"killed": "deaths", "injured": "injuries"}
UNSAID = frozenset(["projected", "conditional", "denied", "planned"])


def counts(figures: list[Figure], metric: str) -> list[float]:
    """The numbers of one metric that are asserted, without rates and changes."""
    told = [one for one in figures if one.metric == metric and one.modality not in UNSAID]
    return [one.low if one.value is None else one.value for one in told if one.aspect not in ("rate", "change")]


def told(figures: list[Figure], metric: str) -> float:
    """The one number that an article tells: that of the most trust together; 0 where it tells none."""
    trust: dict[float, float] = defaultdict(float)
    for one in figures:
        if one.metric == metric and one.modality not in UNSAID and one.aspect not in ("rate", "change"):
            trust[one.low if one.value is None else one.value] += one.confidence
    return max(trust, key=lambda value: trust[value]) if trust else 0.0


@cache
def articles() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in GOLD.read_text("utf-8").splitlines())


@cache
def readings() -> tuple[list[Figure], ...]:
    names = ("article_id", "outlet", "published_at", "title", "url", "text")
    return tuple(extract(Article(**{name: one[name] for name in names})) for one in articles())


EXPECTED = [(sentence, entry) for entry in CORPUS["expect"] for sentence in entry["sentences"]]


@pytest.mark.parametrize(("sentence", "entry"), EXPECTED, ids=[one[0] for one in EXPECTED])
def test_a_sentence_counts_its_victims(sentence: str, entry: dict[str, Any]) -> None:
    figures = extract(Article(text=sentence, published_at="2019-05-11"))
    for metric in ("deaths", "injuries"):
        wanted = sorted({float(one) for one in entry.get(metric, [])})
        assert sorted(set(counts(figures, metric))) == wanted, metric


@pytest.mark.parametrize("sentence", [one for entry in CORPUS["none"] for one in entry["sentences"]])
def test_what_harms_nobody_counts_nobody(sentence: str) -> None:
    figures = extract(Article(text=sentence, published_at="2019-05-11"))
    assert not any(counts(figures, "deaths") + counts(figures, "injuries"))


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_share_of_right_counts_falls_below_its_floor(name: str) -> None:
    right = [told(figures, METRIC[name]) == one[name] for one, figures in zip(articles(), readings(), strict=True)]
    assert sum(right) / len(right) >= FLOORS[name], [
        one["article_id"] for one, good in zip(articles(), right, strict=True) if not good
    ]


def test_the_gold_is_the_one_that_was_measured() -> None:
    assert hashlib.sha256(GOLD.read_bytes()).hexdigest() == DIGEST
