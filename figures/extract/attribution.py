"""Find who is credited with each reading (SPEC section 4, Attribution).

Tried in this order: the innermost speaker of the enclosing quotation; the statement whose reach holds the number,
the nearest inside; a name set beside the number in a list ("and the police 240,000"); the headline; the speaker whose
report the paragraph continues; the speaker who closes the paragraph; else the outlet.
"""

from __future__ import annotations

from figures.extract.speech.continuation import continued
from figures.extract.speech.each import each_its_own
from figures.extract.speech.hindsight import by_full_name, by_returning_body, credited, one_report
from figures.extract.speech.page import Page, notes_of
from figures.extract.speech.quotations import in_quotation
from figures.extract.speech.reading import read_page
from figures.extract.speech.sentences import in_sentence
from figures.extract.types import Credit, Document, Reading
from figures.lexicon import Lexicon
from figures.model import RuleUse, SourceRelation, SourceType


def relation_of(
    side: str | None, party: str | None, lexicon: Lexicon, source_type: SourceType = "unknown"
) -> SourceRelation:
    """How a source of that side stands to a counted party: own, opponent, third_party, unknown."""
    return lexicon.sources.relation_of(side, party, source_type)


def find_credits(document: Document, readings: list[Reading], lexicon: Lexicon) -> list[Credit]:
    """One credit a reading, in the same order."""
    if not readings:
        return []
    page = read_page(document, readings, lexicon)
    credits = one_report(page, readings, [_credit(page, reading) for reading in readings])
    asked = next((one.speaker for one in page.order if one.statement.rule.startswith("in a survey")), None)
    if asked is not None:
        page.papers.setdefault("poll", asked)
    return by_returning_body(page, readings, [by_full_name(page, one) for one in credits])


def _credit(page: Page, reading: Reading) -> Credit:
    mention = reading.quantity.mention
    sentence = page.document.sentences[mention.sentence]
    spot = mention.number_start
    found = in_quotation(page, sentence, mention.sentence, spot)
    if found is None:
        found = in_sentence(page, mention.sentence, spot)
    if found is None:
        found = continued(page, reading, sentence, mention.sentence)
    if found is None:
        return _outlet(page, mention.sentence)
    said, rule = found
    return credited(page, reading, each_its_own(page, said, mention.sentence, spot), rule)


def _outlet(page: Page, position: int) -> Credit:
    outlet = page.document.article.outlet
    return Credit(
        source=outlet,
        source_type="media" if outlet else "unknown",
        standing=notes_of(page, position)[0],
        rules=(RuleUse(column="source", rule="nobody is credited: the outlet"),),
    )
