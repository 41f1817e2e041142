"""Items that flow from one round to a later one ("de zes meest verdeelde", "robuust en kansrijk").

A round of a plan says where its items come from before anybody knows them. They are taken over, as snapshots, when the
room is taken to the round, or when it is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from municipalities.models import User
from workshops import logbook, results
from workshops.models import Item, Stage
from workshops.preparing import FLOW, copies, items_of
from workshops.stages import kind
from workshops.stages.kind import Outcome


@transaction.atomic
def fill(stage: Stage, who: User | None) -> int:
    """Let a prepared round without items take over what its kind proposes; how many there are now.

    Nothing happens where there are items, or where what they come from is not known yet.
    """
    if not stage.is_prepared or stage.items.exists():
        return stage.items.count()
    settings = stage.settings
    rows = kind(stage.kind).proposed(stage)
    if not rows:
        return 0
    if stage.settings != settings:
        stage.save(update_fields=["settings"])
    items = Item.objects.bulk_create(copies(items_of(rows), stage=stage))
    logbook.note(stage.workshop, "fill_items", who, stage)
    return len(items)


def flowing(stage: Stage) -> list[dict[str, Any]] | None:
    """What the round's ``settings["flow"]`` gives by now, as rows of ``ITEM_FIELDS``; None: nothing (yet)."""
    flow = stage.settings.get(FLOW)
    if not flow:
        return None
    source = source_of(stage, flow["kind"])
    chosen = next((each for each in outcomes_of(source) if each.key == flow["choice"]), None) if source else None
    return [dict(row) for row in chosen.rows] if chosen else None


def source_of(stage: Stage, kind_key: str) -> Stage | None:
    """The last round of this kind before the round in the plan; where it goes on with one, that one."""
    if stage.previous is not None and stage.previous.kind == kind_key:
        return stage.previous
    earlier = stage.workshop.stages.filter(kind=kind_key, void=False, position__lt=stage.position)
    return earlier.order_by("-position").first()


def outcomes_of(source: Stage) -> Sequence[Outcome]:
    """What may be taken over from a round: nothing before it is closed and revealed, or while it is being counted."""
    figures = results.released(source) if source.is_closed else None
    return kind(source.kind).outcomes(source, figures) if figures else ()
