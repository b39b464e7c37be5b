"""Hold the word lists and limits that several scene modules share: who moves, what is fired, what leads to a place.

A list that one module alone reads stands in that module, beside the function that reads it.
"""

from __future__ import annotations

import re
from typing import Final

MOVERS: Final = frozenset(["refugees", "border_crossings", "displaced", "evacuated", "returned"])
"""Metrics of people who move: their place has a role, origin or destination."""
MISSILES: Final = frozenset(["missiles_launched", "rockets_fired", "drones_launched", "strikes"])
"""Metrics of what is fired or struck."""
FIRED: Final = MISSILES - {"strikes"}
"""What a party fires lands with its enemy: in a country not its own the place is where it was fired at."""
FORCES: Final = frozenset((
    "soldiers", "troops", "servicemen", "fighters", "service members", "personnel", "forces", "marines", "recruits",
    "military personnel", "conscripts", "paratroopers", "combatants",
))  # fmt: skip
"""Populations that belong to an army."""
WAR_HEADS: Final = frozenset(["war", "conflict", "uprising", "crisis", "insurgency", "fighting", "violence"])
"""Words without which a sentence names no war as a whole."""
WAR: Final = re.compile(
    r"\b(?:[Tt]he|civil|five-year|\w+-year|\w+-long|its|deadly|bloody)\s+(?:civil\s+)?(?:war|conflict"
    r"|uprising|crisis|insurgency|fighting)\b|\bcivil war\b|\bdeadly violence\b"
)
"""A war as a whole, named without its place: "the five-year conflict"."""
AT_WAR: Final = re.compile(
    r"\b(?:war|invasion|invaded|offensive|front line|soldiers|troops|servicemen|airstrikes?|air strikes?|shelling)\b"
)
"""Words of an article that tells of war."""
WIDE: Final = frozenset(("region", "continent", "sea", "union"))
"""Kinds of place wider than one country."""
WORLD_DESKS: Final = frozenset((
    "Geneva", "New York City", "New York", "Vienna", "Brussels", "The Hague", "London", "Washington", "Paris",
))  # fmt: skip
"""Towns from which the world is reported."""
STRONG: Final = frozenset(
    ["in", "at", "near", "beside", "across", "inside", "outside", "around", "throughout", "on", "into"]
)
"""Prepositions that say where something happened or arrived."""
LOCATING: Final = frozenset(["in", "at", "near", "beside", "across", "inside", "outside", "around", "throughout"])
"""Prepositions that say where something happened."""
DESTINATION_BEFORE: Final = re.compile(
    r"\b(?:arriv\w+ (?:in|at)|cross\w* (?:\w+ ){0,3}into|enter\w*|reach\w*|to|into|refuge in"
    r"|asylum in|shelter in|returned to|landed (?:in|on)"
    r"|(?:fired|launched|dropped) (?:\w+ ){0,5}(?:at|on|into|against))\s+(?:the\s+)?(?:\w+\s+){0,1}$", re.IGNORECASE,
)  # fmt: skip
"""What stands before a place that people or missiles arrived at."""
HOSTING_AFTER: Final = re.compile(
    r"^(?:'s|’s)?\s+(?:has |have |had |already |now |alone |also |currently |still )*(?:taken in|took in"
    r"|hosts?|hosted"
    r"|hosting|shelters?|sheltered|houses|housed|received|welcomed|accepted|admitted|absorbed"
    r"|registered)\b"
)
"""What stands after a place that took people in."""
LOCALS: Final = re.compile(
    r"\b(?:police|authorities|officials|residents|doctors|medics|activists|hospitals?|prosecutors|investigators"
    r"|coroners?)\s+(?:in|of"
    r"|at|from)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
"""Those of a place who speak, not the place of the figure: "police in X"."""
SUPERLATIVE: Final = re.compile(
    r"\b(?:highest|largest|worst|biggest|lowest|most|deadliest|poorest|longest|strongest"
    r"|busiest)\s+(?:\w+\s+){0,3}(?:in|of)\s+(?:the\s+)?$"
)
"""A yardstick before a place: "the highest in Europe"."""
CLAUSE: Final = re.compile(
    r"[;:]|,? (?:against|compared (?:with|to)|versus|up from|down from|while|whereas|but|although|though|who|whose"
    r"|which"
    r"|when|where)\s|\s[—–]\s|[“”]"
)
"""Where a new clause begins."""
OPENING: Final = 4
"""Sentences of the opening of an article; also those back in which a place between two figures is sought."""
REACH: Final = 700
"""Characters beside a number in which its place and day are sought, so that a sentence of any length stays linear."""
NEAREST: Final = 12
"""Places on either side of a number that are weighed, where a sentence names very many."""
LONGEST_SCAN: Final = 20_000
"""Characters of an article in which its countries are counted; news names them early."""
LONGEST_LIST: Final = 24
"""Places, or numbers, in a sentence beyond which they are not paired with one another."""
LONGEST_JOINED: Final = 6
"""Places that one figure may be shared by."""
