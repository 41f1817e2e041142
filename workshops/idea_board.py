"""The facilitator's board: ideas that wait, alike ones side by side, and the options that were made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trends.text import localized
from workshops import ideas, similar
from workshops.idea_options import option_version, order_of, version
from workshops.models import Idea, Item, Stage, Vote
from workshops.rounds import is_released


@dataclass(frozen=True)
class Card:
    """An idea on the board."""

    id: int
    title: str
    instead: str
    why: str
    reason: str
    version: str

    @property
    def key(self) -> str:
        """Its id, for the ids of its fields."""
        return str(self.id)


@dataclass(frozen=True)
class Option:
    """An option on the board, words in the workshop's language, with the ideas that it was made of."""

    id: int
    number: int
    title: str
    instead: str
    why: str
    version: str
    mended: bool
    made_from: list[Card]

    @property
    def key(self) -> str:
        """Its id, for the ids of its fields."""
        return str(self.id)


def board(stage: Stage) -> dict[str, Any]:
    """All of ``board.html``, in the language that is active (a constant number of queries)."""
    found = list(Idea.objects.filter(stage=stage).prefetch_related("items").order_by("pk"))
    waiting = [card(idea) for idea in found if idea.state == Idea.State.WAITING]
    items = list(stage.items.order_by("number"))
    gathering = ideas.gathering(stage)
    fixed = stage.workshop.ended_at is not None or is_released(stage)
    return {
        "groups": grouped(waiting),
        "waiting": len(waiting),
        "hidden": [card(idea) for idea in found if idea.state == Idea.State.HIDDEN],
        "options": options(stage, items, found),
        "order": order_of(stage),
        "counts": ideas.counts(stage),
        "may_change": gathering and not fixed,
        "may_mend": not fixed,
        "gathering": gathering,
        "may_support": stage.is_open and gathering and bool(items) and not fixed,
        "may_gather": stage.is_open and not gathering and not Vote.objects.filter(item__stage=stage).exists(),
        "longest": ideas.LONGEST,
    }


def card(idea: Idea) -> Card:
    return Card(idea.pk, idea.title, idea.instead, idea.why, idea.reason, version(idea))


def grouped(cards: Sequence[Card]) -> list[list[Card]]:
    """Those that say about the same together, groups of several first; in the order in which they came."""
    found = [[cards[place] for place in places] for places in similar.groups([each.title for each in cards])]
    return sorted(found, key=lambda group: len(group) == 1)


def options(stage: Stage, items: Sequence[Item], found: Sequence[Idea]) -> list[Option]:
    by_item: dict[int, list[Card]] = {}
    for idea in found:
        for item in idea.items.all():
            by_item.setdefault(item.pk, []).append(card(idea))
    language = stage.workshop.language
    return [
        Option(
            item.pk,
            item.number,
            localized(item.title, language),
            localized(item.origin.get("instead"), language),
            localized(item.text, language),
            option_version(item),
            "before" in item.origin,
            by_item.get(item.pk, []),
        )
        for item in items
    ]
