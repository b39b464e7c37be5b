"""How the time of one extraction divides among its stages."""

from __future__ import annotations

import importlib
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Final
from unittest.mock import patch

from figures.lexicon import Lexicon
from figures.model import Article

STAGES: Final = (
    "find_sentences", "find_numbers", "resolve_units", "find_readings", "find_credits", "apply_floors",
    "find_settings", "to_figures",
)  # fmt: skip


def divide(articles: list[Article], lexicon: Lexicon, rounds: int) -> Counter[str]:
    """CPU seconds per stage of the best of several rounds; the stages are those that ``extract`` calls."""
    module = importlib.import_module("figures.extract")
    best: Counter[str] = Counter()
    for _ in range(rounds + 1):  # the first one warms up
        spent: Counter[str] = Counter()
        wrapped = {name: _timed(name, getattr(module, name), spent) for name in STAGES}
        with patch.multiple(module, **wrapped):
            for article in articles:
                module.extract(article, lexicon)
        if not best or spent.total() < best.total():
            best = spent
    return best


def _timed(name: str, stage: Callable[..., Any], spent: Counter[str]) -> Callable[..., Any]:
    def run(*args: Any, **options: Any) -> Any:
        start = time.process_time()
        try:
            return stage(*args, **options)
        finally:
            spent[name] += time.process_time() - start  # type: ignore[assignment]

    return run
