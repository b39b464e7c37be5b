"""Latest: the newest figure of each series, who says so, who else counts, and whether they agree.

A series is one thing counted: metric, unit, event, population, party, place, its role, aspect. Within it every
statement (origin) is one voice, however many articles print it; of each source the newest statement is current.
Nothing here decides what is true: the rule that chose a number is part of the answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from figures.lexicon import Lexicon, default_lexicon
from figures.reconcile.bounds import BOUNDARY, digits, gap, widened
from figures.reconcile.comparable import (
    Claim,
    Knowledge,
    claim_of,
    event_day,
    event_place,
    is_exact,
    ordinal,
    read_rules,
)
from figures.reconcile.events import assign_events, is_point
from figures.reconcile.groups import Reals
from figures.reconcile.judge import MOVING_DAYS
from figures.reconcile.origins import assign_origins
from figures.table import flat

__all__ = [
    "DATED",
    "LATEST_COLUMNS",
    "SAID",
    "SCOPE",
    "SERIES",
    "Answers",
    "Policy",
    "answer_of",
    "in_scope",
    "latest",
    "latest_of",
    "populations_of",
    "published_by",
    "series_of",
]

Policy = Literal["latest", "conservative", "range"]

SERIES: Final = ("metric", "unit", "event", "population", "party", "place", "place_role", "iso3", "aspect")
SCOPE: Final = (*SERIES[1:], "source")
LATEST_COLUMNS: Final = (
    *SERIES, "as_of", "as_of_basis", "value", "best", "low", "high", "comparator", "precision", "source",
    "source_type", "modality", "published_at", "figure_id", "contested", "camps", "origins", "articles",
    "alternatives", "trend", "rule",
)  # fmt: skip

SAID: Final = frozenset(("reported", "estimated"))
DATED: Final = ("stated", "reporting_day")
# Whose later number does not yet move a series: nobody answers for it.
_UNANSWERED: Final = frozenset(("anonymous", "witness", "unknown"))
# SPEC section 5, "stale": two or more days after the same source gave a higher number.
_STALE_DAYS: Final = 2
# Shorter numbers differ in one digit for many reasons.
_LONG_NUMBER: Final = 4
# Beyond this many current sources the best-ranked are compared with one another; the rest stand as alternatives.
_MOST_COMPARED: Final = 2000
# Statements that are looked at in one go.
_RECORDS: Final = 50_000
# So many of a source's last moves are told; the timeline has them all.
_MOST_STEPS: Final = 20


def latest(
    table: pd.DataFrame,
    metric: str | None,
    *,
    policy: Policy = "latest",
    known_by: str | date | datetime | None = None,
    lexicon: Lexicon | None = None,
    **scope: str | None,
) -> pd.DataFrame:
    """The latest figure of every series of a metric (of all metrics where it is None), one row a series.

    ``scope`` narrows by ``place``, ``party``, ``population``, ``event``, ``source`` or another slot; None asks for
    series where the slot is not said, an event may be named by its cause or place. ``known_by`` answers with what
    had been published by the end of that day, or by that instant.

    ``policy``: "latest" gives ``best``, the nominal number of the highest-ranked source among those whose figure no
    later one has overtaken; "conservative" the lowest bound; "range" no number, only ``low`` and ``high``. Where
    opposed parties disagree, ``value`` and ``best`` are empty and ``camps`` are the answer. ``alternatives`` lists what
    every other source says, ``trend`` how the number of each source moved that gave more than one, ``rule`` tells in
    words how the number was chosen. ``origins`` and ``articles`` count what stands behind the row: copies add articles,
    never origins.

    Raises ValueError for an unknown policy or scope.
    """
    lexicon = lexicon or default_lexicon()
    known = published_by(table, known_by)
    assigned = assign_origins(assign_events(known, lexicon), lexicon)
    return latest_of(assigned, metric, policy=policy, lexicon=lexicon, **scope)


def latest_of(
    assigned: pd.DataFrame,
    metric: str | None,
    *,
    policy: Policy = "latest",
    lexicon: Lexicon | None = None,
    **scope: str | None,
) -> pd.DataFrame:
    """:func:`latest` for a table whose events and origins are final already, such as a reconciliation's."""
    if policy not in ("latest", "conservative", "range"):
        raise ValueError(f"no policy {policy!r}: use latest, conservative or range")
    knowledge = Knowledge(lexicon or default_lexicon())
    frame = flat(assigned)
    if metric is not None:
        frame = frame[frame["metric"] == metric]
    frame = in_scope(series_of(frame, knowledge), knowledge, **scope)
    return _table_of(_answers(frame, policy, knowledge))


def _answers(frame: pd.DataFrame, policy: Policy, knowledge: Knowledge) -> list[dict[str, Any]]:
    voices = _voices(frame)
    voices["lo"], voices["hi"] = widened_bounds(voices, knowledge)
    out: list[dict[str, Any]] = []
    runs = _runs(voices["series"].to_numpy())
    at = 0
    while at < len(runs):
        # A record takes two kilobytes: so many stand in memory at once.
        begin, upto = runs[at][0], at
        while upto < len(runs) and (upto == at or runs[upto][1] - begin <= _RECORDS):
            upto += 1
        records = _records(voices.iloc[begin : runs[upto - 1][1]])
        out += [answer_of(records[first - begin : last - begin], knowledge, policy) for first, last in runs[at:upto]]
        at = upto
    return out


def widened_bounds(frame: pd.DataFrame, knowledge: Knowledge) -> tuple[Reals, Reals]:
    """The bounds of all rows as ``claim_of`` widens them, in base units; all rows with one comparator are one call."""
    metrics = {one: knowledge.metric(str(one)) for one in frame["metric"].unique()}
    units = frame["unit"].astype(object).where(frame["unit"].notna(), None).tolist()
    names = [unit or metrics[metric].unit or "item" for metric, unit in zip(frame["metric"], units, strict=True)]
    dimensions = {one: knowledge.dimension(one) for one in set(names)}
    percent = np.array([dimensions[one][0] == "percent" for one in names], dtype=bool)
    factor = np.array([dimensions[one][1] for one in names], dtype=float)
    measured = frame["metric"].map({one: bool(known.measured) for one, known in metrics.items()}).to_numpy(dtype=bool)
    signed = frame["metric"].map({one: bool(known.signed) for one, known in metrics.items()}).to_numpy(dtype=bool)
    value, low, high, precision = (frame[one].to_numpy(dtype=float) for one in ("value", "low", "high", "precision"))
    low = np.where((low == -np.inf) & ~signed & ~measured, 0.0, low)
    precision = np.where(np.isnan(precision) | (precision == 0.0), 1.0, precision)
    texts = {one: is_exact(read_rules(one)) for one in frame["rules"].unique()}
    exact = frame["rules"].map(texts).to_numpy(dtype=bool)
    words = frame["comparator"].astype(object).where(frame["comparator"].notna(), "exact").to_numpy()
    lo, hi = np.empty(len(frame)), np.empty(len(frame))
    for word in set(words.tolist()):
        rows = np.flatnonzero(words == word)
        lo[rows], hi[rows] = widened(
            value[rows], low[rows], high[rows], precision[rows], word,
            percent=percent[rows], measured=measured[rows], exact=exact[rows],
        )  # fmt: skip
    return lo * factor, hi * factor


def _table_of(rows: list[dict[str, Any]]) -> pd.DataFrame:
    out = pd.DataFrame(rows, columns=list(LATEST_COLUMNS))
    out["as_of"] = pd.to_datetime(out["as_of"]).astype("datetime64[s]")
    for name in ("value", "best", "low", "high", "precision"):
        out[name] = out[name].astype(float)
    return out.sort_values(list(SERIES), kind="stable", na_position="first", ignore_index=True)


class Answers:
    """The answer of each series on demand: the row of ``latest`` with ``in_force``, briefs of the figures that
    nothing has overtaken. ``frame`` is flat, with its ``series``, and dated as its statements are: an old number
    printed again has the date on which it was said."""

    def __init__(self, assigned: pd.DataFrame, knowledge: Knowledge) -> None:
        self.frame = series_of(flat(assigned), knowledge)
        self._voices = _voices(self.frame)
        dates = self._voices.set_index(["series", "origin"])[["as_of", "as_of_basis", "instant"]]
        self.frame["instant"] = _instants(self.frame["published_at"])
        said = self.frame["modality"].isin(SAID)
        keys = pd.MultiIndex.from_frame(self.frame.loc[said, ["series", "origin_group"]])
        for name in dates.columns:
            self.frame.loc[said, name] = dates[name].reindex(keys).array
        self._runs = {int(self._voices["series"].iloc[run[0]]): run for run in _runs(self._voices["series"].to_numpy())}
        self._knowledge = knowledge
        self._known: dict[int, dict[str, Any] | None] = {}

    def of(self, series: int) -> dict[str, Any] | None:
        """The answer of one series, None where nothing in it is reported (projections alone)."""
        if series not in self._known:
            run = self._runs.get(series)
            self._known[series] = answer_of(_records(self._voices.iloc[slice(*run)]), self._knowledge) if run else None
        return self._known[series]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    # Texts come out of Arrow many times faster as one array of objects than one by one.
    columns = [
        frame[name].tolist() if frame[name].dtype.kind in "fiubM" else frame[name].to_numpy(dtype=object).tolist()
        for name in frame.columns
    ]
    names = list(frame.columns)
    return [dict(zip(names, values, strict=True)) for values in zip(*columns, strict=True)]


def published_by(table: pd.DataFrame, known_by: str | date | datetime | None) -> pd.DataFrame:
    """The rows published by then: a day counts to its end. Rows without publication date are left out, since
    nothing says that they were known."""
    if known_by is None:
        return table
    text = known_by.isoformat() if isinstance(known_by, date) else str(known_by).strip()
    published = table["published_at"]
    if len(text) == 10:
        limit = date.fromisoformat(text).isoformat()
        return table[(published.notna() & (published.astype(object).str.slice(0, 10) <= limit)).to_numpy(dtype=bool)]
    instant = pd.Timestamp(datetime.fromisoformat(text))
    instant = instant.tz_localize("UTC") if instant.tzinfo is None else instant.tz_convert("UTC")
    return table[(_instants(published) <= instant).to_numpy(dtype=bool)]


def series_of(frame: pd.DataFrame, knowledge: Knowledge) -> pd.DataFrame:
    """A flat frame with ``series``, a number for each series, and the slots that name it.

    Slots that say the same count as one: no population and the default one, the place of an event that strikes one
    spot and any place around it, the closed window of one incident and its total.
    """
    out = frame.copy()
    out["said_place"], out["said_population"] = out["place"], out["population"]
    named = populations_of(out, knowledge)
    groups = zip(out["metric"].astype(object), out["population"].astype(object), strict=True)
    out["population"] = pd.Series([named.get(pair) for pair in groups], index=out.index, dtype=object)
    pairs = out[["event", "place"]].astype(object).drop_duplicates().dropna()
    folded = {
        (event, place): core
        for event, place in zip(pairs["event"], pairs["place"], strict=True)
        if is_point(event)
        and (core := event_place(event))
        and place != core
        and knowledge.place(core, place) in ("same", "part")
    }
    if folded:
        said = zip(out["event"].astype(object), out["place"].astype(object), strict=True)
        out["place"] = [folded.get(pair, pair[1]) for pair in said]
    events = out["event"].dropna().unique()
    incident = out["event"].isin([one for one in events if knowledge.incident(one)])
    begun = out["event"].astype(object).map({one: event_day(one) for one in events}, na_action="ignore")
    # "Since the invasion began" is the whole of it.
    whole = _ordinals(out["period_start"]) <= pd.to_numeric(begun).fillna(-1) + 1
    closed = (out["aspect"] == "period") & (incident | (whole & out["period_start"].notna()))
    # In an exodus's first weeks those who ever left and those who are away are the same people, however it is put.
    # Without a day there is no age.
    age = (_ordinals(out["as_of"]) - pd.to_numeric(begun).fillna(np.inf)).where(out["as_of"].notna(), np.inf)
    young = (out["aspect"] == "stock") & out["metric"].isin(knowledge.comparing.departed) & (age <= MOVING_DAYS)
    out["aspect"] = out["aspect"].astype(object).where(~(closed | young), "cumulative")
    slots = [name for name in SERIES if name != "iso3"]
    out["series"] = out.groupby(slots, dropna=False, sort=True, observed=True).ngroup()
    return out


def populations_of(frame: pd.DataFrame, knowledge: Knowledge) -> dict[tuple[str, str], str | None]:
    """By metric one name for populations that are the same: none for the default and for what the metric itself
    counts (refugees among refugees), else the alphabetically first of those that mean the same."""
    pairs = frame[["metric", "population"]].astype(object).dropna().drop_duplicates()
    named: dict[tuple[str, str], str | None] = {}
    for metric, block in pairs.groupby("metric", sort=True)["population"]:
        heads: list[str] = []
        for one in sorted(block):
            if knowledge.population(None, one) == "same" or one == metric:
                named[str(metric), one] = None
                continue
            head = next((other for other in heads if knowledge.population(other, one) == "same"), None)
            if head is None:
                heads.append(one)
            named[str(metric), one] = head or one
    return named


def _ordinals(days: pd.Series) -> np.ndarray[Any, Any]:
    return days.to_numpy(dtype="datetime64[D]").astype("int64") + 719_163  # 1970-01-01 as date.toordinal


def in_scope(frame: pd.DataFrame, knowledge: Knowledge, **scope: str | None) -> pd.DataFrame:
    """The series that a scope names, whole, and of them the rows of one source where that is asked for."""
    for name, wanted in scope.items():
        if name not in SCOPE:
            raise ValueError(f"no scope {name!r}: use {', '.join(SCOPE)}")
        if name == "source":
            fits = frame["source"] == wanted if wanted is not None else frame["source"].isna()
            frame = frame[fits.to_numpy(dtype=bool)]
            continue
        columns = [frame[one] for one in (name, f"said_{name}") if one in frame.columns]
        fits = pd.Series(False, index=frame.index)
        for column in columns:
            known = column.dropna().unique()
            if wanted is None:
                fits |= column.isna()
            else:
                meant = {one for one in known if _means(name, str(one), wanted, knowledge)}
                fits |= column.isin(meant)
        frame = frame[frame["series"].isin(frame.loc[fits, "series"].unique())]
    return frame


def _means(slot: str, said: str, wanted: str, knowledge: Knowledge) -> bool:
    if said == wanted or said.lower() == wanted.lower():
        return True
    if slot == "event":
        cause, _, rest = said.partition(":")
        return wanted.lower() in (cause.lower(), rest.rpartition(":")[0].lower())
    if slot == "place":
        return knowledge.place(said, wanted) == "same"
    return slot == "population" and knowledge.population(said, wanted) == "same"


def _instants(published: pd.Series) -> pd.Series:
    """Instants of publication in UTC; a bare day at its beginning, since nothing orders it within the day."""
    return pd.to_datetime(published.astype(object), errors="coerce", utc=True, format="ISO8601")


def _voices(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a statement: the best printed version of it, with the date that any of its versions states.

    Credited versions go before uncredited ones, then dated, then exact ones, then the earliest. Articles are
    counted over all versions. A superseded number gives its statement a date, but is no voice itself.
    """
    rows = frame[frame["modality"].isin([*SAID, "superseded"])].copy()
    rows["instant"] = _instants(rows["published_at"])
    rows["dated"] = rows["as_of_basis"].isin(DATED) & rows["as_of"].notna()
    rows["origin"] = rows["origin_group"].astype(object).where(rows["origin_group"].notna(), rows["figure_id"])
    earliest = rows.sort_values(["instant", "article_id", "field", "start", "figure_id"], na_position="last")
    key = ["series", "origin"]
    first = earliest.drop_duplicates(key).set_index(key)
    stated = earliest[earliest["dated"]].drop_duplicates(key).set_index(key)
    articles = rows.groupby(key)["article_id"].nunique()
    said = earliest[earliest["modality"].isin(SAID)]
    said = said.assign(
        uncredited=said["source"].isna() | ((said["source"] == said["outlet"]) & said["source_mention"].isna()),
        inexact=said["comparator"] != "exact",
        undated=~said["dated"],
    )
    order = ["uncredited", "undated", "inexact", "precision"]
    voice = said.sort_values(order, kind="stable").drop_duplicates(key).set_index(key)
    voice["articles"] = articles.reindex(voice.index)
    begun = first.reindex(voice.index)
    with_date = stated.reindex(voice.index)
    has = with_date["as_of"].notna()
    for name in ("as_of", "as_of_basis"):
        voice[name] = with_date[name].where(has, begun[name])
    voice["dated"] = has
    voice["instant"] = begun["instant"]
    return voice.reset_index().sort_values(["series", "figure_id"], kind="stable", ignore_index=True)


def _runs(series: np.ndarray[Any, Any]) -> list[tuple[int, int]]:
    """First and last (exclusive) row of each series in a sorted column."""
    if not len(series):
        return []
    starts = np.flatnonzero(np.r_[True, series[1:] != series[:-1]])
    return list(zip(starts.tolist(), [*starts[1:].tolist(), len(series)], strict=True))


class _Voice:
    """One source's current statement, ready to be compared."""

    __slots__ = ("claim", "day", "rank", "row")

    def __init__(self, row: dict[str, Any], knowledge: Knowledge) -> None:
        self.row = row
        # Bounds that were widened for all statements at once, where they were.
        bounds = (row["lo"], row["hi"]) if "lo" in row else None
        self.claim: Claim = claim_of(row, knowledge, bounds=bounds)
        self.day = ordinal(row["as_of"])
        self.rank = _rank(self.claim, knowledge)


def _rank(claim: Claim, knowledge: Knowledge) -> int:
    return int(knowledge.lexicon.sources.rank_of(claim.source, claim.source_type))


def answer_of(rows: Sequence[dict[str, Any]], knowledge: Knowledge, policy: Policy = "latest") -> dict[str, Any]:
    """The row of one series from its statements, one row each, with their dates and widened bounds."""
    by_source: dict[Any, list[_Voice]] = {}
    for row in rows:
        voice = _Voice(row, knowledge)
        by_source.setdefault(voice.claim.source, []).append(voice)
    current = [_newest(voices) for voices in by_source.values()]
    current.sort(key=_by_rank)
    in_force = _in_force(current[:_MOST_COMPARED], knowledge)
    clash, sides = _clash(in_force, knowledge)
    best = in_force[0]
    camps = _camps(in_force) if clash else []
    low = min(voice.claim.low for voice in in_force)
    finite = [voice.claim.high for voice in in_force if np.isfinite(voice.claim.high)]
    answer: dict[str, Any] = {name: _plain(best.row[name]) for name in SERIES}
    for name, said in (("population", "said_population"), ("iso3", "iso3")):
        answer[name] = next((v.row[said] for v in in_force if _plain(v.row[said]) is not None), None)
    nominal = best.claim.value
    answer |= {
        "as_of": _plain(best.row["as_of"]),
        "as_of_basis": _plain(best.row["as_of_basis"]),
        "value": nominal,
        "best": nominal,
        "low": low,
        "high": max(finite, default=None),
        "comparator": best.claim.comparator,
        "precision": best.claim.precision,
        "source": best.claim.source,
        "source_type": best.claim.source_type,
        "modality": best.claim.modality,
        "published_at": best.claim.published,
        "figure_id": best.claim.figure_id,
        "contested": clash,
        "camps": camps,
        "origins": len(current),
        "articles": sum(int(voice.row["articles"]) for voice in current),
        "alternatives": [_brief(voice) for voice in current if sides or voice is not best],
        "trend": [moved for voice in current if (moved := _trend(voice, by_source[voice.claim.source])) is not None],
        "in_force": [_brief(voice) for voice in in_force],
        "rule": _rule(best, current, in_force, clash, sides),
    }
    if policy == "conservative":
        answer |= {"value": low, "rule": "lowest bound that a current figure leaves"}
    elif policy == "range":
        answer |= {"value": None, "rule": "lowest and highest bound of the current figures"}
    if sides:
        unsaid = ("as_of", "as_of_basis", "best", "comparator", "precision", "source", "source_type", "published_at")
        answer |= dict.fromkeys((*unsaid, "figure_id", "modality"), None)
        answer["rule"] = "two sides disagree" if policy == "latest" else f"two sides disagree; {answer['rule']}"
        if policy == "latest":
            answer["value"] = None
    return answer


def _trend(current: _Voice, voices: Sequence[_Voice]) -> dict[str, Any] | None:
    """How one source's number moved: its statements up to the current one that are clear of the one before.

    ``direction`` is up or down where the last number is clear of the first, else null. None where it never moved.
    """
    until = _by_age(current)
    steps: list[_Voice] = []
    for voice in sorted(
        (one for one in voices if _by_age(one) <= until), key=lambda one: (one.day or 0, *_by_age(one))
    ):
        if not steps or voice.claim.lo > _top(steps[-1].claim) or voice.claim.hi < steps[-1].claim.lo:
            steps.append(voice)
    if len(steps) < 2:
        return None
    first, last = steps[0].claim, steps[-1].claim
    direction = "up" if last.lo > _top(first) else "down" if last.hi < first.lo else None
    return {
        "source": current.claim.source,
        "direction": direction,
        "steps": [_brief(one) for one in steps[-_MOST_STEPS:]],
    }


def _top(claim: Claim) -> float:
    """The upper bound of a number; of a mere floor ("more than 500,000") the floor, which a later one leaves behind."""
    return claim.hi if np.isfinite(claim.hi) else claim.lo


def _newest(voices: list[_Voice]) -> _Voice:
    """A source's current statement: the newest stated date, then publication; an undated one only where none is
    dated, and never an old number printed again after a higher one."""
    fresh = [voice for voice in voices if not _stale(voice, voices)] or voices
    newest = max(fresh, key=_by_age)
    twins = [voice for voice in fresh if voice.day == newest.day and _misprints(voice.claim, newest.claim)]
    # Of one statement in two wordings that a misprint parts, the version in more articles, then the earlier.
    return min([newest, *twins], key=lambda one: (-int(one.row["articles"]), *_by_age(one)[2:]))


def _misprints(a: Claim, b: Claim) -> bool:
    """Whether two long numbers look like one with digits changed in copying: transposed, or one of them wrong."""
    if a.value is None or b.value is None or a.value == b.value or not (a.dated and b.dated):
        return False
    one, other = digits(a.value, a.precision), digits(b.value, b.precision)
    if len(one) != len(other) or len(one) < _LONG_NUMBER or a.precision != b.precision:
        return False
    return sorted(one) == sorted(other) or sum(x != y for x, y in zip(one, other, strict=True)) == 1


def _by_age(voice: _Voice) -> tuple[bool, int, float, float, str]:
    instant = voice.row["instant"]
    stamp = instant.timestamp() if instant is not pd.NaT and instant == instant else float("-inf")
    # On one day without clock times a cumulative count only grows.
    return bool(voice.row["dated"]), voice.day or 0, stamp, voice.claim.lo, voice.claim.figure_id


def _stale(voice: _Voice, voices: list[_Voice]) -> bool:
    if voice.claim.aspect != "cumulative" or len(voices) < 3:
        return False
    own, day = voice.claim, voice.claim.published_day
    if day is None:
        return False
    published = [(one, on) for one in voices if (on := one.claim.published_day) is not None]
    higher = [on for one, on in published if one.claim.lo > own.hi and day - on >= _STALE_DAYS]
    if not higher:
        return False
    return any(one is not voice and one.claim.value == own.value and on < max(higher) for one, on in published)


def _by_rank(voice: _Voice) -> tuple[int, bool, int, float, str]:
    """The best rank first, then the newest."""
    dated, day, stamp, _, name = _by_age(voice)
    return voice.rank, not dated, -day, -stamp if np.isfinite(stamp) else float("inf"), name


def _in_force(current: list[_Voice], knowledge: Knowledge) -> list[_Voice]:
    """Figures that no later one has overtaken.

    A cumulative count is overtaken by a disjoint higher one of a later day, and a mere floor ("more than 450") by a
    later one that starts above it; a count of those present by a disjoint one of a later day. None is overtaken by an
    opposed party's, nor by a number that nobody answers for; for an anonymous official a known body answers.
    """
    overtaking = [one for one in current if one.day is not None and _is_answered(one.claim, knowledge)]
    if not overtaking or len(current) == 1:
        return current
    days = np.array([one.day for one in overtaking])
    lows, highs = _bounds(overtaking)
    kept = []
    for voice in current:
        if voice.day is None or voice.claim.aspect not in ("cumulative", "stock"):
            kept.append(voice)
            continue
        later = days > voice.day
        above = lows > (voice.claim.hi if np.isfinite(voice.claim.hi) else voice.claim.lo)
        below = highs < voice.claim.lo if voice.claim.aspect == "stock" else np.zeros(len(days), dtype=bool)
        by = np.flatnonzero(later & (above | below))
        if all(knowledge.opposed(voice.claim, overtaking[one].claim) for one in by):
            kept.append(voice)
    return kept


def _is_answered(claim: Claim, knowledge: Knowledge) -> bool:
    return claim.source_type not in _UNANSWERED or knowledge.lexicon.sources.source(claim.source) is not None


def _bounds(voices: Sequence[_Voice]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    return np.array([one.claim.lo for one in voices]), np.array([one.claim.hi for one in voices])


def _clash(voices: Sequence[_Voice], knowledge: Knowledge) -> tuple[bool, bool]:
    """Whether figures in force disagree, and whether opposed parties do.

    Opposed parties disagree whatever their dates; others where their dates are at most a day apart.
    """
    clash = sides = False
    lows, highs = _bounds(voices)
    known = [one.day for one in voices if one.day is not None]
    days = np.array([float(one.day) if one.day is not None else np.nan for one in voices])
    scale = _scale(voices[0].claim, knowledge)
    boundary = 0.0 if np.isfinite(scale) else BOUNDARY
    for number, one in enumerate(voices[:-1]):
        rest = slice(number + 1, None)
        apart = gap(lows[number], highs[number], lows[rest], highs[rest], scale)
        others = np.flatnonzero((apart > 0) & (apart >= boundary)) + number + 1
        for other in others.tolist():
            if knowledge.opposed(one.claim, voices[other].claim):
                return True, True
            clash = clash or bool(known and abs(days[number] - days[other]) <= 1)
    return clash, sides


def _scale(claim: Claim, knowledge: Knowledge) -> float:
    known = knowledge.metric(claim.metric)
    scale = getattr(known, "scale", None)
    if scale is None and claim.percent:
        scale = 100.0
    return float(scale) if scale is not None else float("nan")


def _camps(voices: Sequence[_Voice]) -> list[list[dict[str, Any]]]:
    """Camps of figures that agree, lowest first, by piercing: a new camp begins where a figure's low exceeds the
    first high of the camp by the boundary or more."""
    camps: list[list[_Voice]] = []
    pierced = 0.0
    for voice in sorted(voices, key=lambda one: (one.claim.hi, one.claim.lo, one.claim.figure_id)):
        apart = camps and float(gap(voice.claim.lo, voice.claim.hi, pierced, pierced)[0])
        if not camps or (voice.claim.lo > pierced and apart and apart >= BOUNDARY):
            camps.append([])
            pierced = voice.claim.hi
        camps[-1].append(voice)
    return [[_brief(one) for one in sorted(camp, key=_by_rank)] for camp in camps]


def _brief(voice: _Voice) -> dict[str, Any]:
    """What an alternative or a member of a camp shows; open bounds are None, days ISO strings."""
    claim, as_of = voice.claim, voice.row["as_of"]
    return {
        "source": claim.source,
        "source_type": claim.source_type,
        "source_relation": claim.source_relation,
        "as_of": None if _plain(as_of) is None else as_of.date().isoformat(),
        "as_of_basis": _plain(voice.row["as_of_basis"]),
        "value": claim.value,
        "low": claim.low if np.isfinite(claim.low) else None,
        "high": claim.high if np.isfinite(claim.high) else None,
        "comparator": claim.comparator,
        "modality": claim.modality,
        "published_at": claim.published,
        "outlet": claim.outlet,
        "figure_id": claim.figure_id,
        "origin_group": claim.origin,
        "articles": int(voice.row["articles"]),
    }


def _rule(best: _Voice, current: Sequence[_Voice], in_force: Sequence[_Voice], clash: bool, sides: bool) -> str:
    if sides:
        return "two sides disagree"
    name = best.claim.source or "the outlet"
    if len(current) == 1:
        return f"newest figure of the only source: {name}"
    said = f"highest-ranked source: {name}"
    overtaken = len(current) - len(in_force)
    if overtaken:
        said += f"; {overtaken} earlier figure{'s' if overtaken > 1 else ''} overtaken"
    return said + ("; sources disagree" if clash else "")


def _plain(value: Any) -> Any:
    """None for every kind of nothing."""
    return None if value is None or value is pd.NaT or value != value else value
