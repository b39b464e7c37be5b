"""Articles as agencies and search services write them in JSON: ninjs, newsapi-style lists, Event Registry answers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

_TAG: Final = re.compile(r"<[^<>]*>")
_BLOCK: Final = re.compile(r"</(?:p|div|li|h\d|tr|blockquote)>|<br\s*/?>", re.IGNORECASE)
_CUT: Final = re.compile(r"…?\s*\[\+\d+ chars\]\s*$")


def unfold(content: Any) -> list[Any]:
    """The records of a JSON document: a list as it is, the articles of an answer, else the document itself."""
    if isinstance(content, list):
        return content
    if isinstance(content, Mapping):
        articles = content.get("articles")
        if isinstance(articles, Mapping):
            articles = articles.get("results")
        if isinstance(articles, list) and "text" not in content:
            return articles
    return [content]


def to_record(record: Any) -> Any:
    """A record of a known foreign form with our keys; anything else comes back as it is."""
    if not isinstance(record, Mapping) or isinstance(record.get("text"), str):
        return record
    if "uri" in record and any(
        name in record for name in ("bodies", "body_text", "body_html", "body_xhtml", "headlines")
    ):
        return _from_ninjs(record)
    if "content" in record and ("publishedAt" in record or isinstance(record.get("source"), Mapping)):
        return _from_newsapi(record)
    if "body" in record and ("dateTimePub" in record or "dateTime" in record):
        return _from_event_registry(record)
    return record


def is_withdrawn(record: Any) -> bool:
    """Whether a ninjs item says that its story is cancelled."""
    return (
        isinstance(record, Mapping)
        and str(record.get("pubStatus") or record.get("pubstatus") or "").casefold() == "canceled"
    )


def _from_ninjs(item: Mapping[str, Any]) -> dict[str, Any]:
    """ninjs 2 and 3.1 (bodies, headlines) and 1 (body_text, headline)."""
    bodies = [one for one in _dicts(item.get("bodies")) if isinstance(one.get("value"), str)]
    plain = [
        one["value"] for one in bodies if "html" not in str(one.get("contentType") or one.get("contenttype") or "")
    ]
    marked = [one["value"] for one in bodies if one["value"] not in plain]
    text = (
        next(iter(plain), None) or item.get("body_text")
        or _plain(next(iter(marked), None) or item.get("body_html") or item.get("body_xhtml") or "")
    )  # fmt: skip
    headlines = [one.get("value") for one in _dicts(item.get("headlines")) if isinstance(one.get("value"), str)]
    return _kept({
        "article_id": item.get("uri"), "text": text, "title": next(iter(headlines), None) or item.get("headline"),
        "published_at": item.get("firstCreated") or item.get("versionCreated") or item.get("versioncreated"),
        "outlet": item.get("provider") or item.get("copyrightHolder") or item.get("copyrightholder"),
        "url": item.get("url"),
    })  # fmt: skip


def _from_newsapi(item: Mapping[str, Any]) -> dict[str, Any]:
    """The cut-off mark "… [+1234 chars]" is no part of the text."""
    source = item.get("source")
    content = item.get("content") or item.get("description") or ""
    return _kept({
        "text": _CUT.sub("", content) if isinstance(content, str) else content, "title": item.get("title"),
        "published_at": item.get("publishedAt"), "url": item.get("url"),
        "outlet": source.get("name") if isinstance(source, Mapping) else source,
    })  # fmt: skip


def _from_event_registry(item: Mapping[str, Any]) -> dict[str, Any]:
    source = item.get("source")
    uri = item.get("uri")
    return _kept({
        # A bare number there, which another agency may have given as well.
        "article_id": uri if uri is None else f"eventregistry:{uri}", "text": item.get("body"),
        "title": item.get("title"), "url": item.get("url"),
        "published_at": item.get("dateTimePub") or item.get("dateTime") or item.get("date"),
        "outlet": source.get("title") if isinstance(source, Mapping) else source,
    })  # fmt: skip


def _dicts(value: Any) -> Iterator[Mapping[str, Any]]:
    return (one for one in (value if isinstance(value, list) else ()) if isinstance(one, Mapping))


def _plain(markup: str) -> str:
    return html.unescape(_TAG.sub("", _BLOCK.sub("\n", markup))).strip()


def _kept(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None and value != ""}
