"""What Figures knows before it reads: numbers, units, metrics, sources, places, reporting verbs. All of it is data.

Each part is a TOML file in ``data/`` with examples that the tests run, checked by a pydantic model in the module of
the same name. It is read once and passed in; nothing is looked up behind the caller's back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from figures.lexicon.confidence import ConfidenceLexicon, read_confidence
from figures.lexicon.floors import FloorRule, read_floors
from figures.lexicon.metrics import MetricLexicon, read_metrics
from figures.lexicon.numbers import NumberLexicon, read_numbers
from figures.lexicon.placing import PlacingLexicon, read_placing
from figures.lexicon.settings import SettingLexicon, read_settings
from figures.lexicon.sources import SourceLexicon, read_sources

__all__ = ["Lexicon", "default_lexicon", "read_lexicon"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Everything the stages of reading and comparing need to know."""

    numbers: NumberLexicon
    metrics: MetricLexicon
    sources: SourceLexicon
    settings: SettingLexicon
    confidence: ConfidenceLexicon
    placing: PlacingLexicon
    floors: tuple[FloorRule, ...] = ()


def read_lexicon(*, metric_files: Iterable[Path] = (), source_files: Iterable[Path] = ()) -> Lexicon:
    """Read the packaged lexicon, and the user's own metrics and sources over it.

    Raises LexiconError (a ValueError) naming file and entry where a user's file is wrong.
    """
    return Lexicon(
        numbers=read_numbers(),
        metrics=read_metrics(metric_files),
        sources=read_sources(source_files),
        settings=read_settings(),
        confidence=read_confidence(),
        placing=read_placing(),
        floors=read_floors(),
    )


@cache
def default_lexicon() -> Lexicon:
    """The packaged lexicon. It is immutable, so one copy serves the whole process."""
    return read_lexicon()
