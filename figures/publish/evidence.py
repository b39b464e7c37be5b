"""The sentence that a figure stands in, with the figure marked, and the rules that read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final


def marked(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Split a row's sentence into what stands before the figure, the figure as written, and what follows.

    The sentence's own offset stands under ``rules["sentence"]``; a row from elsewhere that lacks it is marked only
    where its quote occurs once. Where the place cannot be told, the middle part is empty: better none than a wrong one.
    """
    sentence, quote = str(row["sentence"]), str(row["quote"])
    rules = row.get("rules")
    origin = rules.get("sentence", {}).get("start") if isinstance(rules, Mapping) else None
    if origin is not None:
        at = int(row["start"]) - int(origin)
    else:
        at = sentence.find(quote) if sentence.count(quote) == 1 else -1
    if at < 0 or sentence[at : at + len(quote)] != quote:
        return sentence, "", ""
    return sentence[:at], quote, sentence[at + len(quote) :]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a sentence under the same rules. ``begins`` names the columns whose words begin here."""

    text: str
    columns: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a column has its value: the rule, and the words it read, where the text is at hand and they stand in it."""

    column: str
    value: str
    rule: str
    words: str


FIGURE: Final = "the figure"


def drawn_rules(row: Mapping[str, Any]) -> list[Piece]:
    """A row's sentence cut where words of its rules begin and end; the pieces joined are the sentence again.

    The figure itself is among the columns as "the figure"; words outside the sentence are left out.
    """
    sentence = str(row["sentence"])
    before, quote, _ = marked(row)
    offset = int(row["start"]) - len(before) if quote else None
    spans: list[tuple[int, int, str]] = []
    if offset is not None:
        spans.append((len(before), len(before) + len(quote), FIGURE))
        for column, use in _rules(row).items():
            if column == "sentence" or use.get("start") is None:
                continue
            start, end = int(use["start"]) - offset, int(use["end"]) - offset
            if 0 <= start < end <= len(sentence):
                spans.append((start, end, column))
    cuts = sorted({0, len(sentence), *(one for start, end, _ in spans for one in (start, end))})
    return [
        Piece(
            text=sentence[start:end],
            columns=tuple(name for a, b, name in spans if a <= start and end <= b),
            begins=tuple(name for a, _, name in spans if a == start),
        )
        for start, end in pairwise(cuts)
    ]


def reasons_of(
    row: Mapping[str, Any], text: str | None = None, numbers: Mapping[str, str] | None = None
) -> list[Reason]:
    """One line a column that a rule filled.

    ``text`` is the article's own field, for words beyond the sentence; ``numbers`` writes the other figures that a rule
    may relate this one to.
    """
    found = []
    for column, use in _rules(row).items():
        if column == "sentence":
            continue
        words, value = "", row.get(column)
        if use.get("figure"):
            value = (numbers or {}).get(str(use["figure"]), use["figure"])
        if text is not None and use.get("start") is not None:
            words = " ".join(text[use["start"] : use["end"]].split())
        read = "" if value is None else str(value)
        found.append(Reason(column=column, value=read, rule=str(use["rule"]), words=words))
    return found


def _rules(row: Mapping[str, Any]) -> Mapping[str, Any]:
    rules = row.get("rules")
    return rules if isinstance(rules, Mapping) else {}
