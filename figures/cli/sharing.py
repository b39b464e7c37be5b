"""Commands that hand over: export, report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from figures.cli.inputs import material
from figures.cli.options import FromOption, StoreOption, examples, lexicon_of
from figures.cli.problems import CliError


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(
        epilog=examples(
            "figures export figures.parquet",
            "figures export refugees.csv --metric refugees --from seeds",
        )
    )(export)
    app.command(
        epilog=examples(
            "figures report out/report.html",
            "figures report report.html --from seeds",
        )
    )(report)


def export(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(metavar="FILE", help="Its ending names the format, see below.")],
    paths: FromOption = None,
    store: StoreOption = None,
    metric: Annotated[str | None, typer.Option("--metric", help="Only this metric.")] = None,
) -> int:
    """Write figures to a file, in the format its ending names.

    .csv, .jsonl, .parquet: the table. .zip: a Frictionless data package. .hxl.csv: HXL. .ucdp.csv: low, best and
    high a series. .annotations.json: W3C Web Annotations. .jsonld: schema.org. .atom: the conflicts as a feed.
    The same figures give the same bytes, in any order and however often.
    """
    from figures.publish.files import WRITERS, format_of, write_file

    if format_of(target) is None:
        raise CliError(f"{target}: no format ends in {target.suffix or 'nothing'!r}; use {', '.join(WRITERS)}")
    with material(context, paths, store) as known:
        outcome = known.outcome()
        table, conflicts = outcome.table, outcome.conflicts
        if metric is not None:
            table = table[table.index.get_level_values("metric") == metric]
            conflicts = tuple(one for one in conflicts if one.metric == metric)
        count = write_file(
            table, _ready(target), conflicts=conflicts, lexicon=lexicon_of(context), reviews=known.settled()
        )
        typer.echo(f"{count:,} figures written to {target}")
        return known.status


def report(
    context: typer.Context,
    target: Annotated[Path, typer.Argument(metavar="FILE.html", help="Where to write it.")],
    paths: FromOption = None,
    store: StoreOption = None,
    title: Annotated[str, typer.Option(help="Its title.")] = "Figures report",
) -> int:
    """Write a self-contained HTML report.

    Conflicts with their evidence, what could not be compared, then the figures by metric.
    """
    from figures.publish.report import report_html

    if target.suffix.casefold() not in (".html", ".htm"):
        raise CliError(f"{target}: a report is an HTML file; let its name end in .html")
    with material(context, paths, store) as known:
        page = report_html(known.outcome(), title=title, articles=known.count, lexicon=lexicon_of(context))
        _ready(target).write_text(page, encoding="utf-8")
        typer.echo(f"Report: {target}")
        return known.status


def _ready(target: Path) -> Path:
    if target.is_dir():
        raise CliError(f"{target} is a folder; name a file in it")
    target.parent.mkdir(parents=True, exist_ok=True)
    return target
