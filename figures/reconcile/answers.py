"""The answer of every series of some figures, from plain rows: what ``latest`` says, without a DataFrame in between.

A DataFrame costs its fifty milliseconds for ten rows as for ten thousand. Here each row is a mapping with the table's
columns, so that a small story costs no more than it has rows; a large table is taken story by story. What counts and
what is chosen is told in ``latest.py``; a property test holds both against one another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

import numpy as np
import pandas as pd

from figures.reconcile.bounds import widened
from figures.reconcile.comparable import Knowledge, event_day, event_place, is_exact, ordinal, read_rules
from figures.reconcile.events import is_point
from figures.reconcile.judge import MOVING_DAYS
from figures.reconcile.latest import DATED, LATEST_COLUMNS, SAID, SERIES, answer_of, populations_of
from figures.table import flat

__all__ = ["Answers", "Row", "answers_of", "answers_of_table", "bounds_of", "records_of", "series_key"]

Row = dict[str, Any]

_SLOTS: Final = tuple(name for name in SERIES if name != "iso3")
_DAYS: Final = ("as_of", "period_start", "period_end")
_SHOWN: Final = tuple(name for name in LATEST_COLUMNS if name not in ("as_of", "value", "best", "low", "high"))
_NEVER: Final = datetime.max.replace(tzinfo=UTC)
# Rows that stand in memory as mappings at once, two kilobytes each.
_AT_ONCE: Final = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Answers as plain rows of ``LATEST_COLUMNS``, in the order of their series; the key of each; of each figure."""

    rows: list[Row]
    keys: list[int]
    series: dict[str, int]


def records_of(frame: pd.DataFrame) -> list[Row]:
    """The rows of a flat frame as mappings, None or NaN for nothing."""
    # Texts come out of Arrow many times faster as one array of objects than one by one.
    columns = [
        frame[name].tolist() if frame[name].dtype.kind in "fiubM" else frame[name].to_numpy(dtype=object).tolist()
        for name in frame.columns
    ]
    names = list(frame.columns)
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def answers_of_table(assigned: pd.DataFrame, knowledge: Knowledge) -> Answers:
    """The answers of all series of a table whose events and origins are final."""
    frame = flat(assigned)
    named = populations_of(frame[["metric", "population"]], knowledge)
    if len(frame) <= _AT_ONCE:
        return _sorted(_answers(records_of(frame), named, knowledge))
    story = frame.groupby(["metric", "event"], dropna=False, sort=False).ngroup().to_numpy()
    order = np.argsort(story, kind="stable")
    ends = np.flatnonzero(np.r_[story[order][1:] != story[order][:-1], True]) + 1
    found: list[tuple[Row, int, dict[str, int]]] = []
    at = 0
    while at < len(order):
        within = ends[(ends > at) & (ends <= at + _AT_ONCE)]
        upto = int(within[-1]) if len(within) else int(ends[np.searchsorted(ends, at, side="right")])
        found.extend(_answers(records_of(frame.take(order[at:upto])), named, knowledge))
        at = upto
    return _sorted(found)


def answers_of(rows: Sequence[Row], knowledge: Knowledge) -> Answers:
    """The answers of all series of some rows."""
    pairs = {(str(row["metric"]), row["population"]) for row in rows if _is_said(row["population"])}
    named = populations_of(pd.DataFrame(sorted(pairs), columns=["metric", "population"]), knowledge) if pairs else {}
    return _sorted(_answers(rows, named, knowledge))


def series_key(slots: Sequence[str | None]) -> int:
    """A number of 63 bits for a series, from the slots that name it."""
    text = "\x1f".join(one or "" for one in slots)
    return int(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(), 16) >> 1


def bounds_of(rows: Sequence[Row], knowledge: Knowledge) -> tuple[list[float], list[float]]:
    """The widened bounds of all rows, in base units, by one call."""
    metrics = {one: knowledge.metric(one) for one in {str(row["metric"]) for row in rows}}
    units = [row["unit"] if _is_said(row["unit"]) else metrics[row["metric"]].unit or "item" for row in rows]
    dimensions = {one: knowledge.dimension(one) for one in set(units)}
    signed = np.array([bool(metrics[row["metric"]].signed) for row in rows], dtype=bool)
    measured = np.array([bool(metrics[row["metric"]].measured) for row in rows], dtype=bool)
    value, low, high, precision = (
        np.array([_number(row[name]) for row in rows], dtype=float) for name in ("value", "low", "high", "precision")
    )
    low = np.where((low == -np.inf) & ~signed & ~measured, 0.0, low)
    precision = np.where(np.isnan(precision) | (precision == 0.0), 1.0, precision)
    exact = {text: is_exact(read_rules(text)) for text in {row["rules"] for row in rows}}
    words = np.array([row["comparator"] if _is_said(row["comparator"]) else "exact" for row in rows], dtype=object)
    lo, hi = widened(
        value, low, high, precision, words,
        percent=np.array([dimensions[one][0] == "percent" for one in units], dtype=bool), measured=measured,
        exact=np.array([exact[row["rules"]] for row in rows], dtype=bool),
    )  # fmt: skip
    factor = np.array([dimensions[one][1] for one in units], dtype=float)
    return (lo * factor).tolist(), (hi * factor).tolist()


def _sorted(found: Iterable[tuple[Row, int, dict[str, int]]]) -> Answers:
    series: dict[str, int] = {}
    answers: list[tuple[Row, int]] = []
    for answer, key, figures in found:
        series |= figures
        if answer:
            answers.append((answer, key))
    answers.sort(key=lambda one: tuple((one[0][name] is not None, one[0][name] or "") for name in SERIES))
    return Answers(rows=[one for one, _ in answers], keys=[key for _, key in answers], series=series)


def _answers(
    rows: Sequence[Row], named: Mapping[tuple[str, str], str | None], knowledge: Knowledge
) -> Iterator[tuple[Row, int, dict[str, int]]]:
    """Of each series its answer, empty where nothing in it is reported, its key and its figures."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    places: dict[tuple[str, str], str] = {}
    for row in rows:
        slots = _slots(row, named, places, knowledge)
        groups.setdefault(slots, []).append(row)
    voices = {slots: _voices(slots, some) for slots, some in groups.items()}
    every = [voice for some in voices.values() for voice in some]
    if every:
        for voice, lo, hi in zip(every, *bounds_of(every, knowledge), strict=True):
            voice["lo"], voice["hi"] = lo, hi
    for slots, some in groups.items():
        key = series_key(slots)
        answer = answer_of(voices[slots], knowledge) if voices[slots] else {}
        yield _shown(answer) if answer else {}, key, {row["figure_id"]: key for row in some}


def _slots(
    row: Row, named: Mapping[tuple[str, str], str | None], places: dict[tuple[str, str], str], knowledge: Knowledge
) -> tuple[Any, ...]:
    """The slots that name a row's series; see ``latest.series_of``."""
    metric, event, aspect = row["metric"], _said(row["event"]), _said(row["aspect"])
    population, place = _said(row["population"]), _said(row["place"])
    if population is not None:
        population = named.get((metric, population))
    if event is not None and place is not None:
        place = _folded(event, place, places, knowledge)
    if aspect in ("period", "stock"):
        begun = event_day(event)
        if aspect == "period":
            start = ordinal(row["period_start"])
            closed = event is not None and knowledge.incident(event)
            whole = begun is not None and start is not None and start <= begun + 1
            aspect = "cumulative" if closed or whole else aspect
        elif metric in knowledge.comparing.departed:
            day = ordinal(row["as_of"])
            young = day is not None and (begun is None or day - begun <= MOVING_DAYS)
            aspect = "cumulative" if young else aspect
    unit, party, role = _said(row["unit"]), _said(row["party"]), _said(row["place_role"])
    return metric, unit, event, population, party, place, role, aspect


def _folded(event: str, place: str, places: dict[tuple[str, str], str], knowledge: Knowledge) -> str:
    if (event, place) not in places:
        core = event_place(event) if is_point(event) else None
        same = core and place != core and knowledge.place(core, place) in ("same", "part")
        places[event, place] = core if core and same else place
    return places[event, place]


def _voices(slots: Sequence[Any], rows: Sequence[Row]) -> list[Row]:
    """One row a statement; see ``latest._voices``."""
    origins: dict[str, list[Row]] = {}
    for row in rows:
        if row["modality"] in SAID or row["modality"] == "superseded":
            origins.setdefault(_said(row["origin_group"]) or row["figure_id"], []).append(row)
    found: list[Row] = []
    for origin, some in origins.items():
        said = [row for row in some if row["modality"] in SAID]
        if not said:
            continue
        first = min(some, key=_age) if len(some) > 1 else some[0]
        dated = [row for row in some if _is_dated(row)]
        stated = min(dated, key=_age) if dated else None
        voice = min(said, key=_quality) if len(said) > 1 else said[0]
        begun = stated or first
        found.append(
            voice
            | dict(zip(_SLOTS, slots, strict=True))
            | {
                "said_place": voice["place"], "said_population": voice["population"], "origin": origin,
                "as_of": _as_day(begun["as_of"]), "as_of_basis": begun["as_of_basis"], "dated": stated is not None,
                "instant": _instant(first["published_at"]) or pd.NaT,
                "articles": len({row["article_id"] for row in some}),
            }
        )  # fmt: skip
    return sorted(found, key=lambda one: str(one["figure_id"]))


def _age(row: Row) -> tuple[Any, ...]:
    at = _instant(row["published_at"])
    return at or _NEVER, row["article_id"], row["field"], row["start"], row["figure_id"]


def _quality(row: Row) -> tuple[Any, ...]:
    source, precision = _said(row["source"]), _number(row["precision"])
    uncredited = source is None or (source == _said(row["outlet"]) and _said(row["source_mention"]) is None)
    rough = np.inf if precision != precision else precision
    return (uncredited, not _is_dated(row), row["comparator"] != "exact", rough, *_age(row))


def _is_dated(row: Row) -> bool:
    return row["as_of_basis"] in DATED and _as_day(row["as_of"]) is not None


def _instant(published: Any) -> datetime | None:
    if not isinstance(published, str):
        return None
    try:
        at = datetime.fromisoformat(published)
    except ValueError:
        known: Any = pd.to_datetime(published, errors="coerce", utc=True, format="ISO8601")
        return None if known is pd.NaT else known.to_pydatetime()
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _as_day(day: Any) -> datetime | None:
    """A day of a frame, of a database or of ours, at its beginning."""
    if isinstance(day, str):
        return datetime.fromisoformat(day)
    if isinstance(day, datetime):
        return None if day is pd.NaT else day
    return datetime.fromisoformat(day.isoformat()) if isinstance(day, date) else None


def _shown(answer: Row) -> Row:
    """An answer as a plain row: days as ISO text, numbers as floats, None for what is open."""
    row: Row = {name: answer[name] for name in LATEST_COLUMNS}
    row["as_of"] = None if row["as_of"] is None else row["as_of"].date().isoformat()
    for name in ("value", "best", "low", "high", "precision"):
        number = row[name]
        row[name] = float(number) if number is not None and np.isfinite(number) else None
    return row


def _is_said(value: Any) -> bool:
    return isinstance(value, str)


def _said(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: Any) -> float:
    return float("nan") if value is None else float(value)
