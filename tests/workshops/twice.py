"""A room that weighed the trends once, gave its reasons, and is at the second round."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.factories import make_workshop
from workshops import contributions, tallies
from workshops.flow import fill
from workshops.models import Contribution, Item, Participant, Stage, Workshop
from workshops.participants import join
from workshops.preparing import Round
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.votes import store_form

TWICE = [
    Round("trends"),
    Round("trends", title="Nog een keer", previous="trends", flow={"kind": "trends", "choice": "most_divided"}),
]
DIVIDED = 3  # how many trends divide the room, from the first on

# What somebody answers, by the number of the person and of the trend: [impact, uncertainty]; None: "weet ik niet".
Answers = Callable[[int, int], Sequence[int | None]]


def first_answers(person: int, trend: int) -> Sequence[int | None]:
    """The first trends divide the room on influence, each a little less; of all others it thinks the same."""
    camps = (1, 5) if trend == 1 else (2, 5) if trend == 2 else (2, 4) if trend == DIVIDED else (3, 3)
    return [camps[person % 2], 3]


def make_twice() -> tuple[Workshop, Stage, Stage]:
    """The workshop with its first and second round, both prepared."""
    workshop = make_workshop(rounds=TWICE)
    first, second = workshop.stages.order_by("position")
    return workshop, first, second


def people_of(workshop: Workshop, number: int = 8) -> list[Participant]:
    return [join(workshop, ("0748", "0503")[place % 2], "inwoner") for place in range(number)]


def vote(stage: Stage, people: Sequence[Participant], answers: Answers, trends: Sequence[int] | None = None) -> None:
    """Everybody answers on these trends (numbers in the content; all of the round)."""
    numbers = {key: number for number, key in enumerate(content_keys(stage), start=1)}
    items = [(item, numbers[item.key]) for item in stage.items.order_by("number")]
    for place, person in enumerate(people):
        given = [
            (item.pk, key, value)
            for item, trend in items
            if trends is None or trend in trends
            for key, value in zip(("impact", "uncertainty"), answers(place, trend), strict=True)
        ]
        store_form(person, stage, given)


def content_keys(stage: Stage) -> list[str]:
    return list(stage.workshop.content_set.trends.order_by("number").values_list("key", flat=True))


def hold(stage: Stage, people: Sequence[Participant], answers: Answers = first_answers) -> Stage:
    """Open the round, let everybody answer, close and reveal it."""
    open_stage(stage)
    vote(stage, people, answers)
    return show(stage)


def show(stage: Stage) -> Stage:
    """Close and reveal it, counted."""
    shown = reveal_stage(close_stage(stage))
    assert tallies.refresh(stage.pk, wait=True)
    return shown


def at_second(workshop: Workshop, second: Stage) -> Stage:
    """Take the room to the second round, which takes over the most divided trends, and open it."""
    fill(second, None)
    return open_stage(second)


def reason(stage: Stage, person: Participant, item: Item, side: str, text: str, *, pin: bool = True) -> Contribution:
    """Somebody's reason on a side of a trend, let through unless told."""
    found = contributions.contribute(person, stage, item, side, text)
    assert found is not None
    return contributions.let_through(found, None) if pin else found
