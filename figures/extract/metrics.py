"""Read what each quantity counts: metric, population, party, and how it relates to the numbers around it.

A number is bound to the words that count it in this order, and the first that holds decides: a noun that is itself
the metric ("12 deaths"), the verb that it is the object of ("killed 12"), the predicate behind its noun phrase ("12
people were killed"), a toll before it ("the death toll rose to 12"), the list or clause it continues ("20 in the north,
three in the south"), and at last its own noun as an open metric ("486,000 permits issued").
"""

from __future__ import annotations

from figures.extract.metrics_binder import Binder
from figures.extract.metrics_victims import definite_victims
from figures.extract.types import Document, Quantity, Reading
from figures.lexicon import Lexicon


def find_readings(
    document: Document, quantities: list[Quantity], lexicon: Lexicon, *, all_quantities: bool = False
) -> list[Reading]:
    """What each quantity counts; quantities that count nothing trackable give no reading unless all are asked for."""
    victims, bare, told = definite_victims(document, quantities, lexicon)
    quantities = [*quantities, *victims]
    positions: dict[int, list[int]] = {}
    for position, one in enumerate(quantities):
        positions.setdefault(one.mention.sentence, []).append(position)
    binder = Binder(document, quantities, lexicon, all_quantities=all_quantities, bare=bare, told=told)
    for sentence, held in sorted(positions.items()):
        binder.read(sentence, held)
    return binder.readings()
