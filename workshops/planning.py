"""Changing a workshop's plan (draaiboek): a round added, taken out, put back or moved, as long as it was not opened.

Positions run from 1 without gaps. Rounds that were opened keep their order, and nothing new comes before them; a void
attempt stands where the attempt stands that counts.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db import transaction
from django.utils.translation import gettext as _

from municipalities.models import User
from workshops import locks, logbook, tasks
from workshops.models import Contribution, LogEntry, Stage, Vote, Workshop
from workshops.plans import SECOND, as_template
from workshops.preparing import Round, free_key, prepare
from workshops.results import rounds_of
from workshops.rounds import RoundError, held, is_released
from workshops.stages import kind, kind_of_key

Direction = Literal["up", "down"]
ADDED, REMOVED, PUT_BACK, MOVED = "add_round", "remove_round", "put_back_round", "move_round"


class PlanError(RoundError):
    """The plan can't be changed so; the message says why and what can be done."""


@transaction.atomic
def add_round(
    workshop: Workshop, kind_key: str, who: User | None, after: int | None = None, again: int | None = None
) -> Stage:
    """A prepared round of this kind, with the kind's own items and words.

    ``after``: id of the round that it comes after; None: at the end. ``again``: id of the round that it goes on with,
    as a second one (``may_be_held_twice``). PlanError where the kind or one of those rounds doesn't exist, where a
    later round was opened already, for a tenth of a kind, or where the workshop has ended.
    """
    workshop = locks.hold_workshop(workshop.pk)
    rounds = _changeable(workshop)
    try:
        made = kind(kind_key)
    except KeyError as error:
        raise PlanError(_("Deze soort ronde is er niet. Kies een andere.")) from error
    place = _place_after(rounds, after)
    first = next((each for each in may_be_held_twice(rounds) if each.pk == again), None)
    if again is not None and (first is None or first not in rounds[:place]):
        raise PlanError(_("Een tweede ronde komt na de eerste, en één keer. Kies opnieuw waar zij komt."))
    key = _checked(free_key(workshop, made.KEY))
    stage = prepare(workshop, SECOND if first else Round(made.KEY), len(rounds) + 1, key=key, previous=first)
    _renumber(workshop, [*rounds[:place], stage, *rounds[place:]])
    logbook.note(workshop, ADDED, who, stage)
    _show(workshop)
    return stage


def may_be_held_twice(rounds: Sequence[Stage]) -> list[Stage]:
    """The rounds on trends that are no second one and have none yet: at most two rounds on one set."""
    twice = {each.previous_id for each in rounds}
    return [each for each in rounds if each.kind == SECOND.kind and each.previous_id is None and each.pk not in twice]


@transaction.atomic
def remove_round(stage: Stage, who: User | None) -> LogEntry:
    """Take a prepared round out that nobody answered, and give back the line that ``put_back`` undoes.

    PlanError where ``why_not_removable`` says so.
    """
    stage = held(stage, voting=True)
    workshop = stage.workshop
    rounds = _changeable(workshop)
    if reason := why_not_removable(stage, rounds):
        raise PlanError(reason)
    if Vote.objects.filter(item__stage=stage).exists() or Contribution.objects.filter(stage=stage).exists():
        raise PlanError(_("In deze ronde is al iets ingestuurd. Zij kan niet meer weg."))
    kept = _kept(stage)
    # The lines about it stay, under the name it had.
    for line in LogEntry.objects.filter(stage=stage):
        line.detail = {"round": stage.title, **line.detail}
        line.stage = None
        line.save(update_fields=["detail", "stage"])
    if workshop.at_stage_id == stage.pk:
        workshop.at_stage = None
        workshop.save(update_fields=["at_stage"])
    stage.delete()
    _renumber(workshop, [each for each in rounds if each.key != kept["key"]])
    entry = logbook.note(workshop, REMOVED, who, round=stage.title, kept=kept)
    _show(workshop)
    return entry


@transaction.atomic
def put_back(workshop: Workshop, entry_id: int, who: User | None) -> Stage:
    """Prepare a round that was taken out again, as it was and where it stood, or as near as can be.

    ``entry_id``: the line of its removal. PlanError where there is no such line, or where it is back already.
    """
    workshop = locks.hold_workshop(workshop.pk)
    rounds = _changeable(workshop)
    entry = workshop.log.filter(pk=entry_id, verb=REMOVED).first()
    if entry is None or entry_id in _put_back_already(workshop):
        raise PlanError(_("Deze ronde staat al terug. Ververs de pagina."))
    kept = entry.detail["kept"]
    keys = {each.key: each for each in rounds}
    key = _checked(free_key(workshop, kept["round"]["kind"]) if kept["key"] in keys else kept["key"])
    place = max(min(kept["position"] - 1, len(rounds)), _first_free(rounds))
    first = keys.get(kept.get("previous", ""))
    if first is not None and first.kind == SECOND.kind and first not in may_be_held_twice(rounds):
        raise PlanError(_("Op deze trends staat al een tweede ronde. Meer dan twee keer stemmen kan niet."))
    stage = prepare(workshop, Round(**kept["round"]), len(rounds) + 1, key=key, previous=first)
    # Whether a scenario may be asked about was decided in the round itself.
    for criterion in stage.criteria.all():
        criterion.is_open = criterion.key in kept["open"]
        criterion.save(update_fields=["is_open"])
    _renumber(workshop, [*rounds[:place], stage, *rounds[place:]])
    logbook.note(workshop, PUT_BACK, who, stage, entry=entry_id)
    _show(workshop)
    return stage


@transaction.atomic
def move_round(stage: Stage, direction: Direction, who: User | None) -> Stage:
    """Let a prepared round change places with the one before or after it.

    Down it passes all opened rounds that follow it: one that was skipped is planned later. PlanError where
    ``why_not_movable`` says so.
    """
    stage = held(stage)
    rounds = _changeable(stage.workshop)
    if reason := why_not_movable(stage, direction, rounds):
        raise PlanError(reason)
    place, target = _places(stage, direction, rounds)
    moved = [each for each in rounds if each.pk != stage.pk]
    moved.insert(target, rounds[place])
    _renumber(stage.workshop, moved)
    stage.refresh_from_db(fields=["position"])
    logbook.note(stage.workshop, MOVED, who, stage, place=target + 1)
    _show(stage.workshop)
    return stage


def why_not_removable(stage: Stage, rounds: Sequence[Stage]) -> str:
    """Why a round can't be taken out, "" where it can; what people sent in is looked at apart (``remove_round``)."""
    if stage.workshop.ended_at is not None:
        return _("Deze workshop is afgelopen. Het draaiboek ligt vast.")
    if not stage.is_prepared:
        return _("‘%(round)s’ is al geopend en blijft in het draaiboek.") % {"round": stage.title}
    if is_released(stage):
        return _("Deze ronde staat in een vrijgegeven verslag. Zij kan niet meer weg.")
    if stage.attempt > 1:
        return _("Van ‘%(round)s’ is al een poging gehouden. Zij kan niet weg; sla haar over als u verder wilt.") % {
            "round": stage.title
        }
    if later := next((each for each in rounds if each.previous_id == stage.pk), None):
        return _("‘%(later)s’ gaat verder met deze ronde. Haal die eerst weg.") % {"later": later.title}
    return ""


def why_not_movable(stage: Stage, direction: Direction, rounds: Sequence[Stage]) -> str:
    """Why a round can't go up or down, "" where it can."""
    if stage.workshop.ended_at is not None:
        return _("Deze workshop is afgelopen. Het draaiboek ligt vast.")
    if not stage.is_prepared:
        return _("‘%(round)s’ is al geopend en blijft staan.") % {"round": stage.title}
    place, target = _places(stage, direction, rounds)
    if target < 0:
        return _("‘%(round)s’ staat al bovenaan.") % {"round": stage.title}
    if target >= len(rounds):
        return _("‘%(round)s’ staat al onderaan.") % {"round": stage.title}
    passed = rounds[target:place] if direction == "up" else rounds[place + 1 : target + 1]
    for other in passed:
        if direction == "up" and not other.is_prepared:
            return _("‘%(round)s’ is al geopend en blijft staan.") % {"round": other.title}
        first, second = (other, stage) if direction == "up" else (stage, other)
        if second.previous_id == first.pk:
            return _("‘%(second)s’ gaat verder met ‘%(first)s’ en komt daar altijd na.") % {
                "second": second.title,
                "first": first.title,
            }
    return ""


@dataclass(frozen=True)
class Removed:
    """A round that was taken out last and can be put back: the line of the logbook, and what the round was called."""

    entry: int
    title: str


def last_removed(workshop: Workshop) -> Removed | None:
    """The round whose removal is the last change of the plan; None where something else changed since (one query)."""
    back = set()
    verbs = (ADDED, REMOVED, PUT_BACK, MOVED)
    for entry in workshop.log.filter(verb__in=verbs)[:20]:
        if entry.verb == PUT_BACK:
            back.add(entry.detail["entry"])
        elif entry.verb == REMOVED and entry.pk in back:
            continue
        else:
            return Removed(entry.pk, entry.detail["round"]) if entry.verb == REMOVED else None
    return None


@dataclass(frozen=True)
class Slot:
    """A round with its time by the plan; the times are "" where no start is set."""

    stage: Stage
    begins: str
    ends: str


def timetable(workshop: Workshop, rounds: Sequence[Stage]) -> list[Slot]:
    """The rounds one after another from the hour that the workshop begins; asks no database."""
    moment = None
    if workshop.starts_at is not None:
        moment = datetime.datetime.combine(workshop.date, workshop.starts_at)
    slots = []
    for stage in rounds:
        after = moment + datetime.timedelta(minutes=stage.minutes) if moment else None
        slots.append(Slot(stage, _clock(moment), _clock(after)))
        moment = after
    return slots


def _clock(moment: datetime.datetime | None) -> str:
    return f"{moment:%H:%M}" if moment else ""


def _changeable(workshop: Workshop) -> list[Stage]:
    """The rounds in order of a workshop that the caller holds. PlanError where it has ended."""
    if workshop.ended_at is not None:
        raise PlanError(_("Deze workshop is afgelopen. Het draaiboek ligt vast."))
    return rounds_of(workshop)


def _first_free(rounds: Sequence[Stage]) -> int:
    """The first place, counted from 0, that no opened round stands at or after."""
    return max((place for place, each in enumerate(rounds, start=1) if not each.is_prepared), default=0)


def _place_after(rounds: Sequence[Stage], after: int | None) -> int:
    """Where a new round comes, counted from 0."""
    if after is None:
        return len(rounds)
    place = next((number for number, each in enumerate(rounds, start=1) if each.pk == after), None)
    if place is None:
        raise PlanError(_("De ronde waar deze na komt, is er niet meer. Kies opnieuw waar zij komt."))
    if place < _first_free(rounds):
        raise PlanError(_("Verderop is al een ronde geopend. Zet de nieuwe ronde daarna."))
    return place


def _places(stage: Stage, direction: Direction, rounds: Sequence[Stage]) -> tuple[int, int]:
    """Where the round stands and where it would go, counted from 0; the latter is outside where there is no place."""
    place = next(number for number, each in enumerate(rounds) if each.pk == stage.pk)
    if direction == "up":
        return place, place - 1
    target = place + 1
    while target + 1 < len(rounds) and not rounds[target].is_prepared and not rounds[target + 1].is_prepared:
        target += 1
    return place, target


def _checked(key: str) -> str:
    """The key of a new round. PlanError where files could not name it (``kind_of_key``): a tenth of its kind."""
    try:
        kind_of_key(key)
    except KeyError as error:
        raise PlanError(_("Er kunnen hoogstens negen rondes van één soort in een workshop.")) from error
    return key


def _renumber(workshop: Workshop, rounds: Sequence[Stage]) -> None:
    """Give the rounds their positions from 1, and void attempts that of the attempt that counts."""
    places = {stage.key: place for place, stage in enumerate(rounds, start=1)}
    changed = []
    for stage in Stage.objects.filter(workshop=workshop):
        place = places.get(stage.key, stage.position)
        if place != stage.position:
            stage.position = place
            changed.append(stage)
    Stage.objects.bulk_update(changed, ["position"])


def _kept(stage: Stage) -> dict[str, Any]:
    """What the line of a removal keeps of the round, to put it back."""
    return {
        "round": as_template(stage).as_json(),
        "key": stage.key,
        "position": stage.position,
        "previous": stage.previous.key if stage.previous else "",
        "open": list(stage.criteria.filter(is_open=True).values_list("key", flat=True)),
    }


def _put_back_already(workshop: Workshop) -> set[int]:
    return {entry.detail["entry"] for entry in workshop.log.filter(verb=PUT_BACK)}


def _show(workshop: Workshop) -> None:
    tasks.show_after_commit(workshop.pk)
