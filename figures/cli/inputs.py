"""Where a command's figures come from: articles read on the spot, or a store."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

import typer

from figures.cli.options import DEFAULT_STORE, lexicon_of, recipe_of, settings_of
from figures.cli.problems import DONE, UNUSABLE, CliError, one_line

if TYPE_CHECKING:
    import pandas as pd

    from figures.extract.many import Read
    from figures.lexicon import Lexicon
    from figures.model import Article, Figure, Skipped
    from figures.publish.linked import Settled
    from figures.reconcile import Reconciliation
    from figures.reconcile.latest import Policy
    from figures.store import Store

Item = TypeVar("Item")
_LINES: Final = frozenset({".jsonl", ".ndjson"})
_ONE_EACH: Final = frozenset({".txt", ".text", ".html", ".htm", ".xhtml", ".pdf", ".docx"})
_BESIDE: Final = frozenset({"", ".toml", ".md"})
MOST_WARNINGS: Final = 3
"""Of one kind and file; the rest are counted. What could not be read at all is always named."""


class Inputs:
    """The articles of some paths, one at a time; what could not be read goes to standard error as it happens."""

    def __init__(
        self,
        paths: Sequence[str],
        *,
        outlet: str | None = None,
        published_at: str | None = None,
        title: str | None = None,
        url: str | None = None,
        quiet: bool = False,
    ) -> None:
        self.paths = list(paths)
        self.quiet = quiet
        self.given = {"outlet": outlet, "published_at": published_at, "title": title, "url": url}
        self.count = 0
        self.failed = 0
        self.passed = 0
        self.characters = 0
        self.reasons: Counter[str] = Counter()
        self._warned: Counter[tuple[str, str]] = Counter()

    def __iter__(self) -> Iterator[Article]:
        for article in self._articles() if self.quiet else progress(self._articles(), "articles"):
            self.count += 1
            yield article
        self._tell_rest()

    def read(
        self,
        make_lexicon: Callable[[], Lexicon],
        *,
        workers: int | None = None,
        all_quantities: bool = False,
        unless: Callable[[Article], bool] | None = None,
    ) -> Iterator[Read]:
        """Each article with its figures, in order, by several processes where there is enough to read.

        Articles that ``unless`` holds of are passed over and counted in ``passed``.
        """
        from figures.extract.many import extract_many

        def wanted() -> Iterator[Article]:
            for article in self._articles():
                self.count += 1
                if unless is not None and unless(article):
                    self.passed += 1
                else:
                    yield article

        reads = extract_many(wanted(), make_lexicon, workers=workers, all_quantities=all_quantities)
        for one in reads if self.quiet else reading_progress(reads, self):
            self.characters += len(one.article.text)
            if one.skipped is not None:
                self._tell(one.skipped)
            yield one
        self._tell_rest()

    def expected(self) -> int | None:
        """How many articles the paths hold, where that is quick to tell: lines of JSON Lines; texts, pages one each."""
        total = 0
        for path in map(Path, self.paths):
            files = (one for one in sorted(path.rglob("*")) if one.is_file()) if path.is_dir() else [path]
            for file in files:
                suffix = file.suffix.lower()
                if suffix in _LINES and file.is_file():
                    with file.open("rb") as stream:
                        total += sum(part.count(b"\n") for part in iter(lambda: stream.read(1 << 20), b""))
                elif suffix in _ONE_EACH:
                    total += 1
                elif suffix not in _BESIDE:
                    return None
        return total

    def _articles(self) -> Iterator[Article]:
        from figures.ingest import read_all

        return read_all(self.paths, on_skip=self._tell, **self.given)

    def _tell_rest(self) -> None:
        for (where, _), times in self._warned.items():
            if times > MOST_WARNINGS:
                typer.echo(f"figures: {one_line(where)}: the same of {times - MOST_WARNINGS:,} more", err=True)

    def _tell(self, skipped: Skipped) -> None:
        if skipped.warning:
            self._warned[skipped.where, skipped.reason] += 1
            if self._warned[skipped.where, skipped.reason] > MOST_WARNINGS:
                return
        else:
            self.failed += 1
            self.reasons[general(skipped.reason)] += 1
        typer.echo(f"figures: {one_line(str(skipped))}", err=True)

    @property
    def status(self) -> int:
        """2 where something could not be read, though the rest was; else 0."""
        return UNUSABLE if self.failed else 0


def progress(items: Iterable[Item], noun: str) -> Iterator[Item]:
    """Count along on standard error where that is a terminal, and take the line away at the end."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} {task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(noun, total=None)
        for item in items:
            yield item
            bar.advance(task)


def reading_progress(reads: Iterator[Read], inputs: Inputs) -> Iterator[Read]:
    """A bar on standard error where that is a terminal: articles, numbers, speed, and the time left where known."""
    if not sys.stderr.isatty():
        yield from reads
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        BarColumn(bar_width=24),
        TextColumn("{task.completed:,} articles · {task.fields[numbers]:,} numbers · {task.fields[speed]:,} kB/s ·"),
        TimeElapsedColumn(),
        TextColumn("·"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=inputs.expected(), numbers=0, speed=0)
        numbers = characters = 0
        started = time.monotonic()
        for finished, one in enumerate(reads, 1):
            yield one
            numbers += len(one.figures)
            characters += len(one.article.text)
            speed = round(characters / 1000 / max(time.monotonic() - started, 0.001))
            bar.update(task, completed=finished + inputs.passed, numbers=numbers, speed=speed)


def general(reason: str) -> str:
    """A reason without what differs from article to article, so that like ones can be counted."""
    return re.sub(r"\d[\d,]*", "N", re.sub(r"[“'(].*?[”')]", "…", reason.split(";")[0])).strip()


def table_of(inputs: Inputs, make_lexicon: Callable[[], Lexicon]) -> pd.DataFrame:
    """The articles' figures as the table."""
    from figures.table import tabulate

    return tabulate(figure for one in inputs.read(make_lexicon) for figure in one.figures)


def store_target(context: typer.Context, store: str | None) -> str:
    """The store's path or URL: the command's own option, the one before the command, FIGURES_STORE, the default."""
    return store or settings_of(context).store or DEFAULT_STORE


def has_store(context: typer.Context, store: str | None) -> bool:
    """Whether there is a store to read without creating one."""
    target = store_target(context, store)
    return "://" in target or Path(target).exists()


@contextmanager
def opened(context: typer.Context, store: str | None, *, create: bool = False) -> Iterator[Store]:
    """The store, open. Only ``ingest`` and ``serve`` create one; elsewhere a missing store is most likely a slip."""
    from figures.store import open_store

    target = store_target(context, store)
    if not create and not has_store(context, store):
        raise CliError(
            f"{target}: no store there; make one with: figures ingest PATH… --store {target}, "
            "or name another with --store or FIGURES_STORE"
        )
    opened_store = open_store(target)
    try:
        yield opened_store
    finally:
        opened_store.close()


class Material(Protocol):
    """What a question is put to: articles read on the spot, or a store."""

    @property
    def count(self) -> int:
        """Articles looked at, those without a figure included."""

    @property
    def status(self) -> int:
        """The exit status so far: 2 where something could not be read."""

    def outcome(self) -> Reconciliation:
        """The figures with final events and origins, the conflicts, what could not be compared."""

    def latest(self, metric: str, *, policy: Policy, known_by: str | None, **scope: Any) -> pd.DataFrame:
        """The latest figure of every series of a metric."""

    def article(self, article_id: str) -> Article | None:
        """One article, for its text."""

    def settled(self) -> Sequence[Settled]:
        """The conflicts that a reviewer resolved, with what settled them."""


@contextmanager
def material(context: typer.Context, paths: Sequence[str] | None, store: str | None) -> Iterator[Material]:
    """The paths where some are given, else the store."""
    if paths and all(map(_is_table, paths)):
        with TemporaryDirectory(prefix="figures-") as folder:
            yield _Archive(paths, folder, lexicon_of(context))
    elif paths:
        yield _Files(paths, recipe_of(context))
    else:
        with opened(context, store) as kept:
            lexicon = lexicon_of(context)
            if not kept.is_compared():
                from figures.desk import Desk

                target = one_line(store_target(context, store))
                typer.echo(
                    f"figures: {target}: an ingestion was cut off or still runs; comparing what it kept", err=True
                )
                Desk(kept, lexicon).refresh()
            yield _Kept(kept, lexicon)


class _Files:
    def __init__(self, paths: Sequence[str], make_lexicon: Callable[[], Lexicon]) -> None:
        self._inputs, self._lexicon = Inputs(paths), make_lexicon()
        self._articles: dict[str, Article] = {}
        self._table = self._read(make_lexicon)

    @property
    def count(self) -> int:
        return self._inputs.count

    @property
    def status(self) -> int:
        return self._inputs.status

    def _read(self, make_lexicon: Callable[[], Lexicon]) -> pd.DataFrame:
        from figures.table import tabulate

        def figures() -> Iterator[Figure]:
            for one in self._inputs.read(make_lexicon):
                self._articles[one.article.article_id] = one.article
                yield from one.figures

        return tabulate(figures())

    def outcome(self) -> Reconciliation:
        from figures.reconcile import reconcile

        return reconcile(self._table, self._lexicon)

    def latest(self, metric: str, *, policy: Policy, known_by: str | None, **scope: Any) -> pd.DataFrame:
        from figures.reconcile.latest import latest

        return latest(self._table, metric, policy=policy, known_by=known_by, lexicon=self._lexicon, **scope)

    def article(self, article_id: str) -> Article | None:
        return self._articles.get(article_id)

    def settled(self) -> Sequence[Settled]:
        return ()


def _is_table(path: str) -> bool:
    """Whether a path is a Parquet of figures, or a folder of the parts of one."""
    from figures.query import QueryError, tables_of

    one = Path(path)
    try:
        if one.is_dir():
            return one.name.endswith(".parquet") and "figures" in tables_of([one])
        with one.open("rb") as stream:
            return stream.read(4) == b"PAR1" and "figures" in tables_of([one])
    except (OSError, QueryError):
        return False


class _Archive:
    """Figures that were read before, in Parquet: what is compared is in memory, the sentences stay on disk."""

    status = DONE

    def __init__(self, paths: Sequence[str], folder: str, lexicon: Lexicon) -> None:
        from figures.query import map_table

        self._table, self._lexicon = map_table(paths, folder), lexicon

    @property
    def count(self) -> int:
        return int(self._table["article_id"].nunique())

    def outcome(self) -> Reconciliation:
        from figures.reconcile import reconcile

        return reconcile(self._table, self._lexicon)

    def latest(self, metric: str, *, policy: Policy, known_by: str | None, **scope: Any) -> pd.DataFrame:
        from figures.reconcile.latest import latest
        from figures.table import keyed

        table = keyed(self._table)
        return latest(table, metric, policy=policy, known_by=known_by, lexicon=self._lexicon, **scope)

    def article(self, article_id: str) -> Article | None:  # noqa: ARG002
        return None

    def settled(self) -> Sequence[Settled]:
        return ()


class _Kept:
    """The store's own answers: what ``ingest`` compared and reviewers said since."""

    status = DONE

    def __init__(self, store: Store, lexicon: Lexicon) -> None:
        self._store, self._lexicon = store, lexicon

    @property
    def count(self) -> int:
        return self._store.counts().articles

    def outcome(self) -> Reconciliation:
        from figures.reconcile import Reconciliation

        return Reconciliation(
            table=self._store.table(reconciled=True),
            conflicts=tuple(one.conflict for one in self._store.conflicts(dismissed=True)),
            uncompared=tuple(self._store.uncompared()),
        )

    def latest(self, metric: str, *, policy: Policy, known_by: str | None, **scope: Any) -> pd.DataFrame:
        from figures.reconcile.latest import latest, latest_of

        if known_by is not None:
            # What had been published by then may have made other stories of it.
            table = self._store.table()
            return latest(table, metric, policy=policy, known_by=known_by, lexicon=self._lexicon, **scope)
        table = self._store.table(reconciled=True, metric=metric)
        return latest_of(table, metric, policy=policy, lexicon=self._lexicon, **scope)

    def article(self, article_id: str) -> Article | None:
        found = self._store.article(article_id)
        return found.article if found else None

    def settled(self) -> Sequence[Settled]:
        from figures.publish.linked import settled

        return settled(self._store.conflicts(status="resolved"))
