"""A participant's raised hand, from the page's script or from a plain form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workshops.models import Participant, Workshop
from workshops.signals import SignalError, signal
from workshops.views.join import stranger
from workshops.views.room import asked_stage, place, room_page

# Ids are PostgreSQL integers.
LARGEST = 2**31 - 1


@require_POST
def give_signal(request: HttpRequest, public_id: str) -> HttpResponse:
    """``stage``, ``kind``, ``item`` (with ``unclear``) and ``on`` (1 or 0): 204, or 302 back to the item.

    403 for a stranger, 409 where the round is not open, 422 for what is no signal of this round.
    """
    workshop, participant = place(request, public_id)
    if workshop is None or participant is None:
        return stranger(request, workshop)
    stage = asked_stage(request, workshop)
    on, item = request.POST.get("on", "1"), asked_item(request)
    try:
        if stage is None:
            raise SignalError(_("Deze ronde bestaat niet meer. Ververs de pagina."))
        if on not in {"0", "1"}:
            raise SignalError(_("Dit kunnen wij niet lezen. Ververs de pagina."))
        signal(participant, stage, request.POST.get("kind", ""), item, on == "1")
    except SignalError as error:
        return refused(request, workshop, participant, error)
    if by_script(request):
        return HttpResponse(status=204)
    number = stage.items.filter(pk=item or 0).values_list("number", flat=True).first()
    return redirect(reverse("room", args=[workshop.public_id]) + (f"#item-{number}" if number else ""))


def refused(request: HttpRequest, workshop: Workshop, participant: Participant, error: SignalError) -> HttpResponse:
    """The sentence alone for the script; for a form the room's page with it on top."""
    status = 409 if error.closed else 422
    if by_script(request):
        return HttpResponse(str(error), status=status, content_type="text/plain; charset=utf-8")
    messages.warning(request, str(error))
    return room_page(request, workshop, participant, status=status)


def asked_item(request: HttpRequest) -> int | None:
    """The item's id; None where none was sent, 0 for what can't be one."""
    text = request.POST.get("item", "")
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= LARGEST else 0


def by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"
