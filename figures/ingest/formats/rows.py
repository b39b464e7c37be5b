"""CSV and TSV of articles: a header with at least ``text``, a row an article."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from figures.ingest.formats import FormatError, Record

_MOST_CELL: Final = 40_000_000
_NAMES: Final = ("article_id", "outlet", "published_at", "title", "url", "text")


def read(stream: BinaryIO) -> Iterator[Record]:
    """Each row as a record; columns that an article does not have are ignored, empty cells say nothing."""
    csv.field_size_limit(max(csv.field_size_limit(), _MOST_CELL))
    with io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        try:
            lines = _lines(text)
            header = next(lines, "")
            delimiter = (
                "\t"
                if header.count("\t") > header.count(",")
                else ";"
                if header.count(";") > header.count(",")
                else ","
            )
            names = next(csv.reader([header], delimiter=delimiter), [])
            if "text" not in names:
                raise FormatError(f"the header has no column text; name the columns {', '.join(_NAMES)}")
            rows = csv.DictReader(lines, fieldnames=names, delimiter=delimiter)
            for row in rows:
                if None in row:
                    yield (
                        rows.line_num + 1,
                        "more cells than the header has columns; quote cells that hold the delimiter",
                    )
                    continue
                yield rows.line_num + 1, {name: row[name] for name in _NAMES if row.get(name)}
        except UnicodeDecodeError as error:
            byte = error.object[error.start]
            raise FormatError(f"not UTF-8 (byte 0x{byte:02x}); save it as CSV UTF-8") from None
        except csv.Error as error:
            raise FormatError(f"no valid CSV ({error}); write it again with quoted cells") from None


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines, each of bounded length: a file that is one endless line must not fill the memory."""
    while line := text.readline(_MOST_CELL + 1):
        if len(line) > _MOST_CELL:
            raise FormatError(f"holds a line longer than {_MOST_CELL:,} characters, which no article is; split it")
        yield line
