"""The pages that change a running workshop, in a real browser: nothing typed is lost, and everybody can use them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from config.site import Site
from tests.browser.axe import violations
from tests.factories import make_facilitator
from workshops import editing, items, messages
from workshops.models import Stage, Workshop
from workshops.participants import join
from workshops.preparing import Round, prepare

Scheme = Literal["light", "dark"]


def desk(
    browser: Browser, site: Site, workshop: Workshop, width: int = 1280, scheme: Scheme = "light", script: bool = True
) -> BrowserContext:
    """A browser in which the owner is logged in."""
    client = Client()
    client.force_login(workshop.owner)
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        locale="nl-NL",
        base_url=site.url,
        color_scheme=scheme,
        java_script_enabled=script,
    )
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site.url}])
    context.set_default_timeout(15_000)
    return context


@pytest.fixture
def page(browser: Browser, site: Site, workshop: Workshop) -> Iterator[Page]:
    context = desk(browser, site, workshop)
    yield context.new_page()
    context.close()


@pytest.fixture
def prepared(workshop: Workshop, stage: Stage) -> Stage:
    """A wind tunnel that comes after the open round."""
    return prepare(workshop, Round("windtunnel"), 2)


def base(workshop: Workshop) -> str:
    return f"/workshops/{workshop.public_id}/"


def test_a_typo_is_mended_while_something_else_is_being_typed(page: Page, workshop: Workshop, stage: Stage) -> None:
    first, second = stage.items.order_by("number")[:2]
    page.goto(f"{base(workshop)}stages/{stage.pk}/edit/")
    page.locator(f"#item-{second.pk}-summary").click()
    page.locator(f"#item-{second.pk}-title").fill("Half getypt")
    page.locator(f"#item-{first.pk}-summary").click()
    title = page.locator(f"#item-{first.pk}-title")
    title.fill("")
    page.locator(f"#item-{first.pk}-save").click()
    expect(page.get_by_text("Geef een titel.")).to_be_visible()
    expect(title).to_be_focused()
    title.fill("Kennis voor iedereen")
    page.locator(f"#item-{first.pk}-save").click()
    expect(page.locator(f"#item-{first.pk}").get_by_text("Bewaard.")).to_be_visible()
    expect(page.locator("#said")).to_have_text("Bewaard.")
    expect(page.locator(f"#item-{first.pk}-save")).to_be_focused()
    expect(page.locator(f"#item-{second.pk}-title")).to_have_value("Half getypt")
    page.locator("#item-new-title").fill("Eenzaamheid")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.locator("#items > li")).to_have_count(22)
    expect(page.locator("#items > li").last).to_contain_text("Eenzaamheid")
    expect(page.locator("#item-new-title")).to_have_value("")
    expect(page.locator(f"#item-{second.pk}-title")).to_have_value("Half getypt")
    page.locator(f"#item-{first.pk}-restore").click()
    expect(page.locator(f"#item-{first.pk}-summary")).to_contain_text("Democratisering van kennis en technologie")


def test_items_change_places_by_keyboard_while_something_is_being_typed(
    page: Page, workshop: Workshop, prepared: Stage
) -> None:
    first, second, third = prepared.items.order_by("number")[:3]
    rows = page.locator("#items > li")
    page.goto(f"{base(workshop)}stages/{prepared.pk}/edit/")
    page.locator(f"#item-{first.pk}-summary").click()
    page.locator(f"#item-{first.pk}-title").fill("Half getypt")
    page.locator(f"#item-{third.pk}-up").focus()
    for place in (1, 0):
        page.keyboard.press("Enter")
        expect(rows.nth(place)).to_have_attribute("data-item", str(third.pk))
        expect(page.locator(f"#item-{third.pk}-up")).to_be_focused()
    expect(page.locator("#said")).to_contain_text("staat nu op plaats 1")
    expect(page.locator(f"#item-{third.pk}-up")).to_have_attribute("aria-disabled", "true")
    expect(rows.nth(2).locator(".item-number")).to_have_text("3")
    page.locator(f"#item-{second.pk}-summary").click()
    page.locator(f"#item-{second.pk}").get_by_role("button", name="Haal weg").click()
    expect(rows).to_have_count(11)
    expect(rows.nth(2).locator("summary")).to_be_focused()
    expect(page.locator(f"#item-{first.pk}-title")).to_have_value("Half getypt")
    page.get_by_role("button", name="Zet de vorige lijst terug").click()
    expect(rows).to_have_count(12)
    expect(page.get_by_text("De vorige lijst staat er weer.")).to_be_visible()


def test_a_file_with_errors_is_explained_and_a_good_one_is_read(
    page: Page, workshop: Workshop, prepared: Stage
) -> None:
    page.goto(f"{base(workshop)}stages/{prepared.pk}/edit/")
    page.get_by_role("link", name="Vul de lijst").click()
    field, read = page.get_by_label("CSV-bestand"), page.get_by_role("button", name="Lees het bestand")
    broken = b"titel,tekst\nStilte,\n,leeg\nstilte,\n"
    field.set_input_files({"name": "t.csv", "mimeType": "text/csv", "buffer": broken})
    read.click()
    expect(page.get_by_text("regel 3: de titel is leeg")).to_be_visible()
    expect(page.get_by_text("regel 4: ‘stilte’ staat ook op regel 2")).to_be_visible()
    field.set_input_files({"name": "t.csv", "mimeType": "text/csv", "buffer": b"titel,tekst\nStilte,Rust.\n"})
    read.click()
    expect(page.get_by_text("Er staan er nu 13 in.")).to_be_visible()
    expect(page.locator("#items > li").last).to_contain_text("Stilte")


def test_a_municipality_is_found_while_one_types_and_added(page: Page, workshop: Workshop) -> None:
    page.goto(f"{base(workshop)}people/")
    page.get_by_label("Zoek een gemeente").press_sequentially("etten")
    page.get_by_role("button", name="Etten-Leur").click()
    expect(page.get_by_text("Etten-Leur doet mee.")).to_be_visible()
    page.get_by_role("button", name="Haal weg Etten-Leur").click()
    expect(page.get_by_text("Etten-Leur staat niet meer op de lijst.")).to_be_visible()


def test_a_message_is_counted_filled_in_and_sent(page: Page, workshop: Workshop) -> None:
    page.goto(f"{base(workshop)}message/")
    page.get_by_role("button", name="Kijk even naar het scherm.").click()
    field = page.get_by_label("Bericht aan alle telefoons").and_(page.locator("textarea"))
    expect(field).to_have_value("Kijk even naar het scherm.")
    expect(field).to_be_focused()
    expect(page.get_by_text("26 van 200 tekens")).to_be_visible()
    page.get_by_role("button", name="Stuur").click()
    expect(page.get_by_text("Het bericht staat op alle telefoons.")).to_be_visible()


def test_a_waiting_phone_shows_the_new_question_by_itself(browser: Browser, site: Site, workshop: Workshop) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="nl-NL", base_url=site.url)
    phone = context.new_page()
    phone.goto(f"/m/{workshop.join_token}/?gemeente=0748")
    phone.get_by_label("Inwoner").check(force=True)
    phone.add_init_script(
        "document.addEventListener('live:state', () => { document.documentElement.dataset.heard = ''; })"
    )
    phone.get_by_role("button", name="Doe mee").click()
    expect(phone.get_by_text(workshop.focal_question)).to_be_visible()
    expect(phone.locator("html[data-heard]")).to_have_count(1)
    changed = {"title": workshop.title, "date": workshop.date, "starts_at": None}
    editing.edit_workshop(workshop, None, focal_question="Wie zorgt in 2041 voor wie?", **changed)
    expect(phone.get_by_text("Wie zorgt in 2041 voor wie?")).to_be_visible()
    context.close()


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_every_page_is_accessible_and_fits(
    browser: Browser, site: Site, workshop: Workshop, stage: Stage, prepared: Stage, width: int, scheme: Scheme
) -> None:
    workshop.co_hosts.add(make_facilitator(first_name="Bram", last_name="Smit"))
    item = items.add(stage, "Eenzaamheid onder jongeren", "", workshop.owner)
    items.mend(stage.items.get(number=1), "Kennis voor iedereen", "Kort.", workshop.owner)
    messages.send(workshop, "Over 5 minuten gaan we verder.", workshop.owner)
    join(workshop, "0748", "inwoner")
    context = desk(browser, site, workshop, width, scheme)
    page = context.new_page()
    found, wide = [], []
    items.mend(prepared.items.get(number=1), "De binnenstad", "Kort.", None, instead="minder winkels")
    addresses = ["edit/", "people/?search=ber", "message/", f"stages/{stage.pk}/edit/#item-{item.pk}"]
    addresses += [f"stages/{prepared.pk}/edit/#item-new-title", f"stages/{prepared.pk}/items/fill/"]
    for address in addresses:
        page.goto(base(workshop) + address)
        if "#item-" in address:
            page.locator("#questions summary").first.click()
            page.locator("details summary").first.click()
            page.locator("details summary").last.click()
            page.locator("#item-new-title").fill(" ")
            page.get_by_role("button", name="Voeg toe").click()
            expect(page.get_by_text("Geef een titel.")).to_be_visible()
        found += [f"{address}: {each}" for each in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)
    context.close()
    assert (found, wide) == ([], [])


def test_without_javascript_words_are_mended_and_items_moved_too(
    browser: Browser, site: Site, workshop: Workshop, stage: Stage, prepared: Stage
) -> None:
    context = desk(browser, site, workshop, 360, script=False)
    page = context.new_page()
    page.goto(f"{base(workshop)}stages/{stage.pk}/edit/")
    item = stage.items.order_by("number")[0]
    page.locator(f"#item-{item.pk}-summary").click()
    page.locator(f"#item-{item.pk}-title").fill("Kennis voor iedereen")
    page.locator(f"#item-{item.pk}-save").click()
    expect(page.get_by_text("Bewaard. Op alle telefoons staat nu de nieuwe tekst.")).to_be_visible()
    expect(page.locator(f"#item-{item.pk}-summary")).to_contain_text("Kennis voor iedereen")
    first = prepared.items.order_by("number")[0]
    page.goto(f"{base(workshop)}stages/{prepared.pk}/edit/")
    page.locator(f"#item-{first.pk}-down").click()
    expect(page.locator(f"#items > li:nth-child(2)#item-{first.pk}")).to_be_visible()
    context.close()
