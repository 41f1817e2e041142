"""What a phone shows of a revealed wind tunnel: the grid class by class, and one's own answers beside the room's."""

from __future__ import annotations

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from workshops.form_cache import squeeze
from workshops.release import Released
from workshops.stages.own_and_room import OnPhone, StoredItem, Weighed, on_phone
from workshops.stages.windtunnel.result import (
    SIGNS,
    Names,
    Row,
    by_class,
    class_meanings,
    class_word,
    finding,
    median_words,
)


def phone(
    released: Released, items: Sequence[StoredItem], asked: Sequence[Weighed], found: Sequence[Row], names: Names
) -> OnPhone:
    """The room's part in the active language; ``items`` in content order, ``asked`` the criteria that were open."""
    context = {
        "scenarios": [{"key": key, "name": name} for key, name in names.scenarios.items()],
        "blocks": [
            {"word": class_word(key), "meaning": class_meanings()[key], "rows": rows} for key, rows in by_class(found)
        ],
    }
    grid = squeeze(render_to_string("workshops/stages/windtunnel/phone_room.html", context))
    room = {
        "finding": finding(found, names),
        "empty": not any(cell.sign for row in found for cell in row.cells),
        "picture": mark_safe(grid),  # noqa: S308  (the template's own)
    }
    return on_phone(released, items, asked, room, word=SIGNS.__getitem__, middle=median_words)
