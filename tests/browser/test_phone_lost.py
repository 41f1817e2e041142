"""Nothing is lost and nothing doubled: no connection, a sleeping or killed tab, a restarted server, a closed round."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Route, expect

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
    stored,
    tap,
)
from workshops.models import Participant, Stage, Vote, Workshop
from workshops.rounds import close_stage, reopen_stage

Wait = Callable[..., None]

ANSWER_ALL = """() => {
  for (const cell of document.querySelectorAll("[data-cell]")) cell.querySelector("input[value='3']").click();
}"""


def test_away_in_the_middle_of_21_trends_while_the_server_restarts_each_answer_arrives_once(
    phone_context: BrowserContext,
    phone: Page,
    workshop: Workshop,
    stage: Stage,
    site: Site,
    site_services: Services,
    wait_until: Wait,
) -> None:
    come_in(phone, workshop)
    tap(phone, "2")
    saved(phone)
    phone_context.set_offline(True)
    phone.locator("[data-go=next]").click()
    tap(phone, "5")
    says(phone, "op uw telefoon bewaard")
    expect(own_line(phone)).to_have_text("U bent even zonder verbinding. Ga rustig door.")
    expect(room_line(phone)).to_have_text("Wij horen de zaal even niet.", timeout=15_000)
    phone.evaluate(ANSWER_ALL)
    expect(phone.locator("[data-overall]")).to_have_text("42 op uw telefoon bewaard")
    assert stored(workshop) == {(1, "impact"): 2}
    site_services.supervisor.pause("web")
    phone_context.set_offline(False)
    expect(own_line(phone)).to_have_attribute("data-level", "warn")
    site_services.supervisor.resume("web")
    wait_until(lambda: is_up(site), 20)
    wait_until(lambda: len(stored(workshop)) == 42, 30)
    assert set(stored(workshop).values()) == {3}
    expect(phone.locator("[data-overall]")).to_have_text("alles geteld", timeout=20_000)
    expect(own_line(phone)).not_to_have_attribute("data-level", "warn", timeout=20_000)
    expect(room_line(phone)).to_have_text("U bent hier de eerste.", timeout=20_000)
    is_at(phone, 2)
    counters = list(Vote.objects.filter(participant__workshop=workshop).values_list("counter", flat=True))
    assert len(set(counters)) == 42


def test_the_back_button_keeps_the_answers(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    tap(phone, "3")
    saved(phone)
    phone.goto("/privacy/")
    phone.go_back()
    expect(question(phone).locator("input[value='3']")).to_be_checked()
    tap(phone, "4")
    saved(phone)
    assert stored(workshop) == {(1, "impact"): 4}


def test_a_killed_tab_sends_later_what_it_kept(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    # Not even a request that outlives the page gets through.
    phone.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    tap(phone, "4")
    says(phone, "op uw telefoon bewaard")
    phone.close()
    assert stored(workshop) == {}
    later = phone_context.new_page()
    look(later, workshop)
    expect(question(later).locator("input[value='4']")).to_be_checked()
    saved(later)
    assert stored(workshop) == {(1, "impact"): 4}


def test_a_page_left_at_once_takes_its_answer_along(
    phone: Page, workshop: Workshop, stage: Stage, wait_until: Wait
) -> None:
    come_in(phone, workshop)
    phone.evaluate("""() => {
        document.querySelector("[data-cell] input[value='3']").click();
        location.href = "/privacy/";
    }""")
    wait_until(lambda: stored(workshop) == {(1, "impact"): 3}, 10)


def test_without_its_storage_the_phone_shows_what_the_room_has(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    tap(phone, "3")
    saved(phone)
    phone.evaluate("localStorage.clear()")
    phone.reload()
    expect(question(phone).locator("input[value='3']")).to_be_checked()
    tap(phone, "5")
    saved(phone)
    assert stored(workshop) == {(1, "impact"): 5}


def test_a_busy_server_is_said_and_tried_again(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    turned_away: list[str] = []

    def busy_once(route: Route) -> None:
        if turned_away:
            route.continue_()
        else:
            turned_away.append(route.request.url)
            body = '{"error": "busy", "message": "Het is even te druk."}'
            route.fulfill(status=503, headers={"Retry-After": "1"}, content_type="application/json", body=body)

    phone.route("**/live/*/votes", busy_once)
    tap(phone, "4")
    expect(own_line(phone)).to_have_text("Het is druk. Wij sturen alles zo opnieuw.")
    saved(phone)
    assert stored(workshop) == {(1, "impact"): 4}


def test_what_came_too_late_stays_in_sight_and_is_offered_again(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    tap(phone, "2", "uncertainty")
    saved(phone, "uncertainty")
    phone.route("**/live/*/votes", lose_votes)
    tap(phone, "5")
    says(phone, "op uw telefoon bewaard")
    closed = close_stage(stage)
    phone.unroute("**/live/*/votes")
    expect(phone.get_by_role("heading", level=1)).to_have_text("De ronde is gesloten")
    refused = phone.locator("[data-refused]")
    expect(refused).to_contain_text("Niet meegeteld: de ronde was al gesloten")
    expect(refused).to_contain_text("Democratisering van kennis en technologie")
    assert stored(workshop) == {(1, "uncertainty"): 2}
    phone.reload()
    expect(refused).to_contain_text("Democratisering van kennis en technologie")
    reopen_stage(closed)
    phone.wait_for_selector("[data-vote]")
    look(phone, workshop, at=1)
    saved(phone)
    assert stored(workshop) == {(1, "uncertainty"): 2, (1, "impact"): 5}


def test_an_answer_changed_with_the_plain_form_elsewhere_is_taken_over(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    tap(phone, "1")
    saved(phone)
    phone_context.route("**/live/*/votes", lose_votes)
    tap(phone, "2")
    says(phone, "op uw telefoon bewaard")
    item = stage.items.get(number=1).pk
    token = phone.locator("[data-vote] [name=csrfmiddlewaretoken]").input_value()
    for value in ("3", "4"):
        form = {"csrfmiddlewaretoken": token, "stage": str(stage.pk), f"a-{item}-impact": value}
        phone_context.request.post(f"/room/{workshop.public_id}/votes/", form=form)
    phone_context.unroute("**/live/*/votes")
    expect(question(phone).locator("input[value='4']")).to_be_checked()
    saved(phone)
    assert stored(workshop) == {(1, "impact"): 4}


def test_withdrawn_answers_leave_the_phone_and_a_later_one_counts(
    phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    tap(phone, "4")
    saved(phone)
    tap(phone, "5", "uncertainty")  # kept, perhaps on its way
    phone.goto(f"/room/{workshop.public_id}/leave/?step=withdraw")
    phone.get_by_role("button", name="Trek mijn antwoorden in").click()
    expect(phone.get_by_text(re.compile("ingetrokken"))).to_be_visible()
    is_at(phone, 1)
    says(phone, "nog geen antwoord")
    says(phone, "nog geen antwoord", "uncertainty")
    tap(phone, "2")
    saved(phone)
    assert stored(workshop) == {(1, "impact"): 2}


def test_another_person_on_the_same_phone_finds_nothing(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    tap(phone, "3")
    saved(phone)
    phone_context.clear_cookies()
    come_in(phone, workshop)
    expect(question(phone).locator("input:checked")).to_have_count(0)
    tap(phone, "5")
    saved(phone)
    assert Participant.objects.filter(workshop=workshop).count() == 2
    assert sorted(Vote.objects.filter(participant__workshop=workshop).values_list("value", flat=True)) == [3, 5]


def test_a_phone_that_is_no_longer_known_is_told_what_to_do(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    phone_context.clear_cookies()
    tap(phone, "3")
    expect(own_line(phone)).to_contain_text("Wij kennen dit apparaat hier niet meer.")
    says(phone, "op uw telefoon bewaard")
    own_line(phone).get_by_role("link", name="Doe opnieuw mee").click()
    expect(phone.get_by_label(re.compile("code"))).to_be_visible()
