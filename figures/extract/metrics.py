"""Read what each quantity counts: metric, population, party (stub)."""

from __future__ import annotations

from figures.extract.types import Document, Quantity, Reading
from figures.lexicon import Lexicon


def find_readings(document: Document, quantities: list[Quantity], lexicon: Lexicon, *, all_quantities: bool = False) -> list[Reading]:
    """What each quantity counts; quantities that count nothing trackable give no reading unless all are asked for."""
    out = []
    for q in quantities:
        s = document.sentences[q.mention.sentence]
        low = s.text.casefold()
        metric = next((m for w, m in (("killed", "deaths"), ("dead", "deaths"), ("died", "deaths"), ("injured", "injuries"), ("wounded", "injuries"), ("missiles", "missiles_launched"), ("flee", "refugees"), ("fled", "refugees")) if w in low), None)
        if metric:
            out.append(Reading(quantity=q, metric=metric, unit=q.unit or "person"))
    return out
