"""What a room puts on its agenda, and what it agrees on of each option: until the workshop ends, also once the round is
closed. A round in a released report is fixed.

Nothing here shows dots: which options have the most of them is put on the agenda without a figure, in content order.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import User
from trends.text import localized
from workshops import logbook, tasks
from workshops.items import raise_version
from workshops.models import AgendaLine, Criterion, Item, Stage, Vote
from workshops.release import THRESHOLD
from workshops.rounds import RoundError, held, is_released

DOTS, SIDES = "dots", ("now-", "wanted-")
HOLDERS = Q(key__startswith=SIDES[0]) | Q(key__startswith=SIDES[1])
# How many options "met de meeste stippen" takes.
PROPOSED = 5
CHOSEN, CHOSEN_BEFORE, LINES_BEFORE = "chosen", "chosen_before", "lines_before"
FIELDS = ("mode", "first_step", "due", "assumption", "signpost")


class AgendaError(RoundError):
    """What was asked can't be done; the message says what to do."""


class StaleLine(AgendaError):
    """Somebody else changed the line since it was read."""


# How it stands


def why_fixed(stage: Stage) -> str:
    """Why nothing of the agenda can change any more, in a sentence; "" where it can."""
    if is_released(stage):
        return _("Deze ronde staat in een vrijgegeven verslag. De agenda ligt vast.")
    if stage.workshop.ended_at is not None:
        return _("Deze workshop is afgelopen. De agenda ligt vast.")
    return ""


def chosen_keys(stage: Stage) -> list[str]:
    return list(stage.settings.get(CHOSEN, []))


def dots_are_in(stage: Stage) -> bool:
    """Whether no dot can be given any more (one query while the round is open)."""
    return stage.is_closed or not stage.criteria.filter(key=DOTS, is_open=True).exists()


def asks_holders(stage: Stage) -> bool:
    """Whether people are asked who carries the options (one query)."""
    return stage.criteria.filter(HOLDERS, is_open=True).exists()


def lines_of(stage: Stage) -> dict[str, AgendaLine]:
    """What was agreed on, by the option's key; an option without anything has an empty line (one query)."""
    found = {line.item_id: line for line in AgendaLine.objects.filter(item__stage=stage)}
    return {item.key: found.get(item.pk) or AgendaLine(item=item) for item in stage.items.all()}


def version(line: AgendaLine) -> str:
    """Another one whenever anything of the line is: what a form was made of."""
    return hashlib.sha256(json.dumps(_as_json(line), sort_keys=True).encode()).hexdigest()[:16]


# Dots and the options on the agenda


@transaction.atomic
def close_dots(stage: Stage, who: User | None) -> None:
    """Take no dots any more while the round goes on. AgendaError while the round is not open."""
    # Votes are kept out: what is stored by then is what was divided.
    stage = _held(stage, voting=True)
    if not stage.is_open:
        raise AgendaError(_("De ronde is niet open. Ververs de pagina."))
    if stage.criteria.filter(key=DOTS, is_open=True).update(is_open=False):
        logbook.note(stage.workshop, "close_dots", who, stage)
        raise_version(stage)


@transaction.atomic
def reopen_dots(stage: Stage, who: User | None) -> None:
    """Take dots again. AgendaError while the round is not open."""
    stage = _held(stage)
    if not stage.is_open:
        raise AgendaError(_("De ronde is niet open. Heropen haar eerst."))
    if stage.criteria.filter(key=DOTS, is_open=False).update(is_open=True):
        logbook.note(stage.workshop, "reopen_dots", who, stage)
        raise_version(stage)


@transaction.atomic
def choose(stage: Stage, item: Item, who: User | None) -> None:
    """Put an option on the agenda; nothing happens where it stands there already."""
    stage = _held(stage)
    if item.key not in chosen_keys(stage):
        _put(stage, [*chosen_keys(stage), item.key])
        logbook.note(stage.workshop, "on_agenda", who, stage, title=_title(item, stage))


@transaction.atomic
def drop(stage: Stage, item: Item, who: User | None) -> None:
    """Take an option off the agenda. What was agreed on of it, and answered, is kept for when it comes back."""
    stage = _held(stage)
    if item.key in chosen_keys(stage):
        _put(stage, [key for key in chosen_keys(stage) if key != item.key])
        logbook.note(stage.workshop, "off_agenda", who, stage, title=_title(item, stage))


@transaction.atomic
def propose(stage: Stage, who: User | None) -> None:
    """Put the five options with the most dots on the agenda, ties in content order, instead of what stands there.

    AgendaError while dots are still given, or where fewer than five people divided any.
    """
    stage = _held(stage)
    if not dots_are_in(stage):
        raise AgendaError(_("Er worden nog stippen verdeeld. Sluit die eerst."))
    given = Vote.objects.filter(item__stage=stage, criterion__key=DOTS, participant__struck_out_at=None)
    people = given.aggregate(people=Count("participant_id", distinct=True))["people"]
    if people < THRESHOLD:
        raise AgendaError(_("Te weinig mensen verdeelden stippen. Zet zelf keuzes op de agenda."))
    dots = dict(given.values_list("item__key").annotate(dots=Sum("value")).filter(dots__gt=0).order_by())
    ranked = sorted(stage.items.all(), key=lambda item: (-dots.get(item.key, 0), item.number))
    before = chosen_keys(stage)
    _put(stage, [item.key for item in ranked[:PROPOSED] if item.key in dots], before)
    logbook.note(stage.workshop, "propose_agenda", who, stage)


@transaction.atomic
def undo_proposal(stage: Stage, who: User | None) -> None:
    """Put back what stood on the agenda before the proposal. AgendaError where it was changed since."""
    stage = _held(stage)
    before = stage.settings.get(CHOSEN_BEFORE)
    if before is None:
        raise AgendaError(_("De agenda is intussen veranderd. Er is niets om terug te zetten."))
    _put(stage, before)
    logbook.note(stage.workshop, "undo_agenda", who, stage)


@transaction.atomic
def ask_holders(stage: Stage, who: User | None) -> None:
    """Ask everybody who carries each option on the agenda, and who should. AgendaError while there is none, or while
    the round is not open."""
    stage = _held(stage)
    if not stage.is_open:
        raise AgendaError(_("De ronde is niet open. Heropen haar om te vragen wie het draagt."))
    if not chosen_keys(stage):
        raise AgendaError(_("Zet eerst een keuze op de agenda."))
    if stage.criteria.filter(HOLDERS, is_open=False).update(is_open=True):
        logbook.note(stage.workshop, "ask_holders", who, stage)
        raise_version(stage)


@transaction.atomic
def unask_holders(stage: Stage, who: User | None) -> None:
    """Ask no longer who carries the options. AgendaError once somebody answered."""
    stage = _held(stage, voting=True)
    asked = Criterion.objects.filter(HOLDERS, stage=stage)
    if Vote.objects.filter(criterion__in=asked).exists():
        raise AgendaError(_("Er is al een antwoord binnen. De vraag blijft staan."))
    if asked.filter(is_open=True).update(is_open=False):
        logbook.note(stage.workshop, "unask_holders", who, stage)
        raise_version(stage)


# What is agreed on of an option


@transaction.atomic
def edit(item: Item, read: str, who: User | None, fields: Mapping[str, Any]) -> AgendaLine:
    """Keep what the room agreed on of an option; what stood there before is kept for ``undo``.

    ``read``: the ``version`` that the form was made of; StaleLine where the line is another by now. ``fields``: by
    ``FIELDS``; ``mode`` a key of AgendaLine.Mode or "", ``due`` a later day up to the horizon year or None,
    ``first_step`` 0–140 characters, ``assumption`` 0–200, ``signpost`` as AgendaLine has it, {} for none. AgendaError
    for what can't be. Nothing happens where nothing changed.
    """
    stage, line = _line(item, read)
    before = _as_json(line)
    for name in FIELDS:
        setattr(line, name, fields[name])
    if problem := why_not_due(stage, line.due) if before["due"] != _as_json(line)["due"] else "":
        raise AgendaError(problem)
    line.clean_fields(exclude=["item"])
    if _as_json(line) != before:
        _keep(stage, line, before, who)
    return line


@transaction.atomic
def undo(item: Item, read: str, who: User | None) -> AgendaLine:
    """Put back what stood there before the last change; doing it again puts the newer back. StaleLine as for ``edit``;
    AgendaError where nothing was changed."""
    stage, line = _line(item, read)
    before = stage.settings.get(LINES_BEFORE, {}).get(item.key)
    if before is None:
        raise AgendaError(_("Er is niets om terug te zetten."))
    now = _as_json(line)
    for name in FIELDS:
        setattr(line, name, before[name])
    line.due = datetime.date.fromisoformat(before["due"]) if before["due"] else None
    _keep(stage, line, now, who)
    return line


def may_undo(stage: Stage, item: Item) -> bool:
    """Whether there is something to put back of this option."""
    return item.key in stage.settings.get(LINES_BEFORE, {})


def why_not_due(stage: Stage, due: datetime.date | None) -> str:
    """Why this can't be the last day for it, in a sentence; "" where it can."""
    year = stage.workshop.horizon_year
    if due is None or timezone.localdate() < due <= datetime.date(year, 12, 31):
        return ""
    return _("Kies een dag na vandaag, en uiterlijk in %(year)d.") % {"year": year}


def _held(stage: Stage, *, voting: bool = False) -> Stage:
    """The round, locked, where its agenda may change."""
    stage = held(stage, voting=voting)
    if reason := why_fixed(stage):
        raise AgendaError(reason)
    return stage


def _line(item: Item, read: str) -> tuple[Stage, AgendaLine]:
    """Its round, locked, and the line as it is now."""
    stage = _held(item.stage)
    if not Item.objects.filter(pk=item.pk, stage=stage).exists():
        raise AgendaError(_("Deze keuze is er niet meer. Een collega haalde haar weg."))
    line = AgendaLine.objects.filter(item=item).first() or AgendaLine(item=item)
    if version(line) != read:
        raise StaleLine(
            _("Een collega veranderde deze keuze intussen. Kijk wat er nu staat; wat u schreef, staat er nog.")
        )
    return stage, line


def _put(stage: Stage, keys: Sequence[str], before: Sequence[str] | None = None) -> None:
    """Let these be on the agenda, in content order; ``before``: what ``undo_proposal`` puts back. Phones ask about them
    where they ask about any."""
    order = list(stage.items.order_by("number").values_list("key", flat=True))
    kept = {name: value for name, value in stage.settings.items() if name != CHOSEN_BEFORE}
    again = {} if before is None else {CHOSEN_BEFORE: list(before)}
    stage.settings = {**kept, **again, CHOSEN: [key for key in order if key in keys]}
    _save(stage, phones=stage.revealed or asks_holders(stage))


def _keep(stage: Stage, line: AgendaLine, before: Mapping[str, Any], who: User | None) -> None:
    line.save()
    lines = {**stage.settings.get(LINES_BEFORE, {}), line.item.key: dict(before)}
    stage.settings = {**stage.settings, LINES_BEFORE: lines}
    logbook.note(stage.workshop, "edit_agenda", who, stage, title=_title(line.item, stage))
    _save(stage, phones=stage.revealed)


def _save(stage: Stage, *, phones: bool) -> None:
    """Keep the settings of a locked round, and show it; on phones only where they show any of it."""
    if phones:
        raise_version(stage)
    else:
        stage.save(update_fields=["settings"])
        tasks.show_after_commit(stage.workshop_id)


def _as_json(line: AgendaLine) -> dict[str, Any]:
    return {**{name: getattr(line, name) for name in FIELDS}, "due": line.due.isoformat() if line.due else None}


def _title(item: Item, stage: Stage) -> str:
    return localized(item.title, stage.workshop.language)
