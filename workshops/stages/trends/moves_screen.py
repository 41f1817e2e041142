"""What the projector shows of a second round: from → to on the first round's matrix, then a table for each question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from workshops.stages.trends.moves import Row, Side, finding, people, rows
from workshops.stages.trends.moves_picture import moves_picture
from workshops.stages.trends.picture import PictureSize, screen_size
from workshops.stages.trends.result import place
from workshops.stages.trends.screen import ROOMIER, Column, fit, narrow_list, parts_of, wide_list
from workshops.stages.trends.second import Both, as_fact
from workshops.stages.typesetting import BOLDER, TEXT_STEPS, TextSize, lines

# A slide's title: size and line on 16:9 and on 4:3 (screen-slides.css); the smallest step of the text makes it smaller.
WIDE_TITLE, NARROW_TITLE, SMALLER = (64, 76.2), (52, 61.9), 0.86
# What the table's other columns take on 4:3, in ems: disc, share, medians, opinions (static/css/components/
# arguments-screen.css has the same), each with its padding.
OTHERS = 2.1 + 4.8 + 4.9 + 7.4


def rows_of(both: Both) -> list[Row]:
    """The trends of the second round, in the active language."""
    facts = [as_fact(each) for each in both.moved]
    return rows(facts, both.second_items, both.first_released, both.second_released)


def cut_of(both: Both) -> tuple[float, float] | None:
    """The lines of the first round: those of all its trends."""
    drawn = place(both.first_released, both.first_items)
    if drawn.cut_impact is None or drawn.cut_uncertainty is None:
        return None
    return drawn.cut_impact, drawn.cut_uncertainty


def slides(both: Both, text_step: int = 0) -> dict[str, Any]:
    """What the result's template shows under ``moves``, in the active language."""
    size = TEXT_STEPS[text_step]
    found, cut, after = rows_of(both), cut_of(both), both.second_released
    said = finding(found)
    less_wide, less_narrow = (title_more(said, text_step, narrow=narrow) for narrow in (False, True))
    wide, narrow = fit(found, lower(wide_list(size), less_wide)), fit(found, lower(narrow_list(size), less_narrow))
    return {
        "moves": True,
        "finding": said,
        "people": people(found),
        "picture": moves_picture(found, after, cut, flatter(screen_size(text_step), less_wide)),
        "narrow_picture": moves_picture(found, after, cut, flatter(screen_size(text_step, narrow=True), less_narrow)),
        "rows": [
            {"row": row, "in_wide": at < wide.rows, "in_narrow": at < narrow.rows} for at, row in enumerate(found)
        ],
        "wide": wide,
        "narrow": narrow,
        "tables": [page for name, title in names() for page in pages(found, name, title, size)],
    }


def title_more(said: str, text_step: int, *, narrow: bool) -> float:
    """How much higher a slide's title is than one line: so much less is left under it."""
    across, (text, line) = (1312, NARROW_TITLE) if narrow else (1792, WIDE_TITLE)
    smaller = SMALLER if text_step < 0 else 1
    return (lines(said, across / (text * smaller) / BOLDER) - 1) * line * smaller


def lower(column: Column, less: float) -> Column:
    """The list beside a picture that much lower."""
    return replace(column, height=column.height - less)


def flatter(size: PictureSize, less: float) -> PictureSize:
    """The picture that much lower."""
    return replace(size, height=size.height - less)


def names() -> list[tuple[str, str]]:
    """The questions with what their tables are called."""
    return [
        ("impact", _("Invloed: wat bleef, wat schoof op?")),
        ("uncertainty", _("Onzekerheid: wat bleef, wat schoof op?")),
    ]


def pages(found: Sequence[Row], name: str, title: str, size: TextSize) -> list[dict[str, Any]]:
    """One question's table, on more slides where it has more rows than fit."""
    column = Column(size, (1312 - 20) / size.text - OTHERS, 818 - 3 * size.line)

    def height(row: Row) -> float:
        return max(column.row(row.title), (2 if two_lines(row.sides[name]) else 1) * size.line + size.row)

    heights = {row.key: height(row) for row in found}
    parts = parts_of(found, [heights[row.key] for row in found], column.height)
    return [
        {
            "name": title,
            "part": number if len(parts) > 1 else None,
            "parts": len(parts),
            "rows": [{"row": row, "side": row.sides[name]} for row in part],
            "roomy": sum(heights[row.key] + ROOMIER for row in part) <= column.height,
        }
        for number, part in enumerate(parts, start=1)
    ]


def two_lines(side: Side) -> bool:
    """Whether its opinions stand below each other."""
    return side.words[0] != side.words[1]
