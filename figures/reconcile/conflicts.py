"""From pairs to conflicts: series, camps, severity, and what could not be compared."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from figures.model import Conflict, Kind, Level, Relation, Uncompared
from figures.reconcile.arithmetic import Slip, find_slips
from figures.reconcile.bounds import BOUNDARY
from figures.reconcile.camps import Camps, camps_between
from figures.reconcile.comparable import Claim, Knowledge
from figures.reconcile.explain import explain_conflict, explain_slip, explain_uncompared
from figures.reconcile.growth import growing_pairs
from figures.reconcile.judge import Pair, judge
from figures.reconcile.sweep import Sheet, clashing_pairs, lead_pairs, swapped_pairs, transposed_pairs, whole_pairs

__all__ = [
    "FINDERS", "block_of", "conflicts_of", "distinct_conflicts", "find_conflicts", "find_growth", "level_of", "note",
    "noted_as", "severity", "slip_conflict", "uncompared_of",
]  # fmt: skip

FINDERS: Final = (clashing_pairs, whole_pairs, swapped_pairs, transposed_pairs, lead_pairs)
"""What finds the pairs worth a judgement, in the order in which they are judged."""

# The factors of SPEC section 5 as given there; they have not been swept on gold yet.
_INHERITED: Final = 0.85
_EMPTY: Final = 0.6
_ESTIMATED: Final = 0.8
_ONE_ORIGIN: Final = 0.7
_WEEK: Final = 7.0
_HIGH: Final = 50.0
_MEDIUM: Final = 20.0
_SLOTS: Final = ("metric", "unit", "event", "population", "party", "place", "place_role", "aspect")
_SCOPE: Final = ("event", "population", "party", "place")
# Misquotes and the like hold within one source, where the rule of three per cent does not apply.
_WITHIN: Final = frozenset(("misquote", "stale", "regression", "magnitude", "metric_swap", "headline"))
_LEAST_SLIP: Final = 20.0
_MOST_UNCOMPARED: Final = 200
# Pairs whose claims are made together.
_AT_ONCE: Final = 10_000


def find_conflicts(
    sheet: Sheet,
    knowledge: Knowledge,
    *,
    implausible_growth: bool = False,
    on_pair: Callable[[int, int, Pair], None] | None = None,
) -> tuple[list[Conflict], list[Uncompared]]:
    """Every conflict between the figures of a sheet, and the pairs that could not be compared, one a series pair.

    ``on_pair`` is told every pair of rows that was judged.
    """
    edges: dict[tuple[Kind, str, str], dict[tuple[int, int], Pair]] = defaultdict(dict)
    uncompared: dict[tuple[Any, ...], tuple[int, int, tuple[str, ...]]] = {}
    for i, j, pair in _judged(sheet, knowledge):
        relation = pair.relation
        if on_pair is not None:
            on_pair(i, j, pair)
        if relation.outcome == "conflict" and relation.kind is not None:
            edges[block_of(relation.kind, sheet.claim(i), sheet.claim(j))][i, j] = pair
        elif relation.outcome == "not_comparable":
            note(uncompared, sheet, i, j, pair)
    sheet.read(row for pairs_of in edges.values() for edge in pairs_of for row in edge)
    conflicts = [
        conflict
        for (kind, _, _), pairs_of in sorted(edges.items(), key=lambda one: one[0])
        for conflict in conflicts_of(kind, pairs_of, sheet, knowledge)
    ]
    conflicts.extend(slip_conflict(slip, knowledge) for slip in find_slips(sheet, knowledge))
    if implausible_growth:
        conflicts.extend(find_growth(sheet, knowledge))
    conflicts = sorted(distinct_conflicts(conflicts), key=lambda one: (-one.severity, one.conflict_id))
    return conflicts, uncompared_of(uncompared, sheet)


def _judged(sheet: Sheet, knowledge: Knowledge) -> Iterator[tuple[int, int, Pair]]:
    """Every pair worth it with its judgement, once; only few claims at a time are held in memory."""
    around = sheet.surroundings()
    seen: set[int] = set()
    for find in FINDERS:
        a, b = find(sheet)
        for at in range(0, len(a), _AT_ONCE):
            some, other = a[at : at + _AT_ONCE], b[at : at + _AT_ONCE]
            sheet.forget()
            sheet.read_around(np.concatenate([some, other]))
            for i, j in zip(some.tolist(), other.tolist(), strict=True):
                one, two = min(i, j), max(i, j)
                edge = one * len(sheet) + two
                if edge not in seen:
                    seen.add(edge)
                    yield one, two, judge(sheet.claim(i), sheet.claim(j), knowledge, around)


def block_of(kind: Kind, a: Claim, b: Claim) -> tuple[Kind, str, str]:
    """What a conflict of two claims may share with others: kind, metrics, and event or place."""
    return kind, "|".join(sorted({a.metric, b.metric})), a.event or b.event or a.place or ""


def conflicts_of(kind: Kind, pairs: dict[tuple[int, int], Pair], sheet: Sheet, knowledge: Knowledge) -> list[Conflict]:
    """The conflicts that clashing pairs of one block make, each pair with its earlier row first."""
    out: list[Conflict] = []
    groups = _components(list(pairs))
    home = {one: at for at, members in enumerate(groups) for one in members}
    place = {one: at for members in groups for at, one in enumerate(members)}
    edges_of: list[dict[tuple[int, int], Pair]] = [{} for _ in groups]
    for (i, j), pair in pairs.items():
        edges_of[home[i]][place[i], place[j]] = pair
    for members, edges in zip(groups, edges_of, strict=True):
        claims = [sheet.claim(one) for one in members]
        if kind == "metric_swap":
            found = [_by_metric(claims)]
        else:
            found = camps_between(
                [one.lo for one in claims],
                [one.hi for one in claims],
                edges.keys(),
                slack=0.0 if kind in _WITHIN else BOUNDARY,
            )
        out.extend(to_conflict(kind, camps, claims, edges, knowledge) for camps in found)
    return out


def find_growth(sheet: Sheet, knowledge: Knowledge) -> list[Conflict]:
    """Counts that grow faster than the age of their event allows; not asked for by default."""
    edges: dict[tuple[str, str], dict[tuple[int, int], Pair]] = defaultdict(dict)
    for low, high, pair in growing_pairs(sheet, knowledge):
        edge = (min(low, high), max(low, high))
        relation = replace(pair.relation, outcome="conflict", kind="implausible_growth")
        edges[sheet.claim(low).metric, sheet.claim(low).event or ""][edge] = replace(pair, relation=relation)
    return [
        conflict
        for _, pairs in sorted(edges.items(), key=lambda one: one[0])
        for conflict in conflicts_of("implausible_growth", pairs, sheet, knowledge)
    ]


def slip_conflict(slip: Slip, knowledge: Knowledge) -> Conflict:
    """A slip inside one article as a conflict."""
    members = [one for camp in slip.camps for one in camp]
    series = series_of(members, knowledge)
    value = round(max(_LEAST_SLIP, 100.0 * slip.error), 1)
    return Conflict(
        conflict_id=conflict_id("arithmetic", series, members),
        kind="arithmetic",
        severity=value,
        level=level_of(value),
        metric=slip.camps[0][0].metric,
        series=series,
        camps=tuple(tuple(one.figure_id for one in camp) for camp in slip.camps),
        gap=round(slip.error, 6),
        explanation=explain_slip(slip),
        reasons=(slip.rule, slip.found),
    )


def _by_metric(claims: Sequence[Claim]) -> Camps:
    by_metric: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(claims):
        by_metric[one.metric].append(at)
    return Camps(camps=tuple(tuple(by_metric[name]) for name in sorted(by_metric)))


def to_conflict(
    kind: Kind, camps: Camps, claims: Sequence[Claim], edges: dict[tuple[int, int], Pair], knowledge: Knowledge
) -> Conflict:
    """One conflict from camps of positions in ``claims``; severity and reasons come from its clearest pair."""
    chosen: list[tuple[int, int]] = []
    for at, camp in enumerate(camps.camps):
        for other in camps.camps[at + 1 :]:
            across = ((min(i, j), max(i, j)) for i in camp for j in other)
            chosen.extend(edge for edge in across if edge in edges)
    pairs = [
        (severity(claims[i], claims[j], edges[i, j].relation, kind, knowledge), edges[i, j]) for i, j in sorted(chosen)
    ]
    strongest, best = max(pairs, key=lambda one: (one[0], one[1].relation.gap, one[1].relation.reasons))
    groups = tuple(tuple(sorted((claims[i] for i in camp), key=_telling_order)) for camp in camps.camps)
    members = [one for group in groups for one in group]
    series = series_of(members, knowledge)
    return Conflict(
        conflict_id=conflict_id(kind, series, members),
        kind=kind,
        severity=strongest,
        level=level_of(strongest),
        metric=members[0].metric,
        series=series,
        camps=tuple(tuple(one.figure_id for one in group) for group in groups),
        compatible=tuple(claims[i].figure_id for i in camps.compatible),
        gap=round(best.relation.gap, 6),
        explanation=explain_conflict(kind, groups, [claims[i] for i in camps.compatible], series, best, knowledge),
        reasons=best.relation.reasons,
    )


def series_of(claims: Sequence[Claim], knowledge: Knowledge) -> dict[str, Any]:
    """The slots that all members share; a slot in which they differ is left out.

    Two words for one group (soldiers, troops) are shared under its canonical name.
    """
    series: dict[str, Any] = {}
    for slot in _SLOTS:
        values = {getattr(one, slot) for one in claims}
        said = {one for one in values if one is not None}
        if len(values) == 1 or (len(said) == 1 and slot in ("population", "party", "place", "place_role", "event")):
            series[slot] = next(iter(said), None)
        elif slot == "population" and len(names := {knowledge.lexicon.metrics.population(one) for one in said}) == 1:
            series[slot] = names.pop()
    return series


def severity(a: Claim, b: Claim, relation: Relation, kind: Kind, knowledge: Knowledge) -> float:
    """0–100: how clearly two statements clash, 100 · gap · scope · time · modality · origin (SPEC section 5)."""
    scope = 1.0
    for slot in _SCOPE:
        x, y = getattr(a, slot), getattr(b, slot)
        if x is None and y is None:
            # No party and no counted group are the usual thing for people; no place and no event are a lack.
            scope *= 1.0 if slot in ("party", "population") else _EMPTY
        elif knowledge.inherited(a, slot) or knowledge.inherited(b, slot):
            scope *= _INHERITED
    time = 1.0
    if kind in ("disagreement", "part_exceeds_whole", "magnitude") and a.day is not None and b.day is not None:
        days = abs(a.day - b.day)
        time = 1.0 if days <= 1 else 2.0 ** (-days / _WEEK)
    modality = _ESTIMATED if "estimated" in (a.modality, b.modality) else 1.0
    one_origin = a.origin is not None and a.origin == b.origin
    origin = _ONE_ORIGIN if one_origin else 1.0
    return round(100.0 * relation.gap * scope * time * modality * origin, 1)


def level_of(value: float) -> Level:
    """The word for a severity: high ("check first") from 50, medium ("check") from 20, else low ("minor")."""
    return "high" if value >= _HIGH else "medium" if value >= _MEDIUM else "low"


def conflict_id(kind: Kind, series: dict[str, Any], members: Sequence[Claim]) -> str:
    """Name a conflict by kind, series and its figures, each origin once, so that copies leave the name alone."""
    by_origin: dict[str, str] = {}
    for one in members:
        key = one.origin or one.figure_id
        by_origin[key] = min(by_origin.get(key, one.figure_id), one.figure_id)
    parts = [kind, *(f"{key}={series[key]}" for key in sorted(series)), *sorted(by_origin.values())]
    return "c" + hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _telling_order(claim: Claim) -> tuple[Any, ...]:
    return (not claim.dated, claim.day or 0, claim.published or "", claim.article_id, claim.start, claim.figure_id)


def _components(edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Positions linked by edges, each set sorted, in the order of their first member."""
    parent: dict[int, int] = {}

    def root(one: int) -> int:
        parent.setdefault(one, one)
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for i, j in edges:
        x, y = root(i), root(j)
        if x != y:
            parent[max(x, y)] = min(x, y)
    groups: dict[int, list[int]] = defaultdict(list)
    for one in sorted(parent):
        groups[root(one)].append(one)
    return [groups[one] for one in sorted(groups)]


def distinct_conflicts(conflicts: Sequence[Conflict]) -> list[Conflict]:
    """Each conflict once."""
    seen: dict[str, Conflict] = {}
    for one in conflicts:
        seen.setdefault(one.conflict_id, one)
    return list(seen.values())


def note(
    noted: dict[tuple[Any, ...], tuple[int, int, tuple[str, ...]]], sheet: Sheet, i: int, j: int, pair: Pair
) -> None:
    """Keep a pair that could not be compared, one for each two series and what is missing."""
    a, b = sheet.claim(i), sheet.claim(j)
    missing = pair.relation.missing
    if not missing or "disjoint" in pair.comparison.slots.values() or a.source == b.source:
        return
    if a.day is not None and b.day is not None and abs(a.day - b.day) > 1:
        return
    noted.setdefault(noted_as(a, b, missing), (i, j, missing))


def noted_as(a: Claim, b: Claim, missing: tuple[str, ...]) -> tuple[Any, ...]:
    """For which two series, and what is missing, a pair is told; the earlier row first."""
    ends = sorted((str(one.source), str(one.population), str(one.place), one.aspect) for one in (a, b))
    return (a.metric, a.event, missing, *ends)


def uncompared_of(noted: dict[tuple[Any, ...], tuple[int, int, tuple[str, ...]]], sheet: Sheet) -> list[Uncompared]:
    """The noted pairs of rows as what is shown, by metric and figures; no more than are ever shown."""
    out = []
    sheet.read(row for i, j, _ in noted.values() for row in (i, j))
    for i, j, missing in noted.values():
        a, b = sorted((sheet.claim(i), sheet.claim(j)), key=lambda one: one.figure_id)
        out.append(
            Uncompared(
                metric=a.metric,
                a=a.figure_id,
                b=b.figure_id,
                missing=missing,
                explanation=explain_uncompared(a, b, missing),
            )
        )
    return sorted(out, key=lambda one: (one.metric, one.a, one.b))[:_MOST_UNCOMPARED]
