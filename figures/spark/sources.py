"""Where articles lie: Parquet, JSON Lines, and files that are read one a task; on this machine or in object storage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import orjson
import pandas as pd

from figures.ingest.files import MAX_BYTES, Meta, Place, Placed, read_file, read_stream
from figures.ingest.records import RecordError, to_article
from figures.spark.session import SparkError

__all__ = ["Sources", "articles_of_files", "articles_of_lines", "articles_of_rows", "by_columns", "find", "in_tasks"]

ARTICLE: Final = ("article_id", "outlet", "published_at", "title", "url", "text")
_LINES: Final = (".jsonl", ".ndjson")
_PARQUET: Final = ".parquet"
# The object stores that Arrow reads by itself, under Hadoop's names for them.
_SCHEMES: Final = {"s3a": "s3", "s3n": "s3"}
_LARGE: Final = 1_000_000  # bytes
_TOGETHER: Final = 100
_PASSED_OVER: Final = ("manifest.toml", "manifest.jsonl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Paths by the way they are read: Parquet and JSON Lines by Spark in pieces, others by our own readers, whole."""

    parquet: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def find(paths: Sequence[str]) -> Sources:
    """The articles' files below some paths or addresses (s3a://, gs://, hdfs://, file://). Raises SparkError for none.

    What ends in .parquet or .jsonl is handed to Spark as it is, a folder of such parts too; other folders are searched.
    """
    found: dict[str, list[str]] = {"parquet": [], "lines": [], "files": []}
    for path in paths:
        some = False
        for one in _below(path):
            some = True
            found[_kind(one)].append(one)
        if not some:
            raise SparkError(f"{path}: no such file or folder, or nothing in it; check the spelling")
    return Sources(**{name: tuple(sorted(set(some))) for name, some in found.items()})


def _kind(path: str) -> str:
    name = path.rstrip("/").lower()
    # A compressed file cannot be split, but Spark unpacks it on the way.
    plain = name.removesuffix(".gz").removesuffix(".zst").removesuffix(".bz2")
    return "parquet" if name.endswith(_PARQUET) else "lines" if plain.endswith(_LINES) else "files"


def _below(path: str) -> Iterator[str]:
    if _kind(path) != "files":
        if "://" in path or Path(path).exists():
            yield path
        return
    from pyarrow.fs import FileSelector, FileType

    system, inner, scheme = _file_system(path)
    try:
        known = system.get_file_info(inner)
        if known.type == FileType.File:
            yield path
            return
        if known.type != FileType.Directory:
            return
        entries = system.get_file_info(FileSelector(inner, recursive=True))
    except OSError as error:
        raise SparkError(f"{path}: cannot be listed ({error})") from None
    parts = {one.path for one in entries if one.type == FileType.Directory and _kind(one.path) == "parquet"}
    for folder in sorted(parts):
        yield f"{scheme}{folder}"
    for one in entries:
        inside = one.path[len(inner) :].lstrip("/")
        hidden = any(part.startswith((".", "_")) for part in inside.split("/"))
        if one.type != FileType.File or hidden or one.base_name in _PASSED_OVER:
            continue
        if any(one.path.startswith(f"{folder}/") for folder in parts) or _is_sidecar(one.path):
            continue
        yield f"{scheme}{one.path}"


def _is_sidecar(path: str) -> bool:
    """What stands beside a local text and is read with it: a manifest's text folder keeps its own rules."""
    beside = Path(path)
    return beside.suffix in (".json", ".toml", ".md") and (
        beside.suffix != ".json" or any(beside.with_suffix(one).exists() for one in (".txt", ".text"))
    )


def _file_system(path: str) -> tuple[Any, str, str]:
    """Arrow's file system for a path, the path in it, and what makes an address of such a path again."""
    from pyarrow.fs import FileSystem, LocalFileSystem

    if "://" not in path:
        return LocalFileSystem(), path, ""
    scheme, _, rest = path.partition("://")
    try:
        system, inner = FileSystem.from_uri(f"{_SCHEMES.get(scheme, scheme)}://{rest}")
    except (OSError, ValueError) as error:
        raise SparkError(
            f"{path}: no storage that can be listed here ({error}); name Parquet or JSON Lines by their full address"
        ) from None
    return system, inner, "" if scheme == "file" else f"{scheme}://"


def articles_of_rows(frame: pd.DataFrame) -> Iterator[Placed]:
    """Articles from rows of Parquet; ``where`` names the file."""
    names = [name for name in ARTICLE if name in frame.columns]
    for where, *values in zip(frame["where"].tolist(), *(frame[name].tolist() for name in names), strict=True):
        record = {name: value for name, value in zip(names, values, strict=True) if not _is_nothing(value)}
        published = record.get("published_at")
        if isinstance(published, date):
            record["published_at"] = published.isoformat()
        place = Place(where)
        try:
            yield place, to_article(record, Meta())
        except RecordError as error:
            yield place, place.skipped(f"{record.get('article_id', 'a row')}: {error}")


def articles_of_lines(frame: pd.DataFrame) -> Iterator[Placed]:
    """Articles from lines of JSON; ``where`` names the file. Numbers of lines are not known in a piece of a file."""
    for where, line in zip(frame["where"].tolist(), frame["line"].tolist(), strict=True):
        place = Place(where)
        data = bytes(line).removeprefix(b"\xef\xbb\xbf")
        if not data.strip():
            continue
        if len(data) > MAX_BYTES:
            yield place, place.skipped(f"a line is longer than {MAX_BYTES:,} bytes, which no article is; split it")
            continue
        try:
            yield place, to_article(orjson.loads(data), Meta())
        except RecordError as error:
            yield place, place.skipped(f"a line is no article: {error}")
        except ValueError as error:
            shown = data[:60].decode("utf-8", "replace")
            yield place, place.skipped(f"a line is no valid JSON ({error}), it begins {shown!r}; mend the line")


def articles_of_files(frame: pd.DataFrame) -> Iterator[Placed]:
    """Articles of whole files, whatever format they show: web archives, pages, feeds, texts with their sidecars."""
    for path in (str(one) for paths in frame["paths"].tolist() for one in paths):
        if "://" not in path:
            yield from read_file(Path(path), Meta())
            continue
        try:
            system, inner, _ = _file_system(path)
            with system.open_input_file(inner) as stream:
                yield from read_stream(stream, path, Meta())
        except (OSError, SparkError) as error:
            place = Place(path)
            yield place, place.skipped(f"cannot be read ({error})")


def in_tasks(paths: Sequence[str]) -> list[list[str]]:
    """Files by the task that reads them: one that is large, or lies elsewhere, alone; small ones together."""
    out: list[list[str]] = []
    few: list[str] = []
    for path in paths:
        if "://" in path or Path(path).stat().st_size > _LARGE:
            out.append([path])
            continue
        few.append(path)
        if len(few) == _TOGETHER:
            out.append(few)
            few = []
    return [*out, few] if few else out


def by_columns(names: Sequence[str]) -> Mapping[str, str]:
    """The columns of an article that a Parquet file has. Raises SparkError where it has no text."""
    if "text" not in names:
        raise SparkError(f"no articles: the Parquet has no text column, only {', '.join(names[:8])}")
    return {name: name for name in ARTICLE if name in names}


def _is_nothing(value: Any) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and value != value)
