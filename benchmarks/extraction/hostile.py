"""Texts made to hurt: each pattern, made long, must cost time in proportion to its length."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, Final

from figures.extract import extract
from figures.lexicon import Lexicon
from figures.model import Article

PATTERNS: Final[dict[str, str]] = {
    "digits": "1",
    "digits and commas": "1,",
    "commas": ",",
    "spaced numbers": "12 ",
    "numbers with hyphens": "1-",
    "numbers in words": "hundred ",
    "fractions": "half of ",
    "percentages": "5 % of ",
    "and": "and ",
    "letters": "a",
    "capitals": "A",
    "capitalised words": "Aaa ",
    "initials": "U.S. ",
    "points": ".",
    "spaces": " ",
    "empty lines": "\n",
    "lines with a count": "12 killed\n",
    "open brackets": "(Aa ",
    "straight quotes": '"',
    "opening quotes": "“",
    "nested quotes": '“‘"a"’”',
    "reporting verbs": "said ",
    "days": "on Monday ",
    "countries": "Ukraine ",
    "one long sentence": "at least 12 people were killed and 30 wounded in Kyiv on Monday, the ministry said, ",
    "short sentences": "At least 12 people were killed and 30 wounded in Kyiv on Monday, the ministry said. ",
    "words without numbers": "the ministry said that soldiers had entered the city ",
}


LEAD: Final = "Police said 12 people were killed. "
"""Without a figure in the article most stages have nothing to do."""


def text_of(pattern: str, size: int) -> str:
    return (LEAD + pattern * (size // len(pattern) + 1))[:size]


def grow(lexicon: Lexicon, size: int) -> Iterator[dict[str, Any]]:
    """CPU seconds at ``size`` characters and at twice as many, for every pattern."""
    _seconds(LEAD, lexicon)  # tables that are read on the first question
    for name, pattern in PATTERNS.items():
        first, second = (_seconds(text_of(pattern, one), lexicon) for one in (size, 2 * size))
        yield {"pattern": name, "seconds": first, "doubled": second, "growth": second / max(first, 1e-6)}


def _seconds(text: str, lexicon: Lexicon) -> float:
    article = Article(article_id="hostile", text=text, published_at="2022-03-01")
    start = time.process_time()
    extract(article, lexicon)
    return time.process_time() - start
