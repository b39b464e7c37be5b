"""Which story each figure of an article belongs to: articles in short, with the event expected of each number."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from figures.extract import extract
from figures.model import Article

FOLDER = Path(__file__).parent / "corpus" / "events"
WORD = re.compile(r"[\w.,\-]*\w(?: million)?")
ARTICLES = [one for path in sorted(FOLDER.glob("*.toml")) for one in tomllib.loads(path.read_text("utf-8"))["article"]]


def told(entry: dict[str, Any]) -> dict[str, set[str]]:
    """The events of an article's figures by the number as written; no story is "" """
    article = Article(article_id="a", title=entry["title"], text=entry["text"].strip(), published_at=entry["published"])
    out: dict[str, set[str]] = {}
    for one in extract(article):
        out.setdefault(article.field_text(one.field)[one.start : one.end], set()).add(one.event or "")
    return out


def fits(event: str, expected: str) -> bool:
    """Whether each piece of an event is among those that do: "crush:Itaewon/Seoul:2022-10-29"."""
    if not event or not expected:
        return event == expected
    pieces = zip(event.split(":"), expected.split(":"), strict=True)
    return all(piece in wanted.split("/") for piece, wanted in pieces)


def fits_all(found: dict[str, set[str]], number: str, wanted: str) -> bool:
    """Whether the number is read, and every figure written so belongs to the story expected."""
    events = [event for written, some in found.items() if number in WORD.findall(written) for event in some]
    return bool(events) and all(fits(event, wanted) for event in events)


@pytest.mark.parametrize("entry", ARTICLES, ids=lambda one: one["title"])
def test_the_story_of_each_figure(entry: dict[str, Any]) -> None:
    found = told(entry)
    wrong = {
        number: (found, wanted) for number, wanted in entry["events"].items() if not fits_all(found, number, wanted)
    }
    assert not wrong
