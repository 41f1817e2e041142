"""Dots divided on a phone: tapped, by keyboard, without a connection, on two devices, from a list without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from config.site import Site
from tests.browser.axe import violations
from tests.browser.phone import be_somebody, come_in, look, lose_votes, own_line, stored, until
from tests.browser.room import Room
from tests.factories import make_workshop
from workshops.items import add, remove
from workshops.models import Item, Stage, Vote, Workshop
from workshops.rounds import open_stage

BUDGET = 5


@pytest.fixture
def workshop(live_db: None, site: Site) -> Workshop:
    """Five dots over four options, at most two on one."""
    workshop = make_workshop(rounds=["agenda"])
    Item.objects.filter(stage__workshop=workshop, number__gt=4).delete()
    return workshop


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


def row(page: Page, number: int) -> Locator:
    return page.locator(".dots-row").nth(number - 1)


def more(page: Page, number: int) -> Locator:
    return row(page, number).get_by_role("button", name="Eén stip meer")


def less(page: Page, number: int) -> Locator:
    return row(page, number).get_by_role("button", name="Eén stip minder")


def left(page: Page, words: str) -> None:
    expect(page.locator("[data-dots-left]")).to_have_text(words)


def received(page: Page) -> None:
    until(page, "() => ['received', 'counted'].includes(document.querySelector('.dots-head .status').dataset.status)")


def divided(workshop: Workshop) -> list[int | None]:
    dots = {number: value for (number, key), value in stored(workshop).items() if key == "dots"}
    return [dots[number] for number in sorted(dots)]


def test_a_tap_gives_a_dot_and_all_of_it_is_one_ballot(stage: Stage, phone: Page, workshop: Workshop) -> None:
    come_in(phone, workshop)
    left(phone, "Nog 5 van 5 stippen")
    more(phone, 1).click()
    more(phone, 1).click()
    more(phone, 3).click()
    left(phone, "Nog 2 van 5 stippen")
    expect(row(phone, 1).locator(".dots-figure")).to_have_text("2")
    received(phone)
    until(phone, "() => document.querySelector('[data-done]').textContent === '1 van 1 klaar'")
    assert divided(workshop) == [2, 0, 1, 0]
    counters = Vote.objects.filter(participant__workshop=workshop).values_list("counter", flat=True)
    assert len(set(counters)) == 1


def test_more_than_there_is_or_may_is_said_and_not_given(stage: Stage, phone: Page, workshop: Workshop) -> None:
    come_in(phone, workshop)
    for number in (1, 1, 2, 2):
        more(phone, number).click()
    expect(more(phone, 1)).to_have_attribute("aria-disabled", "true")
    more(phone, 1).click(force=True)
    expect(phone.locator("[data-dots-hint]")).to_have_text("Meer dan 2 op één keuze kan niet.")
    more(phone, 3).click()
    left(phone, "Alle 5 stippen verdeeld")
    expect(more(phone, 4)).to_have_attribute("aria-disabled", "true")
    more(phone, 4).click(force=True)
    expect(phone.locator("[data-dots-said]")).to_contain_text("Uw stippen zijn op.")
    less(phone, 1).click()
    more(phone, 4).click()
    received(phone)
    until(phone, "() => document.querySelectorAll('.dots-dot.is-given').length === 5")
    received(phone)
    assert divided(workshop) == [1, 2, 1, 1]


def test_the_keyboard_divides_and_keeps_its_place(stage: Stage, phone: Page, workshop: Workshop) -> None:
    come_in(phone, workshop)
    more(phone, 2).focus()
    for _ in range(3):
        phone.keyboard.press("Enter")
    expect(more(phone, 2)).to_be_focused()
    phone.keyboard.press("Shift+Tab")
    expect(less(phone, 2)).to_be_focused()
    phone.keyboard.press("Space")
    left(phone, "Nog 4 van 5 stippen")
    received(phone)
    assert divided(workshop) == [0, 1, 0, 0]


def test_what_is_divided_offline_is_kept_as_a_whole_and_sent_later(
    stage: Stage, phone: Page, workshop: Workshop
) -> None:
    come_in(phone, workshop)
    left(phone, "Nog 5 van 5 stippen")
    phone.route("**/votes", lose_votes)
    more(phone, 1).click()
    more(phone, 4).click()
    expect(own_line(phone)).to_have_attribute("data-level", "warn")
    expect(phone.locator(".dots-head .status")).to_have_text("op uw telefoon bewaard")
    assert stored(workshop) == {}
    phone.reload()
    left(phone, "Nog 3 van 5 stippen")
    phone.unroute("**/votes")
    received(phone)
    assert divided(workshop) == [1, 0, 0, 1]


def test_the_latest_ballot_stands_on_every_device(stage: Stage, phone: Page, workshop: Workshop, room: Room) -> None:
    come_in(phone, workshop)
    more(phone, 1).click()
    received(phone)
    other = room.phone()
    other.context.add_cookies(phone.context.cookies())
    look(other, workshop, 1)
    left(other, "Nog 4 van 5 stippen")
    less(other, 1).click()
    more(other, 2).click()
    more(other, 2).click()
    received(other)
    tab = phone.context.new_page()
    look(tab, workshop, 1)
    left(tab, "Nog 3 van 5 stippen")
    more(tab, 3).click()
    left(phone, "Nog 2 van 5 stippen")  # tabs of one browser agree
    received(tab)
    assert divided(workshop) == [0, 2, 1, 0]


def test_an_option_that_comes_and_one_that_goes_keep_the_ballot_whole(
    stage: Stage, phone: Page, workshop: Workshop
) -> None:
    come_in(phone, workshop)
    more(phone, 1).click()
    more(phone, 2).click()
    received(phone)
    add(stage, "Iets nieuws", "Van de zaal", workshop.owner)
    expect(phone.locator(".dots-row")).to_have_count(5)
    received(phone)
    left(phone, "Nog 3 van 5 stippen")
    until(phone, "() => document.querySelector('[data-done]').textContent === '1 van 1 klaar'")
    assert divided(workshop) == [1, 1, 0, 0, 0]
    remove(stage.items.get(number=5), workshop.owner)
    expect(phone.locator(".dots-row")).to_have_count(4)
    left(phone, "Nog 3 van 5 stippen")
    more(phone, 1).click()
    left(phone, "Nog 2 van 5 stippen")
    received(phone)
    assert divided(workshop) == [2, 1, 0, 0]


def test_a_ballot_that_the_room_refuses_says_why(stage: Stage, phone: Page, workshop: Workshop) -> None:
    come_in(phone, workshop)
    stage.criteria.filter(key="dots").update(budget=1)
    more(phone, 1).click()
    more(phone, 2).click()
    expect(phone.locator("[data-dots-hint]")).to_have_text("Dit is te veel. Haal er een weg.")
    expect(phone.locator(".dots-head .status")).to_have_attribute("data-status", "failed")
    less(phone, 1).click()
    received(phone)
    assert divided(workshop) == [0, 1, 0, 0]


def test_each_button_is_44_pixels_at_320_and_axe_finds_nothing(stage: Stage, phone: Page, workshop: Workshop) -> None:
    phone.set_viewport_size({"width": 320, "height": 640})
    come_in(phone, workshop)
    more(phone, 1).click()
    received(phone)
    for each in phone.locator(".dots-step, .dots-row summary").all():
        box = each.bounding_box()
        assert box is not None and box["width"] >= 44 and box["height"] >= 44
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    found = []
    for scheme in ("light", "dark"):
        phone.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{scheme}: {each}" for each in violations(phone)]
    assert found == []


def test_without_a_script_one_divides_from_lists(stage: Stage, workshop: Workshop, room: Room) -> None:
    phone = room.phone(java_script_enabled=False)
    be_somebody(phone, workshop)
    look(phone, workshop)
    lists = phone.get_by_role("combobox")
    expect(lists).to_have_count(4)
    lists.nth(0).select_option("2")
    lists.nth(2).select_option("1")
    phone.get_by_role("button", name="Bewaar mijn antwoorden").click()
    expect(phone.get_by_text("1 antwoord is ontvangen.")).to_be_visible()
    expect(phone.get_by_role("combobox").nth(0)).to_have_value("2")
    assert divided(workshop) == [2, 0, 1, 0]
    for number in range(4):
        phone.get_by_role("combobox").nth(number).select_option("2")
    phone.get_by_role("button", name="Bewaar mijn antwoorden").click()
    expect(phone.get_by_text("U verdeelde er 8 en u hebt er 5. Haal er 3 weg.")).to_be_visible()
    expect(phone.get_by_role("combobox").nth(3)).to_have_value("2")
    assert divided(workshop) == [2, 0, 1, 0]
