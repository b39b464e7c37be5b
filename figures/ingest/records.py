"""A record of the outside world, from JSON or TOML, becomes an article or one clear reason why not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, ValidationError

from figures.ingest.addresses import identity
from figures.model import Article, normalised_instant

__all__ = ["MAX_CHARACTERS", "Meta", "RecordError", "to_article", "to_meta"]

MAX_CHARACTERS: Final = 10_000_000
"""A text beyond this is no article: the longest newspaper supplements stay under a tenth of it."""


class RecordError(ValueError):
    """Why a record is no article, in one line that says what to do next."""


class Meta(BaseModel):
    """What is known of an article beside its text; unknown keys are ignored, types are not bent."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    article_id: str | int | None = None
    outlet: str | None = None
    published_at: str | None = None
    title: str | None = None
    url: str | None = None

    def over(self, other: Meta) -> Meta:
        """These values, and the other's where these say nothing."""
        mine = {name: value for name, value in self if value is not None and value != ""}
        return other.model_copy(update=mine)


class _Record(Meta):
    text: str


_TYPE_NAMES: Final = {
    "NoneType": "null", "str": "a string", "int": "a number", "float": "a number", "bool": "true or false",
    "list": "a list", "dict": "an object",
}  # fmt: skip


def to_meta(record: Any) -> Meta:
    """A manifest entry or sidecar as Meta; TOML's own dates are taken as ISO strings. Raises RecordError."""
    if not isinstance(record, Mapping):
        raise RecordError(f"expected an object with article_id, outlet, published_at …, found {_type_name(record)}")
    published = record.get("published_at")
    if isinstance(published, date):
        record = {**record, "published_at": published.isoformat()}
    try:
        return Meta.model_validate(record)
    except ValidationError as error:
        raise RecordError(_first(error)) from None


def to_article(record: Any, given: Meta) -> Article:
    """A JSON record with ``text`` as an article, what it lacks filled in from ``given``. Raises RecordError."""
    if not isinstance(record, Mapping):
        raise RecordError(f'expected an article as an object with a "text" string, found {_type_name(record)}')
    if "text" not in record:
        raise RecordError('no "text": an article needs its text as a string')
    try:
        known = _Record.model_validate(record)
    except ValidationError as error:
        raise RecordError(_first(error)) from None
    return with_text(known.text, known.over(given))


def with_text(text: str, known: Meta) -> Article:
    """The article of a text and what is known of it. Raises RecordError where the text or the date is unusable."""
    title = known.title or ""
    for name, value in (("text", text), ("title", title)):
        if "\0" in value:
            raise RecordError(f"{name} holds a NUL character, so it looks binary; export the article as plain text")
        if len(value) > MAX_CHARACTERS:
            raise RecordError(f"{name} has {len(value):,} characters, an article at most {MAX_CHARACTERS:,}; split it")
    if not text.strip():
        raise RecordError("text is empty; nothing to read")
    if not _encodable(text) or not _encodable(title):
        raise RecordError("holds half a surrogate pair, which UTF-8 cannot carry; export it again as UTF-8")
    try:
        published = normalised_instant(known.published_at)
    except ValueError:
        raise RecordError(
            f"published_at {str(known.published_at)[:40]!r} is no ISO 8601 date; "
            "write 2022-03-03 or 2022-03-03T14:05:00+00:00"
        ) from None
    named = "" if known.article_id is None else str(known.article_id)
    if not named and (known.url or "").startswith(("http://", "https://")):
        named = identity(str(known.url))
    return Article(
        article_id=named, text=text, outlet=known.outlet or None, published_at=published, title=title,
        url=known.url or None,
    )  # fmt: skip


def _encodable(text: str) -> bool:
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False)[0]
    name = str(first["loc"][0])
    expected = "a string or a whole number" if name == "article_id" else "a string"
    return f"{name} must be {expected}, not {_type_name(first['input'])}"


def _type_name(value: object) -> str:
    return _TYPE_NAMES.get(type(value).__name__, type(value).__name__)
