"""Cut an article into paragraphs, sentences, tokens and quotations, without changing a character.

A sentence ends at ".", "!", "?" or "…" before white space and a capital, digit, currency sign or opening quote, unless
the point belongs to an abbreviation ("U.S.", "Mr.", "Jan. 25") or an initial; a line break ends one always. Every
pattern looks at each character a bounded number of times, so a text without sentence or paragraph costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from figures.extract.types import Document, Quotation, Sentence, Token
from figures.extract.words import ABBREVIATIONS, BEFORE_DIGIT
from figures.model import Article, Field

TOKEN: Final = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|\d+(?:[.,   ]\d+)*"  # 1,500 and 2.5
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"  # words; Russia's is one token
    r"|[^\w\s]|_"
)
END: Final = re.compile(
    r"[.!?…]{1,8}[\"'”’»)\]]{0,4}(?=\s{1,20}[\"'“‘«(\[]{0,4}[A-Z0-9À-ÞĀ-ŽΑ-ΩА-Я$€£¥₹])"
    r"|[.!?…]{1,8}(?=[”»][A-Z])"
)
SINGLE: Final = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
MARKS: Final = re.compile(r"[“”„«»\"‘]|’(?![^\W\d_])|\n")
CLOSING: Final = {"“": "”", "„": "“", "«": "»", "‘": "’", "»": "«"}
BEFORE_WORD: Final = " \u00a0\t\"'“‘«(["
AGAIN: Final = re.compile(r"\s*([“«])")
WRAP: Final = (
    r"(?<=[^\n]{40}[\w,;%)–-])\n(?:(?=[a-z])"
    r"|(?:(?<= of\n)|(?<= the\n)|(?<= and\n)|(?<= to\n)|(?<= in\n)|(?<= by\n)|(?<= for\n)|(?<= with\n))(?=[A-Z\d]))"
)
"""A line that is only wrapped: long, without a stop at its end, and the next begins in lower case."""
WRAPPED: Final = re.compile(WRAP)
LINE: Final = re.compile(rf"[^\n\r\v\f\x85\u2028\u2029]+(?:{WRAP}[^\n\r\v\f\x85\u2028\u2029]+)*")


class _Uncut(Sentence):
    """A sentence that is cut into tokens when somebody first asks for them: many never are."""

    __slots__ = ("_cut", "_vocabulary")
    _cut: tuple[Token, ...] | None
    _vocabulary: frozenset[str]

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens, cut at the first call and kept."""
        cut = self._cut
        if cut is None:
            cut = tuple(_tokens_of(self.text, self.start))
            object.__setattr__(self, "_cut", cut)
        return cut

    @tokens.setter
    def tokens(self, value: tuple[Token, ...] | None) -> None:
        object.__setattr__(self, "_cut", value)

    @property
    def vocabulary(self) -> frozenset[str]:
        """The words in lower case, gathered at the first call and kept."""
        try:
            return self._vocabulary
        except AttributeError:
            object.__setattr__(self, "_vocabulary", super().vocabulary)
            return self._vocabulary


def find_sentences(article: Article) -> Document:
    """Cut title and text into sentences; the title is always one sentence of its own field."""
    sentences: list[Sentence] = []
    sentences.extend(_cut(article.title, "title"))
    sentences.extend(_cut(article.text, "text"))
    quotations = tuple(_quotations(article.text, "text")) + tuple(_quotations(article.title, "title"))
    return Document(article=article, sentences=tuple(sentences), quotations=quotations)


def _cut(text: str, name: Field) -> Iterator[Sentence]:
    index = 0
    for paragraph, line in enumerate(LINE.finditer(text)):
        for start, end in _bounds(text, line.start(), line.end(), whole=name == "title"):
            yield _Uncut(
                field=name,
                index=index,
                paragraph=paragraph,
                start=start,
                end=end,
                text=text[start:end],
                tokens=None,  # type: ignore[arg-type]
            )
            index += 1


def _bounds(text: str, start: int, end: int, *, whole: bool) -> Iterator[tuple[int, int]]:
    begin = start
    for mark in () if whole else END.finditer(text, start, end):
        if text[mark.start()] == "." and mark.end() - mark.start() == 1 and _abbreviated(text, begin, mark.start()):
            continue
        yield from _trimmed(text, begin, mark.end())
        begin = mark.end()
    yield from _trimmed(text, begin, end)


def _abbreviated(text: str, begin: int, point: int) -> bool:
    """Whether the point at an offset belongs to the word before it, not to the end of the sentence."""
    before = text[max(begin, point - 14) : point].rsplit(None, 1)[-1:] or [""]
    word = before[0].lstrip("(“\"'‘[—–-$").casefold()
    following = text[point + 1 : point + 12].lstrip(BEFORE_WORD)[:1]
    if word in BEFORE_DIGIT:
        return following.isdigit()
    if word in {"a.m", "p.m"}:
        return ZONES.match(text, point + 1) is not None
    if SINGLE.fullmatch(word):
        # "in the U.S. The rest" ends there; "the U.S. Army" and "J. Smith" go on
        return not (len(word) > 1 and OPENERS.match(text, point + 1) is not None)
    return word in ABBREVIATIONS and not (following.isdigit() and word in {"etc", "inc", "ltd", "co", "corp"})


ZONES: Final = re.compile(
    r"\s+(?:[A-Z]{2,5}\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Local|Eastern|Pacific|Central)\b|[A-Z][a-z]{2}\.)"
)
OPENERS: Final = re.compile(
    r"\s+(?:The|A|An|In|On|At|It|He|She|They|We|But|And|Its|His|Her|Their|This|That|These|Those|There|For|After|Before"
    r"|When|While|Meanwhile|However|According|Some|Many|More|About|As|By|Of)\s"
)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def tokenise(text: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of a stretch of text."""
    return iter(_tokens_of(text[start:end], start))


def _tokens_of(text: str, base: int) -> list[Token]:
    folded = text.casefold().replace("’", "'")
    if len(folded) != len(text):  # "ß" and a few other letters fold into two
        return [
            Token(base + found.start(), base + found.end(), found[0], found[0].casefold().replace("’", "'"))
            for found in TOKEN.finditer(text)
        ]
    out: list[Token] = []
    for found in TOKEN.finditer(text):
        start, end = found.span()
        out.append(Token(base + start, base + end, text[start:end], folded[start:end]))
    return out


def _quotations(text: str, name: Field) -> Iterator[Quotation]:
    """Stretches between quotation marks, in the order in which they close.

    A straight mark opens after white space or a bracket and closes after a word. A mark that never closes spoils
    nothing: the next one of its kind opens anew, and every quotation ends with its paragraph.
    """
    stack: list[tuple[str, int]] = []
    skip = -1
    for found in MARKS.finditer(text):
        mark, at = found[0], found.start()
        if mark == "\n":
            if WRAPPED.match(text, at) is not None:
                continue
            # speech over several paragraphs opens each of them and closes the last
            again = AGAIN.match(text, found.end()) if stack and stack[0][0] in "“«" else None
            if again is not None and again[1] == stack[0][0]:
                del stack[1:]
                skip = again.end() - 1
            else:
                stack.clear()
            continue
        if at == skip:
            continue
        if mark == '"':
            before = text[at - 1] if at else " "
            opens = (before.isspace() or before in "([-–—“‘") and at + 1 < len(text) and not text[at + 1].isspace()
        else:
            opens = mark in CLOSING and not any(CLOSING.get(one) == mark for one, _ in stack[-3:])
        if opens:
            stack[:] = [one for one in stack if one[0] != mark]
            stack.append((mark, at))
            continue
        depth = next((n for n in range(len(stack) - 1, -1, -1) if mark == CLOSING.get(stack[n][0], stack[n][0])), None)
        if depth is not None:
            yield Quotation(field=name, start=stack[depth][1], end=found.end(), depth=depth + 1)
            del stack[depth:]
