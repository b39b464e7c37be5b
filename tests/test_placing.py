"""Which of several named places holds: the choice among candidates, and the weights behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.extract import extract
from figures.extract.metrics import find_readings
from figures.extract.numbers import find_numbers
from figures.extract.scene_candidates import Candidate
from figures.extract.scene_names import PlaceChoice
from figures.extract.sentences import find_sentences
from figures.extract.settings import find_settings
from figures.extract.types import Credit
from figures.extract.units import resolve_units
from figures.lexicon import default_lexicon
from figures.lexicon.placing import PlacingLexicon, read_placing
from figures.model import Article, Figure


@dataclass(frozen=True)
class Signed:
    signs: dict[str, float]


class Watcher(PlacingLexicon):
    """Notes what was chosen among what."""

    __slots__ = ("seen",)
    seen: list[tuple[Sequence[Any], int]]

    def __init__(self, of: PlacingLexicon) -> None:
        super().__init__(margin=of.margin, weights=of.weights)
        object.__setattr__(self, "seen", [])

    def choose(self, candidates: Sequence[Any], of: tuple[int, str] | None = None) -> int:
        found = super().choose(candidates, of)
        self.seen.append((candidates, found))
        return found


def read(text: str, title: str = "", outlet: str = "The Valley Post") -> list[Figure]:
    return extract(Article(text=text, title=title, outlet=outlet, published_at="2023-06-15"))


def places(text: str, title: str = "", outlet: str = "The Valley Post") -> dict[str, str | None]:
    return {one.quote: one.place for one in read(text, title, outlet) if one.field == "text"}


def test_the_best_signs_win() -> None:
    placing = PlacingLexicon(margin=0.5, weights={"near": 1.0, "far": -1.0})
    assert placing.choose([Signed({"far": 1.0}), Signed({"near": 1.0}), Signed({})]) == 1


def test_a_small_lead_leaves_what_the_rules_chose() -> None:
    placing = PlacingLexicon(margin=0.5, weights={"near": 0.4})
    assert placing.choose([Signed({}), Signed({"near": 1.0})]) == 0
    assert placing.choose([Signed({}), Signed({"unknown sign": 1.0})]) == 0
    assert placing.choose([Signed({})]) == 0


def test_the_packaged_weights_are_of_signs_that_are_read() -> None:
    placing = read_placing()
    assert placing.weights
    assert placing.margin >= 0
    watcher = Watcher(placing)
    extract(
        Article(
            text="A quake struck Nepal on Tuesday. In Gorkha 27 people died, a nurse in Kathmandu said.\n\n400 died.",
            title="Quake in Nepal", outlet="Kathmandu Post", published_at="2023-06-15",
        ),
        replace(default_lexicon(), placing=watcher),
    )  # fmt: skip
    signs = {sign for candidates, _ in watcher.seen for one in candidates for sign in one.signs}
    assert len(signs & set(placing.weights)) > 40


@pytest.mark.parametrize(
    ("text", "number", "place"),
    [
        (
            "Clinics in Chad are full. Aid workers list the camps. Abéché: 8,200 evacuees. Zurmi: 660 evacuees.",
            "660",
            "Zurmi",
        ),
        ("They fled to the islands of Vanuatu. Pentecost: 1,900 evacuees. Maewo: 660 evacuees.", "1,900", "Pentecost"),
        ("* Pemba: 35,100 displaced\n* Nampula: 660 displaced", "660", "Nampula"),
    ],
)
def test_the_item_of_a_list_holds_under_its_name(text: str, number: str, place: str) -> None:
    assert places(text)[number] == place


def test_an_unknown_name_heads_no_list_of_its_own() -> None:
    found = places("The schools of Vanuatu are shut. Pupils: 3,600 out of school. Teachers: 120 without work.")
    assert "Pupils" not in found.values()
    assert "Teachers" not in found.values()


def test_the_name_of_the_outlet_tells_its_country() -> None:
    text = "The cyclone flattened whole villages and killed 42 people, the government said."
    assert {one.iso3 for one in read(text, outlet="Suva Morning Post")} == {"FJI"}
    assert {one.iso3 for one in read(text)} == {None}


PIECES = (
    "27 2,000 people were killed in near from to Nepal Kyiv Kathmandu Gorkha India Tuesday said there the country "
    "the city , . ; : ( ) \n \n\n * of at fled a nurse in Geneva worldwide Rana Plaza Pemba: 1,200"
)
WORDS = st.sampled_from(PIECES.split(" "))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=50).map(" ".join), st.lists(WORDS, max_size=8).map(" ".join))
def test_a_choice_is_among_its_candidates_and_is_the_same_again(text: str, title: str) -> None:
    watcher = Watcher(default_lexicon().placing)
    article = Article(text=text, title=title, outlet="The Valley Post", published_at="2023-06-15")
    first = extract(article, replace(default_lexicon(), placing=watcher))
    for candidates, found in watcher.seen:
        assert 0 <= found < len(candidates)
        names = [(one.choice.name or "").casefold() for one in candidates]
        assert len(set(names)) == len(names)
    assert [one.place for one in extract(article)] == [one.place for one in first]
    for figure in first:
        assert figure.place is None or any(one.column == "place" for one in figure.rules)


def test_candidates_of_one_name_are_one() -> None:
    one = Candidate(PlaceChoice("Nepal"), {"own": 1.0})
    assert default_lexicon().placing.score(one.signs) == default_lexicon().placing.weights.get("own", 0.0)


@pytest.mark.parametrize(
    "text",
    [
        "In Nepal 27 people died. In Kathmandu 300 died. ",
        "27 died in Nepal, 300 in India, ",
        "Nepal, India, Chad, Mali and Kathmandu. 27 people died. ",
        "* Pemba: 35,100\n",
    ],
)
def test_long_texts_take_calls_in_proportion(text: str, calls_of: Callable[[Callable[[], object]], int]) -> None:
    lexicon = default_lexicon()

    def cost(times: int) -> int:
        document = find_sentences(Article(text=text * times, published_at="2023-06-15"))
        readings = find_readings(document, resolve_units(document, find_numbers(document, lexicon), lexicon), lexicon)
        credits = [Credit(source=None) for _ in readings]
        return calls_of(lambda: find_settings(document, readings, credits, lexicon))

    once, four = cost(60), cost(240)
    assert four < 6 * once + 2_000, f"{once:,} calls for one, {four:,} for four"
