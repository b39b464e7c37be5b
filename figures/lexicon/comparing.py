"""What comparing two figures has to know: units and their factors, role nouns, words that change a number's standing.

The data file explains its own grammar.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

__all__ = ["Comparing", "Growth", "read_comparing"]


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    patterns: tuple[str, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]


class _Counted(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    units: frozenset[str]


class _Sharing(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    metrics: frozenset[str]


class _Once(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    metrics: frozenset[str]


class _Shocks(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    metrics: frozenset[str]


class _Attackers(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    metrics: frozenset[str]


class _Departed(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    metrics: frozenset[str]


class Growth(BaseModel):
    """What a running count may grow by with the age of its event; ``settled`` is the first day that is looked at."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    factor: float
    power: float
    settled: int
    least: float


class _Near(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    metrics: tuple[frozenset[str], ...]


class _Heads(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    local: frozenset[str]


class _Inherited(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    rules: frozenset[str]
    far: frozenset[str]


class _Befallen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    metrics: frozenset[str]
    populations: frozenset[str]


class _Partitions(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    populations: tuple[frozenset[str], ...]


class _Outcomes(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    wholes: frozenset[str]
    parts: frozenset[str]
    exclusive: tuple[frozenset[str], ...]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    units: dict[str, tuple[str, float]]
    counted: _Counted
    sharing: _Sharing
    once: _Once
    departed: _Departed
    shocks: _Shocks
    attackers: _Attackers
    near: _Near
    growth: Growth
    heads: _Heads
    inherited: _Inherited
    roles: dict[str, frozenset[str]]
    befallen: _Befallen
    words: dict[str, _Words]
    partitions: _Partitions
    outcomes: _Outcomes
    ratios: dict[str, tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparing:
    """Units by name, role nouns by metric, and one pattern for each list of words, with its examples."""

    units: Mapping[str, tuple[str, float]]
    counted: frozenset[str]
    sharing: frozenset[str]
    once: frozenset[str]
    departed: frozenset[str]
    shocks: frozenset[str]
    attackers: frozenset[str]
    near: tuple[frozenset[str], ...]
    growth: Growth
    local_heads: frozenset[str]
    inherited: frozenset[str]
    far: frozenset[str]
    roles: Mapping[str, frozenset[str]]
    befalling: frozenset[str]
    befallen: frozenset[str]
    words: Mapping[str, re.Pattern[str]]
    partitions: tuple[frozenset[str], ...]
    fates: frozenset[str]
    fated: frozenset[str]
    exclusive: tuple[frozenset[str], ...]
    ratios: Mapping[str, tuple[str, str]]
    examples: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]

    def says(self, words: str, sentence: str) -> bool:
        """Whether a sentence has one of the words of that list."""
        return self.words[words].search(sentence) is not None

    def dimension(self, unit: str | None) -> tuple[str, float]:
        """The dimension of a unit and the factor to its base; all counts are one dimension, a unit unknown its own."""
        name = unit or ""
        if name in self.units:
            return self.units[name]
        if not name or name in self.counted:
            return "count", 1.0
        head, slash, per = name.partition("/")
        if slash and head in self.units:
            kind, factor = self.units[head]
            return f"{kind}/{per}", factor
        return name, 1.0


@cache
def read_comparing() -> Comparing:
    """Read the packaged data; it is immutable, so one copy serves the whole process."""
    raw = resources.files("figures.lexicon").joinpath("data/comparing.toml").read_text(encoding="utf-8")
    file = _File.model_validate(tomllib.loads(raw))
    return Comparing(
        units=MappingProxyType(file.units),
        counted=file.counted.units,
        sharing=file.sharing.metrics,
        once=file.once.metrics,
        departed=file.departed.metrics,
        shocks=file.shocks.metrics,
        attackers=file.attackers.metrics,
        near=file.near.metrics,
        growth=file.growth,
        local_heads=file.heads.local,
        inherited=file.inherited.rules,
        far=file.inherited.far,
        roles=MappingProxyType(file.roles),
        befalling=file.befallen.metrics,
        befallen=file.befallen.populations,
        words=MappingProxyType(
            {name: re.compile(rf"\b(?:{'|'.join(one.patterns)})\b", re.IGNORECASE) for name, one in file.words.items()}
        ),
        partitions=file.partitions.populations,
        fates=file.outcomes.parts,
        fated=file.outcomes.wholes,
        exclusive=file.outcomes.exclusive,
        ratios=MappingProxyType(file.ratios),
        examples=MappingProxyType({name: (one.yes, one.no) for name, one in file.words.items()}),
    )
