"""The result on a phone in a real browser: it comes by itself, has no barrier, and goes again when it is hidden."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from config.site import Site
from tests.browser.axe import violations
from workshops.models import Participant, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, hide_stage, open_stage, reveal_stage
from workshops.votes import store_form

WAIT = 20_000


def come_in(page: Page, workshop: Workshop) -> Participant:
    page.goto(f"/m/{workshop.join_token}/?gemeente=0748")
    page.get_by_label("Inwoner").check(force=True)
    page.get_by_role("button", name="Doe mee").click()
    page.wait_for_url("**/room/**")
    return Participant.objects.filter(workshop=workshop).latest("sequence")


def answered(workshop: Workshop, me: Participant) -> Stage:
    """The open round: six others answered everything, I answered two of the trends."""
    stage = open_stage(workshop.stages.get())
    items = list(stage.items.all())
    for person in range(6):
        answers = [
            (item.pk, key, 1 + (item.number * step + person % 2) % 5)
            for item in items
            for key, step in (("impact", 2), ("uncertainty", 3))
        ]
        store_form(join(workshop, "0503", "bedrijf"), stage, answers)
    store_form(me, stage, [(item.pk, "impact", 1) for item in items[:2]])
    return stage


def test_the_result_comes_by_itself_and_every_view_is_accessible(
    browser: Browser, site: Site, workshop: Workshop
) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 740}, locale="nl-NL", base_url=site.url)
    page = context.new_page()
    stage = close_stage(answered(workshop, come_in(page, workshop)))
    expect(page.get_by_role("heading", level=1)).to_have_text("De ronde is gesloten", timeout=WAIT)
    stage = reveal_stage(stage)
    expect(page.get_by_role("heading", level=1)).to_have_text("U en de zaal", timeout=WAIT)
    expect(page.get_by_role("radio", name="Grootste verschil")).to_be_checked()
    for name, heading, scheme in (
        ("Grootste verschil", "Hier verschilt u het meest van de zaal", "light"),
        ("De zaal", "wegen zwaar", "dark"),
        ("Alle 21", "Alle trends", None),
        ("Tabel", "Hoeveel mensen elk cijfer gaven", "dark"),
    ):
        page.get_by_role("radio", name=name).check()
        expect(page.locator(".own-view:visible")).to_have_count(1)
        expect(page.locator(".own-view:visible h2")).to_contain_text(heading)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        if scheme:  # all trends are drawn as the furthest are
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == []
    hide_stage(stage)
    expect(page.get_by_role("heading", level=1)).to_have_text("De ronde is gesloten", timeout=WAIT)
    context.close()


def test_the_views_go_by_keyboard_and_a_hidden_result_leads_back(
    browser: Browser, site: Site, workshop: Workshop
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="nl-NL", base_url=site.url)
    page = context.new_page()
    stage = reveal_stage(answered(workshop, come_in(page, workshop)))
    address = f"/room/{workshop.public_id}/result/{stage.pk}/"
    page.goto(address)
    expect(page.get_by_text("tussenstand", exact=False).first).to_be_visible(timeout=WAIT)
    first = page.get_by_role("radio", name="Grootste verschil")
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="De zaal")).to_be_focused()
    expect(page.get_by_role("img", name="Matrix van invloed en onzekerheid")).to_be_visible()
    hide_stage(stage)
    page.wait_for_url(f"**/room/{workshop.public_id}/", timeout=WAIT)
    expect(page.get_by_text("De uitslag van deze ronde is nu niet te zien.")).to_be_visible()
    context.close()
