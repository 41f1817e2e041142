"""Ideas in browsers: written on a phone with and without a connection, sorted on the board by two facilitators at once,
shown on the screen, and supported."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from municipalities.models import User
from tests.browser.axe import violations
from tests.browser.phone import come_in, said
from tests.browser.room import Room
from tests.factories import make_facilitator, make_workshop
from tests.workshops.ideas_room import PRICE, choose, options, propose, titles
from workshops import idea_options
from workshops.idea_options import version
from workshops.models import Idea, Stage, Vote, Workshop
from workshops.rounds import close_stage, open_stage, reopen_stage

TITLE = "Open in elke wijk een buurthuis"


@pytest.fixture
def workshop(live_db: None, site: object) -> Workshop:
    return make_workshop(rounds=["ideas", "trends"])


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get(kind="ideas"))


def found(stage: Stage) -> list[str]:
    return list(stage.ideas.order_by("pk").values_list("title", flat=True))


def ready(phone: Page) -> None:
    """The script is there: it drew its own list."""
    expect(phone.locator(".idea-unsent")).to_have_count(1)


def write(phone: Page, title: str = TITLE, price: str = PRICE) -> None:
    phone.get_by_label("Uw idee").first.fill(title)
    phone.get_by_label("Ten koste van").first.fill(price)


def send(phone: Page) -> None:
    phone.locator("[data-propose]").click()


def own(phone: Page, title: str = TITLE) -> Locator:
    """One's own idea, as the server has it."""
    return phone.locator("[data-own-ideas] li").filter(has_text=title)


def kept(phone: Page) -> Locator:
    """What only this phone has."""
    return phone.locator(".idea-unsent li")


# The phone


def test_an_idea_is_sent_and_stands_there_after_a_reload(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    ready(phone)
    write(phone)
    send(phone)
    expect(own(phone)).to_contain_text("De begeleider leest het nog.")
    expect(phone.locator("[data-idea-said]")).to_have_text("Uw idee is ontvangen.")
    expect(phone.get_by_label("Uw idee").first).to_have_value("")
    assert found(stage) == [TITLE]
    phone.reload()
    expect(own(phone)).to_be_visible()
    assert violations(phone) == []


def test_the_keyboard_alone_writes_and_sends(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    ready(phone)
    phone.get_by_label("Uw idee").first.focus()
    phone.keyboard.type("Plant bomen")
    phone.keyboard.press("Enter")
    expect(phone.get_by_label("Ten koste van").first).to_be_focused()
    phone.keyboard.type("minder gras")
    phone.keyboard.press("Enter")
    expect(own(phone, "Plant bomen")).to_be_visible()
    expect(phone.get_by_label("Uw idee").first).to_be_focused()


def test_without_a_price_it_says_what_is_missing(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    ready(phone)
    write(phone, price="")
    send(phone)
    expect(phone.locator("[data-idea-said]")).to_have_text("Zeg ook wat het kost: ten koste waarvan?")
    expect(phone.get_by_label("Ten koste van").first).to_be_focused()
    assert found(stage) == []


def test_what_is_written_without_a_connection_arrives_once_there_is_one(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    ready(phone)
    phone_context.set_offline(True)
    for title in (TITLE, "Plant bomen"):
        write(phone, title)
        send(phone)
    expect(kept(phone)).to_have_count(2)
    expect(kept(phone).first).to_contain_text("op uw telefoon bewaard")
    assert found(stage) == []
    phone_context.set_offline(False)
    expect(own(phone, "Plant bomen")).to_be_visible(timeout=30_000)
    expect(kept(phone)).to_have_count(0)
    assert found(stage) == [TITLE, "Plant bomen"]


def test_what_was_typed_and_what_was_sent_survive_a_killed_tab(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    ready(phone)
    phone_context.set_offline(True)
    write(phone)
    send(phone)
    expect(kept(phone)).to_have_count(1)
    phone.get_by_label("Uw idee").first.fill("Half geschr")
    phone.close(run_before_unload=False)
    phone_context.set_offline(False)
    again = phone_context.new_page()
    again.goto(f"/room/{workshop.public_id}/")
    expect(own(again)).to_be_visible()
    expect(again.get_by_label("Uw idee").first).to_have_value("Half geschr")
    assert found(stage) == [TITLE]


def test_the_page_says_what_is_alike_and_never_what_others_wrote(phone: Page, workshop: Workshop, stage: Stage) -> None:
    options(stage, "Maak de bus gratis")
    propose(stage, "Sluit het zwembad")
    come_in(phone, workshop)
    ready(phone)
    hint = phone.locator("[data-similar-list]")
    phone.get_by_label("Uw idee").first.fill("Gratis bus maken")
    expect(hint).to_contain_text("Dit lijkt al te bestaan")
    expect(hint).to_contain_text("‘Maak de bus gratis’ (al gekozen)")
    assert violations(phone) == []
    phone.get_by_label("Uw idee").first.fill("Sluit het zwembad")
    expect(hint).to_be_empty()


def test_an_author_hears_what_became_of_an_idea_while_writing_the_next(
    phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    ready(phone)
    write(phone)
    send(phone)
    expect(own(phone)).to_be_visible()
    phone.get_by_label("Uw idee").first.press_sequentially("Plant bo")
    choose(stage, stage.ideas.get(), propose(stage, "Buurthuis openen"), title="Open de buurthuizen")
    expect(own(phone)).to_contain_text("Samengevoegd met andere ideeën: ‘Open de buurthuizen’")
    expect(said(phone)).to_have_text("Er is iets gebeurd met een van uw ideeën.")
    phone.get_by_label("Uw idee").first.press_sequentially("men")
    expect(phone.get_by_label("Uw idee").first).to_have_value("Plant bomen")
    expect(phone.locator("body")).not_to_contain_text("Buurthuis openen")


def test_ones_own_waiting_idea_is_changed_and_taken_back(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    ready(phone)
    write(phone)
    send(phone)
    expect(own(phone)).to_be_visible()
    own(phone).locator("summary").click()
    own(phone).get_by_label("Uw idee").fill("Open twee buurthuizen")
    own(phone).get_by_role("button", name="Bewaar").click()
    expect(own(phone, "Open twee buurthuizen").locator(".idea-title")).to_have_text("Open twee buurthuizen")
    own(phone, "Open twee buurthuizen").locator("summary").click()
    own(phone, "Open twee buurthuizen").get_by_role("button", name="Haal terug").click()
    expect(own(phone, "Open twee")).to_have_count(0)
    assert found(stage) == []


def test_what_comes_too_late_says_so(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    options(stage, "Plant bomen")
    come_in(phone, workshop)
    ready(phone)
    phone_context.set_offline(True)
    write(phone)
    send(phone)
    expect(kept(phone)).to_have_count(1)
    idea_options.open_support(stage, None)
    phone_context.set_offline(False)
    expect(said(phone)).to_contain_text(f"Niet meegenomen: {TITLE}.", timeout=30_000)
    expect(phone.get_by_role("heading", name="Welke keuzes steunt u?")).to_be_visible(timeout=30_000)
    assert found(stage) == ["Plant bomen"]


def test_the_form_works_without_scripts(room: Room, workshop: Workshop, stage: Stage) -> None:
    plain = room.phone(java_script_enabled=False)
    come_in(plain, workshop)
    write(plain)
    send(plain)
    expect(plain.locator(".messages")).to_contain_text("Uw idee is ontvangen.")
    expect(own(plain)).to_contain_text("De begeleider leest het nog.")
    own(plain).locator("summary").click()
    own(plain).get_by_role("button", name="Haal terug").click()
    expect(plain.locator(".messages")).to_contain_text("Uw idee is weggehaald.")
    assert found(stage) == []


def test_a_closed_round_that_opens_again_still_has_the_words(
    phone_context: BrowserContext, phone: Page, workshop: Workshop, stage: Stage
) -> None:
    come_in(phone, workshop)
    ready(phone)
    phone.get_by_label("Uw idee").first.fill("Half geschreven")
    close_stage(stage)
    expect(phone.get_by_role("heading", name="De ronde is gesloten")).to_be_visible(timeout=30_000)
    reopen_stage(Stage.objects.get(pk=stage.pk))
    expect(phone.get_by_label("Uw idee").first).to_have_value("Half geschreven", timeout=30_000)


def test_withdrawing_takes_the_ideas_away_here_too(phone: Page, workshop: Workshop, stage: Stage) -> None:
    come_in(phone, workshop)
    ready(phone)
    write(phone)
    send(phone)
    expect(own(phone)).to_be_visible()
    phone.get_by_label("Uw idee").first.fill("Nog een")
    phone.goto(f"/room/{workshop.public_id}/leave/?step=withdraw")
    expect(phone.locator(".leave-list")).to_contain_text("1 antwoord in ‘Wat kunnen wij doen?’")
    phone.get_by_role("button", name="Trek mijn antwoorden in").click()
    phone.wait_for_url(f"**/room/{workshop.public_id}/*")
    ready(phone)
    expect(phone.get_by_label("Uw idee").first).to_have_value("")
    assert found(stage) == []


# The board


def board(room: Room, stage: Stage, user: User | None = None) -> Page:
    page = room.laptop(user or stage.workshop.owner)
    page.goto(f"/workshops/{stage.workshop.public_id}/stages/{stage.pk}/ideas/")
    expect(page.get_by_role("heading", name="Ideeën uit de zaal")).to_be_visible()
    return page


def card(page: Page, title: str) -> Locator:
    return page.locator(".board-card").filter(
        has=page.locator(".board-title", has_text=re.compile(f"^{re.escape(title)}$"))
    )


def test_the_board_chooses_merges_splits_edits_orders_and_leaves_out_on_one_page(
    room: Room, workshop: Workshop, stage: Stage
) -> None:
    for title in ("Plant bomen op het plein", "Bomen planten op het plein", "Open en sluit", "Jan weg"):
        propose(stage, title)
    page = board(room, stage)
    page.evaluate("window.stays = true")
    assert violations(page) == []
    # Merging begins with the words of the first.
    card(page, "Plant bomen op het plein").locator("[data-tick]").check()
    card(page, "Bomen planten op het plein").locator("[data-tick]").check()
    expect(page.locator("[data-ticked]")).to_have_text("2 aangevinkt")
    page.locator("#merge-open").click()
    expect(page.locator("#merge-title")).to_have_value("Plant bomen op het plein")
    page.locator("#merge-title").fill("Plant bomen")
    page.locator("#merge-do").click()
    expect(page.locator(".board-option .board-title")).to_have_text(["Plant bomen"])
    expect(page.locator("[data-sentence]")).to_have_text("Samengevoegd in ‘Plant bomen’.")
    # Splitting.
    card(page, "Open en sluit").locator("summary", has_text="Splits").click()
    form = card(page, "Open en sluit").locator("[id^=split-] form")
    form.locator("[name=title]").fill("Open")
    form.locator("[name='title-2']").fill("Sluit")
    form.get_by_role("button").click()
    expect(page.locator(".board-option .board-title")).to_have_text(["Plant bomen", "Open", "Sluit"])
    # Leaving out, and back.
    card(page, "Jan weg").locator("summary", has_text="Neem niet mee").click()
    card(page, "Jan weg").locator("[name=reason]").fill("Er staat een naam in.")
    card(page, "Jan weg").get_by_role("button", name="Neem niet mee").click()
    expect(page.locator(".board-hidden")).to_contain_text("Niet meegenomen (1)")
    page.locator(".board-hidden > summary").click()
    card(page, "Jan weg").get_by_role("button", name="Laat weer wachten").click()
    expect(page.locator("#board-waiting")).to_contain_text("1")
    # Order, by the keyboard.
    card(page, "Sluit").get_by_role("button", name="Omhoog: Sluit").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".board-option .board-title")).to_have_text(["Plant bomen", "Sluit", "Open"])
    expect(card(page, "Sluit").get_by_role("button", name="Omhoog: Sluit")).to_be_focused()
    # Words, and back.
    card(page, "Open").locator("summary", has_text="Verander de woorden").click()
    card(page, "Open").locator("[name=title]").fill("Open het buurthuis")
    card(page, "Open").get_by_role("button", name="Bewaar").click()
    expect(page.locator(".board-option .board-title")).to_have_text(["Plant bomen", "Sluit", "Open het buurthuis"])
    card(page, "Plant bomen").get_by_role("button", name="Haal uit de lijst").click()
    expect(page.locator(".board-option .board-title")).to_have_text(["Sluit", "Open het buurthuis"])
    expect(page.locator(".board-group.is-alike .board-card")).to_have_count(2)
    assert page.evaluate("window.stays"), "the page was loaded anew"
    assert violations(page) == []


def test_what_comes_in_leaves_what_one_is_doing_as_it_is(room: Room, workshop: Workshop, stage: Stage) -> None:
    for title in ("Plant bomen", "Bouw huizen"):
        propose(stage, title)
    page = board(room, stage)
    card(page, "Bouw huizen").locator("[data-tick]").check()
    card(page, "Plant bomen").locator("summary", has_text="Verander en kies").click()
    field = card(page, "Plant bomen").locator("[id^=edit-] [name=title]")
    field.fill("Plant meer ")
    propose(stage, "Maak de bus gratis")
    expect(card(page, "Maak de bus gratis")).to_be_visible()
    field.press_sequentially("bomen")
    expect(field).to_have_value("Plant meer bomen")
    expect(field).to_be_focused()
    expect(card(page, "Bouw huizen").locator("[data-tick]")).to_be_checked()
    card(page, "Plant bomen").get_by_role("button", name="Kies met deze woorden").click()
    expect(page.locator(".board-option .board-title")).to_have_text(["Plant meer bomen"])


def test_two_facilitators_at_once_lose_nothing(room: Room, workshop: Workshop, stage: Stage) -> None:
    idea = propose(stage, "Plant bomen")
    propose(stage, "Bouw huizen")
    colleague = make_facilitator()
    workshop.co_hosts.add(colleague)
    one, two = board(room, stage), board(room, stage, colleague)
    card(one, "Plant bomen").locator("summary", has_text="Verander en kies").click()
    card(one, "Plant bomen").locator("[id^=edit-] [name=title]").fill("Plant veel bomen")
    card(two, "Plant bomen").get_by_role("button", name="Kies", exact=True).click()
    expect(two.locator(".board-option .board-title")).to_have_text(["Plant bomen"])
    # The first sees it come in, and what was typed is refused with a sentence.
    expect(one.locator(".board-option .board-title")).to_have_text(["Plant bomen"])
    assert titles(stage) == ["Plant bomen"]
    card(one, "Bouw huizen").get_by_role("button", name="Kies", exact=True).click()
    expect(two.locator(".board-option .board-title")).to_have_text(["Plant bomen", "Bouw huizen"])
    assert Idea.objects.get(pk=idea.pk).state == "chosen"


def test_what_changed_meanwhile_is_refused_with_a_sentence(room: Room, workshop: Workshop, stage: Stage) -> None:
    idea = propose(stage, "Plant bomen")
    page = board(room, stage)
    page.route("**/events", lambda route: route.abort())
    page.reload()
    Idea.objects.filter(pk=idea.pk).update(title="Kap bomen")
    card(page, "Plant bomen").get_by_role("button", name="Kies", exact=True).click()
    expect(page.locator("[data-sentence]")).to_have_text("Dit idee is intussen veranderd. Lees het opnieuw.")
    expect(card(page, "Kap bomen")).to_be_visible()
    assert titles(stage) == []


def test_the_board_works_without_scripts(room: Room, workshop: Workshop, stage: Stage) -> None:
    for title in ("Plant bomen", "Bouw huizen"):
        propose(stage, title)
    page = room.laptop(workshop.owner, java_script_enabled=False)
    page.goto(f"/workshops/{workshop.public_id}/stages/{stage.pk}/ideas/")
    for title in ("Plant bomen", "Bouw huizen"):
        card(page, title).locator("[data-tick]").check()
    page.locator("#merge-open").click()
    page.locator("#merge-do").click()
    expect(page.locator(".messages")).to_contain_text("Samengevoegd in ‘Plant bomen’.")
    assert titles(stage) == ["Plant bomen"]


# Through the room


def test_from_an_idea_to_the_support_of_the_room(room: Room, workshop: Workshop, stage: Stage) -> None:
    phone, screen, cockpit = room.phone(), room.screen(workshop), room.cockpit(workshop)
    come_in(phone, workshop)
    ready(phone)
    for title in ("Plant bomen", "Bouw huizen"):
        write(phone, title)
        send(phone)
        expect(own(phone, title)).to_be_visible()
    expect(screen.locator("#answered")).to_contain_text("2 ideeën binnen")
    expect(screen.locator("body")).not_to_contain_text("Plant bomen")
    expect(cockpit.locator("#main-action")).to_contain_text("2 ideeën wachten op u")
    cockpit.locator("#to-ideas").click()
    card(cockpit, "Plant bomen").get_by_role("button", name="Kies", exact=True).click()
    expect(screen.locator(".ideas-wide .ideas-title")).to_have_text(["Plant bomen"])
    expect(own(phone, "Plant bomen")).to_contain_text("Gekozen")
    hidden = Idea.objects.get(stage=stage, title="Bouw huizen")
    idea_options.hide(hidden, version(hidden), "Dit staat er al.", None)
    expect(own(phone, "Bouw huizen")).to_contain_text("Niet meegenomen: Dit staat er al.")
    cockpit.locator("#board-support").click()
    expect(phone.get_by_role("heading", name="Welke keuzes steunt u?")).to_be_visible(timeout=30_000)
    expect(phone.get_by_text("ten koste van minder parkeerplaatsen").first).to_be_visible()
    phone.get_by_role("button", name="Ik steun dit").click()
    expect(phone.get_by_role("button", name="U steunt dit")).to_have_attribute("aria-pressed", "true")
    expect(screen.locator("#answeredwide1")).to_contain_text("1 van de 1 mens")
    assert list(Vote.objects.filter(item__stage=stage).values_list("value", flat=True)) == [1]
