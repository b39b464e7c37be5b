"""The promise that holds always: every figure points at exact characters, whatever the text.

Texts are made of news-like phrases, numbers in every guise, quotation marks that do not close, and plain noise.
"""

from __future__ import annotations

import math

from hypothesis import example, given, settings
from hypothesis import strategies as st

from figures import Article, Figure, extract
from figures.model import COLUMNS
from figures.table import tabulate, to_rows

NUMBERS = st.one_of(
    st.integers(0, 10**9).map(str),
    st.integers(1, 10**9).map(lambda one: f"{one:,}"),
    st.integers(1, 10**7).map(lambda one: f"{one:,}".replace(",", "\u00a0")),
    st.integers(1, 10**7).map(lambda one: f"{one:,}".replace(",", ".")),
    st.decimals(0, 1000, places=2).map(str),
    st.sampled_from(
        [
            "no", "a", "one", "twelve", "a hundred and twenty", "two-thirds", "half", "one in five", "2.5 million",
            "$1.5bn", "€300 million", "Rs 50 lakh", "3 crore", "dozens", "tens of thousands", "several", "a few",
            "100-150", "between 3 and 5 million", "10 or 12", "$250,000 to $1 million", "90%", "3.5 percentage points",
            "more than 1,500", "at least 35", "nearly 500", "fewer than 20", "up to 4 million", "-12", "1e5", "½", "٣٤",
            "1,2,3,4", "0", "00", "9" * 30, "24/7", "F-16", "9/11", "10:30", "2022", "1.", ".5", "%", "№ 7",
        ]
    ),
)  # fmt: skip
PHRASES = st.sampled_from(
    [
        "{} people were killed", "killing {}", "the death toll rose from {} to {}", "{} of its troops were wounded",
        "{} have fled Ukraine", "including {} children", "{} others were injured on Thursday",
        "according to the ministry",
        "“We lost {} men,” the governor said", "‘{} dead’", 'he said: "{}', "” she added, ”", "(AP) — ", "{} missiles",
        "{} a day", "{} per cent of the {} refugees", "rose by {} to {}", "{} were not", "the U.N. said {}", "Mr. {}",
        "{} km from Kyiv", "aged {}", "{} years", "no one was hurt", "the remaining {}", "{} and {} respectively",
    ]
)  # fmt: skip
MARKS = st.sampled_from(
    [" ", ". ", ", ", "; ", "\n", "\n\n", "\r\n", "\u2028", "\t", "", "…", " — ", '"', "“", "”", "’", "'"]
)
NOISE = st.text(max_size=8) | st.sampled_from(
    ["\u200b", "\ufeff", "🙂", "e\u0301", "İ", "ß", "ﬁ", "\x00", "\ud83d", "١"]
)


@st.composite
def phrases(draw: st.DrawFn) -> str:
    parts = draw(PHRASES).split("{}")
    out = parts[0]
    for part in parts[1:]:
        out += draw(NUMBERS) + part
    return out


TEXTS = st.lists(st.one_of(phrases(), NUMBERS, MARKS, NOISE), max_size=12).map("".join)
PUBLISHED = st.none() | st.dates().map(lambda one: one.isoformat())


def check(article: Article, figures: list[Figure]) -> None:
    for one in figures:
        text = article.field_text(one.field)
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end] == one.quote
        assert one.sentence in text
        assert one.quote in one.sentence
        assert one.article_id == article.article_id
        assert one.low <= one.high
        assert not math.isnan(one.low)
        assert not math.isnan(one.high)
        assert one.value is None or math.isfinite(one.value)
        assert 0 <= one.confidence <= 1
        for use in one.rules:
            assert use.rule
            if use.start is not None:
                assert use.end is not None
                assert 0 <= use.start <= use.end <= len(text)
    ids = [one.figure_id for one in figures]
    assert len(set(ids)) == len(ids)
    for one in figures:
        assert all(use.figure is None or use.figure in ids for use in one.rules)


@given(TEXTS, TEXTS, PUBLISHED)
@settings(deadline=None, max_examples=100)
@example("Killed: 12", "", None)
@example("12", "12", "2022-03-03")
@example("\ufeff“12 dead,” he said. İ 13 dead.", "İİ 14 killed", "2022-03-03")
@example('He "said 12 were killed “today”.', "", None)  # a straight mark that never closes, then a curly one
# What the title says has offsets of its own, which mean nothing in the text.
@example("0 people were killed", "A headline of some length: 9 have fled Ukraine, where 7 died", None)
def test_every_figure_points_at_exact_characters(text: str, title: str, published_at: str | None) -> None:
    article = Article(text=text, title=title, outlet="Larkfield Wire", published_at=published_at)
    tracked = extract(article)
    check(article, tracked)
    check(article, extract(article, all_quantities=True))
    assert extract(article) == tracked


@given(st.lists(phrases(), min_size=1, max_size=6).map(". ".join))
@settings(deadline=None, max_examples=40)
def test_what_was_read_survives_the_table(text: str) -> None:
    figures = extract(Article(text=text, outlet="Larkfield Wire", published_at="2022-03-03"))
    rows = {one["figure_id"]: one for one in to_rows(tabulate(figures))}
    assert rows == {one.figure_id: one.to_row() for one in figures}
    assert all(set(one) == set(COLUMNS) for one in rows.values())


def test_the_same_article_alone_or_among_others_reads_alike() -> None:
    first = Article(text="A strike killed 12 people on Thursday, police said.", outlet="A", published_at="2022-03-03")
    second = Article(
        text="At least 30 were hurt. The ministry said 4 of them died.", outlet="B", published_at="2022-03-04"
    )
    alone = extract(first)
    extract(second)
    assert extract(first) == alone
    assert alone
