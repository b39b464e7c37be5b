"""Bind measures, sums of money and percentages."""

from __future__ import annotations

from typing import Final

from figures.extract.metrics_counts import Counts
from figures.extract.metrics_items import Item, NounPhrase, noun_phrase, plural_head, triggers_of
from figures.extract.metrics_measures import measure_metric, open_measure
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_words import BE, HAVE, MEASURES_UNTRACKED

_STRENGTH: Final = frozenset(["power", "forces", "troops", "strength", "units", "groups"])


class Shares(Counts):
    """Reads what a percentage is of, and what a measure measures."""

    def _measure(self, k: int, position: int) -> Draft | None:
        """ "winds of 235 km/h", "$3.3 billion in aid", "5,000 barrels of oil": the words near it say of what."""
        quantity = self.quantities[position]
        dimension = quantity.dimension or "count"
        if quantity.unit == "times":
            return None
        found: tuple[str, int | None] | None = measure_metric(self.items, k, dimension, self.metrics)
        if found is None and dimension in MEASURES_UNTRACKED:
            return None
        found = found or open_measure(self.items, k)
        if found is None:
            before = self._last(lambda one: self.quantities[one.position].dimension == quantity.dimension)
            if before is None or (dimension == "currency" and self._spent_by_verb(k)):
                return None
            found = (self.drafts[before].metric, None)
        metric, j = found
        draft = self._draft(position, k, metric, "measure", None, j, klass="measure", confidence=0.7)
        draft.unit = quantity.unit or self.metrics.metric(metric).unit
        draft.population = None
        self._relate_change(draft, k)
        return draft

    def _spent_by_verb(self, k: int) -> bool:
        """Whether a verb of its own governs a sum: "pumped $70 billion into the market" goes on with no sum before."""
        j = self._left_edge(k)
        word = self.items[j] if j >= 0 else None
        if word is None or not word.is_word or word.grammar:
            return False
        return word.text.islower() and (word.lower.endswith(("ed", "ing")) or word.entry.participle != "")

    def _percent(self, k: int, position: int) -> Draft | None:
        """ "turnout was 66.3%", "81% of adults are vaccinated", "53% of the four million"."""
        quantity = self.quantities[position]
        phrase = noun_phrase(self.items, k)
        head = self.items[phrase.head] if phrase.head is not None else None
        draft = self._share_of_number(k, position, phrase)
        forces = measure_metric(self.items, k, "percent", self.metrics) if draft is None else None
        if draft is None and (forces is None or forces[0] != "share_of_forces_committed"):
            draft = self._share_of_people(k, position, phrase, head)
        if draft is None:
            found: tuple[str, int | None] | None = measure_metric(self.items, k, "percent", self.metrics)
            if found is None and (draft := self._share_again(k, position)) is None:
                found = self._share_named(k, position, head)
            if found is not None:
                draft = self._draft(position, k, found[0], "P", phrase, found[1], klass="percent", confidence=0.7)
                draft.population = None
                if found[0] == "share_of_forces_committed" and found[1] is not None:
                    self._forces(draft, k, found[1], phrase)
        if draft is None:
            return None
        draft.unit = quantity.mention.unit or quantity.unit or "percent"
        if self._role(k) == "by" or draft.unit == "percentage_point":
            draft.aspect = "change"
        self._relate_change(draft, k)
        return draft

    def _forces(self, draft: Draft, k: int, at: int, phrase: NounPhrase) -> None:
        """ "90% of Russia's combat power had entered Ukraine": what was committed, and whose it is."""
        forces = [self.items[at]]
        if " " not in forces[0].lower and at + 1 < len(self.items) and self.items[at + 1].lower in _STRENGTH:
            forces.append(self.items[at + 1])
        draft.population = " ".join(one.lower for one in forces)
        draft.noun = (forces[0].start, forces[-1].end)
        draft.party = self.parties.of_phrase(self.items, k, phrase) or self.parties.before(self.items, k)
        if draft.party is None:
            for j in range(at + 1, min(at + 6, len(self.items))):  # "the combat power that Russia had massed"
                if self.items[j].grammar & (BE | HAVE) or not self.items[j].is_word:
                    break
                draft.party = draft.party or self.parties.named(self.items, j)

    def _share_of_number(self, k: int, position: int, phrase: NounPhrase) -> Draft | None:
        """ "53% of the four million": the share has the metric of the number it is of."""
        index = self._base_draft(phrase.base) if phrase.base is not None else None
        return None if index is None else self._share(k, position, index, "P of N")

    def _share_again(self, k: int, position: int) -> Draft | None:
        """ "12 million people are vaccinated, 18% of the population"."""
        index = self._share_of_before(k)
        return None if index is None else self._share(k, position, index, "N, P of them")

    def _share(self, k: int, position: int, index: int, rule: str) -> Draft:
        of = self.drafts[index]
        draft = self._draft(position, k, of.metric, rule, None, None, klass="percent", confidence=0.7)
        draft.trigger, draft.relations = of.trigger, [("share_of", index)]
        return draft

    def _share_of_people(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "81% of adults have had a dose", "44% of the sick", "60% of the 2,000 homes were destroyed"."""
        if phrase.base is not None:
            phrase = noun_phrase(self.items, phrase.base)
            head = self.items[phrase.head] if phrase.head is not None else None
            phrase.partitive = "the"
        if not (phrase.partitive or phrase.vague_of):
            said = (
                self._chain(phrase.end, phrase, None) if head is None and self._in_digits(position) else None
            )  # "42% are vaccinated"
            if said is None or said[0].of.isdisjoint({"person"}) or said[0].phrase == "abroad":
                return None  # "52.69% among Turks abroad" is turnout
            return self._draft(
                position, k, said[0].metric, f"P {self.items[said[1]].lower}", None, said[1], klass="percent"
            )
        if phrase.partitive == "them":
            return self._share_of_those(k, position, phrase)
        if phrase.partitive == "the" and head is None and phrase.end < len(self.items):
            state = self.items[phrase.end]
            named = () if state.entry.klass else triggers_of(state, "state", "noun")
            if named:
                return self._draft(
                    position,
                    k,
                    named[0].metric,
                    f"P of the {state.lower}",
                    None,
                    phrase.end,
                    klass="percent",
                    confidence=0.7,
                )
        if head is None or head.entry.klass in ("setting", "untracked", "job", "seat", "vote"):
            return None
        found = self._predicate(self._behind_ages(phrase.end), phrase, head)
        if found is None:
            return None
        rule = f"P of {head.lower}"
        draft = self._draft(position, k, found[0].metric, rule, phrase, found[1], klass="percent")
        draft.population = plural_head(head)
        return draft

    def _share_of_those(self, k: int, position: int, phrase: NounPhrase) -> Draft | None:
        """ "68% of those over 65 have had a booster", "half of those in camps were vaccinated"."""
        if self.items[phrase.end - 1].lower not in ("those", "them"):
            return None
        if measure_metric(self.items, k, "percent", self.metrics) is not None:
            return None  # "67% of them turned out" is turnout
        found = self._predicate(self._behind_ages(phrase.end), phrase, None)
        if found is None or "person" not in found[0].of:
            return None
        return self._draft(position, k, found[0].metric, "P of those", None, found[1], klass="percent", confidence=0.7)

    def _behind_ages(self, begin: int) -> int:
        """Where the predicate may begin behind "over 65", "under five", "aged 12 to 17"."""
        items = self.items
        j = begin
        if j < len(items) and items[j].lower in ("aged", "age", "ages", "between", "over", "under"):
            j += 1
        within = ("to", "and", "years", "old", "of", "age")
        while j < len(items) and j - begin < 5 and (items[j].numbers or items[j].lower in within):
            j += 1
        return j if j > begin and any(one.numbers for one in items[begin:j]) else begin

    def _share_named(self, k: int, position: int, head: Item | None) -> tuple[str, int | None] | None:
        """What an earlier percentage, an opening "Of the deaths", a toll or the subject says it is a share of."""
        before = self._last(
            lambda one: (
                one.klass == "percent" and (one.unit != "percentage_point" or self.metrics.metric(one.metric).measured)
            ),
            here=True,
        )
        if before is not None and head is None:
            return self._other_state(k, before) or (self.drafts[before].metric, None)
        stated = self._of_stated(k)
        if stated is not None:
            return stated
        toll = self._toll_of(k) if head is None else None
        if toll is not None:
            return toll[0], toll[1]
        return open_measure(self.items, k) if self._in_digits(position) else None

    def _other_state(self, k: int, before: int) -> tuple[str, int] | None:
        """ "70% of the houses were destroyed and 20% damaged": the same things, another state."""
        of = self.drafts[before].phrase
        if of is None or of.head is None or k + 1 >= len(self.items) or self.drafts[before].sentence != self.sentence:
            return None
        klass = self.items[of.head].entry.klass
        for one in triggers_of(self.items[k + 1], "object", "state"):
            if one.form in ("", "part", "past") and klass in one.of and not one.needs_cue:
                return one.metric, k + 1
        return None

    def _in_digits(self, position: int) -> bool:
        """Whether a percentage is written in digits; "half", "a third", "most" may be idiom or an ordinal."""
        mention = self.quantities[position].mention
        return any(one.isdigit() for one in self._written(mention.start, mention.end))

    def _of_stated(self, k: int) -> tuple[str, int] | None:
        """ "Of the fires at night 40 percent were set on purpose": what the clause opens with is what is shared out."""
        for i in range(k - 1, max(-1, k - 9), -1):
            if self.items[i].lower == "of" and (i == 0 or not self.items[i - 1].is_word):
                for j in range(i + 1, k):
                    for one in triggers_of(self.items[j], "noun", "state"):
                        return one.metric, j
                return None
        return None

    def _share_of_before(self, k: int) -> int | None:
        """ "12 million are vaccinated, 18% of the population": a percentage beside a count says the same again."""
        if (
            k == 0
            or self.items[k - 1].lower not in (",", "or", "(", "-", "–", "—")
            or k + 1 >= len(self.items)
            or self.items[k + 1].lower != "of"
        ):
            return None
        return self._last(lambda one: one.klass in ("person", "household", "building", "animal"), here=True)

    def _base_draft(self, k: int) -> int | None:
        """The earlier reading with the number that a percentage is of ("53% of the four million")."""
        values = {self.quantities[one].mention.value for one in self.items[k].numbers}
        return self._last(lambda one: self.quantities[one.position].mention.value in values)
