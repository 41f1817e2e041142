"""The pages on which the room's own scenario is made, changed and chosen for a wind tunnel."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from scenarios.models import Axis
from scenarios.plane import Plane, lower_first
from scenarios.worlds import axes_of, default_plane, placed_scenarios
from workshops import own_scenarios
from workshops.models import OwnScenario, Stage, Workshop
from workshops.own_scenario_form import OwnScenarioForm
from workshops.rounds import RoundError
from workshops.rules import run_workshop, who


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def own(request: HttpRequest, public_id: str) -> HttpResponse:
    """The room's scenarios, and the form of a new one (GET); posted, it is made."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        axes, plane = crossed(workshop)
        data = request.POST if request.method == "POST" else None
        form = OwnScenarioForm(data, axes=axes, suggested=suggested(plane))
        if data is not None and form.is_valid():
            try:
                made = own_scenarios.make(workshop, who(request), **form.said())
            except RoundError as error:
                form.add_error("title", str(error))
            else:
                messages.success(request, _("‘%(title)s’ is bewaard bij deze workshop.") % {"title": made.title})
                return redirect("own-scenarios", public_id)
        return page(request, workshop, form, plane)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def change(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """The form of a scenario that is there already."""
    workshop, scenario = asked(request, public_id, key)
    with override(workshop.language):
        axes, plane = crossed(workshop)
        data = request.POST if request.method == "POST" else None
        form = OwnScenarioForm(data, axes=axes, scenario=scenario)
        if data is not None and form.is_valid():
            try:
                own_scenarios.change(scenario, who(request), **form.said())
            except RoundError as error:
                form.add_error("title", str(error))
            else:
                messages.success(request, _("Het scenario is bewaard."))
                return redirect("own-scenarios", public_id)
        return page(request, workshop, form, plane, scenario)


@require_POST
@login_required
def remove(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """Take a scenario of the room away."""
    workshop, scenario = asked(request, public_id, key)
    with override(workshop.language):
        try:
            own_scenarios.remove(scenario, who(request))
            messages.success(request, _("‘%(title)s’ is weggehaald.") % {"title": scenario.title})
        except RoundError as error:
            messages.warning(request, str(error))
    return redirect("own-scenarios", public_id)


@require_POST
@login_required
def choose(request: HttpRequest, public_id: str, key: str, stage_id: int) -> HttpResponse:
    """Let a wind tunnel ask about it (``test``: 1), or not (0)."""
    workshop, scenario = asked(request, public_id, key)
    stage = get_object_or_404(Stage, pk=stage_id, workshop=workshop)
    with override(workshop.language):
        act = own_scenarios.have_tested if request.POST.get("test") == "1" else own_scenarios.leave_out
        try:
            act(scenario, stage, who(request))
        except RoundError as error:
            messages.warning(request, str(error))
    return redirect("own-scenarios", public_id)


def asked(request: HttpRequest, public_id: str, key: str) -> tuple[Workshop, OwnScenario]:
    """The workshop, for whoever runs it, and its scenario of this name; 404 where it is none."""
    workshop = run_workshop(request, public_id)
    return workshop, get_object_or_404(OwnScenario, workshop=workshop, key=key)


def crossed(workshop: Workshop) -> tuple[list[Axis], Plane | None]:
    """The two axes that the content proposes, and the plane of its scenarios on them."""
    axes = axes_of(workshop.content_set)
    plane = default_plane(axes, placed_scenarios(workshop.content_set))
    return ([plane.x, plane.y] if plane else axes[:2]), plane


def suggested(plane: Plane | None) -> dict[str, int]:
    """A place in the first corner where no scenario stands."""
    if plane is None or not plane.open_corners:
        return {}
    corner = plane.open_corners[0]
    return {plane.x.key: 1 if corner.x else -1, plane.y.key: -1 if corner.y else 1}


def questions(plane: Plane | None) -> list[str]:
    """What the corners without a scenario ask: "Wat als … én …?"."""
    corners = plane.open_corners if plane else ()
    return [_("Wat als: %(corner)s") % {"corner": lower_first(" ".join(corner.lines))} for corner in corners]


def page(
    request: HttpRequest,
    workshop: Workshop,
    form: OwnScenarioForm,
    plane: Plane | None,
    changing: OwnScenario | None = None,
) -> HttpResponse:
    """The page with the form, and what the room made so far."""
    context = {
        "workshop": workshop,
        "form": form,
        "changing": changing,
        "questions": questions(plane),
        "rows": rows(workshop),
        "full": changing is None and workshop.own_scenarios.count() >= own_scenarios.MOST,
    }
    return render(request, "workshops/own_scenarios.html", context, status=422 if form.errors else 200)


def rows(workshop: Workshop) -> list[dict[str, Any]]:
    """The room's scenarios, each with the wind tunnels that may ask about it and whether they do (three queries)."""
    tunnels = own_scenarios.wind_tunnels(workshop)
    asking = own_scenarios.asked_in(tunnels)
    return [
        {"scenario": each, "tunnels": [(stage, stage.pk in asking.get(each.key, ())) for stage in tunnels]}
        for each in workshop.own_scenarios.order_by("pk")
    ]
