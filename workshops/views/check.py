""" "Alles klaar?": the page before the day. It answers whatever part is away, the database included."""

from __future__ import annotations

import functools
import re
import secrets
from collections.abc import Callable
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from workshops import checks
from workshops.checks import CHECKS, Case
from workshops.live.publishing import publish_once
from workshops.live.tokens import cockpit_token
from workshops.rules import run_workshop, who
from workshops.screen import join
from workshops.tasks import broker_errors

View = Callable[..., HttpResponse]
TOKEN = re.compile(r"[0-9a-f]{16}")
ROW = "workshops/check_row.html"


def with_database(view: View) -> View:
    """Without the database nobody can be known: say just that, at once, and nothing of any workshop."""

    @functools.wraps(view)
    def asked(request: HttpRequest, public_id: str, **more: str) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            try:
                checks.database_now().close()
            except psycopg.Error:
                return without_database(more.get("part", ""))
        return view(request, public_id, **more)

    return asked


def without_database(part: str) -> HttpResponse:
    """A row where one was asked for, else a page of its own."""
    if part in CHECKS:
        row = {"key": part, "title": CHECKS[part].title, "result": checks.away()}
        return HttpResponse(render_to_string(ROW, {"row": row}))
    return HttpResponse(render_to_string("workshops/check_away.html", {"result": checks.away()}), status=503)


@require_GET
@never_cache
@with_database
@login_required
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page; its rows come one by one (``check_part``), or at once with ``?all=1`` where JavaScript is off."""
    workshop = run_workshop(request, public_id)
    found = checks.run_all(Case(workshop, request.get_host())) if "all" in request.GET else {}
    rows = [{"key": key, "title": each.title, "result": found.get(key)} for key, each in CHECKS.items()]
    context: dict[str, Any] = {
        "workshop": workshop,
        "rows": rows,
        "complete": bool(found),
        "wrong": sum(result.level == checks.BAD for result in found.values()),
        "notes": sum(result.level == checks.NOTE for result in found.values()),
        "join": join(workshop),
        "screen_url": reverse("screen", args=[workshop.screen_token]),
        "stream_url": f"/live/cockpit/{cockpit_token(workshop, who(request))}/events",
        "token": secrets.token_hex(8),
    }
    return render(request, "workshops/check.html", context)


@require_GET
@never_cache
@with_database
@login_required
def check_part(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """One row, looked at now."""
    workshop = run_workshop(request, public_id)
    if part not in CHECKS:
        raise Http404
    result = checks.run(part, Case(workshop, request.get_host()))
    return render(request, ROW, {"row": {"key": part, "title": CHECKS[part].title, "result": result}})


@require_POST
@with_database
@login_required
def check_say(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a word to this page's own stream; 204, or 503 where Redis is away."""
    workshop = run_workshop(request, public_id)
    token = request.POST.get("token", "")
    if not TOKEN.fullmatch(token):
        return HttpResponse(status=400)
    try:
        publish_once(workshop.public_id, "cockpit", "check", token)
    except broker_errors:
        return HttpResponse(status=503)
    return HttpResponse(status=204)
