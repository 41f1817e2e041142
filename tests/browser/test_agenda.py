"""An agenda in browsers: ticks on a phone, the page that is edited with the room by two at once, and the screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from config.site import Site
from tests.browser.agenda_room import HOLDERS, AgendaRoom
from tests.browser.phone import be_somebody, come_in, look, own_line, said, stored
from tests.browser.room import Room, is_live, press, shows
from tests.factories import make_facilitator, make_municipality
from workshops import agenda, tallies
from workshops.agenda import lines_of
from workshops.models import AgendaLine, Stage, Workshop
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.screen_views import put_on_screen

Wait = Callable[..., None]


@pytest.fixture
def made(live_db: None, site: Site) -> AgendaRoom:
    return AgendaRoom(make_facilitator(), [make_municipality("0748"), make_municipality("0503")])


@pytest.fixture
def workshop(made: AgendaRoom) -> Workshop:
    return made.workshop


@pytest.fixture
def stage(made: AgendaRoom) -> Stage:
    """Open: two options on the agenda, and it is asked who carries them."""
    stage = open_stage(made.stage)
    agenda.close_dots(stage, None)
    for number in (1, 2):
        agenda.choose(stage, made.item(number), None)
    agenda.ask_holders(stage, None)
    return made.stage


def card(phone: Page) -> Locator:
    return phone.locator("section.ask:not([hidden])")


def tick(phone: Page, name: str) -> Locator:
    """The tick of a question: "Draagt gemeente dit nu?"."""
    return card(phone).get_by_role("checkbox", name=name)


def tap(phone: Page, name: str) -> None:
    expect(phone.locator(".agenda-card.is-drawn").first).to_be_attached()
    tick(phone, name).locator("xpath=..").click()


def status(phone: Page, words: str) -> None:
    expect(card(phone).locator("[data-agenda-states] .status b")).to_have_text(words)


def answers(workshop: Workshop, number: int, side: str) -> dict[str, int | None]:
    """What is stored on one side of an option, by holder."""
    found = {key: value for (item, key), value in stored(workshop).items() if item == number}
    return {key.removeprefix(f"{side}-"): value for key, value in found.items() if key.startswith(f"{side}-")}


# The phone


def test_a_tick_is_sent_at_once_and_the_others_are_no_once_the_card_is_left(
    phone: Page, workshop: Workshop, stage: Stage, wait_until: Wait
) -> None:
    come_in(phone, workshop, at=1)
    expect(phone.locator(".agenda-card.is-drawn").first).to_be_attached()
    assert stored(workshop) == {}
    tap(phone, "Draagt gemeente dit nu?")
    wait_until(lambda: answers(workshop, 1, "now") == {"gemeente": 1}, 10)
    expect(phone.locator("b[data-done]")).to_have_text("0 van 2 klaar")
    phone.locator("[data-go=next]").click()
    wait_until(lambda: answers(workshop, 1, "now") == {**dict.fromkeys(HOLDERS, 0), "gemeente": 1}, 10)
    assert answers(workshop, 1, "wanted") == {}
    assert answers(workshop, 2, "now") == {}
    expect(phone.locator("b[data-done]")).to_have_text("0 van 2 klaar")


def test_done_with_this_choice_says_no_to_all_that_is_not_ticked(
    phone: Page, workshop: Workshop, stage: Stage, wait_until: Wait
) -> None:
    come_in(phone, workshop, at=1)
    tap(phone, "Moet inwoners dit dragen?")
    card(phone).get_by_role("button", name="Klaar met deze keuze").click()
    wait_until(lambda: len(stored(workshop)) == 12, 10)
    assert set(answers(workshop, 1, "now").values()) == {0}
    assert answers(workshop, 1, "wanted")["inwoners"] == 1
    expect(card(phone).locator("h2")).to_have_text(str(stage.items.get(number=2)))
    expect(card(phone).locator("h2")).to_be_focused()
    phone.locator("[data-go=overview]").click()
    row = phone.locator(".overview-row").first
    expect(row).to_contain_text("nu: niemand · gewenst: Inwoners")


def test_a_card_that_is_only_looked_at_stays_unanswered(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop, at=1)
    expect(phone.locator(".agenda-card.is-drawn").first).to_be_attached()
    phone.locator("[data-go=next]").click()
    expect(card(phone).locator("h2")).to_have_text(str(stage.items.get(number=2)))
    phone.reload()
    expect(card(phone).locator("input:checked")).to_have_count(0)
    assert stored(workshop) == {}


def test_dont_know_is_for_a_side_as_a_whole_and_a_tick_takes_it_back(
    phone: Page, workshop: Workshop, stage: Stage, wait_until: Wait
) -> None:
    come_in(phone, workshop, at=1)
    tap(phone, "Weet ik niet: wie draagt dit nu")
    wait_until(lambda: answers(workshop, 1, "now") == dict.fromkeys(HOLDERS), 10)
    expect(tick(phone, "Weet ik niet: wie draagt dit nu")).to_be_checked()
    expect(tick(phone, "Weet ik niet: wie moet dit dragen")).not_to_be_checked()
    tap(phone, "Draagt rijk dit nu?")
    expect(tick(phone, "Weet ik niet: wie draagt dit nu")).not_to_be_checked()
    phone.locator("[data-go=next]").click()
    wait_until(lambda: answers(workshop, 1, "now") == {**dict.fromkeys(HOLDERS, 0), "rijk": 1}, 10)


def test_ticks_made_offline_arrive_afterwards(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage, wait_until: Wait
) -> None:
    come_in(phone, workshop, at=1)
    expect(phone.locator(".agenda-card.is-drawn").first).to_be_attached()
    phone_context.set_offline(True)
    tap(phone, "Draagt gemeente dit nu?")
    status(phone, "op uw telefoon bewaard")
    phone.locator("[data-go=next]").click()
    expect(own_line(phone)).to_have_attribute("data-level", "warn")
    assert stored(workshop) == {}
    phone_context.set_offline(False)
    wait_until(lambda: answers(workshop, 1, "now") == {**dict.fromkeys(HOLDERS, 0), "gemeente": 1}, 20)


def test_the_ticks_work_with_the_keyboard_alone(
    phone: Page, workshop: Workshop, stage: Stage, wait_until: Wait
) -> None:
    come_in(phone, workshop, at=1)
    expect(phone.locator(".agenda-card.is-drawn").first).to_be_attached()
    tick(phone, "Draagt inwoners dit nu?").focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    expect(tick(phone, "Moet inwoners dit dragen?")).to_be_focused()
    phone.keyboard.press("Space")
    phone.keyboard.press("Space")
    wait_until(lambda: answers(workshop, 1, "now") == {"inwoners": 1}, 10)
    wait_until(lambda: answers(workshop, 1, "wanted") == {"inwoners": 0}, 10)


def test_without_script_each_question_is_a_choice_of_its_own(room: Room, workshop: Workshop, stage: Stage) -> None:
    phone = room.phone(java_script_enabled=False)
    be_somebody(phone, workshop)
    look(phone, workshop)
    first = phone.get_by_role("group", name="Draagt gemeente dit nu?").first
    first.get_by_label("ja").check()
    phone.get_by_role("group", name="Draagt rijk dit nu?").first.get_by_label("weet niet").check()
    phone.get_by_role("button", name="Bewaar en ga verder").first.click()
    expect(phone.get_by_text("2 antwoorden zijn ontvangen.")).to_be_visible()
    assert stored(workshop) == {(1, "now-gemeente"): 1, (1, "now-rijk"): None}


def test_the_question_who_carries_it_comes_in_place_of_the_dots(phone: Page, made: AgendaRoom) -> None:
    stage = open_stage(made.stage)
    made.give_dots(stage)
    come_in(phone, made.workshop)
    expect(phone.locator("[data-dots-left]")).to_have_text("Nog 5 van 5 stippen")
    agenda.close_dots(stage, None)
    expect(said(phone)).to_contain_text("Deze vraag is klaar: Stippen")
    expect(phone.get_by_role("heading", name="U bent klaar")).to_be_visible()
    agenda.propose(made.stage, None)
    agenda.ask_holders(made.stage, None)
    expect(said(phone)).to_contain_text("Er is een nieuwe vraag: Wie draagt het?")
    phone.get_by_role("button", name="Naar de eerste open vraag").click()
    expect(card(phone).locator("h2")).to_have_text(str(made.item(1)))
    expect(tick(phone, "Draagt gemeente dit nu?")).not_to_be_checked()


# The cockpit and the page that is edited with the room


def test_the_cockpit_leads_from_dots_to_the_question_who_carries_it(room: Room, made: AgendaRoom) -> None:
    made.give_dots(open_stage(made.stage))
    cockpit = room.cockpit(made.workshop)
    panel = cockpit.locator(".agenda-panel")
    press(cockpit, "Sluit de stippen")
    press(cockpit, "Zet de vijf met de meeste stippen op de agenda")
    expect(panel).to_contain_text("5 keuzes op de agenda")
    press(cockpit, "Vraag wie het draagt")
    expect(panel).to_contain_text("0 mensen zeiden wie het draagt")
    is_live(cockpit)
    expect(cockpit.get_by_role("button", name="Sluit de ronde").first).to_be_visible()
    assert not re.search(r"\b2[0-9]\b", panel.inner_text())  # 24 dots on the first option: no such figure here


def edit_page(room: Room, made: AgendaRoom, **options: object) -> Page:
    page = room.laptop(made.workshop.owner, **options)
    page.goto(f"/workshops/{made.workshop.public_id}/stages/{made.stage.pk}/agenda/")
    return page


def line(page: Page, made: AgendaRoom, number: int) -> Locator:
    return page.locator(f"#line-{made.item(number).pk}")


def opened(page: Page, made: AgendaRoom, number: int) -> Locator:
    found = line(page, made, number)
    found.locator("summary").click()
    return found


def test_two_facilitators_lose_nothing(room: Room, made: AgendaRoom, stage: Stage, wait_until: Wait) -> None:
    one, two = edit_page(room, made), edit_page(room, made)
    mine, hers = opened(one, made, 1), opened(two, made, 1)
    other = opened(one, made, 2)
    other.get_by_label("De eerste stap").fill("Nog niet bewaard")
    mine.get_by_label("De eerste stap").fill("Van de een")
    mine.get_by_label("nu doen").check(force=True)
    mine.get_by_role("button", name=re.compile("^Bewaar")).click()
    expect(mine.locator(".saved")).to_have_text("Bewaard.")
    expect(other.get_by_label("De eerste stap")).to_have_value("Nog niet bewaard")
    hers.get_by_label("De eerste stap").fill("Van de ander")
    hers.get_by_role("button", name=re.compile("^Bewaar")).click()
    expect(hers.get_by_role("alert")).to_contain_text("Een collega veranderde deze keuze intussen")
    expect(hers.get_by_role("alert")).to_contain_text("Van de een")
    expect(hers.get_by_label("De eerste stap")).to_have_value("Van de ander")
    assert AgendaLine.objects.get(item=made.item(1)).first_step == "Van de een"
    hers.get_by_role("button", name=re.compile("^Bewaar toch")).click()
    expect(hers.locator(".saved")).to_have_text("Bewaard.")
    hers.get_by_role("button", name="Zet terug wat er stond").click()
    wait_until(lambda: AgendaLine.objects.get(item=made.item(1)).first_step == "Van de een", 10)


def test_what_does_not_arrive_is_said_and_stays(room: Room, made: AgendaRoom, stage: Stage) -> None:
    page = edit_page(room, made)
    mine = opened(page, made, 1)
    mine.get_by_label("De eerste stap").fill("Van mij")
    page.context.set_offline(True)
    mine.get_by_role("button", name=re.compile("^Bewaar")).click()
    expect(mine.locator(".agenda-away")).to_contain_text("Dat kwam niet aan")
    page.context.set_offline(False)
    mine.get_by_role("button", name=re.compile("^Bewaar")).click()
    expect(mine.locator(".saved")).to_be_visible()
    expect(mine.locator(".agenda-away")).to_have_count(0)


def test_a_line_is_made_with_the_keyboard_alone(room: Room, made: AgendaRoom, stage: Stage, wait_until: Wait) -> None:
    page = edit_page(room, made)
    line(page, made, 1).locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Een lijst maken")
    page.keyboard.press("Enter")
    wait_until(lambda: AgendaLine.objects.filter(item=made.item(1), first_step="Een lijst maken").exists(), 10)
    assert AgendaLine.objects.get(item=made.item(1)).mode == "prepare"


def test_an_option_comes_and_goes_without_moving_the_rest(room: Room, made: AgendaRoom, stage: Stage) -> None:
    page = edit_page(room, made)
    first = opened(page, made, 1)
    first.get_by_label("De eerste stap").fill("Blijft staan")
    page.locator(f"#choose-{made.item(5).pk}").click()
    expect(line(page, made, 5)).to_be_visible()
    expect(line(page, made, 5).locator("summary")).to_be_focused()
    expect(page.locator(f"#other-{made.item(5).pk}")).to_have_count(0)
    opened(page, made, 5).get_by_role("button", name="Haal van de agenda").click()
    expect(line(page, made, 5)).to_have_count(0)
    expect(page.locator(f"#other-{made.item(5).pk}")).to_be_visible()
    expect(first.get_by_label("De eerste stap")).to_have_value("Blijft staan")


def test_a_scenarios_signpost_needs_no_typing(room: Room, made: AgendaRoom, stage: Stage) -> None:
    page = edit_page(room, made, viewport={"width": 360, "height": 740})
    mine = opened(page, made, 1)
    expect(mine.get_by_label("Wat u meet")).to_be_hidden()
    mine.get_by_label("Signaal", exact=True).select_option("een eigen signaal")
    expect(mine.get_by_label("Wat u meet")).to_be_visible()
    mine.get_by_label("Signaal", exact=True).select_option("samendam-economie")
    expect(mine.get_by_label("Wat u meet")).to_be_hidden()
    mine.get_by_label("Wie kijkt").fill("Delft")
    mine.get_by_role("button", name=re.compile("^Bewaar")).click()
    expect(mine.locator(".agenda-kept")).to_contain_text("Delft kijkt")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


# The screen


def test_the_screen_shows_one_option_at_a_time_and_nothing_of_a_result_before_the_reveal(
    room: Room, made: AgendaRoom
) -> None:
    for state in ("open", "closing", "pause", "blank"):
        made.lead_to(state)
    screen = room.screen(made.workshop)
    expect(screen.locator("[data-view]")).to_have_count(1)
    wide = screen.locator(".agenda-wide")
    expect(wide.locator(".agenda-table")).to_contain_text("Lijst van lege gebouwen openbaar")
    for trace in (".agenda-figure", ".agenda-bar", ".agenda-holders"):
        expect(screen.locator(trace)).to_have_count(0)
    put_on_screen(made.stage, "")
    close_stage(made.stage)
    reveal_stage(made.stage)
    tallies.refresh(made.stage.pk, wait=True)
    shows(screen, "revealed")
    first = wide.first
    expect(first.locator(".agenda-shift")).to_have_text("Van gemeente naar inwoners")
    expect(first.locator(".is-now .agenda-figure")).to_contain_text("24")
    expect(first.locator(".is-shift .agenda-figures")).to_have_count(3)
    holders = first.get_by_role("table").get_by_role("row", name=re.compile("Gemeente"))
    expect(holders).to_contain_text(re.compile(r"nu \d+.%, gewenst \d+.%"))
    for size, shape in (({"width": 1920, "height": 1080}, "wide"), ({"width": 1440, "height": 1080}, "narrow")):
        screen.set_viewport_size(size)
        expect(screen.locator(f".agenda-{shape}.slide-agenda").first).to_be_visible()
        assert screen.evaluate(TOO_LARGE) == []
        assert screen.evaluate(SMALLEST) >= 35.9


def test_an_option_is_put_on_the_screen_from_its_line(room: Room, made: AgendaRoom) -> None:
    for state in ("open", "closing", "pause", "closed", "revealed"):
        made.lead_to(state)
    screen = room.screen(made.workshop)
    page = edit_page(room, made)
    second = opened(page, made, 2)
    second.get_by_role("button", name="Zet op het scherm").click()
    expect(second.get_by_role("button", name="Staat op het scherm")).to_have_attribute("aria-pressed", "true")
    expect(screen.locator(f"[data-view=option-{made.item(2).pk}]")).to_have_count(1)
    expect(screen.locator(".agenda-wide .is-now .agenda-name").first).to_have_text(str(made.item(2)))
    second.get_by_label("De eerste stap").fill("Twintig bedrijven tekenen")
    second.get_by_role("button", name=re.compile("^Bewaar")).click()
    expect(screen.locator(".agenda-wide .agenda-details").first).to_contain_text("Twintig bedrijven tekenen")


def test_the_phone_shows_the_agenda_with_its_own_dots(room: Room, made: AgendaRoom) -> None:
    for state in ("open", "closing", "pause", "closed", "revealed"):
        made.lead_to(state)
    phone = room.phone()
    come_in(phone, made.workshop)
    expect(phone.get_by_role("heading", level=1)).to_have_text("U en de zaal")
    first = phone.locator(".agenda-mine-list > li").first
    expect(first).to_contain_text("24 stippen van de zaal")
    first.locator("summary").click()
    expect(first.get_by_role("row", name=re.compile("Gemeente"))).to_be_visible()
    assert lines_of(made.stage)[made.item(1).key].first_step in first.inner_text()


# Slides that have more in them than fits above the foot.
TOO_LARGE = """() => [...document.querySelectorAll(".slide")].filter((slide) => slide.getClientRects().length)
  .filter((slide) => [...slide.querySelectorAll("*")].some((each) => !each.closest(".visually-hidden")
    && each.getClientRects().length && (each.getBoundingClientRect().bottom > slide.getBoundingClientRect().bottom - 80
    || each.getBoundingClientRect().right > innerWidth))).map((slide) => slide.textContent)"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll(".slide *")]
  .filter((each) => each.getClientRects().length && each.textContent.trim())
  .map((each) => parseFloat(getComputedStyle(each).fontSize)))"""
