"""Open streams while answers come in: how long a receipt takes, and how long the last stream waits for news."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import redis.asyncio
import uvloop
from django.conf import settings

from bench.load import request
from bench.room import Room
from config.services.lifetime import allow_many_files
from workshops.live.publishing import CHANNEL

SENDERS = 64


class Listener(asyncio.Protocol):
    """One open stream; tells when it has heard a state."""

    def __init__(self, opening: bytes, heard: Callable[[bytes], None]) -> None:
        self.opening, self.heard, self.buffer = opening, heard, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast(asyncio.Transport, transport).write(self.opening)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\n\n")) >= 0:
            event, self.buffer = self.buffer[:end], self.buffer[end + 2 :]
            if b"event: state" in event:
                self.heard(event[event.find(b"data: ") + 6 :])


class Sender(asyncio.Protocol):
    """One kept connection that sends a request at a time and notes how long its answer took."""

    def __init__(self, times: list[float]) -> None:
        self.times, self.free, self.sent = times, True, 0.0
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def send(self, content: bytes) -> None:
        assert self.transport is not None
        self.free, self.sent = False, time.perf_counter()
        self.transport.write(content)

    def data_received(self, data: bytes) -> None:
        if not self.free and data.rstrip().endswith(b"}"):
            self.times.append(time.perf_counter() - self.sent)
            self.free = True


class News:
    """When a message went out through Redis, and when the last stream had it."""

    def __init__(self) -> None:
        self.sent: dict[str, float] = {}
        self.last: dict[str, float] = {}
        self.count: dict[str, int] = {}

    def heard(self, state: bytes) -> None:
        text = state.decode().rstrip()
        self.last[text] = time.perf_counter()
        self.count[text] = self.count.get(text, 0) + 1

    async def listen(self, public_id: str) -> None:
        async with redis.asyncio.Redis.from_url(settings.REDIS_URL) as client, client.pubsub() as subscription:
            await subscription.subscribe(CHANNEL + public_id)
            async for message in subscription.listen():
                if message["type"] == "message":
                    self.sent.setdefault(json.loads(message["data"])["phone"]["state"], time.perf_counter())

    def waits(self, streams: int) -> list[float]:
        """Milliseconds until the last of all streams had each message; a message that some skipped is left out."""
        return [
            (self.last[text] - sent) * 1000 for text, sent in self.sent.items() if self.count.get(text, 0) >= streams
        ]


def measure(room: Room, port: int, streams: int, rate: int, seconds: float) -> dict[str, Any]:
    """``streams`` open phones while ``rate`` answers a second come in, one a request."""
    allow_many_files()
    times, news = uvloop.run(run(room, port, streams, rate, seconds))
    waits = news.waits(streams)
    return {
        "streams": streams,
        "answers_per_second": round(len(times) / seconds),
        "receipt_p95": round(float(np.percentile(times, 95)) * 1000, 1),
        "last_stream_p95": round(float(np.percentile(waits, 95)), 1) if waits else None,
        "messages": len(waits),
    }


async def run(room: Room, port: int, streams: int, rate: int, seconds: float) -> tuple[list[float], News]:
    loop = asyncio.get_running_loop()
    news, times = News(), cast(list[float], [])
    opening = request(f"/live/{room.public_id}/events", room.host)
    open_streams = [
        (await loop.create_connection(lambda: Listener(opening, news.heard), "127.0.0.1", port))[0]
        for _ in range(streams)
    ]
    senders = [(await loop.create_connection(lambda: Sender(times), "127.0.0.1", port))[1] for _ in range(SENDERS)]
    listening = asyncio.create_task(news.listen(room.public_id))
    await asyncio.sleep(2)
    news.sent.clear()
    await send_at(rate, seconds, senders, room)
    await asyncio.sleep(1)
    listening.cancel()
    for transport in (*open_streams, *(sender.transport for sender in senders)):
        if transport is not None:
            transport.close()
    return times, news


async def send_at(rate: int, seconds: float, senders: list[Sender], room: Room) -> None:
    """Send answers at an even rate, as far as senders are free."""
    path = f"/live/{room.public_id}/votes"
    requests = [room.one_by_one(person, path) for person in room.people[: len(senders)]]
    places = itertools.cycle(range(len(senders)))
    start = time.perf_counter()
    done = 0
    while (elapsed := time.perf_counter() - start) < seconds:
        for _ in range(int(elapsed * rate) - done):
            place = next((p for p in itertools.islice(places, len(senders)) if senders[p].free), None)
            if place is None:
                break
            senders[place].send(next(requests[place]))
            done += 1
        await asyncio.sleep(0.002)
