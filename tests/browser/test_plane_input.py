"""Two crossed axes answered on a phone: by one tap, with arrow keys, from the list, and without a connection."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from config.site import Site
from tests.browser.axe import violations
from tests.browser.phone import come_in, lose_votes, own_line, saved, stored, tap, until
from tests.browser.room import Room
from tests.factories import make_workshop
from workshops.models import Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.votes import store_form

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@pytest.fixture
def workshop(live_db: None, site: Site) -> Workshop:
    return make_workshop(rounds=["position"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


def plane(page: Page, at: int = 0) -> Locator:
    """The plane of "now" (0) or of "wanted" (1), drawn."""
    group = page.get_by_role("radiogroup").nth(at)
    expect(group).to_be_visible()
    return group


def place(group: Locator, x: str, y: str) -> Locator:
    return group.get_by_role("radio", name=f"Economische ontwikkeling: {x}; Solidariteit: {y}", exact=True)


def keys(stage: Stage) -> tuple[str, str]:
    axes = stage.settings["axes"]
    return axes["x"]["key"], axes["y"]["key"]


def test_one_tap_answers_both_axes_and_nothing_is_preset(stage: Stage, phone: Page, workshop: Workshop) -> None:
    come_in(phone, workshop)
    group = plane(phone)
    expect(group.get_by_role("radio", checked=True)).to_have_count(0)
    place(group, "richting groei, 1", "richting voor elkaar, 2").click()
    x, y = keys(stage)
    saved(phone, f"now-{x}")
    saved(phone, f"now-{y}")
    expect(group.get_by_role("radio", checked=True)).to_have_count(1)
    assert stored(workshop) == {(1, f"now-{x}"): 1, (1, f"now-{y}"): 2}
    expect(plane(phone, 1).get_by_role("radio", checked=True)).to_have_count(0)


def test_arrow_keys_move_the_place_and_stop_at_the_edge(stage: Stage, phone: Page, workshop: Workshop) -> None:
    come_in(phone, workshop)
    group = plane(phone)
    middle = place(group, "ertussenin, 0", "ertussenin, 0")
    expect(middle).to_have_attribute("tabindex", "0")
    middle.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp", "ArrowUp"):
        phone.keyboard.press(key)
    here = place(group, "richting groei, 1", "richting voor elkaar, 2")
    expect(here).to_be_focused()
    expect(here).to_be_checked()
    x, y = keys(stage)
    saved(phone, f"now-{x}")
    saved(phone, f"now-{y}")
    assert stored(workshop) == {(1, f"now-{x}"): 1, (1, f"now-{y}"): 2}


def test_not_knowing_one_axis_leaves_the_other(stage: Stage, phone: Page, workshop: Workshop) -> None:
    come_in(phone, workshop)
    x, y = keys(stage)
    group = plane(phone)
    place(group, "richting groei, 2", "ertussenin, 0").click()
    saved(phone, f"now-{y}")
    tap(phone, "x", f"now-{y}")
    expect(group.get_by_role("radio", checked=True)).to_have_count(0)
    expect(group.locator(".is-along")).to_have_count(5)
    expect(phone.locator(".axes-said").first).to_have_text(
        "Uw plek: Economische ontwikkeling: richting groei, 2; Solidariteit: weet ik niet"
    )
    saved(phone, f"now-{y}")
    until(phone, "() => document.querySelector('[data-vote]') !== null")
    assert stored(workshop) == {(1, f"now-{x}"): 2, (1, f"now-{y}"): None}


def test_the_list_asks_the_same_and_is_remembered(stage: Stage, phone: Page, workshop: Workshop) -> None:
    come_in(phone, workshop)
    plane(phone)
    x, _y = keys(stage)
    phone.get_by_role("button", name="Kies uit een lijst").first.click()
    expect(phone.get_by_role("radiogroup")).to_have_count(0)
    tap(phone, "-1", f"wanted-{x}")
    saved(phone, f"wanted-{x}")
    phone.reload()
    expect(phone.get_by_role("button", name="Kies op het vlak").first).to_be_visible()
    phone.get_by_role("button", name="Kies op het vlak").first.click()
    expect(plane(phone, 1).locator(".is-along")).to_have_count(5)
    assert stored(workshop) == {(1, f"wanted-{x}"): -1}


def test_a_place_chosen_offline_is_kept_and_sent_later(stage: Stage, phone: Page, workshop: Workshop) -> None:
    come_in(phone, workshop)
    group = plane(phone)
    phone.route("**/votes", lose_votes)
    place(group, "richting forse krimp, 2", "richting voor ons eigen, 1").click()
    x, y = keys(stage)
    expect(own_line(phone)).to_have_attribute("data-level", "warn")
    assert stored(workshop) == {}
    phone.reload()  # what this phone keeps is still to be seen
    expect(place(plane(phone), "richting forse krimp, 2", "richting voor ons eigen, 1")).to_be_checked()
    phone.unroute("**/votes")
    saved(phone, f"now-{x}")
    saved(phone, f"now-{y}")
    assert stored(workshop) == {(1, f"now-{x}"): -2, (1, f"now-{y}"): -1}


def test_every_place_is_a_target_of_44_pixels_at_320(stage: Stage, phone: Page, workshop: Workshop) -> None:
    phone.set_viewport_size({"width": 320, "height": 256})  # 1280 × 1024 at 400 %
    come_in(phone, workshop)
    for each in plane(phone).get_by_role("radio").all():
        box = each.bounding_box()
        assert box is not None and box["width"] >= 44 and box["height"] >= 44
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(phone) == []


def test_the_form_without_a_script_is_four_scales(stage: Stage, phone: Page, workshop: Workshop) -> None:
    phone.route("**/phone-plane*.js", lambda route: route.abort())
    come_in(phone, workshop)
    _x, y = keys(stage)
    tap(phone, "2", f"now-{y}")
    saved(phone, f"now-{y}")
    expect(phone.get_by_role("radiogroup")).to_have_count(0)
    assert stored(workshop) == {(1, f"now-{y}"): 2}


def test_axe_finds_nothing_in_the_form_the_list_and_the_result(
    stage: Stage, phone: Page, workshop: Workshop, room: Room
) -> None:
    come_in(phone, workshop)
    plane(phone).get_by_role("radio").first.click()
    saved(phone, f"now-{keys(stage)[1]}")
    found: list[str] = []
    for scheme in SCHEMES:
        phone.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {each}" for each in violations(phone)]
    phone.get_by_role("button", name="Kies uit een lijst").first.click()
    found += violations(phone)
    item, keys_of_all = stage.items.get().pk, stage.criteria.values_list("key", flat=True)
    for code in ("0748", "0503"):
        for _ in range(6):
            store_form(join(workshop, code, "inwoner"), stage, [(item, key, 1) for key in keys_of_all])
    close_stage(stage, workshop.owner)
    reveal_stage(stage, workshop.owner)
    expect(phone.locator(".pp-own")).to_have_count(1)
    expect(phone.locator(".plane-picture")).to_be_visible()
    for scheme in SCHEMES:
        phone.emulate_media(color_scheme=scheme)
        found += [f"result, {scheme}: {each}" for each in violations(phone)]
    phone.set_viewport_size({"width": 320, "height": 640})
    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
    screen = room.screen(workshop)
    expect(screen.locator(".plane-picture:visible")).to_have_count(1)
    found += [f"screen: {each}" for each in violations(screen)]
    assert found == []
