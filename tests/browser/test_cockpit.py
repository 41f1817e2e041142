"""The cockpit in a browser: two who run the room together, by pointer and by keyboard."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from config.site import Site
from municipalities.models import User
from tests.browser.contexts import log_in
from tests.factories import make_facilitator
from workshops import rounds
from workshops.models import Workshop
from workshops.participants import join

# A slow machine is no failure (ms).
PATIENCE = 20_000


@pytest.fixture
def cockpit_of(browser: Browser, site: Site, workshop: Workshop) -> Iterator[Callable[[User], Page]]:
    """``cockpit_of(user)``: the workshop's cockpit on this person's own laptop, live."""
    contexts = []

    def opened(user: User) -> Page:
        contexts.append(browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 800}))
        log_in(contexts[-1], site.url, user)
        page = contexts[-1].new_page()
        page.goto(f"/workshops/{workshop.public_id}/")
        expect(page.locator("[data-connection=live]")).to_be_visible(timeout=PATIENCE)
        return page

    yield opened
    for context in contexts:
        context.close()


def rested(page: Page, selector: str) -> None:
    """A button that just became another one rests a moment, so that no second press hits it."""
    expect(page.locator(selector)).not_to_have_attribute("aria-disabled", "true", timeout=PATIENCE)


def status(page: Page, words: str) -> None:
    expect(page.locator(".cockpit-status b")).to_have_text(words, timeout=PATIENCE)


def test_what_one_does_appears_at_once_for_the_other_and_wipes_nothing(
    workshop: Workshop, cockpit_of: Callable[[User], Page]
) -> None:
    helper = make_facilitator(first_name="Bram")
    workshop.co_hosts.add(helper)
    join(workshop, "0748", "inwoner")
    anna, bram = cockpit_of(workshop.owner), cockpit_of(helper)
    bram.get_by_role("textbox", name="Bericht aan alle telefoons").fill("Kijk even naar het")
    anna.get_by_role("button", name="Open de ronde").click()
    status(bram, "nu open")
    expect(bram.locator("#cockpit-announced")).to_have_text(re.compile("opende ‘Trends wegen’"), timeout=PATIENCE)
    expect(bram.get_by_role("textbox", name="Bericht aan alle telefoons")).to_have_value("Kijk even naar het")
    bram.get_by_role("button", name="Maak ongedaan").click()
    status(anna, "klaargezet")
    expect(anna.locator("#last-step")).to_have_text(
        re.compile("Bram zette ‘Trends wegen’ weer klaar"), timeout=PATIENCE
    )
    # The report is the owner's alone.
    expect(anna.get_by_role("link", name="Naar het verslag")).to_be_visible(timeout=PATIENCE)
    expect(bram.get_by_role("link", name="Naar het verslag")).to_have_count(0)


def test_by_keyboard_the_place_is_kept_over_steps_and_swaps(
    workshop: Workshop, cockpit_of: Callable[[User], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    join(workshop, "0748", "inwoner")
    page = cockpit_of(workshop.owner)
    rested(page, "#main-action")
    page.locator("#main-action").press("Enter")
    status(page, "nu open")
    expect(page.locator("#main-action")).to_be_focused(timeout=PATIENCE)
    page.locator("#action-two-minutes").focus()
    # A colleague, and so slowly that the clock never comes first.
    monkeypatch.setattr(rounds, "LAST_CHANCE", datetime.timedelta(minutes=9))
    rounds.last_chance(workshop.stages.get())
    status(page, "laatste kans")
    expect(page.locator(".cockpit-clock b")).to_have_text(re.compile("[89]:[0-5][0-9]"), timeout=PATIENCE)
    # The button that had the focus is gone: the title has it, where no key does anything.
    expect(page.locator("h1")).to_be_focused(timeout=PATIENCE)
    rested(page, "#action-cancel-close")
    page.get_by_role("button", name="Houd open").press("Enter")
    status(page, "nu open")
    expect(page.locator("#main-action")).to_be_focused(timeout=PATIENCE)
    page.locator(".cockpit-more summary").press("Enter")
    expect(page.get_by_role("button", name=re.compile("Sluit meteen"))).to_be_visible(timeout=PATIENCE)
    page.keyboard.press("Escape")
    expect(page.locator(".cockpit-more summary")).to_be_focused(timeout=PATIENCE)


def test_the_clock_goes_back_for_no_reading_that_is_old(workshop: Workshop, cockpit_of: Callable[[User], Page]) -> None:
    stage = workshop.stages.get()
    rounds.open_stage(stage)
    page = cockpit_of(workshop.owner)
    clock = page.locator(".cockpit-clock b").first
    page.wait_for_timeout(2500)
    # What a stream hands out as it opens was made when something changed last; here a quiet round's beginning.
    page.reload()
    expect(page.locator("[data-connection=live]")).to_be_visible(timeout=PATIENCE)
    page.evaluate("""() => {
        const old = document.querySelector(".cockpit-clock");
        const again = old.cloneNode(true);
        again.dataset.clock = "0";
        again.firstElementChild.textContent = "0:00";
        old.replaceWith(again);
    }""")
    expect(clock).to_have_text(re.compile("^(0:0[2-9]|0:[1-9].|[1-9].*)$"), timeout=1000)
