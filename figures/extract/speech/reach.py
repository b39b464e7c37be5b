"""Find where a reporting clause ends, and whether it reports what stands behind it, before it, or both."""

from __future__ import annotations

from typing import Final

from figures.extract.speech.line import LOOK, Line, Span
from figures.extract.speech.phrases import phrase_from
from figures.extract.speech.statement import Reach
from figures.extract.words import DETERMINERS, HEARERS, MONTHS, PREPOSITIONS, QUOTES, TELLING, WEEKDAYS

STRETCHES: Final = frozenset((
    "night", "day", "evening", "morning", "afternoon", "week", "month", "year", "time", "weekend",
))  # fmt: skip
"""What "that" points to behind a verb: "police said that night"."""
CONTRASTS: Final = frozenset(("but", "while", "whereas", "although", "though"))


def reach_of(line: Line, at: int, opens: int) -> tuple[int, Reach]:
    """Where the reporting clause ends, and what it reports; behind "but" it reports nothing that stands before."""
    closes, reach = _plain_reach(line, at, opens)
    if reach != "after" and opens > 1 and line.tokens[opens - 1].lower in CONTRASTS:
        return closes, "after"  # "the search goes on, but survivors complained"
    return closes, reach


def _plain_reach(line: Line, at: int, opens: int) -> tuple[int, Reach]:
    """Where the reporting clause ends, and whether it reports what stands behind it, before it, or both."""
    tokens = line.tokens
    n = at + 1
    telling = tokens[at].lower in TELLING
    budget = at + LOOK
    if n < len(tokens) and tokens[n].lower in {"out", "back"}:
        n += 1  # "he pointed out", "she shot back"
    while n < min(len(tokens), budget):
        one = tokens[n]
        word = one.lower
        if telling and n == at + 1:
            span = phrase_from(line, n)
            if span is not None:
                n = _hearers_end(line, span)
                continue
        if (
            word in WEEKDAYS
            or word
            in {
                "yesterday",
                "today",
                "later",
                "earlier",
                "late",
                "early",
                "again",
                "here",
                "too",
                "instead",
                "afterwards",
                "separately",
                "reportedly",
                "morning",
                "afternoon",
                "evening",
                "night",
                "local",
            }
            or (word.endswith("ly") and one.text.islower())
        ):
            n += 1
            continue
        pointed = word == "that" and n + 1 < len(tokens) and tokens[n + 1].lower in STRETCHES
        if pointed and (line.is_closed(n + 2) or tokens[n + 2].text in {",", ";"}):
            n += 2
            continue
        if word == "on" and (day := _day_end(line, n + 1)) is not None:
            n = day
            continue
        following = tokens[n + 1].lower if n + 1 < len(tokens) else ""
        if word in {"after", "before", "while", "since"} and following.endswith("ing"):
            break
        if word in PREPOSITIONS or word in {"last", "this", "while"} or (word == "speaking"):
            stop = _adverbial_end(line, n)
            if stop is not None:
                n = stop
                continue
        break
    closes = n - 1
    if n >= len(tokens) or line.is_closed(n):
        before = bool(opens)
        return closes, "before" if before else "after"
    nxt = tokens[n]
    if nxt.lower == "as" and n + 1 < len(tokens) and tokens[n + 1].lower in {"many", "much", "few", "little", "high"}:
        return closes, "after"
    marked = opens > 0 and tokens[opens - 1].text in ',”"»—–-…'
    if nxt.text in {",", ":"}:
        return closes, "both" if opens and (nxt.text == "," or marked) else "after"
    if nxt.text == ";" and opens:
        return closes, "both"
    if nxt.text in ";—–" or nxt.lower in {"while", "but", "and", "as", "because", "after", "when", "since"}:
        if nxt.lower == "and" and n + 1 < len(tokens) and tokens[n + 1].lower in line.words.say:
            return closes, "both" if opens else "after"
        if nxt.lower in {"after", "because", "as", "since", "when"} and opens and marked:
            return closes, "both"  # "12 jobs go, the firm said on Monday after sales fell 9%"
        return closes, "before" if marked or opens else "after"
    if nxt.lower in {"who", "which", "adding", "saying", "citing", "describing", "calling"} and opens:
        return closes, "before"
    if opens > 0 and tokens[opens - 1].text in '”"»':
        return closes, "both"
    told = tokens[max(0, opens - 30) : opens]
    if marked and nxt.lower in PREPOSITIONS and any(line.numbered(one) for one in told):
        return closes, "both"  # "78% voted for it, the electoral service reported with 99% of tables counted"
    return closes, "after"


def _day_end(line: Line, n: int) -> int | None:
    """The index behind a day: "Sunday", "3 October", "Oct. 3"; None where none stands there."""
    tokens = line.tokens
    here = [one.lower.rstrip(".") for one in tokens[n : n + 2]]
    if here and here[0] in WEEKDAYS:
        return n + 1
    if len(here) == 2 and {here[0] in MONTHS, here[1] in MONTHS} == {True, False}:
        return n + 2 if here[0].isdigit() or here[1].isdigit() else None
    return None


def _hearers_end(line: Line, span: Span) -> int:
    """The end of those told: "reporters", "AFP", "a news conference", not the clause behind."""
    tokens = line.tokens
    start, end = span
    n = start
    while n < end and (
        tokens[n].lower in DETERMINERS
        or tokens[n].lower in HEARERS
        or tokens[n].text[0].isupper()
        or tokens[n].lower in line.words.heads
        or tokens[n].text in "-.’'"
    ):
        n += 1
        if n < end and tokens[n - 1].lower in HEARERS and tokens[n].lower not in HEARERS:
            break
    return max(n, start + 1)


def _adverbial_end(line: Line, n: int) -> int | None:
    """The end of "in a statement on Monday" behind a verb, where no clause and no number of the story follows."""
    tokens = line.tokens
    if line.numbered(tokens[n]):
        return None
    k = n + 1
    while k < min(len(tokens), n + 14):
        one = tokens[k]
        if line.numbered(one):
            return None
        if one.text in ",;:—–" or one.text in QUOTES:
            return k
        if one.lower == "that" or (one.text in ".!?" and k + 1 >= len(tokens)):
            return k
        if one.lower in {"were", "was", "are", "is", "had", "have", "has", "will", "would"}:
            return n + 2 if n + 1 < len(tokens) and (tokens[n + 1].lower in WEEKDAYS) else None
        k += 1
    if k >= len(tokens):
        return k
    if n + 1 < len(tokens) and tokens[n + 1].lower in WEEKDAYS:
        return n + 2
    return None
