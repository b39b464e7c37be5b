"""What goes over the wire: the table's rows, conflicts and outcomes, as pydantic models with examples.

The names are those of the table everywhere else; the model of a row is made from the figure type itself, so that the
two cannot drift apart.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


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

    text: str = Field(min_length=1, description="the article's text; offsets count in it")
    article_id: str | None = Field(default=None, max_length=200, description="made from the content where not given")
    outlet: str | None = Field(default=None, max_length=300)
    published_at: str | None = Field(default=None, description="ISO 8601 date, or date-time with zone")
    title: str = Field(default="", max_length=2000)
    url: str | None = Field(default=None, max_length=2000)


class ArticleOutcome(BaseModel):
    """What became of one article of a batch."""

    article_id: str | None
    status: Literal["added", "unchanged", "replaced", "rejected"]
    figures: int = 0
    reason: str | None = Field(default=None, description="why it was rejected, and what to do")


class Ingested(BaseModel):
    """The outcome of a batch, in its order."""

    articles: list[ArticleOutcome]
    conflicts: int = Field(description="conflicts in the store after the batch")


class FigurePage(BaseModel):
    """Rows of the table, and where to go on."""

    figures: list[dict[str, Any]]
    next_cursor: str | None = Field(default=None, description="pass as cursor for the next page; null at the end")


class LatestAnswer(BaseModel):
    """The latest figure of a metric: one answer a series."""

    metric: str
    policy: str
    series: list[dict[str, Any]]


class ConflictList(BaseModel):
    """Conflicts, the most severe first, each with full rows inside its camps."""

    conflicts: list[dict[str, Any]]
    uncompared: int = Field(description="pairs that look alike and could not be compared")
    note: str | None = Field(default=None, description="said where the list is empty")


class DraftIn(BaseModel):
    """A draft to check. It is never stored."""

    text: str = Field(min_length=1, description="the draft")
    title: str = ""
    outlet: str | None = None
    published_at: str | None = None


class DraftVerdicts(BaseModel):
    """One verdict a number of the draft."""

    verdicts: list[dict[str, Any]]
    conflicts: list[dict[str, Any]] = Field(description="numbers that clash inside the draft")


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

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str | None = None
