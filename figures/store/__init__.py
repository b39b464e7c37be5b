"""The store: articles, their figures, conflicts and what people decided about them, in SQLite or PostgreSQL.

An article lands with its figures whole or not at all, and what was acknowledged is on disk. Drafts never come here.
"""

from figures.store.connect import StoreError
from figures.store.people import ROLES, SCOPES, Account, ApiKey, People
from figures.store.records import (
    Change,
    Correction,
    Counts,
    Outcome,
    Page,
    StoredArticle,
    StoredConflict,
    Version,
    Waiting,
)
from figures.store.reviews import DISMISSALS, VERDICTS, Review, SeenFigure, Verdict
from figures.store.store import Store, open_store

__all__ = [
    "DISMISSALS",
    "ROLES",
    "SCOPES",
    "VERDICTS",
    "Account",
    "ApiKey",
    "Change",
    "Correction",
    "Counts",
    "Outcome",
    "Page",
    "People",
    "Review",
    "SeenFigure",
    "Store",
    "StoreError",
    "StoredArticle",
    "StoredConflict",
    "Verdict",
    "Version",
    "Waiting",
    "open_store",
]
