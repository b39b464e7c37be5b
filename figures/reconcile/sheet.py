"""The table as arrays: codes of slots, widened bounds, days; and claims of the few rows that are asked for.

Work is done per column and per distinct value, never per row; a claim, with its sentence and rules, is made only for a
row that a judgement needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from figures.reconcile.bounds import widened
from figures.reconcile.comparable import Claim, Knowledge, claim_of
from figures.reconcile.groups import Booleans, Integers, Reals, components, grouped, stretches
from figures.reconcile.judge import Surroundings
from figures.table import flat

__all__ = ["DAYS", "Sheet", "code_of", "running", "taken"]

# A headline run into the text, and the lead under it, fit in so many letters.
_OPENING: Final = 300
_DATED: Final = ("stated", "reporting_day")
# More than any ordinal of a day.
DAYS: Final = np.int64(4_000_000)
_EMPTY: Final = np.empty(0, dtype=np.int64)
# A claim takes some two kilobytes with its sentence and rules: so many are kept at hand.
_MOST_CLAIMS: Final = 200_000
# Rows whose bounds are widened together: few enough to stay near the processor.
_STRIP: Final = 200_000
# Columns with a name of their own for nearly every row: their names stay where the table has them.
_MANY_NAMES: Final = frozenset(("article_id", "origin_group"))
_COLUMNS: Final = (
    "metric", "unit", "event", "source", "outlet", "population", "party", "place", "place_role", "aspect",
    "modality", "article_id", "comparator", "field", "origin_group", "as_of_basis", "relayed_by",
    "source_relation",
)  # fmt: skip


@dataclass(slots=True)
class Sheet:
    """The table as arrays, one entry a row, and the claims of the rows that were asked for.

    ``dated`` marks rows whose day is their own and not that of publication, ``once`` those of a metric that is settled
    by its occasion, ``said`` those that tell what is or was.
    """

    frame: pd.DataFrame
    knowledge: Knowledge
    codes: dict[str, Integers]
    names: dict[str, Any]
    lo: Reals
    hi: Reals
    value: Reals
    dimension: Integers
    day: Integers
    published: Integers
    eligible: Booleans
    said: Booleans
    bound: Booleans
    lead: Booleans
    dated: Booleans
    once: Booleans
    softened: dict[int, int] = field(default_factory=dict)
    named: dict[int, int] = field(default_factory=dict)
    body: Integers = field(default_factory=lambda: _EMPTY)
    last_said: Integers = field(default_factory=lambda: _EMPTY)
    closed: Booleans = field(default_factory=lambda: np.empty(0, dtype=bool))
    _sides: tuple[Integers, Booleans, Booleans] | None = None
    _said: tuple[Integers, Integers, Reals] | None = None
    _company: tuple[Integers, np.int64] | None = None
    _claims: dict[int, Claim] = field(default_factory=dict)
    _beside: dict[int, Sequence[Claim]] = field(default_factory=dict)
    _articles: dict[str, int] = field(default_factory=dict)
    _rows: dict[str, int] = field(default_factory=dict)
    _order: dict[str, tuple[Integers, Integers]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: pd.DataFrame, knowledge: Knowledge) -> Sheet:
        """Read the table's columns into arrays; the work is per distinct value, not per row."""
        frame = flat(table)
        codes: dict[str, Integers] = {}
        names: dict[str, Any] = {}
        for name in _COLUMNS:
            code, known = pd.factorize(frame[name]) if name in frame else (np.full(len(frame), -1), ())
            codes[name] = code.astype(np.int32)
            names[name] = known if name in _MANY_NAMES and name in frame else np.asarray(known, dtype=object)
        metrics = [knowledge.metric(str(one)) for one in names["metric"]]
        bound = taken(codes["metric"], [bool(one.event_bound) for one in metrics])
        dimensions = [knowledge.dimension(str(one)) for one in names["unit"]]
        kinds = sorted({kind for kind, _ in dimensions})
        dimension = (
            np.array([kinds.index(kind) for kind, _ in dimensions], dtype=np.int32)[codes["unit"]]
            if len(frame)
            else _EMPTY
        )
        value = frame["value"].to_numpy(dtype=np.float64)
        lo, hi = _bounds(
            frame, codes, names, metrics, dimension == (kinds.index("percent") if "percent" in kinds else -1)
        )
        published = _published(frame["published_at"])
        day = _days(frame["as_of"])
        undated = codes["as_of_basis"] == code_of(names["as_of_basis"], "publication")
        day = np.where((day < 0) & undated, published, day)
        # The day of a blow is not the day of its count: that is the article's (as ``claim_of`` has it).
        of_event = taken(codes["event"], _incidents(names["event"], knowledge))
        of_event &= codes["event"] >= 0
        of_day = (codes["aspect"] == code_of(names["aspect"], "period")) & (day >= 0) & (day == _ends(frame))
        day = np.where(of_event & of_day & (published > day), published, day)
        compared = ("reported", "estimated", "superseded", "planned", "projected")
        eligible = taken(codes["modality"], [one in compared for one in names["modality"]]) & (lo <= hi)
        factors = np.array([one for _, one in dimensions] or [1.0], dtype=np.float64)
        if (factors != 1.0).any():
            lo, hi = lo * factors[codes["unit"]], hi * factors[codes["unit"]]
        sheet = cls(
            frame=frame, knowledge=knowledge, codes=codes, names=names, lo=lo, hi=hi, value=value,
            dimension=dimension, day=day, published=published, eligible=eligible, bound=bound,
            said=taken(codes["modality"], [one in ("reported", "estimated") for one in names["modality"]]),
            lead=_leads(frame, codes, names),
            dated=taken(codes["as_of_basis"], [one in _DATED for one in names["as_of_basis"]]),
            once=taken(codes["metric"], [str(one) in knowledge.comparing.once for one in names["metric"]]),
        )  # fmt: skip
        _soften(sheet)
        sheet.body = _bodies(sheet)
        sheet.last_said = _last_said(sheet)
        sheet.closed = _closed(frame)
        return sheet

    def __len__(self) -> int:
        return len(self.frame)

    def had_said(self, low: Integers, high: Integers) -> Booleans:
        """Whether the body of the higher had a number clear of the lower one by the lower one's day."""
        if self._said is None:
            group = self._by_group(grouped(self.codes["metric"], self.codes["event"], self.body))
            rows = np.flatnonzero((self.day >= 0) & self.eligible & self.said)
            key = group[rows] * DAYS + self.day[rows]
            order = np.argsort(key)
            key = key[order]
            self._said = group, key, running(self.lo[rows[order]], key // DAYS)
        group, key, most = self._said
        if not len(key):
            return np.zeros(len(low), dtype=bool)
        wanted = group.take(high) * DAYS
        at = np.searchsorted(key, wanted + self.day.take(low), side="right") - 1
        known = (at >= 0) & (key.take(np.maximum(at, 0)) >= wanted)
        answer: Booleans = known & (most.take(np.maximum(at, 0)) > self.hi.take(low))
        return answer

    def _by_group(self, whole: Integers) -> Integers:
        """Rows of one code apart where they count groups of people that surely are not the same.

        A party may tell what the words for its people leave open, so that no set of rows with one is split.
        """
        population = self.populations()
        parties = np.zeros(int(whole.max(initial=0)) + 1, dtype=bool)
        parties[whole[self.codes["party"] >= 0]] = True
        node = grouped(whole, np.where(parties[whole], -1, population))
        first = np.full(int(node.max(initial=0)) + 1, -1, dtype=np.int64)
        first[node] = np.arange(len(node))
        some = first[first >= 0]
        some = some[np.argsort(whole[some], kind="stable")]
        end = np.searchsorted(whole[some], whole[some], side="right").astype(np.int64)
        one, other = stretches(np.arange(len(some)) + 1, end)
        one, other = some[one], some[other]
        metric, names = self.codes["metric"], self.names["population"]
        triples = grouped(metric[one], population[one], population[other])
        _, at, back = np.unique(triples, return_index=True, return_inverse=True)
        same = [
            self.knowledge.population(
                names[x] if x >= 0 else None, names[y] if y >= 0 else None, str(self.names["metric"][kind])
            ) == "same"
            for kind, x, y in zip(metric[one[at]], population[one[at]], population[other[at]], strict=True)
        ]  # fmt: skip
        linked = np.array(same, dtype=bool)[back]
        return components(len(first), node[one[linked]], node[other[linked]])[node]

    def populations(self) -> Integers:
        """The counted groups as codes; of a bare lead whom its body names."""
        population = self.codes["population"].copy()
        for row, body in self.named.items():
            population[row] = population[row] if population[row] >= 0 else population[body]
        return population

    def in_company(self, a: Integers, b: Integers) -> Booleans:
        """Whether the articles of two rows have a number of one source and metric alike."""
        if self._company is None:
            code = self.codes
            rows = np.flatnonzero(self.said & np.isfinite(self.value))
            value = pd.factorize(self.value[rows])[0].astype(np.int64, copy=False)
            number = grouped(code["metric"][rows], code["source"][rows], value)
            # A number that stands once is nobody's companion.
            twice = np.bincount(number)[number] > 1
            width = np.int64(int(number.max(initial=0)) + 1)
            # Sorted outright: to hash them, as ``numpy.unique`` would, takes ten times as long.
            key = np.sort(code["article_id"][rows[twice]] * width + number[twice])
            self._company = key[np.r_[True, key[1:] != key[:-1]]] if len(key) else key, width
        key, width = self._company
        one, other = self.codes["article_id"][a], self.codes["article_id"][b]
        begin, end = (np.searchsorted(key, (one + step) * width) for step in (0, 1))
        which, at = stretches(begin.astype(np.int64), end.astype(np.int64))
        wanted = other[which] * width + key[at] % width
        place = np.minimum(np.searchsorted(key, wanted), max(len(key) - 1, 0))
        answer = np.zeros(len(a), dtype=bool)
        answer[which[key[place] == wanted]] = True
        return answer

    def opposed(self, a: Integers, b: Integers) -> Booleans:
        """Whether the sources of two rows speak for parties at war, or for the counted side and against it."""
        answer = np.zeros(len(a), dtype=bool)
        side, table, involved = self._parties()
        some = np.flatnonzero(involved.take(a) & involved.take(b))
        if len(some):
            relation, names = self.codes["source_relation"], self.names["source_relation"]
            own, opponent = code_of(names, "own"), code_of(names, "opponent")
            a, b = a[some], b[some]
            one, other = relation[a], relation[b]
            answer[some] = (
                table[side[a], side[b]] | ((one == own) & (other == opponent)) | ((one == opponent) & (other == own))
            )
        return answer

    def partial(self, rows: Integers) -> Booleans:
        """Whether rows speak for a party at all, so that another may oppose them."""
        answer: Booleans = self._parties()[2].take(rows)
        return answer

    def _parties(self) -> tuple[Integers, Booleans, Booleans]:
        """For each row the code of its side; which sides oppose which; whether a row speaks for any party at all."""
        if self._sides is None:
            sides = [self.knowledge.side(str(one)) for one in self.names["source"]]
            number = {one: at for at, one in enumerate(dict.fromkeys(one for one in sides if one))}
            code = np.array([number.get(one or "", -1) for one in sides] + [-1], dtype=np.int32)
            ask = self.knowledge.lexicon.sources.opposed
            table = np.zeros((len(number) + 1, len(number) + 1), dtype=bool)
            for x, row in number.items():
                table[row, :-1] = [ask(x, y) for y in number]
            side = code[self.codes["source"]]
            relation, names = self.codes["source_relation"], self.names["source_relation"]
            involved = np.asarray(table.any(axis=1), dtype=np.bool_)[side]
            involved |= (relation == code_of(names, "own")) | (relation == code_of(names, "opponent"))
            self._sides = side, table, involved
        return self._sides

    def claim(self, row: int) -> Claim:
        """One row as a claim, read once; a softened lead has the bounds of its body, a bare one whom its body names."""
        if row not in self._claims:
            self.read((row,))
        return self._claims[row]

    def claims(self, rows: Sequence[int]) -> list[Claim]:
        """Some rows as claims."""
        self.read(rows)
        return [self._claims[row] for row in rows]

    def read(self, rows: Iterable[int]) -> None:
        """Make the claims of some rows, all at once: a column at a time is ten times as fast as a row at a time."""
        wanted = [row for row in dict.fromkeys(rows) if row not in self._claims]
        bodies = [body for row in wanted if (body := self.named.get(row, row)) not in self._claims]
        fresh = list(dict.fromkeys([*wanted, *bodies]))
        if not fresh:
            return
        chosen = self.frame.take(fresh)
        columns = [chosen[name].tolist() for name in chosen.columns]
        lo, hi = self.lo[fresh].tolist(), self.hi[fresh].tolist()
        made = {
            row: claim_of(dict(zip(chosen.columns, values, strict=True)), self.knowledge, bounds=(low, high))
            for row, values, low, high in zip(fresh, zip(*columns, strict=True), lo, hi, strict=True)
        }
        self._claims |= made
        articles = self.codes["article_id"][fresh].tolist()
        self._articles |= {one.article_id: code for one, code in zip(made.values(), articles, strict=True) if code >= 0}
        self._rows |= {one.figure_id: row for row, one in made.items()}
        for row in made.keys() & self.named.keys():
            if made[row].population is None:
                self._claims[row] = replace(made[row], population=self._claims[self.named[row]].population)

    def read_around(self, rows: Integers) -> None:
        """Make the claims of all rows that stand in one article with some rows, all at once."""
        self.read_articles(np.unique(self.codes["article_id"][rows]))

    def read_articles(self, articles: Integers) -> None:
        """Make the claims of some articles, by their codes, all at once."""
        order, codes = self._sorted("article_id")
        begin, end = (np.searchsorted(codes, articles, side=side) for side in ("left", "right"))
        self.read(order[stretches(begin.astype(np.int64), end.astype(np.int64))[1]].tolist())

    def forget(self) -> None:
        """Let claims go where very many were made; they are made again when asked for."""
        if len(self._claims) > _MOST_CLAIMS:
            self._claims.clear()
            self._beside.clear()
            self._articles.clear()
            self._rows.clear()

    def row_of(self, claim: Claim) -> int:
        """The row of a claim that is at hand."""
        return self._rows[claim.figure_id]

    def article_of(self, article_id: str) -> int | None:
        """The code of an article of which a claim is at hand."""
        return self._articles.get(article_id)

    def beside(self, article: int) -> Sequence[Claim]:
        """The claims of one article, by its code."""
        if article not in self._beside:
            self._beside[article] = tuple(self.claims(self.rows_of("article_id", article).tolist()))
        return self._beside[article]

    def rows_of(self, name: str, code: int) -> Integers:
        """The rows with one code in one column, by a sorted index that is built once a column."""
        order, codes = self._sorted(name)
        # A code of another type would have numpy convert the whole column, for each look-up anew.
        wanted = codes.dtype.type(code)
        return order[codes.searchsorted(wanted) : codes.searchsorted(wanted, side="right")]

    def _sorted(self, name: str) -> tuple[Integers, Integers]:
        if name not in self._order:
            order = np.argsort(self.codes[name], kind="stable").astype(np.int64, copy=False)
            self._order[name] = (order, self.codes[name][order])
        return self._order[name]

    def surroundings(self) -> Surroundings:
        """What lies around a pair, read from the sheet when it is asked for."""
        return _Around(self)


class _Around(Surroundings):
    """The surroundings of pairs of one sheet: only the rows are remembered, not their claims."""

    __slots__ = ("_articles", "_sheet", "_spoken")

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._articles: dict[str, int] | None = None
        self._spoken: _Spoken | None = None

    def of_article(self, article_id: str) -> Sequence[Claim]:
        """What one article says."""
        code = self._sheet.article_of(article_id)
        if code is None:
            # Asked about an article before any of its rows was read.
            if self._articles is None:
                self._articles = {str(one): at for at, one in enumerate(self._sheet.names["article_id"])}
            code = self._articles.get(article_id)
        return () if code is None else self._sheet.beside(code)

    def of_source(
        self, claim: Claim, *, first: int | None = None, last: int | None = None, like: Claim | None = None
    ) -> Sequence[Claim]:
        """What the claim's source said of the claim's metric, of an event-bound one within its event."""
        rows = self._sources().rows(self._sheet.row_of(claim), first, last)
        if like is not None:
            rows = rows[(self._sheet.lo[rows] <= like.hi) & (self._sheet.hi[rows] >= like.lo)]
        return self._sheet.claims(rows.tolist())

    def of_source_above(self, claim: Claim, *, last: int, above: float) -> Sequence[Claim]:
        """Of what that source said by that day with such a number, one claim for each thing that it spoke of."""
        sheet, mine = self._sheet, self._sheet.row_of(claim)
        rows = self._sources().rows(mine, None, last)
        rows = rows[sheet.said[rows] & (sheet.lo[rows] > above) & (rows != mine)]
        chosen: list[Claim] = []
        while len(rows):
            _, first, thing = np.unique(self._sources().scope(rows), return_index=True, return_inverse=True)
            found = sheet.claims(rows[first].tolist())
            chosen.extend(one for one in found if one.day is not None)
            # The sentence may say that a number is of no day that we know.
            rows = np.delete(rows, first)
            rows = rows[np.array([one.day is None for one in found])[np.delete(thing, first)]]
        return chosen

    def _sources(self) -> _Spoken:
        if self._spoken is None:
            self._spoken = _Spoken(self._sheet)
        return self._spoken


class _Spoken:
    """Rows by metric, source and, where the metric is bound to one, event, each group by day."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet, code = sheet, sheet.codes
        self._group = grouped(code["metric"], code["source"], np.where(sheet.bound, code["event"], -2))
        key = self._group * DAYS + sheet.day + 1
        self._order = np.argsort(key, kind="stable")
        self._key = key[self._order]
        self._scope: Integers | None = None

    def rows(self, row: int, first: int | None, last: int | None) -> Integers:
        """The rows of one row's group, of days within bounds."""
        begin = np.int64(self._group[row]) * DAYS
        end = begin + DAYS - 1 if last is None else begin + last + 1
        if first is not None or last is not None:
            begin += 1 + max(first or 0, 0)
        at, stop = self._key.searchsorted(begin), self._key.searchsorted(end, side="right")
        rows: Integers = self._order[at:stop]
        return rows

    def scope(self, rows: Integers) -> Integers:
        """A code for all that decides whether a row is about the same thing as another one of its group."""
        if self._scope is None:
            sheet, code, frame = self._sheet, self._sheet.codes, self._sheet.frame
            period = [
                _days(frame[one]) if one in frame else np.full(len(frame), -1, dtype=np.int32)
                for one in ("period_start", "period_end")
            ]
            credited = sheet.codes["source"] != _own(sheet.codes, sheet.names)
            slots = (code[one] for one in ("unit", "event", "party", "place", "place_role", "aspect"))
            day = np.where(code["event"] < 0, sheet.day, -2)
            self._scope = grouped(*slots, sheet.populations(), sheet.body, *period, day, credited.astype(np.int8))
        return self._scope[rows]


def running(values: Reals, group: Integers, *, most: bool = True) -> Reals:
    """The largest (or least) value of a group so far, for each entry of sorted groups."""
    each = pd.Series(values).groupby(group, sort=False)
    return np.asarray((each.cummax() if most else each.cummin()).to_numpy(), dtype=np.float64)


def taken(codes: Integers, flags: list[bool]) -> Booleans:
    """For each row the flag of its code."""
    return np.array(flags, dtype=bool)[codes] if flags else np.zeros(len(codes), dtype=bool)


def code_of(names: npt.NDArray[Any], wanted: str) -> int:
    """The code of a name, one that no row has where the column lacks it."""
    found = np.flatnonzero(names == wanted)
    return int(found[0]) if len(found) else -9


def _bounds(
    frame: pd.DataFrame, codes: dict[str, Integers], names: dict[str, npt.NDArray[Any]], metrics: list[Any],
    percent: Booleans,
) -> tuple[Reals, Reals]:  # fmt: skip
    """Widened bounds of all rows, in their own units; all rows with one comparator are one call."""
    measured = taken(codes["metric"], [bool(one.measured) for one in metrics])
    signed = taken(codes["metric"], [bool(one.signed) or bool(one.measured) for one in metrics])
    value, low, high, precision = (
        frame[name].to_numpy(dtype=np.float64) for name in ("value", "low", "high", "precision")
    )
    low = np.where(~np.isfinite(low) & ~signed, 0.0, low)
    exact = _exact(frame["rules"])
    lo, hi = np.empty(len(frame)), np.empty(len(frame))
    words = codes["comparator"]
    for code in range(-1, len(names["comparator"])):
        alike = np.flatnonzero(words == code)
        for rows in (alike[at : at + _STRIP] for at in range(0, len(alike), _STRIP)):
            lo[rows], hi[rows] = widened(
                value[rows], low[rows], high[rows], precision[rows],
                names["comparator"][code] if code >= 0 else "exact",
                percent=percent[rows], measured=measured[rows], exact=exact[rows],
            )  # fmt: skip
    return lo, hi


def _incidents(events: npt.NDArray[Any], knowledge: Knowledge) -> list[bool]:
    """Which events are incidents: their kind tells, so that one event of each kind and day is asked about."""
    kinds: dict[tuple[str, str], bool] = {}
    answers = []
    for event in events:
        cause, _, rest = str(event).partition(":")
        place, colon, day = rest.rpartition(":")
        if not colon:
            answers.append(knowledge.incident(str(event)))
            continue
        if (cause, day) not in kinds:
            kinds[cause, day] = knowledge.incident(f"{cause}:{place}:{day}")
        answers.append(kinds[cause, day])
    return answers


def _leads(frame: pd.DataFrame, codes: dict[str, Integers], names: dict[str, npt.NDArray[Any]]) -> Booleans:
    """Where a row stands in a title, or in an opening that credits nobody but the outlet."""
    uncredited = (codes["source"] == _own(codes, names)) | (codes["source"] < 0)
    opening = frame["start"].to_numpy(dtype=np.int64) < _OPENING
    leads: Booleans = (codes["field"] == code_of(names["field"], "title")) | (uncredited & opening)
    return leads


def _own(codes: dict[str, Integers], names: dict[str, Any]) -> Integers:
    """The code that each row's outlet has as a source, -2 where it is none."""
    sources = {one: code for code, one in enumerate(names["source"].tolist())}
    own = np.array([sources.get(one, -2) for one in names["outlet"].tolist()] + [-2], dtype=np.int32)
    return own[codes["outlet"]]


def _soften(sheet: Sheet) -> None:
    """Give a bare number in a title or lead the bounds of the number with comparator that its body has.

    Where its body has the very number of a named group ("Thirty killed" … "thirty civilians were killed"), and of
    no other group, it counts that group.
    """
    code, known = sheet.codes, np.isfinite(sheet.value)
    opening = (sheet.lead | (sheet.frame["start"].to_numpy(dtype=np.int64) < _OPENING)) & known
    rows = np.flatnonzero(opening)
    if not len(rows):
        return
    among = np.zeros(len(sheet.names["article_id"]) + 1, dtype=bool)
    among[code["article_id"][rows]] = True
    rows = np.flatnonzero(among[code["article_id"]] & known)
    value = pd.factorize(sheet.value[rows])[0].astype(np.int64, copy=False)
    key = grouped(code["article_id"][rows], code["metric"][rows], code["unit"][rows], value)
    twice = np.bincount(key)[key] > 1
    rows, key = rows[twice], key[twice]
    if not len(rows):
        return
    exact = code["comparator"][rows] == code_of(sheet.names["comparator"], "exact")
    first = _firsts(key, ~exact)
    body = np.where(opening[rows] & exact, first[key], -1)
    for at in np.flatnonzero(body >= 0).tolist():
        row, other = int(rows[at]), int(rows[body[at]])
        sheet.lo[row], sheet.hi[row] = min(sheet.lo[row], sheet.lo[other]), max(sheet.hi[row], sheet.hi[other])
        sheet.softened[row] = other
    group = code["population"][rows]
    lone = opening[rows] & (group < 0)
    first = _firsts(key, group >= 0)
    least, most = np.full(len(first), len(sheet), dtype=np.int64), np.full(len(first), -1, dtype=np.int64)
    said = np.flatnonzero(group >= 0)
    np.minimum.at(least, key[said], group[said])
    np.maximum.at(most, key[said], group[said])
    body = np.where(lone & (least[key] == most[key]), first[key], -1)
    for at in np.flatnonzero(body >= 0).tolist():
        sheet.named[int(rows[at])] = int(rows[body[at]])


def _firsts(key: Integers, some: Booleans) -> Integers:
    """For each key the first position among some, -1 where it has none."""
    first = np.full(int(key.max()) + 1, -1, dtype=np.int64)
    where = np.flatnonzero(some)[::-1]
    first[key[where]] = where
    return first


def _bodies(sheet: Sheet) -> Integers:
    """A code for who answers for each row's number: the government for its head, else the source; -1 for nobody."""
    frame, knowledge = sheet.frame, sheet.knowledge
    source, names = sheet.codes["source"], sheet.names["source"]
    plain = [knowledge.body(str(one), None, None) or "" for one in names]
    numbers = {one: at for at, one in enumerate(dict.fromkeys(plain))}
    body = np.array([numbers[one] for one in plain] + [-1], dtype=np.int32)[source]
    if "source_mention" not in frame:
        return body
    mention, mentions = pd.factorize(frame["source_mention"])
    speaks = np.array([knowledge.says("head", str(one)) for one in mentions] + [False], dtype=bool)
    rows = np.flatnonzero(speaks[mention])
    if not len(rows):
        return body
    place, spots = sheet.codes["place"], sheet.names["place"]
    speaker = grouped(source[rows], mention[rows].astype(np.int64, copy=False), place[rows])
    _, first, back = np.unique(speaker, return_index=True, return_inverse=True)
    answers = []
    for row in rows[first].tolist():
        named = knowledge.body(
            str(names[source[row]]) if source[row] >= 0 else None, str(mentions[mention[row]]),
            str(spots[place[row]]) if place[row] >= 0 else None,
        )  # fmt: skip
        answers.append(numbers.setdefault(named or "", len(numbers)))
    body[rows] = np.array(answers, dtype=np.int32)[back]
    return body


def _last_said(sheet: Sheet) -> Integers:
    """The last day on which a row's body gave the row's very number of that metric and event."""
    code = sheet.codes
    value = pd.factorize(sheet.value)[0].astype(np.int64, copy=False)
    group = grouped(code["metric"], code["event"], sheet.body, value)
    last = np.full(int(group.max(initial=0)) + 1, -1, dtype=np.int32)
    said = np.flatnonzero(sheet.said)
    np.maximum.at(last, group[said], sheet.day[said])
    return last[group]


def _closed(frame: pd.DataFrame) -> Booleans:
    """Whether a row covers a closed period of its own."""
    if "period_start" not in frame or "period_end" not in frame:
        return np.zeros(len(frame), dtype=bool)
    closed: Booleans = (frame["period_start"].notna() & frame["period_end"].notna()).to_numpy(dtype=bool)
    return closed


def _published(column: pd.Series[Any]) -> Integers:
    """Days of publication as ordinals, −1 for none; each distinct day is read once."""
    codes, known = pd.factorize(column.str.slice(0, 10))
    days = _days(pd.Series(pd.to_datetime(pd.Series(known, dtype="str"), errors="coerce")))
    published: Integers = np.r_[days, np.int32(-1)][codes]
    return published


def _ends(frame: pd.DataFrame) -> Integers:
    """The last day of each row's period as an ordinal, −1 for none."""
    return _days(frame["period_end"]) if "period_end" in frame else np.full(len(frame), -1, dtype=np.int32)


def _days(column: pd.Series[Any]) -> Integers:
    """Day numbers as ``date.toordinal`` counts them, −1 for none."""
    days = (column.to_numpy(dtype="datetime64[D]").astype(np.int64) + 719_163).astype(np.int32)
    days[column.isna().to_numpy()] = -1
    return days


def _exact(rules: pd.Series[Any]) -> Booleans:
    """Where the words made a round number exact."""
    return (
        (rules.str.contains('"exact"', regex=False) | rules.str.contains('"rounded"', regex=False))
        .fillna(False)
        .to_numpy(dtype=bool)
    )
