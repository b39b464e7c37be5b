"""Numbers: the corpus says what each phrase asserts, and hostile text neither crashes nor slows the reader."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.extract.numbers import as_ranges, bounds, find_numbers, find_skipped
from figures.extract.sentences import find_sentences
from figures.extract.types import Document, NumberMention, Quantity
from figures.extract.units import resolve_units
from figures.lexicon import Lexicon, default_lexicon
from figures.lexicon.numbers import read_numbers
from figures.model import Article

CORPUS = Path(__file__).parent / "corpus" / "numbers"
CASE_KEYS = {
    "value",
    "low",
    "high",
    "comparator",
    "precision",
    "unit",
    "kind",
    "role",
    "direction",
    "per",
    "rounded",
    "dimension",
    "also",
    "phrases",
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return default_lexicon()


def corpus(table: str) -> list[Any]:
    out: list[Any] = []
    for path in sorted(CORPUS.glob("*.toml")):
        for entry in tomllib.loads(path.read_text("utf-8")).get(table, []):
            out.extend(pytest.param(entry, phrase, id=f"{path.stem}: {phrase}") for phrase in entry["phrases"])
    return out


def read(text: str, lexicon: Lexicon) -> tuple[Document, list[Quantity]]:
    document = find_sentences(Article(text=text))
    return document, resolve_units(document, find_numbers(document, lexicon), lexicon)


def marked(phrase: str) -> tuple[str, int | None, int | None]:
    start = phrase.find("[")
    if start < 0:
        return phrase, None, None
    return phrase.replace("[", "").replace("]", ""), start, phrase.index("]") - 1


@pytest.mark.parametrize(("entry", "phrase"), corpus("case"))
def test_phrase_asserts(entry: dict[str, Any], phrase: str, lexicon: Lexicon) -> None:
    assert entry.keys() <= CASE_KEYS
    text, start, end = marked(phrase)
    _, quantities = read(text, lexicon)
    if start is None:
        fitting = [one for one in quantities if one.mention.value == entry.get("value")]
    else:
        fitting = [one for one in quantities if (one.mention.start, one.mention.end) == (start, end)]
    assert len(fitting) == 1, [(text[one.mention.start : one.mention.end], one.mention) for one in quantities]
    found = fitting[0]
    mention = found.mention
    if "value" in entry:
        assert mention.value == pytest.approx(entry["value"])
    else:
        assert mention.value is None
    for name in ("low", "high"):
        if name in entry:
            assert getattr(mention, name) == pytest.approx(entry[name])
    for name in ("comparator", "kind", "role", "direction", "rounded", "precision"):
        if name in entry:
            assert getattr(mention, name) == entry[name], name
    if "per" in entry:
        assert (mention.per or "") == entry["per"]
    if "unit" in entry:
        assert (found.unit or "") == entry["unit"]
    if "dimension" in entry:
        assert found.dimension == entry["dimension"]


@pytest.mark.parametrize(("entry", "phrase"), corpus("none"))
def test_phrase_counts_nothing(entry: dict[str, Any], phrase: str, lexicon: Lexicon) -> None:
    _, quantities = read(phrase, lexicon)
    found = [one.mention for one in quantities if one.mention.kind != "article"]
    assert not found, [(phrase[one.start : one.end], one.rules) for one in found]


def test_patterns_of_what_is_no_number_read_their_examples() -> None:
    numbers = read_numbers()
    for rule in numbers.not_figures:
        for example in rule.examples:
            assert rule.pattern.search(example.lower()), f"{rule.rule}: {example}"


def test_comparators_read_their_examples(lexicon: Lexicon) -> None:
    for rule, claim, examples in lexicon.numbers.comparators:
        for example in examples:
            _, quantities = read(example, lexicon)
            wanted = "exact" if claim == "neutral" else claim
            assert [one.mention.comparator for one in quantities[:1]] == [wanted], f"{rule}: {example}"


@pytest.mark.parametrize(
    ("claim", "low", "high"),
    [
        ("exact", 200, 200), ("more_than", 200, math.inf), ("at_least", 200, math.inf), ("less_than", 0, 200),
        ("at_most", 0, 200), ("nearly", 170, 200), ("just_over", 200, 230), ("approximately", 170, 230),
    ],
)  # fmt: skip
def test_bounds(claim: Any, low: float, high: float) -> None:
    assert bounds(200, claim, 100 if claim != "approximately" else 10) == pytest.approx((low, high))


def test_about_a_round_number_widens_by_half_its_last_place() -> None:
    assert bounds(100, "approximately", 100) == (50, 150)
    assert bounds(40, "approximately", 10) == pytest.approx((34, 46))


def test_a_round_number_beside_an_uneven_one_is_exact(lexicon: Lexicon) -> None:
    _, quantities = read("They counted 2,413 homes and 1,000 barns.", lexicon)
    assert [one.mention.rounded for one in quantities] == [True, False]


def test_from_and_to_can_be_one_range(lexicon: Lexicon) -> None:
    document = find_sentences(Article(text="The toll rose from 30 to 45."))
    mentions = find_numbers(document, lexicon)
    assert [(one.value, one.role) for one in mentions] == [(30, "from"), (45, "to")]
    (whole,) = as_ranges(mentions)
    assert (whole.value, whole.low, whole.high, whole.comparator) == (None, 30, 45, "between")


def test_a_title_is_read_too(lexicon: Lexicon) -> None:
    document = find_sentences(Article(title="Quake kills 12", text="At least 12 people died."))
    mentions = find_numbers(document, lexicon)
    assert [document.sentences[one.sentence].field for one in mentions] == ["title", "text"]
    assert [one.comparator for one in mentions] == ["exact", "at_least"]


def test_ellipsis_of_names_keeps_its_counts(lexicon: Lexicon) -> None:
    _, quantities = read("Chad has had 210 cases, Niger 185, Burkina Faso 320 and Togo 11.", lexicon)
    assert [one.mention.value for one in quantities] == [210, 185, 320, 11]


def test_long_digits_are_skipped_with_a_reason(lexicon: Lexicon) -> None:
    document = find_sentences(Article(text="It cost 12345678901234567890 dollars and 5 lives."))
    assert [one.value for one in find_numbers(document, lexicon)] == [5]
    ((field, start, end, reason),) = find_skipped(document)
    assert (field, document.article.text[start:end], reason) == ("text", "12345678901234567890", "more than 18 digits")


def check(text: str, mentions: list[NumberMention]) -> None:
    previous = -1
    for one in mentions:
        assert 0 <= one.start <= one.number_start < one.number_end <= one.end <= len(text)
        assert one.start >= previous
        previous = one.start
        assert one.low <= one.high or (one.value or 0) < 0
        assert not (one.value is not None and not math.isfinite(one.value))
        assert all(use.start is None or text[use.start : use.end] for use in one.rules)


PIECES = st.sampled_from(
    [
        "at least",
        "more than",
        "12",
        "1,500",
        "3.5",
        "million",
        "two",
        "half",
        "of the",
        "dozens",
        "to",
        "-",
        "–",
        "%",
        "$",
        "€",
        "and",
        "between",
        "from",
        "a",
        "one in",
        "five",
        "people",
        "killed",
        "km",
        "in",
        "2016",
        "May",
        "third",
        "or more",
        ",",
        ".",
        "\n",
        "İ",
        "\xa0",
        "’",
        "½",
        "/",
        ":",
        "several",
        "hundred",
        "no",
        "rose by",
        "per day",
        "٣",
        "²",
        "m",
        "bn",
        "+",
    ]
)


@settings(max_examples=100, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=40).map("".join)
    )
)
def test_any_text_is_read_without_a_crash(text: str) -> None:
    lexicon = default_lexicon()
    document, quantities = read(text, lexicon)
    mentions = [one.mention for one in quantities]
    for field in ("title", "text"):
        check(
            document.article.field_text(field),
            [one for one in mentions if document.sentences[one.sentence].field == field],
        )
    for one in quantities:
        assert one.unit_start is None or 0 <= one.unit_start <= (one.unit_end or 0) <= len(text)
    assert find_numbers(document, lexicon) == mentions


@pytest.mark.parametrize(
    "piece",
    [
        "7",
        "1,",
        "1,234,",
        "12 ",
        "and ",
        "one ",
        "1-",
        "1.",
        "half of ",
        '"',
        "more than ",
        "a-",
        "a.",
        "$",
        "hundred ",
        "from 1 to ",
        "@",
        "May 5 ",
        "1/",
        "12:",
        "the 1 of ",
        "x@",
        "killed a ",
        "five, ",
    ],
)
def test_hostile_text_costs_linear_time(
    piece: str, lexicon: Lexicon, calls_of: Callable[[Callable[[], object]], int]
) -> None:
    """Four times the text may cost about four times the calls; a quadratic scan would cost sixteen."""

    def cost(size: int) -> int:
        document = find_sentences(Article(text=piece * (size // len(piece))))
        return calls_of(lambda: resolve_units(document, find_numbers(document, lexicon), lexicon))

    assert cost(16_000) < 7 * cost(4_000)
