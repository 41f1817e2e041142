"""How a round stands: what may be shown of it, and how far the room is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet

from municipalities.models import ELSEWHERE
from workshops.models import Participant, Stage, Tally, Workshop
from workshops.release import Released, release
from workshops.stages.registry import kind


@dataclass(frozen=True)
class MunicipalityProgress:
    """One municipality in the owner's cockpit: who is in, who answered something, who answered all."""

    code: str
    name: str
    joined: int
    answered: int
    done: int


@dataclass(frozen=True)
class Progress:
    """Where an ongoing round stands, in persons and answers. ``received`` is stored, ``counted`` is tallied."""

    joined: int
    answered: int
    done: int
    received: int
    counted: int
    by_municipality: list[MunicipalityProgress] = field(default_factory=list)


@dataclass(frozen=True)
class Standing:
    """A workshop at one moment: its rounds in order (no void attempts), the one the room is at, and its progress."""

    rounds: list[Stage]
    stage: Stage | None
    progress: Progress | None


def standing(workshop: Workshop) -> Standing:
    """Count once for everything that is shown of this moment (six queries, whatever the size)."""
    rounds = rounds_of(workshop)
    stage = current_of(rounds, workshop.at_stage_id)
    return Standing(rounds, stage, progress(stage) if stage else None)


def rounds_of(workshop: Workshop) -> list[Stage]:
    """The rounds in order, without attempts that were done over."""
    rounds = list(workshop.stages.filter(void=False).order_by("position"))
    for stage in rounds:
        stage.workshop = workshop
    return rounds


def current_stage(workshop: Workshop) -> Stage | None:
    """The round that the room is at (see ``current_of``)."""
    return current_of(rounds_of(workshop), workshop.at_stage_id)


def current_of(stages: Iterable[Stage], at: int | None = None) -> Stage | None:
    """The open round, else the one the room was taken to (``at``: Workshop.at_stage_id), else the last held.

    Where none was held it is the first. ``stages`` were fetched already, in order.
    """
    stages = [stage for stage in stages if not stage.void]
    is_open = [stage for stage in stages if stage.is_open]
    taken_to = [stage for stage in stages if stage.pk == at]
    held = [stage for stage in stages if stage.is_closed]
    return next(iter(is_open or taken_to or held[-1:] or stages), None)


def released(stage: Stage) -> Released | None:
    """What may be shown of a round now; None before the reveal, or while its final count is still under way."""
    if not stage.revealed:
        return None
    tally = Tally.objects.filter(stage=stage).first()
    if tally is None or tally.shown is None:
        return None
    # What a round showed before it was hidden and reopened is not its final picture.
    if stage.is_closed and (not tally.final or tally.shown_horizon < tally.horizon):
        return None
    criteria = list(stage.criteria.all())
    return release(
        tally.shown,
        criteria={criterion.key: (criterion.low, criterion.high) for criterion in criteria},
        items=list(stage.items.values_list("key", flat=True)),
        municipalities=municipality_codes(stage.workshop),
        groups=list(stage.workshop.groups),
        revealed=True,
        closed=stage.is_closed,
        # Of what people divide there are counts and shares only, as of choices.
        nominal=[criterion.key for criterion in criteria if criterion.is_nominal or criterion.budget is not None],
    )


def municipality_codes(workshop: Workshop) -> list[str]:
    """Every code that a participant of this workshop can have, "anders" last."""
    return [*workshop.municipalities.values_list("code", flat=True), ELSEWHERE]


PROGRESS = """
WITH mine AS (
    SELECT v.participant_id, count(*) AS answers, count(asked.item) AS wanted FROM workshops_vote v
    JOIN workshops_item i ON i.id = v.item_id
    LEFT JOIN unnest(%(items)s::int[], %(criteria)s::int[]) AS asked(item, criterion)
        ON asked.item = v.item_id AND asked.criterion = v.criterion_id
    WHERE i.stage_id = %(stage)s GROUP BY v.participant_id
)
SELECT coalesce(m.code, 'anders'), count(*), count(mine.participant_id),
       count(*) FILTER (WHERE mine.wanted >= %(cells)s), coalesce(sum(mine.answers), 0)
FROM workshops_participant p
LEFT JOIN municipalities_municipality m ON m.id = p.municipality_id
LEFT JOIN mine ON mine.participant_id = p.id
WHERE p.workshop_id = %(workshop)s AND p.struck_out_at IS NULL GROUP BY 1
"""


def progress(stage: Stage) -> Progress:
    """Presence and progress, exact: for the owner's cockpit only."""
    if kind(stage.kind).writes(stage):
        return text_progress(stage)
    items, criteria = asked_cells(stage)
    values: dict[str, Any] = {"stage": stage.pk, "workshop": stage.workshop_id, "items": items, "criteria": criteria}
    with connection.cursor() as cursor:
        cursor.execute(PROGRESS, {**values, "cells": len(items)})
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    names = {**dict(stage.workshop.municipalities.values_list("code", "name")), ELSEWHERE: ""}
    rows = [MunicipalityProgress(code, name, *found.get(code, (0, 0, 0, 0))[:3]) for code, name in names.items()]
    counted = Tally.objects.filter(stage=stage).values_list("answers", flat=True).first() or 0
    totals = [sum(int(row[place]) for row in found.values()) for place in range(4)]
    return Progress(totals[0], totals[1], totals[2], totals[3], counted, rows)


def asked_cells(stage: Stage) -> tuple[list[int], list[int]]:
    """What is asked of each person now: the ids of items and of criteria, pair by pair."""
    criteria = list(stage.criteria.filter(is_open=True).order_by("position"))
    asks = kind(stage.kind).asks(list(stage.items.order_by("number")), criteria)
    cells = dict.fromkeys((ask.item.pk, criterion.pk) for ask in asks for criterion in ask.criteria)
    return [item for item, _criterion in cells], [criterion for _item, criterion in cells]


def text_progress(stage: Stage) -> Progress:
    """The same where people write instead of voting.

    Texts are tied to nobody, so of a municipality it is known who is in, and not who wrote.
    """
    names = {**dict(stage.workshop.municipalities.values_list("code", "name")), ELSEWHERE: ""}
    found = dict(present(stage.workshop).values_list("municipality__code").annotate(number=Count("pk")).order_by())
    joined = {code or ELSEWHERE: number for code, number in found.items()}
    rows = [MunicipalityProgress(code, name, joined.get(code, 0), 0, 0) for code, name in names.items()]
    texts, authors = kind(stage.kind).written(stage)
    total = sum(joined.values())
    # Who was struck out since is no longer in the room, the text still is.
    authors = min(authors, total)
    return Progress(total, authors, authors, texts, texts, rows)


def totals_of(now: Progress) -> tuple[int, int, int]:
    """(joined, answered, answers) of the whole room: totals are exact everywhere."""
    return now.joined, now.answered, now.received


def present(workshop: Workshop) -> QuerySet[Participant]:
    """Everybody who joined and was not struck out."""
    return Participant.objects.filter(workshop=workshop, struck_out_at=None)
