"""Rooms for the tests of reports: people who join and answer, on the real database."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.factories import make_municipality, make_workshop
from workshops import tallies
from workshops.models import Participant, Stage, Workshop
from workshops.participants import join
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.votes import store_form

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
