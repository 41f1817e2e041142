"""One round's result on a participant's own page: for a round that is still open, and for earlier ones."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from workshops import phone_result
from workshops.models import Stage, Workshop
from workshops.room import answers_in_both, counted, written
from workshops.views.join import stranger
from workshops.views.room import fresh, place, small


@require_safe
@fresh
@small
def result(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """The round beside one's own answers; back to the room, with a sentence, where there is nothing to see (yet)."""
    workshop, participant = place(request, public_id)
    if workshop is None or participant is None:
        return stranger(request, workshop)
    stage = asked_round(workshop, stage_id)
    if stage is not None:
        own, first, _highest = answers_in_both(participant, stage)
        language = (get_language() or workshop.language)[:2]
        shown = phone_result.shown(stage, [*own, *first], language)
        if shown["result"] is not None:
            context = {"workshop": workshop, "stage": stage, **counted(stage, own), **shown}
            context |= written(participant, stage, language)
            return render(request, "workshops/room/result.html", context)
    messages.info(request, _("De uitslag van deze ronde is nu niet te zien. Dit is waar de zaal is."))
    return redirect("room", workshop.public_id)


def asked_round(workshop: Workshop, stage_id: int) -> Stage | None:
    """The round at this address with the horizon of its tally; None where it is not one of this workshop, or void."""
    stages = workshop.stages.filter(void=False).annotate(horizon=F("tally__horizon"))
    stage = stages.filter(pk=stage_id).first()
    if stage is not None:
        stage.workshop = workshop
    return stage
