"""The report's fonts, as everything that is printed has them, and its minus sign."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trends.letters import font_paths, printable
from trends.notation import MINUS

__all__ = ["font_paths", "minus", "printable"]
# A hyphen before a figure where no word or figure stands before it: "-2", "(-2", not "2016-2017" and not "A-2".
NEGATIVE = re.compile(r"(?<![\w\-.])-(?=\d)")


def minus(value: Any) -> Any:
    """The same value with a minus sign where a text from the content or the room has a hyphen for it; drawings are
    left as they are."""
    if isinstance(value, str):
        return value if value.lstrip().startswith("<") else NEGATIVE.sub(MINUS, value)
    if isinstance(value, Mapping):
        return {key: minus(item) for key, item in value.items()}
    return [minus(item) for item in value] if isinstance(value, list | tuple) else value
