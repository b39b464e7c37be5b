"""HTML pages, by trafilatura: the article's own text, without menus and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

import trafilatura

from figures.ingest.formats import FormatError, Record

MOST_BYTES: Final = 20_000_000  # of one page, decoded; larger ones are no articles
MOST_DEPTH: Final = 2_000  # of open tags; real pages stay under 100, deeper ones are made to exhaust a parser
# The time of day, which decides between two statements of one day, stands in the page's own metadata.
_PUBLISHED: Final = re.compile(
    rb"""(?:article:published_time|datePublished|pubdate|date)["']?\s*(?::|content=|itemprop=)\s*["']"""
    rb"""(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d))""",
    re.IGNORECASE,
)
_TAG: Final = re.compile(rb"<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>", re.IGNORECASE)
_VOID: Final = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li td tr th option".split()
)


def read(stream: BinaryIO) -> Iterator[Record]:
    """The one article of a page."""
    yield None, page_record(stream.read(MOST_BYTES + 1))


def page_record(data: bytes, url: str | None = None) -> dict[str, Any]:
    """A page as a record: text, title, date of publication, outlet, canonical address. Raises FormatError."""
    if len(data) > MOST_BYTES:
        raise FormatError(f"the page is larger than {MOST_BYTES:,} bytes, which no article is")
    if _too_deep(data):
        raise FormatError(f"the page nests more than {MOST_DEPTH:,} elements, which no article does")
    found: Any = trafilatura.bare_extraction(
        data, url=url, with_metadata=True, include_comments=False, include_tables=True, favor_precision=True
    )
    if found is None or not (found.text or "").strip():
        raise FormatError("no article text was found in the page; save its text as a .txt file")
    title, text = found.title or "", found.text or ""
    if title and text.startswith(title):
        text = text[len(title) :].lstrip("\n") or text
    exact = _PUBLISHED.search(data)
    published = exact[1].decode().replace("Z", "+00:00") if exact else found.date
    return {
        "text": text, "title": title, "published_at": published, "url": found.url or url,
        "outlet": found.sitename or found.hostname,
    }  # fmt: skip


def _too_deep(data: bytes) -> bool:
    depth = 0
    for closing, name, empty in _TAG.findall(data):
        if empty or name.lower() in _VOID:
            continue
        depth += -1 if closing else 1
        if depth > MOST_DEPTH:
            return True
    return False
