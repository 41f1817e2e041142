"""One process type: ``/live/…`` goes to the native-async part, everything else to Django in threads."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from types import FrameType
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from config.services.lifetime import allow_many_files, die_with_parent
from config.wsgi import application as django

# isort: split
# Only now is Django set up, on which the models that the live part reads stand.
import workshops.live.app as live

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

pages: Any = WSGIMiddleware(cast(Any, django), workers=8)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Dispatch one connection."""
    if scope["type"] == "lifespan":
        _begin()
        await live.application(scope, receive, send)
    elif scope["path"].startswith("/live/"):
        await live.application(scope, receive, send)
    else:
        await _page(scope, receive, send)


async def _page(scope: Scope, receive: Receive, send: Send) -> None:
    # a2wsgi hands what these return to the loop from a thread, which takes coroutines only; granian's own return
    # futures, and every view that reads a POST body would fail.
    async def receive_() -> dict[str, Any]:
        return await receive()

    async def send_(message: dict[str, Any]) -> None:
        await send(message)

    # A browser that left takes its page with it; that is no error.
    with contextlib.suppress(asyncio.CancelledError):
        await pages(scope, receive_, send_)


def _begin() -> None:
    """Once a worker process: many streams, and an end that comes when it is asked for."""
    allow_many_files()
    _tune()
    server = multiprocessing.parent_process()
    if server is not None and server.pid is not None and server.pid != os.getpid():
        die_with_parent(server.pid)
    for number in (signal.SIGTERM, signal.SIGINT):
        _end_streams_on(number)


def _tune() -> None:
    """Measured with ``make bench``: 256 phones at once got 8,600 answers/s and a p95 of 84 ms, now 12,500 and 29 ms."""
    # granian's own threads hand every request over the GIL; with the default of 5 ms they wait for it.
    sys.setswitchinterval(0.0005)
    # What was loaded at the start stays: looking through it again and again was most of the longest waits.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _end_streams_on(number: int) -> None:
    """granian waits for open streams before it stops, so end them first, then let it do what it did."""
    earlier = signal.getsignal(number)

    def stop(got: int, frame: FrameType | None) -> None:
        live.stop()
        if callable(earlier):
            earlier(got, frame)

    signal.signal(number, stop)
