"""What the projector shows of a revealed ``axes`` round: the pairs with their reasons and their dots.

No text on the screen is smaller than 1/30 of its height, so what doesn't fit goes to a next slide. Laid out twice, for
16:9 and for 4:3, of which the style sheet shows one. Lengths are in the screen's own unit: 1/1080 of its height.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trends.notation import whole
from workshops.stages.axes.result import PairShown
from workshops.stages.typesetting import BOLDER, TEXT_STEPS, TextSize, lines, px

HEIGHT = 948  # between a slide's top margin and the foot
TITLE = (64, 76)  # size and line of a slide's title; the smallest step of the text makes it smaller
SMALL_TITLE = 0.86
BELOW_TITLE = 24
INSIDE = {-1: 30, 0: 40, 1: 44, 2: 48}  # above and below what stands in a row, together
BETWEEN = 10  # the two axes of a pair
TAB = 52  # "✓ Gekozen"
DOT, PITCH, ROWS = 22, 31, 6
MOST_DOTS = 200  # in all; above that a bar
SMALLEST = 0.5  # of their size dots may be drawn, where there are many on one pair
BAR = 44


@dataclass(frozen=True)
class Shape:
    """The widths of the columns, in the screen's unit; ``across`` of the whole."""

    name: str
    across: int
    axes: int
    reason: int
    dots: int


SHAPES = (Shape("wide", 1792, 560, 540, 434), Shape("narrow", 1312, 420, 400, 217))


def slides(
    found: Sequence[PairShown], title: str, said: str, foot: str, chosen: str = "", text_step: int = 0
) -> dict[str, Any]:
    """What ``screen_result.html`` shows, in the active language. ``text_step``: a key of TEXT_STEPS; ``said``: the
    finding; ``chosen``: the axes that were chosen where these are none of the pairs."""
    total = sum(pair.dots or 0 for pair in found)
    return {
        "empty": not total,
        "finding": said,
        "title": title,
        "foot_text": foot,
        "chosen": chosen,
        "shapes": [shape(found, each, title, chosen, text_step) for each in SHAPES],
    }


def shape(found: Sequence[PairShown], widths: Shape, title: str, chosen: str, text_step: int) -> dict[str, Any]:
    """One of the two layouts: its pages, each with its rows."""
    size = TEXT_STEPS[text_step]
    large, line = (length * (SMALL_TITLE if text_step < 0 else 1) for length in TITLE)
    room = HEIGHT - lines(title, widths.across / large / BOLDER) * line - BELOW_TITLE
    heights = [height(pair, widths, size, text_step) for pair in found]
    if chosen:
        room -= lines(chosen, widths.across / size.text) * size.line + 24
    pages = paged(heights, room)
    drawing = Drawing.of(found, widths)
    return {
        "name": widths.name,
        "pages": [
            {
                "rows": [{"pair": found[at], **drawing.of_pair(found[at])} for at in page],
                "part": number if len(pages) > 1 else 0,
                "parts": len(pages),
                "first": number == 1,
            }
            for number, page in enumerate(pages, start=1)
        ],
    }


def paged(heights: Sequence[float], room: float) -> list[list[int]]:
    """Which rows stand on which page: as many as fit, in order."""
    pages: list[list[int]] = []
    used = 0.0
    for at, each in enumerate(heights):
        if not pages or used + each > room:
            pages.append([])
            used = 0.0
        pages[-1].append(at)
        used += each
    return pages


def height(pair: PairShown, widths: Shape, size: TextSize, text_step: int) -> float:
    """A row's height."""
    ems = widths.axes / size.text
    axes = sum(lines(axis.title, ems / BOLDER) + lines(f"{axis.negative} ↔ {axis.positive}", ems) for axis in pair.axes)
    sentences, same = pair.brief
    reason = lines(" ".join(sentences), widths.reason / size.text)
    reason += lines(same, widths.reason / size.text) if same else 0
    drawn = ROWS * PITCH + (TAB if pair.chosen else 0)
    return max(axes * size.line + BETWEEN, reason * size.line, drawn) + INSIDE[text_step]


@dataclass(frozen=True)
class Drawing:
    """How all dots are drawn, alike for every pair. ``width`` of the drawing in its own unit; ``as_bar``: too many;
    ``most``: on one pair."""

    width: float
    as_bar: bool
    most: int

    @classmethod
    def of(cls, found: Sequence[PairShown], widths: Shape) -> Drawing:
        given = [pair.dots or 0 for pair in found]
        most = max(given, default=0)
        needed = columns(most) * PITCH
        as_bar = sum(given) > MOST_DOTS or needed * SMALLEST > widths.dots
        return cls(float(max(widths.dots, 0 if as_bar else needed)), as_bar, most)

    def of_pair(self, pair: PairShown) -> dict[str, Any]:
        """The figure in words, and its dots or bar as SVG lengths."""
        count = pair.dots or 0
        box = {"figure": "" if pair.dots is None else whole(count), "width": px(self.width)}
        if self.as_bar:
            return {**box, "height": BAR, "bar": px(self.width * count / self.most) if self.most else "0", "dots": []}
        places = [divmod(at, ROWS) for at in range(count)]
        return {
            **box,
            "height": ROWS * PITCH,
            "bar": "",
            "dots": [{"x": px(column * PITCH + DOT / 2), "y": px(down * PITCH + DOT / 2)} for column, down in places],
        }


def columns(count: int) -> int:
    """How many columns of six so many dots take."""
    return -(-count // ROWS)
