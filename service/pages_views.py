"""What each page shows, as typed values made from the store's own queries; the templates get these and nothing else.

Nothing here reconciles anything anew: conflicts, latest figures and what could not be compared are read as the store
keeps them. Every list is bounded, and says so where it was cut.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import quote, urlencode

from markupsafe import Markup

from figures.desk import Desk
from figures.extract import extract
from figures.lexicon import Lexicon
from figures.notation import as_written
from figures.publish import words
from figures.publish.cards import Card, Draw, Row, Shown, card_of, copies_of, drawn, shown, web_address, without_copies
from figures.publish.charts import interval_chart, scope_in_words
from figures.publish.evidence import Piece, Reason, drawn_rules, reasons_of
from figures.reconcile.revisions import revisions
from figures.store import DISMISSALS, StoredArticle, StoredConflict
from figures.table import to_rows
from service.pages_text import Paragraph, Span, paragraphs

MOST_LOOK: Final = 20
MOST_MOVED: Final = 10
MOST_PENDING: Final = 12
MOST_SERIES: Final = 40
MOST_READ: Final = 400  # series of a metric that its page looks at
MOST_DRAWN: Final = 160  # marks in a metric's chart: what one screen holds; a scope narrows it
MOST_PANELS: Final = 12
MOST_LISTED: Final = 50  # rows of a metric's table a page
MOST_FOUND: Final = 20
MOST_REREAD: Final = 100_000  # characters of two versions that are read again while somebody waits
SLOTS: Final = ("unit", "event", "population", "party", "place", "place_role", "aspect")
SCOPE: Final = ("source", "place", "population", "party", "event")
MISREAD: Final = {
    "figure": "this is no figure", "value": "the number", "metric": "what is counted", "source": "who says so",
    "population": "who was counted", "party": "whose side", "place": "the place", "as_of": "the date it holds for",
    "unit": "the unit", "low": "the least the words allow", "high": "the most the words allow",
    "modality": "how firmly", "aspect": "running total, period or present number", "event": "the event",
}  # fmt: skip
"""What a reader can mark as misread, in the order of the form."""
STATUSES: Final = {
    "open": "open", "reopened": "opened again", "confirmed": "confirmed: the clash is real", "dismissed": "dismissed",
    "resolved": "resolved",
}  # fmt: skip
VERDICTS: Final = {
    "supported": ("✓", "supported"),
    "conflicts": ("✗", "conflicts"),
    "misattributed": ("≠", "misattributed"),
    "outdated": ("↻", "outdated"),
    "not_comparable": ("?", "could not compare"),
    "unseen": ("·", "not in the material"),
}
"""A draft's verdicts: the mark at the margin and its word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """A moment for people: absolute, with its zone; ``iso`` is for machines."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A name that leads somewhere, and how many figures wait there."""

    name: str
    href: str
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A conflict on the first screen."""

    card: Card
    status: str
    changed: Instant
    opened: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A latest figure whose source gave another number before."""

    title: str
    href: str
    now: Shown
    before: Shown
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Two figures that could not be compared, and what is missing."""

    a: Shown
    b: Shown
    missing: str
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """The first screen."""

    counted: str
    disclaimer: str
    empty: bool
    looks: tuple[Look, ...]
    look_count: int
    moved: tuple[Moved, ...]
    pending: tuple[Pending, ...]
    pending_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One source's number in a camp of a contested series."""

    number: str
    source: str
    relation: str
    day: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The latest figure of a series, or its camps where two sides disagree."""

    scope: str
    href: str
    number: str
    source: str
    day: str
    basis: str
    camps: tuple[tuple[Entry, ...], ...]
    articles: int
    origins: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricPage:
    """One metric: latest figures, the chart by source over time, its conflicts, the table."""

    metric: str
    title: str
    definition: str
    scope: tuple[tuple[str, str], ...]
    choices: tuple[tuple[str, tuple[str, ...]], ...]
    series: tuple[Series, ...]
    series_count: int
    series_more: bool
    conflicts: tuple[Link, ...]
    wide: Markup
    narrow: Markup
    drawn_note: str
    figures: tuple[Shown, ...]
    more: str
    csv: str
    jsonl: str
    latest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastReview:
    """One entry of a conflict's history."""

    verdict: str
    reviewer: str
    at: Instant
    reason: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictPage:
    """One conflict, with what was decided about it."""

    card: Card
    status: str
    detected: Instant
    changed: Instant
    gone: Instant | None
    history: tuple[PastReview, ...]
    comparable: tuple[Pending, ...]
    dismissals: tuple[str, ...]
    metric_title: str
    metric_href: str
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A misread value and who put it right."""

    what: str
    read: str
    value: str
    reviewer: str
    at: Instant
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What stands beside a marked number of an article."""

    figure: Shown
    counted: str
    metric_href: str
    pieces: tuple[Piece, ...]
    reasons: tuple[Reason, ...]
    conflicts: tuple[Link, ...]
    corrections: tuple[Corrected, ...]
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Revised:
    """A figure that differs between the last two versions of an article."""

    change: str
    counted: str
    before: str
    after: str
    differs_in: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """An article as published, its figures marked."""

    article_id: str
    title: str
    outlet: str
    published: str
    url: str | None
    address: str
    revision: int
    withdrawn: Instant | None
    withdrawn_why: str
    heading: Paragraph | None
    paragraphs: tuple[Paragraph, ...]
    notes: Mapping[str, Note]
    count: int
    removed: tuple[Corrected, ...]
    revised: tuple[Revised, ...]
    fields: tuple[tuple[str, str], ...]
    data: str
    csv: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What holds the words that were asked for."""

    asked: str
    scope: tuple[tuple[str, str], ...]
    metrics: tuple[Link, ...]
    sources: tuple[Link, ...]
    places: tuple[Link, ...]
    articles: tuple[Link, ...]
    figures: tuple[Shown, ...]
    more: str
    csv: str
    jsonl: str


# Pages


def overview_page(desk: Desk) -> OverviewPage:
    """The overview: the sentence, what needs a look, what moved, what could not be compared."""
    store = desk.store
    counts = store.counts()
    sentence = desk.overview()
    found = store.find.newest_conflicts(limit=MOST_LOOK)
    pending = store.find.uncompared(limit=MOST_PENDING)
    rows = _rows_of(desk, *map(_members, found), *((one.a, one.b) for one in pending))
    copies = copies_of(list(rows.values()))
    return OverviewPage(
        counted=sentence.removesuffix(words.DISCLAIMER).rstrip(),
        disclaimer=words.DISCLAIMER,
        empty=not counts.articles,
        looks=tuple(_looks(found, rows, copies, desk)),
        look_count=counts.conflicts,
        moved=tuple(moved(desk)),
        pending=tuple(_pending(pending, rows, copies)),
        pending_count=counts.uncompared,
    )


def metric_page(desk: Desk, metric: str, scope: Mapping[str, str], cursor: str | None, draw: Draw) -> MetricPage | None:
    """A metric's page under a scope; None where nothing of it was ever read. Raises StoreError for a bad cursor."""
    store, lexicon = desk.store, desk.lexicon
    page = store.figures(metric=metric, cursor=cursor, limit=MOST_LISTED, **scope)
    known = lexicon.metrics.metric(metric)
    if not page.rows and not scope and not cursor and metric not in lexicon.metrics.metrics:
        return None
    slots = {name: value for name, value in scope.items() if name != "source"}
    series = _records(store.find.latest(metric, limit=MOST_READ, **slots))
    answers = [row for row in series if "source" not in scope or _speaks(row, scope["source"])]
    charted, whole = _to_draw(desk, metric, scope, answers)
    wide, narrow, note = _chart(charted, whole, draw)
    asked = urlencode({"metric": metric, **scope})
    copies = copies_of(page.rows)
    title = words.metric_in_words(metric, lexicon)
    return MetricPage(
        metric=metric,
        title=title[:1].upper() + title[1:],
        definition=known.definition or "",
        scope=tuple(scope.items()),
        choices=_choices(answers, charted, scope),
        series=tuple(_series(row, metric) for row in answers[:MOST_SERIES]),
        series_count=len(answers),
        series_more=len(series) == MOST_READ,
        conflicts=tuple(
            _to_conflict(one, lexicon)
            for one in store.find.newest_conflicts(limit=MOST_LOOK, levels=("low", "medium", "high"), metric=metric)
        ),
        wide=_linked(wide, page.rows),
        narrow=_linked(narrow, page.rows),
        drawn_note=note,
        figures=tuple(shown(row, copies) for row in sorted(page.rows, key=_newest_first)),
        more=f"/metrics/{quote(metric, safe='')}?{urlencode({**scope, 'cursor': page.cursor})}" if page.cursor else "",
        csv=f"/v1/figures.csv?{asked}",
        jsonl=f"/v1/figures.jsonl?{asked}",
        latest=f"/v1/metrics/{quote(metric, safe='')}/latest",
    )


def conflict_page(desk: Desk, conflict_id: str, draw: Draw) -> ConflictPage | None:
    """A conflict's page; None where there is none."""
    found = desk.store.conflict(conflict_id)
    if found is None:
        return None
    members = _members(found)
    pairs = desk.store.find.uncompared(limit=MOST_PENDING, figure_ids=members)
    rows = _rows_of(desk, members, [key for one in pairs for key in (one.a, one.b)])
    copies = copies_of(list(rows.values()))
    conflict = found.conflict
    title = words.metric_in_words(conflict.metric, desk.lexicon)
    return ConflictPage(
        card=card_of(conflict, rows, copies, desk.lexicon, draw),
        status=STATUSES.get(conflict.status, conflict.status),
        detected=instant(found.detected_at),
        changed=instant(found.changed_at),
        gone=instant(found.gone_at) if found.gone_at else None,
        history=tuple(
            PastReview(
                verdict=one.verdict, reviewer=one.reviewer, at=instant(one.at), reason=one.reason or "",
                note=one.note or "",
            )
            for one in found.history
        ),
        comparable=tuple(_pending(pairs, rows, copies)),
        dismissals=DISMISSALS,
        metric_title=title[:1].upper() + title[1:],
        metric_href=metric_href(conflict.metric),
        data=f"/v1/conflicts/{quote(conflict_id, safe='')}",
    )  # fmt: skip


def article_page(desk: Desk, article_id: str) -> ArticlePage | None:
    """An article's page; None where there is none."""
    found = desk.store.article(article_id)
    if found is None:
        return None
    article = found.article
    rows = to_rows(desk.store.table(reconciled=True, article_id=article_id))
    rows.sort(key=lambda row: (row["field"] != "title", row["start"], row["figure_id"]))
    copies = copies_of(rows)
    numbers = {str(row["figure_id"]): as_written(row) for row in rows}
    clashes = _clashes(desk, [str(row["figure_id"]) for row in rows])
    corrections, removed = _corrections(desk, article_id)
    notes = {
        str(row["figure_id"]): Note(
            figure=shown(row, copies),
            counted=_counted(row, desk),
            metric_href=metric_href(str(row["metric"])),
            pieces=tuple(drawn_rules(row)),
            reasons=tuple(reasons_of(row, article.field_text(row["field"]), numbers)),
            conflicts=tuple(clashes.get(str(row["figure_id"]), ())),
            corrections=tuple(corrections.get(str(row["figure_id"]), ())),
            action=f"/figures/{quote(str(row['figure_id']), safe='')}/review",
        )
        for row in rows
    }
    in_title = _spans(row for row in rows if row["field"] == "title")
    heading = paragraphs(" ".join(article.title.split("\n")), in_title)
    key = quote(article_id, safe="")
    return ArticlePage(
        article_id=article_id,
        title=article.title,
        outlet=article.outlet or "outlet not given",
        published=_moment_of(article.published_at),
        url=web_address(article.url),
        address=article.url or "",
        revision=found.revision,
        withdrawn=instant(found.withdrawn_at) if found.withdrawn_at else None,
        withdrawn_why=found.withdrawn_why or "",
        heading=heading[0] if heading else None,
        paragraphs=tuple(paragraphs(article.text, _spans(row for row in rows if row["field"] != "title"))),
        notes=notes,
        count=len(rows),
        removed=removed,
        revised=tuple(_revised(desk, article_id)) if found.revision > 1 else (),
        fields=tuple(MISREAD.items()),
        data=f"/v1/articles/{key}",
        csv=f"/v1/figures.csv?{urlencode({'article_id': article_id})}",
    )


def search_page(desk: Desk, asked: str, scope: Mapping[str, str], cursor: str | None) -> SearchPage:
    """What holds some words: metrics, sources, places, titles, sentences; everything there is where none were given.

    ``scope`` narrows the figures to a source or place. Raises StoreError for a bad cursor.
    """
    find = desk.store.find
    query = asked.strip()
    needle = query.casefold()
    counted = desk.store.metric_counts()
    titles = [(name, words.metric_in_words(name, desk.lexicon), count) for name, count in counted.items()]
    metrics = [
        Link(name=title, href=metric_href(name, **scope), count=count)
        for name, title, count in titles
        if needle in title.casefold() or needle in name or needle in name.replace("_", " ")
    ]
    filters: dict[str, Any] = dict(scope)
    page = None
    if query or scope:
        page = desk.store.figures(search=query or None, cursor=cursor, limit=MOST_FOUND, **filters)
    rows = page.rows if page else []
    export = urlencode({**({"q": query} if query else {}), **scope})
    following = urlencode({"q": query, **scope, "cursor": page.cursor}) if page and page.cursor else ""
    return SearchPage(
        asked=query,
        scope=tuple(scope.items()),
        metrics=() if scope else tuple(metrics[: MOST_FOUND if query else 200]),
        sources=() if scope else tuple(_named(find.names("source", contains=query, limit=MOST_FOUND), "source")),
        places=() if scope else tuple(_named(find.names("place", contains=query, limit=MOST_FOUND), "place")),
        articles=() if scope or not query else tuple(_titles(find.articles(contains=query, limit=MOST_FOUND))),
        figures=tuple(shown(row, copies_of(rows)) for row in rows),
        more=f"/search?{following}" if following else "",
        csv=f"/v1/figures.csv?{export}" if export else "/v1/figures.csv",
        jsonl=f"/v1/figures.jsonl?{export}" if export else "/v1/figures.jsonl",
    )


def _titles(found: Iterable[StoredArticle]) -> Iterable[Link]:
    for one in found:
        article = one.article
        day = words.day_in_words(article.published_at)
        where = ", ".join(one for one in (article.outlet or "outlet not given", day) if one)
        name = f"{article.title or article.article_id} ({where})"
        yield Link(name=name, href=article_href(article.article_id))


def moved(desk: Desk) -> Iterable[Moved]:
    """Latest figures whose own source gave another number before, the newest first, as their kept trend tells."""
    steps = []
    for row in _records(desk.store.find.newest_latest(limit=6 * MOST_MOVED)):
        trend = next((one for one in row.get("trend") or () if one["source"] == row.get("source")), None)
        if trend is not None and len(trend["steps"]) > 1:
            steps.append([str(one["figure_id"]) for one in trend["steps"][-2:]])
    rows = _rows_of(desk, *steps[:MOST_MOVED])
    for before, now in ((rows.get(one), rows.get(other)) for one, other in steps[:MOST_MOVED]):
        if before is None or now is None or as_written(before) == as_written(now):
            continue
        yield Moved(
            title=words.series_in_words({name: now.get(name) for name in ("metric", *SLOTS)}, desk.lexicon),
            href=metric_href(str(now["metric"]), source=now["source"], place=now["place"]),
            now=shown(now, {}),
            before=shown(before, {}),
            change=change_in_words(before, now),
        )


# Pieces


def change_in_words(before: Row, now: Row) -> str:
    """ "up 32%", "down 5 points", "up from none": how a number moved, by the nominals as given."""
    was, value = _size(before), _size(now)
    way = "up" if value > was else "down" if value < was else "same number"
    if value == was:
        return way
    if now["unit"] == "percent":
        return f"{way} {abs(value - was):.3g} points"
    if was <= 0:
        return f"{way} from none" if was == 0 else way
    ratio = value / was
    return f"{way}, {words.gap_in_words(was, value)}" if ratio >= 2 else f"{way} {abs(ratio - 1):.0%}"


def _size(row: Row) -> float:
    """A number to measure a change by: the nominal, of a range its lower end."""
    return float(next((row[name] for name in ("value", "low", "high") if row[name] is not None), 0.0))


def instant(iso: str) -> Instant:
    """A stored instant for people: "24 Nov 2026, 14:10 UTC"."""
    at = datetime.fromisoformat(iso).astimezone(UTC)
    return Instant(iso=at.isoformat(timespec="seconds"), text=f"{at.day} {at:%b %Y, %H:%M} UTC")


def _moment_of(published: object) -> str:
    """An article's own time, in its own zone: "3 March 2022, 16:00 UTC+01:00"; a bare date stays a day."""
    if not published:
        return "date not given"
    text = str(published)
    day = words.day_in_words(text)
    if len(text) <= 10:
        return day
    at = datetime.fromisoformat(text)
    offset = f"{at:%z}"
    zone = "UTC" if offset in ("+0000", "") else f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{day}, {at:%H:%M} {zone}"


def metric_href(metric: str, **scope: str | None) -> str:
    """The page of a metric."""
    asked = urlencode({name: value for name, value in scope.items() if value})
    return f"/metrics/{quote(metric, safe='')}{'?' + asked if asked else ''}"


def article_href(article_id: str) -> str:
    """The page of an article."""
    return f"/articles/{quote(article_id)}"


def _to_conflict(one: StoredConflict, lexicon: Lexicon) -> Link:
    counted = words.series_in_words({"metric": one.conflict.metric, **one.conflict.series}, lexicon)
    return Link(name=f"{counted}: {words.KINDS[one.conflict.kind]}", href=conflict_href(one))


def conflict_href(one: StoredConflict) -> str:
    """The page of a conflict."""
    return f"/conflicts/{quote(one.conflict.conflict_id, safe='')}"


def _looks(
    found: Sequence[StoredConflict], rows: Mapping[str, Row], copies: Mapping[str, int], desk: Desk
) -> Iterable[Look]:
    for one in found:
        card = card_of(one.conflict, rows, copies, desk.lexicon, _undrawn)
        if len(card.camps) > 1:
            yield Look(
                card=card,
                status=STATUSES.get(one.conflict.status, one.conflict.status),
                changed=instant(one.changed_at),
                opened=one.changed_at == one.detected_at,
            )


def _undrawn(_spec: Mapping[str, Any]) -> str:
    return ""


def _members(one: StoredConflict) -> list[str]:
    return [key for camp in (*one.conflict.camps, one.conflict.compatible) for key in camp]


def _rows_of(desk: Desk, *ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    wanted = list(dict.fromkeys(key for some in ids for key in some))
    return {str(row["figure_id"]): row for row in desk.store.rows(wanted)} if wanted else {}


def _pending(pairs: Iterable[Any], rows: Mapping[str, Row], copies: Mapping[str, int]) -> Iterable[Pending]:
    for one in pairs:
        if one.a in rows and one.b in rows:
            yield Pending(
                a=shown(rows[one.a], copies), b=shown(rows[one.b], copies),
                missing=" and ".join(name.replace("_", " ") for name in one.missing), explanation=one.explanation,
            )  # fmt: skip


def _records(frame: Any) -> list[dict[str, Any]]:
    if not len(frame):
        return []
    whole = frame.reset_index() if frame.index.names[0] is not None else frame
    return [
        {str(name): None if _missing(value) else value for name, value in record.items()}
        for record in whole.to_dict("records")
    ]


def _missing(value: Any) -> bool:
    return value is None or (not isinstance(value, list | tuple | dict | str) and value != value)


def _speaks(row: Mapping[str, Any], source: str) -> bool:
    entries = [one for camp in row.get("camps") or () for one in camp]
    return row.get("source") == source or any(one["source"] == source for one in entries)


def _choices(
    answers: Sequence[Row], rows: Sequence[Row], scope: Mapping[str, str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What the page can be narrowed to: the values that stand in its series and figures."""
    out = []
    for name in SCOPE[:-1]:
        values = {str(row[name]) for row in (*answers, *rows, scope) if row.get(name)}
        if values:
            out.append((name, tuple(sorted(values)[:200])))
    return tuple(out)


def _newest_first(row: Row) -> tuple[Any, ...]:
    day = tuple(-ord(one) for one in str(row["as_of"] or ""))
    return (not day, day, str(row["source"]), str(row["published_at"]), str(row["figure_id"]))


def _series(row: Row, metric: str) -> Series:
    said = {name: value for name, value in row.items() if value is not None}
    plain = {"metric": metric, "precision": 1.0, "quote": "", **said}
    contested = bool(row.get("contested")) and bool(row.get("camps")) and row.get("value") is None
    camps = row.get("camps") if contested else ()
    return Series(
        scope=scope_in_words(row) or "as the articles give it",
        href=metric_href(metric, **{name: row.get(name) for name in SCOPE[1:]}),
        number="" if contested else as_written({**plain, "value": row.get("value")}),
        source=str(row.get("source") or ""),
        day=words.day_in_words(row.get("as_of")) or "date not given",
        basis=words.BASES.get(str(row.get("as_of_basis")), ""),
        camps=tuple(
            tuple(
                Entry(
                    number=as_written({"unit": row.get("unit"), "precision": 1.0, "quote": "", **one}),
                    source=str(one["source"] or "source not given"),
                    relation=words.RELATIONS.get(str(one.get("source_relation")), ""),
                    day=words.day_in_words(one["as_of"]) or "date not given",
                    articles=int(one.get("articles") or 1),
                )
                for one in camp
            )
            for camp in camps or ()
        ),
        articles=int(row.get("articles") or 0),
        origins=int(row.get("origins") or 0),
        rule=str(row.get("rule") or ""),
    )


def _to_draw(desk: Desk, metric: str, scope: Mapping[str, str], answers: Sequence[Row]) -> tuple[list[Row], bool]:
    """The figures of a metric's chart, and whether they are all of them.

    Where there are too many, those that the latest figures rest on: what is in force, what it was before, the camps.
    """
    page = desk.store.figures(metric=metric, limit=MOST_DRAWN, **scope)
    if page.cursor is None:
        return list(page.rows), True
    ids: list[str] = []
    for row in answers:
        said = [row, *row["alternatives"], *(one for camp in row["camps"] for one in camp)]
        said += [step for one in row.get("trend") or () for step in one["steps"]]
        ids += [str(one["figure_id"]) for one in said if one.get("figure_id")]
        if len(ids) >= MOST_DRAWN:
            break
    rows = _rows_of(desk, ids[:MOST_DRAWN]).values()
    return [row for row in rows if "source" not in scope or row["source"] == scope["source"]], False


def _chart(rows: Sequence[Row], whole: bool, draw: Draw) -> tuple[Markup, Markup, str]:
    units: dict[str, list[Row]] = {}
    for row in rows:
        units.setdefault(str(row["unit"]), []).append(row)
    if not units:
        return Markup(), Markup(), ""
    unit, chosen = max(units.items(), key=lambda one: (len(one[1]), one[0]))
    undated = sum(not row["as_of"] for row in chosen)
    chosen = without_copies(chosen)
    panels = Counter((str(row["source"]), scope_in_words(row)) for row in chosen if row["as_of"])
    kept = {panel for panel, _ in sorted(panels.items(), key=lambda one: (-one[1], one[0]))[:MOST_PANELS]}
    chosen = [row for row in chosen if (str(row["source"]), scope_in_words(row)) in kept]
    notes = []
    if not whole:
        notes.append("Drawn are the figures that the latest ones rest on; narrow the page to see the others.")
    if len(panels) > len(kept):
        notes.append(f"Drawn are the {len(kept)} of {len(panels)} sources and scopes with the most figures.")
    if len(units) > 1:
        notes.append(f"Drawn are those in {unit.replace('_', ' ')}; the other units are in the table.")
    if undated:
        notes.append(f"{undated:,} without a date {'is' if undated == 1 else 'are'} in the table only.")
    return (
        drawn(draw, interval_chart, chosen, columns=4, width=228),
        drawn(draw, interval_chart, chosen, columns=2, width=118, height=120),
        " ".join(notes),
    )


_ANCHOR: Final = re.compile(r'xlink:href="#([^"]+)"')


def _linked(picture: Markup, listed: Sequence[Row]) -> Markup:
    """The chart with the marks of figures that this page does not list leading to their articles instead."""
    here = {str(row["figure_id"]) for row in listed}
    return Markup(
        _ANCHOR.sub(
            lambda link: (
                link[0] if link[1] in here else f'xlink:href="/figures/{quote(html.unescape(link[1]), safe="")}"'
            ),
            picture,
        )
    )


def _clashes(desk: Desk, ids: Sequence[str]) -> dict[str, list[Link]]:
    """For each figure the conflicts it takes part in."""
    out: dict[str, list[Link]] = {}
    for one in desk.store.find.conflicts_of(ids) if ids else ():
        if one.conflict.status == "dismissed":
            continue
        kind = words.KINDS[one.conflict.kind]
        for camp in one.conflict.camps:
            for key in camp:
                out.setdefault(key, []).append(Link(name=kind, href=conflict_href(one)))
    return out


def _corrections(desk: Desk, article_id: str) -> tuple[dict[str, list[Corrected]], tuple[Corrected, ...]]:
    """What was put right in an article, by figure; and what was marked as no figure at all."""
    readings = {str(row["figure_id"]): row for row in to_rows(desk.store.find.readings(article_id=article_id))}
    by_figure: dict[str, list[Corrected]] = {}
    removed = []
    for one in desk.store.corrections():
        row = readings.get(one.figure_id)
        if row is None:
            continue
        made = Corrected(
            what=MISREAD.get(one.field, one.field.replace("_", " ")),
            read=f"{row['quote']} ({as_written(row)})" if one.field == "figure" else _plain(row.get(one.field)),
            value=_plain(one.value), reviewer=one.reviewer, at=instant(one.at), note=one.note or "",
        )  # fmt: skip
        if one.field == "figure":
            removed.append(made)
        else:
            by_figure.setdefault(one.figure_id, []).append(made)
    return by_figure, tuple(removed)


def _revised(desk: Desk, article_id: str) -> Iterable[Revised]:
    """What the last revision changed among the figures, both versions read by the reader as it now is."""
    *_, earlier, later = desk.store.versions(article_id)
    if len(earlier.article.text) + len(later.article.text) > MOST_REREAD:
        return
    for one in revisions(extract(earlier.article, desk.lexicon), extract(later.article, desk.lexicon)):
        row = one.after or one.before or {}
        yield Revised(
            change=one.change,
            counted=_counted(row, desk),
            before=f"{as_written(one.before)} ({one.before['source']})" if one.before else "",
            after=f"{as_written(one.after)} ({one.after['source']})" if one.after else "",
            differs_in=tuple(MISREAD.get(name, name.replace("_", " ")) for name in one.differs_in),
        )


def _plain(value: Any) -> str:
    if value is None:
        return "nothing"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _counted(row: Row, desk: Desk) -> str:
    scope = scope_in_words(row)
    return f"{words.metric_in_words(str(row['metric']), desk.lexicon)}{f': {scope}' if scope else ''}"


def _spans(rows: Iterable[Row]) -> list[Span]:
    return [Span(start=int(row["start"]), end=int(row["end"]), key=str(row["figure_id"])) for row in rows]


def _named(names: Iterable[tuple[str, int]], column: str) -> Iterable[Link]:
    for name, count in names:
        yield Link(name=name, href=f"/search?{urlencode({column: name})}", count=count)
