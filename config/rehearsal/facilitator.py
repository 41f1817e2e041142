"""The people with an account: the facilitator who runs the room, and the civil servant who reads the report."""

from __future__ import annotations

import asyncio
import datetime
import json
import re
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from config.rehearsal.browser import Browser, Page, RehearsalError, expect
from config.rehearsal.script import shipped_content

FORMATS = ("pdf", "xlsx", "csv", "json")
COUNTED = re.compile(r'<p class="cockpit-counted"[^>]*>\s*<b>(.*?)</b>', re.DOTALL)
CODE = re.compile(r'class="cockpit-code[^"]*"[^>]*>(.*?)</p>', re.DOTALL)
COCKPIT = re.compile(r"/workshops/[0-9a-f]{12}/")
# What the cockpit offers once a button has done its work.
NEXT = {"open": ("/close/",), "close": ("/reveal/", "/reopen/"), "reveal": ("/hide/",), "next": ("/open/",)}
# A button of the round that the room is at; one that lets a wind tunnel ask about a scenario.
STEP = r"/stages/\d+/{verb}/$"
# The words of a short text that waits, by its id.
WORDS = re.compile(r'<p id="words-(\d+)"[^>]*>(.*?)</p>', re.DOTALL)
STAGE_EDIT = re.compile(r"/stages/(\d+)/edit/")
OPENS_SCENARIO = re.compile(r"/scenarios/[^/]+/open/$")
SECONDS = 60.0


@dataclass(frozen=True)
class Room:
    """A workshop as its facilitator sees it; ``path`` is the cockpit's."""

    public_id: str
    code: str
    join_url: str
    screen_url: str

    @property
    def path(self) -> str:
        return f"/workshops/{self.public_id}/"


async def log_in(browser: Browser, email: str, password: str) -> Page:
    """Log in by e-mail; the page that follows. RehearsalError where it is refused."""
    page = await browser.page("/accounts/login/")
    form = page.form("login", "password")
    after = Page(await browser.submit(page, form, {"login": email, "password": password}))
    if after.status != 200 or "/accounts/login/" in after.url:
        raise RehearsalError(f"logging in as {email} was refused ({after.status}): {after.gist()}")
    return after


class Facilitator:
    """Runs a workshop by the buttons of its cockpit."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        # The cockpit as the last button left it, from which the next one is pressed.
        self.seen: Page | None = None

    async def create(
        self,
        title: str,
        municipalities: Sequence[str],
        date: datetime.date | None = None,
        *,
        plan: str = "",
        rounds: Sequence[str] = (),
    ) -> Room:
        """Fill in the form of a new workshop; all else stays as the form proposes it.

        ``plan``: the key of the plan that it begins with; ``rounds``: the keys of the rounds that are added to it then.
        """
        page = await self.browser.page("/workshops/new/")
        changes: dict[str, str | Sequence[str]] = {"title": title, "municipalities": list(municipalities)}
        if date:
            changes["date"] = date.isoformat()
        if plan:
            changes["plan"] = plan
        made = Page(await self.browser.submit(page, page.form("title", "focal_question"), changes))
        found = COCKPIT.match(urlsplit(made.url).path)
        if made.status != 200 or not found:
            raise RehearsalError(f"the workshop was not made ({made.status}): {made.gist()}")
        for key in rounds:
            await self.add_round(found[0], key)
        return room_of(await self.browser.page(found[0]), self.browser.base)

    async def add_round(self, room_path: str, key: str) -> None:
        """Add the round that gets this key at the end of the plan; a second one on the trends with all of them.
        RehearsalError where that is refused."""
        kind, _dash, number = key.partition("-")
        page = await self.browser.page(f"{room_path}plan/")
        form = page.form("kind")
        again = [choice for choice in form.choices["kind"] if number and choice.startswith("again-")]
        chosen = again[0] if again and kind == "trends" else kind
        after = Page(expect(await self.browser.submit(page, form, {"kind": chosen}), 200))
        if not urlsplit(after.url).path.endswith("/plan/"):
            raise RehearsalError(f"a round {key} was not added: {after.gist()}")
        if chosen != kind:
            await self.take_all(room_path, max(int(found) for found in STAGE_EDIT.findall(after.html)))

    async def take_all(self, room_path: str, stage: int) -> None:
        """Let all core trends stand in a prepared round. RehearsalError where that is refused."""
        page = await self.browser.page(f"{room_path}stages/{stage}/items/fill/")
        keys = [trend.key for trend in shipped_content().trends]
        after = Page(expect(await self.browser.submit(page, page.form("keys"), {"keys": keys}), 200))
        if not urlsplit(after.url).path.endswith("/edit/"):
            raise RehearsalError(f"the list was not filled: {after.gist()}")

    async def press(self, room: Room, verb: str) -> None:
        """Open, close or reveal the round that is on, or go to the next. RehearsalError where nothing changes."""
        seen, self.seen = self.seen, None
        if seen is None or urlsplit(seen.url).path != room.path or not seen.has(STEP.format(verb=verb)):
            seen = await self.browser.page(room.path)
        button = seen.button(STEP.format(verb=verb))
        after = Page(expect(await self.browser.press(seen, button), 200))
        if not any(each.action.endswith(NEXT[verb]) for each in after.buttons):
            raise RehearsalError(f"after “{verb}” the cockpit doesn't offer the next step: {after.gist()}")
        self.seen = after

    async def tell(self, room: Room) -> int:
        """Put all that the round has to tell on the screen, one after the other; how much that was."""
        cockpit = await self.browser.page(room.path)
        told = list(dict.fromkeys(button.value for button in cockpit.buttons if button.name == "view" and button.value))
        for key in told:
            button = next(each for each in cockpit.buttons if (each.name, each.value) == ("view", key))
            expect(await self.browser.press(cockpit, button, follow=False), 302)
        return len(told)

    async def open_scenarios(self, room: Room) -> int:
        """Let the wind tunnel ask about every scenario that it doesn't ask about yet; how many those were."""
        cockpit = await self.browser.page(room.path)
        opened = 0
        while button := next((each for each in cockpit.buttons if OPENS_SCENARIO.search(each.action)), None):
            cockpit = Page(expect(await self.browser.press(cockpit, button), 200))
            if any(each.action == button.action for each in cockpit.buttons):
                raise RehearsalError(f"the scenario of {button.action} can't be opened: {cockpit.gist()}")
            opened += 1
        return opened

    async def let_through(self, room: Room, chosen: Collection[str]) -> list[str]:
        """Read the short texts that wait and let these through, one by one; which those were, in that order."""
        cockpit = await self.browser.page(room.path)
        page = await self.browser.page(cockpit.link("/contributions/"))
        words = {number: unescape(text).strip() for number, text in WORDS.findall(page.html)}
        shown = []
        for button in page.buttons:
            if (button.name, button.value) != ("do", "through") or button.form is None:
                continue
            text = words.get(button.form.fields["id"][0], "")
            if text in chosen:
                expect(await self.browser.submit(page, button.form, button=button, follow=False), 302)
                shown.append(text)
        return shown

    async def end(self, room_path: str) -> None:
        """End a workshop, closing its round where one is open."""
        cockpit = await self.browser.page(room_path)
        for button in cockpit.buttons:
            if button.action.endswith("/close/"):
                await self.browser.press(cockpit, button)
        page = await self.browser.page(f"{room_path}end/")
        forms = [form for form in page.forms if "csrfmiddlewaretoken" in form.choices and form.action == page.url]
        if forms:
            expect(await self.browser.submit(page, forms[0]), 200)

    async def running(self) -> list[tuple[str, str]]:
        """Address and title of this account's workshops that have not ended."""
        page = await self.browser.page("/workshops/")
        rows = re.findall(r"<li>(.*?)</li>", page.html, re.DOTALL)
        ended = {path for row in rows if 'data-state="ended"' in row for path in COCKPIT.findall(row)}
        return [(path, title) for path, title in page.links if COCKPIT.fullmatch(path) and path not in ended]

    async def counted(self, room: Room, answers: int, *, final: bool = False) -> tuple[int, int]:
        """(received, counted) once they are the same and ``answers``, else how they stand after a minute."""
        deadline = time.monotonic() + SECONDS
        while True:
            response = expect(await self.browser.get(f"{room.path}live/"), 200)
            found = COUNTED.search(response.text)
            numbers = [int(re.sub(r"\D", "", part)) for part in re.split(r"=|·", found[1])] if found else [0, 0]
            received, counted = numbers
            state = json.loads(response.headers["X-State"])
            settled = not final or state["stage"]["state"] == "closed"
            if (received == counted == answers and settled) or time.monotonic() > deadline:
                return received, counted
            await asyncio.sleep(0.1)

    async def report(self, room: Room) -> Page:
        """Build the report and wait until it is there. RehearsalError where building fails."""
        page = await self.browser.page(f"{room.path}report/")
        expect(await self.browser.press(page, page.button("/report/build/$")), 200)
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            page = await self.browser.page(f"{room.path}report/")
            if any(address.endswith("report.json") for address, _text in page.links):
                return page
            if 'data-level="error"' in page.html:
                raise RehearsalError(f"the report failed: {page.gist()}")
            await asyncio.sleep(0.2)
        raise RehearsalError(f"the report was not ready after {SECONDS:.0f} seconds: {page.gist()}")

    async def release(self, page: Page) -> Page:
        """Release the report on this page to the municipalities; the page that follows."""
        question = await self.browser.page(page.link("/release/"))
        form = next(form for form in question.forms if form.action == question.url)
        after = Page(expect(await self.browser.submit(question, form), 200))
        if 'data-state="released"' not in after.html:
            raise RehearsalError(f"the report was not released: {after.gist()}")
        return after


def room_of(cockpit: Page, base: str) -> Room:
    """The workshop of this cockpit. ``base``: where this rehearsal reaches the site."""
    public_id = urlsplit(cockpit.url).path.strip("/").split("/")[-1]
    found = CODE.search(cockpit.html)
    code = re.sub(r"<span.*?</span>|\s", "", found[1] if found else "")
    # The link names the site's public address.
    return Room(public_id, code, urljoin(base, urlsplit(cockpit.link("/m/")).path), cockpit.link("/screen/"))


async def download(browser: Browser, page: Page, folder: Path) -> dict[str, Any]:
    """Save the newest report on this page as report.pdf, .xlsx, .csv and .json; gives back what is in the JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    content = b""
    for name in FORMATS:
        response = expect(await browser.get(page.link(f"/report.{name}")), 200)
        content = response.content
        (folder / f"report.{name}").write_bytes(content)
    facts: dict[str, Any] = json.loads(content)
    return facts
