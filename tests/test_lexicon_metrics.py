"""The metrics file: every metric's examples hold, populations lie in one another, users' files are read or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from figures.extract.metrics import find_readings
from figures.extract.numbers import find_numbers
from figures.extract.sentences import find_sentences
from figures.extract.units import resolve_units
from figures.lexicon import Lexicon, default_lexicon, read_lexicon
from figures.lexicon.metrics import LexiconError, plural_of, read_metrics, singular_of
from figures.model import Article

METRICS = default_lexicon().metrics
EXAMPLES = [(name, one) for name, listed in METRICS.examples.items() for one in listed]
COUNTER_EXAMPLES = [(name, one) for name, listed in METRICS.counter_examples.items() for one in listed]


def metrics_at_the_braces(sentence: str, lexicon: Lexicon | None = None) -> set[str]:
    lexicon = lexicon or default_lexicon()
    start, end = sentence.index("{"), sentence.index("}") - 1
    document = find_sentences(Article(text=sentence.replace("{", "").replace("}", "")))
    quantities = resolve_units(document, find_numbers(document, lexicon), lexicon)
    found = find_readings(document, quantities, lexicon)
    return {one.metric for one in found if one.quantity.mention.start < end and start < one.quantity.mention.end}


@pytest.mark.parametrize(("metric", "sentence"), EXAMPLES, ids=[one for _, one in EXAMPLES])
def test_each_example_reads_as_its_metric(metric: str, sentence: str) -> None:
    assert metric in metrics_at_the_braces(sentence)


@pytest.mark.parametrize(("metric", "sentence"), COUNTER_EXAMPLES, ids=[one for _, one in COUNTER_EXAMPLES])
def test_no_counter_example_reads_as_the_metric(metric: str, sentence: str) -> None:
    assert metric not in metrics_at_the_braces(sentence)


CORE = [
    "deaths", "injuries", "casualties", "missing", "captured", "detained", "hostages", "rescued",
    "refugees", "border_crossings", "displaced", "evacuated", "returned", "people_in_need",
    "people_affected", "people_trapped", "population", "missiles_launched", "missiles_intercepted",
    "drones_launched", "rockets_fired", "strikes", "attacks", "aircraft_destroyed",
    "vehicles_destroyed", "buildings_destroyed", "buildings_damaged", "troops_deployed",
    "share_of_forces_committed", "cases", "confirmed_cases", "probable_cases", "suspected_cases",
    "hospitalised", "vaccinated", "protesters", "arrests", "without_power", "aid", "damage_cost",
    "price", "area_burned", "magnitude", "wind_speed", "rainfall", "vote_share", "turnout",
    "unemployment_rate", "inflation_rate", "growth_rate",
]  # fmt: skip


@pytest.mark.parametrize("name", CORE)
def test_each_core_metric_is_defined_and_exemplified(name: str) -> None:
    assert METRICS.metrics[name].definition
    assert METRICS.examples[name]


def test_parts_and_sums_name_known_metrics() -> None:
    for one in METRICS.metrics.values():
        assert set(one.part_of) | set(one.sum_of) <= set(METRICS.metrics)
    assert METRICS.metric("casualties").sum_of == ("deaths", "injuries")
    assert "cases" in METRICS.metric("confirmed_cases").part_of
    assert "displaced" in METRICS.metric("refugees").part_of


def test_an_open_metric_gets_the_defaults() -> None:
    one = METRICS.metric("schools_closed")
    assert (one.name, one.title, one.unit, one.event_bound) == ("schools_closed", "schools closed", "item", True)


@pytest.mark.parametrize(
    ("a", "b", "relation"),
    [
        ("soldiers", "troops", "same"), ("servicemen", "soldiers", "same"),
        (None, None, "same"), (None, "people", "same"),
        ("children", "civilians", "part"), ("children", "people", "part"), ("people", "women", "whole"),
        ("officers", "troops", "part"), ("civilians", "troops", "disjoint"), ("children", "troops", "disjoint"),
        ("women", "men", "disjoint"), (None, "troops", "unknown"), ("civilians", None, "unknown"),
        ("children", "women", "unknown"), ("journalists", "aid workers", "disjoint"), ("venezuelans", "people", "part"),
    ],
)  # fmt: skip
def test_populations_lie_in_one_another(a: str | None, b: str | None, relation: str) -> None:
    assert METRICS.population_relation(a, b) == relation


def test_the_relation_of_populations_is_mirrored() -> None:
    mirror = {"same": "same", "part": "whole", "whole": "part", "disjoint": "disjoint", "unknown": "unknown"}
    names = [*sorted(set(METRICS.populations.values())), None]
    for a in names:
        for b in names[:40]:
            assert METRICS.population_relation(b, a) == mirror[METRICS.population_relation(a, b)]


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("policeman", "policemen"),
        ("child", "children"),
        ("body", "bodies"),
        ("church", "churches"),
        ("troops", "troops"),
        ("rocket", "rockets"),
    ],
)
def test_plurals(one: str, many: str) -> None:
    assert plural_of(one) == many
    assert plural_of(many) == many
    assert one == many or singular_of(many) == one


def test_a_users_file_adds_a_metric_without_code(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[metric]]\nname = "wells_poisoned"\ndefinition = "Wells that were poisoned."\nnoun = ["poisoned well"]\n',
        "utf-8",
    )
    lexicon = read_lexicon(metric_files=[path])
    assert metrics_at_the_braces("Engineers counted {14} poisoned wells.", lexicon) == {"wells_poisoned"}


def test_a_users_entry_replaces_the_packaged_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[metric]]\nname = "deaths"\ntitle = "fallen"\ndefinition = "The fallen."\nstate = ["fallen"]\n', "utf-8"
    )
    assert read_metrics([path]).metric("deaths").title == "fallen"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[metric]]\nname = 'Deaths!'\ndefinition = 'x'\n", "metric.0.name"),
        ("[[metric]]\nname = 'x'\n", "metric.0.definition"),
        ("[[metric]]\nname = 'x'\ndefinition = 'x'\ntriger = ['y']\n", "metric.0.triger"),
        ("[[metric\n", "no TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_with_its_entry(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(LexiconError, match=r"wrong\.toml") as caught:
        read_metrics([path])
    assert told in str(caught.value)
