"""Bind numbers that go on with a count told before: "the police had 55", "35, a lower toll", "a group has 61 names".

The words beside such a number name no metric, or a noun that only stands for those counted ("people", "names"). It
takes the metric of the count in dispute, which is the one nearest in the text and in size.
"""

from __future__ import annotations

from typing import Final

from figures.extract.metrics_items import Item, NounPhrase, is_plural, noun_phrase, plural_head, triggers_of
from figures.extract.metrics_own import Own
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_words import ADVERB, BE, COUNT, DETERMINER, HAVE, LONGEST_CHAIN, MODAL, PREP, REPORT

LICENCES: Final = frozenset(
    ["licence", "licences", "license", "licenses", "certificate", "permit", "papers", "registration", "authorisation",
     "authorization"],
)  # fmt: skip
LICENSED: Final = frozenset(
    ["licensed", "licenced", "certified", "rated", "authorised", "authorized", "approved", "registered", "permitted",
     "cleared", "allowed", "certificated"],
)  # fmt: skip
LICENSING: Final = frozenset(
    ["allows", "allowed", "allow", "permits", "permitted", "permit", "covers", "covered", "cover", "for", "foresees",
     "provides", "provided"],
)  # fmt: skip
TAKING: Final = frozenset(["carry", "hold", "take", "seat", "transport", "accommodate", "admit", "ferry", "board"])
ABOARD: Final = frozenset(["passengers", "people", "persons", "travellers", "travelers", "guests", "souls", "riders"])
MANIFESTS: Final = frozenset(["manifest", "manifests"])
NAMED: Final = frozenset(["names", "entries"])
KEEPING: Final = frozenset(
    ["has", "had", "have", "gathered", "collected", "compiled", "holds", "held", "contains", "contained", "lists",
     "listed", "published", "keeps", "kept", "counts", "counted", "recorded", "wrote", "knows", "assembled", "with"],
)  # fmt: skip
"""Verbs for those who keep a list of names."""
LISTS: Final = frozenset(["petition", "petitions", "ballot", "ballots", "memorial", "letter", "survivors", "shortlist"])
COUNTED_BY_NAME: Final = frozenset(["deaths", "missing", "casualties"])
CASES: Final = frozenset(["cases", "confirmed_cases", "suspected_cases", "probable_cases", "infections"])
FATAL: Final = frozenset(["fatal", "deadly", "lethal"])
CLASSES: Final = {"confirmed": "confirmed_cases", "probable": "probable_cases", "suspected": "suspected_cases"}
PERSONS: Final = frozenset(["people", "persons", "individuals"])
TELLERS: Final = frozenset(
    ["had", "has", "gave", "gives", "given", "said", "says", "named", "names", "counted", "counts", "listed", "lists",
     "reported", "reports", "mentioned", "mentions", "cited", "cites", "claimed", "claims", "reckoned", "announced",
     "estimated", "documented", "recorded", "registered"],
)  # fmt: skip
SPEAKING: Final = frozenset(["spoke of", "speaks of", "spoken of", "speak of", "speaking of", "talked of", "talks of"])
ENDING: Final = frozenset(["time", "clock", "conj"])
SAME_WHOLE: Final = ("N were X", "of those …, N were X")
DISPUTE: Final = 3  # sentences back to the count in dispute
LIKE: Final = 10.0  # times: counts of one thing that sources give differ by less than a power of ten
ALIKE: Final = 4.0  # times, where a verb of possession alone leads a number in ("the police had 55")
UNKNOWN_TO: Final = frozenset(["fate", "whereabouts", "families", "relatives", "trace", "sign", "news"])
NOT_KNOWN: Final = frozenset(["unknown", "not", "no", "nothing", "nobody", "unclear", "never", "uncertain"])
SEEKING: Final = ("look", "search", "sought", "hunt")
GOING: Final = frozenset(["go to", "go into", "move to", "be moved to", "meant", "destined", "earmarked", "quartered",
                          "billeted", "garrisoned", "sent"])  # fmt: skip
FORCED: Final = frozenset(["troops", "soldiers", "peacekeepers", "marines", "paratroopers", "servicemen"])
MOVING: Final = frozenset(["go", "move", "fly", "head", "travel", "come", "deploy"])
NOWHERE: Final = frozenset(
    ["home", "trial", "strike", "court", "prison", "hospital", "school", "leave", "court-martial"]
)
CARE: Final = frozenset(["hospitalised", "people_in_need"])
CARED: Final = ("needed medical", "need medical", "received care", "received medical", "receive care", "treated",
                "sought medical", "treatment")  # fmt: skip


class Running(Own):
    """Reads numbers that continue a count, and nouns that only stand for those counted."""

    def _by_licence(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "licensed for 295 passengers", "its certificate allowed 120 people", "certified to carry 44"."""
        items, j = self.items, self._left_edge(k)
        if j < 1 or (head is not None and head.lower not in ABOARD and not self._names_persons(head)):
            return None
        at: int | None = None
        word = items[j].lower
        if word == "for" and items[j - 1].lower in LICENSED:
            at = j - 1 if j > 1 and self._craft(j - 2) else None
        elif word in TAKING and items[j - 1].lower == "to" and j > 1 and items[j - 2].lower in LICENSED:
            at = j - 2
        elif word in LICENSING:
            for i in range(j - 1, max(-1, j - 8), -1):
                told = items[i].grammar & (REPORT | COUNT) and items[i].lower not in ("has", "had", "have")
                if items[i].numbers or items[i].lower in (",", ";", ":") or told:
                    break
                if items[i].lower in LICENCES:
                    at = i
                    break
        if at is None:
            return None
        made = self._draft(position, k, "capacity", f"{items[at].lower} … N", phrase, at, klass="person")
        made.unit = "person"
        return made

    def _craft(self, i: int) -> bool:
        """Whether "licensed" is said of a thing, behind "was" or a comma, not of what an office licenses."""
        item = self.items[i]
        return bool(item.grammar & (BE | ADVERB)) or item.lower in (",", "been", "(")

    def _by_manifest(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "the manifest lists 310", "the passenger list has 140 names": those on board by the list."""
        items = self.items
        if head is not None and head.lower not in NAMED and not self._names_persons(head):
            return None
        at = self._left_edge(k)
        if at < 1 or items[at].grammar & PREP or items[at].lower in ("by", "from", ":"):
            return None
        follows = items[phrase.end] if phrase.end < len(items) else None
        if head is None and follows is not None and follows.is_word and not follows.grammar:
            return None
        for i in range(at, max(-1, at - 7), -1):
            item = items[i]
            if item.numbers or item.lower in (",", ";", ":"):
                return None
            listed = item.lower in ("list", "lists") and i > 0 and items[i - 1].lower in ("passenger", "passengers")
            whole = item.lower in ("passenger list", "passengers list", "passenger manifest")
            if item.lower in MANIFESTS or listed or whole:
                made = self._draft(position, k, "people_aboard", "manifest … N", phrase, i, klass="person")
                made.unit = "person"
                if head is not None and head.lower in NAMED:
                    made.population = None
                return made
        return None

    def _by_list_of_names(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "a rights group has 2,274 names": the names of those whom the article counts."""
        items, j = self.items, self._left_edge(k)
        if head is None or head.lower not in NAMED or j < 1:
            return None
        if not (items[j].lower in KEEPING or items[j].grammar & COUNT):
            return None
        if phrase.end < len(items) and items[phrase.end].lower == "as":
            return None  # "63 names as unaccounted for"
        near = items[max(0, j - 6) : j]
        if any(one.lower in LISTS or triggers_of(one, "state", "noun", "toll") for one in near):
            return None
        index = self._disputed(position, LIKE, named=COUNTED_BY_NAME)
        if index is None:
            return None
        made = self._go_on(position, k, index, "counted before … N names", phrase)
        made.population = self.drafts[index].population
        return made

    def _disputed(
        self, position: int, times: float, *, named: frozenset[str] = frozenset(), whole: bool = False
    ) -> int | None:
        """The earlier count of persons that a number most likely disputes: near in the text, and of like size."""
        size = max(self._nominal(position), 0.5)
        best: tuple[float, int] | None = None
        for index in range(len(self.drafts) - 1, max(-1, len(self.drafts) - 10), -1):
            draft = self.drafts[index]
            far = self.sentence - draft.sentence
            if far > DISPUTE or not draft.tracked or draft.unit.startswith("percent"):
                continue
            if draft.klass != "person" and draft.metric not in CASES:
                continue
            if draft.metric not in self.metrics.metrics or (named and draft.metric not in named):
                continue
            if whole and any(name == "part_of" for name, _ in draft.relations):
                continue
            told = self.quantities[draft.position].mention
            other = self._size(index)
            if told.comparator == "vague":
                other = min(max(size, told.low), told.high)
            ratio = max(size, other) / max(min(size, other), 0.5)
            if ratio > times:
                continue
            weight = 0.5 * far + 4 * (ratio - 1) / times + 0.01 * (len(self.drafts) - index)
            if best is None or weight < best[0]:
                best = (weight, index)
        return best[1] if best is not None else None

    def _go_on(self, position: int, k: int, index: int, rule: str, phrase: NounPhrase | None) -> Draft:
        """A reading that takes metric, population and side of an earlier one."""
        of = self.drafts[index]
        made = self._draft(position, k, of.metric, rule, phrase, None, klass=of.klass, confidence=0.65)
        made.population, made.party, made.unit = of.population, of.party, of.unit
        return made

    def _by_case_class(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "26 cases, seven of them fatal", "3,317 of whom were confirmed": deaths, or cases of one kind."""
        items, j = self.items, phrase.end
        if head is not None or phrase.others:
            return None
        while j < len(items) and j - phrase.end < 6 and items[j].grammar & (BE | HAVE | ADVERB):
            j += 1
        if j >= len(items):
            return None
        word = items[j].lower.split()[0] if items[j].lower else ""
        counted = word == "counted" and j + 2 < len(items) and items[j + 1].lower == "as"
        name = CLASSES.get(items[j + 2].lower if counted else word)
        behind = items[j + 1] if j + 1 < len(items) else None
        if not counted and behind is not None and behind.is_word and not behind.grammar:
            return None  # "seven fatal shots"
        if word in FATAL:
            index = self._last(lambda one: one.tracked and self.sentence - one.sentence <= 1 and one.metric != "deaths")
            if index is None and not phrase.partitive:
                return None
            made = self._draft(position, k, "deaths", f"N {word}", None, j, klass="person")
            made.unit, made.population = "person", None
            if index is not None and self._size(index) >= self._nominal(position):
                made.relations.append(("part_of", index))
            return made
        index = self._last(lambda one: one.metric in CASES and self.sentence - one.sentence <= 1)
        if name is None or index is None or not (phrase.partitive or j > phrase.end or counted):
            return None
        made = self._draft(position, k, name, f"N {word}", None, j, klass="person", confidence=0.7)
        made.unit = self.drafts[index].unit
        if name not in self.metrics.metrics:
            return None
        return made

    def _by_parts(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "counted 42 on Tuesday, 41 civilians and one policeman": parts that add up to the count just told."""
        items = self.items
        if head is None or not self._names_persons(head):
            return None
        before = self._last(bool, here=True)
        if before is None:
            return None
        of = self.drafts[before]
        if of.rule == "N, its parts":
            if items[self._left_edge(k)].lower not in (",", "and") or k - of.item > LONGEST_CHAIN:
                return None
            whole = next((n for name, n in of.relations if name == "part_of"), None)
        else:
            whole = before if self._adds_up(before, k) else None
        if whole is None:
            return None
        told = self.drafts[whole]
        made = self._draft(position, k, told.metric, "N, its parts", phrase, None, klass="person", confidence=0.8)
        made.trigger = told.trigger
        made.relations.append(("part_of", whole))
        return made

    def _adds_up(self, index: int, k: int) -> bool:
        """Whether the numbers from ``k`` to the end of their list give the count before the comma."""
        items, of = self.items, self.drafts[index]
        quantity = self.quantities[of.position].mention
        lead = items[self._left_edge(k)].lower if k else ""
        if of.klass != "person" or not of.tracked or quantity.value is None or lead not in (",", ":", "(", "–", "—"):
            return False
        if any(one.grammar & (REPORT | COUNT) or one.lower in (";", ".") for one in items[of.item + 1 : k - 1]):
            return False
        total, parts, i = 0.0, 0, k
        while i < len(items) and i - k < 3 * LONGEST_CHAIN:
            if items[i].numbers:
                one = self.quantities[items[i].numbers[-1]]
                if one.mention.value is None or one.dimension is not None or one.mention.unit is not None:
                    return False
                total, parts = total + one.mention.value, parts + 1
                if parts > 1 and total == quantity.value:
                    return True
            elif items[i].lower in (";", ".") or items[i].grammar & (BE | HAVE | MODAL):
                return False
            i += 1
        return False

    def _by_fate(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "89 people whose families do not know where they are", "of 20 others there is no trace"."""
        items, j = self.items, phrase.end
        if (head is None and not phrase.others) or (head is not None and not self._names_persons(head)
                                                    and head.lower not in ("others", "other")):  # fmt: skip
            return None
        near = [one.lower for one in items[j : j + 9]]
        lead = self.items[self._left_edge(k)].lower if k > 0 else ""
        at = None
        if near[:1] == ["whose"] and len(near) > 1 and near[1] in UNKNOWN_TO and not NOT_KNOWN.isdisjoint(near[2:]):
            at = j + 1
            if near[1] in ("families", "relatives") and not {"where", "heard", "trace", "know"}.intersection(near):
                return None
        elif lead == "of" and near[:4] in (["there", "is", "no", "trace"], ["there", "is", "no", "sign"]):
            at = j + 3
        elif lead == "of" and "nothing" in near[:2] and "heard" in near:
            at = j + near.index("heard")
        elif lead == "of" and k > 2 and any(one.lower in ("news", "trace") for one in items[k - 3 : k]) and any(
            one.lower == "no" or (one.numbers and self._nominal(one.numbers[-1]) == 0)
            for one in items[max(0, k - 6) : k]
        ):  # fmt: skip
            at = k - 2
        if at is None:
            return None
        return self._draft(position, k, "missing", f"N, {items[at].lower} unknown", phrase, at, klass="person")

    def _by_sought(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "129 people are still being looked for" where the article has counted the missing."""
        items, j = self.items, phrase.end
        if head is not None and (head.lower not in ABOARD and head.entry.population in (None, "", "suspects")):
            return None
        begin = j
        while j < len(items) and j - begin < 6 and items[j].grammar & (BE | HAVE | ADVERB):
            j += 1
        if j == begin or j >= len(items) or not items[j].lower.startswith(SEEKING):
            return None
        if items[j].lower != "sought" and not (
            items[j].lower.endswith(" for") or (j + 1 < len(items) and items[j + 1].lower == "for")
        ):
            return None
        if self._last(lambda one: one.metric == "missing") is None:
            text = self.document.article.text
            if " missing" not in text:
                return None
        return self._draft(position, k, "missing", f"N {items[j].lower}", phrase, j, klass="person", confidence=0.7)

    def _by_being(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "a fire killed 31 people. Nine were women": who some of those just counted were."""
        items = self.items
        if head is not None or phrase.partitive not in ("", "them") or phrase.others:
            return None
        lead = items[self._left_edge(k)].lower if self._left_edge(k) >= 0 else ""
        if lead not in ("", ",", ";", "and", "but", "while") and not self._of_those(k):
            return None
        j = phrase.end
        if j + 1 >= len(items) or items[j].lower not in ("was", "were", "are"):
            return None
        run = noun_phrase(items, self._skip_adverbs(j + 1) - 1)
        if run.head is None or not is_plural(items[run.head]) or items[run.head].entry.klass == "case":
            return None
        noun = items[run.head]
        if not self._counts_like(noun) or noun.entry.klass not in ("person", "") or triggers_of(noun, "noun", "state"):
            return None
        if any(not one.is_word for one in items[j + 1 : run.head]):
            return None
        size = self._nominal(position)
        here = self._last(bool, here=True)
        if here is not None and self.drafts[here].rule in SAME_WHOLE:
            again = self._go_on(position, k, here, self.drafts[here].rule, None)
            again.relations = list(self.drafts[here].relations)
            again.population, again.noun = plural_head(noun), (items[run.first].start, noun.end)
            return again
        if here is not None and lead != "":
            return None
        index = self._last(
            lambda one: (
                one.klass == "person" and one.tracked and self.sentence - one.sentence <= 1
                and one.metric in self.metrics.metrics and not any(name == "part_of" for name, _ in one.relations)
                and self._nominal(one.position) >= size
            )
        )  # fmt: skip
        those = self._of_those(k)
        if index is None and those is None:
            return None
        if those is not None:
            made = self._draft(position, k, those[0], "of those …, N were X", None, those[1], klass="person")
            made.unit = "person"
        else:
            made = self._go_on(position, k, index or 0, "N were X", None)
        if index is not None:
            made.relations.append(("part_of", index))
        made.population, made.noun = plural_head(noun), (items[run.first].start, noun.end)
        return made

    def _of_those(self, k: int) -> tuple[str, int] | None:
        """ "Of those killed at the school seven": what befell those of whom the number is a part."""
        items = self.items
        for i in range(k - 1, max(-1, k - LONGEST_CHAIN), -1):
            if items[i].numbers or items[i].lower in (";", ":", "."):
                return None
            if items[i].lower in ("of those", "those") or (items[i].lower == "the" and i > 0):
                begins = items[i].lower == "of those" or (i > 0 and items[i - 1].lower == "of")
                if not begins or i + 1 >= k:
                    return None
                for one in triggers_of(items[i + 1], "object", "state", "noun"):
                    if "person" in one.of and one.form in ("", "part", "past"):
                        return one.metric, i + 1
                return None
        return None

    def _by_told_people(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "the organisers spoke of 930,000 people": people with no verb but the count's are those in dispute."""
        items, j = self.items, self._left_edge(k)
        if head is None or head.lower not in PERSONS or phrase.modifiers or phrase.partitive or j < 1:
            return None
        ended = phrase.end >= len(items) or not items[phrase.end].is_word or bool(items[phrase.end].grammar & ENDING)
        if not ended:
            return None
        index = self._disputed(position, 3 * LIKE, whole=True)
        if index is None:
            return None
        of = self.drafts[index]
        word = items[j]
        told = word.lower in SPEAKING or (word.lower in ("of", "with") and items[j - 1].grammar & COUNT)
        told = told or (word.lower in ("of", "with") and items[j - 1].lower in ("reckons", "reckoned", "speaks"))
        told = told or (word.lower in TELLERS and word.lower not in ("had", "has"))
        again = (of.sentence == self.sentence and word.text[:1].isupper()) or word.lower in ("organisers", "organizers")
        again = again and of.sentence == self.sentence
        if not (told or again):
            return None
        made = self._go_on(position, k, index, "counted before … N people", None)
        if of.population in ("people", None):
            made.population = "people"
        return made

    def _by_teller(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "police headquarters gave 220", "the institute had 47 on Sunday": one more count of the same."""
        items, j = self.items, self._left_edge(k)
        if head is not None or phrase.partitive or phrase.hyphen or j < 1 or self.quantities[position].mention.unit:
            return None
        follows = items[phrase.end] if phrase.end < len(items) else None
        if follows is not None and follows.is_word and not (
            follows.grammar & (ENDING | PREP) or follows.lower in ("as", "in all", "so")
        ):  # fmt: skip
            return None
        word = items[j].lower
        if word not in TELLERS or items[j].possessive:
            return None
        bare = word in ("had", "has", "said", "says", "gives", "gave", "given")
        if follows is not None and follows.grammar & PREP and not (follows.grammar & ENDING) and (
            follows.lower not in ("on", "by", "as", "in", "for", "at") or self._into_thing(phrase.end)
        ):  # fmt: skip
            return None
        subject = items[j - 1]
        if subject.grammar & (MODAL | {"neg"}) or subject.lower in ("to", "who", "which", "that"):
            return None
        if (tolled := self._victims_before(j)) is not None:
            return self._draft(position, k, tolled[0], f"number of victims, {word} N", None, tolled[1], klass="person")
        index = self._disputed(position, ALIKE if bare else LIKE, whole=True)
        if index is None:
            return None
        of = self.drafts[index]
        if of.sentence == self.sentence and of.item >= j:
            return None
        between = items[of.item + 1 : j] if of.sentence == self.sentence else items[:j]
        if of.sentence == self.sentence and not any(one.lower in (";", ",", "while", "but") for one in between):
            return None
        return self._go_on(position, k, index, f"counted before, {word} N", None)

    def _victims_before(self, j: int) -> tuple[str, int] | None:
        """The toll that the sentence opens with: "The number of victims rose: at first the police had reported 20"."""
        for i in range(j - 1, max(-1, j - 2 * LONGEST_CHAIN), -1):
            if self.items[i].numbers or self.items[i].lower == ";":
                return None
            for one in triggers_of(self.items[i], "toll"):
                if self.metrics.metric(one.metric).unit == "person":
                    return one.metric, i
        return None

    def _by_list(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "26 cases in Mexico, seven of them fatal, and 73 in the world": the list goes on with the cases."""
        made = super()._by_list(k, position, phrase, head)
        if made is not None and head is not None and made.rule == "N and N" and self._acts_itself(k, phrase, made):
            return None
        before = self._last(bool, here=True)
        if made is None or head is not None or before is None or made.metric != "deaths":
            return made
        of = self.drafts[before]
        if of.rule.split()[-1] not in FATAL or not of.rule.startswith("N "):
            return made
        whole = next((n for name, n in of.relations if name == "part_of"), None)
        if whole is None or self.drafts[whole].sentence != self.sentence:
            return made
        return self._go_on(position, k, whole, "N, N", phrase)

    def _acts_itself(self, k: int, phrase: NounPhrase, made: Draft) -> bool:
        """ "killed nine people, and six soldiers chased the gunmen": a verb of their own behind a second clause."""
        items, at = self.items, self._item_at(made.trigger)
        if at is None or at > k or k < 2 or items[k - 1].lower != "and" or items[k - 2].lower != ",":
            return False
        if phrase.end + 1 >= len(items) or not items[phrase.end].is_word:
            return False
        verb, behind = items[phrase.end], items[phrase.end + 1]
        return verb.lower.endswith("ed") and not verb.entry.triggers and bool(behind.grammar & DETERMINER)

    def _into_thing(self, j: int) -> bool:
        """Whether a plural noun stands behind the preposition, for which the number would be meant."""
        run = noun_phrase(self.items, j)
        return run.head is not None and is_plural(self.items[run.head]) and self.items[j].lower == "for"

    def _by_posted(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "1,141 troops are meant for Cali", "7,000 soldiers would go to the south": forces for a place."""
        items, j = self.items, phrase.end
        if head is None or ((head.entry.population or "") not in FORCED and head.lower not in FORCED):
            return None
        lead = self._left_edge(k)
        if lead > 0 and items[lead].lower in ("counts", "counted", "numbers", "comprises", "has") and any(
            one.lower in ("contingent", "garrison", "deployment", "detachment")
            for one in items[max(0, lead - 3) : lead]
        ):  # fmt: skip
            return self._draft(position, k, "troops_deployed", "contingent of N", phrase, lead, klass="person")
        if j + 2 < len(items) and items[j].lower in ("and", "or") and items[j + 1].entry.klass == "person":
            j += 2
        begin, modal, passive = j, False, False
        while j < len(items) and j - begin < 6 and items[j].grammar & (BE | HAVE | ADVERB | MODAL):
            modal, passive = modal or bool(items[j].grammar & MODAL), passive or bool(items[j].grammar & BE)
            j += 1
        if j == begin or j + 1 >= len(items):
            return None
        if passive and items[j].lower == "to":
            modal, j = True, j + 1
        word, behind = items[j].lower, items[j + 1].lower if j + 1 < len(items) else ""
        rest = items[j + 1 : j + 4]
        if any(one.lower in NOWHERE for one in rest):
            return None
        placed = word.split()[-1] in ("to", "into", "in", "at") or behind in ("to", "into", "for", "in", "at")
        goes = modal and word.split()[0] in MOVING and placed
        kept = passive and word.split()[0] in GOING and (placed or word.endswith(" for"))
        if not (goes or kept):
            return None
        return self._draft(position, k, "troops_deployed", f"N {word}", phrase, j, klass="person", confidence=0.7)

    def _cared_for(self, made: Draft) -> None:
        """Those who needed or got care in an article that counts the injured are the injured."""
        if made.metric not in CARE or made.trigger is None:
            return
        said = self._written(*made.trigger).casefold()
        if not said.startswith(CARED) or any("hospital" in one.lower or "patient" in one.lower for one in self.items):
            return
        index = self._last(lambda one: one.metric == "injuries")
        here = any(one.lower in ("injured", "hurt", "wounded", "injuries", "wounds") for one in self.items)
        if index is None and not here and not self._injured_told():
            return
        made.metric = "injuries"

    def _injured_told(self) -> bool:
        """Whether title or opening of the article speak of the injured."""
        if self._hurt is None:
            article = self.document.article
            opening = f"{article.title} {article.text[:400]}".casefold()
            self._hurt = any(word in opening for word in ("injured", " hurt", "wounded", "injuries"))
        return self._hurt

    _hurt: bool | None = None
