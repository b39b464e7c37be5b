"""Complete whose dead, hurt and captured a sentence counts, from behind the noun, behind "were", before "suffered".

Works once a sentence is read, on people whom something befell: "militants of the Islamic State group", "soldiers from
Kenya", "three of the dead were Kenyan soldiers", "seven of them American", "Russian forces have suffered 700 dead", "a
Turkish soldier was killed and two others were wounded". A new subject ends what was inherited: "and their rivals 60".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from figures.extract.metrics_homes import Homes
from figures.extract.metrics_items import STOPS, Item, NounPhrase, is_plural, plural_head, triggers_of
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_words import ADVERB, BE, DETERMINER, HAVE

BEFELL: Final = frozenset(["deaths", "injuries", "casualties", "captured", "missing", "hostages", "detained"])
UPROOTED: Final = ("displaced", "evacuated", "people_affected", "people_in_need")
LEAVING: Final = frozenset(["left", "leaves", "leaving", "leave"])
AROUND_NOUN: Final = frozenset(["of", "in", "at", "near", "across", "from"])
BELONGING: Final = frozenset(["of", "from", "belonging to", "loyal to", "with", "affiliated with", "affiliated to"])
COUNTED_ALONE: Final = frozenset(["of", "belonging to"])
SUFFERED: Final = frozenset(["suffered", "suffer", "suffering", "sustained", "sustain", "sustaining", "incurred"])
RIVALS: Final = frozenset([
    "rivals", "opponents", "enemies", "adversaries", "foes", "rival", "enemy", "opponent", "rebels", "insurgents",
    "militants", "army", "government", "militia", "militias", "attackers", "separatists",
])  # fmt: skip
NEW_SUBJECTS: Final = ("N, N", "N and N", "N goes on")
LONGEST_ORIGIN: Final = 9  # items of "from Spain, Ethiopia and Chad", "loyal to the government"
ARMIES: Final = frozenset(
    [
        "army",
        "forces",
        "military",
        "police",
        "navy",
        "military's",
        "guard",
        "militia",
        "armed forces",
        "security forces",
    ]
)
LINKED: Final = frozenset([",", "and", "to", "government", "president", "regime", "group", *ARMIES])
LOSING_VERBS: Final = frozenset(["lost", "lose", "loses", "losing"])
LOSING: Final = ("loss of", "losses of")
ARMED: Final = frozenset(["troops", "militants", "police", "security forces", "peacekeepers", "military"])
MOVED: Final = frozenset(["refugees", "migrants", "displaced people"])
NAME_WORDS: Final = 3  # words between "of" and the name: "of the banned group X"
SUBJECT_WORDS: Final = 8
OF_THE: Final = 6  # items between "of the dead" and the number
SUBSETS: Final = 3  # words between "of them" and the adjective


class Sides(Homes):
    """Fills population and party of people whom something befell from the words around them."""

    def _by_subset(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "Of the dead, nine were civilians", "Among the wounded, two are nurses": a part of those named before it."""
        made = super()._by_subset(k, position, phrase, head)
        items = self.items
        if made is not None or head is not None or k < 3 or items[k - 1].lower != "," or k + 1 >= len(items):
            return made
        if not items[k + 1].grammar & BE:
            return None
        begin = next((j for j in range(k - 2, max(-1, k - OF_THE), -1) if items[j].lower in ("of", "among")), None)
        if begin is None or (begin > 0 and items[begin - 1].is_word) or not items[begin + 1].grammar & DETERMINER:
            return None
        for one in triggers_of(items[k - 2], "noun", "state", "object"):
            if one.metric in BEFELL and one.form in ("", "part", "past"):
                rule = f"of the {items[k - 2].lower}, N"
                made = self._draft(position, k, one.metric, rule, phrase, k - 2, klass="person", confidence=0.8)
                whole = self._last_of(one.metric)
                if whole is not None:
                    made.relations.append(("part_of", whole))
                self._predicate_noun(made, k + 1)
                return made
        return None

    def _by_object(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "left 12 members of the Special Forces dead", "left 780 families in the delta without shelter"."""
        made = super()._by_object(k, position, phrase, head)
        items, begin = self.items, phrase.end
        if made is not None or head is None or begin >= len(items) or items[begin].lower not in AROUND_NOUN:
            return made
        j = self._left_edge(k)
        apart = self.metrics.apart.get(items[j].lower) if j >= 0 else None
        if not apart or head.entry.klass not in ("person", "household"):
            return None
        for end in range(begin + 2, min(len(items), begin + OF_THE)):
            if not items[end - 1].is_word:
                return None
            left = items[j].lower in LEAVING and next(
                (one for one in triggers_of(items[end], "state") if one.metric in UPROOTED), None
            )
            if left and not left.needs_cue:
                rule = f"left N {items[end].lower}"
                return self._draft(position, k, left.metric, rule, phrase, end, klass=head.entry.klass)
            for particles, split in apart:
                if split.metric in (*BEFELL, *UPROOTED) and self._stand_at(particles, end):
                    self.taken.add(j)
                    rule = f"{split.phrase.split()[0]} N {' '.join(particles)}"
                    return self._draft(position, k, split.metric, rule, phrase, j, klass=head.entry.klass)
        return None

    def _by_predicate(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "aid workers from Spain, Ethiopia and Chad were murdered", "fighters loyal to the government died"."""
        made = super()._by_predicate(k, position, phrase, head)
        items, j = self.items, phrase.end
        if made is not None or head is None or head.entry.klass != "person" or j + 2 >= len(items):
            return made
        if items[j].lower not in ("from", "loyal", "belonging"):
            return None
        j += 1
        edge = min(len(items) - 1, j + LONGEST_ORIGIN)
        while j < edge and (items[j].text[:1].isupper() or items[j].grammar & DETERMINER or items[j].lower in LINKED):
            j += 1
        if j >= edge or not (items[j].grammar & (BE | HAVE) or triggers_of(items[j], "subject")):
            return None
        moved = replace(phrase, end=j)
        made = super()._by_predicate(k, position, moved, head)
        return made if made is not None and made.metric in BEFELL else None

    def _settle_sides(self) -> None:
        for index in range(self.begin, len(self.drafts)):
            draft = self.drafts[index]
            if draft.unit != "person" or draft.metric not in BEFELL or draft.klass == "percent":
                continue
            self._settle_shared(draft, index)
            self._settle_peoples(draft)
            self._settle_others(draft)
            self._settle_subject(draft)
            self._settle_sufferers(draft)
            self._settle_lost(draft, index)
            if draft.party is None or self._is_subset(draft):
                found = self._of_them(draft) or (
                    None if draft.party is not None else self._behind(draft) or self._beside_noun(draft)
                )
                draft.party = found or draft.party

    def _is_subset(self, draft: Draft) -> bool:
        return draft.phrase is not None and draft.phrase.partitive == "them"

    def _of_them(self, draft: Draft) -> str | None:
        """ "nine soldiers, seven of them American", "two of whom were Russian"."""
        if draft.phrase is None or draft.phrase.partitive != "them":
            return None
        j = draft.phrase.end
        edge = min(len(self.items), j + SUBSETS)
        while j < edge and self.items[j].grammar & (BE | ADVERB | DETERMINER):
            j += 1
        if j >= len(self.items):
            return None
        after = self.items[j + 1] if j + 1 < len(self.items) else None
        if self.items[j].possessive or (after is not None and after.text[:1].isupper() and after.is_word):
            return None
        return self.parties.named(self.items, j)

    def _behind(self, draft: Draft) -> str | None:
        """ "militants of the Islamic State group", "soldiers from Kenya", "fighters loyal to Hezbollah"."""
        phrase, items = draft.phrase, self.items
        if phrase is None or phrase.head is None or items[phrase.head].entry.klass != "person":
            return None
        j = phrase.head + 1
        if (
            j < len(items) - 2
            and items[j].lower in ("belonging", "loyal", "affiliated")
            and items[j + 1].lower in ("to", "with")
        ):
            j += 1
        elif j >= len(items) - 1 or items[j].lower not in BELONGING:
            return None
        if items[j].lower not in COUNTED_ALONE and items[phrase.head].entry.population in MOVED:
            return None
        joint = items[j].lower
        j += 1
        edge = min(len(items), j + NAME_WORDS)
        while j < edge and (items[j].grammar & DETERMINER or (items[j].text.islower() and items[j].is_word)):
            if items[j].grammar & (STOPS - DETERMINER) or items[j].lower in ("base", "camp", "village", "town", "city"):
                return None
            j += 1
        after = items[j + 1] if j + 1 < len(items) else None
        if j >= len(items) or not items[j].is_word:
            return None
        if items[j].possessive:  # "soldiers of Pakistan's army", not "men of Kenya's north"
            return self.parties.named(items, j) if after is not None and after.lower in ARMIES else None
        country = self.parties.is_country(items[j])
        if joint == "with" and country:
            return None
        listed = after is not None and after.lower in ("-", "and", ",") and j + 2 < len(items)
        if country and listed and joint == "from" and items[j + 2].text[:1].isupper():
            return None  # "from Kenya and Uganda": either
        return self.parties.named(items, j)

    def _beside_noun(self, draft: Draft) -> str | None:
        """ "three of those killed were Kenyan army soldiers": the words before the noun that names them."""
        head = self._head_of(draft)
        if head is None:
            return None
        for j in range(head, max(-1, head - NAME_WORDS - 1), -1):
            item = self.items[j]
            if not item.is_word or (j < head and (item.grammar & STOPS or item.possessive)):
                return None
            found = self.parties.named(self.items, j) if item.text[:1].isupper() else None
            if found is not None:
                return found
        return None

    def _head_of(self, draft: Draft) -> int | None:
        """The item of the noun that gave the population."""
        if draft.noun is None or draft.inherited or not draft.population:
            return None
        for j in range(len(self.items) - 1, -1, -1):
            if self.items[j].end == draft.noun[1]:
                return j if self.items[j].entry.klass == "person" or self.items[j].text[:1].isupper() else None
        return None

    def _settle_shared(self, draft: Draft, index: int) -> None:
        """ "four American and five Nigerien soldiers": one noun behind two sides."""
        head = draft.phrase.head if draft.phrase is not None else None
        if head is None or head + 2 >= len(self.items) or index + 1 >= len(self.drafts):
            return
        after, items = self.drafts[index + 1], self.items
        if items[head + 1].lower not in ("and", "or", ",") or after.item != head + 2 or after.metric != draft.metric:
            return
        side = self.parties.adjective(items, head)
        if side is not None and after.population is not None and self._side_follows(after.item):
            draft.population, draft.party, draft.noun = after.population, side, after.noun

    def _side_follows(self, k: int) -> bool:
        """Whether a side and a lower-case noun stand behind a number: "five Nigerien soldiers"."""
        after = self.items[k + 1 : k + 3]
        return len(after) > 1 and self.parties.adjective(self.items, k + 1) is not None and after[1].text.islower()

    def _settle_others(self, draft: Draft) -> None:
        """ "a Turkish soldier was killed and two others were wounded": with an army's man those of his side."""
        phrase = draft.phrase
        if phrase is None or not phrase.others or draft.population is not None:
            return
        if not self._own_clause(draft, draft.item):
            return
        index = self._last(lambda one: one.item < draft.item and one.klass == "person", here=True)
        if index is None:
            return
        of = self.drafts[index]
        if self.quantities[of.position].mention.kind != "article" or of.population is None:
            return
        name = self.metrics.population(of.population)
        if name in ARMED or self.metrics.wider.get(name or "", frozenset()) & ARMED:
            draft.population, draft.party = of.population, of.party
            draft.rule += ", of his side"

    def _settle_peoples(self, draft: Draft) -> None:
        """ "Of the 40 dead, 21 were Egyptians": a people's name behind "were"."""
        items, phrase = self.items, draft.phrase
        if draft.population is not None or phrase is None or phrase.head is not None:
            return
        j = draft.item + 1 if not phrase.partitive else phrase.end
        edge = min(len(items), phrase.end + SUBSETS)
        while j < edge and items[j].is_word and not items[j].grammar & BE:
            j += 1
        if j + 1 >= len(items) or not items[j].grammar & BE:
            return
        noun = items[j + 1]
        if noun.text[:1].isupper() and noun.is_word and not noun.possessive and self._names_people(noun):
            side = self.parties.named(items, j + 1)
            if side is not None and is_plural(noun) and noun.lower != side.casefold():
                draft.population, draft.party, draft.noun = plural_head(noun), side, (noun.start, noun.end)

    def _settle_subject(self, draft: Draft) -> None:
        """ "the army lost 42 men and its rivals 60": a new subject before the number ends what was inherited."""
        items, k = self.items, draft.item
        if draft.phrase is None or draft.phrase.head is not None or k < 2:
            return
        if not draft.rule.startswith(NEW_SUBJECTS):
            return
        noun = items[k - 1]
        if not noun.is_word or noun.lower not in RIVALS or items[k - 2].grammar & BE:
            return
        begin = k - 2
        while begin > 0 and items[begin].is_word and items[begin].text[:1].isupper():
            begin -= 1
        if not (items[begin].grammar & DETERMINER or items[begin].lower in (",", "and", "while", ";", "but")):
            return
        draft.party = self.parties.named(items, k - 2) if items[k - 2].text[:1].isupper() else None
        draft.population = plural_head(noun) if noun.entry.klass == "person" and noun.lower != "rivals" else None
        draft.noun = (noun.start, noun.end) if draft.population is not None else None

    def _settle_sufferers(self, draft: Draft) -> None:
        """ "Russian forces have suffered 700 dead", "Kenya's army confirmed the loss of three soldiers"."""
        items = self.items
        if draft.population is None and self._suffering(draft.item) is not None:
            at = self._suffering(draft.item) or 0
            words = range(at, max(-1, at - SUBJECT_WORDS), -1)
            head = next((j for j in words if items[j].entry.klass == "person"), None)
            if head is not None and all(not items[j].grammar & STOPS for j in range(head + 1, at)):
                draft.population, draft.noun = plural_head(items[head]), (items[head].start, items[head].end)
            if draft.party is None:
                draft.party = self._beside_noun(draft) or self.parties.before(items, draft.item, speakers=False)
        elif draft.party is None and draft.rule.startswith(LOSING):
            draft.party = self.parties.before(items, draft.item, self._counted())

    def _settle_lost(self, draft: Draft, index: int) -> None:
        """ "India lost five soldiers and a police officer": the list is of one side's own."""
        before = self.drafts[index - 1] if index > self.begin else None
        if draft.party is not None or before is None or before.party is None or before.trigger is None:
            return
        if draft.phrase is None or draft.phrase.head is None:
            return
        if draft.trigger == before.trigger and self._written(*before.trigger).casefold() in LOSING_VERBS:
            draft.party = before.party

    def _suffering(self, k: int) -> int | None:
        """The last item of the subject of "suffered" before a number."""
        items = self.items
        j = self._left_edge(k)
        if j < 1 or items[j].lower not in SUFFERED:
            return None
        j -= 1
        while j > 0 and items[j].grammar & (BE | HAVE | ADVERB):
            j -= 1
        return j
