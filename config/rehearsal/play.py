"""The rehearsal itself: a facilitator and a room full of phones, over HTTP and nothing else."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

from config.rehearsal import chain
from config.rehearsal.browser import Browser, Page, RehearsalError
from config.rehearsal.checking import differences, received, unmoderated
from config.rehearsal.facilitator import Facilitator, Room, download, log_in
from config.rehearsal.participant import Participant, Round
from config.rehearsal.script import Asked, Person, Row, Script, Writing, handfuls

AT_ONCE = 32  # requests under way
POOLS = 16
ANSWERS_A_POST, MOST_A_POST = 12, 500
BY_CODE = 3  # every third person types the code, the others scan
Say = Callable[[str], None]


@dataclass
class Play:
    """One rehearsal at one site. ``speed``: seconds of the script per second, 0 for as fast as possible."""

    url: str
    script: Script
    asks: dict[str, Asked]
    speed: float
    say: Say
    transports: Iterator[httpx.AsyncBaseTransport]
    gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    phones: dict[str, Participant] = field(default_factory=dict)
    # The headlines that nobody has written yet, by round and scenario; and those that the facilitator let through.
    decks: dict[tuple[str, str], Iterator[str]] = field(default_factory=dict)
    let_through: dict[str, list[str]] = field(default_factory=dict)
    # By round: the ids of its items in order; what can be answered now, where that is not all; the options that the
    # facilitator made of ideas; and the rounds in which everybody wrote what they had to write.
    items: dict[str, list[int]] = field(default_factory=dict)
    open: dict[str, Collection[str]] = field(default_factory=dict)
    options: dict[str, list[str]] = field(default_factory=dict)
    written_in: set[str] = field(default_factory=set)

    def browser(self) -> Browser:
        return Browser(self.url, next(self.transports))

    async def run(self, facilitator: Facilitator, room: Room) -> None:
        """From joining to the last result on the screen. RehearsalError where something goes wrong."""
        begun = time.monotonic()
        early = [person for person in self.script.people if person.joins is None]
        await self.let_in(room, early)
        self.say(f"{len(early)} people joined in {time.monotonic() - begun:.1f} s")
        for place, stage in enumerate(self.script.stages):
            if place:
                await facilitator.press(room, "next")
            await self.hold_round(facilitator, room, stage)

    async def hold_round(self, facilitator: Facilitator, room: Room, stage: str) -> None:
        """Open, let everybody answer, close and reveal. RehearsalError where received and counted differ."""
        await chain.before(self, facilitator, room, stage)
        await facilitator.press(room, "open")
        self.say(f"The round “{stage}” is open")
        begun = time.monotonic()
        await self.read(stage)
        await self.answer(stage, room, begun)
        if await chain.halfway(self, facilitator, room, stage):
            await self.answer(stage, room, begun)
        count, seconds = self.received(stage), time.monotonic() - begun
        if count:
            people = sum(1 for phone in self.phones.values() if stage in phone.told)
            self.say(f"{people} people have receipts for {count:,} answers, after {seconds:.1f} s")
        await chain.moderate(self, facilitator, room, stage)
        if self.speed or stage == self.script.stages[0]:
            # Also while people can still answer what came in is counted; once is enough to see that.
            await self.settle(facilitator, room, count)
        await facilitator.press(room, "close")
        await self.settle(facilitator, room, count, final=True)
        await facilitator.press(room, "reveal")
        self.say(f"Closed and revealed: {count:,} received = counted" if count else "Closed and revealed")
        await chain.after(self, facilitator, room, stage)

    async def read(self, stage: str) -> None:
        """Read what is asked from the form of the first phone; where nobody knew before the day, think of answers."""
        seen = await next(iter(self.phones.values())).look() if self.phones else None
        if seen is None or not seen.items:
            return
        self.items[stage] = seen.items
        found = self.asks.get(stage)
        if found is None or not found.items:
            self.asks[stage] = chain.asked_now(stage, seen)
            chain.improvise(self, stage)
        elif len(seen.items) < found.items:
            # A ballot of the file names all that could have been proposed.
            self.asks[stage] = replace(found, items=len(seen.items))
            kept = [row for row in self.script.rows if row.stage != stage or row.item <= len(seen.items) or row.value]
            self.script.rows[:] = kept

    async def answer(self, stage: str, room: Room, begun: float) -> None:
        """Let everybody answer and write what can be answered now and is not yet."""
        rows = {name: own for name, every in self.script.rows_of(stage).items() if (own := self.due(stage, every))}
        writers = self.writers(stage)
        people = [person for person in self.in_order() if person.name in rows or person.name in writers]
        progress = asyncio.create_task(self.tell(stage, len(people)))
        try:
            await asyncio.gather(
                *(self.take_part(stage, rows.get(person.name, []), person, room, begun) for person in people)
            )
        finally:
            progress.cancel()
        self.written_in.add(stage)

    def due(self, stage: str, rows: Sequence[Row]) -> list[Row]:
        """What of somebody's answers can be given now: of an agenda first the dots, then who carries what."""
        return [row for row in rows if row.criterion in self.open.get(stage, (row.criterion,))]

    def received(self, stage: str) -> int:
        """How many answers stand by the receipts."""
        return received(list(self.phones.values()), stage)

    def written(self, stage: str) -> list[str]:
        """All short texts of the round."""
        return [text for phone in self.phones.values() for text in phone.wrote.get(stage, [])]

    def writing(self, stage: str) -> Writing:
        """What is written in this round and is not yet."""
        return Writing() if stage in self.written_in else self.script.texts.get(stage, Writing())

    def writers(self, stage: str) -> set[str]:
        """Who writes in this round, and didn't yet."""
        writing = self.writing(stage)
        return {*writing.headline_at, *writing.proposals, *(remark.participant for remark in writing.remarks)}

    async def settle(self, facilitator: Facilitator, room: Room, count: int, *, final: bool = False) -> None:
        """Wait until the cockpit says that all is counted. RehearsalError where it never is."""
        stored, counted = await facilitator.counted(room, count, final=final)
        if not stored == counted == count:
            raise RehearsalError(f"receipts {count}, the cockpit says {stored} received and {counted} counted")

    def in_order(self) -> list[Person]:
        return sorted(self.script.people, key=lambda person: person.joins or 0.0)

    async def let_in(self, room: Room, people: Sequence[Person]) -> None:
        """Join in the order of ``people``: they open the form at the same time, and enter one by one."""
        phones = [Participant(person, self.browser(), self.gate) for person in people]
        codes = [room.code if place % BY_CODE == 0 else "" for place, _ in enumerate(phones)]
        pages = [
            asyncio.create_task(phone.arrive(code, room.join_url)) for phone, code in zip(phones, codes, strict=True)
        ]
        inside: list[asyncio.Task[None]] = []
        try:
            for phone, page in zip(phones, pages, strict=True):
                await phone.join(await page)
                self.phones[phone.person.name] = phone
                inside.append(asyncio.create_task(phone.enter()))
                if len(self.phones) % 100 == 0:
                    self.say(f"{len(self.phones)} people are in")
        finally:
            for page in pages:
                page.cancel()
        await asyncio.gather(*inside)

    async def take_part(self, stage: str, rows: Sequence[Row], person: Person, room: Room, begun: float) -> None:
        """All that one person does in a round."""
        if person.joins is not None and person.name not in self.phones:
            await self.until(person.joins, begun)
            await self.let_in(room, [person])
        phone = self.phones[person.name]
        asked: Round = await phone.look()
        # Of some items nothing is asked any more: the numbers are those that the form began with.
        asked.items = self.items.get(stage, asked.items)
        posts = self.posts(stage, rows)
        for place, post in enumerate(posts):
            await self.until(post[0].second, begun)
            await phone.answer(asked, post, drop=person.drops_out and place == len(posts) // 2)
        await self.write(stage, phone, asked, begun)

    async def write(self, stage: str, phone: Participant, asked: Round, begun: float) -> None:
        """The short texts of one person: a headline for the world that the phone shows, an idea, remarks or reasons."""
        writing, name = self.writing(stage), phone.person.name
        if name in writing.proposals:
            second, proposal = writing.proposals[name]
            await self.until(second, begun)
            await phone.propose(asked, stage, proposal)
        if name in writing.headline_at and asked.places:
            await self.until(writing.headline_at[name], begun)
            place = asked.places[0]
            world = next(key for key in (place[1], *asked.worlds) if key in writing.decks)
            deck = self.decks.setdefault((stage, world), itertools.cycle(writing.decks[world]))
            await phone.write(asked, stage, place, next(deck))
        for remark in writing.remarks:
            place = (asked.items[remark.item - 1], remark.part)
            if remark.participant == name and place in asked.places:
                await self.until(remark.second, begun)
                await phone.write(asked, stage, place, remark.text)

    def posts(self, stage: str, rows: Sequence[Row]) -> list[Sequence[Row]]:
        """What goes out together: at full speed a handful, else what has the same second. A ballot goes out whole."""
        posts: list[list[Row]] = []
        for together in handfuls(rows, self.asks[stage].budgets if stage in self.asks else ()):
            last = posts[-1] if posts else []
            fits = len(last) + len(together) <= (MOST_A_POST if self.speed else ANSWERS_A_POST)
            if last and fits and (not self.speed or last[-1].second == together[0].second):
                last += together
            else:
                posts.append([*together])
        return list(posts)

    async def until(self, second: float, begun: float) -> None:
        """Sleep until this second of the script; at full speed not at all."""
        if self.speed:
            await asyncio.sleep(max(0.0, begun + second / self.speed - time.monotonic()))

    async def tell(self, stage: str, people: int) -> None:
        """A line of progress every few seconds."""
        while True:
            await asyncio.sleep(5)
            begun = sum(1 for phone in self.phones.values() if stage in phone.told or stage in phone.wrote)
            self.say(f"… {begun} of {people} people answer, {self.received(stage):,} receipts")


@dataclass(frozen=True)
class Outcome:
    """``wrong``: every difference between receipts, count and report; empty where all is one."""

    room: Room
    facts: dict[str, Any]
    answers: int
    wrong: list[str]


async def rehearse(play: Play, facilitator: Facilitator, room: Room, out: Path, *, release: bool = False) -> Outcome:
    """The whole workshop up to its report, which is saved in ``out``. RehearsalError where something goes wrong."""
    await play.run(facilitator, room)
    page: Page = await facilitator.report(room)
    if release:
        page = await facilitator.release(page)
    facts = await download(facilitator.browser, page, out)
    play.say(f"The report is {'released' if release else 'built'}: {out}/report.pdf, .xlsx, .csv and .json")
    phones = [play.phones[person.name] for person in play.script.people if person.name in play.phones]
    answers = sum(received(phones, stage) for stage in play.script.stages)
    wrong = differences(play.script, phones, play.asks, facts, play.let_through)
    wrong += unmoderated(phones, facts, play.let_through, play.options)
    return Outcome(room, facts, answers, wrong)


@asynccontextmanager
async def connections() -> AsyncIterator[Iterator[httpx.AsyncBaseTransport]]:
    """Connections for the browsers of a rehearsal, shared and kept open.

    In several small pools, handed out in turn: for every request a pool looks at each of its connections.
    """
    limits = httpx.Limits(max_connections=AT_ONCE // 4, max_keepalive_connections=AT_ONCE // 4)
    async with AsyncExitStack() as stack:
        pools = [await stack.enter_async_context(httpx.AsyncHTTPTransport(limits=limits)) for _ in range(POOLS)]
        yield itertools.cycle(pools)


async def enter(play: Play, email: str, password: str) -> Facilitator:
    """The facilitator, logged in."""
    browser = play.browser()
    await log_in(browser, email, password)
    return Facilitator(browser)
