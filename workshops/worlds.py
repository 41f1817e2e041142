"""The scenarios of a workshop: those of its content set and those that the room made, and which it was told of.

A round keeps the scenarios as they were when it was made; ``World`` is one of them, wherever it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction

from municipalities.models import User
from scenarios.features import FEATURES
from scenarios.models import Axis, Scenario
from scenarios.worlds import axes_of, placed_scenarios
from trends.text import both
from workshops import locks, logbook
from workshops.items import raise_version
from workshops.models import Criterion, Item, OwnScenario, Stage, Workshop
from workshops.rounds import held

# Whose scenario it is, where it is not from the content (``trends.models.Source``).
ROOM = "room"
Words = Mapping[str, str]


@dataclass(frozen=True)
class World:
    """A scenario as a round keeps it. Texts are by language; a feature that is null is not named in the source.

    ``positions``: by axis, {"value": −2…+2, "source": …}. ``day`` and ``newspaper`` are empty where there is none.
    """

    key: str
    title: Words
    motto: Words
    text: Words
    source: str
    features: Mapping[str, Words | None] = field(default_factory=dict)
    day: Mapping[str, Any] = field(default_factory=dict)
    newspaper: Mapping[str, Any] = field(default_factory=dict)
    positions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    signposts: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def is_of_room(self) -> bool:
        """Whether the room made it ("van deze zaal")."""
        return self.source == ROOM

    def as_item(self, number: int) -> Item:
        """The scenario as an item of a round, not saved."""
        origin = {name: value for name, value in asdict(self).items() if name not in ("key", "title", "text")}
        return Item(number=number, key=self.key, title=self.title, text=self.text, origin=origin)

    @classmethod
    def of_item(cls, item: Item) -> World:
        """The scenario that an item of a round keeps."""
        names = ("motto", "source", "features", "day", "newspaper", "positions", "signposts")
        kept = {name: item.origin[name] for name in names if name in item.origin}
        return cls(key=item.key, title=item.title, text=item.text, **{"motto": {}, "source": "", **kept})


def worlds_of(workshop: Workshop) -> list[World]:
    """Those of the content set in its order, then the room's own."""
    own = [world_of_room(each) for each in workshop.own_scenarios.order_by("pk")]
    return [world_of_content(each) for each in placed_scenarios(workshop.content_set)] + own


def world_of_content(scenario: Scenario) -> World:
    """``positions`` and ``signposts`` prefetched, with their axes."""
    return World(
        key=scenario.key,
        title=scenario.title,
        motto=scenario.motto,
        text=scenario.text,
        source=scenario.source,
        features=scenario.features,
        day=scenario.day,
        newspaper=scenario.newspaper,
        positions={
            position.axis.key: {"value": position.value, "source": position.source}
            for position in scenario.positions.select_related("axis")
        },
        signposts=[
            {name: getattr(signpost, name) for name in ("key", "title", "indicator", "unit", "sign", "source")}
            for signpost in scenario.signposts.all()
        ],
    )


def world_of_room(scenario: OwnScenario) -> World:
    """The same words in both languages, as the room said them."""
    return World(
        key=scenario.key,
        title=both(scenario.title),
        motto=both(scenario.motto),
        text=both(""),
        source=ROOM,
        features={key: both(scenario.features[key]) if scenario.features.get(key) else None for key in FEATURES},
        positions={axis: {"value": value, "source": ROOM} for axis, value in scenario.positions.items()},
    )


def axes_as_settings(workshop: Workshop, *, chosen: bool = True) -> dict[str, dict[str, Any]]:
    """The two axes that a round works with, as its settings keep them: {"x": {"key", "title", "negative", "positive"},
    "y": …}; those that the room chose (unless not ``chosen``), else those that the content set proposes, else its first
    two. Empty where it has fewer than two."""
    if chosen and workshop.axes:
        return {side: workshop.axes[side] for side in ("x", "y")}
    axes = axes_of(workshop.content_set)
    by_side = {axis.default: axis for axis in axes if axis.default}
    if not {"x", "y"} <= by_side.keys():
        by_side = dict(zip("xy", axes, strict=False))
    if len(by_side) < 2:
        return {}
    return {side: axis_as_settings(by_side[side]) for side in ("x", "y")}


def axis_as_settings(axis: Axis) -> dict[str, Any]:
    return {name: getattr(axis, name) for name in ("key", "title", "negative", "positive")}


@transaction.atomic
def tell(workshop: Workshop, key: str, who: User | None) -> None:
    """Note that the room was told of this scenario: from now on the wind tunnels ask about it."""
    workshop = locks.hold_workshop(workshop.pk)
    if key in workshop.told:
        return
    workshop.told = [*workshop.told, key]
    workshop.save(update_fields=["told"])
    asking = Stage.objects.filter(workshop=workshop, kind="windtunnel").exclude(state=Stage.State.CLOSED)
    for stage in asking.order_by("pk"):
        open_scenario(stage, key, who)


@transaction.atomic
def open_scenario(stage: Stage, key: str, who: User | None) -> None:
    """Ask about a scenario in this wind tunnel from now on, told or not; a key that it doesn't have changes nothing."""
    stage = held(stage)
    found = Criterion.objects.filter(stage=stage, key=key, is_open=False).first()
    if found is None:
        return
    found.is_open = True
    found.save(update_fields=["is_open"])
    logbook.note(stage.workshop, "open_scenario", who, stage, title=found.title["nl"])
    raise_version(stage)
