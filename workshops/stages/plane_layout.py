"""Where things go in a drawing so that none hides another: circles pushed apart, words beside what they name.

Pure geometry in the drawing's own unit; y runs downwards.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workshops.stages.typesetting import width

Point = tuple[float, float]
Line = tuple[Point, Point]

ROUNDS = 400
STEPS = 16  # directions that a name is tried in
ACROSS_LINE, ACROSS_AXIS = 6.0, 1.0  # what a unit of another's line, and of an axis, under a word costs
FARTHER = (0.0, 0.6, 1.3, 2.2)  # how far from its circle a name is tried, in its own height


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, centre: Point, wide: float, high: float) -> Box:
        return cls(centre[0] - wide / 2, centre[1] - high / 2, centre[0] + wide / 2, centre[1] + high / 2)

    @property
    def centre(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def touches(self, other: Box) -> bool:
        """Whether the two have any of their area in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether `other` lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def under(self, line: Line) -> float:
        """How much of `line` lies in it."""
        (x, y), (to_x, to_y) = line
        first, last = 0.0, 1.0
        for start, way, low, high in ((x, to_x - x, self.left, self.right), (y, to_y - y, self.top, self.bottom)):
            if not way:
                if not low < start < high:
                    return 0.0
                continue
            enters, leaves = sorted(((low - start) / way, (high - start) / way))
            first, last = max(first, enters), min(last, leaves)
        return max(0.0, last - first) * math.dist((x, y), (to_x, to_y))


def apart(
    points: Sequence[Point], radii: Sequence[float], gap: float, bounds: Box, fixed: int = 0
) -> tuple[list[Point], bool]:
    """The centres of circles that stand at `points`, pushed from each other until all are `gap` apart, and whether
    that succeeded. The first `fixed` stay. Centres stay inside `bounds` less their radius; the same points always give
    the same places, and who is near nobody keeps its own."""
    centres = [list(point) for point in points]
    for index in range(fixed, len(centres)):
        if any(_near(centres, radii, gap, index, other) for other in range(len(centres)) if other != index):
            turn = index * math.pi * (3 - math.sqrt(5))  # the golden angle: on one spot they would have no way out
            centres[index][0] += radii[index] / 20 * math.cos(turn)
            centres[index][1] += radii[index] / 20 * math.sin(turn)
    for _ in range(ROUNDS):
        if not _pushed(centres, radii, gap, fixed):
            return [(x, y) for x, y in centres], True
        for index in range(fixed, len(centres)):
            # Each to a depth of its own: in one straight line along an edge they would have no way out.
            room = radii[index] + index * math.sqrt(2) % 1 * radii[index] / 10
            centres[index][0] = min(max(centres[index][0], bounds.left + room), bounds.right - room)
            centres[index][1] = min(max(centres[index][1], bounds.top + room), bounds.bottom - room)
    return [(x, y) for x, y in centres], False


def _near(centres: Sequence[Sequence[float]], radii: Sequence[float], gap: float, one: int, other: int) -> bool:
    return math.dist(centres[one], centres[other]) < radii[one] + radii[other] + gap - 1e-6


def _pushed(centres: list[list[float]], radii: Sequence[float], gap: float, fixed: int) -> bool:
    """Push each pair that is too near to where it is not, both alike unless one of them is fixed."""
    moved = False
    for one in range(len(centres)):
        for other in range(max(one + 1, fixed), len(centres)):
            if not _near(centres, radii, gap, one, other):
                continue
            moved = True
            across, down = centres[other][0] - centres[one][0], centres[other][1] - centres[one][1]
            distance = math.hypot(across, down) or 1e-9
            share = (radii[one] + radii[other] + gap + 0.01 - distance) / distance
            halves = (0.0, 1.0) if one < fixed else (0.5, 0.5)
            for index, sign, half in ((one, -1, halves[0]), (other, 1, halves[1])):
                centres[index][0] += sign * across * share * half
                centres[index][1] += sign * down * share * half
    return moved


def around(point: Point, radius: float, wide: float, high: float, pad: float, away: float | None) -> Iterable[Box]:
    """Places for words of `wide` by `high` beside a circle, the best first: nearest, then straight on from `away` (an
    angle, where no line runs); without it below, above, right, left, then at a slant."""
    angles = [index * 2 * math.pi / STEPS for index in range(STEPS)]
    if away is None:
        middle = math.pi / 2
        order = [middle, 3 * middle, 0.0, math.pi]
        angles = order + [angle for angle in angles if all(abs(angle - each) > 1e-9 for each in order)]
    else:
        angles.sort(key=lambda angle: -math.cos(angle - away))
    for more in FARTHER:
        far = radius + pad + more * high
        for angle in angles:
            yield from _beside(point, angle, far, wide, high, radius)


def _beside(point: Point, angle: float, far: float, wide: float, high: float, radius: float) -> Iterable[Box]:
    """The words in one direction; straight below or above also with their start or their end at the circle."""
    across, down = math.cos(angle), math.sin(angle)
    centre = point[0] + across * (far + wide / 2), point[1] + down * (far + high / 2)
    yield Box.around(centre, wide, high)
    if abs(across) < 1e-6:
        shift = wide / 2 - radius
        yield Box.around((centre[0] - shift, centre[1]), wide, high)
        yield Box.around((centre[0] + shift, centre[1]), wide, high)


def best(
    places: Iterable[Box], taken: Sequence[Box], lines: Sequence[Line], axes: Sequence[Line], frame: Box
) -> tuple[Box | None, float]:
    """The place inside `frame` that touches nothing `taken` and lies over the least of the lines, the earlier of equal
    ones; None where there is none. With it, how much of `lines` it lies over."""
    found: Box | None = None
    least, over = math.inf, 0.0
    for rank, wanted in enumerate(places):
        place = _pulled_in(wanted, frame)
        if not frame.holds(place) or any(place.touches(each) for each in taken):
            continue
        crossed = sum(place.under(line) for line in lines)
        cost = crossed * ACROSS_LINE + sum(place.under(line) for line in axes) * ACROSS_AXIS + rank
        if cost < least:
            found, least, over = place, cost, crossed
    return found, over


def _pulled_in(place: Box, frame: Box) -> Box:
    """`place`, moved sideways as far as it takes to be inside `frame`."""
    shift = max(frame.left - place.left, 0) or min(frame.right - place.right, 0)
    return Box(place.left + shift, place.top, place.right + shift, place.bottom)


def broken(text: str, ems: float, *, bold: bool = False) -> list[str]:
    """`text` in lines of at most `ems`, its words whole, the lines about as long as each other."""
    words = text.split()
    lines = _filled(words, ems, bold)
    narrower = ems
    while len(lines) > 1 and narrower > 1 and len(_filled(words, narrower - 0.25, bold)) == len(lines):
        narrower -= 0.25
    return _filled(words, narrower, bold)


def _filled(words: Sequence[str], ems: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, bold=bold) <= ems:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
