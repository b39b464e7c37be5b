"""Commands of people who judge: review, withdraw."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from figures.cli.inputs import opened
from figures.cli.options import StoreOption, examples, lexicon_of
from figures.cli.problems import DONE, CliError

if TYPE_CHECKING:
    from figures.store.reviews import Verdict

NameOption = Annotated[str, typer.Option("--as", metavar="NAME", help="Who judges; everybody sees it.")]


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(
        epilog=examples(
            "figures review c0123456789abcdef confirmed --as 'Copy desk'",
            "figures review c0123456789abcdef dismissed --as 'Copy desk' --reason 'different things'",
            "figures review c0123456789abcdef resolved --as 'Copy desk' --note 'The ministry corrected its table.'",
            "figures review f0123456789abcdef misread --as 'Copy desk' --field population --value civilians",
            "figures review f0123456789abcdef misread --as 'Copy desk' --note 'A page number.'",
        )
    )(review)
    app.command(epilog=examples("figures withdraw voa-2022-03-03 --reason 'Retracted by its outlet.'"))(withdraw)


def review(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="ID", help="A conflict_id or a figure_id.")],
    verdict: Annotated[
        str, typer.Argument(metavar="VERDICT", help="confirmed, dismissed or resolved; of a figure: misread.")
    ],
    reviewer: NameOption,
    reason: Annotated[
        str | None,
        typer.Option(help="Why dismissed: different things, misread, same statement, other."),
    ] = None,
    note: Annotated[str | None, typer.Option(help="In your words; a resolved conflict needs what settled it.")] = None,
    field: Annotated[
        str | None, typer.Option(help="The column that was misread; without it, the words are no figure at all.")
    ] = None,
    value: Annotated[str | None, typer.Option(help="Its right value; without it, empty.")] = None,
    store: StoreOption = None,
) -> int:
    """Judge a conflict, or mark a figure as misread.

    Reviews are only ever added. "confirmed" says that the clash is real, not who is right; "dismissed" takes it off the
    lists; "resolved" names what settled it.
    """
    from figures.desk import Desk
    from figures.store.reviews import VERDICTS

    with opened(context, store) as kept:
        if verdict == "misread":
            desk = Desk(kept, lexicon_of(context))
            desk.correct(subject, field or "figure", number_or_text(value), reviewer=reviewer, note=note)
        elif verdict in VERDICTS:
            kept.review(subject, cast("Verdict", verdict), reviewer=reviewer, reason=reason, note=note)
        else:
            raise CliError(f"{verdict}: no verdict; use confirmed, dismissed, resolved, or misread for a figure")
    typer.echo(f"{subject}: {verdict} by {reviewer}")
    return DONE


def number_or_text(value: str | None) -> float | str | None:
    """What the user typed, as a number where it is one."""
    if value is None or not value.strip():
        return None
    try:
        return float(value.replace(",", ""))
    except ValueError:
        return value


def withdraw(
    context: typer.Context,
    article_id: Annotated[str, typer.Argument(metavar="ARTICLE_ID", help="The article to take out.")],
    reason: Annotated[str | None, typer.Option(help="Why, for whoever asks later.")] = None,
    reviewer: NameOption = "",
    store: StoreOption = None,
) -> int:
    """Take an article out of every answer.

    Its figures leave tables, conflicts and latest figures; the article stays readable.
    """
    from figures.desk import Desk

    with opened(context, store) as kept:
        if kept.article(article_id) is None:
            raise CliError(f"{article_id}: no such article in this store")
        done = Desk(kept, lexicon_of(context)).withdraw(article_id, by=reviewer, reason=reason)
    typer.echo(f"{article_id}: {'withdrawn' if done else 'had been withdrawn before'}")
    return DONE
