"""Questions to an archive in SQL: DuckDB over Parquet files, which it may read and nothing else.

The door to DuckDB. What ``figures spark`` and ``figures export`` write is shown as the views ``figures``,
``conflicts``, ``uncompared``, ``articles`` and ``skipped``, told apart by their columns.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from figures.model import COLUMNS, QUANTITY_COLUMNS
from figures.table import DAYS, NUMBERS, OFFSETS

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

__all__ = ["VIEWS", "Answer", "QueryError", "ask", "map_table", "read_table", "tables_of"]

VIEWS: Final = {
    "conflicts": {"conflict_id", "severity"},
    "figures": {"figure_id", "metric"},
    "uncompared": {"missing", "a", "b"},
    "skipped": {"where", "reason"},
    "articles": {"article_id", "outlet"},
}
"""The views, and the columns that tell each; the first that fits."""

_AT_ONCE: Final = 10_000
# Rows of Parquet unpacked at a time.
_ROWS: Final = 100_000
_KINDS: Final = {
    **dict.fromkeys(NUMBERS, "float64"), **dict.fromkeys(OFFSETS, "int64"), **dict.fromkeys(DAYS, "datetime64[us]")
}  # fmt: skip


class QueryError(ValueError):
    """A question that cannot be answered; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The columns of an answer, which of them hold numbers, and its rows, read as they are asked for."""

    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: Iterator[tuple[Any, ...]]


def ask(sql: str, paths: Iterable[str | Path]) -> Answer:
    """Answer one SELECT (or WITH, FROM, DESCRIBE, SUMMARIZE) over the Parquet of some paths.

    Nothing is written, no other file is read, nothing is fetched or installed. Raises QueryError.
    """
    try:
        import duckdb
    except ModuleNotFoundError:
        raise QueryError("questions need the query extra; install it with: pip install 'figures[query]'") from None
    views = tables_of(paths)
    connection = duckdb.connect(
        ":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )
    try:
        files = [str(one) for some in views.values() for one in some]
        connection.execute(f"SET allowed_paths = {_texts(files)}")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        for name, some in views.items():
            parts = _texts([str(one) for one in some])
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({parts}, union_by_name = true)")
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise QueryError("one SELECT is answered, nothing else; ask " + " or ".join(f"FROM {one}" for one in views))
        answer = connection.execute(statements[0])
    except duckdb.Error as error:
        connection.close()
        raise QueryError(_said(error)) from None
    except QueryError:
        connection.close()
        raise
    description = answer.description or []
    return Answer(
        columns=tuple(str(one[0]) for one in description),
        numeric=tuple(str(one[1]).upper() == "NUMBER" or _is_number(str(one[1])) for one in description),
        rows=_rows(connection),
    )


def _rows(connection: Any) -> Iterator[tuple[Any, ...]]:
    import duckdb

    try:
        while some := connection.fetchmany(_AT_ONCE):
            yield from some
    except duckdb.Error as error:
        raise QueryError(_said(error)) from None
    finally:
        connection.close()


def _is_number(kind: str) -> bool:
    return kind.upper().rstrip("0123456789(), ") in {
        "BIGINT", "HUGEINT", "INTEGER", "SMALLINT", "TINYINT", "UBIGINT", "UINTEGER", "DOUBLE", "FLOAT", "DECIMAL",
    }  # fmt: skip


def _said(error: Exception) -> str:
    """DuckDB's message on one line, without the drawing of where in the text it is."""
    lines = [one.strip() for one in str(error).splitlines() if one.strip()]
    return " ".join(one for one in lines if not one.startswith(("LINE ", "^")))[:400]


def _texts(values: Sequence[str]) -> str:
    return "[" + ", ".join("'" + one.replace("'", "''") + "'" for one in values) + "]"


def tables_of(paths: Iterable[str | Path]) -> dict[str, list[Path]]:
    """The Parquet files of some paths by the view that their columns tell: files, folders of parts, folders of those.

    Raises QueryError where there is none, or one that is none of ours.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    views: dict[str, list[Path]] = {}
    for path in map(Path, paths):
        files = list(_parquet(path))
        if not files:
            raise QueryError(f"{path}: no Parquet there; name a file or folder that figures wrote")
        for one in files:
            try:
                names = set(pq.read_schema(one).names)
            except (OSError, pa.ArrowInvalid) as error:
                raise QueryError(f"{one}: no readable Parquet ({error})") from None
            view = next((name for name, known in VIEWS.items() if known <= names), None)
            if view is None:
                raise QueryError(f"{one}: neither figures nor conflicts: it has {', '.join(sorted(names)[:6])}")
            views.setdefault(view, []).append(one)
    return views


def _parquet(path: Path) -> Iterator[Path]:
    """The file; the parts of a folder that is called a Parquet; or those that lie in a folder, no deeper."""
    if path.is_file():
        yield path.resolve()
    elif path.name.endswith(".parquet"):
        for one in sorted(path.rglob("*.parquet")):
            hidden = any(part.startswith((".", "_")) for part in one.relative_to(path).parts)
            if one.is_file() and not hidden:
                yield one.resolve()
    elif path.is_dir():
        for one in sorted(path.glob("*.parquet")):
            yield from _parquet(one)


def read_table(paths: Iterable[str | Path]) -> pd.DataFrame:
    """The figures of some Parquet as the table, whoever wrote it. Raises QueryError where there are none.

    The whole table comes into memory: some 2 kB a figure.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from figures.spark.rows import to_table

    parts = [pq.read_table(one, columns=names) for one, names in _figures(paths)]
    return to_table(pa.concat_tables(parts, promote_options="permissive").to_pandas())


def map_table(paths: Iterable[str | Path], folder: str | Path) -> pd.DataFrame:
    """The figures of some Parquet as a flat table whose texts stay on disk, mapped into memory from ``folder``.

    For comparing millions of figures: numbers take 100 bytes each in memory, and of the texts the system keeps what is
    being looked at. Rows stand as they came, each figure once. What the table needs lies in ``folder`` as long as the
    table is used: some 600 bytes a figure, more where sentences are long. Raises QueryError.
    """
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    files = list(_figures(paths))
    wanted = [*COLUMNS, *(name for name in QUANTITY_COLUMNS if all(name in names for _, names in files))]
    count = sum(pq.read_metadata(one).num_rows for one, _ in files)
    numbers: dict[str, Any] = {name: np.empty(count, dtype=kind) for name, kind in _KINDS.items()}
    with ExitStack() as closing:
        texts = {
            name: closing.enter_context(_Texts(Path(folder) / f"{name}.texts", count))
            for name in wanted
            if name not in numbers
        }
        at = 0
        for one, _ in files:
            with pq.ParquetFile(one) as file:
                for batch in file.iter_batches(_ROWS, columns=wanted):
                    for name, column in zip(batch.schema.names, batch.columns, strict=True):
                        if name in texts:
                            texts[name].write(column)
                        else:
                            numbers[name][at : at + len(batch)] = _numbers(name, column)
                    at += len(batch)
    columns = {name: texts[name].mapped() if name in texts else pa.array(numbers.pop(name)) for name in wanted}
    frame: pd.DataFrame = pa.table(columns).to_pandas(self_destruct=True, split_blocks=True)
    for name in texts:
        if frame[name].dtype != "str":
            frame[name] = frame[name].astype("str")
    repeated = frame["figure_id"].duplicated()
    # Arrow keeps what unpacking took for later: two gigabytes after ten million rows.
    pa.default_memory_pool().release_unused()
    return frame[~repeated].reset_index(drop=True) if repeated.any() else frame


def _figures(paths: Iterable[str | Path]) -> Iterator[tuple[Path, list[str]]]:
    """The files of figures among some Parquet, with those columns of each that are the table's."""
    import pyarrow.parquet as pq

    files = tables_of(paths).get("figures", [])
    if not files:
        raise QueryError("no figures among these files; name figures.parquet")
    for one in files:
        names = pq.read_schema(one).names
        missing = [name for name in COLUMNS if name not in names]
        if missing:
            raise QueryError(f"{one}: no figures: it lacks {', '.join(missing[:5])}")
        yield one, [*COLUMNS, *(name for name in QUANTITY_COLUMNS if name in names)]


def _numbers(name: str, column: pa.Array) -> Any:
    """A column of numbers or days as the table has it; an unwritten bound is open."""
    import pyarrow as pa

    if name in DAYS:
        return column.cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
    if name in OFFSETS:
        return column.cast(pa.int64()).to_numpy(zero_copy_only=False)
    open_bound = {"low": -math.inf, "high": math.inf}.get(name, math.nan)
    return column.cast(pa.float64()).fill_null(open_bound).to_numpy(zero_copy_only=False)


class _Texts:
    """One column of texts, written piece by piece as Arrow lays it out in memory, and mapped as one piece."""

    def __init__(self, path: Path, count: int) -> None:
        import numpy as np

        self._paths = path, path.with_suffix(".ends")
        self._known = np.zeros(count, dtype=bool)
        self._count = self._length = 0

    def __enter__(self) -> _Texts:
        self._texts, self._ends = (one.open("wb") for one in self._paths)
        self._ends.write(bytes(8))
        return self

    def __exit__(self, *_: object) -> None:
        self._texts.close()
        self._ends.close()

    def write(self, column: pa.Array) -> None:
        """Add some texts, whatever type they came in."""
        import numpy as np
        import pyarrow as pa

        texts = column.cast(pa.large_string())
        self._known[self._count : self._count + len(texts)] = texts.is_valid().to_numpy(zero_copy_only=False)
        self._count += len(texts)
        if texts.null_count:
            texts = texts.fill_null("")
        _, ends, letters = texts.buffers()
        at = np.frombuffer(ends, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
        if len(at):
            self._texts.write(letters[int(at[0]) : int(at[-1])] if letters is not None else b"")
            self._ends.write((at[1:] + (self._length - at[0])).tobytes())
            self._length += int(at[-1] - at[0])

    def mapped(self) -> pa.Array:
        """The column; nothing of it is read yet."""
        import numpy as np
        import pyarrow as pa

        known = self._known
        if not known.any():
            return pa.nulls(len(known), pa.large_string())
        letters, ends = (
            pa.memory_map(str(one)).read_buffer() if one.stat().st_size else pa.py_buffer(b"") for one in self._paths
        )
        valid = None if known.all() else pa.py_buffer(np.packbits(known, bitorder="little").tobytes())
        return pa.LargeStringArray.from_buffers(len(known), ends, letters, valid)
