"""Place, time, firmness and event of figures, read from a corpus: what is expected, then phrasings."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.extract import extract
from figures.extract.metrics import find_readings
from figures.extract.numbers import find_numbers
from figures.extract.sentences import find_sentences
from figures.extract.settings import find_settings
from figures.extract.types import Credit
from figures.extract.units import resolve_units
from figures.lexicon import default_lexicon
from figures.model import Article, Figure

CORPUS = Path(__file__).parent / "corpus" / "settings"
PUBLISHED = "2023-06-15"


@dataclass(frozen=True)
class Case:
    text: str
    title: str
    published: str | None
    number: str
    expect: dict[str, Any]

    def __str__(self) -> str:
        return self.text[:70]


def cases() -> list[Case]:
    out: list[Case] = []
    for path in sorted(CORPUS.glob("*.toml")):
        for one in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            published = one.get("published", PUBLISHED) or None
            out += [
                Case(text, one.get("title", ""), published, one.get("number", "27"), one["expect"])
                for text in one["texts"]
            ]
    return out


def read(text: str, *, title: str = "", published: str | None = PUBLISHED) -> list[Figure]:
    return extract(Article(text=text, title=title, outlet="The Valley Post", published_at=published))


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_figure_takes_its_setting_from_the_words(case: Case) -> None:
    figures = read(case.text, title=case.title, published=case.published)
    found = [one for one in figures if case.number in one.quote and one.field == "text"]
    assert found, f"no figure {case.number} among {[one.quote for one in figures]}"
    row = found[0].to_row()
    assert {name: row[name] or "" for name in case.expect} == case.expect


def test_rules_say_where_place_and_day_were_read() -> None:
    text = "Police said on Tuesday that 27 people had been killed in Nepal."
    (figure,) = read(text)
    used = {one.column: text[one.start : one.end] for one in figure.rules if one.start is not None}
    assert used["place"] == "Nepal"
    assert "Tuesday" in used["as_of"]


def test_figures_of_one_story_share_the_event() -> None:
    figures = read(
        "A quake struck Nepal on Tuesday and killed 27 people, police said.\n\nThe ministry counted 140 injured.\n\n"
        "In the hospital of Gorkha 30 people were treated, doctors said on Wednesday.",
        title="Quake kills 27 in Nepal",
    )
    assert len({one.event for one in figures}) == 1
    assert figures[0].event == "earthquake:Nepal:2023-06-13"


@pytest.mark.parametrize(
    "text",
    [
        "killed " * 4_000 + "27 people were killed. ",
        "27 people were killed in Nepal on Tuesday and " * 120,
        "on Tuesday " * 1_500 + "27 people were killed ",
        "In Nepal, " * 2_000 + "27 people were killed, " * 20,
        "Nepal India Chad Mali " * 600 + "27 people were killed " * 20,
        "27 people were killed in " + "the country the city there " * 600,
        "27 people died in an " + "earthquake " * 1_500,
        "27 people died in " + "Aaaa Bbbb " * 2_000,
        "27 people died “" * 120,
        "march of 300, " * 120,
        "a bombing on Tuesday killed 27 people, " * 60,
        "In 2010 a quake killed 27 people in Nepal, " * 60,
        "an attack killed 27 in Nepal on Tuesday and " * 60,
    ],
    ids=lambda one: str(one)[:24],
)
def test_hostile_text_takes_calls_in_proportion(text: str, calls_of: Callable[[Callable[[], object]], int]) -> None:
    lexicon = default_lexicon()

    def cost(times: int) -> int:
        document = find_sentences(Article(text=text * times, published_at=PUBLISHED))
        readings = find_readings(document, resolve_units(document, find_numbers(document, lexicon), lexicon), lexicon)
        credits = [Credit(source=None) for _ in readings]
        return calls_of(lambda: find_settings(document, readings, credits, lexicon))

    once, four = cost(1), cost(4)
    assert four < 7 * once + 2_000, f"{once:,} calls for one, {four:,} for four"


PIECES = (
    "27 2,000 people killed in on near from Nepal Kyiv Tuesday March 5 said could denied if , . “ ” the country "
    "earthquake May 2021 since fled The U.S. ministry's more than 10% \n Rana Plaza al-Bab"
)
WORDS = st.sampled_from(PIECES.split(" "))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_any_words_give_settings_that_hold_together(text: str) -> None:
    for figure in read(text):
        source = figure.title if figure.field == "title" else text
        for use in figure.rules:
            if use.start is not None and use.end is not None:
                assert 0 <= use.start <= use.end <= len(source)
        assert (figure.as_of is None) == (figure.as_of_basis in (None, "before_publication"))
        assert figure.as_of is None or figure.as_of.isoformat() <= PUBLISHED
        if figure.period_start is not None and figure.period_end is not None:
            assert figure.period_start <= figure.period_end
        assert figure.event is None or figure.event.count(":") == 2
