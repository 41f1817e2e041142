"""A participant's phone in a real browser: coming in, answering, and what the page says of it."""

from __future__ import annotations

import re
import time
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, FloatRect, Locator, Page, Route, expect

from config.site import Site
from workshops.identity import cookie_name, seal
from workshops.models import Vote, Workshop
from workshops.participants import join

SIZE = {"width": 360, "height": 740}


def new_phone(browser: Browser, site: Site, **options: object) -> BrowserContext:
    """A browser of its own in a phone's size; close it."""
    settings = {"viewport": SIZE, "locale": "nl-NL", "base_url": site.url, "reduced_motion": "reduce", **options}
    context = browser.new_context(**settings)
    context.set_default_timeout(15_000)
    return context


def is_up(site: Site) -> bool:
    """Whether the site answers; while it restarts it does not."""
    try:
        return httpx.get(f"{site.url}/privacy/", timeout=2).status_code == 200
    except httpx.HTTPError:
        return False


def sign_up(page: Page, workshop: Workshop) -> None:
    """Join as a person does, by the link of the QR code."""
    page.goto(f"/m/{workshop.join_token}/?gemeente=0748")
    page.get_by_label("Inwoner").check(force=True)
    page.get_by_role("button", name="Doe mee").click()
    page.wait_for_url("**/room/**")


def come_in(page: Page, workshop: Workshop, at: int | str = "") -> None:
    """Be in the room at once as a new person, at this item (number) if there is one."""
    be_somebody(page, workshop)
    look(page, workshop, at)


def be_somebody(page: Page, workshop: Workshop) -> None:
    """Have a new person's cookie."""
    participant = join(workshop, "0748", "inwoner")
    name, value = cookie_name(workshop.public_id), seal(workshop.public_id, participant.pk)
    base = page.context.request.get("/privacy/").url.removesuffix("/privacy/")
    page.context.add_cookies([{"name": name, "value": value, "url": base}])


def look(page: Page, workshop: Workshop, at: int | str = "") -> None:
    page.goto(f"/room/{workshop.public_id}/" + (f"#item-{at}" if at else ""))


def question(page: Page, criterion: str = "impact") -> Locator:
    """The fieldset on the screen for one criterion."""
    return page.locator(f"section.ask:not([hidden]) fieldset[data-cell$='/{criterion}']")


def value(page: Page, number: str, criterion: str = "impact") -> Locator:
    return question(page, criterion).locator(f"label:has(input[value='{number}'])")


def tap(page: Page, number: str, criterion: str = "impact") -> None:
    expect(page.locator("[data-vote].is-stepped, [data-vote].is-listed")).to_have_count(1)
    value(page, number, criterion).click()


def says(page: Page, word: str, criterion: str = "impact") -> None:
    expect(question(page, criterion).locator(".status")).to_have_text(word, timeout=15_000)


def until(page: Page, expression: str, arg: Any = None, seconds: float = 15) -> None:
    """Until JavaScript says so. (Playwright's own wait evaluates in the page, where our policy forbids it.)"""
    deadline = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        assert time.monotonic() < deadline, f"still not so after {seconds} seconds: {expression}"
        page.wait_for_timeout(50)


def saved(page: Page, criterion: str = "impact") -> None:
    """Received, and perhaps counted already."""
    state = question(page, criterion).locator(".status")
    expect(state).to_have_attribute("data-status", re.compile("received|counted"), timeout=15_000)


def is_at(page: Page, number: int, total: int = 21) -> None:
    expect(page.locator("[data-place]")).to_have_text(f"Trend {number} van {total}", timeout=15_000)


def own_line(page: Page) -> Locator:
    """How this phone's connection is."""
    return page.locator("[data-own]")


def room_line(page: Page) -> Locator:
    """How the room is."""
    return page.locator("[data-of-room]")


def said(page: Page) -> Locator:
    """What is said once, over the page."""
    return page.locator("[data-say]")


def stored(workshop: Workshop) -> dict[tuple[int, str], int | None]:
    votes = Vote.objects.filter(participant__workshop=workshop)
    return {(number, key): value for number, key, value in votes.values_list("item__number", "criterion__key", "value")}


def lose_votes(route: Route) -> None:
    route.abort("internetdisconnected")


def boxes(page: Page) -> list[FloatRect | None]:
    """Where everything stands that a thumb may be about to touch."""
    controls = page.locator("section.ask:not([hidden]) label:visible, .vote-bar button:not(.is-away)").all()
    return [control.bounding_box() for control in controls]
