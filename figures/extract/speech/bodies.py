"""Name a body of the source file, or one that the article gives in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from figures.extract.speech.cast import COUNTRY_WORDS, GENERIC, Cast, Speaker, cast_text
from figures.extract.speech.naming import country_in, head_token, is_name, place_country, trailing_name, type_of
from figures.extract.types import Token
from figures.extract.words import BASED, CARDINAL_SITES, LINKS, POLICE, ROLES, UNITS
from figures.lexicon.sources import POSSESSIVE


def labelled_acronym(cast: Cast, name: Token, role: Sequence[Token]) -> Speaker | None:
    """A body by the acronym beside what it is: "the UN mission, UNAMA" · "the pollster, SKOP"."""
    head = POSSESSIVE.sub("", head_token(role).lower)
    if not name.text.isupper() or len(name.text) < 3 or head in ROLES or role[-1].text[0].isupper():
        return None
    if cast.lexicon.sources.reporting.heads.get(head) is None and head not in GENERIC:
        return None
    known = cast.lexicon.sources.source(name.text)
    words = frozenset({head} | {POSSESSIVE.sub("", one.lower) for one in role if one.text[0].isalpha()})
    if known is not None:
        spoken = cast.known(known)
        return replace(spoken, heads=spoken.heads | {head})
    kind = type_of(cast, role)
    outer = by_file(cast, list(role))
    if outer is not None and not outer.person:
        kind = outer.type
    found = Speaker(name=cast.acronyms.get(name.text, name.text), type=kind, heads=words | {name.lower})
    cast.named.setdefault(name.text, found)
    return found


RUN_BY: Final = BASED | {"run", "controlled", "led", "allied", "held", "funded", "supported", "sponsored", "appointed"}


def by_file(cast: Cast, core: list[Token]) -> Speaker | None:
    """A body or person of the file inside the phrase, with the person who speaks for it."""
    sources = cast.lexicon.sources
    best: tuple[int, int, str] | None = None
    at = 0
    while at < len(core):
        hit = sources.match(core, at)
        if hit is not None and any(
            (inner := sources.match(core, n)) is not None and inner[0] > hit[0] for n in range(at + 1, hit[0])
        ):
            hit = None  # "doctors of the World Health Organization" are no Doctors of the World
        if (
            hit is not None
            and hit[0] + 2 < len(core)
            and core[hit[0]].text in "-‑–"
            and core[hit[0] + 1].lower in RUN_BY
        ):
            at = hit[0] + 2  # "the Hamas-run civil defence"
            continue
        if hit is not None and best is not None and at and core[at - 1].text in "([":
            best = (at, hit[0], hit[1])  # "the United Nations Children's Fund (UNICEF)"
            break
        if hit is not None and best is not None and core[at - 1].lower == "for":
            at = hit[0]  # "Ipsos for Reuters"
            continue
        if hit is not None and not (at and core[at - 1].lower in {"to", "in", "on", "against", "with"}):
            if best is None or not sources.sources[hit[1]].person:
                best = (at, hit[0], hit[1])
            at = hit[0]
            continue
        at += 1
    if best is None:
        return _by_acronym(cast, core)
    start, end, name = best
    source = sources.sources[name]
    if (
        source.country
        and cast.mentioned
        and source.country not in cast.mentioned
        and core[start].lower in {"national", "electoral", "federal", "central"}
    ):
        return None  # every country has an Electoral Commission and a National Bureau of Statistics
    words = {one.lower for one in core}
    if source.person:
        after = [one for one in core[end:] if one.text[0].isalpha()]
        if POSSESSIVE.search(core[end - 1].text) or (
            after and after[0].lower not in LINKS and (after[0].text[0].islower() or after[0].lower in CARDINAL_SITES)
        ):
            return None  # "the Mandela Hospital"
        return cast.known(source)
    if name in {"Red Cross", "Red Crescent"} and start and (society := country_in(cast, core[:start])):
        own = core[society[1] : society[2]]
        proper = not POSSESSIVE.search(own[-1].text) and society[2] == start
        full = f"{cast_text(own) if proper else cast.adjective(society[0])} {name}"  # "Kenya Red Cross"
        who = trailing_name(cast, core, end)
        surname = {who.split()[-1].casefold()} if who else set()
        return Speaker(name=full, type="ngo", heads=source.heads | surname, role="person" if who else None)
    if name in {"Red Cross", "Red Crescent"}:
        society_of = next((one for one in reversed(cast.spoken) if one.name.endswith(" " + name)), None)
        if society_of is not None:
            return society_of
    tail = core[end:]
    if len(tail) == 1 and tail[0].lower in GENERIC:
        meant = [
            one
            for one in (*cast.named.values(), *cast.spoken)
            if one.type == source.type and tail[0].lower in one.heads and one.name != source.name
        ]
        if meant:
            return meant[-1]
    person = trailing_name(cast, core, end)
    if person and words & sources.reporting.own_name and "press" not in words:
        return Speaker(name=person, type=source.type, side=source.side, person=True, heads=frozenset(words))
    speaker = cast.known(source)
    if (tail and not person and head_token(tail).lower in ROLES | {"officials"}) or (
        start and head_token(core).lower in ROLES
    ):
        role = head_token(core if start else tail).lower
        return Speaker(
            name=speaker.name,
            type=speaker.type,
            side=speaker.side,
            heads=speaker.heads | {role},
            role=role,
        )
    front = core[: start - 1] if start and core[start - 1].lower in LINKS else core[: max(0, start - 2)]
    linked = start > 2 and {core[start - 1].lower, core[start - 2].lower} & {"of", "from", "at", "with"}
    if not person and linked and len(front) > 1 and is_name(cast, front):
        person = cast_text(front)  # "Jan Holm of the Red Cross": "he" means him
    if person:
        return Speaker(
            name=speaker.name,
            type=speaker.type,
            side=speaker.side,
            heads=speaker.heads | words | {person.split()[-1].casefold()},
            role="person",
        )
    return speaker


def _by_acronym(cast: Cast, core: list[Token]) -> Speaker | None:
    for token in core:
        long_form = cast.acronyms.get(POSSESSIVE.sub("", token.text))
        if long_form:
            known = cast.lexicon.sources.source(long_form)
            if known:
                return cast.known(known)
            return Speaker(name=long_form, type=type_of(cast, core), heads=frozenset(long_form.casefold().split()))
    return None


def main_place(cast: Cast, text: str) -> str | None:
    """The town or province that the article names most often; of two as frequent the dateline."""
    counts: dict[str, int] = {}
    for found in COUNTRY_WORDS.finditer(text[:20_000]):
        for part in found[0].split():
            word = POSSESSIVE.sub("", part.rstrip("."))
            counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0] != cast.dateline))
    for word, count in ranked[:12]:
        if count > 1 and cast.country_of(word) is None and cast.lexicon.settings.place(word) is not None:
            return word
    return cast.dateline


def by_unit(cast: Cast, core: list[Token]) -> Speaker | None:
    """A local government by its bare name ("the prefecture"), an office with its town ("registrar in Lima")."""
    words = [one.lower for one in core]
    if len(core) == 1 and words[0] in UNITS:
        key = words[0]
        if key not in cast.offices:
            text = cast.document.article.text
            named = [
                one[1]
                for one in re.finditer(r"\b([A-ZÀ-Þ][\w-]+) (?i:" + key + r")\b", text)
                if one[1] not in {"The", "A", "This"}
            ]
            cast.offices[key] = named[0] if named else main_place(cast, text)
        place = cast.offices[key]
        if place:
            return Speaker(name=f"{place} {key.title()}", type="government", heads=frozenset({key}))
    if len(core) >= 3 and words[-2] == "in" and core[-1].text[0].isupper():
        head = words[-3]
        kind = cast.lexicon.sources.reporting.heads.get(head)
        home = place_country(cast, core[-1].text) or cast.country_of(core[-1].text)
        adjective = cast.adjective(home)
        if (
            kind in {"government", "military"}
            and adjective
            and not head.endswith("s")
            and head not in ROLES - {"general"}
            and head not in POLICE
        ):
            return Speaker(
                name=f"{adjective} {cast_text(core[:-2])}",
                type="government",
                side=adjective,
                heads=frozenset(words[:-2]),
            )
    return None
