"""What goes over the wire: the table's rows, conflicts and outcomes, as pydantic models with examples.

The names are those of the table everywhere else; the model of a row is made from the figure type itself, so that the
two cannot drift apart.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, get_type_hints

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, create_model

from figures.model import COLUMNS, Figure, Kind, Level
from figures.store import DISMISSALS

__all__ = [
    "ArticleIn", "ArticleOut", "ArticleOutcome", "Comparison", "ConflictList", "ConflictOut", "CorrectionIn",
    "CorrectionOut", "DraftIn", "DraftVerdicts", "EventList", "Explanation", "FigurePage", "FigureRow", "Health",
    "Ingested",    "LatestAnswer", "MetricInfo", "Problem", "ReviewIn", "ReviewOut", "Withdrawn", "sayable",
]  # fmt: skip

ANY_ROW: Final = ConfigDict(extra="allow")


def sayable(text: str) -> str:
    """The text, where a database can keep it. Raises ValueError for a NUL and for half a surrogate pair."""
    if "\0" in text:
        raise ValueError("holds a NUL character, which no database keeps as text")
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("holds half a surrogate pair; send it as UTF-8") from None
    return text


Words = Annotated[str, AfterValidator(sayable)]
FigureId = Annotated[str, Field(examples=["f0123456789abcdef"])]
ConflictId = Annotated[str, Field(examples=["c0123456789abcdef"])]


def _row_fields() -> dict[str, Any]:
    """The columns with their types as JSON has them: days are texts, rules an object."""
    hints = get_type_hints(Figure)
    plain: dict[str, Any] = {"as_of": str | None, "period_start": str | None, "period_end": str | None}
    plain |= {"rules": dict[str, Any]}
    # Open bounds are infinite in pandas and null here.
    plain |= {"low": float | None, "high": float | None}
    return {name: (plain.get(name, hints[name]), ...) for name in COLUMNS}


_SENTENCE: Final = (
    "Russia's Defence Ministry said on Wednesday that 498 Russian soldiers had been killed in Ukraine since the "
    "invasion began."
)
EXAMPLE_ROW: Final[dict[str, Any]] = dict.fromkeys(COLUMNS) | {
    "figure_id": "f52405abdd8c9d29b", "metric": "deaths", "source": "Russian Ministry of Defence",
    "source_type": "military", "source_relation": "own", "source_mention": "Russia's Defence Ministry",
    "outlet": "Example Wire", "title": "Two counts of the dead", "url": "https://news.example/1",
    "article_id": "example-1", "published_at": "2022-03-02", "value": 498, "low": 498, "high": 498,
    "comparator": "exact", "precision": 1, "unit": "person", "population": "soldiers", "party": "Russian",
    "place": "Ukraine", "place_role": "location", "iso3": "UKR", "event": "invasion:Ukraine:2022-02-24",
    "as_of": "2022-03-02", "as_of_basis": "reporting_day", "period_start": "2022-02-24", "period_end": "2022-03-02",
    "aspect": "cumulative", "modality": "reported", "confidence": 0.74, "sentence": _SENTENCE, "quote": "498",
    "field": "text", "start": 49, "end": 52,
    "rules": {
        "value": {"rule": "N", "start": 49, "end": 52}, "metric": {"rule": "N killed", "start": 79, "end": 85},
        "source": {"rule": "X said", "start": 26, "end": 30},
    },
}  # fmt: skip

FigureRow = create_model(
    "FigureRow",
    __doc__="One figure: a row of the table.",
    __config__=ConfigDict(extra="forbid", json_schema_extra={"examples": [EXAMPLE_ROW]}),
    **_row_fields(),
)


class ArticleIn(BaseModel):
    """An article to read. Unknown keys are ignored."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "article_id": "example-1",
                    "outlet": "Example Wire",
                    "published_at": "2022-03-02",
                    "title": "Two counts of the dead",
                    "url": "https://news.example/1",
                    "text": "The ministry said on Wednesday that 498 soldiers had been killed.",
                }
            ]
        }
    )

    text: Words = Field(min_length=1, description="the article's text; offsets count in it")
    article_id: Words | None = Field(
        default=None, min_length=1, max_length=200, description="made from the content where not given"
    )
    outlet: Words | None = Field(default=None, max_length=300)
    published_at: str | None = Field(default=None, max_length=40, description="ISO 8601 date, or date-time with zone")
    title: Words = Field(default="", max_length=2000)
    url: Words | None = Field(default=None, max_length=2000)


class ArticleOutcome(BaseModel):
    """What became of one article of a batch."""

    article_id: str | None
    status: Literal["added", "unchanged", "revised", "withdrawn", "rejected"] = Field(
        description="revised: another text replaced the older one; withdrawn: it had been, and stays so"
    )
    figures: int = Field(default=0, description="numbers read in it")
    revision: int | None = None
    reason: str | None = Field(default=None, description="why it was rejected, and what to do")


class Ingested(BaseModel):
    """The outcome of a batch, in its order. What is listed as added or revised is on disk."""

    articles: list[ArticleOutcome]
    compared: bool = Field(description="whether conflicts already take these articles into account")
    conflicts: int = Field(description="conflicts in the store after the batch")


class ArticleOut(BaseModel):
    """An article as it was read, with its figures."""

    article_id: str
    outlet: str | None
    published_at: str | None
    title: str
    url: str | None
    text: str
    revision: int
    added_at: str
    changed_at: str
    withdrawn_at: str | None
    withdrawn_why: str | None
    figures: list[FigureRow]


class Withdrawn(BaseModel):
    """An article whose figures have left every answer; it stays readable."""

    article_id: str
    status: Literal["withdrawn"] = "withdrawn"


class FigurePage(BaseModel):
    """Rows of the table, and where to go on."""

    figures: list[FigureRow]
    next_cursor: str | None = Field(default=None, description="pass as cursor for the next page; null at the end")


class Reason(BaseModel):
    """Why a column has its value."""

    column: str
    value: str
    rule: str = Field(description="the rule, named by the phrase it reads")
    words: str = Field(description="the words that it read")


class Piece(BaseModel):
    """A stretch of the sentence, and the columns that were read from it."""

    text: str
    columns: list[str]


class CorrectionOut(BaseModel):
    """A misread value put right; the reading stays visible."""

    correction_id: int
    figure_id: FigureId
    field: str
    value: Any
    reviewer: str
    note: str | None
    at: str


class Explanation(BaseModel):
    """Why a figure was read as it was: the rules, drawn on the sentence."""

    figure_id: FigureId
    sentence: list[Piece] = Field(description="joined, the pieces are the sentence")
    reasons: list[Reason]
    corrections: list[CorrectionOut]


class CorrectionIn(BaseModel):
    """A value that was misread. ``field`` "figure" with no value: the words are no figure at all."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"field": "population", "value": "civilians", "note": "The sentence says civilians."}]
        },
    )

    field: Words = Field(default="figure", max_length=40, description="the column, or figure")
    value: Words | float | None = Field(default=None, description="what is right; null for empty")
    note: Words | None = Field(default=None, max_length=5000)
    reviewer: Words | None = Field(default=None, max_length=200, description="who; an account's own name goes before")


class LatestAnswer(BaseModel):
    """The latest figure of a metric: one answer a series."""

    metric: str
    policy: str
    known_by: str | None = None
    series: list[dict[str, Any]] = Field(
        description="slots of the series; value, best, low, high, contested, camps, origins, articles, alternatives, "
        "and the rule that chose"
    )


class GrowthAnswer(BaseModel):
    """Counts that grow faster than the age of their event allows: the number before and the number after."""

    metric: str
    grown: list[dict[str, Any]] = Field(
        description="conflict_id, kind, severity, level, series, camps of full rows, gap, explanation, reasons"
    )
    note: str | None = Field(default=None, description="said where the list is empty")


class ReviewOut(BaseModel):
    """One verdict of a conflict's history, as everybody sees it."""

    review_id: int
    conflict_id: ConflictId
    verdict: str
    reason: str | None
    note: str | None
    reviewer: str
    at: str


class ConflictOut(BaseModel):
    """Figures that cannot all be true, each a full row inside its camp."""

    conflict_id: ConflictId
    kind: Kind
    severity: float = Field(ge=0, le=100, description="how clearly the statements clash, never how grave it is")
    level: Level
    metric: str
    series: dict[str, Any]
    camps: list[list[FigureRow]]
    compatible: list[FigureRow]
    gap: float
    explanation: str
    reasons: list[str]
    status: str
    detected_at: str
    changed_at: str
    gone_at: str | None = Field(description="when its figures stopped clashing; null while they do")
    thread: str = Field(description="the id it was first told under, which stays when figures join")
    history: list[ReviewOut]


class ConflictList(BaseModel):
    """Conflicts, the most severe first, each with full rows inside its camps."""

    conflicts: list[ConflictOut]
    next_cursor: str | None = None
    uncompared: int = Field(description="pairs that look alike and could not be compared")
    note: str | None = Field(default=None, description="said where the list is empty")


class ReviewIn(BaseModel):
    """A verdict on a conflict. "confirmed": the clash is real, not who is right."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"verdict": "dismissed", "reason": "different things", "note": "One counts the wounded too."}]
        },
    )

    verdict: Literal["confirmed", "dismissed", "resolved"]
    reason: Literal["different things", "misread", "same statement", "other"] | None = Field(
        default=None, description=f"needed to dismiss: {', '.join(DISMISSALS)}"
    )
    note: Words | None = Field(default=None, max_length=5000, description="needed to resolve: what settled it")
    reviewer: Words | None = Field(default=None, max_length=200, description="who; an account's own name goes before")


class Comparison(BaseModel):
    """Whether two figures are about the same thing, and whether they agree."""

    verdict: str
    outcome: str
    kind: str | None
    gap: float
    reasons: list[str]
    missing: list[str]
    explanation: str
    a: FigureRow
    b: FigureRow


class Side(BaseModel):
    """One camp of a conflict, in short: its best statement and how many stand behind it."""

    number: str
    source: str | None
    as_of: str | None
    sentence: str
    outlet: str | None
    figures: list[FigureId]
    articles: int
    origins: int


class Event(BaseModel):
    """One entry of the feed. What stands in it is the conflict as it is now."""

    cursor: int
    at: str
    change: Literal["opened", "changed", "reviewed", "reopened", "withdrawn"]
    conflict_id: ConflictId
    thread: str = Field(description="stays the same over all entries of one clash")
    level: Level
    detail: str | None
    title: str
    status: str
    kind: str | None
    series: dict[str, Any]
    sides: list[Side]
    explanation: str
    link: str


class EventList(BaseModel):
    """Entries after a cursor, and the cursor to ask with next."""

    events: list[Event]
    next_cursor: int


class DraftIn(BaseModel):
    """A draft to check. It is never stored."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"text": "Moscow says 498 of its soldiers have been killed in Ukraine.", "published_at": "2022-03-03"}
            ]
        }
    )

    text: Words = Field(min_length=1, max_length=200_000, description="the draft")
    title: Words = Field(default="", max_length=2000)
    outlet: Words | None = Field(default=None, max_length=300)
    published_at: str | None = Field(default=None, max_length=40, description="the day it is to appear")


class DraftVerdicts(BaseModel):
    """One verdict a number of the draft."""

    verdicts: list[dict[str, Any]] = Field(
        description="figure, verdict, evidence, differs_in, missing, contested, origins; reading, explanation and "
        "suggestion in words"
    )
    conflicts: list[dict[str, Any]] = Field(description="numbers that clash inside the draft")
    note: str | None = Field(default=None, description="said where the draft holds no number that is tracked")


class MetricInfo(BaseModel):
    """A metric and how much the store holds of it."""

    metric: str
    title: str
    definition: str
    unit: str
    figures: int


class Health(BaseModel):
    """Whether the service runs, and on what."""

    status: Literal["ok"]
    version: str


class Problem(BaseModel):
    """An error as RFC 9457 problem details."""

    model_config = ANY_ROW

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str | None = None
