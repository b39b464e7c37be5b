"""Formats beyond plain text and JSON Lines, told by content: pages, feeds, web archives, agency JSON, CSV, PDF, Word.

Each module is the one door to its library and gives records: plain dicts with the keys of an article, which
``records.to_article`` checks like any other. ``READERS`` names them; a new format is one module and one line here.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any, BinaryIO, Final

__all__ = ["READERS", "FormatError", "Record", "reader", "sniff"]

Record = tuple[int | None, Mapping[str, Any] | str]
"""A line or item number where the format has them, and the record, or the reason why there is none."""

Reader = Callable[[BinaryIO], Iterator[Record]]


class FormatError(ValueError):
    """Why a whole file cannot be read, in one line that says what to do next."""


READERS: Final[Mapping[str, str]] = {
    "html": "pages",
    "feed": "feeds",
    "warc": "archives",
    "pdf": "portable",
    "docx": "word",
    "csv": "rows",
}
"""The module that reads each format."""

_NEEDS: Final = "needs the formats extra; install it with: pip install 'figures[formats]'"


def reader(kind: str) -> Reader:
    """The reader of a format. Raises FormatError where its library is not installed."""
    try:
        module = import_module(f"figures.ingest.formats.{READERS[kind]}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("figures"):
            raise
        raise FormatError(f"{kind} {_NEEDS}") from None
    read: Reader = module.read
    return read


def _unpacked(start: bytes) -> bytes:
    """The first bytes inside a gzip stream; nothing where it is none."""
    if not start.startswith(b"\x1f\x8b"):
        return b""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(start, 16)
    except zlib.error:
        return b""


def sniff(start: bytes, suffix: str) -> str | None:
    """The format that the first bytes show, with the name's ending as a hint where bytes alone cannot tell.

    None for what the readers of text and JSON take. ``start`` should hold some 4,096 bytes.
    """
    head = start.removeprefix(b"\xef\xbb\xbf").lstrip()[:2048].lower()
    if start.startswith(b"WARC/") or _unpacked(start).startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"%pdf-"):
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return "docx"
    if head.startswith(b"<"):
        if any(mark in head for mark in (b"<rss", b"<feed", b"<rdf:rdf")):
            return "feed"
        if b"<html" in head or b"<!doctype html" in head or suffix in (".html", ".htm", ".xhtml"):
            return "html"
    if suffix in (".csv", ".tsv"):
        return "csv"
    return None
