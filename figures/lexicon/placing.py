"""How much each sign speaks for a place: the weights by which one of several named places is chosen for a figure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Protocol

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["PlacingLexicon", "read_placing"]


class _Candidate(Protocol):
    @property
    def signs(self) -> Mapping[str, float]: ...


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    margin: float = Field(ge=0)
    weights: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacingLexicon:
    """Additive scores of candidates, one weight a sign; a sign without a weight changes nothing.

    ``margin`` is the least lead of the best candidate over the rules' own choice that changes it.
    """

    margin: float
    weights: Mapping[str, float]

    def choose(self, candidates: Sequence[_Candidate], of: tuple[int, str] | None = None) -> int:  # noqa: ARG002
        """The position of the best candidate; the first, which is the rules' choice, where none leads it clearly.

        ``of`` tells a recorder which figure is asked for: where it stands and what it counts.
        """
        scores = [self.score(one.signs) for one in candidates]
        best = max(range(len(scores)), key=scores.__getitem__, default=0)
        return best if scores and scores[best] >= scores[0] + self.margin else 0

    def score(self, signs: Mapping[str, float]) -> float:
        """The sum of what the signs of one candidate say."""
        weights = self.weights
        return sum(weights.get(sign, 0.0) * value for sign, value in signs.items())


def read_placing() -> PlacingLexicon:
    """Read the packaged weights. ``python -m benchmarks.placing --write`` fits them anew."""
    file = resources.files("figures.lexicon") / "data" / "placing.toml"
    read = _File.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    return PlacingLexicon(margin=read.margin, weights=MappingProxyType(read.weights))
