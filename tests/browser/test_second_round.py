"""A second round in browsers: the phone with its first answers, the choice of arguments, the room's screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from config.site import Site
from tests.browser.phone import SIZE, come_in, lose_votes, own_line, question, says, tap, until, value
from tests.browser.room import Room, is_live, press, shows
from tests.browser.second_time import SecondTime
from tests.factories import make_facilitator, make_municipality, make_workshop
from workshops import contributions
from workshops.identity import cookie_name, seal
from workshops.models import Stage, Vote
from workshops.rounds import open_stage


@pytest.fixture
def twice(live_db: None, site: Site) -> SecondTime:
    """At the second round, which waits to be opened."""
    places = [make_municipality(code) for code in ("0748", "0503")]
    return SecondTime(make_facilitator(), places, "nl")


def be_member(page: Page, twice: SecondTime, at: int = 1) -> None:
    """Be somebody who answered in the first round, at this trend of the second."""
    public_id = twice.workshop.public_id
    base = page.context.request.get("/privacy/").url.removesuffix("/privacy/")
    cookie = {"name": cookie_name(public_id), "value": seal(public_id, twice.member.pk), "url": base}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(f"/room/{public_id}/#item-{at}")


def keep(page: Page, criterion: str = "impact") -> Locator:
    return question(page, criterion).locator("[data-keep]")


def first_answer(twice: SecondTime, number: int, criterion: str = "impact") -> int | None:
    """What the member answered in the first round about this trend of the second."""
    key = twice.second.items.get(number=number).key
    vote = Vote.objects.get(participant=twice.member, item__stage=twice.first, item__key=key, criterion__key=criterion)
    return vote.value


def stored(twice: SecondTime) -> dict[tuple[int, str], int | None]:
    votes = Vote.objects.filter(participant=twice.member, item__stage=twice.second)
    return {(number, key): given for number, key, given in votes.values_list("item__number", "criterion__key", "value")}


def test_one_tap_keeps_the_first_answer_and_nothing_is_chosen_before(phone: Page, twice: SecondTime) -> None:
    open_stage(twice.second)
    be_member(phone, twice)
    first = first_answer(twice, 1)
    expect(keep(phone)).to_have_text(f"Ik blijf bij {first} (invloed)")
    expect(phone.locator("section.ask input:checked")).to_have_count(0)
    expect(keep(phone)).to_have_attribute("aria-pressed", "false")
    keep(phone).click()
    expect(value(phone, str(first)).locator("input")).to_be_checked()
    expect(keep(phone)).to_have_attribute("aria-pressed", "true")
    expect(question(phone, "uncertainty").locator("input:checked")).to_have_count(0)
    expect(question(phone).locator("[data-status=received], [data-status=counted]")).to_be_visible()
    assert stored(twice) == {(1, "impact"): first}
    other = 1 if first != 1 else 2
    tap(phone, str(other))
    expect(keep(phone)).to_have_attribute("aria-pressed", "false")
    phone.reload()
    expect(value(phone, str(other)).locator("input")).to_be_checked()


def test_the_arguments_of_both_sides_stand_above_the_questions(phone: Page, twice: SecondTime) -> None:
    open_stage(twice.second)
    be_member(phone, twice)
    card = phone.locator("section.ask:not([hidden])")
    expect(card.locator(".args-side li")).to_have_count(4)
    assert phone.evaluate(
        "() => document.querySelector('.args').compareDocumentPosition(document.querySelector('fieldset.scale')) & 4"
    )
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_keeping_works_with_the_keyboard_alone(phone: Page, twice: SecondTime) -> None:
    open_stage(twice.second)
    be_member(phone, twice)
    keep(phone).focus()
    phone.keyboard.press("Enter")
    expect(keep(phone)).to_have_attribute("aria-pressed", "true")
    expect(keep(phone)).to_be_focused()
    expect(question(phone).locator("[data-status=received], [data-status=counted]")).to_be_visible()
    assert stored(twice) == {(1, "impact"): first_answer(twice, 1)}


def test_what_is_kept_without_a_connection_arrives_later(phone: Page, twice: SecondTime) -> None:
    open_stage(twice.second)
    be_member(phone, twice)
    expect(own_line(phone)).to_have_text("U bent verbonden.")
    phone.route("**/votes", lose_votes)
    keep(phone).click()
    says(phone, "op uw telefoon bewaard")
    assert stored(twice) == {}
    phone.unroute("**/votes")
    phone.evaluate("() => window.dispatchEvent(new Event('online'))")
    expect(question(phone).locator("[data-status=received], [data-status=counted]")).to_be_visible()
    assert stored(twice) == {(1, "impact"): first_answer(twice, 1)}


def test_without_scripts_the_button_stores_that_one_value(
    browser_context_without_scripts: BrowserContext, twice: SecondTime
) -> None:
    open_stage(twice.second)
    page = browser_context_without_scripts.new_page()
    be_member(page, twice, at=2)
    page.locator("#item-2 fieldset.scale").first.locator("[data-keep]").click()
    expect(page.locator("#item-2 fieldset.scale").first.locator("input:checked")).to_have_count(1)
    assert stored(twice) == {(2, "impact"): first_answer(twice, 2)}
    # The Enter key saves what is ticked; it keeps nothing by itself.
    page.locator("#item-3 label:has(input[value='5'])").first.click()
    page.keyboard.press("Enter")
    expect(page.locator("#item-3 input:checked")).to_have_count(1)
    until(page, "() => document.readyState === 'complete'")
    assert set(stored(twice)) == {(2, "impact"), (3, "impact")}


@pytest.fixture
def browser_context_without_scripts(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=SIZE, locale="nl-NL", base_url=site.url, java_script_enabled=False)
    context.set_default_timeout(15_000)
    yield context
    context.close()


def test_another_argument_arrives_while_somebody_answers_and_takes_no_answer_along(
    phone: Page, twice: SecondTime
) -> None:
    open_stage(twice.second)
    be_member(phone, twice)
    keep(phone).click()
    expect(question(phone).locator("[data-status=received], [data-status=counted]")).to_be_visible()
    shown = twice.first.contributions.filter(state="shown", item__key=twice.second.items.get(number=1).key)
    contributions.hide(shown.filter(scenario="high").first(), None)
    expect(phone.locator("section.ask:not([hidden]) .args-side li")).to_have_count(3)
    expect(keep(phone)).to_have_attribute("aria-pressed", "true")
    expect(phone.locator("[data-say]")).to_have_text(
        "De begeleider veranderde wat u hier leest. Uw antwoorden staan er nog."
    )


# The first round's reasons


@pytest.fixture
def first_round(live_db: None, site: Site) -> Stage:
    return open_stage(make_workshop().stages.get())


def fields(phone: Page) -> Locator:
    return phone.locator("section.ask:not([hidden]) .why textarea")


def test_a_reason_is_given_on_either_side_and_the_questions_stay_where_they_were(
    phone: Page, first_round: Stage
) -> None:
    come_in(phone, first_round.workshop)
    expect(value(phone, "4")).to_be_visible()
    top = "each => each.offsetTop"
    before = question(phone).evaluate(top)
    expect(fields(phone).first).to_be_hidden()
    phone.get_by_text("Waarom?").first.click()
    fields(phone).last.fill("Dit loopt vanzelf")
    phone.locator("section.ask:not([hidden]) [data-send]").last.click()
    expect(phone.locator("section.ask:not([hidden]) .contribution .status").last).to_have_text("ontvangen")
    found = first_round.contributions.get()
    assert (found.scenario, found.item.number, found.state) == ("low", 1, "waiting")
    assert question(phone).evaluate(top) == before


def test_a_reason_that_waits_on_the_phone_is_sent_without_unfolding_anything(
    phone: Page, first_round: Stage, wait_until: Callable[..., None]
) -> None:
    come_in(phone, first_round.workshop)
    phone.route("**/contributions/", lose_votes)
    phone.get_by_text("Waarom?").first.click()
    fields(phone).first.fill("Iedereen merkt dit")
    expect(phone.locator("section.ask:not([hidden]) .contribution .status").first).to_have_text(
        "op uw telefoon bewaard"
    )
    phone.unroute("**/contributions/")
    phone.reload()
    expect(fields(phone).first).to_be_hidden()
    wait_until(first_round.contributions.exists)
    assert first_round.contributions.get().text == "Iedereen merkt dit"


# The facilitator


def test_a_reason_is_swapped_for_another_without_leaving_the_page(room: Room, twice: SecondTime) -> None:
    desk = room.laptop(twice.workshop.owner)
    desk.goto(f"/workshops/{twice.workshop.public_id}/stages/{twice.first.pk}/contributions/")
    card = desk.locator(".moderation-card").first
    side = card.locator(".moderation-sides > section").first
    expect(side.locator("li.is-pinned")).to_have_count(2)
    waiting = side.locator("li:not(.is-pinned)")
    expect(waiting.get_by_role("button", name="Zet vast")).to_have_count(0)
    waiting.get_by_role("button", name="Wissel met 1").click()
    expect(desk.locator("[data-sentence]")).to_have_text("De redenen zijn omgewisseld.")
    expect(side.locator("li.is-pinned").last).to_contain_text("Dit raakt elk besluit dat wij nemen.")
    expect(side.locator("li.is-pinned")).to_have_count(2)
    expect(side.locator("li:not(.is-pinned)")).to_contain_text("Zonder werk houdt alles op.")
    side.locator("li.is-pinned").first.get_by_role("button", name="Maak los").click()
    expect(side.locator("li.is-pinned")).to_have_count(1)
    expect(side.get_by_role("button", name="Zet vast")).to_have_count(2)


def test_the_screen_shows_one_trends_arguments_from_the_cockpit_and_then_the_round(
    room: Room, twice: SecondTime
) -> None:
    screen = room.screen(twice.workshop)
    cockpit = room.cockpit(twice.workshop)
    title = twice.second.items.get(number=1).title["nl"]
    press(cockpit, f"Argumenten: {title}")
    expect(screen.get_by_role("heading", level=1)).to_have_text(title)
    expect(screen.locator(".screen-args-side li")).to_have_count(4)
    assert screen.evaluate("() => document.querySelector('.slide').scrollHeight <= innerHeight")
    press(cockpit, "Open de ronde")
    shows(screen, "open")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Wat vindt u, nu u de argumenten kent?")


def test_the_switch_puts_the_first_median_on_the_phones_and_off_again(room: Room, twice: SecondTime) -> None:
    open_stage(twice.second)
    phone = room.phone()
    be_member(phone, twice)
    expect(keep(phone)).to_be_visible()
    expect(phone.locator(".first-median:not(:empty)")).to_have_count(0)
    cockpit = room.cockpit(twice.workshop)
    press(cockpit, "tonen")
    expect(phone.locator("section.ask:not([hidden]) .first-median:not(:empty)")).to_have_count(2)
    is_live(cockpit)
    press(cockpit, "niet tonen")
    expect(phone.locator(".first-median:not(:empty)")).to_have_count(0)


def test_the_result_on_screen_and_phone(room: Room, twice: SecondTime) -> None:
    for state in ("open", "closed", "revealed"):
        twice.lead_to(state)
    screen, phone = room.screen(twice.workshop), room.phone()
    shows(screen, "revealed")
    expect(screen.get_by_role("heading", level=1)).to_contain_text("hetzelfde")
    expect(screen.locator(".moves-table")).to_have_count(2)
    be_member(phone, twice)
    expect(phone.get_by_role("heading", name="U en de zaal, na de argumenten")).to_be_visible()
    expect(phone.locator(".moves-list > li")).to_have_count(6)
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
