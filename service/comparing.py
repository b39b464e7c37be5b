"""Comparing what has come in: at once, or soon after, and once for all who wait."""

from __future__ import annotations

import gc
import logging
from threading import Event, Lock, Thread

from figures.desk import Desk
from figures.extract import extract
from figures.model import Article

__all__ = ["Comparer"]


class Comparer:
    """Compares for many writers: whoever waits while another compares finds the work done when its turn comes."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._turn = desk, Lock()
        self._wanted, self._ended = Event(), Event()
        self._thread = Thread(target=self._work, name="figures-comparer", daemon=True)

    def start(self) -> None:
        """Begin to compare what ``later`` asks for; at first, what an earlier run left."""
        self._wanted.set()
        self._thread.start()

    def stop(self) -> None:
        """Finish what was asked for, and end."""
        self._ended.set()
        self._wanted.set()
        self._thread.join()

    def compare(self) -> bool:
        """Compare, unless that has been done since; whether it is done now.

        A fault of ours in comparing is logged, no more: what was sent is on disk, and the next comparison includes it.
        """
        try:
            with self._turn:
                if not self._desk.store.is_compared():
                    self._desk.refresh()
        except Exception:
            logging.getLogger("figures.comparing").exception("not compared")
            return False
        return True

    def later(self) -> bool:
        """Have it compared soon; whether it is already."""
        if self._desk.store.is_compared():
            return True
        self._wanted.set()
        return False

    def _work(self) -> None:
        # The first article read costs a second of reading the lexicon; better now than while somebody waits.
        extract(Article(article_id="first", text="The agency said that 3 people were killed."), self._desk.lexicon)
        # What is read by now stays; looking through it again and again would stop every answer for a tenth of a second.
        gc.collect()
        gc.freeze()
        while not self._ended.is_set() or self._wanted.is_set():
            self._wanted.wait()
            self._wanted.clear()
            self.compare()
