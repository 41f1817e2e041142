"""What a ``position`` round says, from the released figures: where the room and each municipality stand and want to
be, and that in one sentence. Nothing here counts or hides: ``workshops.release`` did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.models import ELSEWHERE
from scenarios.plane import lower_first
from trends.distribution import rounded
from trends.text import localized
from workshops.release import Released, ReleasedCell, ReleasedGroup
from workshops.stages.trends.result import number_word

NOW, WANTED, SIDES = "now", "wanted", ("x", "y")
NEAR = 0.5  # points on the scale: less is no move that one would name
HIDDEN = ReleasedCell(hidden=True)

Axes = Mapping[str, Mapping[str, Any]]
Spot = Mapping[str, float | None]
# A pole: the axis' side, and +1 or −1.
Way = tuple[str, int]


@dataclass(frozen=True)
class Stand:
    """Where the room or a municipality stands and wants to be: means, None where hidden or without values. ``n``: the
    smallest of the four numbers of values, None where hidden; ``nobody``: none of them answered."""

    code: str
    now: Spot
    wanted: Spot
    n: int | None
    hidden: bool
    nobody: bool

    @property
    def arrow(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """From now to wanted; None where one of the four places can't be said."""
        now_x, now_y, wanted_x, wanted_y = (spot[side] for spot in (self.now, self.wanted) for side in SIDES)
        if now_x is None or now_y is None or wanted_x is None or wanted_y is None:
            return None
        return (now_x, now_y), (wanted_x, wanted_y)

    @property
    def ways(self) -> dict[Way, float]:
        """The poles that the wish lies at least half a point nearer to, and how far."""
        found: dict[Way, float] = {}
        for side in SIDES:
            now, wanted = self.now[side], self.wanted[side]
            moved = 0.0 if now is None or wanted is None else rounded(wanted - now)
            if abs(moved) >= NEAR:
                found[side, 1 if moved > 0 else -1] = abs(moved)
        return found

    def as_facts(self) -> dict[str, Any]:
        return {"now": dict(self.now), "wanted": dict(self.wanted), "n": self.n, "hidden": self.hidden}


def analysis(released: Released, axes: Axes, item: str) -> dict[str, Any]:
    """``analysis`` of a ``position`` round as report.json has it, figures unrounded; ``item``: the key of its item."""
    room, municipalities = stands(released, axes, item)
    return {
        "axes": {
            side: {
                "key": axis["key"],
                **{name: localized(axis[name], "nl") for name in ("title", "negative", "positive")},
            }
            for side, axis in axes.items()
        },
        "room": room.as_facts(),
        "municipalities": [{"code": each.code, **each.as_facts()} for each in municipalities],
    }


def stands(released: Released, axes: Axes, item: str) -> tuple[Stand, list[Stand]]:
    """The whole room, and every municipality in the workshop's order."""
    found = released.cells.get(item, {})
    cells = {(when, side): found.get(f"{when}-{axes[side]['key']}", HIDDEN) for when in (NOW, WANTED) for side in SIDES}
    groups = {place: {group.key: group for group in cell.by_municipality} for place, cell in cells.items()}
    codes = dict.fromkeys(code for each in groups.values() for code in each)
    none = ReleasedGroup("", hidden=True)
    return _stand("", cells), [
        _stand(code, {place: each.get(code, none) for place, each in groups.items()}) for code in codes
    ]


def _stand(code: str, cells: Mapping[tuple[str, str], ReleasedCell | ReleasedGroup]) -> Stand:
    hidden = any(cell.hidden for cell in cells.values())
    spots = {when: {side: None if hidden else cells[when, side].mean for side in SIDES} for when in (NOW, WANTED)}
    return Stand(
        code,
        spots[NOW],
        spots[WANTED],
        None if hidden else min(cell.n or 0 for cell in cells.values()),
        hidden,
        not hidden and all(not cell.n and not cell.dont_know for cell in cells.values()),
    )


def finding(axes: Axes, room: Stand, municipalities: Sequence[Stand]) -> str:
    """Where people want to go, in one sentence, in the active language: what most of the municipalities that may be
    shown want; where no two of them want the same, what the room wants."""
    shown = [each for each in municipalities if each.arrow and each.code != ELSEWHERE]
    ways: dict[Way, list[float]] = {}
    for each in shown:
        for way, far in each.ways.items():
            ways.setdefault(way, []).append(far)
    together = max(ways, key=lambda way: (len(ways[way]), rounded(sum(ways[way]))), default=None)
    if together and len(ways[together]) > 1:
        count = len(ways[together])
        unanimous = count == len([each for each in municipalities if not each.nobody and each.code != ELSEWHERE])
        said = _of_municipalities(count, pole(axes, together), unanimous)
        side, sign = together
        others = len(ways.get((side, -sign), []))
        if others:
            said += _(", %(number)s juist meer ‘%(pole)s’") % {
                "number": number_word(others),
                "pole": pole(axes, (side, -sign)),
            }
        return said
    return of_room(axes, room)


def _of_municipalities(count: int, towards: str, unanimous: bool) -> str:
    number = number_word(count)
    if unanimous and count > 2:
        return _("Alle %(number)s gemeenten willen meer ‘%(pole)s’") % {"number": number, "pole": towards}
    if unanimous:
        return _("Beide gemeenten willen meer ‘%(pole)s’") % {"pole": towards}
    return ngettext("Eén gemeente wil meer ‘%(pole)s’", "%(number)s gemeenten willen meer ‘%(pole)s’", count) % {
        "number": capfirst(number),
        "pole": towards,
    }


def of_room(axes: Axes, room: Stand) -> str:
    """What the whole room wants."""
    if room.arrow is None:
        return _("Er zijn te weinig antwoorden om een uitslag te tonen")
    poles = [pole(axes, way) for way in room.ways]
    if not poles:
        return _("De zaal wil ongeveer blijven waar wij nu staan")
    if len(poles) == 1:
        return _("De zaal wil meer ‘%(pole)s’") % {"pole": poles[0]}
    return _("De zaal wil meer ‘%(one)s’ en meer ‘%(other)s’") % {"one": poles[0], "other": poles[1]}


def pole(axes: Axes, way: Way) -> str:
    """Its name as it stands inside a sentence."""
    side, sign = way
    return lower_first(localized(axes[side]["positive" if sign > 0 else "negative"]))
