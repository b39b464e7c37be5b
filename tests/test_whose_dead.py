"""Whose dead, hurt and captured a sentence counts: who they were and which side was theirs."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from figures.extract import extract
from figures.model import Article, Figure

CORPUS = tomllib.loads((Path(__file__).parent / "corpus/whose/whose.toml").read_text("utf-8"))
EXPECTED = [(sentence, entry) for entry in CORPUS["expect"] for sentence in entry["sentences"]]


def at_the_braces(sentence: str) -> list[Figure]:
    start, end = sentence.index("{"), sentence.index("}") - 1
    text = sentence.replace("{", "").replace("}", "")
    found = extract(Article(text=text, published_at="2024-06-15"))
    return [one for one in found if one.start < end and start < one.end]


@pytest.mark.parametrize(("sentence", "entry"), EXPECTED, ids=[one for one, _ in EXPECTED])
def test_whose_they_were(sentence: str, entry: dict[str, Any]) -> None:
    wanted = {key: value or None for key, value in entry.items() if key != "sentences"}
    found = [{key: getattr(one, key) for key in wanted} for one in at_the_braces(sentence)]
    assert found
    assert all(one == wanted for one in found)
