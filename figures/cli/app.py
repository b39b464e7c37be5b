"""The application: root options, the commands, and how errors end."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from figures.cli import answers, archive, reading, reviewing, revising, serving, sharing, watching
from figures.cli.options import Settings
from figures.cli.problems import UNUSABLE, CliError, one_line


class _ReaderLeftError(Exception):
    """Whoever read standard output has closed it."""


class _Group(TyperGroup):
    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        try:
            return super().invoke(ctx)
        except (_ReaderLeftError, BrokenPipeError):
            # Left alone, the framework would end with status 1, which is our word for "found".
            raise _ReaderLeftError from None


def _print_version(wanted: bool) -> None:
    if wanted:
        from figures import __version__

        typer.echo(f"figures {__version__}")
        raise typer.Exit


app = typer.Typer(
    name="figures",
    cls=_Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback(
    epilog="Figures compares what sources say; it does not know what is true. "
    "Exit status: 0 done, 1 something found, 2 usage or input error."
)
def figures(
    context: typer.Context,
    store: Annotated[
        str | None,
        typer.Option(metavar="PATH|URL", envvar="FIGURES_STORE", help="The store, a file or a database URL."),
    ] = None,
    metrics: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Metrics of your own, in TOML, over the packaged ones. May be repeated."),
    ] = None,
    sources: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Sources of your own, in TOML, over the packaged ones. May be repeated."),
    ] = None,
    version: Annotated[  # noqa: ARG001
        bool,
        typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_print_version),
    ] = False,
) -> None:
    """Read news, keep every number with who said it, and tell which numbers cannot all be true."""
    context.obj = Settings(store=store, metric_files=tuple(metrics or ()), source_files=tuple(sources or ()))


for _module in (reading, watching, answers, sharing, reviewing, revising, archive, serving):
    _module.register(app)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status.

    What the user can mend ends as one line on standard error and status 2; a reader that closes the pipe early
    (``figures … | head``) ends the command in silence. Anything else is a fault of ours and keeps its traceback.
    """
    # Libraries that read pages and documents grumble to logging about what we report ourselves, in one line a file.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        status = app(
            args=list(arguments) if arguments is not None else None, prog_name="figures", standalone_mode=False
        )
    except typer.Abort:
        status = 130
    except KeyboardInterrupt:
        status = 130
    except (_ReaderLeftError, BrokenPipeError):
        # Python would complain once more when it flushes standard output at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = 0
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        if context is not None and type(error).__name__ == "NoArgsIsHelpError":
            # No arguments at all is how one asks what there is.
            print(error.format_message(), file=sys.stderr)  # noqa: T201
            sys.exit(UNUSABLE)
        command = context.command_path if context is not None else "figures"
        message = " ".join(error.format_message().split()).rstrip(".").replace(" Value error, ", " ")
        status = _complain(f"{message}. See: {command} --help") if message else UNUSABLE
    except CliError as error:
        status = _complain(str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        status = _complain(f"{where}{error.strerror or error}; check the path, its permissions and the space left")
    except ValueError as error:
        # Every error class of ours that a user can mend (of input, lexicon, store) is a ValueError from figures.*.
        if not _ours(error):
            raise
        status = _complain(str(error))
    sys.exit(status if isinstance(status, int) else 0)


def _complain(message: str) -> int:
    print(f"figures: {one_line(message)}", file=sys.stderr)  # noqa: T201
    return UNUSABLE


def _ours(error: ValueError) -> bool:
    return type(error).__module__.startswith("figures.")
