"""The cockpit's buttons for the projector. Each posts what is wanted, so pressing twice does no more than once."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from municipalities.models import User
from workshops import projector, rules
from workshops.models import Workshop

SWITCH = {"1": True, "0": False}


@require_POST
@login_required
def blank(request: HttpRequest, public_id: str) -> HttpResponse:
    """``blank``: 1 black, 0 not."""
    workshop, who = asked(request, public_id)
    projector.blank(workshop, switch(request, "blank"), who)
    return redirect("cockpit", public_id)


@require_POST
@login_required
def pause(request: HttpRequest, public_id: str) -> HttpResponse:
    """``pause``: 0 off, 1 on without a time, else the minutes it takes (2–180)."""
    workshop, who = asked(request, public_id)
    minutes = number(request, "pause", range(projector.LONGEST_BREAK + 1))
    projector.pause(workshop, minutes > 0, minutes if minutes > 1 else None, who)
    return redirect("cockpit", public_id)


@require_POST
@login_required
def text(request: HttpRequest, public_id: str) -> HttpResponse:
    """``step``: the size of the text, −1…2."""
    workshop, who = asked(request, public_id)
    projector.text_step(workshop, number(request, "step", range(-1, 3)), who)
    return redirect("cockpit", public_id)


@require_POST
@login_required
def code(request: HttpRequest, public_id: str) -> HttpResponse:
    """``code``: 1 on the screen, 0 not."""
    workshop, who = asked(request, public_id)
    projector.show_code(workshop, switch(request, "code"), who)
    return redirect("cockpit", public_id)


@require_POST
@login_required
def lock(request: HttpRequest, public_id: str) -> HttpResponse:
    """``lock``: 1 locked at what the screen shows now, 0 following the room."""
    workshop, who = asked(request, public_id)
    if switch(request, "lock"):
        projector.lock(workshop, who)
    else:
        projector.unlock(workshop, who)
    return redirect("cockpit", public_id)


def asked(request: HttpRequest, public_id: str) -> tuple[Workshop, User]:
    """The workshop, and who asks."""
    return rules.run_workshop(request, public_id), rules.who(request)


def switch(request: HttpRequest, name: str) -> bool:
    """1 or 0; anything else is no button of ours."""
    try:
        return SWITCH[request.POST.get(name, "")]
    except KeyError as error:
        raise BadRequest(name) from error


def number(request: HttpRequest, name: str, allowed: range) -> int:
    """A whole number among ``allowed``."""
    try:
        return allowed[allowed.index(int(request.POST.get(name, "")))]
    except ValueError as error:
        raise BadRequest(name) from error
