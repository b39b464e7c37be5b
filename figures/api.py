"""``figures.load``: one line from whatever holds figures, or articles, to the table."""

from __future__ import annotations

import csv
import io
import math
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

import orjson

from figures.model import COLUMNS, QUANTITY_COLUMNS
from figures.publish.cells import from_cell
from figures.table import DAYS, NUMBERS, OFFSETS, from_columns, keyed, tabulate

if TYPE_CHECKING:
    import pandas as pd

    from figures.lexicon import Lexicon

__all__ = ["LoadError", "load"]

_STORES: Final = ("sqlite:", "postgresql:", "postgres:")
_MOST_UNPACKED: Final = 8 * 2**30  # bytes of a package's table: some ten million figures; more is no package of ours


class LoadError(ValueError):
    """What was named holds no table; the message says why and what to do next."""


def load(path_or_url: str | Path, *, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """The table of a store (file or database URL), of a file of figures, or of articles read on the spot.

    Told apart by content: an SQLite store; figures as ``.csv``, ``.jsonl``, ``.parquet`` or a data package
    (``.zip``), as ``figures export`` writes them; articles as text, JSON Lines or a folder, as ``figures.read`` takes
    them. From a store, events and origins are those last assigned across all its articles. Raises LoadError, StoreError
    or InputError.
    """
    target = str(path_or_url)
    if target.startswith(_STORES):
        return _load_store(target)
    if "://" in target:
        raise LoadError(f"{target}: cannot be loaded; save it to a file first, or name a path or a database URL")
    path = Path(path_or_url)
    if not path.exists():
        raise LoadError(f"{path}: no such file or folder; check the spelling, or give the full path")
    if path.is_dir():
        return _load_articles(path, lexicon)
    with path.open("rb") as stream:
        start = stream.read(16)
    if start == b"SQLite format 3\0":
        return _load_store(path)
    if start[:4] == b"PAR1":
        return _load_parquet(path)
    if start[:4] == b"PK\x03\x04":
        return _load_package(path)
    if path.suffix.lower() == ".csv":
        return _load_csv(path)
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return _load_lines(path, lexicon)
    return _load_articles(path, lexicon)


def _load_store(target: str | Path) -> pd.DataFrame:
    from figures.store import open_store

    with open_store(target) as store:
        return store.table(reconciled=True)


def _load_articles(path: Path, lexicon: Lexicon | None) -> pd.DataFrame:
    from figures.extract import extract
    from figures.ingest import read

    return tabulate(figure for article in read(path) for figure in extract(article, lexicon))


def _load_lines(path: Path, lexicon: Lexicon | None) -> pd.DataFrame:
    lines = _json_lines(path)
    first = next(lines, None)
    if first is None or "figure_id" not in first[1]:
        return _load_articles(path, lexicon)
    return _tabulated(path, chain([first], lines))


def _json_lines(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                row = orjson.loads(line)
            except ValueError:
                row = None
            if isinstance(row, dict):
                yield number, row
            elif number == 1:
                return  # whatever it is, ``read`` tells what is wrong with it
            else:
                raise LoadError(f"{path}:{number}: no JSON object; mend or remove the line")


def _load_csv(path: Path) -> pd.DataFrame:
    with path.open("rb") as stream:
        return _read_csv(path, stream)


def _load_package(path: Path) -> pd.DataFrame:
    """The table of a Frictionless data package, as figures export writes it."""
    try:
        with zipfile.ZipFile(path) as package:
            if "figures.csv" not in package.namelist():
                raise LoadError(
                    f"{path}: no data package of figures: figures.csv is missing; write it with figures export"
                )
            if package.getinfo("figures.csv").file_size > _MOST_UNPACKED:
                raise LoadError(f"{path}: figures.csv unpacks to more than 8 GiB; export Parquet instead")
            with package.open("figures.csv") as stream:
                return _read_csv(path, stream)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise LoadError(f"{path}: no readable zip ({error}); write it again with figures export") from None


def _read_csv(path: Path, binary: IO[bytes]) -> pd.DataFrame:
    # Python's own limit is 131,072 characters a cell, and a sentence may be longer.
    csv.field_size_limit(max(csv.field_size_limit(), 40_000_000))
    try:
        with io.TextIOWrapper(binary, encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = [name for name in ("figure_id", "metric", "value") if name not in (reader.fieldnames or ())]
            if missing:
                raise LoadError(
                    f"{path}: no figures: the header lacks {', '.join(missing)}; write one with figures export"
                )
            return _tabulated(path, ((reader.line_num, _from_cells(row)) for row in reader), header=1)
    except UnicodeDecodeError:
        raise LoadError(f"{path}: not UTF-8; save it as CSV UTF-8") from None
    except csv.Error as error:
        raise LoadError(f"{path}: no valid CSV ({error}); write it again with figures export") from None


def _from_cells(cells: Mapping[str, str | None]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name in (*COLUMNS, *QUANTITY_COLUMNS):
        cell = cells.get(name)
        if cell is None or cell == "":
            row[name] = None
        elif name in NUMBERS:
            row[name] = float(cell)
        elif name in OFFSETS:
            row[name] = int(cell)
        else:
            row[name] = from_cell(cell)
    return row


def _tabulated(path: Path, rows: Iterable[tuple[int, Mapping[str, Any]]], *, header: int = 0) -> pd.DataFrame:
    line = header

    def counted() -> Iterator[Mapping[str, Any]]:
        nonlocal line
        for number, row in rows:
            line = number
            yield row

    kept: list[Mapping[str, Any]] = []
    try:
        kept.extend(counted())
    except (ValueError, TypeError) as error:
        if isinstance(error, LoadError):
            raise
        raise LoadError(f"{path}:{line + 1}: {error}; mend or remove the line") from None
    wide = any(row.get(name) is not None for row in kept[:1000] for name in QUANTITY_COLUMNS)
    try:
        return tabulate(kept, all_quantities=wide)
    except (ValueError, TypeError) as error:
        raise LoadError(f"{path}: {error}; write it again with figures export") from None


def _load_parquet(path: Path) -> pd.DataFrame:
    import pyarrow.parquet as pq

    try:
        arrow = pq.read_table(path)
    except (OSError, ValueError) as error:
        raise LoadError(f"{path}: no readable Parquet ({error}); write it again with figures export") from None
    missing = [name for name in COLUMNS if name not in arrow.column_names]
    if missing:
        raise LoadError(f"{path}: no figures: it lacks {', '.join(missing[:5])}; write it with figures export")
    columns: dict[str, list[Any]] = {}
    for name in (*COLUMNS, *(one for one in QUANTITY_COLUMNS if one in arrow.column_names)):
        values = arrow.column(name).to_pylist()
        if name in ("low", "high"):
            values = [(-math.inf if name == "low" else math.inf) if one is None else one for one in values]
        elif name in DAYS:
            values = [one.date() if isinstance(one, datetime) else one for one in values]
        columns[name] = values
    return keyed(from_columns(columns))
