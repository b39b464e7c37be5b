"""The settings part of the lexicon (stub)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingLexicon:
    """Stub."""


def read_settings() -> SettingLexicon:
    """Read the packaged data."""
    return SettingLexicon()
