"""Tell what a measure, a sum of money or a percentage measures, from the words around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from figures.extract.metrics_items import STOPS, Item, noun_phrase
from figures.extract.metrics_quantities import behind_bracket
from figures.lexicon.metrics import MeasureCue, MetricLexicon

REACH: Final = 14  # items each way; what stands farther off belongs to another number
LEFT_COST: Final = 1.0
RIGHT_COST: Final = 1.3  # "the vote" behind a percentage is as good a sign as "turnout" before it, but lists run on


def measure_metric(items: list[Item], k: int, dimension: str, metrics: MetricLexicon) -> tuple[str, int] | None:
    """The metric whose word stands nearest to the number, and where that word stands."""
    cues = metrics.by_dimension.get(dimension)
    if not cues:
        return None
    if dimension == "currency" and (said := _noun_behind(items, k, cues)) is not None:
        return said if said[0] else None
    best: tuple[float, str, int] | None = None
    for step, cost in ((-1, LEFT_COST), (1, RIGHT_COST)):
        j, distance = k + step, 0.0
        while 0 <= j < len(items) and distance < REACH:
            item = items[j]
            if item.lower == ";":
                break
            distance += cost
            if item.numbers:
                distance += 3
            if _in_name(items, j) and not _named_index(items, j, cues):
                j += step
                continue
            for cue in _cues_of(item, cues) if item.is_word else ():
                if not (_stands(cue.words, items, j) or _within(cue.words, item)) or (
                    cue.beside and not _shared_out(cue.beside, items, k, j)
                ):
                    continue
                traded = cue.metric == "price" and cue.kind == "object" and cue.words[0][:4] != "cost"
                if dimension == "percent" and traded:
                    continue  # "the lira, which traded at 18.6 to the dollar, has lost 28 percent"
                if j > k + 1 and _has_own(items, j):
                    continue  # "gave him 54 percent, on a turnout of 80": the turnout has a number of its own
                if cue.metric == "growth_rate" and j > k and k + 1 < len(items) and items[k + 1].lower == "of":
                    continue  # "a deficit of 5.6% of GDP"
                # A longer cue that ends where a shorter one stands is the better one: "consumer prices".
                hung = 0.0
                if cue.metric == "vote_share" and step < 0 and _hangs(items, j):
                    hung = 4.0  # "turnout for the election was 68.62%"
                within = (len(cue.words) - 1) * (LEFT_COST if step < 0 else 0.0)
                weight = distance + hung - within - 0.1 * len(cue.words) + (2.5 if cue.kind == "object" else 0.0)
                if best is None or weight < best[0]:
                    best = (weight, cue.metric, j)
                break
            j += step
    return (best[1], best[2]) if best else None


def _cues_of(item: Item, cues: Mapping[str, tuple[MeasureCue, ...]]) -> Iterator[MeasureCue]:
    """The cues that begin at a word of an item: "lie under water" holds "under water"."""
    for word in item.lower.split():
        yield from cues.get(word, ())


def _within(words: tuple[str, ...], item: Item) -> bool:
    said = item.lower.split()
    return len(said) > 1 and any(tuple(said[i : i + len(words)]) == words for i in range(1, len(said)))


_HANGING: Final = frozenset(["for", "in", "at", "after", "before", "since", "during"])
_DOERS: Final = ("ists", "ians", "ieves", "ors", "sters", "ees")
NAMELESS: Final = frozenset(
    [
        "analysts", "forecasters", "experts", "pollsters", "traders", "markets", "observers",
        "total", "value", "page", "zone", "elements", "second", "third", "fourth", "fifth", "according",
        "nearly", "worth",
        "half", "quarter", "record", "least", "first", "credited", "pledged", "loaded", "main", "same",
        "annual", "overall",
        "government", "household", "country", "company", "state", "ministry", "agency", "president",
        "slim", "margin", "mere", "wide", "narrow", "operating", "out", "off", "down", "away", "back", "in",
        "on", "planned", "rise", "hike", "increase", "change", "mark",
        "minister", "lowest", "true", "average", "new", "previous", "big", "small", "large", "further", "whole",
        "hurdle", "threshold", "barrier", "next", "trailing", "leading", "following", "including", "early", "late",
        "coming", "demands", "law", "charter", "results", "returns",
        "highest", "people", "official", "officials", "region", "world", "city", "side", "day", "time", "way",
    ]
)  # fmt: skip
"""Words near a measure that never name it."""


def _hangs(items: list[Item], j: int) -> bool:
    """Whether a noun stands in a prepositional phrase that only says when: "for the election"."""
    lead = j - 1
    if lead > 0 and items[lead].lower in ("the", "this", "an", "a"):
        lead -= 1
    return lead >= 0 and items[lead].lower in _HANGING


def _noun_behind(items: list[Item], k: int, cues: Mapping[str, tuple[MeasureCue, ...]]) -> tuple[str, int] | None:
    """ "$639 billion of assets", "$3.3 billion in aid": the noun that "of" or "in" ties to a sum names it.

    An empty name for a noun that no metric knows: the sum is of that, whatever stands around it.
    """
    lead = k + 1
    if lead < len(items) and items[lead].lower == "worth":
        lead += 1
    if lead + 1 >= len(items) or items[lead].lower not in ("of", "in"):
        return None
    for j in range(lead + 1, min(lead + 6, len(items))):
        item = items[j]
        if not item.is_word or item.grammar & _ENDS:
            return None
        for cue in cues.get(item.lower.split()[0], ()):
            if cue.kind == "noun" and not cue.beside and _stands(cue.words, items, j):
                return cue.metric, j
        plain = items[lead].lower == "of" and not item.grammar and not item.entry.triggers and item.text.islower()
        ended = j + 1 >= len(items) or not items[j + 1].is_word or bool(items[j + 1].grammar)
        if plain and ended and len(item.lower) > 3:
            return "", j
    return None


_ENDS: Final = frozenset(["prep", "conj", "rel", "be", "have", "modal", "pron", "time"])


def _named_index(items: list[Item], j: int, cues: Mapping[str, tuple[MeasureCue, ...]]) -> bool:
    """Whether a name of several words is itself what is measured: "Dow Jones", "Hang Seng"."""
    found = cues.get(items[j].lower.split()[0], ())
    return any(one.metric == "stock_index" and _stands(one.words, items, j) for one in found)


def _in_name(items: list[Item], j: int) -> bool:
    """Whether a word is a piece of a name: "the Central Election Commission" is no election."""
    if not items[j].text[:1].isupper() or j == 0:
        return False
    beside = (items[j - 1], items[j + 1]) if j + 1 < len(items) else (items[j - 1],)
    return any(one.is_word and one.text[:1].isupper() and one.start > items[0].start for one in beside)


def _has_own(items: list[Item], j: int) -> bool:
    """Whether a noun is followed by the number that it names itself: "turnout of 80 percent", "inflation at 4%"."""
    if j + 2 >= len(items) or not items[j + 2].numbers:
        return False
    return items[j + 1].lower in ("of", "at", "was", "is", "stood at")


def _shared_out(beside: frozenset[str], items: list[Item], k: int, j: int) -> bool:
    """Whether the number is a share of the noun at ``j`` ("90% of Russia's combat power"), with a cue near by."""
    lead = j - 1
    while lead >= max(0, j - 4) and items[lead].lower != "of" and items[lead].is_word:
        lead -= 1
    if lead < 0 or items[lead].lower != "of" or not (lead == k + 1 or j < k):
        return False
    around = (*items[max(0, k - 3) : k], *items[max(j, k) + 1 : max(j, k) + 1 + REACH])
    return any(not beside.isdisjoint(one.lower.split()) for one in around)


def _stands(words: tuple[str, ...], items: list[Item], j: int) -> bool:
    said: list[str] = []
    for item in items[j : j + len(words)]:
        said.extend(item.lower.split())
    return tuple(said[: len(words)]) == words


def open_measure(items: list[Item], k: int) -> tuple[str, int | None] | None:
    """An open metric for a measure: "5,000 barrels of oil" is oil, "the budget amounts to 6 billion" is budget."""
    phrase = noun_phrase(items, k)
    worth = phrase.head is None and [one.lower for one in items[k + 3 : k + 4]] in (["value"], ["worth"])
    if phrase.head is not None and phrase.end > k + 1 and items[k + 1].lower == "of":
        head = items[phrase.head]
        verb = _participle_near(items, k, phrase.end)
        name = _name(head)
        return (f"{name}_{verb}" if verb else name), phrase.head
    if phrase.head is None and (owned := _of_singular(items, k)) is not None:
        joined = items[owned - 1]
        plain = joined.is_word and not joined.grammar and not joined.entry.triggers and joined.lower not in NAMELESS
        name = f"{_name(joined)}_{_name(items[owned])}" if plain else _name(items[owned])
        return name, owned  # "80 percent of its planned capacity", "2,750 tonnes of ammonium nitrate"
    behind = behind_bracket(items, k + 1)
    if behind is not None and not worth:  # "400 pounds (180 kilograms) of ammonium nitrate"
        j = behind
        while j < len(items) and items[j].grammar & STOPS and j < k + 5:
            j += 1
        if j < len(items) and items[j].is_word:
            return _name(items[j]), j
    j = k - 1
    while j >= 0 and j > k - REACH:
        item = items[j]
        if item.lower in (";", ","):
            break
        plain = item.is_word and not item.grammar and not item.entry.triggers and len(item.lower) > 2
        told = item.text.islower() and item.lower.endswith("ed")
        if told or item.lower in NAMELESS or item.lower.endswith(_DOERS):
            plain = False
        named = j == 0 and j + 1 < len(items) and items[j + 1].is_word and items[j + 1].text[:1].isupper()
        if plain and (item.text[:1].islower() or (j == 0 and not named)):
            lead = next((i for i in range(j - 1, max(-1, j - 4), -1) if items[i].grammar & {"prep"}), None)
            if (
                lead is not None
                and lead > 0
                and items[lead - 1].is_word
                and not items[lead - 1].grammar
                and not items[lead - 1].entry.triggers
            ):
                j = lead - 1  # "shares in the company dropped 12 percent" is about shares
            return _name(items[j]), j
        j -= 1
    return None


def _of_singular(items: list[Item], k: int) -> int | None:
    """The last word of a noun phrase in the singular that "of" ties to the number."""
    if k + 2 >= len(items) or items[k + 1].lower != "of":
        return None
    last = None
    for j in range(k + 2, min(len(items), k + 8)):
        item = items[j]
        if not item.is_word or item.numbers or (last is not None and item.grammar & STOPS):
            break
        if item.possessive or item.grammar & {"det"}:
            continue
        if item.grammar & STOPS or item.text[:1].isupper():
            return None
        if not item.grammar and not item.entry.triggers:
            last = j
    return last if last is not None and items[last].lower not in NAMELESS else None


def _name(item: Item) -> str:
    word = item.lower
    return "".join(one if one.isalnum() else "_" for one in word)


def _participle_near(items: list[Item], k: int, end: int) -> str | None:
    for j in (k - 1, *range(end, min(end + 4, len(items)))):
        if 0 <= j < len(items) and items[j].is_word:
            item = items[j]
            if item.lower.endswith("ed") and item.text.islower():
                return str(item.lower)
            if item.entry.form in ("part", "past") and item.entry.triggers:
                return str(item.lower.split()[0])
    return None
