"""Many articles, read by several processes: results in the order of the articles, with a bounded number under way.

A process that dies costs a second try. An article that ends its process twice, or that the reader stumbles over, is
skipped with a reason; the others go on.
"""

from __future__ import annotations

import hashlib
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from figures.extract import extract
from figures.lexicon import Lexicon, default_lexicon
from figures.model import Article, Figure, Skipped

__all__ = ["Read", "cores", "extract_many", "reader_id"]

MakeLexicon = Callable[[], Lexicon]

_CHUNK: Final = 64_000  # characters of text in one task: some 0.3 s of work, against 1 ms to hand it over
_MOST: Final = 200  # articles in one task
_WORTH: Final = 6 * _CHUNK  # below this the reading ends before another process has begun
_AHEAD: Final = 3  # tasks under way for each process: one at work, one waiting, one on its way back
_TRIES: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An article with its figures; ``skipped`` says why it was not read, and then there are none."""

    article: Article
    figures: list[Figure]
    skipped: Skipped | None = None


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def reader_id(own_files: Iterable[Path] = ()) -> str:
    """A name for this very reader: its code, what the lexicon knows, and the user's ``own_files`` over it.

    Equal names give equal figures for equal articles, so that what was read once need not be read again.
    """
    parts = [read for package in ("figures.extract", "figures.lexicon") for read in _contents(files(package))]
    parts += [path.read_bytes() for path in own_files]
    return hashlib.blake2b(b"\0".join(parts), digest_size=12).hexdigest()


def _contents(folder: Traversable) -> Iterator[bytes]:
    for one in sorted(folder.iterdir(), key=lambda one: one.name):
        if one.is_dir() and one.name != "__pycache__":
            yield from _contents(one)
        elif one.name.endswith((".py", ".toml")):
            yield one.read_bytes()


def extract_many(
    articles: Iterable[Article],
    make_lexicon: MakeLexicon = default_lexicon,
    *,
    workers: int | None = None,
    all_quantities: bool = False,
) -> Generator[Read, None, None]:
    """Read articles in several processes, and yield each with its figures in the order they came.

    ``workers`` is how many processes, by default one a processor; little text is read in this one. At most some
    hundred kilobytes a process are under way, so that memory does not grow with the input, and a slow consumer slows
    the reading. ``make_lexicon`` is called once in each process, so it must be a function that can be pickled, such as
    ``functools.partial(read_lexicon, metric_files=[…])``.
    """
    workers = cores() if workers is None else max(1, workers)
    chunks = _chunks(articles)
    first, size = [], 0
    for chunk in chunks:
        first.append(chunk)
        size += sum(len(one.text) for one in chunk)
        if workers == 1 or size >= _WORTH:
            break
    if workers == 1 or size < _WORTH:
        lexicon = make_lexicon()
        for chunk in chain(first, chunks):
            yield from (_read(one, lexicon, all_quantities) for one in chunk)
    else:
        yield from _Pool(make_lexicon, workers, all_quantities).read(chain(first, chunks))


def _chunks(articles: Iterable[Article]) -> Iterator[list[Article]]:
    held: list[Article] = []
    size = 0
    for article in articles:
        held.append(article)
        size += len(article.text)
        if size >= _CHUNK or len(held) >= _MOST:
            yield held
            held, size = [], 0
    if held:
        yield held


def _read(article: Article, lexicon: Lexicon, all_quantities: bool) -> Read:
    try:
        return Read(article=article, figures=extract(article, lexicon, all_quantities=all_quantities))
    except Exception as error:
        # Whatever a text does to the reader, the thousand others must not pay for it; the reason names it.
        return _skipped(
            article, f"the reader stumbled over it ({type(error).__name__}: {error}); please report the text"
        )


def _skipped(article: Article, reason: str) -> Read:
    return Read(article=article, figures=[], skipped=Skipped(where=article.article_id, reason=reason))


class _Pool:
    """Processes that are started anew when one of them dies."""

    def __init__(self, make_lexicon: MakeLexicon, workers: int, all_quantities: bool) -> None:
        self._make, self._workers, self._all = make_lexicon, workers, all_quantities

    def read(self, chunks: Iterator[list[Article]]) -> Iterator[Read]:
        pending: deque[tuple[list[Article], Future[list[Read]]]] = deque()
        pool = self._start(self._workers)
        try:
            while True:
                while len(pending) < _AHEAD * self._workers and (chunk := next(chunks, None)) is not None:
                    pending.append((chunk, self._submit(pool, chunk)))
                if not pending:
                    break
                chunk, future = pending.popleft()
                try:
                    done = future.result()
                except BrokenProcessPool:
                    # Which of the tasks under way did it is not known: they are read again one by one.
                    _stop(pool)
                    yield from self._one_by_one([chunk, *(one for one, _ in pending)])
                    pending.clear()
                    pool = self._start(self._workers)
                else:
                    yield from done
        finally:
            _stop(pool)

    def _submit(self, pool: ProcessPoolExecutor, chunk: list[Article]) -> Future[list[Read]]:
        try:
            return pool.submit(_task, chunk)
        except BrokenProcessPool as error:
            broken: Future[list[Read]] = Future()
            broken.set_exception(error)
            return broken

    def _one_by_one(self, chunks: Sequence[list[Article]]) -> Iterator[Read]:
        """Read chunks in one process, and the articles of a chunk that ends it each by itself."""
        pool = self._start(1)
        try:
            for chunk in chunks:
                parts, tries = [chunk], 0
                while parts:
                    try:
                        yield from self._submit(pool, parts[0]).result()
                    except BrokenProcessPool:
                        _stop(pool)
                        pool, tries = self._start(1), tries + 1
                        if len(parts[0]) > 1:
                            parts, tries = [[one] for one in chunk], 0
                            continue
                        if tries < _TRIES:
                            continue
                        yield _skipped(
                            parts[0][0],
                            f"ended its process {_TRIES} times, for want of memory perhaps; read it by itself",
                        )
                    del parts[0]
                    tries = 0
        finally:
            _stop(pool)

    def _start(self, workers: int) -> ProcessPoolExecutor:
        # A forked child may hold a lock that a thread of ours had; a spawned one begins clean, on every system.
        return ProcessPoolExecutor(
            max_workers=workers,
            mp_context=get_context("spawn"),
            initializer=_begin,
            initargs=(self._make, self._all),
        )


def _stop(pool: ProcessPoolExecutor) -> None:
    # Waiting costs one task at most, and leaves no pipe half closed behind.
    pool.shutdown(wait=True, cancel_futures=True)


_reader: Callable[[Article], Read]
"""Of a worker process: set once when it begins, for a task can bring its articles only."""


def _begin(make_lexicon: MakeLexicon, all_quantities: bool) -> None:
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, and ends its workers in order
    lexicon = make_lexicon()
    _reader = lambda article: _read(article, lexicon, all_quantities)  # noqa: E731


def _task(chunk: list[Article]) -> list[Read]:
    return [_reader(one) for one in chunk]
