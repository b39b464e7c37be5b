"""What a store of N figures costs, and whether every planted conflict is found and nothing else.

Usage: python -m benchmarks.scale --rows 100000 [--store sqlite | postgresql://…] [--no-store] [--articles 40]

The archive is made up (``made_up.py``). In one process, one after the other:

reconcile   events, origins, arrays, pairs and judgement over the whole table: processor seconds of each step, memory at
            most so far, planted conflicts found, and every conflict that was not planted
load        the table and its articles into the store (by COPY on PostgreSQL), and what was found, wall seconds; disk
latest      the maintained answer of a series, asked for 300 stories as often as they are told
page        a keyset page of 100 figures of one metric, somewhere in the middle
conflicts   the list of all conflicts of the highest level
frame       the whole table as a DataFrame, its text columns in Arrow
ingest      one article with two figures: kept, compared with what it bears on, conflicts and latest saved, by a desk
            that has been open; ``popular`` for articles on the ten stories told most

Times are p50 and p99 in milliseconds unless another unit is given.
"""

from __future__ import annotations

import argparse
import platform
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.scale.made_up import Archive, make_archive
from figures.desk import Desk
from figures.lexicon import default_lexicon
from figures.model import Article, Conflict, Figure, figure_id, rules_from_json
from figures.reconcile import Reconciliation
from figures.reconcile.comparable import Knowledge
from figures.reconcile.conflicts import find_conflicts
from figures.reconcile.events import assign_events
from figures.reconcile.latest import latest_of
from figures.reconcile.origins import assign_origins
from figures.reconcile.sheet import Sheet
from figures.store import Store, open_store
from figures.table import flat, to_rows


def main() -> None:
    arguments = argparse.ArgumentParser(description="a store of any size")
    arguments.add_argument("--rows", type=int, default=10_000)
    arguments.add_argument("--store", default="sqlite", help="sqlite, or a database URL")
    arguments.add_argument("--no-store", action="store_true", help="compare only")
    arguments.add_argument("--articles", type=int, default=40, help="articles ingested one by one")
    options = arguments.parse_args()
    lexicon = default_lexicon()
    print(f"{platform.machine()}, Python {platform.python_version()}, pandas {pd.__version__}, numpy {np.__version__}")
    archive = timed("make", make_archive, options.rows, lexicon)
    counts = flat(archive.table)["event"].value_counts()
    print(
        f"{len(archive.table):,} figures, {len(archive.articles):,} articles, {len(counts):,} stories, "
        f"largest {counts.iloc[0]:,}"
    )
    outcome = compared(archive)
    tell_planted(archive, outcome.conflicts)
    if options.no_store:
        return
    latest = timed("latest of all", latest_of, outcome.table, None, lexicon=lexicon)
    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder) / "figures.sqlite") if options.store == "sqlite" else options.store
        with open_store(target) as store:
            loaded(store, archive, outcome, latest)
            if options.store == "sqlite":
                print(f"disk        {sum(one.stat().st_size for one in Path(folder).iterdir()) / 2**20:10.1f} MiB")
            asked(store, counts)
            ingested(store, archive, options.articles, list(counts.index))


def compared(archive: Archive) -> Reconciliation:
    """Compare everything, step by step."""
    lexicon = default_lexicon()
    knowledge = Knowledge(lexicon)
    start = time.process_time()
    table = timed("events", assign_events, archive.table, lexicon)
    table = timed("origins", assign_origins, table, lexicon)
    sheet = timed("arrays", Sheet.of, table, knowledge)
    conflicts, uncompared = timed("judge", find_conflicts, sheet, knowledge)
    took = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"reconcile   {took:10.2f} s, {1e6 * took / len(table):.0f} µs a figure, {peak:.2f} GiB at most so far")
    return Reconciliation(table=table, conflicts=tuple(conflicts), uncompared=tuple(uncompared))


def tell_planted(archive: Archive, conflicts: tuple[Conflict, ...]) -> None:
    """How many planted conflicts were found under their own kind, and what was found beside them."""
    planted = {figure: one for one in archive.planted for figure in (one.a, one.b)}
    found: set[str] = set()
    others: Counter[tuple[str, str]] = Counter()
    for conflict in conflicts:
        home = {figure: number for number, camp in enumerate(conflict.camps) for figure in camp}
        mine = {planted[figure].a for figure in home if figure in planted and planted[figure].kind == conflict.kind}
        ends = {one.a: one.b for one in archive.planted if one.a in mine}
        right = {a for a, b in ends.items() if a in home and b in home and home[a] != home[b]}
        found |= right
        if not right:
            others[conflict.kind, conflict.metric] += 1
    missed = Counter(one.kind for one in archive.planted if one.a not in found)
    print(f"planted     {len(archive.planted):,}, found {len(found):,}, missed {dict(missed)}, others {dict(others)}")


def loaded(store: Store, archive: Archive, outcome: Reconciliation, latest: pd.DataFrame) -> None:
    """Everything into the store."""
    articles = (Article(**row) for row in archive.articles.to_dict("records"))
    start = time.perf_counter()
    store.import_table(archive.table, articles)
    print(f"load        {time.perf_counter() - start:10.2f} s wall")
    start = time.perf_counter()
    store.save(outcome, latest=latest, version=store.version())
    print(f"save        {time.perf_counter() - start:10.2f} s wall")


def asked(store: Store, counts: pd.Series[int]) -> None:
    """What every reader asks for."""
    random = np.random.default_rng(3)
    stories = random.choice(counts.index.to_numpy(dtype=object), size=300, p=(counts / counts.sum()).to_numpy())
    spread("latest", [taken(lambda story=str(one): store.latest("deaths", event=story)) for one in stories])
    cursor = None
    pages = []
    for _ in range(50):
        start = time.perf_counter()
        page = store.figures(metric="injuries", limit=100, cursor=cursor)
        pages.append(time.perf_counter() - start)
        cursor = page.cursor
    spread("page", pages)
    spread("conflicts", [taken(lambda: store.conflict_page(limit=50)) for _ in range(10)])
    start = time.perf_counter()
    frame = store.table(reconciled=True)
    print(
        f"frame       {time.perf_counter() - start:10.2f} s wall, {frame.memory_usage(deep=True).sum() / 2**20:.0f} MiB"
    )


def ingested(store: Store, archive: Archive, count: int, stories: list[Any]) -> None:
    """One article after another into a desk that is open already."""
    desk = Desk(store)
    random = np.random.default_rng(5)
    frame = flat(archive.table)
    frame = frame[(frame["modality"] == "reported") & frame["metric"].isin(("deaths", "injuries"))]
    for _ in range(2):
        start = time.perf_counter()
        store.add(Article(article_id=f"opening{_}", text="Nothing."), ())
        desk.refresh()
        print(f"{'open' if _ == 0 else 'keys':<12}{time.perf_counter() - start:10.2f} s wall")
    popular = frame[frame["event"].isin(stories[:10])]
    for name, pool in (("ingest", frame), ("popular", popular)):
        chosen = pool["article_id"].drop_duplicates().sample(count, random_state=random)
        times = []
        for number, article in enumerate(chosen):
            pair = report(f"{name}{number}", frame[frame["article_id"] == article])
            start = time.perf_counter()
            desk.keep([pair])
            times.append(time.perf_counter() - start)
        spread(name, times)


def report(name: str, rows: pd.DataFrame) -> tuple[Article, list[Figure]]:
    """A new article that says what another one said."""
    made = []
    for row in to_rows(rows):
        values = {**row, "article_id": name, "outlet": "A new paper", "rules": rules_from_json(row["rules"])}
        values["figure_id"] = figure_id(name, "text", row["start"], row["end"], row["metric"])
        for day in ("as_of", "period_start", "period_end"):
            values[day] = date.fromisoformat(row[day]) if row[day] else None
        values["low"] = float("-inf") if row["low"] is None else row["low"]
        values["high"] = float("inf") if row["high"] is None else row["high"]
        made.append(Figure(**values))
    first = to_rows(rows)[0]
    text = max((row["start"] for row in to_rows(rows)), default=0) * " " + first["sentence"]
    article = Article(
        article_id=name, text=text, outlet="A new paper", published_at=first["published_at"], title=first["title"]
    )
    return article, made


def timed(name: str, verb: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """Call and tell the processor seconds."""
    start = time.process_time()
    found = verb(*arguments, **options)
    print(f"{name:<12}{time.process_time() - start:10.2f} s", flush=True)
    return found


def taken(verb: Callable[[], Any]) -> float:
    """Wall seconds of one call."""
    start = time.perf_counter()
    verb()
    return time.perf_counter() - start


def spread(name: str, seconds: list[float]) -> None:
    """Print p50 and p99 in milliseconds."""
    p50, p99 = np.percentile(np.array(seconds) * 1000, (50, 99))
    print(f"{name:<12}{p50:10.2f} ms p50{p99:10.2f} ms p99  ({len(seconds)})", flush=True)


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
