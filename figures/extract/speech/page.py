"""What one article's sentences say about who speaks, and small questions about its sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from figures.extract.speech.cast import Cast, Speaker
from figures.extract.speech.line import Line, spoken_tokens
from figures.extract.speech.statement import Statement
from figures.extract.types import Document, Sentence
from figures.lexicon import Lexicon
from figures.model import Standing

BACKGROUND: Final = re.compile(
    r"\b(?:since|after) (?:\w+['’]?s? ){0,5}(?:erupted|began|broke out|started|flared)\b"
    r"|\b(?:war|conflict|unrest|uprising|insurgency)\b[^.]{0,60}\bhas (?:killed|left|claimed|displaced|driven)"
    r"|\b(?:since|until|in) \d{4},? when\b|\bgripped by\b"
    r"|\b(?:killed|died|displaced)\b[^.]{0,40}\bsince (?:the|its|\d{4})",
    re.IGNORECASE,
)
BACKGROUND_HEADS: Final = frozenset(
    ["since", "after", "war", "conflict", "unrest", "uprising", "insurgency", "gripped", "when"]
)
REVISED_HEADS: Final = frozenset(["revised", "corrected", "adjusted", "restated", "than"])
REVISED: Final = re.compile(
    r"\b(?:was|were|been) (?:revised|corrected|adjusted|restated)\b"
    r"|\bthan (?:first |previously |initially )?(?:reported|thought|estimated)\b",
    re.IGNORECASE,
)
TURN: Final = re.compile(
    r"(?:[A-ZÀ-Þ]{4,} ?(?:\(|[-–—] )|Meanwhile|Elsewhere|Separately|Earlier|Also on|Across|Nationwide|Before that"
    r"|In (?:an?|the|yet another) (?:second|third|separate|further|different|similar|later|earlier|other)\b"
    r"|In (?:(?:19|20)\d\d\b|late|early|mid|another|all|other|neighbou?ring|the past)"
    r"|At the (?:last|previous|time|turn|end|start of)"
    r"|On (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Last (?:week|month|year)|A (?:week|month|year) (?:ago|earlier))\b"
)
BEFORE: Final = re.compile(
    r"\b(?:last|previous|earlier this) (?:week|month)\b"
    r"|\b(?:days?|weeks?|months?) (?:ago|before|earlier)\b|\bone day after\b",
    re.IGNORECASE,
)
"""An older happening, told by the writer and not by whoever counts the new one."""
PERSONAL: Final = frozenset({"he", "she", "his", "her", "him"})
SOMEBODY: Final = PERSONAL | {"it", "its", "they", "their", "them"}
NOBODY: Final = Speaker(name="", firm=False)  # "he said" where the article never says who he is


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement with its speaker and the characters that it reaches over."""

    statement: Statement
    speaker: Speaker
    mention: str
    start: int
    end: int
    relayed_by: str | None = None


@dataclass(slots=True)
class Page:
    """What one article's sentences say about who speaks; local to one call."""

    document: Document
    lexicon: Lexicon
    cast: Cast
    numbers: dict[str, list[int]]
    said: dict[int, list[Said]] = field(default_factory=dict)
    order: list[Said] = field(default_factory=list)
    papers: dict[str, Speaker] = field(default_factory=dict)  # who stands behind "the report", by its noun
    line: Line | None = None
    notes: dict[int, tuple[Standing | None, bool, bool]] = field(default_factory=dict)


def line_at(page: Page, sentence: Sentence, position: int) -> Line:
    """A sentence as the reader of statements sees it; the last one is kept."""
    if page.line is not None and page.line.position == position:
        return page.line
    page.line = Line(
        sentence=sentence,
        tokens=spoken_tokens(sentence),
        position=position,
        sources=page.lexicon.sources,
        numbers=page.numbers[sentence.field],
        is_place=page.cast.is_place,
        recalls=page.cast.recalls,
    )
    return page.line


def paragraph_of(page: Page, position: int) -> Iterator[str]:
    """The sentences of the paragraph that a sentence stands in, a few on either side."""
    own = page.document.sentences[position]
    for one in page.document.sentences[max(0, position - 3) : position + 4]:
        if one.field == own.field and one.paragraph == own.paragraph:
            yield one.text


def notes_of(page: Page, position: int) -> tuple[Standing | None, bool, bool]:
    """How firmly a sentence speaks, whether it tells the background of a war, or a revision; read once."""
    known = page.notes.get(position)
    if known is None:
        text, words = page.document.sentences[position].text, page.document.sentences[position].vocabulary
        reporting = page.lexicon.sources.reporting
        standing: Standing | None = None
        if reporting.claim_phrases.search(text):
            standing = "claim"
        elif reporting.verified_phrases.search(text):
            standing = "verified"
        known = (
            standing,
            not BACKGROUND_HEADS.isdisjoint(words) and BACKGROUND.search(text) is not None,
            not REVISED_HEADS.isdisjoint(words) and REVISED.search(text) is not None,
        )
        page.notes[position] = known
    return known


BULLET: Final = re.compile(r"\s*(?:[-*•–—·▪‣◦]|\d{1,2}[.)])\s")


def told_before(page: Page, position: int) -> Sequence[Said]:
    """The last statements before a sentence."""
    end = bisect_left(page.order, position, key=lambda one: one.statement.sentence)
    return page.order[max(0, end - 12) : end]


def near_statements(page: Page, position: int, spot: int) -> Sequence[Said]:
    """The statements of a sentence near a spot."""
    said = page.said.get(position, ())
    if len(said) < 24:
        return said
    low = max(0, bisect_right(said, spot, key=lambda one: one.statement.start) - 8)
    return said[low : low + 16]


def has_number(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence has a reading."""
    numbers = page.numbers[sentence.field]
    at = bisect_right(numbers, sentence.start - 1)
    return at < len(numbers) and numbers[at] < sentence.end
