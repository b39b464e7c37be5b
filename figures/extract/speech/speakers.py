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

from figures.extract.speech.anaphora import body_before, by_pronoun, by_short_form, by_subject, is_monitor
from figures.extract.speech.apposition import from_apposition
from figures.extract.speech.bodies import by_file, by_unit, main_place
from figures.extract.speech.cast import GENERIC, Cast, Speaker
from figures.extract.speech.naming import (
    apart_from_label,
    country_in,
    head_token,
    is_name,
    of_country,
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
    NUMBER_WORDS,
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
PAPERS: Final = frozenset(
    ("newspaper", "paper", "agency", "magazine", "website", "channel", "broadcaster", "publication")
)
OBLIQUE: Final = {"him": "he", "her": "she", "them": "they"}
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
    if len(tokens) == 1 and (first in PRONOUNS or first in OBLIQUE):
        return by_pronoun(cast, OBLIQUE.get(first, first))
    possessor = first in {"its", "his", "her", "their"}
    definite = first in DETERMINERS and first not in INDEFINITE
    core = list(tokens)
    while core and core[0].lower in DETERMINERS and not core[0].text[0].isdigit():
        core = core[1:]
    if len(core) > 1 and core[0].lower in GENERIC_OWNERS:
        core = _of_its_area(cast, core)
    core = without_origin(without_branch(core))
    if not core:
        return by_pronoun(cast, "they")
    outlet = cast.document.article.outlet
    if first == "this" and core[-1].lower in PAPERS and outlet and len(core) <= 2:
        return Speaker(name=outlet, type="media", heads=frozenset({core[-1].lower}))
    core = _without_owner(cast, of_country(cast, core))
    if (state := _by_head_of_state(cast, core)) is not None:
        return state
    if definite and (meant := _of_that_country(cast, core)) is not None:
        return meant
    if (camp := _by_camp(cast, core, first)) is not None:
        return camp
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
        home = next((one for one in reversed(before) if one.text[0].isupper() and cast.country_of(one.text)), None)
        staff = first == "its" and _is_staff(core)
        if (
            staff
            or (len(core) == 1 and core[0].lower in OWN_STAFF)
            or (first == "its" and core[0].lower in OWN_BRANCHES)
        ):
            owner = body_before(cast, before) if staff and (len(core) > 1 or not cast.spoken) else None
            owner = owner or by_pronoun(cast, {"its": "it", "his": "he", "her": "she"}.get(first, "they"))
            if owner is not None:
                return owner
        kind = cast.lexicon.sources.reporting.heads.get(head_token(core).lower)
        national = first == "its" and not staff and len(core) > 1 and kind in {"government", "ngo"}
        if home is not None and (
            core[0].text[0].isupper() or core[-1].lower in MINISTRY | FORCES | {"government"} or national
        ):
            own = cast.adjective(cast.country_of(home.text)) or home.text
            whose = home if " " in own else replace(home, text=own, lower=own.casefold())
            core = [whose, *core] if not country_in(cast, core) else core
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
        not MINISTRY.isdisjoint(one.lower for one in core)
        and not ABROAD.intersection(one.lower for one in core)
        and country_in(cast, core) is None
    ):
        abroad = (
            _opening_country(cast, before) or _counted_nation(cast, before) or _heading_country(cast, core[0].start)
        )
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


def _of_its_area(cast: Cast, core: list[Token]) -> list[Token]:
    """ "the region's health department" with the region's adjective, "the city's government" with the city's name.

    The region is one that governs itself and that the article names; the city is the one it names most often.
    """
    owner, rest = core[0], core[1:]
    sources = cast.lexicon.sources
    if rest[0].text[0].isupper() or rest[-1].lower not in sources.reporting.heads:
        return rest
    if owner.lower in {"region's", "state's", "province's"}:
        if "region" not in cast.offices:
            text = cast.document.article.text
            named = {one: len(re.findall(rf"\b{one}\b", text)) for one in sources.regions if one in text}
            cast.offices["region"] = max(named, key=lambda one: named[one]) if named else None
        region = cast.offices["region"]
        if region is not None:
            adjective = sources.regions[region]
            return [replace(owner, text=adjective, lower=adjective.casefold()), *rest]
    if owner.lower in {"city's", "town's"} and rest[-1].lower in CITY_BODIES:
        if "city" not in cast.offices:
            cast.offices["city"] = main_place(cast, cast.document.article.text)
        city = cast.offices["city"]
        if city is not None:
            label = owner.lower[:-2]
            return [replace(owner, text=f"{city} {label}", lower=f"{city} {label}".casefold()), *rest]
    return rest


CITY_BODIES: Final = frozenset(("government", "department", "office", "council", "administration", "authority"))
STAFF: Final = SPOKESPEOPLE | frozenset((
    "inspectors", "engineers", "experts", "doctors", "observers", "investigators", "monitors", "teams", "volunteers",
    "workers", "employees", "delegates", "director", "head", "chief", "chairman", "chairwoman", "manager",
    "coordinator", "representative", "representatives", "secretary-general", "staff", "aides", "officials",
    "researchers", "analysts", "lawyers", "medics", "nurses", "deputy", "boss", "executive",
))  # fmt: skip


def _is_staff(core: Sequence[Token]) -> bool:
    """Whether words are people who speak for the body they belong to: "inspectors", "director for the Americas"."""
    head = head_token(core)
    behind = core[core.index(head) + 1 :] if head in core else ()
    plain = all(one.text.islower() or one.text in "-‑" for one in core[: len(core) - len(behind)])
    region = not behind or (behind[0].lower in {"for", "in"} and len(behind) <= 4)
    secretary = [one.lower for one in core[:2]] == ["secretary", "general"]
    return (head.lower in STAFF and plain and region) or (secretary and len(core) == 2)


def _of_that_country(cast: Cast, core: Sequence[Token]) -> Speaker | None:
    """The body that "the US agency" means: one of that country, and of that kind, which the article has named."""
    if len(core) < 2 or core[-1].text[0].isupper() or core[-1].lower not in GENERIC:
        return None
    country = country_in(cast, core[:-1])
    if country is None or country[1] != 0 or country[2] != len(core) - 1:
        return None
    types = GENERIC[core[-1].lower]
    for one in (*reversed(cast.spoken), *cast.named.values()):
        source = cast.lexicon.sources.sources.get(one.name)
        if source is not None and source.country == country[0] and source.type in types and not source.person:
            return one
    return None


def _without_owner(cast: Cast, core: list[Token]) -> list[Token]:
    """A body's proper name behind whose it is: "the government's Media Centre for National Security"."""
    at = next((n for n, one in enumerate(core[:4]) if POSSESSIVE.search(one.text) and n + 3 < len(core)), None)
    if at is None or cast.lexicon.sources.match(core, 0) is not None:
        return core
    rest = core[at + 1 :]
    words = [one for one in rest if one.lower not in LINKS | {"and", "the"}]
    if len(words) < 3 or not all(one.text[0].isupper() for one in words) or rest[0] is not words[0]:
        return core
    lowers = {one.lower for one in words}
    if lowers & (MINISTRY | FORCES | {"department", "police", "government", "president", "minister", "army"}):
        return core
    heads = cast.lexicon.sources.reporting.heads
    return rest if head_token(rest).lower in heads and not lowers & cast.lexicon.sources.reporting.titles else core


CAMPS: Final = frozenset(("camp", "side", "coalition", "alliance", "team", "bloc", "ticket", "entourage"))


def _by_camp(cast: Cast, core: list[Token], first: str) -> Speaker | None:
    """The politician whose camp speaks ("Odinga's camp", "his coalition"), the state whose side does ("Moscow's side").

    Said under the name of whom it is for; "it" and "they" mean it afterwards.
    """
    if core[-1].lower not in CAMPS or core[-1].text[0].isupper() or len(core) > 5:
        return None
    owner: Speaker | None = None
    if len(core) == 1 and first in {"his", "her"}:
        owner = by_pronoun(cast, "he" if first == "his" else "she") or by_subject(cast, core[0].start)
    elif len(core) > 1 and POSSESSIVE.search(core[-2].text) and core[-2].text[0].isupper():
        owner = resolve_speaker(cast, core[:-1])
    elif len(core) == 2 and core[-1].lower == "side" and (country := country_in(cast, core[:1])) is not None:
        name = cast.adjective(country[0])
        if name is not None:
            heads = frozenset({"government", "side"})
            return Speaker(name=f"{name} government", type="government", side=name, heads=heads)
    if owner is None or not (owner.person or owner.name.endswith(" government")):
        return None
    if owner.person and " " not in owner.name:
        return None
    return Speaker(
        name=owner.name,
        type=owner.type if owner.type != "unknown" else "ngo",
        side=owner.side,
        heads=owner.heads | {core[-1].lower},
    )


ABROAD: Final = frozenset(("defence", "defense", "foreign", "external", "war"))
"""Ministries that speak of what happens in other countries."""


def _opening_country(cast: Cast, before: Sequence[Token]) -> str | None:
    """The adjective of the country a sentence opens with: "In neighbouring Zambia …, the health ministry said"."""
    if len(before) < 2 or before[0].text != "In":
        return None
    for at in range(1, min(6, len(before))):
        if before[at].text[0].isupper():
            return cast.adjective(cast.country_of(before[at].text) or place_country(cast, before[at].text))
    return None


def _counted_nation(cast: Cast, before: Sequence[Token]) -> str | None:
    """The adjective of the nation that a sentence counts: "36 Pakistanis are dead, the ministry … said"."""
    for n in range(max(1, len(before) - 24), len(before)):
        one = before[n]
        counted = before[n - 1].text[0].isdigit() or before[n - 1].lower in NUMBER_WORDS
        if counted and one.text[0].isupper() and one.lower.endswith(("s", "ese")):
            return cast.adjective(cast.country_of(one.text))
    return None


def _by_head_of_state(cast: Cast, core: list[Token]) -> Speaker | None:
    """ "the prime minister's office" · "the president's office": the holder whom the article names, else the state."""
    words = [POSSESSIVE.sub("", one.lower) for one in core]
    if words[-1:] != ["office"] or not POSSESSIVE.search(core[-2].text if len(core) > 1 else ""):
        return None
    country = country_in(cast, core[:-2])
    rest = words[country[2] if country is not None and country[1] == 0 else 0 : -1]
    if rest not in (["prime", "minister"], ["president"], ["premier"], ["chancellor"]):
        return None
    if country is None:
        holder = by_person(cast, [*core[:-2], replace(core[-2], text=rest[-1], lower=rest[-1])])
        if holder is not None and holder.person:
            return replace(holder, heads=holder.heads | {"office"})
    name = cast.adjective(country[0] if country is not None else cast.country)
    heads = frozenset({"government", "office"})
    return Speaker(name=f"{name} government", type="government", side=name, heads=heads) if name else None


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
    if body is None and core[0].lower == "army":
        body = by_forces(cast, core[:1])
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
        if head in SPOKESPEOPLE and token.lower in {"of", "for"}:
            found = resolve_speaker(cast, rest)
            if found is not None and found.firm and not found.person:
                return replace(found, heads=found.heads | {head}, role=head)  # "a spokesman of the government"
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
