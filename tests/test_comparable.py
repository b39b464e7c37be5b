"""The gate: are two figures about the same thing? Slot by slot, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest

from figures.lexicon import default_lexicon
from figures.lexicon.comparing import read_comparing
from figures.model import Figure
from figures.reconcile import compare
from figures.reconcile.comparable import Knowledge, claim_of, comparability, event_day, event_place

BASE: dict[str, Any] = {
    "metric": "deaths", "unit": "person", "value": 12, "low": 12, "high": 12, "source": "Police", "outlet": "Outlet",
    "event": "bombing:Quetta:2024-03-02", "population": "people", "place": "Quetta", "as_of": "2024-03-02",
    "as_of_basis": "stated", "published_at": "2024-03-02", "aspect": "cumulative", "sentence": "Police said 12.",
    "quote": "12", "start": 12, "end": 14,
}  # fmt: skip


def verdict(one: dict[str, Any], other: dict[str, Any]) -> tuple[str, tuple[str, ...], str | None]:
    knowledge = Knowledge(default_lexicon())
    a = claim_of({**BASE, "figure_id": "a", "article_id": "a", **one}, knowledge)
    b = claim_of({**BASE, "figure_id": "b", "article_id": "b", **other}, knowledge)
    found = comparability(a, b, knowledge)
    back = comparability(b, a, knowledge)
    assert (found.verdict, set(found.missing)) == (back.verdict, set(back.missing))
    return found.verdict, found.missing, found.inside


@pytest.mark.parametrize(
    ("expected", "one", "other"),
    [
        (("same", (), None), {}, {}),
        (("same", (), None), {"population": None}, {"population": "people"}),
        (("part", (), "a"), {"population": "children"}, {"population": "people"}),
        (("part", (), "b"), {"population": "people"}, {"population": "civilians"}),
        (("disjoint", (), None), {"population": "civilians"}, {"population": "troops"}),
        (("unknown", ("population",), None), {"population": None}, {"population": "children"}),
        (("unknown", ("party",), None), {"party": None}, {"party": "Russian"}),
        (("disjoint", ("party",), None), {"party": None, "metric": "injuries"}, {"party": "Russian"}),
        (("disjoint", (), None), {"party": "Ukrainian"}, {"party": "Russian"}),
        (("unknown", ("place",), None), {"place": None}, {"place": "Quetta", "source": "Hospital"}),
        (("same", (), None), {"place": None}, {"place": "Quetta"}),  # one body's count of the event
        (("disjoint", (), None), {"place": "Karachi"}, {"place": "Quetta"}),
        (("unknown", ("event",), None), {"event": None}, {}),
        (("disjoint", (), None), {"event": "bombing:Quetta:2024-05-01"}, {}),
        (("unknown", ("time",), None), {"as_of": None, "as_of_basis": "before_publication"}, {}),
        (("disjoint", (), None), {"metric": "injuries"}, {}),
        (("disjoint", (), None), {"unit": "percent"}, {}),
        (("disjoint", (), None), {"aspect": "rate"}, {}),
        (("same", (), None), {"aspect": "period"}, {}),  # an incident's day is all of it
        (("disjoint", ("place",), None), {"metric": "aid", "unit": "USD", "place": None}, {"source": "Army"}),
        (("part", (), "b"), {"population": "people"}, {"population": "rohingya", "party": "Rohingya"}),
        (
            ("unknown", ("population", "party"), None),
            {"population": None},
            {"population": "rohingya", "party": "Rohingya"},
        ),
        (("same", (), None), {"party": "Venezuelan"}, {"party": "Venezuelan", "population": "venezuelans"}),
    ],
)  # fmt: skip
def test_slots(expected: tuple[str, tuple[str, ...], str | None], one: dict[str, Any], other: dict[str, Any]) -> None:
    assert verdict(one, other) == expected


def test_a_day_of_a_war_is_not_the_war() -> None:
    war = {"event": "war:Syria:2011-03-15", "place": "Syria"}
    assert verdict({**war, "aspect": "period"}, war)[0] == "disjoint"


def test_a_rare_blow_to_one_spot_has_one_place_by_whatever_name() -> None:
    crush = {"event": "crush:Meron:2021-04-30"}
    assert verdict({**crush, "place": "Meron"}, {**crush, "place": "Galilee shrine"})[0] == "same"
    # A raid may be one of several that day.
    raid = {"event": "airstrike:Meron:2021-04-30", "source": "Army"}
    assert verdict({**raid, "place": "Meron"}, {**raid, "place": "Galilee shrine", "source": "Hospital"})[0] != "same"
    # What strikes a whole region has narrower and wider counts.
    flood = {"event": "flood:Sindh:2022-08-20"}
    assert verdict({**flood, "place": "Sindh"}, {**flood, "place": "Pakistan"})[0] == "part"


def test_who_speaks_for_a_government() -> None:
    knowledge = Knowledge(default_lexicon())
    assert knowledge.body("Ana Ruiz", "Peru's prime minister, Ana Ruiz", None) == "peruvian government"
    assert knowledge.body("Ana Ruiz", "Governor Ana Ruiz", "Puerto Rico") == "puerto rican government"
    assert knowledge.body("Peruvian government", "the government", "Peru") == "peruvian government"
    # Nothing says whose governor or whose president she is.
    assert knowledge.body("Ana Ruiz", "Governor Ana Ruiz", "Lima") == "ana ruiz"
    assert knowledge.body("Ana Ruiz", "President Ana Ruiz", "Mali") == "ana ruiz"
    assert knowledge.body(None, None, None) is None


def test_places_that_both_hold_the_whole_event_are_one_scope() -> None:
    assert verdict({"place": "Pakistan"}, {"place": "Quetta"})[0] == "same"
    flood = {"event": "flood:Pakistan:2022-06-14"}
    assert verdict({"place": "Pakistan", **flood}, {"place": "Quetta", **flood})[0] == "part"


def test_origin_and_destination_are_two_counts() -> None:
    fled = {"metric": "refugees", "place": "Ukraine"}
    assert verdict({**fled, "place_role": "origin"}, {**fled, "place_role": "destination"})[0] == "disjoint"


def test_standing_statistics_need_no_event() -> None:
    rate = {"metric": "unemployment_rate", "unit": "percent", "event": None, "population": None, "place": "Spain"}
    assert verdict(rate, rate)[0] == "same"


def test_windows() -> None:
    window = {
        "aspect": "period",
        "metric": "strikes",
        "unit": "item",
        "event": "war:Syria:2011-03-15",
        "population": None,
    }
    july = {**window, "period_start": "2016-07-01", "period_end": "2016-07-31"}
    year = {**window, "period_start": "2016-01-01", "period_end": "2016-12-31"}
    may = {**window, "period_start": "2016-05-01", "period_end": "2016-05-31"}
    late = {**window, "period_start": "2016-07-15", "period_end": "2016-08-15"}
    assert verdict(july, july)[0] == "same"
    assert verdict(july, year)[::2] == ("part", "a")
    assert verdict(year, july)[::2] == ("part", "b")
    assert verdict(july, may)[0] == "disjoint"
    assert verdict(july, late)[0] == "disjoint"


def test_role_nouns_name_no_other_group() -> None:
    march = {"metric": "protesters", "population": "marchers"}
    assert verdict(march, {**march, "population": "people"})[0] == "same"


def test_a_share_of_the_vote_without_its_party_is_whose_name_stands_beside_it() -> None:
    share = {
        "metric": "vote_share",
        "unit": "percent",
        "population": None,
        "party": None,
        "value": 41.0,
        "quote": "41%",
    }
    nobody = {**share, "sentence": "It came to 41% in the end."}
    hers = {**share, "sentence": "By the board's count Amara Diallo took 41% of the vote."}
    also = {**share, "sentence": "In the north Diallo had 41% and Traore 30%."}
    his = {**share, "sentence": "Diallo won 52%, Oumar Traore 41% and the others the rest."}
    assert verdict(nobody, nobody)[:2] == ("unknown", ("party",))
    assert verdict(hers, nobody)[:2] == ("unknown", ("party",))
    assert verdict(hers, also)[0] == "same"
    assert verdict(hers, his)[0] == "disjoint"


def test_units_are_converted() -> None:
    knowledge = Knowledge(default_lexicon())
    burned = {
        **BASE,
        "figure_id": "a",
        "article_id": "a",
        "metric": "area_burned",
        "value": 25.5e6,
        "low": 25.5e6,
        "high": 25.5e6,
    }
    acres = claim_of({**burned, "unit": "acre", "precision": 1e5}, knowledge)
    hectares = claim_of(
        {**burned, "unit": "hectare", "value": 10.3e6, "low": 10.3e6, "high": 10.3e6, "precision": 1e5}, knowledge
    )
    assert acres.dimension == hectares.dimension == "area"
    assert acres.lo <= hectares.hi
    assert hectares.lo <= acres.hi
    assert read_comparing().dimension("barrel/day")[0] == "volume/day"
    assert read_comparing().dimension("parsec") == ("parsec", 1.0)


def test_an_undated_number_of_another_year_has_no_date() -> None:
    words = {"as_of_basis": "publication", "sentence": "In 2016 police counted 12.", "quote": "12"}
    assert verdict(words, {})[1] == ("time",)
    assert verdict({**words, "sentence": "Since 2016 police counted 12."}, {})[0] == "same"


def test_a_figure_is_a_claim_too() -> None:
    figure = Figure(
        figure_id="f", metric="deaths", source="Police", article_id="a", value=None, low=12, high=float("inf"),
        comparator="at_least", unit="person", sentence="s", quote="at least 12", start=0, end=11,
    )  # fmt: skip
    claim = claim_of(figure, Knowledge(default_lexicon()))
    assert (claim.lo, claim.hi) == (12, float("inf"))
    assert compare(figure, figure).outcome == "agree"


def test_missing_bounds_follow_from_the_value_and_its_comparator() -> None:
    knowledge = Knowledge(default_lexicon())
    bare = {"figure_id": "a", "article_id": "a", "metric": "deaths", "value": 12}
    assert (claim_of(bare, knowledge).lo, claim_of(bare, knowledge).hi) == (12, 12)
    assert claim_of({**bare, "comparator": "at_most"}, knowledge).lo == 0


def test_event_names() -> None:
    assert event_place("flood:Derna:2023-09-10") == "Derna"
    assert event_place("flood:?:2023-09-10") is None
    assert event_place(None) is None
    assert event_day("flood:Derna:?") is None
    assert event_day("flood:Derna:2023-09-10") is not None


def test_opposed_parties() -> None:
    knowledge = Knowledge(default_lexicon())
    sides = [
        claim_of({**BASE, "figure_id": name, "article_id": name, "source": name}, knowledge)
        for name in ("Russian Ministry of Defence", "General Staff of the Armed Forces of Ukraine", "UNHCR")
    ]
    assert knowledge.opposed(sides[0], sides[1])
    assert not knowledge.opposed(sides[0], sides[2])
    assert knowledge.side(None) is None


@pytest.mark.parametrize("words", sorted(read_comparing().examples))
def test_every_word_list_matches_its_examples(words: str) -> None:
    comparing = read_comparing()
    yes, no = comparing.examples[words]
    assert yes, words
    assert all(comparing.says(words, one) for one in yes), [one for one in yes if not comparing.says(words, one)]
    assert not any(comparing.says(words, one) for one in no), [one for one in no if comparing.says(words, one)]
