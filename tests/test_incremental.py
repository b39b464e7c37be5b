"""Following single articles says what comparing everything says, in whatever order they come, change and go."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.desk import Desk
from figures.lexicon import default_lexicon
from figures.model import Article, Figure
from figures.reconcile import reconcile
from figures.reconcile.latest import latest_of
from figures.store import Store, open_store
from figures.table import flat, tabulate

LEXICON = default_lexicon()
EVENTS = (
    "flood:Mongo:2024-03-01", "flood:Mongo:2024-03-03", "flood:Abéché:2024-03-01", "flood:Chad:2024-03-02",
    "flood:Mongo:?", "flood:?:2024-03-01", "attack:Mongo:2024-03-01", "attack:Mongo:?", "?:Mongo:2024-03-01",
    "war:Sudan:2023-04-15", "battle:El Fasher:2024-03-02", "fire:Old Mill:2024-03-01", "fire:Mill Lane:2024-03-01",
    "epidemic:West Africa:2024-01-05", "cholera outbreak:Guinea:2024-01-09", None,
)  # fmt: skip

figures = st.fixed_dictionaries(
    {
        "event": st.sampled_from(EVENTS),
        "metric": st.sampled_from(("deaths", "injuries", "cases", "confirmed_cases", "unemployment_rate", "displaced")),
        "value": st.sampled_from((12, 18, 120, 210, 1240, 1420, 1597, 54_782, 57_482)),
        "source": st.sampled_from(("Chadian government", "OCHA", "Red Cross", None)),
        "place": st.sampled_from((None, "Mongo", "Abéché", "Chad", "Sudan", "Old Mill")),
        "population": st.sampled_from((None, None, "civilians")),
        "as_of": st.sampled_from((None, "2024-03-01", "2024-03-02", "2024-03-09")),
    }
)
articles = st.fixed_dictionaries(
    {
        "figures": st.lists(figures, min_size=1, max_size=3),
        "published_at": st.sampled_from(("2024-03-01", "2024-03-02", "2024-03-04", "2024-03-12", None)),
        "title": st.sampled_from(("News of the day", "Flood in Mongo", "Fire at Old Mill")),
    }
)


def report_of(name: str, article: dict[str, Any]) -> tuple[Article, list[Figure]]:
    """An article with its figures as a reader would hand them over."""
    figures = []
    for at, one in enumerate(article["figures"]):
        percent = one["metric"] == "unemployment_rate"
        said = one["source"] or "The paper"
        value = float(one["value"])
        figures.append(
            Figure(
                figure_id=f"f{name}{at}", article_id=name, outlet=article.get("outlet", f"Paper {name}"),
                metric=one["metric"], event=one["event"], value=value, low=value, high=value,
                unit="percent" if percent else "person", title=article["title"],
                source=one["source"] or article.get("outlet", f"Paper {name}"), source_mention=one["source"],
                place=one["place"], population=one["population"],
                iso3="TCD" if one["place"] in ("Mongo", "Abéché", "Chad") else None, field="text",
                published_at=article["published_at"], as_of_basis="stated" if one["as_of"] else "publication",
                as_of=date.fromisoformat(one["as_of"]) if one["as_of"] else None,
                quote=str(one["value"]), start=400 + 40 * at, end=403 + 40 * at,
                sentence=f"{said} gave a count of {one['value']} for the whole place when a reporter asked.",
            )
        )  # fmt: skip
    text = " ".join(one.sentence for one in figures)
    given = Article(
        article_id=name, text=text, outlet=figures[0].outlet, published_at=article["published_at"],
        title=article["title"],
    )  # fmt: skip
    return given, figures


def check(store: Store) -> None:
    """Hold what a store says against comparing everything that it holds."""
    assert store.is_compared()
    whole = reconcile(store.table(), LEXICON)
    names = ["figure_id", "event", "origin_group"]
    pd.testing.assert_frame_equal(
        flat(store.table(reconciled=True))[names].sort_values("figure_id", ignore_index=True),
        flat(whole.table)[names].sort_values("figure_id", ignore_index=True),
    )
    assert [one.conflict for one in store.conflicts()] == list(whole.conflicts)
    assert store.uncompared() == list(whole.uncompared)
    fresh, kept = latest_of(whole.table, None, lexicon=LEXICON), store.latest()
    assert len(kept) == len(fresh)
    if len(fresh):
        assert _plain(kept) == _plain(fresh)


def _plain(answers: pd.DataFrame) -> list[list[str]]:
    rows = answers.reset_index(drop=True) if answers.index.names == [None] else answers.reset_index()
    found = []
    for row in rows.astype(object).where(rows.notna(), None).to_dict("records"):
        high = None if row["high"] is not None and row["high"] == float("inf") else row["high"]
        found.append([str(value) for value in {**row, "high": high}.values()])
    return found


@settings(max_examples=25)
@given(st.data())
def test_any_order_of_coming_changing_and_going_ends_as_comparing_everything(data: st.DataObject) -> None:
    with open_store(":memory:") as store:
        desk, standing = Desk(store, LEXICON), dict[str, dict[str, Any]]()
        for _ in range(data.draw(st.integers(1, 4), label="batches")):
            for number in data.draw(st.lists(st.integers(0, 7), min_size=1, max_size=4), label="articles"):
                name = f"a{number}"
                what = data.draw(st.sampled_from(("new", "new", "again", "gone")), label="what")
                if what == "gone":
                    store.withdraw(name)
                    continue
                told = data.draw(articles, label=name)
                if what == "again" and standing:
                    told = standing[data.draw(st.sampled_from(sorted(standing)), label="reprints")]
                store.add(*report_of(name, told))
                standing[name] = told
            desk.refresh()
        check(store)


def article(event: str | None, value: int, source: str, **changes: Any) -> dict[str, Any]:
    one = {
        "event": event, "metric": "deaths", "value": value, "source": source, "place": "Mongo", "population": None,
        "as_of": "2024-03-02",
    }  # fmt: skip
    return {"figures": [one | changes], "published_at": "2024-03-02", "title": "News of the day"}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(open_store(tmp_path / "follow.sqlite"), LEXICON)


def test_a_withdrawn_article_takes_its_conflict_along(desk: Desk) -> None:
    desk.keep([report_of("one", article("flood:Mongo:2024-03-01", 120, "OCHA"))])
    desk.keep([report_of("two", article("flood:Mongo:2024-03-01", 210, "Chadian government"))])
    assert [one.conflict.kind for one in desk.store.conflicts()] == ["disagreement"]
    desk.withdraw("two")
    assert desk.store.conflicts() == []
    desk.withdraw("one")
    check(desk.store)


def test_an_empty_store_has_nothing_to_say(desk: Desk) -> None:
    assert desk.refresh() == []
    check(desk.store)


FLOOD = article("flood:Mongo:2024-03-01", 1240, "OCHA")


def of_latest(store: Store) -> list[tuple[Any, ...]]:
    return [(row["value"], row["articles"], row["origins"]) for row in store.latest_rows("deaths")]


def test_a_reprint_counts_as_soon_as_it_is_kept(desk: Desk) -> None:
    desk.keep([report_of("a1", FLOOD)])
    desk.keep([report_of("a2", FLOOD)])
    assert of_latest(desk.store) == [(1240.0, 2, 1)]
    desk.store.add(*report_of("a3", FLOOD))
    assert desk.store.settle_reprints()
    assert of_latest(desk.store) == [(1240.0, 3, 1)]
    check(desk.store)


@pytest.mark.parametrize(
    "changes",
    [
        {"published_at": "2024-03-03"},
        {"title": "Flood in Mongo"},
        {"figures": [FLOOD["figures"][0] | {"value": 1250}]},
        {"figures": [FLOOD["figures"][0], FLOOD["figures"][0] | {"metric": "injuries", "value": 1800}]},
        {"figures": [FLOOD["figures"][0] | {"source": None}]},
        {"figures": [FLOOD["figures"][0] | {"event": "flood:Mongo:?"}]},
    ],
    ids=["another day", "another title", "another number", "one more number", "nobody credited", "a name with a gap"],
)
def test_what_says_something_else_is_no_reprint(desk: Desk, changes: dict[str, Any]) -> None:
    desk.keep([report_of("a1", FLOOD)])
    desk.store.add(*report_of("a2", FLOOD | changes))
    assert not desk.store.settle_reprints()
    desk.refresh()
    check(desk.store)


def test_a_reprint_of_what_is_contested_joins_its_camp(desk: Desk) -> None:
    desk.keep([report_of("a1", FLOOD), report_of("a2", article("flood:Mongo:2024-03-01", 2210, "Chadian government"))])
    desk.store.add(*report_of("a3", FLOOD))
    assert not desk.store.settle_reprints()
    desk.refresh()
    (found,) = desk.store.conflicts()
    assert sorted(len(camp) for camp in found.conflict.camps) == [1, 2]
    check(desk.store)


def test_a_reprint_of_a_corrected_figure_is_compared(desk: Desk) -> None:
    desk.keep([report_of("a1", FLOOD)])
    desk.correct("fa10", "value", 1420, reviewer="R.")
    desk.store.add(*report_of("a2", FLOOD))
    assert not desk.store.settle_reprints()
    desk.refresh()
    check(desk.store)


def test_a_misprint_in_another_story_is_found_when_it_comes_later(desk: Desk) -> None:
    desk.keep([report_of("a1", article("flood:Mongo:2024-03-01", 54_782, "OCHA", metric="displaced"))])
    desk.keep([report_of("a2", article("flood:Abéché:2024-03-01", 57_482, "OCHA", metric="displaced", place=None))])
    check(desk.store)


def test_all_is_compared_where_nobody_marked_what_changed(desk: Desk) -> None:
    desk.keep([report_of("a1", FLOOD)])
    given, figures = report_of("a2", article("flood:Mongo:2024-03-01", 2210, "Chadian government"))
    desk.store.import_table(tabulate(figures), [given])
    assert not desk.store.is_followed()
    desk.refresh()
    assert desk.store.is_followed()
    assert len(desk.store.conflicts()) == 1
    check(desk.store)


credited = st.fixed_dictionaries(
    {
        "event": st.sampled_from(("flood:Mongo:2024-03-01", "flood:Mongo:2024-03-03", "war:Sudan:2023-04-15")),
        "metric": st.sampled_from(("deaths", "injuries")),
        "value": st.sampled_from((1240, 1420, 2597, 54_782)),
        "source": st.sampled_from(("OCHA", "Red Cross", "UNICEF")),
        "place": st.sampled_from(("Mongo", None)),
        "population": st.sampled_from((None, None, "children")),
        "as_of": st.sampled_from((None, "2024-03-01", "2024-03-02")),
    }
)


@settings(max_examples=8)
@given(
    st.lists(st.lists(credited, min_size=1, max_size=2), min_size=1, max_size=4),
    st.lists(st.integers(0, 3), min_size=1, max_size=5),
)
def test_reprints_end_as_comparing_everything(told: list[list[dict[str, Any]]], again: list[int]) -> None:
    with open_store(":memory:") as store:
        desk = Desk(store, LEXICON)
        given = [{"figures": one, "published_at": "2024-03-02", "title": "News of the day"} for one in told]
        desk.keep([report_of(f"a{number}", one) for number, one in enumerate(given)])
        for number, which in enumerate(again):
            desk.keep([report_of(f"b{number}", given[which % len(given)])])
        check(store)
