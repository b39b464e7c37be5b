"""What the store hands out: articles as kept, conflicts with their history, corrections, changes, counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from figures.model import Article, Conflict
from figures.store.reviews import Review

__all__ = [
    "Change", "ChangeKind", "Correction", "Counts", "Imported", "Outcome", "Page", "StoredArticle", "StoredConflict",
    "Version", "Waiting",
]  # fmt: skip

ChangeKind = Literal["opened", "changed", "reviewed", "reopened", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one article: added, unchanged, revised (a newer text replaced the older) or withdrawn earlier.

    It is also "revised" where the text is the same and the reader has learned; then ``new_text`` is False.
    """

    article_id: str
    outcome: Literal["added", "unchanged", "revised", "withdrawn"]
    figures: int
    revision: int
    new_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did: new articles, figures, and articles left alone (withdrawn, or here under another text)."""

    articles: int
    figures: int
    left_alone: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article as the store keeps it. ``withdrawn_at`` is None while its figures count."""

    article: Article
    revision: int
    added_at: str
    changed_at: str
    withdrawn_at: str | None = None
    withdrawn_by: str | None = None
    withdrawn_why: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text that an article has had. ``replaced_at`` is None for the one that stands now."""

    article: Article
    revision: int
    replaced_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredConflict:
    """A conflict with its times and its reviews, oldest first. ``gone_at`` is set once its figures no longer clash."""

    conflict: Conflict
    detected_at: str
    changed_at: str
    gone_at: str | None = None
    history: tuple[Review, ...] = ()
    thread: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One misread value put right: the reading stays visible, answers use ``value`` (None with field "figure":
    none)."""

    correction_id: int
    figure_id: str
    field: str
    value: Any
    reviewer: str
    note: str | None
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to one conflict, in the order of ``cursor``.

    ``thread`` is the id that the clash was first told under, which stays while the conflict's own changes with its
    figures; ``level_before`` the level that readers last heard of.
    """

    cursor: int
    at: str
    change: ChangeKind
    conflict_id: str
    level: str
    detail: str | None = None
    thread: str = ""
    level_before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What has changed since the last comparison; ``followed`` where every change is marked."""

    version: int
    articles: int
    followed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows, and the cursor after which the next ones come; None at the end."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    cursor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the overview sentence counts; ``days`` are the first and last day of publication."""

    articles: int
    outlets: int
    days: tuple[date, date] | None
    figures: int
    conflicts: int
    uncompared: int
