"""The scenarios as a report draws them: colours, sign, drawing. One that the room made has the product's own blue."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import override

from scenarios.drawings import DRAWINGS

Facts = Mapping[str, Any]
OF_ROOM = "van deze zaal"
# For rules and marks, for text on the soft ground, and that ground.
COLOURS: dict[str, dict[str, str]] = {
    "samendam": {"colour": "#1f7a66", "deep": "#175f50", "soft": "#e2f1ed"},
    "ikhoven": {"colour": "#b4500f", "deep": "#8d3d09", "soft": "#fbeadf"},
    "staatsburcht": {"colour": "#4b3f92", "deep": "#4b3f92", "soft": "#eae7f6"},
}
OWN_SIGN = "templates/signs/own.svg"
OTHER = {"colour": "#1f4b7a", "deep": "#1f4b7a", "soft": "#e6edf5"}


def world(key: str, title: str) -> dict[str, Any]:
    """A scenario's name, colours and sign (SVG in its colour)."""
    return {"key": key, "title": title, **COLOURS.get(key, OTHER), "sign": sign(key)}


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
    return svg.replace("currentColor", COLOURS.get(key, OTHER)["colour"])
