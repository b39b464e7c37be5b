"""Find victims that no number counts: "killed the leader", "the gunman was arrested", "a 24-year-old was shot".

A definite victim is one person, perhaps with others not told, so the count is a floor with low confidence. Plural
definites ("killed the insurgents") say nothing.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from typing import Final

from figures.extract.types import Document, NumberMention, Quantity
from figures.lexicon import Lexicon
from figures.model import RuleUse

ONE_MORE: Final = re.compile(r"\b([Aa]n?(?= \d{1,3}-year-old\b)|[Aa]nother(?= [a-z]))")
RULE: Final = "the victim is at least 1"


def definite_victims(document: Document, quantities: list[Quantity], lexicon: Lexicon) -> list[Quantity]:
    """Quantities of value 1 where the words count somebody without a number.

    At least 1 at each "the" that a verb of victims governs; 1 at "another" and at "a 24-year-old", which no reader of
    numbers takes for one. What no verb governs after all is dropped by the rules that bind numbers.
    """
    starts = [one.start for one in document.sentences if one.field == "text"]
    offset = len(document.sentences) - len(starts)
    held = {one.mention.start for one in quantities if document.sentences[one.mention.sentence].field == "text"}
    text = document.article.text
    spans = [(found.span(found.lastgroup or 0), True) for found in lexicon.metrics.definite_victim.finditer(text)]
    spans += [(found.span(1), False) for found in ONE_MORE.finditer(text)]
    victims: list[Quantity] = []
    for (start, end), definite in spans:
        index = bisect_right(starts, start) - 1
        if index < 0 or start in held or end + 1 in held:
            continue
        mention = NumberMention(
            sentence=offset + index, start=start, end=end, number_start=start, number_end=end, kind="article",
            value=1.0, low=1.0, high=math.inf if definite else 1.0, comparator="at_least" if definite else "exact",
            precision=1.0, rounded=False,
            rules=(RuleUse(column="value", rule=RULE if definite else "another", start=start, end=end),),
        )  # fmt: skip
        victims.append(Quantity(mention=mention, unit=None, dimension=None))
    return victims
