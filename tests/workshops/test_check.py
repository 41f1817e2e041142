""" "Alles klaar?": what is there is said so, and what is away too, within seconds and never as an error page."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, expect

from config.services.supervisor import Supervisor
from config.site import Services, Site
from tests.factories import make_facilitator, make_workshop
from workshops.checks import CHECKS, Case, is_of_this_machine, is_private, run
from workshops.models import Workshop
from workshops.rounds import end_workshop
from workshops.tasks import redis

Wait = Callable[..., None]
ROW = re.compile(r'id="check-([a-z]+)" data-level="(good|note|bad)"')
SECONDS = 5.0


@pytest.fixture
def workshop(live_db: None) -> Workshop:
    return make_workshop(make_facilitator())


@pytest.fixture
def desk(site: Site, workshop: Workshop) -> Iterator[httpx.Client]:
    """The owner's browser on the running site, as a program."""
    login = Client()
    login.force_login(workshop.owner)
    cookies = {settings.SESSION_COOKIE_NAME: login.cookies[settings.SESSION_COOKIE_NAME].value}
    with httpx.Client(base_url=f"{site.url}/workshops/{workshop.public_id}/", cookies=cookies, timeout=20) as client:
        yield client


def looked_at(desk: httpx.Client, part: str) -> tuple[str, str]:
    """(level, text) of one row, which comes in time and as a page whatever is away."""
    begun = time.monotonic()
    response = desk.get(f"check/{part}/")
    assert response.status_code == 200
    assert time.monotonic() - begun < 2 * SECONDS  # twice: a busy machine is no broken part
    return ROW.findall(response.text)[0][1], " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


@pytest.fixture
def without(site: Site, services: Services, wait_until: Wait) -> Iterator[Callable[[str], None]]:
    """``without("valkey")``: this part is away until the test ends."""
    supervisor: Supervisor = services.supervisor
    paused: list[str] = []

    def pause(name: str) -> None:
        wait_until(lambda: supervisor.pid(name) is not None, 30)
        supervisor.pause(name)
        paused.append(name)

    yield pause
    for name in paused:
        supervisor.resume(name)
    wait_until(lambda: answers(site), 30)


def answers(site: Site) -> bool:
    try:
        return bool(redis and redis.ping()) and httpx.get(f"{site.url}/health/", timeout=5).status_code == 200
    except Exception:
        return False


def test_where_all_is_there_every_row_is_good_but_the_address_of_this_machine(
    desk: httpx.Client, wait_until: Wait
) -> None:
    # An earlier test may have stopped parts that are on their way back.
    wait_until(lambda: looked_at(desk, "worker")[0] == looked_at(desk, "beat")[0] == "good", 60)
    page = desk.get("check/?all=1")
    levels = dict(ROW.findall(page.text))
    assert list(levels) == list(CHECKS)
    assert levels == dict.fromkeys(CHECKS, "good") | {"address": "bad"}
    assert "Dat werkt alleen op deze computer" in page.text
    assert "Nog niet alles is klaar" in page.text


def test_without_javascript_the_page_asks_for_all_rows_at_once(desk: httpx.Client) -> None:
    page = desk.get("check/").text
    assert '<noscript><meta http-equiv="refresh" content="0;url=?all=1"></noscript>' in page
    assert all(f"/check/{part}/" in page for part in CHECKS)


def test_the_browser_itself_hears_the_server(site: Site, desk: httpx.Client, browser: Browser) -> None:
    context = browser.new_context(locale="nl-NL")
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": desk.cookies[name], "url": site.url}])
    page = context.new_page()
    page.goto(str(desk.base_url) + "check/")
    expect(page.locator("#check-browser")).to_have_attribute("data-level", "good", timeout=15_000)
    expect(page.locator("#check-sum")).to_have_text("Nog niet alles is klaar. Lees wat u kunt doen.", timeout=15_000)
    expect(page.locator(".check-row[data-level]")).to_have_count(len(CHECKS) + 1)
    context.close()


def test_without_redis_it_says_so_and_that_voting_goes_on(desk: httpx.Client, without: Callable[[str], None]) -> None:
    without("valkey")
    for part in ("messages", "worker", "beat", "streams"):
        level, text = looked_at(desk, part)
        assert level == "bad"
        assert "Stemmen kan; wat u ziet, loopt achter." in text
    assert looked_at(desk, "database")[0] == "good"
    assert looked_at(desk, "screen")[0] == "good"
    assert "data-level" in desk.get("check/?all=1").text


def test_without_a_worker_it_says_that_nobody_counts(desk: httpx.Client, without: Callable[[str], None]) -> None:
    without("worker")
    level, text = looked_at(desk, "worker")
    assert level == "bad"
    assert "niemand die telt" in text


def test_without_the_database_it_says_so_at_once_and_nothing_of_a_workshop(
    desk: httpx.Client, workshop: Workshop, services: Services, without: Callable[[str], None]
) -> None:
    title = workshop.title
    without("postgres")
    for part in ("database", "screen"):
        level, text = looked_at(desk, part)
        assert level == "bad"
        assert "De database antwoordt niet" in text
    page = desk.get("check/")
    assert page.status_code == 503
    assert "De database antwoordt niet" in page.text
    assert title not in page.text


@pytest.mark.parametrize(
    ("address", "level", "words"),
    [
        ("https://tafel.voorbeeld.nl", "good", "telefoons kunnen daar meedoen"),
        ("http://tafel.voorbeeld.nl", "note", "zonder beveiligde verbinding"),
        ("http://192.168.1.20:8000", "note", "alleen telefoons op dit netwerk"),
        ("http://127.0.0.1:8000", "bad", "werkt alleen op deze computer"),
    ],
)
@pytest.mark.django_db
def test_the_address_in_the_qr_code_must_be_one_that_phones_reach(
    settings, address: str, level: str, words: str
) -> None:
    settings.SITE_URL = address
    result = run("address", Case(make_workshop(), address.partition("//")[2]))
    assert result.level == level
    assert words in result.sentence
    assert bool(result.advice) == (level != "good")


@pytest.mark.django_db
def test_an_ended_workshop_has_no_code_to_join_by() -> None:
    workshop = end_workshop(make_workshop())
    assert run("address", Case(workshop, "tafel.voorbeeld.nl")).level == "bad"


@pytest.mark.django_db
def test_a_check_that_breaks_says_that_it_could_not_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workshops.checks.screen.context", lambda workshop: 1 / 0)
    result = run("screen", Case(make_workshop(), "tafel.voorbeeld.nl"))
    assert (result.level, result.sentence) == ("bad", "Dit kon niet worden nagekeken.")


def test_addresses_are_told_apart() -> None:
    assert all(map(is_of_this_machine, ("localhost", "127.0.0.1", "127.1.2.3", "::1", "0.0.0.0")))
    assert not is_of_this_machine("tafel.voorbeeld.nl")
    assert all(map(is_private, ("10.0.0.4", "192.168.1.2", "laptop.local", "laptop")))
    assert not any(map(is_private, ("tafel.voorbeeld.nl", "8.8.8.8")))
