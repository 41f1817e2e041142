"""A browser without a window: keeps cookies, reads the forms of a page and posts them back as a person would."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx

TIMEOUT = httpx.Timeout(30.0, connect=10.0)
# How long a request is tried again before it is given up, in seconds; and the pauses between.
PATIENCE = 60.0
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 5.0

Data = Mapping[str, str | Sequence[str]]


class RehearsalError(Exception):
    """The site answered otherwise than it should; the message says to what and how."""


@dataclass
class Form:
    """A form as it stands on the page: what it would send if nothing were touched."""

    action: str
    method: str
    id: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    # All names that the form can send, and the values that a choice offers.
    choices: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Button:
    """A submit button: what it adds to the form, and where it sends it ("" is where the form goes)."""

    name: str
    value: str
    action: str
    form_id: str
    form: Form | None
    text: str = ""


class Page(HTMLParser):
    """What a page offers: ``forms``, ``buttons``, ``links`` (address, text) and the text of marked elements."""

    def __init__(self, response: httpx.Response) -> None:
        super().__init__()
        self.url = str(response.url)
        self.status = response.status_code
        self.html = response.text
        self.forms: list[Form] = []
        self.buttons: list[Button] = []
        self.links: list[tuple[str, str]] = []
        self._form: Form | None = None
        self._select = ""
        self._said: list[str] = []
        self._open: tuple[str, list[str]] | None = None
        self.feed(self.html)

    def form(self, *names: str) -> Form:
        """The form that has all these fields. RehearsalError where there is none."""
        for form in self.forms:
            if all(name in form.choices for name in names):
                return form
        raise RehearsalError(f"{self.url} ({self.status}) has no form with {', '.join(names)}: {self.gist()}")

    def button(self, address: str) -> Button:
        """The button that leads to an address with this in it (a pattern). RehearsalError where there is none."""
        for button in self.buttons:
            if re.search(address, button.action):
                return button
        raise RehearsalError(f"{self.url} has no button to {address}: {self.gist()}")

    def has(self, address: str) -> bool:
        """Whether there is a button that leads to an address with this in it (a pattern)."""
        return any(re.search(address, button.action) for button in self.buttons)

    def link(self, part: str) -> str:
        """The first link with this part in it, as a whole address. RehearsalError where there is none."""
        for address, _text in self.links:
            if part in address:
                return urljoin(self.url, address)
        raise RehearsalError(f"{self.url} has no link with {part}: {self.gist()}")

    def gist(self) -> str:
        """The page's text on one line, for an error message."""
        body = self.html.partition("<main")[2] or self.html
        return " ".join(re.sub(r"<[^>]*>", " ", "<" + body).split())[:300]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self.url, own.get("action", ""))
            self._form = Form(action, own.get("method", "get").lower(), own.get("id", ""))
            self.forms.append(self._form)
        elif tag == "a" and "href" in own:
            self._listen("a", own["href"])
        elif tag == "button":
            action = urljoin(self.url, own.get("formaction", self._form.action if self._form else ""))
            form_id = own.get("form", "")
            self.buttons.append(Button(own.get("name", ""), own.get("value", ""), action, form_id, self._form))
            self._listen("button", "")
        elif tag in {"input", "textarea", "select", "option"} and self._form is not None:
            self._field(self._form, tag, own)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        if tag == "select":
            form, name = self._form, self._select
            if form and form.choices.get(name) and name not in form.fields:
                form.fields[name] = form.choices[name][:1]  # what a list shows where nothing is selected
            self._select = ""
        if self._open and tag == self._open[0]:
            text = " ".join("".join(self._said).split())
            if tag == "a":
                self.links.append((self._open[1][0], text))
            elif tag == "button":
                self.buttons[-1].text = text
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self._said.append(data)

    def _listen(self, tag: str, address: str) -> None:
        self._open = (tag, [address])
        self._said = []

    def _field(self, form: Form, tag: str, own: dict[str, str]) -> None:
        name, value = own.get("name", self._select if tag == "option" else ""), own.get("value", "")
        if tag == "select":
            self._select = name
        kind = own.get("type", "text") if tag == "input" else tag
        if not name or kind in {"submit", "button", "reset", "image"}:
            return
        form.choices.setdefault(name, [])
        if kind in {"radio", "checkbox", "option"}:
            value = own.get("value", "on")
            form.choices[name].append(value)
            if "checked" in own or "selected" in own:
                form.fields.setdefault(name, []).append(value)
        elif kind != "select":
            form.fields.setdefault(name, []).append(value)


class Browser:
    """One person's browser. Browsers may share a ``transport``; each has cookies of its own."""

    def __init__(self, base: str, transport: httpx.AsyncBaseTransport) -> None:
        self.base = base.rstrip("/")
        parts = urlsplit(self.base)
        self.origin = f"{parts.scheme}://{parts.netloc}"
        self.http = httpx.AsyncClient(base_url=self.base, transport=transport, timeout=TIMEOUT, trust_env=False)

    async def get(self, address: str) -> httpx.Response:
        """The answer to a GET, redirects followed; tried again while the site is away or busy."""
        return await self._send("GET", address)

    async def page(self, address: str) -> Page:
        """A page that is there. RehearsalError otherwise."""
        return Page(expect(await self.get(address), 200))

    async def submit(
        self,
        page: Page,
        form: Form,
        changes: Data | None = None,
        button: Button | None = None,
        *,
        follow: bool = True,
        again: bool = False,
    ) -> httpx.Response:
        """Post a form with ``changes``, pressing ``button``; what follows (after redirects), whatever its status.

        ``again``: the form may be posted twice without harm, so a lost answer is no reason to give up.
        """
        data: dict[str, str | Sequence[str]] = {**form.fields, **(changes or {})}
        if button and button.name:
            data[button.name] = button.value
        address = (button.action if button else "") or form.action
        return await self._send("POST", address, data=data, referer=page.url, follow=follow, again=again)

    async def press(self, page: Page, button: Button, *, follow: bool = True) -> httpx.Response:
        """Press a button: its form goes with it."""
        owner = button.form
        if button.form_id:
            owner = next((form for form in page.forms if form.id == button.form_id), None)
        if owner is None:
            raise RehearsalError(f"{page.url}: the button “{button.text}” has no form")
        return await self.submit(page, owner, button=button, follow=follow)

    async def _send(
        self,
        method: str,
        address: str,
        *,
        data: Data | None = None,
        referer: str = "",
        follow: bool = True,
        again: bool = False,
    ) -> httpx.Response:
        """Most forms are posted once: whether a lost post arrived can't be known."""
        headers = {"Origin": self.origin, "Referer": referer} if method == "POST" else {}
        patience = Patience()
        while True:
            try:
                response = await self.http.request(
                    method, address, data=dict(data) if data else None, headers=headers, follow_redirects=follow
                )
            except httpx.TransportError as error:
                if method == "POST" and not again and not isinstance(error, httpx.ConnectError):
                    raise RehearsalError(f"POST {address}: {error!r}") from error
                await patience.wait(f"{method} {address}: {error!r}")
                continue
            if response.status_code != 503:
                return response
            await patience.wait(f"{method} {address}: 503", retry_after(response))


class Patience:
    """Waits longer each time, until ``PATIENCE`` seconds are over."""

    def __init__(self) -> None:
        self.pause = FIRST_PAUSE
        self.left = PATIENCE

    async def wait(self, what: str, seconds: float = 0.0) -> None:
        """Pause; at least ``seconds``. RehearsalError with ``what`` once it took too long."""
        pause = max(self.pause, seconds)
        if pause > self.left:
            raise RehearsalError(f"{what}; given up after {PATIENCE:.0f} seconds")
        self.left -= pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        await asyncio.sleep(pause)


def retry_after(response: httpx.Response) -> float:
    """The seconds that the site asks to wait; 0 where it doesn't say."""
    text = response.headers.get("Retry-After", "")
    return float(text) if text.isdigit() else 0.0


def expect(response: httpx.Response, *statuses: int) -> httpx.Response:
    """The response, where it has one of these statuses. RehearsalError otherwise."""
    if response.status_code not in statuses:
        gist = Page(response).gist() if "html" in response.headers.get("Content-Type", "") else response.text[:300]
        raise RehearsalError(f"{response.request.method} {response.url} answered {response.status_code}: {gist}")
    return response
