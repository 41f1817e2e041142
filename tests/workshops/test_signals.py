"""Raised hands: who may raise one, and what the facilitator hears of it."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from tests.factories import make_workshop
from workshops.models import Item, Participant, Signal, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage
from workshops.signals import Heard, SignalError, heard, own_signals, signal

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


@pytest.fixture
def item(stage: Stage) -> Item:
    return stage.items.get(number=3)


def crowd(workshop: Workshop, number: int) -> list[Participant]:
    return [join(workshop, "0503", "bedrijf") for _ in range(number)]


def send(client: Client, at: Stage, *, script: bool = True, **fields: object) -> HttpResponse:
    headers = {"X-Requested-With": "fetch"} if script else {}
    address = f"/room/{at.workshop.public_id}/signals/"
    return client.post(address, {"stage": at.pk} | fields, headers=headers)


# Raising and lowering


def test_a_hand_is_raised_once_and_lowered(stage: Stage, item: Item, participant: Participant) -> None:
    for _ in range(2):
        signal(participant, stage, "unclear", item.pk)
        signal(participant, stage, "more_time")
    assert own_signals(participant, stage) == [["more_time", None], ["unclear", item.pk]]
    for _ in range(2):
        signal(participant, stage, "unclear", item.pk, on=False)
    assert own_signals(participant, stage) == [["more_time", None]]


def test_only_an_open_round_hears(stage: Stage, participant: Participant) -> None:
    close_stage(stage)
    with pytest.raises(SignalError, match="niet open") as caught:
        signal(participant, stage, "more_time")
    assert caught.value.closed


def test_another_workshops_round_or_item_is_refused(stage: Stage, participant: Participant) -> None:
    foreign = open_stage(make_workshop().stages.get())
    with pytest.raises(SignalError):
        signal(participant, foreign, "more_time")
    with pytest.raises(SignalError):
        signal(participant, stage, "unclear", foreign.items.get(number=1).pk)
    assert not Signal.objects.exists()


# What is heard


def test_two_are_not_heard_and_three_are(workshop: Workshop, stage: Stage, item: Item) -> None:
    people = crowd(workshop, 3)
    for person in people[:2]:
        signal(person, stage, "more_time")
        signal(person, stage, "unclear", item.pk)
    assert heard(stage) == Heard(0, [])
    signal(people[2], stage, "more_time")
    signal(people[2], stage, "unclear", item.pk)
    assert heard(stage) == Heard(3, [(3, item.title["nl"], 3)])


def test_each_trend_is_heard_for_itself_in_order(workshop: Workshop, stage: Stage) -> None:
    first, second = stage.items.get(number=1), stage.items.get(number=20)
    for person in crowd(workshop, 4):
        signal(person, stage, "unclear", second.pk)
    for person in crowd(workshop, 3):
        signal(person, stage, "unclear", first.pk)
    assert [(line.number, line.people) for line in heard(stage).unclear] == [(1, 3), (20, 4)]


def test_somebody_struck_out_is_not_heard(workshop: Workshop, stage: Stage) -> None:
    people = crowd(workshop, 3)
    for person in people:
        signal(person, stage, "more_time")
    Participant.objects.filter(pk=people[0].pk).update(struck_out_at=timezone.now())
    assert heard(stage).more_time == 0


def test_hearing_takes_one_question_however_many_hands(
    workshop: Workshop, stage: Stage, django_assert_num_queries
) -> None:
    for person in crowd(workshop, 3):
        for item in stage.items.all()[:5]:
            signal(person, stage, "unclear", item.pk)
    with django_assert_num_queries(1):
        assert len(heard(stage).unclear) == 5


# The address


def test_the_page_raises_and_lowers_by_script(client: Client, stage: Stage, item: Item, participant) -> None:
    assert send(client, stage, kind="unclear", item=item.pk, on=1).status_code == 204
    assert own_signals(participant, stage) == [["unclear", item.pk]]
    assert send(client, stage, kind="unclear", item=item.pk, on=0).status_code == 204
    assert own_signals(participant, stage) == []


def test_a_plain_form_comes_back_to_its_trend(client: Client, stage: Stage, item: Item, participant) -> None:
    response = send(client, stage, script=False, kind="unclear", item=item.pk)
    assert (response.status_code, response.url) == (302, f"/room/{stage.workshop.public_id}/#item-3")
    response = send(client, stage, script=False, kind="more_time")
    assert (response.status_code, response.url) == (302, f"/room/{stage.workshop.public_id}/")


@pytest.mark.parametrize("script", [True, False])
def test_after_closing_the_page_says_so(client: Client, stage: Stage, participant, script: bool) -> None:
    close_stage(stage)
    response = send(client, stage, script=script, kind="more_time")
    assert response.status_code == 409
    assert "De ronde is niet open" in response.text


def test_a_stranger_raises_nothing(client: Client, stage: Stage) -> None:
    assert send(client, stage, kind="more_time").status_code == 403
    assert client.get(f"/room/{stage.workshop.public_id}/signals/").status_code == 405
    assert not Signal.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"kind": "unclear"},
        {"kind": "unclear", "item": "0"},
        {"kind": "unclear", "item": "2147483648"},
        {"kind": "unclear", "item": "9" * 400},
        {"kind": "unclear", "item": "\0"},
        {"kind": "unclear", "item": "²"},
        {"kind": "more_time", "item": "1"},
        {"kind": "more\0time"},
        {"kind": "x" * 500},
        {"kind": "more_time", "on": "misschien"},
        {"kind": "more_time", "stage": "9" * 30},
        {"kind": "more_time", "stage": "2147483647"},
        {"kind": "more_time", "stage": "\0"},
        {"kind": "more_time", "stage": "-1"},
    ],
)
def test_what_is_no_signal_is_refused_in_words(client: Client, stage: Stage, participant, fields) -> None:
    response = send(client, stage, **fields)
    assert response.status_code == 422
    assert "Ververs de pagina" in response.text
    assert not Signal.objects.exists()
