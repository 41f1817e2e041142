"""What the projector shows of a revealed ``scenarios`` round: the plane, the scores, and the places as a table.

Lengths are in 1/1080 of the screen's height; what doesn't fit goes to a next slide.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from trends.distribution import AGREEMENT_WORDS, agreement_word
from trends.notation import decimal, short, whole
from trends.templatetags.content import localized
from workshops.release import Released, ReleasedCell
from workshops.stages.plane_picture import EDITORIAL, ROOM, SOURCE, PlanePlace, plane_picture, screen_size
from workshops.stages.scenarios import SCALE, SCORES
from workshops.stages.scenarios.result import (
    Axes,
    Place,
    Placed,
    ScenarioItem,
    cell_of,
    finding,
    is_empty,
    moved,
    places,
    questions,
)
from workshops.stages.scenarios.telling import HEIGHT, divided, numbered
from workshops.stages.typesetting import TEXT_STEPS, TextSize, px, width

# A strip's height, and in ems (of 16) the circle of a value that everybody chose, and the smallest.
STRIP_HEIGHT, RADIUS, LEAST = 56, 1.75, 0.19
# Above a table: its title and the heads of its columns.
HEAD = 100


def slides(released: Released, items: Sequence[ScenarioItem], axes: Axes, text_step: int = 0) -> dict[str, Any]:
    """What ``screen_result.html`` shows, in the active language; ``text_step`` is a key of TEXT_STEPS."""
    size = TEXT_STEPS[text_step]
    drawn = places(released, items, axes)
    empty = is_empty(released, items)
    return {
        "finding": finding(released, items),
        "empty": empty,
        "picture_word": _("Vlak"),
        "title": title_size(finding(released, items)),
        "planes": [] if empty or not drawn else planes(drawn, axes, text_step),
        "alt": alternative(drawn, axes),
        "moved": [(place, moved(place)) for place in drawn],
        "editorial": any(place.editorial for place in drawn),
        "questions": questions(drawn, axes),
        "scores": [] if empty else score_slides(released, items, size),
        "places": [] if empty or not drawn else place_slides(drawn, size),
    }


def title_size(text: str) -> str:
    """How large a title may be to stay on one line, as the style sheet names it: "" where it fits at its usual size."""
    ems = width(text, bold=True)
    return "" if ems < 23 else "title-long" if ems < 27.5 else "title-longer"


def alternative(drawn: Sequence[Place], axes: Axes) -> str:
    """The picture in words."""
    if not drawn:
        return ""
    said = [_("Vlak met twee assen: %(x)s en %(y)s.") % {side: localized(axes[side]["title"]) for side in ("x", "y")}]
    for place in drawn:
        both = [
            f"{name} ({signed(at[0], shown)}; {signed(at[1], shown)})"
            for name, at, shown in ((_("zaal"), place.room, 1), (_("bron"), place.source, 0))
            if at is not None
        ]
        said += [f"{place.title}: {', '.join(both)}."] if both else []
    return " ".join(said)


def planes(drawn: Sequence[Place], axes: Axes, text_step: int) -> list[dict[str, Any]]:
    """The picture for wide and for narrow screens."""
    marks = marks_of(drawn)
    return [
        {"layout": name, "picture": plane_picture(axes, marks, size=screen_size(text_step, narrow=name == "narrow"))}
        for name in ("wide", "narrow")
    ]


def marks_of(drawn: Sequence[Place]) -> list[PlanePlace]:
    """Where the source has each scenario, and where the room."""
    marks = []
    for place in drawn:
        if place.source is not None:
            style = EDITORIAL if place.editorial else SOURCE
            marks.append(PlanePlace(place.key, place.title, *place.source, style))
        if place.room is not None:
            title = "" if place.source else place.title
            marks.append(PlanePlace(place.key, title, *place.room, ROOM, place.spread))
    return marks


def score_slides(released: Released, items: Sequence[ScenarioItem], size: TextSize) -> list[dict[str, Any]]:
    """A part a score, in it a row a scenario; as many parts on a slide as fit."""
    parts = [
        {
            "title": localized(words["title"]),
            "low": localized(words["low_label"]),
            "high": localized(words["high_label"]),
            "rows": [score_row(item, cell_of(released, item, key)) for item in items],
        }
        for key, words in SCORES.items()
    ]
    row = max(size.line, STRIP_HEIGHT) + 9
    heights = [size.line + 22 + row * len(items)] * len(parts)
    cut = divided(len(parts), lambda start, stop: sum(heights[start:stop]), HEIGHT - HEAD)
    return [{"parts": parts[start:stop], **numbered(at, cut)} for at, (start, stop) in enumerate(cut, start=1)]


def score_row(item: ScenarioItem, cell: ReleasedCell) -> dict[str, Any]:
    """One scenario's figures on one score; ``said`` why there are none."""
    return {
        "key": item.key,
        "title": localized(item.title),
        "said": why_none(cell),
        "median": "" if cell.median is None else short(cell.median),
        "word": opinion_word(cell),
        "n": "" if cell.n is None else whole(cell.n),
        "strip": None if why_none(cell) else strip(cell),
    }


def why_none(cell: ReleasedCell) -> str:
    """Why there is nothing to show; "" where there is."""
    if cell.hidden:
        return _("te weinig antwoorden")
    if cell.n:
        return ""
    return _("iedereen: weet ik niet") if cell.dont_know else _("geen antwoorden")


def opinion_word(cell: ReleasedCell) -> str:
    word = agreement_word(cell.agreement, cell.n)
    return _(AGREEMENT_WORDS[word]) if word else ""


def strip(cell: ReleasedCell) -> dict[str, Any]:
    """A score's answers: a circle a value, its area the share of people, and the bar of the median. Places along it
    are percentages and radii are ems, so circles are as large on every screen."""
    low, high = SCALE
    counts = cell.counts or {}
    total = sum(counts.values()) or 1

    def at(value: float) -> str:
        return f"{px((value - low + 0.5) / (high - low + 1) * 100)}%"

    shares = {value: counts.get(value, 0) / total for value in range(low, high + 1)}
    return {
        "start": at(low),
        "end": at(high),
        "ticks": [at(value) for value, share in shares.items() if not share],
        "circles": [
            {"x": at(value), "r": f"{px(max(LEAST, RADIUS * math.sqrt(share)))}em"}
            for value, share in shares.items()
            if share
        ],
        "median": None if cell.median is None else at(cell.median),
    }


def place_slides(drawn: Sequence[Place], size: TextSize) -> list[dict[str, Any]]:
    """The picture as a table: a part an axis, in it a row a scenario."""
    parts = [
        {
            "title": localized(getattr(drawn[0], side).axis["title"]),
            "low": localized(getattr(drawn[0], side).axis["negative"]),
            "high": localized(getattr(drawn[0], side).axis["positive"]),
            "rows": [place_row(place, getattr(place, side)) for place in drawn],
        }
        for side in ("x", "y")
    ]
    heights = [2 * size.line + 60 + (size.line + size.row) * len(drawn)] * len(parts)
    cut = divided(len(parts), lambda start, stop: sum(heights[start:stop]), HEIGHT - HEAD)
    return [{"parts": parts[start:stop], **numbered(at, cut)} for at, (start, stop) in enumerate(cut, start=1)]


def place_row(place: Place, side: Placed) -> dict[str, Any]:
    """One scenario on one axis, as the table says it."""
    cell = side.cell
    return {
        "key": place.key,
        "title": place.title,
        "axis": localized(side.axis["title"]),
        "said": why_none(cell),
        "mean": "" if cell.mean is None else signed(cell.mean, 1),
        "middle": "" if cell.q1 is None or cell.q3 is None else between(cell.q1, cell.q3),
        "word": opinion_word(cell),
        "n": "" if cell.n is None else whole(cell.n),
        "source": "" if side.source is None else signed(side.source, 0),
        "editorial": side.editorial,
    }


def between(low: float, high: float) -> str:
    """ "−1 tot 0,5"; one number where both are the same."""
    if low == high:
        return signed(low)
    return _("%(low)s tot %(high)s") % {"low": signed(low), "high": signed(high)}


def signed(value: float, places_shown: int | None = None) -> str:
    """A place on an axis with its sign, as short as it goes unless decimals are given: "+1,3", "−2", "0"."""
    text = short(value) if places_shown is None else decimal(value, places_shown)
    return f"+{text}" if value > 0 and any(digit in text for digit in "123456789") else text
