"""The projector's view: a secret link, no log-in."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workshops import fragments
from workshops.models import Workshop
from workshops.screen import context
from workshops.stages import screen_styles

MAIN = "workshops/screen/main.html"


@require_safe
@never_cache
def screen(request: HttpRequest, screen_token: str) -> HttpResponse:
    """The whole page; what is in it changes by the stream, or by polling `screen_main`."""
    workshop = find(screen_token)
    if workshop is None:
        return render(request, "workshops/screen/unknown.html", status=404)
    with override(workshop.language):
        return render(request, "workshops/screen.html", {**context(workshop), "kind_styles": screen_styles()})


@require_safe
@never_cache
def screen_main(request: HttpRequest, screen_token: str) -> HttpResponse:
    """What the stream would push, for a page that polls; `X-State` carries the room's state as JSON."""
    workshop = find(screen_token)
    if workshop is None:
        return HttpResponse(status=404)
    with override(workshop.language):
        response = render(request, MAIN, context(workshop))
    response["X-State"] = json.dumps(fragments.state(workshop), separators=(",", ":"))
    return response


def find(screen_token: str) -> Workshop | None:
    """The workshop behind a screen link. The token's 192 random bits are the secret: guessing is hopeless."""
    return Workshop.objects.filter(screen_token=screen_token).first()
