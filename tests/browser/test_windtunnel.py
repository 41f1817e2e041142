"""A wind tunnel in browsers: a phone scenario by scenario, the cockpit's buttons, and the room's screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from config.site import Site
from tests.browser.phone import boxes, come_in, own_line, said, saved, says, stored, tap, until, value
from tests.browser.room import Room, is_live, press, shows
from tests.factories import make_workshop
from workshops import tallies
from workshops.models import Contribution, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.stages.windtunnel import opening
from workshops.votes import store_form

Wait = Callable[..., None]
OPTIONS = 12


@pytest.fixture
def workshop(live_db: None, site: Site) -> Workshop:
    return make_workshop(rounds=["windtunnel"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    """Open, with only Samendam to test."""
    stage = workshop.stages.get()
    opening.let_test(stage, "samendam", None)
    return open_stage(stage)


def card(phone: Page) -> Locator:
    return phone.locator("section.ask:not([hidden])")


def is_in(phone: Page, where: str, number: int) -> None:
    """The card on the phone: its scenario, and its place in it."""
    expect(card(phone).locator(".wind-where")).to_have_text(where)
    expect(phone.locator("[data-place]")).to_have_text(f"Keuze {number} van {OPTIONS}")


def test_a_phone_goes_scenario_by_scenario_and_says_where_it_is(phone: Page, workshop: Workshop, stage: Stage) -> None:
    opening.let_test(stage, "ikhoven", None)
    come_in(phone, workshop, at=OPTIONS)
    is_in(phone, "We zijn nu in Samendam", OPTIONS)
    expect(phone.locator("[data-vote]")).to_have_attribute("data-world", "samendam")
    tap(phone, "-2", "samendam")
    saved(phone, "samendam")
    phone.locator("[data-go=next]").click()
    is_in(phone, "We zijn nu in Ikhoven", 1)
    expect(phone.locator("[data-vote]")).to_have_attribute("data-world", "ikhoven")
    expect(card(phone).locator("h2")).to_be_focused()
    expect(card(phone).locator(".wind-band")).to_be_in_viewport()
    tap(phone, "1", "ikhoven")
    saved(phone, "ikhoven")
    assert stored(workshop) == {(OPTIONS, "samendam"): -2, (1, "ikhoven"): 1}
    phone.reload()
    is_in(phone, "We zijn nu in Ikhoven", 1)
    expect(value(phone, "1", "ikhoven").locator("input")).to_be_checked()


def test_the_overview_goes_by_scenario_and_keeps_the_same_choice_apart(
    phone: Page, workshop: Workshop, stage: Stage
) -> None:
    opening.let_test(stage, "ikhoven", None)
    come_in(phone, workshop, at=2)
    tap(phone, "2", "samendam")
    saved(phone, "samendam")
    phone.locator("[data-go=overview]").click()
    expect(phone.get_by_role("heading", name="Nog 35 van 36 vragen open")).to_be_focused()
    expect(phone.locator(".overview-part")).to_have_text(["Samendam", "Ikhoven", "Verschillen tussen inwoners"])
    rows = phone.locator(".overview-row")
    expect(rows).to_have_count(3 * OPTIONS)
    expect(rows.nth(1)).to_contain_text("2. Kansen op werk scheppen")
    expect(rows.nth(1)).to_contain_text("++")
    expect(rows.nth(OPTIONS + 1)).to_contain_text("2. Kansen op werk scheppen")
    expect(rows.nth(OPTIONS + 1).locator(".status")).to_have_text("open")
    rows.nth(OPTIONS + 1).click()
    is_in(phone, "We zijn nu in Ikhoven", 2)


def test_a_scenario_that_is_opened_meanwhile_arrives_without_moving_or_losing_anything(
    phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop, at=OPTIONS + 3)  # about the gap, which the new scenario comes before
    expect(phone.locator("[data-place]")).to_have_text(f"Keuze 3 van {OPTIONS}")
    tap(phone, "-1", "gap")
    saved(phone, "gap")
    phone.evaluate("() => { document.querySelector('[data-vote]').dataset.same = 'yes'; }")
    chosen = value(phone, "-1", "gap").locator("input")
    chosen.focus()
    before = boxes(phone)
    opening.let_test(stage, "staatsburcht", None)
    expect(said(phone)).to_have_text("Er is een scenario bij gekomen: Staatsburcht.")
    assert boxes(phone) == before
    expect(chosen).to_be_focused()
    expect(chosen).to_be_checked()
    expect(phone.locator("[data-place]")).to_have_text(f"Keuze 3 van {OPTIONS}")
    expect(phone.locator("[data-vote]")).to_have_attribute("data-same", "yes")
    until(phone, "at => location.hash === `#item-${at}`", 2 * OPTIONS + 3)
    expect(phone.locator("b[data-done]")).to_have_text("1 van 36 klaar")
    phone.locator("[data-go=back]").click()
    phone.locator("[data-go=back]").click()
    phone.locator("[data-go=back]").click()
    is_in(phone, "We zijn nu in Staatsburcht", OPTIONS)
    tap(phone, "2", "staatsburcht")
    saved(phone, "staatsburcht")
    assert stored(workshop) == {(3, "gap"): -1, (OPTIONS, "staatsburcht"): 2}


def test_a_scenario_that_is_taken_back_goes_and_is_said(phone: Page, workshop: Workshop, stage: Stage) -> None:
    opening.let_test(stage, "ikhoven", None)
    come_in(phone, workshop, at=OPTIONS + 1)
    is_in(phone, "We zijn nu in Ikhoven", 1)
    opening.take_back(stage, "ikhoven", None)
    expect(said(phone)).to_have_text("Dit scenario wordt toch niet getoetst: Ikhoven.")
    expect(phone.locator("b[data-done]")).to_have_text("0 van 24 klaar")


def test_the_overview_that_grows_keeps_what_somebody_is_about_to_tap(
    phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    phone.locator("[data-go=overview]").click()
    row = phone.locator(".overview-row").nth(OPTIONS + 4)
    row.focus()
    top = "row => Math.round(row.getBoundingClientRect().top)"
    stood = row.evaluate(top)
    phone.evaluate("() => { document.activeElement.dataset.mine = 'yes'; }")
    opening.let_test(stage, "ikhoven", None)
    expect(phone.locator(".overview-row")).to_have_count(3 * OPTIONS)
    mine = phone.locator("[data-mine]")
    expect(mine).to_be_focused()
    assert mine.evaluate(top) == pytest.approx(stood, abs=1)


def test_answers_given_offline_arrive_afterwards(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage, wait_until: Wait
) -> None:
    come_in(phone, workshop)
    is_in(phone, "We zijn nu in Samendam", 1)
    phone_context.set_offline(True)
    tap(phone, "1", "samendam")
    says(phone, "op uw telefoon bewaard", "samendam")
    phone.locator("[data-go=next]").click()
    tap(phone, "x", "samendam")
    says(phone, "op uw telefoon bewaard", "samendam")
    expect(own_line(phone)).to_have_attribute("data-level", "warn")
    opening.let_test(stage, "ikhoven", None)
    phone_context.set_offline(False)
    says(phone, "geteld", "samendam")
    assert stored(workshop) == {(1, "samendam"): 1, (2, "samendam"): None}
    expect(phone.locator("b[data-done]")).to_have_text("2 van 36 klaar")


def test_a_remark_that_is_finished_before_its_script_is_there_arrives(
    phone: Page, workshop: Workshop, stage: Stage, wait_until: Wait
) -> None:
    held: list[Route] = []
    phone.route("**/phone-contribution*.js", lambda route: held.append(route))
    come_in(phone, workshop)
    is_in(phone, "We zijn nu in Samendam", 1)
    card(phone).locator("summary").click()
    area = card(phone).locator("textarea")
    area.fill("Er is te weinig geld.")
    area.blur()
    wait_until(lambda: held)
    held[0].continue_()
    expect(card(phone).locator(".contribution .status")).to_have_text("ontvangen")
    assert Contribution.objects.get(stage=stage).text == "Er is te weinig geld."


def test_it_works_with_the_keyboard_alone(phone: Page, workshop: Workshop, stage: Stage, wait_until: Wait) -> None:
    come_in(phone, workshop)
    is_in(phone, "We zijn nu in Samendam", 1)
    first = card(phone).get_by_role("radio", name="min 2, werkt ons tegen")
    first.focus()
    phone.keyboard.press("Space")
    for _ in range(4):
        phone.keyboard.press("ArrowRight")
    expect(card(phone).get_by_role("radio", name="plus 2, werkt heel goed")).to_be_checked()
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")  # what may be written opens
    expect(card(phone).locator("details")).to_have_attribute("open", "")
    phone.keyboard.press("Tab")
    phone.keyboard.type("Er is te weinig geld.")
    phone.keyboard.press("Tab")
    wait_until(lambda: stored(workshop) == {(1, "samendam"): 2}, 10)
    wait_until(lambda: Contribution.objects.filter(stage=stage, text="Er is te weinig geld.").exists(), 10)
    found = Contribution.objects.get(stage=stage)
    assert (found.scenario, found.item) == ("samendam", stage.items.get(number=1))


def test_the_cockpit_lets_scenarios_be_tested_and_takes_one_back(room: Room, workshop: Workshop) -> None:
    stage = workshop.stages.get()
    cockpit = room.cockpit(workshop)
    press(cockpit, "Laat Ikhoven toetsen")
    panel = cockpit.locator(".wind-panel")
    expect(panel.locator("[data-world=ikhoven]")).to_contain_text("wordt getoetst")
    press(cockpit, "Laat alle scenario’s toetsen")
    expect(panel.locator("[data-asked]")).to_have_count(3)
    is_live(cockpit)
    press(cockpit, "Toch niet: Samendam")
    expect(panel.locator("[data-asked]")).to_have_count(2)
    stage = open_stage(stage)
    phone = room.phone()
    come_in(phone, workshop)
    is_in(phone, "We zijn nu in Ikhoven", 1)
    tap(phone, "2", "ikhoven")
    saved(phone, "ikhoven")
    expect(panel.locator("[data-world=ikhoven]")).to_contain_text("1 begonnen")
    expect(panel.get_by_role("button", name="Toch niet: Ikhoven")).to_have_count(0)


def test_the_screen_shows_what_is_tested_then_the_grid_which_is_a_table(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    screen = room.screen(workshop)
    shows(screen, "open")
    expect(screen.locator(".wind-now")).to_have_text(re.compile("Samendam"))
    opening.let_test_all(stage, None)
    expect(screen.locator(".wind-now li")).to_have_count(3)
    hall(workshop, stage)
    close_stage(stage)
    reveal_stage(Stage.objects.get(pk=stage.pk))
    tallies.refresh(stage.pk, wait=True)
    shows(screen, "revealed")
    wide = screen.locator(".wind-wide")
    expect(wide.get_by_role("heading", level=1)).to_have_text(
        "Acht keuzes zijn robuust: waardevol in alle drie de scenario’s"
    )
    grid = wide.get_by_role("table")
    expect(grid).to_have_count(1)
    expect(grid.locator("tbody .wind-title")).to_have_count(OPTIONS)
    expect(grid.get_by_role("columnheader", name="Ikhoven")).to_be_visible()
    expect(grid.get_by_role("row", name=re.compile("De binnenstad opnieuw inrichten"))).to_contain_text("+ 1,0")
    for size, shape in (({"width": 1920, "height": 1080}, "wide"), ({"width": 1440, "height": 1080}, "narrow")):
        screen.set_viewport_size(size)
        expect(screen.locator(f".wind-{shape} .slide").first).to_be_visible()
        assert screen.evaluate(TOO_LARGE) == []
        assert screen.evaluate(SMALLEST) >= 35.9


# Slides that have more in them than fits above the foot.
TOO_LARGE = """() => [...document.querySelectorAll(".slide")].filter((slide) => slide.getClientRects().length)
  .filter((slide) => [...slide.children].some((each) =>
    each.getBoundingClientRect().bottom > slide.getBoundingClientRect().bottom - 80
    || each.getBoundingClientRect().right > innerWidth)).map((slide) => slide.textContent)"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".slide-wind *")]
  .filter((each) => each.getClientRects().length && each.textContent.trim())
  .map((each) => parseFloat(getComputedStyle(each).fontSize)))"""


def hall(workshop: Workshop, stage: Stage, number: int = 6) -> None:
    """People for whom every third choice works against them in Ikhoven, and all else works."""
    items = list(stage.items.all())
    for _ in range(number):
        answers = [
            (item.pk, key, -1 if key == "ikhoven" and item.number % 3 == 0 else 1)
            for item in items
            for key in ("samendam", "ikhoven", "staatsburcht")
        ]
        store_form(join(workshop, "0503", "bedrijf"), stage, answers)


def test_the_phone_shows_the_grid_beside_its_own_answers(room: Room, workshop: Workshop, stage: Stage) -> None:
    opening.let_test_all(stage, None)
    phone = room.phone()
    come_in(phone, workshop)
    tap(phone, "-2", "samendam")
    saved(phone, "samendam")
    hall(workshop, stage)
    close_stage(stage)
    reveal_stage(Stage.objects.get(pk=stage.pk))
    tallies.refresh(stage.pk, wait=True)
    expect(phone.get_by_role("heading", level=1)).to_have_text("U en de zaal")
    expect(phone.locator(".own-view[data-view=most]")).to_contain_text("u −− · zaal +")
    phone.locator(".own-choice label:has([value=room])").click()
    grid = phone.locator(".wind-table")
    expect(grid).to_be_visible()
    expect(grid.locator("tbody .wind-option")).to_have_count(OPTIONS)
    expect(grid).to_contain_text("van de steekproeven")
