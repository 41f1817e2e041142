"""Bilingual content in templates: ``{{ trend.title|localized }}``."""

from __future__ import annotations

import re
from typing import Any

from django import template

from trends.text import localized as localized_text

register = template.Library()


@register.filter
def localized(value: Any) -> str:
    """The text of ``{"nl": …, "en": …}`` in the active language, else the Dutch one."""
    return localized_text(value)


@register.filter
def sentences(text: str, count: int) -> str:
    """The first `count` sentences of `text`."""
    return " ".join(re.split(r"(?<=[.!?]) ", text)[:count])
