"""What the facilitator does with the projector, beside the round: black, a break, larger text, no code, a lock.

Each function leaves things as asked and is undone by asking the opposite; asked twice it changes nothing. What the
projector then shows is in ``workshops/screen.py``.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import User
from workshops import screen, tasks
from workshops.logbook import note
from workshops.models import Projector, Workshop
from workshops.stages.typesetting import TEXT_STEPS

LONGEST_BREAK = 180  # minutes
BREAKS = (10, 15, 20)  # the lengths that the cockpit offers


@transaction.atomic
def blank(workshop: Workshop, on: bool, who: User | None = None) -> Projector:
    """Make the screen black, or show again what is on."""
    return _set(workshop, "blank" if on else "unblank", who, blank=on)


@transaction.atomic
def pause(workshop: Workshop, on: bool, minutes: int | None = None, who: User | None = None) -> Projector:
    """Put the break on the screen (a black screen comes on for it), or take it off.

    ``minutes`` from now it ends, as far as the screen says: 1–180 (ValueError otherwise), None: not said. Nothing
    happens by itself then.
    """
    if not on:
        return _set(workshop, "unpause", who, pause=False, pause_until=None)
    until = None
    if minutes is not None:
        if not 1 <= minutes <= LONGEST_BREAK:
            raise ValueError(f"a break of {minutes} minutes")
        until = timezone.now() + datetime.timedelta(minutes=minutes)
    return _set(workshop, "pause", who, pause=True, pause_until=until, blank=False)


@transaction.atomic
def text_step(workshop: Workshop, step: int, who: User | None = None) -> Projector:
    """Set the size of the text: −1, 0 (ordinary), 1 or 2; ValueError otherwise."""
    if step not in TEXT_STEPS:
        raise ValueError(f"text step {step}")
    return _set(workshop, "text_size", who, text_step=step)


@transaction.atomic
def show_code(workshop: Workshop, on: bool, who: User | None = None) -> Projector:
    """Have code and QR on the screen, or nowhere on it, for those who should not join late."""
    return _set(workshop, "show_code" if on else "hide_code", who, shows_code=on)


@transaction.atomic
def lock(workshop: Workshop, who: User | None = None) -> Projector:
    """Keep the screen at what it shows now, while the cockpit goes on. Locked already, it stays where it is."""
    projector = _held(workshop)
    if projector.lock is not None:
        return projector
    return _set(workshop, "lock", who, lock=screen.place(workshop))


@transaction.atomic
def unlock(workshop: Workshop, who: User | None = None) -> Projector:
    """Let the screen follow the room again."""
    return _set(workshop, "unlock", who, lock=None)


def controls(workshop: Workshop) -> dict[str, Any]:
    """What ``cockpit/screen_controls.html`` shows, in the active language (one query).

    ``said`` says in words what differs from an ordinary screen; ``follows``: it shows what the round is at;
    ``smaller`` and ``larger`` are the text steps beside the present one, None at the ends.
    """
    projector = screen.projector_of(workshop)
    step = projector.text_step
    urls = {name: reverse(f"projector-{name}", args=[workshop.public_id]) for name in ADDRESSES}
    return {
        "projector": projector,
        "said": said(projector),
        "follows": not projector.blank and not projector.pause and projector.lock is None,
        "urls": urls,
        "smaller": step - 1 if step - 1 in TEXT_STEPS else None,
        "larger": step + 1 if step + 1 in TEXT_STEPS else None,
        "breaks": BREAKS,
        "ended": workshop.ended_at is not None,
    }


ADDRESSES = ("blank", "pause", "text", "code", "lock")


def said(projector: Projector) -> list[str]:
    """What differs from an ordinary screen, in sentences; empty where nothing does."""
    sentences = []
    if projector.blank:
        sentences.append(_("Het scherm is zwart."))
    if projector.pause:
        sentences.append(_pause_said(projector))
    if projector.lock is not None:
        sentences.append(_("Het scherm staat vast: het loopt niet met de ronde mee."))
    if not projector.shows_code:
        sentences.append(_("De code staat niet op het scherm."))
    return sentences


def _pause_said(projector: Projector) -> str:
    if projector.pause_until is None:
        return _("De pauze staat op het scherm.")
    return _("De pauze staat op het scherm, tot %(time)s.") % {"time": screen.clock(projector.pause_until)}


def _held(workshop: Workshop) -> Projector:
    """The projector's row, until the transaction ends."""
    Projector.objects.get_or_create(workshop=workshop)
    return Projector.objects.select_for_update().get(workshop=workshop)


def _set(workshop: Workshop, verb: str, who: User | None, **wanted: Any) -> Projector:
    projector = _held(workshop)
    if all(getattr(projector, name) == value for name, value in wanted.items()):
        return projector
    for name, value in wanted.items():
        setattr(projector, name, value)
    projector.save(update_fields=list(wanted))
    note(workshop, verb, who)
    tasks.show_after_commit(workshop.pk)
    return projector
