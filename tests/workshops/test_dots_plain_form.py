"""What people divide, without JavaScript: a list to choose from at each item, and all of it is one ballot."""

from __future__ import annotations

import html
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import make_workshop
from workshops.form_cache import form_of
from workshops.items import add
from workshops.models import Item, Participant, Stage, Vote, Workshop
from workshops.participants import answers_of
from workshops.results import progress
from workshops.rounds import close_stage, open_stage
from workshops.votes import store_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def workshop() -> Workshop:
    """Five dots over three options, at most two on one."""
    workshop = make_workshop(rounds=["agenda"])
    Item.objects.filter(stage__workshop=workshop, number__gt=3).delete()
    return workshop


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


def ids(stage: Stage) -> list[int]:
    return list(stage.items.order_by("number").values_list("pk", flat=True))


def fields(stage: Stage, *dots: str) -> dict[str, str]:
    return {f"a-{item}-dots": value for item, value in zip(ids(stage), dots, strict=False)}


def page(client: Client, stage: Stage) -> str:
    return client.get(f"/room/{stage.workshop.public_id}/").text


def was(client: Client, stage: Stage) -> str:
    found = re.search(r'name="was" value="([^"]*)"', page(client, stage))
    assert found is not None
    return html.unescape(found[1])


def send(client: Client, stage: Stage, sent: dict[str, str]) -> HttpResponse:
    return client.post(f"/room/{stage.workshop.public_id}/votes/", {"stage": stage.pk} | sent, follow=True)


def dots(participant: Participant, stage: Stage) -> list[int | None]:
    answers = answers_of(participant, stage)
    return [answers[item, "dots"] for item in ids(stage) if (item, "dots") in answers]


def test_the_form_has_one_card_with_a_list_at_each_option_and_nothing_chosen(client, stage, participant) -> None:
    text = page(client, stage)
    assert text.count('data-item="') == text.count('data-item="all-dots"') == 1
    assert text.count("<select") == len(ids(stage))
    assert text.count('<option value="2"') == len(ids(stage))
    assert " selected" not in text
    assert "U hebt 5 stippen, hoogstens 2 op één keuze." in text
    assert "signal" not in {slot[0] for slot in form_of(stage, "nl").places if slot[:2] == ("signal", "unclear")}


def test_what_is_divided_is_one_answer(client, stage, participant) -> None:
    response = send(client, stage, fields(stage, "2", "0", "1"))
    assert "1 antwoord is ontvangen." in response.text
    assert dots(participant, stage) == [2, 0, 1]
    assert Vote.objects.values("counter").distinct().count() == 1
    assert re.findall(r'<option value="(\d)" selected', page(client, stage)) == ["2", "0", "1"]


def test_what_was_left_open_gets_no_dots(client, stage, participant) -> None:
    send(client, stage, fields(stage, "", "2", ""))
    assert dots(participant, stage) == [0, 2, 0]


def test_a_form_in_which_nothing_was_divided_is_no_ballot(client, stage, participant) -> None:
    assert "Er is niets veranderd" in send(client, stage, fields(stage, "", "", "")).text
    assert dots(participant, stage) == []


def test_a_change_of_one_sends_all_and_no_change_sends_nothing(client, stage, participant) -> None:
    send(client, stage, fields(stage, "2", "2", "1"))
    known = was(client, stage)
    assert "Er is niets veranderd" in send(client, stage, fields(stage, "2", "2", "1") | {"was": known}).text
    send(client, stage, fields(stage, "2", "1", "1") | {"was": known})
    assert dots(participant, stage) == [2, 1, 1]
    assert Vote.objects.values("counter").distinct().count() == 1


def test_a_part_of_the_form_is_filled_up_with_what_stands(client, stage, participant) -> None:
    send(client, stage, fields(stage, "1", "1", "1"))
    first = ids(stage)[0]
    send(client, stage, {f"a-{first}-dots": "2"})
    assert dots(participant, stage) == [2, 1, 1]


def test_more_than_there_is_is_said_with_the_entry_shown_again(client, stage, participant) -> None:
    send(client, stage, fields(stage, "1", "1", "0"))
    path = f"/room/{stage.workshop.public_id}/votes/"
    response = client.post(path, {"stage": stage.pk} | fields(stage, "2", "2", "2"))
    assert response.status_code == 422
    assert "U verdeelde er 6 en u hebt er 5. Haal er 1 weg." in response.text
    assert re.findall(r'<option value="(\d)" selected', response.text) == ["2", "2", "2"]
    assert dots(participant, stage) == [1, 1, 0]


@pytest.mark.parametrize("value", ["3", "-1", "x", "veel"])
def test_a_number_that_is_not_on_the_list_takes_the_ballot_down_and_is_named(client, stage, participant, value) -> None:
    path = f"/room/{stage.workshop.public_id}/votes/"
    response = client.post(path, {"stage": stage.pk} | fields(stage, value, "1", "1"))
    assert response.status_code == 422
    assert "een aantal van 0 tot en met 2" in response.text
    assert dots(participant, stage) == []


def test_an_option_that_came_meanwhile_gets_no_dots_from_an_old_form(client, stage, participant) -> None:
    sent = fields(stage, "1", "1", "1")
    add(stage, "Iets nieuws", "", None)
    send(client, stage, sent)
    assert dots(participant, stage) == [1, 1, 1, 0]


def test_an_option_of_another_round_is_refused_by_name_and_the_rest_stands(client, stage, participant) -> None:
    response = send(client, stage, fields(stage, "1", "1", "1") | {"a-999999-dots": "1"})
    assert "hoort niet bij deze ronde" in response.text
    assert dots(participant, stage) == [1, 1, 1]


def test_after_closing_it_says_once_that_it_was_too_late(client, stage, participant) -> None:
    sent = fields(stage, "1", "1", "1")
    close_stage(stage)
    assert "1 antwoord is niet meegeteld: de ronde was al gesloten." in send(client, stage, sent).text


def test_who_divided_the_dots_is_done_with_all_that_is_asked(client, stage, participant) -> None:
    """The agenda has twelve questions more that are not asked yet."""
    store_form(participant, stage, [(item, "dots", 1) for item in ids(stage)])
    assert progress(stage).done == 1
    assert stage.criteria.count() > 1


def test_not_all_that_is_asked_is_not_done(client, participant) -> None:
    other = make_workshop(rounds=["trends"])
    stage = open_stage(other.stages.get())
    client.post(f"/m/{other.join_token}/", {"municipality": "0748", "group": "inwoner"})
    person = Participant.objects.get(workshop=other)
    cells = [(item.pk, key, 3) for item in stage.items.all() for key in ("impact", "uncertainty")]
    store_form(person, stage, cells[:-1])
    assert (progress(stage).answered, progress(stage).done) == (1, 0)
    store_form(person, stage, cells[-1:])
    assert progress(stage).done == 1
