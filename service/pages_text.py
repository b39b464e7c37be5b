"""A text as it was published, cut where figures stand: what article and draft pages print, mark and annotate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Paragraph", "Span", "Stretch", "paragraphs", "stretches"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where something stands in a text; ``key`` names it, ``look`` is how it is marked."""

    start: int
    end: int
    key: str
    look: str = "figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Characters under the same spans: ``keys`` are those spans, ``begins`` the ones that begin here."""

    text: str
    keys: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    look: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One line of the text and the keys of what begins in it, in their order."""

    stretches: tuple[Stretch, ...]
    keys: tuple[str, ...]


def paragraphs(text: str, spans: Iterable[Span]) -> list[Paragraph]:
    """The lines of a text, empty ones left out, each cut at its spans. Linear in the text and its spans.

    Joined, the stretches are the text's lines again, character by character. A span that runs over a line's end is
    marked on both lines and begins on the first.
    """
    waiting = sorted(spans, key=lambda one: (one.start, -one.end, one.key), reverse=True)
    open_spans: list[Span] = []
    out = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        open_spans = [one for one in open_spans if one.end > at]
        while waiting and waiting[-1].start < max(end, at + 1):
            open_spans.append(waiting.pop())
        if line.strip():
            begun = tuple(one.key for one in open_spans if at <= one.start)
            out.append(Paragraph(stretches=tuple(stretches(line, open_spans, at)), keys=begun))
        at = end + 1
    return out


def stretches(line: str, spans: Sequence[Span], offset: int = 0) -> list[Stretch]:
    """One line cut at the spans that touch it; ``offset`` is where it begins in the text that they count in."""
    last = len(line)
    cuts = {0, last}
    for one in spans:
        cuts.update(min(max(at - offset, 0), last) for at in (one.start, one.end))
    points = sorted(cuts)
    starting = sorted(spans, key=lambda one: (one.start, -one.end))
    out, active, following = [], [], 0
    for start, end in pairwise(points):
        while following < len(starting) and starting[following].start - offset <= start:
            active.append(starting[following])
            following += 1
        active = [one for one in active if one.end - offset > start]
        out.append(
            Stretch(
                text=line[start:end],
                keys=tuple(one.key for one in active),
                begins=tuple(one.key for one in active if one.start - offset == start),
                look=active[-1].look if active else "",
            )
        )
    return out
