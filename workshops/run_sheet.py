"""The run sheet (draaiboek): the day on paper, for whoever stands before the room."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import ngettext as _n

from trends.text import localized
from workshops.models import Stage, Workshop


@dataclass(frozen=True)
class Step:
    """A round on paper. ``begins`` and ``ends`` are times of day; "" where no start is set."""

    number: int
    stage: Stage
    begins: str
    ends: str
    phones: str
    asked: list[str]


def steps(workshop: Workshop) -> list[Step]:
    """The rounds that count, in order, each with its time by the plan (three queries)."""
    stages = workshop.stages.filter(void=False).order_by("position").prefetch_related("items", "criteria")
    moment = None
    if workshop.starts_at is not None:
        moment = datetime.datetime.combine(workshop.date, workshop.starts_at)
    found = []
    for number, stage in enumerate(stages, start=1):
        after = moment + datetime.timedelta(minutes=stage.minutes) if moment else None
        criteria = [localized(criterion.question) for criterion in stage.criteria.all()]
        found.append(Step(number, stage, clock(moment), clock(after), phones(stage), criteria))
        moment = after
    return found


def clock(moment: datetime.datetime | None) -> str:
    return f"{moment:%H:%M}" if moment else ""


def phones(stage: Stage) -> str:
    """What people do on their phones, in a sentence."""
    count = len(stage.items.all())
    return _n("%(count)d onderwerp. Wij vragen:", "%(count)d onderwerpen. Wij vragen bij elk:", count) % {
        "count": count
    }


def end(workshop: Workshop, found: list[Step]) -> dict[str, str | int]:
    """How long all rounds take together, and when the last one ends."""
    return {"minutes": sum(step.stage.minutes for step in found), "ends": found[-1].ends if found else ""}
