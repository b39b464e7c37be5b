"""Say of any quantity, tracked or not, what it counts as written, what it is said of, and whether it rose or fell."""

from __future__ import annotations

import re
from typing import Final

from figures.extract.metrics_items import STOPS, Item, NounPhrase, is_plural
from figures.extract.types import Quantity
from figures.model import Direction

LONGEST_SUBJECT: Final = 8  # words; a longer subject is the sentence
REACH: Final = 24
LONGEST_CLAUSE: Final = 60  # items looked back over for a clause's beginning; hostile text has no clauses
VERBS: Final = frozenset(["report", "count", "up", "down", "link", "light", "plain"])
AUXILIARY: Final = frozenset(["be", "have", "modal"])
OPENERS: Final = frozenset(
    [
        "that",
        "which",
        "who",
        "while",
        "but",
        "and",
        "when",
        "as",
        "because",
        "if",
        "although",
        "though",
        "where",
        "whereas",
        "since",
        "after",
        "before",
    ]
)


def counted_words(text: str, items: list[Item], k: int, phrase: NounPhrase, quantity: Quantity) -> str | None:
    """The unit or the counted noun phrase as the article writes it: "km/h", "per cent", "injured civilians"."""
    unit = ""
    if quantity.unit_start is not None and quantity.unit_end is not None:
        unit = text[quantity.unit_start : quantity.unit_end].strip("-–‑ ")
        if unit == "$" and (
            prefix := re.search(
                r"(?<![A-Z])([A-Z]{1,3}) ?$", text[max(0, quantity.unit_start - 5) : quantity.unit_start]
            )
        ):
            unit = prefix[1] + unit  # "HK $3.7 billion"
    elif quantity.unit is not None:
        unit = quantity.unit
    elif phrase.hyphen and k + 2 < len(items) and items[k + 2].is_word:
        unit = items[k + 2].text
    elif phrase.head is not None:
        first = min([phrase.head, *phrase.modifiers])
        if phrase.owner is not None and phrase.owner > phrase.first:
            first = max(first, phrase.owner + 1)
        unit = text[items[first].start : items[phrase.head].end]
    elif k + 2 < len(items) and _bare_noun(items[k + 1]) and items[k + 2].is_word and not items[k + 2].grammar:
        unit = items[k + 1].text
    rate = _rate(text, items, phrase.end if phrase.head is not None else k + 1)
    if not rate and (
        inside := re.search(
            r"\b(?:an?|per|each|every) [a-z]+$", text[quantity.mention.number_end : quantity.mention.end]
        )
    ):
        rate = inside[0]
    return f"{unit} {rate}".strip() or None if rate else unit or None


def _bare_noun(item: Item) -> bool:
    return item.is_word and not item.grammar and not item.entry.triggers and item.text.islower()


def _rate(text: str, items: list[Item], j: int) -> str:
    """ "a month", "per share" behind a number and its unit, as written."""
    if j + 1 >= len(items):
        return ""
    by = items[j].lower
    if (by == "per" and items[j + 1].is_word) or (
        by in ("a", "an", "each", "every") and items[j + 1].grammar & {"clock"}
    ):
        return text[items[j].start : items[j + 1].end]
    if by in ("a", "an") and items[j + 1].lower in (
        "barrel",
        "share",
        "gallon",
        "ounce",
        "litre",
        "tonne",
        "ton",
        "head",
        "person",
        "piece",
    ):
        return text[items[j].start : items[j + 1].end]
    return ""


def direction_of(items: list[Item], k: int, quantity: Quantity) -> Direction | None:
    """Up or down, from the verb or noun of change beside the number: "rose 0.3%", "up 58 points", "lost 12 cents".

    A plain count moves only behind "by" ("grew by 300 members"): "add ten users" counts users.
    """
    if quantity.mention.direction is not None:
        return quantity.mention.direction
    if quantity.mention.value is not None and quantity.mention.value < 0 and quantity.unit == "percent":
        return "down"  # "FTSE -0.6%"
    if quantity.mention.role in ("from", "to") or quantity.mention.comparator not in ("exact", "between"):
        return None  # "up about 15%" tells first of all how near the number is
    by = False
    j = k - 1
    while (
        j >= max(0, k - 4)
        and (items[j].grammar & _PASSED or items[j].lower in ("by", "another"))
        and not items[j].grammar & _CHANGE
    ):
        by = by or items[j].lower == "by"
        j -= 1
    if j < 0 or k - j > 3 or not items[j].is_word or (quantity.unit is None and not by):
        return None
    before = items[j]
    if before.lower in _UP or (before.grammar & {"up"} and before.lower not in _TRANSITIVE):
        return "up"
    if before.lower in _DOWN or (before.grammar & {"down"} and before.lower not in _TRANSITIVE):
        return "down"
    return None


_PASSED: Final = frozenset(["det", "adv"])
_CHANGE: Final = frozenset(["up", "down"])
_UP: Final = frozenset(["up", "higher", "increase", "rise", "gain", "jump"])
_DOWN: Final = frozenset(["down", "lower", "decrease", "decline", "drop", "fall"])
_TRANSITIVE: Final = frozenset(
    [
        "add",
        "adds",
        "adding",
        "cut",
        "cuts",
        "cutting",
        "raise",
        "raises",
        "raised",
        "raising",
        "reduce",
        "reduces",
        "boost",
    ]
)


def subject_of(items: list[Item], k: int, quantity: Quantity) -> str | None:
    """What the number is said of, in at most eight words: the noun it modifies, then its clause's subject.

    "a 5 kW solar system" and "60 per cent of its revenue" modify what follows; a counted noun that opens its clause is
    said of nothing else.
    """
    measure = quantity.unit is not None
    parts: list[list[str]] = []
    nxt = items[k + 1].lower if k + 1 < len(items) else ""
    if measure:
        parts.append(_content(items, k + 2, 4) if nxt in ("of", "-") else _attributive(items, k))
    subject = _clause_subject(items, k)
    left = _left_noun(items, k)
    if measure or subject or _hangs(items, k):
        parts.append(subject)
        if measure and nxt == "for":
            parts.append(_content(items, k + 2, 2))
        if measure or _hangs(items, k):
            parts.append(left[-3:])
    words: list[str] = []
    for part in parts:
        words += [one for one in part if one not in words]
    return " ".join(words[:LONGEST_SUBJECT]) or None


def _attributive(items: list[Item], k: int) -> list[str]:
    """The noun right behind a measure that it describes: "a 20 kilometre bike ride"."""
    words = _content(items, k + 1, 4)
    if not words or items[k + 1].grammar & (VERBS | {"adv", "more"}) or words[0].endswith("ly"):
        return []
    return words


def _content(items: list[Item], begin: int, most: int) -> list[str]:
    """The words of the noun phrase that begins at ``begin``, determiners left out."""
    words: list[str] = []
    for j in range(begin, min(begin + 2 * most, len(items))):
        item = items[j]
        if not item.is_word:
            if item.lower in ("-", "&") and words:
                if item.lower == "&":
                    words.append("&")
                continue
            break
        if item.grammar & STOPS:
            if item.grammar & {"det"} and not words:
                continue
            break
        if words and item.grammar & VERBS and not is_plural(item):
            break
        if words and item.text.islower() and item.lower.endswith(("ed", "ing")) and not item.entry.population:
            break
        words.extend(item.text.split())
        if len(words) >= most:
            break
    if "&" in words[1:2] and len(words) > 2:
        words = [words[0] + "&" + words[2], *words[3:]]
    return [one for one in words[:most] if one != "&"]


def _hangs(items: list[Item], k: int) -> bool:
    j = k - 1
    while j >= max(0, k - 6) and items[j].grammar & {"det", "adv"} and items[j].is_word:
        j -= 1
    return j >= 0 and items[j].lower in ("of", "with", "between")


def _left_noun(items: list[Item], k: int) -> list[str]:
    """The noun phrase nearest before the number, verbs and prepositions between them passed over."""
    j = k - 1
    words: list[str] = []
    while j >= 0 and k - j < REACH:
        item = items[j]
        if item.numbers or (not item.is_word and item.lower not in ("-", "(", "$", ",")):
            if words or item.lower in (";", "."):
                break
            j -= 1
            continue
        if item.lower == "," and words:
            break
        verb = bool(item.grammar & VERBS and not item.entry.population and item.entry.form)
        verb = verb or (item.text.islower() and item.lower.endswith(("ed", "ing")) and not item.entry.population)
        noun = item.is_word and not item.grammar & STOPS and not item.grammar & {"adv", "more"} and not verb
        if noun and item.lower not in ("up", "down", "past", "per"):
            words.insert(0, item.text)
        elif words:
            break
        j -= 1
    return words[-4:]


def _clause_subject(items: list[Item], k: int) -> list[str]:
    """The first noun phrase of the clause that holds the number; none where the number's own opens it."""
    begin = max(0, k - LONGEST_CLAUSE)
    if any(one.lower == "(" for one in items[max(0, k - 2) : k]):
        return _left_noun(items, k)
    for j in range(k - 1, max(-1, k - LONGEST_CLAUSE), -1):
        item = items[j]
        if item.lower in (";", ":", ",", "—", "–", "(") or (item.lower in OPENERS and j < k - 2):
            between = items[j + 1 : k]
            first = next((one for one in between if one.is_word and not one.grammar & {"adv", "det"}), None)
            if (
                first is not None
                and first.text.islower()
                and (first.lower.endswith(("ing", "ed")) or (first.grammar & VERBS and not is_plural(first)))
            ):
                continue  # "wiping 340 million off", "and lead to a 25% drop": the subject stands in an earlier clause
            if any(one.is_word and (one.grammar & (VERBS | AUXILIARY) or one.lower.endswith("ed")) for one in between):
                begin = j + 1
                break
    relative = begin > 1 and items[begin - 1].lower in ("which", "who", "that")
    j = begin
    if relative and j < len(items) and items[j].grammar & (AUXILIARY | VERBS):
        return _left_noun(items, begin - 1)
    while j < k and (not items[j].is_word or items[j].grammar & STOPS or items[j].grammar & {"adv"}):
        if items[j].grammar & {"pron"}:
            return []
        j += 1
    return _content(items, j, 4) if j < k else []
