"""Units: every spelling of the unit file is read; quantulum3 is asked for the rest only, and not believed blindly."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from figures.extract import units
from figures.extract.numbers import find_numbers
from figures.extract.sentences import find_sentences
from figures.extract.types import Quantity
from figures.extract.units import resolve_units
from figures.lexicon import default_lexicon
from figures.model import Article


def read(text: str) -> list[Quantity]:
    lexicon = default_lexicon()
    document = find_sentences(Article(text=text))
    return resolve_units(document, find_numbers(document, lexicon), lexicon)


def unit_file() -> dict[str, Any]:
    return tomllib.loads((files("figures.lexicon") / "data" / "units.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("name", "example"),
    [
        (one["name"], text)
        for table in ("unit", "currency")
        for one in unit_file()[table]
        for text in one.get("examples", [])
    ],
)
def test_examples_of_the_unit_file(name: str, example: str) -> None:
    assert [one.unit for one in read(example)] == [name]


@pytest.mark.parametrize("entry", unit_file()["unit"], ids=lambda one: one["name"])
def test_every_spelling_of_a_unit(entry: dict[str, Any]) -> None:
    for word in entry["words"]:
        if word in {"second", "p"}:  # an ordinal behind a whole number; a penny only where glued
            continue
        (found,) = read(f"It was 7 {word}.")
        assert found.unit == entry["name"], word
        assert found.dimension == entry["dimension"]


def test_no_word_names_two_units() -> None:
    file = unit_file()
    words = [word for table in ("unit", "currency") for one in file[table] for word in one.get("words", [])]
    assert sorted(set(words)) == sorted(words)


@pytest.mark.parametrize("entry", unit_file()["currency"], ids=lambda one: one["name"])
def test_every_spelling_of_a_currency(entry: dict[str, Any]) -> None:
    for prefix in entry.get("prefixes", []):
        written = prefix.strip()
        written = written.upper() if "$" in written else written[0].upper() + written[1:]
        found = read(f"worth {written}20 million")
        assert [one.unit for one in found] == [entry["name"]], prefix
    for word in entry["words"]:
        if word.isalpha() and len(word) > 1:
            assert read(f"It cost 2,000 {word}.")[0].unit == entry["name"], word


def test_the_common_units_never_ask_quantulum(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(unit: str) -> None:
        raise AssertionError(unit)

    monkeypatch.setattr(units, "_ask_quantulum", refuse)
    found = read("The 12 US troops, 4 AK rifles and 1.2m refugees walked 20 km to 3 NATO camps in 2 IDF zones.")
    assert [(one.mention.value, one.unit) for one in found] == [
        (12, None), (4, None), (1_200_000, None), (20, "km"), (3, None), (2, None),
    ]  # fmt: skip


def test_quantulum_knows_the_rest() -> None:
    (found,) = read("a pressure of 3 kPa")
    assert (found.unit, found.dimension) == ("kilopascal", "pressure")


def test_quantulum_is_not_believed_where_it_composes_units_of_letters() -> None:
    assert units._ask_quantulum("drxms") is None


def test_a_list_shares_the_unit_of_its_last_member() -> None:
    assert [one.unit for one in read("10, 15 and 20 km")] == ["km", "km", "km"]
    assert [one.unit for one in read("four-, five- and six-cylinder engines")] == [None, None, None]
    assert [one.unit for one in read("12 dead and 20 km of road")] == [None, "km"]


def test_a_fraction_takes_the_unit_of_its_base() -> None:
    half, base = read("half of the $3 billion")
    assert (half.mention.value, half.unit, base.unit) == (1.5e9, "USD", "USD")


def test_a_unit_points_at_its_words() -> None:
    text = "It paid $1.5bn for 20 square miles, 45% of it wet."
    spans = [text[one.unit_start : one.unit_end] for one in read(text) if one.unit_start is not None]
    assert spans == ["$", "square miles", "%"]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("KARACHI: The fine of Rs 500 holds in all of Pakistan.", "PKR"),
        ("The fine of Rs 500 holds in Delhi.", "INR"),
        ("A fine of Rs 500 was paid.", "INR"),
        ("Pakistan says that India asked Delhi for 3 million rupees.", "INR"),
        ("In Manila an onion costs 80 pesos.", "PHP"),
        ("An onion costs 80 pesos.", "peso"),
        ("Egypt paid 30 million pounds for it.", "EGP"),
        ("Egypt paid £30 million for it.", "GBP"),
        ("Kampala wants 20,000 shillings from each Ugandan.", "UGX"),
        ("In Egypt the sack weighed 30 pounds.", "pound"),
    ],
)
def test_a_name_of_several_currencies_is_that_of_the_articles_country(text: str, unit: str) -> None:
    (found,) = read(text)
    assert found.unit == unit


def test_brackets_say_the_same_number_as_much_more_or_less() -> None:
    found = read("It makes just under 280 hp (209 kW / 284 PS), and about 90 m (295 ft) of cable.")
    assert [one.mention.comparator for one in found] == ["nearly", "nearly", "nearly", "approximately", "approximately"]
    assert found[1].mention.low == pytest.approx(0.85 * 209)
    assert [one.mention.comparator for one in read("more than 30 km (12 houses)")] == ["more_than", "exact"]


def test_a_number_below_nothing_is_a_temperature_where_the_cold_is_told() -> None:
    (cold,) = read("With night temperatures of minus seven the tents froze.")
    assert (cold.mention.value, cold.unit, cold.dimension) == (-7, "degree", "temperature")
    assert [one.unit for one in read("The index of confidence stood at minus seven.")] == [None]


def test_a_percentage_behind_or_is_not_shared_with_a_count() -> None:
    assert [one.unit for one in read("Some 900 or 42.5% voted.")] == [None, "percent"]
    assert [one.unit for one in read("10 or 12% voted.")] == ["percent"]
