"""The command that goes on by itself: watch."""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Final

import typer

from figures.cli.inputs import opened
from figures.cli.options import StoreOption, WorkersOption, examples, recipe_of, settings_of
from figures.cli.problems import DONE, UNUSABLE, CliError, one_line
from figures.cli.revising import changed_articles

if TYPE_CHECKING:
    from figures.desk import Desk, Summary
    from figures.ingest.watching import Watcher
    from figures.lexicon import Lexicon
    from figures.model import Article

_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_LEAST: Final = 60  # seconds between two requests for one feed
_NAP: Final = 0.5  # seconds: how soon a signal to end, or a clock put forward, is noticed


def register(app: typer.Typer) -> None:
    """Add this module's command."""
    app.command(
        epilog=examples(
            "figures watch feeds.opml --store desk.db",
            "figures watch feeds.txt --once     # from a timer of systemd, or cron",
            "figures watch https://example.org/rss --every 1h",
        )
    )(watch)


def watch(
    context: typer.Context,
    feeds: Annotated[
        str, typer.Argument(metavar="FEEDS", help="An OPML file, a text with one address a line, or a feed's address.")
    ],
    store: StoreOption = None,
    once: Annotated[bool, typer.Option("--once", help="Ask the feeds that are due, and end.")] = False,
    every: Annotated[str, typer.Option(metavar="TIME", help="How often to ask a feed at most: 30m, 2h.")] = "15m",
    state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What was seen. Default: beside the list of feeds, its name and .seen.json."),
    ] = None,
    most: Annotated[int, typer.Option(min=1, help="New articles of one feed to read at a time.")] = 50,
    workers: WorkersOption = None,
) -> int:
    """Read what is new in feeds into the store, and tell what changed among the conflicts.

    Feeds are asked with their ETag and date, and more seldom while they fail. A linked page is read where robots.txt
    allows it; else the feed's excerpt, said to be partial. An article counts as seen once it is kept.
    """
    interval = _interval(every)
    try:
        from figures.ingest.watching import Watcher, read_feed_list
    except ModuleNotFoundError:
        raise CliError("watch needs the formats extra; install it with: pip install 'figures[formats]'") from None
    from figures.desk import Desk
    from figures.extract.many import reader_id

    watcher = Watcher(read_feed_list(feeds), state or _beside(feeds), every=interval, most=most)
    recipe, settings = recipe_of(context), settings_of(context)
    with opened(context, store, create=True) as kept, _ending_softly() as ending:
        desk = Desk(kept, recipe())
        own_files = (*settings.metric_files, *settings.source_files)
        while True:
            summary = _look(watcher, desk, recipe, workers, reader_id(own_files))
            for line in _told(watcher, desk, summary):
                typer.echo(line)
            if once or ending:
                # A timer must hear of it where nothing could be asked at all.
                return UNUSABLE if once and 0 < watcher.round.asked == watcher.round.failed else DONE
            _sleep_until(watcher.next_due(), ending)
            if ending:
                return DONE


def _look(watcher: Watcher, desk: Desk, recipe: Callable[[], Lexicon], workers: int | None, reader: str) -> Summary:
    """One look at the feeds: what is new is read and kept, and only then counts as seen."""
    from figures.extract.many import extract_many
    from figures.model import Skipped

    def articles() -> Iterator[Article]:
        for item in watcher.poll():
            if isinstance(item, Skipped):
                typer.echo(f"figures: {one_line(str(item))}", err=True)
            elif not desk.store.is_read(item, reader):
                yield item

    reads = extract_many(articles(), recipe, workers=workers)
    summary = desk.keep(((one.article, one.figures) for one in reads if one.skipped is None), reader=reader)
    watcher.save()
    return summary


def _told(watcher: Watcher, desk: Desk, summary: Summary) -> Iterator[str]:
    """What came of a look: a line for the feeds, one for the articles, one for each conflict that is new or changed."""
    from figures.publish.words import LEVELS, plural, question_apart

    seen = watcher.round
    now = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    parts = [f"{plural(seen.asked, 'feed')} asked"]
    parts += [f"{seen.unchanged} unchanged"] if seen.unchanged else []
    parts += [f"{seen.failed} failed"] if seen.failed else []
    parts += [f"{plural(seen.partial, 'excerpt')} only"] if seen.partial else []
    yield f"{now} {', '.join(parts)}. {summary if summary.outcomes else 'Nothing new.'}"
    revised = [one.article_id for one in summary.outcomes if one.outcome == "revised" and one.new_text]
    for line in changed_articles(desk.store, revised, desk.lexicon):
        yield f"  {line}"
    for change in summary.changes:
        found = desk.store.conflict(change.conflict_id)
        if found is None or change.change not in ("opened", "changed", "reopened"):
            continue
        words = question_apart(found.conflict.explanation)[0].split(". ")[0].rstrip(".")
        yield f"  {change.change}, {LEVELS[found.conflict.level]}: {one_line(words)}. {change.conflict_id}"


def _interval(text: str) -> timedelta:
    found = re.fullmatch(r"(\d{1,6})\s*([smhd])", text.strip().lower())
    seconds = int(found[1]) * _UNITS[found[2]] if found else 0
    if seconds < _LEAST:
        raise CliError(f"--every {text!r}: write a time of at least a minute, as in 30m, 2h or 1d")
    return timedelta(seconds=seconds)


def _beside(feeds: str) -> Path:
    if feeds.startswith(("http://", "https://")):
        return Path(re.sub(r"[^A-Za-z0-9.]+", "-", feeds.split("://", 1)[1]).strip("-")[:80] + ".seen.json")
    path = Path(feeds)
    return path.with_name(path.name + ".seen.json")


@contextmanager
def _ending_softly() -> Iterator[list[int]]:
    """A list that a signal to end fills: what is under way is finished first. A second signal ends at once."""
    ending: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        if ending:
            raise KeyboardInterrupt
        ending.append(number)

    before = {number: signal.signal(number, end) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield ending
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _sleep_until(due: datetime, ending: list[int]) -> None:
    while not ending and (left := (due - datetime.now(UTC)).total_seconds()) > 0:
        time.sleep(min(left, _NAP))
