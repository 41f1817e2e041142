"""Group commit: what arrives while one commit is under way is written together by the next.

One task, one connection, the whole transaction in one pipeline. A second connection gained nothing, and waiting
to fill a batch cost half the speed.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import psycopg
from psycopg import AsyncConnection

from workshops import votes
from workshops.votes import Answer, Outcome

log = logging.getLogger(__name__)

MAX_WAITING = 50_000
MAX_BATCH = 5_000
SHORTEST_PAUSE = 0.05
LONGEST_PAUSE = 2.0
# How a connection says that its server has left.
GONE = (psycopg.OperationalError, psycopg.InterfaceError, OSError)


class Busy(Exception):
    """Nothing is acknowledged now: the queue is full or the database is away. Send it again in a moment."""


class Post:
    """What one request carries, and where its outcome goes."""

    __slots__ = ("answers", "outcome")

    def __init__(self, answers: Sequence[Answer], outcome: asyncio.Future[Outcome]) -> None:
        self.answers = answers
        self.outcome = outcome


class Committer:
    """The one writer of a web process. ``on_stored`` hears of the rounds that changed, after the commit."""

    def __init__(self, conninfo: str, on_stored: Callable[[int], None]) -> None:
        self.conninfo = conninfo
        self.on_stored = on_stored
        self.waiting: deque[Post] = deque()
        self.size = 0
        self.wake = asyncio.Event()
        self.connection: AsyncConnection[Any] | None = None

    async def submit(self, answers: Sequence[Answer]) -> Outcome:
        """Receipts for the answers, in their order, after the commit. Raises Busy.

        A client that leaves takes nothing with it: what is queued is written all the same.
        """
        if self.size + len(answers) > MAX_WAITING:
            raise Busy
        post = Post(answers, asyncio.get_running_loop().create_future())
        self.waiting.append(post)
        self.size += len(answers)
        self.wake.set()
        return await post.outcome

    async def run(self) -> None:
        """Write whatever waits, for as long as the process lives."""
        pause = SHORTEST_PAUSE
        while True:
            if not self.waiting:
                self.wake.clear()
                await self.wake.wait()
            batch = self.take()
            try:
                await self.write_somehow(batch)
                pause = SHORTEST_PAUSE
            except GONE as error:
                log.error("the database is away: %s", type(error).__name__)
                refuse(batch, Busy())
                await self.disconnect()
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            finally:
                # Whatever went wrong, nobody waits for a receipt that can't come.
                refuse(batch, Busy())

    def take(self) -> list[Post]:
        """The next batch: whole posts, at least one."""
        batch: list[Post] = []
        size = 0
        while self.waiting and (not batch or size + len(self.waiting[0].answers) <= MAX_BATCH):
            post = self.waiting.popleft()
            size += len(post.answers)
            batch.append(post)
        self.size -= size
        return batch

    async def write_somehow(self, batch: list[Post]) -> None:
        """Write the batch; where the connection turns out to have died since, once more on a new one.

        An answer is its (participant, counter), so what was written before the connection broke is not written twice.
        """
        known = self.connection is not None
        try:
            await self.write(batch)
        except GONE:
            if not known:
                raise
            await self.disconnect()
            await self.write(batch)

    async def write(self, batch: list[Post]) -> None:
        """One transaction for the batch; after a data error it is halved until the culprit stands alone."""
        try:
            made = await self.commit([answer for post in batch for answer in post.answers])
        except (psycopg.DataError, psycopg.IntegrityError) as error:
            if len(batch) == 1:
                log.error("a post was refused whole: %s", type(error).__name__)
                refuse(batch, error)
                return
            half = len(batch) // 2
            await self.write(batch[:half])
            await self.write(batch[half:])
            return
        place = 0
        for post in batch:
            receipts = made.receipts[place : place + len(post.answers)]
            place += len(post.answers)
            if not post.outcome.done():
                post.outcome.set_result(Outcome(receipts, made.transaction))

    async def commit(self, answers: Sequence[Answer]) -> Outcome:
        """Run the transaction of ``workshops.votes``; receipts only after its commit."""
        written = votes.newest(answers)
        made = await self.transact(answers, written)
        spared = votes.overshadowed(answers, written, made)
        if spared:
            again = await self.commit([answers[place] for place in spared])
            for place, receipt in zip(spared, again.receipts, strict=True):
                made.receipts[place] = receipt
            made = Outcome(made.receipts, max(made.transaction, again.transaction))
        return made

    async def transact(self, answers: Sequence[Answer], written: Sequence[Answer]) -> Outcome:
        """One transaction for ``written``, the newest of each key among ``answers``: a receipt for every answer.

        A psycopg error where nothing was committed.
        """
        connection = await self.connected()
        values = votes.arrays(written)
        stages = votes.stages_of(written)
        # What stands between two syncs of a pipeline is one transaction, without a BEGIN and a COMMIT to wait for;
        # leaving the block syncs, so what is read after it is committed.
        async with connection.pipeline():
            for stage_id in stages:
                await connection.execute(votes.LOCK, [stage_id], prepare=True)
            told = await connection.execute(votes.STORE_AND_TELL, values, prepare=True)
        stored, wrote = await told.fetchone() or (0, 0)
        if stored:
            for stage_id in stages:
                self.on_stored(stage_id)
        if stored == len(written):
            return votes.all_stored(answers, written, wrote)
        async with connection.pipeline():
            for stage_id in stages:
                await connection.execute(votes.LOCK, [stage_id])
            ballots = await connection.execute(votes.STORE_BALLOTS, values)
            found = await connection.execute(votes.READ_BACK, values)
            reasons = await connection.execute(votes.EXPLAIN, values)
        if ballots.rowcount and not stored:
            for stage_id in stages:
                self.on_stored(stage_id)
        return votes.outcome(answers, written, await found.fetchall(), await reasons.fetchall())

    async def connected(self) -> AsyncConnection[Any]:
        if self.connection is None or self.connection.closed:
            self.connection = await AsyncConnection.connect(self.conninfo, autocommit=True, connect_timeout=3)
        return self.connection

    async def disconnect(self) -> None:
        if self.connection is not None:
            await self.connection.close()
            self.connection = None


def refuse(batch: Sequence[Post], error: Exception) -> None:
    """Tell every post of a batch that it was not written."""
    for post in batch:
        if not post.outcome.done():
            post.outcome.set_exception(error)
