"""A phone's main way through a round: join, wait, vote, look back, change, one trend a screen or all of them."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from config.site import Site
from tests.browser.phone import (
    come_in,
    is_at,
    look,
    new_phone,
    own_line,
    question,
    room_line,
    saved,
    says,
    sign_up,
    stored,
    tap,
)
from workshops.models import Signal, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage

Wait = Callable[..., None]


def test_a_phone_joins_waits_votes_and_sees_its_answer_counted(phone: Page, workshop: Workshop) -> None:
    sign_up(phone, workshop)
    expect(phone.get_by_role("heading", level=1)).to_have_text("U bent binnen")
    expect(own_line(phone)).to_have_text("U bent verbonden.")
    expect(room_line(phone)).to_have_text("U bent hier de eerste.")
    stage = open_stage(workshop.stages.get())
    is_at(phone, 1)
    says(phone, "nog geen antwoord")
    tap(phone, "4")
    tap(phone, "x", "uncertainty")
    says(phone, "geteld")
    says(phone, "geteld", "uncertainty")
    assert stored(workshop) == {(1, "impact"): 4, (1, "uncertainty"): None}
    for _ in range(2):
        join(workshop, "0503", "bedrijf")
    expect(room_line(phone)).to_have_text("1 van de 3 mensen heeft geantwoord.")
    expect(phone.locator("b[data-done]")).to_have_text("1 van 21 klaar")
    close_stage(stage)
    expect(phone.get_by_role("heading", level=1)).to_have_text("De ronde is gesloten")
    expect(phone.get_by_text("2 van 42 antwoorden geteld")).to_be_visible()
    expect(own_line(phone)).to_be_visible()


def test_the_overview_shows_every_answer_and_leads_to_what_is_open(
    phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop, at=2)
    tap(phone, "4")
    tap(phone, "x", "uncertainty")
    says(phone, "geteld", "uncertainty")
    phone.locator("[data-go=overview]").click()
    expect(phone.get_by_role("heading", name="Nog 20 van 21 trends open")).to_be_focused()
    rows = phone.locator(".overview-row")
    expect(rows).to_have_count(21)
    expect(rows.nth(1)).to_contain_text("Invloed: 4 · Onzekerheid: Weet ik niet")
    expect(rows.nth(1).locator(".status")).to_have_text("geteld")
    expect(rows.nth(0).locator(".status")).to_have_text("open")
    phone.get_by_role("button", name="Naar de eerste open trend").click()
    is_at(phone, 1)
    phone.locator("[data-go=overview]").click()
    rows.nth(1).click()
    expect(phone.get_by_role("heading", name="Verschuiving van macht en invloed")).to_be_focused()
    tap(phone, "2")
    saved(phone)
    assert stored(workshop) == {(2, "impact"): 2, (2, "uncertainty"): None}
    phone.reload()
    is_at(phone, 2)
    expect(question(phone).locator("input[value='2']")).to_be_checked()


def test_all_trends_below_each_other_is_a_choice_that_stays(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    phone.locator("[data-go=overview]").click()
    phone.get_by_role("button", name="Toon alle trends onder elkaar").click()
    expect(phone.locator("section.ask:not([hidden])")).to_have_count(21)
    expect(phone.locator("[data-place]")).to_have_text("Alle 21 trends")
    phone.reload()
    expect(phone.locator("section.ask:not([hidden])")).to_have_count(21)
    phone.locator("#item-20 label.scale-value").nth(2).click()
    expect(phone.locator("#item-20 .status").first).to_have_attribute("data-status", "counted", timeout=15_000)
    assert stored(workshop) == {(20, "impact"): 3}
    phone.get_by_role("button", name="Toon één trend per scherm").click()
    expect(phone.locator("section.ask:not([hidden])")).to_have_count(1)


def test_a_signal_stays_pressed_until_it_is_taken_back(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    unclear = phone.locator("section.ask:not([hidden])").get_by_role("button", name="Ik snap dit niet")
    more_time = phone.get_by_role("button", name="Nog even")
    unclear.click()
    more_time.click()
    for button in (unclear, more_time):
        expect(button).to_have_attribute("aria-pressed", "true")
    expect(phone.get_by_text("De begeleider hoort het als meer mensen dit vinden.").first).to_be_visible()
    item = stage.items.get(number=1)
    assert set(Signal.objects.filter(stage=stage).values_list("kind", "item")) == {
        ("unclear", item.pk),
        ("more_time", None),
    }
    look(phone, workshop)
    expect(unclear).to_have_attribute("aria-pressed", "true")
    unclear.click()
    expect(unclear).to_have_attribute("aria-pressed", "false")
    assert Signal.objects.filter(stage=stage).count() == 1


def test_it_works_with_the_keyboard_alone(phone: Page, workshop: Workshop, stage: Stage, wait_until: Wait) -> None:
    come_in(phone, workshop)
    question(phone).locator("input").first.focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("ArrowRight")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Space")
    expect(question(phone, "uncertainty").locator("input[value='1']")).to_be_checked()
    phone.locator("[data-go=next]").focus()
    phone.keyboard.press("Enter")
    is_at(phone, 2)
    wait_until(lambda: stored(workshop) == {(1, "impact"): 3, (1, "uncertainty"): 1}, 10)


def test_without_javascript_one_joins_waits_votes_and_raises_a_hand(
    browser: Browser, site: Site, workshop: Workshop
) -> None:
    context = new_phone(browser, site, java_script_enabled=False)
    page = context.new_page()
    sign_up(page, workshop)
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent binnen")
    stage = open_stage(workshop.stages.get())
    page.get_by_role("link", name="Kijk of de ronde al open is").click()
    first = page.locator("#item-1")
    expect(first.get_by_text("Trend 1 van 21")).to_be_visible()
    first.locator("label.scale-value").nth(3).click()
    first.locator("label.scale-unknown").nth(1).click()
    first.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_text("2 antwoorden zijn ontvangen.")).to_be_visible()
    assert page.url.endswith("#item-2")
    expect(first.locator("input[value='4']").first).to_be_checked()
    assert stored(workshop) == {(1, "impact"): 4, (1, "uncertainty"): None}
    third = page.locator("#item-3")
    third.locator("label.scale-value").nth(1).click()
    third.get_by_role("button", name="Ik snap dit niet").click()
    expect(page.get_by_text("1 antwoord is ontvangen.")).to_be_visible()
    assert page.url.endswith("#item-3")
    expect(third.get_by_text("De begeleider hoort het als meer mensen dit vinden.")).to_be_visible()
    assert stored(workshop)[3, "impact"] == 2
    page.locator("#item-21 label.scale-value").first.click()
    close_stage(stage)
    page.get_by_role("button", name="Bewaar mijn antwoorden").click()
    expect(page.get_by_text("1 antwoord is niet meegeteld: de ronde was al gesloten.")).to_be_visible()
    context.close()
