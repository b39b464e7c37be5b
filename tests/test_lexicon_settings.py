"""The gazetteer, days and causes: every example of the data files, and what must not be read."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib.resources import files

import pytest

from figures.lexicon.settings import SettingLexicon, gazetteer, read_settings

DATA = files("figures.lexicon") / "data"


@pytest.fixture(scope="module")
def lexicon() -> SettingLexicon:
    return read_settings()


def examples(name: str) -> list[dict[str, str]]:
    return list(tomllib.loads((DATA / name).read_text(encoding="utf-8"))["examples"])


@pytest.mark.parametrize("example", examples("places.toml"), ids=lambda one: str(one["text"]))
def test_every_spelling_has_its_place(lexicon: SettingLexicon, example: dict[str, str]) -> None:
    place = lexicon.place(example["text"])
    assert place is not None
    assert (place.name, place.iso3) == (example["name"], example.get("iso3"))


@pytest.mark.parametrize("example", examples("causes.toml"), ids=lambda one: str(one["text"]))
def test_every_cause_is_named(lexicon: SettingLexicon, example: dict[str, str]) -> None:
    assert lexicon.cause_in(example["text"]) == example.get("cause")


@pytest.mark.parametrize(
    ("words", "iso3"),
    [
        (["Syria", "Syrian", "Syrians", "Syria's"], "SYR"),
        (["Britain", "British", "UK", "U.K."], "GBR"),
        (["U.S.", "US", "American", "the United States"], "USA"),
        (["Philippines", "the Philippines", "Filipinos"], "PHL"),
        (["Congo", "DR Congo", "Congolese"], "COD"),
        (["Côte d’Ivoire", "Ivory Coast", "Ivorian"], "CIV"),
        (["Burma", "Myanmar", "Burmese"], "MMR"),
    ],
)
def test_country_of(lexicon: SettingLexicon, words: list[str], iso3: str) -> None:
    assert {word: lexicon.country_of(word) for word in words} == dict.fromkeys(words, iso3)


@pytest.mark.parametrize(
    "word", ["us", "polish", "turkey", "Moscow", "Washington", "the Kremlin", "march", "Nowhereland", ""]
)
def test_no_country(lexicon: SettingLexicon, word: str) -> None:
    assert lexicon.country_of(word) is None


def test_demonyms_lead_back_to_their_country(lexicon: SettingLexicon) -> None:
    assert lexicon.demonym("RUS") == "Russian"
    assert lexicon.demonym("NER") == "Nigerien"
    assert lexicon.demonym("NGA") == "Nigerian"
    assert lexicon.demonym(None) is None
    for iso3, adjective in lexicon.adjectives.items():
        assert lexicon.country_of(adjective) == iso3, adjective


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("Raqa", "Raqqa", "same"),
        ("Aleppo", "Syria", "part"),
        ("Syria", "Aleppo", "whole"),
        ("Houston", "Texas", "part"),
        ("Dallas", "Ohio", "disjoint"),
        ("Kyiv", "Kharkiv", "disjoint"),
        ("Poland", "Ukraine", "disjoint"),
        ("Germany", "European Union", "part"),
        ("India", "Pakistan and India", "part"),
        ("Pakistan and India", "India", "whole"),
        ("India and Pakistan", "Pakistan and India", "same"),
        (None, None, "same"),
        (None, "Syria", "unknown"),
        ("Hillcrest Plaza", "Durban", "unknown"),
    ],
)
def test_place_relation(lexicon: SettingLexicon, a: str | None, b: str | None, relation: str) -> None:
    assert lexicon.place_relation(a, b) == relation


def test_an_unknown_place_lies_in_the_country_it_was_given(lexicon: SettingLexicon) -> None:
    assert lexicon.place_relation("Hillcrest Plaza", "South Africa", iso3_a="ZAF") == "part"
    assert lexicon.place_relation("Hillcrest Plaza", "Kenya", iso3_a="ZAF") == "disjoint"


@pytest.mark.parametrize("word", ["Of", "Reading", "Monday", "Man", "Police", "March"])
def test_common_words_are_no_places_in_running_text(lexicon: SettingLexicon, word: str) -> None:
    assert lexicon.scene(word) is None


def test_the_country_at_hand_chooses_among_towns_of_one_name(lexicon: SettingLexicon) -> None:
    near = lexicon.scene("Tripoli", near=("LBN",))
    far = lexicon.scene("Tripoli")
    assert near is not None
    assert far is not None
    assert (near.iso3, far.iso3) == ("LBN", "LBY")


def test_a_small_town_needs_its_country(lexicon: SettingLexicon) -> None:
    assert lexicon.scene("Barking", near=("KEN",)) is None


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("explosion", "bombing", "same"),
        ("earthquake", "flood", "disjoint"),
        ("typhoon Rai", "typhoon Noru", "disjoint"),
        ("storm", "typhoon Rai", "same"),
        ("epidemic", "cholera epidemic", "same"),
        ("?", "flood", "unknown"),
    ],
)
def test_causes_that_tellers_exchange(lexicon: SettingLexicon, a: str, b: str, relation: str) -> None:
    assert lexicon.cause_relation(a, b) == relation


def test_campaigns_know_their_first_day(lexicon: SettingLexicon) -> None:
    found = lexicon.campaign("UKR", date(2022, 3, 3))
    assert found is not None
    assert (found.cause, found.start) == ("invasion", date(2022, 2, 24))
    earlier = lexicon.campaign("UKR", date(2016, 1, 1))
    assert earlier is not None
    assert earlier.start == date(2014, 4, 6)
    assert lexicon.campaign("BIH", date(2010, 1, 1)) is None


def test_gazetteer_lists_the_largest_first() -> None:
    sizes = [one.size for one in gazetteer()["springfield"] if one.kind == "city"]
    assert sizes == sorted(sizes, reverse=True)
