"""The items of a round, as tests read them."""

from __future__ import annotations

from workshops.models import Stage


def keys(stage: Stage) -> list[str]:
    """The keys in order; the numbers are without a gap."""
    rows = list(stage.items.order_by("number").values_list("number", "key"))
    assert [number for number, _key in rows] == list(range(1, len(rows) + 1))
    return [key for _number, key in rows]


def titles(stage: Stage) -> list[str]:
    return [item.title["nl"] for item in stage.items.order_by("number")]
