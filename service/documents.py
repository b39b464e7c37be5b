"""Conflicts and their changes as plain JSON: the one form that paths, feed and Atom share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from figures.desk import Desk
from figures.notation import as_written
from figures.publish.words import series_in_words
from figures.store import Change, Review, StoredConflict

__all__ = ["conflict_documents", "event_documents", "review_document", "rows_of"]

Rows = Mapping[str, Mapping[str, Any]]


def rows_of(desk: Desk, found: Iterable[StoredConflict]) -> dict[str, dict[str, Any]]:
    """The rows that some conflicts speak of, by id; those of withdrawn articles are not among them."""
    ids = {key for one in found for camp in (*one.conflict.camps, one.conflict.compatible) for key in camp}
    return {str(row["figure_id"]): row for row in desk.store.rows(sorted(ids))} if ids else {}


def conflict_documents(desk: Desk, found: Sequence[StoredConflict]) -> list[dict[str, Any]]:
    """Conflicts with full rows inside their camps, their times and their history."""
    rows = rows_of(desk, found)
    return [_conflict_document(one, rows) for one in found]


def _conflict_document(stored: StoredConflict, rows: Rows) -> dict[str, Any]:
    one = stored.conflict
    return {
        "conflict_id": one.conflict_id, "kind": one.kind, "severity": one.severity, "level": one.level,
        "metric": one.metric, "series": one.series,
        # A figure may have left with its article since the comparison; its conflict is compared anew in a moment.
        "camps": [[rows[key] for key in camp if key in rows] for camp in one.camps],
        "compatible": [rows[key] for key in one.compatible if key in rows],
        "gap": one.gap, "explanation": one.explanation, "reasons": list(one.reasons), "status": one.status,
        "detected_at": stored.detected_at, "changed_at": stored.changed_at, "gone_at": stored.gone_at,
        "thread": stored.thread, "history": [review_document(review) for review in stored.history],
    }  # fmt: skip


def review_document(review: Review) -> dict[str, Any]:
    """One verdict, without the figures it was given on."""
    document = asdict(review)
    for name in ("seen", "kind", "metric"):
        del document[name]
    return document


def event_documents(desk: Desk, changes: Sequence[Change], *, base: str) -> list[dict[str, Any]]:
    """Entries of the feed; each tells its conflict as it is now, in short. ``base`` is the service's own address."""
    current = desk.store.threads(sorted({one.thread for one in changes}))
    rows = rows_of(desk, current.values())
    documents = []
    for change in changes:
        stored = current.get(change.thread)
        document: dict[str, Any] = {
            "cursor": change.cursor, "at": change.at, "change": change.change, "conflict_id": change.conflict_id,
            "thread": change.thread, "level": change.level, "detail": change.detail, "title": "",
            "status": "gone", "kind": None, "series": {}, "sides": [], "explanation": "",
            "link": f"{base}/conflicts/{change.conflict_id}",
        }  # fmt: skip
        if stored is not None:
            one = stored.conflict
            sides = [side for camp in one.camps if (side := _side(camp, rows)) is not None]
            series = {"metric": one.metric, **one.series}
            words = series_in_words(series, desk.lexicon)
            document |= {
                "conflict_id": one.conflict_id, "link": f"{base}/conflicts/{one.conflict_id}",
                "title": f"{words}: {' / '.join(side['number'] for side in sides)}" if sides else words,
                "status": one.status if stored.gone_at is None else "gone", "kind": one.kind, "series": series,
                "sides": sides, "explanation": one.explanation,
            }  # fmt: skip
        documents.append(document)
    return documents


def _side(camp: Sequence[str], rows: Rows) -> dict[str, Any] | None:
    members = [rows[key] for key in camp if key in rows]
    if not members:
        return None
    first = members[0]
    return {
        "number": ", ".join(dict.fromkeys(as_written(row) for row in members)),
        "source": first["source"], "as_of": first["as_of"], "sentence": first["sentence"], "outlet": first["outlet"],
        "figures": [row["figure_id"] for row in members], "articles": len({row["article_id"] for row in members}),
        "origins": len({row.get("origin_group") or row["figure_id"] for row in members}),
    }  # fmt: skip
