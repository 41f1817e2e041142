"""What the cockpit says of the telling: which scenarios the room was told of, and what to tell next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from trends.templatetags.content import localized
from workshops.models import Stage
from workshops.stages.scenarios.telling import DAY, SIDE_BY_SIDE, WORLD, worlds_in
from workshops.worlds import World


def panel(stage: Stage) -> Mapping[str, Any] | None:
    """What ``cockpit.html`` shows, in the active language; None where there is nothing to tell any more."""
    if stage.workshop.ended_at is not None:
        return None
    worlds = worlds_in(stage)
    told = stage.workshop.told
    return {
        "worlds": [
            {
                "key": world.key,
                "title": localized(world.title),
                "told": world.key in told,
                "view": f"{WORLD}{world.key}",
                "day": f"{DAY}{world.key}" if world.day else "",
            }
            for world in worlds
        ],
        "next": next_view(worlds, told, stage.view),
    }


def next_view(worlds: Sequence[World], told: Sequence[str], now: str) -> dict[str, str] | None:
    """The obvious next thing to put on the screen, {"view", "label", "world"}: the day of the scenario that stands
    there, else the first that the room was not told of, else all side by side. None where that stands there."""
    here = next((world for world in worlds if now == f"{WORLD}{world.key}" and world.day), None)
    if here is not None:
        label = _("Lees de dag in %(world)s voor") % {"world": localized(here.title)}
        return {"view": f"{DAY}{here.key}", "label": label, "world": here.key}
    untold = next((world for world in worlds if world.key not in told), None)
    if untold is not None:
        label = _("Vertel %(world)s") % {"world": localized(untold.title)}
        return {"view": f"{WORLD}{untold.key}", "label": label, "world": untold.key}
    if now == SIDE_BY_SIDE:
        return None
    return {"view": SIDE_BY_SIDE, "label": _("Leg de scenario’s naast elkaar"), "world": ""}
