"""What the words beside a number say of whom it counts: a contender, one nation's people, those on top of others.

Reading leaves a slot empty where it is not sure. Comparing asks here whether the sentence itself keeps two numbers
apart. Every answer errs to "not said".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, Protocol

__all__ = ["contender", "nation", "on_top"]


class Settings(Protocol):
    """What is asked of the gazetteer: whose country a name or the name of a people is."""

    @property
    def demonyms(self) -> Mapping[str, str]:
        """ISO codes by the name of a people, as adjective or noun."""

    def country_of(self, word: str) -> str | None:
        """The ISO code of a country's name or demonym."""


_RUN: Final = re.compile(
    r"[A-ZÀ-Þ][\w’'-]*\.?(?: (?:(?:de|da|dos|del|van|von|bin|al|el|der|la|le) )?[A-ZÀ-Þ][\w’'-]*\.?)*"
)
_NUMBER: Final = re.compile(r"\d[\d.,]*\d|\d")
# Openers of a clause that only stand in capitals because a sentence begins with them.
_OPENERS: Final = frozenset(
    ["the", "a", "an", "in", "on", "at", "by", "of", "for", "with", "from", "to", "as", "after", "before", "since",
     "while", "when", "where", "and", "but", "or", "so", "yet", "if", "according", "nationwide", "overall", "meanwhile",
     "earlier", "later", "both", "all", "another", "among", "out", "near", "only", "still", "then", "there", "here",
     "it", "he", "she", "they", "we", "this", "that", "these", "those", "his", "her", "its", "their", "no", "nobody",
     "some", "most", "many", "more", "than", "about", "over", "under", "nearly", "almost", "partial", "final",
     "preliminary", "official", "unofficial", "provisional"],
)  # fmt: skip
_TITLES: Final = frozenset(
    ["mr", "mrs", "ms", "dr", "sir", "lord", "senator", "sen", "rep", "president", "prime", "minister", "chancellor",
     "candidate", "general"],
)  # fmt: skip
_FOR: Final = re.compile(r"^(?: of the votes?| of votes?| percent| per cent)?,? (?:for|to|went to) (?:the )?")
_WORDS: Final = r"(?: [a-z][\w-]*)"
_PEOPLE_BEHIND: Final = re.compile(rf"^{_WORDS}{{0,2}} ([A-ZÀ-Þ][a-zà-ÿ]+)\b(?! (?:Sea|Gulf|Ocean|River|Islands?)\b)")
_LOST: Final = re.compile(
    r"(?:^|[\s,;])([A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,2}) (?:has |have |had |alone )?"
    r"(?:lost|mourns|mourned|counts|counted|reports|reported|buried)\b[^.;]{0,40}$"
)
_LOSSES: Final = re.compile(r"\b(?:lost|mourn\w*)\b[^.;]*\d[\d,]*[^.;]*$")
_LISTED: Final = re.compile(r"(?:,|,? and) ([A-ZÀ-Þ][\w’'-]*(?: [A-ZÀ-Þ][\w’'-]*){0,2}) (?:\w+ )?$")
_ON_TOP: Final = re.compile(
    r"\b(?:besides|in addition to|apart from|aside from|on top of|as well as|not counting|without counting|another"
    r"|further) (?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)


def contender(sentence: str, quote: str, at: int) -> str | None:
    """The last word of the name that a share of the vote or a number of seats belongs to, in lower case.

    Forms: "Biden received 51.3 percent", "…, Trump 48.8", "32% for Labour". A name in the possessive ("Kabila's
    candidate") owns another one. None where no name stands between the number before and this one.
    """
    if at < 0:
        return None
    behind = sentence[at + len(quote) :]
    for_ = _FOR.match(behind)
    if for_:
        run = _RUN.match(behind, for_.end())
        if run:
            return _last(run.group())
    before = [found.end() for found in _NUMBER.finditer(sentence, 0, at)]
    first = max(before, default=0)
    for run in _RUN.finditer(sentence, first, at):
        name = run.group()
        words = name.split()
        while words and words[0].lower().rstrip(".") in _OPENERS:
            words = words[1:]
        if not words or words[-1].endswith(("'s", "’s", "s'")):
            continue
        if words[-1].lower().rstrip(".") in _TITLES:
            continue
        return _last(" ".join(words))
    return None


def _last(name: str) -> str:
    return name.split()[-1].rstrip(".").casefold()


def nation(sentence: str, quote: str, at: int, settings: Settings) -> str | None:
    """The ISO code of the country whose people alone a number of people counts, None where the words name none.

    Forms: "36 Pakistanis", "464 Iranian pilgrims", "Iran has lost 239", and the members of such a list ("Mali lost
    305 people, Nigeria 274 and Egypt 190").
    """
    if at < 0:
        return None
    behind = _PEOPLE_BEHIND.match(sentence[at + len(quote) :])
    if behind and (found := settings.demonyms.get(behind.group(1))):
        return found
    before = sentence[:at]
    lost = _LOST.search(before)
    if lost and not any(one.isdigit() for one in lost.group()):
        return settings.country_of(lost.group(1))
    listed = _LISTED.search(before)
    if listed and _LOSSES.search(sentence[: listed.start()]):
        return settings.country_of(listed.group(1))
    return None


def on_top(sentence: str, at: int) -> bool:
    """Whether a number is said to come on top of the other of its sentence: "besides 5,000 members of the forces"."""
    return at > 0 and _ON_TOP.search(sentence[max(at - 40, 0) : at]) is not None
