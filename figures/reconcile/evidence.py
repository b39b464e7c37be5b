"""What can be held against a draft: the material's figures by what they count, and how each stands to the draft's.

Nothing here is computed for the whole material but its origins; claims, rows and answers are made for the
figures that a draft's number meets.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from figures.lexicon import Lexicon
from figures.reconcile.bounds import significant_digits
from figures.reconcile.comparable import Claim, Comparison, Knowledge, claim_of, comparability
from figures.reconcile.events import assign_events
from figures.reconcile.judge import Pair, Surroundings, judge
from figures.reconcile.latest import Answers
from figures.reconcile.origins import assign_origins
from figures.table import concat, flat, to_rows

__all__ = ["Material", "Met", "telling"]

# Three digits make it unlikely that two counts are equal by chance.
_TELLING_DIGITS: Final = 3
# "More than 500" is what a source said where it said 540; where it said 5,000 it is merely not wrong.
_NEAR: Final = 0.15
# Of a popular series the newest figures say what there is to say about a draft.
_MOST_MET: Final = 400
_SCOPE: Final = ("population", "party", "place")
_SAID: Final = ("reported", "estimated", "superseded")
# Sources by role speak for their side; a body with a name of its own is only itself.
_ROLES: Final = frozenset(("anonymous", "government", "military", "unknown"))


class Material:
    """The draft's claims and the material's, found by metric with event, source, place or number."""

    def __init__(self, draft: pd.DataFrame, against: pd.DataFrame, lexicon: Lexicon, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        mine, near = flat(draft), _narrowed(flat(against), flat(draft))
        joined = flat(assign_events(concat([mine, near]), lexicon))
        own = joined["figure_id"].isin(mine["figure_id"]).to_numpy(dtype=bool)
        self.draft_table = assign_origins(joined[own], lexicon)
        self.answers = Answers(assign_origins(joined[~own], lexicon), knowledge)
        known = self.answers.frame
        self._frames = (known, flat(self.draft_table))
        self._at = {
            str(name): (which, position)
            for which, frame in enumerate(self._frames)
            for position, name in enumerate(frame["figure_id"])
        }
        self._claims: dict[str, Claim] = {}
        self._rows: dict[str, dict[str, Any]] = {}
        self._index: dict[tuple[Any, ...], list[str]] = {}
        newest_last = known.sort_values(["as_of", "published_at", "figure_id"], na_position="first")
        columns = {
            name: newest_last[name].astype(object).tolist()
            for name in ("figure_id", "metric", "event", "source", "place", "value", "article_id")
        }
        for row in zip(*columns.values(), strict=True):
            figure, metric, event, source, place, value, article = row
            for key in (
                ("event", metric, event),
                ("source", metric, source),
                ("place", metric, place),
                ("value", metric, value),
                ("number", value),
                ("article", article),
            ):
                self._index.setdefault(key, []).append(figure)

    def draft_claims(self) -> list[Claim]:
        """The draft's figures in the order of its text, title first."""
        claims = [self.claim(str(one)) for one in self._frames[1]["figure_id"]]
        return sorted(claims, key=lambda one: (one.article_id, one.field != "title", one.start, one.end, one.figure_id))

    def claim(self, figure_id: str) -> Claim:
        """A figure as comparing sees it."""
        if figure_id not in self._claims:
            which, position = self._at[figure_id]
            frame = self._frames[which]
            row = dict(zip(frame.columns, frame.iloc[position].tolist(), strict=True))
            if which == 0:
                row["place"], row["population"] = row["said_place"], row["said_population"]
            self._claims[figure_id] = claim_of(row, self.knowledge)
        return self._claims[figure_id]

    def row(self, figure_id: str) -> dict[str, Any]:
        """A figure as a full row, its place and people as they were said."""
        if figure_id not in self._rows:
            which, position = self._at[figure_id]
            one = self._frames[which].iloc[[position]]
            if which == 0:
                one = one.assign(place=one["said_place"], population=one["said_population"])
            self._rows[figure_id] = to_rows(one)[0]
        return self._rows[figure_id]

    def meet(self, mine: Claim) -> list[Met]:
        """The figures of the draft's metric that may be about the same thing."""
        keys: list[tuple[Any, ...]] = [("source", mine.metric, mine.source), ("value", mine.metric, mine.value)]
        keys.append(("event", mine.metric, mine.event) if mine.event else ("place", mine.metric, mine.place))
        names = {one for key in keys for one in self._index.get(key, ())[-_MOST_MET:]}
        met = (Met(mine, self.claim(one), self) for one in sorted(names))
        return [one for one in met if one.possible]

    def same_number(self, mine: Claim) -> list[Claim]:
        """Figures with the very number under other metrics."""
        names = self._index.get(("number", mine.value), ())[-_MOST_MET:] if telling(mine) else []
        return [one for one in map(self.claim, names) if one.metric != mine.metric]

    def around(self, claims: Iterable[Claim]) -> Surroundings:
        """What the sources and articles of some claims say besides."""
        keys: set[tuple[Any, ...]] = set()
        some = list(claims)
        for one in some:
            keys |= {("source", one.metric, one.source), ("article", one.article_id)}
        names = {name for key in keys for name in self._index.get(key, ())[-_MOST_MET:]}
        own = [one for one in self.draft_claims() if one not in some]
        return Surroundings.of([*some, *own, *(self.claim(one) for one in sorted(names - {s.figure_id for s in some}))])

    def answer(self, claim: Claim) -> Mapping[str, Any]:
        """The latest answer of the series that a figure of the material belongs to."""
        which, position = self._at[claim.figure_id]
        found = self.answers.of(int(self._frames[0]["series"].iloc[position])) if which == 0 else None
        return found or {"contested": False, "camps": [], "in_force": []}

    def first_seen(self, claim: Claim) -> float:
        """When the statement that a figure of the material prints was first published, in seconds."""
        which, position = self._at[claim.figure_id]
        seen = self._frames[0]["instant"].iloc[position] if which == 0 else pd.NaT
        return float(seen.timestamp()) if isinstance(seen, pd.Timestamp) and seen == seen else float("-inf")

    def in_force(self, claim: Claim) -> bool:
        """Whether no later figure has overtaken the statement that this one prints."""
        force = self.answer(claim)["in_force"]
        return any(claim.figure_id == one["figure_id"] or claim.origin == one["origin_group"] for one in force)

    def settled(self, mine: Claim, other: Claim) -> Claim:
        """The draft's claim with the day and event that it leaves open: a draft without a date speaks after all
        that is known, one without a story of the story it is held against."""
        day = mine.day
        if day is None:
            day = max((one for one in (other.day, other.published_day) if one is not None), default=None)
        return replace(mine, day=day, event=mine.event or other.event, incident=mine.incident or other.incident)


class Met:
    """A figure of the draft beside one of the material.

    ``same``: about the same thing. ``speaker``: the draft credits whom the material credits. ``agrees``: one may be
    the other's wording. ``apart``: they cannot both hold. ``differs``: the columns of scope that they say differently.
    """

    __slots__ = ("agrees", "apart", "claim", "comparison", "differs", "material", "mine", "missing", "same", "speaker")

    def __init__(self, mine: Claim, claim: Claim, material: Material) -> None:
        self.material, self.claim = material, claim
        self.mine = material.settled(mine, claim)
        self.comparison: Comparison = comparability(self.mine, claim, material.knowledge)
        slots = self.comparison.slots
        self.missing = tuple(one for one in self.comparison.missing if one != "time")
        self.speaker = _speaks(mine, claim, material.knowledge)
        # The source's very number, read once as a total and once as those present, is still that number.
        known_again = self.speaker and telling(mine) and mine.value == claim.value
        left_out = (*_SCOPE, "time", *(("aspect",) if known_again else ()))
        others = [answer for slot, answer in slots.items() if slot not in left_out]
        alike = all(answer == "same" for answer in others) and (known_again or slots["time"] in ("same", "unknown"))
        self.same = alike and all(slots[slot] == "same" for slot in _SCOPE)
        said = {"population": (mine.population, claim.population), "party": (mine.party, claim.party)}
        said["place"] = (mine.place, claim.place)
        self.differs = tuple(
            slot for slot in _SCOPE if slots[slot] not in ("same", "unknown") and all(said[slot])
        ) if alike else ()  # fmt: skip
        self.apart = mine.hi < claim.lo or claim.hi < mine.lo
        self.agrees = not self.apart and _near(mine, claim)

    @property
    def possible(self) -> bool:
        """Whether both say what is or was, or both what may come, in one unit."""
        forecast = self.claim.modality not in _SAID or self.mine.modality not in _SAID
        return self.comparison.slots["unit"] == "same" and (not forecast or self.claim.modality == self.mine.modality)

    @property
    def figure_id(self) -> str:
        """The figure of the material."""
        return self.claim.figure_id

    @property
    def equal(self) -> bool:
        """Whether both are the very same number."""
        return self.claim.value is not None and self.claim.value == self.mine.value

    @property
    def clashes(self) -> bool:
        """Whether the pairwise judgement calls them a conflict."""
        return self.pair().relation.outcome == "conflict"

    def age(self) -> tuple[int, bool, float, float, str]:
        """Newer is greater: the day of the statement, then its first publication; of one statement the finest."""
        one = self.claim
        return one.day or 0, one.dated, self.material.first_seen(one), -one.precision, one.figure_id

    def pair(self) -> Pair:
        """The judgement on both."""
        return judge(self.mine, self.claim, self.material.knowledge, self.material.around((self.mine, self.claim)))


def telling(claim: Claim) -> bool:
    """Whether a number has enough significant digits to be known again."""
    return claim.value is not None and significant_digits(claim.value, claim.precision) >= _TELLING_DIGITS


def _speaks(mine: Claim, claim: Claim, knowledge: Knowledge) -> bool:
    """Whether the source that the draft names is the one of the evidence, or the side that it speaks for."""
    if not mine.credited or not claim.credited:
        return False
    if mine.source == claim.source or (mine.relayed_by is not None and mine.relayed_by == claim.source):
        return True
    loose = mine.source_type in _ROLES and knowledge.lexicon.sources.source(str(mine.source)) is None
    return loose and mine.side is not None and mine.side == claim.side


def _near(mine: Claim, claim: Claim) -> bool:
    """Whether two overlapping numbers can be one statement, not merely compatible."""
    if not mine.value or not claim.value:
        return mine.value == claim.value or mine.value is None or claim.value is None
    return abs(mine.value - claim.value) <= _NEAR * max(abs(mine.value), abs(claim.value))


def _narrowed(against: pd.DataFrame, draft: pd.DataFrame) -> pd.DataFrame:
    """The rows that can bear on the draft: its metrics, and its numbers under other metrics."""
    bears = against["metric"].isin(draft["metric"]) | against["value"].isin(draft["value"].dropna())
    return against[bears.to_numpy(dtype=bool)]
