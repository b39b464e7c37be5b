"""The latest figure of a series: who is current, who is best, when there is no best, and what never counts."""

from __future__ import annotations

import math
import random
from itertools import count
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.lexicon import default_lexicon
from figures.reconcile.latest import LATEST_COLUMNS, latest
from figures.table import tabulate

LEXICON = default_lexicon()
NUMBER = count()
WAR = "invasion:Ukraine:2022-02-24"
RUSSIAN = {"metric": "deaths", "population": "troops", "party": "Russian"}


def row(value: float | None, source: str, day: str | None, article: str | None = None, **slots: Any) -> dict[str, Any]:
    """A figure said on a day (stated), published on the same day unless told otherwise."""
    number = next(NUMBER)
    outlet = slots.pop("outlet", "Morning Paper")
    return {
        "figure_id": f"f{number:06}", "metric": "refugees", "unit": "person", "value": value, "low": value,
        "high": value, "precision": 1, "source": source, "source_mention": None if source == outlet else source,
        "outlet": outlet, "source_type": "media" if source == outlet else "intergovernmental",
        "article_id": article or f"a{number}", "quote": "q", "sentence": f"Sentence number {number}.",
        "start": number, "end": number + 1, "event": WAR, "place": "Ukraine", "published_at": day, "as_of": day,
        "as_of_basis": "stated" if day else None, **slots,
    }  # fmt: skip


def undated(day: str) -> dict[str, Any]:
    return {"as_of": day, "as_of_basis": "publication"}


def answer(*rows: dict[str, Any], metric: str = "refugees", **options: Any) -> pd.Series:
    """The only row of the answer."""
    found = latest(tabulate(rows), metric, lexicon=LEXICON, **options)
    assert len(found) == 1, found
    return found.iloc[0]


EXODUS = (
    row(660_000, "UNHCR", "2022-03-01", precision=10_000),
    row(874_000, "UNHCR", "2022-03-02", precision=1_000),
    row(1_045_459, "UNHCR", "2022-03-02", published_at="2022-03-03"),
)


def test_the_newest_figure_of_the_only_source() -> None:
    found = answer(*EXODUS)
    assert (found["value"], found["best"], found["source"]) == (1_045_459, 1_045_459, "UNHCR")
    assert found["as_of"] == pd.Timestamp("2022-03-02")
    assert (found["contested"], found["camps"], found["alternatives"]) == (False, [], [])
    assert (found["origins"], found["articles"]) == (1, 1)
    assert found["rule"] == "newest figure of the only source: UNHCR"


@pytest.mark.parametrize(
    ("slots", "value"),
    [
        ({"published_at": "2022-03-07", **undated("2022-03-07")}, 660_000),
        ({"published_at": "2022-03-07", **undated("2022-03-07")}, 700_000),
        ({"modality": "projected"}, 4_000_000),
        ({"modality": "planned"}, 4_000_000),
        ({"modality": "conditional"}, 4_000_000),
        ({"modality": "denied"}, 2_000_000),
        ({"modality": "superseded"}, 900_000),
        ({"as_of": None, "as_of_basis": "before_publication"}, 1_100_000),
    ],
)
def test_what_never_displaces_a_figure(slots: dict[str, Any], value: int) -> None:
    other = row(value, "UNHCR", "2022-03-06", precision=10_000, outlet="Weekly", **slots)
    assert answer(*EXODUS, other)["value"] == 1_045_459


def test_an_old_number_of_one_source_printed_again_is_stale_though_it_bears_a_new_date() -> None:
    reprint = row(660_000, "UNHCR", "2022-03-06", precision=10_000)
    assert answer(*EXODUS, reprint)["value"] == 1_045_459
    lowered = row(800_000, "UNHCR", "2022-03-06", precision=10_000)
    assert answer(*EXODUS, lowered)["value"] == 800_000


def test_a_number_that_its_text_calls_superseded_dates_the_reprint() -> None:
    rows = [
        row(1_021, "Army", "2013-05-10", modality="superseded", published_at="2013-05-13"),
        row(1_127, "Army", "2013-05-13"),
        row(1_021, "Army", "2013-05-16", **undated("2013-05-16")),
    ]
    assert answer(*rows)["value"] == 1_127


def test_a_misprinted_copy_does_not_displace_its_original() -> None:
    original = row(547_982, "UNHCR", "2022-03-02", published_at="2022-03-03")
    misprint = row(574_982, "UNHCR", "2022-03-02", published_at="2022-03-04")
    assert answer(original, misprint)["value"] == 547_982
    assert answer(original, row(602_115, "UNHCR", "2022-03-02", published_at="2022-03-04"))["value"] == 602_115


def test_what_the_metric_counts_and_since_when_names_no_other_series() -> None:
    first = row(874_000, "UNHCR", "2022-03-02", precision=1_000)
    since = {"aspect": "period", "period_start": "2022-02-24", "period_end": "2022-03-03"}
    later = row(1_045_459, "UNHCR", "2022-03-03", population="refugees", **since)
    assert answer(first, later)["value"] == 1_045_459
    week = row(300_000, "UNHCR", "2022-03-03", aspect="period", period_start="2022-03-01", period_end="2022-03-03")
    assert len(latest(tabulate([first, week]), "refugees", lexicon=LEXICON)) == 2


def test_the_best_ranked_source_is_best_and_the_others_are_alternatives() -> None:
    found = answer(
        row(1_045_459, "UNHCR", "2022-03-02"), row(1_050_000, "Radio", "2022-03-02", outlet="Radio", precision=10_000)
    )
    assert (found["value"], found["source"], found["rule"]) == (1_045_459, "UNHCR", "highest-ranked source: UNHCR")
    assert [one["source"] for one in found["alternatives"]] == ["Radio"]
    assert {"as_of", "value", "source", "comparator", "figure_id"} <= set(found["alternatives"][0])
    assert (found["low"], found["high"], found["origins"], found["articles"]) == (1_045_459, 1_050_000, 2, 2)


def test_a_later_higher_count_overtakes_a_better_ranked_older_one() -> None:
    found = answer(row(660_000, "UNHCR", "2022-03-01"), row(1_200_000, "European Commission", "2022-03-05"))
    assert (found["value"], found["contested"]) == (1_200_000, False)
    assert "1 earlier figure overtaken" in found["rule"]
    nobody = row(1_200_000, "an aid worker", "2022-03-05", source_type="witness")
    assert answer(row(660_000, "UNHCR", "2022-03-01"), nobody)["value"] == 660_000


def test_a_floor_is_overtaken_by_a_later_one_that_starts_above_it() -> None:
    launched = {"metric": "missiles_launched", "unit": "item", "high": math.inf, "comparator": "more_than"}
    older = row(450, "WHO", "2022-03-02", **launched)  # the better rank
    newer = row(500, "U.S. Department of Defense", "2022-03-04", source_type="anonymous", **launched)
    found = answer(older, newer, metric="missiles_launched")
    assert (found["best"], found["source"]) == (500, "U.S. Department of Defense")
    nobody = row(900, "a passer-by", "2022-03-05", source_type="witness", **launched)
    assert answer(older, newer, nobody, metric="missiles_launched")["best"] == 500


def test_open_bounds_leave_the_highest_finite_bound() -> None:
    floor = row(1_000_000, "IOM", "2022-03-02", comparator="more_than", low=1_000_000, high=math.inf, precision=1e6)
    found = answer(floor, metric="refugees")
    assert (found["value"], found["low"], math.isnan(found["high"])) == (1_000_000, 1_000_000, True)
    spread = row(None, "IOM", "2022-03-02", comparator="between", low=900_000, high=1_100_000)
    found = answer(spread)
    assert math.isnan(found["value"])
    assert (found["low"], found["high"]) == (900_000, 1_100_000)


OPPOSED = (
    row(498, "Russian Ministry of Defence", "2022-03-02", source_type="military", source_relation="own", **RUSSIAN),
    row(
        5_840, "General Staff of the Armed Forces of Ukraine", "2022-03-02", source_type="military", precision=10,
        source_relation="opponent", comparator="approximately", low=4_964, high=6_716, **RUSSIAN,
    ),
    row(
        6_000, "Volodymyr Zelenskyy", "2022-03-02", source_type="government", source_relation="opponent", precision=1e3,
        comparator="nearly", low=5_100, high=6_000, **RUSSIAN,
    ),
)  # fmt: skip


def test_opposed_parties_leave_no_best_but_camps() -> None:
    found = answer(*OPPOSED, metric="deaths")
    assert math.isnan(found["value"])
    assert math.isnan(found["best"])
    assert (found["source"], found["figure_id"], found["contested"]) == (None, None, True)
    assert found["rule"] == "two sides disagree"
    assert [sorted(one["value"] for one in camp) for camp in found["camps"]] == [[498], [5_840, 6_000]]
    assert {one["as_of"] for camp in found["camps"] for one in camp} == {"2022-03-02"}
    assert len(found["alternatives"]) == 3
    assert (found["low"], found["high"]) == (498, 6_716)


def test_opposed_parties_disagree_whatever_the_days() -> None:
    later = row(11_000, "General Staff of the Armed Forces of Ukraine", "2022-03-08", precision=1_000,
                source_relation="opponent", source_type="military", **RUSSIAN)  # fmt: skip
    found = answer(OPPOSED[0], later, metric="deaths")
    assert found["contested"]
    assert math.isnan(found["best"])


def test_independent_sources_of_one_day_are_contested_and_still_have_a_best() -> None:
    found = answer(
        row(43, "police", "2022-03-02", source_type="government", metric="deaths", place="Lviv"),
        row(61, "Red Crescent", "2022-03-02", source_type="ngo", metric="deaths", place="Lviv"),
        metric="deaths",
    )
    assert found["contested"]
    assert found["best"] in (43, 61)
    assert found["rule"].endswith("sources disagree")
    assert len(found["camps"]) == 2
    near = answer(row(1_000_000, "A", "2022-03-02"), row(1_020_000, "B", "2022-03-02"))
    assert not near["contested"]


def test_a_stock_of_a_later_day_replaces_a_higher_one() -> None:
    slots = {"metric": "missing", "aspect": "stock", "event": "collapse:Surfside:2021-06-24", "place": "Surfside"}
    found = answer(
        row(145, "mayor", "2021-07-01", **slots), row(126, "police", "2021-07-02", **slots), metric="missing"
    )
    assert (found["value"], found["contested"]) == (126, False)


def test_policies() -> None:
    rows = [row(1_045_459, "UNHCR", "2022-03-02"), row(990_000, "IOM", "2022-03-02", precision=10_000)]
    low = answer(*rows, policy="conservative")
    assert (low["value"], low["rule"]) == (990_000, "lowest bound that a current figure leaves")
    span = answer(*rows, policy="range")
    assert math.isnan(span["value"])
    assert (span["low"], span["high"]) == (990_000, 1_045_459)
    sides = answer(*OPPOSED, metric="deaths", policy="conservative")
    assert sides["value"] == 498
    assert sides["rule"].startswith("two sides disagree")
    with pytest.raises(ValueError, match="no policy 'mean': use latest, conservative or range"):
        answer(*rows, policy="mean")


@pytest.mark.parametrize(
    ("by", "value"),
    [
        ("2022-03-01", 660_000),
        ("2022-03-02", 874_000),
        ("2022-03-03", 1_045_459),
        ("2022-03-02T23:00:00+00:00", 874_000),
        (pd.Timestamp("2022-03-02").date(), 874_000),
    ],
)
def test_known_by(by: Any, value: int) -> None:
    assert answer(*EXODUS, known_by=by)["value"] == value


def test_known_by_an_hour() -> None:
    morning = row(12, "police", "2022-03-02", published_at="2022-03-02T08:00:00+00:00")
    evening = row(14, "police", "2022-03-02", published_at="2022-03-02T20:00:00+01:00")
    assert answer(morning, evening, known_by="2022-03-02T12:00")["value"] == 12
    assert answer(morning, evening, known_by="2022-03-02")["value"] == 14
    assert latest(tabulate([row(3, "police", None)]), "refugees", known_by="2022-03-02", lexicon=LEXICON).empty


def test_scope() -> None:
    rows = [
        row(1_045_459, "UNHCR", "2022-03-02"),
        row(547_982, "UNHCR", "2022-03-02", place="Poland", place_role="destination"),
        row(31, "IOM", "2022-03-02", population="children"),
        row(7, "IOM", "2022-03-02", event="flood:Kenya:2022-03-01", place="Kenya"),
    ]
    assert len(latest(tabulate(rows), "refugees", lexicon=LEXICON)) == 4
    assert answer(*rows, place="Poland")["value"] == 547_982
    assert answer(*rows, place="poland", source="UNHCR")["value"] == 547_982
    assert answer(*rows, place="Ukraine", population=None)["value"] == 1_045_459
    assert answer(*rows, population="children")["value"] == 31
    assert answer(*rows, event="flood")["value"] == 7
    assert answer(*rows, event="Kenya")["value"] == 7
    assert answer(*rows, event=WAR, place="Poland")["value"] == 547_982
    assert latest(tabulate(rows), "refugees", party="French", lexicon=LEXICON).empty
    with pytest.raises(ValueError, match="no scope 'plaice'"):
        answer(*rows, plaice="Poland")


def test_every_metric_at_once_and_none_at_all() -> None:
    found = latest(tabulate([*EXODUS, *OPPOSED]), None, lexicon=LEXICON)
    assert found["metric"].tolist() == ["deaths", "refugees"]
    assert list(latest(tabulate(()), "deaths", lexicon=LEXICON).columns) == list(LATEST_COLUMNS)


def test_wider_names_of_one_incident_are_one_series() -> None:
    slots = {"metric": "deaths", "event": "shooting:El Paso:2019-08-03", "source_type": "government"}
    rows = [
        row(20, "police", "2019-08-03", place="El Paso", **slots),
        row(22, "police", "2019-08-05", place="Texas", aspect="period", population="people", **slots),
    ]
    found = answer(*rows, metric="deaths")
    assert (found["value"], found["place"], found["population"]) == (22, "El Paso", "people")
    assert answer(*rows, metric="deaths", place="Texas")["value"] == 22


def test_a_copy_takes_the_date_of_its_groups_earliest() -> None:
    first = row(1_045_459, "UNHCR", "2022-03-02", published_at="2022-03-03")
    copy = row(1_045_459, "UNHCR", "2022-03-09", outlet="Weekly", **undated("2022-03-09"))
    found = answer(first, copy)
    assert (found["as_of"], found["figure_id"]) == (pd.Timestamp("2022-03-02"), first["figure_id"])
    assert (found["origins"], found["articles"]) == (1, 2)
    late_dated = answer({**first, **undated("2022-03-03")}, {**copy, "as_of": "2022-03-02", "as_of_basis": "stated"})
    assert late_dated["as_of"] == pd.Timestamp("2022-03-02")


def test_trend_tells_how_each_source_moved() -> None:
    steps = [("2022-02-28", 500_000), ("2022-03-01", 660_000), ("2022-03-02", 874_000), ("2022-03-04", 1_200_000)]
    unhcr = [row(value, "UNHCR", day, f"a{day}", published_at=day, precision=1000) for day, value in steps]
    (moved,) = answer(*unhcr, row(1_190_000, "IOM", "2022-03-04", "iom", precision=10_000))["trend"]
    assert (moved["source"], moved["direction"]) == ("UNHCR", "up")
    assert [(one["as_of"], one["value"]) for one in moved["steps"]] == steps
    assert answer(*reversed(unhcr))["trend"] == [moved]


def test_a_number_that_fits_the_one_before_is_no_move() -> None:
    floor = row(1_000_000, "UNHCR", "2022-03-03", "b", comparator="more_than", high=math.inf, precision=1_000_000)
    assert answer(row(1_045_459, "UNHCR", "2022-03-02", "a"), floor)["trend"] == []
    fell = answer(row(900_000, "UNHCR", "2022-03-02", "a"), row(700_000, "UNHCR", "2022-03-05", "b"))["trend"]
    assert [one["direction"] for one in fell] == ["down"]


def test_those_who_fled_and_those_who_are_away_are_one_series_at_first() -> None:
    event = "invasion:Ukraine:2022-02-24"
    away = row(874_000, "UNHCR", "2022-03-02", "a", aspect="stock", event=event)
    fled = row(1_200_000, "UNHCR", "2022-03-04", "b", event=event)
    assert len(latest(tabulate([away, fled]), "refugees", lexicon=LEXICON)) == 1
    later = {"as_of": "2023-03-04", "published_at": "2023-03-04"}
    old = [{**away, **later}, {**fled, **later}]
    assert len(latest(tabulate(old), "refugees", lexicon=LEXICON)) == 2


VALUES = st.sampled_from([498, 500, 660_000, 874_000, 1_000_000, 1_045_459])
DAYS = st.sampled_from(["2022-03-01", "2022-03-02", "2022-03-03", "2022-03-06"])


@st.composite
def figures(draw: st.DrawFn) -> dict[str, Any]:
    value, published = draw(VALUES), draw(DAYS)
    basis = draw(st.sampled_from(["stated", "reporting_day", "publication"]))
    day = published if basis == "publication" else min(published, draw(DAYS))
    open_ = draw(st.booleans())
    return row(
        value, draw(st.sampled_from(["UNHCR", "IOM", "Radio", "Morning Paper"])), day, f"a{draw(st.integers(0, 3))}",
        published_at=published, as_of_basis=basis, precision=10 ** (len(str(value)) - len(str(value).rstrip("0"))),
        comparator="more_than" if open_ else "exact", high=math.inf if open_ else value,
        modality=draw(st.sampled_from(["reported", "reported", "superseded", "projected"])),
    )  # fmt: skip


def told(found: pd.DataFrame) -> list[dict[str, Any]]:
    """An answer without the count of articles."""

    def bare(one: Any) -> Any:
        if isinstance(one, list):
            return [bare(each) for each in one]
        if isinstance(one, dict):
            return {name: bare(value) for name, value in one.items() if name != "articles"}
        return None if one is pd.NaT or one != one else one

    return [bare(one) for one in found.to_dict("records")]


@given(st.lists(figures(), min_size=1, max_size=9), st.data(), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_a_copy_changes_no_answer_and_order_neither(
    rows: list[dict[str, Any]], data: st.DataObject, chance: random.Random
) -> None:
    before = told(latest(tabulate(rows), "refugees", lexicon=LEXICON))
    chosen = data.draw(st.sampled_from([one["article_id"] for one in rows]))
    outlet = data.draw(st.sampled_from(["Morning Paper", "Weekly"]))
    # A copy of the whole article, printed later, elsewhere.
    copies = [
        {**one, "figure_id": f"g{one['figure_id'][1:]}", "article_id": f"z{chosen}", "outlet": outlet,
         "published_at": "2022-03-07",
         "source": outlet if one["source"] == one["outlet"] else one["source"],
         "sentence": f"{one['sentence']} It was said here at some length by those who had counted."}
        for one in rows if one["article_id"] == chosen
    ]  # fmt: skip
    originals = [
        {**one, "sentence": f"{one['sentence']} It was said here at some length by those who had counted."}
        if one["article_id"] == chosen else one
        for one in rows
    ]  # fmt: skip
    shuffled = [*originals, *copies]
    chance.shuffle(shuffled)
    assert told(latest(tabulate(shuffled), "refugees", lexicon=LEXICON)) == before
