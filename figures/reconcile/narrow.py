"""New articles on a story that is known: only what their numbers can clash with is judged.

What one new number changes is bounded, however much is told of its story:

1. *Origins.* They link figures of one metric and event alone. A number that nobody gave before, and that rounds none of
   its source's, is an origin of its own; else the origins of that metric and event are drawn anew.
2. *Pairs.* A judgement looks at two figures, at the articles of both, and at what their sources said of that metric and
   event. So pairs with a new figure are judged, and pairs of others with a figure of its source, where the new figure
   was among what the judgement looked at. All else was judged before. In a crowd, of which only telling pairs are
   judged, those that are told now and were not are judged too.
3. *Conflicts* are drawn anew where a pair in them was judged: what is linked with them is judged too, and only that.
4. *Answers* of the metrics and events told.

The pairs come from the same finders as for a whole table (``conflicts.FINDERS``), over all figures of the metrics and
events in question. Where any of this is not sure (``Unsure``) the story is compared as a whole, see ``incremental.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np

from figures.lexicon import Lexicon
from figures.model import COLUMNS, Conflict, Kind, Uncompared
from figures.reconcile.answers import Row, answers_of
from figures.reconcile.arithmetic import slips_of_article
from figures.reconcile.comparable import Claim, Knowledge
from figures.reconcile.conflicts import (
    FINDERS,
    block_of,
    conflicts_of,
    distinct_conflicts,
    note,
    noted_as,
    slip_conflict,
    uncompared_of,
)
from figures.reconcile.fewer import MANY_PAIRS
from figures.reconcile.groups import Booleans, Integers, Reals
from figures.reconcile.hearing import Heard
from figures.reconcile.judge import Pair, Surroundings, judge
from figures.reconcile.linking import Link
from figures.reconcile.origins import assign_origins
from figures.reconcile.sheet import Sheet
from figures.reconcile.sweep import SMALL_BLOCK, swapped_pairs
from figures.table import from_columns

__all__ = ["Beside", "Kept", "Narrow", "Unsure", "compare_narrowly"]

Story = tuple[str, str]
"""Metric and final event."""
Edge = tuple[int, int]

_ORDER: Final = ("metric", "source", "as_of", "published_at", "article_id", "field", "start", "figure_id")
# So many figures are followed one by one; an article that gives more is compared with whole stories.
_MOST_FRESH: Final = 24
# So few rows are made claims of in one go, whichever a judgement asks for.
_READ_AT_ONCE: Final = 200
# So many figures may have another origin for one that came.
_MOST_MOVED: Final = 200
# Two numbers further apart are no rounding of one another (see ``origins``).
_ROUNDED: Final = 0.16
_TELLING: Final = 100.0
_SCOPE: Final = (("population", "people"), ("party", ""), ("place", ""), ("place_role", ""), ("unit", ""))
# What decides whether two figures of one source count the very same thing.
_THING: Final = (
    "source", "metric", "final_event", "unit", "party", "place", "place_role", "aspect", "population", "period_start",
    "period_end",
)  # fmt: skip
_UNNAMED: Final = frozenset(("anonymous", "witness"))


class Unsure(Exception):  # noqa: N818  (no error: a reason to compare more)
    """What was asked cannot be settled here; its words say why."""


class Kept(Protocol):
    """A conflict as it was found last."""

    @property
    def conflict_id(self) -> str:
        """Its id."""

    @property
    def kind(self) -> Kind:
        """Its kind."""

    @property
    def members(self) -> frozenset[str]:
        """The figures in its camps, and those that agree with more than one."""


class Beside(Protocol):
    """What is asked of the store."""

    def rows_of(self, article_ids: Iterable[str]) -> list[Row]:
        """All figures of some articles."""

    def rows_beside(self, event: str, metrics: Collection[str], values: Collection[float]) -> list[Row]:
        """All figures of the articles that tell one of some metrics of an event, or one of some numbers of it."""

    def corrected_figures(self) -> set[str]:
        """The figures that somebody corrected."""

    def metrics_of(self, event: str) -> set[str]:
        """The metrics that are told of a final event."""

    def has_orphan(self, metric: str, value: float, source: str | None, unit: str) -> bool:
        """Whether a figure without event has a number, from one source."""

    def kept_conflicts(self, figure_ids: Collection[str]) -> Sequence[Kept]:
        """The conflicts that hold, with one of some figures in a camp."""

    def kept_uncompared(self, figure_ids: Collection[str]) -> list[tuple[str, str, tuple[str, ...]]]:
        """Pairs of some figures that could not be compared, with what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """What new articles change, and no more.

    ``finals`` are event, origin, quiet and series by figure, of those in which one of them is another than it was;
    ``replaced`` the ids of conflicts in whose place ``conflicts`` stand, ``bounds`` what is kept of their members;
    ``told`` the pairs that could not be compared, ``untold`` those that are shown no longer.
    """

    finals: Mapping[str, tuple[str | None, str | None, int, int | None]]
    conflicts: tuple[Conflict, ...]
    replaced: frozenset[str]
    bounds: Mapping[str, Mapping[str, Any]]
    told: tuple[Uncompared, ...]
    untold: tuple[tuple[str, str], ...]
    latest: Sequence[Mapping[str, Any]]
    keys: Sequence[int]
    stories: tuple[tuple[str, str | None], ...]
    links: tuple[Link, ...]


def compare_narrowly(
    beside: Beside,
    fresh: Sequence[Row],
    events: Mapping[str, str | None],
    links: Sequence[Link],
    lexicon: Lexicon,
    knowledge: Knowledge,
) -> Narrow:
    """Compare the figures of new articles, whose final events are known. Raises Unsure where that is not enough."""
    if len(fresh) > _MOST_FRESH:
        raise Unsure("many figures")
    stories: dict[Story, None] = {}
    for row in fresh:
        event = events[row["figure_id"]]
        if event is None or not knowledge.metric(row["metric"]).event_bound:
            raise Unsure("a figure of no event")
        stories[row["metric"], event] = None
    rows, whole = _gathered(beside, fresh, events, stories, knowledge)
    return _Probe(beside, rows, fresh, stories, whole, lexicon, knowledge).found(links)


def _gathered(
    beside: Beside, fresh: Sequence[Row], events: Mapping[str, str | None], stories: Collection[Story],
    knowledge: Knowledge,
) -> tuple[list[Row], set[Story]]:  # fmt: skip
    """The new figures and all that they may be held against, in the order of the table; the stories that are whole."""
    found: dict[str, Row] = {}
    whole: set[Story] = set()
    for event in dict.fromkeys(event for _, event in stories):
        mine = {metric for metric, of in stories if of == event}
        values = {row["value"] for row in fresh if events[row["figure_id"]] == event and row["value"] is not None}
        told = beside.metrics_of(event)
        near = {one for one in told if any(_akin(one, metric, knowledge) for metric in mine)}
        # Of all parts of one whole a single pair is told that could not be compared.
        near |= {one for one in told if knowledge.wholes(one) & near}
        whole |= {(metric, event) for metric in near | mine}
        found |= {row["figure_id"]: row for row in beside.rows_beside(event, near, values)}
    for row in fresh:
        found[row["figure_id"]] = row | {"final_event": events[row["figure_id"]]}
    if beside.corrected_figures() & found.keys():
        raise Unsure("a corrected figure")
    ordered = sorted(found.values(), key=lambda row: [(row[name] is not None, row[name] or 0) for name in _ORDER])
    return ordered, whole


def _akin(metric: str, other: str, knowledge: Knowledge) -> bool:
    return metric == other or metric in knowledge.wholes(other) or other in knowledge.wholes(metric)


class _Probe:
    """New figures among those that they are held against."""

    def __init__(
        self, beside: Beside, rows: list[Row], fresh: Sequence[Row], stories: Collection[Story],
        whole: Collection[Story], lexicon: Lexicon, knowledge: Knowledge,
    ) -> None:  # fmt: skip
        self.beside, self.knowledge, self.stories, self.rows = beside, knowledge, stories, rows
        self.fresh_ids = {row["figure_id"] for row in fresh}
        self.origins = self._origins(lexicon)
        self.sheet = Sheet.of(self._frame(range(len(rows)), self.origins), knowledge)
        self.number = {row["figure_id"]: at for at, row in enumerate(rows)}
        self.is_fresh: Booleans = np.array([row["figure_id"] in self.fresh_ids for row in rows], dtype=bool)
        # New figures, and those that repeat another statement than before.
        self.is_other: Booleans = np.array([row["figure_id"] in self.origins for row in rows], dtype=bool)
        self.moved = self.origins.keys() - self.fresh_ids
        # Rows of which all that may stand against them is here.
        self.is_whole: Booleans = np.array([(row["metric"], row["final_event"]) in whole for row in rows], dtype=bool)
        self.heard = Heard(self.sheet)
        self.judged: dict[Edge, Pair] = {}
        # Old pairs whose judgement may be another now, and members of conflicts drawn anew.
        self.suspects: set[Edge] = set()
        self.linked: set[str] = set()

    def _frame(self, some: Iterable[int], origins: Mapping[str, str]) -> Any:
        chosen = [self.rows[at] for at in some]
        columns: dict[str, Sequence[Any]] = {name: [row[name] for row in chosen] for name in COLUMNS}
        columns["event"] = [row["final_event"] for row in chosen]
        columns["origin_group"] = [origins.get(row["figure_id"], row["final_origin_group"]) for row in chosen]
        return from_columns(columns)

    # Origins

    def _origins(self, lexicon: Lexicon) -> dict[str, str]:
        """The origins of the new figures, and of those that have another one now: a number may round a new one."""
        found: dict[str, str] = {}
        for metric, event in self.stories:
            block = [row for row in self.rows if row["metric"] == metric and row["final_event"] == event]
            new = [row for row in block if row["figure_id"] in self.fresh_ids]
            if all(_is_alone(row, block) for row in new):
                found |= {row["figure_id"]: f"o{row['figure_id'][1:]}" for row in new}
                continue
            columns: dict[str, Sequence[Any]] = {name: [row[name] for row in block] for name in COLUMNS}
            columns["event"] = [event] * len(block)
            drawn = assign_origins(from_columns(columns), lexicon)
            for row, origin in zip(block, drawn["origin_group"], strict=True):
                if row["figure_id"] in self.fresh_ids or row["final_origin_group"] != origin:
                    found[row["figure_id"]] = origin
        if len(found) > _MOST_MOVED:
            raise Unsure("many origins change")
        return found

    # Pairs

    def found(self, links: Sequence[Link]) -> Narrow:
        """All that the new figures change."""
        pairs = [find(self.sheet) for find in FINDERS]
        self._judge(pairs)
        conflicts, replaced = self._conflicts(pairs)
        told, untold = self._uncompared(pairs)
        quiet = self._quiet(conflicts)
        finals, latest, keys = self._answers(quiet)
        ids = {key for one in conflicts for camp in one.camps for key in camp} | self.linked
        low, high = (self.sheet.frame[name].to_numpy(dtype=np.float64) for name in ("low", "high"))
        bounds = {
            key: {"low": float(low[at]), "high": float(high[at]), "origin_group": self._origin(at)}
            for key in ids
            for at in (self.number[key],)
        }
        return Narrow(
            finals=finals, conflicts=tuple(conflicts), replaced=frozenset(replaced), bounds=bounds, told=tuple(told),
            untold=tuple(untold), latest=latest, keys=keys, stories=tuple(self.stories), links=tuple(links),
        )  # fmt: skip

    def _origin(self, at: int) -> str | None:
        row = self.rows[at]
        origin: str | None = self.origins.get(row["figure_id"], row["final_origin_group"])
        return origin

    def _judge(self, pairs: Sequence[tuple[Integers, Integers]]) -> None:
        """Judge the pairs of new figures, and others that a new figure bears on."""
        sheet = self.sheet
        a, b = (np.concatenate([pair[side] for pair in pairs]).astype(np.int64) for side in (0, 1))
        new = self.is_other[a] | self.is_other[b]
        chosen = new | self._borne_on(a, b)
        other, gone = self._crowded(pairs, new)
        chosen |= other
        self.suspects = gone
        edges = dict.fromkeys(zip(np.minimum(a, b)[chosen].tolist(), np.maximum(a, b)[chosen].tolist(), strict=True))
        if not edges:
            return
        if len(sheet) <= _READ_AT_ONCE:
            sheet.read(range(len(sheet)))
        sheet.read_around(np.unique(np.array(list(edges), dtype=np.int64)))
        around = _Watched(sheet.surroundings(), self.fresh_ids)
        sure = {
            edge for edge, flag in zip(zip(a.tolist(), b.tolist(), strict=True), other.tolist(), strict=True) if flag
        }
        for i, j in edges:
            around.seen = False
            pair = judge(sheet.claim(i), sheet.claim(j), self.knowledge, around)
            if self.is_other[i] or self.is_other[j] or around.seen or (i, j) in sure or (j, i) in sure:
                self.judged[i, j] = pair
                self.heard(i, j, pair)
                if not (self.is_fresh[i] or self.is_fresh[j]):
                    self.suspects.add((i, j))
            elif pair.relation.outcome == "not_comparable":
                # It may be told now, in the place of another one of the same series.
                self.judged[i, j] = pair

    def _borne_on(self, a: Integers, b: Integers) -> Booleans:
        """Pairs of old figures whose judgement may look at a new one.

        A judgement asks what the lower one's source said that overlaps the lower one, and what the higher one's said by
        the lower one's day that lies above it (``Surroundings.of_source``, ``of_source_above``).
        """
        sheet, code = self.sheet, self.sheet.codes
        old = np.flatnonzero(~self.is_other[a] & ~self.is_other[b] & self.is_whole[a] & self.is_whole[b])
        a_lower = sheet.hi[a[old]] < sheet.lo[b[old]]
        low, high = np.where(a_lower, a[old], b[old]), np.where(a_lower, b[old], a[old])
        found = np.zeros(len(old), dtype=bool)
        for at in np.flatnonzero(self.is_fresh).tolist():
            kin = (code["metric"] == code["metric"][at]) & (code["event"] == code["event"][at])
            kin &= (code["source"] == code["source"][at]) | (sheet.body == sheet.body[at])
            found |= kin[low] & (sheet.lo[at] <= sheet.hi[low]) & (sheet.lo[low] <= sheet.hi[at])
            above = kin[high] & (sheet.lo[at] > sheet.hi[low]) & (sheet.day[at] <= sheet.day[low])
            # Who had said as much of the very thing by then has said nothing new.
            found |= above & ~(self._had_said(at, sheet.day[low]) > sheet.hi[low])
        borne = np.zeros(len(a), dtype=bool)
        borne[old[found]] = True
        return borne

    def _had_said(self, at: int, days: Integers) -> Reals:
        """The most that a new figure's source had said, by some days, of the very thing that it counts."""
        mine = self._thing(at)
        said = [
            other
            for other in np.flatnonzero(self.sheet.dated & self.sheet.said & ~self.is_other).tolist()
            if self._thing(other) == mine
        ]
        if not said:
            return np.full(len(days), -np.inf)
        day, low = self.sheet.day[said], self.sheet.lo[said]
        order = np.argsort(day, kind="stable")
        most = np.r_[-np.inf, np.maximum.accumulate(low[order])]
        known: Reals = most[np.searchsorted(day[order], days, side="right")]
        return known

    def _thing(self, at: int) -> tuple[Any, ...]:
        row = self.rows[at]
        return (*(row[name] for name in _THING), _is_bare(row), int(self.sheet.body[at]))

    def _crowded(self, pairs: Sequence[tuple[Integers, Integers]], new: Booleans) -> tuple[Booleans, set[Edge]]:
        """In a crowd, of which only telling pairs are judged: old pairs that are told only now, and those that were."""
        none = np.zeros(len(new), dtype=bool)
        code = self.sheet.codes
        size = max(
            (int(((code["metric"] == code["metric"][at]) & (code["event"] == code["event"][at])).sum())
             for at in np.flatnonzero(self.is_fresh).tolist()),
            default=0,
        )  # fmt: skip
        alike = self._alike()
        if max(size, int(alike.sum())) <= SMALL_BLOCK and len(new) <= MANY_PAIRS // 4:
            return none, set()
        old = np.flatnonzero(~self.is_fresh)
        before = Sheet.of(self._frame(old.tolist(), {}), self.knowledge)
        width = np.int64(len(self.rows))
        then, now, whole = list[Integers](), list[Integers](), list[Booleans]()
        for find, (a, b) in zip(FINDERS, pairs, strict=True):
            # One number under two metrics: of such a number all are here, whatever metric they stand under.
            here = alike if find is swapped_pairs else self.is_whole
            x, y = (old[rows.astype(np.int64)] for rows in find(before))
            keep = here[x] & here[y]
            then.append(np.minimum(x, y)[keep] * width + np.maximum(x, y)[keep])
            now.append(np.minimum(a, b).astype(np.int64) * width + np.maximum(a, b))
            whole.append(here[a] & here[b])
        before_all, now_all = np.concatenate(then), np.concatenate(now)
        told = np.concatenate(whole) & ~new & ~np.isin(now_all, before_all)
        gone = np.setdiff1d(before_all, now_all)
        return told, {(int(one // width), int(one % width)) for one in gone}

    def _alike(self) -> Booleans:
        """Rows of an event that have a new figure's very number, under whatever metric."""
        numbers = {
            (self.rows[at]["final_event"], self.rows[at]["value"]) for at in np.flatnonzero(self.is_fresh).tolist()
        }
        alike: Booleans = np.array([(row["final_event"], row["value"]) in numbers for row in self.rows], dtype=bool)
        return alike

    # Conflicts

    def _conflicts(self, pairs: Sequence[tuple[Integers, Integers]]) -> tuple[list[Conflict], set[str]]:
        """The conflicts with a pair that was judged, drawn anew, and the ids of those in whose place they stand."""
        sheet = self.sheet
        edges: dict[tuple[Kind, str, str], dict[Edge, Pair]] = defaultdict(dict)
        nodes: dict[Kind, set[int]] = defaultdict(set)
        for (i, j), pair in self.judged.items():
            kind = pair.relation.kind
            if pair.relation.outcome == "conflict" and kind is not None:
                edges[block_of(kind, sheet.claim(i), sheet.claim(j))][i, j] = pair
                nodes[kind] |= {i, j}
        replaced: set[str] = set()
        if nodes or self.suspects or self.moved:
            replaced = self._linked(nodes)
            self._judge_among(nodes, pairs, edges)
        found = [
            conflict
            for (kind, _, _), some in sorted(edges.items(), key=lambda one: one[0])
            for conflict in conflicts_of(kind, dict(sorted(some.items())), sheet, self.knowledge)
        ]
        for article in {self.rows[at]["article_id"] for at in np.flatnonzero(self.is_fresh).tolist()}:
            mine = [sheet.claim(at) for at, row in enumerate(self.rows) if row["article_id"] == article]
            if sum(one.value is not None for one in mine) >= 3:
                found.extend(slip_conflict(one, self.knowledge) for one in slips_of_article(mine, self.knowledge))
        return distinct_conflicts(found), replaced

    def _linked(self, nodes: dict[Kind, set[int]]) -> set[str]:
        """The kept conflicts that share a figure with those of their kind, over any number of steps; adds theirs."""
        asked = [row["figure_id"] for at, row in enumerate(self.rows) if self.is_whole[at] and not self.is_fresh[at]]
        ends = {at for of_kind in nodes.values() for at in of_kind} | {at for edge in self.suspects for at in edge}
        asked += [self.rows[at]["figure_id"] for at in ends if not self.is_whole[at] and not self.is_fresh[at]]
        every = self.beside.kept_conflicts(asked)
        kept = [one for one in every if one.kind != "arithmetic"]
        if any(one.kind == "arithmetic" and one.members & self.moved for one in every):
            raise Unsure("a sum that has another origin now")
        suspects = [(self.rows[i]["figure_id"], self.rows[j]["figure_id"]) for i, j in self.suspects]
        taken: set[str] = set()
        grew = True
        while grew:
            grew = False
            for one in kept:
                if one.conflict_id in taken:
                    continue
                of_kind = {self.rows[at]["figure_id"] for at in nodes[one.kind]}
                mine = of_kind | self.moved
                if mine & one.members or any(x in one.members and y in one.members for x, y in suspects):
                    if not one.members <= self.number.keys():
                        raise Unsure("a clash with what lies elsewhere")
                    taken.add(one.conflict_id)
                    self.linked |= one.members
                    nodes[one.kind] |= {self.number[key] for key in one.members}
                    grew = True
        return taken

    def _judge_among(
        self, nodes: Mapping[Kind, set[int]], pairs: Sequence[tuple[Integers, Integers]],
        edges: dict[tuple[Kind, str, str], dict[Edge, Pair]],
    ) -> None:  # fmt: skip
        """Judge all pairs among the figures of conflicts that are drawn anew."""
        sheet, around = self.sheet, self.sheet.surroundings()
        known: dict[Edge, Pair] = {}
        every = [at for members in nodes.values() for at in members]
        if every:
            sheet.read_around(np.array(every, dtype=np.int64))
        for kind, members in nodes.items():
            within = np.zeros(len(sheet), dtype=bool)
            within[list(members)] = True
            for a, b in pairs:
                both = within[a] & within[b]
                for x, y in zip(a[both].tolist(), b[both].tolist(), strict=True):
                    edge = min(x, y), max(x, y)
                    if edge in self.judged:
                        continue
                    if edge not in known:
                        known[edge] = judge(sheet.claim(edge[0]), sheet.claim(edge[1]), self.knowledge, around)
                    pair = known[edge]
                    if pair.relation.outcome == "conflict" and pair.relation.kind == kind:
                        edges[block_of(kind, sheet.claim(edge[0]), sheet.claim(edge[1]))][edge] = pair

    # What could not be compared

    def _uncompared(self, pairs: Sequence[tuple[Integers, Integers]]) -> tuple[list[Uncompared], list[tuple[str, str]]]:
        """What is told now of pairs that could not be compared, and what no longer: of two series the first pair."""
        sheet = self.sheet
        candidates: list[tuple[tuple[Any, ...], Edge, tuple[str, ...]]] = []
        for (i, j), pair in self.judged.items():
            if pair.relation.outcome == "not_comparable":
                noted: dict[tuple[Any, ...], tuple[int, int, tuple[str, ...]]] = {}
                note(noted, sheet, i, j, pair)
                candidates.extend((key, (i, j), missing) for key, (_, _, missing) in noted.items())
        if not candidates and not self.suspects:
            return [], []
        whole = [row["figure_id"] for at, row in enumerate(self.rows) if self.is_whole[at] and not self.is_fresh[at]]
        kept = {
            (min(self.number[a], self.number[b]), max(self.number[a], self.number[b])): (a, b, missing)
            for a, b, missing in self.beside.kept_uncompared(whole)
            if a in self.number and b in self.number and self.is_whole[self.number[a]] and self.is_whole[self.number[b]]
        }
        if not candidates and not kept:
            return [], []
        for edge in self.suspects & kept.keys():
            if edge not in self.judged or self.judged[edge].relation.outcome != "not_comparable":
                raise Unsure("what could not be compared is told no longer")
        sheet.read_around(np.unique(np.array([*kept, *(edge for _, edge, _ in candidates)], dtype=np.int64)))
        keys = {edge: noted_as(sheet.claim(edge[0]), sheet.claim(edge[1]), one[2]) for edge, one in kept.items()}
        wanted = {key for key, _, _ in candidates}
        rivals = {edge: key for edge, key in keys.items() if key in wanted}
        rank = self._ranks(pairs, {*rivals, *(edge for _, edge, _ in candidates)})
        best: dict[tuple[Any, ...], tuple[tuple[int, int, int], Edge, tuple[str, ...]]] = {}
        for key, edge, missing in [*candidates, *((key, edge, kept[edge][2]) for edge, key in rivals.items())]:
            if edge in rank and (key not in best or rank[edge] < best[key][0]):
                best[key] = rank[edge], edge, missing
        chosen = {edge: missing for _, edge, missing in best.values()}
        told = uncompared_of({(edge,): (*edge, missing) for edge, missing in chosen.items() if edge not in kept}, sheet)
        untold = [kept[edge][:2] for edge in rivals if edge not in chosen]
        return told, untold

    @staticmethod
    def _ranks(pairs: Sequence[tuple[Integers, Integers]], edges: Collection[Edge]) -> dict[Edge, tuple[int, int, int]]:
        """In which place pairs are judged: by finder, then by rows."""
        rank: dict[Edge, tuple[int, int, int]] = {}
        for at, (a, b) in enumerate(pairs):
            for x, y in zip(np.minimum(a, b).tolist(), np.maximum(a, b).tolist(), strict=True):
                if (x, y) in edges and (x, y) not in rank:
                    rank[x, y] = at, x, y
        return rank

    # Answers

    def _quiet(self, conflicts: Sequence[Conflict]) -> dict[str, int]:
        before = np.array([not fresh and not row["quiet"] for fresh, row in zip(self.is_fresh, self.rows, strict=True)])
        self.heard.add(before & self.is_whole)
        return self.heard.quiet(conflicts)

    def _answers(
        self, quiet: Mapping[str, int]
    ) -> tuple[dict[str, tuple[str | None, str | None, int, int | None]], list[Row], list[int]]:
        mine = [
            row | {"event": row["final_event"], "origin_group": self._origin(at)}
            for at, row in enumerate(self.rows)
            if (row["metric"], row["final_event"]) in self.stories
        ]
        answers = answers_of(mine, self.knowledge)
        finals: dict[str, tuple[str | None, str | None, int, int | None]] = {}
        for row in self.rows:
            key = row["figure_id"]
            series = answers.series.get(key, row["series"])
            is_new = key in self.fresh_ids
            still = quiet.get(key, 0) if is_new or row["quiet"] else 0
            if is_new or key in self.moved or (row["quiet"] or 0) != still or series != row["series"]:
                finals[key] = row["final_event"], self._origin(self.number[key]), still, series
        return finals, answers.rows, answers.keys


class _Watched(Surroundings):
    """Surroundings that tell whether a new figure was among what a judgement looked at."""

    __slots__ = ("_around", "_fresh", "seen")

    def __init__(self, around: Surroundings, fresh: Collection[str]) -> None:
        super().__init__()
        self._around, self._fresh, self.seen = around, fresh, False

    def of_source(self, claim: Claim, **bounds: Any) -> Sequence[Claim]:
        """What the claim's source said."""
        return self._looked_at(self._around.of_source(claim, **bounds))

    def of_source_above(self, claim: Claim, **bounds: Any) -> Sequence[Claim]:
        """What it said above a number."""
        return self._looked_at(self._around.of_source_above(claim, **bounds))

    def of_article(self, article_id: str) -> Sequence[Claim]:
        """What one article says."""
        return self._around.of_article(article_id)

    def _looked_at(self, claims: Sequence[Claim]) -> Sequence[Claim]:
        self.seen = self.seen or any(one.figure_id in self._fresh for one in claims)
        return claims


def _is_alone(row: Row, block: Sequence[Row]) -> bool:
    """Whether no rule of ``origins`` can link a figure with another of its metric and event."""
    source, value = row["source"], row["value"]
    if value is None or source is None or source.endswith(" government") or row["source_type"] in _UNNAMED:
        return False
    if _is_bare(row):
        return False
    for other in block:
        if other is row:
            continue
        number = other["value"]
        bare, own = _is_bare(other), other["source"] == source
        # Equal numbers of two bodies confirm each other; of one they are one, and who names nobody repeats them.
        if number == value and (own or bare or other["source"].endswith(" government")):
            return False
        if bare and other["article_id"] == row["article_id"]:
            return False
        if own and number is not None and _may_round(row, other):
            return False
    return True


def _may_round(a: Row, b: Row) -> bool:
    """Whether one of two numbers of a source may round the other: about as large, in fewer digits than are telling."""
    coarse, fine = sorted((a, b), key=_digits)
    if not _digits(coarse) < _TELLING <= _digits(fine) or coarse["value"] <= 0:
        return False
    if abs(fine["value"] - coarse["value"]) > min(coarse["precision"], _ROUNDED * coarse["value"]):
        return False
    return all((a[slot] or other) == (b[slot] or other) for slot, other in _SCOPE)


def _digits(row: Row) -> float:
    return float(abs(row["value"]) / max(row["precision"] or 0.0, 1e-9))


def _is_bare(row: Row) -> bool:
    return row["source"] is None or (row["source"] == row["outlet"] and row["source_mention"] is None)
