"""Conflicts as an Atom feed (RFC 4287): one entry a conflict, with both numbers and everything that explains them."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from figures.lexicon import Lexicon
from figures.model import Conflict
from figures.notation import as_written
from figures.publish.words import KINDS, LEVELS, series_in_words

ATOM: Final = "http://www.w3.org/2005/Atom"
_EPOCH: Final = "1970-01-01T00:00:00Z"
# Characters that XML 1.0 cannot carry at all, escaped or not.
_FORBIDDEN: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_atom(
    conflicts: Sequence[Conflict],
    rows: Mapping[str, Mapping[str, Any]],
    lexicon: Lexicon,
    *,
    detected: Mapping[str, str] | None = None,
    link: str | None = None,
    threads: Mapping[str, str] | None = None,
    withdrawn: Collection[str] = (),
) -> bytes:
    """The feed as XML bytes. ``detected`` gives each conflict's time; else it is that of its newest article.

    ``link`` is the address that conflict pages stand under, where there are any. ``threads`` gives the id that a
    conflict was first told under, ``withdrawn`` those that no longer hold and are told as such.
    """
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    times = {one.conflict_id: (detected or {}).get(one.conflict_id) or _newest(one, rows) for one in conflicts}
    _text(feed, "id", "urn:figures:conflicts")
    _text(feed, "title", "Figures: numbers that cannot all be true")
    _text(feed, "updated", max(times.values(), default=_EPOCH))
    _text(ElementTree.SubElement(feed, f"{{{ATOM}}}author"), "name", "Figures")
    for one in sorted(
        conflicts, key=lambda conflict: (times[conflict.conflict_id], conflict.conflict_id), reverse=True
    ):
        entry = ElementTree.SubElement(feed, f"{{{ATOM}}}entry")
        # An entry keeps its id while figures join the clash and change its own.
        _text(entry, "id", f"urn:figures:conflict:{(threads or {}).get(one.conflict_id, one.conflict_id)}")
        gone = one.conflict_id in withdrawn
        series = series_in_words({"metric": one.metric, **one.series}, lexicon)
        numbers = " / ".join(filter(None, (", ".join(_numbers(camp, rows)) for camp in one.camps)))
        _text(entry, "title", f"{'Withdrawn: ' if gone else ''}{series}{': ' if numbers else ''}{numbers}")
        _text(entry, "updated", times[one.conflict_id])
        for term in (one.kind, one.level, "withdrawn" if gone else one.status):
            ElementTree.SubElement(entry, f"{{{ATOM}}}category", term=term)
        if link:
            ElementTree.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=f"{link}/{one.conflict_id}")
        _text(entry, "summary", one.explanation)
        content = _text(entry, "content", _content(one, rows))
        content.set("type", "text")
    ElementTree.indent(feed)
    return bytes(ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True))


def _content(conflict: Conflict, rows: Mapping[str, Mapping[str, Any]]) -> str:
    lines = [f"{KINDS[conflict.kind]} ({LEVELS[conflict.level]})"]
    for camp in conflict.camps:
        members = [rows[key] for key in camp if key in rows]
        origins = len({row.get("origin_group") or row["figure_id"] for row in members})
        articles = len({row["article_id"] for row in members})
        for row in members[:1]:
            date = row["as_of"] or "date not given"
            lines.append(f"{as_written(row)}: {row['source']}, {date}; articles {articles}, origins {origins}")
            lines.append(f"“{row['sentence']}” ({row['outlet'] or 'outlet not given'})")
    return "\n".join(lines)


def _numbers(camp: Sequence[str], rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(as_written(rows[key]) for key in camp if key in rows))


def _newest(conflict: Conflict, rows: Mapping[str, Mapping[str, Any]]) -> str:
    published = [
        str(rows[key]["published_at"])
        for camp in conflict.camps
        for key in camp
        if key in rows and rows[key]["published_at"]
    ]
    newest = max(published, default=_EPOCH)
    return newest if "T" in newest else f"{newest}T00:00:00Z"


def _text(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return element
