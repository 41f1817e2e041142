"""A whole room in browsers of its own: the laptop with the cockpit, the screen, and phones (see ``phone.py``)."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

from config.site import Site
from municipalities.models import User
from tests.browser.contexts import log_in
from tests.browser.phone import new_phone
from workshops.models import Stage, Workshop
from workshops.participants import join
from workshops.votes import store_form

LAPTOP = {"width": 1280, "height": 800}
PROJECTOR = {"width": 1920, "height": 1080}

# Answers everything that is asked; (number + add) mod 5 + 1, and "don't know" where ``unsure`` is the number.
ANSWER_ALL = """({ add, upto }) => {
  for (const section of [...document.querySelectorAll("[data-item]")].slice(0, upto)) {
    const value = (Number(section.id.replace("item-", "")) + add) % 5 + 1;
    for (const cell of section.querySelectorAll("[data-cell]")) cell.querySelector(`input[value="${value}"]`).click();
  }
}"""
# What stands on a page only where a result is shown.
RESULT = re.compile(
    r"class=\"[^\"]*matrix|strip-small|mediaan|kernonzekerhe|verdeeld|eensgezind|own-view|U en de zaal", re.IGNORECASE
)


class Room:
    """The browsers of one test; each phone, laptop and screen is a context of its own."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.browser, self.site = browser, site
        self.contexts: list[BrowserContext] = []

    def phone(self, **options: object) -> Page:
        """A participant's phone, at no page yet."""
        return self._page(new_phone(self.browser, self.site, **options))

    def laptop(self, user: User | None = None, **options: object) -> Page:
        """A facilitator's laptop, logged in where ``user`` is given, at no page yet."""
        page = self._page(new_phone(self.browser, self.site, **{"viewport": LAPTOP, **options}))
        if user is not None:
            log_in(page.context, self.site.url, user)
        return page

    def cockpit(self, workshop: Workshop, user: User | None = None) -> Page:
        """The workshop's cockpit, live, with its owner or this co-host at it."""
        page = self.laptop(user or workshop.owner)
        page.goto(cockpit_address(workshop))
        is_live(page)
        return page

    def screen(self, workshop: Workshop) -> Page:
        """The projector."""
        page = self._page(new_phone(self.browser, self.site, viewport=PROJECTOR))
        page.goto(f"/screen/{workshop.screen_token}/")
        return page

    def _page(self, context: BrowserContext) -> Page:
        self.contexts.append(context)
        return context.new_page()

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def cockpit_address(workshop: Workshop) -> str:
    return f"/workshops/{workshop.public_id}/"


def is_live(cockpit: Page) -> None:
    """The cockpit hears the room; a button pressed from now on is the one that is meant."""
    expect(cockpit.locator("[data-connection=live]")).to_be_visible()


def press(cockpit: Page, name: str) -> None:
    """Press a button of the cockpit as soon as it has rested, and be at the page that follows."""
    is_live(cockpit)
    button = cockpit.get_by_role("button", name=re.compile(f"^{re.escape(name)}")).first
    expect(button).not_to_have_attribute("aria-disabled", "true")
    with cockpit.expect_navigation(wait_until="domcontentloaded"):
        button.click()


def status(cockpit: Page, words: str) -> None:
    """The state of the round, as the cockpit says it."""
    expect(cockpit.locator(".cockpit-status b")).to_have_text(words)


def figure(cockpit: Page, name: str, value: int) -> None:
    """One of the cockpit's numbers: "binnen", "begonnen", …"""
    place = cockpit.locator(".cockpit-figures dl > div").filter(has=cockpit.get_by_text(name, exact=True))
    expect(place.locator("dd")).to_have_text(str(value))


def shows(screen: Page, phase: str) -> None:
    """What the screen is at: before, open, closed, revealed, ended, blank or pause."""
    expect(screen.locator(f"[data-phase={phase}]")).to_have_count(1)


def heading(phone: Page, words: str) -> None:
    expect(phone.get_by_role("heading", level=1)).to_have_text(words)


def no_result_on(*pages: Page) -> None:
    """Nothing of a result is in these pages, seen or not."""
    for page in pages:
        found = RESULT.search(page.evaluate("document.querySelector('[data-live]').innerHTML"))
        assert found is None, f"{page.url} has {found and found.group()}"


def answer_all(phone: Page, add: int = 0, upto: int = 21) -> None:
    """Choose an answer to each question of the first items; what arrives is another matter."""
    expect(phone.locator("[data-vote].is-stepped, [data-vote].is-listed")).to_have_count(1)
    phone.evaluate(ANSWER_ALL, {"add": add, "upto": upto})


def hall(workshop: Workshop, stage: Stage, number: int) -> None:
    """More people, who answered everything: with five of them there is a result."""
    cells = [(item.pk, criterion.key) for item in stage.items.all() for criterion in stage.criteria.all()]
    for who in range(number):
        answers: list[tuple[int, str, Any]] = [(item, key, 1 + (item + who) % 5) for item, key in cells]
        store_form(join(workshop, "0503", "bedrijf"), stage, answers)
