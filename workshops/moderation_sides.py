"""The facilitator's page of reasons with a side: item by item both sides, what is fixed beside what waits.

Items that a later round takes over come first: of those the room will read the reasons.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from trends.text import localized
from workshops import contributions
from workshops.flow import flowing
from workshops.models import Contribution, Item, Stage
from workshops.stages import kind

WAITING, SHOWN, HIDDEN = (state.value for state in Contribution.State)
# What each page shows of a side: fixed ones stay beside those that wait for a choice.
STATES = {WAITING: (SHOWN, WAITING), SHOWN: (SHOWN,), HIDDEN: (HIDDEN,)}


@dataclass(frozen=True)
class Side:
    """One side of an item: its texts as ``contributions_sides.html`` shows them, those that are fixed numbered."""

    key: str
    name: str
    pinned: list[dict[str, Any]]
    others: list[dict[str, Any]]
    most: int

    @property
    def is_full(self) -> bool:
        return len(self.pinned) >= self.most


@dataclass(frozen=True)
class Card:
    """An item with both sides. ``taken``: a later round takes it over."""

    number: int
    title: str
    taken: bool
    sides: list[Side]

    @property
    def is_empty(self) -> bool:
        return not any(side.pinned or side.others for side in self.sides)


def page_of(stage: Stage, state: str) -> dict[str, Any]:
    """What ``contributions_sides.html`` shows on the page of one state (the number of queries is constant)."""
    taken = taken_over(stage)
    order = {key: place for place, key in enumerate(taken)}
    found: dict[tuple[int, str], list[Contribution]] = {}
    texts = stage.contributions.filter(state__in=STATES[state]).order_by("place", "pk")
    for text in texts:
        if text.item_id is not None:
            found.setdefault((text.item_id, text.scenario), []).append(text)
    items = sorted(stage.items.all(), key=lambda item: (order.get(item.key, len(order)), item.number))
    cards = [card(stage, item, found, taken) for item in items]
    return {
        "state": state,
        "counts": contributions.counts(stage),
        "by_side": True,
        "taken": len(taken),
        "cards": [each for each in cards if not each.is_empty or (each.taken and state == WAITING)],
    }


def card(stage: Stage, item: Item, found: dict[tuple[int, str], list[Contribution]], taken: Collection[str]) -> Card:
    own = kind(stage.kind)
    sides = []
    for key, name in own.SIDES.items():
        texts = found.get((item.pk, key), [])
        pinned = [text for text in texts if text.state == SHOWN]
        others = [shown(text) for text in texts if text.state != SHOWN]
        sides.append(Side(key, str(name), numbered(pinned), others, own.MOST_SHOWN or 0))
    return Card(item.number, localized(item.title), item.key in taken, sides)


def shown(text: Contribution) -> dict[str, Any]:
    return {"id": text.pk, "text": text.text, "version": contributions.version(text)}


def numbered(texts: list[Contribution]) -> list[dict[str, Any]]:
    return [{**shown(text), "number": number} for number, text in enumerate(texts, start=1)]


def taken_over(stage: Stage) -> list[str]:
    """The keys of the items that a later round on this one takes over, in its order: those it has, else those that its
    plan asks for, once this round's result is shown."""
    later = stage.workshop.stages.filter(previous=stage, void=False).order_by("position").first()
    if later is None:
        return []
    later.workshop = stage.workshop
    keys = list(later.items.order_by("number").values_list("key", flat=True))
    return keys or [row["key"] for row in flowing(later) or []]
