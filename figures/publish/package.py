"""A Frictionless data package: the table as CSV with its schema, in one zip, that gives the same table back."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from typing import IO, Any, Final

import orjson

from figures.model import COLUMNS
from figures.publish.cells import csv_text
from figures.table import DAYS, NUMBERS, OFFSETS

DESCRIPTIONS: Final[Mapping[str, str]] = {
    "figure_id": "name of the figure, the same wherever the same article is read",
    "metric": "what is counted",
    "source": "who is credited; the outlet where nobody is",
    "value": "nominal number in unit; empty for ranges and vague quantities",
    "low": "least that the words allow; empty where open",
    "high": "most that the words allow; empty where open",
    "as_of": "date the number holds for",
    "start": "offset of the quote in its field, in Unicode code points",
    "end": "offset after the quote",
    "rules": "which rule read which words, as JSON by column",
}
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the zip format's first day: same table, same bytes


def write_package(rows: Sequence[Mapping[str, Any]], handle: IO[bytes]) -> None:
    """Write ``datapackage.json`` and ``figures.csv`` into a zip; ``figures.load`` reads it."""
    columns = list(rows[0]) if rows else list(COLUMNS)
    descriptor = {
        "profile": "tabular-data-package",
        "name": "figures",
        "title": "Figures: numbers in the news, with who said them",
        "resources": [
            {
                "name": "figures",
                "path": "figures.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True},
                "schema": {
                    "fields": [_field(name) for name in columns],
                    "primaryKey": ["figure_id"],
                    "missingValues": [""],
                },
            }
        ],
    }
    with zipfile.ZipFile(handle, "w", zipfile.ZIP_DEFLATED) as package:
        _add(package, "datapackage.json", orjson.dumps(descriptor, option=orjson.OPT_INDENT_2))
        _add(package, "figures.csv", csv_text(rows).encode("utf-8"))


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=_EPOCH)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    package.writestr(entry, content)


def _field(name: str) -> dict[str, Any]:
    kind = "number" if name in NUMBERS else "integer" if name in OFFSETS else "date" if name in DAYS else "string"
    if name == "rules":
        kind = "object"
    field: dict[str, Any] = {"name": name, "type": kind}
    if name in DESCRIPTIONS:
        field["description"] = DESCRIPTIONS[name]
    return field
