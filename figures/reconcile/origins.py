"""Origins: which figures repeat one statement, so that twelve articles with one origin count once.

An origin is one statement: somebody says one number, once, of one thing. Figures share an origin where

1. one named source says the same number of the same thing with the same date. A date that was only taken from the
   day of publication is no date: such a figure joins the latest dated statement of that source before it, or else its
   undated fellows. A telling number (1,045,459) is known again even where an article leaves out place or people.
   A number said on Thursday may be the table to Wednesday.
2. one of them rounds the other: "more than 1 million" of UNHCR on 3 March, and 1,045,459 in its table to 2 March.
3. nobody is credited (or no more than a government as such, "Moscow said"), and the same article has the number, or
   the number it rounds, from a named source: a lead or title that shortens its own body. Across articles only a
   telling number does it, and only where one origin has it.
4. the sentences are nearly the same, in two articles on one event, with the same number and the same credit or none:
   copies of one story.
5. both come from one wire service ("(Reuters)", or the service is the outlet), nobody is credited and the number is the
   same.

Equal numbers from different sources stay two origins: they confirm each other. So does a source that says its number
again on a later stated day: it stands by it. Different numbers are never one origin, save for rule 2; a misprinted
copy is told from its original by comparing, not here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from figures.lexicon import Lexicon, default_lexicon
from figures.lexicon.stories import read_stories
from figures.reconcile.groups import Booleans, Integers, combined, components, numbered
from figures.table import INDEX, flat

__all__ = ["assign_origins"]

# "more than 1 million" beside 1,045,459: a round number stands for one up to a tenth away (SPEC's rounding), "nearly"
# and "just over" for one up to 15% away.
_ROUNDING: Final = {"nearly": 0.15, "just_over": 0.15, "more_than": 0.15, "at_least": 0.15, "approximately": 0.15}
_ROUNDING_ELSE: Final = 0.10
# A source's table "to 2 March" is news on the 3rd and rounded in print by the 4th.
_ROUNDED_WITHIN_DAYS: Final = 2
_STALE_DAYS: Final = 14
_TELLING_DIGITS: Final = 3
# Unattributed numbers are known across articles only from the fourth digit on: a toll of 127 is soon reached twice.
_FOREIGN_DIGITS: Final = 4
# Half of the word pairs in common: rewritten leads of one wire story reach it, independent sentences with the same
# facts and number stay at about a third.
_ALIKE: Final = 0.5
_SHORTEST_COPY: Final = 8  # words; shorter sentences agree by chance
_WORDS: Final = re.compile(r"\w+")
_SALTS: Final = tuple(zlib.crc32(b"%d" % number) for number in range(16))
_BANDS: Final = 8
_ANONYMOUS: Final = frozenset({"anonymous", "witness"})


def assign_origins(table: pd.DataFrame, lexicon: Lexicon | None = None) -> pd.DataFrame:
    """The table with its final ``origin_group``, filled for every row.

    Wants final events. The outcome does not depend on the order of rows, and groups are named after their
    earliest statement, so that a later copy changes no name. Cost grows with n log n.
    """
    lexicon = lexicon or default_lexicon()
    if not len(table):
        return table
    frame = flat(table)
    order = _earliest_first(frame)
    rows = _Rows(frame, order)
    links = _Links(len(frame))
    _same_statement(rows, links)
    _rounded(rows, links)
    _copies(rows, links)
    _wire(rows, links)
    group = components(len(frame), *links.arrays())
    # The unattributed are settled last: whether one or several origins have their number must be known.
    _restated(rows, links, group)
    _governments(rows, links, lexicon)
    group = components(len(frame), *links.arrays())
    # Each row takes the name of its group's earliest; positions in the table's own order.
    earliest = np.empty(len(frame), dtype=np.int64)
    earliest[order] = order[group]
    out = frame.assign(origin_group="o" + frame["figure_id"].str.slice(1).take(earliest).reset_index(drop=True))
    return out.set_index(list(INDEX)) if list(table.index.names) == list(INDEX) else out


def _earliest_first(frame: pd.DataFrame) -> Integers:
    """The rows by publication (unknown last), article, field, place in the text and id."""
    keys: list[Integers] = [frame["start"].to_numpy(dtype=np.int64)]
    for name in ("field", "article_id", "published_at"):
        code, known = pd.factorize(frame[name], sort=True)
        keys.append(np.where(code < 0, len(known), code).astype(np.int64))
    order = np.lexsort(keys).astype(np.int64, copy=False)
    # Ids tell apart what is equal in all else: few rows, and to sort the ids of all takes as long as everything else.
    equal = np.logical_and.reduce([np.diff(key[order]) == 0 for key in keys])
    tied = np.flatnonzero(np.r_[False, equal] | np.r_[equal, False])
    if len(tied):
        run = np.cumsum(~np.r_[False, equal])[tied]
        ids = np.unique(frame["figure_id"].take(order[tied]).to_numpy(dtype=object), return_inverse=True)[1]
        order[tied] = order[tied][np.lexsort((ids, run))]
    return order


class _Links:
    """Edges between rows, collected."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.a: list[Integers] = []
        self.b: list[Integers] = []

    def add(self, a: Integers, b: Integers) -> None:
        self.a.append(np.asarray(a, dtype=np.int64))
        self.b.append(np.asarray(b, dtype=np.int64))

    def alike(self, rows: Integers, keys: Sequence[Integers]) -> None:
        """Link all of ``rows`` whose keys are equal, each with the first of them."""
        if not len(rows):
            return
        code = combined([key[rows] for key in keys])
        order = np.argsort(code, kind="stable")
        first = np.r_[True, np.diff(code[order]) != 0]
        head = rows[order][np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))]
        self.add(head[~first], rows[order][~first])

    def alike_across(self, rows: Integers, keys: Sequence[Integers], first: int) -> None:
        """Link each of the ``first`` rows with one of the others whose keys are equal; keys are of ``rows`` only."""
        if first in (0, len(rows)):
            return
        code = combined(keys)
        at = pd.Series(rows[first:], index=code[first:])
        at = at[~at.index.duplicated()]
        met = at.reindex(code[:first]).to_numpy(dtype=float)
        found = ~np.isnan(met)
        self.add(rows[:first][found], met[found].astype(np.int64))

    def arrays(self) -> tuple[Integers, Integers]:
        none = np.zeros(0, dtype=np.int64)
        return np.concatenate([none, *self.a]), np.concatenate([none, *self.b])


class _Rows:
    """The columns that matter, as arrays of numbers, rows from the earliest published to the latest."""

    def __init__(self, frame: pd.DataFrame, order: Integers) -> None:
        self._frame, self._order = frame, order
        self.article = numbered(frame["article_id"])[order]
        self.metric = numbered(frame["metric"])[order]
        self.unit = numbered(frame["unit"])[order]
        self.event = numbered(frame["event"])[order]
        self.source = numbered(frame["source"])[order]
        self.kind = self._merged("aspect", {"period": "cumulative"})
        # A number that the text itself calls superseded was that source's statement of an earlier day.
        self.modality = self._merged("modality", {"superseded": "reported", "estimated": "reported"})
        self.scope = [
            self._merged("population", {"people": None}),
            numbered(frame["party"])[order],
            numbered(frame["place"])[order],
            numbered(frame["place_role"])[order],
        ]
        self.value, self.low, self.high = (
            frame[name].to_numpy(dtype=float)[order] for name in ("value", "low", "high")
        )
        self.precision = np.maximum(frame["precision"].to_numpy(dtype=float)[order], 1e-9)
        # A range or a vague quantity is known by both its bounds, a number by itself, whatever word goes before it.
        nominal = ~np.isnan(self.value)
        self.number = numbered(
            pd.Series(np.where(nominal, self.value, self.low)), pd.Series(np.where(nominal, np.nan, self.high))
        )
        self.nominal = nominal
        said = frame["as_of"].notna().to_numpy()[order]
        day = frame["as_of"].to_numpy(dtype="datetime64[D]").astype(np.int64)[order]
        self.dated: Booleans = self.has("as_of_basis", ("stated", "reporting_day")) & said
        codes, known = pd.factorize(frame["published_at"].str.slice(0, 10))
        published = pd.to_datetime(pd.Series(known, dtype="str"), errors="coerce")
        self.published = np.r_[published.to_numpy(dtype="datetime64[D]"), np.datetime64("NaT")].astype(np.int64)[
            codes[order]
        ]
        # A day on the verb "said" tells when it was said, not the day to which it counts.
        self.stated: Booleans = self.dated & self.has("as_of_basis", ("stated",))
        self.day = np.where(said, day, self.published)
        sources, names = self.names("source")
        outlets, papers = self.names("outlet")
        number = {one: code for code, one in enumerate(names)}
        own = np.array([*(number.get(one, -2) for one in papers), -2], dtype=np.int64)[outlets]
        self.uncredited: Booleans = (sources < 0) | (
            (sources == own) & frame["source_mention"].isna().to_numpy(dtype=bool)[order]
        )
        # "Officials" of two articles need not be the same men.
        self.named: Booleans = ~self.uncredited & ~self.has("source_type", tuple(_ANONYMOUS))
        digits = np.abs(self.value) / self.precision
        with np.errstate(invalid="ignore"):
            self.telling: Booleans = digits >= 10 ** (_TELLING_DIGITS - 1)
            self.foreign: Booleans = digits >= 10 ** (_FOREIGN_DIGITS - 1)

    def names(self, column: str) -> tuple[Integers, list[str]]:
        """A column's codes in this order, -1 for nothing, and what they stand for."""
        codes, known = pd.factorize(self._frame[column])
        return codes.astype(np.int64, copy=False)[self._order], [str(one) for one in known]

    def has(self, column: str, wanted: Sequence[str]) -> Booleans:
        """Where a column has one of some names."""
        codes, known = self.names(column)
        return np.array([*(one in wanted for one in known), False], dtype=bool)[codes]

    def _merged(self, column: str, others: Mapping[str, str | None]) -> Integers:
        """A column's codes, where some names count as another or as nothing."""
        codes, known = self.names(column)
        meant = [others.get(one, one) for one in known]
        number = {one: at for at, one in enumerate(dict.fromkeys(one for one in meant if one is not None))}
        return np.array([*(-1 if one is None else number[one] for one in meant), -1], dtype=np.int64)[codes]

    def bracketed(self) -> Booleans:
        """Where the sentence has a bracket."""
        found: Booleans = self._frame["sentence"].str.contains("(", regex=False).fillna(False).to_numpy(dtype=bool)
        return found[self._order]

    def texts(self, column: str, some: Integers) -> pd.Series:
        """A column of some rows."""
        return self._frame[column].take(self._order[some]).reset_index(drop=True)

    def where(self, mask: Booleans) -> Integers:
        return np.flatnonzero(mask).astype(np.int64)


def _same_statement(rows: _Rows, links: _Links) -> None:
    """Rule 1."""
    whole = [rows.source, rows.metric, rows.unit, rows.event, rows.kind, rows.modality, rows.number]
    speaking = rows.named | rows.uncredited  # an outlet that repeats its own unattributed number says it once
    for some, keys in (
        (speaking & ~rows.telling, [*whole, *rows.scope]),
        (speaking & rows.telling, whole),
    ):
        dated, undated = rows.where(some & rows.dated), rows.where(some & ~rows.dated)
        links.alike(dated, [*keys, rows.day])
        reported, stated = (rows.where(some & rows.telling & one) for one in (rows.dated & ~rows.stated, rows.stated))
        for back in range(1, _ROUNDED_WITHIN_DAYS + 1):
            both = np.r_[reported, stated]
            day = np.r_[rows.day[reported] - back, rows.day[stated]]
            links.alike_across(both, [*(key[both] for key in keys), day], len(reported))
        if not len(undated):
            continue
        code = np.full(len(rows.value), -1, dtype=np.int64)
        both = np.r_[dated, undated]
        code[both] = combined([key[both] for key in keys])
        code[undated] = _split_by_age(code, rows, undated)
        links.alike(undated, [code])
        if len(dated):
            found = _latest_before(code, rows, dated, undated)
            links.add(undated[found >= 0], found[found >= 0])


def _split_by_age(code: Integers, rows: _Rows, undated: Integers) -> Integers:
    """Keys of undated rows, new ones where a statement outside any event reappears after ``_STALE_DAYS``: an
    unemployment rate of 3.7% in January is not that of May."""
    order = undated[np.lexsort((rows.day[undated], code[undated]))]
    same = np.r_[False, np.diff(code[order]) == 0]
    late = same & np.r_[False, np.diff(rows.day[order]) > _STALE_DAYS] & (rows.event[order] < 0)
    out = code.copy()
    top = int(code.max(initial=0)) + 1
    # Counted within each key, so that a split key never meets another.
    step = np.cumsum(late)
    start = np.maximum.accumulate(np.where(same, 0, step))
    part = step - start
    fresh = part > 0
    _, number = np.unique(np.stack([code[order][fresh], part[fresh]]), axis=1, return_inverse=True)
    out[order[fresh]] = top + number.reshape(-1)
    return out[undated]


def _latest_before(code: Integers, rows: _Rows, dated: Integers, undated: Integers) -> Integers:
    """For each undated row the dated one of its key with the latest day not after its own, else the earliest;
    -1 where the key has none."""
    right = pd.DataFrame({"code": code[dated], "day": rows.day[dated], "row": dated}).sort_values(["day", "row"])
    left = pd.DataFrame({"code": code[undated], "day": rows.day[undated], "at": np.arange(len(undated))})
    # All undated rows of a key join one statement: the one before the earliest of them.
    left["day"] = left.groupby("code")["day"].transform("min")
    left = left.sort_values(["day", "at"])
    met = pd.merge_asof(left, right, on="day", by="code", direction="backward")
    later = pd.merge_asof(left, right, on="day", by="code", direction="forward")
    row = met["row"].fillna(later["row"]).fillna(-1).astype(np.int64)
    far = (rows.event[undated[met["at"].to_numpy()]] < 0) & (
        np.abs(rows.day[np.maximum(row.to_numpy(), 0)] - met["day"].to_numpy()) > _STALE_DAYS
    )
    row = row.where(~far, -1)
    out = np.full(len(undated), -1, dtype=np.int64)
    out[met["at"].to_numpy()] = row.to_numpy()
    return out


def _rounded(rows: _Rows, links: _Links) -> None:
    """Rule 2."""
    able = rows.named & rows.nominal & (rows.value > 0)
    coarse, fine = rows.where(able & ~rows.telling), rows.where(able & rows.telling)
    keys = [rows.source, rows.metric, rows.unit, rows.event, rows.kind, rows.modality, *rows.scope]
    for back in range(_ROUNDED_WITHIN_DAYS + 1):
        if not len(coarse) or not len(fine):
            return
        # Two stated dates are one only on one day; who says or prints it later may mean the count of the day before.
        now = coarse if back == 0 else coarse[~rows.stated[coarse]]
        found = _nearest(rows, keys, now, fine, back)
        links.add(now[found >= 0], found[found >= 0])
        coarse = np.setdiff1d(coarse, now[found >= 0], assume_unique=True)


def _nearest(rows: _Rows, keys: Sequence[Integers], coarse: Integers, fine: Integers, back: int | None) -> Integers:
    """For each coarse row the fine one of its key, ``back`` days before it, whose value it rounds; -1 for none."""
    out = np.full(len(coarse), -1, dtype=np.int64)
    if not len(coarse) or not len(fine):
        return out
    both = np.r_[coarse, fine]
    columns = [key[both] for key in keys]
    if back is not None:
        day = rows.day[both]
        columns.append(np.r_[day[: len(coarse)] - back, day[len(coarse) :]])
    code = combined(columns)
    left = pd.DataFrame({"code": code[: len(coarse)], "value": rows.value[coarse], "at": np.arange(len(coarse))})
    right = pd.DataFrame({"code": code[len(coarse) :], "value": rows.value[fine], "row": fine})
    right = right.sort_values(["value", "row"])
    right["fine"] = right["value"]
    met = pd.merge_asof(left.sort_values(["value", "at"]), right, on="value", by="code", direction="nearest")
    met = met[met["row"].notna()]
    at, row = met["at"].to_numpy(), met["row"].to_numpy(dtype=np.int64)
    comparator = rows.texts("comparator", coarse[at]).to_numpy(dtype=object)
    reach = np.array([_ROUNDING.get(one, _ROUNDING_ELSE) for one in comparator])
    near = np.abs(rows.value[row] - rows.value[coarse[at]]) <= np.minimum(
        rows.precision[coarse[at]], reach * rows.value[coarse[at]]
    )
    # "more than 500" cannot round 498.
    within = (rows.value[row] >= rows.low[coarse[at]]) & (rows.value[row] <= rows.high[coarse[at]])
    bare = (comparator == "exact") | (comparator == "approximately")
    finer = rows.precision[row] < rows.precision[coarse[at]]
    good = near & (within | bare) & finer
    out[at[good]] = row[good]
    return out


def _restated(rows: _Rows, links: _Links, group: Integers) -> None:
    """Rule 3."""
    bare = rows.where(rows.uncredited)
    credited = rows.where(~rows.uncredited)
    if not len(bare) or not len(credited):
        return
    inside = [rows.article, rows.metric, rows.unit, rows.event]
    found = _only_origin(bare, credited, [*inside, rows.number], group)
    links.add(bare[found >= 0], found[found >= 0])
    left = bare[found < 0]
    coarse = left[rows.nominal[left] & (rows.value[left] > 0)]
    fine = credited[rows.nominal[credited]]
    near = _nearest(rows, inside, coarse, fine, None)
    links.add(coarse[near >= 0], near[near >= 0])
    left = np.setdiff1d(left, coarse[near >= 0], assume_unique=True)
    foreign = left[rows.foreign[left]]
    known = rows.event >= 0
    found = _only_origin(
        foreign[known[foreign]],
        credited[known[credited]],
        [rows.event, rows.metric, rows.unit, rows.number],
        group,
    )
    links.add(foreign[known[foreign]][found >= 0], found[found >= 0])


def _governments(rows: _Rows, links: _Links, lexicon: Lexicon) -> None:
    """Rule 3 for "Moscow said": the number of a body of that side in the same article."""
    codes, names = rows.names("source")
    sides = [lexicon.sources.side_of(str(one)) for one in names]
    known = {one: number for number, one in enumerate(sorted({one for one in sides if one}))}
    side = np.array([*(known.get(one or "", -1) for one in sides), -1], dtype=np.int64)[codes]
    loose = np.array([*(str(one).endswith(" government") for one in names), False])[codes] & (side >= 0)
    some, bodies = rows.where(loose & rows.named), rows.where(~loose & rows.named & (side >= 0))
    both = np.r_[some, bodies]
    keys = [rows.article, rows.metric, rows.unit, rows.event, rows.number, side]
    links.alike_across(both, [key[both] for key in keys], len(some))


def _only_origin(bare: Integers, credited: Integers, keys: Sequence[Integers], group: Integers) -> Integers:
    """For each bare row the first credited one with its keys, -1 where none or several origins have them."""
    out = np.full(len(bare), -1, dtype=np.int64)
    if not len(bare) or not len(credited):
        return out
    both = np.r_[bare, credited]
    code = combined([key[both] for key in keys])
    right = pd.DataFrame({"code": code[len(bare) :], "group": group[credited], "row": credited})
    right = right.drop_duplicates(["code", "group"])
    right = right[~right.duplicated("code", keep=False)]
    met = pd.DataFrame({"code": code[: len(bare)]}).merge(right, on="code", how="left")
    return met["row"].fillna(-1).to_numpy(dtype=np.int64)


def _copies(rows: _Rows, links: _Links) -> None:
    """Rule 4: only rows whose metric, event and number stand in several articles are looked at.

    Two bodies that one sentence quotes with one number stay two, in the copy as well, and so do two days.
    """
    credited = np.where(rows.uncredited, -1, rows.source)
    day = np.where(rows.dated, rows.day, 0)
    block = combined([rows.metric, rows.unit, rows.event, rows.number, rows.modality, rows.kind, credited, day])
    pairs = pd.DataFrame({"block": block, "article": rows.article}).drop_duplicates()
    counts = np.bincount(pairs["block"].to_numpy())
    several = rows.where(counts[block] > 1)
    if not len(several):
        return
    sentences, unique = pd.factorize(rows.texts("sentence", several))
    shingles = [_shingles(str(one)) for one in unique]
    usable = np.array([bool(one) for one in shingles])[sentences]
    several, sentences = several[usable], sentences[usable].astype(np.int64)
    if not len(several):
        return
    sketch = _sketches(shingles)
    width = len(_SALTS) // _BANDS
    for band in range(_BANDS):
        columns = [sketch[sentences, band * width + one] for one in range(width)]
        code = combined([block[several], *columns])
        order = np.argsort(code, kind="stable")
        first = np.r_[True, np.diff(code[order]) != 0]
        head = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
        one, other = order[head[~first]], order[~first]
        alike = sentences[one] == sentences[other]
        for at in np.flatnonzero(~alike).tolist():
            alike[at] = _alike(shingles[sentences[one[at]]], shingles[sentences[other[at]]])
        links.add(several[one[alike]], several[other[alike]])


def _shingles(sentence: str) -> frozenset[int]:
    """Hashes of the word pairs of a sentence, none where it is too short to tell a copy."""
    words = _WORDS.findall(sentence.lower())
    if len(words) < _SHORTEST_COPY:
        return frozenset()
    # A sentence as long as a book is no sentence: the first 400 words tell a copy as well.
    words = words[:400]
    return frozenset(
        zlib.crc32(" ".join(words[at : at + 2]).encode("utf-8", "surrogatepass")) for at in range(len(words) - 1)
    )


def _sketches(shingles: Sequence[frozenset[int]]) -> Integers:
    """For each set a minimum for each salt: two sets agree in one with the probability of their overlap (MinHash).

    An empty set has zeros.
    """
    sizes = np.array([len(one) for one in shingles], dtype=np.int64)
    some = np.flatnonzero(sizes)
    out = np.zeros((len(shingles), len(_SALTS)), dtype=np.int64)
    if len(some):
        hashes = np.fromiter((one for each in shingles for one in each), dtype=np.uint64, count=int(sizes.sum()))
        starts = np.cumsum(sizes[some]) - sizes[some]
        for column, salt in enumerate(_SALTS):
            mixed = ((hashes ^ np.uint64(salt)) * np.uint64(2654435761)) & np.uint64(0xFFFFFFFF)
            out[some, column] = np.minimum.reduceat(mixed, starts)
    return out


def _alike(a: frozenset[int], b: frozenset[int]) -> bool:
    shared = len(a & b)
    return shared >= _ALIKE * (len(a) + len(b) - shared)


def _wire(rows: _Rows, links: _Links) -> None:
    """Rule 5."""
    agencies = read_stories().agencies
    names = "|".join(re.escape(one) for one in sorted(agencies, key=lambda one: (-len(one), one)))
    outlets, papers = rows.names("outlet")
    own = np.array([*(one in agencies for one in papers), False], dtype=bool)[outlets]
    bracketed = rows.where(rows.bracketed())
    credit = rows.texts("sentence", bracketed).astype(object).str.extract(rf"\(({names})\)", expand=False)
    service = pd.Series(np.array([*papers, None], dtype=object)[np.where(own, outlets, -1)], dtype=object)
    service.iloc[bracketed[credit.notna().to_numpy()]] = credit.dropna().to_numpy()
    if service.isna().all():
        return
    # A dateline credits the whole article, not only its own sentence.
    by_article = pd.Series(service.to_numpy(), index=rows.article).dropna()
    by_article = by_article[~by_article.index.duplicated()]
    code = numbered(pd.Series(rows.article).map(by_article))
    some = rows.where((code >= 0) & rows.uncredited & (rows.event >= 0))
    links.alike(
        some,
        [code, rows.metric, rows.unit, rows.event, rows.kind, rows.modality, rows.number, *rows.scope],
    )
