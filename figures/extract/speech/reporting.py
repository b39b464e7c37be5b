"""Tell whether a word that could report is a reporting verb where it stands."""

from __future__ import annotations

from typing import Final

from figures.extract.speech.line import Line
from figures.extract.words import (
    AUXILIARIES,
    BEFORE_NUMBER,
    DETERMINERS,
    HAD,
    HEARERS,
    NOUNS_FIRST,
    PREPOSITIONS,
    PRONOUNS,
    QUOTES,
    STOPS,
    WEEKDAYS,
)
from figures.lexicon.sources import POSSESSIVE

SAYING: Final = frozenset((
    "say", "claim", "argue", "warn", "announce", "predict", "declare", "insist", "add", "note", "suggest", "assert",
    "report", "confirm", "complain", "boast", "explain", "tweet", "write", "estimate", "stress", "reveal",
))  # fmt: skip
UNSAID: Final = frozenset((
    "refused", "refuses", "declined", "declines", "likely", "expected", "unable", "yet", "able", "going", "failed",
    "want", "wants", "wanted", "not", "reluctant", "early", "soon", "hard", "difficult", "fair", "safe", "have", "has",
    "had", "need", "needs", "enough", "impossible", "possible", "wrong", "right", "easy", "continue", "will", "would",
    "ought", "unwilling", "hesitated", "supposed", "is", "are", "was", "were", "never", "planned", "plans",
))  # fmt: skip
"""Words before an infinitive that say that nothing is said: "declined to say that"."""
BASES: Final = frozenset((
    "report", "claim", "count", "estimate", "list", "record", "project", "note", "document", "fear", "rate", "measure",
    "comment", "post", "show", "find", "name", "log", "place", "point", "survey", "poll", "study", "detail", "track",
    "request", "demand", "offer", "promise", "pledge", "appeal", "hint", "joke", "urge", "call", "label", "brand",
    "address", "update", "release", "issue", "plan", "aim",
))  # fmt: skip
"""Base forms that are nouns behind a singular: "the society report", "the exchange rate"."""
PLURALS: Final = frozenset((
    "police", "people", "media", "they", "we", "i", "you", "men", "women", "children", "and", "or", "who", "that",
    "also", "now", "often", "still", "to", "not", "they'd", "fishermen", "data",
))  # fmt: skip
HELD_TO: Final = frozenset((
    "believed", "thought", "feared", "estimated", "reported", "said", "understood", "alleged", "projected", "forecast",
    "declared", "rumoured", "rumored", "assumed", "presumed", "suspected", "predicted", "known", "judged", "reckoned",
))  # fmt: skip
"""Participles before "to" and a verb: what is held of the noun before them, never by it."""


def is_verb(line: Line, at: int) -> bool:
    """Whether a word that is noun and verb is a verb here: what follows opens a clause or an object."""
    tokens = line.tokens
    if at + 1 >= len(tokens):
        return True
    after = tokens[at + 1].lower
    if at and tokens[at].lower in BASES and _behind_singular(line, at):
        return False
    if at and tokens[at - 1].lower in DETERMINERS and tokens[at - 1].lower not in {"that", "this", "all"}:
        return False
    if at and POSSESSIVE.search(tokens[at - 1].lower) and tokens[at - 1].lower.endswith(("'s", "'")):
        return False
    if at + 2 < len(tokens):
        second = tokens[at + 2]
        if after == "on" and (second.lower in WEEKDAYS or second.text[0].isdigit()) and at:
            return True  # "the institute reported on Thursday: …"
        if after == "to" and second.lower in {"have", "be"} and tokens[at].lower in {"claim", "claims", "claimed"}:
            return True  # "the army claims to have killed N"
    if tokens[at].lower in NOUNS_FIRST and after not in {"that", "there", "it", "he", "she", "they"}:
        return after in DETERMINERS | PRONOUNS or after in QUOTES or tokens[at + 1].text[0].isupper()
    if after in line.words.say or after in STOPS - {
        "that",
        "there",
        "as",
        "over",
        "under",
        "around",
        "about",
        "between",
        "how",
    }:
        return False
    if (
        not tokens[at + 1].text[0].isalnum()
        and not tokens[at].lower.endswith("s")
        and at
        and not tokens[at - 1].lower.endswith("s")
    ):
        return tokens[at - 1].lower in {"police", "people", "media"}
    return after not in {"of", "by", "from", "for", "with", "to", "on", "about"} or tokens[at].lower in {
        "talk",
        "talks",
        "points",
        "point",
    }


def goes_on_to_say(line: Line, at: int) -> bool:
    """Whether the subject says it in an infinitive: "went out to say that", "used it to predict the plan would"."""
    tokens = line.tokens
    if at < 3 or at + 1 >= len(tokens) or tokens[at].lower not in SAYING:
        return False
    if tokens[at - 2].lower in UNSAID or any(one.lower in UNSAID for one in tokens[max(0, at - 4) : at - 2]):
        return False
    following = tokens[at + 1]
    return (
        following.lower == "that"
        or following.text in QUOTES
        or (
            tokens[at].lower in {"claim", "predict", "say", "argue"}
            and any(one.lower in {"would", "will", "had", "was", "were"} for one in tokens[at + 2 : at + 9])
        )
    )


def _behind_singular(line: Line, at: int) -> bool:
    """Whether a base form stands behind a singular, where it is a noun: "the exchange rate"."""
    tokens = line.tokens
    previous, after = tokens[at - 1], tokens[at + 1]
    if previous.lower in PREPOSITIONS:
        return True
    if previous.lower.endswith(("s", "ly", ")", "’", "”")) or previous.lower in PLURALS | AUXILIARIES:
        return False
    if any(one.lower in {"and", ",", "or"} for one in tokens[max(0, at - 6) : at]):
        return False
    if previous.text[0].islower():
        return True
    told = after.lower in {"that", "on"} or after.lower in BEFORE_NUMBER or line.numbered(after)
    return previous.text[0].isupper() and tokens[at].text.islower() and not told


def joins_participles(line: Line, at: int) -> bool:
    """Whether "and" joins participles before a noun: "probable and suspected cases"."""
    tokens = line.tokens
    return (
        tokens[at].lower.endswith("ed")
        and at + 1 < len(tokens)
        and tokens[at + 1].text.islower()
        and tokens[at + 1].lower.endswith("s")
        and tokens[at - 2].text.isalpha()
        and (tokens[at - 2].lower.endswith(("ed", "le")) or tokens[at - 2].text == ",")
    )


def is_held_to(line: Line, at: int) -> bool:
    """Whether a participle tells what others hold of the noun before it: "a force believed to number 2,000"."""
    tokens = line.tokens
    if (
        tokens[at].lower not in HELD_TO
        or at + 2 >= len(tokens)
        or tokens[at + 1].lower != "to"
        or tokens[at - 1 : at][0:1] == ()
        or tokens[at - 1].lower in HAD
    ):
        return False
    following = tokens[at + 2]
    return following.text.islower() and following.lower not in DETERMINERS | HEARERS | PRONOUNS
