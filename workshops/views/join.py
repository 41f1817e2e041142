"""Coming in: by the six-character code, or by the QR code's link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST

from municipalities.models import ELSEWHERE
from scenarios.views import render_home
from workshops import identity, participants
from workshops.guessing import brake
from workshops.join_form import CodeError, JoinForm, read_code
from workshops.models import Workshop


@require_POST
def join_by_code(request: HttpRequest) -> HttpResponse:
    """From a code to its workshop; 422 for what can't be a code, 404 unknown, 410 ended, 429 too many wrong ones."""
    typed = request.POST.get("code", "")[:40]
    try:
        code = read_code(typed)
    except CodeError as error:
        return front_page(request, str(error), code=typed, status=422)
    if brake.is_on(request):
        advice = _("Er zijn te veel verkeerde codes geprobeerd. Wacht een minuut, of scan de QR-code op het scherm.")
        return front_page(request, advice, code=typed, status=429, retry_after=60)
    workshop = Workshop.objects.filter(code=code).first()
    if workshop is None:
        brake.wrong(request)
        advice = _("Deze code bestaat niet. Kijk op het scherm en typ de zes tekens opnieuw.")
        return front_page(request, advice, code=typed, status=404)
    if workshop.ended_at is not None and identity.participant_from(request, workshop) is None:
        advice = _("Deze workshop is afgelopen. Met deze code kunt u niet meer meedoen.")
        return front_page(request, advice, code=typed, status=410)
    return redirect("join", workshop.join_token)


@never_cache
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, join_token: str) -> HttpResponse:
    """The join form; whoever is in already lands in the room. 404 for an unknown link, 410 once it has ended.

    ``?gemeente=CODE`` fills the municipality in (one of the workshop's, or "anders"): only the group is asked then.
    """
    workshop = Workshop.objects.filter(join_token=join_token).first()
    if workshop is None:
        return front_page(request, _("Deze link klopt niet. Typ de code die op het scherm staat."), status=404)
    if identity.participant_from(request, workshop) is not None:
        return redirect("room", workshop.public_id)
    if workshop.ended_at is not None:
        return render(request, "workshops/ended.html", {"workshop": workshop}, status=410)
    if request.method != "POST":
        form = JoinForm(workshop, initial={"municipality": request.GET.get("gemeente", "")})
        return join_page(request, workshop, form)
    form = JoinForm(workshop, request.POST)
    if not form.is_valid():
        return join_page(request, workshop, form, status=422)
    try:
        chosen = form.cleaned_data["municipality"], form.cleaned_data["group"]
        ticket = identity.read_ticket(workshop.public_id, request.POST.get("ticket", ""))
        participant = participants.join(workshop, *chosen, ticket)
    except participants.JoinError as error:
        form.add_error(None, str(error))
        return join_page(request, workshop, form, status=409)
    response = redirect("room", workshop.public_id)
    identity.remember(response, participant)
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct municipality or group, until an answer of this person stands in a result (then 409)."""
    workshop = Workshop.objects.filter(public_id=public_id).first()
    participant = identity.participant_from(request, workshop) if workshop else None
    if workshop is None or participant is None:
        return stranger(request, workshop)
    known = {"municipality": participant.municipality_code, "group": participant.group}
    form = JoinForm(workshop, request.POST if request.method == "POST" else None, initial=known)
    if request.method != "POST":
        return join_page(request, workshop, form, correcting=True)
    if not form.is_valid():
        return join_page(request, workshop, form, correcting=True, status=422)
    try:
        participants.correct(participant, form.cleaned_data["municipality"], form.cleaned_data["group"])
    except participants.JoinError as error:
        form.add_error(None, str(error))
        return join_page(request, workshop, form, correcting=True, status=409)
    return redirect("room", workshop.public_id)


def join_page(
    request: HttpRequest, workshop: Workshop, form: JoinForm, *, correcting: bool = False, status: int = 200
) -> HttpResponse:
    """The form of who one is: on coming in with a new ticket, or (``correcting``) for somebody who is in."""
    ticket = identity.ticket(workshop.public_id)
    context = {"workshop": workshop, "form": form, "correcting": correcting, "ticket": ticket}
    context["chosen"] = None if correcting else chosen(form, request.GET.get("gemeente", ""))
    return render(request, "workshops/join.html", context, status=status)


def chosen(form: JoinForm, code: str) -> dict[str, str] | None:
    """The municipality that the link fills in, as code and name; None where it is unknown or another was sent."""
    name = dict(form.fields["municipality"].choices).get(code)  # type: ignore[attr-defined]
    if name is None or form["municipality"].value() != code:
        return None
    if code == ELSEWHERE:
        name = _("een andere gemeente")
    return {"code": code, "name": name}


def stranger(request: HttpRequest, workshop: Workshop | None) -> HttpResponse:
    """Somebody without a place in this room: what to do now (404 where there is no such room, else 403)."""
    if workshop is None:
        return front_page(request, _("Deze workshop bestaat niet. Typ de code die op het scherm staat."), status=404)
    advice = _("Op dit apparaat doet u nog niet mee. Typ de code die op het scherm staat, of scan de QR-code.")
    return front_page(request, advice, status=403)


def front_page(
    request: HttpRequest, advice: str, *, code: str = "", status: int, retry_after: int | None = None
) -> HttpResponse:
    """The code form again, with ``advice`` at the field and what was typed in it; ``retry_after`` in seconds."""
    response = render_home(request, code, advice, status)
    if retry_after is not None:
        response["Retry-After"] = str(retry_after)
    return response
