"""The desk: articles in, and everything that follows from them. Command line and service both work here.

``ingest`` reads each article's figures and keeps them; ``refresh`` compares all that is kept and keeps what it found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any

from figures.extract import extract
from figures.lexicon import Lexicon, default_lexicon
from figures.model import Article, Figure
from figures.publish.words import overview_sentence, plural
from figures.reconcile import reconcile
from figures.reconcile.latest import latest_of
from figures.store import Change, Correction, Outcome, Store

__all__ = ["Desk", "Summary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What an ingestion did: an outcome for each article, in its order, and what changed among the conflicts."""

    outcomes: tuple[Outcome, ...]
    changes: tuple[Change, ...] = ()

    def __str__(self) -> str:
        counts = Counter[str](one.outcome for one in self.outcomes)
        words = {
            "added": "added",
            "revised": "revised",
            "unchanged": "unchanged",
            "withdrawn": "withdrawn earlier, left out",
        }
        parts = [f"{counts[name]:,} {word}" for name, word in words.items() if counts[name]]
        numbers = sum(one.figures for one in self.outcomes if one.outcome in ("added", "revised"))
        sentence = f"{plural(len(self.outcomes), 'article')}: {', '.join(parts)}" if parts else "No articles"
        return f"{sentence}; {plural(numbers, 'number')} read." if numbers else f"{sentence}."


class Desk:
    """A store with the lexicon that reads for it. Safe to share between threads."""

    def __init__(self, store: Store, lexicon: Lexicon | None = None) -> None:
        self.store, self.lexicon = store, lexicon or default_lexicon()
        self._turn = Lock()

    def ingest(self, articles: Iterable[Article], on_progress: Callable[[Outcome], None] | None = None) -> Summary:
        """Read articles and keep them with their figures, then compare anew where anything changed.

        ``on_progress`` is called with each outcome once it is on disk.
        """
        outcomes = []
        for outcome in self.store.add_many(self._read(articles)):
            outcomes.append(outcome)
            if on_progress is not None:
                on_progress(outcome)
        # Asked of the store, not of the outcomes: an earlier ingestion may have been cut off before it compared.
        return Summary(outcomes=tuple(outcomes), changes=() if self.store.is_compared() else tuple(self.refresh()))

    def refresh(self) -> list[Change]:
        """Compare all that the store holds, and keep conflicts, final events and latest figures; what changed."""
        # One at a time here; across processes the version keeps an older comparison from replacing a newer one.
        with self._turn:
            version = self.store.version()
            outcome = reconcile(self.store.table(), self.lexicon)
            latest = latest_of(outcome.table, None, lexicon=self.lexicon)
            return self.store.save(outcome, latest=latest, version=version)

    def withdraw(self, article_id: str, *, by: str = "", reason: str | None = None) -> bool:
        """Take an article's figures out of every answer, and compare anew. False where there was none to withdraw."""
        done = self.store.withdraw(article_id, by=by, reason=reason)
        if done:
            self.refresh()
        return done

    def correct(self, figure_id: str, field: str, value: Any, *, reviewer: str, note: str | None = None) -> Correction:
        """Put a misread value right, and compare anew."""
        correction = self.store.correct(figure_id, field, value, reviewer=reviewer, note=note)
        self.refresh()
        return correction

    def overview(self) -> str:
        """The sentence that every first screen begins with."""
        counts = self.store.counts()
        return overview_sentence(
            articles=counts.articles,
            outlets=counts.outlets,
            days=counts.days,
            numbers=counts.figures,
            conflicts=counts.conflicts,
            uncompared=counts.uncompared,
        )

    def _read(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Figure]]]:
        for article in articles:
            yield article, extract(article, self.lexicon)
