"""What the readers of metrics share: a reading in the making, and questions about the words beside a number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from figures.extract.metrics_items import Item, NounPhrase, is_plural, noun_phrase, plural_head, triggers_of
from figures.extract.metrics_party import Parties
from figures.extract.metrics_told import Told
from figures.extract.metrics_words import (
    ADVERB,
    DETERMINER,
    FURTHEST,
    LAST,
    LINK,
    LONGEST_CHAIN,
    MORE,
    PERSON_ENDING,
    PERSON_ENDINGS,
    PREP,
    STRONG,
    THINGS,
    WEAK_VERBS,
)
from figures.extract.types import Document, NumberMention, Quantity
from figures.lexicon import Lexicon
from figures.lexicon.metrics import Trigger
from figures.model import Aspect, Direction, Modality

HARMED: Final = frozenset(["victims", "dead", "missing", "injured", "wounded", "survivors", "fatalities"])
TOPICAL: Final = frozenset(["refugees", "displaced", "border_crossings", "cases", "people_aboard", "protesters"])
"""Metrics that a verb of many meanings takes on where the article tells of them: "of 425 who caught it"."""
TOPIC_HOLDS: Final = 6  # readings, and sentences, back to the last one of the topic
NO_REFUGEES: Final = frozenset(
    ["patients", "tourists", "customers", "passengers", "spectators", "voters", "troops", "police", "officials"]
)
SAYING: Final = frozenset(["report", "count"])
COLLECTIVE: Final = frozenset(["crew", "staff", "personnel", "police", "father", "mother", "parent"])
"""Singular nouns for persons whose "of N" tells how many, or whose children are counted: never an age."""
YOUNGEST: Final = 15  # "a denturist of 51", not "a number of 12"
NO_PERSONS: Final = frozenset(["number", "order", "quarter", "power", "river", "corner", "error", "cluster"])
AGE_BEFORE: Final = 10
CUES_BACK: Final = 12  # items before a trigger among which a cue may stand: "the boat had left on Sunday carrying 46"


@dataclass(slots=True, kw_only=True)
class Draft:
    """A reading in the making."""

    position: int
    metric: str
    rule: str
    item: int
    sentence: int
    phrase: NounPhrase | None = None
    trigger: tuple[int, int] | None = None
    klass: str = ""
    population: str | None = None
    party: str | None = None
    noun: tuple[int, int] | None = None
    unit: str = "item"
    aspect: Aspect | None = None
    modality: Modality | None = None
    relations: list[tuple[str, int]] = field(default_factory=list)
    confidence: float = 0.9
    tracked: bool = True
    subject: str | None = None
    counted: str | None = None
    direction: Direction | None = None
    inherited: bool = False  # population or party come from the same number in the text


class Reader:
    """Helpers that every rule uses: the words beside a number, earlier readings, which trigger fits which noun."""

    def __init__(
        self, document: Document, quantities: list[Quantity], lexicon: Lexicon, *, all_quantities: bool,
        bare: Mapping[int, int | None], told: Mapping[int, Told] | None = None,
    ) -> None:  # fmt: skip
        self.document, self.quantities, self.lexicon = document, quantities, lexicon
        self.metrics = lexicon.metrics
        self.parties = Parties(lexicon)
        self.nominal, self.aged = self.metrics.sets["nominal"], self.metrics.sets["aged"]
        self.telling = self.metrics.sets["telling"]
        self.attacking = tuple(sorted(self.metrics.sets["attacking"]))
        self.all_quantities, self.bare = all_quantities, bare
        self.told: Mapping[int, Told] = told or {}
        self.drafts: list[Draft] = []
        self.items: list[Item] = []
        self.sentence = 0
        self.taken: set[int] = set()
        self.begin = 0

    def _written(self, start: int, end: int) -> str:
        return self.document.article.field_text(self.document.sentences[self.sentence].field)[start:end]

    def _draft(
        self, position: int, k: int, metric: str, rule: str, phrase: NounPhrase | None, trigger: int | None, *,
        klass: str = "", confidence: float = 0.9,
    ) -> Draft:  # fmt: skip
        items = self.items
        span = (items[trigger].start, items[trigger].end) if trigger is not None else None
        unit = self.metrics.metric(metric).unit
        if (
            unit == "item"
            and phrase is not None
            and phrase.head is not None
            and items[phrase.head].entry.klass == "person"
        ):
            unit = "person"
        if unit == "person" and phrase is not None and phrase.head is not None:
            unit = "household" if items[phrase.head].entry.klass == "household" else unit
        draft = Draft(
            position=position, metric=metric, rule=rule, item=k, sentence=self.sentence, phrase=phrase, trigger=span,
            klass=klass, unit=unit, confidence=confidence,
        )  # fmt: skip
        if phrase is not None and phrase.head is not None:
            draft.population = plural_head(items[phrase.head])
            draft.noun = (items[min(phrase.first, phrase.head)].start, items[phrase.head].end)
        return draft

    def _choose(self, triggers: tuple[Trigger, ...], head: Item | None, phrase: NounPhrase, j: int) -> Trigger | None:
        """The trigger whose class of noun and whose cues fit; the one with a cue before the one without."""
        fitting = [one for one in triggers if self._fits(one, head, phrase, j)]
        if not fitting:
            return None
        if len(fitting) == 1:
            return fitting[0]
        for one in fitting:
            if one.cues and self._cue_near(one, j):
                return one
        return next((one for one in fitting if not one.needs_cue), fitting[0])

    def _fits(self, trigger: Trigger, head: Item | None, phrase: NounPhrase, j: int) -> bool:
        if trigger.needs_cue and not self._cue_near(trigger, j) and not self._goes_on(trigger):
            return False
        if head is None or head.lower in ("others", "other"):
            if "person" in trigger.of:
                klass = self._antecedent_class()
                return (
                    klass is None
                    or klass in trigger.of
                    or klass in ("person", "", "percent", "measure", "case")
                    or phrase.partitive != "them"
                )
            klass = self._antecedent_class()
            return klass in trigger.of
        klass = head.entry.klass
        if klass == "body":
            return "person" in trigger.of
        if head.lower == "contacts" and trigger.metric == "accounted_for":
            return False  # contacts of the sick are traced, not found again
        if trigger.metric == "refugees" and self.metrics.population(head.lower) in NO_REFUGEES:
            return False  # "the clinic took in 800 patients", "left 600,000 holidaymakers abroad"
        if klass:
            name = head.entry.population or ""
            return (
                klass in trigger.of
                or name in trigger.of
                or bool(trigger.of & self.metrics.wider.get(name, frozenset()))
                or (klass == "household" and "person" in trigger.of)
            )
        if triggers_of(head, "noun"):
            named = [one.metric for one in triggers_of(head, "noun")]
            return trigger.metric in named or ("case" in trigger.of and any(one.endswith("cases") for one in named))
        return "person" in trigger.of and (
            self._person_like(head)
            or (
                trigger.metric in STRONG
                and (not trigger.phrase.startswith(WEAK_VERBS) or trigger.phrase.endswith((" life", " lives")))
            )
        )

    def _goes_on(self, trigger: Trigger) -> bool:
        """ "1 million have fled Ukraine. 5 million could leave.": no cue is needed where the sentence before had it."""
        if not self.drafts:
            return False
        if trigger.metric == self.drafts[-1].metric and self.sentence - self.drafts[-1].sentence <= 1:
            return trigger.kind in ("subject", "object")
        if trigger.metric not in TOPICAL or trigger.kind == "object":
            return False
        return any(
            one.metric == trigger.metric and self.sentence - one.sentence <= TOPIC_HOLDS
            for one in self.drafts[-TOPIC_HOLDS:]
        )

    def _antecedent_class(self) -> str | None:
        index = self._last(lambda one: one.tracked)
        if index is None or self.sentence - self.drafts[index].sentence > 1:
            return None
        return self.drafts[index].klass

    @staticmethod
    def _person_like(head: Item) -> bool:
        return head.text[:1].isupper() or (head.lower.endswith(PERSON_ENDINGS) and head.lower not in THINGS)

    def _names_people(self, head: Item) -> bool:
        """Whether a capitalised noun is a people's name ("Syrians", "Rohingya"), not the next word of a headline."""
        return (
            (head.lower.endswith(("ans", "ers", "ists", "ites", "ese")) and head.lower not in THINGS)
            or self.parties.is_country(head)
            or self.parties.is_group(head)
        )

    def _cue_near(self, trigger: Trigger, j: int) -> bool:
        for one in self.items[j + 1 : j + 9]:
            if one.lower in (".", ";"):
                break
            if not trigger.cues.isdisjoint(one.lower.split()):
                return True
            if "COUNTRY" in trigger.cues and one.text[:1].isupper() and self.parties.is_country(one):
                return True
        if "COUNTRY" in trigger.cues and trigger.kind == "object":
            led = self.items[max(0, j - 4) : j]  # "Tanzania has received 70,187"
            if any(one.text[:1].isupper() and self.parties.is_country(one) for one in led):
                return True
        return any(one.lower in trigger.cues for one in self.items[max(0, j - CUES_BACK) : j])

    def _klass_of(self, trigger: Trigger, head: Item | None) -> str:
        if head is not None and head.entry.klass and head.entry.klass != "body":
            return head.entry.klass
        if "person" in trigger.of:
            return "person"
        return next(iter(sorted(trigger.of)), "")

    def _stand_at(self, words: tuple[str, ...], j: int) -> bool:
        at = j
        for word in words:
            if word == "~":
                if at < len(self.items) and self.items[at].grammar & DETERMINER:
                    at += 1
                continue
            if at >= len(self.items):
                return False
            said = self.items[at].lower.split()
            if said[:1] != [word]:
                return False
            at += 1
        return True

    def _left_edge(self, k: int) -> int:
        """The position of the first word that governs the number, determiners and adverbs before it passed over."""
        j = k - 1
        while j >= max(0, k - LONGEST_CHAIN) and (
            (
                self.items[j].grammar & (ADVERB | DETERMINER | MORE)
                and not (self.items[j].lower == "that" and j > 0 and self.items[j - 1].grammar & SAYING)
                and not self.items[j].grammar & (LINK | PREP)
                and not self.items[j].possessive
            )
            or (self.items[j].lower in LAST and self.items[j].is_word)
            or self.items[j].lower in ('"', "“", "(", "‘", "'")
        ):
            j -= 1
        return j

    def _skip_adverbs(self, j: int) -> int:
        edge = min(len(self.items), j + LONGEST_CHAIN)
        while j < edge and self.items[j].grammar & ADVERB and self.items[j].is_word:
            j += 1
        return j

    def _item_at(self, span: tuple[int, int] | None) -> int | None:
        """The position of the item that begins where a span does."""
        if span is None:
            return None
        index = bisect_left(self.items, span[0], key=lambda one: one.start)
        return index if index < len(self.items) and self.items[index].start == span[0] else None

    def _last(self, holds: Callable[[Draft], bool], *, here: bool = False) -> int | None:
        """The latest earlier draft that fits, in this sentence alone where ``here``."""
        floor = max(self.begin, len(self.drafts) - FURTHEST) if here else max(0, len(self.drafts) - 12)
        for index in range(len(self.drafts) - 1, floor - 1, -1):
            if holds(self.drafts[index]):
                return index
        return None

    def _phrase_at(self, k: int) -> NounPhrase:
        """The noun phrase behind a number; behind "a", "one" or "at least one" its noun is a singular."""
        mention = self.quantities[self.items[k].numbers[-1]].mention
        return noun_phrase(self.items, k, singular=mention.kind == "article" or mention.value == 1)

    def _counted(self) -> list[tuple[int, int]]:
        """The spans of the noun phrases that this sentence's earlier numbers count."""
        return [one.noun for one in self.drafts[max(self.begin, len(self.drafts) - FURTHEST) :] if one.noun is not None]

    def _last_of(self, metric: str) -> int | None:
        """The latest earlier draft of that metric."""
        return self._last(lambda one: one.metric == metric)

    def _is_age(self, k: int, phrase: NounPhrase, mention: NumberMention) -> bool:
        """ "a girl of two", "a priest, 75, said", "those over 65": bare small numbers that are ages."""
        items = self.items
        before = items[k - 1] if k > 0 else None
        after = items[k + 1] if k + 1 < len(items) else None
        if before is not None and mention.value is None and mention.high <= 120 and before.lower in ("aged", "ages"):
            return True  # "cadets aged 17 to 23"
        if before is None or phrase.head is not None or phrase.partitive:
            return False
        if mention.value is None or mention.value > 120:
            return False
        if self._age_told(k, mention):
            return True
        if before.lower in ("aged", "age", "ages"):
            return True
        said = self._written(mention.start, mention.end).casefold()
        if said.endswith(("or younger", "or older", "and younger", "and older", "and over", "and under", "or under")):
            return True
        if before.lower in ("younger than", "older than") or (
            before.lower == "than" and k > 1 and items[k - 2].lower in ("younger", "older")
        ):
            return True
        if self._ages_joined(k):
            return True
        if before.lower == "of" and k > 1 and items[k - 2].entry.klass == "person" and items[k - 2].lower in self.aged:
            return True
        if before.lower == "of" and k > 2 and items[k - 2].lower.endswith(PERSON_ENDING) and items[k - 3].numbers and (
            mention.value >= YOUNGEST and items[k - 2].lower not in NO_PERSONS
        ):  # fmt: skip
            return True  # "a denturist of 51"
        if before.lower == "as" and k > 1 and items[k - 2].lower in ("young", "old"):
            return True
        led = items[max(0, k - AGE_BEFORE) : k]
        if before.lower in ("to", "from", "at") and any(one.lower == "age" for one in led):
            return True  # "the age for buying a gun has been raised to 21"
        if (
            before.lower == ","
            and after is not None
            and after.lower == ","
            and mention.comparator == "exact"
            and k > 1
            and items[k - 2].is_word
            and items[k - 2].lower not in HARMED
        ):
            return (
                items[k - 2].text[:1].isupper() or items[k - 2].entry.klass == "person" or items[k - 2].text.islower()
            )
        written = self._written(mention.start, mention.end).casefold()
        return written.startswith(("over", "under", "below", "above")) and (
            before.lower in ("those", "anyone", "everyone", "were", "was", "are") or before.entry.klass == "person"
        )

    def _age_told(self, k: int, mention: NumberMention) -> bool:
        """ "a teacher of 41 told", "the poet Awoonor, who was 78": one person's age behind "of" or "was"."""
        items = self.items
        if mention.comparator not in ("exact", "approximately", "just_over") or not 1 <= (mention.value or 0) <= 110:
            return False
        before, who = items[k - 1], items[k - 2] if k > 1 else None
        after = items[k + 1] if k + 1 < len(items) else None
        ended = after is None or not after.is_word or bool(after.grammar & (PREP | {"conj", "be", "have", "report"}))
        if who is None:
            return False
        if before.lower == "of" and who.entry.klass == "person" and not is_plural(who):
            single = any(one.lower in ("a", "an", "another") or one.numbers for one in items[max(0, k - 6) : k - 2])
            told = after is not None and (bool(after.entry.triggers) or bool(after.grammar))
            return single and (ended or told) and who.lower not in COLLECTIVE
        if before.lower not in ("was", "is") or not ended:
            return False
        if who.lower in ("he", "she"):
            return True
        return who.lower == "who" and k > 3 and items[k - 3].lower == "," and items[k - 4].text[:1].isupper()

    def _ages_joined(self, k: int) -> bool:
        """ "two brothers, 12 and 14, were killed", "ages 3, 5 and 9"."""
        items = self.items
        first = last = k
        while first > 1 and k - first < 8 and items[first - 1].lower in (",", "and") and items[first - 2].numbers:
            first -= 2
        while last + 2 < len(items) and last - k < 8 and items[last + 1].lower in (",", "and"):
            if not items[last + 2].numbers:
                break
            last += 2
        if first == last or first == 0:
            return False
        lead, tail = items[first - 1].lower, items[last + 1].lower if last + 1 < len(items) else "."
        if lead in ("aged", "age", "ages"):
            return True
        who = items[first - 2] if first > 1 else None
        return lead == "," and tail in (",", ".") and who is not None and who.entry.klass == "person" and is_plural(who)

    def _relative_follows(self, phrase: NounPhrase) -> bool:
        """Whether a clause of its own tells of the base: "half of the 1 million refugees who have fled"."""
        return phrase.end < len(self.items) and self.items[phrase.end].lower in ("who", "that", "which")

    def _is_base(self, k: int) -> bool:
        """Whether the number is only what a part is taken of: "24 of the 40 passengers", "61 of 120 seats"."""
        j = k - 1
        while j > max(0, k - LONGEST_CHAIN) and self.items[j].grammar & DETERMINER:
            j -= 1
        return j > 0 and self.items[j].lower == "of" and bool(self.items[j - 1].numbers)

    def _compound(self, k: int, quantity: Quantity) -> bool:
        """ "three barrel bombs": a singular unit before a counted thing is a part of its name."""
        if (
            quantity.unit_start is None
            or quantity.unit_end is None
            or quantity.dimension == "currency"
            or k + 1 >= len(self.items)
        ):
            return False
        unit, value = self._written(quantity.unit_start, quantity.unit_end), quantity.mention.value
        return (
            unit.isalpha()
            and len(unit) > 3
            and not unit.endswith("s")
            and value != 1
            and bool(self.items[k + 1].entry.klass)
        )
