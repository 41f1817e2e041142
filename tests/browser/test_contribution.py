"""A short text on a phone: kept before it is sent and never lost; and how the facilitator lets it through."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.phone import come_in, said, until
from tests.browser.room import Room
from tests.factories import make_workshop
from workshops import contributions
from workshops.models import Contribution, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reopen_stage
from workshops.stages import kind

SENTENCE = "Raad vergadert voortaan bij de bakker"


@pytest.fixture
def workshop(live_db: None, site: object) -> Workshop:
    return make_workshop(rounds=["immersion", "trends"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get(kind="immersion"))


def field(phone: Page):
    return phone.locator("textarea")


def state(phone: Page):
    return phone.locator(".contribution .status")


def send(phone: Page) -> None:
    phone.locator("[data-send]").click()


def texts(stage: Stage) -> list[str]:
    return list(stage.contributions.order_by("pk").values_list("text", flat=True))


def written(stage: Stage, text: str) -> Contribution:
    """By somebody else."""
    person = join(stage.workshop, "0503", "bedrijf")
    key = kind(stage.kind).variant(stage, person).partition(".")[0]
    found = contributions.contribute(person, stage, stage.items.get(key=key), key, text, 80)
    assert found is not None
    return found


# The phone


def test_a_text_is_sent_and_stands_there_after_a_reload(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    expect(phone.locator("[data-count]")).to_have_text("0/80")
    field(phone).fill(SENTENCE)
    expect(phone.locator("[data-count]")).to_have_text(f"{len(SENTENCE)}/80")
    expect(state(phone)).to_have_text("op uw telefoon bewaard")
    send(phone)
    expect(state(phone)).to_have_text("ontvangen")
    assert texts(stage) == [SENTENCE]
    phone.reload()
    expect(field(phone)).to_have_value(SENTENCE)
    expect(state(phone)).to_have_text("ontvangen")


def test_enter_sends_it_and_makes_no_second_line(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    expect(phone.locator("[data-send]")).to_be_visible()
    field(phone).fill(SENTENCE)
    field(phone).press("Enter")
    expect(state(phone)).to_have_text("ontvangen")
    expect(field(phone)).to_have_value(SENTENCE)


def test_what_is_written_without_a_connection_arrives_once_there_is_one(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    expect(phone.locator("[data-send]")).to_be_visible()
    phone_context.set_offline(True)
    field(phone).fill(SENTENCE)
    send(phone)
    expect(state(phone)).to_have_text("op uw telefoon bewaard")
    assert texts(stage) == []
    phone_context.set_offline(False)
    expect(state(phone)).to_have_text("ontvangen")
    assert texts(stage) == [SENTENCE]


def test_what_was_typed_and_not_sent_survives_a_killed_tab(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    expect(phone.locator("[data-send]")).to_be_visible()
    phone_context.set_offline(True)
    field(phone).fill(SENTENCE)
    expect(state(phone)).to_have_text("op uw telefoon bewaard")
    phone.close(run_before_unload=False)
    phone_context.set_offline(False)
    again = phone_context.new_page()
    again.goto(f"/room/{workshop.public_id}/")
    expect(field(again)).to_have_value(SENTENCE)
    expect(state(again)).to_have_text("ontvangen")


def test_a_text_in_the_making_stays_while_the_page_hears_the_room(
    phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    expect(phone.locator("[data-send]")).to_be_visible()
    field(phone).press_sequentially("Raad ver")
    written(stage, "Van een ander")
    expect(phone.locator("[data-of-room]")).to_contain_text("1 van de")
    field(phone).press_sequentially("gadert")
    expect(field(phone)).to_have_value("Raad vergadert")
    assert texts(stage) == ["Van een ander"]


def test_what_came_too_late_is_offered_again_once_the_round_is_open_again(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    expect(phone.locator("[data-send]")).to_be_visible()
    phone_context.set_offline(True)
    field(phone).fill(SENTENCE)
    send(phone)
    close_stage(stage)
    phone_context.set_offline(False)
    expect(phone.get_by_role("heading", name="De ronde is gesloten")).to_be_visible(timeout=30_000)
    assert texts(stage) == []
    reopen_stage(Stage.objects.get(pk=stage.pk))
    expect(field(phone)).to_have_value(SENTENCE, timeout=30_000)
    expect(state(phone)).to_have_text("ontvangen")
    assert texts(stage) == [SENTENCE]


def test_withdrawing_empties_the_field_and_takes_the_text_away(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    field(phone).fill(SENTENCE)
    send(phone)
    expect(state(phone)).to_have_text("ontvangen")
    phone.goto(f"/room/{workshop.public_id}/leave/?step=withdraw")
    expect(phone.locator(".leave-list")).to_contain_text("1 antwoord in ‘Een dag in het scenario’")
    phone.get_by_role("button", name="Trek mijn antwoorden in").click()
    phone.wait_for_url(f"**/room/{workshop.public_id}/*")
    expect(field(phone)).to_have_value("")
    assert texts(stage) == []


def test_a_text_that_the_room_refuses_says_why_and_stays(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    expect(phone.locator("[data-send]")).to_be_visible()
    field(phone).evaluate("area => area.removeAttribute('maxlength')")
    field(phone).fill(85 * "a")
    send(phone)
    expect(said(phone)).to_contain_text("hoogstens 80 tekens")
    expect(state(phone)).to_have_text("niet ontvangen")
    expect(field(phone)).to_have_value(85 * "a")


# The facilitator


def moderate(room: Room, workshop: Workshop, stage: Stage) -> Page:
    page = room.laptop(workshop.owner)
    page.goto(f"/workshops/{workshop.public_id}/stages/{stage.pk}/contributions/")
    return page


def test_a_new_text_comes_in_by_itself_and_nothing_moves_under_the_hand(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    for number in range(30):
        written(stage, f"Kop nummer {number}")
    page = moderate(room, workshop, stage)
    last = stage.contributions.filter(scenario="staatsburcht").order_by("pk").last()
    button = page.locator(f"#through-{last.pk}")
    button.focus()
    before = button.bounding_box()
    written(stage, "Een nieuwe kop")
    expect(page.locator("#show-waiting")).to_have_text("Wachten 31")
    expect(button).to_be_focused()
    after = button.bounding_box()
    assert before and after and abs(before["y"] - after["y"]) < 2


def test_letting_through_by_keyboard_goes_on_to_the_next_text_and_the_other_tab_follows(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    first, second = written(stage, "Eerste kop"), None
    for number in range(3):
        second = written(stage, f"Kop {number}")  # the last is of the first one's world again
    assert second is not None and second.scenario == first.scenario
    page, other = moderate(room, workshop, stage), moderate(room, workshop, stage)
    expect(other.locator("#show-waiting")).to_have_text("Wachten 4")
    page.locator(f"#through-{first.pk}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#through-{second.pk}")).to_be_focused()
    expect(page.locator("[data-sentence]")).to_have_text("De tekst is doorgelaten.")
    expect(other.locator("#show-shown")).to_have_text("Doorgelaten 1")
    expect(other.locator(f"#text-{first.pk}")).to_have_count(0)


def test_letting_all_through_asks_first_and_leaves_what_came_since(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    written(stage, "Eerste kop")
    written(stage, "Tweede kop")
    page = moderate(room, workshop, stage)
    page.locator("#let-all-ask").click()
    expect(page.locator("#let-all-do")).to_have_text("Laat deze 2 door")
    written(stage, "Net te laat")
    expect(page.locator("#show-waiting")).to_have_text("Wachten 3")
    expect(page.locator("#let-all-do")).to_have_text("Laat deze 2 door")
    page.locator("#let-all-do").click()
    expect(page.locator("#show-shown")).to_have_text("Doorgelaten 2")
    expect(page.locator("li[id]")).to_have_count(1)


def test_the_screen_gets_a_paper_as_soon_as_a_headline_is_let_through(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    text = written(stage, SENTENCE)
    screen, cockpit = room.screen(workshop), room.cockpit(workshop)
    contributions.let_through(text, workshop.owner)
    cockpit.locator("#view-paper-samendam").click()
    expect(screen.locator(".paper-wide .paper-lead")).to_have_text(SENTENCE)
    until(screen, "() => document.fonts.check('900 80px \"Source Serif\"')")
    contributions.hide(text, workshop.owner)
    expect(screen.locator(".slide-paper")).to_have_count(0)
