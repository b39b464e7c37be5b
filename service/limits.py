"""How often someone may ask: a bucket of tokens for each, refilled steadily, in the memory of this process."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from fastapi import HTTPException, Request

__all__ = ["Limits", "Meter", "limit_checks", "spend"]

_MOST_KNOWN = 10_000
"""Askers remembered at once; the longest unseen is forgotten, which at worst lets it ask anew."""


class Meter:
    """So many requests a minute for each asker, up to a minute's worth at once; 0 is no limit."""

    def __init__(
        self, a_minute: float, *, burst: int | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.rate, self.burst = a_minute / 60, burst or math.ceil(a_minute)
        self._clock, self._lock = clock, Lock()
        self._known: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, asker: str, *, spend: bool = True) -> float:
        """Seconds until this asker may ask; 0 where it may now, which ``spend`` counts."""
        if self.rate <= 0:
            return 0.0
        now = self._clock()
        with self._lock:
            tokens, since = self._known.pop(asker, (float(self.burst), now))
            tokens = min(self.burst, tokens + (now - since) * self.rate)
            allowed = tokens >= 1
            self._known[asker] = (tokens - 1 if allowed and spend else tokens, now)
            if len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) / self.rate

    def forget(self, asker: str) -> None:
        """Give an asker the full bucket again."""
        with self._lock:
            self._known.pop(asker, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The meters of one application: requests, draft checks, wrong passwords of a name and of an address."""

    requests: Meter
    checks: Meter
    passwords_of_name: Meter = field(default_factory=lambda: Meter(1 / 3, burst=5))
    passwords_from: Meter = field(default_factory=lambda: Meter(10, burst=60))


def spend(meter: Meter, asker: str, what: str) -> None:
    """Count a request. Raises 429 with Retry-After where there were too many."""
    seconds = meter.wait(asker)
    if seconds > 0:
        wait = max(1, math.ceil(seconds))
        raise HTTPException(
            429,
            f"too many {what}; try again in {wait} second{'s' if wait > 1 else ''}",
            headers={"Retry-After": str(wait)},
        )


async def limit_checks(request: Request) -> None:
    """Count a draft check: it costs more than any other answer."""
    from service.visitors import get_visitor

    limits: Limits = request.app.state.limits
    spend(limits.checks, (await get_visitor(request)).asker, "drafts to check")
