"""Changing a workshop that was made already: what it is called, who takes part, how a round is planned and asked."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from municipalities.models import Municipality, User
from workshops import criteria, items, locks, logbook, tasks
from workshops.models import Stage, Workshop
from workshops.results import current_stage
from workshops.rounds import RoundError, held, is_released
from workshops.stages import kind


class EditError(RoundError):
    """The change can't be made; the message says why."""


@transaction.atomic
def edit_workshop(
    workshop: Workshop,
    who: User | None,
    *,
    title: str,
    focal_question: str,
    date: datetime.date,
    starts_at: datetime.time | None,
) -> Workshop:
    """Change what a workshop is called and when it is; a changed focal question goes to phones and screen at once.

    ``title``: 1–120 characters, ``focal_question``: 1–200.
    """
    workshop = locks.hold_workshop(workshop.pk)
    new = {"title": title, "focal_question": focal_question, "date": date, "starts_at": starts_at}
    old = {name: getattr(workshop, name) for name in new}
    if new == old:
        return workshop
    for name, value in new.items():
        setattr(workshop, name, value)
    workshop.save(update_fields=list(new))
    logbook.note(workshop, "edit", who, round=title)
    stage = current_stage(workshop)
    if stage is not None and (title, focal_question) != (old["title"], old["focal_question"]):
        # Phones read their page again for it, whatever the round that is on.
        items.raise_version(held(stage))
    else:
        tasks.show_after_commit(workshop.pk)
    return workshop


@transaction.atomic
def edit_stage(stage: Stage, who: User | None, *, title: str, minutes: int, notes: str) -> Stage:
    """Change a round's title (1–120 characters), planned minutes (1–480) and speaker notes; nothing of its state.

    EditError where the title would change in a released report.
    """
    stage = held(stage)
    new = {"title": title, "minutes": minutes, "notes": notes}
    old = {name: getattr(stage, name) for name in new}
    if new == old:
        return stage
    if title != stage.title and is_released(stage):
        raise EditError(_("Deze ronde staat in een vrijgegeven verslag. De titel ligt vast."))
    for name, value in new.items():
        setattr(stage, name, value)
    stage.save(update_fields=list(new))
    logbook.note(stage.workshop, "edit", who, stage)
    if title != old["title"]:
        items.raise_version(stage)
    else:
        tasks.show_after_commit(stage.workshop_id)
    return stage


@transaction.atomic
def change_settings(stage: Stage, who: User | None, cleaned: Mapping[str, Any]) -> Stage:
    """Choose what the round's kind lets one choose (``Kind.settings_form``, whose cleaned data this is).

    EditError once the round was opened.
    """
    stage = held(stage)
    if reason := criteria.why_fixed(stage):
        raise EditError(reason)
    kind(stage.kind).change_settings(stage, cleaned)
    logbook.note(stage.workshop, "edit", who, stage)
    items.raise_version(stage)
    return stage


@transaction.atomic
def add_municipality(workshop: Workshop, municipality: Municipality, who: User | None) -> None:
    """Let a municipality take part that was not foreseen; one that does already stays.

    EditError where the workshop has ended or the municipality no longer exists.
    """
    workshop = locks.hold_workshop(workshop.pk)
    if workshop.ended_at is not None:
        raise EditError(_("Deze workshop is afgelopen. Er kan geen gemeente meer bij."))
    if municipality.ended_on is not None:
        raise EditError(_("De gemeente %(name)s bestaat niet meer.") % {"name": municipality.name})
    if not workshop.municipalities.filter(pk=municipality.pk).exists():
        workshop.municipalities.add(municipality)
        logbook.note(workshop, "add_municipality", who, title=municipality.name)
        tasks.show_after_commit(workshop.pk)


@transaction.atomic
def remove_municipality(workshop: Workshop, municipality: Municipality, who: User | None) -> None:
    """Take a municipality off the list; nothing happens where it isn't on it.

    EditError where somebody of it joined (who was struck out counts too), where it is the only one, or where the
    workshop has ended.
    """
    # Not NO KEY: whoever is joining holds the key, and is waited for.
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if workshop.ended_at is not None:
        raise EditError(_("Deze workshop is afgelopen. Wie meedeed, ligt vast."))
    if workshop.participants.filter(municipality=municipality).exists():
        raise EditError(_("Van %(name)s is al iemand binnen. De gemeente blijft.") % {"name": municipality.name})
    if not workshop.municipalities.filter(pk=municipality.pk).exists():
        return
    if workshop.municipalities.count() == 1:
        raise EditError(_("Er doet minstens één gemeente mee. Voeg eerst een andere toe."))
    workshop.municipalities.remove(municipality)
    logbook.note(workshop, "remove_municipality", who, title=municipality.name)
    tasks.show_after_commit(workshop.pk)
