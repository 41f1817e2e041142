"""A grid of signs and figures as an SVG document: rows of words with a coloured cell a column. In points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from workshops.stages.plane_layout import broken
from workshops.stages.typesetting import px, width

INK, SOFT, LINE, EDGE, WARN = "#1d1b26", "#5b5766", "#d9d3c7", "#878071", "#8a4b00"
# Ground and words of a cell by its tone.
TONES = {
    "plus-plus": ("#1c6b46", "#ffffff"),
    "plus": ("#a9d3bf", INK),
    "zero": ("#ece8de", INK),
    "minus": ("#f4c9a8", INK),
    "minus-minus": ("#8f2f0a", "#ffffff"),
}
TEXT, HEIGHT, LEADING = 9.0, 20.0, 11.0
BLOCK, TITLE, CELL, LAST, GAP = 52.0, 210.0, 62.0, 78.0, 5.0


@dataclass(frozen=True)
class GridRow:
    """``block``: the word of its class where this row is its first, else ""; ``cells``: tone, sign and figure of each
    column (no such tone: dashed, the figure says why); ``last``: what stands at the end."""

    block: str
    title: str
    cells: Sequence[tuple[str, str, str]]
    last: str = ""


@dataclass(frozen=True)
class Head:
    """A column's name in its colour."""

    title: str
    colour: str = INK


def grid_svg(heads: Sequence[Head], rows: Sequence[GridRow], last: str, alt: str) -> str:
    """The grid; ``last`` is the name of the last column."""
    lefts = [BLOCK + TITLE + place * (CELL + GAP) for place in range(len(heads))]
    wide = BLOCK + TITLE + len(heads) * (CELL + GAP) + LAST
    drawn, top = _head(heads, lefts, wide, last)
    for number, row in enumerate(rows):
        lines = broken(row.title, (TITLE - 10) / TEXT)
        high = max(HEIGHT, len(lines) * LEADING + 8)
        if row.block and number:
            drawn.append(_rule(top, wide, LINE, 0.7))
        drawn += _row(row, lines, top, high, lefts, wide)
        top += high
    size = f'viewBox="0 0 {px(wide)} {px(top + 2)}" width="{px(wide)}" height="{px(top + 2)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{escape(alt)}" '
        f'font-family="Source Sans Pro" font-size="{px(TEXT)}" fill="{INK}">' + "".join(drawn) + "</svg>"
    )


def _head(heads: Sequence[Head], lefts: Sequence[float], wide: float, last: str) -> tuple[list[str], float]:
    broad = [broken(head.title, CELL / 8 * 0.98, bold=True) for head in heads]
    high = max([1, *map(len, broad)]) * 10 + 6
    drawn = []
    for head, lines, left in zip(heads, broad, lefts, strict=True):
        for place, line in enumerate(lines):
            y = high - 7 - (len(lines) - 1 - place) * 10
            drawn.append(_text(line, left + CELL / 2, y, 'text-anchor="middle" font-size="8" font-weight="700"',
                               head.colour))  # fmt: skip
    if last:
        drawn.append(_text(last, wide, high - 7, 'text-anchor="end" font-size="8" font-weight="700"'))
    drawn.append(_rule(high - 1, wide, INK, 1.2))
    return drawn, high + 1


def _row(row: GridRow, lines: Sequence[str], top: float, high: float, lefts: Sequence[float], wide: float) -> list[str]:
    middle = top + high / 2
    first = middle + TEXT * 0.34 - (len(lines) - 1) * LEADING / 2
    drawn = [_text(row.block, 0, middle + TEXT * 0.34, 'font-weight="700"')] if row.block else []
    drawn += [_text(line, BLOCK, first + place * LEADING) for place, line in enumerate(lines)]
    for left, cell in zip(lefts, row.cells, strict=True):
        drawn += _cell(cell, left, middle)
    if row.last:
        drawn.append(_text(row.last, wide, middle + TEXT * 0.34, 'text-anchor="end"'))
    return drawn


def _cell(cell: tuple[str, str, str], left: float, middle: float) -> list[str]:
    tone, sign, figure = cell
    box = f'x="{px(left)}" y="{px(middle - 8)}" width="{px(CELL)}" height="16" rx="3"'
    if tone not in TONES:
        return [
            f'<rect {box} fill="#ffffff" stroke="{EDGE}" stroke-width="0.7" stroke-dasharray="2.5 2"/>',
            _text(figure, left + CELL / 2, middle + 3, 'text-anchor="middle" font-size="8"', SOFT),
        ]
    ground, ink = TONES[tone]
    half = (width(sign, bold=True) * TEXT + 4 + width(figure) * TEXT) / 2
    return [
        f'<rect {box} fill="{ground}"/>',
        _text(sign, left + CELL / 2 - half, middle + 3.1, 'font-weight="700"', ink),
        _text(figure, left + CELL / 2 + half, middle + 3.1, 'text-anchor="end"', ink),
    ]


def _text(text: str, x: float, y: float, more: str = "", colour: str = INK) -> str:
    return f'<text x="{px(x)}" y="{px(y)}" fill="{colour}" {more}>{escape(text)}</text>'


def _rule(y: float, wide: float, colour: str, thick: float) -> str:
    return f'<line x1="0" y1="{px(y)}" x2="{px(wide)}" y2="{px(y)}" stroke="{colour}" stroke-width="{px(thick)}"/>'


def grid_alt(title: str, heads: Sequence[Head], rows: Sequence[GridRow], last: str = "") -> str:
    """The grid in words, a sentence a row; ``last`` is the name of its last column."""
    said: list[str] = [title]
    word = ""
    for row in rows:
        word = row.block or word
        told: list[Any] = [
            f"{head.title} {sign} {figure}".replace("  ", " ")
            for head, (_tone, sign, figure) in zip(heads, row.cells, strict=True)
        ]
        end = f"; {last} in {row.last}" if last and row.last and row.last[0].isdigit() else ""
        said.append(f"{word}: {row.title} ({', '.join(told)}{end}).")
    return " ".join(said)
