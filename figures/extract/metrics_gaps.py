"""Bind numbers whose noun or verb stands elsewhere: gaps, brackets, shares of a total, and what later words tell."""

from __future__ import annotations

import re
from typing import Final

from figures.extract.metrics_contenders import contender, surnames
from figures.extract.metrics_items import Item, NounPhrase, is_plural, noun_phrase, plural_head, triggers_of
from figures.extract.metrics_measures import measure_metric
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_shares import Shares
from figures.extract.metrics_words import (
    BE,
    CONJ,
    COUNT,
    DETERMINER,
    DOWN,
    GENERIC,
    HAVE,
    LINK,
    LONGEST_CHAIN,
    MODAL,
    PREP,
    TOLD,
    UP,
)
from figures.lexicon.metrics import Trigger

VOTING: Final = re.compile(
    r"\b(?:elections?|votes?|voters|ballots?|polls|polling|referendum|run-?off|electorate)\b", re.I
)
BUSINESS: Final = re.compile(
    r"\b(?:shares?|shareholders?|investors?|profits?|revenues?|quarterly|first quarter|second quarter|third quarter"
    r"|fourth quarter|start-?up|Nasdaq|chief executive|CEO|dividends?|takeover|merger|earnings)\b"
)
DESTROYING: Final = re.compile(
    r"\b(?:flood\w*|earthquake|quake|cyclone|hurricane|typhoon|storm|tsunami|landslides?|eruption|wildfires?|bushfires?"
    r"|drought|tornado\w*|blaze|mudslides?|locusts?)\b"
)
NEEDING: Final = re.compile(
    r"\b(?:humanitarian|donors?|victims?|refugees?|displaced|disaster|earthquake|floods?|reconstruction|famine|drought"
    r"|outbreak|survivors?|United Nations|Red Cross|relief|bailout|stimulus|grants?)\b"
)
SPENT: Final = frozenset(
    [
        "paid",
        "spent",
        "offered",
        "raised",
        "sought",
        "needed",
        "released",
        "approved",
        "sent",
        "set",
        "given",
        "provided",
        "announced",
        "asked",
        "requested",
        "collected",
        "allocated",
    ]
)
GETTING: Final = frozenset(
    [
        "get", "gets", "got", "getting", "taken", "gotten", "collecting",
        "win", "wins", "won", "winning", "have", "has", "had", "take", "takes", "took",
        "taking", "poll", "polled", "polling", "score", "scored", "scoring", "garnered", "receive", "received",
        "receiving", "secured", "obtained", "captured", "drew", "drawing", "with", "on", "at", "to", "against", "by",
        "collected", "claimed", "managed", "gained", "from", "only", "just",
    ]
)  # fmt: skip
ASKING: Final = frozenset(["polled", "surveyed", "asked", "questioned", "interviewed", "respondents", "interviewees"])
GIVING: Final = frozenset(["gave", "given", "give", "gives", "giving", "credited", "awarded"])
FORESEEING: Final = ("predict", "expect", "forecast", "fear", "foresee", "foresaw", "project", "anticipat", "pencilled")
SHARING: Final = frozenset(
    [
        "represent", "represents", "represented", "representing", "comprise", "comprises", "comprised", "comprising",
        "constitute", "constitutes", "constituted", "constituting", "formed",
    ]
)  # fmt: skip
FOR: Final = ("account", "blam", "responsib", "respons", "hold", "held")
TOTALS: Final = frozenset(["total", "whole", "overall", "all", "them", "those", "these", "which", "whom", "cases"])
DEAR: Final = 100_000.0  # what costs more is a plan or a loss, not one piece of a good
REBUILDING: Final = frozenset(
    ["rebuilding", "reconstruction", "repairs", "repair", "damage", "recovery", "restoration"]
)
HURTING: Final = frozenset(
    ["injuries", "deaths", "casualties", "hospitalised", "rescued", "survivors", "people_aboard"]
)
GATHERINGS: Final = frozenset(
    [
        "protest", "protests", "demonstration", "demonstrations", "rally", "rallies", "march", "marches", "vigil",
        "procession", "sit-in", "crowd", "crowds",
    ]
)  # fmt: skip
TOPICS: Final = frozenset(
    ["protesters", "refugees", "displaced", "border_crossings", "evacuated", "arrests", "detained"]
)
NEAR: Final = 3  # sentences back to the total that a share is of
CHOOSING: Final = (
    "vote",
    "back",
    "choos",
    "chose",
    "support",
    "reject",
    "favour",
    "favor",
    "oppos",
    "said",
    "approv",
    "want",
    "prefer",
    "endors",
    "opted",
)
CONTENDERS: Final = frozenset(
    [
        "president", "premier", "party", "parties", "rival", "rivals", "candidate", "candidates", "incumbent", "right",
        "left", "coalition", "bloc", "alliance", "opposition", "greens", "liberals", "conservatives", "socialists",
        "democrats", "republicans", "populists", "nationalists", "centrists", "chancellor", "senator", "mayor",
        "leader",
        "challenger", "independents", "he", "she", "they", "yes", "no", "camp", "side", "ticket", "list",
        "movement", "nominee",
    ]
)  # fmt: skip


def items_at(items: list[Item], j: int) -> Item | None:
    """The word at a position, None for a number, a mark or no position."""
    return items[j] if 0 <= j < len(items) and items[j].is_word else None


class Gaps(Shares):
    """Reads shares of a total said before, counts in brackets, and objects that stand before their verb."""

    # Shares

    def _percent(self, k: int, position: int) -> Draft | None:
        made = self._share_stated(k, position) or self._share_is(k, position) or self._counted_so_far(k, position)
        made = made or self._share_in(k, position)
        if made is None:
            made = super()._percent(k, position)
            known = made is not None and made.metric in self.metrics.metrics
            if not known and (asked := self._of_those_asked(k, position)) is not None:
                made, known = asked, True
            if not known and (self._is_result(k) or self._with_result(k)):
                made = self._draft(position, k, "vote_share", "X won P", None, None, klass="percent", confidence=0.7)
            if made is not None and made.metric == "share" and self._voting():
                made.metric = "vote_share"
            if made is None or made.metric not in self.metrics.metrics:
                made = self._amount(k, position, "percent") or made
            if made is None:
                made = self._share_recalled(k, position)
            if made is None:
                made = self._share_of_kind(k, position)
        if (
            made is not None
            and made.metric == "vote_margin"
            and made.unit != "percentage_point"
            and self._role(k) != "by"
        ):
            made.metric = "vote_share"  # "he is trailed by a rival at 12.2%"
        if made is not None and made.metric == "abstention" and made.trigger is not None and not self._voting():
            at = self._item_at(made.trigger)
            if at is not None and not self.items[at].lower.startswith("abst"):
                made.metric = "stayed_away"
        if made is not None and not made.unit.startswith("percent"):
            made.unit = self.quantities[position].mention.unit or "percent"
        return made

    def _measure(self, k: int, position: int) -> Draft | None:
        made = super()._measure(k, position)
        quantity = self.quantities[position]
        lost = items_at(self.items, self._left_edge(k))
        if quantity.dimension == "currency" and lost is not None and lost.lower in ("lost", "loses", "lose", "losing"):
            made = self._draft(
                position, k, "loss", "lost money", None, self._left_edge(k), klass="measure", confidence=0.7
            )
            made.unit, made.population = quantity.unit or made.unit, None
        if quantity.dimension in ("length", "time", "duration", "age", "temperature", "angle", None):
            return made
        if made is None or made.metric not in self.metrics.metrics or made.trigger is None:
            found = self._amount(k, position, "measure")
            if found is not None:
                found.unit = quantity.unit or found.unit
                return found
        if made is None and quantity.dimension == "currency":
            j = self._left_edge(k)
            word = items_at(self.items, j)
            verb = self._participle(word) if word is not None and not word.grammar & (PREP | BE | HAVE) else None
            if verb is not None:
                made = self._draft(position, k, f"money_{verb}", "verb money", None, j, klass="measure", confidence=0.5)
                made.unit, made.population = quantity.unit or made.unit, None
        if made is not None and made.metric == "aid" and made.trigger is not None and not self._aiding():
            at = self._item_at(made.trigger)
            verb = self._participle(self.items[at]) if at is not None else None
            if verb is not None and verb in SPENT:
                made.metric = f"money_{verb}"  # "it will pay $800 million in severance"
        if made is not None and made.metric == "cost" and k > 0 and self.items[k - 1].lower in ("costs", "cost"):
            made.metric = (
                made.metric if (quantity.mention.value or 0.0) >= DEAR else "price"
            )  # "the one fit for indoors costs 70 reais"
        if made is not None and made.metric == "loss" and self._destroying():
            made.metric = "damage_cost"  # "the overall loss is put at Rs 220 crore" after a flood
        if made is not None and made.metric == "price" and made.trigger is not None:
            at = self._item_at(made.trigger)
            value = quantity.mention.value or 0.0
            if at is not None and self.items[at].lower.startswith("cost") and value >= DEAR and not self._unit_price(k):
                rebuilt = any(one.lower in REBUILDING for one in self.items[max(0, at - 10) : at])
                made.metric = "damage_cost" if rebuilt else "cost"
        return made

    def _amount(self, k: int, position: int, klass: str) -> Draft | None:
        """ "exports fell 12% to $21.4 billion": an amount's own name is the metric of its changes and sums."""
        items = self.items
        for i in range(k - 1, max(-1, k - 16), -1):
            item = items[i]
            if item.lower in (";", ":", ".", "while", "but", "who", "which"):
                break
            if item.is_word and "amount" in item.grammar:
                if i > 0 and items[i - 1].lower in ("in", "from", "by", "for", "on", "with", "at", "to"):
                    continue
                made = self._draft(position, k, item.lower, f"{item.lower} … N", None, i, klass=klass, confidence=0.6)
                made.unit = "percent"
                if self._role(k) == "by":
                    made.aspect = "change"
                self._relate_change(made, k)
                return made
        return None

    def _share_stated(self, k: int, position: int) -> Draft | None:
        """ "children accounted for P of the total", "women made up P", "P of them homes", "and P Afghans"."""
        items = self.items
        phrase = noun_phrase(items, k)
        head = items[phrase.head] if phrase.head is not None else None
        if phrase.partitive == "them":
            if (told := self._share_of_those(k, position, phrase)) is not None:
                return told
            cue = measure_metric(items, k, "percent", self.metrics)
            if cue is not None and cue[1] > k and self.metrics.metric(cue[0]).measured and cue[0] != "vote_share":
                return self._draft(position, k, cue[0], "P of those …", None, cue[1], klass="percent")
            index = self._last(lambda one: one.tracked and one.klass not in ("percent", "measure"))
            if index is None:
                return None
            return self._share_of_them(k, position, phrase, index)
        if head is not None and not phrase.partitive and not phrase.vague_of and self._counts_like(head):
            index = self._last(lambda one: one.klass == "percent" or one.rule.startswith("F of"), here=True)
            edge = self._left_edge(k)
            if index is not None and edge >= 0 and items[edge].lower in ("and", ",", ";", "but", "while"):
                return self._share_like(k, position, index, head)
        at = self._sharing_verb(k)
        if at is None:
            return None
        if head is not None and (phrase.partitive or phrase.vague_of) and head.lower not in TOTALS:
            named = triggers_of(head, "noun", "state", "toll")
            if not named:
                return None
            made = self._draft(position, k, named[0].metric, "X is P of N", None, phrase.head, klass="percent")
        else:
            if head is not None and not phrase.partitive and not phrase.vague_of:
                return None
            before = self._last(lambda one: one.rule.startswith("X is P"), here=True)
            total = self._total_before() if before is None else before
            if total is None:
                return None
            made = self._draft(position, k, self.drafts[total].metric, "X is P of the total", None, at, klass="percent")
            made.relations.append(("share_of", total))
        made.population = self._subject_people(at)
        return made

    def _share_is(self, k: int, position: int) -> Draft | None:
        """ "60% are women", "more than half, 54 per cent, were children": of the total told before."""
        items = self.items
        j = k + 1
        if j < len(items) and items[j].lower in (",", ")"):
            j += 1
        if j >= len(items) or not items[j].grammar & BE or not self._in_digits(position):
            return None
        run = noun_phrase(items, self._skip_adverbs(j + 1) - 1)
        if run.head is None or not self._counts_like(items[run.head]):
            return None
        total = self._total_before()
        if total is None or self.drafts[total].klass not in ("person", ""):
            return None
        made = self._draft(position, k, self.drafts[total].metric, "P are X", None, None, klass="percent")
        made.trigger, made.relations = self.drafts[total].trigger, [("share_of", total)]
        made.population = plural_head(items[run.head])
        made.noun = (items[run.first].start, items[run.head].end)
        return made

    def _share_in(self, k: int, position: int) -> Draft | None:
        """ "three in five voters chose her", "one in eight flights was cut": a share of all of a kind."""
        items = self.items
        mention = self.quantities[position].mention
        written = self._written(mention.number_start, mention.number_end).casefold()
        if " in " not in written and " out of " not in written:
            return None
        phrase = noun_phrase(items, k)
        head = items[phrase.head] if phrase.head is not None else None
        if head is None or phrase.partitive or phrase.vague_of or not is_plural(head):
            return None
        found = self._predicate(phrase.end, phrase, head)
        at = self._skip_adverbs(phrase.end)
        if found is not None:
            made = self._draft(position, k, found[0].metric, "A in B", phrase, found[1], klass="percent")
        elif head.lower == "voters" and at < len(items) and items[at].lower.startswith(CHOOSING):
            made = self._draft(position, k, "vote_share", "A in B voters", phrase, at, klass="percent")
        elif head.entry.klass in ("setting", "untracked"):
            return None
        else:
            noun = plural_head(head).replace(" ", "_").replace("-", "_")
            verb = self._governing_verb(k, phrase)
            made = self._draft(
                position, k, f"{noun}_{verb}" if verb else noun, "A in B", phrase, phrase.head, klass="percent",
                confidence=0.6,
            )  # fmt: skip
        made.unit = "percent"
        return made

    def _share_of_kind(self, k: int, position: int) -> Draft | None:
        """ "half of the wards are closed", "two thirds of the arrivals": a share of all of a kind, in words."""
        items = self.items
        phrase = noun_phrase(items, k)
        head = items[phrase.head] if phrase.head is not None else None
        if head is None or not (phrase.partitive or phrase.vague_of) or not is_plural(head):
            return None
        if head.entry.klass in ("setting", "untracked"):
            return None
        named = [one for one in triggers_of(head, "noun") if self.metrics.metric(one.metric).unit != "currency"]
        if named:
            return self._draft(position, k, named[0].metric, "F of kind", phrase, phrase.head, klass="percent")
        verb = self._governing_verb(k, phrase)
        if verb is None and not head.entry.population:
            return None
        noun = plural_head(head).replace(" ", "_").replace("-", "_")
        metric = f"{noun}_{verb}" if verb and verb not in TOLD else noun
        return self._draft(position, k, metric, "F of kind", phrase, phrase.head, klass="percent", confidence=0.5)

    def _counted_so_far(self, k: int, position: int) -> Draft | None:
        """ "with 98 percent of the votes counted": how far the count is, nobody's share."""
        near = [one.lower for one in self.items[k + 1 : k + 8]]
        counted = ("vote", "ballot", "polling", "precinct", "return", "tally sheet", "booth", "tables")
        if near[:1] != ["of"] or not any(one.startswith(counted) for one in near):
            return None
        if k > 1 and self.items[k - 2].lower in ("stands", "stood", "stand", "led", "leads"):
            return None  # "she stands at 51 percent of the votes counted so far"
        led = [one.lower for one in self.items[max(0, k - 3) : k]]
        done = ("counted", "tallied", "reporting", "processed", "reported", "scrutinised")
        doing = ("counted", "tallied", "processed", "counting", "processing")
        if not any(one in done for one in near) and not any(one in doing for one in led):
            return None
        return self._draft(position, k, "votes_counted", "P of votes counted", None, None, klass="percent")

    def _share_of_them(self, k: int, position: int, phrase: NounPhrase, index: int) -> Draft:
        of = self.drafts[index]
        metric, trigger = of.metric, of.trigger
        found = self._chain(phrase.end, phrase, None)
        if of.metric in ("votes", "voters", "registered_voters", "turnout"):
            at = self._skip_adverbs(phrase.end)
            while at < len(self.items) and at < phrase.end + LONGEST_CHAIN and self.items[at].grammar & (BE | HAVE):
                at += 1
            if at < len(self.items) and self.items[at].lower.startswith(CHOOSING):
                metric, found = "vote_share", None
        if found is not None and not found[0].of.isdisjoint({"person"} if of.klass == "person" else {of.klass, "item"}):
            metric, trigger = found[0].metric, (self.items[found[1]].start, self.items[found[1]].end)
        made = self._draft(position, k, metric, "P of them", None, None, klass="percent", confidence=0.7)
        made.trigger = trigger
        made.relations.append(("share_of", index))
        run = noun_phrase(self.items, max(phrase.end, self._after_be(phrase.end)) - 1)
        noun = self.items[run.head] if run.head is not None else None
        made.population, made.party = of.population, of.party
        if noun is not None and found is None and self._counts_like(noun):
            made.population, made.noun = plural_head(noun), (noun.start, noun.end)
        return made

    def _after_be(self, j: int) -> int:
        j = self._skip_adverbs(j)
        return j + 1 if j < len(self.items) and self.items[j].grammar & BE else j

    def _share_like(self, k: int, position: int, index: int, head: Item) -> Draft:
        of = self.drafts[index]
        made = self._draft(position, k, of.metric, "P X, P Y", None, None, klass="percent", confidence=0.7)
        made.trigger, made.population, made.noun = of.trigger, plural_head(head), (head.start, head.end)
        made.relations = [one for one in of.relations if one[0] == "share_of"]
        return made

    def _counts_like(self, head: Item) -> bool:
        """Whether a noun names those counted: people, a people, homes."""
        if head.entry.klass in ("person", "household", "building", "vehicle", "animal"):
            return is_plural(head)
        return head.text[:1].isupper() and is_plural(head) and self._names_people(head)

    def _sharing_verb(self, k: int) -> int | None:
        """Where "made up", "accounted for", "represented" or "blamed X for" stands right before the number."""
        items = self.items
        j = self._left_edge(k)
        if j < 1:
            return None
        if items[j].lower in ("make up", "makes up", "made up", "making up") or items[j].lower in SHARING:
            return j
        if items[j].lower == "up" and items[j - 1].lower in ("make", "makes", "made", "making"):
            return j - 1
        if items[j].lower.startswith("account") and items[j].lower.endswith(" for"):
            return j
        if items[j].lower != "for":
            return None
        if self._last(lambda one: one.rule.startswith("X is P"), here=True) is not None:
            return j
        for i in range(j - 1, max(-1, j - 8), -1):
            if items[i].lower.startswith(FOR):
                return i
            if (not items[i].is_word and items[i].lower != "-") or items[i].numbers:
                return None
        return None

    def _subject_people(self, at: int) -> str | None:
        """Those of whom a share is told: the nearest people before the verb, else behind it ("blamed rebels for")."""
        items = self.items
        for i in range(at - 1, max(-1, at - 8), -1):
            if items[i].numbers or items[i].lower in (",", ";", ".", ":"):
                break
            if self._counts_like(items[i]) and items[i].entry.klass != "setting":
                lead = i - 1
                if lead >= 0 and items[lead].lower == "of":
                    continue
                return plural_head(items[i])
        return None

    def _total_before(self) -> int | None:
        """The largest count of the nearest sentence, this one first, that has counts: the total that shares are of."""
        best: int | None = None
        for index in range(len(self.drafts) - 1, max(-1, len(self.drafts) - 16), -1):
            draft = self.drafts[index]
            quantity = self.quantities[draft.position]
            if self.sentence - draft.sentence > NEAR:
                break
            if quantity.dimension is not None or quantity.mention.unit is not None or not draft.tracked:
                continue
            if quantity.mention.kind == "article":
                continue
            if best is not None and draft.sentence != self.drafts[best].sentence:
                break
            if best is None or self._size(index) > self._size(best):
                best = index
        return best

    def _size(self, index: int) -> float:
        mention = self.quantities[self.drafts[index].position].mention
        return mention.value if mention.value is not None else mention.low

    def _share_recalled(self, k: int, position: int) -> Draft | None:
        """ "the rate had been P", "compared with P a year earlier": a percentage goes on with the one before."""
        items = self.items
        if not self._in_digits(position):
            return None
        j = self._left_edge(k)
        begin = j
        while (
            j >= 0 and begin - j < 6 and items[j].grammar & (BE | HAVE | MODAL | LINK | UP | DOWN | PREP | DETERMINER)
            and not items[j].lower.startswith(FORESEEING)
        ):  # fmt: skip
            j -= 1
        if j < 0 or (j == begin and not items[j].lower.startswith(FORESEEING)):
            return None
        anaphor = items[j].grammar & GENERIC or items[j].lower in ("it", "that", "share", "proportion", "rate", "which")
        against = items[begin].lower in ("with", "from", "against", "than") or items[j].lower.startswith(FORESEEING)
        if not anaphor and not against:
            return None
        index = None
        if items[j].lower.startswith(FORESEEING):  # what is foretold is a rate: inflation, growth
            index = self._last(lambda one: one.klass == "percent" and self.metrics.metric(one.metric).measured)
        if index is None:
            index = self._last(lambda one: one.klass == "percent" or self.metrics.metric(one.metric).measured)
        if index is None or self.sentence - self.drafts[index].sentence > 2:
            return None
        made = self._draft(position, k, self.drafts[index].metric, "P before … P", None, None, klass="percent")
        made.population, made.confidence = self.drafts[index].population, 0.6
        return made

    def _is_result(self, k: int) -> bool:
        """Whether a percentage is one side's in an article on a vote: "Ms Mirza had 26.5 percent"."""
        items = self.items
        unit = self.quantities[items[k].numbers[-1]].mention.unit
        if unit == "percentage_point" or not self._voting():
            return False
        follower = items[k + 1].lower if k + 1 < len(items) else ""
        if follower == "for" and self.items[k - 1].lower in ("(", ","):
            return True  # "Wales (52 per cent for Leave)"
        if follower.startswith(CHOOSING) and follower != "said":
            return True
        if k > 2 and any(one.lower in GIVING for one in items[max(0, k - 8) : k]) and items[k - 1].is_word:
            return True  # "it gave him 54 percent and her 44"
        if follower == "of" and not any(one.lower.startswith("vote") for one in items[k + 2 : k + 5]):
            return False
        j = self._left_edge(k)
        if j < 1 or items[j].lower not in GETTING:
            return False
        for i in range(j - 1, max(-1, j - 10), -1):
            item = items[i]
            if item.numbers:
                return self._few(i) and i + 1 < len(items) and bool(items[i + 1].grammar & (HAVE | BE))  # "the two had"
            if item.lower == ";":
                return False
            if item.lower in CONTENDERS:
                return True
            if item.is_word and item.text[:1].isupper() and not item.grammar and not item.entry.triggers:
                return True
        return False

    def _with_result(self, k: int) -> bool:
        """ "The Greens scraped in with 5.1 percent", "are out with 3 percent": a party's result behind "with"."""
        if k < 1 or self.items[self._left_edge(k)].lower != "with" or not self._voting():
            return False
        if k + 1 < len(self.items) and self.items[k + 1].lower in ("of", "more", "less", "fewer"):
            return False
        if self._people is None:
            self._people = surnames(self.document.article.text)
        return contender(self.items, k, 0, self.parties, self._people) is not None

    _people: frozenset[str] | None = None

    def _of_those_asked(self, k: int, position: int) -> Draft | None:
        """ "a third of those polled expect a recession", "60% of respondents": an answer that no metric names."""
        near = [one.lower for one in self.items[k + 1 : k + 5]]
        if near[:1] != ["of"] or not ASKING.intersection(near):
            return None
        return self._draft(position, k, "respondents", "P of those asked", None, None, klass="percent", confidence=0.6)

    def _few(self, i: int) -> bool:
        value = self.quantities[self.items[i].numbers[-1]].mention.value
        return value is not None and value <= 4

    def _voting(self) -> bool:
        """Whether the article speaks of a vote."""
        if self._votes is None:
            self._votes = VOTING.search(self.document.article.text) is not None
        return self._votes

    _votes: bool | None = None

    def _unit_price(self, k: int) -> bool:
        """Whether a sum is that of one piece: "costs 250,000 rials a kilo"."""
        return [one.lower for one in self.items[k + 1 : k + 2]] == ["a"] or self.items[k].lower == "each"

    def _destroying(self) -> bool:
        """Whether the article tells of a disaster and is no business news."""
        if self._ruin is None:
            text = self.document.article.text
            self._ruin = DESTROYING.search(text) is not None and BUSINESS.search(text) is None
        return self._ruin

    _ruin: bool | None = None

    def _aiding(self) -> bool:
        """Whether the article may speak of help: no business news, or one that names donors, victims, grants."""
        if self._help is None:
            text = self.document.article.text
            self._help = BUSINESS.search(text) is None or NEEDING.search(text) is not None
        return self._help

    _help: bool | None = None

    # Counts

    def _narrower(self, metric: str, phrase: NounPhrase, *, hosts: bool = False) -> str:
        """ "120 of whom were released" after arrests: those were let go, not rescued."""
        if metric == "rescued" and (phrase.partitive or phrase.head is None):
            index = self._last(lambda one: one.klass == "person")
            if index is not None and self.drafts[index].metric in ("hospitalised", "injuries"):
                return "discharged"
            if index is not None and self.drafts[index].metric in (
                "arrests",
                "detained",
                "captured",
                "released",
                "quarantined",
                "hostages",
                "convicted",
                "charged",
                "prosecuted",
            ):
                return "released"
        return super()._narrower(metric, phrase, hosts=hosts)

    def _topic(self, k: int) -> str | None:
        """The metric of people that words nearest before the number, here or up to two sentences back, speak of."""
        for item in reversed(self.items[max(0, k - 40) : k]):
            found = "protesters" if item.text in GATHERINGS else self._topic_of(item.entry.triggers)
            if found is not None:
                return found
        for item in self.items[k + 1 : k + 30]:
            tolls = [one.metric for one in triggers_of(item, "toll") if one.metric in TOPICS]
            if tolls:
                return tolls[0]
        for back in (1, 2):
            index = self.sentence - back
            if index < 0 or self.document.sentences[index].field != self.document.sentences[self.sentence].field:
                return None
            for token in reversed(self.document.sentences[index].tokens[:60]):
                if token.text in GATHERINGS:
                    return "protesters"
                for rest, entry in self.metrics.phrases.get(token.lower, ()):
                    found = None if rest else self._topic_of(entry.triggers)
                    if found is not None:
                        return found
        return None

    @staticmethod
    def _topic_of(triggers: tuple[Trigger, ...]) -> str | None:
        for one in triggers:
            if one.metric in TOPICS and one.kind in ("noun", "subject", "state") and not one.needs_cue:
                return one.metric
        return None

    def _by_toll(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "turnout fell from 67 percent to 55": the sign of the percentage is said once."""
        made = super()._by_toll(k, position, phrase, head)
        value = self.quantities[position].mention.value
        if made is not None and made.rule.startswith(("turnout", "attendance")) and (value or 0) <= 100:
            if self._last(lambda one: one.metric == "turnout", here=True) is None:
                return None
            made.metric, made.unit, made.klass, made.population = "turnout", "percent", "percent", None
        return made

    def _by_predicate(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "1.3 million of them severely", "756 patients in a serious condition": how badly, not what."""
        made = super()._by_predicate(k, position, phrase, head)
        if made is None or made.metric != "injuries" or made.trigger is None:
            return made
        said = self._written(*made.trigger).casefold()
        if head is not None and head.lower == "patients" and said.endswith(("condition", "care", "critical")):
            made.metric = "hospitalised"
        elif said in ("severely", "seriously", "critically") and phrase.partitive == "them":
            index = self._last(lambda one: one.tracked and self._nominal(one.position) >= self._nominal(position))
            if index is not None and self.drafts[index].metric not in HURTING:
                of = self.drafts[index]
                made.metric, made.trigger, made.unit = of.metric, of.trigger, of.unit
        return made

    def _by_nominal(self, k: int, position: int, phrase: NounPhrase, head: Item | None, j: int) -> Draft | None:
        """ "the loss of 6 tanks", "the destruction of 40 homes": what the verb of that noun would count."""
        made = super()._by_nominal(k, position, phrase, head, j)
        verb = {"loss": "lost", "destruction": "destroyed", "demolition": "demolished"}.get(self.items[j].lower)
        if made is not None or head is None or verb is None:
            return made
        for rest, entry in self.metrics.phrases.get(verb, ()):
            triggers = tuple(one for one in entry.triggers if one.kind == "object" and not rest)
            trigger = self._choose(triggers, head, phrase, j) if triggers else None
            if trigger is not None:
                klass = self._klass_of(trigger, head)
                return self._draft(position, k, trigger.metric, f"{self.items[j].lower} of N", phrase, j, klass=klass)
        return None

    def _by_gap(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "53.2 million had fled conflict and 5.9 million disasters": the second object of a verb said once."""
        items = self.items
        if head is None or head.entry.population or head.text[:1].isupper() or k < 3 or items[k - 1].lower != "and":
            return None
        if phrase.end < len(items) and items[phrase.end].is_word:
            return None
        index = self._last(bool, here=True)
        if index is None or self.drafts[index].trigger is None or self._nominal(position) < 1000:
            return None
        of = self.drafts[index]
        at = self._item_at(of.trigger)
        if at is None or at < of.item or not 1 <= k - 1 - at <= 5 or of.klass != "person":
            return None
        if of.phrase is not None and of.phrase.head == at:
            return None  # "made 22 arrests and about 800 searches of bags"

        if any(not one.is_word or one.numbers for one in items[at + 1 : k - 1]):
            return None
        made = self._draft(position, k, of.metric, "N X and M Y", None, None, klass=of.klass, confidence=0.6)
        made.trigger, made.population, made.party, made.unit = of.trigger, of.population, of.party, of.unit
        return made

    def _by_percent_again(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "58.5 percent of the vote, she 41.5", "from 12.6": the sign of the percentage is said once."""
        items = self.items
        value = self.quantities[position].mention.value
        if head is not None or phrase.partitive or phrase.others or value is None or value > 100:
            return None
        follower = items[phrase.end] if phrase.end < len(items) else None
        if (
            follower is not None
            and follower.is_word
            and not follower.grammar & (PREP | CONJ)
            and follower.text.islower()
        ):
            return None
        index = self._last(bool, here=True)
        if index is None or self.drafts[index].unit != "percent":
            return None
        of = self.drafts[index]
        j = self._left_edge(k)
        if j < 0 or j <= of.item or (items[j].lower == "of" and items[j - 1].numbers):
            return None
        made = self._draft(position, k, of.metric, "P, N again", None, None, klass="percent", confidence=0.6)
        made.trigger, made.unit = of.trigger, "percent"
        if self._role(k) == "from":
            made.modality = "superseded"
        return made

    def _by_size(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "thousands more", "another 1,200": a large number without noun or verb goes on with the count before."""
        mention = self.quantities[position].mention
        size = mention.value if mention.value is not None else mention.low
        follower = self.items[phrase.end] if phrase.end < len(self.items) else None
        if head is not None or size < 100 or mention.unit is not None:
            return None
        if follower is not None and (follower.lower in ("-", "/", ":") or follower.numbers):
            return None
        before = self.items[k - 1] if k > 0 else None
        spoken = follower is not None and follower.is_word and follower.text.islower()
        if before is None or before.lower in ('"', "“"):
            if not spoken:
                return None
        elif not (before.is_word or before.lower in (",", ";", ":", "–", "—")):
            return None  # lines of a page's furniture: "Topic: Missile attack (200) 2510"
        index = self._nearest_like(position)
        metric = self.drafts[index].metric if index is not None else self._topic(k)
        if metric is None:
            return None
        made = self._draft(position, k, metric, "N goes on", None, None, klass="person", confidence=0.4)
        if index is not None:
            of = self.drafts[index]
            made.klass, made.unit, made.population, made.party = of.klass, of.unit, of.population, of.party
        return made

    def _is_place(self, j: int) -> bool:
        """Whether the words up to ``j`` end with a place's name: "Fiji", "New Zealand"."""
        items = self.items
        if not items[j].text[:1].isupper():
            return False
        names = [" ".join(one.text for one in items[i : j + 1]) for i in range(max(0, j - 2), j + 1)]
        return any(self.lexicon.settings.place(one) is not None for one in names)

    def _listed_in_brackets(self) -> bool:
        """Whether bare counts stand behind several names: "hospitality (40,000), construction (22,000)"."""
        items = self.items
        return (
            sum(
                items[i].lower == "(" and bool(items[i + 1].numbers) and items[i + 2].lower == ")"
                for i in range(len(items) - 2)
            )
            > 1
        )

    def _by_bracket(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "Haitians (46,558)", "Fiji (15)": a bare count in brackets goes on with the count told before."""
        items = self.items
        if head is not None or k < 2 or items[k - 1].lower not in ("(", "["):
            return None
        if phrase.end < len(items) and items[phrase.end].lower not in (")", "]", ",", ";"):
            return None
        named = items[k - 2]
        if not named.is_word or named.grammar & (PREP | CONJ | BE | HAVE):
            return None
        people = self._counts_like(named) or named.lower.endswith("ese")
        if not people and not self._is_place(k - 2) and not self._listed_in_brackets():
            return None  # "Strike on the Air Base (200)"
        index = self._last(lambda one: one.rule == "N (M)", here=True)
        if index is None:
            last = self._last(bool, here=True)
            bracketed = last is not None and self.drafts[last].item > 0
            if last is not None and bracketed and items[self.drafts[last].item - 1].lower in ("(", "["):
                index = last  # "Tonga (440 cases) and Fiji (15)"
            else:
                index = self._nearest_like(position)
        if index is None:
            return None
        of = self.drafts[index]
        made = self._draft(position, k, of.metric, "N (M)", None, None, klass=of.klass, confidence=0.7)
        made.trigger, made.unit = of.trigger, of.unit
        made.population = plural_head(named) if people and of.klass in ("person", "") else of.population
        if made.population and people:
            made.noun = (named.start, named.end)
            made.party = self.parties.named(items, k - 2)
        if (
            index is not None
            and self._size(index) >= (self.quantities[position].mention.value or 0)
            and of.rule != "N (M)"
        ):
            made.relations.append(("part_of", index))
        return made

    def _by_relative(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:
        """ "135 people whom the blast had killed", "the 40 homes that fire destroyed": the verb stands behind."""
        items = self.items
        j = phrase.end
        if head is None or j + 2 >= len(items) or items[j].lower not in ("whom", "that", "which", "who"):
            return None
        first = items[j + 1]
        if first.grammar & (BE | HAVE | MODAL) or first.numbers:
            return None
        for i in range(j + 2, min(len(items), j + 12)):
            item = items[i]
            if item.numbers or item.lower in (";", ".", ":") or (item.lower == "," and i < j + 3):
                return None
            found = [one for one in triggers_of(item, "object") if one.form in ("past", "part")]
            if found and not items[i - 1].grammar & BE:
                trigger = self._choose(tuple(found), head, phrase, i)
                after = items[i + 1] if i + 1 < len(items) else None
                if trigger is None or (after is not None and (after.numbers or after.grammar & DETERMINER)):
                    return None
                return self._draft(
                    position,
                    k,
                    trigger.metric,
                    f"N whom X {item.lower}",
                    phrase,
                    i,
                    klass=self._klass_of(trigger, head),
                )
        return None

    def _by_amount(self, k: int, position: int, phrase: NounPhrase, head: Item | None) -> Draft | None:  # noqa: ARG002 - one form for all rules
        """ "sales fell to 1.2 million cars", "exports rose to 40,000": the subject is an amount with its own name."""
        items = self.items
        j = self._left_edge(k)
        if j < 1 or not (
            items[j].lower in ("to", "at", "by", "of") or items[j].grammar & (UP | DOWN | LINK | COUNT | BE)
        ):
            return None
        for i in range(j - 1, max(-1, j - 18), -1):
            item = items[i]
            if item.lower in (";", ":", ".") or (item.lower == "," and i > j - 3):
                return None
            if item.is_word and "amount" in item.grammar:
                lead = items[i - 1] if i > 0 else None
                if lead is not None and lead.lower in ("in", "from", "by", "for", "on", "with", "at"):
                    continue
                return self._draft(
                    position, k, item.lower.split()[-1], f"{item.lower} … N", None, i, klass="amount", confidence=0.6
                )
        return None
