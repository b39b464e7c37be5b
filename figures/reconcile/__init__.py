"""Which figures are about one thing, and which of those cannot all be true.

``reconcile`` takes the whole table, ``compare`` any two figures. Both end in the same pairwise judgement
(``judge.py``); the table only decides which pairs are worth it (``sweep.py``) and how they group (``camps.py``,
``conflicts.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from figures.lexicon import Lexicon, default_lexicon
from figures.model import Conflict, Figure, Relation, Uncompared
from figures.reconcile.check import Verdict, check
from figures.reconcile.comparable import Knowledge, claim_of
from figures.reconcile.conflicts import find_conflicts, find_growth
from figures.reconcile.events import assign_events
from figures.reconcile.explain import explain_pair
from figures.reconcile.judge import judge
from figures.reconcile.latest import latest
from figures.reconcile.origins import assign_origins
from figures.reconcile.revisions import Revision, revisions
from figures.reconcile.sweep import Sheet
from figures.reconcile.timeline import timeline
from figures.table import flat, to_rows

__all__ = [
    "Reconciliation", "Revision", "Verdict", "check", "compare", "implausible_growth", "latest", "reconcile",
    "revisions", "timeline", "to_json",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """The table with its final events and origins, its conflicts, most severe first, and what was not compared."""

    table: pd.DataFrame
    conflicts: tuple[Conflict, ...]
    uncompared: tuple[Uncompared, ...]


def reconcile(
    table: pd.DataFrame, lexicon: Lexicon | None = None, *, implausible_growth: bool = False
) -> Reconciliation:
    """Join stories and origins across articles and find every conflict; the order of rows changes nothing.

    ``implausible_growth`` also reports counts that grow faster than the age of their event allows.
    """
    lexicon = lexicon or default_lexicon()
    knowledge = Knowledge(lexicon)
    joined = assign_origins(assign_events(table, lexicon), lexicon)
    conflicts, uncompared = find_conflicts(
        Sheet.of(joined, knowledge), knowledge, implausible_growth=implausible_growth
    )
    return Reconciliation(table=joined, conflicts=tuple(conflicts), uncompared=tuple(uncompared))


def implausible_growth(table: pd.DataFrame, lexicon: Lexicon | None = None) -> tuple[Conflict, ...]:
    """Of a table with its final events and origins the counts that grow faster than the age of their event allows.

    These are no part of ``reconcile`` unless asked for: a body that begins to count in another way grows just so.
    """
    knowledge = Knowledge(lexicon or default_lexicon())
    found = find_growth(Sheet.of(table, knowledge), knowledge)
    return tuple(sorted(found, key=lambda one: (-one.severity, one.conflict_id)))


def compare(a: Mapping[str, Any] | Figure, b: Mapping[str, Any] | Figure, lexicon: Lexicon | None = None) -> Relation:
    """How two figures stand to one another: conflict, agreement, update, different things, or not comparable."""
    knowledge = Knowledge(lexicon or default_lexicon())
    one, other = claim_of(a, knowledge), claim_of(b, knowledge)
    pair = judge(one, other, knowledge)
    relation = pair.relation
    return Relation(
        verdict=relation.verdict, outcome=relation.outcome, kind=relation.kind, gap=relation.gap,
        reasons=relation.reasons, missing=relation.missing, explanation=explain_pair(one, other, pair, knowledge),
    )  # fmt: skip


def to_json(conflict: Conflict, table: pd.DataFrame) -> dict[str, Any]:
    """A conflict as plain JSON, each figure in its camps a full row of the table."""
    return expanded(conflict, rows_by_id(table, conflict))


def rows_by_id(table: pd.DataFrame, *conflicts: Conflict) -> dict[str, dict[str, Any]]:
    """The rows that some conflicts speak of, by figure_id."""
    wanted = {one for conflict in conflicts for camp in (*conflict.camps, conflict.compatible) for one in camp}
    frame = flat(table)
    return {str(row["figure_id"]): row for row in to_rows(frame[frame["figure_id"].isin(wanted)])}


def expanded(conflict: Conflict, rows: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """A conflict as plain JSON with rows that are already at hand."""
    out = asdict(conflict)
    out["camps"] = [[rows[one] for one in camp] for camp in conflict.camps]
    out["compatible"] = [rows[one] for one in conflict.compatible if one in rows]
    out["reasons"] = list(conflict.reasons)
    return out
