"""The walk of ``test_axe.py`` in English. By itself, so that the two walk side by side."""

from __future__ import annotations

from playwright.sync_api import Browser

from config.site import Site
from tests.browser.axe import faults_on_the_tour


def test_axe_finds_nothing_on_any_page_in_english(site: Site, live_db: None, browser: Browser) -> None:
    assert faults_on_the_tour(browser, site, "en") == []
