"""Commands that hand over: export, report, serve."""

from __future__ import annotations

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

import typer

from figures.cli.inputs import material, opened, store_target
from figures.cli.options import FromOption, StoreOption, examples, lexicon_of, settings_of
from figures.cli.problems import DONE, CliError


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
    app.command(
        epilog=examples(
            "figures serve --store desk.db --port 8000",
        )
    )(serve)


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
        count = write_file(table, _ready(target), conflicts=conflicts, lexicon=lexicon_of(context))
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


def serve(
    context: typer.Context,
    store: StoreOption = None,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8000,
) -> int:
    """Serve the store over HTTP.

    On this machine only, unless --host says otherwise; writes are taken only while bound to this machine.
    """
    try:
        import uvicorn
    except ImportError:
        raise CliError("serve needs the service extra; install it with: pip install 'figures[service]'") from None
    settings = settings_of(context)
    if settings.metric_files or settings.source_files:
        raise CliError("serve reads with the packaged lexicon; leave out --metrics and --sources")
    target = store_target(context, store)
    with opened(context, store, create=True):
        pass
    # The service is a layer above this one and is named to the server, never imported; it reads its store from here.
    os.environ["FIGURES_STORE"] = target
    os.environ["FIGURES_WRITABLE"] = "1" if is_loopback(host) else ""
    uvicorn.run("service.app:create_app", factory=True, host=host, port=port, log_level="info", server_header=False)
    return DONE


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _ready(target: Path) -> Path:
    if target.is_dir():
        raise CliError(f"{target} is a folder; name a file in it")
    target.parent.mkdir(parents=True, exist_ok=True)
    return target
