"""What a phone shows of a revealed ``scenarios`` round: the plane small, its table, and one's own answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from workshops.form_cache import squeeze
from workshops.release import Released
from workshops.stages.own_and_room import OnPhone, Weighed, on_phone
from workshops.stages.plane_picture import PHONE, plane_picture
from workshops.stages.scenarios.result import Axes, finding, is_empty, moved, places, questions
from workshops.stages.scenarios.screen import alternative, marks_of, place_row


def phone(released: Released, items: Sequence[Any], criteria: Sequence[Weighed], axes: Axes) -> OnPhone:
    """The room's part in the active language; ``items`` in their order."""
    drawn = places(released, items, axes)
    context = {
        "picture": plane_picture(axes, marks_of(drawn), size=PHONE) if drawn else None,
        "places": [(place, moved(place), [place_row(place, side) for side in (place.x, place.y)]) for place in drawn],
        "editorial": any(place.editorial for place in drawn),
        "questions": questions(drawn, axes),
        "alt": alternative(drawn, axes),
    }
    room = {
        "finding": finding(released, items),
        "empty": is_empty(released, items),
        "picture": mark_safe(squeeze(render_to_string("workshops/stages/scenarios/phone_room.html", context))),  # noqa: S308
    }
    return on_phone(released, items, criteria, room)
