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
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from workshops import next_round, rounds
from workshops.cockpit import context
from workshops.fragments import state
from workshops.live.tokens import cockpit_token
from workshops.models import Stage, Workshop
from workshops.results import Standing, standing
from workshops.rules import run_workshop, who
from workshops.screen_views import put_on_screen

# The end of each button's address, and what it does.
VERBS: dict[str, Callable[..., Stage]] = {
    "open": rounds.open_stage,
    "unopen": rounds.unopen_stage,
    "last-chance": rounds.last_chance,
    "cancel-close": rounds.cancel_close,
    "close": rounds.close_stage,
    "reopen": rounds.reopen_stage,
    "reveal": rounds.reveal_stage,
    "hide": rounds.hide_stage,
    "two-minutes": rounds.two_minutes,
    "clear-minutes": rounds.clear_minutes,
    "next": next_round.next_round,
    "back": next_round.back,
    "undo-vote-again": next_round.undo_vote_again,
}


@require_GET
@never_cache
@login_required
def cockpit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole page, in the workshop's language as its live part is."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        now = _standing(workshop)
        return render(request, "workshops/cockpit.html", {**context(workshop, now), **_links(request, workshop)})


@require_GET
@never_cache
@login_required
def cockpit_live(request: HttpRequest, public_id: str) -> HttpResponse:
    """The part that changes, for a page without a stream."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        now = _standing(workshop)
        response = render(request, "workshops/cockpit/live.html", context(workshop, now))
    response["X-State"] = json.dumps(state(workshop, now), separators=(",", ":"))
    return response


def _standing(workshop: Workshop) -> Standing:
    """How the workshop stands, its last chance carried out where that is over and no worker did it."""
    now = standing(workshop)
    if now.stage is not None and rounds.is_overdue(now.stage) and rounds.close_overdue(now.stage.pk):
        return standing(workshop)
    return now


@require_POST
@login_required
def stage_action(request: HttpRequest, public_id: str, stage_id: int, verb: str) -> HttpResponse:
    """Do what a button says, unless the round has moved on since the button was drawn.

    Two people who press at once thus never skip a step: the second reads what happened instead.
    """
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        _act(request, workshop, stage_id, VERBS[verb])
    return redirect("cockpit", public_id)


@require_POST
@login_required
def stage_view(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Put one of the round's views on the screen (``view``: its key), or the round itself again (empty)."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        try:
            stage = _stage(workshop, stage_id)
            if stage is not None:
                put_on_screen(stage, request.POST.get("view", "")[:60], who(request))
        except rounds.RoundError as error:
            messages.warning(request, str(error))
    return redirect("cockpit", public_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def vote_again(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Ask first (GET), then prepare a new attempt of the round (POST)."""
    workshop = run_workshop(request, public_id)
    with override(workshop.language):
        if request.method == "POST":
            _act(request, workshop, stage_id, next_round.vote_again)
            return redirect("cockpit", public_id)
        stage = _stage(workshop, stage_id)
        if stage is None or stage.void or not stage.is_closed:
            return redirect("cockpit", public_id)
        asked = {"workshop": workshop, "stage": stage, "expected": rounds.state_of(stage)}
        return render(request, "workshops/vote_again.html", asked)


def _act(request: HttpRequest, workshop: Workshop, stage_id: int, act: Callable[..., Stage]) -> None:
    """Take the step, or say on the page that follows why it was not taken."""
    try:
        stage = _stage(workshop, stage_id)
        if stage is None:
            raise rounds.RoundError(_("Deze poging is er niet meer. Kijk hoe het nu staat en kies opnieuw."))
        act(stage, who(request), request.POST.get("expected", ""))
    except rounds.RoundError as error:
        messages.warning(request, str(error))


def _stage(workshop: Workshop, stage_id: int) -> Stage | None:
    """The round; None where it was dropped meanwhile, 404 where it is another workshop's."""
    stage = Stage.objects.filter(pk=stage_id).first()
    if stage is not None and stage.workshop_id != workshop.pk:
        raise Http404
    return stage


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
            rounds.end_workshop(workshop, who(request))
        except rounds.RoundError as error:
            messages.warning(request, str(error))
    return redirect("cockpit", public_id)


def _links(request: HttpRequest, workshop: Workshop) -> dict[str, Any]:
    """Where participants, the report and the pages around the cockpit are, and the stream of this page.

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
        "stream_url": f"/live/cockpit/{cockpit_token(workshop, who(request))}/events",
    }
