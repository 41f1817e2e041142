"""Closing against writers: what was acknowledged is in the final tally, every time."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx
from asgiref.sync import sync_to_async

from config.site import Site
from tests.live.phone import Join, answer, open_round
from workshops import tallies
from workshops.models import Stage, Tally
from workshops.rounds import close_stage, reopen_stage

WRITERS = 8
CYCLES = 60


class Writer:
    """Answers without a pause, and remembers what was acknowledged."""

    def __init__(self, client: httpx.AsyncClient, address: str, stage: Stage, items: Sequence[int]) -> None:
        self.client, self.address, self.stage, self.items = client, address, stage, items
        self.acknowledged: dict[int, int] = {}
        self.refused = asyncio.Event()

    async def run(self) -> None:
        for counter in itertools.count(1):
            item, value = self.items[counter % len(self.items)], counter % 5 + 1
            body = {"stage": self.stage.pk, "answers": [answer(item, value, counter)]}
            receipt = (await self.client.post(self.address, json=body)).json()["receipts"][0]
            if receipt["status"] == "stored":
                self.acknowledged[item] = value
            else:
                assert receipt["reason"] == "closed"
                self.refused.set()
                await asyncio.sleep(0.005)


def final(stage: Stage) -> Counter[tuple[str, int]]:
    """The final tally: how many persons gave each value to each item."""
    tallies.refresh(stage.pk, wait=True)
    tally = Tally.objects.get(stage=stage)
    assert tally.final
    cells = tally.counts["cells"].items()
    return Counter({(key, int(value)): n for key, cell in cells for value, n in cell["impact"]["all"].items()})


def test_what_was_acknowledged_is_in_the_final_tally_every_time(site: Site, live_db: None, join: Join) -> None:
    workshop, stage, items = open_round()
    keys = dict(stage.items.values_list("pk", "key"))
    address = f"{site.url}/live/{workshop.public_id}/votes"
    cookies = [join(workshop).http.cookies for _ in range(WRITERS)]

    async def cycle(writers: Sequence[Writer]) -> None:
        await asyncio.sleep(0.02)
        await sync_to_async(close_stage)(stage)
        for writer in writers:
            writer.refused.clear()
        # A writer that was refused after the closing has no receipt under way any more.
        await asyncio.gather(*(writer.refused.wait() for writer in writers))
        acknowledged = Counter((keys[item], value) for w in writers for item, value in w.acknowledged.items())
        assert await sync_to_async(final)(stage) == acknowledged
        await sync_to_async(reopen_stage)(stage)

    async def race() -> int:
        clients = [httpx.AsyncClient(cookies=own, headers={"Origin": site.url}, timeout=20) for own in cookies]
        writers = [Writer(client, address, stage, items) for client in clients]
        running = [asyncio.create_task(writer.run()) for writer in writers]
        for _ in range(CYCLES):
            await cycle(writers)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        for client in clients:
            await client.aclose()
        return sum(len(writer.acknowledged) for writer in writers)

    # A thread of its own: where browser tests run too, this one already has an event loop.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(lambda: asyncio.run(race())).result() == WRITERS * len(items)
