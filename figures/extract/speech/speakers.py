"""Tell who a speaking noun phrase is: a canonical name, a type, a side.

Read in this order: pronoun · a name of the source file ("UNHCR spokesman Adrian Edwards") · ministry by pattern
("Chile's labour ministry" → "Chilean Labour Ministry") · government, army, police · institution behind a role ("a
source at the city hospital") · person with a title ("Mayor Ana Ruiz") · short form of somebody named in the article
("the agency", "the ministry", "Ruiz") · the words themselves without their article ("local officials").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from figures.extract.speech.anaphora import by_pronoun, by_short_form, is_monitor
from figures.extract.speech.apposition import from_apposition
from figures.extract.speech.bodies import by_file, by_unit
from figures.extract.speech.cast import Cast, Speaker
from figures.extract.speech.naming import (
    apart_from_label,
    country_in,
    head_token,
    is_name,
    place_country,
    trailing_name,
    trimmed,
    without_branch,
    without_dateline,
    without_origin,
)
from figures.extract.speech.persons import by_person
from figures.extract.speech.state import by_forces, by_government, by_its_minister, by_ministry, by_national
from figures.extract.speech.wording import as_written
from figures.extract.types import Token
from figures.extract.words import (
    CARDINAL_SITES,
    COMMON_NAME_WORDS,
    DETERMINERS,
    FORCES,
    GENERIC_OWNERS,
    INDEFINITE,
    LINKS,
    MINISTRY,
    PLAIN_POLICE,
    PRAISE,
    PRONOUNS,
    ROLES,
    SPOKESPEOPLE,
    UNVOUCHED,
)
from figures.lexicon.sources import POSSESSIVE

OWN_STAFF: Final = ROLES | frozenset(
    ["office", "staff", "representative", "campaign", "team", "agency", "lawyers", "aides", "officials", "leadership"]
)
OWN_BRANCHES: Final = frozenset(("mission", "office", "branch", "delegation", "bureau", "chapter"))
"""Parts of a body that speak for it: "its mission in the country said"."""


def resolve_speaker(
    cast: Cast, tokens: Sequence[Token], *, also: Sequence[Token] = (), before: Sequence[Token] = ()
) -> Speaker | None:
    """Who the words are, with their apposition in ``also``; None where nobody speaks.

    ``before`` are the words of the sentence before them, for "its Ministry of Defence".

    Forms: "it", "the agency", "Britain's Defense Ministry", "a senior U.S. defense official", "Mayor Ana Ruiz",
    "Ruiz", "rescue workers", "the unions CGT and FO".
    """
    tokens = trimmed(without_dateline(tokens))
    if not tokens:
        return None
    first = tokens[0].lower
    if first in {"our", "my", "i", "we", "you", "your"}:
        return None
    if len(tokens) == 1 and first in PRONOUNS:
        return by_pronoun(cast, first)
    possessor = first in {"its", "his", "her", "their"}
    definite = first in DETERMINERS and first not in INDEFINITE
    core = list(tokens)
    while core and core[0].lower in DETERMINERS and not core[0].text[0].isdigit():
        core = core[1:]
    if len(core) > 1 and core[0].lower in GENERIC_OWNERS:
        core = core[1:]
    core = without_origin(without_branch(core))
    if not core:
        return by_pronoun(cast, "they")
    if (
        len(core) == 3
        and POSSESSIVE.search(core[0].text)
        and all(one.text[0].isupper() and one.text[1:2].islower() for one in core)
        and not any(one.lower in cast.lexicon.sources.reporting.heads for one in core[1:])
        and place_country(cast, core[0].text) is None
        and cast.country_of(POSSESSIVE.sub("", core[0].text)) is None
    ):
        core = core[1:]  # "Labour's Ana Ruiz"
    papers = cast.lexicon.sources.reporting.statement | cast.lexicon.sources.reporting.document
    while (
        len(core) > 1
        and core[-1].text.islower()
        and core[-1].lower in papers
        and core[-2].text[0].isupper()
        and core[-2].lower not in UNVOUCHED
    ):
        core = core[:-1]  # "Ministry of Defence figures"
    if len(core) > 1 and core[0].lower in {"neighbouring", "neighboring", "nearby"} and core[1].text[0].isupper():
        core = core[1:]
    if len(core) == 1 and (core[0].lower in UNVOUCHED or (core[0].text == "Official" and not definite)):
        return None  # "Preliminary figures", "Initial reports"
    if possessor and not also:
        if (len(core) == 1 and core[0].lower in OWN_STAFF) or (first == "its" and core[0].lower in OWN_BRANCHES):
            owner = by_pronoun(cast, {"its": "it", "his": "he", "her": "she"}.get(first, "they"))
            if owner is not None:
                return owner
        home = next((one for one in reversed(before) if one.text[0].isupper() and cast.country_of(one.text)), None)
        if home is not None and core[0].text[0].isupper() | (core[-1].lower in MINISTRY | FORCES | {"government"}):
            core = [home, *core] if not country_in(cast, core) else core
    if (
        len(core) > 2
        and core[1].text[0].isupper()
        and POSSESSIVE.search(core[0].text)
        and is_name(cast, core[1:])
        and cast.is_place(POSSESSIVE.sub("", core[0].text))
        and cast.lexicon.sources.match(core, 0) is None
    ):
        core = core[1:]  # "Germany's Ursula von der Leyen"
    if (
        definite
        and len(before) > 1
        and before[-2].lower == "in"
        and before[-1].text[0].isupper()
        and core[-1].lower in MINISTRY | FORCES | {"government"}
        and country_in(cast, core) is None
        and (adjective := cast.adjective(place_country(cast, before[-1].text)))
        and " " not in adjective
    ):
        core = [replace(before[-1], text=adjective, lower=adjective.casefold()), *core]  # "in Moscow the army said"
    elif (
        core[-1].lower in MINISTRY
        and not ABROAD.intersection(one.lower for one in core)
        and country_in(cast, core) is None
    ):
        abroad = _opening_country(cast, before) or _heading_country(cast, core[0].start)
        if abroad is not None:
            core = [replace(core[0], text=abroad, lower=abroad.casefold()), *core]
    elif (
        core[0].lower == "government"
        and len(core) <= 2
        and (abroad := _heading_country(cast, core[0].start)) is not None
    ):
        core = [replace(core[0], text=abroad, lower=abroad.casefold()), *core]
    while len(core) > 1 and core[0].lower in PRAISE and core[1].text[0].isupper():
        core = core[1:]
    core = apart_from_label(cast, core)
    if also:
        beside = trimmed(also)
        while len(beside) > 1 and beside[0].lower in DETERMINERS:
            beside = beside[1:]
        both = from_apposition(cast, core, without_origin(beside))
        if both is not None:
            return both
    if len(core) == 1 and core[0].lower in {"spokesman", "spokeswoman", "spokesperson"}:
        return next((one for one in reversed(cast.spoken) if not one.somebody), None) or as_written(cast, core)
    owned = _by_own_spokesman(cast, core)
    if owned is not None:
        return owned
    if (
        len(core) > 1
        and core[0].text[0].islower()
        and core[0].text.endswith(("'s", "’s"))
        and core[0].lower not in GENERIC_OWNERS
        and (
            core[-1].lower in OWN_STAFF | cast.lexicon.sources.reporting.titles
            or (core[-1].lower.endswith("s") and core[-1].lower in cast.lexicon.sources.reporting.heads)
        )
        and not any(one.text[0].isupper() for one in core)
    ):
        plain = POSSESSIVE.sub("", core[0].text)
        owner = by_short_form(cast, [replace(core[0], text=plain, lower=plain)], plain)
        if owner is not None and not owner.person:
            return owner  # "the agency's spokesman"
    for rule in (
        by_file,
        by_ministry,
        by_forces,
        by_national,
        by_government,
        _by_institution,
        by_unit,
        by_person,
    ):
        found = rule(cast, core)
        if found is not None:
            return found
    if len(core) == 1 and definite and core[0].lower == "ministry":
        found = by_its_minister(cast, core[0])
        if found is not None:
            return found
    head = "monitor" if is_monitor(core) else head_token(core).lower
    if definite or possessor or head in {"monitor", "monitors"}:
        found = by_short_form(cast, core, head)
        if found is not None:
            return found
    return as_written(cast, core)


ABROAD: Final = frozenset(("defence", "defense", "foreign", "affairs", "war"))
"""Ministries that speak of what happens in other countries."""


def _opening_country(cast: Cast, before: Sequence[Token]) -> str | None:
    """The adjective of the country a sentence opens with: "In neighbouring Zambia …, the health ministry said"."""
    if len(before) < 2 or before[0].text != "In":
        return None
    for at in range(1, min(6, len(before))):
        if before[at].text[0].isupper():
            return cast.adjective(cast.country_of(before[at].text) or place_country(cast, before[at].text))
    return None


HEADING: Final = re.compile(r"(?:^|\n)\W{0,4}([A-ZÀ-Þ][A-ZÀ-Þa-zß-ÿ' -]{2,30}?)(?:[.:—–-]{1,2} |[.:]?\n)(?=[^\n]*\Z)")


def _heading_country(cast: Cast, at: int) -> str | None:
    """The adjective of the country that heads the paragraph: "BANGLADESH. 26 died, … the ministry reports"."""
    text = cast.document.article.text
    line = text.rfind("\n", max(0, at - 1_500), at) + 1
    found = HEADING.search(text[line - 1 if line else 0 : at]) if line or at < 1_500 else None
    return cast.adjective(cast.country_of(found[1].strip().title())) if found is not None else None


def _by_own_spokesman(cast: Cast, core: list[Token]) -> Speaker | None:
    """ "ministry spokesman Ana Ruiz" · "a ministry official", of a ministry that the article has named."""
    if (
        len(core) < 2
        or core[0].lower
        not in {"ministry", "department", "agency", "government", "army", "campaign", "company", "council"}
        or core[1].lower not in SPOKESPEOPLE | PLAIN_POLICE
        or not all(one.text[0].isupper() or one.lower in COMMON_NAME_WORDS or one.text in "-‑'’." for one in core[2:])
    ):
        return None
    body = by_short_form(cast, core[:1], core[0].lower)
    if body is None and core[0].lower == "government":
        body = by_government(cast, core[:1])
    if body is None or body.person:
        return None
    names = {core[-1].lower} if len(core) > 2 else set()
    return Speaker(
        name=body.name,
        type=body.type,
        side=body.side,
        heads=body.heads | {core[1].lower} | names,
        role="person" if names else core[1].lower,
    )


def _by_institution(cast: Cast, core: list[Token]) -> Speaker | None:
    """The institution behind a role: "a source at the city hospital" · "the office of Mayor Ana Ruiz"."""
    for at, token in enumerate(core):
        if at == 0 or token.lower not in LINKS:
            continue
        head, rest = core[at - 1].lower, core[at + 1 :]
        if not rest or token.lower in {"to", "on", "with"}:
            return None
        if (
            head in {"office", "government", "administration"}
            and token.lower == "of"
            and (name := trailing_name(cast, rest, 0))
        ):
            return Speaker(name=name, type="government", person=True)
        if head in cast.lexicon.sources.reporting.document:
            return resolve_speaker(cast, rest) if token.lower in {"by", "from", "of"} and token.lower != "of" else None
        if not (
            head in ROLES
            or cast.lexicon.sources.reporting.heads.get(head) in {"expert", "hospital", "witness", "anonymous", "media"}
            or head in {"statisticians", "forecasters", "meteorologists", "seismologists"}
        ):
            return None
        sites = [one for one in rest if POSSESSIVE.sub("", one.lower) in CARDINAL_SITES]
        led = head in LEADERS and token.lower in {"of", "for"}
        if sites and (led or any(one.text[0].isupper() for one in rest)):
            found = resolve_speaker(cast, rest)
            if found is None or found.person:
                return found
            return Speaker(
                name=found.name,
                type=found.type,
                side=found.side,
                heads=found.heads | {head},
                role=head,
            )
        return None
    return None


LEADERS: Final = SPOKESPEOPLE | {"head", "director", "chief", "boss", "chairman", "chairwoman", "chair", "deputy"}
"""Roles that speak for a body though nobody gives its name: "the head of the civil protection agency"."""
