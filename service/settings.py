"""What the server runs on, from its caller or from the environment that ``figures serve`` sets."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

__all__ = ["Settings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``writable``: bound to loopback, where whoever reaches it owns the machine, and needs no key.

    ``private``: reads need a key or an account too. ``public_url``: the address that people use, where a proxy stands
    before the server; then nobody is local. ``origins``: pages elsewhere that may read (CORS); none by default. A limit
    of 0 requests a minute is none.
    """

    store: str = "figures.db"
    writable: bool = False
    private: bool = False
    public_url: str | None = None
    origins: tuple[str, ...] = ()
    requests_a_minute: int = 600
    checks_a_minute: int = 60

    @property
    def open_here(self) -> bool:
        """Whether requests from this machine need neither key nor account."""
        return self.writable and not self.private and self.public_url is None

    @property
    def secure(self) -> bool:
        """Whether people come by https, so that cookies may say so."""
        return self.public_url is not None and urlsplit(self.public_url).scheme == "https"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """``FIGURES_STORE``, ``FIGURES_WRITABLE``, ``FIGURES_PRIVATE``, ``FIGURES_PUBLIC_URL``, ``FIGURES_CORS``,
        ``FIGURES_REQUESTS_A_MINUTE``, ``FIGURES_CHECKS_A_MINUTE``; raises ValueError for a number that is none."""
        return cls(
            store=environment.get("FIGURES_STORE", "figures.db"),
            writable=environment.get("FIGURES_WRITABLE", "") == "1",
            private=environment.get("FIGURES_PRIVATE", "") == "1",
            public_url=environment.get("FIGURES_PUBLIC_URL", "").rstrip("/") or None,
            origins=tuple(environment.get("FIGURES_CORS", "").split()),
            requests_a_minute=int(environment.get("FIGURES_REQUESTS_A_MINUTE", "600")),
            checks_a_minute=int(environment.get("FIGURES_CHECKS_A_MINUTE", "60")),
        )
