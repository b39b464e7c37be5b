"""Only the public web is fetched: however an address is written, nothing private is reached, and nothing is endless."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

pytest.importorskip("httpcore", reason="the formats extra is not installed")

from figures.ingest import read
from figures.ingest.fetch import FetchError, Limits, fetch, is_public
from figures.model import Skipped

SCHEMES = [
    "file:///etc/passwd", "ftp://example.com/x", "gopher://127.0.0.1:25/x", "data:text/html,hi",
    "javascript:alert(1)",
    "dict://127.0.0.1:11211/stat", "ldap://127.0.0.1", "//example.com/x", "example.com", "", "http://", "http:///x",
    "https:",
    "unix:///var/run/docker.sock", "jar:http://example.com!/x", "HTTP+UNIX://%2Fvar%2Frun%2Fx/",
]  # fmt: skip
DISGUISED = [
    "http://user@127.0.0.1/", "http://example.com@127.0.0.1/", "http://example.com:80@127.0.0.1/",
    "http://127.0.0.1\\@example.com/",
    "http://example.com\\.evil/", "http://example.com /", "http://exam\tple.com/",
    "http://example.com\r\nHost: 127.0.0.1/",
    "http://example.com:22/", "http://example.com:6379/", "http://example.com:99999/",
    "http://example.com:port/", "http://[::1/",
    "http://127.0.0.1:8500/v1/kv", "http://\x00127.0.0.1/",
]  # fmt: skip
LITERALS = [
    "http://127.0.0.1/", "http://127.1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
    "http://0x7f.1/",
    "http://127.0.0.1./", "http://0/", "http://0.0.0.0/", "http://[::]/", "http://[::1]/", "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::a00:1]/", "http://[2002:7f00:1::]/", "http://[2002:a00:1::]/", "http://[fe80::1]/",
    "http://[fc00::1]/", "http://[fd00:ec2::254]/", "http://[ff02::1]/", "http://10.0.0.1/", "http://172.16.0.1/",
    "http://172.31.255.255/", "http://192.168.0.1/", "http://169.254.169.254/latest/meta-data/",
    "http://169.254.170.2/",
    "http://100.64.0.1/", "http://100.100.100.200/", "http://192.0.0.192/", "http://198.18.0.1/", "http://224.0.0.1/",
    "http://255.255.255.255/", "http://240.0.0.1/", "http://localhost/", "http://LOCALHOST/", "http://[2001:db8::1]/",
    "http://192.0.2.1/", "http://[::ffff:169.254.169.254]/", "http://0251.0376.0251.0376/", "http://2852039166/",
]  # fmt: skip
HIDDEN = [
    ["127.0.0.1"], ["10.1.2.3"], ["93.184.216.34", "127.0.0.1"], ["127.0.0.1", "93.184.216.34"], ["::1"],
    ["fe80::1%eth0"],
    ["169.254.169.254"], ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"], ["2002:c0a8:1::"], ["192.0.0.192"],
    ["0.0.0.0"], ["2001:0:7f00:1::"],
]  # fmt: skip


def refuse(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host}:{port} was looked up, though the address itself is to be refused")


@pytest.mark.parametrize("url", SCHEMES + DISGUISED)
def test_an_address_that_is_no_public_page_is_refused_before_any_look_up(url: str) -> None:
    with pytest.raises(FetchError):
        fetch(url, resolve=refuse)


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is connected to: an attempt is the failure of the test, not a packet on the wire."""

    def connect(_: object, host: str, port: int, *__: object) -> None:
        raise AssertionError(f"connected to {host}:{port}")

    monkeypatch.setattr("httpcore.SyncBackend.connect_tcp", connect)


@pytest.mark.usefixtures("unreachable")
@pytest.mark.parametrize("url", LITERALS)
def test_however_it_is_written_a_private_address_is_not_reached(url: str) -> None:
    with pytest.raises(FetchError, match=r"not on the public internet|cannot be resolved"):
        fetch(url, limits=Limits(seconds=3))


@pytest.mark.usefixtures("unreachable")
@pytest.mark.parametrize("addresses", HIDDEN, ids=" ".join)
def test_a_name_that_leads_to_a_private_address_is_refused_whole(addresses: list[str]) -> None:
    with pytest.raises(FetchError, match="not on the public internet"):
        fetch("https://news.example/", resolve=lambda host, port: addresses)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


# A server on loopback, which the setting for private networks lets through.


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        name = self.path.strip("/").split("?")[0]
        if name.startswith("hop"):
            self.send_response(302)
            self.send_header("Location", f"/hop{int(name[3:]) - 1}" if name != "hop0" else "/page")
            self.end_headers()
        elif name == "inside":
            self.send_response(302)
            self.send_header("Location", "http://169.254.169.254/latest/")
            self.end_headers()
        elif name == "file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
        elif name == "bomb":
            self._answer(gzip.compress(b"0" * 30_000_000), encoding="gzip")
        elif name == "large":
            self._answer(b"0" * 6_000_000)
        elif name == "slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        elif name == "brotli":
            self._answer(b"x", encoding="br")
        elif name == "broken":
            self._answer(b"\x1f\x8b\x08 no gzip", encoding="gzip")
        elif name == "gzip":
            self._answer(gzip.compress(b"<html>12 dead</html>"), encoding="gzip")
        elif name == "story":
            said = "The storm killed 12 people on the coast, the governor said on Tuesday, and the search goes on."
            self._answer(f"<html><body><article><p>{said}</p><p>{said}</p></article></body></html>".encode())
        elif name == "page":
            self._answer(b"<html>12 dead</html>")
        else:
            self.send_error(404)

    def _answer(self, body: bytes, encoding: str | None = None) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: object) -> None:
        """A client that hangs up in the middle is what these tests are about."""


@contextmanager
def serving() -> Iterator[int]:
    with Quiet(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving() as one:
        yield one


def limits(port: int, **changes: float) -> Limits:
    return Limits(private=True, ports=frozenset({80, port}), **{"seconds": 5.0, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["page", "gzip", "hop0", "hop2"])
def test_a_page_comes_whole_also_compressed_and_after_redirects(port: int, path: str) -> None:
    got = fetch(f"http://127.0.0.1:{port}/{path}", limits=limits(port))
    assert got.body == b"<html>12 dead</html>"
    assert got.content_type.startswith("text/html")
    assert got.url.endswith("/gzip" if path == "gzip" else "/page")


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("hop9", "redirected more than 3 times"),
        ("file", "only http and https"),
        ("bomb", "unpacks to more than"),
        ("large", "is larger than"),
        ("brotli", "compressed as 'br'"),
        ("broken", "damaged gzip"),
        ("nothing", "answered 404"),
    ],
)
def test_what_does_not_end_well_is_one_clear_line(port: int, path: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason) as caught:
        fetch(f"http://127.0.0.1:{port}/{path}", limits=limits(port))
    assert "\n" not in str(caught.value)


def test_a_redirect_into_a_private_network_is_checked_like_the_first_address(port: int) -> None:
    first = {"news.example": ["127.0.0.1"]}
    allowed = Limits(ports=frozenset({80, port}))
    with pytest.raises(FetchError, match="not on the public internet"):
        # The first hop is refused already; with it let through, the second must be.
        fetch(f"http://news.example:{port}/inside", limits=allowed, resolve=lambda host, _: first.get(host, [host]))
    seen: list[str] = []

    def resolve(host: str, _: int) -> list[str]:
        seen.append(host)
        if host == "169.254.169.254":
            raise AssertionError("checked only after it was allowed")
        return ["127.0.0.1"]

    with pytest.raises((FetchError, AssertionError)):
        fetch(f"http://news.example:{port}/inside", limits=limits(port), resolve=resolve)
    assert seen == ["news.example", "169.254.169.254"]


def test_a_slow_answer_ends(port: int) -> None:
    started = time.monotonic()
    with pytest.raises(FetchError, match="took"):
        fetch(f"http://127.0.0.1:{port}/slow", limits=limits(port, seconds=0.6))
    assert time.monotonic() - started < 30


def test_there_are_sixty_attempts_and_more() -> None:
    assert len(SCHEMES) + len(DISGUISED) + len(LITERALS) + len(HIDDEN) >= 60


def test_reading_an_address_is_like_reading_a_file(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    skipped: list[Skipped] = []
    address = f"http://127.0.0.1:{port}/story"
    assert list(read(address, on_skip=skipped.append)) == []
    assert [address in one.where for one in skipped] == [True]
    monkeypatch.setenv("FIGURES_PRIVATE_NETWORKS", "1")
    (article,) = read(address, on_skip=skipped.append)
    assert "killed 12 people" in article.text
    assert article.url == address


@pytest.mark.parametrize(
    "address", ["169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "fd00:ec2::254", "100.100.100.200"]
)
def test_link_local_addresses_are_refused_even_where_private_networks_are_allowed(address: str) -> None:
    with pytest.raises(FetchError, match="never fetched"):
        fetch("http://intranet.example/", limits=Limits(private=True), resolve=lambda *_: [address])
