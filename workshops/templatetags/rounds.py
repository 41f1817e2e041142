"""A round in the words of who reads."""

from __future__ import annotations

from django import template

from workshops.models import Stage
from workshops.stages import kind, title_of

register = template.Library()
register.filter("round_title", title_of)


@register.filter
def round_about(stage: Stage) -> str:
    """What the round is for, in a sentence, in the active language."""
    return str(kind(stage.kind).ABOUT)


@register.filter
def round_votes(stage: Stage) -> bool:
    """Whether there are questions to answer in it."""
    return kind(stage.kind).HAS_VOTES
