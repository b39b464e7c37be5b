"""``table.figures``: the questions one asks of a table, on the table itself.

The accessor is registered when this module is imported; ``import figures`` does so where pandas is there already, and
the first verb that gives or takes a table does so otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from figures.model import COLUMNS
from figures.table import INDEX, to_rows

if TYPE_CHECKING:
    from figures.publish.drawing import Chart

__all__ = ["CONFLICT_COLUMNS", "FiguresAccessor"]

CONFLICT_COLUMNS: Final = (
    "kind", "level", "severity", "metric", "party", "population", "place", "camps", "gap", "explanation", "conflict_id",
)  # fmt: skip


@pd.api.extensions.register_dataframe_accessor("figures")
class FiguresAccessor:
    """Latest figures, conflicts, timelines and plots of a table that ``tabulate`` or ``load`` gave."""

    def __init__(self, table: pd.DataFrame) -> None:
        names = {*table.index.names, *table.columns}
        missing = [name for name in (*INDEX, "figure_id", "value", "low", "high", "unit") if name not in names]
        if missing:
            raise AttributeError(
                f"no table of figures: it lacks {', '.join(missing)}; make one with figures.tabulate or figures.load"
            )
        self._table = table

    def latest(self, metric: str | None = None, **options: Any) -> pd.DataFrame:
        """The newest figure of each series of a metric, or of all; options are those of ``figures.latest``."""
        from figures.reconcile.latest import latest

        return latest(self._table, metric, **options)

    def conflicts(self, *, implausible_growth: bool = False) -> pd.DataFrame:
        """The figures that cannot all be true, one row a conflict, the clearest clash first.

        ``camps`` writes the numbers of each camp with their sources, apart by "against"; the conflicts themselves, with
        the ids in their camps, are ``figures.reconcile(table).conflicts``. ``implausible_growth`` adds counts that grow
        faster than the age of their event allows.
        """
        from figures.notation import as_written
        from figures.reconcile import reconcile, rows_by_id

        outcome = reconcile(self._table, implausible_growth=implausible_growth)
        rows = rows_by_id(outcome.table, *outcome.conflicts)
        listed = []
        for one in outcome.conflicts:
            camps = [
                sorted({f"{as_written(rows[key])} ({rows[key]['source']})" for key in camp if key in rows})
                for camp in one.camps
            ]
            slots = {name: one.series.get(name) for name in ("party", "population", "place")}
            listed.append({
                "kind": one.kind, "level": one.level, "severity": one.severity, "metric": one.metric, **slots,
                "camps": " against ".join(", ".join(camp) for camp in camps), "gap": one.gap,
                "explanation": one.explanation, "conflict_id": one.conflict_id,
            })  # fmt: skip
        return pd.DataFrame(listed, columns=list(CONFLICT_COLUMNS))

    def timeline(self, metric: str | None = None, **scope: Any) -> pd.DataFrame:
        """One row for each date, source and origin of a metric, never joined or averaged."""
        from figures.reconcile.timeline import timeline

        return timeline(self._table, metric, **scope)

    def plot(self, metric: str, *, title: str | None = None, **scope: Any) -> Chart:
        """The interval chart of a metric: a dot is the nominal, a bar the bounds, an arrow an open side.

        A notebook shows it as a picture; ``spec`` is the Vega-Lite data, ``save`` writes an SVG file. Where rows come
        in several units, the most frequent one is drawn; ``unit=`` chooses another. Raises ValueError where nothing of
        it has a date.
        """
        from figures.lexicon import default_lexicon
        from figures.publish.charts import interval_chart
        from figures.publish.drawing import Chart
        from figures.publish.words import metric_in_words

        rows = self.timeline(metric, **scope)
        if not len(rows):
            raise ValueError(
                f"no figures of {metric} in that scope; see the table's first index level for what there is"
            )
        if "unit" not in scope:
            rows = rows[rows["unit"] == rows["unit"].value_counts().sort_index().idxmax()]
        words = title if title is not None else metric_in_words(metric, default_lexicon()).capitalize()
        return Chart(interval_chart(_plain_rows(rows), title=words))


def _plain_rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return to_rows(frame[[name for name in COLUMNS if name in frame.columns]])
