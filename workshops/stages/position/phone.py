"""What a phone shows of a revealed ``position`` round: one's own way from now to wanted beside the room's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from trends.notation import decimal
from workshops.form_cache import squeeze
from workshops.release import Released
from workshops.stages.own_and_room import Answers, OnPhone, StoredItem, Weighed, on_phone
from workshops.stages.plane_picture import PHONE, PlanePlace, own_arrow, plane_picture
from workshops.stages.position.result import NOW, SIDES, WANTED, Axes, finding, stands
from workshops.stages.position.screen import arrows_of

# Names stand above the own arrow; without questions, for nobody knows where the own arrow runs.
NAMES = '<g class="pp-names">'
SIZE = replace(PHONE, asks=False)


@dataclass(frozen=True)
class Beside:
    """The room's part, and the picture cut where one person's arrow goes. ``arrows`` keeps each that was drawn: there
    are at most some hundreds."""

    room: OnPhone
    axes: Axes
    item: int
    before: str
    after: str
    arrows: dict[Any, str] = field(default_factory=dict)

    def beside(self, own: Answers) -> Mapping[str, Any]:
        """As ``OnPhone.beside``; ``picture`` has the own arrow in it, and ``own`` says whether there is one."""
        places = [
            tuple(own.get((self.item, f"{when}-{self.axes[side]['key']}")) for side in SIDES) for when in (NOW, WANTED)
        ]
        now, wanted = (place if None not in place else None for place in places)
        drawn = self.arrow(now, wanted) if now or wanted else ""
        return {
            **self.room.beside(own),
            "picture": mark_safe(self.before + drawn + self.after),  # noqa: S308 - the templates' own
            "own": bool(drawn),
        }

    def arrow(self, now: Any, wanted: Any) -> str:
        if (now, wanted) not in self.arrows:
            context = {"arrow": own_arrow(self.axes, PHONE, now, wanted), "line": PHONE.line}
            self.arrows[now, wanted] = squeeze(render_to_string("workshops/stages/position/own_arrow.svg", context))
        return self.arrows[now, wanted]


def phone(
    released: Released,
    axes: Axes,
    places: Sequence[PlanePlace],
    items: Sequence[StoredItem],
    criteria: Sequence[Weighed],
) -> Beside:
    """The room's part in the active language."""
    item = items[0]
    room, municipalities = stands(released, axes, item.key)
    picture = plane_picture(axes, places, arrows_of(room, [], {}), SIZE)
    short = _("Vlak met uw plek en die van de zaal. Dezelfde cijfers staan hieronder.")
    drawn = squeeze(render_to_string("workshops/stages/plane.svg", {"picture": picture, "alt": short}))
    shown = {
        "finding": finding(axes, room, municipalities if released.groups_shown else []),
        "empty": room.arrow is None,
        "axes": axes,
        "rows": [
            {
                "axis": axes[side],
                "now": "" if (now := room.now[side]) is None else decimal(now, 1),
                "wanted": "" if (wanted := room.wanted[side]) is None else decimal(wanted, 1),
            }
            for side in SIDES
        ],
        "dashed": picture["dashed"],
    }
    before, names, after = drawn.partition(NAMES)
    return Beside(on_phone(released, items, criteria, shown), axes, item.id, before, names + after)
