"""The run sheet (draaiboek): the day on paper, for whoever stands before the room."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import ngettext as _n

from trends.text import localized
from workshops.models import Stage, Workshop
from workshops.planning import timetable
from workshops.stages import kind


@dataclass(frozen=True)
class Step:
    """A round on paper. ``begins`` and ``ends`` are times of day; "" where no start is set."""

    number: int
    stage: Stage
    begins: str
    ends: str
    phones: str
    asked: list[str]
    has_votes: bool


def steps(workshop: Workshop) -> list[Step]:
    """The rounds that count, in order, each with its time by the plan (three queries)."""
    stages = workshop.stages.filter(void=False).order_by("position").prefetch_related("items", "criteria")
    return [
        Step(number, slot.stage, slot.begins, slot.ends, phones(slot.stage), asked(slot.stage), has_votes(slot.stage))
        for number, slot in enumerate(timetable(workshop, list(stages)), start=1)
    ]


def has_votes(stage: Stage) -> bool:
    return kind(stage.kind).HAS_VOTES


def asked(stage: Stage) -> list[str]:
    """The questions in order; with what they are about where the same is asked several times."""
    criteria = stage.criteria.all()
    words = Counter(localized(criterion.question) for criterion in criteria)
    return [
        f"{localized(criterion.title)}: {question}" if words[question] > 1 else question
        for criterion in criteria
        if (question := localized(criterion.question))
    ]


def phones(stage: Stage) -> str:
    """What people do on their phones, in a sentence."""
    if not has_votes(stage):
        return str(kind(stage.kind).ABOUT)
    count = len(stage.items.all())
    return _n("%(count)d onderwerp. Wij vragen:", "%(count)d onderwerpen. Wij vragen bij elk:", count) % {
        "count": count
    }


def end(workshop: Workshop, found: list[Step]) -> dict[str, str | int]:
    """How long all rounds take together, and when the last one ends."""
    return {"minutes": sum(step.stage.minutes for step in found), "ends": found[-1].ends if found else ""}
