"""Name sums of money by the noun that is tied to them: "$209 billion in assets", "a gap of $270 million"."""

from __future__ import annotations

import re
from typing import Final

from figures.extract.metrics_items import Item, is_plural
from figures.extract.metrics_reader import Draft
from figures.extract.metrics_running import Running
from figures.extract.metrics_words import BE, HAVE, PREP
from figures.lexicon.metrics import MeasureCue

ASKING: Final = frozenset(
    ["ask", "asks", "asked", "asking", "appeal", "appeals", "appealed", "appealing", "plead", "pleaded", "petitioned",
     "begged", "called", "calling", "lobbied"],
)  # fmt: skip
HANDING: Final = frozenset(
    ["hand", "hands", "handed", "handing", "give", "gives", "gave", "given", "giving", "pay", "pays", "paid", "paying",
     "grant", "granted", "offer", "offered", "promise", "promised", "get", "gets", "got", "receive", "receives",
     "received"],
)  # fmt: skip
EACH: Final = frozenset(["each", "every", "apiece"])
WANTING: Final = frozenset(["for", "demand", "demands", "demanded", "want", "wants", "wanted", "seek", "sought"])
EARNING: Final = frozenset(
    ["earn", "earns", "earned", "earning", "paid", "pays", "pay", "paying", "make", "makes", "made", "salary", "wage",
     "wages", "salaries", "pension"],
)  # fmt: skip
PERIODS: Final = frozenset(["month", "week", "day", "hour", "year"])
NEEDY: Final = frozenset(
    ["victims", "survivors", "relief", "refugees", "reconstruction", "rebuilding", "bereaved", "homeless", "displaced",
     "evacuees", "funerals", "orphans"],
)  # fmt: skip
POLLS: Final = frozenset(["poll", "polls", "survey", "surveys", "pollster", "pollsters", "questionnaire"])
ANSWERING: Final = frozenset(
    ["said", "say", "think", "thought", "want", "believe", "felt", "feel", "would", "hold", "held", "saw", "see",
     "wanted", "prefer", "find", "found"],
)  # fmt: skip
TUMBLING: Final = frozenset(
    ["lost", "fell", "dropped", "slid", "tumbled", "sank", "plunged", "gained", "rose", "jumped", "climbed", "slumped",
     "added", "shed", "soared", "surged"],
)  # fmt: skip
TRADING: Final = re.compile(r"\b(?:shares?|shareholders?|stocks?|lenders?|investors?|bourse|Nasdaq|traders)\b")
WORKS: Final = frozenset(
    ["plant", "bridge", "railway", "dam", "pipeline", "road", "project", "port", "airport", "factory", "refinery",
     "tunnel", "stadium", "motorway", "highway", "reactor", "terminal", "canal", "scheme"],
)  # fmt: skip
PLANS: Final = frozenset(["plan", "deal", "package", "contract", "programme", "program", "scheme", "bid", "order"])
RATES: Final = frozenset(
    ["occupancy", "literacy", "coverage", "attendance", "compliance", "prevalence", "incidence", "vacancy",
     "utilisation", "utilization", "positivity", "containment", "enrolment", "enrollment", "accuracy", "capacity"],
)  # fmt: skip
GENERAL: Final = frozenset(
    ["sum", "total", "amount", "value", "worth", "order", "average", "cost", "price", "rate", "maximum", "minimum",
     "tune", "excess", "figure", "equivalent", "package", "half", "part", "most", "rest", "expense", "rise", "fall",
     "increase", "cut", "drop", "record", "out", "level", "share", "piece", "range", "estimate"],
)  # fmt: skip
BUYING: Final = frozenset(["bought", "buys", "buy", "fetched", "fetches", "costs", "cost"])
CURRENCIES: Final = frozenset(["dollar", "euro", "pound", "yen", "franc", "greenback"])
LOOSE: Final = frozenset(["aid", "damage_cost", "price", "loss", "cost"])  # what these are, words around tell better
ENDS: Final = frozenset(["prep", "conj", "rel", "be", "have", "modal", "pron", "time", "det"])


class Sums(Running):
    """Reads what a sum of money is, before the nearest cue is asked."""

    def _measure(self, k: int, position: int) -> Draft | None:
        """A sum that a noun, a recipient or a rate of pay names, else whatever the words around it tell."""
        quantity = self.quantities[position]
        if quantity.dimension == "currency":
            for rule in (
                self._wage, self._exchanged, self._handed, self._tied_behind, self._tied_before,
            ):  # fmt: skip
                found = rule(k)
                if found is None:
                    continue
                metric, at, name = found
                made = self._draft(position, k, metric, name, None, at, klass="measure", confidence=0.7)
                made.unit, made.population = quantity.unit or made.unit, None
                self._relate_change(made, k)
                return made
        read = super()._measure(k, position)
        return read if read is None or quantity.dimension != "currency" else self._of_ruin(read)

    def _of_ruin(self, made: Draft) -> Draft:
        """Losses of firms are no damage, and the bare cost of a disaster is one."""
        if made.metric == "damage_cost" and not self._destroying() and not self._aiding():
            made.metric = "losses"
        if made.metric == "cost" and self._destroying() and made.trigger is not None:
            at = self._item_at(made.trigger)
            behind = self.items[at + 1].lower if at is not None and at + 1 < len(self.items) else ""
            if at is not None and self.items[at].lower == "cost" and behind != "of":
                made.metric = "damage_cost"
        return made

    def _percent(self, k: int, position: int) -> Draft | None:
        """ "report occupancy of less than 20 per cent", "First Republic lost 15 per cent": its own noun or subject."""
        items, j = self.items, self._left_edge(k)
        if j > 0 and items[j].lower in ("of", "at", "was", "is", "to") and items[j - 1].lower in RATES:
            made = self._draft(
                position, k, items[j - 1].lower, f"{items[j - 1].lower} of P", None, j - 1, klass="percent"
            )
            made.unit, made.confidence = self.quantities[position].mention.unit or "percent", 0.7
            return made
        if (said := self._polled(k)) is not None:
            metric, at = said
            made = self._draft(position, k, metric, "P in a poll", None, at, klass="percent", confidence=0.6)
            made.unit = self.quantities[position].mention.unit or "percent"
            return made
        read = super()._percent(k, position)
        fell = j > 0 and items[j].lower in TUMBLING and items[j - 1].text[:1].isupper()
        if read is None and fell and self._trading():
            made = self._draft(position, k, "share_price", "X lost P", None, j, klass="percent", confidence=0.6)
            made.unit, made.aspect = self.quantities[position].mention.unit or "percent", "change"
            return made
        return read

    def _polled(self, k: int) -> tuple[str, int | None] | None:
        """ "a poll found that 63% judged the cabinet harshly", "that is 55.3% against 44.7%" behind votes."""
        items = self.items
        behind = items[k + 1] if k + 1 < len(items) else None
        index = self._last(lambda one: one.metric in ("votes", "vote_share"))
        near = index is not None and self.sentence - self.drafts[index].sentence <= 1
        opened = len(items) > 1 and items[0].lower in ("that", "this") and items[1].grammar & BE
        paired = (behind is not None and behind.lower in ("against", "to")) or items[k - 1].lower in ("against", "to")
        if near and opened and k <= 5 and paired:
            return "vote_share", None  # "that is 55.3% against 44.7%"
        if behind is None or not behind.is_word or not behind.text.islower() or behind.grammar & (PREP | BE):
            return None
        verb = behind.lower in ANSWERING or behind.lower.endswith("ed")
        if not verb or behind.entry.triggers:
            return None
        at = next((i for i in range(k - 1, max(-1, k - 32), -1) if items[i].lower in POLLS), None)
        return ("respondents", at) if at is not None else None

    def _trading(self) -> bool:
        """Whether the article is news of firms."""
        return self._topical("trading", TRADING)

    def _wage(self, k: int) -> tuple[str, int | None, str] | None:
        """ "earn about 4,000 rand a month and ask for 12,500": pay by the month, week, day or hour."""
        items, j = self.items, self._left_edge(k)
        rate = (
            k + 2 < len(items) and items[k + 1].lower in ("a", "an", "per", "each") and items[k + 2].lower in PERIODS
        )  # fmt: skip
        mention = self.quantities[items[k].numbers[-1]].mention
        rate = rate or mention.per in PERIODS
        if rate and j >= 0 and any(one.lower in EARNING for one in items[max(0, j - 3) : j + 1]):
            behind = items[k + 2].lower if k + 2 < len(items) else ""
            if behind != "year" and (mention.value or 0) < 1_000_000_000:
                return "wage", j, "earn N a month"
        index = self._last(lambda one: one.klass == "measure", here=True)
        if index is not None and self.drafts[index].metric == "wage" and j >= 0 and items[j].lower in WANTING:
            return "wage", j, "wage, want N"
        return None

    def _exchanged(self, k: int) -> tuple[str, int | None, str] | None:
        """ "a dollar bought 19.67 lira", "traded at 18.6 lira to the dollar"."""
        items, j = self.items, self._left_edge(k)
        if j > 0 and items[j].lower in BUYING and items[j - 1].lower in CURRENCIES:
            return "exchange_rate", j - 1, "a dollar bought N"
        if k + 3 < len(items) and items[k + 1].lower in ("to", "against", "per"):
            at = k + 3 if items[k + 2].lower in ("the", "a", "one") else k + 2
            if items[at].lower in CURRENCIES:
                return "exchange_rate", at, "N to the dollar"
        return None

    def _handed(self, k: int) -> tuple[str, int | None, str] | None:
        """ "handed each returnee about $100", "$500 for every family": money for each of many."""
        items, j = self.items, self._left_edge(k)
        for i in range(j, max(-1, j - 5), -1):
            if i < 1 or not items[i].is_word:
                return None
            if items[i].lower in EACH and items[i - 1].lower in HANDING:
                return ("aid", i - 1, f"{items[i - 1].lower} each N") if self._aiding() else None
        return None

    def _tied_behind(self, k: int) -> tuple[str, int | None, str] | None:
        """ "$209 billion in assets", "£72.4bn more in bonds", "$50 billion for the victims"."""
        items, j = self.items, k + 1
        while j < len(items) and items[j].lower in ("more", "worth", "extra"):
            j += 1
        if j + 1 >= len(items) or items[j].lower not in ("in", "for"):
            return None
        cues = self.metrics.by_dimension.get("currency", {})
        for i in range(j + 1, min(len(items), j + 5)):
            item = items[i]
            if not item.is_word or (item.grammar & ENDS and not item.grammar & {"det"}):
                return None
            if items[j].lower == "for":
                if item.lower in NEEDY:
                    return "aid", i, f"N for {item.lower}"
                continue
            if (cue := _noun_cue(cues.get(item.lower.split()[0], ()), items, i)) is not None:
                return cue, i, f"N in {item.lower}"
            if item.text.islower() and is_plural(item) and not item.entry.klass and not item.grammar:
                return item.lower.replace(" ", "_"), i, f"N in {item.lower}"
        return None

    def _tied_before(self, k: int) -> tuple[str, int | None, str] | None:
        """ "a gap of $270 million", "a portfolio of $21 billion", "a plant of $20 billion"."""
        items, j = self.items, self._left_edge(k)
        if j < 1 or items[j].lower not in ("of", "worth"):
            return None
        noun = items[j - 1]
        if items[j].lower == "worth":
            if noun.lower in PLANS and j > 1 and _plain_noun(items[j - 2]):
                return f"{items[j - 2].lower}_{noun.lower}", j - 1, f"{noun.lower} worth N"
            return None
        if not noun.is_word or not noun.text.islower() or noun.lower in GENERAL or noun.grammar & (PREP | BE | HAVE):
            return None
        cues = self.metrics.by_dimension.get("currency", {})
        if (cue := _noun_cue(cues.get(noun.lower.split()[0], ()), items, j - 1)) is not None:
            return None if cue in LOOSE else (cue, j - 1, f"{noun.lower} of N")
        if noun.lower in ("gap", "shortfall") and self._aiding():
            return "funding_gap", j - 1, f"{noun.lower} of N"
        if noun.lower in WORKS:
            return "cost", j - 1, f"{noun.lower} of N"
        if noun.grammar or noun.entry.triggers or noun.entry.klass or noun.lower.endswith(("ed", "ing")):
            return None
        return noun.lower.replace("-", "_"), j - 1, f"{noun.lower} of N"


def _plain_noun(item: Item) -> bool:
    return item.is_word and item.text.islower() and not item.grammar and not item.lower.endswith(("ed", "ing", "ly"))


def _noun_cue(cues: tuple[MeasureCue, ...], items: list[Item], j: int) -> str | None:
    """The metric that a noun at ``j`` names, alone."""
    for cue in cues:
        if cue.kind == "noun" and not cue.beside and cue.words == tuple(items[j].lower.split()):
            return cue.metric
    return None
