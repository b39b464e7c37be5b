"""Commands that read articles: extract, ingest; and metrics, which tells what can be read."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Final

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
    WorkersOption,
    examples,
    lexicon_of,
    recipe_of,
    settings_of,
)
from figures.cli.output import write
from figures.cli.problems import DONE, CliError
from figures.cli.revising import changed_articles

if TYPE_CHECKING:
    from figures.desk import Summary
    from figures.lexicon.metrics import Metric
    from figures.store import Outcome

MOST_REASONS: Final = 5
MOST_REVISED: Final = 10  # articles whose changed figures are shown after an ingestion
MEASURABLE: Final = 200_000  # characters; of less text, starting takes most of the time


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
    workers: WorkersOption = None,
) -> int:
    """Print every number of articles, in context.

    Nothing is stored.
    """
    # On a terminal the rows themselves show that the work goes on.
    quiet = sys.stdout.isatty()
    inputs = Inputs(paths, outlet=outlet, published_at=published_at, title=title, url=url, quiet=quiet)
    reads = inputs.read(recipe_of(context), workers=workers, all_quantities=all_quantities)
    rows = (one.to_row(all_quantities=all_quantities) for read in reads for one in read.figures)
    if output is Format.TABLE:
        _print_by_article(rows)
        if inputs.count == 1:
            typer.echo("1 article read.", err=True)
        elif inputs.count:
            typer.echo(f"{inputs.count:,} articles read.", err=True)
    else:
        write(rows, output)
    return inputs.status


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
    workers: WorkersOption = None,
) -> int:
    """Read articles into the store.

    What is new is then compared with what is known.

    The same article may come as often as it likes; a changed text replaces the older version of its article_id. After
    an interruption the same command goes on: what was kept is not read again.
    """
    from figures.desk import Desk
    from figures.extract.many import reader_id

    inputs = Inputs(paths, outlet=outlet, published_at=published_at, title=title, url=url)
    settings, recipe = settings_of(context), recipe_of(context)
    reader = reader_id((*settings.metric_files, *settings.source_files))
    started = time.monotonic()
    with opened(context, store, create=True) as kept:
        desk = Desk(kept, recipe())
        reads = inputs.read(recipe, workers=workers, unless=lambda article: kept.is_read(article, reader))
        kept_here = 0

        def count(_: Outcome) -> None:
            nonlocal kept_here
            kept_here += 1

        try:
            pairs = ((one.article, one.figures) for one in reads if one.skipped is None)
            summary = desk.keep(pairs, count, reader=reader)
        except KeyboardInterrupt:
            typer.echo(
                f"figures: interrupted; {kept_here:,} articles of this run are kept; the same command goes on there",
                err=True,
            )
            raise
        for line in _outcome(summary, inputs, time.monotonic() - started):
            typer.echo(line)
        revised = [one.article_id for one in summary.outcomes if one.outcome == "revised" and one.new_text]
        for line in changed_articles(kept, revised[:MOST_REVISED], desk.lexicon):
            typer.echo(line)
        if len(revised) > MOST_REVISED:
            typer.echo(f"… and {len(revised) - MOST_REVISED:,} more were revised: figures revisions ARTICLE_ID")
        moved = Counter(one.change for one in summary.changes)
        if moved:
            parts = ", ".join(f"{count} {change}" for change, count in moved.items())
            typer.echo(f"Conflicts: {parts}. List them with: figures conflicts --store {store_target(context, store)}")
    return inputs.status


def _outcome(summary: Summary, inputs: Inputs, seconds: float) -> Iterator[str]:
    """What came of it: articles and numbers, what was left out and why, how fast."""
    from figures.publish.words import plural

    words = str(summary)
    if inputs.passed and summary.outcomes:
        words += f" {plural(inputs.passed, 'article')} read before, unchanged."
    elif inputs.passed:
        words = f"{plural(inputs.passed, 'article')}: {inputs.passed:,} unchanged."
    yield words
    if inputs.failed:
        reasons = "; ".join(f"{count:,} {reason}" for reason, count in inputs.reasons.most_common(MOST_REASONS))
        rest = len(inputs.reasons) - MOST_REASONS
        yield f"{inputs.failed:,} left out: {reasons}{f'; {rest:,} other reasons' if rest > 0 else ''}."
    if inputs.characters >= MEASURABLE:
        size = inputs.characters / 1000
        yield f"{size:,.0f} kB of text in {seconds:,.1f} s: {size / max(seconds, 0.001):,.0f} kB/s, comparing included."


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
