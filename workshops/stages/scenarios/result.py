"""What a ``scenarios`` round says, from the released figures: where the room places each scenario beside the source,
its scores, and the finding in words. Nothing here counts or hides: ``workshops.release`` did.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import override

from scenarios.plane import corner_question, lower_first
from trends.distribution import rounded
from trends.models import Source
from trends.templatetags.content import localized
from workshops.release import Released, ReleasedCell

HIDDEN = ReleasedCell(hidden=True)
PLAUSIBLE, DESIRABLE = "plausibility", "desirability"
# A mean so near the source's place is there "about".
NEAR = 0.5
Axes = Mapping[str, Mapping[str, Any]]


class ScenarioItem(Protocol):
    """What is needed of an item: ``workshops.models.Item``, or anything like it."""

    number: int
    key: str
    title: Any
    origin: Mapping[str, Any]


@dataclass(frozen=True)
class Placed:
    """One scenario on one axis: the room's figures, and the source's value (None where it has no place there) with
    whether it is the editors'."""

    axis: Mapping[str, Any]
    cell: ReleasedCell
    source: int | None
    editorial: bool


@dataclass(frozen=True)
class Place:
    """One scenario on both axes."""

    key: str
    title: str
    x: Placed
    y: Placed

    @property
    def room(self) -> tuple[float, float] | None:
        """The room's means; None where either is hidden or nobody gave a value."""
        x, y = self.x.cell.mean, self.y.cell.mean
        return None if x is None or y is None else (x, y)

    @property
    def spread(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """From first to third quartile on either axis."""
        x, y = self.x.cell, self.y.cell
        if x.q1 is None or x.q3 is None or y.q1 is None or y.q3 is None:
            return None
        return (x.q1, x.q3), (y.q1, y.q3)

    @property
    def source(self) -> tuple[int, int] | None:
        return None if self.x.source is None or self.y.source is None else (self.x.source, self.y.source)

    @property
    def editorial(self) -> bool:
        return self.x.editorial or self.y.editorial


def analysis(released: Released, items: Sequence[ScenarioItem], axes: Axes) -> dict[str, Any]:
    """``analysis`` of a ``scenarios`` round as report.json has it, texts in Dutch; ``items`` in their order."""
    with override("nl"):
        told = {side: {name: localized(value) for name, value in axis.items()} for side, axis in axes.items()}
    return {
        "axes": told,
        "placings": [
            placing(item.key, axis["key"], cell_of(released, item, axis["key"]))
            for item in items
            for axis in axes.values()
        ],
    }


def placing(scenario: str, axis: str, cell: ReleasedCell) -> dict[str, Any]:
    """Where the room places a scenario on an axis."""
    return {
        "scenario": scenario,
        "axis": axis,
        "counts": None if cell.counts is None else {str(value): n for value, n in cell.counts.items()},
        "n": cell.n,
        "dont_know": cell.dont_know,
        "mean": cell.mean,
        "median": cell.median,
        "q1": cell.q1,
        "q3": cell.q3,
        "agreement": cell.agreement,
        "hidden": cell.hidden,
    }


def cell_of(released: Released, item: ScenarioItem, criterion: str) -> ReleasedCell:
    """The released figures of one scenario on one criterion; hidden where there are none."""
    return released.cells.get(item.key, {}).get(criterion, HIDDEN)


def places(released: Released, items: Sequence[ScenarioItem], axes: Axes) -> list[Place]:
    """Each scenario on both axes, in the active language; none where the round has no axes."""
    if not axes:
        return []
    return [
        Place(item.key, localized(item.title), *(placed(released, item, axes[side]) for side in ("x", "y")))
        for item in items
    ]


def placed(released: Released, item: ScenarioItem, axis: Mapping[str, Any]) -> Placed:
    position = item.origin.get("positions", {}).get(axis["key"])
    return Placed(
        axis,
        cell_of(released, item, axis["key"]),
        position["value"] if position else None,
        bool(position) and position["source"] == Source.EDITORIAL,
    )


def moved(place: Place) -> str:
    """Where the room sees the scenario beside where the source has it, in a few words; "" where either is unknown."""
    if place.room is None or place.source is None:
        return ""
    toward = [
        _("‘%(pole)s’") % {"pole": lower_first(localized(side.axis["positive" if mean > source else "negative"]))}
        for side, mean, source in zip((place.x, place.y), place.room, place.source, strict=True)
        if rounded(abs(mean - source)) >= NEAR
    ]
    if not toward:
        return _("ongeveer zoals de bron")
    return _("meer richting %(poles)s") % {"poles": _(" en ").join(toward)}


def questions(drawn: Sequence[Place], axes: Axes) -> list[str]:
    """The corners in which the source has no scenario, each as a question; a scenario on a line stands in neither."""
    known = [place.source for place in drawn if place.source]
    if not known:
        return []
    taken = {(x > 0, y > 0) for x, y in known if x and y}
    return [
        " ".join(corner_question(pole(axes["x"], right), pole(axes["y"], top)))
        for top in (True, False)
        for right in (False, True)
        if (right, top) not in taken
    ]


def pole(axis: Mapping[str, Any], positive: bool) -> str:
    return localized(axis["positive" if positive else "negative"])


def is_empty(released: Released, items: Sequence[ScenarioItem]) -> bool:
    """Whether nothing may be shown."""
    cells = [cell for item in items for cell in released.cells.get(item.key, {}).values()]
    return all(cell.hidden or not cell.n for cell in cells)


def finding(released: Released, items: Sequence[ScenarioItem]) -> str:
    """The room's verdict in a sentence: which scenario it thinks most likely, and which it wants most."""
    if is_empty(released, items):
        return _("Er zijn te weinig antwoorden om een uitslag te tonen")
    likely, wanted = highest(released, items, PLAUSIBLE), highest(released, items, DESIRABLE)
    if likely and likely == wanted:
        return _("%(worlds)s: waarschijnlijkst én wenselijkst") % {"worlds": listed(likely)}
    if likely and wanted:
        return _("Waarschijnlijkst: %(likely)s. Wenselijkst: %(wanted)s") % {
            "likely": listed(likely),
            "wanted": listed(wanted),
        }
    if likely:
        return _("Waarschijnlijkst: %(worlds)s") % {"worlds": listed(likely)}
    if wanted:
        return _("Wenselijkst: %(worlds)s") % {"worlds": listed(wanted)}
    return _("De zaal ziet geen verschil tussen de scenario’s")


def highest(released: Released, items: Sequence[ScenarioItem], criterion: str) -> list[str]:
    """The titles of the scenarios with the highest mean; none where all are alike, or one is hidden."""
    means = [cell_of(released, item, criterion).mean for item in items]
    known = [rounded(mean) for mean in means if mean is not None]
    if len(known) < len(items) or len(set(known)) < 2:
        return []
    return [localized(item.title) for item, mean in zip(items, known, strict=True) if mean == max(known)]


def listed(titles: Sequence[str]) -> str:
    """ "Samendam en Ikhoven"."""
    return _(" en ").join(titles) if len(titles) < 3 else ", ".join(titles)
