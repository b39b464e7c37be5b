"""The nouns of Figures: an article, a figure read from it, a conflict between figures.

Everything inside the package speaks in these types. They are frozen, slotted and keyword-only: a figure takes
fifteen times less memory than the same row as a pydantic model, and nothing can change it on its way.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, Final, Literal

Field = Literal["text", "title"]
Comparator = Literal[
    "exact", "approximately", "more_than", "at_least", "less_than", "at_most", "nearly", "just_over", "between", "vague"
]
Aspect = Literal["cumulative", "period", "stock", "rate", "change"]
Modality = Literal["reported", "estimated", "projected", "conditional", "denied", "planned", "superseded"]
AsOfBasis = Literal["stated", "reporting_day", "publication", "before_publication"]
PlaceRole = Literal["location", "origin", "destination"]
SourceType = Literal[
    "government", "military", "intergovernmental", "ngo", "hospital", "company", "expert", "media", "witness",
    "anonymous", "unknown",
]  # fmt: skip
SourceRelation = Literal["own", "opponent", "third_party", "unknown"]
Standing = Literal["claim", "verified"]
Direction = Literal["up", "down"]
Kind = Literal[
    "arithmetic", "misquote", "metric_swap", "magnitude", "part_exceeds_whole", "headline", "stale", "regression",
    "disagreement", "implausible_growth",
]  # fmt: skip
Level = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it was read; its text is never rewritten.

    ``published_at`` is an ISO 8601 string or a datetime. A bare date means that day, without order inside it. A
    date-time without a zone is taken as UTC. After construction the attribute is always the ISO string, or None.
    """

    article_id: str = ""
    text: str
    outlet: str | None = None
    published_at: str | datetime | date | None = None
    title: str = ""
    url: str | None = None

    def __post_init__(self) -> None:
        if not self.article_id:
            seed = "\x1f".join((self.outlet or "", self.url or "", self.title, self.text))
            object.__setattr__(self, "article_id", _digest("a", seed))
        object.__setattr__(self, "published_at", normalised_instant(self.published_at))

    @property
    def published_on(self) -> date | None:
        """The day of publication, in the zone the article gives."""
        return date.fromisoformat(str(self.published_at)[:10]) if self.published_at else None

    def field_text(self, name: Field) -> str:
        """The text that offsets of that field count in."""
        return self.title if name == "title" else self.text


def normalised_instant(value: str | datetime | date | None) -> str | None:
    """Return ``YYYY-MM-DD`` for a bare date, else an ISO date-time with zone; None for nothing.

    Raises ValueError where the string is no ISO 8601 date or date-time.
    """
    if value is None or value == "":
        return None
    if isinstance(value, str):
        text = value.strip()
        if len(text) == 10:
            return date.fromisoformat(text).isoformat()
        value = datetime.fromisoformat(text)
    if isinstance(value, datetime):
        text = value.isoformat()
        return text if value.tzinfo is not None else text + "+00:00"
    return value.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleUse:
    """Which rule gave a column its value, and the words it read, as offsets in the figure's own field.

    ``figure`` names another figure of the article where the rule relates two: column ``part_of`` ("five of them"),
    ``share_of`` (a percentage of a counted base), ``change_of`` ("rose by 12 to 40") or ``change_from`` ("from 30 to
    45").
    """

    column: str
    rule: str
    start: int | None = None
    end: int | None = None
    figure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number that an article says, with its context: a row of the table.

    Bounds are hard: the words assert that the number lies in [low, high] (open at a bound where the comparator says
    so). ``value`` is the nominal number in ``unit``, None for ranges and vague quantities. ``precision`` is the place
    value of the last significant digit as written. Offsets count Unicode code points of ``field``.
    """

    figure_id: str
    metric: str
    source: str | None
    source_type: SourceType = "unknown"
    source_relation: SourceRelation = "unknown"
    source_mention: str | None = None
    relayed_by: str | None = None
    standing: Standing | None = None
    outlet: str | None = None
    title: str = ""
    url: str | None = None
    article_id: str
    published_at: str | None = None
    value: float | None
    low: float
    high: float
    comparator: Comparator = "exact"
    precision: float = 1.0
    unit: str
    population: str | None = None
    party: str | None = None
    place: str | None = None
    place_role: PlaceRole | None = None
    iso3: str | None = None
    event: str | None = None
    as_of: date | None = None
    as_of_basis: AsOfBasis | None = None
    period_start: date | None = None
    period_end: date | None = None
    aspect: Aspect = "cumulative"
    modality: Modality = "reported"
    origin_group: str | None = None
    confidence: float = 0.5
    sentence: str
    quote: str
    field: Field = "text"
    start: int
    end: int
    rules: tuple[RuleUse, ...] = ()
    counted: str | None = None
    subject: str | None = None
    direction: Direction | None = None

    def to_row(self, *, all_quantities: bool = False) -> dict[str, Any]:
        """The row as plain JSON values: open bounds are None, dates ISO strings, rules an object by column."""
        row: dict[str, Any] = {}
        for name in COLUMNS + (QUANTITY_COLUMNS if all_quantities else ()):
            value = getattr(self, name)
            if isinstance(value, float):
                value = plain_number(value)
            elif isinstance(value, date):
                value = value.isoformat()
            elif name == "rules":
                value = rules_to_json(value)
            row[name] = value
        return row


QUANTITY_COLUMNS: Final = ("counted", "subject", "direction")
COLUMNS: Final = tuple(one.name for one in fields(Figure) if one.name not in QUANTITY_COLUMNS)
"""The public column names, in the order they are printed."""


def plain_number(value: float | None) -> float | int | None:
    """A number as JSON shows it: 498, not 498.0; None for nothing, for NaN and for an open bound."""
    if value is None or not math.isfinite(value):
        return None
    # Beyond 18 digits, which no figure has, an integer would print digits that nobody wrote.
    return int(value) if value == int(value) and abs(value) < 10**18 else value


def rules_to_json(rules: tuple[RuleUse, ...]) -> dict[str, Any]:
    """``{"metric": {"rule": "killed N", "start": 5, "end": 11}, …}``, keys with nothing to say left out."""
    out: dict[str, Any] = {}
    for use in rules:
        entry: dict[str, Any] = {"rule": use.rule}
        if use.start is not None:
            entry |= {"start": use.start, "end": use.end}
        if use.figure is not None:
            entry["figure"] = use.figure
        out[use.column] = entry
    return out


def rules_from_json(entries: dict[str, Any] | None) -> tuple[RuleUse, ...]:
    """The inverse of :func:`rules_to_json`."""
    return tuple(
        RuleUse(column=column, rule=one["rule"], start=one.get("start"), end=one.get("end"), figure=one.get("figure"))
        for column, one in (entries or {}).items()
    )


def figure_id(article_id: str, name: Field, start: int, end: int, metric: str) -> str:
    """Name a figure by where it stands and what it counts; the same on every machine."""
    return _digest("f", "\x1f".join((article_id, name, str(start), str(end), metric)))


def _digest(prefix: str, text: str) -> str:
    """16 hex digits of BLAKE2b: a clash is expected only beyond some 10⁹ figures."""
    return prefix + hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Something that was not read, and why: one line for the reader.

    ``warning`` is True where the article was read all the same, and the line only says what it lacks.
    """

    where: str
    reason: str
    line: int | None = None
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line is not None else self.where
        return f"{place}: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Figures that cannot all be true: camps of figure ids that agree among themselves.

    ``series`` holds the slots that all members share (metric, unit, event, population, party, place, place_role,
    aspect). ``compatible`` lists figures that agree with more than one camp. ``gap`` is in [0, 1], ``severity`` in
    [0, 100]. ``reasons`` are machine-readable names of what was compared and found.
    """

    conflict_id: str
    kind: Kind
    severity: float
    level: Level
    metric: str
    series: dict[str, Any]
    camps: tuple[tuple[str, ...], ...]
    compatible: tuple[str, ...] = ()
    gap: float
    explanation: str
    reasons: tuple[str, ...] = ()
    status: str = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncompared:
    """Two figures that look alike and could not be compared, because an essential slot is unknown."""

    metric: str
    a: str
    b: str
    missing: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """The verdict on two figures: whether they are about the same thing, and whether they agree."""

    verdict: Literal["same", "part", "disjoint", "unknown"]
    outcome: Literal["conflict", "agree", "update", "not_comparable", "different"]
    kind: Kind | None = None
    gap: float = 0.0
    reasons: tuple[str, ...] = field(default=())
    missing: tuple[str, ...] = field(default=())
    explanation: str = ""
