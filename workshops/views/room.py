"""A participant's page: one address, whatever the state of the room."""

from __future__ import annotations

import json
import re
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from workshops import contributions, identity, plain_form, presence, signals
from workshops.fragments import epoch_ms
from workshops.models import Participant, Stage, Workshop
from workshops.participants import answers_of
from workshops.room import Entered, Main, handle, main_of, own_form, recent_state
from workshops.views.join import stranger
from workshops.votes import store_form

SIGNAL = re.compile(r"(?P<kind>[a-z_]{1,20})-(?P<item>[0-9]{1,9})-(?P<on>[01])")

fresh = cache_control(private=True, no_cache=True)
# 60 kB become 6: a hall on one access point loads the form in the same second.
small = gzip_page


@require_safe
@fresh
@small
def room(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page as it stands for this person; 403 for who isn't in the room, 404 where there is none."""
    workshop, participant = place(request, public_id)
    if workshop is None or participant is None:
        return stranger(request, workshop)
    return room_page(request, workshop, participant)


@require_safe
@fresh
@small
def room_main(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page's changing part alone, its key in X-Room, the room's state in X-State, whose it is in X-Participant.

    ``?only=state`` gives the last two alone (204).
    """
    workshop, participant = place(request, public_id)
    if workshop is None or participant is None:
        return HttpResponse(_("Op dit apparaat doet u nog niet mee."), status=403, content_type="text/plain")
    if request.GET.get("only") == "state":
        presence.polled(workshop.public_id)
        response = HttpResponse(status=204)
    else:
        main = main_for(request, workshop, participant)
        response = render(request, main.template, main.context)
        response["X-Room"] = main.key
    response["X-State"] = compact(recent_state(workshop))
    response["X-Participant"] = handle(participant)
    return response


def compact(state: dict[str, Any]) -> str:
    return json.dumps(state, separators=(",", ":"))


@require_POST
def vote(request: HttpRequest, public_id: str) -> HttpResponse:
    """The plain form. What is right is stored, whatever else is wrong; errors are said on the page (422)."""
    workshop, participant = place(request, public_id)
    if workshop is None or participant is None:
        return stranger(request, workshop)
    stage = asked_stage(request, workshop)
    if stage is None:
        error = _("Deze ronde bestaat niet meer. Hieronder staat de ronde die nu bezig is.")
        return room_page(request, workshop, participant, errors=[error], status=422)
    divided = list(stage.criteria.exclude(budget=None).values_list("key", flat=True))
    stands = answers_of(participant, stage) if divided else {}
    reading = plain_form.read_form(request.POST.dict(), stage, stands)
    good, bad = plain_form.outcome(store_form(participant, stage, reading.answers), divided)
    for sentence in good:
        messages.success(request, sentence)
    for sentence in bad:
        messages.warning(request, sentence)
    signalled = take_signal(request, participant, stage)
    written, errors = take_texts(request, participant, stage)
    if errors := reading.errors + errors:
        return room_page(request, workshop, participant, errors=errors, status=422, entered=reading.entered)
    if not good and not bad and not signalled and not written:
        messages.info(request, _("Er is niets veranderd: u gaf nog geen nieuw antwoord."))
    return redirect(reverse("room", args=[workshop.public_id]) + anchor(request, stage))


def take_texts(request: HttpRequest, participant: Participant, stage: Stage) -> tuple[bool, list[str]]:
    """The plain form's short texts: whether there were any, and sentences on those that were not taken."""
    texts = plain_form.read_texts(request.POST.dict())
    if not texts:
        return False, []
    if stage.is_prepared:
        return False, [_("Deze ronde is nog niet open. Uw tekst is niet meegenomen.")]
    places, errors = own_form(participant, stage, phone_language(participant.workshop)).texts, []
    for item, part, text in texts:
        try:
            kept = contributions.write(participant, stage, places, (item, part), text)
        except contributions.ContributionError as error:
            errors.append(str(error))
        else:
            messages.success(request, _("Uw tekst is ontvangen.") if kept else _("Uw tekst is weggehaald."))
    return True, errors


def take_signal(request: HttpRequest, participant: Participant, stage: Stage) -> bool:
    """The plain form's "ik snap dit niet" and "nog even" (``signal``: KIND-ITEM-ON); whether there was one."""
    matched = SIGNAL.fullmatch(request.POST.get("signal", ""))
    if matched is None:
        return False
    try:
        signals.signal(participant, stage, matched["kind"], int(matched["item"]) or None, matched["on"] == "1")
    except signals.SignalError as error:
        messages.warning(request, str(error))
    else:
        if matched["on"] == "1":
            messages.success(request, _("De begeleider hoort het als meer mensen dit vinden."))
        else:
            messages.info(request, _("Dat is teruggenomen."))
    return True


def asked_stage(request: HttpRequest, workshop: Workshop) -> Stage | None:
    """The round that the form was made for; None where it is not one of this workshop."""
    number = request.POST.get("stage", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return workshop.stages.filter(pk=int(number), void=False).first()


def anchor(request: HttpRequest, stage: Stage) -> str:
    """Where the page opens again: after the item whose button was used, or at the one that a signal or "ik blijf
    bij 4" was about."""
    posted = request.POST
    about = SIGNAL.fullmatch(posted.get("signal", "")) or plain_form.KEPT.fullmatch(posted.get(plain_form.KEEP, ""))
    if about is not None:
        number = stage.items.filter(pk=int(about["item"])).values_list("number", flat=True).first()
        return f"#item-{number}" if number else ""
    at = request.POST.get("at", "")
    return f"#item-{at}" if at.isascii() and at.isdigit() and len(at) < 4 else ""


def place(request: HttpRequest, public_id: str) -> tuple[Workshop | None, Participant | None]:
    """The workshop at this address, and who is asking."""
    participant = identity.participant_at(request, public_id)
    if participant is not None:
        return participant.workshop, participant
    return Workshop.objects.filter(public_id=public_id).first(), None


def main_for(
    request: HttpRequest, workshop: Workshop, participant: Participant, entered: Entered | None = None
) -> Main:
    """The page's changing part in the phone's own language."""
    language, csrf = phone_language(workshop), get_token(request)
    return main_of(workshop, participant, language=language, csrf=csrf, entered=entered)


def phone_language(workshop: Workshop) -> str:
    """The phone's own language, else the workshop's."""
    return (get_language() or workshop.language)[:2]


def room_page(
    request: HttpRequest,
    workshop: Workshop,
    participant: Participant,
    *,
    errors: list[str] | None = None,
    status: int = 200,
    entered: Entered | None = None,
) -> HttpResponse:
    """The whole page; ``errors`` are sentences on what could not be stored, ``entered`` what the form shows again of
    it (see ``Form.fill``)."""
    main = main_for(request, workshop, participant, entered)
    state = recent_state(workshop)
    context = main.context | {"main": main, "errors": errors or [], "state": state, "state_json": compact(state)}
    context["now"] = epoch_ms()
    return render(request, "workshops/room.html", context, status=status)
