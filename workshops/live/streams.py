"""Event streams: one subscription a process, fanned out to phones, screens and cockpits."""

from __future__ import annotations

import asyncio
import json
import logging
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable

import redis.asyncio
from redis.exceptions import RedisError

from workshops.live.http import Receive, Scope, Send

log = logging.getLogger(__name__)

HEARTBEAT = 15.0
# Waking a thousand streams at once makes the last one wait for all; in slices it waits half as long.
SLICE = 50
CHANNEL = b"live:"
# A message of this shape is passed on to who is there, and kept for nobody: {"once": {audience: {name: text}}}.
ONCE = "once"
# And one of this shape ends all streams of an audience: {"end": audience}. Whoever may, comes back by itself.
END = "end"
Events = dict[str, dict[str, str]]
Render = Callable[[str], Awaitable[Events | None]]


class Stream:
    """One open page. It keeps only the newest of each event, so a slow one skips what it missed."""

    __slots__ = ("audience", "closed", "pending", "wake")

    def __init__(self, audience: str) -> None:
        self.audience = audience
        self.pending: dict[str, bytes] = {}
        self.wake = asyncio.Event()
        self.closed = False

    def put(self, encoded: dict[str, bytes]) -> None:
        """Add what is new, an event's bytes by its name; it takes the place of what was not sent yet."""
        self.pending.update(encoded)
        self.wake.set()

    def close(self) -> None:
        self.closed = True
        self.wake.set()


class Hub:
    """All streams of this process. ``render`` gives a workshop's events where none were heard yet."""

    def __init__(self, redis_url: str, render: Render) -> None:
        self.redis_url = redis_url
        self.render = render
        self.streams: dict[str, set[Stream]] = defaultdict(set)
        # Open streams by (audience, workshop): counted as they come and go, so that asking costs nothing.
        self.open: Counter[tuple[str, str]] = Counter()
        self.latest: dict[str, dict[str, dict[str, bytes]]] = {}
        self.rendering: dict[str, asyncio.Task[None]] = {}
        self.listening = False
        self.stopping = False

    async def run(self) -> None:
        """Listen for as long as the process lives; without Redis no heartbeat goes out, and pages poll."""
        while not self.stopping:
            try:
                await self.listen()
            except (RedisError, OSError) as error:
                log.warning("no Redis: %s", type(error).__name__)
            self.listening = False
            self.latest.clear()
            await asyncio.sleep(1)

    async def listen(self) -> None:
        """Hear all workshops on one subscription until Redis goes away (its error is raised)."""
        client = redis.asyncio.Redis.from_url(self.redis_url, socket_connect_timeout=2)
        async with client, client.pubsub(ignore_subscribe_messages=True) as subscription:
            await subscription.psubscribe(CHANNEL + b"*")
            self.listening = True
            for public_id in list(self.streams):
                self.ask(public_id)
            while True:
                message = await subscription.get_message(timeout=HEARTBEAT)
                if message is not None:
                    public_id = message["channel"].removeprefix(CHANNEL).decode()
                    events = json.loads(message["data"])
                    if ONCE in events:
                        await self.give(public_id, encoded(events[ONCE]))
                    elif END in events:
                        self.end(public_id, events[END])
                    else:
                        await self.spread(public_id, events)
                else:
                    await client.ping()

    async def spread(self, public_id: str, events: Events) -> None:
        """Give everybody who looks at this workshop what is new; what only the cockpit sees wakes no phone."""
        now, before = encoded(events), self.latest.get(public_id, {})
        self.latest[public_id] = now
        fresh = {
            audience: {name: text for name, text in own.items() if before.get(audience, {}).get(name) != text}
            for audience, own in now.items()
        }
        await self.give(public_id, fresh)

    async def give(self, public_id: str, fresh: dict[str, dict[str, bytes]]) -> None:
        """Put encoded events into the streams of their audiences, a slice at a time."""
        hearing = [stream for stream in self.streams.get(public_id, ()) if fresh.get(stream.audience)]
        for place, stream in enumerate(hearing, start=1):
            stream.put(fresh[stream.audience])
            if place % SLICE == 0:
                await asyncio.sleep(0)

    def end(self, public_id: str, audience: str) -> None:
        """End the streams of one audience of a workshop."""
        for stream in self.streams.get(public_id, ()):
            if stream.audience == audience:
                stream.close()

    def counts(self, audience: str) -> dict[str, int]:
        """How many streams of this audience each workshop has here; at least 1."""
        return {public_id: count for (who, public_id), count in self.open.items() if who == audience and count > 0}

    def ask(self, public_id: str) -> None:
        """Have the workshop rendered, once however many wait for it."""
        if public_id not in self.rendering:
            task = asyncio.create_task(self.first(public_id))
            self.rendering[public_id] = task
            task.add_done_callback(lambda _: self.rendering.pop(public_id, None))

    async def first(self, public_id: str) -> None:
        """Render what nobody published yet; it gives way to what was published meanwhile."""
        try:
            events = await self.render(public_id)
        except Exception:
            log.exception("a workshop could not be shown")
            return
        # What was published meanwhile is newer than what was rendered here.
        if events is not None and public_id not in self.latest:
            await self.spread(public_id, events)

    async def serve(self, public_id: str, audience: str, receive: Receive, send: Send) -> None:
        """One stream: a snapshot, then what changes, and a heartbeat while there is something to hear."""
        stream = Stream(audience)
        self.streams[public_id].add(stream)
        self.open[audience, public_id] += 1
        watcher = asyncio.create_task(watch(receive, stream))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
            await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})
            if public_id in self.latest:
                stream.put(self.latest[public_id].get(audience, {}))
            else:
                self.ask(public_id)
            while not (stream.closed or self.stopping):
                await self.send_pending(stream, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            watcher.cancel()
            self.leave(public_id, stream)

    async def send_pending(self, stream: Stream, send: Send) -> None:
        """Wait for the next news and send it, the newest of each event; a heartbeat after 15 seconds without."""
        try:
            await asyncio.wait_for(stream.wake.wait(), HEARTBEAT)
        except TimeoutError:
            if self.listening:
                await send({"type": "http.response.body", "body": sse("heartbeat", ""), "more_body": True})
            return
        stream.wake.clear()
        content = b"".join(stream.pending.values())
        stream.pending.clear()
        if content and not stream.closed:
            await send({"type": "http.response.body", "body": content, "more_body": True})

    def leave(self, public_id: str, stream: Stream) -> None:
        """Forget a stream that ended."""
        own = self.streams[public_id]
        own.discard(stream)
        self.open[stream.audience, public_id] -= 1
        if not self.open[stream.audience, public_id]:
            del self.open[stream.audience, public_id]
        if not own:
            del self.streams[public_id]

    def stop(self) -> None:
        """End every stream, so that the server can end."""
        self.stopping = True
        for own in self.streams.values():
            for stream in own:
                stream.close()


HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def watch(receive: Receive, stream: Stream) -> None:
    """Notice that a client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.close()


def encoded(events: Events) -> dict[str, dict[str, bytes]]:
    """Events as they go over the wire."""
    return {audience: {name: sse(name, text) for name, text in own.items()} for audience, own in events.items()}


def sse(name: str, text: str) -> bytes:
    """One event as it goes over the wire."""
    # In a stream every kind of line end is one: a return that somebody pasted would cut the event off.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    lines = "".join(f"data: {line}\n" for line in text.split("\n"))
    return f"event: {name}\n{lines}\n".encode()


def scope_path(scope: Scope) -> list[str]:
    """The parts of a path behind ``/live/``; none where it holds a NUL, which no address does."""
    path = str(scope["path"])
    return [] if "\0" in path else path.removeprefix("/live/").split("/")
