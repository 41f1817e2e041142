"""The owner lets colleagues run the workshop too; its report and its co-hosts stay the owner's."""

from __future__ import annotations

import pytest
from django.core.signing import TimestampSigner
from django.test import Client

from tests.factories import make_civil_servant, make_facilitator, make_user, make_workshop
from workshops.live.tokens import SALT, cockpit_token, cockpit_workshop
from workshops.models import LogEntry, Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    return make_workshop(make_facilitator("anna@voorbeeld.nl", first_name="Anna", last_name="de Wit"))


def base(workshop: Workshop) -> str:
    return f"/workshops/{workshop.public_id}/"


def add(client: Client, workshop: Workshop, email: str, follow: bool = False):
    return client.post(f"{base(workshop)}co-hosts/add/", {"email": email}, follow=follow)


def test_a_colleague_is_added_by_address_and_runs_the_workshop(desk: Client, workshop: Workshop) -> None:
    bram = make_facilitator("bram@voorbeeld.nl")
    html = add(desk, workshop, " Bram@Voorbeeld.NL ", follow=True).content.decode()
    assert "bram@voorbeeld.nl begeleidt mee." in html
    assert list(workshop.co_hosts.all()) == [bram]
    entry = LogEntry.objects.get()
    assert (entry.verb, entry.who, entry.detail) == ("add_co_host", workshop.owner, {"title": "bram"})
    add(desk, workshop, "bram@voorbeeld.nl")
    assert LogEntry.objects.count() == 1
    desk.force_login(bram)
    assert desk.get(base(workshop)).status_code == 200


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("", "Schrijf het e-mailadres van een begeleider."),
        ("geen-adres", "Schrijf een heel e-mailadres"),
        ("nul\0@voorbeeld.nl", "e-mailadres"),
        ("niemand@voorbeeld.nl", "Er is geen begeleider met dit e-mailadres."),
        ("ambtenaar@voorbeeld.nl", "Er is geen begeleider met dit e-mailadres."),
        ("weg@voorbeeld.nl", "Er is geen begeleider met dit e-mailadres."),
        ("anna@voorbeeld.nl", "Dit is het adres van de eigenaar"),
    ],
)
def test_who_cannot_be_added_is_explained_at_the_field(
    desk: Client, workshop: Workshop, email: str, message: str
) -> None:
    make_civil_servant(email="ambtenaar@voorbeeld.nl")
    make_facilitator("weg@voorbeeld.nl", is_active=False)
    response = add(desk, workshop, email)
    html = response.content.decode()
    assert response.status_code == 422
    assert message in html and 'aria-invalid="true"' in html
    assert "\0" in email or not email or f'value="{email}"' in html
    assert not workshop.co_hosts.exists()


def test_a_co_host_is_taken_off_and_sees_nothing_any_more(desk: Client, workshop: Workshop) -> None:
    bram = make_facilitator("bram@voorbeeld.nl", first_name="Bram", last_name="Smit")
    workshop.co_hosts.add(bram)
    html = desk.post(f"{base(workshop)}co-hosts/{bram.pk}/remove/", follow=True).content.decode()
    assert "Bram Smit begeleidt niet meer mee." in html
    assert desk.post(f"{base(workshop)}co-hosts/{bram.pk}/remove/").status_code == 404
    desk.force_login(bram)
    assert desk.get(base(workshop)).status_code == 404
    assert [entry.verb for entry in LogEntry.objects.all()] == ["remove_co_host"]


def test_the_list_marks_whose_workshop_one_leads_too(client: Client, workshop: Workshop) -> None:
    bram = make_facilitator()
    make_workshop(bram, title="Van Bram zelf")
    make_workshop(title="Van een ander")
    for _ in range(2):
        workshop.co_hosts.add(bram, make_facilitator())
    client.force_login(bram)
    html = client.get("/workshops/").content.decode()
    assert html.count("medebegeleider van Anna de Wit") == html.count("medebegeleider") == 1
    assert html.count(f'href="{base(workshop)}"') == 1
    assert "Van Bram zelf" in html and "Van een ander" not in html


def test_the_report_and_the_co_hosts_are_the_owner_s_alone(client: Client, workshop: Workshop) -> None:
    bram, carla = make_facilitator(), make_facilitator("carla@voorbeeld.nl")
    workshop.co_hosts.add(bram)
    client.force_login(bram)
    html = client.get(f"{base(workshop)}people/").content.decode()
    assert "Medebegeleiders" not in html and bram.email not in html
    assert add(client, workshop, carla.email).status_code == 404
    assert client.post(f"{base(workshop)}co-hosts/{bram.pk}/remove/").status_code == 404
    assert client.get(f"{base(workshop)}report/").status_code == 404
    assert client.get(base(workshop)).context["is_owner"] is False
    assert list(workshop.co_hosts.all()) == [bram]


def test_nobody_else_adds_or_removes(client: Client, workshop: Workshop) -> None:
    bram = make_facilitator("bram@voorbeeld.nl")
    workshop.co_hosts.add(bram)
    remove = f"{base(workshop)}co-hosts/{bram.pk}/remove/"
    for response in (add(client, workshop, bram.email), client.post(remove)):
        assert response["Location"].startswith("/accounts/login/")
    for stranger in (make_facilitator(), make_civil_servant(), make_user()):
        client.force_login(stranger)
        assert (add(client, workshop, stranger.email).status_code, client.post(remove).status_code) == (404, 404)
    assert list(workshop.co_hosts.all()) == [bram]


def test_an_account_that_is_no_co_host_here_is_not_removed(desk: Client, workshop: Workshop) -> None:
    bram = make_facilitator()
    make_workshop(workshop.owner).co_hosts.add(bram)
    assert desk.post(f"{base(workshop)}co-hosts/{bram.pk}/remove/").status_code == 404
    assert bram.co_hosted.count() == 1


def test_a_stream_s_address_of_before_co_hosts_is_worth_nothing(workshop: Workshop) -> None:
    assert cockpit_workshop(cockpit_token(workshop)) == workshop.public_id
    assert cockpit_workshop(TimestampSigner(salt=SALT, sep=".").sign(workshop.public_id)) is None
