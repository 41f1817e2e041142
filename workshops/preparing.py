"""Making a round of a plan: its items, criteria and settings as snapshots of the content, or as somebody wrote them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import override

from workshops.models import Criterion, Item, OwnScenario, Stage, Workshop
from workshops.stages.registry import kind

Row = TypeVar("Row", Item, Criterion, OwnScenario)

# What a plan keeps of an item and of a criterion.
ITEM_FIELDS = ("key", "title", "text", "origin")
LABEL_FIELDS = ("question", "low_label", "high_label", "choices")
# In the settings of a prepared round: its items before the last change of the list (``item_list.undo``).
ITEMS_BEFORE = "items_before"
# In the settings of a round whose items come from an earlier one (``workshops/flow.py``).
FLOW = "flow"
# In the settings of a round on axes (``workshops/axes.py``): what was compared, and the workshop's axes before the last
# choice.
PAIRS, CANDIDATES, PROPOSED_FROM, AXES_BEFORE = "pairs", "candidates", "proposed_from", "axes_before"
# What a round's settings say of how it was held, and so not of how it is to be held again.
HELD = (
    "in_released_report", "item_version", "taken_over", "options_made", ITEMS_BEFORE, "chosen", "chosen_before",
    "lines_before", PAIRS, CANDIDATES, PROPOSED_FROM, AXES_BEFORE,
)  # fmt: skip


@dataclass(frozen=True)
class Round:
    """A round as a plan has it (and as JSON keeps it, see ``as_json``): ``title``, ``minutes`` and ``notes`` None are
    the kind's own. ``items`` None: the kind's own; else rows of ``ITEM_FIELDS``. ``labels``: other words for
    criteria, by key, with what differs of ``LABEL_FIELDS``. ``previous``: the kind of the round that it goes on with;
    ``flow``: the kind of an earlier round and the key of its outcome that its items come from, once that is known
    ({"kind": "trends", "choice": "most_divided"}, see ``workshops/flow.py``)."""

    kind: str
    title: str | Promise | None = None
    minutes: int | None = None
    notes: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    items: list[dict[str, Any]] | None = None
    labels: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    previous: str = ""
    flow: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """What differs from a bare round of the kind."""
        return {name: value for name, value in vars(self).items() if value not in (None, {}, "")}


def prepare(workshop: Workshop, round_: Round, position: int, *, key: str = "", previous: Stage | None = None) -> Stage:
    """Make the round, prepared. ``key``: the first free of ``trends``, ``trends-2``, … unless given.

    KeyError for a kind that does not exist.
    """
    made = kind(round_.kind)
    with override(workshop.language):
        title = str(round_.title or made.TITLE)
        notes = made.notes(workshop) if round_.notes is None else round_.notes
    settings = made.settings(workshop, round_.settings)
    if round_.flow:
        settings[FLOW] = dict(round_.flow)
    stage = Stage.objects.create(
        workshop=workshop,
        position=position,
        key=key or free_key(workshop, made.KEY),
        kind=made.KEY,
        title=title,
        minutes=made.MINUTES if round_.minutes is None else round_.minutes,
        notes=notes,
        settings=settings,
        previous=previous,
    )
    items = items_of([] if round_.items is None else round_.items)
    if round_.items is None and FLOW not in settings:
        items = made.items(workshop, settings)
    criteria = made.criteria(workshop, settings)
    for criterion in criteria:
        for name, words in round_.labels.get(criterion.key, {}).items():
            setattr(criterion, name, words)
    Item.objects.bulk_create(copies(items, stage=stage))
    Criterion.objects.bulk_create(copies(criteria, stage=stage))
    return stage


def free_key(workshop: Workshop, kind_key: str) -> str:
    """The key of a new round of this kind: its own name, then ``trends-2``, ``trends-3``, …"""
    taken = set(Stage.objects.filter(workshop=workshop).values_list("key", flat=True))
    number, key = 1, kind_key
    while key in taken:
        number += 1
        key = f"{kind_key}-{number}"
    return key


def asked_settings(stage: Stage) -> dict[str, Any]:
    """The settings of how the round is asked, without those of how it was held."""
    return {name: value for name, value in stage.settings.items() if name not in HELD}


def are_of_room(stage: Stage) -> bool:
    """Whether its items come from this room (from an earlier round of it, or from people), and are no other room's."""
    return FLOW in stage.settings or kind(stage.kind).ROOM_MAKES_ITEMS


def items_of(rows: Iterable[Mapping[str, Any]]) -> list[Item]:
    """Items as a plan keeps them, numbered from 1, not saved."""
    return [
        Item(number=number, key=row["key"], title=row["title"], text=row.get("text", {}), origin=row.get("origin", {}))
        for number, row in enumerate(rows, start=1)
    ]


def copies(rows: Iterable[Row], **owner: Any) -> list[Row]:
    """The same rows for another owner (``stage`` or ``workshop``), not saved yet."""
    made = list(rows)
    for row in made:
        row.pk = None
        for name, value in owner.items():
            setattr(row, name, value)
    return made
