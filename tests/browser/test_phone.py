"""A participant's phone in a real browser on the running site: nothing lost, nothing doubled, always said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from config.site import Site
from tests.factories import make_workshop
from workshops.models import Participant, Stage, Vote, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reopen_stage

PHONE = {"width": 360, "height": 740}
Wait = Callable[..., None]


@pytest.fixture
def workshop(live_db: None, site: Site) -> Workshop:
    return make_workshop()


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE, locale="nl-NL", base_url=site.url)
    context.set_default_timeout(15_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def come_in(page: Page, workshop: Workshop) -> None:
    page.goto(f"/m/{workshop.join_token}/?gemeente=0748")
    page.get_by_label("Inwoner").check(force=True)
    page.get_by_role("button", name="Doe mee").click()
    page.wait_for_url("**/room/**")


def question(page: Page, criterion: str = "impact"):
    """The fieldset on the screen for one criterion."""
    return page.locator(f"section.trend:not([hidden]) fieldset[data-cell$='/{criterion}']")


def tap(page: Page, value: str, criterion: str = "impact") -> None:
    question(page, criterion).locator(f"label:has(input[value='{value}'])").click()


def says(page: Page, word: str, criterion: str = "impact") -> None:
    expect(question(page, criterion).locator(".status")).to_have_text(word, timeout=15_000)


def saved(page: Page, criterion: str = "impact") -> None:
    """Received, and perhaps counted already."""
    state = question(page, criterion).locator(".status")
    expect(state).to_have_attribute("data-status", re.compile("received|counted"), timeout=15_000)


def is_at(page: Page, number: int) -> None:
    expect(page.locator("[data-place]")).to_have_text(f"Trend {number} van 21", timeout=15_000)


def stored(workshop: Workshop) -> dict[tuple[int, str], int | None]:
    votes = Vote.objects.filter(participant__workshop=workshop)
    return {(number, key): value for number, key, value in votes.values_list("item__number", "criterion__key", "value")}


def lose_votes(route: Route) -> None:
    route.abort("internetdisconnected")


# The main way


def test_a_phone_joins_waits_votes_and_sees_its_answer_counted(page: Page, workshop: Workshop) -> None:
    come_in(page, workshop)
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent binnen")
    stage = open_stage(workshop.stages.get())
    is_at(page, 1)
    says(page, "nog geen antwoord")
    tap(page, "4")
    tap(page, "x", "uncertainty")
    says(page, "geteld")
    says(page, "geteld", "uncertainty")
    assert stored(workshop) == {(1, "impact"): 4, (1, "uncertainty"): None}
    page.get_by_role("button", name="Volgende").click()
    is_at(page, 2)
    expect(page.get_by_text("1 klaar")).to_be_visible()
    close_stage(stage)
    expect(page.get_by_role("heading", level=1)).to_have_text("De ronde is gesloten")
    expect(page.get_by_text("2 van 42 antwoorden geteld")).to_be_visible()


def test_the_overview_says_what_is_open_and_leads_there(page: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(page, workshop)
    for _ in range(20):
        page.get_by_role("button", name="Volgende").click()
    is_at(page, 21)
    page.get_by_role("button", name="Naar het overzicht").click()
    expect(page.get_by_role("heading", name="Nog 21 open")).to_be_focused()
    page.get_by_role("button", name="3. Stand van de economie").click()
    expect(page.get_by_role("heading", name="Stand van de economie")).to_be_focused()
    tap(page, "2")
    tap(page, "3", "uncertainty")
    page.get_by_text("1 klaar").click()
    expect(page.get_by_role("heading", name="Nog 20 open")).to_be_visible()
    expect(page.get_by_role("button", name="3. Stand van de economie")).to_have_count(0)


def test_a_changed_mind_overwrites(page: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(page, workshop)
    for value in ("1", "5", "2"):
        tap(page, value)
    saved(page)
    assert stored(workshop) == {(1, "impact"): 2}


def test_it_works_with_the_keyboard_alone(page: Page, workshop: Workshop, stage: Stage, wait_until: Wait) -> None:
    come_in(page, workshop)
    question(page).locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    is_at(page, 2)
    wait_until(lambda: stored(workshop) == {(1, "impact"): 3, (1, "uncertainty"): 1}, 10)


# Nothing is lost


def test_a_reload_keeps_the_answers_and_the_place(page: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(page, workshop)
    page.get_by_role("button", name="Volgende").click()
    tap(page, "5")
    page.reload()
    is_at(page, 2)
    expect(question(page).locator("input[value='5']")).to_be_checked()
    saved(page)
    assert stored(workshop) == {(2, "impact"): 5}


def test_the_back_button_keeps_the_answers(page: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(page, workshop)
    tap(page, "3")
    saved(page)
    page.goto("/privacy/")
    page.go_back()
    expect(question(page).locator("input[value='3']")).to_be_checked()
    tap(page, "4")
    saved(page)
    assert stored(workshop) == {(1, "impact"): 4}


def test_away_and_back_answers_wait_on_the_phone(
    context: BrowserContext, page: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(page, workshop)
    context.set_offline(True)
    tap(page, "2")
    tap(page, "5", "uncertainty")
    says(page, "op uw telefoon bewaard")
    expect(page.get_by_text("U bent even zonder verbinding")).to_be_visible()
    expect(page.locator("[data-overall]")).to_have_text("2 op uw telefoon")
    page.get_by_role("button", name="Volgende").click()
    tap(page, "x")
    assert stored(workshop) == {}
    context.set_offline(False)
    saved(page)
    expect(page.get_by_text("U bent weer verbonden")).to_be_visible()
    assert stored(workshop) == {(1, "impact"): 2, (1, "uncertainty"): 5, (2, "impact"): None}


def test_a_closed_browser_sends_later_what_it_kept(
    context: BrowserContext, page: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(page, workshop)
    context.route("**/live/*/votes", lose_votes)
    tap(page, "4")
    says(page, "op uw telefoon bewaard")
    page.close()
    assert stored(workshop) == {}
    context.unroute("**/live/*/votes")
    later = context.new_page()
    later.goto(f"/room/{workshop.public_id}/")
    expect(question(later).locator("input[value='4']")).to_be_checked()
    saved(later)
    assert stored(workshop) == {(1, "impact"): 4}


def test_a_page_left_at_once_takes_its_answer_along(
    page: Page, workshop: Workshop, stage: Stage, wait_until: Wait
) -> None:
    come_in(page, workshop)
    page.evaluate("""() => {
        document.querySelector("[data-cell] input[value='3']").click();
        location.href = "/privacy/";
    }""")
    wait_until(lambda: stored(workshop) == {(1, "impact"): 3}, 10)


def test_a_busy_server_is_said_and_tried_again(page: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(page, workshop)
    turned_away: list[str] = []

    def busy_once(route: Route) -> None:
        if turned_away:
            route.continue_()
        else:
            turned_away.append(route.request.url)
            body = '{"error": "busy", "message": "Het is even te druk."}'
            route.fulfill(status=503, headers={"Retry-After": "1"}, content_type="application/json", body=body)

    page.route("**/live/*/votes", busy_once)
    tap(page, "4")
    expect(page.get_by_text("Het is druk")).to_be_visible()
    saved(page)
    assert stored(workshop) == {(1, "impact"): 4}


def test_what_came_too_late_stays_in_sight_and_is_offered_again(page: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(page, workshop)
    tap(page, "2", "uncertainty")
    saved(page, "uncertainty")
    page.route("**/live/*/votes", lose_votes)
    tap(page, "5")
    says(page, "op uw telefoon bewaard")
    closed = close_stage(stage)
    page.unroute("**/live/*/votes")
    expect(page.get_by_role("heading", level=1)).to_have_text("De ronde is gesloten")
    refused = page.locator("[data-refused]")
    expect(refused).to_contain_text("Niet meegeteld: de ronde was al dicht")
    expect(refused).to_contain_text("Democratisering van kennis en technologie")
    assert stored(workshop) == {(1, "uncertainty"): 2}
    page.reload()
    expect(refused).to_contain_text("Democratisering van kennis en technologie")
    reopen_stage(closed)
    page.wait_for_selector("[data-vote]")
    page.goto(f"/room/{workshop.public_id}/#trend-1")
    saved(page)
    assert stored(workshop) == {(1, "uncertainty"): 2, (1, "impact"): 5}


# Two tabs


def test_two_tabs_neither_lose_nor_double(
    context: BrowserContext, page: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(page, workshop)
    other = context.new_page()
    other.goto(f"/room/{workshop.public_id}/")
    tap(page, "1")
    expect(question(other).locator("input[value='1']")).to_be_checked()
    tap(other, "2", "uncertainty")
    expect(question(page, "uncertainty").locator("input[value='2']")).to_be_checked()
    for here, value in ((page, "3"), (other, "4"), (page, "5"), (other, "1")):
        tap(here, value)
    saved(other)
    expect(question(page).locator("input[value='1']")).to_be_checked()
    assert stored(workshop) == {(1, "impact"): 1, (1, "uncertainty"): 2}
    counters = list(Vote.objects.filter(participant__workshop=workshop).values_list("counter", flat=True))
    assert len(set(counters)) == 2
    # Six taps; two on one question within a moment may share a number.
    assert 3 <= max(counters) <= 6


def test_an_answer_changed_with_the_plain_form_elsewhere_is_taken_over(
    context: BrowserContext, page: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(page, workshop)
    tap(page, "1")
    saved(page)
    context.route("**/live/*/votes", lose_votes)
    tap(page, "2")
    says(page, "op uw telefoon bewaard")
    item = stage.items.get(number=1).pk
    token = page.locator("[name=csrfmiddlewaretoken]").last.input_value()
    for value in ("3", "4"):
        form = {"csrfmiddlewaretoken": token, "stage": str(stage.pk), f"a-{item}-impact": value}
        context.request.post(f"/room/{workshop.public_id}/votes/", form=form)
    context.unroute("**/live/*/votes")
    expect(question(page).locator("input[value='4']")).to_be_checked()
    saved(page)
    assert stored(workshop) == {(1, "impact"): 4}


# A live page never takes anything away


def test_news_of_the_room_leaves_an_open_form_alone(page: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(page, workshop)
    page.get_by_role("button", name="Volgende").click()
    tap(page, "3")
    saved(page)
    page.evaluate("() => { document.querySelector('[data-vote]').dataset.same = 'yes'; }")
    question(page, "uncertainty").locator("input").first.focus()
    for _ in range(3):
        join(workshop, "0503", "bedrijf")
    page.wait_for_timeout(2500)
    expect(page.locator("[data-vote]")).to_have_attribute("data-same", "yes")
    expect(question(page, "uncertainty").locator("input").first).to_be_focused()
    is_at(page, 2)


def test_another_person_on_the_same_phone_finds_nothing(
    context: BrowserContext, page: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(page, workshop)
    tap(page, "3")
    saved(page)
    context.clear_cookies()
    come_in(page, workshop)
    expect(question(page).locator("input:checked")).to_have_count(0)
    tap(page, "5")
    saved(page)
    assert Participant.objects.filter(workshop=workshop).count() == 2
    assert sorted(Vote.objects.filter(participant__workshop=workshop).values_list("value", flat=True)) == [3, 5]


def test_a_phone_that_is_no_longer_known_is_told_what_to_do(
    context: BrowserContext, page: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(page, workshop)
    context.clear_cookies()
    tap(page, "3")
    expect(page.get_by_text("Wij kennen dit apparaat hier niet meer")).to_be_visible()
    says(page, "op uw telefoon bewaard")
    page.locator("[data-banner]").get_by_role("link", name="Doe mee").click()
    expect(page.get_by_label("Doe mee met uw code")).to_be_visible()


# Without JavaScript


def test_without_javascript_one_joins_waits_and_votes(browser: Browser, site: Site, workshop: Workshop) -> None:
    context = browser.new_context(viewport=PHONE, locale="nl-NL", base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    come_in(page, workshop)
    expect(page.get_by_role("heading", level=1)).to_have_text("U bent binnen")
    stage = open_stage(workshop.stages.get())
    page.get_by_role("link", name="Kijk of de ronde al open is").click()
    first = page.locator("#trend-1")
    expect(first.get_by_text("Trend 1 van 21")).to_be_visible()
    first.locator("label.scale-value").nth(3).click()
    first.locator("label.scale-unknown").nth(1).click()
    first.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_text("2 antwoorden zijn ontvangen.")).to_be_visible()
    assert page.url.endswith("#trend-2")
    expect(first.locator("input[value='4']").first).to_be_checked()
    assert stored(workshop) == {(1, "impact"): 4, (1, "uncertainty"): None}
    page.locator("#trend-21 label.scale-value").first.click()
    close_stage(stage)
    page.get_by_role("button", name="Bewaar mijn antwoorden").click()
    expect(page.get_by_text("1 antwoord is niet meegeteld: de ronde was al dicht.")).to_be_visible()
    context.close()


# For everyone


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible(browser: Browser, site: Site, workshop: Workshop, scheme) -> None:
    context = browser.new_context(viewport=PHONE, locale="nl-NL", base_url=site.url, color_scheme=scheme)
    page = context.new_page()
    page.goto(f"/m/{workshop.join_token}/")
    assert violations(page) == []
    page.get_by_role("button", name="Doe mee").click()
    assert violations(page) == []
    come_in(page, workshop)
    assert violations(page) == []
    stage = open_stage(workshop.stages.get())
    page.wait_for_selector("[data-vote]")
    tap(page, "4")
    saved(page)
    assert violations(page) == []
    page.locator("[data-go=overview]").click()
    assert violations(page) == []
    close_stage(stage)
    expect(page.get_by_role("heading", level=1)).to_have_text("De ronde is gesloten")
    assert violations(page) == []
    context.close()


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def test_the_first_view_is_small(page: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(page, workshop)
    sizes: list[int] = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(f"/room/{workshop.public_id}/", wait_until="load")
    page.wait_for_timeout(500)
    assert 10_000 < sum(sizes) < 100_000


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_sticks_out(browser: Browser, site: Site, workshop: Workshop, stage: Stage, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640}, locale="nl-NL", base_url=site.url)
    page = context.new_page()
    come_in(page, workshop)
    page.wait_for_selector(".is-stepped")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.goto(f"/room/{workshop.public_id}/who/")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    context.close()
