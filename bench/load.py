"""A small HTTP/1.1 load: prepared requests over kept connections, as many as the server takes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import uvloop

# One connection's requests, one after the other.
Requests = Iterator[bytes]


@dataclass(frozen=True)
class Load:
    """What one load came to. ``per_second`` in requests, ``p50`` and ``p95`` in milliseconds."""

    per_second: float
    p50: float
    p95: float
    errors: int


class Connection(asyncio.Protocol):
    """Sends a request as soon as the answer to the one before is whole."""

    def __init__(self, requests: Requests, deadline: float, times: list[float], failed: list[bytes]) -> None:
        self.requests, self.deadline, self.times, self.failed = requests, deadline, times, failed
        self.transport: asyncio.Transport | None = None
        self.buffer = b""
        self.sent = 0.0
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.send()

    def send(self) -> None:
        assert self.transport is not None
        now = time.perf_counter()
        if now >= self.deadline:
            self.transport.close()
            return
        self.sent = now
        self.transport.write(next(self.requests))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, rest = self.buffer.partition(b"\r\n\r\n")
        if not found or len(rest) < length(head):
            return
        self.buffer = b""
        self.times.append(time.perf_counter() - self.sent)
        if not head.startswith(b"HTTP/1.1 200"):
            self.failed.append(head[:200] + rest[:200])
        self.send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.over.done():
            self.over.set_result(None)


def length(head: bytes) -> int:
    """The Content-Length in a response's head; 0 where there is none."""
    lower = head.lower()
    place = lower.find(b"content-length:")
    return int(lower[place + 15 :].split(b"\r\n", 1)[0]) if place >= 0 else 0


def request(path: str, host: str, body: bytes = b"", cookie: str = "") -> bytes:
    """One whole HTTP request: a POST where there is a body, else a GET."""
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", f"Host: {host}", f"Origin: http://{host}"]
    if cookie:
        lines.append(f"Cookie: {cookie}")
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def drive(port: int, connections: Sequence[Requests], seconds: float, warm_up: float = 0.5) -> Load:
    """Load the server on ``port`` with one connection for each of ``connections``; the warm-up does not count."""

    async def run(duration: float) -> tuple[list[float], list[bytes]]:
        times: list[float] = []
        failed: list[bytes] = []
        loop = asyncio.get_running_loop()
        deadline = time.perf_counter() + duration
        factory: Callable[[Requests], Connection] = lambda own: Connection(own, deadline, times, failed)  # noqa: E731
        opened = [await loop.create_connection(lambda own=own: factory(own), "127.0.0.1", port) for own in connections]
        await asyncio.gather(*(protocol.over for _, protocol in opened))
        return times, failed

    uvloop.run(run(warm_up))
    start = time.perf_counter()
    times, failed = uvloop.run(run(seconds))
    elapsed = time.perf_counter() - start
    p50, p95 = np.percentile(times, [50, 95]) * 1000
    return Load(len(times) / elapsed, float(p50), float(p95), len(failed))
