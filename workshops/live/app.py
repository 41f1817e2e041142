"""The live application: what stands behind ``/live/``, its beginning and its end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

from django.conf import settings
from django.db import close_old_connections, connections

from workshops import fragments, presence, tasks
from workshops.live import door
from workshops.live.committer import Committer
from workshops.live.http import Receive, Refused, Scope, Send, refuse
from workshops.live.streams import Events, Hub, scope_path
from workshops.live.tokens import cockpit_workshop
from workshops.models import Workshop

log = logging.getLogger(__name__)
T = TypeVar("T")


class Live:
    """One web process's committer, hub and the rounds it has to have counted."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.changed: set[int] = set()
        self.committer = Committer(settings.DATABASE_URL, self.changed.add)
        self.hub = Hub(settings.REDIS_URL, render)
        self.screens: dict[str, str] = {}
        self.attendance = presence.Attendance()
        parts = (self.committer.run, self.hub.run, self.mark_changed, self.tell_presence)
        self.parts = [asyncio.create_task(supervised(part)) for part in parts]

    async def mark_changed(self) -> None:
        """Tell the workers about changed rounds, away from the votes and at most twice a second."""
        while True:
            await asyncio.sleep(tasks.PAUSE)
            for stage_id in [self.changed.pop() for _ in range(len(self.changed))]:
                await asyncio.to_thread(tasks.mark_stage, stage_id)

    async def tell_presence(self) -> None:
        """Tell how many phones are here, and have cockpits shown anew where that changed; away from the votes."""
        while True:
            await asyncio.sleep(presence.PAUSE)
            phones, watched = self.hub.counts("phone"), self.hub.counts("cockpit")
            try:
                changed = await asyncio.to_thread(self.attendance.tell, phones, watched)
            except tasks.broker_errors as error:
                log.warning("no Redis: %s", type(error).__name__)
                continue
            if changed:
                await in_django(partial(mark_workshops, changed))

    async def screen_workshop(self, token: str) -> str | None:
        """The workshop of a screen's secret link; asked once, then remembered."""
        if token not in self.screens:
            found = await in_django(lambda: Workshop.objects.filter(screen_token=token).first())
            if found is None:
                return None
            self.screens[token] = found.public_id
        return self.screens[token]

    async def end(self) -> None:
        self.hub.stop()
        for part in self.parts:
            part.cancel()
        await asyncio.gather(*self.parts, return_exceptions=True)
        with contextlib.suppress(*tasks.broker_errors):
            await asyncio.to_thread(self.attendance.tell, {})
        await self.committer.disconnect()


live: Live | None = None


def stop() -> None:
    """End all streams; may be called from a signal handler."""
    if live is not None:
        live.loop.call_soon_threadsafe(live.hub.stop)


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI callable: lifespan and everything under ``/live/``."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
        return
    try:
        await route(scope, receive, send)
    except Refused as error:
        await refuse(send, error)


async def lifespan(receive: Receive, send: Send) -> None:
    global live
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            live = Live()
            await send({"type": "lifespan.startup.complete"})
        else:
            if live is not None:
                await live.end()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def route(scope: Scope, receive: Receive, send: Send) -> None:
    """Find what a path means. Refused (404, 405) where it means nothing."""
    if live is None:
        raise Refused(503, "starting", "De server start nog.", 1)
    match scope_path(scope), scope["method"]:
        case [public_id, "votes"], "POST":
            await door.votes(scope, receive, send, public_id, live.committer)
        case [public_id, "events"], "GET":
            await live.hub.serve(await known(live.hub, public_id), "phone", receive, send)
        case ["screen", token, "events"], "GET":
            await live.hub.serve(existing(await live.screen_workshop(token)), "screen", receive, send)
        case ["cockpit", token, "events"], "GET":
            await live.hub.serve(existing(await in_django(partial(cockpit_workshop, token))), "cockpit", receive, send)
        case [_, "votes" | "events"] | ["screen" | "cockpit", _, "events"], _:
            raise Refused(405, "wrong_method", "Zo werkt dit adres niet.")
        case _:
            raise Refused(404, "not_found", "Dit adres bestaat niet.")


async def known(hub: Hub, public_id: str) -> str:
    """The public id of a workshop that exists. Refused (404) otherwise."""
    if public_id not in hub.streams and public_id not in hub.latest:
        existing(await in_django(lambda: Workshop.objects.filter(public_id=public_id).first()))
    return public_id


def existing(found: Any) -> Any:
    if found is None:
        raise Refused(404, "not_found", "Dit adres bestaat niet.")
    return found


async def render(public_id: str) -> Events | None:
    """A workshop's events as they stand now; None where there is no such workshop."""

    def now() -> Events | None:
        workshop = Workshop.objects.select_related("content_set").filter(public_id=public_id).first()
        return fragments.render(workshop) if workshop else None

    return await in_django(now)


def mark_workshops(public_ids: list[str]) -> None:
    """Have these workshops shown anew."""
    for workshop_id in Workshop.objects.filter(public_id__in=public_ids).values_list("pk", flat=True):
        tasks.mark_workshop(workshop_id)


async def in_django(ask: Callable[[], T]) -> T:
    """Run a Django query in a thread, and give its connection back."""

    def asked() -> T:
        close_old_connections()
        try:
            return ask()
        finally:
            connections.close_all()

    return await asyncio.to_thread(asked)


async def supervised(part: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Keep one part running: whatever breaks it is logged, and it starts again."""
    while True:
        try:
            await part()
        except Exception:
            log.exception("%s broke and starts again", part.__qualname__)
        await asyncio.sleep(0.2)
