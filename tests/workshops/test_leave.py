"""Another device, a lent phone, and answers taken back: asked first, and said in words."""

from __future__ import annotations

import re
import time

import pytest
from django.test import Client
from django.utils.translation import override

from tests.factories import make_facilitator, make_workshop
from workshops import identity
from workshops.identity import cookie_name, handover
from workshops.models import Participant, Stage, Vote, Workshop
from workshops.rounds import close_stage, end_workshop, open_stage
from workshops.votes import store_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


def page(workshop: Workshop, step: str = "") -> str:
    return f"/room/{workshop.public_id}/leave/" + (f"?step={step}" if step else "")


def going_on(workshop: Workshop, token: str) -> str:
    return f"/room/{workshop.public_id}/continue/{token}/"


def give(participant: Participant, stage: Stage, number: int = 3) -> None:
    items = stage.items.order_by("number")[:number]
    store_form(participant, stage, [(item.pk, "impact", 4) for item in items])


def who_is(client: Client, workshop: Workshop) -> int | None:
    cookie = client.cookies.get(cookie_name(workshop.public_id))
    return identity.unseal(workshop.public_id, cookie.value) if cookie else None


# The choices


def test_the_room_leads_to_three_choices(client: Client, workshop: Workshop, participant: Participant) -> None:
    assert page(workshop) in client.get(f"/room/{workshop.public_id}/").text
    assert page(workshop) in client.get(f"/room/{workshop.public_id}/who/").text
    text = client.get(page(workshop)).text
    assert [step in text for step in ("?step=device", "?step=again", "?step=withdraw")] == [True] * 3
    assert client.get(page(workshop, "x" * 900)).text.count("leave/?step=d") == 1


def test_a_stranger_has_nothing_to_leave(client: Client, workshop: Workshop) -> None:
    for answer in (client.get(page(workshop)), client.post(page(workshop), {"do": "withdraw"})):
        assert answer.status_code == 403
    assert client.get("/room/000000000000/leave/").status_code == 404


def test_what_is_no_choice_changes_nothing(client: Client, workshop: Workshop, participant: Participant) -> None:
    assert client.post(page(workshop), {"do": "alles\0"}).status_code == 422
    assert who_is(client, workshop) == participant.pk


@pytest.mark.parametrize("step", ["", "device", "again", "withdraw"])
def test_a_page_asks_the_database_little(
    client: Client, stage: Stage, participant: Participant, django_assert_max_num_queries, step: str
) -> None:
    give(participant, stage)
    with django_assert_max_num_queries(4):
        client.get(page(stage.workshop, step))


# Another device


def test_another_device_goes_on_as_the_same_person(
    client: Client, workshop: Workshop, participant: Participant
) -> None:
    link = re.search(r'href="[^"]*(/room/\w+/continue/[^"]+)"', client.get(page(workshop, "device")).text)[1]
    other = Client()
    asked = other.get(link)
    assert asked.status_code == 200
    assert "Bergen op Zoom" in asked.text
    assert who_is(other, workshop) is None
    assert other.post(link).url == f"/room/{workshop.public_id}/"
    assert who_is(other, workshop) == who_is(client, workshop) == participant.pk
    assert other.get(link).url == f"/room/{workshop.public_id}/"
    assert Participant.objects.filter(workshop=workshop).count() == 1


def test_on_somebody_elses_device_it_says_what_happens(workshop: Workshop, participant: Participant) -> None:
    other = Client()
    other.post(f"/m/{workshop.join_token}/", {"municipality": "0503", "group": "rijk"})
    link = going_on(workshop, handover(workshop.public_id, participant.pk))
    assert "doet al iemand anders mee" in other.get(link).text
    other.post(link)
    assert who_is(other, workshop) == participant.pk


def test_after_ten_minutes_the_link_has_expired(
    client: Client, workshop: Workshop, participant: Participant, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = handover(workshop.public_id, participant.pk)
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 590)
    assert Client().get(going_on(workshop, token)).status_code == 200
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 602)
    for answer in (Client().get(going_on(workshop, token)), Client().post(going_on(workshop, token))):
        assert answer.status_code == 410
        assert "verlopen" in answer.text


@pytest.mark.parametrize(
    "forge",
    [
        lambda own, foreign, sealed: foreign,
        lambda own, foreign, sealed: sealed,
        lambda own, foreign, sealed: own[:-2] + "~~",
        lambda own, foreign, sealed: "9" + own,
        lambda own, foreign, sealed: "x",
        lambda own, foreign, sealed: ":::",
        lambda own, foreign, sealed: "9" * 5000,
        lambda own, foreign, sealed: "%C3%A9%F0%9F%98%80:a:b",
    ],
)
def test_a_forged_link_is_refused_in_words(workshop: Workshop, participant: Participant, forge) -> None:
    own = handover(workshop.public_id, participant.pk)
    foreign = handover(make_workshop().public_id, participant.pk)
    token = forge(own, foreign, identity.seal(workshop.public_id, participant.pk))
    other = Client()
    for answer in (other.get(going_on(workshop, token)), other.post(going_on(workshop, token))):
        assert answer.status_code == 404
        assert "Deze link klopt niet" in answer.text
    assert who_is(other, workshop) is None


def test_a_nul_in_the_link_is_not_there(workshop: Workshop) -> None:
    assert Client().get(going_on(workshop, "%00")).status_code == 404


def test_somebody_struck_out_cannot_go_on(workshop: Workshop, participant: Participant) -> None:
    participant.struck_out_at = participant.joined_at
    participant.save()
    token = handover(workshop.public_id, participant.pk)
    assert Client().get(going_on(workshop, token)).status_code == 404


# A lent phone


def test_starting_again_keeps_the_answers_and_asks_who_one_is(
    client: Client, stage: Stage, participant: Participant
) -> None:
    give(participant, stage)
    workshop = stage.workshop
    text = client.get(page(workshop, "again")).text
    assert "blijven staan" in text
    assert f'data-forget data-room="{workshop.public_id}"' in text
    response = client.post(page(workshop), {"do": "again"}, follow=True)
    assert response.redirect_chain == [(f"/m/{workshop.join_token}/", 302)]
    assert "Uit welke gemeente komt u?" in response.text
    assert Vote.objects.filter(participant=participant).count() == 3
    client.post(f"/m/{workshop.join_token}/", {"municipality": "0503", "group": "rijk"})
    assert Participant.objects.filter(workshop=workshop).count() == 2


def test_after_the_end_a_lent_phone_can_still_forget(
    client: Client, workshop: Workshop, participant: Participant
) -> None:
    end_workshop(workshop)
    assert client.post(page(workshop), {"do": "again"}).url == "/"
    assert who_is(client, workshop) is None


# Withdrawing


def test_withdrawing_tells_what_goes_and_asks_first(client: Client, stage: Stage, participant: Participant) -> None:
    give(participant, stage)
    text = client.get(page(stage.workshop, "withdraw")).text
    assert "3 antwoorden in ‘Trends wegen’" in text
    assert "niet ongedaan maken" in text
    assert Vote.objects.filter(participant=participant).count() == 3
    response = client.post(page(stage.workshop), {"do": "withdraw"}, follow=True)
    assert response.redirect_chain == [(f"/room/{stage.workshop.public_id}/", 302)]
    assert "3 antwoorden zijn ingetrokken" in response.text
    assert not Vote.objects.filter(participant=participant).exists()
    assert who_is(client, stage.workshop) == participant.pk


def test_a_closed_rounds_answers_are_said_to_stay(client: Client, stage: Stage, participant: Participant) -> None:
    give(participant, stage)
    close_stage(stage)
    text = client.get(page(stage.workshop, "withdraw")).text
    assert "Dit blijft staan" in text
    response = client.post(page(stage.workshop), {"do": "withdraw", "known": "9"})
    assert response.status_code == 409
    assert "niets om in te trekken" in response.text
    assert Vote.objects.filter(participant=participant).count() == 3


@pytest.mark.parametrize("known", ["", "-1", "x", "\0", "9" * 500, "²", "1e9"])
def test_a_strange_counter_of_the_phone_is_worth_nothing(
    client: Client, stage: Stage, participant: Participant, known: str
) -> None:
    give(participant, stage)
    assert client.post(page(stage.workshop), {"do": "withdraw", "known": known}).status_code == 302
    participant.refresh_from_db()
    assert participant.withdrawn_to == 1


def test_what_only_the_phone_has_is_withdrawn_too(client: Client, stage: Stage, participant: Participant) -> None:
    response = client.post(page(stage.workshop), {"do": "withdraw", "known": "12"}, follow=True)
    assert "telt niet mee" in response.text
    participant.refresh_from_db()
    assert participant.withdrawn_to == 12
    assert 'data-highest="12"' in response.text


# Links to print


def test_the_facilitator_prints_a_link_for_each_municipality(client: Client, workshop: Workshop) -> None:
    address = f"/workshops/{workshop.public_id}/links/"
    assert client.get(address).status_code == 302
    client.force_login(workshop.owner)
    text = client.get(address).text
    links = re.findall(r'href="[^"]*(/m/[^"]*)"', text)
    assert links == [f"/m/{workshop.join_token}/{more}" for more in ("", "?gemeente=0748", "?gemeente=0503")]
    assert text.count("data:image/svg") == 3
    phone = Client()
    assert "U komt uit" in phone.get(links[1]).text
    assert address in client.get(f"/workshops/{workshop.public_id}/").text


def test_somebody_elses_links_are_not_there(client: Client, workshop: Workshop) -> None:
    client.force_login(make_facilitator())
    assert client.get(f"/workshops/{workshop.public_id}/links/").status_code == 404


def test_an_ended_workshop_has_no_links(client: Client, workshop: Workshop) -> None:
    end_workshop(workshop)
    client.force_login(workshop.owner)
    text = client.get(f"/workshops/{workshop.public_id}/links/").text
    assert "/m/" not in text
    assert "afgelopen" in text


def test_a_withdrawal_names_the_round_in_the_language_of_the_phone(
    client: Client, workshop: Workshop, stage: Stage, participant: Participant
) -> None:
    give(participant, stage, 1)
    with override("nl"):  # and back again, whatever the page was in
        html = client.get(page(workshop, "withdraw"), headers={"accept-language": "en"}).content.decode()
    assert "1 answer in" in html
    assert "Trends wegen" not in html
