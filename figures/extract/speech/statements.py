"""Find where a sentence says who says something.

A statement reaches over the clause behind its verb ("police said that 12 died"), the clause before it ("12 died,
police said"), or both ("12 died, police said, and 30 were hurt"). Every look to the left or right is bounded, so a
sentence without end costs linear time.
"""

from __future__ import annotations

from typing import Final

from figures.extract.speech.counts import (
    ASKED,
    KEEPING,
    OPENING,
    SETTING,
    appeal_of,
    by_paper,
    figure_of,
    keeps_its,
    put_by,
    started_with,
    that_gave,
)
from figures.extract.speech.forms import has_ahead
from figures.extract.speech.labels import by_colon, in_brackets, introduces
from figures.extract.speech.line import Line
from figures.extract.speech.objects import gives_name, tells_count
from figures.extract.speech.papers import according_to, by_noun, came_from, in_survey, passive, reads_out
from figures.extract.speech.statement import Statement, following_is
from figures.extract.speech.verbs import by_verb
from figures.extract.words import HAD, SURVEYS

ANSWERING: Final = frozenset((
    "hit", "hits", "hitting", "fired", "fires", "firing", "shot", "shoots", "shooting", "pushed", "pushing", "snapped",
))  # fmt: skip
READING_OUT: Final = frozenset(("read", "reads"))
MORE_CUES: Final = SURVEYS | ANSWERING | READING_OUT | OPENING | KEEPING | {"(", ":"}
UNCUED: Final = READING_OUT | OPENING | KEEPING
"""Words outside the lexicon's cues for which alone a sentence must be read."""
"""What else may open a statement, beside the cues of the lexicon."""
APPEALS: Final = frozenset(("appeal", "appeals"))
BY_PAPERS: Final = frozenset(("by", "in"))
BACK: Final = frozenset(("back",))


def find_statements(line: Line) -> list[Statement]:
    """All statements of the sentence, in the order of their reporting words."""
    tokens, words, cues = line.tokens, line.words, line.sources.cues
    found: list[Statement] = []
    taken = 0
    here = line.sentence.vocabulary
    for at, token in enumerate(tokens):
        word = token.lower
        if (word not in cues and word not in MORE_CUES and word not in words.document) or at < taken:
            continue
        one: Statement | None = None
        if word in words.according:
            one = according_to(line, at)
        if word in words.by and at + 1 < len(tokens) and tokens[at + 1].lower == "by":
            one = passive(line, at)
        if one is None and word in SETTING:
            one = put_by(line, at)
        if one is None and (word in words.count or word in words.say or word in ASKED):
            one = that_gave(line, at) or by_paper(line, at)
        if one is None and word in OPENING:
            one = started_with(line, at)
        if one is None and word in KEEPING:
            one = keeps_its(line, at)
        if one is None and word in APPEALS:
            one = appeal_of(line, at)
        if one is None and word in SURVEYS:
            one = in_survey(line, at)
        if one is None and word in words.say:
            one = by_verb(line, at, "say")
        if one is None and word in READING_OUT and reads_out(line, at):
            one = by_verb(line, at, "say")
        if one is None and word in ANSWERING and following_is(tokens, at, BACK):
            one = by_verb(line, at, "say")
        if one is None and word in words.want:
            one = by_verb(line, at, "want")
        if one is None and word in words.naming and gives_name(line, at):
            one = by_verb(line, at, "naming")
        if one is None and word in HAD:
            one = has_ahead(line, at)
        if one is None and word in words.count and tells_count(line, at):
            one = by_verb(line, at, "count")
        if one is None and word in words.by and at + 1 < len(tokens):
            one = passive(line, at)
        if (
            one is None
            and word in {"came", "comes", "come", "stems", "stemmed"}
            and at + 1 < len(tokens)
            and tokens[at + 1].lower == "from"
        ):
            one = came_from(line, at)
        if one is None and word in words.deed:
            one = by_verb(line, at, "deed")
        if one is None and (
            word in words.statement
            or word in words.possessed
            or (word in words.document and not here.isdisjoint(BY_PAPERS))
        ):
            one = figure_of(line, at) or by_noun(line, at)
        if one is None and word == "(" and not found:
            one = in_brackets(line, at)
        if one is None and word == ":":
            one = by_colon(line, at)
            if one is None and not found and at + 1 == len(tokens) and line.sentence.field == "text":
                one = introduces(line, at)
        if one is not None:
            found.append(one)
            while taken < len(tokens) and tokens[taken].start < one.end:
                taken += 1
    return found
