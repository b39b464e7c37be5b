"""People out of their homes: what bulletins count, by heads and by families, where, and whether it is a stock."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from figures.extract import extract
from figures.lexicon.whereabouts import bare_key, find_whereabouts
from figures.model import Article, Figure

FOLDER = Path(__file__).parent / "corpus/displacement"
PHRASES = tomllib.loads((FOLDER / "phrases.toml").read_text("utf-8"))
COUNTRIES = tomllib.loads((FOLDER / "countries.toml").read_text("utf-8"))
EXPECTED = [(sentence, entry) for entry in PHRASES["expect"] for sentence in entry["sentences"]]
NEVER = [(sentence, entry["metric"]) for entry in PHRASES["never"] for sentence in entry["sentences"]]
LOCATED = [(sentence, entry["iso3"]) for entry in COUNTRIES["expect"] for sentence in entry["sentences"]]


def at_the_braces(sentence: str) -> list[Figure]:
    start, end = sentence.index("{"), sentence.index("}") - 1
    text = sentence.replace("{", "").replace("}", "")
    found = extract(Article(text=text, published_at="2024-06-15"))
    return [one for one in found if one.start < end and start < one.end]


@pytest.mark.parametrize(("sentence", "entry"), EXPECTED, ids=[f"{entry['metric']}: {one}" for one, entry in EXPECTED])
def test_what_is_counted(sentence: str, entry: dict[str, Any]) -> None:
    wanted = {key: value for key, value in entry.items() if key != "sentences"}
    found = [{key: getattr(one, key) for key in wanted} for one in at_the_braces(sentence)]
    assert wanted in found


@pytest.mark.parametrize(("sentence", "metric"), NEVER, ids=[f"{metric}: {one}" for one, metric in NEVER])
def test_tempting_neighbours_are_not_counted_so(sentence: str, metric: str) -> None:
    assert metric not in [one.metric for one in at_the_braces(sentence)]


@pytest.mark.parametrize(("sentence", "iso3"), LOCATED, ids=[one for one, _ in LOCATED])
def test_the_country(sentence: str, iso3: str) -> None:
    assert [one.iso3 or "" for one in at_the_braces(sentence)] == [iso3]


@pytest.mark.parametrize(
    ("name", "countries", "sure"),
    [
        ("Ratnapura District", ("LKA",), True),
        ("Huarochirí", ("PER",), True),
        ("Provincia de Huarochirí", ("PER",), True),
        ("Kabupaten Demak", ("IDN",), True),
        ("Belet Weyne", ("SOM",), True),
        ("Tambura County", ("SSD",), False),
        ("Union Square", (), False),
        ("", (), False),
        ("Region of Nowhere at All", (), False),
    ],
)
def test_whereabouts(name: str, countries: tuple[str, ...], sure: bool) -> None:
    found = find_whereabouts(name)
    assert (found.countries, found.sure) == (countries, sure)


def test_words_for_the_kind_of_a_place_are_no_part_of_its_key() -> None:
    assert bare_key("Distrito de Ica") == bare_key("Ica Province") == bare_key("ICA") == "ica"
    assert bare_key("State") == "state"
