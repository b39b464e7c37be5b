"""A statement: reporting words, the words that name the speaker, and what it reaches over."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Literal

from figures.extract.speech.line import Line, Span
from figures.extract.types import Token
from figures.model import Standing

Reach = Literal["after", "before", "both"]


def following_is(tokens: Sequence[Token], at: int, words: Set[str]) -> bool:
    """Whether the word behind an index is one of these."""
    return at + 1 < len(tokens) and tokens[at + 1].lower in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Reporting words and the span of the words that name the speaker, as indices of the sentence's tokens.

    ``object_only`` marks a body's own deed, ``plain`` a verb with the bare number as its object ("added 300 jobs").
    ``start``–``end`` are the characters of the reporting words, ``opens`` where the clause of the statement begins
    (speaker or verb), ``closes`` where it ends; ``until`` the end of an aside ("X, who said so, left").
    ``tight`` is where the noun phrase begins that ", confirmed by X" behind it is alone said of.
    ``shared`` marks a participle that takes the speaker of its clause.
    """

    sentence: int
    start: int
    end: int
    opens: int
    closes: int
    reach: Reach
    rule: str
    speaker: Span | None = None
    also: Span | None = None
    shared: bool = False
    relay: Span | None = None
    standing: Standing | None = None
    object_only: bool = False
    plain: bool = False
    until: int | None = None
    tight: int | None = None


def standing_of(line: Line, word: str) -> Standing | None:
    """What a reporting verb says of the truth of it: "confirmed" verified, "claimed" a claim."""
    return "verified" if word in line.words.verified else "claim" if word in line.words.claim else None


def statement(
    line: Line,
    first: int,
    last: int,
    *,
    rule: str,
    reach: Reach,
    opens: int | None = None,
    closes: int | None = None,
    speaker: Span | None = None,
    also: Span | None = None,
    shared: bool = False,
    relay: Span | None = None,
    standing: Standing | None = None,
    object_only: bool = False,
    plain: bool = False,
    until: int | None = None,
    tight: int | None = None,
) -> Statement:
    """A statement by the indices of its first and last reporting word, and of its clause's where that is wider."""
    tokens = line.tokens
    return Statement(
        sentence=line.position,
        start=tokens[first].start,
        end=tokens[last].end,
        opens=tokens[first if opens is None else opens].start,
        closes=tokens[last if closes is None else closes].end,
        reach=reach,
        rule=rule,
        speaker=speaker,
        also=also,
        shared=shared,
        relay=relay,
        standing=standing,
        object_only=object_only,
        plain=plain,
        until=until,
        tight=tight,
    )
