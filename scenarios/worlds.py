"""The scenarios of a content set as the public pages show them, in a fixed number of queries."""

from __future__ import annotations

import re

from django.db.models import Prefetch

from scenarios.models import Axis, Position, Scenario, Signpost
from scenarios.plane import Plane, plane
from trends.models import ContentSet
from trends.text import localized


def scenarios_of(content: ContentSet | None) -> list[Scenario]:
    """In content order, without their positions."""
    return list(content.scenarios.all()) if content else []


def placed_scenarios(content: ContentSet | None) -> list[Scenario]:
    """In content order, with positions and signposts prefetched."""
    if content is None:
        return []
    positions = Prefetch("positions", Position.objects.order_by("axis__number"))
    signposts = Prefetch("signposts", Signpost.objects.order_by("number"))
    return list(content.scenarios.prefetch_related(positions, signposts))


def axes_of(content: ContentSet | None) -> list[Axis]:
    """In content order."""
    return list(content.axes.all()) if content else []


def default_plane(axes: list[Axis], scenarios: list[Scenario]) -> Plane | None:
    """The plane of the two axes that the content set proposes; None where it proposes none."""
    by_side = {axis.default: axis for axis in axes if axis.default}
    return plane(by_side["x"], by_side["y"], scenarios) if {"x", "y"} <= by_side.keys() else None


def teaser(scenario: Scenario) -> str:
    """Two sentences of its text, in the active language, without the one that repeats the motto."""
    motto = localized(scenario.motto)
    sentences = re.split(r"(?<=[.!?]) ", localized(scenario.text))
    return " ".join([sentence for sentence in sentences if not sentence.startswith(motto)][:2])


def day_year(scenarios: list[Scenario]) -> int | None:
    """The year in which the scenarios' days play."""
    return next((int(scenario.day["year"]) for scenario in scenarios if scenario.day.get("year")), None)
