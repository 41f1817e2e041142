"""The round without JavaScript: the form is posted, and the page says in words what became of it."""

from __future__ import annotations

import html
import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.factories import make_workshop
from workshops.models import Item, Stage, Vote, Workshop
from workshops.participants import answers_of, highest_counter
from workshops.rounds import close_stage, end_workshop, open_stage
from workshops.votes import store_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return open_stage(make_workshop().stages.get())


@pytest.fixture
def workshop(stage: Stage) -> Workshop:
    return stage.workshop


def item(stage: Stage, number: int = 1) -> Item:
    return stage.items.get(number=number)


def answer(client: Client, stage: Stage, fields: dict[str, object], **more: object) -> HttpResponse:
    path = f"/room/{stage.workshop.public_id}/votes/"
    return client.post(path, {"stage": stage.pk} | fields, **more)


def names(stage: Stage, number: int = 1) -> tuple[str, str]:
    return f"a-{item(stage, number).pk}-impact", f"a-{item(stage, number).pk}-uncertainty"


def test_the_whole_form_can_be_sent_at_once(client, stage, participant) -> None:
    fields = {name: value for n in range(1, 22) for name, value in zip(names(stage, n), ("4", "x"), strict=True)}
    response = answer(client, stage, fields, follow=True)
    assert response.redirect_chain == [(f"/room/{stage.workshop.public_id}/", 302)]
    assert "42 antwoorden zijn ontvangen." in response.text
    stored = answers_of(participant, stage)
    assert len(stored) == 42
    assert {value for (_, key), value in stored.items() if key == "impact"} == {4}
    assert {value for (_, key), value in stored.items() if key == "uncertainty"} == {None}


def test_one_trend_can_be_sent_and_the_page_opens_at_the_next(client, stage, participant) -> None:
    impact, _ = names(stage, 3)
    response = answer(client, stage, {impact: "2", "at": "4"})
    assert response.url == f"/room/{stage.workshop.public_id}/#item-4"
    assert answers_of(participant, stage) == {(item(stage, 3).pk, "impact"): 2}
    assert "1 antwoord is ontvangen." in client.get(response.url).text


def test_the_pages_own_form_works_as_it_is(stage, workshop) -> None:
    client = Client(enforce_csrf_checks=True)
    token = csrf(client.get(f"/m/{workshop.join_token}/").text)
    joined = {"municipality": "0748", "group": "inwoner", "csrfmiddlewaretoken": token}
    page = client.post(f"/m/{workshop.join_token}/", joined, follow=True).text
    form = page[page.index("data-vote") :]
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
    # What the form showed of texts before, beside the votes.
    texts = {name for name in fields if name.startswith("w-")}
    assert set(fields) - texts == {"csrfmiddlewaretoken", "stage", "was"}
    response = client.post(f"/room/{workshop.public_id}/votes/", fields | {names(stage)[0]: "5"}, follow=True)
    assert "1 antwoord is ontvangen." in response.text


def test_without_the_token_of_our_own_page_nothing_is_stored(stage, workshop, client, participant) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert answer(strict, stage, {names(stage)[0]: "5"}).status_code == 403
    assert not Vote.objects.filter(participant=participant).exists()


def csrf(page: str) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]


@pytest.mark.parametrize("value", ["0", "6", "2.5", "70000", "vier", "", "-1", "x4", "４"])
def test_a_value_outside_the_scale_is_named_and_nothing_else_is_lost(client, stage, participant, value) -> None:
    impact, uncertainty = names(stage)
    response = answer(client, stage, {impact: value, uncertainty: "3", names(stage, 2)[0]: "x"})
    assert response.status_code == 422
    assert (
        "Kies bij trend 1 (Democratisering van kennis en technologie) voor invloed een cijfer van 1 tot en met 5."
        in (html.unescape(response.text))
    )
    assert "2 antwoorden zijn ontvangen." in response.text
    assert answers_of(participant, stage) == {(item(stage).pk, "uncertainty"): 3, (item(stage, 2).pk, "impact"): None}


def test_an_unknown_criterion_or_a_foreign_item_is_refused_by_name(client, stage, participant) -> None:
    foreign = item(open_stage(make_workshop().stages.get()))
    fields = {f"a-{foreign.pk}-impact": "3", f"a-{item(stage).pk}-beauty": "3", names(stage)[0]: "3"}
    response = answer(client, stage, fields, follow=True)
    assert response.text.count("hoort niet bij deze ronde en is niet meegeteld") == 2
    assert "1 antwoord is ontvangen." in response.text
    assert Vote.objects.filter(participant=participant).count() == 1


@pytest.mark.parametrize("stage_field", ["", "abc", "999999999", "99999999999999", "-1", "²"])
def test_a_round_that_is_not_there_is_said(client, stage, participant, stage_field) -> None:
    response = answer(client, stage, {"stage": stage_field, names(stage)[0]: "3"})
    assert response.status_code == 422
    assert "Deze ronde bestaat niet meer" in response.text
    assert not Vote.objects.filter(participant=participant).exists()


def test_another_workshops_round_is_not_there(client, stage, participant) -> None:
    other = open_stage(make_workshop().stages.get())
    response = answer(client, stage, {"stage": other.pk, names(other)[0]: "3"})
    assert response.status_code == 422
    assert not Vote.objects.filter(participant=participant).exists()


def test_after_closing_it_says_that_it_was_too_late(client, stage, participant) -> None:
    answer(client, stage, {names(stage)[0]: "3"})
    close_stage(stage)
    response = answer(client, stage, {names(stage)[0]: "5", names(stage)[1]: "5"}, follow=True)
    assert "2 antwoorden zijn niet meegeteld: de ronde was al gesloten." in response.text
    assert answers_of(participant, stage) == {(item(stage).pk, "impact"): 3}


def test_before_opening_it_says_that_it_is_too_early(client) -> None:
    stage = make_workshop().stages.get()
    client.post(f"/m/{stage.workshop.join_token}/", {"municipality": "0748", "group": "inwoner"})
    response = answer(client, stage, {names(stage)[0]: "5"}, follow=True)
    assert "1 antwoord is niet meegeteld: de ronde is nog niet open." in response.text


def test_after_the_end_too(client, stage, participant) -> None:
    close_stage(stage)
    end_workshop(stage.workshop)
    response = answer(client, stage, {names(stage)[0]: "5"}, follow=True)
    assert "niet meegeteld" in response.text


def test_a_stranger_cannot_vote(stage) -> None:
    response = answer(Client(), stage, {names(stage)[0]: "5"})
    assert response.status_code == 403
    assert not Vote.objects.filter(item__stage=stage).exists()


def test_an_empty_form_says_that_nothing_changed(client, stage, participant) -> None:
    assert "Er is niets veranderd" in answer(client, stage, {}, follow=True).text


def test_what_still_stands_is_not_sent_again_so_an_old_page_takes_nothing_back(client, stage, participant) -> None:
    impact, uncertainty = names(stage)
    answer(client, stage, {impact: "3", uncertainty: "1"})
    old = client.get(f"/room/{stage.workshop.public_id}/").text
    was = html.unescape(re.search(r'name="was" value="([^"]*)"', old)[1])
    store_form(participant, stage, [(item(stage).pk, "impact", 5)])
    answer(client, stage, {impact: "3", uncertainty: "2", "was": was})
    assert answers_of(participant, stage) == {(item(stage).pk, "impact"): 5, (item(stage).pk, "uncertainty"): 2}


def test_a_changed_mind_overwrites(client, stage, participant) -> None:
    impact, _ = names(stage)
    for value in ("3", "x", "4"):
        answer(client, stage, {impact: value})
    assert answers_of(participant, stage) == {(item(stage).pk, "impact"): 4}
    assert highest_counter(participant) == 3


@pytest.mark.parametrize(
    "was", ["{", "[]", '{"1/impact": 3}', '{"a/b": [1]}', "null", '{"1/impact": [[]]}', "[" * 5000]
)
def test_a_broken_memory_of_the_form_does_no_harm(client, stage, participant, was) -> None:
    assert answer(client, stage, {names(stage)[0]: "3", "was": was}).status_code == 302
    assert answers_of(participant, stage) == {(item(stage).pk, "impact"): 3}


def test_a_thousand_fields_and_more_are_refused_whole(client, stage, participant) -> None:
    fields = {f"a-{n}-impact": "3" for n in range(1, 2001)}
    assert answer(client, stage, fields).status_code == 400
    assert not Vote.objects.filter(participant=participant).exists()


def test_the_page_carries_the_highest_counter_and_what_stands(client, stage, participant) -> None:
    answer(client, stage, {names(stage)[0]: "3"})
    answer(client, stage, {names(stage)[1]: "x"})
    page = client.get(f"/room/{stage.workshop.public_id}/").text
    assert 'data-highest="2"' in page
    was = json.loads(html.unescape(re.search(r'name="was" value="([^"]*)"', page)[1]))
    first = item(stage).pk
    assert {cell: known[:2] for cell, known in was.items()} == {
        f"{first}/impact": [3, 1],
        f"{first}/uncertainty": [None, 2],
    }
