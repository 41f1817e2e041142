"""Counting: from the votes, in one snapshot, never back from final."""

from __future__ import annotations

import pytest

from tests.factories import make_workshop
from workshops import tallies
from workshops.models import Participant, Stage, Tally
from workshops.participants import join
from workshops.results import progress, released
from workshops.rounds import RoundError, begin, close_stage, open_stage, reopen_stage, reveal_stage
from workshops.votes import store_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return open_stage(make_workshop().stages.get())


def people(stage: Stage, number: int, code: str = "0748", group: str = "inwoner") -> list[Participant]:
    return [join(stage.workshop, code, group) for _ in range(number)]


def answer(stage: Stage, participants: list[Participant], value: int | None, number: int = 1) -> None:
    item = stage.items.get(number=number)
    for participant in participants:
        assert store_form(participant, stage, [(item.pk, "impact", value)])[0].status == "stored"


def counted(stage: Stage) -> Tally:
    assert tallies.refresh(stage.pk)
    return Tally.objects.get(stage=stage)


def test_a_tally_counts_values_and_dont_knows_whole_and_by_group_apart(stage: Stage) -> None:
    answer(stage, people(stage, 3), 4)
    answer(stage, people(stage, 2, "anders", "rijk"), None)
    tally = counted(stage)
    cell = tally.counts["cells"]["kennis-technologie"]["impact"]
    assert cell["all"] == {"4": 3, "dk": 2}
    assert cell["by_municipality"] == {"0748": {"4": 3}, "anders": {"dk": 2}}
    assert cell["by_group"] == {"inwoner": {"4": 3}, "rijk": {"dk": 2}}
    assert (tally.answers, tally.respondents, tally.version, tally.final) == (5, 5, 1, False)


def test_a_second_count_counts_afresh(stage: Stage) -> None:
    voters = people(stage, 3)
    answer(stage, voters, 4)
    counted(stage)
    answer(stage, voters[:1], 2)
    tally = counted(stage)
    assert tally.counts["cells"]["kennis-technologie"]["impact"]["all"] == {"4": 2, "2": 1}
    assert tally.version == 2


def test_only_a_closed_round_has_a_final_tally_and_reopening_takes_it_back(stage: Stage) -> None:
    answer(stage, people(stage, 5), 4)
    close_stage(stage)
    assert counted(stage).final
    reopen_stage(stage)
    assert not Tally.objects.get(stage=stage).final


def test_a_live_count_never_overwrites_a_final_one(stage: Stage) -> None:
    answer(stage, people(stage, 5), 4)
    close_stage(stage)
    final = counted(stage)
    tallies.keep(stage.pk, False, False, 0, 0, tallies.raw([], 0))
    assert Tally.objects.get(stage=stage).counts == final.counts


def test_nothing_is_released_before_the_reveal(stage: Stage) -> None:
    answer(stage, people(stage, 6), 4)
    counted(stage)
    assert released(stage) is None
    stage = close_stage(stage)
    counted(stage)
    assert released(stage) is None


def test_a_closed_and_revealed_round_shows_groups(stage: Stage) -> None:
    answer(stage, people(stage, 6), 4)
    answer(stage, people(stage, 6, "0503"), 2)
    close_stage(stage)
    stage = reveal_stage(stage)
    tallies.refresh(stage.pk)
    shown = released(stage)
    assert shown is not None
    cell = shown.cells["kennis-technologie"]["impact"]
    assert (cell.n, cell.mean, cell.median) == (12, 3.0, 3.0)
    assert [(group.key, group.n) for group in cell.by_municipality] == [("0748", 6), ("0503", 6), ("anders", 0)]


def test_the_sweep_finds_rounds_with_uncounted_votes(stage: Stage) -> None:
    assert tallies.uncounted() == []
    answer(stage, people(stage, 1), 4)
    assert tallies.uncounted() == [stage.pk]


def test_the_sweep_finds_a_round_that_was_revealed_without_its_picture(stage: Stage) -> None:
    answer(stage, people(stage, 5), 4)
    stage = close_stage(stage)
    counted(stage)
    assert stage.pk not in tallies.uncounted()
    reveal_stage(stage)
    assert stage.pk in tallies.uncounted()
    counted(stage)
    assert stage.pk not in tallies.uncounted()


def test_progress_is_exact_in_the_owners_cockpit(stage: Stage) -> None:
    answer(stage, people(stage, 2), 4)
    people(stage, 1, "0503")
    standing = progress(stage)
    assert (standing.joined, standing.answered, standing.done, standing.received, standing.counted) == (3, 2, 0, 2, 0)
    assert [(row.code, row.joined, row.answered) for row in standing.by_municipality] == [
        ("0748", 2, 2),
        ("0503", 1, 0),
        ("anders", 0, 0),
    ]


def test_two_rounds_of_one_workshop_are_never_open_at_once(stage: Stage) -> None:
    second = Stage.objects.create(workshop=stage.workshop, position=2, key="tweede", kind="trends", title="Tweede")
    with pytest.raises(RoundError):
        begin(second)


def test_a_round_in_a_released_report_stays_closed(stage: Stage) -> None:
    stage = close_stage(stage)
    stage.settings["in_released_report"] = True
    stage.save()
    with pytest.raises(RoundError):
        reopen_stage(stage)
