"""What changed between two versions of one article: figures added, removed, and read to say something else.

A figure that says the same in both is no revision, wherever it now stands; a sentence moved or reworded around a number
that stays is none either.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final, Literal

import pandas as pd

from figures.model import Figure
from figures.reconcile.comparable import number, text
from figures.table import to_rows

__all__ = ["Revision", "revisions"]

Rows = pd.DataFrame | Iterable[Figure | Mapping[str, Any]]

_SAID: Final = (
    "value",
    "low",
    "high",
    "comparator",
    "unit",
    "source",
    "population",
    "party",
    "place",
    "as_of",
    "modality",
)
# Of an undated statement the day is that of the version, which tells nothing.
_OWN_DAYS: Final = ("stated", "reporting_day")
# Below this share of common words two sentences are two statements.
_ALIKE: Final = 0.5
# With more figures of one metric than this, sentences are matched in their order only.
_MOST_MATCHED: Final = 400
_WORDS: Final = re.compile(r"[^\W\d]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One change: ``before`` and ``after`` are rows of the table, ``differs_in`` the columns in which they differ."""

    change: Literal["added", "removed", "changed"]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    differs_in: tuple[str, ...] = ()


def revisions(before: Rows, after: Rows) -> tuple[Revision, ...]:
    """The figure-level difference between two versions of one article, in the order of the later text.

    Takes tables, figures or rows. ``changed`` pairs figures of one metric whose sentences have half of their words in
    common and which differ in value, bounds, source or scope; what finds no partner was added or removed. Removed
    figures come last.
    """
    old, new = _rows(before), _rows(after)
    old, new = _without_same(old, new)
    pairs = _partners(old, new)
    taken = set(pairs.values())
    out = []
    for at, row in enumerate(new):
        if at in pairs:
            partner = old[pairs[at]]
            differs = tuple(name for name in _SAID if _said(partner, name) != _said(row, name))
            out.append(Revision(change="changed", before=partner, after=row, differs_in=differs))
        else:
            out.append(Revision(change="added", before=None, after=row))
    out.extend(Revision(change="removed", before=row, after=None) for at, row in enumerate(old) if at not in taken)
    return tuple(out)


def _rows(given: Rows) -> list[Mapping[str, Any]]:
    if isinstance(given, pd.DataFrame):
        rows: list[Mapping[str, Any]] = list(to_rows(given))
    else:
        rows = [one.to_row() if isinstance(one, Figure) else one for one in given]
    return sorted(rows, key=lambda row: (row.get("field") != "title", row.get("start") or 0, str(row.get("metric"))))


def _said(row: Mapping[str, Any], name: str) -> Any:
    if name in ("value", "low", "high"):
        return number(row.get(name))
    if name == "as_of":
        return str(row.get(name))[:10] if row.get(name) and row.get("as_of_basis") in _OWN_DAYS else None
    return text(row.get(name))


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row.get("metric"), row.get("field") == "title", *(_said(row, name) for name in _SAID))


def _without_same(
    old: list[Mapping[str, Any]], new: list[Mapping[str, Any]]
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Both lists without the figures that say the same in both, each matched once."""
    waiting: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for at in reversed(range(len(old))):
        waiting[_key(old[at])].append(at)
    gone: set[int] = set()
    left = []
    for row in new:
        same = waiting.get(_key(row))
        if same:
            gone.add(same.pop())
        else:
            left.append(row)
    return [row for at, row in enumerate(old) if at not in gone], left


def _partners(old: list[Mapping[str, Any]], new: list[Mapping[str, Any]]) -> dict[int, int]:
    """For figures of the new version the one of the old that they replace: the most alike sentences first."""
    by_metric: dict[Any, list[int]] = defaultdict(list)
    for at, row in enumerate(old):
        by_metric[row.get("metric"), row.get("field") == "title"].append(at)
    scored = []
    for at, row in enumerate(new):
        candidates = by_metric.get((row.get("metric"), row.get("field") == "title"), [])
        if len(candidates) > _MOST_MATCHED:
            candidates = candidates[max(at - 5, 0) : at + 5]
        for other in candidates:
            alike = _alike(old[other], row)
            # A title has few words and one number.
            if alike >= _ALIKE or (row.get("field") == "title" and len(candidates) == 1):
                scored.append((-alike, abs(other - at), at, other))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, at, other in sorted(scored):
        if at not in pairs and other not in taken:
            pairs[at] = other
            taken.add(other)
    return pairs


def _alike(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    one, other = (_WORDS.findall(str(row.get("sentence") or "").lower())[:80] for row in (a, b))
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
