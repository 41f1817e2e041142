"""Wide tables of a spreadsheet as tables that fit on a page: divided by their columns, each part with its names.

Pure: a ``Table`` in, parts out; figures in Dutch notation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from trends import notation
from workshops.stages.report_part import Cell, Column, Table

CHARACTERS = 108  # of small text, on a line of an A4's width
LONGEST, SHORTEST, WHOLE = 34, 4.0, 84  # of a column; WHOLE: the longest where the table fits undivided
SMALLER = 0.85  # a head's letters beside those of the rows
QUANTILES = ("mediaan", "kwartiel")  # whose decimals say nothing where they are nought
SEPARATOR = ": "
CONTINUED = " (vervolg)"


@dataclass(frozen=True)
class Part:
    """A table for print: ``about`` is its caption, ``widths`` are in characters, ``right`` says which hold figures."""

    about: str
    heads: Sequence[str]
    widths: Sequence[float]
    right: Sequence[bool]
    rows: Sequence[Sequence[str]]


def parts(table: Table) -> list[Part]:
    """The table in one part where it fits, else in several that each begin with what their rows are called."""
    for longest in (WHOLE, LONGEST):
        wide = [_width(table, place, longest) for place in range(len(table.columns))]
        if sum(wide) <= CHARACTERS:
            return [_part(table, list(range(len(wide))), wide)]
    names = _names(table)
    room = CHARACTERS - sum(wide[place] for place in names)
    rest = [place for place in range(len(wide)) if place not in names and not _is_rank(table, place)]
    chosen: list[list[int]] = []
    for _prefix, run in groupby(rest, key=lambda place: _prefix_of(table.columns[place].title)):
        together = list(run)
        if chosen and sum(wide[place] for place in [*chosen[-1], *together]) <= room:
            chosen[-1] += together
            continue
        chosen += _filled(together, wide, room)
    found: list[Part] = []
    for places in chosen:
        part = _part(table, [*names, *places], wide)
        again = part.about in {earlier.about for earlier in found}
        found.append(replace(part, about=f"{part.about}{CONTINUED}") if again else part)
    return found


def printed(cell: Cell, column: Column) -> str:
    """A cell in Dutch notation."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if column.kind == "share":
        return notation.percentage(cell)
    if column.kind == "count" or isinstance(cell, int):
        return notation.whole(int(cell))
    return notation.short(cell) if any(word in column.title for word in QUANTILES) else notation.decimal(cell)


def _filled(places: Sequence[int], wide: Sequence[float], room: float) -> list[list[int]]:
    """As many columns beside each other as there is room for."""
    found: list[list[int]] = [[]]
    for place in places:
        if found[-1] and sum(wide[each] for each in found[-1]) + wide[place] > room:
            found.append([])
        found[-1].append(place)
    return found


def _names(table: Table) -> list[int]:
    """The columns that tell rows apart: the number where there is one, the first text, and more until they do."""
    names: list[int] = []
    for place, column in enumerate(table.columns):
        if column.kind == "text" or column.title == "nr":
            names.append(place)
        told = [tuple(row[each] for each in names) for row in table.rows]
        if any(table.columns[each].kind == "text" for each in names) and len(set(told)) == len(told):
            break
        if len(names) >= 3:
            break
    return names


def _is_rank(table: Table, place: int) -> bool:
    """Whether a column only counts the rows."""
    return table.columns[place].title == "rang"


def _prefix_of(title: str) -> str:
    return title.partition(SEPARATOR)[0] if SEPARATOR in title else ""


def _width(table: Table, place: int, longest: float) -> float:
    """How wide a column is: as its longest cell (of figures, its longest figure) or the longest word of its head."""
    column = table.columns[place]
    shown = (row[place] for row in table.rows if column.kind == "text" or not isinstance(row[place], str))
    text = max((len(printed(cell, column)) for cell in shown), default=0)
    head = max(map(len, column.title.rpartition(SEPARATOR)[2].split()), default=0) * SMALLER
    return min(longest, max(SHORTEST, head, text) + 1.5)


def _part(table: Table, places: Sequence[int], wide: Sequence[float]) -> Part:
    columns = [table.columns[place] for place in places]
    prefixes = {prefix for column in columns if (prefix := _prefix_of(column.title))}
    shared = prefixes.pop() if len(prefixes) == 1 else ""
    heads = [column.title.removeprefix(f"{shared}{SEPARATOR}") if shared else column.title for column in columns]
    return Part(
        f"{table.about} · {shared}" if shared else table.about,
        heads,
        [wide[place] for place in places],
        [column.kind != "text" for column in columns],
        [[printed(row[place], table.columns[place]) for place in places] for row in table.rows],
    )
