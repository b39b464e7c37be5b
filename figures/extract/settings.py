"""Find where, when and how firmly each reading holds (stub: the day of publication)."""

from __future__ import annotations

from figures.extract.types import Credit, Document, Reading, Setting
from figures.lexicon import Lexicon


def find_settings(document: Document, readings: list[Reading], credits: list[Credit], lexicon: Lexicon) -> list[Setting]:
    """One setting a reading, in the same order."""
    day = document.article.published_on
    return [Setting(as_of=day, as_of_basis="publication" if day else None) for _ in readings]
