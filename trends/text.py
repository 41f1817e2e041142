"""Bilingual content: one value per language, read in the language that is on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FALLBACK = "nl"
LANGUAGES = ("nl", "en")


def localized(value: Any, language: str | None = None) -> str:
    """The text of ``{"nl": …, "en": …}`` in ``language`` (default: the active one), else the Dutch one.

    A plain string is given back as it is; None becomes the empty string.
    """
    if value is None:
        return ""
    if isinstance(value, Mapping):
        if language is None:
            from django.utils.translation import get_language  # kept out of module load: pure users need no settings

            language = get_language() or FALLBACK
        return str(value.get(language[:2]) or value.get(FALLBACK) or "")
    return str(value)


def both(text: str) -> dict[str, str]:
    """The same text in every language, for what was written in the room."""
    return dict.fromkeys(LANGUAGES, text)
