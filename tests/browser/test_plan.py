"""The plan's page in a real browser: rounds moved by keyboard, taken out and put back; a plan chosen for a workshop."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from config.site import Site
from tests.browser.axe import violations
from tests.browser.test_edit_pages import Scheme, desk
from tests.factories import make_workshop
from workshops.models import Stage, Workshop
from workshops.planning import remove_round
from workshops.plans import save_plan
from workshops.rounds import close_stage, open_stage


@pytest.fixture
def planned(live_db: None) -> Workshop:
    return make_workshop(rounds=["trends", "scenarios", "windtunnel"])


@pytest.fixture
def page(browser: Browser, site: Site, planned: Workshop) -> Iterator[Page]:
    context = desk(browser, site, planned)
    yield context.new_page()
    context.close()


def address(workshop: Workshop) -> str:
    return f"/workshops/{workshop.public_id}/plan/"


def shows(page: Page, *titles: str) -> None:
    expect(page.locator(".plan-list > li")).to_have_text([re.compile(re.escape(title)) for title in titles])


def of(workshop: Workshop, key: str) -> Stage:
    return workshop.stages.get(key=key)


def test_a_round_goes_to_the_top_and_back_by_keyboard_and_the_focus_stays_with_it(
    page: Page, planned: Workshop
) -> None:
    page.goto(address(planned))
    one = of(planned, "windtunnel")
    page.locator(f"#round-{one.pk}-up").focus()
    page.keyboard.press("Enter")
    shows(page, "Trends wegen", "Windtunnel", "De drie scenario’s")
    expect(page.locator("#said")).to_have_text("‘Windtunnel’ staat nu op plaats 2.")
    expect(page.locator(f"#round-{one.pk}-up")).to_be_focused()
    page.keyboard.press("Enter")
    shows(page, "Windtunnel", "Trends wegen", "De drie scenario’s")
    # It is at the top: the other way is where one can go on.
    expect(page.locator(f"#round-{one.pk}-down")).to_be_focused()
    page.keyboard.press("Enter")
    shows(page, "Trends wegen", "Windtunnel", "De drie scenario’s")


def test_a_round_that_was_taken_out_is_put_back_with_the_next_key(page: Page, planned: Workshop) -> None:
    page.goto(address(planned))
    expect(page.locator(".plan-sum b")).to_have_text("95 minuten")
    page.get_by_role("button", name="Haal weg ‘De drie scenario’s’").press("Enter")
    shows(page, "Trends wegen", "Windtunnel")
    expect(page.locator(".plan-sum b")).to_have_text("70 minuten")
    expect(page.locator("#put-back")).to_be_focused()
    page.keyboard.press("Enter")
    shows(page, "Trends wegen", "De drie scenario’s", "Windtunnel")
    expect(page.locator("#said")).to_have_text("‘De drie scenario’s’ staat terug.")
    expect(page.locator(f"#round-{of(planned, 'scenarios').pk}")).to_be_focused()


def test_where_a_round_can_come_follows_the_rounds(page: Page, planned: Workshop) -> None:
    page.goto(address(planned))
    page.get_by_role("button", name="Haal weg ‘De drie scenario’s’").click()
    places = page.locator("#add-after option")
    expect(places).to_have_text(["aan het eind", "na ‘Trends wegen’"])
    page.get_by_label("Waar staan wij, waar willen wij heen?").check()
    page.locator("#add-after").select_option("na ‘Trends wegen’")
    page.get_by_role("button", name="Voeg de ronde toe").click()
    shows(page, "Trends wegen", "Waar staan wij, waar willen wij heen?", "Windtunnel")


def test_without_javascript_the_plan_is_changed_too(browser: Browser, site: Site, planned: Workshop) -> None:
    context = desk(browser, site, planned, 360, script=False)
    page = context.new_page()
    page.goto(address(planned))
    one = of(planned, "trends")
    page.locator(f"#round-{one.pk}-down").click()
    expect(page.get_by_text("‘Trends wegen’ staat nu op plaats 2.")).to_be_visible()
    expect(page).to_have_url(re.compile(f"#round-{one.pk}$"))
    page.get_by_role("button", name="Haal weg ‘Trends wegen’").click()
    shows(page, "De drie scenario’s", "Windtunnel")
    page.get_by_role("button", name="Zet terug").click()
    shows(page, "De drie scenario’s", "Trends wegen", "Windtunnel")
    page.get_by_label("Titel van het draaiboek").fill("Onze middag")
    page.get_by_role("button", name="Bewaar als eigen draaiboek").click()
    expect(page.get_by_text("‘Onze middag’ staat bij uw eigen draaiboeken.")).to_be_visible()
    context.close()


def test_the_switch_of_the_extra_trends_is_there_for_plans_with_trends(page: Page, planned: Workshop) -> None:
    save_plan(planned, planned.owner, "Onze middag")
    page.goto("/workshops/new/")
    switch = page.get_by_label("Leg ook de extra trends voor")
    expect(switch).to_be_visible()
    page.get_by_label("Bestuursakkoord toetsen").check()
    expect(switch).to_be_hidden()
    page.get_by_label("Onze middag").check()
    expect(switch).to_be_visible()
    page.get_by_label("Titel").fill("Nog een middag")
    page.get_by_label("Zoek een gemeente").press_sequentially("delft")
    page.locator("#results").get_by_role("button", name="Delft").click()
    expect(page.locator("#chosen")).to_contain_text("Delft")
    page.get_by_role("button", name="Maak de workshop").last.click()
    expect(page.locator(".cockpit-plan ol > li")).to_have_count(3)


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1280, "light")])
def test_the_pages_of_plans_are_accessible_and_fit(
    browser: Browser, site: Site, planned: Workshop, width: int, scheme: Scheme
) -> None:
    close_stage(open_stage(of(planned, "trends")))
    long = of(planned, "scenarios")
    long.title = "Drie werelden waarin Bergen op Zoom en Delft in 2041 kunnen wakker worden"
    long.save()
    plan = save_plan(planned, planned.owner, "Levensbestendigheidsverkenningsmiddag")
    remove_round(of(planned, "windtunnel"), planned.owner)
    empty = make_workshop(planned.owner, rounds=[])
    context = desk(browser, site, planned, width, scheme)
    page = context.new_page()
    own = f"/workshops/plans/{plan.pk}/delete/"
    found, wide = [], []
    for path in (
        address(planned),
        address(empty),
        f"/workshops/{empty.public_id}/",
        "/workshops/plans/",
        own,
        "/workshops/new/",
    ):
        page.goto(path)
        found += [f"{path}: {each}" for each in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(path)
    context.close()
    assert (found, wide) == ([], [])
