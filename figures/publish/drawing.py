"""Draw a chart as SVG, without a browser and without the network. The one door to vl-convert."""

from __future__ import annotations

import html
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

    Its group is named by the chart's description, and its links go to anchors of the page that holds it. Raises
    ValueError where the specification is not valid.
    """
    svg = str(vl_convert.vegalite_to_svg(spec))
    for colour, name in _PAGE_COLOURS.items():
        svg = svg.replace(f'"{colour}"', f'"var(--{name},{colour})"')
    # Links stay inside the page; vl-convert reads "#id" against a base of its own and opens a new page.
    svg = re.sub(r' target="[^"]*"', "", svg)
    svg = re.sub(r'xlink:href="https?://[^"#]*#', 'xlink:href="#', svg)
    return _speak(svg, str(spec.get("description") or "Chart"))


_TAG: Final = re.compile(r'<(?:g|path|line|text|rect)\b(?:[^>"]|"[^"]*")*>')
_VOICE: Final = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_DOT: Final = re.compile(r'<a (xlink:href="[^"]*")>(?=<path aria-label="([^"]*)")')
_LABEL: Final = re.compile(r'<a (xlink:href="[^"]*")>(?=<text )')


def _speak(svg: str, description: str) -> str:
    """Name the chart and its dots for screen reader and keyboard; axes, bars and labels say nothing of their own.

    vl-convert gives every stroke a name and a role, and each mark two links; one a mark is enough to tab through.
    """
    svg = _DOT.sub(r'<a \1 role="link" aria-label="\2"><title>\2</title>', svg)
    svg = _LABEL.sub(r'<a \1 tabindex="-1">', svg)
    svg = _TAG.sub(lambda tag: _VOICE.sub("", tag[0]), svg)
    # Its own width and no height: CSS shrinks it to the column, and no style attribute asks the page's policy.
    named = f'role="group" aria-label="{html.escape(description)}"'
    return re.sub(r'(<svg[^>]*? width="[\d.]+") height="[\d.]+"', lambda found: f"{found[1]} {named}", svg, count=1)
