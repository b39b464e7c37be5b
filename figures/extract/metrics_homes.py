"""Read what bulletins count of people out of their homes, by heads and by families, and where they stay.

Works once a sentence is read. One of two numbers that count the same people ("1,234 families (6,170 persons)", "248 HHs
/ 1,500 ind.", "312 persons from 81 families") takes its metric from the other. People in numbered shelters ("6,240
people in 197 evacuation centres") are displaced and present now. Displaced people stay so whoever hosts them.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from figures.extract.metrics_items import Item, NounPhrase, noun_phrase, plural_head, triggers_of
from figures.extract.metrics_labels import SIGNS
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_single import Single
from figures.extract.metrics_words import ADVERB, BE, DETERMINER, HAVE, MODAL, REPORT
from figures.lexicon.metrics import Trigger

BREAKS: Final = frozenset([",", ";", ".", "and", "but", "while", "with", ":"])
EITHER: Final = frozenset(["(", "/", "or", "–", "—", "-", "i.e.", "="])
"""Signs between two counts of the same people, whichever comes first."""
HELD: Final = frozenset([
    "of", "from", "in", "with", "comprising", "representing", "totalling", "totaling", "equivalent to", "equal to",
    "made up of", "consisting of", "belonging to", "composed of", "comprised of", "constituting", "corresponding to",
    "accounting for", "within", "involving", "forming",
])  # fmt: skip
"""What joins heads to the families they live in, or families to their heads."""
BRACKET: Final = 9  # items between a noun and the bracket that counts it again: "persons displaced by the storm (…)"
STAYS: Final = frozenset([
    "are", "were", "is", "was", "remain", "remained", "remaining", "remains", "staying", "stay", "stayed", "living",
    "live", "lived", "housed", "sheltered", "sheltering", "shelter", "hosted", "accommodated", "lodged", "residing",
    "reside", "sleeping", "currently", "still", "now", "being", "taking", "seeking", "refuge", "camped", "settled",
    "scattered", "spread", "located", "crowded", "temporarily", "displaced", "homeless", "registered", "sought",
    "took", "temporary", "taken", "idps", "evacuees", "found", "spent", "spend", "the", "night", "nights", "second",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "slept",
])  # fmt: skip
SPENDING: Final = frozenset(["spent", "spend", "sleeping", "slept", "staying", "living", "housed", "lodged"])
LIVING: Final = frozenset(
    ["shelter", "camp out", "live in camps", "live in tents", "stay with relatives", "sleep outside"]
)
INSIDE: Final = frozenset(["in", "at", "across", "inside", "within", "among"])
SHELTERS: Final = frozenset([
    "centres", "centers", "centre", "center", "camps", "sites", "shelters", "posts", "ecs", "settlements", "facilities",
    "tents", "schools", "gymnasiums", "gyms", "mosques", "churches", "stadiums", "temples", "monasteries", "halls",
])  # fmt: skip
SHELTER_WORDS: Final = 4  # "197 government-run emergency evacuation centres"
STAY_WORDS: Final = 6
PEOPLE: Final = frozenset(["person", "household"])
PLAIN: Final = frozenset(["people", "families", "households", "persons", "residents", "individuals", "population"])
ARRIVED: Final = PLAIN | {"people_arrived", "families_arrived", "households_arrived"}
NEWLY: Final = frozenset(["newly", "recently", "also", "already", "just", "reportedly", "since"])
FLEEING: Final = re.compile(
    r"\b(?:fled|flee|fleeing|displac\w+|IDPs?|insecurity|insurgents?|clashes|fighting|violence|shelling|raids?|floods?)\b"
)
OF_HOUSEHOLDS: Final = frozenset(["displaced", "evacuated", "returned", "people_affected", "refugees", "rescued"])
"""What families are counted by: "the displacement of 248 families"."""
FORM: Final = frozenset([
    "displaced", "evacuated", "returned", "people_affected", "refugees", "rescued", "deaths", "injuries", "missing",
    "buildings_destroyed", "buildings_damaged", "people_in_need", "people_trapped", "border_crossings", "hospitalised",
])  # fmt: skip
"""What the lines of a bulletin's form count."""
LABEL: Final = 8  # words of a form's label
STARTS: Final = frozenset([";", ".", ":", "•", "*", "·", "|", "–", "—", "-"])
ENDS: Final = frozenset([";", ".", ",", "(", "|", "•", "·", "/", "and", "in", "across", "at", "from", "or", "as", "so"])
BUILDING: Final = "building"
HOUSEHOLDS: Final = frozenset(["family", "families", "household", "households", "hh", "hhs"])


class Homes(Single):
    """Completes the readings of people out of their homes, and reads the forms that count them."""

    def _by_label(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "Displaced: 410 HH (2,050 pers.)", "Persons in evacuation centres: 3,190", "Houses affected - 88;"."""
        return self._by_form(k, position, phrase, head) or super()._by_label(k, position, phrase, head)

    def _by_form(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        items = self.items
        if k < 2 or items[k - 1].lower not in SIGNS:
            return None
        sign, end = items[k - 1], phrase.end if head is not None else k + 1
        after = items[end] if end < len(items) else None
        if after is not None and after.lower not in ENDS:
            return None
        if sign.lower != ":" and (
            sign.start == items[k - 2].end
            or sign.end == items[k].start
            or (after is not None and after.lower in ("and", "in", "at", "from", "or", "as"))
        ):
            return None
        begin = self._label_begins(k)
        if begin is None:
            return None
        label = items[begin : k - 1]
        noun = head if head is not None else next((one for one in reversed(label) if self._klass_in(one)), None)
        klass = self._klass_in(noun) if noun is not None else ""
        if head is not None and klass not in (*PEOPLE, BUILDING):
            return None
        for j in range(k - 2, begin - 1, -1):
            trigger = next((one for one in items[j].entry.triggers if self._on_form(one, klass)), None)
            if trigger is None:
                continue
            kind = klass or ("person" if "person" in trigger.of else "")
            rule = f"{items[j].lower}: N"
            made = self._draft(position, k, trigger.metric, rule, phrase if head is not None else None, j, klass=kind)
            if head is None and noun is not None and noun.entry.population:
                made.population, made.noun = plural_head(noun), (noun.start, noun.end)
            elif head is None and klass == "household":
                made.population = "families" if "famil" in (noun.lower if noun is not None else "") else "households"
            if made.unit == "person" and klass == "household":
                made.unit = "household"
            if made.metric == "displaced" and items[j].lower.startswith(("in ", "idp", "staying", "living")):
                made.aspect = "stock"
            return made
        return None

    def _label_begins(self, k: int) -> int | None:
        """Where the label before a number begins: behind a sign, or a comma that ends another entry of the form."""
        items, begin = self.items, k - 1
        while begin > 0 and k - begin <= LABEL:
            before = items[begin - 1]
            if before.lower in STARTS:
                break
            if before.lower == "," or before.numbers:
                entry = items[begin - 2] if begin > 1 else None
                if before.lower == "," and entry is not None and (entry.numbers or entry.lower in (")", *HOUSEHOLDS)):
                    break
                return None
            if not before.is_word and before.lower not in ("(", ")", "/", "&"):
                return None
            if before.grammar & (BE | HAVE | MODAL | REPORT) and not before.entry.triggers:
                return None
            begin -= 1
        return begin if k - 1 - begin <= LABEL and begin < k - 1 else None

    @staticmethod
    def _klass_in(item: Item) -> str:
        """The class of a label's word: "families", "displaced families", "houses"."""
        if item.entry.klass in (*PEOPLE, BUILDING):
            return item.entry.klass
        return "household" if item.lower.rpartition(" ")[2] in HOUSEHOLDS else ""

    @staticmethod
    def _on_form(trigger: Trigger, klass: str) -> bool:
        verb = trigger.kind in ("object", "subject")
        if trigger.metric not in FORM or (verb and trigger.form not in ("part", "past")):
            return False
        if klass == "household":
            return "person" in trigger.of and trigger.metric not in ("deaths", "injuries")
        return klass in trigger.of if klass else not trigger.needs_cue

    def _by_nominal(self, k: int, position: int, phrase: NounPhrase, head: Item | None, j: int) -> Draft | None:
        """ "the displacement of 248 families", "the return of 40 households"."""
        made = super()._by_nominal(k, position, phrase, head, j)
        if made is not None or head is None or head.entry.klass != "household":
            return made
        for trigger in triggers_of(self.items[j], "noun", "toll"):
            if trigger.metric in OF_HOUSEHOLDS:
                rule = f"{self.items[j].lower} of N"
                return self._draft(position, k, trigger.metric, rule, phrase, j, klass="household")
        return None

    def _settle_homes(self) -> None:
        """What the numbers of the sentence just read say of one another."""
        if len(self.drafts) == self.begin:
            return
        self._settle_displaced()
        self._settle_arrived()
        self._settle_sheltered()
        self._settle_twins()

    def _open(self, draft: Draft) -> bool:
        """Whether a metric only repeats its noun."""
        return draft.metric not in self.metrics.metrics or draft.metric in PLAIN

    def _settle_displaced(self) -> None:
        """ "230 displaced people are being hosted", "2,063 newly displaced persons, 1,180 of them children"."""
        renamed: dict[str, Draft] = {}
        for draft in self.drafts[self.begin :]:
            head = draft.phrase.head if draft.phrase is not None else None
            if head is not None and draft.unit == "person" and self.items[head].lower.rpartition(" ")[2] in HOUSEHOLDS:
                draft.unit = "household"  # "16,800 displaced families"
                draft.population = draft.population or self.items[head].lower.rpartition(" ")[2]
            named = head is not None and any(one.metric == "displaced" for one in triggers_of(self.items[head], "noun"))
            if named and self.items[head or 0].lower in ("evacuee", "evacuees"):
                continue
            if named and (self._open(draft) or draft.metric == "refugees"):
                hosted = draft.metric == "refugees" and draft.aspect is None
                if self._open(draft):
                    renamed[draft.metric] = draft
                draft.metric, draft.rule = "displaced", f"{draft.rule}, displaced"
                draft.aspect = "stock" if hosted and self._hosting(draft) else draft.aspect
            elif draft.metric in renamed and draft.klass in (*PEOPLE, "") and draft.relations:
                draft.metric, draft.rule = "displaced", renamed[draft.metric].rule

    def _settle_arrived(self) -> None:
        """ "3,000 people newly arrived in the town, fleeing the raid": they are displaced."""
        for draft in self.drafts[self.begin :]:
            if draft.metric not in ARRIVED or self._klass_at(draft.item) not in PEOPLE:
                continue
            j = draft.phrase.end if draft.phrase is not None else draft.item + 1
            while j < len(self.items) - 1 and (self.items[j].grammar & HAVE or self.items[j].lower in NEWLY):
                j += 1
            if j >= len(self.items) or self.items[j].lower.partition(" ")[0] not in ("arrived", "reached"):
                continue
            if not self._fleeing():
                continue
            draft.metric, draft.rule = "displaced", "N arrived, fleeing"
            draft.trigger = (self.items[j].start, self.items[j].end)
            draft.klass = self._klass_at(draft.item)
            draft.unit = "household" if draft.klass == "household" else "person"

    def _fleeing(self) -> bool:
        """Whether the article tells what people flee."""
        if self._flight is None:
            self._flight = FLEEING.search(self.document.article.text) is not None
        return self._flight

    _flight: bool | None = None

    def _hosting(self, draft: Draft) -> bool:
        """Whether the words that count say that somebody hosts them now."""
        return draft.trigger is not None and "host" in self._written(*draft.trigger).casefold()

    def _settle_twins(self) -> None:
        """Heads and families side by side: the one whose words say less takes the metric of the other."""
        numbered = [k for k, one in enumerate(self.items) if one.numbers]
        held = {draft.item: draft for draft in self.drafts[self.begin :]}
        for first, second in pairwise(numbered):
            one, other = held.get(first), held.get(second)
            if one is None or other is None or not self._twins(first, second):
                continue
            if one.metric == other.metric == "displaced":
                one.aspect, other.aspect = one.aspect or other.aspect, other.aspect or one.aspect
            weak, strong = (other, one) if self._open(other) else (one, other)
            if self._open(strong) or not self._open(weak):
                continue
            weak.metric, weak.rule = strong.metric, f"{strong.rule}, counted otherwise"
            weak.trigger, weak.modality, weak.confidence = strong.trigger, strong.modality, strong.confidence
            weak.aspect = strong.aspect
            weak.klass = self._klass_at(weak.item)
            weak.unit = "household" if weak.klass == "household" else "person"

    def _twins(self, first: int, second: int) -> bool:
        """Whether the numbers at two items count the same people by heads and by families."""
        klass, other = self._klass_at(first), self._klass_at(second)
        if klass == other or {klass, other} != PEOPLE:
            return False
        begin = noun_phrase(self.items, first).end
        between = self.items[begin:second]
        if not between or len(between) > BRACKET:
            return False
        joint = between[-1].lower
        if joint == "(":
            return all(one.lower not in BREAKS for one in between[:-1])
        if joint in EITHER or (joint == "," and len(between) == 1):
            return len(between) == 1
        return " ".join(one.lower for one in between) in HELD

    def _klass_at(self, k: int) -> str:
        """The class of the noun behind the number at an item; families themselves are households."""
        phrase = noun_phrase(self.items, k)
        return self.items[phrase.head].entry.klass if phrase.head is not None else ""

    def _settle_sheltered(self) -> None:
        """ "6,240 people in 197 evacuation centres", "12,340 displaced in 48 sites", "2,218 families are in 41 ECs"."""
        for draft in self.drafts[self.begin :]:
            hosted = draft.metric == "refugees" and self._klass_at(draft.item) in PEOPLE and self._hosting(draft)
            plain = self._open(draft) and self._klass_at(draft.item) in PEOPLE
            if draft.metric != "displaced" and not plain and not (hosted and draft.population in PLAIN):
                continue
            phrase = draft.phrase or NounPhrase(first=draft.item + 1, end=draft.item + 1)
            if not self._in_shelters(phrase.end):
                continue
            if draft.metric != "displaced":
                draft.metric, draft.rule = "displaced", "N in M shelters"
                draft.klass = self._klass_at(draft.item)
                draft.unit = "household" if draft.klass == "household" else "person"
            draft.aspect = draft.aspect or "stock"
        for draft in self.drafts[self.begin :]:
            if draft.metric == "displaced" and draft.aspect is None and draft.trigger is not None:
                said = self._written(*draft.trigger).casefold()
                if said in LIVING and draft.trigger[0] > self.items[draft.item].start:
                    draft.aspect = "stock"  # "1,950 of them shelter in monasteries"

    def _in_shelters(self, j: int) -> bool:
        """Whether "in 14 evacuation centres" follows at an item, verbs of staying passed over."""
        items = self.items
        if j < len(items) and items[j].lower == "from":  # "43,700 people from the old town are hosted in 8 shelters"
            j += 1
            while j < len(items) - 2 and (items[j].grammar & DETERMINER or items[j].text[:1].isupper()):
                j += 1
        edge, begin = min(len(items) - 2, j + STAY_WORDS), j
        while j < edge and (items[j].grammar & (BE | HAVE | ADVERB) or set(items[j].lower.split()) <= STAYS):
            j += 1
        if j > begin and j < len(items) and items[j].lower.partition(" ")[0] in INSIDE and (
            any(one.metric == "displaced" for one in triggers_of(items[j], "state"))
        ):  # fmt: skip
            return True  # "spent Sunday night | in tents"
        if j >= len(items) - 2 or items[j].lower not in INSIDE:
            return False
        stays = any(one.lower in SPENDING for one in items[begin:j])
        j += 1
        while j < len(items) - 1 and items[j].grammar & DETERMINER:
            j += 1
        if not items[j].numbers and not stays:
            return False
        j -= not items[j].numbers
        near = items[j + 1 : j + 1 + SHELTER_WORDS]
        for one in near:
            if not one.is_word:
                return False
            if one.lower.rpartition(" ")[2] in SHELTERS:
                return True
        return False
