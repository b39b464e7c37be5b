"""What is read of the number that a sentence of the corpus has in braces."""

from __future__ import annotations

from figures.extract.metrics import find_readings
from figures.extract.numbers import find_numbers
from figures.extract.sentences import find_sentences
from figures.extract.types import Reading
from figures.extract.units import resolve_units
from figures.lexicon import default_lexicon
from figures.model import Article


def readings(text: str, *, title: str = "", all_quantities: bool = False) -> list[Reading]:
    """All readings of a text."""
    lexicon = default_lexicon()
    document = find_sentences(Article(text=text, title=title))
    quantities = resolve_units(document, find_numbers(document, lexicon), lexicon)
    return find_readings(document, quantities, lexicon, all_quantities=all_quantities)


def at_the_braces(sentence: str) -> list[Reading]:
    """The readings of what stands in braces."""
    start, end = sentence.index("{"), sentence.index("}") - 1
    found = readings(sentence.replace("{", "").replace("}", ""))
    return [one for one in found if one.quantity.mention.start < end and start < one.quantity.mention.end]
