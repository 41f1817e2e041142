"""Raised hands: "ik snap dit niet" at an item and "nog even" for the round. The facilitator hears numbers only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from trends.text import localized
from workshops import locks, tasks
from workshops.models import Participant, Signal, Stage

# From so many people on the facilitator hears of it: one raised hand stays between a person and the phone.
HEARD_FROM = 3


class SignalError(Exception):
    """A signal that can't be given; the message says why. ``closed``: it is a matter of time, not of the question."""

    def __init__(self, message: str, *, closed: bool = False) -> None:
        super().__init__(message)
        self.closed = closed


class Unclear(NamedTuple):
    """An item that ``people`` (at least HEARD_FROM) do not understand."""

    number: int
    title: str
    people: int


@dataclass(frozen=True)
class Heard:
    """``more_time``: how many ask for more time, 0 under HEARD_FROM; ``unclear``: in order of the round."""

    more_time: int = 0
    unclear: list[Unclear] = field(default_factory=list)


@transaction.atomic
def signal(participant: Participant, stage: Stage, kind: str, item: int | None = None, on: bool = True) -> None:
    """Raise or lower a hand; the same twice changes nothing.

    ``kind``: ``unclear`` with an item's id, or ``more_time`` without. SignalError where the round is not open, is
    not this participant's, or has no such item.
    """
    if kind not in Signal.Kind.values or (kind == Signal.Kind.UNCLEAR) != (item is not None):
        raise SignalError(_("Dit kunnen wij niet lezen. Ververs de pagina."))
    if stage.workshop_id != participant.workshop_id or stage.void:
        raise SignalError(_("Deze ronde bestaat niet meer. Ververs de pagina."))
    # As a vote does: so neither the round nor an item of it goes while this is written.
    locks.share(locks.VOTES, stage.pk)
    if not Stage.objects.filter(pk=stage.pk, state=Stage.State.OPEN).exists():
        raise SignalError(_("De ronde is niet open. De begeleider krijgt dit niet meer te zien."), closed=True)
    if item is not None and not stage.items.filter(pk=item).exists():
        raise SignalError(_("Deze trend hoort niet bij deze ronde. Ververs de pagina."))
    given = Signal(participant=participant, stage=stage, kind=kind, item_id=item)
    if on:
        Signal.objects.bulk_create([given], ignore_conflicts=True)
    else:
        participant.signals.filter(stage=stage, kind=kind, item=item).delete()
    transaction.on_commit(lambda: tasks.mark_workshop(stage.workshop_id))


def own_signals(participant: Participant, stage: Stage) -> list[list[str | int | None]]:
    """This person's raised hands in the round: [kind, item id or None], the round's own first."""
    rows = participant.signals.filter(stage=stage).order_by("kind", "item__number")
    return [[kind, item] for kind, item in rows.values_list("kind", "item_id")]


def heard(stage: Stage) -> Heard:
    """What the facilitator of an open round hears, in the active language (one query)."""
    people = Signal.objects.filter(stage=stage, participant__struck_out_at=None)
    rows = people.values_list("kind", "item__number", "item__title").annotate(people=Count("*"))
    loud = list(rows.filter(people__gte=HEARD_FROM).order_by("item__number"))
    return Heard(
        more_time=sum(number for kind, *_item, number in loud if kind == Signal.Kind.MORE_TIME),
        unclear=[Unclear(item, localized(title), number) for _kind, item, title, number in loud if item is not None],
    )
