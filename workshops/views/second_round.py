"""The cockpit's switch of a second round: whether phones show the first round's median."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import override
from django.views.decorators.http import require_POST

from workshops.models import Stage
from workshops.rounds import RoundError
from workshops.rules import run_workshop, who
from workshops.stages.trends import KIND, second


@require_POST
@login_required
def median(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """Show it (``on`` 1) or no longer (0), or say on the cockpit why not; 404 for a round of another kind."""
    workshop = run_workshop(request, public_id)
    stage = get_object_or_404(Stage, pk=stage_id, workshop=workshop, kind=KIND.KEY)
    with override(workshop.language):
        try:
            second.show_median(stage, request.POST.get("on") == "1", who(request))
        except RoundError as error:
            messages.warning(request, str(error))
    return redirect("cockpit", public_id)
