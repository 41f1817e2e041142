"""Which scenarios a wind tunnel asks about: told or not, the facilitator may let one be tested, and take that back."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from municipalities.models import User
from workshops import logbook
from workshops.items import raise_version
from workshops.models import Contribution, Criterion, Stage, Vote
from workshops.rounds import RoundError, held
from workshops.stages.windtunnel.result import GAP
from workshops.worlds import open_scenario


@transaction.atomic
def let_test(stage: Stage, key: str, who: User | None) -> None:
    """Ask about this scenario from now on. RoundError where the round is over; a key that it doesn't have, or that is
    asked about already, changes nothing."""
    _check(held(stage))
    open_scenario(stage, key, who)


@transaction.atomic
def let_test_all(stage: Stage, who: User | None) -> None:
    """Ask about every scenario of the round from now on. RoundError where the round is over."""
    _check(held(stage))
    for key in stage.criteria.filter(is_open=False).order_by("position").values_list("key", flat=True):
        open_scenario(stage, key, who)


@transaction.atomic
def take_back(stage: Stage, key: str, who: User | None) -> None:
    """Ask about this scenario no longer. RoundError where somebody answered or wrote about it, it is the last one that
    an open round asks about, or the round is over."""
    # Votes are kept out: no answer about it can commit between the look and the change.
    stage = held(stage, voting=True)
    _check(stage)
    asked = Criterion.objects.filter(stage=stage, is_open=True).exclude(key=GAP)
    found = asked.filter(key=key).first()
    if found is None:
        return
    if Vote.objects.filter(criterion=found).exists() or Contribution.objects.filter(stage=stage, scenario=key).exists():
        raise RoundError(_("Er is al een antwoord over dit scenario. Het blijft in de toets."))
    if stage.is_open and asked.count() == 1:
        raise RoundError(_("Dit is het enige scenario dat nu wordt getoetst. Sluit de ronde als u wilt stoppen."))
    found.is_open = False
    found.save(update_fields=["is_open"])
    logbook.note(stage.workshop, "unopen_scenario", who, stage, title=found.title["nl"])
    raise_version(stage)


def _check(stage: Stage) -> None:
    if stage.workshop.ended_at is not None:
        raise RoundError(_("Deze workshop is afgelopen."))
    if stage.is_closed:
        raise RoundError(_("De ronde is gesloten. Heropen haar om nog een scenario te laten toetsen."))
