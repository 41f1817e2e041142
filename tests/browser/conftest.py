"""A phone in an open round of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from config.site import Site
from tests.browser.phone import new_phone
from tests.browser.room import Room
from tests.factories import make_workshop
from workshops.models import Stage, Workshop
from workshops.rounds import open_stage

# A busy machine is no reason to fail: nothing waits longer than it has to.
expect.set_options(timeout=15_000)


@pytest.fixture
def workshop(live_db: None, site: Site) -> Workshop:
    return make_workshop()


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    """The workshop's round, open."""
    return open_stage(workshop.stages.get())


@pytest.fixture
def phone_context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = new_phone(browser, site)
    yield context
    context.close()


@pytest.fixture
def phone(phone_context: BrowserContext) -> Page:
    return phone_context.new_page()


@pytest.fixture
def room(browser: Browser, site: Site) -> Iterator[Room]:
    """Laptops, screens and phones, as many as a test needs."""
    room = Room(browser, site)
    yield room
    room.close()
