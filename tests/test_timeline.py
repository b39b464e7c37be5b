"""How a metric moved: one row a date, source and statement."""

from __future__ import annotations

from itertools import count
from typing import Any

import pandas as pd
import pytest

from figures.lexicon import default_lexicon
from figures.reconcile.timeline import TIMELINE_COLUMNS, timeline
from figures.table import tabulate

LEXICON = default_lexicon()
NUMBER = count()


def row(value: float, source: str, day: str, **slots: Any) -> dict[str, Any]:
    number = next(NUMBER)
    outlet = slots.pop("outlet", "Morning Paper")
    return {
        "figure_id": f"f{number:06}", "metric": "refugees", "unit": "person", "value": value, "low": value,
        "high": value, "precision": 1, "source": source, "source_mention": None if source == outlet else source,
        "outlet": outlet, "article_id": f"a{number}", "quote": "q", "sentence": f"Sentence number {number}.",
        "start": number, "end": number + 1, "event": "invasion:Ukraine:2022-02-24", "place": "Ukraine",
        "published_at": day, "as_of": day, "as_of_basis": "stated", **slots,
    }  # fmt: skip


ROWS = (
    row(874_000, "UNHCR", "2022-03-02"),
    row(660_000, "UNHCR", "2022-03-01", precision=10_000),
    row(660_000, "UNHCR", "2022-03-06", precision=10_000, as_of_basis="publication", outlet="Weekly"),
    row(900_000, "IOM", "2022-03-02", precision=100_000),
    row(4_000_000, "UNHCR", "2022-03-02", precision=1_000_000, modality="projected"),
    row(547_982, "UNHCR", "2022-03-02", place="Poland"),
    row(498, "Army", "2022-03-02", metric="deaths"),
)


def test_one_row_a_date_source_and_statement() -> None:
    found = timeline(tabulate(ROWS), "refugees", place="Ukraine", lexicon=LEXICON)
    assert list(found.columns) == list(TIMELINE_COLUMNS)
    assert [
        (str(day.date()), source, value, modality)
        for day, source, value, modality in zip(
            found["as_of"], found["source"], found["value"], found["modality"], strict=True
        )
    ] == [
        ("2022-03-01", "UNHCR", 660_000, "reported"),
        ("2022-03-02", "IOM", 900_000, "reported"),
        ("2022-03-02", "UNHCR", 874_000, "reported"),
        ("2022-03-02", "UNHCR", 4_000_000, "projected"),
    ]
    first = found.iloc[0]
    assert (first["articles"], first["outlets"], first["as_of_basis"]) == (2, 2, "stated")


def test_scope_and_known_by() -> None:
    table = tabulate(ROWS)
    assert timeline(table, "refugees", place="Poland", lexicon=LEXICON)["value"].tolist() == [547_982]
    assert timeline(table, "refugees", source="IOM", lexicon=LEXICON)["value"].tolist() == [900_000]
    assert timeline(table, "refugees", known_by="2022-03-01", lexicon=LEXICON)["value"].tolist() == [660_000]
    assert set(timeline(table, None, lexicon=LEXICON)["metric"]) == {"refugees", "deaths"}
    assert timeline(tabulate(()), "refugees", lexicon=LEXICON).empty
    with pytest.raises(ValueError, match="no scope 'city'"):
        timeline(table, "refugees", city="Lviv", lexicon=LEXICON)


def test_a_statement_without_any_date_comes_first() -> None:
    slots = {"as_of": None, "as_of_basis": None, "published_at": None}
    found = timeline(tabulate([*ROWS, row(100_000, "UNHCR", "2022-03-01", **slots)]), "refugees", lexicon=LEXICON)
    undated = found[found["as_of"].isna()]
    assert undated["value"].tolist() == [100_000]
    assert found["as_of"].max() == pd.Timestamp("2022-03-02")
