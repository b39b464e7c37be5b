"""Short articles of nobody's: stories with Zipf-distributed numbers of reports, some of which disagree."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from figures.model import Article

_PLACES = (
    "Mongo", "Kharkiv", "Adana", "Tripoli", "Manila", "Lima", "Jakarta", "Nairobi", "Lahore", "Dhaka", "Beirut",
    "Aleppo", "Mosul", "Kabul", "Quito", "Osaka", "Athens", "Lagos", "Dakar", "Bogotá",
)  # fmt: skip
_HAPPENINGS = (
    ("a flood swept through {}", "flood"), ("an earthquake struck {}", "earthquake"),
    ("a fire broke out in {}", "fire"), ("an airstrike hit {}", "airstrike"), ("a bus crash shook {}", "bus crash"),
    ("a landslide buried homes in {}", "landslide"),
)  # fmt: skip
_SPEAKERS = ("police", "the Health Ministry", "the Red Cross", "the mayor", "the army", "OCHA", "the interior minister")
_FILLERS = (
    "Roads to the north stayed closed, and schools were used as shelters.",
    "Witnesses described scenes of confusion in the old town.",
    "The government promised help, and neighbours brought blankets and bread.",
    "It was not clear when the railway would open again.",
    "Shops near the market remained shut for a second day.",
)
_PER_STORY = 12


def articles(count: int, seed: int = 7) -> Iterator[Article]:
    """So many articles, the same for one seed; some 12 a story on average, the popular ones far more."""
    rng = random.Random(seed)
    stories = max(count // _PER_STORY, 1)
    weights = [1 / (rank + 1) ** 0.8 for rank in range(stories)]
    for number, story in enumerate(rng.choices(range(stories), weights, k=count)):
        its = random.Random(story)
        (happening, word), place = its.choice(_HAPPENINGS), its.choice(_PLACES)
        start = date(2015, 1, 1) + timedelta(days=its.randrange(3000))
        dead, hurt, homes = its.randrange(20, 900), its.randrange(100, 5000), 10 * its.randrange(20, 400)
        day = rng.randrange(4)
        dead = dead + 3 * day if rng.random() > 0.03 else 3 * dead
        speaker, other = rng.choice(_SPEAKERS), rng.choice(_SPEAKERS)
        first = (
            f"At least {dead:,} people were killed when {happening.format(place)} on {start:%A}, {speaker} said on "
            f"{start + timedelta(days=day):%A}."
        )
        second = f"{hurt + 10 * day:,} others were injured, according to {other}."
        third = f"Some {homes:,} homes were destroyed, and more than {1000 * (1 + story % 90):,} people were evacuated."
        text = "\n\n".join((first, rng.choice(_FILLERS), f"{second} {rng.choice(_FILLERS)}", third))
        yield Article(
            article_id=f"n{number:07}", outlet=f"Paper {number % 97}",
            title=f"{word.title()} in {place}: {dead:,} dead",
            published_at=(start + timedelta(days=day)).isoformat(), text=text,
        )  # fmt: skip
