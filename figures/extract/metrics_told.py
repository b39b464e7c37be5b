"""Find victims whom a whole phrase tells without a number: "both died", "the man's body was found", names with ages.

What only says again that somebody was hurt or killed ("the woman who was killed on Monday", "she is in critical
condition") is marked as lesser: it counts where the article gives no other number of that metric.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

NAME: Final = r"(?:[A-Z][\w.'’-]{0,24} ){1,3}[A-Z][\w'’-]{1,24}"
PERSON: Final = (
    "(?:man|woman|boy|girl|child|baby|infant|toddler|teen|teenager|youth|student|victim|person|mother|father|son"
    "|daughter|husband|wife|brother|sister|grandmother|grandfather|girlfriend|boyfriend|officer|deputy|trooper|driver|passenger"
    "|pedestrian|cyclist|motorcyclist|suspect|gunman|firefighter|worker|clerk|teacher|\\d{1,3}-year-old)"
)
PERSONS: Final = (
    "(?:men|women|boys|girls|children|babies|teens|teenagers|youths|students|victims|people|brothers|sisters|officers"
    "|deputies|troopers|drivers|passengers|pedestrians|suspects|gunmen|firefighters|workers)"
)
PERISHED: Final = (
    r"(?:died|were (?:\w+ly |both |later |also )?(?:killed|slain|pronounced dead|declared (?:brought )?dead|found dead"
    r"|fatally \w+|shot (?:dead|to death|and killed)|stabbed to death))"
)
CONDITION: Final = r"in (?:an? )?(?:\w+ (?:but \w+ )?)?(?:critical|serious|stable|fair|good|grave|guarded) condition"
HURTING: Final = (
    r"(?:shot|wounded|injured|hurt|stabbed|hospitali[sz]ed|treated"
    r"|(?:taken|rushed|transported|airlifted|flown|driven) to"
    rf"|{CONDITION}|expected to (?:survive|live|recover|be ok(?:ay)?))"
)
ATTEMPTED: Final = re.compile(
    r"\b(?:attempted|attempting|planned|planning|plotting|plot|conspiracy to|solicitation of|alleged|threatened"
    r"|possible) (?:\w+ )?(?:the )?$", re.I
)  # fmt: skip
BODY: Final = re.compile(
    rf"\b(?:(?P<one>[Aa]n?)|(?P<the>[Tt]he|[Hh]is|[Hh]er|[Tt]heir)) (?:[\w-]+ ){{0,3}}{PERSON}['’]s (?:\w+ )?"
    r"(?P<verb>(?:body|remains|corpse) (?:was|were|had been|has been) (?:\w+ly )?"
    r"(?:found|recovered|discovered|pulled|identified|located|dumped|retrieved|spotted))\b"
)
BOTH: Final = re.compile(
    rf"\b(?P<both>[Bb]oth)(?: of them| (?:the|his|her) {PERSON} and (?:(?:the|his|her) )?{PERSON})?(?: {PERSONS})?,? "
    r"(?:later |also |were |have been |had been )?"
    rf"(?:(?P<dead>(?<!were )(?<!been ){PERISHED}"
    r"|(?<=were )(?:killed|pronounced dead|found dead|fatally \w+|shot dead|shot to death))"
    rf"|(?P<hurt>(?<=were ){HURTING}|are {HURTING}|is {HURTING}|suffered|sustained))"
)
OTHER: Final = re.compile(
    rf"\b(?P<other>[Tt]he other(?= {PERSON}\b| (?:was|is|remains)\b))(?: {PERSON})?(?:, [^.;]{{2,60}},)? "
    rf"(?P<verb>(?:was|is|remains|remained) (?:\w+ )?{HURTING})"
)
LEFT: Final = re.compile(  # who was hurt, where nothing else says that somebody was
    rf"\b(?P<who>[Tt]he (?:\w+ )?{PERSON}|[Hh]e|[Ss]he) "
    rf"(?P<verb>(?:was|is|remains|remained) (?:\w+ly |being |listed |still |also )?"
    rf"(?:{CONDITION}|expected to (?:survive|recover)|hit (?:in|by)|struck (?:in|by)|grazed|hospitali[sz]ed|treated))"
)
KILLED: Final = re.compile(  # who was killed, where nothing else says that somebody was
    rf"\b(?P<who>[Tt]he (?:[\w-]+ ){{0,2}}{PERSON}) (?P<verb>who (?:was|had been) (?:\w+ly |shot and )?"
    r"(?:killed|slain|murdered|shot dead|shot to death|stabbed to death|fatally \w+))"
    r"|\b(?P<of>(?:(?:shooting|stabbing) death|fatal (?:shooting|stabbing|beating)|slaying|homicide|death) of)"
    rf" (?P<whom>(?:\d{{1,3}}-year-old )?{NAME}|(?:his|her|their|the|an?) (?:[\w-]+ ){{0,3}}?{PERSON})"
)
AGED: Final = rf"{NAME},? (?:who was )?\d{{1,3}}\b"
AND_AGED: Final = rf"(?:(?:his|her|their) (?:[\w-]+ ){{0,2}}{PERSON},? )?(?:{NAME}|[A-Z][\w'’-]{{1,24}}),? \d{{1,3}}\b"
WHO_DIED: Final = re.compile(
    rf"\b(?P<one>[Aa]n?) (?:[\w-]+ ){{0,3}}{PERSON},? who (?:was|had been) [^.;]{{3,90}}?,? "
    r"(?P<verb>(?:has |later |then ){0,2}died)\b"
)
KILLED_AGED: Final = re.compile(
    r"\b(?P<verb>(?:killed|killing|fatally (?:shot|stabbed|struck|injured)|shot to death|murdered|murdering"
    rf"|claimed the life of|death of)) (?P<whom>\d{{1,3}}-year-old {NAME})"
)
NAMES: Final = re.compile(
    rf"\b(?P<names>{AGED}(?:, (?:of|from) [^.;,]{{2,30}})?(?:[,;] {AND_AGED})*,? and {AND_AGED}),? "
    r"(?:[^.;,]{2,30}, )?(?P<verb>were (?:\w+ly |both |all |found |shot and )?"
    r"(?:killed|dead|shot to death|pronounced dead|slain|stabbed to death)|died)"
)
DEAD: Final = re.compile(
    r"\b(?:Killed were|(?:The (?:dead|deceased|slain)|Those killed|The (?:two|three|four|five|six) (?:killed|dead)) "
    r"(?:were|was|have been|are) (?:later )?(?:identified as|named as)?) "
    rf"(?P<names>[^.;]{{0,40}}?{AGED}[^.]{{0,200}})"
)
AGE_APPOSED: Final = re.compile(r"[a-z], \d{1,3}\b")
BODIES: Final = re.compile(r"['’]s (?:\w+ )?(?:body|remains|corpse)\b")
ONE_NAME: Final = re.compile(rf"(?:{NAME}|[A-Z][\w'’-]{{1,24}}),? (?:who was )?\d{{1,3}}\b(?! [A-Z])")
PAIR: Final = re.compile(
    rf"^(?:[A-Z\d][\w.'’-]* ){{0,4}}?(?P<one>{PERSON})(?:,| and| &) "
    r"(?:(?P<count>two|three|four|five|six|[2-9]) )?(?:\w+ )?"
    rf"(?P<more>{PERSON}|{PERSONS}|kids|sons|daughters|grandchildren)(?:, \d{{1,2}},)? (?:are |were |both |all )?"
    r"(?:(?P<dead>(?:found |shot |confirmed )?dead|killed|die|dies|died|drown(?:ed)?|slain|fatally \w+|shot to death"
    r"|stabbed to death|murdered)|(?P<hurt>injured|hurt|wounded|shot|stabbed|hospitali[sz]ed))\b", re.I
)  # fmt: skip
MORE: Final = {"two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A metric that the phrase around a victim gives at once: "the man's body was found", "both died".

    ``lesser`` ones count only where the article gives no other number of that metric.
    """

    metric: str
    rule: str
    start: int
    end: int
    lesser: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Victim:
    """Somebody whom a verb governs without a number: the words, the verb behind them, and whether no noun follows."""

    start: int
    end: int
    definite: bool
    verb: int | None = None
    bare: bool = False
    told: Told | None = None
    count: float = 1.0


def told_victims(text: str) -> Iterator[Victim]:
    """Victims whom a whole phrase tells: bodies found, "both", names with their ages; lesser ones behind."""
    for found in BODY.finditer(text) if BODIES.search(text) else ():
        start, end = found.span("one") if found["one"] else found.span("the")
        told = Told(metric="deaths", rule="N's body was found", start=found.start("verb"), end=found.end("verb"))
        yield Victim(start=start, end=end, definite=found["one"] is None, told=told)
    for found in BOTH.finditer(text) if "both" in text or "Both" in text else ():
        part = "dead" if found["dead"] else "hurt"
        told = Told(
            metric="deaths" if found["dead"] else "injuries", rule=f"both {found[part].split()[-1]}",
            start=found.start(part), end=found.end(part),
        )  # fmt: skip
        yield Victim(start=found.start("both"), end=found.end("both"), definite=False, told=told, count=2.0)
    for found in WHO_DIED.finditer(text) if " who " in text else ():
        told = Told(metric="deaths", rule="N who was hurt died", start=found.start("verb"), end=found.end("verb"))
        yield Victim(start=found.start("one"), end=found.end("one"), definite=False, told=told)
    for found in KILLED_AGED.finditer(text) if "-year-old " in text else ():
        told = Told(metric="deaths", rule=f"{found['verb']} name", start=found.start("verb"), end=found.end("verb"))
        yield Victim(start=found.start("whom"), end=found.end("whom"), definite=False, told=told)
    aged = AGE_APPOSED.search(text) is not None
    for found in NAMES.finditer(text) if aged else ():
        told = Told(metric="deaths", rule="names were killed", start=found.start("verb"), end=found.end("verb"))
        count = float(len(ONE_NAME.findall(found["names"])))
        yield Victim(start=found.start("names"), end=found.end("names"), definite=False, told=told, count=count)
    for found in DEAD.finditer(text) if aged else ():
        names = list(ONE_NAME.finditer(found["names"]))
        if not names:
            continue
        begin, end = found.start("names") + names[0].start(), found.start("names") + names[-1].end()
        told = Told(metric="deaths", rule="killed were names", start=found.start(), end=found.start("names"))
        yield Victim(start=begin, end=end, definite=False, told=told, count=float(len(names)))
    for found in OTHER.finditer(text) if "he other " in text else ():
        verb = found.span("verb")
        told = Told(metric="injuries", rule="the other was hurt", start=verb[0], end=verb[1], lesser=True)
        yield Victim(start=found.start("other"), end=found.end("other"), definite=False, told=told)
    for found in LEFT.finditer(text):
        verb = found.span("verb")
        told = Told(metric="injuries", rule="one left hurt", start=verb[0], end=verb[1], lesser=True)
        yield Victim(start=found.start("who"), end=found.end("who"), definite=True, told=told)
    for found in KILLED.finditer(text):
        of = found["of"] is not None
        if of and ATTEMPTED.search(text, max(0, found.start() - 24), found.start()):
            continue
        start, end = found.span("whom" if of else "who")
        verb = found.span("of" if of else "verb")
        told = Told(metric="deaths", rule="one who was killed", start=verb[0], end=verb[1], lesser=True)
        yield Victim(start=start, end=end, definite=True, told=told)


def headline_pair(title: str) -> Iterator[Victim]:
    """ "Mother, daughter killed in crash", "Father and two sons drown"."""
    found = PAIR.match(title)
    if found is None or (found["count"] is None) is (found["more"].casefold().endswith(("s", "ren", "men"))):
        return
    more = 1.0 if found["count"] is None else MORE.get(found["count"].casefold()) or float(found["count"])
    part = "dead" if found["dead"] else "hurt"
    told = Told(
        metric="deaths" if found["dead"] else "injuries", rule=f"one and N {found[part].casefold()}",
        start=found.start(part), end=found.end(part),
    )  # fmt: skip
    yield Victim(start=found.start("one"), end=found.end("more"), definite=False, told=told, count=1.0 + more)
