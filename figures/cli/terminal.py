"""Listings for people: numbers right-aligned, sources and dates beside them, quotes cut at the width, no boxes."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from figures.lexicon import Lexicon
    from figures.model import Relation, Uncompared
    from figures.reconcile.check import Verdict

PIPE_WIDTH: Final = 160
"""Columns where nobody's terminal says: wide enough for a row, narrow enough for a log."""
LEAST_WIDTH: Final = 60
MEASURE: Final = 100
"""Running words are set no wider than this, however wide the terminal."""
_MOST_BESIDE: Final = 4
LEAST_COLUMN: Final = 12
"""Below this a column of words says nothing."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a listing; one that is right-aligned holds numbers and is never cut."""

    name: str
    right: bool = False


class _Output(Console):
    def print(self, *objects: Any, **options: Any) -> None:
        """Print, with control characters of articles made harmless: no text may move the cursor."""
        super().print(*(_tame(one) for one in objects), **options)

    def on_broken_pipe(self) -> None:
        """Leave it to ``main``, which ends in silence."""
        raise BrokenPipeError


def console() -> Console:
    """Standard output, with colour only on a terminal."""
    if sys.stdout.isatty():
        return _Output(highlight=False)
    width = int(os.environ["COLUMNS"]) if os.environ.get("COLUMNS", "").isdecimal() else PIPE_WIDTH
    return _Output(highlight=False, width=max(width, LEAST_WIDTH), no_color=True, legacy_windows=False)


def _tame(shown: Any) -> Any:
    if isinstance(shown, str):
        return "\n".join(map(_one_line, shown.split("\n")))
    if isinstance(shown, Text):
        tamed = shown.copy()
        tamed.plain = "\n".join(map(_one_line, shown.plain.split("\n")))
        return tamed
    return shown


def listing(columns: Sequence[Column], rows: Iterable[Sequence[str | Text]], *, width: int, last: int = 4) -> Text:
    """Lines without rules: every column as wide as its cells, the last cut at the width, numbers never cut.

    Where the words before the last column would leave it less than a ``last``-th of the width, the widest give way.
    """
    cells = [[cell if isinstance(cell, Text) else Text(_one_line(cell)) for cell in row] for row in rows]
    widths = [
        max([len(column.name), *(row[index].cell_len for row in cells)]) for index, column in enumerate(columns[:-1])
    ]
    spare = [index for index, column in enumerate(columns[:-1]) if not column.right]
    while spare and sum(widths) + 2 * len(widths) > width - width // last:
        widest = max(spare, key=lambda index: widths[index])
        if widths[widest] <= LEAST_COLUMN:
            break
        widths[widest] -= 1
    out = Text()
    heads = [Text(column.name, style="dim") for column in columns]
    for row in [heads, *cells]:
        line = Text()
        for column, cell, room in zip(columns, row, widths, strict=False):
            shown = cell.copy()
            if shown.cell_len > room:
                shown.truncate(room, overflow="ellipsis")
            shown.align("right" if column.right else "left", room)
            line.append_text(shown).append("  ")
        end = row[-1].copy()
        end.truncate(max(width - line.cell_len, LEAST_COLUMN), overflow="ellipsis")
        line.append_text(end)
        line.rstrip()
        out.append_text(line).append("\n")
    out.right_crop(1)
    return out


def figures_listing(rows: Iterable[Row], width: int) -> Text:
    """Figures as lines: the number, what it counts, who says so, as of when, the words."""
    from figures.notation import as_written

    columns = (
        Column(name="number", right=True),
        Column(name="metric"),
        Column(name="of"),
        Column(name="source"),
        Column(name="as of"),
        Column(name="in words"),
    )
    return listing(
        columns,
        (
            (
                Text(as_written(row), style="bold"),
                str(row["metric"])
                if row["unit"] in ("person", "item", "percent")
                else f"{row['metric']}, {row['unit']}",
                scope_in_words(row),
                str(row["source"] or "not said"),
                as_of_in_words(row),
                around(row),
            )
            for row in rows
        ),
        width=width,
    )


def scope_in_words(row: Row) -> str:
    """ "Russian troops, Ukraine", "refugees from Ukraine"; what is not said is left out."""
    who = " ".join(str(row[name]) for name in ("party", "population") if row.get(name))
    if not row.get("place"):
        return who
    role = {"origin": "from ", "destination": "to "}.get(str(row.get("place_role")), "")
    return f"{who}, {role}{row['place']}" if who else f"{role}{row['place']}"


def as_of_in_words(row: Row) -> str:
    """The day as ISO, with a mark where it is only the day of publication: "no later than"."""
    if not row.get("as_of"):
        return "earlier" if row.get("as_of_basis") == "before_publication" else "–"
    mark = "≤" if row.get("as_of_basis") == "publication" else ""
    return f"{mark}{str(row['as_of'])[:10]}"


def around(row: Row, *, before: int = 24) -> Text:
    """The sentence on one line with the figure marked, beginning so near it that a cut at the width spares it."""
    from figures.publish.evidence import marked

    lead, quote, rest = marked(row)
    text = Text()
    if not quote:
        return text.append(_one_line(lead))
    if len(lead) > before:
        cut = lead.find(" ", len(lead) - before)
        lead = "…" + lead[cut + 1 if cut >= 0 else len(lead) - before :]
    text.append(_one_line(lead))
    text.append(_one_line(quote), style="bold underline")
    text.append(_one_line(rest))
    return text


def _one_line(text: str) -> str:
    """Line ends, tabs and control characters as spaces, one for one."""
    return "".join(" " if one < " " or "\x7f" <= one <= "\x9f" else one for one in text)


def paragraph(out: Console, text: str, *, indent: int) -> None:
    """Running words, indented, in lines that an eye can follow."""
    from textwrap import wrap

    margin = " " * indent
    for line in wrap(_one_line(text), min(out.width, MEASURE), initial_indent=margin, subsequent_indent=margin):
        out.print(Text(line), soft_wrap=True)


def print_conflict(out: Console, conflict: Row, lexicon: Lexicon) -> None:
    """A conflict: what clashes, two indented lines a camp, then the explanation.

    ``conflict`` is the JSON of ``figures.reconcile.to_json``: camps hold whole figures.
    """
    from figures.publish.words import KINDS, LEVELS, series_in_words

    series = {"metric": conflict["metric"], **conflict["series"]}
    head = Text()
    head.append(LEVELS[conflict["level"]], style="bold")
    head.append(f"  {series_in_words(series, lexicon)}: {KINDS[conflict['kind']]}")
    head.append(f"  {conflict['conflict_id']}", style="dim")
    if conflict.get("status", "open") != "open":
        head.append(f"  {conflict['status']}")
    out.print(head, soft_wrap=True)
    summed = conflict["kind"] == "arithmetic"
    numbers = [_camp_number(camp, summed=summed) for camp in conflict["camps"]]
    width = max(len(one) for one in numbers)
    for camp, number in zip(conflict["camps"], numbers, strict=True):
        _print_camp(out, camp, number.rjust(width), counted=not summed)
    if conflict["compatible"]:
        _print_camp(out, conflict["compatible"], "fits both".rjust(width))
    paragraph(out, conflict["explanation"], indent=2)


def _camp_number(camp: Sequence[Row], *, summed: bool) -> str:
    """The number of the figure that leads the camp; of a sum, every part."""
    from figures.notation import as_written

    return " + ".join(as_written(row) for row in camp) if summed else as_written(_lead(camp))


def _lead(camp: Sequence[Row]) -> Row:
    """The figure that stands for the camp: credited, exact, dated, in the text before others; then the earliest."""
    return min(
        camp,
        key=lambda row: (
            row["source"] == row["outlet"],
            row["value"] is None,
            row["comparator"] != "exact",
            row["as_of_basis"] not in ("stated", "reporting_day"),
            row["field"] != "text",
            str(row["published_at"]),
            str(row["figure_id"]),
        ),
    )


def _print_camp(out: Console, camp: Sequence[Row], shown: str, *, counted: bool = True) -> None:
    from figures.notation import as_written
    from figures.publish.words import RELATIONS, day_in_words, plural

    lead = _lead(camp)
    first = Text("  ")
    first.append(shown, style="bold")
    first.append(f"  {lead['source'] or 'not said'}")
    relation = RELATIONS.get(str(lead["source_relation"]))
    if relation:
        first.append(f" ({relation})")
    if lead["as_of"]:
        first.append(f", {'by ' if lead['as_of_basis'] == 'publication' else ''}{day_in_words(lead['as_of'])}")
    articles = len({row["article_id"] for row in camp})
    origins = len({row["origin_group"] or row["figure_id"] for row in camp})
    if counted:
        first.append(f"; {plural(articles, 'article')}, {plural(origins, 'origin')}")
    others: dict[str, list[str]] = {}
    for row in camp:
        number, source = as_written(row), str(row["source"] or "not said")
        if source != lead["source"] and source not in others.setdefault(number, []):
            others[number].append(source)
    if others:
        same = as_written(lead)
        said = [f"{'' if one == same else f'{one} '}{', '.join(names)}" for one, names in others.items() if names]
        first.append(f"; also {'; '.join(said)}" if said else "")
    out.print(first, no_wrap=True, overflow="ellipsis")
    second = Text(" " * (len(shown) + 4))
    second.append(f"{lead['outlet'] or lead['article_id']}: ", style="dim")
    second.append_text(around(lead, before=60))
    out.print(second, no_wrap=True, overflow="ellipsis")


def print_relation(out: Console, first: Row, second: Row, relation: Relation) -> None:
    """The verdict on two figures: both lines, whether they are about the same thing, whether they agree, why."""
    out.print(figures_listing([first, second], out.width), soft_wrap=True)
    about = {
        "same": "about the same thing",
        "part": "one is part of the other",
        "disjoint": "about different things",
        "unknown": "could not compare",
    }[relation.verdict]
    outcome = {
        "conflict": "they conflict",
        "agree": "they agree",
        "update": "one updates the other",
        "not_comparable": "no verdict",
        "different": "no verdict",
    }[relation.outcome]
    line = Text("\n")
    line.append(f"{about}; {outcome}", style="bold")
    if relation.kind:
        line.append(f" ({relation.kind.replace('_', ' ')}, gap {relation.gap:.2f})")
    if relation.missing:
        line.append(f"; not said: {', '.join(relation.missing)}")
    out.print(line)
    if relation.explanation:
        out.print(Text(relation.explanation))
    if relation.reasons:
        out.print(Text(f"Compared: {', '.join(relation.reasons)}", style="dim"))


def print_uncompared(out: Console, pending: Sequence[Uncompared], rows: Mapping[str, Row]) -> None:
    """Pairs that look alike and could not be compared, a line for each figure and the slot that is missing."""
    from figures.notation import as_written

    def told(name: str) -> str:
        return f"{as_written(rows[name])} ({rows[name]['source'] or 'nobody credited'})"

    for metric, missing, figure, others in _gathered(pending):
        line = Text("could not compare", style="bold")
        beside = list(dict.fromkeys(told(one) for one in others))
        more = f" and {len(beside) - _MOST_BESIDE} more" if len(beside) > _MOST_BESIDE else ""
        line.append(
            f"  {metric.replace('_', ' ')}: {told(figure)} with {', '.join(beside[:_MOST_BESIDE])}{more}; "
            f"not said: {', '.join(missing)}",
            style="not bold",
        )
        out.print(line, soft_wrap=True)
    if pending:
        out.print()


def _gathered(pending: Sequence[Uncompared]) -> Iterator[tuple[str, tuple[str, ...], str, list[str]]]:
    """Pairs of one metric and lack under the figure that most of them share, and the figures beside it."""
    groups: dict[tuple[str, tuple[str, ...]], list[tuple[str, str]]] = {}
    for one in pending:
        groups.setdefault((one.metric, one.missing), []).append((one.a, one.b))
    for (metric, missing), pairs in groups.items():
        left = pairs
        while left:
            counts = Counter(name for pair in left for name in pair)
            figure = min(counts, key=lambda name: (-counts[name], name))
            yield metric, missing, figure, [b if a == figure else a for a, b in left if figure in (a, b)]
            left = [pair for pair in left if figure not in pair]


def print_explanation(out: Console, row: Row, article: str | None) -> None:
    """A figure's slots and the rules that gave them, drawn under the sentence where the words stand there."""
    out.print(figures_listing([row], out.width), soft_wrap=True)
    out.print()
    from figures.publish.evidence import marked

    sentence = str(row["sentence"])
    offset = int(row["start"]) - len(marked(row)[0])
    marks: dict[tuple[int, int], list[str]] = {(row["start"] - offset, row["end"] - offset): ["the figure"]}
    for column, use in row["rules"].items():
        start = use.get("start")
        within = start is not None and offset <= start and use["end"] <= offset + len(sentence)
        if within and column != "sentence":
            marks.setdefault((start - offset, use["end"] - offset), []).append(column.replace("_", " "))
    _draw(out, _one_line(sentence), marks)
    out.print()
    columns = (
        Column(name="value of"),
        Column(name="read as"),
        Column(name="by rule"),
        Column(name="from the words"),
    )
    out.print(listing(columns, _rule_lines(row, article), width=out.width), soft_wrap=True)


def _rule_lines(row: Row, article: str | None) -> Iterable[tuple[str, str, str, str]]:
    for column, use in row["rules"].items():
        if column == "sentence":
            continue
        words = ""
        if article is not None and use.get("start") is not None:
            words = f"“{_one_line(article[use['start'] : use['end']])}”"
        elif use.get("figure"):
            words = f"figure {use['figure']}"
        read = row.get(column)
        yield column, "" if read is None else str(read), str(use["rule"]), words


def _draw(out: Console, sentence: str, marks: Mapping[tuple[int, int], Sequence[str]]) -> None:
    """The sentence in lines of the width, under each line the marked stretches with their names."""
    width = max(20, min(out.width, 100) - 4)
    at = 0
    while at < len(sentence):
        end = len(sentence) if len(sentence) - at <= width else sentence.rfind(" ", at, at + width) + 1
        if end <= at:
            end = at + width
        out.print(Text(f"  {sentence[at:end]}"), no_wrap=True, overflow="ignore", crop=False)
        for (first, last), names in sorted(marks.items()):
            begin, finish = max(first, at), min(last, end)
            if begin < finish:
                line = Text(" " * (2 + begin - at))
                line.append("~" * (finish - begin), style="bold")
                line.append(f" {', '.join(names)}", style="dim")
                out.print(line, no_wrap=True, overflow="ignore", crop=False)
        at = end


def print_latest(out: Console, rows: Sequence[Row], metric: str, scope: Mapping[str, Any], *, articles: int) -> None:
    """A line a series: the number, what it counts, who says so, as of when, why it; camps where two sides disagree."""
    from figures.publish.words import plural

    if not rows:
        within = ", ".join(f"{name} {value}" for name, value in scope.items())
        asked = f"{metric} ({within})" if within else metric
        out.print(Text(f"No current figure for {asked} in {plural(articles, 'article')}."))
        return
    columns = (
        Column(name="latest", right=True),
        Column(name="of"),
        Column(name="source"),
        Column(name="as of"),
        Column(name="from"),
        Column(name="chosen by"),
    )
    lines: list[tuple[str | Text, ...]] = []
    for row in rows:
        behind = f"{plural(row['articles'], 'article')}, {plural(row['origins'], 'origin')}"
        if row["value"] is None and row["camps"]:
            lines.append((Text("contested", style="bold"), scope_in_words(row), "", "", behind, str(row["rule"])))
            for camp in row["camps"]:
                lead = camp[0]
                day = as_of_in_words(lead)
                rest = ", ".join(f"{_number(one, row)} {one['source']}" for one in camp[1:])
                others = f"also {rest}" if rest else ""
                lines.append((Text(_number(lead, row)), "", f"  {lead['source']}", day, "", others))
            continue
        number = Text(_number(row, row), style="bold")
        source = str(row["source"] or "")
        lines.append((number, scope_in_words(row), source, as_of_in_words(row), behind, str(row["rule"]) + _moved(row)))
    out.print(listing(columns, lines, width=out.width, last=7), soft_wrap=True)


def _moved(row: Row) -> str:
    """What the chosen source had said before its newest number."""
    trend = next((one for one in row.get("trend") or () if one["source"] == row["source"]), None)
    if trend is None:
        return ""
    before, now = trend["steps"][-2:]
    way = "up" if (now["low"] or 0) > (before["low"] or 0) else "down"
    return f"; {way} from {_number(before, row)} ({as_of_in_words(before)})"


def _number(row: Row, series: Row) -> str:
    from figures.notation import as_written

    return as_written({"unit": series["unit"], "metric": series["metric"], "precision": 1.0, "quote": "", **row})


MARKS: Final = {
    "supported": "✓",
    "misattributed": "≠",
    "outdated": "↻",
    "conflicts": "✗",
    "not_comparable": "?",
    "unseen": "·",
}
"""Beside the word, for the eye that runs down the margin."""


def print_verdicts(out: Console, verdicts: Sequence[Verdict], *, articles: int) -> None:
    """A block a number: verdict, the words of the draft, our reading, the closest evidence, the reason, a wording."""
    from figures.notation import as_written
    from figures.publish.words import DISCLAIMER, plural

    for one in verdicts:
        row = one.figure
        head = Text()
        head.append(f"{MARKS[one.verdict]} {one.verdict.replace('_', ' ')}", style="bold")
        head.append("  ")
        head.append_text(around(row, before=40))
        out.print(head, no_wrap=True, overflow="ellipsis")
        scope = scope_in_words(row)
        read = one.reading or f"{as_written(row)} {row['metric']}{f', {scope}' if scope else ''}"
        lines = [f"read as {read}"]
        if one.explanation:
            lines.append(one.explanation)
        if one.differs_in:
            lines.append(f"Differs in: {', '.join(one.differs_in)}.")
        if one.missing:
            lines.append(f"Not said: {', '.join(one.missing)}.")
        if one.contested:
            lines.append(f"Contested; {plural(one.origins, 'independent origin')} for this number.")
        for line in lines:
            paragraph(out, line, indent=4)
        for evidence in one.evidence[:2]:
            found = Text(
                f"    {as_written(evidence)}  {evidence['source'] or 'not said'}, {as_of_in_words(evidence)}, "
            )
            found.append(f"{evidence['outlet'] or evidence['article_id']}: ")
            found.append_text(around(evidence, before=40))
            out.print(found, no_wrap=True, overflow="ellipsis", style="dim")
        if one.suggestion:
            paragraph(out, f"You could write: {one.suggestion}", indent=4)
    counts = Counter(one.verdict.replace("_", " ") for one in verdicts)
    if verdicts:
        out.print()
    against = f" against {plural(articles, 'article')}" if articles else " against itself alone"
    parts = ", ".join(f"{count} {name}" for name, count in counts.items())
    out.print(
        Text(f"{plural(len(verdicts), 'number')} checked{against}{f': {parts}' if parts else ''}. {DISCLAIMER}"),
        soft_wrap=True,
    )
