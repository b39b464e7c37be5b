"""Many articles in several processes: the same figures in the same order, and no article pays for another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from figures.extract import extract, many
from figures.extract.many import Read, extract_many
from figures.lexicon import Lexicon, default_lexicon
from figures.lexicon.confidence import ConfidenceLexicon
from figures.model import Article

TEXT = "Police in Adana said on Monday that {} people were killed and {} injured. " + "Nothing else was counted. " * 20


def articles(count: int) -> Iterator[Article]:
    for number in range(count):
        yield Article(
            article_id=f"a{number}", text=TEXT.format(number + 100, number + 300), outlet="Anvil Wire",
            published_at="2023-02-08",
        )  # fmt: skip


class _Deadly(ConfidenceLexicon):
    """Weights that end the process, or fail, where an article of that many dead is read."""

    __slots__ = ()

    def probability(self, signs: object) -> float:
        import sys

        words = sys._getframe(1).f_locals["document"].article.text
        if "that 113 people" in words:
            os._exit(9)
        if "that 107 people" in words:
            raise RuntimeError("no such luck")
        if (once := os.environ.get("FIGURES_TEST_ONCE")) and "that 120 people" in words and not Path(once).exists():
            Path(once).touch()
            os._exit(9)
        return 0.5


def deadly() -> Lexicon:
    of = default_lexicon()
    weights = _Deadly(intercept=0.0, ceiling=0.9, definite_victim=0.4, weights={})
    return replace(of, confidence=weights)


def refuse() -> NoReturn:
    raise AssertionError("a process was started for little text")


@pytest.fixture
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_CHUNK", 2_000)
    monkeypatch.setattr(many, "_WORTH", 2_000)


@pytest.mark.usefixtures("small_chunks")
def test_two_processes_give_what_one_gives_in_the_same_order() -> None:
    expected = [extract(one) for one in articles(30)]
    found = list(extract_many(articles(30), workers=2))
    assert [one.article.article_id for one in found] == [f"a{number}" for number in range(30)]
    assert [one.figures for one in found] == expected
    assert all(len(one) == 2 for one in expected)


@pytest.mark.usefixtures("small_chunks")
def test_what_is_under_way_is_bounded() -> None:
    taken = 0

    def counted() -> Iterator[Article]:
        nonlocal taken
        for one in articles(400):
            taken += 1
            yield one

    reading = extract_many(counted(), workers=2)
    next(reading)
    assert taken <= 60
    reading.close()


def test_little_text_is_read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_Pool", lambda *_: refuse())
    assert len(list(extract_many(articles(3), workers=4))) == 3


@pytest.mark.usefixtures("small_chunks")
def test_an_article_that_ends_its_process_is_skipped_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIGURES_TEST_ONCE", str(tmp_path / "once"))
    found = list(extract_many(articles(30), deadly, workers=2))
    assert [one.article.article_id for one in found] == [f"a{number}" for number in range(30)]
    skipped = {one.article.article_id: one.skipped.reason for one in found if one.skipped}
    assert set(skipped) == {"a7", "a13"}, "a20 ended its process once only, and was read the second time"
    assert "RuntimeError: no such luck" in skipped["a7"]
    assert "ended its process" in skipped["a13"]
    assert [len(one.figures) for one in found if not one.skipped] == [2] * 28


def test_a_reader_that_stumbles_names_the_article() -> None:
    found = list(extract_many(articles(8), deadly, workers=1))
    assert isinstance(found[7], Read)
    assert found[7].skipped is not None
    assert str(found[7].skipped).startswith("a7: the reader stumbled over it")


def test_the_lexicon_s_recipe_can_be_sent_to_another_process() -> None:
    import pickle

    from figures.lexicon import read_lexicon

    recipe = partial(read_lexicon, metric_files=[Path("own.toml")])
    assert pickle.loads(pickle.dumps(recipe)).keywords == recipe.keywords
