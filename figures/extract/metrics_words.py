"""Closed classes of words and small sets that the readers of metrics ask about."""

from __future__ import annotations

from typing import Final

MEASURES_UNTRACKED: Final = frozenset({"time", "duration", "age", "length", "temperature", "angle"})
REACH_LEFT: Final = 32  # items between a number and its toll; a longer way is another clause
REACH_RIGHT: Final = 12  # items of a prepositional phrase between a noun and its predicate
LONGEST_CHAIN: Final = 12  # auxiliaries, adverbs or determiners in a row; hostile text has more
FURTHEST: Final = 24  # readings of one sentence looked back over
PARENTHETIC: Final = frozenset(
    ["that", "this", ",", "(", "mostly", "mainly", "most", "many", "some", "among them", "amongst them", "among whom"]
)
# Verbs that take things as readily as people: they count only nouns known as persons ("lost 498 troops").
WEAK_VERBS: Final = (
    "bur",
    "los",
    "fell",
    "treat",
    "find",
    "found",
    "leav",
    "left",
    "burn",
    "dispatch",
    "hold",
    "held",
    "hit",
    "strike",
    "struck",
)
SMALL: Final = 12  # number words up to here tell a story ("two sides") unless a verb counts them


def classes(*names: str) -> frozenset[str]:
    """A set of closed classes of words (grammar.toml)."""
    return frozenset(names)


BE, HAVE, MODAL, NEG, ADVERB = classes("be"), classes("have"), classes("modal"), classes("neg"), classes("adv")
SKIP, BELIEVED, AMONG, PREP, TIME = (
    classes("adv", "more"),
    classes("believed"),
    classes("among"),
    classes("prep"),
    classes("time", "clock"),
)
CONJ, REPORT, COUNT, LINK, UP, DOWN = (
    classes("conj"),
    classes("report"),
    classes("count"),
    classes("link"),
    classes("up"),
    classes("down"),
)
DETERMINER, MORE, CLOCK, GENERIC, LIGHT = (
    classes("det"),
    classes("more"),
    classes("clock"),
    classes("generic"),
    classes("light"),
)
VERBS: Final = frozenset(["count", "up", "down", "link", "plain"])
LINKS: Final = frozenset(["to", "at", "of", "as", "by", "from", "near", "is", "was", "were", ":", "around", "past"])
# "the two numbers differ", "three brothers": what a story is told with, where no verb counts it.
UNTOLD: Final = frozenset(
    ["numbers", "figures", "counts", "estimates", "tolls", "claims", "versions", "accounts", "statements", "lists",
     "names", "words", "answers", "results", "sides", "doses", "shots", "jabs", "polls", "rivals", "ideas", "lives",
     "senses", "halves", "ends", "pieces", "directions"],
)  # fmt: skip
# Verbs that only tell of a count: "reported eight aircraft" counts aircraft.
TOLD: Final = frozenset(
    ["reported", "said", "counted", "recorded", "listed", "confirmed", "documented", "estimated", "spoken", "mentioned",
     "noted", "cited", "logged", "numbered", "identified", "named", "expected", "feared", "claimed",
     "announced", "detected",
     "totalled", "totaled", "believed", "needed", "turned", "started", "continued", "helped", "managed",
     "followed", "ended"],
)  # fmt: skip
COMING: Final = frozenset(["came to", "comes to", "come to"])
LAST: Final = frozenset(["last", "first", "final", "latest", "remaining", "next"])  # "killed the last three gunmen"
INCLUDING: Final = frozenset(["including", "include", "includes", "included", "among", "amongst"])
PERSON_ENDINGS: Final = ("ers", "ors", "ists", "ians", "ees", "men", "women", "ants", "eers", "ites", "ese")
# Nouns that end as words for people do ("felled 11,000 trees").
THINGS: Final = frozenset(
    [
        "bees", "cancers", "centers", "committees", "computers", "containers", "corridors", "covers",
        "craters", "degrees",
        "doors", "elephants", "fees", "fires", "floors", "flowers", "grants", "knees", "layers", "letters", "levees",
        "motors", "numbers", "offers", "orders", "papers", "plants", "powers", "printers", "quarters", "reactors",
        "restaurants", "rivers", "sectors", "servers", "shelters", "shutters", "sensors", "tankers", "towers",
        "tractors",
        "corners", "centres", "posters", "stickers", "panthers", "fighters'", "plans", "vans", "loans", "cans", "beans",
        "oceans", "clans", "pans", "bans", "fans'", "sites", "websites", "lists", "cheese", "units", "customers' bills",
        "trailers", "transformers", "trees", "variants", "volunteers' offers", "warrants", "waters", "transistors",
    ]
)  # fmt: skip
PERSON_ENDING: Final = ("er", "or", "ist", "ian", "ee", "man", "woman")
STRONG: Final = frozenset(
    ["deaths", "injuries", "arrests", "detained", "hostages", "missing", "protesters", "hospitalised"]
)
LAUNCHED: Final = frozenset(["missiles_launched", "drones_launched", "rockets_fired"])
VERB_FIRST: Final = frozenset(["missile", "rocket", "drone", "bomb", "vote", "seat", "dose", "strike"])
JOINING: Final = frozenset(["and", "or", ",", "plus", "as", "well", "also", "another", "along", "together", "with"])
FIRED: Final = {
    "missile": "missiles_launched",
    "rocket": "rockets_fired",
    "drone": "drones_launched",
    "bomb": "bombs_dropped",
}
LOCATING: Final = frozenset(["population", "people_inside", "people_aboard"])
# "killed 11 children and wounded dozens": the dozens need not be children.
PARTS: Final = frozenset(["children", "women", "men", "girls", "boys"])
NO_POPULATION: Final = frozenset(
    [
        "strike",
        "attack",
        "missile",
        "rocket",
        "drone",
        "bomb",
        "vote",
        "seat",
        "job",
        "dose",
        "electoral",
        "case",
        "body",
    ]
)
# Nouns that "one" counts: "one new death", "one confirmed case"; others tell a story ("one attack came at dawn").
ONES: Final = frozenset(
    ["death", "fatality", "injury", "casualty", "case", "infection", "arrest", "confirmed case", "suspected case"]
)
# Things that "one" counts under a verb: "shot down 16 drones as well as one missile", "one building collapsed".
SINGLE: Final = frozenset(["missile", "rocket", "drone", "aircraft", "ship", "building", "vehicle"])
