"""Texts that XML can hold: a control character pasted into a title must not keep a file from being made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def allowed(value: Any) -> Any:
    """The same value without such characters in any of its texts."""
    if isinstance(value, str):
        return REFUSED.sub("", value)
    if isinstance(value, Mapping):
        return {key: allowed(item) for key, item in value.items()}
    return [allowed(item) for item in value] if isinstance(value, list | tuple) else value
