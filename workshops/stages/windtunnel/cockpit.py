"""The wind tunnel's part of the cockpit: which scenarios are tested, and the buttons to let one be tested."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from trends.text import localized
from workshops.models import Criterion, Stage, Vote
from workshops.stages.windtunnel.result import GAP


@dataclass(frozen=True)
class ScenarioRow:
    """One scenario. ``begun``: how many people answered something in it (progress, no result); ``told``: whether the
    room was told of it; ``undo_url`` is "" where it is in the test for good."""

    key: str
    title: str
    is_open: bool
    told: bool
    begun: int
    open_url: str
    undo_url: str

    @property
    def said(self) -> str:
        """How it stands, in a word or two."""
        if self.is_open:
            return _("wordt getoetst")
        return _("verteld, nog niet getoetst") if self.told else _("nog niet verteld")


def panel(stage: Stage) -> dict[str, Any] | None:
    """What ``cockpit.html`` shows, in the active language (two queries); None where nothing can be changed any more."""
    if stage.is_closed or stage.workshop.ended_at is not None:
        return None
    criteria = list(stage.criteria.exclude(key=GAP).order_by("position"))
    people = Count("participant_id", distinct=True)
    answered = Vote.objects.filter(criterion__in=criteria, participant__struck_out_at=None)
    begun = dict(answered.values_list("criterion_id").annotate(people).order_by())
    asked = sum(criterion.is_open for criterion in criteria)
    rows = [row(stage, criterion, begun.get(criterion.pk, 0), asked) for criterion in criteria]
    closed = [each for each in rows if not each.is_open]
    return {
        "scenarios": rows,
        "is_open": stage.is_open,
        "all_url": reverse("stage-scenarios-open", args=[stage.workshop.public_id, stage.pk]) if closed[1:] else "",
    }


def row(stage: Stage, criterion: Criterion, begun: int, asked: int) -> ScenarioRow:
    """``asked``: how many scenarios are asked about now."""
    where = [stage.workshop.public_id, stage.pk, criterion.key]
    may_undo = criterion.is_open and not begun and not (stage.is_open and asked == 1)
    return ScenarioRow(
        key=criterion.key,
        title=localized(criterion.title),
        is_open=criterion.is_open,
        told=criterion.key in stage.workshop.told,
        begun=begun,
        open_url="" if criterion.is_open else reverse("stage-scenario-open", args=where),
        undo_url=reverse("stage-scenario-unopen", args=where) if may_undo else "",
    )
