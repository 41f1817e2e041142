"""Signs and drawings of the scenarios in templates. A scenario that a room made has a sign, but no drawing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from scenarios.drawings import DRAWINGS
from scenarios.features import FEATURES
from scenarios.worlds import teaser

# Of a scenario that has no sign of its own: the empty quadrant, filled.
OWN_SIGN = "signs/own.svg"

register = template.Library()
register.filter(teaser)


@register.filter
def feature_list(features: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """All eight features in order: (name, what is said of it, None where the source doesn't name it)."""
    return [(name, features.get(key)) for key, name in FEATURES.items()]


@register.simple_tag
def sign(key: str) -> str:
    """The scenario's sign as inline SVG in the colour of the text; hidden from screen readers, for its name is near."""
    drawing = DRAWINGS.get(key)
    return mark_safe(render_to_string(drawing.sign if drawing else OWN_SIGN).strip())  # noqa: S308 - our own file


@register.simple_tag
def drawing(key: str, decorative: bool = False, lazy: bool = False) -> SafeString | str:
    """The drawing as an image with its alt text, "" where there is none; `decorative` where it only accompanies a
    name, `lazy` where it may wait until it comes in sight."""
    found = DRAWINGS.get(key)
    if not found:
        return ""
    alt = "" if decorative else found.alt
    return format_html(
        '<img class="drawing" src="{}" alt="{}" width="1200" height="600"{}>',
        static(found.image),
        alt,
        mark_safe(' loading="lazy"') if lazy else "",
    )
