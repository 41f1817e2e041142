"""Two crossed axes in a round: the criteria that place something on them (−2…+2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workshops.models import Criterion

if TYPE_CHECKING:
    from scenarios.content_file import ContentFile

LOW, HIGH = -2, 2


def default_axis_keys(content: ContentFile) -> list[str]:
    """The keys of the two axes that a content file proposes, x before y; else its first two."""
    by_side = {axis.default: axis.key for axis in content.axes if axis.default}
    if {"x", "y"} <= by_side.keys():
        return [by_side["x"], by_side["y"]]
    return [axis.key for axis in content.axes[:2]]


def axis_criterion(position: int, key: str, axis: Mapping[str, Any], question: Mapping[str, str]) -> Criterion:
    """One axis as a criterion, its poles at the ends of the scale; not saved."""
    return Criterion(
        position=position,
        key=key,
        low=LOW,
        high=HIGH,
        title=axis["title"],
        question=question,
        low_label=axis["negative"],
        high_label=axis["positive"],
    )
