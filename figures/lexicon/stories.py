"""Kinds of happenings: what two reports may call one and the same thing, and how far apart they may date it.

The data file explains its own grammar. ``read_stories`` checks it, and closes ``broader`` and ``beside`` so that
asking whether two kinds can be one story is a look-up.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

from pydantic import BaseModel, ConfigDict

__all__ = ["StoryKind", "StoryLexicon", "read_stories"]


class _KindEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    words: tuple[str, ...]
    broader: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    lasts: Literal["incident", "campaign"]
    apart: int
    frequent: bool = False
    seldom: bool = False
    named: bool = False
    point: bool = False
    crowd: bool = False


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    agencies: tuple[str, ...]
    common: tuple[str, ...]
    kind: tuple[_KindEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryKind:
    """One kind of happening; ``family`` names the set of kinds that can reach one another through ``with_``."""

    name: str
    lasts: Literal["incident", "campaign"]
    apart: int
    frequent: bool
    seldom: bool
    named: bool
    point: bool
    crowd: bool
    with_: frozenset[str]
    family: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLexicon:
    """Kinds by the words that name them, the names of wire services, and capitalised words that tell no story."""

    kinds: Mapping[str, StoryKind]
    words: Mapping[str, str]
    agencies: frozenset[str]
    common: frozenset[str]

    def kind_of(self, cause: str) -> tuple[StoryKind | None, str]:
        """The kind that a cause names, and what else it says: ("typhoon Haiyan") → storm, "haiyan".

        The longest run of words that a kind claims decides, the last of them where two are equally long ("bomb
        attack" is a bombing, "attack" alone an attack). The rest is the name, without "of" and "the".
        """
        tokens = cause.lower().split()
        best: tuple[int, int, str] | None = None
        for start in range(len(tokens)):
            for end in range(start + 1, min(len(tokens), start + 4) + 1):
                run = " ".join(tokens[start:end])
                kind = self.words.get(run) or self.words.get(_singular(run))
                if kind is not None and (best is None or (end - start, start) >= best[:2]):
                    best = (end - start, start, kind)
        if best is None:
            return None, " ".join(tokens)
        length, start, kind = best
        rest = tokens[:start] + tokens[start + length :]
        return self.kinds[kind], " ".join(token for token in rest if token not in ("of", "the", "a", "an"))

    def one_story(self, a: StoryKind, b: StoryKind) -> bool:
        """Whether reports of one happening may call it both ``a`` and ``b``."""
        return a.name == b.name or b.name in a.with_


def _singular(word: str) -> str:
    if word.endswith("shes"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@cache
def read_stories() -> StoryLexicon:
    """Read the packaged data; it is immutable, so one copy serves the whole process."""
    raw = resources.files("figures.lexicon").joinpath("data/stories.toml").read_text(encoding="utf-8")
    file = _File.model_validate(tomllib.loads(raw))
    entries = {one.name: one for one in file.kind}
    near: dict[str, set[str]] = {name: set() for name in entries}
    for one in file.kind:
        for other in (*_ancestors(one.name, entries), *one.beside):
            near[one.name].add(other)
            near[other].add(one.name)
    families = _families(near)
    kinds = {
        one.name: StoryKind(
            name=one.name,
            lasts=one.lasts,
            apart=one.apart,
            frequent=one.frequent,
            seldom=one.seldom,
            named=one.named,
            point=one.point,
            crowd=one.crowd,
            with_=frozenset(near[one.name]),
            family=families[one.name],
        )
        for one in file.kind
    }
    words = {word: one.name for one in file.kind for word in one.words}
    return StoryLexicon(
        kinds=MappingProxyType(kinds),
        words=MappingProxyType(words),
        agencies=frozenset(file.agencies),
        common=frozenset(file.common),
    )


def _ancestors(name: str, entries: Mapping[str, _KindEntry]) -> set[str]:
    found: set[str] = set()
    waiting = list(entries[name].broader)
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting.extend(entries[one].broader)
    return found


def _families(near: Mapping[str, set[str]]) -> dict[str, str]:
    family: dict[str, str] = {}
    for name in sorted(near):
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in family:
                family[one] = name
                waiting.extend(near[one])
    return family
