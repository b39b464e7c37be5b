"""Read statements of nouns and papers: "according to X", "X's estimate", "figures compiled by X", "in a survey"."""

from __future__ import annotations

from typing import Final

from figures.extract.speech.counts import is_tight
from figures.extract.speech.line import Line, Span
from figures.extract.speech.phrases import apposition_at, phrase_from
from figures.extract.speech.speaking import befalls, can_speak, opens_by_adjective
from figures.extract.speech.statement import Statement, standing_of, statement
from figures.extract.speech.subjects import owner_before_whose, subject_of
from figures.extract.words import DETERMINERS, HAPPENINGS, LINKS, MONTHS, PREPOSITIONS, PROPOSING, QUOTES, WEEKDAYS
from figures.lexicon.sources import POSSESSIVE

SHOWING: Final = frozenset((
    "suggest", "suggests", "suggested", "show", "shows", "showed", "say", "says", "said", "indicate", "indicates",
    "indicated", "reveal", "reveals", "revealed",
))  # fmt: skip
OF_HAPPENINGS: Final = frozenset(("claimed", "named", "predicted", "forecast", "condemned"))
"""What is done to a happening, not to its toll."""
TESTED: Final = frozenset(("confirmed", "verified", "identified", "examined", "tested", "recorded", "certified"))
LABORATORIES: Final = frozenset(("laboratory", "laboratories", "lab", "labs", "test", "tests", "autopsy"))
"""What finds out about a case, and gives no count of them."""
BY_PLURALS: Final = frozenset(("accounts", "figures", "counts", "records", "estimates", "numbers", "data"))
"""Behind "by" and a body they are that body's: "by police accounts"."""
ACCOUNTS: Final = frozenset(("twitter", "facebook", "instagram", "telegram", "media", "x", "bank", "e-mail", "email"))
OF_SPEAKER: Final = frozenset((
    "count", "estimate", "tally", "estimates", "reckoning", "figures", "claim", "claims", "allegation", "assertion",
))  # fmt: skip


def according_to(line: Line, at: int) -> Statement | None:
    """ "according to X" · "citing X" · "by the estimate of X": covers the clause around it."""
    tokens = line.tokens
    for phrase in line.words.according[tokens[at].lower]:
        size = len(phrase)
        if tuple(one.lower for one in tokens[at : at + size]) != phrase:
            continue
        if phrase == ("per",) and (
            at == 0
            or tokens[at - 1].text != ","
            or not tokens[at + 1 : at + 2]
            or not (tokens[at + 1].text[0].isupper() or tokens[at + 1].lower in {"the", "a", "an"})
        ):
            return None
        span = phrase_from(line, at + size)
        if span is None:
            return None
        if (phrase[0] in {"citing", "quoting"} or phrase == ("per",)) and not can_speak(line, *span):
            named = any(one.text[0].isupper() for one in tokens[span[0] : span[1]])
            if not (named and tokens[line.head(span)].lower in line.words.statement):
                return None
        span, owner = _owner_of(line, span)
        also = apposition_at(line, span[1]) if owner else None
        last = (also or span)[1]
        return statement(
            line,
            at,
            at + size - 1,
            rule=" ".join(phrase) + " X",
            reach="both",
            closes=last - 1,
            speaker=span,
            also=also,
        )
    return None


def in_survey(line: Line, at: int) -> Statement | None:
    """ "60 percent agreed in a Gallup poll" · "In the survey of 900 adults, …": a survey that nobody quotes."""
    tokens = line.tokens
    n = at - 1
    while n >= max(0, at - 7) and (tokens[n].text[0].isalnum() or tokens[n].text in "-‑’'/.&"):
        if tokens[n].lower == "in":
            break
        n -= 1
    if n < 0 or tokens[n].lower != "in" or n + 1 >= at:
        return None
    if tokens[n + 1].lower not in DETERMINERS | {"recent"} and not tokens[n + 1].lower.endswith("'s"):
        return None
    if any(one.text[0].isdigit() or one.lower in MONTHS for one in tokens[n + 1 : at]):
        return None  # "in a March 15 poll"
    if n and at + 1 < len(tokens) and tokens[at + 1].text[0].islower() and tokens[at + 1].lower not in LINKS | {
        "last", "this", "released", "published", "conducted", "taken", "in",
    }:  # fmt: skip
        return None
    by = at + 1 < len(tokens) and tokens[at + 1].lower in {"by", "from", "for"}
    span = (phrase_from(line, n + 1) if by else None) or (n + 1, at + 1)
    return statement(line, n, n, rule="in a survey of X", reach="both", closes=span[1] - 1, speaker=span)


def _owner_of(line: Line, span: Span) -> tuple[Span, bool]:
    """The owner of a document: "an estimate that researchers at X published" → the researchers."""
    tokens = line.tokens
    head = next((n for n in range(span[0], span[1]) if tokens[n].lower in LINKS), span[1]) - 1
    after = span[1]
    nouns = line.words.document | line.words.statement | {"results", "lists", "list", "returns", "tables", "figures"}
    if tokens[head].lower in nouns and after < len(tokens) and tokens[after].lower in line.words.by:
        by = next((n for n in range(after + 1, min(after + 6, len(tokens))) if tokens[n].lower == "by"), None)
        plain = by is not None and all(
            one.lower in WEEKDAYS | MONTHS | PREPOSITIONS or one.lower.endswith("ly") or one.text[0].isdigit()
            or one.lower in {"late", "early", "last", "this", "week", "month", "year", "yesterday", "today"}
            for one in tokens[after + 1 : by]
        )  # fmt: skip
        issuer = phrase_from(line, by + 1) if by is not None and plain else None
        if issuer is not None and can_speak(line, *issuer) and tokens[after].lower not in {"obtained", "cited"}:
            return issuer, True  # "according to the report issued on Friday by the bureau"
    if tokens[head].lower in nouns and after < len(tokens) and tokens[after].lower in {"that", "which"}:
        for n in range(after + 1, min(after + 10, len(tokens))):
            if not tokens[n].text.islower():
                continue
            if (
                tokens[n].lower in line.words.by
                or tokens[n].lower in line.words.say
                or tokens[n].lower in line.words.count
            ):
                left = subject_of(line, n)
                if left and left[0][0] > after:
                    return left[0], False
                break
    return span, True


def passive(line: Line, at: int) -> Statement | None:
    """ "announced by X" · "figures compiled by X" · "put by X at N"."""
    tokens = line.tokens
    n = at + 1
    while n < min(at + 4, len(tokens)) and (
        tokens[n].lower in WEEKDAYS or tokens[n].lower in {"on", "yesterday", "late"}
    ):
        n += 1
    if n >= len(tokens) or tokens[n].lower != "by":
        return None
    if tokens[at].lower in OF_HAPPENINGS and at:
        noun = at - 1 - (at > 1 and tokens[at - 1].text == ",")
        if tokens[noun].lower in HAPPENINGS:
            return None  # "the attack, claimed by X, killed N"
    span = phrase_from(line, n + 1)
    if span is None or not can_speak(line, *span):
        return None
    if tokens[at].lower in TESTED and POSSESSIVE.sub("", tokens[line.head(span)].lower) in LABORATORIES:
        return None  # "12 of whom were confirmed by a laboratory"
    return statement(
        line,
        at,
        n,
        rule=f"{tokens[at].lower} by X",
        reach="both",
        closes=span[1] - 1,
        speaker=span,
        also=apposition_at(line, span[1]),
        standing=standing_of(line, tokens[at].lower),
        tight=is_tight(line, at),
    )


def came_from(line: Line, at: int) -> Statement | None:
    """ "The larger number came from X"."""
    tokens = line.tokens
    if not any(one.lower in line.words.statement for one in tokens[max(0, at - 6) : at]):
        return None
    span = phrase_from(line, at + 2)
    if span is None or not can_speak(line, *span):
        return None
    return statement(line, at, at + 1, rule="N came from X", reach="both", closes=span[1] - 1, speaker=span)


def by_noun(line: Line, at: int) -> Statement | None:
    """ "X's estimate" · "U.S. assessments that" · "X figures show" · "by X's count" · "an estimate by X"."""
    tokens = line.tokens
    noun, token = at, tokens[at]
    if token.lower in line.words.document and token.lower not in line.words.statement:
        return _by_document(line, at)
    if not token.text[0].islower() and at:
        return None
    if token.lower == "account" and at and tokens[at - 1].lower in ACCOUNTS:
        return None  # "on his Twitter account"
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if following == "of" and token.lower in OF_SPEAKER:
        span = phrase_from(line, at + 2)
        kind = line.words.heads.get(line.tokens[line.head(span)].lower) if span else None
        titled = (
            span is not None
            and line.tokens[line.head(span)].text[0].isupper()
            and any(
                line.tokens[n].lower in line.words.titles or line.sources.match(line.tokens, n) for n in range(*span)
            )
        )
        if span and (kind not in {None, "witness"} or titled) and can_speak(line, *span, country=False):
            also = apposition_at(line, span[1]) if kind is not None else None
            return statement(
                line, at, at + 1, rule=f"{token.lower} of X", reach="both", closes=(also or span)[1] - 1,
                speaker=span, also=also,
            )  # fmt: skip
    aside = following == "," and at + 2 < len(tokens) and tokens[at + 2].lower in {"by", "from"}
    if aside and _ends_aside(line, at + 3):
        at += 1  # "a third count, by a researcher in the capital, ran to 107"
        following = tokens[at + 1].lower
    if following in {"by", "from"} or (
        following == "of"
        and at > 1
        and tokens[at - 1].lower == "the"
        and tokens[at - 2].lower == "by"
        and token.lower not in {"number", "numbers", "rate"}
    ):
        span = phrase_from(line, at + 2)
        if span is None or not can_speak(line, *span) or befalls(line, span):
            return None
        also = apposition_at(line, span[1]) if line.words.heads.get(tokens[line.head(span)].lower) else None
        return statement(
            line, noun, at + 1, rule=f"{token.lower} {following} X", reach="both", closes=(also or span)[1] - 1,
            speaker=span, also=also,
        )  # fmt: skip
    left = subject_of(line, at, genitive=True) or owner_before_whose(line, at)
    if left is None or befalls(line, left[0]):
        return None
    span = left[0]
    last = tokens[span[1] - 1]
    genitive = (
        bool(POSSESSIVE.search(last.lower))
        or line.plural_genitive(span[1])
        or (span[1] - span[0] == 1 and last.lower in {"its", "his", "her", "their"})
    )
    genitive = genitive or tokens[at - 1].lower == "whose" or (at > 1 and tokens[at - 2].lower == "whose")
    if not genitive:
        named = any(one.text[0].isupper() for one in tokens[span[0] : span[1]])
        if span[1] - span[0] == 1 and opens_by_adjective(line, span[0]):
            return None
        told = tokens[span[0] - 1].lower == "by" and token.lower in BY_PLURALS and can_speak(line, *span)
        if not (named and following in SHOWING | {"that", "put"}) and not told:
            return None
    if last.lower not in {"its", "his", "her", "their"} and not can_speak(line, *span):
        return None
    if token.lower in PROPOSING and following not in {"that", "of"}:
        return None
    initial = span[0] and tokens[span[0] - 1].lower == "by"
    return statement(
        line,
        at,
        at,
        rule=f"by X's {token.lower}" if initial else f"X's {token.lower}",
        reach="both" if initial or following in SHOWING else "after",
        opens=span[0],
        speaker=span,
        standing="claim" if token.lower in {"claim", "claims", "assertion"} else None,
    )


def _by_document(line: Line, at: int) -> Statement | None:
    """ "by its statement of April 1, N" · "By UNICEF's bulletin of Monday N": a paper that nobody quotes."""
    tokens = line.tokens
    if (start := _opens_paper(line, at)) is not None:
        return statement(
            line, at, at, rule=f"by a X {tokens[at].lower}", reach="both", opens=start, speaker=(start + 1, at)
        )
    left = subject_of(line, at, genitive=True)
    if left is None or left[0][0] == 0 or tokens[left[0][0] - 1].lower != "by":
        of = at + 1 < len(tokens) and tokens[at + 1].lower in {"of", "from"} and at > 1
        if not of or tokens[at - 1].lower != "the" or tokens[at - 2].lower != "by":
            return None
        span = phrase_from(line, at + 2)
        if span is None or not can_speak(line, *span, country=False) or befalls(line, span):
            return None
        return statement(
            line, at, at, rule=f"by the {tokens[at].lower} of X", reach="both", opens=at - 2, closes=span[1] - 1,
            speaker=span,
        )  # fmt: skip
    span = left[0]
    last = tokens[span[1] - 1]
    owned = POSSESSIVE.search(last.lower) or last.lower in {"its", "their"} or line.plural_genitive(span[1])
    if not owned or (last.lower not in {"its", "their"} and not can_speak(line, *span)):
        return None
    return statement(line, at, at, rule=f"by X's {tokens[at].lower}", reach="both", opens=span[0] - 1, speaker=span)


def _opens_paper(line: Line, at: int) -> int | None:
    """The preposition of "by a United Nations paper", "in a UNICEF bulletin", where a body of the file is named."""
    tokens = line.tokens
    for n in range(at - 1, max(0, at - 6), -1):
        if tokens[n].lower in {"a", "an"}:
            hit = line.sources.match(tokens, n + 1) if tokens[n + 1].text[0].isupper() else None
            whole = hit is not None and hit[0] == at
            return n - 1 if whole and tokens[n - 1].lower in {"by", "in"} else None
    return None


def _ends_aside(line: Line, at: int) -> bool:
    """Whether an aside that starts at an index names somebody and is closed by a comma."""
    span = phrase_from(line, at)
    return span is not None and line.tokens[span[1] : span[1] + 1] != () and line.tokens[span[1]].text == ","


def reads_out(line: Line, at: int) -> bool:
    """ "The statement read: “…”": a paper before it, and a quotation behind it."""
    tokens = line.tokens
    papers = line.words.statement | line.words.document
    behind = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].text in ",:")
    return at > 0 and tokens[at - 1].lower in papers and behind < len(tokens) and tokens[behind].text in QUOTES
