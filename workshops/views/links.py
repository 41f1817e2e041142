"""One page to print: a QR code for each municipality, so that joining takes two taps."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from workshops.models import Workshop
from workshops.rules import run_workshop


@require_safe
@never_cache
@login_required
def links(request: HttpRequest, public_id: str) -> HttpResponse:
    """For everybody first, then one for each municipality; empty once the workshop has ended."""
    workshop = run_workshop(request, public_id)
    context = {"workshop": workshop, "host": urlsplit(settings.SITE_URL).netloc, "links": participants_links(workshop)}
    with override(workshop.language):
        return render(request, "workshops/links.html", context)


def participants_links(workshop: Workshop) -> list[dict[str, Any]]:
    """``name`` (empty: for everybody), ``url`` and ``qr`` (an SVG as data address) of each link."""
    if workshop.ended_at is not None:
        return []
    join = settings.SITE_URL + reverse("join", args=[workshop.join_token])
    named = workshop.municipalities.values_list("code", "name")
    found = [("", join), *((name, f"{join}?gemeente={code}") for code, name in named)]
    return [{"name": name, "url": url, "qr": qr(url)} for name, url in found]


def qr(url: str) -> str:
    return segno.make(url, error="m").svg_data_uri(scale=8, border=2, dark="#1d1b26", light="#ffffff")
