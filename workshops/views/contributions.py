"""Short texts: what a participant sends, and what the facilitator lets through."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from workshops import contributions
from workshops.contributions import ContributionError, Place
from workshops.live.tokens import cockpit_token
from workshops.models import Contribution, Participant, Stage, Workshop
from workshops.moderation import page_of
from workshops.room import handle, own_form
from workshops.rounds import RoundError
from workshops.rules import run_workshop, who
from workshops.stages import kind
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


# What each button does, by its name in the form.
VERBS = {"through": contributions.let_through, "hide": contributions.hide, "wait": contributions.put_back}
SWAP = "swap-"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def contributions_page(request: HttpRequest, public_id: str, stage_id: int) -> HttpResponse:
    """The short texts of a round: those that wait, were let through or were hidden (``?show=``).

    POST ``do``: through, hide, wait or swap-ID (let through in that one's place) with a text's ``id`` and ``version``,
    or all with each ``seen`` version. To a script (X-Requested-With) the list alone is given, what was done on top.
    """
    workshop = run_workshop(request, public_id)
    stage = get_object_or_404(Stage, pk=stage_id, workshop=workshop, void=False)
    stage.workshop = workshop
    state = request.GET.get("show", "")
    state = state if state in Contribution.State.values else Contribution.State.WAITING.value
    with override(workshop.language):
        said = ""
        if request.method == "POST":
            good, said = judged(request, stage)
            if not by_script(request):
                (messages.success if good else messages.warning)(request, said)
                return redirect(f"{request.path}?show={state}")
        context = {**page_of(stage, state), "workshop": workshop, "stage": stage, "said": said}
        if by_script(request):
            return render(request, "workshops/contributions_list.html", context)
        context["stream_url"] = f"/live/cockpit/{cockpit_token(workshop, who(request))}/events"
        return render(request, "workshops/contributions.html", context)


def judged(request: HttpRequest, stage: Stage) -> tuple[bool, str]:
    """Do what a button says: whether it was done, and a sentence on it."""
    do = request.POST.get("do", "")
    try:
        if do == "all":
            number = contributions.let_all_through(stage, who(request), request.POST.getlist("seen"))
            if not number:
                return False, _("Er wacht niets meer van wat u zag. Kijk hoe het nu staat.")
            words = ngettext("%(n)d tekst is doorgelaten.", "%(n)d teksten zijn doorgelaten.", number)
            return True, words % {"n": number}
        if do.startswith(SWAP):
            instead = text_of(stage, do.removeprefix(SWAP))
            contributions.swap(asked_text(request, stage), instead, who(request))
            return True, _("De redenen zijn omgewisseld.")
        if do not in VERBS:
            raise ContributionError(_("Dit kunnen wij niet lezen. Ververs de pagina."))
        VERBS[do](asked_text(request, stage), who(request))
    except RoundError as error:
        return False, str(error)
    return True, done(stage, do)


def done(stage: Stage, do: str) -> str:
    """What was done, in a sentence."""
    if do == "through":
        return _("De reden staat vast.") if kind(stage.kind).SIDES else _("De tekst is doorgelaten.")
    return _("De tekst wacht weer.") if do == "wait" else _("De tekst is verborgen.")


def text_of(stage: Stage, number: str) -> Contribution:
    """One of the round's texts by its id as it was sent; ContributionError where it is gone."""
    pk = int(number) if number.isascii() and number.isdigit() and len(number) < 18 else 0
    found = stage.contributions.filter(pk=pk).first()
    if found is None:
        raise ContributionError(_("Deze tekst is er niet meer: de schrijver haalde hem weg."))
    return found


def asked_text(request: HttpRequest, stage: Stage) -> Contribution:
    """The text that a button stands beside; ContributionError where it is gone or was changed since."""
    found = text_of(stage, request.POST.get("id", ""))
    if contributions.version(found) != request.POST.get("version"):
        raise ContributionError(_("Deze tekst is intussen veranderd. Lees hem opnieuw."))
    found.stage = stage
    return found
