"""What a phone shows of a revealed `trends` round: the matrix, and one's own answers beside the room's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from trends.matrix import CORNERS
from workshops.form_cache import squeeze
from workshops.release import Released
from workshops.stages.own_and_room import OnPhone, StoredItem, Weighed, on_phone
from workshops.stages.trends.picture import PictureSize, matrix_picture
from workshops.stages.trends.result import Row, corner_meanings, corner_names, finding, ranked

# Drawn at the size it has on a phone of 320 px, or its numbers would shrink.
PHONE = PictureSize(width=304, height=356, radius=11.5, name=13.5, text=12.5, number=12.5, rule=1.4)


def phone(released: Released, items: Sequence[StoredItem], criteria: Sequence[Weighed]) -> OnPhone:
    """The room's part in the active language; `items` in content order."""
    rows = ranked(released, items)
    context = {"picture": matrix_picture(released, items, PHONE), "corners": corners(rows)}
    matrix = squeeze(render_to_string("workshops/stages/trends/phone_room.html", context))
    room = {
        "finding": finding(rows),
        "empty": not any(row.corner for row in rows),
        "picture": mark_safe(matrix),  # noqa: S308  (the template's own)
    }
    return on_phone(released, items, criteria, room)


def corners(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The matrix in words: each corner with its trends, the most critical first; trends without a place last."""
    listed = []
    for corner in (*CORNERS, None):
        inside = [row for row in rows if row.corner == corner]
        if inside:
            name = corner_names()[corner] if corner else _("Te weinig antwoorden")
            listed.append(
                {"key": corner, "name": name, "meaning": corner_meanings()[corner] if corner else "", "rows": inside}
            )
    return listed
