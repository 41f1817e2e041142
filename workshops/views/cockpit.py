"""The cockpit: one page to run the room from, and the buttons on it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from workshops import rounds
from workshops.cockpit import context, state_of
from workshops.fragments import state
from workshops.live.tokens import cockpit_token
from workshops.models import Stage, Workshop
from workshops.rules import run_workshop

VERBS: dict[str, Callable[[Stage], Stage]] = {
    "open": rounds.open_stage,
    "close": rounds.close_stage,
    "reopen": rounds.reopen_stage,
    "reveal": rounds.reveal_stage,
    "hide": rounds.hide_stage,
}


@require_GET
@never_cache
@login_required
def cockpit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole page, in the workshop's language as its live part is."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        return render(request, "workshops/cockpit.html", {**context(workshop), **_links(request, workshop)})


@require_GET
@never_cache
@login_required
def cockpit_live(request: HttpRequest, public_id: str) -> HttpResponse:
    """The part that changes, for a page without a stream."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        response = render(request, "workshops/cockpit/live.html", context(workshop))
    response["X-State"] = json.dumps(state(workshop), separators=(",", ":"))
    return response


@require_POST
@login_required
def stage_action(request: HttpRequest, public_id: str, stage_id: int, verb: str) -> HttpResponse:
    """Do what a button says, unless the round has moved on since the button was drawn.

    Two people who press at once thus never skip a step: the second reads what happened instead.
    """
    workshop = run_workshop(request, public_id)
    stage = get_object_or_404(Stage, pk=stage_id, workshop=workshop, void=False)
    with override(workshop.language):
        try:
            if request.POST.get("expected") != state_of(stage):
                raise rounds.RoundError(_("De ronde is intussen veranderd. Kijk hoe het nu staat en kies opnieuw."))
            VERBS[verb](stage)
        except rounds.RoundError as error:
            messages.warning(request, str(error))
    return redirect("cockpit", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def end_workshop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask first (GET), then end the workshop and its code (POST); this can't be undone."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        if request.method != "POST":
            return render(request, "workshops/end.html", {"workshop": workshop, **context(workshop)})
        try:
            rounds.end_workshop(workshop)
        except rounds.RoundError as error:
            messages.warning(request, str(error))
    return redirect("cockpit", public_id)


def _links(request: HttpRequest, workshop: Workshop) -> dict[str, Any]:
    """Where participants and the report are, and the stream of this page.

    Links for phones name the site's own address, as on the screen: the facilitator may be at ``localhost``.
    ``is_owner``: the report and the co-hosts are the owner's alone, so a co-host's page has no links to them.
    """
    join = settings.SITE_URL + reverse("join", args=[workshop.join_token])
    return {
        "is_owner": request.user.has_perm("workshops.own_workshop", workshop),
        "municipalities": list(workshop.municipalities.all()),
        "host": urlsplit(settings.SITE_URL).netloc,
        "join_url": join,
        "qr": segno.make(join, error="m").svg_data_uri(scale=8, border=2, dark="#1d1b26", light="#ffffff"),
        "report_url": reverse("report", args=[workshop.public_id]),
        "stream_url": f"/live/cockpit/{cockpit_token(workshop)}/events",
    }
