"""Ideas on a phone: proposing, changing and taking back one's own, and what is like them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workshops import ideas
from workshops.ideas import IdeaError
from workshops.models import Participant, Stage, Workshop
from workshops.room import handle
from workshops.stages.ideas import KIND
from workshops.views.contributions import problem
from workshops.views.join import stranger
from workshops.views.room import asked_stage, place, room_page
from workshops.views.signals import by_script

LARGEST = 2**63 - 1
MOST_TYPED = 2000  # characters of a field that are read at all


@require_POST
def own_idea(request: HttpRequest, public_id: str) -> HttpResponse:
    """``stage`` and one of: ``propose``; ``change`` or ``take_back`` with an own idea's id. Words stand in ``title``,
    ``instead`` and ``why``, of a changed idea in ``title-ID`` and so on.

    To a script {"own": the list of one's own ideas as HTML}, or {"error", "message"}; to a form 302 back to the room.
    403 for a stranger or where the browser is somebody else by now, 409 where no ideas come in, 422 for what can't be.
    """
    workshop, participant = place(request, public_id)
    if workshop is None or participant is None:
        if by_script(request):
            return problem("unknown", _("Op dit apparaat doet u nog niet mee."), 403)
        return stranger(request, workshop)
    if request.headers.get("X-Participant", handle(participant)) != handle(participant):
        return problem("somebody_else", _("Dit apparaat is intussen iemand anders."), 403)
    try:
        stage = ideas_stage(request, workshop)
        said = acted(request, participant, stage)
    except IdeaError as error:
        status = 409 if error.closed else 422
        if by_script(request):
            return problem("closed" if error.closed else "refused", str(error), status)
        return room_page(request, workshop, participant, errors=[str(error)], status=status)
    if by_script(request):
        return JsonResponse({"own": KIND.own_part(stage, participant)})
    messages.success(request, said)
    return redirect(reverse("room", args=[workshop.public_id]))


def acted(request: HttpRequest, participant: Participant, stage: Stage) -> str:
    """Do what the form says; a sentence on it. IdeaError."""
    if (idea := asked_id(request, "take_back")) is not None:
        ideas.take_back(participant, stage, idea)
        return _("Uw idee is weggehaald.")
    if (idea := asked_id(request, "change")) is not None:
        ideas.change(participant, stage, idea, *words_in(request, f"-{idea}"))
        return _("Uw idee is veranderd.")
    ideas.propose(participant, stage, *words_in(request))
    return _("Uw idee is ontvangen.")


def words_in(request: HttpRequest, ending: str = "") -> tuple[str, str, str]:
    title, instead, why = (request.POST.get(f"{name}{ending}", "")[:MOST_TYPED] for name in ("title", "instead", "why"))
    return title, instead, why


def asked_id(request: HttpRequest, name: str) -> int | None:
    """An idea's id; None where none was sent, 0 for what can't be one."""
    text = request.POST.get(name)
    if text is None:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 and int(text) <= LARGEST else 0


def ideas_stage(request: HttpRequest, workshop: Workshop) -> Stage:
    """The round that the form was made for; IdeaError where it is none that takes ideas."""
    stage = asked_stage(request, workshop)
    if stage is None or stage.kind != KIND.KEY:
        raise IdeaError(_("Deze ronde bestaat niet meer. Ververs de pagina."), closed=True)
    stage.workshop = workshop
    return stage


@require_POST
def similar(request: HttpRequest, public_id: str) -> HttpResponse:
    """``stage`` and ``title``, as it is being typed → {"similar": [{"title", "of": "chosen" | "own" | "content"}]}.

    Posted, so that what people type stands in no log; nothing of it is kept.
    """
    workshop, participant = place(request, public_id)
    if workshop is None or participant is None:
        return problem("unknown", _("Op dit apparaat doet u nog niet mee."), 403)
    try:
        stage = ideas_stage(request, workshop)
    except IdeaError as error:
        return problem("closed", str(error), 409)
    title = request.POST.get("title", "")[: ideas.LONGEST["title"]]
    found = ideas.similar_to(participant, stage, workshop, title)
    return JsonResponse({"similar": [{"title": each.title, "of": each.of} for each in found]})
