"""What of a round stands on the screen: its usual slide, or one of its kind's views that the facilitator put there."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.models import User
from workshops import tasks
from workshops.logbook import note
from workshops.models import Stage
from workshops.release import Released
from workshops.rounds import RoundError, held
from workshops.stages import kind


@transaction.atomic
def put_on_screen(stage: Stage, key: str, who: User | None = None) -> Stage:
    """Put a view on the screen, "" for the usual slide. RoundError where the round has no such view now."""
    stage = held(stage)
    if stage.workshop.ended_at is not None:
        raise RoundError(_("Deze workshop is afgelopen."))
    views = {view.key: view.label for view in kind(stage.kind).views(stage)}
    if key and key not in views:
        raise RoundError(_("Dit kan nu niet op het scherm. Kijk hoe het nu staat en kies opnieuw."))
    if stage.view == key:
        return stage
    stage.view = key
    stage.save(update_fields=["view"])
    if key:
        kind(stage.kind).put_on_screen(stage, key, who)
        note(stage.workshop, "view", who, stage, title=views[key])
    else:
        note(stage.workshop, "usual_view", who, stage)
    tasks.show_after_commit(stage.workshop_id)
    return stage


def view_of(stage: Stage | None, released: Released | None, text_step: int) -> dict[str, Any]:
    """What the screen shows instead of the round's usual slide: ``{"view": …, "view_template": …}``; ``view`` None
    where it shows the usual one."""
    view = kind(stage.kind).view(stage, released, text_step) if stage and stage.view else None
    template = f"workshops/stages/{stage.kind}/screen_view.html" if stage else ""
    return {"view": view, "view_template": template}


def controls(stage: Stage) -> dict[str, Any]:
    """What ``cockpit/views.html`` shows: the views to choose from, which stands there now, and where to post it."""
    return {
        "views": kind(stage.kind).views(stage),
        "view_now": stage.view,
        "view_url": reverse("stage-view", args=[stage.workshop.public_id, stage.pk]),
    }
