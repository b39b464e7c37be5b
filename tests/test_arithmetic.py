"""Sums inside one article: what must be found, and the lists that prove nothing."""

from __future__ import annotations

from typing import Any

import pytest

from figures.lexicon import default_lexicon
from figures.reconcile.arithmetic import Slip, slips_of_article
from figures.reconcile.comparable import Claim, Knowledge, claim_of

SLOTS: dict[str, Any] = {
    "metric": "deaths", "unit": "person", "source": "Police", "outlet": "Outlet", "article_id": "a",
    "as_of": "2024-03-02", "as_of_basis": "stated", "published_at": "2024-03-02", "aspect": "cumulative",
    "event": "bombing:Quetta:2024-03-02",
}  # fmt: skip


REFUGEES: dict[str, Any] = {"metric": "refugees", "precision": 1000}


def claims_of(text: str, *figures: dict[str, Any]) -> list[Claim]:
    """Figures of a text, each found by its quote, in order."""
    knowledge = Knowledge(default_lexicon())
    out, at = [], 0
    for number, one in enumerate(figures):
        start = text.index(one["quote"], at)
        begins = text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0
        end = text.find(". ", start)
        sentence = text[begins : len(text) if end < 0 else end + 1]
        rules = {"sentence": {"rule": "given", "start": begins, "end": begins + len(sentence)}, **one.pop("rules", {})}
        place = {"start": start, "end": start + len(one["quote"]), "sentence": sentence, "rules": rules}
        bounds = {"low": one.get("low", one["value"]), "high": one.get("high", one["value"])}
        out.append(claim_of({**SLOTS, "figure_id": f"f{number}", **place, **bounds, **one}, knowledge))
        at = start + len(one["quote"])
    return out


def n(quote: str, value: float, **more: Any) -> dict[str, Any]:
    return {"quote": quote, "value": value, **more}


def slips(text: str, *figures: dict[str, Any]) -> list[Slip]:
    return slips_of_article(claims_of(text, *figures), Knowledge(default_lexicon()))


def quotes(slip: Slip) -> list[list[str]]:
    return [[one.quote for one in camp] for camp in slip.camps]


def test_parts_above_their_total() -> None:
    found = slips(
        "603,000 people have arrived, the agency said."
        " 320,000 of them live in old camps, 237,000 in new ones and 64,000 with families.",
        n("603,000", 603_000, **REFUGEES), n("320,000", 320_000, **REFUGEES), n("237,000", 237_000, **REFUGEES),
        n("64,000", 64_000, **REFUGEES),
    )  # fmt: skip
    assert [quotes(one) for one in found] == [[["603,000"], ["320,000", "237,000", "64,000"]]]
    assert found[0].found == "320,000, 237,000 and 64,000 make 621,000, not 603,000"
    assert found[0].error == pytest.approx(18 / 621)


def test_classes_of_one_total() -> None:
    found = slips(
        "There are 860 cases. 512 of the cases are confirmed, 240 probable and 190 suspected.",
        n("860", 860, metric="cases"), n("512", 512, metric="confirmed_cases"),
        n("240", 240, metric="probable_cases"), n("190", 190, metric="suspected_cases"),
    )  # fmt: skip
    assert [quotes(one) for one in found] == [[["860"], ["512", "240", "190"]]]


def test_the_total_opens_the_sentence() -> None:
    found = slips(
        "104 were hurt, 58 of them police officers and 64 civilians.",
        n("104", 104, metric="injuries"), n("58", 58, metric="injuries", population="police"),
        n("64", 64, metric="injuries", population="civilians"),
    )  # fmt: skip
    assert [quotes(one) for one in found] == [[["104"], ["58", "64"]]]


def test_a_full_partition_must_reach_its_total() -> None:
    text = "There were 154 dead. Of the dead 88 are women and 45 are men."
    found = slips(text, n("154", 154), n("88", 88, population="women"), n("45", 45, population="men"))
    assert [one.found for one in found] == ["88 and 45 make 133, not 154"]


def test_totals_at_the_end_bind_both_ways() -> None:
    parts = [n("620", 620, precision=10), n("3,100", 3100, precision=100)]
    found = slips("620 here, 3,100 there, a total of 4,720.", *parts, n("4,720", 4720, precision=10))
    assert [one.found for one in found] == ["620 and 3,100 make 3,720, not 4,720"]
    parts = [n("620", 620, precision=10), n("3,100", 3100, precision=100)]
    assert not slips("620 here, 3,100 there, a total of 3,720.", *parts, n("3,720", 3720, precision=10))


@pytest.mark.parametrize(
    "text",
    [
        "Forty died, including 30 civilians, among them 14 children.",  # one inside the other
        "Forty died. In the capital 30 died and in the port 14.",  # no word that they are parts
    ],
)
def test_lists_that_prove_nothing(text: str) -> None:
    assert not slips(text, n("Forty", 40), n("30", 30), n("14", 14))


def test_parts_of_another_speaker_are_no_parts() -> None:
    text = "There were 154 dead. Of the dead 98 are women and 65 are men."
    assert not slips(text, n("154", 154), n("98", 98, population="women", source="NGO"), n("65", 65, population="men"))


def test_an_open_total_is_never_exceeded() -> None:
    text = "There were at least 154 dead. Of the dead 98 are women and 65 are men."
    minimum = n("at least 154", 154, comparator="at_least", high=None)
    assert not slips(text, minimum, n("98", 98, population="women"), n("65", 65, population="men"))


def test_losses_are_the_dead_and_the_wounded() -> None:
    text = "Russia gave its losses as 2,005. It had 498 soldiers killed and 1,597 wounded, it said."
    figures = [
        n("2,005", 2005, metric="casualties"),
        n("498", 498, population="troops"),
        n("1,597", 1597, metric="injuries"),
    ]
    assert [one.found for one in slips(text, *figures)] == ["498 and 1,597 make 2,095, not 2,005"]
    figures = [n("2,095", 2095, metric="casualties"), n("498", 498), n("1,597", 1597, metric="injuries")]
    assert not slips(text.replace("2,005", "2,095"), *figures)


def test_place_by_place() -> None:
    text = (
        "Six were killed and 34 hurt in the city. Two died and 15 were hurt in the north."
        " Four died and 20 were hurt in the south."
    )
    figures = [
        n("Six", 6), n("34", 34, metric="injuries"), n("Two", 2), n("15", 15, metric="injuries"), n("Four", 4),
        n("20", 20, metric="injuries"),
    ]  # fmt: skip
    assert [quotes(one) for one in slips(text, *figures)] == [[["34"], ["15", "20"]]]


def test_what_is_left() -> None:
    barrels = {"metric": "oil_spilled", "unit": "barrel"}
    text = "4.9 million barrels came out. 800,000 of that were captured, which leaves 3.1 million in the sea."
    found = slips(
        text, n("4.9 million", 4.9e6, precision=1e5, **barrels), n("800,000", 8e5, precision=1e5, **barrels),
        n("3.1 million", 3.1e6, precision=1e5, **barrels),
    )  # fmt: skip
    assert [quotes(one) for one in found] == [[["4.9 million"], ["800,000", "3.1 million"]]]
    right = slips(
        text.replace("3.1", "4.1"), n("4.9 million", 4.9e6, precision=1e5, **barrels),
        n("800,000", 8e5, precision=1e5, **barrels), n("4.1 million", 4.1e6, precision=1e5, **barrels),
    )  # fmt: skip
    assert not right


def test_count_or_share_of_a_base() -> None:
    text = "Kenya has 1.2 million of these, or 53% of the four million."
    whole = n("four million", 4e6, precision=1e6, metric="refugees")
    part, share = (
        n("1.2 million", 1.2e6, precision=1e5, metric="refugees"),
        n("53%", 53, unit="percent", metric="refugees"),
    )
    found = slips(text, part, share, whole)
    assert [quotes(one) for one in found] == [[["53%"], ["1.2 million", "four million"]]]
    assert "30%" in found[0].found


def test_case_fatality() -> None:
    figures = [
        n("503,484", 503_484, metric="cases"), n("1,975", 1975),
        n("4 percent", 4, unit="percent", metric="case_fatality_rate"),
    ]  # fmt: skip
    text = "It has 503,484 cases and 1,975 deaths. That is a fatality rate of 4 percent."
    assert [quotes(one) for one in slips(text, *figures)] == [[["4 percent"], ["1,975", "503,484"]]]


def test_a_change_over_two_months_is_the_sum() -> None:
    jobs = {"metric": "jobs_added", "unit": "item", "precision": 1000, "event": None}
    old = {"modality": "superseded", **jobs}
    text = "May was raised from 95,000 to 115,000 and April from 76,000 to 125,000. That makes 96,000 more."
    found = slips(
        text, n("95,000", 95_000, **old), n("115,000", 115_000, **jobs), n("76,000", 76_000, **old),
        n("125,000", 125_000, **jobs), n("96,000", 96_000, aspect="change", **jobs),
    )  # fmt: skip
    assert [one.found for one in found] == ["from 95,000 to 115,000 and from 76,000 to 125,000 is 69,000, not 96,000"]


def test_each_change_belongs_to_its_own_step() -> None:
    jobs = {"metric": "jobs_added", "unit": "item", "precision": 1000, "event": None}
    old, change = {"modality": "superseded", **jobs}, {"aspect": "change", **jobs}
    text = "April was cut by 20,000, from 96,000 to 76,000, and March by 50,000, from 90,000 to 40,000."
    assert not slips(
        text, n("20,000", 2e4, **change), n("96,000", 96e3, **old), n("76,000", 76e3, **jobs),
        n("50,000", 5e4, **change), n("90,000", 90e3, **old), n("40,000", 40e3, **jobs),
    )  # fmt: skip


def test_percentage_points() -> None:
    rate = {"metric": "turnout", "unit": "percent", "precision": 0.1}
    text = "Turnout went down by 1.5 percentage points, from 61.9% in 2018 to 58.4%."
    points = n("1.5 percentage points", 1.5, metric="turnout", unit="percentage_point", precision=0.1, aspect="change")
    found = slips(text, points, n("61.9%", 61.9, modality="superseded", **rate), n("58.4%", 58.4, **rate))
    assert [quotes(one) for one in found] == [[["1.5 percentage points"], ["61.9%", "58.4%"]]]


def test_a_change_in_per_cent_is_not_a_difference() -> None:
    rate = {"metric": "turnout", "unit": "percent", "precision": 0.1}
    text = "Turnout went down by 3.6 percent, from 60.2% in 2018 to 58%."
    change = n("3.6 percent", 3.6, metric="turnout", unit="percent", precision=0.1, aspect="change")
    assert not slips(text, change, n("60.2%", 60.2, modality="superseded", **rate), n("58%", 58.0, **rate))
