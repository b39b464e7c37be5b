"""What several commands take: paths, formats, the store, the lexicon, the scope of a question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from figures.cli.problems import CliError

if TYPE_CHECKING:
    from figures.lexicon import Lexicon

DEFAULT_STORE: Final = "figures.db"


class Format(StrEnum):
    """How a listing is written: for people, for a pipe, for a spreadsheet."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class PolicyName(StrEnum):
    """How ``latest`` chooses the number of a series."""

    LATEST = "latest"
    CONSERVATIVE = "conservative"
    RANGE = "range"


class LevelName(StrEnum):
    """How clearly statements clash: "check first", "check", "minor"."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


PathsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…",
        help="Texts, JSON, CSV, pages, feeds, WARC, PDF, Word; folders, globs, addresses; - is standard input.",
    ),
]
OptionalPathsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[PATH…]",
        help="Articles to read instead of a store: files of any format, folders, addresses; - is standard input. "
        "Or figures in Parquet.",
    ),
]
FromOption = Annotated[
    list[str] | None,
    typer.Option("--from", metavar="PATH", help="Read these articles instead of a store. May be repeated."),
]
FormatOption = Annotated[Format, typer.Option("--format", help="table for people, jsonl for a pipe, csv.")]
StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="PATH|URL",
        help=f"The store, a file or a database URL. Default: FIGURES_STORE, else {DEFAULT_STORE} here.",
    ),
]
PlaceOption = Annotated[str | None, typer.Option("--place", help="Only this place.")]
PartyOption = Annotated[str | None, typer.Option("--party", help="Only this side or nationality, “Russian”.")]
PopulationOption = Annotated[str | None, typer.Option("--population", help="Only these, “troops”, “civilians”.")]
SourceOption = Annotated[str | None, typer.Option("--source", help="Only what this source says.")]
EventOption = Annotated[str | None, typer.Option("--event", help="Only this event.")]
OutletOption = Annotated[str | None, typer.Option("--outlet", help="The outlet, where the input does not say.")]
PublishedOption = Annotated[
    str | None,
    typer.Option("--published-at", metavar="DATE", help="ISO date or date-time, where the input does not say."),
]
TitleOption = Annotated[str | None, typer.Option("--title", help="The title, where the input does not say.")]
WorkersOption = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Processes that read at once. Default: one a processor.", show_default=False),
]
UrlOption = Annotated[str | None, typer.Option("--url", help="The address, where the input does not say.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What stands before the command: the store and the user's own lexicon files."""

    store: str | None = None
    metric_files: tuple[Path, ...] = ()
    source_files: tuple[Path, ...] = ()


def examples(*lines: str) -> str:
    """An epilog of command lines, each on its own line of the help."""
    # \b keeps the help from filling the lines into a paragraph.
    return "\b\nExamples:\n" + "\n".join(f"  {one}" for one in lines)


def settings_of(context: typer.Context) -> Settings:
    """The options given before the command."""
    found = context.find_root().obj
    return found if isinstance(found, Settings) else Settings()


def lexicon_of(context: typer.Context) -> Lexicon:
    """The packaged lexicon, with the user's files over it where ``--metrics`` or ``--sources`` name some."""
    return recipe_of(context)()


def recipe_of(context: typer.Context) -> Callable[[], Lexicon]:
    """What makes that lexicon, in this process or another."""
    from figures.lexicon import default_lexicon, read_lexicon

    settings = settings_of(context)
    if not settings.metric_files and not settings.source_files:
        return default_lexicon
    for path in (*settings.metric_files, *settings.source_files):
        if not path.is_file():
            raise CliError(f"{path}: no such file; name a lexicon file in TOML")
    return partial(read_lexicon, metric_files=settings.metric_files, source_files=settings.source_files)


def scope_of(**slots: str | None) -> dict[str, Any]:
    """The slots that were given, for ``latest`` and ``timeline``."""
    return {name: value for name, value in slots.items() if value is not None}


def instant(text: str, option: str) -> str:
    """An ISO 8601 date or date-time as the user gave it, checked."""
    from figures.model import normalised_instant

    try:
        return normalised_instant(text) or ""
    except ValueError:
        raise CliError(f"{option} {text}: no date; write 2022-03-02, or 2022-03-02T18:00:00+00:00") from None
