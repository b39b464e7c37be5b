"""Prepare the words of a name: cut labels, origins, datelines; find head noun, country, person, type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from figures.extract.speech.cast import ALSO_CALLED, Cast, Speaker, cast_text
from figures.extract.types import Token
from figures.extract.words import BASED, COMMON_NAME_WORDS, LABELS, LEADING, LINKS, ROLES
from figures.lexicon.sources import POSSESSIVE
from figures.model import SourceType


def trimmed(tokens: Sequence[Token]) -> list[Token]:
    """Words without what leads in ("however"), "himself" behind, marks at the ends and a last genitive."""
    out = list(tokens)
    while out and (out[0].lower in LEADING or not (out[0].text[0].isalnum())):
        out = out[1:]
    while len(out) > 1 and out[-1].lower in {"himself", "herself", "itself", "themselves", "alone"}:
        out = out[:-1]
    while out and not out[-1].text[-1].isalnum() and out[-1].text[-1] not in ".'’":
        out = out[:-1]
    if out and len(out[-1].text) > 2 and POSSESSIVE.search(out[-1].text):
        last = out[-1]
        out[-1] = Token(last.start, last.end, POSSESSIVE.sub("", last.text), POSSESSIVE.sub("", last.lower))
    return out


def without_dateline(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words behind a dateline that no dash closes: "OSLO (Agency) Norwegian police"."""
    closing = next((n for n, one in enumerate(tokens[:12]) if one.text == ")"), None)
    opening = next((n for n, one in enumerate(tokens[:12]) if one.text == "("), None)
    if closing is None or opening is None or not 0 < opening < closing < len(tokens) - 1:
        return tokens
    loud = all(one.text.isupper() or not one.text[0].isalpha() for one in tokens[:opening]) and len(tokens[0].text) > 2
    return tokens[closing + 1 :] if loud and tokens[0].start < 3 else tokens


def without_origin(tokens: list[Token]) -> list[Token]:
    """Drop "Britain-based", "opposition-linked" in front; keep "U.S.-led"."""
    while len(tokens) > 3 and tokens[1].text in "-‑–" and tokens[2].lower in BASED:
        tokens = tokens[3:]
    while tokens and tokens[0].lower in {"so", "called", "-", "opposing"} and len(tokens) > 1:
        tokens = tokens[1:]
    return tokens


def without_branch(tokens: list[Token]) -> list[Token]:
    """ "Special Secretary (Internal Security) Ana Ruiz" without its bracket, which names the branch of an office."""
    opens = next((n for n, one in enumerate(tokens) if n and one.text == "("), None)
    closes = next((n for n, one in enumerate(tokens) if opens is not None and n > opens and one.text == ")"), None)
    if opens is None or closes is None or closes + 1 >= len(tokens) or tokens[opens + 1].text.isupper():
        return tokens
    return tokens[:opens] + tokens[closes + 1 :] if tokens[closes + 1].text[0].isupper() else tokens


def of_country(cast: Cast, tokens: list[Token]) -> list[Token]:
    """ "the army of Mali" as "Malian army": a common noun and its country, in the order of the other form.

    Names keep theirs ("Bank of England"), offices too ("president of Ghana").
    """
    at = next((n for n, one in enumerate(tokens) if one.lower == "of" and n), None)
    if at is None or at > 3 or any(one.text[0].isupper() for one in tokens[:at]) or tokens[at - 1].lower in ROLES:
        return tokens
    rest = tokens[at + 1 + (tokens[at + 1 : at + 2] != [] and tokens[at + 1].lower == "the") :]
    if not 1 <= len(rest) <= 3 or not all(one.text[0].isupper() for one in rest):
        return tokens
    if tokens[at - 1].lower not in cast.lexicon.sources.reporting.heads:
        return tokens
    home = cast.lexicon.settings.country_of(cast_text(rest))
    adjective = cast.adjective(home)
    if adjective is None or " " in adjective or tokens[at - 1].lower in {"government", "ministry", "parliament"}:
        return tokens
    return [replace(rest[0], text=adjective, lower=adjective.casefold()), *tokens[:at]]


def apart_from_label(cast: Cast, core: list[Token]) -> list[Token]:
    """The name behind a common noun that labels it: "the utility TEPCO", "the unions CGT and FO".

    Also an acronym before a label ("the NFU association"). Labels that are a person's title stay with the name.
    """
    reporting = cast.lexicon.sources.reporting
    for at in range(len(core) - 1):
        one, following = core[at], core[at + 1]
        if one.lower in LINKS:
            return core
        if one.text.islower() and one.lower in LABELS and following.text[0].isupper():
            rest = core[at + 1 :]
            if all(
                word.text[0].isupper() or word.lower in COMMON_NAME_WORDS | {"and"} or word.text in "-‑'’."
                for word in rest
            ):
                head = one.lower.rstrip("s")
                name = cast_text(rest)
                if cast.lexicon.sources.source(name) is None:
                    kind = reporting.heads.get(one.lower, "unknown")
                    cast.named.setdefault(
                        name,
                        Speaker(name=name, type=kind, heads=frozenset({head, one.lower, *ALSO_CALLED.get(head, ())})),
                    )
                return rest
    if (
        len(core) == 2
        and core[1].text.islower()
        and core[1].lower in LABELS
        and core[0].text.isupper()
        and len(core[0].text) > 2
    ):
        return core[:1]
    return core


def goes_on(tokens: Sequence[Token], n: int) -> bool:
    """Whether a word goes on a name behind its hyphen: "Kim Tae-min"."""
    return (
        n > 1
        and tokens[n - 1].text in "-‑"
        and tokens[n - 2].end == tokens[n - 1].start
        and tokens[n - 1].end == tokens[n].start
        and tokens[n - 2].text[0].isupper()
    )


def is_name(cast: Cast, tokens: Sequence[Token]) -> bool:
    """Whether words are a name: up to six capitalised words, none of which is a head that speaks."""
    heads = cast.lexicon.sources.reporting.heads
    words = [
        one
        for n, one in enumerate(tokens)
        if one.text[0].isalpha()
        and not (n > 1 and tokens[n - 1].text in "-‑" and tokens[n - 1].start == tokens[n - 2].end)
    ]
    return (
        bool(words)
        and len(words) <= 6
        and all((one.text[0].isupper() or one.lower in COMMON_NAME_WORDS) and one.lower not in heads for one in words)
    )


def country_in(cast: Cast, tokens: Sequence[Token]) -> tuple[str, int, int] | None:
    """The first country name or demonym among the words: ISO code and its span."""
    for at, token in enumerate(tokens):
        if not token.text[0].isupper():
            continue
        if at + 1 < len(tokens) and tokens[at + 1].text[0].isupper():
            pair = cast.country_of(f"{token.text} {tokens[at + 1].text}")
            if pair:
                return pair, at, at + 2
        found = cast.country_of(token.text)
        if found:
            return found, at, at + 1
    return None


def place_country(cast: Cast, word: str) -> str | None:
    """The country of a place of the gazetteer, its genitive included."""
    place = cast.lexicon.settings.place(POSSESSIVE.sub("", word))
    return place.iso3 if place is not None else None


def trailing_name(cast: Cast, tokens: Sequence[Token], start: int) -> str | None:
    """A person's name after titles: the run of capitalised words that are no titles, two or more or after a title."""
    titles = cast.lexicon.sources.reporting.titles
    heads = cast.lexicon.sources.reporting.heads
    at = start
    titled = start > 0
    run: list[str] = []
    n = at
    while n < len(tokens):
        one = tokens[n]
        plain = POSSESSIVE.sub("", one.lower)
        if one.text == "." and run and len(run[-1]) == 1:
            run[-1] += "."
            n += 1
            continue
        if one.text in "-‑'’." and run:
            if one.text in "-‑" and n + 1 < len(tokens):
                run[-1] += "-" + tokens[n + 1].text
                n += 2
                continue
            n += 1
            continue
        if plain in titles or (plain in heads and not run):
            run, titled = [], True
        elif one.text[0].isupper() and one.text[0].isalpha() and plain not in heads:
            run.append(POSSESSIVE.sub("", one.text))
        elif plain in COMMON_NAME_WORDS and run:
            run.append(one.text)
        elif one.lower == "on" and n and tokens[n - 1].text[0].isupper():
            return None  # "the National Commission on Human Rights"
        elif run and (one.lower in LINKS or one.lower in {"who", "named"}):
            break
        elif run:
            run = []
        n += 1
    if len(run) >= 2 or (run and titled):
        return " ".join(run[:6])
    return None


def head_token(tokens: Sequence[Token]) -> Token:
    """The head noun: the last word before the first preposition."""
    last = before = tokens[0]
    for one in tokens:
        if one.lower in LINKS and one is not tokens[0]:
            break
        if one.text[0].isalnum():
            last, before = one, last
    directorate = last.lower == "general" and before.lower in {"directorate", "secretariat", "inspectorate"}
    return before if directorate else last


def type_of(cast: Cast, tokens: Sequence[Token]) -> SourceType:
    """The type that the head noun gives; the institution where the head is a role ("police officer")."""
    heads = cast.lexicon.sources.reporting.heads
    head = POSSESSIVE.sub("", head_token(tokens).lower)
    if head == "general" and len(tokens) > 1:
        return heads.get(POSSESSIVE.sub("", tokens[-2].lower), "military")
    if head in heads:
        found = heads[head]
        for one in tokens:  # "police officer", "hospital source": the institution tells the type
            kind = heads.get(one.lower)
            if found == "anonymous" and kind is not None and kind not in {"anonymous", "witness"}:
                return kind
        return found
    for one in reversed(list(tokens)):
        if one.lower in heads:
            return heads[one.lower]
    return "unknown"
