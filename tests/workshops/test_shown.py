"""When a revealed, still open round may move. Every step is a transaction of its own, as in the room."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from tests.factories import make_workshop
from tests.workshops.test_tallies import answer, people
from workshops import tallies, tasks
from workshops.models import Stage, Tally
from workshops.results import released
from workshops.rounds import close_stage, hide_stage, open_stage, reopen_stage, reveal_stage

pytestmark = pytest.mark.usefixtures("quiet_db")


@pytest.fixture
def stage(quiet_db: None) -> Stage:
    return open_stage(make_workshop().stages.get())


def test_a_revealed_open_round_moves_only_when_five_people_changed_something(stage: Stage) -> None:
    voters = people(stage, 6)
    answer(stage, voters, 4)
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    answer(stage, voters[:4], 1)
    tallies.refresh(stage.pk, wait=True)
    shown = released(stage)
    assert shown is not None
    assert shown.cells["kennis-technologie"]["impact"].mean == 4.0
    answer(stage, voters[4:5], 1)
    tallies.refresh(stage.pk, wait=True)
    shown = released(stage)
    assert shown is not None
    assert shown.cells["kennis-technologie"]["impact"].counts == {1: 5, 2: 0, 3: 0, 4: 1, 5: 0}


def test_hiding_and_revealing_again_is_no_way_round_the_five(stage: Stage) -> None:
    voters = people(stage, 6)
    answer(stage, voters, 4)
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    stage = hide_stage(stage)
    answer(stage, voters[:1], 1)
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    shown = released(stage)
    assert shown is not None
    assert shown.cells["kennis-technologie"]["impact"].counts == {1: 0, 2: 0, 3: 0, 4: 6, 5: 0}


def test_a_result_of_before_a_reopening_is_not_shown_as_the_final_one(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    voters = people(stage, 6)
    answer(stage, voters, 4)
    reveal_stage(close_stage(stage))
    stage = reopen_stage(hide_stage(stage))
    answer(stage, voters[:1], 1)
    close_stage(stage)
    tallies.refresh(stage.pk, wait=True)
    # The process that reveals dies between its commit and the count.
    monkeypatch.setattr(tasks, "count_here", lambda stage_id: None)
    stage = reveal_stage(stage)
    assert released(stage) is None
    assert stage.pk in tallies.uncounted()
    tallies.refresh(stage.pk, wait=True)
    shown = released(stage)
    assert shown is not None
    assert shown.cells["kennis-technologie"]["impact"].counts == {1: 1, 2: 0, 3: 0, 4: 5, 5: 0}
    assert stage.pk not in tallies.uncounted()


def test_a_final_count_that_a_reopening_overtakes_does_not_end_the_counting(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, wait_until: Callable[..., None]
) -> None:
    answer(stage, people(stage, 1), 4)
    stage = close_stage(stage)
    keep, reopening = tallies.keep, list[Future[None]]()

    def reopen() -> None:
        try:
            reopen_stage(stage)
        finally:
            connection.close()

    def reopened_in_between(*args: Any) -> None:
        reopening.append(pool.submit(reopen))
        wait_until(lambda: reopening[0].done() or somebody_waits())
        keep(*args)

    with ThreadPoolExecutor(1) as pool, monkeypatch.context() as patched:
        patched.setattr(tallies, "keep", reopened_in_between)
        assert tallies.refresh(stage.pk)
        reopening[0].result()
    assert not Tally.objects.get(stage=stage).final
    answer(stage, people(stage, 2), 4)
    tallies.refresh(stage.pk, wait=True)
    assert Tally.objects.get(stage=stage).answers == 3


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)")
        return bool(cursor.fetchone()[0])
