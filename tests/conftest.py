from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, settings

from figures.cli import main

ROOT = Path(__file__).resolve().parent.parent

# A shared machine is slow now and then; that is no fault of the code under test.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


@pytest.fixture
def root() -> Path:
    """The repository's top folder."""
    return ROOT


class Ran:
    """What a command printed and how it ended."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


@pytest.fixture
def run(capfdbinary, monkeypatch, tmp_path):
    """Run ``figures …`` in this process, in an empty folder, with no store unless one is named."""
    monkeypatch.delenv("FIGURES_STORE", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str | Path) -> Ran:
        capfdbinary.readouterr()
        words: Sequence[str] = [str(one) for one in arguments]
        with pytest.raises(SystemExit) as ended:
            main(words)
        out, err = capfdbinary.readouterr()
        return Ran(int(ended.value.code or 0), out.decode("utf-8"), err.decode("utf-8"))

    return run


def count_calls(work: Callable[[], object]) -> int:
    """How many functions, Python's own included, a piece of work calls."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


@pytest.fixture(scope="session")
def calls_of() -> Callable[[Callable[[], object]], int]:
    """Counts the calls of a piece of work: what hostile text costs is counted, never timed."""
    return count_calls
