"""The ``axes`` round's part of the cockpit: the pairs with their reasons, what was chosen, and which rounds follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from trends.text import localized
from workshops import axes
from workshops.models import Stage
from workshops.preparing import AXES_BEFORE
from workshops.stages import title_of
from workshops.stages.axes.result import chosen_axes, chosen_keys, pairs


@dataclass(frozen=True)
class Chosen:
    """What the facilitator chose: "Economische ontwikkeling × Solidariteit", and why, "" where nothing was said."""

    title: str
    reason: str


def panel(stage: Stage) -> dict[str, Any]:
    """What ``cockpit.html`` shows, in the active language; nothing of the room's answers."""
    found = pairs(stage, list(stage.items.order_by("number")), None)
    where = [stage.workshop.public_id, stage.pk]
    return {
        "pairs": found,
        "chosen": chosen(stage),
        "decides": stage.is_closed and stage.workshop.ended_at is None,
        "default": default_title(stage),
        "choose_url": reverse("axes-choose", args=where),
        "default_url": reverse("axes-default", args=where),
        "first_url": reverse("axes-pick", args=[*where, found[0].key]) if found else "",
        "undo_url": reverse("axes-undo", args=where) if AXES_BEFORE in stage.settings else "",
        **rounds_after(stage),
    }


def chosen(stage: Stage) -> Chosen | None:
    """What was chosen in this round, None where nothing was, or others since."""
    own = chosen_axes(stage)
    return Chosen(" × ".join(axis.title for axis in own), stage.workshop.axes["reason"]) if own else None


def default_title(stage: Stage) -> str:
    """The pair that the content proposes; "" where it has none, or where that is chosen."""
    default = axes.default_axes(stage.workshop)
    if {axis["key"] for axis in default.values()} == chosen_keys(stage):
        return ""
    return localized(axes.crossed(default["x"], default["y"])) if default else ""


def rounds_after(stage: Stage) -> dict[str, list[str]]:
    """The titles of the rounds that follow a choice, and of those that keep the axes that they were asked on."""
    follow = {each.pk for each in axes.following(stage)}
    after = axes.placing(stage)
    return {
        "follow": [title_of(each) for each in after if each.pk in follow],
        "keep": [title_of(each) for each in after if each.pk not in follow],
    }
