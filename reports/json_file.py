"""``report.json``: the facts as they are, unrounded (``docs/report.schema.json``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

# The database keeps no order of names; people who open the file find what identifies a thing before its figures.
ORDER = (
    *("schema", "software", "content", "workshop", "participants", "stages", "void"),
    *("number", "code", "key", "kind", "name", "title", "text"),
    *("total", "counts", "n", "dont_know", "mean", "median", "q1", "q3", "agreement", "hidden"),
)
RANKS = {name: rank for rank, name in enumerate(ORDER)}
LAST = {name: len(ORDER) + rank for rank, name in enumerate(("by_municipality", "by_group", "items", "analysis"), 1)}


def write(facts: Mapping[str, Any]) -> bytes:
    """The facts as UTF-8 JSON; the same facts give the same bytes."""
    return (json.dumps(ordered(facts), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def ordered(value: Any) -> Any:
    """The same value with its names in a reader's order; unknown names stand between, in text order."""
    if isinstance(value, Mapping):
        names = sorted(value, key=lambda name: (RANKS.get(name, LAST.get(name, len(ORDER))), name))
        return {name: ordered(value[name]) for name in names}
    if isinstance(value, list | tuple):
        return [ordered(each) for each in value]
    return value
