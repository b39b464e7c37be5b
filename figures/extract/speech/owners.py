"""Tell who stands behind a report, a survey, figures: "a report by X", "its statement", "the report"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from figures.extract.sentences import tokenise
from figures.extract.speech.cast import Speaker, cast_text
from figures.extract.speech.page import PERSONAL, Page
from figures.extract.speech.speakers import resolve_speaker
from figures.extract.types import Token
from figures.extract.words import ADJECTIVES, SURVEYS, UNVOUCHED
from figures.lexicon.sources import POSSESSIVE
from figures.model import SourceType


def resolve(page: Page, words: Sequence[Token], also: Sequence[Token], before: Sequence[Token] = ()) -> Speaker | None:
    """A speaker; of two joined by "and" the first, of a document its owner."""
    lowers = [one.lower for one in words]
    if len(words) == 2 and lowers[0] == "its" and lowers[1] in HEADS_OF_HOUSES:
        near = range(len(before) - 1, max(0, len(before) - 40), -1)
        house = next((n for n in near if before[n].lower in HOUSES and before[n - 1].text[0].isupper()), None)
        if house is not None:
            begin = house
            while begin and before[begin - 1].text[0].isupper() and before[begin - 1].text[0].isalpha():
                begin -= 1
            while before[begin].lower in {"at", "in", "the", "a", "of"} and begin < house - 1:
                begin += 1
            name = cast_text(list(before[begin : house + 1]))
            kin = frozenset({before[house].lower, lowers[1]})
            kind: SourceType = "hospital" if before[house].lower in MEDICAL else "unknown"
            return Speaker(name=name, type=kind, heads=kin, role=lowers[1])
    if len(words) == 1 and lowers[0] in {"its", "his", "her", "their"}:
        return resolve_speaker(
            page.cast, [replace(words[0], lower={"its": "it", "his": "he", "her": "she"}.get(lowers[0], "they"))]
        )
    joined = next((n for n, one in enumerate(lowers) if one in {"and", "&"} and n > 0), None)
    reporting = page.lexicon.sources.reporting
    issued_by = next(
        (
            n
            for n in range(1, len(lowers) - 2)
            if lowers[n + 1] == "by" and lowers[n] in reporting.by and words[n].text.islower()
        ),
        None,
    )
    if issued_by is not None and lowers[issued_by] not in {"quoted", "cited", "obtained"}:
        issuer = resolve_speaker(page.cast, words[issued_by + 2 :])
        if issuer is not None:
            return issuer  # "results provided by the commission"
    head = head_word(lowers)
    if (
        lowers[-1] == head
        and (head in reporting.document or head in reporting.statement or head in BARE_COUNTS)
        and not UNVOUCHED.isdisjoint(lowers)
        and (head not in SURVEYS or not page.papers)
        and all(one in OF_NOBODY for one in lowers[:-1])
        and not ("the" in lowers and (PAPER_KIN.get(head, head) in page.papers or page.cast.spoken))
    ):
        return None  # "initial reports indicate", "according to the latest count"
    if (
        head in OWN_NAMES
        and len(words) > 1
        and lowers[-1] == head
        and words[-1].text[0].isupper()
        and words[-2].text[0].isupper()
    ):
        return _research_firm(page, words)
    if (head in reporting.document or head in reporting.statement) and not _names_body(page, words):
        owner = None
        issued = [one.lower for one in also[:2]]
        if len(also) > 2 and issued[1] == "by" and issued[0] in reporting.by:
            owner = resolve_speaker(page.cast, also[2:])  # "the letter, published by X, predicted"
        owner = owner or _document_owner(page, words, lowers)
        if owner is not None and (owner.firm or owner.name[:1].isupper()) and len(words) > 2:
            page.papers[PAPER_KIN.get(head, head)] = owner
        return owner
    speaker = resolve_speaker(page.cast, words, also=also, before=before)
    if joined is not None and speaker is not None and " and " in cast_text(list(words)):
        first = resolve_speaker(page.cast, words[:joined], before=before)
        second = resolve_speaker(page.cast, words[joined + 1 :])
        if first and second and first.type != "unknown" and _two(page, words, joined):
            return first
    return speaker


HOUSES: Final = frozenset((
    "hospital", "clinic", "university", "school", "prison", "museum", "airport", "institute", "college", "zoo", "port",
    "orphanage", "monastery", "laboratory", "ambulance", "agency", "foundation", "society", "charity", "observatory",
    "network", "bank", "company", "airline",
))  # fmt: skip
MEDICAL: Final = frozenset(("hospital", "clinic", "ambulance"))
HEADS_OF_HOUSES: Final = frozenset((
    "director", "head", "chief", "spokesman", "spokeswoman", "spokesperson", "manager", "rector", "dean", "principal",
    "governor", "superintendent", "administrator",
))  # fmt: skip


def _two(page: Page, words: Sequence[Token], joined: int) -> bool:
    """Whether "A and B" are two speakers, not one name ("Ministry of Trade and Industry")."""
    sources = page.lexicon.sources
    at = 0
    while at < joined:
        hit = sources.match(words, at)
        if hit and hit[0] > joined:
            return False
        at = hit[0] if hit else at + 1
    left = [one.lower for one in words[:joined]]
    right = [one.lower for one in words[joined + 1 :]]
    heads = sources.reporting.heads
    return not ({"ministry", "department", "office", "of", "for"} & set(left) and not set(right) & set(heads)) and not (
        right[-1] in {"ministry", "department", "council", "administration", "agency", "commission"}
        and "the" not in right
        and left[-1] not in heads
    )


def _names_body(page: Page, words: Sequence[Token]) -> bool:
    """Whether a name of the file reaches over the head noun ("the US Geological Survey")."""
    last = next((n for n, one in enumerate(words) if one.lower in {"of", "for", "by", "from", "at", "in"}), len(words))
    return any((hit := page.lexicon.sources.match(words, n)) is not None and hit[0] >= last for n in range(last))


def head_word(lowers: Sequence[str]) -> str:
    """The head noun among lower-cased words: the last before the first preposition."""
    head = lowers[0]
    for one in lowers:
        if one in {"of", "for", "by", "from", "at", "in"}:
            break
        head = one
    return head


OWN_NAMES: Final = frozenset(("research", "analytics", "polling", "insights", "analysis", "consulting", "surveys"))


def _research_firm(page: Page, words: Sequence[Token]) -> Speaker:
    """A firm whose name ends in what it makes: "Edison Research", "Canvas Polling"."""
    named = [one for one in words if one.lower not in OF_NOBODY]
    known = page.lexicon.sources.source(cast_text(named))
    if known is not None:
        return page.cast.known(known)
    heads = frozenset({one.lower for one in named} | {"firm", "pollster", "company"})
    return Speaker(name=cast_text(named), type="expert", heads=heads)


OF_NOBODY: Final = frozenset((
    "the", "a", "an", "this", "that", "same", "new", "newer", "latest", "recent", "draft", "initial", "early",
    "earlier", "first",
    "preliminary", "provisional", "partial", "final", "revised", "updated", "unconfirmed", "conflicting", "several",
    "some", "last", "second", "third", "next", "own", "annual", "monthly", "weekly",
    "other", "further", "previous", "separate", "fresh", "these", "those", "current", "most",
))  # fmt: skip
"""Words before a report or figures that name nobody: "initial reports", "preliminary figures"."""
BARE_PAPERS: Final = frozenset(("figures", "data", "numbers", "statistics"))
COUNTED: Final = frozenset((
    "victims", "deaths", "casualties", "cases", "fatalities", "injuries", "bodies", "votes", "ballots", "graves",
    "strikes",
    "attacks", "incidents", "prices", "households", "homes", "buildings", "obituaries", "arrests",
))  # fmt: skip
BARE_COUNTS: Final = frozenset((
    "count", "counts", "tally", "tallies", "returns", "projection", "projections", "recount", "toll", "tolls",
    "estimate",
    "estimates", "calculation", "calculations",
))  # fmt: skip


def _document_owner(page: Page, words: Sequence[Token], lowers: list[str]) -> Speaker | None:
    """Who stands behind "a report by X", "X's survey", "its statement", "the report"."""
    common = False
    asked = next((n for n, one in enumerate(lowers) if one in SURVEYS), 0)
    if asked and words[0].lower not in PERSONAL and any(one.text[0].isupper() for one in words[1:asked]):
        front = [one for one in words[:asked] if one.lower not in OF_NOBODY]
        mark = next((n for n, one in enumerate(front) if one.text in "/-‑–" and 0 < n < len(front) - 1), None)
        if mark is not None and front[mark - 1].text[0].isupper() and front[mark + 1].text[0].isupper():
            known = resolve_speaker(page.cast, front)
            first = next(n for n, one in enumerate(front) if one.text[0].isupper())
            return Speaker(
                name=cast_text(front[first:]),
                type=known.type if known is not None else "expert",
                heads=frozenset({"poll", "survey", "pollster"}),
            )  # "an Associated Press-GfK poll"
        opener = page.document.sentences[_sentence_at(page, words[0].start)].start == words[0].start
        common = (
            opener and len(front) == 1 and not front[0].text.isupper() and page.lexicon.sources.match(front, 0) is None
        )
        pollster = None if common else resolve_speaker(page.cast, front)
        if pollster is not None:
            return pollster  # "a YouGov poll for CBS News"
    for n, one in enumerate(lowers):
        if one == "of" and n + 1 < len(words) and lowers[n + 1] in COUNTED:
            break  # "a count of victims"
        if one in {"by", "from", "for", "of", "in"} and n + 1 < len(words):
            owner = resolve_speaker(page.cast, words[n + 1 :])
            if owner is not None and (
                one in {"by", "from"} or (owner.firm and owner.type != "unknown" and one != "in")
            ):
                return owner
            if one == "in" and words[-1].text[0].isupper() and not page.cast.is_place(words[-1].text):
                return owner
            if one == "in" and lowers[n + 1] == "the" and sum(word.text[0].isupper() for word in words[n + 1 :]) > 1:
                return Speaker(name=cast_text(list(words[n + 2 :])), type="expert", firm=True)
            break
    cut = next((n for n, one in enumerate(lowers) if one in {"of", "for", "by", "from", "at", "in", "on"}), len(lowers))
    front = [] if common else list(words[: cut - 1])
    if (
        len(front) > 1
        and front[0].text[0].isupper()
        and not any(one.text[0].isupper() for one in front[1:])
        and front[-1].lower not in page.lexicon.sources.reporting.heads
        and not page.cast.is_place(front[0].text)
        and page.lexicon.sources.match(front, 0) is None
    ):
        front = []  # "State budget documents": the capital of a sentence's first word
    while front and front[0].lower in OF_NOBODY:
        front = front[1:]
    if len(words) == 1 and lowers[0] in BARE_PAPERS:
        return page.papers.get(lowers[0])  # "Figures show"
    if (
        len(front) == 1
        and front[0].lower.endswith(ADJECTIVES)
        and page.document.article.text[max(0, words[0].start - 2) : words[0].start].strip(" \n") in {"", ".", "”"}
        and front[0].text[1:].islower()
        and page.lexicon.sources.match(front, 0) is None
        and front[0].lower not in page.lexicon.sources.reporting.heads
        and not page.cast.is_place(front[0].text)
    ):
        return None  # "Aerial surveys suggest"
    named = any(one.text[0].isupper() for one in front) or any(
        POSSESSIVE.sub("", one.lower) in page.lexicon.sources.reporting.heads
        and one.lower not in {"local", "media", "press", "state", "official"}
        for one in front
    )
    owner_end = next((n + 1 for n, one in enumerate(front) if one.text.endswith(("'s", "’s"))), None)
    if owner_end is not None and named and all(one.text.islower() for one in front[owner_end:]):
        first = next(n for n, one in enumerate(words) if one is front[0])
        begin = first
        while begin and lowers[begin - 1] in {"the", "same"}:
            begin -= 1
        front = list(words[begin : first + owner_end])
        return resolve_speaker(page.cast, front)  # "the commission's earlier list"
    if front and (named or front[0].lower in {"its", "his", "her", "their"}):
        if len(front) > 1 and front[0].lower in {"its", "their"} and all(one.lower in OF_NOBODY for one in front[1:]):
            front = front[:1]  # "in its last survey"
        if len(front) == 1 and front[0].lower in {"its", "his", "her", "their"}:
            return resolve(page, front, ())
        owner = resolve_speaker(page.cast, front)
        if owner is not None:
            return owner
    paper = PAPER_KIN.get(head_word(lowers), head_word(lowers))
    if len(words) == 1 and paper in page.papers:
        return page.papers[paper]
    if lowers[0] in {"the", "this", "that", "same"} and cut <= 3:
        known = page.papers.get(paper) or (_paper_named(page, words[0].start) if paper == "report" else None)
        if known is None and page.cast.spoken:
            known = next((one for one in reversed(page.cast.spoken) if not one.somebody), page.cast.spoken[-1])
        if known is not None:
            return known
    return resolve_speaker(page.cast, words)


def _sentence_at(page: Page, spot: int) -> int:
    sentences = page.document.sentences
    first = next((n for n, one in enumerate(sentences) if one.field == "text"), 0)
    return max(first, bisect_right(sentences, spot, lo=first, key=lambda one: one.start) - 1)


PAPER_KIN: Final = {
    "polls": "poll", "survey": "poll", "surveys": "poll", "polling": "poll", "study": "report", "analysis": "report",
    "paper": "report", "research": "report", "studies": "report", "reports": "report", "document": "report",
    "findings": "report", "review": "report",
}  # fmt: skip
"""Nouns by which a later sentence means the same paper."""


def _paper_named(page: Page, at: int) -> Speaker | None:
    """Whose "the report" is where nobody was quoted: "X's 2023 report is based on …", "a report by X"."""
    text = page.document.article.text
    named = list(OWNED_PAPER.finditer(text, max(0, at - 1_200), max(0, at)))
    if not named:
        return None
    found = named[-1]
    start, end = found.span(1) if found[1] else found.span(2)
    owner = resolve_speaker(page.cast, list(tokenise(text, start, end)))
    return owner if owner is not None and not owner.person else None


OWNED_PAPER: Final = re.compile(
    r"((?:[A-ZÀ-Þ][\w.&-]+ ){0,4}[A-ZÀ-Þ][\w.&-]+)['’]s (?:[\w-]+ ){0,6}?[Rr](?:eport|eview)\b"
    r"|\b(?:report|study|paper|analysis) (?:by|from) (?:the )?((?:[A-ZÀ-Þ][\w.&-]+(?: of| for| on)? ?){1,6})"
)
