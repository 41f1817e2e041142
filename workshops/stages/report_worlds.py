"""The scenarios as a report draws them: colours, sign, drawing. One that the room made has the product's own blue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import override

from scenarios.drawings import DRAWINGS
from workshops.stages.plane_picture import COLOURS, EDITORIAL, OTHER_COLOURS, SOURCE, PlanePlace, PlaneSize

Facts = Mapping[str, Any]
OF_ROOM = "van deze zaal"
# In points: the plane of "In het kort".
SMALL = PlaneSize(width=168, height=132, text=6.6, radius=7.5, start=2.6, line=1.1)
OWN_SIGN = "templates/signs/own.svg"


def world(key: str, title: str) -> dict[str, Any]:
    """A scenario's name, colours and sign (SVG in its colour)."""
    colour, deep, soft = COLOURS.get(key, OTHER_COLOURS)
    return {"key": key, "title": title, "colour": colour, "deep": deep, "soft": soft, "sign": sign(key)}


def drawing(key: str) -> dict[str, str] | None:
    """The address of its drawing, seen from the project's folder, and what it shows in words; None without one."""
    found = DRAWINGS.get(key)
    if found is None:
        return None
    with override("nl"):
        return {"path": f"/static/{found.image}", "alt": str(found.alt)}


@cache
def sign(key: str) -> str:
    """The scenario's sign as SVG in its own colour: the file leaves the colour to whoever shows it."""
    found = DRAWINGS.get(key)
    path = f"static/{found.sign_image}" if found else OWN_SIGN
    svg = (Path(settings.BASE_DIR) / path).read_text()
    if "xmlns" not in svg:  # written to stand inside a page
        svg = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return svg.replace("currentColor", COLOURS.get(key, OTHER_COLOURS)[0])


def source_place(facts: Facts, key: str, axis: str) -> Facts | None:
    """Where the source puts a scenario on an axis, and whose place that is."""
    found: Facts = next((scenario for scenario in facts["scenarios"] if scenario["key"] == key), {})
    return found.get("positions", {}).get(axis)


def landmark(facts: Facts, key: str, title: str, axes: Facts) -> PlanePlace | None:
    """A scenario at its source's place on two axes; None where it has no place on one of them."""
    pair = [source_place(facts, key, axes[side]["key"]) for side in "xy"]
    if pair[0] is None or pair[1] is None:
        return None
    style = EDITORIAL if "editorial" in (pair[0]["source"], pair[1]["source"]) else SOURCE
    return PlanePlace(key, title, pair[0]["value"], pair[1]["value"], style)
