"""A workshop at its second round, as the tour shows it: reasons of both sides, two of some fixed, and what changed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from municipalities.models import Municipality, User
from tests.factories import make_workshop
from workshops import contributions, tallies
from workshops.models import Item, Participant, Stage, Workshop
from workshops.next_round import next_round
from workshops.participants import join
from workshops.preparing import Round
from workshops.rounds import close_stage, open_stage, reveal_stage
from workshops.stages.trends import second as second_round
from workshops.votes import store_form

PEOPLE = 14
ROUNDS = [
    Round("trends"),
    Round(
        "trends",
        title="Trends, de tweede keer",
        previous="trends",
        flow={"kind": "trends", "choice": "most_divided"},
    ),
]
HIGH = (
    "Zonder werk houdt alles op. Eén fabriek die sluit en het budget is weg; dat zagen wij in 2009 al een keer.",
    "Niemand weet of jongeren straks nog zo helpen als wij.",
    "Dit raakt elk besluit dat wij nemen.",
)
LOW = (
    "Dit loopt al veertig jaar zo, wij zijn eraan gewend.",
    "Mensen helpen elkaar altijd al; vereniging, kerk en buren zijn er nog. Ik zie niet in waarom dat verandert.",
)


class SecondTime:
    """``workshop`` with its rounds; ``member``: somebody who answered in the first one."""

    def __init__(self, owner: User, places: Sequence[Municipality], language: str) -> None:
        self.workshop: Workshop = make_workshop(owner, municipalities=places, language=language, rounds=ROUNDS)
        self.people = [join(self.workshop, places[who % 2].code, "inwoner") for who in range(PEOPLE)]
        self.member: Participant = self.people[0]
        self.hold_first()

    @property
    def first(self) -> Stage:
        return self.workshop.stages.get(key="trends")

    @property
    def second(self) -> Stage:
        return self.workshop.stages.get(key="trends-2")

    def hold_first(self) -> None:
        """The first round, with its reasons; then the room goes to the second."""
        stage = open_stage(self.first)
        self.vote(stage, self.people, again=False)
        self.give_reasons(stage)
        shown = reveal_stage(close_stage(stage))
        tallies.refresh(shown.pk, wait=True)
        next_round(shown)

    @transaction.atomic  # so that the room is shown once
    def give_reasons(self, stage: Stage) -> None:
        """Of both sides, about what divides them; two a side are fixed, but one side of one trend has none."""
        for number in (3, 4, 5, 12, 13, 14):
            item = stage.items.get(number=number)
            for side, texts in (("high", HIGH), ("low", LOW)):
                for who, text in enumerate(texts):
                    given = contributions.contribute(self.people[who + 3 * (side == "low")], stage, item, side, text)
                    if given is not None and who < 2 and not (number == 14 and side == "low"):
                        contributions.let_through(given, None)

    def vote(self, stage: Stage, people: Sequence[Participant], *, again: bool) -> None:
        items = list(stage.items.order_by("number"))
        numbers = dict(self.first.items.values_list("key", "number"))
        for who, person in enumerate(people):
            answers = [
                (item.pk, key, opinion(who, numbers[item.key], place, again=again))
                for item in items
                for place, key in enumerate(("impact", "uncertainty"))
            ]
            store_form(person, stage, answers)

    def lead_to(self, state: str) -> None:
        stage = self.second
        if state == "open":
            stage = open_stage(stage)
            second_round.show_median(stage, True, None)
            self.vote(stage, self.people[1:], again=True)
            first: Item = stage.items.order_by("number")[0]
            store_form(self.member, stage, [(first.pk, "impact", 5), (first.pk, "uncertainty", 3)])
        elif state == "closed":
            close_stage(stage)
        elif state == "revealed":
            reveal_stage(stage)
        if state in ("open", "closed", "revealed"):
            tallies.refresh(stage.pk, wait=True)


def opinion(who: int, number: int, place: int, *, again: bool) -> int | None:
    """Two camps on six of the trends, less far apart the second time; around an own middle on the others."""
    middle = 2 + (number * (3 if place else 7)) % 5 / 2 + (0.5 if place else 1)
    apart = {3: 1.6, 4: 1.9, 5: 1.5, 12: 2.0, 13: 1.7, 14: 1.8}.get(number, 0.4)
    if again:
        middle += {3: 0.6, 4: -0.5, 12: 0.8, 14: -0.2}.get(number, 0.1)
        apart *= 0.55 if number != 13 else 1
    if who == 9 and number % 4 == 0:
        return None
    return min(5, max(1, round(middle + (apart if (who + place) % 2 else -apart) + 0.2 * (who % 3 - 1))))
