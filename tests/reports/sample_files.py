"""The files of the rooms in ``sample_rounds.py``: each is made once a run, for it takes seconds."""

from __future__ import annotations

from functools import cache
from typing import Any

from tests.reports import sample_rounds
from tests.reports.reading import WRITERS


@cache
def facts_of(room: str) -> dict[str, Any]:
    """What was counted in a room, by the room's name."""
    facts: dict[str, Any] = getattr(sample_rounds, room)()
    return facts


@cache
def written(room: str, form: str) -> bytes:
    """Its report in a format ("pdf", "docx", "xlsx", "ods", "csv", "json", "zip")."""
    content: bytes = WRITERS[form].write(facts_of(room))
    return content
