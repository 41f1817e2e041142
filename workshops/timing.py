"""Moments as the room is told of them: seconds from now, for no browser's own clock is trusted."""

from __future__ import annotations

import datetime
import math

from django.utils import timezone


def seconds_until(moment: datetime.datetime | None) -> int | None:
    """Whole seconds from now, at least 0; None where there is no such moment."""
    return None if moment is None else max(0, math.ceil((moment - timezone.now()).total_seconds()))


def minutes_and_seconds(seconds: int) -> str:
    """760 as "12:40"."""
    return f"{seconds // 60}:{seconds % 60:02}"
