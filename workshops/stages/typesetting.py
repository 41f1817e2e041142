"""How wide words are in Source Sans, so that a picture or a slide knows beforehand what fits in it.

Widths are in ems, to the nearest 0.05, and an accent makes no difference: good enough to count lines, with a little
room to spare.
"""

from __future__ import annotations

import unicodedata

BOLDER = 1.08  # a bold text's width beside the regular one's
OTHER = 0.55
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
    """On how many lines `text` goes in a column of `ems`, its words unbroken; at least 1."""
    count, used = 1, 0.0
    for word in text.split():
        needed = width(word)
        if used and used + width(" ") + needed > ems:
            count, used = count + 1, needed
        else:
            used += needed + (width(" ") if used else 0)
    return count
