"""A verified minimum is a lower bound; a toll that may rise is not."""

from __future__ import annotations

from math import inf

import pytest

from figures.extract import extract
from figures.lexicon.floors import FloorRule, read_floors
from figures.model import Article, Figure

RULES = read_floors()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_wording_has_an_example_and_every_example_a_wording(rule: FloorRule) -> None:
    assert [one for one in rule.examples if not rule.pattern.search(one)] == []
    assert [part.pattern for part in rule.parts if not any(part.search(one) for one in rule.examples)] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_rule_reads_a_negative(rule: FloorRule) -> None:
    assert [one for one in rule.negatives if rule.pattern.search(one)] == []


def only(text: str) -> Figure:
    (figure,) = extract(Article(text=text, published_at="2023-05-04", outlet="Example Wire"))
    return figure


@pytest.mark.parametrize(
    "text",
    [
        "The UN human rights office said it had verified that 310 civilians were killed. It believes the true number"
        " is much higher.",
        "The UN human rights office has verified 310 civilian deaths in Sudan and says the actual toll is probably"
        " far higher.",
        "The UN human rights office has recorded 310 civilian deaths in Sudan, which it calls an undercount.",
    ],
)
def test_a_verified_minimum_has_no_upper_bound(text: str) -> None:
    figure = only(text)
    assert (figure.value, figure.low, figure.high, figure.comparator) == (310, 310, inf, "at_least")
    assert any(use.column == "high" for use in figure.rules)


@pytest.mark.parametrize(
    "text",
    [
        "Police confirmed that 310 people were killed. The toll is expected to rise.",
        "Police confirmed that 310 people were killed. It was the highest toll of the war.",
        "The ministry said 310 people were killed.\nThe true cost of repairs is higher, builders say.",
    ],
)
def test_other_counts_stay_exact(text: str) -> None:
    assert only(text).high == 310
