"""What the projector shows of a revealed `trends` round: the matrix with its list, then a table for each corner.

No text on the screen is smaller than 1/30 of its height, so what doesn't fit goes to a next slide. Lengths here are
in the screen's own unit: 1/1080 of its height.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.utils.translation import gettext as _

from trends.matrix import CORNERS
from trends.notation import short
from workshops.release import Released
from workshops.stages.trends.picture import matrix_picture, screen_size
from workshops.stages.trends.result import (
    Figures,
    Row,
    TrendItem,
    corner_meanings,
    corner_names,
    finding,
    ranked,
)
from workshops.stages.typesetting import TEXT_STEPS, TextSize, lines, px

STRIP = (150, 8)  # a strip's length, and the room at both ends


T = TypeVar("T")


class Listed(Protocol):
    """A row of a list beside the matrix."""

    @property
    def title(self) -> str: ...
    @property
    def opinion(self) -> str: ...


@dataclass(frozen=True)
class Column:
    """Room for text of one size: its width in ems and its height."""

    size: TextSize
    ems: float
    height: float

    def lines(self, text: str) -> int:
        return lines(text, self.ems)

    def row(self, text: str) -> float:
        """The height of a row with `text` in it."""
        return self.lines(text) * self.size.line + self.size.row


@dataclass(frozen=True)
class Fit:
    """How a list fits in a column: with or without the opinions and the note under it, how many rows of it, and how
    many there are beyond these."""

    opinions: bool
    note: bool
    rows: int
    beyond: int


ROOMIER = 24  # how much more room the rows of a short table get, if all of them then fit


def wide_list(size: TextSize) -> Column:
    """The list beside the matrix on 16:9, under its heading: 668 across, 54 + 18 of them for the discs."""
    return Column(size, (668 - 72 * size.text / 36 - 20) / size.text, 752)


def narrow_list(size: TextSize) -> Column:
    """The same on 4:3: 472 across."""
    return Column(size, (472 - 72 * size.text / 36 - 18) / size.text, 742)


def table_column(size: TextSize) -> Column:
    """The titles of a table on 4:3 (1312 across less the other columns), between its headings and its legend."""
    return Column(size, (1312 - 20) / size.text - 18.9, 818 - 3 * size.line)


def slides(released: Released, items: Sequence[TrendItem], text_step: int = 0) -> dict[str, Any]:
    """What the result's template shows, in the active language; `items` in content order. `text_step`: a key of
    TEXT_STEPS."""
    size = TEXT_STEPS[text_step]
    rows = ranked(released, items)
    critical = [row for row in rows if row.corner == "critical"]
    wide, narrow = fit(critical, wide_list(size)), fit(critical, narrow_list(size))
    return {
        "finding": finding(rows),
        "empty": not any(row.corner for row in rows),
        "picture": matrix_picture(released, items, screen_size(text_step)),
        "narrow_picture": matrix_picture(released, items, screen_size(text_step, narrow=True)),
        "critical": [
            {"row": row, "in_wide": index < wide.rows, "in_narrow": index < narrow.rows}
            for index, row in enumerate(critical)
        ],
        "wide": wide,
        "narrow": narrow,
        "tables": tables(rows, size) if any(row.impact.n or row.uncertainty.n for row in rows) else [],
    }


def fit(rows: Sequence[Listed], column: Column) -> Fit:
    """How to show `rows` in `column`: all with their opinions, else all without, else as many as leave room for a line
    that says how many there are more."""
    line = column.size.line
    note = 2 * line + 16
    plain = [column.row(row.title) for row in rows]
    opinions = [column.lines(row.opinion) * line if row.opinion else 0 for row in rows]
    for with_opinions in (True, False):
        left = column.height - sum(plain) - (sum(opinions) if with_opinions else 0)
        if left >= 0:
            return Fit(with_opinions, left >= note, len(rows), 0)
    more = column.row(_("en nog %(number)s: zie de tabel") % {"number": len(rows)})
    shown = _fitting(plain, column.height - more)
    return Fit(False, False, shown, len(rows) - shown)


def tables(rows: Sequence[Row], size: TextSize = TEXT_STEPS[0]) -> list[dict[str, Any]]:
    """One slide a corner, in the order of `CORNERS`, more where a corner has more rows than fit; at the end the
    trends without a place."""
    slides = []
    column = table_column(size)
    for corner in (*CORNERS, None):
        inside = [row for row in rows if row.corner == corner]
        parts = parts_of(inside, [column.row(f"{row.title}*") for row in inside], column.height)
        for number, part in enumerate(parts, start=1):
            slides.append(
                {
                    "corner": corner,
                    "name": corner_names()[corner] if corner else _("Te weinig antwoorden"),
                    "meaning": meaning(corner),
                    "part": number if len(parts) > 1 else None,
                    "parts": len(parts),
                    "rows": [_table_row(row) for row in part],
                    "border": any(row.border for row in part),
                    "roomy": sum(column.row(row.title) + ROOMIER for row in part) <= column.height,
                }
            )
    return slides


def meaning(corner: str | None) -> str:
    """What a corner means, as its table's second line."""
    if corner is None:
        return _("Deze trends staan niet in de matrix.")
    if corner == "certain":
        return _("%(meaning)s: geldt in elk scenario") % {"meaning": corner_meanings()[corner]}
    return corner_meanings()[corner]


def strip(side: Figures) -> dict[str, str] | None:
    """The drawing of one criterion's spread: from first to third quartile, and the median; None without figures."""
    if side.median is None or side.q1 is None or side.q3 is None or side.scale is None:
        return None
    length, room = STRIP
    low, high = side.scale

    def at(value: float) -> float:
        return room + (value - low) / (high - low) * (length - 2 * room)

    return {
        "length": px(length),
        "start": px(room),
        "end": px(length - room),
        "q1": px(at(side.q1) - room / 2),
        "width": px(at(side.q3) - at(side.q1) + room),
        "median": px(at(side.median)),
    }


def _table_row(row: Row) -> dict[str, Any]:
    return {"row": row, "sides": [_side(row.impact), _side(row.uncertainty)]}


def _side(side: Figures) -> dict[str, Any]:
    shown = side.median is not None and side.q1 is not None and side.q3 is not None
    return {
        "figures": side,
        "median": short(side.median) if side.median is not None else "",
        "quartiles": f"{short(side.q1 or 0)}–{short(side.q3 or 0)}" if shown else "",
        "strip": strip(side),
    }


def _fitting(heights: Sequence[float], room: float) -> int:
    """How many of `heights`, from the first, fit in `room`."""
    used = 0.0
    for index, height in enumerate(heights):
        used += height
        if used > room:
            return index
    return len(heights)


def parts_of(rows: Sequence[T], heights: Sequence[float], room: float) -> list[list[T]]:
    """`rows` in as few slides as fit in `room`, each about as full as the others."""
    for slides in range(1, len(rows) + 1):
        size = math.ceil(len(rows) / slides)
        starts = range(0, len(rows), size)
        if all(sum(heights[start : start + size]) <= room for start in starts):
            return [list(rows[start : start + size]) for start in starts]
    return [[row] for row in rows]
