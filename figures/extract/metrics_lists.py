"""Bind numbers of lists and of repeated rates: "the dead include 32 Kenyans", "- Morelos: 73", "in Italy to 12.8 %"."""

from __future__ import annotations

from typing import Final

from figures.extract.metrics_gaps import FORESEEING
from figures.extract.metrics_items import Item, NounPhrase, is_plural, noun_phrase, plural_head, triggers_of
from figures.extract.metrics_labels import LABEL, Labels
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_words import ADVERB, BE, CONJ, DETERMINER, DOWN, HAVE, MODAL, REPORT, TOLD, UP

REACH: Final = 14  # items between the verb of a list and its last member
LINES: Final = 40  # sentences back to the count that a list by place divides
RATES: Final = frozenset(["rate", "rates"])
PLAIN_RATE: Final = frozenset(
    [
        "highest", "lowest", "annual", "overall", "true", "headline", "official", "national", "monthly", "yearly",
        "average", "latest", "quarterly", "same", "actual", "real", "previous", "adjusted", "final", "provisional",
        "general", "harmonised", "harmonized", "current", "local", "regional", "comparable", "global", "median",
        "weekly", "daily", "underlying", "higher", "lower", "low", "high", "record", "year-on-year", "year", "its",
    ]
)  # fmt: skip
"""Words before "rate" that do not say of what: it is the rate told of before."""
INCLUDING: Final = frozenset(
    ["include", "includes", "included", "including", "comprise", "comprised", "comprises", "are", "were", "is", "was"]
)
SIDES: Final = frozenset(["for", "against"])
HURT: Final = frozenset(["deaths", "injuries", "casualties"])
DECIDING: Final = ("vot", "won", "beat", "defeat", "approv", "reject", "pass", "back", "lead", "led", "carr")
LIVING: Final = frozenset(
    ["people", "inhabitants", "residents", "citizens", "adults", "souls", "islanders", "villagers"]
)
PLACES: Final = frozenset(
    ["country", "city", "town", "state", "region", "province", "island", "nation", "village", "county", "district",
     "territory", "continent", "world", "planet", "enclave", "republic", "kingdom", "capital", "camp"],
)  # fmt: skip
STAFF: Final = frozenset(["workforce", "staff", "employees", "workers", "jobs", "headcount", "payroll", "personnel"])
MOVING: Final = frozenset(
    ["growth", "increase", "rise", "jump", "gain", "drop", "fall", "decline", "decrease", "surge", "slump", "dip",
     "reduction", "improvement", "spike", "plunge", "uptick", "hike", "cut"],
)  # fmt: skip
CUTTING: Final = (
    "cut",
    "slash",
    "shed",
    "trim",
    "lay",
    "laid",
    "axe",
    "eliminat",
    "reduc",
    "fire",
    "firing",
    "dismiss",
)
LEADS: Final = frozenset(["gap", "difference", "margin", "lead", "majority", "advantage", "distance"])
FOUND: Final = frozenset(["found", "detected", "confirmed", "diagnosed", "identified"])
ASKED: Final = frozenset(["appeal", "plan", "funds", "funding", "money", "requirement", "requirements", "request"])
ANSWERS: Final = frozenset(["yes", "no", "for", "against", "in", "to", "leave", "remain"])


class Lists(Labels):
    """Reads the members of a list, and percentages that go on with a rate."""

    def _names_persons(self, head: Item) -> bool:
        """Whether a noun is one for people, by the lexicon or as a people's name: "miners", "Kenyans"."""
        return head.entry.klass == "person" or (head.text[:1].isupper() and self._names_people(head))

    def _by_listing(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "the dead are the bomber and 20 cadets", "the injured include 3 nurses": members of those hurt."""
        items = self.items
        if head is None or not self._names_persons(head):
            return None
        for i in range(k - 1, max(0, k - REACH), -1):
            item = items[i]
            if item.numbers and self.quantities[item.numbers[-1]].mention.kind == "article":
                continue
            if item.numbers or item.lower in (";", ".", ":") or item.grammar & (HAVE | MODAL | REPORT):
                return None
            if item.lower not in INCLUDING:
                continue
            told = items[i - 1]
            if told.lower == "toll" and item.lower.startswith(("compris", "includ")):
                return self._draft(position, k, "deaths", f"toll {item.lower} N", phrase, i - 1, klass="person")
            if told.lower in ("victims", "fatalities") and (hurt := self._last_hurt()) is not None:
                made = self._draft(
                    position, k, self.drafts[hurt].metric, "victims were N", phrase, i - 1, klass="person"
                )
                made.relations.append(("part_of", hurt))
                return made
            for one in triggers_of(told, "state", "noun", "object"):
                if one.form not in ("", "part", "past") or "person" not in one.of or not self._subject_state(i - 1):
                    continue
                rule = f"{told.lower} {item.lower} N"
                made = self._draft(position, k, one.metric, rule, phrase, i - 1, klass="person")
                index = self._last_of(one.metric)
                if index is not None:
                    made.relations.append(("part_of", index))
                return made
            return None
        return None

    def _last_hurt(self) -> int | None:
        """The count that "the victims" are of: the dead, where any were told."""
        dead = self._last_of("deaths")
        return self._last(lambda one: one.metric in HURT) if dead is None else dead

    def _subject_state(self, i: int) -> bool:
        """Whether the state at ``i`` stands as a subject: "the dead", "those killed", "the two wounded"."""
        lead = self.items[i - 1] if i > 0 else None
        return (
            lead is None or bool(lead.grammar & DETERMINER) or lead.lower in ("people", "those") or bool(lead.numbers)
        )

    def _by_place_line(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "- Morelos: 73", "Mexico City: 137": a line of a list by place divides the count told before the list."""
        items = self.items
        behind = items[phrase.end] if phrase.end < len(items) else None
        if head is not None or k < 2 or items[k - 1].lower not in (":", "–", "—"):
            return None
        if behind is not None and behind.is_word and behind.text.islower() and not behind.grammar:
            return None
        begin = k - 1
        while begin > 0 and k - begin <= LABEL and items[begin - 1].is_word:
            begin -= 1
        label = items[begin : k - 1]
        if not label or len(label) > LABEL or not label[0].text[:1].isupper() or not self._names_place(label):
            return None
        if begin > 0 and items[begin - 1].is_word:
            return None
        index = self._divided()
        if index is None:
            return None
        of = self.drafts[index]
        made = self._draft(position, k, of.metric, "place: N", None, None, klass=of.klass, confidence=0.7)
        made.trigger, made.unit, made.population, made.party = of.trigger, of.unit, of.population, of.party
        whole = next((n for name, n in of.relations if name == "part_of"), index) if of.rule == "place: N" else index
        if self._nominal(self.drafts[whole].position) >= self._nominal(position):
            made.relations.append(("part_of", whole))
        return made

    def _names_place(self, label: list[Item]) -> bool:
        """Whether the words before a colon name a place: in the gazetteer, or in capitals that nothing else knows."""
        said = " ".join(one.text for one in label)
        if self.lexicon.settings.place(said) is not None:
            return True
        return all(
            one.text[:1].isupper() or one.lower in ("of", "and", "the", "de", "la", "&") for one in label
        ) and not (any(triggers_of(one, "noun", "state", "object") for one in label if one.lower not in ("state",)))

    def _divided(self) -> int | None:
        """The count that a list by place goes on with: the list's line before, else the first count of the nearest
        sentence before that tells of people or things by a metric of the lexicon."""
        best: int | None = None
        for index in range(len(self.drafts) - 1, max(-1, len(self.drafts) - 16), -1):
            draft = self.drafts[index]
            if draft.rule == "place: N":
                return index
            if self.sentence - draft.sentence > LINES:
                break
            quantity = self.quantities[draft.position]
            if not draft.tracked or quantity.dimension is not None or quantity.mention.unit is not None:
                continue
            if draft.metric not in self.metrics.metrics or draft.metric == "population":
                continue
            if best is not None and draft.sentence != self.drafts[best].sentence:
                break
            best = index
        return best

    def _by_bracket_list(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "97 are missing (77 men, 15 women and 5 children)": the parts of the count before the bracket."""
        items = self.items
        if head is None or not self._names_persons(head) or k < 2:
            return None
        if items[k - 1].lower != "(":
            before = self._last(bool, here=True)
            if before is None or self.drafts[before].rule != "N (N X)" or not self._joined(self.drafts[before], k):
                return None
            whole = next((n for name, n in self.drafts[before].relations if name == "part_of"), None)
        else:
            whole = self._last(lambda one: one.tracked and one.klass in ("person", "body", ""), here=True)
            if whole is not None and self._nominal(self.drafts[whole].position) < self._nominal(position):
                return None
        if whole is None or k - self.drafts[whole].item > 3 * REACH:
            return None
        of = self.drafts[whole]
        made = self._draft(position, k, of.metric, "N (N X)", phrase, None, klass="person", confidence=0.8)
        made.trigger, made.party = of.trigger, of.party
        made.unit = of.unit if of.klass == "person" else made.unit
        made.relations.append(("part_of", whole))
        return made

    def _by_second_object(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "detained the commander and three guards", "flattened a mosque and 12 homes": one verb of two objects."""
        items, j = self.items, self._left_edge(k)
        if head is None or j < 2 or items[j].lower not in ("and", "with", "plus"):
            return None
        if items[j].lower == "with" and items[j - 1].lower not in ("along", "together"):
            return None
        for i in range(j - 1, max(-1, j - REACH), -1):
            item = items[i]
            if item.numbers and self.quantities[item.numbers[-1]].mention.kind != "article":
                return None
            if item.lower in (".", ";", ":") or item.grammar & (BE | HAVE | MODAL | REPORT | CONJ | {"rel"}):
                return None
            found = triggers_of(item, "object")
            if not found or item.entry.population or (item.lower.endswith("ed") and self._modifies(i)):
                continue
            if i > 0 and items[i - 1].grammar & BE:
                return None
            trigger = self._choose(found, head, phrase, i)
            if trigger is None or trigger.needs_cue or (not self._names_persons(head) and head.entry.klass == ""):
                return None
            klass = self._klass_of(trigger, head)
            return self._draft(
                position, k, trigger.metric, f"{item.lower} X and N", phrase, i, klass=klass, confidence=0.7
            )
        return None

    def _modifies(self, i: int) -> bool:
        """Whether a participle only modifies the noun behind it: "the wanted man"."""
        before = self.items[i - 1] if i > 0 else None
        return before is not None and bool(before.grammar & DETERMINER)

    def _by_side(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "1,429,981 for repeal, 723,632 against": votes of the two sides of a question."""
        items = self.items
        value = self.quantities[position].mention.value
        behind = items[phrase.end] if phrase.end < len(items) else None
        if head is not None or value is None or value < 10 or behind is None or behind.lower not in SIDES:
            return None
        if not self._voting() or phrase.partitive:
            return None
        near = items[phrase.end + 1 : phrase.end + 16]
        other = next((one for one in near if one.numbers), None)
        paired = other is not None and any(one.lower in SIDES for one in near)
        if not paired and self._last(lambda one: one.rule == "N for, N against", here=True) is None:
            return None
        made = self._draft(position, k, "votes", "N for, N against", None, None, klass="vote", confidence=0.7)
        made.population = None
        return made

    def _by_lead(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "a gap of 2.1 million" in a vote: what parts the two sides."""
        items = self.items
        if head is not None or k < 2 or items[k - 1].lower != "of" or items[k - 2].lower not in LEADS:
            return None
        index = self._last(lambda one: one.metric in ("votes", "voters", "vote_share"), here=True)
        if index is None or phrase.partitive:
            return None
        made = self._draft(position, k, "vote_margin", f"{items[k - 2].lower} of N", None, k - 2, klass="vote")
        made.population = None
        return made

    def _by_level(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "lost 52,000 jobs in May, to 1,930,000": how many are left in work."""
        items = self.items
        if head is not None or k < 1 or items[k - 1].lower != "to" or phrase.partitive:
            return None
        index = self._last(bool, here=True)
        if index is None or self.drafts[index].metric not in ("jobs_lost", "jobs_added"):
            return None
        if self._nominal(position) < 5 * self._nominal(self.drafts[index].position):
            return None
        return self._draft(position, k, "employed", "jobs … to N", None, None, klass="job", confidence=0.7)

    def _by_apposed(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "most of the victims, 195, are from one town", "the highest number of daily deaths, 1,262, since"."""
        items = self.items
        behind = items[phrase.end] if phrase.end < len(items) else None
        if head is not None or k < 2 or items[k - 1].lower != "," or behind is None or behind.lower not in (",", "."):
            return None
        if self._nominal(position) < 10 or not self._in_digits(position):
            return None
        for i in range(k - 2, max(-1, k - 9), -1):
            item = items[i]
            if item.numbers or not item.is_word or item.grammar & (BE | HAVE | MODAL | REPORT):
                return None
            metric = None
            if item.lower in ("victims", "dead"):
                metric = "deaths"
            for one in triggers_of(item, "noun", "toll"):
                metric = metric or one.metric
            if metric is not None and self.metrics.metric(metric).unit in ("person", "item"):
                klass = "person" if self.metrics.metric(metric).unit == "person" else ""
                made = self._draft(position, k, metric, f"{item.lower}, N,", None, i, klass=klass, confidence=0.7)
                if klass:
                    self._toll_population(made, i)
                return made
        return None

    def _by_people_of(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "the 85,000 people of Ceuta": those of whom nothing is told but where they belong live there."""
        items, j = self.items, phrase.end
        if head is not None and head.lower in LIVING and not phrase.partitive and not phrase.others and k > 0:
            owner = items[self._left_edge_owner(k)]
            placed = (
                owner.lower in PLACES or self.lexicon.settings.place(owner.text.rstrip("s").rstrip("'’")) is not None
            )
            if owner.possessive and placed and self._predicate(phrase.end, phrase, head) is None:
                return self._draft(position, k, "population", "X's N people", phrase, phrase.head, klass="person")
        if head is None or head.lower not in ("people", "inhabitants", "residents", "citizens", "souls"):
            return None
        if phrase.partitive or phrase.others or j + 1 >= len(items) or items[j].lower != "of":
            return None
        place = j + 1 + (items[j + 1].lower == "the")
        if place >= len(items) or not items[place].text[:1].isupper() or not self._begins_place(place):
            return None
        return self._draft(position, k, "population", "N people of X", phrase, phrase.head, klass="person")

    def _left_edge_owner(self, k: int) -> int:
        """The word before the number, adverbs and adjectives like "estimated" passed over."""
        j = k - 1
        while j > 0 and (self.items[j].grammar & ADVERB or self.items[j].lower in ("estimated", "some", "roughly")):
            j -= 1
        return j

    def _begins_place(self, j: int) -> bool:
        names = [" ".join(one.text for one in self.items[j:i]) for i in range(j + 1, min(j + 4, len(self.items)) + 1)]
        return any(self.lexicon.settings.place(one) is not None for one in names)

    def _by_found_in(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "the virus was found in six of the babies": those in whom a disease is found are its cases."""
        items = self.items
        j = self._left_edge(k)
        if j < 2 or items[j].lower not in ("in", "among") or items[j - 1].lower not in FOUND:
            return None
        if head is not None and not self._names_persons(head) and head.entry.klass != "case":
            return None
        ill = self.metrics.metrics_cues("cases")
        if not any(ill & set(one.lower.split()) for one in items[max(0, j - 10) : j]):
            return None
        metric = "confirmed_cases" if items[j - 1].lower == "confirmed" else "cases"
        made = self._draft(position, k, metric, f"{items[j - 1].lower} in N", phrase, j - 1, klass="person")
        if phrase.partitive and (index := self._last(lambda one: one.klass == "person" and one.tracked)) is not None:
            made.relations.append(("part_of", index))
        return made

    def _measure(self, k: int, position: int) -> Draft | None:
        """ "rose to 3.6%, up 0.1 points": points of the percentage told before."""
        quantity = self.quantities[position]
        if quantity.dimension == "points":
            index = self._last(bool, here=True)
            if index is not None and self.drafts[index].unit == "percent":
                of = self.drafts[index]
                made = self._draft(
                    position, k, of.metric, "P, up N points", None, None, klass="percent", confidence=0.7
                )
                made.trigger, made.unit, made.aspect = of.trigger, "percentage_point", "change"
                return made
            again = self._rate_again(k, position)
            if again is not None:
                again.unit, again.aspect = "percentage_point", "change"
                return again
        return super()._measure(k, position)

    # Rates

    def _percent(self, k: int, position: int) -> Draft | None:
        """ "in Germany the rate came to 11.6 %", "economists had expected 10.2 %": the rate told of before."""
        for rule in (
            self._rate_again, self._beside_points, self._part_funded, self._answer, self._votes_in_percent,
            self._share_of_things, self._more_than_before, self._in_brackets,
            self._with_share, self._part_of_staff, self._apposed_change,
        ):  # fmt: skip
            if (made := rule(k, position)) is not None:
                made.unit = self.quantities[position].mention.unit or "percent"
                return made
        made = super()._percent(k, position)
        if made is not None and not made.unit.startswith("percent"):
            made.unit = self.quantities[position].mention.unit or "percent"
        return made

    def _part_funded(self, k: int, position: int) -> Draft | None:
        """ "7 per cent of the $674 million appeal is funded", "had received 12% of the funds it needs"."""
        items = self.items
        if k + 3 >= len(items) or items[k + 1].lower != "of":
            return None
        asked = False
        for i in range(k + 2, min(len(items), k + 12)):
            item = items[i]
            if item.numbers:
                asked = asked or self.quantities[item.numbers[-1]].dimension == "currency"
                continue
            if not item.is_word or item.grammar & {"rel", "report"}:
                return None
            asked = asked or item.lower in ASKED
            if asked and item.lower in ("funded", "financed", "covered", "raised", "received", "pledged", "secured"):
                return self._draft(position, k, "funding", "P of appeal funded", None, i, klass="percent")
        return None

    def _answer(self, k: int, position: int) -> Draft | None:
        """ "78.5 per cent voting Yes", "54 per cent voted to leave": an answer, no turnout."""
        items = self.items
        j = self._left_edge(k)
        if j > 0 and items[j].lower == "by" and self._voting():
            decided = any(one.lower.startswith(DECIDING) for one in items[max(0, j - 12) : j])
            side = k + 2 < len(items) and items[k + 1].lower in ("to", "against") and bool(items[k + 2].numbers)
            if decided and side:
                return self._draft(position, k, "vote_share", "voted by P to Q", None, None, klass="percent")
        before = self._last(bool, here=True)
        if before is not None and self.drafts[before].rule == "voted by P to Q" and k - self.drafts[before].item <= 3:
            return self._draft(position, k, "vote_share", "voted by P to Q", None, None, klass="percent")
        for i in range(k + 1, min(len(items) - 1, k + 7)):
            if not items[i].is_word:
                return None
            if items[i].lower in ("voted", "voting", "vote", "votes", "said", "saying", "say") and (
                items[i + 1].lower in ANSWERS or items[i + 1].text in ("Yes", "No", "Leave", "Remain")
            ):
                if items[i].lower.startswith("sa") and items[i + 1].text not in ("Yes", "No"):
                    return None
                return self._draft(position, k, "vote_share", "P voted X", None, i, klass="percent")
        return None

    def _votes_in_percent(self, k: int, position: int) -> Draft | None:
        """ "1,429,981 for, 723,632 against, that is 66.4 per cent to 33.6 per cent": votes said again as shares."""
        items = self.items
        index = self._last(bool, here=True)
        if index is None or k < 1 or (k + 1 < len(items) and items[k + 1].lower.startswith("of")):
            return None
        of = self.drafts[index]
        if of.metric != "votes" and of.rule != "votes, or P":
            return None
        if items[k - 1].lower not in (",", "(", "or", "is", "to", "/", "and", "against") or k - of.item > 8:
            return None
        if any(triggers_of(one, "noun", "toll") for one in items[of.item + 1 : k] if one.entry.klass != "vote"):
            return None
        return self._draft(position, k, "vote_share", "votes, or P", None, None, klass="percent", confidence=0.7)

    def _share_of_things(self, k: int, position: int) -> Draft | None:
        """ "23% of polling stations opened on time", "40 per cent of flights were cancelled": things and their verb."""
        items = self.items
        phrase = noun_phrase(items, k)
        head = items[phrase.head] if phrase.head is not None else None
        if head is None or not (phrase.partitive or phrase.vague_of) or phrase.base is not None or not is_plural(head):
            return None
        if head.entry.klass not in ("", "building", "vehicle", "ship", "aircraft", "place", "animal"):
            return None
        if head.text[:1].isupper() or triggers_of(head, "noun") or "amount" in head.grammar:
            return None
        if head.lower.split()[-1] in self.metrics.by_dimension.get("percent", {}) or not self._in_digits(position):
            return None
        j = self._skip_adverbs(phrase.end)
        verb = self._governing_verb(k, phrase) if j < len(items) and items[j].is_word else None
        if verb is None or verb in TOLD or self._predicate(phrase.end, phrase, head) is not None:
            return None
        if not (items[j].grammar & (BE | HAVE) or items[j].lower.endswith("ed")):
            return None
        noun = plural_head(head).replace(" ", "_").replace("-", "_")
        return self._draft(position, k, f"{noun}_{verb}", f"P of {head.lower}", phrase, phrase.head, klass="percent")

    def _part_of_staff(self, k: int, position: int) -> Draft | None:
        """ "cut 5% of its global workforce", "slash a tenth of the staff": jobs lost, as a share."""
        items = self.items
        j = self._left_edge(k)
        if j < 0 or k + 2 >= len(items) or items[k + 1].lower != "of":
            return None
        if not items[j].lower.startswith(CUTTING):
            return None
        if not any(one.lower in STAFF for one in items[k + 2 : k + 7]):
            return None
        return self._draft(position, k, "jobs_lost", f"{items[j].lower} P of staff", None, j, klass="percent")

    def _apposed_change(self, k: int, position: int) -> Draft | None:
        """ "reported 5,000 cases, a 20% increase", "$127 billion in revenue, a 9% growth": how it moved."""
        items = self.items
        if k + 1 >= len(items) or items[k + 1].lower not in MOVING:
            return None
        if k + 2 < len(items) and items[k + 2].lower in ("in", "of"):
            return None
        j = k - 1
        if j > 0 and items[j].lower in ("a", "an", "the"):
            j -= 1
        if j < 1 or items[j].lower not in (",", "–", "—", "(", "-"):
            return None
        index = self._last(lambda one: one.tracked and one.klass not in ("percent", "setting"), here=True)
        if index is None:
            return None
        of = self.drafts[index]
        made = self._draft(position, k, of.metric, f"N, a P {items[k + 1].lower}", None, None, klass="percent")
        made.trigger, made.population, made.party, made.aspect = of.trigger, of.population, of.party, "change"
        return made

    def _with_share(self, k: int, position: int) -> Draft | None:
        """ "26,589 people entered by sea, with over 80 percent arriving in Italy": a share of the count before."""
        items = self.items
        j = self._left_edge(k)
        behind = items[k + 1] if k + 1 < len(items) else None
        if j < 1 or items[j].lower != "with" or items[j - 1].lower != "," or behind is None:
            return None
        if not behind.lower.split()[0].endswith("ing"):
            return None
        index = self._last(lambda one: one.tracked and one.klass == "person", here=True)
        if index is None:
            return None
        of = self.drafts[index]
        made = self._draft(position, k, of.metric, "N, with P doing", None, None, klass="percent", confidence=0.7)
        made.trigger, made.population, made.party = of.trigger, of.population, of.party
        made.relations.append(("share_of", index))
        return made

    def _in_brackets(self, k: int, position: int) -> Draft | None:
        """ "318 cases (52% children)", "228 (72%) severe cases": a share of the total, behind its count."""
        items = self.items
        if k < 2 or items[k - 1].lower != "(" or not self._in_digits(position):
            return None
        index = self._last(bool, here=True)
        if index is None or k - self.drafts[index].item > 8 or self.drafts[index].klass in ("percent", "measure"):
            return None
        of = self.drafts[index]
        if not of.tracked or any(one.numbers for one in items[of.item + 1 : k]):
            return None
        phrase = noun_phrase(items, k)
        head = items[phrase.head] if phrase.head is not None else None
        behind = items[phrase.end] if phrase.end < len(items) else None
        if head is None and (behind is None or behind.lower not in (")", ";", ",")):
            return None
        if head is not None and not self._names_persons(head):
            return None
        made = self._draft(position, k, of.metric, "N (P)", None, None, klass="percent", confidence=0.7)
        made.trigger, made.population, made.party = of.trigger, of.population, of.party
        if head is not None:
            made.population, made.noun = plural_head(head), (head.start, head.end)
        made.relations.append(("share_of", index))
        return made

    def _more_than_before(self, k: int, position: int) -> Draft | None:
        """ "crossed the Channel in 2022, up 60% on the year before": the change of the count before it."""
        items = self.items
        if k < 2 or items[k - 1].lower not in ("up", "down") or k + 1 >= len(items):
            return None
        if items[k - 2].lower not in (",", "–", "—", "(", "-") and not items[k - 2].numbers:
            return None
        if items[k + 1].lower not in (
            "on",
            "from",
            "since",
            "in",
            "compared",
            "against",
            "year-on-year",
            "over",
            "than",
        ):
            return None
        index = self._last(
            lambda one: (
                one.tracked
                and one.klass not in ("percent", "measure", "setting")
                and one.metric in self.metrics.metrics
            ),
            here=True,
        )
        if index is None or self.drafts[index].item != max((one.item for one in self.drafts[self.begin :]), default=-1):
            return None
        of = self.drafts[index]
        made = self._draft(position, k, of.metric, f"N, {items[k - 1].lower} P", None, None, klass="percent")
        made.trigger, made.population, made.party, made.aspect = of.trigger, of.population, of.party, "change"
        return made

    def _rate_again(self, k: int, position: int) -> Draft | None:
        items = self.items
        if not self._in_digits(position):
            return None
        foreseen = False
        for i in range(k - 1, max(-1, k - 12), -1):
            item = items[i]
            if item.numbers and self.quantities[item.numbers[-1]].dimension in ("points", "percent"):
                continue  # "the rate fell by 0.8 points to 69.3 percent"
            if item.numbers or item.lower in (";", ":", ".", "(", "but", "while"):
                return None
            if i == self._left_edge(k) and item.lower.startswith(FORESEEING):
                foreseen = True
                break
            if item.lower in RATES:
                lead = items[i - 1] if i > 0 else None
                named = lead is not None and lead.is_word and not lead.grammar & DETERMINER
                if named and lead is not None and lead.lower not in PLAIN_RATE and not lead.numbers:
                    return None
                if i + 1 < len(items) and items[i + 1].lower in ("of", "for") and not items[i + 2 : i + 3][0].numbers:
                    return None
                break
        else:
            return None
        index = self._last(
            lambda one: (
                one.klass == "percent" and self.metrics.metric(one.metric).measured and one.metric != "vote_share"
            )
        )
        if index is None or self.sentence - self.drafts[index].sentence > (4 if foreseen else 8):
            return None
        of = self.drafts[index]
        made = self._draft(position, k, of.metric, "the rate … P", None, None, klass="percent", confidence=0.7)
        made.unit = self.quantities[position].mention.unit or "percent"
        self._relate_change(made, k)
        return made

    def _beside_points(self, k: int, position: int) -> Draft | None:
        """ "lost 504 points, or 4.4 per cent", "rose 22 points (0.3%)": the change before, again."""
        items = self.items
        j = k - 1
        if j > 0 and items[j].lower == "or":
            j -= 1
        if j < 1 or items[j].lower not in (",", "(") or not items[j - 1].numbers:
            return None
        if k + 1 < len(items) and items[k + 1].lower == "of":
            return None
        index = self._last(bool, here=True)
        if index is None or self.drafts[index].klass != "measure" or self.drafts[index].item < j - 3:
            return None
        of = self.drafts[index]
        before = items[of.item - 1] if of.item > 0 else None
        if before is None or not (before.grammar & (UP | DOWN) or before.lower in ("up", "down", "by")):
            return None
        made = self._draft(position, k, of.metric, "N, or P", None, None, klass="percent", confidence=0.7)
        made.trigger, made.aspect = of.trigger, of.aspect
        made.unit = self.quantities[position].mention.unit or "percent"
        return made
