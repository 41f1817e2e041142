"""What the participant's form of a trends round shows beside its two questions: reasons asked for, or reasons given."""

from __future__ import annotations

from typing import Any

from trends.notation import short
from workshops.models import Stage
from workshops.stages.trends import SIDES, second


def context(stage: Stage) -> dict[str, Any]:
    """In the active language. A second round asks for no reasons: it shows those that were given."""
    if not stage.previous_id:
        return {"asks_why": bool(stage.settings.get("asks_why"))}
    medians = second.first_medians(stage)
    return {
        "again": True,
        "arguments": [{"item": item, "sides": told(given)} for item, given in second.arguments(stage).items()],
        "medians": [{"item": item, "criterion": key, "said": short(value)} for (item, key), value in medians.items()],
    }


def told(by_side: dict[str, list[str]]) -> list[dict[str, Any]]:
    """Both sides, also the one that nobody gave a reason for."""
    return [{"key": side, "name": str(name), "texts": by_side[side]} for side, name in SIDES.items()]
