"""Find the numbers in a document and what the words around them assert (stub: digits and a few comparators)."""

from __future__ import annotations

import math
import re

from figures.extract.types import Document, NumberMention
from figures.lexicon import Lexicon

_NUMBER = re.compile(r"(more than |at least |about |almost |up to )?(?<![\w.])(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)( million| thousand)?(%| percent)?", re.I)


def find_numbers(document: Document, lexicon: Lexicon) -> list[NumberMention]:
    """Every number of the document, in order."""
    out = []
    for position, sentence in enumerate(document.sentences):
        for m in _NUMBER.finditer(sentence.text):
            v = float(m[2].replace(",", "")) * {" million": 1e6, " thousand": 1e3}.get((m[3] or "").lower(), 1)
            comp = {"more than ": "more_than", "at least ": "at_least", "about ": "approximately", "almost ": "nearly", "up to ": "at_most"}.get((m[1] or "").lower(), "exact")
            low, high = {"more_than": (v, math.inf), "at_least": (v, math.inf), "approximately": (0.85 * v, 1.15 * v), "nearly": (0.85 * v, v), "at_most": (0, v), "exact": (v, v)}[comp]
            out.append(NumberMention(
                sentence=position, start=sentence.start + m.start(), end=sentence.start + m.end(),
                number_start=sentence.start + m.start(2), number_end=sentence.start + (m.end(3) if m[3] else m.end(2)),
                kind="percent" if m[4] else "count", value=v, low=low, high=high, comparator=comp, precision=1.0,  # type: ignore[arg-type]
                unit="percent" if m[4] else None,
            ))  # fmt: skip
    return out
