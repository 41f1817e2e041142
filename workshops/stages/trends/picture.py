"""The picture of the matrix: every length the SVG template needs, for screen, phone and print.

`trends.matrix.plot` places the discs; here the plot gets its frame, its words and Dutch numbers. Lengths are in the
drawing's own unit, as strings, for a template in Dutch would write 12.5 as "12,5" and break the SVG.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from trends.matrix import Disc, Matrix, Plot, Tick, plot
from trends.notation import short
from trends.text import localized
from workshops.release import Released
from workshops.stages.trends.result import TrendItem, corner_meanings, corner_names, place
from workshops.stages.typesetting import px, width

NAME_LINE = 1.05  # from one line of a corner's name to the next, in its own size
TEMPLATE = "workshops/stages/trends/matrix.svg"


@dataclass(frozen=True)
class PictureSize:
    """How large: outer width and height, a disc's radius, and the sizes of the words (names of corners, the rest) and
    of the numbers in the discs. `rule` is the width of the lines that cut the matrix."""

    width: float
    height: float
    radius: float
    name: float
    text: float
    number: float
    rule: float


SCREEN = PictureSize(width=1060, height=820, radius=27, name=40, text=36, number=36, rule=3)
# For 4:3 projectors, and scaled down for phones.
SCREEN_NARROW = PictureSize(width=800, height=820, radius=27, name=38, text=36, number=36, rule=3)
# At the larger sizes of text. The numbers grow less than the words: all of them must find a place in the same room.
LARGER = {
    1: {"radius": 29, "number": 39, "text": 40, "name": 44},
    2: {"radius": 31, "number": 42, "text": 44, "name": 48},
}
LARGER_NARROW = {
    1: {"radius": 28, "number": 38, "text": 38},
    2: {"radius": 29, "number": 40, "text": 40, "name": 40},
}
# In points: the main column of an A4 page.
PRINT = PictureSize(width=346, height=242, radius=6.9, name=10, text=8.5, number=7.8, rule=0.9)


def screen_size(text_step: int = 0, *, narrow: bool = False) -> PictureSize:
    """The picture on the projector at one of its sizes of text (−1…2), on 16:9 or (`narrow`) on 4:3."""
    size, larger = (SCREEN_NARROW, LARGER_NARROW) if narrow else (SCREEN, LARGER)
    return replace(size, **larger.get(text_step, {}))


def matrix_svg(released: Released, items: Sequence[TrendItem], size: PictureSize = PRINT, language: str = "nl") -> str:
    """The picture as one SVG document that stands by itself: fills and font family are in it, no style sheet."""
    with override(language):
        return render_to_string(TEMPLATE, {"picture": matrix_picture(released, items, size)})


def matrix_picture(released: Released, items: Sequence[TrendItem], size: PictureSize = SCREEN) -> dict[str, Any]:
    """What the template draws, in the active language; `items` in content order.

    Lengths are strings. `cut` and `critical` (the corner's rectangle) are None and `discs` empty where nothing may be
    shown. `discs` are in the order of drawing, the critical ones last; `alt` says in words what there is to see.
    """
    drawn = place(released, items)
    frame = Frame(size)
    drawing = plot(
        drawn,
        frame.plot_width,
        frame.plot_height,
        size.radius,
        gap=size.radius / 8,
        name_width=frame.name_width,
        name_height=frame.name_height,
    )
    titles = {item.key: (item.number, localized(item.title)) for item in items}
    return {
        "width": px(size.width),
        "height": px(size.height),
        "plot": frame.rectangle(),
        "critical": frame.critical(drawing),
        "cut": frame.cut(drawing),
        "ticks_x": frame.ticks_x(drawing.ticks_x),
        "ticks_y": frame.ticks_y(drawing.ticks_y),
        "axis_x": {"text": axis_names()[0], "x": px(frame.right), "y": px(frame.label_line)},
        "axis_y": {"text": axis_names()[1], "x": "0", "y": px(frame.top - size.text * 0.45)},
        "corners": frame.corners() if drawing.discs else [],
        "discs": [frame.disc(disc, *titles[disc.trend.key]) for disc in critical_last(drawing.discs)],
        "size": lengths(size),
        "alt": alternative(drawn, items),
    }


def lengths(size: PictureSize) -> dict[str, str]:
    """The sizes of what is drawn."""
    return {
        "name": px(size.name),
        "text": px(size.text),
        "number": px(size.number),
        "radius": px(size.radius),
        "dot": px(size.radius / 6),
        "rule": px(size.rule),
        "hairline": px(size.rule / 2),
        "ring": px(size.radius / 9),
    }


def axis_names() -> tuple[str, str]:
    """Impact's name to the right, uncertainty's upwards."""
    return _("Invloed") + " →", "↑ " + _("Onzekerheid")


def alternative(drawn: Matrix, items: Sequence[TrendItem]) -> str:
    """The picture in words: each corner with its trends, the most critical first."""
    titles = {item.key: f"{item.number} {localized(item.title)}" for item in items}
    shown = sum(trend.corner is not None for trend in drawn.places)
    if not shown:
        return _("Matrix van invloed en onzekerheid, zonder trends: er zijn te weinig antwoorden.")
    parts = [
        ngettext(
            "Matrix van invloed en onzekerheid met %(count)s trend.",
            "Matrix van invloed en onzekerheid met %(count)s trends.",
            shown,
        )
        % {"count": shown}
    ]
    for corner, name in corner_names().items():
        if trends := drawn.corner(corner):
            listed = "; ".join(titles[trend.key] for trend in trends)
            parts.append(f"{name} ({corner_meanings()[corner]}): {listed}.")
    return " ".join(parts)


def critical_last(discs: Sequence[Disc]) -> list[Disc]:
    """In the order of drawing."""
    return sorted(discs, key=lambda disc: disc.trend.corner == "critical")


class Frame:
    """Where the plot stands in the picture, and where the words go around and in it."""

    def __init__(self, size: PictureSize) -> None:
        self.size = size
        self.left = size.text * 1.7
        self.top = size.text * 1.5
        self.right = size.width - size.rule / 2
        self.bottom = size.height - size.text * 1.5
        self.plot_width = self.right - self.left
        self.plot_height = self.bottom - self.top
        self.label_line = self.bottom + size.text * 1.15
        self.pad = size.text * 0.45
        self.names = {corner: [name] for corner, name in corner_names().items()}
        self.meanings = {corner: [text] for corner, text in corner_meanings().items()}
        if 2 * self._needed() > 0.9 * self.plot_width:
            self.meanings = {corner: _broken(text) for corner, (text,) in self.meanings.items()}
        if self._needed() > 0.49 * self.plot_width:
            self.names = {corner: name.split() for corner, (name,) in self.names.items()}
        self.name_width = min(self._needed(), 0.49 * self.plot_width)
        lines = max(len(lines) for lines in self.meanings.values())
        more = max(len(names) for names in self.names.values()) - 1
        self.name_height = self.pad + size.name * (1 + more * NAME_LINE) + lines * size.text * 1.15

    def _needed(self) -> float:
        """Width of the widest words of a corner, with room at both sides."""
        names = [width(line, bold=True) * self.size.name for lines in self.names.values() for line in lines]
        lines = [width(line) * self.size.text for lines in self.meanings.values() for line in lines]
        return max(names + lines) + 2 * self.pad

    def rectangle(self) -> dict[str, str]:
        """The plot's."""
        return {
            "x": px(self.left),
            "y": px(self.top),
            "width": px(self.plot_width),
            "height": px(self.plot_height),
            "right": px(self.right),
            "bottom": px(self.bottom),
        }

    def critical(self, drawing: Plot) -> dict[str, str] | None:
        """The rectangle of the corner above and right of both lines; None where there are no lines."""
        if drawing.cut_x is None or drawing.cut_y is None:
            return None
        return {
            "x": px(self.left + drawing.cut_x),
            "y": px(self.top),
            "width": px(self.plot_width - drawing.cut_x),
            "height": px(drawing.cut_y),
        }

    def cut(self, drawing: Plot) -> dict[str, str] | None:
        """Where the two lines stand; None where there are none."""
        if drawing.cut_x is None or drawing.cut_y is None:
            return None
        return {"x": px(self.left + drawing.cut_x), "y": px(self.top + drawing.cut_y)}

    def ticks_x(self, ticks: Sequence[Tick]) -> list[dict[str, str]]:
        """Ticks along the bottom; none where its number would touch the axis' name or the picture's edge."""
        end = self.right - (width(axis_names()[0], bold=True) + 0.5) * self.size.text
        labelled = [(tick, short(tick.value)) for tick in ticks]
        return [
            {
                "x": px(self.left + tick.at),
                "y": px(self.label_line),
                "text": text,
                "end": px(self.bottom + self.pad / 2),
            }
            for tick, text in labelled
            if self.left + tick.at + width(text) * self.size.text / 2 < end
        ]

    def ticks_y(self, ticks: Sequence[Tick]) -> list[dict[str, str]]:
        """Ticks along the left side; none so high that its number would touch the axis' name."""
        return [
            {
                "x": px(self.left - self.pad),
                "y": px(self.top + tick.at + self.size.text * 0.33),
                "at": px(self.top + tick.at),
                "end": px(self.left - self.pad / 2),
                "text": short(tick.value),
            }
            for tick in ticks
            if tick.at > self.size.text * 0.4
        ]

    def corners(self) -> list[dict[str, Any]]:
        """Each corner's name (in two lines where one is too long) and meaning, inside the corner; `anchor` as SVG
        has it."""
        size, corners = self.size, []
        for corner, names in self.names.items():
            right, up = corner in ("critical", "certain"), corner in ("critical", "watch")
            x = self.right - self.pad if right else self.left + self.pad
            lines = self.meanings[corner]
            first = self.top + self.pad + size.name * 0.8
            more = size.name * NAME_LINE * (len(names) - 1)
            if not up:
                first = self.bottom - self.pad - size.text * (0.2 + 1.15 * len(lines)) - more
            corners.append(
                {
                    "key": corner,
                    "names": [
                        {"text": name, "y": px(first + size.name * NAME_LINE * number)}
                        for number, name in enumerate(names)
                    ],
                    "x": px(x),
                    "y": px(first),
                    "anchor": "end" if right else "start",
                    "lines": [
                        {"text": line, "y": px(first + more + size.text * 1.15 * number)}
                        for number, line in enumerate(lines, start=1)
                    ],
                }
            )
        return corners

    def disc(self, disc: Disc, number: int, title: str) -> dict[str, Any]:
        """A trend's disc where it is drawn, and (``true_…``) where its means put it."""
        placed = disc.placed
        return {
            "key": disc.trend.key,
            "number": number,
            "title": title,
            "critical": disc.trend.corner == "critical",
            "moved": placed.moved,
            "x": px(self.left + placed.x),
            "y": px(self.top + placed.y),
            "true_x": px(self.left + placed.true_x),
            "true_y": px(self.top + placed.true_y),
            "text_y": px(self.top + placed.y + self.size.number * 0.33),
        }


def _broken(text: str) -> list[str]:
    """A meaning in two lines, after its comma."""
    before, comma, after = text.partition(", ")
    return [before + ",", after] if comma else [text]
