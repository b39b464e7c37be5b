"""The whole table at once: which pairs of figures are worth a judgement.

Columns become numbers (codes of slots, widened bounds, days); rows are sorted into blocks of one metric, dimension and
event, and a block whose highest low does not lie above its lowest high is done. Only inside the others are pairs
made, in windows of as_of and along each body, and thinned by what slots and dates can never be a conflict. No Python
runs per row or per series; per surviving pair it does (``judge``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from figures.reconcile.bounds import widened
from figures.reconcile.comparable import Claim, Knowledge, claim_of
from figures.reconcile.fewer import SPEAKERS, fewer_pairs, turns
from figures.reconcile.fewer import grouped as _grouped
from figures.reconcile.judge import FRESH_DAYS, OPPOSED_DAYS, STATEMENT_DAYS, Surroundings
from figures.table import flat

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Pairs = tuple[Whole, Whole]

# Up to here all pairs of a block are made; beyond, windows of days and runs of one source.
SMALL_BLOCK: Final = 256
# A headline run into the text, and the lead under it, fit in so many letters.
_OPENING: Final = 300
_MOST_DIGITS: Final = 12
# More than any ordinal of a day.
_DAYS: Final = np.int64(4_000_000)
# Pairs looked at in one go: enough to keep numpy busy, few enough to keep memory small.
_SLICE: Final = 2_000_000
# Two nominal numbers within five per cent of a power of ten apart: log10(1.05), with room for rounding.
_TENFOLD: Final = 0.0224
# A number of its own for each digit, so that the sum over a number's digits tells which digits it has, in any order.
_DIGIT_MARKS: Final = np.array([13**power for power in range(10)], dtype=np.int64)
_EMPTY: Final = np.empty(0, dtype=np.int64)


@dataclass(slots=True)
class Sheet:
    """The table as arrays, one entry a row, and the claims of the rows that were asked for."""

    frame: pd.DataFrame
    knowledge: Knowledge
    codes: dict[str, Whole]
    names: dict[str, npt.NDArray[Any]]
    lo: npt.NDArray[np.float64]
    hi: npt.NDArray[np.float64]
    value: npt.NDArray[np.float64]
    dimension: Whole
    day: Whole
    published: Whole
    eligible: Flags
    bound: Flags
    lead: Flags
    softened: dict[int, int] = field(default_factory=dict)
    named: dict[int, int] = field(default_factory=dict)
    body: Whole = field(default_factory=lambda: _EMPTY)
    last_said: Whole = field(default_factory=lambda: _EMPTY)
    closed: Flags = field(default_factory=lambda: np.empty(0, dtype=bool))
    _sides: tuple[Whole, Flags] | None = None
    _said: tuple[Whole, Whole, npt.NDArray[np.float64]] | None = None
    _turn: Whole | None = None
    _claims: dict[int, Claim] = field(default_factory=dict)
    _order: dict[str, tuple[Whole, Whole]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: pd.DataFrame, knowledge: Knowledge) -> Sheet:
        """Read the table's columns into arrays; the work is per distinct value, not per row."""
        frame = flat(table)
        codes: dict[str, Whole] = {}
        names: dict[str, npt.NDArray[Any]] = {}
        for name in (
            "metric", "unit", "event", "source", "outlet", "population", "party", "place", "place_role", "aspect",
            "modality", "article_id", "comparator", "field", "origin_group", "as_of_basis", "relayed_by",
            "source_relation",
        ):  # fmt: skip
            code, known = pd.factorize(frame[name]) if name in frame else (np.full(len(frame), -1), ())
            codes[name], names[name] = code.astype(np.int64), np.asarray(known, dtype=object)
        metrics = [knowledge.metric(str(one)) for one in names["metric"]]
        bound = _taken(codes["metric"], [bool(one.event_bound) for one in metrics])
        measured = _taken(codes["metric"], [bool(one.measured) for one in metrics])
        signed = _taken(codes["metric"], [bool(one.signed) or bool(one.measured) for one in metrics])
        dimensions = [knowledge.dimension(str(one)) for one in names["unit"]]
        kinds = sorted({kind for kind, _ in dimensions})
        dimension = (
            np.array([kinds.index(kind) for kind, _ in dimensions], dtype=np.int64)[codes["unit"]]
            if len(frame)
            else _EMPTY
        )
        factor = (
            np.array([one for _, one in dimensions], dtype=np.float64)[codes["unit"]] if len(frame) else np.empty(0)
        )
        percent = dimension == (kinds.index("percent") if "percent" in kinds else -1)
        value, low, high = (frame[name].to_numpy(dtype=np.float64) for name in ("value", "low", "high"))
        low = np.where(~np.isfinite(low) & ~signed, 0.0, low)
        lo, hi = widened(
            value, low, high, frame["precision"].to_numpy(dtype=np.float64), names["comparator"][codes["comparator"]]
            if len(frame) else np.empty(0, dtype=object),
            percent=percent, measured=measured, exact=_exact(frame["rules"]),
        )  # fmt: skip
        published = _days(pd.to_datetime(frame["published_at"].str.slice(0, 10), errors="coerce"))
        day = _days(frame["as_of"])
        undated = codes["as_of_basis"] == _code(names["as_of_basis"], "publication")
        day = np.where((day < 0) & undated, published, day)
        modality = names["modality"][codes["modality"]] if len(frame) else np.empty(0, dtype=object)
        eligible = np.isin(modality, ("reported", "estimated", "superseded", "planned", "projected")) & (lo <= hi)
        outlet = names["outlet"].tolist()
        own = {outlet.index(one): code for code, one in enumerate(names["source"].tolist()) if one in outlet}
        of_outlet = np.array([own.get(code, -2) for code in range(len(outlet))] + [-2], dtype=np.int64)
        uncredited = (codes["source"] == of_outlet[codes["outlet"]]) | (codes["source"] < 0)
        start = frame["start"].to_numpy(dtype=np.int64)
        lead = (codes["field"] == _code(names["field"], "title")) | (uncredited & (start < _OPENING))
        sheet = cls(
            frame=frame, knowledge=knowledge, codes=codes, names=names, lo=lo * factor, hi=hi * factor, value=value,
            dimension=dimension, day=day, published=published, eligible=eligible, bound=bound, lead=lead,
        ).with_bodies()  # fmt: skip
        sheet.body = _bodies(sheet)
        sheet.last_said = _last_said(sheet)
        sheet.closed = _closed(frame)
        return sheet

    def __len__(self) -> int:
        return len(self.frame)

    @property
    def turn(self) -> Whole:
        """For each row its place among those that make the very same statement, read once."""
        if self._turn is None:
            self._turn = turns(self)
        return self._turn

    def had_said(self, low: Whole, high: Whole) -> Flags:
        """Whether the body of the higher had a number clear of the lower one by the lower one's day."""
        if self._said is None:
            group = _grouped(self.codes["metric"], self.codes["event"], self.body)
            rows = np.flatnonzero((self.day >= 0) & self.eligible)
            rows = rows[np.lexsort((self.day[rows], group[rows]))]
            key = group[rows] * _DAYS + self.day[rows]
            most = self.lo[rows].copy()
            starts = np.r_[True, group[rows][1:] != group[rows][:-1]]
            run = np.cumsum(starts) - 1
            # A running maximum that starts anew with each group: ranks of the bounds, offset by the group.
            rank = np.unique(most, return_inverse=True)[1].astype(np.int64)
            width = np.int64(len(most) + 1)
            running = np.maximum.accumulate(run * width + rank) - run * width
            self._said = group, key, np.sort(np.unique(most))[running]
        group, key, most = self._said
        if not len(key):
            return np.zeros(len(low), dtype=bool)
        at = np.searchsorted(key, group[high] * _DAYS + self.day[low], side="right") - 1
        known = (at >= 0) & (key[np.maximum(at, 0)] // _DAYS == group[high])
        answer: Flags = known & (most[np.maximum(at, 0)] > self.hi[low])
        return answer

    def opposed(self, a: Whole, b: Whole) -> Flags:
        """Whether the sources of two rows speak for parties at war, or for the counted side and against it."""
        if self._sides is None:
            sides = [self.knowledge.side(str(one)) for one in self.names["source"]]
            known = list(dict.fromkeys(one for one in sides if one))
            code = np.array([known.index(one) if one else -1 for one in sides] + [-1], dtype=np.int64)
            ask = self.knowledge.lexicon.sources.opposed
            table = np.zeros((len(known) + 1, len(known) + 1), dtype=bool)
            table[: len(known), : len(known)] = [[ask(x, y) for y in known] for x in known] if known else False
            self._sides = code[self.codes["source"]], table
        side, table = self._sides
        relation, names = self.codes["source_relation"], self.names["source_relation"]
        own, opponent = (relation == _code(names, one) for one in ("own", "opponent"))
        answer: Flags = table[side[a], side[b]] | (own[a] & opponent[b]) | (opponent[a] & own[b])
        return answer

    def claim(self, row: int) -> Claim:
        """One row as a claim, read once; a softened lead has the bounds of its body, a bare one whom its body names."""
        if row not in self._claims:
            claim = claim_of(dict(zip(self.frame.columns, self.frame.iloc[row].tolist(), strict=True)), self.knowledge)
            counted = claim.population or (self.claim(self.named[row]).population if row in self.named else None)
            self._claims[row] = replace(claim, lo=float(self.lo[row]), hi=float(self.hi[row]), population=counted)
        return self._claims[row]

    def with_bodies(self) -> Sheet:
        """Give a bare number in a title or lead the bounds of the number with comparator that its body has.

        Where its body has the very number of a named group ("Thirty killed" … "thirty civilians were killed"), and of
        no other group, it counts that group.
        """
        exact = self.codes["comparator"] == _code(self.names["comparator"], "exact")
        opening = self.lead | (self.frame["start"].to_numpy(dtype=np.int64) < _OPENING)
        rows = np.flatnonzero(opening & exact & np.isfinite(self.value))
        articles = np.unique(self.codes["article_id"][opening & np.isfinite(self.value)])
        if not len(articles):
            return self
        bodies = np.flatnonzero(~exact & np.isfinite(self.value) & np.isin(self.codes["article_id"], articles))
        key = ("article_id", "metric", "unit")
        by_key: dict[tuple[Any, ...], int] = {}
        for row in bodies.tolist():
            by_key.setdefault((*(self.codes[one][row] for one in key), self.value[row]), row)
        for row in rows.tolist():
            body = by_key.get((*(self.codes[one][row] for one in key), self.value[row]))
            if body is not None:
                self.lo[row], self.hi[row] = min(self.lo[row], self.lo[body]), max(self.hi[row], self.hi[body])
                self.softened[row] = body
        lone = opening & (self.codes["population"] < 0) & np.isfinite(self.value)
        groups = np.flatnonzero(~lone & np.isfinite(self.value) & np.isin(self.codes["article_id"], articles))
        named: dict[tuple[Any, ...], set[int]] = {}
        for row in groups.tolist():
            named.setdefault((*(self.codes[one][row] for one in key), self.value[row]), set()).add(row)
        for row in np.flatnonzero(lone).tolist():
            found = named.get((*(self.codes[one][row] for one in key), self.value[row]), set())
            if len({self.codes["population"][one] for one in found} - {-1}) == 1:
                self.named[row] = min(one for one in found if self.codes["population"][one] >= 0)
        return self

    def rows_of(self, name: str, code: int) -> Whole:
        """The rows with one code in one column, by a sorted index that is built once a column."""
        if name not in self._order:
            order = np.argsort(self.codes[name], kind="stable").astype(np.int64)
            self._order[name] = (order, self.codes[name][order])
        order, sorted_codes = self._order[name]
        return order[np.searchsorted(sorted_codes, code) : np.searchsorted(sorted_codes, code, side="right")]

    def surroundings(self) -> Surroundings:
        """What lies around a pair, read from the sheet when it is asked for."""
        return Surroundings(by_source=_Sources(self), by_article=_Articles(self))  # type: ignore[arg-type]


class _Sources(Mapping[tuple[str, "str | None"], "list[Claim]"]):
    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._seen = sheet, dict[tuple[str, str | None], list[Claim]]()
        self._metric = {str(one): code for code, one in enumerate(sheet.names["metric"])}
        self._source = {one: code for code, one in enumerate(sheet.names["source"])}

    def __getitem__(self, key: tuple[str, str | None]) -> list[Claim]:
        if key not in self._seen:
            metric, source = key
            if metric not in self._metric or source not in self._source:
                raise KeyError(key)
            rows = self._sheet.rows_of("source", self._source[source])
            rows = rows[self._sheet.codes["metric"][rows] == self._metric[metric]]
            self._seen[key] = [self._sheet.claim(row) for row in rows.tolist()]
        return self._seen[key]

    def __iter__(self) -> Iterator[tuple[str, str | None]]:
        return iter(self._seen)

    def __len__(self) -> int:
        return len(self._seen)


class _Articles(Mapping[str, "list[Claim]"]):
    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._seen = sheet, dict[str, list[Claim]]()
        self._article = {str(one): code for code, one in enumerate(sheet.names["article_id"])}

    def __getitem__(self, key: str) -> list[Claim]:
        if key not in self._seen:
            rows = self._sheet.rows_of("article_id", self._article[key])
            self._seen[key] = [self._sheet.claim(row) for row in rows.tolist()]
        return self._seen[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._seen)

    def __len__(self) -> int:
        return len(self._seen)


def clashing_pairs(sheet: Sheet) -> Pairs:
    """Pairs of one block with disjoint bounds that a judgement may call a conflict, or not comparable."""
    rows = np.flatnonzero(sheet.eligible)
    if not len(rows):
        return _EMPTY, _EMPTY
    event = np.where(sheet.bound[rows], sheet.codes["event"][rows], -2)
    block = _grouped(sheet.codes["metric"][rows], sheet.dimension[rows], event)
    order = np.lexsort((sheet.day[rows], block))
    rows, block = rows[order], block[order]
    starts = np.flatnonzero(np.r_[True, block[1:] != block[:-1]])
    sizes = np.diff(np.r_[starts, len(rows)])
    above = np.maximum.reduceat(sheet.lo[rows], starts)
    below = np.minimum.reduceat(sheet.hi[rows], starts)
    open_blocks = np.flatnonzero((above > below) & (sizes > 1))
    small = open_blocks[sizes[open_blocks] <= SMALL_BLOCK]
    large = open_blocks[sizes[open_blocks] > SMALL_BLOCK].tolist()
    first, end = _runs(starts[small], sizes[small])
    runs = [(rows, first, end)]
    for at in large:
        crowd = rows[starts[at] : starts[at] + sizes[at]]
        runs.extend(_windows(sheet, crowd[sheet.turn[crowd] < SPEAKERS]))
    parts = [_worth(sheet, *pairs) for run in runs for pairs in _in_slices(*run)]
    return fewer_pairs(sheet, *_thinned(sheet, *_joined_up(parts)))


def whole_pairs(sheet: Sheet) -> Pairs:
    """Pairs of two metrics, one counted within the other (confirmed cases within cases), with the part above it."""
    known = [str(one) for one in sheet.names["metric"]]
    parts: list[Pairs] = []
    for part, name in enumerate(known):
        for whole, other in enumerate(known):
            if part == whole or sheet.knowledge.metric_relation(name, other) != "part":
                continue
            some, all_ = sheet.rows_of("metric", part), sheet.rows_of("metric", whole)
            some, all_ = some[sheet.eligible[some]], all_[sheet.eligible[all_]]
            parts.append(_joined(sheet, some, all_))
    if not parts:
        return _EMPTY, _EMPTY
    a, b = (np.concatenate([one[side] for one in parts]) for side in (0, 1))
    return fewer_pairs(sheet, *_thinned(sheet, a, b))


def swapped_pairs(sheet: Sheet) -> Pairs:
    """Pairs of one exact value of three or more significant digits under two metrics of one event and source."""
    value, code = sheet.value, sheet.codes
    rows = np.flatnonzero(sheet.eligible & np.isfinite(value) & (np.abs(value) >= 100))
    if not len(rows):
        return _EMPTY, _EMPTY
    value_code = np.unique(value[rows], return_inverse=True)[1].astype(np.int64)
    group = _grouped(value_code, code["event"][rows])
    order = np.lexsort((code["metric"][rows], group))
    rows, group = rows[order], group[order]
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    sizes = np.diff(np.r_[starts, len(rows)])
    metric = code["metric"][rows]
    mixed = (np.minimum.reduceat(metric, starts) != np.maximum.reduceat(metric, starts)) & (sizes <= SMALL_BLOCK)
    left, right = _all_pairs(starts[mixed], sizes[mixed])
    a, b = rows[left], rows[right]
    cited = (code["source"][a] == code["source"][b]) | (code["relayed_by"][a] >= 0) | (code["relayed_by"][b] >= 0)
    keep = (code["metric"][a] != code["metric"][b]) & cited
    a, b = a[keep], b[keep]
    akin = _asked(code["metric"][a], code["metric"][b], sheet.names["metric"], sheet.knowledge.akin)
    return fewer_pairs(sheet, a[~akin], b[~akin])


def transposed_pairs(sheet: Sheet) -> Pairs:
    """Pairs of one source and metric whose numbers have the same three or more digits in another order."""
    value, code = sheet.value, sheet.codes
    precision = sheet.frame["precision"].to_numpy(dtype=np.float64)
    place = np.where(np.isfinite(precision) & (precision >= 1.0), precision, 1.0)
    rows = np.flatnonzero(sheet.eligible & np.isfinite(value) & (value >= 100 * place) & (code["source"] >= 0))
    if not len(rows):
        return _EMPTY, _EMPTY
    significant = np.rint(value[rows] / place[rows])
    whole = significant < 10.0**_MOST_DIGITS
    rows, left = rows[whole], significant[whole].astype(np.int64)
    mark = np.zeros(len(rows), dtype=np.int64)
    for _ in range(_MOST_DIGITS):
        mark += np.where(left > 0, _DIGIT_MARKS[left % 10], 0)
        left //= 10
    group = _grouped(code["metric"][rows], code["source"][rows], mark)
    order = np.argsort(group, kind="stable")
    rows, group = rows[order], group[order]
    starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
    sizes = np.diff(np.r_[starts, len(rows)])
    few = (sizes > 1) & (sizes <= SMALL_BLOCK)
    one, other = _all_pairs(starts[few], sizes[few])
    a, b = rows[one], rows[other]
    near = (np.abs(sheet.published[a] - sheet.published[b]) <= STATEMENT_DAYS) | (sheet.day[a] == sheet.day[b])
    keep = (value[a] != value[b]) & (code["article_id"][a] != code["article_id"][b]) & near
    return fewer_pairs(sheet, a[keep], b[keep])


def lead_pairs(sheet: Sheet) -> Pairs:
    """Pairs of a title or opening and its own article's body, with one metric and dimension, and disjoint bounds."""
    rows = np.flatnonzero(sheet.lead & sheet.eligible)
    parts = []
    for row in rows.tolist():
        others = sheet.rows_of("article_id", int(sheet.codes["article_id"][row]))
        others = others[
            (sheet.codes["metric"][others] == sheet.codes["metric"][row])
            & (sheet.dimension[others] == sheet.dimension[row])
            & sheet.eligible[others]
            & ~sheet.lead[others]
            & ((sheet.lo[others] > sheet.hi[row]) | (sheet.hi[others] < sheet.lo[row]))
        ]
        parts.append((np.full(len(others), row, dtype=np.int64), others))
    if not parts:
        return _EMPTY, _EMPTY
    return np.concatenate([one for one, _ in parts]), np.concatenate([other for _, other in parts])


def _joined(sheet: Sheet, some: Whole, all_: Whole) -> Pairs:
    """Pairs across two sets of rows within one event, the first above the second and not later."""
    event, day = sheet.codes["event"], sheet.day
    some, all_ = some[event[some] >= 0], all_[event[all_] >= 0]
    if len(some) > SMALL_BLOCK and len(all_) > SMALL_BLOCK:
        some, all_ = some[sheet.turn[some] < SPEAKERS], all_[sheet.turn[all_] < SPEAKERS]
    if not len(some) or not len(all_):
        return _EMPTY, _EMPTY
    all_ = all_[np.argsort(event[all_], kind="stable")]
    begin = np.searchsorted(event[all_], event[some], side="left").astype(np.int64)
    counts = np.searchsorted(event[all_], event[some], side="right") - begin
    upto = np.cumsum(counts)
    parts: list[Pairs] = []
    at = 0
    while at < len(some):
        before = int(upto[at - 1]) if at else 0
        stop = max(int(np.searchsorted(upto, before + _SLICE, side="right")), at + 1)
        few = counts[at:stop]
        first = np.repeat(some[at:stop], few)
        offsets = np.arange(len(first), dtype=np.int64) - np.repeat(np.cumsum(few) - few, few)
        second = all_[np.repeat(begin[at:stop], few) + offsets]
        # A part that is later than its whole may well be larger.
        over = (sheet.lo[first] > sheet.hi[second]) & ((day[first] <= day[second]) | (day[second] < 0))
        parts.append((first[over], second[over]))
        at = stop
    return _joined_up(parts)


def _windows(sheet: Sheet, rows: Whole) -> list[tuple[Whole, Whole, Whole]]:
    """The runs of a large block: rows (sorted by day) within days of one another, and all along one body."""
    day, place = sheet.day[rows], np.arange(len(rows), dtype=np.int64)
    reach = np.searchsorted(day, day + OPPOSED_DAYS, side="right").astype(np.int64)
    order = np.lexsort((day, sheet.body[rows]))
    body = sheet.body[rows][order]
    end = np.searchsorted(body, body, side="right").astype(np.int64)
    return [(rows, place, reach), (rows[order], place, end)]


def _runs(starts: Whole, sizes: Whole) -> Pairs:
    """For each position of some runs the end of its run."""
    total = int(sizes.sum())
    offsets = np.arange(total, dtype=np.int64) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.repeat(starts, sizes) + offsets, np.repeat(starts + sizes, sizes)


def _in_slices(rows: Whole, first: Whole, end: Whole) -> Iterator[Pairs]:
    """For each i all j in (i, end[i]), as rows, a slice of bounded size at a time."""
    counts = np.maximum(end - first - 1, 0)
    upto = np.cumsum(counts)
    at = 0
    while at < len(first):
        before = int(upto[at - 1]) if at else 0
        stop = max(int(np.searchsorted(upto, before + _SLICE, side="right")), at + 1)
        some = counts[at:stop]
        a = np.repeat(first[at:stop], some)
        offsets = np.arange(int(some.sum()), dtype=np.int64) - np.repeat(np.cumsum(some) - some, some)
        yield rows[a], rows[a + 1 + offsets]
        at = stop


def _all_pairs(starts: Whole, sizes: Whole) -> Pairs:
    """All pairs of positions inside each run."""
    if not len(starts):
        return _EMPTY, _EMPTY
    first, end = _runs(starts, sizes)
    return _joined_up(list(_in_slices(np.arange(int(end.max()), dtype=np.int64), first, end)))


def _joined_up(parts: list[Pairs]) -> Pairs:
    if not parts:
        return _EMPTY, _EMPTY
    return np.concatenate([one for one, _ in parts]), np.concatenate([other for _, other in parts])


def _worth(sheet: Sheet, a: Whole, b: Whole) -> Pairs:
    """Pairs whose bounds exclude one another and whose dates leave room for more than an update.

    What is dropped here the pairwise judgement would call an update, or dates too far apart, whatever else it read: the
    higher number days later from another body that nobody opposes and that did not stand by its own, or from the same
    body and no power of ten above; the lower number long after another body's, about the same people and place.
    """
    a_lower, b_lower = sheet.hi[a] < sheet.lo[b], sheet.hi[b] < sheet.lo[a]
    keep = a_lower | b_lower
    a, b, a_lower = a[keep], b[keep], a_lower[keep]
    low, high = np.where(a_lower, a, b), np.where(a_lower, b, a)
    days = sheet.day[high] - sheet.day[low]
    dated = (sheet.day[high] >= 0) & (sheet.day[low] >= 0)
    alone = sheet.body[low] == sheet.body[high]
    with np.errstate(divide="ignore", invalid="ignore"):
        power = np.log10(sheet.value[high] / sheet.value[low])
        tenfold = (np.abs(power - np.rint(power)) < _TENFOLD) & (power > 0.5)
    stood_by = sheet.last_said[low] >= sheet.day[high]
    code = sheet.codes
    one_scope = (code["place"][low] == code["place"][high]) & (code["population"][low] == code["population"][high])
    # Of another body the higher number is an update from the next day on, unless that body had said so before.
    later = days > np.where(alone, STATEMENT_DAYS, 0)
    later &= alone | (days > FRESH_DAYS) | ~sheet.had_said(low, high)
    opposed = sheet.opposed(low, high) & (np.abs(days) <= OPPOSED_DAYS)
    earlier = ~alone & one_scope & (days < -1) & ~sheet.closed[low]
    drop = dated & ((later & ~tenfold & ~(stood_by & ~alone) & ~opposed) | (earlier & ~opposed))
    return a[~drop], b[~drop]


def _thinned(sheet: Sheet, a: Whole, b: Whole) -> Pairs:
    """Drop pairs that no judgement can call a conflict or incomparable: bounds meet, or a slot is surely another."""
    code = sheet.codes
    future = np.isin(sheet.names["modality"], ("planned", "projected"))[code["modality"]]
    keep = (future[a] == future[b]) & (~future[a] | (code["source"][a] == code["source"][b]))
    a, b = a[keep], b[keep]
    x, y = code["party"][a], code["party"][b]
    keep = (x == y) | (x < 0) | (y < 0)
    a, b = a[keep], b[keep]
    for name, ask in (("population", sheet.knowledge.population), ("place", sheet.knowledge.place)):
        keep = ~_disjoint(code[name][a], code[name][b], sheet.names[name], ask)
        a, b = a[keep], b[keep]
    swap = a > b
    a, b = np.where(swap, b, a), np.where(swap, a, b)
    if len(a):
        both = np.unique(a * np.int64(len(sheet)) + b)
        a, b = both // len(sheet), both % len(sheet)
    return a, b


def _disjoint(a: Whole, b: Whole, names: npt.NDArray[Any], ask: Any) -> Flags:
    """Where two codes name things that surely differ."""
    return _asked(a, b, names, lambda x, y: ask(x, y) == "disjoint")


def _asked(a: Whole, b: Whole, names: npt.NDArray[Any], ask: Any) -> Flags:
    """A question on two codes of one column, asked once for each distinct pair of names."""
    width = np.int64(len(names) + 1)
    pairs, back = np.unique((a + 1) * width + (b + 1), return_inverse=True)
    answers = np.empty(len(pairs), dtype=bool)
    for at, pair in enumerate(pairs.tolist()):
        x, y = pair // int(width) - 1, pair % int(width) - 1
        answers[at] = bool(ask(names[x] if x >= 0 else None, names[y] if y >= 0 else None))
    return answers[back] if len(pairs) else np.empty(0, dtype=bool)


def _bodies(sheet: Sheet) -> Whole:
    """A code for who answers for each row's number: the government for its head, else the source; -1 for nobody."""
    frame, knowledge = sheet.frame, sheet.knowledge
    source, names = sheet.codes["source"], sheet.names["source"]
    plain = [knowledge.body(str(one), None, None) or "" for one in names]
    mention, mentions = pd.factorize(frame["source_mention"]) if "source_mention" in frame else (source * 0 - 1, ())
    speaks = np.array([knowledge.says("head", str(one)) for one in mentions] + [False], dtype=bool)
    rows = np.flatnonzero(speaks[mention])
    numbers = {one: at for at, one in enumerate(dict.fromkeys(plain))}
    body = np.array([numbers[one] for one in plain] + [-1], dtype=np.int64)[source]
    place, places = sheet.codes["place"], sheet.names["place"]
    for row in rows[np.unique(_grouped(source[rows], mention[rows], place[rows]), return_index=True)[1]].tolist():
        same = rows[(source[rows] == source[row]) & (mention[rows] == mention[row]) & (place[rows] == place[row])]
        named = knowledge.body(
            str(names[source[row]]) if source[row] >= 0 else None, str(mentions[mention[row]]),
            str(places[place[row]]) if place[row] >= 0 else None,
        )  # fmt: skip
        body[same] = numbers.setdefault(named or "", len(numbers))
    return body


def _last_said(sheet: Sheet) -> Whole:
    """The last day on which a row's body gave the row's very number of that metric and event."""
    code = sheet.codes
    value = np.unique(np.nan_to_num(sheet.value, nan=-1.0), return_inverse=True)[1].astype(np.int64)
    group = _grouped(code["metric"], code["event"], sheet.body, value)
    last = np.full(int(group.max(initial=0)) + 1, -1, dtype=np.int64)
    np.maximum.at(last, group, sheet.day)
    return last[group]


def _closed(frame: pd.DataFrame) -> Flags:
    """Whether a row covers a closed period of its own."""
    if "period_start" not in frame or "period_end" not in frame:
        return np.zeros(len(frame), dtype=bool)
    closed: Flags = (frame["period_start"].notna() & frame["period_end"].notna()).to_numpy(dtype=bool)
    return closed


def _taken(codes: Whole, flags: list[bool]) -> Flags:
    return np.array(flags, dtype=bool)[codes] if flags else np.zeros(len(codes), dtype=bool)


def _code(names: npt.NDArray[Any], wanted: str) -> int:
    found = np.flatnonzero(names == wanted)
    return int(found[0]) if len(found) else -9


def _days(column: pd.Series[Any]) -> Whole:
    """Day numbers as ``date.toordinal`` counts them, −1 for none."""
    stamps = column.to_numpy(dtype="datetime64[D]").astype(np.int64)
    return np.where(column.isna().to_numpy(), -1, stamps + 719_163)


def _exact(rules: pd.Series[Any]) -> Flags:
    """Where the words made a round number exact."""
    return (
        (rules.str.contains('"exact"', regex=False) | rules.str.contains('"rounded"', regex=False))
        .fillna(False)
        .to_numpy(dtype=bool)
    )
