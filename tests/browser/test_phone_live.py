"""A live page never takes anything away: news of the room moves no control, resets no entry and scrolls nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.phone import boxes, come_in, is_at, question, room_line, said, saved, stored, tap, value
from workshops import items, messages
from workshops.models import Stage, Workshop
from workshops.participants import join
from workshops.rounds import last_chance, two_minutes


def test_message_countdown_and_lost_connection_move_no_control(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop, at=2)
    tap(phone, "3")
    saved(phone)
    question(phone, "uncertainty").locator("input").first.focus()
    phone.evaluate("() => { document.querySelector('[data-vote]').dataset.same = 'yes'; }")
    before = boxes(phone)
    for _ in range(3):
        join(workshop, "0503", "bedrijf")
    expect(room_line(phone)).to_have_text("1 van de 4 mensen heeft geantwoord.")
    message = messages.send(workshop, "Kijk even naar het scherm.", None)
    shown = phone.locator("[data-message]")
    expect(shown).to_contain_text("Van de begeleider: Kijk even naar het scherm.")
    assert boxes(phone) == before
    two_minutes(stage)
    expect(room_line(phone)).to_have_text(re.compile(r"Nog (2:00|1:\d\d) voor deze ronde\."))
    expect(said(phone)).to_have_text("De begeleider geeft u nog 2 minuten.")
    assert boxes(phone) == before
    phone_context.set_offline(True)
    expect(phone.locator("[data-own]")).to_have_attribute("data-level", "warn")
    assert boxes(phone) == before
    phone_context.set_offline(False)
    expect(phone.locator("[data-own]")).not_to_have_attribute("data-level", "warn")
    last_chance(stage)
    expect(room_line(phone)).to_have_text(re.compile(r"Laatste kans: nog \d+ seconden\."))
    expect(said(phone)).to_have_text(re.compile(r"Laatste kans: de ronde sluit over \d+ seconden\."))
    assert boxes(phone) == before
    expect(phone.locator("[data-vote]")).to_have_attribute("data-same", "yes")
    expect(question(phone, "uncertainty").locator("input").first).to_be_focused()
    phone.get_by_role("button", name="Sluit bericht").click()
    expect(shown).to_be_empty()
    expect(phone.get_by_role("heading", level=1)).to_have_text("De ronde is gesloten", timeout=25_000)
    phone.reload()
    expect(phone.locator("[data-own]")).to_be_visible()
    expect(shown).to_be_empty()
    messages.withdraw(workshop, None, message.pk)


def test_a_mended_text_and_a_new_trend_come_without_taking_anything(
    phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop, at=2)
    tap(phone, "3")
    saved(phone)
    phone.evaluate("() => { document.querySelector('[data-vote]').dataset.same = 'yes'; window.scrollTo(0, 60); }")
    focused = question(phone, "uncertainty").locator("input").nth(1)
    focused.focus()
    place = "input => Math.round(input.getBoundingClientRect().top)"
    stood = focused.evaluate(place)
    item = stage.items.get(number=2)
    items.mend(item, "Verschuiving van de macht", item.text["nl"], None)
    heading = phone.locator("section.ask:not([hidden]) h2")
    expect(heading).to_have_text("Verschuiving van de macht")
    expect(said(phone)).to_have_text("De begeleider verbeterde een tekst. Uw antwoorden staan er nog.")
    expect(value(phone, "3").locator("input")).to_be_checked()
    expect(focused).to_be_focused()
    # The title is a line shorter now; what the thumb is about to touch has not moved.
    assert focused.evaluate(place) == pytest.approx(stood, abs=1)
    added = items.add(stage, "Kunstmatige intelligentie", "Computers doen meer werk.", None)
    is_at(phone, 2, total=22)
    expect(said(phone)).to_contain_text("Er is een trend bij gekomen: Kunstmatige intelligentie.")
    expect(phone.locator("[data-vote]")).to_have_attribute("data-same", "yes")
    expect(question(phone, "uncertainty").locator("input").nth(1)).to_be_focused()
    phone.locator("[data-go=overview]").click()
    phone.get_by_role("button", name="22. Kunstmatige intelligentie").click()
    tap(phone, "5")
    saved(phone)
    assert stored(workshop) == {(2, "impact"): 3, (22, "impact"): 5}
    assert added.number == 22


def test_a_trend_that_is_taken_out_goes_and_is_said(phone: Page, workshop: Workshop, stage: Stage) -> None:
    added = items.add(stage, "Kunstmatige intelligentie", "Computers doen meer werk.", None)
    come_in(phone, workshop, at=22)
    is_at(phone, 22, total=22)
    items.remove(added, None)
    expect(said(phone)).to_contain_text("Deze trend is uit de ronde gehaald: Kunstmatige intelligentie.")
    is_at(phone, 21)
