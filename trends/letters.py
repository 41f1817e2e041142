"""The fonts of print and what they can print: a PDF/A may not hold a character that its font does not have."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

FONTS = ("font_source_sans_pro", "font_source_serif_pro")
MISSING = "◊"
# Control, format, surrogate, private and unassigned characters: nothing is lost without them.
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
KEPT = "\n\t"


def font_paths() -> list[str]:
    """Where the fonts' packages keep their TTF files."""
    found = [find_spec(name) for name in FONTS]
    return [str(Path(place) / "files") for spec in found if spec for place in spec.submodule_search_locations or []]


@cache
def letters() -> frozenset[int]:
    """The code points of the text font."""
    with TTFont(Path(font_paths()[0]) / "SourceSansPro-Regular.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())


def printable(value: Any) -> Any:
    """The same value with every text in it printable: an emoji in a title must not keep a report from being made."""
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else "".join(map(letter, value))
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    return [printable(item) for item in value] if isinstance(value, list | tuple) else value


def letter(character: str) -> str:
    """The character where the font has it; nothing for one that can't be seen, else a lozenge."""
    if character in KEPT:
        return character
    if unicodedata.category(character) in UNSEEN:
        return ""
    return character if ord(character) in letters() else MISSING
