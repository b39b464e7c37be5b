from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

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


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL to test on: the one that FIGURES_TEST_POSTGRES names, else a throwaway one of our own."""
    pytest.importorskip("psycopg", reason="psycopg is not installed (figures[postgres])")
    if named := os.environ.get("FIGURES_TEST_POSTGRES"):
        yield named
        return
    programs = shutil.which("initdb") or next(
        iter(sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")))), None
    )
    if programs is None:
        pytest.skip("no PostgreSQL here: install its server, or set FIGURES_TEST_POSTGRES to postgresql://…")
    folder = Path(tempfile.mkdtemp(prefix="figures-pg-"))
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:
        import pwd

        # PostgreSQL refuses to run as root; its own account comes with the package.
        if not any(one.pw_name == "postgres" for one in pwd.getpwall()):
            pytest.skip("PostgreSQL does not run as root, and there is no account postgres")
        shutil.chown(folder, "postgres")
        as_user = {"user": "postgres", "group": pwd.getpwnam("postgres").pw_gid, "extra_groups": []}
    binaries = Path(programs).resolve().parent

    def call(*words: str) -> None:
        subprocess.run(words, check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, **as_user)

    call(
        str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "figures", "-A", "trust", "-E", "UTF8", "--locale=C"
    )
    options = f"-k {folder} -c listen_addresses= -c fsync=off -p 5499"
    call(str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-l", str(folder / "log"), "-w", "-o", options, "start")
    try:
        yield f"postgresql://figures@/postgres?host={folder}&port=5499"
    finally:
        call(str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(tmp_path / "desk.sqlite")
        return
    from sqlalchemy import create_engine, make_url, text

    server = make_url(request.getfixturevalue("server")).set(drivername="postgresql+psycopg")
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    name = f"figures_{os.getpid()}_{time.monotonic_ns()}"
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()
