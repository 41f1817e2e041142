"""Axes in a real room: asked and divided on a phone, shown on the screen, chosen by the facilitator."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from config.site import Site
from tests.browser.phone import come_in, lose_votes, own_line, saved, stored, tap, until
from tests.browser.room import Room, is_live
from tests.workshops.axes_room import axes_round, divide, shown
from workshops.models import Stage, Workshop
from workshops.rounds import open_stage

pytestmark = pytest.mark.usefixtures("live_db")


@pytest.fixture
def workshop(live_db: None, site: Site) -> Workshop:
    return axes_round().workshop


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get(kind="axes"))


def more(page: Page, number: int) -> None:
    page.locator(".dots-row").nth(number - 1).get_by_role("button", name="Eén stip meer").click()


def sent(page: Page) -> None:
    until(page, "() => ['received', 'counted'].includes(document.querySelector('.dots-head .status').dataset.status)")


def test_a_phone_says_whether_axes_move_together_and_then_divides(
    stage: Stage, phone: Page, workshop: Workshop
) -> None:
    come_in(phone, workshop)
    expect(phone.locator("section.ask:not([hidden]) .axis-poles")).to_contain_text("Forse krimp")
    for value in ("1", "4", "x"):
        tap(phone, value, "together")
        saved(phone, "together")
        phone.locator("[data-go=next]").click()
    expect(phone.locator("[data-place]")).to_have_text("Vraag 4 van 4")
    more(phone, 1)
    more(phone, 1)
    more(phone, 3)
    expect(phone.locator("[data-dots-left]")).to_have_text("Alle 3 stippen verdeeld")
    sent(phone)
    phone.locator("[data-go=next]").click()
    expect(phone.locator("#overview-title")).to_have_text("U hebt alles ingevuld")
    expect(phone.locator(".overview-row").last).to_contain_text("Alle 3 stippen verdeeld")
    own = {key: value for key, value in stored(workshop).items() if key[1] in ("together", "dots")}
    assert own == {
        (1, "together"): 1,
        (2, "together"): 4,
        (3, "together"): None,
        (1, "dots"): 2,
        (2, "dots"): 0,
        (3, "dots"): 1,
    }


def test_offline_and_back_nothing_is_lost(stage: Stage, phone: Page, workshop: Workshop) -> None:
    come_in(phone, workshop, 4)
    expect(phone.locator("[data-dots-left]")).to_have_text("Nog 3 van 3 stippen")
    phone.route("**/votes", lose_votes)
    more(phone, 2)
    phone.locator("[data-go=back]").click()
    tap(phone, "3", "together")
    expect(own_line(phone)).to_have_attribute("data-level", "warn")
    phone.unroute("**/votes")
    saved(phone, "together")
    phone.locator("[data-go=next]").click()
    sent(phone)
    own = {key: value for key, value in stored(workshop).items() if key[1] in ("together", "dots")}
    assert own == {(3, "together"): 3, (1, "dots"): 0, (2, "dots"): 1, (3, "dots"): 0}


def test_the_facilitator_chooses_and_screen_and_phone_show_it(
    stage: Stage, phone: Page, workshop: Workshop, room: Room
) -> None:
    come_in(phone, workshop, 4)
    more(phone, 1)
    sent(phone)
    divide(stage, *[(2, 1, 0)] * 8, *[(0, 1, 2)] * 4)
    screen = room.screen(workshop)
    expect(screen.get_by_text("Economische ontwikkeling × Solidariteit")).to_be_visible()
    expect(screen.locator(".axes-dots")).to_have_count(0)
    stage = shown(stage)
    expect(screen.locator(".axes-dots:visible")).to_have_count(3)
    cockpit = room.cockpit(workshop)
    is_live(cockpit)
    cockpit.get_by_role("button", name="Kies A", exact=True).click()
    expect(cockpit.get_by_role("heading", name="Op deze assen bouwt u verder")).to_be_visible()
    expect(screen.get_by_text("Gekozen").locator("visible=true")).to_have_count(1)
    expect(phone.get_by_text("u gaf 1")).to_be_visible()
    cockpit.get_by_role("link", name="Kies een ander paar, of een eigen as").click()
    cockpit.get_by_text("Een ander paar, of een eigen as").click()
    cockpit.get_by_label("Eerste as (liggend)").select_option("regie")
    cockpit.get_by_label("Tweede as (staand)").select_option("own")
    own = cockpit.locator(".axes-side").nth(1)
    own.locator("summary").click()
    for label, text in (("Naam van de as", "Tempo"), ("Het ene uiterste", "Traag"), ("Het andere uiterste", "Snel")):
        own.get_by_label(label).fill(text)
    cockpit.get_by_label("Waarom deze assen?").fill("Dit speelt hier")
    cockpit.get_by_role("button", name="Kies deze assen").click()
    expect(cockpit.get_by_role("heading", name="Gekozen: Wie heeft de regie? × Tempo")).to_be_visible()
    expect(screen.get_by_text("Gekozen: Wie heeft de regie? × Tempo").locator("visible=true")).to_have_count(1)
