"""The plain form's way into the group commit's transaction."""

from __future__ import annotations

import pytest

from tests.factories import make_municipality, make_workshop
from workshops.models import Item, Participant, Stage, Vote
from workshops.participants import JoinError, answers_of, highest_counter, join
from workshops.rounds import close_stage, open_stage
from workshops.votes import Answer, newest, store_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return open_stage(make_workshop().stages.get())


@pytest.fixture
def participant(stage: Stage) -> Participant:
    return join(stage.workshop, "0748", "inwoner")


def item(stage: Stage, number: int = 1) -> Item:
    return stage.items.get(number=number)


def test_answers_are_stored_and_receipted(stage: Stage, participant: Participant) -> None:
    first, second = item(stage), item(stage, 2)
    receipts = store_form(participant, stage, [(first.pk, "impact", 4), (second.pk, "uncertainty", None)])
    assert [receipt.status for receipt in receipts] == ["stored", "stored"]
    assert answers_of(participant, stage) == {(first.pk, "impact"): 4, (second.pk, "uncertainty"): None}


def test_a_form_takes_the_highest_counter_plus_one(stage: Stage, participant: Participant) -> None:
    store_form(participant, stage, [(item(stage).pk, "impact", 4)])
    store_form(participant, stage, [(item(stage, 2).pk, "impact", 4)])
    assert highest_counter(participant) == 2
    receipt = store_form(participant, stage, [(item(stage).pk, "impact", 1)])[0]
    assert (receipt.status, receipt.highest) == ("stored", 3)
    assert answers_of(participant, stage)[item(stage).pk, "impact"] == 1


@pytest.mark.parametrize("value", [0, 6, -1])
def test_a_value_outside_the_scale_is_refused_and_its_neighbours_stand(
    stage: Stage, participant: Participant, value: int
) -> None:
    receipts = store_form(participant, stage, [(item(stage).pk, "impact", value), (item(stage, 2).pk, "impact", 5)])
    assert [(receipt.status, receipt.reason) for receipt in receipts] == [("refused", "out_of_range"), ("stored", "")]


def test_an_unknown_criterion_is_refused(stage: Stage, participant: Participant) -> None:
    assert store_form(participant, stage, [(item(stage).pk, "beauty", 3)])[0].reason == "unknown_criterion"


def test_an_item_of_another_workshop_is_refused(stage: Stage, participant: Participant) -> None:
    foreign = open_stage(make_workshop().stages.get())
    assert store_form(participant, stage, [(item(foreign).pk, "impact", 3)])[0].reason == "unknown_item"
    assert store_form(participant, foreign, [(item(foreign).pk, "impact", 3)])[0].reason == "not_a_participant"
    assert not Vote.objects.exists()


def test_a_vote_before_opening_is_refused() -> None:
    stage = make_workshop().stages.get()
    participant = join(stage.workshop, "0748", "inwoner")
    assert store_form(participant, stage, [(item(stage).pk, "impact", 3)])[0].reason == "not_open_yet"


def test_a_vote_after_closing_is_refused_and_the_earlier_one_stands(stage: Stage, participant: Participant) -> None:
    store_form(participant, stage, [(item(stage).pk, "impact", 3)])
    close_stage(stage)
    assert store_form(participant, stage, [(item(stage).pk, "impact", 5)])[0].reason == "closed"
    assert answers_of(participant, stage)[item(stage).pk, "impact"] == 3


def test_somebody_struck_out_is_refused(stage: Stage, participant: Participant) -> None:
    participant.struck_out_at = participant.joined_at
    participant.save()
    assert store_form(participant, stage, [(item(stage).pk, "impact", 3)])[0].reason == "not_a_participant"


def test_somebody_from_elsewhere_counts_as_everyone(stage: Stage) -> None:
    elsewhere = join(stage.workshop, "anders", "rijk")
    assert elsewhere.municipality_code == "anders"
    assert store_form(elsewhere, stage, [(item(stage).pk, "impact", 3)])[0].status == "stored"


def test_of_several_answers_to_one_cell_the_newest_is_kept() -> None:
    old, new = Answer(1, 1, 1, "impact", 2, 3), Answer(1, 1, 1, "impact", 4, 7)
    other = Answer(2, 1, 1, "impact", 5, 1)
    assert set(newest([old, other, new])) == {new, other}
    assert newest([new, old]) == [new]


def test_of_equal_counters_the_first_to_arrive_is_kept() -> None:
    first, second = Answer(1, 1, 1, "impact", 2, 3), Answer(1, 1, 1, "impact", 4, 3)
    assert newest([first, second]) == [first]


def test_municipality_and_group_that_take_no_part_are_refused(stage: Stage) -> None:
    make_municipality("0363")
    with pytest.raises(JoinError):
        join(stage.workshop, "0363", "inwoner")
    with pytest.raises(JoinError):
        join(stage.workshop, "0748", "burgemeester")
    assert not Participant.objects.exists()
