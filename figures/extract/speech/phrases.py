"""Find where a noun phrase begins and ends.

Every look to the left or right is bounded, so a sentence without end costs linear time.
"""

from __future__ import annotations

from typing import Final

from figures.extract.speech.line import Line, Span
from figures.extract.speech.speaking import can_speak
from figures.extract.words import (
    AIDES,
    AMBIGUOUS,
    BEFORE_NUMBER,
    DESKS,
    DETERMINERS,
    INDEFINITE,
    JOINED,
    LEADING,
    LINKS,
    MONTHS,
    NOBODYS,
    NUMBER_WORDS,
    PORTFOLIOS,
    PREPOSITIONS,
    PRONOUNS,
    SPRING,
    STOPS,
    WEEKDAYS,
    WHO,
    WOUNDED,
)
from figures.lexicon.sources import POSSESSIVE

SHOWN: Final = frozenset((
    "show", "shows", "showed", "suggest", "suggests", "suggested", "indicate", "indicates", "indicated", "reveal",
    "reveals", "revealed", "put", "puts", "came", "comes", "ran", "runs", "stood", "stands", "reached", "reaches",
    "amounted", "amounts", "totalled", "totaled", "ranged", "ranges",
))  # fmt: skip
"""Verbs that end the name of whoever figures come from: "figures from the ministry show", "a count by X came to"."""


HOURS: Final = frozenset((
    "morning", "afternoon", "evening", "night", "noon", "midnight", "nightfall", "day", "week", "month", "year",
    "weekend", "dawn", "dusk", "sunset", "sunrise",
))  # fmt: skip
CREWED: Final = frozenset(("rescue", "survey", "poll", "review"))
"""Verbs that name what a crew is for: "rescue workers"."""


def _is_month(line: Line, k: int) -> bool:
    """Whether a word is a month, not Theresa May or an April by name."""
    tokens = line.tokens
    one = tokens[k]
    if one.lower not in MONTHS or not one.text[0].isupper():
        return False
    if one.lower not in SPRING:
        return True
    if k + 1 < len(tokens) and tokens[k + 1].text[0].isdigit():
        return True
    return k > 0 and (
        tokens[k - 1].text[0].isdigit()
        or tokens[k - 1].lower
        in {
            "in",
            "since",
            "of",
            "last",
            "by",
            "early",
            "late",
            "until",
            "on",
            "mid",
            "this",
            "and",
            "to",
            "from",
            "between",
        }
    )


def phrase_start(line: Line, n: int, low: int) -> int:
    """The index of the first word of the noun phrase that ends at ``n``."""
    tokens = line.tokens
    heads = line.words.heads
    k = n
    while k >= low:
        one = tokens[k]
        word = one.lower
        if word in DETERMINERS and k < n and word not in NUMBER_WORDS:
            if (
                k - 1 >= low
                and tokens[k - 1].lower in LINKS
                and k - 2 >= low
                and _carries_on(line, k - 2, tokens[k - 1].lower)
            ):
                k -= 2
                continue
            if k - 1 >= low and tokens[k - 1].text[0].isupper():
                hit = line.sources.match(tokens, k - 1)  # "Save the Children"
                if hit is not None and hit[0] > k:
                    k -= 1
                    continue
            if k - 2 >= low and tokens[k - 1].lower == "and" and tokens[k - 2].lower in heads:
                if k - 3 >= low and (line.numbered(tokens[k - 3]) or tokens[k - 3].text[0].isdigit()):
                    return k  # "spoke of 900 people and the police of 170"
                k -= 2
                continue
            return k
        if word in NOBODYS and k < n:
            return k  # "the worst toll any agency has recorded"
        if word in LINKS:
            if k < n and k - 1 >= low and _carries_on(line, k - 1, word):
                k -= 1
                continue
            if k < n and (named := _named_over(line, k, low)) is not None:
                k = named  # "Organization for Security and Co-operation in Europe"
                continue
            return k + 1
        if word in {"and", "&"}:
            if (
                k - 1 >= low
                and k < n
                and (tokens[k - 1].lower in heads or (tokens[k - 1].text[0].isupper() and _joins_names(line, k)))
            ):
                k -= 1
                continue
            return k + 1
        if (
            word in WEEKDAYS
            or _is_month(line, k)
            or one.text[0].isdigit()
            or word in WOUNDED
            or (word in NUMBER_WORDS and line.numbered(one))
            or (
                word in STOPS
                and not (one.text == "May" and k > low and tokens[k - 1].text[0].isupper())
                and not (word == "under" and k < n and tokens[k + 1].lower in {"secretary", "-"})
            )
        ):
            if word in STOPS and k < n and (named := _named_over(line, k, low)) is not None:
                k = named
                continue
            return k + 1
        if (
            k < n
            and one.text.islower()
            and word.endswith("s")
            and word in heads
            and tokens[k + 1].text[0].isupper()
            and line.names_place(k + 1, k + 2)
        ):
            return k + 1  # "a raid on fighters Kurdish activists said": two phrases without a comma
        if word in HOURS and one.text.islower() and k < n and tokens[k + 1].text[0].isupper():
            return k + 1  # "in the morning President Ana Ruiz spoke of N"
        if not one.text[0].isalnum():
            if one.text in "-‑'’/" and k - 1 >= low and k < n and one.start == tokens[k - 1].end:
                k -= 1
                continue
            if (
                one.text == "."
                and k - 1 >= low
                and k < n
                and len(tokens[k - 1].text) <= 4
                and tokens[k - 1].text[0].isupper()
            ):
                k -= 1
                continue
            if one.text == ")" and k < n:
                back = next((m for m in range(k, max(low - 1, k - 8), -1) if tokens[m].text == "("), None)
                if back is not None:
                    k = back - 1
                    continue
            return k + 1
        if (
            k < n
            and one.text.islower()
            and (word in line.words.say or word in line.words.deed)
            and word not in heads
            and word not in AMBIGUOUS
            and not (k > low and (tokens[k - 1].lower in DETERMINERS or tokens[k - 1].text in "-‑"))
            and not (word in CREWED and tokens[k + 1].lower in heads)
        ):
            return k + 1
        k -= 1
    return low


def _named_over(line: Line, k: int, low: int) -> int | None:
    """Where a name of the file begins that reaches over a link or a stop word: "Doctors Without Borders"."""
    tokens = line.tokens
    if not (k and tokens[k - 1].text[0].isalpha() and k + 1 < len(tokens) and tokens[k + 1].text[0].isupper()):
        return None
    for j in range(max(low, k - 8), k):
        if tokens[j].text[0].isupper() and (hit := line.sources.match(tokens, j)) is not None and hit[0] > k + 1:
            return j
    return None


def _joins_names(line: Line, k: int) -> bool:
    """Whether "A and B" are two names: what follows the "and" starts with a capital or is a head that speaks."""
    tokens = line.tokens
    following = tokens[k + 1]
    if following.lower == "the" and k + 2 < len(tokens):
        following = tokens[k + 2]
    if following.text[0].isupper():
        return True
    return any(line.sources.match(tokens, m) for m in range(max(0, k - 5), k) if tokens[m].text[0].isupper())


def _carries_on(line: Line, k: int, link: str) -> bool:
    """Whether a noun before a preposition belongs to the speaker: "head of", "a source at", "Bank of"."""
    tokens = line.tokens
    one = tokens[k]
    word = POSSESSIVE.sub("", one.lower)
    behind = tokens[k + 2].lower if k + 2 < len(tokens) else ""
    if behind.endswith("ing") and tokens[k + 2].text.islower() and behind not in PORTFOLIOS:
        return False  # "criticised the authority for having told"
    if link in {"with", "to", "on", "by"}:
        if link == "by":
            return word in line.words.document or word in line.words.statement
        if word in JOINED:
            return k > 0 and tokens[k - 1].lower in line.words.heads  # "a person close to the campaign"
        if link == "on":
            following = tokens[k + 2 + (tokens[k + 2].lower == "the")]
            return one.text[0].isupper() and word in line.words.heads and following.text[0].isupper()
        return link == "to" and word in AIDES
    if word in line.words.heads or word in line.words.document:
        return True
    if any(
        tokens[m].lower == "of"
        and tokens[m - 1].lower in line.words.heads
        and all(tokens[n].lower not in STOPS for n in range(m + 1, k))
        for m in range(max(1, k - 3), k)
    ):
        return True  # "the ministry of foreign affairs of Mali"
    if (
        link in {"at", "in", "of", "for"}
        and one.text.islower()
        and word in DESKS
        and any(tokens[m].lower in line.words.heads for m in range(max(0, k - 2), k))
    ):
        return True  # "the police control room at the port"
    return (
        one.text[0].isupper()
        and link in {"of", "for"}
        and word not in WEEKDAYS
        and word not in MONTHS
        and k + 2 < len(tokens)
        and (tokens[k + 2].text[0].isupper() or tokens[k + 2].lower == "the")
    )


def phrase_from(line: Line, at: int) -> Span | None:
    """The noun phrase that starts at a token, up to a comma, a number, a verb or a new article."""
    tokens = line.tokens
    n = at
    heads = line.words.heads
    if n < len(tokens) and tokens[n].lower in PRONOUNS:
        return n, n + 1
    name = n + (n + 1 < len(tokens) and tokens[n].lower == "the")
    whole = line.sources.match(tokens, name) if name < len(tokens) and tokens[name].text[0].isupper() else None
    if whole is not None and whole[0] > name + 1:
        n = whole[0]  # "Save the Children", "the Organization for Security and Co-operation in Europe"
    while n < min(len(tokens), at + 16):
        one = tokens[n]
        word = one.lower
        if (word in STOPS and not (n > at and one.text == "May" and tokens[n - 1].text[0].isupper())) or (
            n > at and word in PRONOUNS
        ):
            break
        if (
            line.numbered(one)
            or one.text[0].isdigit()
            or (word in NUMBER_WORDS and n > at and tokens[n - 1].lower not in DETERMINERS)
        ):
            break
        if word in WEEKDAYS or _is_month(line, n):
            break
        if n > at and word in SHOWN and one.text.islower() and tokens[n - 1].text[0].isalpha():
            break
        if word in {"and", "&"}:
            nxt = tokens[n + 1] if n + 1 < len(tokens) else None
            if (
                n == at
                or nxt is None
                or not (nxt.text[0].isupper() or nxt.lower in heads)
                or not (tokens[n - 1].text[0].isupper() or tokens[n - 1].lower in heads)
            ):
                break
        elif (
            word in DETERMINERS
            and n > at
            and tokens[n - 1].lower not in LINKS
            and tokens[n - 1].lower not in DETERMINERS
        ):
            if tokens[n - 1].text[0].isalnum():
                break
        elif word in LINKS:
            if (
                word in {"on", "to", "with", "by"}
                and n > at + 1
                and tokens[n - 1].lower in JOINED
                and any(one.lower in heads for one in tokens[at : n - 1])
            ):
                n += 1
                continue
            if (
                word == "on"
                and n > at
                and tokens[n - 1].text[0].isupper()
                and tokens[n - 1].lower in heads
                and n + 2 < len(tokens)
                and tokens[n + 1 + (tokens[n + 1].lower == "the")].text[0].isupper()
            ):
                n += 1  # "the Council on Foreign Relations"
                continue
            if n == at or word in {"on", "to", "with"}:
                break
            if word == "by" and tokens[n - 1].lower not in line.words.document | line.words.statement | {
                "released",
                "published",
                "conducted",
                "issued",
                "compiled",
                "collected",
                "reported",
                "given",
                "provided",
            }:
                break
            if word in {"in", "at", "from"} and not (
                tokens[n - 1].lower in heads or tokens[n - 1].lower in line.words.document
            ):
                break
        elif not one.text[0].isalnum():
            if (
                one.text in "-‑'’/"
                and n + 1 < len(tokens)
                and tokens[n + 1].start == one.end
                and n > at
                and tokens[n - 1].end == one.start
            ):
                n += 1
                continue
            if (
                one.text == "."
                and n > at
                and len(tokens[n - 1].text) <= 4
                and tokens[n - 1].text[0].isupper()
                and n + 1 < len(tokens)
                and tokens[n + 1].text[0].isupper()
            ):
                n += 1
                continue
            if n > at and line.plural_genitive(n) and n + 1 < len(tokens) and tokens[n + 1].text[0].isalpha():
                n += 1  # "the steelworkers' union"
                continue
            if one.text in "([" and n + 2 < len(tokens) and tokens[n + 2].text in ")]":
                n += 3
                continue
            break
        elif (
            n > at
            and one.text.islower()
            and (word in line.words.say or word in line.words.count)
            and word not in AMBIGUOUS
            and word not in heads
            and not _is_issued_by(line, n)
        ):
            break
        n += 1
    while n > at and (
        tokens[n - 1].lower in LINKS or tokens[n - 1].lower in INDEFINITE or tokens[n - 1].lower in {"the", "and"}
    ):
        n -= 1
    return (at, n) if n > at else None


def _is_issued_by(line: Line, n: int) -> bool:
    """Whether a word is "released" in "figures released by"."""
    tokens = line.tokens
    nouns = line.words.document | line.words.statement
    return tokens[n - 1].lower in nouns and n + 1 < len(tokens) and tokens[n + 1].lower == "by"


def apposition_at(line: Line, at: int) -> Span | None:
    """ ", director of X" or ", a nurse" behind a speaker, up to the next comma or end."""
    tokens = line.tokens
    if at + 1 >= len(tokens) or tokens[at].text != ",":
        return None
    first = tokens[at + 1]
    if (
        first.lower in STOPS
        or first.lower in PREPOSITIONS
        or first.lower in line.words.say
        or first.lower in {"and", "adding"}
    ):
        return None
    span = phrase_from(line, at + 1)
    if span is None or span[1] - span[0] > 14:
        return None
    closes = (
        span[1] >= len(tokens)
        or not tokens[span[1]].text[0].isalnum()
        or tokens[span[1]].lower in WHO
        or tokens[span[1]].lower in WEEKDAYS
    )
    head = tokens[line.head(span)].lower
    if not closes or not (head in line.words.heads or head in line.words.titles or can_speak(line, *span)):
        return None
    return span


def opening_phrase(line: Line, *, country: bool = False) -> Span | None:
    """The noun phrase that opens the sentence, where it can speak: the subject of its main clause."""
    tokens = line.tokens
    start = 0
    if tokens and tokens[0].text.isupper():  # "PARIS (AP) — Emmanuel Macron wants"
        start = next((n + 1 for n, one in enumerate(tokens[:14]) if one.text in {"—", "–", "-"}), 0)
    while start < len(tokens) and (not tokens[start].text[0].isalnum() or tokens[start].lower in LEADING):
        start += 1
    span = phrase_from(line, start)
    if span is None:
        return None
    heads = line.words.heads
    first = span[0] + (tokens[span[0]].lower == "the")
    hit = line.sources.match(tokens, first) if first < span[1] and tokens[first].text[0].isupper() else None
    whole = hit[0] if hit is not None else 0  # "the U.N. children's fund"
    stop = next(
        (
            n
            for n in range(max(span[0] + 1, whole), span[1])
            if tokens[n].text.islower()
            and tokens[n].lower not in heads
            and tokens[n].lower not in LINKS | DETERMINERS
            and (tokens[n - 1].lower in heads or tokens[n - 1].text[0].isupper())
            and (n + 1 >= span[1] or tokens[n + 1].lower not in heads)
        ),
        span[1],
    )
    return (span[0], stop) if can_speak(line, span[0], stop, country=country) else None


def phrase_beside(line: Line, at: int, low: int) -> Span | None:
    """A noun phrase between "and", "," or "while" and the number at a token, with no verb ("and Germany 430")."""
    tokens = line.tokens
    end = at
    while end > 0 and (
        (tokens[end - 1].lower in BEFORE_NUMBER and tokens[end - 1].lower != "the")
        or tokens[end - 1].text in "€$£¥"
        or tokens[end - 1].lower in {"its", "their"}
        or tokens[end - 1].text in {"USD", "EUR", "GBP", "Rs", "US"}
    ):
        end -= 1
    if end == 0 or not tokens[end - 1].text[0].isalpha() or tokens[end - 1].start < low:
        return None
    start = phrase_start(line, end - 1, max(0, end - 10))
    if start == 0 or start >= end or tokens[start].start < low:
        return None
    if tokens[start - 1].lower not in {"and", ",", "while", "nor"} or not can_speak(line, start, end):
        return None
    return start, end
