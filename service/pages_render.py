"""Templates, pictures and static files of the pages: made once a server, and nothing of it at import."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from threading import Lock
from typing import Any, Final

import jinja2
import orjson
from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from figures.publish.cards import environment
from figures.publish.charts import Spec
from figures.publish.drawing import to_svg

__all__ = ["Frame", "Pages", "Pictures", "Static", "Visiting"]

MOST_PICTURES: Final = 256  # some 50 kB each: a dozen megabytes at most
_STATIC: Final = {
    "parts.css": ("figures.publish", "templates/parts.css", "text/css; charset=utf-8"),
    "figures.css": ("service", "static/figures.css", "text/css; charset=utf-8"),
    "figures.js": ("service", "static/figures.js", "text/javascript; charset=utf-8"),
    "figures.svg": ("service", "static/figures.svg", "image/svg+xml"),
}
_A_YEAR: Final = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visiting:
    """Who looks at the page, as far as the page shows it. ``name`` is empty where nobody signed in."""

    name: str
    signed_in: bool
    may_review: bool
    names_itself: bool
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page. ``here`` names it in the navigation; ``data`` are its views as data."""

    title: str
    visiting: Visiting
    here: str = ""
    data: tuple[tuple[str, str], ...] = ()
    asked: str = ""
    path: str = "/"


class Pictures:
    """Charts as SVG, kept for as long as there is room: the same specification is drawn once. Safe between threads."""

    def __init__(self, draw: Callable[[Spec], str] = to_svg, most: int = MOST_PICTURES) -> None:
        self._draw, self._most = draw, most
        self._kept: OrderedDict[bytes, str] = OrderedDict()
        self._turn = Lock()

    def draw(self, spec: Spec) -> str:
        """The chart as SVG. Raises ValueError where the specification is not valid."""
        key = hashlib.blake2b(orjson.dumps(spec), digest_size=16).digest()
        with self._turn:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        picture = self._draw(spec)
        with self._turn:
            self._kept[key] = picture
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return picture


class Static:
    """The few files that pages ask for, read once; an address carries the file's hash, so that it is kept for good."""

    def __init__(self) -> None:
        self._files = {
            name: (files(package).joinpath(path).read_bytes(), kind) for name, (package, path, kind) in _STATIC.items()
        }
        self._marks = {
            name: hashlib.blake2b(body, digest_size=6).hexdigest() for name, (body, _) in self._files.items()
        }

    def address(self, name: str) -> str:
        """Where a page finds the file."""
        return f"/static/{name}?{self._marks[name]}"

    def respond(self, name: str, mark: str) -> Response | None:
        """The file, or None where there is no such."""
        if name not in self._files:
            return None
        body, kind = self._files[name]
        kept = _A_YEAR if mark == self._marks[name] else "no-cache"
        return Response(body, media_type=kind, headers={"cache-control": kept})


class Pages:
    """The environment that templates are rendered in."""

    def __init__(self) -> None:
        self.static, self.pictures = Static(), Pictures()
        self._environment = environment(jinja2.PackageLoader("service"))
        self._environment.globals["static"] = self.static.address

    def render(self, template: str, page: Any, frame: Frame, *, status: int = 200, **more: Any) -> HTMLResponse:
        """One page. It is the visitor's own, for its forms carry a token, and no cache shows it without asking."""
        text = self._environment.get_template(template).render(page=page, frame=frame, **more)
        return HTMLResponse(text, status_code=status, headers={"cache-control": "private, no-cache"})


def get_pages(request: Request) -> Pages:
    """The pages of this application."""
    pages: Pages = request.app.state.pages
    return pages
