"""The desk: articles in, and everything that follows from them. Command line and service both work here.

``ingest`` reads each article's figures and keeps them; ``refresh`` compares what is kept and keeps what it found: all
of it the first time, later on only what the changes since can bear on (``figures.reconcile.incremental``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

import pandas as pd

from figures.extract import extract
from figures.lexicon import Lexicon, default_lexicon
from figures.model import Article, Figure
from figures.publish.words import overview_sentence, plural
from figures.reconcile import Reconciliation, reconcile
from figures.reconcile.incremental import Ledger, Settled
from figures.reconcile.latest import latest_of
from figures.store import Change, Correction, Outcome, Store

__all__ = ["Desk", "Summary"]

# Articles read from the store in one query.
_AT_ONCE: Final = 500


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


@dataclass(slots=True)
class _Known:
    """What a desk compared last: the articles' marks, and either all of it as it was found, or the ledger."""

    marks: dict[str, str]
    table: pd.DataFrame | None = None
    outcome: Reconciliation | None = None
    latest: pd.DataFrame | None = None
    ledger: Ledger | None = None


class Desk:
    """A store with the lexicon that reads for it. Safe to share between threads."""

    def __init__(self, store: Store, lexicon: Lexicon | None = None) -> None:
        self.store, self.lexicon = store, lexicon or default_lexicon()
        self._turn = Lock()
        self._known: _Known | None = None

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
        return Summary(outcomes=tuple(outcomes), changes=() if self.store.is_compared() else tuple(self.refresh()))

    def refresh(self) -> list[Change]:
        """Compare what the store holds, and keep conflicts, final events and latest figures; tell what changed."""
        # One at a time here; across processes the version keeps an older comparison from replacing a newer one.
        with self._turn:
            version, marks = self.store.version(), self.store.marks()
            if self._known is None:
                table = self.store.table()
                outcome = reconcile(table, self.lexicon)
                latest = latest_of(outcome.table, None, lexicon=self.lexicon)
                self._known = _Known(marks=marks, table=table, outcome=outcome, latest=latest)
                return self.store.save(outcome, latest=latest, version=version)
            try:
                settled = self._settle(self._known, marks)
                return self.store.save(
                    settled, latest=settled.answers, version=version, part=settled.part, stories=settled.stories
                )
            except BaseException:
                # What the ledger holds and the store does not would be missing from every later answer.
                self._known = None
                raise

    def _settle(self, known: _Known, marks: dict[str, str]) -> Settled:
        """Bring what is known to the articles as they are now kept, whoever changed them; only these are read."""
        ledger = known.ledger
        if ledger is None:
            # Whoever refreshes but once, as a command does, never needs the ledger's keys.
            assert known.table is not None
            assert known.outcome is not None
            assert known.latest is not None
            ledger = known.ledger = Ledger(self.lexicon)
            ledger.adopt(known.table, known.outcome, known.latest)
            known.table = known.outcome = known.latest = None
        changed = [one for one, mark in marks.items() if known.marks.get(one) != mark]
        ledger.take([*(one for one in known.marks if one not in marks), *changed])
        for at in range(0, len(changed), _AT_ONCE):
            ledger.put(self.store.table(article_id=changed[at : at + _AT_ONCE]))
        known.marks = marks
        return ledger.settle()

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
