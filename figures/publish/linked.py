"""Figures as schema.org JSON-LD: an Observation of what was counted, and the Claim of who said it.

A ClaimReview is written by a reviewer alone; ratings are never made up, so none stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from figures.lexicon import Lexicon
from figures.publish.annotations import article_iri

CONTEXT: Final = "https://schema.org"  # the vocabulary's name; nothing fetches it


def to_linked_data(rows: Sequence[Mapping[str, Any]], lexicon: Lexicon) -> dict[str, Any]:
    """A graph of one Claim a figure, each about its Observation."""
    return {"@context": CONTEXT, "@graph": [_claim(row, lexicon) for row in rows]}


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
        "@id": f"urn:figures:claim:{row['figure_id']}",
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
