"""A question in browsers: chosen by the facilitator, answered on a phone, on the room's screen and beside one's own."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from config.site import Site
from tests.browser.axe import violations
from tests.browser.phone import be_somebody, come_in, look, question, saved, stored, tap, value
from tests.browser.room import Room, shows
from tests.browser.test_screen import OUTSIDE, TOO_SMALL
from tests.factories import make_workshop
from workshops import editing, projector, tallies
from workshops.items import mend
from workshops.models import Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.votes import store_form

EIGHT = [
    "Hoop",
    "Zorg",
    "Nieuwsgierig",
    "Ongeduld, want het moet morgen beginnen.",
    "Trots",
    "Twijfel",
    "Moe",
    "Anders",
]
LONG = "Als u één ding mocht veranderen in hoe uw gemeente vooruitkijkt, wat zou dat dan zijn, en hoezo nu?"


@pytest.fixture
def workshop(live_db: None, site: Site) -> Workshop:
    return make_workshop(rounds=["question"])


def asked_with(workshop: Workshop, answer: str, *choices: str, title: str = "") -> Stage:
    """The question, prepared, with this way to answer it."""
    stage = editing.change_settings(workshop.stages.get(), None, {"answer": answer, "choices": list(choices)})
    if title:
        mend(stage.items.get(), title, "", None)
    return stage


def answer_as(workshop: Workshop, stage: Stage, *values: int | None) -> None:
    """Answer as so many people, close, reveal and count."""
    for given in values:
        store_form(join(workshop, "0503", "inwoner"), stage, [(stage.items.get().pk, "answer", given)])
    reveal_stage(close_stage(stage))
    tallies.refresh(stage.pk, wait=True)


def test_a_choice_is_made_on_the_edit_page_and_on_a_phone(room: Room, workshop: Workshop, phone: Page) -> None:
    stage = workshop.stages.get()
    laptop = room.laptop(workshop.owner)
    laptop.goto(f"/workshops/{workshop.public_id}/stages/{stage.pk}/edit/")
    laptop.get_by_label("met een keuze uit eigen antwoorden").check()
    laptop.get_by_role("textbox", name="Eigen antwoorden").fill("Hoop")
    laptop.get_by_role("button", name="Bewaar de instellingen").click()
    expect(laptop.get_by_text("Schrijf minstens twee antwoorden")).to_be_visible()
    expect(laptop.get_by_role("textbox", name="Eigen antwoorden")).to_be_focused()
    laptop.get_by_role("textbox", name="Eigen antwoorden").fill("Hoop\nZorg")
    laptop.get_by_role("button", name="Bewaar de instellingen").click()
    expect(laptop.get_by_text("De ronde is bewaard.")).to_be_visible()
    open_stage(Stage.objects.get(pk=stage.pk))

    come_in(phone, workshop)
    expect(phone.locator("[data-place]")).to_have_text("Vraag 1 van 1")
    tap(phone, "2", "answer")
    saved(phone, "answer")
    assert stored(workshop) == {(1, "answer"): 2}
    phone.locator("[data-go=overview]").first.click()
    expect(phone.get_by_role("heading", name="U hebt alles ingevuld")).to_be_focused()
    expect(phone.locator(".overview-row").first).to_contain_text("Zorg")


def test_a_phone_without_a_connection_keeps_the_choice_and_sends_it_later(
    phone: Page, phone_context: BrowserContext, workshop: Workshop
) -> None:
    open_stage(asked_with(workshop, "yes_no"))
    come_in(phone, workshop)
    expect(value(phone, "1", "answer")).to_be_visible()
    phone_context.set_offline(True)
    tap(phone, "1", "answer")
    expect(question(phone, "answer").locator(".status")).to_have_text("op uw telefoon bewaard")
    phone_context.set_offline(False)
    saved(phone, "answer")
    assert stored(workshop) == {(1, "answer"): 1}


def test_the_keyboard_chooses_and_eight_answers_fit_on_320_px(phone: Page, workshop: Workshop) -> None:
    open_stage(asked_with(workshop, "choice", *EIGHT, title=LONG))
    phone.set_viewport_size({"width": 320, "height": 640})
    come_in(phone, workshop)
    expect(phone.locator("[data-vote].is-stepped")).to_have_count(1)
    question(phone, "answer").locator("input").first.focus()
    phone.keyboard.press("ArrowDown")
    expect(value(phone, "2", "answer").locator("input")).to_be_checked()
    saved(phone, "answer")
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    assert violations(phone) == []
    for option in question(phone, "answer").locator("label").all():
        box = option.bounding_box()
        assert box is not None and box["height"] >= 44


@pytest.mark.parametrize("answer", ["scale", "choice"])
def test_after_the_reveal_a_phone_has_ones_own_answer_beside_the_rooms(
    phone: Page, workshop: Workshop, answer: str
) -> None:
    stage = open_stage(asked_with(workshop, answer, "Hoop", "Zorg"))
    be_somebody(phone, workshop)
    me = workshop.participants.get()
    store_form(me, stage, [(stage.items.get().pk, "answer", 2)])
    answer_as(workshop, stage, 1, 1, 1, 1, 2, None)
    phone.set_viewport_size({"width": 320, "height": 640})
    look(phone, workshop)
    expect(phone.get_by_text("Uw antwoord staat naast dat van de zaal.")).to_be_visible()
    expect(phone.locator(".own-answer")).to_have_text("2" if answer == "scale" else "Zorg")
    assert phone.evaluate("document.documentElement.scrollWidth") == 320
    assert violations(phone) == []


@pytest.mark.parametrize(("answer", "title"), [("scale", ""), ("yes_no", ""), ("choice", LONG)])
def test_the_screen_holds_question_and_result_at_each_size_of_text(
    room: Room, workshop: Workshop, answer: str, title: str
) -> None:
    stage = open_stage(asked_with(workshop, answer, *EIGHT, title=title))
    screen = room.screen(workshop)

    def fits(phase: str) -> None:
        for step in (-1, 2, 1, 0):
            projector.text_step(workshop, step)
            expect(screen.locator(f"[data-phase={phase}][data-text='{step}']")).to_be_visible()
            for width, height in ((1920, 1080), (1024, 768)):
                screen.set_viewport_size({"width": width, "height": height})
                found = screen.evaluate(TOO_SMALL), screen.evaluate(OUTSIDE)
                assert found == ([], []), (phase, step, width)

    fits("open")
    answer_as(workshop, stage, 1, 1, 2, 2, 1, 1, None)
    shows(screen, "revealed")
    fits("revealed")
    expect(screen.locator(".slide-question table").first).to_be_visible()
    assert violations(screen) == []
