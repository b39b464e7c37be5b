"""Read two names for one speaker: "the mayor, Ana Ruiz", "Ana Ruiz, director of X"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from figures.extract.speech.bodies import by_file, labelled_acronym
from figures.extract.speech.cast import Cast, Speaker, cast_text
from figures.extract.speech.naming import head_token, is_name, trailing_name, type_of
from figures.extract.speech.persons import by_person
from figures.extract.speech.wording import as_written
from figures.extract.types import Token
from figures.extract.words import IN_OWN_NAME, WITNESS_WORDS
from figures.lexicon.sources import POSSESSIVE
from figures.model import SourceType


def from_apposition(cast: Cast, core: list[Token], also: list[Token]) -> Speaker | None:
    """Two names for one: "the mayor, Ana Ruiz" · "Ana Ruiz, director of X" · "OCHA, the UN's humanitarian office"."""
    if not also:
        return None
    name, role = (core, also) if is_name(cast, core) else (also, core)
    if not is_name(cast, name):
        found = by_file(cast, core) or by_file(cast, also)
        if found is None and (titled := trailing_name(cast, also, 0)) and also[-1].text[0].isupper():
            kind = type_of(cast, core)
            return Speaker(
                name=titled,
                type=kind if kind != "anonymous" else "unknown",
                person=True,
                role=head_token(core).lower,
                heads=frozenset({titled.split()[-1].casefold(), head_token(core).lower}),
            )
        return found
    titles = {one.lower for one in role}
    if len(name) == 1 and (short := labelled_acronym(cast, name[0], role)) is not None:
        return short
    if is_name(cast, name) and head_token(role).lower in BODY_LABELS and by_file(cast, name) is None:
        words = {POSSESSIVE.sub("", one.lower) for one in name if len(one.text) > 3}
        label = head_token(role).lower
        return Speaker(name=cast_text(name), type=type_of(cast, role), heads=frozenset({label, *words}))
    body = None if titles & IN_OWN_NAME else by_file(cast, role)
    spoken = by_file(cast, name) or by_person(cast, name)
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
        return as_written(cast, role)
    return Speaker(
        name=spoken.name,
        type=spoken.type if spoken.type != "unknown" else _named_type(cast, role),
        side=spoken.side,
        person=spoken.person,
        heads=spoken.heads | titles,
        role=head_token(role).lower,
    )


BODY_LABELS: Final = frozenset((
    "monitor", "watchdog", "charity", "union", "federation", "pollster", "think-tank", "network", "coalition",
    "association", "broadcaster", "newspaper", "daily", "utility", "regulator", "agency", "institute", "organisation",
    "organization", "ngo", "foundation", "carmaker", "airline", "insurer", "consultancy", "group", "company",
    "operator",
))  # fmt: skip


def _named_type(cast: Cast, role: Sequence[Token]) -> SourceType:
    """The type that an office gives a person with a name, who is not anonymous."""
    kind = type_of(cast, role)
    return kind if kind != "anonymous" else "unknown"
