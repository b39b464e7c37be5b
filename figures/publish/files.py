"""Write figures to the files their users' tools read; the ending names the format.

``.csv`` ``.jsonl`` ``.parquet`` hold the table as it is; ``.zip`` a Frictionless data package that gives it back
exactly; ``.hxl.csv`` the Humanitarian Exchange Language; ``.ucdp.csv`` low, best and high a series;
``.annotations.json`` W3C Web Annotations; ``.jsonld`` schema.org observations and claims; ``.atom`` the conflicts as a
feed.

The same table gives the same bytes, whatever the order of its rows on the way in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

import orjson
import pandas as pd

from figures.lexicon import Lexicon, default_lexicon
from figures.model import Conflict
from figures.publish.annotations import to_annotations
from figures.publish.cells import csv_text, table_text
from figures.publish.feed import to_atom
from figures.publish.hxl import to_hxl
from figures.publish.linked import Settled, to_linked_data
from figures.publish.package import write_package
from figures.publish.tables import write_parquet
from figures.reconcile.latest import latest_of
from figures.table import to_rows

__all__ = ["WRITERS", "Material", "csv_text", "format_of", "write_file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What a writer may use: the sorted rows, the table they come from, its conflicts, and words for metrics."""

    rows: Sequence[Mapping[str, Any]]
    table: pd.DataFrame
    conflicts: Sequence[Conflict]
    lexicon: Lexicon
    reviews: Sequence[Settled] = ()


def write_file(
    table: pd.DataFrame,
    path: Path,
    *,
    conflicts: Sequence[Conflict] = (),
    lexicon: Lexicon | None = None,
    reviews: Sequence[Settled] = (),
) -> int:
    """Write a table in the format its ending names, and return the number of figures in it.

    ``reviews`` are the conflicts that were resolved (:func:`figures.publish.linked.settled`), for schema.org. Raises
    ValueError for an ending that no writer has. An existing file is replaced only when the new one is whole.
    """
    ending = format_of(path)
    if ending is None:
        raise ValueError(f"{path}: no format ends in {path.suffix or 'nothing'!r}; use {', '.join(WRITERS)}")
    rows = sorted(to_rows(table), key=_place_in_file)
    material = Material(
        rows=rows, table=table, conflicts=conflicts, lexicon=lexicon or default_lexicon(), reviews=reviews
    )
    draft = path.with_name(path.name + ".part")
    try:
        with draft.open("wb") as handle:
            WRITERS[ending](material, handle)
        draft.replace(path)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise
    return len(rows)


def format_of(path: Path) -> str | None:
    """The longest ending that a writer has, or None."""
    name = path.name.casefold()
    return max((ending for ending in WRITERS if name.endswith(ending)), key=len, default=None)


def _place_in_file(row: Mapping[str, Any]) -> tuple[str, ...]:
    return row["metric"], str(row["source"]), str(row["as_of"]), row["figure_id"]


def _write_jsonl(material: Material, handle: IO[bytes]) -> None:
    for row in material.rows:
        handle.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))


def _write_csv(material: Material, handle: IO[bytes]) -> None:
    handle.write(csv_text(material.rows).encode("utf-8"))


def _write_parquet(material: Material, handle: IO[bytes]) -> None:
    write_parquet(material.rows, handle)


def _write_hxl(material: Material, handle: IO[bytes]) -> None:
    handle.write(to_hxl(material.rows, material.lexicon).encode("utf-8"))


def _write_ucdp(material: Material, handle: IO[bytes]) -> None:
    handle.write(table_text(UCDP_COLUMNS, _ucdp_rows(material)).encode("utf-8"))


UCDP_COLUMNS: Final = (
    "metric", "event", "side", "population", "place", "date", "low", "best", "high", "contested", "source", "articles",
    "origins",
)  # fmt: skip


def _ucdp_rows(material: Material) -> Iterator[list[object]]:
    """Low, best and high a series, best empty where opposed parties disagree; an open high is empty too."""
    for metric in sorted({str(row["metric"]) for row in material.rows}):
        answers = latest_of(material.table, metric, lexicon=material.lexicon)
        for answer in answers.to_dict("records"):
            yield [
                metric, answer.get("event"), answer.get("party"), answer.get("population"), answer.get("place"),
                _day(answer.get("as_of")), answer.get("low"), answer.get("best"), answer.get("high"),
                bool(answer.get("contested")), answer.get("source"), answer.get("articles"), answer.get("origins"),
            ]  # fmt: skip


def _day(value: object) -> str | None:
    return None if value is None or pd.isna(value) else str(value)[:10]  # type: ignore[call-overload]


def _write_package(material: Material, handle: IO[bytes]) -> None:
    write_package(material.rows, handle)


def _write_annotations(material: Material, handle: IO[bytes]) -> None:
    handle.write(_json(to_annotations(material.rows)))


def _write_linked(material: Material, handle: IO[bytes]) -> None:
    handle.write(_json(to_linked_data(material.rows, material.lexicon, material.reviews)))


def _write_feed(material: Material, handle: IO[bytes]) -> None:
    by_id = {str(row["figure_id"]): row for row in material.rows}
    handle.write(to_atom(material.conflicts, by_id, material.lexicon))


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


WRITERS: Final[Mapping[str, Callable[[Material, IO[bytes]], None]]] = {
    ".csv": _write_csv,
    ".jsonl": _write_jsonl,
    ".parquet": _write_parquet,
    ".zip": _write_package,
    ".hxl.csv": _write_hxl,
    ".ucdp.csv": _write_ucdp,
    ".annotations.json": _write_annotations,
    ".jsonld": _write_linked,
    ".atom": _write_feed,
}
"""A writer for each ending; a new format is one function and one line here."""
