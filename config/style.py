"""The living style page at ``/stijl/``: every part in every state, drawn by the templates and styles of the product.

Only in development and demo (``SHOW_STYLE``). Every figure on it is made up.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from config.themes import DARK, DECLARED, TOKENS
from scenarios.worlds import axes_of, default_plane, placed_scenarios
from trends.current import current_content
from workshops.release import Released, release
from workshops.stages.trends.picture import matrix_picture

# Our short name, and what it is for.
COLORS = {
    "paper": _("papier"),
    "card": _("kaart"),
    "ink": _("inkt"),
    "soft": _("zacht"),
    "line": _("lijn"),
    "edge": _("rand"),
    "room": _("zaal"),
    "track": _("baan"),
    "muted": _("niet gekozen"),
    "accent": _("accent"),
    "accent-soft": _("accent zacht"),
    "good": _("goed"),
    "warn": _("let op"),
}
SPACES = (4, 8, 12, 16, 24, 32, 48, 64)
STATES = ("none", "kept", "received", "counted", "refused", "failed")
CLASSES = ("critical", "certain", "watch", "background", "robust", "promising", "gamble", "set_aside", "unknown")
CELLS = (
    ("plus-plus", "++", "1,6"),
    ("plus", "+", "0,9"),
    ("zero", "0", "0,2"),
    ("minus", "−", "−0,8"),
    ("minus-minus", "−−", "−1,7"),
)
# Shares of the five answers for each word for the room's opinion.
OPINIONS = (
    ("eens", (0.02, 0.05, 0.2, 0.55, 0.18)),
    ("redelijk eens", (0.05, 0.12, 0.3, 0.35, 0.18)),
    ("verdeeld", (0.2, 0.22, 0.2, 0.2, 0.18)),
    ("twee kampen", (0.4, 0.1, 0.02, 0.12, 0.36)),
)


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The page. 404 where SHOW_STYLE is off."""
    if not settings.SHOW_STYLE:
        raise Http404
    content = current_content()
    worlds = placed_scenarios(content)
    context = {
        "colors": colors(),
        "spaces": SPACES,
        "worlds": worlds,
        "plane": default_plane(axes_of(content), worlds),
        "states": STATES,
        "classes": CLASSES,
        "cells": CELLS,
        "strips": [(word, strip(shares)) for word, shares in OPINIONS],
        "own_strip": strip(OPINIONS[1][1]),
        "picture": matrix_picture(*made_up_round()) if content else None,
    }
    return render(request, "style/page.html", context)


def colors() -> list[tuple[str, str, str, str]]:
    """(short name, word, light, dark) of every colour, read from the tokens."""
    text = TOKENS.read_text()
    light, _dark_at, rest = text.partition(DARK)
    day, night = dict(DECLARED.findall(light)), dict(DECLARED.findall(rest.partition("\n}\n")[0]))
    alias = {name: value for name, value in DECLARED.findall(rest) if value.startswith("var(--basis-")}
    named = {name: alias[f"--st-{name}"].removeprefix("var(").removesuffix(")") for name in COLORS}
    return [(name, str(word), day[named[name]], night[named[name]]) for name, word in COLORS.items()]


def strip(shares: tuple[float, ...]) -> list[dict[str, str]]:
    """Circles of a dot strip of 240 × 46: area is the share."""
    return [
        {"x": str(24 + 48 * place), "r": f"{max(2.0, 23 * share**0.5):.1f}", "value": str(place + 1)}
        for place, share in enumerate(shares)
    ]


def made_up_round() -> tuple[Released, list[Any]]:
    """A released round of twelve trends by a formula, and its items."""
    content = current_content()
    items = list(content.trends.filter(extra=False)[:12]) if content else []
    raw = {
        item.key: {
            name: {"all": {str(value): 1 + (item.number * factor + value * 3) % 11 for value in range(1, 6)}}
            for name, factor in (("impact", 5), ("uncertainty", 7))
        }
        for item in items
    }
    released = release(
        {"cells": raw, "respondents": 58, "answers": 58 * 24},
        criteria={"impact": (1, 5), "uncertainty": (1, 5)},
        items=[item.key for item in items],
        municipalities=[],
        groups=[],
        revealed=True,
        closed=False,
    )
    shown = [SimpleNamespace(number=item.number, key=item.key, title=item.title) for item in items]
    return released, shown
