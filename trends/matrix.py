"""The matrix of impact and uncertainty: what weighs, what is uncertain, and where each trend stands in the picture.

First the analysis (`matrix`), then the drawing's geometry (`plot`, `axis`, `place`), which the screen's SVG and the
report share. Pure functions: no database, no settings.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Protocol

from trends.distribution import rounded

CORNERS = ("critical", "certain", "watch", "background")
BORDER = 0.25
MIN_N_MOST_DIVIDED = 5


class Figures(Protocol):
    """What the matrix needs of one criterion; hidden figures are None."""

    @property
    def n(self) -> int | None: ...
    @property
    def mean(self) -> float | None: ...
    @property
    def agreement(self) -> float | None: ...


@dataclass(frozen=True)
class TrendFigures:
    """One trend's figures on both criteria."""

    key: str
    impact: Figures
    uncertainty: Figures


@dataclass(frozen=True)
class TrendPlace:
    """Where a trend stands. `number` counts from 1 in content order; all but key and number are None where a mean is
    missing (border: False)."""

    key: str
    number: int
    impact: float | None = None
    uncertainty: float | None = None
    criticality: float | None = None
    corner: str | None = None
    border: bool = False


@dataclass(frozen=True)
class Matrix:
    """`cut_impact` and `cut_uncertainty` are None where no trend has both means; `places` in content order."""

    cut_impact: float | None
    cut_uncertainty: float | None
    places: tuple[TrendPlace, ...]
    most_divided: tuple[str, ...]

    def corner(self, corner: str) -> tuple[TrendPlace, ...]:
        """The trends of one corner, the highest criticality first, ties in content order."""
        inside = [trend for trend in self.places if trend.corner == corner]
        return tuple(sorted(inside, key=lambda trend: -rounded(trend.criticality or 0)))


def matrix(trends: Sequence[TrendFigures]) -> Matrix:
    """The matrix of `trends`, given in content order.

    The cuts are the medians of the trends' means, not the scale's middle, for people score high. A trend of which one
    mean is None takes no part in them.
    """
    means = [
        (trend.impact.mean, trend.uncertainty.mean)
        for trend in trends
        if trend.impact.mean is not None and trend.uncertainty.mean is not None
    ]
    if not means:
        nowhere = tuple(TrendPlace(trend.key, number) for number, trend in enumerate(trends, start=1))
        return Matrix(None, None, nowhere, _most_divided(trends))
    cuts = median(impact for impact, _ in means), median(uncertainty for _, uncertainty in means)
    places = tuple(trend_place(trend, number, cuts) for number, trend in enumerate(trends, start=1))
    return Matrix(*cuts, places, _most_divided(trends))


def trend_place(trend: TrendFigures, number: int, cuts: tuple[float, float]) -> TrendPlace:
    """Where a trend stands between two lines: of impact and of uncertainty."""
    impact, uncertainty = trend.impact.mean, trend.uncertainty.mean
    if impact is None or uncertainty is None:
        return TrendPlace(trend.key, number)
    high, uncertain = rounded(impact) >= rounded(cuts[0]), rounded(uncertainty) >= rounded(cuts[1])
    corner = {(True, True): "critical", (True, False): "certain", (False, True): "watch"}.get((high, uncertain))
    nearest = min(rounded(abs(impact - cuts[0])), rounded(abs(uncertainty - cuts[1])))
    return TrendPlace(
        trend.key, number, impact, uncertainty, min(impact, uncertainty), corner or "background", nearest < BORDER
    )


def _most_divided(trends: Sequence[TrendFigures]) -> tuple[str, ...]:
    """Keys by the smaller A of the two criteria, ascending; ties by the larger n of both together, then content order.
    Trends with n >= 5 on both criteria only."""
    ranked = []
    for index, trend in enumerate(trends):
        numbers = (trend.impact.n or 0, trend.uncertainty.n or 0)
        if min(numbers) < MIN_N_MOST_DIVIDED or trend.impact.agreement is None or trend.uncertainty.agreement is None:
            continue
        smaller = min(trend.impact.agreement, trend.uncertainty.agreement)
        ranked.append((rounded(smaller), -sum(numbers), index, trend.key))
    return tuple(key for *_, key in sorted(ranked))


# The picture. Lengths are in the drawing's own unit (px or pt); y runs downwards.

LEADER_FROM = 3.0  # a disc that moved more than this gets a thin line to a dot at its true place
MIN_SPAN = 1.0  # the least part of the scale that an axis shows
MAX_TICKS = 8
ASIDE = 1 / 4  # of its radius: how far from a line a disc's centre is kept, once it has to move
OVERSHOOT = 0.03  # pushed a hair too far: the last steps would never end, and rounding would undo them

Bounds = tuple[float, float, float, float]  # left, top, right, bottom
EVERYWHERE: Bounds = (-math.inf, -math.inf, math.inf, math.inf)


@dataclass(frozen=True)
class Axis:
    """The part of a scale that is shown, over `length` units; `ticks` are values on the scale, ascending."""

    start: float
    end: float
    length: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """Distance of `value` from the axis' start, in the drawing's unit."""
        return (value - self.start) / (self.end - self.start) * self.length


@dataclass(frozen=True)
class Placed:
    """A disc's centre, its true place, and whether it moved so far that it needs a line to that place."""

    x: float
    y: float
    true_x: float
    true_y: float

    @property
    def moved(self) -> bool:
        return math.hypot(self.x - self.true_x, self.y - self.true_y) > LEADER_FROM


@dataclass(frozen=True)
class Disc:
    """A trend's number disc in the picture."""

    trend: TrendPlace
    placed: Placed


@dataclass(frozen=True)
class Tick:
    """A tick: the value on the scale and its place along the axis (x from the left, y from the top)."""

    value: float
    at: float


@dataclass(frozen=True)
class Plot:
    """All a drawing of the matrix needs, from its own top left corner. The cuts are None where nothing is shown.
    `also`: where other points than the trends' stand, see `plot`."""

    width: float
    height: float
    cut_x: float | None
    cut_y: float | None
    ticks_x: tuple[Tick, ...]
    ticks_y: tuple[Tick, ...]
    discs: tuple[Disc, ...]
    also: tuple[tuple[float, float], ...] = ()


def plot(
    drawn: Matrix,
    width: float,
    height: float,
    radius: float,
    *,
    gap: float = 3.0,
    name_width: float = 0.0,
    name_height: float = 0.0,
    scale: tuple[float, float] = (1, 5),
    also: Sequence[tuple[float, float]] = (),
) -> Plot:
    """The picture of `drawn` in `width` x `height`: impact to the right, uncertainty upwards. `also`: other means
    (impact, uncertainty) that have to be in it, without a disc.

    The corners' names stand inside the corners, along the top and the bottom: no disc comes within `name_height` of
    these edges, and each corner is at least `name_width` wide.
    """
    shown = [trend for trend in drawn.places if trend.corner is not None]
    side, top = radius + gap, name_height + radius + gap
    impacts = [trend.impact for trend in shown if trend.impact is not None]
    uncertainties = [trend.uncertainty for trend in shown if trend.uncertainty is not None]
    others_x, others_y = [x for x, _ in also], [y for _, y in also]
    across = axis([*impacts, *others_x], scale, width, room=side, cut=drawn.cut_impact, beside_cut=name_width)
    up = axis([*uncertainties, *others_y], scale, height, room=top)
    points = [(across.at(x), height - up.at(y)) for x, y in zip(impacts, uncertainties, strict=True)]
    cut_x = None if drawn.cut_impact is None else across.at(drawn.cut_impact)
    cut_y = None if drawn.cut_uncertainty is None else height - up.at(drawn.cut_uncertainty)
    cut = None if cut_x is None or cut_y is None else (cut_x, cut_y)
    placed = place(points, radius, gap, (side, top, width - side, height - top), cut=cut)
    return Plot(
        width,
        height,
        None if cut_x is None else round(cut_x, 2),
        None if cut_y is None else round(cut_y, 2),
        tuple(Tick(value, round(across.at(value), 2)) for value in across.ticks),
        tuple(Tick(value, round(height - up.at(value), 2)) for value in up.ticks),
        tuple(Disc(trend, where) for trend, where in zip(shown, placed, strict=True)),
        tuple((round(across.at(x), 2), round(height - up.at(y), 2)) for x, y in also),
    )


def axis(
    values: Sequence[float],
    scale: tuple[float, float],
    length: float,
    *,
    room: float = 0.0,
    cut: float | None = None,
    beside_cut: float = 0.0,
) -> Axis:
    """The axis that shows `values` and leaves `room` units free at both ends (so it may pass the scale's ends; ticks
    never do), with at least `beside_cut` units on each side of `cut`. Without values it shows the whole scale.
    Raises ValueError where the rooms leave no length to draw in."""
    inner = length - 2 * room
    if inner <= 0 or 2 * beside_cut >= length:
        raise ValueError("no length left to draw in")
    low, high = (min(values), max(values)) if values else scale
    if high - low < MIN_SPAN:
        middle = min(max((low + high) / 2, scale[0] + MIN_SPAN / 2), scale[1] - MIN_SPAN / 2)
        low, high = middle - MIN_SPAN / 2, middle + MIN_SPAN / 2
    margin = (high - low) / inner * room
    low, high = low - margin, high + margin
    if cut is not None:
        least = beside_cut / length
        if cut - low < least * (high - low):
            low = (cut - least * high) / (1 - least)
        elif high - cut < least * (high - low):
            high = (cut - least * low) / (1 - least)
    return Axis(low, high, length, _ticks(max(low, scale[0]), min(high, scale[1])))


def _ticks(low: float, high: float) -> tuple[float, ...]:
    """Round values from `low` to `high` at the smallest step that gives no more than MAX_TICKS of them."""
    ticks: tuple[float, ...] = ()
    for per_unit in (10, 5, 2, 1):
        first, last = math.ceil(rounded(low * per_unit)), math.floor(rounded(high * per_unit))
        ticks = tuple(value / per_unit for value in range(first, last + 1))
        if len(ticks) <= MAX_TICKS:
            break
    return ticks


def place(
    points: Sequence[tuple[float, float]],
    radius: float,
    gap: float = 3.0,
    bounds: Bounds | None = None,
    max_rounds: int = 500,
    cut: tuple[float, float] | None = None,
) -> list[Placed]:
    """Discs of `radius` at `points`, pushed apart until all centres are 2 * radius + gap from each other.

    Each pair that is too near gives way equally, round after round, inside `bounds` (left, top, right, bottom of the
    centres), and on its own side of the two lines that meet in `cut`: nobody may see a trend in another's corner. The
    same points always give the same picture, and a disc that is near no other keeps its place. Where `max_rounds` were
    not enough, discs may pass the lines; where that was not enough either, all stand on a grid. Only where the bounds
    have no room for that, some still touch. Centres are rounded to 0.01.
    """
    apart = 2 * radius + gap
    done = False
    if bounds is not None and cut is not None:
        homes = [_home(point, bounds, cut, radius * ASIDE) for point in points]
        centres, done = _pushed_apart(points, homes, apart, radius, max_rounds)
    if not done:
        homes = [bounds or EVERYWHERE] * len(points)
        centres, done = _pushed_apart(points, homes, apart, radius, max_rounds)
    if not done:
        centres = _on_grid(points, apart, bounds) or centres
    return [
        Placed(round(x, 2), round(y, 2), round(true_x, 2), round(true_y, 2))
        for (x, y), (true_x, true_y) in zip(centres, points, strict=True)
    ]


def _home(point: tuple[float, float], bounds: Bounds, cut: tuple[float, float], aside: float) -> Bounds:
    """The bounds of the corner that `point` lies in, `aside` from the lines; a point on a line lies right of it, and
    above. A corner narrower than that is left as it is."""
    left, top, right, bottom = bounds
    if point[0] >= cut[0] - 1e-6:
        left = max(left, min(cut[0] + aside, right))
    else:
        right = min(right, max(cut[0] - aside, left))
    if point[1] <= cut[1] + 1e-6:
        bottom = min(bottom, max(cut[1] - aside, top))
    else:
        top = max(top, min(cut[1] + aside, bottom))
    return left, top, right, bottom


def _pushed_apart(
    points: Sequence[tuple[float, float]], homes: Sequence[Bounds], apart: float, radius: float, max_rounds: int
) -> tuple[list[list[float]], bool]:
    """The centres after as many rounds as it takes, each inside its own bounds, and whether `max_rounds` sufficed."""
    centres = [list(point) for point in points]
    _nudge(centres, apart, radius)
    for _ in range(max_rounds):
        if not _push(centres, apart):
            return centres, True
        _keep_inside(centres, points, homes, radius)
    return centres, False


def _nudge(centres: list[list[float]], apart: float, radius: float) -> None:
    """Move discs that are too near a little, each in a direction of its own: on one spot or in one straight line they
    would have no way out."""
    near = [
        any(index != other and math.dist(here, there) < apart for other, there in enumerate(centres))
        for index, here in enumerate(centres)
    ]
    for index, centre in enumerate(centres):
        if near[index]:
            turn = index * math.pi * (3 - math.sqrt(5))  # the golden angle: no two directions alike
            centre[0] += radius / 50 * math.cos(turn)
            centre[1] += radius / 50 * math.sin(turn)


def _keep_inside(
    centres: list[list[float]],
    points: Sequence[tuple[float, float]],
    homes: Sequence[Bounds],
    radius: float,
) -> None:
    """Bring discs that were pushed over their bounds back, each to a slightly different depth: in one straight line
    along an edge they would have no way out."""
    for index, (centre, point, home) in enumerate(zip(centres, points, homes, strict=True)):
        left, top, right, bottom = home
        if centre == list(point):
            continue
        depth = index * math.sqrt(2) % 1 * radius / 25
        centre[0] = min(max(centre[0], left + depth), right - depth)
        centre[1] = min(max(centre[1], top + depth), bottom - depth)


def _on_grid(points: Sequence[tuple[float, float]], apart: float, bounds: Bounds | None) -> list[list[float]] | None:
    """Each point at the nearest place of a grid that is still free, in the order of the points; None where the bounds
    hold too few places."""
    if bounds is None:
        return None
    left, top, right, bottom = bounds
    columns, rows = int((right - left) / apart) + 1, int((bottom - top) / apart) + 1
    if columns * rows < len(points):
        return None
    across = (right - left) / max(columns - 1, 1)
    down = (bottom - top) / max(rows - 1, 1)
    free = [(left + across * column, top + down * row) for row in range(rows) for column in range(columns)]
    found = []
    for point in points:
        nearest = min(free, key=lambda place: math.dist(place, point))
        free.remove(nearest)
        found.append(list(nearest))
    return found


def _push(centres: list[list[float]], apart: float) -> bool:
    """Push each pair that is nearer than `apart` to that distance; whether there was any."""
    pushed = False
    for index, here in enumerate(centres):
        for there in centres[index + 1 :]:
            across, down = there[0] - here[0], there[1] - here[1]
            distance = math.hypot(across, down)
            if distance >= apart - 1e-6:
                continue
            pushed = True
            share = (apart + OVERSHOOT - distance) / 2 / distance if distance else 0.0
            here[0] -= across * share
            here[1] -= down * share
            there[0] += across * share
            there[1] += down * share
    return pushed
