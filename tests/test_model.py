"""The nouns: identities that hold everywhere, instants, numbers as JSON shows them."""

from __future__ import annotations

import dataclasses
import math
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from figures.model import (
    COLUMNS,
    Article,
    Figure,
    RuleUse,
    Skipped,
    figure_id,
    normalised_instant,
    plain_number,
    rules_from_json,
    rules_to_json,
)


def test_ids_depend_on_content_alone() -> None:
    assert Article(text="12 dead").article_id == Article(text="12 dead").article_id
    assert Article(text="12 dead").article_id != Article(text="12 dead", outlet="Larkfield Wire").article_id
    ids = {
        figure_id("a", "text", 0, 2, "deaths"),
        figure_id("a", "title", 0, 2, "deaths"),
        figure_id("a", "text", 0, 2, "injuries"),
        figure_id("a", "text", 0, 22, "deaths"),
        figure_id("a\x1ftext", "text", 0, 2, "deaths"),
    }
    assert len(ids) == 5


def test_ids_are_the_same_in_another_process() -> None:
    code = (
        "from figures.model import Article, figure_id;"
        "print(Article(text='12 dead é').article_id, figure_id('a', 'text', 0, 2, 'd'))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {f"{Article(text='12 dead é').article_id} {figure_id('a', 'text', 0, 2, 'd')}\n"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (None, None),
        ("", None),
        ("2022-03-03", "2022-03-03"),
        (date(2022, 3, 3), "2022-03-03"),
        ("2022-03-03T14:05:00Z", "2022-03-03T14:05:00+00:00"),
        ("2022-03-03T14:05", "2022-03-03T14:05:00+00:00"),
        ("2022-03-03T14:05:00+02:00", "2022-03-03T14:05:00+02:00"),
        (datetime(2022, 3, 3, 14, 5, tzinfo=UTC), "2022-03-03T14:05:00+00:00"),
        (datetime(2022, 3, 3, 14, 5, tzinfo=timezone(timedelta(hours=-5))), "2022-03-03T14:05:00-05:00"),
    ],
)
def test_instants(given: object, kept: str | None) -> None:
    assert normalised_instant(given) == kept  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", ["yesterday", "3 March 2022", "2022-13-01", "2022-02-30T10:00"])
def test_no_instant(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"Invalid isoformat|month must|day "):
        Article(text="x", published_at=wrong)


def test_the_day_of_publication_is_the_article_s_own() -> None:
    assert Article(text="x", published_at="2022-03-03T23:30:00-05:00").published_on == date(2022, 3, 3)
    assert Article(text="x").published_on is None


@pytest.mark.parametrize(
    ("number", "shown"),
    [(498.0, "498"), (6.5, "6.5"), (-3.0, "-3"), (0.0, "0"), (1e15, "1000000000000000"), (1e18, "1e+18")],
)
def test_numbers_as_json_shows_them(number: float, shown: str) -> None:
    assert str(plain_number(number)) == shown


@pytest.mark.parametrize("nothing", [None, math.nan, math.inf, -math.inf])
def test_nothing_and_open_bounds_are_null(nothing: float | None) -> None:
    assert plain_number(nothing) is None


def test_rules_there_and_back() -> None:
    rules = (
        RuleUse(column="metric", rule="killed N", start=3, end=9),
        RuleUse(column="share_of", rule="share_of", figure="f1"),
    )
    assert rules_from_json(rules_to_json(rules)) == rules
    assert rules_from_json(None) == ()


def test_frozen() -> None:
    article = Article(text="x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        article.text = "y"  # type: ignore[misc]
    assert not hasattr(article, "__dict__")


def test_columns_follow_the_figure() -> None:
    assert COLUMNS[0] == "figure_id"
    assert set(COLUMNS) < {one.name for one in dataclasses.fields(Figure)}


def test_skipped_reads_as_one_line() -> None:
    assert str(Skipped(where="news.jsonl", line=3, reason="no text")) == "news.jsonl:3: no text"
    assert str(Skipped(where="a.txt", reason="is empty")) == "a.txt: is empty"
