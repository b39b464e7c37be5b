"""A text cut at its figures is the same text: no character is lost, moved or doubled, whatever spans there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

pytest.importorskip("fastapi", reason="the service extra is not installed")

from hypothesis import given
from hypothesis import strategies as st

from figures.publish.evidence import FIGURE, drawn_rules
from service.pages_text import Span, paragraphs

TEXTS = st.text(alphabet="ab 1\n\t", max_size=60)


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(TEXTS)
    spans = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        spans.append(Span(start=start, end=end, key=f"k{number}"))
    return text, spans


class TestParagraphs:
    def test_marks_stand_where_the_spans_do(self) -> None:
        (only,) = paragraphs("about 12 died", [Span(start=6, end=8, key="k")])
        assert [(one.text, one.keys) for one in only.stretches] == [("about ", ()), ("12", ("k",)), (" died", ())]
        assert only.keys == ("k",)

    def test_two_figures_may_share_words(self) -> None:
        (only,) = paragraphs("half of 1,000", [Span(start=0, end=13, key="half"), Span(start=8, end=13, key="base")])
        assert [(one.text, one.keys, one.begins) for one in only.stretches] == [
            ("half of ", ("half",), ("half",)),
            ("1,000", ("half", "base"), ("base",)),
        ]

    def test_a_span_over_two_lines_begins_once(self) -> None:
        first, second = paragraphs("one\ntwo", [Span(start=2, end=5, key="k")])
        assert (first.keys, second.keys) == (("k",), ())
        assert [one.text for one in second.stretches if one.keys] == ["t"]

    @given(texts_with_spans())
    def test_every_line_is_kept_whole(self, given_: tuple[str, list[Span]]) -> None:
        text, spans = given_
        made = paragraphs(text, spans)
        assert ["".join(one.text for one in line.stretches) for line in made] == [
            line for line in text.split("\n") if line.strip()
        ]

    @given(texts_with_spans())
    def test_what_is_marked_is_what_the_spans_hold(self, given_: tuple[str, list[Span]]) -> None:
        text, spans = given_
        made = paragraphs(text, spans)
        for span in spans:
            shown = "".join(one.text for line in made for one in line.stretches if span.key in one.keys)
            kept, at = [], 0
            for line in text.split("\n"):
                if line.strip():
                    kept.append(line[max(span.start - at, 0) : max(span.end - at, 0)])
                at += len(line) + 1
            assert shown == "".join(kept)

    def test_a_long_text_costs_what_its_length_says(self, calls_of: Callable[[Callable[[], object]], int]) -> None:
        def work(size: int) -> Callable[[], object]:
            text = "12 " * size
            spans = [Span(start=3 * number, end=3 * number + 2, key=str(number)) for number in range(size)]
            return lambda: paragraphs(text, spans)

        assert calls_of(work(4000)) <= 2.3 * calls_of(work(2000))


ROW: Final = {
    "sentence": "The ministry said 40 people died.", "quote": "40", "start": 118, "end": 120, "field": "text",
    "rules": {
        "sentence": {"rule": "sentence", "start": 100, "end": 133},
        "metric": {"rule": "N died", "start": 128, "end": 132},
        "source": {"rule": "X said", "start": 100, "end": 117},
        "value": {"rule": "N", "start": 118, "end": 120},
        "place": {"rule": "title", "start": 3, "end": 9},
        "event": {"rule": "the story"},
    },
}  # fmt: skip


class TestDrawnRules:
    def test_the_words_of_each_rule_are_named(self) -> None:
        pieces = drawn_rules(ROW)
        assert "".join(one.text for one in pieces) == ROW["sentence"]
        assert {one.begins: one.text for one in pieces if one.begins} == {
            ("source",): "The ministry said",
            (FIGURE, "value"): "40",
            ("metric",): "died",
        }

    def test_nothing_is_named_where_the_figures_own_place_is_unknown(self) -> None:
        (only,) = drawn_rules({**ROW, "sentence": "40 and 40", "rules": {}})
        assert (only.text, only.columns) == ("40 and 40", ())
