"""Run one reader of quantities over texts and say what it cost; a program of its own, so that readers share nothing.

Usage: python engines.py NAME ROUNDS < texts.json

Prints one JSON object: cpu and wall seconds of the best round, quantities found, version; or why the reader is skipped.
It imports nothing of this project for the peers, so that another interpreter, with other packages, can run it.
"""

from __future__ import annotations

import importlib.metadata
import json
import logging
import sys
import time
import warnings
from collections.abc import Callable

FIELDS = ("article_id", "text", "title", "outlet", "published_at")
Engine = tuple[str, Callable[[dict[str, str]], int]]


def figures() -> Engine:
    from figures.extract import extract
    from figures.lexicon import default_lexicon
    from figures.model import Article

    lexicon = default_lexicon()

    def read(article: dict[str, str]) -> int:
        return len(extract(Article(**{name: article[name] for name in FIELDS}), lexicon))

    return "figures", read


def quantulum3() -> Engine:
    from quantulum3 import parser

    return "quantulum3", lambda article: len(parser.parse(article["text"]))


def cqe() -> Engine:
    from CQE import CQE

    engine = CQE.CQE()
    return "CQE", lambda article: len(engine.parse(article["text"]))


def recognizers() -> Engine:
    from recognizers_number import Culture, recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    kinds = (recognize_number, recognize_percentage, recognize_currency, recognize_dimension)
    return "recognizers-text-suite", lambda article: sum(len(one(article["text"], Culture.English)) for one in kinds)


def duckling() -> Engine:
    from duckling import Dim, Duckling, Language

    engine = Duckling()
    engine.load(languages=[Language.ENGLISH])

    def read(article: dict[str, str]) -> int:
        # Its cost grows faster than the text, so it gets what it was made for: one paragraph at a time.
        parts = [part for part in article["text"].split("\n") if part.strip()]
        return sum(len(engine.parse(part, language=Language.ENGLISH, dim_filter=Dim.NUMBER)) for part in parts)

    return "duckling", read


ENGINES: dict[str, Callable[[], Engine]] = {
    "figures": figures,
    "quantulum3": quantulum3,
    "CQE": cqe,
    "Recognizers-Text": recognizers,
    "Duckling": duckling,
}


def best_round(read: Callable[[dict[str, str]], int], articles: list[dict[str, str]], rounds: int) -> dict[str, float]:
    read(articles[0])  # tables that are read on the first question
    best: dict[str, float] = {}
    for _ in range(rounds):
        cpu, wall = time.process_time(), time.perf_counter()
        found = sum(read(one) for one in articles)
        cost = {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - wall, "found": found}
        if not best or cost["cpu"] < best["cpu"]:
            best = cost
    return best


def _measure(name: str, articles: list[dict[str, str]], rounds: int) -> dict[str, object]:
    try:
        package, read = ENGINES[name]()
    except ImportError as error:
        return {"skipped": f"not installed here ({error})"}
    except BaseException as error:  # a peer that cannot start must not end the run, whatever it raises
        return {"skipped": f"does not start: {' '.join(str(error).split())[:120] or type(error).__name__}"}
    try:
        return {"version": importlib.metadata.version(package), **best_round(read, articles, rounds)}
    except Exception as error:
        return {"skipped": f"fails on the text: {' '.join(str(error).split())[:120] or type(error).__name__}"}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    print(json.dumps(_measure(sys.argv[1], json.load(sys.stdin), int(sys.argv[2]))))
