"""Scenarios on two crossed axes: geometry of the picture, and a place in words.

Lengths are in the drawing's own unit, 360 wide and 300 high; y runs downwards. An axis runs from −2 to +2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from scenarios.models import Axis, Position, Scenario
from trends.models import Source
from trends.text import localized

WIDTH, HEIGHT = 360, 300
STEP_X, STEP_Y = 74, 60
RADIUS = 17


@dataclass(frozen=True)
class Place:
    """A scenario in the plane. `editorial` where the editors' word is in either coordinate: then the ring is dashed."""

    scenario: Scenario
    x: int
    y: int
    editorial: bool
    label_x: int
    label_y: int
    label_anchor: str


@dataclass(frozen=True)
class Corner:
    """A quadrant in which no scenario stands, and the question it leaves open."""

    x: int
    y: int
    width: int
    height: int
    text_x: int
    text_y: int
    lines: tuple[str, str]


@dataclass(frozen=True)
class Plane:
    """Two axes with what stands between them."""

    x: Axis
    y: Axis
    places: tuple[Place, ...]
    open_corners: tuple[Corner, ...]

    @property
    def ticks_x(self) -> tuple[int, ...]:
        return tuple(WIDTH // 2 + STEP_X * value for value in (-2, -1, 1, 2))

    @property
    def ticks_y(self) -> tuple[int, ...]:
        return tuple(HEIGHT // 2 - STEP_Y * value for value in (-2, -1, 1, 2))


def _label(x: int, y: int) -> tuple[int, int, str]:
    """Where the name goes so that it stays inside the drawing: beside a disc at the left, below or above the others."""
    if x < WIDTH // 4:
        return x + RADIUS + 7, y + 6, "start"
    below = y + RADIUS + 20
    label_y = below if below < HEIGHT - 6 else y - RADIUS - 8
    return (WIDTH - 8, label_y, "end") if x > WIDTH * 3 // 4 else (x, label_y, "middle")


def _corner(x: Axis, y: Axis, side_x: int, side_y: int) -> Corner:
    left, top = (0 if side_x < 0 else WIDTH // 2), (0 if side_y > 0 else HEIGHT // 2)
    pole_x = localized(x.positive if side_x > 0 else x.negative)
    pole_y = localized(y.positive if side_y > 0 else y.negative)
    lines = corner_question(pole_x, pole_y)
    text_y = 30 if side_y > 0 else HEIGHT - 34
    return Corner(left, top, WIDTH // 2, HEIGHT // 2, left + 14, text_y, lines)


def corner_question(pole_x: str, pole_y: str) -> tuple[str, str]:
    """What a quadrant without a scenario asks, in two lines: "Groei én", "voor elkaar?"."""
    return _("%(pole)s én") % {"pole": pole_x}, f"{lower_first(pole_y)}?"


def plane(x: Axis, y: Axis, scenarios: Sequence[Scenario]) -> Plane:
    """The scenarios that have a position on both axes (`positions` prefetched), and the corners nobody stands in."""
    places: list[Place] = []
    taken: set[tuple[bool, bool]] = set()
    for scenario in scenarios:
        at = {position.axis_id: position for position in scenario.positions.all()}
        if x.pk not in at or y.pk not in at:
            continue
        here, there = at[x.pk], at[y.pk]
        left, top = WIDTH // 2 + STEP_X * here.value, HEIGHT // 2 - STEP_Y * there.value
        editorial = Source.EDITORIAL in (here.source, there.source)
        places.append(Place(scenario, left, top, editorial, *_label(left, top)))
        if here.value and there.value:
            taken.add((here.value > 0, there.value > 0))
    corners = tuple(
        _corner(x, y, side_x, side_y)
        for side_y in (1, -1)
        for side_x in (-1, 1)
        if (side_x > 0, side_y > 0) not in taken
    )
    return Plane(x, y, tuple(places), corners if places else ())


@dataclass(frozen=True)
class AxisPlace:
    """A scenario's place on one axis: the dot from 0 to 200 over the line, and the direction in words."""

    axis: Axis
    position: Position | None
    words: str

    @property
    def at(self) -> int:
        return 100 + 50 * (self.position.value if self.position else 0)

    @property
    def editorial(self) -> bool:
        return self.position is not None and self.position.source == Source.EDITORIAL


def axis_places(axes: Sequence[Axis], scenario: Scenario) -> tuple[AxisPlace, ...]:
    """The scenario on every axis, in content order. Words give the direction only: the degree is the editors'."""
    at = {position.axis_id: position for position in scenario.positions.all()}
    return tuple(AxisPlace(axis, at.get(axis.pk), direction(axis, at.get(axis.pk))) for axis in axes)


def direction(axis: Axis, position: Position | None) -> str:
    """To which side of the axis ("richting ‘groei’"), or "ertussenin"; empty where there is no position."""
    if position is None:
        return ""
    if position.value == 0:
        return _("ertussenin")
    pole = localized(axis.positive if position.value > 0 else axis.negative)
    return _("richting ‘%(pole)s’") % {"pole": lower_first(pole)}


def lower_first(text: str) -> str:
    """`text` as it stands inside a sentence."""
    return f"{text[:1].lower()}{text[1:]}"
