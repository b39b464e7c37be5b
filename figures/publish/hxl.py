"""The Humanitarian Exchange Language: CSV with hashtags on its second row (hxlstandard.org).

Each metric with a hashtag of its own has its columns of value, least and most; everything else stands under
``#indicator+value+num`` with the metric's name beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from figures.lexicon import Lexicon
from figures.publish.cells import table_text

_COMMON: Final = (
    ("Metric", "#indicator+name", "metric"),
    ("Unit", "#indicator+unit", "unit"),
    ("Population", "#population+type", "population"),
    ("Party", "#group+name", "party"),
    ("Place", "#loc+name", "place"),
    ("Country code", "#country+code", "iso3"),
    ("From", "#date+start", "period_start"),
    ("As of", "#date+end", "as_of"),
    ("Reported", "#date+reported", "published_at"),
    ("Source", "#meta+source", "source"),
    ("Outlet", "#meta+outlet", "outlet"),
    ("Link", "#meta+url", "url"),
    ("Words", "#meta+quote", "quote"),
    ("Modality", "#meta+modality", "modality"),
    ("Figure", "#meta+id", "figure_id"),
)
_OTHER: Final = "#indicator+value+num"


def to_hxl(rows: Sequence[Mapping[str, Any]], lexicon: Lexicon) -> str:
    """The rows as HXL: headers, hashtags, then one line a figure with its number in its metric's own column."""
    tag_of = {str(row["metric"]): lexicon.metrics.metric(str(row["metric"])).hxl or _OTHER for row in rows}
    titles = {tag: lexicon.metrics.metric(metric).title for metric, tag in sorted(tag_of.items(), reverse=True)}
    tags = sorted(set(tag_of.values()), key=lambda tag: (tag == _OTHER, tag))
    headers = [title for title, _, _ in _COMMON]
    hashtags = [tag for _, tag, _ in _COMMON]
    for tag in tags:
        name = "Value" if tag == _OTHER else titles[tag][:1].upper() + titles[tag][1:]
        headers += [name, f"{name}, at least", f"{name}, at most"]
        hashtags += [tag, f"{tag}+min", f"{tag}+max"]
    lines: list[list[object]] = [list(hashtags)]
    for row in rows:
        line: list[object] = [_common(row, name) for _, _, name in _COMMON]
        for tag in tags:
            mine = tag_of[str(row["metric"])] == tag
            line += [row["value"], row["low"], row["high"]] if mine else [None, None, None]
        lines.append(line)
    return table_text(headers, lines)


def _common(row: Mapping[str, Any], name: str) -> object:
    value = row[name]
    return str(value)[:10] if name == "published_at" and value else value
