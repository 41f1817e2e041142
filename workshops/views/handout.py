"""The handout: the scenarios of a round to print, for whoever runs the workshop."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workshops.models import Stage
from workshops.rules import run_workshop
from workshops.stages.immersion.handout import handout, stages_with_handout


@require_safe
@never_cache
@login_required
def stage_handout(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """``handout.pdf``: an A4 a scenario, in the workshop's language; 404 for a round that is not about scenarios."""
    workshop = run_workshop(request, public_id)
    stage = get_object_or_404(Stage, pk=stage_id, workshop=workshop, void=False)
    if not stages_with_handout([stage]):
        raise Http404
    stage.workshop = workshop
    response = HttpResponse(handout(stage), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="scenarios-{stage.key}.pdf"'
    return response
