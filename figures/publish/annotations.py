"""Figures as W3C Web Annotations: each number pinned to its words by position and by quotation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote as percent_encoded

from figures.notation import as_written
from figures.publish.evidence import marked

CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"  # the vocabulary's name; nothing fetches it
_CONTEXT_WORDS: Final = 32  # characters of prefix and suffix: enough to tell two equal quotes of a page apart


def to_annotations(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """An AnnotationCollection in one page, one annotation a figure.

    TextPositionSelector counts Unicode code points of the article's text, as the recommendation has it. A figure of a
    title is pinned by its quotation alone: a position would count in the page's title.
    """
    items = [_annotation(row) for row in rows]
    return {
        "@context": CONTEXT,
        "id": "urn:figures:annotations",
        "type": "AnnotationCollection",
        "label": "Figures",
        "total": len(items),
        "first": {"id": "urn:figures:annotations:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }


def article_iri(row: Mapping[str, Any]) -> str:
    """The article's address, or a name for it where it has none."""
    return (
        str(row["url"]) if row.get("url") else f"urn:figures:article:{percent_encoded(str(row['article_id']), safe='')}"
    )


def _annotation(row: Mapping[str, Any]) -> dict[str, Any]:
    before, _, after = marked(row)
    quotation: dict[str, Any] = {"type": "TextQuoteSelector", "exact": row["quote"]}
    if before or after:
        quotation |= {"prefix": before[-_CONTEXT_WORDS:], "suffix": after[:_CONTEXT_WORDS]}
    selectors = [quotation]
    if row["field"] == "text":
        selectors.append({"type": "TextPositionSelector", "start": row["start"], "end": row["end"]})
    said = ", ".join(str(one) for one in (row["metric"], row["source"], row["as_of"]) if one)
    return {
        "id": f"urn:figures:figure:{row['figure_id']}",
        "type": "Annotation",
        "motivation": "describing",
        "body": {
            "type": "TextualBody",
            "value": f"{as_written(row)}: {said}",
            "format": "text/plain",
            "language": "en",
        },
        "target": {"source": article_iri(row), "selector": selectors},
    }
