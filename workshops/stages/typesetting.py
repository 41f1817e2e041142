"""How wide words are in Source Sans, so that a picture or a slide knows beforehand what fits in it.

Widths are in ems, to the nearest 0.05, and an accent makes no difference: good enough to count lines, with a little
room to spare.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class TextSize:
    """Text on the projector, in 1/1080 of its height: the size, a line's height, and what a row of a list has around
    its lines, its rule included."""

    text: float
    line: float
    row: float


# By the projector's text step; the same sizes stand in static/css/components/screen.css. None is under 36 (1/30 of
# the height): the smallest step only stands closer together.
TEXT_STEPS = {
    -1: TextSize(36, 43, 11),
    0: TextSize(36, 46, 19),
    1: TextSize(41.4, 53, 20),
    2: TextSize(46.8, 60, 21),
}

BOLDER = 1.08  # a bold text's width beside the regular one's
OTHER = 0.55
TOO_LONG = 1.06  # by so much a word must pass its line to be sure that it breaks
_GROUPS = {
    0.2: " ",
    0.25: "',.:;Iijl|’",
    0.3: "!()-[]f{}",
    0.35: "/\\rt",
    0.4: '"*?sz',
    0.45: "cvxy",
    0.5: "0123456789+=<>$#FJLVXYaegk",
    0.6: "&BDGK",
    0.65: "HNOQU",
    0.7: "w",
    0.75: "M",
    0.85: "Wm%@",
}
_WIDTHS = {character: width for width, characters in _GROUPS.items() for character in characters}


def width(text: str, *, bold: bool = False) -> float:
    """The width of `text` on one line, in ems."""
    plain = unicodedata.normalize("NFD", text)
    ems = sum(_WIDTHS.get(each, OTHER) for each in plain if not unicodedata.combining(each))
    return ems * BOLDER if bold else ems


def lines(text: str, ems: float) -> int:
    """On how many lines `text` goes in a column of `ems`; at least 1. Only a word too long for a line is broken."""
    count, used = 1, 0.0
    for word in text.split():
        needed = width(word)
        if used and used + width(" ") + needed > ems:
            count, used = count + 1, 0.0
        if needed > ems * TOO_LONG:
            more = math.ceil(needed / ems) - 1
            count, used = count + more, needed - more * ems
        else:
            used += needed + (width(" ") if used else 0)
    return count


def px(value: float) -> str:
    """A length for an SVG attribute: at most two decimals, always a point."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
