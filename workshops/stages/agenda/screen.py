"""What the projector shows of an agenda: the list of options, and beside it the one on the table.

No text is smaller than 1/30 of the screen's height, so what doesn't fit goes to a next slide; every slide is laid out
for wide screens (from 8:5) and for narrow ones (4:3). Lengths are in 1/1080 of the height; the same sizes stand in
static/css/components/agenda-screen.css.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from trends.notation import percentage, whole
from workshops.stages.agenda.result import (
    STILL,
    Holder,
    Row,
    divided_words,
    figures,
    finding,
    is_shift,
    shift,
)
from workshops.stages.agenda.standing import OPTION, Agenda
from workshops.stages.typesetting import BOLDER, TEXT_STEPS, TextSize, lines, px, width

Each = TypeVar("Each")
HEIGHT = 936.0  # of a slide, less its margins
TICK = 0.25  # between the lines of the scale
DOTS_WIDTH = 108.0  # of the column with the number of dots
BAR = 34.0  # a bar and the room around it
FIGURES, LABEL = 5.6, 2.7  # in ems: the figures of a shift, and the least between two figures under the lines
LARGER = 1.2  # the sentence over an option
ROW_LEAST = 46.0
CELL = 236.0  # a column of the table of holders


@dataclass(frozen=True)
class Layout:
    """A shape of screen: the whole width between its margins, the list's, the size and line of a title."""

    name: str
    across: float
    listed: float
    gap: float
    title: tuple[float, float]

    @property
    def table(self) -> float:
        """The width beside the list."""
        return self.across - self.listed - self.gap


LAYOUTS = (Layout("wide", 1600, 688, 56, (64, 76)), Layout("narrow", 1312, 540, 48, (52, 62)))


def slides(agenda: Agenda, text_step: int = 0) -> dict[str, Any]:
    """What ``screen_result.html`` shows, in the active language; ``text_step`` is a key of TEXT_STEPS."""
    size = TEXT_STEPS[text_step]
    empty = agenda.divided.dots is None and not any(row.is_shown for row in agenda.chosen)
    made = [] if empty else [slide for layout in LAYOUTS for slide in pages(agenda, layout, size)]
    return {
        "finding": _("Er zijn te weinig antwoorden om een uitslag te tonen") if empty else finding(agenda.rows),
        "empty": empty,
        "title": agenda.title,
        "slides": made,
        "picture_word": _("Agenda"),
        **foot(agenda),
        "tables": [] if empty else tables(agenda, size),
    }


def one(agenda: Agenda, view: str, text_step: int = 0) -> dict[str, Any] | None:
    """What ``screen_view.html`` shows: one option of the agenda; None where it is not on it (any more)."""
    size = TEXT_STEPS[text_step]
    row = next((row for row in agenda.chosen if f"{OPTION}{row.item}" == view), None)
    if row is None:
        return None
    made = [slide for layout in LAYOUTS for slide in option_slides(agenda, row, layout, size)]
    return {"title": agenda.title, "slides": made, **foot(agenda)}


def foot(agenda: Agenda) -> dict[str, str]:
    """What stands under every slide; ``foot_more`` where there is room for it."""
    text, more = divided_words(agenda.divided)
    return {"foot_text": text, "foot_more": more}


def pages(agenda: Agenda, layout: Layout, size: TextSize) -> list[dict[str, Any]]:
    """The options on the agenda one by one; before there are any, all options in order of dots."""
    if not agenda.chosen:
        return list_slides(agenda, layout, size)
    return [slide for row in agenda.chosen for slide in option_slides(agenda, row, layout, size)]


def room(agenda: Agenda, layout: Layout, size: TextSize) -> float:
    """The height under the title and the heads of both parts."""
    text, line = layout.title
    return HEIGHT - lines(agenda.title, layout.across / text / BOLDER) * line - 24 - size.line - 14


def list_slides(agenda: Agenda, layout: Layout, size: TextSize) -> list[dict[str, Any]]:
    """All options, in two columns a slide."""
    parts = list_parts(agenda.rows, layout, size, room(agenda, layout, size))
    top = max((row.dots or 0 for row in agenda.rows), default=0)
    columns = [[entry(row, top) for row in part] for part in parts]
    return [
        {"layout": layout.name, "columns": columns[at : at + 2], **numbered(at // 2 + 1, math.ceil(len(columns) / 2))}
        for at in range(0, len(columns), 2)
    ]


def list_parts(found: Sequence[Row], layout: Layout, size: TextSize, height: float) -> list[list[Row]]:
    """The rows in as few columns as fit, each about as full."""
    return divided(found, lambda part: sum(list_height(row, layout, size) for row in part), height)


def list_height(row: Row, layout: Layout, size: TextSize) -> float:
    across = layout.listed - (DOTS_WIDTH if row.dots is not None else 0)
    how = lines(row.how, across / size.text) if row.how else 0
    bar = BAR if row.dots is not None else 0
    return (lines(row.title, across / size.text / BOLDER) + how) * size.line + bar + size.row + 6


def entry(row: Row, top: int, *, now: bool = False) -> dict[str, Any]:
    """A row of the list; ``width`` of its bar, "" without dots; ``now``: it is on the table."""
    bar = "" if row.dots is None or not top else f"{px(row.dots / top * 100)}%"
    return {"row": row, "width": bar, "now": now}


def option_slides(agenda: Agenda, row: Row, layout: Layout, size: TextSize) -> list[dict[str, Any]]:
    """One option beside the list: who carries it, and what was agreed on; on two slides where one doesn't hold both."""
    height = room(agenda, layout, size)
    parts = list_parts(agenda.chosen, layout, size, height)
    part = next(part for part in parts if row in part)
    top = max((each.dots or 0 for each in agenda.chosen), default=0)
    listed = {"layout": layout.name, "list": [entry(each, top, now=each == row) for each in part], "row": row}
    carried = carried_of(agenda, row, layout, size)
    agreed = agreed_of(row)
    heights = [detail_height(each, layout, size) for each in agreed]
    first = carried_height(carried, agenda.holders, layout, size)
    if first + sum(heights) <= height:
        return [{**listed, **carried, "details": agreed}]
    left = height - heading_height(row.title, layout, size) - 12
    cut = divided(list(zip(agreed, heights, strict=True)), lambda part: sum(each[1] for each in part), left)
    return [
        {**listed, **carried, "details": []},
        *({**listed, "heading": row.title, "details": [each for each, _height in part]} for part in cut),
    ]


def carried_of(agenda: Agenda, row: Row, layout: Layout, size: TextSize) -> dict[str, Any]:
    """Who carries it: a sentence and the drawing; where there is nothing to show of that, its title."""
    if not agenda.shown or (not row.is_shown and not (row.now.hidden or row.wanted.hidden) and not row.now.n):
        return {"heading": row.title, "picture": None}
    drawn = picture(row, agenda.holders, layout, size) if row.is_shown else None
    return {"heading": shift(row, agenda.holders), "picture": drawn}


def carried_height(carried: Mapping[str, Any], holders: Sequence[Holder], layout: Layout, size: TextSize) -> float:
    heading = heading_height(carried["heading"], layout, size)
    if carried["picture"] is None:
        return heading + 12
    legend = lines(carried["picture"]["legend"], layout.table / size.text) * size.line
    return heading + legend + 12 + len(holders) * row_height(size) + size.line + 12


def heading_height(text: str, layout: Layout, size: TextSize) -> float:
    return lines(text, layout.table / size.text / LARGER / BOLDER) * size.line * LARGER


def row_height(size: TextSize) -> float:
    return max(ROW_LEAST, size.line) + 6


def picture(row: Row, holders: Sequence[Holder], layout: Layout, size: TextSize) -> dict[str, Any]:
    """A row a holder: open circle now, filled one wanted, the line between, on one scale. Places along it are per
    cents of the drawing's width."""
    shares = [*row.now.shares.values(), *row.wanted.shares.values()]
    most = max((share for share in shares if share is not None), default=0.0)
    top = max(2 * TICK, math.ceil(round(most / TICK, 9)) * TICK)
    steps = round(top / TICK)
    names = max((width(holder.short, bold=True) for holder in holders), default=0)
    across = layout.table - 40 - (names + FIGURES) * size.text
    # Every so many lines has its figure, so that no two touch.
    every = math.ceil(LABEL * size.text * steps / across) if across > 0 else steps

    def at(share: float) -> str:
        return f"{px(share / top * 100)}%"

    return {
        "legend": _("Wie draagt het?") + " nu    " + _("gewenst"),
        "ticks": [
            {"x": at(step * TICK), "text": "" if step % every else percentage(step * TICK)} for step in range(steps + 1)
        ],
        "rows": [holder_row(row, holder, at) for holder in holders],
        "people": whole(min(row.now.n or 0, row.wanted.n or 0)),
    }


def holder_row(row: Row, holder: Holder, at: Callable[[float], str]) -> dict[str, Any]:
    now, wanted = row.now.shares[holder.key] or 0.0, row.wanted.shares[holder.key] or 0.0
    return {
        "name": holder.short,
        "now": at(now),
        "wanted": at(wanted),
        "right": at(max(now, wanted)),
        "still": abs(row.gap(holder.key) or 0) < STILL,
        "shift": is_shift(row, holder.key),
        "figures": figures(row, holder.key),
        "now_text": percentage(now),
        "wanted_text": percentage(wanted),
    }


def agreed_of(row: Row) -> list[dict[str, str]]:
    """What the room sees of what was agreed on, line by line; a line that says so where nothing was."""
    found = [
        {"name": _("Eerste stap"), "text": row.first_step},
        {"name": _("Wanneer"), "text": row.when},
        {"name": _("Signaal"), "text": row.signpost_words},
    ]
    return [each for each in found if each["text"]] or [{"name": "", "text": _("Nog niets afgesproken")}]


def detail_height(each: Mapping[str, str], layout: Layout, size: TextSize) -> float:
    return lines(each["text"], layout.table / size.text - 5.75) * size.line + 17


# The pictures as tables


def tables(agenda: Agenda, size: TextSize) -> list[dict[str, Any]]:
    """The dots of every option, and who carries those on the agenda: a slide each, or more."""
    holders = [table for layout in LAYOUTS for table in holder_tables(agenda, layout, size)]
    return [*dots_tables(agenda, size), *holders]


def dots_tables(agenda: Agenda, size: TextSize) -> list[dict[str, Any]]:
    if agenda.divided.dots is None:
        return []
    ems = (LAYOUTS[1].across - 330) / size.text
    height = HEIGHT - LAYOUTS[0].title[1] - 2 * size.line - 40
    cut = divided(agenda.rows, lambda part: sum(lines(row.title, ems) * size.line + size.row for row in part), height)
    return [{"part": "dots", "rows": rows, **numbered(place, len(cut))} for place, rows in enumerate(cut, start=1)]


def holder_tables(agenda: Agenda, layout: Layout, size: TextSize) -> list[dict[str, Any]]:
    """The holders as rows, as many options beside each other as the screen holds, evenly over its slides."""
    shown = [row for row in agenda.chosen if row.is_shown]
    label = max((width(holder.short) for holder in agenda.holders), default=0) * size.text + 24
    most = max(1, int((layout.across - label) // (CELL * size.text / 36)))
    parts = divided(shown, lambda part: len(part), most)
    return [
        {
            "part": "holders",
            "layout": layout.name,
            "options": part,
            "rows": [
                {"name": holder.short, "cells": [figures(row, holder.key) for row in part]} for holder in agenda.holders
            ],
            "people": [(whole(row.now.n or 0), whole(row.wanted.n or 0)) for row in part],
            **numbered(place, len(parts)),
        }
        for place, part in enumerate(parts, start=1)
    ]


def numbered(place: int, places: int) -> dict[str, Any]:
    """Which of how many slides it is; ``place`` None where there is one."""
    return {"place": place if places > 1 else None, "places": places}


def divided(found: Sequence[Each], cost: Callable[[Sequence[Each]], float], height: float) -> list[list[Each]]:
    """In as few parts as fit in ``height``, about as many in each; one thing too high is a part alone."""
    for count in range(1, len(found) + 1):
        each = math.ceil(len(found) / count)
        parts = [list(found[start : start + each]) for start in range(0, len(found), each)]
        if all(cost(part) <= height for part in parts):
            return parts
    return [[each] for each in found]
