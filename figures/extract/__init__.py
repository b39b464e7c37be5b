"""Reading: an article in, figures out.

``extract`` is the whole building on one page. Each stage is one verb with one type in and one out (``types.py``).
"""

from __future__ import annotations

from figures.extract.assemble import to_figures
from figures.extract.attribution import find_credits
from figures.extract.floors import apply_floors
from figures.extract.metrics import find_readings
from figures.extract.numbers import as_ranges, find_numbers
from figures.extract.sentences import find_sentences
from figures.extract.settings import find_settings
from figures.extract.units import resolve_units
from figures.lexicon import Lexicon, default_lexicon
from figures.model import Article, Figure

__all__ = ["extract"]


def extract(article: Article, lexicon: Lexicon | None = None, *, all_quantities: bool = False) -> list[Figure]:
    """Read every tracked number of an article with its context, in the order of the text, title first.

    With ``all_quantities`` ages, durations, distances and other untracked quantities are read too.
    """
    lexicon = lexicon or default_lexicon()
    document = find_sentences(article)
    mentions = find_numbers(document, lexicon)
    if all_quantities:
        mentions = as_ranges(mentions)
    quantities = resolve_units(document, mentions, lexicon)
    readings = find_readings(document, quantities, lexicon, all_quantities=all_quantities)
    credits = find_credits(document, readings, lexicon)
    readings, credits = apply_floors(document, readings, credits, lexicon.floors)
    settings = find_settings(document, readings, credits, lexicon)
    return to_figures(document, readings, credits, settings, lexicon)
