"""Are two figures about the same thing? The gate before any number is compared, with a verdict and reasons.

Every slot answers ``same``, ``part`` (one is inside the other), ``disjoint`` or ``unknown``; the worst answer is the
verdict, and an unknown slot is named. Numbers play no part here.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal, Protocol

from figures.lexicon.comparing import Comparing, read_comparing
from figures.model import Figure
from figures.reconcile.bounds import widened
from figures.reconcile.events import is_campaign, parse_event
from figures.reconcile.wording import contender

Verdict = Literal["same", "part", "disjoint", "unknown"]
Answer = Literal["same", "part", "whole", "disjoint", "unknown"]


class Metrics(Protocol):
    """What comparing asks of the metric lexicon."""

    def metric(self, name: str) -> Any:
        """A metric's facts; an open metric has defaults."""

    def population_relation(self, a: str | None, b: str | None) -> Any:
        """How group a stands to group b."""


class Settings(Protocol):
    """What comparing asks of the gazetteer."""

    def place_relation(self, a: str | None, b: str | None) -> Any:
        """How place a stands to place b."""

    def place(self, name: str) -> Any:
        """The place of that name, None for one that it does not know."""


class Sources(Protocol):
    """What comparing asks of the source lexicon."""

    def side_of(self, name: str) -> str | None:
        """The party that a source speaks for."""

    def opposed(self, a: str, b: str) -> bool:
        """Whether two parties are at war with one another."""


class Knows(Protocol):
    """The three parts of a Lexicon that comparing needs."""

    @property
    def metrics(self) -> Any:
        """The metric lexicon."""

    @property
    def settings(self) -> Any:
        """The gazetteer."""

    @property
    def sources(self) -> Any:
        """The source lexicon."""


_COMPARED: Final = frozenset(("reported", "estimated"))
_YEAR: Final = re.compile(r"\b(since (?!\d{4}, when))?((?:19|20)\d\d)\b(?!,\d)", re.IGNORECASE)
_NEAR: Final = 12
# Letters within which a text sets two numbers beside one another: three sentences.
_BESIDE: Final = 400
_COMPASS: Final = re.compile(
    r"^(?:(?:north|south)-?(?:east|west)?|east|west|central|upper|lower)(?:ern)? (?=[A-ZÀ-Þ])", re.IGNORECASE
)
_GOVERNMENT_OF: Final = re.compile(r"(?:the )?government of (?:the )?(.+)", re.IGNORECASE)
# Kinds of place that are one spot, and wider ones (a city's own province among them) in which one blow strikes one.
_SPOTS: Final = frozenset(("city", "district", "site"))
_NARROW: Final = frozenset(("admin1", "area"))
_NAMED: Final = re.compile(r"[A-ZÀ-Þ][\w'’-]*(?: [A-ZÀ-Þ][\w'’-]*)*")
# The first sentence of a text is at times its headline, run into the lead.
_OPENING: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One figure as comparing sees it: slots as in the table, bounds widened by rounding, in the dimension's base unit.

    ``day`` is the ordinal of as_of; ``dated`` is False where the day only says "no later than" (the publication).
    ``lead`` marks a title or an unattributed opening sentence. ``incident`` is False for an event that lasts.
    ``body`` is who answers for the number: a head of government speaks for the government.
    """

    figure_id: str
    article_id: str
    outlet: str | None
    metric: str
    unit: str
    dimension: str
    value: float | None
    low: float
    high: float
    lo: float
    hi: float
    comparator: str
    precision: float
    source: str | None
    source_type: str
    source_relation: str
    relayed_by: str | None
    side: str | None
    population: str | None
    party: str | None
    place: str | None
    place_role: str | None
    event: str | None
    day: int | None
    dated: bool
    basis: str | None
    published: str | None
    published_day: int | None
    period: tuple[int, int] | None
    aspect: str
    modality: str
    origin: str | None
    field: str
    start: int
    end: int
    sentence: str
    quote: str
    rules: Mapping[str, Any]
    standing: str | None = None
    incident: bool = False
    body: str | None = None

    @property
    def credited(self) -> bool:
        """Whether somebody other than the outlet is named as the source."""
        return self.source is not None and self.source != self.outlet

    @property
    def percent(self) -> bool:
        """Whether the figure is a share."""
        return self.dimension == "percent"

    @property
    def lead(self) -> bool:
        """Whether it stands in the title, in the first sentence, or in an opening that credits nobody."""
        if self.field == "title":
            return True
        begins = self.begins
        return begins == 0 or (not self.credited and begins < _OPENING)

    @property
    def at(self) -> int:
        """Where in its sentence the number stands, -1 where it does not."""
        offset = self.start - self.begins
        if self.quote and offset >= 0 and self.sentence.startswith(self.quote, offset):
            return offset
        return self.sentence.find(self.quote) if self.quote else -1

    @property
    def begins(self) -> int:
        """Where its sentence begins; the figure's own start where that is not known."""
        origin = self.rules.get("sentence", {}).get("start")
        return origin if isinstance(origin, int) else self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The verdict over all slots. ``inside`` names the claim that is the part: "a" or "b"."""

    verdict: Verdict
    slots: Mapping[str, Answer]
    missing: tuple[str, ...] = ()
    inside: Literal["a", "b"] | None = None
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class Knowledge:
    """The lexicon's answers, remembered for one run: the same two places are asked about once."""

    lexicon: Knows
    comparing: Comparing = field(default_factory=read_comparing)
    _metrics: dict[str, Any] = field(default_factory=dict)
    _relations: dict[tuple[str, str | None, str | None], Answer] = field(default_factory=dict)
    _sides: dict[str, str | None] = field(default_factory=dict)
    _incidents: dict[str, bool] = field(default_factory=dict)
    _spots: dict[str, Literal["rare", "frequent", ""]] = field(default_factory=dict)
    _bodies: dict[tuple[str, str | None, str | None], str] = field(default_factory=dict)

    def metric(self, name: str) -> Any:
        """What is known of a metric; an open metric has defaults."""
        if name not in self._metrics:
            self._metrics[name] = self.lexicon.metrics.metric(name)
        return self._metrics[name]

    def core(self, name: str) -> bool:
        """Whether the lexicon defines a metric; the others are named as the article words them."""
        return name in self.lexicon.metrics.metrics

    def population(self, a: str | None, b: str | None, metric: str = "") -> Answer:
        """How two counted groups stand to one another; "marchers" among protesters are no other group than people."""
        roles = self.comparing.roles.get(metric, frozenset())
        return self._asked(
            "population",
            "people" if a in roles else a,
            "people" if b in roles else b,
            self.lexicon.metrics.population_relation,
        )

    def takes_part(self, metric: str, population: str | None) -> bool:
        """Whether a group is those whom such an event befalls ("passengers", "worshippers"), not one among several."""
        return population in self.comparing.befallen and metric in self.comparing.befalling

    def place(self, a: str | None, b: str | None) -> Answer:
        """How two places stand to one another; of one that no gazetteer has, "North X" is a part of X."""
        return self._asked("place", a, b, self._place_relation)

    def _place_relation(self, a: str | None, b: str | None) -> Answer:
        answer: Answer = self.lexicon.settings.place_relation(a, b)
        if answer == "unknown" and a and b:
            if _COMPASS.sub("", a, count=1) == b:
                return "part"
            if _COMPASS.sub("", b, count=1) == a:
                return "whole"
        return answer

    def strikes_one_spot(self, event: str) -> Literal["rare", "frequent", ""]:
        """Whether an event has one narrow place, and is of a kind that is rare enough for no other one to be meant."""
        if event not in self._spots:
            self._spots[event] = self._narrow(event)
        return self._spots[event]

    def _narrow(self, event: str) -> Literal["rare", "frequent", ""]:
        story, core = parse_event(event), event_place(event)
        if core is None or story is None or story.kind is None or not story.kind.point:
            return ""
        known = self.lexicon.settings.place(core)
        # A blow "in Hasakah" strikes one spot there, province or city; a fire "in New South Wales" may be many.
        if known is not None and known.kind not in _SPOTS and not (story.kind.frequent and known.kind in _NARROW):
            return ""
        return "frequent" if story.kind.frequent else "rare"

    def frequent(self, event: str | None) -> bool:
        """Whether an event is of a kind that one city may see twice in a day."""
        story = parse_event(event) if event else None
        return story is not None and story.kind is not None and story.kind.frequent

    def spot(self, name: str) -> bool:
        """Whether a place is a single site that the gazetteer does not know."""
        return self.lexicon.settings.place(name) is None

    def metric_relation(self, a: str, b: str) -> Answer:
        """ "part" where a is counted within b: confirmed cases within cases, deaths within casualties."""
        if a == b:
            return "same"
        if b in self.wholes(a):
            return "part"
        if a in self.wholes(b):
            return "whole"
        return "disjoint"

    def akin(self, a: str, b: str) -> bool:
        """Whether two metrics may well carry one number: one within the other, or both within a third."""
        return self.metric_relation(a, b) != "disjoint" or bool(self.wholes(a) & self.wholes(b))

    def wholes(self, name: str) -> frozenset[str]:
        """The metrics that a metric is counted within, at any remove."""
        seen: set[str] = set()
        todo = [name]
        while todo:
            one = todo.pop()
            for whole in getattr(self.metric(one), "part_of", ()):
                if whole not in seen:
                    seen.add(whole)
                    todo.append(whole)
        return frozenset(seen)

    def side(self, source: str | None) -> str | None:
        """The party that a source speaks for."""
        if source is None:
            return None
        if source not in self._sides:
            self._sides[source] = self.lexicon.sources.side_of(source)
        return self._sides[source]

    def body(self, source: str | None, mention: str | None, place: str | None) -> str | None:
        """Who answers for a number: the source itself, or the government whose head or member is credited.

        "Haiti's prime minister, X" and a president of the source file speak for the Haitian government, a governor for
        the government of the territory that the number is about. Of other people nothing is said. Case is ignored.
        """
        if source is None:
            return None
        key = (source, mention, place)
        if key not in self._bodies:
            self._bodies[key] = self._speaks_for(source, mention or "", place)
        return self._bodies[key]

    def _speaks_for(self, source: str, mention: str, place: str | None) -> str:
        known = self.lexicon.sources.source(source)
        if known is None and (country := _GOVERNMENT_OF.match(source)):
            iso3 = self.lexicon.settings.country_of(country.group(1))
            return self._government(self.lexicon.settings.demonym(iso3)) if iso3 else source.casefold()
        if known is not None:
            head = known.person and known.type == "government" and known.side
            return self._government(known.side) if head else source.casefold()
        role = self.comparing.words["head"].search(mention) if mention else None
        if role is None or source.casefold().endswith(("government", "ministry")):
            return source.casefold()
        settings = self.lexicon.settings
        local = role.group().lower() in self.comparing.local_heads
        named = [place] if local and place else _NAMED.findall(mention[: role.start()])
        countries = {one: settings.country_of(one.removesuffix("'s").removesuffix("’s")) for one in named}
        sides = {settings.demonym(iso3) for iso3 in countries.values() if iso3}
        return self._government(sides.pop()) if len(sides) == 1 and None not in sides else source.casefold()

    def _government(self, side: str | None) -> str:
        name = f"{side} government"
        known = self.lexicon.sources.source(name)
        return (known.name if known is not None else name).casefold()

    def party_population(self, party: str | None, population: str | None) -> bool:
        """Whether the counted group is just the people of that party: Venezuelans, Rohingya."""
        if not party or not population:
            return False
        return population.casefold() in (party.casefold(), party.casefold() + "s")

    def party_origin(self, party: str | None, place: str | None, role: str | None) -> bool:
        """Whether a party is just the people of the country that was left: Venezuelans who left Venezuela."""
        if not party or not place or role != "origin":
            return False
        known = self.lexicon.settings.place(place)
        return known is not None and known.kind == "country" and self.lexicon.settings.demonym(known.iso3) == party

    def family(self, name: str) -> str:
        """The noun that a metric counts: animals of animals_killed."""
        return name.partition("_")[0]

    def kin(self, a: str, b: str) -> bool:
        """Whether two metrics may count one thing: the same one, or two names for one noun, not both defined."""
        return a == b or (not (self.core(a) and self.core(b)) and self.family(a) == self.family(b))

    def near(self, a: str, b: str) -> bool:
        """Whether one number may go by either metric in turn: evacuated and displaced."""
        return a == b or any(a in some and b in some for some in self.comparing.near)

    def opposed(self, a: Claim, b: Claim) -> bool:
        """Whether the two speak for parties at war with one another, or for the counted side and against it."""
        if a.side and b.side and a.side != b.side and self.lexicon.sources.opposed(a.side, b.side):
            return True
        return {a.source_relation, b.source_relation} == {"own", "opponent"}

    def incident(self, event: str | None) -> bool:
        """Whether an event is one incident, over within days, and not a campaign; False where its kind is unknown."""
        if event is None:
            return False
        if event not in self._incidents:
            self._incidents[event] = is_campaign(event) is False
        return self._incidents[event]

    def dimension(self, unit: str | None) -> tuple[str, float]:
        """The dimension of a unit and the factor to its base."""
        return self.comparing.dimension(unit)

    def far(self, claim: Claim, slot: str) -> bool:
        """Whether a slot was taken from another paragraph, or from the article as a whole."""
        return self._read_by(claim, slot) in self.comparing.far

    def inherited(self, claim: Claim, slot: str) -> bool:
        """Whether a slot was taken from elsewhere than the figure's own words."""
        return self._read_by(claim, slot) in self.comparing.inherited

    @staticmethod
    def _read_by(claim: Claim, slot: str) -> str:
        rule = claim.rules.get(slot)
        return str(rule.get("rule", "")) if isinstance(rule, Mapping) else ""

    def says(self, words: str, sentence: str) -> bool:
        """Whether a sentence has a word of that list: revision, provisional, target, …"""
        return self.comparing.says(words, sentence)

    def _asked(self, slot: str, a: str | None, b: str | None, ask: Any) -> Answer:
        if a == b:
            return "same"
        key = (slot, a, b)
        if key not in self._relations:
            self._relations[key] = ask(a, b)
        return self._relations[key]


def event_place(event: str | None) -> str | None:
    """The place in "cause:Place:date", None where unknown."""
    pieces = (event or "").split(":")
    return pieces[1] if len(pieces) > 2 and pieces[1] not in ("", "?") else None


def event_day(event: str | None) -> int | None:
    """The start in "cause:Place:date" as an ordinal, None where unknown."""
    last = (event or "").rpartition(":")[2]
    try:
        return date.fromisoformat(last).toordinal()
    except ValueError:
        return None


def claim_of(
    row: Mapping[str, Any] | Figure, knowledge: Knowledge, *, bounds: tuple[float, float] | None = None
) -> Claim:
    """A row of the table (or a Figure) as a claim. Missing keys count as not said; ``bounds`` are the widened ones."""
    get = row.to_row().get if isinstance(row, Figure) else row.get
    metric = str(get("metric"))
    known = knowledge.metric(metric)
    unit = text(get("unit")) or known.unit or "item"
    dimension, factor = knowledge.dimension(unit)
    value = number(get("value"))
    low, high = number(get("low")), number(get("high"))
    if low is None:
        low = (
            value
            if value is not None and get("comparator") not in ("less_than", "at_most") and "low" not in keys(row)
            else -math.inf
        )
    if high is None:
        high = value if value is not None and "high" not in keys(row) else math.inf
    if low == -math.inf and not known.signed and not known.measured:
        low = 0.0
    precision = number(get("precision")) or 1.0
    comparator = text(get("comparator")) or "exact"
    rules = read_rules(get("rules"))
    if bounds is None:
        wide = widened(
            value if value is not None else math.nan, low, high, precision, comparator,
            percent=dimension == "percent", measured=bool(known.measured), exact=is_exact(rules),
        )  # fmt: skip
        bounds = float(wide[0][0]) * factor, float(wide[1][0]) * factor
    published = text(get("published_at"))
    published_day = ordinal(published)
    basis = text(get("as_of_basis"))
    day = ordinal(get("as_of"))
    sentence = text(get("sentence")) or ""
    if (
        basis not in ("stated", "reporting_day")
        and day is not None
        and _other_year(sentence, text(get("quote")) or "", day)
    ):
        day = None
    elif day is None and basis == "publication":
        day = published_day
    begin, finish = ordinal(get("period_start")), ordinal(get("period_end"))
    dated = basis in ("stated", "reporting_day")
    if (
        text(get("aspect")) == "period"
        and day is not None
        and day == finish
        and published_day is not None
        and published_day > day
        and knowledge.incident(text(get("event")))
    ):
        # "Killed on Saturday" in Tuesday's paper: the blow was on Saturday, the count is Tuesday's.
        day, dated = published_day, False
    source = text(get("source"))
    return Claim(
        figure_id=str(get("figure_id") or ""), article_id=str(get("article_id") or ""), outlet=text(get("outlet")),
        metric=metric, unit=unit, dimension=dimension, value=value, low=low, high=high,
        lo=bounds[0], hi=bounds[1], comparator=comparator, precision=precision, source=source,
        source_type=text(get("source_type")) or "unknown", source_relation=text(get("source_relation")) or "unknown",
        relayed_by=text(get("relayed_by")), side=knowledge.side(source), population=text(get("population")),
        party=text(get("party")), place=text(get("place")), place_role=text(get("place_role")),
        event=text(get("event")),
        day=day, dated=dated, basis=basis, published=published,
        published_day=published_day, period=(begin, finish) if begin is not None and finish is not None else None,
        aspect=text(get("aspect")) or "cumulative", modality=text(get("modality")) or "reported",
        origin=text(get("origin_group")), field=text(get("field")) or "text", start=int(get("start") or 0),
        end=int(get("end") or 0), sentence=sentence, quote=text(get("quote")) or "", rules=rules,
        standing=text(get("standing")), incident=knowledge.incident(text(get("event"))),
        body=knowledge.body(source, text(get("source_mention")), text(get("place"))),
    )  # fmt: skip


def comparability(a: Claim, b: Claim, knowledge: Knowledge) -> Comparison:
    """Compare every slot of two claims; symmetric but for the sides of ``part``.

    Empty against empty, or against the default (people, no party), is the same; empty against something named is
    unknown. Of an event that strikes one spot a place that holds it is no narrower scope than another that does.
    """
    slots: dict[str, Answer] = {"metric": knowledge.metric_relation(a.metric, b.metric)}
    reasons: list[str] = []
    slots["unit"] = "same" if a.dimension == b.dimension else "disjoint"
    slots["event"] = _event(a, b, knowledge)
    slots["population"] = _population(a, b, knowledge)
    slots["party"] = _party(a, b, knowledge)
    slots["place"] = _place(a, b, knowledge)
    slots["aspect"], slots["time"] = _aspect(a, b), _time(a, b)
    answers = set(slots.values())
    for slot, answer in slots.items():
        if answer != "same":
            reasons.append(f"{slot}:{answer}")
    missing = tuple(slot for slot, answer in slots.items() if answer == "unknown")
    if "disjoint" in answers or {"part", "whole"} <= answers:
        return Comparison(verdict="disjoint", slots=slots, missing=missing, reasons=tuple(reasons))
    if missing:
        return Comparison(verdict="unknown", slots=slots, missing=missing, reasons=tuple(reasons))
    if "part" in answers or "whole" in answers:
        inside: Literal["a", "b"] = "a" if "part" in answers else "b"
        return Comparison(verdict="part", slots=slots, inside=inside, reasons=tuple(reasons))
    return Comparison(verdict="same", slots=slots, reasons=tuple(reasons))


def one_source(a: Claim, b: Claim) -> bool:
    """Whether one named body is credited with both, or with one of them the person who speaks for it."""
    return a.body is not None and a.body == b.body and a.credited and b.credited


def standing_metric(claim: Claim, knowledge: Knowledge) -> bool:
    """Whether the metric is a standing statistic, compared by place and period instead of event."""
    return not knowledge.metric(claim.metric).event_bound


def _event(a: Claim, b: Claim, knowledge: Knowledge) -> Answer:
    if standing_metric(a, knowledge) and standing_metric(b, knowledge):
        return "same"
    if a.event and b.event:
        return "same" if a.event == b.event else "disjoint"
    # A statement of one body on one day names its own subject, also where no story was found around it.
    if a.event or b.event or a.day is None or a.day != b.day:
        return "unknown"
    if one_source(a, b):
        return "same"
    # One text that has no story gives two bodies' numbers of one place and day beside one another.
    beside = a.article_id == b.article_id and a.field == b.field and abs(a.start - b.start) <= _BESIDE
    if beside and a.place and a.place == b.place and a.credited and b.credited:
        return "same"
    return "unknown"


def _population(a: Claim, b: Claim, knowledge: Knowledge) -> Answer:
    answer = knowledge.population(a.population, b.population, a.metric if a.metric == b.metric else "")
    if answer in ("unknown", "part", "whole") and a.metric == b.metric and a.event is not None and a.event == b.event:
        named, other = (a, b) if b.population in (None, "people") else (b, a)
        if other.population in (None, "people") and knowledge.takes_part(named.metric, named.population):
            # "769 dead" of a crush and "2,411 pilgrims": those it befell are its people. Fewer of them may be a part.
            return "same" if named.lo > other.hi else "part" if named is a else "whole"
    if answer in ("unknown", "part", "whole") and a.party is not None and a.party == b.party:
        # "Venezuelan exodus reaches 5 million" counts whom "5 million Venezuelans" counts.
        plain = [
            one.population in (None, "people") or knowledge.party_population(one.party, one.population)
            for one in (a, b)
        ]
        return "same" if all(plain) else answer
    return answer


def _party(a: Claim, b: Claim, knowledge: Knowledge) -> Answer:
    if a.party != b.party:
        if a.party and b.party:
            return "disjoint"
        named, other = (a, b) if a.party else (b, a)
        if other.value == 0.0 and other.population in (None, "people"):
            # Nobody at all is nobody of either side.
            return "same"
        # "At least 6,700 Rohingya" against "fewer than 400 people": the group tells the party, once for both slots.
        grouped = other.population is not None and knowledge.party_population(named.party, named.population)
        if grouped and _population(a, b, knowledge) in ("part", "whole"):
            return "same"
        # Those who left a country are, unless said otherwise, its people.
        return "same" if knowledge.party_origin(named.party, other.place, other.place_role) else "unknown"
    if a.party is not None or a.population is not None or a.metric not in knowledge.comparing.sharing:
        return "same"
    # A share of the vote without its party is whose name stands beside it, and could else be anybody's.
    mine, theirs = (contender(one.sentence, one.quote, one.at) for one in (a, b))
    if mine is None or theirs is None:
        return "unknown"
    return "same" if mine == theirs else "disjoint"


def _place(a: Claim, b: Claim, knowledge: Knowledge) -> Answer:
    if {a.place_role, b.place_role} == {"origin", "destination"}:
        # Those who left one country and those who reached another are two counts, also of one exodus.
        return "disjoint"
    answer = knowledge.place(a.place, b.place)
    if answer in ("same", "disjoint") or a.event is None or a.event != b.event:
        return answer
    core = event_place(a.event)
    if answer == "unknown" and core and core in (a.place, b.place) and not (a.place and b.place) and one_source(a, b):
        # Where one body's count of an event names no place, it counts the whole event.
        return "same"
    spot = knowledge.strikes_one_spot(a.event)
    if spot == "rare" and answer in ("unknown", "disjoint") and a.place and b.place:
        # A crush or a crash has one place, whatever it is called; where the gazetteer holds two names of it apart
        # (a quarter that it lists as a town of its own), it cannot be trusted to tell.
        return "same" if answer == "unknown" else "unknown"
    if answer == "unknown" and a.incident and core and a.place and b.place and core in (a.place, b.place):
        # A tower, a mine, a market: no gazetteer has it, and the other name says where it stands.
        # Only one body's own words are trusted that far: two towns of one raid may be as unknown.
        return "same" if knowledge.spot(core) and one_source(a, b) else answer
    if spot and core and a.place and b.place and _spread(a, b, knowledge):
        return answer
    if spot and core and a.place and b.place and _holds(a.place, core, knowledge) and _holds(b.place, core, knowledge):
        return "same"
    return answer


def _spread(a: Claim, b: Claim, knowledge: Knowledge) -> bool:
    """Whether one of two places takes in more than the spot: two cities in one name, a country full of marches."""
    names = [one for one in (a.place, b.place) if one]
    if any(" and " in one for one in names):
        return a.place != b.place
    if a.metric not in knowledge.comparing.once:
        return False
    kinds = [known.kind for one in names if (known := knowledge.lexicon.settings.place(one)) is not None]
    return "country" in kinds and a.place != b.place


def _holds(place: str, core: str, knowledge: Knowledge) -> bool:
    return knowledge.place(core, place) in ("same", "part")


def _aspect(a: Claim, b: Claim) -> Answer:
    if a.aspect == b.aspect:
        return "same"
    if {a.aspect, b.aspect} == {"cumulative", "stock"} and a.metric == b.metric and a.event is not None:
        # Those held or in hospital now are some of those who ever were; two articles may say "held" of either.
        if a.article_id != b.article_id and not one_source(a, b):
            return "disjoint"
        return "part" if a.aspect == "stock" else "whole"
    if {a.aspect, b.aspect} == {"cumulative", "period"} and a.event is not None and a.event == b.event and a.incident:
        return "same"
    return "disjoint"


def _time(a: Claim, b: Claim) -> Answer:
    if a.period and b.period and a.aspect == b.aspect == "period":
        if abs(a.period[0] - b.period[0]) <= 1 and abs(a.period[1] - b.period[1]) <= 1:
            return "same"
        if a.period[0] > b.period[1] or b.period[0] > a.period[1]:
            return "same" if a.incident and a.event == b.event else "disjoint"
        if a.incident and a.event == b.event:
            return "same"
        if a.period[0] >= b.period[0] and a.period[1] <= b.period[1]:
            return "part"
        if b.period[0] >= a.period[0] and b.period[1] <= a.period[1]:
            return "whole"
        return "disjoint"
    if a.day is None or b.day is None:
        return "unknown"
    return "same"


def _other_year(sentence: str, quote: str, day: int) -> bool:
    """Whether an undated number belongs to a year that its sentence names: "in 2016 turnout was 60.1%".

    The year stands just behind the number, or before it with no other number in front of the year.
    """
    year, at = date.fromordinal(day).year, sentence.find(quote) if quote else -1
    if at < 0:
        return False
    behind = at + len(quote)
    for found in _YEAR.finditer(sentence):
        if int(found.group(2)) == year or found.group(1) or at <= found.start() < behind:
            continue
        if behind <= found.start() <= behind + _NEAR or (
            found.end() <= at and not any(one.isdigit() for one in sentence[: found.start()])
        ):
            return True
    return False


def compared_modality(claim: Claim) -> bool:
    """Whether a figure says what is or was, not what may come, is planned or is denied."""
    return claim.modality in _COMPARED


def read_rules(value: Any) -> Mapping[str, Any]:
    """The rules column as an object, whether it came as JSON text or already as one."""
    if isinstance(value, str):
        loaded = json.loads(value) if value else {}
        return loaded if isinstance(loaded, dict) else {}
    return value if isinstance(value, Mapping) else {}


def is_exact(rules: Mapping[str, Any]) -> bool:
    """Whether a rule made a round number exact: "exactly", "a total of", a sibling that is not round."""
    return "exact" in rules or "rounded" in rules


def keys(row: Mapping[str, Any] | Figure) -> frozenset[str]:
    """The columns that a row has."""
    return frozenset(("low", "high")) if isinstance(row, Figure) else frozenset(row)


def text(value: Any) -> str | None:
    """A cell as text, None for nothing, NaN or the empty string."""
    return value if isinstance(value, str) and value else None


def number(value: Any) -> float | None:
    """A cell as a number, None for nothing and NaN."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return float(value)


def ordinal(value: Any) -> int | None:
    """A day as its ordinal, from a date, a timestamp or an ISO string; None for nothing and NaT."""
    if value is None or value != value:
        return None
    if isinstance(value, str):
        return date.fromisoformat(value[:10]).toordinal() if len(value) >= 10 else None
    if isinstance(value, date):
        return value.toordinal()
    return None
