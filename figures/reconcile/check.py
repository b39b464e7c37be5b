"""Draft check: for every number of a draft, what the material says about it.

A draft is compared, never kept. Its events are joined with those of the material, each of its numbers meets the
statements that may be about the same thing, and the first of these that holds is the verdict:

conflicts       it clashes inside the draft, other than as one of two sources that disagree
supported       the named source said it of the same thing, and has not changed it since
outdated        the named source has since changed it
conflicts       the named source cannot have said it beside what the material quotes of it; or nobody is
                credited, and sources disagree
supported       nobody is credited, and a figure in force says the same (outdated: only an overtaken one does)
misattributed   the number is right, and its source, population, party, place or date is not (``differs_in``)
conflicts       the number stands in the material for something else, or what others say of the day, in the draft or
                the material, excludes it
not_comparable  the material has figures on it, but a slot that decides is not said (``missing``)
unseen          nothing in the material speaks for or against it
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Final, Literal

import pandas as pd

from figures.lexicon import Lexicon, default_lexicon
from figures.notation import as_written
from figures.reconcile.comparable import Claim, Knowledge
from figures.reconcile.conflicts import find_conflicts
from figures.reconcile.evidence import Material, Met, telling
from figures.reconcile.sweep import Sheet
from figures.table import tabulate

__all__ = ["Verdict", "VerdictName", "check"]

VerdictName = Literal["supported", "misattributed", "outdated", "conflicts", "not_comparable", "unseen"]

_MOST_EVIDENCE: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the material says about one number of a draft.

    ``figure`` and ``evidence`` are full rows, closest evidence first. ``differs_in`` names the columns that a
    misattributed number gets wrong, ``missing`` the slots that kept it from being compared. ``contested`` tells
    whether sources disagree on that series, ``origins`` how many independent statements agree with the draft.
    ``reading`` is the figure in words, ``explanation`` the reason for the verdict, ``suggestion`` a wording from the
    evidence alone, None where none is needed or the material has none.
    """

    figure: dict[str, Any]
    verdict: VerdictName
    evidence: tuple[dict[str, Any], ...] = ()
    differs_in: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    contested: bool = False
    origins: int = 0
    reading: str = ""
    explanation: str = ""
    suggestion: str | None = None

    def to_row(self) -> dict[str, Any]:
        """The verdict as plain JSON values."""
        row = asdict(self)
        for name in ("evidence", "differs_in", "missing"):
            row[name] = list(row[name])
        return row


def check(draft: pd.DataFrame, against: pd.DataFrame | None = None, lexicon: Lexicon | None = None) -> list[Verdict]:
    """The verdict on every figure of a draft, in the order of its text, title first.

    ``draft`` and ``against`` are tables as ``tabulate`` gives them; without ``against`` the draft is checked against
    itself alone. Neither is changed.
    """
    if not len(draft):
        return []
    lexicon = lexicon or default_lexicon()
    knowledge = Knowledge(lexicon)
    material = Material(draft, against if against is not None else tabulate(()), lexicon, knowledge)
    desk = _Desk(material, knowledge)
    return [desk.verdict(claim) for claim in material.draft_claims()]


class _Desk:
    """Goes through the verdicts for one number after the other."""

    def __init__(self, material: Material, knowledge: Knowledge) -> None:
        self.material, self.knowledge = material, knowledge
        self.inside: dict[str, tuple[str | None, list[str], str]] = {}
        conflicts, _ = find_conflicts(Sheet.of(material.draft_table, knowledge), knowledge)
        for conflict in sorted(conflicts, key=lambda one: one.kind == "disagreement"):
            for camp in conflict.camps:
                others = [one for other in conflict.camps if other is not camp for one in other]
                for one in camp:
                    self.inside.setdefault(one, (conflict.kind, others, conflict.explanation))

    def verdict(self, claim: Claim) -> Verdict:
        """The first verdict that holds."""
        kind, others, why = self.inside.get(claim.figure_id, (None, [], ""))
        inside = (
            self._found(claim, "conflicts", others, f"It clashes inside the draft. {why}".strip()) if kind else None
        )
        if inside is not None and kind != "disagreement":
            return inside
        met = self.material.meet(claim)
        same = [one for one in met if one.same]
        found = self._said(claim, same, met) if claim.credited else self._uncredited(claim, same)
        found = (
            found or self._misattributed(claim, met) or inside or self._excluded(claim, same) or self._open(claim, met)
        )
        if found is not None:
            # A draft may well quote two sides that disagree, each with its own number.
            return replace(found, contested=found.contested or inside is not None)
        near = [one.figure_id for one in sorted(met, key=lambda one: (not one.same, not one.speaker, one.figure_id))][
            :2
        ]
        other = next((one for one in met if one.same and one.equal and one.claim.credited and not one.speaker), None)
        if claim.credited and other is not None:
            why = f"The material does not quote {claim.source} on it; {other.claim.source} gives this round number."
            return self._found(claim, "unseen", [other.figure_id], why)
        return self._found(claim, "unseen", near, "Nothing in the material speaks for or against it.")

    def _said(self, claim: Claim, same: list[Met], met: list[Met]) -> Verdict | None:
        """What the credited source itself says of the same thing."""
        own = sorted((one for one in same if one.speaker), key=Met.age, reverse=True)
        if not own:
            return None
        newest, agreeing = own[0], _agreeing(own)
        if agreeing and (not newest.apart or claim.modality == "superseded"):
            said = agreeing[-1]
            if claim.dated and said.claim.dated and (claim.day or 0) < (said.claim.day or 0):
                why = f"{said.claim.source} gave this number {_when(said.claim)}, not before."
                return self._found(claim, "misattributed", _ids(agreeing), why, differs_in=("as_of",), wording=[said])
            why = f"{agreeing[0].claim.source} says the same."
            twin = [one for one in met if one.speaker and one.apart and one.clashes]
            if not twin:
                return self._found(claim, "supported", _ids(agreeing), why)
            # One statement quoted in two ways: the draft has one of them.
            why += f" The material also quotes {twin[0].claim.source} with another number."
            return self._found(claim, "supported", _ids(agreeing[:1]), why, contested=True, beside=_ids(twin[:1]))
        if agreeing:
            why = f"{agreeing[0].claim.source} said so {_when(agreeing[0].claim)} and has since changed it."
            return self._found(claim, "outdated", _ids([newest, agreeing[0]]), why, wording=[newest])
        clash = [one for one in own if one.apart and one.clashes]
        if clash and not (telling(claim) and any(one.equal for one in same)):
            why = f"The material quotes {clash[0].claim.source} with another number {_when(clash[0].claim)}."
            return self._found(claim, "conflicts", _ids(clash), why, wording=[newest])
        if newest.apart and claim.day is not None and claim.day < (newest.claim.day or 0):
            why = f"{newest.claim.source} has given another number since, {_when(newest.claim)}."
            return self._found(claim, "outdated", [newest.figure_id], why, wording=[newest])
        return None

    def _uncredited(self, claim: Claim, same: list[Met]) -> Verdict | None:
        """A number that the draft states in its own name."""
        if claim.modality == "superseded":
            return None
        for one in same:
            answer = self.material.answer(one.claim)
            if answer["contested"]:
                members = [entry["figure_id"] for camp in answer["camps"] for entry in camp]
                why = "Sources disagree on this number, and the draft credits nobody."
                return self._found(claim, "conflicts", members, why, contested=True, wording=members)
        # A body's own statement says more than the lead that shortens it.
        agreeing = sorted(_agreeing(same), key=_credited_newest, reverse=True)
        if not agreeing:
            return None
        first = agreeing[0]
        name = first.claim.source or "An article"
        in_force = [one for one in agreeing if self.material.in_force(one.claim)]
        later = [one for one in same if one.apart and one.age() > first.age() and self.material.in_force(one.claim)]
        if in_force or not later:
            return self._found(claim, "supported", _ids(in_force or agreeing), f"{name} says the same.")
        newest = max(later, key=Met.age)
        why = f"{name} said so {_when(first.claim)}; later figures differ."
        return self._found(claim, "outdated", _ids([newest, first]), why, wording=[newest])

    def _misattributed(self, claim: Claim, met: list[Met]) -> Verdict | None:
        """The very number, from another source or of other people, another party or place."""
        if not telling(claim):
            return None
        equal = [one for one in met if one.equal and one.agrees]
        equal.sort(key=_credited_newest, reverse=True)
        if any(one.speaker and not one.same and not one.differs for one in equal):
            return self._nearly(claim, [one for one in equal if one.speaker and not one.same and not one.differs])
        found = [
            (*((len(one.differs) + 1, ("source", *one.differs)) if claim.credited and not one.speaker else
               (len(one.differs), one.differs)), one)
            for one in equal if one.same or one.differs
        ]  # fmt: skip
        found = [one for one in found if one[0]]
        if found:
            fewest = min(one[0] for one in found)
            differs = next(names for count, names, _ in found if count == fewest)
            evidence = [one for count, names, one in found if names == differs]
            said = evidence[0].claim
            why = f"The material has this number from {said.source or 'no named source'} {_when(said)}; it differs in "
            return self._found(
                claim,
                "misattributed",
                _ids(evidence),
                why + _listed(differs) + ".",
                differs_in=differs,
                wording=evidence[:1],
            )
        return self._swapped(claim)

    def _swapped(self, claim: Claim) -> Verdict | None:
        """The very number, of something else."""
        others = [Met(claim, one, self.material) for one in self.material.same_number(claim)]
        # The wounded given as dead are one count misattributed; bodies and beds have nothing in common but a slip.
        swapped = [
            one
            for one in others
            if one.pair().relation.kind == "metric_swap" and not self.knowledge.akin(claim.metric, one.claim.metric)
        ]
        if swapped:
            why = "The material has this very number for something else."
            return self._found(claim, "conflicts", _ids(swapped), why, wording=swapped[:1])
        slots = ("unit", "event", "population", "party", "place")
        mixed = [
            one for one in others
            if one.speaker and one.possible and all(one.comparison.slots[slot] == "same" for slot in slots)
        ]  # fmt: skip
        if not mixed:
            return None
        why = f"{mixed[0].claim.source} gave this number {_when(mixed[0].claim)} for something else."
        return self._found(claim, "misattributed", _ids(mixed), why, differs_in=("metric",), wording=mixed[:1])

    def _nearly(self, claim: Claim, own: list[Met]) -> Verdict:
        """The source's very number, where only one of the two says of whom or where."""
        missing = own[0].missing
        why = f"{own[0].claim.source} gives this very number"
        why += f"; {_listed(missing)} is said by only one of the two." if missing else "."
        return self._found(claim, "supported", _ids(own), why, missing=missing)

    def _excluded(self, claim: Claim, same: list[Met]) -> Verdict | None:
        """Figures in force, of other sources, that cannot stand beside it."""
        clash = [one for one in same if one.apart and self.material.in_force(one.claim) and one.clashes]
        if not clash:
            return None
        clash.sort(key=Met.age, reverse=True)
        why = f"{clash[0].claim.source or 'An article'} says otherwise {_when(clash[0].claim)}."
        return self._found(claim, "conflicts", _ids(clash), why, contested=True, wording=clash)

    def _open(self, claim: Claim, met: list[Met]) -> Verdict | None:
        """Figures that look alike and leave a slot unsaid."""
        if any(one.same for one in met):
            return None
        unknown = [one for one in met if one.comparison.verdict == "unknown" and one.missing and not one.differs]
        if not unknown:
            return None
        unknown.sort(key=lambda one: (len(one.missing), one.missing, not one.agrees, one.figure_id))
        missing = unknown[0].missing
        why = f"Either the draft or the material does not say {_listed(missing)}."
        return self._found(claim, "not_comparable", _ids(unknown), why, missing=missing)

    def _found(
        self,
        claim: Claim,
        verdict: VerdictName,
        evidence: Sequence[str],
        explanation: str,
        *,
        differs_in: tuple[str, ...] = (),
        missing: tuple[str, ...] = (),
        contested: bool = False,
        wording: Iterable[Met | str] = (),
        beside: Sequence[str] = (),
    ) -> Verdict:
        names = list(dict.fromkeys(evidence))
        origins = set()
        for name in names:
            seen = self.material.claim(name)
            contested = contested or bool(self.material.answer(seen)["contested"])
            origins.add(seen.origin)
        names += [one for one in beside if one not in names]
        return Verdict(
            figure=self.material.row(claim.figure_id),
            verdict=verdict,
            evidence=tuple(self.material.row(name) for name in names[:_MOST_EVIDENCE]),
            differs_in=differs_in,
            missing=missing,
            contested=contested,
            origins=len(origins) if verdict == "supported" else 0,
            reading=self._reading(claim),
            explanation=explanation,
            suggestion=self._wording(wording),
        )

    def _reading(self, claim: Claim) -> str:
        """The figure in words: number, what is counted, whose, where, who says so, as of when."""
        title = getattr(self.knowledge.metric(claim.metric), "title", None) or claim.metric.replace("_", " ")
        words = [as_written(self.material.row(claim.figure_id)), str(title)]
        whose = " ".join(one for one in (claim.party, claim.population) if one and one not in (claim.metric, title))
        if whose:
            words.append(f"({whose})")
        if claim.place:
            words.append({"origin": "from", "destination": "to"}.get(claim.place_role or "", "in") + f" {claim.place}")
        said = f"according to {claim.source}" if claim.credited else "nobody credited"
        return f"{' '.join(words)}; {said}; {f'as of {_day(claim.day)}' if claim.day is not None else 'no date'}"

    def _wording(self, evidence: Iterable[Met | str]) -> str | None:
        """Wording from evidence: each source once with its number and date, no side chosen."""
        parts: dict[str, str] = {}
        for one in evidence:
            claim = self.material.claim(one) if isinstance(one, str) else one.claim
            if claim.source is not None and claim.source not in parts:
                number = as_written(self.material.row(claim.figure_id))
                parts[claim.source] = f"{claim.source}: {number} ({_day(claim.day)})"
        return "; ".join(parts.values()) or None


def _agreeing(met: Sequence[Met]) -> list[Met]:
    """Those that the draft may be quoting: of a statement printed exactly here and roughly there, the exact version
    decides."""
    apart = {one.claim.origin for one in met if one.apart}
    return [one for one in met if one.agrees and one.claim.origin not in apart]


def _credited_newest(met: Met) -> tuple[bool, bool, tuple[int, bool, float, float, str]]:
    return met.equal, met.claim.credited, met.age()


def _ids(met: Iterable[Met]) -> list[str]:
    return [one.figure_id for one in met]


def _when(claim: Claim) -> str:
    return f"on {_day(claim.day)}" if claim.day is not None else "without a date"


def _day(ordinal: int | None) -> str:
    if ordinal is None:
        return "no date"
    day = date.fromordinal(ordinal)
    return f"{day.day} {day:%B %Y}"


def _listed(names: Sequence[str]) -> str:
    words = ["the " + one.replace("as_of", "date").replace("_", " ") for one in names]
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]
