"""A server of our own on loopback, as ``figures serve`` starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(
    store: str | Path, *, log: Path | None = None, patience: float = 120
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Its address and process; it is stopped at the end, if it still runs."""
    port = free_port()
    # Whoever measures asks more often than anybody should.
    limits = {"FIGURES_REQUESTS_A_MINUTE": "0", "FIGURES_CHECKS_A_MINUTE": "0"}
    words = [sys.executable, "-m", "figures", "serve", "--store", str(store), "--port", str(port)]
    with (log or Path(os.devnull)).open("ab") as errors:
        process = subprocess.Popen(words, stderr=errors, env={**os.environ, **limits})
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(base, lambda: process.poll() is None, patience)
        yield base, process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(base: str, runs: Callable[[], bool], patience: float) -> None:
    """Return once the server is ready. Raises RuntimeError where it is not in time."""
    end = time.monotonic() + patience
    while time.monotonic() < end and runs():
        try:
            with urllib.request.urlopen(f"{base}/ready", timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server did not get ready in {patience:.0f} seconds")
