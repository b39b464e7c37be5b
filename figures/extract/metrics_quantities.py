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
        "that", "which", "who", "while", "whilst", "but", "and", "when", "as", "because", "if", "although", "though",
        "where", "whereas", "since", "after", "before", "until", "unless", "so", "than",
    ]
)  # fmt: skip
RELATIVES: Final = frozenset(["that", "which", "who"])
RATES: Final = frozenset(["a", "an", "per", "each", "every"])
TELLS: Final = frozenset(["in", "from", "on", "for"])  # "$1 billion in gains", "47% from the field"


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
        unit = re.sub(r"^([A-Z]{1,3}) \$$", r"\1$", unit)
    elif quantity.unit is not None:
        unit = quantity.unit
    elif phrase.hyphen:
        unit = _joined_noun(items, k)
    elif phrase.head is not None:
        first = min([phrase.head, *phrase.modifiers])
        if phrase.owner is not None and phrase.owner > phrase.first:
            first = max(first, phrase.owner + 1)
        unit = text[items[first].start : items[phrase.head].end]
    elif k + 2 < len(items) and _describes(items, k):
        unit = items[k + 1].text
    rate = _rate(text, items, phrase.end if phrase.head is not None else k + 1)
    if not rate and (
        inside := re.search(
            r"\b(?:an?|per(?! cent$)|each|every) [a-z]+$", text[quantity.mention.number_end : quantity.mention.end]
        )
    ):
        rate = inside[0]
    return f"{unit} {rate}".strip() or None if rate else unit or None


def _joined_noun(items: list[Item], k: int) -> str:
    """ "six-cylinder", also across "four-, five- and six-cylinder"."""
    for j in range(k + 1, min(k + 12, len(items) - 1)):
        if items[j].lower == "-" and items[j + 1].is_word and items[j + 1].lower not in ("and", "or", "to"):
            return items[j + 1].text
        if items[j].is_word and items[j].lower not in ("and", "or", "to"):
            break
    return ""


def _describes(items: list[Item], k: int) -> bool:
    """ "the 12 page document", "8.90 ksi (61.4 MPa)": a singular right behind the number is its unit."""
    nxt, after = items[k + 1], items[k + 2]
    if not _bare_noun(nxt) or nxt.lower.endswith("ed"):
        return False
    if after.lower == "(" and after.start > nxt.end:
        return len(nxt.lower) <= 4
    return after.is_word and not after.grammar - VERBS


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
    if quantity.mention.comparator not in ("exact", "between"):
        return None  # "up about 15%" tells first of all how near the number is
    if any(one.rule == "between N and M" for one in quantity.mention.rules):
        return None
    if quantity.mention.direction is not None:
        return quantity.mention.direction
    if quantity.mention.value is not None and quantity.mention.value < 0 and quantity.unit == "percent":
        return "down"  # "FTSE -0.6%"
    if quantity.mention.role in ("from", "to"):
        return None
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
    if quantity.unit == "year_of_age":
        return " ".join(_attributive(items, k)) or None
    if not measure and k + 2 < len(items) and items[k + 1].lower == "-" and items[k + 1].start == items[k].end:
        measure = True  # "six-cylinder engine"
    elif not measure and k + 2 < len(items) and _describes(items, k):
        measure, k = True, k + 1
    parts: list[list[str]] = []
    nxt = items[k + 1].lower if k + 1 < len(items) else ""
    if measure:
        behind = behind_bracket(items, k + 1)
        if behind is not None:
            parts.append(_content(items, behind, 4))
        elif nxt == "-":
            parts.append(_content(items, k + 2, 4))
        else:
            parts.append(_attributive(items, k))
    subject = _clause_subject(items, k)
    left = _left_noun(items, k)
    if measure or subject or _hangs(items, k):
        parts.append(subject)
        if measure and nxt in TELLS:
            parts.append(_content(items, k + 2, 2))
        if measure or _hangs(items, k):
            parts.append(left[-3:])
    words: list[str] = []
    for part in parts:
        words += [one for one in part if one not in words]
    return " ".join(words[:LONGEST_SUBJECT]) or None


def behind_bracket(items: list[Item], j: int) -> int | None:
    """Where the noun begins in "450 Nm of torque" and "450 Nm (332 lb-ft) of torque"."""
    if j < len(items) and items[j].lower == "(":
        for i in range(j + 1, min(j + 7, len(items))):
            if items[i].lower == ")":
                j = i + 1
                break
    elif j < len(items) and items[j].lower == ")":
        j += 1
    return j + 1 if j < len(items) and items[j].lower == "of" else None


def _attributive(items: list[Item], k: int) -> list[str]:
    """The noun right behind a measure that it describes: "a 20 kilometre bike ride", "a 640bhp 5.2 litre engine"."""
    j = k + 1
    while j < len(items) - 1 and j - k < 4 and (items[j].numbers or items[j].lower == "-"):
        j += 1
    if j >= len(items) or items[j].lower in RATES:
        return []
    words = _content(items, j, 4)
    if not words or items[j].grammar & {"adv", "more"} or words[0].endswith("ly"):
        return []
    single = k > 0 and items[k - 1].lower in ("a", "an", "its", "the", "their")
    if items[j].grammar & (VERBS | AUXILIARY) and not single:
        return []
    return words


def _content(items: list[Item], begin: int, most: int) -> list[str]:
    """The words of the noun phrase that begins at ``begin``, determiners left out."""
    words: list[str] = []
    skip = False
    for j in range(begin, min(begin + 2 * most, len(items))):
        item = items[j]
        if skip:
            skip = False
            continue
        if item.numbers and not words:
            continue
        if not item.is_word:
            if item.lower == "-" and words and _touches(items, j):
                words[-1] += "-" + items[j + 1].text
                skip = True
                continue
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


def _touches(items: list[Item], j: int) -> bool:
    """Whether a hyphen joins what stands before and behind it: "TA-25", "drop-top"."""
    return (
        0 < j < len(items) - 1
        and items[j - 1].end == items[j].start
        and items[j].end == items[j + 1].start
        and bool(items[j + 1].text)
    )


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
        if item.lower == "-" and words and _touches(items, j) and items[j - 1].is_word:
            words[0] = f"{items[j - 1].text}-{words[0]}"
            j -= 2
            continue
        verb = bool(item.grammar & VERBS and not item.entry.population and item.entry.form)
        led = j > 0 and bool(items[j - 1].grammar & {"det"})  # "at a speed of"
        verb = verb or (
            item.text.islower() and item.lower.endswith(("ed", "ing")) and not item.entry.population and not led
        )
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
        told = bool(item.grammar & {"report"}) and item.text.islower() and 0 < j < k - 2 and items[j - 1].is_word
        if told and not items[j + 1].is_word:
            told = False
        if told or item.lower in (";", ":", ",", "—", "–", "(") or (item.lower in OPENERS and j < k - 2):
            between = items[j + 1 : k]
            if told and items[j + 1].lower in ("that", "it", "they", "he", "she", "to"):
                continue
            first = next((one for one in between if one.is_word and not one.grammar & {"adv", "det"}), None)
            if (
                first is not None
                and item.lower not in RELATIVES
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
            return _main_subject(items, j) if begin > 0 and items[j].lower not in ("i", "we", "you") else []
        j += 1
    return _content(items, j, 4) if j < k else []


def _main_subject(items: list[Item], before: int) -> list[str]:
    """What a pronoun of a later clause stands for: the noun phrase that opens the sentence."""
    for j in range(min(before, 8)):
        if items[j].grammar & {"pron"}:
            return []
        if items[j].is_word and not items[j].grammar & STOPS and not items[j].grammar & {"adv"}:
            return _content(items, j, 3)
    return []
