"""The pages that everybody may read."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from scenarios.about import counts_of
from scenarios.features import feature_rows
from scenarios.plane import axis_places
from scenarios.worlds import axes_of, day_year, default_plane, placed_scenarios, scenarios_of
from trends.current import current_content
from trends.reading import entries, passages

# When the statement was last gone through against the tests.
STATED = datetime.date(2026, 11, 26)


def render_home(request: HttpRequest, code_value: str = "", code_error: str = "", status: int = 200) -> HttpResponse:
    """The front page; with what somebody typed and what is wrong with it after a code that can't be used."""
    worlds = scenarios_of(current_content())
    context = {"worlds": worlds, "year": day_year(worlds), "code_value": code_value, "code_error": code_error}
    return render(request, "scenarios/home.html", context, status=status)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render_home(request)


@require_safe
def trends(request: HttpRequest) -> HttpResponse:
    content = current_content()
    every = list(content.trends.all()) if content else []
    core = [trend for trend in every if not trend.extra]
    findings = list(content.findings.prefetch_related("trends")) if content else []
    context = {
        "content": content,
        "count": len(core),
        "passages": passages(core, findings),
        "extra": entries([trend for trend in every if trend.extra]),
    }
    return render(request, "scenarios/trends.html", context)


@require_safe
def scenarios(request: HttpRequest) -> HttpResponse:
    content = current_content()
    worlds, axes = placed_scenarios(content), axes_of(content)
    context = {
        "worlds": worlds,
        "year": day_year(worlds),
        "rows": feature_rows(worlds),
        "plane": default_plane(axes, worlds),
        "places": [(axis, [(world, axis_places([axis], world)[0]) for world in worlds]) for axis in axes],
    }
    return render(request, "scenarios/scenarios.html", context)


@require_safe
def scenario(request: HttpRequest, key: str) -> HttpResponse:
    content = current_content()
    worlds = placed_scenarios(content)
    index = next((index for index, world in enumerate(worlds) if world.key == key), None)
    if index is None:
        raise Http404(_("Dit scenario bestaat niet."))
    world = worlds[index]
    context = {
        "world": world,
        "worlds": worlds,
        "rows": feature_rows([world]),
        "places": axis_places(axes_of(content), world),
        "previous": worlds[index - 1] if len(worlds) > 1 else None,
        "next": worlds[(index + 1) % len(worlds)] if len(worlds) > 1 else None,
    }
    return render(request, "scenarios/scenario.html", context)


@require_safe
def about_content(request: HttpRequest) -> HttpResponse:
    content = current_content()
    return render(request, "scenarios/about_content.html", {"content": content, "counts": counts_of(content)})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "scenarios/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement in the government's model form; what only the organisation knows comes from the settings."""
    context = {
        "organisation": settings.ORGANISATION,
        "contact": settings.ACCESSIBILITY_CONTACT,
        "audit": settings.ACCESSIBILITY_AUDIT,
        "site": settings.SITE_URL,
        "stated": STATED,
    }
    return render(request, "scenarios/accessibility.html", context)
