"""The house keeps its promises: documented commands, one way of arrows, nothing in it that names a machine."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import typer

from figures.cli.app import app

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
GROUP = typer.main.get_command(app)
COMMANDS = sorted(GROUP.commands)  # type: ignore[attr-defined]
TOP_LEVEL = {
    *(".ci", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE", "Makefile", "README.md", "pyproject.toml"),
    *("benchmarks", "docs", "figures", "notebooks", "requirements", "seeds", "service", "tests"),
}


def tracked() -> list[Path]:
    """Files that a clone would have; outside a checkout, the folders that are ours."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=False, text=True,
    )  # fmt: skip
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    return [
        path
        for name in TOP_LEVEL
        for path in (ROOT / name).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]


def test_the_top_level_holds_what_the_readme_says():
    found = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert found <= TOP_LEVEL


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command):
    assert re.search(rf"figures {command}\b", README), f"README.md does not show `figures {command}`"


def test_the_readme_shows_no_command_that_is_not_there():
    shown = set(re.findall(r"(?:^|[`$|]\s*|bin/)figures (?:--\S+ \S+ )?([a-z]+)\b", README, flags=re.M))
    assert shown <= set(COMMANDS), sorted(shown - set(COMMANDS))


@pytest.mark.parametrize("target", ["demo", "test", "check"])
def test_the_readme_names_the_make_targets(target):
    assert f"make {target}" in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.M)


def test_ci_runs_what_a_developer_runs():
    assert "make check" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_helps_with_an_example(command):
    one = GROUP.commands[command]  # type: ignore[attr-defined]
    assert one.help
    assert f"figures {command}" in (one.epilog or "")


def test_every_module_that_architecture_names_is_there():
    named = re.findall(r"`((?:figures|service|tests|seeds|notebooks|benchmarks)/[\w./*-]*)`", ARCHITECTURE)
    missing = [name for name in named if not list(ROOT.glob(name.rstrip("/")))]
    assert named
    assert not missing


def test_every_package_and_top_module_stands_in_architecture():
    package = ROOT / "figures"
    folders = [path.parent.relative_to(ROOT).as_posix() + "/" for path in package.glob("*/__init__.py")]
    modules = [path.name for path in package.glob("*.py") if not path.name.startswith("__")]
    assert folders
    assert not [name for name in (*folders, *modules) if f"`{name}`" not in ARCHITECTURE]


def test_requirements_are_hashed_and_name_no_index():
    for name in ("runtime.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
        pins = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, flags=re.M | re.S)
        assert pins
        assert all("--hash=sha256:" in pin for pin in pins)
        assert "://" not in text
        assert "--index" not in text


def test_what_pyproject_asks_for_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8")
    wanted = [*project["dependencies"], *project["optional-dependencies"]["service"]]
    for one in wanted:
        name = re.match(r"[\w.-]+", one)[0].lower()  # type: ignore[index]
        assert re.search(rf"^{re.escape(name)}(\[|==)", runtime, flags=re.M), f"{one}: run `make lock`"


# Written in pieces, so that this file does not hold what it looks for.
STRAY = [
    "/wo" + "rk/",
    "/farm" + "/",
    "pypi" + ".org",
    "python" + "hosted.org",
    "deb.deb" + "ian.org",
    "/ho" + "me/",
    "/tm" + "p/",
]


@pytest.mark.parametrize("word", STRAY)
def test_no_file_names_a_machine_or_a_registry(word):
    texts = [path for path in tracked() if path.suffix not in (".parquet", ".png", ".woff2")]
    found = [
        path.relative_to(ROOT).as_posix() for path in texts if word in path.read_text(encoding="utf-8", errors="ignore")
    ]
    assert not found
