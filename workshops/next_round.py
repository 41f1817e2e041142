"""Going to another round, back, and voting once more: what changes at which round the room is."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from municipalities.models import User
from workshops import tasks
from workshops.flow import fill
from workshops.form_cache import item_version
from workshops.logbook import note
from workshops.models import Criterion, Item, LogEntry, Stage, Vote
from workshops.preparing import copies
from workshops.results import current_of, rounds_of
from workshops.rounds import RoundError, held, is_released, take_to, told

# In a new attempt's settings: the version of the items that it began with.
TAKEN_OVER = "taken_over"


def following(rounds: Iterable[Stage], stage: Stage) -> Stage | None:
    """The prepared round that comes after this one in the plan."""
    return next((each for each in rounds if each.position > stage.position and each.is_prepared), None)


def preceding(rounds: Iterable[Stage], stage: Stage) -> Stage | None:
    """The round before this one in the plan that was held; where none was, the one right before."""
    before = [each for each in rounds if each.position < stage.position]
    held_before = [each for each in before if each.is_closed]
    return next(iter(held_before[-1:] or before[-1:]), None)


@transaction.atomic
def next_round(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """From this round take phones and screen to the next prepared one, which is given back.

    RoundError where the room is elsewhere by now (two people pressed), the round is open, or there is no next.
    """
    stage, rounds = at_round(stage, expected)
    after = following(rounds, stage)
    if after is None:
        raise RoundError(_("Er is geen volgende ronde."))
    take_to(stage.workshop, after)
    fill(after, who)
    return told(after, "next", who)


@transaction.atomic
def back(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """From this prepared round take phones and screen back to the one before, which is given back."""
    stage, rounds = at_round(stage, expected)
    before = preceding(rounds, stage)
    if before is None or not stage.is_prepared:
        raise RoundError(_("U kunt vanaf deze ronde niet terug."))
    take_to(stage.workshop, before)
    return told(before, "back", who)


def at_round(stage: Stage, expected: str | None) -> tuple[Stage, list[Stage]]:
    """The round that the room is at, held, and all rounds.

    RoundError where the room is at another, it is open, or the workshop has ended: its last page stays as it is.
    """
    stage = held(stage, expected)
    if stage.workshop.ended_at is not None:
        raise RoundError(_("Deze workshop is afgelopen."))
    rounds = rounds_of(stage.workshop)
    now = current_of(rounds, stage.workshop.at_stage_id)
    if now is None or now.pk != stage.pk:
        raise RoundError(_("De zaal is al bij een andere ronde. Kijk hoe het nu staat en kies opnieuw."))
    if stage.is_open:
        raise RoundError(_("Deze ronde is nog open. Sluit haar eerst."))
    return stage, rounds


@transaction.atomic
def vote_again(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """Prepare a new attempt of a closed round and give it back; the old one is kept, void and hidden.

    RoundError where it is not closed, stands in a released report, another round is open, or the workshop has ended.
    """
    stage = held(stage, expected)
    if not stage.is_closed:
        raise RoundError(_("Sluit eerst de ronde. Daarna kunt u opnieuw laten stemmen."))
    if is_released(stage):
        raise RoundError(_("Deze ronde staat in een vrijgegeven verslag. Opnieuw stemmen kan niet meer."))
    if stage.workshop.ended_at is not None:
        raise RoundError(_("Deze workshop is afgelopen."))
    check_none_is_open(stage)
    was_revealed = stage.revealed
    stage.void, stage.revealed = True, False
    stage.save(update_fields=["void", "revealed"])
    attempt = new_attempt(stage)
    # What builds on this round and was not held yet builds on the new attempt.
    Stage.objects.filter(previous=stage, state=Stage.State.PREPARED).update(previous=attempt)
    take_to(stage.workshop, attempt)
    note(stage.workshop, "vote_again", who, stage, attempt=stage.attempt, was_revealed=was_revealed)
    tasks.show_after_commit(stage.workshop_id)
    return attempt


def check_none_is_open(stage: Stage) -> None:
    """RoundError where the room is busy with another round: once that closed, the room would stand at this one."""
    if stage.workshop.stages.filter(state=Stage.State.OPEN).exists():
        raise RoundError(_("Er is nog een ronde open. Sluit die eerst."))


def new_attempt(stage: Stage) -> Stage:
    """A prepared copy of the round with its items and criteria, under the next number."""
    tried = Stage.objects.filter(workshop_id=stage.workshop_id, key=stage.key)
    attempt = Stage.objects.create(
        workshop=stage.workshop,
        position=stage.position,
        key=stage.key,
        kind=stage.kind,
        title=stage.title,
        minutes=stage.minutes,
        notes=stage.notes,
        settings={**stage.settings, TAKEN_OVER: item_version(stage)},
        previous=stage.previous,
        attempt=(tried.aggregate(most=Max("attempt"))["most"] or 0) + 1,
    )
    Item.objects.bulk_create(copies(stage.items.all(), stage=attempt))
    Criterion.objects.bulk_create(copies(stage.criteria.all(), stage=attempt))
    return attempt


def is_untouched(stage: Stage) -> bool:
    """Whether the items and the title of a new attempt are still those of the one before."""
    return item_version(stage) == stage.settings.get(TAKEN_OVER)


@transaction.atomic
def undo_vote_again(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """Drop a new attempt that nobody voted in yet, and let the one before count again, as it was shown.

    Its minutes and notes stay. RoundError where it was opened already, or where a trend or the title was changed in it:
    that would be lost.
    """
    stage = held(stage, expected)
    earlier = Stage.objects.filter(
        workshop_id=stage.workshop_id, key=stage.key, attempt=stage.attempt - 1, void=True
    ).first()
    untouched = stage.is_prepared and is_untouched(stage)
    if earlier is None or not untouched or Vote.objects.filter(item__stage=stage).exists():
        raise RoundError(_("De nieuwe poging is al begonnen. Dit kunt u niet meer terugdraaien."))
    check_none_is_open(stage)
    entry = LogEntry.objects.filter(stage=earlier, verb="vote_again").first()
    earlier.void = False
    earlier.revealed = bool(entry and entry.detail.get("was_revealed"))
    earlier.minutes, earlier.notes = stage.minutes, stage.notes
    earlier.save(update_fields=["void", "revealed", "minutes", "notes"])
    Stage.objects.filter(previous=stage).update(previous=earlier)
    earlier.workshop = stage.workshop
    take_to(stage.workshop, earlier)
    stage.delete()
    if earlier.revealed:
        transaction.on_commit(lambda: tasks.count_here(earlier.pk))
    return told(earlier, "undo_vote_again", who)
