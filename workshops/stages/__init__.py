"""Kinds of round. A kind is one module (or package) here; the registry finds it by its name."""

from __future__ import annotations

from workshops.stages.kind import Ask, Kind, PhoneResult, View
from workshops.stages.registry import kind, kind_of_key, kinds, screen_styles, title_of

__all__ = ["Ask", "Kind", "PhoneResult", "View", "kind", "kind_of_key", "kinds", "screen_styles", "title_of"]
