"""Date figures that have no day of their own by the day on which their source speaks elsewhere in the article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from figures.extract.binding import HARD, WORDS, Bound
from figures.extract.times import TimeMention
from figures.extract.types import Credit, Reading
from figures.model import RuleUse

if TYPE_CHECKING:
    from figures.extract.dating import DateChoice
    from figures.extract.scenes import Scene

Spoken = tuple[date, int, TimeMention]
"""A day on which a body spoke, the sentence that says so, and its words."""
NEAR_VERB: Final = 16
"""Characters between a reporting verb and its day."""
POINTING: Final = frozenset(("it", "he", "she", "they", "its", "his", "her", "their", "the agency", "the ministry"))


def by_same_body(
    scene: Scene, readings: list[Reading], credits: list[Credit], choices: list[DateChoice]
) -> list[DateChoice]:
    """The choices, in which publication gives way to the day on which the same body speaks in the article.

    Before or after the figure. Of several days the one of the same paragraph, if only one stands there; else none.
    A later sentence with a count of the same thing tells of another statement: "On Monday it had said 21 had died".
    """
    spoken: dict[str, list[Spoken]] = {}
    counted = {
        (credit.source, reading.metric, reading.quantity.mention.sentence)
        for reading, credit in zip(readings, credits, strict=True)
    }
    out: list[DateChoice] = []
    for reading, credit, choice in zip(readings, credits, choices, strict=True):
        source = credit.source
        here = scene.sentence(reading.quantity.mention.sentence)
        if (
            choice.basis != "publication"
            or source is None
            or here.field != "text"
            or source == scene.document.article.outlet
            or not source[:1].isupper()
        ):
            out.append(choice)
            continue
        if source not in spoken:
            spoken[source] = _days_of(scene, source, readings, credits)
        own = reading.quantity.mention.sentence
        days = [one for one in spoken[source] if one[1] <= own or (source, reading.metric, one[1]) not in counted]
        near = [one for one in days if scene.sentence(one[1]).paragraph == here.paragraph]
        chosen = near if len({day for day, _, _ in near}) == 1 else days
        if len({day for day, _, _ in chosen}) != 1:
            out.append(choice)
            continue
        day, _, time = chosen[0]
        use = RuleUse(column="as_of", rule="same body said DAY", start=time.words_start, end=time.end)
        rules = tuple(one for one in choice.rules if one.column != "as_of")
        out.append(replace(choice, as_of=day, basis="reporting_day", rules=(*rules, use)))
    return out


def _days_of(scene: Scene, source: str, readings: list[Reading], credits: list[Credit]) -> list[Spoken]:
    """The days on which a body speaks: in sentences that name it before a day on a reporting verb."""
    known = scene.lexicon.sources.source(source)
    names = {source, *(known.aliases if known is not None else ())}
    names |= {one.source_mention for one in credits if one.source == source and one.source_mention}
    names = {one.casefold() for one in names if len(one) > 2 and one[0].isalpha()} - POINTING
    verbs: dict[int, list[int]] = {}
    for reading, credit in zip(readings, credits, strict=True):
        if credit.source == source and credit.said_end is not None:
            verbs.setdefault(reading.quantity.mention.sentence, []).append(credit.said_end)
    found: list[Spoken] = []
    for at, sentence in enumerate(scene.document.sentences):
        if sentence.field != "text" or not scene.times(at):
            continue
        for bound in scene.bounds(at):
            if bound.kind != "said" or bound.time.kind != "day" or bound.last is None:
                continue
            clause = _clause_of(scene, at, bound).casefold()
            named = any(one in clause for one in names)
            if named or any(abs(bound.time.words_start - end) < NEAR_VERB for end in verbs.get(at, ())):
                found.append((bound.last, at, bound.time))
    return found


def _clause_of(scene: Scene, at: int, bound: Bound) -> str:
    """The words before a day, back to what opens its clause; where it opens the sentence, the subject behind it."""
    sentence, text = scene.sentence(at), scene.text(at)
    if bound.time.words_start <= sentence.start + 1:
        verbs = scene.lexicon.settings.verbs
        behind = WORDS.finditer(text, bound.time.end, min(sentence.end, bound.time.end + 80))
        verb = next((one.start() for one in behind if one[0].islower() and one[0] in verbs), bound.time.end)
        return text[bound.time.end : verb]
    words = text[max(sentence.start, bound.time.words_start - 120) : bound.time.words_start]
    return words[max((one.end() for one in HARD.finditer(words)), default=0) :]
