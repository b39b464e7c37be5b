"""Find the speaker of the quotation around a number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from figures.extract.speech.cast import Speaker
from figures.extract.speech.mentions import main_subject
from figures.extract.speech.page import NOBODY, Page, Said, line_at, near_statements
from figures.extract.speech.statement import Statement
from figures.extract.types import Quotation, Sentence


def in_quotation(page: Page, sentence: Sentence, position: int, spot: int) -> tuple[Said, str] | None:
    """The speaker of the innermost quotation around a number: beside its opening or closing mark."""
    around = [
        one
        for one in _near(page.document.quotations, spot)
        if one.field == sentence.field and one.start <= spot < one.end
    ]
    if not around:
        return None
    for quotation in sorted(around, key=lambda one: -one.start):
        inner = [
            one
            for one in near_statements(page, position, spot)
            if quotation.start < one.statement.start < quotation.end
            and one.start <= spot < one.end
            and not one.statement.object_only
            and one.speaker is not NOBODY
        ]
        if inner:
            best = inner[-1]
            outer = _speaker_beside(page, quotation, position)
            if outer is not None and best.relayed_by is None and outer.speaker.name != best.speaker.name:
                best = replace(best, relayed_by=outer.speaker.name or None)
            return best, "in a quotation: " + best.statement.rule
        beside = _speaker_beside(page, quotation, position)
        if beside is not None:
            return beside, "quotation: " + beside.statement.rule
    return None


def _near(quotations: Sequence[Quotation], spot: int) -> Sequence[Quotation]:
    """Quotations that may hold a spot; quotations are sorted by their start only within a field and depth."""
    return (
        quotations
        if len(quotations) < 200
        else quotations[max(0, bisect_right(quotations, spot, key=lambda one: one.start) - 20) :][:40]
    )


def _speaker_beside(page: Page, quotation: Quotation, position: int) -> Said | None:
    sentences = page.document.sentences
    last = position
    while (
        last + 1 < len(sentences)
        and sentences[last + 1].start < quotation.end
        and sentences[last + 1].field == quotation.field
        and last < position + 12
    ):
        last += 1
    for one in near_statements(page, last, quotation.end):
        if (
            one.statement.start >= quotation.end
            and one.statement.reach in {"before", "both"}
            and one.statement.opens - quotation.end < 12 + 80 * (one.statement.reach == "before")
        ):
            return one
    first = position
    while (
        first
        and sentences[first - 1].end > quotation.start
        and sentences[first - 1].field == quotation.field
        and first > position - 12
    ):
        first -= 1
    after = sentences[last + 1] if last + 1 < len(sentences) else None
    if after is not None and after.field == quotation.field and 0 <= after.start - quotation.end <= 1:
        for one in near_statements(page, last + 1, quotation.end)[:1]:  # “… outside!” Mr. Ruiz tweeted on Saturday.
            if one.statement.opens == after.start and after.end - one.statement.closes <= 2:
                return one
    opening = [one for one in near_statements(page, first, quotation.start) if one.statement.end <= quotation.start]
    if opening:
        return opening[-1]
    opened = sentences[first]
    if page.document.article.field_text(opened.field)[max(0, quotation.start - 2) : quotation.start].strip() == ":":
        subject = main_subject(page, line_at(page, opened, first), quotation.start, country=True)
        if subject is not None and (subject[0].person or subject[0].firm):
            return _spoken_by(page, subject, quotation, first)  # "Ms. Ruiz hit back: “…”"
    if first != last:
        for one in near_statements(page, first, quotation.start):
            if one.statement.start >= quotation.end or one.statement.end <= quotation.start:
                return one
    sentence = sentences[first]
    if (
        first
        and sentences[first - 1].field == sentence.field
        and quotation.start - sentence.start < 2
        and sentences[first - 1].text.endswith(":")
        and (introduced := [one for one in page.said.get(first - 1, ()) if not one.statement.object_only])
    ):
        return introduced[-1]  # a quotation that stands as a paragraph of its own
    if first and sentences[first - 1].paragraph == sentence.paragraph and sentences[first - 1].field == sentence.field:
        before = page.said.get(first - 1)
        if before:
            return before[-1]
    return None


def _spoken_by(page: Page, subject: tuple[Speaker, str], quotation: Quotation, position: int) -> Said:
    """The statement that a colon makes of the subject before it."""
    statement = Statement(
        sentence=position,
        start=quotation.start,
        end=quotation.start + 1,
        opens=quotation.start,
        closes=quotation.start + 1,
        reach="after",
        rule="X: “…”",
    )
    page.cast.meet(subject[0])
    return Said(statement=statement, speaker=subject[0], mention=subject[1], start=quotation.start, end=quotation.end)
