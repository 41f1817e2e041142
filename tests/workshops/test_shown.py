"""When a revealed, still open round may move. Every step is a transaction of its own, as in the room."""

from __future__ import annotations

import pytest

from tests.factories import make_workshop
from tests.workshops.test_tallies import answer, people
from workshops import tallies
from workshops.models import Stage
from workshops.results import released
from workshops.rounds import hide_stage, open_stage, reveal_stage

pytestmark = pytest.mark.usefixtures("live_db")


@pytest.fixture
def stage(live_db: None) -> Stage:
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
