"""The certainties ("zekerheden") of the trends: what weighs heavily and is fairly sure holds in every scenario, so it
travels on to where scenarios are told and options are tested."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.utils.translation import gettext as _

from trends.text import localized
from workshops.form_cache import item_version
from workshops.models import Stage, Tally
from workshops.results import released
from workshops.stages.kind import View
from workshops.stages.trends.result import place
from workshops.stages.typesetting import TEXT_STEPS, TextSize, lines

CERTAIN, VIEW = "certain", "certainties"
KEPT = 32
# Of the list on the screen, in 1/1080 of the height: its room, its width on 4:3 and the gap between two columns.
HEIGHT, ACROSS, GAP = 740.0, 1312.0, 72.0
# How much larger its text is in one column, and in two.
LARGE, LARGER = 1.6, 1.15
_kept: OrderedDict[tuple[Any, ...], tuple[Certainty, ...]] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Certainty:
    """A trend that holds in every scenario; its title by language."""

    number: int
    key: str
    title: Any


def certainties(stage: Stage) -> tuple[Certainty, ...]:
    """Those of the last first round of trends before this round that is closed and may be shown, the weightiest first;
    none where there is no such round (two queries; more only where it was not asked before in this process)."""
    trends = source_of(stage)
    if trends is None:
        return ()
    version = Tally.objects.filter(stage=trends).values_list("version", flat=True).first()
    key = (trends.pk, version, item_version(trends))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    figures = released(trends)
    if figures is None:  # its final count is under way
        return ()
    items = list(trends.items.order_by("number"))
    drawn = {each.key: each for each in place(figures, items).places}
    certain = [item for item in items if drawn[item.key].corner == CERTAIN]
    certain.sort(key=lambda item: -(figures.cells[item.key]["impact"].mean or 0))
    found = tuple(Certainty(item.number, item.key, item.title) for item in certain)
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def source_of(stage: Stage) -> Stage | None:
    """The round that they are of. A second round weighs a few trends by lines of their own, so it says nothing here."""
    shown = Stage.objects.filter(
        workshop=stage.workshop_id, kind="trends", previous=None, void=False, position__lt=stage.position,
        state=Stage.State.CLOSED, revealed=True,
    )  # fmt: skip
    return shown.select_related("workshop").order_by("-position").first()


def titles(stage: Stage) -> list[str]:
    """What they are called, in the active language."""
    return [localized(each.title) for each in certainties(stage)]


def views(stage: Stage) -> list[View]:
    """What can be put on the screen of them: nothing where there are none."""
    return [View(VIEW, _("Wat in elk scenario geldt"))] if certainties(stage) else []


def view(stage: Stage, text_step: int = 0) -> dict[str, Any] | None:
    """What ``workshops/stages/certainties.html`` shows: {"certainties": [slide, …]}, in the active language; None
    where there are none."""
    found = certainties(stage)
    if not found:
        return None
    size = TEXT_STEPS[text_step]
    large = sum(heights(found, size, ACROSS, LARGE)) <= HEIGHT
    columns = [list(found)] if large else divided(found, heights(found, size, (ACROSS - GAP) / 2, LARGER))
    slides = [columns[at : at + 2] for at in range(0, len(columns), 2)]
    return {
        "certainties": [
            {"columns": slide, "large": large, "place": number if len(slides) > 1 else None, "places": len(slides)}
            for number, slide in enumerate(slides, start=1)
        ]
    }


def heights(found: Sequence[Certainty], size: TextSize, across: float, larger: float) -> list[float]:
    """Of each in a column as wide as this, beside its number."""
    ems = (across - 90) / (size.text * larger)
    return [lines(localized(each.title), ems) * size.line * larger + size.row + 8 for each in found]


def divided(found: Sequence[Certainty], high: Sequence[float]) -> list[list[Certainty]]:
    """In as few columns as fit, two a slide, about as many in each; ``high``: their heights."""
    for count in range(2, len(found) + 2, 2):
        each = math.ceil(len(found) / count)
        starts = range(0, len(found), each)
        if all(sum(high[at : at + each]) <= HEIGHT for at in starts):
            break
    return [list(found[at : at + each]) for at in starts]
