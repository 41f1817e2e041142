"""``report.json``: the facts as they are, unrounded (``docs/report.schema.json``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def write(facts: Mapping[str, Any]) -> bytes:
    """The facts as UTF-8 JSON; the same facts give the same bytes."""
    return (json.dumps(facts, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()
