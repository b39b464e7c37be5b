"""Ingest: files in, articles out. Nothing is lost in silence, and one bad file never stops the batch.

``read`` is the whole of it: find the files, decode them, turn records into articles, refuse what clashes.
"""

from __future__ import annotations

import hashlib
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator
from glob import glob
from pathlib import Path
from typing import Final

from figures.ingest.files import Meta, Place, Placed, read_file, read_folder, read_stream, read_url
from figures.model import Article, Skipped

__all__ = ["InputError", "InputWarning", "read", "read_all"]

OnSkip = Callable[[Skipped], None]

_UNDATED: Final = (
    "read without published_at, so that days such as “Thursday” stay unknown; "
    "add the date to the record, sidecar or manifest, or give it as an option"
)


class InputError(ValueError):
    """A path that cannot be read at all; the message says what to do next."""


class InputWarning(UserWarning):
    """Part of the input was left out, or was read without something it should have."""


def read(
    path: str | Path,
    *,
    outlet: str | None = None,
    published_at: str | None = None,
    title: str | None = None,
    url: str | None = None,
    on_skip: OnSkip | None = None,
) -> Iterator[Article]:
    """Yield the articles of a path: a file of any format below, a manifest, a folder, or "-" for standard input.

    - text (``.txt``, UTF-8): what is known of it stands in a sidecar (``x.json`` or ``x.toml`` beside ``x.txt``), in
      ``manifest.toml`` or ``manifest.jsonl`` of its folder, or in the options; the nearest that speaks wins
    - JSON Lines (``.jsonl``, ``.ndjson``) with article_id, outlet, published_at, title, url, text; other keys are
      ignored; ``.json`` holds one such article or a list of them, or what an agency or search service gives (ninjs,
      newsapi-style, Event Registry)
    - CSV and TSV of articles with a header; with the ``formats`` extra HTML pages, RSS and Atom, WARC and WARC.gz, PDF
      and Word documents, told by their content whatever their name
    - an http or https address of the public web, by the same extra; private and loopback addresses are refused unless
      ``FIGURES_PRIVATE_NETWORKS=1`` is set
    - a folder is read recursively, in the order of its names; hidden files and other endings are passed over

    The options fill in what the input itself does not say. A byte order mark is removed before the text begins; nothing
    else is changed, line ends included.

    What cannot be read goes to ``on_skip``, as does (``warning`` True) what is read without a date, and reading goes
    on. Without ``on_skip`` each becomes an InputWarning, so that nothing vanishes unseen, and a path that is not there
    at all raises InputError at once.
    """
    if on_skip is None and str(path) != "-" and not _is_address(path) and not Path(path).exists():
        raise InputError(f"{path}: no such file or folder; check the spelling, or give the full path")
    return read_all([path], outlet=outlet, published_at=published_at, title=title, url=url, on_skip=on_skip)


def read_all(
    paths: Iterable[str | Path],
    *,
    outlet: str | None = None,
    published_at: str | None = None,
    title: str | None = None,
    url: str | None = None,
    on_skip: OnSkip | None = None,
) -> Iterator[Article]:
    """Yield the articles of several paths as one batch: like :func:`read`, a path that is missing is skipped too.

    An article that comes twice unchanged is yielded once; the same article_id with other content is refused, for one of
    the two would silently replace the other.
    """
    given = Meta(outlet=outlet, published_at=published_at, title=title, url=url)
    tell = on_skip or _warn
    seen: dict[str, tuple[bytes, Place]] = {}
    for path in _expanded(paths):
        for place, item in _read_one(path, given):
            if isinstance(item, Skipped):
                tell(item)
                continue
            digest, known = _content(item), seen.get(item.article_id)
            if known is None:
                seen[item.article_id] = (digest, place)
                if item.published_at is None:
                    tell(place.skipped(_UNDATED, warning=True))
                yield item
            elif known[0] != digest:
                reason = (
                    f"article_id {item.article_id!r} was already read from {known[1]} with other content; "
                    "give it an id of its own, or ingest the newer version by itself to replace the older"
                )
                tell(place.skipped(reason))


def _expanded(paths: Iterable[str | Path]) -> Iterator[str | Path]:
    """A pattern that no file is named after stands for what it matches, in the order of the names."""
    for path in paths:
        text = str(path)
        if not any(mark in text for mark in "*?[") or "://" in text or Path(path).exists():
            yield path
        else:
            found: list[str | Path] = [*sorted(glob(text, recursive=True))]  # noqa: PTH207 - Path.glob takes no absolute pattern
            yield from found or [path]


def _read_one(path: str | Path, given: Meta) -> Iterator[Placed]:
    if _is_address(path):
        yield from read_url(str(path), given)
    elif "://" in str(path):
        place = Place(str(path))
        yield place, place.skipped("only http and https addresses are fetched; save it to a file and read that")
    elif str(path) == "-":
        yield from read_stream(sys.stdin.buffer, "standard input", given)
    elif Path(path).is_dir():
        yield from read_folder(Path(path), given)
    else:
        yield from read_file(Path(path), given)


def _is_address(path: str | Path) -> bool:
    return str(path).startswith(("http://", "https://"))


def _content(article: Article) -> bytes:
    parts = (
        article.text,
        article.title,
        article.outlet or "",
        article.url or "",
        str(article.published_at or ""),
    )
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).digest()


def _warn(skipped: Skipped) -> None:
    warnings.warn(str(skipped), InputWarning, stacklevel=3)
