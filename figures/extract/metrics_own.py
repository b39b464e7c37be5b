"""Bind numbers by words of their own that no metric lists, so that nothing is inherited over them.

An earlier count lends its metric to a number only where that number says nothing itself: "27 in Yangon", "and nine
policemen". A verb of its own ("787 were inside"), a noun that nobody knows ("200 million vatu") or room kept for people
("plots for 48,000 more") always wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from figures.extract.metrics_counts import MIGRATING, open_noun
from figures.extract.metrics_items import Item, NounPhrase, cut, is_plural, noun_phrase, plural_head, triggers_of
from figures.extract.metrics_labels import SHOCKS, VACCINES
from figures.extract.metrics_lists import Lists
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_told import Told
from figures.extract.metrics_words import (
    ADVERB,
    BE,
    BELIEVED,
    COUNT,
    DETERMINER,
    DOWN,
    HAVE,
    LINK,
    LINKS,
    LONGEST_CHAIN,
    MODAL,
    NEG,
    NO_POPULATION,
    PARTS,
    PREP,
    REACH_LEFT,
    REPORT,
    SMALL,
    TOLD,
    UP,
)
from figures.extract.types import Document, Quantity
from figures.lexicon import Lexicon
from figures.lexicon.metrics import Trigger

STAYING: Final = frozenset(
    ["sleep", "slept", "sleeping", "stay", "stayed", "staying", "camp", "camped", "camping", "huddle", "huddled",
     "huddling", "hide", "hid", "hiding", "shelter", "sheltered", "sheltering", "crowd", "crowded", "crammed",
     "squat", "spend", "spent"],
)  # fmt: skip
COMING_TO: Final = frozenset(
    ["come", "came", "flocked", "gathered", "attended", "packed", "crammed", "watched", "crowded", "thronged",
     "streamed", "assembled"],
)  # fmt: skip
SENDING: Final = frozenset(
    ["sent", "delivered", "shipped", "distributed", "ordered", "bought", "provided", "donated", "supplied", "built",
     "planted", "repaired", "seized", "issued", "closed", "opened", "cancelled"],
)  # fmt: skip
STAYING_AS: Final = frozenset(["troops", "police", "tourists", "patients", "customers", "officials", "workers"])
DISPLACING: Final = re.compile(r"\b(?:fled|flee|fleeing|displaced|displacement|homeless|evacuat\w+|shelters?)\b", re.I)
PROTESTING: Final = re.compile(r"\b(?:protest\w*|demonstrat\w+|march(?:ed|ers|es)?|rall(?:y|ies)|strikers?|sit-in)\b")
GIVEN: Final = frozenset(["given", "give", "gave", "giving", "administered", "administer", "administering"])
ROOM: Final = frozenset(
    ["room", "space", "places", "place", "plots", "beds", "shelter", "tents", "accommodation", "berths", "bunks",
     "cells", "capacity", "lodging", "spaces", "seats", "housing"],
)  # fmt: skip
ABLE: Final = frozenset(["can", "could", "to"])
HOLDING: Final = frozenset(
    ["hold", "house", "accommodate", "seat", "lodge", "sleep", "shelter", "host", "take", "fit", "take in", "admit"]
)
MEANT: Final = frozenset(["designed", "built", "meant", "intended", "made", "equipped", "laid out", "planned"])
PRICES: Final = frozenset(["price", "cost", "expense"])
MOVED: Final = frozenset(["evacuated", "displaced", "refugees", "border_crossings", "returned", "rescued", "survivors"])
LEAVING: Final = frozenset(
    [
        "left",
        "departed",
        "went",
        "followed",
        "arrived",
        "crossed",
        "sailed",
        "flew",
        "escaped",
        "came",
        "landed",
        "fled",
    ]
)
HELPING: Final = frozenset(
    ["tried", "began", "wanted", "refused", "agreed", "needed", "managed", "hoped", "started", "continued", "planned",
     "attempted", "wished", "intended", "sought", "failed", "decided", "chose", "put", "set", "got", "had", "turned"],
)  # fmt: skip
"""Verbs that need another one to tell what happened."""
SAYING_OF: Final = frozenset(
    ["work", "works", "worked", "come", "comes", "came", "belong", "belongs", "belonged", "live", "lives", "lived",
     "hold", "held", "speak", "spoke", "served", "serve", "study", "studied", "hail", "hailed", "stemmed", "remain",
     "remained", "seemed", "appeared", "bore", "carried", "represented", "match", "matched", "differ", "differed",
     "seem", "appear", "wore", "aged", "included"],
)  # fmt: skip
"""Verbs that only say who the counted are, not what else befell others: "12 belonged to one family"."""
THERE: Final = frozenset(["inside", "underground", "indoors", "within", "below"])


class Own(Lists):
    """Reads what a number's own clause says where no trigger does, and refuses to inherit over it."""

    def __init__(
        self, document: Document, quantities: list[Quantity], lexicon: Lexicon, *, all_quantities: bool,
        bare: Mapping[int, int | None], told: Mapping[int, Told] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(document, quantities, lexicon, all_quantities=all_quantities, bare=bare, told=told)
        self._topics: dict[str, bool] = {}

    def _by_as(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "lists 1,179 as missing and 12,487 as hurt", "63 names as unaccounted for": as what they are counted."""
        items, j = self.items, phrase.end
        if j + 1 >= len(items) or items[j].lower != "as":
            return None
        if head is not None and not self._names_persons(head) and head.lower not in ("names", "entries", "patients"):
            return None
        if not any(one.grammar & (COUNT | REPORT) for one in items[max(0, k - LONGEST_CHAIN) : k]):
            return None
        for i in range(j + 1, min(len(items), j + 5)):
            for one in triggers_of(items[i], "state", "noun", "object", "subject"):
                if "person" in one.of and one.form in ("", "part", "past", "ing"):
                    made = self._draft(position, k, one.metric, f"N as {items[i].lower}", phrase, i, klass="person")
                    if head is not None and head.lower in ("names", "entries"):
                        made.population, made.unit = None, "person"
                    return made
            if not items[i].grammar & (BE | HAVE | ADVERB | BELIEVED) and items[i].lower not in ("having", "either"):
                return None
        return None

    def _by_price(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "at the price of 61 civilians", "at a cost of 40 lives": what it cost is whom it killed."""
        items, j = self.items, self._left_edge(k)
        if head is None or not (self._names_persons(head) or head.lower == "lives") or j < 3 or items[j].lower != "of":
            return None
        if items[j - 1].lower not in PRICES or not items[j - 2].grammar & DETERMINER or items[j - 3].lower != "at":
            return None
        return self._draft(position, k, "deaths", f"at the {items[j - 1].lower} of N", phrase, j - 1, klass="person")

    def _by_room(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "plots for 48,000 more", "can hold 2,000 people", "built for 300 inmates": how many a place can take."""
        items, j = self.items, self._left_edge(k)
        if j < 1 or (head is not None and not self._names_persons(head) and head.entry.klass != "household"):
            return None
        at = None
        if items[j].lower == "for":
            for i in range(j - 1, max(-1, j - 6), -1):
                if items[i].numbers or not items[i].is_word or items[i].grammar & (REPORT | COUNT):
                    break
                if items[i].lower in ROOM or (items[i].lower in MEANT and i == j - 1):
                    at = i
                    break
        elif items[j].lower in HOLDING and (able := j - 1 - (items[j - 1].lower.endswith("ly"))) > 0:
            if items[able].lower in ABLE and not self._agent_holds(able):
                at = j
        elif items[j].lower == "of" and items[j - 1].lower == "capacity":
            at = j - 1
        if at is None:
            return None
        made = self._draft(position, k, "capacity", f"{items[at].lower} … N", phrase, at, klass="person")
        made.unit = "household" if head is not None and head.entry.klass == "household" else "person"
        return made

    def _agent_holds(self, j: int) -> bool:
        """Whether persons, not a place, can or are to hold somebody: "police can hold 40 suspects"."""
        if self.items[j].lower == "to":
            return True
        for item in reversed(self.items[max(0, j - 4) : j]):
            if item.grammar & REPORT:
                return False
            if item.entry.klass in ("person", "setting") or item.grammar & {"pron"}:
                return True
        return False

    def _by_among_them(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "four were killed, two women among them": a part of those just counted."""
        items, j = self.items, phrase.end
        if head is None or j >= len(items) or not self._names_persons(head):
            return None
        them = items[j].lower in ("among them", "amongst them") or (
            items[j].lower in ("among", "amongst") and j + 1 < len(items) and items[j + 1].lower == "them"
        )
        if not them:
            return None
        size = self._nominal(position)
        index = self._last(lambda one: one.klass == "person" and self._nominal(one.position) >= size, here=True)
        if index is None:
            return None
        of = self.drafts[index]
        made = self._draft(position, k, of.metric, "N X among them", phrase, j, klass="person")
        made.trigger, made.party = of.trigger, of.party
        made.relations.append(("part_of", index))
        return made

    def _by_said_number(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "the city's retirees number 20,000": the noun before the verb is what is counted."""
        items, j = self.items, self._left_edge(k)
        if head is not None or phrase.partitive or j < 1 or items[j].lower not in ("number", "numbered"):
            return None
        noun = items[j - 1]
        if not self._names_persons(noun) and not (noun.is_word and noun.lower.endswith("s") and not noun.grammar):
            return None
        named = triggers_of(noun, "noun")
        metric = named[0].metric if named else plural_head(noun).replace(" ", "_").replace("-", "_")
        person = noun.entry.klass == "person" or noun.lower.endswith(("ees", "ers", "ists", "ians"))
        made = self._draft(position, k, metric, "X number N", None, j - 1, klass="person" if person else "")
        made.unit = "person" if person else made.unit
        made.population, made.noun = plural_head(noun), (noun.start, noun.end)
        return made

    def _by_context(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "12,000 people slept behind a fence", "100,000 had come to the fair": what the article is about decides."""
        if head is not None and (head.entry.klass != "person" or triggers_of(head, "noun")):
            return None
        if phrase.hyphen or self.quantities[position].mention.unit is not None or self._nominal(position) < SMALL:
            return None
        if head is not None and self.metrics.population(head.lower) in STAYING_AS:
            return None
        j = self._past_remark(phrase.end)
        if j < len(self.items) and self.items[j].grammar & PREP:
            j = self._behind_phrase(j, phrase) or j  # "194,529 individuals of 14,840 families | were registered"
        while j < len(self.items) and j - phrase.end < LONGEST_CHAIN and (
            self.items[j].grammar & (BE | HAVE | MODAL | ADVERB) or self.items[j].lower in ("who", "that")
        ):  # fmt: skip
            j += 1
        if j >= len(self.items) or not self.items[j].is_word:
            return None
        word = self.items[j].lower.split()[0]
        metric = None
        if word in STAYING:
            metric = self._away_from_home()
        elif word in COMING_TO and not self._comes_from(j):
            metric = "protesters" if PROTESTING.search(self._nearby()) is not None else "attendance"
            if self._topical("migrating", MIGRATING):
                metric = "border_crossings" if word in ("come", "came", "streamed") else None
            elif metric == "attendance" and self._topical("displacing", DISPLACING):
                metric = None
        elif word == "registered" and j > phrase.end:
            metric = (
                "registered_voters" if self._voting() else
                self._away_from_home()
            )  # fmt: skip
        if metric is None:
            return None
        made = self._draft(position, k, metric, f"N {word}, by topic", phrase, j, klass="person", confidence=0.6)
        made.unit = "household" if head is not None and head.entry.klass == "household" else "person"
        return made

    def _comes_from(self, j: int) -> bool:
        """Whether "come" only tells where people are from."""
        behind = self.items[j + 1].lower if j + 1 < len(self.items) else ""
        return behind == "from" or self.items[j].lower.endswith(" from")

    def _away_from_home(self) -> str | None:
        """Refugees or displaced, as the article has told of them; None where it tells of neither."""
        index = self._last(lambda one: one.metric in ("refugees", "displaced", "evacuated"))
        if index is not None and self.drafts[index].metric == "refugees":
            return "refugees"
        return "displaced" if self._topical("displacing", DISPLACING) else None

    def _topical(self, name: str, pattern: re.Pattern[str]) -> bool:
        """Whether the article has a topic, looked up once."""
        known = self._topics.get(name)
        if known is None:
            article = self.document.article
            known = self._topics[name] = pattern.search(f"{article.title}\n{article.text}") is not None
        return known

    def _by_given_to(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "drops were administered to 83,000 persons", "given 150,000 people their shot": those are vaccinated."""
        items, j = self.items, self._left_edge(k)
        if head is None or head.entry.klass != "person" or j < 1:
            return None
        near: list[Item] = []
        if items[j].lower == "to" and items[j - 1].lower in GIVEN:
            near = items[max(0, j - 8) : j]
        elif items[j].lower in GIVEN:
            near = items[phrase.end : phrase.end + 6]
        at = next(
            (one for one in near if one.lower in VACCINES or one.entry.klass == "dose" or one.lower == "drops"), None
        )
        if at is None:
            return None
        return self._draft(position, k, "vaccinated", f"{at.lower} to N", phrase, j, klass="person", confidence=0.7)

    def _by_own_verb(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "787 were inside", "another 5,000 are being processed", "the last 80 left on Tuesday"."""
        if head is not None or phrase.partitive or phrase.hyphen or self.quantities[position].mention.unit is not None:
            return None
        if (confirmed := self._confirmed(k, position, phrase)) is not None:
            return confirmed
        said = self._verb_of_its_own(phrase.end, position)
        if said is None or (self._of_a_few(k, position) and self._last(bool) is not None):
            return None
        name, j = said
        moved = self._last(lambda one: one.klass == "person" and self.sentence - one.sentence <= 2)
        if self.items[j].lower in LEAVING and moved is not None and self.drafts[moved].metric in MOVED:
            made = self._draft(position, k, self.drafts[moved].metric, "N left too", None, j, klass="person")
            made.unit = "person"
            return made
        index = self._last(lambda one: one.tracked and one.klass not in ("percent", "measure", "setting"))
        of = self.drafts[index] if index is not None and self.sentence - self.drafts[index].sentence <= 2 else None
        person = of is None or of.klass == "person" or (of.klass == "" and of.unit == "person")
        noun = "people"
        if of is not None and of.metric.endswith("cases"):
            noun = "cases"
        elif of is not None and person and of.population not in PARTS:
            noun = of.population or noun
        elif of is not None and not person:
            if of.phrase is None or of.phrase.head is None or of.sentence != self.sentence:
                return None
            noun = plural_head(self.items[of.phrase.head])
        metric = name if name.startswith("people_") else f"{noun}_{name}".strip("_").replace(" ", "_").replace("-", "_")
        metric = "confirmed_cases" if metric == "cases_confirmed" else metric
        made = self._draft(position, k, metric, f"N {self.items[j].lower}", None, j, klass="person", confidence=0.5)
        made.klass = "person" if person or of is None else of.klass
        made.unit = "person" if made.klass == "person" else "item"
        if noun not in ("people", "cases") and of is not None:
            made.population, made.party = of.population, of.party
        return made

    def _confirmed(self, k: int, position: int, phrase: NounPhrase) -> Draft | None:
        """ "of the 732 suspected cases 270 were confirmed": what a laboratory says of cases told before."""
        j = self._skip_adverbs(phrase.end)
        if j + 1 >= len(self.items) or not self.items[j].grammar & (BE | HAVE):
            return None
        while j < len(self.items) - 1 and self.items[j].grammar & (BE | HAVE | ADVERB):
            j += 1
        index = self._last(lambda one: one.metric.endswith("cases") and self.sentence - one.sentence <= 2)
        if index is None or self.items[j].lower != "confirmed":
            return None
        made = self._draft(position, k, "confirmed_cases", "N were confirmed", None, j, klass="person", confidence=0.7)
        made.relations.append(("part_of", index))
        return made

    def _of_a_few(self, k: int, position: int) -> bool:
        """Whether a definite small number is a pronoun for those named before: "the two had said"."""
        lead = self.items[k - 1].lower if k > 0 else ""
        if lead in ("last", "first", "other", "same", "next"):
            lead = self.items[k - 2].lower if k > 1 else ""
        return lead in ("the", "these", "those", "all", "both") and self._nominal(position) <= SMALL

    def _by_elliptic_subject(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "164 protesters had died in all, and nine members of the forces.": the verb is said once, before."""
        items = self.items
        if head is None or not self._names_persons(head) or k < 3 or items[self._left_edge(k)].lower not in (
            "and", "plus", "as well as", "besides"
        ):  # fmt: skip
            return None
        j = phrase.end
        while j < len(items) and j - phrase.end < LONGEST_CHAIN and items[j].is_word:
            item = items[j]
            if (
                item.numbers
                or item.grammar & (BE | HAVE | MODAL | {"rel"})
                or (item.entry.triggers and j == phrase.end)
            ):
                return None
            if j == phrase.end and not item.grammar & (PREP | {"time"}):
                return None
            j += 1
        if j < len(items) and items[j].lower not in (".", ";", ",", "”", '"'):
            return None
        index = self._last(lambda one: one.klass == "person" and one.tracked, here=True)
        if index is None or self.drafts[index].trigger is None or self.drafts[index].metric not in self.metrics.metrics:
            return None
        of = self.drafts[index]
        at = self._item_at(of.trigger)
        close = of.phrase is not None and k - of.phrase.end <= 2  # "left 12 civilians dead and nine policemen"
        if at is None or (at < of.item and not close) or (k - at > REACH_LEFT // 2):
            return None
        if any(one.lower in ("who", "whom", "which", "that") for one in items[of.item : k]):
            return None  # "saw four men who had been shot, and two armed men at the back"
        made = self._draft(position, k, of.metric, "N did, and M", phrase, None, klass="person", confidence=0.7)
        made.trigger, made.unit = of.trigger, of.unit
        return made

    def _by_number_of(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "the number of Venezuelans in the country at 819,000", "the number who shelter there rose to 22,000"."""
        items, j = self.items, self._left_edge(k)
        if head is not None or phrase.partitive or j < 3:
            return None
        linked = items[j].lower in LINKS or items[j].grammar & (LINK | BE | UP | DOWN | {"believed"})
        if not linked and self.quantities[position].mention.comparator != "between":
            return None
        for i in range(j - 1, max(-1, j - REACH_LEFT), -1):
            if items[i].lower in (";", ":", ".") or (items[i].numbers and self._is_figure(i)):
                return None
            if items[i].lower not in ("number", "numbers") or i + 2 >= j:
                continue
            if items[i + 1].lower != "of":
                return None
            return self._open_toll(k, position, i + 2, j)
        return None

    def _is_figure(self, i: int) -> bool:
        mention = self.quantities[self.items[i].numbers[-1]].mention
        dimension = self.quantities[self.items[i].numbers[-1]].dimension
        return mention.kind != "article" and dimension not in ("time", "duration", "age") and mention.role != "from"

    def _open_toll(self, k: int, position: int, begin: int, end: int) -> Draft | None:
        """What "the number of" counts: the verb behind "who", else the noun itself."""
        run = noun_phrase(self.items, begin - 1)
        if run.head is None:
            return None
        noun = self.items[run.head]
        if not self._names_persons(noun) and noun.entry.klass not in ("building", "vehicle", "household", ""):
            return None
        for i in range(run.end, min(end, run.end + LONGEST_CHAIN)):
            if i + 1 < end and self.items[i + 1].lower == "to" and self.items[i].lower.endswith(" out"):
                continue  # "people who may turn out to have died"
            for one in triggers_of(self.items[i], "subject", "state", "object"):
                if (
                    "person" in one.of
                    and self._fits(one, noun, run, i)
                    and (one.kind != "object" or one.form == "part")
                ):
                    made = self._draft(position, k, one.metric, f"number who {self.items[i].lower} … N", run, i)
                    made.klass = "person"
                    self._relate_change(made, k)
                    return made
        named = triggers_of(noun, "noun")
        metric = named[0].metric if named else open_noun(noun)
        made = self._draft(position, k, metric, f"number of {noun.lower} … N", run, run.head, confidence=0.6)
        made.klass = noun.entry.klass or ("person" if self._names_persons(noun) else "")
        made.unit = "person" if made.klass == "person" and not named else made.unit
        self._relate_change(made, k)
        return made

    def _by_measure_again(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "winds of 230 km/h and gusts of up to 325": the unit is said once."""
        items, j = self.items, self._left_edge(k)
        if head is not None or phrase.partitive or j < 1:
            return None
        index = self._last(bool, here=True)
        if index is None or self.drafts[index].klass != "measure":
            return None
        of = self.drafts[index]
        quantity = self.quantities[of.position]
        money = quantity.dimension == "currency" and (
            items[j].lower == "for" or (items[j].lower == "and" and phrase.others)
        )
        if items[j].lower not in ("of", "to", "at", "from") and not money:
            return None
        if quantity.dimension not in ("speed", "length", "area", "volume", "mass", "currency") or of.unit == "item":
            return None
        ratio = self._nominal(position) / max(self._nominal(of.position), 1e-9)
        if not 0.1 <= ratio <= 10:
            return None
        made = self._draft(position, k, of.metric, "measure, unit said once", None, None, klass="measure")
        made.trigger, made.unit, made.population, made.confidence = of.trigger, of.unit, None, 0.6
        return made

    def _by_thing_before(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "schools are closed; at least 60 were destroyed", "had intercepted two": the nearest noun that fits."""
        items = self.items
        if head is not None or phrase.partitive or phrase.others or self.quantities[position].mention.unit is not None:
            return None
        found = self._thing_verb(k, phrase)
        if found is None:
            return None
        at, triggers = found
        for noun in self._nouns_before(k):
            for one in triggers:
                if noun.entry.klass in one.of or (noun.entry.population or "") in one.of:
                    if one.needs_cue:
                        continue
                    made = self._draft(position, k, one.metric, f"X, N {items[at].lower}", None, at)
                    made.klass = noun.entry.klass
                    made.population = None if noun.entry.klass in NO_POPULATION else plural_head(noun)
                    return made
        return None

    def _thing_verb(self, k: int, phrase: NounPhrase) -> tuple[int, list[Trigger]] | None:
        """The verb before or behind a bare number, where it may count things and no persons."""
        items, j = self.items, self._left_edge(k)
        edge = items[phrase.end] if phrase.end < len(items) else None
        if (
            j >= 0
            and items[j].is_word
            and (edge is None or not edge.is_word or edge.grammar & (PREP | {"conj", "time"}))
        ):
            found = list(triggers_of(items[j], "object"))
            if found and not any("person" in one.of and not one.needs_cue for one in found):
                return j, found
        j, passive = phrase.end, False
        while j < len(items) and j - phrase.end < 6 and items[j].grammar & (BE | HAVE | ADVERB):
            passive = passive or bool(items[j].grammar & BE)
            j += 1
        if j >= len(items) or not items[j].is_word:
            return None
        kinds = ("object", "state", "subject") if passive else ("state", "subject")
        found = [one for one in triggers_of(items[j], *kinds) if one.form in ("", "part", "past")]
        if not found:
            return None
        if any("person" in one.of and not one.needs_cue for one in found):
            hit = (
                items[j].lower in ("hit", "struck") and self._last(lambda one: one.klass == "person", here=True) is None
            )
            near = self._nouns_before(k)[:1] if hit else []
            found = [one for one in found if near and near[0].entry.klass in one.of]
        return (j, found) if found else None

    def _nouns_before(self, k: int) -> list[Item]:
        """Plural nouns for things before a number, the nearest first: of this sentence, then of the two before it."""
        near = [one for one in reversed(self.items[max(0, k - 40) : k]) if one.entry.klass not in ("", "person")]
        for back in (1, 2):
            index = self.sentence - back
            if index < 0 or self.document.sentences[index].field != self.document.sentences[self.sentence].field:
                break
            held = self.document.sentences[index]
            text = self.document.article.field_text(held.field)
            items = cut(held, [], [], self.metrics, text)[:60]
            near += [one for one in reversed(items) if one.entry.klass not in ("", "person")]
        return [one for one in near if is_plural(one)]

    def _by_predicate(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "72 clinics have closed and four have been hit": things are hit before people are affected."""
        made = super()._by_predicate(k, position, phrase, head)
        if made is None or head is not None or made.metric != "people_affected" or not made.rule.startswith("N hit"):
            return made
        if self._last(lambda one: one.klass == "person", here=True) is None and self._nouns_before(k)[:1]:
            return self._by_thing_before(k, position, phrase, head) or made
        return made

    def _by_colon_things(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "114 were shot down: 27 drones and 87 cruise missiles": parts of what the verb before the colon counts."""
        items = self.items
        if head is None or head.entry.klass in ("", "person", "setting", "untracked"):
            return None
        colon = next((i for i in range(k - 1, max(-1, k - REACH_LEFT), -1) if items[i].lower == ":"), None)
        if colon is None:
            return None
        index = self._last(lambda one: one.item < colon and one.tracked and one.klass != "person", here=True)
        if index is None or self._nominal(position) >= self._nominal(self.drafts[index].position):
            return None
        of = self.drafts[index]
        at = self._item_at(of.trigger)
        if at is None:
            return None
        trigger = self._choose(triggers_of(items[at], "object", "state", "subject"), head, phrase, at)
        if trigger is None:
            return None
        made = self._draft(position, k, trigger.metric, "total: N things", phrase, at, klass=head.entry.klass)
        made.relations.append(("part_of", index))
        return made

    def _by_verb_more(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "employs 4,000 people and plans to hire 300 more": another verb, the same people."""
        items, j = self.items, self._left_edge(k)
        if head is not None or phrase.partitive or j < 1 or not items[j].is_word or items[j].possessive:
            return None
        word = items[j]
        if "plain" not in word.grammar or word.grammar & (COUNT | LINK | UP | DOWN | BE | HAVE | REPORT | PREP):
            return None
        index = self._last(lambda one: one.klass == "person" and one.tracked, here=True)
        verb = self._participle(word)
        if index is None or verb is None or triggers_of(word, "object"):
            return None
        of = self.drafts[index]
        at = self._left_edge(of.item)
        if at >= 0 and self._participle(items[at]) == verb:
            return None
        noun = (of.population or "people").replace(" ", "_").replace("-", "_")
        made = self._draft(
            position, k, f"{noun}_{verb}", f"{word.lower} N more", None, j, klass="person", confidence=0.5
        )
        made.unit, made.population, made.party = of.unit, of.population, of.party
        return made

    def _by_seats(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "of the seats in the chamber, ten had been promised": what the clause opens with is what is counted."""
        items = self.items
        if head is not None or phrase.partitive or k < 4 or items[k - 1].lower != ",":
            return None
        for i in range(k - 2, max(-1, k - LONGEST_CHAIN), -1):
            if not items[i].is_word:
                return None
            if items[i].lower == "of" and (i == 0 or not (items[i - 1].is_word or items[i - 1].numbers)):
                run = noun_phrase(items, i + bool(items[i + 1].grammar & DETERMINER))
                if run.head is None or not is_plural(items[run.head]):
                    return None
                noun = items[run.head]
                if noun.entry.klass in ("person", "untracked"):
                    return None
                made = self._draft(position, k, open_noun(noun), f"of the {noun.lower}, N", run, run.head)
                made.klass, made.confidence = noun.entry.klass, 0.6
                return made
        return None

    def _by_sent_before(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "It asks for tents. The Red Crescent has sent 13,000": the object was named before."""
        items, j = self.items, self._left_edge(k)
        if head is not None or phrase.partitive or phrase.others or j < 1 or not items[j].is_word:
            return None
        word = items[j]
        if word.grammar & (COUNT | LINK | UP | DOWN | BE | HAVE | REPORT | PREP) or self._nominal(position) < SMALL:
            return None
        verb = self._participle(word)
        if verb is None or verb not in SENDING:
            return None
        for noun in self._nouns_before(k)[:1]:
            if noun.entry.klass in ("setting", "untracked", "place"):
                return None
            name = f"{open_noun(noun)}_{verb}" if verb in self.telling else open_noun(noun)
            made = self._draft(position, k, name, f"X, {word.lower} N", None, j, confidence=0.5)
            made.klass, made.population = noun.entry.klass, plural_head(noun)
            return made
        return None

    def _count_told_to(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "told 240,000 people in six districts to leave": a verb whose second part stands behind a phrase."""
        items, j = self.items, self._left_edge(k)
        if head is None or j < 0 or phrase.end >= len(items) or not items[phrase.end].grammar & PREP:
            return None
        for particles, split in self.metrics.apart.get(items[j].lower, ()) if items[j].is_word else ():
            if particles[0] != "to" or len(particles) < 2 or not self._fits(split, head, phrase, j):
                continue
            for i in range(phrase.end + 1, min(len(items), phrase.end + 10)):
                if items[i].lower in (",", ";", ".") or items[i].grammar & (BE | HAVE | MODAL):
                    break
                if self._stand_at(particles, i):
                    return self._draft(
                        position, k, split.metric, f"{items[j].lower} N {' '.join(particles)}", phrase, j,
                        klass=self._klass_of(split, head),
                    )  # fmt: skip
        return None

    def _by_label_list(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "Confirmed by laboratories: Canada six, Spain two": bare counts behind names, all of what the label says."""
        items = self.items
        if head is not None or k < 2 or not items[k - 1].is_word or not items[k - 1].text[:1].isupper():
            return None
        if phrase.end < len(items) and items[phrase.end].lower not in (",", ";", ".", "and"):
            return None
        before = self._last(bool, here=True)
        if before is not None and self.drafts[before].rule == "label: X N":
            of = self.drafts[before]
            made = self._draft(position, k, of.metric, of.rule, None, None, klass=of.klass, confidence=0.7)
            made.trigger, made.unit = of.trigger, of.unit
            return made
        colon = next((i for i in range(k - 1, max(-1, k - LONGEST_CHAIN), -1) if items[i].lower == ":"), None)
        if colon is None or colon > LONGEST_CHAIN or any(one.numbers and self._is_figure(i)
                                                         for i, one in enumerate(items[:colon])):  # fmt: skip
            return None
        for i, item in enumerate(items[:colon]):
            for one in triggers_of(item, "noun", "toll", "state", "object"):
                if one.form in ("", "part", "past"):
                    return self._draft(position, k, one.metric, "label: X N", None, i, klass="person")
        return None

    def _verb_of_its_own(self, begin: int, position: int) -> tuple[str, int] | None:
        """The verb or place that the clause of a bare number tells of it, None where it only says who they are."""
        items = self.items
        j, auxiliary, perfect = begin, False, False
        while j < len(items) and j - begin < LONGEST_CHAIN:
            item = items[j]
            if not item.is_word:
                return None
            if item.grammar & (BE | HAVE | MODAL):
                perfect = perfect or bool(item.grammar & HAVE)
                auxiliary = True
            elif not (item.grammar & (ADVERB | NEG) or (auxiliary and item.lower == "to")):
                break
            j += 1
        if j >= len(items):
            return None
        item = items[j]
        if item.lower in SAYING_OF or item.lower in HELPING or item.lower in TOLD or item.grammar & REPORT:
            return None
        if auxiliary and j > begin and item.grammar & DETERMINER and items[j - 1].grammar & HAVE:
            return "", j - 1  # "12,400 will have their claims heard"
        if item.grammar & {"conj", "rel", "time", "clock", "det", "pron", "more"}:
            return None
        if auxiliary and item.grammar & PREP:
            return self._at_a_place(j, position)
        if auxiliary and item.lower in THERE:
            return "people_inside", j
        verb = self._participle(item) if item.grammar & (COUNT | LINK | UP | DOWN | {"plain", "light"}) else ""
        verb = verb or next((item.entry.participle for one in item.entry.triggers if one.form), "")
        if not verb and item.lower.endswith("ed") and item.text.islower() and len(item.lower) > 4:
            verb = item.lower
        finite = auxiliary or item.lower in LEAVING or item.entry.form == "past" or item.lower.endswith("ed")
        finite = finite or any(one.form == "past" for one in item.entry.triggers)
        if not verb or not finite or (auxiliary and items[j - 1].grammar & BE and item.lower.endswith("ing")):
            return None
        if item.grammar & BELIEVED and not auxiliary and item.lower not in LEAVING:
            return None
        return verb.split()[0], j

    def _at_a_place(self, j: int, position: int) -> tuple[str, int] | None:
        """ "were at the concert": those there, unless they may be a part of those told of before ("3 were in Bago")."""
        if self.items[j].lower not in ("at", "in", "inside", "on", "aboard", "within"):
            return None
        index = self._last(lambda one: one.klass == "person" and self.sentence - one.sentence <= 2)
        if index is not None and self._nominal(self.drafts[index].position) >= self._nominal(position):
            return None
        return ("people_inside" if self.items[j].lower in ("inside", "within") else "people_present"), j

    def _speaks_for_itself(self, phrase: NounPhrase, head: Item | None) -> bool:
        """Whether a noun nobody knows stands right behind a bare number: "released 200 million vatu"."""
        if head is not None or phrase.partitive or phrase.others or phrase.end >= len(self.items):
            return False
        item = self.items[phrase.end]
        if (
            not item.is_word
            or not item.text.islower()
            or len(item.lower) < 3
            or item.lower in SHOCKS
            or phrase.end != phrase.first
        ):
            return False
        if item.grammar or item.entry.triggers or item.entry.population or item.lower in ("strong", "apiece", "long"):
            return False
        return not item.lower.endswith(("ly", "ed", "ing"))
