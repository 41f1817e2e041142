"""What the participant's form shows beside its cards: the scenarios it is divided in, and the part about the gap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scenarios.drawings import DRAWINGS
from trends.text import localized
from workshops.models import Stage
from workshops.stages.windtunnel.result import GAP
from workshops.stages.windtunnel.standing import worlds


@dataclass(frozen=True)
class Part:
    """A part of the form. ``is_world``: it is a scenario, with a sign; ``is_of_room``: the room's own."""

    key: str
    title: str
    motto: str = ""
    is_world: bool = True
    is_of_room: bool = False

    @property
    def has_colour(self) -> bool:
        """Whether its colour takes the accent's place; other parts keep the accent."""
        return self.key in DRAWINGS


def context(stage: Stage) -> dict[str, Any]:
    """In the active language; ``options``: how many cards each part has (two queries)."""
    return {
        "parts": parts(stage),
        "options": stage.items.count(),
        "gap": GAP,
        "asks_why": bool(stage.settings.get("asks_why")),
    }


def parts(stage: Stage) -> list[Part]:
    """Those that are asked about now, in the order of the form."""
    kept = worlds(stage)
    found = []
    for criterion in stage.criteria.filter(is_open=True).order_by("position"):
        title = localized(criterion.title)
        world = kept.get(criterion.key)
        if criterion.key == GAP:
            found.append(Part(GAP, title, is_world=False))
        elif world is None:
            found.append(Part(criterion.key, title))
        else:
            found.append(Part(criterion.key, title, localized(world.motto), is_of_room=world.is_of_room))
    return found
