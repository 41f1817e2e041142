"""The agenda's part of the cockpit: where it stands, the next right thing, and how to take a step back. No dots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workshops import agenda
from workshops.cockpit_actions import Action
from workshops.models import Stage, Vote
from workshops.release import THRESHOLD


@dataclass(frozen=True)
class Step:
    """A button: what it does, and what happens then. ``main``: it is the next right thing."""

    verb: str
    label: str
    url: str
    then: str = ""
    main: bool = False


def panel(stage: Stage) -> dict[str, Any] | None:
    """What ``cockpit.html`` shows, in the active language (five queries); None before the round, and once the agenda is
    settled."""
    if stage.is_prepared or agenda.why_fixed(stage):
        return None
    chosen = len(agenda.chosen_keys(stage))
    ballots, carried = people(stage)
    dots_in, asks = agenda.dots_are_in(stage), agenda.asks_holders(stage)
    return {
        "said": [
            dots_words(stage, ballots, dots_in=dots_in),
            ngettext("%(n)d keuze op de agenda", "%(n)d keuzes op de agenda", chosen) % {"n": chosen}
            if chosen
            else _("nog niets op de agenda"),
            holders_words(carried, asks=asks),
        ],
        "steps": [
            step
            for step in steps(stage, ballots, carried, dots_in=dots_in, asks=asks)
            # The next right thing is the cockpit's big button while the round is open.
            if not (step.main and stage.is_open and stage.closing_at is None)
        ],
        "edit_url": reverse("agenda-edit", args=[stage.workshop.public_id, stage.pk]),
        "edit_is_next": bool(chosen) and stage.is_closed,
    }


def main_action(stage: Stage) -> Action | None:
    """What the big button does in the open round: close the dots, fill the agenda, ask who carries it. None: close."""
    if agenda.why_fixed(stage):
        return None
    ballots, carried = people(stage)
    found = steps(stage, ballots, carried, dots_in=agenda.dots_are_in(stage), asks=agenda.asks_holders(stage))
    return next((Action(step.label, step.url, step.then) for step in found if step.main), None)


def people(stage: Stage) -> tuple[int, int]:
    """How many divided dots, and how many said who carries an option: progress, no result (one query)."""
    there = Vote.objects.filter(item__stage=stage, participant__struck_out_at=None)
    dots = Q(criterion__key=agenda.DOTS)
    found = there.aggregate(
        dots=Count("participant_id", distinct=True, filter=dots),
        holders=Count("participant_id", distinct=True, filter=~dots),
    )
    return found["dots"], found["holders"]


def dots_words(stage: Stage, ballots: int, *, dots_in: bool) -> str:
    words = ngettext("%(n)d mens verdeelde stippen", "%(n)d mensen verdeelden stippen", ballots) % {"n": ballots}
    return words if dots_in else _("%(words)s, het kan nog") % {"words": words}


def holders_words(carried: int, *, asks: bool) -> str:
    if not asks:
        return _("nog niet gevraagd wie het draagt")
    return ngettext("%(n)d mens zei wie het draagt", "%(n)d mensen zeiden wie het draagt", carried) % {"n": carried}


def steps(stage: Stage, ballots: int, carried: int, *, dots_in: bool, asks: bool) -> list[Step]:
    """The buttons that can be pressed now, the next right thing first."""
    chosen = bool(agenda.chosen_keys(stage))
    found = []
    if stage.is_open and not dots_in:
        found.append(("close-dots", _("Sluit de stippen"), _("daarna kiest u wat op de agenda komt"), bool(ballots)))
    if dots_in and not chosen and ballots >= THRESHOLD:
        label = _("Zet de vijf met de meeste stippen op de agenda")
        found.append(("propose", label, _("zonder te tonen hoeveel het er zijn"), True))
    if stage.is_open and dots_in and chosen and not asks:
        found.append(("ask-holders", _("Vraag wie het draagt"), _("op de telefoons, per keuze op de agenda"), True))
    if stage.is_open and dots_in:
        found.append(("reopen-dots", _("Open de stippen weer"), "", False))
    if agenda.CHOSEN_BEFORE in stage.settings:
        found.append(("undo-proposal", _("Zet de vorige agenda terug"), "", False))
    if stage.is_open and asks and not carried:
        found.append(("unask-holders", _("Vraag toch niet wie het draagt"), "", False))
    return [Step(verb, label, step_url(stage, verb), then, main) for verb, label, then, main in found]


def step_url(stage: Stage, verb: str) -> str:
    return reverse("agenda-line-step", args=[stage.workshop.public_id, stage.pk, verb])
