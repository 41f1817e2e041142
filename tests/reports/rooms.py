"""Rooms for the tests of reports: people who join and answer, on the real database."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.factories import make_municipality, make_workshop
from workshops import tallies
from workshops.models import Participant, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.votes import store_form
from workshops.worlds import tell

# Municipality, group and number of people: 6 of Bergen op Zoom, 5 of Delft, 2 of Etten-Leur, 1 from elsewhere.
PEOPLE = (
    ("0748", "inwoner", 6),
    ("0503", "gemeente", 5),
    ("0777", "gemeente", 2),
    ("anders", "rijk", 1),
)
Answer = Callable[[int, int, str], int | None]


def believable(person: int, number: int, criterion: str) -> int | None:
    """An answer that differs by person, trend and criterion; every ninth person says "weet ik niet" once in a while."""
    if person % 9 == 4 and number % 5 == 0:
        return None
    return 1 + (person + 2 * number + (criterion == "impact") * number) % 5


def room(
    people: Iterable[tuple[str, str, int]] = PEOPLE, answer: Answer = believable, **workshop: object
) -> tuple[Workshop, list[Participant]]:
    """A workshop whose round is open, everybody in it having answered everything."""
    municipalities = [make_municipality(code) for code in ("0748", "0503", "0777")]
    made = make_workshop(municipalities=municipalities, **workshop)  # type: ignore[arg-type]
    stage = open_stage(made.stages.get())
    joined = [join(made, code, group) for code, group, number in people for _ in range(number)]
    for person, participant in enumerate(joined):
        answers = [
            (item.pk, criterion.key, answer(person, item.number, criterion.key))
            for item in stage.items.all()
            for criterion in stage.criteria.all()
        ]
        assert {receipt.status for receipt in store_form(participant, stage, answers)} == {"stored"}
    return made, joined


def held(*args: object, **kwargs: object) -> Workshop:
    """The same room, its round closed, revealed and counted."""
    workshop, _ = room(*args, **kwargs)  # type: ignore[arg-type]
    stage = reveal_stage(close_stage(workshop.stages.get()))
    count(stage)
    return workshop


def count(stage: Stage) -> None:
    assert tallies.refresh(stage.pk, wait=True)


# Enough of everybody: two groups of five or more, one municipality of three that must be hidden, with another.
MANY = (("0748", "inwoner", 7), ("0503", "gemeente", 6), ("0777", "inwoner", 3), ("anders", "gemeente", 2))


def held_rounds(
    rounds: Iterable[str], people: Iterable[tuple[str, str, int]] = MANY
) -> tuple[Workshop, list[Participant]]:
    """A workshop with rounds of these kinds, told of all its scenarios, everybody having answered everything; each
    closed, revealed and counted."""
    municipalities = [make_municipality(code) for code in ("0748", "0503", "0777")]
    made = make_workshop(municipalities=municipalities, rounds=list(rounds))
    joined = [join(made, code, group) for code, group, number in people for _ in range(number)]
    for scenario in made.content_set.scenarios.all():
        tell(made, scenario.key, None)
    for stage in made.stages.order_by("position"):
        hold(stage, joined)
    made.refresh_from_db()
    return made, joined


def hold(stage: Stage, joined: list[Participant]) -> None:
    """Open, answer, close, reveal and count one round."""
    stage = open_stage(stage)
    items, criteria = list(stage.items.all()), list(stage.criteria.filter(is_open=True))
    for person, participant in enumerate(joined):
        answers = [
            (item.pk, criterion.key, leaning(person, item.number, place, criterion.low, criterion.high))
            for item in items
            for place, criterion in enumerate(criteria)
        ]
        assert {receipt.status for receipt in store_form(participant, stage, answers)} <= {"stored"}
    count(reveal_stage(close_stage(stage)))


def leaning(person: int, number: int, place: int, low: int, high: int) -> int | None:
    """An answer on any scale: people agree more or less, and items and criteria differ."""
    if person % 9 == 4 and number % 5 == 0:
        return None
    middle = low + (number + 2 * place) % (high - low + 1)
    return min(high, max(low, middle + person % 3 - 1))
