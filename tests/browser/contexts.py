"""A browser for everybody in a room: logged in, joined, or neither."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page

from municipalities.models import User
from tests.browser.tour_room import Room, Who
from workshops.identity import cookie_name, seal

SIZES: dict[Who, tuple[int, int]] = {
    "anybody": (360, 740),
    "participant": (360, 740),
    "facilitator": (1280, 800),
    "civil servant": (1280, 800),
    "staff": (1280, 800),
}


class Contexts:
    """A browser's context for each role: logged in, joined, or neither."""

    def __init__(self, browser: Browser, url: str, room: Room, **options: Any) -> None:
        self.browser, self.url, self.room, self.options = browser, url, room, options
        self.pages: dict[Who, Page] = {}

    def page(self, who: Who) -> Page:
        """The one page of this role."""
        if who not in self.pages:
            self.pages[who] = self.context(who).new_page()
        return self.pages[who]

    def context(self, who: Who) -> BrowserContext:
        locale = "en-GB" if self.room.language == "en" else "nl-NL"
        width, height = SIZES[who]
        context = self.browser.new_context(
            base_url=self.url, locale=locale, viewport={"width": width, "height": height}, **self.options
        )
        context.set_default_timeout(20_000)
        if who == "participant":
            for person in self.room.on_phone:
                workshop = person.workshop
                name, value = cookie_name(workshop.public_id), seal(workshop.public_id, person.pk)
                context.add_cookies([{"name": name, "value": value, "url": self.url}])
        elif who != "anybody":
            log_in(context, self.url, self.room.people[who])
        return context

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()


def log_in(context: BrowserContext, url: str, user: User) -> None:
    """Give a browser the session of an account that has just given its password."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])
