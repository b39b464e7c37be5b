"""Cut an article into paragraphs, sentences, tokens and quotations, without changing a character.

A sentence ends at ".", "!", "?" or "…" before white space and a capital, digit or opening quote, unless the point
belongs to an abbreviation ("U.S.", "Mr.", "Jan.") or an initial; a line break ends one always.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from figures.extract.types import Document, Quotation, Sentence, Token
from figures.model import Article, Field

TOKEN: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,   ]\d+)*"  # 1,500 and 2.5
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # words; Russia's is one token
    r"|[^\w\s]|_"
)
END: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s+[\"'“‘«(\[]*[A-Z0-9À-Þ“\"])")
ABBREVIATIONS: Final = frozenset(
    "mr mrs ms dr prof gen lt col maj capt sgt sen rep gov st jr sr no vs inc ltd co corp jan feb mar apr jun jul aug sep"
    " sept oct nov dec mon tue wed thu fri sat sun fla calif ky rev hon brig adm cmdr approx etc al e.g i.e u.s u.n u.k".split()
)
OPENING: Final = {"“": "”", "«": "»"}


def find_sentences(article: Article) -> Document:
    """Cut title and text into sentences; the title is always one sentence of its own field."""
    sentences: list[Sentence] = []
    for name in ("title", "text"):
        sentences.extend(_cut(article.field_text(name), name))  # type: ignore[arg-type]
    quotations = tuple(_quotations(article.text, "text")) + tuple(_quotations(article.title, "title"))
    return Document(article=article, sentences=tuple(sentences), quotations=quotations)


def _cut(text: str, name: Field) -> Iterator[Sentence]:
    index = 0
    for paragraph, line in enumerate(re.finditer(r"[^\n\r]+", text)):
        for start, end in _bounds(text, line.start(), line.end(), whole=name == "title"):
            yield Sentence(
                field=name, index=index, paragraph=paragraph, start=start, end=end, text=text[start:end],
                tokens=tuple(tokenise(text, start, end)),
            )  # fmt: skip
            index += 1


def _bounds(text: str, start: int, end: int, *, whole: bool) -> Iterator[tuple[int, int]]:
    begin = start
    for mark in () if whole else END.finditer(text, start, end):
        before = text[max(begin, mark.start() - 12) : mark.start()].rsplit(None, 1)[-1:] or [""]
        word = before[0].lstrip("(“\"'‘").casefold()
        if text[mark.start()] == "." and (word in ABBREVIATIONS or re.fullmatch(r"(?:[a-z]\.)*[a-z]", word)):
            continue
        yield from _trimmed(text, begin, mark.end())
        begin = mark.end()
    yield from _trimmed(text, begin, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def tokenise(text: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of a stretch of text."""
    for found in TOKEN.finditer(text, start, end):
        word = found[0]
        yield Token(found.start(), found.end(), word, word.casefold().replace("’", "'"))


def _quotations(text: str, name: Field) -> Iterator[Quotation]:
    stack: list[tuple[str, int]] = []
    for found in re.finditer(r"[“”«»\"]|\n", text):
        mark = found[0]
        if mark == "\n":
            stack.clear()
        elif stack and (mark == OPENING.get(stack[-1][0]) or (mark == '"' and stack[-1][0] == '"')):
            _, start = stack.pop()
            yield Quotation(field=name, start=start, end=found.end(), depth=len(stack) + 1)
        elif mark in OPENING or mark == '"':
            stack.append((mark, found.start()))
