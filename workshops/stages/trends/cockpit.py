"""A second round's part of the cockpit: which trends have their arguments, and whether phones show the first median."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from trends.text import localized
from workshops.models import Stage
from workshops.stages.trends import SIDES, second


def panel(stage: Stage) -> dict[str, Any] | None:
    """What ``cockpit.html`` shows, in the active language; None where it is no second round or it is over."""
    first = second.first_of(stage)
    if first is None or stage.is_closed or stage.workshop.ended_at is not None:
        return None
    where = [stage.workshop.public_id, stage.pk]
    found = second.arguments(stage)
    items = list(stage.items.order_by("number"))
    lacking = [
        {"title": localized(item.title), "sides": [name for side, name in sides() if not by_side.get(side)]}
        for item in items
        if not all((by_side := found.get(item.pk, {})).get(side) for side in SIDES)
    ]
    return {
        "first": first,
        "total": len(items),
        "complete": len(items) - len(lacking),
        "lacking": lacking,
        "arguments_url": reverse("contributions", args=[stage.workshop.public_id, first.pk]),
        "median_url": reverse("stage-median", args=where) if first.is_closed and first.revealed else "",
        "shows_median": second.may_show_median(stage),
    }


def sides() -> list[tuple[str, str]]:
    """The sides as a list of what is missing names them."""
    return [("high", _("voor hoog")), ("low", _("voor laag"))]
