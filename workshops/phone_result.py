"""A revealed round on a participant's phone: "u en de zaal".

The room's part is the same for everybody, so it is made once per count and language and kept in this process; a
person's own answers are filled in by whoever asks, and never kept. Nothing is in it but released figures.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.urls import reverse
from django.utils.translation import override

from workshops.form_cache import Own, item_version
from workshops.models import Stage, Tally, Workshop
from workshops.results import released
from workshops.stages import PhoneResult, kind

KEPT = 32

_kept: OrderedDict[tuple[Any, ...], PhoneResult] = OrderedDict()
_lock = Lock()


def shown(stage: Stage, own: Iterable[Own], language: str) -> dict[str, Any]:
    """What a page shows one person of this round: ``{"result": …, "result_template": …}``.

    ``result`` is None before the reveal and while the final count is under way; ``own`` are this person's answers in
    the round, and in the one that it goes on with: no item is in both.
    """
    room = room_part(stage, language)
    own_values = {(answer.item, answer.criterion): answer.value for answer in own}
    return {
        "result": room.beside(own_values) if room else None,
        "result_template": f"workshops/stages/{stage.kind}/phone_result.html",
    }


def room_part(stage: Stage, language: str) -> PhoneResult | None:
    """The room's part in ``language``, from the cache where this count was shown before; None as for ``shown``."""
    if not stage.revealed:
        return None
    standing = Tally.objects.filter(stage=stage).values_list("version", "final").first()
    if standing is None or (stage.is_closed and not standing[1]):
        return None
    key = (stage.pk, stage.attempt, item_version(stage), stage.state, *standing, first_standing(stage), language)
    with _lock:
        if key not in _kept:
            figures = released(stage)
            if figures is None:
                return None
            with override(language):
                _kept[key] = kind(stage.kind).phone(figures, stage)
            while len(_kept) > KEPT:
                _kept.popitem(last=False)
        _kept.move_to_end(key)
        return _kept[key]


def first_standing(stage: Stage) -> tuple[Any, ...] | None:
    """How the round stands that this one goes on with: its figures are in the result, until they are hidden."""
    if stage.previous_id is None:
        return None
    columns = ("state", "revealed", "void", "tally__version", "tally__final")
    return Stage.objects.filter(pk=stage.previous_id).values_list(*columns).first()


@dataclass(frozen=True)
class Link:
    """Where one round's result is; a round that is not revealed yet is named too, for the page to show when it is."""

    stage: Stage
    url: str


def links(workshop: Workshop, stages: Iterable[Stage], *, here: Stage | None) -> list[Link]:
    """The results that may be looked at on a phone, and the open round's; ``here`` is the round the page itself shows.

    A page shows only the links of revealed rounds (``workshops/room/result_link.html``).
    """
    return [
        Link(stage, reverse("room-result", args=[workshop.public_id, stage.pk]))
        for stage in stages
        if stage != here and (stage.is_open or (stage.is_closed and stage.revealed))
    ]
