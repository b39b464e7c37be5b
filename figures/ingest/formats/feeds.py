"""RSS and Atom, by feedparser. A feed often carries excerpts alone; each such entry is said to be partial."""

from __future__ import annotations

import html
import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO, Final

import feedparser

from figures.ingest.addresses import identity
from figures.ingest.formats import FormatError, Record

MOST_BYTES: Final = 20_000_000
_BLOCK: Final = re.compile(r"</(?:p|div|li|h\d|tr|blockquote)>|<br\s*/?>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")
_DOCTYPE: Final = re.compile(rb"<!DOCTYPE[^>]*\[|<!ENTITY", re.IGNORECASE)


def read(stream: BinaryIO) -> Iterator[Record]:
    """Each entry of the feed with its fullest text; the feed's title is the outlet."""
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FormatError(f"the feed is larger than {MOST_BYTES:,} bytes; fetch it in parts")
    if _DOCTYPE.search(data[:65536]):
        raise FormatError("the feed declares XML entities, which a feed has no need of and an attack has; not read")
    feed = feedparser.parse(data)
    if not feed.entries:
        cause = f" ({feed.bozo_exception})" if feed.bozo else ""
        raise FormatError(f"no entries were found in the feed{cause}; check that it is whole RSS or Atom")
    outlet = feed.feed.get("title")
    whose = str(feed.feed.get("id") or feed.feed.get("link") or outlet or "")
    for number, entry in enumerate(feed.entries, 1):
        record = _record(entry, outlet, whose)
        yield number, record if record["text"] else "the entry has no text; read the page it links to instead"


def _record(entry: Any, outlet: str | None, whose: str) -> dict[str, Any]:
    whole = max((_plain(one.get("value", "")) for one in entry.get("content", ())), key=len, default="")
    text = whole or _plain(entry.get("summary", ""))
    moment = entry.get("published_parsed") or entry.get("updated_parsed")
    published = datetime.fromtimestamp(timegm(moment), UTC).isoformat() if moment else None
    return {
        "article_id": _identity(entry, whose), "text": text, "title": _plain(entry.get("title", "")), "outlet": outlet,
        "published_at": published, "url": entry.get("link"), "partial": not whole,
    }  # fmt: skip


def _identity(entry: Any, whose: str) -> str | None:
    """None where the link names the article; else the entry's own name, which other feeds may use as well."""
    name = str(entry.get("id") or "")
    if str(entry.get("link") or "").startswith(("http://", "https://")):
        return None
    if not name or name.startswith(("urn:", "tag:", "http://", "https://")):
        return name or None
    return identity(f"{whose}#{name}")


def _plain(markup: str) -> str:
    """Markup as text, a line a block."""
    text = html.unescape(_TAG.sub("", _BLOCK.sub("\n", markup)))
    return "\n".join(line for line in (" ".join(one.split()) for one in text.splitlines()) if line)
