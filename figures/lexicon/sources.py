"""Who is credited with numbers: bodies and persons, and the words by which the news credits them.

``data/sources.toml`` holds the names with their aliases, type, side and rank; ``data/reporting.toml`` the verbs,
phrases and nouns of reporting. Both explain their own grammar at the head and are checked by pydantic when read.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from figures.lexicon.numbers import any_of
from figures.model import SourceRelation, SourceType

WORD: Final = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]|_")
POSSESSIVE: Final = re.compile(r"['’][sS]?$")
PATTERN_SIDE: Final = re.compile(
    r"^(?P<side>(?:(?:Sri|South|North|East|New|Costa|Puerto|Hong|Sierra|Central|San|Cape) )?[\w.'-]+) (?:[\w' -]+ )?"
    r"(?:Ministry(?: of .+)?|government|army|military|navy|air force|armed forces|Armed Forces|General Staff|officials)"
    r"$"
)
Model = TypeVar("Model", bound=BaseModel)
FROM: Final = frozenset({"back", "came", "comes", "come", "stems", "stemmed"})
NEUTRAL: Final = frozenset({"intergovernmental", "ngo", "expert"})


class Word(Protocol):
    """A token of a text: its characters, and the same case-folded with straight apostrophes."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def lower(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A body or a person that numbers are credited to. ``rank`` 1 is trusted best for one and the same count."""

    name: str
    aliases: tuple[str, ...] = ()
    type: SourceType = "unknown"
    side: str | None = None
    country: str | None = None
    rank: int = 9
    heads: frozenset[str] = frozenset()
    person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """One name of a source as folded words; ``exact`` holds the spelling that a one-word name must have."""

    words: tuple[str, ...]
    name: str
    exact: str | None
    capital: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence, the number in it, and the source that it is credited to."""

    text: str
    number: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """The words of reporting: verbs by form, phrases, nouns, and nouns that can speak."""

    say: frozenset[str]
    count: frozenset[str]
    want: frozenset[str]
    naming: frozenset[str]
    deed: frozenset[str]
    by: frozenset[str]
    weak: frozenset[str]
    verified: frozenset[str]
    claim: frozenset[str]
    verified_phrases: re.Pattern[str]
    claim_phrases: re.Pattern[str]
    according: Mapping[str, tuple[tuple[str, ...], ...]]
    possessed: frozenset[str]
    statement: frozenset[str]
    document: frozenset[str]
    heads: Mapping[str, SourceType]
    titles: frozenset[str]
    own_name: frozenset[str]
    examples: tuple[Example, ...]


class LexiconError(ValueError):
    """A lexicon file that cannot be used; the message names the file and the entry, and what to do."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    type: SourceType
    aliases: tuple[str, ...] = ()
    side: str | None = None
    country: str | None = None
    rank: int | None = None
    heads: tuple[str, ...] = ()
    person: bool = False


class _Pairs(BaseModel):
    model_config = ConfigDict(extra="forbid")
    pairs: tuple[tuple[str, str], ...] = ()


class _SourceFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    rank: dict[SourceType, int] = {}
    adjective: dict[str, str] = {}
    region: dict[str, str] = {}
    capital: dict[str, str] = {}
    opposed: _Pairs = _Pairs()
    source: tuple[_Entry, ...] = ()


class _Verbs(BaseModel):
    model_config = ConfigDict(extra="forbid")
    say: tuple[str, ...]
    want: tuple[str, ...]
    naming: tuple[str, ...]
    count: tuple[str, ...]
    deed: tuple[str, ...]
    by: tuple[str, ...]
    weak: tuple[str, ...]


class _Standing(BaseModel):
    model_config = ConfigDict(extra="forbid")
    verified: tuple[str, ...]
    claim: tuple[str, ...]
    verified_phrases: tuple[str, ...]
    claim_phrases: tuple[str, ...]


class _Phrases(BaseModel):
    model_config = ConfigDict(extra="forbid")
    according: tuple[str, ...]
    possessed: str


class _Nouns(BaseModel):
    model_config = ConfigDict(extra="forbid")
    statement: tuple[str, ...]
    document: tuple[str, ...]


class _Titles(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: tuple[str, ...]
    own_name: tuple[str, ...]


class _Example(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str
    number: str
    source: str


class _ReportingFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    verbs: _Verbs
    standing: _Standing
    phrases: _Phrases
    nouns: _Nouns
    heads: dict[SourceType, tuple[str, ...]]
    titles: _Titles
    examples: tuple[_Example, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLexicon:
    """Sources by name and alias, parties at war, and the words of reporting."""

    sources: Mapping[str, Source]
    aliases: Mapping[str, tuple[Alias, ...]]
    ranks: Mapping[str, int]
    adjectives: Mapping[str, str]
    regions: Mapping[str, str]  # a region that governs itself → its adjective
    capitals: Mapping[str, str]
    pairs: frozenset[frozenset[str]]
    reporting: Reporting
    cues: frozenset[str]  # lower-case words without which no sentence credits anybody

    def source(self, name: str) -> Source | None:
        """The source with that canonical name or alias; None where the file knows none."""
        found = self.sources.get(name)
        if found is not None:
            return found
        words = _words(name)
        for alias in self.aliases.get(words[0], ()) if words else ():
            if alias.words == words and (alias.exact is None or alias.exact == name.replace(".", "")):
                return self.sources[alias.name]
        return None

    def match(self, tokens: Sequence[Word], at: int) -> tuple[int, str] | None:
        """The longest name of a source that starts at a token: the index after it and the canonical name.

        Genitives count as the word ("the UN's refugee agency"), points do not count ("U.N."). Acronyms must stand in
        capitals and single words with a capital, so that "who" is never the WHO.
        """
        first = tokens[at]
        rows = self.aliases.get(first.lower)
        if rows is None:
            key = _fold(first.lower).casefold()
            rows = self.aliases.get(key) if key != first.lower else None
            if rows is None and key.endswith("s") and first.text[0].isupper():
                rows = self.aliases.get(key[:-1])  # "NATOs statement": a genitive that lost its mark
            if rows is None:
                return None
        for alias in rows:
            end = at + len(alias.words)
            if end > len(tokens):
                continue
            if alias.exact is not None:
                word = POSSESSIVE.sub("", first.text).replace(".", "")
                if word != alias.exact and word != alias.exact + "s":
                    continue
            elif not _follow(alias.words, tokens, at) or (
                alias.capital and not any(one.text[0].isupper() for one in tokens[at:end])
            ):
                continue
            return end, alias.name
        return None

    def may_name(self, words: Iterable[str]) -> bool:
        """Whether one of the words, as written, can open a name of the file; cheap, and true too often."""
        return any(
            word.lower() in self.aliases or _fold(word.lower().replace("’", "'")) in self.aliases for word in words
        )

    def opposed(self, side_a: str | None, side_b: str | None) -> bool:
        """Whether two parties are at war with one another."""
        return side_a is not None and side_b is not None and frozenset((side_a, side_b)) in self.pairs

    def side_of(self, name: str | None) -> str | None:
        """The party that a source speaks for: from the file, else from a name such as "Chadian Health Ministry"."""
        if not name:
            return None
        known = self.source(name)
        if known is not None:
            return known.side
        found = PATTERN_SIDE.match(name)
        return found["side"] if found and found["side"][0].isupper() else None

    def rank_of(self, name: str | None, source_type: SourceType = "unknown") -> int:
        """How far a source is trusted for one and the same count, 1 best: its own rank, else that of its type."""
        known = self.source(name) if name else None
        return known.rank if known is not None else self.ranks.get(source_type, 9)

    def relation_of(self, side: str | None, party: str | None, source_type: SourceType = "unknown") -> SourceRelation:
        """How a source stands to those counted: own side, opponent, third party, or unknown.

        A body without a side of its own (United Nations, charities, scholars) is a third party to every named party.
        """
        if party is None:
            return "unknown"
        if side is None:
            return "third_party" if source_type in NEUTRAL else "unknown"
        if side == party or self._same_side(side, party):
            return "own"
        return "opponent" if self.opposed(side, party) else "third_party"

    def _same_side(self, side: str, party: str) -> bool:
        known = self.source(party)
        return (known is not None and known.side == side) or {side, party} == {"U.S.", "American"}


def read_sources(extra: Iterable[Path] = ()) -> SourceLexicon:
    """Read the packaged data and the user's files over it; a user's entry replaces the packaged one of its name.

    Raises LexiconError naming file and entry where a file is wrong.
    """
    data = files("figures.lexicon") / "data"
    base = _parsed(_SourceFile, tomllib.loads((data / "sources.toml").read_text("utf-8")), "sources.toml")
    reporting = _parsed(_ReportingFile, tomllib.loads((data / "reporting.toml").read_text("utf-8")), "reporting.toml")
    ranks: dict[str, int] = {str(key): value for key, value in base.rank.items()}
    adjectives, capitals, pairs = dict(base.adjective), dict(base.capital), set(base.opposed.pairs)
    entries = {one.name: one for one in base.source}
    for path in extra:
        try:
            own = _parsed(_SourceFile, tomllib.loads(path.read_text("utf-8")), str(path))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise LexiconError(f"{path}: cannot be read as a file of sources ({error}); see sources.toml") from error
        ranks |= {str(key): value for key, value in own.rank.items()}
        adjectives |= own.adjective
        capitals |= own.capital
        pairs |= set(own.opposed.pairs)
        entries |= {one.name: one for one in own.source}
    sources = {
        one.name: Source(
            name=one.name,
            aliases=one.aliases,
            type=one.type,
            side=one.side,
            country=one.country,
            person=one.person,
            rank=one.rank if one.rank is not None else ranks.get(one.type, 9),
            heads=frozenset(one.heads),
        )
        for one in entries.values()
    }
    return SourceLexicon(
        sources=sources,
        aliases=_index(sources.values()),
        ranks=ranks,
        adjectives=adjectives,
        regions=dict(base.region),
        capitals=capitals,
        pairs=frozenset(frozenset(pair) for pair in pairs),
        reporting=(words := _reporting(reporting)),
        cues=frozenset().union(
            words.say,
            words.want,
            words.naming,
            words.count,
            words.deed,
            words.by,
            words.statement,
            words.possessed,
            words.according,
            FROM,
        ),
    )


def _parsed(model: type[Model], data: dict[str, Any], name: str) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise LexiconError(f"{name}: {where}: {first['msg']}") from error


def _follow(words: tuple[str, ...], tokens: Sequence[Word], at: int) -> bool:
    """Whether the further words of a name stand behind the token at ``at``, which is its first."""
    for word in words[1:]:
        at += 1
        lower = tokens[at].lower
        if lower != word and _fold(lower) != word:
            return False
    return True


def _fold(lower: str) -> str:
    """A word without genitive and without the points of an abbreviation."""
    if "'" in lower or "’" in lower:
        lower = POSSESSIVE.sub("", lower)
    return lower.replace(".", "") if len(lower) > 1 else lower


def _words(name: str) -> tuple[str, ...]:
    return tuple(_fold(word) for word in WORD.findall(re.sub(r"(?<=\b\w)\.", "", name).casefold().replace("’", "'")))


def _index(sources: Iterable[Source]) -> dict[str, tuple[Alias, ...]]:
    index: dict[str, dict[tuple[tuple[str, ...], str | None], Alias]] = {}
    for source in sources:
        for name in (source.name, *source.aliases):
            words = _words(name)
            plain = name.replace(".", "")
            exact = plain if len(words) == 1 and plain[0].isupper() else None
            alias = Alias(words=words, name=source.name, exact=exact, capital=any(one.isupper() for one in name))
            index.setdefault(words[0], {}).setdefault((words, exact), alias)
    return {first: tuple(sorted(found.values(), key=lambda one: -len(one.words))) for first, found in index.items()}


def _reporting(data: _ReportingFile) -> Reporting:
    according: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(data.phrases.according, key=len, reverse=True):
        words = tuple(phrase.split())
        according.setdefault(words[0], []).append(words)
    heads: dict[str, SourceType] = {}
    for kind, nouns in data.heads.items():
        for noun in nouns:
            heads.setdefault(noun, kind)
    return Reporting(
        say=_forms(data.verbs.say),
        count=_forms(data.verbs.count),
        want=_forms(data.verbs.want),
        naming=_forms(data.verbs.naming),
        deed=_forms(data.verbs.deed),
        by=_forms(data.verbs.by),
        weak=_forms(data.verbs.weak),
        verified=_forms(data.standing.verified),
        claim=_forms(data.standing.claim),
        verified_phrases=_any_of(data.standing.verified_phrases),
        claim_phrases=_any_of(data.standing.claim_phrases),
        according={first: tuple(rows) for first, rows in according.items()},
        possessed=frozenset(data.phrases.possessed.split("|")),
        statement=frozenset(data.nouns.statement),
        document=frozenset(data.nouns.document),
        heads=heads,
        titles=frozenset(data.titles.words),
        own_name=frozenset(data.titles.own_name),
        examples=tuple(Example(text=one.text, number=one.number, source=one.source) for one in data.examples),
    )


def _forms(rows: Iterable[str]) -> frozenset[str]:
    return frozenset(form for row in rows for form in row.split())


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{any_of(phrases)})\b", re.IGNORECASE)
