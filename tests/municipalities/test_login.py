"""Logging in, the second step, forgotten passwords, and the staff pages: in Dutch, and for whom they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from municipalities.models import User
from tests.factories import (
    PASSWORD,
    make_civil_servant,
    make_content_set,
    make_facilitator,
    make_municipality,
    make_staff,
    make_user,
)

ENGLISH = re.compile(r"\b(password|sign in|sign out|email address|please|your|authenticator app\.)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _no_earlier_attempts(db: None) -> Iterator[None]:
    """The limits on attempts are kept in this process's cache."""
    cache.clear()
    yield
    cache.clear()


def log_in(client: Client, email: str, password: str = PASSWORD) -> str:
    """Post the form; gives the address it leads to, or the page itself."""
    response = client.post(reverse("account_login"), {"login": email, "password": password})
    return response["Location"] if response.status_code == 302 else response.content.decode()


def confirm(client: Client) -> None:
    """What touches the account's safety asks for the password once more."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def main_of(page: str) -> str:
    """The words of a page's main part."""
    return re.sub(r"<[^>]+>", " ", page.partition("<main")[2].partition("</main>")[0])


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_each_role_comes_to_its_own_front_page(client: Client) -> None:
    for user, page in (
        (make_facilitator(), reverse("workshops")),
        (make_civil_servant(), reverse("my-municipality")),
        (make_staff(), reverse("admin:index")),
    ):
        visitor = Client()
        assert log_in(visitor, user.email.upper()) == reverse("after-login")
        assert visitor.get(reverse("after-login"))["Location"] == page


@pytest.mark.parametrize("email", ["ruben@delft.nl", "niemand@delft.nl"])
def test_a_failed_log_in_says_what_to_do_and_not_who_exists(
    client: Client, email: str, caplog: pytest.LogCaptureFixture
) -> None:
    make_user("ruben@delft.nl")
    page = log_in(client, email, "een-ander-wachtwoord")
    assert "Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk ze na en probeer het opnieuw." in page
    assert 'role="alert"' in page
    assert "_auth_user_id" not in client.session
    assert "delft" not in caplog.text


def test_an_account_that_is_switched_off_comes_not_in(client: Client) -> None:
    make_user("ruben@delft.nl", is_active=False)
    log_in(client, "ruben@delft.nl")
    assert "_auth_user_id" not in client.session


def test_guessing_is_stopped_after_five_times(client: Client) -> None:
    make_user("ruben@delft.nl")
    for _attempt in range(5):
        log_in(client, "ruben@delft.nl", "een-ander-wachtwoord")
    page = log_in(client, "ruben@delft.nl")
    assert "Te vaak geprobeerd. Wacht vijf minuten en probeer het dan opnieuw." in page
    assert "_auth_user_id" not in client.session


def test_signing_up_is_by_invitation(client: Client) -> None:
    page = client.get(reverse("account_signup")).content.decode()
    assert "Een account krijgt u van uw beheerder" in page
    client.post(reverse("account_signup"), {"email": "a@b.nl", "password1": PASSWORD})
    assert not User.objects.filter(email="a@b.nl").exists()


def test_a_forgotten_password_is_chosen_anew_with_the_mailed_link(client: Client) -> None:
    user = make_user("ruben@delft.nl")
    sent = client.post(reverse("account_reset_password"), {"email": "ruben@delft.nl"}, follow=True)
    assert "Kijk in uw mail" in sent.content.decode()
    (message,) = mail.outbox
    assert message.subject == "Kies een nieuw wachtwoord"
    found = re.search(r"http://testserver(/\S+)", str(message.body))
    assert found
    form = client.get(found[1], follow=True)
    assert "Kies een nieuw wachtwoord" in main_of(form.content.decode())
    new = "vier-seizoenen-in-delft"
    done = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
    assert "Uw wachtwoord is gewijzigd" in done.content.decode()
    user.refresh_from_db()
    assert user.check_password(new)
    assert "Deze link werkt niet meer" in Client().get(found[1], follow=True).content.decode()


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client: Client) -> None:
    sent = client.post(reverse("account_reset_password"), {"email": "niemand@delft.nl"}, follow=True)
    assert "Kijk in uw mail" in sent.content.decode()
    assert mail.outbox == []


def test_a_second_step_is_set_up_asked_for_and_switched_off(client: Client) -> None:
    make_facilitator("ruben@delft.nl")
    log_in(client, "ruben@delft.nl")
    asked = client.get(reverse("mfa_activate_totp"), follow=True).content.decode()
    assert "Bevestig eerst dat u het bent." in main_of(asked)
    confirm(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="secret">(\w+)<', page)
    assert secret
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
    assert "Deze code klopt niet. Vul de code in die nu in uw app staat." in wrong
    secret = re.search(r'class="secret">(\w+)<', wrong)
    assert secret
    codes = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret[1])}, follow=True).content.decode()
    assert "Herstelcodes" in main_of(codes)
    recovery = re.findall(r"<li>([0-9a-f-]+)</li>", codes)
    assert len(recovery) == 10

    again = Client()
    assert log_in(again, "ruben@delft.nl") == reverse("mfa_authenticate")
    assert "_auth_user_id" not in again.session
    assert "Nog één stap" in again.get(reverse("mfa_authenticate")).content.decode()
    assert "Deze code klopt niet" in again.post(reverse("mfa_authenticate"), {"code": "123"}).content.decode()
    assert again.post(reverse("mfa_authenticate"), {"code": recovery[0]})["Location"] == reverse("after-login")
    assert "Twee stappen staan aan." in again.get(reverse("mfa_index")).content.decode()
    confirm(again)
    off = again.post(reverse("mfa_deactivate_totp"), follow=True).content.decode()
    assert "Twee stappen staan uit." in off


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_inactive",
    ],
)
def test_pages_for_everybody_are_dutch_and_ours(client: Client, name: str) -> None:
    page = client.get(reverse(name)).content.decode()
    assert 'class="site-header"' in page
    assert ENGLISH.findall(main_of(page)) == []
    assert "style=" not in page


@pytest.mark.parametrize(
    "name",
    [
        "account_logout",
        "account_change_password",
        "account_email",
        "account_reauthenticate",
        "mfa_index",
        "mfa_activate_totp",
    ],
)
def test_pages_for_who_is_logged_in_are_dutch_and_ours(client: Client, name: str) -> None:
    make_facilitator("ruben@delft.nl")
    log_in(client, "ruben@delft.nl")
    confirm(client)
    page = client.get(reverse(name)).content.decode()
    assert 'class="site-header"' in page
    assert ENGLISH.findall(main_of(page)) == []


def test_staff_pages_go_through_the_sites_own_log_in(client: Client) -> None:
    response = client.get(reverse("admin:login"))
    assert response["Location"].startswith(reverse("account_login"))


def test_staff_looks_after_accounts_and_looks_at_content(client: Client) -> None:
    content_set = make_content_set()
    client.force_login(make_staff())
    index = client.get(reverse("admin:index")).content.decode()
    assert "Scenariotafel: beheer" in index
    assert "Nodig iemand uit" in client.get(reverse("admin:municipalities_user_changelist")).content.decode()
    for name in ("trends_trend", "trends_contentset", "scenarios_scenario", "scenarios_policyoption", "scenarios_axis"):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200
        assert client.get(reverse(f"admin:{name}_add")).status_code == 403
    samendam = content_set.scenarios.get(key="samendam")
    page = client.get(reverse("admin:scenarios_scenario_change", args=[samendam.pk])).content.decode()
    assert "Dinsdagochtend in de Lindestraat." in page
    assert "Meer inwoners helpen elkaar" in page
    assert 'name="_save"' not in page
    delft = make_municipality("0503")
    page = client.get(reverse("admin:municipalities_municipality_change", args=[delft.pk])).content.decode()
    assert "Delft" in page
    assert client.get(reverse("admin:municipalities_municipality_delete", args=[delft.pk])).status_code == 403


def test_staff_cannot_make_itself_more_than_staff(client: Client) -> None:
    boss = User.objects.create_superuser("baas@voorbeeld.nl", PASSWORD)
    staff = make_staff()
    client.force_login(staff)
    assert client.get(reverse("admin:auth_user_password_change", args=[boss.pk])).status_code == 403
    address = reverse("admin:municipalities_user_change", args=[staff.pk])
    data = {"email": staff.email, "is_active": "on", "is_superuser": "on", "is_staff": "on"}
    inline = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    assert client.post(address, data | inline).status_code == 302
    staff.refresh_from_db()
    assert not staff.is_superuser


def test_nobody_else_sees_the_staff_pages(client: Client) -> None:
    for user in (make_facilitator(), make_civil_servant()):
        client.force_login(user)
        assert client.get(reverse("admin:municipalities_user_changelist")).status_code in (302, 403)
