"""How often a reading with certain signs has turned out right: the weights behind the column ``confidence``."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["ConfidenceLexicon", "read_confidence"]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    intercept: float
    ceiling: float = Field(gt=0, lt=1)
    definite_victim: float = Field(gt=0, lt=1)
    weights: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceLexicon:
    """Additive log-odds of a right row, one weight a sign; a sign without a weight changes nothing."""

    intercept: float
    ceiling: float
    definite_victim: float
    weights: Mapping[str, float]

    def probability(self, signs: Iterable[str]) -> float:
        """The share of rows with these signs that were right on gold, to two decimals, from 0 to ``ceiling``.

        A definite or named victim ("killed the leader") is at most ``definite_victim``, for others may not be told.
        """
        odds, most = self.intercept, self.ceiling
        for sign in signs:
            odds += self.weights.get(sign, 0.0)
            if sign == "metric: definite victim":
                most = self.definite_victim
        return min(most, round(1 / (1 + math.exp(-odds)), 2))


def read_confidence() -> ConfidenceLexicon:
    """Read the packaged weights. ``python -m benchmarks.calibration --write`` fits them anew."""
    file = resources.files("figures.lexicon") / "data" / "confidence.toml"
    read = _File.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    return ConfidenceLexicon(
        intercept=read.intercept,
        ceiling=read.ceiling,
        definite_victim=read.definite_victim,
        weights=MappingProxyType(read.weights),
    )
