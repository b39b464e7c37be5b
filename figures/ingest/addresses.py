"""When two addresses are one page: what names the article, and what only says how a reader came to it."""

from __future__ import annotations

import hashlib
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

__all__ = ["canonical", "identity"]

# Parameters that mail, social networks and advertisers add to a link; a page is the same with and without them.
_TRACKING: Final = frozenset(
    {"fbclid", "gclid", "dclid", "msclkid", "igshid", "mc_cid", "mc_eid", "cmpid", "ocid", "yclid", "_ga"}
)
_PORTS: Final = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """The address without fragment, tracking parameters and default port, its host in lower case.

    What is no http(s) address comes back as it is.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url
    if parts.scheme not in _PORTS or not parts.hostname:
        return url
    host = parts.hostname if port in (None, _PORTS[parts.scheme]) else f"{parts.hostname}:{port}"
    asked = parse_qsl(parts.query, keep_blank_values=True)
    query = [(name, value) for name, value in asked if name not in _TRACKING and not name.startswith("utm_")]
    kept = parts.query if len(query) == len(asked) else urlencode(query)
    return urlunsplit((parts.scheme, host, parts.path or "/", kept, ""))


def identity(url: str) -> str:
    """The article_id of what stands at an address: the same for http and https, so that a new text is a new version."""
    same = canonical(url).removeprefix("https:").removeprefix("http:")
    return "u" + hashlib.blake2b(same.encode(errors="surrogatepass"), digest_size=8).hexdigest()
