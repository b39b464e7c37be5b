"""Find the speaker whose report a sentence without a speaker goes on with."""

from __future__ import annotations

import re
from typing import Final

from figures.extract.speech.cast import Speaker, cast_text
from figures.extract.speech.hindsight import tells_of_another_country
from figures.extract.speech.mentions import main_subject
from figures.extract.speech.owners import BARE_COUNTS, OF_NOBODY
from figures.extract.speech.page import (
    BULLET,
    NOBODY,
    SOMEBODY,
    TURN,
    Page,
    Said,
    has_number,
    line_at,
    notes_of,
    told_before,
)
from figures.extract.speech.phrases import opening_phrase
from figures.extract.speech.speaking import is_counted
from figures.extract.types import Reading, Sentence
from figures.extract.words import INQUIRY


def _introduced(page: Page, position: int) -> Said | None:
    """The speaker of the line that opens a list with a colon: "X has published these figures:" and its bullets."""
    sentences = page.document.sentences
    if not BULLET.match(sentences[position].text):
        return None
    at = position
    while at > 0 and at > position - LONGEST_LIST and sentences[at - 1].field == sentences[at].field:
        at -= 1
        text = sentences[at].text
        if text.rstrip().endswith(":") and not BULLET.match(text):
            said = [
                one for one in page.said.get(at, ())[-6:] if not one.statement.object_only and one.speaker is not NOBODY
            ]
            return said[-1] if said else None
        if not BULLET.match(text) and (
            sentences[at].paragraph != sentences[at + 1].paragraph or not BULLET.match(sentences[at + 1].text)
        ):
            bulleted = any(
                BULLET.match(one.text) and one.paragraph == sentences[at].paragraph
                for one in sentences[max(0, at - 4) : at]
            )
            if not bulleted:
                return None
    return None


LONGEST_LIST: Final = 40


def _reports(page: Page, one: Said) -> bool:
    """Whether a statement tells news that the next sentence may go on with: no demand, no name for a thing."""
    reporting = page.lexicon.sources.reporting
    word = one.statement.rule.split()[-1]
    if word in DISMISSING and one.statement.reach == "after":
        return False  # "she denies any crime"
    return not one.statement.object_only and word not in reporting.want and word not in reporting.naming


def _recalls_years(page: Page, sentence: Sentence) -> bool:
    """Whether a sentence tells of a year that lies two years or more back, which the writer knows himself."""
    published = page.document.article.published_at
    if published is None:
        return False
    year = int(str(published)[:4])
    return any(int(found[1]) <= year - 2 for found in PAST_YEAR.finditer(sentence.text))


PAST_YEAR: Final = re.compile(r"\b[Ii]n (?:\w+ )?((?:19|20)\d\d)\b(?!-)")


def _another_acts(page: Page, position: int, reading: Reading, speaker: Speaker) -> bool:
    """Whether a sentence tells the deed of another body than the one that spoke before: "The hospital admitted 104".

    Parties to a war act in everybody's report, and so do witnesses and countries; they change nobody's turn.
    """
    sentence = page.document.sentences[position]
    line = line_at(page, sentence, position)
    span = opening_phrase(line, country=True)
    if span is None or line.tokens[span[0]].lower in SOMEBODY:
        return False
    if page.cast.is_place(cast_text(line.tokens[span[0] : span[1]])) or is_counted(line, span):
        return False
    if all(one.lower in OF_NOBODY for one in line.tokens[span[0] : span[1]]):
        return False
    head = line.tokens[line.head(span)].lower
    reporting = page.lexicon.sources.reporting
    if head in reporting.statement or head in reporting.document or head in BARE_COUNTS or head in UNACTING:
        return False
    subject = main_subject(page, line, reading.quantity.mention.start, country=True)
    if subject is None or (subject[0].type not in ACTING and not subject[0].person):
        return False
    actor = subject[0]
    return actor.name != speaker.name and not (set(actor.name.split()) & set(speaker.name.split()))


UNACTING: Final = frozenset(("number", "numbers", "plan", "total", "conference", "fund", "appeal"))
ACTING: Final = frozenset(("government", "ngo", "hospital", "company", "intergovernmental", "media", "expert"))
DISMISSING: Final = frozenset(
    ("deny", "denies", "denied", "dispute", "disputes", "disputed", "doubt", "doubts", "doubted")
)


def continued(page: Page, reading: Reading, sentence: Sentence, position: int) -> tuple[Said, str] | None:
    """The speaker whose report a sentence without a speaker goes on with, or who closes the paragraph."""
    if sentence.field == "title" or notes_of(page, position)[1] or reading.metric == "population":
        return None
    if _recalls_years(page, sentence):
        return None
    sentences = page.document.sentences
    if not TURN.match(sentence.text):
        for back in range(1, 4):
            other = position - back
            if (
                other < 0
                or sentences[other].field != sentence.field
                or sentences[other].paragraph != sentence.paragraph
            ):
                break
            said = [one for one in page.said.get(other, [])[-12:] if _reports(page, one)]
            if said and _another_acts(page, position, reading, said[-1].speaker):
                return None
            if said and tells_of_another_country(page, said[-1].speaker, sentence):
                return None
            if said:
                return said[-1], "goes on with the report of " + said[-1].statement.rule
            asked = [
                one
                for one in page.said.get(other, [])[-12:]
                if one.statement.rule.split()[1:2]
                and one.statement.rule.split()[1] in INQUIRY
                and not one.speaker.person
            ]
            if asked:
                return asked[-1], "goes on with the inquiry of " + asked[-1].statement.rule
            if TURN.match(sentences[other].text) or back == 2 or not has_number(page, sentences[other]):
                break
    listed = _introduced(page, position)
    if listed is not None:
        return listed, "in the list of " + listed.statement.rule
    if notes_of(page, position)[2]:
        known = [one for one in told_before(page, position) if one.speaker.firm]
        if known:
            return known[-1], "a revision of what was told by " + known[-1].statement.rule
    for ahead in range(1, 4):
        other = position + ahead
        if (
            other >= len(sentences)
            or sentences[other].field != sentence.field
            or sentences[other].paragraph != sentence.paragraph
        ):
            break
        firm = [one for one in page.said.get(other, [])[:12] if not one.statement.object_only]
        if firm:
            first = firm[0]
            earlier = told_before(page, position)
            if earlier and earlier[-1].speaker.name == first.speaker.name:
                return first, "the paragraph ends with " + first.statement.rule
            break
    return None
