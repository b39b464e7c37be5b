"""Questions to an archive in SQL: DuckDB over Parquet files, which it may read and nothing else.

The door to DuckDB. What ``figures spark`` and ``figures export`` write is shown as the views ``figures``,
``conflicts``, ``uncompared``, ``articles`` and ``skipped``, told apart by their columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from figures.model import COLUMNS, QUANTITY_COLUMNS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["VIEWS", "Answer", "QueryError", "ask", "read_table", "tables_of"]

VIEWS: Final = {
    "conflicts": {"conflict_id", "severity"},
    "figures": {"figure_id", "metric"},
    "uncompared": {"missing", "a", "b"},
    "skipped": {"where", "reason"},
    "articles": {"article_id", "outlet"},
}
"""The views, and the columns that tell each; the first that fits."""

_AT_ONCE: Final = 10_000


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
    import pyarrow.parquet as pq

    from figures.spark.rows import to_table

    files = tables_of(paths).get("figures", [])
    if not files:
        raise QueryError("no figures among these files; name figures.parquet")
    parts = []
    for one in files:
        names = pq.read_schema(one).names
        missing = [name for name in COLUMNS if name not in names]
        if missing:
            raise QueryError(f"{one}: no figures: it lacks {', '.join(missing[:5])}")
        wanted = [*COLUMNS, *(name for name in QUANTITY_COLUMNS if name in names)]
        parts.append(pq.read_table(one, columns=wanted))
    import pyarrow as pa

    return to_table(pa.concat_tables(parts, promote_options="permissive").to_pandas())
