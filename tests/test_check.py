"""A draft against the material: each verdict with its phrasings, and the neighbours that must not be accused."""

from __future__ import annotations

import math
from itertools import count
from typing import Any

import pytest

from figures.lexicon import default_lexicon
from figures.reconcile.check import Verdict, check
from figures.table import tabulate

LEXICON = default_lexicon()
NUMBER = count()
TROOPS = {"metric": "deaths", "population": "troops", "party": "Russian"}
RUSSIA, UKRAINE = "Russian Ministry of Defence", "General Staff of the Armed Forces of Ukraine"


def row(value: float, source: str, day: str | None, **slots: Any) -> dict[str, Any]:
    """A figure said on a day; ``outlet`` as source means that nobody is credited."""
    number = next(NUMBER)
    outlet = slots.pop("outlet", "Morning Paper")
    return {
        "figure_id": f"f{number:06}", "metric": "refugees", "unit": "person", "value": value, "low": value,
        "high": value, "precision": 1, "source": source, "source_mention": None if source == outlet else source,
        "outlet": outlet, "source_type": "media" if source == outlet else "intergovernmental",
        "article_id": f"a{number}", "quote": f"{value:,.0f}", "sentence": f"Sentence number {number}.",
        "start": 100 * number + 900, "end": 100 * number + 910,
        "event": "invasion:Ukraine:2022-02-24", "place": "Ukraine", "published_at": day,
        "as_of": day, "as_of_basis": "stated" if day else None, **slots,
    }  # fmt: skip


def draft(value: float, source: str = "Draft", day: str | None = None, **slots: Any) -> dict[str, Any]:
    return row(value, source, day, **{"outlet": "Draft", "article_id": "draft", **slots})


KNOWN = tabulate(
    [
        row(660_000, "UNHCR", "2022-03-01", precision=10_000),
        row(874_000, "UNHCR", "2022-03-02", precision=1_000),
        row(1_045_459, "UNHCR", "2022-03-02", published_at="2022-03-03"),
        row(1_000_000, "UNHCR", "2022-03-03", precision=1e6, comparator="more_than", low=1e6, high=math.inf,
            as_of_basis="publication"),
        row(660_000, "UNHCR", "2022-03-06", precision=10_000, outlet="Weekly", as_of_basis="publication"),
        row(547_982, "UNHCR", "2022-03-02", place="Poland"),
        row(4_000_000, "UNHCR", "2022-03-02", precision=1e6, modality="projected"),
        row(498, RUSSIA, "2022-03-02", source_type="military", source_relation="own", **TROOPS),
        row(5_840, UKRAINE, "2022-03-02", source_type="military", source_relation="opponent", precision=10,
            comparator="approximately", low=4_964, high=6_716, **TROOPS),
        row(23, "Odesa police", "2022-03-02", metric="deaths", place="Odesa", event="fire:Odesa:2022-03-02"),
        row(23, "Odesa mayor", "2022-03-02", metric="deaths", place="Odesa", event="fire:Odesa:2022-03-02"),
    ]
)  # fmt: skip


def verdict(*rows: dict[str, Any]) -> Verdict:
    """The verdict on the first figure of a draft."""
    found = {one.figure["figure_id"]: one for one in check(tabulate(rows), KNOWN, LEXICON)}
    return found[rows[0]["figure_id"]]


@pytest.mark.parametrize(
    "figure",
    [
        draft(1_045_459, "UNHCR"),
        draft(1_045_459, "UNHCR", "2022-03-04"),
        draft(1_000_000, "UNHCR", precision=1e6, comparator="more_than", low=1e6, high=math.inf),
        draft(1_045_459),  # nobody credited, nothing contested
        draft(1_045_459, "UNHCR", event=None),
        draft(1_045_459, "UNHCR", event=None, place=None),
        draft(660_000, "UNHCR", precision=10_000, modality="superseded"),
        draft(498, RUSSIA, **TROOPS),
        draft(498, RUSSIA, metric="deaths"),  # the party left out
        draft(4_000_000, "UNHCR", precision=1e6, modality="projected"),
        draft(23, metric="deaths", place="Odesa", event="fire:Odesa:2022-03-02"),
    ],
)
def test_supported(figure: dict[str, Any]) -> None:
    found = verdict(figure)
    assert found.verdict == "supported", found.explanation
    assert found.evidence
    assert found.origins >= 1
    assert found.suggestion is None


def test_two_independent_sources_are_two_origins() -> None:
    assert verdict(draft(23, metric="deaths", place="Odesa", event="fire:Odesa:2022-03-02")).origins == 2


@pytest.mark.parametrize(
    ("figure", "differs"),
    [
        (draft(1_045_459, "IOM"), ("source",)),
        (draft(498, "Volodymyr Zelenskyy", source_type="government", **TROOPS), ("source",)),
        (draft(5_840, RUSSIA, precision=10, source_type="military", **TROOPS), ("source",)),
        (draft(498, RUSSIA, **{**TROOPS, "population": "civilians", "party": None}), ("population",)),
        (draft(498, RUSSIA, **{**TROOPS, "party": "Ukrainian"}), ("party",)),
        (draft(547_982, "UNHCR", place="Moldova"), ("place",)),
        (draft(1_045_459, "UNHCR", "2022-02-27"), ("as_of",)),
        (draft(498, RUSSIA, **{**TROOPS, "metric": "injuries"}), ("metric",)),
    ],
)
def test_misattributed(figure: dict[str, Any], differs: tuple[str, ...]) -> None:
    found = verdict(figure)
    assert (found.verdict, found.differs_in) == ("misattributed", differs), found.explanation
    assert found.suggestion


def test_outdated() -> None:
    found = verdict(draft(874_000, "UNHCR", precision=1_000))
    assert found.verdict == "outdated"
    assert found.suggestion == "UNHCR: 1,045,459 (2 March 2022)"
    assert found.evidence[0]["value"] == 1_045_459
    assert verdict(draft(660_000, precision=10_000)).verdict == "outdated"


@pytest.mark.parametrize(
    "figure",
    [
        draft(1_054_459, "UNHCR", "2022-03-02"),  # two digits changed places
        draft(1_054_459, "UNHCR"),
        draft(498, **TROOPS),  # nobody credited, and the sides disagree
        draft(5_840, **TROOPS),
        draft(31, "Odesa hospital", "2022-03-02", metric="deaths", place="Odesa", event="fire:Odesa:2022-03-02"),
    ],
)
def test_conflicts(figure: dict[str, Any]) -> None:
    found = verdict(figure)
    assert found.verdict == "conflicts", (found.verdict, found.explanation)
    assert found.evidence
    assert found.suggestion


def test_a_contested_number_is_answered_with_both_sides() -> None:
    found = verdict(draft(498, **TROOPS))
    assert found.contested
    assert found.suggestion == f"{RUSSIA}: 498 (2 March 2022); {UKRAINE}: ≈5,840 (2 March 2022)"
    assert verdict(draft(498, RUSSIA, **TROOPS)).contested


def test_conflicts_inside_the_draft() -> None:
    fire = {"metric": "deaths", "place": "Paris", "event": "fire:Paris:2022-03-01", "published_at": "2022-03-02"}
    one = draft(12, "Paris police", "2022-03-02", **fire)
    other = draft(17, "Red Cross", "2022-03-02", **fire)
    found = verdict(one, other)
    assert found.verdict == "conflicts"
    assert [row["value"] for row in found.evidence] == [17]
    assert "inside the draft" in found.explanation


def test_a_draft_may_quote_two_sides_that_disagree() -> None:
    russia = draft(498, RUSSIA, "2022-03-02", source_type="military", source_relation="own", **TROOPS)
    ukraine = draft(5_840, UKRAINE, "2022-03-02", source_type="military", source_relation="opponent", **TROOPS)
    for found in (verdict(russia, ukraine), verdict(ukraine, russia)):
        assert (found.verdict, found.contested) == ("supported", True)
    misattributed = draft(498, "Volodymyr Zelenskyy", "2022-03-02", source_type="government", **TROOPS)
    assert verdict(misattributed, ukraine).verdict == "misattributed"


@pytest.mark.parametrize(
    "figure",
    [
        draft(1_500_000, "UNHCR", "2022-03-05", precision=100_000),  # later and higher
        draft(77, "UNICEF", metric="deaths", population="children"),
        draft(12, "Paris police", metric="deaths", place="Paris", event="fire:Paris:2022-03-01"),
        draft(5_000_000, "European Commission", precision=1e6, modality="projected"),
        draft(23, "Odesa hospital", metric="injuries", place="Odesa", event="fire:Odesa:2022-03-02"),
    ],
)
def test_unseen(figure: dict[str, Any]) -> None:
    assert verdict(figure).verdict == "unseen"


def test_not_comparable_names_the_slot() -> None:
    found = verdict(draft(9, "Odesa hospital", metric="deaths", place=None, event="fire:Odesa:2022-03-02"))
    assert (found.verdict, found.missing) == ("not_comparable", ("place",))
    assert "the place" in found.explanation


def test_reading_order_and_json() -> None:
    rows = [draft(498, RUSSIA, **TROOPS), draft(7, "Paris police", field="title", metric="injuries")]
    found = check(tabulate(rows), KNOWN, LEXICON)
    assert [one.figure["field"] for one in found] == ["title", "text"]
    assert found[1].reading == f"498 killed (Russian troops) in Ukraine; according to {RUSSIA}; no date"
    plain = found[1].to_row()
    assert plain["evidence"][0]["source"] == RUSSIA
    assert plain["verdict"] == "supported"


def test_a_draft_alone_and_an_empty_one() -> None:
    assert [one.verdict for one in check(tabulate([draft(12, "police")]), None, LEXICON)] == ["unseen"]
    assert check(tabulate(()), KNOWN, LEXICON) == []


def test_a_round_number_of_another_body_is_named_and_accuses_nobody() -> None:
    floor = {"comparator": "more_than", "low": 1e6, "high": math.inf, "precision": 1e6}
    found = verdict(draft(1_000_000, "UNICEF", "2022-03-03", **floor))
    assert found.verdict == "unseen"
    assert "does not quote UNICEF on it; UNHCR gives this round number" in found.explanation
    assert [one["source"] for one in found.evidence] == ["UNHCR"]


def test_one_of_two_quotations_of_a_statement_is_contested() -> None:
    twice = tabulate(
        [row(547_982, "UNHCR", "2022-03-02", place="Poland"), row(574_982, "UNHCR", "2022-03-02", place="Poland")]
    )
    (found,) = check(tabulate([draft(574_982, "UNHCR", "2022-03-02", place="Poland")]), twice, LEXICON)
    assert (found.verdict, found.contested, found.origins) == ("supported", True, 1)
    assert "also quotes UNHCR with another number" in found.explanation
    assert [one["value"] for one in found.evidence] == [574_982, 547_982]
