"""Notation of figures in the active language: Dutch 1.904; 0,61; −0,5; 78 %, English 1,904; 0.61; −0.5; 78 %."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import get_language

MINUS = "−"
# A hyphen before a figure where no word or figure stands before it: "-2", "(-2", not "2016-2017" and not "A-2".
NEGATIVE = re.compile(r"(?<![\w\-.])-(?=\d)")
NARROW_SPACE = "\u202f"


def decimal(value: float, places: int = 2) -> str:
    """`value` with `places` decimals, rounded half up as it is written: 3.785 -> "3,79"; -0.5 -> "−0,50"."""
    rounded = Decimal(repr(round(float(value), 9))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(rounded):,.{places}f}"
    if not is_english():
        text = text.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{text}" if rounded < 0 else text


def is_english() -> bool:
    """Whether the active language is English; Dutch is the default of everything."""
    return (get_language() or "nl").startswith("en")


def whole(value: int) -> str:
    """A count with points between the thousands: 1904 -> "1.904"."""
    return decimal(value, 0)


def short(value: float) -> str:
    """At most two decimals, and none that say nothing: 4.0 -> "4"; 3.5 -> "3,5"; 3.25 -> "3,25" (quantiles)."""
    text = decimal(value, 2)
    return text.rstrip("0").rstrip(",.")


def percentage(share: float) -> str:
    """A share from 0 to 1 in whole per cents: 0.78 -> "78 %"."""
    return f"{decimal(share * 100, 0)}{NARROW_SPACE}%"


DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


def long_date(day: date, *, weekday: bool = False) -> str:
    """A date written out: "24 november 2026"; with ``weekday`` "dinsdag 24 november 2026"."""
    text = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{DAYS[day.weekday()]} {text}" if weekday else text


def minus(value: Any) -> Any:
    """The same value with a minus sign where a text from the content or the room has a hyphen for it; drawings are
    left as they are."""
    if isinstance(value, str):
        return value if value.lstrip().startswith("<") else NEGATIVE.sub(MINUS, value)
    if isinstance(value, Mapping):
        return {key: minus(item) for key, item in value.items()}
    return [minus(item) for item in value] if isinstance(value, list | tuple) else value
