"""What numbers count in many kinds of news, victims told without a number, and headlines that leave words out."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from figures.extract.types import Reading
from tests.braces import at_the_braces, readings

FOLDER = Path(__file__).parent / "corpus/metrics"
CORPORA = [
    tomllib.loads((FOLDER / name).read_text("utf-8"))
    for name in ("contests.toml", "lists.toml", "victims.toml", "world.toml")
]
EXPECTED = [
    (sentence, {name: value for name, value in entry.items() if name != "sentences"})
    for corpus in CORPORA
    for entry in corpus["expect"]
    for sentence in entry["sentences"]
]
NOTHING = [sentence for corpus in CORPORA for entry in corpus["nothing"] for sentence in entry["sentences"]]


def told(reading: Reading, name: str) -> Any:
    value = reading.quantity.mention.comparator if name == "comparator" else getattr(reading, name)
    return value or ""


@pytest.mark.parametrize(("sentence", "wanted"), EXPECTED, ids=[one[0] for one in EXPECTED])
def test_the_corpus_reads_as_expected(sentence: str, wanted: dict[str, Any]) -> None:
    assert wanted in [{name: told(one, name) for name in wanted} for one in at_the_braces(sentence)]


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_is_nobody_counted_gives_no_reading(sentence: str) -> None:
    assert at_the_braces(sentence) == []


def test_a_headline_takes_what_it_leaves_out_from_the_same_number_in_the_text() -> None:
    found = readings("Russia fired 480 missiles at the port.", title="480 missiles and counting")
    title = next(one for one in found if one.quantity.mention.sentence == 0)
    assert (title.metric, title.party) == ("missiles_launched", "Russian")


def test_a_headline_without_that_number_in_the_text_takes_nothing() -> None:
    (title,) = readings("The talks went on.", title="480 missiles and counting")
    assert title.metric == "missiles"
    assert title.party is None


def test_the_bare_noun_that_opens_a_headline_is_one_person() -> None:
    (found,) = readings("Police are investigating.", title="Man dead after crash in Oakland")
    assert (found.metric, found.population, found.quantity.mention.value) == ("deaths", "men", 1)


def test_a_level_has_the_unit_of_the_change_before_it() -> None:
    found = readings("The index rose 64.06 points to 4,577.10.", all_quantities=True)
    assert [one.counted for one in found] == ["points", "points"]


def test_a_number_in_brackets_is_said_of_the_same_thing() -> None:
    found = readings("The engine makes 296 hp (224 kW) at full load.", all_quantities=True)
    assert len({one.subject for one in found}) == 1


def test_several_of_what_nobody_tracks_is_no_quantity() -> None:
    assert readings("There are several ways to do it.", all_quantities=True) == []
