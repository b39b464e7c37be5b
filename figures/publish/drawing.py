"""Draw a chart as SVG, without a browser and without the network. The one door to vl-convert."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import vl_convert

from figures.publish.charts import INK, MUTED, PAPER, RULE

# Written into the picture as CSS variables, so that one SVG serves light, dark and print; where no page defines
# them (a notebook, a file of its own) the colour itself is the fallback.
_PAGE_COLOURS: Final = {INK: "ink", MUTED: "muted", RULE: "rule", PAPER: "paper"}


@dataclass(frozen=True, slots=True)
class Chart:
    """A Vega-Lite specification that a notebook shows as a picture; ``spec`` is plain data for any other tool."""

    spec: dict[str, Any]

    def svg(self) -> str:
        """The picture as an SVG element."""
        return to_svg(self.spec)

    def save(self, path: str | Path) -> None:
        """Write the picture as an SVG file."""
        Path(path).write_text(self.svg(), encoding="utf-8")

    def _repr_svg_(self) -> str:
        return self.svg()


def to_svg(spec: dict[str, Any]) -> str:
    """Return the chart as an SVG element that scales with its column and takes the page's colours.

    Links go to anchors of the page that holds it. Raises ValueError where the specification is not valid.
    """
    svg = str(vl_convert.vegalite_to_svg(spec))
    for colour, name in _PAGE_COLOURS.items():
        svg = svg.replace(f'"{colour}"', f'"var(--{name},{colour})"')
    # Links stay inside the page; vl-convert reads "#id" against a base of its own and opens a new page.
    svg = re.sub(r' target="[^"]*"', "", svg)
    svg = re.sub(r'xlink:href="https?://[^"#]*#', 'xlink:href="#', svg)
    width = re.search(r'<svg[^>]*? width="([\d.]+)"', svg)
    limit = f' style="max-width:{float(width[1]):.0f}px"' if width else ""
    return re.sub(r'(<svg[^>]*?) width="[\d.]+" height="[\d.]+"', rf'\1{limit} role="img"', svg, count=1)
