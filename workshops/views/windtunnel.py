"""The cockpit's buttons of a wind tunnel: which scenarios are tested. Pressing twice does no more than once."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import override
from django.views.decorators.http import require_POST

from municipalities.models import User
from workshops.models import Stage
from workshops.rounds import RoundError
from workshops.rules import run_workshop, who
from workshops.stages.windtunnel import KIND, opening


@require_POST
@login_required
def open_scenario(request: HttpRequest, public_id: str, stage_id: int, key: str) -> HttpResponse:
    """Let this scenario be tested, told or not."""
    return _act(request, public_id, stage_id, lambda stage, user: opening.let_test(stage, key, user))


@require_POST
@login_required
def open_scenarios(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Let every scenario be tested."""
    return _act(request, public_id, stage_id, opening.let_test_all)


@require_POST
@login_required
def unopen_scenario(request: HttpRequest, public_id: str, stage_id: int, key: str) -> HttpResponse:
    """Take a scenario out of the test again, where nobody answered about it."""
    return _act(request, public_id, stage_id, lambda stage, user: opening.take_back(stage, key, user))


def _act(
    request: HttpRequest, public_id: str, stage_id: int, act: Callable[[Stage, User | None], None]
) -> HttpResponse:
    """Do it, or say on the cockpit why it was not done."""
    workshop = run_workshop(request, public_id)
    stage = get_object_or_404(Stage, pk=stage_id, workshop=workshop, kind=KIND.KEY)
    with override(workshop.language):
        try:
            act(stage, who(request))
        except RoundError as error:
            messages.warning(request, str(error))
    return redirect("cockpit", public_id)
