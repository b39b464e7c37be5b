"""Bind numbers to earlier ones: parts ("five of them"), lists ("20 here, three there"), returns ("it was 17")."""

from __future__ import annotations

import math

from figures.extract.metrics_items import Item, NounPhrase, noun_phrase, plural_head, triggers_of
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_tolls import Tolls
from figures.extract.metrics_words import (
    ADVERB,
    AMONG,
    BE,
    CLOCK,
    COUNT,
    DETERMINER,
    DOWN,
    GENERIC,
    HAVE,
    INCLUDING,
    JOINING,
    LINK,
    LINKS,
    LONGEST_CHAIN,
    MODAL,
    UP,
)


class Wholes(Tolls):
    """Reads numbers whose metric another number of the article gave."""

    def _by_subset(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "five of them children", "including 9 children", "among them 3 women", "12 of them in critical care"."""
        items = self.items
        size = self._nominal(position)
        whole = self._last(
            lambda one: (
                (one.klass == "person" or not one.klass or (head is not None and one.klass == head.entry.klass))
                and one.metric != "population"
                and self._nominal(one.position) >= size
            ),
            here=True,
        )
        j = self._left_edge(k)
        before = items[j] if j >= 0 else None
        if (
            before is not None
            and before.lower in ("included", "include", "includes")
            and j > 0
            and phrase.partitive != "them"
        ):
            told = items[j - 1]
            named = [one for one in told.entry.triggers if "person" in one.of]
            if named or told.lower == "victims":
                metric = named[0].metric if named else "deaths"
                draft = self._draft(position, k, metric, f"{told.lower} included N", phrase, j - 1, klass="person")
                index = self._last_of(metric)
                if index is not None:
                    draft.relations.append(("part_of", index))
                return draft
        including = before is not None and (before.grammar & AMONG or before.lower in INCLUDING)
        behind = items[phrase.end] if phrase.end < len(items) else None
        if including is False and whole is not None and head is not None and head.entry.klass == "person":
            included = behind is not None and behind.lower == "included"
            joined = behind is not None and behind.lower == "and" and any(
                one.lower == "included" for one in items[phrase.end + 1 : phrase.end + 5]
            )  # fmt: skip
            counting = before is not None and before.lower == "counting" and j > 0 and items[j - 1].lower == ","
            including = included or joined or counting
        if before is not None and before.lower == "of" and j > 0 and items[j - 1].lower == "made":
            including = False
        if phrase.partitive == "them":
            index = whole
            if index is None:
                index = self._last(lambda one: one.tracked and self._nominal(one.position) >= size)
            if index is None:
                return None
            of = self.drafts[index]
            draft = self._draft(position, k, of.metric, "N of them", phrase, None, klass=of.klass)
            draft.trigger = of.trigger
            draft.population, draft.party, draft.unit = of.population, of.party, of.unit
            draft.relations.append(("part_of", index))
            j = self._skip_adverbs(phrase.end)
            while j < min(len(items), phrase.end + LONGEST_CHAIN) and items[j].grammar & (BE | DETERMINER):
                j += 1
            run = noun_phrase(items, j - 1) if j < len(items) and items[j].is_word else None
            if run is not None and run.head is not None and items[run.head].entry.population:
                phrase.end = run.end
                draft.population, draft.noun = (
                    plural_head(items[run.head]),
                    (items[run.first].start, items[run.head].end),
                )
            return draft
        if before is not None and before.grammar & BE and (inverted := self._inverted(j)) is not None:
            trigger = self._choose(triggers_of(items[inverted], "object"), head, phrase, inverted)
            if trigger is not None:
                rule = f"{items[inverted].lower} were N"
                return self._draft(
                    position, k, trigger.metric, rule, phrase, inverted, klass=self._klass_of(trigger, head)
                )
        if before is not None and before.grammar & BE and j > 0:
            for i in range(j - 1, max(-1, j - 6), -1):
                said = items[i].lower
                if i == j - 1 and said.endswith((" whom", " them")) and whole is not None and head is not None:
                    of = self.drafts[whole]
                    draft = self._draft(position, k, of.metric, f"{said} are N", phrase, i, klass=of.klass)
                    draft.trigger, draft.unit, draft.party = of.trigger, of.unit, of.party
                    draft.relations.append(("part_of", whole))
                    return draft
                if (
                    said.startswith(("among ", "amongst "))
                    or (i > 0 and items[i - 1].lower in ("among", "amongst"))
                    or (i > 1 and items[i - 2].lower in ("among", "amongst"))
                ):
                    found = [
                        one
                        for one in items[i].entry.triggers
                        if one.kind in ("state", "noun", "toll", "object") and "person" in one.of
                    ]
                    if found:
                        draft = self._draft(position, k, found[0].metric, f"{said} are N", phrase, i, klass="person")
                        index = self._last_of(draft.metric)
                        if index is not None:
                            draft.relations.append(("part_of", index))
                        return draft
        classes = ("person", "", self.drafts[whole].klass if whole is not None else "")
        if including and whole is not None and head is not None and head.entry.klass in classes:
            of = self.drafts[whole]
            draft = self._draft(position, k, of.metric, "including N", phrase, j, klass=of.klass)
            draft.trigger, draft.unit, draft.party = of.trigger, of.unit, of.party
            draft.relations.append(("part_of", whole))
            return draft
        return None

    def _nominal(self, position: int) -> float:
        """The size of a number for comparing it with another: its value, else its upper bound."""
        mention = self.quantities[position].mention
        return mention.value if mention.value is not None else mention.high

    def _inverted(self, be: int) -> int | None:
        """ "Also killed in the strike were N": the participle that opens a clause whose verb comes late."""
        for i in range(be - 1, max(-1, be - 8), -1):
            item = self.items[i]
            if not item.is_word or item.numbers:
                return None
            opens = i == 0 or not self.items[i - 1].is_word or self.items[i - 1].lower in ("also", "among", "those")
            if opens and any(one.kind == "object" and one.form in ("part", "past") for one in item.entry.triggers):
                return i
        return None

    def _of_the_before(self, k: int) -> int | None:
        """Where "Of the cases," or "Of these," stands right before the number, the position of its noun."""
        items = self.items
        if k < 3:
            return None
        last = k - 2 if items[k - 1].lower == "," else k - 1
        if last == k - 1 and not (items[last].entry.triggers or items[last].lower in ("these", "those", "them")):
            return None
        for i in range(last, max(-1, last - 6), -1):
            if items[i].lower == "of" and (i == 0 or not (items[i - 1].is_word or items[i - 1].numbers)):
                return last
            if not items[i].is_word:
                return None
        return None

    def _of_those_who(self, k: int) -> int | None:
        """ "Of those who fled in the last months, over 118,000 are in Cameroon": where that verb stands."""
        items = self.items
        for i in range(k - 1, max(-1, k - 2 * LONGEST_CHAIN), -1):
            if items[i].lower == "of" and (i == 0 or not (items[i - 1].is_word or items[i - 1].numbers)):
                if i + 3 > k or items[i + 1].lower not in ("those", "people", "these") or items[i + 2].lower not in (
                    "who", "killed", "injured", "wounded", "arrested", "detained", "displaced", "evacuated", "tested",
                    "infected", "missing", "affected",
                ):  # fmt: skip
                    return None
                for j in range(i + 2, k):
                    if any("person" in one.of for one in triggers_of(items[j], "subject", "object", "state")):
                        return j
                return None
            timed = items[i].numbers and self.quantities[items[i].numbers[-1]].dimension in ("time", "duration", "age")
            if items[i].lower in (";", ":") or (items[i].numbers and not timed):
                return None
        return None

    def _part_of_listed(self, k: int, position: int, phrase: NounPhrase, head: Item | None, noun: int) -> Draft | None:
        """ "Of the 640 cases, 410 are confirmed", "Of these, 90,000 live in the north"."""
        item = self.items[noun]
        named = triggers_of(item, "noun", "state", "toll")
        metric = named[0].metric if named else None
        if metric is None and (state := self._state_of(noun)) is not None:
            metric = state  # "of the slain men, 42 hailed from the plains"
        if metric is None and item.lower not in ("these", "those", "them", "whom", "which", "total", "dead"):
            return None  # "of the seats in the chamber, ten had been promised"
        index = self._last(lambda one: metric is None or one.metric == metric)
        if index is None:
            return None
        of = self.drafts[index]
        draft = self._draft(position, k, of.metric, "of these, N", phrase, noun, klass=of.klass)
        found = self._chain(phrase.end, phrase, head)
        wide = of.klass
        if found is None:
            for i in range(phrase.end, min(phrase.end + 5, len(self.items))):
                part = next(
                    (
                        t
                        for t in self.items[i].entry.triggers
                        if (wide in t.of or t.metric.endswith("_cases"))
                        and (
                            of.metric in self.metrics.metric(t.metric).part_of
                            or (of.metric == "suspected_cases" and t.metric == "confirmed_cases")
                        )
                    ),
                    None,
                )
                if part is not None:
                    found = (part, i)
                    break
                if self.items[i].is_word and not self.items[i].grammar & (BE | HAVE | ADVERB):
                    break
        if found is not None:
            draft.unit = self.metrics.metric(found[0].metric).unit
            draft.metric, draft.trigger = found[0].metric, (self.items[found[1]].start, self.items[found[1]].end)
        if head is None:
            draft.population, draft.party = of.population, of.party
        if head is None and found is None:
            self._predicate_noun(draft, phrase.end)
        if draft.metric == of.metric:
            draft.unit = of.unit
        draft.relations.append(("part_of", index))
        return draft

    def _state_of(self, noun: int) -> str | None:
        """What the words before a noun behind "of the" say happened to those it names."""
        for i in range(noun - 1, max(-1, noun - 5), -1):
            if self.items[i].lower == "of":
                return None
            for one in triggers_of(self.items[i], "state", "object", "noun"):
                if "person" in one.of and one.form in ("", "part", "past"):
                    return one.metric
        return None

    def _by_list(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "12 people and 3 soldiers", "20 in the north, three in the south", "Liberia 554, Guinea 717"."""
        index = self._last(lambda one: one.tracked and one.klass not in ("percent", "measure"), here=True)
        if index is None or (k > 1 and self.items[k - 1].lower == "other" and self.items[k - 2].lower == "the"):
            return None  # "lost a son and guards the other two"
        edge = self._left_edge(k)
        if head is None and edge > 0 and self.items[edge].lower in ("from", "against") and not phrase.others:
            like = self._nearest_like(position)  # "were in 424 centres yesterday, down from 62,000"
            if like is not None and self.drafts[like].sentence == self.sentence:
                index = like
        of = self.drafts[index]
        if head is not None:
            own = of.metric not in self.metrics.metrics and of.metric != "people"
            if own and of.population and of.rule.startswith("N "):
                return None  # "found 219,799 women and 118,709 minors": each has its noun
            if not self._joined(of, k) or of.trigger is None:
                return None
            if of.phrase is not None and of.phrase.base == k:
                return None  # "4,800 of the 8,000 who swam": a base is no second member
            metric = of.metric
            at = self._item_at(of.trigger)
            if triggers_of(self.items[max(0, self._left_edge(of.item))], "object"):
                at = self._left_edge(of.item)
            if at is None or at > of.item or not triggers_of(self.items[at], "object"):
                people = head.entry.klass == "person" or (head.text[:1].isupper() and self._names_people(head))
                if not people or of.klass != "person":
                    return None
            else:
                trigger = self._choose(triggers_of(self.items[at], "object"), head, phrase, at)
                if trigger is None:
                    return None
                metric = trigger.metric
            draft = self._draft(position, k, metric, "N and N", phrase, None, klass=head.entry.klass or of.klass)
        else:
            if phrase.end < len(self.items) and self.items[phrase.end].grammar & CLOCK:
                return None
            edge = self._left_edge(k)
            if edge > 0 and self.items[edge].lower in ("of", "at") and self.items[edge - 1].grammar & COUNT:
                return None  # "at dawn he had spoken of 1,910": like the count before that it comes near
            draft = self._draft(position, k, of.metric, "N, N", phrase, None, klass=of.klass, confidence=0.75)
            draft.population, draft.party = (
                (of.population, of.party) if not phrase.others or of.population else (None, None)
            )
            if phrase.others and self.quantities[of.position].mention.kind == "article":
                draft.population = None  # "a teacher and two others": they need not be teachers
            draft.unit = of.unit
        draft.trigger = of.trigger
        draft.aspect = of.aspect if of.aspect != "change" else None
        self._predicate_noun(draft, phrase.end)
        self._other_participle(draft, of, phrase)
        return draft

    def _other_participle(self, draft: Draft, of: Draft, phrase: NounPhrase) -> None:
        """ "209 million doses have been given and 264 million delivered": the noun goes on, the verb is another."""
        if phrase.head is not None or phrase.end >= len(self.items) or of.phrase is None or of.phrase.head is None:
            return
        verb, noun = self.items[phrase.end], self.items[of.phrase.head]
        if "plain" in verb.grammar and verb.entry.form == "part" and noun.entry.klass not in ("", "person"):
            draft.metric = f"{plural_head(noun)}_{verb.entry.participle}".replace(" ", "_")
            draft.trigger = (verb.start, verb.end)

    def _predicate_noun(self, draft: Draft, end: int) -> None:
        """ "65 are men": the noun behind the verb names the population."""
        j = self._skip_adverbs(end)
        if j < len(self.items) and self.items[j].grammar & BE:
            run = noun_phrase(self.items, self._skip_adverbs(j + 1) - 1)
            if run.head is not None and self.items[run.head].entry.klass == "person":
                head = self.items[run.head]
                draft.population, draft.noun = plural_head(head), (self.items[run.first].start, head.end)

    def _joined(self, of: Draft, k: int) -> bool:
        """Whether only "and", "or", "," or "plus" stands between the earlier noun phrase and this number."""
        begin = of.phrase.end if of.phrase else of.item + 1
        if begin + 1 < k and self.items[begin].lower in ("and", "or") and self.items[begin + 1].entry.klass == "person":
            begin += 2  # "165 soldiers and police, 47 civilians"
        between = self.items[begin:k]
        if self.quantities[of.position].mention.kind == "article" and len(between) <= LONGEST_CHAIN:
            # "killed the commander, Omar Nasir, and two guards": the name between belongs to the first
            between = [one for one in between if not (one.text[:1].isupper() and not one.entry.triggers)]
            if len(between) > 1 and between[0].lower == "," and between[1].lower == ",":
                between = between[1:]
        return len(between) <= 3 and all(
            one.lower in JOINING or one.grammar & (ADVERB | DETERMINER)
            for one in between
        )  # fmt: skip

    def _by_memory(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "Police counted 338,000", "it had been 17 on Thursday": a bare number goes on with an earlier count."""
        if head is not None and not (head.lower in ("people", "others") and phrase.others):
            return None
        j = self._left_edge(k)
        if j < 0 and not phrase.partitive:
            return None
        item = self.items[max(j, 0)]
        if item.grammar & BE and not self._about_a_count(j):
            return None
        written = self._written(*self._mention_span(position)).casefold()
        if written.startswith(("exceed", "surpass", "top", "pass", "reach")) and self._about_a_count(k):
            j = k  # "feared that the number could exceed 60"
        governed = j == k or (
            item.grammar & (COUNT | LINK | BE | UP | DOWN) or item.lower in LINKS or phrase.others or phrase.partitive
        )
        if not governed:
            return None
        index = self._nearest_like(position)
        if index is None:
            return None
        of = self.drafts[index]
        draft = self._draft(position, k, of.metric, "counted before … N", phrase, None, klass=of.klass, confidence=0.6)
        draft.population, draft.party, draft.unit = of.population, of.party, of.unit
        return draft

    def _mention_span(self, position: int) -> tuple[int, int]:
        mention = self.quantities[position].mention
        return mention.start, mention.end

    def _about_a_count(self, j: int) -> bool:
        """Whether the subject of "was" or "had been" is a count or a pronoun for one: "it had been 17"."""
        for i in range(j - 1, max(-1, j - 5), -1):
            item = self.items[i]
            if item.grammar & GENERIC or item.lower in ("it", "that", "this", "there", "they", "these"):
                return True
            if item.lower == "," and any(one.lower == "," for one in self.items[max(0, i - 6) : i]):
                return self._about_a_count(
                    next(n for n in range(i - 1, -1, -1) if self.items[n].lower == ",")
                )  # "the previous count, on Tuesday night, had been 74"
            if not item.grammar & (BE | HAVE | MODAL | ADVERB):
                return False
        return False

    def _nearest_like(self, position: int) -> int | None:
        """The earlier count that a bare number most likely goes on with: near in the text, and of like size.

        A power of ten weighs as much as five sentences: "an earlier count had stood at 146" is about the 151 dead, not
        the 19 seriously hurt who were named last.
        """
        value = self.quantities[position].mention
        size = value.value if value.value is not None else value.low
        best: tuple[float, int] | None = None
        for index in range(len(self.drafts) - 1, max(-1, len(self.drafts) - 9), -1):
            draft = self.drafts[index]
            quantity = self.quantities[draft.position]
            far = self.sentence - draft.sentence
            if far > 3 or not draft.tracked or draft.klass == "setting":
                continue
            if quantity.dimension is not None or quantity.mention.unit is not None:
                continue
            other = quantity.mention.value if quantity.mention.value is not None else quantity.mention.low
            ratio = abs(math.log10(max(size, 0.5) / max(other, 0.5)))
            weight = 0.2 * far + ratio + (0.0 if draft.metric in self.metrics.metrics else 0.5)
            if best is None or weight < best[0] - 1e-9:
                best = (weight, index)
        return best[1] if best is not None else None

    def _by_victims(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "26 victims were foreign nationals": victims are those of whom the article spoke."""
        if head is None or head.lower not in ("victims", "victim"):
            return None
        index = self._last_of("deaths")
        if index is None:
            index = self._last(lambda one: one.metric in ("injuries", "casualties"))
        if index is None:
            return None
        draft = self._draft(
            position, k, self.drafts[index].metric, "N victims", phrase, phrase.head, klass="person", confidence=0.6
        )
        self._predicate_noun(draft, phrase.end)
        return draft
