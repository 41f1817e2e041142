"""Wrong codes are slowed down, without keeping anybody's address.

What is kept is a keyed hash under a key that dies with the process, in memory, for one minute. The link in
the QR code carries 192 bits and needs no brake.
"""

from __future__ import annotations

import secrets
import time
from collections import deque
from hashlib import blake2b
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

WRONG_CODES = 20
SECONDS = 60.0
KEPT = 10_000


class Brake:
    """At most ``limit`` wrong codes a ``seconds`` from one place."""

    def __init__(self, limit: int = WRONG_CODES, seconds: float = SECONDS) -> None:
        self.limit = limit
        self.seconds = seconds
        self._key = secrets.token_bytes(32)
        self._wrong: dict[bytes, deque[float]] = {}
        self._lock = Lock()

    def is_on(self, request: HttpRequest, now: float | None = None) -> bool:
        """Whether this place must wait."""
        now = time.monotonic() if now is None else now
        with self._lock:
            times = self._wrong.get(self._place(request))
            return times is not None and len(recent(times, now - self.seconds)) >= self.limit

    def wrong(self, request: HttpRequest, now: float | None = None) -> None:
        """Note one wrong code."""
        now = time.monotonic() if now is None else now
        with self._lock:
            if len(self._wrong) >= KEPT:
                self._wrong = {k: t for k, t in self._wrong.items() if recent(t, now - self.seconds)}
            self._wrong.setdefault(self._place(request), deque(maxlen=self.limit)).append(now)

    def _place(self, request: HttpRequest) -> bytes:
        return blake2b(address(request).encode(), key=self._key, digest_size=16).digest()


def recent(times: deque[float], since: float) -> deque[float]:
    """Drop what is older than ``since``."""
    while times and times[0] <= since:
        times.popleft()
    return times


def address(request: HttpRequest) -> str:
    """Where a request comes from: behind our own proxy (https) the last hop it added, else the peer."""
    if settings.HTTPS and (forwarded := request.headers.get("X-Forwarded-For")):
        return forwarded.rpartition(",")[2].strip()
    return str(request.META.get("REMOTE_ADDR", ""))


brake = Brake()
