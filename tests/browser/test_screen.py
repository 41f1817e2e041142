"""The projector in a real browser: it follows the room by itself, can be read from the last row, and obeys its keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from config.site import Site
from tests.factories import make_workshop
from tests.workshops.test_screen import people, spread, vote
from workshops import tallies
from workshops.models import Stage, Workshop
from workshops.rounds import close_stage, open_stage, reveal_stage

pytestmark = pytest.mark.usefixtures("live_db")

# Text smaller than 1/30 of the height, and what ends below the window or under the foot.
TOO_SMALL = """() => [...document.querySelectorAll("main *")].filter((each) => {
  const text = [...each.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
  if (!text || !each.getClientRects().length || each.closest(".visually-hidden, [hidden], title")) return false;
  const svg = each.closest("svg.matrix");
  const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
  return parseFloat(getComputedStyle(each).fontSize) * scale < innerHeight / 30 - 0.1;
}).map((each) => each.textContent.trim())"""
OUTSIDE = """() => [...document.querySelectorAll(".slide")].flatMap((slide) => {
  const { top, right } = slide.getBoundingClientRect();
  const foot = document.querySelector(".foot")?.getBoundingClientRect().height ?? 0;
  const limit = top + innerHeight - foot;
  return [...slide.querySelectorAll("p, li, h1, h2, table, progress, svg")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width && (box.bottom > limit + 1 || box.right > right + 1) && !each.closest(".visually-hidden");
  }).map((each) => each.textContent.trim());
})"""


@pytest.fixture
def workshop(live_db: None) -> Workshop:
    return make_workshop()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="nl-NL", base_url=site.url)
    context.set_default_timeout(15_000)
    yield context.new_page()
    context.close()


def watch(page: Page, workshop: Workshop) -> None:
    page.goto(reverse("screen", args=[workshop.screen_token]))


def hold(workshop: Workshop) -> Stage:
    stage = open_stage(workshop.stages.get())
    vote(stage, people(workshop, 6), spread)
    stage = reveal_stage(close_stage(stage))
    tallies.refresh(stage.pk, wait=True)
    return stage


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1024, 768), (1280, 720), (2560, 1080)])
def test_every_word_is_large_enough_and_inside_the_screen(
    page: Page, workshop: Workshop, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    watch(page, workshop)
    assert (page.evaluate(TOO_SMALL), page.evaluate(OUTSIDE)) == ([], [])
    hold(workshop)
    page.reload()
    expect(page.locator(".matrix:visible")).to_have_count(1)
    assert (page.evaluate(TOO_SMALL), page.evaluate(OUTSIDE)) == ([], [])


def test_on_a_phone_nothing_sticks_out(page: Page, workshop: Workshop) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    hold(workshop)
    watch(page, workshop)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_the_screen_follows_the_room_without_a_touch(page: Page, workshop: Workshop) -> None:
    watch(page, workshop)
    expect(page.locator("[data-phase=before]")).to_be_visible()
    stage = open_stage(workshop.stages.get())
    expect(page.locator("[data-phase=open]")).to_be_visible()
    vote(stage, people(workshop, 6), spread)
    stage = close_stage(stage)
    expect(page.locator("[data-phase=closed]")).to_be_visible()
    reveal_stage(stage)
    expect(page.locator(".matrix:visible")).to_have_count(1)
    expect(page.locator("[data-not-live]")).to_be_hidden()


def test_the_keys_turn_the_slides_and_blank_the_screen(page: Page, workshop: Workshop) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    hold(workshop)
    watch(page, workshop)
    matrix, table = page.locator("#uitslag"), page.locator("#tabel")
    expect(matrix).to_be_in_viewport(ratio=0.9)
    page.keyboard.press("t")
    expect(table).to_be_in_viewport(ratio=0.9)
    page.keyboard.press("PageDown")
    expect(table).not_to_be_in_viewport()
    page.keyboard.press("t")
    expect(matrix).to_be_in_viewport(ratio=0.9)
    page.keyboard.press("b")
    expect(page.locator("[data-blank]")).to_be_visible()
    page.keyboard.press("b")
    expect(page.locator("[data-blank]")).to_be_hidden()


def test_a_screen_that_lost_the_room_says_since_when(page: Page, workshop: Workshop) -> None:
    page.route("**/live/**", lambda route: route.abort())
    watch(page, workshop)
    expect(page.get_by_text("Het scherm is niet live.")).to_be_visible()
    expect(page.locator("[data-since]")).to_have_text(re.compile(r"^\d\d:\d\d$"))


def test_the_screen_has_no_accessibility_errors(page: Page, workshop: Workshop) -> None:
    watch(page, workshop)
    assert Axe().run(page).response["violations"] == []
    hold(workshop)
    page.reload()
    assert Axe().run(page).response["violations"] == []
