"""Short texts: what a participant sends, and what the facilitator lets through."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workshops import contributions
from workshops.contributions import ContributionError, Place
from workshops.models import Participant, Workshop
from workshops.room import handle, own_form
from workshops.views.join import stranger
from workshops.views.room import asked_stage, phone_language, place, room_page
from workshops.views.signals import asked_item, by_script


@require_POST
def contribute(request: HttpRequest, public_id: str) -> HttpResponse:
    """``stage``, ``item`` (0 or none: the round's own), ``part`` and ``text`` ("" takes it back).

    To a script {"text": as it was kept}, or {"error", "message"}; to a form 302 back to the room. 403 for a stranger
    or where the browser is somebody else by now, 409 where the round is not open, 422 for what can't be taken.
    """
    workshop, participant = place(request, public_id)
    if workshop is None or participant is None:
        if by_script(request):
            return problem("unknown", _("Op dit apparaat doet u nog niet mee."), 403)
        return stranger(request, workshop)
    if request.headers.get("X-Participant", handle(participant)) != handle(participant):
        return problem("somebody_else", _("Dit apparaat is intussen iemand anders."), 403)
    try:
        text = taken(request, workshop, participant)
    except ContributionError as error:
        status = 409 if error.closed else 422
        if by_script(request):
            return problem("closed" if error.closed else "refused", str(error), status)
        messages.warning(request, str(error))
        return room_page(request, workshop, participant, status=status)
    if by_script(request):
        return JsonResponse({"text": text})
    messages.success(request, _("Uw tekst is ontvangen.") if text else _("Uw tekst is weggehaald."))
    return redirect(reverse("room", args=[workshop.public_id]))


def taken(request: HttpRequest, workshop: Workshop, participant: Participant) -> str:
    """The text as it was kept; ContributionError."""
    stage = asked_stage(request, workshop)
    if stage is None:
        raise ContributionError(_("Deze ronde bestaat niet meer. Ververs de pagina."), closed=True)
    stage.workshop = workshop
    if not stage.is_open:
        raise ContributionError(_("De ronde is niet meer open. Uw tekst is niet meegenomen."), closed=True)
    asked: Place = (asked_item(request) or None, request.POST.get("part", "")[:60])
    places = own_form(participant, stage, phone_language(workshop)).texts
    return contributions.write(participant, stage, places, asked, request.POST.get("text", "")[:2000])


def problem(error: str, message: str, status: int) -> JsonResponse:
    return JsonResponse({"error": error, "message": message}, status=status)
