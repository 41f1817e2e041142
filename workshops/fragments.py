"""What is pushed to phones, screens and cockpits: rendered once for everybody, of released figures only."""

from __future__ import annotations

import json
import time
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from workshops import cockpit, screen
from workshops.form_cache import item_version
from workshops.messages import on_phones
from workshops.models import Tally, Workshop
from workshops.results import Standing, standing, totals_of
from workshops.timing import seconds_until

# Audience → the event names it gets, each with its text.
Events = dict[str, dict[str, str]]


def state(workshop: Workshop, now: Standing | None = None) -> dict[str, Any]:
    """The room's state as JSON for everyone: no results, only progress. ``now`` is counted here unless at hand."""
    now = now or standing(workshop)
    stage = now.stage
    told: dict[str, Any] = {"ended": workshop.ended_at is not None, "stage": None, "version": 0, "horizon": 0}
    joined, answered, answers = totals_of(now.progress) if now.progress else (0, 0, 0)
    if stage is not None:
        told |= Tally.objects.filter(stage=stage).values("version", "horizon").first() or {}
        told["stage"] = {
            "id": stage.pk,
            "key": stage.key,
            "kind": stage.kind,
            "state": stage.state,
            "revealed": stage.revealed,
            "attempt": stage.attempt,
            "items": item_version(stage),
            "closing": seconds_until(stage.closing_at) if stage.is_open else None,
            "left": seconds_until(stage.due_at) if stage.is_open else None,
            # Seconds left grow old on their way: a snapshot may be handed out a minute later.
            "sent": epoch_ms() if stage.is_open and (stage.closing_at or stage.due_at) else None,
        }
    return told | {"joined": joined, "answered": answered, "answers": answers, "message": message(workshop)}


def epoch_ms() -> int:
    """The server's clock, in ms since 1970: how old a message is can be told from it without trusting a phone's."""
    return time.time_ns() // 1_000_000


def message(workshop: Workshop) -> dict[str, Any] | None:
    """The facilitator's message that is on the phones now, if any."""
    newest = on_phones(workshop)
    return {"id": newest.pk, "text": newest.text} if newest else None


def render(workshop: Workshop) -> Events:
    """All audiences' events of one workshop as it stands now, in the workshop's language; counted once for all."""
    now = standing(workshop)
    told = json.dumps(state(workshop, now), separators=(",", ":"))
    with override(workshop.language):
        screen_html = render_to_string("workshops/screen/main.html", screen.context(workshop, now))
        cockpit_html = render_to_string("workshops/cockpit/live.html", cockpit.context(workshop, now))
    return {
        "phone": {"state": told},
        "screen": {"fragment": screen_html, "state": told},
        "cockpit": {"fragment": cockpit_html, "state": told},
    }
