"""Commands for archives: spark extract and reconcile, query, import."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from figures.cli.inputs import opened, progress
from figures.cli.options import Format, FormatOption, StoreOption, examples, lexicon_of, recipe_of
from figures.cli.output import plain, write
from figures.cli.problems import DONE, UNUSABLE, CliError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from figures.model import Article

MasterOption = Annotated[
    str | None,
    typer.Option(
        "--master",
        metavar="URL",
        help="Spark's master. Default: spark-submit's, else all cores here, local[*,4].",
    ),
]
ConfOption = Annotated[
    list[str] | None, typer.Option("--conf", metavar="NAME=VALUE", help="A setting of Spark's. May be repeated.")
]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    spark = typer.Typer(
        name="spark", no_args_is_help=True, rich_markup_mode=None,
        help="Read and compare on a cluster, or on all cores of this machine.",
        epilog=examples("figures spark extract crawl/ archive", "figures spark reconcile archive compared"),
    )  # fmt: skip
    spark.command(
        epilog=examples(
            "figures spark extract articles.parquet archive",
            "figures spark extract --master spark://host:7077 s3a://news/2024 s3a://news/figures",
        )
    )(extract)
    spark.command(
        epilog=examples(
            "figures spark reconcile archive compared",
            "figures spark reconcile --conf spark.driver.memory=16g s3a://news/figures s3a://news/compared",
        )
    )(reconcile)
    app.add_typer(spark)
    app.command(
        epilog=examples(
            'figures query "SELECT metric, count(*) FROM figures GROUP BY ALL ORDER BY 2 DESC" archive',
            "figures query --format csv \"FROM conflicts WHERE level = 'high'\" compared",
        )
    )(query)
    app.command(
        name="import",
        epilog=examples(
            "figures import --store desk.db compared/figures.parquet",
            "figures import --articles news.jsonl archive/figures.parquet",
        ),
    )(import_)


def extract(
    context: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="IN…", help="Parquet, JSON Lines, WARC or other files of articles; folders.")
    ],
    target: Annotated[str, typer.Argument(metavar="OUT", help="A folder or address that is not there yet.")],
    all_quantities: Annotated[
        bool, typer.Option("--all-quantities", help="Add ages, durations, distances and all other quantities.")
    ] = False,
    partitions: Annotated[
        int | None, typer.Option("--partitions", min=1, help="Spread articles over so many tasks first.")
    ] = None,
    master: MasterOption = None,
    conf: ConfOption = None,
) -> int:
    """Read articles into Parquet: figures.parquet, articles.parquet and skipped.parquet below OUT.

    What could not be read stands in skipped.parquet, with the reason.
    """
    from figures.spark.reading import SKIPPED, extract_archive

    with _session(master, conf) as session:
        done = extract_archive(
            session, paths, target, recipe_of(context), all_quantities=all_quantities, partitions=partitions
        )
    typer.echo(f"{done.articles:,} articles, {done.figures:,} figures: {target}")
    if done.warnings:
        typer.echo(f"figures: {done.warnings:,} read without a date; see {target}/{SKIPPED}", err=True)
    if done.skipped:
        typer.echo(f"figures: {done.skipped:,} left out; the reasons stand in {target}/{SKIPPED}", err=True)
    return UNUSABLE if done.skipped else DONE


def reconcile(
    context: typer.Context,
    source: Annotated[str, typer.Argument(metavar="IN", help="What spark extract wrote, or a Parquet of figures.")],
    target: Annotated[str, typer.Argument(metavar="OUT", help="A folder or address that is not there yet.")],
    buckets: Annotated[
        int | None, typer.Option("--buckets", min=1, help="Parts to compare in. Default: three a core.")
    ] = None,
    master: MasterOption = None,
    conf: ConfOption = None,
) -> int:
    """Compare an archive: figures.parquet with final events and origins, conflicts.parquet, uncompared.parquet."""
    from figures.spark.comparing import reconcile_archive

    with _session(master, conf) as session:
        done = reconcile_archive(session, source, target, recipe_of(context), buckets=buckets)
    found = f"{done.conflicts:,} conflicts" if done.conflicts else "no contradiction found in these articles"
    typer.echo(f"{done.figures:,} figures compared, {found}: {target}")
    return DONE


class _session:  # noqa: N801
    """A session for one command, ended with it."""

    def __init__(self, master: str | None, conf: list[str] | None) -> None:
        self._master, self._settings = master, dict(_setting(one) for one in conf or ())

    def __enter__(self) -> SparkSession:
        from figures.spark.session import open_session

        self._open = open_session(self._master, self._settings)
        return self._open

    def __exit__(self, *_: object) -> None:
        self._open.stop()


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise CliError(f"--conf {text}: write NAME=VALUE, such as spark.driver.memory=8g")
    return name.strip(), value.strip()


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT over figures, conflicts, articles, skipped.")],
    paths: Annotated[list[str], typer.Argument(metavar="FILE…", help="Parquet files, or folders of them.")],
    output: FormatOption = Format.TABLE,
) -> int:
    """Ask an archive a question in SQL.

    Parquet files are shown as the views figures, conflicts, uncompared, articles and skipped, by what they hold.
    No other file is read, and none is written.
    """
    from figures.query import ask

    answer = ask(sql, paths)
    if output is not Format.TABLE:
        write((dict(zip(answer.columns, map(plain, row), strict=True)) for row in answer.rows), output)
        return DONE
    from figures.cli.terminal import Column, console, listing

    rows = [["" if (one := plain(cell)) is None else _cell(one) for cell in row] for row in answer.rows]
    columns = [Column(name=name, right=numeric) for name, numeric in zip(answer.columns, answer.numeric, strict=True)]
    out = console()
    out.print(listing(columns, rows, width=out.width, last=len(columns) + 1), soft_wrap=True)
    if not rows:
        typer.echo("No rows.", err=True)
    return DONE


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:,}"
    if isinstance(value, str):
        return value
    import orjson

    return orjson.dumps(value).decode()


def import_(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="FILE…", help="Parquet of figures, or folders of it.")],
    articles: Annotated[
        list[str] | None,
        typer.Option("--articles", metavar="PATH", help="The articles, for their texts. May be repeated."),
    ] = None,
    store: StoreOption = None,
    compare: Annotated[
        bool, typer.Option("--compare/--no-compare", help="Compare with what is known, once all is kept.")
    ] = True,
) -> int:
    """Bring figures that were read elsewhere into the store, by COPY on PostgreSQL, in large batches on SQLite.

    Figures of the same articles are replaced. An article whose text does not come along has none until it is ingested.
    """
    from figures.desk import Desk
    from figures.query import read_table

    table = read_table(paths)
    with opened(context, store, create=True) as kept:
        done = kept.import_table(table, _texts(articles or []))
        left = f", {done.left_alone:,} articles with another text left alone" if done.left_alone else ""
        typer.echo(f"{done.articles:,} articles, {done.figures:,} figures imported{left}.")
        if compare and not kept.is_compared():
            changes = Desk(kept, lexicon_of(context)).refresh()
            typer.echo(f"Compared: {len(changes):,} conflicts opened or changed.")
    return DONE


def _texts(paths: list[str]) -> Iterator[Article]:
    if not paths:
        return
    from figures.ingest import read_all

    quiet = not sys.stderr.isatty()
    articles = read_all(paths, on_skip=lambda one: typer.echo(f"figures: {one}", err=True))
    yield from articles if quiet else progress(articles, "articles")
