"""Tell to which side those counted belong: a demonym, a group's name, or the owner that "its" stands for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from figures.extract.metrics_items import Item, NounPhrase
from figures.lexicon import Lexicon

OWN: Final = frozenset(["its", "their", "our", "his", "her"])
REACH: Final = 40
WHERE: Final = frozenset(["in", "at", "near", "to", "into", "from", "over", "across", "inside", "on"])
LEANING: Final = frozenset(["pro", "anti", "non", "ex", "un"])
Spans = Sequence[tuple[int, int]]


def _only_lends(items: list[Item], j: int, lent: frozenset[str]) -> bool:
    """ "Iranian-backed fighters", "Russian-made rockets", "pro-Russian separatists": the country is not their side."""
    if j > 1 and items[j - 1].lower == "-" and items[j - 1].end == items[j].start and items[j - 2].lower in LEANING:
        return True
    return (
        j + 2 < len(items)
        and items[j + 1].lower == "-"
        and items[j + 1].start == items[j].end
        and items[j + 2].lower in lent
    )


class Parties:
    """Reads sides off words, with the countries of the settings and the groups of the populations."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.settings = lexicon.settings
        self.groups = lexicon.metrics.groups
        self.metonyms = lexicon.metrics.metonyms
        self.lent = lexicon.metrics.sets.get("lent", frozenset())
        self._country_of = getattr(lexicon.settings, "country_of", None)
        self._demonym = getattr(lexicon.settings, "demonym", None)

    def is_country(self, item: Item) -> bool:
        """Whether a word names a country."""
        return self._iso3(item.text if not item.possessive else item.text.rstrip("s").rstrip("'’")) is not None

    def names_place(self, item: Item) -> bool:
        """Whether a word names a place that the gazetteer knows, also in the capitals of a dateline."""
        name = item.text.title() if item.text.isupper() else item.text
        place = getattr(self.settings, "place", None)
        return place is not None and place(name) is not None

    def is_group(self, item: Item) -> bool:
        """Whether a word names an armed group or a people without a state."""
        return any(not rest for rest, _ in self.groups.get(item.lower, ()))

    def of_phrase(self, items: list[Item], k: int, phrase: NounPhrase | None, counted: Spans = ()) -> str | None:
        """The side that the words of a noun phrase name: "98 Azerbaijani civilians", "498 of its troops"."""
        if phrase is None:
            return None
        end = min(phrase.end, len(items))
        for j in range(phrase.first, end):
            found = self.named(items, j)
            if found is not None:
                return found
        if phrase.owner is not None and items[phrase.owner].lower in OWN:
            return self.before(items, k, counted)
        return None

    def of_owner(self, items: list[Item], at: int) -> str | None:
        """The side before a noun of loss: "Armenian losses", "Russia's death toll" is a place, not a side."""
        if at > 0 and items[at].lower in ("losses", "casualties", "combat losses", "battlefield losses"):
            return self.named(items, at - 1)
        return None

    def adjective(self, items: list[Item], at: int) -> str | None:
        """The side that an adjective names: "Russian dead"; a country's own name there is where, not who."""
        if at < 0:
            return None
        found = self.named(items, at)
        return found if found is not None and items[at].lower == found.casefold() else None

    def of_agent(self, items: list[Item], k: int, behind: int, counted: Spans = ()) -> str | None:
        """The side that acts: "launched by Russia" behind the verb, else the nearest before the number."""
        for j in range(k + 1, min(k + 8, len(items) - 1)):
            if items[j].start >= behind and items[j].lower == "by":
                following = j + 1
                while following < min(len(items) - 1, j + 4) and items[following].grammar & {"det"}:
                    following += 1
                return self.named(items, following)
        return self.before(items, k, counted, speakers=False)

    def before(self, items: list[Item], k: int, counted: Spans = (), *, speakers: bool = True) -> str | None:
        """The nearest side named before the number in its sentence, those who only speak left out if asked.

        Those whom another number counts ("killed 65 Taliban militants and lost five men") and the place where it
        happened ("in Ukraine") are no side that owns; a capital or a seat stands for its government.
        """
        for j in range(k - 1, max(-1, k - REACH), -1):
            item = items[j]
            if not item.text[:1].isupper() or any(start <= item.start < end for start, end in counted):
                continue
            found = self.named(items, j) or self.metonyms.get(item.lower)
            if found is None and j + 1 < len(items):
                found = self.metonyms.get(f"{item.lower} {items[j + 1].lower}")
            if found is not None and not self._is_where(items, j) and (speakers or not self._speaks(items, j)):
                return found
        return None

    @staticmethod
    def _speaks(items: list[Item], j: int) -> bool:
        """Whether a verb of saying follows the noun phrase that a side stands in: "a U.S. official said"."""
        for item in items[j + 1 : j + 6]:
            if not item.is_word or item.grammar & {"prep", "be", "have", "modal", "conj", "det"}:
                return False
            if item.grammar & {"report"} and item.text.islower():  # not the United States
                return True
        return False

    @staticmethod
    def _is_where(items: list[Item], j: int) -> bool:
        lead = j - 1
        while lead > max(0, j - 4) and items[lead].grammar & {"det"}:
            lead -= 1
        return lead >= 0 and items[lead].lower in WHERE and not items[j].possessive

    def named(self, items: list[Item], j: int) -> str | None:
        """The side that the word at ``j`` names, alone or with those behind it."""
        item = items[j]
        if not item.is_word or not item.text[:1].isupper() or _only_lends(items, j, self.lent):
            return None
        words = list(item.text.replace("’", "'").split(" "))
        bare = item.lower if item.possessive else " ".join(words)
        for rest, name in self.groups.get(bare.casefold().split(" ")[0], ()):
            following = " ".join(one.lower for one in items[j : j + 1 + len(rest)])
            if following.split(" ")[1 : 1 + len(rest)] == list(rest):
                return name
        iso3 = self._iso3(bare if not item.possessive else item.text[: len(item.lower)])
        if iso3 is None and j + 1 < len(items) and items[j + 1].text[:1].isupper():
            iso3 = self._iso3(f"{item.text} {items[j + 1].text}")
        if iso3 is None or self._demonym is None:
            return None
        adjective = self._demonym(iso3)
        return adjective if isinstance(adjective, str) else None

    def _iso3(self, word: str) -> str | None:
        if self._country_of is None:
            return None
        found = self._country_of(word)
        return found if isinstance(found, str) else None
