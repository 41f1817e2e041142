"""What a facilitator does with a room full of phones: taken back, at the same moment as a colleague, over again."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.phone import come_in, is_at, lose_votes, question, saved, says, stored, tap
from tests.browser.room import (
    Room,
    answer_all,
    cockpit_address,
    figure,
    hall,
    heading,
    is_live,
    no_result_on,
    press,
    shows,
    status,
)
from tests.factories import make_facilitator, make_municipality
from workshops.models import Criterion, Item, Participant, Stage, Vote, Workshop
from workshops.preparing import copies
from workshops.rounds import close_stage, reveal_stage


def at_round(cockpit: Page, title: str) -> None:
    expect(cockpit.locator("#cockpit-round")).to_have_text(title)


def verbs(workshop: Workshop) -> list[str]:
    """The steps of the logbook, oldest first."""
    return list(workshop.log.order_by("pk").values_list("verb", flat=True))


def another_round(workshop: Workshop) -> None:
    first = workshop.stages.get()
    second = Stage.objects.create(
        workshop=workshop, position=2, key="trends-2", kind="trends", title="Nog eens wegen", minutes=10
    )
    Item.objects.bulk_create(copies(first.items.all(), stage=second))
    Criterion.objects.bulk_create(copies(first.criteria.all(), stage=second))


def test_every_step_with_the_round_is_taken_back_by_one_press(room: Room, workshop: Workshop) -> None:
    another_round(workshop)
    phone = room.phone()
    come_in(phone, workshop)
    cockpit = room.cockpit(workshop)

    def take(button: str, state: str) -> None:
        press(cockpit, button)
        status(cockpit, state)

    take("Open de ronde", "nu open")
    is_at(phone, 1)
    take("Maak ongedaan", "klaargezet")
    heading(phone, "U bent binnen")
    take("Maak ongedaan", "nu open")
    is_at(phone, 1)
    press(cockpit, "Nog 2 minuten")
    expect(phone.locator("[data-of-room]")).to_have_text(re.compile("Nog "))
    press(cockpit, "Maak ongedaan")
    expect(phone.locator("[data-of-room]")).not_to_have_text(re.compile("Nog "))
    take("Sluit de ronde", "laatste kans")
    take("Maak ongedaan", "nu open")
    answer_all(phone)
    expect(phone.locator("[data-overall]")).to_have_text("alles geteld")
    figure(cockpit, "klaar met alles", 1)
    take("Sluit de ronde", "gesloten")
    heading(phone, "De ronde is gesloten")
    take("Maak ongedaan", "nu open")
    expect(phone.locator("[data-overall]")).to_have_text("alles geteld")
    take("Maak ongedaan", "gesloten")
    take("Toon de uitslag", "uitslag getoond")
    heading(phone, "U en de zaal")
    take("Maak ongedaan", "gesloten")
    heading(phone, "De ronde is gesloten")
    take("Maak ongedaan", "uitslag getoond")
    heading(phone, "U en de zaal")
    press(cockpit, "Naar ‘Nog eens wegen’")
    at_round(cockpit, "Nog eens wegen")
    heading(phone, "U bent binnen")
    press(cockpit, "Maak ongedaan")
    at_round(cockpit, "Trends wegen")
    heading(phone, "U en de zaal")
    cockpit.locator(".cockpit-more summary").click()
    cockpit.get_by_role("link", name="Laat opnieuw stemmen").click()
    cockpit.get_by_role("button", name="Laat opnieuw stemmen").click()
    status(cockpit, "klaargezet")
    heading(phone, "U bent binnen")
    take("Maak ongedaan", "uitslag getoond")
    heading(phone, "U en de zaal")
    assert len(stored(workshop)) == 42


def test_black_takes_all_off_the_screen_and_gives_it_back(room: Room, workshop: Workshop, stage: Stage) -> None:
    hall(workshop, stage, 6)
    reveal_stage(close_stage(stage))
    cockpit, screen = room.cockpit(workshop), room.screen(workshop)
    expect(screen.locator(".matrix:visible")).to_have_count(1)
    for black in ("Scherm zwart", "Scherm op zwart"):
        press(cockpit, black)
        shows(screen, "blank")
        no_result_on(screen)
        expect(screen.locator("svg")).to_have_count(0)
        press(cockpit, "Scherm weer aan")
        expect(screen.locator(".matrix:visible")).to_have_count(1)


def test_a_locked_screen_stays_at_the_question_and_hiding_goes_before_a_lock(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    phone = room.phone()
    come_in(phone, workshop)
    answer_all(phone)
    expect(phone.locator("[data-overall]")).to_have_text("alles geteld")
    hall(workshop, stage, 5)
    cockpit, screen = room.cockpit(workshop), room.screen(workshop)
    shows(screen, "open")
    press(cockpit, "Zet het scherm vast")
    expect(screen.locator("[data-phase=open][data-locked]")).to_have_count(1)
    figure(cockpit, "klaar met alles", 6)
    press(cockpit, "Sluit de ronde")
    status(cockpit, "gesloten")
    press(cockpit, "Toon de uitslag")
    heading(phone, "U en de zaal")
    status(cockpit, "uitslag getoond")
    expect(screen.locator("[data-phase=open][data-locked]")).to_have_count(1)
    no_result_on(screen)
    press(cockpit, "Laat het scherm meelopen")
    expect(screen.locator(".matrix:visible")).to_have_count(1)
    press(cockpit, "Zet het scherm vast")
    expect(screen.locator("[data-phase=revealed][data-locked]")).to_have_count(1)
    press(cockpit, "Verberg de uitslag")
    heading(phone, "De ronde is gesloten")
    shows(screen, "closed")
    no_result_on(screen, cockpit)


def press_together(pages: list[Page], address: str) -> None:
    """All press their big button before any of them hears of another: the posts leave at the same moment."""
    held: list[Route] = []
    for page in pages:
        page.route(address, lambda route: held.append(route))
        button = page.locator("#main-action")
        expect(button).not_to_have_attribute("aria-disabled", "true")
        button.click(no_wait_after=True)
    for page in pages:
        while len(held) < len(pages):
            page.wait_for_timeout(20)
    for route in held:
        route.continue_()
    for page in pages:
        page.unroute(address)


def test_two_who_press_the_same_button_at_the_same_moment_take_one_step_and_the_second_is_told(
    room: Room, workshop: Workshop
) -> None:
    another_round(workshop)
    helper = make_facilitator(first_name="Bram")
    workshop.co_hosts.add(helper)
    phone = room.phone()
    come_in(phone, workshop)
    pages = [room.cockpit(workshop), room.cockpit(workshop, helper)]
    told = "De ronde is intussen veranderd. Kijk hoe het nu staat en kies opnieuw."
    for address, state in (("**/open/", "nu open"), ("**/close/", "gesloten"), ("**/reveal/", "uitslag getoond")):
        if address == "**/close/":
            answer_all(phone)
            expect(phone.locator("[data-overall]")).to_have_text("alles geteld")
            for page in pages:
                expect(page.locator("#main-action")).to_have_attribute("formaction", re.compile("/close/$"))
        press_together(pages, address)
        for page in pages:
            status(page, state)
            is_live(page)
        assert sum(page.get_by_text(told).count() for page in pages) == 1
    assert verbs(workshop) == ["open", "close", "reveal"]
    press_together(pages, "**/next/")
    for page in pages:
        at_round(page, "Nog eens wegen")
        is_live(page)
    assert sum(page.locator(".messages li").count() for page in pages) == 1
    assert verbs(workshop) == ["open", "close", "reveal", "next"]


def test_voting_again_begins_empty_and_offers_nothing_of_the_attempt_before(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    phone = room.phone()
    come_in(phone, workshop)
    tap(phone, "4", "uncertainty")
    saved(phone, "uncertainty")
    cockpit = room.cockpit(workshop)
    figure(cockpit, "begonnen", 1)
    phone.route("**/live/*/votes", lose_votes)
    tap(phone, "5")
    says(phone, "op uw telefoon bewaard")
    close_stage(stage)
    phone.unroute("**/live/*/votes")
    expect(phone.locator("[data-refused]")).to_contain_text("Niet meegeteld: de ronde was al gesloten")
    status(cockpit, "gesloten")
    cockpit.locator(".cockpit-more summary").click()
    cockpit.get_by_role("link", name="Laat opnieuw stemmen").click()
    cockpit.get_by_role("button", name="Laat opnieuw stemmen").click()
    status(cockpit, "klaargezet")
    expect(cockpit.locator(".cockpit-status")).to_contain_text("poging 2")
    heading(phone, "U bent binnen")
    press(cockpit, "Open de ronde")
    is_at(phone, 1)
    expect(phone.locator("[data-vote] input:checked")).to_have_count(0)
    says(phone, "nog geen antwoord")
    says(phone, "nog geen antwoord", "uncertainty")
    figure(cockpit, "begonnen", 0)
    # Why the number fell stands beside it.
    expect(cockpit.locator(".cockpit-drops")).to_contain_text("poging 1 van ‘Trends wegen’ is bewaard en telt niet mee")
    tap(phone, "2")
    says(phone, "geteld")
    phone.reload()
    expect(phone.locator("[data-vote] input:checked")).to_have_count(1)
    expect(cockpit.locator(".cockpit-counted b")).to_have_text(re.compile(r"^1\s=\s1$"))
    old, new = workshop.stages.order_by("attempt")
    assert (old.void, new.void) == (True, False)
    votes = Vote.objects.filter(participant__workshop=workshop).order_by("pk")
    assert sorted(votes.values_list("item__stage", "criterion__key", "value")) == sorted(
        [(old.pk, "uncertainty", 4), (new.pk, "impact", 2)]
    )


def test_a_typo_mended_and_a_message_sent_take_nothing_from_those_who_vote(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    phone, other = room.phone(), room.phone()
    for each in (phone, other):
        come_in(each, workshop)
    cockpit = room.cockpit(workshop)
    phone.locator("[data-go=overview]").click()
    phone.locator("[data-view=other]").click()  # all of them below each other: there is something to scroll
    tenth = phone.locator("#item-10")
    for group, at in ((0, 3), (1, 1)):
        tenth.locator("fieldset").nth(group).locator("label.scale-value").nth(at).click()
    expect(tenth.locator("[data-cell] .status").last).to_have_text("geteld")
    focused = phone.locator("#item-11 input").first
    focused.evaluate("input => { input.closest('fieldset').scrollIntoView({ block: 'center' }); input.focus(); }")
    place = "input => Math.round(input.getBoundingClientRect().top)"
    stood = focused.evaluate(place)

    editor = cockpit.context.new_page()
    editor.goto(f"{cockpit_address(workshop)}stages/{stage.pk}/edit/")
    item = stage.items.get(number=10)
    editor.locator(f"#item-{item.pk}-summary").click()
    editor.locator(f"#item-{item.pk}-title").fill("Zonder tikfout")
    editor.locator(f"#item-{item.pk}-save").click()
    expect(editor.locator(f"#item-{item.pk} .saved")).to_be_visible()
    expect(tenth.locator("h2")).to_have_text("Zonder tikfout")
    expect(phone.locator("[data-say]")).to_have_text("De begeleider verbeterde een tekst. Uw antwoorden staan er nog.")

    cockpit.bring_to_front()
    cockpit.get_by_label("Bericht aan alle telefoons").and_(cockpit.locator("textarea")).fill("Nog even volhouden!")
    cockpit.get_by_role("button", name="Stuur").click()
    expect(cockpit.get_by_text("Het bericht staat op alle telefoons.")).to_be_visible()
    for each in (phone, other):
        expect(each.locator("[data-message]")).to_contain_text("Van de begeleider: Nog even volhouden!")
    expect(tenth.locator("input:checked")).to_have_count(2)
    expect(tenth.locator("input[value='4']").first).to_be_checked()
    expect(tenth.locator("input[value='2']").last).to_be_checked()
    expect(focused).to_be_focused()
    # The title above it became shorter: what one looks at stays where it is.
    assert focused.evaluate(place) == pytest.approx(stood, abs=1)
    is_live(cockpit)
    cockpit.locator("[data-message-now]").get_by_role("button", name="Haal weg").click()
    for each in (phone, other):
        expect(each.locator("[data-message]")).to_be_empty()
    assert stored(workshop) == {(10, "impact"): 4, (10, "uncertainty"): 2}


def test_a_municipality_added_while_a_latecomer_fills_in_the_form_takes_nothing_from_it(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    make_municipality("0777")  # Etten-Leur
    cockpit = room.cockpit(workshop)
    early, late = room.phone(), room.phone()
    early.goto(f"/m/{workshop.join_token}/")
    early.get_by_label("Bedrijf").check(force=True)
    early.get_by_label("Anders", exact=True).check(force=True)
    cockpit.get_by_role("link", name="Gemeenten en medebegeleiders").click()
    cockpit.wait_for_url("**/people/")  # loaded: from here on the search answers while one types
    cockpit.get_by_label("Zoek een gemeente").press_sequentially("etten")
    cockpit.get_by_role("button", name="Etten-Leur").click()
    expect(cockpit.get_by_text("Etten-Leur doet mee.")).to_be_visible()
    early.get_by_role("button", name="Doe mee").click()
    is_at(early, 1)
    tap(early, "3")
    saved(early)
    # The own municipality is there now: who answered already may still take it, until the round is closed.
    early.locator("[data-go=overview]").click()
    early.get_by_role("link", name="Wijzig uw gemeente of groep").click()
    expect(early.get_by_label("Bedrijf")).to_be_checked()
    early.get_by_label("Etten-Leur").check(force=True)
    early.get_by_role("button", name="Bewaar de wijziging").click()
    expect(question(early).locator("input[value='3']")).to_be_checked()
    late.goto(f"/m/{workshop.join_token}/")
    late.get_by_label("Etten-Leur").check(force=True)
    late.get_by_label("Inwoner").check(force=True)
    late.get_by_role("button", name="Doe mee").click()
    is_at(late, 1)
    cockpit.goto(cockpit_address(workshop))
    row = cockpit.locator(".cockpit-bars tbody tr").filter(has_text="Etten-Leur")
    expect(row).to_contain_text("0 van 2")
    people = Participant.objects.filter(workshop=workshop).order_by("sequence")
    assert [(each.municipality_code, each.group) for each in people] == [("0777", "bedrijf"), ("0777", "inwoner")]
    assert stored(workshop) == {(1, "impact"): 3}
