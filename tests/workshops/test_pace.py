"""The plan against the clock, in words."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest

from workshops.models import Stage, Workshop
from workshops.pace import behind, in_words, pace, planned_start, reached

START = datetime.datetime(2026, 11, 24, 13, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))


def after(minutes: float) -> datetime.datetime:
    return START + datetime.timedelta(minutes=minutes)


def plan(*rounds: tuple[int, str, float | None]) -> list[Stage]:
    """Rounds by (minutes, state, opened so many minutes after the start)."""
    return [
        Stage(
            pk=place,
            position=place,
            minutes=minutes,
            state=state,
            opened_at=None if opened is None else after(opened),
        )
        for place, (minutes, state, opened) in enumerate(rounds, start=1)
    ]


def workshop(starts_at: datetime.time | None = datetime.time(13, 30)) -> Workshop:
    return Workshop(date=datetime.date(2026, 11, 24), starts_at=starts_at)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(7, "7 minuten achter"), (1, "1 minuut achter"), (0, "op schema"), (-1, "1 minuut voor"), (-3, "3 minuten voor")],
)
def test_it_is_said_as_one_says_it(minutes: int, said: str) -> None:
    assert in_words(minutes) == said


def test_the_plan_begins_when_agreed_else_at_the_first_opening() -> None:
    first, second = after(5), after(40)
    assert planned_start(datetime.date(2026, 11, 24), datetime.time(13, 30), [first]) == START
    assert planned_start(datetime.date(2026, 11, 24), None, [second, None, first]) == first
    assert planned_start(datetime.date(2026, 11, 24), None, [None]) is None


def test_an_open_round_counts_at_most_its_own_minutes() -> None:
    rounds = plan((10, "closed", 0), (20, "open", 12), (30, "prepared", None))
    assert reached(rounds, rounds[1], after(22)) == 20
    assert reached(rounds, rounds[1], after(60)) == 30
    assert reached(rounds, rounds[2], after(60)) == 30


def test_less_than_a_minute_is_no_difference() -> None:
    assert [behind(START, after(20), done) for done in (20.9, 19.1, 19, 21)] == [0, 0, 1, -1]


@pytest.mark.parametrize(
    ("at", "said"), [(-10, "begint om 13:30"), (4, "4 minuten achter"), (13 * 60, None), (-13 * 60, None)]
)
def test_before_the_first_round_the_clock_says_when_it_begins(at: float, said: str | None) -> None:
    rounds = plan((10, "prepared", None))
    found = pace(workshop(), rounds, rounds[0], after(at))
    assert (found.text if found else None) == said


def test_a_late_room_is_marked() -> None:
    rounds = plan((10, "open", 7))
    found = pace(workshop(), rounds, rounds[0], after(12))
    assert found is not None
    assert (found.text, found.late) == ("7 minuten achter", True)
    assert pace(workshop(None), rounds, rounds[0], after(12)).text == "op schema"


def test_a_round_tried_out_hours_before_the_start_is_not_ahead_of_anything() -> None:
    rounds = plan((10, "open", -180))
    assert pace(workshop(), rounds, rounds[0], after(-179)) is None
    rounds = plan((10, "open", -5))
    found = pace(workshop(), rounds, rounds[0], after(-4))
    assert found is not None
    assert found.text == "5 minuten voor"
