"""What the lexicon knows of numbers and units: ``data/numbers.toml`` and ``data/units.toml``, checked and compiled.

Patterns are compiled against lower-case text with straight apostrophes (see ``figures.extract.numbers.folded``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal, cast

from pydantic import BaseModel, ConfigDict, Field

from figures.model import Comparator

__all__ = ["NotFigure", "NumberLexicon", "Phrase", "UnitEntry", "Vague", "any_of", "read_numbers"]

Claim = Literal[
    "exact", "approximately", "more_than", "at_least", "less_than", "at_most", "nearly", "just_over", "neutral"
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Comparator(_Strict):
    rule: str
    comparator: Claim
    before: list[str] = []
    after: list[str] = []
    needs_total: bool = False
    examples: list[str] = Field(min_length=1)


class _Vague(_Strict):
    rule: str
    words: list[str] = Field(min_length=1)
    low: float
    high: float
    times: bool
    examples: list[str] = Field(min_length=1)


class _NotANumber(_Strict):
    rule: str
    pattern: str
    begins: Literal["digit", "letter", "any"]
    capital: bool = False
    capital_after: bool = False
    examples: list[str] = Field(min_length=1)


class _NumbersFile(_Strict):
    words: dict[str, int]
    scales: dict[str, float]
    letters: dict[str, float]
    glued_always: dict[str, list[str]]
    comparator: list[_Comparator]
    vague: list[_Vague]
    fractions: dict[str, int]
    changes: dict[str, list[str]]
    totals: dict[str, list[str]]
    article: dict[str, list[str]]
    not_figures: dict[str, list[str]]
    patterns: dict[str, str]
    calendar: dict[str, list[str]]
    not_a_number: list[_NotANumber]


class _Unit(_Strict):
    name: str
    dimension: str
    words: list[str] = []
    symbols: list[str] = []
    examples: list[str] = []


class _Currency(_Strict):
    name: str
    prefixes: list[str] = []
    words: list[str] = []
    examples: list[str] = []


class _Shared(_Strict):
    words: list[str]
    otherwise: str = ""
    by_country: dict[str, str]


class _UnitsFile(_Strict):
    unit: list[_Unit]
    shared: list[_Shared]
    currency: list[_Currency]
    deferred: dict[str, list[str]]
    money_letters: dict[str, str]
    rates: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words beside a number and what they assert of it."""

    rule: str
    claim: Claim
    needs_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Vague:
    """A word that says a size and no number; both bounds are included."""

    rule: str
    low: float
    high: float
    times: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFigure:
    """A pattern whose digits are no figure. ``capital``: it must begin with a capital, as written in the article."""

    rule: str
    group: str
    capital: bool
    capital_after: bool
    pattern: re.Pattern[str]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitEntry:
    """A unit of measure under its short canonical name ("km", "USD", "hectare")."""

    name: str
    dimension: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A name that several countries give their money, by the country an article speaks of (ISO 3166-1 alpha-3)."""

    otherwise: str
    by_country: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLexicon:
    """The number and unit files, ready for reading. See the heads of the files for what each part means."""

    words: Mapping[str, int]
    scales: Mapping[str, float]
    letters: Mapping[str, float]
    glued_always: frozenset[str]
    before: Mapping[str, Phrase]
    before_longest: int
    before_ends: frozenset[str]  # the last words of the phrases in ``before``
    after: Mapping[str, Phrase]
    after_pattern: re.Pattern[str]
    vague: Mapping[str, Vague]
    fractions: Mapping[str, int]
    up: frozenset[str]
    down: frozenset[str]
    moves: frozenset[str]
    weak: frozenset[str]
    transitive: frozenset[str]
    totals: frozenset[str]
    article_stems: re.Pattern[str]
    not_after_article: frozenset[str]
    before_people: frozenset[str]
    sets: Mapping[str, frozenset[str]]
    patterns: Mapping[str, re.Pattern[str]]
    months: frozenset[str]
    weekdays: frozenset[str]
    not_figures: tuple[NotFigure, ...]
    mask: re.Pattern[str]
    atom: re.Pattern[str]
    currency_prefix: re.Pattern[str]
    currency_prefixes: Mapping[str, str]
    currency_letters: Mapping[str, str]
    units: Mapping[str, UnitEntry]
    symbols: Mapping[str, UnitEntry]
    units_longest: int
    shared: Mapping[str, Shared]
    deferred: frozenset[str]
    rate: re.Pattern[str]
    rates: Mapping[str, str]
    comparators: tuple[tuple[str, Comparator | Literal["neutral"], tuple[str, ...]], ...]


def read_numbers() -> NumberLexicon:
    """Read and check the packaged number and unit files."""
    data = files("figures.lexicon") / "data"
    numbers = _NumbersFile.model_validate(tomllib.loads((data / "numbers.toml").read_text("utf-8")))
    units = _UnitsFile.model_validate(tomllib.loads((data / "units.toml").read_text("utf-8")))
    before, after = _phrases(numbers.comparator)
    not_figures, mask = _not_figures(numbers)
    glued, spaced = (any_of(one for one in after if (one[0] in "-+") is sign) for sign in (True, False))
    vague = {
        word: Vague(rule=one.rule, low=one.low, high=one.high, times=one.times)
        for one in numbers.vague
        for word in one.words
    }
    up, down = frozenset(numbers.changes["up"]), frozenset(numbers.changes["down"])
    prefixes = {prefix.strip().lower(): one.name for one in units.currency for prefix in one.prefixes}
    table, symbols = _unit_tables(units)
    number_words = [
        *numbers.words,
        *numbers.scales,
        *numbers.fractions,
        *(word.split()[0] for word in vague),
        "most",
        "majority",
    ]
    number_words = [word for word in number_words if word != "a"]
    return NumberLexicon(
        words=numbers.words,
        scales=numbers.scales,
        letters=numbers.letters,
        glued_always=frozenset(numbers.glued_always["letters"]),
        before=before,
        before_longest=max(len(phrase.split()) for phrase in before),
        before_ends=frozenset(phrase.rsplit(" ", 1)[-1] for phrase in before),
        after=after,
        after_pattern=re.compile(
            rf"(?P<glued>{glued})(?![a-z0-9])|(?:\s(?P<noun>[a-z]{{3,14}}))??,?\s(?P<words>{spaced})(?![\w-])"
        ),
        vague=vague,
        fractions=numbers.fractions,
        up=up,
        down=down,
        moves=up | down | frozenset(numbers.changes["other"]),
        weak=frozenset(numbers.changes["weak"]),
        transitive=frozenset(numbers.changes["transitive"]),
        totals=frozenset(numbers.totals["words"]),
        article_stems=re.compile(rf"\b(?:{any_of(numbers.article['stems'])})"),
        not_after_article=frozenset(numbers.article["not_after"]),
        before_people=frozenset(numbers.article["before_people"]),
        sets={name: frozenset(words) for name, words in numbers.not_figures.items()},
        patterns={name: re.compile(pattern) for name, pattern in numbers.patterns.items()},
        months=frozenset(numbers.calendar["months"]),
        weekdays=frozenset(numbers.calendar["weekdays"]),
        not_figures=not_figures,
        mask=mask,
        atom=re.compile(rf"\d+|\b(?:{any_of(set(number_words))})(?:fold)?\b"),
        currency_prefix=re.compile(rf"(?:^|(?<![^\W\d_]))(?P<sign>{any_of(prefixes)})\s?$"),
        currency_prefixes=prefixes,
        currency_letters=units.money_letters,
        units=table,
        symbols=symbols,
        shared={
            word: Shared(otherwise=one.otherwise, by_country=one.by_country)
            for one in units.shared
            for word in one.words
        },
        units_longest=max(len(one.split()) for one in table),
        deferred=frozenset(units.deferred["words"]),
        rate=re.compile(
            rf"(?P<slash>\s?/\s?)(?P<a>{any_of(units.rates)})\b"
            rf"|[^.,;:!?()\d]{{0,40}}?\s(?=[ape])(?<!\bin\s)(?<!\bon\s)(?<!\bof\s)(?<!\bfor\s)(?<!\bthan\s)(?<!\bwithin\s)"
            rf"(?<!\bafter\s)(?<!\bonce\s)"
            rf"(?:per|an?|each|every)\s(?P<b>{any_of(units.rates)})\b(?!\s(?:ago|earlier|later|before|after|old|long))"
            rf"|(?:\s[a-z]{{2,16}}){{0,2}}?\s(?P<c>daily|weekly|monthly|annually|yearly|hourly)\b"
        ),
        rates={
            **units.rates,
            "daily": "day",
            "weekly": "week",
            "monthly": "month",
            "annually": "year",
            "yearly": "year",
            "hourly": "hour",
        },
        comparators=tuple((one.rule, one.comparator, tuple(one.examples)) for one in numbers.comparator),
    )


def _phrases(entries: list[_Comparator]) -> tuple[dict[str, Phrase], dict[str, Phrase]]:
    before: dict[str, Phrase] = {}
    after: dict[str, Phrase] = {}
    for one in entries:
        phrase = Phrase(rule=one.rule, claim=one.comparator, needs_total=one.needs_total)
        before |= dict.fromkeys(one.before, phrase)
        after |= dict.fromkeys(one.after, phrase)
    return before, after


def _not_figures(numbers: _NumbersFile) -> tuple[tuple[NotFigure, ...], re.Pattern[str]]:
    month, day = any_of(numbers.calendar["months"]), r"(?:0?[1-9]|[12]\d|3[01])"
    entries: list[NotFigure] = []
    parts: dict[str, list[str]] = {"digit": [], "letter": [], "any": []}
    for position, one in enumerate(numbers.not_a_number):
        group = f"x{position}"
        pattern = (
            one.pattern.replace("{month}", f"(?:{month})").replace("{day}", day).replace(r"\1", f"(?P=b{position})")
        )
        pattern = pattern.replace("([", f"(?P<b{position}>[", 1) if f"b{position}" in pattern else pattern
        entries.append(NotFigure(
            rule=one.rule, group=group, capital=one.capital, capital_after=one.capital_after,
            pattern=re.compile(pattern), examples=tuple(one.examples),
        ))  # fmt: skip
        parts[one.begins].append(f"(?P<{group}>{pattern})")
    # The lookaheads spare most positions of a text all but two comparisons.
    mask = rf"(?=\d)(?:{'|'.join(parts['digit'])})|\b(?=[a-z])(?:{'|'.join(parts['letter'])})|{'|'.join(parts['any'])}"
    return tuple(entries), re.compile(mask)


def _unit_tables(file: _UnitsFile) -> tuple[dict[str, UnitEntry], dict[str, UnitEntry]]:
    """Lower-case words → unit, and symbols in their own case → unit."""
    table: dict[str, UnitEntry] = {}
    symbols: dict[str, UnitEntry] = {}
    for unit in file.unit:
        entry = UnitEntry(name=unit.name, dimension=unit.dimension)
        table |= dict.fromkeys(unit.words, entry)
        symbols |= dict.fromkeys(unit.symbols, entry)
    for currency in file.currency:
        entry = UnitEntry(name=currency.name, dimension="currency")
        table |= dict.fromkeys(currency.words, entry)
        if currency.name.isupper():
            symbols[currency.name] = entry
    return table, symbols


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, as a trie: a scan then costs one branch a letter, not one a word."""
    root: dict[str, object] = {}
    for word in words:
        node = root
        for letter in word:
            node = cast("dict[str, object]", node.setdefault(letter, {}))
        node[""] = None
    return _trie(root)


def _trie(node: dict[str, object]) -> str:
    ends = "" in node
    branches = [
        re.escape(letter) + _trie(cast("dict[str, object]", below)) for letter, below in sorted(node.items()) if letter
    ]
    if not branches:
        return ""
    if len(branches) == 1 and not ends:
        return branches[0]
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}"
