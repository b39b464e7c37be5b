"""How sure a row is: the signs by which right rows differ from wrong ones, for the weights of the lexicon.

Confidence says that the row was read rightly, never that its number is true. The signs are how a slot was read (from
the words beside the number, from an earlier sentence, from nothing), not what was read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from figures.extract.metrics_victims import RULE as DEFINITE
from figures.extract.types import Credit, Reading, Setting
from figures.lexicon.metrics import MetricLexicon
from figures.model import RuleUse

__all__ = ["signs_of"]

_STRONG, _FAIR = 0.8, 0.6  # of a reading's own grade: by its verb or noun; by the list or clause that it continues
_BESIDE: Final = ("in ", "at ", "of ", "on ", "to ", "into ", "from ", "near ", "across ", "around ", "fled ", "named ")
_FROM_TITLE: Final = frozenset({"title", "lead"})
_CROWD: Final = 3


def signs_of(
    reading: Reading, credit: Credit, setting: Setting, *, crowd: int, title: bool, metrics: MetricLexicon
) -> Iterator[str]:
    """The signs of one row; ``crowd`` is how many rows its sentence gives, ``title`` whether it stands in the title."""
    mention = reading.quantity.mention
    yield f"metric: {_grade(reading, metrics)}"
    if reading.relations:
        yield "metric: of another figure"
    yield f"source: {_source(credit)}"
    yield f"place: {_place(setting)}"
    if setting.as_of_basis in ("stated", "reporting_day"):
        yield "as_of: said"
    if setting.event is None and metrics.metric(reading.metric).event_bound:
        yield "event: none"
    if reading.population is None and reading.unit == "person":
        yield "population: none"
    elif reading.population not in (None, "people"):
        yield "population: named"
    if reading.party is not None:
        yield "party: named"
    if mention.comparator in ("vague", "between"):
        yield f"number: {mention.comparator}"
    elif mention.unit == "percent":
        yield "number: percent"
    elif any(one.column == "value" and one.rule not in _DIGITS for one in mention.rules):
        yield "number: in words"
    if setting.modality != "reported":
        yield "modality: not reported"
    if setting.aspect in ("change", "rate"):
        yield f"aspect: {setting.aspect}"
    if title:
        yield "title"
    if crowd >= _CROWD:
        yield "sentence: three rows or more"


_DIGITS: Final = frozenset({"N", "N million", "N billion", "N thousand", "N m", "N bn", "N k"})


def _grade(reading: Reading, metrics: MetricLexicon) -> str:
    if any(one.rule == DEFINITE for one in reading.quantity.mention.rules):
        return "definite victim"
    open_metric = reading.metric not in metrics.metrics
    how = "direct" if reading.confidence >= _STRONG else "near" if reading.confidence >= _FAIR else "far"
    return f"open, {how}" if open_metric else how


def _source(credit: Credit) -> str:
    rule = _rule(credit.rules, "source")
    if credit.source is None or credit.source_mention is None:
        return "nobody"
    if rule.startswith(("goes on", "the paragraph", "in the list")):
        return "goes on"
    return "quotation" if rule.startswith("quotation") else "beside"


def _place(setting: Setting) -> str:
    if setting.place is None:
        return "none"
    rule = _rule(setting.rules, "place")
    if rule.startswith(_BESIDE):
        return "beside"
    return "title" if rule in _FROM_TITLE else "inherited"


def _rule(rules: tuple[RuleUse, ...], column: str) -> str:
    return next((one.rule for one in rules if one.column == column), "")
