"""A made-up archive: stories with Zipf-distributed reports, tempting neighbours, and a known set of conflicts.

Every story is an incident in a city of the gazetteer. Its counts grow by the day and all sources agree on each day's
number, so that whatever differs is an update, a rounding, a floor, a part (children among the dead), a projection or a
number that the text itself calls old; three reports in ten are copies. Beside these, in one story of twenty, stands one
planted conflict of a known kind between sources, or of metrics, that the story has nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from figures.lexicon import Lexicon
from figures.lexicon.settings import gazetteer
from figures.model import COLUMNS
from figures.table import DAYS, NUMBERS, OFFSETS, keyed

__all__ = ["Archive", "Planted", "make_archive", "write_archive"]

PER_STORY: Final = 20
DAYS_TOLD: Final = 14
CAUSES: Final = ("flood", "earthquake", "landslide", "fire")
METRICS: Final = ("deaths", "injuries", "displaced", "buildings_destroyed")
VERBS: Final = (
    " people were killed in ",
    " people were hurt in ",
    " people were displaced in ",
    " houses were destroyed in ",
)
UNITS: Final = ("person", "person", "person", "item")
SOURCES: Final = (
    "Red Cross",
    "OCHA",
    "UNICEF",
    "Health Ministry",
    "Interior Ministry",
    "Civil Defence",
    "Army",
    "Police",
)
OUTLETS: Final = 60
# So many letters each sentence takes in its article.
SENTENCE: Final = 120
KINDS: Final = ("disagreement", "misquote", "magnitude", "regression", "part_exceeds_whole", "metric_swap")
# One story of so many has a planted conflict.
PLANTED_IN: Final = 20
# Rows written at a time.
SLICE: Final = 250_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One conflict that is there: its kind and the two figures that clash."""

    kind: str
    a: str
    b: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Figures as a table, articles as a frame, and the conflicts among them."""

    table: pd.DataFrame
    articles: pd.DataFrame
    planted: tuple[Planted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """An archive in numbers: what each figure is, by codes."""

    figures: dict[str, np.ndarray]
    outlets: np.ndarray
    cities: list[tuple[str, str]]
    city: np.ndarray
    start: np.ndarray
    planted: list[tuple[str, int, int]]

    def conflicts(self) -> tuple[Planted, ...]:
        """What was planted, by the ids of its figures."""
        first = len(self.outlets) - 2 * len(self.planted)
        return tuple(Planted(kind=kind, a=f"f{first + a:09}", b=f"f{first + b:09}") for kind, a, b in self.planted)


def make_archive(rows: int, lexicon: Lexicon, seed: int = 7) -> Archive:
    """An archive of about that many figures, the same each time."""
    made = _make(rows, lexicon, seed)
    kept = _columns(made, 0, len(made.outlets)).drop_duplicates(["article_id", "metric"])
    return Archive(table=keyed(kept), articles=_articles(kept), planted=made.conflicts())


def write_archive(rows: int, lexicon: Lexicon, path: Path, seed: int = 7) -> tuple[Planted, ...]:
    """The figures of the same archive as Parquet, article by article: no more than a slice of them is ever a table."""
    made = _make(rows, lexicon, seed)
    # Ordinary reports have two figures each, one from either half.
    order = np.argsort(made.figures["article"], kind="stable")
    writer: pq.ParquetWriter | None = None
    try:
        for first in range(0, len(order), SLICE):
            part = pa.Table.from_pandas(_columns(made, first, first + SLICE, order), preserve_index=False)
            writer = writer or pq.ParquetWriter(path, part.schema, compression="zstd")
            writer.write_table(part.replace_schema_metadata(writer.schema.metadata))
    finally:
        if writer is not None:
            writer.close()
    return made.conflicts()


def _make(rows: int, lexicon: Lexicon, seed: int) -> _Made:
    random = np.random.default_rng(seed)
    cities = _cities(lexicon)
    stories = max(rows // PER_STORY, 20)
    story = np.arange(stories)
    city, turn = story % len(cities), story // len(cities)
    start = np.datetime64("1990-01-01") + (turn * 90 + city * 37 % 45).astype("timedelta64[D]")
    weights = 1.0 / (story + 1.0) ** 0.8
    count = max((rows - 2 * (stories // PLANTED_IN)) // 2, 1)
    of = random.choice(stories, size=count, p=weights / weights.sum())
    day = random.integers(DAYS_TOLD, size=count)
    metric = random.integers(4, size=count)
    source = random.integers(len(SOURCES), size=count)
    outlet = random.integers(OUTLETS, size=count)
    base = random.integers(12, 900, size=stories)
    first = _figures(random, np.arange(count), 0, of, day, metric, source, base)
    second = _figures(random, np.arange(count), 1, of, day, (metric + 1) % 4, source, base)
    plants, planted = _plants(random, story[story % PLANTED_IN == 3], base, count)
    figures = {name: np.concatenate([first.pop(name), second.pop(name), plants[name]]) for name in list(first)}
    outlets = np.r_[outlet, plants["outlet"]][figures["article"]]
    return _Made(figures=figures, outlets=outlets, cities=cities, city=city, start=start, planted=planted)


def _cities(lexicon: Lexicon) -> list[tuple[str, str]]:
    """Names of cities that mean one place, lie in no other of them and are no part of another name."""
    parents = {parent for places in gazetteer().values() for one in places for parent in one.parents}
    names: dict[str, str] = {}
    for places in gazetteer().values():
        one = places[0]
        if len(places) == 1 and one.kind == "city" and one.name not in parents and one.name.isascii() and one.iso3:
            found = lexicon.settings.place(one.name)
            if found is not None and found.kind == "city" and found.name == one.name and found.iso3 == one.iso3:
                names[one.name] = one.iso3
    text = "\n".join(names)
    return sorted((name, iso3) for name, iso3 in names.items() if text.count(name) == 1)


def _figures(
    random: np.random.Generator, article: np.ndarray, slot: int, of: np.ndarray, day: np.ndarray, metric: np.ndarray,
    source: np.ndarray, base: np.ndarray,
) -> dict[str, np.ndarray]:  # fmt: skip
    """The figures of ordinary reports: the number of the day, or a neighbour of it."""
    count = len(article)
    whole = base[of] * (1 + metric)
    # By 15% a day: more than two significant digits can hide.
    value = (whole * 1.15**day).astype(np.int64)
    kind = random.random(count)
    children = (kind < 0.08) & (metric < 2)
    value = np.where(children, value // 6 + 1, value)
    projected = (kind >= 0.08) & (kind < 0.11)
    value = np.where(projected, value * 2, value)
    old = (kind >= 0.11) & (kind < 0.14) & (day > 0)
    earlier = day - old
    value = np.where(old, (whole * 1.15**earlier).astype(np.int64), value)
    # No two metrics of a story ever share a number.
    value = value * 8 + metric
    place = 10.0 ** np.maximum(np.floor(np.log10(np.maximum(value, 1))) - 1, 0)
    rounded = (kind >= 0.14) & (kind < 0.34) & (value >= 100)
    floor = (kind >= 0.34) & (kind < 0.44) & (value >= 100)
    shown = np.where(rounded, np.rint(value / place) * place, np.where(floor, np.floor(value / place) * place, value))
    exact = ~rounded & ~floor
    zeros = np.where(shown % 10 == 0, np.where(shown % 100 == 0, 100.0, 10.0), 1.0)
    return {
        "article": article, "slot": np.full(count, slot), "story": of, "day": earlier, "published": day,
        "metric": metric, "source": source, "value": shown.astype(np.float64),
        "precision": np.where(exact, zeros, np.maximum(place, zeros)),
        "more_than": floor & (shown < value), "children": children,
        "modality": np.where(projected, 1, np.where(old, 2, 0)),
    }  # fmt: skip


def _plants(
    random: np.random.Generator, stories: np.ndarray, base: np.ndarray, first_article: int
) -> tuple[dict[str, np.ndarray], list[tuple[str, int, int]]]:
    """Two figures for each planted conflict, in articles of their own, and which of them clash."""
    count = len(stories)
    kind = np.arange(count) % len(KINDS)
    day = random.integers(2, 9, size=count)
    # Sources and metrics beyond the ordinary ones: see _assemble.
    low = base[stories] * 2 + 137
    value = np.stack([low, low])
    metric = np.full((2, count), 4)
    source = np.stack([np.full(count, len(SOURCES)), np.full(count, len(SOURCES) + 1)])
    days = np.stack([day, day])
    value[1] = np.where(kind == 0, low * 24 // 10 + 1, value[1])
    misquoted = 500_000 + random.integers(1, 5, count) * 10_000 + random.integers(5, 9, count) * 1000 + 982
    swapped = misquoted // 100_000 * 100_000 + misquoted // 1000 % 10 * 10_000 + misquoted // 10_000 % 10 * 1000 + 982
    value[:, kind == 1] = np.stack([misquoted, swapped])[:, kind == 1]
    value[:, kind == 2] = np.stack([low - low % 10 + 4, (low - low % 10 + 4) * 10])[:, kind == 2]
    value[1] = np.where(kind == 3, low * 6 // 10, value[1])
    days[1] = np.where(kind == 3, day + 3, days[1])
    metric[:, kind == 4] = np.array([[5], [4]])
    value[0] = np.where(kind == 4, low * 15 // 10, value[0])
    value[:, kind == 5] = misquoted[kind == 5]
    metric[:, kind == 5] = np.array([[6], [7]])
    one_source = np.isin(kind, (1, 3, 5))
    source[1] = np.where(one_source, source[0], source[1])
    number = np.arange(2 * count)
    made = {
        "article": first_article + number, "slot": np.zeros(2 * count, dtype=np.int64),
        "story": np.r_[stories, stories],
        "day": days.reshape(-1), "published": days.reshape(-1), "metric": metric.reshape(-1),
        "source": source.reshape(-1), "value": value.reshape(-1).astype(np.float64), "precision": np.ones(2 * count),
        "more_than": np.zeros(2 * count, dtype=bool), "children": np.zeros(2 * count, dtype=bool),
        "modality": np.zeros(2 * count, dtype=np.int64), "outlet": number % OUTLETS,
    }  # fmt: skip
    return made, [(KINDS[int(one)], at, count + at) for at, one in enumerate(kind)]


def _columns(whole: _Made, first: int, end: int, order: np.ndarray | None = None) -> pd.DataFrame:
    """Columns of some rows of the table, by Arrow: no Python per row."""
    rows = np.arange(first, min(end, len(whole.outlets))) if order is None else order[first:end]
    made = {name: one[rows] for name, one in whole.figures.items()}
    cities, city, start, outlets = whole.cities, whole.city, whole.start, whole.outlets[rows]
    count = len(rows)
    story = made["story"]
    names, codes = zip(*cities, strict=True)
    place = _taken(names, city[story])
    cause = _taken(CAUSES, story % len(CAUSES))
    begun = pc.cast(pa.array(start.astype("datetime64[D]")), pa.string())
    metrics = (*METRICS, "cases", "confirmed_cases", "rescued", "buildings_damaged")
    verbs = (
        *VERBS,
        " cases were counted in ",
        " cases were confirmed in ",
        " people were rescued in ",
        " houses were damaged in ",
    )
    sources = (*SOURCES, " Relief Committee", " Observatory")
    source = _taken(sources, made["source"])
    own = pa.array(made["source"] >= len(SOURCES))
    source = pc.if_else(own, _joined(place, source), source)
    number = pc.cast(pa.array(made["value"].astype(np.int64)), pa.large_string())
    more = _taken(("", "more than "), made["more_than"].astype(np.int64))
    children = pa.array(made["children"])
    verb = _taken(verbs, made["metric"])
    verb = pc.if_else(children, pc.replace_substring(verb, "people", "children"), verb)
    could = _taken((" said ", " said there could be ", " said that earlier "), made["modality"])
    ahead = _joined(source, could, more)
    sentence = _joined(ahead, number, verb, place, ".")
    head = _joined("A report from ", place, ". ")
    begins = pc.utf8_length(head).to_numpy().astype(np.int64) + made["slot"] * SENTENCE
    at = begins + pc.utf8_length(ahead).to_numpy()
    end = at + pc.utf8_length(number).to_numpy()
    article = _ids("a", made["article"])
    figure = _ids("f", rows)
    published = start[story] + made["published"].astype("timedelta64[D]")
    as_of = start[story] + made["day"].astype("timedelta64[D]")
    open_above = made["more_than"]
    begin_text = pc.cast(pa.array(begins), pa.large_string())
    rules = _joined('{"sentence":{"end":null,"rule":"sentence","start":', begin_text, "}}")
    columns: dict[str, object] = dict.fromkeys(COLUMNS)
    columns |= {
        "figure_id": figure, "metric": _taken(metrics, made["metric"]), "source": source,
        "source_type": "government", "source_relation": "unknown", "source_mention": source,
        "outlet": _taken([f"Outlet {one}" for one in range(OUTLETS)], outlets),
        "title": _joined("News of the ", cause, " in ", place), "article_id": article,
        "published_at": pc.cast(pa.array(published.astype("datetime64[D]")), pa.large_string()),
        "value": made["value"], "low": made["value"], "high": np.where(open_above, np.inf, made["value"]),
        "comparator": _taken(("exact", "more_than"), open_above.astype(np.int64)), "precision": made["precision"],
        "unit": _taken((*UNITS, "item", "item", "person", "item"), made["metric"]),
        "population": _taken((None, "children"), made["children"].astype(np.int64)), "place": place,
        "place_role": "location", "iso3": _taken(codes, city[story]),
        "event": _joined(cause, ":", place, ":", begun.take(pa.array(story))),
        "as_of": as_of.astype("datetime64[D]"), "as_of_basis": "stated", "aspect": "cumulative",
        "modality": _taken(("reported", "projected", "superseded"), made["modality"]),
        "confidence": np.full(count, 0.9),
        "sentence": sentence, "quote": number, "field": "text", "start": at, "end": end, "rules": rules,
    }  # fmt: skip
    frame = pa.table({name: _column(name, columns[name], count) for name in COLUMNS}).to_pandas()
    for name in frame.columns:
        if name not in NUMBERS and name not in OFFSETS and name not in DAYS and frame[name].dtype != "str":
            frame[name] = frame[name].astype("str")
    return frame


def _articles(frame: pd.DataFrame) -> pd.DataFrame:
    """The articles that the figures stand in: their sentences at the right places."""
    chosen = frame[["article_id", "outlet", "published_at", "title", "place", "sentence", "start"]]
    ordered = chosen.sort_values(["article_id", "start"], kind="stable")
    first = ordered.drop_duplicates("article_id").set_index("article_id")
    rest = ordered[ordered.duplicated("article_id")].set_index("article_id")["sentence"].reindex(first.index).fillna("")
    text = "A report from " + first["place"] + ". " + first["sentence"].str.pad(SENTENCE, side="right") + rest
    return first[["outlet", "published_at", "title"]].assign(text=text.str.rstrip()).reset_index()


def _joined(*parts: object) -> pa.Array:
    large = [
        pa.scalar(one, pa.large_string()) if isinstance(one, str) else pc.cast(one, pa.large_string()) for one in parts
    ]
    return pc.binary_join_element_wise(*large, pa.scalar("", pa.large_string()))


def _taken(names: object, codes: np.ndarray) -> pa.Array:
    return pa.array(list(names), pa.large_string()).take(pa.array(codes))  # type: ignore[call-overload]


def _ids(prefix: str, numbers: np.ndarray) -> pa.Array:
    padded = pc.utf8_lpad(pc.cast(pa.array(numbers), pa.large_string()), 9, "0")
    return _joined(prefix, padded)


def _column(name: str, value: object, count: int) -> pa.Array:
    if name in NUMBERS:
        return pa.array(value, pa.float64(), from_pandas=False)
    if name in OFFSETS:
        return pa.array(value, pa.int64())
    if name in DAYS:
        days = pa.nulls(count, pa.date32()) if value is None else pa.array(value, pa.date32())
        return days.cast(pa.timestamp("us"))
    if value is None or isinstance(value, str):
        return pa.repeat(pa.scalar(value, pa.large_string()), count)
    return pc.cast(value, pa.large_string())
