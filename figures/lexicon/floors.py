"""Words that turn a count into a lower bound, from ``data/floors.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

_SMALL = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|several|some)"


class FloorEntry(BaseModel):
    """One rule as the file has it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    patterns: tuple[str, ...]
    examples: tuple[str, ...]
    negatives: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorRule:
    """A rule by name, one compiled expression for all its wordings, and the examples that test it."""

    name: str
    pattern: re.Pattern[str]
    parts: tuple[re.Pattern[str], ...]
    examples: tuple[str, ...]
    negatives: tuple[str, ...]


def read_floors() -> tuple[FloorRule, ...]:
    """Read the packaged rules."""
    text = (files("figures.lexicon") / "data" / "floors.toml").read_text("utf-8")
    rules = []
    for name, raw in tomllib.loads(text).items():
        entry = FloorEntry.model_validate(raw)
        parts = tuple(re.compile(_expression(one), re.IGNORECASE) for one in entry.patterns)
        joined = re.compile("|".join(one.pattern for one in parts), re.IGNORECASE)
        rules.append(
            FloorRule(
                name=name.replace("_", " "),
                pattern=joined,
                parts=parts,
                examples=entry.examples,
                negatives=entry.negatives,
            )
        )
    return tuple(rules)


def _expression(pattern: str) -> str:
    """ "real|true toll * higher" as a regular expression; the gap is bounded, so that hostile text stays linear."""
    out = ""
    gap = ""
    for word in pattern.split():
        if word == "*":
            gap = r"(?:[^\W\d_][\w'’-]*,?\s+){0,7}?"
            continue
        choice = _SMALL if word == "number" and "hospitals" in pattern else f"(?:{word})"
        out += (r"\s+" if out else r"\b") + gap + choice
        gap = ""
    return out + r"\b"
