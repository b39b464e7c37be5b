"""Bind each number of a document to the words that count it: the walk, and the order of the rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import Final

from figures.extract.metrics_contenders import CONTESTED, contender, surnames
from figures.extract.metrics_items import Item, NounPhrase, cut, is_plural, noun_phrase, plural_head, triggers_of
from figures.extract.metrics_measures import measure_metric
from figures.extract.metrics_quantities import counted_words, direction_of, subject_of
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_sides import Sides
from figures.extract.metrics_words import (
    ADVERB,
    BE,
    FIRED,
    FURTHEST,
    HAVE,
    ONES,
    PERSON_ENDING,
    PREP,
    REPORT,
    SINGLE,
    STRONG,
    THINGS,
)
from figures.extract.types import Quantity, Reading
from figures.model import Modality, RuleUse

LACKS: Final = frozenset(["gap", "shortfall", "hole", "deficit"])  # "the budget shows a $9 million gap"
STAFF: Final = frozenset(
    ["officers", "police", "teachers", "workers", "employees", "staff", "nurses", "doctors", "health workers", "jobs"]
)
ANSWERS: Final = frozenset(["Yes", "No", "Leave", "Remain"])  # sides of a question put to voters
FEARING: Final = frozenset(["feared", "believed", "thought", "estimated", "expected", "reported", "confirmed", "said"])
KIN: Final = frozenset(
    ["brother", "sister", "son", "daughter", "mother", "father", "wife", "husband", "cousin", "uncle", "aunt", "nephew",
     "niece", "friend", "colleague", "grandson", "granddaughter", "grandmother", "grandfather", "parent", "child",
     "relative", "classmate", "loved one"],
)  # fmt: skip
LOOSE: Final = frozenset(["numerous"])  # a count of persons under a metric, else a manner of speaking
LONGEST_APPOSITION: Final = 12  # words
CHAMBER: Final = 1_500  # members of the largest chambers; more voters than that are a people's
SITTING: Final = re.compile(
    r"\b(?:lawmakers?|senators?|deputies|legislators?|MPs|members of (?:the )?(?:parliament|house|assembly)"
    r"|no.confidence|House of \w+|upper (?:house|chamber)|lower (?:house|chamber)|national assembly)\b", re.I
)  # fmt: skip
BUDGETS: Final = re.compile(r"\b(?:budgets?|finance bill|fiscal (?:year|plan)|spending (?:plan|review))\b", re.I)


class Binder(Sides):
    """Reads the sentences of one document in order; remembers what earlier numbers counted."""

    def read(self, sentence: int, positions: list[int]) -> None:
        """Bind the numbers of one sentence, left to right."""
        self.sentence, self.taken, self.begin = sentence, set(), len(self.drafts)
        held = self.document.sentences[sentence]
        text = self.document.article.field_text(held.field)
        self.items = cut(held, self.quantities, positions, self.metrics, text)
        for k, item in enumerate(self.items):
            if not item.numbers:
                continue
            whole: Draft | None = None
            for position in reversed(item.numbers):
                quantity = self.quantities[position]
                if whole is not None and quantity.mention.kind == "fraction":
                    self._fraction(k, position, whole)
                    continue
                made = self._bind(k, position)
                if made is not None and self._loosely(position) and not self._of_persons(made):
                    made = None  # "numerous complaints"
                if made is None and self.all_quantities:
                    made = self._untracked(k, position)
                if made is not None:
                    self._settled(made, k)
                    self._cared_for(made)
                    self._relate_subset(made)
                    self._contend(made, k)
                    if self.all_quantities:
                        self._describe(made, k)
                    self.drafts.append(made)
                    whole = made
                    self._second(made)
        self._join()
        self._settle_homes()
        self._settle_sides()

    def _loosely(self, position: int) -> bool:
        """Whether the words name no order of size at all: "numerous"."""
        mention = self.quantities[position].mention
        return mention.comparator == "vague" and any(one.rule in LOOSE for one in mention.rules)

    def _of_persons(self, made: Draft) -> bool:
        head = self.items[made.phrase.head] if made.phrase is not None and made.phrase.head is not None else None
        counted = head is None or head.entry.klass == "person" or head.lower in ("others", "other")
        return made.klass == "person" and counted and made.metric in self.metrics.metrics

    def _relate_subset(self, made: Draft) -> None:
        """ "33 of them seriously": a part of those counted before, also where its own predicate gave the metric."""
        if (
            made.phrase is None
            or made.phrase.partitive != "them"
            or any(name == "part_of" for name, _ in made.relations)
        ):
            return
        index = self._last(lambda one: one.klass == made.klass and one.tracked)
        if index is not None:
            made.relations.append(("part_of", index))
            made.population = made.population or self.drafts[index].population
            made.party = made.party or self.drafts[index].party

    def _settled(self, made: Draft, k: int) -> None:
        """What the article is about decides between two metrics that share a word.

        Members of a chamber who vote are votes, voters who take part in a vote are turnout, the shortfall of a budget
        is a deficit and money promised in it is spending.
        """
        mention = self.quantities[made.position].mention
        share = made.unit.startswith("percent")
        if made.metric == "voters" and not share and self._sitting() and mention.low < CHAMBER:
            made.metric, made.unit = "votes", "item"
        elif share and made.metric in ("votes_for", "votes_against", "abstentions"):
            made.metric = "abstention" if made.metric == "abstentions" else "vote_share"
        elif made.metric in ("protesters", "voters") and share and self._voting():
            near = [one.lower for one in self.items[k + 1 : k + 8]]
            if "voters" in near or "electorate" in near or "electors" in near:
                made.metric, made.population = "turnout", None
        elif made.metric == "aid" and self._rewards(k):
            made.metric, made.rule = "reward", "money for a capture"
        elif made.metric == "aid" and self._budgeting():
            at = self._item_at(made.trigger)
            said = self.items[at].lower if at is not None else ""
            if said == "shortfall":
                made.metric, made.rule = "deficit", "shortfall of a budget"
            elif said.startswith(("promis", "allocat", "earmark", "set")):
                made.metric, made.rule = "spending", f"{said} in a budget"

        elif made.metric == "budget" and k + 1 < len(self.items) and self.items[k + 1].lower in LACKS:
            made.metric, made.rule = "deficit", f"N {self.items[k + 1].lower}"
        elif made.metric in ("deaths", "injuries") or made.rule == "counted before … N":
            self._settled_people(made, k)
        elif made.metric == "people" and not share and self._voting():
            near = [one.lower for one in self.items[k + 1 : k + 5]]
            if any(one in ("said", "answered", "chose") for one in near) and {"yes", "no"}.intersection(near):
                made.metric, made.unit, made.population = "votes", "item", None

    def _settled_people(self, made: Draft, k: int) -> None:
        """Staff that is to be lost are jobs; those shot beside the dead are dead; "up P, to N" counts one thing."""
        at = self._item_at(made.trigger)
        before = self.drafts[-1] if len(self.drafts) > self.begin else None
        if made.metric == "deaths" and at is not None and 0 < at < k and self.items[at].lower == "lose":
            if self.items[at - 1].lower in ("to", "will", "would", "could") and made.population in STAFF:
                made.metric, made.unit, made.rule = "jobs_lost", "item", "to lose N"
        elif (
            made.metric == "injuries"
            and made.rule.startswith("N shot")
            and made.phrase is not None
            and made.phrase.others
        ):
            index = self._last(lambda one: one.tracked and one.klass == "person")
            if index is not None and self.drafts[index].metric == "deaths":
                made.metric, made.rule = "deaths", "N more shot"
        elif (
            made.rule == "counted before … N"
            and before is not None
            and before.klass == "percent"
            and k - before.item <= 3
            and self.items[k - 1].lower == "to"
        ):
            made.metric, made.rule, made.population = before.metric, "up P, to N", None
            made.trigger, made.klass = before.trigger, ""
            made.unit = self.metrics.metric(before.metric).unit

    def _rewards(self, k: int) -> bool:
        """ "10 million pesos for the capture of": money for a capture or for information."""
        near = [one.lower for one in self.items[k + 1 : k + 8]]
        return near[:1] == ["for"] and any(one in ("capture", "arrest", "information", "head") for one in near)

    def _sitting(self) -> bool:
        """Whether the article tells of a vote in a chamber."""
        if self._chamber is None:
            self._chamber = SITTING.search(self.document.article.text) is not None
        return self._chamber

    def _budgeting(self) -> bool:
        """Whether the article tells of a state's budget."""
        if self._budget is None:
            article = self.document.article
            self._budget = BUDGETS.search(f"{article.title}\n{article.text[:600]}") is not None
        return self._budget

    _chamber: bool | None = None
    _budget: bool | None = None

    def _contend(self, made: Draft, k: int) -> None:
        """ "the Greens took 9 percent": whose share of the vote, whose seats."""
        if made.metric not in CONTESTED or made.unit == "percentage_point":
            return
        earlier = self.drafts[max(self.begin, len(self.drafts) - FURTHEST) :]
        lead = k - 1 - (k > 1 and self.items[k - 1].lower in ("at", "on", "with"))
        answered = self.items[lead].text if lead >= 0 else ""
        if answered in ANSWERS:
            made.party = answered  # "the pollster had given Yes 66%"
            return
        given = next(
            (one.party for one in reversed(earlier) if one.metric == made.metric and one.party in ANSWERS), None
        )
        if given is not None and self.items[k - 1].text[:1].isupper():
            made.party = given  # ", and its rival 62%"
            return
        floor = max((one.item + 1 for one in earlier if one.metric == made.metric and one.item < k), default=0)
        if self._people is None:
            self._people = surnames(self.document.article.text)
        for j in range(k - 1, floor - 1, -1):
            if self.items[j].lower == ";":
                floor = j + 1
                break
        made.party = contender(self.items, k, floor, self.parties, self._people) or made.party

    def _second(self, made: Draft) -> None:
        """ "no guards were hurt or killed": nought of two things is two figures."""
        if self.quantities[made.position].mention.value != 0 or made.trigger is None:
            return
        metrics = list(self.metrics.metric(made.metric).sum_of)
        if metrics:
            made.metric = metrics.pop(0)
        else:
            at = self._item_at(made.trigger)
            at = len(self.items) if at is None else at
            if at + 2 < len(self.items) and self.items[at + 1].lower in ("or", "nor", "and"):
                other = triggers_of(self.items[at + 2], "state", "object")
                metrics = [one.metric for one in other if "person" in one.of and one.metric != made.metric][:1]
        for metric in metrics:
            self.drafts.append(replace(made, metric=metric, relations=list(made.relations)))

    def readings(self) -> list[Reading]:
        """The readings in the order of the text, relations pointing into the list."""
        dropped = self._settle_single()
        self._complete_titles()
        order = sorted(
            (index for index in range(len(self.drafts)) if index not in dropped),
            key=lambda i: (self.drafts[i].sentence, self.quantities[self.drafts[i].position].mention.start, i),
        )
        place = {old: new for new, old in enumerate(order)}
        headline = {
            span
            for one in self.drafts
            if self.document.sentences[one.sentence].field == "title"
            for span in (one.trigger, one.noun)
            if span is not None
        }
        return [self._reading(self.drafts[i], place, headline) for i in order]

    def _complete_titles(self) -> None:
        """A headline leaves out what the article says of the same number: its verb, whom it counts, whose side."""
        fields = self.document.sentences
        titles = [one for one in self.drafts if fields[one.sentence].field == "title" and one.tracked]
        for title in titles[:FURTHEST]:
            mention = self.quantities[title.position].mention
            if mention.value is None:
                continue
            open_metric = title.metric not in self.metrics.metrics
            same = [
                one
                for one in self.drafts
                if fields[one.sentence].field == "text"
                and self.quantities[one.position].mention.value == mention.value
                and (one.metric == title.metric or (open_metric and title.klass and one.klass == title.klass))
            ]
            if open_metric and len({one.metric for one in same}) == 1 and same[0].metric in self.metrics.metrics:
                title.metric, title.rule, title.unit = same[0].metric, f"{title.rule}, as in the text", same[0].unit
                title.population = same[0].population
            same = [one for one in same if one.metric == title.metric]
            populations = {one.population for one in same}
            parties = {one.party for one in same if title.population in (None, one.population)}
            if title.population is None and len(populations) == 1 and title.klass == "person":
                (title.population,) = populations
                title.inherited = title.population is not None
            if title.party is None and len(parties) == 1:
                (title.party,) = parties

    def _reading(self, draft: Draft, place: dict[int, int], headline: set[tuple[int, int]]) -> Reading:
        quantity = self.quantities[draft.position]
        trigger_start, trigger_end = self._own(draft.trigger, draft, headline) or (None, None)
        noun_start, noun_end = self._own(draft.noun, draft, headline) or (None, None)
        metric = self.metrics.metric(draft.metric)
        rules = [RuleUse(column="metric", rule=draft.rule, start=trigger_start, end=trigger_end)]
        if draft.population is not None:
            rule = "same number in the text" if draft.inherited else "counted noun"
            rules.append(RuleUse(column="population", rule=rule, start=noun_start, end=noun_end))
        return Reading(
            quantity=quantity, metric=draft.metric, unit=draft.unit, population=draft.population, party=draft.party,
            aspect=draft.aspect, modality=draft.modality or self._superseded(quantity), trigger_start=trigger_start,
            trigger_end=trigger_end, noun_start=noun_start, noun_end=noun_end,
            relations=tuple((name, place[index]) for name, index in draft.relations if index in place),
            tracked=draft.tracked, confidence=draft.confidence if metric.title else 0.5, counted=draft.counted,
            subject=draft.subject, rules=tuple(rules),
            direction=draft.direction if self.all_quantities else quantity.mention.direction,
        )  # fmt: skip

    def _own(
        self, span: tuple[int, int] | None, draft: Draft, headline: set[tuple[int, int]]
    ) -> tuple[int, int] | None:
        """The span, unless the words were inherited from the headline: its offsets mean nothing in the text."""
        sentence = self.document.sentences[draft.sentence]
        if span is None or sentence.field == "title" or span not in headline:
            return span
        return span if sentence.start <= span[0] and span[1] <= sentence.end else None

    @staticmethod
    def _superseded(quantity: Quantity) -> Modality | None:
        return "superseded" if quantity.mention.role == "from" else None

    def _bind(self, k: int, position: int) -> Draft | None:
        quantity = self.quantities[position]
        mention = quantity.mention
        if mention.kind == "article":
            return self._article(k, position)
        if mention.unit in ("percent", "percentage_point") or quantity.dimension == "percent":
            return self._percent(k, position)
        if (quantity.dimension is not None or quantity.unit is not None) and not self._compound(k, quantity):
            return self._measure(k, position)
        return self._count(k, position)

    def _count(self, k: int, position: int) -> Draft | None:
        mention = self.quantities[position].mention
        phrase = self._phrase_at(k)
        if phrase.hyphen and k + 2 < len(self.items) and self.items[k + 2].lower == "magnitude":
            return self._draft(position, k, "magnitude", "N-magnitude", None, k + 2, klass="measure")
        if mention.comparator == "more_than" and mention.value == 1:
            return None  # "causing more than one death"
        if phrase.hyphen or self._is_age(k, phrase, mention):
            return None
        if k + 1 < len(self.items) and self.items[k + 1].lower in ("century", "decade", "lifetime"):
            return None  # "for almost half a century"
        if k > 0 and self.items[k - 1].lower == "the" and k + 1 < len(self.items) and self._superlative(k + 1):
            return None  # "one of the five most violent ever measured"
        if k > 1 and self.items[k - 1].lower == "but" and self.items[k - 2].lower == "all":
            return None  # "all but six were rescued": of the six nothing is said
        written = self._written(mention.start, mention.end).casefold()
        if written.startswith(("another", "an additional", "a further", "additional", "further")) or written.endswith(
            ("others", "other", "more")
        ):
            phrase.others = True
        if k > 0 and self.items[k - 1].lower in ("of whom", "of which", "of them") and not phrase.partitive:
            phrase.partitive = "them"
        if phrase.base is not None:
            base_phrase = noun_phrase(self.items, phrase.base)
            phrase.head, phrase.end, phrase.modifiers = base_phrase.head, base_phrase.end, base_phrase.modifiers
            phrase.state = base_phrase.state
        head = self.items[phrase.head] if phrase.head is not None else None
        if (
            head is not None
            and head.text[:1].isupper()
            and not head.entry.population
            and not head.entry.triggers
            and not self._names_people(head)
            and head.lower not in THINGS
        ):
            phrase.head, phrase.end, phrase.modifiers, head = (
                None,
                phrase.first,
                [],
                None,
            )  # "injured seven Homs Governor …"
        if head is not None and head.entry.klass == "untracked":
            return None
        if mention.value is not None and mention.value < 11 and (head is None or not head.entry.population):
            scaled = measure_metric(self.items, k, "magnitude", self.metrics)
            if scaled is not None and abs(scaled[1] - k) <= 4:
                return self._draft(position, k, scaled[0], "magnitude N", None, scaled[1], klass="measure")
        if head is not None and self._is_base(k) and not self._relative_follows(phrase):
            draft = self._by_person_noun(k, position, phrase, head) or self._by_open(k, position, phrase, head)
            return None if draft is None else self._finished(draft, k, phrase, head)
        if self._speaks_for_itself(phrase, head):
            return None
        if (
            head is not None
            and head.entry.klass in FIRED
            and (fired := self._by_weapon(k, position, phrase, head)) is not None
        ):
            return self._finished(fired, k, phrase, head)
        for bind in (
            self._by_margin, self._by_exceeding, self._by_names, self._by_licence, self._by_manifest,
            self._by_list_of_names, self._by_case_class, self._by_fate, self._by_parts, self._by_posted,
            self._count_told_to, self._by_as,
            self._by_price, self._by_room, self._by_place_line, self._by_label, self._by_shock,
            self._by_respective, self._by_bracket_list, self._by_noun, self._by_list_before, self._by_side,
            self._by_lead, self._by_level, self._by_apposed, self._by_found_in, self._by_sought, self._by_told_people,
            self._by_being, self._by_teller, self._by_object,
            self._by_predicate, self._by_listing, self._by_given_to, self._by_context, self._by_modifier,
            self._by_received, self._by_people_of, self._by_strength, self._by_colon, self._by_colon_things,
            self._by_person_noun, self._by_measure_again, self._by_percent_again, self._by_label_list,
            self._by_thing_before, self._by_toll, self._by_number_of, self._by_toll_after, self._by_subset,
            self._by_among_them, self._by_said_number, self._by_elliptic_subject,
            self._by_seats, self._by_verb_more, self._by_own_verb, self._by_sent_before, self._by_gap,
            self._by_bracket, self._by_relative, self._by_list, self._by_second_object, self._by_memory,
            self._by_victims, self._by_amount, self._by_open, self._by_size,
        ):  # fmt: skip
            draft = bind(k, position, phrase, head)
            if draft is not None:
                return self._finished(draft, k, phrase, head)
        return None

    def _superlative(self, j: int) -> bool:
        word = self.items[j]
        return word.lower in ("most", "least") or (
            word.lower.endswith("est") and word.text.islower() and not word.grammar
        )

    def _told_victim(self, k: int, position: int) -> Draft:
        """ "The man's body was found", "both died": the phrase itself gives the metric."""
        told = self.told[position]
        draft = self._draft(position, k, told.metric, told.rule, None, None, klass="person")
        draft.trigger, draft.unit, draft.population = (told.start, told.end), "person", None
        draft.confidence = 0.4 if self.quantities[position].mention.comparator == "at_least" else 0.75
        return draft

    def _bare_victim(self, k: int, position: int) -> Draft | None:
        """ "Ana Ruiz, 34, was shot", "killing him", "Man dead after crash": a name, pronoun or headline's noun."""
        verb = self.bare[position]
        phrase = NounPhrase(first=k + 1, end=k + 1)
        if verb is None:
            draft = self._by_object(k, position, phrase, None)
        else:
            at = bisect_left(self.items, verb, key=lambda one: one.start)
            begin = at
            while begin > k + 1 and self.items[begin - 1].grammar & (BE | HAVE | ADVERB):
                begin -= 1
            found = self._chain(begin, NounPhrase(first=begin, end=begin), None)
            if found is None or "person" not in found[0].of:
                return None
            draft = self._draft(position, k, found[0].metric, f"one {self.items[found[1]].lower}", phrase, found[1])
            draft.klass = "person"
            draft.metric = self._outcome(draft.metric, found[1])
        if draft is None or draft.metric not in STRONG | {"captured"}:
            return None
        noun = self._written(*self._span(position)).casefold().split()[-1]
        for rest, entry in self.metrics.phrases.get(noun, ()):
            if not rest and entry.klass == "person":
                draft.population, draft.noun = entry.plural, self._span(position)
        draft.confidence = 0.4 if self.quantities[position].mention.comparator == "at_least" else 0.7
        draft.unit = "person"
        return draft

    def _article(self, k: int, position: int) -> Draft | None:
        """ "a child was killed", "no one was hurt", "one of the wounded died", "killed the leader"."""
        if position in self.told:
            return self._told_victim(k, position)
        if position in self.bare:
            return self._bare_victim(k, position)
        phrase = noun_phrase(self.items, k, singular=True)
        if phrase.hyphen:
            return None
        items = self.items
        if self._apposed(k, phrase):
            return None
        if phrase.base is not None:
            base = noun_phrase(items, phrase.base)  # "one of the four people shot has died"
            phrase.head, phrase.end, phrase.modifiers = base.head, base.end, base.modifiers
        zero = self.quantities[position].mention.value == 0
        if zero and phrase.head is not None and items[phrase.head].entry.klass == "body":
            return None  # "no body was found"
        if phrase.head is not None and items[phrase.head].entry.klass == "household" and k > 0 and (
            items[k - 1].lower in ("from", "of")
        ):  # fmt: skip
            return None  # "six children from one family fell ill"
        if phrase.partitive == "them" and k > 0 and items[k - 1].grammar & BE:
            return None  # "the head of its rocket unit was one of them"
        head = items[phrase.head] if phrase.head is not None else None
        if (
            head is not None
            and head.entry.klass == "household"
            and phrase.end < len(items)
            and items[phrase.end].lower == "of"
        ):
            return None  # "a family of four": the four are counted
        written = self._written(*self._span(position)).casefold()
        definite = (
            self._written(*self._span(position)).casefold() == "the"
            or self.quantities[position].mention.comparator == "at_least"
        )
        counts_one = (
            written in ("one", "at least one", "only one", "just one") and head is not None and head.lower in ONES
        )
        if (
            head is not None
            and (self.quantities[position].mention.value == 0 or counts_one)
            and (draft := self._by_noun(k, position, phrase, head)) is not None
        ):
            return self._finished(draft, k, phrase, head)
        thing = head is not None and head.entry.klass not in ("", "person", "household")
        counted = written in ("one", "at least one") and head is not None and head.entry.klass in SINGLE
        if head is not None and ((thing and not counted) or (definite and is_plural(head))):
            return None
        follower = items[phrase.end] if phrase.end < len(items) else None
        phrase.others = phrase.others or written == "another"
        if head is None and not phrase.partitive and not phrase.others:
            states = (
                written in ("no one", "nobody", "none", "no-one")
                or (k + 1 < len(items) and items[k + 1].age)
                or (
                    follower is not None
                    and not definite
                    and (follower.lower == "one" or (written[-1:] == "e" and bool(triggers_of(follower, "state"))))
                )
            )
            one_of_them = self._written(*self._span(position)).casefold() == "one" and (
                self._last(lambda one: one.klass == "person", here=True) is not None
                or (k == 0 and self._last(lambda one: one.klass == "person" and self.sentence - one.sentence <= 1))
                is not None
            )
            if not states and not one_of_them:
                return None
        for bind in (self._by_object, self._by_predicate, self._by_subset, self._by_list):
            if bind == self._by_list and (head is None or definite):
                break
            kept = set(self.taken)
            draft = bind(k, position, phrase, head)
            if draft is None:
                continue
            if self._tells_a_victim(draft, k, phrase, head):
                draft.confidence = 0.4 if definite else 0.75
                return self._finished(draft, k, phrase, head)
            self.taken = kept
        return None

    def _apposed(self, k: int, phrase: NounPhrase) -> bool:
        """ "Ana Ruiz, 34, a nurse, was killed": no second victim; "a man, a woman and a child" are three."""
        items, end = self.items, phrase.end
        if k == 0 or items[k - 1].lower != "," or k < 2 or items[k - 2].lower == ";":
            return False
        if end >= len(items) or items[end].lower in (".", ";"):
            return True
        if items[end].lower != ",":
            return self._apposed_at_length(k, end)
        return end + 1 >= len(items) or not (items[end + 1].numbers or items[end + 1].lower == "and")

    def _apposed_at_length(self, k: int, end: int) -> bool:
        """ "The deputy, a 31-year-old with a son, was shot": behind the second comma stands the verb of one person."""
        items = self.items
        told = (one.numbers[-1] for one in items[max(0, k - 5) : k - 1] if one.numbers)
        if not any(self.quantities[one].mention.kind == "article" for one in told):
            return False  # "Omar Hadid, a commander in the north, was killed": nobody else counts him
        for j in range(end, min(len(items) - 1, end + LONGEST_APPOSITION)):
            if items[j].lower == ",":
                return items[j + 1].lower in ("was", "is", "has", "had", "who", "died")
            if items[j].lower in ("and", ";", ".", ":"):
                return False
        return False

    def _span(self, position: int) -> tuple[int, int]:
        mention = self.quantities[position].mention
        return mention.start, mention.end

    def _tells_a_victim(self, draft: Draft, k: int, phrase: NounPhrase, head: Item | None) -> bool:
        """Whether "a" or "one" counts here: a person of whom is told what was done, not what was meant."""
        items = self.items
        if (
            head is not None
            and not head.entry.population
            and not (
                (self._person_like(head) or head.lower.endswith(PERSON_ENDING))
                and draft.metric in STRONG | {"captured"}
            )
        ):
            return False
        if (
            head is not None
            and not head.entry.population
            and self.quantities[draft.position].mention.comparator == "at_least"
        ):
            return False
        if head is not None and draft.rule.startswith(("los", "died with")) and (
            head.lower in KIN or draft.rule.startswith("died")
        ):  # fmt: skip
            return False  # "the owner, who lost a brother", "died with a child in her arms"
        at = self._item_at(draft.trigger)
        behind = items[phrase.end] if phrase.end < len(items) else None
        if draft.rule == "N and N" and behind is not None and (
            behind.grammar & REPORT or behind.lower in FEARING
        ):  # fmt: skip
            return False
        if at is None:
            return True
        if at > k and self._speaker(phrase, at):
            return False
        if at < k and items[at].entry.triggers and at > 0 and items[at - 1].lower == "to":
            return False  # "an operation to capture a leader"
        return not any(one.lower in ("who", "that", "which") for one in items[phrase.end : max(phrase.end, at)])

    def _speaker(self, phrase: NounPhrase, at: int) -> bool:
        """Whether a victim only speaks: "a police chief feared that", "a nurse at the hospital said"."""
        items, end = self.items, phrase.end
        if end < at and items[end].lower in FEARING and not items[end].entry.triggers and items[end + 1].grammar & HAVE:
            return True
        behind = items[at + 1] if at + 1 < len(items) else None
        placed = items[at].grammar & PREP or items[at].lower.split()[0] in ("at", "in", "on")
        return end == at and bool(placed) and behind is not None and bool(behind.grammar & REPORT)

    def _fraction(self, k: int, position: int, whole: Draft) -> None:
        """ "half of the 900 residents were evacuated": the fraction takes the predicate, the base keeps its noun."""
        index = len(self.drafts) - 1
        phrase = whole.phrase or NounPhrase(first=k + 1, end=k + 1)
        head = self.items[phrase.head] if phrase.head is not None else None
        own = None
        if not self._relative_follows(phrase):
            kept = set(self.taken)
            self.taken = set()
            own = self._by_object(k, position, phrase, head) or self._by_predicate(k, position, phrase, head)
            self.taken |= kept
        made = replace(
            whole, position=position, rule="F of N", relations=[("part_of", index)], confidence=0.85,
            metric=(own or whole).metric, trigger=(own or whole).trigger,
        )  # fmt: skip
        self.drafts.append(made)
        if own is not None and head is not None and own.metric == whole.metric and not triggers_of(head, "noun"):
            noun = plural_head(head).replace(" ", "_").replace("-", "_")
            self.drafts[index] = replace(whole, metric=noun, trigger=whole.noun, rule=f"N {head.lower}", confidence=0.5)

    def _untracked(self, k: int, position: int) -> Draft | None:
        """A row that only --all-quantities shows: its metric is named by its noun or unit."""
        quantity = self.quantities[position]
        phrase = noun_phrase(self.items, k, singular=quantity.mention.kind == "article")
        if quantity.mention.kind == "article" and not self._written(
            quantity.mention.start, quantity.mention.end
        ).casefold().endswith("one"):
            return None
        head = self.items[phrase.head] if phrase.head is not None else None
        mention = quantity.mention
        if quantity.unit is None and mention.value is None and mention.high < 10 and mention.comparator == "vague":
            return None  # "several ways", "a few questions": manner of speaking
        name = quantity.dimension or quantity.unit or (plural_head(head) if head is not None else "number")
        draft = self._draft(
            position,
            k,
            "".join(one if one.isalnum() else "_" for one in name.casefold()),
            "any quantity",
            phrase,
            phrase.head,
        )
        draft.tracked, draft.confidence, draft.unit = False, 0.5, quantity.unit or ("item" if head is not None else "")
        draft.population = None
        return draft

    def _counted_before(self, k: int, text: str) -> str | None:
        """ "rose 64 points to 4,577", "5.2 million bicycles, up from 4.1 million": the unit is not said twice.

        A decimal, or a number that "to", "from", "at", "by" or "including" leads in, has the unit of the number named
        before it in the sentence, or right behind it; a level is never a percentage of itself.
        """
        items = self.items
        j = self._left_edge(k)
        lead = items[j].lower if j >= 0 else ""
        span = text[items[k].start : items[k].end]
        fraction = span.rpartition(".")[2]
        decimal = "." in span and fraction.strip().isdigit()
        if lead not in ("to", "from", "at", "by", "including", "includes") and not decimal:
            return None
        behind = items[k + 1] if k + 1 < len(items) else None
        if behind is not None and behind.is_word and not behind.grammar:
            return None
        for draft in reversed(self.drafts[max(self.begin, len(self.drafts) - 6) :]):
            other = self.quantities[draft.position]
            if draft.counted is None or other.dimension in ("time", "duration", "age") or other.unit == "times":
                continue
            share = other.mention.unit == "percent" or other.unit == "percent"
            if share and lead in ("to", "at", "from"):
                continue
            return draft.counted
        following = next((one for one in items[k + 1 : k + 4] if one.numbers), None)
        if following is not None and decimal:
            other = self.quantities[following.numbers[0]]
            if other.unit not in (None, "percent") and other.unit_start is not None and other.unit_end is not None:
                return text[other.unit_start : other.unit_end].strip()
        return None

    def _beside_bracket(self, k: int) -> bool:
        """Whether the number only says the one before it again, in brackets or behind a stroke."""
        items, j = self.items, k - 1
        if j > 0 and items[j].lower == "or":
            j -= 1
        if j < 1 or items[j].lower not in ("(", "/"):
            return False
        return any(one.numbers for one in items[max(0, j - 3) : j])

    def _describe(self, draft: Draft, k: int) -> None:
        quantity = self.quantities[draft.position]
        phrase = draft.phrase or noun_phrase(self.items, k, singular=quantity.mention.kind == "article")
        text = self.document.article.field_text(self.document.sentences[self.sentence].field)
        draft.counted = counted_words(text, self.items, k, phrase, quantity)
        if draft.counted is None and quantity.unit is None and quantity.mention.kind == "count":
            draft.counted = self._counted_before(k, text)
        draft.subject = subject_of(self.items, k, quantity)
        draft.direction = direction_of(self.items, k, quantity)
        if len(self.drafts) > self.begin and self._beside_bracket(k):
            draft.subject = self.drafts[-1].subject  # "296 hp (224 kW / 300 PS)"
            draft.direction = draft.direction or self.drafts[-1].direction
        if draft.direction is None and k > 0 and self.items[k - 1].lower == "or" and len(self.drafts) > self.begin:
            draft.direction = self.drafts[-1].direction  # "up 0.25 points, or 0.01%"
