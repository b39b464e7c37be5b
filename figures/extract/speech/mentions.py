"""Tell whom a sentence is about, so that "it said" or "the carmaker said" in the next can mean them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from figures.extract.speech.cast import GENERIC, Speaker
from figures.extract.speech.line import LOOK, Line
from figures.extract.speech.owners import resolve
from figures.extract.speech.page import NOBODY, PERSONAL, Page, line_at
from figures.extract.speech.phrases import apposition_at, opening_phrase, phrase_from, phrase_start
from figures.extract.speech.speaking import OF_TWO, can_speak
from figures.extract.types import Token
from figures.extract.words import POLITICIANS
from figures.lexicon.sources import POSSESSIVE

BODIES: Final = frozenset(GENERIC) | {"ministry", "army", "government"}


def meet_subject(page: Page, position: int, *, person: bool = False) -> None:
    """Before "It said …": the body that the sentence before is about, where nobody speaks there.

    Where nobody has spoken yet, the subject of up to three sentences before; ``person`` asks for a person.
    """
    sentences = page.document.sentences
    for before in range(position - 1, max(-1, position - 1 - (1 if page.cast.spoken else 3)), -1):
        if sentences[before].field != sentences[position].field:
            return
        if any(not one.statement.object_only and one.speaker is not NOBODY for one in page.said.get(before, ())):
            return
        line = line_at(page, sentences[before], before)
        subject = main_subject(page, line, sentences[before].end, country=person)
        if subject is not None and (subject[0].person or subject[0].role is not None or not person):
            page.cast.meet(subject[0])
            return


def one_of_two(page: Page, position: int, words: Sequence[Token]) -> Speaker | None:
    """Whom "the former" or "the latter" means: one side of the first "A and B" of the sentence before."""
    if len(words) != 2 or words[1].lower not in OF_TWO or not position:
        return None
    line = line_at(page, page.document.sentences[position - 1], position - 1)
    tokens = line.tokens
    for at in range(1, min(len(tokens) - 1, LOOK)):
        if tokens[at].lower != "and":
            continue
        start, behind = phrase_start(line, at - 1, 0), phrase_from(line, at + 1)
        if start < at and behind is not None and can_speak(line, start, at) and can_speak(line, *behind):
            chosen = (start, at) if words[1].lower == "former" else behind
            return resolve(page, tokens[chosen[0] : chosen[1]], ())
    return None


def named_subject(page: Page, line: Line, words: Sequence[Token], limit: int) -> Speaker | None:
    """The company that "the carmaker" means: the name that opens its sentence or the article, no place, no person."""
    head = words[1].lower
    kind = page.lexicon.sources.reporting.heads.get(head)
    if kind != "company" or head.endswith("s"):
        return None
    if head in {"airline", "carrier"}:
        if "airline" not in page.cast.offices:
            flown = AIRLINE.search(page.document.article.text, 0, 20_000)
            page.cast.offices["airline"] = flown[0] if flown is not None else None
        flies = page.cast.offices["airline"]
        if flies:
            return Speaker(name=flies, type="company", heads=frozenset({"airline", "carrier", "company"}))
    lead = next((n for n, one in enumerate(page.document.sentences) if one.field == "text"), line.position)
    for at in dict.fromkeys((line.position, line.position - 1, lead)):
        if not 0 <= at < len(page.document.sentences) or page.document.sentences[at].field != line.sentence.field:
            continue
        sentence = page.document.sentences[at]
        found = COMPANY_SUBJECT.match(sentence.text)
        if found is None or sentence.start + found.start(1) >= limit:
            continue
        name = POSSESSIVE.sub("", found[1].strip())
        if not page.cast.is_place(name) and not name.casefold().startswith(("the ", "a ", "in ", "at ")):
            known = page.lexicon.sources.source(name)
            if known is not None and known.type != "company":
                continue
            return Speaker(name=known.name if known else name, type="company", heads=frozenset({head, name.casefold()}))
    return None


AIRLINE: Final = re.compile(
    r"(?:(?!The\b|An?\b|In\b|By\b|On\b|Of\b)[A-ZÀ-Þ][\w-]+ ){1,3}(?:Airlines?|Airways|Air(?= [A-Z(,.]|[,.])|Aviation)\b"
)
COMPANY_SUBJECT: Final = re.compile(
    r"(?:[^\n]{2,60}?(?:[—–]|--|\s-)\s)?((?!The\b|A\b|An\b|In\b|At\b|On\b|It\b|Flight\b|Train\b|Bus\b|He\b|She\b|They\b|More\b|About\b|Some\b)"
    r"[A-ZÀ-Þ][\w&.’'-]*(?:\s(?:[A-ZÀ-Þ][\w&.’'-]*|&|and(?=\s[A-Z]))){0,3})\s+(?:will|is|has|had|to|cut|sold|made"
    r"|lost|shed|paid"
    r"|bought|swung|plans?|[a-z]{3,}ed|[a-z]{3,}[^su]s)\b"
)


def means_body(words: Sequence[Token]) -> bool:
    """Whether a short form such as "the ministry" or "a ministry spokesman" may mean a body of the sentence before."""
    return any(one.lower in BODIES for one in words) and not any(one.text[0].isupper() for one in words[1:2])


def means_politician(words: Sequence[Token]) -> bool:
    """Whether "the former minister", "the Texas Republican" means somebody whom the article names."""
    lowers = [one.lower for one in words]
    return lowers[0] == "the" and len(words) <= 5 and (lowers[1:2] == ["former"] or lowers[-1] in POLITICIANS)


def last_person(page: Page, position: int) -> Speaker | None:
    """The person who is the subject of the sentence before, or who speaks in it."""
    if not position or page.document.sentences[position - 1].field != page.document.sentences[position].field:
        return None
    spoken = [one for one in page.said.get(position - 1, ()) if one.speaker.person]
    if spoken:
        return spoken[-1].speaker
    sentence = page.document.sentences[position - 1]
    subject = main_subject(page, line_at(page, sentence, position - 1), sentence.end, country=True)
    return subject[0] if subject is not None and subject[0].person else None


def meet_own_subject(page: Page, line: Line, limit: int, pronoun: str, *, owner: bool = False) -> None:
    """Before "…: it had found N" in the middle of a sentence: the body or person that the sentence is about.

    ``owner`` says that the pronoun owns the count ("has not changed its toll"), as its own subject alone can.
    """
    person = pronoun in PERSONAL
    subject = main_subject(page, line, limit, country=person or owner)
    if subject is None:
        return
    named = subject[0].firm or sum(one[0].isupper() for one in subject[0].name.split()) > 1
    several = pronoun in {"they", "their", "them"} and subject[0].plural
    if (named or owner or several) and (subject[0].somebody == person or several):
        page.cast.meet(subject[0])


def main_subject(page: Page, line: Line, limit: int, *, country: bool = False) -> tuple[Speaker, str] | None:
    """The subject of a sentence: the noun phrase that opens it, where it can speak."""
    tokens = line.tokens
    span = opening_phrase(line, country=country)
    if span is None or tokens[span[0]].start >= limit:
        return None
    words = tokens[span[0] : span[1]]
    aside = apposition_at(line, span[1])
    beside = tokens[aside[0] : aside[1]] if aside is not None and tokens[aside[0]].start < limit else ()
    speaker = resolve(page, words, beside)
    if speaker is None:
        return None
    return speaker, page.document.article.field_text(line.sentence.field)[words[0].start : words[-1].end]
