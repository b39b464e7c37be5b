"""Files and streams become pairs of where they stand and the article, or the reason why there is none."""

from __future__ import annotations

import io
import os
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import urlsplit

import orjson

from figures.ingest.addresses import identity
from figures.ingest.formats import FormatError, reader, sniff
from figures.ingest.news_json import is_withdrawn, to_record, unfold
from figures.ingest.records import Meta, RecordError, to_article, to_meta, with_text
from figures.model import Article, Skipped

__all__ = ["MAX_BYTES", "Meta", "Place", "Placed", "read_file", "read_folder", "read_stream", "read_url"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file or stream, and the line where it has lines."""

    name: str
    line: int | None = None

    def __str__(self) -> str:
        return self.name if self.line is None else f"{self.name}:{self.line}"

    def skipped(self, reason: str, *, warning: bool = False) -> Skipped:
        """What stands here is not read, or read with a warning."""
        return Skipped(where=self.name, line=self.line, reason=reason, warning=warning)


Placed = tuple[Place, Article | Skipped]

MAX_BYTES: Final = 40_000_000
"""One line or one text: four bytes, UTF-8's most, for each character of the longest article."""

_TEXTS: Final = frozenset({".txt", ".text"})
_LINES: Final = frozenset({".jsonl", ".ndjson"})
_FORMATS: Final = frozenset(
    {".html", ".htm", ".xhtml", ".rss", ".atom", ".xml", ".warc", ".gz", ".pdf", ".docx", ".csv", ".tsv"}
)
_BESIDE: Final = frozenset({".md", ".rst", ".toml", ".json", ".part"})
"""What lies beside articles and is none: notes, sidecars, what is still being written."""
_SNIFFED: Final = 4096
_MANIFESTS: Final = ("manifest.toml", "manifest.jsonl")
_TOO_LONG: Final = f"longer than {MAX_BYTES:,} bytes, which no article is; split it"
_BOM: Final = b"\xef\xbb\xbf"
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


class _Manifest:
    """What manifests say of files, by resolved path; ``broken`` names folders whose manifest cannot be trusted."""

    def __init__(self) -> None:
        self.entries: dict[Path, Meta] = {}
        self.places: dict[Path, Place] = {}
        self.bad: set[Path] = set()
        self.broken: set[Path] = set()


def read_folder(folder: Path, given: Meta) -> Iterator[Placed]:
    """Every article below a folder, in the order of the names; hidden names and links to folders are passed over."""
    manifest = _Manifest()
    found = False
    passed: Counter[str] = Counter()
    for here, folders, names in os.walk(folder, onerror=None):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        place = Path(here)
        yield from _read_manifests(place, manifest)
        for name in sorted(names):
            path = place / name
            if name.startswith(".") or name in _MANIFESTS:
                continue
            if not path.is_file() or not _wanted(path, manifest):
                if path.suffix.lower() not in _BESIDE:
                    passed[path.suffix.lower() or "no ending"] += 1
                continue
            found = True
            if place in manifest.broken and path.suffix.lower() in _TEXTS:
                continue
            yield from _read_known(path, given, manifest)
    for listed, stands in manifest.places.items():
        if not listed.exists():
            yield _skip(stands, f"lists {listed.name!r}, which is not there; correct or remove the entry")
    if not found:
        yield _skip(folder, "holds no articles; expected texts, JSON, CSV, pages, feeds, web archives, PDF or Word")
    elif passed:
        kinds = ", ".join(f"{kind} {times:,}" for kind, times in passed.most_common(5))
        where = Place(str(folder))
        count = sum(passed.values())
        reason = f"{count:,} file{'s' * (count > 1)} of no format known here passed over: {kinds}"
        yield where, where.skipped(reason, warning=True)


def read_file(path: Path, given: Meta) -> Iterator[Placed]:
    """The articles of one file that was named, whatever its ending; its folder's manifest is heeded."""
    manifest = _Manifest()
    if path.name in _MANIFESTS and path.is_file():
        yield from _read_manifests(path.parent, manifest, only=path.name)
        for listed in manifest.entries:
            yield from _read_known(path.parent / listed.relative_to(path.parent.resolve()), given, manifest)
        return
    if path.suffix.lower() not in _LINES:
        yield from _read_manifests(path.parent, manifest)
        if path.parent in manifest.broken:
            return
    yield from _read_known(path, given, manifest)


def read_stream(stream: BinaryIO, where: str, given: Meta) -> Iterator[Placed]:
    """A format that its first bytes show, JSON Lines where it begins with an object, else one text."""
    start = stream.read(_SNIFFED)
    rest = _Joined(start, stream)
    if kind := sniff(start, ""):
        # The readers of archives and documents go back and forth, which a pipe cannot.
        with tempfile.TemporaryFile() as copy:
            while more := rest.read(1 << 20):
                copy.write(more)
            copy.seek(0)
            yield from _read_format(kind, copy, where, given)
    elif start.removeprefix(_BOM).lstrip()[:1] == b"{":
        yield from _read_lines(rest, where, given)
    else:
        yield from _read_text(rest, where, given)


def read_url(url: str, given: Meta) -> Iterator[Placed]:
    """The articles at a public address, whatever format stands there."""
    try:
        from figures.ingest.fetch import EVERY_PORT, FetchError, Limits, fetch
    except ModuleNotFoundError:
        yield _skip(url, "addresses need the formats extra; install it with: pip install 'figures[formats]'")
        return
    try:
        private = os.environ.get("FIGURES_PRIVATE_NETWORKS") == "1"
        got = fetch(url, limits=Limits(private=True, ports=EVERY_PORT) if private else Limits())
    except FetchError as error:
        yield _skip(url, str(error).removeprefix(f"{url}: ").removeprefix(f"{url!r}: "))
        return
    stream = io.BytesIO(got.body)
    host = urlsplit(got.url).hostname
    page = sniff(got.body[:_SNIFFED], "") == "html"
    for place, item in read_stream(stream, got.url, given.over(Meta(url=got.url))):
        if page and isinstance(item, Article) and urlsplit(item.url or "").hostname != host:
            # A page may name a canonical address on its own site only: on another's it could pose as that article.
            yield place, replace(item, url=got.url, article_id=identity(got.url))
        else:
            yield place, item


def _wanted(path: Path, manifest: _Manifest) -> bool:
    suffix = path.suffix.lower()
    if suffix in _TEXTS or suffix in _LINES or suffix in _FORMATS:
        return True
    if suffix == ".json":
        return not any(path.with_suffix(one).exists() for one in _TEXTS)
    if path.resolve() in manifest.entries:
        return True
    if suffix in _BESIDE:
        return False
    try:
        with path.open("rb") as stream:
            return sniff(stream.read(_SNIFFED), "") is not None
    except OSError:
        return False


def _read_known(path: Path, given: Meta, manifest: _Manifest) -> Iterator[Placed]:
    where, suffix = str(path), path.suffix.lower()
    resolved = path.resolve()
    if resolved in manifest.bad:
        return
    known = manifest.entries.get(resolved, Meta()).over(given)
    try:
        if suffix not in _LINES and suffix != ".json":
            known = _read_sidecar(path).over(known)
        with path.open("rb") as stream:
            if not stream.seekable():
                yield from read_stream(stream, where, known)  # a pipe that has a name
                return
            start = stream.read(_SNIFFED)
            kind = sniff(start, "" if suffix in _TEXTS else suffix)
            stream.seek(0)
            if kind is None and suffix in _TEXTS and _is_record(start):
                suffix = ".jsonl"
            if kind is not None:
                yield from _read_format(kind, stream, where, known)
            elif suffix in _LINES:
                yield from _read_lines(stream, where, known)
            elif suffix == ".json":
                yield from _read_json(stream, where, known)
            elif suffix in _TEXTS or resolved in manifest.entries:
                yield from _read_text(stream, where, known)
            else:
                yield from read_stream(stream, where, known)
    except FileNotFoundError:
        yield _skip(path, "no such file; check the spelling, or give the full path")
    except OSError as error:
        yield _skip(path, f"cannot be read ({error.strerror or error}); check the file and its permissions")
    except _BadSidecarError as error:
        yield _skip(Path(error.where), error.reason)


def _is_record(start: bytes) -> bool:
    """Whether a text begins with a JSON object on a line of its own, as JSON Lines do."""
    first = start.removeprefix(_BOM).split(b"\n", 1)[0]
    if not first.startswith(b"{"):
        return False
    try:
        return isinstance(orjson.loads(first), dict)
    except ValueError:
        return False


class _BadSidecarError(Exception):
    """A sidecar that cannot be used: its text is not read, for it would get another date or outlet."""

    def __init__(self, where: Path, reason: str) -> None:
        super().__init__(reason)
        self.where, self.reason = str(where), reason


def _read_sidecar(path: Path) -> Meta:
    for suffix in (".json", ".toml"):
        sidecar = path.with_suffix(suffix)
        if sidecar == path or not sidecar.is_file():
            continue
        try:
            data = sidecar.read_bytes().removeprefix(_BOM)
            return to_meta(orjson.loads(data) if suffix == ".json" else tomllib.loads(data.decode()))
        except ValueError as error:
            raise _BadSidecarError(sidecar, f"{_reason(error)} (sidecar of {path.name}, which is not read)") from None
    return Meta()


def _read_manifests(folder: Path, manifest: _Manifest, only: str | None = None) -> Iterator[Placed]:
    for name in _MANIFESTS:
        path = folder / name
        if (only is None or name == only) and path.is_file():
            try:
                records = _manifest_records(path)
            except (OSError, ValueError) as error:
                manifest.broken.add(folder)
                yield _skip(path, f"{_reason(error)}; the texts beside it are not read until it is mended")
                continue
            for line, record in records:
                yield from _enter(path, line, record, manifest)


def _manifest_records(path: Path) -> list[tuple[int | None, Any]]:
    data = path.read_bytes().removeprefix(_BOM)
    if path.suffix == ".toml":
        tables = tomllib.loads(data.decode()).get("article", [])
        if not isinstance(tables, list):
            raise RecordError("article must be a list of tables; write [[article]]")
        return [(None, one) for one in tables]
    lines = enumerate(data.split(b"\n"), 1)
    return [(number, orjson.loads(line)) for number, line in lines if line.strip()]


def _enter(path: Path, line: int | None, record: Any, manifest: _Manifest) -> Iterator[Placed]:
    place = Place(str(path), line)
    file = record.get("file") if isinstance(record, dict) else None
    if not isinstance(file, str) or not file:
        yield _skip(place, 'an entry has no "file"; name the text it describes')
        return
    target = (path.parent / file).resolve()
    if not target.is_relative_to(path.parent.resolve()):
        yield _skip(place, f"{file!r} lies outside the manifest's folder; move it in")
        return
    try:
        manifest.entries[target] = to_meta(record)
        manifest.places[target] = place
    except RecordError as error:
        # Read without its entry the text would get a wrong identity: leave it out, and say so once.
        manifest.bad.add(target)
        yield _skip(place, f"{file}: {error}")


def _read_lines(stream: BinaryIO | _Joined, where: str, given: Meta) -> Iterator[Placed]:
    number = 0
    while line := stream.readline(MAX_BYTES + 1):
        number += 1
        place = Place(where, number)
        if number == 1:
            if line.startswith(_UTF16):
                yield _skip(where, "is UTF-16, not UTF-8; save it as UTF-8")
                return
            line = line.removeprefix(_BOM)
        if len(line) > MAX_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MAX_BYTES)
            yield _skip(place, _TOO_LONG)
        elif line.strip():
            try:
                yield _to_placed(orjson.loads(line), place, given)
            except ValueError as error:
                yield _skip(place, _reason(error, line))
    if number == 0:
        yield _skip(where, "is empty; nothing to read")


def _read_json(stream: BinaryIO, where: str, given: Meta) -> Iterator[Placed]:
    data = stream.read(MAX_BYTES + 1).removeprefix(_BOM)
    if problem := _problem(data, where):
        yield problem
        return
    try:
        content = orjson.loads(data)
    except ValueError as error:
        yield _skip(where, _reason(error, data))
        return
    records = unfold(content)
    many = isinstance(content, list) or len(records) != 1 or records[0] is not content
    for number, record in enumerate(records, 1):
        place = Place(f"{where}, item {number}" if many else where)
        try:
            yield _to_placed(record, place, given)
        except RecordError as error:
            yield _skip(place, str(error))


def _to_placed(record: Any, place: Place, given: Meta) -> Placed:
    """A record in our own or an agency's form as an article. Raises RecordError."""
    if is_withdrawn(record):
        return _skip(place, f"{record.get('uri')} is cancelled by its agency; withdraw it with figures withdraw")
    return place, to_article(to_record(record), given)


def _read_format(kind: str, stream: BinaryIO, where: str, given: Meta) -> Iterator[Placed]:
    """Articles of a format beyond text and JSON; what is known from elsewhere fills in what the file does not say."""
    partial = 0
    try:
        for number, record in reader(kind)(stream):
            place = Place(where if number is None else f"{where}, item {number}")
            try:
                if isinstance(record, str):
                    raise RecordError(record)
                partial += bool(record.get("partial"))
                yield place, to_article(record, given)
            except RecordError as error:
                yield _skip(place, str(error))
    except FormatError as error:
        yield _skip(where, str(error))
    if partial:
        place = Place(where)
        yield (
            place,
            place.skipped(f"{partial:,} of its entries are excerpts; numbers further down were not seen", warning=True),
        )


def _read_text(stream: BinaryIO | _Joined, where: str, given: Meta) -> Iterator[Placed]:
    data = stream.read(MAX_BYTES + 1).removeprefix(_BOM)
    if problem := _problem(data, where):
        yield problem
        return
    try:
        yield Place(where), with_text(data.decode(), given)
    except ValueError as error:
        yield _skip(where, _reason(error, data))


def _problem(data: bytes, where: str) -> Placed | None:
    if not data.strip():
        return _skip(where, "is empty; nothing to read")
    if len(data) > MAX_BYTES:
        return _skip(where, _TOO_LONG)
    if data.startswith(_UTF16):
        return _skip(where, "is UTF-16, not UTF-8; save it as UTF-8")
    if b"\0" in data:
        return _skip(where, "looks binary (it holds NUL bytes); export the article as plain text or JSON Lines")
    return None


def _reason(error: Exception, data: bytes = b"") -> str:
    """The error in the reader's words, with what to do next."""
    if isinstance(error, RecordError):
        return str(error)
    if isinstance(error, UnicodeDecodeError):
        byte = error.object[error.start]
        return f"not UTF-8 (byte 0x{byte:02x} at position {error.start + 1}); convert it, say with iconv"
    if isinstance(error, orjson.JSONDecodeError):
        try:
            data.decode()
        except UnicodeDecodeError as wrong:
            return _reason(wrong)
        if b"\0" in data:
            return "looks binary (it holds NUL bytes); expected one JSON object a line"
        if "surrogate" in error.msg:
            return "holds half a surrogate pair, which UTF-8 cannot carry; export it again as UTF-8"
        return f"not valid JSON ({error.msg}, column {error.colno}); mend the line, or check that it is whole"
    if isinstance(error, tomllib.TOMLDecodeError):
        return f"not valid TOML ({error})"
    return str(error)


def _skip(where: str | Path | Place, reason: str) -> Placed:
    place = where if isinstance(where, Place) else Place(str(where))
    return place, place.skipped(reason)


class _Joined:
    """A stream whose first bytes were looked at already."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = start, rest

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes; fewer only at the end."""
        out, self._start = self._start[:size], self._start[size:]
        while len(out) < size and (more := self._rest.read(size - len(out))):
            out += more
        return out

    def readline(self, size: int) -> bytes:
        """One line, cut at ``size`` bytes."""
        end = self._start.find(b"\n") + 1 or len(self._start)
        out, self._start = self._start[: min(end, size)], self._start[min(end, size) :]
        if out.endswith(b"\n") or len(out) >= size:
            return out
        return out + self._rest.readline(size - len(out))
