"""Coming in by code or link: what is asked, what is refused, and who lands where."""

from __future__ import annotations

import logging

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.factories import make_workshop
from workshops import guessing, tallies
from workshops.identity import cookie_name, seal
from workshops.join_form import CodeError, read_code
from workshops.models import CODE_ALPHABET, Participant, Workshop
from workshops.rounds import close_stage, hide_stage, open_stage, reopen_stage, reveal_stage
from workshops.votes import store_form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_brake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has wrong codes of its own."""
    monkeypatch.setattr("workshops.views.join.brake", guessing.Brake())


def link(workshop: Workshop) -> str:
    return f"/m/{workshop.join_token}/"


def room(workshop: Workshop) -> str:
    return f"/room/{workshop.public_id}/"


def try_code(client: Client, code: str) -> HttpResponse:
    return client.post("/join/", {"code": code})


def come_in(client: Client, workshop: Workshop, municipality: str = "0748", group: str = "inwoner") -> HttpResponse:
    return client.post(link(workshop), {"municipality": municipality, "group": group})


def end(workshop: Workshop) -> None:
    workshop.ended_at = timezone.now()
    workshop.save()


def unused_code(workshop: Workshop) -> str:
    return next(code for sign in CODE_ALPHABET if (code := sign * 6) != workshop.code)


# The code


@pytest.mark.parametrize(
    "typed", ["{}", " {} ", "{0[0]}{0[1]} {0[2]}{0[3]} {0[4]}{0[5]}", "{0[0]}-{0[1]}.{0[2]}{0[3]}{0[4]}{0[5]}"]
)
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_a_code_is_taken_however_it_is_typed(client: Client, workshop: Workshop, typed: str, case) -> None:
    response = try_code(client, case(typed.format(workshop.code)))
    assert (response.status_code, response.url) == (302, link(workshop))


def test_an_unknown_code_is_answered_at_the_field_with_what_was_typed(client: Client, workshop: Workshop) -> None:
    response = try_code(client, unused_code(workshop))
    assert response.status_code == 404
    assert "Deze code bestaat niet" in response.text
    assert f'value="{unused_code(workshop)}"' in response.text


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("", "zes tekens"),
        ("   ", "zes tekens"),
        ("AC", "u typte er 2"),
        ("ACDEFGH", "u typte er 7"),
        ("K0P3OW", "geen 0, O"),
    ],
)
def test_what_cannot_be_a_code_is_told_what_to_do(client: Client, workshop: Workshop, typed: str, word: str) -> None:
    response = try_code(client, typed)
    assert response.status_code == 422
    assert word in response.text


def test_what_was_typed_is_shown_escaped(client: Client, workshop: Workshop) -> None:
    response = try_code(client, "<script>x</script>")
    assert response.status_code == 422
    assert "<script>x" not in response.text


def test_an_ended_workshop_says_so(client: Client, workshop: Workshop) -> None:
    end(workshop)
    response = try_code(client, workshop.code)
    assert response.status_code == 410
    assert "afgelopen" in response.text


def test_somebody_who_was_there_still_finds_the_room_after_the_end(client: Client, workshop: Workshop) -> None:
    come_in(client, workshop)
    end(workshop)
    response = client.post("/join/", {"code": workshop.code}, follow=True)
    assert response.redirect_chain[-1] == (room(workshop), 302)
    assert "Dank u wel" in response.text


def test_a_code_without_a_token_of_our_own_page_is_refused(workshop: Workshop) -> None:
    response = Client(enforce_csrf_checks=True).post("/join/", {"code": workshop.code})
    assert response.status_code == 403


def test_every_character_of_a_code_can_be_read_back() -> None:
    assert read_code(CODE_ALPHABET[:6].lower()) == CODE_ALPHABET[:6]
    with pytest.raises(CodeError):
        read_code("İİİİİİ")


# The brake on wrong codes


def test_after_twenty_wrong_codes_in_a_minute_one_waits(client: Client, workshop: Workshop) -> None:
    statuses = [try_code(client, unused_code(workshop)).status_code for _ in range(21)]
    assert statuses == [404] * 20 + [429]
    response = try_code(client, workshop.code)
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "Wacht een minuut" in response.text


def test_the_link_is_never_slowed_down(client: Client, workshop: Workshop) -> None:
    for _ in range(21):
        try_code(client, unused_code(workshop))
    assert client.get(link(workshop)).status_code == 200


def test_elsewhere_nobody_waits(client: Client, workshop: Workshop) -> None:
    for _ in range(21):
        try_code(client, unused_code(workshop))
    assert client.post("/join/", {"code": workshop.code}, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_a_slip_that_cannot_be_a_code_does_not_count(client: Client, workshop: Workshop) -> None:
    for _ in range(21):
        try_code(client, "AC")
    assert try_code(client, workshop.code).status_code == 302


def test_the_brake_lets_go_after_a_minute(rf) -> None:
    brake = guessing.Brake(limit=2, seconds=60)
    request = rf.post("/join/")
    brake.wrong(request, now=0)
    brake.wrong(request, now=30)
    assert [brake.is_on(request, now=now) for now in (59, 60, 61)] == [True, False, False]


def test_no_address_is_kept_or_logged(client: Client, workshop: Workshop, caplog: pytest.LogCaptureFixture) -> None:
    brake = guessing.Brake()
    with caplog.at_level(logging.DEBUG):
        for _ in range(21):
            client.post("/join/", {"code": unused_code(workshop)}, REMOTE_ADDR="192.0.2.77")
    brake.wrong(client.get("/").wsgi_request)
    assert "127.0.0.1" not in repr(brake.__dict__)
    assert "192.0.2.77" not in caplog.text


def test_behind_our_proxy_the_last_hop_counts(rf, settings) -> None:
    request = rf.post("/join/", headers={"X-Forwarded-For": "203.0.113.5, 198.51.100.7"}, REMOTE_ADDR="10.0.0.1")
    assert guessing.address(request) == "10.0.0.1"
    settings.HTTPS = True
    assert guessing.address(request) == "198.51.100.7"


# The form


def test_the_form_says_what_it_is_about_and_what_is_kept(client: Client, workshop: Workshop) -> None:
    text = client.get(link(workshop)).text
    for words in (workshop.title, workshop.focal_question, "dinsdag 24 november 2026", "anoniem", "Wij bewaren"):
        assert words in text
    assert 'href="/privacy/"' in text


def test_only_those_taking_part_and_anders_are_offered(client: Client, workshop: Workshop) -> None:
    workshop.groups = ["gemeente", "inwoner"]
    workshop.save()
    form = client.get(link(workshop)).context["form"]
    assert [value for value, _ in form.fields["municipality"].choices] == ["0748", "0503", "anders"]
    assert [value for value, _ in form.fields["group"].choices] == ["gemeente", "inwoner"]


def test_nothing_is_preset(client: Client, workshop: Workshop) -> None:
    assert " checked" not in client.get(link(workshop)).text


@pytest.mark.parametrize(("code", "name"), [("0503", "Delft"), ("anders", "een andere gemeente")])
def test_a_link_that_names_the_municipality_asks_only_the_group(
    client: Client, workshop: Workshop, code: str, name: str
) -> None:
    text = client.get(link(workshop), {"gemeente": code}).text
    assert f'<input type="hidden" name="municipality" value="{code}">' in text
    assert f"<b>{name}</b>" in text
    assert f'<a href="{link(workshop)}">Wijzig' in text
    assert 'type="radio" name="municipality"' not in text
    assert " checked" not in text


@pytest.mark.parametrize("code", ["0363", "", "x" * 300, "0503 OR 1=1", "²"])
def test_a_link_with_a_municipality_that_takes_no_part_asks_for_it(
    client: Client, workshop: Workshop, code: str
) -> None:
    response = client.get(link(workshop), {"gemeente": code})
    assert response.status_code == 200
    assert 'type="radio" name="municipality" value="0503"' in response.text
    assert " checked" not in response.text


def test_what_the_link_filled_in_stays_when_the_group_is_forgotten(client: Client, workshop: Workshop) -> None:
    filled = f"{link(workshop)}?gemeente=0503"
    response = client.post(filled, {"municipality": "0503"})
    assert response.status_code == 422
    assert "Kies namens wie u hier bent" in response.text
    assert "<b>Delft</b>" in response.text
    assert "Deze gemeente doet niet mee" in client.post(filled, {"municipality": "0363", "group": "inwoner"}).text
    assert client.post(filled, {"municipality": "0503", "group": "inwoner"}).status_code == 302
    assert Participant.objects.get(workshop=workshop).municipality_code == "0503"


def test_no_name_is_asked(client: Client, workshop: Workshop) -> None:
    text = client.get(link(workshop)).text
    assert 'type="text"' not in text
    assert 'type="email"' not in text


def test_joining_makes_one_participant_and_leads_to_the_room(client: Client, workshop: Workshop) -> None:
    response = come_in(client, workshop, "0503", "bedrijf")
    assert (response.status_code, response.url) == (302, room(workshop))
    participant = Participant.objects.get(workshop=workshop)
    assert (participant.municipality_code, participant.group) == ("0503", "bedrijf")
    cookie = response.cookies[cookie_name(workshop.public_id)]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_somebody_from_elsewhere_joins_as_anders(client: Client, workshop: Workshop) -> None:
    come_in(client, workshop, "anders")
    assert Participant.objects.get(workshop=workshop).municipality is None


def test_whoever_is_in_lands_in_the_room_and_is_not_counted_twice(client: Client, workshop: Workshop) -> None:
    come_in(client, workshop)
    assert client.get(link(workshop)).url == room(workshop)
    assert come_in(client, workshop, "0503").url == room(workshop)
    assert Participant.objects.filter(workshop=workshop).count() == 1


def test_coming_back_by_qr_link_or_code_is_the_same_person(client: Client, workshop: Workshop) -> None:
    come_in(client, workshop)
    for address in (link(workshop), f"{link(workshop)}?gemeente=0503"):
        assert client.get(address).url == room(workshop)
    response = client.post("/join/", {"code": workshop.code}, follow=True)
    assert response.redirect_chain[-1] == (room(workshop), 302)
    assert Participant.objects.filter(workshop=workshop).count() == 1


def test_a_form_sent_twice_makes_one_participant(workshop: Workshop) -> None:
    fields = {"municipality": "0748", "group": "inwoner", "ticket": Client().get(link(workshop)).context["ticket"]}
    cookies = {Client().post(link(workshop), fields).cookies[cookie_name(workshop.public_id)].value for _ in range(2)}
    assert len(cookies) == 1
    assert Participant.objects.filter(workshop=workshop).count() == 1


def test_two_forms_make_two_participants(workshop: Workshop) -> None:
    for _ in range(2):
        client = Client()
        ticket = client.get(link(workshop)).context["ticket"]
        client.post(link(workshop), {"municipality": "0748", "group": "inwoner", "ticket": ticket})
    assert Participant.objects.filter(workshop=workshop).count() == 2


@pytest.mark.parametrize("forge", [lambda t: "", lambda t: "12", lambda t: t[:-1] + "~", lambda t: "9" + t])
def test_a_forged_ticket_is_worth_no_more_than_none(workshop: Workshop, forge) -> None:
    ticket = Client().get(link(make_workshop())).context["ticket"]
    for value in (ticket, forge(ticket)):
        fields = {"municipality": "0748", "group": "inwoner", "ticket": value}
        assert Client().post(link(workshop), fields).status_code == 302
    ids = set(Participant.objects.filter(workshop=workshop).values_list("pk", flat=True))
    assert len(ids) == 2
    assert int(ticket.partition(":")[0]) not in ids


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Kies uw gemeente"),
        ({"municipality": "0748"}, "Kies namens wie u hier bent"),
        ({"municipality": "0363", "group": "inwoner"}, "Deze gemeente doet niet mee"),
        ({"municipality": "0748", "group": "koning"}, "Deze groep doet niet mee"),
    ],
)
def test_an_incomplete_or_foreign_choice_is_told_at_the_field(
    client: Client, workshop: Workshop, fields: dict[str, str], words: str
) -> None:
    response = client.post(link(workshop), fields)
    assert response.status_code == 422
    assert words in response.text
    assert response.text.count(" autofocus") == 1
    assert not Participant.objects.filter(workshop=workshop).exists()


def test_a_group_that_the_workshop_leaves_out_is_refused(client: Client, workshop: Workshop) -> None:
    workshop.groups = ["gemeente"]
    workshop.save()
    assert come_in(client, workshop, group="rijk").status_code == 422


def test_a_wrong_link_says_to_type_the_code(client: Client, workshop: Workshop) -> None:
    response = client.get("/m/dit-is-geen-token/")
    assert response.status_code == 404
    assert "Typ de code" in response.text


def test_the_link_of_an_ended_workshop_says_so(client: Client, workshop: Workshop) -> None:
    end(workshop)
    response = client.get(link(workshop))
    assert response.status_code == 410
    assert "Deze workshop is afgelopen" in response.text
    assert come_in(client, workshop).status_code == 410
    assert not Participant.objects.filter(workshop=workshop).exists()


def test_a_forged_cookie_is_nobody(client: Client, workshop: Workshop) -> None:
    other = make_workshop()
    come_in(client, other)
    someone = Participant.objects.get(workshop=other)
    for value in ("1:forged", str(someone.pk), seal(other.public_id, someone.pk)):
        client.cookies[cookie_name(workshop.public_id)] = value
        assert client.get(link(workshop)).status_code == 200
        assert client.get(room(workshop)).status_code == 403


# Correcting


def test_municipality_and_group_can_be_corrected(client: Client, workshop: Workshop) -> None:
    come_in(client, workshop)
    page = client.get(f"{room(workshop)}who/")
    assert page.text.count(" checked") == 2
    response = client.post(f"{room(workshop)}who/", {"municipality": "anders", "group": "rijk"})
    assert (response.status_code, response.url) == (302, room(workshop))
    participant = Participant.objects.get(workshop=workshop)
    assert (participant.municipality_code, participant.group) == ("anders", "rijk")


def test_nothing_can_be_corrected_once_an_answer_stands_in_a_result(client: Client, workshop: Workshop) -> None:
    come_in(client, workshop)
    participant = Participant.objects.get(workshop=workshop)
    stage = open_stage(workshop.stages.get())
    store_form(participant, stage, [(stage.items.first().pk, "impact", 3)])
    assert "Wijzig" in client.get(f"{room(workshop)}who/").text
    close_stage(stage)
    response = client.post(f"{room(workshop)}who/", {"municipality": "0503", "group": "rijk"})
    assert response.status_code == 409
    assert "liggen daarom vast" in response.text
    assert Participant.objects.get(workshop=workshop).municipality_code == "0748"
    assert "room-who" not in client.get(room(workshop)).text


def test_nothing_can_be_corrected_once_the_result_was_shown_though_hidden_again(
    client: Client, workshop: Workshop
) -> None:
    come_in(client, workshop)
    participant = Participant.objects.get(workshop=workshop)
    stage = open_stage(workshop.stages.get())
    store_form(participant, stage, [(stage.items.first().pk, "impact", 3)])
    stage = reveal_stage(close_stage(stage))
    tallies.refresh(stage.pk, wait=True)
    reopen_stage(hide_stage(stage))
    # Two pictures of the municipalities, before and after, would tell all that this one person answered.
    response = client.post(f"{room(workshop)}who/", {"municipality": "0503", "group": "rijk"})
    assert response.status_code == 409
    assert Participant.objects.get(workshop=workshop).municipality_code == "0748"


def test_a_stranger_cannot_correct_anybody(client: Client, workshop: Workshop) -> None:
    response = client.post(f"{room(workshop)}who/", {"municipality": "0503", "group": "rijk"})
    assert response.status_code == 403
    assert "doet u nog niet mee" in response.text
