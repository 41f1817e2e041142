"""Two crossed axes in print: where marks stand and where their names find room. Lengths in mm from the top left.

``reports/typst/plane.typ`` draws what is laid out here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from workshops.stages import typesetting

REACH = 2.0  # the axes run from −2 to 2
MM = 0.3528  # a point
NAME = 8.5  # pt
MARGIN_X, MARGIN_Y = 15.0, 11.0  # between the outermost place and the frame: room for the poles' names
RING, DOT = 4.3, 2.1  # radii
Box = tuple[float, float, float, float]
Facts = Mapping[str, Any]


@dataclass
class Plane:
    """A plane of a size; ``taken`` are the boxes in which no name may stand."""

    width: float = 122.0
    height: float = 90.0
    taken: list[Box] = field(default_factory=list)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a place on the axes stands."""
        across = (self.width - 2 * MARGIN_X) / (2 * REACH)
        down = (self.height - 2 * MARGIN_Y) / (2 * REACH)
        return self.width / 2 + x * across, self.height / 2 - y * down

    def take(self, x: float, y: float, radius: float) -> None:
        self.taken.append((x - radius, y - radius, x + radius, y + radius))

    def take_line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """A line as a row of small boxes."""
        length = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
        steps = max(1, int(length / 2))
        for step in range(steps + 1):
            part = step / steps
            self.take(start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part, 0.8)

    def name(self, text: str, x: float, y: float, radius: float) -> dict[str, Any]:
        """The place of a name beside a mark: where it covers least, first right, then left, above and below."""
        wide, high = wide_of(text) + 0.6, NAME * MM * 1.05
        gap = radius + 0.9
        options = [
            (x + gap, y - high / 2),
            (x - gap - wide, y - high / 2),
            (x - wide / 2, y - gap - high),
            (x - wide / 2, y + gap),
            (x + gap * 0.7, y - gap - high * 0.6),
            (x - gap * 0.7 - wide, y - gap - high * 0.6),
            (x + gap * 0.7, y + gap * 0.5),
            (x - gap * 0.7 - wide, y + gap * 0.5),
        ]
        boxes = [(left, top, left + wide, top + high) for left, top in options]
        best = min(boxes, key=lambda box: (self._covered(box), boxes.index(box)))
        self.taken.append(best)
        return {"text": text, "x": best[0], "y": best[1], "width": wide}

    def _covered(self, box: Box) -> float:
        """How much of what is taken a box would cover; what falls outside the frame counts most."""
        outside = max(0, 1 - box[0]) + max(0, box[2] - self.width + 1) + max(0, 1 - box[1])
        outside += max(0, box[3] - self.height + 1)
        return outside * 100 + sum(_overlap(box, other) for other in self.taken)


def wide_of(text: str) -> float:
    return typesetting.width(text, bold=True) * NAME * MM


def _overlap(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, across) * max(0.0, down)


def frame(plane: Plane, axes: Facts) -> dict[str, Any]:
    """The axes with their poles; names of marks keep clear of the poles' names."""
    middle_x, middle_y = plane.width / 2, plane.height / 2
    x, y = axes["x"], axes["y"]
    for text, left in ((x["negative"], True), (x["positive"], False)):
        wide = wide_of(text) + 2
        start = 0 if left else plane.width - wide
        plane.taken.append((start, middle_y, start + wide, middle_y + 9))
    for text, top in ((y["positive"], 0.0), (y["negative"], plane.height - 5)):
        wide = wide_of(f"{text}  {y['title']}") + 4
        plane.taken.append((middle_x, top, middle_x + wide, top + 5))
    return {
        "width": plane.width,
        "height": plane.height,
        "x": dict(x),
        "y": dict(y),
        "ticks-x": [plane.at(value, 0)[0] for value in (-2, -1, 1, 2)],
        "ticks-y": [plane.at(0, value)[1] for value in (-2, -1, 1, 2)],
        "corners": [],
        "rings": [],
        "dots": [],
        "arrows": [],
    }


def open_corners(axes: Facts, places: Sequence[tuple[float, float]]) -> list[dict[str, Any]]:
    """The corners in which no world stands, each as a question; a world on a line stands in neither of its two."""
    if not places:
        return []
    taken = {(x > 0, y > 0) for x, y in places if x and y}
    corners = [(right, top) for top in (True, False) for right in (False, True) if (right, top) not in taken]
    return [{"right": right, "top": top, "text": corner_question(axes, right, top)} for right, top in corners]


def corner_question(axes: Facts, right: bool, top: bool) -> str:
    x, y = (axes[name]["positive" if side else "negative"] for name, side in (("x", right), ("y", top)))
    return f"{x} én {y[:1].lower()}{y[1:]}?"
