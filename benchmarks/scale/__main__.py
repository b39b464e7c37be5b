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
ingest      one article with two figures, as often on a story as it is told: kept, compared with what it bears on,
            conflicts and latest saved; it says what another paper said. ``popular`` for articles on the ten stories
            told most, ``news`` for articles whose numbers are one higher than what another paper said, ``headline``
            for such articles on the ten stories told most; and how often more than a few pairs were judged, and why.
            One article goes before as warm-up

Times are p50 and p99 in milliseconds unless another unit is given; of ingestion also the processor time, which tells
more on a busy machine.
"""

from __future__ import annotations

import argparse
import platform
import resource
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.scale.made_up import Archive, make_archive
from figures.desk import Desk
from figures.lexicon import Lexicon, default_lexicon
from figures.model import Article, Conflict, Figure, figure_id, rules_from_json
from figures.reconcile import Reconciliation
from figures.reconcile.comparable import Knowledge
from figures.reconcile.conflicts import find_conflicts
from figures.reconcile.events import assign_events
from figures.reconcile.incremental import compare_all
from figures.reconcile.origins import assign_origins
from figures.reconcile.sheet import Sheet
from figures.store import Store, open_store
from figures.table import flat, to_rows


def main() -> None:
    arguments = argparse.ArgumentParser(description="a store of any size")
    arguments.add_argument("--rows", type=int, default=10_000)
    arguments.add_argument("--store", default="sqlite", help="sqlite, or a database URL")
    arguments.add_argument("--no-store", action="store_true", help="compare only")
    arguments.add_argument("--copies", type=int, nargs="*", default=[], help="then so many archives (SQLite)")
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
    if options.no_store:
        outcome = compared(archive)
        tell_planted(archive, outcome.conflicts)
        return
    with tempfile.TemporaryDirectory() as folder:
        target = str(Path(folder) / "figures.sqlite") if options.store == "sqlite" else options.store
        with open_store(target) as store:
            loaded(store, archive, lexicon)
            if options.store == "sqlite":
                print(f"disk        {sum(one.stat().st_size for one in Path(folder).iterdir()) / 2**20:10.1f} MiB")
            asked(store, counts)
            ingested(store, archive, options.articles, list(counts.index))
        before = 1
        for copies in options.copies:
            start = time.perf_counter()
            total = copied(target, before, copies)
            before = copies
            print(f"copied      {time.perf_counter() - start:10.2f} s wall, {total:,} figures now", flush=True)
            with open_store(target) as store:
                print(f"disk        {sum(one.stat().st_size for one in Path(folder).iterdir()) / 2**20:10.1f} MiB")
                asked(store, counts, whole=False)
                ingested(store, archive, options.articles, list(counts.index), again=f"z{copies} ")


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


def loaded(store: Store, archive: Archive, lexicon: Lexicon) -> None:
    """Everything into the store, and compared there."""
    articles = (Article(**row) for row in archive.articles.to_dict("records"))
    start = time.perf_counter()
    store.import_table(archive.table, articles)
    print(f"load        {time.perf_counter() - start:10.2f} s wall")
    settled = timed("compare all", compare_all, store.table(), lexicon, Knowledge(lexicon))
    tell_planted(archive, settled.conflicts)
    start = time.perf_counter()
    store.settle(settled, version=store.version())
    print(f"save        {time.perf_counter() - start:10.2f} s wall")


def asked(store: Store, counts: pd.Series[int], *, whole: bool = True) -> None:
    """What every reader asks for."""
    random = np.random.default_rng(3)
    stories = random.choice(counts.index.to_numpy(dtype=object), size=300, p=(counts / counts.sum()).to_numpy())
    spread("latest", [taken(lambda story=str(one): store.latest_rows("deaths", event=story)) for one in stories])
    cursor = None
    pages = []
    for _ in range(50):
        start = time.perf_counter()
        page = store.figures(metric="injuries", limit=100, cursor=cursor)
        pages.append(time.perf_counter() - start)
        cursor = page.cursor
    spread("page", pages)
    spread("conflicts", [taken(lambda: store.conflict_page(limit=50)) for _ in range(10)])
    if not whole:
        return
    start = time.perf_counter()
    frame = store.table(reconciled=True)
    print(
        f"frame       {time.perf_counter() - start:10.2f} s wall, {frame.memory_usage(deep=True).sum() / 2**20:.0f} MiB"
    )


def ingested(store: Store, archive: Archive, count: int, stories: list[Any], *, again: str = "") -> None:
    """One article after another into a desk that is open already."""
    desk = Desk(store)
    random = np.random.default_rng(5)
    frame = flat(archive.table)
    start = time.perf_counter()
    store.add(Article(article_id=f"{again}opening", text="Nothing."), ())
    desk.refresh()
    print(f"open        {time.perf_counter() - start:10.2f} s wall")
    popular = frame[frame["event"].isin(stories[:10])]
    plain = frame[(frame["modality"] == "reported") & (frame["precision"] == 1.0) & frame["population"].isna()]
    told_most = plain[plain["event"].isin(stories[:10])]
    pools = [
        ("warm-up", plain, 1), ("ingest", frame, count), ("popular", popular, count), ("news", plain, count),
        ("headline", told_most, count // 2),
    ]  # fmt: skip
    for name, pool, some in pools:
        desk.followed.clear()
        chosen = pool["article_id"].drop_duplicates().sample(some, random_state=random)
        reports = dict(list(frame[frame["article_id"].isin(chosen)].groupby("article_id", sort=False)))
        times, cpu = [], []
        for number, article in enumerate(chosen):
            more = 0.0 if name in ("ingest", "popular") else 1.0
            pair = report(f"{again}{name}{number}", reports[article], add=more)
            start, begun = time.perf_counter(), time.process_time()
            desk.keep([pair])
            times.append(time.perf_counter() - start)
            cpu.append(time.process_time() - begun)
        spread(name, times)
        spread(" of CPU", cpu)
        print(f" followed   {dict(desk.followed)}", flush=True)


def copied(target: str, before: int, copies: int) -> int:
    """Copy an archive in an SQLite store until it is there so many times, each five years after the one before.

    A quick way to ten million figures: each copy is an archive as the first, with stories, answers and conflicts of its
    own. What their answers show inside stays that of the first.
    """
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA journal_mode=OFF")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-1000000")
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
            "AND tbl_name IN ('figures', 'latest', 'story_links', 'conflict_members')"
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")
        last = connection.execute("SELECT max(position) FROM latest WHERE substr(event, -10, 4) < '1995'").fetchone()[0]
        for copy in range(before, copies):
            for table in ("articles", "figures", "latest", "story_links", "conflicts", "conflict_members"):
                names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
                values = ", ".join(_shifted(name, copy, last) for name in names)
                # What was copied before has an id that begins with g.
                own = {
                    "latest": "substr(event, -10, 4) < '1995'",
                    "story_links": "substr(name, -10, 4) < '1995'",
                }
                key = "conflict_id" if table.startswith("conflict") else "article_id"
                chosen = own.get(table, f"{key} < 'g'")
                columns = ", ".join(f'"{name}"' for name in names)
                connection.execute(f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {chosen}")
            connection.commit()
        for _, sql in indexes:
            connection.execute(sql)
        connection.commit()
        connection.execute("PRAGMA journal_mode=WAL")
        return int(connection.execute("SELECT count(*) FROM figures").fetchone()[0])


def _shifted(name: str, copy: int, last: int) -> str:
    """The SQL of a column of a copy."""
    column, years = f'"{name}"', copy * 5
    if name in ("figure_id", "article_id", "conflict_id", "thread", "origin_group", "final_origin_group"):
        return f"'g{copy}' || {column}"
    if name == "article":
        return column
    if name == "position":
        return f"{column} + {copy * (last + 1)}" if last else column
    if name == "series":
        return f"CASE typeof({column}) WHEN 'integer' THEN {column} / 128 + {copy << 56} ELSE {column} END"
    if name in ("event", "final_event", "name"):
        year = f"(substr({column}, -10, 4) + {years})"
        return f"substr({column}, 1, length({column}) - 10) || {year} || substr({column}, -6)"
    if name in ("published_at", "as_of", "period_start", "period_end"):
        return f"(substr({column}, 1, 4) + {years}) || substr({column}, 5)"
    if name in ("first", "last"):
        return f"{column} + {copy * 1826}"
    return column


def report(name: str, rows: pd.DataFrame, add: float = 0.0) -> tuple[Article, list[Figure]]:
    """A new article that says what another one said, or so much more."""
    made = []
    for row in to_rows(rows):
        values = {**row, "article_id": name, "outlet": "A new paper", "rules": rules_from_json(row["rules"])}
        values["figure_id"] = figure_id(name, "text", row["start"], row["end"], row["metric"])
        for day in ("as_of", "period_start", "period_end"):
            values[day] = date.fromisoformat(row[day]) if row[day] else None
        if add and values["value"] is not None:
            values |= {"value": row["value"] + add, "low": row["value"] + add}
            values["high"] = values["low"] if row["high"] is not None else None
            row["high"] = values["high"]
            row["low"] = values["low"]
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
