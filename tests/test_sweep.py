"""The sweep makes few pairs, and drops none that the pairwise judgement calls a conflict."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from figures.lexicon import default_lexicon
from figures.reconcile.comparable import Knowledge
from figures.reconcile.judge import judge
from figures.reconcile.sweep import Sheet, clashing_pairs, lead_pairs, swapped_pairs, transposed_pairs, whole_pairs
from figures.table import tabulate

LEXICON = default_lexicon()
GENERATORS = (clashing_pairs, whole_pairs, swapped_pairs, transposed_pairs, lead_pairs)

reports = st.fixed_dictionaries(
    {
        "value": st.sampled_from((12, 18, 120, 125, 180, 210, 1200)),
        "source": st.sampled_from(
            ("Chadian government", "OCHA", "Russian Ministry of Defence", "General Staff of Ukraine")
        ),
        "population": st.sampled_from((None, "people", "civilians")),
        "as_of": st.sampled_from(("2024-03-01", "2024-03-02", "2024-03-04", "2024-03-09", "2024-03-20")),
        "metric": st.sampled_from(("deaths", "cases", "confirmed_cases")),
    }
)  # fmt: skip


def table(rows: list[dict[str, Any]]) -> Any:
    return tabulate(
        {
            **one, "figure_id": f"f{at}", "article_id": f"a{at}", "outlet": f"Paper {at}", "unit": "person",
            "low": one["value"], "high": one["value"], "event": "flood:Mongo:2024-03-01", "place": "Mongo",
            "published_at": one["as_of"], "as_of_basis": "stated", "quote": str(one["value"]), "start": 400 + at,
            "end": 403 + at, "sentence": f"It counted {one['value']}.",
        }
        for at, one in enumerate(rows)
    )  # fmt: skip


@settings(max_examples=60)
@given(st.lists(reports, min_size=2, max_size=8))
def test_no_conflict_is_lost_before_it_is_judged(rows: list[dict[str, Any]]) -> None:
    knowledge = Knowledge(LEXICON)
    sheet = Sheet.of(table(rows), knowledge)
    around = sheet.surroundings()
    made = {frozenset(pair) for find in GENERATORS for pair in zip(*(one.tolist() for one in find(sheet)), strict=True)}
    for i, j in combinations(range(len(sheet)), 2):
        pair = judge(sheet.claim(i), sheet.claim(j), knowledge, around)
        if pair.relation.outcome == "conflict":
            assert frozenset((i, j)) in made, (sheet.claim(i), sheet.claim(j), pair.relation)


def test_an_update_days_later_is_not_judged_at_all() -> None:
    base = {"population": "people", "metric": "deaths"}
    rows = [
        {**base, "value": 120, "source": "OCHA", "as_of": "2024-03-01"},
        {**base, "value": 210, "source": "Chadian government", "as_of": "2024-03-09"},
    ]
    assert not len(clashing_pairs(Sheet.of(table(rows), Knowledge(LEXICON)))[0])
