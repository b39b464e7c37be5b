"""Events: which figures of different articles belong to one story.

Reading gives every figure the story within its own article, ``cause:Place:YYYY-MM-DD`` with ``?`` for an unknown
piece. Here those names are joined across articles. A name, not a figure, is the unit of work: ten million figures
have a few thousand names.

Two names are one story where nothing speaks against it (kinds of happening that exclude each other, places apart,
dates further apart than reports of such a thing differ, or one article that tells both as two) and enough speaks for
it, in this order:

1. the same place, or the same proper name ("typhoon Haiyan"), and the same date;
2. one place within the other, and the same date;
3. the same or an enclosing place, and dates that differ by no more than ``apart`` days; for frequent kinds (a city
   under fire sees an airstrike every day) also an exact number that both have, such as 1,597 wounded;
4. places that the gazetteer cannot relate (a factory, a village), and dates that agree as above, where both have an
   exact number in common, or the figures of one name the place of the other, or its titles do; for rare kinds it is
   enough that their figures stand in one country on one date;
5. a name with an unknown piece, where just one story fits the pieces it has and nothing in any report of that story
   speaks against it, within the time that news speaks of it; an undated blow of a frequent kind also wants three days
   at most, or numbers in common: one from ten up, two small ones where only one place lies within the other;
6. names without date of one kind and place, published within weeks (of the day, where one of them has it), where
   numbers or proper names of their sentences agree: the more, the wider the place (``_Judge._points``). A frequent
   kind wants a telling number or two others (12 killed, 30 hurt) within days; a whole country in unrest is in one
   unrest.

A name that fits two stories that exclude each other equally well stays on its own. An incident whose name stays
incomplete is one article's alone: two articles with ``attack:Aleppo:?`` need not mean one attack, so the unknown
piece gets a mark of the article (``attack:Aleppo:?5f3a90c1``).

Where it errs: it splits a story whose articles date it further apart than the data file allows, or name two places
that the gazetteer holds apart (one earthquake in two countries). It joins two happenings of a rare kind in one
place within a day or two (two bridge collapses in one city), and two of a frequent kind that one day holds, unless one
article tells them apart.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from figures.lexicon import Lexicon, default_lexicon
from figures.lexicon.stories import StoryLexicon, read_stories
from figures.reconcile.groups import Integers
from figures.reconcile.joining import join
from figures.reconcile.stories import Story, is_campaign, is_point, parse_event, telling
from figures.table import INDEX, flat

__all__ = ["Story", "assign_events", "is_campaign", "is_point", "parse_event"]

_MARK: Final = re.compile(r"\?[0-9a-f]{8}")


def assign_events(table: pd.DataFrame, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """The table with its final ``event``: one name for one story across all articles.

    Names of another form than ``cause:Place:YYYY-MM-DD`` are kept, and so is no event, save for a figure of an
    event-bound metric whose exact number (three significant digits or more), metric and source stand in just one
    story. The outcome does not depend on the order of rows. The name of a story is that of its fullest, earliest,
    alphabetically first report, so that later reports seldom rename it.
    """
    lexicon = lexicon or default_lexicon()
    if not len(table) or table["event"].isna().all():
        return table
    frame = flat(table)
    stories = read_stories()
    parsed, node = _nodes(frame, stories)
    events = frame["event"]
    if parsed:
        # By codes: ten million names as objects of Python's are a gigabyte.
        codes, known = pd.factorize(events)
        final = join(parsed, node, frame, lexicon, stories)
        every = pd.Series([*known, *final], dtype=events.dtype).array
        chosen = every.take(np.where(node < 0, codes, len(known) + node), allow_fill=True)
        events = pd.Series(chosen, index=frame.index)
    events = _adopt(frame, events, lexicon)
    out = frame.assign(event=events.astype(frame["event"].dtype))
    return out.set_index(list(INDEX)) if list(table.index.names) == list(INDEX) else out


def _nodes(frame: pd.DataFrame, stories: StoryLexicon) -> tuple[list[Story], Integers]:
    """The names in the table, in alphabetical order, and for each row the position of its name, -1 for none.

    A name with an unknown piece is a name apiece for each article, unless it is a campaign with a place.
    """
    codes, names = pd.factorize(frame["event"])
    parsed: list[Story] = []
    shared = np.full(len(names) + 1, -1, dtype=np.int64)
    alone: dict[int, Story] = {}
    whole: list[tuple[int, Story]] = []
    for code, name in enumerate(names):
        story = parse_event(str(name), stories)
        if story is None:
            continue
        lasting = story.kind is not None and story.kind.lasts == "campaign" and story.place is not None
        if story.unknown and not lasting and not _MARK.search(story.text):
            alone[code] = story
        else:
            whole.append((code, story))
    for code, story in sorted(whole, key=lambda one: one[1].text):
        shared[code] = len(parsed)
        parsed.append(story)
    node = shared[codes]
    if alone:
        mine = np.isin(codes, list(alone))
        rows = pd.DataFrame({"code": codes[mine], "article": frame["article_id"].astype(object).to_numpy()[mine]})
        pairs = rows.drop_duplicates().sort_values(["article", "code"], kind="stable")
        position: dict[tuple[int, str], int] = {}
        for code, article in sorted(
            zip(pairs["code"].tolist(), pairs["article"].tolist(), strict=True),
            key=lambda one: (alone[one[0]].text, one[1]),
        ):
            position[code, article] = len(parsed)
            parsed.append(replace(alone[code], article=article))
        node[mine] = [position[one] for one in zip(rows["code"].tolist(), rows["article"].tolist(), strict=True)]
    return parsed, node


def _adopt(frame: pd.DataFrame, events: pd.Series, lexicon: Lexicon) -> pd.Series:
    """Give figures without event the one story that has their very number, metric and source."""
    known = telling(frame["value"], frame["precision"])
    none = events.isna().to_numpy()
    if not (known & none).any():
        return events
    metrics = frame["metric"].astype(object)
    bound = {name for name in metrics[known & none].unique() if lexicon.metrics.metric(str(name)).event_bound}
    orphan = known & none & metrics.isin(bound).to_numpy()
    if not orphan.any():
        return events
    key = ["metric", "source", "value", "unit"]
    pool = frame.loc[known & ~none, key].assign(event=events[known & ~none]).drop_duplicates()
    alone = pool[~pool.duplicated(key, keep=False)]
    wanted = frame.loc[orphan, key].reset_index().merge(alone, on=key, how="inner")
    events = events.astype(object)
    events.loc[wanted["index"].to_numpy()] = wanted["event"].to_numpy()
    return events
