"""Fetch one address of the public web, and nothing else: the guard against being used to reach what is not public.

A name is resolved once, every address it has is checked, and the connection is made to a checked address, so that
a second answer of the name server changes nothing. Redirects are followed three times, each checked like the first.
Size is bounded on the wire and after decompression, time over the whole. The one door to httpcore.
"""

from __future__ import annotations

import ipaddress
import socket
import time
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin, urlsplit

import httpcore

__all__ = ["EVERY_PORT", "FetchError", "Fetched", "Limits", "Stamp", "checked", "fetch", "is_public"]

Resolve = Callable[[str, int], Sequence[str]]

_REDIRECTS: Final = (301, 302, 303, 307, 308)
_PORTS: Final = {"http": 80, "https": 443}
# Prefixes under which an IPv4 address travels inside IPv6: NAT64 (RFC 6052), and its local-use sibling (RFC 8215).
_NAT64: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
# IANA's special-purpose registries, spelled out: what ``is_global`` calls global has changed between Python releases
# (192.0.0.192, a cloud's metadata service, was global before 3.11.9).
_SPECIAL: Final = tuple(
    ipaddress.ip_network(one)
    for one in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "::/128", "::1/128", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20",
        "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip
_METADATA: Final = frozenset({"fd00:ec2::254", "100.100.100.200", "192.0.0.192"})  # not link-local, and as dangerous
_COMPATIBLE: Final = ipaddress.ip_network("::/96")  # "IPv4-compatible" addresses, deprecated and still understood
_AGENT: Final = "figures (reads news articles for numbers)"


EVERY_PORT: Final = frozenset(range(1, 65536))


class FetchError(ValueError):
    """Why an address was not fetched, in one line that says what to do next.

    ``status`` is what the server answered, where it did; ``retry_after`` the seconds that it asks to be left alone.
    """

    def __init__(self, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status, self.retry_after = status, retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a server gave to tell whether a page has changed since: sent back, it may answer "not modified"."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one fetch. ``private`` lets addresses of private networks through, for a newsroom's own servers."""

    wire_bytes: int = 5_000_000
    decoded_bytes: int = 20_000_000
    seconds: float = 10.0
    redirects: int = 3
    private: bool = False
    ports: frozenset[int] = field(default_factory=lambda: frozenset({80, 443}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came: the address after redirects, the type as declared, the bytes decompressed.

    ``unchanged`` is True, and the body empty, where the server says that nothing has changed since ``stamp``.
    """

    url: str
    content_type: str
    body: bytes
    stamp: Stamp = field(default_factory=Stamp)
    unchanged: bool = False


def fetch(
    url: str, *, limits: Limits | None = None, resolve: Resolve | None = None, since: Stamp | None = None
) -> Fetched:
    """Fetch a public http(s) address. Raises FetchError for anything else, and for what does not end within bounds.

    With ``since`` the server is asked for what has changed since that answer of its own.
    """
    bounds = limits or Limits()
    deadline = time.monotonic() + bounds.seconds
    backend = _GuardedBackend(resolve or _resolve, bounds, deadline)
    with httpcore.ConnectionPool(network_backend=backend, retries=0, max_connections=1) as pool:
        target = url
        for _ in range(bounds.redirects + 1):
            checked(target, bounds)
            answer = _get(pool, target, bounds, deadline, since or Stamp())
            if isinstance(answer, Fetched):
                return answer
            target = urljoin(target, answer)
    raise FetchError(f"{url}: redirected more than {bounds.redirects} times; give the final address")


def checked(url: str, limits: Limits) -> None:
    """Raise FetchError where the address itself shows that it is not to be fetched."""
    if any(ord(one) < 33 or one in "\\\x7f" for one in url):
        raise FetchError(f"{url!r}: holds spaces, backslashes or control characters; write them percent-encoded")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"{url!r}: no valid address ({error})") from None
    if parts.scheme not in _PORTS:
        raise FetchError(f"{url!r}: only http and https are fetched")
    if not parts.hostname:
        raise FetchError(f"{url!r}: names no host")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{url!r}: holds a user name, which is used to disguise where an address leads; leave it out")
    if (port or _PORTS[parts.scheme]) not in limits.ports:
        raise FetchError(f"{url!r}: port {port} is not fetched; give an address on a web server's own port")


def is_public(address: str) -> bool:
    """Whether an IP address, and every IPv4 address hidden inside it, belongs to the public internet."""
    one = ipaddress.ip_address(address.partition("%")[0])
    if not one.is_global or one.is_multicast or one.is_reserved or any(one in network for network in _SPECIAL):
        return False
    return all(is_public(str(inner)) for inner in _inside(one))


def is_link_local(address: str) -> bool:
    """Whether an IP address, or an IPv4 address inside it, is link-local or a cloud's metadata service."""
    one = ipaddress.ip_address(address.partition("%")[0])
    return one.is_link_local or str(one) in _METADATA or any(is_link_local(str(inner)) for inner in _inside(one))


def _inside(one: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Iterable[ipaddress.IPv4Address]:
    if isinstance(one, ipaddress.IPv4Address):
        return ()
    hidden = [one.ipv4_mapped, one.sixtofour, *(one.teredo or ())]
    if any(one in network for network in (*_NAT64, _COMPATIBLE)):
        hidden.append(ipaddress.IPv4Address(int(one) & 0xFFFF_FFFF))
    return [address for address in hidden if address is not None]


class _GuardedBackend(httpcore.NetworkBackend):
    """Connects to checked addresses alone, whatever name was asked for; local sockets stay refused, as by default."""

    def __init__(self, resolve: Resolve, limits: Limits, deadline: float) -> None:
        self._resolve, self._limits, self._deadline = resolve, limits, deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve once, check every address, connect to the first that answers."""
        try:
            addresses = list(dict.fromkeys(self._resolve(host.strip("[]"), port)))
        except (OSError, UnicodeError) as error:
            raise FetchError(f"{host}: cannot be resolved ({error}); check the address and the network") from None
        if not addresses:
            raise FetchError(f"{host}: has no address")
        for address in addresses:
            # One private address among public ones is refused whole: it is how such a check is slipped past.
            if not self._limits.private and not is_public(address):
                raise FetchError(f"{host}: leads to {address}, which is not on the public internet; it is not fetched")
            if is_link_local(address):
                raise FetchError(
                    f"{host}: leads to {address}, where clouds keep their credentials; it is never fetched"
                )
        last: Exception | None = None
        for address in addresses:
            left = _left(self._deadline, host)
            try:
                return self._network.connect_tcp(
                    address, port, min(left, timeout or left), local_address, socket_options
                )
            except httpcore.ConnectError as error:
                last = error
        raise FetchError(f"{host}: does not answer ({last}); try again later")


def _get(pool: httpcore.ConnectionPool, url: str, limits: Limits, deadline: float, since: Stamp) -> Fetched | str:
    """The answer, or the address it redirects to."""
    left = _left(deadline, url)
    headers: dict[bytes | str, bytes | str] = {
        "User-Agent": _AGENT,
        "Accept-Encoding": "gzip, identity",
        "Accept": "text/html, */*;q=0.8",
    }
    if since.etag:
        headers["If-None-Match"] = since.etag
    if since.modified:
        headers["If-Modified-Since"] = since.modified
    timeout = {"connect": left, "read": left, "write": left, "pool": left}
    try:
        with pool.stream("GET", url, headers=headers, extensions={"timeout": timeout}) as response:
            named = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in response.headers}
            if response.status in _REDIRECTS and named.get("location"):
                return named["location"]
            if response.status == 304 and (since.etag or since.modified):
                return Fetched(url=url, content_type="", body=b"", stamp=since, unchanged=True)
            if response.status != 200:
                raise FetchError(
                    f"{url}: answered {response.status}; open it in a browser to see why",
                    status=response.status,
                    retry_after=_seconds(named.get("retry-after", "")),
                )
            body = _body(response, named.get("content-encoding", "identity").strip().lower(), url, limits, deadline)
            stamp = Stamp(etag=_header(named.get("etag")), modified=_header(named.get("last-modified")))
            return Fetched(url=url, content_type=named.get("content-type", ""), body=body, stamp=stamp)
    except FetchError:
        raise
    except (httpcore.TimeoutException, TimeoutError):
        raise FetchError(f"{url}: took longer than {limits.seconds:g} seconds; try again later") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError, ValueError) as error:
        raise FetchError(f"{url}: could not be fetched ({error}); try again later") from None


def _body(response: httpcore.Response, encoding: str, url: str, limits: Limits, deadline: float) -> bytes:
    if encoding not in ("identity", "", "gzip", "x-gzip"):
        raise FetchError(f"{url}: is compressed as {encoding!r}, which was not asked for")
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in encoding else None
    wire, out = 0, bytearray()
    for chunk in response.iter_stream():
        _left(deadline, url)
        wire += len(chunk)
        if wire > limits.wire_bytes:
            raise FetchError(f"{url}: is larger than {limits.wire_bytes:,} bytes; save it to a file and read that")
        try:
            out += unzip.decompress(chunk, limits.decoded_bytes + 1 - len(out)) if unzip else chunk
        except zlib.error as error:
            raise FetchError(f"{url}: is damaged gzip ({error}); try again later") from None
        if len(out) > limits.decoded_bytes:
            raise FetchError(f"{url}: unpacks to more than {limits.decoded_bytes:,} bytes, which no article does")
    return bytes(out)


def _seconds(retry_after: str) -> float | None:
    """What Retry-After asks for: a number of seconds or a date; at most a day, for it comes from outside."""
    day = 86_400.0
    if retry_after.strip().isdecimal():
        return min(float(retry_after), day)
    try:
        wanted = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return min(max(0.0, wanted.timestamp() - time.time()), day)


def _header(value: str | None) -> str | None:
    """A header that is to be sent back one day: short and of one line, or nothing."""
    return value if value and len(value) <= 512 and value.isprintable() else None


def _left(deadline: float, url: str) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError(f"{url}: took too long; try again later")
    return left


def _resolve(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]
