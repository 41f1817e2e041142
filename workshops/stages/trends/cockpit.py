"""A second round's part of the cockpit: which trends have their arguments, and whether phones show the first median."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from trends.text import localized
from workshops.models import Stage
from workshops.stages.trends import MOST_PINNED, SIDES, second


def panel(stage: Stage) -> dict[str, Any] | None:
    """What ``cockpit.html`` shows, in the active language; None where it is no second round or it is over."""
    first = second.first_of(stage)
    if first is None or stage.is_closed or stage.workshop.ended_at is not None:
        return None
    where = [stage.workshop.public_id, stage.pk]
    found = second.arguments(stage)
    rows = [
        {
            "number": item.number,
            "title": localized(item.title),
            "sides": [
                {"name": str(name), "texts": len(found.get(item.pk, {}).get(side, []))} for side, name in SIDES.items()
            ],
        }
        for item in stage.items.order_by("number")
    ]
    return {
        "first": first,
        "rows": rows,
        "most": MOST_PINNED,
        "complete": sum(all(side["texts"] for side in row["sides"]) for row in rows),
        "arguments_url": reverse("contributions", args=[stage.workshop.public_id, first.pk]),
        "median_url": reverse("stage-median", args=where) if first.is_closed and first.revealed else "",
        "shows_median": second.may_show_median(stage),
    }
