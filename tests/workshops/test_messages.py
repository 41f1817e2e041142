"""A message goes to all phones, one at a time, and is taken away again."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import make_facilitator
from workshops import messages
from workshops.fragments import state
from workshops.models import LogEntry, PhoneMessage, Workshop

pytestmark = pytest.mark.django_db


def address(workshop: Workshop, rest: str = "") -> str:
    return f"/workshops/{workshop.public_id}/message/{rest}"


def on_phones(workshop: Workshop) -> str | None:
    """What the state for phones says."""
    said = state(workshop)["message"]
    return said["text"] if said else None


def test_a_message_is_on_the_phones_until_it_is_taken_away(desk: Client, workshop: Workshop) -> None:
    assert on_phones(workshop) is None
    html = desk.post(address(workshop), {"text": " Over 5 minuten\r\n gaan we verder. "}, follow=True).content.decode()
    assert "Het bericht staat op alle telefoons." in html
    assert on_phones(workshop) == "Over 5 minuten gaan we verder."
    html = desk.get(address(workshop)).content.decode()
    assert "Nu op de telefoons:" in html
    desk.post(address(workshop, "withdraw/"), {"message": PhoneMessage.objects.get().pk})
    assert on_phones(workshop) is None
    entries = [(entry.verb, entry.who) for entry in LogEntry.objects.all()]
    assert entries == [("message_withdrawn", workshop.owner), ("message", workshop.owner)]


def test_a_next_message_takes_the_place_and_an_older_one_does_not_come_back(workshop: Workshop) -> None:
    messages.send(workshop, "Eerst", None)
    second = messages.send(workshop, "Daarna", None)
    assert on_phones(workshop) == "Daarna"
    messages.withdraw(workshop, None, second.pk)
    assert on_phones(workshop) is None
    messages.withdraw(workshop, None)
    assert LogEntry.objects.filter(verb="message_withdrawn").count() == 1


def test_a_button_drawn_for_an_older_message_leaves_the_newer_one(desk: Client, workshop: Workshop) -> None:
    first = messages.send(workshop, "Eerst", None)
    messages.send(workshop, "Daarna", None)
    html = desk.post(address(workshop, "withdraw/"), {"message": first.pk}, follow=True).content.decode()
    assert "Intussen staat er een ander bericht op de telefoons." in html
    assert on_phones(workshop) == "Daarna"


@pytest.mark.parametrize("meant", ["", "x", "-1", "9" * 4000, "\0", "٣"])
def test_a_broken_button_is_harmless(desk: Client, workshop: Workshop, meant: str) -> None:
    assert desk.post(address(workshop, "withdraw/"), {"message": meant}).status_code == 302


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Schrijf eerst het bericht."),
        (" \n ", "Schrijf eerst het bericht."),
        ("x" * 201, "Maak dit korter: hoogstens 200 tekens, het zijn er 201."),
        ("nul\0", "nul"),
    ],
)
def test_what_cannot_be_sent_is_explained_and_kept(desk: Client, workshop: Workshop, text: str, message: str) -> None:
    response = desk.post(address(workshop), {"text": text})
    html = response.content.decode()
    assert response.status_code == 422
    assert message in html
    assert not text.startswith("x") or text in html
    assert not PhoneMessage.objects.exists()


def test_a_ready_sentence_without_javascript_only_fills_in(desk: Client, workshop: Workshop) -> None:
    html = desk.get(address(workshop)).content.decode()
    assert 'name="ready" value="Kijk even naar het scherm."' in html
    html = desk.post(address(workshop), {"ready": "Kijk even naar het scherm.", "text": ""}).content.decode()
    assert "Kijk even naar het scherm.</textarea>" in html
    assert not PhoneMessage.objects.exists()


def test_an_ended_workshop_sends_nothing(desk: Client, workshop: Workshop) -> None:
    Workshop.objects.update(ended_at=timezone.now())
    response = desk.post(address(workshop), {"text": "Nog iets"})
    assert response.status_code == 422
    assert "De workshop is afgelopen." in response.content.decode()
    assert not PhoneMessage.objects.exists()


def test_a_message_is_text_and_nothing_else(desk: Client, workshop: Workshop) -> None:
    messages.send(workshop, "<script>alert(1)</script>", None)
    html = desk.get(address(workshop)).content.decode()
    assert "&lt;script&gt;alert(1)" in html and "<script>alert" not in html


def test_strangers_send_and_withdraw_nothing(client: Client, workshop: Workshop) -> None:
    messages.send(workshop, "Van de begeleider", None)
    for stranger in (None, make_facilitator()):
        if stranger:
            client.force_login(stranger)
        sent = client.post(address(workshop), {"text": "Gekaapt"})
        gone = client.post(address(workshop, "withdraw/"), {})
        assert (sent.status_code, gone.status_code) == ((404, 404) if stranger else (302, 302))
    assert on_phones(workshop) == "Van de begeleider"
    assert PhoneMessage.objects.count() == 1


def test_a_co_host_sends_too(client: Client, workshop: Workshop) -> None:
    co_host = make_facilitator()
    workshop.co_hosts.add(co_host)
    client.force_login(co_host)
    client.post(address(workshop), {"text": "Van de medebegeleider"})
    assert on_phones(workshop) == "Van de medebegeleider"
