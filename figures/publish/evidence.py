"""The sentence that a figure stands in, with the figure marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


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
