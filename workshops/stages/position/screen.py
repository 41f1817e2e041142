"""What the projector shows of a revealed ``position`` round: the plane with its arrows and a list, then the table.

No text on the screen is smaller than 1/30 of its height, so what doesn't fit goes to a next slide. Lengths here are
in the screen's own unit: 1/1080 of its height.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from municipalities.models import ELSEWHERE
from trends.notation import decimal, whole
from workshops.release import Released
from workshops.stages.plane_picture import PlaneArrow, PlanePlace, plane_picture, screen_size
from workshops.stages.position.result import SIDES, Axes, Stand, finding, stands
from workshops.stages.typesetting import TEXT_STEPS, TextSize, lines, width

HEIGHT = 826.0  # of the list beside the picture
ACROSS = {"wide": 668.0, "narrow": 472.0}  # of the list on 16:9 and on 4:3
FINDING = (52, 62)  # its size and line
TABLE = 818.0  # a table's height, with its heading and the line under it


def slides(
    released: Released,
    axes: Axes,
    item: str,
    places: Sequence[PlanePlace],
    names: Mapping[str, str],
    text_step: int = 0,
) -> dict[str, Any]:
    """What ``screen_result.html`` shows, in the active language. ``names``: of the municipalities, by code;
    ``places``: the scenarios', from the content."""
    size = TEXT_STEPS[text_step]
    room, municipalities = stands(released, axes, item)
    shown = listed(municipalities) if released.groups_shown else []
    arrows = arrows_of(room, shown, names)
    numbers = numbers_of(shown)
    said = finding(axes, room, shown)
    layouts = []
    for name, across in ACROSS.items():
        picture = plane_picture(axes, places, arrows, screen_size(text_step, narrow=name == "narrow"))
        rows = [list_row(stand, names, numbers) for stand in shown]
        left = HEIGHT - lines(said, across / FINDING[0] / 1.08) * FINDING[1] - 24
        left -= key_lines(across, size, dashed=picture["dashed"]) * size.line + 16
        layouts.append({"name": name, "picture": picture, **fit(rows, across, left, size, bool(picture["numbered"]))})
    return {
        "finding": said,
        "empty": room.arrow is None,
        "picture_word": _("Vlak"),
        "layouts": layouts,
        "room": table_row(room, names),
        "axes": axes,
        "groups_shown": released.groups_shown,
        "numbered": any(layout["picture"]["numbered"] for layout in layouts),
        "tables": tables(room, shown, names, numbers, size) if room.arrow else [],
    }


def listed(municipalities: Sequence[Stand]) -> list[Stand]:
    """Those that are named: all of the workshop, and people from elsewhere where there are any."""
    named = [each for each in municipalities if each.code != ELSEWHERE or not each.nobody]
    return named if len(named) > 1 else []


def arrows_of(room: Stand, municipalities: Sequence[Stand], names: Mapping[str, str]) -> list[PlaneArrow]:
    """The whole room's, then those of the municipalities that may be shown."""
    found = [PlaneArrow(_("Hele zaal"), *room.arrow, room=True)] if room.arrow else []
    return found + [PlaneArrow(names.get(each.code, each.code), *each.arrow) for each in municipalities if each.arrow]


def numbers_of(municipalities: Sequence[Stand]) -> dict[str, int]:
    """The number of each arrow, as the picture gives them."""
    codes = [each.code for each in municipalities if each.arrow]
    return {code: number for number, code in enumerate(codes, start=1)}


def list_row(stand: Stand, names: Mapping[str, str], numbers: Mapping[str, int]) -> dict[str, Any]:
    """One municipality beside the picture: its people, or in words why it has no arrow."""
    return {
        "name": names.get(stand.code, stand.code),
        "number": numbers.get(stand.code),
        "n": "" if why(stand) else whole(stand.n or 0),
        "why": why(stand),
    }


def why(stand: Stand) -> str:
    """Why there are no figures; "" where there are."""
    if stand.hidden:
        return _("te weinig antwoorden")
    if stand.nobody:
        return _("geen")
    return "" if stand.arrow else _("weet ik niet")


def key_lines(across: float, size: TextSize, *, dashed: bool) -> int:
    """How many lines the key of the picture takes."""
    ems = (across - 70) / size.text - 0.5
    said = [_("nu, gewenst: gemiddeld"), *([_("plaats van de redactie")] if dashed else [])]
    return sum(lines(each, ems) for each in said)


def fit(
    rows: Sequence[Mapping[str, Any]], across: float, room: float, size: TextSize, numbered: bool
) -> dict[str, Any]:
    """What of the rows is shown in ``room``: all with their people; else, where the arrows have numbers, the names of
    these, closer together (``close``, in ``columns``); else as many as leave a line that says how many more there are
    (``beyond``)."""
    ems, row = across / size.text, size.line + size.row
    heights = []
    for each in rows:
        value = each["why"] or each["n"]
        needed = width(each["name"], bold=not each["why"]) + width(value) + 1 + (2 if numbered else 0)
        heights.append(row if needed <= ems else row + size.line)
    left = room - 2 * row  # less the heading and the whole room's
    if sum(heights) <= left:
        return {"rows": list(rows), "beyond": 0, "close": False}
    if numbered:
        return {**close(rows, ems, room - row - 8, size), "close": True}
    left -= row
    count = sum(sum(heights[: at + 1]) <= left for at in range(len(rows)))
    return {"rows": list(rows[:count]), "beyond": len(rows) - count, "close": False}


def close(rows: Sequence[Mapping[str, Any]], ems: float, room: float, size: TextSize) -> dict[str, Any]:
    """The names that the numbers in the picture stand for, in two columns where the longest finds room in one."""
    named = [each for each in rows if each["number"]]
    columns = 2 if 2 * (max(width(each["name"]) for each in named) + 1.4) + 0.4 <= ems else 1
    shown = columns * int(room / size.line)
    if len(rows) > shown or len(rows) > len(named):
        shown = columns * int((room - size.line - 9) / size.line)  # less the line that says how many more there are
    return {"rows": named[:shown], "beyond": len(rows) - len(named[:shown]), "columns": columns}


def tables(
    room: Stand, municipalities: Sequence[Stand], names: Mapping[str, str], numbers: Mapping[str, int], size: TextSize
) -> list[dict[str, Any]]:
    """The figures, the room's first, on as few slides as they need."""
    rows = [table_row(room, names), *(table_row(each, names, numbers.get(each.code)) for each in municipalities)]
    # The name's column on 4:3: what the figures and the number leave.
    ems = 1312 / size.text - 18.4 - 1.8
    heights = [lines(row["name"], ems) * size.line + size.row for row in rows]
    height = TABLE - 5.2 * size.line
    for count in range(1, len(rows) + 1):
        part = math.ceil(len(rows) / count)
        starts = range(0, len(rows), part)
        if all(sum(heights[start : start + part]) <= height for start in starts):
            break
    return [
        {"rows": rows[start : start + part], "part": at if len(starts) > 1 else None, "parts": len(starts)}
        for at, start in enumerate(starts, start=1)
    ]


def table_row(stand: Stand, names: Mapping[str, str], number: int | None = None) -> dict[str, Any]:
    """One row: the horizontal axis now and wanted, the vertical one likewise, people; or why there is nothing."""
    places = [spot[side] for side in SIDES for spot in (stand.now, stand.wanted)]
    return {
        "name": names.get(stand.code, stand.code) if stand.code else _("Hele zaal"),
        "is_room": not stand.code,
        "number": number,
        "cells": ["" if value is None else decimal(value, 1) for value in places],
        "n": whole(stand.n or 0),
        "why": why(stand),
    }
