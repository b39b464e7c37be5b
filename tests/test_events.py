"""One story, one name: which event names are joined, and which tempting neighbours are not."""

from __future__ import annotations

import random
import tomllib
from importlib.resources import files
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.lexicon import default_lexicon
from figures.lexicon.stories import read_stories
from figures.reconcile.events import assign_events, is_campaign, is_point, parse_event
from figures.table import flat, tabulate

LEXICON = default_lexicon()
NUMBER = count()
TOLL = (("deaths", 63), ("injuries", 400))


def row(event: str | None, article: str, value: float = 12, **slots: Any) -> dict[str, Any]:
    return {
        "figure_id": f"f{next(NUMBER):06}", "metric": "deaths", "source": "police", "article_id": article,
        "unit": "person", "sentence": "s", "quote": "q", "start": 0, "end": 1, "value": value, "low": value,
        "high": value, "precision": 1, "event": event, "published_at": "2022-03-03", **slots,
    }  # fmt: skip


def joined(*rows: dict[str, Any]) -> list[str | None]:
    """The final event of each row, in the order given."""
    frame = flat(assign_events(tabulate(rows), LEXICON)).set_index("figure_id")
    found = frame["event"].astype(object).where(frame["event"].notna(), None)
    return [found[one["figure_id"]] for one in rows]


def stories(*names: str, **slots: Any) -> list[set[int]]:
    """Which names, one article each, are one story: sets of positions."""
    out: dict[str | None, set[int]] = {}
    for number, event in enumerate(joined(*(row(name, f"a{n}", n + 1) for n, name in enumerate(names)))):
        out.setdefault(event, set()).add(number)
    return sorted(out.values(), key=min)


@pytest.mark.parametrize(
    "names",
    [
        ("earthquake:Haiti:2010-01-12", "quake:Haiti:2010-01-12"),
        ("earthquake:Haiti:2010-01-12", "earthquake:Port-au-Prince:2010-01-12"),
        ("earthquake:Haiti:2010-01-12", "earthquake:Haiti:2010-01-13"),
        ("typhoon Haiyan:Philippines:2013-11-08", "storm Haiyan:Vietnam:2013-11-10"),
        ("invasion:Ukraine:2022-02-24", "war:Ukraine:2022-02-24"),
        ("attack:Paris:2015-11-13", "shooting:Paris:2015-11-13"),
        ("bombing:Kabul:2021-08-26", "suicide bombing:Afghanistan:2021-08-26"),
        ("flood:Kerala:2018-08-08", "landslide:Kerala:2018-08-08"),
        ("Ebola outbreak:Liberia:2014-03-30", "Ebola epidemic:West Africa:2014-03-22"),
        ("explosion:Beirut:2020-08-04", "blast:Lebanon:2020-08-04"),
        ("train crash:Greece:2023-02-28", "collision:Greece:2023-03-01"),
    ],
)
def test_one_story(names: tuple[str, ...]) -> None:
    assert stories(*names) == [{0, 1}]


@pytest.mark.parametrize(
    "names",
    [
        # two shootings in one city, a week apart, or on two days
        ("shooting:Chicago:2022-07-04", "shooting:Chicago:2022-07-11"),
        ("shooting:Chicago:2022-07-04", "shooting:Chicago:2022-07-05"),
        ("shooting:El Paso:2019-08-03", "shooting:Dayton:2019-08-03"),
        # an incident inside a campaign
        ("war:Ukraine:2022-02-24", "missile strike:Ukraine:2022-02-24"),
        ("war:Syria:2011-03-15", "offensive:Aleppo:2016-09-22"),
        # other kinds, other names, other years
        ("shooting:Aleppo:2016-09-23", "bombing:Aleppo:2016-09-23"),
        ("hurricane Irma:Puerto Rico:2017-09-06", "hurricane Maria:Puerto Rico:2017-09-10"),
        ("Ebola outbreak:Guinea:2014-03-22", "cholera outbreak:Guinea:2014-03-22"),
        ("earthquake:Haiti:2010-01-12", "earthquake:Haiti:2021-08-14"),
        ("earthquake:Turkey:2023-02-06", "earthquake:Syria:2023-02-06"),
        ("election:France:2022-04-10", "election:France:2022-04-24"),
        ("fire:London:2017-06-14", "protest:London:2017-06-14"),
    ],
)
def test_two_stories(names: tuple[str, ...]) -> None:
    assert stories(*names) == [{0}, {1}]


@pytest.mark.parametrize(
    "names",
    [
        ("shooting:Aleppo:2016-09-23", "attack:Aleppo:2016-09-23", "bombing:Aleppo:2016-09-23"),
        ("shooting:El Paso:2019-08-03", "shooting:United States:2019-08-03", "shooting:Dayton:2019-08-03"),
    ],
)
def test_a_broad_report_does_not_bridge_two_narrow_ones(names: tuple[str, ...]) -> None:
    assert stories(*names) == [{0}, {1}, {2}]


def test_one_article_that_tells_two_stories_apart_keeps_them_apart() -> None:
    rows = [row("attack:Paris:2015-11-13", "a"), row("shooting:Paris:2015-11-13", "a", 3)]
    assert joined(*rows) == ["attack:Paris:2015-11-13", "shooting:Paris:2015-11-13"]


def test_a_shared_telling_number_joins_a_frequent_kind_over_midnight() -> None:
    apart = [row("airstrike:Aleppo:2016-09-23", "a", 91), row("airstrike:Aleppo:2016-09-24", "b", 91)]
    assert len(set(joined(*apart))) == 2
    told = [row("airstrike:Aleppo:2016-09-23", "a", 191), row("airstrike:Aleppo:2016-09-24", "b", 191)]
    assert set(joined(*told)) == {"airstrike:Aleppo:2016-09-23"}


SITE, TOWN = "collapse:Ilica Towers:2013-04-24", "collapse:Dhaka:2013-04-24"


@pytest.mark.parametrize(
    ("site", "town"),
    [
        ({"value": 1127}, {"value": 1127}),
        ({"iso3": "BGD"}, {"iso3": "BGD"}),
        ({"place": "Dhaka"}, {}),
        ({}, {"title": "The dead of Ilica Towers"}),
    ],
)
def test_a_site_that_no_gazetteer_has(site: dict[str, Any], town: dict[str, Any]) -> None:
    assert len(set(joined(row(SITE, "a", **site), row(TOWN, "b", **{"value": 13, **town})))) == 1
    assert len(set(joined(row(SITE, "a"), row(TOWN, "b")))) == 2
    frequent = [row(name.replace("collapse", "bombing"), name, iso3="BGD") for name in (SITE, TOWN)]
    assert len(set(joined(*frequent))) == 2


def test_an_incomplete_name_joins_the_only_story_that_fits() -> None:
    whole = "earthquake:Haiti:2010-01-12"
    soon, late = {"published_at": "2010-01-15"}, {"published_at": "2012-01-15"}
    rows = [
        row(whole, "a", 1597, **soon),
        row("earthquake:Haiti:?", "b", 3, **soon),
        row("?:Haiti:2010-01-12", "c", 4, **soon),
        row("earthquake:?:2010-01-12", "d", 1597, **soon),
    ]
    assert joined(*rows) == [whole] * 4
    old = row("earthquake:Haiti:?", "e", 5, **late)
    assert joined(rows[0], old)[1] != whole
    nowhere = row("earthquake:?:2010-01-12", "f", 6, **soon)
    assert joined(rows[0], nowhere)[1] != whole


def test_an_incomplete_name_that_fits_two_stories_joins_neither() -> None:
    rows = [row("attack:Kabul:2022-03-01", "a"), row("attack:Kabul:2022-03-03", "b"), row("attack:Kabul:?", "c")]
    assert len(set(joined(*rows))) == 3


def test_incomplete_incidents_of_two_articles_are_not_one_by_their_wording() -> None:
    one, other = joined(row("attack:Kabul:?", "a", 12), row("attack:Kabul:?", "b", 15))
    assert one is not None
    assert one != other
    assert one.startswith("attack:Kabul:?")
    companions = [row("attack:Kabul:?", "a", 12), row("attack:Kabul:?", "a", 31, metric="injuries")]
    companions += [row("attack:Kabul:?", "b", 12), row("attack:Kabul:?", "b", 31, metric="injuries")]
    assert len(set(joined(*companions))) == 1


PRESS = "a statement from the Kensington council and Dany Cotton on the toll"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        # a site that no gazetteer has, and what a place seldom sees
        ({"event": "fire:Lakanal Tower:?"}, {"event": "fire:Lakanal Tower:?"}, True),
        ({"event": "election:Kenya:?"}, {"event": "election:Kenya:?"}, True),
        ({"event": "election:Kenya:?"}, {"event": "election:Uganda:?"}, False),
        # a town wants a number or a name in common, a country two
        ({"event": "fire:Lagos:?"}, {"event": "fire:Lagos:?"}, False),
        ({"event": "fire:Lagos:?", "value": 31}, {"event": "fire:Lagos:?", "value": 31}, True),
        ({"event": "fire:Lagos:?", "sentence": PRESS}, {"event": "fire:Lagos:?", "sentence": PRESS}, True),
        ({"event": "fire:Nigeria:?", "value": 31}, {"event": "fire:Nigeria:?", "value": 31}, False),
        ({"event": "fire:Nigeria:?", "value": 131}, {"event": "fire:Nigeria:?", "value": 131}, True),
        # frequent kinds want numbers, whatever names their sentences share
        ({"event": "attack:Kabul:?", "sentence": PRESS}, {"event": "attack:Kabul:?", "sentence": PRESS}, False),
        ({"event": "attack:Kabul:?", "value": 131}, {"event": "attack:Kabul:?", "value": 131}, True),
        # a name is unmistakable for months, a place is not
        ({"event": "hurricane Maria:Puerto Rico:?"}, {"event": "storm Maria:Puerto Rico:?"}, True),
        (
            {"event": "fire:Lagos:?", "value": 31},
            {"event": "fire:Lagos:?", "value": 31, "published_at": "2022-05-20"},
            False,
        ),
    ],
)
def test_undated_reports_go_by_evidence(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    rows = [row(article="a", **{"value": 12, **one}), row(article="b", **{"value": 15, **other})]
    assert (len(set(joined(*rows))) == 1) is same


def test_an_undated_attack_is_that_of_the_country_only_by_its_numbers() -> None:
    day = {"published_at": "2023-01-04"}
    blow = [row("attack:Ukraine:2023-01-02", "one", value, metric=name, **day) for name, value in TOLL]
    assert len(set(joined(*blow, row("attack:Kramatorsk:?", "two", 6, **day)))) == 2
    told = [row("attack:Kharkiv:?", "two", value, metric=name, **day) for name, value in TOLL]
    assert len(set(joined(*blow, *told))) == 1


def test_a_country_in_unrest_is_in_one_and_towns_have_marches_of_their_own() -> None:
    def two(place: str) -> set[str | None]:
        return set(
            joined(
                row(f"protest:{place}:?", "one", 164, published_at="2022-01-09"),
                row(f"protest:{place}:?", "two", 164, published_at="2022-01-15"),
                row(f"protest:{place}:?", "two", 225, published_at="2022-01-15"),
            )
        )

    assert len(two("Kazakhstan")) == 1
    days = (("one", "2022-01-02"), ("two", "2022-01-08"))
    plain = [row("protest:Almaty:?", name, 12, published_at=day) for name, day in days]
    assert len(set(joined(*plain))) == 2


def test_a_month_tells_when_an_undated_report_was_news_whenever_the_other_was_printed() -> None:
    site = "fire:Hillcrest House:"
    told, later = joined(
        row(f"{site}?", "one", 30, published_at="2017-06-16"),
        row(f"{site}2017-06", "two", 71, published_at="2017-11-17"),
    )
    assert told == later


def test_what_one_report_of_a_story_excludes_the_whole_story_excludes() -> None:
    told = joined(
        row("explosion:Damascus:2017-10-11", "one", 9),
        row("bombing:Damascus:2017-10-11", "two", 6),
        row("attack:Midan:2017-10-02", "two", 17),
        row("bombing:Midan:2017-10", "one", 15),
    )
    assert told[0] == told[1] != told[2] == told[3]


def test_a_region_spans_the_epidemics_of_its_countries() -> None:
    region = "Ebola epidemic:West Africa:?"
    rows = [row(name, name) for name in (region, "Ebola epidemic:Liberia:?", "Ebola epidemic:Guinea:?")]
    assert set(joined(*rows)) == {region}
    assert len(set(joined(*rows[1:]))) == 2
    assert len(set(joined(row("cholera epidemic:Yemen:?", "a"), row("cholera epidemic:Haiti:?", "b")))) == 2


def test_a_campaign_needs_no_date() -> None:
    rows = [row("war:Yemen:?", "a"), row("war:Yemen:?", "b"), row("war:Yemen:2014-09-16", "c")]
    assert set(joined(*rows)) == {"war:Yemen:2014-09-16"}


def test_no_event_is_kept_but_for_a_telling_number_of_one_story() -> None:
    rows = [
        row("earthquake:Haiti:2010-01-12", "a", 1597),
        row(None, "b", 1597),
        row(None, "c", 12),
        row(None, "d", 1597, source="army"),
        row(None, "e", 1597, metric="unemployment_rate"),
    ]
    assert joined(*rows) == [rows[0]["event"], rows[0]["event"], None, None, None]
    assert joined(row(None, "f"), row(None, "g")) == [None, None]


def test_other_names_are_kept() -> None:
    names = ["haiti_2010", "a:b", "quake:Haiti:January", "Category 5"]
    assert joined(*(row(name, name) for name in names)) == names


def test_joining_again_changes_nothing() -> None:
    names = ["earthquake:Haiti:2010-01-12", "quake:Haiti:2010-01-13", "attack:Kabul:?", "attack:Kabul:?", "war:Mali:?"]
    table = tabulate(row(name, f"a{n}", n) for n, name in enumerate(names))
    once = assign_events(table, LEXICON)
    assert assign_events(once, LEXICON).equals(once)
    assert assign_events(tabulate(()), LEXICON).empty


CAUSES = st.sampled_from(["attack", "shooting", "bombing", "earthquake", "war", "storm Ana", "storm Eva", "?"])
PLACES = st.sampled_from(["Haiti", "Port-au-Prince", "Kabul", "Afghanistan", "Texas", "El Paso", "?"])
DAYS = st.sampled_from(["2022-03-01", "2022-03-02", "2022-03-04", "?"])
NAMES = st.builds("{}:{}:{}".format, CAUSES, PLACES, DAYS)


@given(
    st.lists(st.tuples(NAMES, st.integers(0, 6), st.sampled_from([3.0, 191.0, 1597.0])), min_size=1, max_size=14),
    st.randoms(use_true_random=False),
)
@settings(max_examples=40, deadline=None)
def test_order_changes_nothing_and_articles_stay_told_apart(
    told: list[tuple[str, int, float]], chance: random.Random
) -> None:
    rows = [row(name, f"a{article}", value) for name, article, value in told]
    before = joined(*rows)
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    after = {one["figure_id"]: event for one, event in zip(shuffled, joined(*shuffled), strict=True)}
    assert [after[one["figure_id"]] for one in rows] == before
    for one, event in zip(rows, before, strict=True):
        for other, another in zip(rows, before, strict=True):
            if one["article_id"] == other["article_id"] and one["event"] != other["event"]:
                assert event != another


@pytest.mark.parametrize(
    ("cause", "kind", "name"),
    [
        ("earthquake", "earthquake", ""),
        ("typhoon Haiyan", "storm", "haiyan"),
        ("Hurricane Maria", "storm", "maria"),
        ("mass shooting", "shooting", "mass"),
        ("suicide bombing", "bombing", ""),
        ("roadside bombs", "bombing", ""),
        ("cholera outbreak", "epidemic", "cholera"),
        ("outbreak of cholera", "epidemic", "cholera"),
        ("clashes", "clashes", ""),
        ("general strike", "walkout", ""),
        ("airstrikes", "airstrike", ""),
        ("boat sinking", "sinking", ""),
    ],
)
def test_the_kind_that_a_cause_names(cause: str, kind: str, name: str) -> None:
    found, rest = read_stories().kind_of(cause)
    assert found is not None
    assert (found.name, rest if found.named else "") == (kind, name if found.named else "")


def test_every_word_names_its_own_kind() -> None:
    known = read_stories()
    for word, kind in known.words.items():
        found, rest = known.kind_of(word)
        assert found is not None
        assert (found.name, rest) == (kind, ""), word


def test_every_cause_that_reading_names_is_of_a_kind() -> None:
    known = read_stories()
    raw = files("figures.lexicon").joinpath("data/causes.toml").read_text(encoding="utf-8")
    for cause in tomllib.loads(raw)["causes"]:
        assert known.kind_of(cause["name"])[0] is not None, cause["name"]


def test_names_taken_apart() -> None:
    story = parse_event("typhoon Haiyan:Leyte: Tacloban:2013-11-08")
    assert story is not None
    assert (story.name, story.place, story.unknown) == ("haiyan", "Leyte: Tacloban", 0)
    assert parse_event("haiti_2010") is None
    assert is_campaign("war:Syria:2011-03-15") is True
    assert is_campaign("shooting:?:?") is False
    assert is_campaign("?:Haiti:2010-01-12") is None
    assert is_campaign(None) is None
    assert is_point("shooting:El Paso:2019-08-03")
    assert not is_point("earthquake:Haiti:2010-01-12")
    assert not is_point(None)


def test_a_month_or_a_year_is_an_unknown_day_within_it() -> None:
    whole, soon = "crash:Lviv:2010-04-17", {"published_at": "2010-05-03"}
    rows = [row(whole, "a", **soon), row("crash:Lviv:2010-04", "b", 3, **soon), row("crash:Lviv:2009", "c", 4, **soon)]
    assert joined(*rows)[:2] == [whole, whole]
    assert joined(*rows)[2] != whole
    # Two articles that name a month need not mean one crash.
    apart = joined(row("crash:Lviv:2010-04", "d", **soon), row("crash:Lviv:2010-04", "e", 3, **soon))
    assert apart[0] != apart[1]
    assert joined(row(apart[0], "d", **soon), row(apart[1], "e", 3, **soon)) == apart
