"""Hostile text costs linear time: calls are counted, never timed, so that a busy machine changes nothing."""

from collections.abc import Callable

import pytest

from figures.extract import extract
from figures.lexicon import Lexicon, default_lexicon
from figures.model import Article

SIZE = 6000  # characters: beyond the caps under which a stage does more for a longer text
MOST = 2.6  # times as many calls for twice the text; quadratic work makes four

PATTERNS = [
    "1,", "12 ", "hundred ", "half of ", "5 % of ", "and ", "A", "Aaa ", "U.S. ", ".", "\n", "12 killed\n", "“‘a’” ",
    "said ", "on Monday ", "Ukraine ", "(Aa ",
    "at least 12 people were killed and 30 wounded in Kyiv on Monday, the ministry said, ",
    "At least 12 people were killed and 30 wounded in Kyiv on Monday, the ministry said. ",
]  # fmt: skip


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return default_lexicon()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_twice_the_text_costs_about_twice_the_calls(
    pattern: str, lexicon: Lexicon, calls_of: Callable[[Callable[[], object]], int]
) -> None:
    extract(hostile(pattern, SIZE), lexicon)  # tables that are read on the first question
    once, twice = (calls_of(lambda size=size: extract(hostile(pattern, size), lexicon)) for size in (SIZE, 2 * SIZE))
    assert twice < MOST * once


def hostile(pattern: str, size: int) -> Article:
    text = "Police said 12 people were killed. " + pattern * (size // len(pattern))
    return Article(article_id="hostile", text=text, published_at="2022-03-01")
