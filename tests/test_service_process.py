"""The server as a process: what it acknowledged is on disk when it is asked to stop, and when it is killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the service extra is not installed")
pytest.importorskip("uvicorn", reason="the service extra is not installed")

from figures.store import open_store

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no SIGTERM")


def article(number: int) -> dict[str, Any]:
    return {
        "article_id": f"a{number}", "outlet": f"Outlet {number % 3}", "published_at": "2022-03-02",
        "text": f"The ministry said on Wednesday that {400 + number} soldiers had been killed and {number} hurt.",
    }  # fmt: skip


class Server:
    """``figures serve`` on a free port of loopback."""

    def __init__(self, store: Path) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        self.base = f"http://127.0.0.1:{port}"
        self.log = store.with_name(f"log-{port}")
        words = [sys.executable, "-m", "figures", "serve", "--store", str(store), "--port", str(port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(words, stderr=log)
        end = time.monotonic() + 120
        while True:
            try:
                urllib.request.urlopen(f"{self.base}/ready", timeout=10).close()
                return
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                assert time.monotonic() < end, self.log.read_text()
                time.sleep(0.1)

    def post(self, numbers: range, *, wait: bool = True) -> list[dict[str, Any]]:
        request = urllib.request.Request(
            f"{self.base}/v1/articles?wait={str(wait).lower()}",
            data=json.dumps([article(number) for number in numbers]).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            found: list[dict[str, Any]] = json.load(answer)["articles"]
        return found

    def write_until_gone(self, threads: int) -> tuple[list[threading.Thread], dict[str, int]]:
        """Writers in threads, and the ledger of how many figures each acknowledged article has."""
        ledger: dict[str, int] = {}

        def write(start: int) -> None:
            for number in range(start, start + 5_000, 3):
                try:
                    done = self.post(range(number, number + 3), wait=bool(number % 2))
                except OSError:
                    return
                ledger.update({one["article_id"]: one["figures"] for one in done})

        running = [threading.Thread(target=write, args=(10_000 * number,)) for number in range(threads)]
        for one in running:
            one.start()
        return running, ledger


def assert_kept(store: Path, ledger: dict[str, int]) -> None:
    with open_store(store) as kept:
        kept.check()
        counts = kept.table().groupby("article_id").size().to_dict()
        ids = {one.article.article_id for one in kept.articles()}
    assert ledger
    assert set(ledger) <= ids
    assert {key: counts.get(key, 0) for key in ledger} == ledger


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_what_was_acknowledged_stays(tmp_path: Path, how: signal.Signals) -> None:
    store = tmp_path / "desk.db"
    server = Server(store)
    try:
        running, ledger = server.write_until_gone(3)
        end = time.monotonic() + 60
        while len(ledger) < 6 and time.monotonic() < end:
            time.sleep(0.05)
        server.process.send_signal(how)
        status = server.process.wait(120)
        for one in running:
            one.join()
    finally:
        server.process.kill()
    assert_kept(store, ledger)
    if how is signal.SIGTERM:
        assert status in (0, -signal.SIGTERM)
        with open_store(store) as kept:
            assert kept.is_compared()  # it finished what it had promised to compare
        lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
        assert {"request", "Application shutdown complete."} <= {line["event"] for line in lines}
        assert not [line for line in lines if line["level"] == "error"]
