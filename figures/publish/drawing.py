"""Draw a chart as SVG, without a browser and without the network. The one door to vl-convert."""

from __future__ import annotations

import re
from typing import Any, Final

import vl_convert

from figures.publish.charts import INK, MUTED, PAPER, RULE

# Written into the picture as CSS variables, so that one SVG serves light, dark and print.
_PAGE_COLOURS: Final = {INK: "var(--ink)", MUTED: "var(--muted)", RULE: "var(--rule)", PAPER: "var(--paper)"}


def to_svg(spec: dict[str, Any]) -> str:
    """Return the chart as an SVG element that scales with its column and takes the page's colours.

    Links go to anchors of the page that holds it. Raises ValueError where the specification is not valid.
    """
    svg = vl_convert.vegalite_to_svg(spec)
    for colour, variable in _PAGE_COLOURS.items():
        svg = svg.replace(f'"{colour}"', f'"{variable}"')
    # Links stay inside the page; vl-convert opens them in a new one.
    svg = re.sub(r' target="[^"]*"', "", svg)
    width = re.search(r'<svg[^>]*? width="([\d.]+)"', svg)
    limit = f' style="max-width:{float(width[1]):.0f}px"' if width else ""
    return re.sub(r'(<svg[^>]*?) width="[\d.]+" height="[\d.]+"', rf'\1{limit} role="img"', svg, count=1)
