"""The desk: articles in, and everything that follows from them. Command line and service both work here.

``ingest`` reads each article's figures and keeps them; ``refresh`` compares what is kept and keeps what it found: all
of it where very much has changed, else only what the changes can bear on (``figures.reconcile.incremental``). The
store knows what has changed since, whichever process did it, so that a desk opens at once over a store of any size.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from figures.extract import extract
from figures.lexicon import Lexicon, default_lexicon
from figures.model import Article, Figure
from figures.publish.words import overview_sentence, plural
from figures.reconcile.comparable import Knowledge
from figures.reconcile.incremental import Settled, compare_all, compare_changes
from figures.store import Change, Correction, Outcome, Store, Waiting

__all__ = ["Desk", "Summary"]

# So many changed articles are followed one by one whatever else the store holds; more only where it holds many more.
_FEW: Final = 50
_SHARE: Final = 4


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
        self._knowledge = Knowledge(self.lexicon)
        self.followed: Counter[str] = Counter()
        """How often changes were followed narrowly, and why more than that was compared."""

    def ingest(self, articles: Iterable[Article], on_progress: Callable[[Outcome], None] | None = None) -> Summary:
        """Read articles and keep them with their figures, then compare anew where anything changed.

        ``on_progress`` is called with each outcome once it is on disk.
        """
        return self.keep(self._read(articles), on_progress)

    def keep(
        self,
        pairs: Iterable[tuple[Article, Iterable[Figure]]],
        on_progress: Callable[[Outcome], None] | None = None,
        *,
        reader: str | None = None,
    ) -> Summary:
        """Keep articles with figures that were read elsewhere, then compare anew where anything changed.

        ``reader`` names who read them (:func:`figures.extract.many.reader_id`), so that they need not be read again.
        """
        outcomes = []
        for outcome in self.store.add_many(pairs, reader=reader):
            outcomes.append(outcome)
            if on_progress is not None:
                on_progress(outcome)
        # Asked of the store, not of the outcomes: an earlier ingestion may have been cut off before it compared.
        return Summary(outcomes=tuple(outcomes), changes=tuple(self.refresh()))

    def refresh(self) -> list[Change]:
        """Compare what the store holds, and keep conflicts, final events and latest figures; tell what changed."""
        # One at a time here; across processes the version keeps an older comparison from replacing a newer one.
        with self._turn:
            if self.store.settle_reprints():
                return []
            waiting = self.store.waiting()
            version = waiting.version
            if not self._is_small(waiting):
                settled = compare_all(self.store.table(), self.lexicon, self._knowledge)
                return self.store.settle(settled, version=version)
            with self.store.shelf() as shelf:
                pending = shelf.pending()
                changed = compare_changes(shelf, pending, self.lexicon, self._knowledge)
            if isinstance(changed, Settled):
                self.followed[changed.why] += 1
                return self.store.settle(changed, version=version, pending=pending)
            self.followed["narrowly"] += 1
            return self.store.settle_few(changed, version=version, pending=pending)

    def _is_small(self, waiting: Waiting) -> bool:
        """Whether following the articles that changed is less work than comparing everything."""
        few = waiting.articles <= _FEW or not self.store.has_no_more_than(_SHARE * waiting.articles)
        return waiting.followed and few

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
            minor=self.store.counts(min_level="low").conflicts - counts.conflicts if not counts.conflicts else 0,
            uncompared=counts.uncompared,
        )

    def _read(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Figure]]]:
        for article in articles:
            yield article, extract(article, self.lexicon)
