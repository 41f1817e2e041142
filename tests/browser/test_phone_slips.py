"""Moments in which two things cross: each of them once left a phone with something untrue."""

from __future__ import annotations

from playwright.sync_api import APIResponse, BrowserContext, Page, Route, expect

from tests.browser.phone import (
    be_somebody,
    come_in,
    look,
    lose_votes,
    question,
    room_line,
    saved,
    says,
    stored,
    tap,
    until,
)
from workshops import messages
from workshops.models import Stage, Workshop
from workshops.participants import join, withdraw
from workshops.rounds import close_stage, open_stage, reopen_stage

HEADING = "De ronde is gesloten"


def test_a_round_that_closes_while_its_form_is_on_its_way_is_closed_on_the_phone(
    phone: Page, workshop: Workshop
) -> None:
    phone.add_init_script("""
      document.addEventListener("live:state", ({ detail }) => { window.heard = detail.stage.state; });
    """)
    come_in(phone, workshop)
    held: list[tuple[Route, APIResponse]] = []

    def hold(route: Route) -> None:
        held.append((route, route.fetch()))

    phone.wait_for_timeout(1100)  # the room's state is at most a second old
    phone.route("**/main/", hold, times=1)
    stage = open_stage(workshop.stages.get())
    until(phone, "window.heard === 'open'")
    while not held:
        phone.wait_for_timeout(50)
    close_stage(stage)
    until(phone, "window.heard === 'closed'")
    phone.wait_for_timeout(800)  # all that the closing itself has the phone hear
    route, response = held[0]
    route.fulfill(response=response)
    expect(phone.get_by_role("heading", level=1)).to_have_text(HEADING)


def test_an_answer_refused_on_a_page_that_never_moved_is_offered_when_the_round_is_open_again(
    phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    phone.route("**/main/**", lose_votes)
    phone.route("**/live/*/votes", lose_votes)
    tap(phone, "5")
    says(phone, "op uw telefoon bewaard")
    closed = close_stage(stage)
    phone.unroute("**/live/*/votes")
    expect(question(phone).locator(".status")).to_have_attribute("data-status", "refused")
    reopen_stage(closed)
    phone.unroute("**/main/**")
    saved(phone)
    assert stored(workshop) == {(1, "impact"): 5}


def test_an_answer_changed_while_the_former_is_turned_down_is_kept(
    phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    held: list[Route] = []
    phone.route("**/live/*/votes", lambda route: held.append(route), times=1)
    tap(phone, "2")
    while not held:
        phone.wait_for_timeout(50)
    tap(phone, "4")
    held[0].fulfill(status=400, body="{}", content_type="application/json")
    saved(phone)
    assert stored(workshop) == {(1, "impact"): 4}


def test_a_tab_that_sleeps_on_the_turn_to_count_holds_up_no_other(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    asleep = phone_context.new_page()
    asleep.goto("/privacy/")
    name = phone.evaluate("""() => {
        const { room, participant } = document.querySelector("[data-room]").dataset;
        return `vote:${room}:${participant}:`;
    }""")
    asleep.evaluate(
        "name => new Promise((held) => navigator.locks.request(name, () => (held(), new Promise(() => {}))))", name
    )
    tap(phone, "3")
    saved(phone)
    assert stored(workshop) == {(1, "impact"): 3}


def test_storage_emptied_under_the_page_loses_no_later_answer(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    for number in ("1", "2", "3"):
        tap(phone, number)
        saved(phone)
    phone.evaluate("localStorage.clear()")
    tap(phone, "5")
    expect(question(phone).locator("input[value='5']")).to_be_checked()
    saved(phone)
    assert stored(workshop) == {(1, "impact"): 5}


def test_what_was_withdrawn_on_another_device_is_not_shown_as_counted(
    phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    tap(phone, "4")
    saved(phone)
    withdraw(workshop.participants.get())
    look(phone, workshop)
    phone.reload()
    says(phone, "nog geen antwoord")
    tap(phone, "2")
    saved(phone)
    assert stored(workshop) == {(1, "impact"): 2}


def test_a_tab_of_who_was_here_before_answers_for_nobody(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    phone.route("**/live/*/votes", lose_votes)
    tap(phone, "5")
    says(phone, "op uw telefoon bewaard")
    come_in(phone_context.new_page(), workshop)
    phone.unroute("**/live/*/votes")
    expect(question(phone).locator("input:checked")).to_have_count(0)
    assert stored(workshop) == {}
    tap(phone, "2", "uncertainty")
    saved(phone, "uncertainty")
    assert stored(workshop) == {(1, "uncertainty"): 2}


def test_a_message_put_away_on_a_phone_without_room_stays_away(phone: Page, workshop: Workshop, stage: Stage) -> None:
    phone.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };")
    come_in(phone, workshop)
    messages.send(workshop, "Kijk even naar het scherm.", None)
    shown = phone.locator("[data-message]")
    expect(shown).to_contain_text("Kijk even naar het scherm.")
    phone.wait_for_timeout(600)  # a finger on its way is not an answer
    phone.keyboard.press("Escape")
    expect(shown).to_be_empty()
    join(workshop, "0503", "bedrijf")
    expect(room_line(phone)).to_contain_text("van de 2 mensen")
    expect(shown).to_be_empty()
    tap(phone, "4")
    saved(phone)
    assert stored(workshop) == {(1, "impact"): 4}


def test_what_is_tapped_before_the_scripts_have_come_is_an_answer_too(
    phone: Page, workshop: Workshop, stage: Stage
) -> None:
    held: list[Route] = []
    phone.route("**/js/vote.js", lambda route: held.append(route))
    be_somebody(phone, workshop)
    phone.goto(f"/room/{workshop.public_id}/", wait_until="commit")
    phone.locator("#item-1 input[value='4']").first.check(force=True)
    while not held:
        phone.wait_for_timeout(50)
    held[0].continue_()
    expect(phone.locator("[data-vote].is-stepped")).to_have_count(1)
    saved(phone)
    assert stored(workshop) == {(1, "impact"): 4}
