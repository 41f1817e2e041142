"""A room that weighed the trends and is taken on to the axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from tests.factories import make_workshop
from workshops.models import Participant, Stage, Workshop
from workshops.next_round import next_round
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.tallies import refresh
from workshops.votes import store_form

# Those of the four axes that people feel strongly about, each in its own way.
HEAVY = {
    "economie": ("economie", "collectieve-middelen", "arbeidsmarkt"),
    "solidariteit": ("solidariteit", "individualisering", "informele-netwerken"),
}
ROUNDS = ["trends", "axes", "scenarios", "position"]


def leaning(people: int = 30) -> Callable[[int, str], int]:
    """Both of ``HEAVY`` weigh most, and who is high on the one is as often low as high on the other."""
    draw = np.random.default_rng(5)
    leans = {axis: draw.permutation(np.arange(people) % 2) for axis in HEAVY}
    of = {trend: axis for axis, trends in HEAVY.items() for trend in trends}

    def value(person: int, trend: str) -> int:
        return 4 + int(leans[of[trend]][person]) if trend in of else 2 + (person + len(trend)) % 2

    return value


def weighed(workshop: Workshop, value: Callable[[int, str], int] | None = None, people: int = 30) -> Stage:
    """The trends round answered by so many people, closed and shown."""
    value = value or leaning(people)
    stage = open_stage(workshop.stages.get(kind="trends"))
    items = list(stage.items.order_by("number"))
    for number in range(people):
        person = join(workshop, ("0748", "0503")[number % 2], "inwoner")
        given = value(number, "")
        assert 1 <= given <= 5
        answers = [(item.pk, key, value(number, item.key)) for item in items for key in ("impact", "uncertainty")]
        store_form(person, stage, answers)
    reveal_stage(close_stage(stage))
    refresh(stage.pk, wait=True)
    return Stage.objects.get(pk=stage.pk)


def axes_round(people: int = 30, **options: Any) -> Stage:
    """The axes round of such a workshop, the room taken to it; ``options`` are of ``make_workshop``."""
    workshop = make_workshop(rounds=ROUNDS, **options)
    return next_round(weighed(workshop, people=people))


def divide(stage: Stage, *ballots: tuple[int, ...], together: int | None = 2) -> list[Participant]:
    """One person a ballot, each of whom says so of every pair; the round stays open."""
    items = list(stage.items.order_by("number"))
    people = [join(stage.workshop, ("0748", "0503")[place % 2], "bedrijf") for place in range(len(ballots))]
    for person, ballot in zip(people, ballots, strict=True):
        cells: list[tuple[int, str, int | None]] = [
            (item.pk, "dots", dots) for item, dots in zip(items, ballot, strict=True)
        ]
        store_form(person, stage, [*cells, *((item.pk, "together", together) for item in items)])
    return people


def shown(stage: Stage) -> Stage:
    """Closed, shown and counted."""
    reveal_stage(close_stage(stage))
    refresh(stage.pk, wait=True)
    return Stage.objects.get(pk=stage.pk)


def pair(stage: Stage, number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two axes of one of the round's pairs, as ``axes.choose`` takes them."""
    x, y = stage.items.get(number=number).origin["axes"]
    return x, y
