"""The table as arrays: codes of slots, widened bounds, days; and claims of the few rows that are asked for.

Work is done per column and per distinct value, never per row; a claim, with its sentence and rules, is made only for a
row that a judgement needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from figures.reconcile.bounds import widened
from figures.reconcile.comparable import Claim, Knowledge, claim_of
from figures.reconcile.groups import Booleans, Integers, Reals, grouped, stretches
from figures.reconcile.judge import Surroundings
from figures.table import flat

__all__ = ["DAYS", "Sheet", "code_of", "running", "taken"]

# A headline run into the text, and the lead under it, fit in so many letters.
_OPENING: Final = 300
# More than any ordinal of a day.
DAYS: Final = np.int64(4_000_000)
_EMPTY: Final = np.empty(0, dtype=np.int64)
# A claim takes some two kilobytes with its sentence and rules: so many are kept at hand.
_MOST_CLAIMS: Final = 200_000
_COLUMNS: Final = (
    "metric", "unit", "event", "source", "outlet", "population", "party", "place", "place_role", "aspect",
    "modality", "article_id", "comparator", "field", "origin_group", "as_of_basis", "relayed_by",
    "source_relation",
)  # fmt: skip


@dataclass(slots=True)
class Sheet:
    """The table as arrays, one entry a row, and the claims of the rows that were asked for."""

    frame: pd.DataFrame
    knowledge: Knowledge
    codes: dict[str, Integers]
    names: dict[str, npt.NDArray[Any]]
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
    softened: dict[int, int] = field(default_factory=dict)
    named: dict[int, int] = field(default_factory=dict)
    body: Integers = field(default_factory=lambda: _EMPTY)
    last_said: Integers = field(default_factory=lambda: _EMPTY)
    closed: Booleans = field(default_factory=lambda: np.empty(0, dtype=bool))
    _sides: tuple[Integers, Booleans] | None = None
    _said: tuple[Integers, Integers, Reals] | None = None
    _company: tuple[Integers, np.int64] | None = None
    _claims: dict[int, Claim] = field(default_factory=dict)
    _beside: dict[int, Sequence[Claim]] = field(default_factory=dict)
    _order: dict[str, tuple[Integers, Integers]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: pd.DataFrame, knowledge: Knowledge) -> Sheet:
        """Read the table's columns into arrays; the work is per distinct value, not per row."""
        frame = flat(table)
        codes: dict[str, Integers] = {}
        names: dict[str, npt.NDArray[Any]] = {}
        for name in _COLUMNS:
            code, known = pd.factorize(frame[name]) if name in frame else (np.full(len(frame), -1), ())
            codes[name], names[name] = code.astype(np.int64, copy=False), np.asarray(known, dtype=object)
        metrics = [knowledge.metric(str(one)) for one in names["metric"]]
        bound = taken(codes["metric"], [bool(one.event_bound) for one in metrics])
        dimensions = [knowledge.dimension(str(one)) for one in names["unit"]]
        kinds = sorted({kind for kind, _ in dimensions})
        dimension = (
            np.array([kinds.index(kind) for kind, _ in dimensions], dtype=np.int64)[codes["unit"]]
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
        of_event = taken(codes["event"], [knowledge.incident(str(one)) for one in names["event"]])
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
            group = grouped(self.codes["metric"], self.codes["event"], self.body)
            rows = np.flatnonzero((self.day >= 0) & self.eligible & self.said)
            key = group[rows] * DAYS + self.day[rows]
            order = np.argsort(key)
            key = key[order]
            self._said = group, key, running(self.lo[rows[order]], key // DAYS)
        group, key, most = self._said
        if not len(key):
            return np.zeros(len(low), dtype=bool)
        at = np.searchsorted(key, group[high] * DAYS + self.day[low], side="right") - 1
        known = (at >= 0) & (key[np.maximum(at, 0)] // DAYS == group[high])
        answer: Booleans = known & (most[np.maximum(at, 0)] > self.hi[low])
        return answer

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
            self._company = np.unique(code["article_id"][rows[twice]] * width + number[twice]), width
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
        side, table = self._parties()
        relation, names = self.codes["source_relation"], self.names["source_relation"]
        own, opponent = code_of(names, "own"), code_of(names, "opponent")
        one, other = relation[a], relation[b]
        answer: Booleans = (
            table[side[a], side[b]] | ((one == own) & (other == opponent)) | ((one == opponent) & (other == own))
        )
        return answer

    def partial(self, rows: Integers) -> Booleans:
        """Whether rows speak for a party at all, so that another may oppose them."""
        side, table = self._parties()
        relation, names = self.codes["source_relation"][rows], self.names["source_relation"]
        involved: Booleans = np.asarray(table.any(axis=1), dtype=np.bool_)
        answer: Booleans = (
            involved[side[rows]] | (relation == code_of(names, "own")) | (relation == code_of(names, "opponent"))
        )
        return answer

    def _parties(self) -> tuple[Integers, Booleans]:
        if self._sides is None:
            sides = [self.knowledge.side(str(one)) for one in self.names["source"]]
            number = {one: at for at, one in enumerate(dict.fromkeys(one for one in sides if one))}
            code = np.array([number.get(one or "", -1) for one in sides] + [-1], dtype=np.int64)
            ask = self.knowledge.lexicon.sources.opposed
            table = np.zeros((len(number) + 1, len(number) + 1), dtype=bool)
            for x, row in number.items():
                table[row, :-1] = [ask(x, y) for y in number]
            self._sides = code[self.codes["source"]], table
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
        fresh = [row for row in rows if row not in self._claims]
        fresh += [body for row in fresh if (body := self.named.get(row, row)) not in self._claims and body != row]
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
        for row in made.keys() & self.named.keys():
            if made[row].population is None:
                self._claims[row] = replace(made[row], population=self._claims[self.named[row]].population)

    def read_around(self, rows: Integers) -> None:
        """Make the claims of all rows that stand in one article with some rows, all at once."""
        articles = np.unique(self.codes["article_id"][rows])
        order, codes = self._sorted("article_id")
        begin, end = (np.searchsorted(codes, articles, side=side) for side in ("left", "right"))
        self.read(order[stretches(begin.astype(np.int64), end.astype(np.int64))[1]].tolist())

    def forget(self) -> None:
        """Let claims go where very many were made; they are made again when asked for."""
        if len(self._claims) > _MOST_CLAIMS:
            self._claims.clear()
            self._beside.clear()

    def beside(self, article: int) -> Sequence[Claim]:
        """The claims of one article, by its code."""
        if article not in self._beside:
            self._beside[article] = tuple(self.claims(self.rows_of("article_id", article).tolist()))
        return self._beside[article]

    def rows_of(self, name: str, code: int) -> Integers:
        """The rows with one code in one column, by a sorted index that is built once a column."""
        order, codes = self._sorted(name)
        return order[np.searchsorted(codes, code) : np.searchsorted(codes, code, side="right")]

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

    __slots__ = ("_articles", "_sheet", "_sources")

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._articles = {str(one): code for code, one in enumerate(sheet.names["article_id"])}
        self._sources: _Spoken | None = None

    def of_article(self, article_id: str) -> Sequence[Claim]:
        """What one article says."""
        code = self._articles.get(article_id)
        return () if code is None else self._sheet.beside(code)

    def of_source(self, claim: Claim) -> Sequence[Claim]:
        """What the claim's source said of the claim's metric, of an event-bound one within its event."""
        if self._sources is None:
            self._sources = _Spoken(self._sheet)
        return self._sheet.claims(self._sources.rows(claim))


class _Spoken:
    """Rows by metric, source and, where the metric is bound to one, event."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._number = {
            name: {one: code for code, one in enumerate(sheet.names[name])} for name in ("metric", "source", "event")
        }
        width = [len(sheet.names[name]) + 2 for name in ("metric", "source", "event")]
        self._width = np.int64(width[1]), np.int64(width[2])
        event = np.where(sheet.bound, sheet.codes["event"], -2)
        key = (sheet.codes["metric"] * self._width[0] + sheet.codes["source"] + 1) * self._width[1] + event + 2
        self._order = np.argsort(key, kind="stable")
        self._key = key[self._order]

    def rows(self, claim: Claim) -> list[int]:
        metric, source = self._number["metric"].get(claim.metric), self._number["source"].get(claim.source)
        if metric is None or source is None:
            return []
        event = -2
        if self._sheet.knowledge.metric(claim.metric).event_bound:
            known = self._number["event"].get(claim.event) if claim.event is not None else -1
            if known is None:
                return []
            event = known
        key = (metric * self._width[0] + source + 1) * self._width[1] + event + 2
        return cast(
            list[int],
            self._order[np.searchsorted(self._key, key) : np.searchsorted(self._key, key, side="right")].tolist(),
        )


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
        rows = np.flatnonzero(words == code)
        if not len(rows):
            continue
        lo[rows], hi[rows] = widened(
            value[rows], low[rows], high[rows], precision[rows], names["comparator"][code] if code >= 0 else "exact",
            percent=percent[rows], measured=measured[rows], exact=exact[rows],
        )  # fmt: skip
    return lo, hi


def _leads(frame: pd.DataFrame, codes: dict[str, Integers], names: dict[str, npt.NDArray[Any]]) -> Booleans:
    """Where a row stands in a title, or in an opening that credits nobody but the outlet."""
    sources = {one: code for code, one in enumerate(names["source"].tolist())}
    own = np.array([sources.get(one, -2) for one in names["outlet"].tolist()] + [-2], dtype=np.int64)
    uncredited = (codes["source"] == own[codes["outlet"]]) | (codes["source"] < 0)
    opening = frame["start"].to_numpy(dtype=np.int64) < _OPENING
    leads: Booleans = (codes["field"] == code_of(names["field"], "title")) | (uncredited & opening)
    return leads


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
    body = np.array([numbers[one] for one in plain] + [-1], dtype=np.int64)[source]
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
    body[rows] = np.array(answers, dtype=np.int64)[back]
    return body


def _last_said(sheet: Sheet) -> Integers:
    """The last day on which a row's body gave the row's very number of that metric and event."""
    code = sheet.codes
    value = pd.factorize(sheet.value)[0].astype(np.int64, copy=False)
    group = grouped(code["metric"], code["event"], sheet.body, value)
    last = np.full(int(group.max(initial=0)) + 1, -1, dtype=np.int64)
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
    published: Integers = np.r_[days, -1][codes]
    return published


def _ends(frame: pd.DataFrame) -> Integers:
    """The last day of each row's period as an ordinal, −1 for none."""
    return _days(frame["period_end"]) if "period_end" in frame else np.full(len(frame), -1, dtype=np.int64)


def _days(column: pd.Series[Any]) -> Integers:
    """Day numbers as ``date.toordinal`` counts them, −1 for none."""
    stamps = column.to_numpy(dtype="datetime64[D]").astype(np.int64)
    return np.where(column.isna().to_numpy(), -1, stamps + 719_163)


def _exact(rules: pd.Series[Any]) -> Booleans:
    """Where the words made a round number exact."""
    return (
        (rules.str.contains('"exact"', regex=False) | rules.str.contains('"rounded"', regex=False))
        .fillna(False)
        .to_numpy(dtype=bool)
    )
