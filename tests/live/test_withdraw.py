"""Withdrawing against votes in flight: whatever the phone had given out by then is gone, every time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx
from asgiref.sync import sync_to_async
from django.db import connections

from config.site import Site
from tests.live.phone import Join, Phone, answer, open_round
from workshops.models import Stage, Vote
from workshops.participants import withdraw

POSTS = 12
CYCLES = 30


def race(phone: Phone, site: Site, stage: Stage, items: Sequence[int]) -> tuple[int, int]:
    """How many answers were stored before they were withdrawn, and how many came too late for it."""
    address = f"{site.url}/live/{phone.workshop.public_id}/votes"

    async def cycle(client: httpx.AsyncClient, cycle: int) -> list[str]:
        first = cycle * POSTS + 1
        bodies = [{"stage": stage.pk, "answers": [answer(items[n], n % 5 + 1, first + n)]} for n in range(POSTS)]
        posts = [asyncio.create_task(client.post(address, json=body)) for body in bodies]
        await asyncio.sleep(0.002 * (cycle % 8))
        await sync_to_async(withdraw)(phone.participant, known=first + POSTS - 1)
        receipts = [(await post).json()["receipts"][0] for post in posts]
        survived = await sync_to_async(Vote.objects.filter(participant=phone.participant).count)()
        assert survived == 0
        return [receipt.get("reason", receipt["status"]) for receipt in receipts]

    async def all_cycles() -> list[str]:
        # The thread behind sync_to_async may hold a connection from before a test that killed the database.
        await sync_to_async(connections.close_all)()
        async with httpx.AsyncClient(cookies=phone.http.cookies, headers={"Origin": site.url}, timeout=20) as client:
            return [told for number in range(CYCLES) for told in await cycle(client, number)]

    # A thread of its own: where browser tests run too, this one already has an event loop.
    with ThreadPoolExecutor(1) as thread:
        told = thread.submit(lambda: asyncio.run(all_cycles())).result()
    assert set(told) <= {"stored", "withdrawn"}
    return told.count("stored"), told.count("withdrawn")


def test_a_vote_in_flight_does_not_survive_a_withdrawal(site: Site, live_db: None, join: Join) -> None:
    workshop, stage, items = open_round()
    before, after = race(join(workshop), site, stage, items)
    assert before + after == POSTS * CYCLES
