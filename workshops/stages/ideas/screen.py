"""What the projector shows of an ``ideas`` round: the options as they were chosen, and later by support.

No text is smaller than 1/30 of the screen's height, so what doesn't fit goes to a next slide. Laid out twice, for 16:9
and for 4:3, of which the style sheet shows one. Lengths are in 1/1080 of the height.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from trends.notation import whole
from trends.text import localized
from workshops import ideas
from workshops.models import Stage
from workshops.stages.ideas.result import Option, finding, is_empty
from workshops.stages.typesetting import TEXT_STEPS, TextSize, lines

WIDE, NARROW = 1792, 1312  # between the margins of 16:9 and of 4:3
HEIGHT = 948  # from the top margin to the foot
TITLE, TITLE_LINE = 52, 62
SMALL = 0.86  # a title at the smallest text step
GAP = 24
PROGRESS = 110  # how many people answered, with its bar, under the list
NUMBER, FIGURES = 1.9, 9.5  # ems of a list's numbers, and of "123 mensen · 100 %"
BETWEEN = 1.8  # ems between columns
BAR = {WIDE: 420, NARROW: 220}
Row = TypeVar("Row")


def list_slides(stage: Stage, text_step: int) -> dict[str, Any] | None:
    """What ``screen_asking.html`` shows: the options in their order, with their price; None while there is none."""
    rows = [
        {"number": item.number, "title": localized(item.title), "instead": localized(item.origin.get("instead"))}
        for item in stage.items.order_by("number")
    ]
    if not rows:
        return None
    size, gathering = TEXT_STEPS[text_step], ideas.gathering(stage)
    room = HEIGHT - title_height("", 1, text_step) - GAP - PROGRESS

    def height(row: dict[str, Any], ems: float) -> float:
        price = lines(f"Ten koste van {row['instead']}", ems) if row["instead"] else 0
        return (lines(row["title"], ems * 0.93) + price) * size.line + size.row

    return {
        "gathering": gathering,
        "ideas": ideas.written(stage)[0] if gathering else 0,
        "total": whole(len(rows)),
        "shapes": [
            {"name": name, "pages": in_columns(rows, height, across / size.text, room, most)}
            for name, across, most in (("wide", WIDE, 2), ("narrow", NARROW, 1))
        ],
    }


def in_columns(
    rows: Sequence[Row], height: Callable[[Row, float], float], ems: float, room: float, most: int
) -> list[list[list[Row]]]:
    """Pages of columns of rows: one as wide as the slide where all fit in it, else as many as go beside each other."""
    whole_width = paged(rows, [height(row, ems - NUMBER) for row in rows], room)
    if len(whole_width) == 1 or most == 1:
        return [[column] for column in whole_width]
    narrower = (ems - BETWEEN * (most - 1)) / most - NUMBER
    columns = paged(rows, [height(row, narrower) for row in rows], room)
    return [columns[start : start + most] for start in range(0, len(columns), most)]


def result_slides(found: Sequence[Option], text_step: int) -> dict[str, Any]:
    """What ``screen_result.html`` shows: a bar an option, as long as its share of the longest one."""
    said, size = finding(found), TEXT_STEPS[text_step]
    most = max((each.support or 0 for each in found), default=0)
    rows = [{"option": each, "bar": round(100 * (each.support or 0) / most) if most else 0} for each in found]
    return {
        "finding": said,
        "empty": not found or all(each.hidden for each in found),
        "supported": not is_empty(found),
        "shapes": [
            {
                "name": name,
                "pages": paged(
                    rows,
                    [row_height(each.title, across, size) for each in found],
                    HEIGHT - title_height(said, across, text_step) - GAP,
                ),
            }
            for name, across in (("wide", WIDE), ("narrow", NARROW))
        ],
    }


def row_height(title: str, across: int, size: TextSize) -> float:
    ems = (across - BAR[across] - 2 * GAP) / size.text - FIGURES
    return lines(title, ems) * size.line + size.row


def title_height(title: str, across: int, text_step: int) -> float:
    size, line = (length * (SMALL if text_step < 0 else 1) for length in (TITLE, TITLE_LINE))
    return lines(title, across / size / 1.1) * line


def paged(rows: Sequence[Row], heights: Sequence[float], room: float) -> list[list[Row]]:
    """The rows in order on as many pages as it takes; a row that is higher than a page has one of its own."""
    pages: list[list[Row]] = []
    left = 0.0
    for row, needed in zip(rows, heights, strict=True):
        if not pages or needed > left:
            pages.append([])
            left = room
        pages[-1].append(row)
        left -= needed
    return pages
