"""Name the bodies of a state: ministries, forces, police, governments, offices of which a country has one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from figures.extract.speech.anaphora import by_short_form
from figures.extract.speech.cast import Cast, Speaker, cast_text
from figures.extract.speech.naming import country_in, head_token, place_country, trailing_name
from figures.extract.types import Token
from figures.extract.words import (
    DEFENCE,
    DETERMINERS,
    FORCES,
    LINKS,
    MINISTRY,
    PLAIN_POLICE,
    POLICE,
    PORTFOLIO_END,
    PORTFOLIOS,
    ROLES,
)
from figures.lexicon.sources import POSSESSIVE


def by_its_minister(cast: Cast, ministry: Token) -> Speaker | None:
    """ "The ministry" where the article has told of a minister last: "the labour minister, Rosa Vidal, said"."""
    low = max(0, ministry.start - 1_500)
    last = None
    for found in MINISTERS.finditer(cast.document.article.text, low, max(low, ministry.start)):
        last = found
    if last is None or last[3] or last[1].casefold() in NO_PORTFOLIO:
        return None
    word = last[1]
    return by_ministry(cast, [replace(ministry, text=word, lower=word.casefold()), ministry])


NO_PORTFOLIO: Final = frozenset(("prime", "first", "chief", "deputy", "former", "the", "a", "an", "ex"))
MINISTERS: Final = re.compile(r"\b([A-Za-z]+) (?:[Mm]inister\b|[Mm]inistr(y)\b)(?:\s+(of|for)\b)?")


def by_ministry(cast: Cast, core: list[Token]) -> Speaker | None:
    """Ministries: "Chile's labour ministry" · "the Ministry of Health of Mali" · "the interior ministry"."""
    at = next((n for n, one in enumerate(core) if POSSESSIVE.sub("", one.lower) in MINISTRY), None)
    minister = at is None
    if at is None:
        if any(one.lower in {"former", "ex"} for one in core):
            return None
        at = next((n for n, one in enumerate(core) if one.lower == "minister"), None)
        if at is None or (at and core[at - 1].lower in {"prime", "first", "chief"}):
            return None
        name = trailing_name(cast, core, at + 1)
        if name:
            return None
    country = country_in(cast, core)
    home = country[0] if country else None
    used = set(range(country[1], country[2])) if country else set()
    portfolio: list[str] = []
    behind = at + 2 + (at + 2 < len(core) and core[at + 2].lower == "the")
    # "the health ministry of the island republic"
    said = at > 0 and core[at - 1].lower in PORTFOLIOS and behind < len(core)
    said = said and (core[behind].text[0].islower() or any(one.lower == "run" for one in core[behind:]))
    if at + 1 < len(core) and core[at + 1].lower in {"of", "for"} and not minister and behind not in used and not said:
        rest = core[at + 2 :]
        for n, one in enumerate(rest, at + 2):
            if n in used or one.lower in {"in", "of", "at"}:
                break
            if one.lower != "the":
                portfolio.append(one.text)
    else:
        left = at - 1
        while left >= 0 and left not in used and core[left].lower not in LINKS and core[left].lower not in DETERMINERS:
            if (
                core[left].lower in {"state", "deputy", "former", "acting", "country's", "new", "junior"}
                or core[left].lower in ROLES
            ):
                left -= 1
                continue
            if _is_place_genitive(core[left]):
                home = home or place_country(cast, core[left].text)
                left -= 1
                continue
            portfolio.insert(0, core[left].text)
            left -= 1
        if minister and core[at - 1 : at] and core[at - 1].lower in {"deputy", "state"}:
            return None
    if home is None:
        home = next((place_country(cast, one.text) for one in core[at + 1 :] if one.text[0].isupper()), None)
    while (
        portfolio
        and portfolio[-1].casefold() in PORTFOLIO_END
        and (len(portfolio) == 1 or portfolio[-2].casefold() in {"foreign", "external"})
    ):
        portfolio.pop()
    if not portfolio:
        return None
    topic = " ".join(_capital(one) for one in portfolio)
    topic = {"Defense": "Defence", "National Defense": "Defence", "Foreign": "Foreign", "External": "Foreign"}.get(
        topic, topic
    )
    heads = frozenset({"ministry", "minister", "department", *(one.casefold() for one in portfolio)})
    if home is None:
        for speaker in reversed(cast.spoken):
            if "ministry" in speaker.heads and {one.casefold() for one in portfolio} <= speaker.heads:
                return speaker
        home = cast.country
    adjective = cast.adjective(home)
    if topic == "Defence":
        name = f"{adjective} Ministry of Defence" if adjective else "Ministry of Defence"
    else:
        name = f"{adjective} {topic} Ministry" if adjective else f"{topic} Ministry"
    known = cast.lexicon.sources.source(name)
    return Speaker(
        name=known.name if known else name,
        type="military" if topic == "Defence" else "government",
        side=adjective,
        heads=heads,
        role="minister" if minister else next((one.lower for one in core if one.lower in PLAIN_POLICE), None),
    )


def _capital(word: str) -> str:
    return word if word.isupper() or word in {"and", "of", "&"} else word[:1].upper() + word[1:]


def _is_place_genitive(token: Token) -> bool:
    return bool(POSSESSIVE.search(token.text)) and token.text[0].isupper()


def by_forces(cast: Cast, core: list[Token]) -> Speaker | None:
    """Armies and police: "the Nigerian military" · "the army" · "Victoria police" · "a police spokesman" · "police"."""
    head = head_token(core)
    words = [one.lower for one in core]
    if words[-2:] == ["general", "staff"] and len(core) <= 4:
        country = country_in(cast, core)
        if len(core) == 2 or country is not None:
            adjective = cast.adjective(country[0] if country else _last_army(cast, head.start) or cast.country)
            if adjective:
                return Speaker(
                    name=f"{adjective} army",
                    type="military",
                    side=adjective,
                    heads=frozenset({"army", "staff", "military", "force", "forces"}),
                )
    if (
        head.lower in FORCES
        or words[-2:] == ["armed", "forces"]
        or words[-2:] == ["air", "force"]
        or words[-2:] in (["defence", "forces"], ["defense", "forces"])
    ):
        if len(core) > 4 or any(one in LINKS for one in words):
            return None
        force = " ".join(words[-2:]) if head.lower in {"force", "forces"} else head.lower
        country = country_in(cast, core)
        seat = cast.lexicon.sources.capitals.get(POSSESSIVE.sub("", core[0].text)) if country is None else None
        if seat is not None and POSSESSIVE.search(core[0].text):
            country = (seat, 0, 1)  # "Kyiv's air force"
        if country is None:
            if len(core) > 1 + (head.lower in {"force", "forces"}):
                return None
            earlier = by_short_form(cast, core, head.lower)
            if earlier is not None:
                return earlier
        adjective = cast.adjective(country[0] if country else _last_army(cast, head.start) or cast.country)
        name = f"{adjective} {force}" if adjective else force
        return Speaker(name=name, type="military", side=adjective, heads=frozenset({head.lower, "force", "forces"}))
    if words[-2:] == ["coast", "guard"] or words[:2] == ["coast", "guard"]:
        country = country_in(cast, core)
        adjective = cast.adjective(country[0] if country else cast.country)
        return Speaker(
            name=f"{adjective} Coast Guard" if adjective else "coast guard",
            type="government",
            side=adjective,
            heads=frozenset({"guard", "guards"}),
        )
    if words[0] in POLICE and _of_police(core):
        for speaker in reversed([*cast.named.values(), *cast.spoken]):
            if "police" in speaker.name.casefold() and speaker.name != "police":
                return speaker
        return Speaker(
            name="police",
            type="government",
            heads=frozenset({"police", "force", "officers", "detectives"}),
            plural=True,
        )
    if head.lower in POLICE | PLAIN_POLICE and "police" in words:
        at = words.index("police")
        front = core[:at]
        if [one.lower for one in front] == ["national"] and (country := country_in(cast, core)):
            adjective = cast.adjective(country[0])
            name = f"{adjective} National Police"
            return Speaker(
                name=name, type="government", side=adjective, heads=frozenset({"police", "force"}), plural=True
            )
        if front and all(one.text[0].isupper() for one in front):
            name = " ".join(POSSESSIVE.sub("", one.text) for one in front) + " police"
            return Speaker(name=name, type="government", heads=frozenset({"police", "force", "officers"}), plural=True)
    return None


RANKS: Final = PLAIN_POLICE | frozenset((
    "captain", "commander", "sergeant", "inspector", "superintendent", "colonel", "headquarters", "command",
    "department", "force", "investigators", "commanders", "chiefs", "authorities",
))  # fmt: skip


def _of_police(core: list[Token]) -> bool:
    """Whether words are the police by any rank, with a place behind it or not: "police officer in Kolda"."""
    words = [one.lower for one in core]
    link = next((n for n, one in enumerate(words) if one in {"in", "at", "of"}), len(words))
    if words[link : link + 1] == ["of"] and words[-1] in {"district", "town", "city", "region", "province", "area"}:
        return link == 1 and len(words) <= 4
    return (
        words[link : link + 1] != ["of"]
        and all(one in POLICE | RANKS for one in words[:link])
        and (link == len(words) or (link > 1 and all(one.text[0].isupper() for one in core[link + 1 :])))
    )


def _last_army(cast: Cast, at: int) -> str | None:
    """Whose army was told of last before a spot: "Israeli soldiers … the army said"."""
    text = cast.document.article.text
    last = None
    for found in ARMED.finditer(text, max(0, at - 2_000), max(0, at)):
        last = cast.country_of(found[1]) or last
    return last


ARMED: Final = re.compile(
    r"\b([A-Z][\w.]+(?:['’]s)?) (?:government )?"
    r"(?:army|military|soldiers?|troops|forces|air force|jets|warplanes|tanks)\b"
)
NATIONAL: Final = frozenset((
    "electoral commission", "election commission", "elections commission", "electoral council", "electoral tribunal",
    "electoral court", "electoral authority", "election authority", "electoral board", "election board", "central bank",
    "statistics office", "statistics agency", "statistics bureau", "statistics institute", "statistical office",
    "statistics authority", "bureau of statistics", "office of statistics", "statistical authority",
    "statistical agency", "statistical institute", "statistical bureau", "statistical service", "statistics department",
    "statistics service", "statistics committee", "election body", "elections body", "poll body", "electoral body",
))  # fmt: skip
"""Bodies of which a country has one, by their common names."""


def by_national(cast: Cast, core: list[Token]) -> Speaker | None:
    """A body of which a country has one: "the electoral commission" · "Chile's central bank".

    Of the article's country where none is named; by the name of the file where it has one.
    """
    country = country_in(cast, core)
    rest = [one for n, one in enumerate(core) if country is None or not country[1] <= n < country[2]]
    words = [POSSESSIVE.sub("", one.lower) for one in rest]
    while words and (words[0] in {"national", "state", "independent", "federal"} or words[-1] in ROLES | {"officials"}):
        words = words[1:] if words[0] in {"national", "state", "independent", "federal"} else words[:-1]
    phrase = " ".join(words)
    if phrase not in NATIONAL:
        return None
    known = [one for one in reversed(cast.spoken) if set(words) <= set(one.name.casefold().split())]
    if country is None and known:
        return known[0]
    home = country[0] if country else cast.country
    adjective = cast.adjective(home)
    kind = "elect" if "elect" in phrase else "bank" if "bank" in phrase else "statist"
    for source in cast.lexicon.sources.sources.values():
        names = " ".join((source.name, *source.aliases)).casefold()
        if home and source.country == home and kind in names and not source.person and source.type == "government":
            return cast.known(source)
    name = f"{adjective} {phrase}" if adjective else phrase
    if any(one.text[0].isupper() for one in rest):
        name = cast_text(core)  # "the Philippine Statistics Authority"
    return Speaker(name=name, type="government", side=adjective, heads=frozenset(words))


def by_government(cast: Cast, core: list[Token]) -> Speaker | None:
    """ "Haiti's government" · "the government" · a country itself · "a senior U.S. defense official"."""
    words = [one.lower for one in core]
    head = head_token(core).lower
    country = country_in(cast, core)
    capital = cast.lexicon.sources.capitals.get(cast_text(core))
    if capital:
        country = (capital, 0, len(core))
    if country and country[1] == 0 and country[2] == len(core):
        adjective = cast.adjective(country[0])
        ends_like_name = core[-1].text[0].isupper()
        if adjective and ends_like_name:
            return Speaker(
                name=f"{adjective} government",
                type="government",
                side=adjective,
                heads=frozenset({"government", "country"}),
            )
    if words[:2] == ["government", "in"] and (place := place_country(cast, core[-1].text)):
        adjective = cast.adjective(place)
        return Speaker(
            name=f"{adjective} government", type="government", side=adjective, heads=frozenset({"government"})
        )
    if (head == "government" and words[-1] == head) or words[:2] == ["government", "of"]:
        if country:
            adjective = cast.adjective(country[0])
            if adjective and len(core) <= 4:
                return Speaker(
                    name=f"{adjective} government", type="government", side=adjective, heads=frozenset({"government"})
                )
            return None
        if len(core) == 1 or words[0] == "central":
            for speaker in reversed(cast.spoken):
                if speaker.answers_to("government"):
                    return speaker
            adjective = cast.adjective(cast.country)
            if adjective:
                return Speaker(
                    name=f"{adjective} government", type="government", side=adjective, heads=frozenset({"government"})
                )
    if (
        head in {"official", "officials", "officer", "officers", "source", "sources"}
        and country
        and DEFENCE & set(words)
    ):
        adjective = cast.adjective(country[0])
        name = f"{adjective} Ministry of Defence"
        if country[0] == "USA":
            name = "U.S. Department of Defense"
        return Speaker(
            name=name,
            type="anonymous",
            side=adjective,
            heads=frozenset({head, "official", "officials"}),
            role=head,
        )
    return None
