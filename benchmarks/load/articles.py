"""Made-up articles of a sentence or two, the same for the same number, in stories that some of them dispute."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PLACES = ("Kharkiv", "Mariupol", "Kherson", "Chernihiv", "Sumy", "Izyum", "Irpin", "Bucha", "Melitopol", "Mykolaiv")
SPEAKERS = ("Ukraine's State Emergency Service", "the United Nations", "local police", "the regional governor")


def article(number: int) -> dict[str, Any]:
    """One article, as ``POST /v1/articles`` takes it."""
    place, day = PLACES[number % len(PLACES)], 1 + number // len(PLACES) % 28
    strike = number % (len(PLACES) * 28)
    # All agree on each strike, but for one article in twenty-five.
    speaker, dead = SPEAKERS[number // 3 % len(SPEAKERS)], 3 + strike * 7 % 40 + (9 if number % 25 == 7 else 0)
    return {
        "article_id": f"load-{number:06}",
        "outlet": f"Outlet {number % 37}",
        "published_at": f"2022-03-{day:02}",
        "title": f"Strike on {place}",
        "text": f"A missile strike on {place} on 2022-03-{day:02} killed {dead} people and wounded {dead + 5} others, "
        f"{speaker} said. Officials said {1000 + strike:,} residents had been evacuated from {place}.",
    }


def articles(start: int, count: int) -> Iterator[dict[str, Any]]:
    """Some of them, one after the other."""
    return map(article, range(start, start + count))
