"""Timeline: how a metric moved, one row for each date, source and statement; sources are never joined."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

import pandas as pd

from figures.lexicon import Lexicon, default_lexicon
from figures.reconcile.comparable import Knowledge
from figures.reconcile.events import assign_events
from figures.reconcile.latest import SERIES, in_scope, published_by, series_of
from figures.reconcile.origins import assign_origins
from figures.table import flat

__all__ = ["TIMELINE_COLUMNS", "timeline", "timeline_of"]

TIMELINE_COLUMNS: Final = (
    *SERIES, "as_of", "as_of_basis", "source", "source_type", "source_relation", "value", "low", "high", "comparator",
    "precision", "modality", "period_start", "period_end", "origin_group", "articles", "outlets", "published_at",
    "figure_id", "article_id", "sentence", "quote",
)  # fmt: skip
_DATED: Final = ("stated", "reporting_day")


def timeline(
    table: pd.DataFrame,
    metric: str | None,
    *,
    known_by: str | date | datetime | None = None,
    lexicon: Lexicon | None = None,
    **scope: str | None,
) -> pd.DataFrame:
    """Every statement about a metric (about all where it is None), sorted by series and date.

    One row a date, source and origin; copies are counted in ``articles`` and ``outlets``. The date of a statement is
    the one that any version of it states, else that of its earliest publication, and unknown where there is
    neither. Projections, superseded and denied numbers are rows too; ``modality`` tells them apart. ``scope`` and
    ``known_by`` are those of ``latest``. Raises ValueError for an unknown scope.
    """
    lexicon = lexicon or default_lexicon()
    known = published_by(table, known_by)
    assigned = assign_origins(assign_events(known, lexicon), lexicon)
    return timeline_of(assigned, metric, lexicon=lexicon, **scope)


def timeline_of(
    assigned: pd.DataFrame, metric: str | None, *, lexicon: Lexicon | None = None, **scope: str | None
) -> pd.DataFrame:
    """:func:`timeline` for a table whose events and origins are final already, such as a reconciliation's."""
    knowledge = Knowledge(lexicon or default_lexicon())
    frame = flat(assigned)
    if metric is not None:
        frame = frame[frame["metric"] == metric]
    frame = in_scope(series_of(frame, knowledge), knowledge, **scope)
    rows = frame.assign(
        origin=frame["origin_group"].astype(object).where(frame["origin_group"].notna(), frame["figure_id"]),
        undated=~(frame["as_of_basis"].isin(_DATED) & frame["as_of"].notna()),
        inexact=frame["comparator"] != "exact",
    )
    # The outlet's own wording of a body's number is that body's statement, not a voice of its own.
    rows["uncredited"] = rows["source"].isna() | ((rows["source"] == rows["outlet"]) & rows["source_mention"].isna())
    rows = rows.sort_values(["published_at", "article_id", "field", "start", "figure_id"], na_position="last")
    key = ["series", "origin", "modality"]
    stated = rows[~rows["undated"]].drop_duplicates(key).set_index(key)
    first = rows.drop_duplicates(key).set_index(key)
    order = ["uncredited", "undated", "inexact", "precision"]
    out = rows.sort_values(order, kind="stable").drop_duplicates(key).set_index(key)
    dated = stated["as_of"].reindex(out.index)
    for name in ("as_of", "as_of_basis"):
        out[name] = stated[name].reindex(out.index).where(dated.notna(), first[name].reindex(out.index))
    counted = rows.groupby(key)
    out["articles"] = counted["article_id"].nunique().reindex(out.index)
    out["outlets"] = counted["outlet"].nunique().reindex(out.index)
    out = out.reset_index().sort_values(["series", "as_of", "source", "figure_id"], na_position="first")
    return out[list(TIMELINE_COLUMNS)].reset_index(drop=True)
