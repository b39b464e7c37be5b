"""Numbers that say themselves what they count, and never take what an earlier number counted instead."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tests.braces import at_the_braces

CORPUS = tomllib.loads((Path(__file__).parent / "corpus/metrics/own.toml").read_text("utf-8"))
EXPECTED = [(sentence, entry["metric"]) for entry in CORPUS["expect"] for sentence in entry["sentences"]]
NEVER = [(sentence, entry["metric"]) for entry in CORPUS["never"] for sentence in entry["sentences"]]
NOTHING = [sentence for entry in CORPUS["nothing"] for sentence in entry["sentences"]]


@pytest.mark.parametrize(("sentence", "metric"), EXPECTED, ids=[one for one, _ in EXPECTED])
def test_what_a_number_says_itself_wins(sentence: str, metric: str) -> None:
    assert metric in [one.metric for one in at_the_braces(sentence)]


@pytest.mark.parametrize(("sentence", "metric"), NEVER, ids=[one for one, _ in NEVER])
def test_an_earlier_count_lends_nothing_to_a_number_with_words_of_its_own(sentence: str, metric: str) -> None:
    assert metric not in [one.metric for one in at_the_braces(sentence)]


@pytest.mark.parametrize("sentence", NOTHING)
def test_ages_and_those_who_speak_count_nothing(sentence: str) -> None:
    assert at_the_braces(sentence) == []
