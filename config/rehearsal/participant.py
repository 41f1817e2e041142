"""A participant's phone: joins by code or link, answers through the votes' door, and sends again what got lost."""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import httpx

from config.rehearsal.browser import Browser, Page, Patience, RehearsalError, expect, retry_after
from config.rehearsal.proposals import Proposal
from config.rehearsal.script import Answers, Cell, Person, Row, handfuls

# What is asked about: a card of its own with a heading, or a row of what is divided; each with its id and its title.
ITEM = re.compile(
    r'data-item="([1-9]\d*)".*?<h2\b[^>]*>(.*?)</h2>|data-option="(\d+)"[^>]*\bdata-name="([^"]*)"', re.DOTALL
)
DIVIDED = re.compile(r'data-dots="([\w-]+)"')
FORM = re.compile(r"<form\b[^>]*\bdata-vote\b[^>]*>")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
# Where a short text can be written: the id of an item (0: the round's own) and a part of the form.
PLACE = re.compile(r'data-contribution="(\d+)/([\w-]*)"')
WORLD = re.compile(r'data-world="([\w-]+)"')


@dataclass
class Round:
    """An open round as a phone reads it from its page.

    ``items``: ids in order, each once however many cards it has, with their titles; ``divided``: the criteria by which
    something is divided over them. ``places``: where a short text can be written; ``worlds``: the scenarios that are
    told of on the page, in order; ``token`` and ``handle`` go with a text.
    """

    stage: int
    door: str
    highest: int
    items: list[int]
    titles: list[str]
    divided: set[str]
    places: list[tuple[int, str]]
    worlds: list[str]
    token: str
    handle: str


@dataclass
class Told:
    """What the site told one phone about one round: the receipts that stand, and answers that were refused."""

    stored: Answers = field(default_factory=dict)
    refused: list[tuple[Cell, str]] = field(default_factory=list)


def titles_in(page: str) -> dict[int, str]:
    """What the page asks about: id → title, in order, each once."""
    found: dict[int, str] = {}
    for card, heading, option, name in ITEM.findall(page):
        words = " ".join(re.sub(r"<[^>]*>", "", heading or name).split())
        found.setdefault(int(card or option), unescape(words))
    return found


class Participant:
    """One person with one phone. ``gate`` keeps the number of requests at once within bounds."""

    def __init__(self, person: Person, browser: Browser, gate: asyncio.Semaphore) -> None:
        self.person = person
        self.browser = browser
        self.gate = gate
        self.public_id = ""
        self.counter = 0
        self.told: dict[str, Told] = {}
        self.wrote: dict[str, list[str]] = {}
        self.proposed: dict[str, list[Proposal]] = {}
        # By counter and what it is about: the answers of one ballot have one counter.
        self._sent: dict[tuple[int, Cell], Row] = {}

    async def arrive(self, code: str, join_url: str) -> Page:
        """The join form: typed the code where one is given, else followed the link of the QR code."""
        async with self.gate:
            if not code:
                return await self.browser.page(join_url)
            home = await self.browser.page("/")
            return Page(expect(await self.browser.submit(home, home.form("code"), {"code": code}), 200))

    async def join(self, page: Page) -> None:
        """Say from where and on whose behalf; from then on this person counts as present."""
        form = page.form("municipality", "group")
        answers = {"municipality": self.person.municipality, "group": self.person.group}
        for name, value in answers.items():
            if value not in form.choices[name]:
                raise RehearsalError(f"{page.url} doesn't offer {name} {value}: {form.choices[name]}")
        async with self.gate:
            response = expect(await self.browser.submit(page, form, answers, follow=False, again=True), 302)
        place = response.headers["Location"].strip("/").split("/")
        if place[0] != "room":
            raise RehearsalError(f"joining as {self.person.name} led to {response.headers['Location']}")
        self.public_id = place[1]

    async def enter(self) -> None:
        """The room, whatever it shows now."""
        async with self.gate:
            expect(await self.browser.get(f"/room/{self.public_id}/"), 200)

    async def look(self) -> Round:
        """Read the open round from the room's page. RehearsalError where none is open."""
        async with self.gate:
            response = expect(await self.browser.get(f"/room/{self.public_id}/"), 200)
        found = FORM.search(response.text)
        if not found:
            raise RehearsalError(f"{response.url} shows no open round: {Page(response).gist()}")
        own = dict(re.findall(r'([\w-]+)="([^"]*)"', found[0]))
        titles = titles_in(response.text)
        token = TOKEN.search(response.text)
        seen = Round(
            stage=int(own["data-stage"]),
            door=own["data-door"],
            highest=int(own["data-highest"]),
            items=list(titles),
            titles=list(titles.values()),
            divided=set(DIVIDED.findall(response.text)),
            places=[(int(item), part) for item, part in PLACE.findall(response.text)],
            worlds=list(dict.fromkeys(WORLD.findall(response.text))),
            token=token[1] if token else "",
            handle=own.get("data-participant", ""),
        )
        self.counter = max(self.counter, seen.highest)
        return seen

    async def answer(self, asked: Round, rows: Sequence[Row], *, drop: bool = False) -> None:
        """Send these answers in one post, as often as it takes; with ``drop`` the connection breaks twice first."""
        answers = [answer for rows in handfuls(rows, asked.divided) for answer in self._numbered(asked, rows)]
        told = self.told.setdefault(rows[0].stage, Told())
        if drop:
            await self._lose(asked, answers, upto=0.5)
            await self._lose(asked, answers, upto=1.0)
        body = await self._post(asked, answers)
        lines = {(line["counter"], line["item"], line["criterion"]): line for line in body["receipts"]}
        for answer in answers:
            line = lines.get((answer["counter"], answer["item"], answer["criterion"]))
            if line is None:
                raise RehearsalError(f"no receipt for answer {answer}: {body}")
            self._note(asked, told, line)

    async def write(self, asked: Round, stage: str, place: tuple[int, str], text: str) -> None:
        """Send a short text for a place of the form. RehearsalError where it is refused."""
        body = await self._tell("contributions", asked, {"item": str(place[0]), "part": place[1], "text": text})
        if body["text"] != text:
            raise RehearsalError(f"{self.person.name} wrote “{text}”, and “{body['text']}” was kept")
        self.wrote.setdefault(stage, []).append(text)

    async def propose(self, asked: Round, stage: str, proposal: Proposal) -> None:
        """Propose an option. RehearsalError where it is refused, or is not among one's own afterwards."""
        words = {"title": proposal.title, "instead": proposal.instead, "why": proposal.why}
        body = await self._tell("ideas", asked, {"propose": "1", **words})
        if proposal.title not in unescape(body["own"]):
            raise RehearsalError(f"{self.person.name} proposed “{proposal.title}”, and it was not kept")
        self.proposed.setdefault(stage, []).append(proposal)

    async def _tell(self, where: str, asked: Round, data: dict[str, str]) -> dict[str, Any]:
        """Send words, as the page's script does; gives the JSON of the answer."""
        headers = {"Origin": self.browser.origin, "X-Requested-With": "fetch", "X-Participant": asked.handle}
        request = self.browser.http.build_request(
            "POST",
            f"/room/{self.public_id}/{where}/",
            data={"csrfmiddlewaretoken": asked.token, "stage": str(asked.stage), **data},
            headers={**headers, "Referer": f"{self.browser.base}/room/{self.public_id}/"},
        )
        return await self._deliver(request)

    def _numbered(self, asked: Round, rows: Sequence[Row]) -> list[dict[str, int | str | None]]:
        """An answer, or a whole ballot, as the door takes it: under the next counter."""
        self.counter += 1
        for row in rows:
            if not 1 <= row.item <= len(asked.items):
                raise RehearsalError(f"this round has {len(asked.items)} items, and no item {row.item}")
            self._sent[self.counter, (row.item, row.criterion)] = row
        return [
            {
                "counter": self.counter,
                "item": asked.items[row.item - 1],
                "criterion": row.criterion,
                "value": row.value,
            }
            for row in rows
        ]

    def _note(self, asked: Round, told: Told, line: dict[str, int | str]) -> None:
        """Keep what a receipt says: which of the sent answers now stands for its cell."""
        cell = (asked.items.index(int(line["item"])) + 1, str(line["criterion"]))
        sent = self._sent[int(line["counter"]), cell]
        if line["status"] == "stored":
            told.stored[cell] = sent.value
        elif line["status"] == "superseded":
            newer = self._sent.get((int(line["highest"]), cell))
            if newer is None:
                raise RehearsalError(f"{self.person.name}: superseded by an answer that was never sent: {line}")
            told.stored[cell] = newer.value
        else:
            told.refused.append((cell, str(line.get("reason", ""))))

    async def _post(self, asked: Round, answers: Sequence[object]) -> dict[str, Any]:
        """Post until there are receipts: a lost answer is sent again under the same counters."""
        return await self._deliver(self._request(asked, answers))

    async def _deliver(self, request: httpx.Request) -> dict[str, Any]:
        """Send until it is answered, which may be twice; gives the JSON of the answer."""
        patience = Patience()
        while True:
            try:
                async with self.gate:
                    response = await self.browser.http.send(request)
            except httpx.TransportError as error:
                await patience.wait(f"{request.url}: {error!r}")
                continue
            if response.status_code != 503:
                body: dict[str, Any] = expect(response, 200).json()
                return body
            await patience.wait(f"{request.url}: 503", retry_after(response))

    def _request(self, asked: Round, answers: Sequence[object]) -> httpx.Request:
        content = {"stage": asked.stage, "answers": answers}
        return self.browser.http.build_request(
            "POST", asked.door, json=content, headers={"Origin": self.browser.origin}
        )

    async def _lose(self, asked: Round, answers: Sequence[object], *, upto: float) -> None:
        """Break the connection once this share of the post is on its way, before any receipt can come."""
        request = self._request(asked, answers)
        head = [f"{request.method} {request.url.raw_path.decode()} HTTP/1.1"]
        head += [f"{name}: {value}" for name, value in request.headers.items()]
        content = "\r\n".join([*head, "", ""]).encode() + request.content
        place = urlsplit(self.browser.origin)
        secure = ssl.create_default_context() if place.scheme == "https" else None
        port = place.port or (443 if secure else 80)
        with contextlib.suppress(OSError):
            _reader, writer = await asyncio.open_connection(place.hostname, port, ssl=secure)
            writer.write(content[: int(len(content) * upto)])
            await writer.drain()
            if upto == 1.0:
                await asyncio.sleep(0.05)  # long enough to arrive, so that only the receipt is lost
            writer.transport.abort()
        await asyncio.sleep(0.2)
