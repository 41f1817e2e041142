"""What no browser sends: it is refused in plain words, and never a fault of the site."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.services.postgres import SETTINGS
from tests.factories import make_facilitator, make_staff, make_workshop

pytestmark = pytest.mark.django_db

NUL_PATHS = [
    "/m/%00/",
    "/room/%00/",
    "/room/%00/main/",
    "/screen/%00/",
    "/screen/%00/main/",
    "/scenarios/%00/",
    "/accounts/invitation/%00/",
    "/reports/1/report.%00",
    "/%00",
]


@pytest.mark.parametrize("path", NUL_PATHS)
def test_an_address_with_a_nul_is_not_there(client: Client, path: str) -> None:
    client.force_login(make_facilitator())
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Deze pagina is er niet" in answer.content.decode()


@pytest.mark.parametrize("path", ["/staff/municipalities/municipality/?province=%00", "/?code=%00"])
def test_a_nul_in_a_question_is_refused_in_plain_words(client: Client, path: str) -> None:
    client.force_login(make_staff(is_superuser=True))
    answer = client.get(path)
    assert answer.status_code == 400
    assert "Dit kunnen wij niet lezen" in answer.content.decode()


@pytest.mark.parametrize(
    "fields", [{"code": "a" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)}, dict.fromkeys(map(str, range(1001)), "")]
)
def test_a_form_that_is_too_large_is_refused_in_plain_words(client: Client, fields: dict[str, str]) -> None:
    answer = client.post(reverse("join-by-code"), fields)
    assert answer.status_code == 400
    assert "Dit kunnen wij niet lezen" in answer.content.decode()


@pytest.mark.parametrize("form", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
@pytest.mark.parametrize("charset", ["rot13", "idna", "raw_unicode_escape", "undefined", "utf-16", "latin-1"])
def test_a_form_in_another_encoding_is_refused_in_plain_words(form: str, charset: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get("/")
    body = b'--x\r\nContent-Disposition: form-data; name="code"\r\n\r\n\\ud800\r\n--x--\r\n'
    # Not ``post``: that would encode the body itself.
    answer = client.generic("POST", reverse("join-by-code"), body, content_type=f"{form}; charset={charset}")
    assert answer.status_code == 400
    assert "Dit kunnen wij niet lezen" in answer.content.decode()


def plain_addresses() -> list[str]:
    """Every address of our own that takes no argument, and one of each that does."""
    found = []

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> None:
        for each in patterns:
            path = before + str(each.pattern)
            if isinstance(each, URLResolver):
                if each.app_name not in {"admin"} and "socialaccount" not in path:
                    walk(each.url_patterns, path)
            elif not any(sign in path for sign in "<(^$?"):
                found.append("/" + path)

    walk(get_resolver().url_patterns, "")
    return found


def test_every_post_without_the_token_of_our_own_page_is_refused() -> None:
    workshop = make_workshop()
    stage = workshop.stages.get()
    room, desk = f"/room/{workshop.public_id}/", f"/workshops/{workshop.public_id}/"
    more = [
        f"{room}votes/",
        f"{room}who/",
        f"{room}leave/",
        f"{room}signals/",
        f"/m/{workshop.join_token}/",
        f"{desk}end/",
        f"{desk}report/build/",
    ]
    more += [f"{desk}report/1/release/"]
    more += [f"{desk}stages/{stage.pk}/{verb}/" for verb in ("open", "close", "reopen", "reveal", "hide")]
    client = Client(enforce_csrf_checks=True)
    client.force_login(workshop.owner)
    addresses = [*plain_addresses(), *more]
    assert len(addresses) > 30
    assert {path: client.post(path).status_code for path in addresses} == dict.fromkeys(addresses, 403)
    stage.refresh_from_db()
    assert stage.is_prepared


def test_every_page_carries_the_policy_whatever_became_of_it(client: Client) -> None:
    for path in [*plain_addresses(), "/nergens/", "/%00", "/static/nergens.js", "/?x=%00"]:
        answer = client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path


@pytest.mark.parametrize("next_", ["//elders.example/", "https://elders.example/", "/\\elders.example", "javascript:1"])
def test_nobody_is_sent_to_another_site(client: Client, next_: str) -> None:
    client.force_login(make_facilitator())
    for answer in (
        client.get(reverse("account_login"), {"next": next_}),
        client.post(reverse("set_language"), {"language": "en", "next": next_}),
        client.post(reverse("account_logout"), {"next": next_}),
    ):
        assert answer.status_code == 302
        assert "elders" not in answer["Location"] and "javascript" not in answer["Location"]


def test_the_language_is_a_cookie_that_no_script_reads(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "en"})
    cookie = client.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


@pytest.mark.parametrize("path", ["/", "/health/", "/trends/", "/scenarios/", "/privacy/"])
def test_a_monitor_may_ask_for_the_head_alone(client: Client, path: str) -> None:
    assert client.head(path).status_code == 200


def test_no_log_ties_a_moment_to_a_task_or_to_an_answer() -> None:
    """A task follows on a join or an answer within the second; a refused statement holds the answer itself."""
    for name in ("celery.worker.strategy", "celery.app.trace"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)
    assert SETTINGS["log_error_verbosity"] == "terse" and SETTINGS["log_min_error_statement"] == "panic"
