"""Cut a sentence with numbers into items that the binder of metrics can walk over.

An item is one number, one phrase of the lexicon or one word. Numbers come from the quantities, their comparators and
units included; a fraction's base stays an item of its own. Phrases are matched longest first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from figures.extract.types import Quantity, Sentence, Token
from figures.lexicon.metrics import ANY_DETERMINER, DETERMINERS, Entry, MetricLexicon, Trigger, plural_of

EMPTY: Final = Entry()
LONGEST_RUN: Final = 8  # words of a noun phrase; longer runs are no noun phrases but lists without commas
STOPS: Final = frozenset(
    ["det", "prep", "conj", "rel", "be", "have", "modal", "pron", "neg", "time", "believed", "among"]
)


@dataclass(slots=True, kw_only=True)
class Item:
    """A number, phrase or word of a sentence. ``numbers`` are positions in the list of quantities."""

    start: int
    end: int
    text: str
    lower: str
    entry: Entry = EMPTY
    numbers: tuple[int, ...] = ()
    possessive: bool = False
    age: bool = False

    @property
    def grammar(self) -> frozenset[str]:
        """The closed classes the word belongs to."""
        return self.entry.grammar

    @property
    def is_word(self) -> bool:
        """Whether the item is a word, not a number or mark."""
        return not self.numbers and self.lower[:1].isalpha()


@dataclass(slots=True, kw_only=True)
class NounPhrase:
    """What stands behind a number: "of its own soldiers", "more injured civilians", "others", "of them".

    ``end`` is the position of the first item behind it. ``partitive`` is "them" for a pronoun ("of them", "of whom"),
    "the" for a definite noun ("of the dead"), "" else. ``state`` is a trigger among the modifiers ("injured men").
    """

    first: int
    end: int
    head: int | None = None
    modifiers: list[int] = field(default_factory=list)
    partitive: str = ""
    others: bool = False
    owner: int | None = None
    vague_of: bool = False
    hyphen: bool = False
    base: int | None = None
    state: int | None = None


def cut(
    sentence: Sentence, quantities: list[Quantity], positions: list[int], metrics: MetricLexicon, text: str
) -> list[Item]:
    """The items of a sentence, in order, given the positions of its quantities."""
    spans = _number_spans(quantities, positions, metrics, text)
    items: list[Item] = []
    tokens = sentence.tokens
    at, size, next_span, begin = 0, len(tokens), 0, 0
    phrases = metrics.by_second
    while at < size:
        token = tokens[at]
        while next_span < len(spans) and (spans[next_span][1] <= token.start or spans[next_span][0] < begin):
            next_span += 1
        if next_span < len(spans) and spans[next_span][0] < token.end:
            start, end, numbers = spans[next_span]
            while at < size and tokens[at].start < end:
                at += 1
            age = quantities[numbers[0]].unit == "year_of_age"
            items.append(Item(start=start, end=end, text="", lower="", numbers=numbers, age=age))
            begin = end
            continue
        limit = spans[next_span][0] if next_span < len(spans) else sentence.end
        lower = token.lower
        possessive = "'" in lower and lower.endswith(("'s", "s'")) and len(lower) > 2
        if possessive:
            lower = lower.removesuffix("'s") if lower.endswith("'s") else lower[:-1]
        known = phrases.get(lower)
        entry, width = _longest(known, tokens, at, limit) if known else (EMPTY, 1)
        if width > 1 and known and lower == "lives" and items and items[-1].numbers:
            entry, width = known[""][0][1] if "" in known else EMPTY, 1  # "45,000 lives in the city"
        if width == 1:
            if entry.grammar and len(token.text) > 1 and token.text.isupper():
                entry = EMPTY  # "US", "WHO", "IT" are names, not pronouns
            owns = possessive or (lower[-1:] == "s" and _apostrophe(tokens, at + 1))
            begin = token.end
            items.append(Item(
                start=token.start, end=begin, text=token.text, lower=lower, entry=entry, possessive=owns
            ))  # fmt: skip
        else:
            said = " ".join(one.text for one in tokens[at : at + width])
            begin = tokens[at + width - 1].end
            items.append(Item(
                start=token.start, end=begin, text=said, lower=said.casefold(), entry=entry, possessive=possessive
            ))  # fmt: skip
        at += width
    return items


def _apostrophe(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a bare apostrophe follows, as in "the rebels' dead"."""
    return at < len(tokens) and tokens[at].text in ("'", "’")


def _number_spans(
    quantities: list[Quantity], positions: list[int], metrics: MetricLexicon, text: str
) -> list[tuple[int, int, tuple[int, ...]]]:
    """Where the numbers stand, each with its unit's words; overlapping ones make one item, widest first."""
    spans: list[tuple[int, int, tuple[int, ...]]] = []
    for position in sorted(positions, key=lambda one: (quantities[one].mention.start, -quantities[one].mention.end)):
        one = quantities[position]
        start, end = one.mention.start, one.mention.end
        tail = text[one.mention.number_end : end].split()
        if len(tail) > 1 and any(
            not rest and entry.population for rest, entry in metrics.phrases.get(tail[0].casefold(), ())
        ):
            end = one.mention.number_end  # "35 people in total": the noun inside is the counted one
        if one.unit_start is not None and one.unit_end is not None:
            start, end = min(start, one.unit_start), max(end, one.unit_end)
        if spans and start < spans[-1][1]:
            previous = spans[-1]
            spans[-1] = (previous[0], max(previous[1], end), (*previous[2], position))
        else:
            spans.append((start, end, (position,)))
    return spans


def _longest(
    known: Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]], tokens: tuple[Token, ...], at: int, limit: int
) -> tuple[Entry, int]:
    """The longest phrase that stands at a token, and how many tokens it takes."""
    best, longest = EMPTY, 0
    for second in (tokens[at + 1].lower if at + 1 < len(tokens) else "", ANY_DETERMINER):
        for rest, entry in known.get(second, ()):
            if not second or len(rest) < longest:
                break
            width = _match(rest, tokens, at + 1, limit)
            if width is not None and len(rest) > longest:
                best, longest, taken = entry, len(rest), 1 + width
                break
    if longest:
        return best, taken
    alone = known.get("")
    return (alone[0][1], 1) if alone else (EMPTY, 1)


def _match(rest: tuple[str, ...], tokens: tuple[Token, ...], at: int, limit: int) -> int | None:
    """How many tokens a phrase's further words take, None where they don't stand there."""
    begin = at
    for word in rest:
        if at >= len(tokens):
            return None
        lower = tokens[at].lower
        if tokens[at].end > limit and lower not in _INSIDE:
            return None
        if tokens[at].end > limit:
            limit = tokens[-1].end  # "received at least one dose": the number belongs to the phrase
        if word == "~":
            if lower not in DETERMINERS and not lower.endswith("'s"):
                return None
        elif lower != word:
            return None
        at += 1
    return at - begin


_INSIDE: Final = frozenset(["at", "least", "a", "one", "two", "no"])


def noun_phrase(items: list[Item], at: int, *, singular: bool = False) -> NounPhrase:
    """Read the noun phrase behind the number at ``at``.

    ``singular`` is for "a" and "one", whose head is no plural. The head is the first noun that the lexicon knows, or
    the first word with a plural's ending that no further noun follows; a phrase without such a word has no head.
    """
    phrase = NounPhrase(first=at + 1, end=at + 1)
    j, size = at + 1, len(items)
    bracketed = j + 3 < size and items[j].lower == "(" and items[j + 1].numbers and items[j + 2].lower == ")"
    if bracketed and items[j + 3].is_word and not items[j + 3].grammar & STOPS:
        j = phrase.end = j + 3  # "228 (72%) severe cases"
    if j < size and items[j].lower == "-" and items[j].start == items[at].end:
        phrase.hyphen = True
        return phrase
    if j < size and items[j].lower in _QUOTES and j + 1 < size and items[j + 1].is_word:
        j += 1
    while j < min(size, at + LONGEST_RUN) and (
        items[j].grammar & _MORE or (items[j].lower in _VAGUE and j + 1 < size and not items[j + 1].numbers)
    ):
        phrase.others = phrase.others or items[j].lower in ("others", "other", "more", "another")
        j += 1
    if j + 2 < size and items[j].lower == "out" and items[j + 1].lower == "of":
        j += 1  # "16 out of 18 drones"
    phrase.end = j
    if j + 1 < size and items[j].lower == "of":
        j = _behind_of(items, j + 1, phrase)
        if phrase.partitive == "them" or phrase.base is not None:
            phrase.end = j
            return phrase
    elif (
        j + 2 < size
        and items[j].lower in _MEASURERS
        and items[j + 1].lower == "of"
        and items[j + 2].is_word
        and not (items[j].lower == "members" and not _counts_members(items, j + 2))
    ):
        j += 2  # "40,000 head of cattle", "12 members of its staff"
        while j + 1 < size and (items[j].grammar & _DET or items[j].possessive):
            phrase.owner = j if items[j].possessive or items[j].lower in _POSSESSIVES else phrase.owner
            j += 1
    elif j + 1 < size and items[j].lower in ("of them", "of whom", "of which"):
        phrase.partitive, phrase.end = "them", j + 1
        return phrase
    _noun_run(items, j, phrase, singular=singular)
    return phrase


_MEASURERS: Final = frozenset(["head", "heads", "members"])
_QUOTES: Final = frozenset('"”“’')
_MORE: Final = frozenset({"more"})
_VAGUE: Final = frozenset(["or", "so", "plus"])


def _counts_members(items: list[Item], j: int) -> bool:
    """Whether "members of" only measures the noun behind: "12 members of its staff", not "members of the force"."""
    while j < len(items) and (items[j].grammar & _DET or items[j].possessive):
        j += 1
    if j + 1 < len(items) and items[j + 1].is_word and is_plural(items[j + 1]) and not items[j + 1].grammar:
        j += 1  # "members of terrorist organisations"
    return j < len(items) and items[j].entry.klass == "person" and items[j].text[:1].islower()


def _behind_of(items: list[Item], j: int, phrase: NounPhrase) -> int:
    """Read "of them", "of the …", "of its …", "of Russia's …", "of the 650 …" or "of …" (a vague word's noun)."""
    size = len(items)
    nxt = items[j]
    follower = items[j + 1] if j + 1 < size else None
    plain = nxt.lower in ("them", "whom", "which", "us")
    demonstrative = nxt.lower in ("these", "those", "that", "this")
    if plain or (demonstrative and not (follower and _nounish(follower))):
        phrase.partitive = "them"
        return j + 1
    edge = min(size, j + LONGEST_RUN)
    while j < edge and (items[j].grammar & _DET or items[j].possessive or (items[j].grammar & _MORE)):
        phrase.partitive = "the"
        if items[j].possessive or items[j].lower in _POSSESSIVES:
            phrase.owner = j
        phrase.others = phrase.others or items[j].lower in ("other", "others")
        j += 1
    if j < size and phrase.partitive == "" and items[j].text[:1].isupper() and _owned(items, j):
        phrase.partitive, phrase.owner = "the", _owned(items, j)
        j = (phrase.owner or j) + 1
    if j < size and items[j].numbers:
        phrase.partitive, phrase.base = "the", j
        return j
    phrase.vague_of = phrase.partitive == ""
    return j


_DET: Final = frozenset({"det"})
_POSSESSIVES: Final = frozenset(["its", "their", "his", "her", "our", "my", "your"])


def _owned(items: list[Item], j: int) -> int | None:
    for k in range(j, min(j + 4, len(items))):
        if items[k].possessive:
            return k
        if not items[k].is_word or items[k].grammar & STOPS:
            return None
    return None


def _noun_run(items: list[Item], j: int, phrase: NounPhrase, *, singular: bool) -> None:
    begin = j
    candidate: int | None = None
    while j < len(items) and j - begin < LONGEST_RUN:
        item = items[j]
        if item.age:  # "two 3-year-old boys"
            begin += j == begin
            j += 1
            continue
        if (
            item.is_word
            and j + 2 < len(items)
            and items[j + 1].lower == "-"
            and _touching(items, j)
            and items[j + 2].is_word
        ):
            phrase.modifiers.append(j)  # "an off-duty officer"
            joined = items[j + 2]
            j += 2 if joined.entry.population or is_plural(joined) else 3
            continue
        if candidate is None and item.is_word and _model_number(items, j):
            phrase.modifiers.append(j)  # "27 Shahed-136 drones", "13 Covid-19 patients"
            j += 3
            continue
        if candidate is None and _bracketed_letters(items, j):
            j += 3  # "an improvised explosive device (IED) expert"
            continue
        if not item.is_word:
            abbreviated = item.lower == "." and candidate is None and items[j - 1].lower in _ABBREVIATED
            if abbreviated and _named_after(items, j - 1):
                j += 1  # "a St. Louis man"
                continue
            if item.lower in ("'", "’") and items[j - 1].possessive and j + 1 < len(items) and items[j + 1].is_word:
                j += 1  # "two of her neighbours' children"
                continue
            joins = item.lower in ("-", "/", '"', "“", "”", "'", "‘") and j + 1 < len(items) and items[j + 1].is_word
            if joins and item.lower in ("-", "/") and items[j + 1].start == item.end and item.start == items[j - 1].end:
                j += 1
                continue
            if item.lower in ('"', "“", "‘") and j == begin and joins:
                j += 1
                continue
            break
        if item.possessive:
            phrase.owner = j
            j += 1
            continue
        grammar = item.grammar
        if candidate is None and item.lower == "and" and _joins_adjectives(items, j, begin):
            j += 1  # "40 primary and secondary schools"
            continue
        if candidate is None and j > begin and item.lower == "of" and _inside_name(items, j):
            j += 1  # "40 Ministry of Health workers"
            continue
        if grammar & STOPS and not item.entry.population and not (item.lower == "believed" and _next_noun(items, j)):
            break
        if item.entry.population and not singular and not is_plural(item):
            phrase.modifiers.append(j)  # "12 civilian deaths"; a lone singular is the next clause's word
            j += 1
            continue
        if item.entry.population:
            if candidate is not None:
                phrase.modifiers.append(candidate)
            candidate = j
            maker = singular and is_plural(item) and j + 1 < len(items) and items[j + 1].entry.klass == "person"
            if singular and item.entry.klass != "person" and _plain(items, j + 1) and _makes(items[j + 1]):
                candidate = None  # "an IED maker"
                phrase.modifiers.append(j)
                j += 1
                continue
            if not maker and not _extends(items, j):  # "a weapons facilitator"
                j += 1
                break
            j += 1
            continue
        kinds = {one.kind for one in item.entry.triggers}
        if "noun" in kinds and not ("state" in kinds and _next_noun(items, j)):
            if "state" in kinds or item.lower in _STATE_NOUNS:
                break  # "12 dead", "12 wounded": elliptic, the state itself counts
            if not singular and plural_of(item.lower.split()[-1]) != item.lower.split()[-1]:
                phrase.modifiers.append(j)  # "510 Topic: Missile Attack on …": no plural, no count
                j += 1
                continue
            if singular and _plain(items, j + 1) and _makes(items[j + 1]):
                phrase.modifiers.append(j)  # "an attack coordinator"
                j += 1
                continue
            if candidate is not None:
                phrase.modifiers.append(candidate)
            candidate = j
            j += 1
            if not (j < len(items) and items[j].entry.population):
                break
            continue
        if kinds & {"object", "subject", "state"} or grammar & _VERBISH:
            modifies = item.entry.form not in ("base", "s") or not kinds & {"object", "subject"}
            if modifies and candidate is None and (_next_noun(items, j) or (singular and _plain(items, j + 1))):
                if kinds & {"object", "state"} and phrase.state is None:
                    phrase.state = j
                phrase.modifiers.append(j)
                j += 1
                continue
            single = " " not in item.lower
            plural = single and item.text[:1].islower() and _plural(item.lower)
            if plural and candidate is None and not _next_noun(items, j):
                candidate = j  # "3 moves", "12 guards": a noun that is a verb elsewhere
                j += 1
            break
        if grammar & _ADVERB or (item.lower.endswith("ly") and item.text[:1].islower()):
            if candidate is not None or not _next_noun(items, j):
                break
            j += 1
            continue
        if _plural(item.lower):
            if singular and candidate is None and _named_after(items, j):
                phrase.modifiers.append(j)
                j += 1
                continue
            candidate = j
            if not _extends(items, j):
                j += 1
                break
            j += 1
            continue
        if candidate is not None:
            break
        phrase.modifiers.append(j)
        j += 1
    if candidate is None and phrase.modifiers:
        last = phrase.modifiers[-1]
        if singular or (items[last].text[:1].isupper() and not items[last].entry.triggers):
            candidate = last
            j = last + 1
        else:
            # No head after all: "12 strong", "40 wounded" keep their words for the right side to read.
            j = begin
            phrase.modifiers.clear()
            phrase.state = None
    phrase.head = candidate
    phrase.modifiers = [one for one in phrase.modifiers if one != candidate]
    phrase.end = max(j, phrase.end) if candidate is not None else max(begin, phrase.end)


def _joins_adjectives(items: list[Item], j: int, begin: int) -> bool:
    """Whether "and" joins two plain words before one noun: "local and foreign journalists"."""
    if j == begin or j + 2 >= len(items) or not _plain(items, j - 1) or not _plain(items, j + 1):
        return False
    noun = items[j + 2]
    lower = items[j - 1].lower
    if not noun.is_word or not items[j - 1].text.islower() or not items[j + 1].text.islower() or lower.endswith("s"):
        return False
    return is_plural(noun) and not noun.grammar and not items[j + 1].lower.endswith("s")


def _inside_name(items: list[Item], j: int) -> bool:
    """Whether "of" at ``j`` stands inside a name that a noun follows: "Islamic Movement of Uzbekistan fighters"."""
    if j + 2 >= len(items) or not items[j - 1].text[:1].isupper() or not items[j + 1].text[:1].isupper():
        return False
    for k in range(j + 1, min(j + 4, len(items))):
        if not items[k].is_word or items[k].grammar & STOPS:
            return False
        if items[k].text[:1].islower():
            return bool(items[k].entry.population) or _plural(items[k].lower)
    return False


def _bracketed_letters(items: list[Item], j: int) -> bool:
    """Whether a name's letters stand in brackets before its noun: "(IED) expert"."""
    if j + 3 >= len(items) or items[j].lower != "(" or items[j + 2].lower != ")":
        return False
    return items[j + 1].text.isupper() and items[j + 3].is_word and items[j + 3].text.islower()


def _plain(items: list[Item], j: int) -> bool:
    """Whether a word of no closed class and without a metric of its own stands there: "a suspected bomb maker"."""
    return j < len(items) and items[j].is_word and not items[j].grammar and not items[j].entry.triggers


def _makes(item: Item) -> bool:
    """Whether a word the lexicon does not know ends as a singular for a person does."""
    return not item.entry.population and item.text.islower() and item.lower.endswith(("er", "or", "ist"))


def _model_number(items: list[Item], j: int) -> bool:
    """Whether a hyphen joins a name and digits that are part of it: "Shahed-136"."""
    if j + 3 >= len(items) or items[j + 1].lower != "-" or items[j + 2].numbers or not items[j].text[:1].isupper():
        return False
    return items[j + 2].text.isdigit() and _touching(items, j) and items[j + 3].is_word


def _touching(items: list[Item], j: int) -> bool:
    """Whether a hyphen joins the words at ``j`` and two further on without spaces."""
    return items[j].end == items[j + 1].start and items[j + 1].end == items[j + 2].start


_VERBISH: Final = frozenset(["report", "count", "up", "down", "link", "light", "plain"])
_ADVERB: Final = frozenset({"adv"})
_STATE_NOUNS: Final = frozenset(
    ["dead", "wounded", "injured", "missing", "displaced", "unemployed", "jobless", "homeless", "slain", "deceased"]
)
_NOT_PLURAL: Final = frozenset(
    [
        "us",
        "this",
        "is",
        "was",
        "has",
        "its",
        "his",
        "yes",
        "gas",
        "bus",
        "less",
        "plus",
        "across",
        "thus",
        "previous",
        "various",
        "news",
    ]
)


def _plural(lower: str) -> bool:
    return (
        len(lower) > 3
        and lower.endswith("s")
        and not lower.endswith(("ss", "us", "is", "ous"))
        and lower not in _NOT_PLURAL
    )


SHORT: Final = frozenset(["hh", "hhs", "fam", "fams", "ind", "inds", "indiv", "pers", "pax"])
"""What tables write for many: "248 HH", "1,500 ind."."""


_ABBREVIATED: Final = frozenset(["st", "ft", "mt", "pt"])


def _named_after(items: list[Item], j: int) -> bool:
    """Whether the capitalised word at ``j`` is part of a name before a noun for one person: "a Las Vegas woman"."""
    if not items[j].text[:1].isupper():
        return False
    for item in items[j + 1 : j + 5]:
        if item.entry.klass == "person":
            return item.text[:1].islower() and not is_plural(item)
        if item.lower != "." and not (item.is_word and item.text[:1].isupper() and not item.grammar):
            return False
    return False


def is_plural(item: Item) -> bool:
    """Whether a word is a plural noun, by the lexicon or by its ending."""
    if item.entry.population:
        return item.lower == item.entry.plural or plural_of(item.lower) == item.lower or item.lower in SHORT
    return _plural(item.lower)


def _nounish(item: Item) -> bool:
    """Whether a word may be a noun or a noun's modifier: known as one, or unknown to every closed class."""
    if not item.is_word or item.grammar & STOPS:
        return False
    if item.entry.population:
        return True
    kinds = {one.kind for one in item.entry.triggers}
    if "noun" in kinds:
        return True
    return not kinds and not item.grammar


def _next_noun(items: list[Item], j: int) -> bool:
    """Whether a noun phrase goes on behind ``j``: some word ahead, before any stop, has a noun's look."""
    for k in range(j + 1, min(j + 4, len(items))):
        item = items[k]
        if item.lower == "-":
            continue
        if not item.is_word or item.grammar & STOPS or item.grammar & _ADVERB:
            return False
        if (
            item.entry.population
            or _plural(item.lower)
            or any(t.kind == "noun" and item.lower not in _STATE_NOUNS for t in item.entry.triggers)
        ):
            return True
        if item.entry.triggers and item.entry.form in ("base", "s"):
            return False
    return False


def _extends(items: list[Item], j: int) -> bool:
    """Whether the noun at ``j`` is only the first part of a compound ("police officers", "evacuation centres")."""
    if j + 1 >= len(items):
        return False
    follower = items[j + 1]
    if not follower.is_word or follower.possessive or follower.grammar & STOPS:
        return False
    if is_plural(items[j]) and not is_plural(follower):
        return False  # "soldiers guard the churches": a verb that is a noun elsewhere
    if follower.entry.population:
        return True
    kinds = {one.kind for one in follower.entry.triggers}
    if "noun" in kinds and follower.lower not in _STATE_NOUNS:
        return True
    if kinds or follower.grammar:
        return False
    return _plural(follower.lower) and not _plural(items[j].lower)


def plural_head(item: Item) -> str:
    """The counted noun as printed in the table: its plural, lower case, canonical only for "people"."""
    if item.entry.population:
        return "people" if item.lower in _PEOPLE else item.entry.plural
    return plural_of(item.lower)


_PEOPLE: Final = frozenset(
    [
        "people",
        "men , women and children",
        "women , men and children",
        "men and women",
        "person",
        "persons",
        "individual",
        "individuals",
        "souls",
        "soul",
        "humans",
        "human",
        "lives",
        "life",
        "others",
    ]
)


def triggers_of(item: Item, *kinds: str) -> tuple[Trigger, ...]:
    """The triggers of those kinds that an item's words are."""
    return tuple(one for one in item.entry.triggers if one.kind in kinds)
