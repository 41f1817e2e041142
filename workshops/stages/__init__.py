"""Kinds of round. A kind is one module here; the registry finds it by its name."""

from __future__ import annotations

from workshops.stages.registry import Kind, kind, title_of

__all__ = ["Kind", "kind", "title_of"]
