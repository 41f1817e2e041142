"""A round in the words of who reads."""

from __future__ import annotations

from django import template

from workshops.stages import title_of

register = template.Library()
register.filter("round_title", title_of)
