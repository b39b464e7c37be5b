"""Commands that answer: latest, conflicts, check, compare, explain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any

import typer

from figures.cli.inputs import Inputs, has_store, material, opened, table_of
from figures.cli.options import (
    EventOption,
    Format,
    FormatOption,
    FromOption,
    LevelName,
    OptionalPathsArgument,
    OutletOption,
    PartyOption,
    PlaceOption,
    PolicyName,
    PopulationOption,
    PublishedOption,
    SourceOption,
    StoreOption,
    examples,
    instant,
    lexicon_of,
    recipe_of,
    scope_of,
)
from figures.cli.output import plain_rows, write
from figures.cli.problems import DONE, FOUND, CliError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from figures.model import Relation
    from figures.reconcile import Reconciliation

LEVELS = ("low", "medium", "high")


def register(app: typer.Typer) -> None:
    """Add this module's commands."""
    app.command(
        epilog=examples(
            "figures latest refugees",
            "figures latest deaths --population troops --party Russian",
            "figures latest refugees --from seeds --known-by 2022-03-02",
        )
    )(latest)
    app.command(
        epilog=examples(
            "figures conflicts",
            "figures conflicts seeds --format jsonl",
            "figures conflicts --fail-on high news.jsonl",
        )
    )(conflicts)
    app.command(
        epilog=examples(
            "figures check draft.txt",
            "figures check draft.txt --against seeds",
        )
    )(check)
    app.command(
        epilog=examples(
            "figures compare f0123456789abcdef ffedcba9876543210 --from seeds",
        )
    )(compare)
    app.command(
        epilog=examples(
            "figures explain f0123456789abcdef --from seeds",
        )
    )(explain)


def latest(
    context: typer.Context,
    metric: Annotated[
        str, typer.Argument(metavar="METRIC", help="A name that `figures metrics` lists, or an open one.")
    ],
    paths: FromOption = None,
    store: StoreOption = None,
    output: FormatOption = Format.TABLE,
    policy: Annotated[
        PolicyName,
        typer.Option(
            help="latest: the highest-ranked source; conservative: the lowest bound; range: from low to high."
        ),
    ] = PolicyName.LATEST,
    known_by: Annotated[
        str | None, typer.Option("--known-by", metavar="DATE", help="What had been published by then.")
    ] = None,
    place: PlaceOption = None,
    party: PartyOption = None,
    population: PopulationOption = None,
    source: SourceOption = None,
    event: EventOption = None,
) -> int:
    """Give the latest figure for a metric.

    Series by series: who says so, as of when, and who disagrees.
    """
    if known_by is not None:
        known_by = instant(known_by, "--known-by")
    scope = scope_of(place=place, party=party, population=population, source=source, event=event)
    with material(context, paths, store) as known:
        found = known.latest(metric, policy=policy.value, known_by=known_by, **scope)
        if not len(found) and metric not in (names := lexicon_of(context).metrics.metrics):
            near = get_close_matches(metric, names, n=1)
            hint = f"did you mean {near[0]}? " if near else ""
            raise CliError(f"no figures of {metric!r}; {hint}figures metrics lists the names")
        if output is Format.TABLE:
            from figures.cli.terminal import console, print_latest

            print_latest(console(), plain_rows(found), metric, scope, articles=known.count)
        else:
            write(plain_rows(found), output)
        return known.status


def conflicts(
    context: typer.Context,
    paths: OptionalPathsArgument = None,
    store: StoreOption = None,
    output: FormatOption = Format.TABLE,
    level: Annotated[LevelName, typer.Option("--level", help="The least level to list.")] = LevelName.LOW,
    metric: Annotated[str | None, typer.Option("--metric", help="Only this metric.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="Only this kind, “misquote”.")] = None,
    dismissed: Annotated[bool, typer.Option("--dismissed", help="List what reviewers have dismissed, too.")] = False,
    uncompared: Annotated[
        bool, typer.Option("--uncompared", help="List what could not be compared, too, and what is missing.")
    ] = False,
    implausible_growth: Annotated[
        bool,
        typer.Option("--implausible-growth", help="List counts that grow faster than their event's age allows, too."),
    ] = False,
    fail_on: Annotated[
        LevelName | None, typer.Option("--fail-on", help="Exit with 1 if there is a conflict of this level or above.")
    ] = None,
) -> int:
    """List figures that cannot all be true.

    From the store, or straight from articles.
    """
    from figures.publish.words import KINDS
    from figures.reconcile import expanded, rows_by_id
    from figures.reconcile import implausible_growth as fast_growing

    if kind is not None and kind not in KINDS:
        raise CliError(f"--kind {kind}: no such kind; use {', '.join(KINDS)}")
    with material(context, paths, store) as known:
        outcome = known.outcome()
        if implausible_growth or kind == "implausible_growth":
            grown = fast_growing(outcome.table, lexicon_of(context))
            outcome = replace(outcome, conflicts=(*outcome.conflicts, *grown))
        listed = [
            one
            for one in outcome.conflicts
            if LEVELS.index(one.level) >= LEVELS.index(level.value)
            and (metric is None or one.metric == metric)
            and (kind is None or one.kind == kind)
            and (dismissed or one.status != "dismissed")
        ]
        listed.sort(key=lambda one: (-one.severity, one.conflict_id))
        rows = rows_by_id(outcome.table, *listed)
        documents = [expanded(one, rows) for one in listed]
        if output is Format.TABLE:
            _print_conflicts(context, documents, outcome, known.count, uncompared=uncompared)
            if outcome.conflicts and not documents:
                typer.echo("None of them is of the metric, kind, level or status asked for.")
        else:
            write(documents if output is Format.JSONL else [_flat_conflict(one) for one in documents], output)
        grave = fail_on is not None and any(
            one.status != "dismissed" and LEVELS.index(one.level) >= LEVELS.index(fail_on.value) for one in listed
        )
        return known.status or (FOUND if grave else DONE)


def _print_conflicts(
    context: typer.Context,
    documents: Sequence[Mapping[str, Any]],
    outcome: Reconciliation,
    articles: int,
    *,
    uncompared: bool,
) -> None:
    from figures.cli.terminal import console, print_conflict, print_uncompared
    from figures.publish.words import overview_sentence
    from figures.table import flat, to_rows

    out = console()
    lexicon = lexicon_of(context)
    table = flat(outcome.table)
    pending = outcome.uncompared
    for one in documents:
        print_conflict(out, one, lexicon)
        out.print()
    if uncompared:
        some = table[table["figure_id"].isin({one for pair in pending for one in (pair.a, pair.b)})]
        print_uncompared(out, pending, {row["figure_id"]: row for row in to_rows(some)})
    # Counted by column: an archive has more rows than can be looked at one by one.
    days = table["published_at"].dropna().str.slice(0, 10)
    levels = [one.level for one in outcome.conflicts if one.status != "dismissed"]
    sentence = overview_sentence(
        articles=articles,
        outlets=table.loc[table["outlet"] != "", "outlet"].nunique(),
        days=(date.fromisoformat(days.min()), date.fromisoformat(days.max())) if len(days) else None,
        numbers=len(table),
        conflicts=sum(level != "low" for level in levels),
        minor=levels.count("low"),
        uncompared=len(pending),
    )
    out.print(sentence, markup=False, soft_wrap=True)


def _flat_conflict(document: Mapping[str, Any]) -> dict[str, Any]:
    """A conflict as one line of a spreadsheet: the camps as numbers with their sources."""
    from figures.notation import as_written

    camps = " | ".join(
        "; ".join(dict.fromkeys(f"{as_written(row)} {row['source'] or ''}".rstrip() for row in camp))
        for camp in document["camps"]
    )
    series = document["series"]
    slots = ("unit", "event", "population", "party", "place", "place_role", "aspect")
    return {
        **{name: document[name] for name in ("conflict_id", "kind", "level", "severity", "metric")},
        **{name: series.get(name) for name in slots},
        "camps": camps,
        **{name: document[name] for name in ("gap", "status", "explanation")},
    }


def check(
    context: typer.Context,
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="The draft: a text, or - for standard input.")],
    against: Annotated[
        list[str] | None,
        typer.Option("--against", metavar="PATH", help="Articles to check against. May be repeated."),
    ] = None,
    store: StoreOption = None,
    output: FormatOption = Format.TABLE,
    outlet: OutletOption = None,
    published_at: PublishedOption = None,
) -> int:
    """Check every number of a draft.

    Against itself, against the articles that --against names, against the store where there is one. The draft is never
    stored. Exits with 1 where a number conflicts or is credited to the wrong source.
    """
    from figures.reconcile.check import check as check_draft
    from figures.table import concat

    recipe = recipe_of(context)
    lexicon = recipe()
    inputs = Inputs([draft], outlet=outlet, published_at=published_at, quiet=True)
    table = table_of(inputs, recipe)
    if not inputs.count:
        # Why has been said already, where it could not be read.
        if inputs.status:
            return inputs.status
        raise CliError(f"{draft}: nothing to check")
    known: list[pd.DataFrame] = []
    status = inputs.status
    if against:
        others = Inputs(against)
        known.append(table_of(others, recipe))
        status = status or others.status
    if has_store(context, store):
        with opened(context, store) as kept:
            known.append(kept.table())
    verdicts = check_draft(table, concat(known), lexicon)
    if output is Format.TABLE:
        from figures.cli.terminal import console, print_verdicts

        print_verdicts(console(), verdicts, articles=_articles(known))
    else:
        rows = [one.to_row() for one in verdicts]
        write(rows if output is Format.JSONL else [_flat_verdict(one) for one in rows], output)
    if status:
        return status
    return FOUND if any(one.verdict in ("conflicts", "misattributed") for one in verdicts) else DONE


def _flat_verdict(row: Mapping[str, Any]) -> dict[str, Any]:
    """A verdict as one line of a spreadsheet, with the closest evidence."""
    from figures.notation import as_written

    figure, evidence = row["figure"], row["evidence"]
    closest = evidence[0] if evidence else None
    return {
        **{name: figure[name] for name in ("figure_id", "quote", "metric", "value", "source", "sentence")},
        "verdict": row["verdict"],
        "differs_in": "; ".join(row["differs_in"]),
        "missing": "; ".join(row["missing"]),
        "contested": row["contested"],
        "origins": row["origins"],
        "evidence": f"{as_written(closest)} {closest['source'] or ''}, {closest['outlet'] or ''}" if closest else "",
        **{name: row[name] for name in ("reading", "explanation", "suggestion")},
    }


def _articles(tables: Sequence[pd.DataFrame]) -> int:
    return len({one for table in tables for one in table["article_id"]})


def compare(
    context: typer.Context,
    a: Annotated[str, typer.Argument(metavar="A", help="A figure_id, or its beginning.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    paths: FromOption = None,
    store: StoreOption = None,
    output: FormatOption = Format.TABLE,
) -> int:
    """Tell whether two figures agree, and why."""
    from figures.reconcile import compare as compare_figures
    from figures.table import to_rows

    lexicon = lexicon_of(context)
    with material(context, paths, store) as known:
        rows = to_rows(known.outcome().table)
        first, second = one_figure(rows, a), one_figure(rows, b)
        relation = compare_figures(first, second, lexicon)
        if output is Format.TABLE:
            from figures.cli.terminal import console, print_relation

            print_relation(console(), first, second, relation)
        else:
            write([_relation_row(first, second, relation, lists=output is Format.JSONL)], output)
        return known.status


def _relation_row(
    first: Mapping[str, Any], second: Mapping[str, Any], relation: Relation, *, lists: bool
) -> dict[str, Any]:
    row: dict[str, Any] = {"a": first["figure_id"], "b": second["figure_id"]}
    row |= {name: getattr(relation, name) for name in ("verdict", "outcome", "kind", "gap")}
    for name in ("reasons", "missing"):
        found = list(getattr(relation, name))
        row[name] = found if lists else "; ".join(found)
    return row | {"explanation": relation.explanation}


def explain(
    context: typer.Context,
    figure_id: Annotated[str, typer.Argument(metavar="FIGURE_ID", help="A figure_id, or its beginning.")],
    paths: FromOption = None,
    store: StoreOption = None,
    output: FormatOption = Format.TABLE,
) -> int:
    """Tell why a figure was read as it was.

    Which rule read which words, drawn on the sentence.
    """
    from figures.table import to_rows

    with material(context, paths, store) as known:
        row = one_figure(to_rows(known.outcome().table), figure_id)
        if output is Format.TABLE:
            from figures.cli.terminal import console, print_explanation

            article = known.article(str(row["article_id"]))
            print_explanation(console(), row, article.field_text(row["field"]) if article else None)
        else:
            write([row], output)
        return known.status


def one_figure(rows: Sequence[Mapping[str, Any]], key: str) -> Mapping[str, Any]:
    """The figure whose id is, or begins with, ``key``."""
    found = [row for row in rows if str(row["figure_id"]).startswith(key)]
    exact = [row for row in found if row["figure_id"] == key]
    if exact or len(found) == 1:
        return (exact or found)[0]
    if found:
        raise CliError(f"{key}: {len(found)} figures begin so; give more of the id")
    raise CliError(f"{key}: no such figure here; list them with: figures extract --format jsonl PATH…")
