"""Feeds polled politely: what is new or changed in them, as articles.

A feed is asked with its own ETag and date, no sooner than it wishes, and more and more seldom while it fails. A page
that an entry links to is read where robots.txt allows it, one at a time, with a pause between two requests to a host;
where it cannot be had, the feed's excerpt is read and said to be partial. What was seen is kept in a small JSON file.
"""

from __future__ import annotations

import hashlib
import io
import os
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import orjson

from figures.ingest.addresses import canonical, identity
from figures.ingest.fetch import EVERY_PORT, Fetched, FetchError, Limits, Stamp, fetch
from figures.ingest.formats import FormatError
from figures.ingest.formats.feeds import read as read_feed
from figures.ingest.formats.pages import page_record
from figures.ingest.records import Meta, RecordError, to_article
from figures.model import Article, Skipped

__all__ = ["FeedListError", "Round", "Watcher", "read_feed_list"]

AGENT: Final = "figures"
PAUSE: Final = 1.0  # seconds between two requests to one host
LONGEST: Final = timedelta(days=1)  # between two tries at a feed that fails
GONE: Final = timedelta(days=30)  # until a feed that said "gone for good" is asked again
_MOST_ENTRIES: Final = 2_000  # of one feed that are remembered
_VERSION: Final = 1
_WHOLE: Final = "+"  # before the print of an entry whose page was read whole


class FeedListError(ValueError):
    """A list of feeds, or the file of what was seen, that cannot be used; the message says what to do next."""


class Fetch(Protocol):
    """What fetches an address; tests and networks of one's own put another in its place."""

    def __call__(self, url: str, *, since: Stamp | None = None) -> Fetched: ...


def read_feed_list(path: str) -> list[str]:
    """The feeds of an OPML file, of a text with one address a line, or of one address itself. Raises FeedListError."""
    if path.startswith(("http://", "https://")):
        return [path]
    try:
        data = Path(path).read_bytes().removeprefix(b"\xef\xbb\xbf")
        text = data.decode()
    except (OSError, UnicodeDecodeError) as error:
        raise FeedListError(f"{path}: cannot be read ({error}); name an OPML file or one address a line") from None
    if text.lstrip().startswith("<"):
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise FeedListError(f"{path}: declares XML entities, which a list of feeds has no need of; remove them")
        try:
            found = [one.get("xmlUrl", "").strip() for one in ElementTree.fromstring(text).iter("outline")]
        except ElementTree.ParseError as error:
            raise FeedListError(f"{path}: no valid OPML ({error}); export it again from the feed reader") from None
    else:
        found = [line.split("#")[0].strip() if line.startswith("#") else line.strip() for line in text.splitlines()]
    feeds = list(dict.fromkeys(one for one in found if one))
    for number, feed in enumerate(feeds, 1):
        if not feed.startswith(("http://", "https://")):
            raise FeedListError(f"{path}: feed {number}, {feed[:60]!r}, is no http(s) address; correct or remove it")
    if not feeds:
        raise FeedListError(f"{path}: lists no feeds; an outline needs an xmlUrl, a text one address a line")
    return feeds


@dataclass(slots=True, kw_only=True)
class _Feed:
    """What is known of one feed: when it may be asked again, and the entries that have been read."""

    stamp: Stamp = field(default_factory=Stamp)
    due: datetime | None = None
    failures: int = 0
    entries: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What an entry gave. Where it was not ``seen`` it is read again the next time."""

    items: list[Article | Skipped]
    whole: bool = False
    seen: bool = True


@dataclass(slots=True, kw_only=True)
class Round:
    """What one look at the feeds came to."""

    asked: int = 0
    unchanged: int = 0
    failed: int = 0
    articles: int = 0
    partial: int = 0


class Watcher:
    """Reads what is new in some feeds. ``state`` is the file that remembers it; ``save`` writes it.

    Nothing counts as seen before ``save``: whoever keeps the articles first and saves then loses none.
    """

    def __init__(
        self,
        feeds: Iterable[str],
        state: Path,
        *,
        every: timedelta = timedelta(minutes=15),
        most: int = 50,
        fetcher: Fetch | None = None,
        clock: Callable[[], datetime] | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self.feeds, self.state, self.every, self.most = list(feeds), state, every, most
        self._fetch = fetcher or _safe_fetch
        self._clock = clock or (lambda: datetime.now(UTC))
        self._pause = pause
        self._last: dict[str, float] = {}
        self._robots: dict[str, RobotFileParser | None] = {}
        self._known = _read_state(state)
        self.round = Round()

    def poll(self) -> Iterator[Article | Skipped]:
        """Ask every feed that is due, and yield the articles that are new or changed; failures as Skipped."""
        self.round = Round()
        self._robots.clear()
        for feed in self.feeds:
            known = self._known.setdefault(feed, _Feed())
            if known.due is not None and known.due > self._clock():
                continue
            self.round.asked += 1
            yield from self._ask(feed, known)

    def next_due(self) -> datetime:
        """When the next feed wants to be asked; now where one has never been."""
        now = self._clock()
        return min((self._known.get(one, _Feed()).due or now for one in self.feeds), default=now)

    def save(self) -> None:
        """Remember what was seen: written beside the file, then put in its place."""
        kept = {feed: _to_json(one) for feed, one in sorted(self._known.items()) if feed in self.feeds}
        draft = self.state.with_name(self.state.name + ".part")
        draft.write_bytes(orjson.dumps({"version": _VERSION, "feeds": kept}, option=orjson.OPT_INDENT_2))
        draft.replace(self.state)

    def _ask(self, url: str, known: _Feed) -> Iterator[Article | Skipped]:
        try:
            got = self._get(url, known.stamp)
            entries = [] if got.unchanged else list(read_feed(io.BytesIO(got.body)))
        except (FetchError, FormatError) as error:
            known.failures += 1
            self.round.failed += 1
            wait = self._wait_after(error, known.failures)
            known.due = self._clock() + wait
            yield Skipped(where=url, reason=f"{_without(str(error), url)}; asked again in {_words(wait)}", warning=True)
            return
        known.failures = 0
        known.due = self._clock() + self.every
        if got.unchanged:
            self.round.unchanged += 1
            return
        fresh: dict[str, str] = {}
        taken = 0
        for number, record in entries:
            if isinstance(record, str):
                continue
            key, print_ = _key(record), _print(record)
            before = known.entries.get(key, "")
            if before.removeprefix(_WHOLE) == print_:
                fresh[key] = before
            elif taken < self.most:
                taken += 1
                read = self._article(url, number, record, was_whole=before.startswith(_WHOLE))
                yield from read.items
                if read.seen:
                    fresh[key] = _WHOLE + print_ if read.whole else print_
        if taken < self.most:
            known.stamp = got.stamp
        else:
            known.due = self._clock()  # the rest is read the next time; until then the feed counts as not read
            known.stamp = Stamp()
        # An entry that has left the feed is forgotten, once there are many of them.
        older = {key: value for key, value in known.entries.items() if key not in fresh}
        known.entries = dict(list({**older, **fresh}.items())[-_MOST_ENTRIES:])

    def _article(self, feed: str, number: int | None, record: Mapping[str, Any], *, was_whole: bool) -> _Read:
        """The article of an entry: its page, or what the feed itself says.

        What a feed says of another site's page goes under an id of its own, so that no feed can replace that page.
        An excerpt never replaces a page that was read whole: the page is asked for again.
        """
        link = str(record.get("url") or "")
        linked = link.startswith(("http://", "https://"))
        where = link or f"{feed}, item {number}"
        own = not linked or urlsplit(link).hostname == urlsplit(feed).hostname
        name = identity(link) if linked and own else identity(f"{feed}#{link or record.get('article_id')}")
        whole, why = not record.get("partial"), ""
        if not whole and linked:
            try:
                record, name, whole = {**record, **self._page(link)}, identity(link), True
            except (FetchError, FormatError) as error:
                why = _without(str(error), link)
        elif not whole:
            why = "the entry links to no page"
        if was_whole and not whole:
            late = Skipped(where=where, reason=f"has changed, and its page is asked for again: {why}", warning=True)
            return _Read(items=[late], seen=False)
        try:
            article = to_article({**record, "article_id": name}, Meta())
        except RecordError as error:
            return _Read(items=[Skipped(where=where, reason=str(error))])
        self.round.articles += 1
        if whole:
            return _Read(items=[article], whole=True)
        self.round.partial += 1
        partial = Skipped(where=where, reason=f"only the feed's excerpt was read: {why}", warning=True)
        return _Read(items=[article, partial])

    def _page(self, link: str) -> dict[str, Any]:
        """What the page says; the feed keeps the last word on the address, so that no page can pose as another."""
        if not self._allowed(link):
            raise FetchError("the site's robots.txt asks not to read it")
        got = self._get(link, None)
        found = page_record(got.body, got.url)
        return {name: found[name] for name in ("text", "title", "published_at") if found.get(name)} | {"url": link}

    def _allowed(self, link: str) -> bool:
        parts = urlsplit(link)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._robots:
            rules = None
            try:
                body = self._get(f"{host}/robots.txt", None).body
            except FetchError:
                pass  # no rules, or none to be had: a browser would open the page as well
            else:
                rules = RobotFileParser()
                rules.parse(body.decode(errors="replace").splitlines())
            self._robots[host] = rules
        found = self._robots[host]
        return found is None or found.can_fetch(AGENT, link)

    def _get(self, url: str, since: Stamp | None) -> Fetched:
        host = urlsplit(url).netloc
        left = self._last.get(host, -PAUSE) + PAUSE - time.monotonic()
        if left > 0:
            self._pause(left)
        try:
            return self._fetch(url, since=since)
        finally:
            self._last[host] = time.monotonic()

    def _wait_after(self, error: Exception, failures: int) -> timedelta:
        """Twice as long each time, a tenth more or less so that not all feeds are asked at once."""
        if isinstance(error, FetchError) and error.status == 410:
            return GONE
        wait: timedelta = min(self.every * 2 ** min(failures, 16), LONGEST) * random.uniform(0.9, 1.1)
        if isinstance(error, FetchError) and error.retry_after is not None:
            return max(wait, timedelta(seconds=error.retry_after))
        return wait


def _safe_fetch(url: str, *, since: Stamp | None = None) -> Fetched:
    private = os.environ.get("FIGURES_PRIVATE_NETWORKS") == "1"
    return fetch(url, limits=Limits(private=True, ports=EVERY_PORT) if private else Limits(), since=since)


def _key(record: Mapping[str, Any]) -> str:
    return canonical(str(record.get("url") or "")) or str(record.get("article_id") or record.get("title") or "")


def _print(record: Mapping[str, Any]) -> str:
    parts = [str(record.get(name) or "") for name in ("title", "text", "published_at")]
    return hashlib.blake2b("\x1f".join(parts).encode(errors="surrogatepass"), digest_size=8).hexdigest()


def _without(message: str, url: str) -> str:
    return message.removeprefix(f"{url}: ").removeprefix(f"{url!r}: ")


def _words(wait: timedelta) -> str:
    minutes = round(wait.total_seconds() / 60)
    if minutes < 120:
        return f"{max(1, minutes)} min"
    return f"{round(minutes / 60)} hours" if minutes < 60 * 48 else f"{round(minutes / 1440)} days"


def _to_json(feed: _Feed) -> dict[str, Any]:
    return {
        "etag": feed.stamp.etag, "modified": feed.stamp.modified, "failures": feed.failures,
        "due": feed.due.isoformat() if feed.due else None, "entries": feed.entries,
    }  # fmt: skip


def _read_state(path: Path) -> dict[str, _Feed]:
    if not path.exists():
        return {}
    try:
        kept = orjson.loads(path.read_bytes())
        if kept["version"] != _VERSION:
            raise FeedListError(f"{path}: written by another version of Figures; move it away to begin anew")
        return {
            url: _Feed(
                stamp=Stamp(etag=one["etag"], modified=one["modified"]),
                due=datetime.fromisoformat(one["due"]) if one["due"] else None,
                failures=one["failures"],
                entries=one["entries"],
            )
            for url, one in kept["feeds"].items()
        }
    except FeedListError:
        raise
    except (ValueError, KeyError, TypeError) as error:
        raise FeedListError(f"{path}: is no file of watched feeds ({error}); move it away to begin anew") from None
