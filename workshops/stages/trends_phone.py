"""What a phone shows of a revealed `trends` round: the room's picture, its table, and one's own answers beside it.

All but the own answers is the same for everybody, so it is rendered once (`phone`) and cut at the places where an own
answer may stand; `TrendsOnPhone.beside` then fills in one person's by joining strings. A thousand phones ask at once.

Strips are SVG without a view box: places along them are percentages and radii are pixels, so a circle has the same
size on every phone, and the numerals under it are the page's own text.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from trends.distribution import rounded
from trends.matrix import CORNERS
from trends.notation import short, whole
from trends.text import localized
from workshops.form_cache import squeeze
from workshops.release import Released, ReleasedCell
from workshops.stages.trends_picture import PictureSize, matrix_picture, px
from workshops.stages.trends_result import (
    CRITERIA,
    HIDDEN,
    Row,
    TrendItem,
    corner_meanings,
    corner_names,
    figures,
    finding,
    ranked,
)

TEMPLATES = "workshops/stages/trends/phone"
# Drawn at the size it has on a phone of 320 px, or its numbers would shrink.
PHONE = PictureSize(width=304, height=356, radius=11.5, name=13.5, text=12.5, number=12.5, rule=1.4)
# Half a strip's height: the circle of a value that everybody chose. Its area is the share.
RADIUS = 23.0
LEAST_RADIUS = 2.0
CLOSE = 1.0
MOST = 5

# One person's answers: (item id, criterion) → value, None for "weet ik niet".
Answers = Mapping[tuple[int, str], int | None]


class StoredItem(TrendItem, Protocol):
    """An item as the database has it: `workshops.models.Item`, or anything like it."""

    id: int


@dataclass(frozen=True)
class OwnLooks:
    """What an own answer looks like, by value: its words (None: "weet ik niet", "none": no answer), its dot in a
    strip, and the mark in the table."""

    words: Mapping[int | str | None, str]
    dots: Mapping[int, str]
    mark: str


# For who answered nothing at all: it is said once, not at every trend.
NOTHING_GIVEN = OwnLooks({}, {}, "")


@dataclass(frozen=True)
class Side:
    """One criterion of a trend: `median` is the room's, None where hidden or without values; `hidden` as released."""

    criterion: str
    median: float | None
    hidden: bool


@dataclass(frozen=True)
class Trend:
    """One trend, rendered: `strips` is cut at each side's words and dot, `table` at the values of each side that is not
    hidden, in the scale's order, "weet ik niet" last."""

    item: int
    sides: tuple[Side, ...]
    strips: tuple[str, ...]
    table: tuple[str, ...]

    def given(self, own: Answers, side: Side) -> int | str | None:
        """The own answer here; "none" where there is none."""
        return own.get((self.item, side.criterion), "none")


@dataclass(frozen=True)
class TrendsOnPhone:
    """The room's part for everybody, in one language; `room` is what `phone_result.html` shows beside the own part."""

    room: Mapping[str, Any]
    trends: tuple[Trend, ...]
    scale: tuple[int, ...]
    looks: OwnLooks

    def beside(self, own: Answers) -> dict[str, Any]:
        """What `phone_result.html` shows one person.

        `answered`: whether there is any own answer, "weet ik niet" included; `compared` own values could be laid
        beside a median, `close` of them lie at most 1 from it; `unknown` counts "weet ik niet". `most`: the trends
        where the person is furthest from the room, `every`: all, in content order; both HTML, `table` too.
        """
        compare = [distances(trend, own) for trend in self.trends]
        flat = [distance for found in compare for distance in found]
        given = [trend.given(own, side) for trend in self.trends for side in trend.sides]
        answered = any(answer != "none" for answer in given)
        looks = self.looks if answered else NOTHING_GIVEN
        strips = [fill_strips(trend, own, looks) for trend in self.trends]
        return {
            **self.room,
            "answered": answered,
            "compared": len(flat),
            "close": sum(rounded(distance) <= CLOSE for distance in flat),
            "unknown": given.count(None),
            "most": [strips[index] for index in furthest(compare)],
            "every": strips,
            "table": [fill_table(trend, own, self.scale, self.looks) for trend in self.trends],
        }


def phone(released: Released, items: Sequence[StoredItem]) -> TrendsOnPhone:
    """The room's part in the active language; `items` in content order."""
    scale = next((tuple(sorted(cell.counts)) for cell in _cells(released, items) if cell.counts), (1, 2, 3, 4, 5))
    rows = ranked(released, items)
    shown = any(row.corner for row in rows)
    room = {
        "finding": finding(rows),
        "empty": not shown,
        "matrix": _render("room", {"picture": matrix_picture(released, items, PHONE), "corners": corners(rows)}),
        "respondents": whole(released.respondents),
        "answers": whole(released.answers),
        "values": scale,
        "total": len(items),
        "limit": short(CLOSE),
    }
    return TrendsOnPhone(room, tuple(_trend(released, item, scale) for item in items), scale, own_looks(scale))


def own_looks(scale: Sequence[int]) -> OwnLooks:
    """Every own answer on this scale, rendered once in the active language."""
    answers: tuple[int | str | None, ...] = (*scale, None, "none")
    return OwnLooks(
        {answer: f"{_render('own_words', {'answer': answer})} · " for answer in answers},
        {value: _render("own_dot", {"x": place(value, scale)}) for value in scale},
        _render("own_mark", {}),
    )


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


def distances(trend: Trend, own: Answers) -> list[float]:
    """How far each own value is from the room's median, where there are both."""
    found = []
    for side in trend.sides:
        value = own.get((trend.item, side.criterion))
        if value is not None and side.median is not None:
            found.append(abs(value - side.median))
    return found


def furthest(compare: Sequence[Sequence[float]]) -> list[int]:
    """The places of at most `MOST` trends: the largest of a trend's distances first, then the larger sum, then content
    order; a trend where the person is at the median takes no part."""
    apart = [index for index, found in enumerate(compare) if max(found, default=0) > 0]
    return sorted(apart, key=lambda at: (-rounded(max(compare[at])), -rounded(sum(compare[at])), at))[:MOST]


def fill_strips(trend: Trend, own: Answers, looks: OwnLooks) -> SafeString:
    """The trend's strips with one person's answers on them."""
    filled = [trend.strips[0]]
    for side, after_words, after_dot in zip(trend.sides, trend.strips[1::2], trend.strips[2::2], strict=True):
        given = trend.given(own, side)
        dot = looks.dots.get(given, "") if isinstance(given, int) else ""
        filled += [looks.words.get(given, ""), after_words, dot, after_dot]
    return mark_safe("".join(filled))  # noqa: S308  (only what the templates made)


def fill_table(trend: Trend, own: Answers, scale: Sequence[int], looks: OwnLooks) -> SafeString:
    """The trend's rows of the table, the own answer marked in its cell."""
    cells = [(side, value) for side in trend.sides if not side.hidden for value in (*scale, None)]
    filled = [trend.table[0]]
    for (side, value), after in zip(cells, trend.table[1:], strict=True):
        filled += [looks.mark if trend.given(own, side) == value else "", after]
    return mark_safe("".join(filled))  # noqa: S308  (only what the templates made)


def strip(cell: ReleasedCell, scale: Sequence[int]) -> dict[str, Any]:
    """The drawing of one criterion: circles and ticks by value, and the median's place, as SVG lengths."""
    counts = cell.counts or {}
    total = sum(counts.values())
    shares = [(value, counts.get(value, 0) / total if total else 0.0) for value in scale]
    return {
        "start": place(scale[0], scale),
        "end": place(scale[-1], scale),
        "ticks": [place(value, scale) for value, share in shares if not share],
        "circles": [
            {"x": place(value, scale), "r": px(max(LEAST_RADIUS, RADIUS * math.sqrt(share)))}
            for value, share in shares
            if share
        ],
        "median": None if cell.median is None else place(cell.median, scale),
    }


def place(value: float, scale: Sequence[int]) -> str:
    """Where a value stands along a strip: the middle of its part of the width, as the numerals below it do."""
    return f"{px((value - scale[0] + 0.5) / len(scale) * 100)}%"


def _trend(released: Released, item: StoredItem, scale: Sequence[int]) -> Trend:
    cells = {key: released.cells.get(item.key, {}).get(key, HIDDEN) for key in CRITERIA}
    slot = secrets.token_hex(8)
    context = {
        "item": {"number": item.number, "title": localized(item.title)},
        "slot": slot,
        "scale": scale,
        "columns": len(scale) + 3,
        "value_columns": len(scale) + 2,
        "sides": [
            {
                "name": _("Invloed") if key == "impact" else _("Onzekerheid"),
                "figures": figures(cell),
                "median": "" if cell.median is None else short(cell.median),
                "strip": None if cell.hidden else strip(cell, scale),
                "counts": [] if cell.hidden else [whole((cell.counts or {}).get(value, 0)) for value in scale],
                "dont_know": "" if cell.dont_know is None else whole(cell.dont_know),
            }
            for key, cell in cells.items()
        ],
    }
    return Trend(
        item.id,
        tuple(Side(key, cell.median, cell.hidden) for key, cell in cells.items()),
        tuple(_render("trend", context).split(slot)),
        tuple(_render("rows", context).split(slot)),
    )


def _render(name: str, context: Mapping[str, Any]) -> SafeString:
    return mark_safe(squeeze(render_to_string(f"{TEMPLATES}_{name}.html", dict(context))))  # noqa: S308


def _cells(released: Released, items: Sequence[StoredItem]) -> list[ReleasedCell]:
    return [cell for item in items for cell in released.cells.get(item.key, {}).values()]
