"""Web archives, WARC and WARC.gz, by fastwarc: read as a stream, one record in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from fastwarc.warc import ArchiveIterator, WarcRecordType

from figures.ingest.formats import FormatError, Record
from figures.ingest.formats.pages import MOST_BYTES, page_record

_PAGES: Final = ("text/html", "application/xhtml+xml")


def read(stream: BinaryIO) -> Iterator[Record]:
    """Each page of the archive that was fetched whole; other records are passed over."""
    number = 0
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
            headers = record.http_headers
            if headers is None or headers.status_code != 200 or record.http_content_type not in _PAGES:
                continue
            number += 1
            address = record.headers.get("WARC-Target-URI")
            try:
                body = record.reader.read(MOST_BYTES + 1)
                if len(body) < min(record.content_length, MOST_BYTES):
                    yield number, f"{address}: the archive breaks off here; fetch it again"
                    return
                page = page_record(body, url=address)
                page["url"] = page["url"] or address
                page["published_at"] = page["published_at"] or None
                yield number, page
            except FormatError as error:
                yield number, f"{address}: {error}"
    except (ValueError, OSError, RuntimeError) as error:
        yield number + 1, f"the archive breaks off or is damaged here ({error}); what stood before it was read"
        return
    if number == 0:
        raise FormatError("the archive holds no page that was fetched whole")
