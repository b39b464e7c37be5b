"""Numbers that go on with a count told before, and words of another kind that say what is counted."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.braces import at_the_braces

CORPUS = tomllib.loads((Path(__file__).parent / "corpus/metrics/running.toml").read_text("utf-8"))
EXPECTED = [(sentence, entry["metric"]) for entry in CORPUS["expect"] for sentence in entry["sentences"]]
NEVER = [(sentence, entry["metric"]) for entry in CORPUS["never"] for sentence in entry["sentences"]]


@pytest.mark.parametrize(("sentence", "metric"), EXPECTED, ids=[one for one, _ in EXPECTED])
def test_the_count_that_a_number_goes_on_with(sentence: str, metric: str) -> None:
    assert metric in [one.metric for one in at_the_braces(sentence)]


@pytest.mark.parametrize(("sentence", "metric"), NEVER, ids=[one for one, _ in NEVER])
def test_another_noun_or_verb_beside_a_number_is_kept(sentence: str, metric: str) -> None:
    assert metric not in [one.metric for one in at_the_braces(sentence)]
