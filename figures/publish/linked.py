"""Figures as schema.org JSON-LD: an Observation of what was counted, and the Claim of who said it.

A ClaimReview stands only where a reviewer has resolved a conflict, and says what settled it in the reviewer's own
words. Ratings are never made up, so none stands here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from figures.lexicon import Lexicon
from figures.publish.annotations import article_iri
from figures.store import StoredConflict

CONTEXT: Final = "https://schema.org"  # the vocabulary's name; nothing fetches it


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A conflict that a reviewer resolved: its figures, and what settled it as the reviewer wrote."""

    conflict_id: str
    figure_ids: tuple[str, ...]
    reviewer: str
    at: str
    words: str


def settled(conflicts: Iterable[StoredConflict]) -> tuple[Settled, ...]:
    """The conflicts whose review stands at "resolved", with the last reviewer's words."""
    found = []
    for one in conflicts:
        last = next((review for review in reversed(one.history) if review.verdict == "resolved"), None)
        if one.conflict.status == "resolved" and last is not None and last.note:
            members = tuple(figure for camp in one.conflict.camps for figure in camp)
            found.append(Settled(
                conflict_id=one.conflict.conflict_id, figure_ids=members, reviewer=last.reviewer, at=last.at,
                words=last.note,
            ))  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.conflict_id))


def to_linked_data(
    rows: Sequence[Mapping[str, Any]], lexicon: Lexicon, reviews: Sequence[Settled] = ()
) -> dict[str, Any]:
    """A graph of one Claim a figure, each about its Observation, and one ClaimReview a conflict that was resolved."""
    said = {str(row["figure_id"]): str(row["sentence"]) for row in rows}
    graph = [_claim(row, lexicon) for row in rows]
    graph += [_review(one, said) for one in reviews if all(figure in said for figure in one.figure_ids)]
    return {"@context": CONTEXT, "@graph": graph}


def _review(one: Settled, said: Mapping[str, str]) -> dict[str, Any]:
    return {
        "@type": "ClaimReview",
        "@id": f"urn:figures:review:{one.conflict_id}",
        "claimReviewed": " / ".join(dict.fromkeys(said[figure] for figure in one.figure_ids)),
        "itemReviewed": [{"@id": _claim_iri(figure)} for figure in one.figure_ids],
        "author": {"name": one.reviewer},
        "datePublished": one.at,
        "reviewBody": one.words,
    }


def _claim_iri(figure_id: object) -> str:
    return f"urn:figures:claim:{figure_id}"


def _claim(row: Mapping[str, Any], lexicon: Lexicon) -> dict[str, Any]:
    metric = lexicon.metrics.metric(str(row["metric"]))
    article = {
        "@type": "NewsArticle", "@id": article_iri(row), "headline": row["title"] or None, "url": row["url"],
        "datePublished": row["published_at"], "publisher": _named("Organization", row["outlet"]),
    }  # fmt: skip
    observation = {
        "@type": "Observation",
        "@id": f"urn:figures:observation:{row['figure_id']}",
        "measuredProperty": {"@type": "Property", "name": metric.title, "description": metric.definition or None},
        "value": row["value"],
        "minValue": row["low"],
        "maxValue": row["high"],
        "unitText": row["unit"],
        "observationDate": row["as_of"],
        "observationAbout": _named("Place", row["place"]),
    }
    claim = {
        "@type": "Claim",
        "@id": _claim_iri(row["figure_id"]),
        "text": row["sentence"],
        "author": _named("Organization", row["source"]),
        "datePublished": row["published_at"],
        "about": observation,
        "appearance": article,
    }
    return _said(claim)


def _named(kind: str, name: object) -> dict[str, Any] | None:
    return {"@type": kind, "name": name} if name else None


def _said(node: dict[str, Any]) -> dict[str, Any]:
    """The node without what is not known, all the way down."""
    return {key: _said(one) if isinstance(one, dict) else one for key, one in node.items() if one is not None}
