"""The projector in a real browser: it follows the room by itself, can be read from the last row, and obeys its keys."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from config.site import Site
from tests.browser.axe import violations
from tests.factories import make_workshop
from tests.workshops.test_screen import people, spread, vote
from workshops import projector, tallies, tasks
from workshops.models import Stage, Vote, Workshop
from workshops.rounds import close_stage, open_stage, reveal_stage

pytestmark = pytest.mark.usefixtures("live_db")

# Text smaller than 1/30 of the height, and what ends below the window or under the foot.
TOO_SMALL = """() => [...document.querySelectorAll("main *")].filter((each) => {
  const text = [...each.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
  if (!text || !each.getClientRects().length || each.closest(".visually-hidden, .end-value, [hidden], title")) {
    return false;
  }
  const svg = each.closest("svg.matrix");
  const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
  return parseFloat(getComputedStyle(each).fontSize) * scale < innerHeight / 30 - 0.1;
}).map((each) => each.textContent.trim())"""
OUTSIDE = """() => [...document.querySelectorAll(".slide")].flatMap((slide) => {
  const { top, right } = slide.getBoundingClientRect();
  const foot = document.querySelector(".foot")?.getBoundingClientRect().height ?? 0;
  const limit = top + innerHeight - foot;
  const far = [...slide.querySelectorAll("p, li, h1, h2, table, progress, svg")].filter((each) => {
    const box = each.getBoundingClientRect();
    return box.width && (box.bottom > limit + 1 || box.right > right + 1) && !each.closest(".visually-hidden");
  });
  return slide.scrollHeight > slide.clientHeight ? [...far, slide] : far;
}).map((each) => each.textContent.trim())"""
PLACES = """(keys) => keys.map((key) => {
  const box = document.querySelector(`.matrix-wide [data-glide="${key}"]`).getBoundingClientRect();
  return [box.x, box.y];
})"""
GLIDING = """() => document.getAnimations().filter((each) => each.effect.target?.dataset?.glide).length"""


@pytest.fixture
def workshop(live_db: None) -> Workshop:
    return make_workshop()


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    yield from opened(browser, site, "no-preference")


@pytest.fixture
def still_page(browser: Browser, site: Site) -> Iterator[Page]:
    yield from opened(browser, site, "reduce")


def opened(browser: Browser, site: Site, motion: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1920, "height": 1080},
        locale="nl-NL",
        base_url=site.url,
        reduced_motion=motion,  # type: ignore[arg-type]
    )
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


# It can be read from the last row


SIZES = [(1920, 1080), (1280, 720), (1024, 768), (2560, 1080)]


def test_every_word_is_large_enough_and_inside_the_screen_at_each_size_of_text(page: Page, workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(focal_question="Hoe doet iedereen mee, en wie betaalt dat? " * 4)

    def fits(phase: str, *sizes: tuple[int, int]) -> None:
        for step in (-1, 2, 1, 0):
            projector.text_step(workshop, step)
            expect(page.locator(f"[data-phase={phase}][data-text='{step}']")).to_be_visible()
            for width, height in sizes if step else SIZES:
                page.set_viewport_size({"width": width, "height": height})
                found = page.evaluate(TOO_SMALL), page.evaluate(OUTSIDE)
                assert found == ([], []), (phase, step, width)

    watch(page, workshop)
    fits("before", (1024, 768))
    stage = open_stage(workshop.stages.get())
    vote(stage, people(workshop, 6), spread)
    Stage.objects.filter(pk=stage.pk).update(due_at=timezone.now() + datetime.timedelta(seconds=110))
    fits("open", (1920, 1080), (1024, 768))
    stage = close_stage(stage)
    projector.pause(workshop, True, 10)
    fits("pause", (1024, 768))
    projector.pause(workshop, False)
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    fits("revealed", (1920, 1080), (1024, 768))


def test_on_a_phone_nothing_sticks_out(page: Page, workshop: Workshop) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    hold(workshop)
    projector.text_step(workshop, 2)
    watch(page, workshop)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


# It follows the room


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


def change_answers(stage: Stage) -> None:
    """Another round of the whole room, counted and shown."""
    for item in stage.items.all():
        Vote.objects.filter(item=item).update(value=1 + item.number % 5, transaction=2**40 + item.number)
    tallies.refresh(stage.pk, wait=True)
    tasks.show(stage.workshop_id)


def moved(page: Page, workshop: Workshop) -> tuple[int, list[list[float]], list[list[float]]]:
    """How many numbers were on their way after a new count, and where two of them stood before and at that moment.

    The page holds its animations at the first moment itself, so that no slow machine misses them.
    """
    stage = open_stage(workshop.stages.get())
    vote(stage, people(workshop, 6), spread)
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    watch(page, workshop)
    expect(page.locator("[data-not-live]")).to_be_hidden()
    keys = [item.key for item in stage.items.filter(number__in=(2, 9))]
    before = page.evaluate(PLACES, keys)
    page.evaluate(
        "() => document.addEventListener('live:fragment', () => {"
        " document.getAnimations().forEach((each) => each.pause()); document.body.dataset.came = ''; })"
    )
    change_answers(stage)
    expect(page.locator("body[data-came]")).to_have_count(1)
    gliding = page.evaluate(GLIDING)
    now = page.evaluate(PLACES, keys)
    page.evaluate("() => document.getAnimations().forEach((each) => each.finish())")
    assert page.evaluate(PLACES, keys) != before
    return gliding, before, now


def test_numbers_glide_from_where_they_stood(page: Page, workshop: Workshop) -> None:
    gliding, before, now = moved(page, workshop)
    assert gliding > 0
    for was, at in zip(before, now, strict=True):
        assert at == pytest.approx(was, abs=8)


def test_nothing_glides_for_who_wants_no_motion(still_page: Page, workshop: Workshop) -> None:
    gliding, before, now = moved(still_page, workshop)
    assert gliding == 0
    assert now != before


def test_the_last_chance_counts_down_by_itself(page: Page, workshop: Workshop) -> None:
    stage = open_stage(workshop.stages.get())
    Stage.objects.filter(pk=stage.pk).update(closing_at=timezone.now() + datetime.timedelta(seconds=30))
    tasks.show(workshop.pk)
    watch(page, workshop)
    count = page.locator("[data-countdown]")
    expect(count).to_have_text(re.compile(r"^(2\d|30)$"))
    seen = int(count.inner_text())
    expect(count).not_to_have_text(str(seen))
    assert int(count.inner_text()) < seen


# It obeys its keys


def test_the_keys_turn_the_slides_and_past_the_last_nothing_happens(page: Page, workshop: Workshop) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    stage = hold(workshop)
    watch(page, workshop)
    matrix, table = page.locator("#uitslag"), page.locator("#tabel")
    expect(matrix).to_be_in_viewport(ratio=0.9)
    page.keyboard.press("t")
    expect(table).to_be_in_viewport(ratio=0.9)
    page.keyboard.press("PageDown")
    expect(table).not_to_be_in_viewport()
    page.keyboard.press("t")
    expect(matrix).to_be_in_viewport(ratio=0.9)
    for _ in range(page.locator(".slide").count() + 2):
        page.keyboard.press("PageDown")
    expect(page.locator(".slide").last).to_be_in_viewport(ratio=0.9)
    page.keyboard.press("PageUp")
    expect(page.locator(".slide").last).not_to_be_in_viewport()
    stage.refresh_from_db()
    assert (stage.is_closed, stage.revealed) == (True, True)


def test_code_and_keys_come_over_any_slide_and_go_again(page: Page, workshop: Workshop) -> None:
    hold(workshop)
    watch(page, workshop)
    code, keys = page.locator("[data-overlay=join]"), page.locator("[data-overlay=keys]")
    expect(code).to_be_hidden()
    page.keyboard.press("c")
    expect(code.locator("svg.qr")).to_be_in_viewport(ratio=1)
    expect(code.get_by_text(workshop.focal_question)).to_be_visible()
    # What comes in meanwhile doesn't take it away.
    tasks.show(workshop.pk)
    page.keyboard.press("?")
    expect(keys).to_be_visible()
    expect(code).to_be_hidden()
    page.keyboard.press("c")
    page.keyboard.press("c")
    expect(code).to_be_hidden()
    projector.show_code(workshop, False)
    expect(page.get_by_text(workshop.spaced_code)).to_have_count(0)
    page.keyboard.press("c")
    expect(page.locator("[data-overlay-open]")).to_have_count(0)


def test_the_black_of_the_key_and_that_of_the_cockpit_dont_fight(page: Page, workshop: Workshop) -> None:
    watch(page, workshop)
    own, cockpit = page.locator("[data-blank]"), page.locator(".blank-remote")
    page.keyboard.press("b")
    expect(own).to_be_visible()
    page.keyboard.press(".")
    expect(own).to_be_hidden()
    page.keyboard.press("b")
    projector.blank(workshop, True)
    expect(cockpit).to_be_visible()
    expect(own).to_be_hidden()
    page.keyboard.press("b")
    expect(own).to_be_hidden()
    projector.blank(workshop, False)
    expect(page.locator("[data-phase=before]")).to_be_visible()
    expect(own).to_be_hidden()


def test_a_locked_screen_keeps_its_slide_and_says_why(page: Page, workshop: Workshop) -> None:
    hold(workshop)
    watch(page, workshop)
    page.keyboard.press("t")
    expect(page.locator("#tabel")).to_be_in_viewport(ratio=0.9)
    projector.lock(workshop)
    expect(page.locator("[data-locked]")).to_be_visible()
    for key in ("PageUp", "m", "ArrowRight", " ", "Home"):
        page.keyboard.press(key)
    expect(page.get_by_text("Het scherm staat vast.")).to_be_visible()
    expect(page.locator("#tabel")).to_be_in_viewport(ratio=0.9)
    projector.unlock(workshop)
    expect(page.locator("[data-locked]")).to_have_count(0)
    page.keyboard.press("PageUp")
    expect(page.locator("#uitslag")).to_be_in_viewport(ratio=0.9)


def test_after_black_and_a_break_the_same_slide_is_on(page: Page, workshop: Workshop) -> None:
    hold(workshop)
    watch(page, workshop)
    page.keyboard.press("t")
    expect(page.locator("#tabel")).to_be_in_viewport(ratio=0.9)
    projector.blank(workshop, True)
    expect(page.locator(".blank-remote")).to_be_visible()
    projector.pause(workshop, True, 10)
    expect(page.get_by_text("Pauze", exact=True)).to_be_visible()
    projector.pause(workshop, False)
    expect(page.locator("#tabel")).to_be_in_viewport(ratio=0.9)


# It says when it is not live, and whoever can't see it can follow


def test_a_screen_that_lost_the_room_says_since_when_and_keeps_its_picture(page: Page, workshop: Workshop) -> None:
    page.route("**/live/**", lambda route: route.abort())
    watch(page, workshop)
    expect(page.get_by_text("Het scherm is niet live.")).to_be_visible()
    expect(page.locator("[data-since]")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(page.locator("[data-phase=before] .join-code:visible")).to_have_text(workshop.spaced_code)


def test_the_screen_has_no_accessibility_errors_in_any_state(page: Page, workshop: Workshop) -> None:
    def check(state: str) -> None:
        watch(page, workshop)
        expect(page.locator(f"[data-phase={state}]")).to_have_count(1)
        assert violations(page) == [], state

    check("before")
    stage = open_stage(workshop.stages.get())
    check("open")
    Stage.objects.filter(pk=stage.pk).update(closing_at=timezone.now() + datetime.timedelta(seconds=60))
    tasks.show(workshop.pk)
    check("open")
    projector.pause(workshop, True, 10)
    check("pause")
    projector.blank(workshop, True)
    check("blank")
    projector.blank(workshop, False)
    projector.pause(workshop, False)
    vote(stage, people(workshop, 6), spread)
    stage = close_stage(Stage.objects.get(pk=stage.pk))
    check("closed")
    reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    check("revealed")
    for key in ("c", "?"):
        page.keyboard.press(key)
        expect(page.locator("[data-overlay-open]")).to_have_count(1)
        assert violations(page) == [], key
