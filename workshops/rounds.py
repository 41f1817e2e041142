"""Opening, closing and revealing rounds: every change of a round's state, each in one transaction."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workshops import locks, tasks
from workshops.models import Stage, Tally, Workshop
from workshops.results import current_stage

__all__ = [
    "RoundError",
    "close_stage",
    "current_stage",
    "end_workshop",
    "hide_stage",
    "open_stage",
    "reopen_stage",
    "reveal_stage",
]


class RoundError(Exception):
    """What was asked can't be done now; the message says what to do."""


@transaction.atomic
def open_stage(stage: Stage) -> Stage:
    """Let votes in. RoundError where it is not prepared, another is open or the workshop has ended."""
    stage = locked(stage)
    if not stage.is_prepared:
        raise RoundError(_("Deze ronde is al geopend. Ververs de pagina."))
    return begin(stage)


@transaction.atomic
def reopen_stage(stage: Stage) -> Stage:
    """Let votes in again. RoundError also where the round stands in a released report."""
    stage = locked(stage)
    if not stage.is_closed:
        raise RoundError(_("Deze ronde is niet gesloten. Ververs de pagina."))
    if stage.settings.get("in_released_report"):
        raise RoundError(_("Deze ronde staat in een vrijgegeven verslag en kan niet meer open."))
    return begin(stage)


@transaction.atomic
def close_stage(stage: Stage) -> Stage:
    """End the round: under the exclusive lock no vote can commit any more, so what is stored is final."""
    locks.take(locks.VOTES, stage.pk)
    stage = locked(stage)
    if not stage.is_open:
        raise RoundError(_("Deze ronde is niet open. Ververs de pagina."))
    stage.state = Stage.State.CLOSED
    stage.closed_at = timezone.now()
    stage.save(update_fields=["state", "closed_at"])
    transaction.on_commit(lambda: tasks.count_now(stage.pk))
    announce(stage)
    return stage


@transaction.atomic
def reveal_stage(stage: Stage) -> Stage:
    """Show the result to everybody. RoundError where nothing was asked yet."""
    stage = locked(stage)
    if stage.is_prepared:
        raise RoundError(_("Deze ronde is nog niet geopend. Er is niets om te tonen."))
    if not stage.revealed:
        stage.revealed = True
        stage.save(update_fields=["revealed"])
        transaction.on_commit(lambda: tasks.count_here(stage.pk))
    announce(stage)
    return stage


@transaction.atomic
def hide_stage(stage: Stage) -> Stage:
    """Take the result off all screens."""
    stage = locked(stage)
    stage.revealed = False
    stage.save(update_fields=["revealed"])
    announce(stage)
    return stage


@transaction.atomic
def end_workshop(workshop: Workshop) -> Workshop:
    """End the workshop and its code. RoundError while a round is open."""
    workshop = Workshop.objects.select_for_update(no_key=True).get(pk=workshop.pk)
    if workshop.stages.filter(state=Stage.State.OPEN).exists():
        raise RoundError(_("Er is nog een ronde open. Sluit die eerst."))
    if workshop.ended_at is None:
        workshop.ended_at = timezone.now()
        workshop.save(update_fields=["ended_at"])
    transaction.on_commit(lambda: tasks.show(workshop.pk))
    return workshop


def begin(stage: Stage) -> Stage:
    """Set the round open, alone in its workshop."""
    workshop = Workshop.objects.select_for_update(no_key=True).get(pk=stage.workshop_id)
    if workshop.ended_at is not None:
        raise RoundError(_("Deze workshop is afgelopen."))
    if workshop.stages.filter(state=Stage.State.OPEN).exists():
        raise RoundError(_("Er is al een ronde open. Sluit die eerst."))
    stage.state = Stage.State.OPEN
    stage.opened_at = stage.opened_at or timezone.now()
    stage.closed_at = None
    stage.save(update_fields=["state", "opened_at", "closed_at"])
    # A reopened round is counted afresh; what it last showed stays, so that no small step can be seen.
    Tally.objects.filter(stage=stage).update(final=False)
    announce(stage)
    return stage


def locked(stage: Stage) -> Stage:
    """The round as it is now, held until the transaction ends."""
    return Stage.objects.select_for_update(no_key=True).get(pk=stage.pk)


def announce(stage: Stage) -> None:
    transaction.on_commit(lambda: tasks.show(stage.workshop_id))
