"""Many writers, many readers and a notebook at once: nothing lost, nothing refused, and what reading costs meanwhile.

``python -m benchmarks.load writers --writers 16 --articles 500 --readers 8 --store URL|PATH``
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import random
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlsplit

from benchmarks.load.articles import articles
from benchmarks.load.serving import served
from figures.extract import extract
from figures.lexicon import default_lexicon
from figures.model import Article
from figures.store import open_store

EMPTY, LATEST = "/health", "/v1/metrics/deaths/latest?place=Kharkiv"
READS = (
    *(EMPTY, LATEST, EMPTY, LATEST),
    *(
        "/v1/metrics/deaths/latest",
        "/v1/figures?metric=deaths&limit=100",
        "/v1/conflicts?limit=20",
        "/v1/events?limit=20",
    ),
    "/",
)


def ask(
    connection: http.client.HTTPConnection, method: str, path: str, body: object = None
) -> tuple[int, bytes, float]:
    """Status, body and seconds of one request on a kept connection."""
    began = time.perf_counter()
    sent = None if body is None else json.dumps(body)
    connection.request(method, path, sent, {"Content-Type": "application/json"} if sent else {})
    answer = connection.getresponse()
    return answer.status, answer.read(), time.perf_counter() - began


def write(base: str, start: int, count: int, batch: int, wait: bool, out: Any) -> None:
    """One writer: batches of articles, each acknowledged before the next."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=600)
    made = list(articles(start, count))
    outcomes: Counter[str] = Counter()
    seconds = []
    for at in range(0, count, batch):
        status, body, took = ask(connection, "POST", f"/v1/articles?wait={str(wait).lower()}", made[at : at + batch])
        seconds.append(took)
        if status != 200:
            outcomes[f"{status} {body[:200].decode(errors='replace')}"] += 1
            continue
        outcomes.update(one["status"] for one in json.loads(body)["articles"])
    out.put(("write", dict(outcomes), {"POST": seconds}))


def read(base: str, seed: int, done: Any, out: Any) -> None:
    """One reader: paths in a random order, until the writers are done."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=600)
    random_ = random.Random(seed)
    outcomes: Counter[str] = Counter()
    seconds: dict[str, list[float]] = {}
    while not done.is_set():
        path = random_.choice(READS)
        status, body, took = ask(connection, "GET", path)
        seconds.setdefault(path, []).append(took)
        outcomes[str(status) if status == 200 else f"{status} {body[:200].decode(errors='replace')}"] += 1
        time.sleep(random_.random() / 20)
    out.put(("read", dict(outcomes), seconds))


def many(jobs: list[tuple[Any, tuple[Any, ...]]]) -> None:
    """A process of several threads."""
    threads = [threading.Thread(target=work, args=arguments) for work, arguments in jobs]
    for one in threads:
        one.start()
    for one in threads:
        one.join()


def notebook(store: str, done: Any, out: Any) -> None:
    """Loads the table again and again, as a notebook does; it never shrinks."""
    import figures

    sizes, seconds, faults = [], [], Counter[str]()
    while not done.is_set():
        began = time.perf_counter()
        try:
            sizes.append(len(figures.load(store)))
        except Exception as error:
            faults[f"{type(error).__name__}: {error}"] += 1
        seconds.append(time.perf_counter() - began)
        time.sleep(0.5)
    if sizes != sorted(sizes):
        faults["the table shrank"] += 1
    out.put(("notebook", {"loaded": len(sizes), **faults}, {"figures.load": seconds}))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load writers", description=__doc__)
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--articles", type=int, default=500, help="of each writer")
    parser.add_argument("--batch", type=int, default=10, help="articles in one request")
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--wait", action="store_true", help="each request waits until it has been compared")
    parser.add_argument("--store", help="an empty SQLite path or database URL; else a temporary file")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        return measure(asked, asked.store or f"{folder}/desk.db", Path(folder) / "log")


def measure(asked: argparse.Namespace, store: str, log: Path) -> int:
    total = asked.writers * asked.articles
    fork = multiprocessing.get_context("spawn")
    done, out = fork.Event(), fork.Queue()
    with served(store, log=log) as (base, _):
        writing = [
            (write, (base, number * asked.articles, asked.articles, asked.batch, asked.wait, out))
            for number in range(asked.writers)
        ]
        reading = [(read, (base, seed, done, out)) for seed in range(asked.readers)]
        readers = [fork.Process(target=many, args=(reading,)), fork.Process(target=notebook, args=(store, done, out))]
        writers = fork.Process(target=many, args=(writing,))
        for one in readers:
            one.start()
        time.sleep(3)
        began = time.perf_counter()
        writers.start()
        heard = [out.get() for _ in range(asked.writers)]
        took = time.perf_counter() - began
        done.set()
        heard += [out.get() for _ in range(asked.readers + 1)]
        for one in (*readers, writers):
            one.join()
        compared = time.perf_counter()
        end = time.monotonic() + 600
        with open_store(store) as kept:
            while not kept.is_compared() and time.monotonic() < end:
                time.sleep(0.1)
        compared = time.perf_counter() - compared
    outcomes: dict[str, Counter[str]] = {}
    seconds: dict[str, list[float]] = {}
    for kind, counts, times in heard:
        outcomes.setdefault(kind, Counter()).update(counts)
        for path, some in times.items():
            seconds.setdefault(path, []).extend(some)
    rate = f"{total / took:.0f}/s"
    print(f"{total:,} articles by {asked.writers} writers in {took:.1f} s ({rate}); compared {compared:.1f} s later")
    for kind, counts in sorted(outcomes.items()):
        print(f"  {kind}: {dict(counts)}")
    for path, some in sorted(seconds.items()):
        print(f"  {path}: {len(some):,} times, p50 {at(some, 50) * 1000:.1f} ms, p99 {at(some, 99) * 1000:.1f} ms")
    p50, p99 = (at(seconds[LATEST], percent) / at(seconds[EMPTY], percent) for percent in (50, 99))
    print(f"  latest against an empty endpoint: p99 {p99:.2f} ×, p50 {p50:.2f} ×")
    faults = verify(store, total) + (1 if "locked" in log.read_text() else 0)
    bad = sum(n for kind in ("write", "read") for name, n in outcomes[kind].items() if name not in ("added", "200"))
    bad += sum(n for name, n in outcomes["notebook"].items() if name != "loaded")
    print(f"  faults: {faults} in the store, {bad} answers")
    return 1 if faults or bad else 0


def at(seconds: list[float], percent: int) -> float:
    """A percentile."""
    return quantiles(seconds, n=100)[percent - 1] if len(seconds) > 1 else seconds[0]


def verify(store: str, total: int) -> int:
    """How many articles are missing or not as they should be."""
    lexicon = default_lexicon()
    faults = 0
    with open_store(store) as kept:
        kept.check()
        found = {one.article.article_id: one.article for one in kept.articles()}
        counts = kept.table().groupby("article_id").size().to_dict()
    for one in articles(0, total):
        expected = Article(**one)
        if found.get(expected.article_id) != expected:
            faults += 1
        elif int(one["article_id"][-2:]) == 0 and counts.get(expected.article_id) != len(extract(expected, lexicon)):
            faults += 1  # each hundredth is read again
    return faults
