"""Read statements whose verb does not follow its subject: inverted, quoted, participles, relative clauses."""

from __future__ import annotations

from typing import Final

from figures.extract.speech.line import Line, Span, Subject
from figures.extract.speech.objects import claims_lives, has_object
from figures.extract.speech.phrases import apposition_at, phrase_from
from figures.extract.speech.reach import reach_of
from figures.extract.speech.speaking import can_report, can_speak
from figures.extract.speech.statement import Statement, standing_of, statement
from figures.extract.speech.subjects import subject_of
from figures.extract.words import AUXILIARIES, DETERMINERS, LINKS, PRONOUNS, QUOTES, STANDINGS, TELLING, WEEKDAYS, WHO

ANSWERS: Final = frozenset(("no", "yes", "aye", "nay"))
SET_DOWN: Final = frozenset((
    "counted", "counts", "recorded", "records", "registered", "listed", "lists", "logged", "tallied", "documented",
    "calculated", "measured",
))  # fmt: skip


def set_down(line: Line, at: int) -> Statement | None:
    """ "12 people died, a coalition of charities counted": the count stands before its verb."""
    tokens = line.tokens
    if tokens[at].lower not in SET_DOWN:
        return None
    n = at + 1
    if n + 1 < len(tokens) and tokens[n].lower == "on" and tokens[n + 1].lower in WEEKDAYS:
        n += 2
    if n < len(tokens) and tokens[n].text not in {",", ".", ";", ":", "–", "—"}:
        return None
    left = subject_of(line, at)
    if left is None or left[2] < 2 or tokens[left[2] - 1].text not in {",", "”", '"'}:
        return None
    if not can_speak(line, *left[0], country=False):
        return None
    return statement(
        line,
        at,
        at,
        rule=f"…, X {tokens[at].lower}",
        reach="both",
        opens=left[2],
        closes=n - 1,
        speaker=left[0],
        also=left[1],
    )


def has_ahead(line: Line, at: int) -> Statement | None:
    """ "A poll has Ms. Ruiz ahead by 5 points": a poll, a name, a standing."""
    tokens = line.tokens
    behind = tokens[at + 1 : at + 9]
    lowers = {one.lower for one in behind}
    share = lowers & {"percent", "%", "cent"} and not lowers & {"margin", "error", "response"}
    named = behind and (behind[0].text[0].isupper() or behind[0].lower in DETERMINERS)
    if not share and not (named and lowers & STANDINGS):  # "a survey had 61 percent of the voters saying no"
        return None
    left = subject_of(line, at)
    head = tokens[line.head(left[0])].lower if left is not None else "index"
    if left is None or head == "index":
        return None
    if head not in line.words.document and not _polls(line, left[0], at):
        return None
    return statement(line, at, at, rule=f"X {tokens[at].lower} Y ahead", reach="after", opens=left[2], speaker=left[0])


def _polls(line: Line, span: Span, at: int) -> bool:
    """Whether a named firm has somebody at a share: "ICM had Yes at 48 per cent"; no place, no contender."""
    tokens = line.tokens
    if not all(one.text[0].isupper() for one in tokens[span[0] : span[1]]) or line.names_place(*span):
        return False
    behind = tokens[at + 1 : at + 6]
    standing = next((n for n, one in enumerate(behind) if one.lower in {"at", "on"}), None)
    if not standing or not behind[0].text[0].isupper() or standing + 1 >= len(behind):
        return False
    return line.numbered(behind[standing + 1])


def object_before(line: Line, at: int) -> Statement | None:
    """ "the 12 million that X named": the number stands before the relative clause."""
    tokens = line.tokens
    if not any(one.lower in {"that", "which", "whom"} for one in tokens[max(0, at - 9) : at - 1]):
        return None
    if (
        at + 1 < len(tokens)
        and tokens[at + 1].lower not in {"on", "in", "are", "is", "was", "were", ",", ".", "has", "have"} | WEEKDAYS
    ):
        return None
    left = subject_of(line, at)
    if left is None or not can_speak(line, *left[0]):
        return None
    opens = left[2]
    before = tokens[opens - 1].lower if opens else ""
    if before not in {"that", "which", "whom"} or not any(
        line.numbered(one) for one in tokens[max(0, opens - 6) : opens]
    ):
        return None
    return statement(
        line,
        at,
        at,
        rule=f"N that X {tokens[at].lower}",
        reach="before",
        opens=opens - 1,
        speaker=left[0],
        also=left[1],
    )


def was_quoted(line: Line, at: int) -> Statement | None:
    """ "X was quoted as saying (by Y)"."""
    tokens = line.tokens
    left = subject_of(line, at - 1)
    if left is None:
        return None
    span, also, opens = left
    end = at
    relay = None
    for n in range(at + 1, min(at + 8, len(tokens))):
        if tokens[n].lower == "saying" or (tokens[n].lower in TELLING and tokens[n - 1].lower == "having"):
            end = n
        if tokens[n].lower == "by":
            relay = phrase_from(line, n + 1)
            if relay:
                end = relay[1] - 1
            break
    closes, reach = reach_of(line, end, opens)
    return statement(
        line,
        at,
        at,
        rule="X was quoted as saying",
        reach=reach,
        opens=opens,
        closes=max(closes, end),
        speaker=span,
        also=also,
        relay=relay,
    )


def quotes_another(line: Line, at: int) -> Statement | None:
    """ "X quoted Y as saying that 12 died" · "X cited Y as saying": Y says it, X passes it on."""
    tokens = line.tokens
    span = phrase_from(line, at + 1)
    if span is None or not can_speak(line, *span):
        return None
    also = apposition_at(line, span[1])
    end = (also or span)[1]
    stop = next((n for n in range(end, min(end + 12, len(tokens))) if tokens[n].text == ":"), end)
    if not any(tokens[n].lower in AUXILIARIES or tokens[n].text in ".;" for n in range(end, stop)):
        end = stop
    rest = [one.lower for one in tokens[end : end + 2]]
    if rest[:1] == ["as"] and len(rest) > 1 and rest[1].endswith("ing"):
        end += 2
    elif not (rest[:1] == [":"] and len(rest) > 1 and rest[1] in QUOTES):
        return None
    left = subject_of(line, at)
    return statement(
        line,
        at,
        end - 1,
        rule=f"{tokens[at].lower} X as saying",
        reach="after",
        opens=left[2] if left else at,
        speaker=span,
        also=also,
        relay=left[0] if left else None,
    )


def by_participle(line: Line, at: int, kind: str) -> Statement | None:
    """ "…, saying" · "adding that" · "with X recording N": a speaker beside it, else that of its clause."""
    tokens = line.tokens
    word = tokens[at].lower
    before = tokens[at - 1] if at else None
    if before is not None and before.lower in {"is", "are", "was", "were", "been", "be"}:
        left = subject_of(line, at - 1)
        if left is None or kind == "deed" or not can_report(line, left[0], strict=True, kind=kind):
            return None
        return statement(line, at, at, rule=f"X is {word}", reach="after", opens=left[2], speaker=left[0], also=left[1])
    if (
        kind == "deed"
        or (kind == "count" and not has_object(line, at))
        or (word == "claiming" and claims_lives(line, at))
    ):
        return None
    clause = (
        kind == "say" and at + 1 < len(tokens) and (tokens[at + 1].lower == "that" or tokens[at + 1].text in QUOTES)
    )
    if before is not None and before.lower in LINKS and before.lower != "to" and not clause:
        return None
    span = None
    left = subject_of(line, at) if before is not None and before.text not in ",-" else None
    opener = left[0][0] - 1 if left else -1
    if left and opener >= 0 and tokens[opener].lower == "with" and can_speak(line, *left[0]):
        span = left[0]
    return statement(
        line,
        at,
        at,
        rule=f"…, {word}" if span is None else f"with X {word}",
        reach="after",
        opens=span[0] if span else at,
        speaker=span,
        shared=span is None,
    )


def by_inversion(line: Line, at: int, left: Subject | None) -> Statement | None:
    """ ", said X" · "” said X" · "said X" at the end of a clause that has its own subject."""
    tokens = line.tokens
    before = tokens[at - 1].text if at else ""
    marked = before in QUOTES or before in {",", "-", "–", "—", "…"}
    if tokens[at].lower in TELLING or at + 1 >= len(tokens) or at == 0:
        return None
    if tokens[at].lower in line.words.weak and before not in QUOTES and not (before == "," and left is None):
        return None
    span = phrase_from(line, at + 1)
    if span is None or not can_speak(line, *span) or tokens[at + 1].lower in ANSWERS:
        return None
    also = apposition_at(line, span[1])
    last = (also or span)[1]
    if left is not None and marked and left[1] is not None:
        head = tokens[line.head(span)].lower
        body = tokens[span[0]].lower == "the" and head in line.words.heads
        told = line.ends_sentence(last) and body
        if not told and not (before == "," and _names_another(line, left[0], span, last)):
            return None
    rest = [one.lower for one in tokens[last : last + 4]]
    aside = rest[:1] == [","] and (rest[1:2] != [] and (rest[1] in WHO or rest[3:4] == ["who"]))
    closed = (
        not rest
        or rest[0]
        in {".", ",", "who", "which", ";", "in", "on", "at", "told", "after", "as", "while", "adding", "citing"}
        or rest[0] in WEEKDAYS
        or rest[0] in QUOTES
    )
    if not closed or (not marked and rest and rest[0] not in {".", "who", ","} and rest[0] not in WEEKDAYS):
        return None
    if not marked and left is not None and tokens[at + 1].lower in DETERMINERS and not line.ends_sentence(last):
        return None
    if not marked and left is not None and left[0][1] == at and tokens[left[0][0]].lower in PRONOUNS:
        return None
    if not marked and (tokens[at + 1].lower in PRONOUNS):
        return None
    return statement(
        line,
        at,
        at,
        rule=f"{tokens[at].lower} X",
        reach="before" if line.ends_sentence(last) or not marked or aside else "both",
        closes=last - 1,
        speaker=span,
        also=also,
        standing=standing_of(line, tokens[at].lower),
    )


def _names_another(line: Line, subject: Span, span: Span, last: int) -> bool:
    """Whether a name behind "said" ends the clause and nobody is named before it: "…, against 41, said Ruiz"."""
    tokens = line.tokens
    if any(one.text[0].isupper() and n > 0 for n, one in enumerate(tokens[subject[0] : subject[1]], subject[0])):
        return False
    if tokens[subject[0]].lower in PRONOUNS:
        return False
    first = span[0] + (tokens[span[0]].lower == "the" and span[1] - span[0] > 1)
    if not tokens[first].text[0].isupper():
        return False
    rest = [one.lower for one in tokens[last : last + 2]]
    return line.ends_sentence(last) or (rest[:1] == [","] and len(rest) > 1 and rest[1] in WHO)
