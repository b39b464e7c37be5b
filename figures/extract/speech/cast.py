"""Everybody whom an article names: speakers so far, bodies of the file, acronyms, its country, its dateline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from figures.extract.types import Document, Sentence, Token
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


ALSO_CALLED: Final = {
    "utility": ("company",),
    "operator": ("company",),
    "newspaper": ("paper", "daily"),
    "airline": ("company",),
}


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
        out += (" " if out and one.start != end else "") + text  # words may stand in another order than written
        end = one.end
    return out
