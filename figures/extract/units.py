"""Resolve the unit beside a number (stub). The one door to quantulum3."""

from __future__ import annotations

from figures.extract.types import Document, NumberMention, Quantity
from figures.lexicon import Lexicon


def resolve_units(document: Document, mentions: list[NumberMention], lexicon: Lexicon) -> list[Quantity]:
    """Give each number its unit of measure, or None where a counted noun follows."""
    return [Quantity(mention=one, unit=one.unit, dimension=None) for one in mentions]
