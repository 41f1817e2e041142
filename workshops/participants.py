"""Joining, correcting who one is, and what one answered."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import ELSEWHERE, Municipality
from workshops import tasks
from workshops.models import Participant, Stage, Vote, Workshop, new_participant_id


class JoinError(Exception):
    """Somebody can't join, or can't change who they are; the message says why."""


@transaction.atomic
def join(workshop: Workshop, municipality_code: str, group: str, participant_id: int | None = None) -> Participant:
    """A new participant; JoinError where the workshop has ended or leaves this municipality or group out.

    ``participant_id``: the id that a form was given beforehand. The same form sent twice is one person.
    """
    if workshop.ended_at is not None:
        raise JoinError(_("Deze workshop is afgelopen. Meedoen kan niet meer."))
    participant = Participant(
        pk=participant_id or new_participant_id(),
        workshop=workshop,
        municipality=taking_part(workshop, municipality_code),
        group=welcome_group(workshop, group),
        joined_at=timezone.now().replace(second=0, microsecond=0),
    )
    Participant.objects.bulk_create([participant], ignore_conflicts=True)
    transaction.on_commit(lambda: tasks.mark_workshop(workshop.pk))
    return workshop.participants.select_related("workshop", "municipality").get(pk=participant.pk)


@transaction.atomic
def correct(participant: Participant, municipality_code: str, group: str) -> Participant:
    """Change municipality and group; JoinError once a round they answered is closed or revealed."""
    if not may_correct(participant):
        raise JoinError(_("Uw antwoorden staan al in een uitslag. Uw gemeente en groep liggen daarom vast."))
    workshop = participant.workshop
    participant.municipality = taking_part(workshop, municipality_code)
    participant.group = welcome_group(workshop, group)
    participant.save(update_fields=["municipality", "group"])
    transaction.on_commit(lambda: tasks.mark_participant(participant.pk))
    return participant


def may_correct(participant: Participant) -> bool:
    """Whether no round this participant answered is closed or revealed."""
    settled = Q(item__stage__state=Stage.State.CLOSED) | Q(item__stage__revealed=True)
    return not Vote.objects.filter(settled, participant=participant).exists()


def taking_part(workshop: Workshop, code: str) -> Municipality | None:
    """The municipality by its code, None for "anders"; JoinError for any other."""
    if code == ELSEWHERE:
        return None
    found = workshop.municipalities.filter(code=code).first()
    if found is None:
        raise JoinError(_("Kies een gemeente uit de lijst, of ‘anders’."))
    return found


def welcome_group(workshop: Workshop, group: str) -> str:
    if group not in workshop.groups:
        raise JoinError(_("Kies namens wie u hier bent."))
    return group


def answers_of(participant: Participant, stage: Stage) -> dict[tuple[int, str], int | None]:
    """What one person answered: (item id, criterion key) → value, None for "weet ik niet"."""
    rows = Vote.objects.filter(participant=participant, item__stage=stage)
    return {(item, key): value for item, key, value in rows.values_list("item_id", "criterion__key", "value")}


def highest_counter(participant: Participant) -> int:
    """The highest counter stored for this participant; 0 before the first answer."""
    return Vote.objects.filter(participant=participant).aggregate(highest=Max("counter"))["highest"] or 0
