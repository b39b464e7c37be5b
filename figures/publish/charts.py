"""The interval chart: what each source said over the days, with the bounds its words assert.

A chart is a Vega-Lite specification, a plain dict, so that report, page and notebook draw one picture. x is as_of, y
the value. A dot is the nominal number, a bar runs from low to high, an arrow leaves an open side. Projected numbers are
dashed, superseded ones hollow, estimated ones lighter. Each source has its own panel, labelled at the panel: sources
are never joined, averaged or drawn over one another.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from figures.notation import as_written
from figures.publish.words import day_in_words, gap_in_words

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"  # a name, never fetched
# Okabe and Ito's palette, safe for colour-blind readers; ink and rule are replaced by the page's own colours.
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
PURPLE: Final = "#CC79A7"
CAMPS: Final = (BLUE, VERMILION, GREEN, PURPLE, SKY)
INK: Final = "#1a1a19"
MUTED: Final = "#6b6b66"
RULE: Final = "#dcdad2"
PAPER: Final = "#ffffff"
FONT: Final = "Liberation Sans, Arial, Helvetica, sans-serif"  # one width everywhere, so that labels fit as measured
LOG_RATIO: Final = 20  # DESIGN: a log scale where values differ twentyfold
ARROW: Final = {"up": "M-0.5,0.6L0,-0.4L0.5,0.6", "down": "M-0.5,-0.6L0,0.4L0.5,-0.6"}

LABEL_SIDES: Final = (
    ("right", "left", 8, 0), ("left", "right", -8, 0), ("above", "center", 0, -13), ("below", "center", 0, 13),
)  # fmt: skip

Spec = dict[str, Any]


def interval_chart(
    rows: Sequence[Mapping[str, Any]],
    *,
    columns: int = 4,
    width: int = 172,
    height: int = 150,
    title: str = "",
) -> Spec:
    """Panels of one metric's figures, one a source and scope, on a shared scale.

    ``rows`` are rows of one metric and unit as ``Figure.to_row`` gives them. Rows without a date cannot stand on the
    axis and are left out; the caller lists them. Raises ValueError where no row can be drawn.
    """
    marks = _marks(rows)
    scale, note = _scale(marks)
    _draw_bounds(marks, scale)
    panels = len({(mark["source"], mark["scope"]) for mark in marks})
    if panels < columns:  # few panels share the room of a full line
        width = (columns * (width + 18) - panels * 18) // max(panels, 2)
    for mark in marks:
        mark["panel"] = f"{mark['source']}\n{mark['scope']}" if mark["scope"] else mark["source"]
    days = sorted({mark["as_of"] for mark in marks})
    _place_labels(marks, scale, days, width, height)
    return {
        "$schema": SCHEMA,
        "description": _description(marks, title),
        "title": _title(title, note),
        "data": {"values": marks},
        "facet": {
            "field": "panel", "type": "nominal", "title": None,
            "sort": {"field": "order", "op": "min"},
            "header": {
                "labelExpr": "split(datum.label, '\\n')", "labelAnchor": "start", "labelAlign": "left",
                "labelFontSize": 11, "labelLimit": width + 30, "labelPadding": 4, "labelColor": INK,
            },
        },
        "columns": columns,
        "spacing": {"column": 18, "row": 14},
        "spec": {"width": width, "height": height, "layer": _layers(scale, days)},
        "config": _config(),
    }  # fmt: skip


def camps_chart(
    rows: Sequence[Mapping[str, Any]],
    camps: Sequence[Sequence[str]],
    *,
    width: int = 560,
    narrow: bool = False,
) -> Spec:
    """The figures of one conflict, camp by camp, with a bracket that says the gap in words.

    ``camps`` hold figure ids. Each camp has its own column, so opposed parties never share a line.
    """
    camp_of = {key: position for position, camp in enumerate(camps) for key in camp}
    marks = _marks([row for row in rows if row["figure_id"] in camp_of])
    scale, note = _scale(marks)
    _draw_bounds(marks, scale)
    order: list[str] = []
    for mark in sorted(marks, key=lambda one: (camp_of[one["id"]], one["as_of"], one["order"])):
        mark["camp"] = chr(ord("A") + camp_of[mark["id"]])
        mark["line"] = f"{mark['source']}, {day_in_words(mark['as_of'], year=False)}\u2009·\u2009{len(order) + 1}"
        mark["label_line"] = f"{mark['source']}, {day_in_words(mark['as_of'], year=False)}"
        order.append(mark["line"])
    nominal = [[m["y"] for m in marks if camp_of[m["id"]] == k] for k in range(len(camps))]
    tops = [max(ys) for ys in nominal if ys]
    bracket: list[dict[str, Any]] = []
    percent = bool(rows) and rows[0]["unit"] == "percent"
    for low, high in zip(tops, [min(ys) for ys in nominal if ys][1:], strict=False):
        first, last = sorted((low, high))
        bracket.append({"low": first, "high": last, "gap": gap_in_words(first, last, percent=percent)})
    value_axis = {
        "field": "y",
        "type": "quantitative",
        "scale": scale,
        "title": note or None,
        "axis": _value_axis(),
    }
    line = {
        "field": "line", "type": "nominal", "sort": order, "title": None,
        "axis": {"labelExpr": "split(datum.label, '\u2009·\u2009')[0]",
                 "labelLimit": 260, "ticks": False, "domain": False, "labelPadding": 10},
    }  # fmt: skip
    colour = {"field": "camp", "type": "nominal", "legend": None, "scale": {"range": list(CAMPS)}}
    shape = {
        "field": "camp",
        "type": "nominal",
        "legend": None,
        "scale": {"range": ["circle", "square", "diamond", "triangle-up", "cross"]},
    }
    if narrow:
        line["axis"] = None
        for one in bracket:
            one["gap"] = ""  # a phone shows it between the stacked camps
    middle = "sqrt(max(datum.low, 1) * datum.high)" if scale["type"] == "log" else "(datum.low + datum.high) / 2"
    layers: list[Spec] = [
        {
            "data": {"values": bracket},
            "mark": {"type": "rect", "color": RULE, "opacity": 0.55},
            "encoding": {"x": {**value_axis, "field": "low"}, "x2": {"field": "high"}},
        },
        {
            "data": {"values": bracket},
            "transform": [{"calculate": middle, "as": "mid"}],
            "mark": {"type": "text", "baseline": "top", "dy": 3, "fontStyle": "italic", "fontSize": 11, "color": MUTED},
            "encoding": {"x": {**value_axis, "field": "mid"}, "y": {"value": 0}, "text": {"field": "gap"}},
        },
        {
            "mark": {"type": "rule", "strokeWidth": 3, "strokeCap": "round"},
            "encoding": {
                "x": {**value_axis, "field": "draw_low"}, "x2": {"field": "draw_high"}, "y": line, "color": colour,
            },
        },
        *(
            {
                "transform": [{"filter": f"datum.open_{side}"}],
                "mark": {"type": "point", "shape": shape_path, "size": 90, "filled": False, "strokeWidth": 1.8},
                "encoding": {"x": {**value_axis, "field": end}, "y": line, "color": colour},
            }
            for side, end, shape_path in (
                ("high", "draw_high", "M-0.6,-0.5L0.4,0L-0.6,0.5"),
                ("low", "draw_low", "M0.6,-0.5L-0.4,0L0.6,0.5"),
            )
        ),
        {
            "transform": [{"filter": "isValid(datum.value)"}],
            "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1},
            "encoding": {
                "x": value_axis, "y": line, "color": colour, "shape": shape,
                "href": {"field": "href"}, "description": {"field": "said"}, "tooltip": {"field": "said"},
            },
        },
        {
            "mark": {"type": "text", "dy": -11, "fontSize": 12, "fontWeight": 600, "color": INK},
            "encoding": {"x": value_axis, "y": line, "text": {"field": "label"}, "href": {"field": "href"}},
        },
    ]  # fmt: skip
    if narrow:
        layers.append({
            "mark": {"type": "text", "align": "left", "dy": -26, "fontSize": 11, "color": MUTED},
            "encoding": {"x": {"value": 0}, "y": line, "text": {"field": "label_line"}},
        })  # fmt: skip
    return {
        "$schema": SCHEMA,
        "description": _description(marks, ""),
        "data": {"values": marks},
        "width": width,
        "height": max((62 if narrow else 44) * len(order), 88),
        "layer": layers,
        "config": _config(),
    }


def _marks(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One mark a row that has a date, in the order sources first appear by date."""
    marks: list[dict[str, Any]] = []
    drawable = [row for row in rows if row.get("as_of") and _nominal(row) is not None]
    for order, row in enumerate(sorted(drawable, key=lambda one: (str(one["source"]), str(one["as_of"])))):
        low, high = row.get("low"), row.get("high")
        label = as_written(row)
        marks.append({
            "id": row["figure_id"], "order": order, "source": str(row["source"]), "scope": scope_in_words(row),
            "as_of": str(row["as_of"])[:10], "y": _nominal(row), "value": row.get("value"),
            "low": low, "high": high, "open_low": low is None, "open_high": high is None,
            "modality": row.get("modality"), "label": label, "href": f"#{row['figure_id']}",
            "said": f"{row['source']}: {label} ({str(row['as_of'])[:10]})",
        })  # fmt: skip
    if not marks:
        raise ValueError("no figure with both a date and a number; nothing can be drawn")
    return marks


def scope_in_words(row: Mapping[str, Any]) -> str:
    """ "Russian troops, Ukraine": who was counted and where, as far as it is said.

    People in general, and a group that the metric itself names (refugees), are not said: they would part what is the
    same.
    """
    general = ("people", str(row.get("metric") or "").replace("_", " "))
    named = [name for name in ("party", "population") if row.get(name)]
    who = " ".join(str(row[name]) for name in named if name != "population" or row[name] not in general)
    where = {"origin": "from ", "destination": "in "}.get(str(row.get("place_role")), "") + str(row.get("place") or "")
    return ", ".join(one for one in (who, where.strip()) if one)


def _nominal(row: Mapping[str, Any]) -> float | None:
    """Where a figure stands on the value axis: its number, else the geometric middle of its bounds."""
    value, low, high = row.get("value"), row.get("low"), row.get("high")
    if value is not None:
        return float(value)
    if low is not None and high is not None:
        return math.sqrt(low * high) if low > 0 else (low + high) / 2
    return float(low) if low is not None else None if high is None else float(high)


def _scale(marks: Sequence[Mapping[str, Any]]) -> tuple[Spec, str]:
    values = [one["y"] for one in marks]
    smallest, largest = min(values), max(values)
    if smallest > 0 and largest / smallest >= LOG_RATIO:
        return {"type": "log", "domain": [smallest / 1.6, largest * 1.9], "nice": False}, "Log scale"
    if smallest < 0:
        return {"type": "linear", "nice": True}, ""
    spread = (largest - smallest) or largest or 1.0
    # Bars may not start at zero here: dots say "where", not "how much", and a narrow band must stay readable.
    bottom = 0.0 if smallest - 0.6 * spread < 0.15 * largest else smallest - 0.6 * spread
    return {"type": "linear", "domain": [bottom, largest + 0.35 * spread], "nice": False}, ""


def _draw_bounds(marks: Sequence[dict[str, Any]], scale: Spec) -> None:
    """Cut each bar to what the axis can hold: an open side reaches a little beyond the dot, where its arrow stands."""
    log = scale["type"] == "log"
    bottom, top = scale.get("domain", (None, None))
    reach = 0.14 * (top - bottom) if not log and top is not None else 0.0
    for mark in marks:
        y = mark["y"]
        low, high = mark["low"], mark["high"]
        if low is None or (low == 0 and y > 0):
            # "fewer than 50" reaches down to nothing: drawn as open, the axis need not hold the zero.
            mark["open_low"] = True
            low = y / 1.35 if log else y - reach
        if high is None:
            high = y * 1.35 if log else y + reach
        mark["draw_low"] = max(low, bottom) if bottom is not None else low
        mark["draw_high"] = min(high, top) if top is not None else high


def _place_labels(marks: Sequence[dict[str, Any]], scale: Spec, days: Sequence[str], width: int, height: int) -> None:
    """Label what has room, newest first: a number that would lie over another is left to the list and the hover."""
    first, last = date.fromisoformat(_shift(days[0], -1)), date.fromisoformat(_shift(days[-1], 1))
    log = scale["type"] == "log"
    bottom, top = scale.get("domain") or (min(m["y"] for m in marks), max(m["y"] for m in marks))
    spots = {}
    for mark in marks:
        x = width * (date.fromisoformat(mark["as_of"]) - first).days / max(1, (last - first).days)
        share = (
            (math.log(mark["y"]) - math.log(bottom)) / (math.log(top) - math.log(bottom))
            if log
            else (mark["y"] - bottom) / ((top - bottom) or 1)
        )
        spots[mark["id"]] = (x, height * (1 - share))
    taken: dict[str, list[tuple[float, float, float, float]]] = {}
    for mark in marks:
        x, y = spots[mark["id"]]
        arrow = 26 if mark["open_high"] else 5
        taken.setdefault(mark["panel"], []).append((x - 5, x + 5, y - arrow, y + 5))
    for mark in sorted(marks, key=lambda one: (one["as_of"], one["order"]), reverse=True):
        x, y = spots[mark["id"]]
        wide = 5.8 * len(mark["label"])  # the mean advance of a digit at this size
        boxes = taken[mark["panel"]]
        mark["side"] = None
        for side, (left, right, up, down) in {
            "right": (x + 8, x + 8 + wide, y - 6, y + 6),
            "left": (x - 8 - wide, x - 8, y - 6, y + 6),
            "above": (x - wide / 2, x + wide / 2, y - 19, y - 7),
            "below": (x - wide / 2, x + wide / 2, y + 7, y + 19),
        }.items():
            inside = left >= -4 and right <= width + 16 and up >= -8 and down <= height
            if inside and all(right < a or left > b or down < c or up > d for a, b, c, d in boxes):
                mark["side"] = side
                boxes.append((left, right, up, down))
                break


def _layers(scale: Spec, days: Sequence[str]) -> list[Spec]:
    padding = [_shift(days[0], -1), _shift(days[-1], 1)]
    x = {
        "field": "as_of", "type": "temporal", "scale": {"type": "utc", "domain": padding}, "title": None,
        "axis": {
            "format": "%-d %b", "grid": False, "labelFontSize": 10, "tickCount": 4, "labelOverlap": "greedy",
            **({"values": list(days)} if len(days) <= 8 else {}),
        },
    }  # fmt: skip
    y = {"field": "y", "type": "quantitative", "scale": scale, "title": None, "axis": _value_axis()}
    colour = {
        "value": BLUE,
        "condition": {
            "test": "datum.modality == 'projected' || datum.modality == 'planned'",
            "value": VERMILION,
        },
    }
    faint = {"value": 1, "condition": {"test": "datum.modality == 'estimated'", "value": 0.6}}
    dash = {
        "value": [1, 0],
        "condition": {
            "test": "datum.modality == 'projected' || datum.modality == 'planned'",
            "value": [3, 3],
        },
    }
    shape = {
        "value": "circle",
        "condition": {
            "test": "datum.modality == 'projected' || datum.modality == 'planned'",
            "value": "diamond",
        },
    }
    hollow = "datum.modality == 'superseded' || datum.modality == 'projected' || datum.modality == 'planned'"
    return [
        {
            "mark": {"type": "rule", "strokeWidth": 2.5, "strokeCap": "butt"},
            "encoding": {
                "x": x, "y": {**y, "field": "draw_low"}, "y2": {"field": "draw_high"},
                "color": colour, "opacity": faint, "strokeDash": dash,
            },
        },
        *(
            {
                "transform": [{"filter": f"datum.open_{side}"}],
                "mark": {"type": "point", "shape": ARROW[way], "size": 80, "filled": False, "strokeWidth": 1.8},
                "encoding": {"x": x, "y": {**y, "field": f"draw_{side}"}, "color": colour, "opacity": faint},
            }
            for side, way in (("high", "up"), ("low", "down"))
        ),
        {
            "transform": [{"filter": "isValid(datum.value)"}],
            "mark": {"type": "point", "size": 46, "strokeWidth": 1.6, "filled": True},
            "encoding": {
                "x": x, "y": y, "opacity": faint,
                "fill": {"condition": {"test": hollow, "value": PAPER}, "value": BLUE},
                "stroke": colour, "shape": shape,
                "href": {"field": "href"}, "description": {"field": "said"}, "tooltip": {"field": "said"},
            },
        },
        *(
            {
                "transform": [{"filter": f"datum.side == '{side}'"}],
                "mark": {"type": "text", "align": align, "dx": dx, "dy": dy, "fontSize": 10.5, "color": INK},
                "encoding": {"x": x, "y": y, "text": {"field": "label"}, "href": {"field": "href"}},
            }
            for side, align, dx, dy in LABEL_SIDES
        ),
    ]  # fmt: skip


def _title(title: str, note: str) -> Spec | None:
    """The title with the note on its scale below; a note alone stands small in its place."""
    if title:
        return {"text": title, "subtitle": [note] if note else [], "anchor": "start"}
    if note:
        return {"text": note, "anchor": "start", "fontSize": 11, "fontWeight": "normal", "color": MUTED}
    return None


def _value_axis() -> Spec:
    return {
        "format": ",~r", "labelFontSize": 10, "tickCount": 4, "domain": False, "ticks": False, "gridColor": RULE,
        "labelColor": MUTED, "labelOverlap": "greedy",
        # 1,200,000 crowds an axis; the exact number stands at the mark.
        "labelExpr": "abs(datum.value) >= 1e6 ? format(datum.value / 1e6, ',~g') + ' million'"
        " : format(datum.value, ',~g')",
    }  # fmt: skip


def _config() -> Spec:
    return {
        "font": FONT,
        "background": None,
        "view": {"stroke": None},
        "axis": {"labelColor": MUTED, "domainColor": RULE, "tickColor": RULE, "gridColor": RULE},
        "title": {
            "fontSize": 13,
            "subtitleColor": MUTED,
            "subtitleFontSize": 11,
            "color": INK,
            "fontWeight": 600,
        },
    }


def _description(marks: Sequence[Mapping[str, Any]], title: str) -> str:
    """What a screen reader says for the whole chart."""
    return "; ".join(([title] if title else []) + [one["said"] for one in marks[:40]])


def _shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
