"""The frame of a plane: where its axes run, where a value stands, and where the poles and names go around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from trends.text import localized
from workshops.stages.plane_layout import Box, Line, Point, broken
from workshops.stages.typesetting import px, width

SPAN = 2.45  # so much of the scale is to be seen at either side: who stands at its end is still inside
GUTTER = 6.5  # ems for the words at the left, where none of them is longer


class Size(Protocol):
    """What a frame needs to know of ``plane_picture.PlaneSize``."""

    @property
    def width(self) -> float: ...
    @property
    def height(self) -> float: ...
    @property
    def text(self) -> float: ...
    @property
    def stacked(self) -> bool: ...


class PlaneFrame:
    """The plane's own rectangle (`plot`) in the picture, and the words outside it."""

    def __init__(self, axes: Mapping[str, Mapping[str, Any]], size: Size) -> None:
        self.size = size
        words = {
            side: {name: localized(axes[side][name]) for name in ("title", "negative", "positive")} for side in "xy"
        }
        self.x, self.y = words["x"], words["y"]
        em = size.text
        self.edge = em / 24
        longest = max(width(word, bold=True) for text in self.y.values() for word in text.split())
        # The names beside the poles stand on the same line where they fit there.
        self.gutter = 0.0 if size.stacked else min(max(longest, GUTTER) * em + em * 0.5, size.width * 0.34)
        across = size.width - self.gutter
        self.one_line = self._on_one_line(self.x.values(), across)
        self.top_line = self._top_fits() if size.stacked else True
        above = em * (1.45 if self.top_line else 2.7) if size.stacked else self.edge
        below = em * (1.4 if self.one_line else 2.6) + (em * 1.25 if size.stacked else 0)
        self.plot = Box(self.gutter + self.edge, above, size.width - self.edge, size.height - below)

    def _on_one_line(self, texts: Any, room: float) -> bool:
        return (sum(width(text, bold=True) for text in texts) + 1.6) * self.size.text <= room

    def _top_fits(self) -> bool:
        name, pole = width(self.y["title"]), width(self.y["positive"], bold=True)
        return (name + 1 + pole / 2) * self.size.text <= self.size.width / 2

    def at(self, x: float, y: float) -> Point:
        """Where a place on both axes stands (−2…+2)."""
        box = self.plot
        (middle, centre), (wide, high) = box.centre, (box.right - box.left, box.bottom - box.top)
        return middle + x / SPAN * wide / 2, centre - y / SPAN * high / 2

    def axes(self) -> list[Line]:
        (x, y), box = self.plot.centre, self.plot
        return [((box.left, y), (box.right, y)), ((x, box.top), (x, box.bottom))]

    def ticks(self) -> list[Line]:
        """At ±1 and ±2 on both."""
        half = self.size.text / 5
        (x, y) = self.plot.centre
        across = [self.at(value, 0)[0] for value in (-2, -1, 1, 2)]
        up = [self.at(0, value)[1] for value in (-2, -1, 1, 2)]
        return [*(((at, y - half), (at, y + half)) for at in across), *(((x - half, at), (x + half, at)) for at in up)]

    def corner(self, right: bool, up: bool) -> Box:
        """One of the four quadrants."""
        (x, y), box = self.plot.centre, self.plot
        return Box(x if right else box.left, box.top if up else y, box.right if right else x, y if up else box.bottom)

    def words(self) -> list[dict[str, Any]]:
        """The poles (bold) and the axes' names, each line where it stands."""
        return [*(self._above_and_below() if self.size.stacked else self._at_the_left()), *self._along_the_bottom()]

    def _along_the_bottom(self) -> list[dict[str, Any]]:
        em, box = self.size.text, self.plot
        first = box.bottom + em * (1.15 + (1.25 if self.size.stacked else 0))
        # Between both poles, in the middle of what they leave.
        left = box.left + width(self.x["negative"], bold=True) * em
        right = box.right - width(self.x["positive"], bold=True) * em
        name = ((left + right) / 2, first) if self.one_line else (box.centre[0], first + em * 1.2)
        return [
            _word(self.x["negative"], (box.left, first), "start", bold=True),
            _word(self.x["positive"], (box.right, first), "end", bold=True),
            _word(self.x["title"], name, "middle"),
        ]

    def _above_and_below(self) -> list[dict[str, Any]]:
        em, box = self.size.text, self.plot
        above, below = box.top - em * 0.45, box.bottom + em * 1.15
        name = above if self.top_line else above - em * 1.25
        return [
            _word(self.y["title"], (box.left, name), "start"),
            _word(self.y["positive"], (box.centre[0], above), "middle", bold=True),
            _word(self.y["negative"], (box.centre[0], below), "middle", bold=True),
        ]

    def _at_the_left(self) -> list[dict[str, Any]]:
        em, box = self.size.text, self.plot
        ems = (self.gutter - em * 0.5) / em
        x, line = self.gutter - em * 0.4, em * 1.22
        found = []
        for name, bold in (("positive", True), ("title", False), ("negative", True)):
            lines = broken(self.y[name], ems, bold=bold)
            high = (len(lines) - 1) * line
            first = {
                "positive": box.top + em * 0.95,
                "title": box.centre[1] + em * 0.34 - high / 2,
                "negative": box.bottom - em * 0.3 - high,
            }[name]
            found += [_word(text, (x, first + at * line), "end", bold=bold) for at, text in enumerate(lines)]
        return found


def _word(text: str, point: Point, anchor: str, *, bold: bool = False) -> dict[str, Any]:
    return {"text": text, "x": px(point[0]), "y": px(point[1]), "anchor": anchor, "bold": bold}
