"""Name a speaker by its own words where no rule knows it: "local officials"."""

from __future__ import annotations

from typing import Final

from figures.extract.speech.cast import Cast, Speaker, cast_text
from figures.extract.speech.naming import country_in, head_token, type_of
from figures.extract.types import Token
from figures.extract.words import CARDINAL_SITES, JOINED, LINKS, REGIONS, ROLES, SPOKESPEOPLE
from figures.lexicon.sources import POSSESSIVE


def _inside(cast: Cast, one: Token) -> bool:
    """Whether a word stands within a sentence, where a capital makes a name: "on Thursday, Catalan officials"."""
    text = cast.document.article.text
    before = text[max(0, one.start - 2) : one.start]
    return text[one.start : one.end] == one.text and before[-1:] == " " and (before[0].isalnum() or before[0] == ",")


def as_written(cast: Cast, core: list[Token]) -> Speaker | None:
    """The words themselves, without article, at most nine; a common noun at the start of a sentence in lower case."""
    words = core[:9]
    while len(words) > 1 and words[0].lower in COURTESIES | {"."}:
        words = words[1:]  # "Mr. Ryan's office"
    joined = next((n for n, one in enumerate(words) if n and one.lower in JOINED), None)
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
    reporting = cast.lexicon.sources.reporting
    while (
        len(words) > 2
        and words[0].text.islower()
        and words[0].lower not in reporting.heads
        and words[0].lower not in reporting.titles
        and POSSESSIVE.search(words[0].text) is None
        and all(one.text[0].isupper() or one.lower in LINKS | {"and", "the"} for one in words[1:])
    ):
        words = words[1:]  # "the shadow National Unity Government"
    if not words:
        return None
    if (
        len(words) == 4
        and words[0].lower in AREA_ADJECTIVES
        and words[2].lower in {"of", "in"}
        and words[3].text[0].isupper()
        and cast.is_place(words[3].text)
    ):
        words = [words[3], *words[:2]]
        name = " ".join(one.text for one in words)  # "the prefectural government of X" is X's
        return Speaker(name=name, type=type_of(cast, words), heads=frozenset(one.lower for one in words), firm=True)
    text = cast_text(words, cast)
    head = POSSESSIVE.sub("", head_token(words).lower)
    heads = cast.lexicon.sources.reporting.heads
    first = words[0]
    home = country_in(cast, words)
    if (
        home
        and home[1] == 0
        and home[2] < len(words)
        and POSSESSIVE.search(words[home[2] - 1].text)
        and (adjective := cast.adjective(home[0]))
    ):
        text = f"{adjective} {cast_text(words[home[2] :], cast)}"
    elif (
        len(words) > 1
        and POSSESSIVE.search(first.text)
        and (adjective := cast.lexicon.sources.regions.get(POSSESSIVE.sub("", first.text))) is not None
    ):
        text = f"{adjective} {cast_text(words[1:], cast)}"
    elif (
        first.lower not in REGIONS
        and not (first.lower in CARDINAL_SITES and len(words) > 1 and words[1].lower in {"of", "for", "on", "to"})
        and first.text[0].isupper()
        and first.text[1:].islower()
        and (first.lower in heads if len(words) == 1 else words[1].text[0].islower())
    ):
        lowered = cast.lexicon.settings.place(first.text) is None and cast.country_of(first.text) is None
        lowered = lowered and not _inside(cast, first) and first.lower not in PARTISANS
        lowered = lowered and first.text not in cast.lexicon.sources.regions.values()
        if lowered and (first.lower in heads or not POSSESSIVE.search(first.text)):
            text = text[0].lower() + text[1:]
    named = any(one.text[0].isupper() for one in words)
    return Speaker(
        name=text,
        type=type_of(cast, words),
        role=head if head in ROLES else None,
        plural=head.endswith("s"),
        heads=frozenset({head} | ({POSSESSIVE.sub("", one.lower) for one in words} if named else set())),
        firm=False,
    )


AREA_ADJECTIVES: Final = frozenset((
    "prefectural", "provincial", "regional", "municipal", "cantonal", "departmental", "state", "city", "county",
    "district", "local",
))  # fmt: skip
PARTISANS: Final = frozenset((
    "republicans", "democrats", "republican", "democrat", "conservatives", "liberals", "tories", "labour", "greens",
    "libertarians", "socialists", "unionists", "nationalists",
))  # fmt: skip
COURTESIES: Final = frozenset(("mr", "mrs", "ms", "dr", "sen", "rep", "gov"))
AREA_OF: Final = frozenset(("state", "province", "city", "town", "district", "region", "county", "village"))
