"""A reviewer's verdict follows the figures it was given on, not the id of a conflict.

Re-ingesting, or one more copy of a story, makes another conflict id of the same clash; the verdict stays. Only an
origin that the reviewer did not see, or a value outside the camps as they stood, opens the question again.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from figures.model import Conflict

__all__ = ["DISMISSALS", "VERDICTS", "Review", "SeenFigure", "Verdict", "continues", "keys_of", "see", "status_of"]

Verdict = Literal["confirmed", "dismissed", "resolved"]
VERDICTS: Final = ("confirmed", "dismissed", "resolved")
DISMISSALS: Final = ("different things", "misread", "same statement", "other")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFigure:
    """A member of a camp as it stood: its bounds, and whose statement it repeats."""

    figure_id: str
    low: float
    high: float
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One verdict on a conflict, as everybody sees it. ``reason`` is one of DISMISSALS; ``note`` the reviewer's
    words."""

    review_id: int
    conflict_id: str
    kind: str
    metric: str
    verdict: Verdict
    reason: str | None
    note: str | None
    reviewer: str
    at: str
    seen: tuple[tuple[SeenFigure, ...], ...]


def see(camps: Iterable[Sequence[str]], rows: Mapping[str, Mapping[str, Any]]) -> tuple[tuple[SeenFigure, ...], ...]:
    """The camps with what a verdict rests on; ``rows`` maps figure ids to rows with low, high, origin_group."""
    return tuple(tuple(_seen(one, rows.get(one, {})) for one in camp) for camp in camps)


def keys_of(camps: Iterable[Iterable[SeenFigure]], origins: Mapping[str, str] | None = None) -> list[set[str]]:
    """Each camp as the names it can be met by again: the figures, and the origins they repeat, then and now."""
    now = origins or {}
    return [
        {name for one in camp for name in (one.figure_id, one.origin, now.get(one.figure_id, one.origin))}
        for camp in camps
    ]


def continues(old: Sequence[set[str]], new: Sequence[set[str]]) -> bool:
    """Whether a clash is one known before: members of two of its camps face each other again."""
    met = [{index for index, known in enumerate(old) if not known.isdisjoint(camp)} for camp in new]
    return len(set().union(*met)) >= 2 and sum(1 for one in met if one) >= 2


def status_of(
    conflict: Conflict,
    seen: tuple[tuple[SeenFigure, ...], ...],
    reviews: Iterable[Review],
    origins: Mapping[str, str],
) -> tuple[str, Review | None]:
    """The standing of a conflict after its reviews, oldest first: the verdict, or "open", or "reopened".

    ``origins`` maps figures to their origins as they are now: a copy that arrives may give an origin another name.
    """
    keys = keys_of(seen)
    last = None
    for one in reviews:
        same = one.conflict_id == conflict.conflict_id
        alike = one.kind == conflict.kind and one.metric == conflict.metric
        if same or (alike and continues(keys_of(one.seen, origins), keys)):
            last = one
    if last is None:
        return "open", None
    return (last.verdict if _covers(last, seen, origins) else "reopened"), last


def _covers(review: Review, seen: tuple[tuple[SeenFigure, ...], ...], origins: Mapping[str, str]) -> bool:
    known = set().union(*keys_of(review.seen, origins))
    spans = [(min(one.low for one in camp), max(one.high for one in camp)) for camp in review.seen if camp]
    return all(
        (one.figure_id in known or one.origin in known)
        and any(low <= one.low and one.high <= high for low, high in spans)
        for camp in seen
        for one in camp
    )


def _seen(figure_id: str, row: Mapping[str, Any]) -> SeenFigure:
    low, high = row.get("low"), row.get("high")
    return SeenFigure(
        figure_id=figure_id,
        low=-math.inf if low is None else float(low),
        high=math.inf if high is None else float(high),
        # A figure whose origin nobody grouped is an origin of its own.
        origin=row.get("origin_group") or figure_id,
    )
