"""Score the figures of an extraction against articles that carry their gold.

An article is one JSON object a line: ``article_id``, ``outlet``, ``published_at``, ``title``, ``url``, ``topic``,
``text`` and ``figures``. A gold figure has the span of the quantity in ``text`` (``start``, ``end``, ``quote``), its
``value`` (None for a range or a vague quantity, then with ``low`` and perhaps ``high``), and the fields of
:data:`FIELDS` that were judged. A list means that any of its values is right, None that the field must be empty; a
field left out is not scored. A figure marked ``optional`` costs nothing, found or missed.

Run as a script it prints the scores of one file and its faults::

    python tests/gold/scoring.py tests/gold/figures/open.jsonl --show 40
"""

from __future__ import annotations

import argparse
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

Row = Mapping[str, Any]
Extract = Callable[[Row], Iterable[Row]]

FIELDS: Final = (
    "comparator", "metric", "unit", "population", "party", "place", "source", "as_of", "aspect", "modality",
)  # fmt: skip
WHOLE: Final = ("metric", "source", "place", "population")
"""A row is whole when its number and these fields are right."""
TOLERANCE: Final = 0.01
"""Relative: the gold writes one in three as 33.3."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing read wrongly: what was asked of which words, and what came; field "missed" or "false" for a number."""

    article_id: str
    quote: str
    field: str
    expected: Any = None
    got: Any = None

    def __str__(self) -> str:
        return f"{self.field:<11} {self.article_id}  {self.quote!r}  asked {self.expected!r}  got {self.got!r}"


@dataclass(slots=True, kw_only=True)
class Score:
    """Counts over one or many articles; :meth:`measures` turns them into shares of one."""

    gold: int = 0
    found: int = 0
    false: int = 0
    whole: int = 0
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    asked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    faults: list[Fault] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count another score in."""
        self.gold += other.gold
        self.found += other.found
        self.false += other.false
        self.whole += other.whole
        for name in FIELDS:
            self.right[name] += other.right[name]
            self.asked[name] += other.asked[name]
        self.faults += other.faults

    def measures(self) -> dict[str, float]:
        """Precision, recall and F1 of numbers, whole rows of all gold, then each field over the figures found."""
        precision = self.found / max(1, self.found + self.false)
        recall = self.found / max(1, self.gold)
        shares = {name: self.right[name] / self.asked[name] for name in FIELDS if self.asked[name]}
        return {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / max(1e-9, precision + recall),
            "rows": self.whole / max(1, self.gold),
        } | shares


def read_gold(path: Path) -> list[dict[str, Any]]:
    """The articles of a gold file; raises ValueError naming the line where a span does not hold its quote."""
    articles = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        article: dict[str, Any] = json.loads(line)
        for one in article["figures"]:
            if article["text"][one["start"] : one["end"]] != one["quote"]:
                raise ValueError(f"{path.name} line {number}: {one['id']} does not stand at its span")
        articles.append(article)
    return articles


def score(articles: Iterable[Row], extract: Extract) -> Score:
    """Score what ``extract`` reads from each article."""
    total = Score()
    for article in articles:
        total.add(score_article(article, list(extract(article))))
    return total


def score_article(article: Row, rows: Sequence[Row]) -> Score:
    """Match each gold figure with at most one row of the text, the one with the most fields right.

    Rows of the title are left out. Optional figures take what the others leave, and whatever overlaps them is
    excused. So is a second row of another metric on a span already matched: one number may say two things.
    """
    rows = [row for row in rows if row.get("field", "text") == "text"]
    free = set(range(len(rows)))
    result = Score()
    matched: list[tuple[Row, Row]] = []
    for gold in sorted(article["figures"], key=lambda one: bool(one.get("optional"))):
        near = [i for i in sorted(free) if overlap(gold, rows[i])]
        best = max(
            (i for i in near if same_number(gold, rows[i])), key=lambda i: agreement(gold, rows[i]), default=None
        )
        if best is not None:
            free.discard(best)
            matched.append((gold, rows[best]))
        elif gold.get("optional"):
            free.difference_update(near[:1])
        else:
            got = [row.get("value") for row in rows if overlap(gold, row)]
            result.faults.append(_fault(article, gold, "missed", gold["value"], got))
    for gold, row in matched:
        second = [i for i in sorted(free) if overlap(gold, rows[i]) and same_number(gold, rows[i])]
        free.difference_update([i for i in second if rows[i].get("metric") != row.get("metric")][:1])
    result.gold = sum(not one.get("optional") for one in article["figures"])
    result.false = len(free)
    result.faults += [
        Fault(
            article_id=article["article_id"], quote=str(rows[i].get("quote")), field="false", got=rows[i].get("metric")
        )
        for i in sorted(free)
    ]
    for gold, row in matched:
        if not gold.get("optional"):
            _count_fields(result, article, gold, row)
    return result


def _count_fields(result: Score, article: Row, gold: Row, row: Row) -> None:
    wrong = set()
    for name in FIELDS:
        if name not in gold:
            continue
        result.asked[name] += 1
        if accepts(gold[name], row.get(name)):
            result.right[name] += 1
        else:
            wrong.add(name)
            result.faults.append(_fault(article, gold, name, gold[name], row.get(name)))
    result.found += 1
    result.whole += wrong.isdisjoint(WHOLE)


def _fault(article: Row, gold: Row, name: str, expected: Any, got: Any) -> Fault:
    return Fault(article_id=article["article_id"], quote=gold["quote"], field=name, expected=expected, got=got)


def overlap(gold: Row, row: Row) -> bool:
    """Whether both stand on common characters."""
    return bool(row["start"] < gold["end"] and gold["start"] < row["end"])


def same_number(gold: Row, row: Row) -> bool:
    """Whether the row says the gold's number: nominal, both bounds of a range, or the order of a vague word."""
    comparators = choices(gold["comparator"])
    if "between" in comparators and gold.get("low") is not None:
        return close(gold["low"], row.get("low")) and close(gold["high"], row.get("high"))
    if gold["value"] is None:
        order = gold.get("low") is None or magnitude(gold["low"]) == magnitude(row.get("low"))
        return "vague" in comparators and row.get("comparator") == "vague" and order
    return close(gold["value"], row.get("value"))


def close(a: float | None, b: float | None) -> bool:
    """Equal within the tolerance."""
    return a is not None and b is not None and math.isclose(a, b, rel_tol=TOLERANCE)


def magnitude(number: float | None) -> int | None:
    """The power of ten below a positive number."""
    return math.floor(math.log10(number)) if number is not None and 0 < number < math.inf else None


def agreement(gold: Row, row: Row) -> int:
    """How many of the judged fields are right."""
    return sum(accepts(gold[name], row.get(name)) for name in FIELDS if name in gold)


def choices(value: Any) -> list[Any]:
    """The accepted values of a gold field."""
    return value if isinstance(value, list) else [value]


def accepts(gold: Any, got: Any) -> bool:
    """Whether a value is among the gold's, letter case, "the" and punctuation aside; "unknown" is empty."""
    if got in (None, "", "unknown"):
        return None in choices(gold)
    return folded(got) in {folded(one) for one in choices(gold) if one is not None}


def folded(value: object) -> str:
    """Lower case without "the" and punctuation; "U.S." is "us"."""
    text = re.sub(r"\bthe\b", " ", str(value).casefold().replace(".", ""))
    return " ".join(re.sub(r"\W+", " ", text).split())


def by_topic(articles: Iterable[Row], extract: Extract) -> dict[str, Score]:
    """One score a topic."""
    scores: dict[str, Score] = defaultdict(Score)
    for article in articles:
        scores[article["topic"]].add(score_article(article, list(extract(article))))
    return dict(scores)


def read_figures(article: Row) -> list[dict[str, Any]]:
    """The rows that this project reads from an article of the gold."""
    from figures.extract import extract
    from figures.model import Article

    names = ("article_id", "text", "outlet", "published_at", "title", "url")
    return [figure.to_row() for figure in extract(Article(**{name: article[name] for name in names}))]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scores of a gold file, by topic and in all, and the first faults."""
    parser = argparse.ArgumentParser(description="Score this project's reading of a gold file.")
    parser.add_argument("gold", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print this many faults")
    parser.add_argument("--field", help="only faults of this field (or: missed, false)")
    options = parser.parse_args(arguments)
    scores = by_topic(read_gold(options.gold), read_figures)
    total = Score()
    for topic, one in scores.items():
        measures = one.measures()
        sys.stdout.write(f"{topic:<14}{one.gold:>4}  f1 {measures['f1']:.3f}  rows {measures['rows']:.3f}\n")
        total.add(one)
    sys.stdout.write(f"gold {total.gold}  found {total.found}  false {total.false}\n")
    for name, share in total.measures().items():
        sys.stdout.write(f"{name:<12}{share:.3f}\n")
    faults = [one for one in total.faults if options.field in (None, one.field)]
    for fault in faults[: options.show]:
        sys.stdout.write(f"  {fault}\n")


if __name__ == "__main__":
    main()
