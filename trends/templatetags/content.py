"""Bilingual content in templates: ``{{ trend.title|localized }}``."""

from __future__ import annotations

import re
from typing import Any

from django import template

from trends.text import localized as localized_text

register = template.Library()


@register.filter
def localized(value: Any) -> str:
    """The text of ``{"nl": …, "en": …}`` in the active language, else the Dutch one, set as in print."""
    return typeset(localized_text(value))


def typeset(text: str) -> str:
    """Curly apostrophes, a real minus before a figure, and "’s avonds" on one line; content is typed without these."""
    text = re.sub(r"(?<!\w)-(?=\d)", "−", text.replace("'", "’"))
    return re.sub(r"(?<!\w)’s ", "’s\u00a0", text)


@register.filter
def sentences(text: str, count: int) -> str:
    """The first `count` sentences of `text`."""
    return " ".join(sentences_of(text)[:count])


@register.filter
def sentences_from(text: str, start: int) -> str:
    """What follows the first `start` sentences of `text`."""
    return " ".join(sentences_of(text)[start:])


def sentences_of(text: str) -> list[str]:
    """Its sentences in order."""
    return re.split(r"(?<=[.!?]) ", text)
