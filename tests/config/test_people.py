"""Made-up people: the same for the same seed, different from each other, and no uniform noise."""

from __future__ import annotations

from collections import Counter

import pytest

from config.rehearsal.people import GROUPS, make_script
from config.rehearsal.script import Script, asked, last_answers, shipped_content
from trends.distribution import agreement

CODES = ["0748", "0503", "0777"]


def make(participants: int = 200, seed: int = 1) -> Script:
    content = shipped_content()
    asks = asked("trends", content)
    assert asks is not None
    return make_script(participants, CODES, seed, asks, [trend.key for trend in content.trends])


@pytest.fixture(scope="module")
def room() -> Script:
    return make()


def counts(script: Script, item: int, criterion: str) -> list[int]:
    values = [last_answers(rows).get((item, criterion)) for rows in script.rows_of("trends").values()]
    return [values.count(value) for value in range(1, 6)]


def test_the_same_seed_gives_the_same_room_and_another_seed_another(room: Script) -> None:
    again = make()
    assert (again.people, again.rows) == (room.people, room.rows)
    assert make(seed=2).rows != room.rows


def test_every_group_and_municipality_is_there_in_unequal_numbers(room: Script) -> None:
    groups = Counter(person.group for person in room.people)
    assert set(groups) == set(GROUPS) and groups["inwoner"] > groups["rijk"]
    places = Counter(person.municipality for person in room.people)
    assert set(places) == {*CODES, "anders"} and places["anders"] < min(places[code] for code in CODES)
    assert {person.group for person in make(6).people} == set(GROUPS)


def test_the_room_agrees_on_some_trends_and_has_two_camps_on_others(room: Script) -> None:
    found = [
        agreement(counts(room, item, criterion)) for item in range(1, 22) for criterion in ("impact", "uncertainty")
    ]
    known = [value for value in found if value is not None]
    assert len(known) == 42
    assert max(known) > 0.7 and min(known) < 0


def test_trends_differ_so_that_every_corner_of_the_matrix_is_used(room: Script) -> None:
    def mean(item: int, criterion: str) -> float:
        row = counts(room, item, criterion)
        return sum(value * n for value, n in enumerate(row, start=1)) / sum(row)

    means = [(mean(item, "impact"), mean(item, "uncertainty")) for item in range(1, 22)]
    corners = {(impact > 3.6, uncertainty > 3.2) for impact, uncertainty in means}
    assert len(corners) == 4


def test_nobody_answers_the_same_everywhere_and_people_differ(room: Script) -> None:
    answers = [tuple(sorted(last_answers(rows).items(), key=str)) for rows in room.rows_of("trends").values()]
    assert len(set(answers)) == len(room.people)
    assert all(len({value for _cell, value in own}) > 1 for own in answers if len(own) > 10)


def test_some_are_late_stop_early_change_their_mind_or_do_not_know(room: Script) -> None:
    rows = room.rows_of("trends")
    late = [person for person in room.people if person.joins is not None]
    assert 5 < len(late) < 40
    assert all(rows[person.name][0].second > (person.joins or 0) for person in late)
    answered = [len(last_answers(own)) for own in rows.values()]
    assert sum(1 for count in answered if count < 38) > 10 and sum(1 for count in answered if count == 42) > 80
    assert sum(1 for own in rows.values() if len(own) > len(last_answers(own))) > 25
    unknown = sum(1 for row in room.rows if row.value is None) / len(room.rows)
    assert 0.02 < unknown < 0.12
    assert [person.drops_out for person in room.people].count(True) == 1


@pytest.mark.parametrize("participants", [1, 2, 5])
def test_a_room_of_a_few_is_a_room_too(participants: int) -> None:
    script = make(participants)
    assert len(script.people) == participants
    assert {row.participant for row in script.rows} == {person.name for person in script.people}
