"""What the projector shows of a revealed wind tunnel: the grid, class by class, and after it what to watch.

No text on the screen is smaller than 1/30 of its height, so what doesn't fit goes to a next slide: the grid's pages are
whole classes wherever they fit. Laid out twice, for 16:9 and for 4:3, of which the style sheet shows one. Lengths are
in the screen's own unit: 1/1080 of its height.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from scenarios.robustness import CLASSES
from workshops.stages.typesetting import TEXT_STEPS, TextSize, lines, width
from workshops.stages.windtunnel.result import (
    SIGNS,
    TONES,
    Names,
    Row,
    by_class,
    class_meanings,
    class_word,
    finding,
    listed,
    number_word,
    step_of,
)

WIDE, NARROW = 1792, 1312  # what a slide of 16:9 and of 4:3 has between its margins
HEIGHT = 948  # between its top margin and the foot
TITLE = (52, 60)  # size and line of a slide's title; the smallest step of the text makes it smaller
SMALL_TITLE = 0.86
HEAD = 49  # the scenarios' signs and the rule, beside their names
RULE = 3  # a block's
GAP = 20  # between columns
CELL = 4.0  # ems of a cell: "++ 1,6"
CHANGE = 7.5  # "++ → ++ 1,6"
CLASS = 4.3
SAME, SHAKY = 4.6, 3.3  # ems of "hetzelfde", and what "nog wankel" adds beside the figure
LEAST_NAME = 9.0  # ems: narrower a title is hard to read
WIDEST = 7.0
# What a row has around its lines, by the text step; 64 in all at the usual one.
ROOM = {-1: 13, 0: 18, 1: 19, 2: 20}


@dataclass(frozen=True)
class Layout:
    """How the grid stands. ``classes``: each class's word beside its block, not above it; ``shaky_beside``: "nog
    wankel" beside the figure, not under it; ``named``: the scenarios' names over their columns, not in a line above
    the grid; ``notes``: what to watch stands with each option. ``name``: ems for its title, ``column`` for a
    scenario."""

    size: TextSize
    room: int
    classes: bool
    shares: bool
    shaky_beside: bool
    named: bool
    notes: bool
    name: float
    column: float
    head: float

    @property
    def column_class(self) -> str:
        """Its width by name, for no page of ours carries a style: "65" is 6.5 ems."""
        return f"{self.column * 10:.0f}"

    def row(self, row: Row) -> float:
        """A row's height."""
        count = lines(row.title, self.name)
        if self.notes and row.notes:
            count += lines(row.said_in_grid, self.name) if row.said_in_grid else 0
        if self.shares and row.is_shaky and not self.shaky_beside:
            count = max(count, 2)
        return count * self.size.line + self.room

    def block(self, rows: Sequence[Row]) -> float:
        """The height of a class's rows, with its word above them where it stands there."""
        above = 0 if self.classes else self.size.line + 12
        return sum(self.row(row) for row in rows) + above + RULE


def slides(found: Sequence[Row], names: Names, text_step: int = 0, variants: Sequence[Any] = ()) -> dict[str, Any]:
    """What the result's template shows, in the active language; ``found`` in order. ``text_step``: a key of
    TEXT_STEPS. ``variants``: of ``compare``."""
    said = finding(found, names)
    return {
        "finding": said,
        "empty": not any(row.option_class for row in found),
        "scenarios": [{"key": key, "name": name} for key, name in names.scenarios.items()],
        "shapes": [
            {
                "name": name,
                **shape(found, names, said, across, text_step),
                "variants": variant_pages(variants, len(names.scenarios), across, text_step),
            }
            for name, across in (("wide", WIDE), ("narrow", NARROW))
        ],
        "variants_finding": variants_finding(variants),
    }


def shape(found: Sequence[Row], names: Names, said: str, across: int, text_step: int) -> dict[str, Any]:
    """One of the two layouts, with the fewest pages: {"pages", "watch", "legend", …}."""
    room = HEIGHT - title_height(said, across, text_step)
    plain, noted = (
        min(
            (paged(found, each, room) for each in layouts(found, names, across, text_step, notes=notes)),
            key=lambda made: (len(made[1]), height(*made)),
        )
        for notes in (False, True)
    )
    layout, pages = noted if len(noted[1]) <= len(plain[1]) else plain
    left = room - layout.head - sum(layout.block(rows) for _class, rows in pages[-1]) if pages else 0
    legend = 2 * layout.size.line + 16
    in_grid = left >= legend
    noteworthy = [] if layout.notes else [row for row in found if row.notes or row.wobble]
    return {
        "layout": layout,
        "columns": len(names.scenarios) + 1 + layout.classes + layout.shares,
        "pages": [page(blocks, number, len(pages), said) for number, blocks in enumerate(pages, start=1)],
        "legend_in_grid": in_grid,
        "meanings": [{"word": class_word(key), "meaning": class_meanings()[key]} for key in present(found)],
        "watch": watch(noteworthy, across, text_step),
    }


def title_height(said: str, across: int, text_step: int) -> float:
    size, line = (length * (SMALL_TITLE if text_step < 0 else 1) for length in TITLE)
    return lines(said, across / size / 1.1) * line + 8


def layouts(found: Sequence[Row], names: Names, across: int, text_step: int, *, notes: bool) -> list[Layout]:
    """The ways to lay out the columns that leave room for the titles, the one with the most beside each other first."""
    size = TEXT_STEPS[text_step]
    shares = any(row.share is not None for row in found)
    wobbly = any(row.is_shaky for row in found)
    widths = [min(max(CELL, width(name, bold=True) + 0.5), WIDEST) for name in names.scenarios.values()]
    widest = min(math.ceil(max(widths) * 2) / 2, WIDEST)
    # On 4:3 a scenario takes no more than its name: there is no room to have them all alike.
    full = sum(widths) if across == NARROW else widest * len(widths)
    made = []
    for named, classes, beside in product((True, False), (True, False), (True, False)):
        column = CELL if across == NARROW or not named else widest
        taken = (full if named else CELL * len(widths)) + (CLASS if classes else 0)
        taken += (SAME + (SHAKY if wobbly and beside else 0)) if shares else 0
        name = (across - GAP * (len(names.scenarios) + 2)) / size.text - taken
        head = HEAD + max(lines(each, WIDEST) for each in names.scenarios.values()) * size.line
        if not named:
            head = HEAD + key_lines(names, across / size.text) * (size.line + 8)
        made.append(Layout(size, ROOM[text_step], classes, shares, beside, named, notes, name, column, head))
    fitting = [each for each in made if each.name >= LEAST_NAME]
    best = [each for each in fitting if each.named]
    return best or fitting or made[-1:]


def key_lines(names: Names, ems: float) -> int:
    """On how many lines the scenarios' signs and names go beside each other."""
    return lines(" ".join(name.replace(" ", "_") + "____" for name in names.scenarios.values()), ems)


Block = tuple[str | None, list[Row]]


def paged(found: Sequence[Row], layout: Layout, room: float) -> tuple[Layout, list[list[Block]]]:
    """The classes on pages: whole ones wherever they fit; one that is higher than a page is divided evenly."""
    full = room - layout.head
    pages: list[list[Block]] = []
    used = math.inf
    for option_class, inside in by_class(found):
        parts = divided(inside, layout, full)
        for rows in parts:
            height = layout.block(rows)
            if used + height > full or len(parts) > 1:
                pages.append([])
                used = 0
            pages[-1].append((option_class, rows))
            used += height
    return layout, pages


def height(layout: Layout, pages: Sequence[Sequence[Block]]) -> float:
    """Of all rows together: of two layouts with as many pages the one that is less crowded is the better."""
    return sum(layout.block(rows) for blocks in pages for _class, rows in blocks)


def divided(rows: Sequence[Row], layout: Layout, full: float) -> list[list[Row]]:
    """The rows of a class in as few parts as fit a page, each about as large as the others."""
    for count in range(1, len(rows) + 1):
        size = math.ceil(len(rows) / count)
        parts = [list(rows[start : start + size]) for start in range(0, len(rows), size)]
        if all(layout.block(part) <= full for part in parts):
            return parts
    return [[row] for row in rows]


def page(blocks: Sequence[Block], number: int, count: int, said: str) -> dict[str, Any]:
    """A page of the grid: the first has the finding over it, the others what is on them."""
    words = [class_word(key) for key, _rows in blocks]
    if number == 1:
        title = said
    elif len(blocks) == 1:
        title = f"{words[0]}: {class_meanings()[blocks[0][0]]}"
    else:
        title = listed([words[0], *(word.lower() for word in words[1:])])
    return {
        "title": title,
        "part": number if count > 1 else None,
        "parts": count,
        "first": number == 1,
        "last": number == count,
        "blocks": [{"key": key, "word": class_word(key), "rows": rows} for key, rows in blocks],
    }


def present(found: Sequence[Row]) -> list[str | None]:
    """The classes that are in the grid, in order."""
    return [key for key in (*CLASSES, None) if any(row.option_class == key for row in found)]


def watch(found: Sequence[Row], across: int, text_step: int) -> list[list[dict[str, Any]]]:
    """What to watch, on as many slides as it takes: the options with notes, in the grid's order."""
    size = TEXT_STEPS[text_step]
    ems = across / size.text - 1
    room = HEIGHT - TITLE[1] - 30
    pages: list[list[dict[str, Any]]] = []
    used = math.inf
    for row in found:
        height = (lines(row.title, ems * 0.6) + lines(row.said, ems)) * size.line + size.row
        if used + height > room:
            pages.append([])
            used = 0
        pages[-1].append({"row": row, "word": class_word(row.option_class)})
        used += height
    return pages


def compare(
    found: Sequence[Row], before: Mapping[str, Mapping[str, Any]], first_titles: Mapping[str, str]
) -> list[Any]:
    """Each variant beside its first version: [{"row", "first", "cells": [{"scenario", "sign", "tone", "now"}], …}].

    ``before``: of ``standing.before``; ``first_titles``: what the first version was called, by the variant's key.
    """
    made = []
    for row in found:
        if row.key not in before:
            continue
        medians = before[row.key]["medians"]
        steps = [None if medians.get(cell.scenario) is None else step_of(medians[cell.scenario]) for cell in row.cells]
        made.append(
            {
                "row": row,
                "first": first_titles.get(row.key, ""),
                "class_before": class_word(before[row.key]["class"]),
                "class_now": class_word(row.option_class),
                "gained": row.option_class == "robust" and before[row.key]["class"] != "robust",
                "cells": [
                    {
                        "now": cell,
                        "sign": "" if step is None else SIGNS[step],
                        "tone": "" if step is None else TONES[step],
                    }
                    for cell, step in zip(row.cells, steps, strict=True)
                ],
            }
        )
    return made


def variant_pages(
    variants: Sequence[Mapping[str, Any]], scenarios: int, across: int, text_step: int
) -> list[dict[str, Any]]:
    """Before and after on as many slides as it takes: [{"rows", "stacked"}]; ``stacked``: titles above their cells."""
    size = TEXT_STEPS[text_step]
    beside = (across - GAP * (scenarios + 1)) / size.text - CHANGE * scenarios
    stacked = beside < LEAST_NAME
    name = across / size.text - 1 if stacked else beside
    room = HEIGHT - 2 * TITLE[1] - HEAD - size.line
    pages: list[dict[str, Any]] = []
    used = math.inf
    for each in variants:
        count = lines(each["row"].title, name) + 1 + stacked
        height = count * size.line + (2 if stacked else 1) * ROOM[text_step]
        if used + height > room:
            pages.append({"rows": [], "stacked": stacked})
            used = 0
        pages[-1]["rows"].append(each)
        used += height
    return pages


def variants_finding(variants: Sequence[Mapping[str, Any]]) -> str:
    """How many adapted choices became robust, in one sentence."""
    gained = sum(each["gained"] for each in variants)
    if not gained:
        return _("Aanpassen maakte nog geen keuze robuust")
    if len(variants) == 1:
        return _("De aangepaste keuze is nu robuust")
    said = {"gained": capfirst(number_word(gained)), "total": number_word(len(variants))}
    return (
        ngettext(
            "Eén van de %(total)s aangepaste keuzes is nu robuust",
            "%(gained)s van de %(total)s aangepaste keuzes zijn nu robuust",
            gained,
        )
        % said
    )
