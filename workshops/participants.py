"""Joining, correcting who one is, what one answered, and taking that back."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from django.db import transaction
from django.db.models import Case, Count, Max, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import ELSEWHERE, Municipality
from workshops import contributions, ideas, locks, logbook, tasks
from workshops.models import Contribution, Idea, Item, Participant, Stage, Vote, Workshop, new_participant_id
from workshops.stages import title_of

# A round forgets answers until it is closed or revealed. One that was shown before and then hidden doesn't: two of its
# pictures side by side would tell all that one person answered.
MAY_FORGET = ~Q(state=Stage.State.CLOSED) & Q(revealed=False, void=False, tally__shown__isnull=True)

# How far above the highest stored counter a phone may say that it counted: far more than it can have unsent.
UNSENT = 10_000


class JoinError(Exception):
    """Somebody can't join, change who they are or withdraw; the message says why."""


@dataclass
class Given:
    """How many answers somebody gave in each round (title, number): what a withdrawal takes, and what stays."""

    going: list[tuple[str, int]] = field(default_factory=list)
    staying: list[tuple[str, int]] = field(default_factory=list)

    @property
    def number(self) -> int:
        """How many answers a withdrawal takes."""
        return sum(number for _title, number in self.going)


@transaction.atomic
def join(workshop: Workshop, municipality_code: str, group: str, participant_id: int | None = None) -> Participant:
    """A new participant; JoinError where the workshop has ended or leaves this municipality or group out.

    ``participant_id``: the id that a form was given beforehand. The same form sent twice is one person.
    """
    # Neither the workshop nor a municipality of it goes while somebody comes in.
    if not locks.keep_workshop(workshop.pk) or workshop.ended_at is not None:
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
    """Change municipality and group; JoinError once a round they answered is closed or was ever shown."""
    workshop = participant.workshop
    if not locks.keep_workshop(workshop.pk):
        raise JoinError(_("Deze workshop is afgelopen."))
    # As a vote does: a round that closes waits for the correction, or the correction finds it closed.
    for stage_id in workshop.stages.filter(state=Stage.State.OPEN).values_list("pk", flat=True):
        locks.share(locks.VOTES, stage_id)
    if not may_correct(participant):
        raise JoinError(_("Uw antwoorden staan al in een uitslag. Uw gemeente en groep liggen daarom vast."))
    participant.municipality = taking_part(workshop, municipality_code)
    participant.group = welcome_group(workshop, group)
    participant.save(update_fields=["municipality", "group"])
    transaction.on_commit(lambda: tasks.mark_participant(participant.pk))
    return participant


def may_correct(participant: Participant) -> bool:
    """Whether no round this participant answered is closed or revealed, or was shown before and then hidden.

    Of the last, two pictures of its groups side by side would tell all that one person answered.
    """
    settled = Q(item__stage__state=Stage.State.CLOSED) | Q(item__stage__revealed=True)
    settled |= Q(item__stage__tally__shown__isnull=False)
    return not Vote.objects.filter(settled, participant=participant).exists()


@transaction.atomic
def withdraw(participant: Participant, known: int = 0) -> int:
    """Delete this person's answers, texts and ideas in rounds that may still forget them; how many there were.

    An option that the facilitator made of an idea stays: it is the room's by then, and others may have supported it.
    What is still under way from a phone is refused from then on (``withdrawn``): everything up to the highest
    counter seen, or up to ``known``, the highest that the phone itself has given out. JoinError where there is
    nothing to withdraw. The lock that closing takes is taken here for the same reason: no vote commits in between.
    """
    if not locks.keep_workshop(participant.workshop_id):
        raise JoinError(_("Deze workshop is afgelopen."))
    stages = Stage.objects.filter(workshop=participant.workshop_id).exclude(state=Stage.State.CLOSED).order_by("pk")
    for stage_id in list(stages.values_list("pk", flat=True)):
        locks.take(locks.VOTES, stage_id)
    # Held, so that no reveal slips in between either; what closed meanwhile is left out.
    forgetting = list(stages.filter(MAY_FORGET).select_for_update(no_key=True, of=("self",)))
    participant = Participant.objects.select_for_update(no_key=True).get(pk=participant.pk)
    votes = Vote.objects.filter(participant=participant, item__in=Item.objects.filter(stage__in=forgetting))
    numbers = dict(votes.values_list("item__stage").annotate(number=Count("*")).order_by("item__stage"))
    texts, proposed = contributions.of_person(participant, forgetting), ideas.of_person(participant, forgetting)
    for stage_id, found in [*texts.items(), *proposed.items()]:
        numbers[stage_id] = numbers.get(stage_id, 0) + len(found)
    stored = highest_counter(participant)
    highest = max(stored, min(known, stored + UNSENT))
    if not forgetting or (not numbers and highest == stored):
        raise JoinError(_("Er is niets om in te trekken. Antwoorden in een gesloten of getoonde ronde blijven staan."))
    votes.delete()
    Contribution.objects.filter(pk__in=[pk for found in texts.values() for pk in found]).delete()
    Idea.objects.filter(pk__in=[pk for found in proposed.values() for pk in found]).delete()
    participant.signals.filter(stage__in=forgetting).delete()
    participant.withdrawn_to = highest
    participant.save(update_fields=["withdrawn_to"])
    for stage in forgetting:
        if stage.pk in numbers:
            logbook.note(stage.workshop, "withdraw", stage=stage, number=numbers[stage.pk])
            transaction.on_commit(partial(tasks.count_now, stage.pk))
    return sum(numbers.values())


def given(participant: Participant) -> Given:
    """What this person answered and wrote, by round in the workshop's order, titles in the active language."""
    mine = Count("items__votes", filter=Q(items__votes__participant=participant))
    stages = Stage.objects.filter(workshop=participant.workshop_id, void=False).order_by("position")
    rows = list(stages.annotate(number=mine, forgets=Case(When(MAY_FORGET, then=Value(True)), default=Value(False))))
    texts, proposed = contributions.of_person(participant, rows), ideas.of_person(participant, rows)
    made = Given()
    for stage in rows:
        if number := stage.number + len(texts.get(stage.pk, ())) + len(proposed.get(stage.pk, ())):
            (made.going if stage.forgets else made.staying).append((title_of(stage), number))
    return made


def taking_part(workshop: Workshop, code: str) -> Municipality | None:
    """The municipality by its code, None for "anders"; JoinError for any other."""
    if code == ELSEWHERE:
        return None
    found = workshop.municipalities.filter(code=code).first()
    if found is None:
        raise JoinError(_("Kies een gemeente uit de lijst, of ‘anders’."))
    return found


def welcome_group(workshop: Workshop, group: str) -> str:
    """The group's key; JoinError where the workshop does not have it."""
    if group not in workshop.groups:
        raise JoinError(_("Kies namens wie u hier bent."))
    return group


def answers_of(participant: Participant, stage: Stage) -> dict[tuple[int, str], int | None]:
    """What one person answered: (item id, criterion key) → value, None for "weet ik niet"."""
    rows = Vote.objects.filter(participant=participant, item__stage=stage)
    return {(item, key): value for item, key, value in rows.values_list("item_id", "criterion__key", "value")}


def highest_counter(participant: Participant) -> int:
    """The highest counter seen of this participant, withdrawn answers included; 0 before the first answer."""
    stored = Vote.objects.filter(participant=participant).aggregate(highest=Max("counter"))["highest"] or 0
    return max(stored, participant.withdrawn_to)
