"""Find the causes that an article names or hints at, and say which of them names its story best."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from figures.extract.event_words import LONGEST_SCAN, TRACED, VICTIMS, VOTING, Mention
from figures.extract.scenes import Scene
from figures.extract.types import Reading
from figures.lexicon.settings import Cause


def find_mentions(scene: Scene, readings: list[Reading]) -> list[Mention]:
    """Every cause that title and text name, in order; elections only where votes are counted."""
    heads = scene.lexicon.settings.cause_heads.keys()
    voting = any(VOTING.search(one.metric) for one in readings)
    out: list[Mention] = []
    labour = _of_labour(scene)
    for index, sentence in enumerate(scene.document.sentences):
        if sentence.start > LONGEST_SCAN:
            break
        if heads.isdisjoint(scene.vocabulary(index)):
            continue
        text = scene.text(index)
        for start, end, name, cause in scene.lexicon.settings.find_causes(
            text, max(sentence.start, scene.dateline(index)), sentence.end
        ):
            word = text[start:end]
            if word in ("March", "Fires") or (" " not in word and _in_an_idiom(text, start, end)):
                continue
            if cause.family == "election" and not voting:
                continue
            if cause.family == "landslide" and voting:
                continue  # "won by a landslide"
            if word.casefold() in ("strike", "strikes") and (
                labour or LABOUR.search(text, max(0, start - 90), end + 90)
            ):
                name, cause = "strike", scene.lexicon.settings.causes["strikers"]
            old = _of_an_old_year(scene, text, max(sentence.start, start - 40), start)
            out.append(Mention(name, cause, sentence.field, start, end, index, old))
    return _crackdowns(scene, out)


def _crackdowns(scene: Scene, mentions: list[Mention]) -> list[Mention]:
    """A crackdown beside marches, in a country where no known war runs, is part of the unrest."""
    marches = any(one.cause.family == "protest" for one in mentions)
    if not marches or scene.lexicon.settings.campaign(scene.main_country, scene.published) is not None:
        return mentions
    unrest = scene.lexicon.settings.causes["protest"]
    return [
        replace(one, name=unrest.name, cause=unrest)
        if scene.text(one.sentence)[one.start : one.end].casefold() == "crackdown"
        else one
        for one in mentions
    ]


def _in_an_idiom(text: str, start: int, end: int) -> bool:
    """Whether a cause's word is part of a phrase that means something else: "opened fire", "war crimes"."""
    low = max(0, start - LONGEST_IDIOM)
    return any(
        low + one.start() < end and start < low + one.end() for one in IDIOM.finditer(text[low : end + LONGEST_IDIOM])
    )


LONGEST_IDIOM: Final = 32


def find_traces(scene: Scene, readings: list[Reading]) -> list[Mention]:
    """What hints at a cause that no word names: "gunshot wounds", "tear gas", "burst its banks", "divers"."""
    if not any(one.metric in VICTIMS or one.metric in TRACED for one in readings):
        return []
    settings = scene.lexicon.settings
    out: list[Mention] = []
    for index, sentence in enumerate(scene.document.sentences):
        if sentence.start > LONGEST_SCAN:
            break
        vocabulary = scene.vocabulary(index)
        text = scene.text(index)
        low = max(sentence.start, scene.dateline(index))
        for name, words in settings.traces.items():
            if words.heads.isdisjoint(vocabulary):
                continue
            found = words.pattern.search(text, low, sentence.end)
            if found is not None:
                out.append(
                    Mention(
                        settings.causes[name].name,
                        settings.causes[name],
                        sentence.field,
                        found.start(),
                        found.end(),
                        index,
                        hint=True,
                    )
                )
    return out


def shocks(scene: Scene, readings: list[Reading], mentions: list[Mention]) -> list[Mention]:
    """Hints at an earthquake beside what it brings about, houses that collapsed or hillsides that slid."""
    families = {one.cause.family for one in mentions}
    if families.isdisjoint(BROUGHT_BY_QUAKES):
        return []
    hints = [one for one in find_traces(scene, readings) if one.cause.family == "earthquake"]
    named = [one for one in mentions if one.cause.family == "earthquake"]
    return hints if len({one.sentence for one in (*hints, *named)}) >= LEAST_SHOCKS and hints else []


BROUGHT_BY_QUAKES: Final = frozenset(("collapse", "landslide"))
LEAST_SHOCKS: Final = 2
"""Sentences with words of an earthquake that make it the cause of what collapsed."""


def _of_an_old_year(scene: Scene, text: str, low: int, start: int) -> bool:
    """Whether a cause is named by a year long gone: "since the 2004 train bombings", "the 1994 genocide"."""
    found = YEARED.search(text, low, start)
    return found is not None and scene.published is not None and int(found[1]) < scene.published.year - 1


YEARED: Final = re.compile(
    r"(?:\bThe|\b(?:since|than|after|of|in|during|like|recalled|recalling|from|to|by|with)\s+(?:the|a|its"
    r"|their))\s+(?:\w+\s+)?"
    r"((?:19|20)\d\d)\s+(?:[\w\-]+\s+){0,3}$"
)


def _of_labour(scene: Scene) -> bool:
    """Whether a strike is one of people who stop work: the article tells of unions and marches, and of no bombs."""
    article = scene.document.article
    for text in (article.title, article.text):
        if ARMS.search(text, 0, LONGEST_SCAN):
            return False
    return any(WALKOUT.search(text, 0, LONGEST_SCAN) for text in (article.title, article.text))


WALKOUT: Final = re.compile(
    r"\b(?:national|general|rail|bus|teachers['’]?|indefinite|nationwide|truckers['’]?|transport|civic) strike\b"
    r"|\b(?:protests?|protesters|demonstrat\w+|marche[sd]|blockades|barricades|unions?|pickets?|walkouts?)\b"
    r"|\bstrike (?:committee|leaders|action|ballot|call)\b|\bon strike\b"
)
ARMS: Final = re.compile(
    r"\b(?:air|drone|missile|rocket|artillery|precision)[\s-]?strikes?\b|\bbomb(?:s|ing|ed|ings)?\b|\bwarplanes?\b"
    r"|\bshell(?:ing|ed)\b|\bmissiles?\b|\brockets\b"
)

LABOUR: Final = re.compile(
    r"\b(?:unions?|workers|walk(?:ed)? out|pay|wages?|labour|employers?|strikers?|teachers|nurses"
    r"|pilots|staff|general strike|picket)\b"
)

IDIOM: Final = re.compile(
    r"\b(?:[Ff]ires? (?:and (?:building|safety)|safety|rocket|rockets|shells?|missiles?|mortar"
    r"|back|power)\b|(?:rebel|gun|cross|artillery|rocket|mortar|sniper|tank|friendly|hostile|live"
    r"|returned|opened|open|under|exchange of|sporadic|anti-aircraft|machine.gun) fire|storm(?:ed"
    r"|ing|s) (?:the|a|into|out)|(?:[Ff]ire|FIRE|[Rr]escue) (?:brigade|department|service|services"
    r"|chief|officials?|agency|station|engine)|Fire (?:Brigade|Department|Service|Agency|Chief)"
    r"|under fire|opened fire|cease\s?-?fire|(?:World|Cold|Vietnam|Korean|Falklands|Gulf|Boer|Crimean|Six[ -]Day"
    r"|Yom Kippur|Winter|Great|Algerian|Biafran|Opium) War|[Ww]ar crimes?|war-torn"
    r"|[Pp]rotest(?:ed|ing) that"
    r"|bl(?:ew|own|ows?|owing) up (?:the|an?|its|their|his|what|bridges|buildings|houses)\b"
    r"|strike force|strike group|electoral crisis|market crash|stock market|raid(?:ed)? the"
    r"|storm(?:ed|ing)|[Ww]ar monitor|in March|last March|of March|on March|since March|March \d"
    r"|fighting (?:the\s|a\s|against\s)?(?:\w+\s)?(?:fires?|flames|blazes?|wildfires|virus|outbreak|epidemic|disease"
    r"|Ebola|malaria|cholera|corruption|crime|poverty|inflation|hunger)"
    r"|outbreak of (?:the\s)?(?:\w+\s)?(?:war|fighting|violence|hostilities|conflict|clashes)"
    r"|set(?:ting|s)? fire to|sets? on fire|(?:hunger|lightning|first|pre-emptive) strikes?"
    r"|\d March|leaked|heart attack|battle against|(?:drug|culture|trade|price) wars?)\b"
)


def in_passing(scene: Scene, one: Mention) -> bool:
    """Whether a march or a walkout is only called for, put off, or held for the dead of something else."""
    text = scene.text(one.sentence)
    before = max(scene.sentence(one.sentence).start, one.start - 60)
    return (
        CALLED_FOR.search(text, before, one.start) is not None or NOT_YET.match(text, one.end, one.end + 60) is not None
    )


CALLED_FOR: Final = re.compile(
    r"\b(?:(?:call|threaten|plann?|announc|postpon|cancell?|proclaim|declar|urg|promis|prepar|consider|organi[sz]|end"
    r"|suspend)(?:e?s|e?d|ing|e)?|put(?:s|ting)? off|called off|vote[ds]? for|ballot on|held|staged|join(?:ed)?"
    r"|attend(?:ed)?|came to|come to|went to|due to|because of)\s+(?:for\s+|to\s+)?"
    r"(?:an?|the|their|its|his|her|two|three|several|some)?\s*(?:[\w\-]+\s+){0,2}$"
    r"|\b(?:memorial|funeral|peace|election|campaign|silent|candlelight|commemorative|victory|political|party"
    r"|solidarity"
    r"|remembrance|sympathy|token|one-day|rail|bus|drivers|hunger)\s+$",
    re.IGNORECASE,
)

NOT_YET: Final = re.compile(
    r"\s+(?:(?:of|by|over|for)\s+(?:[\w\-]+\s+){1,3})?(?:(?:that|which)\s+)?"
    r"(?:(?:was|is|were|are|had been|has been)\s+)?(?:to be\s+"
    r"|planned|called|due|scheduled|announced|threatened|put off|postponed|cancelled|canceled|banned|set for"
    r"|for (?:the day|peace|the (?:dead|victims)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))"
)


def best_name(mentions: list[Mention], family: str) -> tuple[str, Cause]:
    """The commonest plain name of a family, a proper name ("typhoon Rai") before all; vague ones only where alone."""
    mine = [one for one in mentions if one.cause.family == family]
    votes: Counter[str] = Counter()
    for one in mine:
        votes[one.name] += (
            (1 if one.cause.vague else 3)
            + (12 if " " in one.name and one.name.split()[-1][:1].isupper() else 0)
            + (2 if one.field == "title" else 0)
        )
        if one.name.endswith(" epidemic"):
            votes[one.name] += 6
    first = {one.name: -at for at, one in reversed(list(enumerate(mine)))}
    name = max(votes, key=lambda one: (votes[one], first[one]))
    return name, next(one.cause for one in mine if one.name == name)


def alike(one: str, other: str) -> bool:
    """Whether two causes may be one attack: a blast and a bombing may, poison gas and a missile may not."""
    if one == other:
        return True
    a, b = KINDS_OF_ATTACK.get(one), KINDS_OF_ATTACK.get(other)
    return a is None or b is None or not a.isdisjoint(b)


KINDS_OF_ATTACK: Final = {
    "explosion": frozenset(("ground", "air")),
    "bombing": frozenset(("ground", "air")),
    "vehicle attack": frozenset(("ground",)),
    "shooting": frozenset(("ground",)),
    "stabbing": frozenset(("ground",)),
    "airstrike": frozenset(("air", "gas")),
    "shelling": frozenset(("air",)),
    "missile strike": frozenset(("air",)),
    "chemical attack": frozenset(("gas",)),
}


def by_its_verb(scene: Scene, index: int) -> str | None:
    """The cause that a sentence hints at by a verb: "a pupil shot 27 people dead"."""
    return scene.once("verb", index, _find_verb)


def _find_verb(scene: Scene, index: int) -> str | None:
    one = scene.sentence(index)
    for name, words in scene.lexicon.settings.traces.items():
        if not words.heads.isdisjoint(scene.vocabulary(index)) and words.pattern.search(
            scene.text(index), one.start, one.end
        ):
            return scene.lexicon.settings.causes[name].name
    return None


def nearest_cause(mentions: Sequence[Mention], start: int, end: int) -> Mention | None:
    """The cause nearest to a number, the one before where both are as near."""
    at = bisect_left(mentions, end, key=lambda one: one.start)
    if at == 0:
        return mentions[0] if mentions else None
    if at == len(mentions) or mentions[at].start - end >= start - mentions[at - 1].end:
        return mentions[at - 1]
    after, before = mentions[at], mentions[at - 1]
    plainer = after.cause.vague and not before.cause.vague and after.cause.family == before.cause.family
    return before if plainer and start - before.end < NEAR_CAUSE else after


NEAR_CAUSE: Final = 80
"""Characters back to a plain cause that outweighs a vague one behind the number: "a bombing … killed 31, the second
such attack"."""


def killed_by(scene: Scene, index: int) -> bool:
    """Whether a sentence tells that armed men killed: "soldiers killed 200 villagers", "shot by gunmen"."""
    return scene.first(KILLED_BY, index, KILLED_HEADS) is not None


KILLED_HEADS: Final = frozenset(
    ("killed", "kill", "killing", "executed", "massacred", "slaughtered", "slain", "murdered")
)

_ARMED = (
    r"(?:armed men|armed group|gunmen|soldiers|troops|army|fighters|militants|militias?|militiamen|rebels|insurgents"
    r"|jihadists|terrorists|extremists|bandits|raiders|attackers|assailants|police(?:men)?|paramilitar(?:y|ies)"
    r"|forces|mercenaries"
    r"|men on motor(?:cycle|bike)s|group|mob|herders|herdsmen|vigilantes|guerrillas|gang|gangs)"
)
KILLED_BY: Final = re.compile(
    rf"\b{_ARMED}\b[^;:.]{{0,60}}\b(?:had |have |has )?(?:killed|executed|massacred|slaughtered|murdered)\b"
    rf"|\b(?:killed|executed|massacred|slaughtered|slain|murdered)\b[^;:.]{{0,60}}\bby\s(?:[\w\-]+\s){{0,4}}{_ARMED}\b",
    re.IGNORECASE,
)
