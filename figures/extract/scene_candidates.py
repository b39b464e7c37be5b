"""Gather the places that a figure may have, each with the signs that speak for it; the lexicon's weights choose.

Candidates: what the rules chose; each place of the figure's own sentence, a speaker's country included; the places of
the sentences before; those of the figures before; the heading; title, lead, dateline, the article's country; none.
Signs tell where a candidate stands and what it is, never which place it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Final

from figures.extract.scene_inherited import BALLOTS, Chosen, Earlier
from figures.extract.scene_names import PlaceChoice, place_of_sentence, usable_places
from figures.extract.scene_own import place_at
from figures.extract.scene_scores import figures_between, holding_places, score_place, within_reach
from figures.extract.scene_words import CLAUSE, FIRED, LONGEST_SCAN, MOVERS, NEAREST, STRONG
from figures.extract.scenes import Scene
from figures.extract.types import Credit, Reading
from figures.model import RuleUse


@dataclass(slots=True)
class Candidate:
    """A place that a figure may have, with the signs that speak for it or against it."""

    choice: PlaceChoice
    signs: dict[str, float]


class _Pool:
    """Candidates by name, the first choice of each kept, signs added up."""

    def __init__(self) -> None:
        self.found: dict[str, Candidate] = {}

    def add(self, choice: PlaceChoice, *signs: str) -> Candidate:
        key = (choice.name or "").casefold()
        one = self.found.get(key)
        if one is None:
            one = self.found[key] = Candidate(choice, {})
        for sign in signs:
            one.signs[sign] = 1.0
        return one


def find_candidates(
    scene: Scene, reading: Reading, credit: Credit, ruled: PlaceChoice, chosen: Earlier
) -> list[Candidate]:
    """The candidates of one figure, what the rules chose first, none last."""
    pool = _Pool()
    kind = _rule_kind(ruled)
    pool.add(ruled, f"rule: {kind}" if ruled.name is not None else f"no place: {kind}")
    _own(scene, reading, credit, pool)
    _before(scene, reading, pool)
    _earlier(scene, reading, credit, pool, chosen)
    _frame(scene, reading, pool)
    _home(scene, pool)
    pool.add(PlaceChoice(), "none")
    named = any("own" in one.signs for one in pool.found.values())
    found = list(pool.found.values())
    if kind in ("the NOUN", "the country", "the city", "there"):
        for one in found[1:]:
            if "own" in one.signs:
                one.signs["own: farther than a noun"] = 1.0
    if ruled.name is not None and " and " in ruled.name and "rule: in PLACEs" in found[0].signs:
        listed = frozenset(MEMBERS.split(ruled.name))
        for one in found[1:]:
            if one.choice.name in listed:
                one.signs["one of a list"] = 1.0
    most = _most_named(scene, found)
    words = _words_of_wholes(scene, reading, credit)
    for one in found:
        if one.choice.name is not None:
            _describe(scene, reading, credit, one, words, named=named)
            _count(scene, reading, one, most, chosen)
        if not named:
            one.signs |= {f"unsaid, {sign}": value for sign, value in one.signs.items() if sign in TWOFOLD}
    return found


MEMBERS: Final = re.compile(r", | and ")
TWOFOLD: Final = frozenset((
    "none", "kind: country", "kind: narrow", "kind: province", "kind: wide", "kind: unknown", "story", "title", "lead",
    "last", "last: sentence", "last: paragraph", "last: metric", "previous", "near", "above", "nearest", "named most",
    "country of the article", "times named", "named once", "outgrown", "passing: named", "passing: adjective",
))  # fmt: skip
"""Signs that weigh differently where the figure's own sentence names no place that may hold it."""


def _most_named(scene: Scene, found: list[Candidate]) -> dict[str, int]:
    """How often the country and the narrower place that are named most are named."""
    most = {"country": 0, "narrow": 0}
    for one in found:
        if one.choice.name is not None:
            width = "country" if scene.kind_of(one.choice.name) in ("country", "wide") else "narrow"
            most[width] = max(most[width], scene.times_named(one.choice.name))
    return most


def _count(scene: Scene, reading: Reading, one: Candidate, most: dict[str, int], chosen: Earlier) -> None:
    """How often a candidate is named beside its like, and whether the figure outgrows those already given it."""
    choice, signs = one.choice, one.signs
    name = choice.name or ""
    width = "country" if scene.kind_of(name) in ("country", "wide") else "narrow"
    times = scene.times_named(name)
    if times and times == most[width]:
        signs["named most"] = 1.0
        signs[f"named most: {width}"] = 1.0
    value, largest = reading.quantity.mention.low, chosen.largest.get((name, reading.metric))
    if largest is not None:
        signs["same metric here"] = 1.0
        if value >= OUTGROWN * max(largest, 1):
            signs["outgrown"] = 1.0
        elif value <= largest:
            signs["within"] = 1.0
    if name in chosen.names:
        signs["given before"] = 1.0


OUTGROWN: Final = 2


def _rule_kind(choice: PlaceChoice) -> str:
    if not choice.rules:
        return "nothing"
    rule = choice.rules[0].rule
    head, _, tail = rule.partition(" ")
    if tail == "PLACE":
        kind = "in PLACE" if head in STRONG else rule
        return kind + ("s" if " and " in (choice.name or "") else "")
    return rule if rule in RULES or head != "the" else "the NOUN"


RULES: Final = frozenset(("the war", "the country", "the city"))


def _own(scene: Scene, reading: Reading, credit: Credit, pool: _Pool) -> None:
    """The places of the figure's own sentence, and those there that the rules hold for a speaker's."""
    mention = reading.quantity.mention
    text = scene.text(mention.sentence)
    reached = within_reach(usable_places(scene, mention.sentence), mention.start, mention.end)
    places = holding_places(scene, reading, reached)
    numbers = scene.numbers.get(mention.sentence, [])
    opens = scene.sentence(mention.sentence).start
    scored = [(score_place(scene, reading, one, text), one) for one in places]
    best = max((score for score, _ in scored), default=0.0)
    for score, one in scored:
        found = pool.add(place_at(scene, reading, places, one, join=False), "own").signs
        value = max(LEAST_SCORE, min(score, MOST_SCORE)) / MOST_SCORE
        found["own: score"] = max(found.get("own: score", -1.0), value)
        if score == best and score > 0:
            found["own: best"] = 1.0
        after = one.start >= mention.end
        first, last = (mention.end, one.start) if after else (one.end, mention.start)
        gap = text[first:last]
        found["own: after" if after else "own: before"] = 1.0
        found["own: distance"] = min(len(gap) / 100, 3.0)
        if CLAUSE.search(gap):
            found["own: other clause"] = 1.0
        if figures_between(numbers, first, last):
            found["own: numbers between"] = 1.0
        found[f"own: {'in' if one.prep in STRONG else one.prep if one.prep in PREPOSITIONS else 'bare'}"] = 1.0
        if one.possessive:
            found["own: possessive"] = 1.0
        if one.form == "unknown":
            found["own: unknown"] = 1.0
        if "," in gap:
            found["own: comma between"] = 1.0
        if one.prep in STRONG and one.start - opens <= OPENING_WORDS:
            found["own: opens"] = 1.0
        if credit.source_mention is not None and text[one.start : one.end] in credit.source_mention:
            found["own: in the speaker's words"] = 1.0
        if SOMEONE.search(text, max(opens, one.start - 60), one.start):
            found["own: someone in"] = 1.0
        if _nearer_to_another(numbers, mention.start, one.start, one.end, len(gap)):
            found["own: nearer to another"] = 1.0
        trigger = reading.trigger_start
        if trigger is not None and abs(trigger - one.start) < len(gap):
            found["own: beside the verb"] = 1.0
        if text.rfind("(", opens, one.start) > text.rfind(")", opens, one.start):
            found["own: in brackets"] = 1.0
        if WHICH.search(gap):
            found["own: relative between"] = 1.0
    for one in within_reach(scene.places(mention.sentence), mention.start, mention.end):
        if one.form == "unknown" or any(one.start == other.start for other in reached):
            continue
        country = scene.lexicon.settings.country_name(one.place.iso3) if one.form in ("body", "adjective") else None
        name = country or one.place.name
        use = RuleUse(column="place", rule="named PLACE", start=one.start, end=one.end)
        sign = "passing: adjective" if one.form == "adjective" else "passing: named"
        found = pool.add(PlaceChoice(name, "location", one.place.iso3, (use,)), sign).signs
        found["passing: before"] = float(one.end <= mention.start)
    for one in reached:
        if one not in places:
            pool.add(place_at(scene, reading, reached, one, join=False), "passing: list")


def _nearer_to_another(numbers: list[tuple[int, int]], here: int, start: int, end: int, gap: int) -> bool:
    """Whether another number of the sentence stands nearer to a place than the one asked for."""
    at = bisect_left(numbers, (start, -1))
    beside = numbers[max(0, at - 1) : at + 1]
    return any(first != here and min(abs(start - last), abs(first - end)) < gap for first, last in beside)


OPENING_WORDS: Final = 16
"""Characters from the beginning of a sentence in which its opening place stands: "In Gao, 12 died"."""
SOMEONE: Final = re.compile(
    r"\b(?:an?|one|two|three|several|some)\s+(?:[\w\-]+\s+){0,3}?(?:official|officer|researcher|doctor|nurse|resident|teacher"
    r"|witness|source|diplomat|activist|lawyer|correspondent|reporter|journalist|spokes\w+|envoy|expert|analyst|historian"
    r"|worker|adviser|shopkeeper|farmer|student|priest|monitor|think-?tank|agency|group|charity|association)s?"
    r"\s+(?:in|at|from|of|near)\s+(?:the\s+)?$|\b(?:based|works?|working|speaking|reached)\s+(?:in|from|at)\s+$",
    re.IGNORECASE,
)
"""Someone who speaks from a place, which is not where what they tell of happened."""
WHICH: Final = re.compile(r"\b(?:who|which|whose|where|whom)\b")
LEAST_SCORE: Final = -2.0
MOST_SCORE: Final = 4.5
PREPOSITIONS: Final = frozenset(("of", "from", "to", "and", "for", "by", "with", "or"))


def _before(scene: Scene, reading: Reading, pool: _Pool) -> None:
    """The places of the sentences before, told apart by paragraph."""
    here = reading.quantity.mention.sentence
    sentence = scene.sentence(here)
    seen_near = False
    for index in range(here - 1, max(-1, here - FARTHEST), -1):
        one = scene.sentence(index)
        if one.field != sentence.field or one.start > LONGEST_SCAN * 50:
            break
        near = one.paragraph == sentence.paragraph
        places = [at for at in usable_places(scene, index) if at.form != "unknown"]
        if not near and (seen_near or here - index > FARTHEST_ABOVE):
            break
        if len(places) > NEAREST:
            continue
        for at in places:
            where = "near" if near else "above"
            found = pool.add(place_of_sentence(scene, index, [at], "paragraph"), where).signs
            if here - index == 1:
                found[f"{where}: sentence before"] = 1.0
            if at.prep in STRONG:
                found[f"{where}: in"] = 1.0
            if index in scene.numbers:
                found[f"{where}: told"] = 1.0
            if at is places[-1]:
                found[f"{where}: last"] = 1.0
            if at.prep in STRONG and at.start - one.start <= OPENING_WORDS:
                found[f"{where}: opens"] = 1.0
            if not seen_near:
                found["nearest"] = 1.0
        seen_near = seen_near or bool(places)


FARTHEST: Final = 6
FARTHEST_ABOVE: Final = 3


def _earlier(scene: Scene, reading: Reading, credit: Credit, pool: _Pool, chosen: Earlier) -> None:
    """The places that the figures before were given."""
    mention = reading.quantity.mention
    paragraph = scene.sentence(mention.sentence).paragraph
    outlet = scene.document.article.outlet
    donors: list[tuple[str, Chosen | None]] = [("last", chosen.last), ("previous", chosen.previous)]
    if credit.source is not None and credit.source != outlet:
        donors.append(("source", chosen.by_source.get(credit.source)))
    for name, donor in donors:
        if donor is None or donor.choice.name is None:
            continue
        use = donor.choice.rules[0] if donor.choice.rules else None
        rule = RuleUse(
            column="place", rule="same source" if name == "source" else "earlier figure",
            start=use.start if use else None, end=use.end if use else None,
        )  # fmt: skip
        alike = (reading.metric in MOVERS) == (donor.metric in MOVERS)
        role = donor.choice.role if alike else "location"
        found = pool.add(replace(donor.choice, role=role, rules=(rule,)), name).signs
        if donor.sentence == mention.sentence:
            found[f"{name}: sentence"] = 1.0
        elif donor.paragraph == paragraph:
            found[f"{name}: paragraph"] = 1.0
        elif mention.sentence - donor.sentence > FARTHEST:
            found[f"{name}: far"] = 1.0
        if donor.metric == reading.metric:
            found[f"{name}: metric"] = 1.0
        if donor.source == credit.source:
            found[f"{name}: same source"] = 1.0
        if donor.apart:
            found[f"{name}: apart"] = 1.0
        if donor.part:
            found[f"{name}: part"] = 1.0


def _frame(scene: Scene, reading: Reading, pool: _Pool) -> None:
    """Title, lead, dateline, heading, the article's country."""
    mention = reading.quantity.mention
    story = scene.story_place(mention.sentence)
    if story.name is not None:
        pool.add(story, "story")
    heading = scene.heading(mention.sentence)
    if heading is not None:
        pool.add(heading, "heading")
    title, lead, second = scene.opening
    for part, indexes in (("title", title), ("lead", lead), ("second", second)):
        for index in indexes:
            if index >= mention.sentence and part != "title":
                continue
            places = [one for one in usable_places(scene, index) if one.form != "unknown"][:NEAREST]
            for one in places:
                found = pool.add(place_of_sentence(scene, index, [one], part if part != "second" else "lead"), part)
                if one.prep in STRONG:
                    found.signs[f"{part}: in"] = 1.0
    home = scene.home()
    if home is not None:
        use = RuleUse(column="place", rule="town of the dateline")
        pool.add(PlaceChoice(home.name, "location", home.iso3, (use,)), "dateline")
    name = scene.lexicon.settings.country_name(scene.main_country)
    if name is not None:
        use = RuleUse(column="place", rule="country of the article")
        pool.add(PlaceChoice(name, "location", scene.main_country, (use,)), "country of the article")


def _home(scene: Scene, pool: _Pool) -> None:
    """The country from which the outlet writes, by its name."""
    name = scene.lexicon.settings.country_name(scene.outlet_country)
    if name is not None:
        use = RuleUse(column="place", rule="country of the outlet")
        pool.add(PlaceChoice(name, "location", scene.outlet_country, (use,)), "outlet")


def _words_of_wholes(scene: Scene, reading: Reading, credit: Credit) -> list[str]:
    """What of the figure's words and speaker tells a whole country's count from one town's."""
    mention = reading.quantity.mention
    sentence = scene.sentence(mention.sentence)
    out = []
    if scene.first(SINCE_THEN, mention.sentence) is not None:
        out.append("since")
    low, high = max(sentence.start, mention.start - 60), min(sentence.end, mention.end + 60)
    if IN_ALL.search(scene.text(mention.sentence), low, high):
        out.append("in all")
    if credit.source_mention:
        who = f"{credit.source or ''} {credit.source_mention[:LONGEST_SPEAKER]}"
        if LOCAL_BODY.search(who):
            out.append("local body")
        elif NATIONAL_BODY.search(who):
            out.append("national body")
    return out


LONGEST_SPEAKER: Final = 200


def _describe(scene: Scene, reading: Reading, credit: Credit, one: Candidate, words: list[str], *, named: bool) -> None:
    """What a candidate is, in itself and beside the story, the metric and the speaker."""
    choice, signs = one.choice, one.signs
    name = choice.name or ""
    mention = reading.quantity.mention
    kind = scene.kind_of(name)
    signs[f"kind: {kind}"] = 1.0
    if "own" not in signs and not any(sign.startswith("rule: ") for sign in signs):
        signs["elsewhere"] = 1.0
    if "own" not in signs and named:
        signs["own sentence names another"] = 1.0
    story = scene.story_place(mention.sentence)
    if story.name is not None and story.name != choice.name:
        relation = scene.relation(choice, story)
        signs[f"to the story: {relation}"] = 1.0
        if relation == "whole":
            signs[f"holds the story: {kind}"] = 1.0
        elif relation == "part":
            signs[f"in the story: {kind}"] = 1.0
    times = scene.times_named(name)
    signs["times named"] = min(times, 6) / 6
    if times <= 1:
        signs["named once"] = 1.0
    metric = reading.metric
    wide = kind in ("country", "wide")
    width = "country" if wide else "narrow"
    standing = metric in BALLOTS or not scene.lexicon.metrics.metric(metric).event_bound
    nature = (
        "standing" if standing else "people who move" if metric in MOVERS else "fired" if metric in FIRED
        else "aid" if metric == "aid" else "event"
    )  # fmt: skip
    signs[f"{nature}: {width}"] = 1.0
    if mention.low >= THRONG:
        signs[f"thousands: {width}"] = 1.0
    if mention.low < FEW:
        signs[f"few: {width}"] = 1.0
    signs[f"{credit.source_type}: {width}"] = 1.0
    if wide and choice.iso3 is not None and credit.source is not None:
        source = scene.lexicon.sources.source(credit.source)
        if source is not None and source.country == choice.iso3:
            signs["country of the source"] = 1.0
    if name and credit.source is not None and name in credit.source:
        signs["in the source's name"] = 1.0
    if choice.iso3 is not None and choice.iso3 == scene.outlet_country:
        signs[f"home of the outlet: {width}"] = 1.0
    for word in words:
        signs[f"{word}: {width}"] = 1.0
    if wide and reading.party is not None and scene.lexicon.settings.demonym(choice.iso3) == reading.party:
        signs["country of the party"] = 1.0


NATIONAL_BODY: Final = re.compile(
    r"\b(?:national|ministry|minister|federal|state television|general staff|government|parliament|president"
    r"|association|red (?:cross|crescent)|union|institute|bureau|statistic\w*|agency|commission|army|military)\b",
    re.IGNORECASE,
)
LOCAL_BODY: Final = re.compile(
    r"\b(?:mayor|municipal\w*|city|county|district|provincial|regional|hospital|doctors?|medics?|nurse|governor|local"
    r"|villagers?|residents?|witness\w*|chief|prefect\w*|sheriff|headman|survivors?|organi[sz]ers?)\b",
    re.IGNORECASE,
)
SINCE_THEN: Final = re.compile(
    r"\b(?:since (?:the|last|January|February|March|April|May|June|July|August|September|October|November|December"
    r"|\d{4})"
    r"|so far|this year|in (?:19|20)\d\d|over the (?:past|last)|in the (?:past|last)|year-on-year|a year earlier)\b"
)
"""Words of a count over a longer time, which is seldom that of one town."""
IN_ALL: Final = re.compile(
    r"\b(?:in all|in total|a total of|altogether|overall|nationwide|across the country|the country's|cumulative"
    r"|(?:death |overall |total )?toll|tally|the total)\b"
)
THRONG: Final = 5_000
FEW: Final = 50
