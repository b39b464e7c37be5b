"""Sentences, tokens and quotations: offsets hold, abbreviations go on, broken marks spoil nothing."""

from __future__ import annotations

import pickle
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from figures.extract.sentences import find_sentences, tokenise
from figures.model import Article


def cut(text: str) -> list[str]:
    return [one.text for one in find_sentences(Article(text=text)).sentences]


def quoted(text: str) -> list[tuple[str, int]]:
    return [(text[one.start : one.end], one.depth) for one in find_sentences(Article(text=text)).quotations]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ten men died. No one was hurt.", ["Ten men died.", "No one was hurt."]),
        ("KABUL, Afghanistan (Jan. 25, 2013) — Two men died. It rained.",
         ["KABUL, Afghanistan (Jan. 25, 2013) — Two men died.", "It rained."]),
        ("The U.S. Army left. He lives in the U.S. The rest went home.",
         ["The U.S. Army left.", "He lives in the U.S.", "The rest went home."]),
        ("Mr. Ruiz met J. Smith. They ate.", ["Mr. Ruiz met J. Smith.", "They ate."]),
        ("It cost $5. $3 was for the bus.", ["It cost $5.", "$3 was for the bus."]),
        ("The toll was 2.5 million. 12 more died.", ["The toll was 2.5 million.", "12 more died."]),
        ("He came at 5 p.m. Nobody was there.", ["He came at 5 p.m.", "Nobody was there."]),
        ("It begins at 5 p.m. Monday in Lima.", ["It begins at 5 p.m. Monday in Lima."]),
        ("“We won. They lost,” he said. “Go.”", ["“We won.", "They lost,” he said.", "“Go.”"]),
        ("One line\nanother line", ["One line", "another line"]),
        ("Law No. 12 was passed. Is that so? Yes!", ["Law No. 12 was passed.", "Is that so?", "Yes!"]),
        ("  \n\n ", []),
    ],
)  # fmt: skip
def test_sentences(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


def test_title_is_one_sentence() -> None:
    document = find_sentences(Article(text="One. Two.", title="Mayor: 12 dead. 30 hurt"))
    assert [(one.field, one.text) for one in document.sentences] == [
        ("title", "Mayor: 12 dead. 30 hurt"),
        ("text", "One."),
        ("text", "Two."),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Russia’s 1,500 men", ["Russia’s", "1,500", "men"]),
        ("U.S.-led", ["U.S.", "-", "led"]),
        ("€2.5m (about)", ["€", "2.5", "m", "(", "about", ")"]),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert [one.text for one in tokenise(text, 0, len(text))] == words


def test_lower_has_straight_apostrophes() -> None:
    (token,) = tokenise("Côte’s", 0, 6)
    assert token.lower == "côte's"


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ("“Twelve died,” he said.", [("“Twelve died,”", 1)]),
        ("‘He said “twelve died” today’ and left", [("“twelve died”", 2), ("‘He said “twelve died” today’", 1)]),
        ('"One," he said. "Two and three," she said.', [('"One,"', 1), ('"Two and three,"', 1)]),
        ('"broken at once\n"whole" again', [('"whole"', 1)]),
        ("“lost mark 12\nno quotation here", []),
        ("“One paragraph.\n“Another,” he said.", [("“One paragraph.\n“Another,”", 1)]),
        ("«Doce» et “12”", [("«Doce»", 1), ("“12”", 1)]),
        ("He's the boys’ hero", []),
    ],
)
def test_quotations(text: str, quotations: list[tuple[str, int]]) -> None:
    assert quoted(text) == quotations


def test_tokens_are_cut_late_and_kept() -> None:
    sentence = find_sentences(Article(text="Ten men died.")).sentences[0]
    assert sentence.tokens is sentence.tokens
    assert pickle.loads(pickle.dumps(sentence)) == sentence
    assert replace(sentence, index=7).tokens == sentence.tokens


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="aB. ,\n\"“”'’1U€—\u00a0\u2028!?()", max_size=120))
def test_offsets_hold(text: str) -> None:
    document = find_sentences(Article(text=text, article_id="a"))
    end = 0
    for sentence in document.sentences:
        assert sentence.start >= end
        assert text[sentence.start : sentence.end] == sentence.text
        end = sentence.end
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
            assert sentence.start <= token.start < token.end <= sentence.end
    for quotation in document.quotations:
        assert 0 <= quotation.start < quotation.end <= len(text)


@pytest.mark.parametrize("piece", ['"', "“ ", ". A", "1,", "and ", "a'", "‘a ’ "])
def test_hostile_text_is_read(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    document = find_sentences(Article(text=text))
    assert sum(len(one.tokens) for one in document.sentences) <= len(text)
