"""Feeds are polled politely, nothing new is lost, and no feed can replace another site's article."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

pytest.importorskip("feedparser", reason="the formats extra is not installed")
pytest.importorskip("httpcore", reason="the formats extra is not installed")

from figures.ingest.addresses import canonical, identity
from figures.ingest.fetch import Fetched, FetchError, Stamp
from figures.ingest.watching import FeedListError, Watcher, read_feed_list
from figures.model import Article

FEED = "https://news.example/rss"
START = datetime(2023, 2, 8, 9, 0, tzinfo=UTC)
PARAGRAPH = "Police in Adana said on Tuesday that {} people were killed when a block of flats fell in the earthquake. "
FILLER = "Rescuers went on through the night with cranes and lamps, and neighbours brought them tea and bread. " * 6


def rss(*items: tuple[str, str], outlet: str = "Anvil Wire") -> bytes:
    entries = "".join(
        f"<item><title>Quake</title><link>{link}</link><guid>{link}</guid><description>{text}</description>"
        "<pubDate>Wed, 08 Feb 2023 08:00:00 GMT</pubDate></item>"
        for link, text in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{outlet}</title>{entries}</channel></rss>'.encode()


def page(killed: int, canonical_url: str = "") -> bytes:
    link = f'<link rel="canonical" href="{canonical_url}">' if canonical_url else ""
    body = f"<p>{PARAGRAPH.format(killed)}{FILLER}</p><p>{FILLER}</p>"
    return (
        f"<html><head><title>Quake</title>{link}</head><body><article><h1>Quake</h1>{body}</article></body></html>"
    ).encode()


class Web:
    """Addresses and what they answer: bytes, an error, or "not modified" where the ETag is sent back."""

    def __init__(self, **answers: object) -> None:
        self.answers: dict[str, object] = {}
        self.asked: list[str] = []
        self.tags: dict[str, str] = {}

    def __call__(self, url: str, *, since: Stamp | None = None) -> Fetched:
        self.asked.append(url)
        answer = self.answers.get(url, FetchError(f"{url}: answered 404; open it", status=404))
        if isinstance(answer, Exception):
            raise answer
        tag = self.tags.get(url)
        if tag and since is not None and since.etag == tag:
            return Fetched(url=url, content_type="", body=b"", stamp=since, unchanged=True)
        assert isinstance(answer, bytes)
        return Fetched(url=url, content_type="", body=answer, stamp=Stamp(etag=tag))


@pytest.fixture
def web():
    return Web()


class Time:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    return Time()


@pytest.fixture
def watcher(web, clock, tmp_path):
    return lambda *feeds, **rest: Watcher(
        feeds or (FEED,), tmp_path / "seen.json", fetcher=web, clock=clock, pause=lambda _: None, **rest
    )


def articles(items):
    return [one for one in items if isinstance(one, Article)]


def told(items):
    return [str(one) for one in items if not isinstance(one, Article)]


def test_a_linked_page_is_read_once(web, clock, watcher):
    link = "https://news.example/quake"
    web.answers = {FEED: rss((link, "At least 12 killed")), link: page(12)}
    one = watcher()
    (article,) = articles(one.poll())
    assert article.article_id == identity(link)
    assert PARAGRAPH.format(12).strip() in article.text
    one.save()
    clock.now += timedelta(hours=1)
    again = watcher()
    assert list(again.poll()) == []
    assert web.asked.count(link) == 1


def test_what_was_not_saved_is_read_again(web, watcher):
    link = "https://news.example/quake"
    web.answers = {FEED: rss((link, "At least 12 killed")), link: page(12)}
    assert len(articles(watcher().poll())) == 1
    assert len(articles(watcher().poll())) == 1, "the first one was cut off before it saved"


def test_a_feed_is_asked_with_its_own_etag_and_no_sooner_than_due(web, clock, watcher):
    web.answers, web.tags = {FEED: rss(("https://news.example/a", "x"))}, {FEED: '"v1"'}
    one = watcher(every=timedelta(minutes=30))
    list(one.poll())
    one.save()
    clock.now += timedelta(minutes=29)
    assert list(watcher().poll()) == []
    assert web.asked.count(FEED) == 1
    clock.now += timedelta(minutes=2)
    later = watcher()
    assert list(later.poll()) == []
    assert web.asked.count(FEED) == 2
    assert later.round.unchanged == 1


def test_a_changed_entry_is_a_new_version_of_the_same_article(web, clock, watcher):
    link = "https://news.example/quake"
    web.answers = {FEED: rss((link, "At least 12 killed")), link: page(12)}
    one = watcher()
    (first,) = articles(one.poll())
    web.answers = {FEED: rss((link + "?utm_source=rss", "At least 30 killed")), link + "?utm_source=rss": page(30)}
    clock.now += timedelta(hours=1)
    (second,) = articles(one.poll())
    assert second.article_id == first.article_id
    assert second.text != first.text


def test_where_the_page_cannot_be_had_the_excerpt_is_read_and_said_to_be_partial(web, watcher):
    link = "https://news.example/quake"
    web.answers = {FEED: rss((link, "At least 12 people were killed."))}
    one = watcher()
    found = list(one.poll())
    assert [article.text for article in articles(found)] == ["At least 12 people were killed."]
    assert told(found) == [f"{link}: only the feed's excerpt was read: answered 404; open it"]
    assert one.round.partial == 1


def test_an_excerpt_never_replaces_a_page_that_was_read_whole(web, clock, watcher):
    link = "https://news.example/quake"
    web.answers = {FEED: rss((link, "At least 12 killed")), link: page(12)}
    one = watcher()
    list(one.poll())
    web.answers = {FEED: rss((link, "At least 30 killed"))}
    clock.now += timedelta(hours=1)
    found = list(one.poll())
    assert articles(found) == []
    assert "asked for again" in told(found)[0]
    web.answers[link] = page(30)
    clock.now += timedelta(hours=1)
    assert len(articles(one.poll())) == 1


def test_no_feed_can_pose_as_another_site_s_article(web, watcher):
    theirs = "https://other.example/quake"
    web.answers = {FEED: rss((theirs, "Nobody was killed."))}
    (article,) = articles(watcher().poll())
    assert article.article_id != identity(theirs)


def test_robots_txt_is_heeded(web, watcher):
    link = "https://news.example/private/quake"
    robots = b"User-agent: *\nDisallow: /private/\n"
    web.answers = {FEED: rss((link, "At least 12 killed")), link: page(12), "https://news.example/robots.txt": robots}
    found = list(watcher().poll())
    assert link not in web.asked
    assert "robots.txt asks not to read it" in told(found)[0]


def test_a_failing_feed_is_asked_more_and_more_seldom(web, clock, watcher):
    one = watcher(every=timedelta(minutes=10))
    waits = []
    for _ in range(4):
        list(one.poll())
        waits.append((one.next_due() - clock.now) / timedelta(minutes=10))
        clock.now = one.next_due()
    assert [round(wait / 2**number, 1) for number, wait in enumerate(waits, 1)] == pytest.approx([1] * 4, abs=0.11)
    for _ in range(20):
        list(one.poll())
        clock.now = one.next_due()
    list(one.poll())
    assert one.next_due() - clock.now <= timedelta(days=1.1)


def test_retry_after_and_gone_are_heeded(web, clock, watcher):
    web.answers = {FEED: FetchError(f"{FEED}: answered 503", status=503, retry_after=7200)}
    one = watcher(every=timedelta(minutes=10))
    list(one.poll())
    assert one.next_due() - clock.now == timedelta(hours=2)
    clock.now = one.next_due()
    web.answers = {FEED: FetchError(f"{FEED}: answered 410", status=410)}
    list(one.poll())
    assert one.next_due() - clock.now == timedelta(days=30)


def test_one_bad_feed_does_not_stop_the_others(web, watcher):
    other = "https://second.example/feed"
    link = "https://second.example/quake"
    web.answers = {FEED: b"<html>not a feed</html>", other: rss((link, "x")), link: page(5)}
    found = list(watcher(FEED, other).poll())
    assert len(articles(found)) == 1
    assert told(found)[0].startswith(f"{FEED}: no entries were found")


def test_many_new_entries_are_read_in_portions_and_none_is_lost(web, clock, watcher):
    links = [f"https://news.example/{number}" for number in range(7)]
    web.answers = {FEED: rss(*((link, "x") for link in links)), **{link: page(5) for link in links}}
    web.tags = {FEED: '"v1"'}
    one = watcher(most=3)
    seen = [len(articles(one.poll())) for _ in range(4)]
    assert seen == [3, 3, 1, 0]
    assert sum(web.asked.count(link) for link in links) == 7


def test_lists_of_feeds(tmp_path):
    opml = tmp_path / "feeds.opml"
    opml.write_text(
        '<opml version="2.0"><body><outline text="War"><outline type="rss" xmlUrl="https://a.example/rss"/>'
        '</outline><outline xmlUrl="https://b.example/rss"/></body></opml>',
        "utf-8",
    )
    assert read_feed_list(str(opml)) == ["https://a.example/rss", "https://b.example/rss"]
    plain = tmp_path / "feeds.txt"
    plain.write_text("# war\nhttps://a.example/rss\n\nhttps://b.example/rss#part\n", "utf-8")
    assert read_feed_list(str(plain)) == ["https://a.example/rss", "https://b.example/rss#part"]
    assert read_feed_list("https://a.example/rss") == ["https://a.example/rss"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "lists no feeds"),
        ("ftp://a.example/rss", "no http(s) address"),
        ("<opml><body>", "no valid OPML"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><opml/>', "declares XML entities"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(tmp_path, content, reason):
    path = tmp_path / "feeds.opml"
    path.write_text(content, "utf-8")
    with pytest.raises(FeedListError, match=reason.replace("(", r"\(").replace(")", r"\)")):
        read_feed_list(str(path))


def test_a_broken_file_of_what_was_seen_is_refused(web, tmp_path):
    path = tmp_path / "seen.json"
    path.write_text('{"version": 1, "feeds": {"x": {}}}', "utf-8")
    with pytest.raises(FeedListError, match="move it away"):
        Watcher([FEED], path, fetcher=web)


@pytest.mark.parametrize(
    ("url", "same"),
    [
        ("HTTPS://News.Example:443/a?utm_source=x&id=5#top", "https://news.example/a?id=5"),
        ("http://news.example", "http://news.example/"),
        ("https://news.example/a?q=%C3%A9&b=", "https://news.example/a?q=%C3%A9&b="),
        ("urn:newsml:1", "urn:newsml:1"),
    ],
)
def test_addresses_of_one_page_have_one_form(url, same):
    assert canonical(url) == same
    assert canonical(same) == same


def test_http_and_https_are_one_article_and_two_paths_are_two():
    assert identity("http://news.example/a") == identity("https://news.example/a#x")
    assert identity("https://news.example/a") != identity("https://news.example/b")


class _Site(BaseHTTPRequestHandler):
    pages: ClassVar[dict[str, bytes]] = {}

    def do_GET(self):
        body = self.pages.get(self.path)
        if body is None:
            self.send_error(404)
            return
        tag = f'"{len(body)}"'
        self.send_response(304 if self.headers.get("If-None-Match") == tag else 200)
        self.send_header("ETag", tag)
        sent = b"" if self.headers.get("If-None-Match") == tag else body
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Site", (_Site,), {"pages": {}}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_watch_reads_a_real_feed_into_the_store_and_tells_of_revisions(run, site, tmp_path, monkeypatch):
    home = f"http://127.0.0.1:{site.server_port}"
    pages = site.RequestHandlerClass.pages
    pages["/quake"] = page(12)
    pages["/rss"] = rss((f"{home}/quake", "At least 12 killed"))
    feeds = tmp_path / "feeds.txt"
    feeds.write_text(f"{home}/rss\n", "utf-8")
    refused = run("watch", feeds, "--once", "--store", "desk.db")
    assert refused.status == 2, "a timer hears of it where nothing could be asked"
    assert "is not fetched" in refused.err, "private networks are allowed by an explicit setting alone"
    (tmp_path / "feeds.txt.seen.json").unlink()
    monkeypatch.setenv("FIGURES_PRIVATE_NETWORKS", "1")
    monkeypatch.setattr("figures.ingest.watching.PAUSE", 0.0)
    ran = run("watch", feeds, "--once", "--store", "desk.db")
    assert ran.status == 0
    assert "1 feed asked. 1 article: 1 added; 1 number read." in ran.out
    state = tmp_path / "feeds.txt.seen.json"
    seen = json.loads(state.read_text("utf-8"))
    for feed in seen["feeds"].values():
        feed["due"] = None
    state.write_text(json.dumps(seen), "utf-8")
    assert "1 unchanged. Nothing new." in run("watch", feeds, "--once", "--store", "desk.db").out
    pages["/quake"] = page(30)
    pages["/rss"] = rss((f"{home}/quake", "At least 30 people were killed"))
    state.write_text(json.dumps(seen), "utf-8")
    assert "1 revised" in run("watch", feeds, "--once", "--store", "desk.db").out


def test_watch_ends_softly_when_it_is_told_to(run, site, tmp_path, monkeypatch):
    import os
    import signal

    monkeypatch.setenv("FIGURES_PRIVATE_NETWORKS", "1")
    site.RequestHandlerClass.pages["/rss"] = rss(outlet="Empty")
    threading.Timer(1.0, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()
    ran = run("watch", f"http://127.0.0.1:{site.server_port}/rss", "--store", tmp_path / "desk.db")
    assert ran.status == 0


def test_how_often_is_written_as_people_write_it(run, tmp_path):
    feeds = tmp_path / "feeds.txt"
    feeds.write_text("https://a.example/rss\n", "utf-8")
    for every in ("soon", "5s", "15"):
        ran = run("watch", feeds, "--once", "--every", every, "--store", "desk.db")
        assert ran.status == 2
        assert "30m, 2h or 1d" in ran.err
