"""Every branch of the intervals and of the conflicts, run under coverage; ``test_branches.py`` reads what it prints.

Started as a program of its own, since coverage has to be there before the modules are imported.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

import coverage

HELD = ("bounds", "conflicts", "growth")
HERE = Path(__file__).parent


def row(number: int, value: float | None, source: str, **slots: Any) -> dict[str, Any]:
    return {
        "figure_id": f"f{number:03}", "metric": "deaths", "source": source, "outlet": f"Outlet {number}", "title": "",
        "url": None, "article_id": f"a{number}", "published_at": "2024-03-02", "value": value, "low": value,
        "high": value, "comparator": "exact", "precision": 1, "unit": "person", "population": "people",
        "place": "Quetta", "event": "bombing:Quetta:2024-03-02", "as_of": "2024-03-02", "as_of_basis": "stated",
        "aspect": "cumulative", "modality": "reported", "sentence": f"It was {value}.", "quote": f"{value}",
        "field": "text", "start": 300, "end": 303, **slots,
    }  # fmt: skip


def run() -> None:
    """Tables that take every way through the modules."""
    from figures.lexicon import default_lexicon
    from figures.reconcile import Knowledge, Sheet, find_conflicts, implausible_growth, reconcile
    from figures.reconcile.bounds import digits, gap, gap_of, is_round, significant_digits, widened
    from figures.reconcile.conflicts import level_of
    from figures.table import tabulate

    sys.path.insert(0, str(HERE))
    from test_conflicts import table_of

    cases = tomllib.loads((HERE / "gold/conflicts/cases.toml").read_text(encoding="utf-8"))["case"]
    seen: set[tuple[str, str]] = set()
    for case in cases:
        kind = (case["kind"], case.get("expect", "conflict"))
        if kind not in seen or case["kind"] == "implausible_growth" or "could not compare" in case["why"]:
            seen.add(kind)
            reconcile(table_of(case), default_lexicon(), implausible_growth=True)
    estimated = {"modality": "estimated"}
    inherited = {"rules": {"place": {"rule": "paragraph"}}}
    for rows in (
        [],
        [row(1, 10, "Police"), row(2, 30, "Red Cross"), row(3, 90, "Health Ministry")],
        [row(1, 10, "Police", population="soldiers"), row(2, 30, "Red Cross", population="troops")],
        [row(1, 10, "Police", **inherited), row(2, 30, "Red Cross", **estimated)],
        [row(1, 10, "Police"), row(2, 30, "Red Cross", population=None, place=None)],
        [
            row(1, 10, "Police", population=None, article_id="one", as_of="2024-03-06"),
            row(2, 30, "Red Cross", population="children", article_id="one", start=400, end=402),
        ],
        [row(1, 10, "Police"), row(2, 30, "Police", population="children", as_of=None, as_of_basis=None)],
        [row(1, 10, "Police", as_of=None, as_of_basis=None), row(2, 30, "Red Cross", population="children")],
    ):
        found = reconcile(tabulate(rows), default_lexicon())
        implausible_growth(found.table)
        knowledge = Knowledge(default_lexicon())
        find_conflicts(Sheet.of(found.table, knowledge), knowledge, on_pair=lambda *heard: None)
    for days in ([3, 4], [3, 3], [4, 3, 5], [0, 1]):
        grown = [
            row(at, 300 * 9**at, "Police", as_of=f"2024-03-{2 + day:02}", published_at=f"2024-03-{2 + day:02}")
            for at, day in enumerate(days)
        ]
        later = row(9, 5000, "Police", as_of="2024-03-09", published_at="2024-03-09", modality="projected")
        implausible_growth(reconcile(tabulate([*grown, later])).table)
    quick = [row(1, 300, "Police", as_of="2024-03-06"), row(2, 90_000, "Red Cross", as_of="2024-03-07", side="x")]
    stood = row(3, 300, "Police", as_of="2024-03-08", sentence="Police stood by 300.", quote="300")
    implausible_growth(reconcile(tabulate([*quick, stood])).table)
    assert [level_of(one) for one in (60, 30, 3)] == ["high", "medium", "low"]
    for word in ("exact", "between", "vague", "less_than", "approximately"):
        widened([2000, 45, 7.5, float("nan")], [2000, 45, 7.5, 10], [2000, 45, 7.5, 99], [1000, 1, 0.1, 0], word)
    widened(50, 50, 50, 10, "exact", percent=True)
    assert float(gap(1, 2, 4, 5)[0]) == gap_of(1, 2, 4, 5) == 0.5
    assert (gap_of(4, 5, 1, 2, 10), gap_of(1, 3, 2, 4)) == (0.2, 0.0)
    assert (significant_digits(0, 1), digits(0, 1), digits(2.5e6, 0.1), digits(498, 0)) == (0, "", "25", "498")
    assert is_round(2000, 1000)
    assert significant_digits(float("inf"), 1) == 0


if __name__ == "__main__":
    watch = coverage.Coverage(
        branch=True, config_file=False, data_file=None, include=[f"*/figures/reconcile/{one}.py" for one in HELD]
    )
    watch.start()
    run()
    watch.stop()
    watch.json_report(outfile=sys.argv[1])
