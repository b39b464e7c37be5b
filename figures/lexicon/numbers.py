"""The numbers part of the lexicon (stub)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLexicon:
    """Stub."""


def read_numbers() -> NumberLexicon:
    """Read the packaged data."""
    return NumberLexicon()
