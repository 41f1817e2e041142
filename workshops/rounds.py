"""Opening, closing and revealing rounds: every change of a round's state, each in one transaction.

Each takes ``who`` pressed (None: nobody, or a test) and ``expected``, the state that the button was drawn in: under
the lock it is compared with what is, so that of two people who press at once the second changes nothing. Locks are
taken in one order: the workshop, the round's votes, the round, its count.
"""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import User
from workshops import locks, tasks
from workshops.flow import fill
from workshops.logbook import note
from workshops.models import Stage, Tally, Vote, Workshop
from workshops.stages import kind

# How long "laatste kans" lasts, and how much "nog 2 minuten" gives.
LAST_CHANCE = datetime.timedelta(seconds=10)
TWO_MINUTES = datetime.timedelta(minutes=2)


class RoundError(Exception):
    """What was asked can't be done now; the message says what to do."""


def state_of(stage: Stage) -> str:
    """The state a button is drawn in, as its form carries it: ``closed.hidden.1``, ``closing.hidden.1``.

    An end that was told to the phones belongs to it: who gives two minutes more twice at once gives them once.
    """
    state = "closing" if stage.is_open and stage.closing_at else stage.state
    told = f".{int(stage.due_at.timestamp())}" if stage.is_open and stage.due_at else ""
    return f"{state}.{'revealed' if stage.revealed else 'hidden'}.{stage.attempt}{told}"


@transaction.atomic
def open_stage(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """Let votes in. RoundError where it is not prepared, another is open or the workshop has ended."""
    stage = held(stage, expected)
    if not stage.is_prepared:
        raise RoundError(_("Deze ronde is al geopend. Ververs de pagina."))
    fill(stage, who)
    if reason := kind(stage.kind).cannot_open(stage):
        raise RoundError(reason)
    stage = told(begin(stage), "open", who)
    kind(stage.kind).opened(stage, who)
    return stage


@transaction.atomic
def unopen_stage(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """Take an opening back. RoundError where somebody answered: then closing is the way."""
    stage = held(stage, expected, voting=True)
    if not stage.is_open:
        raise RoundError(_("Deze ronde is niet open. Ververs de pagina."))
    if Vote.objects.filter(item__stage=stage).exists() or stage.contributions.exists() or stage.ideas.exists():
        raise RoundError(_("Er is al een antwoord binnen. Sluit de ronde als u wilt stoppen."))
    stage.state, stage.revealed = Stage.State.PREPARED, False
    stage.opened_at = stage.closing_at = stage.due_at = None
    stage.save(update_fields=["state", "revealed", "opened_at", "closing_at", "due_at"])
    return told(stage, "unopen", who)


@transaction.atomic
def last_chance(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """Close in ten seconds, and say so on phones and screen. Votes count until it is really closed."""
    stage = held(stage, expected)
    if not stage.is_open or stage.closing_at:
        raise RoundError(_("Deze ronde is niet open, of sluit al. Ververs de pagina."))
    stage.closing_at = timezone.now() + LAST_CHANCE
    stage.save(update_fields=["closing_at"])
    transaction.on_commit(lambda: tasks.close_later(stage.pk, LAST_CHANCE.total_seconds()))
    return told(stage, "last_chance", who)


@transaction.atomic
def cancel_close(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """Keep the round open after all. RoundError where it has closed in the meantime."""
    stage = held(stage, expected)
    if not stage.is_open or stage.closing_at is None:
        raise RoundError(_("De ronde is al gesloten. U kunt haar heropenen."))
    stage.closing_at = None
    stage.save(update_fields=["closing_at"])
    return told(stage, "cancel_close", who)


@transaction.atomic
def close_stage(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """End the round at once: under the exclusive lock no vote can commit any more, so what is stored is final."""
    stage = held(stage, expected, voting=True)
    if not stage.is_open:
        raise RoundError(_("Deze ronde is niet open. Ververs de pagina."))
    return told(shut(stage), "close", who)


@transaction.atomic
def close_overdue(stage_id: int) -> bool:
    """Close a round whose last chance is over; whether there was anything to close."""
    found = Stage.objects.filter(pk=stage_id, void=False).first()
    if found is None or not is_overdue(found):
        return False
    stage = held(found, voting=True)
    if not is_overdue(stage):
        return False
    told(shut(stage), "closed_by_clock", None)
    return True


def is_overdue(stage: Stage) -> bool:
    """Whether the last chance is over and nobody closed the round yet."""
    return stage.is_open and stage.closing_at is not None and stage.closing_at <= timezone.now()


@transaction.atomic
def reopen_stage(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """Let votes in again. RoundError also where the round stands in a released report."""
    stage = held(stage, expected)
    if not stage.is_closed:
        raise RoundError(_("Deze ronde is niet gesloten. Ververs de pagina."))
    if is_released(stage):
        raise RoundError(_("Deze ronde staat in een vrijgegeven verslag en kan niet meer open."))
    return told(begin(stage), "reopen", who)


@transaction.atomic
def reveal_stage(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """Show the result to everybody. RoundError where nothing was asked yet."""
    stage = held(stage, expected)
    if stage.is_prepared:
        raise RoundError(_("Deze ronde is nog niet geopend. Er is niets om te tonen."))
    if stage.revealed:
        return stage
    stage.revealed, stage.view = True, ""
    stage.save(update_fields=["revealed", "view"])
    transaction.on_commit(lambda: tasks.count_here(stage.pk))
    return told(stage, "reveal", who)


@transaction.atomic
def hide_stage(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """Take the result off all screens."""
    stage = held(stage, expected)
    if not stage.revealed:
        return stage
    stage.revealed = False
    stage.save(update_fields=["revealed"])
    return told(stage, "hide", who)


@transaction.atomic
def two_minutes(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """Say "nog 2 minuten" on all phones; asked again while it runs it gives two minutes more. Nothing closes then."""
    stage = held(stage, expected)
    if not stage.is_open or stage.closing_at:
        raise RoundError(_("Deze ronde is niet open, of sluit al. Ververs de pagina."))
    now = timezone.now()
    stage.due_at = max(now, stage.due_at or now) + TWO_MINUTES
    stage.save(update_fields=["due_at"])
    return told(stage, "two_minutes", who)


@transaction.atomic
def clear_minutes(stage: Stage, who: User | None = None, expected: str | None = None) -> Stage:
    """Take "nog 2 minuten" off the phones."""
    stage = held(stage, expected)
    if stage.due_at is None:
        return stage
    stage.due_at = None
    stage.save(update_fields=["due_at"])
    return told(stage, "clear_minutes", who)


@transaction.atomic
def end_workshop(workshop: Workshop, who: User | None = None) -> Workshop:
    """End the workshop and its code. RoundError while a round is open."""
    workshop = locks.hold_workshop(workshop.pk)
    if workshop.stages.filter(state=Stage.State.OPEN).exists():
        raise RoundError(_("Er is nog een ronde open. Sluit die eerst."))
    if workshop.ended_at is None:
        workshop.ended_at = timezone.now()
        workshop.save(update_fields=["ended_at"])
        note(workshop, "end", who)
    tasks.show_after_commit(workshop.pk)
    return workshop


def begin(stage: Stage) -> Stage:
    """Set the round open, alone in its workshop, which the caller holds; the room is at it from now on."""
    workshop = locks.hold_workshop(stage.workshop_id)
    if workshop.ended_at is not None:
        raise RoundError(_("Deze workshop is afgelopen."))
    if workshop.stages.filter(state=Stage.State.OPEN).exists():
        raise RoundError(_("Er is al een ronde open. Sluit die eerst."))
    stage.state = Stage.State.OPEN
    stage.opened_at = stage.opened_at or timezone.now()
    stage.closed_at = stage.closing_at = stage.due_at = None
    stage.view = ""
    stage.save(update_fields=["state", "view", "opened_at", "closed_at", "closing_at", "due_at"])
    take_to(workshop, stage)
    # A count under way saw the round closed and would call itself final afterwards: wait for it.
    locks.take(locks.TALLY, stage.pk)
    # A reopened round is counted afresh; what it last showed stays, so that no small step can be seen.
    Tally.objects.filter(stage=stage).update(final=False)
    return stage


def shut(stage: Stage) -> Stage:
    """Set the round closed, whose votes the caller holds, and have it counted for good."""
    stage.state = Stage.State.CLOSED
    stage.closed_at = timezone.now()
    stage.closing_at = stage.due_at = None
    stage.save(update_fields=["state", "closed_at", "closing_at", "due_at"])
    transaction.on_commit(lambda: tasks.count_now(stage.pk))
    return stage


def take_to(workshop: Workshop, stage: Stage) -> None:
    """Let the room stand at this round."""
    workshop.at_stage = stage
    workshop.save(update_fields=["at_stage"])


def held(stage: Stage, expected: str | None = None, *, voting: bool = False) -> Stage:
    """The round as it is now, with its workshop, for this transaction alone; ``voting`` keeps votes out as well.

    RoundError where it is no longer as ``expected`` (see ``state_of``; None: however it is), or was done over.
    """
    workshop = Workshop.objects.select_for_update(no_key=True).filter(pk=stage.workshop_id).first()
    if workshop is None:
        raise RoundError(_("Deze workshop is afgelopen."))
    if voting:
        locks.take(locks.VOTES, stage.pk)
    now = Stage.objects.select_for_update(no_key=True).filter(pk=stage.pk).first()
    if now is None or now.void or (expected is not None and expected != state_of(now)):
        raise RoundError(_("De ronde is intussen veranderd. Kijk hoe het nu staat en kies opnieuw."))
    now.workshop = workshop
    return now


def is_released(stage: Stage) -> bool:
    """Whether the round stands in a released report, and so can't be changed any more."""
    return bool(stage.settings.get("in_released_report"))


def told(stage: Stage, verb: str, who: User | None) -> Stage:
    """Write the step in the logbook and show it everywhere."""
    note(stage.workshop, verb, who, stage)
    tasks.show_after_commit(stage.workshop_id)
    return stage
