"""Bind numbers that a form's label, a colon or a comparison gives away: "Homes destroyed: 412", "up from 40 and 12"."""

from __future__ import annotations

import re
from typing import Final

from figures.extract.metrics_gaps import Gaps
from figures.extract.metrics_items import Item, NounPhrase, is_plural, plural_head, triggers_of
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_words import ADVERB, BE, DETERMINER, DOWN, FURTHEST, HAVE, LINK, MODAL, PREP, REPORT, UP

LABEL: Final = 6  # words of a label; a longer run before a colon is a sentence
SIGNS: Final = frozenset([":", "-", "–", "—", "=", "|"])  # between a form's label and its number
AROUND: Final = 200  # characters each way that tell whether people took part in a vote or a march
BACK: Final = 40  # items looked back over for the total before a colon
AGAINST: Final = frozenset(["from", "against", "with", "than", "to"])
SHOCKS: Final = frozenset(
    ["quake", "earthquake", "tremor", "aftershock", "foreshock", "shock", "temblor", "jolt", "strength", "seaquake"]
)
FORCES: Final = frozenset(
    [
        "force", "forces", "army", "militia", "militias", "guard", "guards", "group", "garrison", "brigade",
        "battalion", "navy", "paramilitaries", "rebels", "contingent", "mission", "division", "insurgency",
    ]
)  # fmt: skip
VACCINES: Final = frozenset(
    ["vaccine", "vaccines", "jab", "jabs", "vaccination", "vaccinations", "booster", "boosters"]
)
AIDS: Final = frozenset(
    ["aid", "relief", "assistance", "rations", "parcels", "kits", "cash", "handouts", "blankets", "vouchers", "food"]
)
RECEIVING: Final = frozenset(
    ["received", "receive", "got", "get", "given", "have", "had", "taken", "receiving", "getting"]
)
APPROVING: Final = ("back", "support", "approv", "favour", "favor", "welcom", "agree", "trust", "endors")
OPPOSING: Final = ("oppos", "disapprov", "reject", "disagree", "distrust", "resent")
EXCEEDING: Final = (
    "does not",
    "did not",
    "do not",
    "not ",
    "has ",
    "have ",
    "had ",
    "exceed",
    "surpass",
    "topp",
    "top",
    "pass",
    "climb",
    "rose",
    "risen",
    "rises",
    "soar",
    "jump",
    "cross",
    "grew",
    "grown",
    "swell",
    "swollen",
    "went past",
    "past",
    "rang",
)
WHOLES: Final = frozenset(["population", "workforce", "inhabitants", "residents", "citizens", "nation", "country"])
GOODS: Final = frozenset(
    [
        "diesel", "petrol", "gasoline", "gas", "fuel", "kerosene", "bread", "rice", "wheat", "flour", "maize", "milk",
        "beef", "meat", "chicken", "eggs", "sugar", "oil", "onions", "tomatoes", "potatoes", "butter", "coffee", "tea",
        "copper", "gold", "silver", "electricity", "rents", "coal", "corn", "soybeans", "cocoa",
        "vegetables", "groceries",
    ]
)  # fmt: skip
TAKING_PART: Final = frozenset(
    ["took part", "take part", "taken part", "participated", "participate", "turned out", "turn out"]
)
VOTED: Final = re.compile(
    r"\b(?:vot(?:ed|ing|es?|ers)|turnout|elections?|referendum|ballots?|polls|plebiscite)\b", re.I
)
GATHERING: Final = re.compile(r"\b(?:protest|march|rall(?:y|ies)|demonstrat|strike|vigil)", re.I)
HURTS: Final = (
    "wounds", "wound", "burns", "injuries", "injury", "fractures", "cuts", "bruises", "gunshot", "shrapnel", "cold",
    "hypothermia", "exhaustion", "inhalation", "smoke", "shock", "dehydration", "heatstroke", "sunstroke", "exposure",
    "trauma", "gas", "breathing",
)  # fmt: skip
TRADED: Final = (
    "food",
    "house",
    "home",
    "housing",
    "property",
    "share",
    "stock",
    "energy",
    "wholesale",
    "producer",
    "import",
    "export",
    "commodity",
    "grain",
    "metal",
    "land",
    "ticket",
    "asset",
    "factory",
    "crude",
    "pump",
    "farm",
)
INFLATION: Final = re.compile(r"\binflation\b|\bconsumer prices?\b|\bcost of living\b|\bCPI\b", re.I)
FIRES: Final = re.compile(r"\b(?:wild|bush|forest )?fires?\b|\bblazes?\b|\bcontainment\b", re.I)


class Labels(Gaps):
    """Reads labels of forms, lists behind a colon, and pairs of numbers that answer an earlier pair."""

    def _by_colon(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "Thirty people died, it said: 11 guards and 19 visitors": parts of the total before the colon."""
        items = self.items
        if head is None or not (head.entry.klass == "person" or self._names_people(head)):
            return None
        colon = next((i for i in range(k - 1, max(-1, k - BACK), -1) if items[i].lower in (":", "–", "—")), None)
        if colon is None:
            return None
        index = self._last(lambda one: one.item < colon and one.klass == "person" and one.tracked, here=True)
        if index is None or self.drafts[index].metric not in self.metrics.metrics:
            return None
        if colon != self._left_edge(k):
            before = self._last(lambda one: one.item > colon, here=True)
            if before is None or self.drafts[before].rule != "total: N" or not self._joined(self.drafts[before], k):
                return None
        of = self.drafts[index]
        if items[colon].lower != ":" and (colon < 2 or self._nominal(position) > self._nominal(of.position)):
            return None
        if self._nominal(position) >= self._nominal(of.position):
            return None
        made = self._draft(position, k, of.metric, "total: N", phrase, None, klass="person", confidence=0.7)
        made.trigger, made.party, made.unit = of.trigger, of.party, of.unit
        made.relations.append(("part_of", index))
        return made

    def _by_respective(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "3,000 dead and 4,000 missing, up from 2,100 and 3,500": each of a pair answers one of the pair before."""
        items = self.items
        if head is not None or phrase.partitive or self.quantities[position].mention.unit is not None:
            return None
        first = self._pair_begins(k)
        if first is None:
            return None
        pair: list[int] = []
        for index in range(len(self.drafts) - 1, max(self.begin, len(self.drafts) - FURTHEST) - 1, -1):
            draft = self.drafts[index]
            if draft.item < first and draft.tracked and draft.klass not in ("percent", "measure"):
                pair.append(index)
        pair = pair[:2]
        if len(pair) < 2 or self.drafts[pair[0]].metric == self.drafts[pair[1]].metric:
            return None
        of = self.drafts[pair[1] if k == first else pair[0]]
        made = self._draft(position, k, of.metric, "N and M, from N and M", None, None, klass=of.klass)
        made.trigger, made.population, made.party, made.unit = of.trigger, of.population, of.party, of.unit
        if items[first - 1].lower == "from":
            made.modality = "superseded"
        return made

    def _pair_begins(self, k: int) -> int | None:
        """Where the bare pair "from N and M" that holds the number at ``k`` begins."""
        items = self.items
        for first in (k, k - 2):
            if first < 1 or first + 2 >= len(items) or not items[first].numbers or not items[first + 2].numbers:
                continue
            if items[first + 1].lower not in ("and", "or") or items[first - 1].lower not in AGAINST:
                continue
            behind = items[first + 3] if first + 3 < len(items) else None
            if behind is None or not behind.is_word or behind.grammar:
                return first
        return None

    def _by_label(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "Homes destroyed: 412", "Personnel assigned: 640; engines: 42": the line of a form."""
        items = self.items
        if head is not None or k < 2 or items[k - 1].lower not in SIGNS:
            return None
        if items[k - 1].lower != ":" and not self._on_a_form(k):
            return None
        begin = k - 1
        while begin > 0 and k - begin <= LABEL and items[begin - 1].is_word:
            begin -= 1
        words = items[begin : k - 1]
        if not words or len(words) > LABEL or any(one.grammar & (BE | HAVE | MODAL | REPORT) for one in words[:-1]):
            return None
        if begin > 0 and items[begin - 1].lower not in (";", ".", ":", "•", "-", "*", "·", "|", "–", ")"):
            return None
        last = words[-1]
        noun = next((one for one in reversed(words) if is_plural(one) or one.entry.population), None)
        people = noun is not None and noun.entry.klass == "person"
        klass = "person" if people else ""
        for kind in ("noun", "toll"):
            for one in triggers_of(last, kind):
                if self.metrics.metric(one.metric).unit in ("person", "item"):
                    made = self._draft(position, k, one.metric, f"{last.lower}: N", None, k - 2, klass=klass)
                    if noun is not None and noun is not last and noun.entry.klass in ("person", "household"):
                        made.population, made.noun = plural_head(noun), (noun.start, noun.end)
                        made.unit = "household" if noun.entry.klass == "household" else made.unit
                    return made
        if noun is None:
            return None
        if noun is not last:
            trigger = self._choose(triggers_of(last, "object", "state"), noun, phrase, k - 2)
            if trigger is not None:
                made = self._draft(
                    position, k, trigger.metric, f"{noun.lower} {last.lower}: N", None, k - 2,
                    klass=self._klass_of(trigger, noun),
                )  # fmt: skip
                if noun.entry.population:
                    made.population, made.noun = plural_head(noun), (noun.start, noun.end)
                if made.unit == "person" and noun.entry.klass == "household":
                    made.unit = "household"
                return made
        if last.grammar & REPORT or noun.entry.klass in ("setting", "untracked"):
            return None
        verb = self._participle(last) if noun is not last else None
        name = plural_head(noun).replace(" ", "_").replace("-", "_").replace("'", "")
        made = self._draft(
            position, k, f"{name}_{verb}" if verb else name, f"{last.lower}: N", None, k - 2,
            klass=noun.entry.klass, confidence=0.6,
        )  # fmt: skip
        made.unit = "person" if people or name == "personnel" else "item"
        return made

    def _on_a_form(self, k: int) -> bool:
        """Whether a dash before a number stands free and the number ends its entry: "Houses affected - 15,330;"."""
        items = self.items
        sign, after = items[k - 1], items[k + 1] if k + 1 < len(items) else None
        if sign.start == items[k - 2].end or sign.end == items[k].start:
            return False
        return after is None or after.lower in (";", ".", ",", "|", "(", "•", "·")

    def _by_strength(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "the militia, said to number 30,000", "the army, 60,000 strong": how many a force has."""
        items = self.items
        if head is not None or phrase.partitive:
            return None
        at = self._left_edge(k)
        strong = k + 1 < len(items) and items[k + 1].lower in ("strong", "-strong")
        numbers = at >= 0 and items[at].lower in ("number", "numbers", "numbered", "numbering")
        if not (numbers or strong):
            return None
        for i in range((at if numbers else k) - 1, max(-1, k - 20), -1):
            if items[i].lower in FORCES or items[i].entry.population == "troops":
                made = self._draft(position, k, "troops", "force numbers N", None, i, klass="person", confidence=0.6)
                made.unit = "person"
                return made
            if items[i].numbers or items[i].lower in (";", ":"):
                return None
        return None

    def _by_shock(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "the quake measured 7.8", "a shock of 5.8": a decimal below ten behind a word for an earthquake."""
        mention = self.quantities[position].mention
        written = self._written(mention.number_start, mention.number_end)
        if (
            head is not None
            or phrase.partitive
            or mention.value is None
            or not 1 <= mention.value < 10
            or "." not in written
        ):
            return None
        items = self.items
        if k + 1 < len(items) and items[k + 1].lower in SHOCKS:
            made = self._draft(position, k, "magnitude", "N quake", None, k + 1, klass="measure", confidence=0.7)
            made.population = None
            return made
        for i in range(k - 1, max(-1, k - 10), -1):
            if items[i].numbers or items[i].lower in (";", ":"):
                return None
            if items[i].lower in SHOCKS:
                made = self._draft(position, k, "magnitude", "quake … N", None, i, klass="measure", confidence=0.7)
                made.population = None
                return made
        return None

    def _by_received(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "30,000 people received the new oral vaccine", "4,000 families were given food parcels"."""
        items = self.items
        if head is None or head.entry.klass not in ("person", "household"):
            return None
        j = phrase.end
        while j < len(items) and j - phrase.end < 6 and items[j].grammar & (BE | HAVE | ADVERB):
            if items[j].lower in RECEIVING and j + 1 < len(items) and not items[j + 1].grammar & (BE | HAVE | ADVERB):
                break
            j += 1
        if j >= len(items) or items[j].lower not in RECEIVING:
            return None
        for i in range(j + 1, min(len(items), j + 7)):
            item = items[i]
            if item.numbers and i > j + 1:
                return None
            if item.lower in VACCINES:
                return self._draft(position, k, "vaccinated", f"N got {item.lower}", phrase, i, klass=head.entry.klass)
            if item.lower in AIDS:
                return self._draft(
                    position, k, "people_assisted", f"N got {item.lower}", phrase, i, klass=head.entry.klass
                )
            if not (item.is_word or item.numbers or item.lower == "-") or (
                item.grammar & (BE | MODAL) or item.lower in ("from", "in", "after", "by", "at", "since")
            ):
                return None
            if item.grammar & DETERMINER:
                continue
        return None

    def _by_exceeding(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "the number of dead does not exceed 46": a comparator that is the verb of the toll itself."""
        mention = self.quantities[position].mention
        if head is not None and head.lower != "people":
            return None
        if not self._written(mention.start, mention.end).casefold().startswith(EXCEEDING):
            return None
        found = self._toll_before(k)
        if found is None:
            return None
        metric, i, rule = found
        unit = self.metrics.metric(metric).unit
        if unit not in ("person", "item"):
            return None
        made = self._draft(position, k, metric, rule, phrase, i, klass="person" if unit == "person" else "")
        if unit == "person":
            self._toll_population(made, i)
        return made

    def _by_names(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "563 names stood on the list of the unaccounted for": the list says what its names are."""
        items = self.items
        if head is None or head.lower not in ("names", "entries"):
            return None
        listed = next(
            (
                i
                for i in range(phrase.end, min(len(items), phrase.end + 8))
                if items[i].lower in ("list", "lists", "register", "roll")
            ),
            None,
        )
        if listed is None:
            return None
        for i in range(listed - 1, min(len(items), listed + 6)):
            for one in triggers_of(items[i], "state", "noun", "object"):
                if "person" in one.of and one.form in ("", "part", "past"):
                    return self._draft(position, k, one.metric, f"N names … {items[i].lower}", None, i, klass="person")
        return None

    def _by_object(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "treated 80 people with burns", "voters, 7 million of whom took part": a verb of two meanings."""
        made = super()._by_object(k, position, phrase, head)
        if made is not None and made.metric == "hospitalised" and made.rule.startswith("treat"):
            near = [one.lower for one in self.items[phrase.end : phrase.end + 7]]
            if any(one in ("with", "for") for one in near[:2]) and any(one.endswith(HURTS) for one in near):
                made.metric = "injuries"
        return made

    def _by_predicate(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "7.5 million took part" in a vote are voters, not marchers."""
        made = super()._by_predicate(k, position, phrase, head)
        if made is not None and made.metric == "hospitalised" and (at := self._item_at(made.trigger)) is not None:
            near = self.items[phrase.end : at + 7]
            if self.items[at].lower.startswith("treat") and any(one.lower.endswith(HURTS) for one in near):
                made.metric = "injuries"  # "three men with petrol burns were treated"
        if made is not None and made.metric == "hospitalised" and phrase.state is not None:
            state = self.items[phrase.state]
            if any(one.metric == "injuries" for one in triggers_of(state, "state", "object")):
                made.metric = "injuries"  # "several injured civilians arrived in the hospital"
        if made is not None and made.metric == "protesters" and made.trigger is not None and self._voting():
            said = self._written(*made.trigger).casefold()
            held = self.document.sentences[self.sentence]
            begin = max(held.start, made.trigger[0] - AROUND)
            text = self.document.article.field_text(held.field)[begin : min(held.end, made.trigger[1] + AROUND)]
            if said in TAKING_PART and VOTED.search(text) and not GATHERING.search(text):
                made.metric = "voters"
        return made

    def _burned(self, name: str, dimension: str | None) -> bool:
        """Whether a form's "Size: 12,000 acres" or "Area: …" tells how far a fire has spread."""
        if dimension != "area" or name not in ("size", "area", "acreage", "acres", "perimeter", "extent", "footprint"):
            return False
        if self._fire is None:
            self._fire = FIRES.search(self.document.article.text) is not None
        return self._fire

    _fire: bool | None = None

    def _percent(self, k: int, position: int) -> Draft | None:
        """ "60% of the population is vaccinated", "58% of voters went to the polls", "diesel rose 18 per cent"."""
        made = self._share_of_all(k, position) or self._poll(k, position) or super()._percent(k, position)
        if (
            made is not None
            and made.metric in ("turnout", "voters")
            and (said := self._opinion(k, position)) is not None
        ):
            made = said  # "two thirds of voters approve of the plan"
        if made is not None and made.metric == "voters":
            made.metric = "turnout"
        if made is not None and made.metric == "price" and self._all_prices(made):
            made.metric = "inflation_rate"
        if made is not None and made.metric in GOODS and self._goes_up(made):
            made.metric = "price"
        if made is None or (made.metric not in self.metrics.metrics and made.metric != "share"):
            made = self._opinion(k, position) or made
        return made

    def _all_prices(self, made: Draft) -> bool:
        """Whether bare "prices" are those of a whole economy: "prices went up by 12.5%" in an article on inflation."""
        at = self._item_at(made.trigger)
        if at is None or self.items[at].lower != "prices":
            return False
        before = self.items[at - 1] if at > 0 else None
        if before is not None and before.lower in (*GOODS, *TRADED):
            return False
        if at + 1 < len(self.items) and self.items[at + 1].lower in ("of", "for"):
            return False
        if self._inflation is None:
            self._inflation = INFLATION.search(self.document.article.text) is not None
        return self._inflation

    _inflation: bool | None = None

    def _goes_up(self, made: Draft) -> bool:
        """Whether the good itself is the subject that rises: "diesel has gone up", not "the use of diesel fell"."""
        at = self._item_at(made.trigger)
        if at is None or (at > 0 and self.items[at - 1].grammar & PREP):
            return False
        return any(one.grammar & (UP | DOWN | LINK) for one in self.items[at + 1 : at + 4])

    def _poll(self, k: int, position: int) -> Draft | None:
        """ "two thirds of Danes support the ban", "(71 per cent for independence)": a verb of choice behind people."""
        items = self.items
        if (
            0 < k < len(items) - 1
            and items[k - 1].lower == "("
            and items[k + 1].lower in ("for", "against")
            and self._voting()
        ):
            return self._draft(position, k, "vote_share", "(P for X)", None, k + 1, klass="percent", confidence=0.7)
        made = self._opinion(k, position)
        at = self._item_at(made.trigger) if made is not None else None
        if made is None or at is None or at + 1 >= len(items) or not items[at + 1].grammar & DETERMINER:
            return None
        people = items[at - 1]
        if not (people.entry.klass == "person" or people.text[:1].isupper()):
            return None
        if self._voting():
            made.metric = "vote_share"
        return made

    def _opinion(self, k: int, position: int) -> Draft | None:
        """ "73 per cent of the French back the movement": what a poll asks, and "the plan is 12% funded"."""
        items = self.items
        if k + 1 < len(items) and items[k + 1].lower in ("funded", "financed", "covered"):
            return self._draft(position, k, "funding", "P funded", None, k + 1, klass="percent", confidence=0.6)
        if k + 2 >= len(items) or items[k + 1].lower not in (
            "of",
            "support",
            "approve",
            "back",
            "oppose",
            "disapprove",
        ):
            return None
        for i in range(k + 1, min(len(items), k + 7)):
            if items[i].numbers or not items[i].is_word:
                return None
            if items[i].lower.startswith(APPROVING) and items[i].lower not in ("backs", "supporters", "backers"):
                return self._draft(position, k, "support", "P back X", None, i, klass="percent", confidence=0.6)
            if items[i].lower.startswith(OPPOSING):
                return self._draft(position, k, "opposition", "P oppose X", None, i, klass="percent", confidence=0.6)
        return None

    def _share_of_all(self, k: int, position: int) -> Draft | None:
        """ "60% of the population is fully vaccinated", "a fifth of the workforce was laid off"."""
        items = self.items
        if k + 2 >= len(items) or items[k + 1].lower != "of":
            return None
        j = k + 2
        while j < min(len(items), k + 6) and items[j].is_word and items[j].lower not in WHOLES:
            j += 1
        if j >= len(items) or items[j].lower not in WHOLES:
            return None
        phrase = NounPhrase(first=k + 1, end=j + 1)
        found = self._chain(j + 1, phrase, None)
        if found is None or "person" not in found[0].of or found[0].kind == "noun":
            return None
        made = self._draft(position, k, found[0].metric, f"P of the {items[j].lower}", None, found[1], klass="percent")
        made.population = "people"
        return made

    def _measure(self, k: int, position: int) -> Draft | None:
        made = super()._measure(k, position)
        if made is not None and made.metric in GOODS and self.quantities[position].dimension == "currency":
            made.metric = "price"
        if made is not None and self._burned(made.metric, self.quantities[position].dimension):
            made.metric = "area_burned"
        return made
