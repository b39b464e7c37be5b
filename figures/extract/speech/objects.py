"""Look behind a reporting word: is its object a number, a clause, a gift, a name?"""

from __future__ import annotations

from typing import Final

from figures.extract.speech.line import LOOK, Line
from figures.extract.words import (
    AUXILIARIES,
    BEFORE_NUMBER,
    GIVING,
    HAD,
    HAPPENINGS,
    HELD_BY_BODIES,
    INDEFINITE,
    ISSUING,
    MISGIVINGS,
    NO_COUNTS,
    OF_VERBS,
    QUOTES,
    REVISING,
    SKIPPED,
    WEEKDAYS,
)

PUTTING: Final = frozenset(("put", "puts", "putting", "set", "placed", "estimated", "estimates", "pegged"))
COUNTS: Final = frozenset(("number", "toll", "total", "count", "losses", "figure"))


def has_object(line: Line, at: int, *, limit: int = 16) -> bool:
    """Whether a reading stands behind the verb, near enough to be its object."""
    tokens = line.tokens
    word = tokens[at].lower
    if word in HELD_BY_BODIES:
        limit = 4
    elif word in line.words.deed:
        limit = min(limit, 7)
    if word in PUTTING and any(one.lower in COUNTS for one in tokens[at + 1 : at + 5]):
        limit = 32  # "put the number of those who lost their lives in the raid on X at no more than N"
    if at + 1 < len(tokens) and tokens[at + 1].text == ",":
        return False  # "the strongest the agency has recorded, killed 12"
    for n in range(at + 1, min(at + 1 + limit, len(tokens))):
        one = tokens[n]
        if one.lower in {";", "while", "but"} or (one.lower in QUOTES and word not in OF_VERBS):
            return False
        if line.numbered(one):
            return True
        dated = one.lower == "on" or one.lower in WEEKDAYS
        if word in HAD and (
            one.lower == "been" or (one.lower not in BEFORE_NUMBER and one.lower not in SKIPPED and not dated)
        ):
            return False
    return False


def promises_number(line: Line, at: int) -> bool:
    """Whether the number itself is given or asked for: "pledged $12 billion" · "promised the town 40 tents"."""
    for one in line.tokens[at + 1 : at + 7]:
        if line.numbered(one):
            return True
        if one.lower in {"to", "that", "of", "for"} or one.lower.endswith("ing") or one.text in QUOTES:
            return False
    return False


def gives_name(line: Line, at: int) -> bool:
    """Whether a name is given: "called it a $1 trillion giveaway" · "described him as the 1 man" · "called for"."""
    tokens = line.tokens
    call = tokens[at].lower.startswith("call")
    following = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    if call and following == "that":
        return False  # "told investors in a conference call that …"
    if call and following in {"for", "on"}:
        return at == 0 or tokens[at - 1].lower not in {"so", "is", "was", "were", "are", "been"}
    ready = False
    for n in range(at + 1, min(at + 1 + LOOK, len(tokens))):
        one = tokens[n]
        if one.text in ".;" and not ready:
            return False
        if line.numbered(one):
            return ready
        if one.text in QUOTES or one.lower in {"as", "saying"} or (one.lower in {"of", "for"} and not call):
            ready = ready or n > at + 1 or one.text in QUOTES
        elif call and n > at + 1 and one.lower in INDEFINITE | {"the"}:
            ready = True
    return False


def tells_count(line: Line, at: int) -> bool:
    """Whether the object of a verb of counting is a count: "raised its estimate to 12", never "raised $12 million".

    Verbs that also tell what a body does, owns or sells ("held 33 hearings", "has 4,000 employees", "issued 12,000
    permits") report only with a noun of statement, or with people whom it holds.
    """
    tokens = line.tokens
    word = tokens[at].lower
    behind = tokens[at + 1 : at + 10]
    if word in REVISING or word in ISSUING:
        nouns = line.words.statement | line.words.document
        for one in behind:
            if (
                one.lower in nouns
                or one.lower in {"it", "target", "targets", "total", "estimated", "alert"} | MISGIVINGS
            ):
                return True
        return False
    if word in HELD_BY_BODIES or word in GIVING:
        number = next((n for n, one in enumerate(behind) if line.numbered(one)), None)
        if number is None:
            return True
        if word in GIVING:
            return behind[number].text not in "$€£"
        if behind[number].text in "$€£" or any(one.lower in NO_COUNTS for one in behind[number : number + 5]):
            return False
    return True


def has_bare_object(line: Line, at: int) -> bool:
    """Whether the number follows the verb at once: "confirmed 12 deaths", "added about 300 jobs"."""
    following = line.tokens[at + 1 : at + 2]
    return bool(following) and (
        line.numbered(following[0]) or (following[0].lower in BEFORE_NUMBER and has_object(line, at, limit=4))
    )


def gives_to(line: Line, at: int) -> bool:
    """Whether a gift is told, not a count: "gave $25,000 to a school"."""
    tokens = line.tokens
    for n in range(at + 1, min(at + 12, len(tokens))):
        if tokens[n].text == ":":
            return False  # "has given a full toll: 225 bodies"
        if line.numbered(tokens[n]):
            return any(one.lower == "to" for one in tokens[n + 1 : n + 5])
    return False


def opens_clause(line: Line, at: int) -> bool:
    """Whether the number behind a verb opens a clause: "added 300 people had died"."""
    for one in line.tokens[at + 1 : at + 14]:
        if one.text in ",;." or one.lower in {"who", "which", "that"}:
            return False
        if one.lower in AUXILIARIES or one.lower in {"remain", "remained", "went", "died", "fled", "got", "came"}:
            return True
    return False


def claims_lives(line: Line, at: int) -> bool:
    """Whether "claimed" tells no claim: "claimed 12 lives", "claimed responsibility", "claimed the attack, which"."""
    tokens = line.tokens
    for n in range(at + 1, min(at + 5, len(tokens) - 1)):
        if tokens[n].lower in HAPPENINGS:
            return tokens[n + 1].text in {",", "."} or tokens[n + 1].lower in {"on", "in", "at", "that", "which"}
    following = [one.lower for one in tokens[at + 1 : at + 9]]
    return "lives" in following or "life" in following or "responsibility" in following


def has_clause(line: Line, at: int) -> bool:
    """Whether "that", a colon or a quotation follows within three words."""
    tokens = line.tokens
    for n in range(at + 1, min(at + 4, len(tokens))):
        if tokens[n].lower in {"that", ":", "out"} or tokens[n].text in QUOTES:
            return True
    return False
