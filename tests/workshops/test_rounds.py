"""Every step with a round: what it does, who it is written down for, and how it is undone."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from municipalities.models import Group, User
from tests.factories import make_facilitator, make_workshop
from workshops import logbook, rounds, tasks
from workshops.fragments import state
from workshops.models import Participant, Stage, Vote, Workshop
from workshops.results import current_stage
from workshops.rounds import RoundError, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return workshop.stages.get()


@pytest.fixture
def anna() -> User:
    return make_facilitator(first_name="Anna", last_name="de Vries")


def answered(stage: Stage) -> Vote:
    """One answer of somebody who is in."""
    person = Participant.objects.create(workshop=stage.workshop, group=Group.INWONER, joined_at=timezone.now())
    item, criterion = stage.items.get(number=1), stage.criteria.get(position=1)
    return Vote.objects.create(participant=person, item=item, criterion=criterion, value=3, counter=1, transaction=1)


def set_to(stage: Stage, state: str) -> Stage:
    """The round as the steps that lead there would leave it."""
    if state != "prepared":
        stage = rounds.open_stage(stage)
    if state == "closing":
        stage = rounds.last_chance(stage)
    if state == "closed":
        stage = rounds.close_stage(stage)
    return stage


STEPS: list[tuple[str, Callable[..., Stage], str]] = [
    ("prepared", rounds.open_stage, "Anna de Vries opende ‘Trends wegen’"),
    ("open", rounds.unopen_stage, "Anna de Vries zette ‘Trends wegen’ weer klaar"),
    ("open", rounds.last_chance, "Anna de Vries gaf de laatste kans"),
    ("closing", rounds.cancel_close, "Anna de Vries liet ‘Trends wegen’ toch open"),
    ("closing", rounds.close_stage, "Anna de Vries sloot ‘Trends wegen’"),
    ("open", rounds.close_stage, "Anna de Vries sloot ‘Trends wegen’"),
    ("closed", rounds.reopen_stage, "Anna de Vries heropende ‘Trends wegen’"),
    ("closed", rounds.reveal_stage, "Anna de Vries toonde de uitslag van ‘Trends wegen’"),
    ("open", rounds.two_minutes, "Anna de Vries zei: nog 2 minuten"),
]


@pytest.mark.parametrize(("before", "step", "said"), STEPS)
def test_every_step_is_written_down_with_who_took_it(
    stage: Stage, anna: User, before: str, step: Callable[..., Stage], said: str
) -> None:
    step(set_to(stage, before), anna)
    assert logbook.lines(stage.workshop)[0].sentence == said


@pytest.mark.parametrize(("before", "step", "said"), STEPS)
def test_a_step_from_another_state_than_the_button_s_changes_nothing(
    stage: Stage, anna: User, before: str, step: Callable[..., Stage], said: str
) -> None:
    stage = set_to(stage, before)
    drawn = state_of(stage)
    Stage.objects.filter(pk=stage.pk).update(attempt=2)
    with pytest.raises(RoundError, match="intussen veranderd"):
        step(stage, anna, drawn)
    assert Stage.objects.values("state", "revealed", "closing_at", "due_at").get(pk=stage.pk) == {
        "state": stage.state,
        "revealed": stage.revealed,
        "closing_at": stage.closing_at,
        "due_at": stage.due_at,
    }


@pytest.mark.parametrize(
    ("step", "wrong"),
    [
        (rounds.open_stage, ("open", "closing", "closed")),
        (rounds.unopen_stage, ("prepared", "closed")),
        (rounds.last_chance, ("prepared", "closing", "closed")),
        (rounds.cancel_close, ("prepared", "open", "closed")),
        (rounds.close_stage, ("prepared", "closed")),
        (rounds.reopen_stage, ("prepared", "open", "closing")),
        (rounds.reveal_stage, ("prepared",)),
        (rounds.two_minutes, ("prepared", "closing", "closed")),
    ],
)
def test_a_step_is_refused_where_it_makes_no_sense(step: Callable[..., Stage], wrong: tuple[str, ...]) -> None:
    for before in wrong:
        stage = set_to(make_workshop().stages.get(), before)
        with pytest.raises(RoundError):
            step(stage)


def test_an_opening_is_taken_back_only_while_nobody_answered(stage: Stage) -> None:
    opened = rounds.open_stage(stage)
    vote = answered(opened)
    with pytest.raises(RoundError, match="al een antwoord binnen"):
        rounds.unopen_stage(opened)
    vote.delete()
    back = rounds.unopen_stage(opened)
    assert (back.state, back.opened_at) == ("prepared", None)


def test_the_room_hears_how_long_the_last_chance_still_is(stage: Stage) -> None:
    told = state(rounds.last_chance(rounds.open_stage(stage)).workshop)["stage"]
    assert told["state"] == "open" and 0 < told["closing"] <= 10
    told = state(rounds.cancel_close(stage).workshop)["stage"]
    assert (told["state"], told["closing"]) == ("open", None)


def test_a_last_chance_that_is_over_closes_the_round_once_and_says_that_the_clock_did(stage: Stage) -> None:
    rounds.last_chance(rounds.open_stage(stage))
    assert not rounds.close_overdue(stage.pk)
    Stage.objects.update(closing_at=timezone.now())
    assert rounds.close_overdue(stage.pk) and not rounds.close_overdue(stage.pk)
    stage.refresh_from_db()
    assert (stage.state, stage.closing_at) == ("closed", None)
    assert logbook.lines(stage.workshop)[0].sentence == "Na de laatste kans sloot ‘Trends wegen’"


def test_the_sweep_closes_what_no_task_closed(stage: Stage) -> None:
    rounds.last_chance(rounds.open_stage(stage))
    Stage.objects.update(closing_at=timezone.now())
    tasks.sweep()
    stage.refresh_from_db()
    assert stage.is_closed


def test_two_minutes_are_added_to_what_is_left_and_can_be_taken_back(stage: Stage) -> None:
    rounds.open_stage(stage)
    once = rounds.two_minutes(stage)
    assert 60 < state(once.workshop)["stage"]["left"] <= 120
    twice = rounds.two_minutes(once)
    assert once.due_at is not None and twice.due_at is not None
    assert twice.due_at - once.due_at == datetime.timedelta(minutes=2)
    assert state(rounds.clear_minutes(twice).workshop)["stage"]["left"] is None


def test_who_gives_two_minutes_twice_at_once_gives_them_once(stage: Stage) -> None:
    drawn = state_of(rounds.open_stage(stage))
    rounds.two_minutes(stage, None, drawn)
    with pytest.raises(RoundError):
        rounds.two_minutes(stage, None, drawn)


def test_ending_is_written_down_once(workshop: Workshop, anna: User) -> None:
    rounds.end_workshop(workshop, anna)
    rounds.end_workshop(workshop, anna)
    assert [line.sentence for line in logbook.lines(workshop)] == ["Anna de Vries beëindigde de workshop"]


def test_an_opened_round_is_where_the_room_is_from_then_on(stage: Stage) -> None:
    closed = rounds.close_stage(rounds.open_stage(stage))
    assert closed.workshop.at_stage_id == stage.pk
    assert current_stage(closed.workshop) == stage
