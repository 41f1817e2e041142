"""The marks of a plane as its SVG template takes them: arrows, lines, rectangles, colours and signs."""

from __future__ import annotations

import math
import re
from typing import Any

from django.template.loader import render_to_string

from scenarios.drawings import DRAWINGS
from scenarios.templatetags.worlds import OWN_SIGN
from workshops.stages.plane_layout import Box, Point
from workshops.stages.typesetting import px

# A scenario's colour, the one for words, and the soft one (static/css/tokens.css); without its own: the accent's.
COLOURS = {
    "samendam": ("#1f7a66", "#175f50", "#e2f1ed"),
    "ikhoven": ("#b4500f", "#8d3d09", "#fbeadf"),
    "staatsburcht": ("#4b3f92", "#4b3f92", "#eae7f6"),
}
OTHER_COLOURS = ("#1f4b7a", "#1f4b7a", "#e6edf5")


def drawn_arrow(start: Point, end: Point, radius: float, width: float) -> dict[str, Any]:
    """An open circle, a line from its edge, and a head; a dot in the circle where the end is too near for a line."""
    length = math.dist(start, end)
    head = width * 5
    context: dict[str, Any] = {"x": px(start[0]), "y": px(start[1]), "r": px(radius), "line": None, "head": ""}
    if length < radius + head * 0.8:
        return {**context, "dot": px(radius * 0.45)}
    along = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    across = -along[1], along[0]
    base = end[0] - along[0] * head, end[1] - along[1] * head
    wings = [(base[0] + sign * across[0] * head * 0.45, base[1] + sign * across[1] * head * 0.45) for sign in (1, -1)]
    context["head"] = " ".join(f"{px(x)},{px(y)}" for x, y in (end, *wings))
    context["line"] = ends((start[0] + along[0] * radius, start[1] + along[1] * radius), base)
    return {**context, "dot": ""}


def ends(start: Point, end: Point) -> dict[str, str]:
    return {"x1": px(start[0]), "y1": px(start[1]), "x2": px(end[0]), "y2": px(end[1])}


def rectangle(box: Box) -> dict[str, str]:
    return {"x": px(box.left), "y": px(box.top), "w": px(box.right - box.left), "h": px(box.bottom - box.top)}


def colours(key: str) -> tuple[str, str, str]:
    return COLOURS.get(key, OTHER_COLOURS)


def sign(key: str) -> str:
    """The drawing in a scenario's sign, without the SVG around it (24 × 24)."""
    drawing = DRAWINGS.get(key)
    found = re.search(r"<svg[^>]*>(.*)</svg>", render_to_string(drawing.sign if drawing else OWN_SIGN), re.DOTALL)
    return found.group(1) if found else ""
