"""PDF situation reports, by pypdf: the text of each page, pages apart by a form feed, so that offsets tell the page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

import pypdf
import pypdf.errors

from figures.ingest.formats import FormatError, Record

MOST_BYTES: Final = 100_000_000
MOST_PAGES: Final = 2_000
PAGE_BREAK: Final = "\n\f"
_HYPHENATED: Final = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
_WRAPPED: Final = re.compile(r"(?<=[^\n.!?:;•])\n(?=[a-z0-9(])")


def read(stream: BinaryIO) -> Iterator[Record]:
    """The one article of a document; lines that a page only wrapped are joined."""
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FormatError(f"the document is larger than {MOST_BYTES:,} bytes; split it")
    try:
        document = pypdf.PdfReader(io.BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            raise FormatError("the document is encrypted; save it without a password")
        if len(document.pages) > MOST_PAGES:
            raise FormatError(f"the document has more than {MOST_PAGES:,} pages; split it")
        text = PAGE_BREAK.join(_page(page.extract_text() or "") for page in document.pages)
        about = document.metadata
        title = str(about.title) if about and about.title else ""
    except FormatError:
        raise
    # A damaged document fails in any of the parser's own ways, RecursionError among them.
    except Exception as error:
        raise FormatError(f"the document is damaged ({type(error).__name__}: {error}); save it anew") from None
    if not text.strip():
        raise FormatError("the document holds no text, only pictures; run character recognition on it first")
    # The date of creation is not used: a report is laid out on one day and published on another.
    yield None, {"text": text, "title": title}


def page_of(text: str, offset: int) -> int:
    """The page, from 1, that an offset of such a text stands on."""
    return text.count("\f", 0, offset) + 1


def _page(text: str) -> str:
    return _WRAPPED.sub(" ", _HYPHENATED.sub("", text.replace("\f", " "))).strip()
