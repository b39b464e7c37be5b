"""What numbers count: expected reading → phrasings (tests/corpus/metrics), relations, and what must always hold."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.extract.metrics import find_readings
from figures.extract.numbers import find_numbers
from figures.extract.sentences import find_sentences
from figures.extract.types import Reading
from figures.extract.units import resolve_units
from figures.lexicon import default_lexicon
from figures.model import Article

CORPUS = tomllib.loads((Path(__file__).parent / "corpus/metrics/readings.toml").read_text("utf-8"))


def readings(text: str, *, all_quantities: bool = False) -> list[Reading]:
    lexicon = default_lexicon()
    document = find_sentences(Article(text=text))
    quantities = resolve_units(document, find_numbers(document, lexicon), lexicon)
    return find_readings(document, quantities, lexicon, all_quantities=all_quantities)


def marked(sentence: str) -> tuple[str, int, int]:
    """The sentence without its braces, and where the number in them stands."""
    start, end = sentence.index("{"), sentence.index("}") - 1
    return sentence.replace("{", "").replace("}", ""), start, end


def at(text: str, start: int, end: int) -> list[Reading]:
    return [one for one in readings(text) if one.quantity.mention.start < end and start < one.quantity.mention.end]


EXPECTED = [
    (sentence, {name: value for name, value in entry.items() if name != "sentences"})
    for entry in CORPUS["expect"]
    for sentence in entry["sentences"]
]
NOTHING = [sentence for entry in CORPUS["nothing"] for sentence in entry["sentences"]]


@pytest.mark.parametrize(("sentence", "wanted"), EXPECTED, ids=[one[0] for one in EXPECTED])
def test_the_corpus_reads_as_expected(sentence: str, wanted: dict[str, Any]) -> None:
    text, start, end = marked(sentence)
    found = at(text, start, end)
    told = [{name: getattr(one, name) or "" for name in wanted} for one in found]
    assert wanted in told


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_is_not_tracked_gives_no_reading(sentence: str) -> None:
    text, start, end = marked(sentence)
    assert at(text, start, end) == []


def by_value(text: str) -> dict[float | None, Reading]:
    return {one.quantity.mention.value: one for one in readings(text)}


def related(text: str, value: float) -> list[tuple[str, float | None]]:
    found = readings(text)
    reading = next(one for one in found if one.quantity.mention.value == value)
    return [(name, found[index].quantity.mention.value) for name, index in reading.relations]


def test_a_part_points_at_its_whole() -> None:
    assert related("The raid killed 12 people, five of them children.", 5) == [("part_of", 12)]
    assert related("12 people died, including five children.", 5) == [("part_of", 12)]


def test_a_change_points_at_the_new_count_and_the_new_count_at_the_old() -> None:
    text = "The death toll climbed by six from 14 to 20."
    assert ("change_of", 20) in related(text, 6)
    assert ("change_from", 14) in related(text, 20)


def test_those_wounded_beside_the_killed_are_people_not_the_children_among_them() -> None:
    found = by_value("The raid killed 12 people, five of them children, and wounded 30 others.")
    assert found[5].population == "children"
    assert (found[30].metric, found[30].population) == ("injuries", "people")


def test_half_of_a_counted_base_takes_its_metric_and_points_at_it() -> None:
    found = readings("Poland has taken in half of the more than 1 million refugees who have fled Ukraine.")
    assert [one.metric for one in found] == ["refugees", "refugees"]
    assert any(one.relations for one in found)


def test_each_number_of_a_list_has_its_own_metric() -> None:
    found = [(one.quantity.mention.value, one.metric) for one in readings("2,310 dead, 1,905 injured and 47 missing.")]
    assert found == [(2310, "deaths"), (1905, "injuries"), (47, "missing")]


def test_nought_of_two_things_is_two_figures() -> None:
    found = readings("No guards were hurt or killed.")
    assert {(one.metric, one.quantity.mention.value) for one in found} == {("injuries", 0), ("deaths", 0)}


def test_a_definite_victim_is_at_least_one_with_low_confidence() -> None:
    (found,) = readings("The force killed the Taliban leader, Alaudin.")
    assert (found.metric, found.quantity.mention.comparator, found.quantity.mention.low) == ("deaths", "at_least", 1)
    assert found.confidence < 0.5


def test_purpose_is_no_victim() -> None:
    assert readings("The patrol set out to capture a leader.") == []


def test_every_quantity_is_given_when_asked_with_what_it_is_said_of() -> None:
    found = readings("The two sides met for three hours; inflation rose 0.3% in June.", all_quantities=True)
    assert {one.quantity.mention.value for one in found} >= {2, 3, 0.3}
    rate = next(one for one in found if one.quantity.mention.value == 0.3)
    assert rate.tracked
    assert "inflation" in (rate.subject or "")
    assert rate.direction == "up"
    assert not next(one for one in found if one.quantity.mention.value == 3).tracked


SCRAPS = st.sampled_from(
    [
        "killed",
        "12",
        "people",
        ",",
        "and",
        "30",
        "wounded",
        ".",
        "five",
        "of",
        "them",
        "children",
        "half",
        "the",
        "dead",
        "“",
        "”",
        "-",
        "(",
        ")",
        "3",
        "million",
        "$",
        "%",
        "from",
        "to",
        "by",
        "12.5",
        "more than",
        "the death toll rose to",
        "\n",
        "’",
        "No",
        "a",
        "Syrian",
        "missiles",
        "were",
        "é",
        "١٢",
    ]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(SCRAPS, max_size=25).map(" ".join))
def test_spans_lie_in_the_text_and_relations_in_the_list(text: str) -> None:
    for every in (False, True):
        found = readings(text, all_quantities=every)
        for one in found:
            for start, end in ((one.trigger_start, one.trigger_end), (one.noun_start, one.noun_end)):
                assert (start is None) == (end is None)
                assert start is None or end is None or 0 <= start < end <= len(text)
            assert all(0 <= index < len(found) for _, index in one.relations)
            assert one.rules
