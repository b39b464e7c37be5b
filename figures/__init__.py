"""Figures reads news, keeps every number with who said it, and tells which numbers cannot all be true."""

from figures.model import Article, Conflict, Figure

__all__ = ["Article", "Conflict", "Figure"]
__version__ = "0.1.0"
