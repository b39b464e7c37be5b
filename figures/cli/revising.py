"""The command revisions, and the lines that ingest and watch print of an article that has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from figures.cli.inputs import opened
from figures.cli.options import Format, FormatOption, StoreOption, examples, lexicon_of
from figures.cli.output import write
from figures.cli.problems import DONE, CliError, one_line

if TYPE_CHECKING:
    from figures.lexicon import Lexicon
    from figures.reconcile import Revision
    from figures.store import Store, Version

MOST_SHOWN: Final = 12
"""Of one article; a text that was written anew differs in everything."""


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command(
        epilog=examples(
            "figures revisions voa-2022-03-03",
            "figures revisions https://news.example/quake --format jsonl",
        )
    )(revisions)


def revisions(
    context: typer.Context,
    article: Annotated[str, typer.Argument(metavar="ARTICLE_ID|URL", help="An article of the store.")],
    store: StoreOption = None,
    output: FormatOption = Format.TABLE,
) -> int:
    """Show which figures changed between the versions of one article.

    Added, removed, or now with another value, source or scope. Words around a number that stays are no revision.
    """
    with opened(context, store) as kept:
        versions = kept.versions(_identity(article))
        if not versions:
            raise CliError(f"{article}: no such article in the store; figures extract and GET /v1/figures name them")
        lexicon = lexicon_of(context)
        steps = [(later, list(between(earlier, later, lexicon))) for earlier, later in pairwise(versions)]
    if output is Format.TABLE:
        if not steps:
            typer.echo("One version; nothing has changed.")
        for later, changes in steps:
            typer.echo(f"Version {later.revision - 1} to {later.revision}:")
            for line in lines_of(changes, most=None) or ["  No figure changed."]:
                typer.echo(line)
    else:
        write((_row(later, one) for later, changes in steps for one in changes), output)
    return DONE


def changed_articles(kept: Store, article_ids: Iterable[str], lexicon: Lexicon) -> Iterator[str]:
    """For each article that was revised just now: its name, and what changed among its figures."""
    for article_id in article_ids:
        *_, earlier, later = kept.versions(article_id)
        changes = list(between(earlier, later, lexicon))
        name = later.article.title or later.article.url or article_id
        yield f"Revised: {one_line(name)}{': no figure changed' if not changes else ''}"
        yield from lines_of(changes)


def between(earlier: Version, later: Version, lexicon: Lexicon) -> tuple[Revision, ...]:
    """The figures that differ between two versions, both read by the reader as it now is."""
    from figures.extract import extract
    from figures.reconcile import revisions as differences

    return differences(extract(earlier.article, lexicon), extract(later.article, lexicon))


def lines_of(changes: Iterable[Revision], *, most: int | None = MOST_SHOWN) -> list[str]:
    """A line a change: "deaths 12 → 30 (value)"."""
    changes = list(changes)
    lines = [f"  {_line(one)}" for one in changes[:most]]
    if most is not None and len(changes) > most:
        lines.append(f"  … and {len(changes) - most:,} more")
    return lines


def _line(one: Revision) -> str:
    from figures.notation import as_written

    row: Any = one.after if one.after is not None else one.before
    who = f", {one_line(str(row['source']))}" if row["source"] else ""
    if one.change != "changed":
        return f"{one.change}: {row['metric']} {as_written(row)}{who}"
    before, after = as_written(dict(one.before or {})), as_written(row)
    if before != after:
        return f"changed: {row['metric']} {before} → {after}{who}"
    parts = [f"{name} {_word(one.before, name)} → {_word(one.after, name)}" for name in one.differs_in]
    return f"changed: {row['metric']} {after}{who}: {'; '.join(parts)}"


def _word(row: Any, name: str) -> str:
    value = (row or {}).get(name)
    return "not said" if value is None else one_line(str(value))


def _row(later: Version, one: Revision) -> dict[str, Any]:
    row: Any = one.after if one.after is not None else one.before
    return {
        "article_id": later.article.article_id, "revision": later.revision, "change": one.change,
        "metric": row["metric"], "differs_in": "; ".join(one.differs_in),
        "value_before": (one.before or {}).get("value"), "value_after": (one.after or {}).get("value"),
        "quote_before": (one.before or {}).get("quote"), "quote_after": (one.after or {}).get("quote"),
        "sentence_before": (one.before or {}).get("sentence"), "sentence_after": (one.after or {}).get("sentence"),
    }  # fmt: skip


def _identity(article: str) -> str:
    if article.startswith(("http://", "https://")):
        from figures.ingest.addresses import identity

        return identity(article)
    return article
