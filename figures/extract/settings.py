"""Find where, when and how firmly each reading holds.

The stage reads every sentence that holds a figure, and those around it, for places (places.py), days (times.py), words
of firmness (modality.py) and stories (events.py); each figure takes what is nearest to it and inherits the rest:
sentence, paragraph, earlier paragraphs, title, dateline. What it took, and from where, stands in the rules.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from figures.extract.dating import DateChoice, choose_dates
from figures.extract.events import SINCE, find_events
from figures.extract.modality import find_aspect, find_modality
from figures.extract.scene_choice import choose_places
from figures.extract.scene_country import with_countries
from figures.extract.scenes import Scene
from figures.extract.types import Credit, Document, Reading, Setting
from figures.lexicon import Lexicon
from figures.model import RuleUse

__all__ = ["find_settings"]


def find_settings(
    document: Document, readings: list[Reading], credits: list[Credit], lexicon: Lexicon
) -> list[Setting]:
    """One setting a reading, in the same order."""
    if not readings:
        return []
    scene = Scene(document, readings, lexicon)
    places = with_countries(scene, readings, choose_places(scene, readings, credits), credits)
    firmness = [find_modality(scene, reading) for reading in readings]
    dates = choose_dates(scene, readings, credits, firmness)
    events = find_events(scene, readings, places, dates)
    out: list[Setting] = []
    for reading, place, dated, firm, (event, event_use) in zip(readings, places, dates, firmness, events, strict=True):
        aspect, use = find_aspect(scene, reading, dated)
        began = _began(event)
        if (
            began is not None
            and aspect == "period"
            and _from_the_start(dated, began)
            and not _over_in_a_day(event, lexicon)
        ):
            aspect, use = "cumulative", None
        if began is not None and reading.metric in ("protesters", "magnitude") and dated.basis == "publication":
            day = RuleUse(column="as_of", rule="the story's day")
            rest = tuple(one for one in dated.rules if one.column != "as_of")
            dated = replace(dated, as_of=began, basis="stated", rules=(*rest, day))
        if (
            began is not None
            and event_use is not None
            and event_use.rule == SINCE
            and dated.first is None
            and aspect == "cumulative"
        ):
            dated = _since(dated, began, scene.published, event_use)
        rules = [*place.rules, *dated.rules]
        if event_use is not None:
            rules.append(event_use)
        if use is not None:
            rules.append(use)
        if firm.rule is not None:
            rules.append(RuleUse(column="modality", rule=firm.rule, start=firm.start, end=firm.end))
        out.append(
            Setting(
                place=place.name, place_role=place.role if place.name else None, iso3=place.iso3, event=event,
                as_of=dated.as_of, as_of_basis=dated.basis, period_start=dated.first, period_end=dated.last,
                aspect=aspect, modality=firm.modality, rules=tuple(rules),
            )
        )  # fmt: skip
    return out


def _began(event: str | None) -> date | None:
    """The first day of a story, where its name has one."""
    day = event.rpartition(":")[2] if event is not None else "?"
    return date.fromisoformat(day) if day[:1].isdigit() and len(day) == len("2000-01-01") else None


def _from_the_start(dated: DateChoice, began: date) -> bool:
    """Whether a window of several days opens with the story: such a count is the story's whole."""
    return dated.first is not None and dated.last is not None and dated.first == began < dated.last


def _over_in_a_day(event: str | None, lexicon: Lexicon) -> bool:
    """Whether a story is a blow of one day, so that a window of several ("between March 27 and 31") is its own."""
    name = event.partition(":")[0] if event is not None else "?"
    cause = next((one for one in lexicon.settings.causes.values() if one.name == name), None)
    return cause is not None and cause.span == "day" and cause.family != "protest"


def _since(dated: DateChoice, began: date, published: date | None, event_use: RuleUse) -> DateChoice:
    """ "Since the war began": from its first day to the day the number holds for."""
    last = dated.as_of or published
    if last is None or last < began:
        return dated
    use = RuleUse(column="period_start", rule=SINCE, start=event_use.start, end=event_use.end)
    return replace(dated, first=began, last=last, rules=(*dated.rules, use))
