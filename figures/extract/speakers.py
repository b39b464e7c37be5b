"""Tell who a speaking noun phrase is: a canonical name, a type, a side.

Read in this order: pronoun · a name of the source file ("UNHCR spokesman Adrian Edwards") · ministry by pattern
("Chile's labour ministry" → "Chilean Labour Ministry") · government, army, police · institution behind a role ("a
source at the city hospital") · person with a title ("Mayor Ana Ruiz") · short form of somebody named in the article
("the agency", "the ministry", "Ruiz") · the words themselves without their article ("local officials").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from figures.extract.types import Document, Sentence, Token
from figures.extract.words import (
    BASED,
    CARDINAL_SITES,
    COMMON_NAME_WORDS,
    DEFENCE,
    DETERMINERS,
    FEMALE,
    FORCES,
    GENERIC_OWNERS,
    IN_OWN_NAME,
    INDEFINITE,
    JOINED,
    LABELS,
    LEADING,
    LINKS,
    MALE,
    MINISTRY,
    NOT_LOOSE,
    OFFICES,
    PERSON_PRONOUNS,
    PLAIN_POLICE,
    POLICE,
    PORTFOLIO_END,
    PORTFOLIOS,
    PRAISE,
    PRONOUNS,
    REGIONS,
    ROLES,
    SPOKESPEOPLE,
    UNITS,
    WITNESS_WORDS,
)
from figures.lexicon import Lexicon
from figures.lexicon.sources import POSSESSIVE, Source
from figures.model import SourceType

GENERIC: Final = {
    # short forms by which an article means a body it has named, and the types that they may mean
    "agency": ("intergovernmental", "government", "media"),
    "agencies": ("intergovernmental", "government", "media"),
    "body": ("intergovernmental", "government"),
    "organisation": ("intergovernmental", "ngo"),
    "organization": ("intergovernmental", "ngo"),
    "group": ("ngo", "military", "expert"),
    "charity": ("ngo",),
    "monitor": ("ngo",),
    "watchdog": ("ngo", "intergovernmental"),
    "broadcaster": ("media",),
    "newspaper": ("media",),
    "paper": ("media",),
    "company": ("company",),
    "firm": ("company",),
    "utility": ("company",),
    "operator": ("company",),
    "researchers": ("expert",),
    "scientists": ("expert",),
    "statisticians": ("government",),
    "force": ("government", "military"),
    "department": ("government",),
    "institute": ("government", "expert"),
    "office": ("government", "intergovernmental"),
    "service": ("government",),
    "authority": ("government",),
    "bureau": ("government",),
    "council": ("government", "ngo"),
    "commission": ("government", "intergovernmental"),
    "bank": ("intergovernmental", "company", "government"),
    "lender": ("intergovernmental", "company"),
    "fund": ("intergovernmental",),
    "bloc": ("intergovernmental",),
    "mission": ("intergovernmental",),
    "peacekeepers": ("intergovernmental",),
    "university": ("expert",),
    "pollster": ("expert",),
    "union": ("ngo", "intergovernmental"),
    "association": ("ngo", "company"),
    "movement": ("ngo", "military"),
    "alliance": ("military", "ngo"),
    "hospital": ("hospital",),
    "network": ("media", "ngo"),
    "party": ("ngo",),
    "campaign": ("ngo",),
    "committee": ("ngo", "government"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Somebody who is credited. ``words`` are folded words of the name, for later short forms."""

    name: str
    type: SourceType = "unknown"
    side: str | None = None
    person: bool = False
    heads: frozenset[str] = frozenset()
    role: str | None = None
    plural: bool = False
    firm: bool = True  # named by the file or by a pattern, not by its bare words

    def answers_to(self, head: str) -> bool:
        """Whether "the <head>" can mean this speaker."""
        return head in self.heads or head in self.name.casefold().split()

    @property
    def somebody(self) -> bool:
        """Whether this is a person or a role, whom "it" cannot mean."""
        return self.person or (self.role is not None and not self.firm)


@dataclass(slots=True)
class Cast:
    """Everybody whom an article has named so far; local to one call of ``find_credits``."""

    document: Document
    lexicon: Lexicon
    spoken: list[Speaker] = field(default_factory=list)
    named: dict[str, Speaker] = field(default_factory=dict)
    acronyms: dict[str, str] = field(default_factory=dict)
    full_names: dict[str, str | None] = field(default_factory=dict)
    offices: dict[str, str | None] = field(default_factory=dict)
    sexes: dict[str, str] = field(default_factory=dict)
    homes: dict[str, int] = field(default_factory=dict)
    places: dict[str, bool] = field(default_factory=dict)
    country: str | None = None
    mentioned: frozenset[str] = frozenset()  # the countries that the text names
    dateline: str | None = None

    def recalls(self, words: Sequence[str]) -> bool:
        """Whether somebody who has spoken bears all these words in his name."""
        wanted = set(words)
        return any(wanted <= set(one.name.casefold().split()) for one in self.spoken[-12:])

    def meet(self, speaker: Speaker) -> Speaker:
        """Remember a speaker; the last one answers first to short forms."""
        if len(self.spoken) > 80:  # nobody means a speaker of so long ago, and looking back stays short
            del self.spoken[:40]
        self.spoken.append(speaker)
        return speaker

    def adjective(self, iso3: str | None) -> str | None:
        """What stands before "government": the file's own form, else the demonym."""
        if iso3 is None:
            return None
        return self.lexicon.sources.adjectives.get(iso3) or self.lexicon.settings.demonym(iso3)

    def country_of(self, word: str) -> str | None:
        """The country of a name or demonym, its genitive included, with or without an apostrophe ("Syrias")."""
        known = self.lexicon.settings.country_of
        if word.endswith(".") and "." not in word[:-1]:
            word = word[:-1]
        found = known(word)
        if found is None and word.endswith("s") and len(word) > 4:
            found = known(POSSESSIVE.sub("", word)) or known(word[:-1])
        return found

    def is_place(self, name: str) -> bool:
        """Whether a name is a country, a demonym or a place of the gazetteer; every name is looked up once."""
        known = self.places.get(name)
        if known is None:
            known = self.country_of(name) is not None or self.lexicon.settings.place(name) is not None
            self.places[name] = known
        return known

    def known(self, source: Source) -> Speaker:
        """A source of the file as a speaker."""
        return Speaker(
            name=source.name,
            type=source.type,
            side=source.side,
            person=source.person,
            heads=source.heads,
            plural=source.name.endswith("s"),
        )


DATELINE: Final = re.compile(
    r"^\W{0,2}(?P<city>[A-ZÀ-Þ][A-ZÀ-Þ' /.-]{2,40}?)(?:,[^\n—–-]{0,30})?(?: \([^)\n]{0,30}\))? ?[—–-]{1,2} "
)
NAME_WORD: Final = r"(?:[A-ZÀ-Þ][\w'’&.-]*|of|for|the|and|on|in|de|des|sans)"
BRACKET: Final = re.compile(rf"({NAME_WORD}(?: {NAME_WORD}){{1,9}}) ?[(\[]([A-Z][A-Za-z]{{1,9}})[)\]]")
CAPITALS: Final = re.compile(r"\b[A-Z][\w.’']*")
COUNTRY_WORDS: Final = re.compile(r"[A-Z][\w.’']+(?: [A-Z][\w.’']+)?")


LABELLED: Final = re.compile(
    r"\b(association|utility|union|group|agency|broadcaster|company|firm|bank|charity|organi[sz]ation|federation|bureau"
    r"|operator|institute|airline|regulator) ([A-Z][A-Z&]{2,9})\b"
)


ACRONYM: Final = re.compile(r" [A-Z][A-Z&]{2,9}\b")
BRACKETED: Final = re.compile(r"[(\[][A-Z][A-Za-z]{1,9}[)\]]")
LONGEST_LABEL: Final = 14


def _labelled(text: str) -> Iterator[re.Match[str]]:
    """Acronyms behind a common noun ("the utility TEPCO"); capitals are rarer than nouns, so they are sought first."""
    for capitals in ACRONYM.finditer(text):
        found = LABELLED.search(text, max(0, capitals.start() - LONGEST_LABEL), capitals.end())
        if found is not None:
            yield found


def read_cast(document: Document, lexicon: Lexicon) -> Cast:
    """Look through the article once: its country, its dateline, acronyms in brackets, bodies of the file."""
    cast = Cast(document=document, lexicon=lexicon)
    text = document.article.text
    first = DATELINE.match(text)
    if first:
        cast.dateline = first["city"].split("/")[0].strip().title()
        place = lexicon.settings.place(cast.dateline)
        if place is not None and place.iso3:
            cast.homes[place.iso3] = 2
    for sentence in document.sentences:
        _meet_named(cast, sentence)
    for part, weight in ((document.article.title, 3), (text[:20_000], 1)):
        before = sum(cast.homes.values())
        _count_countries(cast, part, weight)
        if weight > 1 and sum(cast.homes.values()) == before:
            for word in CAPITALS.findall(part):  # "Beirut blast: 137 dead"
                seat = lexicon.sources.capitals.get(POSSESSIVE.sub("", word))
                if seat is not None:
                    cast.homes[seat] = cast.homes.get(seat, 0) + weight
    cast.mentioned = frozenset(cast.homes)
    for known in cast.named.values():
        source = lexicon.sources.sources.get(known.name)
        if source is not None and source.country and source.type in {"government", "military"}:
            cast.homes[source.country] = cast.homes.get(source.country, 0) + 1
    if cast.homes:
        ranked = sorted(cast.homes.items(), key=lambda item: -item[1])
        cast.country = ranked[0][0]
    for found in _labelled(text[:200_000]):
        if lexicon.sources.source(found[2]) is None:
            label = found[1].rstrip("s") if found[1] != "unions" else "union"
            cast.named.setdefault(
                found[2],
                Speaker(
                    name=found[2],
                    type=lexicon.sources.reporting.heads.get(found[1], "unknown"),
                    heads=frozenset({label, found[1], *ALSO_CALLED.get(label, ())}),
                ),
            )
    for found in BRACKET.finditer(text[:200_000]) if BRACKETED.search(text) else ():
        cast.acronyms.setdefault(found[2], _long_form(found[1], found[2]))
    return cast


def _count_countries(cast: Cast, text: str, weight: int) -> None:
    seen: dict[str, str | None] = {}
    for found in COUNTRY_WORDS.finditer(text):
        for word in dict.fromkeys((found[0], *found[0].split())):
            if word not in seen:
                state = word == "Jersey" and found[0].startswith("New ")
                seen[word] = None if state else cast.country_of(word) or HOME_NATIONS.get(word)
            iso3 = seen[word]
            if iso3 and (
                found[0].startswith("Neighbo") or NEIGHBOUR.search(text, max(0, found.start() - 14), found.start())
            ):
                break
            if iso3:
                cast.homes[iso3] = cast.homes.get(iso3, 0) + weight
                break


HOME_NATIONS: Final = {"English": "GBR", "England": "GBR", "Scottish": "GBR", "Scotland": "GBR", "Welsh": "GBR"}
NEIGHBOUR: Final = re.compile(r"\b[Nn]eighbou?ring $")


def _long_form(words: str, acronym: str) -> str:
    """The words before a bracket that the acronym stands for: from the word with its first letter on."""
    parts = words.split()
    for size in range(min(len(parts), len(acronym) + 4), 1, -1):
        candidate = parts[-size:]
        if candidate[0][0].upper() == acronym[0].upper() and candidate[0][0].isupper():
            return " ".join(candidate)
    while parts and parts[0].islower():
        parts = parts[1:]
    return " ".join(parts)


def _meet_named(cast: Cast, sentence: Sentence) -> None:
    sources = cast.lexicon.sources
    if not sources.may_name(CAPITALS.findall(sentence.text)):
        return
    tokens = sentence.tokens
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.text[0].isupper() and (hit := sources.match(tokens, at)):
            source = sources.sources[hit[1]]
            cast.named.setdefault(source.name, cast.known(source))
            at = hit[0]
        else:
            at += 1


OWN_STAFF: Final = ROLES | frozenset(
    ["office", "staff", "representative", "campaign", "team", "agency", "lawyers", "aides", "officials", "leadership"]
)


def resolve_speaker(
    cast: Cast, tokens: Sequence[Token], *, also: Sequence[Token] = (), before: Sequence[Token] = ()
) -> Speaker | None:
    """Who the words are, with their apposition in ``also``; None where nobody speaks.

    ``before`` are the words of the sentence before them, for "its Ministry of Defence".

    Forms: "it", "the agency", "Britain's Defense Ministry", "a senior U.S. defense official", "Mayor Ana Ruiz",
    "Ruiz", "rescue workers", "the unions CGT and FO".
    """
    tokens = _trimmed(_without_dateline(tokens))
    if not tokens:
        return None
    first = tokens[0].lower
    if first in {"our", "my", "i", "we", "you", "your"}:
        return None
    if len(tokens) == 1 and first in PRONOUNS:
        return _by_pronoun(cast, first)
    possessor = first in {"its", "his", "her", "their"}
    definite = first in DETERMINERS and first not in INDEFINITE
    core = list(tokens)
    while core and core[0].lower in DETERMINERS and not core[0].text[0].isdigit():
        core = core[1:]
    if len(core) > 1 and core[0].lower in GENERIC_OWNERS:
        core = core[1:]
    core = _without_origin(core)
    if not core:
        return _by_pronoun(cast, "they")
    if (
        len(core) == 3
        and POSSESSIVE.search(core[0].text)
        and all(one.text[0].isupper() and one.text[1:2].islower() for one in core)
        and not any(one.lower in cast.lexicon.sources.reporting.heads for one in core[1:])
        and _place_country(cast, core[0].text) is None
        and cast.country_of(POSSESSIVE.sub("", core[0].text)) is None
    ):
        core = core[1:]  # "Labour's Ana Ruiz"
    if len(core) > 2 and core[-1].text.islower() and core[-1].lower in cast.lexicon.sources.reporting.by:
        core = core[:-1]  # "court documents obtained"
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
        if len(core) == 1 and core[0].lower in OWN_STAFF:
            owner = _by_pronoun(cast, {"its": "it", "his": "he", "her": "she"}.get(first, "they"))
            if owner is not None:
                return owner
        home = next((one for one in reversed(before) if one.text[0].isupper() and cast.country_of(one.text)), None)
        if home is not None and core[0].text[0].isupper() | (core[-1].lower in MINISTRY | FORCES | {"government"}):
            core = [home, *core] if not _country_in(cast, core) else core
    if (
        len(core) > 2
        and core[1].text[0].isupper()
        and POSSESSIVE.search(core[0].text)
        and _is_name(cast, core[1:])
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
        and _country_in(cast, core) is None
        and (adjective := cast.adjective(_place_country(cast, before[-1].text)))
        and " " not in adjective
    ):
        core = [replace(before[-1], text=adjective, lower=adjective.casefold()), *core]  # "in Moscow the army said"
    elif (
        core[-1].lower in MINISTRY
        and not ABROAD.intersection(one.lower for one in core)
        and _country_in(cast, core) is None
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
    core = _apart_from_label(cast, core)
    if also:
        beside = _trimmed(also)
        while len(beside) > 1 and beside[0].lower in DETERMINERS:
            beside = beside[1:]
        both = _from_apposition(cast, core, _without_origin(beside))
        if both is not None:
            return both
    if len(core) == 1 and core[0].lower in {"spokesman", "spokeswoman", "spokesperson"}:
        return next((one for one in reversed(cast.spoken) if not one.somebody), None) or _as_written(cast, core)
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
        owner = _by_short_form(cast, [replace(core[0], text=plain, lower=plain)], plain)
        if owner is not None and not owner.person:
            return owner  # "the agency's spokesman"
    for rule in (
        _by_file,
        _by_ministry,
        _by_forces,
        _by_national,
        _by_government,
        _by_institution,
        _by_unit,
        _by_person,
    ):
        found = rule(cast, core)
        if found is not None:
            return found
    if len(core) == 1 and definite and core[0].lower == "ministry":
        found = _by_its_minister(cast, core[0])
        if found is not None:
            return found
    head = "monitor" if _is_monitor(core) else _head(core).lower
    if definite or possessor or head in {"monitor", "monitors"}:
        found = _by_short_form(cast, core, head)
        if found is not None:
            return found
    return _as_written(cast, core)


UNVOUCHED: Final = frozenset((
    "initial", "early", "preliminary", "provisional", "partial", "revised", "updated", "unconfirmed", "conflicting",
    "latest",
    "recent", "fresh", "current", "further", "final", "exit",
))  # fmt: skip
"""Adjectives that open a sentence before "reports" or "figures" and are nobody's name."""
ABROAD: Final = frozenset(("defence", "defense", "foreign", "affairs", "war"))
"""Ministries that speak of what happens in other countries."""


def _opening_country(cast: Cast, before: Sequence[Token]) -> str | None:
    """The adjective of the country a sentence opens with: "In neighbouring Zambia …, the health ministry said"."""
    if len(before) < 2 or before[0].text != "In":
        return None
    for at in range(1, min(6, len(before))):
        if before[at].text[0].isupper():
            return cast.adjective(cast.country_of(before[at].text))
    return None


HEADING: Final = re.compile(r"(?:^|\n)\W{0,4}([A-ZÀ-Þ][A-ZÀ-Þa-zß-ÿ' -]{2,30}?)(?:[.:—–-]{1,2} |[.:]?\n)(?=[^\n]*\Z)")


def _heading_country(cast: Cast, at: int) -> str | None:
    """The adjective of the country that heads the paragraph: "BANGLADESH. 26 died, … the ministry reports"."""
    text = cast.document.article.text
    line = text.rfind("\n", max(0, at - 1_500), at) + 1
    found = HEADING.search(text[line - 1 if line else 0 : at]) if line or at < 1_500 else None
    return cast.adjective(cast.country_of(found[1].strip().title())) if found is not None else None


def _by_its_minister(cast: Cast, ministry: Token) -> Speaker | None:
    """ "The ministry" where the article has told of a minister last: "the labour minister, Rosa Vidal, said"."""
    low = max(0, ministry.start - 1_500)
    last = None
    for found in MINISTERS.finditer(cast.document.article.text, low, max(low, ministry.start)):
        last = found
    if last is None or last[3] or last[1].casefold() in NO_PORTFOLIO:
        return None
    word = last[1]
    return _by_ministry(cast, [replace(ministry, text=word, lower=word.casefold()), ministry])


NO_PORTFOLIO: Final = frozenset(("prime", "first", "chief", "deputy", "former", "the", "a", "an", "ex"))
MINISTERS: Final = re.compile(r"\b([A-Za-z]+) (?:[Mm]inister\b|[Mm]inistr(y)\b)(?:\s+(of|for)\b)?")


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
    body = _by_short_form(cast, core[:1], core[0].lower)
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


def _trimmed(tokens: Sequence[Token]) -> list[Token]:
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


def _without_dateline(tokens: Sequence[Token]) -> Sequence[Token]:
    """The words behind a dateline that no dash closes: "OSLO (Agency) Norwegian police"."""
    closing = next((n for n, one in enumerate(tokens[:12]) if one.text == ")"), None)
    opening = next((n for n, one in enumerate(tokens[:12]) if one.text == "("), None)
    if closing is None or opening is None or not 0 < opening < closing < len(tokens) - 1:
        return tokens
    loud = all(one.text.isupper() or not one.text[0].isalpha() for one in tokens[:opening]) and len(tokens[0].text) > 2
    return tokens[closing + 1 :] if loud and tokens[0].start < 3 else tokens


def _without_origin(tokens: list[Token]) -> list[Token]:
    """Drop "Britain-based", "opposition-linked" in front; keep "U.S.-led"."""
    while len(tokens) > 3 and tokens[1].text in "-‑–" and tokens[2].lower in BASED:
        tokens = tokens[3:]
    while tokens and tokens[0].lower in {"so", "called", "-", "opposing"} and len(tokens) > 1:
        tokens = tokens[1:]
    return tokens


def _apart_from_label(cast: Cast, core: list[Token]) -> list[Token]:
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


ALSO_CALLED: Final = {
    "utility": ("company",),
    "operator": ("company",),
    "newspaper": ("paper", "daily"),
    "airline": ("company",),
}


def _other_sex(cast: Cast, speaker: Speaker, pronoun: str) -> bool:
    """Whether "he" cannot mean this speaker: a role says so, or "Mrs." before the surname in the article."""
    roles = speaker.heads | {speaker.role or ""}
    if roles & (FEMALE | MALE):
        return not roles & (FEMALE if pronoun == "she" else MALE)
    if not speaker.person:
        return False
    surname = speaker.name.split()[-1]
    known = cast.sexes.get(surname)
    if known is None:
        text = cast.document.article.text
        she = f"Mrs. {surname}" in text or f"Ms. {surname}" in text or f"Mrs {surname}" in text
        he = f"Mr. {surname}" in text or f"Mr {surname}" in text
        known = "she" if she and not he else "he" if he and not she else ""
        if len(cast.sexes) < 200:  # each look goes through the article
            cast.sexes[surname] = known
    return known not in {"", pronoun}


def _by_pronoun(cast: Cast, word: str) -> Speaker | None:
    for speaker in reversed(cast.spoken[-12:]):
        if word in PERSON_PRONOUNS:
            if _other_sex(cast, speaker, word):
                continue
            if (speaker.person or speaker.role is not None) and not speaker.plural:
                return speaker
            if not speaker.firm and not speaker.plural and speaker.type in {"witness", "anonymous", "expert"}:
                return speaker  # "one headteacher … she said"
        elif word == "it":
            if not speaker.somebody:
                return speaker
        elif not speaker.person:
            return speaker
    return None


def _from_apposition(cast: Cast, core: list[Token], also: list[Token]) -> Speaker | None:
    """Two names for one: "the mayor, Ana Ruiz" · "Ana Ruiz, director of X" · "OCHA, the UN's humanitarian office"."""
    if not also:
        return None
    name, role = (core, also) if _is_name(cast, core) else (also, core)
    if not _is_name(cast, name):
        found = _by_file(cast, core) or _by_file(cast, also)
        if found is None and (titled := _trailing_name(cast, also, 0)) and also[-1].text[0].isupper():
            kind = _type_of(cast, core)
            return Speaker(
                name=titled,
                type=kind if kind != "anonymous" else "unknown",
                person=True,
                role=_head(core).lower,
                heads=frozenset({titled.split()[-1].casefold(), _head(core).lower}),
            )
        return found
    titles = {one.lower for one in role}
    if len(name) == 1 and (short := _labelled_acronym(cast, name[0], role)) is not None:
        return short
    if _is_name(cast, name) and _head(role).lower in BODY_LABELS and _by_file(cast, name) is None:
        words = {POSSESSIVE.sub("", one.lower) for one in name if len(one.text) > 3}
        label = _head(role).lower
        return Speaker(name=cast_text(name), type=_type_of(cast, role), heads=frozenset({label, *words}))
    body = None if titles & IN_OWN_NAME else _by_file(cast, role)
    spoken = _by_file(cast, name) or _by_person(cast, name)
    if body is not None and not body.person and not titles & cast.lexicon.sources.reporting.own_name:
        if spoken is not None and spoken.person:  # a later "Ruiz said" means the same body
            return replace(body, heads=body.heads | {spoken.name.split()[-1].casefold()}, role="person")
        return body
    if (
        spoken is None
        and body is None
        and len(name) == 1
        and titles & cast.lexicon.sources.reporting.titles
        and not cast.is_place(name[0].text)
        and not name[0].text.isupper()
    ):
        spoken = Speaker(name=name[0].text, person=True, heads=frozenset({name[0].lower}))  # "its director, Suharto"
    if spoken is None:
        return body
    if titles & WITNESS_WORDS and spoken.person and not spoken.side:
        return _as_written(cast, role)
    return Speaker(
        name=spoken.name,
        type=spoken.type if spoken.type != "unknown" else _named_type(cast, role),
        side=spoken.side,
        person=spoken.person,
        heads=spoken.heads | titles,
        role=_head(role).lower,
    )


BODY_LABELS: Final = frozenset((
    "monitor", "watchdog", "charity", "union", "federation", "pollster", "think-tank", "network", "coalition",
    "association", "broadcaster", "newspaper", "daily", "utility", "regulator", "agency", "institute", "organisation",
    "organization", "ngo", "foundation", "carmaker", "airline", "insurer", "consultancy", "group", "company",
    "operator",
))  # fmt: skip


def _labelled_acronym(cast: Cast, name: Token, role: Sequence[Token]) -> Speaker | None:
    """A body by the acronym beside what it is: "the UN mission, UNAMA" · "the pollster, SKOP"."""
    head = POSSESSIVE.sub("", _head(role).lower)
    if not name.text.isupper() or len(name.text) < 3 or head in ROLES or role[-1].text[0].isupper():
        return None
    if cast.lexicon.sources.reporting.heads.get(head) is None and head not in GENERIC:
        return None
    known = cast.lexicon.sources.source(name.text)
    words = frozenset({head} | {POSSESSIVE.sub("", one.lower) for one in role if one.text[0].isalpha()})
    if known is not None:
        spoken = cast.known(known)
        return replace(spoken, heads=spoken.heads | {head})
    kind = _type_of(cast, role)
    outer = _by_file(cast, list(role))
    if outer is not None and not outer.person:
        kind = outer.type
    found = Speaker(name=cast.acronyms.get(name.text, name.text), type=kind, heads=words | {name.lower})
    cast.named.setdefault(name.text, found)
    return found


def _named_type(cast: Cast, role: Sequence[Token]) -> SourceType:
    """The type that an office gives a person with a name, who is not anonymous."""
    kind = _type_of(cast, role)
    return kind if kind != "anonymous" else "unknown"


def _is_name(cast: Cast, tokens: Sequence[Token]) -> bool:
    heads = cast.lexicon.sources.reporting.heads
    words = [one for one in tokens if one.text[0].isalpha()]
    return (
        bool(words)
        and len(words) <= 6
        and all((one.text[0].isupper() or one.lower in COMMON_NAME_WORDS) and one.lower not in heads for one in words)
    )


RUN_BY: Final = BASED | {"run", "controlled", "led", "allied", "held", "funded", "supported", "sponsored", "appointed"}


def _by_file(cast: Cast, core: list[Token]) -> Speaker | None:
    """A body or person of the file inside the phrase, with the person who speaks for it."""
    sources = cast.lexicon.sources
    best: tuple[int, int, str] | None = None
    at = 0
    while at < len(core):
        hit = sources.match(core, at)
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
            after and after[0].text[0].islower() and after[0].lower not in LINKS
        ):
            return None
        return cast.known(source)
    if (
        source.type == "media"
        and start
        and core[start - 1].lower == "by"
        and _head(core).lower in cast.lexicon.sources.reporting.heads
    ):
        return None
    if name in {"Red Cross", "Red Crescent"} and start and (society := _country_in(cast, core[:start])):
        full = f"{cast.adjective(society[0])} {name}"
        who = _trailing_name(cast, core, end)
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
    person = _trailing_name(cast, core, end)
    if person and words & sources.reporting.own_name and "press" not in words:
        return Speaker(name=person, type=source.type, side=source.side, person=True, heads=frozenset(words))
    speaker = cast.known(source)
    if (tail and not person and _head(tail).lower in ROLES | {"officials"}) or (start and _head(core).lower in ROLES):
        role = _head(core if start else tail).lower
        return Speaker(
            name=speaker.name,
            type=speaker.type,
            side=speaker.side,
            heads=speaker.heads | {role},
            role=role,
        )
    front = core[: start - 1] if start and core[start - 1].lower in LINKS else core[: max(0, start - 2)]
    linked = start > 2 and {core[start - 1].lower, core[start - 2].lower} & {"of", "from", "at", "with"}
    if not person and linked and len(front) > 1 and _is_name(cast, front):
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
            return Speaker(name=long_form, type=_type_of(cast, core), heads=frozenset(long_form.casefold().split()))
    return None


def _country_in(cast: Cast, tokens: Sequence[Token]) -> tuple[str, int, int] | None:
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


def _by_ministry(cast: Cast, core: list[Token]) -> Speaker | None:
    """Ministries: "Chile's labour ministry" · "the Ministry of Health of Mali" · "the interior ministry"."""
    at = next((n for n, one in enumerate(core) if POSSESSIVE.sub("", one.lower) in MINISTRY), None)
    minister = at is None
    if at is None:
        if any(one.lower in {"former", "ex"} for one in core):
            return None
        at = next((n for n, one in enumerate(core) if one.lower == "minister"), None)
        if at is None or (at and core[at - 1].lower in {"prime", "first", "chief"}):
            return None
        name = _trailing_name(cast, core, at + 1)
        if name:
            return None
    country = _country_in(cast, core)
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
                home = home or _place_country(cast, core[left].text)
                left -= 1
                continue
            portfolio.insert(0, core[left].text)
            left -= 1
        if minister and core[at - 1 : at] and core[at - 1].lower in {"deputy", "state"}:
            return None
    if home is None:
        home = next((_place_country(cast, one.text) for one in core[at + 1 :] if one.text[0].isupper()), None)
    if any(one.lower in {"strip", "hamas"} for one in core[at + 1 :]):
        home = "PSE"
    while portfolio and portfolio[-1].casefold() in PORTFOLIO_END:
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


def _place_country(cast: Cast, word: str) -> str | None:
    place = cast.lexicon.settings.place(POSSESSIVE.sub("", word))
    return place.iso3 if place is not None else None


def _by_forces(cast: Cast, core: list[Token]) -> Speaker | None:
    """Armies and police: "the Nigerian military" · "the army" · "Victoria police" · "a police spokesman" · "police"."""
    head = _head(core)
    words = [one.lower for one in core]
    if (
        head.lower in FORCES
        or words[-2:] == ["armed", "forces"]
        or words[-2:] == ["air", "force"]
        or words[-2:] in (["defence", "forces"], ["defense", "forces"])
    ):
        if len(core) > 4 or any(one in LINKS for one in words):
            return None
        force = " ".join(words[-2:]) if head.lower in {"force", "forces"} else head.lower
        country = _country_in(cast, core)
        seat = cast.lexicon.sources.capitals.get(POSSESSIVE.sub("", core[0].text)) if country is None else None
        if seat is not None and POSSESSIVE.search(core[0].text):
            country = (seat, 0, 1)  # "Kyiv's air force"
        if country is None:
            if len(core) > 1 + (head.lower in {"force", "forces"}):
                return None
            earlier = _by_short_form(cast, core, head.lower)
            if earlier is not None:
                return earlier
        adjective = cast.adjective(country[0] if country else cast.country)
        name = f"{adjective} {force}" if adjective else force
        return Speaker(name=name, type="military", side=adjective, heads=frozenset({head.lower, "force", "forces"}))
    if words[-2:] == ["coast", "guard"] or words[:2] == ["coast", "guard"]:
        country = _country_in(cast, core)
        adjective = cast.adjective(country[0] if country else cast.country)
        return Speaker(
            name=f"{adjective} Coast Guard" if adjective else "coast guard",
            type="government",
            side=adjective,
            heads=frozenset({"guard", "guards"}),
        )
    if words[0] in POLICE and all(one in POLICE | PLAIN_POLICE for one in words):
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
        if front and all(one.text[0].isupper() for one in front):
            name = " ".join(POSSESSIVE.sub("", one.text) for one in front) + " police"
            return Speaker(name=name, type="government", heads=frozenset({"police", "force", "officers"}), plural=True)
    return None


NATIONAL: Final = frozenset((
    "electoral commission", "election commission", "elections commission", "electoral council", "electoral tribunal",
    "electoral court", "electoral authority", "election authority", "electoral board", "election board", "central bank",
    "statistics office", "statistics agency", "statistics bureau", "statistics institute", "statistical office",
    "statistics authority", "bureau of statistics", "office of statistics", "statistical authority",
    "statistical agency", "statistical institute", "statistical bureau", "statistical service", "statistics department",
    "statistics service", "statistics committee", "election body", "elections body", "poll body", "electoral body",
))  # fmt: skip
"""Bodies of which a country has one, by their common names."""


def _by_national(cast: Cast, core: list[Token]) -> Speaker | None:
    """A body of which a country has one: "the electoral commission" · "Chile's central bank".

    Of the article's country where none is named; by the name of the file where it has one.
    """
    country = _country_in(cast, core)
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


def _by_government(cast: Cast, core: list[Token]) -> Speaker | None:
    """ "Haiti's government" · "the government" · a country itself · "a senior U.S. defense official"."""
    words = [one.lower for one in core]
    head = _head(core).lower
    country = _country_in(cast, core)
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
    if words[:2] == ["government", "in"] and (place := _place_country(cast, core[-1].text)):
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
            and (name := _trailing_name(cast, rest, 0))
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


def _main_place(cast: Cast, text: str) -> str | None:
    """The town or province that the article names most often; of two as frequent the dateline."""
    counts: dict[str, int] = {}
    for found in COUNTRY_WORDS.finditer(text[:20_000]):
        for word in found[0].split():
            counts[POSSESSIVE.sub("", word)] = counts.get(POSSESSIVE.sub("", word), 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0] != cast.dateline))
    for word, count in ranked[:12]:
        if count > 1 and cast.country_of(word) is None and cast.lexicon.settings.place(word) is not None:
            return word
    return cast.dateline


def _by_unit(cast: Cast, core: list[Token]) -> Speaker | None:
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
            cast.offices[key] = named[0] if named else _main_place(cast, text)
        place = cast.offices[key]
        if place:
            return Speaker(name=f"{place} {key.title()}", type="government", heads=frozenset({key}))
    if len(core) >= 3 and words[-2] == "in" and core[-1].text[0].isupper():
        head = words[-3]
        kind = cast.lexicon.sources.reporting.heads.get(head)
        home = _place_country(cast, core[-1].text) or cast.country_of(core[-1].text)
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


def _trailing_name(cast: Cast, tokens: Sequence[Token], start: int) -> str | None:
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


def _by_person(cast: Cast, core: list[Token], whole: Sequence[Token] = ()) -> Speaker | None:
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
    country = _country_in(cast, core[:1] + rest[:2]) if not at else None
    if not at and country and len(core) > 2 and any(one in titles for one in words):
        skip = next(n for n, one in enumerate(words) if one in titles)
        return _by_person(cast, core[skip:], whole)
    if not at and words[0] not in titles:
        title = next((n for n, one in enumerate(words) if one in titles and n < len(words) - 1), None)
        if title is not None and title <= 4 and all(one not in LINKS for one in words[:title]):
            later = _by_person(cast, core[title:], whole)
            if later is not None and later.person:
                return later
    if not all(
        one.text[0].isupper() or one.lower in COMMON_NAME_WORDS or one.text in "-‑.'’" or one.lower in LINKS
        for one in rest
    ):
        cut = next(
            n
            for n, one in enumerate(rest)
            if not (one.text[0].isupper() or one.lower in COMMON_NAME_WORDS or one.text in "-‑.'’")
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
    name = _trailing_name(cast, rest, 0) if len(rest) > 1 else POSSESSIVE.sub("", rest[0].text)
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
    family = next((one for one in cast.named.values() if one.person and one.name.startswith(name + " ")), None)
    if (
        family is not None
        and " " not in name
        and role is None
        and family.name.split()[0] == name
        and "-" in family.name
    ):
        return family  # "Ban", of Ban Ki-moon
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
    home = _country_in(cast, whole)
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


def _is_monitor(core: list[Token]) -> bool:
    return core[-1].lower in {"group", "organisation", "organization"} and core[0].lower == "monitoring"


def _by_short_form(cast: Cast, core: list[Token], head: str) -> Speaker | None:
    """Whom a short form means: the last speaker of that name or kind, else the only body of it that the article names.

    "the agency" → UNHCR · "the Observatory" · "the two agencies" → the pair · "a monitoring group" → the body named
    two sentences later.
    """
    names = [POSSESSIVE.sub("", one.lower) for one in core]
    if any(one.text[0].isupper() for one in core) and len(core) > 1:
        whole = set(names)
        return next((one for one in reversed(cast.spoken) if whole <= set(one.name.casefold().split())), None)
    types = GENERIC.get(head, ())
    modifiers = {one for one in names[:-1] if one not in {"same", "two", "monitoring", "official", "latter"}}
    if head in ROLES:
        for speaker in reversed(cast.spoken):
            if (head in speaker.heads or speaker.role == head) and (
                not modifiers or modifiers <= speaker.heads | set(speaker.name.casefold().split())
            ):
                return speaker
        return None
    single = head[:-3] + "y" if head.endswith("ies") else head.rstrip("s")
    wanted = set(names)
    exact = (
        [one for one in reversed(cast.spoken) if wanted <= set(one.name.casefold().split())] if len(names) > 1 else []
    )
    owned = [one for one in modifiers if one in GENERIC or one in ROLES or one in OFFICES]  # "the minister's office"
    exact = exact or [
        one
        for one in reversed(cast.spoken)
        if (one.answers_to(head) or one.answers_to(single)) and all(one.answers_to(word) for word in owned)
    ]
    if exact:
        return exact[0]
    if head == "bank" and not modifiers - {"central"}:
        if "bank" not in cast.offices:
            found = CENTRAL_BANK.search(cast.document.article.text, 0, 20_000)
            cast.offices["bank"] = POSSESSIVE.sub("", (found[1] or found[4] or "")) if found else None
            if found and (found[2] or found[3]):
                cast.offices["bank"] = f"{found[2] or found[3]}'s central bank"
        bank = cast.offices["bank"]
        if bank:
            known = cast.lexicon.sources.source(bank)
            return Speaker(name=known.name if known else bank, type="government", heads=frozenset({"bank"}))
    loose = [
        one
        for one in reversed(cast.spoken)
        if one.type in types
        and not one.person
        and one.role is None
        and one.name.split()[-1].casefold() not in NOT_LOOSE
    ]
    if loose and not modifiers - OF_BODIES:
        return loose[0]
    named = [one for one in cast.named.values() if one.answers_to(head) and all(one.answers_to(word) for word in owned)]
    if not named and types and not modifiers - {"monitoring"}:
        named = [one for one in cast.named.values() if one.type in types]
    return named[0] if len(named) == 1 else None


CENTRAL_BANK: Final = re.compile(
    r"\b((?:Reserve |National |Central |State |People's )?Bank of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?)"
    r"|\b([A-Z]\w+)['’]s? central bank|\bcentral bank of ([A-Z]\w+)"
    r"|\b((?:[A-Z]\w+ )?(?:Federal Reserve|European Central Bank|Central Bank|Riksbank|Bundesbank))\b"
)
"""The central bank that "the bank" means in an article on rates and reserves."""
OF_BODIES: Final = frozenset((
    "medical", "news", "refugee", "human", "rights", "aid", "health", "international", "global", "humanitarian",
    "relief", "charitable", "nonprofit", "non-profit", "environmental", "world", "children", "advocacy", "campaign",
    "research", "polling", "emergency", "disaster",
))  # fmt: skip
"""What a body does, said beside its short form: "the international aid organisation"."""


def _head(tokens: Sequence[Token]) -> Token:
    """The head noun: the last word before the first preposition."""
    last = before = tokens[0]
    for one in tokens:
        if one.lower in LINKS and one is not tokens[0]:
            break
        if one.text[0].isalnum():
            last, before = one, last
    directorate = last.lower == "general" and before.lower in {"directorate", "secretariat", "inspectorate"}
    return before if directorate else last


def _type_of(cast: Cast, tokens: Sequence[Token]) -> SourceType:
    heads = cast.lexicon.sources.reporting.heads
    head = POSSESSIVE.sub("", _head(tokens).lower)
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


def _inside(cast: Cast, one: Token) -> bool:
    """Whether a word stands within a sentence, where a capital makes a name: "on Thursday, Catalan officials"."""
    text = cast.document.article.text
    before = text[max(0, one.start - 2) : one.start]
    return text[one.start : one.end] == one.text and before[-1:] == " " and (before[0].isalnum() or before[0] == ",")


def _as_written(cast: Cast, core: list[Token]) -> Speaker | None:
    """The words themselves, without article, at most nine; a common noun at the start of a sentence in lower case."""
    words = core[:9]
    while len(words) > 2 and words[0].lower in COURTESIES | {"."}:
        words = words[1:]  # "Mr. Ryan's office"
    joined = next((n for n, one in enumerate(words) if n > 1 and one.lower in JOINED), None)
    if joined is not None or (len(words) > 1 and words[-1].lower in JOINED):
        words = words[: joined or -1]  # "diplomats briefed on the talks"
    link = next((n for n, one in enumerate(words) if n and one.lower in {"in", "at", "on"}), None)
    if link is not None and not any(one.text[0].isupper() for one in words[link:]):
        words = words[:link]  # "activists in the town": the place is no part of the name
    region = next((n for n, one in enumerate(words) if one.lower in AREA_OF and n + 2 < len(words)), None)
    if region and words[region + 1].lower == "of" and words[region - 1].lower == "the" and region > 1:
        words = words[: region - 1] + words[region + 2 :]  # "prison authorities in the state of Pará"
    while words and (words[-1].lower in LINKS or words[-1].lower in {"the", "a", "and"}):
        words = words[:-1]
    if (
        len(words) > 1
        and words[-1].lower in SPOKESPEOPLE
        and all(one.text[0].isupper() or one.lower in LINKS | {"and", "the"} for one in words[:-1])
    ):
        words = words[:-1]  # "a Department for Education spokesman"
    if not words:
        return None
    text = cast_text(words, cast)
    head = POSSESSIVE.sub("", _head(words).lower)
    heads = cast.lexicon.sources.reporting.heads
    first = words[0]
    home = _country_in(cast, words)
    if (
        home
        and home[1] == 0
        and home[2] < len(words)
        and POSSESSIVE.search(words[home[2] - 1].text)
        and (adjective := cast.adjective(home[0]))
    ):
        text = f"{adjective} {cast_text(words[home[2] :], cast)}"
    elif (
        first.lower not in REGIONS
        and not (first.lower in CARDINAL_SITES and len(words) > 1 and words[1].lower in {"of", "for", "on", "to"})
        and first.text[0].isupper()
        and first.text[1:].islower()
        and (first.lower in heads if len(words) == 1 else words[1].text[0].islower())
    ):
        lowered = cast.lexicon.settings.place(first.text) is None and cast.country_of(first.text) is None
        lowered = lowered and not _inside(cast, first) and first.lower not in PARTISANS
        if lowered and (first.lower in heads or not POSSESSIVE.search(first.text)):
            text = text[0].lower() + text[1:]
    named = any(one.text[0].isupper() for one in words)
    return Speaker(
        name=text,
        type=_type_of(cast, words),
        role=head if head in ROLES else None,
        plural=head.endswith("s"),
        heads=frozenset({head} | ({POSSESSIVE.sub("", one.lower) for one in words} if named else set())),
        firm=False,
    )


PARTISANS: Final = frozenset((
    "republicans", "democrats", "republican", "democrat", "conservatives", "liberals", "tories", "labour", "greens",
    "libertarians", "socialists", "unionists", "nationalists",
))  # fmt: skip
COURTESIES: Final = frozenset(("mr", "mrs", "ms", "dr", "sen", "rep", "gov"))
AREA_OF: Final = frozenset(("state", "province", "city", "town", "district", "region", "county", "village"))


def cast_text(tokens: Sequence[Token], cast: Cast | None = None) -> str:
    """The words of tokens joined as they stood; a place loses its genitive ("Lima's city hall")."""
    out = ""
    end = tokens[0].start
    for one in tokens:
        text = one.text
        if cast is not None and one is not tokens[-1] and text[0].isupper() and POSSESSIVE.search(text):
            plain = POSSESSIVE.sub("", text)
            if cast.lexicon.settings.place(plain) is not None:
                text = plain
        out += (" " if one.start > end else "") + text
        end = one.end
    return out
