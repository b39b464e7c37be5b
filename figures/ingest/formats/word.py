"""Word documents, by python-docx: paragraphs and table rows in the order they stand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, Final

import docx
from docx.table import Table

from figures.ingest.formats import FormatError, Record

MOST_BYTES: Final = 50_000_000
MOST_UNPACKED: Final = 200_000_000  # a document of text; beyond, the zip is made to fill the memory


def read(stream: BinaryIO) -> Iterator[Record]:
    """The one article of a document; a table's row is one line, its cells apart by a bar."""
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise FormatError(f"the document is larger than {MOST_BYTES:,} bytes; split it")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if "word/document.xml" not in package.namelist():
                raise FormatError("a zip file that is no Word document; unpack it and read what is inside")
            if sum(entry.file_size for entry in package.infolist()) > MOST_UNPACKED:
                raise FormatError(f"the document unpacks to more than {MOST_UNPACKED:,} bytes, which no text does")
        document = docx.Document(io.BytesIO(data))
        lines: list[str] = []
        for block in document.iter_inner_content():
            lines += _table_lines(block) if isinstance(block, Table) else [block.text]
        about = document.core_properties
    except FormatError:
        raise
    # A damaged document fails in any of the parsers' own ways.
    except Exception as error:
        raise FormatError(f"the document is damaged ({type(error).__name__}: {error}); save it anew") from None
    text = "\n".join(line for line in lines if line.strip())
    if not text:
        raise FormatError("the document holds no text")
    # The date of creation is not used: it is the template's as often as the document's.
    yield None, {"text": text, "title": about.title or ""}


def _table_lines(table: Table) -> list[str]:
    """A line a row; a merged cell, which the library repeats, stands once."""
    return [" | ".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in table.rows]
