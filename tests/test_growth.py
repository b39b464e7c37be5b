"""How fast a count may grow with the age of its event."""

from __future__ import annotations

from typing import Any

import pytest

from figures.lexicon import default_lexicon
from figures.reconcile.comparable import Knowledge
from figures.reconcile.conflicts import find_growth
from figures.reconcile.growth import allowed_growth
from figures.reconcile.sheet import Sheet
from figures.table import tabulate

KNOWLEDGE = Knowledge(default_lexicon())


def row(number: int, value: float, day: str, source: str = "Red Cross", **slots: Any) -> dict[str, Any]:
    return {
        "figure_id": f"f{number:03}", "metric": "deaths", "source": source, "outlet": f"Outlet {number}", "title": "",
        "url": None, "article_id": f"a{number}", "published_at": day, "value": value, "low": value, "high": value,
        "comparator": "exact", "precision": 1, "unit": "person", "population": "people", "place": "Derna",
        "event": "flood:Derna:2023-09-10", "as_of": day, "as_of_basis": "stated", "aspect": "cumulative",
        "modality": "reported", "sentence": f"It was {value}.", "quote": f"{value}", "field": "text", "start": number,
        "end": number + 3, **slots,
    }  # fmt: skip


def growth(*rows: dict[str, Any]) -> list[tuple[tuple[str, ...], ...]]:
    return [one.camps for one in find_growth(Sheet.of(tabulate(rows), KNOWLEDGE), KNOWLEDGE)]


@pytest.mark.parametrize(("earlier", "later", "factor"), [(2, 3, 3.6), (2, 5, 8.0), (30, 31, 2.1), (2, 30, 213.6)])
def test_older_events_may_grow_by_less(earlier: int, later: int, factor: float) -> None:
    assert allowed_growth(earlier, later, KNOWLEDGE) == pytest.approx(factor, abs=0.05)


def test_a_leap_is_told_as_lower_and_higher() -> None:
    assert growth(row(1, 300, "2023-09-20"), row(2, 4000, "2023-09-21")) == [(("f001",), ("f002",))]


def test_the_order_of_rows_changes_nothing() -> None:
    rows = [row(1, 300, "2023-09-20"), row(2, 4000, "2023-09-21"), row(3, 310, "2023-09-20", "OCHA")]
    assert growth(*rows) == growth(*reversed(rows)) != []


def test_a_bold_source_before_makes_the_leap_none() -> None:
    assert growth(row(1, 3900, "2023-09-19", "OCHA"), row(2, 300, "2023-09-20"), row(3, 4000, "2023-09-21")) == []


@pytest.mark.parametrize(
    "slots",
    [
        {"event": None},
        {"event": "flood:Derna:?"},
        {"aspect": "stock"},
        {"modality": "projected"},
        {"as_of": None, "as_of_basis": None},
        {"comparator": "at_least", "high": float("inf")},
        {"metric": "unemployment_rate", "unit": "percent"},
        {"place": "Libya"},
    ],
)
def test_what_has_no_age_or_is_no_running_count_cannot_leap(slots: dict[str, Any]) -> None:
    assert growth(row(1, 300, "2023-09-20", **slots), row(2, 4000, "2023-09-21")) == []


def test_nothing_grows_in_an_empty_table_or_alone() -> None:
    assert growth() == growth(row(1, 300, "2023-09-20")) == []
    assert growth(row(1, 300, "2023-09-10"), row(2, 4000, "2023-09-11")) == []
    assert growth(row(1, 300, "2023-09-20"), row(2, 4000, "2023-09-20")) == []
