"""The server is killed at random moments while articles come in: what it acknowledged is there, nothing is half there.

``python -m benchmarks.load kill --times 100``
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
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.load.articles import article
from benchmarks.load.serving import free_port, wait_for
from figures.desk import Desk
from figures.extract import extract
from figures.lexicon import default_lexicon
from figures.model import Article
from figures.store import open_store

WRITERS = 4


class Ledger:
    """Which numbers come next, and how many figures each acknowledged article was said to have."""

    def __init__(self) -> None:
        self.lock, self.following = threading.Lock(), 0
        self.acknowledged: dict[str, int] = {}

    def take(self, count: int) -> range:
        with self.lock:
            self.following += count
            return range(self.following - count, self.following)

    def keep(self, articles: list[dict[str, object]]) -> None:
        with self.lock:
            self.acknowledged |= {str(one["article_id"]): int(str(one["figures"])) for one in articles}


def write(base: str, ledger: Ledger, wait: bool) -> None:
    """Send batches until the server is gone."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=60)
    while True:
        batch = [article(number) for number in ledger.take(5)]
        try:
            connection.request(
                "POST",
                f"/v1/articles?wait={str(wait).lower()}",
                json.dumps(batch),
                {"Content-Type": "application/json"},
            )
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            return
        if answer.status == 200:
            ledger.keep(json.loads(body)["articles"])


def verify(store: Path, ledger: Ledger) -> list[str]:
    """What is lost, half written or damaged."""
    faults = []
    with open_store(store) as kept:
        kept.check()
        table = kept.table()
        texts = {one.article.article_id for one in kept.articles()}
    counts = {str(key): int(n) for key, n in table.groupby("article_id").size().items()}
    for key, figures in ledger.acknowledged.items():
        if key not in texts:
            faults.append(f"{key}: lost")
        elif counts.get(key, 0) != figures:
            faults.append(f"{key}: {counts.get(key, 0)} of {figures} figures")
    lexicon = default_lexicon()
    for key in sorted(texts - set(ledger.acknowledged)):
        # Kept before its answer could go out: whole, then.
        expected = len(extract(Article(**article(int(key.rpartition("-")[2]))), lexicon))
        if counts.get(key, 0) != expected:
            faults.append(f"{key}: half written")
    return faults


def serve(store: str, port: int) -> None:
    """What ``figures serve`` does, in a process that was forked from this one with everything read already."""
    import uvicorn

    from service.app import Settings, create_app

    settings = Settings(store=store, writable=True, requests_a_minute=0)
    uvicorn.run(create_app(settings, default_lexicon()), port=port, log_level="critical", access_log=False)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load kill", description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    chance = random.Random(asked.seed)
    began, faults, total = time.monotonic(), [], 0
    fork = multiprocessing.get_context("fork")
    with tempfile.TemporaryDirectory() as folder, open_store(f"{folder}/warm.db") as warm:
        Desk(warm).ingest([Article(**article(number)) for number in range(5)])
    with tempfile.TemporaryDirectory() as folder:
        ledger, kills, round_ = Ledger(), 0, 0
        store = Path(folder) / "desk.db"
        while kills < asked.times:
            # A store of its own for every few kills, so that comparing stays short and moments stay many.
            if kills % 10 == 0:
                ledger, round_ = Ledger(), round_ + 1
                store = Path(folder) / f"desk-{round_}.db"
            port = free_port()
            process = fork.Process(target=serve, args=(str(store), port), daemon=True)
            process.start()
            base = f"http://127.0.0.1:{port}"
            wait_for(base, process.is_alive, 120)
            before = len(ledger.acknowledged)
            writers = [
                threading.Thread(target=write, args=(base, ledger, number % 2 == 0)) for number in range(WRITERS)
            ]
            for one in writers:
                one.start()
            end = time.monotonic() + 30
            while len(ledger.acknowledged) == before and time.monotonic() < end:
                time.sleep(0.001)
            time.sleep(chance.uniform(0.0, 1.0))
            process.kill()
            process.join()
            for one in writers:
                one.join()
            kills += 1
            total += len(ledger.acknowledged) - before
            found = verify(store, ledger)
            faults += found
            print(f"\r{kills} kills, {total:,} acknowledged, {len(faults)} faults", end="", flush=True)
    took = time.monotonic() - began
    print(f"\n{kills} kills in {took:.0f} s, {total:,} articles acknowledged")
    print(f"lost, half written or damaged: {len(faults)}")
    for one in faults[:20]:
        print(" ", one)
    return 1 if faults else 0
