"""Who was away comes back as the same person with every answer, once: whatever happened to page, browser or server."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from config.site import Services, Site
from tests.browser.phone import (
    come_in,
    is_at,
    is_up,
    look,
    lose_votes,
    own_line,
    question,
    room_line,
    saved,
    says,
    sign_up,
    stored,
    tap,
)
from tests.browser.room import Room, answer_all, cockpit_address, figure, hall, heading, shows, status
from workshops.models import Participant, Stage, Vote, Workshop

Wait = Callable[..., None]


def kept_on(phone: Page) -> int:
    """How many answers this phone still has to send."""
    count: int = phone.evaluate(
        "Object.keys(localStorage).filter((key) => key.includes('/')"
        " && JSON.parse(localStorage.getItem(key)).s === 'kept').length"
    )
    return count


def test_over_a_restart_an_open_stream_and_a_killed_tab_lose_no_answer_and_double_none(
    room: Room, workshop: Workshop, stage: Stage, site: Site, site_services: Services, wait_until: Wait
) -> None:
    """One phone answers on with the stream open under it; of another the tab is killed before it could send."""
    cockpit = room.cockpit(workshop)
    streaming, killed = room.phone(), room.phone()
    for phone in (streaming, killed):
        come_in(phone, workshop)
        answer_all(phone, 0, 10)
        expect(phone.locator("#item-10 [data-cell] .status").last).to_have_attribute(
            "data-status", re.compile("received|counted")
        )
    figure(cockpit, "begonnen", 2)
    site_services.supervisor.pause("web")
    try:
        answer_all(streaming, 1)
        answer_all(killed, 2)
        expect(own_line(streaming)).to_have_attribute("data-level", "warn")
        expect(streaming.locator("[data-overall]")).to_have_text("42 op uw telefoon bewaard")
        wait_until(lambda: kept_on(killed) == 42, 15)
        killed.close()
    finally:
        site_services.supervisor.resume("web")
    wait_until(lambda: is_up(site), 30)
    wait_until(lambda: Vote.objects.filter(participant__workshop=workshop).count() == 42 + 20, 30)
    again = room.contexts[2].new_page()
    look(again, workshop)
    for phone in (streaming, again):
        expect(phone.locator("[data-overall]")).to_have_text("alles geteld", timeout=30_000)
        expect(own_line(phone)).not_to_have_attribute("data-level", "warn")
    expect(room_line(streaming)).to_have_text("2 van de 2 mensen hebben geantwoord.")
    people = Participant.objects.filter(workshop=workshop).order_by("sequence")
    for person, add in zip(people, (1, 2), strict=True):
        votes = list(Vote.objects.filter(participant=person).values_list("item__number", "value", "counter"))
        assert len(votes) == len({counter for *_, counter in votes}) == 42
        assert all(value == (number + add) % 5 + 1 for number, value, _counter in votes)
    expect(cockpit.locator(".cockpit-counted b")).to_have_text(re.compile(r"^84\s=\s84$"))


def test_a_reload_and_a_closed_browser_find_the_same_person_the_same_place_and_what_was_not_sent(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    phone = room.phone()
    sign_up(phone, workshop)
    tap(phone, "2")
    saved(phone)
    phone.locator("[data-go=next]").click()
    phone.context.route("**/live/*/votes", lose_votes)
    tap(phone, "5")
    says(phone, "op uw telefoon bewaard")
    phone.reload()
    is_at(phone, 2)
    expect(question(phone).locator("input[value='5']")).to_be_checked()
    says(phone, "op uw telefoon bewaard")
    # Not even a request that outlives the page gets through.
    phone.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    tap(phone, "x", "uncertainty")
    says(phone, "op uw telefoon bewaard", "uncertainty")
    disk = phone.context.storage_state()
    phone.context.close()
    assert (2, "uncertainty") not in stored(workshop)

    later = room.phone(storage_state=disk)
    later.goto(f"/m/{workshop.join_token}/")
    later.wait_for_url("**/room/**")
    is_at(later, 1)
    expect(question(later).locator("input[value='2']")).to_be_checked()
    later.locator("[data-go=next]").click()
    expect(question(later).locator("input[value='5']")).to_be_checked()
    for criterion in ("impact", "uncertainty"):
        says(later, "geteld", criterion)
    assert stored(workshop) == {(1, "impact"): 2, (2, "impact"): 5, (2, "uncertainty"): None}
    assert Participant.objects.filter(workshop=workshop).count() == 1


def test_a_cleared_storage_with_the_cookie_kept_is_the_same_person_whose_next_answer_counts(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    phone = room.phone()
    come_in(phone, workshop)
    answer_all(phone, 0)
    expect(phone.locator("[data-overall]")).to_have_text("alles geteld")
    phone.evaluate("localStorage.clear(); sessionStorage.clear()")
    phone.goto(f"/m/{workshop.join_token}/")
    phone.wait_for_url("**/room/**")
    # Everything is answered, so it opens at the overview.
    expect(phone.locator(".overview-row").nth(6)).to_contain_text("Invloed: 3 · Onzekerheid: 3")
    phone.locator(".overview-row").nth(6).click()
    tap(phone, "5")
    says(phone, "geteld")
    votes = stored(workshop)
    assert (len(votes), votes[7, "impact"], votes[7, "uncertainty"]) == (42, 5, 3)
    assert Participant.objects.filter(workshop=workshop).count() == 1


def test_without_javascript_phone_laptop_and_screen_go_through_the_whole_round_as_plain_forms(
    room: Room, workshop: Workshop
) -> None:
    laptop = room.laptop(workshop.owner, java_script_enabled=False)
    phone = room.phone(java_script_enabled=False)
    screen = room.laptop(java_script_enabled=False)
    screen_address = f"/screen/{workshop.screen_token}/"

    def step(button: str, state: str) -> None:
        laptop.goto(cockpit_address(workshop))
        laptop.get_by_role("button", name=re.compile(f"^{button}")).first.click()
        status(laptop, state)
        screen.goto(screen_address)
        phone.goto(f"/room/{workshop.public_id}/")

    phone.goto("/")
    phone.get_by_label("Doe mee met uw code").fill(workshop.code)
    phone.get_by_role("button", name="Doe mee").click()
    phone.get_by_label("Delft").check(force=True)
    phone.get_by_label("Inwoner").check(force=True)
    phone.get_by_role("button", name="Doe mee").click()
    heading(phone, "U bent binnen")
    step("Open de ronde", "nu open")
    shows(screen, "open")
    for number in range(1, 22):
        for group in phone.locator(f"#item-{number} fieldset").all():
            group.locator("label.scale-value").nth(number % 5).click()
    phone.get_by_role("button", name="Bewaar mijn antwoorden").click()
    expect(phone.get_by_text("42 antwoorden zijn ontvangen.")).to_be_visible()
    assert stored(workshop) == {
        (number, key): number % 5 + 1 for number in range(1, 22) for key in ("impact", "uncertainty")
    }
    hall(workshop, workshop.stages.get(), 4)
    # All are ready: it closes at once.
    step("Sluit de ronde", "gesloten")
    heading(phone, "De ronde is gesloten")
    shows(screen, "closed")
    step("Toon de uitslag", "uitslag getoond")
    heading(phone, "U en de zaal")
    expect(phone.locator(".own-table")).to_have_count(1)
    expect(phone.locator(".own-table .own-here")).to_have_count(42)
    expect(screen.locator(".matrix:visible")).to_have_count(1)
    step("Verberg de uitslag", "gesloten")
    heading(phone, "De ronde is gesloten")
    expect(screen.locator(".matrix")).to_have_count(0)
    laptop.locator(".cockpit-more summary").click()
    laptop.get_by_role("link", name="Beëindig de workshop").click()
    laptop.get_by_role("button", name="Beëindig de workshop").click()
    status(laptop, "afgelopen")
    phone.reload()
    heading(phone, "Dank u wel")
    screen.reload()
    shows(screen, "ended")
