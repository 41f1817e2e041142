"""What the group commit relies on: a pipeline without BEGIN is one transaction."""

from __future__ import annotations

import asyncio
import contextlib
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.conf import settings
from psycopg import AsyncConnection

from workshops.locks import VOTES
from workshops.votes import LOCK

pytestmark = pytest.mark.usefixtures("live_db")


async def pipelined() -> tuple[int, int, bool]:
    """The transactions of two statements of one pipeline, and whether the lock of the first holds in the second."""
    held = "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = 4242)"
    async with await AsyncConnection.connect(settings.DATABASE_URL, autocommit=True) as connection:
        async with connection.pipeline():
            await connection.execute(LOCK, [4242], prepare=True)
            first = await connection.execute("SELECT pg_current_xact_id()::text::bigint")
            second = await connection.execute("SELECT pg_current_xact_id()::text::bigint")
            third = await connection.execute(held, [VOTES])
        (one,), (two,), (locked,) = [await cursor.fetchone() or () for cursor in (first, second, third)]
        return one, two, locked


async def failing() -> bool:
    """Whether what stands before a failing statement of the same pipeline is kept."""
    async with await AsyncConnection.connect(settings.DATABASE_URL, autocommit=True) as connection:
        await connection.execute("CREATE TEMPORARY TABLE kept (value int)")
        with contextlib.suppress(psycopg.DataError):
            async with connection.pipeline():
                await connection.execute("INSERT INTO kept VALUES (1)")
                await connection.execute("SELECT 1 / 0")
        return (await (await connection.execute("SELECT count(*) FROM kept")).fetchone()) == (1,)


def test_statements_of_a_pipeline_share_transaction_and_lock() -> None:
    with ThreadPoolExecutor(1) as thread:
        one, two, locked = thread.submit(lambda: asyncio.run(pipelined())).result()
    assert one == two
    assert locked


def test_a_failing_statement_takes_the_whole_pipeline_back() -> None:
    with ThreadPoolExecutor(1) as thread:
        assert not thread.submit(lambda: asyncio.run(failing())).result()
