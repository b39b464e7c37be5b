"""One sentence as the reader of statements sees it: its words, the offsets of its numbers, what is a place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from figures.extract.types import Sentence, Token
from figures.extract.words import DETERMINERS, JOINED, LINKS, SHOUTED, WEEKDAYS
from figures.lexicon.sources import POSSESSIVE, Reporting, SourceLexicon

Span = tuple[int, int]
"""From and behind: indices of the sentence's tokens."""
Subject = tuple[Span, Span | None, int]
"""Who: the noun phrase, its apposition, and where the clause opens."""
LOOK: Final = 28  # words that a speaker's noun phrase may be away from its verb
SHOUT: Final = re.compile(r"\b(?:WHO|IS|US|IT|AM|ARE|CAN|HAS|OF|AN|AND)\b")


def spoken_tokens(sentence: Sentence) -> tuple[Token, ...]:
    """The tokens of a sentence with acronyms that look like function words ("WHO", "IS") kept in capitals."""
    tokens = sentence.tokens
    if SHOUT.search(sentence.text) is None:
        return tokens
    return tuple(replace(one, lower=one.text) if one.text in SHOUTED else one for one in tokens)


@dataclass(slots=True)
class Line:
    """One sentence with its tokens; ``numbers`` are the offsets of the readings of its field, sorted."""

    sentence: Sentence
    tokens: tuple[Token, ...]
    position: int
    sources: SourceLexicon
    numbers: Sequence[int]
    is_place: Callable[[str], bool]
    recalls: Callable[[Sequence[str]], bool]

    @property
    def words(self) -> Reporting:
        """The words of reporting."""
        return self.sources.reporting

    def names_place(self, start: int, end: int) -> bool:
        """Whether words are a place once articles and genitives are left out."""
        text = " ".join(POSSESSIVE.sub("", one.text) for one in self.tokens[start:end] if one.lower not in DETERMINERS)
        return self.is_place(text)

    def head(self, span: Span) -> int:
        """The index of the head noun: the last word before the first preposition."""
        tokens = self.tokens
        last = span[0]
        for n in range(*span):
            if n > span[0] and (tokens[n].lower in LINKS or tokens[n].lower in JOINED):
                break
            if tokens[n].text[0].isalnum():
                last = n
        return last

    def numbered(self, token: Token) -> bool:
        """Whether a reading starts inside a token."""
        spot = bisect_left(self.numbers, token.start)
        return spot < len(self.numbers) and self.numbers[spot] < token.end

    def ends_sentence(self, at: int) -> bool:
        """Whether nothing but a day and closing marks follows an index."""
        tokens = self.tokens
        while at < len(tokens) and (
            tokens[at].text in '.!?”"»' or tokens[at].lower in WEEKDAYS or tokens[at].lower == "on"
        ):
            at += 1
        return at >= len(tokens)

    def plural_genitive(self, n: int) -> bool:
        """Whether a token is the mark of "the unions' tally"."""
        tokens = self.tokens
        return (
            0 < n < len(tokens)
            and tokens[n].text in "'’"
            and tokens[n - 1].end == tokens[n].start
            and tokens[n - 1].lower.endswith("s")
        )

    def is_closed(self, n: int) -> bool:
        """Whether nothing but closing marks follows an index."""
        tokens = self.tokens
        while n < len(tokens) and tokens[n].text in '.!?)”"»]…':
            n += 1
        return n >= len(tokens)
