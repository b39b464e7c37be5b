"""Commands that read articles: extract, ingest; and metrics, which tells what can be read."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from figures.cli.inputs import Inputs, opened, store_target
from figures.cli.options import (
    Format,
    FormatOption,
    OutletOption,
    PathsArgument,
    PublishedOption,
    StoreOption,
    TitleOption,
    UrlOption,
    examples,
    lexicon_of,
)
from figures.cli.output import write
from figures.cli.problems import DONE, CliError

if TYPE_CHECKING:
    from figures.lexicon import Lexicon
    from figures.lexicon.metrics import Metric


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(
        epilog=examples(
            "figures extract report.txt --outlet VOA --published-at 2022-03-03",
            "figures extract --format jsonl seeds > figures.jsonl",
            "cat a.jsonl | figures extract -",
        )
    )(extract)
    app.command(
        epilog=examples(
            "figures ingest seeds",
            "figures ingest --store desk.db news.jsonl",
        )
    )(ingest)
    app.command(
        epilog=examples(
            "figures metrics",
            "figures metrics --format jsonl deaths refugees",
        )
    )(metrics)


def extract(
    context: typer.Context,
    paths: PathsArgument,
    output: FormatOption = Format.TABLE,
    all_quantities: Annotated[
        bool,
        typer.Option("--all-quantities", help="Add ages, durations, distances and all other quantities."),
    ] = False,
    outlet: OutletOption = None,
    published_at: PublishedOption = None,
    title: TitleOption = None,
    url: UrlOption = None,
) -> int:
    """Print every number of articles, in context.

    Nothing is stored.
    """
    # On a terminal the rows themselves show that the work goes on.
    quiet = sys.stdout.isatty()
    inputs = Inputs(paths, outlet=outlet, published_at=published_at, title=title, url=url, quiet=quiet)
    rows = _rows(inputs, lexicon_of(context), all_quantities=all_quantities)
    if output is Format.TABLE:
        _print_by_article(rows)
        if inputs.count == 1:
            typer.echo("1 article read.", err=True)
        elif inputs.count:
            typer.echo(f"{inputs.count:,} articles read.", err=True)
    else:
        write(rows, output)
    return inputs.status


def _rows(inputs: Inputs, lexicon: Lexicon, *, all_quantities: bool) -> Iterator[dict[str, Any]]:
    from figures.extract import extract as read_figures

    for article in inputs:
        for figure in read_figures(article, lexicon, all_quantities=all_quantities):
            yield figure.to_row(all_quantities=all_quantities)


def _print_by_article(rows: Iterator[dict[str, Any]]) -> None:
    from itertools import groupby

    from figures.cli.terminal import console, figures_listing

    out = console()
    some = False
    for article_id, group in groupby(rows, key=lambda row: row["article_id"]):
        members = list(group)
        if some:
            out.print()
        some = True
        names = (members[0]["outlet"], (members[0]["published_at"] or "")[:10], members[0]["title"])
        out.print(", ".join(one for one in (article_id, *names) if one), style="bold", markup=False, soft_wrap=True)
        out.print(figures_listing(members, out.width), soft_wrap=True)
    if not some:
        out.print("No figures found.")


def ingest(
    context: typer.Context,
    paths: PathsArgument,
    store: StoreOption = None,
    outlet: OutletOption = None,
    published_at: PublishedOption = None,
    title: TitleOption = None,
    url: UrlOption = None,
) -> int:
    """Read articles into the store.

    What is new is then compared with what is known.

    The same article may come as often as it likes; a changed text replaces the older version of its article_id.
    """
    from figures.desk import Desk

    inputs = Inputs(paths, outlet=outlet, published_at=published_at, title=title, url=url)
    with opened(context, store, create=True) as kept:
        desk = Desk(kept, lexicon_of(context))
        summary = desk.ingest(inputs)
        typer.echo(str(summary))
        moved = Counter(one.change for one in summary.changes)
        if moved:
            parts = ", ".join(f"{count} {change}" for change, count in moved.items())
            typer.echo(f"Conflicts: {parts}. List them with: figures conflicts --store {store_target(context, store)}")
    return inputs.status


def metrics(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[METRIC…]", help="Only these.")] = None,
    output: FormatOption = Format.TABLE,
) -> int:
    """List the metrics known by name.

    Anything else that is counted gets an open metric, "schools_closed".
    """
    known = lexicon_of(context).metrics.metrics
    unknown = [name for name in names or () if name not in known]
    if unknown:
        raise CliError(f"{unknown[0]}: no metric of that name; list them with: figures metrics")
    rows = [_metric_row(one) for name, one in known.items() if not names or name in names]
    if output is Format.JSONL:
        write(rows, output)
    elif output is Format.CSV:
        write(
            ({name: "; ".join(one) if isinstance(one, list) else one for name, one in row.items()} for row in rows),
            output,
        )
    else:
        from figures.cli.terminal import Column, console, listing

        columns = (
            Column(name="metric"),
            Column(name="unit"),
            Column(name="for people"),
            Column(name="definition"),
        )
        lines = ((row["name"], row["unit"], row["title"], row["definition"]) for row in rows)
        out = console()
        out.print(listing(columns, lines, width=out.width), soft_wrap=True)
    return DONE


def _metric_row(metric: Metric) -> dict[str, Any]:
    row = asdict(metric)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}
