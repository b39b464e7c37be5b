"""Conflicts found from annotated figures: what comparing is worth when reading made no mistake.

Usage: python benchmarks/conflicts_from_gold.py ARTICLES.jsonl PAIRS.jsonl > conflicts.jsonl

ARTICLES hold ``figures`` beside each text (value, comparator, metric, unit, population, party, place, source, as_of,
aspect, modality; a list means that any of its values is right, and the first is taken; of several populations the one
that most figures of the story and metric accept, of several days the last; a party where
none is right too only of a nation abroad that its sentence names). What the
annotation gives and what is made up here:

* Bounds and precision follow from value, comparator and quote, by the table of the specification.
* The event is given, not found: the pairs' ``event`` where they carry one ("across" and "a+b" name none; pairs of kind
  "event" hold incidents of one story apart); else articles that
  some judged pair joins, with most figures within two days, are one story, and a figure whose own as_of lies apart from
  its article's belongs to another one. Copies and origins are found by the library itself.
* A missing as_of means that the annotator did not score it: the day of publication is taken, as "no later than".
* Sentences are cut by the library, so that words of revision and the like are read from the text.
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from figures.extract.sentences import find_sentences
from figures.lexicon import default_lexicon
from figures.model import Article, figure_id
from figures.reconcile import Knowledge, Sheet, expanded, find_conflicts, rows_by_id
from figures.reconcile.origins import assign_origins
from figures.table import tabulate

_VAGUE = {
    "couple": (2, 3), "few": (2, 9), "several": (3, 9), "handful": (2, 9), "dozen": (12, 12), "tens": (10, 99),
    "dozens": (24, 99), "scores": (40, 99), "hundreds": (100, 999), "thousands": (1000, 9999),
    "millions": (1e6, 1e7 - 1),
}  # fmt: skip
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SCALES = {
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "bn": 1e9,
    "m": 1e6,
    "lakh": 1e5,
    "crore": 1e7,
}


_LISTED = ("population",)
Usual = dict[tuple[str | None, str, str | None], Counter[Any]]


def main() -> None:
    articles, pairs = (read(Path(one)) for one in sys.argv[1:3])
    lexicon = default_lexicon()
    table = assign_origins(tabulate(gold_rows(articles, pairs)), lexicon)
    knowledge = Knowledge(lexicon)
    conflicts, _ = find_conflicts(Sheet.of(table, knowledge), knowledge)
    rows = rows_by_id(table, *conflicts)
    for one in conflicts:
        print(json.dumps(expanded(one, rows), ensure_ascii=False))


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def gold_rows(articles: list[dict[str, Any]], pairs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The annotated figures as rows of the table."""
    events = given_events(articles, pairs)
    rows = []
    usual: Usual = defaultdict(Counter)
    for record in articles:
        for gold in record["figures"]:
            story = events.get((record["article_id"], gold["start"], gold["end"]))
            for name in _LISTED:
                for one in listed(gold.get(name)):
                    usual[story, name, first(gold.get("metric"))][one] += 1
            if "party" in gold and None in listed(gold["party"]):
                for one in filter(None, listed(gold["party"])):
                    usual[story, "party", first(gold.get("metric"))][one] += 1
    for record in articles:
        article = Article(
            article_id=record["article_id"], text=record["text"], outlet=record.get("outlet"),
            published_at=record.get("published_at"), title=record.get("title") or "", url=record.get("url"),
        )  # fmt: skip
        sentences = find_sentences(article).sentences
        for gold in record["figures"]:
            if "metric" in gold:
                story = events.get((article.article_id, gold["start"], gold["end"]))
                chosen = {
                    name: usually(gold.get(name), usual[story, name, first(gold["metric"])])
                    for name in _LISTED
                    if name in gold
                }
                parties = usual[story, "party", first(gold["metric"])]
                rows.append(gold_row(article, {**gold, **chosen}, sentences, story, parties))
    return rows


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def usually(value: Any, counts: Counter[Any]) -> Any:
    """Of the values that are right the one that most figures of the story accept, the first of equals."""
    said = [one for one in listed(value) if one is not None]
    return max(said, key=lambda one: counts[one]) if said else None


def gold_row(
    article: Article, gold: dict[str, Any], sentences: Any, event: str | None, parties: Counter[Any]
) -> dict[str, Any]:
    lexicon = default_lexicon()
    metric = first(gold["metric"])
    known = lexicon.metrics.metric(metric)
    comparator = first(gold["comparator"])
    value = gold["value"]
    precision = precision_of(gold["quote"], value)
    low, high = bounds(comparator, value, gold, precision)
    inside = [one for one in sentences if one.field == "text" and one.start <= gold["start"] < one.end]
    population = lexicon.metrics.population(some(gold.get("population")))
    place = some(gold.get("place"))
    found = lexicon.settings.place(place) if place else None
    party = party_of(gold, inside[0].text if inside else "", parties, found.iso3 if found else None)
    source = first(gold.get("source")) or article.outlet
    as_of = latest(gold.get("as_of"))
    published = str(article.published_at)[:10] if article.published_at else None
    known_source = lexicon.sources.source(source) if source else None
    named = known_source.name if known_source else source
    return {
        "figure_id": figure_id(article.article_id, "text", gold["start"], gold["end"], metric), "metric": metric,
        "source": named, "outlet": article.outlet, "title": article.title, "url": article.url,
        "source_type": "media" if source == article.outlet else type_of(known_source, source),
        "source_mention": mention(listed(gold.get("source")), inside[0].text) if inside else None,
        "source_relation": lexicon.sources.relation_of(named, party) if named and party else "unknown",
        "article_id": article.article_id, "published_at": article.published_at, "value": value, "low": low,
        "high": high,
        "comparator": comparator, "precision": precision, "unit": first(gold.get("unit")) or known.unit,
        "population": population, "party": party, "place": found.name if found else place,
        "iso3": found.iso3 if found else None, "event": event, "as_of": as_of or published,
        "as_of_basis": ("stated" if as_of else "publication") if as_of or published else None,
        "aspect": first(gold.get("aspect")) or known.default_aspect or "cumulative",
        "modality": first(gold.get("modality")) or "reported", "confidence": 1.0,
        "sentence": inside[0].text if inside else gold["quote"], "quote": gold["quote"], "field": "text",
        "start": gold["start"], "end": gold["end"],
        "rules": {"sentence": {"rule": "given", "start": inside[0].start, "end": inside[0].end}} if inside else {},
    }  # fmt: skip


def given_events(articles: list[dict[str, Any]], pairs: list[dict[str, Any]]) -> dict[tuple[str, int, int], str]:
    """The story of each figure: what the pairs say, else the articles that judged pairs join, by day of the figure."""
    named: dict[tuple[str, int, int], str] = {}
    parent: dict[str, str] = {}

    def root(one: str) -> str:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    for pair in pairs:
        for side in ("a", "b"):
            span = (pair[side]["article_id"], pair[side]["start"], pair[side]["end"])
            if pair.get("event") and pair["event"] != "across" and "+" not in pair["event"]:
                named[span] = pair["event"]
        if not pair.get("event"):
            parent[root(pair["a"]["article_id"])] = root(pair["b"]["article_id"])
    _tell_apart(named, pairs)
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for article in articles:
        groups[root(article["article_id"])].append(article)
    for group in groups.values():
        number, last = 0, None
        for article in sorted(group, key=usual_day):
            day = date.fromisoformat(usual_day(article))
            number += last is not None and (day - last).days > 2
            last = day
            for gold in article["figures"]:
                span = (article["article_id"], gold["start"], gold["end"])
                said = latest(gold.get("as_of"))
                apart = said and abs((date.fromisoformat(said) - day).days) > 2
                named.setdefault(span, f"attack:{root(article['article_id'])} {number}:{said if apart else '?'}")
    return named


def _tell_apart(named: dict[tuple[str, int, int], str], pairs: list[dict[str, Any]]) -> None:
    """Give the incidents of one story names of their own, where pairs of kind "event" hold their figures apart."""
    parent: dict[tuple[str, int, int], tuple[str, int, int]] = {}

    def root(one: tuple[str, int, int]) -> tuple[str, int, int]:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    apart = set()
    for pair in pairs:
        one, other = ((pair[side]["article_id"], pair[side]["start"], pair[side]["end"]) for side in ("a", "b"))
        if one not in named or named[one] != named.get(other):
            continue
        if pair["verdict"] == "consistent" and pair.get("kind") == "event":
            apart.add((one, other))
        else:
            parent[root(one)] = root(other)
    split = {root(end) for one, other in apart if root(one) != root(other) for end in (one, other)}
    for span in named:
        if root(span) in split:
            named[span] = f"{named[span]} {root(span)[0]}:{root(span)[1]}"


def usual_day(article: dict[str, Any]) -> str:
    """The day that most of an article's figures hold for."""
    days = Counter(latest(one.get("as_of")) for one in article["figures"] if latest(one.get("as_of")))
    return days.most_common(1)[0][0] if days else article["published_at"][:10]


def bounds(
    comparator: str, value: float | None, gold: dict[str, Any], precision: float
) -> tuple[float | None, float | None]:
    """The hard bounds that the words assert; None is an open one."""
    if comparator == "vague" or value is None:
        low, high = gold.get("low"), gold.get("high")
        if low is None and value is not None:
            return value, value
        words = gold["quote"].lower().split()
        for word in reversed(words):
            if word in _VAGUE and high is None and _VAGUE[word][0] <= (low or 0):
                high = _VAGUE[word][1] * ((low or 0) / _VAGUE[word][0])
                break
        if high is None and low is not None and comparator == "vague":
            high = low * 10 - 1 if low >= 10 else 9
        return low, high
    room = max(0.15 * value, precision / 2)
    table = {
        "exact": (value, value), "approximately": (value - room, value + room), "more_than": (value, None),
        "at_least": (value, None), "less_than": (0, value), "at_most": (0, value), "nearly": (0.85 * value, value),
        "just_over": (value, 1.15 * value),
        "between": (gold.get("low", value), gold.get("high", value)),
    }  # fmt: skip
    return table[comparator]


def precision_of(quote: str, value: float | None) -> float:
    """The place value of the last significant digit as written: 498 → 1, 2,000 → 1,000, 1.04 million → 10,000."""
    found = _NUMBER.search(quote)
    if value is None and found:
        value = float(found.group().replace(",", ""))
    if not found or value is None:
        return (
            1.0 if value is None or value < 100 else 10.0 ** (len(str(int(value))) - len(str(int(value)).rstrip("0")))
        )
    digits = found.group().replace(",", "").rstrip(".")
    written = float(digits)
    scale = value / written if written else 1.0
    scale = min(_SCALES.values(), key=lambda one: abs(one - scale)) if scale > 500 else 1.0
    if "." in digits:
        return scale * 10.0 ** -len(digits.partition(".")[2])
    zeros = len(digits) - len(digits.rstrip("0"))
    return scale * 10.0 ** (zeros if math.isfinite(written) and written else 0)


def latest(value: Any) -> Any:
    """Of several days that are right the last, the statement's; of days far apart the one that is given first."""
    days = [one for one in listed(value) if one]
    if not days:
        return None
    return days[0] if (date.fromisoformat(max(days)) - date.fromisoformat(min(days))).days > 5 else max(days)


def first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else (None if isinstance(value, list) else value)


def type_of(known: Any, source: str | None) -> str:
    return known.type if known is not None else "hospital" if "hospital" in (source or "").lower() else "unknown"


def party_of(gold: dict[str, Any], sentence: str, parties: Counter[Any], iso3: str | None) -> str | None:
    """The party; where none is right too, only that of a nation abroad, if the story has the people of several and
    the number's own sentence names this one ("36 Pakistanis" in Mecca)."""
    named = [one for one in listed(gold.get("party")) if one]
    if not named or None not in listed(gold.get("party")):
        return named[0] if named else None
    country_of = default_lexicon().settings.country_of
    abroad = [one for one in named if country_of(one) not in (None, iso3)]
    return next((one for one in abroad if len(parties) > 1 and told(one, sentence)), None)


def told(party: str, sentence: str) -> bool:
    """Whether a sentence has a nation's name or the name of its people."""
    settings = default_lexicon().settings
    iso3 = settings.country_of(party)
    words = (one.strip('.,;:()"').removesuffix("'s").removesuffix("’s") for one in sentence.split())
    return party in sentence or (
        iso3 is not None and any(settings.country_of(one) == iso3 for one in words if one[:1].isupper())
    )


def mention(sources: list[str | None], sentence: str) -> str | None:
    """The words of the sentence that name the source, with what stands just before ("Governor A. B.")."""
    for name in sources:
        at = sentence.find(name) if name else -1
        if name and at >= 0:
            return sentence[max(at - 40, 0) : at + len(name)]
    return None


def some(value: Any) -> Any:
    """The first that says anything: where nothing and a name are both right, the name says what was meant."""
    if isinstance(value, list):
        return next((one for one in value if one), None)
    return value


if __name__ == "__main__":
    main()
