"""A world that the room makes itself, from the corner of the axes where no scenario stands: "wat als …?"

It is kept with its workshop, said to be of this room, and tested in a wind tunnel where the facilitator chooses so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from municipalities.models import User
from scenarios.features import FEATURES
from workshops import locks, logbook
from workshops.items import raise_version
from workshops.models import Contribution, Criterion, OwnScenario, Stage, Vote, Workshop
from workshops.rounds import RoundError, held
from workshops.stages.windtunnel import GAP, KIND, scenario_criterion
from workshops.worlds import world_of_room

PREFIX = "van-deze-zaal"
MOST = 3
FEATURE_LENGTH = 200


class OwnScenarioError(RoundError):
    """The scenario can't be made, changed or tested; the message says why."""


@transaction.atomic
def make(
    workshop: Workshop,
    who: User | None,
    *,
    title: str,
    motto: str,
    features: Mapping[str, str],
    positions: Mapping[str, int],
) -> OwnScenario:
    """A new scenario of the room. ``title``: 1–40 characters, ``motto``: 0–80, ``features``: by the keys of
    ``scenarios.features.FEATURES``, ``positions``: −2…+2 by axis.

    OwnScenarioError where the workshop has ended, has three already, or has one of this name.
    """
    workshop = locks.hold_workshop(workshop.pk)
    _check_going_on(workshop)
    if workshop.own_scenarios.count() >= MOST:
        raise OwnScenarioError(_("Deze workshop heeft al %(most)d eigen scenario’s.") % {"most": MOST})
    _check_name(workshop, title)
    scenario = OwnScenario.objects.create(
        workshop=workshop, key=_free_key(workshop), title=title, motto=motto, positions=dict(positions)
    )
    scenario.features = _filled(features)
    scenario.save(update_fields=["features"])
    logbook.note(workshop, "make_scenario", who, title=title)
    return scenario


@transaction.atomic
def change(
    scenario: OwnScenario,
    who: User | None,
    *,
    title: str,
    motto: str,
    features: Mapping[str, str],
    positions: Mapping[str, int],
) -> OwnScenario:
    """Give a scenario of the room other words or another place; wind tunnels that nobody answered in follow.

    OwnScenarioError where the workshop has ended, another scenario has this name, or it was answered about already.
    """
    workshop = locks.hold_workshop(scenario.workshop_id)
    _check_going_on(workshop)
    _check_name(workshop, title, but=scenario.key)
    found = OwnScenario.objects.filter(pk=scenario.pk).first()
    if found is None:
        raise OwnScenarioError(_("Dit scenario is er niet meer. Een collega haalde het weg."))
    if is_answered(found):
        raise OwnScenarioError(_("De zaal heeft keuzes in dit scenario getoetst. Daarom ligt het vast."))
    found.title, found.motto, found.positions = title, motto, dict(positions)
    found.features = _filled(features)
    found.save(update_fields=["title", "motto", "positions", "features"])
    for stage in tested_in(found):
        now = held(stage, voting=True)
        _take_out(now, now.criteria.get(key=found.key))
        have_tested(found, now, who)
    logbook.note(workshop, "change_scenario", who, title=title)
    return found


@transaction.atomic
def remove(scenario: OwnScenario, who: User | None) -> None:
    """Take a scenario of the room away, also out of wind tunnels. OwnScenarioError once somebody answered about it."""
    workshop = locks.hold_workshop(scenario.workshop_id)
    _check_going_on(workshop)
    for stage in tested_in(scenario):
        leave_out(scenario, stage, who)
    # The next one may get its key, and was not told yet.
    workshop.told = [key for key in workshop.told if key != scenario.key]
    workshop.save(update_fields=["told"])
    scenario.delete()
    logbook.note(workshop, "remove_scenario", who, title=scenario.title)


@transaction.atomic
def have_tested(scenario: OwnScenario, stage: Stage, who: User | None) -> Stage:
    """Let a wind tunnel ask about the room's scenario too, after the others; done already it changes nothing.

    OwnScenarioError where the round is closed, or no wind tunnel.
    """
    stage = held(stage)
    if stage.kind != KIND.KEY or stage.is_closed or stage.workshop.ended_at is not None:
        raise OwnScenarioError(_("In deze ronde kan dit scenario niet meer getoetst worden."))
    if stage.criteria.filter(key=scenario.key).exists():
        return stage
    gap = stage.criteria.filter(key=GAP).first()
    place = gap.position if gap else stage.criteria.count() + 1
    stage.criteria.filter(position__gte=place).update(position=F("position") + 1)
    world = world_of_room(scenario)
    criterion = scenario_criterion(place, world.key, world.title, is_open=True)
    criterion.stage = stage
    criterion.save()
    stage.settings["worlds"] = [*stage.settings.get("worlds", []), asdict(world)]
    raise_version(stage)
    logbook.note(stage.workshop, "open_scenario", who, stage, title=scenario.title)
    return stage


@transaction.atomic
def leave_out(scenario: OwnScenario, stage: Stage, who: User | None) -> Stage:
    """Leave the room's scenario out of a wind tunnel after all. OwnScenarioError once somebody answered or wrote about
    it, and where an open round asks about no other."""
    stage = held(stage, voting=True)
    criterion = stage.criteria.filter(key=scenario.key).first()
    if criterion is None:
        return stage
    asked = stage.criteria.filter(is_open=True).exclude(key__in=(GAP, scenario.key))
    if stage.is_open and criterion.is_open and not asked.exists():
        raise OwnScenarioError(_("Dit is het enige scenario dat nu wordt getoetst. Sluit de ronde als u wilt stoppen."))
    _take_out(stage, criterion)
    logbook.note(stage.workshop, "leave_scenario", who, stage, title=scenario.title)
    return stage


def _take_out(stage: Stage, criterion: Criterion) -> None:
    """Take the scenario out of a round whose votes are kept out."""
    key = criterion.key
    written = Contribution.objects.filter(stage=stage, scenario=key)
    if stage.is_closed or Vote.objects.filter(criterion=criterion).exists() or written.exists():
        raise OwnScenarioError(_("De zaal heeft keuzes in dit scenario getoetst. Daarom blijft het staan."))
    criterion.delete()
    stage.criteria.filter(position__gt=criterion.position).update(position=F("position") - 1)
    stage.settings["worlds"] = [each for each in stage.settings.get("worlds", []) if each["key"] != key]
    raise_version(stage)


def wind_tunnels(workshop: Workshop) -> list[Stage]:
    """The wind tunnels that may still ask about another scenario, in order."""
    going = workshop.stages.filter(kind=KIND.KEY, void=False).exclude(state=Stage.State.CLOSED)
    return list(going.order_by("position"))


def tested_in(scenario: OwnScenario) -> list[Stage]:
    """The rounds that ask about this scenario, in order."""
    asking = Stage.objects.filter(workshop=scenario.workshop_id, criteria__key=scenario.key, void=False)
    return list(asking.order_by("position"))


def asked_in(stages: Sequence[Stage]) -> dict[str, set[int]]:
    """By the key of each scenario that these rounds ask about, or may: the rounds' ids (one query)."""
    found: dict[str, set[int]] = {}
    for key, stage_id in Criterion.objects.filter(stage__in=stages).values_list("key", "stage_id"):
        found.setdefault(key, set()).add(stage_id)
    return found


def is_answered(scenario: OwnScenario) -> bool:
    """Whether anybody answered about it; texts about it are looked at where it would be taken out."""
    return Vote.objects.filter(criterion__key=scenario.key, criterion__stage__workshop=scenario.workshop_id).exists()


def _filled(features: Mapping[str, str]) -> dict[str, Any]:
    return {key: features[key] for key in FEATURES if features.get(key)}


def _free_key(workshop: Workshop) -> str:
    taken = set(workshop.own_scenarios.values_list("key", flat=True))
    return next(key for number in range(1, MOST + 2) if (key := f"{PREFIX}-{number}") not in taken)


def _check_going_on(workshop: Workshop) -> None:
    if workshop.ended_at is not None:
        raise OwnScenarioError(_("Deze workshop is afgelopen."))


def _check_name(workshop: Workshop, title: str, but: str = "") -> None:
    own = workshop.own_scenarios.exclude(key=but).values_list("title", flat=True)
    titles = workshop.content_set.scenarios.values_list("title", flat=True)
    taken = {*own, *(words for said in titles for words in said.values())}
    if title.casefold() in {each.casefold() for each in taken}:
        raise OwnScenarioError(_("Er is al een scenario dat zo heet. Kies een andere naam."))
