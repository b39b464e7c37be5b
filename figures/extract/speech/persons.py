"""Name persons: "Mayor Ana Ruiz", "Ruiz", "the governor"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from figures.extract.speech.cast import Cast, Speaker
from figures.extract.speech.naming import country_in, goes_on, trailing_name
from figures.extract.types import Token
from figures.extract.words import COMMON_NAME_WORDS, LINKS, OFFICES, PORTFOLIOS, ROLES, WITNESS_WORDS
from figures.lexicon.sources import POSSESSIVE


def by_person(cast: Cast, core: list[Token], whole: Sequence[Token] = ()) -> Speaker | None:
    """ "Mayor Ana Ruiz" · "Ana Ruiz" · "Ruiz" · "Mr. Ruiz" · "the president" where the article names him."""
    titles = cast.lexicon.sources.reporting.titles
    heads = cast.lexicon.sources.reporting.heads
    whole = whole or core
    words = [POSSESSIVE.sub("", one.lower) for one in core]
    if POSSESSIVE.search(core[-1].text) and len(core) > 1:
        return None
    at = 0
    while at < len(core) and (
        words[at] in titles or words[at] in heads or core[at].text == "." or core[at].text in ",-‑"
    ):
        at += 1
    role = next((one for one in words[:at] if one in titles and one not in {"mr", "mrs", "ms", "dr"}), None)
    if at == len(core):
        return _by_office(cast, words)
    if (
        role is None
        and any(
            one.text[0].isupper() and word in heads and word not in titles
            for one, word in zip(core[:at], words[:at], strict=True)
        )
        and not {"mr", "mrs", "ms", "dr"} & set(words[:at])
        and not any(one in titles for one in words[at:-1])  # "Union Home Minister Amit Shah"
    ):
        return None  # "Radio Free Asia", "Hospital Clinic"
    rest = core[at:]
    if rest[0].lower in {"of", "for"} and at:  # "Under Secretary of State Ana Ruiz", "Minister of Health Ana Ruiz"
        cut = 1
        while cut < len(rest) and (rest[cut].lower in PORTFOLIOS or rest[cut].text == ","):
            cut += 1
        if 1 < cut < len(rest) - 1 and all(one.text[0].isupper() for one in rest[cut : cut + 2]):
            rest = rest[cut:]
    if rest[0].lower in LINKS:
        return None
    country = country_in(cast, core[:1] + rest[:2]) if not at else None
    if not at and country and len(core) > 2 and any(one in titles for one in words):
        skip = next(n for n, one in enumerate(words) if one in titles)
        return by_person(cast, core[skip:], whole)
    if not at and words[0] not in titles:
        title = next((n for n, one in enumerate(words) if one in titles and n < len(words) - 1), None)
        if title is not None and title <= 4 and all(one not in LINKS for one in words[:title]):
            later = by_person(cast, core[title:], whole)
            if later is not None and later.person:
                return later
    if not all(
        one.text[0].isupper()
        or one.lower in COMMON_NAME_WORDS
        or one.text in "-‑.'’"
        or one.lower in LINKS
        or goes_on(rest, n)
        for n, one in enumerate(rest)
    ):
        cut = next(
            n
            for n, one in enumerate(rest)
            if not (one.text[0].isupper() or one.lower in COMMON_NAME_WORDS or one.text in "-‑.'’" or goes_on(rest, n))
        )
        if cut < 2 and not (cut and role):
            return None
        if rest[cut].lower not in titles and rest[cut].lower not in {
            "of",
            "from",
            "with",
            "for",
            "who",
            "the",
            "a",
            "an",
        }:
            return None
        role = role or rest[cut].lower
        rest = rest[:cut]
    name = trailing_name(cast, rest, 0) if len(rest) > 1 else POSSESSIVE.sub("", rest[0].text)
    if name is not None and not (role and len(rest) > 1):
        last = name.split()[-1].casefold()
        for speaker in reversed(cast.spoken):
            if (
                last in speaker.heads
                and (speaker.person or speaker.role == "person")
                and (speaker.name == name or _same_person(speaker, name))
            ):
                return speaker
    if (
        name is None
        or (role is None and cast.is_place(name) and not _surname_of_place(cast, name))
        or any(POSSESSIVE.sub("", one.casefold()) in heads and one.casefold() not in titles for one in name.split())
    ):
        return None
    if role in WITNESS_WORDS:
        return Speaker(name=str(role), type="witness", role=role, heads=frozenset({str(role)}))
    if " " not in name or name.split()[0].casefold() in COMMON_NAME_WORDS:
        full = _full_name(cast, name.split()[-1])
        if full is None and role is None and at == 0:
            return None
        name = full or name
    known = cast.lexicon.sources.source(name)
    if known is not None:
        return cast.known(known)
    kind = next(
        (heads[one] for one in reversed(words[:at]) if one in heads and heads[one] != "anonymous"), None
    ) or heads.get(role or "", "unknown")
    if kind in {"anonymous", "unknown"} and {"prime", "minister"} & set(words[:at]):
        kind = "government"
    home = country_in(cast, whole)
    return Speaker(
        name=name,
        type=kind if kind not in {"anonymous", "witness"} else "unknown",
        person=True,
        role=role,
        heads=frozenset(
            {name.split()[-1].casefold()} | (set(words[:at]) & (ROLES | OFFICES)) | ({role} if role else set())
        ),
        side=cast.adjective(home[0]) if home and kind in {"government", "military"} else None,
    )


BEFORE_PLACES: Final = frozenset((
    "new", "old", "greater", "downtown", "north", "south", "east", "west", "central", "upper", "lower", "port", "fort",
    "mount", "lake", "san", "santa", "saint", "st", "el", "la", "los", "las", "inner", "outer", "cape", "university",
    "university of", "city", "northern", "southern", "eastern", "western", "rural", "royal", "mayor", "governor", "the",
))  # fmt: skip


def _surname_of_place(cast: Cast, name: str) -> bool:
    """Whether a place's name is the surname of somebody whom the article introduces ("Marco Rubio", then "Rubio")."""
    if " " in name or name in cast.lexicon.sources.capitals or cast.country_of(name) is not None:
        return False
    full = _full_name(cast, name)
    if full is None or len(full.split()) != 2 or cast.is_place(full):
        return False
    first = full.split()[0]
    return first.casefold() not in BEFORE_PLACES and cast.country_of(first) is None and len(first) > 2


def _same_person(speaker: Speaker, name: str) -> bool:
    """Whether a name may mean a speaker of that surname: no other first name stands before it."""
    first = name.split()[0]
    if " " not in name or first.casefold() in COMMON_NAME_WORDS or not speaker.person:
        return len(name) < 25
    known = speaker.name.split()
    return len(known) < 2 or known[0][:2].casefold() == first[:2].casefold() or len(first.rstrip(".")) == 1


def _full_name(cast: Cast, surname: str) -> str | None:
    """The full name under which the article introduces a surname: the first longer run of capitals that ends in it."""
    if surname not in cast.full_names:
        for speaker in reversed(cast.spoken):
            if speaker.person and speaker.name.split()[-1] == surname:
                cast.full_names[surname] = speaker.name
                return speaker.name
        cast.full_names[surname] = None
        if surname.isupper():
            return None  # "The CBI"
        if surname[0].isupper() and len(surname) > 2 and len(cast.full_names) < 60:
            pattern = re.compile(
                r"(?:[A-ZÀ-Þ][\w’'.-]*|al|el|bin|de|van|von) (?:(?:[A-ZÀ-Þ][\w’'.-]*|al|el|bin|de|van|von) ){0,4}"
                + re.escape(surname)
                + r"\b"
            )
            titles = cast.lexicon.sources.reporting.titles
            found = pattern.search(cast.document.article.text, 0, 200_000)
            if found:
                parts = found[0].split()
                keep = len(parts) - 1
                while (
                    keep > 0
                    and parts[keep - 1].casefold().rstrip(".") not in titles
                    and cast.country_of(parts[keep - 1]) is None
                    and not (parts[keep - 1].endswith(".") and len(parts[keep - 1]) > 3)
                    and not POSSESSIVE.search(parts[keep - 1])
                ):
                    keep -= 1
                parts = parts[keep:]
                if 2 <= len(parts) <= 5:
                    cast.full_names[surname] = " ".join(parts)
    return cast.full_names[surname]


def _by_office(cast: Cast, words: list[str]) -> Speaker | None:
    """An office without a name ("the governor", "the prime minister"): its holder where the article names one."""
    office = words[-1]
    if office == "minister" and words[-2:] != ["prime", "minister"]:
        return _only_minister(cast) if len(words) == 1 else None
    if office not in OFFICES and words[-2:] != ["prime", "minister"]:
        return None
    for speaker in reversed(cast.spoken):
        if speaker.person and speaker.role is not None and (office in speaker.heads or speaker.role == office):
            return speaker
    phrase = "prime minister" if office == "minister" else office
    if phrase not in cast.offices:
        found = re.search(r"\b" + phrase.title() + r" ((?:[A-ZÀ-Þ][\w’'-]+ ?){2,4})", cast.document.article.text)
        cast.offices[phrase] = found[1].strip() if found else None
    name = cast.offices[phrase]
    if name:
        name = POSSESSIVE.sub("", name)
        return Speaker(name=name, type="government", person=True, role=office, heads=frozenset({office}))
    return None


def _only_minister(cast: Cast) -> Speaker | None:
    """Whom "the minister" means: a minister who has spoken, else the only one whom the article names."""
    for speaker in reversed(cast.spoken):
        if speaker.person and ("minister" in speaker.heads or speaker.role == "minister"):
            return speaker
    if "any minister" not in cast.offices:
        names = {one[1].strip() for one in NAMED_MINISTER.finditer(cast.document.article.text, 0, 40_000)}
        cast.offices["any minister"] = names.pop() if len(names) == 1 else None
    name = cast.offices["any minister"]
    if not name:
        return None
    name = POSSESSIVE.sub("", name)
    return Speaker(name=name, type="government", person=True, role="minister", heads=frozenset({"minister"}))


NAMED_MINISTER: Final = re.compile(r"\b(?<!Prime )Minister ((?:[A-ZÀ-Þ][\w’'-]+ ?){2,4})")
