"""What the stages of reading hand to one another. Read this first; the stages are then guessable.

article → Document (sentences, tokens, quotations) → NumberMention → Quantity → Reading → Setting, Credit → Figure

All offsets are code points of the article's field (``text`` or ``title``), never of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from figures.model import (
    Article,
    AsOfBasis,
    Aspect,
    Comparator,
    Direction,
    Field,
    Modality,
    PlaceRole,
    RuleUse,
    SourceRelation,
    SourceType,
    Standing,
)

_PLAIN: Final = re.compile(r"[a-z][a-z0-9]*")


@dataclass(slots=True)
class Token:
    """A word, number or mark. ``lower`` is the case-folded text with curly apostrophes made straight.

    Nothing changes one; it is not frozen because an article has thousands, and frozen ones take four times as long
    to make.
    """

    start: int
    end: int
    text: str
    lower: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of one field, with its tokens. ``index`` counts over the field, ``paragraph`` too."""

    field: Field
    index: int
    paragraph: int
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...]

    @property
    def vocabulary(self) -> frozenset[str]:
        """The words in lower case, accents breaking them: most lists of words need not be looked for at all."""
        return frozenset(_PLAIN.findall(self.text.casefold()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A stretch of direct speech, its marks included; ``depth`` 1 is outermost."""

    field: Field
    start: int
    end: int
    depth: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article cut into sentences. Only sentences that hold a possible number carry tokens when read lazily."""

    article: Article
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberMention:
    """A number in words or digits with what the words assert about it (SPEC section 3).

    ``start``–``end`` cover comparator words too ("more than 1,500", "at least 12"); ``number_start``–``number_end``
    only the number ("1,500"), scale word included. ``kind``:

    count     a plain number; what it counts or measures stands beside it
    percent   a percentage or a fraction without counted base; value in percent
    fraction  "half", "two-thirds", "one in five" of a base that stands in ``base``; value resolved against it
    article   "a", "one", "no" before a noun: a figure only where a counting verb governs it

    ``unit`` is set where the grammar itself read it: "percent", "percentage_point", a currency code; else None.
    ``role`` tells more than the number where a construction does: "from" and "to" in "rose from 30 to 45", "by" in
    "rose by 15", "ordinal_part" never appears (ordinals are not mentions).
    ``per`` is the unit of time or base of a rate written at the number ("per day" → "day"), else None.
    """

    sentence: int  # position in Document.sentences
    start: int
    end: int
    number_start: int
    number_end: int
    kind: str
    value: float | None
    low: float
    high: float
    comparator: Comparator
    precision: float
    unit: str | None = None
    base: tuple[int, int] | None = None  # span of the base's number, for kind "fraction"
    role: str | None = None
    per: str | None = None
    direction: Direction | None = None
    rounded: bool = True  # False where the words make a round number exact ("exactly", "a total of", non-round sibling)
    rules: tuple[RuleUse, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit. ``unit`` is None where the counted noun, not a measure, follows the number.

    ``unit_start``–``unit_end`` span the words of the unit ("km/h", "$", "per cent"), None where there are none.
    ``dimension`` is the kind of measure ("length", "time", "currency", "speed", "area", …) or None for counts.
    """

    mention: NumberMention
    unit: str | None
    dimension: str | None
    unit_start: int | None = None
    unit_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a quantity counts. One quantity may give two ("no guards hurt or killed").

    ``trigger_start``–``trigger_end`` span the words that gave the metric ("were killed", "death toll").
    ``noun_start``–``noun_end`` span the counted noun phrase ("of its troops"), None where there is none.
    ``counted``, ``subject`` and ``direction`` are filled for --all-quantities. ``relations`` name spans, by the
    position in the list of readings, that this one is a part, share or change of.
    ``tracked`` is False for rows that only --all-quantities shows (ages, durations, distances).
    """

    quantity: Quantity
    metric: str
    unit: str
    population: str | None = None
    party: str | None = None
    aspect: Aspect | None = None
    modality: Modality | None = None
    trigger_start: int | None = None
    trigger_end: int | None = None
    noun_start: int | None = None
    noun_end: int | None = None
    relations: tuple[tuple[str, int], ...] = ()  # ("part_of", index of the reading), …
    tracked: bool = True
    confidence: float = 0.9
    counted: str | None = None
    subject: str | None = None
    direction: Direction | None = None
    rules: tuple[RuleUse, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Who is credited with a reading (SPEC section 4, Attribution)."""

    source: str | None
    source_type: SourceType = "unknown"
    source_relation: SourceRelation = "unknown"
    source_mention: str | None = None
    relayed_by: str | None = None
    standing: Standing | None = None
    said_start: int | None = None  # span of the reporting verb or phrase, for the date of the statement
    said_end: int | None = None
    rules: tuple[RuleUse, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where and when a reading holds, and how firmly (SPEC section 4, Place, Time, Aspect, Modality)."""

    place: str | None = None
    place_role: PlaceRole | None = None
    iso3: str | None = None
    event: str | None = None
    as_of: date | None = None
    as_of_basis: AsOfBasis | None = None
    period_start: date | None = None
    period_end: date | None = None
    aspect: Aspect = "cumulative"
    modality: Modality = "reported"
    rules: tuple[RuleUse, ...] = ()
