"""Only keys, from the front page to the result and through the cockpit: each stop can be seen, no focus is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Locator, Page, expect

from config.site import Site
from tests.browser.contexts import Contexts
from tests.browser.tour_room import Room
from workshops import tasks
from workshops.models import Vote
from workshops.participants import join

# What has the focus shows it: itself, or for a radio button that is drawn as a large target, what stands for it.
SEEN = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at.id === "main") return true;
  const candidates = [at, at.nextElementSibling, at.closest("label")].filter(Boolean);
  return candidates.some((each) => {
    const style = getComputedStyle(each);
    const box = each.getBoundingClientRect();
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 4 && box.height > 4
      && style.opacity !== "0";
  });
}"""
WHAT = "() => document.activeElement.outerHTML.slice(0, 200)"
IS_FOCUSED = "element => element === document.activeElement"


@pytest.fixture
def contexts(site: Site, live_db: None, browser: Browser) -> Iterator[Contexts]:
    contexts = Contexts(browser, site.url, Room("nl", whole=False))
    yield contexts
    contexts.close()


def tab_to(page: Page, wanted: Locator, most: int = 60) -> None:
    """Press Tab until it has the focus; every stop on the way can be seen."""
    expect(wanted).to_be_visible()
    for _ in range(most):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), f"one can't see the focus: {page.evaluate(WHAT)}"
        if wanted.evaluate(IS_FOCUSED):
            return
    raise AssertionError(f"Tab doesn't lead to {wanted}; it ended at {page.evaluate(WHAT)}")


def test_a_participant_joins_votes_and_reads_the_result_with_keys_alone(contexts: Contexts) -> None:
    workshop = contexts.room.workshop
    others = list(workshop.participants.values_list("pk", flat=True))
    page = contexts.page("anybody")
    page.goto("/")
    tab_to(page, page.locator("input[name=code]"))
    page.keyboard.type(workshop.code)
    page.keyboard.press("Enter")
    tab_to(page, page.locator("input[name=municipality]").first)
    page.keyboard.press("Space")
    tab_to(page, page.locator("input[name=group]").first)
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="Doe mee"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/room/**")
    contexts.room.lead_to("open")

    first = page.locator(".ask:not([hidden]) fieldset").first
    tab_to(page, first.locator("input").first)
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    status = first.locator(".status")
    expect(status).to_have_attribute("data-status", "counted", timeout=20_000)
    assert page.evaluate("document.activeElement.value") == "3"
    tab_to(page, page.locator("[data-go=next]"))
    page.keyboard.press("Enter")
    expect(page.locator("#t2")).to_be_focused()
    votes = Vote.objects.filter(participant__workshop=workshop).exclude(participant__in=others)
    assert votes.values_list("value", flat=True).get() == 3

    contexts.room.lead_to("closed")
    expect(page.locator("[data-vote]")).to_have_count(0, timeout=20_000)
    contexts.room.lead_to("revealed")
    shown = page.locator("input[type=radio]:checked").first
    expect(shown).to_be_attached(timeout=20_000)
    tab_to(page, shown)
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("radio", name="Tabel")).to_be_focused()
    expect(page.get_by_role("table").first).to_be_visible()


def test_a_facilitator_runs_the_round_with_keys_alone_and_keeps_the_focus(contexts: Contexts) -> None:
    workshop = contexts.room.workshop
    page = contexts.page("facilitator")
    page.goto("/workshops/")
    tab_to(page, page.locator(f'a[href="/workshops/{workshop.public_id}/"]').first, 120)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/workshops/{workshop.public_id}/")
    button = page.locator("#main-action")
    tab_to(page, button)
    expect(button).not_to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    expect(page.locator(".cockpit-status")).to_have_attribute("data-state", "open", timeout=20_000)
    expect(button).to_be_focused()

    # People come in while the facilitator stands at the button: it stays where it is.
    before = button.get_attribute("formaction") or ""
    join(workshop, "0503", "inwoner")
    with transaction.atomic():
        transaction.on_commit(lambda: tasks.show(workshop.pk))
    expect(page.locator(".cockpit-stream dd").first).to_have_text(str(workshop.participants.count()), timeout=20_000)
    expect(button).to_be_focused()
    expect(button).not_to_have_attribute("aria-disabled", "true")
    expect(button).to_have_attribute("formaction", before)
    page.keyboard.press("Enter")
    expect(button).not_to_have_attribute("formaction", before, timeout=20_000)
    expect(button).to_be_focused()


def test_every_stop_of_the_public_pages_can_be_seen(contexts: Contexts) -> None:
    page = contexts.page("anybody")
    for address in ("/trends/", "/scenarios/", "/scenarios/ikhoven/", "/accounts/login/"):
        page.goto(address)
        page.keyboard.press("Tab")
        expect(page.locator(".skip-link")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#main")).to_be_focused()
        for _ in range(60):
            page.keyboard.press("Tab")
            assert page.evaluate(SEEN), f"{address}: one can't see the focus: {page.evaluate(WHAT)}"
            if page.evaluate("document.activeElement === document.body"):
                break
