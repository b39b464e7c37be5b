"""Explanations: the order of their parts, and the sentences that a copy editor would sign."""

from __future__ import annotations

from typing import Any

import pytest

from figures.lexicon import default_lexicon
from figures.reconcile import compare, reconcile
from figures.reconcile.comparable import Knowledge
from figures.reconcile.explain import what_is_counted
from figures.table import tabulate

WAR: dict[str, Any] = {
    "metric": "deaths", "unit": "person", "population": "troops", "party": "Russian", "place": "Ukraine",
    "event": "invasion:Ukraine:2022-02-24", "aspect": "cumulative", "as_of_basis": "stated", "sentence": "So it said.",
    "start": 400, "end": 403, "title": "", "precision": 1, "as_of": "2022-03-02", "published_at": "2022-03-02",
}  # fmt: skip


def figure(number: int, **slots: Any) -> dict[str, Any]:
    out = {**WAR, "figure_id": f"f{number}", "article_id": f"a{number}", "outlet": f"Paper {number}", **slots}
    out.setdefault("low", out["value"])
    out.setdefault("high", out["value"])
    out.setdefault("quote", f"{out['value']:,}")
    return out


OWN = figure(1, value=498, source="Russian Ministry of Defence", source_relation="own")
AGAIN = figure(2, value=498, source="Russian Ministry of Defence", source_relation="own", outlet="Evening Paper",
               as_of="2022-03-03", published_at="2022-03-03", as_of_basis="publication")  # fmt: skip
OTHER = figure(3, value=5840, low=4964, high=6716, comparator="approximately", precision=10, quote="about 5,840",
               source="General Staff of the Armed Forces of Ukraine", source_relation="opponent")  # fmt: skip
ALMOST = figure(4, value=6000, low=5100, high=6000, comparator="nearly", precision=1000, quote="almost 6,000",
                source="Volodymyr Zelenskyy", source_relation="opponent")  # fmt: skip
FLED: dict[str, Any] = {
    "metric": "refugees",
    "population": "people",
    "party": None,
    "place_role": "origin",
    "source": "UNHCR",
}
FLOOR = figure(5, **FLED, value=1_000_000, low=1_000_000, high=None, comparator="more_than", precision=1_000_000,
               quote="more than 1 million", as_of="2022-03-03", as_of_basis="publication",
               published_at="2022-03-03")  # fmt: skip
EXACT = figure(6, **FLED, value=1_045_459)


def explained(*rows: dict[str, Any]) -> str:
    (conflict,) = reconcile(tabulate(rows), default_lexicon()).conflicts
    return conflict.explanation


def test_two_sides_in_the_order_of_the_house() -> None:
    text = explained(OWN, AGAIN, OTHER, ALMOST)
    parts = [
        "Two sides disagree on Russian troops killed in Ukraine since the invasion began on 24 February.",
        "The Russian Ministry of Defence, counting its own dead, said 498 (Paper 1, 2 March; Evening Paper repeats it",
        "The General Staff of the Armed Forces of Ukraine, counting its opponent's, said about 5,840"
        " (Paper 3, 2 March)",
        "Volodymyr Zelenskyy’s 'almost 6,000' agrees with it (2 March).",
        "The second is more than eleven times the first",
        "rounding",
        "No independent count is among these articles.",
        "Do both count only the dead, over the same dates and places?",
        "Whoever prints either should name its source and give the other.",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places), text


def test_rounding_that_agrees() -> None:
    text = compare(FLOOR, EXACT).explanation
    assert text.startswith("These agree.")
    assert "'more than 1 million' sets a floor and no ceiling; 1,045,459 is not below it." in text
    assert text.endswith("Both go back to UNHCR: one origin.")


def test_a_possible_mix_up() -> None:
    centres = figure(
        8,
        metric="evacuation_centres",
        unit="item",
        value=4460,
        precision=10,
        source="OCHA",
        population=None,
        party=None,
    )
    text = explained(figure(7, value=4460, precision=10, source="OCHA", population="people", party=None), centres)
    assert text.startswith(
        "Possible mix-up: one number, 4,460, stands for two things, 'killed' and 'evacuation centres'."
    )
    assert text.endswith("Check the original table.")


@pytest.mark.parametrize(
    ("beginning", "change"),
    [
        ("No conflict. ", {"value": 600, "as_of": "2022-03-05", "published_at": "2022-03-05"}),
        ("No conflict: two different things.", {"value": 600, "metric": "injuries"}),
        ("Could not compare", {"value": 600, "event": None, "as_of": "2022-03-03"}),
        ("These agree.", {"value": 498}),
    ],
)
def test_every_pair_has_an_answer(beginning: str, change: dict[str, Any]) -> None:
    other = figure(9, source="Russian Ministry of Defence", source_relation="own", **change)
    assert compare(OWN, other).explanation.startswith(beginning)


def test_the_missing_slot_is_named_with_the_number_that_lacks_it() -> None:
    text = compare(OWN, figure(9, value=600, place=None, source="UNHCR")).explanation
    assert text.endswith("the place is not said for 600.")


INVASION = {"event": "invasion:Ukraine:2022-02-24"}
BOMBING = {"event": "bombing:Quetta:2024-03-02"}
LEFT = {"metric": "refugees", "place": "Ukraine", "place_role": "origin"}


@pytest.mark.parametrize(
    ("expected", "series"),
    [
        ("refugees from Ukraine since the invasion began on 24 February", {**LEFT, **INVASION}),
        ("people killed in Quetta in the bombing", {"metric": "deaths", "place": "Quetta", **BOMBING}),
        ("children killed", {"metric": "deaths", "population": "children"}),
        ("unemployment rate in Spain", {"metric": "unemployment_rate", "place": "Spain"}),
        ("people injured in typhoon Haiyan", {"metric": "injuries", "event": "typhoon Haiyan:Philippines:2013-11-08"}),
        ("protesters in Hong Kong", {"metric": "protesters", "population": "protesters", "place": "Hong Kong"}),
        ("schools closed", {"metric": "schools_closed"}),
    ],
)  # fmt: skip
def test_what_is_counted(expected: str, series: dict[str, Any]) -> None:
    assert what_is_counted(series, Knowledge(default_lexicon())) == expected


def test_no_word_that_takes_a_side() -> None:
    text = explained(OWN, OTHER).lower()
    assert not {"admits", "claims", "fake", "false", "lie"} & set(text.replace(",", " ").replace(".", " ").split())
