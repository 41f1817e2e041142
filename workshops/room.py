"""What one participant's page shows, whatever the state of the room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from trends.text import localized
from workshops import participants
from workshops.form_cache import Own, form_of
from workshops.fragments import state
from workshops.models import Participant, Stage, Tally, Vote, Workshop
from workshops.results import current_stage

STATE_SECONDS = 1


@dataclass(frozen=True)
class Main:
    """The part of the page that changes with the room.

    ``key`` says which room it was made for; a phone that hears of another one fetches the part anew.
    """

    name: str
    key: str
    context: dict[str, Any]

    @property
    def template(self) -> str:
        return f"workshops/room/{self.name}.html"


def main_of(workshop: Workshop, participant: Participant, *, language: str, csrf: str) -> Main:
    """The page's changing part for one person, in ``language``."""
    stage = current_stage(workshop)
    name = room_name(workshop, stage)
    context: dict[str, Any] = {"workshop": workshop, "participant": participant, "stage": stage}
    if stage is not None and name == "open":
        context["form"] = form_of(stage, language).fill(
            own_answers(participant, stage),
            horizon=horizon_of(stage),
            highest=participants.highest_counter(participant),
            csrf=csrf,
            handle=handle(participant),
        )
    elif stage is not None and name == "closed":
        context |= closed(stage, participant)
    if name in {"waiting", "closed"}:
        context["may_correct"] = participants.may_correct(participant)
    return Main(name, key_of(workshop, stage), context | {"handle": handle(participant)})


def room_name(workshop: Workshop, stage: Stage | None) -> str:
    """``ended``, ``waiting`` (nothing asked yet), ``open`` or ``closed``."""
    if workshop.ended_at is not None:
        return "ended"
    if stage is None or stage.is_prepared:
        return "waiting"
    return "open" if stage.is_open else "closed"


def key_of(workshop: Workshop, stage: Stage | None) -> str:
    """The room in one word. The reveal changes only what a closed round's page says."""
    if workshop.ended_at is not None:
        return "ended"
    if stage is None:
        return "none"
    shown = "-revealed" if stage.is_closed and stage.revealed else ""
    return f"{stage.pk}-{stage.attempt}-{stage.state}{shown}"


def closed(stage: Stage, participant: Participant) -> dict[str, Any]:
    """What a closed round's page tells: the person's own answers, trend by trend, and whether they are counted."""
    given = {(answer.item, answer.criterion): answer for answer in own_answers(participant, stage)}
    criteria = list(stage.criteria.order_by("position"))
    items = [
        {
            "number": item.number,
            "title": localized(item.title),
            "answers": [
                {"name": localized(criterion.title), "answer": given.get((item.pk, criterion.key))}
                for criterion in criteria
            ],
        }
        for item in stage.items.order_by("number")
        if any((item.pk, criterion.key) in given for criterion in criteria)
    ]
    horizon = horizon_of(stage)
    return {
        "items": items,
        "given": len(given),
        "asked": len(criteria) * stage.items.count(),
        "counted": all(answer.transaction < horizon for answer in given.values()),
        "last_transaction": max((answer.transaction for answer in given.values()), default=0),
    }


def own_answers(participant: Participant, stage: Stage) -> list[Own]:
    """What this person answered in this round, with the counter and the transaction of each."""
    rows = Vote.objects.filter(participant=participant, item__stage=stage)
    return [Own(*row) for row in rows.values_list("item_id", "criterion__key", "value", "counter", "transaction")]


def horizon_of(stage: Stage) -> int:
    """Every transaction below this number is counted; 0 before the first count."""
    return Tally.objects.filter(stage=stage).values_list("horizon", flat=True).first() or 0


def handle(participant: Participant) -> str:
    """What a browser keeps its queue under: the same for this person each time, and telling nothing else."""
    return salted_hmac("workshops.room.handle", str(participant.pk)).hexdigest()[:16]


def recent_state(workshop: Workshop) -> dict[str, Any]:
    """The room's state, at most a second old: phones without a stream ask for it all at once."""
    found: dict[str, Any] = cache.get_or_set(f"room-state-{workshop.pk}", lambda: state(workshop), STATE_SECONDS)
    return found
