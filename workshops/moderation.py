"""The facilitator's page of short texts: who waits, by scenario and, where options are asked about, by option."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from trends.text import localized
from workshops import contributions, moderation_sides
from workshops.models import Contribution, Item, Stage
from workshops.stages import kind


@dataclass
class Group:
    """Texts about the same: ``title`` and ``about`` in the active language ("" where the title says it all)."""

    world: str
    title: str
    about: str = ""
    texts: list[dict[str, Any]] = field(default_factory=list)


def page_of(stage: Stage, state: str) -> dict[str, Any]:
    """What ``contributions_list.html`` shows of the texts in one state (three queries, whatever their number; a few
    more where texts take sides)."""
    if kind(stage.kind).SIDES:
        return moderation_sides.page_of(stage, state)
    found = stage.contributions.filter(state=state).select_related("item").order_by("place", "pk")
    groups = grouped(stage, list(found))
    return {
        "state": state,
        "counts": contributions.counts(stage),
        "groups": groups,
        "seen": [text["version"] for group in groups for text in group.texts],
    }


def grouped(stage: Stage, texts: list[Contribution]) -> list[Group]:
    """By scenario, then by option, in the round's order."""
    names = world_names(stage)
    order = {key: place for place, key in enumerate(names)}
    groups: dict[tuple[int, int, str], Group] = {}
    for text in texts:
        key, item = text.scenario, text.item
        place = (order.get(key, len(order)), item.number if item else 0, key)
        if place not in groups:
            groups[place] = Group(key, *title_of_group(names.get(key, ""), key, item))
        groups[place].texts.append({"id": text.pk, "text": text.text, "version": contributions.version(text)})
    return [groups[place] for place in sorted(groups)]


def title_of_group(world: str, key: str, item: Item | None) -> tuple[str, str]:
    """What its texts are about: the scenario, and the option where they are about one."""
    about = localized(item.title) if item is not None and item.key != key else ""
    return (world, about) if world else (about, "")


def world_names(stage: Stage) -> dict[str, str]:
    """The scenarios that the round keeps, by key in their order: its items, or those in its settings."""
    kept = stage.settings.get("worlds") or []
    if kept:
        return {world["key"]: localized(world["title"]) for world in kept}
    return {item.key: localized(item.title) for item in stage.items.order_by("number")}
