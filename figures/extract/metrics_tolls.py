"""Bind numbers to a count named before them: "the death toll rose to 12", "put the dead at 12"."""

from __future__ import annotations

from typing import Final

from figures.extract.metrics_items import Item, NounPhrase, plural_head, triggers_of
from figures.extract.metrics_predicates import Predicates
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_words import (
    BE,
    COMING,
    CONJ,
    COUNT,
    DETERMINER,
    DOWN,
    FURTHEST,
    GENERIC,
    HAVE,
    LINK,
    LINKS,
    PREP,
    REACH_LEFT,
    REPORT,
    UP,
)

MOVES: Final = frozenset(
    ["rate", "level", "drop", "rise", "fall", "increase", "decline", "average", "peak", "projection", "forecast"]
)
"""General words that count nobody: "the rate came to 11.6 %"."""


class Tolls(Predicates):
    """Reads nouns of counts to the left of a number, and relates the numbers that one of them governs."""

    def _by_toll(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "the death toll rose to 12", "put the dead at 12", "the number of people killed has climbed to 359"."""
        items = self.items
        j = self._left_edge(k)
        if j < 0:
            return None
        item = items[j]
        counted = (
            head is None
            or head.lower in ("people", "persons", "individuals", "votes", "names", "souls", "inhabitants", "residents")
            or bool(phrase.partitive)
        )
        if (
            head is not None
            and not counted
            and (head.entry.klass != "person" or item.lower not in ("at", "to", "as", "of"))
        ):
            return None
        if head is not None and head.lower == "names":
            listed = self._toll_before(j)
            return (
                None
                if listed is None
                else self._draft(position, k, listed[0], "list of … N names", None, listed[1], klass="person")
            )
        if item.lower == ":" and 0 < j <= 2 and (said := triggers_of(items[j - 1], "state", "noun", "object")):
            said = tuple(one for one in said if "person" in one.of and one.form in ("", "part", "past"))
            if said and (j == 1 or not items[j - 2].is_word or self.parties.adjective(items, 0)):
                return self._draft(
                    position, k, said[0].metric, f"{items[j - 1].lower}: N", phrase, j - 1, klass="person"
                )
        linked = item.lower in LINKS or item.lower in COMING or item.grammar & (LINK | BE | HAVE | UP | DOWN | COUNT)
        if item.lower == "in" and self.quantities[position].mention.comparator == "vague":
            linked = True
        named = bool(triggers_of(item, "toll", "noun")) or (
            head is None and bool(triggers_of(item, "object", "state")) and j > 0
            and items[j - 1].entry.klass == "person" and self._number_of(j)
        )  # fmt: skip
        if not linked and not named:
            return None
        found = self._toll_before(j + 1 if named else j)
        if found is None or (
            head is not None
            and head.lower not in ("people", "persons", "votes")
            and not (j - found[1] <= 6 or triggers_of(items[found[1]], "toll") or items[found[1]].lower == "toll")
        ):
            return None
        metric, i, rule = found
        if head is not None and self._names_people(head) and self.metrics.metric(metric).unit != "person":
            return None  # "permits to 2.3 million Venezuelans": the permits are not what is counted
        draft = self._draft(
            position, k, metric, rule, phrase, i, klass="person" if self.metrics.metric(metric).unit == "person" else ""
        )
        if draft.klass == "person":
            self._toll_population(draft, i)
        if metric == "jobs_added" and any(one.grammar & DOWN for one in items[i:k]):
            draft.metric = "jobs_lost"  # "payrolls shrank by 980,000"
        self._relate_change(draft, k)
        return draft

    def _by_toll_after(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "gave 498 as the number of soldiers killed", "raising to 12 the death toll"."""
        items = self.items
        j = phrase.end
        raised = k > 0 and items[k - 1].lower in ("to", "at") and j < len(items) and bool(items[j].grammar & DETERMINER)
        if head is not None or j + 2 >= len(items) or not (raised or items[j].lower in ("as", "for")):
            return None
        j += not raised
        while j < len(items) - 1 and items[j].grammar & DETERMINER:
            j += 1
        named = triggers_of(items[j], "toll")
        if named:
            return self._draft(position, k, named[0].metric, f"N as {items[j].lower}", phrase, j, klass="person")
        if not items[j].grammar & GENERIC:
            return None
        for i in range(j + 1, min(j + 9, len(items))):
            if items[i].numbers or not items[i].is_word:
                return None
            for one in triggers_of(items[i], "state", "object", "noun"):
                if one.form in ("", "part", "past") and "person" in one.of:
                    rule = f"N as number of {items[i].lower}"
                    draft = self._draft(position, k, one.metric, rule, phrase, i, klass="person")
                    self._toll_population(draft, i)
                    return draft
        return None

    def _toll_of(self, k: int) -> tuple[str, int, str] | None:
        """The toll that a link before the number leads to, for percentages ("the number of evacuees fell by 78%")."""
        j = self._left_edge(k)
        if j < 0 or not (self.items[j].lower in LINKS or self.items[j].grammar & (UP | DOWN)):
            return None
        return self._toll_before(j)

    def _toll_population(self, draft: Draft, i: int) -> None:
        """ "the number of civilians killed", "civilian deaths": the population stands at the toll."""
        items = self.items
        if "people" in items[i].lower.split():
            draft.population, draft.noun = "people", (items[i].start, items[i].end)
            return
        draft.party = self.parties.adjective(items, i - 1)  # "Russian dead"
        for j in range(i - 1, max(-1, i - 7), -1):
            item = items[j]
            if item.numbers or item.lower in (",", ";") or item.grammar & (BE | HAVE | COUNT | REPORT | LINK):
                return
            if item.possessive:
                return  # "the mayor's office raised the number of victims"
            if item.entry.population and item.entry.klass == "person":
                draft.population, draft.noun = plural_head(item), (item.start, item.end)
                draft.party = self.parties.adjective(items, j - 1)
                return
            if item.grammar & GENERIC:
                return

    def _toll_before(self, j: int) -> tuple[str, int, str] | None:
        """The nearest noun of a count to the left of ``j``, within the clause.

        A noun inside a prepositional phrase only says where or when ("killed in the bombings in Negombo has risen to
        12"); one behind "number of" or "count of" is what was counted.
        """
        items = self.items
        named: tuple[str, int, str] | None = None
        for i in range(j - 1, max(-1, j - 1 - REACH_LEFT), -1):
            item = items[i]
            if item.lower == ";" or (named is not None and (item.numbers or item.grammar & CONJ)):
                break
            if item.numbers or not item.is_word:
                continue
            if named is not None and not triggers_of(item, "toll") and item.lower != "toll":
                continue
            tolls = [one for one in triggers_of(item, "toll") if one.of != {"vote"} or not item.entry.form]
            if (
                tolls
                and i > 1
                and items[i - 1].possessive
                and items[i - 2].lower in ("of", "from")
                and items[i - 3].lower == "toll"
            ):
                continue  # "the toll of Saturday's crowd crush"
            if tolls:
                return tolls[0].metric, i, f"{item.lower} … N"
            if item.lower == "victims" and i > 0 and items[i - 1].grammar & DETERMINER:
                return "deaths", i, "victims … N"
            if item.lower == "toll":
                return "deaths", i, "toll … N"
            if item.lower in ("inside", "underground") and items[i - 1].lower in ("those", "people") and i > 0:
                return "people_inside", i, f"those {item.lower} … N"
            for one in item.entry.triggers:
                if one.kind == "noun" and i not in self.taken:
                    lead = self._preposition_before(i)
                    if (
                        lead is not None
                        and lead > 0
                        and items[lead].lower == "of"
                        and (items[lead - 1].lower == "toll" or triggers_of(items[lead - 1], "toll"))
                    ):
                        continue  # "the toll of the attacks", "the death toll of the crash": the toll itself comes next
                    if lead is None or (items[lead].lower == "of" and lead > 0 and items[lead - 1].grammar & GENERIC):
                        named = self._refined(one.metric, i), i, f"{item.lower} … N"
                        if one.metric not in ("attacks", "strikes", "protesters"):
                            return named
                        break
                if (
                    one.kind in ("state", "object", "subject")
                    and one.form not in ("base", "s", "ing")
                    and "person" in one.of
                    and items[i - 1].lower != "to"  # "the toll in the worst floods to hit the coast"
                    and self._number_of(i)
                ):
                    return one.metric, i, f"number … {item.lower} … N"
        return named

    def _refined(self, metric: str, i: int) -> str:
        """ "suspected cases" rather than cases, where an adjective before the noun names a part of the metric."""
        if i > 0:
            for one in self.items[i - 1].entry.triggers:
                if metric in self.metrics.metric(one.metric).part_of:
                    return one.metric
        return metric

    def _preposition_before(self, i: int) -> int | None:
        """The preposition that a noun hangs on, None where it is a subject or object."""
        for j in range(i - 1, max(-1, i - 6), -1):
            item = self.items[j]
            if item.numbers and self.quantities[item.numbers[-1]].mention.kind == "article":
                continue  # "the death toll from an air strike"
            if item.numbers or not item.is_word:
                return None
            if item.grammar & PREP:
                return j
            if item.grammar & (BE | HAVE | REPORT | COUNT) and not item.entry.population:
                return None
        return None

    def _number_of(self, i: int) -> bool:
        """Whether "number", "count" or "total" stands shortly before: "the number of people killed"."""
        return any(
            self.items[j].grammar & GENERIC and self.items[j].lower not in MOVES for j in range(max(0, i - 6), i)
        )

    def _relate_change(self, draft: Draft, k: int) -> None:
        """ "rose from 30 to 45", "rose by 12 to 40": relate the numbers that one toll governs."""
        role = self.quantities[draft.position].mention.role or self._role(k)
        if role == "by":
            draft.aspect = "change"
        if role == "from":
            draft.modality = "superseded"
        for index in range(len(self.drafts) - 1, max(self.begin, len(self.drafts) - FURTHEST) - 1, -1):
            other = self.drafts[index]
            if other.metric != draft.metric or other.trigger != draft.trigger:
                continue
            before = self.quantities[other.position].mention.role or self._role(other.item)
            if role in ("to", None) and before == "from":
                draft.relations.append(("change_from", index))
            elif role == "from" and before in ("to", None):
                self.drafts[index].relations.append(("change_from", len(self.drafts)))
            elif role in ("to", None) and before == "by":
                self.drafts[index].relations.append(("change_of", len(self.drafts)))

    def _role(self, k: int) -> str | None:
        j = self._left_edge(k)
        lower = self.items[j].lower if j >= 0 else ""
        return lower if lower in ("from", "to", "by") else None
