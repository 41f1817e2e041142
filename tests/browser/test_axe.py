"""axe in a real browser on every page in every state (the English walk is in ``test_axe_english.py``); and nothing
sticks out at 320 pixels."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch

from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Browser

from config.site import Site
from tests.browser.axe import faults_on_the_tour
from tests.browser.tour import STOPS

# Addresses without a page of their own, and why.
NO_PAGE = {
    "after-login": "leads on",
    "health": "for machines",
    "set_language": "leads back",
    "report-file": "a file",
    "report-build": "leads back",
    "report-progress": "a part of the report's page",
    "join-by-code": "leads on, or back to the front page with what is wrong",
    "room-main": "a part of the room",
    "room-signal": "leads back to the room",
    "room-contribution": "leads back to the room",
    "room-ideas": "leads back to the room",
    "room-ideas-similar": "a part of the room",
    "ideas-support": "leads back to the cockpit",
    "axes-pick": "leads back to the cockpit, or to axes-choose",
    "axes-default": "leads back to the cockpit",
    "axes-undo": "leads back to the cockpit",
    "axes-again": "leads back to axes-choose",
    "room-continue": "leads to the room",
    "vote": "leads back to the room",
    "screen-main": "a part of the screen",
    "cockpit-live": "a part of the cockpit",
    "workshop-check-*": "a part of the check's page",
    "message-*": "leads back to the cockpit",
    "municipality-*": "leads back to the people's page",
    "co-host-*": "leads back to the people's page",
    "plan-*": "leads back to the plan's page",
    "own-plan-rename": "leads back to the list of plans",
    "item-*": "leads back to the round's page",
    "items-undo": "leads back to the round's page",
    "items-fill-from": "leads back to the round's page, or shows items-fill with what is wrong",
    "criterion-*": "leads back to the round's page",
    "own-scenario-*": "leads back to the room's scenarios",
    "agenda-line-*": "leads back to the agenda, or is a part of it",
    "variant-remove": "leads back to the variants",
    "stage-*": "leads back to the cockpit",
    "projector-*": "leads back to the cockpit",
    # Of allauth: what is switched off, leads on, or needs a link from an e-mail (its form is that of password-change).
    "account_confirm_email": "e-mail addresses are not confirmed",
    "account_email_verification_sent": "e-mail addresses are not confirmed",
    "account_confirm_login_code": "codes by e-mail are off",
    "account_set_password": "only for accounts of a log-in elsewhere",
    "account_reset_password_from_key": "by a link in an e-mail",
    "mfa_download_recovery_codes": "a file",
    "mfa_authenticate": "after the first step of logging in",
    "mfa_reauthenticate": "once two steps are on",
    "mfa_deactivate_totp": "once two steps are on",
    "mfa_view_recovery_codes": "once two steps are on",
    "mfa_generate_recovery_codes": "once two steps are on",
    "invitation": "by a link in an e-mail",
    "socialaccount_*": "of a log-in elsewhere, where one is set up",
    "openid_connect_*": "of a log-in elsewhere, where one is set up",
}


def test_axe_finds_nothing_on_any_page_in_any_state(site: Site, live_db: None, browser: Browser) -> None:
    assert faults_on_the_tour(browser, site, "nl") == []


def test_every_page_is_on_the_tour() -> None:
    missing = set(names(get_resolver().url_patterns)) - {stop.url for stop in STOPS}
    assert {name for name in missing if not any(fnmatch(name, known) for known in NO_PAGE)} == set()


def names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    """Every named address but Django's own administration."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield pattern.name
        elif pattern.namespace != "admin":
            yield from names(pattern.url_patterns)
