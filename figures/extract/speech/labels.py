"""Read statements that a mark makes: "X: 12 dead", "Toll at 12: X", "12 arrived (X)", "X gives these figures:"."""

from __future__ import annotations

from typing import Final

from figures.extract.speech.line import LOOK, Line, Span
from figures.extract.speech.phrases import phrase_from
from figures.extract.speech.speaking import can_speak
from figures.extract.speech.statement import Statement, statement
from figures.extract.speech.subjects import subject_of
from figures.extract.words import DISASTERS, ISSUING, LINKS, MINISTRY, MONTHS, STOPS, WEEKDAYS

OWNING: Final = ("'s", "’s", "s'", "s’")
INTRODUCING: Final = frozenset((
    "gives", "gave", "given", "provides", "provided", "offers", "offered", "presents", "presented", "listed", "lists",
    "sets", "set", "sums", "summed", "summarises", "summarised", "summarizes", "summarized", "puts", "put",
    "counts", "counted", "reports", "reported", "breaks", "broke", "follows", "shares", "shared", "circulated",
))  # fmt: skip
AREAS: Final = frozenset((
    "state", "city", "town", "county", "district", "province", "region", "village", "prefecture", "department",
    "municipality", "governorate", "canton", "oblast",
))  # fmt: skip
HEADINGS: Final = frozenset((
    "news", "update", "updates", "live", "video", "photo", "photos", "read", "more", "note", "breaking", "watch",
    "related", "total", "summary", "context", "background", "key", "correction", "analysis", "question", "answer",
    "image", "source", "sources", "also", "exclusive", "opinion", "highlights",
))  # fmt: skip


def introduces(line: Line, at: int) -> Statement | None:
    """ "X has published these figures:" · "Key numbers from X:" · "X's latest bulletin:": what follows is X's."""
    tokens = line.tokens
    words = line.words
    low = max(0, at - LOOK)
    for n in range(at - 1, low, -1):
        word = tokens[n].lower
        span: Span | None = None
        if word in INTRODUCING or (word in words.say and word not in words.weak) or word in ISSUING:
            left = subject_of(line, n)
            span = left[0] if left is not None else None
        elif word in {"from", "by", "of"}:
            known = n + 1 < at and (tokens[n + 1].text.isupper() or line.sources.match(tokens, n + 1) is not None)
            if (known and word != "of") or any(
                one.lower in words.statement or one.lower in words.document for one in tokens[max(0, n - 3) : n]
            ):
                span = phrase_from(line, n + 1)
        elif word in words.statement or word in words.document:
            left = subject_of(line, n, genitive=True)
            span = left[0] if left is not None and tokens[left[0][1] - 1].text.endswith(OWNING) else None
        if span is not None and can_speak(line, *span, country=False):
            return statement(
                line, n, n, rule="X gives these figures:", reach="after", opens=min(n, span[0]), closes=at, speaker=span
            )
    return None


def by_colon(line: Line, at: int) -> Statement | None:
    """A headline: "Toll at 30: police" · "WWF: 3 million animals hit"; in a title or a line without a verb."""
    tokens = line.tokens
    if line.sentence.field != "title" and (len(tokens) > 18 or tokens[-1].text in ".!?"):
        return _by_label(line, at) or _in_transcript(line, at)
    if 0 < at <= 6 and _is_label(line, at) and not any(line.numbered(one) for one in tokens[:at]):
        return statement(line, at, at, rule="X: …", reach="after", opens=0, speaker=(0, at))
    if at + 1 < len(tokens) <= at + 7 and can_speak(line, at + 1, len(tokens)):
        return statement(line, at, at, rule="…: X", reach="before", closes=-1, speaker=(at + 1, len(tokens)))
    return None


def _by_label(line: Line, at: int) -> Statement | None:
    """ "- UNHCR: 14,000 arrivals." · "Ministry of Health: 14 deaths.": a body alone before the colon."""
    tokens = line.tokens
    first = next((n for n in range(at) if tokens[n].text[0].isalpha() and tokens[n].lower != "the"), at)
    if first >= at or at - first > 7 or first > 2:
        return None
    hit = line.sources.match(tokens, first)
    whole = hit is not None and hit[0] == at and not line.sources.sources[hit[1]].person
    named = all(one.text[0].isupper() or one.lower in LINKS | MINISTRY | {"the", "and"} for one in tokens[first:at])
    if not whole and not ("ministry" in {tokens[first].lower, tokens[at - 1].lower} and named):
        return None
    return statement(line, at, at, rule="X: …", reach="after", opens=first, speaker=(first, at))


def _in_transcript(line: Line, at: int) -> Statement | None:
    """ "ANA RUIZ, R-TEXAS: We have 40 hospitals." · "Ana Ruiz: …": a person's name that opens a spoken line."""
    tokens = line.tokens
    if at > 9:
        return None
    end = next((n for n in range(at) if tokens[n].text == ","), at)
    if not 0 < end <= 6 or len(tokens) - at < 5 or not tokens[at + 1].text[0].isupper():
        return None
    label = [one for one in tokens[:end] if one.text != "."]
    words = [one.lower for one in label]
    named = all(one.text[0].isupper() for one in label) and 1 <= len(label) <= 5
    loud = named and all(one.text.isupper() for one in label) and len(label[-1].text) > 3
    if not named or not (loud or len(label) > 1) or line.names_place(0, end):
        return None
    known = line.words.statement | line.words.document
    if any((one in known or one in line.words.heads) and one not in line.words.titles for one in words):
        return None
    if any(one in DISASTERS | MONTHS | WEEKDAYS | STOPS | LINKS | HEADINGS for one in words):
        return None
    return statement(line, at, at, rule="X: …", reach="after", opens=0, speaker=(0, end))


def _is_label(line: Line, at: int) -> bool:
    """Whether the words before a colon name who says it: no place ("Kenya: crowds march"), no topic."""
    tokens = line.tokens
    if not can_speak(line, 0, at, country=False):
        return False
    if any(one.text.islower() and one.lower in INTRODUCING | ISSUING for one in tokens[1:at]):
        return False
    first = next((n for n in range(at) if tokens[n].text[0].isalpha()), at)
    if at + 1 < len(tokens) and line.numbered(tokens[at + 1]):
        named = any(one.text[0].isupper() for one in tokens[first:at])
        if named and (line.names_place(first, at) or tokens[line.head((first, at))].lower in AREAS):
            return False  # "Mexico City: 137" · "State of Mexico: 13"
    kind = line.words.heads.get(tokens[line.head((0, at))].lower)
    if line.sentence.field == "text" and kind in {"witness", "anonymous"}:
        return False  # "people in shelters: 94,000"
    topic = at == 1 and tokens[0].text[0].isupper() and not tokens[0].text.isupper()
    return not topic or tokens[0].lower in line.words.heads or line.sources.match(tokens, 0) is not None


def in_brackets(line: Line, at: int) -> Statement | None:
    """ "35,000 crossed into Burundi (UNHCR)": a body of the file in brackets that closes a line."""
    tokens = line.tokens
    stop = next((n for n in range(at + 1, min(at + 9, len(tokens))) if tokens[n].text == ")"), None)
    if stop is None or not line.is_closed(stop + 1) or at == 0:
        return None
    if tokens[at - 1].text[0].isupper() and line.sentence.text.lstrip()[:1] not in "-*•–—·▪‣◦":
        return None  # "the Office for the Coordination of Humanitarian Affairs (OCHA)"
    first = at + 3 if tokens[at + 1].lower in {"source", "sources"} and tokens[at + 2].text == ":" else at + 1
    hit = line.sources.match(tokens, first) if first < stop else None
    if hit is None or hit[0] != stop or tokens[at - 1].lower in line.words.heads:
        return None
    if line.sources.sources[hit[1]].person:
        return None
    return statement(line, first, stop - 1, rule="N (X)", reach="before", opens=at, closes=stop, speaker=(first, stop))
