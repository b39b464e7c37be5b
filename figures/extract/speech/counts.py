"""Read statements that treat a number as a thing: "put at N by X", "N, a figure that X gave", "X's appeal of N"."""

from __future__ import annotations

from typing import Final

from figures.extract.speech.line import Line
from figures.extract.speech.phrases import apposition_at, phrase_from
from figures.extract.speech.speaking import can_speak, keeps_count
from figures.extract.speech.statement import Statement, statement
from figures.extract.speech.subjects import subject_of
from figures.extract.words import (
    AUXILIARIES,
    BEFORE_NUMBER,
    DETERMINERS,
    MONTHS,
    NUMBER_WORDS,
    QUOTES,
    STOPS,
    WEEKDAYS,
    WOUNDED,
)

SETTING: Final = frozenset((
    "put", "placed", "given", "estimated", "set", "pegged", "reckoned", "raised", "lowered", "revised", "cut",
    "updated", "reported", "calculated", "valued", "fixed", "listed", "assessed", "counted", "recorded",
))  # fmt: skip
"""Participles behind which a number stands and then its author: "put at 12 by the police"."""
FIGURES: Final = frozenset(("figure", "number", "toll", "count", "tally", "total", "estimate"))
COPULAS: Final = frozenset(("is", "are", "was", "were", "remains", "remained", "still"))
ASKED: Final = frozenset(("appealed", "asked", "called", "requested", "sought", "needs", "wants", "requires"))
OPENING: Final = frozenset((
    "started", "begun", "began", "opened", "stayed", "stays", "remained", "remains", "stands", "stood", "stuck",
))  # fmt: skip
"""Verbs of a body's first count ("started with 12") and of one that it keeps ("has stayed at 12")."""
KEEPING: Final = frozenset((
    "withdrawn", "withdrew", "stands", "stand", "standing", "stood", "sticks", "stuck", "sticking", "keeps", "kept",
    "keeping", "holds", "held", "holding", "defends", "defended", "repeats", "repeated", "maintains", "maintained",
    "changed", "corrected", "revised", "abandoned", "dropped",
))  # fmt: skip
DATING: Final = WEEKDAYS | MONTHS | {
    "on", "in", "at", "late", "early", "last", "this", "yesterday", "today", "first", "again", "week", "month", "year",
}  # fmt: skip
THAT: Final = frozenset(("that", "which"))
FARTHEST: Final = 14
"""Words between a participle and its author, or between a number and the noun that stands for it."""


def put_by(line: Line, at: int) -> Statement | None:
    """ "put at N by X" · "given as N by X" · "raised on Monday to N dead by X": the author behind the number."""
    tokens = line.tokens
    n = at + 1
    while n < len(tokens) and (tokens[n].lower in DATING - {"at"} or tokens[n].text[0].isdigit()) and n < at + 5:
        n += 1
    if n + 1 >= len(tokens) or tokens[n].lower not in {"at", "as", "to"}:
        return None
    if not (line.numbered(tokens[n + 1]) or tokens[n + 1].lower in BEFORE_NUMBER or tokens[n + 1].text in "$€£"):
        return None  # "put at gate 14 by volunteers"
    counted = False
    for k in range(n + 1, min(n + FARTHEST, len(tokens))):
        one = tokens[k]
        counted = counted or line.numbered(one)
        if one.text in ",;:—–" or one.text in QUOTES or one.lower in STOPS - {"more", "than", "between", "over"}:
            return None
        if one.lower != "by" or not counted:
            continue
        span = phrase_from(line, k + 1)
        if span is None or not can_speak(line, *span):
            return None
        also = apposition_at(line, span[1])
        return statement(
            line, k, k, rule=f"{tokens[at].lower} at N by X", reach="both", closes=(also or span)[1] - 1, speaker=span,
            also=also,
        )  # fmt: skip
    return None


def figure_of(line: Line, at: int) -> Statement | None:
    """ "N, a figure of X" · "N was the figure of X on Tuesday" · "N was X's figure": a noun that stands for N."""
    tokens = line.tokens
    if tokens[at].lower not in FIGURES or at < 2:
        return None
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    opener = at - 1
    while opener > at - 3 and tokens[opener].lower not in DETERMINERS and tokens[opener].text.islower():
        opener -= 1
    if following == "of" and tokens[opener].lower in {"a", "the", "an"} and opener:
        beside = tokens[opener - 1]
        aside = beside.text in {",", "(", "–", "—"} and _counted_before(line, opener - 1)
        told = beside.lower in COPULAS and _counted_before(line, opener - 1)
        span = phrase_from(line, at + 2) if aside or told else None
        if span is None or not _is_body(line, *span) or not _ends(line, span[1]):
            return None
        return statement(
            line, at, at + 1, rule="N, a figure of X", reach="before", opens=opener, closes=span[1] - 1, speaker=span
        )
    left = subject_of(line, at, genitive=True) if tokens[at - 1].lower not in DETERMINERS else None
    if left is None or left[0][0] == 0 or not tokens[left[0][1] - 1].text.endswith(("'s", "’s", "'", "’")):
        return None
    span = left[0]
    told = tokens[span[0] - 1].lower in COPULAS and _counted_before(line, span[0] - 1)
    if not told or not can_speak(line, *span) or not _ends(line, at + 1):
        return None
    return statement(line, at, at, rule="N was X's figure", reach="before", opens=span[0], speaker=span)


def _counted_before(line: Line, at: int) -> bool:
    """Whether a number stands in the clause before an index."""
    tokens = line.tokens
    for n in range(at - 1, max(-1, at - FARTHEST), -1):
        if tokens[n].text in ";:":
            return False
        if line.numbered(tokens[n]):
            return True
    return False


def _is_body(line: Line, start: int, end: int) -> bool:
    """Whether a phrase speaks by a name of the file or by a head that is no witness, and does not end in a genitive."""
    tokens = line.tokens
    if tokens[end - 1].text in "'’" or not can_speak(line, start, end, country=False):
        return False
    kind = line.words.heads.get(tokens[line.head((start, end))].lower)
    named = any(tokens[n].text[0].isupper() and line.sources.match(tokens, n) is not None for n in range(start, end))
    return named or kind not in {None, "witness", "anonymous"}


def _ends(line: Line, n: int) -> bool:
    """Whether a clause ends at an index, or goes on with when."""
    tokens = line.tokens
    if n < len(tokens) and tokens[n].text in {"'s", "’s"}:
        n += 1
    return line.is_closed(n) or not tokens[n].text[0].isalnum() or tokens[n].lower in DATING | {"a", "while", "and"}


def that_gave(line: Line, at: int) -> Statement | None:
    """The number before a relative clause, over a noun that stands for it.

    "N dead, a figure that X gave" · "the $14 million for which X appealed" · "the $14 million X asked for".
    """
    tokens = line.tokens
    asking = tokens[at].lower in ASKED
    if at < 3 or (line.words.count.isdisjoint({tokens[at].lower}) and tokens[at].lower not in line.words.say | ASKED):
        return None
    if not asking and not any(one.lower in THAT for one in tokens[max(0, at - 12) : at]):
        return None
    left = subject_of(line, at)
    if left is None or left[0][0] < 2 or not can_speak(line, *left[0], country=asking):
        return None
    opens = left[0][0]
    before = tokens[opens - 1].lower
    noun = opens - 2
    if before in {"that", "which"} and noun > 1 and tokens[noun].lower in FIGURES and not asking:
        opener = noun - 1
        if tokens[opener].lower in {"a", "the"} and tokens[opener - 1].text in {",", "–", "—"}:
            if not _counted_before(line, opener - 1) or any(line.numbered(one) for one in tokens[at + 1 : at + 4]):
                return None
            return statement(
                line, at, at, rule="N, a figure that X gave", reach="before", opens=opener, speaker=left[0],
                also=left[1],
            )  # fmt: skip
    if not asking or any(line.numbered(one) for one in tokens[at + 1 : at + 8]):
        return None
    if before in {"that", "which"} and noun > 0:
        opens -= 2 if tokens[noun].lower == "for" else 1
    elif not (at + 1 < len(tokens) and tokens[at + 1].lower == "for"):
        return None
    if not any(line.numbered(one) for one in tokens[max(0, opens - 4) : opens]):
        return None
    return statement(
        line, at, at, rule="N for which X appealed", reach="before", opens=opens, speaker=left[0], also=left[1]
    )


def appeal_of(line: Line, at: int) -> Statement | None:
    """ "X's appeal of N" · "X's flash appeal for N" · "an appeal by X for N" · "a $14 million appeal by X"."""
    tokens = line.tokens
    behind = tokens[at + 1 : at + 2]
    word = behind[0].lower if behind else ""
    if word in {"by", "from"}:
        span = phrase_from(line, at + 2)
        near = [*tokens[max(0, at - 4) : at], *(tokens[span[1] : span[1] + 4] if span else ())]
        if span is None or not can_speak(line, *span) or not any(line.numbered(one) for one in near):
            return None
        return statement(line, at, at + 1, rule="appeal by X", reach="both", closes=span[1] - 1, speaker=span)
    if word not in {"of", "for"} or not any(line.numbered(one) for one in tokens[at + 2 : at + 5]):
        return None
    if any(one.lower in {"the", "prisoners"} for one in tokens[at + 2 : at + 3]):
        return None
    n = at - 1
    while n > 0 and n > at - 4 and tokens[n].text.islower() and not tokens[n].lower.endswith(("'s", "’s")):
        if tokens[n].lower in {"its", "his", "her", "their"}:
            break
        n -= 1
    left = subject_of(line, n + 1, genitive=True)
    if left is None:
        return None
    last = tokens[left[0][1] - 1]
    owned = last.text.endswith(("'s", "’s", "s'", "s’")) or last.lower in {"its", "their"}
    if not owned or (last.lower not in {"its", "their"} and not can_speak(line, *left[0])):
        return None
    return statement(line, at, at, rule="X's appeal of N", reach="after", opens=left[0][0], speaker=left[0])


def by_paper(line: Line, at: int) -> Statement | None:
    """ "by the count that X had announced" · "in the list that X published, N": the author of a paper referred to."""
    tokens = line.tokens
    if tokens[at].lower in AUXILIARIES or not any(one.lower in THAT for one in tokens[max(0, at - 12) : at]):
        return None
    left = subject_of(line, at)
    if left is None or left[0][0] < 4 or not can_speak(line, *left[0], country=False):
        return None
    that = left[0][0] - 1
    noun = that - 1
    papers = line.words.statement | line.words.document
    if tokens[that].lower not in {"that", "which"} or tokens[noun].lower not in papers:
        return None
    opener = noun - 1
    while opener > noun - 4 and tokens[opener].lower not in DETERMINERS:
        opener -= 1
    if opener < 1 or tokens[opener].lower not in {"the", "a"} or tokens[opener - 1].lower not in {"by", "in"}:
        return None
    return statement(
        line, at, at, rule=f"by the {tokens[noun].lower} that X {tokens[at].lower}", reach="both", opens=opener - 1,
        speaker=left[0], also=left[1],
    )  # fmt: skip


def started_with(line: Line, at: int) -> Statement | None:
    """ "the ministry had started with N on Tuesday" · "the police began with N dead": a body's first count."""
    tokens = line.tokens
    keeping = tokens[at].lower.startswith(("sta", "sto", "rem", "stu")) and tokens[at].lower != "started"
    if at + 2 >= len(tokens) or tokens[at + 1].lower != ("at" if keeping else "with"):
        return None
    number = next((n for n in range(at + 2, min(at + 6, len(tokens))) if line.numbered(tokens[n])), None)
    if number is None:
        return None
    behind = _behind_number(line, number)
    plain = line.is_closed(behind) or tokens[behind].lower in WOUNDED | {"deaths", "victims", "on", "and", ","}
    left = subject_of(line, at) if plain else None
    if left is None or not keeps_count(line, left[0]) or not can_speak(line, *left[0], country=False):
        return None
    return statement(
        line, at, at + 1, rule="X started with N", reach="after", opens=left[2], speaker=left[0], also=left[1],
        plain=True,
    )  # fmt: skip


def _behind_number(line: Line, at: int) -> int:
    """The index behind a number with the words before it: "more than 5,300"."""
    tokens = line.tokens
    n = at
    while n < min(len(tokens), at + 8) and (
        line.numbered(tokens[n])
        or tokens[n].text[0].isdigit()
        or tokens[n].lower in NUMBER_WORDS
        or (tokens[n].lower in BEFORE_NUMBER | {"than"} and n < at + 4)
    ):
        n += 1
    return n


def keeps_its(line: Line, at: int) -> Statement | None:
    """ "X has never withdrawn its 800" · "X stands by its 431 injured" · "with X sticking to its 60"."""
    tokens = line.tokens
    n = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].lower in {"by", "to"})
    if n + 1 >= len(tokens) or tokens[n].lower not in {"its", "his", "her", "their"}:
        return None
    if not line.numbered(tokens[n + 1]):
        return None
    behind = _behind_number(line, n + 1)
    if not (line.is_closed(behind) or tokens[behind].lower in WOUNDED | {"deaths", "victims", "and", "nor", ",", ";"}):
        return None
    left = subject_of(line, at)
    if left is None or not can_speak(line, *left[0]):
        return None
    return statement(
        line, at, n, rule="X keeps its N", reach="after", opens=left[2], speaker=left[0], also=left[1], plain=True
    )


def is_tight(line: Line, at: int) -> int | None:
    """Where the noun phrase begins that ", confirmed by X" follows; None where it is no such aside."""
    tokens = line.tokens
    if at < 2 or tokens[at - 1].text != "," or tokens[at].lower in AUXILIARIES:
        return None
    for n in range(at - 2, max(-1, at - 8), -1):
        if tokens[n].text in ",;:":
            return None
        if line.numbered(tokens[n]):
            return tokens[n].start
    return None
