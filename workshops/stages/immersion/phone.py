"""The front pages on a phone: the headlines that were let through, world by world."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.cache import cache

from trends.text import localized
from workshops.models import Stage
from workshops.stages.immersion.paper import headlines, name_of
from workshops.worlds import World

FRESH_SECONDS = 1  # a thousand phones ask at once


class Papers:
    """Every newspaper with a headline. What is let through or hidden later changes it, so nothing is kept here."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.worlds = [World.of_item(item) for item in stage.items.order_by("number")]
        self.names = {world.key: (localized(world.title), name_of(world)) for world in self.worlds}

    def beside(self, own: Mapping[tuple[int, str], int | None]) -> Mapping[str, Any]:
        """``papers``: {key, title, name, headlines: [(id, text)]} of each; whose are own, the page knows."""
        key = f"headlines-{self.stage.pk}"
        found = cache.get_or_set(key, lambda: shown(self.stage), FRESH_SECONDS) or {}
        return {
            "papers": [
                {"key": world, "title": title, "name": name, "headlines": found[world]}
                for world, (title, name) in self.names.items()
                if world in found
            ]
        }


def shown(stage: Stage) -> dict[str, list[tuple[int, str]]]:
    return {key: [(each.pk, each.text) for each in texts] for key, texts in headlines(stage).items()}
