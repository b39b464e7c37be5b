"""Which names of events may be one story with which: spots and spans of days, drawn wider than any rule that joins.

A name is held beside others of its family of happenings (of all families where its cause is unknown) that share a spot
with it and whose spans of days meet its own. Spots are the country of its place, or the place itself where no
gazetteer has it; the countries of its figures, its proper name, and what its titles name. A name without a place that
a country holds is also sought by telling numbers (``NUMBERS``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast

import pandas as pd

from figures.lexicon.settings import place_key
from figures.lexicon.stories import StoryLexicon
from figures.reconcile.comparable import Knowledge
from figures.reconcile.stories import Story, parse_event

__all__ = ["ALL", "ANY", "LAST", "NUMBERS", "Link", "links_of", "links_of_rows", "node_of"]

ALL: Final = "*"
"""The spot of a region, which may lie around any other."""
ANY: Final = "?"
"""The family of a name without a cause."""
NUMBERS: Final = "#"
"""The spot of names that are no country's, to be sought by the numbers that are told of them."""
LAST: Final = 9_999_999
# Reports of one undated happening are published within a year or so of one another (``joining``: 400 days).
_YEARLY: Final = 401
_MARK: Final = re.compile(r"\?[0-9a-f]{8}")
_WORD: Final = re.compile(r"[\w'’.-]+")
_LIST: Final = re.compile(r", | and ")
_LONGEST_NAME: Final = 4
_READ: Final = ("article_id", "event", "place", "iso3", "title", "published_at")


@dataclass(frozen=True, slots=True)
class Link:
    """One spot of one name (of one article alone where ``article`` is not empty), and the days over which it counts."""

    name: str
    article: str
    family: str
    spot: str
    first: int
    last: int


def node_of(event: str, article: str, stories: StoryLexicon) -> tuple[str, str] | None:
    """The name that a figure's event counts under: shared, or its article's alone; None for what is no story's name."""
    story = parse_event(event, stories)
    return None if story is None else (event, article if _is_alone(story) else "")


def links_of(frame: pd.DataFrame, knowledge: Knowledge, stories: StoryLexicon) -> list[Link]:
    """The links of all names in a flat frame of figures, one a name and spot."""
    rows = frame.loc[frame["event"].notna(), list(_READ)].astype(object)
    rows = rows.where(rows.notna(), None)
    parsed = {str(name): parse_event(str(name), stories) for name in rows["event"].unique()}
    alone = rows["event"].isin([name for name, story in parsed.items() if story is not None and _is_alone(story)])
    rows["article_id"] = rows["article_id"].where(alone, "")
    told = cast("list[dict[str, Any]]", rows.drop_duplicates().to_dict("records"))
    return links_of_rows(told, knowledge, stories)


def links_of_rows(rows: Iterable[Mapping[str, Any]], knowledge: Knowledge, stories: StoryLexicon) -> list[Link]:
    """The links of all names in some plain rows, None for nothing."""
    parsed: dict[str, Story | None] = {}
    spans: dict[tuple[str, str], tuple[int, int]] = {}
    spots: dict[tuple[str, str], set[str]] = {}
    titled: dict[str | None, frozenset[str]] = {}
    for row in rows:
        name, title = row["event"], row["title"]
        if name is not None and name not in parsed:
            parsed[name] = parse_event(name, stories)
        story = None if name is None else parsed[name]
        if story is None:
            continue
        node = name, row["article_id"] if _is_alone(story) else ""
        if title not in titled:
            titled[title] = frozenset(_told(title or "", knowledge))
        first, last = _span(story, row["published_at"])
        begin, end = spans.get(node, (first, last))
        # Of a name without gaps the first report counts, however long it is told of.
        spans[node] = min(first, begin), min(last, end) if _is_whole(story) else max(last, end)
        if node not in spots:
            spots[node] = set(_spots(story, knowledge))
        spots[node].update(_places(row, knowledge), titled[title])
    return [
        Link(*node, _family(parsed[node[0]]), spot, *spans[node])
        for node, mine in spots.items()
        for spot in sorted(mine)
    ]


def _family(story: Story | None) -> str:
    if story is None or story.cause is None:
        return ANY
    return story.kind.family if story.kind else f"={story.cause}"


def _is_alone(story: Story) -> bool:
    lasting = story.kind is not None and story.kind.lasts == "campaign" and story.place is not None
    return bool(story.unknown and not lasting and not _MARK.search(story.text))


def _is_whole(story: Story) -> bool:
    return story.start is not None and not story.unknown and not (story.kind and story.kind.lasts == "campaign")


def _span(story: Story, published_at: str | None) -> tuple[int, int]:
    kind = story.kind
    if kind is not None and kind.lasts == "campaign":
        return 0, LAST
    apart = kind.apart if kind else 0
    published = date.fromisoformat(published_at[:10]).toordinal() if published_at else None
    if _is_whole(story) and story.start is not None:
        days = [story.start - apart, story.start + apart, *([] if published is None else [published])]
        return min(days), max(days)
    if published is None:
        return 0, LAST
    begin, end = story.span or (story.start, story.start)
    first, last = published - _YEARLY, published + 1
    return min(first, first if begin is None else begin - apart), max(last, last if end is None else end + apart)


def _spots(story: Story, knowledge: Knowledge) -> Iterator[str]:
    if story.name:
        yield f"name:{story.name}"
    if story.place is None:
        yield NUMBERS
        return
    country = _country(story.place, knowledge)
    if country:
        yield country
        return
    yield NUMBERS
    if knowledge.lexicon.settings.place(story.place) is not None:
        yield ALL
        return
    yield f"at:{place_key(story.place)}"
    parts = _LIST.split(story.place)
    if len(parts) > 1:
        for part in parts:
            yield _country(part, knowledge) or f"at:{place_key(part)}"


def _places(row: Mapping[str, Any], knowledge: Knowledge) -> Iterator[str]:
    if row["iso3"]:
        yield row["iso3"]
    if row["place"]:
        yield _country(row["place"], knowledge) or f"at:{place_key(row['place'])}"


def _told(title: str, knowledge: Knowledge) -> Iterator[str]:
    """The spots of runs of up to four words of a title that may name a place."""
    words = _WORD.findall(title)
    for at in range(len(words)):
        for length in range(1, _LONGEST_NAME + 1):
            run = words[at : at + length]
            if len(run) == length and run[0][:1].isupper() and run[-1][:1].isupper():
                name = " ".join(run)
                yield _country(name, knowledge) or f"at:{place_key(name)}"


def _country(place: str, knowledge: Knowledge) -> str | None:
    """The country of a place, None for a region, or a place that no gazetteer has."""
    settings = knowledge.lexicon.settings
    found = settings.place(place)
    iso3 = (found.iso3 if found else None) or settings.country_of(place)
    return str(iso3) if iso3 else None
