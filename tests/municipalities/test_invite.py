"""Staff invites; the invited person sets a password with a link that works once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from municipalities import invitations
from municipalities.invitations import InvitationError, invite, invited_user
from municipalities.models import User
from tests.factories import PASSWORD, make_civil_servant, make_facilitator, make_municipality, make_staff, make_user

NEW = "vier-seizoenen-in-delft"


@pytest.fixture
def staff(client: Client, db: None) -> User:
    """Staff, logged in with ``client``."""
    user = make_staff("beheer@voorbeeld.nl")
    client.force_login(user)
    return user


def token_in(link_path: str | None) -> str:
    assert link_path
    return link_path.rstrip("/").rpartition("/")[2]


def test_staff_sees_the_link_once_and_it_is_mailed(client: Client, staff: User, settings: Settings) -> None:
    settings.SITE_URL = "https://scenariotafel.example"
    delft = make_municipality("0503")
    data = {"email": "Nieuw@Delft.NL", "municipalities": ["0503", "", ""]}
    page = client.post(reverse("invite"), data).content.decode()
    user = User.objects.get(email="nieuw@delft.nl")
    assert list(user.municipalities.all()) == [delft]
    assert (user.is_facilitator, user.is_staff, user.has_usable_password()) == (False, False, False)
    found = re.search(r'id="link">(http://testserver(/accounts/invitation/[^/]+/))<', page)
    assert found
    (message,) = mail.outbox
    assert message.to == ["nieuw@delft.nl"]
    assert f"https://scenariotafel.example{found[2]}" in message.body
    assert "/accounts/invitation/" not in client.get(reverse("invite")).content.decode()


def test_the_invited_person_sets_a_password_and_is_in(client: Client, staff: User) -> None:
    link = invite("ruben@delft.nl", municipalities=[make_municipality("0503")], invited_by=staff).link_path
    assert link
    visitor = Client()
    assert "ruben@delft.nl" in visitor.get(link).content.decode()
    response = visitor.post(link, {"new_password1": NEW, "new_password2": NEW})
    assert response["Location"] == reverse("after-login")
    user = User.objects.get(email="ruben@delft.nl")
    assert user.check_password(NEW)
    assert visitor.session["_auth_user_id"] == str(user.pk)
    assert EmailAddress.objects.get(user=user).verified


def test_a_link_works_once(client: Client, staff: User) -> None:
    link = invite("ruben@delft.nl", is_facilitator=True, invited_by=staff).link_path
    assert link
    Client().post(link, {"new_password1": NEW, "new_password2": NEW})
    thief = Client()
    assert thief.get(link).status_code == 410
    response = thief.post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert "werkt niet meer" in response.content.decode()
    assert User.objects.get(email="ruben@delft.nl").check_password(NEW)
    assert "_auth_user_id" not in thief.session


def test_a_new_invitation_replaces_the_earlier_link(client: Client, staff: User) -> None:
    first = invite("ruben@delft.nl", is_facilitator=True, invited_by=staff)
    second = invite("ruben@delft.nl", municipalities=[make_municipality()], invited_by=staff)
    assert invited_user(token_in(first.link_path)) is None
    assert invited_user(token_in(second.link_path)) == first.user
    user = User.objects.get(email="ruben@delft.nl")
    assert user.is_facilitator
    assert user.municipalities.count() == 1


def test_a_link_ends_after_seven_days(client: Client, staff: User, monkeypatch: pytest.MonkeyPatch) -> None:
    assert invitations.DAYS == 7
    token = token_in(invite("ruben@delft.nl", is_facilitator=True, invited_by=staff).link_path)
    assert invited_user(token) is not None
    monkeypatch.setattr(invitations, "DAYS", 0)
    assert invited_user(token) is None


FORGED = ["x", "a:b:c", signing.dumps([1, "x"]), signing.dumps("x", salt=invitations.SALT)]


@pytest.mark.parametrize("token", FORGED, ids=["a letter", "three parts", "another's salt", "no account"])
def test_a_forged_link_opens_nothing(db: None, client: Client, token: str) -> None:
    make_staff()
    response = client.get(reverse("invitation", args=[token]))
    assert response.status_code == 410
    assert "<form method" not in response.content.decode().partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("kort", "kort", "te kort"),
        (NEW, NEW + "x", "komen niet overeen"),
        ("ruben@delft.nl", "ruben@delft.nl", "lijkt te veel"),
    ],
)
def test_a_weak_password_is_refused(client: Client, staff: User, password: str, again: str, said: str) -> None:
    link = invite("ruben@delft.nl", is_facilitator=True, invited_by=staff).link_path
    assert link
    page = Client().post(link, {"new_password1": password, "new_password2": again}).content.decode()
    assert said in page
    assert not User.objects.get(email="ruben@delft.nl").has_usable_password()


def test_somebody_with_an_account_keeps_it_and_needs_no_link(client: Client, staff: User) -> None:
    user = make_civil_servant(make_municipality("0748"), email="ruben@delft.nl")
    page = client.post(reverse("invite"), {"email": "ruben@delft.nl", "municipalities": ["0503"]}).content.decode()
    assert "heeft al een account" in page
    assert "/accounts/invitation/" not in page
    assert sorted(m.code for m in user.municipalities.all()) == ["0503", "0748"]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_an_account_that_is_switched_off_is_not_invited(client: Client, staff: User) -> None:
    make_user("oud@delft.nl", is_active=False)
    with pytest.raises(InvitationError):
        invite("oud@delft.nl", is_facilitator=True, invited_by=staff)
    page = client.post(reverse("invite"), {"email": "oud@delft.nl", "is_facilitator": "on"}).content.decode()
    assert "Dit account is uitgezet. Zet het eerst weer aan." in page
    assert not User.objects.get(email="oud@delft.nl").is_facilitator


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"email": "a@b.nl"}, "Kies een gemeente, of maak deze persoon begeleider."),
        ({"email": "geen-adres", "is_facilitator": "on"}, "Dit is geen e-mailadres. Kijk het na."),
        ({"email": "a@b.nl", "municipalities": ["9999"]}, "Selecteer een geldige keuze."),
    ],
)
def test_a_form_that_is_not_right_says_what_to_do(client: Client, staff: User, data: dict[str, Any], said: str) -> None:
    page = client.post(reverse("invite"), data).content.decode()
    assert said in page
    assert User.objects.count() == 1


def test_only_staff_invites(db: None, client: Client) -> None:
    for user in (make_facilitator(), make_civil_servant()):
        client.force_login(user)
        response = client.post(reverse("invite"), {"email": "a@b.nl", "is_facilitator": "on"})
        assert response.status_code == 403
        assert not User.objects.filter(email="a@b.nl").exists()
    anonymous = Client().get(reverse("invite"))
    assert anonymous["Location"].startswith(reverse("account_login"))


def test_a_mail_that_fails_is_told_and_logs_no_address(
    client: Client,
    staff: User,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = client.post(reverse("invite"), {"email": "ruben@delft.nl", "is_facilitator": "on"}).content.decode()
    assert "Er kon geen mail weg." in page
    assert "an invitation could not be mailed: ConnectionRefusedError" in caplog.text
    assert "delft" not in caplog.text


def test_no_mail_server_means_no_mail_and_the_page_says_so(client: Client, staff: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    page = client.post(reverse("invite"), {"email": "ruben@delft.nl", "is_facilitator": "on"}).content.decode()
    assert "Er kon geen mail weg. Geef deze link zelf aan de uitgenodigde." in page
