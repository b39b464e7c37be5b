"""Tell whom a short form means: "it", "she", "the agency", "the observatory", "the bank"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from figures.extract.speech.cast import GENERIC, Cast, Speaker
from figures.extract.types import Token
from figures.extract.words import FEMALE, MALE, NOT_LOOSE, OFFICES, PERSON_PRONOUNS, ROLES
from figures.lexicon.sources import POSSESSIVE


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


def by_pronoun(cast: Cast, word: str) -> Speaker | None:
    """Whom "he", "she", "it" or "they" means: the last speaker of that sex and kind."""
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


def body_before(cast: Cast, before: Sequence[Token]) -> Speaker | None:
    """The body whose people "its director" means: the one of the file that the sentence has named last."""
    sources = cast.lexicon.sources
    for n in range(len(before) - 1, max(-1, len(before) - 30), -1):
        if before[n].text[0].isupper() and (hit := sources.match(before, n)) is not None:
            source = sources.sources[hit[1]]
            if not source.person and cast.country_of(before[n].text) is None:
                return cast.known(source)
    return None


def by_subject(cast: Cast, at: int) -> Speaker | None:
    """Whom "his coalition" means where nobody has spoken: the person whom the article has named last with a title."""
    text = cast.document.article.text
    last = None
    for found in TITLED.finditer(text, max(0, at - 600), max(0, at)):
        last = found
    return Speaker(name=last[1], person=True, heads=frozenset({last[1].split()[-1].casefold()})) if last else None


TITLED: Final = re.compile(
    r"\b(?:President|Senator|Minister|Governor|Mayor|Chancellor|Premier|General|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|leader|candidate)"
    r" ((?:[A-ZÀ-Þ][\w’'-]+ ){1,3}[A-ZÀ-Þ][\w’'-]+)"
)


def is_monitor(core: list[Token]) -> bool:
    """Whether words are "monitoring group", which is called "the monitor" afterwards."""
    return core[-1].lower in {"group", "organisation", "organization"} and core[0].lower == "monitoring"


def by_short_form(cast: Cast, core: list[Token], head: str) -> Speaker | None:
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
    apart = bool(modifiers - {"news", "press"})  # "the disaster agency" is no news agency
    exact = exact or [
        one
        for one in reversed(cast.spoken)
        if (one.answers_to(head) or one.answers_to(single))
        and all(one.answers_to(word) for word in owned)
        and not (apart and one.type == "media")
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
        and not (apart and one.type == "media")
        and one.role is None
        and one.name.split()[-1].casefold() not in NOT_LOOSE
    ]
    if loose and not modifiers - OF_BODIES:
        return loose[0]
    bodies = [one for one in cast.named.values() if not (apart and one.type == "media")]
    named = [one for one in bodies if one.answers_to(head) and all(one.answers_to(word) for word in owned)]
    if not named and types and not modifiers - {"monitoring"}:
        named = [one for one in bodies if one.type in types]
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
