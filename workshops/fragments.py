"""What is pushed to phones, screens and cockpits: rendered once for everybody, of released figures only."""

from __future__ import annotations

import json
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from workshops import cockpit, screen
from workshops.models import Tally, Workshop
from workshops.results import current_stage, progress, totals_of

# Audience → the event names it gets, each with its text.
Events = dict[str, dict[str, str]]


def state(workshop: Workshop) -> dict[str, Any]:
    """The room's state as JSON for everyone: no results, only progress."""
    stage = current_stage(workshop)
    standing: dict[str, Any] = {"ended": workshop.ended_at is not None, "stage": None, "version": 0, "horizon": 0}
    joined, answered, answers = (0, 0, 0)
    if stage is not None:
        joined, answered, answers = totals_of(progress(stage))
        tally = Tally.objects.filter(stage=stage).values("version", "horizon").first()
        standing |= tally or {}
        standing["stage"] = {
            "id": stage.pk,
            "key": stage.key,
            "kind": stage.kind,
            "state": stage.state,
            "revealed": stage.revealed,
            "attempt": stage.attempt,
        }
    return standing | {"joined": joined, "answered": answered, "answers": answers}


def render(workshop: Workshop) -> Events:
    """All audiences' events of one workshop as it stands now, in the workshop's language."""
    standing = json.dumps(state(workshop), separators=(",", ":"))
    with override(workshop.language):
        return {
            "phone": {"state": standing},
            "screen": {
                "fragment": render_to_string("workshops/screen/main.html", screen.context(workshop)),
                "state": standing,
            },
            "cockpit": {
                "fragment": render_to_string("workshops/cockpit/live.html", cockpit.context(workshop)),
                "state": standing,
            },
        }
