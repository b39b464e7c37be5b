"""Settle what is told of one person over several sentences: who was shot and died is dead, and was not injured.

"A man was shot. He died at a hospital." is one death. What an article says of "the victim" after it has told a death
("the deputy was shot in the chest") is no injury beside it.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any, Final

from figures.extract.metrics_items import is_plural
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_sums import Sums
from figures.extract.metrics_words import BE, DETERMINER, HAVE, MODAL, PREP, TIME
from figures.model import RuleUse

FOLLOWED: Final = 700  # characters behind an injury in which its outcome is told
HARMED: Final = frozenset(["injuries", "hospitalised"])
STRIKING: Final = frozenset(
    ["shot", "shooting", "stabbed", "stabbing", "struck", "hit", "beaten", "knifed", "burned", "burnt", "slashed"]
)
"""Verbs that tell what was done to somebody and leave open whether it killed."""
DIED: Final = (
    "(?:died|dies|dead|has died|had died|was (?:later )?(?:pronounced|declared) (?:brought )?dead|succumbed"
    "|(?:did not|didn't) survive|passed away)"
)
OUTCOME: Final = re.compile(
    r"(?:\b(?:[Hh]e|[Ss]he|[Tt]he (?:[\w-]+ )?(?P<who>[a-z]+|\d+-year-old))(?:, an? [^.,;]{2,40})?,? (?:who )?"
    rf"(?:(?:was|has|had|later|also|then|been|and|\w+ly|there|eventually) ){{0,4}}{DIED}\b"
    r"|\b(?:and|but|before|who|where) (?:(?:was|has|had|he|she|later|then|been|\w+ly) ){0,4}"
    r"(?:died|pronounced dead|declared (?:brought )?dead|succumbed|killed)\b)"
)
OPENING: Final = re.compile(r"\W{0,3}(?:[Hh]e|[Ss]he|[Tt]he (?:[\w-]+ )?(?P<who>[a-z]+|\d+-year-old)),? ")
TOGETHER: Final = re.compile(
    r"\b(?P<all>[Bb]oth|[Aa]ll (?:two|three|four|five|six)|[Tt]hey(?: all| both)?|[Aa]ll)(?: of them)?(?: \w+)? "
    r"(?:later |also )?(?:died\b|were (?:\w+ly |both |all |later ){0,3}"
    r"(?:killed|pronounced dead|declared (?:brought )?dead))"
)
COUNTED: Final = {"both": 2.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0}
CARRIED: Final = re.compile(
    r"\b(?:taken|rushed|airlifted|flown|transported|brought|carried|sent|shifted|hospitali[sz]ed|admitted|moved)\b",
    re.I,
)
VIOLENCE: Final = re.compile(
    r"\b(?:shot|shoot\w*|gunfire|gunshots?|gunm[ae]n|stab\w*|crash\w*|collision|collided|overturned|fires?|blaze|explosion"
    r"|blast|bomb\w*|attack\w*|fight|brawl|knife|beaten|assault\w*|hit-and-run|struck|accident|collaps\w+|rammed|fell"
    r"|plunged|derailed|stampede)\b", re.I
)  # fmt: skip
ILLNESS: Final = re.compile(
    r"\b(?:virus|disease|cholera|outbreak|epidemic|pandemic|covid\w*|infect\w+|patients|fever|poison\w*|fell ill"
    r"|sick)\b",
    re.I,
)  # fmt: skip
LEAD: Final = 600
CARRIED_BEFORE: Final = 60  # characters between "taken" and the hospital
ORDINAL: Final = re.compile(
    r" (second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth) (?:\w+ )?(?:person|victim|man|woman|child|boy|girl"
    r"|teen|teenager|student|passenger|patient|officer|resident|soldier|worker)\b"
)
ORDINALS: Final = {
    "second": 2.0, "third": 3.0, "fourth": 4.0, "fifth": 5.0, "sixth": 6.0, "seventh": 7.0, "eighth": 8.0, "ninth": 9.0,
    "tenth": 10.0,
}  # fmt: skip
ALIKE: Final = (
    frozenset(["man", "boy", "father", "son", "teen", "teenager", "youth", "child"]),
    frozenset(["woman", "girl", "mother", "daughter", "teen", "teenager", "youth", "child"]),
    frozenset(["officer", "deputy", "trooper", "policeman", "constable", "sergeant"]),
)
NOBODY: Final = frozenset(["victim", "person", "patient", "year-old"])
ANYBODY: Final = frozenset([None, "people", "persons", "victims", "men", "women", "boys", "girls", "children", "teens"])


HIMSELF_WITHIN: Final = 120
HIMSELF: Final = re.compile(
    r"[^.;]{0,70}?\b(?:(?:and|before|then),? (?:then |later |fatally )?"
    r"(?:(?:killed|shot|killing|shooting) )?(?:him|her)self"
    r"|(?:turned|turning) (?:the|a|his|her) (?:gun|weapon|rifle|pistol|knife) on (?:him|her)self"
    r"|(?:took|taking) (?:his|her) own life|committed suicide|committing suicide)\b"
)
THEN_HIMSELF: Final = re.compile(
    r"[^.;]{0,70}?\b(?:and|before) (?:then )?"
    r"(?:(?:him|her)self|(?:turned|turning) the (?:gun|weapon|rifle|pistol) on)\b"
)
LISTED: Final = ("among", "N among", "N and N", "N, N", "including", "includ")
JOINED: Final = frozenset(["deaths", "injuries", "captured", "detained", "arrests", "hostages", "missing", "rescued"])
SMALL_TOLL: Final = 4
MEMBERS: Final = 5  # of one list of persons
LONGEST: Final = 6  # words of one member: "her six-year-old twin daughter"

SIDES: Final = ("troops", "peacekeepers", "militants", "civilians")
"""Populations whose dead are counted apart where a list tells of two of them."""


class Single(Sums):
    """Completes the readings of persons told one by one."""

    def __init__(self, *args: Any, **names: Any) -> None:
        super().__init__(*args, **names)
        self._lists: list[tuple[int, int, str | None, tuple[int, int] | None, str]] = []

    def _join(self) -> None:
        """ "a mother and her two children", "the leader and his bodyguard": the one told first stands for all of them.

        The first reading takes the sum and the words of the whole list; numbers inside keep readings of their own.
        """
        reach = 0
        for index in range(self.begin, len(self.drafts)):
            first = self.drafts[index]
            if first.metric not in JOINED or first.phrase is None or first.relations or not self._is_one(first):
                continue
            mention = self.quantities[first.position].mention
            if first.rule.startswith(LISTED):
                continue
            if mention.kind != "article" or mention.start < reach or self.items[first.item].start != mention.start:
                continue
            if first.metric == "injuries" and self._shot_and_himself(first):
                first.metric = "deaths"
            joined = self._members(first) or self._and_himself(first) or self._couple(first)
            if joined is None:
                continue
            value, end, exact = joined
            if self._of_sides(index, end):
                continue
            reach = end
            for other in self.drafts[index + 1 :]:
                if other.metric == first.metric and self.quantities[other.position].mention.start < end:
                    other.relations.append(("part_of", index))
            self._lists.append((index, first.position, first.population, first.noun, first.rule))
            quantity = self.quantities[first.position]
            rules = (RuleUse(column="value", rule="one and N", start=mention.start, end=end),)
            exact = exact and mention.comparator == "exact"
            whole = replace(
                mention, end=end, number_end=end, value=value, low=value, high=value if exact else math.inf,
                comparator="exact" if exact else "at_least", rules=rules,
            )  # fmt: skip
            self.quantities.append(replace(quantity, mention=whole))
            first.position, first.population, first.noun = len(self.quantities) - 1, "people", None
            first.rule = f"{first.rule}, together"

    def _take_apart(self) -> None:
        """In an article with larger tolls "a man and a woman" stay two counts, as each such report counts them."""
        for index, position, population, noun, rule in self._lists:
            draft = self.drafts[index]
            value = self._nominal(draft.position)
            larger = any(
                one.metric == draft.metric and self._nominal(one.position) > max(value, SMALL_TOLL)
                for one in self.drafts
            )
            if larger and draft.metric in ("deaths", "injuries"):
                draft.position, draft.population, draft.noun, draft.rule = position, population, noun, rule
                for other in self.drafts[index + 1 : index + MEMBERS]:
                    other.relations = [one for one in other.relations if one != ("part_of", index)]

    def _of_sides(self, index: int, end: int) -> bool:
        """Whether a list tells of more than one side: "an Afghan policeman and three civilians" stay two counts."""
        sides: set[str | None] = set()
        parties: set[str | None] = set()
        before = self.drafts[index - 1] if index > self.begin else None
        listed = before is not None and before.trigger is not None and before.trigger == self.drafts[index].trigger
        for one in self.drafts[index - listed :]:
            if self.quantities[one.position].mention.start >= end:
                break
            name = self.metrics.population(one.population) if one.population is not None else None
            kinds = {name, *(self.metrics.wider.get(name or "", ()) if name != "officers" else ())}
            sides.add(next((side for side in SIDES if side in kinds), None))
            parties.add(one.party)
        if self.drafts[index].metric not in ("deaths", "injuries"):
            return len(parties - {None}) > 1  # "captured a Taliban leader and two associates"
        apart = len(parties - {None}) > 1 or len(sides - {None}) > 1 or ("troops" in sides and len(sides) > 1)
        return apart or (len(parties) > 1 and not sides.isdisjoint(("troops", "peacekeepers", "civilians")))

    def _couple(self, first: Draft) -> tuple[float, int, bool] | None:
        """ "A couple was found dead": two people."""
        head = self.items[first.phrase.head] if first.phrase is not None and first.phrase.head is not None else None
        return (2.0, head.end, True) if head is not None and head.lower == "couple" else None

    def _shot_and_himself(self, first: Draft) -> bool:
        """ "shot his wife and then himself": two are dead."""
        if first.phrase is None or not self._strikes(first):
            return False
        sentence = self.document.sentences[self.sentence]
        text = self.document.article.field_text(sentence.field)
        begin = self.items[first.phrase.end - 1].end
        return THEN_HIMSELF.match(text, begin, min(sentence.end, begin + HIMSELF_WITHIN)) is not None

    def _and_himself(self, first: Draft) -> tuple[float, int, bool] | None:
        """ "killed his wife and then himself", "shot a man to death before killing himself": two died."""
        if first.metric != "deaths" or first.phrase is None:
            return None
        at = self._item_at(first.trigger)
        if at is None or at > first.item:
            return None
        begin = self.items[first.phrase.end - 1].end
        sentence = self.document.sentences[self.sentence]
        text = self.document.article.field_text(sentence.field)
        found = HIMSELF.match(text, begin, min(sentence.end, begin + HIMSELF_WITHIN))
        return (2.0, found.end(), True) if found is not None else None

    def _members(self, first: Draft) -> tuple[float, int, bool] | None:
        """The sum of a list of persons that begins with one, where it ends, and whether all of it is exact."""
        items = self.items
        if first.phrase is None:
            return None
        at = self._item_at(first.trigger)
        behind = at is not None and at > first.item
        value, exact, j, joins = 1.0, True, first.phrase.end, ""
        while first.position in self.bare and j < min(len(items), first.phrase.end + 4) and (
            items[j].is_word and items[j].text[:1].isupper()
        ):  # fmt: skip
            j += 1  # "killed rebel leader Idris Kone and two others"
        end = 0
        for _ in range(MEMBERS):
            if j + 2 < len(items) and items[j].lower == "," and items[j + 1].numbers and items[j + 2].lower == ",":
                j += 2  # "a woman, 34, and her son"
            if j >= len(items) - 1 or items[j].lower not in ("and", ","):
                break
            comma = items[j].lower == ","
            j += 1
            if comma and items[j].lower == "and":
                comma, j = False, j + 1
            member = self._member(j, first, behind=behind, at=at)
            if member is None:
                break
            more, certain, j = member
            value, exact, end = value + more, exact and certain, items[j - 1].end
            joins = "," if comma else "and"
            if joins == "and":
                break
        return (value, end, exact) if joins == "and" else None

    def _member(self, j: int, first: Draft, *, behind: bool, at: int | None) -> tuple[float, bool, int] | None:
        """One more person or number of persons at ``j``: how many, whether exactly, and where the words end."""
        items = self.items
        for other in self.drafts[self.begin :]:
            if other.metric == first.metric and j <= other.item <= j + 2 and other.phrase is not None:
                mention = self.quantities[other.position].mention
                between = items[j : other.item]
                if mention.value is None or any(not one.grammar & DETERMINER and one.is_word for one in between):
                    return None
                stop = max(other.item + 1, other.phrase.end)
                return mention.value, mention.comparator == "exact", stop
        k = j
        while k < len(items) - 1 and k - j < LONGEST:
            item = items[k]
            if item.numbers and not item.age and self.quantities[item.numbers[-1]].mention.kind != "article":
                return None
            if item.entry.klass == "person" and items[k + 1].entry.klass != "person" and not item.possessive:
                break
            if item.grammar & (PREP | BE | HAVE | MODAL) or not (item.is_word or item.numbers or item.lower == "-"):
                return None
            if item.entry.triggers and not item.entry.klass:
                return None  # "killed a man and wounded his wife"
            k += 1
        else:
            return None
        if is_plural(items[k]) or items[k].lower in ("people", "police", "children", "men", "women"):
            return None
        after = items[k + 1]
        if behind:
            passed = at is not None and k < at <= k + LONGEST
            return (1.0, True, k + 1) if passed and not (after.is_word and after.lower in ("was", "is")) else None
        free = not after.is_word or bool(after.grammar & (PREP | TIME)) or after.lower in ("and", "who", "while")
        return (1.0, True, k + 1) if free else None

    def _settle_single(self) -> set[int]:
        """The positions of readings that tell once more of somebody already counted; changes injuries to deaths."""
        self._getting_well()
        self._take_apart()
        persons = [
            index
            for index, one in enumerate(self.drafts)
            if one.metric in ("deaths", *HARMED) and one.unit == "person" and self._nominal(one.position) > 0
        ]
        dropped = self._lesser(persons)
        persons = [index for index in persons if index not in dropped]
        if not persons:
            return dropped
        persons.sort(key=lambda index: (self.drafts[index].sentence, self._begins(index)))
        for index in persons:
            draft = self.drafts[index]
            if draft.metric in HARMED and self._died(index, persons):
                draft.metric, draft.rule = "deaths", f"{draft.rule}, who died"
        self._hospitals(persons)
        self._as_in_the_text(persons)
        self._ordinals(persons)
        dropped |= self._adding_up(persons)
        persons = [index for index in persons if index not in dropped]
        deaths = [self.drafts[index] for index in persons if self.drafts[index].metric == "deaths"]
        hurt = [
            self.drafts[index]
            for index in persons
            if self.drafts[index].metric == "injuries" and not self._definite(self.drafts[index])
        ]
        if not deaths:
            return dropped
        for index in persons:
            draft = self.drafts[index]
            if draft.metric != "injuries" or not self._definite(draft) or not self._strikes(draft):
                continue
            if any(self._may_be(draft, one) for one in hurt):
                continue
            if any(self._may_be(draft, one) for one in deaths):
                dropped.add(index)
        return dropped

    def _lesser(self, persons: list[int]) -> set[int]:
        """Readings of phrases that only say again that somebody was hurt or killed, where another reading counts."""
        told = {
            metric: [
                index
                for index in persons
                if self.drafts[index].metric == metric
                and not (self.drafts[index].position in self.told and self.told[self.drafts[index].position].lesser)
            ]
            for metric in ("deaths", "injuries")
        }
        seen: set[str] = set()
        dropped: set[int] = set()
        for index in persons:
            draft = self.drafts[index]
            if draft.position not in self.told or not self.told[draft.position].lesser:
                continue
            if told[draft.metric] or draft.metric in seen or self._same_dead(draft, told["deaths"]):
                dropped.add(index)
            seen.add(draft.metric)
        return dropped

    def _same_dead(self, draft: Draft, deaths: list[int]) -> bool:
        """Whether somebody in a hospital may be the one whose death is told: "the other victim" is not."""
        return draft.metric == "injuries" and bool(deaths) and draft.rule != "the other was hurt"

    def _adding_up(self, persons: list[int]) -> set[int]:
        """ "Two people, a man and a woman, were killed": members of a list that adds up to a count told before."""
        dropped: set[int] = set()
        groups: dict[tuple[int, str], list[int]] = {}
        for index in persons:
            draft = self.drafts[index]
            groups.setdefault((draft.sentence, draft.metric), []).append(index)
        told: dict[str, set[float]] = {}
        for (_, metric), group in groups.items():
            values = [self._nominal(self.drafts[index].position) for index in group]
            known = told.setdefault(metric, set())
            for first in (0, 1):
                rest = group[first:]
                total = sum(values[first:])
                if len(rest) > 1 and (total == max(known, default=0.0) if first == 0 else total == values[0]):
                    dropped |= {index for index in rest if self._is_one(self.drafts[index]) and self._article_of(index)}
                    break
            known |= set(values)
        return dropped

    def _article_of(self, index: int) -> bool:
        draft = self.drafts[index]
        mention = self.quantities[draft.position].mention
        field = self.document.sentences[draft.sentence].field
        said = self.document.article.field_text(field)[mention.start : mention.end].casefold()
        return mention.kind == "article" and mention.comparator == "exact" and said in ("a", "an", "another")

    def _carried(self, draft: Draft) -> bool:
        """Whether the words tell that somebody was brought to a hospital, not that somebody lies there."""
        if draft.trigger is None:
            return False
        text = self.document.article.field_text(self.document.sentences[draft.sentence].field)
        begin = max(self.document.sentences[draft.sentence].start, draft.trigger[0] - CARRIED_BEFORE)
        return CARRIED.search(text, begin, draft.trigger[1]) is not None

    def _as_in_the_text(self, persons: list[int]) -> None:
        """ "Suspect shot by police dies", "Officer shot, killed": the text tells that those of the headline died."""
        fields = self.document.sentences
        text = [self.drafts[index] for index in persons if fields[self.drafts[index].sentence].field == "text"]
        if any(one.metric == "injuries" and not self._definite(one) for one in text):
            return
        dead = {self._nominal(one.position) for one in text if one.metric == "deaths"}
        for index in persons:
            draft = self.drafts[index]
            if fields[draft.sentence].field != "title" or draft.metric != "injuries" or not self._strikes(draft):
                continue
            if self._nominal(draft.position) in dead:
                draft.metric, draft.rule = "deaths", f"{draft.rule}, as in the text"

    def _ordinals(self, persons: list[int]) -> None:
        """ "A third person has died": with the two before, the toll is three."""
        for index in persons:
            draft = self.drafts[index]
            quantity = self.quantities[draft.position]
            mention = quantity.mention
            if draft.metric != "deaths" or mention.kind != "article" or mention.comparator != "exact":
                continue
            text = self.document.article.field_text(self.document.sentences[draft.sentence].field)
            found = ORDINAL.match(text, mention.end)
            if found is None or not self._said(draft).casefold().startswith(("die", "succumb")):
                continue
            value = ORDINALS[found[1]]
            whole = replace(
                mention, end=found.end(1), number_end=found.end(1), value=value, low=value, high=value,
                rules=(RuleUse(column="value", rule="the Nth to die", start=mention.start, end=found.end(1)),),
            )  # fmt: skip
            self.quantities.append(replace(quantity, mention=whole))
            draft.position, draft.population, draft.noun = len(self.quantities) - 1, "people", None
            draft.rule = f"{draft.rule}, the Nth"

    def _getting_well(self) -> None:
        """ "The three other victims are expected to survive", "a teen is recovering": they were hurt."""
        for draft in self.drafts:
            if draft.metric not in ("survivors", "recovered") or draft.unit != "person" or draft.trigger is None:
                continue
            text = self.document.article.field_text(self.document.sentences[draft.sentence].field)
            said = text[max(0, draft.trigger[0] - 30) : draft.trigger[1] + 12].casefold()
            well = "expected to" in said or "recovering" in self._said(draft).casefold()
            if well and self._violent():
                draft.metric, draft.rule, draft.modality = "injuries", f"{draft.rule}, hurt", "reported"

    def _violent(self) -> bool:
        """Whether title and lead tell of violence or an accident, and of no illness."""
        article = self.document.article
        lead = f"{article.title}\n{article.text[:LEAD]}"
        return VIOLENCE.search(lead) is not None and ILLNESS.search(lead) is None

    def _begins(self, index: int) -> int:
        return self.quantities[self.drafts[index].position].mention.start

    def _is_one(self, draft: Draft) -> bool:
        mention = self.quantities[draft.position].mention
        return mention.low == 1 and (mention.value == 1 or mention.value is None)

    def _definite(self, draft: Draft) -> bool:
        mention = self.quantities[draft.position].mention
        return mention.kind == "article" and mention.comparator == "at_least"

    def _strikes(self, draft: Draft) -> bool:
        """Whether the words leave open that somebody died: "shot", "was struck", not "wounded"."""
        return not STRIKING.isdisjoint(self._said(draft).casefold().split())

    def _said(self, draft: Draft) -> str:
        """The words that gave the metric."""
        if draft.trigger is None:
            return ""
        field = self.document.sentences[draft.sentence].field
        return self.document.article.field_text(field)[draft.trigger[0] : draft.trigger[1]]

    @staticmethod
    def _may_be(one: Draft, other: Draft) -> bool:
        """Whether two readings may speak of one person, by the nouns that count them."""
        return one.population == other.population or one.population in ANYBODY or other.population in ANYBODY

    def _died(self, index: int, persons: list[int]) -> bool:
        """Whether the words behind an injury tell that this person died, before they turn to another."""
        draft = self.drafts[index]
        field = self.document.sentences[draft.sentence].field
        if field != "text":
            return False
        text = self.document.article.text
        mention = self.quantities[draft.position].mention
        begin = max(mention.end, draft.trigger[1] if draft.trigger is not None else 0)
        stop = min(len(text), begin + FOLLOWED)
        count = self._nominal(draft.position)
        for other in persons:
            one = self.drafts[other]
            if one.metric == "deaths" and count > 1 and self._nominal(one.position) == count:
                continue  # "both died"
            if self.document.sentences[one.sentence].field == field and not self._definite(one):
                start = self._begins(other)
                if mention.start < start < stop:
                    stop = max(begin, start)
        if not self._is_one(draft):
            together = TOGETHER.search(text, begin, stop)
            return together is not None and COUNTED.get(together["all"].split()[-1].casefold(), count) == count
        own = self.document.sentences[draft.sentence].end
        for found in OUTCOME.finditer(text, begin, stop):
            noun = found["who"]
            if noun is None and found[0][0] in "abw" and found.start() >= own:  # "and died": of whom, its sentence says
                opening = text.rfind(". ", begin, found.start()) + 2
                subject = OPENING.match(text, opening)
                if subject is None:
                    continue
                noun = subject["who"]
            if self._meant(noun, draft.population):
                return True
        return False

    def _meant(self, noun: str | None, population: str | None) -> bool:
        """Whether "the driver died" may speak of the one whom an earlier noun counted, by the two nouns."""
        if noun is None or noun in NOBODY or noun[0].isdigit() or population in (None, "people", "victims"):
            return True
        said = next((entry.plural for rest, entry in self.metrics.phrases.get(noun, ()) if not rest), noun)
        if population == said:
            return True
        for group in ALIKE:
            plurals = {entry.plural for one in group for rest, entry in self.metrics.phrases.get(one, ()) if not rest}
            if population in plurals:
                return noun in group
        return noun in ALIKE[0] | ALIKE[1]  # "a suspect was shot. The man died"

    def _hospitals(self, persons: list[int]) -> None:
        """ "was taken to hospital" after a shooting or a crash tells of somebody hurt, where no count of those does."""
        drafts = [self.drafts[index] for index in persons]
        carried = [one for one in drafts if one.metric == "hospitalised" and self._carried(one)]
        if not carried or any(one.metric == "injuries" and not self._definite(one) for one in drafts):
            return
        if not self._violent():
            return
        for one in carried:
            one.metric, one.rule = "injuries", f"{one.rule} after violence"
