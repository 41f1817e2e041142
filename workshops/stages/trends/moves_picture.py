"""The picture of a second round: from → to, on the matrix of the first round with the first round's lines.

An open ring is where a trend stood, its number disc where it stands now, each at the means of all who answered then.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from trends.matrix import Disc, Matrix, plot
from trends.notation import decimal
from workshops.release import Released
from workshops.stages.trends.moves import Row, places
from workshops.stages.trends.picture import (
    PRINT,
    SCREEN,
    TEMPLATE,
    Frame,
    PictureSize,
    axis_names,
    critical_last,
    lengths,
)
from workshops.stages.typesetting import px

START = 0.3  # the ring's radius, as a part of a disc's
HEAD = 0.62  # the arrow's head: how long, and half as wide as
HALF = 0.32


def moves_svg(
    found: Sequence[Row],
    after: Released,
    cut: tuple[float, float] | None,
    size: PictureSize = PRINT,
    language: str = "nl",
) -> str:
    """The picture as one SVG document that stands by itself."""
    with override(language):
        return render_to_string(TEMPLATE, {"picture": moves_picture(found, after, cut, size)})


def moves_picture(
    found: Sequence[Row], after: Released, cut: tuple[float, float] | None, size: PictureSize = SCREEN
) -> dict[str, Any]:
    """What the matrix' template draws, in the active language. ``cut``: the first round's lines, (impact, uncertainty);
    None where it has none, and then there is nothing to see."""
    rows = {row.key: row for row in found if row.before and row.after} if cut else {}
    drawn = places(list(rows.values()), after, cut) if cut else []
    frame = Frame(size)
    drawing = plot(
        Matrix(cut[0] if cut else None, cut[1] if cut else None, tuple(drawn), ()),
        frame.plot_width,
        frame.plot_height,
        size.radius,
        gap=size.radius / 8,
        name_width=frame.name_width,
        name_height=frame.name_height,
        also=[row.before for row in rows.values() if row.before],
    )
    starts = dict(zip(rows, drawing.also, strict=True))
    arrows = [arrow(frame, disc, starts[disc.trend.key]) for disc in drawing.discs]
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
        "discs": [
            frame.disc(disc, rows[disc.trend.key].number, rows[disc.trend.key].title)
            for disc in critical_last(drawing.discs)
        ],
        "arrows": [each for each in arrows if each],
        "size": {**lengths(size), "arrow": px(size.radius / 8), "start": px(size.radius * START)},
        "alt": alternative(list(rows.values())),
    }


def arrow(frame: Frame, disc: Disc, start: tuple[float, float]) -> dict[str, str] | None:
    """From the ring to where the trend stands now: the edge of its disc, or the dot that a disc that had to move aside
    is tied to. None where the trend stayed so near that an arrow would have no length."""
    radius, placed = frame.size.radius, disc.placed
    end = (placed.true_x, placed.true_y)
    edge = radius / 6 if placed.moved else radius
    far = math.dist(end, start)
    if far < edge + radius * (START + HEAD):
        return None
    across, down = (end[0] - start[0]) / far, (end[1] - start[1]) / far
    tip = (end[0] - across * edge, end[1] - down * edge)
    foot = (tip[0] - across * radius * HEAD, tip[1] - down * radius * HEAD)
    aside = (-down * radius * HALF, across * radius * HALF)
    corners = (tip, (foot[0] + aside[0], foot[1] + aside[1]), (foot[0] - aside[0], foot[1] - aside[1]))
    path = " L".join(f"{px(frame.left + cx)} {px(frame.top + cy)}" for cx, cy in corners)
    return {
        "x": px(frame.left + start[0]),
        "y": px(frame.top + start[1]),
        "end_x": px(frame.left + foot[0]),
        "end_y": px(frame.top + foot[1]),
        "head": f"M{path}Z",
    }


def alternative(rows: Sequence[Row]) -> str:
    """The picture in words: each trend with its means in both rounds."""
    if not rows:
        return _("Matrix van invloed en onzekerheid, zonder trends: er zijn te weinig antwoorden.")
    told = [
        _("%(number)d %(title)s: invloed %(x)s naar %(to_x)s, onzekerheid %(y)s naar %(to_y)s")
        % {
            "number": row.number,
            "title": row.title,
            **dict(zip(("x", "y"), (decimal(value) for value in row.before), strict=True)),
            **dict(zip(("to_x", "to_y"), (decimal(value) for value in row.after), strict=True)),
        }
        for row in rows
        if row.before and row.after
    ]
    first = ngettext(
        "Matrix van invloed en onzekerheid met %(count)s trend, van de eerste naar de tweede ronde.",
        "Matrix van invloed en onzekerheid met %(count)s trends, van de eerste naar de tweede ronde.",
        len(rows),
    )
    return f"{first % {'count': len(rows)}} {'; '.join(told)}."
