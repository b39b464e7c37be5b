"""The ledger says what comparing everything says, in whatever order articles come, change and go."""

from __future__ import annotations

from typing import Any

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.lexicon import default_lexicon
from figures.reconcile import reconcile
from figures.reconcile.incremental import Ledger, Settled
from figures.reconcile.latest import latest_of
from figures.table import concat, flat, tabulate

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


def rows_of(name: str, article: dict[str, Any]) -> pd.DataFrame:
    rows = []
    for at, one in enumerate(article["figures"]):
        percent = one["metric"] == "unemployment_rate"
        said = one["source"] or "The paper"
        rows.append(
            {
                **one, "figure_id": f"f{name}{at}", "article_id": name, "outlet": f"Paper {name}", "low": one["value"],
                "high": one["value"], "unit": "percent" if percent else "person", "title": article["title"],
                "source": one["source"] or f"Paper {name}", "source_mention": one["source"],
                "iso3": "TCD" if one["place"] in ("Mongo", "Abéché", "Chad") else None, "field": "text",
                "published_at": article["published_at"], "as_of_basis": "stated" if one["as_of"] else "publication",
                "quote": str(one["value"]), "start": 400 + 40 * at, "end": 403 + 40 * at,
                "sentence": f"{said} gave a count of {one['value']} for the whole place when a reporter asked.",
            }
        )  # fmt: skip
    return tabulate(rows)


def check(settled: Settled, standing: dict[str, pd.DataFrame]) -> None:
    """Hold a ledger's answer against comparing everything that stands."""
    if not standing:
        assert not len(settled.table)
        assert not settled.conflicts
        return
    whole = reconcile(concat(standing.values()), LEXICON)
    names = ["figure_id", "event", "origin_group"]
    pd.testing.assert_frame_equal(
        flat(settled.table)[names].sort_values("figure_id", ignore_index=True),
        flat(whole.table)[names].sort_values("figure_id", ignore_index=True),
    )
    assert list(settled.conflicts) == list(whole.conflicts)
    assert list(settled.uncompared) == list(whole.uncompared)
    fresh = latest_of(whole.table, None, lexicon=LEXICON)
    assert settled.latest.astype(str).values.tolist() == fresh.astype(str).values.tolist()


@settings(max_examples=25)
@given(st.data())
def test_any_order_of_coming_changing_and_going_ends_as_comparing_everything(data: st.DataObject) -> None:
    ledger, standing = Ledger(LEXICON), dict[str, pd.DataFrame]()
    for _ in range(data.draw(st.integers(1, 4), label="batches")):
        for number in data.draw(st.lists(st.integers(0, 7), min_size=1, max_size=4), label="articles"):
            name = f"a{number}"
            if name in standing and data.draw(st.booleans(), label="withdraw"):
                ledger.take([name])
                del standing[name]
            else:
                standing[name] = rows_of(name, data.draw(articles, label=name))
                ledger.put(standing[name])
        settled = ledger.settle()
    check(settled, standing)


def article(event: str | None, value: int, source: str, **changes: Any) -> dict[str, Any]:
    one = {
        "event": event, "metric": "deaths", "value": value, "source": source, "place": "Mongo", "population": None,
        "as_of": "2024-03-02",
    }  # fmt: skip
    return {"figures": [one | changes], "published_at": "2024-03-02", "title": "News of the day"}


def test_only_what_an_article_bears_on_is_compared_anew() -> None:
    ledger = Ledger(LEXICON)
    ledger.put(rows_of("flood1", article("flood:Mongo:2024-03-01", 120, "OCHA")))
    ledger.put(rows_of("fire1", article("fire:Kano:2024-03-01", 31, "Red Cross", place="Kano")))
    ledger.settle()
    ledger.put(rows_of("flood2", article("flood:Mongo:2024-03-01", 210, "Chadian government")))
    settled = ledger.settle()
    assert settled.touched == {"flood1", "flood2"}
    assert [one.kind for one in settled.conflicts] == ["disagreement"]
    assert set(settled.table["article_id"]) == {"flood1", "flood2", "fire1"}


def test_a_withdrawn_article_takes_its_conflict_along() -> None:
    ledger = Ledger(LEXICON)
    ledger.put(rows_of("one", article("flood:Mongo:2024-03-01", 120, "OCHA")))
    ledger.put(rows_of("two", article("flood:Mongo:2024-03-01", 210, "Chadian government")))
    assert len(ledger.settle().conflicts) == 1
    ledger.take(["two"])
    settled = ledger.settle()
    assert settled.conflicts == ()
    assert settled.touched == {"one", "two"}
    ledger.take(["one"])
    assert not len(ledger.settle().table)


def test_an_empty_ledger_has_nothing_to_say() -> None:
    settled = Ledger(LEXICON).settle()
    assert settled.conflicts == ()
    assert not len(settled.table)
    assert not len(settled.latest)
