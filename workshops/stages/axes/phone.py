"""What a phone shows of a revealed ``axes`` round: the pairs with the room's dots and one's own, and the reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trends.notation import whole
from workshops.release import Released
from workshops.stages.axes import DOTS
from workshops.stages.axes.result import AxisShown, PairShown
from workshops.stages.own_and_room import Answers, OnPhone, StoredItem, Weighed, on_phone


@dataclass(frozen=True)
class Beside:
    """The room's part; ``items``: the ids of the pairs' items, in their order."""

    room: OnPhone
    pairs: Sequence[Mapping[str, Any]]
    items: Sequence[int]

    def beside(self, own: Answers) -> Mapping[str, Any]:
        """As ``OnPhone.beside``, and each pair with the dots that this person gave (None: no ballot)."""
        shown = self.room.beside(own)
        mine = [own.get((item, DOTS)) for item in self.items]
        return {
            **shown,
            "answered": shown["answered"] or any(dots is not None for dots in mine),
            "pairs": [{**pair, "own": dots} for pair, dots in zip(self.pairs, mine, strict=True)],
        }


def phone(
    released: Released,
    items: Sequence[StoredItem],
    together: Sequence[Weighed],
    found: Sequence[PairShown],
    said: str,
    chosen: tuple[AxisShown, AxisShown] | None,
) -> Beside:
    """The room's part in the active language; ``found``: the pairs, ``together``: the criteria with an order."""
    most = max((pair.dots or 0 for pair in found), default=0)
    room = {
        "finding": said,
        "empty": not most,
        # Chosen, and none of the pairs that the room was asked about.
        "chosen": chosen if chosen and not any(pair.chosen for pair in found) else None,
    }
    pairs = [
        {
            "pair": pair,
            "figure": "" if pair.dots is None else whole(pair.dots),
            "share": round(100 * (pair.dots or 0) / most) if most else 0,
        }
        for pair in found
    ]
    return Beside(on_phone(released, items, together, room), pairs, [item.id for item in items])
