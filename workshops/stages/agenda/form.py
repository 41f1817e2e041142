"""What the participant's form shows beside its cards: the people who may carry an option, a row each."""

from __future__ import annotations

from typing import Any

from workshops.models import Stage
from workshops.stages.agenda import NOW, WANTED
from workshops.stages.agenda.result import holders_of


def context(stage: Stage) -> dict[str, Any]:
    """In the active language. ``holders``: name and the keys of both criteria, in order."""
    return {
        "holders": [
            {"title": holder.title, "now": f"{NOW}-{holder.key}", "wanted": f"{WANTED}-{holder.key}"}
            for holder in holders_of(stage.settings)
        ]
    }
