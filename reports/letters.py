"""The report's fonts, as everything that is printed has them."""

from __future__ import annotations

from trends.letters import font_paths, printable

__all__ = ["font_paths", "printable"]
