"""One notation for numbers, everywhere."""

from __future__ import annotations

import math
from typing import Any

import pytest

from figures.model import Figure
from figures.notation import as_written, number_in_words, with_unit


@pytest.mark.parametrize(
    ("expected", "row"),
    [
        ("498", {"value": 498}),
        (">2,000", {"value": 2000, "comparator": "more_than", "precision": 1000}),
        ("≥100", {"value": 100, "comparator": "at_least"}),
        ("<50", {"value": 50, "comparator": "less_than"}),
        ("≤300", {"value": 300, "comparator": "at_most"}),
        ("≈5,840", {"value": 5840, "comparator": "approximately", "precision": 10}),
        ("nearly 500", {"value": 500, "comparator": "nearly", "precision": 100}),
        ("just over 500", {"value": 500, "comparator": "just_over", "precision": 100}),
        ("100–300", {"low": 100, "high": 300, "comparator": "between", "precision": 100}),
        ("3–5 million", {"low": 3e6, "high": 5e6, "comparator": "between", "precision": 1e6}),
        (
            "$250,000–1 million",
            {"low": 250_000, "high": 1e6, "comparator": "between", "precision": 10_000, "unit": "USD"},
        ),
        ("dozens", {"low": 24, "high": 99, "comparator": "vague", "quote": "Dozens"}),
        ("24–99", {"low": 24, "high": 99, "comparator": "vague"}),
        ("4 million expected", {"value": 4e6, "precision": 1e6, "modality": "projected"}),
        ("20 (superseded)", {"value": 20, "modality": "superseded"}),
        ("1,045,459", {"value": 1_045_459}),
        ("1.04 million", {"value": 1_040_000, "precision": 10_000}),
        ("90%", {"value": 90, "unit": "percent", "precision": 10}),
        ("43.6%", {"value": 43.6, "unit": "percent", "precision": 0.1}),
        ("1.5 points", {"value": 1.5, "unit": "percentage_point", "precision": 0.1}),
        ("$1.5 billion", {"value": 1.5e9, "unit": "USD", "precision": 1e8}),
        ("-$20", {"value": -20, "unit": "USD"}),
        ("315 km/h", {"value": 315, "unit": "km/h"}),
        ("≥7", {"low": 7, "high": math.inf, "comparator": "between"}),
        ("≤7", {"low": -math.inf, "high": 7, "comparator": "between"}),
        ("7", {"low": 7, "high": 7}),
        ("unknown", {"low": None, "high": None}),
        ("2.5", {"value": 2.5}),
    ],
)
def test_as_written(expected: str, row: dict[str, Any]) -> None:
    assert as_written(row) == expected


def test_a_figure_is_written_like_its_row() -> None:
    figure = Figure(
        figure_id="f", metric="deaths", source=None, article_id="a", value=498, low=498, high=498, unit="person",
        sentence="s", quote="498", start=0, end=3,
    )  # fmt: skip
    assert as_written(figure) == as_written(figure.to_row()) == "498"


def test_never_more_digits_than_the_source_gave() -> None:
    assert number_in_words(1_045_459, 10_000) == "1.05 million"
    assert number_in_words(0.5, 0.1) == "0.5"
    assert number_in_words(400_000, 100_000) == "400,000"
    assert with_unit("5", "person") == "5"
