"""Tell which party a share of the vote or a number of seats belongs to, by the words around the number."""

from __future__ import annotations

import re
from typing import Final

from figures.extract.metrics_items import Item
from figures.extract.metrics_party import Parties

CONTESTED: Final = frozenset(["vote_share", "seats", "seats_won", "trust"])
REACH: Final = 48  # items before a number in which its party stands
RUN: Final = 7  # words of a party's name
SURNAME: Final = re.compile(r"\b(?!The |In |On |And |But )(?:Mrs?|Ms|Dr|[A-Z][a-zà-ÿ]+)\.?[ \n](?=([A-Z][\w-]+))")

NAMING: Final = frozenset(
    ["party", "parties", "labour", "labor", "front", "bloc", "alliance", "movement", "union", "coalition",
     "league", "list", "congress", "patriots", "left", "right", "centre", "center", "forum", "rally", "greens",
     "ticket", "tories",
     "conservatives", "liberals", "nationalists", "independents", "conservative", "democracy", "brotherhood",
     "christian democrats", "change", "future", "camp", "group"],
)  # fmt: skip
"""Last words of parties' names, also behind a name in lower case: "the GERB party"."""
PLURALS: Final = ("ists", "rats", "rals", "cans", "ives", "ians", "eens", "unists", "kers")
"""Endings of those who make up a party: Socialists, Democrats, Liberals, Republicans, Conservatives, Greens."""
NO_PARTY: Final = frozenset(
    ["house", "commons", "senate", "parliament", "commission", "court", "bureau", "ministry", "institute", "assembly",
     "bundestag", "knesset", "duma", "dail", "diet", "lords", "council", "chamber", "cortes", "university", "poll",
     "survey", "election", "president", "prime", "minister", "chancellor", "turnout", "state", "city", "region"],
)  # fmt: skip
NO_ACRONYM: Final = frozenset(
    ["EU", "UN", "US", "USA", "UK", "TV", "BBC", "AP", "AFP", "CNN", "MP", "MPs", "GMT", "NATO", "CEC", "IEC", "INEC"]
)
TITLES: Final = frozenset(["mr", "mrs", "ms", "dr", "sir", "lord", "senator", "sen", "rep"])
OWNED_BY: Final = frozenset(["people", "workers", "farmers", "citizens", "pensioners", "women"])  # the People's Party
WITHIN: Final = frozenset(["in", "at", "on", "near", "across", "since", "after", "before", "during", "over"])


def surnames(text: str) -> frozenset[str]:
    """The words of a text that follow a title or a capitalised word: "Macron" where "Emmanuel Macron" stands."""
    return frozenset(SURNAME.findall(text))


def contender(items: list[Item], k: int, floor: int, parties: Parties, people: frozenset[str]) -> str | None:
    """The party whose number stands at ``k``; ``floor`` is where the number before it of its kind ended.

    Forms: "Labour took 43%", "and the Socialists 79", "32% for Labour", "the Greens, who …, came second with 9%",
    "44% trusted the Liberals most". None where a person, a place or nobody is named.
    """
    behind = _behind(items, k, parties, people)
    if behind is not None:
        return behind
    edge = max(floor, k - REACH, 0)
    j = edge
    first_person = False
    while j < k:
        run = _run(items, j, k)
        if run is None:
            j += 1
            continue
        end, name = run
        if _placed(items, j):
            j = end
            continue
        if _is_party(items, j, end, parties, people):
            if not first_person or (j > 0 and _tied(items, j)):
                return name
        elif not items[end - 1].possessive and _is_person(items[end - 1], parties, people):
            first_person = True
        j = end
    return None


def _behind(items: list[Item], k: int, parties: Parties, people: frozenset[str]) -> str | None:
    """ "32% for Labour", "136 seats for the Greens", "17 percent Labour": the name behind its number."""
    j = k + 1
    if j < len(items) and items[j].lower in ("seat", "seats", "of"):
        while j < len(items) and j < k + 5 and (items[j].lower in ("seat", "seats", "of", "the", "vote", "votes")):
            j += 1
    if j < len(items) and items[j].lower in ("trust", "trusted", "trusts", "back", "backed", "prefer", "preferred",
                                             "favour", "favoured", "support", "supported", "chose"):  # fmt: skip
        j += 1
    elif j < len(items) and items[j].lower in ("for", "to", "went"):
        j += 2 if j + 1 < len(items) and items[j].lower == "went" and items[j + 1].lower == "to" else 1
    elif j != k + 1 or j >= len(items) or not items[j].text[:1].isupper() or items[j].grammar:
        return None
    if j < len(items) and items[j].lower == "the":
        j += 1
    run = _run(items, j, len(items)) if j < len(items) else None
    if run is None or not _is_party(items, j, run[0], parties, people):
        return None
    return run[1]


def _run(items: list[Item], j: int, limit: int) -> tuple[int, str] | None:
    """A capitalised run that begins at ``j``: where it ends, and its words as written."""
    item = items[j]
    if not item.is_word or not item.text[:1].isupper() or item.grammar & {"time", "det", "pron", "prep", "conj"}:
        return None
    end = j + 1
    while end < min(limit, j + RUN) and (not items[end - 1].possessive or items[end - 1].lower in OWNED_BY):
        word = items[end]
        if word.is_word and word.text[:1].isupper() and not word.grammar & {"time"}:
            end += 1
            continue
        ahead = items[end + 1] if end + 1 < limit else None
        joined = word.lower in ("for", "of", "-", "&") or (word.lower == "and" and _has_join(items, j, end))
        if joined and ahead is not None and ahead.is_word and ahead.text[:1].isupper():
            end += 2
            continue
        break
    if j > 0 and end > j + 1 and items[j - 1].text.islower() and items[j - 1].lower.endswith("ly"):
        j += 1  # "the mainly Turkish Movement for Rights"
    words = [one.text.replace("’", "'") for one in items[j:end]]
    words[-1] = words[-1].removesuffix("'s")
    return end, " ".join(words).replace(" - ", "-")


def _has_join(items: list[Item], j: int, end: int) -> bool:
    return any(one.lower in ("for", "of") for one in items[j:end])


def _placed(items: list[Item], j: int) -> bool:
    lead = j - 1
    if lead >= 0 and items[lead].lower in ("the", "a", "an", "its"):
        lead -= 1
    return lead >= 0 and items[lead].lower in WITHIN


def _tied(items: list[Item], j: int) -> bool:
    """Whether "of the" ties a party to the person before it: "Atiku Abubakar of the PDP"."""
    lead = j - 1
    if items[lead].lower == "the":
        lead -= 1
    return lead >= 0 and items[lead].lower in ("of", "'s", "from")


def _is_party(items: list[Item], j: int, end: int, parties: Parties, people: frozenset[str]) -> bool:
    last = items[end - 1]
    if last.possessive or (parties.is_country(last) and end == j + 1):
        return False
    lowers = last.lower.split()
    if end == j + 1 and (lowers[-1] in TITLES or parties.names_place(last) or parties.named(items, j)):
        return False
    behind = items[end].lower if end < len(items) else ""
    if behind in ("party", "alliance", "bloc", "movement", "coalition", "list") or lowers[-1] in NAMING:
        return not NO_PARTY.intersection(lowers)
    if any(one.lower in NO_PARTY or one.text in NO_ACRONYM for one in items[j:end]):
        return False
    if lowers[-1].endswith(PLURALS) and len(lowers[-1]) > 5:
        return True
    if any(one.lower in NAMING for one in items[j:end]) and end > j + 1:
        return True
    if len(last.text) > 1 and last.text.replace("-", "").isupper():
        return True
    if end == j + 1 and (last.entry.triggers or last.grammar or last.lower.endswith(("ed", "ing", "ly"))):
        return False
    lead = items[j - 1].lower if j > 0 else ""
    return end == j + 1 and last.text not in people and lead in ("", ",", "and", "while", ";", "but", "the")


def _is_person(last: Item, parties: Parties, people: frozenset[str]) -> bool:
    return last.text in people and not parties.is_country(last)
