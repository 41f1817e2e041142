"""A round about the scenarios in real browsers: told from the cockpit on the screen, weighed and placed on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from config.site import Site
from tests.browser.axe import violations
from tests.browser.phone import come_in, lose_votes, own_line, saved, stored, tap, until, value
from tests.browser.room import Room, heading, press, shows, status
from tests.browser.test_screen import OUTSIDE
from tests.factories import make_workshop
from workshops import projector, tallies
from workshops.models import OwnScenario, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.screen_views import put_on_screen
from workshops.stages import kind
from workshops.votes import store_form
from workshops.worlds import world_of_room

# Text smaller than 1/30 of the screen's height, a drawing's own size taken into account.
TOO_SMALL = """() => [...document.querySelectorAll("main *")].filter((each) => {
  const text = [...each.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
  if (!text || !each.getClientRects().length || each.closest(".visually-hidden, .end-value, [hidden], title")) {
    return false;
  }
  const svg = each.closest("svg[viewBox]");
  const scale = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
  return parseFloat(getComputedStyle(each).fontSize) * scale < innerHeight / 30 - 0.1;
}).map((each) => each.textContent.trim())"""
SIZES = [(1920, 1080), (1024, 768)]


@pytest.fixture
def workshop(live_db: None, site: Site) -> Workshop:
    return make_workshop(rounds=["scenarios", "windtunnel"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return workshop.stages.get(kind="scenarios")


def slide(screen: Page) -> Locator:
    """What of the slides is laid out for this screen."""
    return screen.locator(".slide:visible")


# Told


def test_the_cockpit_tells_one_after_the_other_and_the_screen_follows(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    screen, cockpit = room.screen(workshop), room.cockpit(workshop)
    shows(screen, "before")
    press(cockpit, "Vertel Samendam")
    expect(screen.get_by_role("heading", name="Verbinden en vernieuwen")).to_be_visible()
    expect(screen.get_by_role("img", name=re.compile("lange tafel"))).to_be_visible()
    expect(cockpit.locator(".telling-state").first).to_have_text("op het scherm")
    press(cockpit, "Lees de dag in Samendam voor")
    expect(screen.get_by_text("Dinsdagochtend in de Lindestraat")).to_be_visible()
    for name in ("Ikhoven", "Staatsburcht"):
        press(cockpit, f"Vertel {name}")
        expect(screen.locator(".slide-world .told-name")).to_have_text(name)
        press(cockpit, f"Lees de dag in {name} voor")
    press(cockpit, "Leg de scenario’s naast elkaar")
    expect(screen.get_by_role("heading", name="Drie werelden in 2041")).to_be_visible()
    workshop.refresh_from_db()
    assert workshop.told == ["samendam", "ikhoven", "staatsburcht"]
    press(cockpit, "Open de ronde")
    status(cockpit, "nu open")
    expect(screen.get_by_text("Hoe waarschijnlijk is deze toekomst?")).to_be_visible()


def test_a_clicker_turns_the_days_slides_and_another_view_begins_at_its_first(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    put_on_screen(stage, "day-samendam")
    screen = room.screen(workshop)
    expect(slide(screen)).to_have_count(2)
    last = slide(screen).nth(1)
    screen.keyboard.press("PageDown")
    expect(last).to_be_in_viewport(ratio=0.9)
    put_on_screen(Stage.objects.get(pk=stage.pk), "day-ikhoven")
    first = slide(screen).first
    expect(first.locator(".told-name")).to_have_text("Ikhoven")
    expect(first).to_be_in_viewport(ratio=0.9)


def test_every_view_can_be_read_from_the_last_row_at_each_size_of_text(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    own = OwnScenario(key="eigen-1", title="Groeizaam", motto="Samen groeien, samen delen", positions={"economie": 2})
    item = world_of_room(own).as_item(4)
    item.stage = stage
    item.save()
    screen = room.screen(workshop)
    for view in kind("scenarios").views(stage):
        put_on_screen(Stage.objects.get(pk=stage.pk), view.key)
        for step in (-1, 0, 1, 2):
            projector.text_step(workshop, step)
            expect(screen.locator(f"[data-view='{view.key}'][data-text='{step}']")).to_be_visible()
            reads_well(screen, view.key, step)


def reads_well(screen: Page, *where: object) -> None:
    for width, height in SIZES:
        screen.set_viewport_size({"width": width, "height": height})
        assert (screen.evaluate(TOO_SMALL), screen.evaluate(OUTSIDE)) == ([], []), (*where, width)


# Weighed and placed


def plane(phone: Page) -> Locator:
    group = phone.get_by_role("radiogroup").locator("visible=true")
    expect(group).to_have_count(1)
    return group


def place(phone: Page, x: str, y: str) -> Locator:
    return plane(phone).get_by_role("radio", name=f"Economische ontwikkeling: {x}; Solidariteit: {y}", exact=True)


def test_a_phone_tells_a_scenario_weighs_it_and_places_it(phone: Page, workshop: Workshop, stage: Stage) -> None:
    open_stage(stage)
    come_in(phone, workshop)
    heading(phone, "De drie scenario’s")
    expect(phone.locator("[data-place]")).to_have_text("Scenario 1 van 3")
    expect(phone.get_by_text("Verbinden en vernieuwen")).to_be_visible()
    day = phone.get_by_text("Truus Bakker (82) is gevallen").locator("visible=true")
    expect(day).to_have_count(0)
    phone.get_by_text("Lees een dag in 2041").locator("visible=true").click()
    expect(day).to_have_count(1)
    for criterion, number in (("plausibility", "3"), ("desirability", "5"), ("preparedness", "x")):
        tap(phone, number, criterion)
        saved(phone, criterion)
    place(phone, "richting forse krimp, 1", "richting voor elkaar, 2").click()
    saved(phone, "economie")
    saved(phone, "solidariteit")
    assert stored(workshop) == {
        (1, "plausibility"): 3,
        (1, "desirability"): 5,
        (1, "preparedness"): None,
        (1, "economie"): -1,
        (1, "solidariteit"): 2,
    }
    expect(phone.locator("[data-done]")).to_have_text("1 van 3 klaar")


def test_what_is_chosen_without_a_connection_arrives_when_it_is_back(
    phone: Page, workshop: Workshop, stage: Stage
) -> None:
    open_stage(stage)
    come_in(phone, workshop, 2)
    phone.route("**/votes", lose_votes)
    tap(phone, "4", "plausibility")
    place(phone, "richting forse krimp, 2", "richting voor ons eigen, 2").click()
    expect(own_line(phone)).to_contain_text("zonder verbinding")
    assert stored(workshop) == {}
    phone.unroute("**/votes")
    saved(phone, "plausibility")
    saved(phone, "solidariteit")
    assert stored(workshop) == {(2, "plausibility"): 4, (2, "economie"): -2, (2, "solidariteit"): -2}


def test_keys_alone_weigh_place_and_unfold(phone: Page, workshop: Workshop, stage: Stage) -> None:
    open_stage(stage)
    come_in(phone, workshop)
    expect(plane(phone)).to_be_visible()
    summary = phone.get_by_text("Wie draagt wat?").locator("visible=true")
    summary.focus()
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Platform voor burgerinitiatieven").locator("visible=true")).to_have_count(1)
    value(phone, "1", "plausibility").locator("input").focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowRight")
    saved(phone, "plausibility")
    place(phone, "ertussenin, 0", "ertussenin, 0").focus()
    phone.keyboard.press("ArrowUp")
    saved(phone, "solidariteit")
    assert stored(workshop) == {(1, "plausibility"): 2, (1, "economie"): 0, (1, "solidariteit"): 1}


def test_drawings_wait_until_they_come_in_sight(phone: Page, workshop: Workshop, stage: Stage) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url) if "/img/" in request.url else None)
    open_stage(stage)
    come_in(phone, workshop)
    until(phone, "() => [...document.images].some((each) => each.complete && each.naturalWidth > 0)")
    assert not [url for url in asked if "staatsburcht" in url and "sign" not in url]


# Revealed


def test_the_room_sees_its_places_only_after_the_reveal(room: Room, workshop: Workshop, stage: Stage) -> None:
    opened = open_stage(stage)
    phone, screen = room.phone(), room.screen(workshop)
    come_in(phone, workshop)
    tap(phone, "3", "plausibility")
    saved(phone, "plausibility")
    hall_of(workshop, opened)
    closed = close_stage(opened)
    tallies.refresh(closed.pk, wait=True)
    shows(screen, "closed")
    expect(screen.locator(".plane-picture, .scores")).to_have_count(0)
    expect(phone.locator(".plane-picture, .own-view")).to_have_count(0)
    reveal_stage(closed)
    tallies.refresh(closed.pk, wait=True)
    shows(screen, "revealed")
    expect(slide(screen).first.get_by_role("img")).to_have_accessible_name(re.compile("Samendam: zaal"))
    heading(phone, "U en de zaal")
    phone.locator("label:has(input[value=room])").click()
    expect(phone.locator(".plane-picture")).to_be_visible()
    assert violations(phone) == []
    for step in (-1, 0, 1, 2):
        projector.text_step(workshop, step)
        expect(screen.locator(f"[data-phase=revealed][data-text='{step}']")).to_be_visible()
        reads_well(screen, "result", step)


def hall_of(workshop: Workshop, stage: Stage) -> None:
    """Six more who answered everything, each on the criterion's scale."""
    criteria = list(stage.criteria.all())
    for who in range(6):
        answers = [
            (item.pk, each.key, each.values[(who + item.number + each.position) % 5])
            for item in stage.items.all()
            for each in criteria
        ]
        store_form(join(workshop, "0503", "bedrijf"), stage, answers)


def test_the_key_t_leads_to_the_scores_and_back(room: Room, workshop: Workshop, stage: Stage) -> None:
    opened = open_stage(stage)
    hall_of(workshop, opened)
    revealed = reveal_stage(close_stage(opened))
    tallies.refresh(revealed.pk, wait=True)
    screen = room.screen(workshop)
    shows(screen, "revealed")
    screen.keyboard.press("t")
    expect(screen.get_by_role("heading", name="Wat vindt de zaal?")).to_be_in_viewport()
    screen.keyboard.press("t")
    expect(slide(screen).first).to_be_in_viewport(ratio=0.9)
    screen.set_viewport_size({"width": 1024, "height": 768})
    screen.keyboard.press("t")
    expect(screen.get_by_role("heading", name="Wat vindt de zaal?")).to_be_in_viewport()
