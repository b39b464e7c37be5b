"""Tell what can speak, keep a count, or be the subject of a reporting verb; and what is counted itself."""

from __future__ import annotations

from typing import Final

from figures.extract.speech.line import Line, Span
from figures.extract.words import ADJECTIVES, DESKS, DETERMINERS, DISASTERS, MONTHS, PRONOUNS, UNVOUCHED, WEEKDAYS
from figures.lexicon.sources import POSSESSIVE

HOLDING: Final = frozenset((
    "centre", "center", "camp", "prison", "jail", "station", "hall", "town", "city", "village", "district", "county",
    "state", "ship", "boat", "school",
))  # fmt: skip
"""What has people in it and keeps no list of them."""
OF_TWO: Final = frozenset(("former", "latter"))
HIRERS: Final = frozenset((
    "employers", "employer", "firms", "businesses", "companies", "factories", "manufacturers", "retailers",
    "builders", "economy",
    "sector", "industry", "payrolls", "restaurants", "hospitals",
))  # fmt: skip
PARTICIPLES: Final = frozenset((
    "estimated", "reported", "projected", "claimed", "declared", "confirmed", "announced", "expected", "recorded",
    "predicted",
))  # fmt: skip
CONTENDERS: Final = frozenset((
    "party", "parties", "candidate", "candidates", "campaign", "opposition", "nominee", "nominees", "contenders",
    "contender", "rivals", "rival", "challenger", "challengers", "incumbent", "movement", "front", "republicans",
    "democrats", "conservatives", "liberals", "socialists", "greens", "tories", "coalition", "alliance", "majority",
    "minority",
))  # fmt: skip
"""Who has votes and seats, and keeps no list of them."""


def opens_by_adjective(line: Line, n: int) -> bool:
    """Whether a sentence's first word has its capital from there and names nobody: "Aerial figures", "New counts"."""
    one = line.tokens[n]
    return (
        n == 0
        and one.text[1:].islower()
        and (one.lower in UNVOUCHED or one.lower.endswith(ADJECTIVES))
        and one.lower not in line.words.heads
        and line.sources.match(line.tokens, n) is None
        and not line.names_place(n, n + 1)
    )


def keeps_count(line: Line, span: Span) -> bool:
    """Whether a subject of "has" or "carries" keeps a list: a body, a document, "it"; no person, no place."""
    tokens = line.tokens
    head = tokens[line.head(span)].lower
    if span[1] - span[0] == 1 and head in PRONOUNS:
        return True
    if head in {"number", "numbers", "total", "toll", "tolls", "rate", "count"}:
        return False  # "the number of cases has surpassed 200,000"
    if head in HOLDING:
        return False  # "the centre held 600 migrants"
    if line.names_place(*span):
        return False  # "the United States has 900 cases"
    kind = line.words.heads.get(head)
    if (
        head in line.words.document
        or head in line.words.statement
        or (kind in {"government", "hospital", "ngo", "company"} and head not in CONTENDERS)
    ):
        return True
    last = line.head(span)  # "the Taliban weapons cache" is no Taliban
    hits = [
        hit
        for n in range(span[0], last + 1)
        if tokens[n].text[0].isupper() and (hit := line.sources.match(tokens, n)) and hit[0] > last
    ]
    return any(not line.sources.sources[hit[1]].person for hit in hits)


def can_report(line: Line, span: Span, *, strict: bool, kind: str) -> bool:
    """Whether a verb of that kind can have the noun phrase for a subject; ``strict`` asks that it can speak."""
    tokens = line.tokens
    head = line.head(span)
    if tokens[head].lower in DISASTERS and not can_speak(line, *span):
        return False
    if tokens[head].lower in HIRERS and span[1] < len(tokens) and tokens[span[1]].lower == "added":
        return False  # "when employers added 171,000 jobs"
    owner = tokens[span[1] - 1]
    participle = span[1] < len(tokens) and tokens[span[1]].lower in PARTICIPLES
    if participle and owner.lower.endswith("'s") and line.is_place(owner.text[:-2]):
        return False  # "overtaking Turkey's estimated 38 percent"
    if not strict:
        return True
    if kind in {"count", "deed"}:
        if tokens[head].lower in {"people", "index"}:
            return False
        if kind == "deed" and tokens[head].lower in PRONOUNS - {"it"}:
            return False
    if kind == "count" and line.sources.capitals.get(tokens[head].text) and span[1] - span[0] == 1:
        return True  # "Kyiv puts"
    return can_speak(line, *span, country=kind in {"deed", "say", "want", "naming"})


def can_speak(line: Line, start: int, end: int, *, country: bool = True) -> bool:
    """Whether a noun phrase can speak: a pronoun, a name of the file, a head that speaks, a name.

    A place alone speaks only where ``country`` allows it ("Norway said", never "Peru has 40 cases").
    """
    tokens = line.tokens
    if end - start == 1 and tokens[start].lower in PRONOUNS:
        return True
    if end - start == 2 and tokens[start].lower == "the" and tokens[start + 1].lower in OF_TWO:
        return True
    at = line.head((start, end))
    head = POSSESSIVE.sub("", tokens[at].lower)
    words = line.words
    if head in words.heads or head in words.document:
        return True
    if head in CAMPS and at > start and _is_owner(tokens[at - 1].text):
        return True  # "Odinga's camp"
    if any(tokens[n].text[0].isupper() and line.sources.match(tokens, n) for n in range(start, end)):
        return True
    bare = at == start or (tokens[at].text.islower() and head in DISASTERS)  # "Mr. Price", "Theresa May" can speak
    if (head in DISASTERS or head in MONTHS or head in WEEKDAYS) and bare:
        return False
    if tokens[start].lower in DETERMINERS and line.recalls(
        [POSSESSIVE.sub("", one.lower) for one in tokens[start + 1 : at + 1]]
    ):
        return True
    if head in words.statement and any(
        tokens[n].text.islower() and tokens[n].lower in words.heads for n in range(start, at)
    ):
        return True  # "government data", "police figures"
    if (
        tokens[at].text.islower()
        and at > start + 1
        and tokens[at - 1].text in "-‑"
        and tokens[at - 1].end == tokens[at].start
    ):
        at -= 2  # "Kim Tae-min"
    if not tokens[at].text[0].isupper():
        of = at + 2 < end and tokens[at + 1].lower == "of" and tokens[at + 2].lower in words.heads
        return head in DESKS and (of or any(tokens[n].lower in words.heads for n in range(start, at)))
    if any(
        tokens[n].lower in words.heads or (tokens[n].text[0].isupper() and tokens[n].lower in words.titles)
        for n in range(start, at)
    ):
        return True
    first = start
    while first < at and tokens[first].lower in DETERMINERS:
        first += 1
    if end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].lower == "who" and at > first:
        return True  # "Tom Hale, who heads the clinic": somebody, though a town may be called so
    if line.names_place(first, at + 1) or (
        at > first and line.names_place(at, at + 1) and not line.names_place(first, at)
    ):
        return country
    return country or at > first or tokens[at].text.isupper()


CAMPS: Final = frozenset(("camp", "side", "bloc", "ticket", "circle", "entourage", "team"))
"""What speaks for a politician whose name stands before it."""


def _is_owner(word: str) -> bool:
    return (word[0].isupper() and POSSESSIVE.search(word) is not None) or word.lower() in {"his", "her", "their"}


PARTS: Final = frozenset((
    "majority", "plurality", "minority", "half", "third", "thirds", "quarter", "quarters", "fifth", "percent", "cent",
    "%", "percentage", "share", "proportion", "most", "tenth", "tenths",
))  # fmt: skip
"""Words for a part of those who were asked: "a majority think" is the poll's figure, not theirs."""
ROUGHLY: Final = frozenset(("nearly", "almost", "about", "around", "roughly", "over", "under", "only", "just"))
TOLLS: Final = frozenset(("toll", "tolls", "deaths", "damage", "losses", "count"))


def is_counted(line: Line, span: Span) -> bool:
    """Whether the subject is counted itself: "a plurality of voters say", "52% of men believe"."""
    tokens = line.tokens
    first = next(
        (n for n in range(*span) if tokens[n].lower not in DETERMINERS and tokens[n].lower not in ROUGHLY), span[0]
    )
    if tokens[first].lower in PARTS and (first + 1 == span[1] or tokens[first + 1].lower == "of"):
        return tokens[span[0]].lower != "the" or first + 1 < span[1]
    back = span[0] - 1
    while back > 0 and tokens[back].lower in {"the", "all"}:
        back -= 1
    if back < 1 or tokens[back].lower != "of":
        return False
    return (
        tokens[back - 1].lower in PARTS
        or line.numbered(tokens[back - 1])
        or tokens[back - 1].text[0].isdigit()
        or (back > 1 and line.numbered(tokens[back - 2]))
    )


def befalls(line: Line, span: Span) -> bool:
    """Whether a storm or another disaster is named, which has a toll and tells none: "Tropical Storm Nalgae"."""
    tokens = line.tokens[span[0] : span[1]]
    if any(one.lower in line.words.heads for one in tokens):
        return False
    cause = line.tokens[span[0] - 1].lower == "from" and line.tokens[span[0] - 2].lower in TOLLS
    known = any(line.tokens[n].text[0].isupper() and line.sources.match(line.tokens, n) for n in range(*span))
    return (cause and not known) or any(one.lower in DISASTERS for one in tokens)
