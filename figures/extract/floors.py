"""Counts that their own source calls a minimum are lower bounds: "227 verified; the real figures are higher"."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from figures.extract.types import Credit, Document, Reading
from figures.lexicon.floors import FloorRule
from figures.model import RuleUse

# Nearly every article lacks all of these, so that the rules run on the few that have one: looking for a plain string
# costs a fortieth of looking for an expression.
_WORDS: Final = (
    "higher", "greater", "larger", "under", "minimum", "floor", "verif", "so far", "collat", "collect", "compiled",
    "gathered",
)  # fmt: skip
_HINT: Final = re.compile(
    r"\b(?:higher|greater|larger|under(?:count|estimate)|minimum|floor|verif|so far|collat|collect|compiled|gathered)",
    re.IGNORECASE,
)
_COUNTED: Final = frozenset({"exact", "approximately", "more_than", "at_least"})
_FOUND: Final = re.compile(r"\b(?:verif|confirm|record|document|corroborat|count|regist)\w*", re.IGNORECASE)


def apply_floors(
    document: Document, readings: Sequence[Reading], credits: Sequence[Credit], rules: Sequence[FloorRule]
) -> tuple[list[Reading], list[Credit]]:
    """Open the upper bound of counts whose source says, in their sentence or the next, that the truth is higher.

    The words must stand in the reading's own sentence, or in the next one of its paragraph, and the count must have
    been verified, confirmed, recorded or counted by its source; a toll that is "expected to rise" stays as it is.
    """
    text = document.article.text
    low = text.lower()
    if not any(word in low for word in _WORDS) or not _HINT.search(text):
        return list(readings), list(credits)
    out_readings, out_credits = [], []
    for reading, credit in zip(readings, credits, strict=True):
        use = _floor(document, reading, credit, rules)
        mention = reading.quantity.mention
        if use is None or mention.value is None:
            out_readings.append(reading)
            out_credits.append(credit)
            continue
        comparator = "at_least" if mention.comparator == "exact" else mention.comparator
        wider = replace(mention, high=math.inf, comparator=comparator, rules=(*mention.rules, use))
        out_readings.append(replace(reading, quantity=replace(reading.quantity, mention=wider)))
        out_credits.append(replace(credit, standing="verified") if _is_verified(document, reading) else credit)
    return out_readings, out_credits


def _floor(document: Document, reading: Reading, credit: Credit, rules: Sequence[FloorRule]) -> RuleUse | None:
    mention = reading.quantity.mention
    if reading.unit != "person" or mention.comparator not in _COUNTED or not math.isfinite(mention.high):
        return None
    sentence = document.sentences[mention.sentence]
    if credit.standing != "verified" and not _FOUND.search(sentence.text):
        return None
    following = document.sentences[mention.sentence + 1 : mention.sentence + 2]
    for one in (
        sentence,
        *(nxt for nxt in following if (nxt.field, nxt.paragraph) == (sentence.field, sentence.paragraph)),
    ):
        for rule in rules:
            found = rule.pattern.search(one.text)
            if found and (one is sentence or rule.name == "true number higher"):
                return RuleUse(
                    column="high", rule=rule.name, start=one.start + found.start(), end=one.start + found.end()
                )
    return None


def _is_verified(document: Document, reading: Reading) -> bool:
    text = document.sentences[reading.quantity.mention.sentence].text
    return bool(re.search(r"\b(?:verif|confirm|corroborat)\w*", text, re.IGNORECASE))
