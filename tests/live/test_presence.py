"""The running site tells how many phones are there, and the cockpit hears of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import ExitStack

import httpx
import pytest

from config.site import Site
from tests.live.phone import Join, open_round
from workshops.live.tokens import cockpit_token
from workshops.models import Workshop
from workshops.presence import standing
from workshops.tasks import redis

pytestmark = pytest.mark.usefixtures("live_db")
Wait = Callable[..., None]


def phone_stream(site: Site, workshop: Workshop, stack: ExitStack) -> None:
    """An open phone stream, for as long as the stack."""
    client = stack.enter_context(httpx.Client(timeout=20))
    stack.enter_context(client.stream("GET", f"{site.url}/live/{workshop.public_id}/events"))


def test_open_phones_are_counted_and_forgotten_when_they_leave(site: Site, wait_until: Wait) -> None:
    workshop, _, _ = open_round()
    with ExitStack() as stack:
        for _ in range(3):
            phone_stream(site, workshop, stack)
        wait_until(lambda: standing(workshop.public_id).active == 3, 15)
    wait_until(lambda: standing(workshop.public_id).active == 0, 15)
    assert standing(workshop.public_id).connected


def test_screens_and_cockpits_are_no_phones(site: Site, wait_until: Wait) -> None:
    workshop, _, _ = open_round()
    with ExitStack() as stack:
        phone_stream(site, workshop, stack)
        for address in (f"screen/{workshop.screen_token}", f"cockpit/{cockpit_token(workshop)}"):
            client = stack.enter_context(httpx.Client(timeout=20))
            stack.enter_context(client.stream("GET", f"{site.url}/live/{address}/events"))
        wait_until(lambda: standing(workshop.public_id).active == 1, 15)


def test_nothing_about_a_phone_is_kept_but_numbers(site: Site, wait_until: Wait) -> None:
    workshop, _, _ = open_round()
    with ExitStack() as stack:
        phone_stream(site, workshop, stack)
        wait_until(lambda: standing(workshop.public_id).active == 1, 15)
        assert redis is not None
        for key in redis.scan_iter(f"presence:{workshop.public_id}*"):
            kept = redis.smembers(key) if redis.type(key) == b"set" else {redis.get(key)}
            assert redis.ttl(key) > 0
            assert all(re.fullmatch(rb"[0-9a-f]{1,8}", value) for value in kept)


def test_phones_that_poll_are_counted_too(site: Site, join: Join, wait_until: Wait) -> None:
    workshop, _, _ = open_round()
    phone = join(workshop)
    for _ in range(12):
        assert phone.http.get(f"/room/{workshop.public_id}/main/?only=state").status_code == 204
    wait_until(lambda: standing(workshop.public_id).polling > 0, 15)
