"""Say how firmly a figure is stated (modality) and what kind of number it is (aspect).

A word of firmness counts where it governs the figure: in the figure's own clause, before the number or between the
number and the words that gave its metric ("4 million people could leave"). Nearer words win over farther ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import Final, NamedTuple

from figures.extract.dating import DateChoice
from figures.extract.scenes import Scene
from figures.extract.types import Reading
from figures.model import Aspect, Modality, RuleUse

BREAK: Final = re.compile(
    r"[;:]|\s[—–-]\s|[.!?]\s|,\s*(?:and|but|while|whereas|although|though|which|who|when|where|he"
    r"|she|it|they|the|a|an|up|down|compared|including|of)\b|\b(?=[wbat])(?:while|whereas|but|although"
    r"|though)\b"
)
PARTICIPLE: Final = re.compile(r"^\s*(?:well\s+|also\s+)?(?:have|has)\b", re.IGNORECASE)
DENYING: Final = re.compile(
    r"\b(?:that|report|reports|claim|claims|allegation|allegations|suggestion|suggestions|figure"
    r"|toll|number|estimate)\b"
)
DEAD_SURE: Final = frozenset((
    "magnitude", "wind_speed", "rainfall", "vote_share", "turnout", "inflation_rate", "unemployment_rate",
    "growth_rate", "population", "price",
))  # fmt: skip


class Firmness(NamedTuple):
    """A modality with the words it was read from; ``start`` is None for the default."""

    modality: Modality
    rule: str | None = None
    start: int | None = None
    end: int | None = None


def clause_of(text: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """The clause around ``start``–``end`` inside a sentence ``low``–``high``."""
    left = max(low, start - WINDOW)
    for found in BREAK.finditer(text, left, start):
        left = found.end()
    right = BREAK.search(text, end, min(high, end + WINDOW))
    return left, right.start() if right is not None else min(high, end + WINDOW)


WINDOW: Final = 400
"""Characters beside a number in which its clause is sought; longer ones are cut, so that hostile text stays linear."""


def find_modality(scene: Scene, reading: Reading) -> Firmness:
    """superseded, denied, planned, projected, conditional, estimated, else reported; the reading's own comes first."""
    if reading.modality is not None:
        return Firmness(reading.modality, "metric", reading.trigger_start, reading.trigger_end)
    mention = reading.quantity.mention
    sentence = scene.sentence(mention.sentence)
    text = scene.text(mention.sentence)
    words = scene.words(mention.sentence)
    low, high = clause_of(text, mention.start, mention.end, sentence.start, sentence.end)
    wide = max(sentence.start, mention.start - WINDOW)
    if mention.role == "from":
        return Firmness("superseded", "from N to", mention.start, mention.end)
    just_before = text[max(sentence.start, mention.start - 40) : mention.start]
    if any(word in just_before for word in ("from", "not", "instead")) and (found := REPLACED.search(just_before)):
        claimed = CLAIMED_BY.match(text, mention.end, mention.end + 50)
        if found[0].startswith("not") and claimed is not None:
            return Firmness("reported", "not the N of which X speaks", claimed.start(), claimed.end())
        if found[0].startswith("not"):
            return Firmness("denied", "not the N", mention.start - len(found[0]), mention.start)
        if found[0].startswith("instead"):
            return Firmness("superseded", "instead of N", mention.start - len(found[0]), mention.start)
        if not found[0].startswith("from") or _change_follows(text, sentence.start, mention.start):
            return Firmness("superseded", "up from N", mention.start - len(found[0]), mention.start)
    if not EARLIER_HEADS.isdisjoint(scene.vocabulary(mention.sentence)) and (
        found := EARLIER_COUNT.search(text, low, mention.start)
    ):
        return Firmness("superseded", "the earlier count was N", found.start(), found.end())
    if not EARLIER_HEADS.isdisjoint(scene.vocabulary(mention.sentence)) and (
        found := HAD_PUT.search(text, wide, mention.start)
    ):
        return Firmness("superseded", "had earlier put it at N", found.start(), found.end())
    if found := THEN_CHANGED.match(text, mention.end, min(sentence.end, mention.end + 80)):
        return Firmness("superseded", "N, then raised", found.start(), found.end())
    if not TAKEN_BACK.isdisjoint(scene.vocabulary(mention.sentence)) and (
        found := WITHDRAWN.match(text, mention.end, min(sentence.end, mention.end + WINDOW))
    ):
        return Firmness("superseded", "N was withdrawn", found.start(), found.end())
    if found := EARLIER_AFTER.match(text, mention.end, high):
        return Firmness("superseded", "N before", found.start(), found.end())
    if found := _last(words["denied"], text, wide, mention.start):
        between = text[found.end() : mention.start]
        governs = DENYING.search(between) or found[0].casefold().startswith(("den", "refut"))
        if governs and len(between) < FARTHEST_DENIAL and not BREAK.search(between) and not SAYS.search(between):
            return Firmness("denied", "denied that", found.start(), found.end())
    if reading.metric in ("deaths", "injuries") and (found := MEANT.search(text, wide, mention.start)):
        return Firmness("planned", "meant to kill", found.start(), found.end())
    if reading.metric in DEAD_SURE and not words["projected"].search(text, low, high):
        return _estimate(reading, words, text, low, high)
    stop = max(mention.end, min(high, reading.trigger_end or mention.end))
    after = min(high, mention.end + 60)
    found = _last(words["planned"], text, low, mention.start)
    if found is not None and NAMED_PLAN.match(text, found.start()):
        found = None  # "the Planning Commission"
    if found is not None and (
        RELATIVE_PLAN.search(text, found.end(), mention.start)
        or (found[0].casefold().endswith((" of", "aim", "goal")) and len(text[found.end() : mention.start].split()) > 2)
    ):
        found = None
    if found is not None:
        if found[0].casefold() != "will" or re.search(
            r"\b(?:give|send|deploy|provide|build|spend|receive|take in|invest|offer|pay|donate|supply"
            r"|contribute|need|house|resettle|train|recruit|buy|deliver)\b",
            text[found.end() : mention.start + 1],
        ):
            return Firmness("planned", "plans to", found.start(), found.end())
        return Firmness("projected", "will", found.start(), found.end())
    for found in words["projected"].finditer(text, low, stop if stop > mention.end else after):
        lowered = found[0].casefold()
        if lowered == "may" and text[found.start()].isupper():  # the month
            continue
        if lowered in ("may", "might", "could") and PARTICIPLE.match(text[found.end() : found.end() + 20]):
            return Firmness("estimated", "may have", found.start(), found.end())
        if (
            lowered == "would"
            and not re.match(r"\s+have\b", text[found.end() : found.end() + 8])
            and not re.match(
                r"\s+(?:\w+\s+)?(?:be|rise|reach|take|cost|need|lose|affect|exceed|come|mean|leave|fall|die|flee)\b",
                text[found.end() : found.end() + 30],
            )
        ):
            continue
        if lowered.startswith("fear") and reading.metric in ("missing",):
            continue
        if lowered in ("could", "would", "might", "may") and re.match(r"\s+not\b", text[found.end() : found.end() + 6]):
            continue
        if lowered == "expected" and re.search(r"\b(?:than|as)\s+$", text[max(low, found.start() - 6) : found.start()]):
            continue
        if lowered == "could" and CONFIRM.match(text, found.end(), found.end() + 20):
            continue  # "before officials could confirm that two died"
        if lowered == "could" and ABLE.match(text, found.end(), found.end() + 40):
            continue  # "only 17 of them could be named"
        if found.end() < mention.start and (
            _another_count(scene, reading, found.end(), text) or AFTERWARDS.search(text, found.end(), mention.start)
        ):
            continue  # "was expected to pass 75, with 300 still missing"
        if found.start() > mention.end and re.search(r"\band\b", text[mention.end : found.start()]):
            break  # "has risen to 35 and scores are feared dead"
        if lowered.startswith("fear") and FEARED_THAT.match(text, found.end(), found.end() + 70):
            return Firmness("estimated", "feared that", found.start(), found.end())
        if lowered == "would" and reading.metric == "aid" and GIVEN.match(text, found.end(), found.end() + 20):
            return Firmness("planned", "would get", found.start(), found.end())
        if lowered == "would" and re.match(r"\s+have\b", text[found.end() : found.end() + 8]):
            return Firmness("conditional", "would have", found.start(), found.end())
        if found.start() >= mention.end and BREAK.search(text, mention.end, found.start()):
            break
        return Firmness("projected", "could or expected to", found.start(), found.end())
    if not IF_HEADS.isdisjoint(scene.vocabulary(mention.sentence)) and (found := IF.search(text, low, mention.start)):
        return Firmness("conditional", "if", found.start(), found.end())
    return _estimate(reading, words, text, low, high)


def _another_count(scene: Scene, reading: Reading, start: int, text: str) -> bool:
    """Whether another figure takes the word of firmness, and this one follows it with "with" or "as"."""
    mention = reading.quantity.mention
    numbers = scene.numbers.get(mention.sentence, [])
    at = bisect_left(numbers, (mention.start, -1)) - 1
    return at >= 0 and numbers[at][0] >= start and WITH.search(text, numbers[at][1], mention.start) is not None


MEANT: Final = re.compile(
    r"\b(?:(?:threaten\w*|tried|trying|tries|attempt(?:ed|ing|s)?|plot(?:ted|ting)?|conspir(?:ed|ing|acy)|want(?:ed|ing|s)?"
    r"|hop(?:ed|ing)|hired|sought|seeking)\s(?:\w+\s){0,2}?to|(?:would|threats\sto))"
    r"\s(?:kill|murder|shoot|stab|injure|wound|behead|assassinate|execute|massacre|poison)\s(?:[\w-]+\s){0,2}$"
)
"""An aim that no word says was reached: "threatened to kill 20", "that he would kill 20"."""
NAMED_PLAN: Final = re.compile(r"[A-Z][a-z]+\s[A-Z][a-z]")
CONFIRM: Final = re.compile(r"\s+(?:immediately\s+)?(?:confirm|verify|identify|see|hear)\b")
AFTERWARDS: Final = re.compile(r"\b(?:after|since)\b")
"""What comes after something has it behind: "arrests are expected after a rally of thousands"."""
WITH: Final = re.compile(r"\b(?:with|as|while)\s")
CLAIMED_BY: Final = re.compile(
    r"(?:\s+[a-z]+)?\s+(?:(?:of|about) (?:whom|which)|that|which|whom)?\s*(?:the\s+)?(?:[\w’'.]+\s+){1,4}?"
    r"(?:speaks?|spoke|claims?|claimed|says|said|reported|reports|announced|given|maintains)\b"
)
RELATIVE_PLAN: Final = re.compile(
    r"\bthat\s+(?:has|have|had)\b|,\s+(?:[a-z]+ly\s+)?[a-z]+ed\b|,\s+(?:has|have|had|is|was|were|cut|put|set)\b"
)
"""A plan of a clause that ended before: "the bank, which aims for 2 %, raised its rate to 1.5 %"."""
ABLE: Final = re.compile(
    r"\s+(?:not\s+)?(?:so far\s+|yet\s+|only\s+)?be\s+(?:formally\s+|positively\s+)?(?:named|identified|saved|rescued"
    r"|recovered|confirmed|verified|reached|found|counted|traced|located|brought|pulled|buried|treated|revived|contacted"
    r"|accounted|seen|heard|recogni[sz]ed)\b"
)
FEARED_THAT: Final = re.compile(r"\s+that\b[^.;:]{0,60}\b(?:were|was|had)\b")
GIVEN: Final = re.compile(r"\s+(?:be\s+(?:given|paid)|get|receive)\b")
TAKEN_BACK: Final = frozenset(("withdrawn", "retracted", "taken", "corrected", "deleted", "removed", "disowned"))
WITHDRAWN: Final = re.compile(
    r"[^.;:]{0,70}\b(?:was|were|has been|had been|have been)\s+(?:(?:later|since|quickly|soon|then)\s+)?(?:withdrawn"
    r"|retracted|taken back|corrected|deleted|removed|disowned)\b"
)
THEN_CHANGED: Final = re.compile(
    r"(?:\s+(?!and\b)[a-z]+){0,3}(?:,\s+)?\s*(?:and\s+)?(?:then|later|finally|before)\s+(?:being\s+|was\s+|were\s+)?"
    r"(?:raised|brought|revised|lowered|cut|reduced|increased|corrected|dropped|fell|rose|falling|rising)\b"
)
HAD_PUT: Final = re.compile(
    r"\b(?:had\s+(?:earlier|initially|previously|originally|first)\s+(?:put|said|reported|given|announced|estimated|placed)"
    r"|(?:[Ee]arlier|[Ii]nitially|[Pp]reviously|[Oo]riginally|[Aa]t first),?\s+(?:[\w’'.]+\s+){1,5}had\s+"
    r"(?:put|given|placed|reported)"
    r"|(?:initially|originally|at first)\s+(?:said|reported|put|gave|announced|estimated|counted|believed|thought)"
    r"|(?:was|were|had been)\s+(?:initially|originally|first|earlier|previously)\s+(?:put|placed|given|reported"
    r"|estimated|thought))\b(?:(?!\b(?:then|finally|later)\b)[^;:.]){0,60}$"
)
REPLACED: Final = re.compile(
    r"\b(?:up|down|rose|risen|increased|climbed|jumped|raised|revised|lowered|cut|fell|fallen"
    r"|dropped|grew|corrected)(?:\s+[a-z]+){0,3}\s+from\s+(?:(?:the|a|an|some|about|nearly|around"
    r"|earlier|previous|previously|estimated|over)\s+){0,3}$"
    r"|\bfrom\s+(?:the\s+)?(?:\w+\s+){0,2}$(?<=from )|\bnot\s+(?:the\s+)?$|\binstead of\s+$"
)
IF_HEADS: Final = frozenset(["if", "unless"])
IF: Final = re.compile(r"\b(?:if|unless)\b", re.IGNORECASE)
FARTHEST_DENIAL: Final = 90
SAYS: Final = re.compile(r"\b(?:said|says|and (?:said|wrote|put|spoke))\b")
EARLIER_HEADS: Final = frozenset((
    "earlier", "previous", "previously", "initial", "initially", "originally", "first",
    "former", "prior", "original", "old", "had", "until", "compared",
    "against",
))  # fmt: skip
EARLIER_COUNT: Final = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|'s|’s)?\s*(?:earlier|previous|previously"
    r"|initial|former|prior|original|old)\s+(?:official\s+|death\s+|police\s+)?(?:toll|count"
    r"|figure|number|estimate|tally|total|report|statement|announcement)\w*\b"
    r"|\b(?:[Tt]he|[Ii]ts|[Tt]heir)\s+(?:toll|estimate|count|tally|figure|number)\s+had\s+(?:been"
    r"|stood\s+at)\b|\b[Uu]ntil\s+(?:then|now|this\s+week|recently)\b(?![^.;]*\b(?:in which|when|where)\b)"
    r"|\b[Ii]t had been\b"
    r"|\b(?:compared|against)\s+(?:with|to)\s+$"
)
EARLIER_AFTER: Final = re.compile(
    r"\s+(?:\w+\s+){0,2}(?:counted before|reported earlier|previously reported|announced earlier"
    r"|previously announced|given earlier|reported previously|recorded earlier|previously thought"
    r"|first reported|initially reported)\b"
)
CHANGED: Final = re.compile(
    r"\b(?:rise|rose|risen|up|increase[ds]?|climb(?:ed|s)?|jump(?:ed|s)?|fell|fall(?:en)?"
    r"|drop(?:ped|s)?|down|lower(?:ed|s)?|grew|raised|revised|cut|decline[ds]?|reduced)\b"
)


def _change_follows(text: str, start: int, end: int) -> bool:
    """Whether a word of change stands before "from N" in the clause: "climbed to 359, police said, from 321"."""
    return CHANGED.search(text, max(start, end - 160), end) is not None


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text, start, end):
        found = match
    return found


def _estimate(reading: Reading, words: Mapping[str, re.Pattern[str]], text: str, low: int, high: int) -> Firmness:
    mention = reading.quantity.mention
    pattern = words["estimated"]
    found = _last(pattern, text, low, mention.start) or pattern.search(text, mention.end, min(high, mention.end + 60))
    if found is not None and reading.metric in ("missing", "people_trapped") and found[0].casefold() == "presumed":
        return Firmness("reported")
    if found is not None and not (found.end() >= mention.start - 2 and found[0].casefold() == "estimated"):
        return Firmness("estimated", "estimates", found.start(), found.end())
    return Firmness("reported")


def find_aspect(scene: Scene, reading: Reading, dated: DateChoice) -> tuple[Aspect, RuleUse | None]:
    """rate, change, period, stock, else the metric's own default or cumulative."""
    mention = reading.quantity.mention
    if reading.aspect is not None and reading.aspect != "change":
        return reading.aspect, RuleUse(
            column="aspect", rule="metric", start=reading.trigger_start, end=reading.trigger_end
        )
    sentence = scene.sentence(mention.sentence)
    text = scene.text(mention.sentence)
    words = scene.words(mention.sentence)
    low, high = clause_of(text, mention.start, mention.end, sentence.start, sentence.end)
    if mention.per is not None:
        return "rate", RuleUse(column="aspect", rule="N per", start=mention.start, end=mention.end)
    near = words["rate"].search(text, mention.end, min(high, mention.end + 50))
    if (
        near is not None
        and not re.search(r"\b(?:earlier|ago|later|after|before)\b", text[near.end() : near.end() + 9])
        and not WITHIN.search(text, max(mention.end, near.start() - 8), near.start())
    ):
        return "rate", RuleUse(column="aspect", rule="N a day", start=near.start(), end=near.end())
    if reading.aspect is not None:
        return reading.aspect, RuleUse(
            column="aspect", rule="metric", start=reading.trigger_start, end=reading.trigger_end
        )
    if found := DIFFERENCE.match(text, mention.end, min(high, mention.end + 60)):
        return "change", RuleUse(column="aspect", rule="N fewer than DAY", start=found.start(), end=found.end())
    if mention.role == "by":
        return "change", RuleUse(column="aspect", rule="rose by N", start=mention.start, end=mention.end)
    if found := MORE.match(text, mention.end, min(high, mention.end + 40)) or MORE_BEFORE.search(
        text, max(low, mention.start - 14), mention.end
    ):
        return "change", RuleUse(column="aspect", rule="N more", start=found.start(), end=found.end())
    default = _default(scene, reading)
    if reading.metric == "evacuated" and (found := _evacuees(reading, words, text, low, high)) is not None:
        return "stock", RuleUse(column="aspect", rule="evacuees still", start=found.start(), end=found.end())
    if dated.period and default in (None, "cumulative"):
        return "period", dated.period
    if default in (None, "cumulative") and (found := STRETCH_TO.search(text, mention.end, min(high, mention.end + 70))):
        return "period", RuleUse(column="aspect", rule="in the N days to DAY", start=found.start(), end=found.end())
    if default == "stock" and (
        found := DONE.search(text, mention.end, min(high, mention.end + 40))
        or DONE_BEFORE.search(text, max(low, mention.start - 30), mention.start)
    ):
        return "cumulative", RuleUse(column="aspect", rule="had been treated", start=found.start(), end=found.end())
    if default is None or default == "cumulative":
        found = words["stock"].search(text, mention.end, min(high, mention.end + 70))
        if found is not None and _of_another(scene, reading, mention.end, found.start()):
            found = None
        if found is None:
            found = _last(words["stock"], text, low, mention.start)
            if found is not None and _of_another(scene, reading, found.end(), mention.start):
                found = None
        if found is not None and reading.metric not in COUNTS_OF_EVENTS:
            return "stock", RuleUse(column="aspect", rule="remain, still, in", start=found.start(), end=found.end())
        if reading.metric == "displaced" and (found := _held(reading, text, sentence.start, sentence.end)) is not None:
            return "stock", RuleUse(column="aspect", rule="displaced as of DAY", start=found.start(), end=found.end())
    return default or "cumulative", None


def _of_another(scene: Scene, reading: Reading, start: int, end: int) -> bool:
    """Whether a word between two offsets belongs to another count of a list: "1,026 evacuated, 312 in shelters"."""
    index = reading.quantity.mention.sentence
    if LISTED.search(scene.text(index), start, end) is None:
        return False
    counted = scene.once("counted", 0, _counted)
    numbers = scene.numbers.get(index, [])
    at = bisect_left(numbers, (start, -1))
    before = end == reading.quantity.mention.start
    while at < len(numbers) and numbers[at][0] < end:
        metric = counted.get((index, numbers[at][0]))
        part = OF_THEM.match(scene.text(index), numbers[at][1], numbers[at][1] + 9) is not None
        if metric is not None and not part and (metric != reading.metric or not before):
            return True
        at += 1
    return False


def _counted(scene: Scene, _: int) -> dict[tuple[int, int], str]:
    """What the number at each place counts, percentages left out."""
    return {
        (one.quantity.mention.sentence, one.quantity.mention.start): one.metric
        for one in scene.readings
        if one.unit != "percent"
    }


OF_THEM: Final = re.compile(r"\s+of (?:them|whom)\b")
LISTED: Final = re.compile(r"[,;]\s")


def _evacuees(
    reading: Reading, words: Mapping[str, re.Pattern[str]], text: str, low: int, high: int
) -> re.Match[str] | None:
    """What says that evacuees are away now: "67,000 evacuees on their books on Thursday"."""
    at = reading.trigger_start
    if at is None or not text.startswith(("evacuee", "Evacuee"), at) or GONE.match(text, at, at + 40) is not None:
        return None
    return words["stock"].search(text, low, high)


GONE: Final = re.compile(r"[Ee]vacuees? (?:have|had|were|was|arrived|flown|left|reached|landed)\b")


def _held(reading: Reading, text: str, start: int, end: int) -> re.Match[str] | None:
    """The day that displaced people are counted on: "registered 1,312,071 IDPs as of 30 June"."""
    spans = ((reading.noun_start, reading.noun_end), (reading.trigger_start, reading.trigger_end))
    said = " ".join(text[low:high] for low, high in spans if low is not None and high is not None)
    if INTERNALLY.search(said) is None or ARRIVING.search(text, start, end) is not None:
        return None
    return AS_OF.search(text, start, end)


INTERNALLY: Final = re.compile(r"\b(?:IDPs?|internally displaced)\b", re.IGNORECASE)
ARRIVING: Final = re.compile(r"\b(?:arriv\w+|new(?:ly)?|since|between|fled|moved)\b", re.IGNORECASE)
AS_OF: Final = re.compile(r"\b(?:[Aa]s (?:of|at|on)|[Bb]y (?:the )?end of|[Cc]urrently|to date)\b")
WITHIN: Final = re.compile(r"\b(?:in|within|over|for|of|after|than)\s$")
"""Before "a year" it is no rate: "has gone up by a fifth in a year"."""
DIFFERENCE: Final = re.compile(
    r"\s+(?:[a-z]+\s+)?(?:fewer|more|less|higher|lower)\s+than\s+(?:(?:on|in|at|a|an|the)\s+)?(?:(?:day|week|month"
    r"|year)s?\b|same\b"
    r"|previous(?:ly)?\b|yesterday\b|last\b|before\b|earlier\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December|(?:19|20)\d\d)\b)"
)
STRETCH_TO: Final = re.compile(
    r"\b(?:in|during|over|for)\s+the\s+(?:\w+[\s-])?(?:hours?|days?|weeks?|months?|quarter|year)\s+(?:to|until|till"
    r"|ending|ended|through|up to)\b"
)
DONE: Final = re.compile(
    r"\b(?:had been|have been|has been|were|was)\s+(?:treated|hospitali[sz]ed|admitted|taken"
    r"|rushed|evacuated)\b|\bdead\b"
)
DONE_BEFORE: Final = re.compile(r"\b(?:treated|admitted|received|dead|died|killed)\b")
COUNTS_OF_EVENTS: Final = frozenset((
    "deaths", "injuries", "casualties", "strikes", "attacks", "rescued", "rockets_fired", "missiles_launched",
    "arrests", "cases",
))  # fmt: skip
MORE: Final = re.compile(r"\s+(?:more|additional|further)\s+(?!than\b)(?:\w+\s+)?\w+")
MORE_BEFORE: Final = re.compile(r"\b(?:another|an additional|a further)\s+(?:\w+\s*)?$", re.IGNORECASE)


def _default(scene: Scene, reading: Reading) -> Aspect | None:
    return scene.lexicon.metrics.metric(reading.metric).default_aspect
