"""Event names taken apart: what happened, where, since when, and what of it is unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from figures.lexicon.stories import StoryKind, StoryLexicon, read_stories
from figures.reconcile.groups import Booleans

__all__ = ["Story", "is_campaign", "is_point", "parse_event", "telling"]

# A number with this many significant digits is seldom the same by chance (one in a thousand) within one kind of
# happening, metric and fortnight.
_TELLING_DIGITS: Final = 3
_ROUGH: Final = re.compile(r"(?P<year>[1-9]\d{3})(?:-(?P<month>0[1-9]|1[0-2]))?(?:\?[0-9a-f]{8})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An event name taken apart; ``kind`` is None where the cause is unknown or of no kind that the data has."""

    text: str
    article: str | None  # the only article an incomplete name counts for
    cause: str | None
    kind: StoryKind | None
    name: str
    place: str | None
    start: int | None  # day number, as date.toordinal
    unknown: int  # pieces that are "?", or a date that is only a month or a year
    span: tuple[int, int] | None = None  # first and last day of that month or year


def parse_event(text: str, stories: StoryLexicon | None = None, article: str | None = None) -> Story | None:
    """Take ``cause:Place:YYYY-MM-DD`` apart; an unknown piece begins with ``?``. None for any other string.

    A date may also be a month or a year ("2010-04", "2010"), and then is unknown within it.
    """
    stories = stories or read_stories()
    pieces = text.split(":")
    if len(pieces) < 3:
        return None
    cause, place, day = pieces[0].strip(), ":".join(pieces[1:-1]).strip(), pieces[-1].strip()
    start: int | None = None
    rough = _ROUGH.fullmatch(day)
    if rough is None and not day.startswith("?"):
        try:
            start = date.fromisoformat(day).toordinal()
        except ValueError:
            return None
    said = not cause.startswith("?") and bool(cause)
    placed = not place.startswith("?") and bool(place)
    kind, name = stories.kind_of(cause) if said else (None, "")
    return Story(
        text=text,
        article=article,
        cause=cause.lower() if said else None,
        kind=kind,
        name=name if kind is None or kind.named else "",
        place=place if placed else None,
        start=start,
        unknown=(not said) + (not placed) + (start is None),
        span=_days_of(int(rough["year"]), int(rough["month"] or 0)) if rough else None,
    )


def _days_of(year: int, month: int) -> tuple[int, int]:
    if not month:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1).toordinal(), following.toordinal() - 1


def is_campaign(event: str | None, stories: StoryLexicon | None = None) -> bool | None:
    """Whether an event goes on (a war, an epidemic) or is one incident; None where its name does not tell."""
    story = parse_event(event, stories) if event else None
    if story is None or story.kind is None:
        return None
    return story.kind.lasts == "campaign"


def is_point(event: str | None, stories: StoryLexicon | None = None) -> bool:
    """Whether an event strikes one spot, so that a count of it "in Texas" and one "in El Paso" have the same scope."""
    story = parse_event(event, stories) if event else None
    return story is not None and story.kind is not None and story.kind.point


def telling(value: pd.Series, precision: pd.Series) -> Booleans:
    """Whether numbers are written with enough significant digits to know them again."""
    units = np.maximum(precision.to_numpy(dtype=float), 1e-9)
    out: Booleans = np.abs(value.to_numpy(dtype=float)) >= 10 ** (_TELLING_DIGITS - 1) * units
    return out
