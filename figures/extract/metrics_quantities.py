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
BACK: Final = frozenset(["ago", "earlier", "later", "before", "after", "old", "on"])
RANKED: Final = frozenset(["top", "record", "bottom"])
RATES: Final = frozenset(["a", "an", "per", "each", "every"])
LONGEST_OPENING: Final = 16
MARKS: Final = frozenset([";", ":", ",", "—", "–", "("])
ORDERED: Final = frozenset(["last", "next", "previous", "first", "coming", "final"])
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
    elif _named_before(items, k):
        unit = items[k - 2 if items[k - 1].lower == "-" else k - 1].text
    elif phrase.head is not None:
        first = min([phrase.head, *phrase.modifiers])
        if phrase.owner is not None and phrase.owner > phrase.first:
            first = max(first, phrase.owner + 1)
        if phrase.others and items[phrase.first].lower == "other" and phrase.owner is None:
            first = phrase.first  # "eight other employees"
        unit = text[items[first].start : items[phrase.head].end]
        if k > 0 and items[k - 1].lower in RANKED and phrase.first == k + 1:
            unit = f"{items[k - 1].text} {unit}"  # "the top three seeds"
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
    if j + 2 < len(items) and items[j + 2].lower in BACK:
        return ""  # "71% a year ago"
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
    if quantity.unit == "percent" and (moved := _moved_object(items, k)) is not None:
        return moved
    if k > 0 and items[k - 1].lower in ("a", "an") and quantity.unit != "percent":
        return None  # "added a 30 degree homer"
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


def _moved_object(items: list[Item], k: int) -> Direction | None:
    """ "lifted its dividend 6%": the verb stands before a short object."""
    for j in range(k - 1, max(0, k - 6), -1):
        if not items[j].is_word or items[j].grammar & (STOPS - {"det"}) or items[j].lower == "by":
            return None
        if items[j].grammar & {"det"} and items[j].lower not in ("a", "an"):
            verb = items[j - 1]
            found = verb.grammar & _CHANGE if verb.lower not in _UP | _DOWN and j < k - 1 else frozenset()
            return "up" if "up" in found else "down" if "down" in found else None
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
        told = k + 1 < len(items) and bool(items[k + 1].grammar & {"clock"})  # "under 12 years of age"
        return " ".join([] if told else _attributive(items, k)) or " ".join(_left_noun(items, k)[-2:]) or None
    if not measure and k + 2 < len(items) and items[k + 1].lower == "-" and items[k + 1].start == items[k].end:
        measure = True  # "six-cylinder engine"
    elif not measure and k + 2 < len(items) and _describes(items, k) and not _counts(items, k):
        measure, k = True, k + 1
    elif _named_before(items, k):
        measure = True
    parts: list[list[str]] = []
    nxt = items[k + 1].lower if k + 1 < len(items) else ""
    if measure:
        behind = behind_bracket(items, k + 1)
        if behind is not None:
            parts.append(_content(items, behind, 4))
        elif nxt == "-":
            parts.append(_hyphened(items, k + 2))
        else:
            parts.append(_attributive(items, k))
    subject = [] if not measure and _opens_clause(items, k) else _clause_subject(items, k)
    left = _left_noun(items, k)
    if measure or subject or _hangs(items, k):
        parts.append(subject)
        if nxt in TELLS:
            parts.append(_content(items, k + 2, 2))
        if measure or _hangs(items, k):
            parts.append(left[-3:])
    words: list[str] = []
    for part in parts:
        words += [one for one in part if one not in words]
    return " ".join(words[:LONGEST_SUBJECT]) or None


def _opens_clause(items: list[Item], k: int) -> bool:
    """Whether the counted noun is itself the subject: "and eight other employees left", ", 300 people were waiting"."""
    if k > 0 and items[k - 1].lower not in MARKS and not items[k - 1].grammar & {"conj"}:
        return False
    for j in range(k + 1, min(k + 6, len(items))):
        if not items[j].is_word or items[j].grammar & (STOPS - AUXILIARY):
            return False
        if j > k + 1 and (items[j].grammar & AUXILIARY or (items[j].grammar & VERBS and not is_plural(items[j]))):
            return True
    return False


def _counts(items: list[Item], k: int) -> bool:
    """Whether the noun behind the number is what it counts: "700 birds nest there", "five profile slots"."""
    return is_plural(items[k + 1]) or (items[k + 2].text.islower() and is_plural(items[k + 2]))


def _named_before(items: list[Item], k: int) -> bool:
    """Whether the number belongs to the word before it: "a magnitude-7.3 earthquake", "a magnitude 6 quake"."""
    if k > 0 and items[k - 1].lower == "magnitude":
        return True
    return k > 1 and items[k - 1].lower == "-" and _touches(items, k - 1, number=True) and items[k - 2].is_word


def _hyphened(items: list[Item], j: int) -> list[str]:
    """The words behind "four-", also in "four-, five- and six-cylinder engines"; of "14-page report" the noun."""
    begin = j
    while j < min(begin + 8, len(items)) and (
        items[j].numbers or items[j].lower in (",", "-") or items[j].grammar & {"conj"}
    ):
        j += 1
    j = j if j == begin or (j < len(items) and items[j - 1].lower == "-") else begin
    return _content(items, j + 1, 3) or _content(items, j, 4)


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
    if j + 2 < len(items) and items[j].lower in RATES and items[j + 1].grammar & {"clock"}:
        j += 2  # "a $3,500 a month mortgage"
    elif j >= len(items) or items[j].lower in RATES:
        return []
    words = _content(items, j, 4)
    if not words or items[j].grammar & {"adv", "more"} or words[0].endswith("ly"):
        return []
    after = items[j + 1] if j + 1 < len(items) else None
    if after is not None and (after.lower == "that" or (items[j].lower.endswith("ed") and after.grammar & STOPS)):
        return []  # "The 65-year-old worries that", "70% voted against"
    single = k > 0 and items[k - 1].lower in ("a", "an", "its", "the", "their")
    if items[j].grammar & (VERBS | AUXILIARY) and not single:
        return []
    return words


def _content(items: list[Item], begin: int, most: int) -> list[str]:
    """The words of the noun phrase that begins at ``begin``, determiners and possessive endings left out."""
    words: list[str] = []
    skip = False
    for j in range(begin, min(begin + 2 * most, len(items))):
        item = items[j]
        if skip:
            skip = False
            continue
        if item.numbers and (not words or words == ["magnitude"]):
            continue
        if not item.is_word:
            if item.lower == "-" and words and _touches(items, j):
                words[-1] += "-" + items[j + 1].text
                skip = True
                continue
            if words and item.text.isdigit() and item.start == items[j - 1].end:
                words[-1] += item.text  # "V10", "S23"
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
        words.extend(_plainly(item).split())
        if len(words) >= most:
            break
    if "&" in words[1:2] and len(words) > 2:
        words = [words[0] + "&" + words[2], *words[3:]]
    return [one for one in words[:most] if one != "&"]


def _plainly(item: Item) -> str:
    """The word without a possessive ending."""
    text = item.text.replace("’", "'")
    return text[:-2] if text.endswith("'s") and len(text) > 3 else item.text


def _touches(items: list[Item], j: int, *, number: bool = False) -> bool:
    """Whether a hyphen joins what stands before and behind it: "TA-25", "drop-top"."""
    return (
        0 < j < len(items) - 1
        and items[j - 1].end == items[j].start
        and items[j].end == items[j + 1].start
        and (number or bool(items[j + 1].text))
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
        if item.is_word and not item.grammar & (STOPS | {"adv", "more"}) and not _is_verb(items, j):
            if item.lower not in ("up", "down", "past", "per") and item.lower not in ORDERED:
                words.insert(0, _plainly(item))
        elif words:
            break
        j -= 1
    return words[-4:]


def _is_verb(items: list[Item], j: int) -> bool:
    """Whether a word acts here: a known verb, "-ed", "-ing", or any word behind a pronoun, "will" or "to"."""
    item, before = items[j], items[j - 1] if j > 0 else None
    if before is not None and (before.grammar & {"det"} or before.possessive):
        return False  # "at a speed of", "during a run of"
    led = before is not None and bool(before.grammar & {"pron", "modal"} or before.lower == "to")
    if item.entry.population:
        return led and item.lower == "lives"
    if item.grammar & VERBS and item.entry.form:
        return True
    if not item.text.islower():
        return False
    if item.lower.endswith("s") and not item.grammar and before is not None and j + 1 < len(items):
        noun = before.is_word and not before.grammar - {"conj"} and not is_plural(before)
        if noun and items[j + 1].numbers:
            return True  # "a server draws 700 watts", "and weighs 170g"
    first, _, further = item.lower.partition(" ")
    if further and first.endswith(("ed", "ing")):
        return True  # "jailed for"
    return item.lower.endswith(("ed", "ing")) or (led and not item.grammar)


def _clause_begin(items: list[Item], k: int) -> int:
    """The first item of the clause that holds the number, as far as marks and conjunctions tell."""
    edge, closed = k, False
    for j in range(k - 1, max(-1, k - LONGEST_CLAUSE), -1):
        item = items[j]
        if item.lower == ")":
            closed = True
        if item.lower == "(" and closed:
            closed = False
            continue  # "automakers (.SXAP) slid 4.8%"
        told = bool(item.grammar & {"report"}) and item.text.islower() and 0 < j < k - 2 and items[j - 1].is_word
        if told and (not items[j + 1].is_word or items[j - 1].grammar & {"det"}):
            told = False  # "the state"
        if not (told or item.lower in MARKS or (item.lower in OPENERS and j < k - 2)):
            continue
        if told and items[j + 1].lower in ("that", "it", "they", "he", "she", "to"):
            continue
        between = items[j + 1 : edge]
        first = next((one for one in between if one.is_word and not one.grammar & {"adv", "det"}), None)
        if first is not None and item.lower not in RELATIVES and _joins_on(items, first, j):
            edge = j
            continue  # "wiping 340 million off", "and lead to a 25% drop": the subject stands in an earlier clause
        if any(one.is_word and (one.grammar & (VERBS | AUXILIARY) or one.lower.endswith("ed")) for one in between):
            return j + 1
    return max(0, k - LONGEST_CLAUSE)


def _joins_on(items: list[Item], first: Item, j: int) -> bool:
    """Whether a clause without a subject of its own begins at ``first``, behind the mark or conjunction at ``j``."""
    if not first.text.islower():
        return False
    if first.lower == "to" or first.lower.endswith("ed") or (first.grammar & VERBS and not is_plural(first)):
        return True
    if first.grammar & AUXILIARY and items[j].grammar & {"conj"}:
        return True  # "and is valid for 90 days"
    at = next((i for i in range(j + 1, min(j + 4, len(items) - 1)) if items[i] is first), None)
    if at is not None and first.grammar & VERBS and (items[at + 1].lower == "to" or items[at + 1].grammar & {"det"}):
        return True  # "the grocer, which has 412 stores, plans to hire"
    if not first.lower.endswith("ing"):
        return False
    earlier = items[max(0, j - LONGEST_CLAUSE) : j]  # "In Oslo, sampling came back at 4 ppb" has no earlier clause
    return any(one.is_word and (one.grammar & (VERBS | AUXILIARY) or one.lower.endswith("ed")) for one in earlier)


def _clause_subject(items: list[Item], k: int) -> list[str]:
    """The first noun phrase of the clause that holds the number; none where the number's own opens it."""
    if any(one.lower == "(" for one in items[max(0, k - 2) : k]):
        return _left_noun(items, k)
    begin = max(_clause_begin(items, k), _dateline_end(items, k))
    if begin > 0 and items[begin].lower in RELATIVES:
        begin += 1
    j = begin
    if begin > 1 and items[begin - 1].lower in RELATIVES and not items[begin - 2].grammar & {"report"}:
        acts = j < len(items) and (items[j].grammar & (AUXILIARY | VERBS) or items[j].lower.endswith("ed"))
        if acts:
            return _left_noun(items, begin - 1)
    j = _behind_opening(items, j, k)
    while j < k and (not items[j].is_word or items[j].grammar & STOPS or items[j].grammar & {"adv"}):
        if items[j].grammar & {"pron"}:
            return _main_subject(items, j) if begin > 0 and items[j].lower not in ("i", "we", "you") else []
        j += 1
    return _noun_of_noun(items, j) if j < k else []


def _behind_opening(items: list[Item], j: int, k: int) -> int:
    """Behind "At noon" in "At noon the index was", which no comma parts from the subject; else ``j``."""
    if not items[j].grammar & {"prep"} or items[j].lower in OPENERS:
        return j
    for i in range(j + 2, min(j + 8, k)):
        if items[i].grammar & (VERBS | AUXILIARY):
            break
        if items[i].grammar & {"det"} and not items[i - 1].grammar & {"prep", "det", "conj"}:
            return i
    return j


def _noun_of_noun(items: list[Item], j: int) -> list[str]:
    """The noun phrase that begins at ``j`` with the one that "of" adds: "price of rice"."""
    words = _content(items, j, 4)
    at = j
    while at < min(j + 8, len(items)) and items[at].is_word and not items[at].grammar & {"prep"}:
        at += 1
    if words and at < len(items) and items[at].lower == "of":
        words += [one for one in _content(items, at + 1, 2) if one not in words]
    return words


def _dateline_end(items: list[Item], k: int) -> int:
    """Behind "SINGAPORE:" or "TORONTO -" at the beginning of a text; 0 where there is none."""
    for j in range(1, min(5, k)):
        if items[j].lower in (":", "—", "–", "-"):
            return j + 1 if all(one.text.isupper() for one in items[:j] if one.is_word) else 0
    return 0


def _main_subject(items: list[Item], before: int) -> list[str]:
    """What a pronoun of a later clause stands for: the noun phrase that opens the sentence, or its main clause."""
    begin = 0
    if items[0].grammar & {"prep"} or items[0].lower in OPENERS:
        comma = next((j for j in range(1, min(before, LONGEST_OPENING)) if items[j].lower == ","), None)
        if comma is None:
            return []
        begin = comma + 1
    for j in range(begin, min(before, begin + 8)):
        if items[j].grammar & {"pron"}:
            return []
        if items[j].is_word and not items[j].grammar & STOPS and not items[j].grammar & {"adv"}:
            return _content(items, j, 3)
    return []
