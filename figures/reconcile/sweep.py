"""The whole table at once: which pairs of figures are worth a judgement.

Rows are sorted into blocks of one metric, dimension and event, and a block whose highest low does not lie above its
lowest high is done. Only inside the others are pairs made: all of a small block, of a large one those in reach of one
another (``crowds``). Pairs are thinned by what slots and dates can never be a conflict. No Python runs per row or per
series; per surviving pair it does (``judge``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from figures.reconcile.crowds import NEARLY_TENFOLD, crowded_ranges
from figures.reconcile.fewer import fewer_pairs, speakers, telling_pairs
from figures.reconcile.groups import Booleans, Integers, distinct, grouped, runs, stretches
from figures.reconcile.judge import FRESH_DAYS, OPPOSED_DAYS, STATEMENT_DAYS
from figures.reconcile.sheet import DAYS, Sheet

__all__ = ["Sheet", "clashing_pairs", "lead_pairs", "swapped_pairs", "transposed_pairs", "whole_pairs"]

Pairs = tuple[Integers, Integers]

# Up to here all pairs of a block are made; beyond, windows of days and runs of one source.
SMALL_BLOCK: Final = 256
_MOST_DIGITS: Final = 12
# Pairs looked at in one go: enough to keep numpy busy, few enough to stay in the processor's cache.
_SLICE: Final = 500_000
# Surviving pairs held before the crowded blocks among them are reduced.
_HELD: Final = 4_000_000
# Two nominal numbers within five per cent of a power of ten apart: log10(1.05), with room for rounding.
_TENFOLD: Final = 0.0224
# A number of its own for each digit (1 for a zero), so that the sum over a number's digits tells which digits it has,
# in any order; of all numbers of three digits, leading zeros and all: twelve digits are four look-ups.
_THOUSAND_MARKS: Final = np.array(
    [sum(13 ** int(digit) for digit in f"{number:03}") for number in range(1000)], dtype=np.int64
)
# Two dated numbers of one body further apart are no one statement, whatever companions they have (see ``judge``).
_COMPANION_DAYS: Final = 2
# Of what surely cannot be compared a reader is shown two hundred.
_MOST_NOTED: Final = 2_000
# Where the first sentence of a text ends at the latest, but for few.
_FIRST_SENTENCE: Final = 300
_EMPTY: Final = np.empty(0, dtype=np.int64)


def clashing_pairs(sheet: Sheet) -> Pairs:
    """Pairs of one block with disjoint bounds that a judgement may call a conflict, or not comparable."""
    rows = np.flatnonzero(sheet.eligible)
    event = np.where(sheet.bound[rows], sheet.codes["event"][rows], -2)
    block = grouped(sheet.codes["metric"][rows], sheet.dimension[rows], event)
    rows, block = _open(sheet, rows, block)
    if not len(rows):
        return _EMPTY, _EMPTY
    order = np.argsort(block * DAYS + sheet.day[rows] + 1, kind="stable")
    rows, block = rows[order], block[order]
    starts, sizes = runs(block)
    small = sizes <= SMALL_BLOCK
    held = _Held(sheet, once=True)
    first, end = _positions(starts[small], sizes[small])
    held.add(rows, first, first + 1, end)
    crowd = np.flatnonzero(~np.repeat(small, sizes))
    if len(crowd):
        rows, block = rows[crowd], block[crowd]
        chosen = speakers(sheet, rows, block)
        rows, block = rows[chosen], block[chosen]
        for ordered, one, begin, end, both in crowded_ranges(sheet, rows, block):
            held.add(ordered, one, begin, end, both)
    return fewer_pairs(sheet, *_few_noted(sheet, *_once(sheet, *held.pairs())))


def whole_pairs(sheet: Sheet) -> Pairs:
    """Pairs of two metrics, one counted within the other (confirmed cases within cases), with the part above it."""
    number = {str(one): code for code, one in enumerate(sheet.names["metric"])}
    held = _Held(sheet)
    for name, part in number.items():
        for other in sorted(sheet.knowledge.wholes(name)):
            if other not in number:
                continue
            some, all_ = (
                rows[sheet.eligible[rows] & (sheet.codes["event"][rows] >= 0)]
                for rows in (sheet.rows_of("metric", part), sheet.rows_of("metric", number[other]))
            )
            _join(sheet, some, all_, held)
    return fewer_pairs(sheet, *held.pairs())


def swapped_pairs(sheet: Sheet) -> Pairs:
    """Pairs of one exact value of three or more significant digits under two metrics of one event and source."""
    value, code = sheet.value, sheet.codes
    place = sheet.frame["precision"].to_numpy(dtype=np.float64)
    place = np.where(np.isfinite(place) & (place > 0.0), place, 1.0)
    telling = (np.abs(value) >= 100) & ((place < 1.0) | (np.rint(np.abs(value) / place) >= 100))
    rows = np.flatnonzero(sheet.eligible & np.isfinite(value) & telling)
    if not len(rows):
        return _EMPTY, _EMPTY
    rows, group = _shared(rows, grouped(distinct(value[rows].view(np.int64))[1], code["event"][rows]))
    metric = code["metric"][rows]
    starts, sizes = runs(group)
    if not len(starts):
        return _EMPTY, _EMPTY
    mixed = (np.minimum.reduceat(metric, starts) != np.maximum.reduceat(metric, starts)) & (sizes <= SMALL_BLOCK)
    left, right = _all_pairs(starts[mixed], sizes[mixed])
    a, b = rows[left], rows[right]
    cited = (code["source"][a] == code["source"][b]) | (code["relayed_by"][a] >= 0) | (code["relayed_by"][b] >= 0)
    keep = (code["metric"][a] != code["metric"][b]) & cited
    a, b = a[keep], b[keep]
    nested = _asked(
        code["metric"][a], code["metric"][b], sheet.names["metric"],
        lambda x, y: sheet.knowledge.metric_relation(x, y) != "disjoint",
    )  # fmt: skip
    return fewer_pairs(sheet, *_ordered(sheet, a[~nested], b[~nested]))


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
    number, back = distinct(left)
    mark = _marks(number)[back]
    rows, group = _of_two_values(sheet, rows, grouped(code["metric"][rows], code["source"][rows], mark))
    # One statement reaches papers within days, or is of one day: two windows over each group, of rows that share an
    # event or a place; and a row that lacks either over all of it.
    held: list[Pairs] = []
    for slot in ("event", "place"):
        told = np.flatnonzero(code[slot][rows] >= 0)
        some, shared = _of_two_values(sheet, rows[told], grouped(group[told], code[slot][rows[told]]))
        for day, reach in ((sheet.published, STATEMENT_DAYS), (sheet.day, 0)):
            held.extend(_other_digits(sheet, some, shared * DAYS + day[some] + 1, reach))
    lacking = (code["event"][rows] < 0) | (code["place"][rows] < 0)
    if lacking.any():
        for day, reach in ((sheet.published, STATEMENT_DAYS), (sheet.day, 0)):
            held.extend(_other_digits(sheet, rows, group * DAYS + day[rows] + 1, reach, lacking))
    a, b = _joined_up(held)
    near = (np.abs(sheet.published[a] - sheet.published[b]) <= STATEMENT_DAYS) | (sheet.day[a] == sheet.day[b])
    # Three digits agree by chance too often for two events to be meant as one.
    event = np.where(sheet.bound, code["event"], -1)
    telling = value[a] >= 1000 * np.maximum(place[a], place[b])
    near &= telling | (event[a] == event[b]) | (event[a] < 0) | (event[b] < 0)
    elsewhere = (event[a] != event[b]) & (event[a] >= 0) & (event[b] >= 0)
    elsewhere &= (code["place"][a] != code["place"][b]) & (code["place"][a] >= 0) & (code["place"][b] >= 0)
    near &= ~elsewhere
    near &= ~sheet.dated[a] | ~sheet.dated[b] | (sheet.day[a] == sheet.day[b])
    return fewer_pairs(sheet, *_ordered(sheet, a[near], b[near]))


def _of_two_values(sheet: Sheet, rows: Integers, group: Integers) -> Pairs:
    """The rows whose group has two numbers or more."""
    value = sheet.value[rows]
    one = np.empty(int(group.max(initial=0)) + 1)
    one[group] = value
    mixed = np.zeros(len(one), dtype=bool)
    mixed[group[value != one[group]]] = True
    some = np.flatnonzero(mixed[group])
    return rows[some], group[some]


def _other_digits(
    sheet: Sheet, rows: Integers, key: Integers, reach: int, lacking: Booleans | None = None
) -> Iterator[Pairs]:
    """Pairs of rows whose keys are no more than ``reach`` apart, with two numbers in two articles.

    Of ``lacking`` rows one is in each pair.
    """
    order = np.argsort(key, kind="stable")
    rows, key = rows[order], key[order]
    end = np.searchsorted(key, key + reach, side="right")
    first = np.arange(len(key), dtype=np.int64) + 1
    value, article = sheet.value, sheet.codes["article_id"]
    for one, other in _in_slices(first, np.minimum(end, first + SMALL_BLOCK)):
        a, b = rows[one], rows[other]
        keep = (value[a] != value[b]) & (article[a] != article[b])
        if lacking is not None:
            keep &= lacking[order[one]] | lacking[order[other]]
        yield a[keep], b[keep]


def _marks(number: Integers) -> Integers:
    """For each number a code of which digits it has, in whatever order."""
    mark, left = np.zeros(len(number), dtype=np.int64), number.copy()
    while left.any():
        # Leading zeros are no digits: they are taken off again below.
        mark += np.where(left > 0, _THOUSAND_MARKS[left % 1000], 0)
        left //= 1000
    length = np.where(number > 0, np.floor(np.log10(np.maximum(number, 1))) + 1, 0).astype(np.int64)
    length += (10**length <= number).astype(np.int64) - (10 ** np.maximum(length - 1, 0) > number).astype(np.int64)
    marked: Integers = mark - (-length % 3)
    return marked


def lead_pairs(sheet: Sheet) -> Pairs:
    """Pairs of a title or opening and its own article's body, with one metric and dimension, and disjoint bounds."""
    rows = np.flatnonzero(sheet.eligible)
    if not len(rows):
        return _EMPTY, _EMPTY
    # "3 million animals hit" over "3 billion animals killed": two names may count one noun.
    families = [sheet.knowledge.family(str(one)) for one in sheet.names["metric"]]
    number = {one: at for at, one in enumerate(dict.fromkeys(families))}
    family = np.array([number[one] for one in families], dtype=np.int64)[sheet.codes["metric"][rows]]
    group = grouped(sheet.codes["article_id"][rows], family, sheet.dimension[rows])
    rows, group = _shared(rows, group)
    # Whether its sentence is the first is for the judgement to say.
    lead = sheet.lead[rows] | (sheet.frame["start"].to_numpy(dtype=np.int64)[rows] < _FIRST_SENTENCE)
    begin, end = (np.searchsorted(group, group[lead], side=side) for side in ("left", "right"))
    one, other = stretches(begin.astype(np.int64), end.astype(np.int64))
    a, b = rows[lead][one], rows[other]
    clash = (sheet.lo[b] > sheet.hi[a]) | (sheet.hi[b] < sheet.lo[a])
    return a[clash], b[clash]


class _Hand:
    """Columns in the order of some sorted rows: what stands side by side there is found side by side in memory."""

    __slots__ = ("body", "day", "firm", "hi", "last_said", "lo", "once", "partial", "rows", "value")

    def __init__(self, sheet: Sheet, rows: Integers) -> None:
        self.rows = rows
        self.lo, self.hi, self.value = sheet.lo.take(rows), sheet.hi.take(rows), sheet.value.take(rows)
        self.day, self.body = sheet.day.take(rows), sheet.body.take(rows)
        self.last_said, self.once = sheet.last_said.take(rows), sheet.once.take(rows)
        self.firm: Booleans = (sheet.dated & sheet.bound).take(rows)
        self.partial = sheet.partial(rows)


class _Held:
    """Pairs that survived so far.

    Where they become very many, what cannot be compared is kept once (if ``once``), of crowded blocks what is telling.
    """

    def __init__(self, sheet: Sheet, *, once: bool = False) -> None:
        self._sheet, self._once = sheet, once
        self._parts: list[Pairs] = []
        self._count, self._room = 0, _HELD

    def add(
        self, rows: Integers, one: Integers, begin: Integers, end: Integers, both: Callable[..., Booleans] | None = None
    ) -> None:
        """For each position in ``one`` all positions from ``begin`` to before ``end``, as rows; ``both`` chooses."""
        hand = _Hand(self._sheet, rows)
        for which, other in _in_slices(begin, end):
            mine = one.take(which)
            if both is not None:
                chosen = both(rows.take(mine), rows.take(other))
                mine, other = mine[chosen], other[chosen]
            self.take(*_worth(self._sheet, hand, mine, other))

    def take(self, a: Integers, b: Integers) -> None:
        """Keep pairs that may matter."""
        a, b = _thinned(self._sheet, a, b)
        if len(a):
            self._parts.append((a, b))
            self._count += len(a)
        if self._count > self._room:
            a, b = _ordered(self._sheet, *_joined_up(self._parts))
            if self._once:
                a, b = _once(self._sheet, a, b)
            if len(a) > _HELD // 2:
                a, b = telling_pairs(self._sheet, a, b)
            self._parts, self._count = [(a, b)], len(a)
            self._room = max(_HELD, 2 * self._count)

    def pairs(self) -> Pairs:
        """Each pair once, the earlier row first, in the order of the table."""
        return _ordered(self._sheet, *_joined_up(self._parts))


def _open(sheet: Sheet, rows: Integers, block: Integers) -> Pairs:
    """The rows of blocks in which two statements exclude one another."""
    count = int(block.max(initial=0)) + 1
    above, below = np.full(count, -np.inf), np.full(count, np.inf)
    np.maximum.at(above, block, sheet.lo[rows])
    np.minimum.at(below, block, sheet.hi[rows])
    apart = (above > below)[block]
    return rows[apart], block[apart]


def _shared(rows: Integers, group: Integers) -> Pairs:
    """The rows whose group has two rows or more, sorted by group."""
    twice = np.flatnonzero(np.bincount(group)[group] > 1)
    order = np.argsort(group[twice], kind="stable")
    return rows[twice][order], group[twice][order]


def _join(sheet: Sheet, some: Integers, all_: Integers, held: _Held) -> None:
    """Pairs across two sets of rows within one event, the first above the second and not later."""
    event, day = sheet.codes["event"], sheet.day
    if not len(some) or not len(all_):
        return
    # Only events in which any part lies above any whole, and there only the rows that do.
    count = len(sheet.names["event"])
    above, below = np.full(count, -np.inf), np.full(count, np.inf)
    np.maximum.at(above, event[some], sheet.lo[some])
    np.minimum.at(below, event[all_], sheet.hi[all_])
    some, all_ = some[sheet.lo[some] > below[event[some]]], all_[sheet.hi[all_] < above[event[all_]]]
    crowd = np.bincount(event[some], minlength=count) * np.bincount(event[all_], minlength=count) > SMALL_BLOCK**2
    some, all_ = (_spoken(sheet, rows, crowd[event[rows]]) for rows in (some, all_))
    all_ = all_[np.argsort(event[all_], kind="stable")]
    begin, end = (np.searchsorted(event[all_], event[some], side=side) for side in ("left", "right"))
    for which, other in _in_slices(begin.astype(np.int64), end.astype(np.int64)):
        first, second = some[which], all_[other]
        # A part that is later than its whole may well be larger.
        over = (sheet.lo[first] > sheet.hi[second]) & ((day[first] <= day[second]) | (day[second] < 0))
        held.take(first[over], second[over])


def _spoken(sheet: Sheet, rows: Integers, crowd: Booleans) -> Integers:
    """All rows outside crowds, and of a crowd those that speak for it."""
    some = np.flatnonzero(crowd)
    if not len(some):
        return rows
    keep = np.ones(len(rows), dtype=bool)
    keep[some] = speakers(sheet, rows[some], grouped(sheet.codes["event"][rows[some]]))
    return rows[keep]


def _positions(starts: Integers, sizes: Integers) -> Pairs:
    """Each position of some runs, and the end of its run."""
    which, position = stretches(starts, starts + sizes)
    return position, (starts + sizes)[which]


def _in_slices(begin: Integers, end: Integers) -> Iterator[Pairs]:
    """For each range its number beside each of its positions, a slice of bounded size at a time."""
    counts = np.maximum(end - begin, 0)
    upto = np.cumsum(counts)
    at = 0
    while at < len(begin):
        before = int(upto[at - 1]) if at else 0
        stop = max(int(np.searchsorted(upto, before + _SLICE, side="right")), at + 1)
        which, position = stretches(begin[at:stop], end[at:stop])
        if len(which):
            yield which + at, position
        at = stop


def _all_pairs(starts: Integers, sizes: Integers) -> Pairs:
    """All pairs of positions inside each run."""
    position, end = _positions(starts, sizes)
    which, other = stretches(position + 1, end)
    return position[which], other


def _joined_up(parts: list[Pairs]) -> Pairs:
    if not parts:
        return _EMPTY, _EMPTY
    return np.concatenate([one for one, _ in parts]), np.concatenate([other for _, other in parts])


def _ordered(sheet: Sheet, a: Integers, b: Integers) -> Pairs:
    """Each pair once, the smaller row first, sorted."""
    if not len(a):
        return a, b
    key = np.sort(np.minimum(a, b) * np.int64(len(sheet)) + np.maximum(a, b))
    key = key[np.r_[True, key[1:] != key[:-1]]]
    return key // len(sheet), key % len(sheet)


def _worth(sheet: Sheet, hand: _Hand, a: Integers, b: Integers) -> Pairs:
    """Of pairs of positions the rows whose bounds exclude one another, and whose dates allow more than an update.

    What is dropped here the pairwise judgement would call an update, or dates too far apart, whatever else it read: the
    higher number days later from another body that nobody opposes and that did not stand by its own, or from the same
    body and no power of ten above; the lower number long after another body's, about the same people and place.
    """
    a_lower = hand.hi.take(a) < hand.lo.take(b)
    apart = np.flatnonzero(a_lower | (hand.hi.take(b) < hand.lo.take(a)))
    a, b, a_lower = a.take(apart), b.take(apart), a_lower.take(apart)
    low, high = np.where(a_lower, a, b), np.where(a_lower, b, a)
    keep = np.ones(len(a), dtype=bool)
    # Cheap questions first: most pairs are updates, days apart.
    day_low, day_high = hand.day.take(low), hand.day.take(high)
    days = day_high - day_low
    alone = hand.body.take(low) == hand.body.take(high)
    near = np.where(alone & ~(hand.firm.take(low) & hand.firm.take(high)), STATEMENT_DAYS, 0)
    some = np.flatnonzero((day_high >= 0) & (day_low >= 0) & ((days > near) | (days < -1)))
    keep[some] = _in_reach(sheet, hand, low.take(some), high.take(some), days.take(some), alone.take(some))
    return hand.rows.take(a[keep]), hand.rows.take(b[keep])


def _in_reach(sheet: Sheet, hand: _Hand, low: Integers, high: Integers, days: Integers, alone: Booleans) -> Booleans:
    """Of pairs of two days whether they may be more than an update all the same; each question of those still open.

    ``low`` and ``high`` are positions in the hand. Of ten million rows a column is more than the processor's cache.
    """
    code, rows = sheet.codes, hand.rows
    # A number that is settled by its occasion does not grow, whenever it is told.
    keep = hand.once.take(low)
    ask = np.flatnonzero((np.abs(days) <= OPPOSED_DAYS) & ~keep)
    ask = ask.take(np.flatnonzero(hand.partial.take(low.take(ask)) & hand.partial.take(high.take(ask))))
    keep[ask] = sheet.opposed(rows.take(low.take(ask)), rows.take(high.take(ask)))
    later = days > 0
    # Of another body the higher number is an update from the next day on, unless that body had said so before.
    ask = np.flatnonzero(later & ~alone & ~keep)
    keep[ask] = hand.last_said.take(low.take(ask)) >= hand.day.take(high.take(ask))
    ask = np.flatnonzero(later & ~alone & (days <= FRESH_DAYS) & ~keep)
    keep[ask] = sheet.had_said(rows.take(low.take(ask)), rows.take(high.take(ask)))
    # Of one body it is an update, too, unless both articles have another of its numbers alike.
    ask = np.flatnonzero(later & alone & (days <= _COMPANION_DAYS) & ~keep)
    keep[ask] = sheet.in_company(rows.take(low.take(ask)), rows.take(high.take(ask)))
    ask = np.flatnonzero(later & ~keep)
    less, more = hand.value.take(low.take(ask)), hand.value.take(high.take(ask))
    some = np.flatnonzero((less > 0.0) & (more > NEARLY_TENFOLD * less))
    with np.errstate(invalid="ignore"):
        power = np.log10(more.take(some) / less.take(some))
        keep[ask.take(some)] = np.abs(power - np.rint(power)) < _TENFOLD
    # Weeks later a paper may quote the statement of then with its digits in another order: the same rest by nine.
    at = np.flatnonzero(alone.take(ask))
    ask, less, more = ask.take(at), less.take(at), more.take(at)
    some = np.flatnonzero((less >= 10.0) & (more < 10.0 * less) & (more < 10.0**_MOST_DIGITS))
    less, more = less.take(some), more.take(some)
    turned = np.flatnonzero((np.mod(more - less, 9.0) == 0.0) & (less == np.rint(less)))
    before, after = (_marks(one.take(turned).astype(np.int64)) for one in (less, more))
    keep[ask.take(some.take(turned))] |= before == after
    ask = np.flatnonzero(~later & ~keep)
    one, other = rows.take(low.take(ask)), rows.take(high.take(ask))
    one_scope = (code["place"].take(one) == code["place"].take(other)) & (
        code["population"].take(one) == code["population"].take(other)
    )
    within = code["article_id"].take(one) == code["article_id"].take(other)
    keep[ask] = alone.take(ask) | ~one_scope | sheet.closed.take(one) | within
    return keep


def _thinned(sheet: Sheet, a: Integers, b: Integers) -> Pairs:
    """Drop pairs that no judgement can call a conflict or incomparable: a slot is surely another."""
    code = sheet.codes
    names = sheet.names["modality"]
    plans, old = (
        np.array([*(one in some for one in names), False]) for some in (("planned", "projected"), ("superseded",))
    )
    if plans.any():
        one, other = (plans[code["modality"][rows]] for rows in (a, b))
        keep = (one == other) & (~one | (code["source"][a] == code["source"][b]))
        a, b = a[keep], b[keep]
    if old.any():
        # A number that its text calls old is held against others of its own stated day alone.
        one_day = sheet.dated[a] & sheet.dated[b] & (sheet.day[a] == sheet.day[b])
        late = old[code["modality"][a]] | old[code["modality"][b]]
        keep = ~late | (one_day & (code["article_id"][a] != code["article_id"][b]))
        a, b = a[keep], b[keep]
    x, y = code["party"][a], code["party"][b]
    keep = (x == y) | (x < 0) | (y < 0)
    a, b = a[keep], b[keep]
    for name, ask in (("population", sheet.knowledge.population), ("place", sheet.knowledge.place)):
        x, y = code[name][a], code[name][b]
        other = np.flatnonzero(x != y)
        if len(other):
            keep = np.ones(len(a), dtype=bool)
            keep[other] = ~_disjoint(x[other], y[other], sheet.names[name], ask)
            a, b = a[keep], b[keep]
    return a, b


def _once(sheet: Sheet, a: Integers, b: Integers) -> Pairs:
    """Of sorted pairs that surely end as "could not compare", one for each two series and sources, the first.

    Surely so are figures of two articles of which one counts a named group and the other does not say whom: no
    judgement makes a conflict of them. Of pieces first and of their union then gives what of the union at once does.
    """
    some, told, pair = _incomparable(sheet, a, b)
    if not len(some):
        return a, b
    keep = np.ones(len(a), dtype=bool)
    keep[some] = False
    keep[told[np.unique(pair, return_index=True)[1]]] = True
    return a[keep], b[keep]


def _few_noted(sheet: Sheet, a: Integers, b: Integers) -> Pairs:
    """Of pairs that surely end as "could not compare", where they are very many, one for each story."""
    some, told, _ = _incomparable(sheet, a, b)
    if len(told) <= _MOST_NOTED:
        return a, b
    keep = np.ones(len(a), dtype=bool)
    keep[some] = False
    story = grouped(sheet.codes["metric"][a[told]], sheet.codes["event"][a[told]])
    keep[np.sort(told[np.unique(story, return_index=True)[1]])[:_MOST_NOTED]] = True
    return a[keep], b[keep]


def _incomparable(sheet: Sheet, a: Integers, b: Integers) -> tuple[Integers, Integers, Integers]:
    """Positions of pairs that surely end as "could not compare"; those worth telling; and the two series of each."""
    code = sheet.codes
    x, y = code["population"][a], code["population"][b]
    asked = ((x < 0) != (y < 0)) & (code["party"][a] < 0) & (code["party"][b] < 0)
    asked &= code["article_id"][a] != code["article_id"][b]
    some = np.flatnonzero(asked)
    x, y, metric = x[some], y[some], code["metric"][a[some]]
    # Marchers among protesters are no other group than people.
    group = np.maximum(x, y)
    meant = [
        (at, np.flatnonzero(np.isin(sheet.names["population"].astype(str), sorted(roles))))
        for at, name in enumerate(sheet.names["metric"] if len(some) else ())
        if (roles := sheet.knowledge.comparing.roles.get(str(name), frozenset()))
    ]
    for at, role in meant:
        same = np.isin(group, role) & (metric == at)
        some, x, y, metric, group = (one[~same] for one in (some, x, y, metric, group))
    if not len(some):
        return _EMPTY, _EMPTY, _EMPTY
    some = some[_asked(x, y, sheet.names["population"], lambda p, q: sheet.knowledge.population(p, q) == "unknown")]
    one, other = a[some], b[some]
    days = np.abs(sheet.day[one] - sheet.day[other])
    told = (code["source"][one] != code["source"][other]) & (
        (days <= 1) | (sheet.day[one] < 0) | (sheet.day[other] < 0)
    )
    one, other = one[told], other[told]
    slots = ("metric", "event", "source", "population", "place", "aspect")
    rows = np.r_[one, other]
    ends = grouped(*(code[slot][rows] for slot in slots), (sheet.day[rows] >= 0).astype(np.int64))
    left, right = ends[: len(one)], ends[len(one) :]
    return some, some[told], grouped(np.minimum(left, right), np.maximum(left, right))


def _disjoint(a: Integers, b: Integers, names: npt.NDArray[Any], ask: Any) -> Booleans:
    """Where two codes name things that surely differ."""
    return _asked(a, b, names, lambda x, y: ask(x, y) == "disjoint")


def _asked(a: Integers, b: Integers, names: npt.NDArray[Any], ask: Any) -> Booleans:
    """A question on two codes of one column, asked once for each distinct pair of names."""
    width = len(names) + 1
    pairs, back = distinct((a + 1) * np.int64(width) + (b + 1))
    answers = np.empty(len(pairs), dtype=bool)
    for at, pair in enumerate(pairs.tolist()):
        x, y = pair // width - 1, pair % width - 1
        answers[at] = bool(ask(names[x] if x >= 0 else None, names[y] if y >= 0 else None))
    return answers[back] if len(pairs) else np.empty(0, dtype=bool)
