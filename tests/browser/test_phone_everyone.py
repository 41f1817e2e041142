"""For everyone: light on the wire, narrow and enlarged, in the phone's own language, read aloud where it can."""

from __future__ import annotations

import gzip
from typing import Literal

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from config.site import Site
from tests.browser.axe import violations
from tests.browser.phone import come_in, is_at, new_phone, question, saved, sign_up, tap, until
from workshops.models import Stage, Workshop
from workshops.rounds import close_stage

HEADERS = 350


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_of_an_open_round_is_accessible(
    browser: Browser, site: Site, workshop: Workshop, stage: Stage, scheme: Literal["light", "dark"]
) -> None:
    context = new_phone(browser, site, color_scheme=scheme)
    page = context.new_page()
    come_in(page, workshop)
    tap(page, "4")
    saved(page)
    page.locator("section.ask:not([hidden]) [data-signal]").click()
    expect(page.locator("section.ask:not([hidden]) [aria-pressed=true]")).to_be_visible()
    assert violations(page) == []
    page.locator("[data-go=overview]").click()
    expect(page.locator(".overview-row")).to_have_count(21)
    assert violations(page) == []
    context.close()


def test_joining_and_the_first_question_weigh_under_100_kb(phone: Page, workshop: Workshop, stage: Stage) -> None:
    """With static files as the image serves them: compressed (here they come as they are written)."""
    wire: dict[str, tuple[str, int]] = {}
    session = phone.context.new_cdp_session(phone)
    session.send("Network.enable")
    session.on(
        "Network.requestWillBeSent", lambda event: wire.update({event["requestId"]: (event["request"]["url"], 0)})
    )
    session.on(
        "Network.loadingFinished",
        lambda event: wire.update({event["requestId"]: (wire[event["requestId"]][0], int(event["encodedDataLength"]))}),
    )
    sign_up(phone, workshop)
    is_at(phone, 1)
    phone.wait_for_load_state("load")
    weight = sum(compressed(url) if size and is_text(url) else size for url, size in wire.values())
    assert 10_000 < weight < 100_000


def is_text(url: str) -> bool:
    return "/static/" in url and url.endswith((".css", ".js", ".svg"))


def compressed(url: str) -> int:
    """Bytes of a static file on the wire, with its headers."""
    content = (settings.BASE_DIR / "static" / url.partition("/static/")[2]).read_bytes()
    return len(gzip.compress(content)) + HEADERS


@pytest.mark.parametrize(("width", "height"), [(320, 256), (320, 640), (1280, 640)])
def test_nothing_sticks_out(
    browser: Browser, site: Site, workshop: Workshop, stage: Stage, width: int, height: int
) -> None:
    context = new_phone(browser, site, viewport={"width": width, "height": height})
    page = context.new_page()
    fits = "document.documentElement.scrollWidth <= window.innerWidth"
    come_in(page, workshop)
    page.wait_for_selector(".is-stepped")
    assert page.evaluate(fits)
    tap(page, "4")
    saved(page)
    page.locator("[data-go=overview]").click()
    assert page.evaluate(fits)
    context.close()


def test_another_language_loses_no_answer(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop, at=3)
    tap(phone, "4")
    phone.locator("[data-go=overview]").click()
    phone.get_by_role("button", name="English").click()
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.locator(".overview-row")).to_have_count(21)
    phone.locator(".overview-row").nth(2).click()
    expect(question(phone).locator("input[value='4']")).to_be_checked()
    saved(phone)


VOICE = """
  window.spoken = [];
  window.cancelled = 0;
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "nl-NL", name: "Nederlands" }],
    speak: (each) => window.spoken.push(each.text),
    cancel: () => { window.cancelled += 1; },
    addEventListener: () => {},
  } });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_a_trend_is_read_aloud_where_the_browser_has_a_voice(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    is_at(phone, 1)
    read = phone.locator("section.ask:not([hidden]) [data-read]")
    expect(read).to_be_hidden()
    phone.add_init_script(VOICE)
    phone.reload()
    read.click()
    expect(read).to_have_text("Stop")
    [text] = phone.evaluate("window.spoken")
    assert text.startswith("Democratisering van kennis en technologie. Kennis en technologie komen")
    assert "Hoe onzeker is het" in text and "Trend 1" not in text
    phone.locator("[data-go=next]").click()
    assert phone.evaluate("window.cancelled") >= 2
    phone.locator("[data-go=back]").click()
    expect(read).to_have_text("Lees voor")
    read.click()
    silenced = phone.evaluate("window.cancelled")
    close_stage(stage)
    until(phone, "before => window.cancelled > before", silenced)
