"""Bind counted nouns: "12 deaths", "killed 12", "12 people were killed", "several injured civilians"."""

from __future__ import annotations

import re
from typing import Final

from figures.extract.metrics_items import Item, NounPhrase, cut, is_plural, plural_head, triggers_of
from figures.extract.metrics_party import OWN
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_wholes import Wholes
from figures.extract.metrics_words import (
    ADVERB,
    BE,
    FIRED,
    FURTHEST,
    HAVE,
    LAUNCHED,
    LIGHT,
    LINK,
    LONGEST_CHAIN,
    MODAL,
    NEG,
    NO_POPULATION,
    PARTS,
    SMALL,
    TOLD,
    UNTOLD,
    VERB_FIRST,
    VERBS,
)
from figures.lexicon.metrics import Trigger

_SAME: Final = frozenset(
    ["he", "she", "they", "the", "victim", "victims", "man", "woman", "both", "all", "have", "has"]
)

WOUNDS: Final = frozenset(["wounds", "wound", "injuries", "burns", "fractures", "bruises", "cuts"])
BEARING: Final = frozenset(["with", "from", "of", "had", "has", "have", "having", "received", "receiving", "bore"])
MIGRATING: Final = re.compile(r"\b(?:migra|immigra|refugee|asylum|smuggl|trafficker|exodus|influx)", re.I)
TOURING: Final = re.compile(r"\b(?:touris|hotel|holidaymaker|airline|resort|tour operator|visitor)", re.I)
LOCKING: Final = re.compile(r"\b(?:detention|detain\w+|prisons?|jails?|custody|inmates?|prisoners?)\b", re.I)
RESCUING: Final = frozenset(
    ["rescuers", "firefighters", "firemen", "crews", "brigade", "divers", "lifeboat", "lifeboats", "coastguard",
     "lifeguards", "paramedics", "fishermen"],
)  # fmt: skip
JOBS: Final = frozenset(["jobs_lost", "jobs_added", "jobs", "employees", "employed", "jobless_claims"])
FIRING: Final = ("los", "shed", "cut", "slash", "axe")
HIRING: Final = ("add", "gain", "creat", *FIRING)
BRINGING: Final = frozenset(["brought", "bring", "called", "call", "took", "take", "turned", "handed", "let", "sent"])
SEIZED: Final = frozenset(
    ["students", "pupils", "children", "girls", "boys", "schoolgirls", "schoolboys", "women", "people", "passengers",
     "villagers", "teachers", "tourists", "residents", "worshippers", "travellers", "staff", "workers", "civilians"],
)  # fmt: skip
STAYING: Final = frozenset(["remain", "remained", "remains", "stay", "stayed", "stays"])


def open_noun(head: Item) -> str:
    """The counted noun as the name of an open metric: "rounds of tear gas" gives tear_gas_rounds."""
    noun = plural_head(head)
    if " of " in noun:
        whole, part = noun.split(" of ", 1)
        noun = f"{part} {whole}"
    return noun.replace(" ", "_").replace("-", "_").replace("'", "")


def _participial(items: list[Item], j: int) -> bool:
    """Whether a participle follows: "some 700 schools remain shut"."""
    if j >= len(items) or not items[j].is_word:
        return False
    return items[j].entry.form in ("part", "past") or items[j].lower.endswith("ed")


class Counts(Wholes):
    """Reads numbers with a noun or verb of their own, and completes them with population and party."""

    def _by_margin(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "carried the state by 12,284 votes", "a lead of 14,000 votes": votes between two sides, not votes cast."""
        if head is None or head.entry.klass != "vote":
            return None
        j = self._left_edge(k)
        if j < 1 or (
            self.items[j].lower not in ("of", "by", "to")
            and (self.items[j].lower in ("won", "lost", "carried", "beat") or not triggers_of(self.items[j], "toll"))
        ):
            return None
        for i in range(j, max(-1, j - 10), -1):
            for one in triggers_of(self.items[i], "toll", "subject"):
                if one.of == {"vote"} and one.metric != "votes":
                    return self._draft(
                        position, k, one.metric, f"{self.items[i].lower} … N votes", phrase, i, klass="vote"
                    )
            if self.items[i].lower in (",", ";") or self.items[i].numbers:
                return None
        return None

    def _by_weapon(self, k: int, position: int, phrase: NounPhrase, head: Item) -> Draft | None:
        """ "attacked the city with two rockets": the weapon an attack was made with was fired."""
        j = self._left_edge(k)
        if j < 1 or self.items[j].lower != "with":
            return None
        if not any(one.lower.startswith(self.attacking) for one in self.items[max(0, j - 12) : j]):
            return None
        return self._draft(
            position, k, FIRED[head.entry.klass], f"attack with N {head.lower}", phrase, j, klass=head.entry.klass
        )

    def _by_noun(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "12 deaths", "495 cases", "13 raids": the counted noun is the metric."""
        if head is None or head.entry.klass == "person":
            return None
        found = list(triggers_of(head, "noun"))
        if not found or phrase.head is None or self._is_wounds(k, head):
            return None
        lower = head.lower
        if len(found) > 1:
            found.sort(key=lambda one: -len(one.phrase))
        trigger = found[0]
        if (
            head.entry.klass
            and head.entry.klass in VERB_FIRST
            and (other := self._verb_for(k, phrase, head)) is not None
        ):
            return other
        if head.entry.klass == "dose" and (verb := self._governing_verb(k, phrase)) and verb not in TOLD:
            return self._draft(position, k, f"doses_{verb}", f"{verb} N doses", phrase, phrase.head, klass="dose")
        if trigger.metric == "casualties" and lower == "losses" and (cut_jobs := self._lost_before()) is not None:
            return self._draft(position, k, cut_jobs, "N losses, as before", phrase, phrase.head, klass="job")
        if phrase.modifiers and trigger.metric == "cases":
            for one in phrase.modifiers:
                named = next((t for t in self.items[one].entry.triggers if t.metric.endswith("_cases")), None)
                trigger = named or trigger
        return self._draft(
            position, k, trigger.metric, f"N {lower}", phrase, phrase.head, klass=self._klass_of(trigger, head)
        )

    def _is_wounds(self, k: int, head: Item) -> bool:
        """ "a man with three gunshot wounds", "suffered multiple injuries": wounds of one body, no people."""
        if head.lower.split()[-1] not in WOUNDS:
            return False
        j = self._left_edge(k)
        if j < 0 or not self.items[j].is_word:
            return False
        return self.items[j].lower.split()[-1] in BEARING or self.items[j].lower.startswith(("suffer", "sustain"))

    def _lost_before(self) -> str | None:
        """What losses are of, where the numbers before are of jobs: "7.7 million of the losses"."""
        index = self._last(lambda one: one.tracked and one.klass != "percent")
        if index is None or self.sentence - self.drafts[index].sentence > 8:
            return None
        return "jobs_lost" if self.drafts[index].metric in JOBS else None

    def _by_list_before(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "Of the cases, 1,134 are confirmed": what stands before the number decides what the predicate may say."""
        listed = self._of_the_before(k)
        if listed is not None and (made := self._part_of_listed(k, position, phrase, head, listed)) is not None:
            return made
        if (who := self._of_those_who(k)) is not None:
            said = next(one for one in triggers_of(self.items[who], "subject", "object", "state") if "person" in one.of)
            own = self._predicate(phrase.end, phrase, head)
            if own is None or self.metrics.metric(own[0].metric).default_aspect == "stock":
                index = self._last(lambda one: one.klass == "person" and one.tracked)
                same = index is not None and said.metric in (
                    self.drafts[index].metric, *self.metrics.metric(self.drafts[index].metric).part_of
                )  # fmt: skip
                metric = self.drafts[index].metric if same and index is not None else said.metric
                made = self._draft(position, k, metric, "of those who, N", phrase, who, klass="person")
                if same and index is not None and self._nominal(self.drafts[index].position) >= self._nominal(position):
                    made.relations.append(("part_of", index))
                return made
        return None

    def _verb_for(self, k: int, phrase: NounPhrase, head: Item) -> Draft | None:
        position = self.items[k].numbers[-1]
        return self._by_object(k, position, phrase, head) or self._by_predicate(k, position, phrase, head)

    def _by_object(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "killed 12", "shot 12 drones down", "claimed the lives of 12", "killing and wounding 12"."""
        items = self.items
        j = self._left_edge(k)
        if j < 0 or j in self.taken:
            return None
        if (
            items[j].lower in ("and", "plus")
            and j > 1
            and items[j - 1].lower in ("himself", "herself", "themselves", "itself")
        ):
            j -= 2  # "killed himself and 13 others"
        item = items[j]
        if item.lower == "of" and j > 0 and items[j - 1].lower == "loss" and head is None and self._lost_before():
            return self._draft(position, k, "jobs_lost", "loss of N jobs", phrase, j - 1, klass="job")
        if item.lower in ("of", "for") and j > 0 and items[j - 1].lower in self.nominal:
            return self._by_nominal(k, position, phrase, head, j - 1)
        apart = self.metrics.apart.get(item.lower)
        if apart and item.is_word:
            for particles, split in apart:
                if self._stand_at(particles, phrase.end) and self._fits(split, head, phrase, j):
                    self.taken.add(j)
                    return self._draft(
                        position,
                        k,
                        split.metric,
                        f"{split.phrase.split()[0]} N {' '.join(particles)}",
                        phrase,
                        j,
                        klass=self._klass_of(split, head),
                    )
        if head is None and not phrase.partitive and item.lower.startswith(HIRING) and self._lost_before() is not None:
            metric = "jobs_lost" if item.lower.startswith(FIRING) else "jobs_added"
            return self._draft(position, k, metric, f"{item.lower} N jobs", phrase, j, klass="job")
        trigger = self._choose(triggers_of(item, "object"), head, phrase, j)
        if trigger is None:
            return None
        if head is None and trigger.metric == "people_affected" and item.grammar & LINK:
            return None  # "crossings hit 45,756"
        if head is None and item.lower == "shot" and self._shot_up(j, k):
            return None  # "the death toll shot up to 208"
        if head is None and trigger.form in ("past", "part") and self._closes_toll(j):
            return None  # "the number of guards hurt as high as 25"
        if trigger.form in ("part", "past") and j > 0 and items[j - 1].grammar & BE and trigger.form == "part":
            return None
        if head is None and self._right_state_instead(phrase, item, trigger):
            return None
        if trigger.metric == "hospitalised" and phrase.state is not None:
            state = [
                one for one in triggers_of(self.items[phrase.state], "state", "object") if one.metric == "injuries"
            ]
            trigger = state[0] if state else trigger  # "treated 1,076 wounded civilians"
        metric = self._narrower(trigger.metric, phrase, hosts=True)
        behind = self.items[phrase.end] if phrase.end < len(self.items) else None
        for one in triggers_of(behind, "state") if behind is not None and head is not None else ():
            if one.metric in self.metrics.metric(metric).part_of:
                metric = one.metric  # "hosts 116,000 people displaced earlier"
        pair = self._paired_verb(j)
        if pair is not None and {pair, metric} == {"deaths", "injuries"}:
            metric = "casualties"
        self.taken.add(j)
        return self._draft(position, k, metric, f"{item.lower} N", phrase, j, klass=self._klass_of(trigger, head))

    def _shot_up(self, j: int, k: int) -> bool:
        """Whether "shot up" tells of a count that rose: a noun of a count stands before it."""
        mention = self.quantities[self.items[k].numbers[-1]].mention
        said = self._written(self.items[j].start, mention.number_start).casefold()
        return said.startswith("shot up") and self._toll_before(j) is not None

    def _closes_toll(self, j: int) -> bool:
        """Whether a participle only ends the name of a count: "the number of soldiers killed"."""
        before = self.items[j - 1] if j > 0 else None
        return before is not None and before.entry.klass == "person" and self._number_of(j)

    def _right_state_instead(self, phrase: NounPhrase, verb: Item, trigger: Trigger) -> bool:
        """ "left 12 dead", "took in 55 wounded": the state behind the number says more than such a verb."""
        if phrase.end >= len(self.items) or not triggers_of(self.items[phrase.end], "state"):
            return False
        return bool(verb.grammar & LIGHT) or trigger.metric not in ("deaths", "injuries", "casualties")

    def _narrower(self, metric: str, phrase: NounPhrase, *, hosts: bool = False) -> str:
        """ "shelters 1.3 million of them": refugees stay refugees under a verb of the displaced at large."""
        if phrase.head is not None:
            for one in triggers_of(self.items[phrase.head], "noun"):
                if metric in self.metrics.metric(one.metric).part_of:
                    return one.metric
        if phrase.partitive == "them" and hosts:
            index = self._last(lambda one: one.tracked)
            if index is not None and metric in self.metrics.metric(self.drafts[index].metric).part_of:
                return self.drafts[index].metric
        return metric

    def _paired_verb(self, j: int) -> str | None:
        if j >= 2 and self.items[j - 1].lower in ("and", "or"):
            found = triggers_of(self.items[j - 2], "object")
            if found:
                return found[0].metric
        return None

    def _by_nominal(self, k: int, position: int, phrase: NounPhrase, head: Item | None, j: int) -> Draft | None:
        """ "the lives of 12 civilians", "the bodies of 16 victims", "the arrest of 12"."""
        if self.items[j].lower == "remains" and (head is None or head.entry.klass == "person"):
            return self._draft(position, k, "deaths", "remains of N", phrase, j, klass="person")
        for trigger in triggers_of(self.items[j], "noun", "object", "toll"):
            if trigger.metric == "deaths" or "person" in trigger.of:
                if head is not None and head.entry.klass not in ("", "person"):
                    return None
                return self._draft(
                    position, k, trigger.metric, f"{self.items[j].lower} of N", phrase, j, klass="person"
                )
        return None

    def _by_predicate(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "12 people were killed", "12 have been confirmed dead", "30 wounded", "39 are among the dead"."""
        if (
            phrase.partitive == "the"
            and head is None
            and phrase.end < len(self.items)
            and triggers_of(self.items[phrase.end], "state", "noun")
        ):
            return None  # "98 of the dead are women": the state is of the whole
        found = self._predicate(phrase.end, phrase, head)
        if found is None:
            return None
        trigger, j = found
        if head is None and self.items[j].lower.split()[0] in ("in", "with", "at", "among"):
            listed = self._last(lambda one: one.tracked, here=True)
            if listed is not None and trigger.metric in self.metrics.metric(self.drafts[listed].metric).part_of:
                return None  # "320,000 refugees live in camps, 64,000 with host communities": the list goes on
        self.taken.add(j)
        made = self._draft(
            position,
            k,
            self._outcome(self._narrower(trigger.metric, phrase), j),
            f"N {self.items[j].lower}",
            phrase,
            j,
            klass=self._klass_of(trigger, head),
        )
        if head is None and phrase.partitive == "them":
            self._predicate_noun(made, j + 1)  # "four of those killed were children"
        return made

    def _outcome(self, metric: str, j: int) -> str:
        """ "was shot in the chest and later died", "was taken to hospital, where he died": the clause ends in death."""
        if metric not in ("injuries", "hospitalised"):
            return metric
        for i in range(j + 1, min(j + 14, len(self.items) - 1)):
            item = self.items[i]
            if item.grammar & (BE | HAVE) or item.lower in ("but", "while", ";", "another", "others"):
                break
            if item.lower in ("and", "where", "before", "then"):
                verb = i + 1
                while verb < len(self.items) - 1 and self.items[verb].lower in _SAME:
                    verb += 1
                verb = self._skip_adverbs(verb)
                if verb < len(self.items) and any(
                    one.metric == "deaths" and one.form in ("past", "part", "ing")
                    for one in triggers_of(self.items[verb], "subject")
                ):
                    return "deaths"
        return metric

    def _by_modifier(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "several injured civilians", "40 missing people", "149 of the injured"."""
        j = phrase.state
        if j is None and phrase.partitive == "the" and phrase.head is None and phrase.end < len(self.items):
            j = phrase.end if triggers_of(self.items[phrase.end], "state", "noun", "object") else None
        if j is None:
            return None
        trigger = self._choose(
            triggers_of(self.items[j], "state", "object") or triggers_of(self.items[j], "noun"), head, phrase, j
        )
        if trigger is None:
            return None
        draft = self._draft(
            position, k, trigger.metric, f"N {self.items[j].lower} ones", phrase, j, klass=self._klass_of(trigger, head)
        )
        if phrase.partitive == "the" and phrase.head is None:
            self._follow_definite(draft, phrase, j)
        return draft

    def _follow_definite(self, draft: Draft, phrase: NounPhrase, j: int) -> None:
        """ "98 of the dead are women", "149 of the injured were still in hospital"."""
        whole = self._last_of(draft.metric)
        if whole is not None:
            draft.relations.append(("part_of", whole))
        k = self._skip_adverbs(j + 1)
        if k < len(self.items) and self.items[k].grammar & (BE | HAVE):
            self._predicate_noun(draft, j + 1)
        found = self._chain(j + 1, phrase, None)
        if found is not None:
            draft.metric, draft.trigger = found[0].metric, (self.items[found[1]].start, self.items[found[1]].end)

    def _by_person_noun(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "11,320 refugees", "2,000 demonstrators": no verb counts them, the noun does."""
        if head is None or phrase.head is None or head.entry.klass != "person":
            return None
        found = triggers_of(head, "noun")
        if not found:
            return None
        return self._draft(position, k, found[0].metric, f"N {head.lower}", phrase, phrase.head, klass="person")

    def _by_open(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "486,000 permits issued", "304 beds": the counted noun, with its verb where one stands by."""
        if head is None or phrase.head is None:
            return None
        if head.entry.klass == "untracked" or not (is_plural(head) or self._names_people(head)):
            return None
        if head.entry.klass == "setting" and not (self._governing_verb(k, phrase) and self._in_figures(position)):
            return None
        mention = self.quantities[position].mention
        written = self.document.sentences[self.sentence]
        digits = any(
            one.isdigit()
            for one in self.document.article.field_text(written.field)[mention.number_start : mention.number_end]
        )
        small = (mention.low if mention.value is None else mention.value) <= SMALL
        verb = self._governing_verb(k, phrase)
        definite = k > 0 and self.items[k - 1].lower in ("the", "both", "these", "those")
        if mention.value is None and mention.high < 10 and not verb and head.entry.klass != "person":
            return None  # "raids on several army bases"
        if small and not digits and definite and k > 0 and self.items[k - 1].lower == "the":
            return None  # "telephoned the two leaders"
        if small and not verb and not digits and not head.entry.population:
            return None  # "two quakes", "three letters": a story is told
        if small and not verb and not digits and (definite or head.entry.klass == "person" or head.lower in UNTOLD):
            return None
        if phrase.partitive == "them":
            return None
        if verb is None and (index := self._last(bool, here=True)) is not None:
            before = self.drafts[index]
            at = self._left_edge(before.item)
            shared = self._joined(before, k) and at >= 0 and self.items[at].is_word
            word = self.items[max(at, 0)]
            if shared and not word.grammar & LIGHT and (word.grammar & VERBS or triggers_of(word, "object")):
                verb = self._participle(self.items[at])  # "burned 12 cars and five kiosks"
        noun = open_noun(head)
        person = head.entry.klass == "person" or (head.text[:1].isupper() and self._names_people(head))
        telling = verb is not None and verb not in TOLD and (noun == "people" or verb in self.telling)
        telling = telling or (verb == "fired" and head.entry.klass == "canister")
        metric = f"{noun}_{verb}" if telling else noun
        if verb == "held" and person:
            metric = self._held(k)
        if verb == "fallen" and self.metrics.population_relation(head.entry.population, "troops") in ("same", "part"):
            metric = "deaths"  # "70 of its soldiers fell"
        if head.lower == "cuts" and (self._lost_before() or self._of_jobs()):
            metric = "jobs_lost"
        if verb == "lived" and self._lives_abroad(phrase.end, head):
            metric = "refugees"
        edge = self.items[max(self._left_edge(k), 0)]
        if head.entry.klass == "job" and metric == noun and edge.lower in ("down", "fewer", "up"):
            metric = "jobs_added" if edge.lower == "up" else "jobs_lost"
        draft = self._draft(
            position, k, metric, f"N {head.lower}", phrase, phrase.head, klass=head.entry.klass, confidence=0.6
        )
        known = self.metrics.metrics.get(metric)
        draft.unit = known.unit if known is not None else "person" if person else "item"
        return draft

    def _held(self, k: int) -> str:
        """ "the camp held 14,872 people" tells who was there, "2,559 people still held" who is in custody."""
        before = self.items[self._left_edge(k)] if k > 0 else None
        if before is None or not before.lower.startswith("h") or LOCKING.search(self._nearby()) is not None:
            return "detained"
        return "people_present"

    def _nearby(self) -> str:
        """The title, the lead and this sentence."""
        article = self.document.article
        return f"{article.title}\n{article.text[:300]}\n{self.document.sentences[self.sentence].text}"

    def _of_jobs(self) -> bool:
        """Whether the sentence or the one before speaks of jobs: "announced 9,000 cuts"."""
        texts = [self.document.sentences[one].text for one in range(max(0, self.sentence - 1), self.sentence + 1)]
        return any(
            word in text for text in texts for word in ("job", "workforce", "layoff", "workers", "staff", "roles")
        )

    def _lives_abroad(self, begin: int, head: Item) -> bool:
        """ "7.68 million Venezuelans were living in Peru": a people in another country than its own."""
        settings = self.lexicon.settings
        own = settings.country_of(head.text) or settings.country_of(head.text.removesuffix("s"))
        for i in range(begin, min(len(self.items) - 1, begin + 8)):
            if self.items[i].lower.split()[-1:] == ["in"] and self.items[i + 1].text[:1].isupper():
                there = settings.country_of(self.items[i + 1].text)
                return own is not None and there is not None and own != there
        return False

    def _in_figures(self, position: int) -> bool:
        mention = self.quantities[position].mention
        return any(one.isdigit() for one in self._written(mention.number_start, mention.number_end))

    def _governing_verb(self, k: int, phrase: NounPhrase) -> str | None:
        """The participle of the verb that the noun phrase is the object or passive subject of."""
        items = self.items
        j = self._left_edge(k)
        hangs = j >= 0 and items[j].lower in ("of", "for", "with", "from")
        within = j > 0 and items[j].lower == "in" and items[j - 1].lower in BRINGING
        if within or (j > 0 and items[j].lower in ("up", "down", "out", "off", "over", "back", "away")):
            j -= 1  # "handed down 14 sentences"
        if j >= 0 and items[j].is_word and not items[j].grammar & LIGHT:
            word = items[j]
            if word.lower.endswith((" in", " at", " to", " from")):
                return None  # "are sheltered in 2,094 camps"
            if word.grammar & VERBS or triggers_of(word, "object", "subject"):
                return self._participle(word)
            if word.text.islower() and word.lower.endswith("ed") and not word.grammar and len(word.lower) > 4:
                return word.lower  # a verb that no list holds: "vetoed 12 bills"
        if hangs:
            return None  # "the trial of 16 teachers opened"
        j = self._skip_adverbs(phrase.end)
        if j + 1 < len(items) and items[j].lower == "and" and items[j + 1].numbers:
            other = self._phrase_at(j + 1)
            if other.head is not None and other.end < len(items) and items[other.end].grammar & (BE | HAVE):
                j = other.end  # "6,300 cattle and 44,200 poultry | were swept away"
        passive = False
        edge = min(len(items), j + LONGEST_CHAIN)
        while (
            j < edge
            and items[j].is_word
            and (
                items[j].grammar & (BE | HAVE | MODAL | ADVERB | NEG)
                or (items[j].lower in STAYING and _participial(items, j + 1))
            )
        ):
            passive = True
            j += 1
        if j < len(items) and items[j].is_word:
            word = items[j]
            if not word.grammar & LIGHT and (word.grammar & VERBS or triggers_of(word, "object", "subject", "state")):
                said = passive or word.entry.form in ("part", "past")
                said = said or any(one.form in ("part", "past") for one in word.entry.triggers)
                return self._participle(word) if said else None
            if passive and word.lower.endswith("ed") and word.text.islower():
                return word.lower
        return None

    def _participle(self, word: Item) -> str | None:
        if word.entry.participle:
            return word.entry.participle
        lower = word.lower.split()[0]
        return lower if lower.isalpha() and lower.endswith("ed") else None

    def _finished(self, draft: Draft, k: int, phrase: NounPhrase, head: Item | None) -> Draft:
        """Fill population and party in: antecedents of "others", demonyms, possessives."""
        if head is not None and head.lower in ("others", "other"):
            draft.population = None
        if draft.metric == "border_crossings":
            self._arrived(draft)
        police = draft.rule.startswith(("took in", "picked up", "pick up", "caught"))
        if draft.metric in ("refugees", "rescued") and police and self._by_police(k):
            draft.metric = "arrests"
        if draft.metric == "evacuated" and draft.rule.startswith(("got", "brought", "took", "led", "carried")):
            before = {one.lower for one in self.items[max(0, k - 12) : k]}
            if not before.isdisjoint(RESCUING):
                draft.metric = "rescued"
        if draft.metric == "captured" and draft.population in SEIZED and "seiz" in draft.rule:
            draft.metric = "hostages"
        if (
            head is not None
            and phrase.head is not None
            and draft.population
            and triggers_of(head, "noun")
            and not head.entry.population
        ):
            draft.population = self._last_word_population(head)  # "12 deaths" says how many, not who
            for one in phrase.modifiers:
                if self.items[one].entry.klass == "person":
                    draft.population = plural_head(self.items[one])
        if head is not None and head.entry.klass in NO_POPULATION:
            draft.population = None
        if head is not None and head.lower in ("lives", "victims", "fatalities", "deaths", "casualties"):
            named = next((self.items[one] for one in phrase.modifiers if self.items[one].entry.klass == "person"), None)
            if named is not None:
                draft.population = plural_head(named)
            elif head.lower != "victims" and draft.population == plural_head(head):
                draft.population = None
        bare = (draft.population is None and head is None) or (head is not None and head.lower in ("others", "other"))
        bare = bare and draft.rule.split()[0] not in ("lost", "lose", "loses", "losing")  # one's own, not those killed
        if bare and draft.klass == "person" and (phrase.others or self._own_clause(draft, k)):
            index = self._last(
                lambda one: (
                    one.klass == "person"
                    and one.metric != "population"
                    and not any(n == "part_of" for n, _ in one.relations)
                ),
                here=True,
            )
            if index is None and phrase.others:
                index = self._last(
                    lambda one: one.klass == "person" and self.sentence - one.sentence <= 1 and bool(one.population)
                )
            if index is not None and not phrase.others and self.drafts[index].population in PARTS:
                index = None
            if index is not None and self.quantities[self.drafts[index].position].mention.kind == "article":
                index = None
            if index is not None:
                draft.population, draft.party = self.drafts[index].population, self.drafts[index].party
                draft.rule += ", of those before"
        if draft.party is None:
            draft.party = self.parties.of_phrase(self.items, k, phrase, self._counted())
        if (
            draft.party is None
            and draft.klass == "person"
            and draft.rule.split()[0] in ("lost", "lose", "loses", "losing")
        ):
            draft.party = self.parties.before(self.items, k, self._counted()) or self._side_before()
        if (
            draft.party is None
            and phrase.owner is not None
            and phrase.owner < len(self.items)
            and self.items[phrase.owner].lower in OWN
        ):
            draft.party = self._side_before()
        if draft.party is None and draft.metric in LAUNCHED and draft.trigger is not None:
            index = self._last(lambda one: one.metric == draft.metric and one.party is not None, here=True)
            draft.party = (
                self.drafts[index].party
                if index is not None and draft.klass == self.drafts[index].klass and head is None
                else self.parties.of_agent(self.items, k, draft.trigger[1], self._counted())
            )
        if draft.party is None and draft.trigger is not None and phrase.head is None:
            at = self._item_at(draft.trigger)
            if at is not None and at < k:
                draft.party = self.parties.of_owner(self.items, at)
        return draft

    def _arrived(self, draft: Draft) -> None:
        """ "22,000 arrivals" in a camp are displaced, at a hotel guests; crossings are items."""
        said = self._written(*draft.trigger).casefold() if draft.trigger is not None else ""
        if "crossing" in said:
            draft.unit = "item"
        if not said.startswith("arrival") or "sea" in said:
            return
        if self._hosting_guests():
            draft.metric = "arrivals"
        elif self._last(lambda one: one.metric in ("displaced", "evacuated") and one.klass == "person") is not None:
            draft.metric, draft.rule = "displaced", f"{draft.rule} of those displaced"
        draft.unit = draft.unit if draft.unit.startswith("percent") else "person"

    def _hosting_guests(self) -> bool:
        """Whether the article tells of tourists and not of people who flee or migrate: its arrivals are guests."""
        if self._guests is None:
            text = self.document.article.text
            self._guests = TOURING.search(text) is not None and MIGRATING.search(text) is None
        return self._guests

    _guests: bool | None = None

    def _by_police(self, k: int) -> bool:
        """Whether police are the subject of the verb before the number: "police took in six persons"."""
        near = self.items[max(0, self._left_edge(k) - 3) : k]
        return any(one.entry.population in ("police", "security forces", "investigators") for one in near)

    def _side_before(self) -> str | None:
        """ "The Russian army is stalled. It has lost 498 of its men.": the one side that the sentence before names."""
        if self.sentence == 0:
            return None
        earlier, held = self.document.sentences[self.sentence - 1], self.document.sentences[self.sentence]
        if earlier.field != held.field or held.paragraph - earlier.paragraph > 1:
            return None
        opener = next((one.lower for one in self.items if one.is_word), "")
        if opener not in ("it", "they", "its", "their"):
            return None
        text = self.document.article.field_text(earlier.field)
        items = cut(earlier, [], [], self.metrics, text)[:FURTHEST]
        sides = {self.parties.named(items, j) for j in range(len(items))} - {None}
        return sides.pop() if len(sides) == 1 else None

    def _last_word_population(self, head: Item) -> str | None:
        """ "680,000 camp residents" are residents, though the phrase as a whole is a metric's noun."""
        words = head.lower.split()
        if len(words) < 2:
            return None
        for rest, entry in self.metrics.phrases.get(words[-1], ()):
            if not rest and entry.klass == "person":
                return "people" if entry.plural in ("people", "persons") else entry.plural
        return None

    def _own_clause(self, draft: Draft, k: int) -> bool:
        """Whether a bare number stands in a clause of its own ("and 414 were wounded", "wounding 30").

        So does one that shares the auxiliary of the clause before ("12 people were killed and 30 wounded"), but not
        one in a list of states ("6 martyrs, 22 injured").
        """
        if draft.trigger is None:
            return False
        if draft.trigger[0] < self.items[k].start:
            return draft.rule.endswith(" N") and not draft.rule.endswith("… N")
        for one in self.items[k + 1 : k + 6]:
            if one.start >= draft.trigger[0]:
                break
            if one.grammar & (BE | HAVE):
                return True
        index = self._last(lambda one: one.klass == "person", here=True)
        if index is None or k == 0 or self.items[k - 1].lower not in ("and", ",", "-", "–", "—", "while"):
            return False
        before = self.drafts[index]
        if before.trigger is None or before.trigger[0] < self.items[before.item].start:
            return False
        return any(one.grammar & BE for one in self.items[before.item : k] if one.start < before.trigger[0])
