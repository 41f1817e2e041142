"""The public pages in a real browser: for every eye, on every width, light and dark."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from config.site import Site

PAGES = ["/", "/trends/", "/scenarios/", "/scenarios/staatsburcht/", "/about-content/", "/privacy/", "/nergens/"]


def open_page(
    browser: Browser, address: str, width: int = 360, scheme: Literal["light", "dark"] = "light", script: bool = True
) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 780}, color_scheme=scheme, locale="nl-NL", java_script_enabled=script
    )
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("width", [320, 768, 1024])
def test_no_page_scrolls_sideways(site: Site, browser: Browser, width: int) -> None:
    page = open_page(browser, f"{site.url}/", width)
    wide = []
    for address in PAGES:
        page.goto(f"{site.url}{address}")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)
    page.context.close()
    assert wide == []


def test_the_front_page_weighs_less_than_100_kilobytes(site: Site, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 780}, locale="nl-NL")
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(f"{site.url}/", wait_until="networkidle")
    weight = sum(answer.request.sizes()["responseBodySize"] for answer in answers)
    hosts = {answer.url.startswith(site.url) for answer in answers}
    context.close()
    assert hosts == {True}
    assert 20_000 < weight < 100_000


def test_the_language_is_switched_without_javascript_and_stays(site: Site, browser: Browser) -> None:
    page = open_page(browser, f"{site.url}/trends/", script=False)
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is changing?")
    expect(page).to_have_url(f"{site.url}/trends/")
    page.goto(f"{site.url}/privacy/")
    expect(page.get_by_role("heading", level=1)).to_have_text("What we keep about you")
    page.context.close()


def test_the_keyboard_skips_to_the_content(site: Site, browser: Browser) -> None:
    page = open_page(browser, f"{site.url}/trends/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.context.close()


def test_a_code_is_joined_with_the_enter_key_and_an_error_stands_at_the_field(site: Site, browser: Browser) -> None:
    page = open_page(browser, f"{site.url}/", script=False)
    page.get_by_label("Doe mee met uw code").fill("k7 p3")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site.url}/join/")
    field = page.get_by_label("Doe mee met uw code")
    expect(field).to_have_value("k7 p3")
    expect(field).to_have_accessible_description(re.compile("zes tekens"))
    page.context.close()
