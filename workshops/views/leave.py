"""Going on elsewhere, lending the phone, taking answers back: what somebody does who leaves."""

from __future__ import annotations

import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from workshops import identity, participants
from workshops.models import Participant, Workshop
from workshops.room import handle
from workshops.views.join import stranger
from workshops.views.room import place

STEPS = ("device", "again", "withdraw")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Three choices; ``?step=`` device, again or withdraw tells what one means and asks. POST ``do``: again, withdraw.

    403 for a stranger, 409 where there is nothing to withdraw, 422 for another ``do``.
    """
    workshop, participant = place(request, public_id)
    if workshop is None or participant is None:
        return stranger(request, workshop)
    if request.method != "POST":
        return leave_page(request, workshop, participant, request.GET.get("step", ""))
    if request.POST.get("do") == "again":
        return start_again(workshop)
    if request.POST.get("do") == "withdraw":
        return withdraw(request, workshop, participant)
    return leave_page(request, workshop, participant, "", status=422)


def leave_page(
    request: HttpRequest, workshop: Workshop, participant: Participant, step: str, *, status: int = 200
) -> HttpResponse:
    """The page of a step; the three choices for any other word."""
    context = {"workshop": workshop, "participant": participant, "handle": handle(participant)}
    context["step"] = step if step in STEPS else ""
    if step == "device":
        token = identity.handover(workshop.public_id, participant.pk)
        link = settings.SITE_URL + reverse("room-continue", args=[workshop.public_id, token])
        context |= {"link": link, "qr": segno.make(link, error="l").svg_data_uri(scale=8, border=3, light="#ffffff")}
        context["minutes"] = identity.HANDOVER_SECONDS // 60
    if step == "withdraw":
        context["given"] = participants.given(participant)
    return render(request, "workshops/leave.html", context, status=status)


def start_again(workshop: Workshop) -> HttpResponse:
    """Forget on this device who it was, and ask anew."""
    response = redirect("home") if workshop.ended_at is not None else redirect("join", workshop.join_token)
    identity.forget(response, workshop.public_id)
    return response


def withdraw(request: HttpRequest, workshop: Workshop, participant: Participant) -> HttpResponse:
    """Take the answers back and return to the room, which says how many went."""
    try:
        number = participants.withdraw(participant, known=known_counter(request))
    except participants.JoinError as error:
        messages.warning(request, str(error))
        return leave_page(request, workshop, participant, "withdraw", status=409)
    if number:
        told = ngettext("%(n)d antwoord is ingetrokken.", "%(n)d antwoorden zijn ingetrokken.", number) % {"n": number}
    else:
        told = _("Wat nog op dit apparaat wachtte, telt niet mee.")
    messages.success(request, told)
    return redirect("room", workshop.public_id)


def known_counter(request: HttpRequest) -> int:
    """The highest counter that the phone has given out, as its script says; 0 where it doesn't."""
    text = request.POST.get("known", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 17 else 0


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def carry_on(request: HttpRequest, public_id: str, token: str) -> HttpResponse:
    """Be, on this device too, who made the link: asked first (GET), so that a link's preview does nothing.

    410 after ten minutes, 404 for a link that isn't ours or a person who isn't in the room any more.
    """
    workshop = Workshop.objects.filter(public_id=public_id).first()
    if workshop is None:
        return stranger(request, None)
    try:
        participant = identity.handed_over(workshop, token)
    except identity.HandoverExpired:
        return carry_on_page(request, workshop, "expired", status=410)
    if participant is None:
        return carry_on_page(request, workshop, "unknown", status=404)
    here = identity.participant_from(request, workshop)
    if request.method != "POST" and (here is None or here.pk != participant.pk):
        return carry_on_page(request, workshop, "ask", participant=participant, here=here)
    response = redirect("room", workshop.public_id)
    identity.remember(response, participant)
    return response


def carry_on_page(
    request: HttpRequest,
    workshop: Workshop,
    state: str,
    *,
    participant: Participant | None = None,
    here: Participant | None = None,
    status: int = 200,
) -> HttpResponse:
    """``state``: ask, expired or unknown; ``here``: who this device is now, if somebody else."""
    context = {"workshop": workshop, "state": state, "participant": participant, "here": here}
    return render(request, "workshops/leave_continue.html", context, status=status)
