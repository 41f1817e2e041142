"""What is pushed to phones, screens and cockpits: rendered once for everybody, of released figures only."""

from __future__ import annotations

import datetime
import json
import math
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from workshops import cockpit, screen
from workshops.form_cache import item_version
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
            "items": item_version(stage),
            "closing": seconds_until(stage.closing_at),
            "left": seconds_until(stage.due_at) if stage.is_open else None,
        }
    return standing | {"joined": joined, "answered": answered, "answers": answers, "message": message(workshop)}


def seconds_until(moment: datetime.datetime | None) -> int | None:
    """Whole seconds from now, at least 0; None where there is no such moment. (Phones' own clocks are not trusted.)"""
    return None if moment is None else max(0, math.ceil((moment - timezone.now()).total_seconds()))


def message(workshop: Workshop) -> dict[str, Any] | None:
    """The facilitator's message that is on the phones now, if any."""
    newest = workshop.phone_messages.first()
    return {"id": newest.pk, "text": newest.text} if newest and newest.withdrawn_at is None else None


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
