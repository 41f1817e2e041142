"""The picture of two crossed axes: scenarios at their places, and arrows from where people stand to where they want
to be; for screen, phone and print.

The template gets every length as a string, in the drawing's own unit (a template in Dutch would write 12.5 as
"12,5"). Nothing that is drawn hides a word: circles on one spot are pushed apart, names stand where no line runs, and
where the arrows are too many for names they get the numbers of the table beside them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from scenarios.plane import corner_question
from trends.notation import short
from trends.text import localized
from workshops.stages.plane_frame import PlaneFrame
from workshops.stages.plane_layout import Box, Line, Point, apart, around, best, broken
from workshops.stages.plane_marks import COLOURS as COLOURS
from workshops.stages.plane_marks import OTHER_COLOURS as OTHER_COLOURS
from workshops.stages.plane_marks import colours, drawn_arrow, ends, rectangle, sign
from workshops.stages.typesetting import px, width

TEMPLATE = "workshops/stages/plane.svg"
SOURCE, EDITORIAL, ROOM = "source", "editorial", "room"
MOST_NAMES = 8  # more arrows than these have numbers
MAY_CROSS = 0.4  # so much of a line, in the text's size, may run under a name


@dataclass(frozen=True)
class PlaneSize:
    """How large: outer width and height, the words, the scenarios' rings and the arrows' circles (radii), and the
    width of an arrow's line. `stacked`: the vertical axis has its words above and below, not at the left.
    `asks`: whether the empty quadrants have their question in them."""

    width: float
    height: float
    text: float
    radius: float
    start: float
    line: float
    stacked: bool = False
    asks: bool = True


SCREEN = PlaneSize(width=1060, height=820, text=36, radius=41, start=12, line=5)
SCREEN_NARROW = PlaneSize(width=800, height=820, text=36, radius=36, start=12, line=5)
PHONE = PlaneSize(width=304, height=364, text=13.5, radius=15, start=5.5, line=2.5, stacked=True)
# In points: the main column of an A4 page.
PRINT = PlaneSize(width=346, height=262, text=8.5, radius=11, start=3.4, line=1.4)


def screen_size(text_step: int = 0, *, narrow: bool = False) -> PlaneSize:
    """The picture on the projector at one of its sizes of text (−1…2), on 16:9 or (`narrow`) on 4:3."""
    larger = {1: 40.0, 2: 44.0}.get(text_step, 36.0)
    return replace(SCREEN_NARROW if narrow else SCREEN, text=larger)


@dataclass(frozen=True)
class PlanePlace:
    """A scenario on both axes (−2…+2). `style`: SOURCE (solid ring, soft), EDITORIAL (dashed ring, white) or ROOM (a
    filled disc; `spread`: its quartiles, ((x1, x2), (y1, y2)), as a thin cross). No `title`: no name beside it."""

    key: str
    title: str
    x: float
    y: float
    style: str = SOURCE
    spread: tuple[tuple[float, float], tuple[float, float]] | None = None


@dataclass(frozen=True)
class PlaneArrow:
    """From where people stand to where they want to be, both (x, y). `room`: the whole room's, in the accent's
    colour, named whatever the number of arrows."""

    title: str
    start: Point
    end: Point
    room: bool = False


def plane_svg(picture: Mapping[str, Any], language: str = "nl") -> str:
    """The picture as an SVG document that stands by itself: its colours are in it, no style sheet."""
    with override(language):
        return render_to_string(TEMPLATE, {"picture": picture})


def plane_picture(
    axes: Mapping[str, Mapping[str, Any]],
    places: Sequence[PlanePlace],
    arrows: Sequence[PlaneArrow] = (),
    size: PlaneSize = SCREEN,
) -> dict[str, Any]:
    """What the template draws, in the active language. `axes`: "x" and "y", as a round's settings have them.

    `numbered`: whether the arrows have numbers (1 is the first that is not the room's) instead of names; `alt` says in
    words what there is to see; `dashed` whether a place is the editors'.
    """
    others = sum(not arrow.room for arrow in arrows)
    if others <= MOST_NAMES:
        named = _Drawing(axes, places, arrows, size, numbered=False)
        if named.clear or not others:
            return named.as_context()
    return _Drawing(axes, places, arrows, size, numbered=True).as_context()


def alternative(
    axes: Mapping[str, Mapping[str, Any]], places: Sequence[PlanePlace], arrows: Sequence[PlaneArrow]
) -> str:
    """The picture in words, its places as two figures each: to the right, then upwards."""
    words = {
        f"{side}_{name}": localized(axes[side][name]) for side in "xy" for name in ("title", "negative", "positive")
    }
    said = [
        _(
            "Vlak met twee assen van −2 tot 2: %(x_title)s, van %(x_negative)s tot %(x_positive)s, en %(y_title)s, van "
            "%(y_negative)s tot %(y_positive)s."
        )
        % words
    ]
    said += [f"{place.title}: {_pair((place.x, place.y))}." for place in places if place.title]
    said += [
        _("%(title)s: van %(now)s naar %(wanted)s.")
        % {"title": arrow.title, "now": _pair(arrow.start), "wanted": _pair(arrow.end)}
        for arrow in arrows
    ]
    return " ".join(said)


def _pair(point: Point) -> str:
    return f"({short(round(point[0], 1))}; {short(round(point[1], 1))})"


class _Drawing:
    """One way to draw it: with the arrows' names, or `numbered`. `clear`: no name lies over a line or another."""

    def __init__(
        self,
        axes: Mapping[str, Mapping[str, Any]],
        places: Sequence[PlanePlace],
        arrows: Sequence[PlaneArrow],
        size: PlaneSize,
        *,
        numbered: bool,
    ) -> None:
        self.axes, self.places, self.arrows, self.size, self.numbered = axes, places, arrows, size, numbered
        self.frame = PlaneFrame(axes, size)
        self.inside = self.frame.plot
        edge = size.text / 5
        self.room = Box(self.inside.left + edge, self.inside.top, self.inside.right - edge, self.inside.bottom)
        self.clear = True
        self.high = size.text * 1.05
        self._place()
        self.lines: list[Line] = [
            *((self.starts[at], self.ends[at]) for at in range(len(arrows))),
            *(line for place in places for line in self._spread(place)),
        ]
        self.taken = [
            *(Box.around(centre, 2 * r, 2 * r) for centre, r in zip(self.discs, self._disc_radii(), strict=True)),
            *(Box.around(centre, 2 * r, 2 * r) for centre, r in zip(self.starts, self._start_radii(), strict=True)),
            *(Box.around(end, self.head * 1.4, self.head * 1.4) for end in self.ends),
        ]
        self.labels: list[dict[str, Any]] = []
        for at, place in enumerate(places):
            if place.title:
                self._name(place.title, self.discs[at], self._disc_radii()[at], None, colours(place.key)[1], place.key)
        self.open = self._open_corners()
        self._name_arrows()

    # Where things stand

    @property
    def head(self) -> float:
        """An arrow head's length and width."""
        return self.size.line * 5

    def _disc_radii(self) -> list[float]:
        return [self.size.radius * (0.72 if place.style == ROOM else 1) for place in self.places]

    def _start_radii(self) -> list[float]:
        numbers = self.size.text * 0.75
        return [numbers if self.numbered and not arrow.room else self.size.start for arrow in self.arrows]

    def _place(self) -> None:
        """Discs apart; then circles, apart from them too where there is room for it; then the arrows' heads."""
        gap = self.size.line
        true = [self.frame.at(place.x, place.y) for place in self.places]
        self.discs, _done = apart(true, self._disc_radii(), gap, self.inside)
        now = [self.frame.at(*arrow.start) for arrow in self.arrows]
        fixed = len(self.discs)
        both, done = apart(
            [*self.discs, *now], [*self._disc_radii(), *self._start_radii()], gap, self.inside, fixed=fixed
        )
        self.starts = both[fixed:] if done else apart(now, self._start_radii(), gap, self.inside)[0]
        wanted = [self.frame.at(*arrow.end) for arrow in self.arrows]
        self.ends = apart(wanted, [self.head * 0.6] * len(wanted), 0, self.inside)[0]
        self.moved = [
            (was, here)
            for was, here in zip([*true, *now], [*self.discs, *self.starts], strict=True)
            if math.dist(was, here) > self.size.line
        ]

    def _spread(self, place: PlanePlace) -> list[Line]:
        if place.spread is None:
            return []
        (left, right), (low, high) = place.spread
        at = self.frame.at
        return [(at(left, place.y), at(right, place.y)), (at(place.x, low), at(place.x, high))]

    # Words

    def _name(self, text: str, point: Point, radius: float, away: float | None, colour: str, world: str = "") -> None:
        wide = width(text, bold=True) * self.size.text
        pad = self.size.text * 0.22
        places = around(point, radius, wide, self.high, pad, away)
        box, over = best(places, self.taken, self.lines, self.frame.axes(), self.room)
        if box is None or over > self.size.text * MAY_CROSS:
            self.clear = False
            box = self._anywhere(point, wide) or box
        if box is None:
            return
        self.taken.append(box)
        near = (min(max(point[0], box.left), box.right), min(max(point[1], box.top), box.bottom))
        far = math.dist(point, near) > radius + self.size.text
        self.labels.append(
            {
                "text": text,
                "x": px(box.centre[0]),
                "y": px(box.centre[1] + self.size.text * 0.34),
                "box": box,
                "colour": colour,
                "world": world,
                "leader": ends(point, near) if far else None,
            }
        )

    def _anywhere(self, point: Point, wide: float) -> Box | None:
        """The nearest place in the whole plane where nothing stands or runs."""
        step, room = self.size.text / 2, self.room
        columns = int((room.right - room.left - wide) / step) + 1
        rows = int((room.bottom - room.top - self.high) / step) + 1
        places = [
            (room.left + wide / 2 + column * step, room.top + self.high / 2 + row * step)
            for column in range(max(0, columns))
            for row in range(max(0, rows))
        ]
        for centre in sorted(places, key=lambda place: math.dist(place, point)):
            box = Box.around(centre, wide, self.high)
            if not any(box.touches(each) for each in self.taken) and not any(box.under(line) for line in self.lines):
                return box
        return None

    def _name_arrows(self) -> None:
        for at, arrow in enumerate(self.arrows):
            if self.numbered and not arrow.room:
                continue
            start, end = self.starts[at], self.ends[at]
            away = math.atan2(start[1] - end[1], start[0] - end[0])
            colour = "#1f4b7a" if arrow.room else "#1d1b26"
            self._name(arrow.title, start, self._start_radii()[at], away, colour)

    def _open_corners(self) -> list[dict[str, Any]]:
        """The quadrants in which no scenario stands; none where there are no scenarios at all."""
        known = [place for place in self.places if place.style != ROOM]
        taken = {(place.x > 0, place.y > 0) for place in known if place.x and place.y}
        corners = [(right, up) for up in (True, False) for right in (False, True)]
        return [self._corner(*each) for each in corners if known and each not in taken]

    def _corner(self, right: bool, up: bool) -> dict[str, Any]:
        """One of them, with its question where that finds a place that nothing runs through."""
        box = self.frame.corner(right, up)
        poles = [
            localized(self.axes[side]["positive" if more else "negative"]) for side, more in (("x", right), ("y", up))
        ]
        question = corner_question(*poles)
        pad = self.size.text * 0.45
        room = Box(box.left + pad, box.top + pad, box.right - pad, box.bottom - pad)
        found: Box | None = None
        lines: list[str] = []
        widths = ((room.right - room.left) / self.size.text, 7.5) if self.size.asks else ()
        for ems in dict.fromkeys(widths):
            lines = [part for each in question for part in broken(each, ems, bold=True)]
            wide = max(width(line, bold=True) for line in lines) * self.size.text
            high = len(lines) * self.size.text * 1.2
            found = self._free_in(room, wide, high, up)
            if found:
                break
        if found:
            air = self.size.text * 0.3
            self.taken.append(Box(found.left - air, found.top - air, found.right + air, found.bottom + air))
        return {
            **rectangle(box),
            "lines": [
                {"text": line, "x": px(found.left), "y": px(found.top + self.size.text * (0.92 + 1.2 * number))}
                for number, line in enumerate(lines)
            ]
            if found
            else [],
            "box": found,
        }

    def _free_in(self, room: Box, wide: float, high: float, up: bool) -> Box | None:
        """The first place in `room` where nothing stands or runs: from the outer edge inwards, from the left."""
        step = self.size.text / 3
        rows = range(max(0, int((room.bottom - room.top - high) / step) + 1))
        columns = range(max(0, int((room.right - room.left - wide) / step) + 1))
        for row in rows:
            top = room.top + row * step if up else room.bottom - high - row * step
            for column in columns:
                left = room.left + column * step
                box = Box(left, top, left + wide, top + high)
                if any(box.touches(each) for each in self.taken) or any(box.under(line) for line in self.lines):
                    continue
                return box
        return None

    # For the template

    def as_context(self) -> dict[str, Any]:
        size = self.size
        return {
            "width": px(size.width),
            "height": px(size.height),
            "text": px(size.text),
            "line": px(size.line),
            "hairline": px(size.text / 24),
            "axis": px(size.text / 18),
            "dot": px(size.line * 0.8),
            "plot": rectangle(self.inside),
            "axes": [ends(*line) for line in self.frame.axes()],
            "ticks": [ends(*line) for line in self.frame.ticks()],
            "words": self.frame.words(),
            "open": self.open,
            "moved": [ends(*line) for line in self.moved],
            "discs": [self._disc(at, place) for at, place in enumerate(self.places)],
            # The room's own on top of all others.
            "arrows": sorted(
                [self._arrow(at, arrow) for at, arrow in enumerate(self.arrows)], key=lambda arrow: bool(arrow["room"])
            ),
            "labels": self.labels,
            "numbered": self.numbered and any(not arrow.room for arrow in self.arrows),
            "dashed": any(place.style == EDITORIAL for place in self.places),
            "alt": alternative(self.axes, self.places, self.arrows),
        }

    def _disc(self, at: int, place: PlanePlace) -> dict[str, Any]:
        (x, y), radius = self.discs[at], self._disc_radii()[at]
        colour, _words, soft = colours(place.key)
        fills = {SOURCE: (soft, colour), EDITORIAL: ("#ffffff", colour), ROOM: (colour, "#ffffff")}
        scale = radius * 0.95 / 24
        return {
            "key": place.key,
            "style": place.style,
            "x": px(x),
            "y": px(y),
            "r": px(radius),
            "ring": px(max(1.2, radius / 13)),
            "dash": f"{px(radius / 5)} {px(radius / 6)}" if place.style == EDITORIAL else "",
            "fill": fills[place.style][0],
            "colour": colour,
            "sign_colour": fills[place.style][1],
            "sign": sign(place.key),
            "sign_at": f"translate({px(x - 12 * scale)} {px(y - 12 * scale)}) scale({scale:.3f})",
            "spread": [ends(*line) for line in self._spread(place)],
        }

    def _arrow(self, at: int, arrow: PlaneArrow) -> dict[str, Any]:
        number = sum(not each.room for each in self.arrows[: at + 1])
        drawn = drawn_arrow(self.starts[at], self.ends[at], self._start_radii()[at], self.size.line)
        numbered = self.numbered and not arrow.room
        return {
            **drawn,
            "room": arrow.room,
            "colour": "#1f4b7a" if arrow.room else "#1d1b26",
            "number": str(number) if numbered else "",
            "text_y": px(self.starts[at][1] + self.size.text * 0.34),
        }


def own_arrow(
    axes: Mapping[str, Mapping[str, Any]], size: PlaneSize, now: Point | None, wanted: Point | None
) -> dict[str, Any]:
    """One person's own places as ``drawn_arrow`` gives them; where only one is known, its circle (``now``) or its head
    as a disc (``wanted``)."""
    frame = PlaneFrame(axes, size)
    radius = size.start * 1.25
    if now and wanted:
        return drawn_arrow(frame.at(*now), frame.at(*wanted), radius, size.line)
    x, y = frame.at(*(now or wanted or (0, 0)))
    return {"x": px(x), "y": px(y), "r": px(radius), "line": None, "head": "", "dot": "" if now else px(radius * 0.45)}
