"""Find what a sentence says of a counted noun: "were killed", "are among the dead", "who fled"."""

from __future__ import annotations

from typing import Final

from figures.extract.metrics_items import Item, NounPhrase, is_plural, triggers_of
from figures.extract.metrics_reader import Reader
from figures.extract.metrics_words import (
    ADVERB,
    AMONG,
    BE,
    BELIEVED,
    CLOCK,
    CONJ,
    DETERMINER,
    HAVE,
    LOCATING,
    LONGEST_CHAIN,
    MODAL,
    NEG,
    PARENTHETIC,
    PREP,
    REACH_RIGHT,
    REPORT,
    SKIP,
    TIME,
)
from figures.lexicon.metrics import Trigger

ATTRIBUTES: Final = frozenset(
    ["armed", "accused", "wanted", "suspected", "seated", "parked", "trapped", "dressed", "known", "believed",
     "described", "involved", "hired", "caught"],
)  # fmt: skip
"""Participles that stand behind a noun for a person: "a man armed with a knife was shot"."""
AGE_WORDS: Final = frozenset(["to", "and", "between", "from", "years", "year", "old", "-", "–", "months", "under"])
WOUNDS: Final = frozenset(
    ["wounds", "wound", "burns", "injuries", "injury", "fractures", "bruises", "concussion", "cuts", "scars", "limbs",
     "bones", "legs", "ribs", "shrapnel"],
)  # fmt: skip
NO_ADVERBS: Final = frozenset(["family", "supply", "rely", "apply", "reply", "assembly", "ally", "rally", "monopoly"])


def _is_adverb(item: Item) -> bool:
    """Whether a word has an adverb's ending: "individuals urgently need aid"."""
    lower = item.lower
    return lower.endswith("ly") and len(lower) > 4 and item.text[:1].islower() and lower not in NO_ADVERBS


class Predicates(Reader):
    """Reads the predicate behind a noun phrase, across auxiliaries, adverbs, prepositional phrases and lists."""

    def _predicate(self, begin: int, phrase: NounPhrase, head: Item | None) -> tuple[Trigger, int] | None:
        begin = self._past_remark(begin)
        if begin < len(self.items) and self.items[begin].lower in ("—", "–", "-", "("):
            begin = self._past_dashes(begin)
        if (
            begin + 1 < len(self.items)
            and self.items[begin].lower in ("a", "per", "each", "every")
            and self.items[begin + 1].grammar & CLOCK
        ):
            begin += 2  # "1,000 people a day still cross the river"
        if begin < len(self.items) and self.items[begin].lower == ")" and self._bracketed(phrase):
            begin += 1  # "12,000 people (2,900 families) | have fled"
        elif begin < len(self.items) and self.items[begin].lower == "(":
            begin = self._behind_list(begin)  # "122 migrants (97 men, 24 women) | were returned"
        if begin < len(self.items) and self.items[begin].numbers and self._ages(begin):
            begin += 1  # "children under five | were treated"
        begin = self._past_ages(begin)
        chain = self._chain(begin, phrase, head)
        if chain is not None:
            return chain
        further = self._behind_phrase(begin, phrase)
        if further is not None:
            elliptic = phrase.others and self.items[further - 1].lower == ","
            return self._chain(further, phrase, head, clause=not elliptic)
        if (
            begin + 1 < len(self.items)
            and self.items[begin].lower in ("and", "or")
            and self.items[begin + 1].entry.klass
            and head is not None
        ):
            return self._chain(begin + 2, phrase, head, clause=True)  # "1 million homes and businesses lost power"
        if head is not None and head.entry.klass and (past := self._past_second(begin)) > begin:
            return self._chain(past, phrase, head)
        return self._shared(begin, phrase, head, 0) or self._and_then(begin, phrase, head)

    def _past_remark(self, begin: int) -> int:
        """Where the predicate begins behind who says it, or behind another base: "eight, she said, | have died"."""
        items = self.items
        if begin + 2 >= len(items):
            return begin
        if items[begin].lower == ",":
            for j in range(begin + 2, min(len(items) - 1, begin + 8)):
                if items[j].lower == ",":
                    told = any(one.grammar & REPORT for one in items[begin + 1 : j])
                    told = told and not items[j + 1].grammar & (CONJ | PREP)
                    return j + 1 if told and not any(one.numbers for one in items[begin + 1 : j]) else begin
                if not items[j].is_word:
                    return begin
        if items[begin].lower == "out" and items[begin + 1].lower == "of" and items[begin + 2].numbers:
            j = begin + 3  # "305 houses out of 698 looked at | could not be lived in"
            while (
                j < len(items) - 1 and j < begin + 7 and items[j].is_word and not items[j].grammar & (BE | HAVE | MODAL)
            ):
                j += 1
            return j if items[j].grammar & (BE | HAVE | MODAL) else begin
        return begin

    def _past_dashes(self, begin: int) -> int:
        """Where the predicate begins behind a remark in dashes: "three of whom — two guards and a cook — | died"."""
        mark = self.items[begin].lower
        if mark == "(" or self.items[begin].start == self.items[begin - 1].end:
            return begin
        for j in range(begin + 2, min(len(self.items) - 1, begin + 2 * REACH_RIGHT)):
            if self.items[j].lower == mark and self.items[j].start > self.items[j - 1].end:
                return j + 1
        return begin

    def _past_ages(self, begin: int) -> int:
        """Where the predicate begins behind ages: "81 people aged 15 to 66 | were hurt", "a man of 35 | fell"."""
        items = self.items
        j = begin + (begin + 1 < len(items) and items[begin].lower == "," and items[begin + 1].lower == "aged")
        of_age = j + 1 < len(items) and items[j].lower == "of" and bool(items[j + 1].numbers)
        if of_age and not (j > 0 and items[j - 1].entry.klass == "person" and not is_plural(items[j - 1])):
            return begin
        if j >= len(items) or not (of_age or items[j].lower in ("aged", "ages") or items[j].age):
            return begin
        j += not items[j].age
        first = j
        while j < len(items) and j - first < 6 and (items[j].numbers or items[j].lower in AGE_WORDS):
            j += 1
        if j == first:
            return begin
        return j + (j < len(items) and items[j].lower == "," and items[j - 1].numbers != ())

    def _and_then(self, begin: int, phrase: NounPhrase, head: Item | None) -> tuple[Trigger, int] | None:
        """ "several men attacked the post and | were killed": a second verb of the same subject, in the passive."""
        items = self.items
        if begin >= len(items) or not items[begin].is_word:
            return None
        if not phrase.others and (head is None or head.entry.klass != "person"):
            return None
        first = items[begin]
        if first.grammar & (PREP | CONJ | BE | HAVE | MODAL | TIME) or not first.text.islower():
            return None
        for j in range(begin + 1, min(len(items) - 2, begin + 2 * REACH_RIGHT)):
            item = items[j]
            if item.numbers and self.quantities[item.numbers[-1]].mention.kind == "article":
                continue
            if item.numbers or item.lower in (";", ".", ":", '"', "”", "who", "which"):
                return None
            if item.entry.klass == "person" and is_plural(item):
                return None
            if item.lower == "and" and (
                items[j + 1].lower in ("were", "was", "have", "then", "later")
                or any(one.form in ("past", "part") for one in triggers_of(items[j + 1], "subject"))
            ):
                return self._chain(j + 1, phrase, head, clause=True)
        return None

    def _behind_list(self, begin: int) -> int:
        """Where a bracket with numbers of its own ends; the bracket itself where it holds none."""
        counted = False
        for j in range(begin + 1, min(len(self.items), begin + 2 * REACH_RIGHT)):
            counted = counted or bool(self.items[j].numbers)
            if self.items[j].lower == ")":
                return j + 1 if counted else begin
        return begin

    def _one_more(self, j: int) -> bool:
        """Whether "a police officer" stands there: one more of those of whom the predicate tells."""
        item = self.items[j]
        if not item.numbers or self.quantities[item.numbers[-1]].unit is not None:
            return False
        return any(one.entry.klass == "person" for one in self.items[j + 1 : j + 4])

    def _bracketed(self, phrase: NounPhrase) -> bool:
        """Whether the number stands in a bracket that says the same count again in another unit."""
        return phrase.head is not None and phrase.first > 1 and self.items[phrase.first - 2].lower == "("

    def _ages(self, k: int) -> bool:
        """Whether a number behind a noun for people only tells their age: "under five", "over 65"."""
        mention = self.quantities[self.items[k].numbers[-1]].mention
        written = self._written(mention.start, mention.end).casefold()
        return (mention.value or 200) <= 100 and written.startswith(("under", "over", "below", "above", "aged"))

    def _past_second(self, begin: int) -> int:
        """Where the predicate begins behind a second uncounted noun: "40 officers and civil guards | were sent"."""
        items = self.items
        if begin + 2 >= len(items) or items[begin].lower not in ("and", "or"):
            return begin
        for j in range(begin + 1, min(len(items), begin + 6)):
            if j > begin + 1 and items[j].grammar & (BE | HAVE | MODAL):
                return j if items[j - 1].entry.klass or is_plural(items[j - 1]) else begin
            if items[j].age or (items[j].lower == "," and items[j - 1].age):
                continue  # "a girl and her 25-year-old mother | were shot"
            if not items[j].is_word or (items[j].grammar & PREP and items[j].lower != "as"):
                return begin
        return begin

    def _shared(self, begin: int, phrase: NounPhrase, head: Item | None, depth: int) -> tuple[Trigger, int] | None:
        """ "five children and four medics | were killed": the predicate behind the last of a list is everybody's."""
        items = self.items
        j = begin
        while j < min(len(items), begin + LONGEST_CHAIN) and (
            items[j].lower in ("and", "or", ",") or (j > begin and items[j].grammar & DETERMINER)
        ):
            j += 1
        if j == begin or j - begin > 3 or j >= len(items) or not items[j].numbers or depth > 4:
            return None
        other = self._phrase_at(j)
        if other.base is not None:
            other = self._phrase_at(other.base)  # "two singers and one of the two owners were arrested"
        if other.head is None and items[begin].lower != "or":
            return None
        begin = self._past_second(other.end)
        chain = self._chain(begin, phrase, head)
        if chain is not None:
            return chain
        further = self._behind_phrase(other.end)
        if further is not None and (chain := self._chain(further, phrase, head, clause=True)) is not None:
            return chain
        return self._shared(other.end, phrase, head, depth + 1)

    def _chain(
        self, begin: int, phrase: NounPhrase, head: Item | None, *, clause: bool = False
    ) -> tuple[Trigger, int] | None:
        """The trigger behind auxiliaries and adverbs that begins at ``begin``."""
        items = self.items
        j, auxiliary, seen, negated = begin, False, 0, False
        active = False
        while j < len(items) and seen < 12:
            item = items[j]
            if item.numbers:
                return None
            if not item.is_word:
                if (
                    item.lower in ('"', "”", "“", "-", "(", "—", "–")
                    and seen < 6
                    and not (item.lower in "(—–" and j == begin)
                ):
                    j, seen = j + 1, seen + 1
                    continue
                return None
            grammar = item.grammar
            if (
                auxiliary
                and j + 2 < len(items)
                and items[j + 1].lower in ("and", "or")
                and item.lower.endswith(("ed", "ck", "en", "it", "ot", "un"))
            ) and self._graver(j):  # "was struck and killed"
                j, seen = j + 2, seen + 2
                continue
            triggers = triggers_of(item, "object", "subject", "state")
            if triggers and not (item.entry.population and auxiliary is False and item.entry.klass == "person"):
                usable = [one for one in triggers if self._form_fits(one, j, auxiliary, head, clause, active)]
                trigger = self._choose(tuple(usable), head, phrase, j)
                if trigger is not None and not (negated and trigger.kind != "state"):
                    if trigger.metric in LOCATING and (later := self._behind_phrase_of_clause(j)) is not None:
                        return later
                    if head is not None and not auxiliary and j + 1 < len(items) and items[j + 1].grammar & (BE | HAVE):
                        told = self._chain(j + 1, NounPhrase(first=j + 1, end=j + 1), None, clause=True)
                        if told is not None:
                            return told  # "one of the four people shot has died"
                    if not auxiliary and trigger.kind == "state" and (main := self._main_verb(j)) is not None:
                        return main
                    return trigger, j
                if trigger is None and item.lower.endswith((" in", " at")) and (held := self._held_in(j)) is not None:
                    return held
                if trigger is None and usable and not grammar & (SKIP | BELIEVED):
                    return self._carried_to(j) if auxiliary and not active else None
            if j > begin and item.lower in ("in", "at", "on", "across") and (held := self._held_in(j)) is not None:
                return held
            if item.lower == "with" and not auxiliary and j == begin and self._with_wounds(j):
                return self._main_verb(j) or (Trigger(metric="injuries", kind="state", phrase="with wounds"), j)
            if item.lower == "held" and auxiliary and not active and head is not None and head.entry.klass == "person":
                return Trigger(metric="detained", kind="state", phrase="held"), j
            if auxiliary and not active and (carried := self._carried_to(j)) is not None:
                return carried
            if item.lower.startswith("includ"):
                return None  # "78,784 cases, including 1,159 deaths"
            if grammar & AMONG or item.lower in ("among", "amongst"):
                return self._among(j) if auxiliary or not item.lower.endswith((" them", " whom")) else None
            if grammar & NEG:
                negated = True
            elif grammar & (BE | HAVE | MODAL):
                auxiliary = True
                active = bool(grammar & (HAVE | MODAL)) and not grammar & BE  # "44,000 have lost their roofs"
            elif (
                item.lower == "to"
                or (item.lower == "as" and j > 0 and items[j - 1].grammar & BELIEVED)  # "reported as wounded"
                or grammar & (SKIP | BELIEVED)
                or _is_adverb(item)
                or item.lower in ("who", "that", "which", "there", "here")
            ):
                pass
            else:
                return None
            j, seen = j + 1, seen + 1
        return None

    def _main_verb(self, j: int) -> tuple[Trigger, int] | None:
        """ "793 people with Covid-19 | died", "40 men in prison | were shot": what is told behind a state."""
        items = self.items
        if items[j].lower.split()[0] not in ("with", "in", "at", "on", "under", "without", "aboard", "from"):
            return None
        for i in range(j + 1, min(j + 9, len(items))):
            item = items[i]
            if not item.is_word or item.numbers or item.lower in ("who", "that", "which", "and", "but", "while", "as"):
                return None
            told = any(one.form in ("past", "part") for one in triggers_of(item, "subject"))
            if told or item.grammar & (BE | HAVE | MODAL):
                return self._chain(i, NounPhrase(first=i, end=i), None, clause=True)
        return None

    def _with_wounds(self, j: int) -> bool:
        """Whether wounds stand shortly behind "with": "left 16 students with head wounds"."""
        for item in self.items[j + 1 : j + 6]:
            plain = item.is_word or item.numbers or item.lower == "-"
            if not plain or item.grammar & (BE | HAVE | MODAL | PREP | CONJ):
                return False
            if item.is_word and item.lower.split()[-1] in WOUNDS:
                return True
        return False

    def _graver(self, j: int) -> bool:
        """Whether the second of two joined verbs says what happened in the end: "detained and taken in" does not."""
        second = triggers_of(self.items[j + 2], "object", "state")
        if any(one.metric == "deaths" for one in self.items[j].entry.triggers):
            return False  # "have died or have gone missing"
        if not triggers_of(self.items[j], "object", "state"):
            return bool(second)
        return any(one.metric in ("deaths", "casualties") for one in second)

    def _held_in(self, j: int) -> tuple[Trigger, int] | None:
        """ "living in 141 shelters", "remain at Christchurch Hospital": the place behind a number or a name."""
        items = self.items
        for i in range(j + 1, min(j + 7, len(items))):
            item = items[i]
            if not (item.is_word or item.numbers):
                return None
            said = " ".join(one.lower for one in items[i : i + 3]).split() if item.is_word else []
            for rest, entry in self.metrics.phrases.get("in", ()) if said else ():
                if rest == tuple(said[: len(rest)]):
                    states = [one for one in entry.triggers if one.kind == "state" and "person" in one.of]
                    if states:
                        return states[0], i
            plain = item.is_word and not item.grammar and not item.entry.triggers and not item.entry.klass
            if not (item.numbers or item.grammar & DETERMINER or item.text[:1].isupper() or plain):
                return None
        return None

    def _carried_to(self, j: int) -> tuple[Trigger, int] | None:
        """ "were brought to 14,636 shelters", "were taken to three local hospitals": a phrase with words inside it."""
        items = self.items
        if j + 2 >= len(items) or items[j + 1].lower not in ("to", "into", "in", "from", "on", "aboard"):
            return None
        inside = any(one.numbers for one in items[j + 2 : j + 5]) or not items[j + 2].grammar
        inside = inside or (bool(items[j + 2].grammar & DETERMINER) and items[j + 3 : j + 4] != [])
        for rest, entry in self.metrics.phrases.get(items[j].lower, ()) if inside else ():
            if len(rest) < 2 or rest[0] != items[j + 1].lower:
                continue
            for i in range(j + 2, min(j + 6, len(items))):
                if items[i].lower.split()[-1:] == list(rest[-1:]) and len(rest) <= 3:
                    found = [one for one in entry.triggers if one.kind == "object" and one.form in ("part", "past")]
                    return (found[0], i) if found and "person" in found[0].of else None
                if not (items[i].is_word or items[i].numbers) or (
                    items[i].grammar and not items[i].grammar & DETERMINER
                ):
                    break
        return None

    def _behind_phrase_of_clause(self, j: int) -> tuple[Trigger, int] | None:
        """ "36 others who lived there | could not be found": the main predicate behind a clause about their homes."""
        for i in range(j + 1, min(j + 7, len(self.items))):
            told = any(one.form in ("past", "part") for one in triggers_of(self.items[i], "subject"))
            if told or self.items[i].grammar & (BE | HAVE | MODAL):
                phrase = NounPhrase(first=i, end=i)
                return self._chain(i, phrase, None, clause=True)
            if not self.items[i].is_word:
                return None
        return None

    def _form_fits(
        self, trigger: Trigger, j: int, auxiliary: bool, head: Item | None, clause: bool, active: bool = False
    ) -> bool:
        """Whether the verb's form says something of the noun before it, rather than of one behind it."""
        participle = any(one.kind == "object" and one.form in ("part", "past") for one in self.items[j].entry.triggers)
        if trigger.kind == "subject" and trigger.phrase == "left" and j > 0 and self.items[j - 1].grammar & BE:
            return False  # "5,000 protesters had been left at the stage"
        if trigger.kind == "subject" or (trigger.kind == "state" and not participle):
            return True
        if trigger.kind == "object" and trigger.form not in ("part", "past"):
            return False
        if auxiliary:
            return not active
        if clause:
            return False
        # "3 gunmen killed 12 people": without an auxiliary, a verb before an object is active.
        named = head is not None or (j > 0 and self.items[j - 1].age)  # "an 18-year-old killed 14 pupils"
        follower = self._skip_adverbs(j + 1)
        if follower < len(self.items):
            nxt = self.items[follower]
            if named and (nxt.numbers or (nxt.grammar & DETERMINER and nxt.lower not in ("this", "last"))):
                return bool(nxt.numbers) and self._elliptic(follower)
            if nxt.lower == "others":
                return self._elliptic(follower)
            if named and nxt.lower in ("everything", "nothing", "it", "them", "something"):
                return False  # "15,000 families lost everything"
            if named and nxt.entry.population and nxt.entry.klass == "person":
                return False
        return True

    def _elliptic(self, k: int) -> bool:
        """Whether the number or "others" at ``k`` is followed at once by a state of its own ("58 others injured")."""
        if k + 1 < len(self.items) and self.items[k].numbers and self.items[k + 1].lower == "others":
            k += 1
        if k + 1 >= len(self.items) or self.items[k + 1].entry.population:
            return False
        after = self.items[k + 2] if k + 2 < len(self.items) else None
        modifies = after is not None and bool(after.entry.population)  # "a suspected insurgent"
        return bool(triggers_of(self.items[k + 1], "state", "object")) and not modifies

    def _among(self, j: int) -> tuple[Trigger, int] | None:
        """ "among the dead", "among those killed", "among them": the trigger behind the preposition."""
        if self.items[j].lower.endswith((" them", " whom")):
            index = self._last(lambda one: one.klass in ("person", ""))
            return None if index is None else (Trigger(metric=self.drafts[index].metric, kind="state"), j)
        for i in range(j + 1, min(j + 9, len(self.items))):
            item = self.items[i]
            for one in item.entry.triggers:
                if (
                    one.kind in ("state", "noun", "toll")
                    or (one.kind == "object" and one.form in ("part", "past"))
                    or one.kind == "subject"
                ) and "person" in one.of:
                    return one, i
            if item.lower == "those" and i + 1 < len(self.items) and self.items[i + 1].lower in ("who", "that"):
                continue
            if item.lower in ("them", "those"):
                index = self._last(lambda one: one.klass in ("person", ""))
                following = self.items[i + 1].entry.triggers if i + 1 < len(self.items) else ()
                if index is not None and not any("person" in one.of for one in following):
                    return Trigger(metric=self.drafts[index].metric, kind="state"), i
            if item.lower in (",", ";"):
                return None
        return None

    def _behind_phrase(self, begin: int, phrase: NounPhrase | None = None) -> int | None:
        """Where the predicate begins behind a prepositional phrase: "82 people in the north | were killed"."""
        items = self.items
        if begin >= len(items):
            return None
        first = items[begin]
        if first.lower in ("after", "before", "since", "until", "when", "because", "as", "despite"):
            return None
        participle = first.text.islower() and (
            first.lower in ATTRIBUTES or (first.lower.endswith("ing") and len(first.lower) > 5)
        )
        participle = participle and items[begin - 1].entry.klass == "person"
        if not (first.grammar & (PREP | TIME) or first.lower in PARENTHETIC or participle) or first.lower == "among":
            return None
        apposed = (
            phrase is not None and phrase.first > 1 and items[phrase.first - 2].lower == "," and first.lower != "("
        )
        commas = 1 if first.lower in (",", "(") else 0
        for j in range(begin + 1, min(begin + 1 + 2 * REACH_RIGHT, len(items))):
            item = items[j]
            if item.grammar & (BE | HAVE | MODAL) and (commas != 1 or (apposed and items[j - 1].lower == ",")):
                return j
            told = any(one.form in ("past", "part") for one in triggers_of(item, "subject"))
            if commas != 1 and told and not (items[j - 1].numbers or items[j - 1].grammar & DETERMINER):
                return j  # but not "in a parked car"
            if item.lower in (",", ")"):
                commas += 1
                if commas > 2:
                    return None
                continue
            if commas == 1 and apposed and first.lower != "," and not item.grammar & ADVERB:
                return None
            if commas == 2 and phrase is not None and phrase.others and triggers_of(item, "state"):
                return j  # "and three others, including two children, | seriously injured"
            if commas == 2 and not item.grammar & ADVERB:
                return None  # behind the second comma only the predicate itself
            if item.lower in (";", ":", ".", '"', "”") or (item.grammar & CONJ and item.lower != "and"):
                return None
            if item.lower == "and" and commas == 1 and first.lower == "," and items[j - 1].is_word and not apposed:
                continue  # "11 people, old and very young, died"
            if item.lower == "and" and not (
                j + 1 < len(items)
                and (
                    items[j + 1].entry.klass == "person"
                    or ((commas == 1 or first.lower.startswith("includ")) and items[j + 1].numbers)
                    or self._one_more(j + 1)
                )
            ):
                return None
            if item.lower == "who" and commas == 0:
                others = any(one.numbers or one.entry.klass == "person" for one in items[begin:j])
                return None if others else j
            if item.lower in ("who", "which", "that", "saying") or (item.grammar & REPORT and item.text.islower()):
                return None
            if j - begin > REACH_RIGHT and commas == 0:
                return None
        return None
