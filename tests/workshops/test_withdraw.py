"""Taking one's answers back: what goes, what stays, and what still arrives late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from workshops import tallies, tasks
from workshops.models import LogEntry, Participant, Signal, Stage, Tally, Vote, Workshop
from workshops.participants import JoinError, given, highest_counter, join, withdraw
from workshops.rounds import close_stage, hide_stage, open_stage, reveal_stage
from workshops.votes import EXPLAIN, LOCK, READ_BACK, STORE, Answer, Receipt, arrays, outcome, store_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(workshop: Workshop) -> Stage:
    return open_stage(workshop.stages.get())


@pytest.fixture
def participant(stage: Stage) -> Participant:
    return join(stage.workshop, "0748", "inwoner")


def give(participant: Participant, stage: Stage, number: int = 3) -> None:
    items = stage.items.order_by("number")[:number]
    store_form(participant, stage, [(item.pk, "impact", 4) for item in items])


def deliver(participant: Participant, stage: Stage, counter: int, value: int = 4) -> Receipt:
    """One answer to the first item as the live door stores it, under a counter of the phone's."""
    item = stage.items.get(number=1)
    written = [Answer(participant.pk, stage.pk, item.pk, "impact", value, counter)]
    values = arrays(written)
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [stage.pk])
        cursor.execute(STORE, values)
        cursor.execute(READ_BACK, values)
        found = cursor.fetchall()
        cursor.execute(EXPLAIN, values)
        return outcome(written, written, found, cursor.fetchall()).receipts[0]


def stored(participant: Participant) -> int:
    return Vote.objects.filter(participant=participant).count()


def test_a_withdrawal_takes_this_persons_answers_and_nobody_elses(stage: Stage, participant: Participant) -> None:
    other = join(stage.workshop, "0503", "bedrijf")
    give(participant, stage)
    give(other, stage)
    assert withdraw(participant) == 3
    assert (stored(participant), stored(other)) == (0, 3)


def test_the_cockpit_can_say_why_received_dropped(stage: Stage, participant: Participant) -> None:
    give(participant, stage)
    withdraw(participant)
    entry = LogEntry.objects.get(workshop=stage.workshop, verb="withdraw")
    assert (entry.who, entry.stage, entry.detail) == (None, stage, {"number": 3})


def test_an_old_answer_that_still_arrives_is_refused(stage: Stage, participant: Participant) -> None:
    deliver(participant, stage, 7)
    withdraw(participant)
    again = deliver(participant, stage, 7)
    assert (again.status, again.reason, again.highest) == ("refused", "withdrawn", 7)
    assert stored(participant) == 0


def test_what_a_phone_had_not_sent_yet_is_refused_too(stage: Stage, participant: Participant) -> None:
    deliver(participant, stage, 7)
    withdraw(participant, known=12)
    assert deliver(participant, stage, 12).reason == "withdrawn"
    assert deliver(participant, stage, 13).status == "stored"


def test_unsent_answers_alone_can_be_withdrawn(stage: Stage, participant: Participant) -> None:
    assert withdraw(participant, known=5) == 0
    assert deliver(participant, stage, 5).reason == "withdrawn"
    assert not LogEntry.objects.filter(verb="withdraw").exists()


def test_no_phone_can_count_itself_out_of_numbers(stage: Stage, participant: Participant) -> None:
    deliver(participant, stage, 7)
    withdraw(participant, known=2**53)
    participant.refresh_from_db()
    assert participant.withdrawn_to < 20_000


def test_a_new_answer_counts_again(stage: Stage, participant: Participant) -> None:
    deliver(participant, stage, 7)
    withdraw(participant)
    participant.refresh_from_db()
    assert highest_counter(participant) == 7
    assert deliver(participant, stage, 8).status == "stored"


def test_the_plain_form_goes_on_above_what_was_withdrawn(stage: Stage, participant: Participant) -> None:
    deliver(participant, stage, 7)
    withdraw(participant)
    give(participant, stage, 1)
    assert Vote.objects.get(participant=participant).counter == 8


def test_an_answer_off_the_scale_is_still_named_so(stage: Stage, participant: Participant) -> None:
    deliver(participant, stage, 7)
    withdraw(participant)
    assert deliver(participant, stage, 6, value=9).reason == "out_of_range"


def test_after_a_withdrawal_a_closed_round_is_named_closed(stage: Stage, participant: Participant) -> None:
    deliver(participant, stage, 7)
    withdraw(participant)
    close_stage(stage)
    assert deliver(participant, stage, 6).reason == "closed"


def reveal_and_hide(stage: Stage) -> None:
    reveal_stage(stage)
    tallies.refresh(stage.pk)
    hide_stage(stage)


@pytest.mark.parametrize("settle", [close_stage, reveal_stage, reveal_and_hide])
def test_what_stands_in_a_result_stays(
    stage: Stage, participant: Participant, settle: Callable[[Stage], object]
) -> None:
    give(participant, stage)
    settle(stage)
    with pytest.raises(JoinError, match="niets om in te trekken"):
        withdraw(participant, known=50)
    assert stored(participant) == 3


def test_the_page_knows_what_goes_and_what_stays(stage: Stage, participant: Participant) -> None:
    give(participant, stage)
    assert (given(participant).going, given(participant).staying) == ([(stage.title, 3)], [])
    close_stage(stage)
    assert (given(participant).going, given(participant).staying) == ([], [(stage.title, 3)])


def test_without_an_answer_there_is_nothing_to_withdraw(participant: Participant) -> None:
    with pytest.raises(JoinError, match="niets om in te trekken"):
        withdraw(participant)


def test_a_second_withdrawal_finds_nothing(stage: Stage, participant: Participant) -> None:
    give(participant, stage)
    withdraw(participant)
    with pytest.raises(JoinError):
        withdraw(participant)


def test_raised_hands_go_too(stage: Stage, participant: Participant) -> None:
    give(participant, stage)
    Signal.objects.create(participant=participant, stage=stage, kind="more_time")
    withdraw(participant)
    assert not Signal.objects.exists()


def test_the_round_is_counted_again(
    stage: Stage, participant: Participant, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    give(participant, stage)
    tallies.refresh(stage.pk)
    monkeypatch.setattr(tasks, "count_now", tasks.count_here)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(participant)
    assert Tally.objects.get(stage=stage).answers == 0


def test_a_withdrawal_that_no_task_counted_is_swept_up(stage: Stage, participant: Participant) -> None:
    give(participant, stage)
    tallies.refresh(stage.pk)
    # Outside a test's one transaction the counted votes lie below the horizon.
    Tally.objects.filter(stage=stage).update(horizon=2**60)
    assert stage.pk not in tallies.uncounted()
    withdraw(participant)
    assert stage.pk in tallies.uncounted()
    long_ago = timezone.now() - timedelta(minutes=1)
    LogEntry.objects.filter(verb="withdraw").update(at=long_ago)
    assert stage.pk not in tallies.uncounted()
