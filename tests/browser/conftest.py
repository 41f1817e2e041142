"""A phone in an open round of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from config.site import Site
from tests.browser.phone import new_phone
from tests.factories import make_workshop
from workshops.models import Stage, Workshop
from workshops.rounds import open_stage


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
