"""What the projector shows while the room is told of the scenarios: laid side by side, one alone, its day to read
aloud, and the signposts.

No text is smaller than 1/30 of the screen's height, so what doesn't fit goes to a next slide. Where that differs, a
view is laid out twice: for wide screens (16:9) and for narrow ones (4:3). Lengths are in 1/1080 of the height.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from scenarios.features import FEATURES
from trends.templatetags.content import localized, sentences_of
from workshops.models import Stage
from workshops.stages.kind import View
from workshops.stages.typesetting import BOLDER, TEXT_STEPS, lines, width
from workshops.worlds import World, world_of_room

SIDE_BY_SIDE, WORLD, DAY, SIGNPOSTS = "side-by-side", "world-", "day-", "signposts"
# Who carries what, in the rows of the table; the other two features stand with the drawings.
CARRIERS = ("residents", "government", "municipality", "region", "state", "safety_net")
# Between the margin above and the foot.
HEIGHT = 936
# A value beside its name, and the title of a signpost.
LARGER = 1.2


@dataclass(frozen=True)
class Layout:
    """A shape of screen: its name in the style sheet, the width between its margins (the narrowest screen that it is
    for), and how much of that the text beside a drawing has."""

    name: str
    width: float
    beside: float


WIDE = Layout("wide", 1762, 1130)
NARROW = Layout("narrow", 1312, 1312)


@dataclass(frozen=True)
class Sizes:
    """Text at one of the projector's text steps; ``large`` is what is read aloud (the same figures stand in
    static/css/components/world-screen.css)."""

    text: float
    line: float
    large: float
    large_line: float


def sizes(text_step: int) -> Sizes:
    size = TEXT_STEPS[text_step]
    large = 56 * size.text / 36
    return Sizes(size.text, size.line, large, large * (1.24 if text_step < 0 else 1.34))


def worlds_in(stage: Stage) -> list[World]:
    """The scenarios of the round, in its order, then those that the room made since."""
    asked = [World.of_item(item) for item in stage.items.all()]
    made = [world_of_room(own) for own in stage.workshop.own_scenarios.order_by("pk")]
    return [*asked, *(world for world in made if world.key not in {each.key for each in asked})]


def views(worlds: Sequence[World]) -> list[View]:
    """What can be told, in the order of telling; a scenario that the room made has no day."""
    told = [View(SIDE_BY_SIDE, _("Naast elkaar"))]
    for world in worlds:
        name = {"world": localized(world.title)}
        told.append(View(f"{WORLD}{world.key}", name["world"]))
        if world.day:
            told.append(View(f"{DAY}{world.key}", _("De dag in %(world)s") % name))
    if any(world.signposts for world in worlds):
        told.append(View(SIGNPOSTS, _("Signalen")))
    return told


def world_of_view(key: str) -> str:
    """The key of the scenario that a view tells of; "" where it tells of none alone."""
    for prefix in (WORLD, DAY):
        if key.startswith(prefix):
            return key.removeprefix(prefix)
    return ""


def telling(worlds: Sequence[World], key: str, text_step: int = 0) -> dict[str, Any] | None:
    """What ``screen_view.html`` shows of this view, in the active language: {"slides": […]}, each with the ``part``
    that sets it and the ``layout`` that it is for ("" where for both). None where there is no such view."""
    if key not in [view.key for view in views(worlds)]:
        return None
    size = sizes(text_step)
    if key == SIDE_BY_SIDE:
        return {"slides": [drawings(worlds), *each_layout(lambda layout: tables(worlds, layout, size))]}
    if key == SIGNPOSTS:
        return {"slides": each_layout(lambda layout: signposts(worlds, layout, size))}
    world = next(world for world in worlds if world.key == world_of_view(key))
    if key.startswith(DAY):
        return {"slides": each_layout(lambda layout: day(world, layout, size))}
    alone = {"part": "world", "layout": "", "world": world}
    return {"slides": [alone, *each_layout(lambda layout: features(world, layout, size))]}


def each_layout(slides: Callable[[Layout], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The slides for wide screens and those for narrow ones; once where they are the same."""
    wide, narrow = slides(WIDE), slides(NARROW)
    if wide == narrow:
        return [{**slide, "layout": ""} for slide in wide]
    return [{**slide, "layout": layout.name} for layout, each in ((WIDE, wide), (NARROW, narrow)) for slide in each]


def drawings(worlds: Sequence[World]) -> dict[str, Any]:
    """The drawings side by side, with what the scenarios rest on."""
    return {
        "part": "drawings",
        "layout": "",
        "title": title(worlds),
        "worlds": [(world, named(world, "economy"), named(world, "principle")) for world in worlds],
    }


def title(worlds: Sequence[World]) -> str:
    """How many there are, and when."""
    counts = {2: _("Twee werelden"), 3: _("Drie werelden"), 4: _("Vier werelden")}
    count = counts.get(len(worlds), _("De werelden"))
    year = next((world.day["year"] for world in worlds if world.day.get("year")), None)
    return _("%(worlds)s in %(year)s") % {"worlds": count, "year": year} if year else count


def named(world: World, feature: str) -> str:
    """What the source says of this feature, "" where it doesn't name it."""
    words = world.features.get(feature)
    return localized(words) if words else ""


def tables(worlds: Sequence[World], layout: Layout, size: Sizes) -> list[dict[str, Any]]:
    """Who carries what: a row a carrier, a column a scenario, on as few slides as fit."""
    rows = [(FEATURES[key], [(world, named(world, key)) for world in worlds]) for key in CARRIERS]
    # The names of the rows break between words, so their column is as wide as the longest word.
    label = max(width(word, bold=True) for name, _cells in rows for word in str(name).split()) + 0.2
    ems = ((layout.width - label * size.text - 24) / len(worlds) - 16 - 40) / size.text
    heights = [
        max(
            lines(str(name), label / BOLDER),
            *(lines(text or _("niet genoemd in de bron"), ems) for _world, text in cells),
        )
        * size.line
        + 24
        for name, cells in rows
    ]
    head = 140 if layout is WIDE else 2 * size.line
    parts = divided(len(rows), lambda start, stop: sum(heights[start:stop]), HEIGHT + 8 - head)
    return [
        {"part": "table", "worlds": worlds, "rows": rows[start:stop], **numbered(place, parts)}
        for place, (start, stop) in enumerate(parts, start=1)
    ]


def features(world: World, layout: Layout, size: Sizes) -> list[dict[str, Any]]:
    """The eight features of one scenario, two a row."""
    shown = [(name, named(world, key)) for key, name in FEATURES.items()]
    ems = ((layout.width - 64) / 2) / (size.text * LARGER) / BOLDER
    heights = [size.line + lines(text or "–", ems) * size.line * LARGER + 28 for _name, text in shown]
    pairs = [max(heights[at : at + 2]) for at in range(0, len(shown), 2)]
    parts = divided(len(pairs), lambda start, stop: sum(pairs[start:stop]), HEIGHT - 130)
    return [
        {"part": "features", "world": world, "features": shown[2 * start : 2 * stop], **numbered(place, parts)}
        for place, (start, stop) in enumerate(parts, start=1)
    ]


def day(world: World, layout: Layout, size: Sizes) -> list[dict[str, Any]]:
    """The day to read aloud, in whole sentences, every slide about as full."""
    text = sentences_of(localized(world.day))
    ems = layout.beside / size.large
    room = (HEIGHT - 120) / size.large_line
    parts = divided(len(text), lambda start, stop: lines(" ".join(text[start:stop]), ems), room)
    return [
        {"part": "day", "world": world, "text": " ".join(text[start:stop]), **numbered(place, parts)}
        for place, (start, stop) in enumerate(parts, start=1)
    ]


def signposts(worlds: Sequence[World], layout: Layout, size: Sizes) -> list[dict[str, Any]]:
    """How each scenario is seen to come nearer."""
    return [slide for world in worlds for slide in signposts_of(world, layout, size)]


def signposts_of(world: World, layout: Layout, size: Sizes) -> list[dict[str, Any]]:
    """Those of one scenario; none where it has none."""
    heights = [signpost_height(signpost, layout, size) for signpost in world.signposts]
    parts = divided(len(heights), lambda start, stop: sum(heights[start:stop]), HEIGHT - 120 - size.line)
    return [
        {"part": "signposts", "world": world, "signposts": world.signposts[start:stop], **numbered(place, parts)}
        for place, (start, stop) in enumerate(parts, start=1)
    ]


def signpost_height(signpost: Mapping[str, Any], layout: Layout, size: Sizes) -> float:
    ems = layout.beside / size.text
    said = lines(localized(signpost["title"]), ems / BOLDER / LARGER) * LARGER
    return (said + sum(lines(localized(signpost[name]), ems) for name in ("sign", "indicator"))) * size.line + 36


def numbered(place: int, parts: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """Which of how many slides it is; ``place`` None where there is one."""
    return {"place": place if len(parts) > 1 else None, "places": len(parts)}


def divided(count: int, cost: Callable[[int, int], float], room: float) -> list[tuple[int, int]]:
    """``count`` things in as few parts as fit in ``room``, the fullest as little full as can be: (start, stop) of each.

    ``cost(start, stop)`` is the room that they need together; it grows with each. One thing too large is a part alone.
    """

    def filled(limit: float) -> list[tuple[int, int]]:
        parts, start = [], 0
        for stop in range(1, count + 1):
            if stop - start > 1 and cost(start, stop) > limit:
                parts.append((start, stop - 1))
                start = stop - 1
        return [*parts, (start, count)] if count else []

    best = filled(room)
    for limit in sorted({cost(start, stop) for start in range(count) for stop in range(start + 1, count + 1)}):
        tried = filled(limit)
        if limit <= room and len(tried) == len(best) and all(cost(*part) <= limit for part in tried):
            return tried
    return best
